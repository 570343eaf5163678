package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/internal/app"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
)

// print writes JSON for programs.
func (s *session) print(v any) error {
	e := json.NewEncoder(s.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}

func (s *session) say(key string) string { return words[key].In(s.lang) }

// table writes rows in columns.
func (s *session) table(rows [][]string) error {
	w := tabwriter.NewWriter(s.out, 0, 4, 2, ' ', 0)
	for _, r := range rows {
		if _, err := fmt.Fprintln(w, strings.Join(r, "\t")); err != nil {
			return err
		}
	}
	return w.Flush()
}

type boardCommand struct {
	moment
	Place    string `placeholder:"CODE" help:"${h_place}"`
	Theme    string `placeholder:"THEME" help:"${h_theme}"`
	Due      string `enum:",not_yet,overdue,done,no_date" default:"" placeholder:"STATE" help:"${h_due}"`
	Evidence string `enum:",confirmed,partly,old,none,contradicted" default:"" placeholder:"STATE" help:"${h_evidence}"`
}

// Run prints the promise board.
func (c boardCommand) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	w, err := c.when()
	if err != nil {
		return err
	}
	b, err := s.app.Board(s.ctx, w, httpapi.PromiseFilter{Place: c.Place, Theme: c.Theme, Due: c.Due, Evidence: c.Evidence})
	if err != nil {
		return err
	}
	if s.json {
		return s.print(b)
	}
	v, err := s.app.Vocabulary(s.ctx, w)
	if err != nil {
		return err
	}
	return s.showBoard(b, newNames(v, s.lang))
}

func (s *session) showBoard(b *httpapi.Board, n *names) error {
	if len(b.Promises) == 0 && b.Sentence.In(s.lang) == "" {
		s.note("%s", s.say("empty"))
	}
	fmt.Fprintf(s.out, "%s\n\n", wrap(b.Sentence.In(s.lang), lineWidth))
	byID := map[string]httpapi.Promise{}
	for _, p := range b.Promises {
		byID[p.ID] = p
	}
	for _, sec := range []struct {
		title string
		ids   []string
	}{{"ask_today", b.Sections.AskToday}, {"no_date", b.Sections.NoDate}, {"due_next", b.Sections.DueNext}} {
		if len(sec.ids) == 0 {
			continue
		}
		fmt.Fprintf(s.out, "%s (%d)\n", s.say(sec.title), len(sec.ids))
		rows := [][]string{}
		for _, id := range sec.ids {
			rows = append(rows, s.boardRow(byID[id], n))
		}
		if err := s.table(rows); err != nil {
			return err
		}
		fmt.Fprintln(s.out)
	}
	for _, block := range []func(*httpapi.Board, *names) error{s.showMoney, s.showClaims, s.showTotals} {
		if err := block(b, n); err != nil {
			return err
		}
	}
	return nil
}

// lineWidth fits a terminal of eighty columns and more.
const lineWidth = 96

func (s *session) boardRow(p httpapi.Promise, n *names) []string {
	state := s.say("due_" + p.Due)
	if p.DaysOverdue != nil {
		state = strings.ReplaceAll(s.say("days_over"), "{n}", lang.Int(int64(*p.DaysOverdue), s.lang))
	} else if p.DaysLeft != nil {
		state = strings.ReplaceAll(s.say("days_left"), "{n}", lang.Int(int64(*p.DaysLeft), s.lang))
	}
	got := s.say("unknown")
	if p.Delivered != nil {
		got = n.amount(p.Delivered.Value, p.Delivered.Qualifier, p.Unit, p.Noun)
	} else if p.Progress != nil {
		got = n.amount(p.Progress.Value, p.Progress.Qualifier, "percent", "")
	}
	return []string{"  " + p.ID, p.Title.In(s.lang), value(p.Deadline, "—"), state, got, n.office(p.AnswersForIt)}
}

func (s *session) showTotals(b *httpapi.Board, n *names) error {
	rows := [][]string{{s.say("theme"), s.say("promised"), s.say("delivered"), s.say("promises")}}
	for _, t := range b.Totals {
		promised, got := s.say("unknown"), s.say("unknown")
		if t.Promised != nil {
			promised = n.amount(t.Promised.Value, t.Promised.Qualifier, t.Unit, "")
		}
		if t.Delivered != nil {
			got = n.amount(t.Delivered.Value, t.Delivered.Qualifier, t.Unit, "")
		}
		rows = append(rows, []string{n.theme(t.Theme), promised, got, fmt.Sprint(t.Promises)})
	}
	return s.table(rows)
}

