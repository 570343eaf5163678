package network

import "strings"

// further are our own checks.
func (x *audit) further() {
	f := x.finding("cycles", "= 0", len(x.n.Activities))
	for _, ids := range x.r.Cycles {
		f.hit(strings.Join(ids[:min(len(ids), maxItems)], ">"))
	}
	f.none()
	for _, k := range []struct {
		code  string
		links []int
	}{{"dangling_links", x.r.Dangling}, {"external_links", x.r.External}, {"links_left_out", x.r.OnEffort}, {"links_twice", x.r.Doubled}, {"out_of_sequence", x.r.OutOfSequence}} {
		f := x.finding(k.code, "= 0", len(x.n.Links))
		for _, i := range k.links {
			f.hit(x.link(i))
		}
		f.none()
	}
	x.openEnds()
	x.without()
	x.differ()
}

// openEnds finds activities whose start nothing holds, though something holds
// their finish, and those whose finish holds nothing, though their start does.
func (x *audit) openEnds() {
	f := x.finding("open_ends", "= 0", len(x.open))
	for _, a := range x.open {
		if a.event() {
			continue
		}
		starts, finishes := false, false
		for _, i := range x.preds[a.ID] {
			starts = starts || x.n.Links[i].Type == FS || x.n.Links[i].Type == SS
		}
		for _, i := range x.succs[a.ID] {
			finishes = finishes || x.n.Links[i].Type == FS || x.n.Links[i].Type == FF
		}
		if len(x.preds[a.ID]) > 0 && !starts && !a.begun() || len(x.succs[a.ID]) > 0 && !finishes {
			f.hit(a.ID)
		}
	}
	f.none()
}

// without finds what has no baseline, what is kept as late as possible, and
// what is typed by hand.
func (x *audit) without() {
	base := x.finding("without_baseline", "= 0", len(x.all))
	for _, a := range x.all {
		if a.BaselineFinish == nil {
			base.hit(a.ID)
		}
	}
	base.none()
	late := x.finding("as_late_as_possible", "= 0", len(x.open))
	for _, a := range x.open {
		for _, c := range a.Constraints {
			if c.Limit == AsLate {
				late.hit(a.ID)
				break
			}
		}
	}
	late.none()
	typed := x.finding("typed_dates", "= 0", len(x.open))
	for _, a := range x.open {
		if a.Typed {
			typed.hit(a.ID)
		}
	}
	typed.none()
}

// differ finds activities whose own finish is a day or more away from the
// computed one.
func (x *audit) differ() {
	f := x.finding("dates_differ", "= 0", 0)
	if len(x.r.Cycles) > 0 {
		f.unknown("no_times")
		return
	}
	for _, a := range x.open {
		t := x.times[a.ID]
		if t == nil || a.Finish == nil {
			continue
		}
		f.Of++
		// Monday morning and Friday evening are the same to work.
		cal := x.r.plan.nodes[x.r.plan.first[x.r.plan.at[a.ID]]].cal
		if gap := cal.worked(t.EarlyFinish) - cal.worked(*a.Finish); gap >= x.day(a) || -gap >= x.day(a) {
			f.hit(a.ID)
		}
	}
	f.none()
}
