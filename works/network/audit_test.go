package network

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/lang"
)

func by(list []Finding, code string) Finding {
	for _, f := range list {
		if f.Code == code {
			return f
		}
	}
	return Finding{}
}

// A sound plan of four tasks and two milestones, half done.
func sound(t *testing.T) *Network {
	n := &Network{Calendars: []Calendar{FiveDays("five")}, Calendar: "five", Start: moment(t, "2026-03-02 08:00"), DataDate: moment(t, "2026-03-04 17:00")}
	left := int64(8 * hours)
	n.Activities = []Activity{
		{ID: "start", Kind: StartMilestone, ActualStart: moment(t, "2026-03-02 08:00"), ActualFinish: moment(t, "2026-03-02 08:00"), BaselineFinish: moment(t, "2026-03-02 08:00")},
		{ID: "a", Kind: Task, Duration: 16 * hours, ActualStart: moment(t, "2026-03-02 08:00"), ActualFinish: moment(t, "2026-03-03 17:00"), BaselineFinish: moment(t, "2026-03-03 17:00"), Loaded: true},
		{ID: "b", Kind: Task, Duration: 16 * hours, ActualStart: moment(t, "2026-03-04 08:00"), Remaining: &left, Start: moment(t, "2026-03-04 08:00"), Finish: moment(t, "2026-03-05 17:00"), BaselineFinish: moment(t, "2026-03-05 17:00"), Loaded: true},
		{ID: "c", Kind: Task, Duration: 8 * hours, Start: moment(t, "2026-03-06 08:00"), Finish: moment(t, "2026-03-06 17:00"), BaselineFinish: moment(t, "2026-03-06 17:00"), Loaded: true},
		{ID: "end", Kind: Milestone, Start: moment(t, "2026-03-06 17:00"), Finish: moment(t, "2026-03-06 17:00"), BaselineFinish: moment(t, "2026-03-06 17:00")},
	}
	for _, l := range [][2]string{{"start", "a"}, {"a", "b"}, {"b", "c"}, {"c", "end"}} {
		n.Links = append(n.Links, Link{From: l[0], To: l[1], Type: FS})
	}
	return n
}

func look(t *testing.T, n *Network) []Finding {
	t.Helper()
	r, err := Solve(n)
	if err != nil {
		t.Fatal(err)
	}
	return Audit(n, r)
}

func TestSoundPlan(t *testing.T) {
	for _, f := range look(t, sound(t)) {
		if f.State != OK {
			t.Errorf("%s: %s %d of %d %v", f.Code, f.State, f.Count, f.Of, f.Items)
		}
	}
	f := by(look(t, sound(t)), "baseline_execution_index")
	if f.Value == nil || *f.Value != 1 {
		t.Errorf("BEI: %+v", f)
	}
}

// Each plan is the sound one with one thing spoilt, and the check that must
// notice it.
func TestEveryCheckNotices(t *testing.T) {
	for code, spoil := range map[string]func(n *Network){
		"logic":              func(n *Network) { n.Activities = append(n.Activities, Activity{ID: "x", Kind: Task, Duration: 60}) },
		"leads":              func(n *Network) { n.Links[3].Lag = -60 },
		"lags":               func(n *Network) { n.Links[3].Lag = 60 },
		"relationship_types": func(n *Network) { n.Links[3].Type = SS },
		"hard_constraints":   func(n *Network) { n.Activities[3].Constraints = []Constraint{{MustFinish, n.Activities[3].Finish}} },
		"negative_float":     func(n *Network) { n.Activities[4].Deadline = n.DataDate },
		"high_float":         func(n *Network) { far := *n.DataDate + 200*day; n.End = &far },
		"high_duration":      func(n *Network) { n.Activities[3].Duration = 45 * 480 },
		"invalid_dates":      func(n *Network) { n.Activities[3].Start = n.Start },
		"resources":          func(n *Network) { n.Activities[3].Loaded = false },
		"missed_tasks":       func(n *Network) { late := *n.Activities[1].ActualFinish + day; n.Activities[1].ActualFinish = &late },
		"critical_path_test": func(n *Network) {
			n.Activities[4].Constraints = []Constraint{{MustFinish, n.Activities[4].Finish}}
			n.Links[3].From = "gone"
		},
		"critical_path_length_index": func(n *Network) { n.Activities[3].Duration = 40 * hours },
		"baseline_execution_index":   func(n *Network) { n.Activities[2].BaselineFinish = n.DataDate },
		"cycles":                     func(n *Network) { n.Links = append(n.Links, Link{From: "end", To: "b", Type: FS}) },
		"dangling_links":             func(n *Network) { n.Links[0].From = "gone" },
		"external_links":             func(n *Network) { n.Links[0].External = true },
		"links_left_out":             func(n *Network) { n.Activities[0].Kind = Effort },
		"links_twice":                func(n *Network) { n.Links = append(n.Links, n.Links[0]) },
		"out_of_sequence":            func(n *Network) { n.Activities[2].ActualStart = n.Activities[1].ActualStart },
		"open_ends":                  func(n *Network) { n.Links[2].Type = FF },
		"without_baseline":           func(n *Network) { n.Activities[3].BaselineFinish = nil },
		"as_late_as_possible":        func(n *Network) { n.Activities[3].Constraints = []Constraint{{Limit: AsLate}} },
		"typed_dates":                func(n *Network) { n.Activities[3].Typed = true },
		"dates_differ":               func(n *Network) { far := *n.Activities[3].Finish + 3*day; n.Activities[3].Finish = &far },
	} {
		n := sound(t)
		spoil(n)
		if f := by(look(t, n), code); f.State != Warning {
			t.Errorf("%s: %s %d of %d %v %v", code, f.State, f.Count, f.Of, f.Value, f.Items)
		}
	}
}

func TestUnknownIsSaid(t *testing.T) {
	n := sound(t)
	n.DataDate = nil
	for i := range n.Activities {
		n.Activities[i].Loaded = false
	}
	for _, code := range []string{"invalid_dates", "missed_tasks", "critical_path_length_index", "baseline_execution_index", "resources"} {
		if f := by(look(t, n), code); f.State != Unknown || f.Text[lang.EN] == phrases[code][lang.EN] {
			t.Errorf("%s: %+v", code, f)
		}
	}
}

func TestEveryCheckHasWords(t *testing.T) {
	for _, f := range look(t, sound(t)) {
		if phrases[f.Code] == nil {
			t.Errorf("%s has no words", f.Code)
		}
	}
	for code, text := range phrases {
		for _, c := range lang.Codes() {
			if text[c] == "" {
				t.Errorf("%s has no words in %s", code, c)
			}
		}
	}
}

// The worked examples of the page are what the program computes. UPDATE=1
// writes them anew.
func TestPage(t *testing.T) {
	for _, m := range Methods() {
		name := filepath.Join("../../docs/method", m.Page())
		page, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fresh, wrong := m.Recompute(page)
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(name, fresh, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		for _, w := range wrong {
			t.Errorf("%s: %s", m.Page(), w)
		}
		for code := range phrases {
			if !strings.HasPrefix(code, "no_") && code != "nothing_due" && !strings.Contains(string(page), "`"+code+"`") {
				t.Errorf("%s does not describe the check %s", m.Page(), code)
			}
		}
	}
}
