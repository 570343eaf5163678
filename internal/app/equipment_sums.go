package app

import (
	"cmp"
	"context"
	"slices"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/equipment"
)

// assetGroup adds up devices that have something in common.
type assetGroup struct {
	equipment.Tally
	overdue int64
}

// sumAssets adds up the rows of a filter.
func (v *view) sumAssets(out *httpapi.EquipmentList, rows []*registerRow) error {
	day := v.at.AsOf
	var all assetGroup
	byFacility, byRegion, byItem := map[string]*assetGroup{}, map[string]*assetGroup{}, map[string]*assetGroup{}
	s := &out.Sums
	for _, r := range rows {
		late := int64(0)
		if r.Overdue(day) > 0 {
			late = 1
		}
		for _, g := range []*assetGroup{&all, groupOf(byFacility, string(r.Facility)), groupOf(byRegion, r.region), groupOf(byItem, r.Item)} {
			g.overdue += late
			if err := g.Add(&r.Row); err != nil {
				return err
			}
		}
		if r.To != nil && *r.To >= day && *r.To < day+warrantySoon && r.State != equipment.WrittenOff {
			s.Warranty++
		}
		if r.Synthetic {
			s.Synthetic++
		}
		if r.Plans == nil {
			s.Assumed++
		}
	}
	s.Named, s.Price, s.Unpriced, s.Overdue, s.Unsaid = all.Named, v.amount(all.Price), all.Unpriced, all.overdue, all.Now.Of("")
	for _, state := range equipment.States() {
		c := httpapi.EquipmentCount{State: string(state), Now: all.Now.Of(state)}
		if slices.Contains(equipment.Way(), state) {
			n := all.Reached.Of(state)
			c.Reached = &n
		}
		s.States = append(s.States, c)
	}
	facilities := map[string]lang.Text{}
	for i := range v.Facilities {
		facilities[v.Facilities[i].Code] = v.Facilities[i].Name
	}
	out.ByFacility = v.viewGroups(byFacility, func(code string) lang.Text { return facilities[code] })
	out.ByRegion = v.viewGroups(byRegion, func(code string) lang.Text {
		name := lang.Text{}
		for _, c := range lang.Codes() {
			name[c] = v.Atlas.Name(place.ID(code), c, day)
		}
		return name
	})
	out.ByItem = v.viewGroups(byItem, func(code string) lang.Text { it, _ := equipment.Find(code); return it.Name })
	return nil
}

func groupOf(groups map[string]*assetGroup, code string) *assetGroup {
	g := groups[code]
	if g == nil {
		g = &assetGroup{}
		groups[code] = g
	}
	return g
}

// viewGroups puts groups into the words of the API, the largest first.
func (v *view) viewGroups(groups map[string]*assetGroup, name func(string) lang.Text) []httpapi.EquipmentGroup {
	codes := sortedKeys(groups)
	slices.SortStableFunc(codes, func(x, y string) int { return cmp.Compare(groups[y].Named, groups[x].Named) })
	out := []httpapi.EquipmentGroup{}
	for _, code := range codes[:min(len(codes), maxGroups)] {
		g := groups[code]
		coming := int64(0)
		for _, s := range []equipment.State{equipment.Needed, equipment.Ordered, equipment.Delivered, equipment.Installed, equipment.Commissioned} {
			coming += g.Now.Of(s)
		}
		text := name(code)
		if text == nil {
			text = lang.Text{}
		}
		out = append(out, httpapi.EquipmentGroup{Code: code, Name: text, Named: g.Named, InUse: g.Now.Of(equipment.InUse), Down: g.Now.Of(equipment.Down), Coming: coming, Overdue: g.overdue, Price: v.amount(g.Price), Unpriced: g.Unpriced})
	}
	return out
}

// devicesMeasure is the measure of the ledger by which devices are promised.
const devicesMeasure = "equipment.purchased"

// purchase compares the register with what was promised: by the statements that
// a work keeps, or its yields; without a work, by all statements of the ledger
// that promise devices and are no part of another. It is nil where the filter
// chooses more finely than anybody promised.
func (a *App) purchase(ctx context.Context, v *view, f httpapi.EquipmentFilter, named int64) (*httpapi.EquipmentPurchase, error) {
	if f.Facility != "" || f.Item != "" || f.Group != "" || f.State != "" || f.Due != "" || f.Warranty != "" || f.Q != "" || (f.Place != "" && f.Work == "" && f.Place != string(v.Atlas.Root())) {
		return nil, nil
	}
	j, err := a.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	out := &httpapi.EquipmentPurchase{Promises: []string{}, Works: []string{}}
	var keeps []string
	qualifier := ledger.Exact
	if f.Work != "" {
		file, err := a.seenWork(ctx, v, works.ID(f.Work))
		if err != nil {
			return nil, err
		}
		keeps = file.Promises
		for _, y := range file.Yields {
			if y.Item == place.Devices && y.Count != nil {
				out.Promised += *y.Count
				out.Works = []string{f.Work}
			}
		}
	}
	sum, promises := int64(0), []string{}
	for i := range j.board.Items {
		it := &j.board.Items[i]
		p := v.promise(it)
		if p.Measure != devicesMeasure || (f.Work == "" && p.PartOf != nil) || (f.Work != "" && !slices.Contains(keeps, p.ID)) {
			continue
		}
		n, ok := wholeOf(p.Target.Value)
		if !ok {
			continue
		}
		sum += n
		promises = append(promises, p.ID)
		if q, ok := stat.SumQualifier(qualifier, ledger.Qualifier(p.Target.Qualifier)); ok {
			qualifier = q
		}
	}
	if len(promises) > 0 {
		out.Promised, out.Promises, out.Works = sum, promises, []string{}
	}
	if out.Promised == 0 {
		return nil, nil
	}
	if f.Work == "" { // the register holds more than what these promises buy
		if named, err = a.namedFor(ctx, v, promises); err != nil {
			return nil, err
		}
	}
	tally := equipment.Tally{Named: named}
	p := tally.Compare(out.Promised)
	out.Qualifier, out.Unnamed, out.Beyond = string(qualifier), p.Unnamed, p.Beyond
	return out, nil
}

// namedFor counts the devices that works buy which keep one of the promises.
func (a *App) namedFor(ctx context.Context, v *view, promises []string) (int64, error) {
	all, err := a.assetRowsFor(ctx, v)
	if err != nil {
		return 0, err
	}
	sight, tree, err := a.assetSight(ctx, v)
	if err != nil {
		return 0, err
	}
	counts := map[works.ID]bool{}
	n := int64(0)
	for i := range all {
		r := &all[i]
		if r.Work == "" || !sight.sees(r.Work, r.Path) {
			continue
		}
		buys, known := counts[r.Work]
		if !known {
			for up, depth := r.Work, 0; up != "" && depth < 10 && !buys; depth++ {
				w := tree.byID[up]
				if w == nil {
					break
				}
				buys = slices.ContainsFunc(w.Promises, func(p string) bool { return slices.Contains(promises, p) })
				up = w.Parent
			}
			counts[r.Work] = buys
		}
		if buys {
			n++
		}
	}
	return n, nil
}
