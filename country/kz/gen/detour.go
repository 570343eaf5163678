package main

import (
	"container/heap"
	"math"
	"slices"
)

const (
	// pieceMetres is the longest piece of a road of which the nearest point alone
	// is looked at.
	pieceMetres = 5_000
	// farMetres is the longest stroke of a way around.
	farMetres = 150_000
	// dryMetres is how much water on a way is an error of rounding.
	dryMetres = 1
)

// detours finds ways over land to the nearest road.
type detours struct {
	ground
	corner []point
	ahead  []float64 // metres from the corner straight to the nearest road: a way is no shorter
	piece  [][2]point
}

func newDetours(g ground, roads [][]point) *detours {
	d := &detours{ground: g, corner: g.corners()}
	for _, line := range roads {
		for i := 0; i+1 < len(line); i++ {
			a, b := line[i], line[i+1]
			steps := max(1, math.Ceil(dist(a, b)/pieceMetres))
			at := func(k float64) point { return point{a.x + k/steps*(b.x-a.x), a.y + k/steps*(b.y-a.y)} }
			for k := range int(steps) {
				d.piece = append(d.piece, [2]point{at(float64(k)), at(float64(k + 1))})
			}
		}
	}
	d.ahead = make([]float64, len(d.corner))
	for i, p := range d.corner {
		d.ahead[i] = math.Inf(1)
		for _, s := range d.piece {
			d.ahead[i] = min(d.ahead[i], dist(p, foot(p, s)))
		}
	}
	return d
}

// foot returns the point of a piece that is nearest to p.
func foot(p point, s [2]point) point {
	x, y := s[1].x-s[0].x, s[1].y-s[0].y
	t := 0.0
	if l := x*x + y*y; l > 0 {
		t = min(1, max(0, ((p.x-s[0].x)*x+(p.y-s[0].y)*y)/l))
	}
	return point{s[0].x + t*x, s[0].y + t*y}
}

// step is a stroke of a way that may be gone, unless it turns out to be wet.
type step struct {
	at     point
	corner int // -1: on a road
	from   *step
	metres float64 // from the beginning
	least  float64 // metres of the whole way, at least
}

type steps []*step

func (s steps) Len() int           { return len(s) }
func (s steps) Less(i, k int) bool { return s[i].least < s[k].least }
func (s steps) Swap(i, k int)      { s[i], s[k] = s[k], s[i] }
func (s *steps) Push(x any)        { *s = append(*s, x.(*step)) }
func (s *steps) Pop() any {
	x := (*s)[len(*s)-1]
	*s = (*s)[:len(*s)-1]
	return x
}

// around returns the shortest way over land from p to a road, without p: A*,
// in which a stroke is looked at when its turn comes. It is nil where no way is.
func (d *detours) around(p point) []point {
	done := make([]bool, len(d.corner))
	open := &steps{}
	spread := func(s *step) {
		for i, q := range d.corner {
			if m := dist(s.at, q); !done[i] && m <= farMetres {
				heap.Push(open, &step{q, i, s, s.metres + m, s.metres + m + d.ahead[i]})
			}
		}
		for _, piece := range d.piece {
			q := foot(s.at, piece)
			if m := dist(s.at, q); m <= farMetres {
				heap.Push(open, &step{q, -1, s, s.metres + m, s.metres + m})
			}
		}
	}
	spread(&step{at: p})
	for open.Len() > 0 {
		s := heap.Pop(open).(*step)
		if (s.corner >= 0 && done[s.corner]) || d.wet(s.from.at, s.at) > 0 {
			continue
		}
		if s.corner < 0 {
			var way []point
			for ; s.from != nil; s = s.from {
				way = append(way, s.at)
			}
			slices.Reverse(way)
			return way
		}
		done[s.corner] = true
		spread(s)
	}
	return nil
}
