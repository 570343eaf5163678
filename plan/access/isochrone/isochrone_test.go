package isochrone

import (
	"bytes"
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/fault"
)

var never = math.Inf(1)

// metre is a metre along the equator or a meridian, in degrees.
const metre = 180 / (math.Pi * earth)

// road is a straight road along the equator, from west to east in kilometres,
// at 60 km/h.
func road(west, east, from, to float64) Link {
	s := (east - west) * 60
	return Link{Line: orb.LineString{{west * 1000 * metre, 0}, {east * 1000 * metre, 0}}, From: from, To: to, Forth: s, Back: s}
}

func TestRoadOfSixtyKilometres(t *testing.T) {
	// A hospital in the middle of a straight road of 120 km at 60 km/h; people
	// walk to the road at 5 km/h. In 30 minutes one comes 30 km along the road
	// and 2.5 km straight over the ground. Between them the edge is a straight
	// line: beside the road a metre costs sqrt(0.72² - 0.06²) seconds when one
	// meets the road at the best angle, 0.7175 s, so at 10 km of road, with 20
	// minutes left, it is 1,672 m away.
	links := []Link{road(-60, 0, never, 0), road(0, 60, 0, never)}
	bands, err := Bands([]Node{{orb.Point{}, 0}}, links, []float64{1800}, Options{OffRoad: 5, Cell: 200, Tolerance: -1})
	if err != nil {
		t.Fatal(err)
	}
	if len(bands[0].Area) != 1 || len(bands[0].Area[0]) != 1 {
		t.Fatalf("%d polygons, want one without a hole", len(bands[0].Area))
	}
	for _, tc := range []struct {
		x, y float64 // metres
		in   bool
	}{
		{29_900, 0, true}, {30_200, 0, false}, {-29_900, 0, true}, {-30_200, 0, false},
		{0, 2_480, true}, {0, 2_520, false}, {0, -2_480, true}, {0, -2_520, false},
		{10_000, 1_660, true}, {10_000, 1_685, false}, {-10_000, -1_660, true}, {-10_000, -1_685, false},
		{20_000, 825, true}, {20_000, 850, false},
	} {
		if got := inside(bands[0].Area, orb.Point{tc.x * metre, tc.y * metre}); got != tc.in {
			t.Errorf("%v m east, %v m north of the hospital: inside %v, want %v", tc.x, tc.y, got, tc.in)
		}
	}
}

func TestLimitIsInclusive(t *testing.T) {
	// The village lies exactly 60 minutes away, so 60 minutes show it and 59
	// minutes and 59 seconds do not.
	for _, tc := range []struct {
		limit float64
		want  int
	}{{3600, 1}, {3599, 0}} {
		bands, err := Bands([]Node{{orb.Point{71, 51}, 3600}}, nil, []float64{tc.limit}, Options{OffRoad: 5, Cell: 100})
		if err != nil {
			t.Fatal(err)
		}
		if got := len(bands[0].Area); got != tc.want {
			t.Errorf("within %v s: %d areas, want %d", tc.limit, got, tc.want)
		}
	}
}

func TestLinkReachedFromBothEnds(t *testing.T) {
	// Two hospitals 90 km apart. Within 30 minutes each serves 30 km of the
	// road, and the 30 km between stay out; within 45 minutes all is served.
	l := road(0, 90, 0, 0)
	bands, err := Bands(nil, []Link{l}, []float64{2700, 1800}, Options{OffRoad: 5, Cell: 200})
	if err != nil {
		t.Fatal(err)
	}
	if bands[0].Seconds != 1800 || len(bands[0].Area) != 2 || len(bands[1].Area) != 1 {
		t.Errorf("%v s: %d areas; %v s: %d; want 2 and 1", bands[0].Seconds, len(bands[0].Area), bands[1].Seconds, len(bands[1].Area))
	}
	if p := (orb.Point{44_900 * metre, 0}); inside(bands[0].Area, p) || !inside(bands[1].Area, p) {
		t.Error("the middle is reached in 45 minutes and not in 30")
	}
	l.Forth = never // from the east only
	bands, err = Bands(nil, []Link{l}, []float64{1800}, Options{OffRoad: 5, Cell: 200})
	if err != nil {
		t.Fatal(err)
	}
	if inside(bands[0].Area, orb.Point{20_000 * metre, 0}) || !inside(bands[0].Area, orb.Point{70_000 * metre, 0}) {
		t.Error("a link that may be driven from the east only is served from the east only")
	}
}

