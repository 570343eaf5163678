package app

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/ledger"
)

const (
	officer  = "works_officer@KZ-35"
	engineer = "contributor@KZ-35"
)

// hubRecord is a hub in Balkhash that the document promised as C7p, with a plan
// of its stages; more is put into the record.
func hubRecord(version int64, condition, more string) string {
	return fmt.Sprintf(`{"version":%d,"id":"way-hub","level":"project","kind":"reconstruction","condition":%q,"title":{"kk":"Хаб","ru":"Хаб","en":"Hub"},"place":"351600000","facility":"F025","office":"akimat-35",
		"promises":["C7p"],"yields":[{"item":"theatres","service":"angiography","count":1,"source":"akimat-35"}],
		"baselines":[{"no":1,"on":"2025-01-10","source":"akimat-35","cost":1270000000,"terms":[{"stage":"repair","start":"2025-02-01","finish":"2025-09-30"},{"stage":"equipment","start":"2025-10-01","finish":"2025-12-31"}]}]%s}`, version, condition, more)
}

func line(of string) string { return `{"lines":[` + of + `]}` }

func step(name, on string) string {
	return line(fmt.Sprintf(`{"kind":"step","on":%q,"step":%q}`, on, name))
}

// worked is a server with a source of money and a store of files.
func worked(t *testing.T, a *App) scene {
	t.Helper()
	var err error
	if a.Blobs, err = blob.OpenFolder(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	source := ledger.Item{Kind: country.KindFunding, Code: "test-fund", Body: []byte(`{"code":"test-fund","kind":"special_state_fund","name":{"kk":"Қор","ru":"Фонд","en":"Fund"}}`)}
	if _, err := a.Store.Commit(t.Context(), ledger.Batch{Run: ledger.Run{Kind: ledger.FormRun, Subject: "sources", Recorded: a.Clock()}, Catalogue: []ledger.Item{source}}); err != nil {
		t.Fatal(err)
	}
	return scened(t, a)
}

// hubCapacity says how the angiography theatre of the hospital stands.
func (s scene) hubCapacity() string {
	s.t.Helper()
	var p httpapi.PlacePage
	s.do(200, "", "GET", "/api/places/351600000", "", &p)
	var out []string
	for _, c := range p.Capacity {
		if c.Service == "angiography" && c.Facility == "F025" {
			out = append(out, c.Status)
		}
	}
	return strings.Join(out, " ")
}

func (s scene) hubPromise() (due, evidence string) {
	s.t.Helper()
	var b httpapi.Board
	s.do(200, "", "GET", "/api/board", "", &b)
	i := slices.IndexFunc(b.Promises, func(p httpapi.Promise) bool { return p.ID == "C7p" })
	if i < 0 {
		s.t.Fatal("the board has no C7p")
	}
	return b.Promises[i].Due, b.Promises[i].Evidence
}

// From the idea to the first patient: the record, money, progress and the six
// steps; with the last one the promise is done on the board and the theatre is
// open in the hospital. When a step is taken back, both go.
func TestFromIdeaToFirstPatient(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := worked(t, a)
		if due, _ := s.hubPromise(); due != "overdue" {
			t.Fatalf("before: %s", due)
		}
		before := s.hubCapacity()
		path := "/api/works/way-hub"
		var p httpapi.WorkPage
		s.do(200, officer, "PUT", path, hubRecord(0, "draft", ""), &p)
		s.do(404, "", "GET", path, "", nil) // a draft
		s.do(200, officer, "PUT", path, hubRecord(p.Version, "active", ""), &p)
		s.do(200, "", "GET", path, "", &p)
		if p.Row.Phase != "idea" || p.Capacity.Status != "planned" || len(p.Promises) != 1 || p.Promises[0].ID != "C7p" {
			t.Errorf("an idea: phase %s, capacity %s, promises %v", p.Row.Phase, p.Capacity.Status, p.Promises)
		}
		for _, l := range []string{
			`{"kind":"price","on":"2025-01-10","price":{"amount":1270000000,"vat":"included"}}`,
			`{"kind":"money","on":"2025-01-20","key":"m1","money":{"kind":"approved","source":"test-fund","amount":1000000000,"qualifier":">","year":2025}}`,
			`{"kind":"money","on":"2025-03-20","key":"m2","money":{"kind":"transferred","source":"test-fund","amount":1000000000.55,"year":2025}}`,
			`{"kind":"status","on":"2025-06-01","status":{"stage":"repair","percent":40}}`,
		} {
			s.do(200, officer, "POST", path+"/lines", line(l), &p)
		}
		if p.Row.Phase != "building" || p.Money.Transferred == nil || p.Money.Transferred.Value != "1000000000.55" || p.Money.Paid != nil {
			t.Errorf("money: phase %s, transferred %+v, paid %+v", p.Row.Phase, p.Money.Transferred, p.Money.Paid)
		}
		steps := []string{"built", "accepted", "licensed", "equipped", "staffed", "first_patient"}
		for i, name := range steps {
			if due, _ := s.hubPromise(); due == "done" {
				t.Fatalf("done before %s", name)
			}
			s.do(200, officer, "POST", path+"/lines", step(name, fmt.Sprintf("2026-11-%02d", 10+i)), &p)
		}
		if p.Row.Opened == nil || *p.Row.Opened != "2026-11-15" || p.Row.Phase != "open" || p.Capacity.Status != "open" {
			t.Errorf("opened %v, phase %s, capacity %s", p.Row.Opened, p.Row.Phase, p.Capacity.Status)
		}
		if due, evidence := s.hubPromise(); due != "done" || evidence != "confirmed" {
			t.Errorf("the board says %s, %s", due, evidence)
		}
		if got := s.hubCapacity(); !strings.Contains(got, "open") {
			t.Errorf("the place has the capacity %q", got)
		}
		staffed := p.Lines[slices.IndexFunc(p.Lines, func(l httpapi.WorkLine) bool { return l.Step != nil && *l.Step == "staffed" })].ID
		s.do(422, officer, "POST", path+"/lines/"+staffed+"/withdraw", `{"reason":""}`, nil)
		s.do(200, officer, "POST", path+"/lines/"+staffed+"/withdraw", `{"reason":"two posts are empty"}`, &p)
		if p.Row.Opened != nil || p.Row.Phase == "open" || p.Capacity.Status == "open" {
			t.Errorf("taken back: opened %v, phase %s, capacity %s", p.Row.Opened, p.Row.Phase, p.Capacity.Status)
		}
		if due, _ := s.hubPromise(); due == "done" {
			t.Error("the board still says done")
		}
		if got := s.hubCapacity(); strings.Contains(got, "open") && !strings.Contains(before, "open") {
			t.Errorf("the place still has the capacity %q", got)
		}
		s.do(409, officer, "POST", path+"/lines/"+staffed+"/withdraw", `{"reason":"again"}`, nil)
		s.do(200, officer, "POST", path+"/lines", step("staffed", "2026-11-20"), &p)
		if due, _ := s.hubPromise(); due != "done" || p.Capacity.Status != "open" {
			t.Errorf("open again: %s, capacity %s", due, p.Capacity.Status)
		}
	})
}

