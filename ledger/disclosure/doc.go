// Package disclosure keeps small published counts from telling about single
// people.
//
// A cell that a rule calls sensitive is suppressed. Where margins are published
// with it, that is not enough: what is left out of a sum can be computed. So
// further cells are suppressed until every sensitive one could be anything
// within an interval wide enough, and that is proved by an exact audit: two
// linear programs for each cell, in rational numbers. What was published before
// counts as known, so that neither two releases nor two sets of territories can
// be subtracted from each other. The other way is to round everything to a base
// so that all sums still hold.
//
// See docs/method/disclosure.md.
package disclosure
