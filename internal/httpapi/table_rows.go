package httpapi

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

func text(s string) sheet.Cell { return sheet.Cell{Text: s} }

func textOf(s *string) sheet.Cell {
	if s == nil {
		return sheet.Cell{}
	}
	return text(*s)
}

func date(s *string) sheet.Cell {
	if s == nil {
		return sheet.Cell{}
	}
	if _, err := period.ParseDate(*s); err != nil {
		return text(*s)
	}
	return sheet.Cell{Text: *s, Kind: sheet.Date}
}

func number(n *Number) sheet.Cell {
	if n == nil {
		return sheet.Cell{}
	}
	return sheet.Cell{Text: string(*n), Kind: sheet.Number}
}

// count writes a number that is always known.
func count(n int) sheet.Cell { return whole(&n) }

func whole(n *int) sheet.Cell {
	if n == nil {
		return sheet.Cell{}
	}
	return sheet.Cell{Text: fmt.Sprint(*n), Kind: sheet.Number}
}

func words(t lang.Text) []sheet.Cell {
	out := []sheet.Cell{}
	for _, c := range lang.Codes() {
		out = append(out, text(t[c]))
	}
	return out
}

func dims(m map[string]string) sheet.Cell { return text(ledger.Dimensions(m).String()) }

// each3 returns name_kk, name_ru, name_en.
func each3(name string) []string {
	out := []string{}
	for _, c := range lang.Codes() {
		out = append(out, name+"_"+string(c))
	}
	return out
}

// rows writes a header and what each yields.
func rows(w io.Writer, f sheet.Format, name string, header []string, each func(func(...[]sheet.Cell) error) error) error {
	out, err := sheet.NewWriter(w, f, sheet.WriterOptions{Sheet: name, BOM: true})
	if err != nil {
		return err
	}
	head := []sheet.Cell{}
	for _, h := range header {
		head = append(head, text(h))
	}
	if err := out.Write(head); err != nil {
		return err
	}
	if err := each(func(parts ...[]sheet.Cell) error {
		row := []sheet.Cell{}
		for _, p := range parts {
			row = append(row, p...)
		}
		return out.Write(row)
	}); err != nil {
		return err
	}
	return out.Close()
}

func promiseTable(ctx context.Context, r Reader, q query, f sheet.Format, w io.Writer) error {
	b, err := r.Board(ctx, q.when, q.filter())
	if err != nil {
		return err
	}
	header := append(append([]string{"id", "kind", "theme"}, each3("title")...), "place", "dimensions", "measure", "unit", "period", "deadline", "first_deadline", "target", "target_qualifier",
		"delivered", "delivered_qualifier", "delivered_as_of", "due", "evidence", "said_by", "answers_for_it", "last_word", "part_of", "document", "line", "figure", "as_of", "asked", "asked_waiting", "asked_on", "asked_due")
	return rows(w, f, "promises", header, func(row func(...[]sheet.Cell) error) error {
		for _, p := range b.Promises {
			got := []sheet.Cell{{}, {}, {}}
			if d := p.Delivered; d != nil {
				got = []sheet.Cell{number(d.Value), text(d.Qualifier), date(d.AsOf)}
			}
			asked := []sheet.Cell{{}, {}, {}, {}}
			if a := p.Asked; a != nil {
				asked = []sheet.Cell{count(a.Count), count(a.Waiting), date(&a.Last.On), date(&a.Last.Due)}
			}
			err := row([]sheet.Cell{text(p.ID), text(p.Kind), text(p.Theme)}, words(p.Title),
				[]sheet.Cell{text(p.Place), dims(p.Dimensions), text(p.Measure), text(p.Unit), textOf(p.Period), date(p.Deadline), date(p.FirstDeadline), number(p.Target.Value), text(p.Target.Qualifier)}, got,
				[]sheet.Cell{text(p.Due), text(p.Evidence), textOf(p.SaidBy), textOf(p.AnswersForIt), date(p.LastWord), textOf(p.PartOf), textOf(p.Document), whole(p.Line), text(p.Figure), date(&b.AsOf)}, asked)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func checkTable(ctx context.Context, r Reader, q query, f sheet.Format, w io.Writer) error {
	list, err := r.Checks(ctx, q.when, q.get("state"), q.get("rule"))
	if err != nil {
		return err
	}
	header := append(append(append([]string{"id", "rule", "type", "state"}, each3("title")...), each3("text")...), "difference", "unit", "figures", "promises")
	return rows(w, f, "questions", header, func(row func(...[]sheet.Cell) error) error {
		for _, c := range list {
			diff := []sheet.Cell{{}, {}}
			if c.Difference != nil {
				diff = []sheet.Cell{number(&c.Difference.Value), text(c.Difference.Unit)}
			}
			if err := row([]sheet.Cell{text(c.ID), text(c.Rule), text(c.Type), text(c.State)}, words(c.Title), words(c.Text), diff,
				[]sheet.Cell{text(strings.Join(c.Figures, " ")), text(strings.Join(c.Promises, " "))}); err != nil {
				return err
			}
		}
		return nil
	})
}

// figureHeader is what charts and maps give of a figure.
var figureHeader = []string{"measure", "place", "dimensions", "period", "kind", "value", "qualifier", "unit", "status", "source", "document", "line", "published_at", "synthetic", "id"}

func figureRow(x *Figure) []sheet.Cell {
	synthetic := ""
	if x.Synthetic {
		synthetic = "yes"
	}
	return []sheet.Cell{text(x.Measure), text(x.Place), dims(x.Dimensions), textOf(x.Period), text(x.Kind), number(x.Value), text(x.Qualifier), text(x.Unit), text(x.Status), text(x.Source),
		textOf(x.Document), whole(x.Line), date(x.PublishedAt), text(synthetic), text(x.ID)}
}

func seriesTable(ctx context.Context, r Reader, q query, f sheet.Format, w io.Writer) error {
	list, err := r.Series(ctx, q.when, q.get("measure"), q.get("place"), q.get("dimensions"))
	if err != nil {
		return err
	}
	return rows(w, f, "series", figureHeader, func(row func(...[]sheet.Cell) error) error {
		for _, s := range list.Series {
			for i := range s.Points {
				if err := row(figureRow(&s.Points[i])); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func mapTable(ctx context.Context, r Reader, q query, f sheet.Format, w io.Writer) error {
	m, err := r.Map(ctx, q.when, q.get("measure"), q.get("period"), q.get("kind"))
	if err != nil {
		return err
	}
	return rows(w, f, "map", append(append([]string{}, figureHeader...), "others"), func(row func(...[]sheet.Cell) error) error {
		for _, u := range m.Units {
			if u.Figure == nil {
				continue
			}
			if err := row(figureRow(u.Figure), []sheet.Cell{whole(&u.Others)}); err != nil {
				return err
			}
		}
		return nil
	})
}

func documentTable(ctx context.Context, r Reader, q query, f sheet.Format, w io.Writer) error {
	list, err := r.Documents(ctx, q.when)
	if err != nil {
		return err
	}
	header := append(append(append([]string{"name", "kind"}, each3("publisher")...), each3("title")...), "published_at", "language", "licence", "address", "sha256", "figures")
	return rows(w, f, "documents", header, func(row func(...[]sheet.Cell) error) error {
		for _, d := range list {
			if err := row([]sheet.Cell{text(d.Name), text(d.Kind)}, words(d.Publisher), words(d.Title),
				[]sheet.Cell{date(d.PublishedAt), text(d.Language), text(d.Licence), textOf(d.Address), text(d.SHA256), whole(&d.Figures)}); err != nil {
				return err
			}
		}
		return nil
	})
}
