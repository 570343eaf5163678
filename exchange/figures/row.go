package figures

import (
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// maxText bounds a note, a reason and other free texts, in bytes.
const maxText = 4000

// The years between which a period is believed.
const (
	firstYear = 1900
	lastYear  = 2100
)

// usualPlaces is how many decimal places most currencies have.
const usualPlaces = 2

// unknown is what the period and the day of publication are when nobody said
// them.
const unknown = "unknown"

// get returns what stands in a column of the row, translated by the mapping.
// A cell that cannot be read is found and empty.
func (r *reader) get(c column) (string, sheet.Kind) {
	var s string
	var kind sheet.Kind
	if i := r.plan.at[c]; i >= 0 && i < len(r.row.Cells) {
		s, kind = r.row.Cells[i].Text, r.row.Cells[i].Kind
		switch kind {
		case sheet.NoValue:
			r.find(c, "formula_without_value")
			return "", kind
		case sheet.ErrorCell:
			r.find(c, "cell_error")
			return "", kind
		}
	}
	if !c.free() {
		s = strings.TrimSpace(s)
	}
	if r.plan.fill[c] && r.plan.at[c] >= 0 {
		s, kind = r.filled(c, s, kind)
	}
	if s == "" {
		s, kind = r.plan.constant[c], sheet.Text
	}
	if v, ok := r.plan.values[c][s]; ok {
		return v, sheet.Text
	}
	return s, kind
}

// filled returns the text of the cell, or the one above it when it is empty.
func (r *reader) filled(c column, s string, kind sheet.Kind) (string, sheet.Kind) {
	switch {
	case s == "":
		return r.above[c], sheet.Text
	case s != r.above[c]:
		r.above[c] = strings.Clone(s)
	}
	return s, kind
}

// text returns a short text of the row.
func (r *reader) text(c column) string {
	s, _ := r.get(c)
	if len(s) > maxText {
		r.find(c, "too_long", itoa(maxText))
		return ""
	}
	return s
}

// broken reports whether a column was already found to be wrong.
func (r *reader) broken(c column) bool {
	for _, f := range r.found {
		if f.at == r.plan.spot(c) && f.at >= 0 {
			return true
		}
	}
	return false
}

// build makes a figure of the row; what is wrong is in r.found afterwards. skip
// tells that the row is left out because it has no value.
func (r *reader) build(mark string) (f ledger.Figure, skip bool) {
	r.found, r.id, r.unclear = r.found[:0], 0, false
	if s := r.text(colID); s != "" {
		id, err := ledger.ParseFigureID(s)
		if err != nil {
			r.find(colID, "id")
		}
		r.id = id
	}
	unit := r.subject(&f)
	r.when(&f)
	if skip := r.value(&f, unit, mark); skip {
		return f, true
	}
	r.rate(&f, mark)
	r.said(&f)
	r.history(&f)
	r.notes(&f)
	return f, false
}

// subject reads what the figure is about and returns its unit.
func (r *reader) subject(f *ledger.Figure) ledger.Unit {
	m, known := r.measure()
	f.Measure, f.Version = m.Code, max(1, m.Version)
	if s := r.text(colVersion); s != "" && known {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > f.Version {
			r.find(colVersion, "version", itoa(f.Version))
		}
		f.Version = n
	}
	f.Place = r.place()
	f.Dimensions = r.dimensions()
	unit := r.unit(m, known)
	f.Unit = unit.Code
	kind := strings.ToLower(r.text(colKind))
	switch k := ledger.Kind(kind); k {
	case ledger.Plan, ledger.Actual, ledger.Forecast, ledger.Estimate:
		f.Kind = k
	case "":
		if !r.broken(colKind) {
			r.find(colKind, "empty")
		}
	default:
		r.find(colKind, "kind")
	}
	return unit
}

// when reads the period.
func (r *reader) when(f *ledger.Figure) {
	s, _ := r.get(colPeriod)
	switch {
	case s == unknown:
		return
	case s == "":
		if !r.broken(colPeriod) {
			r.doubt(colPeriod, "period_missing")
		}
		return
	}
	p, ok := r.period(s)
	if !ok {
		code := "period"
		if r.plan.dhis2 {
			code = "period_dhis2"
		}
		r.find(colPeriod, code)
		if day, ok := dotted(s); ok {
			r.found[len(r.found)-1].hints = []Hint{{Code: day.String()}}
		}
		return
	}
	f.Period = p
	if y, _, _ := p.Start.Civil(); y < firstYear || p.Last() > period.NewDate(lastYear, time.December, 31) {
		r.doubt(colPeriod, "period_far", itoa(firstYear), itoa(lastYear))
	} else if t := r.options.Today; t != nil && f.Kind == ledger.Actual && p.Start > *t {
		r.doubt(colPeriod, "period_future")
	}
}

// dotted reads 31.10.2025, to suggest how to write it.
func dotted(s string) (period.Date, bool) {
	t, err := time.Parse("2.1.2006", s)
	if err != nil || t.Year() < firstYear || t.Year() > lastYear {
		return 0, false
	}
	return period.NewDate(t.Date()), true
}

// value reads value, qualifier and status.
func (r *reader) value(f *ledger.Figure, unit ledger.Unit, mark string) (skip bool) {
	q, ok := ledger.ParseQualifier(strings.ToLower(r.text(colQualifier)))
	if !ok {
		r.find(colQualifier, "qualifier")
	}
	f.Qualifier = q
	f.Status = ledger.Status(strings.ToUpper(r.text(colStatus)))
	if f.Status != "" && !ledger.KnownStatus(f.Status) {
		r.find(colStatus, "status")
	}
	var percent bool
	f.Value, percent = r.number(colValue, mark)
	if f.Value == nil {
		return r.noValue(f)
	}
	switch {
	case percent && unit.Code != "" && unit.Kind != "percent":
		r.find(colValue, "percent_unit", unit.Code)
	case unit.Kind == "count" && f.Value.IsNegative():
		r.doubt(colValue, "negative_count")
	case unit.Kind == "money" && !f.Value.Equal(f.Value.Truncate(r.places(unit))):
		r.doubt(colValue, "money_places", itoa(int(r.places(unit))))
	case f.Status == ledger.NoFigure:
		r.doubt(colValue, "value_unwanted")
	}
	return false
}

// places returns how many decimal places an amount of the currency has.
func (r *reader) places(unit ledger.Unit) int32 {
	if r.options.MoneyPlaces != nil {
		return r.options.MoneyPlaces(unit.Code)
	}
	return usualPlaces
}

// noValue judges a row without value: it needs a status that says why.
func (r *reader) noValue(f *ledger.Figure) (skip bool) {
	if f.Status != "" && f.Status != ledger.Normal || r.broken(colValue) {
		return false
	}
	if s, _ := r.get(colWithdraws); s == "true" {
		return false
	}
	switch r.plan.empty {
	case "skip":
		return true
	case "missing":
		f.Status = ledger.Missing
	default:
		r.find(colValue, "value_missing")
	}
	return false
}

// number reads a number; nil when the cell is empty or wrong.
func (r *reader) number(c column, mark string) (*decimal.Decimal, bool) {
	s, kind := r.get(c)
	if s == "" {
		return nil, false
	}
	if kind == sheet.Number || kind == sheet.Percent {
		mark = "."
	}
	n, code := parseNumber(s, mark)
	if kind == sheet.Date {
		code = "number"
	}
	switch code {
	case "":
		return &n.value, n.percent || kind == sheet.Percent
	case "number_ambiguous":
		r.unclear = true
	}
	r.find(c, code, itoa(ledger.MaxDigits))
	return nil, false
}

// rate reads bounds, numerator and denominator.
func (r *reader) rate(f *ledger.Figure, mark string) {
	f.Numerator, _ = r.number(colNumerator, mark)
	f.Denominator, _ = r.number(colDenominator, mark)
	if f.Denominator != nil && !f.Denominator.IsPositive() {
		r.find(colDenominator, "denominator")
	}
	lower, _ := r.number(colLower, mark)
	upper, _ := r.number(colUpper, mark)
	confidence := r.text(colConfidence)
	if lower == nil && upper == nil {
		if confidence != "" && !r.broken(colLower) && !r.broken(colUpper) {
			r.find(colConfidence, "confidence")
		}
		return
	}
	if lower == nil || upper == nil || lower.GreaterThan(*upper) {
		if !r.broken(colLower) && !r.broken(colUpper) {
			r.find(colLower, "bounds")
		}
		return
	}
	f.Bounds = &ledger.Bounds{Lower: *lower, Upper: *upper}
	if confidence != "" {
		v, err := strconv.ParseFloat(strings.Replace(confidence, ",", ".", 1), 64)
		if err != nil || !(v > 0 && v < 1) {
			r.find(colConfidence, "confidence")
		}
		f.Bounds.Confidence = v
	}
}
