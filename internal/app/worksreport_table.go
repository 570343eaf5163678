package app

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/paper"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/risk"
)

// table is the table of works.
func (x *printing) table() paper.Part {
	out := paper.Part{Heading: x.say("table")}
	if len(x.d.Works) == 0 {
		return paper.Part{Heading: x.say("table"), Text: []string{x.say("no_works")}}
	}
	out.Table = &paper.Table{Sheet: x.say("sites"), Columns: []paper.Column{{Name: x.say("no"), Share: 0.5, Right: true}, {Name: x.say("work"), Share: 2.8}, {Name: x.say("place"), Share: 1.75}, {Name: x.say("office"), Share: 1.85}, {Name: x.say("percent"), Share: 1.5}, {Name: x.say("stage"), Share: 1.6},
		{Name: x.say("first_deadline"), Share: 1.2}, {Name: x.say("deadline"), Share: 1.25}, {Name: x.say("forecast"), Share: 1.25}, {Name: x.say("cost"), Share: 1.5, Right: true}, {Name: x.say("transferred_t"), Share: 1.5, Right: true}, {Name: x.say("paid_t"), Share: 1.4, Right: true}, {Name: x.say("next_step"), Share: 1.5}}}
	for i := range x.d.Works {
		w := &x.d.Works[i]
		out.Table.Rows = append(out.Table.Rows, paper.Row{Cells: []paper.Cell{x.whole(int64(i + 1)), {Text: w.Title.In(x.c), Note: w.ID, Bold: w.Level == string(works.Programme)}, {Text: x.at(w.Place)}, {Text: x.office(w.Office)}, x.readiness(w), x.stage(w),
			x.day(w.First), x.deadline(w), x.forecast(w), x.stated(w.Money.Cost), x.stated(w.Money.Transferred), x.stated(w.Money.Paid), x.next(w)}})
	}
	return out
}

// readiness writes the percentage with its day, and what it rests on.
func (x *printing) readiness(w *httpapi.ReportWork) paper.Cell {
	if w.Percent == nil {
		return paper.Cell{Text: x.say("unsaid")}
	}
	q := ledger.Exact
	if w.Qualifier != nil {
		q = ledger.Qualifier(*w.Qualifier)
	}
	d := decimalOf(*w.Percent)
	notes := []string{x.short(w.PercentOn)}
	switch {
	case w.Doubt != nil:
		notes = append(notes, x.say(*w.Doubt))
	case w.Evidence != nil && w.Evidence.Document != nil:
		notes = append(notes, x.say("with_document"))
	}
	if w.Evidence != nil && w.Evidence.Files > 0 {
		notes = append(notes, x.say("with_files", "{n}", strconv.Itoa(w.Evidence.Files)))
	}
	out := paper.Cell{Text: ledger.Unit{Kind: "percent"}.Say(d, q, "", x.c), Note: strings.Join(notes, "; "), Warn: w.Doubt != nil}
	if q == ledger.Exact && w.Doubt == nil {
		out.Kind, out.Value = paper.Percent, string(*w.Percent)
	}
	return out
}

// short writes a day in figures, as tables of offices do: 01.10.2026, in English
// 2026-10-01.
func (x *printing) short(s *string) string {
	if s == nil {
		return "–"
	}
	d, err := period.ParseDate(*s)
	if err != nil || x.c == lang.EN {
		return *s
	}
	y, m, day := d.Civil()
	return fmt.Sprintf("%02d.%02d.%d", day, int(m), y)
}

func (x *printing) stage(w *httpapi.ReportWork) paper.Cell {
	out := paper.Cell{Text: phaseWords[works.Phase(w.Phase)].In(x.c)}
	if w.Stage != nil {
		out.Note = works.StageName(*w.Stage).In(x.c)
	}
	return out
}

func (x *printing) day(s *string) paper.Cell {
	if s == nil {
		return paper.Cell{Text: "–"}
	}
	return paper.Cell{Text: x.short(s), Kind: paper.Date, Value: *s}
}

func (x *printing) deadline(w *httpapi.ReportWork) paper.Cell {
	out := x.day(w.Deadline)
	if w.Deadline == nil {
		out.Text = x.say("unsaid")
	}
	if w.DaysLate > 0 {
		out.Note, out.Warn = x.say("days_late", "{n}", lang.Int(int64(w.DaysLate), x.c)), true
	}
	return out
}

func (x *printing) forecast(w *httpapi.ReportWork) paper.Cell {
	if w.Forecast == nil || w.Forecast.P50 == nil || w.Forecast.P80 == nil {
		return paper.Cell{Text: "–"}
	}
	return paper.Cell{Text: x.short(w.Forecast.P50), Note: "P80: " + x.short(w.Forecast.P80)}
}

func (x *printing) next(w *httpapi.ReportWork) paper.Cell {
	if w.Opened != nil {
		return paper.Cell{Text: x.say("opened_on", "{on}", x.short(w.Opened))}
	}
	if w.NextStep == nil {
		return paper.Cell{Text: "–"}
	}
	return paper.Cell{Text: works.StepName(works.Step(*w.NextStep)).In(x.c), Note: strconv.Itoa(w.Steps) + " / 6"}
}

func (x *printing) risks() paper.Part {
	if len(x.d.Risks) == 0 {
		return paper.Part{}
	}
	t := &paper.Table{Sheet: x.say("risks"), Columns: []paper.Column{{Name: x.say("work"), Share: 2.4}, {Name: x.say("risk"), Share: 3}, {Name: x.say("probability"), Share: 1.2, Right: true}, {Name: x.say("impact"), Share: 2.1, Right: true}, {Name: x.say("score"), Share: 0.7, Right: true},
		{Name: x.say("owner"), Share: 1.8}, {Name: x.say("due"), Share: 1.3}, {Name: x.say("state"), Share: 1.2}, {Name: x.say("plan"), Share: 2.6}}}
	for _, r := range x.d.Risks {
		var impact []string
		if r.Days != nil {
			impact = append(impact, x.say("days", "{n}", lang.Int(int64(*r.Days), x.c)))
		}
		if r.Money != nil {
			impact = append(impact, x.currency(*r.Money))
		}
		due := x.day(r.Due)
		if r.DaysLate > 0 {
			due.Note, due.Warn = x.say("days_late", "{n}", strconv.Itoa(r.DaysLate)), true
		}
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{{Text: r.WorkTitle.In(x.c)}, {Text: r.Title, Note: r.Text}, x.whole(int64(r.Probability)), {Text: strings.Join(impact, ", ")}, x.whole(int64(r.Score)), {Text: x.office(&r.Owner)}, due,
			{Text: riskStateWords[risk.State(r.State)].In(x.c)}, {Text: r.Plan}}})
	}
	return paper.Part{Heading: x.say("risks"), Table: t}
}

func (x *printing) remarks() paper.Part {
	t := &paper.Table{Sheet: x.say("remarks"), Columns: []paper.Column{{Name: x.say("work"), Share: 2}, {Name: x.say("remark"), Share: 5}}}
	for i := range x.d.Works {
		if w := &x.d.Works[i]; w.Remark != nil {
			t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{{Text: w.Title.In(x.c)}, {Text: *w.Remark}}})
		}
	}
	if len(t.Rows) == 0 {
		return paper.Part{}
	}
	return paper.Part{Heading: x.say("remarks"), Table: t}
}
