package works

import (
	"cmp"
	"slices"
	"time"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

// FreshDays is how long a status stays confirmed. It is an assumption of ours:
// a site that is reported once a quarter stays fresh.
const FreshDays = 92

// enoughWeight is of how much of the weight, of 1000, somebody must have spoken
// before the stages give a percentage: one accepted stage says nothing of a
// whole. An assumption of ours.
const enoughWeight = 500

// Doubt says why a percentage is not confirmed; empty: it is.
type Doubt string

// The doubts.
const (
	NoEvidence Doubt = "no_evidence" // nobody can look at what it rests on
	TooOld     Doubt = "too_old"     // older than FreshDays
)

// Readiness is a percentage with what it rests on.
type Readiness struct {
	Percent   decimal.Decimal // 0 to 100
	Qualifier ledger.Qualifier
	On        period.Date
	Age       int // days since then
	Doubt     Doubt
	Line      string
}

// Saying is what was said of the whole in words.
type Saying struct {
	Word Word
	On   period.Date
	Line string
}

// StageState is a stage as of a day.
type StageState struct {
	Stage
	Percent  *decimal.Decimal // nil: nobody said
	Word     Word             // what was said last in words; empty: a number, or nothing
	On       *period.Date     // of the last word
	Started  *period.Date
	Finished *period.Date
	First    *Term // in the first baseline
	Current  *Term // in the newest baseline
	Doubt    Doubt // of Percent
	Line     string
}

// Phase is where a work stands in one word, for lists and maps.
type Phase string

// The phases.
const (
	Idea         Phase = "idea"        // nobody reported anything yet
	Preparation  Phase = "preparation" // land, brief, design, expertise
	Procurement  Phase = "procurement"
	Building     Phase = "building"      // or delivering, developing
	Finishing    Phase = "finishing"     // interior, equipment
	NotOpen      Phase = "not_open"      // built, but no patient yet
	DeclaredOpen Phase = "declared_open" // said to be open; the steps are not confirmed
	Opened       Phase = "open"
	Stopped      Phase = "suspended"
	Dropped      Phase = "cancelled"
)

// Phases lists the phases in order.
func Phases() []Phase {
	return []Phase{Idea, Preparation, Procurement, Building, Finishing, NotOpen, DeclaredOpen, Opened, Stopped, Dropped}
}

// DeadlineMove is one day that was named for the end.
type DeadlineMove struct {
	To     period.Date
	On     period.Date // when it was said
	Reason string
	Line   string // empty: from a baseline
}

// State is all that is known of a work as of a day.
type State struct {
	Work *Work
	AsOf period.Date
	// Ready is the last percentage of the whole; nil when nobody said one.
	Ready *Readiness
	// Said is what was said last of the whole in words; nil when nobody did.
	Said *Saying
	// Computed is what the stages give by their weights, 0 to 100; nil when no
	// stage has a number: words alone give none. Weighed is the share of the
	// weight, of 1000, of which somebody spoke: the rest counts as 0.
	Computed *decimal.Decimal
	Weighed  int
	Stages   []StageState
	Chain    Chain
	Opened   *period.Date // nil: not open
	Money    *Account
	// Deadlines are the days that were named for the end, oldest first.
	Deadlines []DeadlineMove
	People    int64 // served so far
	Phase     Phase
	LastWord  *period.Date // of the newest line
	Lines     []*Line      // that hold as of the day, by day
	Forecasts []*Line      // of these, what was foreseen, oldest first
	Questions []Question
}

// Deadline returns the first and the current day of the end; nil when nobody
// named one.
func (s *State) Deadline() (first, current *period.Date) {
	if n := len(s.Deadlines); n > 0 {
		return &s.Deadlines[0].To, &s.Deadlines[n-1].To
	}
	return nil, nil
}

// Late returns by how many days the current deadline has passed on AsOf, 0
// when it has not, is not known, or the work is open or was given up.
func (s *State) Late() int {
	_, d := s.Deadline()
	if d == nil || s.Opened != nil || s.Phase == Dropped || s.AsOf <= *d {
		return 0
	}
	return int(s.AsOf - *d)
}

// At folds the lines of a work into its state at the end of a day. It uses the
// lines that were known on that day and recorded by an instant; the zero
// instant is now. The order of the lines does not matter.
func At(w *Work, lines []Line, day period.Date, recorded time.Time) (*State, error) {
	s := &State{Work: w, AsOf: day, Lines: standing(lines, day, recorded)}
	if w.Kind.Built() {
		s.Chain = chainOf(s.Lines)
	}
	s.stages()
	s.open()
	s.readiness()
	s.deadlines()
	for _, l := range s.Lines {
		if l.People != nil {
			s.People += *l.People
		}
		if l.Forecast != nil { // computed, nobody said it
			s.Forecasts = append(s.Forecasts, l)
			continue
		}
		if s.LastWord == nil || l.On > *s.LastWord {
			on := l.On
			s.LastWord = &on
		}
	}
	var err error
	if s.Money, err = accountOf(s.Lines); err != nil {
		return nil, err
	}
	s.Phase = s.phase()
	s.Questions = questionsOf(s)
	return s, nil
}

// standing returns the lines that hold: known by the day, and not taken back by
// then. They are ordered by the day they speak of, then by when they were
// recorded, then by id.
func standing(lines []Line, day period.Date, recorded time.Time) []*Line {
	taken := map[string]bool{}
	seen := func(l *Line) bool {
		return l.KnownOn(day) && (recorded.IsZero() || l.Recorded.IsZero() || !l.Recorded.After(recorded))
	}
	for i := range lines {
		if l := &lines[i]; l.Kind == WithdrawLine && seen(l) {
			taken[l.Takes] = true
		}
	}
	var out []*Line
	for i := range lines {
		if l := &lines[i]; l.Kind != WithdrawLine && seen(l) && !taken[l.ID] && l.On <= day {
			out = append(out, l)
		} else if l.Kind != WithdrawLine && seen(l) && !taken[l.ID] && l.Money != nil && !l.Money.Kind.Happened() {
			out = append(out, l) // a plan may speak of a later day
		}
	}
	slices.SortFunc(out, func(a, b *Line) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Seq, b.Seq), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// open finds the day since which the work serves people: that of the last step,
// or, for what has no patients of its own, the end of its last stage.
func (s *State) open() {
	if on, ok := s.Chain.Open(); ok {
		s.Opened = &on
	}
	if n := len(s.Stages); n > 0 && !s.Work.Kind.Built() {
		if last := s.Stages[n-1]; last.Percent != nil && last.Percent.Equal(hundred) {
			s.Opened = last.On
			if last.Finished != nil {
				s.Opened = last.Finished
			}
		}
	}
}

func (s *State) doubt(l *Line) Doubt {
	switch {
	case !l.Evidenced():
		return NoEvidence
	case int(s.AsOf-l.On) > FreshDays:
		return TooOld
	}
	return ""
}

func (s *State) readiness() {
	for _, l := range s.Lines {
		if l.Status != nil && l.Status.Stage == "" && l.Status.Word != "" {
			s.Said = &Saying{Word: l.Status.Word, On: l.On, Line: l.ID}
		}
		if l.Status == nil || l.Status.Stage != "" || l.Status.Percent == nil {
			continue
		}
		s.Ready = &Readiness{Percent: *l.Status.Percent, Qualifier: l.Status.Qualifier, On: l.On, Age: int(s.AsOf - l.On), Doubt: s.doubt(l), Line: l.ID}
	}
}

// stages folds what was said of each stage, and what that gives together.
func (s *State) stages() {
	t := s.Work.Stages()
	weights := s.weights(t)
	for i, st := range t.Stages {
		st.PerMille = weights[i]
		x := StageState{Stage: st, First: s.term(s.firstKnown(), st.Code), Current: s.term(s.currentKnown(), st.Code)}
		s.Stages = append(s.Stages, x)
	}
	for _, l := range s.Lines {
		if l.Status != nil && l.Status.Stage != "" {
			if i := t.index(l.Status.Stage); i >= 0 {
				s.Stages[i].take(l, s.doubt(l))
			}
		}
	}
	s.byChain(t)
	sum, numbers := decimal.Zero, false
	for _, x := range s.Stages {
		if x.Percent != nil {
			numbers = numbers || x.Word == "" || x.Finished != nil
			s.Weighed += x.PerMille
			sum = sum.Add(x.Percent.Mul(decimal.NewFromInt(int64(x.PerMille))))
		}
	}
	if numbers && s.Weighed >= enoughWeight {
		c := sum.Shift(-3)
		s.Computed = &c
	}
}

func (x *StageState) take(l *Line, d Doubt) {
	on := l.On
	x.On, x.Line, x.Doubt, x.Word = &on, l.ID, d, l.Status.Word
	switch {
	case l.Status.Percent != nil:
		x.Percent = l.Status.Percent
	case l.Status.Word.finishes():
		all := hundred
		x.Percent = &all
	}
	if l.Status.Started != nil {
		x.Started = l.Status.Started
	}
	if l.Status.Finished != nil {
		x.Finished = l.Status.Finished
		if l.Status.Percent == nil {
			all := hundred
			x.Percent = &all
		}
	}
}

// byStep are the stages that a step of the opening chain finishes.
var byStep = map[Step]string{StepAccepted: "acceptance", Licensed: "licence", Equipped: "equipment", Staffed: "staff", FirstPatient: "first_patient"}

func (s *State) byChain(t Template) {
	for _, l := range s.Chain {
		i := t.index(byStep[l.Step])
		if !l.Done || i < 0 {
			continue
		}
		all := hundred
		s.Stages[i].Percent, s.Stages[i].Finished, s.Stages[i].On, s.Stages[i].Line, s.Stages[i].Doubt = &all, l.On, l.On, l.Line, ""
	}
}

// weights are those of the newest baseline where it gives any, else of the
// template.
func (s *State) weights(t Template) []int {
	out := make([]int, len(t.Stages))
	b := s.currentKnown()
	given := b != nil && slices.ContainsFunc(b.Terms, func(x Term) bool { return x.PerMille > 0 })
	for i, st := range t.Stages {
		out[i] = st.PerMille
		if given {
			out[i] = 0
			if term := s.term(b, st.Code); term != nil {
				out[i] = term.PerMille
			}
		}
	}
	return out
}

func (s *State) firstKnown() *Baseline {
	if b := s.Work.First(); b != nil && b.On <= s.AsOf {
		return b
	}
	return nil
}

func (s *State) currentKnown() *Baseline {
	for i := len(s.Work.Baselines) - 1; i >= 0; i-- {
		if b := &s.Work.Baselines[i]; b.On <= s.AsOf {
			return b
		}
	}
	return nil
}

func (s *State) term(b *Baseline, code string) *Term {
	if b == nil {
		return nil
	}
	for i := range b.Terms {
		if b.Terms[i].Stage == code {
			return &b.Terms[i]
		}
	}
	return nil
}

// deadlines joins the ends of the baselines and the days that were said, by
// when they were said.
func (s *State) deadlines() {
	for _, b := range s.Work.Baselines {
		if end, ok := b.Finish(); ok && b.On <= s.AsOf {
			s.Deadlines = append(s.Deadlines, DeadlineMove{To: end, On: b.On, Reason: b.Reason})
		}
	}
	for _, l := range s.Lines {
		if l.Deadline != nil {
			s.Deadlines = append(s.Deadlines, DeadlineMove{To: *l.Deadline, On: l.On, Reason: l.Reason, Line: l.ID})
		}
	}
	slices.SortStableFunc(s.Deadlines, func(a, b DeadlineMove) int { return cmp.Compare(a.On, b.On) })
	s.Deadlines = slices.CompactFunc(s.Deadlines, func(a, b DeadlineMove) bool { return a.To == b.To })
}

// early and late stages decide the phase.
var phaseOf = map[string]Phase{
	"decision": Preparation, "land": Preparation, "brief": Preparation, "design": Preparation, "expertise": Preparation, "need": Preparation, "talks": Preparation, "plan": Preparation,
	"procurement": Procurement, "contract": Procurement, "signed": Procurement, "financing": Procurement,
	"interior": Finishing, "equipment": Finishing, "installation": Finishing, "commissioning": Finishing, "pilot": Finishing, "registration": Finishing,
	"in_use": Opened, "production": Opened,
}

func (s *State) phase() Phase {
	switch {
	case s.Work.Condition == Cancelled:
		return Dropped
	case s.Opened != nil:
		return Opened
	case s.Work.Condition == Suspended:
		return Stopped
	case s.Said != nil && s.Said.Word == SaidOpened:
		return DeclaredOpen
	case s.Chain.Reached(Built) || s.Chain.Reached(StepAccepted):
		return NotOpen
	case s.Ready != nil && s.Ready.Percent.Equal(hundred):
		return NotOpen
	}
	out := Idea
	if s.Said != nil || (s.Ready != nil && s.Ready.Percent.IsPositive()) {
		out = Building
	}
	if s.Said != nil && s.Said.Word != UnderWay {
		out = Finishing
	}
	for _, x := range s.Stages {
		if x.On == nil || (x.Percent != nil && x.Percent.IsZero()) {
			continue
		}
		p, ok := phaseOf[x.Code]
		switch {
		case !ok:
			p = Building
		case p == Opened && (x.Percent == nil || !x.Percent.Equal(hundred)):
			p = Finishing
		}
		out = later(out, p)
	}
	return out
}

func later(a, b Phase) Phase {
	if slices.Index(Phases(), b) > slices.Index(Phases(), a) {
		return b
	}
	return a
}

// Capacity returns what the work gives as entries for the timeline of its
// facility: planned until it is built, open from the day of the first patient.
// A work without a facility of its own gives none.
func (s *State) Capacity() []place.Capacity {
	w := s.Work
	if w.Facility == "" || w.Condition == Draft {
		return nil
	}
	if w.Condition == Cancelled {
		return nil
	}
	status, from := s.CapacityStatus()
	var out []place.Capacity
	for _, y := range w.Yields {
		out = append(out, place.Capacity{Facility: w.Facility, Item: y.Item, Service: y.Service, Age: y.Age, Count: y.Count, Status: status, From: from, Source: y.Source})
	}
	return out
}

// CapacityStatus says how far the capacity is that the work gives, and since
// when; planned capacity has no day.
func (s *State) CapacityStatus() (place.Status, *period.Date) {
	switch {
	case s.Opened != nil:
		return place.Open, s.Opened
	case s.Chain.Reached(Licensed):
		return place.Licensed, s.stepDay(Licensed)
	case s.Chain.Reached(Built):
		return place.Built, s.stepDay(Built)
	}
	return place.Planned, nil
}

func (s *State) stepDay(step Step) *period.Date {
	for _, l := range s.Chain {
		if l.Step == step {
			return l.On
		}
	}
	return nil
}
