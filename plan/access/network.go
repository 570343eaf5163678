package access

import (
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/place"
)

// class is the sort of a stretch of way.
type class uint8

const (
	mainRoad class = iota
	otherRoad
	offRoad
	classes
)

// Way is a length in kilometres by class: what minutes are made of.
type Way [classes]float64

// Km returns the whole length.
func (w Way) Km() float64 { return w[mainRoad] + w[otherRoad] + w[offRoad] }

// Main, Other and OffRoad return the kilometres of one class. Those off the road
// are straight: the detour is a parameter.
func (w Way) Main() float64    { return w[mainRoad] }
func (w Way) Other() float64   { return w[otherRoad] }
func (w Way) OffRoad() float64 { return w[offRoad] }

// pace is minutes for a kilometre of each class.
type pace [classes]float64

func (p pace) minutes(w *Way) float64 {
	return w[mainRoad]*p[mainRoad] + w[otherRoad]*p[otherRoad] + w[offRoad]*p[offRoad]
}

// network is the graph: the nodes 0 to len(spots)-1 are the spots, the further
// ones points of a road where a spot joins it. All arcs go both ways.
type network struct {
	first []int32 // of node i the arcs first[i] to first[i+1]
	head  []int32
	km    []float64
	class []class
	at    []place.Point
	roads []stretch // pieces of links between nodes, for joining further points
	boxes []box
}

// stretch is a link with the nodes on it, in order, and where each stands in
// kilometres from the beginning.
type stretch struct {
	line  []place.Point
	along []float64 // of each point of the line, in km of the link
	class class
	node  []int32
	km    []float64 // of each node
}

type box struct{ south, west, north, east float64 }

// joint is where a point off the road joins a link.
type joint struct {
	link  int
	along float64 // km from the beginning of the link
	off   float64 // km straight
	at    place.Point
}

// maxCrossKm is how far a point is joined straight to its nearest main
// settlement besides the nearest road.
const maxCrossKm = 60

// MaxJoinOffKm is how far from a road a way that is given may end: outlines of
// roads are simplified.
const MaxJoinOffKm = 1.0

// Joins returns for every spot the ways off the road by which a Ground joins it
// to the network, each from the spot on: two points where it is straight. A spot
// at which a link ends has none. It is for who looks whether they can be gone,
// and returns the errors of NewGround.
func Joins(spots []Spot, links []Link) ([][][]place.Point, error) {
	index := make(map[place.ID]int32, len(spots))
	for i, s := range spots {
		index[s.ID] = int32(i)
	}
	n, arcs, err := layNetwork(spots, links, index)
	if err != nil {
		return nil, err
	}
	out := make([][][]place.Point, len(spots))
	for _, a := range arcs {
		line := append([]place.Point{spots[a.from].Point}, spots[a.from].Join...)
		out[a.from] = append(out[a.from], append(line, n.at[a.to]))
	}
	return out, nil
}

func newNetwork(spots []Spot, links []Link, index map[place.ID]int32) (*network, error) {
	n, arcs, err := layNetwork(spots, links, index)
	if err != nil {
		return nil, err
	}
	for i := range n.roads {
		s := &n.roads[i]
		s.sortNodes()
		for k := 0; k+1 < len(s.node); k++ {
			arcs = append(arcs, arc{s.node[k], s.node[k+1], s.km[k+1] - s.km[k], s.class})
		}
	}
	n.pack(arcs)
	return n, nil
}

// layNetwork lays the roads out and returns the arcs off the road, each from a
// spot.
func layNetwork(spots []Spot, links []Link, index map[place.ID]int32) (*network, []arc, error) {
	n := &network{}
	for _, s := range spots {
		n.at = append(n.at, s.Point)
	}
	for _, l := range links {
		a, okA := index[l.From]
		b, okB := index[l.To]
		if !okA || !okB || a == b {
			return nil, nil, fault.New(fault.Invalid, "access.NewGround", string(l.From)+"/"+string(l.To), "a road link joins two different known places")
		}
		if !(l.Km > 0) || math.IsInf(l.Km, 0) {
			return nil, nil, fault.New(fault.Invalid, "access.NewGround", string(l.From)+"/"+string(l.To), "a road link has a length above zero, in kilometres")
		}
		n.roads = append(n.roads, newStretch(l, spots[a].Point, spots[b].Point, a, b))
	}
	for i := range n.roads {
		n.boxes = append(n.boxes, around(n.roads[i].line))
	}
	arcs, err := n.join(spots, links)
	return n, arcs, err
}

