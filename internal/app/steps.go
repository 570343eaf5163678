package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/submission"
)

// A step with many is taken in parts: each is one transaction, so that others
// get their turn in between. What is in one part is there whole or not at all.
const (
	stepPart  = 200   // submissions
	valuePart = 20000 // values that one part publishes
)

// wanted is a submission in the version that somebody looked at; 0 is whichever
// stands.
type wanted struct {
	id      string
	version int64
}

// stepped is what became of one.
type stepped struct {
	id      string
	state   submission.State
	version int64
	run     string
	err     error
}

// StepSubmissions takes one step with many. Each has its own result; that one
// is refused hinders no other.
func (a *App) StepSubmissions(ctx context.Context, in httpapi.SubmissionSteps) (*httpapi.SubmissionResults, error) {
	act := submission.Act(in.Act)
	if act == submission.Edit || !slices.Contains(submission.Acts(), act) {
		return nil, fault.New(fault.Invalid, "app.StepSubmissions", "act", "the step is submit, approve, return, publish or withdraw")
	}
	list := make([]wanted, 0, len(in.IDs))
	for _, id := range in.IDs {
		if !slices.ContainsFunc(list, func(w wanted) bool { return w.id == id }) {
			list = append(list, wanted{id: id})
		}
	}
	results, err := a.steps(ctx, act, list, submission.Step{Comment: in.Comment})
	if err != nil {
		return nil, err
	}
	out := &httpapi.SubmissionResults{Results: []httpapi.SubmissionResult{}}
	for _, r := range results {
		x := httpapi.SubmissionResult{ID: r.id, OK: r.err == nil, State: string(r.state), Version: r.version, Run: optional(r.run)}
		if r.err != nil {
			x.Problem = httpapi.ProblemOf(ctx, r.err)
			out.Refused++
		} else {
			out.Done++
		}
		out.Results = append(out.Results, x)
	}
	return out, nil
}

// steps takes a step with each of some submissions.
func (a *App) steps(ctx context.Context, act submission.Act, list []wanted, x submission.Step) ([]stepped, error) {
	var out []stepped
	for len(list) > 0 {
		part, err := a.stepPart(ctx, act, list, x)
		if err != nil {
			return nil, err
		}
		out = append(out, part...)
		list = list[len(part):]
	}
	return out, nil
}

// errNothing takes an act back in which nothing was to do.
var errNothing = errors.New("nothing was done")

// stepPart takes the step with the first of some submissions, as many as go
// into one transaction.
func (a *App) stepPart(ctx context.Context, act submission.Act, list []wanted, x submission.Step) ([]stepped, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	x.Who = v.who(ctx)
	var out []stepped
	published := false
	e := actor.Entry{Actor: x.Who.ID, At: a.Clock(), Op: "submissions." + string(act), Subject: list[0].id}
	if len(list) > 1 {
		e.Subject = fmt.Sprintf("%d of %d", min(len(list), stepPart), len(list))
	}
	err = a.Store.Act(ctx, e, func(tx *store.Tx) error {
		out, published = nil, false
		// Of what is published meanwhile the view of the act must know.
		if v, err = a.look(ctx, When{}); err != nil {
			return err
		}
		t := &stepping{app: a, tx: tx, view: v, act: act, step: x, answered: map[string]bool{}}
		t.step.At = tx.At()
		for _, w := range list {
			if len(out) == stepPart || t.values >= valuePart {
				break
			}
			r := t.take(w)
			if k := fault.KindOf(r.err); r.err != nil && (k == fault.Internal || k == fault.Unavailable) {
				return r.err
			}
			published = published || r.run != ""
			out = append(out, r)
		}
		if t.done == 0 {
			return errNothing
		}
		if a.broken != nil {
			return a.broken()
		}
		return nil
	})
	if err != nil && !errors.Is(err, errNothing) {
		return nil, err
	}
	if published {
		if err := a.settle(ctx); err != nil {
			return nil, fault.New(fault.KindOf(err), "app.settle", "", "all of it was published, but the board could not be computed from it: %w", err)
		}
	}
	return out, nil
}

