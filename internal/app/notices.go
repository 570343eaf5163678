package app

import (
	"context"
	"slices"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/job"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/place"
)

// maxNotices is a page of notices.
const maxNotices = 50

// Notifications lists what whoever acts was told, the newest first.
func (a *App) Notifications(ctx context.Context, f httpapi.NotificationFilter) (*httpapi.NotificationList, error) {
	out := &httpapi.NotificationList{Items: []httpapi.Notification{}}
	who := string(actor.From(ctx).ID)
	list, err := a.Store.Notices(ctx, who, f.After, f.Unread, maxNotices+1)
	if err != nil {
		return nil, err
	}
	if out.Unread, err = a.Store.Unread(ctx, who); err != nil {
		return nil, err
	}
	if len(list) > maxNotices {
		list = list[:maxNotices]
		out.Next = ptr(list[maxNotices-1].ID)
	}
	for _, n := range list {
		b, err := decode[noticeBody](n.Body)
		if err != nil {
			return nil, err
		}
		x := httpapi.Notification{ID: n.ID, At: instant(n.At), Kind: n.Kind, Subject: n.Subject, About: n.About, Text: NoticeKind(n.Kind).say(b.Title, b.Day), Link: b.Link, Read: !n.Read.IsZero()}
		out.Items = append(out.Items, x)
	}
	return out, nil
}

// ReadNotifications marks one notice as read, or it and every earlier one. A
// notice of somebody else is not touched.
func (a *App) ReadNotifications(ctx context.Context, in httpapi.ReadNotifications) (*httpapi.UnreadCount, error) {
	who := string(actor.From(ctx).ID)
	if err := a.Store.ReadNotice(ctx, who, in.ID, in.Earlier, a.Clock()); err != nil {
		return nil, err
	}
	n, err := a.Store.Unread(ctx, who)
	return &httpapi.UnreadCount{Unread: n}, err
}

// LetterSettings tells how whoever acts hears by e-mail.
func (a *App) LetterSettings(ctx context.Context) (*httpapi.LetterSettings, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	choice, err := readChoice(a.Store.Credential(ctx, credLetters, string(who.ID)))
	return &httpapi.LetterSettings{Letters: string(choice), Sent: a.Mail != nil}, err
}

// SetLetters chooses how whoever acts hears by e-mail.
func (a *App) SetLetters(ctx context.Context, in httpapi.LetterChoice) (*httpapi.Done, error) {
	who, err := a.self(ctx)
	if err != nil {
		return nil, err
	}
	switch c := Letters(in.Letters); c {
	case LettersAtOnce, LettersDaily, LettersNever:
		return done(a.chooseLetters(ctx, who.ID, c))
	}
	return nil, fault.New(fault.Invalid, "app.SetLetters", "letters", "choose at_once, daily or never")
}

// reminders reminds each morning those who owe a report, and warns offices of
// their works. What offices were
// asked has reminders of its own. As long as nobody has an account there is
// nobody to be told.
func (a *App) reminders(ctx context.Context, _ job.Slot) error {
	if peopled, err := a.Peopled(ctx); err != nil || !peopled {
		return err
	}
	ctx = actor.With(ctx, actor.Actor{ID: programID})
	v, err := a.look(ctx, When{})
	if err != nil {
		return err
	}
	for _, t := range v.Templates {
		all, err := a.filedOf(ctx, v, t)
		if err != nil {
			return err
		}
		everywhere := func(place.ID) bool { return true }
		m := t.Completeness(t.Periods(since(v.at.AsOf), v.at.AsOf+1, maxMatrix), v.Atlas, everywhere, receipts(all), v.at.AsOf)
		owed := slices.DeleteFunc(m.Cells, func(c reporting.Cell) bool { return c.Received != nil || !reporting.RemindOn(c.Due, v.at.AsOf) })
		if _, err := a.remindOf(ctx, v, t, owed); err != nil {
			return err
		}
	}
	_, err = a.warnOffices(ctx, v)
	return err
}

// Workload counts what is done in the background, for those who watch the
// server.
func (a *App) Workload(ctx context.Context) ([]httpapi.Workload, error) {
	loads, err := a.Jobs.Load(ctx)
	if err != nil {
		return nil, err
	}
	now := a.Clock()
	out := make([]httpapi.Workload, len(loads))
	for i, l := range loads {
		out[i] = httpapi.Workload{Kind: l.Kind, Waiting: l.Waiting, Running: l.Running, Failed: l.Failed}
		if !l.Oldest.IsZero() {
			out[i].OldestSeconds = max(0, now.Sub(l.Oldest).Seconds())
		}
	}
	return out, nil
}
