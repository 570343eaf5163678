// Package outlook says when a work will end, by several methods side by side:
// the day that was declared, the pace so far (earned schedule), what happened to
// others like it (reference class), and the simulation of the stages that are
// left. It joins the state of a work with the arithmetic of works/forecast and
// says on what each answer rests.
package outlook

import (
	"slices"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/forecast"
	"github.com/shopspring/decimal"
)

// Method is the name of the method, and its version, that stands beside every
// forecast that is kept.
const (
	Method  = "works.stage-simulation"
	Version = 1
)

// History is what became of works that have ended: the outside view.
type History struct{ Closed []forecast.Closed }

// Add takes a work that is open and had a first baseline into the history: its
// length from the first planned day to opening, over the planned length.
func (h *History) Add(r *works.Row) {
	t := r.Planned
	if r.Opened == nil || t == nil || t.Finish <= t.Start || *r.Opened <= t.Start {
		return
	}
	h.Closed = append(h.Closed, forecast.Closed{ID: string(r.ID), Classes: Classes(r.Kind), Ratio: float64(*r.Opened-t.Start+1) / float64(t.Finish-t.Start+1)})
}

// Classes are the reference classes of a kind of works, the narrowest first.
func Classes(k works.Kind) []string {
	if k.Built() {
		return []string{string(k), "built", "all"}
	}
	return []string{string(k), "all"}
}

// Outlook is when a work will end, as seen on a day.
type Outlook struct {
	On        period.Date
	Declared  *period.Date
	Schedule  *forecast.Schedule // nil without a baseline
	ES        *period.Date
	Outcome   *forecast.Outcome // nil where nothing can be simulated
	Influence []forecast.Influence
	Reference *forecast.Reference // nil without closed works
	// View holds the four views side by side with a warning; nil without a
	// baseline, where there is no plan to compare with.
	View    *forecast.View
	Assumed bool // lengths of stages are assumptions
	Reasons []lang.Text
}

// reasons say on what an outlook rests.
var (
	noBaseline = lang.Text{lang.KK: "бекітілген жоспар-кесте айтылмаған: кезең ұзақтықтары — болжам", lang.RU: "утверждённый график не назван: длительности этапов — допущение", lang.EN: "no baseline is given: the lengths of the stages are assumptions"}
	noProgress = lang.Text{lang.KK: "орындалу пайызы айтылмаған", lang.RU: "процент выполнения не назван", lang.EN: "no percentage was reported"}
	noDeadline = lang.Text{lang.KK: "аяқталу мерзімі айтылмаған", lang.RU: "срок завершения не назван", lang.EN: "no deadline was named"}
	ownSpread  = lang.Text{lang.KK: "кезеңдердің ауытқуы — аяқталған өз жобаларымыздан", lang.RU: "разброс этапов — по нашим завершённым проектам", lang.EN: "the spread of stages is that of our own closed projects"}
	assumedLaw = lang.Text{lang.KK: "кезеңдердің ауытқуы — болжам: орта есеппен жоспардан 39 %-ға ұзақ (HM Treasury, 2003), алтыдан бірі екі еседен артық", lang.RU: "разброс этапов — допущение: в среднем на 39 % дольше плана (HM Treasury, 2003), каждый шестой более чем вдвое", lang.EN: "the spread of stages is an assumption: 39 % longer than planned on average (HM Treasury, 2003), one in six more than twice as long"}
	fromWhole  = lang.Text{lang.KK: "кезеңдердің орындалуы жалпы пайыздан есептелді", lang.RU: "выполнение этапов выведено из общего процента", lang.EN: "progress of the stages is inferred from that of the whole"}
)

// Path returns what is left of a work as a path to simulate; ok is false when
// nothing can be said: it is open, given up, or nobody ever reported on it and
// no baseline says when it begins. assumed tells that lengths are assumptions.
func Path(s *works.State, spread *forecast.Spread) (p forecast.Path, assumed, ok bool) {
	if s.Opened != nil || s.Phase == works.Dropped || s.Phase == works.Stopped || s.Work.Level == works.Programme {
		return p, false, false
	}
	b := baseline(s)
	from, known := reported(s, b)
	if !known || s.Work.Count() > 1 { // the end of thirty sites is no day
		return p, false, false
	}
	if b == nil && s.Ready == nil && !finished(s) { // nothing to start from but a word
		return p, false, false
	}
	today := s.AsOf
	_, declared := s.Deadline()
	p = forecast.Path{ID: string(s.Work.ID), From: from, Deadline: declared, Today: &today}
	if today > from {
		p.OpenOn = &today
	}
	shares := Shares(s)
	for i, x := range s.Stages {
		days := float64(x.Days)
		if b != nil {
			days = 0
			if x.Current != nil {
				days = float64(x.Current.Finish - x.Current.Start + 1)
			} else if slices.Contains(openingStages, x.Code) { // a plan often ends with the building
				days, assumed = float64(x.Days), true
			}
		} else {
			assumed = true
		}
		p.Stages = append(p.Stages, forecast.Stage{Name: x.Code, Days: days, Done: shares[i], Spread: spread})
	}
	return p, assumed, true
}

