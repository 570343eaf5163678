package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// release is a release with the act that froze it.
type release struct {
	ledger.Release
	seq int64
	on  time.Time
}

func (r release) at() store.At { return store.At{AsOf: r.AsOf, Seq: r.seq} }

// release finds a release by its code.
func (a *App) release(ctx context.Context, code string) (release, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return release{}, err
	}
	r, _, err := v.release(code)
	return r, err
}

// release returns a release and the one before it, nil for the first.
func (s *Snapshot) release(code string) (release, *release, error) {
	for i, r := range s.Releases {
		if r.Code == code {
			if i == 0 {
				return r, nil, nil
			}
			return r, &s.Releases[i-1], nil
		}
	}
	return release{}, nil, fault.New(fault.NotFound, "app.Release", "", "no release has this code: /api/releases lists them")
}

// frozen is the view of a release.
func (a *App) frozen(ctx context.Context, r release) (*view, error) {
	s, err := a.snapshot(ctx, r.seq, false)
	if err != nil {
		return nil, err
	}
	return &view{s, r.at()}, nil
}

// releaseTries is how often a release is tried while others write.
const releaseTries = 20

var errLate = errors.New("something was recorded meanwhile")

// MakeRelease freezes a state of everything under a name. What the board
// computes is recorded before, so that every number of the release leads to its
// recipe.
func (a *App) MakeRelease(ctx context.Context, in httpapi.ReleaseInput) (*httpapi.Release, error) {
	const op = "app.MakeRelease"
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	if err := a.may(ctx, v, actor.MakeRelease, v.Atlas.Root()); err != nil {
		return nil, err
	}
	r := ledger.Release{Code: in.Code, Title: in.Title, Note: in.Note, AsOf: v.at.AsOf, Office: v.who(ctx).Office}
	if in.AsOf != "" {
		if r.AsOf, err = period.ParseDate(in.AsOf); err != nil {
			return nil, fault.New(fault.Invalid, op, "as_of", "the day is written YYYY-MM-DD")
		}
	}
	if err := r.Check(); err != nil {
		return nil, err
	}
	switch {
	case r.AsOf > v.at.AsOf:
		return nil, fault.New(fault.Invalid, op, "as_of", "this day is still to come: choose today or earlier")
	case slices.ContainsFunc(v.Releases, func(x release) bool { return x.Code == r.Code }):
		return nil, fault.New(fault.Conflict, op, "code", "there is a release of this code already, and it stays as it is: choose another code")
	case len(v.Releases) > 0 && v.Releases[len(v.Releases)-1].AsOf > r.AsOf:
		return nil, fault.New(fault.Invalid, op, "as_of", "the release before is of a later day: choose that day or a later one")
	}
	body, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	for range releaseTries {
		if err := a.settle(ctx); err != nil {
			return nil, err
		}
		settled, err := a.Store.Version(ctx)
		if err != nil {
			return nil, err
		}
		err = a.Store.Act(ctx, actor.Entry{Actor: v.who(ctx).ID, At: a.Clock(), Op: "release", Subject: r.Code}, func(tx *store.Tx) error {
			return a.freeze(tx, v, r, body, settled)
		})
		if errors.Is(err, errLate) {
			continue
		}
		if err != nil {
			return nil, err
		}
		after, err := a.look(ctx, When{})
		if err != nil {
			return nil, err
		}
		made, before, err := after.release(r.Code)
		if err != nil {
			return nil, err
		}
		return viewRelease(made, before), nil
	}
	return nil, fault.New(fault.Unavailable, op, "", "too much is being recorded at this moment: try again in a minute")
}

// freeze writes the release, if nothing was recorded since the board was
// computed.
func (a *App) freeze(tx *store.Tx, v *view, r ledger.Release, body []byte, settled int64) error {
	run := a.run(tx.Context(), ledger.FormRun, "release "+r.Code, map[string]string{"release": r.Code})
	got, err := tx.Publish(ledger.Batch{Run: run, Catalogue: []ledger.Item{{Kind: ledger.RecordRelease, Code: r.Code, Body: body}}})
	if err != nil {
		return err
	}
	now, err := tx.LedgerVersion()
	switch {
	case err != nil:
		return err
	case got.Nothing():
		return fault.New(fault.Conflict, "app.MakeRelease", "code", "there is a release of this code already: choose another code")
	case now != settled+1:
		return errLate
	}
	return a.Notify(tx, Notice{Kind: NoticeReleased, Subject: r.Code, Title: r.Title, Link: "/releases/" + r.Code, Territory: v.Atlas.Root(), Roles: []actor.Role{actor.Approver, actor.Planner, actor.Controller}})
}