func value(s *string, otherwise string) string {
	if s == nil {
		return otherwise
	}
	return *s
}

// wrap breaks a text into lines of at most width letters.
func wrap(text string, width int) string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		at := 0
		var b strings.Builder
		for w := range strings.FieldsSeq(line) {
			n := len([]rune(w))
			if at > 0 && at+1+n > width {
				b.WriteByte('\n')
				at = 0
			} else if at > 0 {
				b.WriteByte(' ')
				at++
			}
			b.WriteString(w)
			at += n
		}
		out = append(out, b.String())
	}
	return strings.Join(out, "\n")
}

type figuresCommand struct {
	moment
	Measure  string `placeholder:"CODE" help:"${h_measure}"`
	Place    string `placeholder:"CODE" help:"${h_place}"`
	Period   string `placeholder:"PERIOD" help:"${h_period}"`
	Kind     string `enum:",plan,actual,forecast,estimate" default:"" placeholder:"KIND" help:"${h_kind}"`
	Document string `placeholder:"NAME" help:"${h_document}"`
	History  bool   `help:"${h_history}"`
}

func (c figuresCommand) query() app.FigureQuery {
	return app.FigureQuery{Measure: c.Measure, Place: c.Place, Period: c.Period, Kind: c.Kind, Document: c.Document, History: c.History}
}

// Run prints the figures, one after the other.
func (c figuresCommand) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	w, err := c.when()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(s.out, 1<<16)
	if s.json {
		if err := s.figuresJSON(out, w, c.query()); err != nil {
			return err
		}
		return out.Flush()
	}
	v, err := s.app.Vocabulary(s.ctx, w)
	if err != nil {
		return err
	}
	n := newNames(v, s.lang)
	err = s.app.EachFigure(s.ctx, w, c.query(), func(f *ledger.Figure) error {
		x := app.ViewFigure(f)
		at := ""
		if x.Line != nil {
			at = fmt.Sprintf("%s:%d", value(x.Document, ""), *x.Line)
		} else {
			at = x.Source
		}
		_, err := fmt.Fprintf(out, "%s  %s  %s  %s  %s  %s  %s\n", x.ID, x.Measure, n.place(x.Place), value(x.Period, "—"), x.Kind, n.amount(x.Value, x.Qualifier, x.Unit, ""), at)
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// figuresJSON writes a list without holding it.
func (s *session) figuresJSON(out *bufio.Writer, w app.When, q app.FigureQuery) error {
	sep := "[\n"
	err := s.app.EachFigure(s.ctx, w, q, func(f *ledger.Figure) error {
		body, err := json.Marshal(app.ViewFigure(f))
		if err != nil {
			return err
		}
		if _, err := out.WriteString(sep); err != nil {
			return err
		}
		sep = ",\n"
		_, err = out.Write(body)
		return err
	})
	if err != nil {
		return err
	}
	if sep == "[\n" {
		_, err = out.WriteString("[]\n")
	} else {
		_, err = out.WriteString("\n]\n")
	}
	return err
}

type whyCommand struct {
	moment
	ID string `arg:"" help:"${h_figure_id}"`
}

// Run explains a figure.
func (c whyCommand) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	w, err := c.when()
	if err != nil {
		return err
	}
	y, err := s.app.Why(s.ctx, w, c.ID)
	if err != nil {
		return err
	}
	if s.json {
		return s.print(y)
	}
	v, err := s.app.Vocabulary(s.ctx, w)
	if err != nil {
		return err
	}
	s.showWhy(y, newNames(v, s.lang), "")
	return nil
}

func (s *session) showWhy(y *httpapi.Why, n *names, indent string) {
	f := y.Figure
	title := y.Title.In(s.lang)
	if title == "" {
		title = n.measure(f.Measure)
	}
	fmt.Fprintf(s.out, "%s%s: %s — %s, %s (%s)\n", indent, title, n.amount(f.Value, f.Qualifier, f.Unit, ""), n.place(f.Place), value(f.Period, "—"), f.ID)
	if y.Said != nil {
		at := ""
		if y.Said.Line != nil {
			at = fmt.Sprintf(", %s %d, %d–%d", s.say("line"), *y.Said.Line, *y.Said.From, *y.Said.To)
		}
		fmt.Fprintf(s.out, "%s  %s %s, %s%s, %s\n", indent, s.say("said_in"), y.Said.Document, y.Said.Publisher.In(s.lang), at, value(y.Said.Date, s.say("undated")))
		if y.Said.Text != nil {
			fmt.Fprintf(s.out, "%s  «%s»\n", indent, *y.Said.Text)
		}
	}
	if y.Computed != nil {
		fmt.Fprintf(s.out, "%s  %s %s (%d)\n", indent, s.say("computed"), y.Computed.Method, y.Computed.Version)
		for i := range y.Computed.Inputs {
			s.showWhy(&y.Computed.Inputs[i], n, indent+"    ")
		}
	}
	for _, o := range y.Others {
		fmt.Fprintf(s.out, "%s  %s %s (%s, %s)\n", indent, s.say("also_said"), n.amount(o.Value, o.Qualifier, o.Unit, ""), o.Source, o.ID)
	}
	for _, p := range y.Promises {
		fmt.Fprintf(s.out, "%s  %s %s: %s\n", indent, s.say("promise"), p.ID, p.Title.In(s.lang))
	}
	for _, q := range y.Questions {
		fmt.Fprintf(s.out, "%s  %s %s (%s): %s\n", indent, s.say("rule"), q.ID, s.say("state_"+q.State), q.Text.In(s.lang))
	}
}

type checkCommand struct {
	moment
	State string `enum:",ok,open,answered" default:"" placeholder:"STATE" help:"${h_state}"`
	Rule  string `placeholder:"RULE" help:"${h_rule}"`
}

// Run evaluates all rules.
func (c checkCommand) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	w, err := c.when()
	if err != nil {
		return err
	}
	list, err := s.app.Checks(s.ctx, w, c.State, c.Rule)
	if err != nil {
		return err
	}
	if s.json {
		return s.print(list)
	}
	count := map[string]int{}
	for _, r := range list {
		count[r.State]++
		if r.State != "ok" || c.State == "ok" {
			fmt.Fprintf(s.out, "%-9s %s\n          %s\n", s.say("state_"+r.State), r.ID, r.Text.In(s.lang))
		}
	}
	fmt.Fprintf(s.out, "%s: %d, %s: %d, %s: %d\n", s.say("state_ok"), count["ok"], s.say("state_open"), count["open"], s.say("state_answered"), count["answered"])
	return nil
}

