package schedule

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/network"
)

func stages(kind works.Kind) []string {
	t, _ := works.TemplateOf(string(kind))
	var out []string
	for _, s := range t.Stages {
		out = append(out, s.Code)
	}
	return out
}

func at(t *testing.T, s string) *network.Minute {
	t.Helper()
	m, err := network.ParseMinute(s)
	if err != nil {
		t.Fatal(err)
	}
	return &m
}

func percent(n int64) *decimal.Decimal { d := decimal.NewFromInt(n); return &d }

// A plan of a building: two sections with the names of stages, one task with an
// activity code, one that belongs nowhere.
func building(t *testing.T) *Project {
	return &Project{Tasks: []Task{
		{ID: "0", Kind: network.Summary, Level: 0, Name: "Аурухана"},
		{ID: "1", Kind: network.Summary, Level: 1, Parent: "0", Code: "1", WBS: "1", Name: "Общестроительные работы: каркас"},
		{ID: "2", Kind: network.Task, Level: 2, Parent: "1", Code: "1.1", Name: "Нулевой цикл", Duration: 400, Percent: percent(100), ActualStart: at(t, "2026-03-02"), ActualFinish: at(t, "2026-03-06 17:00"),
			Baselines: []Baseline{{Start: at(t, "2026-03-02"), Finish: at(t, "2026-03-06 17:00")}}},
		{ID: "3", Kind: network.Task, Level: 2, Parent: "1", Code: "1.2", Name: "Перекрытия", Duration: 1200, Percent: percent(50), ActualStart: at(t, "2026-03-09"), Baselines: []Baseline{{Start: at(t, "2026-03-09"), Finish: at(t, "2026-03-31 17:00")}}},
		{ID: "4", Kind: network.Summary, Level: 1, Parent: "0", Code: "2", WBS: "2", Name: "Внутренние отделочные работы"},
		{ID: "5", Kind: network.Task, Level: 2, Parent: "4", Code: "2.1", Name: "Палаты", Duration: 500},
		{ID: "6", Kind: network.Task, Level: 1, Parent: "0", Code: "3", Name: "Котельная", Duration: 100, Codes: []Code{{Type: "STAGE", Value: "utilities"}}},
		{ID: "7", Kind: network.Summary, Level: 1, Parent: "0", Code: "4", WBS: "4", Name: "Благоустройство"},
		{ID: "8", Kind: network.Task, Level: 2, Parent: "7", Code: "4.1", Name: "Деревья", Duration: 100, Percent: percent(10)},
		{ID: "9", Kind: network.Milestone, Level: 1, Parent: "0", Code: "5", Name: "Пайдалануға қабылдау"},
		{ID: "10", Kind: network.Task, Level: 1, Parent: "0", Code: "6", Name: "Бассейн", Inactive: true, Duration: 100},
	}}
}

func TestGroups(t *testing.T) {
	got := map[string]Group{}
	for _, g := range Groups(building(t), stages(works.NewBuilding), nil) {
		got[g.Stage+g.Name] = g
	}
	frame := got["frame"]
	// 400 minutes done and half of 1200: 1000 of 1600.
	if frame.Tasks != 2 || frame.Percent.String() != "62.5" || frame.LastDay().String() != "2026-03-31" || frame.ActualFinish != nil || frame.ActualStart == nil || frame.Unplanned != 0 {
		t.Errorf("frame: %+v", frame)
	}
	if g := got["interior"]; g.Tasks != 1 || g.Percent.String() != "0" || g.Unplanned != 1 || g.How[0] != ByName {
		t.Errorf("interior: %+v", g)
	}
	if g := got["utilities"]; g.Tasks != 1 || g.How[0] != ByCode {
		t.Errorf("utilities: %+v", g)
	}
	if g := got["acceptance"]; g.Tasks != 1 || g.Percent.String() != "0" {
		t.Errorf("acceptance: %+v", g)
	}
	if g := got["Благоустройство"]; g.Tasks != 1 || g.Stage != "" || g.Code != "4" {
		t.Errorf("what belongs nowhere: %+v", g)
	}
	if len(got) != 5 {
		t.Errorf("%d groups", len(got))
	}
}

func TestSomebodySaysSo(t *testing.T) {
	m, err := ReadStageMap(strings.NewReader(`{"stages":{"4":"first_patient","1.2":"interior","Котельная":""}}`), "map.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range Groups(building(t), stages(works.NewBuilding), m) {
		switch {
		case g.Stage == "first_patient" && g.How[0] == ByMap, g.Stage == "frame" && g.Tasks == 1, g.Stage == "interior" && g.Tasks == 2, g.Stage == "acceptance", g.Stage == "" && g.Name == "Котельная":
		default:
			t.Errorf("%+v", g)
		}
	}
	for _, bad := range []string{"", "{}", `{"stage":{}}`, `{"stages":[]}`, `{"stages":{"a":1}}`} {
		if _, err := ReadStageMap(strings.NewReader(bad), "map.json"); err == nil {
			t.Errorf("%s was taken", bad)
		}
	}
}

// Where nobody says how far a task is that has begun, the stage has no number.
func TestUnsaidIsUnknown(t *testing.T) {
	p := building(t)
	p.Tasks[3].Percent = nil
	for _, g := range Groups(p, stages(works.NewBuilding), nil) {
		if g.Stage == "frame" && g.Percent != nil {
			t.Errorf("frame: %s", g.Percent)
		}
	}
}

func TestNames(t *testing.T) {
	x := &sorter{stages: stages(works.NewBuilding)}
	for name, want := range map[string]string{"Монтаж каркаса": "frame", "Устройство фундаментов": "frame", "Отопление и вентиляция": "utilities", "ӘРЛЕУ ЖҰМЫСТАРЫ": "interior", "Иргетас": "frame", "Государственная экспертиза ПСД": "expertise",
		"Site supervision": "", "Roof": "frame", "Поставка медицинского оборудования": "equipment", "": ""} {
		if got := x.named(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