// finished reports whether the building is said to be done.
func finished(s *works.State) bool {
	return s.Chain.Reached(works.Built) || s.Chain.Reached(works.StepAccepted)
}

// openingStages lie between a building and its first patient.
var openingStages = []string{"acceptance", "licence", "staff", "first_patient"}

func baseline(s *works.State) *works.Baseline {
	for i := len(s.Work.Baselines) - 1; i >= 0; i-- {
		if b := &s.Work.Baselines[i]; b.On <= s.AsOf && len(b.Terms) > 0 {
			return b
		}
	}
	return nil
}

// reported returns the day from which the rest is simulated: that of the last
// report, else the first day of the plan.
func reported(s *works.State, b *works.Baseline) (day period.Date, ok bool) {
	if s.Ready != nil {
		day, ok = s.Ready.On, true
	}
	for _, x := range s.Stages {
		if x.On != nil && (!ok || *x.On > day) {
			day, ok = *x.On, true
		}
	}
	for _, l := range s.Chain {
		if l.Done && (!ok || *l.On > day) {
			day, ok = *l.On, true
		}
	}
	if !ok && b != nil {
		for i, t := range b.Terms {
			if i == 0 || t.Start-1 < day {
				day, ok = t.Start-1, true
			}
		}
	}
	return day, ok
}

// Shares returns the share done of each stage, 0 to 1. What nobody said of a
// stage follows from what is said of others: what comes before acceptance is
// done when the building is, a stage before one that has ended is done, and the
// percentage of the whole, which speaks of building, fills the rest in their
// order.
func Shares(s *works.State) []float64 {
	out := make([]float64, len(s.Stages))
	known := make([]bool, len(s.Stages))
	for i, x := range s.Stages {
		if x.Percent != nil {
			out[i], known[i] = x.Percent.InexactFloat64()/100, true
		}
	}
	last := -1
	for i, x := range s.Stages {
		if known[i] && out[i] == 1 || finished(s) && !slices.Contains(openingStages, x.Code) {
			last = i
		}
	}
	for i := range s.Stages[:last+1] {
		if !known[i] && !(slices.Contains(openingStages, s.Stages[i].Code)) {
			out[i], known[i] = 1, true
		}
	}
	if s.Ready == nil {
		return out
	}
	physical, left := 0.0, 0.0
	for _, x := range s.Stages {
		if !slices.Contains(openingStages, x.Code) {
			physical += float64(x.PerMille)
		}
	}
	left = physical * s.Ready.Percent.InexactFloat64() / 100
	for i, x := range s.Stages {
		if known[i] && !slices.Contains(openingStages, x.Code) {
			left -= out[i] * float64(x.PerMille)
		}
	}
	for i, x := range s.Stages {
		if known[i] || slices.Contains(openingStages, x.Code) || x.PerMille == 0 {
			continue
		}
		done := min(max(left/float64(x.PerMille), 0), 1)
		out[i] = done
		left -= done * float64(x.PerMille)
	}
	return out
}

// Of returns the outlook of a work on the day of its state.
func Of(s *works.State, deck *forecast.Deck, h *History) (*Outlook, error) {
	o, p := Begin(s, h)
	if p == nil {
		return o, nil
	}
	out, _, influence, err := deck.Simulate(*p)
	if err != nil {
		return nil, err
	}
	o.Influence = influence
	o.Take(out)
	if seen := sight(s, o, p); seen != nil {
		v, err := deck.Look(*seen)
		if err != nil {
			return nil, err
		}
		o.View = &v
	}
	return o, nil
}

