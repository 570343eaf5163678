// Package roadlike makes networks that look like roads, for tests and
// measurements: streets on a bent grid of which a part is missing, faster
// roads among them, a few one-way streets. Nothing in it is a real place.
package roadlike

import (
	"math"
	"math/rand/v2"

	"github.com/shanyraq/shanyraq/internal/graph"
)

// Network is an invented network. The point of node i is X[i], Y[i], in metres.
type Network struct {
	Nodes int
	Arcs  graph.Arcs
	X, Y  []float64
}

// Shape says what to make.
type Shape struct {
	Nodes int
	// ArcsPerNode is about how many arcs there are for a node: road networks
	// have 2.4 to 2.7. At most 4; 0 counts as 2.6.
	ArcsPerNode float64
	// Decimals of the times in seconds: 3 unless given, beyond 15 the times
	// are not rounded.
	Decimals int
	Seed     uint64
	// Shuffled numbers the nodes at random; else row by row.
	Shuffled bool
}

// spacing is the mean distance of neighbours, in metres.
const spacing = 250

// Make returns a network of about the shape: the grid is as square as may be
// and has exactly the nodes that were asked for.
func Make(s Shape) Network {
	if s.ArcsPerNode == 0 {
		s.ArcsPerNode = 2.6
	}
	if s.Decimals == 0 {
		s.Decimals = 3
	}
	rnd := rand.New(rand.NewPCG(s.Seed, 2600))
	n := Network{Nodes: s.Nodes, X: make([]float64, s.Nodes), Y: make([]float64, s.Nodes)}
	name := make([]uint32, s.Nodes)
	for i := range name {
		name[i] = uint32(i)
	}
	if s.Shuffled {
		rnd.Shuffle(s.Nodes, func(i, j int) { name[i], name[j] = name[j], name[i] })
	}
	wide := max(1, int(math.Sqrt(float64(s.Nodes))))
	for i := range s.Nodes {
		n.X[name[i]] = spacing * (float64(i%wide) + 0.8*rnd.Float64())
		n.Y[name[i]] = spacing * (float64(i/wide) + 0.8*rnd.Float64())
	}
	keep := s.ArcsPerNode / 4
	join := func(a, b, line int) {
		speed := speedOf(line)
		if speed < 14 && rnd.Float64() > keep*1.0 { // fast roads have no gaps
			return
		}
		u, v := name[a], name[b]
		length := math.Hypot(n.X[u]-n.X[v], n.Y[u]-n.Y[v]) * (1 + 0.3*rnd.Float64())
		t := round(length/speed, s.Decimals)
		way := rnd.Float64()
		if way > 0.03 {
			n.Arcs.Add(u, v, t)
		}
		if way < 0.97 {
			n.Arcs.Add(v, u, t)
		}
	}
	for i := range s.Nodes {
		if (i+1)%wide != 0 && i+1 < s.Nodes {
			join(i, i+1, i/wide)
		}
		if i+wide < s.Nodes {
			join(i, i+wide, i%wide)
		}
	}
	return n
}

// speedOf returns metres a second on a line of the grid: every 64th is a
// motorway, every 16th a main road.
func speedOf(line int) float64 {
	switch {
	case line%64 == 32:
		return 30
	case line%16 == 8:
		return 20
	case line%4 == 2:
		return 12
	}
	return 8
}

func round(x float64, decimals int) float64 {
	if decimals > 15 {
		return x
	}
	p := math.Pow(10, float64(decimals))
	return math.Round(x*p) / p
}
