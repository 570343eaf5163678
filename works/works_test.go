package works

import (
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

func day(s string) period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func percent(s string) *decimal.Decimal { d := decimal.RequireFromString(s); return &d }

func hub() *Work {
	beds := int64(20)
	return &Work{ID: "hub", Level: Project, Kind: Extension, Condition: Active, Title: lang.Text{lang.EN: "Hub"}, Place: "KZ-35", Facility: "F025", Yields: []Yield{{Item: place.Beds, Service: "stroke", Count: &beds, Source: "d"}}}
}

func sealed(t *testing.T, l Line) Line {
	t.Helper()
	l.Work = "hub"
	if l.Office == "" && l.Document == "" {
		l.Document = "doc"
	}
	if err := l.Seal(); err != nil {
		t.Fatal(err)
	}
	return l
}

func at(t *testing.T, w *Work, on string, lines ...Line) *State {
	t.Helper()
	s, err := At(w, lines, day(on), noTime)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var noTime = Line{}.Recorded

// A percentage is confirmed while it is fresh and somebody can look at what it
// rests on.
func TestAPercentageIsConfirmedByEvidence(t *testing.T) {
	with := sealed(t, Line{Kind: StatusLine, On: day("2025-12-22"), Status: &Status{Percent: percent("96")}})
	word := sealed(t, Line{Kind: StatusLine, On: day("2025-12-22"), Office: "akimat-35", Status: &Status{Percent: percent("96")}})
	for _, c := range []struct {
		line Line
		on   string
		want Doubt
	}{{with, "2025-12-31", ""}, {with, "2026-03-24", ""}, {with, "2026-03-25", TooOld}, {word, "2025-12-31", NoEvidence}} {
		if s := at(t, hub(), c.on, c.line); s.Ready == nil || s.Ready.Doubt != c.want {
			t.Errorf("on %s: %+v, want doubt %q", c.on, s.Ready, c.want)
		}
	}
}

// What a source says in words is kept as words: a finished stage counts as
// done, without a day, and "opened" is not a chain of six steps.
func TestWordsAreNotNumbers(t *testing.T) {
	say := func(stage string, w Word) Line {
		return sealed(t, Line{Kind: StatusLine, On: day("2025-12-22"), Status: &Status{Stage: stage, Word: w}})
	}
	s := at(t, hub(), "2025-12-31", say("frame", MainDone), say("interior", UnderWay), say("", BeingFinished))
	frame, interior := s.Stages[s.Work.Stages().index("frame")], s.Stages[s.Work.Stages().index("interior")]
	if frame.Percent == nil || !frame.Percent.Equal(hundred) || frame.Finished != nil || frame.Word != MainDone {
		t.Errorf("frame %+v", frame)
	}
	if interior.Percent != nil || interior.On == nil || interior.Word != UnderWay {
		t.Errorf("interior %+v", interior)
	}
	if s.Computed != nil || s.Weighed == 0 {
		t.Errorf("words alone gave %v %%, weighed %d", s.Computed, s.Weighed)
	}
	if s.Ready != nil || s.Said == nil || s.Said.Word != BeingFinished || s.Phase != Finishing {
		t.Errorf("ready %+v, said %+v, phase %s", s.Ready, s.Said, s.Phase)
	}
	s = at(t, hub(), "2025-12-31", say("", SaidOpened))
	if s.Opened != nil || s.Chain.Done() != 0 || s.Phase != DeclaredOpen || RowOf(s).Word != SaidOpened {
		t.Errorf("opened %v, %d steps, phase %s", s.Opened, s.Chain.Done(), s.Phase)
	}
	for name, st := range map[string]Status{"a stage is not opened": {Stage: "frame", Word: SaidOpened}, "no such word": {Word: "soon"}, "nothing": {}} {
		l := Line{Work: "hub", Kind: StatusLine, On: day("2025-12-22"), Document: "d", Status: &st}
		if err := l.Seal(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Only the sixth step opens.
func TestOpenIsTheWholeChain(t *testing.T) {
	var lines []Line
	w := hub()
	for i, step := range Steps() {
		if s := at(t, w, "2026-12-01", lines...); s.Opened != nil || s.Chain.Next() != step {
			t.Fatalf("open after %d steps, next %s", i, s.Chain.Next())
		}
		lines = append(lines, sealed(t, Line{Kind: StepLine, On: day("2026-01-01") + period.Date(i), Step: step}))
	}
	s := at(t, w, "2026-12-01", lines...)
	if s.Opened == nil || *s.Opened != day("2026-01-06") || s.Phase != Opened {
		t.Fatalf("opened %v, phase %s", s.Opened, s.Phase)
	}
	if c := s.Capacity(); len(c) != 1 || c[0].Status != place.Open || *c[0].From != day("2026-01-06") {
		t.Errorf("capacity %+v", c)
	}
	back := sealed(t, Line{Kind: WithdrawLine, On: day("2026-02-01"), Takes: lines[3].ID, Reason: "the list was of another site"})
	if s := at(t, w, "2026-12-01", append(lines, back)...); s.Opened != nil {
		t.Error("open although a step was taken back")
	}
}

// Sums are exact, keep how they were stated, and ask where they do not fit.
func TestMoneyReconciles(t *testing.T) {
	tenge := func(n int64) money.Amount { return money.Amount(n * 100) }
	line := func(k MoneyKind, src string, a money.Amount, q ledger.Qualifier) Line {
		return sealed(t, Line{Kind: MoneyLine, On: day("2025-12-22"), Money: &Money{Kind: k, Source: src, Amount: a, Qualifier: q}})
	}
	cost := sealed(t, Line{Kind: PriceLine, On: day("2025-12-22"), Price: &Price{Amount: tenge(1_270_000_000)}})
	s := at(t, hub(), "2026-01-01", cost, line(Approved, "special", tenge(1_000_000_000), ledger.MoreThan))
	if got := s.Money.Of(Approved); got.Amount != tenge(1_000_000_000) || got.Qualifier != ledger.MoreThan {
		t.Errorf("approved %+v", got)
	}
	for _, q := range s.Questions {
		if q.Rule == CostUncovered {
			t.Error("more than 1.0 bn may be 1.27 bn: no question")
		}
	}
	s = at(t, hub(), "2026-01-01", cost, line(Approved, "special", tenge(1_000_000_000), ledger.Exact))
	found := false
	for _, q := range s.Questions {
		found = found || q.Rule == CostUncovered
	}
	if !found {
		t.Error("1.0 bn does not cover 1.27 bn")
	}
}

func TestGuardRefuses(t *testing.T) {
	seventy := sealed(t, Line{Kind: StatusLine, On: day("2025-12-22"), Status: &Status{Percent: percent("70")}})
	known := func(c string) bool { return c == "special" }
	for name, l := range map[string]Line{
		"future":         {Kind: StatusLine, On: day("2027-01-01"), Status: &Status{Percent: percent("80")}},
		"fall":           {Kind: StatusLine, On: day("2026-01-22"), Status: &Status{Percent: percent("69")}},
		"stage":          {Kind: StatusLine, On: day("2026-01-22"), Status: &Status{Stage: "rollout", Percent: percent("80")}},
		"source":         {Kind: MoneyLine, On: day("2026-01-22"), Money: &Money{Kind: Paid, Source: "nobody", Amount: 1}},
		"future payment": {Kind: MoneyLine, On: day("2027-01-22"), Money: &Money{Kind: Paid, Source: "special", Amount: 1}},
		"no such line":   {Kind: WithdrawLine, On: day("2026-01-22"), Takes: "x", Reason: "wrong"},
	} {
		l := sealed(t, l)
		if err := Guard(hub(), []Line{seventy}, &l, day("2026-02-01"), known); err == nil {
			t.Errorf("%s: let through", name)
		}
	}
	fall := sealed(t, Line{Kind: StatusLine, On: day("2026-01-22"), Status: &Status{Percent: percent("69")}, Reason: "a wall was torn down"})
	if err := Guard(hub(), []Line{seventy}, &fall, day("2026-02-01"), known); err != nil {
		t.Error(err)
	}
	for name, l := range map[string]Line{
		"over 100":        {Kind: StatusLine, On: day("2026-01-22"), Document: "d", Status: &Status{Percent: percent("100.01")}},
		"negative amount": {Kind: MoneyLine, On: day("2026-01-22"), Document: "d", Money: &Money{Kind: Paid, Amount: -1}},
		"no source":       {Kind: MoneyLine, On: day("2026-01-22"), Money: &Money{Kind: Paid, Amount: 1}},
	} {
		l.Work = "hub"
		if err := l.Seal(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The same form sent twice is one line, also when midnight lies between.
func TestTheSameLineHasTheSameID(t *testing.T) {
	a := Line{Work: "hub", Kind: StatusLine, On: day("2026-01-22"), Office: "o", Status: &Status{Percent: percent("70.0")}}
	b := a
	today := day("2026-01-23")
	b.Published = &today
	if a.Seal() != nil || b.Seal() != nil || a.ID != b.ID {
		t.Error(a.ID, b.ID)
	}
}

func TestTemplatesAddUp(t *testing.T) {
	for _, k := range WorkKinds() {
		tp, ok := TemplateOf(string(k))
		sum := 0
		for _, s := range tp.Stages {
			sum += s.PerMille
			for _, c := range lang.Codes() {
				if !s.Name.Has(c) {
					t.Errorf("%s: stage %s has no name in %s", k, s.Code, c)
				}
			}
		}
		if !ok || sum != 1000 {
			t.Errorf("%s: weights add up to %d per mille", k, sum)
		}
	}
}

// Two contracts for one scope at one time may pay for the same work twice.
func TestContractsOverlap(t *testing.T) {
	pack := func(id, scope, from, to string, tenge int64) *Work {
		a, b, v := day(from), day(to), money.Amount(tenge*100)
		return &Work{ID: ID(id), Level: Package, Kind: Extension, Condition: Active, Parent: "hub", Place: "KZ-35", Contract: &Contract{Scope: scope, Start: &a, End: &b, Value: &v}}
	}
	parts := []*Work{pack("b", "frame", "2025-03-01", "2025-05-31", 100), pack("a", "frame", "2025-05-22", "2025-06-30", 200), pack("c", "interior", "2025-03-01", "2025-12-31", 300)}
	got := Overlaps(parts)
	if len(got) != 1 || got[0].About != "a b" || got[0].Left.IntPart() != 10 {
		t.Errorf("%+v", got)
	}
	said := sealed(t, Line{Kind: MoneyLine, On: day("2025-12-22"), Money: &Money{Kind: Contracted, Amount: 50_000}})
	if q := ContractSum(at(t, hub(), "2026-01-01", said), parts); len(q) != 1 || q[0].Left.IntPart() != 60_000 || q[0].Right.IntPart() != 50_000 {
		t.Errorf("%+v", q)
	}
}

// 1 bn at the end of 2024 is 1.123 bn at the end of 2025; half a year is the
// square root; what lies beyond the known prices is left out, not guessed.
func TestRealTenge(t *testing.T) {
	p := Prices{Rise: map[int]float64{2024: 8.6, 2025: 12.3}}
	for _, c := range []struct {
		on   string
		base int
		want float64
	}{{"2024-12-31", 2025, 1.123}, {"2023-12-31", 2025, 0}, {"2025-12-31", 2024, 1 / 1.123}, {"2025-12-31", 2025, 1}, {"2026-01-01", 2025, 0}} {
		f, ok := p.Factor(day(c.on), c.base)
		if ok != (c.want != 0) || (ok && (f < c.want*(1-1e-12) || f > c.want*(1+1e-12))) {
			t.Errorf("%s in prices of %d: %v %v, want %v", c.on, c.base, f, ok, c.want)
		}
	}
	old := sealed(t, Line{Kind: MoneyLine, On: day("2024-12-31"), Money: &Money{Kind: Paid, Amount: 100_000}})
	late := sealed(t, Line{Kind: MoneyLine, On: day("2026-02-01"), Money: &Money{Kind: Paid, Amount: 500}})
	r, err := at(t, hub(), "2026-12-01", old, late).Real(p, 2025)
	if err != nil || sumOf(r.Sums, Paid).Amount != 112_300 || len(r.Beyond) != 1 {
		t.Errorf("%+v %v", r, err)
	}
}

// What has no patients of its own is done when its last stage is.
func TestAPurchaseIsDoneWithItsLastStage(t *testing.T) {
	w := &Work{ID: "hub", Level: Project, Kind: Equipment, Condition: Active, Title: lang.Text{lang.EN: "Devices"}, Place: "KZ"}
	finished := day("2026-02-01")
	used := sealed(t, Line{Kind: StatusLine, On: day("2026-03-01"), Status: &Status{Stage: "in_use", Finished: &finished}})
	if s := at(t, w, "2026-12-01", used); s.Opened == nil || *s.Opened != finished || s.Phase != Opened || len(s.Chain) != 0 {
		t.Errorf("%+v", s)
	}
	step := sealed(t, Line{Kind: StepLine, On: day("2026-03-01"), Step: Licensed})
	if err := Guard(w, nil, &step, day("2026-12-01"), nil); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

// A stage that a template has no more weighs nothing, and nothing breaks.
func TestAPlanOutlivesItsTemplate(t *testing.T) {
	w := &Work{ID: "old", Kind: NewBuilding, Level: Project, Condition: Active, Baselines: []Baseline{{No: 1, On: day("2025-01-01"), Source: "x", Terms: []Term{
		{Stage: "gone", Start: day("2025-01-01"), Finish: day("2025-06-30")}, {Stage: "frame", Start: day("2025-07-01"), Finish: day("2025-12-31")}}}}}
	s := at(t, w, "2026-01-01")
	if got := s.PlannedOn(w.First(), day("2025-06-30")); got == nil || !got.IsZero() {
		t.Errorf("half of the plan by a stage without weight: %v", got)
	}
	if r := RowOf(s); r.Plan == nil || len(r.Plan.First) != 2 {
		t.Errorf("%+v", r.Plan)
	}
}
