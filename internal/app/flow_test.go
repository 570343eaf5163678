package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
)

// scene is an API with people in it.
type scene struct {
	t *testing.T
	h http.Handler
}

func scened(t *testing.T, a *App) scene {
	o := a.Serving()
	o.Identity = heads{}
	return scene{t, httpapi.New(o)}
}

// do sends a request and reads the answer, whose status must be that.
func (s scene) do(status int, who, method, path, body string, into any) {
	s.t.Helper()
	w := knock(s.h, who, method, path, body)
	if w.Code != status {
		s.t.Fatalf("%s %s %s: %d, want %d: %.400s", who, method, path, w.Code, status, w.Body)
	}
	if into != nil {
		if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
			s.t.Fatal(err)
		}
	}
}

const (
	writer     = "contributor@KZ-35"
	regional   = "approver@KZ-35"
	national   = "approver@KZ"
	nextRegion = "approver@KZ-61"
)

// form is a monthly report of a region with so many departments.
func form(place, departments string, version int64) string {
	return fmt.Sprintf(`{"version":%d,"kind":"form","place":%q,"template":"capacity-monthly","period":"2026-10","reason":"monthly","values":[{"measure":"departments.commissioned","value":%q},{"measure":"beds.commissioned","value":"300"}]}`, version, place, departments)
}

// board asks the public board for its state: it changes with what is published.
func (s scene) figures(place string) string {
	s.t.Helper()
	var list httpapi.FigureList
	s.do(200, "", "GET", "/api/figures?measure=departments.commissioned&period=2026-10&exact=true&place="+place, "", &list)
	var out []string
	for _, f := range list.Items {
		if f.Source != "computed" && f.Period != nil && *f.Period == "2026-10" {
			out = append(out, string(*f.Value))
		}
	}
	return strings.Join(out, " ")
}

