package access

// Quantile is for tests.
var Quantile = quantile

// MedianInterval is for the tables of the sign test.
var MedianInterval = medianInterval
