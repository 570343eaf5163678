package friction

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/frame"
)

// valley is a map of 6 x 4 cells of 100 m: steppe (10) in the west, forest
// (20) in the east, one cell of which nothing is known (.).
func valley(t *testing.T) Input {
	t.Helper()
	f := frame.Frame{Columns: 6, Rows: 4, OriginX: 0, OriginY: 400, CellWidth: 100, CellHeight: 100}
	in := Input{Frame: f, Speeds: Speeds{
		{Class: "10", Label: "steppe", Mode: Walking, KmPerHour: 5},
		{Class: "10", Label: "steppe", Mode: Walking, KmPerHour: 2.5, Season: "winter"},
		{Class: "20", Label: "forest", Mode: Walking, KmPerHour: 2},
		{Class: "main", Mode: Motorised, KmPerHour: 72},
		{Class: "main", Mode: Walking, KmPerHour: 5},
		{Class: "track", Mode: Motorised, KmPerHour: 18},
	}}
	for i := range f.Cells() {
		v := float32(10)
		if i%6 >= 3 {
			v = 20
		}
		if i == 5 {
			v = float32(math.NaN())
		}
		in.Cells = append(in.Cells, v)
	}
	return in
}

// river runs from north to south through the third column; main crosses it in
// the second row.
func river() []Barrier {
	return []Barrier{{Lines: []orb.LineString{{{250, 500}, {250, -100}}}}}
}

func road(class string) []Road {
	return []Road{{Class: class, Lines: []orb.LineString{{{50, 250}, {550, 250}}}}}
}

// kmPerHour shows the map by speeds; # is where nobody passes.
func kmPerHour(r Result, columns int) string {
	var b strings.Builder
	for i, f := range r.Friction {
		if i%columns == 0 {
			b.WriteByte('\n')
		}
		if f != f {
			b.WriteString("  #")
		} else {
			fmt.Fprintf(&b, "%3.0f", 3.6/float64(f))
		}
	}
	return b.String()
}

func TestMerge(t *testing.T) {
	in := valley(t)
	in.Barriers, in.Roads = river(), road("main")
	got, err := Merge(in)
	if err != nil {
		t.Fatal(err)
	}
	want := `
  5  5  #  2  2  #
 72 72 72 72 72 72
  5  5  #  2  2  2
  5  5  #  2  2  2`
	if s := kmPerHour(got, 6); s != want {
		t.Error(s)
	}
	r := got.Report
	if r.Cells != 24 || r.Passed != 20 || r.Barrier != 3 || r.Unknown != 1 || r.Bridges != 1 || r.Roads != (Drawn{1, 0, 6}) || r.Barriers != (Drawn{1, 0, 4}) {
		t.Errorf("%+v", r)
	}
	// A metre at 72 km/h takes 0.05 s, a metre at 5 km/h 0.72 s.
	if got.Friction[6] != 0.05 || got.Friction[0] != 0.72 || got.Modes[6] != Motorised || got.Modes[0] != Walking || got.Modes[2] != None || got.Modes[5] != None {
		t.Errorf("%v %v", got.Friction[:7], got.Modes[:7])
	}
	if len(r.Classes) != 3 || r.Classes[0].Class != "10" || r.Classes[0].Cells != 12 || r.Classes[2].Layer != RoadLayer || r.Classes[2].Cells != 6 {
		t.Errorf("%+v", r.Classes)
	}
}

func TestSeasonsAndModes(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*Input)
		want   [2]float64 // km/h of the steppe and of the road
	}{
		"any season": {func(*Input) {}, [2]float64{5, 72}},
		"winter":     {func(in *Input) { in.Season = "winter" }, [2]float64{2.5, 72}},
		"on foot":    {func(in *Input) { in.Modes = []Mode{Walking} }, [2]float64{5, 5}},
		"a road of its own speed": {func(in *Input) {
			in.Speeds = append(in.Speeds, Speed{Layer: RoadLayer, Class: "main", Mode: Motorised, KmPerHour: 36})
		}, [2]float64{5, 36}},
	} {
		in := valley(t)
		in.Roads = road("main")
		tc.change(&in)
		got, err := Merge(in)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if a, b := 3.6/float64(got.Friction[0]), 3.6/float64(got.Friction[6]); math.Abs(a-tc.want[0]) > 1e-5 || math.Abs(b-tc.want[1]) > 1e-5 {
			t.Errorf("%s: %g and %g, want %v", name, a, b, tc.want)
		}
	}
}

