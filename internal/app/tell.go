package app

import (
	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/ask"
	"github.com/shanyraq/shanyraq/ledger/submission"
)

// askNotice is what an office is told of a question.
func askNotice(v *view, kind NoticeKind, q ledger.Ask, t thing) Notice {
	return Notice{Kind: kind, Subject: q.ID, About: q.About, Title: t.Title, Day: q.Due, Link: "/asks/" + q.ID, Territory: v.Offices[q.Office].Place, Offices: []string{q.Office}}
}

func (a *App) tellReminder(tx *store.Tx, v *view, r ask.Reminder, t thing) error {
	kind := NoticeAnswerLate
	if r.Step == ask.Before || (r.Step == ask.OnDue && r.State == ask.Open) {
		kind = NoticeAnswerDue
	}
	return a.Notify(tx, askNotice(v, kind, r.Ask, t))
}

// tellAnswered tells who asked that the answer is public.
func (a *App) tellAnswered(tx *store.Tx, v *view, s submission.Submission) error {
	it, err := tx.Item(deskAsk, s.Ask)
	if err != nil {
		return err
	}
	n := Notice{Kind: NoticeAnswered, Subject: s.Ask, About: s.About, Title: v.submissionTitle(s), Link: "/asks/" + s.Ask, Territory: s.Place}
	if _, known := v.Offices[it.Owner]; known {
		n.Offices = []string{it.Owner}
	} else {
		n.Accounts = []actor.ID{actor.ID(it.Owner)}
	}
	return a.Notify(tx, n)
}

// tellMentioned tells the offices that a comment names.
func (a *App) tellMentioned(tx *store.Tx, about string, t talked, offices []string) error {
	if len(offices) == 0 {
		return nil
	}
	return a.Notify(tx, Notice{Kind: NoticeCommented, Subject: about, About: about, Title: t.title, Link: t.page, Territory: t.places[0], Offices: offices})
}
