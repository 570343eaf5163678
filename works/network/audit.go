package network

import (
	"strconv"

	"github.com/shanyraq/shanyraq/lang"
)

// State is what a check came to.
type State string

// The states. Unknown: the plan does not carry what the check needs.
const (
	OK      State = "ok"
	Warning State = "warning"
	Unknown State = "unknown"
)

// Finding is what one check of the quality of a plan came to. A finding is a
// question to whoever made the plan, never a verdict on the work.
type Finding struct {
	Code  string `json:"code"`
	State State  `json:"state"`
	// Count is how many were found, Of among how many were looked at.
	Count int `json:"count"`
	Of    int `json:"of"`
	// Value is the index of the two checks that compute one.
	Value *float64 `json:"value"`
	// Limit is from what the check warns, in words of arithmetic: "<= 5 %".
	Limit string `json:"limit"`
	// Items are the first activities by id, or links as A>B.
	Items []string  `json:"items"`
	Text  lang.Text `json:"text"`
}

// The thresholds of the fourteen points: DCMA-EA PAM 200.1, October 2012,
// section 4.
const (
	toleratedPercent = 5.0
	mostlyFS         = 90.0 // percent
	longDays         = 44   // working days: two months
	testDays         = 600  // working days of the critical path test
	testSlack        = 10   // of them, which weekends and holidays of other calendars may take
	healthyIndex     = 0.95
)

// maxItems bounds the examples of a finding.
const maxItems = 20

// Audit looks a plan through: the fourteen points of the Defense Contract
// Management Agency, in their order, and further checks of ours. Where they need
// dates that the plan does not have the state is unknown and the text says which.
// r is what Solve returned for n.
func Audit(n *Network, r *Result) []Finding {
	x := &audit{n: n, r: r, times: make(map[string]*Times, len(r.Times)), preds: map[string][]int{}, succs: map[string][]int{}, days: map[string]int64{Elapsed: day}}
	for i := range n.Calendars {
		x.days[n.Calendars[i].ID] = n.Calendars[i].Day()
	}
	for i := range r.Times {
		x.times[r.Times[i].ID] = &r.Times[i]
	}
	skipped := map[int]bool{}
	for _, list := range [][]int{r.Dangling, r.External, r.OnEffort} {
		for _, i := range list {
			skipped[i] = true
		}
	}
	for i := range n.Links {
		if l := &n.Links[i]; !skipped[i] {
			x.live = append(x.live, i)
			x.preds[l.To], x.succs[l.From] = append(x.preds[l.To], i), append(x.succs[l.From], i)
		}
	}
	for i := range n.Activities {
		if a := &n.Activities[i]; a.Kind != Summary && a.Kind != Effort {
			x.all = append(x.all, a)
			if !a.done() {
				x.open = append(x.open, a)
			}
		}
	}
	x.points()
	x.further()
	return x.out
}

type audit struct {
	n            *Network
	r            *Result
	times        map[string]*Times
	preds, succs map[string][]int
	days         map[string]int64 // minutes of a day by calendar
	live         []int            // links whose two ends are there
	all, open    []*Activity      // without summaries and efforts; those that have not ended
	out          []Finding
}

// finding begins a finding with its words.
func (x *audit) finding(code, limit string, of int) *Finding {
	x.out = append(x.out, Finding{Code: code, State: OK, Of: of, Limit: limit, Items: []string{}, Text: phrases[code]})
	return &x.out[len(x.out)-1]
}

func (f *Finding) hit(item string) {
	f.Count++
	if len(f.Items) < maxItems {
		f.Items = append(f.Items, item)
	}
}

// none warns when anything was found.
func (f *Finding) none() {
	if f.Count > 0 {
		f.State = Warning
	}
}

// share warns when more than the tolerated percentage was found.
func (f *Finding) share() {
	if f.Of > 0 && 100*float64(f.Count) > toleratedPercent*float64(f.Of) {
		f.State = Warning
	}
}

// unknown says what is missing.
func (f *Finding) unknown(why string) { f.State, f.Text = Unknown, phrases[why] }

func (x *audit) link(i int) string { return x.n.Links[i].From + ">" + x.n.Links[i].To }

// day returns the minutes of a day of work of an activity.
func (x *audit) day(a *Activity) int64 {
	for _, id := range []string{a.Calendar, x.n.Calendar} {
		if m, ok := x.days[id]; ok && id != "" {
			return m
		}
	}
	return 480
}