func TestLegs(t *testing.T) {
	// The same 30 km as a leg of an hour over 60 km, given backwards.
	n := Network{Legs: []Leg{{A: orb.Point{60_000 * metre, 0}, B: orb.Point{}, AtA: 3600, AtB: 0}, {A: orb.Point{1, 1}, B: orb.Point{1, 2}, AtA: never, AtB: never}}}
	bands, err := n.Bands([]float64{1800}, Options{OffRoad: 5, Cell: 200})
	if err != nil {
		t.Fatal(err)
	}
	if e := bands[0].Area.Bound().Max[0] / metre; math.Abs(e-30_000) > 150 { // the stroke is 120 m
		t.Errorf("it reaches %.0f m east, want 30,000", e)
	}
}

func TestHoleIsKept(t *testing.T) {
	// A ring road of 40 x 40 km that is driven in no time: the middle, 20 km
	// from every side, is not reached on foot within an hour (5 km).
	a, b := 0.0, 40_000*metre
	ring := orb.LineString{{a, a}, {b, a}, {b, b}, {a, b}, {a, a}}
	bands, err := Bands(nil, []Link{{Line: ring, Forth: 1, Back: 1}}, []float64{3600}, Options{OffRoad: 5})
	if err != nil {
		t.Fatal(err)
	}
	if len(bands[0].Area) != 1 || len(bands[0].Area[0]) != 2 {
		t.Fatalf("%d polygons with %d rings, want one with a hole", len(bands[0].Area), len(bands[0].Area[0]))
	}
	hole := bands[0].Area[0][1].Bound()
	if w := (hole.Max[0] - hole.Min[0]) / metre; math.Abs(w-30_000) > 150 {
		t.Errorf("the hole is %.0f m wide, want 30,000", w)
	}
	outer := bands[0].Area[0][0]
	if outer.Orientation() != orb.CCW || bands[0].Area[0][1].Orientation() != orb.CW {
		t.Error("outer rings are counterclockwise and holes clockwise")
	}
}

func TestThinRoadStaysOne(t *testing.T) {
	// 1 km/h beside the road and cells of 2 km: the strip is far thinner than
	// a cell, and yet the road is one line on the map.
	l := Link{Line: orb.LineString{{70, 50}, {71.3, 50.7}, {71.1, 51.4}}, From: 0, To: never, Forth: 3000, Back: 3000}
	bands, err := Bands(nil, []Link{l}, []float64{3600}, Options{OffRoad: 1, Cell: 2000})
	if err != nil {
		t.Fatal(err)
	}
	if len(bands[0].Area) != 1 {
		t.Errorf("%d pieces, want one", len(bands[0].Area))
	}
}

func TestCutAtOutline(t *testing.T) {
	// A disc of 50 km, cut at a border through its middle.
	half := orb.MultiPolygon{{{{0, -5}, {5, -5}, {5, 5}, {0, 5}, {0, -5}}}}
	bands, err := Bands([]Node{{orb.Point{}, 0}}, nil, []float64{3600}, Options{OffRoad: 50, Cell: 500, Within: half})
	if err != nil {
		t.Fatal(err)
	}
	b := bands[0].Area.Bound()
	if w, e := b.Min[0]/metre, b.Max[0]/metre; math.Abs(w) > 150 || math.Abs(e-50_000) > 150 {
		t.Errorf("from %.0f to %.0f m, want 0 to 50,000", w, e)
	}
}

