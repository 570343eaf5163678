package mspdi

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/works/network"
)

// absent are dates that mean that there is none: the word of the planner, and
// the first day that it knows.
func absent(s string) bool { return s == "NA" || strings.HasPrefix(s, "1984-01-01") }

// date reads a date of an element; nil for none.
func (x *reader) date(n *node, name, path string) *network.Minute {
	s := n.get(name)
	if s == "" {
		return nil
	}
	if absent(s) {
		x.s.Note("date_absent", path+"/"+name, s, "")
		return nil
	}
	m, err := network.ParseMinute(strings.TrimSuffix(s, "Z"))
	if err != nil {
		x.s.Note("date", path+"/"+name, s, "")
		return nil
	}
	return &m
}

// whole reads an integer; 0 and false for none.
func (x *reader) whole(n *node, name, path string) (int64, bool) {
	s := n.get(name)
	if s == "" {
		return 0, false
	}
	v, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		x.s.Note("number", path+"/"+name, s, "")
		return 0, false
	}
	return v, true
}

// yes reads a flag: 1 or true.
func yes(n *node, name string) bool {
	s := n.get(name)
	return s == "1" || strings.EqualFold(s, "true")
}

// percent reads a percentage from 0 to 100.
func (x *reader) percent(n *node, name, path string) *decimal.Decimal {
	s := n.get(name)
	if s == "" {
		return nil
	}
	d, ok := number(s)
	if !ok {
		x.s.Note("number", path+"/"+name, s, "")
		return nil
	}
	if d.IsNegative() || d.GreaterThan(decimal.NewFromInt(100)) {
		x.s.Note("number_range", path+"/"+name, s, "0…100")
		return nil
	}
	return &d
}

// money reads an amount: the file holds hundredths of the currency.
func (x *reader) money(n *node, name, path string) *decimal.Decimal {
	s := n.get(name)
	if s == "" {
		return nil
	}
	d, ok := number(s)
	if !ok {
		x.s.Note("number", path+"/"+name, s, "")
		return nil
	}
	d = d.Shift(-2)
	return &d
}

// number reads a decimal of a bounded length, with a point or a comma.
func number(s string) (decimal.Decimal, bool) {
	if len(s) > 40 {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(strings.Replace(s, ",", ".", 1))
	if err != nil || d.Exponent() > 20 || d.Exponent() < -20 {
		return decimal.Decimal{}, false
	}
	return d, true
}

// duration reads an ISO duration as whole minutes.
func (x *reader) duration(n *node, name, path string) (int64, bool) {
	s := n.get(name)
	if s == "" {
		return 0, false
	}
	minutes, seconds, code := isoDuration(s)
	if code != "" {
		x.s.Note(code, path+"/"+name, s, "")
		return 0, false
	}
	if seconds {
		x.s.Note("seconds", path+"/"+name, s, "")
	}
	return minutes, true
}

// isoDuration reads PT8H0M0S: days of 24 hours, hours, minutes; seconds are cut
// off and reported. Years and months are no exact time. code is that of a
// finding, "" for none.
func isoDuration(s string) (minutes int64, seconds bool, code string) {
	rest, ok := strings.CutPrefix(s, "P")
	if !ok || len(s) > 40 || rest == "" || strings.HasSuffix(rest, "T") {
		return 0, false, "duration"
	}
	clock := false
	total := decimal.Zero
	for order := "YMWDHMS"; rest != ""; {
		if rest[0] == 'T' && !clock {
			clock, rest = true, rest[1:]
			continue
		}
		i := strings.IndexAny(rest, order)
		if i <= 0 {
			return 0, false, "duration"
		}
		v, err := decimal.NewFromString(rest[:i])
		if err != nil || v.IsNegative() || v.Exponent() > 0 || v.Exponent() < -9 {
			return 0, false, "duration"
		}
		switch unit := rest[i]; {
		case !clock && (unit == 'Y' || unit == 'M'):
			if !v.IsZero() {
				return 0, false, "duration_rough"
			}
		case !clock && unit == 'W':
			total = total.Add(v.Mul(decimal.NewFromInt(7 * 24 * 60)))
		case !clock && unit == 'D':
			total = total.Add(v.Mul(decimal.NewFromInt(24 * 60)))
		case clock && unit == 'H':
			total = total.Add(v.Mul(decimal.NewFromInt(60)))
		case clock && unit == 'M':
			total = total.Add(v)
		case clock && unit == 'S':
			total = total.Add(v.Div(decimal.NewFromInt(60)))
		default:
			return 0, false, "duration"
		}
		rest = rest[i+1:]
	}
	if total.GreaterThan(decimal.NewFromInt(network.MaxDuration)) {
		return 0, false, "duration"
	}
	whole := total.Truncate(0)
	return whole.IntPart(), !whole.Equal(total), ""
}

// durationUnit reads the way in which a duration was typed, and whether it runs
// day and night. Guessed durations have the same codes plus 32.
func durationUnit(code int64) (unit string, elapsed, percent, guessed bool) {
	if code >= 35 && code <= 53 {
		code, guessed = code-32, true
	}
	unit = map[int64]string{3: "minute", 4: "minute", 5: "hour", 6: "hour", 7: "day", 8: "day", 9: "week", 10: "week", 11: "month", 12: "month", 19: "percent", 20: "percent"}[code]
	return unit, unit != "" && code%2 == 0, unit == "percent", guessed
}

// constraint reads the kind of a constraint.
func (x *reader) constraint(n *node, path string) []network.Constraint {
	code, ok := x.whole(n, "ConstraintType", path)
	if !ok || code == 0 {
		return nil
	}
	if code == 1 {
		return []network.Constraint{{Limit: network.AsLate}}
	}
	limits := map[int64]network.Limit{2: network.MustStart, 3: network.MustFinish, 4: network.StartNoEarlier, 5: network.StartNoLater, 6: network.FinishNoEarlier, 7: network.FinishNoLater}
	limit, known := limits[code]
	if !known {
		x.s.Note("unknown_value", path+"/ConstraintType", n.get("ConstraintType"), "0…7")
		return nil
	}
	at := x.date(n, "ConstraintDate", path)
	if at == nil {
		return nil
	}
	return []network.Constraint{{Limit: limit, At: at}}
}

// text bounds a text.
func (x *reader) text(s, path string) string {
	if len(s) > schedule.MaxText {
		x.s.Note("text_long", path, "", "")
		return strings.ToValidUTF8(s[:schedule.MaxText], "")
	}
	return s
}
