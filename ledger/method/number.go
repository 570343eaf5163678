package method

import (
	"encoding/json"
	"math"
	"strconv"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shopspring/decimal"
)

// maxDigits bounds the digits of a number in a case, so that 1e1000000 does
// not become a megabyte.
const maxDigits = 60

// number is a decimal of a case: a JSON number or a text.
type number struct{ decimal.Decimal }

// UnmarshalJSON reads 7.5 and "7.5".
func (n *number) UnmarshalJSON(b []byte) error {
	if len(b) > maxDigits {
		return fault.New(fault.Invalid, "method.number", "", "a number has at most %d characters", maxDigits)
	}
	s := string(b)
	if len(s) > 1 && s[0] == '"' {
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
	}
	d, err := decimal.NewFromString(s)
	if err != nil || d.Exponent() > maxDigits || d.Exponent() < -maxDigits {
		return fault.New(fault.Invalid, "method.number", "", "not a decimal number: write 7.5")
	}
	n.Decimal = d
	return nil
}

// pointer returns the decimal, or nil.
func (n *number) pointer() *decimal.Decimal {
	if n == nil {
		return nil
	}
	return &n.Decimal
}

// amount is a value as a source stated it.
type amount struct {
	Value     *number `json:"value"`
	Qualifier string  `json:"qualifier"`
}

func (a amount) qualifier() (ledger.Qualifier, error) {
	q, ok := ledger.ParseQualifier(a.Qualifier)
	if !ok {
		return "", fault.New(fault.Invalid, "method.amount", "qualifier", "a qualifier is exact, about, close_to, at_least, more_than, at_most or less_than, or its symbol = ~ <~ >= > <= <")
	}
	return q, nil
}

// toNumber writes a decimal as a JSON number.
func toNumber(d decimal.Decimal) json.Number { return json.Number(d.String()) }

func toNumberPtr(d *decimal.Decimal) *json.Number {
	if d == nil {
		return nil
	}
	n := toNumber(*d)
	return &n
}

// Number writes a float with the digits that give it back; nil for what
// JSON cannot say.
func Number(f float64) *json.Number {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return nil
	}
	n := json.Number(strconv.FormatFloat(f, 'g', -1, 64))
	return &n
}

// stated writes an interval of what was said.
func stated(iv stat.Interval) Interval {
	return Interval{Lower: toNumberPtr(iv.Low), Upper: toNumberPtr(iv.High)}
}

// tolerance is the relative half-width of "about" where a case names none.
var tolerance = decimal.RequireFromString("0.05")

// tolerant is the parameter that several methods share.
type tolerant struct {
	Tolerance *number `json:"about_tolerance"`
}

func (t tolerant) value() (decimal.Decimal, error) {
	if t.Tolerance == nil {
		return tolerance, nil
	}
	if t.Tolerance.IsNegative() || t.Tolerance.GreaterThan(decimal.NewFromInt(1)) {
		return decimal.Zero, fault.New(fault.Invalid, "method.tolerance", "about_tolerance", "the tolerance is between 0 and 1")
	}
	return t.Tolerance.Decimal, nil
}