// sight is a work with a baseline as it is compared with others.
func sight(s *works.State, o *Outlook, p *forecast.Path) *forecast.Sight {
	b := baseline(s)
	if b == nil || s.AsOf < p.From {
		return nil
	}
	out := &forecast.Sight{ID: p.ID, Report: p.From, Today: s.AsOf, Declared: o.Declared, Together: p.Together}
	if r := o.Reference; r != nil && r.N > 0 {
		out.Class = r
	}
	shares := Shares(s)
	for i, x := range s.Stages {
		if x.Current == nil {
			continue
		}
		out.Stages = append(out.Stages, forecast.Progress{Baseline: forecast.Baseline{Name: x.Code, Weight: float64(x.PerMille), Start: x.Current.Start, End: x.Current.Finish}, Done: shares[i]})
		out.Spreads = append(out.Spreads, p.Stages[i].Spread)
	}
	if len(out.Stages) == 0 {
		return nil
	}
	return out
}

// Begin returns what can be said without a simulation, and the path to simulate;
// nil where nothing can be simulated. Many paths are simulated together by
// forecast.Deck.Portfolio; Take brings an outcome back.
func Begin(s *works.State, h *History) (*Outlook, *forecast.Path) {
	o := &Outlook{On: s.AsOf}
	_, o.Declared = s.Deadline()
	spread := o.outside(s, h)
	o.schedule(s)
	if o.Declared == nil {
		o.Reasons = append(o.Reasons, noDeadline)
	}
	p, assumed, ok := Path(s, spread)
	if !ok {
		return o, nil
	}
	o.Assumed = assumed || spread == forecast.Assumed
	if baseline(s) == nil {
		o.Reasons = append(o.Reasons, noBaseline)
	}
	if inferred(s) {
		o.Reasons = append(o.Reasons, fromWhole)
	}
	if spread == forecast.Assumed {
		o.Reasons = append(o.Reasons, assumedLaw)
	} else {
		p.Together = true // the class is of whole works
		o.Reasons = append(o.Reasons, ownSpread)
	}
	return o, &p
}

// Take adds the outcome of the simulation.
func (o *Outlook) Take(out forecast.Outcome) {
	o.Outcome = &out
	for _, n := range out.Notes {
		o.Reasons = append(o.Reasons, n.Text())
	}
}

func inferred(s *works.State) bool {
	return s.Ready != nil && slices.ContainsFunc(s.Stages, func(x works.StageState) bool { return x.Percent == nil })
}

// outside asks the reference class and returns the spread for the stages: that
// of our own closed works where there are enough, else the assumption.
func (o *Outlook) outside(s *works.State, h *History) *forecast.Spread {
	spread := forecast.Assumed
	if h == nil || len(h.Closed) == 0 {
		return spread
	}
	r := forecast.Outside(h.Closed, forecast.Query{Classes: Classes(s.Work.Kind)})
	o.Reference = &r
	if r.N >= forecast.MinimumClass {
		if own := r.Spread(); own != nil {
			spread = own
		}
	}
	return spread
}

// schedule compares progress with the newest baseline.
func (o *Outlook) schedule(s *works.State) {
	b := baseline(s)
	if b == nil {
		return
	}
	done := s.Computed
	if s.Ready != nil {
		done = &s.Ready.Percent
	}
	if done == nil {
		o.Reasons = append(o.Reasons, noProgress)
		return
	}
	on, known := reported(s, b)
	if !known {
		return
	}
	c := Curve(s, b)
	x := forecast.EarnedSchedule(c, done.Div(decimal.NewFromInt(100)).InexactFloat64()*c.Total(), on)
	o.Schedule, o.ES = &x, x.EndAsPaced
	for _, n := range x.Notes {
		o.Reasons = append(o.Reasons, n.Text())
	}
}

// Curve returns the planned value of a baseline, by the weights of the stages.
func Curve(s *works.State, b *works.Baseline) forecast.Curve {
	var list []forecast.Baseline
	for _, t := range b.Terms {
		w := float64(t.PerMille)
		if w == 0 {
			for _, x := range s.Stages {
				if x.Code == t.Stage {
					w = float64(x.PerMille)
				}
			}
		}
		list = append(list, forecast.Baseline{Name: t.Stage, Weight: w, Start: t.Start, End: t.Finish})
	}
	return forecast.CurveOf(list)
}

// Line returns the outlook as a line to be kept and scored; nil where nothing
// was foreseen.
func (o *Outlook) Line() *works.Line {
	f := &works.Forecast{Declared: o.Declared, ES: o.ES, Assumed: o.Assumed, Method: Method, Version: Version}
	if x := o.Outcome; x != nil {
		f.P10, f.P50, f.P80, f.P90, f.InTime = x.P10, x.P50, x.P80, x.P90, x.OnTime
	}
	if f.P50 == nil && f.ES == nil {
		return nil
	}
	return &works.Line{Kind: works.ForecastLine, On: o.On, Forecast: f}
}