func viewRelease(r release, before *release) *httpapi.Release {
	out := &httpapi.Release{Code: r.Code, Title: r.Title, Note: r.Note, AsOf: r.AsOf.String(), RecordedAt: instant(r.on), Seq: r.seq, Office: optional(r.Office)}
	if before != nil {
		out.Previous = &before.Code
	}
	return out
}

// ReleaseList lists the releases, the newest first.
func (a *App) ReleaseList(ctx context.Context) (*httpapi.ReleaseList, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	out := &httpapi.ReleaseList{Items: []httpapi.Release{}}
	for i := range v.Releases {
		var before *release
		if i > 0 {
			before = &v.Releases[i-1]
		}
		out.Items = append(out.Items, *viewRelease(v.Releases[i], before))
	}
	slices.Reverse(out.Items)
	return out, nil
}

// maxRevisions bounds how many comparisons are kept; they never change.
const maxRevisions = 8

// shownRuns bounds the runs of a revision page; the table has them all.
const shownRuns = 500

// comparison is what changed between two releases.
type comparison struct {
	from, to release
	runs     []store.StoredRun // that changed figures, oldest first
	counts   map[ledger.RunID]*httpapi.ChangeCount
	measures map[string]*httpapi.ChangeCount
	regions  map[string]*httpapi.ChangeCount
}

// compare counts what changed, once for each pair of releases.
func (a *App) compare(ctx context.Context, v *view, from, to release) (*comparison, error) {
	return a.compared.get(ctx, to.Code, func(ctx context.Context) (*comparison, error) {
		c := &comparison{from: from, to: to, counts: map[ledger.RunID]*httpapi.ChangeCount{}, measures: map[string]*httpapi.ChangeCount{}, regions: map[string]*httpapi.ChangeCount{}}
		runs, err := a.Store.RunsOf(ctx, from.at(), to.at())
		if err != nil {
			return nil, err
		}
		for _, r := range runs {
			if r.Receipt.Figures == 0 {
				continue
			}
			n := &httpapi.ChangeCount{Key: r.ID.String()}
			q := store.ChangeQuery{From: from.at(), To: to.at(), Run: r.ID, Limit: 5000}
			for {
				list, next, err := a.Store.Changes(ctx, q)
				if err != nil {
					return nil, err
				}
				for i := range list {
					c.count(v, n, &list[i])
				}
				if q.After = next; next == "" {
					break
				}
			}
			if n.New+n.Corrected+n.Withdrawn > 0 {
				c.runs, c.counts[r.ID] = append(c.runs, r), n
			}
		}
		return c, nil
	})
}

func (c *comparison) count(v *view, run *httpapi.ChangeCount, x *store.Change) {
	region := x.Figure.Place
	if path := v.Atlas.Path(region); len(path) > 1 {
		region = path[1]
	}
	for _, n := range []*httpapi.ChangeCount{run, tallyOf(c.measures, x.Figure.Measure), tallyOf(c.regions, string(region))} {
		switch whatChanged(x) {
		case "new":
			n.New++
		case "corrected":
			n.Corrected++
		default:
			n.Withdrawn++
		}
	}
}

func tallyOf(m map[string]*httpapi.ChangeCount, key string) *httpapi.ChangeCount {
	if m[key] == nil {
		m[key] = &httpapi.ChangeCount{Key: key}
	}
	return m[key]
}

func whatChanged(x *store.Change) string {
	switch {
	case x.Figure.Withdraws:
		return "withdrawn"
	case x.Old == nil:
		return "new"
	}
	return "corrected"
}

