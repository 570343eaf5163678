package country

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shopspring/decimal"
)

// works reads the works that documents name. What a document says of one of
// them - how far it is, what was allocated, by when - is taken from the
// statement that says it, so that no number is typed twice.
func (l *loader) works() error {
	for _, step := range []func() error{l.funding, l.worksTable, l.yields, l.workLines} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (l *loader) funding() error {
	return each(l.pack, "funding_sources.csv", func(r *row) {
		s := works.Source{Code: r.need("code"), Kind: works.SourceKind(r.need("kind")), Name: r.names("name")}
		if err := s.Check(); err != nil {
			r.fail("kind", "%v", err)
		}
		if l.hasSource(s.Code) {
			r.fail("code", "the source of money is listed twice")
		}
		l.out.Sources = append(l.out.Sources, s)
	})
}

func (l *loader) hasSource(code string) bool {
	return slices.ContainsFunc(l.out.Sources, func(s works.Source) bool { return s.Code == code })
}

// said returns a statement with its figure; ok is false where there is none.
func (l *loader) said(id string) (s ledger.Statement, f *ledger.Figure, ok bool) {
	if i := slices.IndexFunc(l.out.Statements, func(s ledger.Statement) bool { return s.ID == id }); i >= 0 {
		return l.out.Statements[i], l.statements[id], true
	}
	return s, nil, false
}

func (l *loader) work(id works.ID) *works.Work {
	if i := slices.IndexFunc(l.out.Works, func(w works.Work) bool { return w.ID == id }); i >= 0 {
		return &l.out.Works[i]
	}
	return nil
}

func (l *loader) worksTable() error {
	return each(l.pack, "works.csv", func(r *row) {
		w := works.Work{ID: works.ID(r.need("id")), Level: works.Level(r.need("level")), Kind: works.Kind(r.need("kind")), Condition: works.Condition(cmp.Or(r.text("condition"), string(works.Active))),
			Parent: works.ID(r.text("parent")), Place: place.ID(r.need("place")), Facility: place.ID(r.text("facility")), Office: r.text("office"), Units: int64(r.integer("units")),
			Promises: bars[string](r, "promises"), Statements: bars[string](r, "statements"), Documents: bars[string](r, "documents"), Assumed: bars[string](r, "assumed"),
			Title: r.names("title"), Text: orNone(r.names("text"))}
		switch {
		case l.work(w.ID) != nil:
			r.fail("id", "the work is listed twice")
		case w.Parent != "" && l.work(w.Parent) == nil:
			r.fail("parent", "no work above this row has the id %q", w.Parent)
		case !l.places[w.Place]:
			r.fail("place", "no place has the code %q", w.Place)
		case w.Facility != "" && !l.facilities[w.Facility]:
			r.fail("facility", "no facility has the code %q", w.Facility)
		case w.Office != "" && !l.offices[w.Office]:
			r.fail("office", "no office has the code %q", w.Office)
		}
		for _, d := range w.Documents {
			if _, ok := l.documents[d]; !ok {
				r.fail("documents", "no document has the name %q", d)
			}
		}
		l.rest(r, &w, "promises", w.Promises)
		l.rest(r, &w, "statements", w.Statements)
		slices.Sort(w.Documents)
		if len(w.Promises) > 0 && w.Office == "" {
			s, _, _ := l.said(w.Promises[0])
			w.Office = s.AnswersForIt
		}
		if err := w.Check(); err != nil {
			r.fail("id", "%v", err)
		}
		for _, a := range w.Assumed {
			if stage, ok := strings.CutPrefix(a, "stage."); !slices.Contains(assumable, a) && !(ok && w.Stages().Has(stage)) {
				r.fail("assumed", "%q is none of %v, and no stage.CODE of its kind", a, assumable)
			}
		}
		l.out.Works = append(l.out.Works, w)
	})
}

// assumable is what of the record of a work may be our reading.
var assumable = []string{"kind", "parent", "place", "facility", "office", "units", "yields", "deadline"}

// rest looks at the statements that a column names: promises stand in the one,
// all else in the other. The record rests on their documents.
func (l *loader) rest(r *row, w *works.Work, column string, ids []string) {
	for _, id := range ids {
		s, f, ok := l.said(id)
		if !ok {
			r.fail(column, "no statement has the id %q", id)
			return
		}
		if (column == "promises") != (s.Role == ledger.Promise) {
			r.fail(column, "%s is a statement of the role %s: promises stand in promises, all else in statements", id, s.Role)
		}
		rests(w, f.Document)
	}
}

// orNone keeps a text that nobody wrote out of the record.
func orNone(t lang.Text) lang.Text {
	if len(t) == 0 {
		return nil
	}
	return t
}

// rests notes that the record of a work rests on a document.
func rests(w *works.Work, document string) {
	if !slices.Contains(w.Documents, document) {
		w.Documents = append(w.Documents, document)
	}
}

// workOf finds the work of a row of another table.
func (l *loader) workOf(r *row) *works.Work {
	w := l.work(works.ID(r.need("work")))
	if w == nil {
		r.fail("work", "no work has the id %q", r.text("work"))
	}
	return w
}

func (l *loader) yields() error {
	return each(l.pack, "work_yields.csv", func(r *row) {
		w := l.workOf(r)
		if w == nil {
			return
		}
		y := works.Yield{Item: place.Item(r.need("item")), Service: r.text("service"), Age: r.text("age"), Source: r.text("source")}
		if _, ok := l.serviceAt[y.Service]; y.Service != "" && !ok {
			r.fail("service", "no service has the code %q", y.Service)
		}
		if r.text("count") != "" {
			n := int64(r.integer("count"))
			y.Count = &n
		}
		if id := r.text("statement"); id != "" {
			_, f, ok := l.said(id)
			switch {
			case !ok:
				r.fail("statement", "no statement has the id %q", id)
				return
			case y.Count != nil || y.Source != "":
				r.fail("count", "the statement says count and source: leave them empty")
			case f.Value != nil && !f.Value.IsInteger():
				r.fail("statement", "%s is no whole number of %s", f.Value, y.Item)
			case f.Value != nil:
				n := f.Value.IntPart()
				y.Count, y.Qualifier = &n, f.Qualifier
			}
			y.Source = f.Document
		} else if _, ok := l.documents[r.need("source")]; !ok {
			r.fail("source", "no document has the name %q", y.Source)
		}
		rests(w, y.Source)
		slices.Sort(w.Documents)
		w.Yields = append(w.Yields, y)
		if err := w.Check(); err != nil {
			r.fail("item", "%v", err)
		}
	})
}

// workLines reads what statements say of works as lines of them.
func (l *loader) workLines() error {
	before := map[works.ID][]works.Line{}
	return each(l.pack, "work_lines.csv", func(r *row) {
		w := l.workOf(r)
		s, f, ok := l.said(r.need("statement"))
		if !ok {
			r.fail("statement", "no statement has the id %q", r.text("statement"))
		}
		if w == nil || !ok {
			return
		}
		line := works.Line{Work: w.ID, Kind: works.LineKind(r.need("kind")), On: l.spoken(r, f), Published: f.Published, Document: f.Document, Locator: f.Locator, Figure: f.ID.String()}
		l.fill(r, &line, &s, f)
		if r.err != nil {
			return
		}
		if err := line.Seal(); err != nil {
			r.fail("kind", "%v", err)
			return
		}
		if slices.ContainsFunc(before[w.ID], func(o works.Line) bool { return o.ID == line.ID }) {
			r.fail("statement", "the line is listed twice")
		}
		if err := works.Guard(w, before[w.ID], &line, period.MaxDate, l.hasSource); err != nil {
			r.fail("kind", "%v", err)
		}
		rests(w, f.Document)
		slices.Sort(w.Documents)
		before[w.ID] = append(before[w.ID], line)
		l.out.WorkLines = append(l.out.WorkLines, line)
	})
}

// fill takes from the statement what the line says.
func (l *loader) fill(r *row, line *works.Line, s *ledger.Statement, f *ledger.Figure) {
	switch line.Kind {
	case works.StatusLine:
		line.Status = &works.Status{Stage: r.text("stage"), Word: works.Word(r.text("word")), Qualifier: f.Qualifier}
		if line.Status.Word == "" {
			line.Status.Percent = l.number(r, f, "percent")
		} else {
			line.Status.Qualifier = ledger.Exact
		}
	case works.StepLine:
		line.Step = works.Step(r.need("step"))
	case works.MoneyLine:
		line.Money = &works.Money{Kind: works.MoneyKind(r.need("money_kind")), Source: cmp.Or(r.text("source"), f.Dims()["fund"]), Purpose: cmp.Or(r.text("purpose"), f.Dims()["purpose"]),
			Year: r.integer("year"), Qualifier: f.Qualifier}
		if v := l.number(r, f, l.out.Country.Currency.Code); v != nil {
			line.Money.Amount, _ = l.out.Country.Currency.FromDecimal(*v) // checked with the statement
		}
	case works.PriceLine:
		line.Price = &works.Price{Qualifier: f.Qualifier}
		if v := l.number(r, f, l.out.Country.Currency.Code); v != nil {
			line.Price.Amount, _ = l.out.Country.Currency.FromDecimal(*v) // checked with the statement
		}
	case works.PeopleLine:
		if v := l.number(r, f, f.Unit); v != nil {
			n := v.IntPart()
			line.People = &n
		}
	case works.DeadlineLine:
		if line.Deadline = s.Deadline; s.Deadline == nil {
			r.fail("statement", "%s names no deadline", s.ID)
		}
	default:
		r.fail("kind", "a pack brings lines of the kinds status, step, money, price, people and deadline")
	}
}

// number is the value of a statement, which must have one in the unit.
func (l *loader) number(r *row, f *ledger.Figure, unit string) *decimal.Decimal {
	if f.Value == nil || f.Unit != unit {
		r.fail("statement", "must be a statement with a number in %s", unit)
		return nil
	}
	return f.Value
}

// spoken returns the day of which a statement speaks: the column on where it is
// given; else the last day of its period where that had passed when it was
// published; else the day on which it was published. A document without a date
// counts at every day: what it says stands on the first day of which any of its
// statements speaks. See docs/guide/country-pack.md.
func (l *loader) spoken(r *row, f *ledger.Figure) period.Date {
	if on := r.date("on"); on != nil {
		return *on
	}
	if f.Published != nil {
		if f.Period.Known() && f.Period.Last() < *f.Published {
			return f.Period.Last()
		}
		return *f.Published
	}
	var first *period.Date
	for _, o := range l.statements {
		if o.Document == f.Document && o.Period.Known() && (first == nil || o.Period.Start < *first) {
			day := o.Period.Start
			first = &day
		}
	}
	if first == nil {
		r.fail("on", "neither the document nor any of its statements names a day: say on which day it stands")
		return 0
	}
	return *first
}
