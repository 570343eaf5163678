package stat

import "github.com/shopspring/decimal"

// Qualifier tells how a source stated a number.
type Qualifier string

// The qualifiers, with the symbols they carry in tables.
const (
	Exact    Qualifier = "exact"     // =
	About    Qualifier = "about"     // ~
	CloseTo  Qualifier = "close_to"  // <~ close to, from below
	AtLeast  Qualifier = "at_least"  // >=
	MoreThan Qualifier = "more_than" // >
	AtMost   Qualifier = "at_most"   // <=
	LessThan Qualifier = "less_than" // <
)

var symbols = map[Qualifier]string{Exact: "=", About: "~", CloseTo: "<~", AtLeast: ">=", MoreThan: ">", AtMost: "<=", LessThan: "<"}

// Qualifiers lists all of them.
func Qualifiers() []Qualifier {
	return []Qualifier{Exact, About, CloseTo, AtLeast, MoreThan, AtMost, LessThan}
}

// Symbol returns the sign used in CSV and XLSX.
func (q Qualifier) Symbol() string { return symbols[q] }

// ParseQualifier reads a word or a symbol; the empty text is Exact.
func ParseQualifier(s string) (Qualifier, bool) {
	if s == "" {
		return Exact, true
	}
	for q, sym := range symbols {
		if s == sym || s == string(q) {
			return q, true
		}
	}
	return "", false
}

// Interval returns the numbers that a stated value may mean. tolerance is the
// relative half-width of "about" (0.05 means 5 %); "close to" reaches as far
// below and never above.
func (q Qualifier) Interval(v, tolerance decimal.Decimal) Interval {
	slack := v.Abs().Mul(tolerance)
	low, high := v.Sub(slack), v.Add(slack)
	switch q {
	case About:
		return Interval{Low: &low, High: &high}
	case CloseTo:
		return Interval{Low: &low, High: &v}
	case AtLeast:
		return Interval{Low: &v}
	case MoreThan:
		return Interval{Low: &v, LowOpen: true}
	case AtMost:
		return Interval{High: &v}
	case LessThan:
		return Interval{High: &v, HighOpen: true}
	}
	return Point(v)
}

// Inverse returns the qualifier of the negative, or of the inverse of a
// positive number, of what was stated so: minus "at least" is "at most".
func (q Qualifier) Inverse() Qualifier {
	switch q {
	case AtLeast:
		return AtMost
	case AtMost:
		return AtLeast
	case MoreThan:
		return LessThan
	case LessThan:
		return MoreThan
	case CloseTo:
		return About
	}
	return q
}

// SumQualifier returns how a sum is to be stated when its terms were stated so:
// exact terms keep a sum exact, lower bounds make it a lower bound ("more
// than" when one of them is strict), approximations make it approximate. Lower
// and upper bounds together say nothing definite; ok is then false.
func SumQualifier(terms ...Qualifier) (q Qualifier, ok bool) {
	var about, below, lower, upper, strict bool
	for _, t := range terms {
		switch t {
		case About:
			about = true
		case CloseTo:
			below = true
		case AtLeast:
			lower = true
		case MoreThan:
			lower, strict = true, true
		case AtMost:
			upper = true
		case LessThan:
			upper, strict = true, true
		}
	}
	switch {
	case lower && upper, lower && (about || below), upper && about:
		return About, false
	case lower && strict:
		return MoreThan, true
	case lower:
		return AtLeast, true
	case upper && strict:
		return LessThan, true
	case upper:
		return AtMost, true
	case about:
		return About, true
	case below:
		return CloseTo, true
	}
	return Exact, true
}
