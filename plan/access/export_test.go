package access

// Quantile is for tests.
var Quantile = quantile
