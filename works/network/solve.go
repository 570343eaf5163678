package network

import "slices"

// Times are the computed dates of one activity.
type Times struct {
	ID          string `json:"id"`
	EarlyStart  Minute `json:"early_start"`
	EarlyFinish Minute `json:"early_finish"`
	LateStart   Minute `json:"late_start"`
	LateFinish  Minute `json:"late_finish"`
	// Float is by how many working minutes of its own calendar it may slip
	// before the end moves or a limit breaks, Free before the next activity
	// moves. Nil for what has ended.
	Float *int64 `json:"float_minutes"`
	Free  *int64 `json:"free_minutes"`
	// Critical: the float is zero or less. Longest: it lies on the chain of links
	// that holds the end.
	Critical bool `json:"critical"`
	Longest  bool `json:"longest"`
}

// Result is what Solve found.
type Result struct {
	// Times stand in the order of the activities; efforts have none, and
	// summaries those of their parts. It is empty when there are cycles.
	Times  []Times
	Start  Minute // the earliest early start
	Finish Minute // the latest early finish
	// Cycles are the groups of activities that wait for themselves, each in the
	// order of ids.
	Cycles [][]string
	// OutOfSequence are the links whose successor began before they let it.
	OutOfSequence []int
	// Dangling, External, OnEffort and Doubled are links by index: with an end
	// that is not there, with an end in another file, with an end that is an
	// effort or a summary's and takes no part, and those said twice.
	Dangling, External, OnEffort, Doubled []int

	plan *plan
	pass *pass
}

// Find returns the times of an activity.
func (r *Result) Find(id string) (Times, bool) {
	for _, t := range r.Times {
		if t.ID == id {
			return t, true
		}
	}
	return Times{}, false
}

// Solve computes early and late dates and float by a forward and a backward
// pass over the links. It returns the error of Check; a plan with cycles is no
// error but has no times.
//
// Work that has ended keeps its dates. Work that has begun keeps its start, and
// what is left of it goes on from the data date, after its predecessors unless
// the network says Override. Float is counted in the calendar of the activity.
func Solve(n *Network) (*Result, error) {
	if err := n.Check(); err != nil {
		return nil, err
	}
	p := arrange(n)
	r := &Result{Cycles: p.cycles, Dangling: p.dangling, External: p.external, OnEffort: p.onEffort, Doubled: p.doubled, plan: p}
	if len(p.cycles) > 0 {
		return r, nil
	}
	w := newPass(p)
	w.forward(-1, 0)
	w.backward()
	r.pass = w
	r.Start, r.Finish = w.begin, w.end
	r.OutOfSequence = w.outOfSequence()
	w.fill(r)
	return r, nil
}

// pass holds the dates while they are computed.
type pass struct {
	p          *plan
	es, ef     []Minute
	ls, lf     []Minute
	driver     []int32 // edge that set the early dates, -1 for none
	start, end Minute
	begin      Minute
}

func newPass(p *plan) *pass {
	n := len(p.nodes)
	w := &pass{p: p, es: make([]Minute, n), ef: make([]Minute, n), ls: make([]Minute, n), lf: make([]Minute, n), driver: make([]int32, n)}
	w.start = p.beginning()
	return w
}

// beginning returns the moment before which nothing begins.
func (p *plan) beginning() Minute {
	if p.net.Start != nil {
		return *p.net.Start
	}
	var best *Minute
	for i := range p.net.Activities {
		a := &p.net.Activities[i]
		for _, m := range []*Minute{a.ActualStart, a.Start} {
			if m != nil && (best == nil || *m < *best) {
				best = m
			}
		}
	}
	if best == nil {
		return 0
	}
	return *best
}

// bounds are what the links ask of a node: not to start and not to finish
// before.
type bounds struct {
	start, finish Minute
	by, byFinish  int32
}

func (w *pass) ask(v int32, from Minute) bounds {
	b := bounds{start: from, finish: MinMinute, by: -1, byFinish: -1}
	for _, i := range w.p.in[v] {
		e := &w.p.edges[i]
		switch e.kind {
		case FS, SS:
			m := w.ef[e.from]
			if e.kind == SS {
				m = w.es[e.from]
			}
			if m = e.cal.later(m, e.lag); m > b.start || m == b.start && w.prefer(i, b.by) {
				b.start, b.by = m, i
			}
		default:
			m := w.ef[e.from]
			if e.kind == SF {
				m = w.es[e.from]
			}
			if m = e.cal.later(m, e.lag); m > b.finish || m == b.finish && w.prefer(i, b.byFinish) {
				b.finish, b.byFinish = m, i
			}
		}
	}
	return b
}

// prefer settles between two links that lead to the same moment, whatever the
// order in which a file lists them.
func (w *pass) prefer(i, other int32) bool {
	return other < 0 || w.p.nodes[w.p.edges[i].from].a.ID < w.p.nodes[w.p.edges[other].from].a.ID
}

