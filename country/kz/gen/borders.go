package main

import (
	"math"
	"sort"
)

// arc is a border between two units, or between one and the outside (""), with
// left and right as seen along the line. Its ends are nodes where more than two
// borders meet; a closed arc begins and ends in one node.
type arc struct {
	from, to    int
	line        []point // longitude and latitude in degrees
	left, right string
}

// edge is a piece of a border between two nodes.
type edge struct {
	from, to    int
	left, right string
}

// graph collects edges and the places of their nodes, in metres.
type graph struct {
	nodes []point
	edges []edge
}

func (g *graph) node(p point) int {
	g.nodes = append(g.nodes, p)
	return len(g.nodes) - 1
}

// cut is where a border crosses the outline.
type cut struct {
	along float64 // share of the way along the piece that is cut
	node  int
}

// bordersOf returns the borders between districts inside the outline, and the
// outline itself cut where they meet it.
func bordersOf(sites []site, outline [][]point) []arc {
	mesh := triangulate(points(sites))
	g := &graph{}
	cuts := make([][][]cut, len(outline))
	for i, ring := range outline {
		cuts[i] = make([][]cut, len(ring))
	}
	vertex := map[int]int{}
	at := func(t int) int {
		if _, ok := vertex[t]; !ok {
			vertex[t] = g.node(mesh.centre(t))
		}
		return vertex[t]
	}
	for t, tri := range mesh.tris {
		for i, u := range tri.next {
			a, b := tri.corner[(i+1)%3], tri.corner[(i+2)%3]
			if tri.dead || u < t || a >= len(sites) || b >= len(sites) || sites[a].district == sites[b].district {
				continue
			}
			// From the centre of t to that of u the border crosses a-b from left to right.
			g.inner(edge{at(t), at(u), sites[b].district, sites[a].district}, outline, cuts)
		}
	}
	g.outer(sites, outline, cuts)
	return g.arcs()
}

// inner cuts a border at the outline and keeps the pieces inside.
func (g *graph) inner(e edge, outline [][]point, cuts [][][]cut) {
	p, q := g.nodes[e.from], g.nodes[e.to]
	var own []cut
	for i, ring := range outline {
		for k, a := range ring {
			t, u, ok := crossing(p, q, a, ring[(k+1)%len(ring)])
			if ok {
				n := g.node(point{p.x + t*(q.x-p.x), p.y + t*(q.y-p.y)})
				own = append(own, cut{t, n})
				cuts[i][k] = append(cuts[i][k], cut{u, n})
			}
		}
	}
	sort.Slice(own, func(i, j int) bool { return own[i].along < own[j].along })
	last, lastAt := e.from, 0.0
	for _, c := range append(own, cut{1, e.to}) {
		mid := (lastAt + c.along) / 2
		if inside(point{p.x + mid*(q.x-p.x), p.y + mid*(q.y-p.y)}, outline) {
			g.edges = append(g.edges, edge{last, c.node, e.left, e.right})
		}
		last, lastAt = c.node, c.along
	}
}

// outer adds the outline; each piece belongs to its nearest settlement.
func (g *graph) outer(sites []site, outline [][]point, cuts [][][]cut) {
	for i, ring := range outline {
		corner := make([]int, len(ring))
		for k, p := range ring {
			corner[k] = g.node(p)
		}
		for k := range ring {
			cs := cuts[i][k]
			sort.Slice(cs, func(a, b int) bool { return cs[a].along < cs[b].along })
			last := corner[k]
			for _, c := range append(cs, cut{1, corner[(k+1)%len(ring)]}) {
				p, q := g.nodes[last], g.nodes[c.node]
				g.edges = append(g.edges, edge{last, c.node, nearest(sites, point{(p.x + q.x) / 2, (p.y + q.y) / 2}), ""})
				last = c.node
			}
		}
	}
}