func TestRefusals(t *testing.T) {
	node := []Node{{orb.Point{71, 51}, 0}}
	good := Options{OffRoad: 5}
	for name, tc := range map[string]struct {
		nodes  []Node
		links  []Link
		limits []float64
		o      Options
		kind   fault.Kind
	}{
		"no limit":           {node, nil, nil, good, fault.Invalid},
		"a limit of nothing": {node, nil, []float64{0}, good, fault.Invalid},
		"the same limit":     {node, nil, []float64{60, 60}, good, fault.Invalid},
		"no speed":           {node, nil, []float64{60}, Options{}, fault.Invalid},
		"a shorter detour":   {node, nil, []float64{60}, Options{OffRoad: 5, Detour: 0.5}, fault.Invalid},
		"a tiny cell":        {node, nil, []float64{60}, Options{OffRoad: 5, Cell: 0.1}, fault.Invalid},
		"too many cells":     {[]Node{{orb.Point{71, 51}, 0}, {orb.Point{81, 51}, 0}, {orb.Point{71, 45}, 0}}, nil, []float64{60}, Options{OffRoad: 5, Cell: 10}, fault.TooLarge},
		"metres":             {[]Node{{orb.Point{7_000_000, 51}, 0}}, nil, []float64{60}, good, fault.Invalid},
		"not a number":       {[]Node{{orb.Point{71, 51}, math.NaN()}}, nil, []float64{60}, good, fault.Invalid},
		"one point":          {node, []Link{{Line: orb.LineString{{1, 1}}}}, []float64{60}, good, fault.Invalid},
		"a negative time":    {node, []Link{{Line: orb.LineString{{1, 1}, {2, 2}}, Forth: -1}}, []float64{60}, good, fault.Invalid},
		"over the date line": {[]Node{{orb.Point{179, 51}, 0}, {orb.Point{-179, 51}, 0}}, nil, []float64{60}, good, fault.Invalid},
		"half the world":     {[]Node{{orb.Point{0, 0}, 0}, {orb.Point{120, 0}, 0}}, nil, []float64{60}, good, fault.TooLarge},
	} {
		if _, err := Bands(tc.nodes, tc.links, tc.limits, tc.o); !fault.Is(err, tc.kind) {
			t.Errorf("%s: %v, want %s", name, err, tc.kind)
		}
	}
	bands, err := Bands([]Node{{orb.Point{71, 51}, never}}, nil, []float64{60}, good)
	if err != nil || len(bands) != 1 || len(bands[0].Area) != 0 {
		t.Errorf("nothing reached: %v, %v; want an empty band", bands, err)
	}
}

func TestPlane(t *testing.T) {
	p := newPlane(orb.Point{67, 48.5})
	r := rand.New(rand.NewPCG(1, 1))
	for range 1000 {
		q := orb.Point{47 + 40*r.Float64(), 40 + 16*r.Float64()}
		if back := p.from(p.to(q)); math.Abs(back[0]-q[0]) > 1e-10 || math.Abs(back[1]-q[1]) > 1e-10 {
			t.Fatalf("%v comes back as %v", q, back)
		}
	}
	// A degree by a degree at the far corner of Kazakhstan has its true area.
	area := 0.0
	corners := [5]orb.Point{{86, 49}, {87, 49}, {87, 50}, {86, 50}, {86, 49}}
	const parts = 200
	for i := range 4 {
		for k := range parts {
			a, b := between(corners[i], corners[i+1], float64(k)/parts), between(corners[i], corners[i+1], float64(k+1)/parts)
			ax, ay := p.to(a)
			bx, by := p.to(b)
			area += (ax*by - bx*ay) / 2
		}
	}
	want := earth * earth * math.Pi / 180 * (math.Sin(50*math.Pi/180) - math.Sin(49*math.Pi/180))
	if math.Abs(area/want-1) > 1e-6 {
		t.Errorf("area %.0f m², want %.0f", area, want)
	}
}

func TestGeoJSON(t *testing.T) {
	bands, err := Bands([]Node{{orb.Point{71, 51}, 0}}, nil, []float64{900, 1800, 5}, Options{OffRoad: 5, Cell: 100, Stroke: -1})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := WriteGeoJSON(&out, bands); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Type     string
		Features []struct {
			Properties struct{ Minutes float64 }
			Geometry   *struct {
				Type        string
				Coordinates [][][][2]float64
			}
		}
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Features) != 3 || got.Features[0].Properties.Minutes != 30 || got.Features[1].Geometry.Type != "MultiPolygon" {
		t.Errorf("%s", out.Bytes())
	}
	for _, f := range got.Features[:2] {
		for _, p := range f.Geometry.Coordinates {
			for _, r := range p {
				if len(r) < 4 || r[0] != r[len(r)-1] {
					t.Errorf("a ring of %d points, or not closed", len(r))
				}
			}
		}
	}
}

// inside reports whether p lies in the area.
func inside(m orb.MultiPolygon, p orb.Point) bool {
	odd := false
	for _, polygon := range m {
		for _, r := range polygon {
			for i := 1; i < len(r); i++ {
				a, b := r[i-1], r[i]
				if (a[1] > p[1]) != (b[1] > p[1]) && p[0] < a[0]+(b[0]-a[0])*(p[1]-a[1])/(b[1]-a[1]) {
					odd = !odd
				}
			}
		}
	}
	return odd
}