// counted lists counters, the largest first.
func counted(m map[string]*httpapi.ChangeCount) []httpapi.ChangeCount {
	out := []httpapi.ChangeCount{}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, *m[k])
	}
	slices.SortStableFunc(out, func(a, b httpapi.ChangeCount) int {
		return cmp.Compare(b.New+b.Corrected+b.Withdrawn, a.New+a.Corrected+a.Withdrawn)
	})
	return out
}

// Revision tells what changed since the release before, and why.
func (a *App) Revision(ctx context.Context, code string) (*httpapi.Revision, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	to, from, err := v.release(code)
	if err != nil {
		return nil, err
	}
	out := &httpapi.Revision{Release: *viewRelease(to, from), Measures: []httpapi.ChangeCount{}, Regions: []httpapi.ChangeCount{}, Runs: []httpapi.ChangedRun{}, Promises: []httpapi.ChangedPromise{}, Answers: []httpapi.NewAnswer{}}
	if from == nil {
		return out, nil
	}
	_, before, err := v.release(from.Code)
	if err != nil {
		return nil, err
	}
	out.Since = viewRelease(*from, before)
	c, err := a.compare(ctx, v, *from, to)
	if err != nil {
		return nil, err
	}
	out.Measures, out.Regions = counted(c.measures), counted(c.regions)
	for _, m := range out.Measures {
		out.New, out.Corrected, out.Withdrawn = out.New+m.New, out.Corrected+m.Corrected, out.Withdrawn+m.Withdrawn
	}
	for _, r := range slices.Backward(c.runs) {
		if len(out.Runs) == shownRuns {
			out.MoreRuns = len(c.runs) - shownRuns
			break
		}
		n := c.counts[r.ID]
		out.Runs = append(out.Runs, httpapi.ChangedRun{ID: r.ID.String(), Kind: string(r.Kind), Subject: r.Subject, RecordedAt: instant(r.Recorded), Office: optional(r.Inputs["office"]), Template: optional(r.Inputs["template"]),
			Reason: r.Inputs["reason"], TakesBack: optional(r.Inputs["run"]), New: n.New, Corrected: n.Corrected, Withdrawn: n.Withdrawn})
	}
	return out, a.revisePromises(ctx, out, *from, to)
}

// revisePromises compares the boards and the answers of two releases.
func (a *App) revisePromises(ctx context.Context, out *httpapi.Revision, from, to release) error {
	var boards [2]*judged
	var views [2]*view
	for i, r := range []release{from, to} {
		v, err := a.frozen(ctx, r)
		if err != nil {
			return err
		}
		if boards[i], err = a.judge(ctx, v); err != nil {
			return err
		}
		views[i] = v
	}
	was, now := boards[0].board, boards[1].board
	for i := range now.Items {
		it := &now.Items[i]
		if c, changed := changedPromise(was.Item(it.ID), it); changed {
			out.Promises = append(out.Promises, c)
		}
	}
	for _, it := range was.Items {
		if now.Item(it.ID) == nil {
			out.Promises = append(out.Promises, httpapi.ChangedPromise{ID: it.ID, Title: it.Title, Place: string(it.Target.Place), What: "gone", DeadlineOld: dateText(it.Deadline), DueOld: string(it.Due), EvidenceOld: string(it.Evidence)})
		}
	}
	known := map[string]bool{}
	key := func(x ledger.Answer) string {
		text, _ := json.Marshal(x.Text) // a text always marshals
		return x.About + "\n" + x.Office + "\n" + string(text)
	}
	visible := func(x ledger.Answer, r release) bool { return x.On == nil || *x.On <= r.AsOf }
	for _, x := range views[0].Programme.Answers {
		known[key(x)] = visible(x, from)
	}
	for _, x := range views[1].Programme.Answers {
		if visible(x, to) && !known[key(x)] {
			out.Answers = append(out.Answers, httpapi.NewAnswer{About: x.About, Office: x.Office, Text: x.Text, On: dateText(x.On)})
		}
	}
	return nil
}

