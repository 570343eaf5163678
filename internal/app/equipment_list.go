package app

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/equipment"
)

const (
	usualDevices = 100 // on a page
	warrantySoon = 90  // days in which a warranty counts as ending
	maxGroups    = 200
)

// Devices returns the devices that a filter chooses, as of a moment, with what
// they add up to.
func (a *App) Devices(ctx context.Context, w When, f httpapi.EquipmentFilter) (*httpapi.EquipmentList, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	rows, sight, err := a.chooseAssets(ctx, v, f)
	if err != nil {
		return nil, err
	}
	out := &httpapi.EquipmentList{AsOf: v.at.AsOf.String(), Items: []httpapi.EquipmentRow{}, Total: len(rows), May: v.mayWorks(ctx)}
	if err := v.sumAssets(out, rows); err != nil {
		return nil, err
	}
	if out.Purchase, err = a.purchase(ctx, v, f, int64(len(rows))); err != nil {
		return nil, err
	}
	v.sortAssets(rows, f)
	limit := f.Limit
	if limit == 0 {
		limit = usualDevices
	}
	for _, r := range rows[min(f.Offset, len(rows)):min(f.Offset+limit, len(rows))] {
		out.Items = append(out.Items, v.viewAsset(r, sight.inner(r.Path)))
	}
	return out, nil
}

// EachDevice gives every device of a filter.
func (a *App) EachDevice(ctx context.Context, w When, f httpapi.EquipmentFilter, give func(*httpapi.EquipmentRow) error) error {
	v, err := a.look(ctx, w)
	if err != nil {
		return err
	}
	rows, sight, err := a.chooseAssets(ctx, v, f)
	if err != nil {
		return err
	}
	v.sortAssets(rows, f)
	for _, r := range rows {
		x := v.viewAsset(r, sight.inner(r.Path))
		if err := give(&x); err != nil {
			return err
		}
	}
	return nil
}

// assetChoice is a filter that was read.
type assetChoice struct {
	httpapi.EquipmentFilter
	at            string
	due, warranty *period.Date
	words         []string
	facilities    map[place.ID]string // folded names of those that all words fit in part
}

func (v *view) readAssetFilter(f httpapi.EquipmentFilter) (*assetChoice, error) {
	c := &assetChoice{EquipmentFilter: f, words: strings.Fields(lang.Fold(f.Q))}
	r := &workReading{v: v}
	c.due, c.warranty = r.date("due_before", f.Due), r.date("warranty_before", f.Warranty)
	if r.err != nil {
		return nil, r.err
	}
	if f.Place != "" {
		if !v.Atlas.Has(place.ID(f.Place)) {
			return nil, fault.New(fault.NotFound, "app.Devices", "place", "no place has this code: `search` finds it by name")
		}
		c.at = v.path(place.ID(f.Place))
	}
	if _, known := equipment.Find(f.Item); f.Item != "" && !known {
		return nil, fault.New(fault.Invalid, "app.Devices", "item", "the catalogue has no such device")
	}
	if f.Group != "" && !slices.Contains(equipment.Groups(), f.Group) {
		return nil, fault.New(fault.Invalid, "app.Devices", "group", "the catalogue has no such group")
	}
	if f.State != "" && !slices.Contains(equipment.States(), equipment.State(f.State)) {
		return nil, fault.New(fault.Invalid, "app.Devices", "state", "there is no such state")
	}
	if len(c.words) > 0 {
		c.facilities = map[place.ID]string{}
		for i := range v.Facilities {
			name := v.Facilities[i].Name
			c.facilities[place.ID(v.Facilities[i].Code)] = " " + lang.Fold(name[lang.KK]+" "+name[lang.RU]+" "+name[lang.EN])
		}
	}
	return c, nil
}

// chooseAssets returns the rows of a filter that the reader may see.
func (a *App) chooseAssets(ctx context.Context, v *view, f httpapi.EquipmentFilter) ([]*registerRow, *assetSight, error) {
	c, err := v.readAssetFilter(f)
	if err != nil {
		return nil, nil, err
	}
	all, err := a.assetRowsFor(ctx, v)
	if err != nil {
		return nil, nil, err
	}
	sight, tree, err := a.assetSight(ctx, v)
	if err != nil {
		return nil, nil, err
	}
	var out []*registerRow
	for i := range all {
		r := &all[i]
		if c.chooses(r, v.at.AsOf, tree) && sight.sees(r.Work, r.Path) && c.says(r, sight.inner(r.Path)) {
			out = append(out, r)
		}
	}
	return out, sight, nil
}

