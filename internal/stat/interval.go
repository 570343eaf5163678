// Package stat holds the arithmetic that several rooms need: intervals of
// exact decimals, with which sums of "about", "more than" and "at least" are
// checked without pretending to know more than was said.
package stat

import (
	"github.com/shopspring/decimal"
)

// Interval is a set of numbers between two ends. A nil end is unbounded; an
// open end is not part of the set.
type Interval struct {
	Low, High         *decimal.Decimal
	LowOpen, HighOpen bool
}

// Point returns the interval that holds v alone.
func Point(v decimal.Decimal) Interval { return Interval{Low: &v, High: &v} }

// Add returns the set of sums of one number of a and one of b.
func (a Interval) Add(b Interval) Interval {
	return Interval{
		Low: addEnds(a.Low, b.Low), LowOpen: a.LowOpen || b.LowOpen,
		High: addEnds(a.High, b.High), HighOpen: a.HighOpen || b.HighOpen,
	}
}

// Neg returns the set of the negated numbers.
func (a Interval) Neg() Interval {
	neg := func(d *decimal.Decimal) *decimal.Decimal {
		if d == nil {
			return nil
		}
		n := d.Neg()
		return &n
	}
	return Interval{Low: neg(a.High), LowOpen: a.HighOpen, High: neg(a.Low), HighOpen: a.LowOpen}
}

// Sub returns the set of differences of one number of a and one of b.
func (a Interval) Sub(b Interval) Interval { return a.Add(b.Neg()) }

// Meets reports whether some number lies in both.
func (a Interval) Meets(b Interval) bool { return a.notAbove(b) && b.notAbove(a) }

// notAbove reports whether a does not lie wholly above b.
func (a Interval) notAbove(b Interval) bool {
	if a.Low == nil || b.High == nil {
		return true
	}
	c := a.Low.Cmp(*b.High)
	return c < 0 || (c == 0 && !a.LowOpen && !b.HighOpen)
}

// Above reports whether every number of a is greater than every number of b.
func (a Interval) Above(b Interval) bool { return !a.notAbove(b) }

// Contains reports whether v lies in the interval.
func (a Interval) Contains(v decimal.Decimal) bool { return a.Meets(Point(v)) }

func addEnds(a, b *decimal.Decimal) *decimal.Decimal {
	if a == nil || b == nil {
		return nil
	}
	s := a.Add(*b)
	return &s
}
