package graph

// flow finds a least set of nodes between two ends of a graph: as many as there
// are ways from end to end that share no node (Menger), found by the method of
// Dinic (Soviet Mathematics Doklady 11, 1970, 1277-1280) with every node taken
// apart into an entry and an exit.
type flow struct {
	g    *simple
	side []int8 // of each node, as it turns out
	end  []int8 // of each node: nearS, nearT, middle, or inside

	// next and last are the neighbours on the way that goes through a node;
	// free if none does, begin or end where it begins or ends.
	next, last []int32
	level      []int32 // of the entry 2v and the exit 2v+1: steps from S
	tried      []uint32
	queue, way []uint32
	edge       []uint32 // nodes of S with neighbours outside
}

const (
	middle int8 = iota
	nearS
	nearT
	inside // of S, with no neighbour outside
)

const (
	free int32 = -1
	stop int32 = -2 // in next: the way ends here; in last: it begins here
)

func newFlow(g *simple) *flow {
	n := g.size()
	return &flow{g: g, side: make([]int8, n), end: make([]int8, n), next: make([]int32, n), last: make([]int32, n), level: make([]int32, 2*n), tried: make([]uint32, 2*n)}
}

// cut takes the first share nodes of the list and the last share as the ends.
// It returns the side of each node, how many lie between the sides, and how
// many on the smaller one. What it returns holds until the next call. It gives
// up, and reports so, when more than most nodes would lie between.
func (f *flow) cut(list []uint32, share, most int) (side []int8, size, small int, ok bool) {
	f.begin(list, share)
	for ways := 0; f.levels(); {
		if ways += f.augment(); ways > most {
			return nil, 0, 0, false
		}
	}
	// What can still be reached from S lies on its side; where only the entry
	// can be, the node is of the cut. So is a node of an end to which the cut
	// has come.
	var count [3]int
	for v := range f.side {
		in, out := f.level[2*v] >= 0, f.level[2*v+1] >= 0
		switch {
		case f.end[v] == inside || out && f.end[v] != nearT:
			f.side[v] = nearS
		case in || out || f.end[v] == nearS:
			f.side[v] = middle
		default:
			f.side[v] = nearT
		}
		count[f.side[v]]++
	}
	return f.side, count[middle], min(count[nearS], count[nearT]), true
}

func (f *flow) begin(list []uint32, share int) {
	clear(f.end)
	for i := range f.next {
		f.next[i], f.last[i] = free, free
	}
	for _, v := range list[:share] {
		f.end[v] = inside
	}
	for _, v := range list[len(list)-share:] {
		f.end[v] = nearT
	}
	f.edge = f.edge[:0]
	for _, v := range list[:share] {
		for _, u := range f.g.of(v) {
			if f.end[u] == middle || f.end[u] == nearT {
				f.edge = append(f.edge, v)
				break
			}
		}
	}
	for _, v := range f.edge {
		f.end[v] = nearS
	}
}

// levels measures from S how far the entries and exits are that can still be
// reached, and reports whether T can.
func (f *flow) levels() bool {
	for i := range f.level {
		f.level[i] = free
	}
	f.queue = f.queue[:0]
	see := func(x uint32, level int32) {
		if f.level[x] == free {
			f.level[x] = level
			f.queue = append(f.queue, x)
		}
	}
	for _, v := range f.edge {
		if f.last[v] != stop {
			see(2*v, 0)
		}
	}
	found := int32(free)
	for i := 0; i < len(f.queue); i++ {
		x := f.queue[i]
		v, level := x/2, f.level[x]
		if found != free && level > found {
			break
		}
		if x&1 == 0 {
			switch u := f.last[v]; {
			case u == free:
				see(x+1, level+1)
			case u >= 0:
				see(uint32(2*u+1), level+1)
			}
			continue
		}
		if f.end[v] == nearT && f.next[v] != stop {
			found = level
			continue
		}
		for _, u := range f.g.of(v) {
			if f.end[u] != inside && int32(u) != f.next[v] {
				see(2*u, level+1)
			}
		}
		if f.last[v] != free {
			see(2*v, level+1)
		}
	}
	return found != free
}

// augment adds ways along the levels until no more fit, and returns how many.
func (f *flow) augment() int {
	clear(f.tried)
	ways := 0
	for _, s := range f.edge {
		if f.last[s] != stop && f.level[2*s] == 0 && f.walk(s) {
			f.lay()
			ways++
		}
	}
	return ways
}

// walk looks for a way from a node of S to T and leaves it in way.
func (f *flow) walk(s uint32) bool {
	f.way = append(f.way[:0], 2*s)
	for len(f.way) > 0 {
		x := f.way[len(f.way)-1]
		if x&1 == 1 && f.end[x/2] == nearT && f.next[x/2] != stop {
			return true
		}
		if y, ok := f.step(x); ok {
			f.way = append(f.way, y)
			continue
		}
		f.level[x] = stop // leads nowhere
		f.way = f.way[:len(f.way)-1]
	}
	return false
}

// step returns the next place to go on to from x.
func (f *flow) step(x uint32) (uint32, bool) {
	v, level := x/2, f.level[x]+1
	if x&1 == 0 {
		y := x + 1
		if u := f.last[v]; u >= 0 {
			y = uint32(2*u + 1)
		} else if u == stop {
			return 0, false
		}
		return y, f.level[y] == level
	}
	list := f.g.of(v)
	for f.tried[x] < uint32(len(list)) {
		u := list[f.tried[x]]
		f.tried[x]++
		if f.level[2*u] == level && int32(u) != f.next[v] {
			return 2 * u, true
		}
	}
	return 2 * v, f.last[v] != free && f.level[2*v] == level
}

// lay makes the way that was found one of the ways. Where it runs against an
// earlier way, the two exchange their ends.
func (f *flow) lay() {
	f.last[f.way[0]/2] = stop
	for i, x := range f.way {
		v := int32(x / 2)
		f.level[x] = stop // every place takes one way
		if x&1 == 0 {
			continue
		}
		switch {
		case i+1 == len(f.way):
			f.next[v] = stop
		case f.way[i+1] == x-1:
			f.next[v], f.last[v] = free, free
		default:
			u := int32(f.way[i+1] / 2)
			f.next[v], f.last[u] = u, v
		}
	}
}
