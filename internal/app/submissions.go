package app

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/place"
)

const (
	// kindValues is the kind of the values of a long submission, which lie beside
	// it: the steps of the way then do not copy them.
	kindValues   = "submission_values"
	inlineValues = 40 // as many are kept in the submission itself

	maxSubmissions     = 500
	defaultSubmissions = 50
	maxWaiting         = 10_000 // waiting ones that are looked through for a count
)

// publishers say what each kind of submission writes into the ledger. The view
// is that of the day of publication.
var publishers = map[submission.Kind]func(*view, submission.Submission) (ledger.Batch, error){
	submission.Form:   (*view).formBatch,
	submission.Answer: answerBatch,
}

// startPublishing are the kinds that a job publishes. It is called within the
// act that begins the publication; the job ends with FinishSubmission or
// FailSubmission.
var startPublishing = map[submission.Kind]func(*App, *store.Tx, submission.Submission) error{submission.Import: (*App).startImport}

// checkers refuse to submit what could not be published.
var checkers = map[submission.Kind]func(*App, context.Context, *view, submission.Submission) error{
	submission.Form:   (*App).checkForm,
	submission.Answer: (*App).checkAnswer,
}

// held is a submission with the item that holds it.
type held struct {
	store.Item
	s submission.Submission
}

func noSubmission() error {
	return fault.New(fault.NotFound, "app.Submission", "", "there is no such submission, or it is not yours to see")
}

// readHeld reads an item without the values that lie beside it.
func readHeld(it store.Item) (held, error) {
	h := held{Item: it}
	if err := json.Unmarshal(it.Body, &h.s); err != nil {
		return h, fault.New(fault.Internal, "app.Submission", it.ID, "cannot be read back: %w", err)
	}
	return h, nil
}

// itemSource is where items are read: the store, or an act on it.
type itemSource interface {
	Item(kind, id string) (store.Item, error)
}

// atRest reads from the store.
type atRest struct {
	ctx   context.Context
	store *store.Store
}

func (r atRest) Item(kind, id string) (store.Item, error) { return r.store.Item(r.ctx, kind, id) }

// heldOf reads a submission with all its values; fault.NotFound also when it is
// not to be seen by whoever acts.
func heldOf(d itemSource, v *view, who actor.Actor, id string) (held, error) {
	it, err := d.Item(kindSubmission, id)
	if fault.Is(err, fault.NotFound) {
		return held{}, noSubmission()
	}
	if err != nil {
		return held{}, err
	}
	h, err := readHeld(it)
	if err != nil {
		return h, err
	}
	if !h.s.Visible(who, v.Atlas) {
		return held{}, noSubmission()
	}
	return h, fillValues(d, &h.s)
}

// fillValues reads the values that lie beside a submission.
func fillValues(d itemSource, s *submission.Submission) error {
	if len(s.Values) > 0 || s.Beside == 0 {
		return nil
	}
	it, err := d.Item(kindValues, s.ID)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(it.Body, &s.Values); err != nil {
		return fault.New(fault.Internal, "app.Submission", s.ID, "its values cannot be read back: %w", err)
	}
	return nil
}

// aboutOf is what a submission speaks of, as items are found by it.
func aboutOf(s submission.Submission) string {
	if s.Kind == submission.Form {
		return formAbout(s.Template)
	}
	return s.About
}

// put writes a version of a submission, and its values if they are new.
func put(tx *store.Tx, v *view, s submission.Submission, expected int64, saved bool) (int64, error) {
	values := s.Values
	if s.Beside = 0; len(values) > inlineValues {
		s.Beside, s.Values = len(values), nil
	}
	if saved && s.Beside > 0 {
		body, err := json.Marshal(values)
		if err != nil {
			return 0, err
		}
		was, err := tx.Item(kindValues, s.ID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return 0, err
		}
		if !bytes.Equal(was.Body, body) {
			if _, err := tx.Put(store.Item{Kind: kindValues, ID: s.ID, Path: v.path(s.Place), Owner: string(s.Author), Body: body}, was.Version); err != nil {
				return 0, err
			}
		}
	}
	body, err := json.Marshal(s)
	if err != nil {
		return 0, err
	}
	return tx.Put(store.Item{Kind: kindSubmission, ID: s.ID, Path: v.path(s.Place), About: aboutOf(s), State: string(s.State), Owner: string(s.Author), Body: body}, expected)
}

