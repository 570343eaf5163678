// Package ledger keeps figures: who said which number about what, for when and
// where, in which line of which document, and what was promised.
//
// The ledger only grows. A correction supersedes a figure, a withdrawal carries
// a reason; both leave the first one readable. Every figure has three times:
// the period it is about, the day it was published and the instant at which it
// was recorded here, so that the board can be shown as of any day (documents
// published by then) and as recorded at any instant (what this database held).
// Nothing in this package reads a clock, a file or a database: snapshots come
// in as arguments and answers go out.
//
// See DESIGN.md for the invariants.
package ledger
