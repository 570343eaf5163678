package reporting

import (
	"slices"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

// Value is what is said in one row: a number, or a status that tells why there
// is none. Without either nothing is said.
type Value struct {
	Row     string
	Value   *decimal.Decimal
	Status  ledger.Status
	Comment string
}

// Statuses lists what a row of a form may say, SDMX codes: A a value, E a value
// that is estimated, P a provisional one, O the value is not known, M it does
// not exist here, L it exists and was not collected.
func Statuses() []ledger.Status {
	return []ledger.Status{ledger.Normal, ledger.Estimated, Provisional, ledger.Missing, ledger.NoFigure, NotCollected}
}

// Statuses that only reports use.
const (
	Provisional  ledger.Status = "P"
	NotCollected ledger.Status = "L"
)

// withValue are the statuses that go with a number.
var withValue = []ledger.Status{ledger.Normal, ledger.Estimated, Provisional}

// Said reports whether the row says anything.
func (v Value) Said() bool {
	return v.Value != nil || v.Status != "" && !slices.Contains(withValue, v.Status)
}

// Problem is something about a report that has to be mended or explained.
type Problem struct {
	Row   string `json:"row,omitempty"`   // empty: the report as a whole
	Check string `json:"check,omitempty"` // code of the check between rows
	// Code is one of the constants below; the pages have its sentence.
	Code string `json:"code"`
	// Blocks tells that the report cannot be submitted like this; otherwise a
	// comment in the row settles it.
	Blocks bool `json:"blocks"`
}

// The codes of problems.
const (
	RowUnknown    = "row_unknown"
	RowTwice      = "row_twice"
	StatusUnknown = "status_unknown"
	StatusValue   = "status_value" // a status that goes without a number stands beside one, or the other way round
	Required      = "required"
	TooPrecise    = "too_precise"
	TooLong       = "too_long"
	BelowMin      = "below_min"
	AboveMax      = "above_max"
	OutsideRange  = "outside_range"
	CheckBroken   = "check_broken"
	CommentLong   = "comment_long"
)

// MaxComment is the length of a comment in characters.
const MaxComment = 500

// Judge holds the values of a report against its template. ranges are the
// plausible ranges by row; a row without one has none.
func (t Template) Judge(at place.ID, values []Value, ranges map[string]Plausible) []Problem {
	j := judging{said: map[string]Value{}, out: []Problem{}}
	rows := t.RowsOf(at)
	for _, v := range values {
		known := slices.ContainsFunc(rows, func(r Row) bool { return r.Code == v.Row })
		_, twice := j.said[v.Row]
		switch {
		case !known:
			j.add(Problem{Row: v.Row, Code: RowUnknown, Blocks: true})
		case twice:
			j.add(Problem{Row: v.Row, Code: RowTwice, Blocks: true})
		default:
			j.said[v.Row] = v
		}
	}
	for _, r := range rows {
		j.row(r, j.said[r.Code], ranges[r.Code])
	}
	if !Blocked(j.out) { // what is no number is not added up
		for _, c := range t.Checks {
			j.check(c, rows)
		}
	}
	return j.out
}

// Blocked reports whether one of the problems keeps a report from being
// submitted.
func Blocked(list []Problem) bool {
	return slices.ContainsFunc(list, func(p Problem) bool { return p.Blocks })
}

type judging struct {
	said map[string]Value
	out  []Problem
}

func (j *judging) add(p Problem) { j.out = append(j.out, p) }

func (j *judging) row(r Row, v Value, expected Plausible) {
	block := func(code string) { j.add(Problem{Row: r.Code, Code: code, Blocks: true}) }
	if utf8.RuneCountInString(v.Comment) > MaxComment {
		block(CommentLong)
	}
	switch {
	case v.Status != "" && !slices.Contains(Statuses(), v.Status):
		block(StatusUnknown)
		return
	case v.Value != nil && v.Status != "" && !slices.Contains(withValue, v.Status), v.Value == nil && (v.Status == ledger.Estimated || v.Status == Provisional):
		block(StatusValue)
		return
	case !v.Said():
		if r.Required {
			block(Required)
		}
		return
	case v.Value == nil:
		return
	}
	switch n := v.Value; {
	case tooLong(*n):
		block(TooLong)
	case !n.Equal(n.Truncate(int32(r.Decimals))):
		block(TooPrecise)
	case r.Min != nil && n.LessThan(*r.Min):
		block(BelowMin)
	case r.Max != nil && n.GreaterThan(*r.Max):
		block(AboveMax)
	default:
		if f, _ := n.Float64(); !expected.Holds(f) {
			j.add(Problem{Row: r.Code, Code: OutsideRange, Blocks: v.Comment == ""})
		}
	}
}

// check holds a rule against the rows that the place reports; a rule on a row
// that it does not report says nothing.
func (j *judging) check(c Check, rows []Row) {
	for _, code := range append([]string{c.Left}, c.Right...) {
		if !slices.ContainsFunc(rows, func(r Row) bool { return r.Code == code }) {
			return
		}
	}
	if c.holds(j.said) {
		return
	}
	commented := slices.ContainsFunc(append([]string{c.Left}, c.Right...), func(code string) bool { return j.said[code].Comment != "" })
	j.add(Problem{Row: c.Left, Check: c.Code, Code: CheckBroken, Blocks: c.Strict || !commented})
}

func (c Check) holds(said map[string]Value) bool {
	left := said[c.Left]
	if c.Type == AllOrNo {
		for _, code := range c.Right {
			if said[code].Said() != left.Said() {
				return false
			}
		}
		return true
	}
	sum := decimal.Zero
	for _, code := range c.Right {
		v := said[code]
		if v.Value == nil {
			// What does not exist here adds nothing; what nobody knows leaves the
			// sum open, but it cannot be below what is known.
			if v.Status != ledger.NoFigure {
				return true
			}
			continue
		}
		sum = sum.Add(*v.Value)
	}
	switch {
	case left.Value == nil:
		return true
	case c.Type == SumOf:
		return left.Value.Equal(sum)
	}
	return left.Value.LessThanOrEqual(sum)
}

// Figures returns the figures that a report says, sealed: actual figures of the
// office that reports. Rows that say nothing give none; zero is a value and a
// status without a value is a row. version tells the version of a measure.
func (t Template) Figures(at place.ID, p period.Period, office string, published period.Date, values []Value, version func(measure string) int) ([]ledger.Figure, error) {
	said := map[string]Value{}
	for _, v := range values {
		said[v.Row] = v
	}
	var out []ledger.Figure
	for _, r := range t.RowsOf(at) {
		v := said[r.Code]
		if !v.Said() {
			continue
		}
		status := v.Status
		if status == "" {
			status = ledger.Normal
		}
		day := published
		f := ledger.Figure{Series: ledger.Series{Measure: r.Measure, Version: version(r.Measure), Place: at, Dimensions: r.Dimensions, Kind: ledger.Actual, Unit: r.Unit, Source: office},
			Period: p, Value: v.Value, Status: status, Published: &day, Synthetic: t.Synthetic}
		if err := f.Seal(); err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}
