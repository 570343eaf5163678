package app

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/works"
)

// allSteps are lines of the whole opening chain on one day; more lines follow.
func allSteps(on, more string) string {
	var out []string
	for _, s := range works.Steps() {
		out = append(out, `{"kind":"step","on":"`+on+`","step":"`+string(s)+`"}`)
	}
	return line(strings.Join(out, ",") + more)
}

func stepLine(p *httpapi.WorkPage, name string) string {
	for _, l := range p.Lines {
		if l.Step != nil && *l.Step == name && l.TakenBack == nil {
			return l.ID
		}
	}
	return ""
}

// A step that was taken back is said again of the same day: without a key of its
// own the line would be the same one and stay taken back, which is told. With
// one, the promise is delivered again.
func TestAStepIsSaidAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := worked(t, a)
		path := "/api/works/way-hub"
		var p httpapi.WorkPage
		s.do(200, officer, "PUT", path, hubRecord(0, "active", ""), nil)
		// The last line of the act is no step: the opening is still told by one.
		s.do(200, officer, "POST", path+"/lines", allSteps("2026-11-15", `,{"kind":"people","on":"2026-11-15","people":5}`), &p)
		if due, _ := s.hubPromise(); due != "done" {
			t.Fatalf("opened: %s", due)
		}
		for _, key := range []string{"again", "and again"} {
			s.do(200, officer, "POST", path+"/lines/"+stepLine(&p, "staffed")+"/withdraw", `{"reason":"two posts are empty"}`, &p)
			if due, _ := s.hubPromise(); due == "done" {
				t.Error("taken back, and still done")
			}
			s.do(409, officer, "POST", path+"/lines", step("staffed", "2026-11-15"), nil)
			again := line(`{"kind":"step","on":"2026-11-15","step":"staffed","key":"` + key + `"}`)
			s.do(200, officer, "POST", path+"/lines", again, &p)
			s.do(200, officer, "POST", path+"/lines", again, &p) // sent twice
			if due, evidence := s.hubPromise(); due != "done" || evidence != "confirmed" || p.Capacity.Status != "open" {
				t.Errorf("said again: %s, %s, capacity %s", due, evidence, p.Capacity.Status)
			}
		}
	})
}

// Taking back one of two lines of a step closes nothing.
func TestAStepThatWasSaidTwiceStays(t *testing.T) {
	s := worked(t, kazakhstan(t))
	path := "/api/works/way-hub"
	var p httpapi.WorkPage
	s.do(200, officer, "PUT", path, hubRecord(0, "active", ""), nil)
	s.do(200, officer, "POST", path+"/lines", step("built", "2026-11-01"), &p)
	first := stepLine(&p, "built")
	s.do(200, officer, "POST", path+"/lines", allSteps("2026-11-15", ""), nil)
	s.do(200, officer, "POST", path+"/lines/"+first+"/withdraw", `{"reason":"the act is of the 15th"}`, &p)
	if due, _ := s.hubPromise(); due != "done" || p.Row.Opened == nil {
		t.Errorf("the board says %s, the work opened %v", due, p.Row.Opened)
	}
}

// A draft says nothing to the board nor to the place; when it is published, all
// of it is said, and can be taken back. It is no draft again.
func TestADraftTellsTheLedgerNothing(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := worked(t, a)
		path := "/api/works/way-hub"
		var p httpapi.WorkPage
		before := s.hubCapacity()
		s.do(200, officer, "PUT", path, hubRecord(0, "draft", ""), nil)
		s.do(200, officer, "POST", path+"/lines", allSteps("2026-11-15", ""), &p)
		if due, _ := s.hubPromise(); due == "done" || s.hubCapacity() != before {
			t.Errorf("a draft: the promise is %s, the capacity %q", due, s.hubCapacity())
		}
		s.do(200, officer, "PUT", path, hubRecord(p.Version, "active", ""), &p)
		if due, _ := s.hubPromise(); due != "done" || !strings.Contains(s.hubCapacity(), "open") {
			t.Errorf("published: the promise is %s, the capacity %q", due, s.hubCapacity())
		}
		s.do(422, officer, "PUT", path, hubRecord(p.Version, "draft", ""), nil)
		s.do(200, officer, "POST", path+"/lines/"+stepLine(&p, "staffed")+"/withdraw", `{"reason":"two posts are empty"}`, &p)
		if due, _ := s.hubPromise(); due == "done" {
			t.Error("taken back, and still done")
		}
	})
}