// The whole way, through the API: what is visible to whom, and what everybody
// sees at its end, and after it was taken back.
func TestTheWayOfASubmission(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := scened(t, a)
		var sub httpapi.Submission
		s.do(200, writer, "PUT", "/api/submissions/form-35-1", form("KZ-35", "3", 0), &sub)
		if sub.Version != 1 || sub.State != "draft" || len(sub.Levels) != 2 || strings.Join(sub.May, " ") != "edit submit withdraw" {
			t.Errorf("draft: %+v", sub)
		}
		s.do(200, writer, "PUT", "/api/submissions/form-35-1", form("KZ-35", "3", 0), &sub)
		if sub.Version != 1 {
			t.Errorf("sent twice it is version %d", sub.Version)
		}
		var late httpapi.Problem
		s.do(409, writer, "PUT", "/api/submissions/form-35-1", form("KZ-35", "4", 0), &late)
		if late.Version != 1 || late.Current == nil || !strings.Contains(late.Detail, "somebody else") {
			t.Errorf("a stale version: %+v", late)
		}
		s.do(200, writer, "PUT", "/api/submissions/form-35-1", form("KZ-35", "4", 1), &sub)
		for _, who := range []string{nextRegion, "contributor@KZ-61", "integrator@KZ-35"} {
			s.do(404, who, "GET", "/api/submissions/form-35-1", "", nil)
		}
		s.do(404, "contributor@KZ-61", "PUT", "/api/submissions/form-35-1", form("KZ-61", "9", 0), nil)
		s.do(401, "", "GET", "/api/submissions/form-35-1", "", nil)
		step := func(status int, who, name, body string) httpapi.Submission {
			t.Helper()
			var out httpapi.Submission
			s.do(status, who, "POST", "/api/submissions/form-35-1/"+name, body, &out)
			return out
		}
		step(403, regional, "submit", `{}`)
		step(409, regional, "approve", `{}`)
		sub = step(200, writer, "submit", `{"version":2}`)
		if sub.Next == nil || sub.Next.Act != "approve" || sub.Next.Place != "KZ-35" || sub.Next.Givers[0] != "approver" {
			t.Errorf("what is missing: %+v", sub.Next)
		}
		step(409, writer, "submit", `{}`)
		s.do(409, writer, "PUT", "/api/submissions/form-35-1", form("KZ-35", "5", 3), nil)
		step(404, nextRegion, "approve", `{}`)
		step(422, regional, "return", `{}`)
		if got := step(200, regional, "return", `{"comment":"which departments?"}`); got.State != "returned" || got.Comment != "which departments?" {
			t.Errorf("returned: %+v", got.SubmissionRow)
		}
		s.do(200, writer, "PUT", "/api/submissions/form-35-1", form("KZ-35", "5", 4), &sub)
		step(200, writer, "submit", `{}`)
		if got := step(200, regional, "approve", `{"signature":{"type":"application/cms","bytes":"AQI="}}`); got.State != "submitted" || !got.Levels[0].Signed || got.Next.Place != "KZ" {
			t.Errorf("approved at the first level: %+v", got)
		}
		step(403, regional, "approve", `{}`)
		if s.figures("KZ-35") != "" {
			t.Error("it is public before it is published")
		}
		if got := step(200, national, "approve", `{}`); got.State != "approved" {
			t.Errorf("approved: %+v", got.SubmissionRow)
		}
		step(403, writer, "publish", `{}`)
		sub = step(200, regional, "publish", `{}`)
		if sub.State != "published" || sub.Run == nil || len(sub.History) != 9 {
			t.Fatalf("published: %+v", sub)
		}
		step(409, regional, "publish", `{}`)
		if got := s.figures("KZ-35"); got != "5" {
			t.Errorf("the public sees %q", got)
		}
		var run httpapi.Run
		s.do(200, "", "GET", "/api/runs/"+*sub.Run, "", &run)
		if run.Inputs["submission"] != "form-35-1" || run.Figures != 2 || run.Undone != nil {
			t.Errorf("run: %+v", run)
		}
		s.do(403, nextRegion, "POST", "/api/runs/"+*sub.Run+"/withdraw", `{"reason":"wrong month"}`, nil)
		s.do(403, writer, "POST", "/api/runs/"+*sub.Run+"/withdraw", `{"reason":"wrong month"}`, nil)
		s.do(422, regional, "POST", "/api/runs/"+*sub.Run+"/withdraw", `{"reason":" "}`, nil)
		s.do(200, regional, "POST", "/api/runs/"+*sub.Run+"/withdraw", `{"reason":"wrong month"}`, &run)
		if run.Undone == nil || run.Undone.Reason != "wrong month" {
			t.Errorf("taken back: %+v", run)
		}
		s.do(409, regional, "POST", "/api/runs/"+*sub.Run+"/withdraw", `{"reason":"again"}`, nil)
		if got := s.figures("KZ-35"); got != "" {
			t.Errorf("after it was taken back the public sees %q", got)
		}
		var list httpapi.FigureList
		s.do(200, "", "GET", "/api/figures?measure=departments.commissioned&period=2026-10&limit=1000", "", &list)
		if len(list.Items) != 0 {
			t.Errorf("what was computed from it still stands: %+v", list.Items)
		}
		s.do(200, writer, "GET", "/api/submissions/form-35-1", "", &sub)
		if sub.State != "withdrawn" || sub.Undone == nil {
			t.Errorf("the submission after: %+v", sub.SubmissionRow)
		}
		if _, _, err := a.Store.VerifyJournal(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// Many at once, each with its own result; a corrected value shows what it
// changes; the same words published again bring no second run.
func TestManyAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := scened(t, a)
		regions := []string{"KZ-10", "KZ-11", "KZ-15", "KZ-19", "KZ-23"}
		var ids []string
		var all sync.WaitGroup
		for _, r := range regions {
			id := "many-" + strings.ToLower(r)
			ids = append(ids, id)
			all.Go(func() {
				knock(s.h, "contributor@"+r, "PUT", "/api/submissions/"+id, form(r, "7", 0))
				knock(s.h, "contributor@"+r, "POST", "/api/submissions/"+id+"/submit", `{}`)
				knock(s.h, "approver@"+r, "POST", "/api/submissions/"+id+"/approve", `{}`)
			})
		}
		all.Wait()
		steps := func(who, act string, more ...string) httpapi.SubmissionResults {
			t.Helper()
			body, _ := json.Marshal(httpapi.SubmissionSteps{Act: act, IDs: append(more, ids...), Comment: "c"})
			var out httpapi.SubmissionResults
			s.do(200, who, "POST", "/api/submissions/steps", string(body), &out)
			return out
		}
		var list httpapi.SubmissionList
		s.do(200, national, "GET", "/api/submissions?view=waiting&limit=2", "", &list)
		if list.Counts.Waiting != 5 || len(list.Items) != 2 || list.Next == nil {
			t.Errorf("waiting: %+v", list)
		}
		s.do(200, nextRegion, "GET", "/api/submissions?view=all", "", &list)
		if len(list.Items)+list.Counts.All != 0 {
			t.Errorf("next door sees %+v", list)
		}
		if got := steps(national, "publish"); got.Done != 0 || got.Refused != 5 || got.Results[0].Problem.Code != "conflict" {
			t.Errorf("published before approval: %+v", got)
		}
		if got := steps(national, "approve", "no-such-one"); got.Done != 5 || got.Refused != 1 || got.Results[0].Problem.Status != 404 {
			t.Errorf("approved: %+v", got)
		}
		before, _ := a.Store.Version(t.Context())
		if got := steps("approver@KZ-10", "publish"); got.Done != 1 || got.Refused != 4 {
			t.Errorf("published by one region: %+v", got)
		}
		got := steps(national, "publish")
		if got.Done != 4 || got.Refused != 1 {
			t.Errorf("published: %+v", got)
		}
		runs := map[string]bool{}
		for _, r := range got.Results {
			if r.Run != nil {
				runs[*r.Run] = true
			}
		}
		if len(runs) != 4 {
			t.Errorf("each has a run of its own: %d", len(runs))
		}
		steps(national, "publish")
		after, _ := a.Store.Version(t.Context())
		if n, err := a.Store.RunsAfter(t.Context(), before, after, 100); err != nil || forms(n) != 5 {
			t.Errorf("%d runs of forms, want 5 (%v)", forms(n), err)
		}
		for _, r := range regions {
			if s.figures(r) != "7" {
				t.Errorf("%s: %s", r, s.figures(r))
			}
		}
		var sub httpapi.Submission
		s.do(200, "contributor@KZ-10", "PUT", "/api/submissions/again-kz-10", form("KZ-10", "9", 0), &sub)
		if c := sub.Changes[0]; c.Old == nil || *c.Old != "7" || *c.Difference != "2" || *c.Percent != "28.6" {
			t.Errorf("what it changes: %+v", c)
		}
	})
}