func TestTheFasterRoadCounts(t *testing.T) {
	for _, order := range [][]string{{"main", "track"}, {"track", "main"}} {
		in := valley(t)
		in.Roads = append(road(order[0]), road(order[1])...)
		got, err := Merge(in)
		if err != nil || got.Friction[6] != 0.05 {
			t.Errorf("%v: %v %v", order, got.Friction[6], err)
		}
	}
}

// A closed road is no road: the ground below it stays, and the river too.
func TestClosedRoad(t *testing.T) {
	in := valley(t)
	in.Speeds[3].KmPerHour, in.Speeds[4].KmPerHour = 0, 0
	in.Roads, in.Barriers = road("main"), river()
	got, err := Merge(in)
	if err != nil || got.Friction[6] != 0.72 || got.Friction[8] == got.Friction[8] || got.Report.Bridges != 0 {
		t.Errorf("%v %v", got.Friction[6:12], err)
	}
}

func TestMissingClassesAreNamed(t *testing.T) {
	in := valley(t)
	in.Cells[20] = 35
	in.Roads = append(road("main"), road("dirt")...)
	_, err := Merge(in)
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), `land cover class "35" (1 cells), road class "dirt" (6 cells)`) {
		t.Error(err)
	}
	in = valley(t)
	in.Cells[20] = 35
	in.MissingIsBarrier = true
	got, err := Merge(in)
	if err != nil || len(got.Report.Missing) != 1 || got.Friction[20] == got.Friction[20] || got.Report.Barrier != 1 {
		t.Errorf("%+v %v", got.Report, err)
	}
}

func TestReadyFriction(t *testing.T) {
	in := valley(t)
	in.Ready, in.Roads, in.Barriers = true, road("main"), river()
	for i := range in.Cells {
		in.Cells[i] = 0.6
	}
	got, err := Merge(in)
	if err != nil || got.Friction[0] != 0.6 || got.Friction[6] != 0.05 || got.Friction[2] == got.Friction[2] || got.Modes[0] != None {
		t.Errorf("%v %v", got.Friction, err)
	}
	in.Cells[7] = 0
	if _, err := Merge(in); err == nil || !strings.Contains(err.Error(), "row 2, column 2") {
		t.Error(err)
	}
}

// A river drawn as an area narrower than a cell still has no gap.
func TestNarrowArea(t *testing.T) {
	ring := orb.Ring{{255, -10}, {265, -10}, {365, 410}, {355, 410}, {255, -10}}
	for _, middles := range []bool{false, true} {
		in := valley(t)
		in.Barriers, in.Middles = []Barrier{{Areas: orb.MultiPolygon{{ring}}}}, middles
		got, err := Merge(in)
		if err != nil {
			t.Fatal(err)
		}
		gaps := 0
		for r := range 4 {
			if row := kmPerHour(Result{Friction: got.Friction[6*r : 6*r+5]}, 6); !strings.Contains(row, "#") {
				gaps++
			}
		}
		if middles != (gaps > 0) {
			t.Errorf("by middles %v: %d rows with a gap%s", middles, gaps, kmPerHour(got, 6))
		}
	}
}

func TestRefused(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(*Input)
		want   string
	}{
		"no class": {func(in *Input) { in.Cells[3] = 1.5 }, "row 1, column 4: land cover is 1.5"},
		"roads elsewhere": {func(in *Input) {
			in.Roads = []Road{{"main", []orb.LineString{{{68, 48}, {69, 49}}}}}
			in.Frame.OriginX = 1e6
		}, "not one of the 1 roads"},
		"a river elsewhere": {func(in *Input) { in.Barriers = river(); in.Frame.OriginX = 1e6 }, "not one of the 1 barriers"},
	} {
		in := valley(t)
		tc.change(&in)
		if _, err := Merge(in); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSpeedsChecked(t *testing.T) {
	good := Speed{Class: "1", Mode: Walking, KmPerHour: 5, Row: 2}
	for want, s := range map[string]Speed{
		"class is empty": {Mode: Walking, Row: 3},
		"mode":           {Class: "2", Row: 3},
		"-1":             {Class: "2", Mode: Walking, KmPerHour: -1, Row: 3},
		"1000":           {Class: "2", Mode: Walking, KmPerHour: 1000, Row: 3},
		"NaN":            {Class: "2", Mode: Walking, KmPerHour: math.NaN(), Row: 3},
		"in row 2":       {Class: "1", Mode: Walking, KmPerHour: 4, Row: 3},
	} {
		if err := (Speeds{good, s}).Check(); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "row 3") {
			t.Errorf("%s: %v", want, err)
		}
	}
	if err := (Speeds{good, {Class: "1", Mode: Walking, Season: "winter", KmPerHour: 3}}).Check(); err != nil {
		t.Error(err)
	}
}
