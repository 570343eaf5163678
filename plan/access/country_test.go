package access_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// country makes an invented country of towns on a ring road with chords, and
// villages around them.
func country(t testing.TB, towns, villages int) *access.Ground {
	t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	var in access.Input
	id := func(i int) place.ID { return place.ID(fmt.Sprintf("T%05d", i)) }
	for i := range towns {
		in.Spots = append(in.Spots, access.Spot{ID: id(i), Region: place.ID(fmt.Sprint("R", i%20)), Urban: 10_000 + int64(r.IntN(100_000)), Main: true, Point: place.Point{Lat: 42 + 12*r.Float64(), Lon: 50 + 35*r.Float64()}})
		in.Facilities = append(in.Facilities, access.Facility{ID: "F" + id(i), Kind: "district_hospital", Place: id(i), Working: true})
		in.Bases = append(in.Bases, access.Base{Place: id(i), Vehicle: access.Road, Source: "x"})
		if i%12 == 0 {
			in.Bases = append(in.Bases, access.Base{Place: id(i), Vehicle: access.Air, Source: "x"})
			in.Presumptions = append(in.Presumptions, access.Presumption{Facility: "F" + id(i), Service: "angiography", Source: "x"})
		}
	}
	for i := range towns {
		for k := range 2 {
			j := (i + 1 + k*r.IntN(towns-2)) % towns
			if i == j {
				continue
			}
			a, b := in.Spots[i].Point, in.Spots[j].Point
			var line []place.Point
			for s := range 21 {
				u := float64(s) / 20
				line = append(line, place.Point{Lat: a.Lat + u*(b.Lat-a.Lat) + 0.1*math.Sin(6*u), Lon: a.Lon + u*(b.Lon-a.Lon)})
			}
			in.Links = append(in.Links, access.Link{From: id(i), To: id(j), Km: 1.2 * access.Km(a, b), Main: k == 0, Line: line})
		}
	}
	for i := range villages {
		p := in.Spots[r.IntN(towns)].Point
		in.Spots = append(in.Spots, access.Spot{ID: place.ID(fmt.Sprintf("V%05d", i)), Region: in.Spots[i%towns].Region, Rural: int64(r.IntN(2000)), Estimated: true, Point: place.Point{Lat: p.Lat + r.NormFloat64()/2, Lon: p.Lon + r.NormFloat64()/2}})
	}
	in.Profiles = []access.Profile{{Service: "infarction", Kind: access.Emergency, Capable: []string{"angiography"}, FirstCare: []string{"emergency"}, LimitMinutes: 60, LimitSource: "x"}}
	in.Presumptions = append(in.Presumptions, access.Presumption{FacilityKind: "district_hospital", Service: "emergency", Source: "x"})
	in.Parameters = parameters()
	g, err := access.NewGround(in)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// One more facility never makes a journey longer, and two more answers to the
// same question are the same.
func TestOneMoreNeverWorse(t *testing.T) {
	g := country(t, 60, 500)
	for _, mode := range []access.Mode{access.ByRoad, access.ByBest} {
		before := ask(t, g, access.Question{Presumed: true, Mode: mode, Season: access.Winter})
		after := ask(t, g, access.Question{Presumed: true, Mode: mode, Season: access.Winter, On: []place.ID{"T00007"}, Add: []place.Point{{Lat: 47, Lon: 66}}})
		again := ask(t, g, access.Question{Presumed: true, Mode: mode, Season: access.Winter})
		for i := range before.Rows {
			if after.Rows[i].Stated > before.Rows[i].Stated+1e-9 || after.Rows[i].P50 > before.Rows[i].P50+30 {
				t.Fatalf("%s: %+v, before %+v", mode, after.Rows[i], before.Rows[i])
			}
			if again.Rows[i] != before.Rows[i] {
				t.Fatalf("%+v, the first time %+v", again.Rows[i], before.Rows[i])
			}
		}
		if after.Whole.People != before.Whole.People || after.Whole.Inside < before.Whole.Inside {
			t.Errorf("%s: inside %d, before %d", mode, after.Whole.Inside, before.Whole.Inside)
		}
	}
}

// The curve ends with everybody who has a way inside its end, and the regions
// sum to the whole.
func TestSumsHold(t *testing.T) {
	g := country(t, 60, 500)
	a := ask(t, g, access.Question{Presumed: true})
	var people, inside, within int64
	for _, r := range a.Regions {
		people, inside = people+r.People, inside+r.Inside
	}
	for i, row := range a.Rows {
		if row.P50 <= 360 {
			within += g.Spots()[i].Of()
		}
	}
	if people != a.Whole.People || inside != a.Whole.Inside || within != a.Curve[len(a.Curve)-1].People || a.Curve[12].People != inside {
		t.Errorf("%d %d %d, whole %+v", people, inside, within, a.Whole)
	}
	if a.Whole.Low > a.Whole.High || a.Whole.Surely > a.Whole.Inside {
		t.Errorf("%+v", a.Whole)
	}
}

// A quantile is the same as that of the sorted values.
func TestQuantile(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		x := make([]float64, 1+r.IntN(120))
		for i := range x {
			if x[i] = float64(r.IntN(20)); r.IntN(10) == 0 {
				x[i] = math.Inf(1)
			}
		}
		sorted := slices.Clone(x)
		slices.Sort(sorted)
		for _, u := range []float64{0.1, 0.5, 0.9, 1} {
			if got, want := access.Quantile(x, u), sorted[max(int(math.Ceil(u*float64(len(x))))-1, 0)]; got != want {
				t.Fatalf("%v of %v: %v, want %v", u, sorted, got, want)
			}
		}
	}
}
