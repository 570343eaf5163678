package osm

import (
	"bytes"
	"container/heap"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/exchange/osm/pbftest"
	"github.com/shanyraq/shanyraq/internal/graph"
)

// step is one piece of a way, driven in one direction.
type step struct {
	from, to int64
	way      int64
	piece    int // the same for both directions
	ms       float64
}

// simple is a network as the file says it, without any cleverness: every piece
// of every way is a step, and a search goes from step to step.
type simple struct {
	steps   []step
	leaving map[int64][]int
	blocked map[int64]bool
	turning map[int64]bool // one may turn round here
	banned  func(a, b step) bool
}

// newSimple builds it from what was read, by its own reckoning.
func newSimple(r *Roads, p Profile, season Season, s *Speeds, keep map[int64]bool) *simple {
	n := &simple{leaving: map[int64][]int{}, blocked: map[int64]bool{}, turning: map[int64]bool{}}
	wait := func(node uint32) float64 {
		if at, ok := r.spotAt[node]; ok {
			if seconds, pass := s.wait(p, season, r.spots[at]); pass {
				return math.Round(seconds * 1000)
			}
			n.blocked[r.ids[node]] = true
		}
		return 0
	}
	pieces := map[int64]int{}
	for w, way := range r.ways {
		k := r.kinds[r.kindOf[w]]
		forth, back := s.Kmh(p, season, k)
		whole := 0.0
		for i := r.first[w]; i+1 < r.first[w+1]; i++ {
			if r.lat[r.refs[i]] != nowhere && r.lat[r.refs[i+1]] != nowhere {
				whole += r.metres(r.refs[i], r.refs[i+1])
			}
		}
		for i := r.first[w]; i+1 < r.first[w+1]; i++ {
			a, b := r.refs[i], r.refs[i+1]
			if a == b || r.lat[a] == nowhere || r.lat[b] == nowhere || forth == 0 && back == 0 {
				continue
			}
			pieces[r.ids[a]]++
			pieces[r.ids[b]]++
			m := r.metres(a, b)
			add := func(from, to uint32, kmh float64) {
				ms := math.Round(m * 3600 / kmh)
				if k.Duration > 0 {
					ms = math.Round(float64(k.Duration) * 1000 * m / whole)
				}
				n.leaving[r.ids[from]] = append(n.leaving[r.ids[from]], len(n.steps))
				n.steps = append(n.steps, step{r.ids[from], r.ids[to], way, i, ms + wait(to)})
			}
			if forth > 0 {
				add(a, b, forth)
			}
			if back > 0 {
				add(b, a, back)
			}
		}
	}
	vias := map[int64]bool{}
	for _, x := range r.restrictions {
		if x.Applies[p.index()] {
			vias[x.Via] = true
		}
	}
	for node, count := range pieces {
		n.turning[node] = count != 2 || vias[node] || keep[node]
		if count == 2 { // a one-way street that ends in a two-way one
			in, out := 0, map[int]bool{}
			for _, i := range n.leaving[node] {
				out[n.steps[i].piece] = true
			}
			through := true
			for _, st := range n.steps {
				if st.to == node {
					in++
					other := false
					for p := range out {
						other = other || p != st.piece
					}
					through = through && other
				}
			}
			if !through || in != len(out) {
				n.turning[node] = true
			}
		}
	}
	at := map[int64][]Restriction{}
	for _, x := range r.restrictions {
		if x.Applies[p.index()] && n.clear(x) {
			at[x.Via] = append(at[x.Via], x)
		}
	}
	n.banned = func(a, b step) bool {
		for _, x := range at[a.to] {
			if x.From != a.way {
				continue
			}
			if x.Only && b.way != x.To || !x.Only && b.way == x.To {
				return true
			}
		}
		return false
	}
	return n
}

// clear reports whether a restriction means one turn: one step of its first
// way comes, and one of its second leaves.
func (n *simple) clear(x Restriction) bool {
	in, out := 0, 0
	for _, s := range n.steps {
		if s.to == x.Via && s.way == x.From {
			in++
		}
		if s.from == x.Via && s.way == x.To {
			out++
		}
	}
	return in == 1 && (out == 1 || out > 1 && x.From == x.To)
}

type queued struct {
	ms float64
	at int
}
type queue []queued

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].ms < q[j].ms }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(queued)) }
func (q *queue) Pop() any {
	x := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return x
}

// from returns the milliseconds from one node to all others, by Dijkstra's
// method over steps.
func (n *simple) from(source int64) map[int64]float64 {
	var q queue
	for _, i := range n.leaving[source] {
		heap.Push(&q, queued{n.steps[i].ms, i})
	}
	best, _ := n.run(q)
	best[source] = 0
	return best
}