func forms(runs []store.StoredRun) (n int) {
	for _, r := range runs {
		if r.Kind == "form" {
			n++
		}
	}
	return n
}

// Two publish at the same moment: it is in the ledger once.
func TestPublishedOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := scened(t, a)
		s.do(200, writer, "PUT", "/api/submissions/once-35-1", form("KZ-35", "2", 0), nil)
		for _, x := range [][2]string{{writer, "submit"}, {regional, "approve"}, {national, "approve"}} {
			s.do(200, x[0], "POST", "/api/submissions/once-35-1/"+x[1], `{}`, nil)
		}
		before, _ := a.Store.Version(t.Context())
		codes := make(chan int, 8)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { codes <- knock(s.h, national, "POST", "/api/submissions/once-35-1/publish", `{}`).Code })
		}
		all.Wait()
		close(codes)
		n := map[int]int{}
		for c := range codes {
			n[c]++
		}
		if n[200] != 1 || n[409] != 7 {
			t.Errorf("answers: %v", n)
		}
		after, _ := a.Store.Version(t.Context())
		if runs, err := a.Store.RunsAfter(t.Context(), before, after, 100); err != nil || forms(runs) != 1 {
			t.Errorf("%d runs, %v", forms(runs), err)
		}
	})
}

// Broken off in the middle of a publication, nothing of it is there; sent
// again, all of it.
func TestPublicationIsWhole(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := scened(t, a)
		s.do(200, writer, "PUT", "/api/submissions/whole-35-1", form("KZ-35", "6", 0), nil)
		for _, x := range [][2]string{{writer, "submit"}, {regional, "approve"}, {national, "approve"}} {
			s.do(200, x[0], "POST", "/api/submissions/whole-35-1/"+x[1], `{}`, nil)
		}
		ctx := actor.With(context.Background(), actor.Actor{ID: "u_n", Grants: []actor.Grant{{Role: actor.Approver, Territory: "KZ"}}})
		before, _ := a.Store.Version(ctx)
		breaks := fmt.Errorf("the power went")
		a.broken = func() error { return breaks }
		if _, err := a.PublishSubmission(ctx, "whole-35-1", httpapi.SubmissionStepInput{}); err == nil {
			t.Fatal("it did not break")
		}
		a.broken = nil
		after, _ := a.Store.Version(ctx)
		sub, err := a.Submission(ctx, "whole-35-1")
		if err != nil || sub.State != "approved" || after != before || s.figures("KZ-35") != "" {
			t.Errorf("after the break: %s, ledger %d to %d, %v", sub.State, before, after, err)
		}
		if sub, err = a.PublishSubmission(ctx, "whole-35-1", httpapi.SubmissionStepInput{}); err != nil || sub.State != "published" || s.figures("KZ-35") != "6" {
			t.Errorf("sent again: %v", err)
		}
	})
}