// Who may say what about a work.
func TestWhoMayWriteWhichLine(t *testing.T) {
	a := kazakhstan(t)
	s := worked(t, a)
	path := "/api/works/way-hub"
	s.do(200, officer, "PUT", path, hubRecord(0, "active", ""), nil)
	lines := []struct{ name, of string }{
		{"status", `{"kind":"status","on":"2026-11-01","key":%q,"status":{"percent":50}}`},
		{"visit", `{"kind":"visit","on":"2026-11-01","key":%q,"remark":"walls"}`},
		{"step", `{"kind":"step","on":"2026-11-01","key":%q,"step":"built"}`},
		{"money", `{"kind":"money","on":"2026-11-01","key":%q,"money":{"kind":"paid","amount":1}}`},
		{"deadline", `{"kind":"deadline","on":"2026-11-01","key":%q,"deadline":"2026-12-31","reason":"late"}`},
		{"price", `{"kind":"price","on":"2026-11-01","key":%q,"price":{"amount":5}}`},
		{"people", `{"kind":"people","on":"2026-11-01","key":%q,"people":5}`},
	}
	for who, may := range map[string]string{
		"":                      "",
		"works_officer@KZ-35":   "status visit step money deadline price people",
		"works_officer@KZ":      "status visit step money deadline price people",
		"works_officer@KZ-61":   "",
		"contributor@KZ-35":     "status visit",
		"contributor@KZ-61":     "",
		"approver@KZ-35":        "",
		"planner@KZ-35":         "",
		"controller@KZ-35":      "",
		"administrator@KZ":      "status visit step money deadline price people",
		"contributor@351600000": "status visit",
	} {
		for _, l := range lines {
			want := 403
			if who == "" {
				want = 401
			}
			if slices.Contains(strings.Fields(may), l.name) {
				want = 200
			}
			if w := knock(s.h, who, "POST", path+"/lines", line(fmt.Sprintf(l.of, who+l.name))); w.Code != want {
				t.Errorf("%q writes %s: %d, want %d: %.200s", who, l.name, w.Code, want, w.Body)
			}
		}
	}
}