// run searches from steps that end at the given times. It returns when each
// node is reached, and when each step ends.
func (n *simple) run(q queue) (best map[int64]float64, ends map[int]float64) {
	best, ends = map[int64]float64{}, map[int]float64{}
	done := make([]bool, len(n.steps))
	for len(q) > 0 {
		x := heap.Pop(&q).(queued)
		if done[x.at] {
			continue
		}
		done[x.at] = true
		ends[x.at] = x.ms
		s := n.steps[x.at]
		if b, ok := best[s.to]; !ok || x.ms < b {
			best[s.to] = x.ms
		}
		if n.blocked[s.to] {
			continue
		}
		for _, i := range n.leaving[s.to] {
			next := n.steps[i]
			if next.piece == s.piece && !n.turning[s.to] || n.banned(s, next) {
				continue
			}
			heap.Push(&q, queued{x.ms + next.ms, i})
		}
	}
	return best, ends
}

// town draws a town of a grid of streets with everything that can be in one.
func town(r *rand.Rand, wide, tall int) pbftest.File {
	var f pbftest.File
	pick := func(from ...string) string { return from[r.IntN(len(from))] }
	id := func(x, y int) int64 { return int64(1000 + y*wide + x) }
	for y := range tall {
		for x := range wide {
			n := pbftest.Node{ID: id(x, y), Lat: 51 + 0.002*float64(y) + 0.0005*r.Float64(), Lon: 71 + 0.003*float64(x) + 0.0005*r.Float64()}
			if r.IntN(12) == 0 {
				n.Tags = pbftest.Tags{"barrier", pick("gate", "bollard", "lift_gate", "block"), "motor_vehicle", pick("yes", "no", "private", "")}
			} else if r.IntN(12) == 0 {
				n.Tags = pbftest.Tags{"highway", "traffic_signals"}
			}
			if r.IntN(60) > 0 { // some are missing
				f.Nodes = append(f.Nodes, n)
			}
		}
	}
	street := func(refs []int64) {
		t := pbftest.Tags{"highway", pick("primary", "residential", "service", "track", "tertiary", "motorway", "footway", "living_street"),
			"surface", pick("asphalt", "gravel", "mud", "", "marble"), "maxspeed", pick("", "", "60", "40 mph", "KZ:urban", "none", "fast")}
		switch r.IntN(8) {
		case 0:
			t = append(t, "oneway", pick("yes", "-1", "reversible"))
		case 1:
			t = append(t, "access", pick("private", "no", "destination"))
		case 2:
			t = append(t, "seasonal", pick("winter", "yes"))
		case 3:
			t = append(t, "junction", "roundabout")
		case 4:
			t = append(t, "motor_vehicle", "no", "bus", "yes")
		}
		f.Ways = append(f.Ways, pbftest.Way{ID: int64(len(f.Ways) + 1), Refs: refs, Tags: t})
	}
	line := func(n int, at func(i int) int64) { // a street, cut into ways here and there
		refs := []int64{at(0)}
		for i := 1; i < n; i++ {
			refs = append(refs, at(i))
			if r.IntN(3) == 0 {
				street(refs)
				refs = []int64{at(i)}
			}
		}
		if len(refs) > 1 && r.IntN(4) > 0 {
			street(refs)
		}
	}
	for y := range tall {
		if r.IntN(3) > 0 {
			line(wide, func(i int) int64 { return id(i, y) })
		}
	}
	for x := range wide {
		if r.IntN(2) == 0 {
			line(tall, func(i int) int64 { return id(x, i) })
		}
	}
	f.Ways = append(f.Ways, pbftest.Way{ID: 5000, Refs: []int64{id(0, 0), id(wide-1, tall-1)}, Tags: pbftest.Tags{"route", "ferry", "duration", "00:10"}})
	for range wide * tall / 3 {
		a, b := f.Ways[r.IntN(len(f.Ways))], f.Ways[r.IntN(len(f.Ways))]
		for _, v := range a.Refs {
			for _, u := range b.Refs {
				if u == v {
					f.Relations = append(f.Relations, pbftest.Relation{ID: int64(len(f.Relations) + 1), Tags: pbftest.Tags{"type", "restriction", "restriction", pick("no_left_turn", "only_right_turn", "no_u_turn", "no_straight_on")},
						Members: []pbftest.Member{{Kind: 1, ID: a.ID, Role: "from"}, {Kind: 0, ID: v, Role: "via"}, {Kind: 1, ID: b.ID, Role: "to"}}})
				}
			}
		}
	}
	return f
}

