package main

import (
	"fmt"
	"strings"

	"github.com/shanyraq/shanyraq/internal/httpapi"
)

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
