// Package access tells who reaches care, and in how many minutes: by road and
// by air, in summer and in winter, with the facilities that are open and with
// those that are promised.
//
// A Ground is what does not change from question to question: where people
// live, the roads between, the facilities and what they are said to be capable
// of, the bases of ambulances and the parameters. A Question names a service, a
// season, a way of travelling, a limit in minutes and what is switched on, off,
// added. Answer computes minutes for every place where people live and folds
// them by region. Every minute is a sum of named legs; every leg rests on
// kilometres of the network and on parameters that carry their range and
// source, or are called assumptions.
//
// The methods stand in docs/method/access.md. Engines for whole road networks
// and rasters are beside it: internal/graph, plan/access/grid.
package access
