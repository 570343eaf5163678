// Package money holds exact amounts of a currency.
//
// An amount is a whole number of the smallest unit (tiyn for the tenge, cent
// for the euro) in an int64, so sums never drift. Outside the program an amount
// is a decimal of the currency with at most its own number of places; a text
// with more places is refused, never rounded.
package money

import (
	"math"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shopspring/decimal"
)

// Currency is an ISO 4217 currency. Digits is the number of decimal places of
// its smallest unit (2 for KZT: 100 tiyn to the tenge).
type Currency struct {
	Code   string `json:"code"`
	Digits int32  `json:"digits"`
	Symbol string `json:"symbol"`
}

// KZT is the tenge.
var KZT = Currency{Code: "KZT", Digits: 2, Symbol: "₸"}

// Check refuses a currency without a three-letter code or with digits outside
// 0 to 4.
func (c Currency) Check() error {
	if len(c.Code) != 3 || strings.ToUpper(c.Code) != c.Code {
		return fault.New(fault.Invalid, "money.Currency", c.Code, "a currency code has three capital letters, as in KZT")
	}
	if c.Digits < 0 || c.Digits > 4 {
		return fault.New(fault.Invalid, "money.Currency", c.Code, "digits must be 0 to 4, not %d", c.Digits)
	}
	return nil
}

// Amount is a number of smallest units of a currency.
type Amount int64

// maxPlaces bounds the exponent of a decimal that is read as an amount.
const maxPlaces = 100

// FromDecimal returns the amount for a decimal of the currency. It returns
// fault.Invalid when d has more places than the currency or does not fit.
func (c Currency) FromDecimal(d decimal.Decimal) (Amount, error) {
	// Beyond these, digits are not written out: a few letters can stand for
	// gigabytes of zeros.
	switch e := d.Exponent(); {
	case e < -maxPlaces:
		return 0, fault.New(fault.Invalid, "money.FromDecimal", c.Code, "the amount has more than %d decimal places: give whole units of %s", c.Digits, c.Code)
	case e > maxPlaces:
		return 0, fault.New(fault.Invalid, "money.FromDecimal", c.Code, "the amount does not fit into 64 bits")
	}
	minor := d.Shift(c.Digits)
	if !minor.IsInteger() {
		return 0, fault.New(fault.Invalid, "money.FromDecimal", c.Code, "%s has more than %d decimal places: give whole units of %s", d.String(), c.Digits, c.Code)
	}
	if !minor.BigInt().IsInt64() {
		return 0, fault.New(fault.Invalid, "money.FromDecimal", c.Code, "the amount does not fit into 64 bits")
	}
	return Amount(minor.IntPart()), nil
}

// Parse reads a decimal such as "1740000000" or "-12.50".
func (c Currency) Parse(s string) (Amount, error) {
	d, err := decimal.NewFromString(strings.TrimSpace(s))
	if err != nil {
		return 0, fault.New(fault.Invalid, "money.Parse", c.Code, "not a decimal number: use digits and a point, as in 1740000000.50")
	}
	return c.FromDecimal(d)
}

// Decimal returns the amount as a decimal of the currency.
func (c Currency) Decimal(a Amount) decimal.Decimal { return decimal.New(int64(a), -c.Digits) }

// Format returns the amount as a plain decimal without trailing zeros.
func (c Currency) Format(a Amount) string { return c.Decimal(a).String() }

// Add returns a+b, or fault.Invalid when the sum does not fit.
func (a Amount) Add(b Amount) (Amount, error) {
	if (b > 0 && a > math.MaxInt64-b) || (b < 0 && a < math.MinInt64-b) {
		return 0, fault.New(fault.Invalid, "money.Add", "", "the sum does not fit into 64 bits")
	}
	return a + b, nil
}

// Split divides a into parts in proportion to weights without losing a unit:
// the parts sum to a exactly, and the units that do not divide go to the
// largest remainders (Hamilton's method). It returns fault.Invalid for no
// weights, a negative weight or a zero sum.
func (a Amount) Split(weights []int64) ([]Amount, error) {
	const op = "money.Split"
	var total int64
	for _, w := range weights {
		if w < 0 {
			return nil, fault.New(fault.Invalid, op, "", "a weight is negative")
		}
		total += w
	}
	if total <= 0 {
		return nil, fault.New(fault.Invalid, op, "", "the weights sum to zero")
	}
	parts := make([]Amount, len(weights))
	rest := make([]decimal.Decimal, len(weights))
	left := a
	all, sum := decimal.NewFromInt(int64(a)), decimal.NewFromInt(total)
	for i, w := range weights {
		q, r := all.Mul(decimal.NewFromInt(w)).QuoRem(sum, 0)
		parts[i], rest[i] = Amount(q.IntPart()), r.Abs()
		left -= parts[i]
	}
	step := Amount(1)
	if left < 0 {
		step = -1
	}
	for ; left != 0; left -= step {
		best := 0
		for i := range rest {
			if rest[i].GreaterThan(rest[best]) {
				best = i
			}
		}
		parts[best] += step
		rest[best] = decimal.NewFromInt(-1)
	}
	return parts, nil
}
