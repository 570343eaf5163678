package app

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/job"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/ask"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/period"
)

const (
	jobRemindAsks = "asks.remind"
	// remindFrom is the hour of the local day from which people are reminded:
	// nobody is to be woken by it.
	remindFrom = 8
)

// askJobs reminds offices by the clock. A step that a server misses is made up
// for in the next hour.
func (a *App) askJobs() {
	job.Register(a.Jobs, jobRemindAsks, func(ctx context.Context, _ job.Slot) error {
		v, err := a.look(ctx, When{})
		if err != nil {
			return err
		}
		now := a.Clock()
		if local := now.UTC().Add(time.Duration(v.Country.OffsetMinutes) * time.Minute); local.Hour() < remindFrom {
			return nil
		}
		_, err = a.RemindAsks(ctx, now)
		return err
	})
	a.Jobs.Every(jobRemindAsks, job.Each(time.Hour))
}

// RemindAsks tells offices of questions that wait for their answer: three days
// before the day named for it, on the day, and then every week. It may run as
// often as one likes, on several servers at once: what was told is noted in the
// transaction that tells it, so no step is told twice. It returns how many it
// told.
func (a *App) RemindAsks(ctx context.Context, now time.Time) (int, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return 0, err
	}
	day := period.DateOf(now, v.Country.OffsetMinutes)
	told := 0
	for _, r := range ask.Reminders(ask.At(v.Programme.Asks, v.Programme.Answers, day), day, func(string, ask.Step) bool { return false }) {
		id := r.ID + "/" + string(r.Step)
		if _, err := a.Store.Item(ctx, deskReminder, id); err == nil {
			continue
		} else if !fault.Is(err, fault.NotFound) {
			return told, err
		}
		t := a.thingOrName(ctx, v, r.About)
		err := a.Store.Act(ctx, actor.Entry{Actor: programID, At: now, Op: "remind", Subject: r.ID, Detail: "step=" + string(r.Step)}, func(tx *store.Tx) error {
			if _, err := tx.Put(store.Item{Kind: deskReminder, ID: id, Path: v.path(v.Offices[r.Office].Place), About: r.About, State: string(r.Step), Owner: r.Office, Body: []byte("{}")}, 0); err != nil {
				return err
			}
			return a.tellReminder(tx, v, r, t)
		})
		if fault.Is(err, fault.Conflict) {
			continue // another server was faster
		}
		if err != nil {
			return told, err
		}
		told++
	}
	return told, nil
}

// pending lists the answers to a question that are on their way to publication
// and that the reader may see.
func (a *App) pending(ctx context.Context, v *view, q ledger.Ask) ([]httpapi.PendingAnswer, error) {
	out := []httpapi.PendingAnswer{}
	who := v.who(ctx)
	if !who.SignedIn() {
		return out, nil
	}
	list, err := a.onTheWay(ctx, q)
	if err != nil {
		return nil, err
	}
	for _, x := range list {
		if x.sub.Visible(who, v.Atlas) {
			mine := slices.Contains(x.sub.May(who, v.Atlas), submission.Edit)
			out = append(out, httpapi.PendingAnswer{ID: x.sub.ID, State: string(x.sub.State), At: x.at.UTC().Format(time.RFC3339), Mine: mine})
		}
	}
	return out, nil
}

type onTheWay struct {
	sub submission.Submission
	at  time.Time
}

// onTheWay finds the answers to a question that are neither published nor
// withdrawn.
func (a *App) onTheWay(ctx context.Context, q ledger.Ask) ([]onTheWay, error) {
	list, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindSubmission, About: q.About,
		States: []string{string(submission.Draft), string(submission.Submitted), string(submission.Returned), string(submission.Approved), string(submission.Publishing)}})
	if err != nil {
		return nil, err
	}
	var out []onTheWay
	for _, it := range list {
		var s submission.Submission
		if err := json.Unmarshal(it.Body, &s); err != nil {
			return nil, fault.New(fault.Internal, "app.onTheWay", it.ID, "cannot be read back: %w", err)
		}
		if s.Kind == submission.Answer && s.Ask == q.ID {
			out = append(out, onTheWay{s, it.At})
		}
	}
	return out, nil
}

// newestFirst orders figures by the time they are about, then by publication.
func newestFirst(list []ledger.Figure) {
	published := func(f ledger.Figure) period.Date {
		if f.Published == nil {
			return period.MinDate
		}
		return *f.Published
	}
	slices.SortStableFunc(list, func(x, y ledger.Figure) int {
		if x.Period.End != y.Period.End {
			return int(y.Period.End - x.Period.End)
		}
		return int(published(y) - published(x))
	})
}