// stepping is one part of a step with many.
type stepping struct {
	app      *App
	tx       *store.Tx
	view     *view
	act      submission.Act
	step     submission.Step
	answered map[string]bool // asks that this act has answered
	// shown are the figures of measures with a rule of disclosure that this act
	// has published: the ledger does not show them to others yet. showing are
	// those of the submission at hand.
	shown, showing []ledger.Figure
	values         int
	done           int
}

// take takes the step with one submission.
func (t *stepping) take(w wanted) stepped {
	out := stepped{id: w.id}
	h, err := heldOf(t.tx, t.view, t.step.Who, w.id)
	if err != nil {
		out.err = err
		return out
	}
	out.state, out.version = h.s.State, h.Version
	if w.version != 0 && w.version != h.Version {
		out.err = t.app.changed(t.tx.Context(), t.view, t.step.Who, h)
		return out
	}
	s, err := h.s.Take(t.act, t.step, t.view.Atlas)
	t.showing = nil
	if err == nil {
		err = t.tx.Try(func() error { return t.write(&s, h.Version, &out) })
	}
	if err != nil {
		out.err = err
		return out
	}
	out.state, out.run = s.State, s.Run
	t.shown = append(t.shown, t.showing...)
	t.done++
	return out
}

// write writes what a step brings: all of it or nothing.
func (t *stepping) write(s *submission.Submission, version int64, out *stepped) error {
	var err error
	switch t.act {
	case submission.Submit:
		err = t.check(*s)
	case submission.Publish:
		*s, err = t.publish(*s)
	}
	if err != nil {
		return err
	}
	if out.version, err = put(t.tx, t.view, *s, version, false); err != nil {
		out.version = version
		return err
	}
	t.tx.Also(stepEntry(t.step.Who, t.step.At, string(t.act), s.ID, out.version, s.State))
	return t.app.tellStep(t.tx, t.view, t.act, *s)
}

// check refuses to submit what could not be published.
func (t *stepping) check(s submission.Submission) error {
	if check := checkers[s.Kind]; check != nil {
		if err := check(t.app, t.tx.Context(), t.view, s); err != nil {
			return err
		}
	}
	if err := filesFit(t.tx, t.view, s); err != nil {
		return err
	}
	if batch := publishers[s.Kind]; batch != nil {
		_, err := batch(t.view, s)
		return err
	}
	return nil
}

// publish writes a submission into the ledger, or begins the job that does.
func (t *stepping) publish(s submission.Submission) (submission.Submission, error) {
	if start := startPublishing[s.Kind]; start != nil {
		return s, start(t.app, t.tx, s)
	}
	batch := publishers[s.Kind]
	if batch == nil {
		return s, fault.New(fault.Conflict, "app.Publish", s.ID, "nothing here publishes submissions of this kind: return it to its author")
	}
	if s.Ask != "" && t.answered[s.Ask] {
		return s, fault.New(fault.Conflict, "app.Publish", s.ID, "this question was answered just before: return it to its author")
	}
	if err := filesFit(t.tx, t.view, s); err != nil {
		return s, err
	}
	b, err := batch(t.view, s)
	if err != nil {
		return s, err
	}
	if err := t.app.disclose(t.tx.Context(), t.view, &b, t.shown); err != nil {
		return s, err
	}
	b.Attachments = append(b.Attachments, attached(s, b.Figures)...)
	b.Run = t.app.publication(t.tx.Context(), s, b.Run)
	got, err := t.tx.Publish(b)
	if err != nil {
		return s, err
	}
	t.values += len(b.Figures)
	for i := range b.Figures {
		if t.view.ruled(b.Figures[i].Measure) {
			t.showing = append(t.showing, b.Figures[i])
		}
	}
	if s.Ask != "" {
		t.answered[s.Ask] = true
	}
	run := ""
	if !got.Nothing() {
		run = got.Run.String()
	}
	return s.Finish(run)
}

