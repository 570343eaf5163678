package app

import (
	"context"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/ask"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// The kinds of items that the dialogue keeps on the desk. What is public of an
// ask stands in the ledger; the desk knows who asked.
const (
	deskAsk      = "ask"
	deskComment  = "comment"
	deskReminder = "ask_reminder"
)

const (
	opAsk      = "app.Ask"
	maxAskDays = 400 // an answer later than that is no answer
)

// Asking tells which office answers for a thing, by when it is asked to, and
// whether the reader may ask.
func (a *App) Asking(ctx context.Context, about string) (*httpapi.Asking, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	t, err := a.thing(ctx, v, about)
	if err != nil {
		return nil, err
	}
	out := &httpapi.Asking{About: t.view(), Office: t.Office, Due: v.proposed().String(), Waiting: []httpapi.Asked{}, May: []string{}, Givers: []string{}}
	for _, x := range v.asksAbout(t, t.ID, about) {
		if x.State == string(ask.Open) || x.State == string(ask.Overdue) {
			out.Waiting = append(out.Waiting, x)
		}
	}
	if v.who(ctx).May(actor.Ask, t.Place, v.Atlas) {
		out.May = append(out.May, string(actor.Ask))
	} else {
		out.Missing, out.Givers = optional(string(t.Place)), givers(actor.Ask)
	}
	return out, nil
}

// proposed is the day by which an office is asked to answer today.
func (v *view) proposed() period.Date {
	return ask.WorkingDays(v.at.AsOf, v.Country.AnswerDays(), v.Country.DayOff)
}

func givers(act actor.Act) []string {
	out := []string{}
	for _, r := range actor.Givers(act) {
		out = append(out, string(r))
	}
	return out
}

// Ask asks an office about a thing. The question is public at once; the
// accounts of the office are told. It returns fault.Conflict naming the earlier
// question when the office was asked the same and has not answered, and
// fault.Forbidden for somebody without the right in the territory of the thing.
func (a *App) Ask(ctx context.Context, in httpapi.AskInput) (*httpapi.AskPage, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	t, err := a.thing(ctx, v, in.About)
	if err != nil {
		return nil, err
	}
	if err := a.may(ctx, v, actor.Ask, t.Place); err != nil {
		return nil, err
	}
	q, err := v.askOf(in, t)
	if err != nil {
		return nil, err
	}
	if old, known := v.standing(q.ID); known {
		if same := old.Ask; same.About != q.About || same.Office != q.Office || same.Text.In(lang.KK) != q.Text.In(lang.KK) || same.Due != q.Due {
			return nil, fault.New(fault.Conflict, opAsk, "id", "another question has this id: make a new one")
		}
		return a.AskPage(ctx, When{}, q.ID)
	}
	if err := a.putAsk(ctx, v, q, t); err != nil {
		return nil, err
	}
	return a.AskPage(ctx, When{}, q.ID)
}

// askOf reads what somebody wants to ask.
func (v *view) askOf(in httpapi.AskInput, t thing) (ledger.Ask, error) {
	q := ledger.Ask{ID: in.ID, About: t.ID, Office: in.Office, Text: lang.Text{}, On: v.at.AsOf, Due: v.proposed()}
	bad := func(field, format string, args ...any) (ledger.Ask, error) {
		return q, fault.New(fault.Invalid, opAsk, field, format, args...)
	}
	if _, known := v.Offices[in.Office]; !known {
		return bad("office", "choose an office: none has this code")
	}
	for _, c := range lang.Codes() {
		text := strings.TrimSpace(in.Text[c])
		if utf8.RuneCountInString(text) > submission.MaxText {
			return bad("text", "the text is too long: write at most %d characters", submission.MaxText)
		}
		if text != "" {
			q.Text[c] = text
		}
	}
	if in.Due != "" {
		d, err := period.ParseDate(in.Due)
		if err != nil || d > q.On+maxAskDays {
			return bad("due", "the day for the answer is a date within a year, YYYY-MM-DD")
		}
		q.Due = d
	}
	return q, q.Check()
}

// deskAskBody is what the desk keeps of an ask.
type deskAskBody struct {
	Office string `json:"office"`
}

// The states of an ask on the desk.
const (
	askStands = "asked"
	askClosed = "closed"
)

// putAsk publishes an ask, unless somebody asked the same a moment ago.
func (a *App) putAsk(ctx context.Context, v *view, q ledger.Ask, t thing) error {
	who := v.who(ctx)
	body, err := json.Marshal(deskAskBody{Office: q.Office})
	if err != nil {
		return err
	}
	return a.Store.Act(ctx, actor.Entry{Actor: who.ID, At: a.Clock(), Op: "ask", Subject: q.ID, Detail: "office=" + q.Office}, func(tx *store.Tx) error {
		if err := v.askedOnce(tx, q); err != nil {
			return err
		}
		if _, err := tx.Put(store.Item{Kind: deskAsk, ID: q.ID, Path: v.path(t.Place), About: q.About, State: askStands, Owner: asker(who), Due: int64(q.Due), Body: body}, 0); err != nil {
			return err
		}
		if _, err := tx.Publish(ledger.Batch{Run: a.run(ctx, ledger.FormRun, "ask "+q.ID, nil), Asks: []ledger.Ask{q}}); err != nil {
			return err
		}
		return a.Notify(tx, askNotice(v, NoticeAsked, q, t))
	})
}

// askedOnce refuses a second question about the same thing to the same office
// while the first waits for its answer.
func (v *view) askedOnce(tx *store.Tx, q ledger.Ask) error {
	list, _, err := tx.Items(store.ItemQuery{Kind: deskAsk, About: q.About, States: []string{askStands}})
	if err != nil {
		return err
	}
	for _, it := range list {
		var b deskAskBody
		if err := json.Unmarshal(it.Body, &b); err != nil {
			return fault.New(fault.Internal, opAsk, it.ID, "cannot be read back: %w", err)
		}
		if b.Office != q.Office {
			continue
		}
		if s, known := v.standing(it.ID); !known || s.Waits() { // unknown: asked after we looked
			return twice(it.ID)
		}
	}
	if s, ok := ask.Waiting(ask.At(v.Programme.Asks, v.Programme.Answers, v.at.AsOf), q.About, q.Office); ok {
		return twice(s.ID)
	}
	return nil
}

func twice(id string) error {
	return fault.New(fault.Conflict, opAsk, "about", "this office was asked the same and has not answered yet: open %w", &httpapi.Earlier{Path: "/asks/" + id})
}

// CloseAsk takes a question back, with the reason. The question stays readable.
func (a *App) CloseAsk(ctx context.Context, id, reason string) (*httpapi.AskPage, error) {
	const op = "app.CloseAsk"
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	s, known := v.standing(id)
	if !known {
		return nil, fault.New(fault.NotFound, op, "id", "nobody asked this: look at the list of what was asked")
	}
	t := a.thingOrName(ctx, v, s.About)
	if err := a.may(ctx, v, actor.Ask, t.Place); err != nil {
		return nil, err
	}
	reason = strings.TrimSpace(reason)
	switch {
	case reason == "" || utf8.RuneCountInString(reason) > submission.MaxComment:
		return nil, fault.New(fault.Invalid, op, "reason", "give the reason, in at most %d characters: it is published with the question", submission.MaxComment)
	case s.State == ask.Closed:
		return nil, fault.New(fault.Conflict, op, "id", "this question was taken back already")
	case s.State == ask.Answered:
		return nil, fault.New(fault.Conflict, op, "id", "this question has its answer and cannot be taken back any more")
	}
	q := s.Ask
	day := v.at.AsOf
	q.Closed, q.ClosedOn = reason, &day
	err = a.Store.Act(ctx, actor.Entry{Actor: v.who(ctx).ID, At: a.Clock(), Op: "close ask", Subject: id}, func(tx *store.Tx) error {
		it, err := tx.Item(deskAsk, id)
		if err != nil {
			return err
		}
		if it.State != askStands {
			return fault.New(fault.Conflict, op, "id", "this question was taken back already")
		}
		it.State = askClosed
		if _, err := tx.Put(it, it.Version); err != nil {
			return err
		}
		if _, err := tx.Publish(ledger.Batch{Run: a.run(ctx, ledger.FormRun, "close ask "+id, nil), Asks: []ledger.Ask{q}}); err != nil {
			return err
		}
		return a.Notify(tx, askNotice(v, NoticeAskClosed, q, t))
	})
	if err != nil {
		return nil, err
	}
	return a.AskPage(ctx, When{}, id)
}

// AskPage returns a question to an office with all that one needs to answer it.
func (a *App) AskPage(ctx context.Context, w When, id string) (*httpapi.AskPage, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	s, known := v.standing(id)
	if !known {
		return nil, fault.New(fault.NotFound, "app.AskPage", "id", "nobody asked this, or not yet on that day")
	}
	t := a.thingOrName(ctx, v, s.About)
	out := &httpapi.AskPage{Ask: v.viewAsk(s, t), Place: string(v.Offices[s.Office].Place), Measures: []httpapi.AnswerMeasure{}, Pending: []httpapi.PendingAnswer{}, May: []string{}, Givers: givers(actor.Answer)}
	switch {
	case t.item != nil:
		if out.Promise, err = a.Promise(ctx, w, t.ID); err != nil {
			return nil, err
		}
		out.Deadline = (&answering{view: v, sub: submission.Submission{Office: s.Office}, item: t.item}).disposes("deadline") == nil
		if out.Measures, err = a.answerMeasures(ctx, v, t.item); err != nil {
			return nil, err
		}
	case t.figure != nil:
		if out.Why, err = a.Why(ctx, w, t.figure.ID.String()); err != nil {
			return nil, err
		}
		if out.Measures, err = a.measureOf(ctx, v, t.figure, "progress"); err != nil {
			return nil, err
		}
	case t.check != nil:
		c := v.viewCheck(t.check)
		out.Question = &c
	}
	if out.Pending, err = a.pending(ctx, v, s.Ask); err != nil {
		return nil, err
	}
	out.May = v.mayWith(ctx, s, t)
	return out, nil
}

// mayWith lists what the reader may do with a question.
func (v *view) mayWith(ctx context.Context, s ask.Standing, t thing) []string {
	who, out := v.who(ctx), []string{}
	if s.Waits() && v.mayAnswer(who, s.Office) {
		out = append(out, string(actor.Answer))
	}
	if s.Waits() && who.May(actor.Ask, t.Place, v.Atlas) {
		out = append(out, "close")
	}
	if who.May(actor.Comment, t.Place, v.Atlas) || who.May(actor.Comment, v.Offices[s.Office].Place, v.Atlas) {
		out = append(out, string(actor.Comment))
	}
	return out
}

// mayAnswer reports whether somebody may speak for an office: with the right to
// answer where it sits, and as one of its people. Who sits at the machine
// speaks for everybody.
func (v *view) mayAnswer(who actor.Actor, office string) bool {
	return who.May(actor.Answer, v.Offices[office].Place, v.Atlas) && (who.Office == office || who.ID == actor.LocalID)
}

// answerMeasures lists the numbers with which an office can answer about a
// promise: what delivers it, and what showed its progress.
func (a *App) answerMeasures(ctx context.Context, v *view, it *board.Item) ([]httpapi.AnswerMeasure, error) {
	out := []httpapi.AnswerMeasure{}
	add := func(measure, relation string, at place.ID, dims string) error {
		m, known := v.Measures[measure]
		if !known {
			return nil
		}
		x, err := a.answerMeasure(ctx, v, m, relation, at, dims)
		out = append(out, x)
		return err
	}
	target := it.Target
	if by := v.Measures[target.Measure].DeliveredBy; by != "" {
		if err := add(by, "delivers", target.Place, target.Dimensions); err != nil {
			return nil, err
		}
	}
	seen := map[ledger.Series]bool{}
	for _, l := range it.Links {
		s := l.Shown.Series
		s.Source = ""
		if l.Relation != ledger.Progress || l.Shown.Unit != "percent" || seen[s] {
			continue
		}
		seen[s] = true
		if err := add(s.Measure, "progress", s.Place, s.Dimensions); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (a *App) measureOf(ctx context.Context, v *view, f *ledger.Figure, relation string) ([]httpapi.AnswerMeasure, error) {
	x, err := a.answerMeasure(ctx, v, v.Measures[f.Measure], relation, f.Place, f.Dimensions)
	return []httpapi.AnswerMeasure{x}, err
}

const lastSaid = 5 // figures shown beside the field of a new one

func (a *App) answerMeasure(ctx context.Context, v *view, m ledger.Measure, relation string, at place.ID, dims string) (httpapi.AnswerMeasure, error) {
	out := httpapi.AnswerMeasure{Measure: m.Code, Unit: m.Unit, Place: string(at), Dimensions: dims, Relation: relation, Last: []httpapi.Figure{}}
	page, err := a.Store.Figures(ctx, store.Query{At: v.at, Measures: []string{m.Code}, Places: []place.ID{at}, Dimensions: &dims, Kinds: []ledger.Kind{ledger.Actual}, NotSource: ledger.Computed, Limit: maxOthers})
	if err != nil {
		return out, err
	}
	newestFirst(page.Figures)
	out.Last = viewFigures(page.Figures[:min(lastSaid, len(page.Figures))])
	return out, nil
}
