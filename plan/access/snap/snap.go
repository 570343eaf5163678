// Package snap finds the place on a road that is nearest to a point: to a
// hospital whose coordinates lie beside the street, or to a village at the end
// of a track that no map draws.
//
// The way from the point to the road is not on the network. It is stated by
// itself, as a straight distance times a detour at a speed off the road, both
// assumptions, and a point too far from every road is named and not moved
// there in silence.
package snap

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/fault"
)

// earth is the mean radius of the earth in metres.
const earth = 6371008.8

// Segment is a straight piece of road, in longitude and latitude.
type Segment struct{ A, B orb.Point }

// Hit is the nearest place on a road.
type Hit struct {
	Segment  int       // its place in the list
	Fraction float64   // of the way from A to B, 0 to 1
	Point    orb.Point // on the segment
	Metres   float64   // straight, over the sphere
}

// Index answers which segment is nearest. It is a packed R-tree (Leutenegger,
// Edgington and Lopez, ICDE 1997): segments are sorted into tiles, so that one
// search looks at a few dozen of millions. It may be asked from several
// goroutines at once.
type Index struct {
	segments []Segment
	order    []int32 // segments as they lie in the leaves
	levels   [][]box // boxes of groups, the leaves first
}

// box is a rectangle in degrees, rounded outward.
type box struct{ west, south, east, north float32 }

// fan is how many boxes or segments a box holds.
const fan = 16

// New returns an index of the segments, which must not change afterwards. It
// returns fault.Invalid for a coordinate that is not one in degrees.
func New(segments []Segment) (*Index, error) {
	x := &Index{segments: segments, order: make([]int32, len(segments))}
	if len(segments) > math.MaxInt32 {
		return nil, fault.New(fault.TooLarge, "snap.New", "segments", "%d segments: at most %d are possible", len(segments), math.MaxInt32)
	}
	for i, s := range segments {
		for _, p := range [2]orb.Point{s.A, s.B} {
			if !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) {
				return nil, fault.New(fault.Invalid, "snap.New", fmt.Sprintf("segment %d", i), "%v is not a longitude and a latitude in degrees", p)
			}
		}
		x.order[i] = int32(i)
	}
	x.tile()
	x.pack()
	return x, nil
}

// tile sorts the segments into columns by longitude, and each column by
// latitude, so that neighbours in the order are neighbours on the map.
func (x *Index) tile() {
	leaves := (len(x.order) + fan - 1) / fan
	column := fan * max(1, int(math.Ceil(math.Sqrt(float64(leaves)))))
	by := func(axis int) func(a, b int32) int {
		return func(a, b int32) int {
			s, t := x.segments[a], x.segments[b]
			switch d := s.A[axis] + s.B[axis] - t.A[axis] - t.B[axis]; {
			case d < 0:
				return -1
			case d > 0:
				return 1
			}
			return int(a) - int(b)
		}
	}
	slices.SortFunc(x.order, by(0))
	for c := range slices.Chunk(x.order, column) {
		slices.SortFunc(c, by(1))
	}
}

// pack builds the boxes from the leaves up to one.
func (x *Index) pack() {
	var level []box
	for leaf := range slices.Chunk(x.order, fan) {
		b := nothing
		for _, i := range leaf {
			s := x.segments[i]
			b = b.with(box{down(min(s.A[0], s.B[0])), down(min(s.A[1], s.B[1])), up(max(s.A[0], s.B[0])), up(max(s.A[1], s.B[1]))})
		}
		level = append(level, b)
	}
	for x.levels = append(x.levels, level); len(level) > 1; x.levels = append(x.levels, level) {
		var above []box
		for group := range slices.Chunk(level, fan) {
			b := nothing
			for _, g := range group {
				b = b.with(g)
			}
			above = append(above, b)
		}
		level = above
	}
}

var nothing = box{float32(math.Inf(1)), float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.Inf(-1))}

func (b box) with(o box) box {
	return box{min(b.west, o.west), min(b.south, o.south), max(b.east, o.east), max(b.north, o.north)}
}

func down(v float64) float32 {
	if f := float32(v); float64(f) <= v {
		return f
	}
	return math.Nextafter32(float32(v), float32(math.Inf(-1)))
}

func up(v float64) float32 {
	if f := float32(v); float64(f) >= v {
		return f
	}
	return math.Nextafter32(float32(v), float32(math.Inf(1)))
}

// plane measures around a point: degrees become metres east and north of it.
// Within 50 km at 50° of latitude it is off by less than 1 %.
type plane struct {
	at     orb.Point
	kx, ky float64
}

func around(p orb.Point) plane {
	ky := earth * math.Pi / 180
	return plane{p, ky * math.Cos(p[1]*math.Pi/180), ky}
}

func (p plane) to(q orb.Point) (x, y float64) {
	return (q[0] - p.at[0]) * p.kx, (q[1] - p.at[1]) * p.ky
}

// toBox returns the squared distance to a box.
func (p plane) toBox(b box) float64 {
	dx := max(0, float64(b.west)-p.at[0], p.at[0]-float64(b.east)) * p.kx
	dy := max(0, float64(b.south)-p.at[1], p.at[1]-float64(b.north)) * p.ky
	return dx*dx + dy*dy
}

