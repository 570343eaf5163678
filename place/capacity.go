package place

import (
	"sort"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// Item is what is counted in a capacity.
type Item string

// The items of capacity.
const (
	Beds        Item = "beds"
	Departments Item = "departments"
	Theatres    Item = "theatres"
	Devices     Item = "devices"
	Staff       Item = "staff"
)

// Status is how far a capacity is on its way to patients.
type Status string

// The statuses of capacity. Only Open serves patients: a building at 100 % is
// built, not open.
const (
	Planned   Status = "planned"
	Built     Status = "built"
	Licensed  Status = "licensed"
	Open      Status = "open"
	Suspended Status = "suspended"
	Closed    Status = "closed"
)

var statuses = map[Status]bool{Planned: true, Built: true, Licensed: true, Open: true, Suspended: true, Closed: true}
var items = map[Item]bool{Beds: true, Departments: true, Theatres: true, Devices: true, Staff: true}

// Capacity is what a facility can do for a service and an age group from a day
// to a day. A later entry for the same facility, item, service and age
// replaces an earlier one from its first day on.
type Capacity struct {
	Facility ID
	Item     Item
	Service  string // code of a medical service; empty is all
	Age      string // adult, child; empty is all ages
	// Count is the number of beds, departments, theatres, devices or posts; nil
	// when nobody said a number.
	Count  *int64
	Status Status
	// Hours a week during which it works; nil when not said.
	HoursPerWeek *float64
	From         *period.Date // nil: not said since when
	To           *period.Date // exclusive; nil: until further notice
	Source       string
}

// Check refuses what cannot be.
func (c Capacity) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "place.Capacity", string(c.Facility), format, args...)
	}
	switch {
	case c.Facility == "":
		return bad("a capacity belongs to a facility")
	case !items[c.Item]:
		return bad("unknown item of capacity %q", c.Item)
	case !statuses[c.Status]:
		return bad("unknown status of capacity %q", c.Status)
	case c.Count != nil && *c.Count < 0:
		return bad("a capacity cannot be negative")
	case c.HoursPerWeek != nil && !(*c.HoursPerWeek >= 0 && *c.HoursPerWeek <= 168):
		return bad("a week has 168 hours")
	case c.From != nil && c.To != nil && *c.From >= *c.To:
		return bad("the capacity ends before it begins")
	case c.Source == "":
		return bad("a capacity needs a source")
	}
	return nil
}

type capacityKey struct {
	facility ID
	item     Item
	service  string
	age      string
}

// Timeline answers what capacity there was on a day.
type Timeline struct{ byKey map[capacityKey][]Capacity }

// NewTimeline checks the entries and orders them.
func NewTimeline(entries []Capacity) (*Timeline, error) {
	t := &Timeline{byKey: map[capacityKey][]Capacity{}}
	for _, c := range entries {
		if err := c.Check(); err != nil {
			return nil, err
		}
		k := capacityKey{c.Facility, c.Item, c.Service, c.Age}
		t.byKey[k] = append(t.byKey[k], c)
	}
	for _, list := range t.byKey {
		sort.SliceStable(list, func(i, j int) bool { return start(list[i]) < start(list[j]) })
	}
	return t, nil
}

func start(c Capacity) period.Date {
	if c.From == nil {
		return period.MinDate
	}
	return *c.From
}

// On returns the entries in force on a day, one for each facility, item,
// service and age, ordered by facility and item.
func (t *Timeline) On(day period.Date) []Capacity {
	var out []Capacity
	for _, list := range t.byKey {
		for i := len(list) - 1; i >= 0; i-- {
			c := list[i]
			if start(c) > day {
				continue
			}
			if c.To == nil || day < *c.To {
				out = append(out, c)
			}
			break
		}
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i], out[j]
		if a.Facility != b.Facility {
			return a.Facility < b.Facility
		}
		if a.Item != b.Item {
			return a.Item < b.Item
		}
		if a.Service != b.Service {
			return a.Service < b.Service
		}
		return a.Age < b.Age
	})
	return out
}

// Total is a sum of capacity. Unsaid counts the entries whose number nobody
// said: with any, Count is a lower bound.
type Total struct {
	Count  int64
	Unsaid int
}

// OpenAt sums what is open on a day for an item and a service (empty: all) in
// the facilities for which keep is true. Beds for children inside the beds of
// all ages of the same facility are not added again, nor those of a service
// inside all services; where nobody said the number of the whole, what is known
// of its parts counts, and the whole is unsaid.
func (t *Timeline) OpenAt(day period.Date, item Item, service string, keep func(ID) bool) Total {
	open := map[ID][]Capacity{}
	for _, c := range t.On(day) {
		if c.Status == Open && c.Item == item && (service == "" || c.Service == service) && keep(c.Facility) {
			open[c.Facility] = append(open[c.Facility], c)
		}
	}
	var sum Total
	for _, list := range open {
		for i, c := range list {
			switch {
			case c.Count == nil:
				sum.Unsaid++
			case !insideOf(i, list):
				sum.Count += *c.Count
			}
		}
	}
	return sum
}

// insideOf reports whether entry i lies inside another one of a known number:
// of all services or the same, and of all ages or the same.
func insideOf(i int, list []Capacity) bool {
	c := list[i]
	for j, d := range list {
		if i != j && d.Count != nil && (d.Service == "" || d.Service == c.Service) && (d.Age == "" || d.Age == c.Age) {
			return true
		}
	}
	return false
}
