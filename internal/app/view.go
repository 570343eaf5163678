package app

import (
	"time"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/ledger/rule"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func dateText(d *period.Date) *string {
	if d == nil {
		return nil
	}
	return optional(d.String())
}

func numberText(d *decimal.Decimal) *httpapi.Number {
	if d == nil {
		return nil
	}
	n := httpapi.Number(d.String())
	return &n
}

func whole(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// ViewFigure puts a figure into the words of the API.
func ViewFigure(f *ledger.Figure) httpapi.Figure {
	out := httpapi.Figure{ID: f.ID.String(), Measure: f.Measure, Place: string(f.Place), Period: optional(f.Period.String()), Kind: string(f.Kind), Value: numberText(f.Value),
		Qualifier: string(f.Qualifier), Unit: f.Unit, Status: string(f.Status), Dimensions: f.Dims(), Numerator: numberText(f.Numerator), Denominator: numberText(f.Denominator),
		Source: f.Source, Document: optional(f.Document), PublishedAt: dateText(f.Published), Run: f.Run.String(), Supersedes: optional(f.Supersedes.String()),
		SupersededBy: optional(f.SupersededBy.String()), Undated: f.Published == nil && f.Document != "", Synthetic: f.Synthetic, Note: f.Note}
	if f.Period.Known() {
		out.PeriodStart, out.PeriodEnd = optional(f.Period.Start.String()), optional(f.Period.End.String())
	}
	if f.Locator.Line > 0 {
		l := f.Locator
		out.Line, out.From, out.To = &l.Line, &l.From, &l.To
	}
	if !f.Recorded.IsZero() {
		out.RecordedAt = optional(f.Recorded.UTC().Format(time.RFC3339))
	}
	if f.Bounds != nil {
		b := httpapi.Interval{Lower: httpapi.Number(f.Bounds.Lower.String()), Upper: httpapi.Number(f.Bounds.Upper.String())}
		if c := f.Bounds.Confidence; c > 0 {
			b.Confidence = &c
		}
		out.Interval = &b
	}
	return out
}

func viewFigures(list []ledger.Figure) []httpapi.Figure {
	out := make([]httpapi.Figure, 0, len(list))
	for i := range list {
		out = append(out, ViewFigure(&list[i]))
	}
	return out
}

func quantity(f *ledger.Figure) *httpapi.Quantity {
	if f == nil {
		return nil
	}
	return &httpapi.Quantity{Value: numberText(f.Value), Qualifier: string(f.Qualifier), Figure: f.ID.String()}
}

func delivered(f *ledger.Figure) *httpapi.Delivered {
	if f == nil {
		return nil
	}
	return &httpapi.Delivered{Value: numberText(f.Value), Qualifier: string(f.Qualifier), AsOf: dateText(f.Published), Figure: f.ID.String()}
}

func (v *view) promise(it *board.Item) httpapi.Promise {
	f := it.Target
	out := httpapi.Promise{ID: it.ID, Kind: string(it.Kind), Theme: string(it.Theme), Title: it.Title, Place: string(f.Place), Settlement: f.Dims()["settlement"], Dimensions: f.Dims(),
		Measure: f.Measure, Unit: f.Unit, Noun: v.Measures[f.Measure].Noun, Period: optional(f.Period.String()), Inferred: it.PeriodInferred, Deadline: dateText(it.Deadline), FirstDeadline: dateText(it.FirstDeadline),
		Target: *quantity(f), Delivered: delivered(it.Delivered), Due: string(it.Due), Evidence: string(it.Evidence), Broken: it.Broken, Withdrawn: it.Withdrawn, Ask: it.Ask(),
		SaidBy: optional(it.SaidBy), AnswersForIt: optional(it.AnswersForIt), LastWord: dateText(it.LastWord), PartOf: optional(it.PartOf), Document: optional(f.Document),
		Line: whole(f.Locator.Line), Figure: f.ID.String(), Undated: f.Published == nil, Asked: v.asked(it)}
	out.Progress = delivered(newestProgress(it))
	if d := it.DaysLeft; d != nil && *d >= 0 {
		out.DaysLeft = d
	} else if d != nil && it.Due == board.Overdue {
		n := -*d
		out.DaysOverdue = &n
	}
	return out
}

// newestProgress returns the percentage that was said last of a promise: about
// the latest day, then the latest published; nil when there is none.
func newestProgress(it *board.Item) *ledger.Figure {
	var list []ledger.Figure
	for _, l := range it.Links {
		if l.Relation == ledger.Progress && l.Shown.Unit == "percent" {
			list = append(list, *l.Shown)
		}
	}
	if len(list) == 0 {
		return nil
	}
	newestFirst(list)
	return &list[0]
}

// viewCheck puts the result of a rule into the words of the API.
func (v *view) viewCheck(r *rule.Result) httpapi.Check {
	out := httpapi.Check{ID: r.ID, Rule: r.Rule, Type: string(r.Type), State: string(r.State), Figures: []string{}, Promises: append([]string{}, r.Promises...), Title: r.Title, Text: r.Text, Answers: v.viewAnswers(r.Answers),
		Asks: v.asksAbout(thing{Kind: thingQuestion, ID: r.ID, Title: r.Title, Place: v.Atlas.Root()}, r.ID)}
	for _, id := range r.Figures {
		out.Figures = append(out.Figures, id.String())
	}
	if r.Difference != nil {
		out.Difference = &httpapi.Difference{Value: httpapi.Number(r.Difference.Value.String()), Unit: r.Difference.Unit}
	}
	return out
}

func viewPlace(p place.Place) httpapi.Place {
	out := httpapi.Place{Code: string(p.ID), Kind: string(p.Kind), Parent: optional(string(p.Parent)), Name: p.Name, Short: lang.Text{}, ValidFrom: dateText(p.From), ValidTo: dateText(p.To)}
	for c := range p.Name {
		out.Short[c] = p.ShortName(c)
	}
	if p.Point != nil {
		lat, lon := p.Point.Lat, p.Point.Lon
		out.Lat, out.Lon = &lat, &lon
	}
	return out
}

func viewDocument(d ledger.Document, imported bool, figures int) httpapi.Document {
	return httpapi.Document{Name: d.Name, Kind: d.Kind, Publisher: d.Publisher, Title: d.Title, PublishedAt: dateText(d.Published), PublishedAs: d.PublishedAs, Language: d.Language,
		Licence: d.Licence, Address: optional(d.Address), SHA256: d.SHA256, Lines: whole(d.Lines), Imported: imported, Figures: figures}
}