// What an open work gives is changed in the place with its record.
func TestAnOpenWorkGivesWhatItsRecordSays(t *testing.T) {
	s := worked(t, kazakhstan(t))
	path := "/api/works/way-hub"
	var p httpapi.WorkPage
	s.do(200, officer, "PUT", path, hubRecord(0, "active", ""), nil)
	s.do(200, officer, "POST", path+"/lines", allSteps("2026-11-15", ""), &p)
	s.do(200, officer, "PUT", path, strings.Replace(hubRecord(p.Version, "active", ""), `"item":"theatres","service":"angiography","count":1`, `"item":"beds","count":77`, 1), &p)
	if s := s.hubCapacity(); strings.Contains(s, "open") {
		t.Errorf("the theatre that is not in the record stands as %q", s)
	}
	var at httpapi.PlacePage
	s.do(200, "", "GET", "/api/places/351600000", "", &at)
	if !slices.ContainsFunc(at.Capacity, func(c httpapi.CapacityItem) bool {
		return c.Facility == "F025" && c.Item == "beds" && c.Status == "open" && c.Count != nil && *c.Count == 77
	}) {
		t.Errorf("the beds are not there: %+v", at.Capacity)
	}
}

// A percentage of a few letters that stands for a billion digits is refused at
// once, and an amount too.
func TestHugeExponentsInLines(t *testing.T) {
	s := worked(t, kazakhstan(t))
	path := "/api/works/way-hub"
	s.do(200, officer, "PUT", path, hubRecord(0, "active", ""), nil)
	for _, n := range []string{"1e-999999999", "0e-999999999"} {
		s.do(422, officer, "POST", path+"/lines", line(`{"kind":"status","on":"2026-11-01","status":{"percent":`+n+`}}`), nil)
		s.do(422, officer, "POST", path+"/lines", line(`{"kind":"money","on":"2026-11-01","money":{"kind":"paid","amount":`+n+`}}`), nil)
	}
}

// A sum beyond what can be counted is at least the greatest amount, never
// something negative.
func TestASumOfWorksDoesNotTurnOver(t *testing.T) {
	var sum *works.Said
	for range 3 {
		addSaid(&sum, &works.Said{Amount: math.MaxInt64 / 2, Qualifier: "exact"})
	}
	if sum.Amount != math.MaxInt64 || sum.Qualifier != "at_least" {
		t.Errorf("%+v", *sum)
	}
}

// Of two percentages of one day the later one stands in the ledger; when it is
// taken back, the earlier one stands again, and goes when it is taken back too.
func TestAPercentageBehindAnotherStandsAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := worked(t, a)
		path := "/api/works/way-hub"
		var p httpapi.WorkPage
		s.do(200, officer, "PUT", path, hubRecord(0, "active", ""), nil)
		stands := func() string {
			list, err := a.Store.Figures(t.Context(), store.Query{At: store.Everything, Measures: []string{measureReadiness}, Limit: 1000})
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, f := range list.Figures {
				if f.Source == "akimat-35" && f.Period.String() == "2026-11-10" && !f.Withdraws {
					out = append(out, f.Value.String())
				}
			}
			return strings.Join(out, " ")
		}
		said := func(percent string) string {
			s.do(200, officer, "POST", path+"/lines", line(`{"kind":"status","on":"2026-11-10","status":{"percent":`+percent+`}}`), &p)
			i := slices.IndexFunc(p.Lines, func(l httpapi.WorkLine) bool {
				return l.Status != nil && l.Status.Percent != nil && string(*l.Status.Percent) == percent
			})
			return p.Lines[i].ID
		}
		first, second := said("50"), ""
		if got := stands(); got != "50" {
			t.Errorf("first: %q", got)
		}
		if second = said("60"); stands() != "60" {
			t.Errorf("second: %q", stands())
		}
		s.do(200, officer, "POST", path+"/lines/"+second+"/withdraw", `{"reason":"another site"}`, nil)
		if got := stands(); got != "50" {
			t.Errorf("the second one taken back: %q", got)
		}
		s.do(200, officer, "POST", path+"/lines/"+first+"/withdraw", `{"reason":"another site"}`, nil)
		if got := stands(); got != "" {
			t.Errorf("both taken back: %q", got)
		}
	})
}

// A draft is counted nowhere: neither among the parts of its project nor as the
// work whose parts are asked for.
func TestADraftIsNoPart(t *testing.T) {
	s := worked(t, kazakhstan(t))
	s.do(200, officer, "PUT", "/api/works/way-hub", hubRecord(0, "active", ""), nil)
	part := `{"version":0,"id":"way-part","level":"package","kind":"reconstruction","condition":"draft","parent":"way-hub","title":{"en":"Part"},"place":"351600000"}`
	s.do(200, officer, "PUT", "/api/works/way-part", part, nil)
	var p httpapi.WorkPage
	s.do(200, "", "GET", "/api/works/way-hub", "", &p)
	if p.Row.Parts != 0 || len(p.Parts) != 0 {
		t.Errorf("everybody counts %d parts, sees %d", p.Row.Parts, len(p.Parts))
	}
	s.do(404, "", "GET", "/api/works?parent=way-part", "", nil)
	s.do(200, officer, "GET", "/api/works?parent=way-part", "", nil)
}
