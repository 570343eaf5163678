package app

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/paper"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// ReportFile returns a report as pdf or xlsx in a language.
func (a *App) ReportFile(ctx context.Context, f httpapi.WorksReportFilter, format string, c lang.Code) (*httpapi.ReportFile, error) {
	d, err := a.reportData(ctx, f)
	if err != nil {
		return nil, err
	}
	day, err := period.ParseDate(d.AsOf)
	if err != nil {
		return nil, err
	}
	v, err := a.look(ctx, When{AsOf: &day})
	if err != nil {
		return nil, err
	}
	hash, err := hashOf(d)
	if err != nil {
		return nil, err
	}
	p := (&printing{view: v, c: c, d: d, hash: hash}).paper(day)
	name := fmt.Sprintf("works-%s-%s-%s-%s.%s", d.Place, d.Month, d.Edition, c, format)
	switch format {
	case "pdf":
		return &httpapi.ReportFile{Name: name, Write: func(w io.Writer) error { return paper.PDF(w, p) }}, nil
	case "xlsx":
		return &httpapi.ReportFile{Name: name, Write: func(w io.Writer) error { return paper.XLSX(w, p) }}, nil
	}
	return nil, fault.New(fault.Invalid, opReport, "format", "a report is written as pdf or xlsx")
}

// printing puts a report into words of one language.
type printing struct {
	view *view
	c    lang.Code
	d    *httpapi.ReportData
	hash string
}

func (x *printing) say(key string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(reportWords[key].In(x.c))
}

func (x *printing) paper(day period.Date) *paper.Paper {
	y, m, dd := day.Civil()
	month := lang.Month(y, m, x.c)
	place := x.d.PlaceName.In(x.c)
	p := &paper.Paper{Lang: x.c, Title: x.say("title"), Subtitle: place + ", " + month, Author: x.office(x.d.Office), Made: time.Date(y, m, dd, 0, 0, 0, 0, time.UTC),
		First: x.say(x.d.Edition), Running: strings.Join([]string{x.say("title"), place, month, x.say(x.d.Edition)}, " · "), Foot: x.say("hash", "{hash}", x.hash), Page: x.say("page")}
	if x.d.Synthetic > 0 {
		p.Running += " · " + x.say("synthetic", "{n}", strconv.Itoa(x.d.Synthetic))
	}
	p.Parts = append(p.Parts, x.head(month), x.money(), x.capacity(), x.changes(), x.table(), x.warnings(), x.questions())
	if x.d.Edition == editionInternal {
		p.Parts = append(p.Parts, x.risks(), x.remarks())
	}
	p.Parts = append(p.Parts, x.notes(), x.signing())
	return p
}

func (x *printing) head(month string) paper.Part {
	s := x.d.Sums
	asOf := x.date(&x.d.AsOf)
	if !x.d.Whole {
		asOf += " (" + x.say("not_whole") + ")"
	}
	data := x.say("real")
	if x.d.Synthetic > 0 {
		data = x.say("synthetic", "{n}", strconv.Itoa(x.d.Synthetic))
	}
	facts := []paper.Fact{{Name: x.say("territory"), Value: x.d.PlaceName.In(x.c)}}
	if x.d.Parent != nil {
		facts = append(facts, paper.Fact{Name: x.say("programme"), Value: x.d.ParentTitle.In(x.c)})
	}
	facts = append(facts, paper.Fact{Name: x.say("month"), Value: month}, paper.Fact{Name: x.say("as_of"), Value: asOf}, paper.Fact{Name: x.say("edition"), Value: x.say(x.d.Edition)}, paper.Fact{Name: x.say("data"), Value: data})
	for _, n := range []struct {
		key string
		n   int64
	}{{"works", int64(s.Works)}, {"sites", s.Sites}, {"open", s.Open}, {"late", int64(s.Late)}, {"doubted", int64(s.Doubted)}, {"no_date", int64(s.NoDate)}} {
		facts = append(facts, paper.Fact{Name: x.say(n.key), Value: lang.Int(n.n, x.c)})
	}
	return paper.Part{Heading: x.say("summary"), Facts: facts}
}

// moneyKinds are the columns of a table of money.
var moneyKinds = []struct {
	key string
	of  func(httpapi.WorkMoney) *httpapi.Stated
}{
	{"planned", func(m httpapi.WorkMoney) *httpapi.Stated { return m.Planned }}, {"approved", func(m httpapi.WorkMoney) *httpapi.Stated { return m.Approved }},
	{"transferred", func(m httpapi.WorkMoney) *httpapi.Stated { return m.Transferred }}, {"contracted", func(m httpapi.WorkMoney) *httpapi.Stated { return m.Contracted }},
	{"paid_advance", func(m httpapi.WorkMoney) *httpapi.Stated { return m.Paid }}, {"accepted", func(m httpapi.WorkMoney) *httpapi.Stated { return m.Accepted }},
}