// points are the fourteen.
func (x *audit) points() {
	x.logic()
	x.links()
	each := func(code, limit string, of int, list []*Activity, is func(*Activity) bool) *Finding {
		f := x.finding(code, limit, of)
		for _, a := range list {
			if is(a) {
				f.hit(a.ID)
			}
		}
		return f
	}
	each("hard_constraints", "<= 5 %", len(x.open), x.open, func(a *Activity) bool {
		for _, c := range a.Constraints {
			if c.Limit.Hard() {
				return true
			}
		}
		return a.Typed
	}).share()
	float := func(a *Activity) (int64, bool) {
		t := x.times[a.ID]
		if t == nil || t.Float == nil {
			return 0, false
		}
		return *t.Float, true
	}
	high := each("high_float", "<= 5 %", len(x.open), x.open, func(a *Activity) bool { n, ok := float(a); return ok && n > longDays*x.day(a) })
	high.share()
	negative := each("negative_float", "= 0", len(x.open), x.open, func(a *Activity) bool { n, ok := float(a); return ok && n < 0 })
	negative.none()
	each("high_duration", "<= 5 %", len(x.open), x.open, func(a *Activity) bool { return a.left() > longDays*x.day(a) }).share()
	x.invalidDates()
	x.resources()
	x.missed()
	x.pathTest()
	x.pathIndex()
	x.executionIndex()
	if len(x.r.Cycles) > 0 {
		for i := range x.out {
			if f := &x.out[i]; f.Code == "high_float" || f.Code == "negative_float" {
				f.unknown("no_times")
			}
		}
	}
}

// logic counts activities that wait for nothing or for which nothing waits. One
// of each is the beginning and the end of the plan.
func (x *audit) logic() {
	f := x.finding("logic", "<= 5 %", len(x.open))
	begins, ends := false, false
	for _, a := range x.all {
		before, after := len(x.preds[a.ID]) > 0, len(x.succs[a.ID]) > 0
		switch {
		case !before && after && !begins:
			begins = true
		case before && !after && !ends:
			ends = true
		case !a.done() && (!before || !after):
			f.hit(a.ID)
		}
	}
	f.share()
}

// links are the points two to four.
func (x *audit) links() {
	leads, lags, types := 0, 0, 0
	var lead, lag, other []string
	of := 0
	for _, i := range x.live {
		l := &x.n.Links[i]
		if at := x.r.plan.at[l.To]; x.n.Activities[at].done() {
			continue
		}
		of++
		switch {
		case l.Lag < 0:
			leads++
			lead = append(lead, x.link(i))
		case l.Lag > 0:
			lags++
			lag = append(lag, x.link(i))
		}
		if l.Type != FS {
			types++
			other = append(other, x.link(i)+" "+string(l.Type))
		}
	}
	f := x.finding("leads", "= 0", of)
	f.Count, f.Items = leads, lead[:min(len(lead), maxItems)]
	f.none()
	f = x.finding("lags", "<= 5 %", of)
	f.Count, f.Items = lags, lag[:min(len(lag), maxItems)]
	f.share()
	f = x.finding("relationship_types", "FS >= 90 %", of)
	f.Count, f.Items = types, other[:min(len(other), maxItems)]
	if of > 0 && 100*float64(of-types) < mostlyFS*float64(of) {
		f.State = Warning
	}
	for i := range x.out {
		if x.out[i].Items == nil {
			x.out[i].Items = []string{}
		}
	}
}

// invalidDates finds a future that lies in the past, and a past that lies in
// the future.
func (x *audit) invalidDates() {
	f := x.finding("invalid_dates", "= 0", len(x.all))
	if x.n.DataDate == nil {
		f.unknown("no_data_date")
		return
	}
	at := *x.n.DataDate
	for _, a := range x.all {
		late := func(m *Minute) bool { return m != nil && *m > at }
		early := func(m *Minute) bool { return m != nil && *m < at }
		if late(a.ActualStart) || late(a.ActualFinish) || !a.done() && (early(a.Finish) || a.ActualStart == nil && early(a.Start)) {
			f.hit(a.ID)
		}
	}
	f.none()
}

