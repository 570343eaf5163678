package network

import "slices"

// plan is a network made ready for computing: nodes in place of activities, so
// that a summary can have a beginning and an end of its own.
type plan struct {
	net      *Network
	nodes    []node
	edges    []edge
	out, in  [][]int32 // edges by node
	order    []int32   // nodes, each after what it waits for
	cycles   [][]string
	at       map[string]int // index of an activity by its id
	first    []int32        // node of an activity, or the beginning of a summary; -1 for none
	last     []int32        // likewise the end of a summary
	counters map[string]*counter
	standard *counter

	dangling, external, onEffort, doubled []int // indexes of links that take no part
}

// node is an activity, or one end of a summary.
type node struct {
	a       *Activity
	summary bool
	cal     *counter
}

type edge struct {
	from, to int32
	kind     Relation
	lag      int64
	cal      *counter // of the lag
	link     int      // index, -1 inside a summary
}

// arrange makes the plan of a network that Check accepts.
func arrange(n *Network) *plan {
	p := &plan{net: n, at: make(map[string]int, len(n.Activities)), counters: map[string]*counter{}}
	around := Around()
	p.counters[Elapsed] = newCounter(&around)
	for i := range n.Calendars {
		p.counters[n.Calendars[i].ID] = newCounter(&n.Calendars[i])
	}
	if p.standard = p.counters[n.Calendar]; p.standard == nil || n.Calendar == "" {
		usual := FiveDays("")
		p.standard = newCounter(&usual)
	}
	for i := range n.Activities {
		p.at[n.Activities[i].ID] = i
	}
	p.makeNodes()
	p.makeEdges()
	p.sort()
	return p
}

// calendar returns the counter of a calendar; the default one for none.
func (p *plan) calendar(id string) *counter {
	if c := p.counters[id]; c != nil && id != "" {
		return c
	}
	return p.standard
}

// linked reports whether some link leads to or from a summary.
func (p *plan) linked() bool {
	for i := range p.net.Links {
		l := &p.net.Links[i]
		for _, id := range []string{l.From, l.To} {
			if at, ok := p.at[id]; ok && p.net.Activities[at].Kind == Summary {
				return true
			}
		}
	}
	return false
}

func (p *plan) makeNodes() {
	summaries := p.linked()
	p.first, p.last = make([]int32, len(p.net.Activities)), make([]int32, len(p.net.Activities))
	add := func(a *Activity, summary bool) int32 {
		p.nodes = append(p.nodes, node{a, summary, p.calendar(a.Calendar)})
		return int32(len(p.nodes) - 1)
	}
	for i := range p.net.Activities {
		a := &p.net.Activities[i]
		switch {
		case a.Kind == Summary && summaries:
			p.first[i], p.last[i] = add(a, true), add(a, true)
		case a.Kind == Summary || a.Kind == Effort:
			p.first[i], p.last[i] = -1, -1
		default:
			p.first[i] = add(a, false)
			p.last[i] = p.first[i]
		}
	}
}

func (p *plan) makeEdges() {
	type key struct {
		from, to string
		kind     Relation
	}
	seen := make(map[key]bool, len(p.net.Links))
	for i := range p.net.Links {
		l := &p.net.Links[i]
		from, okFrom := p.at[l.From]
		to, okTo := p.at[l.To]
		k := key{l.From, l.To, l.Type}
		switch {
		case l.External:
			p.external = append(p.external, i)
		case !okFrom || !okTo:
			p.dangling = append(p.dangling, i)
		case p.first[from] < 0 || p.first[to] < 0:
			p.onEffort = append(p.onEffort, i)
		default:
			if seen[k] {
				p.doubled = append(p.doubled, i) // it may have another lag, so it counts
			}
			seen[k] = true
			p.join(i, from, to)
		}
	}
	for i := range p.net.Activities {
		a := &p.net.Activities[i]
		parent, ok := p.at[a.Parent]
		if !ok || p.first[parent] < 0 || p.first[i] < 0 || !p.nodes[p.first[parent]].summary {
			continue
		}
		p.edges = append(p.edges, edge{p.first[parent], p.first[i], SS, 0, p.standard, -1}, edge{p.last[i], p.last[parent], FF, 0, p.standard, -1})
	}
	p.out, p.in = make([][]int32, len(p.nodes)), make([][]int32, len(p.nodes))
	for i, e := range p.edges {
		p.out[e.from] = append(p.out[e.from], int32(i))
		p.in[e.to] = append(p.in[e.to], int32(i))
	}
}