type arc struct {
	from, to int32
	km       float64
	class    class
}

// join ties every spot that no link ends at to the nearest road and to the
// nearest main settlement, straight, or by the way that is given for it.
func (n *network) join(spots []Spot, links []Link) ([]arc, error) {
	var arcs []arc
	linked := map[place.ID]bool{}
	for _, l := range links {
		linked[l.From], linked[l.To] = true, true
	}
	var mains []int32
	for i, s := range spots {
		if s.Main {
			mains = append(mains, int32(i))
		}
	}
	for i, s := range spots {
		if linked[s.ID] {
			continue
		}
		if len(s.Join) > 0 {
			j, found := n.nearestRoad(s.Join[len(s.Join)-1])
			if !found || j.off > MaxJoinOffKm {
				return nil, fault.New(fault.Invalid, "access.NewGround", string(s.ID), "the way that joins it must end on a road; the end is more than %v km from any", MaxJoinOffKm)
			}
			arcs = append(arcs, arc{int32(i), n.meet(j), s.joinKm() + j.off, offRoad})
			continue
		}
		j, found := n.nearestRoad(s.Point)
		if found {
			arcs = append(arcs, arc{int32(i), n.meet(j), j.off, offRoad})
		}
		best, km := int32(-1), math.Inf(1)
		for _, m := range mains {
			if m == int32(i) {
				continue
			}
			if d := Km(s.Point, spots[m].Point); d < km {
				best, km = m, d
			}
		}
		if best >= 0 && (!found || km <= maxCrossKm) {
			arcs = append(arcs, arc{int32(i), best, km, offRoad})
		}
	}
	return arcs, nil
}

// meet puts a node on the road where the joint is.
func (n *network) meet(j joint) int32 {
	node := int32(len(n.at))
	n.at = append(n.at, j.at)
	road := &n.roads[j.link]
	road.node, road.km = append(road.node, node), append(road.km, j.along)
	return node
}

// joinKm is the length of the way given.
func (s Spot) joinKm() float64 {
	km, at := 0.0, s.Point
	for _, p := range s.Join {
		km += Km(at, p)
		at = p
	}
	return km
}

func newStretch(l Link, from, to place.Point, a, b int32) stretch {
	line := l.Line
	if len(line) < 2 {
		line = []place.Point{from, to}
	}
	s := stretch{line: line, class: otherRoad, node: []int32{a, b}, km: []float64{0, l.Km}}
	if l.Main {
		s.class = mainRoad
	}
	s.along = make([]float64, len(line))
	for i := 1; i < len(line); i++ {
		s.along[i] = s.along[i-1] + Km(line[i-1], line[i])
	}
	if whole := s.along[len(line)-1]; whole > 0 {
		for i := range s.along {
			s.along[i] *= l.Km / whole
		}
	}
	return s
}

// sortNodes orders the nodes of the stretch along it.
func (s *stretch) sortNodes() {
	order := make([]int, len(s.node))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case s.km[a] < s.km[b]:
			return -1
		case s.km[a] > s.km[b]:
			return 1
		}
		return 0
	})
	node, km := make([]int32, len(order)), make([]float64, len(order))
	for i, k := range order {
		node[i], km[i] = s.node[k], s.km[k]
	}
	s.node, s.km = node, km
}

func around(line []place.Point) box {
	b := box{math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)}
	for _, p := range line {
		b.south, b.north = math.Min(b.south, p.Lat), math.Max(b.north, p.Lat)
		b.west, b.east = math.Min(b.west, p.Lon), math.Max(b.east, p.Lon)
	}
	return b
}

