package app

import (
	"os"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
)

// site is an invented hospital under construction in a region.
func site(t *testing.T) *App {
	t.Helper()
	a := kazakhstan(t)
	a.Blobs = folder(t)
	w := works.Work{ID: "kokzhar-hospital", Level: works.Project, Kind: works.NewBuilding, Condition: works.Active, Title: lang.Text{lang.KK: "Көкжар ауруханасы", lang.RU: "Больница Кокжар", lang.EN: "Kokzhar hospital"}, Place: "KZ-35", Synthetic: true}
	if _, err := a.ChangeWorks(local(), "test", "kokzhar", []WorkChange{{ID: w.ID, Record: &w}}); err != nil {
		t.Fatal(err)
	}
	return a
}

func takePlan(t *testing.T, a *App, raw string, o ScheduleImport) *ScheduleReceipt {
	t.Helper()
	o.Work = "kokzhar-hospital"
	if o.Format == "" {
		o.Format = schedule.MSPDI
	}
	got, err := a.ImportSchedule(local(), "plan.xml", strings.NewReader(raw), o)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func plan(t *testing.T) string {
	t.Helper()
	b, err := os.ReadFile("../../exchange/schedule/mspdi/testdata/hospital.xml")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func codesOf(list []WorkProblem) string {
	var out []string
	for _, p := range list {
		out = append(out, p.Code)
	}
	return strings.Join(out, " ")
}

// The plan of the hospital: its frame is 1 of 3 tasks done and another at 45 %,
// the drying of 72 hours is not begun; the finishing has not begun.
func TestImportSchedule(t *testing.T) {
	a := site(t)
	dry := takePlan(t, a, plan(t), ScheduleImport{DryRun: true})
	if !dry.Accepted || dry.Lines.New != 1 || dry.Baseline.State != "new" || len(dry.Stages) != 3 || dry.Path == nil || dry.Path.Finish.String() != "2026-04-13 17:00" {
		t.Fatalf("dry run: accepted %v, lines %+v, baseline %+v, stages %d, problems %v", dry.Accepted, dry.Lines, dry.Baseline, len(dry.Stages), dry.Problems)
	}
	f, err := a.workFile(t.Context(), "kokzhar-hospital")
	if err != nil || len(f.lines) != 0 || len(f.Baselines) != 0 {
		t.Fatalf("a dry run wrote: %d lines %v", len(f.lines), err)
	}
	got := takePlan(t, a, plan(t), ScheduleImport{})
	if !got.Accepted || got.Evidence == "" || got.Lines.New != 1 {
		t.Fatalf("%+v", got.Problems)
	}
	f, err = a.workFile(t.Context(), "kokzhar-hospital")
	if err != nil {
		t.Fatal(err)
	}
	// 40 hours done, 80 at 45 %, 72 of drying not begun: 76 of 192.
	if l := f.lines[0]; l.Status.Stage != "frame" || l.Status.Percent.String() != "39.58" || !l.Evidenced() || l.On.String() != "2026-03-13" || l.Status.Started.String() != "2026-03-02" {
		t.Errorf("line: %+v %+v", l, l.Status)
	}
	if b := f.Current(); b == nil || len(b.Terms) != 1 || b.Terms[0].Stage != "frame" || b.Terms[0].Finish.String() != "2026-03-20" {
		t.Errorf("baseline: %+v", b)
	}
	// The frame is a quarter of the weight: that gives no percentage of the whole.
	if s, err := works.At(&f.Work, f.lines, period.NewDate(2026, 11, 23), noTime); err != nil || s.Computed != nil || s.Stages[5].Doubt != works.TooOld {
		t.Errorf("the stage has evidence and is old: %+v %v", s.Stages[5], err)
	}
	// The same file says nothing new.
	again := takePlan(t, a, plan(t), ScheduleImport{})
	if !again.Accepted || again.Lines.New != 0 || again.Lines.Known != 1 || again.Baseline.State != "same" {
		t.Errorf("again: %+v %+v", again.Lines, again.Baseline)
	}
	// The evidence is a table without names and cost.
	c, err := a.Content(local(), got.Evidence, "")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	b := make([]byte, 1<<16)
	n, _ := c.Read(b)
	if text := string(b[:n]); !strings.Contains(text, "Фундамент") || !strings.Contains(text, got.SHA256) || strings.Contains(text, "Somebody") || strings.Contains(text, "1500000") {
		t.Errorf("evidence: %.300s", text)
	}
}

func TestScheduleProblems(t *testing.T) {
	a := site(t)
	takePlan(t, a, plan(t), ScheduleImport{})
	day := period.NewDate(2026, 3, 20)
	tomorrow := period.NewDate(2026, 11, 24)
	for name, tc := range map[string]struct {
		from, to string
		o        ScheduleImport
		want     string
	}{
		"no status date":    {"<StatusDate>2026-03-13T17:00:00</StatusDate>", "", ScheduleImport{}, "no_status_date"},
		"from the future":   {"", "", ScheduleImport{On: &tomorrow}, "future"},
		"the percent falls": {"<PhysicalPercentComplete>45</PhysicalPercentComplete>", "<PhysicalPercentComplete>30</PhysicalPercentComplete>", ScheduleImport{On: &day}, "line_refused"},
		"baseline moved":    {"<Baseline><Number>0</Number><Start>2026-03-09T08:00:00</Start><Finish>2026-03-20T17:00:00</Finish></Baseline>", "<Baseline><Number>0</Number><Start>2026-03-09T08:00:00</Start><Finish>2026-04-20T17:00:00</Finish></Baseline>", ScheduleImport{On: &day}, "baseline_reason"},
		"unknown stage":     {"", "", ScheduleImport{On: &day, Stages: schedule.StageMap{"1": "dungeon"}}, "stage_unknown"},
	} {
		got := takePlan(t, a, strings.Replace(plan(t), tc.from, tc.to, 1), tc.o)
		if got.Accepted || !strings.Contains(codesOf(got.Problems), tc.want) {
			t.Errorf("%s: %s", name, codesOf(got.Problems))
		}
		for _, p := range got.Problems {
			for _, c := range lang.Codes() {
				if p.Text[c] == "" || strings.Contains(p.Text[c], "{") {
					t.Errorf("%s: %v", name, p)
				}
			}
		}
	}
	// With a reason both are taken.
	moved := strings.Replace(plan(t), "<Finish>2026-03-20T17:00:00</Finish></Baseline>\n\t\t\t<Baseline><Number>3", "<Finish>2026-04-20T17:00:00</Finish></Baseline>\n\t\t\t<Baseline><Number>3", 1)
	moved = strings.Replace(moved, "<PhysicalPercentComplete>45</PhysicalPercentComplete>", "<PhysicalPercentComplete>30</PhysicalPercentComplete>", 1)
	got := takePlan(t, a, moved, ScheduleImport{On: &day, Reason: "walls were taken down"})
	if !got.Accepted || got.Baseline.No != 2 || got.Lines.New != 1 {
		t.Errorf("with a reason: %v %+v %+v", got.Problems, got.Baseline, got.Lines)
	}
	if _, err := a.ImportSchedule(local(), "x", strings.NewReader(plan(t)), ScheduleImport{Format: schedule.MSPDI, Work: "nowhere"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("no work: %v", err)
	}
	if _, err := a.ImportSchedule(local(), "x", strings.NewReader("x"), ScheduleImport{Format: schedule.XER, Work: "kokzhar-hospital"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("no file: %v", err)
	}
}

// A Primavera export of the same kind, in Windows-1251, with its baseline
// project: 40 of 64 hours at 55.5 % physical, the walls not begun.
func TestImportXER(t *testing.T) {
	a := site(t)
	b, err := os.ReadFile("../../exchange/schedule/xer/testdata/hospital.xer")
	if err != nil {
		t.Fatal(err)
	}
	if cut := takePlan(t, a, string(b[:len(b)/2]), ScheduleImport{Format: schedule.XER, Project: "KOKZHAR"}); cut.Accepted || !strings.HasPrefix(codesOf(cut.Problems), "cut") {
		t.Errorf("half of a file: %s", codesOf(cut.Problems))
	}
	got := takePlan(t, a, string(b), ScheduleImport{Format: schedule.XER, Project: "KOKZHAR"})
	if !got.Accepted || got.Encoding != "Windows-1251" || !got.Guessed || got.Baseline.State != "new" || got.Lines.New != 1 || got.Evidence == "" {
		t.Fatalf("%+v %v", got.Lines, got.Problems)
	}
	f, err := a.workFile(t.Context(), "kokzhar-hospital")
	if err != nil {
		t.Fatal(err)
	}
	// 64 hours at 55.5 % and 40 hours at 0: 34.15 % of the frame.
	if l := f.lines[0]; l.Status.Percent.String() != "34.15" || l.On.String() != "2026-03-06" || f.Current().Terms[0].Finish.String() != "2026-03-06" || f.Current().On.String() != "2026-02-20" {
		t.Errorf("%+v %+v", l.Status, f.Current())
	}
}