func (x *audit) resources() {
	f := x.finding("resources", "= 0", 0)
	any := false
	for _, a := range x.all {
		any = any || a.Loaded
		if a.done() || a.Kind != Task || a.left() < x.day(a) {
			continue
		}
		f.Of++
		if !a.Loaded {
			f.hit(a.ID)
		}
	}
	if !any {
		f.unknown("no_resources")
		return
	}
	f.none()
}

// due reports whether the baseline lets it end by the data date.
func (x *audit) due(a *Activity) bool {
	return a.Kind == Task && a.BaselineFinish != nil && *a.BaselineFinish <= *x.n.DataDate
}

func (x *audit) baselined() string {
	if x.n.DataDate == nil {
		return "no_data_date"
	}
	for _, a := range x.all {
		if a.BaselineFinish != nil {
			return ""
		}
	}
	return "no_baseline"
}

func (x *audit) missed() {
	f := x.finding("missed_tasks", "<= 5 %", 0)
	if why := x.baselined(); why != "" {
		f.unknown(why)
		return
	}
	for _, a := range x.all {
		if !x.due(a) {
			continue
		}
		f.Of++
		if !a.done() || a.ActualFinish.LastDay() > a.BaselineFinish.LastDay() {
			f.hit(a.ID)
		}
	}
	f.share()
}

// pathTest makes an activity of the longest path 600 days longer: when the end
// does not move by as much, the path is not joined.
func (x *audit) pathTest() {
	f := x.finding("critical_path_test", "= 0", 0)
	if len(x.r.Cycles) > 0 {
		f.unknown("no_times")
		return
	}
	pick := x.onPath(func(t *Times) bool { return t.Longest })
	if pick == nil { // the end is pinned, and no link leads to it
		pick = x.onPath(func(t *Times) bool { return t.Critical })
	}
	if pick == nil {
		f.unknown("no_critical")
		return
	}
	f.Of = 1
	end, v := x.r.pass.last(), x.r.plan.first[x.r.plan.at[pick.ID]]
	w := newPass(x.r.plan)
	w.forward(v, testDays*x.day(pick))
	cal := x.r.plan.nodes[v].cal
	if moved := cal.worked(w.ef[end]) - cal.worked(x.r.pass.ef[end]); moved < (testDays-testSlack)*x.day(pick) {
		f.hit(pick.ID)
	}
	f.none()
}

// onPath returns the first task with work left whose times answer, nil for none.
func (x *audit) onPath(is func(*Times) bool) *Activity {
	var pick *Activity
	for _, a := range x.open {
		if t := x.times[a.ID]; t != nil && is(t) && a.Kind == Task && a.left() > 0 && (pick == nil || t.EarlyStart < x.times[pick.ID].EarlyStart) {
			pick = a
		}
	}
	return pick
}

// pathIndex is the length of what is left of the plan and its float against
// the baseline, over the length.
func (x *audit) pathIndex() {
	f := x.finding("critical_path_length_index", ">= 0.95", 1)
	end, why := x.n.End, x.baselined()
	if end == nil {
		for _, a := range x.all {
			if a.BaselineFinish != nil && (end == nil || *a.BaselineFinish > *end) {
				end = a.BaselineFinish
			}
		}
	}
	switch {
	case len(x.r.Cycles) > 0:
		f.unknown("no_times")
		return
	case x.n.DataDate == nil:
		f.unknown("no_data_date")
		return
	case end == nil:
		f.unknown(why)
		return
	}
	cal := x.r.plan.standard
	length := cal.worked(x.r.Finish) - cal.worked(*x.n.DataDate)
	if length <= 0 {
		f.unknown("no_critical")
		return
	}
	x.index(f, float64(length+cal.worked(*end)-cal.worked(x.r.Finish))/float64(length))
}

// executionIndex is how many tasks have ended over how many should have.
func (x *audit) executionIndex() {
	f := x.finding("baseline_execution_index", ">= 0.95", 0)
	if why := x.baselined(); why != "" {
		f.unknown(why)
		return
	}
	done := 0
	for _, a := range x.all {
		if a.Kind == Task && a.done() && a.BaselineFinish != nil {
			done++
		}
		if x.due(a) {
			f.Of++
		}
	}
	if f.Of == 0 {
		f.unknown("nothing_due")
		return
	}
	f.Count = done
	x.index(f, float64(done)/float64(f.Of))
}

func (x *audit) index(f *Finding, v float64) {
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'f', 4, 64), 64)
	f.Value = &v
	if v < healthyIndex {
		f.State = Warning
	}
}