// publication is the run that publishes a submission. What it says of it is
// public: which office, for what, and why something changed.
func (a *App) publication(ctx context.Context, s submission.Submission, r ledger.Run) ledger.Run {
	kind := map[submission.Kind]ledger.RunKind{submission.Answer: ledger.MessageRun, submission.Form: ledger.FormRun, submission.Import: ledger.ImportRun}[s.Kind]
	inputs := map[string]string{}
	maps.Copy(inputs, r.Inputs)
	for name, value := range map[string]string{"submission": s.ID, "office": s.Office, "template": s.Template, "period": s.Period, "ask": s.Ask, "about": s.About, "place": string(s.Place), "reason": s.Reason} {
		if value != "" {
			inputs[name] = value
		}
	}
	subject := r.Subject
	if subject == "" {
		subject = string(s.Kind) + " " + s.ID
	}
	return a.run(ctx, kind, subject, inputs)
}

// FinishSubmission ends a publication that a job has written, within the act
// that wrote it.
func (a *App) FinishSubmission(tx *store.Tx, id, run string) error {
	return a.endPublication(tx, id, "publish", func(s submission.Submission) (submission.Submission, error) { return s.Finish(run) })
}

// FailSubmission ends a publication that did not come about; it is as approved
// as before.
func (a *App) FailSubmission(tx *store.Tx, id, comment string) error {
	return a.endPublication(tx, id, "fail", func(s submission.Submission) (submission.Submission, error) { return s.Fail(comment) })
}

func (a *App) endPublication(tx *store.Tx, id, act string, end func(submission.Submission) (submission.Submission, error)) error {
	v, err := a.look(tx.Context(), When{})
	if err != nil {
		return err
	}
	it, err := tx.Item(kindSubmission, id)
	if err != nil {
		return err
	}
	h, err := readHeld(it)
	if err == nil {
		err = fillValues(tx, &h.s)
	}
	if err != nil {
		return err
	}
	s, err := end(h.s)
	if err != nil {
		return err
	}
	version, err := put(tx, v, s, h.Version, false)
	if err != nil {
		return err
	}
	tx.Also(stepEntry(actor.Actor{}, tx.At(), act, id, version, s.State))
	return a.tellStep(tx, v, submission.Publish, s)
}

// tellStep tells those whom a step concerns: who has the next one, and the
// author what became of it.
func (a *App) tellStep(tx *store.Tx, v *view, act submission.Act, s submission.Submission) error {
	n := Notice{Subject: s.ID, About: aboutOf(s), Title: v.submissionTitle(s), Link: "/submissions/" + s.ID, Territory: s.Place}
	next := func() {
		if need, ok := s.Next(v.Atlas); ok {
			n.Territory, n.Roles = need.Place, actor.Givers(need.Act)
		}
	}
	switch {
	case act == submission.Submit:
		n.Kind = NoticeSubmitted
		next()
	case act == submission.Approve && s.State == submission.Submitted:
		n.Kind = NoticeSubmitted // for the level above
		next()
	case act == submission.Approve:
		n.Kind, n.Accounts = NoticeApproved, []actor.ID{s.Author}
		next()
	case act == submission.Return:
		n.Kind, n.Accounts, n.Offices = NoticeReturned, []actor.ID{s.Author}, []string{s.Office}
	case act == submission.Publish && s.State == submission.Published:
		n.Kind, n.Accounts, n.Offices = NoticePublished, []actor.ID{s.Author}, []string{s.Office}
	case act == submission.Publish && s.State == submission.Approved:
		n.Kind, n.Accounts = NoticePublishFailed, []actor.ID{s.Author}
	default:
		return nil
	}
	if s.Office == "" {
		n.Offices = nil
	}
	if n.Kind == NoticePublished && s.Ask != "" {
		if err := a.tellAnswered(tx, v, s); err != nil {
			return err
		}
	}
	return a.Notify(tx, n)
}

// submissionTitle says what a submission is, in every language.
func (v *view) submissionTitle(s submission.Submission) lang.Text {
	what := lang.Text{}
	switch s.Kind {
	case submission.Form:
		what = v.Templates[s.Template].Name
	case submission.Answer:
		if st, ok := v.Programme.ByID(s.About); ok {
			what = st.Title
		}
	case submission.Import:
		if s.Import != nil {
			what = everyLanguage(s.Import.Name, "")
		}
	}
	out := lang.Text{}
	for _, c := range lang.Codes() {
		out[c] = strings.Trim(strings.Join([]string{what.In(c), v.Atlas.Name(s.Place, c, v.at.AsOf), s.Period}, ", "), ", ")
	}
	return out
}