func (x *printing) money() paper.Part {
	t := &paper.Table{Sheet: x.say("money_sheet"), Columns: []paper.Column{{Name: x.say("source"), Share: 2.2}}}
	for _, k := range moneyKinds {
		t.Columns = append(t.Columns, paper.Column{Name: x.say(k.key), Share: 1.5, Right: true})
	}
	row := func(name string, m httpapi.WorkMoney, strong bool) {
		cells := []paper.Cell{{Text: name}}
		for _, k := range moneyKinds {
			cells = append(cells, x.stated(k.of(m)))
		}
		t.Rows = append(t.Rows, paper.Row{Cells: cells, Strong: strong})
	}
	for _, s := range x.d.Sums.BySource {
		row(x.source(s.Source), s.WorkMoney, false)
	}
	row(x.say("total"), x.d.Sums.Money, true)
	return paper.Part{Heading: x.say("money"), Text: []string{x.say("exact_note")}, Table: t}
}

func (x *printing) capacity() paper.Part {
	if len(x.d.Sums.Capacity) == 0 {
		return paper.Part{}
	}
	t := &paper.Table{Sheet: x.say("capacity"), Columns: []paper.Column{{Name: x.say("item"), Share: 2}, {Name: x.say("service"), Share: 3}, {Name: x.say("cap_planned"), Share: 1, Right: true}, {Name: x.say("cap_open"), Share: 1, Right: true}, {Name: x.say("cap_unsaid"), Share: 2, Right: true}}}
	for _, k := range x.d.Sums.Capacity {
		t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{{Text: x.label("capacity_item", k.Item)}, {Text: x.service(k.Service)}, x.whole(k.Planned), x.whole(k.Open), x.whole(int64(k.Unsaid))}})
	}
	return paper.Part{Heading: x.say("capacity"), Table: t}
}

func (x *printing) changes() paper.Part {
	out := paper.Part{Heading: x.say("changes")}
	if len(x.d.Changes) == 0 {
		out.Text = []string{x.say("no_changes")}
		return out
	}
	out.Table = &paper.Table{Sheet: x.say("changes"), Columns: []paper.Column{{Name: x.say("work"), Share: 3}, {Name: x.say("what"), Share: 5}, {Name: x.say("reason"), Share: 3}}}
	for _, c := range x.d.Changes {
		title := paper.Cell{Text: c.Title.In(x.c), Note: x.at(c.Place)}
		add := func(what, reason string) {
			out.Table.Rows = append(out.Table.Rows, paper.Row{Cells: []paper.Cell{title, {Text: what}, {Text: reason}}})
			title = paper.Cell{}
		}
		if c.New {
			add(x.say("new"), "")
		}
		if c.Percent != nil {
			add(x.say("percent_moved", "{from}", x.percent(c.Percent.From), "{to}", x.percent(c.Percent.To)), "")
		}
		if c.Phase != nil {
			add(x.say("phase_moved", "{from}", phaseWords[works.Phase(c.Phase.From)].In(x.c), "{to}", phaseWords[works.Phase(c.Phase.To)].In(x.c)), "")
		}
		for _, s := range c.Steps {
			add(x.say("step_done", "{step}", s.Name.In(x.c), "{on}", x.date(s.On)), "")
		}
		before := c.Before
		for _, d := range c.Deadlines {
			if before == nil {
				add(x.say("deadline_first", "{to}", x.date(&d.To)), d.Reason)
			} else {
				add(x.say("deadline_moved", "{from}", x.date(before), "{to}", x.date(&d.To)), d.Reason)
			}
			before = &d.To
		}
		for _, m := range c.Money {
			add(x.say("money_moved", "{kind}", x.say(m.Kind), "{source}", x.source(m.Source), "{amount}", x.currency(m.Amount)), "")
		}
	}
	return out
}

// warnings has one row for each work, so that a long report stays short.
func (x *printing) warnings() paper.Part {
	t := &paper.Table{Sheet: x.say("warnings"), Columns: []paper.Column{{Name: x.say("work"), Share: 3}, {Name: x.say("warning"), Share: 6}, {Name: x.say("office"), Share: 2}}}
	at := map[string]int{}
	for _, w := range x.d.Warnings {
		i, there := at[w.Work]
		if !there {
			i, at[w.Work] = len(t.Rows), len(t.Rows)
			t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{{Text: w.Title.In(x.c)}, {}, {Text: x.office(w.Office)}}})
		}
		t.Rows[i].Cells[1].Text = joined(t.Rows[i].Cells[1].Text, w.Text.In(x.c))
	}
	if len(t.Rows) == 0 {
		return paper.Part{}
	}
	return paper.Part{Heading: x.say("warnings"), Table: t}
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}

// warned are the questions that the warnings have said already.
var warned = []works.Rule{works.DeadlinePassed, works.NotConfirmed, works.NotTransferred}