// stepEntry is a step in the journal: which, with what, and how it stands then.
func stepEntry(who actor.Actor, at time.Time, act, id string, version int64, state submission.State) actor.Entry {
	detail, _ := json.Marshal(map[string]any{"version": version, "state": state}) // always marshals
	return actor.Entry{Actor: who.ID, At: at, Op: "submission." + act, Subject: id, Detail: string(detail)}
}

// content puts what an author sent into the words of the domain.
func (v *view) content(who actor.Actor, id string, in httpapi.SubmissionInput) (submission.Submission, error) {
	s := submission.Submission{ID: id, Kind: submission.Kind(in.Kind), Place: place.ID(in.Place), Office: in.Office, Template: in.Template, Period: in.Period, Ask: in.Ask, About: in.About,
		Text: in.Text, Deadline: in.Deadline, Reason: in.Reason, Withdraw: in.Withdraw, Files: in.Files}
	bad := func(field, text string) (submission.Submission, error) {
		return s, fault.New(fault.Invalid, "app.SaveSubmission", field, "%s", text)
	}
	if s.Kind == submission.Import {
		return bad("kind", "a table is submitted on the page of its import, once it was checked: what was counted in it cannot be written by hand")
	}
	if !v.Atlas.Has(s.Place) {
		return bad("place", "choose a place: no place has this code")
	}
	if s.Office == "" {
		s.Office = who.Office
	}
	if o, known := v.Offices[s.Office]; s.Office != "" && (!known || s.Office != who.Office && !who.May(s.Right(), o.Place, v.Atlas)) {
		return bad("office", "you do not speak for this office: leave it out, or ask for an account there")
	}
	for _, x := range in.Values {
		y := submission.Value{Measure: x.Measure, Place: place.ID(x.Place), Period: x.Period, Dimensions: x.Dimensions, Kind: ledger.Kind(x.Kind), Value: x.Value, Qualifier: x.Qualifier, Status: x.Status, Unit: x.Unit, Note: x.Note, Flags: x.Flags}
		if _, known := v.Measures[x.Measure]; !known {
			return bad("values", "a value speaks of a measure that does not exist")
		}
		s.Values = append(s.Values, y)
	}
	switch s.Kind {
	case submission.Form:
		t, _, err := v.formOf(s)
		if err != nil {
			return s, err
		}
		if s.Office == "" {
			s.Office = v.reporterOf(t, s.Place)
		}
		if s.Levels = t.Levels; len(s.Levels) == 0 {
			p, err := v.Atlas.Place(s.Place)
			if err != nil {
				return s, err
			}
			s.Levels = []submission.Level{p.Kind}
		}
	default:
		s.Levels = submission.DefaultLevels()
	}
	return s, nil
}

