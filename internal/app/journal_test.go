package app

import (
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
)

func TestJournalIsForControllersOfTheCountry(t *testing.T) {
	a := kazakhstan(t)
	as := func(role actor.Role) actor.Actor {
		return actor.Actor{ID: "u_1", Grants: []actor.Grant{{Role: role, Territory: "KZ"}}}
	}
	controller := actor.With(t.Context(), as(actor.Controller))
	page, err := a.Journal(controller, httpapi.JournalFilter{Chain: "main"}, "", 10)
	if err != nil || len(page.Items) == 0 || page.Items[0].Chain != "main" {
		t.Fatalf("%+v, %v", page, err)
	}
	// Reading was journaled, under an id and no name.
	page, err = a.Journal(controller, httpapi.JournalFilter{Chain: "read"}, "", 10)
	if err != nil || len(page.Items) != 2 || page.Items[0].Actor != "u_1" || page.Items[0].Op != "read journal" {
		t.Fatalf("%+v, %v", page, err)
	}
	for name, who := range map[string]actor.Actor{
		"nobody": {}, "a contributor": as(actor.Contributor), "an approver": as(actor.Approver),
		"a controller of one region": {ID: "u_2", Grants: []actor.Grant{{Role: actor.Controller, Territory: "KZ-35"}}},
	} {
		ctx := actor.With(t.Context(), who)
		if _, err := a.Journal(ctx, httpapi.JournalFilter{}, "", 10); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
		err := a.EachEntry(ctx, httpapi.JournalFilter{}, func(httpapi.JournalEntry) error { t.Errorf("%s got an entry", name); return nil })
		if !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A day is one of the country: five hours before that of Greenwich.
func TestJournalOfADay(t *testing.T) {
	a := kazakhstan(t)
	ctx := actor.With(t.Context(), actor.Local(""))
	for _, at := range []string{"2026-11-24T18:59:59Z", "2026-11-24T19:00:00Z", "2026-11-25T18:59:59Z", "2026-11-25T19:00:00Z"} {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Store.Note(ctx, "desk", actor.Entry{Actor: "u_1", At: when, Op: "save", Subject: at}); err != nil {
			t.Fatal(err)
		}
	}
	page, err := a.Journal(ctx, httpapi.JournalFilter{Chain: "desk", From: "2026-11-25", To: "2026-11-25"}, "", 10)
	if err != nil || len(page.Items) != 2 || page.Items[0].Subject != "2026-11-25T18:59:59Z" || page.Items[1].Subject != "2026-11-24T19:00:00Z" {
		t.Errorf("%+v, %v", page, err)
	}
	n := 0
	if err := a.EachEntry(ctx, httpapi.JournalFilter{Actor: "u_1"}, func(httpapi.JournalEntry) error { n++; return nil }); err != nil || n != 4 {
		t.Errorf("%d entries, %v", n, err)
	}
}

func TestVerificationIsAnAnswer(t *testing.T) {
	a := kazakhstan(t)
	ctx := actor.With(t.Context(), actor.Local(""))
	good, err := a.VerifyJournal(ctx, "")
	if err != nil || !good.Intact || len(good.Chains) != 3 || !strings.HasPrefix(good.Anchor, "shanyraq-journal-1 ") {
		t.Fatalf("%+v, %v", good, err)
	}
	if again, err := a.VerifyJournal(ctx, good.Anchor); err != nil || !again.Intact {
		t.Errorf("%+v, %v", again, err)
	}
	if _, err := a.VerifyJournal(ctx, "a line"); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	if _, err := a.Store.Writer().Exec(`UPDATE journal SET subject = 'another' WHERE chain = 'main' AND seq = 1`); err != nil {
		t.Fatal(err)
	}
	if bad, err := a.VerifyJournal(ctx, good.Anchor); err != nil || bad.Intact || !strings.Contains(bad.Problem, "entry 1 was changed") {
		t.Errorf("%+v, %v", bad, err)
	}
}