func (x *printing) questions() paper.Part {
	t := &paper.Table{Sheet: x.say("questions"), Columns: []paper.Column{{Name: x.say("work"), Share: 3}, {Name: x.say("question"), Share: 6}, {Name: x.say("reason"), Share: 2}}}
	at := map[string]int{}
	for _, q := range x.d.Questions {
		if slices.Contains(warned, works.Rule(q.Rule)) {
			continue
		}
		i, there := at[q.Work]
		if !there {
			i, at[q.Work] = len(t.Rows), len(t.Rows)
			t.Rows = append(t.Rows, paper.Row{Cells: []paper.Cell{{Text: q.Title.In(x.c)}, {}, {}}})
		}
		cells := t.Rows[i].Cells
		cells[1].Text = joined(cells[1].Text, q.Text.In(x.c))
		if q.Reason != "" {
			cells[2].Text = joined(cells[2].Text, q.Reason)
		}
	}
	if len(t.Rows) == 0 {
		return paper.Part{}
	}
	return paper.Part{Heading: x.say("questions"), Table: t}
}

func (x *printing) notes() paper.Part {
	out := paper.Part{Heading: x.say("notes")}
	for _, a := range x.d.Assumptions {
		out.Text = append(out.Text, "• "+a.In(x.c))
	}
	for _, d := range x.d.Documents {
		day := x.say("undated")
		if d.Published != nil {
			day = x.date(d.Published)
		}
		out.Facts = append(out.Facts, paper.Fact{Name: d.Publisher.In(x.c), Value: d.Title.In(x.c) + " (" + day + ")"})
	}
	return out
}

func (x *printing) signing() paper.Part {
	office := x.office(x.d.Office)
	blanks := []string{x.say("position"), x.say("signature"), x.say("name"), x.say("date")}
	return paper.Part{Heading: x.say("signing"), Text: []string{x.say("hash", "{hash}", x.hash), x.say("hash_how")}, Signature: &paper.Signature{
		Lines: []paper.Line{{Name: strings.TrimSpace(x.say("head") + ". " + office), Blanks: blanks}, {Name: x.say("maker"), Blanks: blanks}}, Stamp: x.say("stamp")}}
}

// at names a place.
func (x *printing) at(code string) string {
	return x.view.Atlas.Name(place.ID(code), x.c, x.view.at.AsOf)
}

func (x *printing) office(code *string) string {
	if code == nil {
		return ""
	}
	return x.view.Offices[*code].Name.In(x.c)
}

func (x *printing) source(code string) string {
	if code == "" {
		return x.say("unsaid_source")
	}
	return x.view.aboutWork(code, x.c)
}

func (x *printing) label(dimension, value string) string {
	for _, l := range x.view.Labels {
		if l.Dimension == dimension && l.Value == value {
			return l.Name.In(x.c)
		}
	}
	return value
}

func (x *printing) service(code string) string {
	if code == "" {
		return "–"
	}
	for _, s := range x.view.Services {
		if s.Code == code {
			return s.Name.In(x.c)
		}
	}
	return x.label("service", code)
}

func (x *printing) date(s *string) string {
	if s == nil {
		return x.say("unsaid")
	}
	d, err := period.ParseDate(*s)
	if err != nil {
		return *s
	}
	return dayInWords(d, x.c)
}

func (x *printing) percent(n *httpapi.Number) string {
	if n == nil {
		return x.say("unsaid")
	}
	return lang.Percent(decimalOf(*n), x.c)
}

func (x *printing) currency(n httpapi.Number) string {
	return lang.Money(decimalOf(n), x.view.Country.Currency.Symbol, x.c)
}

func (x *printing) whole(n int64) paper.Cell {
	return paper.Cell{Text: lang.Int(n, x.c), Kind: paper.Whole, Value: strconv.FormatInt(n, 10)}
}

func decimalOf(n httpapi.Number) decimal.Decimal {
	d, err := decimal.NewFromString(string(n))
	if err != nil {
		return decimal.Zero
	}
	return d
}

// signOf is how exactly an amount is known, before its digits.
var signOf = map[string]string{"about": "~ ", "close_to": "~ ", "at_least": "≥ ", "more_than": "> ", "at_most": "≤ ", "less_than": "< "}

// stated writes an amount in full, and below it in words.
func (x *printing) stated(s *httpapi.Stated) paper.Cell {
	if s == nil {
		return paper.Cell{Text: "–"}
	}
	d := decimalOf(s.Value)
	out := paper.Cell{Text: signOf[s.Qualifier] + lang.Number(d, x.c), Kind: paper.Money, Value: string(s.Value)}
	switch {
	case s.Qualifier != string(ledger.Exact):
		out.Note, out.Kind = ledger.Unit{Kind: "money"}.Say(d, ledger.Qualifier(s.Qualifier), x.view.Country.Currency.Symbol, x.c), paper.Text
	case d.Abs().GreaterThanOrEqual(decimal.New(1, 6)):
		out.Note = lang.Number(d.Shift(-6), x.c) + "\u00a0" + x.say("mn")
	}
	return out
}
