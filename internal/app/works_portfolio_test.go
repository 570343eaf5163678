package app

import (
	"fmt"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/internal/httpapi"
)

// plotq writes a project of the region with a price and lines.
func plotq(d *desk, id, record string, lines ...string) {
	officer := d.as("works_officer@KZ")
	do[httpapi.WorkPage](officer, "PUT", "/api/works/"+id, fmt.Sprintf(`{"version":0,"id":%q,"level":"project","kind":"new_building","condition":"active","title":{"en":"Plotq %s"},%s}`, id, id, record))
	if len(lines) > 0 {
		do[httpapi.WorkPage](officer, "POST", "/api/works/"+id+"/lines", `{"lines":[`+strings.Join(lines, ",")+`]}`)
	}
}

const (
	cost100   = `{"kind":"price","on":"2026-01-10","office":"akimat-35","price":{"amount":100}}`
	cost300   = `{"kind":"price","on":"2026-01-10","office":"akimat-35","price":{"amount":300}}`
	oneStage  = `"baselines":[{"no":1,"on":"2026-01-01","source":"plan","terms":[{"stage":"frame","start":"2026-01-01","finish":"2026-04-10"}]}]`
	twoPlans  = `"baselines":[{"no":1,"on":"2026-01-01","source":"plan","terms":[{"stage":"frame","start":"2026-01-01","finish":"2026-04-10"}]},{"no":2,"on":"2026-03-01","source":"plan","reason":"later","terms":[{"stage":"frame","start":"2026-01-01","finish":"2026-07-19"}]}]`
	inRegion  = `"place":"KZ-35"`
	nextdoor  = `"place":"KZ-61"`
	approved  = `{"kind":"money","on":"2026-01-15","office":"akimat-35","money":{"kind":"approved","source":"special-state-fund","amount":%s,"year":%d}}`
	given     = `{"kind":"money","on":"2026-02-15","office":"akimat-35","money":{"kind":"transferred","source":"special-state-fund","amount":%s}}`
	paidOut   = `{"kind":"money","on":"2026-03-15","office":"akimat-35","money":{"kind":"paid","source":"special-state-fund","amount":%s}}`
	halfBuilt = `{"kind":"status","on":"2026-02-19","office":"akimat-35","status":{"percent":50}}`
)

func portfolioDesk(t *testing.T) *desk {
	d := newDesk(t, "")
	// a: cost 100, planned for 100 days from 1 January, half built on day 50
	// (19 February), 80 of 100 approved, 60 of it transferred, 55 paid.
	plotq(d, "plotq-a", inRegion+","+oneStage, cost100, halfBuilt, fmt.Sprintf(approved, "80", 2026), fmt.Sprintf(given, "60"), fmt.Sprintf(paidOut, "55"))
	// b: cost 300, moved from 100 to 200 days, nothing reported.
	plotq(d, "plotq-b", nextdoor+","+twoPlans, cost300)
	// c: no cost, no plan, reported; d: nothing at all.
	plotq(d, "plotq-c", inRegion, halfBuilt)
	plotq(d, "plotq-d", nextdoor)
	return d
}

// Works without a plan or a report are counted, not guessed.
func TestCurveOfManyWorks(t *testing.T) {
	d := portfolioDesk(t)
	c := do[httpapi.PortfolioCurve](d, "GET", "/api/portfolio/curve?q=plotq", nil)
	if c.Works != 4 || c.Compared != 1 || c.Planned != 1 || c.Reported != 1 || c.NoPlan != 2 || c.NoReport != 2 || c.NoWeight != 2 {
		t.Errorf("%+v", c)
	}
	at := func(c httpapi.PortfolioCurve, on string) (first, planned, actual string) {
		say := func(n *httpapi.Number) string {
			if n == nil {
				return "-"
			}
			return string(*n)
		}
		for _, p := range c.Points {
			if p.On == on {
				return say(p.First), say(p.Planned), say(p.Actual)
			}
		}
		return "", "", ""
	}
	// On 28 February 59 of 100 days are planned, and a half was reported.
	if f, p, a := at(c, "2026-02-28"); f != "59" || p != "59" || a != "50" {
		t.Errorf("February: %s %s %s", f, p, a)
	}
	if f, p, a := at(c, "2026-04-30"); f != "100" || p != "100" || a != "50" {
		t.Errorf("April: %s %s %s", f, p, a)
	}
	// b alone has no report: its two plans stand for themselves. 90 days of 100
	// and of 200 have passed by 31 March.
	c = do[httpapi.PortfolioCurve](d, "GET", "/api/portfolio/curve?q=plotq-b&weight=units", nil)
	if f, p, a := at(c, "2026-03-31"); c.Compared != 0 || f != "90" || p != "45" || a != "-" {
		t.Errorf("b: %+v %s %s %s", c, f, p, a)
	}
}

func TestTimeAgainstMoney(t *testing.T) {
	d := portfolioDesk(t)
	m := do[httpapi.PortfolioMatrix](d, "GET", "/api/portfolio/matrix?q=plotq", nil)
	// a was to end on 10 April; on 23 November it is 227 days behind. 55 of 100
	// are paid for a half: 5 points ahead of the work.
	if m.Total != 1 || m.Unknowns != 3 || m.Quadrants != (httpapi.Quadrants{LateAhead: 1}) || m.Points[0].X != "227" || m.Points[0].Y != "5" || m.Points[0].Share != "55" || !m.Points[0].Rough {
		t.Errorf("%+v", m)
	}
	if m.Missing["percent"] != 2 || m.Missing["cost"] != 2 || m.Missing["money"] != 3 || m.Missing["deadline"] != 2 {
		t.Errorf("missing %v", m.Missing)
	}
	// Half of the plan is due on day 50, and on day 50 a half was reported.
	m = do[httpapi.PortfolioMatrix](d, "GET", "/api/portfolio/matrix?q=plotq-a&time=spi&money=transferred", nil)
	if m.Points[0].X != "1" || m.Points[0].Late || m.Points[0].Y != "10" {
		t.Errorf("%+v", m.Points)
	}
}

