package isochrone

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// country invents settlements and links of about the size of Kazakhstan. Times
// are those of a Bellman-Ford over the links from three hospitals.
func country(r *rand.Rand, settlements, links int, lon, lat float64) ([]Node, []Link) {
	nodes := make([]Node, settlements)
	for i := range nodes {
		nodes[i] = Node{orb.Point{50 + lon*r.Float64(), 42 + lat*r.Float64()}, never}
		if i < 3 {
			nodes[i].Seconds = 0
		}
	}
	type pair struct{ a, b int }
	pairs := make([]pair, links)
	out := make([]Link, links)
	for i := range out {
		a := r.IntN(settlements)
		best, b := never, 0
		for range 12 { // one of the nearer ones
			k := r.IntN(settlements)
			if d := math.Hypot(nodes[k].Point[0]-nodes[a].Point[0], nodes[k].Point[1]-nodes[a].Point[1]); k != a && d < best {
				best, b = d, k
			}
		}
		line := orb.LineString{nodes[a].Point}
		for k := 1; k < 8; k++ {
			p := between(nodes[a].Point, nodes[b].Point, float64(k)/8)
			line = append(line, orb.Point{p[0] + best*0.03*r.NormFloat64(), p[1] + best*0.02*r.NormFloat64()})
		}
		pairs[i] = pair{a, b}
		s := best * 80_000 / 20 // about 80 km in a degree, 72 km/h
		out[i] = Link{Line: append(line, nodes[b].Point), Forth: s, Back: s}
	}
	for range settlements {
		for i, p := range pairs {
			nodes[p.b].Seconds = min(nodes[p.b].Seconds, nodes[p.a].Seconds+out[i].Forth)
			nodes[p.a].Seconds = min(nodes[p.a].Seconds, nodes[p.b].Seconds+out[i].Back)
		}
	}
	for i, p := range pairs {
		out[i].From, out[i].To = nodes[p.a].Seconds, nodes[p.b].Seconds
	}
	return nodes, out
}

func TestFieldAgainstEveryPiece(t *testing.T) {
	// The field that is spread from neighbour to neighbour, against the least
	// over all pieces at every grid point.
	r := rand.New(rand.NewPCG(7, 3))
	for _, speed := range []float64{5, 20, 45} {
		nodes, links := country(r, 30, 40, 4, 3)
		const last = 7200
		reached, err := Network{Nodes: nodes, Links: links}.reach(last)
		if err != nil {
			t.Fatal(err)
		}
		o, _ := Options{OffRoad: speed, Stroke: -1, Cell: 2000}.complete()
		f, err := newField(reached, last, o)
		if err != nil {
			t.Fatal(err)
		}
		f.seed()
		f.sweep()
		wrong, worst, all := 0, 0.0, 0
		for i := range f.time {
			x, y := f.x0+float64(i%f.w)*f.cell, f.y0+float64(i/f.w)*f.cell
			want := never
			for k := range f.pieces {
				want = min(want, f.pieces[k].at(x, y, f.slowness))
			}
			if want > last {
				continue
			}
			all++
			if d := f.time[i] - want; d < -1e-9 {
				t.Fatalf("a time is too short by %v s", -d)
			} else if d > 1e-9 {
				wrong++
				worst = max(worst, d)
			}
		}
		// At a corner between three pieces a point may not see the best one
		// among its neighbours.
		if cell := f.slowness * f.cell; wrong*200 > all || worst > cell/10 {
			t.Errorf("%v km/h: %d of %d points late, at most by %.1f s; a cell takes %.0f s", speed, wrong, all, worst, cell)
		}
	}
}

