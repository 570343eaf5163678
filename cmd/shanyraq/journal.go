package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/httpapi"
)

type journalCommands struct {
	Verify journalVerify `cmd:"" help:"${h_journal_verify}"`
	List   journalList   `cmd:"" help:"${h_journal_list}"`
	Anchor journalAnchor `cmd:"" help:"${h_journal_anchor}"`
}

type journalVerify struct {
	Anchor string `placeholder:"LINE" help:"${h_anchor}"`
}

// Run walks the journal from its first entry.
func (c journalVerify) Run(s *session) error {
	var published actor.Anchor
	if c.Anchor != "" {
		var err error
		if published, err = actor.ParseAnchor(c.Anchor); err != nil {
			return err
		}
	}
	if err := s.open(); err != nil {
		return err
	}
	heads, err := s.app.Store.VerifyChains(s.ctx)
	if err == nil {
		err = s.app.Store.CheckAnchor(s.ctx, published.Heads)
	}
	if err != nil {
		return err
	}
	main := actor.Head{}
	for _, h := range heads {
		if h.Chain == "main" {
			main = h
		}
	}
	if s.json {
		return s.print(map[string]any{"entries": main.Seq, "head": main.Hash, "chains": heads, "intact": true})
	}
	for _, h := range heads {
		fmt.Fprintln(s.out, fill(s.say("journal_ok"), "chain", s.say("chain_"+h.Chain), "n", h.Seq, "head", cmp.Or(h.Hash, "—")))
	}
	return nil
}

type journalAnchor struct{}

// Run prints where every chain ends, as a line to be published. What it prints
// was verified.
func (journalAnchor) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	heads, err := s.app.Store.VerifyChains(s.ctx)
	if err != nil {
		return err
	}
	line := actor.Anchor{At: s.app.Clock(), Heads: heads}.String()
	if s.json {
		return s.print(map[string]any{"anchor": line, "chains": heads})
	}
	_, err = fmt.Fprintln(s.out, line)
	return err
}

type journalList struct {
	Chain   string `enum:",main,desk,read" default:"" placeholder:"main|desk|read" help:"${h_chain}"`
	Actor   string `placeholder:"ID" help:"${h_actor}"`
	Op      string `placeholder:"BEGINNING" help:"${h_op}"`
	Subject string `placeholder:"BEGINNING" help:"${h_subject}"`
	From    string `placeholder:"YYYY-MM-DD" help:"${h_from}"`
	To      string `placeholder:"YYYY-MM-DD" help:"${h_to}"`
	Limit   int    `placeholder:"N" help:"${h_limit}"`
}

// errEnough ends a list at its limit.
var errEnough = errors.New("enough")

// Run prints entries, the newest first; with --json one a line, since a journal
// is long.
func (c journalList) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	out := bufio.NewWriterSize(s.out, 1<<16)
	n := 0
	err := s.app.EachEntry(s.ctx, httpapi.JournalFilter{Chain: c.Chain, Actor: c.Actor, Op: c.Op, Subject: c.Subject, From: c.From, To: c.To}, func(e httpapi.JournalEntry) error {
		if n++; c.Limit > 0 && n > c.Limit {
			return errEnough
		}
		if s.json {
			return json.NewEncoder(out).Encode(e)
		}
		_, err := fmt.Fprintf(out, "%s  %s %d  %s  %s  %s  %s\n", e.At, e.Chain, e.Number, e.Actor, e.Op, e.Subject, e.Detail)
		return err
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	return out.Flush()
}
