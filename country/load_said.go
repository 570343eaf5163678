package country

import (
	"strings"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/rule"
	"github.com/shanyraq/shanyraq/place"
)

// figure reads the columns that statements and statistics share.
func (l *loader) figure(r *row) ledger.Figure {
	m, ok := l.measures[r.need("measure")]
	if !ok {
		r.fail("measure", "no measure has the code %q", r.text("measure"))
	}
	dims, err := ledger.ParseDimensions(r.text("dimensions"))
	if err != nil {
		r.fail("dimensions", "%v", err)
	}
	q, ok := ledger.ParseQualifier(r.text("qualifier"))
	if !ok {
		r.fail("qualifier", "must be one of = ~ <~ >= > <= <")
	}
	f := ledger.Figure{Series: ledger.Series{Measure: m.Code, Version: max(1, m.Version), Place: place.ID(r.need("place")), Dimensions: dims.String(), Kind: ledger.Actual, Unit: r.need("unit")},
		Period: r.period("period"), Value: r.decimal("value"), Qualifier: q, Status: ledger.Status(r.text("status")),
		Numerator: r.decimal("numerator"), Denominator: r.decimal("denominator")}
	if !l.places[f.Place] {
		r.fail("place", "no place has the code %q", f.Place)
	}
	if !l.units[f.Unit] {
		r.fail("unit", "no unit has the code %q", f.Unit)
	}
	if f.Unit == l.out.Country.Currency.Code && f.Value != nil {
		if _, err := l.out.Country.Currency.FromDecimal(*f.Value); err != nil {
			r.fail("value", "%v", err)
		}
	}
	return f
}

// from notes the document of a figure and the day on which it counts.
func (l *loader) from(r *row, f *ledger.Figure, column string) {
	d, ok := l.documents[r.need(column)]
	if !ok {
		r.fail(column, "no document has the name %q", r.text(column))
	}
	f.Document, f.Source, f.Published = d.Name, d.Name, d.Published
}

func (l *loader) statementsTable() error {
	return each(l.pack, "statements.csv", func(r *row) {
		f := l.figure(r)
		f.Kind = ledger.Kind(r.need("figure_kind"))
		f.Locator = ledger.Locator{Line: r.integer("line"), From: r.integer("from"), To: r.integer("to")}
		f.Note = r.names("note")
		l.from(r, &f, "document")
		if err := f.Seal(); err != nil {
			r.fail("value", "%v", err)
		}
		s := ledger.Statement{ID: r.need("id"), Role: ledger.Role(r.need("role")), Kind: ledger.StatementKind(r.need("kind")), Figure: f.ID, PartOf: r.text("part_of"),
			SaidBy: r.text("said_by"), AnswersForIt: r.text("answers_for_it"), Deadline: r.date("deadline"), PeriodInferred: r.text("period_inferred") == "yes",
			Title: r.names("title"), Note: r.names("note")}
		if err := s.Check(); err != nil {
			r.fail("id", "%v", err)
		}
		if l.statements[s.ID] != nil {
			r.fail("id", "the statement is listed twice")
		}
		for _, column := range []string{"said_by", "answers_for_it"} {
			if o := r.text(column); o != "" && !l.offices[o] {
				r.fail(column, "no office has the code %q", o)
			}
		}
		l.statements[s.ID] = &f
		l.out.Statements = append(l.out.Statements, s)
		l.out.Figures = append(l.out.Figures, f)
	})
}

func (l *loader) evidenceTable() error {
	return each(l.pack, "evidence.csv", func(r *row) {
		f := l.statements[r.need("statement")]
		if f == nil || l.statements[r.need("promise")] == nil {
			r.fail("statement", "promise and statement must be listed in statements.csv")
			return
		}
		e := ledger.Evidence{Promise: r.text("promise"), Statement: r.text("statement"), Figure: f.ID, Relation: ledger.Relation(r.need("relation")), Note: r.names("note")}
		if err := e.Check(); err != nil {
			r.fail("relation", "%v", err)
		}
		l.out.Evidence = append(l.out.Evidence, e)
	})
}

// movesTable reads what somebody changed about a promise. A new target is the
// figure of another statement.
func (l *loader) movesTable() error {
	return each(l.pack, "moves.csv", func(r *row) {
		m := ledger.Move{Promise: r.need("promise"), Field: ledger.Field(r.need("field")), To: r.text("value"), Reason: r.text("reason"),
			Locator: ledger.Locator{Line: r.integer("line"), From: r.integer("from"), To: r.integer("to")}}
		if l.statements[m.Promise] == nil {
			r.fail("promise", "no statement has the id %q", m.Promise)
		}
		if ref := r.text("statement"); ref != "" {
			f := l.statements[ref]
			if f == nil {
				r.fail("statement", "no statement has the id %q", ref)
				return
			}
			m.Figure = f.ID
		}
		d, ok := l.documents[r.need("document")]
		if !ok {
			r.fail("document", "no document has the name %q", r.text("document"))
		}
		m.Document, m.Published = d.Name, d.Published
		if err := m.Check(); err != nil {
			r.fail("field", "%v", err)
		}
		l.out.Moves = append(l.out.Moves, m)
	})
}

func (l *loader) statistics() error {
	return each(l.pack, "statistics.csv", func(r *row) {
		f := l.figure(r)
		f.Note = r.names("note")
		l.from(r, &f, "source")
		if err := f.Seal(); err != nil {
			r.fail("value", "%v", err)
		}
		l.out.Figures = append(l.out.Figures, f)
	})
}

func (l *loader) rules() error {
	return each(l.pack, "rules.csv", func(r *row) {
		x := rule.Rule{Code: r.need("code"), Type: rule.Type(r.need("type")), Params: rule.ParseParams(r.text("params")), Title: r.names("title"), Open: r.names("text_open"), OK: r.names("text_ok")}
		if err := x.Check(); err != nil {
			r.fail("type", "%v", err)
		}
		for _, key := range []string{"whole", "parts", "part", "first", "second", "statements", "claim"} {
			for ref := range strings.SplitSeq(x.Params[key], "|") {
				if ref != "" && !strings.Contains(ref, "@") && l.statements[ref] == nil {
					r.fail("params", "no statement has the id %q", ref)
				}
			}
		}
		l.out.Rules = append(l.out.Rules, x)
	})
}
