package country

import (
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// bars reads a list whose entries are divided by bars.
func bars[T ~string](r *row, column string) []T {
	var out []T
	for s := range strings.SplitSeq(r.text(column), "|") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, T(s))
		}
	}
	return out
}

// knownPlaces reads a list of places, each of which the pack must have.
func (l *loader) knownPlaces(r *row, column string) []place.ID {
	list := bars[place.ID](r, column)
	for _, id := range list {
		if !l.places[id] {
			r.fail(column, "no place has the code %q", id)
		}
	}
	return list
}

func yes(r *row, column string) bool {
	switch r.text(column) {
	case "yes":
		return true
	case "", "no":
		return false
	}
	r.fail(column, "must be yes or no")
	return false
}

// templates reads the reports that are due: a table of templates, one of their
// rows and one of the checks between rows.
func (l *loader) templates() error {
	at := map[string]int{}
	if err := each(l.pack, "templates.csv", func(r *row) {
		t := reporting.Template{Code: r.need("code"), Version: r.integer("version"), Name: r.names("name"), Note: r.names("note"), Every: period.Type(r.need("every")), DueDays: r.integer("due_days"),
			Places:   reporting.Places{List: l.knownPlaces(r, "places"), Kinds: bars[string](r, "kinds"), Below: place.ID(r.text("below")), Except: l.knownPlaces(r, "except")},
			Reporter: reporting.Reporter{Office: r.need("reporter")}, Levels: bars[place.Kind](r, "levels"), To: r.date("to"), Source: r.need("source"), Synthetic: yes(r, "synthetic")}
		if from := r.date("from"); from != nil {
			t.From = *from
		} else {
			r.need("from")
		}
		if _, twice := at[t.Code]; twice {
			r.fail("code", "the template is listed twice")
		}
		if t.Places.Below != "" && !l.places[t.Places.Below] {
			r.fail("below", "no place has the code %q", t.Places.Below)
		}
		if _, ok := l.documents[t.Source]; !ok && t.Source != "assumption" {
			r.fail("source", "must be a document or the word assumption")
		}
		at[t.Code] = len(l.out.Templates)
		l.out.Templates = append(l.out.Templates, t)
	}); err != nil {
		return err
	}
	if err := each(l.pack, "template_rows.csv", func(r *row) { l.templateRow(r, at) }); err != nil {
		return err
	}
	if err := each(l.pack, "template_checks.csv", func(r *row) {
		i, ok := at[r.need("template")]
		if !ok {
			r.fail("template", "no template has the code %q", r.text("template"))
			return
		}
		c := reporting.Check{Code: r.need("code"), Type: reporting.CheckType(r.need("type")), Left: r.need("left"), Right: bars[string](r, "right"), Strict: yes(r, "strict"), Text: r.names("text")}
		l.out.Templates[i].Checks = append(l.out.Templates[i].Checks, c)
	}); err != nil {
		return err
	}
	for i := range l.out.Templates {
		l.out.Templates[i] = l.out.Templates[i].Tidy()
		if err := l.out.Templates[i].Check(); err != nil {
			return fault.New(fault.Invalid, "country.Load", "templates.csv", "%w", err)
		}
	}
	return nil
}

func (l *loader) templateRow(r *row, at map[string]int) {
	i, ok := at[r.need("template")]
	if !ok {
		r.fail("template", "no template has the code %q", r.text("template"))
		return
	}
	dims, err := ledger.ParseDimensions(r.text("dimensions"))
	if err != nil {
		r.fail("dimensions", "%v", err)
	}
	x := reporting.Row{Code: r.need("row"), Name: r.names("name"), Group: r.names("group"), Measure: r.need("measure"), Dimensions: dims.String(), Unit: r.need("unit"), Decimals: r.integer("decimals"), Required: yes(r, "required"),
		Min: r.decimal("min"), Max: r.decimal("max"), Range: reporting.RangeRule{Scale: reporting.Scale(r.need("scale"))}, Places: l.knownPlaces(r, "places")}
	if k := r.text("k"); k != "" {
		if x.Range.K, err = strconv.ParseFloat(k, 64); err != nil {
			r.fail("k", "must be a number with a decimal point")
		}
	}
	if _, ok := l.measures[x.Measure]; !ok {
		r.fail("measure", "no measure has the code %q", x.Measure)
	}
	if !l.units[x.Unit] {
		r.fail("unit", "no unit has the code %q", x.Unit)
	}
	l.out.Templates[i].Rows = append(l.out.Templates[i].Rows, x)
}