// Long forms keep their values beside the way.
func TestLongFormsComeBackWhole(t *testing.T) {
	a := kazakhstan(t)
	s := scened(t, a)
	var values []string
	for y := range 200 {
		values = append(values, fmt.Sprintf(`{"measure":"departments.commissioned","period":"%d-01","value":"%d"}`, 1900+y, y))
	}
	body := `{"kind":"answer","place":"KZ-35","about":"C7p","text":{"en":"all of it"},"values":[` + strings.Join(values, ",") + `]}`
	var sub httpapi.Submission
	s.do(200, writer, "PUT", "/api/submissions/long-35-1", body, &sub)
	if len(sub.Content.Values) != 200 || sub.Values != 200 || sub.Content.Values[199].Value != "199" {
		t.Errorf("%d values came back", len(sub.Content.Values))
	}
	it, err := a.Store.Item(t.Context(), kindSubmission, "long-35-1")
	if err != nil || len(it.Body) > 2000 {
		t.Errorf("the way carries %d bytes, %v", len(it.Body), err)
	}
	s.do(200, writer, "PUT", "/api/submissions/long-35-1", body, &sub)
	if sub.Version != 1 {
		t.Errorf("sent twice it is version %d", sub.Version)
	}
}

func TestWhatNobodyMaySave(t *testing.T) {
	a := kazakhstan(t)
	s := scened(t, a)
	for name, c := range map[string]struct {
		who, id, body string
		status        int
	}{
		"for another region":    {writer, "bad-sub-1", form("KZ-61", "1", 0), 403},
		"as a reader":           {"public@KZ", "bad-sub-1", form("KZ-35", "1", 0), 403},
		"nowhere":               {writer, "bad-sub-1", form("XX", "1", 0), 422},
		"a short id":            {writer, "x", form("KZ-35", "1", 0), 422},
		"for another office":    {writer, "bad-sub-1", strings.Replace(form("KZ-35", "1", 0), `"kind"`, `"office":"akimat-61","kind"`, 1), 422},
		"of no template":        {writer, "bad-sub-1", strings.Replace(form("KZ-35", "1", 0), "capacity-monthly", "secret", 1), 404},
		"of no measure":         {writer, "bad-sub-1", strings.Replace(form("KZ-35", "1", 0), "departments.commissioned", "magic", 1), 422},
		"with a state":          {writer, "bad-sub-1", strings.Replace(form("KZ-35", "1", 0), `"kind"`, `"state":"approved","kind"`, 1), 422},
		"with levels":           {writer, "bad-sub-1", strings.Replace(form("KZ-35", "1", 0), `"kind"`, `"levels":[],"kind"`, 1), 422},
		"with an approval":      {writer, "bad-sub-1", strings.Replace(form("KZ-35", "1", 0), `"kind"`, `"approvals":[{"by":"u_x"}],"kind"`, 1), 422},
		"an import":             {writer, "bad-sub-1", `{"kind":"import","place":"KZ-35","import":{"file":"somebody-elses","name":"t.csv","rows":1,"new":1}}`, 422},
		"a value of a stranger": {writer, "bad-sub-1", strings.Replace(form("KZ-35", "1", 0), `"values"`, `"author":"u_x","values"`, 1), 422},
	} {
		if w := knock(s.h, c.who, "PUT", "/api/submissions/"+c.id, c.body); w.Code != c.status {
			t.Errorf("%s: %d, want %d: %.200s", name, w.Code, c.status, w.Body)
		}
	}
	if _, err := a.Store.Item(t.Context(), kindSubmission, "bad-sub-1"); !fault.Is(err, fault.NotFound) {
		t.Error("something was saved")
	}
}

// The talk about a draft of somebody else is journaled like the draft itself.
func TestTalkAboutADraftIsNoted(t *testing.T) {
	a := kazakhstan(t)
	s := scened(t, a)
	s.do(200, writer, "PUT", "/api/submissions/form-talk-1", form("KZ-35", "3", 0), nil)
	for _, c := range []struct {
		who    string
		status int
		noted  int
	}{{writer, 200, 0}, {nextRegion, 404, 0}, {regional, 200, 1}} {
		s.do(c.status, c.who, "GET", "/api/comments?about=submission:form-talk-1", "", nil)
		got := readEntries(t, a)
		if len(got) != c.noted || c.noted > 0 && (got[0].Op != "read draft" || got[0].Subject != "form-talk-1" || got[0].Actor != "u_approver-KZ-35") {
			t.Errorf("%s: %+v", c.who, got)
		}
	}
}
