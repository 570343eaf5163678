package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/shanyraq/shanyraq/internal/httpapi"
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
	if c.Place+c.Theme+c.Due+c.Evidence != "" {
		s.note("%s", s.say("narrowed"))
	}
	return s.showBoard(b, newNames(v, s.lang))
}

func (s *session) showBoard(b *httpapi.Board, n *names) error {
	if len(n.v.Places) == 0 {
		s.note("%s", s.say("empty"))
		return nil
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
		state = strings.ReplaceAll(s.say("days_over"), "{n}", n.days(*p.DaysOverdue))
	} else if p.DaysLeft != nil {
		state = strings.ReplaceAll(s.say("days_left"), "{n}", n.days(*p.DaysLeft))
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
