// Package reporting says what is to be reported: which measures, for which
// places and periods, by when and by whom; and it tells who has done so.
//
// A template is data of a country and can be changed by those who may; a new
// version never changes what an older report said. From templates follow the
// reports that are expected, their due days, how complete a period is and who
// is silent. A value that somebody types is held against the template: its
// decimals, its limits, the rules between rows, and the range in which the
// history of the place leads one to expect it. Outside that range it is not
// refused but explained, because what is surprising is sometimes true.
//
// Three things are kept apart: zero is a value, "not known" and "does not exist
// here" are statuses of SDMX without a value, and an empty cell says nothing.
package reporting