// forward computes the early dates. extra minutes are added to the work of the
// node more, -1 for none.
func (w *pass) forward(more int32, extra int64) {
	w.end, w.begin = MinMinute, MaxMinute
	for _, v := range w.p.order {
		nd := &w.p.nodes[v]
		add := int64(0)
		if v == more {
			add = extra
		}
		switch a := nd.a; {
		case nd.summary:
			b := w.ask(v, w.start)
			w.es[v], w.driver[v] = max(b.start, b.finish), b.by
			if b.finish > b.start {
				w.driver[v] = b.byFinish
			}
			w.ef[v] = w.es[v]
			continue
		case a.done():
			w.ef[v], w.es[v], w.driver[v] = *a.ActualFinish, *a.ActualFinish, -1
			if a.ActualStart != nil {
				w.es[v] = *a.ActualStart
			}
		case a.begun():
			w.going(v, a, nd.cal, add)
		default:
			w.coming(v, a, nd.cal, add)
		}
		w.end, w.begin = max(w.end, w.ef[v]), min(w.begin, w.es[v])
	}
	if w.end < w.begin {
		w.begin, w.end = w.start, w.start
	}
}

// going continues work that has begun.
func (w *pass) going(v int32, a *Activity, cal *counter, add int64) {
	w.es[v], w.driver[v] = *a.ActualStart, -1
	from := *a.ActualStart
	if w.p.net.DataDate != nil {
		from = max(from, *w.p.net.DataDate)
	}
	b := bounds{start: from, finish: MinMinute, by: -1, byFinish: -1}
	if !w.p.net.Override && w.p.net.DataDate != nil {
		b = w.ask(v, from)
	}
	left := a.left()
	if w.p.net.DataDate == nil {
		left = a.Duration
	}
	w.ef[v], w.driver[v] = cal.finish(b.start, left+add), b.by
	if b.finish > w.ef[v] {
		w.ef[v], w.driver[v] = b.finish, b.byFinish
	}
}

// coming places work that has not begun.
func (w *pass) coming(v int32, a *Activity, cal *counter, add int64) {
	from := w.start
	if w.p.net.DataDate != nil {
		from = max(from, *w.p.net.DataDate)
	}
	b := w.ask(v, from)
	work := a.left() + add
	for _, c := range a.Constraints {
		switch c.Limit {
		case StartNoEarlier, StartOn:
			if *c.At > b.start {
				b.start, b.by = *c.At, -1
			}
		case FinishNoEarlier, FinishOn:
			if *c.At > b.finish {
				b.finish, b.byFinish = *c.At, -1
			}
		case MustStart:
			b = bounds{start: *c.At, finish: MinMinute, by: -1, byFinish: -1}
		case MustFinish:
			b = bounds{start: cal.start(*c.At, work), finish: *c.At, by: -1, byFinish: -1}
		}
	}
	w.driver[v] = b.by
	if work == 0 {
		m := b.start
		if b.finish > m {
			m, w.driver[v] = b.finish, b.byFinish
		}
		if a.Kind == StartMilestone {
			m = cal.next(m)
		}
		w.es[v], w.ef[v] = m, m
		return
	}
	w.es[v] = cal.next(b.start)
	w.ef[v] = cal.finish(b.start, work)
	if b.finish > w.ef[v] {
		w.ef[v], w.driver[v] = b.finish, b.byFinish
		w.es[v] = max(w.es[v], cal.start(b.finish, work))
	}
}

// backward computes the late dates.
func (w *pass) backward() {
	end := w.end
	if w.p.net.End != nil {
		end = *w.p.net.End
	}
	for _, v := range slices.Backward(w.p.order) {
		nd := &w.p.nodes[v]
		if !nd.summary && nd.a.done() {
			w.ls[v], w.lf[v] = w.es[v], w.ef[v]
			continue
		}
		start, finish := w.allow(v, end)
		work := int64(0)
		if !nd.summary {
			work = nd.a.left()
			start, finish = limits(nd.a, nd.cal, work, start, finish)
		}
		switch {
		case work == 0:
			finish = min(finish, start)
		case start < MaxMinute:
			finish = min(finish, nd.cal.last(nd.cal.worked(start)+work))
		}
		w.lf[v] = finish
		w.ls[v] = min(nd.cal.start(finish, work), start)
	}
}

// allow returns until when the successors let a node start and finish.
func (w *pass) allow(v int32, end Minute) (start, finish Minute) {
	start, finish = MaxMinute, end
	for _, i := range w.p.out[v] {
		e := &w.p.edges[i]
		to := &w.p.nodes[e.to]
		if !to.summary && (to.a.done() || to.a.begun() && (w.p.net.Override || w.p.net.DataDate == nil)) {
			continue
		}
		m := w.ls[e.to]
		if e.kind == FF || e.kind == SF {
			m = w.lf[e.to]
		}
		m = e.cal.earlier(m, e.lag)
		if e.kind == FS || e.kind == FF {
			finish = min(finish, m)
		} else if w.p.nodes[v].summary || !w.p.nodes[v].a.begun() {
			start = min(start, m)
		}
	}
	return start, finish
}

// limits narrows what is allowed by the constraints of an activity.
func limits(a *Activity, cal *counter, work int64, start, finish Minute) (Minute, Minute) {
	if a.Deadline != nil {
		finish = min(finish, *a.Deadline)
	}
	for _, c := range a.Constraints {
		switch c.Limit {
		case FinishNoLater, FinishOn:
			finish = min(finish, *c.At)
		case StartNoLater, StartOn:
			if !a.begun() {
				start = min(start, *c.At)
			}
		case MustFinish:
			start, finish = MaxMinute, *c.At
		case MustStart:
			if !a.begun() {
				start, finish = *c.At, cal.finish(*c.At, work)
			}
		}
	}
	return start, finish
}
