package access_test

import (
	"math"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access"
)

// From A to C are 200 km of main road: 150 minutes at 80 km/h, 120 at 100, 200
// at 60. From A by air 200 km: 50 minutes at 240 km/h.
func TestValidate(t *testing.T) {
	g := steppe(t)
	list, sums, err := g.Validate([]access.Observation{
		{From: "A", To: "C", Minutes: 160, Mode: access.ByCar, Season: access.Winter, Source: "doc"},
		{From: "C", To: "A", Minutes: 125, Mode: access.ByCar, Source: "doc"},
		{From: "A", To: "C", Minutes: 240, Mode: access.ByBus, Source: "doc"},
		{From: "A", To: "C", Minutes: 59, Mode: access.ByHelicopter, Season: access.Winter, Source: "doc"},
	})
	if err != nil {
		t.Fatal(err)
	}
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 0.1 {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	near("A-C by car", list[0].Computed, 150)
	near("the quick end", list[0].Quick, 120)
	near("the slow end", list[0].Slow, 200)
	near("the error", list[0].Error(), -10)
	near("A-C by air", list[3].Computed, 50)
	if list[0].Class != "main" || !list[0].Within() || list[2].Within() || list[1].Season != "" || !list[3].Within() {
		t.Errorf("%+v", list)
	}
	// All four: errors -10, 25, -90, -9 minutes.
	near("bias of all", sums[0].Bias, -84.0/4)
	cars := sums[1]
	near("bias of cars", cars.Bias, 7.5)
	near("bias of cars in percent", cars.BiasPercent, (-100*10.0/160+100*25.0/125)/2)
	near("spread of cars", cars.Spread, (100*10.0/160+100*25.0/125)/2)
	if cars.Mode != access.ByCar || cars.N != 2 || cars.Within != 2 || sums[0].N != 4 || sums[0].Within != 3 {
		t.Errorf("%+v", sums)
	}
	if last := sums[len(sums)-1]; last.Season != access.Winter || last.N != 1 {
		t.Errorf("%+v", last)
	}
}

// An observation between places that nobody knows is refused by name, and so is
// one that cannot be.
func TestValidateRefuses(t *testing.T) {
	g := steppe(t)
	good := access.Observation{From: "A", To: "C", Minutes: 160, Mode: access.ByCar, Source: "doc"}
	for _, tc := range []struct {
		change func(*access.Observation)
		kind   fault.Kind
		want   string
	}{
		{func(o *access.Observation) { o.To = "Z" }, fault.NotFound, "Z"},
		{func(o *access.Observation) { o.To = "A" }, fault.Invalid, "another"},
		{func(o *access.Observation) { o.Minutes = math.NaN() }, fault.Invalid, "minutes"},
		{func(o *access.Observation) { o.Minutes = 0 }, fault.Invalid, "minutes"},
		{func(o *access.Observation) { o.Mode = "camel" }, fault.Invalid, "mode"},
		{func(o *access.Observation) { o.Season = "spring" }, fault.Invalid, "season"},
		{func(o *access.Observation) { o.Class = "track" }, fault.Invalid, "class"},
		{func(o *access.Observation) { o.Source = "" }, fault.Invalid, "source"},
	} {
		o := good
		tc.change(&o)
		_, _, err := g.Validate([]access.Observation{good, o})
		if fault.KindOf(err) != tc.kind || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%+v: %v, want %q", o, err, tc.want)
		}
	}
}

