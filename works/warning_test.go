package works

import (
	"slices"
	"testing"

	"github.com/shanyraq/shanyraq/money"
)

func alarms(r Row, on string) []Alarm {
	var out []Alarm
	for _, w := range r.Warnings(day(on)) {
		out = append(out, w.Alarm)
	}
	return out
}

// Each alarm rings on the first day of its rule, and not on the day before.
func TestAlarmsRingOnTheirDay(t *testing.T) {
	status := func(p, on string) Line {
		return sealed(t, Line{Kind: StatusLine, On: day(on), Status: &Status{Percent: percent(p)}})
	}
	until := func(d string) Line {
		to := day(d)
		return sealed(t, Line{Kind: DeadlineLine, On: day("2026-01-01"), Deadline: &to})
	}
	budget := func(k MoneyKind, tenge int64) Line {
		return sealed(t, Line{Kind: MoneyLine, On: day("2026-01-10"), Money: &Money{Kind: k, Source: "regional", Year: 2026, Amount: money.Amount(tenge * 100)}})
	}
	built := sealed(t, Line{Kind: StepLine, On: day("2026-03-01"), Step: Built})
	for name, c := range map[string]struct {
		lines  []Line
		before string // quiet
		on     string // rings
		want   Alarm
	}{
		"late":                   {[]Line{status("96", "2026-03-01"), until("2026-03-31")}, "2026-03-31", "2026-04-01", AlarmLate},
		"deadline near at 40 %":  {[]Line{status("40", "2026-03-01"), until("2026-04-30")}, "2026-03-30", "2026-03-31", AlarmNear},
		"no progress":            {[]Line{status("40", "2026-03-01")}, "2026-04-30", "2026-05-01", AlarmStill},
		"not confirmed any more": {[]Line{status("40", "2026-03-01")}, "2026-06-01", "2026-06-02", AlarmUnproven},
		"the next step waits":    {[]Line{built}, "2026-05-30", "2026-05-31", AlarmStep},
		"source of last year":    {[]Line{budget(Approved, 10), budget(Transferred, 9)}, "2026-12-31", "2027-01-01", AlarmMoney},
	} {
		r := RowOf(at(t, hub(), "2027-12-31", c.lines...))
		if slices.Contains(alarms(r, c.before), c.want) || !slices.Contains(alarms(r, c.on), c.want) {
			t.Errorf("%s: %v on %s, %v on %s", name, alarms(r, c.before), c.before, alarms(r, c.on), c.on)
		}
	}
}

func TestAlarmsOfForecast(t *testing.T) {
	to := day("2026-06-30")
	r := RowOf(at(t, hub(), "2026-03-01", sealed(t, Line{Kind: StatusLine, On: day("2026-03-01"), Status: &Status{Percent: percent("40")}}), sealed(t, Line{Kind: DeadlineLine, On: day("2026-01-01"), Deadline: &to})))
	p80 := day("2026-07-15")
	r.Forecast = &RowForecast{P80: &p80}
	w := r.Warnings(day("2026-03-02"))
	if len(w) != 1 || w[0].Alarm != AlarmForecast || w[0].Days != 15 {
		t.Errorf("%+v", w)
	}
}

// What is paid in full, repeated without progress, or open raises nothing.
func TestQuietWorks(t *testing.T) {
	give := func(k MoneyKind, tenge int64) Line {
		return sealed(t, Line{Kind: MoneyLine, On: day("2025-01-10"), Money: &Money{Kind: k, Source: "regional", Year: 2025, Amount: money.Amount(tenge * 100)}})
	}
	if a := alarms(RowOf(at(t, hub(), "2026-03-01", give(Approved, 10), give(Transferred, 10))), "2026-03-01"); len(a) > 0 {
		t.Error(a)
	}
	var steps []Line
	for _, s := range Steps() {
		steps = append(steps, sealed(t, Line{Kind: StepLine, On: day("2025-03-01"), Step: s}))
	}
	if a := alarms(RowOf(at(t, hub(), "2026-03-01", steps...)), "2027-03-01"); len(a) > 0 {
		t.Error(a)
	}
	again := []Line{sealed(t, Line{Kind: StatusLine, On: day("2026-01-01"), Status: &Status{Percent: percent("40")}}), sealed(t, Line{Kind: StatusLine, On: day("2026-03-20"), Status: &Status{Percent: percent("40")}})}
	if a := alarms(RowOf(at(t, hub(), "2026-03-21", again...)), "2026-03-21"); !slices.Contains(a, AlarmStill) {
		t.Error("the same percentage again is no progress:", a)
	}
}