// Two people edit one record: the second one gets what stands now, and nothing
// of either is lost.
func TestTwoPeopleEditOneWork(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := worked(t, a)
		path := "/api/works/way-hub"
		var p httpapi.WorkPage
		s.do(200, officer, "PUT", path, hubRecord(0, "active", ""), &p)
		s.do(200, officer, "PUT", path, hubRecord(p.Version, "active", `,"text":{"en":"theirs"}`), nil)
		var problem struct {
			Version int64              `json:"version"`
			Current httpapi.WorkRecord `json:"current"`
		}
		s.do(409, "works_officer@KZ", "PUT", path, hubRecord(p.Version, "active", `,"text":{"en":"mine"}`), &problem)
		if problem.Version != p.Version+1 || problem.Current.Text["en"] != "theirs" {
			t.Errorf("the answer shows version %d, %v", problem.Version, problem.Current.Text)
		}
		s.do(200, "works_officer@KZ", "PUT", path, hubRecord(problem.Version, "active", `,"text":{"en":"mine"}`), nil)
		s.do(422, officer, "PUT", path, strings.Replace(hubRecord(problem.Version+1, "active", ""), "2025-12-31", "2026-12-31", 1), nil) // a baseline stays
	})
}

// What is wrong is said at its field.
func TestWhatIsWrongInALineIsSaidAtItsField(t *testing.T) {
	a := kazakhstan(t)
	s := worked(t, a)
	path := "/api/works/way-hub"
	s.do(200, officer, "PUT", path, hubRecord(0, "active", ""), nil)
	s.do(200, officer, "POST", path+"/lines", line(`{"kind":"status","on":"2026-10-01","status":{"percent":50}}`), nil)
	for field, l := range map[string]string{
		"body.lines[0].reason":         `{"kind":"status","on":"2026-11-01","status":{"percent":49}}`,
		"body.lines[0].status.percent": `{"kind":"status","on":"2026-11-01","status":{"percent":100.5}}`,
		"body.lines[0].status.stage":   `{"kind":"status","on":"2026-11-01","status":{"stage":"frame","percent":1}}`,
		"body.lines[0].on":             `{"kind":"status","on":"2026-12-24","status":{"percent":60}}`,
		"body.lines[0].money.source":   `{"kind":"money","on":"2026-11-01","money":{"kind":"paid","source":"nobody","amount":1}}`,
		"body.lines[0].money.amount":   `{"kind":"money","on":"2026-11-01","money":{"kind":"paid","amount":1.001}}`,
		"body.lines[0].money.currency": `{"kind":"money","on":"2026-11-01","money":{"kind":"paid","amount":1,"currency":"USD"}}`,
		"body.lines[0].files":          `{"kind":"visit","on":"2026-11-01","files":["f000000000"]}`,
		"body.lines[0].office":         `{"kind":"visit","on":"2026-11-01","office":"nobody"}`,
	} {
		var p httpapi.Problem
		s.do(422, officer, "POST", path+"/lines", line(l), &p)
		if len(p.Errors) != 1 || p.Errors[0].Location != field {
			t.Errorf("%s: %+v", field, p)
		}
	}
}

