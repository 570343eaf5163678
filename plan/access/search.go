package access

import "math"

// reached is the outcome of a search: for every node the minutes, the source,
// and the way by class of road.
type reached struct {
	minutes []float64
	tag     []int32 // -1: not reached
	way     []Way
}

func blank(size int) reached {
	r := reached{make([]float64, size), make([]int32, size), make([]Way, size)}
	for i := range r.minutes {
		r.minutes[i], r.tag[i] = math.Inf(1), -1
	}
	return r
}

// label is one entry of the queue: a node, the minutes to it, the source, and
// by which arc from which label (1 or 2 of its node) it was reached. Labels of
// sources carry the index of their start instead.
type label struct {
	minutes float64
	node    int32
	tag     int32
	arc     int32 // -1: a source
	from    int32 // the node before, or the start
	second  bool  // the label of the node before is its second one
}

func (a label) before(b label) bool {
	if a.minutes != b.minutes {
		return a.minutes < b.minutes
	}
	return a.tag < b.tag // the earlier source where two are equally near
}

// queue is a heap of labels with four children to a node.
type queue []label

func (q *queue) push(l label) {
	*q = append(*q, l)
	h, i := *q, len(*q)-1
	for i > 0 {
		up := (i - 1) / 4
		if !l.before(h[up]) {
			break
		}
		h[i] = h[up]
		i = up
	}
	h[i] = l
}

func (q *queue) pop() label {
	h := *q
	top, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	*q = h
	if len(h) == 0 {
		return top
	}
	i := 0
	for {
		least := 4*i + 1
		if least >= len(h) {
			break
		}
		for c := least + 1; c < len(h) && c < 4*i+5; c++ {
			if h[c].before(h[least]) {
				least = c
			}
		}
		if !h[least].before(last) {
			break
		}
		h[i] = h[least]
		i = least
	}
	h[i] = last
	return top
}

// search is Dijkstra's algorithm from many sources at once, up to limit minutes
// inclusive. It gives every node its nearest source, and with second also the
// nearest source of another tag.
func (n *network) search(from []start, p pace, limit float64, second bool) (one, two reached) {
	size := len(n.at)
	one = blank(size)
	if second {
		two = blank(size)
	}
	q := make(queue, 0, 1024)
	for i, s := range from {
		q.push(label{p.minutes(&s.way), s.node, s.tag, -1, int32(i), false})
	}
	done := func(v, tag int32) bool {
		return one.tag[v] >= 0 && (!second || one.tag[v] == tag || two.tag[v] >= 0)
	}
	for len(q) > 0 {
		l := q.pop()
		if l.minutes > limit {
			break
		}
		if done(l.node, l.tag) {
			continue
		}
		into, isSecond := &one, one.tag[l.node] >= 0
		if isSecond {
			into = &two
		}
		var way Way
		switch {
		case l.arc < 0:
			way = from[l.from].way
		case l.second:
			way = two.way[l.from]
		default:
			way = one.way[l.from]
		}
		if l.arc >= 0 {
			way[n.class[l.arc]] += n.km[l.arc]
		}
		into.minutes[l.node], into.tag[l.node], into.way[l.node] = l.minutes, l.tag, way
		for k := n.first[l.node]; k < n.first[l.node+1]; k++ {
			v := n.head[k]
			if !done(v, l.tag) {
				q.push(label{l.minutes + n.km[k]*p[n.class[k]], v, l.tag, k, l.node, isSecond})
			}
		}
	}
	return one, two
}
