// Package works follows a piece of work from the decision to the first
// patient: what is to be built, repaired, bought or paid for, what it must
// yield, how far it is, who pays, and when it opens.
//
// A Work is a programme, a project or a package of one. What happens to it is
// a list of Lines that only grows: a status, a step towards opening, a payment,
// a moved deadline. Whatever a page shows is folded from the lines as of a day
// (At), so that every page of yesterday can be shown again, and every number
// leads to the line, the document or the photo that says it.
//
// Capacity is the output, not concrete: a work is open only when it is
// accepted, licensed, equipped, staffed and has treated its first patient.
package works
