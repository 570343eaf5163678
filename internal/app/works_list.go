package app

import (
	"cmp"
	"context"
	"math"
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
	rows, tree, facets, err := a.chooseWorks(ctx, v, f)
	if err != nil {
		return nil, err
	}
	out := &httpapi.WorkList{AsOf: v.at.AsOf.String(), Items: []httpapi.WorkRow{}, Total: len(rows), Sums: v.sumWorks(rows, tree), Facets: facets.items(), May: v.mayWorks(ctx)}
	v.sortWorks(rows, f)
	var depth map[works.ID]int
	if f.Sort == "tree" {
		rows, depth = asTree(rows, tree)
	}
	limit := f.Limit
	if limit == 0 {
		limit = usualWorks
	}
	for _, r := range rows[min(f.Offset, len(rows)):min(f.Offset+limit, len(rows))] {
		row := v.viewRow(r, tree)
		row.Depth = depth[r.ID]
		out.Items = append(out.Items, row)
	}
	return out, nil
}

// within reports whether a work lies below a root.
func (r *portfolioRow) within(root works.ID) bool {
	for up, n := r.around, 0; up != nil && n < 10; up, n = up.around, n+1 {
		if up.ID == root {
			return true
		}
	}
	return false
}

// chooseWorks returns the rows of a filter that the reader may see, and how
// many there are by what one can choose next.
func (a *App) chooseWorks(ctx context.Context, v *view, f httpapi.WorkFilter) ([]*portfolioRow, *workTree, *workFacets, error) {
	if err := v.checkWorkFilter(f); err != nil {
		return nil, nil, nil, err
	}
	tree, err := a.rowsFor(ctx, v)
	if err != nil {
		return nil, nil, nil, err
	}
	drafts := v.paths(ctx, actor.ReadDrafts)
	hidden := func(r *portfolioRow) bool {
		return r.Condition == works.Draft && !slices.ContainsFunc(drafts, func(p string) bool { return strings.HasPrefix(r.Path, p) })
	}
	if up := tree.byID[works.ID(f.Parent)]; f.Parent != "" && (up == nil || hidden(up)) {
		return nil, nil, nil, fault.New(fault.NotFound, "app.Portfolio", "parent", "there is no such work")
	}
	sieve, facets := v.sieve(f), newWorkFacets(v.at.AsOf)
	var out []*portfolioRow
	for i := range tree.rows {
		r := &tree.rows[i]
		if hidden(r) {
			continue
		}
		missed, n := sieve.misses(r)
		switch n {
		case 0:
			out = append(out, r)
			facets.add(r, "")
		case 1:
			facets.add(r, missed)
		}
	}
	return out, tree, facets, nil
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

// sortKey is what a row is ordered by: numbers first, then a text, then its
// place in the tree, which follows the ids.
type sortKey struct {
	numbers [3]int64
	text    string
	row     *portfolioRow
}

// sortWorks orders rows as a filter wants. The keys are worked out once for
// each row, not for each comparison.
func (v *view) sortWorks(rows []*portfolioRow, f httpapi.WorkFilter) {
	keys := make([]sortKey, len(rows))
	for i, r := range rows {
		keys[i] = v.keyOf(r, f.Sort)
	}
	slices.SortFunc(keys, func(x, y sortKey) int {
		c := cmp.Or(cmp.Compare(x.numbers[0], y.numbers[0]), cmp.Compare(x.numbers[1], y.numbers[1]), cmp.Compare(x.numbers[2], y.numbers[2]), strings.Compare(x.text, y.text))
		if f.Desc {
			c = -c
		}
		return cmp.Or(c, cmp.Compare(x.row.no, y.row.no))
	})
	for i := range keys {
		rows[i] = keys[i].row
	}
}

func (v *view) keyOf(r *portfolioRow, by string) sortKey {
	k := sortKey{row: r}
	late := -int64(r.LateOn(v.at.AsOf))
	switch by {
	case "id":
	case "title":
		k.text = r.Title.In(lang.KK)
	case "place":
		k.text = r.Path
	case "phase":
		k.numbers[0] = int64(slices.Index(works.Phases(), r.Phase))
	case "percent":
		k.numbers[0] = -1
		if r.Percent != nil {
			k.numbers[0] = r.Percent.Shift(2).IntPart()
		}
	case "deadline":
		k.numbers[0] = dayKey(r.Deadline)
	case "last_word":
		k.numbers[0] = dayKey(r.LastWord)
	case "late":
		k.numbers[0] = late
	case "p80":
		k.numbers[0] = dayKey(nil)
		if r.Forecast != nil {
			k.numbers[0] = dayKey(r.Forecast.P80)
		}
	case "cost":
		k.numbers[0] = amountKey(r.Money.Cost)
	case "paid":
		k.numbers[0] = amountKey(r.Money.Paid)
	default:
		k.numbers = [3]int64{int64(slices.Index(works.Levels(), r.Level)), late, dayKey(r.Deadline)}
	}
	return k
}

// dayKey puts a day that nobody named last.
func dayKey(d *period.Date) int64 {
	if d == nil {
		return int64(period.MaxDate)
	}
	return int64(*d)
}

func amountKey(s *works.Said) int64 {
	if s == nil {
		return -1
	}
	return int64(s.Amount)
}

// sumWorks adds up what does not lie in another chosen work.
func (v *view) sumWorks(rows []*portfolioRow, tree *workTree) httpapi.WorkSums {
	day := v.at.AsOf
	chosen := make([]bool, len(tree.rows))
	for _, r := range rows {
		chosen[r.no] = true
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
		if undatedWork(r) {
			out.NoDate++
		}
		addSites(&out, r, chosen)
		addYields(capacity, r, chosen)
		if !r.costEnclosed(chosen) {
			addSaid(&total.cost, r.Money.Cost)
		}
		for i := range r.sources {
			m := r.ownMoney(&r.sources[i], chosen)
			if bySource[m.code] == nil {
				bySource[m.code] = &moneySums{}
			}
			bySource[m.code].add(&m.RowMoney)
			total.add(&m.RowMoney)
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

// enclosed goes through the chosen works in which a row lies, the nearest first,
// until f is true of one, and reports whether it was.
func (r *portfolioRow) enclosed(chosen []bool, f func(*portfolioRow) bool) bool {
	for up, n := r.around, 0; up != nil && n < 10; up, n = up.around, n+1 {
		if chosen[up.no] && f(up) {
			return true
		}
	}
	return false
}

// costEnclosed reports whether a chosen work around a row has a cost: it
// contains that of the row.
func (r *portfolioRow) costEnclosed(chosen []bool) bool {
	return r.enclosed(chosen, func(up *portfolioRow) bool { return up.Money.Cost != nil })
}

// ownMoney returns the amounts of a source that are not contained in those of
// the works around: what a programme has approved by a source contains what that
// source approved for its projects, and nothing of another source.
func (r *portfolioRow) ownMoney(m *sourceRow, chosen []bool) sourceRow {
	own := *m
	r.enclosed(chosen, func(up *portfolioRow) bool {
		for i := range up.sources {
			if whole := &up.sources[i]; whole.code == m.code {
				own.without(&whole.RowMoney)
			}
		}
		return false
	})
	return own
}

// without leaves out the amounts that a whole has too.
func (m *sourceRow) without(whole *works.RowMoney) {
	leave := func(part **works.Said, whole *works.Said) {
		if whole != nil {
			*part = nil
		}
	}
	leave(&m.Planned, whole.Planned)
	leave(&m.Approved, whole.Approved)
	leave(&m.Transferred, whole.Transferred)
	leave(&m.Contracted, whole.Contracted)
	leave(&m.Paid, whole.Paid)
	leave(&m.Accepted, whole.Accepted)
}

// addSites counts the sites for which a project stands; those of its parts are
// among them.
func addSites(out *httpapi.WorkSums, r *portfolioRow, chosen []bool) {
	if r.Level == works.Programme {
		return
	}
	if !r.enclosed(chosen, func(up *portfolioRow) bool { return up.Level != works.Programme }) {
		out.Sites += r.Units
	}
	if r.Opened != nil && !r.enclosed(chosen, func(up *portfolioRow) bool { return up.Opened != nil }) {
		out.Open += r.Units
	}
}

// addYields adds the capacity of a row. That of a work contains what its parts
// give of the same item: a part adds nothing that is planned, and what opened
// of it is no longer planned in the work around it.
func addYields(sums map[[2]string]*httpapi.YieldSum, r *portfolioRow, chosen []bool) {
	if r.Condition == works.Cancelled {
		return
	}
	of := func(y *works.Yield) *httpapi.YieldSum {
		k := [2]string{string(y.Item), y.Service}
		if sums[k] == nil {
			sums[k] = &httpapi.YieldSum{Item: k[0], Service: k[1]}
		}
		return sums[k]
	}
	for i := range r.Yields {
		y := &r.Yields[i]
		whole, opened := r.containing(y, chosen)
		switch {
		case whole == nil && y.Count == nil:
			of(y).Unsaid++
		case whole == nil && r.Opened != nil:
			of(y).Open += *y.Count
		case whole == nil:
			of(y).Planned += *y.Count
		case r.Opened != nil && !opened && y.Count != nil:
			of(y).Open += *y.Count
			if whole.Count != nil {
				of(whole).Planned -= *y.Count
			}
		}
	}
}

// containing returns what the highest chosen work around gives of the same
// item, nil where none does, and whether one that gives it is open.
func (r *portfolioRow) containing(y *works.Yield, chosen []bool) (whole *works.Yield, opened bool) {
	same := func(a, b string) bool { return a == "" || b == "" || a == b }
	r.enclosed(chosen, func(up *portfolioRow) bool {
		for i := range up.Yields {
			if o := &up.Yields[i]; o.Item == y.Item && same(o.Service, y.Service) && same(o.Age, y.Age) && up.Condition != works.Cancelled {
				whole, opened = o, opened || up.Opened != nil
			}
		}
		return false
	})
	return whole, opened
}

// moneySums are amounts that are being added up.
type moneySums struct {
	cost, planned, approved, transferred, contracted, paid, accepted *works.Said
}

func (s *moneySums) add(m *works.RowMoney) {
	addSaid(&s.cost, m.Cost)
	addSaid(&s.planned, m.Planned)
	addSaid(&s.approved, m.Approved)
	addSaid(&s.transferred, m.Transferred)
	addSaid(&s.contracted, m.Contracted)
	addSaid(&s.paid, m.Paid)
	addSaid(&s.accepted, m.Accepted)
}

func addSaid(to **works.Said, from *works.Said) {
	switch {
	case from == nil:
	case *to == nil:
		c := *from
		*to = &c
	default:
		if q, ok := stat.SumQualifier((*to).Qualifier, from.Qualifier); ok {
			(*to).Qualifier = q
		} else {
			(*to).Qualifier = ledger.About
		}
		sum, err := (*to).Amount.Add(from.Amount)
		if err != nil { // beyond what can be counted: at least that much
			sum, (*to).Qualifier = math.MaxInt64, ledger.AtLeast
		}
		(*to).Amount = sum
	}
}

func (v *view) viewSums(s *moneySums) httpapi.WorkMoney {
	return httpapi.WorkMoney{Cost: v.stated(s.cost), Planned: v.stated(s.planned), Approved: v.stated(s.approved), Transferred: v.stated(s.transferred), Contracted: v.stated(s.contracted), Paid: v.stated(s.paid), Accepted: v.stated(s.accepted)}
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
