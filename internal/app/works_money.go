package app

import (
	"cmp"
	"context"
	"slices"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/works"
)

// PortfolioMoney adds up the money of the works of a filter by source and
// year, and says who has not transferred and whose share is missed.
func (a *App) PortfolioMoney(ctx context.Context, w When, f httpapi.WorkFilter) (*httpapi.PortfolioMoney, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	rows, tree, _, err := a.chooseWorks(ctx, v, f)
	if err != nil {
		return nil, err
	}
	chosen := make([]bool, len(tree.rows))
	for _, r := range rows {
		chosen[r.no] = true
	}
	x := moneyOf{view: v, sources: map[string]*sourceSums{}, only: f.Source}
	for _, r := range rows {
		x.add(r, chosen)
	}
	return x.answer(), nil
}

// sourceSums are the sums of one source.
type sourceSums struct {
	moneySums
	works, waiting int
	left           *works.Said
	years          map[int]*moneySums
}

// moneyOf adds up money by source; only narrows it to one source.
type moneyOf struct {
	view    *view
	only    string
	works   int
	total   moneySums
	sources map[string]*sourceSums
	waiting []ungiven
	shares  []httpapi.ShareOutcome
}

// ungiven is what a source has not transferred for a work.
type ungiven struct {
	row    *portfolioRow
	source string
	left   works.Said
}

func (x *moneyOf) source(code string) *sourceSums {
	if x.sources[code] == nil {
		x.sources[code] = &sourceSums{years: map[int]*moneySums{}}
	}
	return x.sources[code]
}

// add adds the money of a work that is not contained in that of a chosen work
// around it.
func (x *moneyOf) add(r *portfolioRow, chosen []bool) {
	any := false
	if x.only == "" && r.Money.Cost != nil && !r.costEnclosed(chosen) {
		addSaid(&x.total.cost, r.Money.Cost)
		any = true
	}
	for i := range r.sources {
		m := r.ownMoney(&r.sources[i], chosen)
		if (x.only != "" && m.code != x.only) || m.RowMoney == (works.RowMoney{}) {
			continue
		}
		any = true
		x.total.add(&m.RowMoney)
		s := x.source(m.code)
		s.works++
		s.add(&m.RowMoney)
		if left := notGiven(r, m.RowMoney); left != nil {
			s.waiting++
			addSaid(&s.left, left)
			x.waiting = append(x.waiting, ungiven{r, m.code, *left})
		}
	}
	if any {
		x.works++
	}
	if r.Plan == nil {
		return
	}
	for _, y := range r.Plan.Years {
		m := r.ownMoney(&sourceRow{y.Source, y.Money}, chosen)
		if (x.only != "" && y.Source != x.only) || m.RowMoney == (works.RowMoney{}) {
			continue
		}
		s := x.source(y.Source)
		if s.years[y.Year] == nil {
			s.years[y.Year] = &moneySums{}
		}
		s.years[y.Year].add(&m.RowMoney)
	}
	x.share(r)
}

// notGiven returns what was approved and is not transferred, as far as anybody
// said; nil where nothing is left.
func notGiven(r *portfolioRow, m works.RowMoney) *works.Said {
	if m.Approved == nil || r.Condition == works.Cancelled {
		return nil
	}
	left := *m.Approved
	if t := m.Transferred; t != nil {
		if left.Amount -= t.Amount; left.Qualifier != t.Qualifier || left.Qualifier != ledger.Exact {
			left.Qualifier = ledger.About
		}
	}
	if left.Amount <= 0 {
		return nil
	}
	return &left
}

// share sets the rules of co-financing against what was approved.
func (x *moneyOf) share(r *portfolioRow) {
	for _, rule := range r.Plan.Shares {
		if x.only != "" && rule.Source != x.only {
			continue
		}
		o := httpapi.ShareOutcome{WorkBrief: briefOf(r), Source: rule.Source, Percent: rule.Percent, Basis: rule.Basis}
		if got, cost := r.Sources[rule.Source].Approved, r.Money.Cost; got != nil && cost != nil && cost.Amount > 0 {
			o.Actual = twoPlaces(100 * float64(got.Amount) / float64(cost.Amount))
			o.Missed = slices.Contains(r.Questions, works.ShareMissed) && string(*o.Actual) != string(*twoPlaces(rule.Percent))
		}
		x.shares = append(x.shares, o)
	}
}

func (x *moneyOf) answer() *httpapi.PortfolioMoney {
	v := x.view
	out := &httpapi.PortfolioMoney{AsOf: v.at.AsOf.String(), Works: x.works, Money: v.viewSums(&x.total), Sources: []httpapi.SourceYears{}, Waiting: []httpapi.NotGiven{}, Waits: len(x.waiting), Shares: []httpapi.ShareOutcome{}, Ruled: len(x.shares)}
	for _, code := range sortedKeys(x.sources) {
		s := x.sources[code]
		row := httpapi.SourceYears{Source: code, Works: s.works, WorkMoney: v.viewSums(&s.moneySums), Years: []httpapi.YearMoney{}, Waiting: s.waiting, Left: v.stated(s.left)}
		for _, year := range sortedKeys(s.years) {
			row.Years = append(row.Years, httpapi.YearMoney{Year: year, WorkMoney: v.viewSums(s.years[year])})
		}
		out.Sources = append(out.Sources, row)
	}
	slices.SortStableFunc(x.waiting, func(p, q ungiven) int {
		return cmp.Or(cmp.Compare(q.left.Amount, p.left.Amount), compareIDs(p.row.ID, q.row.ID), cmp.Compare(p.source, q.source))
	})
	for _, p := range x.waiting[:min(maxUnknown, len(x.waiting))] {
		m := p.row.Sources[p.source]
		out.Waiting = append(out.Waiting, httpapi.NotGiven{WorkBrief: briefOf(p.row), Source: p.source, Approved: v.stated(m.Approved), Transferred: v.stated(m.Transferred), Left: v.stated(&p.left)})
	}
	slices.SortStableFunc(x.shares, func(p, q httpapi.ShareOutcome) int {
		missed := map[bool]int{true: 0, false: 1}
		return cmp.Or(cmp.Compare(missed[p.Missed], missed[q.Missed]), cmp.Compare(p.ID, q.ID), cmp.Compare(p.Source, q.Source))
	})
	out.Shares = append(out.Shares, x.shares[:min(maxUnknown, len(x.shares))]...)
	return out
}