func TestMoneyBySource(t *testing.T) {
	d := portfolioDesk(t)
	m := do[httpapi.PortfolioMoney](d, "GET", "/api/portfolio/money?q=plotq", nil)
	if len(m.Sources) != 1 || m.Sources[0].Source != "special-state-fund" || m.Sources[0].Works != 1 || m.Sources[0].Waiting != 1 || m.Sources[0].Left.Value != "20" || m.Money.Cost.Value != "400" {
		t.Fatalf("%+v", m)
	}
	// The year of what moved is that of the day on which it moved.
	y := m.Sources[0].Years
	if len(y) != 1 || y[0].Year != 2026 || y[0].Approved.Value != "80" || y[0].Transferred.Value != "60" || y[0].Paid.Value != "55" || y[0].Accepted != nil {
		t.Errorf("%+v", y)
	}
	if m.Waits != 1 || m.Waiting[0].ID != "plotq-a" || m.Waiting[0].Left.Value != "20" || m.Waiting[0].Transferred.Value != "60" {
		t.Errorf("%+v", m.Waiting)
	}
}

func TestWhereWorksStand(t *testing.T) {
	d := portfolioDesk(t)
	m := do[httpapi.PortfolioMap](d, "GET", "/api/portfolio/map?q=plotq", nil)
	n := m.Unplaced.Works
	for _, p := range m.Points {
		n += p.Works
		if !p.Area || p.Works != 2 || len(p.Items) != 2 {
			t.Errorf("%+v", p)
		}
	}
	if n != 4 {
		t.Errorf("%d works on the map: %+v", n, m)
	}
}

// A facet tells what another choice in its own part of the filter would give.
func TestFacetsOfWorks(t *testing.T) {
	d := portfolioDesk(t)
	list := do[httpapi.WorkList](d, "GET", "/api/works?q=plotq&place=KZ-35&watch=late", nil)
	count := func(name, code string) int {
		for _, x := range list.Facets[name] {
			if x.Code == code {
				return x.Works
			}
		}
		return 0
	}
	if list.Total != 1 || count("region", "KZ-35") != 1 || count("region", "KZ-61") != 1 || count("watch", "late") != 1 || count("watch", "no_date") != 1 || count("watch", "doubted") != 2 {
		t.Errorf("%d %v", list.Total, list.Facets)
	}
	do[httpapi.WorkPage](d.as("works_officer@KZ"), "PUT", "/api/works/plotq-a-frame", `{"version":0,"id":"plotq-a-frame","level":"package","kind":"new_building","condition":"active","parent":"plotq-a","title":{"en":"Frame"},"place":"KZ-35"}`)
	tree := do[httpapi.WorkList](d, "GET", "/api/works?q=plotq&level=all&sort=tree&place=KZ-35", nil)
	for i, x := range tree.Items {
		if x.ID == "plotq-a" && (i+1 >= len(tree.Items) || tree.Items[i+1].ID != "plotq-a-frame" || tree.Items[i+1].Depth != 1 || *x.FirstFinish != "2026-04-10") {
			t.Errorf("tree %+v", tree.Items)
		}
	}
}

func TestTablesOfThePortfolio(t *testing.T) {
	d := portfolioDesk(t)
	for path, want := range map[string]string{"/api/works.csv?q=plotq-a": "plotq-a", "/api/portfolio/curve.csv?q=plotq-a": "2026-02-28,59,59,50", "/api/portfolio/matrix.csv?q=plotq": "plotq-a", "/api/portfolio/money.csv?q=plotq": "special-state-fund,2026"} {
		w := d.knock("GET", path, nil)
		if w.Code != 200 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d %.300s", path, w.Code, w.Body)
		}
	}
	if w := d.knock("GET", "/api/portfolio/matrix.csv?time=never", nil); w.Code != 422 {
		t.Errorf("%d", w.Code)
	}
}

// What a programme states contains the same of its parts, and nothing else of
// them: 7.5 of the fund contain the 6.2 of the block, and 1.74 of the region
// come to it. The cost of a part counts where the programme states none.
func TestMoneyOfPartsIsAddedOnce(t *testing.T) {
	d := newDesk(t, "")
	fund := func(amount string) string {
		return fmt.Sprintf(`{"kind":"money","on":"2026-01-15","office":"akimat-35","money":{"kind":"approved","source":"special-state-fund","amount":%s}}`, amount)
	}
	region := `{"kind":"money","on":"2026-01-15","office":"akimat-35","money":{"kind":"approved","source":"regional-budget","amount":1.74}}`
	plotq(d, "plotq-whole", inRegion, fund("7.5"))
	plotq(d, "plotq-block", inRegion+`,"parent":"plotq-whole"`, fund("6.2"), region, cost100)
	sums := do[httpapi.WorkList](d, "GET", "/api/works?q=plotq", nil).Sums
	if sums.Money.Approved.Value != "9.24" || sums.Money.Cost.Value != "100" || len(sums.BySource) != 2 || sums.BySource[0].Approved.Value != "1.74" || sums.BySource[1].Approved.Value != "7.5" {
		t.Errorf("%+v", sums)
	}
	m := do[httpapi.PortfolioMoney](d, "GET", "/api/portfolio/money?q=plotq", nil)
	if m.Money.Approved.Value != "9.24" || m.Sources[1].Left.Value != "7.5" || m.Waits != 2 {
		t.Errorf("%+v", m)
	}
}