// toSegment returns the squared distance and where the foot lies.
func (p plane) toSegment(s Segment) (d2, fraction float64) {
	ax, ay := p.to(s.A)
	bx, by := p.to(s.B)
	dx, dy := bx-ax, by-ay
	if l := dx*dx + dy*dy; l > 0 {
		fraction = max(0, min(1, -(ax*dx+ay*dy)/l))
	}
	x, y := ax+fraction*dx, ay+fraction*dy
	return x*x + y*y, fraction
}

// Nearest returns the place on a road that is nearest to p, and false when
// none is within so many metres. Of segments equally near it takes the first
// of the list. Where use is given, only segments that it accepts count.
func (x *Index) Nearest(p orb.Point, metres float64, use func(segment int) bool) (Hit, bool) {
	at := around(p)
	best, found, part := metres*metres, -1, 0.0
	var visit func(level, i int)
	visit = func(level, i int) {
		if level < 0 {
			for _, s := range x.order[i*fan : min((i+1)*fan, len(x.order))] {
				if d, f := at.toSegment(x.segments[s]); (d < best || d == best && (found < 0 || int(s) < found)) && (use == nil || use(int(s))) {
					best, found, part = d, int(s), f
				}
			}
			return
		}
		// The nearer boxes first.
		type near struct {
			d float64
			i int
		}
		var list [fan]near
		n := 0
		for k := i * fan; k < min((i+1)*fan, len(x.levels[level])); k++ {
			if d := at.toBox(x.levels[level][k]); d <= best {
				list[n] = near{d, k}
				n++
			}
		}
		slices.SortFunc(list[:n], func(a, b near) int {
			switch {
			case a.d < b.d:
				return -1
			case a.d > b.d:
				return 1
			}
			return a.i - b.i
		})
		for _, g := range list[:n] {
			if g.d <= best {
				visit(level-1, g.i)
			}
		}
	}
	if len(x.segments) > 0 {
		visit(len(x.levels)-1, 0)
	}
	if found < 0 {
		return Hit{}, false
	}
	s := x.segments[found]
	h := Hit{Segment: found, Fraction: part, Point: orb.Point{s.A[0] + part*(s.B[0]-s.A[0]), s.A[1] + part*(s.B[1]-s.A[1])}}
	h.Metres = distance(p, h.Point)
	return h, true
}

// distance returns the length of the great circle in metres.
func distance(a, b orb.Point) float64 {
	const rad = math.Pi / 180
	s, t := math.Sin((b[1]-a[1])*rad/2), math.Sin((b[0]-a[0])*rad/2)
	return 2 * earth * math.Asin(min(1, math.Sqrt(s*s+math.Cos(a[1]*rad)*math.Cos(b[1]*rad)*t*t)))
}

// Approach is how one comes from a point to the road. All three are
// assumptions and are shown with what is computed from them.
type Approach struct {
	Kmh    float64 // off the road
	Detour float64 // how much longer the way is than the straight line, at least 1
	Metres float64 // the straight distance beyond which a point has no road
}

// Check refuses what cannot be.
func (a Approach) Check() error {
	switch {
	case !(a.Kmh > 0 && a.Kmh <= 300):
		return fault.New(fault.Invalid, "snap.Approach", "off-road speed", "%v km/h: give a speed above 0 and up to 300", a.Kmh)
	case !(a.Detour >= 1 && a.Detour <= 10):
		return fault.New(fault.Invalid, "snap.Approach", "detour", "%v: a way is 1 to 10 times as long as the straight line", a.Detour)
	case !(a.Metres > 0 && a.Metres <= 1e6):
		return fault.New(fault.Invalid, "snap.Approach", "distance to a road", "%v m: give more than 0 and at most 1,000,000", a.Metres)
	}
	return nil
}

// Seconds returns the time of a straight distance.
func (a Approach) Seconds(metres float64) float64 { return metres * a.Detour * 3.6 / a.Kmh }

// Place is a point with the id under which it is reported.
type Place struct {
	ID    string
	Point orb.Point
}

// Foot is where a place meets the road.
type Foot struct {
	Place
	Hit
	Seconds float64 // off the road
}

// Attach finds the foot of every place. Places without a road within the
// distance are returned apart, in order.
func (x *Index) Attach(places []Place, a Approach, use func(segment int) bool) (feet []Foot, far []Place, err error) {
	if err := a.Check(); err != nil {
		return nil, nil, err
	}
	for _, p := range places {
		if !(math.Abs(p.Point[0]) <= 180 && math.Abs(p.Point[1]) <= 90) {
			return nil, nil, fault.New(fault.Invalid, "snap.Attach", p.ID, "%v is not a longitude and a latitude in degrees", p.Point)
		}
		h, ok := x.Nearest(p.Point, a.Metres, use)
		if !ok {
			far = append(far, p)
			continue
		}
		feet = append(feet, Foot{p, h, a.Seconds(h.Metres)})
	}
	return feet, far, nil
}

// Far is the refusal of places without a road, naming the first of them. It
// returns nil where there are none.
func Far(far []Place, a Approach) error {
	if len(far) == 0 {
		return nil
	}
	const most = 10
	var names []string
	for i, p := range far {
		if i == most {
			names = append(names, "…")
			break
		}
		names = append(names, fmt.Sprintf("%s (%.5f, %.5f)", p.ID, p.Point[0], p.Point[1]))
	}
	return fault.New(fault.Invalid, "snap.Attach", far[0].ID, "%d places have no road within %.0f m: %s; correct the coordinates (longitude first), allow a longer way, or leave them out", len(far), a.Metres, strings.Join(names, ", "))
}
