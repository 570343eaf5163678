package actor

import (
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/place"
)

// land is a small tree: KZ above KZ-35 above Balkhash, and KZ-61 beside.
type land map[place.ID]place.ID

func (l land) Within(id, root place.ID) bool {
	for ; id != ""; id = l[id] {
		if id == root {
			return true
		}
	}
	return false
}

var kz = land{"KZ-35": "KZ", "KZ-61": "KZ", "Balkhash": "KZ-35"}

// The table of rights: who may do what in the own region, and never next door.
func TestMay(t *testing.T) {
	allowed := map[Act]string{
		ReadPublished:   "public contributor approver planner works_officer controller radiologist clinician integrator administrator",
		ReadDrafts:      "contributor approver planner works_officer controller administrator",
		RecordFigure:    "approver administrator",
		Submit:          "contributor works_officer administrator",
		Approve:         "approver",
		Publish:         "approver",
		WithdrawRun:     "approver",
		Ask:             "approver planner controller administrator",
		Answer:          "contributor approver works_officer administrator",
		Comment:         "contributor approver planner works_officer controller administrator",
		EraseFile:       "administrator",
		AttachFile:      "contributor approver works_officer administrator",
		ImportFigures:   "contributor integrator administrator",
		ImportDocument:  "contributor integrator administrator",
		LoadCountry:     "administrator",
		MakeRelease:     "approver",
		ManageTemplates: "administrator",
		ManageAccounts:  "administrator",
		ManageWebhooks:  "administrator",
		ReadRestricted:  "approver controller administrator",
		ReadJournal:     "controller administrator",
		VerifyJournal:   "approver controller administrator",
		ReportWorks:     "contributor works_officer administrator",
		ManageWorks:     "works_officer administrator",
		PlanAccess:      "planner administrator",
	}
	for _, act := range Acts() {
		want, listed := allowed[act]
		if !listed {
			t.Errorf("act %s is not in the table of the test", act)
		}
		for _, role := range Roles() {
			a := Actor{ID: "x", Grants: []Grant{{role, "KZ-35"}}}
			if got, want := a.May(act, "Balkhash", kz), hasWord(want, string(role)); got != want {
				t.Errorf("%s %s in the own region: %v, want %v", role, act, got, want)
			}
			if act != ReadPublished && a.May(act, "KZ-61", kz) {
				t.Errorf("%s may %s in another region", role, act)
			}
			if act != ReadPublished && a.May(act, "KZ", kz) {
				t.Errorf("%s of a region may %s for the whole country", role, act)
			}
		}
	}
	if (Actor{}).May("burn", "KZ", kz) {
		t.Error("an unknown act must be refused")
	}
	if !Local("KZ").May(LoadCountry, "Balkhash", kz) {
		t.Error("the local administrator may load a country")
	}
}

func hasWord(list, w string) bool {
	for len(list) > 0 {
		i := 0
		for i < len(list) && list[i] != ' ' {
			i++
		}
		if list[:i] == w {
			return true
		}
		list = list[min(i+1, len(list)):]
	}
	return false
}

func chain(n int) []Entry {
	var out []Entry
	var last Entry
	for i := range n {
		last = Entry{Chain: "main", At: time.Unix(int64(i), 123456789), Actor: "local", Op: "import", Subject: "r1", Detail: "figures=3"}.Seal(last)
		out = append(out, last)
	}
	return out
}

func verify(entries []Entry) error {
	var v Verifier
	for _, e := range entries {
		if err := v.Next(e); err != nil {
			return err
		}
	}
	return nil
}

func TestJournalShowsTampering(t *testing.T) {
	if err := verify(chain(5)); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func([]Entry) []Entry{
		"a changed detail":  func(e []Entry) []Entry { e[2].Detail = "figures=4"; return e },
		"a changed time":    func(e []Entry) []Entry { e[2].At = e[2].At.Add(time.Hour); return e },
		"a removed entry":   func(e []Entry) []Entry { return append(e[:2], e[3:]...) },
		"two swapped":       func(e []Entry) []Entry { e[1], e[2] = e[2], e[1]; return e },
		"a resealed entry":  func(e []Entry) []Entry { e[2].Detail = "x"; e[2] = e[2].Seal(e[1]); return e },
		"a field boundary":  func(e []Entry) []Entry { e[2].Op, e[2].Subject = "impor", "tr1"; return e },
		"an inserted entry": func(e []Entry) []Entry { return append(e[:3], append([]Entry{e[2]}, e[3:]...)...) },
	} {
		if verify(spoil(chain(5))) == nil {
			t.Errorf("%s was not noticed", name)
		}
	}
}
