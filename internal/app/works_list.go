package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// usualWorks is how many works a page of the portfolio has.
const usualWorks = 100

// Portfolio returns the works that a filter chooses, as of a moment, with what
// they add up to. Drafts are there only for who may read drafts in their
// territory.
func (a *App) Portfolio(ctx context.Context, w When, f httpapi.WorkFilter) (*httpapi.WorkList, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	rows, tree, err := a.chooseWorks(ctx, v, f)
	if err != nil {
		return nil, err
	}
	out := &httpapi.WorkList{AsOf: v.at.AsOf.String(), Items: []httpapi.WorkRow{}, Total: len(rows), Sums: v.sumWorks(rows, tree), Facets: v.facets(rows), May: v.mayWorks(ctx)}
	v.sortWorks(rows, f)
	limit := f.Limit
	if limit == 0 {
		limit = usualWorks
	}
	for _, r := range rows[min(f.Offset, len(rows)):min(f.Offset+limit, len(rows))] {
		out.Items = append(out.Items, v.viewRow(r, tree))
	}
	return out, nil
}

// workTree knows how works lie in each other.
type workTree struct {
	byID  map[works.ID]*portfolioRow
	parts map[works.ID]int
}

func treeOf(rows []portfolioRow) *workTree {
	t := &workTree{byID: make(map[works.ID]*portfolioRow, len(rows)), parts: map[works.ID]int{}}
	for i := range rows {
		t.byID[rows[i].ID] = &rows[i]
		if p := rows[i].Parent; p != "" {
			t.parts[p]++
		}
	}
	return t
}

// within reports whether a work is the root or lies below it.
func (t *workTree) within(id, root works.ID) bool {
	for n := 0; id != "" && n < 10; n++ {
		if id == root {
			return true
		}
		r := t.byID[id]
		if r == nil {
			return false
		}
		id = r.Parent
	}
	return false
}

// chooseWorks returns the rows of a filter that the reader may see.
func (a *App) chooseWorks(ctx context.Context, v *view, f httpapi.WorkFilter) ([]*portfolioRow, *workTree, error) {
	if err := v.checkWorkFilter(f); err != nil {
		return nil, nil, err
	}
	all, err := a.rowsFor(ctx, v)
	if err != nil {
		return nil, nil, err
	}
	tree := treeOf(all)
	if f.Parent != "" && tree.byID[works.ID(f.Parent)] == nil {
		return nil, nil, fault.New(fault.NotFound, "app.Portfolio", "parent", "there is no such work")
	}
	drafts, at := v.paths(ctx, actor.ReadDrafts), ""
	if f.Place != "" {
		at = v.path(place.ID(f.Place))
	}
	words := strings.Fields(lang.Fold(f.Q))
	var out []*portfolioRow
	for i := range all {
		r := &all[i]
		if r.Condition == works.Draft && !slices.ContainsFunc(drafts, func(p string) bool { return strings.HasPrefix(r.Path, p) }) {
			continue
		}
		if v.chosen(r, f, at, words, tree) {
			out = append(out, r)
		}
	}
	return out, tree, nil
}

func (v *view) checkWorkFilter(f httpapi.WorkFilter) error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, "app.Portfolio", field, format, args...)
	}
	switch {
	case f.Place != "" && !v.Atlas.Has(place.ID(f.Place)):
		return fault.New(fault.NotFound, "app.Portfolio", "place", "no place has this code: `search` finds it by name")
	case f.Kind != "" && !slices.Contains(works.WorkKinds(), works.Kind(f.Kind)):
		return bad("kind", "no kind of works has this name: the vocabulary lists them")
	case f.Phase != "" && !slices.Contains(works.Phases(), works.Phase(f.Phase)):
		return bad("phase", "no phase has this name: the vocabulary lists them")
	case f.Question != "" && f.Question != "any" && !slices.Contains(works.Rules(), works.Rule(f.Question)):
		return bad("question", "no rule has this name: the vocabulary lists them")
	case f.Source != "" && !v.sourceCodes()(f.Source):
		return bad("source", "no source of money has this code")
	}
	return nil
}