// The errors of the two journeys by car are -10 and 25 minutes: mean size 17.5,
// root of the mean square 19.04; the ratios 160/150 and 125/150, median 0.95.
func TestErrors(t *testing.T) {
	g := steppe(t)
	_, sums, err := g.Validate([]access.Observation{
		{From: "A", To: "C", Minutes: 160, Mode: access.ByCar, Season: access.Winter, Source: "doc"},
		{From: "C", To: "A", Minutes: 125, Mode: access.ByCar, Source: "doc"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for what, pair := range map[string][2]float64{
		"MAE":          {sums[0].MAE, 17.5},
		"RMSE":         {sums[0].RMSE, math.Sqrt((100.0 + 625) / 2)},
		"median ratio": {sums[0].MedianRatio, (160.0/150 + 125.0/150) / 2},
	} {
		if math.Abs(pair[0]-pair[1]) > 1e-6 {
			t.Errorf("%s is %v, want %v", what, pair[0], pair[1])
		}
	}
	if last := sums[len(sums)-1]; last.Class != "main" || last.Season != access.Winter || last.N != 1 {
		t.Errorf("%+v", last)
	}
}

// Cars need 172.5 minutes where 150 are computed: the speed is 80 / 1.15, about
// 70 km/h, and with it the typical journey is met within half a minute.
func TestAdvise(t *testing.T) {
	g := steppe(t)
	var list []access.Observation
	for _, minutes := range []float64{172.5, 171, 300, 172.5, 172.5, 174} {
		list = append(list, access.Observation{From: "A", To: "C", Minutes: minutes, Mode: access.ByCar, Season: access.Winter, Source: "doc"})
	}
	checked, _, err := g.Validate(list)
	if err != nil {
		t.Fatal(err)
	}
	if few := g.Advise(nil, checked[:5]); len(few) != 0 {
		t.Errorf("five journeys change nothing: %+v", few)
	}
	got := g.Advise(nil, checked)
	if len(got) != 1 || got[0].Parameter != access.ParamSpeedMain || got[0].Season != access.Winter || got[0].Now != 80 || got[0].Try != 70 || got[0].Outside || math.Abs(got[0].MedianRatio-1.15) > 1e-6 {
		t.Fatalf("%+v", got)
	}
	if got[0].RatioLow != 171.0/150 || got[0].RatioHigh != 2 {
		t.Errorf("of six the least and the largest: %+v", got[0])
	}
	set := map[string]float64{access.ParamSpeedMain: 70}
	again, sums, err := g.ValidateWith(t.Context(), set, list)
	if err != nil || math.Abs(again[0].Error()) > 1.1 || sums[0].Within != 0 {
		t.Errorf("%+v %+v %v", again[0], sums[0], err)
	}
	if more := g.Advise(set, again); len(more) != 0 {
		t.Errorf("nothing is left to change: %+v", more)
	}
	if _, _, err := g.ValidateWith(t.Context(), map[string]float64{"wind": 3}, list); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

// An ambulance is faster than a car by its factor, and its observations speak of
// that.
func TestAmbulanceObserved(t *testing.T) {
	g := steppe(t)
	list, sums, err := g.Validate([]access.Observation{
		{From: "A", To: "C", Minutes: 100, Mode: access.ByAmbulance, Source: "doc"},
		{From: "A", To: "C", Minutes: 100, Mode: access.ByCar, Source: "doc"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if list[0].Computed > list[1].Computed || list[0].Quick > list[0].Computed || list[0].Slow < list[0].Computed || len(sums) < 3 || sums[2].Mode != access.ByAmbulance {
		t.Errorf("%+v %+v", list, sums)
	}
	many := []access.Checked{list[0], list[0], list[0], list[0], list[0], list[0]}
	if got := g.Advise(nil, many); len(got) != 1 || got[0].Parameter != access.ParamAmbulance || got[0].Unit != "ratio" {
		t.Errorf("%+v", got)
	}
}

// The tables of the sign test: of 6 numbers the 1st and 6th, of 10 the 2nd and
// 9th, of 20 the 6th and 15th, of 50 the 18th and 33rd hold the median between
// them with 95 %.
func TestMedianInterval(t *testing.T) {
	for n, want := range map[int]float64{6: 1, 10: 2, 20: 6, 50: 18} {
		var x []float64
		for i := range n {
			x = append(x, float64(n-i))
		}
		if low, high := access.MedianInterval(x); low != want || high != float64(n)+1-want {
			t.Errorf("of %d: from %v to %v", n, low, high)
		}
	}
}
