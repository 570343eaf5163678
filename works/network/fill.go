package network

import "slices"

// fill turns the dates of the nodes into those of the activities.
func (w *pass) fill(r *Result) {
	longest := w.longest()
	r.Times = make([]Times, len(w.p.net.Activities))
	for i := range w.p.net.Activities {
		a := &w.p.net.Activities[i]
		t := &r.Times[i]
		t.ID = a.ID
		if v := w.p.first[i]; v >= 0 && a.Kind != Summary {
			w.times(t, v, a, longest[v])
		}
	}
	w.rollUp(r)
	kept := r.Times[:0]
	for i := range r.Times {
		if k := w.p.net.Activities[i].Kind; k != Effort && (k != Summary || r.Times[i].EarlyFinish > MinMinute) {
			kept = append(kept, r.Times[i])
		}
	}
	r.Times = kept
}

func (w *pass) times(t *Times, v int32, a *Activity, longest bool) {
	t.EarlyStart, t.EarlyFinish, t.LateStart, t.LateFinish, t.Longest = w.es[v], w.ef[v], w.ls[v], w.lf[v], longest
	if a.done() {
		return
	}
	cal := w.p.nodes[v].cal
	total := cal.worked(w.lf[v]) - cal.worked(w.ef[v])
	free := total
	if w.p.net.End == nil || len(w.p.out[v]) > 0 {
		free = w.free(v, cal, max(total, 0))
	}
	t.Float, t.Free, t.Critical = &total, &free, total <= 0
	// Of the moments that are the same to work, the one that people write: work
	// ends in the evening and not on the next morning.
	if !a.event() && cal.worked(t.LateFinish) > 0 {
		t.LateFinish = cal.first(cal.worked(t.LateFinish))
	}
}

// free returns by how much an activity may slip before a successor moves.
func (w *pass) free(v int32, cal *counter, most int64) int64 {
	for _, i := range w.p.out[v] {
		e := &w.p.edges[i]
		to := &w.p.nodes[e.to]
		if !to.summary && (to.a.done() || to.a.begun()) {
			continue
		}
		m := w.es[e.to]
		if e.kind == FF || e.kind == SF {
			m = w.ef[e.to]
		}
		m = e.cal.earlier(m, e.lag)
		have := w.ef[v]
		if e.kind == SS || e.kind == SF {
			have = w.es[v]
		}
		most = min(most, max(0, cal.worked(m)-cal.worked(have)))
	}
	return most
}

// longest marks the nodes from which, link by link, the end was pushed to where
// it is.
func (w *pass) longest() []bool {
	on := make([]bool, len(w.p.nodes))
	last := w.last()
	for last >= 0 && !on[last] {
		on[last] = true
		if w.driver[last] < 0 {
			break
		}
		last = w.p.edges[w.driver[last]].from
	}
	return on
}

// last returns the node that is the end of the plan, -1 for a plan without any.
func (w *pass) last() int32 {
	last := int32(-1)
	for v := range w.p.nodes {
		if w.p.nodes[v].summary || w.ef[v] != w.end {
			continue
		}
		if last < 0 || w.later(int32(v), last) {
			last = int32(v)
		}
	}
	return last
}

// later settles which of two nodes that end together is the end of the plan:
// the one on which nothing waits, a milestone before a task, then by id.
func (w *pass) later(a, b int32) bool {
	if x, y := len(w.p.out[a]), len(w.p.out[b]); (x == 0) != (y == 0) {
		return x == 0
	}
	if x, y := w.p.nodes[a].a.event(), w.p.nodes[b].a.event(); x != y {
		return x
	}
	return w.p.nodes[a].a.ID < w.p.nodes[b].a.ID
}

// rollUp gives every summary the dates of its parts.
func (w *pass) rollUp(r *Result) {
	acts := w.p.net.Activities
	for i := range acts {
		if acts[i].Kind == Summary {
			r.Times[i].EarlyStart, r.Times[i].LateStart = MaxMinute, MaxMinute
			r.Times[i].EarlyFinish, r.Times[i].LateFinish = MinMinute, MinMinute
		}
	}
	for i := range acts {
		if acts[i].Kind == Summary || acts[i].Kind == Effort {
			continue
		}
		t := &r.Times[i]
		at, ok := w.p.at[acts[i].Parent]
		for steps := 0; ok && acts[at].Kind == Summary && steps < maxDepth; steps++ {
			s := &r.Times[at]
			s.EarlyStart, s.EarlyFinish = min(s.EarlyStart, t.EarlyStart), max(s.EarlyFinish, t.EarlyFinish)
			s.LateStart, s.LateFinish = min(s.LateStart, t.LateStart), max(s.LateFinish, t.LateFinish)
			s.Critical, s.Longest = s.Critical || t.Critical, s.Longest || t.Longest
			at, ok = w.p.at[acts[at].Parent]
		}
	}
}

// maxDepth bounds how deep summaries are nested.
const maxDepth = 100

// outOfSequence lists the links whose successor began, or ended, before they
// let it.
func (w *pass) outOfSequence() []int {
	var out []int
	for i := range w.p.edges {
		e := &w.p.edges[i]
		if e.link < 0 {
			continue
		}
		from, to := w.p.nodes[e.from], w.p.nodes[e.to]
		if from.summary || to.summary || to.a.ActualStart == nil && to.a.ActualFinish == nil {
			continue
		}
		if w.broken(e, from.a, to.a) {
			out = append(out, e.link)
		}
	}
	slices.Sort(out)
	return out
}

// broken reports whether progress contradicts a link: its successor has passed
// the end that the link holds, and the predecessor had not passed its own by
// then.
func (w *pass) broken(e *edge, from, to *Activity) bool {
	pred, succ := from.ActualFinish, to.ActualStart
	if e.kind == SS || e.kind == SF {
		pred = from.ActualStart
	}
	if e.kind == FF || e.kind == SF {
		succ = to.ActualFinish
	}
	if succ == nil {
		return false
	}
	if pred == nil {
		return true
	}
	// Twelve o'clock at noon follows eight in the morning of the same day: only
	// days are compared, because reports of progress name days.
	return e.cal.later(*pred, e.lag).LastDay() > succ.Day()
}