// changedPromise puts a promise beside itself in the release before.
func changedPromise(was, now *board.Item) (httpapi.ChangedPromise, bool) {
	c := httpapi.ChangedPromise{ID: now.ID, Title: now.Title, Place: string(now.Target.Place), What: "changed", Deadline: dateText(now.Deadline), Target: numberText(now.Target.Value),
		Due: string(now.Due), Evidence: string(now.Evidence)}
	if now.Delivered != nil {
		c.Delivered = numberText(now.Delivered.Value)
	}
	if n := len(now.Moves); n > 0 && (was == nil || n > len(was.Moves)) {
		c.Reason = now.Moves[n-1].Reason
	}
	if was == nil {
		c.What = "new"
		return c, true
	}
	c.DeadlineOld, c.TargetOld, c.DueOld, c.EvidenceOld = dateText(was.Deadline), numberText(was.Target.Value), string(was.Due), string(was.Evidence)
	if was.Delivered != nil {
		c.DeliveredOld = numberText(was.Delivered.Value)
	}
	same := equalText(c.Deadline, c.DeadlineOld) && equalText(c.Target, c.TargetOld) && equalText(c.Delivered, c.DeliveredOld) && c.Due == c.DueOld && c.Evidence == c.EvidenceOld && len(was.Moves) == len(now.Moves)
	return c, !same
}

func equalText[T comparable](a, b *T) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}

// Changes returns a page of changed figures, run by run.
func (a *App) Changes(ctx context.Context, code string, f httpapi.ChangeFilter) (*httpapi.FigureChanges, error) {
	limit := f.Limit
	if limit == 0 {
		limit = defaultPage
	}
	out := &httpapi.FigureChanges{Items: []httpapi.FigureChange{}}
	next, err := a.walkChanges(ctx, code, f, func(c httpapi.FigureChange) bool {
		out.Items = append(out.Items, c)
		return len(out.Items) < limit
	})
	out.Next = optional(next)
	return out, err
}

// EachChange calls do for every changed figure, without holding them all.
func (a *App) EachChange(ctx context.Context, code string, f httpapi.ChangeFilter, do func(httpapi.FigureChange) error) error {
	var failed error
	_, err := a.walkChanges(ctx, code, f, func(c httpapi.FigureChange) bool {
		failed = do(c)
		return failed == nil
	})
	return errors.Join(failed, err)
}

// walkChanges walks through changed figures until do says enough, and returns
// where to go on: the run, and the place in it.
func (a *App) walkChanges(ctx context.Context, code string, f httpapi.ChangeFilter, do func(httpapi.FigureChange) bool) (string, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return "", err
	}
	to, from, err := v.release(code)
	if err != nil || from == nil {
		return "", err
	}
	c, err := a.compare(ctx, v, *from, to)
	if err != nil {
		return "", err
	}
	q := store.ChangeQuery{From: from.at(), To: to.at(), Limit: 500}
	if f.Measure != "" {
		q.Measures = []string{f.Measure}
	}
	if f.Place != "" {
		if !v.Atlas.Has(place.ID(f.Place)) {
			return "", fault.New(fault.NotFound, "app.Changes", "place", "no place has this code")
		}
		if place.ID(f.Place) != v.Atlas.Root() {
			q.Places = v.Atlas.Descendants(place.ID(f.Place))
		}
	}
	begin, after, _ := strings.Cut(f.Cursor, "@")
	for _, r := range c.runs {
		id := r.ID.String()
		if f.Run != "" && id != f.Run || begin != "" && id != begin {
			continue
		}
		begin, q.Run, q.After, after = "", r.ID, after, ""
		for {
			list, next, err := a.Store.Changes(ctx, q)
			if err != nil {
				return "", err
			}
			for i := range list {
				x := &list[i]
				if f.What != "" && whatChanged(x) != f.What {
					continue
				}
				if !do(viewChange(x, r)) {
					return id + "@" + store.CursorOf(&x.Figure), nil
				}
			}
			if q.After = next; next == "" {
				break
			}
		}
	}
	return "", nil
}

func viewChange(x *store.Change, r store.StoredRun) httpapi.FigureChange {
	out := httpapi.FigureChange{What: whatChanged(x), Run: r.ID.String(), Reason: cmp.Or(x.Figure.Reason, r.Inputs["reason"])}
	if x.Old != nil {
		f := ViewFigure(x.Old)
		out.Old = &f
	}
	if !x.Figure.Withdraws {
		f := ViewFigure(&x.Figure)
		out.Figure = &f
	}
	return out
}