// SaveSubmission keeps what an author wrote, as a draft of their own. The same
// content sent again is the same version; other content over a version that is
// no longer the newest is fault.Conflict, which shows what stands now.
func (a *App) SaveSubmission(ctx context.Context, id string, in httpapi.SubmissionInput) (*httpapi.Submission, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	who := v.who(ctx)
	content, err := v.content(who, id, in)
	if err != nil {
		return nil, err
	}
	if err := a.seesFiles(ctx, content.Files); err != nil {
		return nil, err
	}
	if same, err := a.saved(ctx, v, who, content); err != nil || same {
		if err != nil {
			return nil, err
		}
		return a.Submission(ctx, id)
	}
	next := in.Version + 1
	err = a.Store.Act(ctx, stepEntry(who, a.Clock(), "save", id, next, submission.Draft), func(tx *store.Tx) error {
		h, err := heldOf(tx, v, who, id)
		var s submission.Submission
		switch {
		case fault.Is(err, fault.NotFound):
			if s, err = submission.Begin(content, who, v.Atlas); err != nil {
				return err
			}
			// Somebody elsewhere may have taken the id; that it is there is not told.
			if _, err := put(tx, v, s, 0, true); fault.Is(err, fault.Conflict) {
				return noSubmission()
			} else if err != nil {
				return err
			}
			return nil
		case err != nil:
			return err
		case h.Version != in.Version:
			return a.changed(ctx, v, who, h)
		}
		if s, err = h.s.Revise(content, who, v.Atlas); err != nil {
			return err
		}
		_, err = put(tx, v, s, h.Version, true)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.Submission(ctx, id)
}

// saved reports whether exactly this content is what stands.
func (a *App) saved(ctx context.Context, v *view, who actor.Actor, content submission.Submission) (bool, error) {
	h, err := heldOf(atRest{ctx, a.Store}, v, who, content.ID)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	content.Files, content.Values = slices.Clone(content.Files), slices.Clone(content.Values)
	x, err1 := json.Marshal(h.s.Content())
	y, err2 := json.Marshal(content.Content())
	return err1 == nil && err2 == nil && bytes.Equal(x, y), nil
}

// changed is the fault of whoever was slower, with what stands now.
func (a *App) changed(ctx context.Context, v *view, who actor.Actor, h held) error {
	page, err := a.submissionPage(ctx, v, who, h)
	if err != nil {
		return err
	}
	return fault.New(fault.Conflict, "app.Submission", h.ID, "%w: compare with what stands now, then send it again", &httpapi.Changed{Version: h.Version, Current: page})
}

// SubmitSubmission sends a draft to those who approve.
func (a *App) SubmitSubmission(ctx context.Context, id string, in httpapi.SubmissionStepInput) (*httpapi.Submission, error) {
	return a.stepOne(ctx, submission.Submit, id, in)
}

// ApproveSubmission approves at the level whose turn it is.
func (a *App) ApproveSubmission(ctx context.Context, id string, in httpapi.SubmissionStepInput) (*httpapi.Submission, error) {
	return a.stepOne(ctx, submission.Approve, id, in)
}

// ReturnSubmission returns a submission with a comment.
func (a *App) ReturnSubmission(ctx context.Context, id string, in httpapi.SubmissionStepInput) (*httpapi.Submission, error) {
	return a.stepOne(ctx, submission.Return, id, in)
}

// PublishSubmission writes an approved submission into the ledger.
func (a *App) PublishSubmission(ctx context.Context, id string, in httpapi.SubmissionStepInput) (*httpapi.Submission, error) {
	return a.stepOne(ctx, submission.Publish, id, in)
}

// WithdrawSubmission takes a submission back before it is published.
func (a *App) WithdrawSubmission(ctx context.Context, id string, in httpapi.SubmissionStepInput) (*httpapi.Submission, error) {
	return a.stepOne(ctx, submission.Withdraw, id, in)
}

// stepOne takes one step and returns the page after it.
func (a *App) stepOne(ctx context.Context, act submission.Act, id string, in httpapi.SubmissionStepInput) (*httpapi.Submission, error) {
	x := submission.Step{Comment: in.Comment}
	if in.Signature.Type != "" || len(in.Signature.Bytes) > 0 {
		x.Signature = &submission.Signature{Type: in.Signature.Type, Bytes: in.Signature.Bytes}
	}
	results, err := a.steps(ctx, act, []wanted{{id, in.Version}}, x)
	if err != nil {
		return nil, err
	}
	if err := results[0].err; err != nil {
		return nil, err
	}
	return a.Submission(ctx, id)
}

// Submissions returns a page of submissions, the newest first.
func (a *App) Submissions(ctx context.Context, f httpapi.SubmissionFilter) (*httpapi.SubmissionList, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	who := v.who(ctx)
	q, err := v.submissionQuery(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &httpapi.SubmissionList{Items: []httpapi.SubmissionRow{}}
	if out.Counts, err = a.submissionCounts(ctx, v, who); err != nil {
		return nil, err
	}
	limit := f.Limit
	if limit == 0 {
		limit = defaultSubmissions
	}
	limit = min(limit, maxSubmissions)
	for {
		q.Limit = limit - len(out.Items)
		items, next, err := a.Store.Items(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range items {
			h, err := readHeld(it)
			if err != nil {
				return nil, err
			}
			if v.listed(who, h.s, f) {
				out.Items = append(out.Items, v.submissionRow(who, h))
			}
		}
		if q.After = next; next == "" || len(out.Items) >= limit {
			out.Next = optional(next)
			return out, nil
		}
	}
}

// listed applies the part of a filter that the query cannot.
func (v *view) listed(who actor.Actor, s submission.Submission, f httpapi.SubmissionFilter) bool {
	return s.Visible(who, v.Atlas) && (f.Kind == "" || string(s.Kind) == f.Kind) && (f.View != "waiting" || v.waits(who, s)) &&
		(f.About == "" || s.About == f.About)
}

// waits reports whether the next step of a submission is the actor's.
func (v *view) waits(who actor.Actor, s submission.Submission) bool {
	switch s.State {
	case submission.Submitted:
		return s.Allow(submission.Approve, who, v.Atlas) == nil
	case submission.Approved:
		return s.Allow(submission.Publish, who, v.Atlas) == nil
	case submission.Returned:
		return s.Allow(submission.Submit, who, v.Atlas) == nil
	}
	return false
}

func (v *view) submissionQuery(ctx context.Context, f httpapi.SubmissionFilter) (store.ItemQuery, error) {
	q := store.ItemQuery{Kind: kindSubmission, Newest: true, After: f.Cursor, Seen: v.seen(ctx)}
	if f.State != "" {
		q.States = []string{f.State}
	}
	if f.Place != "" {
		if !v.Atlas.Has(place.ID(f.Place)) {
			return q, fault.New(fault.NotFound, "app.Submissions", "place", "no place has this code")
		}
		q.Paths = []string{v.path(place.ID(f.Place))}
	}
	switch {
	case f.Template != "":
		q.About = formAbout(f.Template)
	case f.About != "":
		q.About = f.About
	}
	switch f.View {
	case "mine":
		q.Owner = string(v.who(ctx).ID)
	case "waiting":
		if f.State == "" {
			q.States = waitingStates
		}
	}
	return q, nil
}

var waitingStates = []string{string(submission.Submitted), string(submission.Approved), string(submission.Returned)}

// seen is what of the desk whoever acts may see.
func (v *view) seen(ctx context.Context) *store.Seen {
	return &store.Seen{Paths: v.paths(ctx, actor.ReadDrafts), Owner: string(v.who(ctx).ID)}
}

func (a *App) submissionCounts(ctx context.Context, v *view, who actor.Actor) (httpapi.SubmissionCounts, error) {
	out := httpapi.SubmissionCounts{States: map[string]int{}}
	all, err := a.Store.CountItems(ctx, store.ItemQuery{Kind: kindSubmission, Seen: v.seen(ctx)})
	if err != nil {
		return out, err
	}
	for state, n := range all {
		out.States[state] = n
		out.All += n
	}
	mine, err := a.Store.CountItems(ctx, store.ItemQuery{Kind: kindSubmission, Owner: string(who.ID)})
	if err != nil {
		return out, err
	}
	for state, n := range mine {
		if state != string(submission.Published) && state != string(submission.Withdrawn) {
			out.Mine += n
		}
	}
	if all[string(submission.Submitted)]+all[string(submission.Approved)]+mine[string(submission.Returned)] == 0 {
		return out, nil
	}
	items, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindSubmission, States: waitingStates, Seen: v.seen(ctx), Limit: maxWaiting})
	if err != nil {
		return out, err
	}
	for _, it := range items {
		h, err := readHeld(it)
		if err != nil {
			return out, err
		}
		if v.waits(who, h.s) {
			out.Waiting++
		}
	}
	return out, nil
}

// Submission returns all of a submission to whoever may see it.
func (a *App) Submission(ctx context.Context, id string) (*httpapi.Submission, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	who := v.who(ctx)
	h, err := heldOf(atRest{ctx, a.Store}, v, who, id)
	if err != nil {
		return nil, err
	}
	if h.s.Author != who.ID {
		if err := a.noteRead(ctx, readDraft, id); err != nil {
			return nil, err
		}
	}
	return a.submissionPage(ctx, v, who, h)
}