type searchCommand struct {
	moment
	Query []string `arg:"" help:"${h_query}"`
}

// Run finds things by name.
func (c searchCommand) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	w, err := c.when()
	if err != nil {
		return err
	}
	hits, err := s.app.Search(s.ctx, w, strings.Join(c.Query, " "))
	if err != nil {
		return err
	}
	if s.json {
		return s.print(hits)
	}
	rows := [][]string{}
	for _, h := range hits {
		rows = append(rows, []string{h.Type, h.ID, h.Title.In(s.lang)})
	}
	return s.table(rows)
}

// names says codes in a language.
type names struct {
	v      *httpapi.Vocabulary
	lang   lang.Code
	places map[string]string
	units  map[string]ledger.Unit
	symbol string
}

func newNames(v *httpapi.Vocabulary, c lang.Code) *names {
	n := &names{v: v, lang: c, places: map[string]string{}, units: map[string]ledger.Unit{}}
	for _, p := range v.Places {
		n.places[p.Code] = p.Short.In(c)
	}
	for code, u := range v.Units {
		n.units[code] = ledger.Unit{Code: code, Kind: u.Kind, Name: u.Name, Forms: u.Forms}
	}
	var country struct {
		Currency struct{ Symbol string } `json:"currency"`
	}
	if err := json.Unmarshal(v.Country, &country); err == nil {
		n.symbol = country.Currency.Symbol
	}
	return n
}

func (n *names) place(code string) string {
	if s := n.places[code]; s != "" {
		return s
	}
	return code
}

func (n *names) theme(code string) string { return n.v.Themes[code].In(n.lang) }

func (n *names) measure(code string) string {
	for _, m := range n.v.Measures {
		if m.Code == code {
			return m.Name.In(n.lang)
		}
	}
	return code
}

func (n *names) office(code *string) string {
	if code == nil {
		return "—"
	}
	return n.v.Offices[*code].Name.In(n.lang)
}

// amount writes a value with qualifier and unit.
func (n *names) amount(v *httpapi.Number, qualifier, unit, noun string) string {
	if v == nil {
		return words["no_value"].In(n.lang)
	}
	d, err := decimal.NewFromString(string(*v))
	if err != nil {
		return string(*v)
	}
	q, _ := ledger.ParseQualifier(qualifier)
	if noun != "" {
		unit = noun
	}
	u, ok := n.units[unit]
	if !ok {
		u = ledger.Unit{Code: unit, Name: lang.Text{n.lang: unit}}
	}
	return u.Say(d, q, n.symbol, n.lang)
}