func (c *assetChoice) chooses(r *registerRow, day period.Date, tree *workTree) bool {
	switch {
	case c.at != "" && !strings.HasPrefix(r.Path, c.at), c.Facility != "" && string(r.Facility) != c.Facility, c.Item != "" && r.Item != c.Item, c.State != "" && string(r.State) != c.State:
		return false
	case c.Work != "" && (r.Work == "" || !tree.lies(r.Work, works.ID(c.Work))):
		return false
	case c.warranty != nil && (r.To == nil || *r.To >= *c.warranty || *r.To < day):
		return false
	}
	if c.Group != "" {
		if it, _ := equipment.Find(r.Item); it.Group != c.Group {
			return false
		}
	}
	if c.due != nil {
		if next := r.NextDue(); next == nil || next.On >= *c.due {
			return false
		}
	}
	return true
}

// says reports whether all words of the search stand in what the reader sees of
// a row.
func (c *assetChoice) says(r *registerRow, inner bool) bool {
	serial := ""
	if inner && len(c.words) > 0 {
		serial = lang.Fold(r.Serial)
	}
	for _, w := range c.words {
		if !strings.Contains(r.folded, w) && !strings.Contains(c.facilities[r.Facility], w) && (serial == "" || !strings.Contains(serial, w)) {
			return false
		}
	}
	return true
}

func (v *view) sortAssets(rows []*registerRow, f httpapi.EquipmentFilter) {
	day := func(d *period.Date) period.Date {
		if d == nil {
			return period.MaxDate
		}
		return *d
	}
	due := func(r *registerRow) period.Date {
		if next := r.NextDue(); next != nil {
			return next.On
		}
		return period.MaxDate
	}
	price := func(r *registerRow) int64 {
		if r.Price == nil {
			return -1
		}
		return int64(*r.Price)
	}
	place := func(s equipment.State) int { return slices.Index(equipment.States(), s) }
	name := func(r *registerRow) string { it, _ := equipment.Find(r.Item); return it.Name[lang.KK] }
	by := map[string]func(x, y *registerRow) int{
		"id":       func(x, y *registerRow) int { return 0 },
		"name":     func(x, y *registerRow) int { return strings.Compare(name(x), name(y)) },
		"facility": func(x, y *registerRow) int { return strings.Compare(string(x.Facility), string(y.Facility)) },
		"state":    func(x, y *registerRow) int { return cmp.Compare(place(x.State), place(y.State)) },
		"since":    func(x, y *registerRow) int { return cmp.Compare(day(x.Since), day(y.Since)) },
		"due":      func(x, y *registerRow) int { return cmp.Compare(due(x), due(y)) },
		"warranty": func(x, y *registerRow) int { return cmp.Compare(day(x.To), day(y.To)) },
		"price":    func(x, y *registerRow) int { return cmp.Compare(price(x), price(y)) },
		"age":      func(x, y *registerRow) int { return cmp.Compare(day(x.Start), day(y.Start)) },
	}
	order, known := by[f.Sort]
	if !known {
		order = by["due"]
	}
	slices.SortStableFunc(rows, func(x, y *registerRow) int {
		c := order(x, y)
		if f.Desc {
			c = -c
		}
		return c
	})
}

// assetName is what a device is called.
func assetName(a *equipment.Asset) lang.Text {
	if !a.Name.IsBlank() {
		return a.Name
	}
	it, _ := equipment.Find(a.Item)
	return it.Name
}

// years writes years with one place.
func years(y *float64) *httpapi.Number {
	if y == nil {
		return nil
	}
	n := httpapi.Number(strconv.FormatFloat(*y, 'f', 1, 64))
	return &n
}

// viewAsset puts a row into the words of the API; only who may read drafts there
// sees serial number and room.
func (v *view) viewAsset(r *registerRow, inner bool) httpapi.EquipmentRow {
	it, _ := equipment.Find(r.Item)
	day := v.at.AsOf
	out := httpapi.EquipmentRow{ID: string(r.ID), Item: r.Item, Group: it.Group, Name: assetName(&r.Asset), EMDN: optional(it.EMDN), Work: optional(string(r.Work)), Place: string(r.Place), Region: r.region, Facility: optional(string(r.Facility)),
		Maker: optional(r.Maker), Model: optional(r.Model), Price: v.amountPointer(r.Price), VAT: optional(string(r.VAT)), State: optional(string(r.State)), Since: dateText(r.Since), Warranty: dateText(r.To), Overdue: r.Overdue(day), Synthetic: r.Synthetic}
	if inner {
		out.Serial, out.Room = optional(r.Serial), optional(r.Room)
	}
	if next := r.NextDue(); next != nil {
		out.Next, out.NextCode = dateText(&next.On), optional(next.Service)
	}
	s := equipment.Standing{Asset: &r.Asset, Day: day, State: r.State, Start: r.Start, First: map[equipment.State]period.Date{}}
	if r.Since != nil {
		s.Since = *r.Since
	}
	for state, on := range r.First {
		s.First[state] = period.Date(on)
	}
	out.Age = years(s.Age())
	out.Life, out.Assumed = r.Years()
	return out
}