func nearest(sites []site, p point) string {
	best, which := math.Inf(1), ""
	for _, s := range sites {
		if d := (s.at.x-p.x)*(s.at.x-p.x) + (s.at.y-p.y)*(s.at.y-p.y); d < best {
			best, which = d, s.district
		}
	}
	return which
}

// crossing returns the shares of the way along p-q and a-b where they cross.
func crossing(p, q, a, b point) (t, u float64, ok bool) {
	rx, ry, sx, sy := q.x-p.x, q.y-p.y, b.x-a.x, b.y-a.y
	d := rx*sy - ry*sx
	if d == 0 {
		return 0, 0, false
	}
	t = ((a.x-p.x)*sy - (a.y-p.y)*sx) / d
	u = ((a.x-p.x)*ry - (a.y-p.y)*rx) / d
	return t, u, t >= 0 && t < 1 && u >= 0 && u < 1
}

// arcs joins edges into the longest lines without a branch.
func (g *graph) arcs() []arc {
	out, in := make(map[int][]int), make(map[int][]int)
	for i, e := range g.edges {
		out[e.from] = append(out[e.from], i)
		in[e.to] = append(in[e.to], i)
	}
	used := make([]bool, len(g.edges))
	// onward returns the only other edge at a node that carries the border on,
	// and whether it runs the other way.
	onward := func(at, came int) (next int, turned, ok bool) {
		if len(out[at])+len(in[at]) != 2 {
			return 0, false, false
		}
		for _, i := range out[at] {
			if i != came {
				return i, false, true
			}
		}
		for _, i := range in[at] {
			if i != came {
				return i, true, true
			}
		}
		return 0, false, false
	}
	follow := func(start int) arc {
		e := g.edges[start]
		used[start] = true
		a := arc{from: e.from, to: e.to, left: e.left, right: e.right, line: []point{g.nodes[e.from], g.nodes[e.to]}}
		for came := start; ; {
			i, turned, ok := onward(a.to, came)
			if !ok || used[i] {
				return a
			}
			used[i] = true
			came = i
			a.to = g.edges[i].to
			if turned {
				a.to = g.edges[i].from
			}
			a.line = append(a.line, g.nodes[a.to])
		}
	}
	var arcs []arc
	branch := func(n int) bool { return len(out[n])+len(in[n]) != 2 }
	for pass := range 2 { // what is left after the branches are closed rings
		for i, e := range g.edges {
			if used[i] || (pass == 0 && !branch(e.from) && !branch(e.to)) {
				continue
			}
			if pass == 0 && !branch(e.from) {
				g.edges[i] = edge{e.to, e.from, e.right, e.left}
				out[e.from], in[e.from] = without(out[e.from], i), append(in[e.from], i)
				in[e.to], out[e.to] = without(in[e.to], i), append(out[e.to], i)
			}
			arcs = append(arcs, follow(i))
		}
	}
	for i := range arcs {
		arcs[i].line = degrees(arcs[i].line)
	}
	return arcs
}

func without(list []int, v int) []int {
	var out []int
	for _, x := range list {
		if x != v {
			out = append(out, x)
		}
	}
	return out
}

// degrees turns metres into degrees at the grid of the file: three decimals,
// some 100 m.
func degrees(line []point) []point {
	out := make([]point, 0, len(line))
	for _, p := range line {
		lon, lat := unproject(p)
		q := point{math.Round(lon*1000) / 1000, math.Round(lat*1000) / 1000}
		if len(out) == 0 || out[len(out)-1] != q {
			out = append(out, q)
		}
	}
	if len(out) == 1 {
		out = append(out, out[0])
	}
	return out
}

// merge keeps the borders between larger units, which so stay exactly those of
// the smaller ones.
func merge(arcs []arc, unit map[string]string) []arc {
	var kept []arc
	for _, a := range arcs {
		a.left, a.right = unit[a.left], unit[a.right]
		if a.left != a.right {
			kept = append(kept, a)
		}
	}
	return kept
}