// A visit with photos that is sent twice, hours apart, is one line; everybody
// sees its photo and nobody outside its remark, its place and what is restricted.
func TestAVisitSentTwiceIsOneAndShowsNothingPrivate(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := worked(t, a)
		path := "/api/works/way-hub"
		s.do(200, officer, "PUT", path, hubRecord(0, "draft", ""), nil)
		about := func(name string, c color.Color, more ...string) *httpapi.File {
			return sent(t, s.h, engineer, named(name, append([]string{"about", "work:way-hub"}, more...)...), shot(t, c))
		}
		open, closed := about("open.jpg", color.Black), about("closed.jpg", color.White, "restricted", "true")
		foreign := sent(t, s.h, "contributor@KZ-61", named("foreign.jpg"), shot(t, color.Gray{9}))
		if open.Place != "351600000" {
			t.Errorf("a photo of the site belongs to %s", open.Place)
		}
		if w := send(s.h, "contributor@KZ-61", named("x.jpg", "about", "work:way-hub"), shot(t, color.Gray{77})); w.Code != 404 {
			t.Errorf("a file about somebody else's draft: %d", w.Code)
		}
		visit := line(fmt.Sprintf(`{"kind":"visit","on":"2026-11-20","key":"phone-1","remark":"secret","files":[%q,%q],"point":{"lat":46.8,"lon":75},"status":{"percent":97}}`, open.ID, closed.ID))
		s.do(200, engineer, "POST", path+"/lines", visit, nil)
		s.do(404, "", "GET", "/api/files/"+open.ID, "", nil) // of a draft
		var p httpapi.WorkPage
		s.do(200, officer, "GET", path, "", &p)
		s.do(200, officer, "PUT", path, hubRecord(p.Version, "active", ""), nil)
		s.do(200, engineer, "POST", path+"/lines", visit, &p)
		if len(p.Lines) != 1 || len(p.Files) != 2 || p.Lines[0].Remark == nil {
			t.Errorf("for its author: %d lines, %d files, remark %v", len(p.Lines), len(p.Files), p.Lines[0].Remark)
		}
		s.do(422, engineer, "POST", path+"/lines", line(fmt.Sprintf(`{"kind":"visit","on":"2026-11-20","files":[%q]}`, foreign.ID)), nil)
		s.do(422, "contributor,works_officer@KZ-61,contributor@KZ-35", "POST", path+"/lines", line(`{"kind":"visit","on":"2026-11-20","files":["`+foreign.ID+`"]}`), nil)
		w := knock(s.h, "", "GET", path, "")
		for _, private := range []string{"secret", "u_contributor", closed.ID, "phone-1", `"lat":46.8,`} {
			if strings.Contains(w.Body.String(), private) {
				t.Errorf("everybody reads %s", private)
			}
		}
		var public httpapi.WorkPage
		s.do(200, "", "GET", path, "", &public)
		if len(public.Files) != 1 || public.Files[0].ID != open.ID || !slices.Equal(public.Lines[0].Files, []string{open.ID}) || public.Row.Doubt != nil {
			t.Errorf("everybody: files %v of the line %v, doubt %v", public.Files, public.Lines[0].Files, public.Row.Doubt)
		}
		s.do(200, "", "GET", "/api/files/"+open.ID+"/thumb", "", nil)
		s.do(200, officer, "POST", path+"/lines/"+public.Lines[0].ID+"/withdraw", `{"reason":"another site"}`, nil)
		s.do(404, "", "GET", "/api/files/"+open.ID, "", nil)
		s.do(200, "", "GET", path, "", &public)
		if len(public.Files) != 0 || len(public.Lines) != 2 || public.Lines[0].Kind != "withdrawal" && public.Lines[1].Kind != "withdrawal" {
			t.Errorf("taken back: files %v, lines %+v", public.Files, public.Lines)
		}
	})
}

// A part of a draft does not tell everybody what it is part of.
func TestAPartDoesNotNameADraft(t *testing.T) {
	a := kazakhstan(t)
	s := worked(t, a)
	s.do(200, officer, "PUT", "/api/works/way-programme", `{"version":0,"id":"way-programme","level":"programme","kind":"extension","condition":"draft","title":{"en":"Secret plan"},"place":"KZ-35"}`, nil)
	s.do(200, officer, "PUT", "/api/works/way-hub", hubRecord(0, "active", `,"parent":"way-programme"`), nil)
	if w := knock(s.h, "", "GET", "/api/works/way-hub", ""); strings.Contains(w.Body.String(), "way-programme") || strings.Contains(w.Body.String(), "Secret") {
		t.Errorf("everybody reads of the draft: %.300s", w.Body)
	}
	var p httpapi.WorkPage
	s.do(200, officer, "GET", "/api/works/way-hub", "", &p)
	if p.Record.Parent != "way-programme" || len(p.Path) != 1 {
		t.Errorf("the officer sees the parent %q, path %v", p.Record.Parent, p.Path)
	}
}