func TestAreasAreValidAndNested(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		nodes, links := country(r, rapid.IntRange(3, 40).Draw(t, "settlements"), rapid.IntRange(1, 60).Draw(t, "links"), 6, 4)
		o := Options{
			OffRoad:   rapid.SampledFrom([]float64{3, 5, 20, 60}).Draw(t, "speed"),
			Cell:      rapid.SampledFrom([]float64{3000, 7000}).Draw(t, "cell"),
			Tolerance: rapid.SampledFrom([]float64{0, -1, 4000, 20_000}).Draw(t, "tolerance"),
			Stroke:    rapid.SampledFrom([]float64{0, -1}).Draw(t, "stroke"),
		}
		if rapid.Bool().Draw(t, "cut") {
			o.Within = orb.MultiPolygon{{{{51, 42.5}, {54, 43}, {55, 45}, {51, 42.5}}}}
		}
		limits := []float64{1800, 3600, 3660, 7200}
		bands, err := Bands(nodes, links, limits, o)
		if err != nil {
			t.Fatal(err)
		}
		for i, b := range bands {
			if msg := invalid(b.Area); msg != "" {
				t.Fatalf("band %v: %s", b.Seconds, msg)
			}
			if i > 0 {
				for _, polygon := range bands[i-1].Area {
					for _, ring := range polygon {
						for k := 1; k < len(ring); k++ {
							m := between(ring[k-1], ring[k], 0.5)
							if !inside(b.Area, m) && toEdge(b.Area, m) > 1e-5 {
								t.Fatalf("%v lies in %v s and not in %v s", m, bands[i-1].Seconds, b.Seconds)
							}
						}
					}
				}
			}
		}
	})
}

// invalid says what is wrong with an area, trying every pair of lines.
func invalid(m orb.MultiPolygon) string {
	type line struct {
		a, b    orb.Point
		ring, i int
		n       int
	}
	var lines []line
	rings := 0
	for _, polygon := range m {
		for k, ring := range polygon {
			if (ring.Orientation() == orb.CCW) != (k == 0) {
				return "a ring turns the wrong way"
			}
			if k > 0 && !inside(orb.MultiPolygon{{polygon[0]}}, ring[0]) {
				return "a hole lies outside of its ring"
			}
			for i := 1; i < len(ring); i++ {
				lines = append(lines, line{ring[i-1], ring[i], rings, i - 1, len(ring) - 1})
			}
			rings++
		}
	}
	for i, s := range lines {
		for _, o := range lines[:i] {
			if s.ring == o.ring && (s.i-o.i <= 1 || s.i-o.i == s.n-1) {
				continue
			}
			boxes := [2]orb.Bound{orb.MultiPoint{s.a, s.b}.Bound(), orb.MultiPoint{o.a, o.b}.Bound()}
			if turn(s.a, s.b, o.a)*turn(s.a, s.b, o.b) <= 0 && turn(o.a, o.b, s.a)*turn(o.a, o.b, s.b) <= 0 && boxes[0].Intersects(boxes[1]) {
				return fmt.Sprintf("two lines meet: %v %v", s, o)
			}
		}
	}
	return ""
}

// toEdge returns the distance in degrees from p to the nearest line.
func toEdge(m orb.MultiPolygon, p orb.Point) float64 {
	best := never
	for _, polygon := range m {
		for _, r := range polygon {
			for i := 1; i < len(r); i++ {
				best = min(best, distance(p, r[i-1], r[i]))
			}
		}
	}
	return best
}

func TestToleranceIsKept(t *testing.T) {
	nodes, links := country(rand.New(rand.NewPCG(2, 2)), 40, 60, 6, 4)
	exact, err := Bands(nodes, links, []float64{3600}, Options{OffRoad: 20, Cell: 3000, Tolerance: -1})
	if err != nil {
		t.Fatal(err)
	}
	drawn, err := Bands(nodes, links, []float64{3600}, Options{OffRoad: 20, Cell: 3000, Tolerance: 1500})
	if err != nil {
		t.Fatal(err)
	}
	count := func(m orb.MultiPolygon) (n int) {
		for _, p := range m {
			for _, r := range p {
				n += len(r)
				for _, q := range r {
					if d := toEdge(drawn[0].Area, q); d*cosine(q)*111_195 > 1600 && d*111_195 > 2600 {
						t.Fatalf("%v is %.4f degrees from the drawn line", q, d)
					}
				}
			}
		}
		return n
	}
	if e, d := count(exact[0].Area), count(drawn[0].Area); d*3 > e {
		t.Errorf("%d points of %d are drawn", d, e)
	}
}

func cosine(p orb.Point) float64 { return math.Cos(p[1] * math.Pi / 180) }

func BenchmarkCountry(b *testing.B) {
	nodes, links := country(rand.New(rand.NewPCG(5, 5)), 232, 249, 36, 12)
	for _, speed := range []float64{5, 20} {
		b.Run(map[float64]string{5: "walk", 20: "track"}[speed], func(b *testing.B) {
			for range b.N {
				if _, err := Bands(nodes, links, []float64{1800, 3600, 7200}, Options{OffRoad: speed}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
