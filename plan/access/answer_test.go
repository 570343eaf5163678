package access_test

import (
	"context"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// parameters are round numbers: a check by hand is easy.
func parameters() access.Parameters {
	var out access.Parameters
	for code, v := range map[string][3]float64{
		access.ParamSpeedMain: {80, 60, 100}, access.ParamSpeedOther: {60, 40, 70}, access.ParamSpeedOffRoad: {30, 20, 40}, access.ParamDetour: {1.5, 1.2, 2},
		access.ParamInside: {10, 5, 15}, access.ParamAmbulance: {1, 1, 1}, access.ParamDispatch: {5, 3, 8}, access.ParamBusy: {0, 0, 0}, access.ParamBusyWait: {20, 10, 30},
		access.ParamOnScene: {15, 10, 25}, access.ParamFirstCare: {30, 20, 60}, access.ParamDoorOut: {30, 20, 60}, access.ParamAirReady: {30, 15, 60}, access.ParamAirSpeed: {240, 200, 250},
		access.ParamAirLanding: {10, 5, 20}, access.ParamAirRange: {500, 400, 600}, access.ParamAirWeather: {0.8, 0.6, 0.9}, access.ParamAirDaylight: {0.5, 0.5, 0.5}, access.ParamHandover: {10, 5, 20}} {
		unit := "minute"
		switch code {
		case access.ParamSpeedMain, access.ParamSpeedOther, access.ParamSpeedOffRoad, access.ParamAirSpeed:
			unit = "km/h"
		case access.ParamDetour, access.ParamAmbulance, access.ParamBusy, access.ParamAirWeather, access.ParamAirDaylight:
			unit = "ratio"
		}
		out = append(out, access.Parameter{Code: code, Value: v[0], Low: v[1], High: v[2], Unit: unit, Source: access.Assumption})
	}
	return out
}

// A road of 40 km east from A to B and 160 km on to C; the village D lies 20 km
// north of B, off the road.
func steppe(t testing.TB) *access.Ground {
	t.Helper()
	east := func(km float64) place.Point {
		return place.Point{Lat: 48, Lon: 70 + km/(111.195*math.Cos(48*math.Pi/180))}
	}
	spots := []access.Spot{
		{ID: "A", Region: "R1", Point: east(0), Urban: 1000, Main: true},
		{ID: "B", Region: "R1", Point: east(40), Rural: 500, Main: true},
		{ID: "C", Region: "R2", Point: east(200), Urban: 300, Rural: 100, Main: true},
		{ID: "D", Region: "R1", Point: place.Point{Lat: 48 + 20/111.195, Lon: east(40).Lon}, Rural: 50, Estimated: true},
	}
	capacity, err := place.NewTimeline([]place.Capacity{
		{Facility: "FA", Item: place.Theatres, Service: "angiography", Status: place.Open, Source: "doc"},
		{Facility: "FC", Item: place.Theatres, Service: "angiography", Status: place.Planned, Source: "doc"},
	})
	if err != nil {
		t.Fatal(err)
	}
	g, err := access.NewGround(access.Input{
		Spots: spots,
		Links: []access.Link{{From: "A", To: "B", Km: 40, Main: true}, {From: "B", To: "C", Km: 160, Main: true}},
		Facilities: []access.Facility{{ID: "FA", Kind: "regional_hospital", Place: "A", Point: east(0), Working: true}, {ID: "FB", Kind: "district_hospital", Place: "B", Point: east(40), Working: true},
			{ID: "FC", Kind: "city_hospital", Place: "C", Point: east(200), Working: true}},
		Capacity:     capacity,
		Bases:        []access.Base{{Place: "A", Vehicle: access.Road, Source: "x"}, {Place: "B", Vehicle: access.Road, Source: "x"}, {Place: "C", Vehicle: access.Road, Source: "x"}, {Place: "A", Vehicle: access.Air, Source: "x"}},
		Profiles:     []access.Profile{{Service: "infarction", Kind: access.Emergency, Capable: []string{"angiography"}, FirstCare: []string{"emergency"}, LimitMinutes: 60, LimitSource: "x"}, {Service: "rehabilitation", Kind: access.Planned, Capable: []string{"angiography"}, LimitMinutes: 120, LimitSource: "x"}},
		Presumptions: []access.Presumption{{FacilityKind: "district_hospital", Service: "emergency", Source: access.Assumption}},
		Parameters:   parameters(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func ask(t testing.TB, g *access.Ground, q access.Question) *access.Answer {
	t.Helper()
	q.Day = period.NewDate(2026, 11, 29)
	if q.Service == "" {
		q.Service = "infarction"
	}
	a, err := g.Answer(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.05 {
		t.Errorf("%s: %.3f, want %.3f", what, got, want)
	}
}

// In A: 5 to dispatch, 10 inside the town to the patient, 15 on scene, 10 to
// the hospital = 40. In B the road adds 40 km at 80 km/h = 30 instead of the 10:
// 5 + 10 + 15 + 30 = 60, which is inside 60. C: 200 km = 150 + 30 = 180.
// D: the crew of B comes 20 km x 1.5 at 30 km/h = 60 minutes, and back, and on:
// 5 + 60 + 15 + 60 + 30 = 170.
func TestMinutesByHand(t *testing.T) {
	g := steppe(t)
	a := ask(t, g, access.Question{Presumed: true})
	for i, want := range []float64{40, 60, 180, 170} {
		near(t, string(g.Spots()[i].ID), a.Rows[i].Stated, want)
	}
	c, err := a.Chain(3)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "the legs of D sum to its minutes", access.Minutes(c.Road), a.Rows[3].Stated)
	near(t, "off the road", c.Road[3].Way.OffRoad(), 20)
	if c.Decides != access.LegTransport {
		t.Errorf("decides: %s", c.Decides)
	}
	// First care in B: 5 + 10 + 15 + 10 inside + 30 to treatment.
	b, _ := a.Chain(1)
	near(t, "first treatment in B", access.Minutes(b.First), 70)
	near(t, "onward from B to A", access.Minutes(b.Onward), 5+10+15+10+30+30)
}

// The hub of C stands in a document as planned: switched on, its people are
// inside at once.
func TestPromisedHub(t *testing.T) {
	g := steppe(t)
	before := ask(t, g, access.Question{Presumed: true})
	after := ask(t, g, access.Question{Presumed: true, Promised: true})
	near(t, "C with its hub", after.Rows[2].Stated, 40)
	d, err := after.Against(before)
	if err != nil || d.Gained != 400 || d.Lost != 0 {
		t.Errorf("%+v %v", d, err)
	}
	if n := len(after.Hubs); n != 2 || after.Hubs[1].Basis != access.Promised {
		t.Errorf("%+v", after.Hubs)
	}
	if off := ask(t, g, access.Question{Promised: true, Off: []place.ID{"FC"}}); len(off.Hubs) != 1 {
		t.Error("switched off, it does not count")
	}
	if list, err := g.Promised(before.Question); err != nil || len(list) != 1 || list[0].Facility != "FC" || list[0].Basis != access.Promised {
		t.Errorf("what is promised is known though it does not count: %+v %v", list, err)
	}
	if on := ask(t, g, access.Question{On: []place.ID{"FC"}}); on.Hubs[1].Basis != access.Promised || on.Rows[2].Stated != after.Rows[2].Stated {
		t.Errorf("%+v", on.Hubs)
	}
}

// What nobody promised and who asks switches on is supposed.
func TestSupposed(t *testing.T) {
	a := ask(t, steppe(t), access.Question{On: []place.ID{"FB", "B", "D"}})
	if len(a.Hubs) != 4 || a.Hubs[1].Basis != access.Supposed {
		t.Errorf("%+v", a.Hubs)
	}
}

// A flight to C: dispatch 5, start 30, 200 km at 240 km/h = 50: there at 85; the
// patient is ready at 30. Two landings of 10, back 50: 155, instead of 180.
func TestFlight(t *testing.T) {
	g := steppe(t)
	a := ask(t, g, access.Question{Mode: access.ByBest})
	near(t, "C by air", a.Rows[2].Stated, 155)
	sure := ask(t, g, access.Question{Mode: access.ByBest, Set: map[string]float64{access.ParamAirWeather: 1, access.ParamAirDaylight: 1}})
	if a.Rows[2].Flown || !sure.Rows[2].Flown || sure.Rows[0].Flown {
		t.Error("who flies in most calls")
	}
	// By air alone all is of a call in which it flies, at every place alike.
	alone := ask(t, g, access.Question{Mode: access.ByAir})
	if p := alone.Rows[2].P50; p < 130 || p > 200 || alone.Flies < 0.3 || alone.Flies > 0.5 {
		t.Errorf("by air alone: %v, flies %v", p, alone.Flies)
	}
	c, _ := a.Chain(2)
	near(t, "legs", access.Minutes(c.Air), 155)
	near(t, "flies in 40 of 100 calls", c.Flies, 0.4)
	// It flies in about 40 of 100 calls: the typical call goes by road.
	if p := a.Rows[2].P50; p < 165 {
		t.Errorf("P50 %v", p)
	}
	if far := ask(t, g, access.Question{Mode: access.ByAir, Set: map[string]float64{access.ParamAirRange: 100}}); !math.IsInf(far.Rows[2].Stated, 1) {
		t.Error("out of range")
	}
}

// Sixty minutes are inside sixty minutes, and nobody else is.
func TestLimitIsInclusive(t *testing.T) {
	g := steppe(t)
	exact := map[string]float64{}
	for _, p := range parameters() {
		exact[p.Code] = p.Value
	}
	a := ask(t, g, access.Question{Presumed: true, Set: exact, LimitMinutes: 60})
	if a.Rows[1].P50 != a.Rows[1].Stated || a.Whole.Inside != 1500 {
		t.Errorf("%+v, inside %d", a.Rows[1], a.Whole.Inside)
	}
	if b := ask(t, g, access.Question{Presumed: true, Set: exact, LimitMinutes: 59.999}); b.Whole.Inside != 1000 {
		t.Errorf("inside %d", b.Whole.Inside)
	}
	if a.Whole.People != 1950 || a.Whole.UrbanInside != 1000 || a.Whole.RuralInside != 500 {
		t.Errorf("%+v", a.Whole)
	}
}

// A planned journey is a drive by car: C is 200 km at 80 km/h away.
func TestPlannedJourney(t *testing.T) {
	a := ask(t, steppe(t), access.Question{Service: "rehabilitation", Mode: access.ByAir})
	near(t, "C", a.Rows[2].Stated, 150)
	if a.Question.Mode != access.ByRoad || a.Rows[2].Inside(120) || !a.Rows[1].Inside(120) {
		t.Errorf("%+v", a.Question)
	}
}

// A facility anywhere: 10 km north of the road, 20 km east of A.
func TestAddedPoint(t *testing.T) {
	g := steppe(t)
	p := place.Point{Lat: 48 + 10/111.195, Lon: g.Spots()[0].Point.Lon + (g.Spots()[1].Point.Lon-g.Spots()[0].Point.Lon)/2}
	a := ask(t, g, access.Question{Span: access.DriveOnly, Off: []place.ID{"FA"}, Add: []place.Point{p}})
	// 10 km x 1.5 at 30 km/h = 30, and 20 km at 80 km/h = 15.
	near(t, "A", a.Rows[0].Stated, 45)
	near(t, "B", a.Rows[1].Stated, 45)
}

// A hospital of which a document says that it closed is not presumed to work; a
// seat is presumed only where no facility is named; the order of the table of
// presumptions does not matter.
func TestPresumptions(t *testing.T) {
	capacity, err := place.NewTimeline([]place.Capacity{{Facility: "F1", Item: place.Theatres, Service: "angiography", Status: place.Closed, Source: "doc"}})
	if err != nil {
		t.Fatal(err)
	}
	presumptions := []access.Presumption{
		{Seat: place.Region, Service: "angiography", Source: access.Assumption}, {FacilityKind: "hospital", Service: "angiography", Source: access.Assumption},
		{Facility: "F3", Service: "angiography", Source: access.Assumption}}
	in := access.Input{Capacity: capacity, Parameters: parameters(), Profiles: []access.Profile{{Service: "infarction", Kind: access.Emergency, Capable: []string{"angiography"}, LimitMinutes: 60, LimitSource: "x"}},
		Seats: map[place.Kind][]place.ID{place.Region: {"T1", "T2", "T3", "T4"}}}
	for i, id := range []place.ID{"T1", "T2", "T3", "T4"} {
		in.Spots = append(in.Spots, access.Spot{ID: id, Region: "R", Urban: 10, Main: true, Point: place.Point{Lat: 48, Lon: 70 + float64(i)}})
		in.Bases = append(in.Bases, access.Base{Place: id, Vehicle: access.Road, Source: "x"})
	}
	for i, kind := range []string{"hospital", "hospital", "clinic"} {
		in.Facilities = append(in.Facilities, access.Facility{ID: place.ID(fmt.Sprint("F", i+1)), Kind: kind, Place: in.Spots[i].ID, Working: true})
	}
	for range 3 {
		presumptions = append(presumptions[1:], presumptions[0])
		in.Presumptions = presumptions
		g, err := access.NewGround(in)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, h := range ask(t, g, access.Question{Presumed: true}).Hubs {
			got += fmt.Sprintf("%s@%s ", h.Facility, h.Place)
		}
		// F1 is closed: the seat of its town is presumed beside it.
		if got != "F3@T3 F2@T2 @T1 @T4 " {
			t.Errorf("capable: %s", got)
		}
		closed := ask(t, g, access.Question{Presumed: true, Off: []place.ID{"F2"}})
		if n := len(closed.Hubs); n != 3 {
			t.Errorf("F2 switched off: %d capable, %+v", n, closed.Hubs)
		}
	}
}

// A village two kilometres from a hospital is not quicker there than those who
// live in its town, and a hospital in the village itself makes nobody slower.
func TestNothingIsQuickerThanATown(t *testing.T) {
	g := country(t, 40, 2000)
	a := ask(t, g, access.Question{Presumed: true, Span: access.DriveOnly})
	inside := g.Value(a.Question, access.ParamInside).Value
	for _, r := range a.Rows {
		if r.Stated < inside {
			t.Fatalf("%+v is quicker than %v minutes", r, inside)
		}
	}
	for _, id := range []place.ID{"V00003", "V00777", "V01500"} {
		with := ask(t, g, access.Question{Presumed: true, Span: access.DriveOnly, On: []place.ID{id}})
		for i := range a.Rows {
			if with.Rows[i].Stated > a.Rows[i].Stated {
				t.Fatalf("a hospital in %s makes %s slower", id, g.Spots()[i].ID)
			}
		}
	}
}

func TestQuestionsRefused(t *testing.T) {
	g := steppe(t)
	for name, q := range map[string]access.Question{
		"service": {Service: "unknown"}, "season": {Season: "spring"}, "mode": {Mode: "boat"}, "span": {Span: "ever"}, "limit": {LimitMinutes: -1}, "not a number": {LimitMinutes: math.NaN()},
		"on": {On: []place.ID{"nowhere"}}, "add": {Add: []place.Point{{Lat: 100}}}, "set": {Set: map[string]float64{"wind": 3}}, "a speed of nothing": {Set: map[string]float64{access.ParamSpeedMain: 0}},
		"a share above one": {Set: map[string]float64{access.ParamAirWeather: 2}}, "a drive by air": {Mode: access.ByAir, Span: access.DriveOnly}, "a drive by the better": {Mode: access.ByBest, Span: access.DriveOnly},
		"an ambulance that stands": {Set: map[string]float64{access.ParamAmbulance: 0}}, "slower than anything": {Set: map[string]float64{access.ParamAirSpeed: 1e-320}}, "no number": {Set: map[string]float64{access.ParamOnScene: math.NaN()}}} {
		if q.Service == "" {
			q.Service = "infarction"
		}
		if _, err := g.Answer(context.Background(), q); err == nil {
			t.Errorf("%s: answered", name)
		}
	}
}

func TestSpread(t *testing.T) {
	if got := fmt.Sprint(access.Spread(10, []float64{1, 1, 1})); got != "[4 3 3]" {
		t.Error(got)
	}
	if got := fmt.Sprint(access.Spread(7, []float64{0, 0}), access.Spread(3, nil)); got != "[4 3] []" {
		t.Error(got)
	}
}

// BenchmarkCountry is a country of 232 towns and 7,000 villages.
func BenchmarkCountry(b *testing.B) {
	g := country(b, 232, 7000)
	b.ResetTimer()
	for b.Loop() {
		begin := time.Now()
		ask(b, g, access.Question{Presumed: true, Promised: true, Mode: access.ByBest})
		b.ReportMetric(float64(time.Since(begin).Microseconds())/1000, "ms/last")
	}
}