// nearestRoad returns the nearest point of a link. Distances are taken in a
// plane that touches at p: within 100 km it errs by less than 0.1 % at the
// latitudes where people live.
func (n *network) nearestRoad(p place.Point) (joint, bool) {
	const kmPerDegree = earthKm * math.Pi / 180
	kx := kmPerDegree * math.Cos(p.Lat*math.Pi/180)
	best := joint{link: -1, off: math.Inf(1)}
	for i := range n.roads {
		b := n.boxes[i]
		dx := math.Max(0, math.Max(b.west-p.Lon, p.Lon-b.east)) * kx
		dy := math.Max(0, math.Max(b.south-p.Lat, p.Lat-b.north)) * kmPerDegree
		if dx*dx+dy*dy >= best.off*best.off {
			continue
		}
		s := &n.roads[i]
		for k := 0; k+1 < len(s.line); k++ {
			ax, ay := (s.line[k].Lon-p.Lon)*kx, (s.line[k].Lat-p.Lat)*kmPerDegree
			bx, by := (s.line[k+1].Lon-p.Lon)*kx, (s.line[k+1].Lat-p.Lat)*kmPerDegree
			ux, uy := bx-ax, by-ay
			t := 0.0
			if q := ux*ux + uy*uy; q > 0 {
				t = math.Max(0, math.Min(1, -(ax*ux+ay*uy)/q))
			}
			if d := math.Hypot(ax+t*ux, ay+t*uy); d < best.off {
				best = joint{link: i, along: s.along[k] + t*(s.along[k+1]-s.along[k]), off: d,
					at: place.Point{Lat: s.line[k].Lat + t*(s.line[k+1].Lat-s.line[k].Lat), Lon: s.line[k].Lon + t*(s.line[k+1].Lon-s.line[k].Lon)}}
			}
		}
	}
	return best, best.link >= 0
}

// OffRoad returns for each point how far the nearest of the roads is, in
// kilometres straight; infinity where there is none.
func OffRoad(points []place.Point, roads [][]place.Point) []float64 {
	out := make([]float64, len(points))
	if len(points) == 0 {
		return out
	}
	n := &network{}
	for _, line := range roads {
		n.roads, n.boxes = append(n.roads, stretch{line: line, along: make([]float64, len(line))}), append(n.boxes, around(line))
	}
	for i, p := range points {
		j, _ := n.nearestRoad(p)
		out[i] = j.off
	}
	return out
}

// pack lays the arcs out by node, both ways.
func (n *network) pack(arcs []arc) {
	n.first = make([]int32, len(n.at)+1)
	for _, a := range arcs {
		n.first[a.from+1]++
		n.first[a.to+1]++
	}
	for i := 0; i < len(n.at); i++ {
		n.first[i+1] += n.first[i]
	}
	n.head, n.km, n.class = make([]int32, 2*len(arcs)), make([]float64, 2*len(arcs)), make([]class, 2*len(arcs))
	next := slices.Clone(n.first[:len(n.at)])
	put := func(from, to int32, km float64, c class) {
		k := next[from]
		next[from]++
		n.head[k], n.km[k], n.class[k] = to, km, c
	}
	for _, a := range arcs {
		put(a.from, a.to, a.km, a.class)
		put(a.to, a.from, a.km, a.class)
	}
}

// start is a node from which a search begins, after some way already made.
type start struct {
	node int32
	way  Way
	tag  int32 // which source it belongs to
}

// starts returns where a search from a point off the network begins: on the two
// nodes of the nearest road either side of it, at the nearest main settlement
// and at every spot within reachKm straight.
func (n *network) starts(p place.Point, spots []Spot, tag int32) []start {
	const reachKm = 15
	var out []start
	if j, ok := n.nearestRoad(p); ok {
		s := &n.roads[j.link]
		at, _ := slices.BinarySearch(s.km, j.along)
		for _, k := range []int{at - 1, at} {
			if k < 0 || k >= len(s.node) {
				continue
			}
			var w Way
			w[offRoad] = j.off
			w[s.class] += math.Abs(s.km[k] - j.along)
			out = append(out, start{s.node[k], w, tag})
		}
	}
	nearest, km := int32(-1), math.Inf(1)
	for i, s := range spots {
		d := Km(p, s.Point)
		if s.Main && d < km {
			nearest, km = int32(i), d
		}
		if d <= reachKm {
			out = append(out, start{int32(i), Way{offRoad: d}, tag})
		}
	}
	if nearest >= 0 && (km <= maxCrossKm || len(out) == 0) {
		out = append(out, start{nearest, Way{offRoad: km}, tag})
	}
	return out
}
