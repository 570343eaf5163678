// Package forecast answers when a project will really end and what it will
// cost, and afterwards how good those answers were.
//
// It holds the arithmetic of the works room and nothing else: earned value and
// earned schedule from a plan and one report, the outside view from projects
// that have ended, the simulation of the stages that are left, the scores of
// past forecasts, and the burn of a budget against time. Every function takes
// what it needs as plain values, and randomness as a seed; the same input gives
// the same answer on any machine and with any number of processors.
//
// Where a number cannot be shown honestly it is nil, and a Note says why: no
// function returns an infinity or a number that is none. Each formula is
// published as a method with a page in docs/method.
//
// Days: a plan begins at the beginning of its first day and ends with the last
// day included, so a plan from 1 to 10 March is 10 days long, and a report of
// 5 March stands at the end of that day, 5 days after the start.
package forecast
