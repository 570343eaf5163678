package kz

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

func workOf(t *testing.T, p *country.Pack, id works.ID) *works.Work {
	t.Helper()
	for i := range p.Works {
		if p.Works[i].ID == id {
			return &p.Works[i]
		}
	}
	t.Fatalf("there is no work %s", id)
	return nil
}

// folded is a work at the end of a day, from the pack alone.
func folded(t *testing.T, p *country.Pack, id works.ID, on string) *works.State {
	t.Helper()
	day, err := period.ParseDate(on)
	if err != nil {
		t.Fatal(err)
	}
	var lines []works.Line
	for _, l := range p.WorkLines {
		if l.Work == id {
			lines = append(lines, l)
		}
	}
	s, err := works.At(workOf(t, p, id), lines, day, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sum writes an amount as it is said: > 1000000000, or - where nobody said one.
func sum(p *country.Pack, s works.Sum) string {
	if len(s.Lines) == 0 {
		return "-"
	}
	return strings.TrimSpace(strings.TrimPrefix(s.Qualifier.Symbol(), "=") + " " + p.Country.Currency.Format(s.Amount))
}

// The three projects of Karaganda read exactly as the document of 22 December
// 2025 says; what it does not say is unknown.
func TestKaragandaProjects(t *testing.T) {
	p := load(t)
	const block, hub, rehabilitation = "karaganda-oncology-operating-block", "balkhash-interdistrict-hub", "balkhash-child-rehabilitation"
	for _, c := range []struct {
		work     works.ID
		on       string
		ready    string // qualifier and percentage
		doubt    works.Doubt
		fund     string // approved by the special state fund
		region   string // planned by the region
		cost     string
		deadline string
		late     int
		phase    works.Phase
	}{
		{block, "2025-12-21", "", "", "-", "-", "-", "", 0, works.Idea}, // nobody had said anything yet
		{block, "2025-12-22", "= 70", "", "6200000000", "1740000000", "-", "", 0, works.Finishing},
		{block, "2025-12-31", "= 70", "", "6200000000", "1740000000", "-", "", 0, works.Finishing},
		{block, "2026-11-23", "= 70", works.TooOld, "6200000000", "1740000000", "-", "", 0, works.Finishing},
		{hub, "2025-12-22", "= 96", "", "> 1000000000", "-", "1270000000", "2025-12-31", 0, works.Finishing},
		{hub, "2025-12-31", "= 96", "", "> 1000000000", "-", "1270000000", "2025-12-31", 0, works.Finishing},
		{hub, "2026-11-23", "= 96", works.TooOld, "> 1000000000", "-", "1270000000", "2025-12-31", 327, works.Finishing},
		{rehabilitation, "2025-12-22", "", "", "272100000", "-", "-", "2026-02-28", 0, works.Building},
		{rehabilitation, "2025-12-31", "", "", "272100000", "-", "-", "2026-02-28", 0, works.Building},
		{rehabilitation, "2026-11-23", "", "", "272100000", "-", "-", "2026-02-28", 268, works.Building},
	} {
		s := folded(t, p, c.work, c.on)
		ready, doubt := "", works.Doubt("")
		if s.Ready != nil {
			ready, doubt = s.Ready.Qualifier.Symbol()+" "+s.Ready.Percent.String(), s.Ready.Doubt
		}
		if ready != c.ready || doubt != c.doubt {
			t.Errorf("%s on %s: readiness %q, doubt %q", c.work, c.on, ready, doubt)
		}
		m := s.Money
		cost := works.Sum{}
		if m.Cost != nil {
			cost = *m.Cost
		}
		if got := []string{sum(p, m.From("special-state-fund", works.Approved)), sum(p, m.From("regional-budget", works.Planned)), sum(p, cost)}; !slices.Equal(got, []string{c.fund, c.region, c.cost}) {
			t.Errorf("%s on %s: fund, region and cost %q", c.work, c.on, got)
		}
		for _, k := range []works.MoneyKind{works.Transferred, works.Contracted, works.Advance, works.Paid, works.Accepted, works.Retained, works.Returned} {
			if got := m.Of(k); len(got.Lines) != 0 {
				t.Errorf("%s on %s: nobody said what was %s, but %v", c.work, c.on, k, got)
			}
		}
		first, current := s.Deadline()
		if got := dayText(current); got != c.deadline || dayText(first) != c.deadline || s.Late() != c.late {
			t.Errorf("%s on %s: deadline %q, %d days late", c.work, c.on, got, s.Late())
		}
		if s.Opened != nil || s.Chain.Done() != 0 || s.Chain.Next() != works.Built {
			t.Errorf("%s on %s: %d steps, opened %v: no step is said", c.work, c.on, s.Chain.Done(), s.Opened)
		}
		if s.Phase != c.phase {
			t.Errorf("%s on %s is %s", c.work, c.on, s.Phase)
		}
		for _, q := range s.Questions {
			if q.Rule == works.CostUncovered || q.Rule == works.CostExceeded {
				t.Errorf("%s on %s: more than 1 bn may be 1.27 bn", c.work, c.on)
			}
		}
	}
}

func dayText(d *period.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// Of the stages only those that the document names are known: interior
// finishing under way in Karaganda; in Balkhash the main works of frame,
// utilities and interior are done, without a day, and the extra building is
// being finished.
func TestKaragandaStages(t *testing.T) {
	p := load(t)
	for id, want := range map[works.ID]map[string]works.Word{
		"karaganda-oncology-operating-block": {"interior": works.UnderWay},
		"balkhash-interdistrict-hub":         {"frame": works.MainDone, "utilities": works.MainDone, "interior": works.MainDone},
		"balkhash-child-rehabilitation":      {},
	} {
		s := folded(t, p, id, "2025-12-31")
		for _, x := range s.Stages {
			word, named := want[x.Code]
			switch {
			case x.Word != word || (x.On != nil) != named || x.Started != nil || x.Finished != nil:
				t.Errorf("%s, %s: %+v", id, x.Code, x)
			case (x.Percent != nil) != (word == works.MainDone):
				t.Errorf("%s, %s: %v %%", id, x.Code, x.Percent)
			}
		}
	}
	if s := folded(t, p, "balkhash-interdistrict-hub", "2025-12-31"); s.Said == nil || s.Said.Word != works.BeingFinished || !slices.Contains(s.Work.Assumed, "stage.frame") {
		t.Errorf("the extra building: %+v, assumed %v", s.Said, s.Work.Assumed)
	}
}

// What the fund gave to the three is within what it gave to the region: more
// than 7.4721 bn of about 7.5 bn. The money of the region is apart.
func TestKaragandaMoneyFits(t *testing.T) {
	p := load(t)
	whole := folded(t, p, "karaganda-special-fund", "2026-11-23").Money.From("special-state-fund", works.Approved)
	if got := sum(p, whole); got != "~ 7500000000" {
		t.Errorf("the whole is %q", got)
	}
	var parts works.Sum
	for i := range p.Works {
		if w := &p.Works[i]; w.Parent == "karaganda-special-fund" {
			parts.Amount += folded(t, p, w.ID, "2026-11-23").Money.From("special-state-fund", works.Approved).Amount
		}
	}
	if got := p.Country.Currency.Format(parts.Amount); got != "7472100000" {
		t.Errorf("the parts make %s", got)
	}
}

// Every site and project that a statement names is a work: the statement is
// among its promises or statements, or a line takes its figure.
func TestEveryNamedObjectIsAWork(t *testing.T) {
	p := load(t)
	linked := map[string]bool{}
	for _, w := range p.Works {
		for _, id := range slices.Concat(w.Promises, w.Statements) {
			linked[id] = true
		}
	}
	kinds := map[string]string{}
	for _, d := range p.Documents {
		kinds[d.Name] = d.Kind
	}
	projects := map[string]bool{}
	for i, s := range p.Statements {
		f := p.Figures[i]
		named := f.Dims()["project"] != "" || (s.Kind == ledger.Object && kinds[f.Document] == "document")
		if named && !linked[s.ID] {
			t.Errorf("%s, %q, is linked to no work", s.ID, s.Title[lang.EN])
		}
		if id := f.Dims()["project"]; id != "" {
			projects[id] = true
			w := workOf(t, p, works.ID(id))
			if !slices.Contains(w.Promises, s.ID) && !slices.Contains(w.Statements, s.ID) {
				t.Errorf("%s speaks of %s, which does not know it", s.ID, id)
			}
		}
	}
	if len(projects) != 3 {
		t.Errorf("%d projects have figures of their own, want 3", len(projects))
	}
}

// A promise is kept by one work, so that nothing is delivered twice, and every
// line rests on a statement of its work.
func TestNoPromiseTwice(t *testing.T) {
	p := load(t)
	by, figures := map[string]works.ID{}, map[works.ID]map[string]bool{}
	for _, w := range p.Works {
		figures[w.ID] = map[string]bool{}
		for _, id := range slices.Concat(w.Promises, w.Statements) {
			i := slices.IndexFunc(p.Statements, func(s ledger.Statement) bool { return s.ID == id })
			figures[w.ID][p.Statements[i].Figure.String()] = true
		}
		for _, id := range w.Promises {
			if other, twice := by[id]; twice {
				t.Errorf("%s would be delivered by %s and by %s", id, other, w.ID)
			}
			by[id] = w.ID
		}
	}
	for _, l := range p.WorkLines {
		if !figures[l.Work][l.Figure] {
			t.Errorf("%s has a line of a statement that its record does not list: %s of line %d", l.Work, l.Kind, l.Locator.Line)
		}
	}
}

// The counts of the documents are the counts of the works.
func TestCountsOfWorks(t *testing.T) {
	p := load(t)
	parts := map[works.ID]int{}
	for _, w := range p.Works {
		parts[w.Parent]++
	}
	for id, want := range map[works.ID]int{"perinatal-centres-2024-2026": 12, "university-clinics-2025": 6, "karaganda-special-fund": 3, "rural-health-national-project": 2, "specialised-departments-2026-2028": 3, "specialised-departments-2026": 6} {
		if parts[id] != want {
			t.Errorf("%s has %d parts, want %d", id, parts[id], want)
		}
	}
	investors := 0
	for _, w := range p.Works {
		if strings.HasPrefix(string(w.ID), "investor-project-") {
			investors++
		}
	}
	if investors != 3 {
		t.Errorf("%d projects of investors", investors)
	}
	value := func(statement string) int64 {
		i := slices.IndexFunc(p.Statements, func(s ledger.Statement) bool { return s.ID == statement })
		return p.Figures[i].Value.IntPart()
	}
	for id, c := range map[works.ID]struct {
		statement string
		want      int64
	}{
		"district-hospitals-modernisation": {"B3", 32}, "turkistan-sites": {"E8", 34}, "turkistan-capital-repairs": {"E9", 6}, "pharma-agreements": {"D11", 6},
		"specialised-departments-2026": {"A4b", 30}, "adult-departments-2027": {"A10", 7}, "child-departments": {"A11", 12},
	} {
		if w := workOf(t, p, id); w.Units != c.want || value(c.statement) != c.want {
			t.Errorf("%s stands for %d, %s says %d, want %d", id, w.Units, c.statement, value(c.statement), c.want)
		}
	}
	for id, want := range map[works.ID]struct {
		item  place.Item
		count int64
		how   ledger.Qualifier
	}{
		"specialised-departments-2026-2028": {place.Beds, 800, ledger.CloseTo}, "specialised-departments-2026": {place.Beds, 500, ledger.Exact}, "next-beds-2026": {place.Beds, 200, ledger.About},
		"child-departments": {place.Beds, 224, ledger.Exact}, "child-beds-in-use": {place.Beds, 102, ledger.Exact}, "medical-devices-purchase": {place.Devices, 965, ledger.Exact},
		"department-haematology-zhambyl": {place.Departments, 1, ledger.AtLeast},
	} {
		w := workOf(t, p, id)
		i := slices.IndexFunc(w.Yields, func(y works.Yield) bool { return y.Item == want.item })
		if i < 0 || w.Yields[i].Count == nil || *w.Yields[i].Count != want.count || w.Yields[i].Qualifier != want.how {
			t.Errorf("%s yields %+v", id, w.Yields)
		}
	}
	if s := folded(t, p, "pharma-agreements", "2026-11-23"); s.Money.Cost == nil || p.Country.Currency.Format(s.Money.Cost.Amount) != "316300000000" || s.Phase != works.Procurement {
		t.Errorf("six agreements: %+v, %s", s.Money.Cost, s.Phase)
	}
	if s := folded(t, p, "turkistan-outpatient-medicines-2025", "2026-11-23"); sum(p, s.Money.From("", works.Planned)) != "14800000000" || s.Late() != 327 {
		t.Errorf("medicines: %+v, %d days late", s.Money.From("", works.Planned), s.Late())
	}
}

// "Opened" and "built" are what was said and no more.
func TestOpenedIsAWord(t *testing.T) {
	p := load(t)
	for id, want := range map[works.ID]works.Phase{
		"proton-therapy-centre": works.DeclaredOpen, "expert-endoscopy-centres": works.DeclaredOpen, "turkistan-ophthalmology-centre": works.DeclaredOpen, "turkistan-early-intervention-centres": works.DeclaredOpen,
		"pet-ct-aktau": works.Finishing, "national-oncology-centre": works.NotOpen, "regional-oncology-sites": works.NotOpen, "department-rheumatology-aktobe": works.NotOpen,
		"turkistan-multi-profile-hospital": works.Idea, "turkistan-capital-repairs": works.Building, "turkistan-sites": works.Finishing, "e-densaulyq": works.Building, "fund-spending-monitoring": works.Idea,
	} {
		if s := folded(t, p, id, "2026-11-23"); s.Phase != want || s.Opened != nil {
			t.Errorf("%s is %s, opened %v", id, s.Phase, s.Opened)
		}
	}
}

// A document without a date counts at every day: its lines have no day of
// publication and stand on the first day of which it speaks, 1 January 2023.
func TestUndatedLines(t *testing.T) {
	p := load(t)
	n := 0
	for _, l := range p.WorkLines {
		if l.Document != "001_0319abb04e9364d5.txt" {
			if l.Published == nil {
				t.Errorf("%s: a line of a dated document has no day of publication", l.Work)
			}
			continue
		}
		n++
		if l.Published != nil || l.On.String() != "2023-01-01" {
			t.Errorf("%s: published %v, on %s", l.Work, l.Published, l.On)
		}
	}
	if n == 0 {
		t.Error("no line of the undated document")
	}
	if s := folded(t, p, "perinatal-centre-kaskelen", "2026-11-23"); len(s.Deadlines) != 1 || s.Deadlines[0].To.String() != "2026-12-31" || s.Phase != works.Preparation {
		t.Errorf("%+v, %s", s.Deadlines, s.Phase)
	}
}

// A facility lies where its work does.
func TestWorksLieAtTheirFacilities(t *testing.T) {
	p := load(t)
	at := map[string]place.ID{}
	for _, f := range p.Facilities {
		at[f.Code] = f.Place
	}
	with := 0
	for _, w := range p.Works {
		if w.Facility == "" {
			continue
		}
		if with++; at[string(w.Facility)] != w.Place {
			t.Errorf("%s stands in %s, its facility in %s", w.ID, w.Place, at[string(w.Facility)])
		}
	}
	if with != 27 {
		t.Errorf("%d works have a facility", with)
	}
}

// The values of the dimension fund are sources of money.
func TestFundsAreSources(t *testing.T) {
	p := load(t)
	for _, x := range p.Labels {
		if x.Dimension == "fund" && x.Value != "" && !slices.ContainsFunc(p.Sources, func(s works.Source) bool { return s.Code == x.Value }) {
			t.Errorf("no source of money has the code %s", x.Value)
		}
	}
}