func read(t testing.TB, f pbftest.File) *Roads {
	t.Helper()
	r, err := Read(context.Background(), "town.osm.pbf", bytes.NewReader(f.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// agree compares the rows of a network with the plain search, both ways.
func agree(t interface{ Fatalf(string, ...any) }, r *Roads, p Profile, season Season, sources []int64) {
	keep := map[int64]bool{}
	for _, s := range sources {
		keep[s] = true
	}
	n, err := r.Network(p, season, OwnSpeeds(), sources)
	if err != nil {
		t.Fatalf("%v", err)
	}
	o := newSimple(r, p, season, OwnSpeeds(), keep)
	want := make([]map[int64]float64, len(sources))
	starts, ends := []int{}, []int{}
	for i, s := range sources {
		want[i] = o.from(s)
		b, err := n.Begin(s)
		e, err2 := n.End(s)
		if err != nil || err2 != nil {
			t.Fatalf("%v, %v", err, err2)
		}
		starts, ends = append(starts, b), append(ends, e)
	}
	ctx := context.Background()
	near, err := n.Graph.Nearest(ctx, graph.Starts(starts...), graph.Search{})
	if err != nil {
		t.Fatalf("%v", err)
	}
	rows := n.Rows(near, graph.Search{})
	reached := map[int64]float64{}
	for i, id := range n.IDs {
		best, who := math.Inf(1), int32(graph.None)
		for k := range sources {
			if ms, ok := want[k][id]; ok && ms < best {
				best, who = ms, int32(k)
			}
		}
		reached[id] = best / 1000
		if got := rows.Seconds[i]; got != best/1000 || rows.Source[i] != who {
			t.Fatalf("%s, %s: node %d: %v s from %d, want %v s from %d", p, season, id, got, rows.Source[i], best/1000, who)
		}
	}
	legsAgree(t, r, n, near, reached)
	// Towards: from a few rows to the sources.
	back, err := n.Graph.Nearest(ctx, graph.Starts(ends...), graph.Search{Towards: true})
	if err != nil {
		t.Fatalf("%v", err)
	}
	rows = n.Rows(back, graph.Search{Towards: true})
	for i := 0; i < len(n.IDs); i += 1 + len(n.IDs)/8 {
		from, best := o.from(n.IDs[i]), math.Inf(1)
		for _, s := range sources {
			if ms, ok := from[s]; ok {
				best = min(best, ms)
			}
		}
		if rows.Seconds[i] != best/1000 {
			t.Fatalf("%s, %s: from node %d: %v s, want %v s", p, season, n.IDs[i], rows.Seconds[i], best/1000)
		}
	}
}

// legsAgree checks that every node is touched by a leg at the time of its row,
// and by none that comes sooner. Sources need no leg.
func legsAgree(t interface{ Fatalf(string, ...any) }, r *Roads, n *Network, near graph.Nearest, want map[int64]float64) {
	at := map[[2]float64]float64{}
	touch := func(lon, lat, seconds float64) {
		p := [2]float64{lon, lat}
		if old, ok := at[p]; !ok || seconds < old {
			at[p] = seconds
		}
	}
	for l := range n.Legs(near, graph.Search{}, math.Inf(1)) {
		if l.AtA > l.AtB {
			t.Fatalf("a leg runs back in time: %+v", l)
		}
		touch(l.LonA, l.LatA, l.AtA)
		touch(l.LonB, l.LatB, l.AtB)
	}
	shared := map[[2]float64]int{} // some nodes of a real map lie on one spot
	for id := range want {
		lon, lat, _ := r.Place(id)
		shared[[2]float64{lon, lat}]++
	}
	for id, seconds := range want {
		lon, lat, _ := r.Place(id)
		if shared[[2]float64{lon, lat}] > 1 {
			continue
		}
		got, ok := at[[2]float64{lon, lat}]
		if seconds > 0 && !math.IsInf(seconds, 1) && (!ok || math.Abs(got-seconds) > 1e-6) || ok && got < seconds-1e-6 {
			t.Fatalf("node %d: a leg touches it at %v s, want %v s", id, got, seconds)
		}
	}
}

func TestEqualToPlainSearch(t *testing.T) {
	turns, blocked := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		rnd := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		f := town(rnd, rapid.IntRange(2, 9).Draw(t, "wide"), rapid.IntRange(2, 9).Draw(t, "tall"))
		f.Plain, f.Packing = rapid.Bool().Draw(t, "plain"), pbftest.Packing(rapid.IntRange(0, 2).Draw(t, "packing"))
		f.Block = rapid.IntRange(1, 20).Draw(t, "block")
		r, err := Read(context.Background(), "town.osm.pbf", bytes.NewReader(f.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		p := rapid.SampledFrom(Profiles[:]).Draw(t, "profile")
		season := rapid.SampledFrom([]Season{Summer, Winter}).Draw(t, "season")
		n, err := r.Network(p, season, OwnSpeeds(), nil)
		if err != nil {
			t.Fatal(err)
		}
		turns, blocked = turns+n.Made.Applied, blocked+n.Made.Blocked
		var sources []int64
		for range 3 {
			if len(n.IDs) > 0 {
				sources = append(sources, n.IDs[rnd.IntN(len(n.IDs))])
			}
		}
		agree(t, r, p, season, sources)
	})
	if turns == 0 || blocked == 0 {
		t.Errorf("%d restrictions, %d blocked nodes: the towns are too simple", turns, blocked)
	}
}

func TestFeetEqualToPlainSearch(t *testing.T) {
	// Journeys from a place beside one piece to every node and to a place beside
	// another piece.
	rapid.Check(t, func(t *rapid.T) {
		rnd := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
		f := town(rnd, rapid.IntRange(2, 7).Draw(t, "wide"), rapid.IntRange(2, 7).Draw(t, "tall"))
		r, err := Read(context.Background(), "town.osm.pbf", bytes.NewReader(f.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		all, err := r.Pieces(Car, Summer, OwnSpeeds())
		if err != nil {
			t.Fatal(err)
		}
		pieces := slices.Collect(all)
		if len(pieces) == 0 {
			return
		}
		a := Foot{pieces[rnd.IntN(len(pieces))], rnd.Float64(), 12}
		b := Foot{pieces[rnd.IntN(len(pieces))], rnd.Float64(), 34}
		n, err := r.Network(Car, Summer, OwnSpeeds(), nil, a, b)
		if err != nil {
			t.Fatal(err)
		}
		o := newSimple(r, Car, Summer, OwnSpeeds(), map[int64]bool{a.Piece.A: true, a.Piece.B: true, b.Piece.A: true, b.Piece.B: true})
		share := func(f Foot, s step) float64 { // of the step, at which the foot lies
			if s.from == f.Piece.A {
				return f.Fraction
			}
			return 1 - f.Fraction
		}
		var q queue
		want := math.Inf(1)
		for i, s := range o.steps {
			if s.piece != int(a.Piece.at) {
				continue
			}
			heap.Push(&q, queued{(1-share(a, s))*s.ms + 12_000, i})
			if s.piece == int(b.Piece.at) && share(b, s) >= share(a, s) {
				want = min(want, (share(b, s)-share(a, s))*s.ms+46_000)
			}
		}
		best, ends := o.run(q)
		for i, s := range o.steps {
			// A step of the first piece ends early at first; begun anew it would end later.
			if end, ok := ends[i]; ok && s.piece == int(b.Piece.at) && s.piece != int(a.Piece.at) {
				want = min(want, end-s.ms+share(b, s)*s.ms+34_000)
			}
		}
		begin, _ := n.Beside(0)
		_, end := n.Beside(1)
		near, err := n.Graph.Nearest(context.Background(), graph.Starts(begin), graph.Search{})
		if err != nil {
			t.Fatal(err)
		}
		const rounding = 0.002 // of parts of a piece, in seconds
		if got := near.Seconds[end]; a.Piece.at != b.Piece.at && !near2(got, want/1000, rounding) || got > want/1000+rounding {
			t.Fatalf("from place to place %v s, want %v", got, want/1000)
		}
		rows := n.Rows(near, graph.Search{})
		for i, id := range n.IDs {
			ms, ok := best[id]
			if !ok {
				ms = math.Inf(1)
			}
			if !near2(rows.Seconds[i], ms/1000, rounding) {
				t.Fatalf("node %d: %v s, want %v", id, rows.Seconds[i], ms/1000)
			}
		}
	})
}

func near2(a, b, by float64) bool { return a == b || math.Abs(a-b) <= by }

func TestRealEqualToPlainSearch(t *testing.T) {
	for _, name := range []string{"monaco-20150428.osm.pbf", "liechtenstein.osm.pbf"} {
		r, err := Read(context.Background(), name, real(t, name))
		if err != nil {
			t.Fatal(err)
		}
		n, err := r.Network(Ambulance, Winter, OwnSpeeds(), nil)
		if err != nil {
			t.Fatal(err)
		}
		rnd := rand.New(rand.NewPCG(1, 1))
		var sources []int64
		for range 4 {
			sources = append(sources, n.IDs[rnd.IntN(len(n.IDs))])
		}
		for _, p := range Profiles {
			t.Run(fmt.Sprint(name, p), func(t *testing.T) { agree(t, r, p, Winter, sources) })
		}
	}
}
