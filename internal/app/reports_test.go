package app

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

func mustPeriod(t *testing.T, s string) period.Period {
	t.Helper()
	p, err := period.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// file puts a submission of a report on the desk, as of a day.
func file(t *testing.T, a *App, k httpapi.ReportKey, n int, state submission.State, on string, values ...submission.Value) {
	t.Helper()
	at, err := time.Parse(time.DateOnly, on)
	if err != nil {
		t.Fatal(err)
	}
	key := reporting.Key{Template: k.Template, Place: place.ID(k.Place), Period: mustPeriod(t, k.Period)}
	s := submission.Submission{ID: formID(key, n), Kind: submission.Form, Place: key.Place, Template: k.Template, Period: k.Period, Values: values, State: state, Author: "u_author"}
	body, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	err = a.Store.Act(context.Background(), actor.Entry{Actor: "u_author", At: at, Op: "test", Subject: s.ID}, func(tx *store.Tx) error {
		old, err := tx.Item(kindSubmission, s.ID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		_, err = tx.Put(store.Item{Kind: kindSubmission, ID: s.ID, Path: "/KZ/" + k.Place + "/", About: formAbout(k.Template), State: string(state), Body: body}, old.Version)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func as(role actor.Role, at place.ID) context.Context {
	return actor.With(context.Background(), actor.Actor{ID: actor.ID("u_" + string(role)), Grants: []actor.Grant{{Role: role, Territory: at}}})
}

// On 23 November 2026 September and October of the monthly report are due from
// twenty regions: forty reports of which three came, one of them late.
func TestCompletenessOfKazakhstan(t *testing.T) {
	a := kazakhstanLoaded(t, time.Date(2026, 9, 30, 12, 0, 0, 0, time.UTC))
	k := func(at, p string) httpapi.ReportKey {
		return httpapi.ReportKey{Template: "capacity-monthly", Place: at, Period: p}
	}
	file(t, a, k("KZ-35", "2026-09"), 1, submission.Submitted, "2026-10-09")
	file(t, a, k("KZ-35", "2026-09"), 1, submission.Returned, "2026-10-12")
	file(t, a, k("KZ-35", "2026-09"), 1, submission.Submitted, "2026-10-14") // the first time was in time
	file(t, a, k("KZ-61", "2026-09"), 1, submission.Submitted, "2026-10-15")
	file(t, a, k("KZ-61", "2026-09"), 1, submission.Published, "2026-10-20")
	file(t, a, k("KZ-75", "2026-10"), 1, submission.Submitted, "2026-11-10")
	file(t, a, k("KZ-79", "2026-10"), 1, submission.Draft, "2026-11-01")     // a draft is no report
	file(t, a, k("KZ-79", "2026-09"), 1, submission.Submitted, "2026-10-01") // and sent back it is none
	file(t, a, k("KZ-79", "2026-09"), 1, submission.Returned, "2026-10-02")

	got, err := a.Completeness(as(actor.Planner, "KZ"), When{}, httpapi.CompletenessFilter{Template: "capacity-monthly"})
	if err != nil {
		t.Fatal(err)
	}
	want := httpapi.CompleteCount{Expected: 40, OnTime: 2, Late: 1, Missing: 37, Published: 1}
	if c := got.All; c.Share == nil || *c.Share != 0.075 || c.Expected != want.Expected || c.OnTime != want.OnTime || c.Late != want.Late || c.Missing != want.Missing || c.Published != want.Published {
		t.Errorf("all: %+v", c)
	}
	if len(got.Rows) != 20 || len(got.Periods) != 2 || len(got.Below) != 20 {
		t.Errorf("%d rows, %d periods, %d territories", len(got.Rows), len(got.Periods), len(got.Below))
	}
	for _, r := range got.Rows {
		if r.Place == "KZ-61" && (r.Cells[0].State != "late" || r.Cells[0].DaysLate != 5 || r.Cells[0].Step != "published" || r.Cells[1].State != "missing" || r.Cells[1].DaysLate != 13) {
			t.Errorf("Turkistan: %+v", r.Cells)
		}
		if r.Place == "KZ-79" && (r.Cells[0].State != "missing" || r.Cells[0].Step != "returned" || r.Cells[1].Step != "draft") {
			t.Errorf("Shymkent: %+v", r.Cells)
		}
	}
	if s := got.Silent[0]; len(got.Silent) != 37 || s.Period != "2026-09" || s.DaysLate != 44 || s.Office == nil || *s.Office != "akimat-10" {
		t.Errorf("the longest silent: %+v", s)
	}
	// Who has one region sees that region.
	own, err := a.Completeness(as(actor.Contributor, "KZ-61"), When{}, httpapi.CompletenessFilter{Template: "capacity-monthly"})
	if err != nil || len(own.Rows) != 1 || own.All.Expected != 2 || len(own.May) != 0 {
		t.Errorf("Turkistan alone: %+v, %v", own, err)
	}
	// As of a day, what came later had not come.
	day := period.NewDate(2026, 10, 14)
	early, err := a.Completeness(as(actor.Planner, "KZ"), When{AsOf: &day}, httpapi.CompletenessFilter{Template: "capacity-monthly"})
	if err != nil || early.All.OnTime != 1 || early.All.Late != 0 || early.All.Missing != 19 {
		t.Errorf("as of 14 October: %+v, %v", early.All, err)
	}
	if _, err := a.Completeness(as(actor.Planner, "KZ"), When{}, httpapi.CompletenessFilter{Template: "nothing"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("no template: %v", err)
	}
}

func TestReportsOwed(t *testing.T) {
	a := kazakhstan(t)
	k := httpapi.ReportKey{Template: "capacity-monthly", Place: "KZ-35", Period: "2026-09"}
	file(t, a, k, 1, submission.Submitted, "2026-10-09")
	file(t, a, k, 1, submission.Returned, "2026-11-20")
	got, err := a.Reports(as(actor.Contributor, "KZ-35"), httpapi.ReportFilter{})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, r := range got.Items {
		list = append(list, strings.Join([]string{r.Template, r.Place, r.Period, r.State, r.Step}, " "))
	}
	want := []string{ // by the day on which each was due
		"capacity-monthly KZ-35 2026-09 missing returned", "money-monthly KZ-35 2026-09 missing none", "medicines-quarterly KZ-35 2026-Q3 missing none",
		"capacity-monthly KZ-35 2026-10 missing none", "money-monthly KZ-35 2026-10 missing none",
	}
	if strings.Join(list, "\n") != strings.Join(want, "\n") {
		t.Errorf("owed:\n%s\nwant\n%s", strings.Join(list, "\n"), strings.Join(want, "\n"))
	}
	if r := got.Items[0]; !r.Own || r.Office == nil || *r.Office != "akimat-35" || r.Submission == nil {
		t.Errorf("%+v", r)
	}
	if planner, err := a.Reports(as(actor.Planner, "KZ-35"), httpapi.ReportFilter{Own: true}); err != nil || len(planner.Items) != 0 {
		t.Errorf("a planner fills in nothing: %+v, %v", planner, err)
	}
}

// A form shows what was said and planned about its rows: the readiness of the
// Balkhash hub was 96 on 22 December 2025.
func TestReportForm(t *testing.T) {
	a := kazakhstan(t)
	k := httpapi.ReportKey{Template: "capacity-monthly", Place: "KZ-35", Period: "2026-10"}
	got, err := a.ReportForm(as(actor.Contributor, "KZ-35"), k)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]httpapi.FormRow{}
	for _, r := range got.Rows {
		rows[r.Row] = r
	}
	if r := rows["ready-balkhash-hub"]; r.Last == nil || r.Last.Value == nil || *r.Last.Value != "96" || *r.Last.Period != "2025-12-22" {
		t.Errorf("last word on the hub: %+v", r.Last)
	}
	if len(got.Fields.Rows) != 12 || got.Draft != nil || got.NextID != formID(reporting.Key{Template: k.Template, Place: "KZ-35", Period: mustPeriod(t, "2026-10")}, 1) || got.Due != "2026-11-10" {
		t.Errorf("form: %+v", got)
	}
	if !strings.HasPrefix(got.NextID, "form-") || len(got.NextID) < 8 || len(got.NextID) > 40 {
		t.Errorf("id %q", got.NextID)
	}
	other, err := a.ReportForm(as(actor.Contributor, "KZ-61"), httpapi.ReportKey{Template: k.Template, Place: "KZ-61", Period: "2026-10"})
	if err != nil || len(other.Fields.Rows) != 10 || other.NextID == got.NextID {
		t.Errorf("Turkistan has no hub in Balkhash: %+v, %v", other, err)
	}
	for what, tc := range map[string]struct {
		ctx  context.Context
		key  httpapi.ReportKey
		kind fault.Kind
	}{
		"next door":           {as(actor.Contributor, "KZ-61"), k, fault.Forbidden},
		"nobody":              {context.Background(), k, fault.Forbidden},
		"another place":       {as(actor.Contributor, "KZ"), httpapi.ReportKey{Template: k.Template, Place: "101000000", Period: "2026-10"}, fault.NotFound},
		"before it began":     {as(actor.Contributor, "KZ"), httpapi.ReportKey{Template: k.Template, Place: "KZ-35", Period: "2026-08"}, fault.NotFound},
		"a quarter":           {as(actor.Contributor, "KZ"), httpapi.ReportKey{Template: k.Template, Place: "KZ-35", Period: "2026-Q3"}, fault.NotFound},
		"the future":          {as(actor.Contributor, "KZ"), httpapi.ReportKey{Template: k.Template, Place: "KZ-35", Period: "2026-12"}, fault.Invalid},
		"a period of no sort": {as(actor.Contributor, "KZ"), httpapi.ReportKey{Template: k.Template, Place: "KZ-35", Period: "soon"}, fault.Invalid},
	} {
		if _, err := a.ReportForm(tc.ctx, tc.key); !fault.Is(err, tc.kind) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// Six months of history give a range; a value outside it needs a comment.
func TestRangeOfAForm(t *testing.T) {
	a := kazakhstan(t)
	b := ledger.Batch{Run: a.run(local(), ledger.ImportRun, "history", nil)}
	for i, v := range []int64{0, 1, 2, 3, 4, 5} {
		d := decimal.NewFromInt(v)
		f := ledger.Figure{Series: ledger.Series{Measure: "beds.commissioned", Version: 1, Place: "KZ-35", Kind: ledger.Actual, Unit: "bed", Source: "akimat-35"}, Period: period.OfMonth(2026, time.Month(4+i)), Value: &d}
		if err := f.Seal(); err != nil {
			t.Fatal(err)
		}
		b.Figures = append(b.Figures, f)
	}
	if _, err := a.commit(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	k := httpapi.ReportKey{Template: "capacity-monthly", Place: "KZ-35", Period: "2026-10"}
	value := func(measure, dims, v, status, note string) submission.Value {
		return submission.Value{Measure: measure, Dimensions: dims, Value: v, Status: status, Note: note}
	}
	s := submission.Submission{ID: "form-x", Kind: submission.Form, Place: "KZ-35", Office: "akimat-35", Template: k.Template, Period: k.Period, Values: []submission.Value{
		value("departments.commissioned", "", "0", "", ""), value("beds.commissioned", "", "1 200", "", ""), value("beds.commissioned", "age=child", "", "M", ""),
		value("project.readiness", "project=balkhash-interdistrict-hub;settlement=Balkhash", "99,5", "E", "")}}
	v, err := a.look(context.Background(), When{})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.checkForm(context.Background(), v, s); !fault.Is(err, fault.Invalid) {
		t.Errorf("1200 beds after 5 without a word: %v", err)
	}
	s.Values[1].Note = "a new hospital"
	if err := a.checkForm(context.Background(), v, s); err != nil {
		t.Errorf("with a word: %v", err)
	}
	file(t, a, k, 1, submission.Draft, "2026-11-02", s.Values...)
	form, err := a.ReportForm(as(actor.Contributor, "KZ-35"), k)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range form.Rows {
		if r.Row == "beds" && (r.Range == nil || r.Range.Lower != "4" || r.Range.Upper != "10" || r.Range.Basis != "steps" || r.Last == nil || *r.Last.Value != "5") {
			t.Errorf("beds: %+v", r) // 4 to 9.5, whole beds
		}
	}
	if form.Draft == nil || len(form.Draft.Values) != 4 || form.Draft.Values[1] != (httpapi.FormValue{Row: "beds", Value: "1 200", Note: "a new hospital"}) || len(form.Problems) != 1 || form.Problems[0].Code != reporting.OutsideRange || form.Problems[0].Blocks {
		t.Errorf("draft: %+v, problems %+v", form.Draft, form.Problems)
	}

	got, err := v.formBatch(s)
	if err != nil || len(got.Figures) != 4 {
		t.Fatalf("%+v, %v", got, err)
	}
	by := map[string]ledger.Figure{}
	for _, f := range got.Figures {
		by[f.Measure+" "+f.Dimensions] = f
	}
	if f := by["beds.commissioned "]; f.Value.String() != "1200" || f.Source != "akimat-35" || f.Kind != ledger.Actual || f.Note[lang.KK] != "a new hospital" || f.Published.String() != "2026-11-23" {
		t.Errorf("beds: %+v", f)
	}
	if f := by["beds.commissioned age=child"]; f.Value != nil || f.Status != "M" {
		t.Errorf("no children's beds here: %+v", f)
	}
	if f := by["departments.commissioned "]; f.Value == nil || !f.Value.IsZero() || f.Status != "A" {
		t.Errorf("zero departments: %+v", f)
	}
	for what, bad := range map[string]submission.Value{
		"a word": value("beds.commissioned", "", "many", "", ""), "a row of no template": value("births.count", "", "5", "", ""), "half a bed": value("beds.commissioned", "", "0,5", "", ""),
	} {
		x := s
		x.Values = []submission.Value{value("departments.commissioned", "", "0", "", ""), bad}
		if _, err := v.formBatch(x); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestReminders(t *testing.T) {
	a := kazakhstan(t)
	file(t, a, httpapi.ReportKey{Template: "capacity-monthly", Place: "KZ-61", Period: "2026-10"}, 1, submission.Submitted, "2026-11-02")
	r := httpapi.Reminder{Template: "capacity-monthly", Period: "2026-10", Places: []string{"KZ-35", "KZ-61"}}
	for i, want := range []httpapi.Reminded{{Reminded: 1, Skipped: 1}, {Reminded: 0, Skipped: 2}} {
		got, err := a.Remind(as(actor.Planner, "KZ"), r)
		if err != nil || *got != want {
			t.Errorf("time %d: %+v, %v", i+1, got, err)
		}
	}
	a.Clock = func() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }
	if got, err := a.Remind(as(actor.Planner, "KZ"), r); err != nil || got.Reminded != 1 {
		t.Errorf("the day after: %+v, %v", got, err)
	}
	if _, err := a.Remind(as(actor.Planner, "KZ-61"), r); !fault.Is(err, fault.Forbidden) {
		t.Errorf("of another region: %v", err)
	}
	r.Places = []string{"101000000"}
	if _, err := a.Remind(as(actor.Planner, "KZ"), r); !fault.Is(err, fault.NotFound) {
		t.Errorf("of who owes nothing: %v", err)
	}
}

// A changed template is the next version; the first stays readable, and
// loading the country again does not bring it back.
func TestTemplateVersions(t *testing.T) {
	a := kazakhstan(t)
	admin := as(actor.Administrator, "KZ")
	list, err := a.Templates(context.Background(), When{})
	if err != nil || len(list.Items) != 3 || len(list.May) != 0 {
		t.Fatalf("%+v, %v", list, err)
	}
	x := list.Items[0]
	x.DueDays = 12
	got, err := a.SaveTemplate(admin, x)
	if err != nil || got.Version != 2 || got.DueDays != 12 {
		t.Fatalf("%+v, %v", got, err)
	}
	if _, err := a.SaveTemplate(admin, x); !fault.Is(err, fault.Conflict) {
		t.Errorf("changed from an old version: %v", err)
	}
	if _, err := a.SaveTemplate(as(actor.Approver, "KZ"), *got); !fault.Is(err, fault.Forbidden) {
		t.Errorf("by an approver: %v", err)
	}
	if _, err := a.LoadCountry(local(), kz.Pack()); err != nil {
		t.Fatal(err)
	}
	list, err = a.Templates(admin, When{})
	if err != nil || list.Items[0].Version != 2 || list.Items[0].DueDays != 12 || len(list.May) != 1 {
		t.Errorf("after loading again: %+v, %v", list.Items[0], err)
	}
	versions, err := a.TemplateVersions(context.Background(), x.Code)
	if err != nil || len(versions.Items) != 2 || versions.Items[0].Template.Version != 2 || versions.Items[1].Template.DueDays != 10 {
		t.Errorf("versions: %+v, %v", versions, err)
	}
	if _, err := a.TemplateVersions(context.Background(), "nothing"); !fault.Is(err, fault.NotFound) {
		t.Errorf("versions of nothing: %v", err)
	}
	for what, change := range map[string]func(*httpapi.Template){
		"no rows":           func(x *httpapi.Template) { x.Rows = nil },
		"no measure":        func(x *httpapi.Template) { x.Rows[0].Measure = "gone" },
		"no unit":           func(x *httpapi.Template) { x.Rows[0].Unit = "ell" },
		"no dimension":      func(x *httpapi.Template) { x.Rows[0].Dimensions = "colour=red" },
		"no place":          func(x *httpapi.Template) { x.Places.List = append(x.Places.List, "KZ-99") },
		"no place of a row": func(x *httpapi.Template) { x.Rows[0].Places = []string{"KZ-99"} },
		"no office":         func(x *httpapi.Template) { x.Reporter.Office = "guild" },
		"a limit of words":  func(x *httpapi.Template) { x.Rows[0].Min = optional("few") },
	} {
		var bad httpapi.Template
		body, _ := json.Marshal(got)
		if err := json.Unmarshal(body, &bad); err != nil {
			t.Fatal(err)
		}
		change(&bad)
		if _, err := a.SaveTemplate(admin, bad); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

// The routes decode, and tell who may not.
func TestReportingOverHTTP(t *testing.T) {
	a := kazakhstan(t)
	o := a.Serving()
	o.Identity = heads{}
	h := httpapi.New(o)
	for _, tc := range []struct {
		token, method, path, body string
		status                    int
		want                      string
	}{
		{"", http.MethodGet, "/api/templates", "", 200, `"capacity-monthly"`},
		{"", http.MethodGet, "/api/templates/capacity-monthly/versions", "", 200, `"recorded_at"`},
		{"", http.MethodGet, "/api/reports", "", 401, "sign_in"},
		{"contributor@KZ-35", http.MethodGet, "/api/reports?own=true", "", 200, `"akimat-35"`},
		{"contributor@KZ-35", http.MethodGet, "/api/reports/capacity-monthly/KZ-35/2026-10", "", 200, `"next_id":"form-`},
		{"contributor@KZ-61", http.MethodGet, "/api/reports/capacity-monthly/KZ-35/2026-10", "", 403, `"territory":"KZ-35"`},
		{"contributor@KZ-35", http.MethodGet, "/api/completeness?template=capacity-monthly", "", 200, `"missing":2`},
		{"contributor@KZ-35", http.MethodGet, "/api/completeness", "", 422, "required"},
		{"contributor@KZ-35", http.MethodGet, "/api/completeness.csv?template=capacity-monthly", "", 200, "capacity-monthly,KZ-35,Қарағанды облысы,Карагандинская область,Karaganda Region,2026-09,2026-10-10,missing,44,none"},
		{"", http.MethodGet, "/api/completeness.csv?template=capacity-monthly", "", 401, "sign_in"},
		{"planner@KZ-35", http.MethodPost, "/api/completeness/remind", `{"template":"capacity-monthly","period":"2026-10","places":["KZ-35"]}`, 200, `"reminded":1`},
		{"contributor@KZ-35", http.MethodPost, "/api/completeness/remind", `{"template":"capacity-monthly","period":"2026-10","places":["KZ-35"]}`, 403, `"ask"`},
		{"administrator@KZ", http.MethodPut, "/api/templates/other", `{"code":"one","version":0,"name":{"en":"x"},"every":"month","due_days":1,"places":{"list":["KZ-35"]},"reporter":{"office":"akimat"},"levels":[],"rows":[],"checks":[],"from":"2026-01-01","source":"assumption"}`, 422, "differ"},
		{"administrator@KZ", http.MethodPut, "/api/templates/one", `{"code":"one","version":0,"name":{"en":"x"},"every":"month","due_days":1,"places":{"list":["KZ-35"]},"reporter":{"office":"akimat"},"levels":[],"rows":[{"code":"a","measure":"beds.commissioned","unit":"bed","decimals":0,"required":true,"range":{"scale":"stock"}}],"checks":[],"from":"2026-01-01","source":"assumption"}`, 200, `"version":1`},
		{"administrator@KZ", http.MethodPut, "/api/templates/one", `{"code":"one","version":0,"administrator":true}`, 422, "unexpected property"},
	} {
		w := knock(h, tc.token, tc.method, tc.path, tc.body)
		if w.Code != tc.status || !strings.Contains(w.Body.String(), tc.want) {
			t.Errorf("%s %s as %q: %d %.300s", tc.method, tc.path, tc.token, w.Code, w.Body)
		}
	}
}