// chosen reports whether a row passes a filter.
func (v *view) chosen(r *portfolioRow, f httpapi.WorkFilter, at string, words []string, tree *workTree) bool {
	switch {
	case f.Level == "" && r.Level == works.Package && f.Parent == "", f.Level != "" && string(r.Level) != f.Level:
		return false
	case f.Parent != "" && (string(r.ID) == f.Parent || !tree.within(r.ID, works.ID(f.Parent))):
		return false
	case at != "" && !strings.HasPrefix(r.Path, at), f.Kind != "" && string(r.Kind) != f.Kind, f.Phase != "" && string(r.Phase) != f.Phase, f.Office != "" && r.Office != f.Office:
		return false
	case f.Service != "" && !slices.ContainsFunc(r.Yields, func(y works.Yield) bool { return y.Service == f.Service }):
		return false
	}
	if f.Source != "" {
		if _, has := r.Sources[f.Source]; !has {
			return false
		}
	}
	if f.Question != "" {
		asked := r.Asked(v.at.AsOf)
		if len(asked) == 0 || (f.Question != "any" && !slices.Contains(asked, works.Rule(f.Question))) {
			return false
		}
	}
	if len(words) > 0 {
		text := lang.Fold(string(r.ID) + " " + r.Title[lang.KK] + " " + r.Title[lang.RU] + " " + r.Title[lang.EN])
		for _, w := range words {
			if !strings.Contains(text, w) {
				return false
			}
		}
	}
	return true
}

func (v *view) sortWorks(rows []*portfolioRow, f httpapi.WorkFilter) {
	day := v.at.AsOf
	date := func(d *period.Date) int64 {
		if d == nil {
			return int64(period.MaxDate)
		}
		return int64(*d)
	}
	amount := func(s *works.Said) int64 {
		if s == nil {
			return -1
		}
		return int64(s.Amount)
	}
	percent := func(r *portfolioRow) float64 {
		if r.Percent == nil {
			return -1
		}
		return r.Percent.InexactFloat64()
	}
	by := map[string]func(x, y *portfolioRow) int{
		"id":        func(x, y *portfolioRow) int { return 0 },
		"title":     func(x, y *portfolioRow) int { return strings.Compare(x.Title.In(lang.KK), y.Title.In(lang.KK)) },
		"place":     func(x, y *portfolioRow) int { return strings.Compare(x.Path, y.Path) },
		"percent":   func(x, y *portfolioRow) int { return cmp.Compare(percent(x), percent(y)) },
		"deadline":  func(x, y *portfolioRow) int { return cmp.Compare(date(x.Deadline), date(y.Deadline)) },
		"cost":      func(x, y *portfolioRow) int { return cmp.Compare(amount(x.Money.Cost), amount(y.Money.Cost)) },
		"paid":      func(x, y *portfolioRow) int { return cmp.Compare(amount(x.Money.Paid), amount(y.Money.Paid)) },
		"last_word": func(x, y *portfolioRow) int { return cmp.Compare(date(x.LastWord), date(y.LastWord)) },
		"late":      func(x, y *portfolioRow) int { return cmp.Compare(y.LateOn(day), x.LateOn(day)) },
		"p80": func(x, y *portfolioRow) int {
			var a, b *period.Date
			if x.Forecast != nil {
				a = x.Forecast.P80
			}
			if y.Forecast != nil {
				b = y.Forecast.P80
			}
			return cmp.Compare(date(a), date(b))
		},
	}
	order, known := by[f.Sort]
	if !known {
		order = func(x, y *portfolioRow) int {
			return cmp.Or(cmp.Compare(slices.Index(works.Levels(), x.Level), slices.Index(works.Levels(), y.Level)), by["late"](x, y), by["deadline"](x, y))
		}
	}
	slices.SortStableFunc(rows, func(x, y *portfolioRow) int {
		c := order(x, y)
		if f.Desc {
			c = -c
		}
		return cmp.Or(c, compareIDs(x.ID, y.ID))
	})
}

// sumWorks adds up what does not lie in another chosen work.
func (v *view) sumWorks(rows []*portfolioRow, tree *workTree) httpapi.WorkSums {
	day := v.at.AsOf
	chosen := make(map[works.ID]bool, len(rows))
	for _, r := range rows {
		chosen[r.ID] = true
	}
	out := httpapi.WorkSums{Works: len(rows), BySource: []httpapi.SourceMoney{}, Capacity: []httpapi.YieldSum{}}
	total, bySource := moneySums{}, map[string]*moneySums{}
	capacity := map[[2]string]*httpapi.YieldSum{}
	for _, r := range rows {
		if r.LateOn(day) > 0 {
			out.Late++
		}
		if r.DoubtOn(day) != "" {
			out.Doubted++
		}
		if r.Deadline == nil && r.Opened == nil {
			out.NoDate++
		}
		if r.Level != works.Programme {
			out.Sites += r.Units
			if r.Opened != nil {
				out.Open += r.Units
			}
			addYields(capacity, r)
		}
		if inside(r, chosen, tree) {
			continue
		}
		total.add(r.Money)
		for code, m := range r.Sources {
			if bySource[code] == nil {
				bySource[code] = &moneySums{}
			}
			bySource[code].add(m)
		}
	}
	out.Money = v.viewSums(&total)
	for _, code := range sortedKeys(bySource) {
		out.BySource = append(out.BySource, httpapi.SourceMoney{Source: code, WorkMoney: v.viewSums(bySource[code])})
	}
	for _, c := range capacity {
		out.Capacity = append(out.Capacity, *c)
	}
	slices.SortFunc(out.Capacity, func(x, y httpapi.YieldSum) int {
		return cmp.Or(cmp.Compare(x.Item, y.Item), cmp.Compare(x.Service, y.Service))
	})
	return out
}

