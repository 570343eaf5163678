package app

import (
	"context"
	"math"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/place"
)

// readValues puts the values of a submission into the rows of its template.
// What is typed and is no number counts as not said but carries a status that
// no row may have, so that it is found as a problem.
func readValues(t reporting.Template, at place.ID, values []submission.Value) []reporting.Value {
	out := make([]reporting.Value, 0, len(values))
	rows := map[[2]string]string{}
	for _, r := range t.RowsOf(at) {
		rows[[2]string{r.Measure, r.Dimensions}] = r.Code
	}
	for _, v := range values {
		x := reporting.Value{Row: v.Measure + " " + v.Dimensions, Status: ledger.Status(v.Status), Comment: v.Note}
		if code, ok := rows[[2]string{v.Measure, v.Dimensions}]; ok {
			x.Row = code
		}
		if v.Value != "" {
			n, err := reporting.ParseNumber(v.Value)
			if err != nil {
				x.Status = notNumber
			} else {
				x.Value = &n
			}
		}
		out = append(out, x)
	}
	return out
}

// notNumber is no status of SDMX: the row is refused.
const notNumber ledger.Status = "?"

// formValues puts the values of a submission into the words of the form.
func formValues(t reporting.Template, at place.ID, values []submission.Value) []httpapi.FormValue {
	out := []httpapi.FormValue{}
	for i, x := range readValues(t, at, values) {
		out = append(out, httpapi.FormValue{Row: x.Row, Value: values[i].Value, Status: values[i].Status, Note: values[i].Note})
	}
	return out
}

// formOf finds the report that a submission fills in.
func (v *view) formOf(s submission.Submission) (reporting.Template, reporting.Key, error) {
	return v.expected(httpapi.ReportKey{Template: s.Template, Place: string(s.Place), Period: s.Period})
}

// formBatch returns what a filled form says as figures: actual ones of the
// office that reports, or of the place where no office is named. Zero is a
// value; not known, not collected and does not exist here are statuses.
func (v *view) formBatch(s submission.Submission) (ledger.Batch, error) {
	t, key, err := v.formOf(s)
	if err != nil {
		return ledger.Batch{}, err
	}
	source := s.Office
	if source == "" {
		if source = v.reporterOf(t, key.Place); source == "" {
			source = string(key.Place)
		}
	}
	values := readValues(t, key.Place, s.Values)
	if p := t.Judge(key.Place, values, nil); reporting.Blocked(p) {
		return ledger.Batch{}, refusedForm(s.ID, p)
	}
	figures, err := t.Figures(key.Place, key.Period, source, v.at.AsOf, values, func(m string) int { return max(1, v.Measures[m].Version) })
	if err != nil {
		return ledger.Batch{}, err
	}
	for i := range figures {
		f := &figures[i]
		for _, x := range s.Values {
			if x.Measure == f.Measure && x.Dimensions == f.Dimensions && x.Note != "" {
				f.Note = lang.Text{v.Country.DefaultLanguage: x.Note}
			}
		}
	}
	return ledger.Batch{Figures: figures}, nil
}

func refusedForm(id string, list []reporting.Problem) error {
	n := 0
	for _, p := range list {
		if p.Blocks {
			n++
		}
	}
	return fault.New(fault.Invalid, "app.Form", id, "the report has %d problems that must be mended or explained: open it, the rows say which", n)
}

// checkForm refuses to submit a form with a problem that blocks, also a value
// outside its plausible range without a comment.
func (a *App) checkForm(ctx context.Context, v *view, s submission.Submission) error {
	t, key, err := v.formOf(s)
	if err != nil {
		return err
	}
	known, err := a.knownOf(ctx, v, t, key)
	if err != nil {
		return err
	}
	if p := t.Judge(key.Place, readValues(t, key.Place, s.Values), known.ranges); reporting.Blocked(p) {
		return refusedForm(s.ID, p)
	}
	return nil
}

// known is what stands beside the rows of a form.
type known struct {
	rows   []httpapi.FormRow
	ranges map[string]reporting.Plausible
}

// maxKnown bounds the figures that are read beside a form.
const maxKnown = 50_000