// join adds the edge of a link. At a summary, what concerns a start leads to
// its beginning and what concerns a finish to its end.
func (p *plan) join(i, from, to int) {
	l := &p.net.Links[i]
	e := edge{kind: l.Type, lag: l.Lag, link: i}
	if e.from = p.last[from]; l.Type == SS || l.Type == SF {
		e.from = p.first[from]
	}
	if e.to = p.first[to]; l.Type == FF || l.Type == SF {
		e.to = p.last[to]
	}
	if e.cal = p.nodes[e.to].cal; l.Calendar != "" {
		e.cal = p.calendar(l.Calendar)
	}
	p.edges = append(p.edges, e)
}

// sort puts every node after those for which it waits; where that cannot be, it
// finds the circles.
func (p *plan) sort() {
	waits := make([]int32, len(p.nodes))
	for _, e := range p.edges {
		waits[e.to]++
	}
	for i := range p.nodes {
		if waits[i] == 0 {
			p.order = append(p.order, int32(i))
		}
	}
	for k := 0; k < len(p.order); k++ {
		for _, i := range p.out[p.order[k]] {
			to := p.edges[i].to
			if waits[to]--; waits[to] == 0 {
				p.order = append(p.order, to)
			}
		}
	}
	if len(p.order) < len(p.nodes) {
		p.circles(waits)
	}
}

// circles finds the groups of nodes that wait for themselves (Tarjan, SIAM
// Journal on Computing 1 (1972) 146-160), without recursion: a chain may be
// half a million long.
func (p *plan) circles(waits []int32) {
	index, low := make([]int32, len(p.nodes)), make([]int32, len(p.nodes))
	onStack := make([]bool, len(p.nodes))
	var stack []int32
	type frame struct{ node, next int32 }
	count := int32(0)
	for root := range p.nodes {
		if waits[root] <= 0 || index[root] != 0 {
			continue
		}
		work := []frame{{int32(root), 0}}
		for len(work) > 0 {
			f := &work[len(work)-1]
			v := f.node
			if f.next == 0 {
				count++
				index[v], low[v] = count, count
				stack, onStack[v] = append(stack, v), true
			}
			descended := false
			for int(f.next) < len(p.out[v]) {
				w := p.edges[p.out[v][f.next]].to
				f.next++
				if waits[w] <= 0 {
					continue
				}
				if index[w] == 0 {
					work = append(work, frame{w, 0})
					descended = true
					break
				}
				if onStack[w] {
					low[v] = min(low[v], index[w])
				}
			}
			if descended {
				continue
			}
			if f.next == 0 {
				f.next = 1 // nothing leads on from it
			}
			if low[v] == index[v] {
				var group []int32
				for {
					w := stack[len(stack)-1]
					stack, onStack[w] = stack[:len(stack)-1], false
					group = append(group, w)
					if w == v {
						break
					}
				}
				p.keepCircle(group)
			}
			work = work[:len(work)-1]
			if len(work) > 0 {
				u := work[len(work)-1].node
				low[u] = min(low[u], low[v])
			}
		}
	}
	slices.SortFunc(p.cycles, func(a, b []string) int { return slices.Compare(a, b) })
}

func (p *plan) keepCircle(group []int32) {
	self := false
	if len(group) == 1 {
		for _, i := range p.out[group[0]] {
			self = self || p.edges[i].to == group[0]
		}
		if !self {
			return
		}
	}
	var ids []string
	for _, v := range group {
		ids = append(ids, p.nodes[v].a.ID)
	}
	slices.Sort(ids)
	p.cycles = append(p.cycles, slices.Compact(ids))
}