// inside reports whether a chosen work with money lies around a row.
func inside(r *portfolioRow, chosen map[works.ID]bool, tree *workTree) bool {
	for up, n := r.Parent, 0; up != "" && n < 10; n++ {
		p := tree.byID[up]
		if p == nil {
			return false
		}
		if chosen[up] && p.Money != (works.RowMoney{}) {
			return true
		}
		up = p.Parent
	}
	return false
}

func addYields(sums map[[2]string]*httpapi.YieldSum, r *portfolioRow) {
	if r.Condition == works.Cancelled {
		return
	}
	for _, y := range r.Yields {
		k := [2]string{string(y.Item), y.Service}
		if sums[k] == nil {
			sums[k] = &httpapi.YieldSum{Item: k[0], Service: k[1]}
		}
		switch {
		case y.Count == nil:
			sums[k].Unsaid++
		case r.Opened != nil:
			sums[k].Open += *y.Count
		default:
			sums[k].Planned += *y.Count
		}
	}
}

// moneySums are amounts that are being added up.
type moneySums struct {
	cost, planned, approved, transferred, contracted, paid, accepted *works.Said
}

func (s *moneySums) add(m works.RowMoney) {
	for _, p := range []struct {
		to   **works.Said
		from *works.Said
	}{{&s.cost, m.Cost}, {&s.planned, m.Planned}, {&s.approved, m.Approved}, {&s.transferred, m.Transferred}, {&s.contracted, m.Contracted}, {&s.paid, m.Paid}, {&s.accepted, m.Accepted}} {
		switch {
		case p.from == nil:
		case *p.to == nil:
			c := *p.from
			*p.to = &c
		default:
			q, ok := stat.SumQualifier((*p.to).Qualifier, p.from.Qualifier)
			if !ok {
				q = ledger.About
			}
			(*p.to).Amount, (*p.to).Qualifier = (*p.to).Amount+p.from.Amount, q
		}
	}
}

func (v *view) viewSums(s *moneySums) httpapi.WorkMoney {
	return httpapi.WorkMoney{Cost: v.stated(s.cost), Planned: v.stated(s.planned), Approved: v.stated(s.approved), Transferred: v.stated(s.transferred), Contracted: v.stated(s.contracted), Paid: v.stated(s.paid), Accepted: v.stated(s.accepted)}
}

// facets counts the rows by what one can choose next.
func (v *view) facets(rows []*portfolioRow) map[string][]httpapi.FacetItem {
	counts := map[string]map[string]int{"phase": {}, "kind": {}, "region": {}, "source": {}, "question": {}, "level": {}}
	regions := map[place.ID]string{}
	for _, r := range rows {
		counts["phase"][string(r.Phase)]++
		counts["kind"][string(r.Kind)]++
		counts["level"][string(r.Level)]++
		region, known := regions[r.Place]
		if !known {
			region = v.regionOf(r.Place)
			regions[r.Place] = region
		}
		counts["region"][region]++
		for code := range r.Sources {
			counts["source"][code]++
		}
		for _, q := range r.Asked(v.at.AsOf) {
			counts["question"][string(q)]++
		}
	}
	out := map[string][]httpapi.FacetItem{}
	for name, m := range counts {
		out[name] = []httpapi.FacetItem{}
		for _, code := range sortedKeys(m) {
			out[name] = append(out[name], httpapi.FacetItem{Code: code, Works: m[code]})
		}
	}
	return out
}

// regionOf returns the region around a place, or the country.
func (v *view) regionOf(at place.ID) string {
	path := v.Atlas.Path(at)
	if len(path) > 1 {
		return string(path[1])
	}
	return string(v.Atlas.Root())
}

func (v *view) mayWorks(ctx context.Context) []string {
	out := []string{}
	for _, act := range []actor.Act{actor.ManageWorks, actor.ReportWorks} {
		if v.who(ctx).MayAnywhere(act) {
			out = append(out, string(act))
		}
	}
	return out
}