// knownOf reads what was said and planned about the rows of a report: one query
// for all of them.
func (a *App) knownOf(ctx context.Context, v *view, t reporting.Template, k reporting.Key) (known, error) {
	rows := t.RowsOf(k.Place)
	planned := map[string]string{} // plan measure of an actual one
	for code, m := range v.Measures {
		if m.DeliveredBy != "" && (planned[m.DeliveredBy] == "" || code < planned[m.DeliveredBy]) {
			planned[m.DeliveredBy] = code
		}
	}
	var measures []string
	for _, r := range rows {
		for _, m := range []string{r.Measure, planned[r.Measure]} {
			if m != "" && !slices.Contains(measures, m) {
				measures = append(measures, m)
			}
		}
	}
	cells := map[string][]ledger.Figure{}
	err := a.Store.EachFigure(ctx, store.Query{At: v.at, Measures: measures, Places: []place.ID{k.Place}, Kinds: []ledger.Kind{ledger.Actual, ledger.Plan}, NotSource: ledger.Computed, Limit: maxKnown}, func(f *ledger.Figure) error {
		id := string(f.Kind) + "\n" + f.Measure + "\n" + f.Dimensions + "\n" + f.Unit
		cells[id] = append(cells[id], *f)
		return nil
	})
	if err != nil {
		return known{}, err
	}
	out := known{rows: []httpapi.FormRow{}, ranges: map[string]reporting.Plausible{}}
	for _, r := range rows {
		cell := func(kind ledger.Kind, measure string) []ledger.Figure {
			return cells[string(kind)+"\n"+measure+"\n"+r.Dimensions+"\n"+r.Unit]
		}
		actual := headlines(cell(ledger.Actual, r.Measure), v.Measures[r.Measure].Headline)
		row := httpapi.FormRow{Row: r.Code}
		history := []reporting.Past{}
		var last *ledger.Figure
		for i := range actual {
			f := &actual[i]
			if f.Period == reporting.SameLastYear(k.Period) {
				row.YearAgo = viewKnown(f)
			}
			if f.Period != k.Period && f.Period.Known() && f.Period.End <= k.Period.End && (last == nil || f.Period.End >= last.Period.End) {
				last = f
			}
			if f.Value != nil && f.Period.Known() && len(history) < 600 {
				x, _ := f.Value.Float64()
				history = append(history, reporting.Past{Period: f.Period, Value: x})
			}
		}
		row.Last = viewKnown(last)
		if p := newestPlan(cell(ledger.Plan, planned[r.Measure]), k); p != nil {
			row.Plan = viewKnown(p)
		}
		if x, err := reporting.PlausibleRange(r.Range, r.Decimals, k.Period, history); err == nil && x.Known {
			x = x.Round(r.Decimals)
			out.ranges[r.Code] = x
			row.Range = &httpapi.FormRange{Lower: plain(x.Lower), Upper: plain(x.Upper), Centre: plain(x.Centre), Basis: x.Basis, Count: x.N}
		}
		out.rows = append(out.rows, row)
	}
	return out, nil
}

// headlines keeps one figure a period, by the rule of the measure, oldest first.
func headlines(list []ledger.Figure, rule string) []ledger.Figure {
	by := map[string][]ledger.Figure{}
	for _, f := range list {
		by[f.Period.String()] = append(by[f.Period.String()], f)
	}
	out := make([]ledger.Figure, 0, len(by))
	for _, same := range by {
		out = append(out, *ledger.Headline(same, rule))
	}
	slices.SortFunc(out, func(a, b ledger.Figure) int {
		if a.Period.End != b.Period.End {
			return int(a.Period.End) - int(b.Period.End)
		}
		return int(a.Period.Start) - int(b.Period.Start)
	})
	return out
}

// newestPlan is what is planned for a time that holds the period, or for no
// time at all.
func newestPlan(list []ledger.Figure, k reporting.Key) *ledger.Figure {
	var best *ledger.Figure
	for i := range list {
		f := &list[i]
		if f.Value == nil || f.Period.Known() && !f.Period.Contains(k.Period) {
			continue
		}
		if best == nil || f.Published != nil && (best.Published == nil || *f.Published > *best.Published) {
			best = f
		}
	}
	return best
}

func viewKnown(f *ledger.Figure) *httpapi.FormKnown {
	if f == nil {
		return nil
	}
	return &httpapi.FormKnown{Value: numberText(f.Value), Status: string(f.Status), Period: optional(f.Period.String()), Figure: f.ID.String()}
}

// plain writes a limit of a range without an exponent.
func plain(x float64) httpapi.Number {
	d, err := decimal.NewFromString(strconv.FormatFloat(x, 'f', -1, 64))
	if err != nil || math.IsInf(x, 0) {
		return "0"
	}
	return httpapi.Number(d.String())
}
