package main

import (
	"fmt"

	"github.com/shanyraq/shanyraq/internal/httpapi"
)

// showMoney prints what was said of money and what the documents show.
func (s *session) showMoney(b *httpapi.Board, n *names) error {
	if len(b.Sections.Money) == 0 {
		return nil
	}
	fmt.Fprintln(s.out, s.say("money"))
	rows := [][]string{}
	for _, m := range b.Sections.Money {
		said := s.say("unknown")
		if m.Value != nil {
			said = n.amount(m.Value, m.Qualifier, m.Unit, "")
		}
		rows = append(rows, []string{"  " + m.Label.In(s.lang), said})
	}
	if err := s.table(rows); err != nil {
		return err
	}
	_, err := fmt.Fprintln(s.out)
	return err
}

// showClaims prints the changes that somebody printed, and whether counts
// confirm them.
func (s *session) showClaims(b *httpapi.Board, n *names) error {
	rows := [][]string{}
	for _, c := range b.Claims {
		if c.Kind != "change" || c.Value == nil || c.Unit != "percent" {
			continue
		}
		state := s.say("no_counts")
		if c.Confirmed {
			state = s.say("counts")
		}
		rows = append(rows, []string{"  " + n.amount(c.Value, c.Qualifier, c.Unit, ""), c.Title.In(s.lang), state})
	}
	if len(rows) == 0 {
		return nil
	}
	fmt.Fprintln(s.out, s.say("live_longer"))
	if err := s.table(rows); err != nil {
		return err
	}
	_, err := fmt.Fprintln(s.out)
	return err
}
