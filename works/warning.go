package works

import (
	"cmp"
	"slices"

	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shopspring/decimal"
)

// Alarm is a rule of early warning. A warning says that a work will get into
// trouble, or is in it, while something can still be done; a question (Rule)
// says that statements do not fit.
type Alarm string

// The alarms, the gravest first. Their words stand beside the pages.
const (
	AlarmLate     Alarm = "late"            // the deadline passed and it is not open
	AlarmForecast Alarm = "forecast_late"   // the forecast of 80 % lies after the deadline
	AlarmNear     Alarm = "deadline_near"   // few days are left and much is to do
	AlarmMoney    Alarm = "not_transferred" // a source did not give what it approved for a past year
	AlarmStep     Alarm = "step_waits"      // it is built, and the next step of opening waits
	AlarmStill    Alarm = "no_progress"     // nothing moved for long
	AlarmUnproven Alarm = "not_confirmed"   // the percentage has no evidence or is old
	AlarmRisk     Alarm = "risk_overdue"    // nobody looked at a risk on the day named for it
)

// The limits are assumptions of ours, shown wherever warnings are.
const (
	nearDays     = 30 // before a deadline
	nearPercent  = 90 // below it, a near deadline is a warning
	stillDays    = 60 // without progress
	stepWaitDays = 90 // for the next step of opening
)

// Alarms lists the alarms, the gravest first.
func Alarms() []Alarm {
	return []Alarm{AlarmLate, AlarmForecast, AlarmNear, AlarmMoney, AlarmStep, AlarmStill, AlarmUnproven, AlarmRisk}
}

// Private reports whether only those may see an alarm who may read drafts.
func (a Alarm) Private() bool { return a == AlarmRisk }

// Warning is an alarm that a work raises on a day.
type Warning struct {
	Alarm Alarm
	// About is the source of money, the step that waits, the doubt, or the risk.
	About string
	// Days is how long: late, waiting, left, without progress.
	Days int
	// On is the day from which Days are counted, or the day of the deadline.
	On *period.Date
	// Percent is how far the work is, where the alarm depends on it.
	Percent *decimal.Decimal
	// Approved and Transferred are the two sides of AlarmMoney.
	Approved, Transferred money.Amount
	Year                  int
}

// Owed is what a source approved for a year and did not transfer for it.
type Owed struct {
	Source      string       `json:"source"`
	Year        int          `json:"year"`
	Approved    money.Amount `json:"approved"`
	Transferred money.Amount `json:"transferred"`
}

// Warnings returns what the work raises on a day, the gravest first. Works that
// are open, given up or drafts raise nothing.
func (r *Row) Warnings(day period.Date) []Warning {
	if r.Condition == Cancelled || r.Condition == Draft || r.Opened != nil || r.Phase == DeclaredOpen {
		return nil
	}
	var out []Warning
	late := r.LateOn(day)
	if late > 0 {
		out = append(out, Warning{Alarm: AlarmLate, Days: late, On: r.Deadline, Percent: r.Percent})
	}
	if f := r.Forecast; f != nil && f.P80 != nil && r.Deadline != nil && *f.P80 > *r.Deadline && late == 0 {
		out = append(out, Warning{Alarm: AlarmForecast, Days: int(*f.P80 - *r.Deadline), On: f.P80})
	}
	if r.Deadline != nil && late == 0 && int(*r.Deadline-day) <= nearDays && r.unready() {
		out = append(out, Warning{Alarm: AlarmNear, Days: int(*r.Deadline - day), On: r.Deadline, Percent: r.Percent})
	}
	year, _, _ := day.Civil()
	for _, o := range r.Owed {
		if o.Year < year {
			out = append(out, Warning{Alarm: AlarmMoney, About: o.Source, Approved: o.Approved, Transferred: o.Transferred, Year: o.Year})
		}
	}
	if r.Condition == Suspended {
		return out
	}
	if on, waits := r.waits(day); waits {
		out = append(out, Warning{Alarm: AlarmStep, About: string(r.Next), Days: int(day - *on), On: on})
	}
	if r.MovedOn != nil && int(day-*r.MovedOn) > stillDays && (r.Phase == Building || r.Phase == Finishing) {
		out = append(out, Warning{Alarm: AlarmStill, Days: int(day - *r.MovedOn), On: r.MovedOn, Percent: r.Percent})
	}
	if d := r.DoubtOn(day); d != "" {
		out = append(out, Warning{Alarm: AlarmUnproven, About: string(d), Days: int(day - *r.PercentOn), On: r.PercentOn, Percent: r.Percent})
	}
	return out
}

