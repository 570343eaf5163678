package country_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/ledger/rule"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shopspring/decimal"
)

// nisia is an invented country: three regions south of the equator, Greek
// letters, a currency of three places, a clock 3:30 behind UTC.
func nisia(t *testing.T) *country.Pack {
	t.Helper()
	p, err := country.Load(os.DirFS("testdata/nisia"))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// programme is what the board judges, straight from a pack.
func programme(t *testing.T, p *country.Pack) *board.Programme {
	t.Helper()
	atlas, err := place.NewAtlas(p.Places, p.Facts, p.Events)
	if err != nil {
		t.Fatal(err)
	}
	params, err := p.Country.BoardParameters()
	if err != nil {
		t.Fatal(err)
	}
	out := &board.Programme{Statements: p.Statements, Figures: map[ledger.FigureID]*ledger.Figure{}, Moves: p.Moves, Evidence: p.Evidence,
		Documents: map[string]ledger.Document{}, Measures: map[string]ledger.Measure{}, Atlas: atlas, Parameters: params}
	for _, d := range p.Documents {
		out.Documents[d.Name] = d
	}
	by := map[string]bool{}
	for _, m := range p.Measures {
		out.Measures[m.Code] = m
		by[m.DeliveredBy] = true
	}
	for i := range p.Figures {
		f := &p.Figures[i]
		out.Figures[f.ID] = f
		if f.Kind == ledger.Actual && by[f.Measure] {
			out.Deliveries = append(out.Deliveries, *f)
		}
	}
	return out
}

func words(p *country.Pack) board.Words {
	w := board.Words{Units: map[string]ledger.Unit{}, Symbol: p.Country.Currency.Symbol}
	for _, u := range p.Units {
		w.Units[u.Code] = u
	}
	return w
}

func onDay(t *testing.T, s string) period.Date {
	t.Helper()
	d, err := period.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSecondCountryBoard(t *testing.T) {
	p := nisia(t)
	b := programme(t, p).At(onDay(t, "2030-07-15"))
	items := map[string]board.Item{}
	for _, it := range b.Items {
		items[it.ID] = it
	}
	for _, tc := range []struct {
		id, delivered string
		due           board.Due
	}{
		{"P1", "7", board.Overdue}, // 4 in the North and 3 in the Middle, of 10
		{"P1n", "4", board.Done},   // the North has its four
		{"P1s", "", board.NotYet},  // moved to the end of 2031
		{"P2", "", board.NoDate},
		{"M1", "", board.Overdue},
	} {
		it := items[tc.id]
		if it.Due != tc.due {
			t.Errorf("%s is %q, want %q", tc.id, it.Due, tc.due)
		}
		if got := it.Delivered; (got == nil) != (tc.delivered == "") || (got != nil && got.Value.String() != tc.delivered) {
			t.Errorf("%s: delivered %v, want %q", tc.id, got, tc.delivered)
		}
	}
	if d := items["P1s"]; d.FirstDeadline == nil || d.FirstDeadline.String() != "2030-06-30" || d.Deadline.String() != "2031-12-31" {
		t.Errorf("the moved deadline lost its first value: %+v", d)
	}
	if items["P1"].Title.In("el") != "Δέκα νέα τμήματα" {
		t.Errorf("title in Greek: %q", items["P1"].Title.In("el"))
	}
	sentence := programme(t, p).Sentence(b, words(p))
	if s := sentence.In(lang.EN); s == "" || strings.Contains(s, "₸") || strings.Contains(s, "Kaz") {
		t.Errorf("the sentence is %q", s)
	}
}

func TestSecondCountryRules(t *testing.T) {
	p := nisia(t)
	prog := programme(t, p)
	l := &rule.Ledger{Programme: prog, Board: prog.At(onDay(t, "2030-07-15")), Words: words(p),
		Find: func(string, string, string, string) *ledger.Figure { return nil }}
	got := map[string]rule.Result{}
	for _, r := range l.Run(p.Rules) {
		got[r.ID] = r
	}
	if r := got["parts"]; r.State != rule.OK {
		t.Errorf("4 and 4 are within 10, but %+v", r)
	}
	// 1,000,000.125 + 500,000.120 is five thousandths short of 1,500,000.250
	if r := got["money"]; r.State != rule.Open || r.Difference == nil || !r.Difference.Value.Equal(decimal.RequireFromString("0.005")) {
		t.Errorf("the sum of the money: %+v", r)
	}
	if r := got["late:P1"]; r.State != rule.Open || !r.Difference.Value.Equal(decimal.NewFromInt(-3)) {
		t.Errorf("plan against actual: %+v", r)
	}
}

// The pack is one run, and nothing in it is lost.
func TestSecondCountryBatch(t *testing.T) {
	p := nisia(t)
	b, err := p.Batch()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, it := range b.Catalogue {
		kinds[it.Kind]++
	}
	for kind, want := range map[string]int{country.KindCountry: 1, country.KindPlace: 6, country.KindFact: 5, country.KindOffice: 2, country.KindRule: 3,
		country.KindService: 1, country.KindFacility: 1, country.KindCapacity: 1, country.KindRoadLink: 1, country.KindUnit: 5, country.KindMeasure: 6, country.KindTemplate: 1, country.KindFunding: 1,
		country.KindAccessParameter: 20, country.KindAccessProfile: 1, country.KindPresumption: 2, country.KindBase: 2, country.KindVillages: 2, country.KindObserved: 1} {
		if kinds[kind] != want {
			t.Errorf("%d entries of kind %s, want %d", kinds[kind], kind, want)
		}
	}
	if len(b.Figures) != 13 || len(b.Statements) != 9 || len(b.Moves) != 1 || len(b.Evidence) != 1 || len(b.Documents) != 4 {
		t.Errorf("%d figures, %d statements, %d moves, %d evidence, %d documents", len(b.Figures), len(b.Statements), len(b.Moves), len(b.Evidence), len(b.Documents))
	}
	rate := p.Figures[len(p.Figures)-1]
	if rate.Numerator == nil || rate.Numerator.String() != "540" || rate.Denominator.String() != "120000" {
		t.Errorf("540 beds for 120,000 people became %v of %v", rate.Numerator, rate.Denominator)
	}
	if p.Country.Currency.Digits != 3 || p.Country.OffsetMinutes != -210 {
		t.Errorf("currency or clock: %+v", p.Country)
	}
}

// A line takes number, source, document and day from its statement.
func TestSecondCountryWorks(t *testing.T) {
	p := nisia(t)
	if len(p.Works) != 2 || len(p.WorkLines) != 4 || len(p.Sources) != 1 {
		t.Fatalf("%d works, %d lines, %d sources", len(p.Works), len(p.WorkLines), len(p.Sources))
	}
	whole, part := p.Works[0], p.Works[1]
	if y := whole.Yields; whole.Office != "moh" || len(y) != 1 || *y[0].Count != 10 || y[0].Source != "plan.txt" || part.Parent != whole.ID || part.Units != 4 {
		t.Errorf("%+v and %+v", whole, part)
	}
	money := p.WorkLines[1]
	if m := money.Money; p.Country.Currency.Format(m.Amount) != "1500000.25" || m.Source != "treasury" || m.Year != 2029 || money.Document != "plan.txt" || money.Locator.Line != 3 {
		t.Errorf("%+v of %+v", m, money)
	}
	// The plan is of 2029-03-01, the report of 2030-04-10.
	if d := p.WorkLines[2]; d.On.String() != "2029-03-01" || d.Deadline.String() != "2030-03-31" {
		t.Errorf("%+v", d)
	}
	if s := p.WorkLines[3]; s.On.String() != "2030-04-10" || s.Status.Word != works.SaidOpened || s.Status.Percent != nil {
		t.Errorf("%+v", s)
	}
}

// What access rests on comes whole, and a limit comes from its service.
func TestSecondCountryAccess(t *testing.T) {
	p := nisia(t)
	if len(p.Profiles) != 1 || p.Profiles[0].LimitMinutes != 90 || p.Profiles[0].LimitSource != access.Assumption {
		t.Errorf("profiles: %+v", p.Profiles)
	}
	if v, ok := p.Parameters.In(access.ParamSpeedMain, access.Winter); !ok || v.Value != 60 || v.Text["el"] != "επινοημένο" {
		t.Errorf("speed in winter: %+v", v)
	}
	if len(p.Presumed) != 2 || p.Presumed[0].Seat != place.Region || p.Presumed[1].Facility != "H1" || len(p.Bases) != 2 {
		t.Errorf("%+v, %+v", p.Presumed, p.Bases)
	}
	if o := p.Observed; len(o) != 1 || o[0].Minutes != 45 || o[0].Mode != access.ByCar || o[0].Date != "2030-04" {
		t.Errorf("observed times: %+v", o)
	}
	if v := p.Villages; len(v) != 2 || v[0].District != "XN-A" || len(v[0].List) != 2 || v[0].List[0].Code != "V1" || v[0].List[0].Name["el"] != "Κάτω Χωριό" {
		t.Errorf("villages: %+v", v)
	} else if join := v[0].List[0].Join; len(join) != 2 || join[1] != (place.Point{Lat: -10.4, Lon: -30.4}) || v[0].List[1].Join != nil {
		t.Errorf("the ways of villages: %v", v[0].List)
	}
	if line := p.Roads[0].Line; len(line) != 3 || line[1] != (place.Point{Lat: -10.4, Lon: -30.4}) {
		t.Errorf("the way of the road: %v", line)
	}
	a, err := place.NewAtlas(p.Places, p.Facts, p.Events)
	if err != nil {
		t.Fatal(err)
	}
	// The South has no centre that is known.
	if got := a.Seats(place.Region, onDay(t, "2030-01-01")); !slices.Equal(got, []place.ID{"B1", "B2"}) {
		t.Errorf("seats of regions: %v", got)
	}
}