// unready reports whether much is to do before a near deadline: the percentage
// is low, or nobody said one.
func (r *Row) unready() bool {
	if r.Percent == nil {
		return slices.Contains([]Phase{Idea, Preparation, Procurement, Building, Finishing}, r.Phase)
	}
	return r.Percent.Cmp(decimal.NewFromInt(nearPercent)) < 0
}

// waits returns since when the next step of opening waits, and whether that is
// too long. A work at 100 per cent of which no step is known waits for the first.
func (r *Row) waits(day period.Date) (*period.Date, bool) {
	on := r.StepOn
	if on == nil && r.Percent != nil && r.Percent.Equal(hundred) {
		on = r.PercentOn
	}
	return on, on != nil && r.Next != "" && int(day-*on) > stepWaitDays
}

// newest returns the day of the step that was done last.
func (c Chain) newest() *period.Date {
	var out *period.Date
	for _, l := range c {
		if l.Done && l.On != nil && (out == nil || *l.On > *out) {
			out = l.On
		}
	}
	return out
}

// movedOn returns the day on which a percentage of the whole or of a stage was
// said for the first time or rose, or a step was done; the newest of them.
func movedOn(s *State) *period.Date {
	out := s.Chain.newest()
	best := map[string]decimal.Decimal{}
	for _, l := range s.Lines {
		if l.Status == nil {
			continue
		}
		p := l.Status.Percent
		if p == nil && l.Status.Word.finishes() {
			p = &hundred
		}
		was, known := best[l.Status.Stage]
		if p == nil || (known && p.Cmp(was) <= 0) {
			continue
		}
		best[l.Status.Stage] = *p
		if on := l.On; out == nil || on > *out {
			out = &on
		}
	}
	return out
}

// owedOf adds up what each source approved and gave for each year, and keeps
// where it surely gave less. Amounts of which nobody said the year are left out.
func owedOf(s *State) []Owed {
	type key struct {
		source string
		year   int
	}
	sums := map[key]*[2]Sum{}
	for _, l := range s.Lines {
		if l.Money == nil || l.Money.Year == 0 || (l.Money.Kind != Approved && l.Money.Kind != Transferred) {
			continue
		}
		k := key{l.Money.Source, l.Money.Year}
		if sums[k] == nil {
			sums[k] = &[2]Sum{}
		}
		side := 0
		if l.Money.Kind == Transferred {
			side = 1
		}
		if err := sums[k][side].add(l.Money.Amount, l.Money.Qualifier, l.ID); err != nil {
			return nil // beyond any budget: the account has refused it already
		}
	}
	var out []Owed
	for k, x := range sums {
		if x[0].said() && x[0].interval().Above(given(x[1])) {
			out = append(out, Owed{Source: k.source, Year: k.year, Approved: x[0].Amount, Transferred: x[1].Amount})
		}
	}
	slices.SortFunc(out, func(a, b Owed) int {
		return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Source, b.Source))
	})
	return out
}

// given is what was transferred, nothing where nobody said.
func given(s Sum) stat.Interval {
	if s.said() {
		return s.interval()
	}
	return ledger.Exact.Interval(decimal.Zero, tolerance)
}
