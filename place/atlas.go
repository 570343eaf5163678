package place

import (
	"sort"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
)

// Atlas holds all places of a country, their dated facts and the changes of
// borders. It is built once and then only read, by any number of goroutines.
type Atlas struct {
	places   map[ID]Place
	facts    map[ID][]Fact
	events   []Event
	children map[ID][]ID
	root     ID
}

// NewAtlas checks that the places form one tree and that facts and events name
// known places. It returns the first fault found.
func NewAtlas(places []Place, facts []Fact, events []Event) (*Atlas, error) {
	const op = "place.NewAtlas"
	a := &Atlas{places: make(map[ID]Place, len(places)), facts: map[ID][]Fact{}, children: map[ID][]ID{}}
	for _, p := range places {
		if err := p.Check(); err != nil {
			return nil, err
		}
		if _, dup := a.places[p.ID]; dup {
			return nil, fault.New(fault.Invalid, op, string(p.ID), "the place is listed twice")
		}
		a.places[p.ID] = p
		if p.Parent == "" {
			if a.root != "" {
				return nil, fault.New(fault.Invalid, op, string(p.ID), "there is already a country, %s", a.root)
			}
			a.root = p.ID
		}
	}
	for _, p := range places {
		if p.Parent == "" {
			continue
		}
		if _, ok := a.places[p.Parent]; !ok {
			return nil, fault.New(fault.Invalid, op, string(p.ID), "its parent %s is not a known place", p.Parent)
		}
		a.children[p.Parent] = append(a.children[p.Parent], p.ID)
	}
	for id := range a.children {
		kids := a.children[id]
		sort.Slice(kids, func(i, j int) bool { return kids[i] < kids[j] })
	}
	if len(places) > 0 && a.root == "" {
		return nil, fault.New(fault.Invalid, op, "", "no country among the places: the root has kind country")
	}
	if n := len(a.Descendants(a.root)); n != len(places) {
		return nil, fault.New(fault.Invalid, op, "", "%d places hang in a circle of parents", len(places)-n)
	}
	return a, a.learn(facts, events)
}

func (a *Atlas) learn(facts []Fact, events []Event) error {
	const op = "place.NewAtlas"
	for _, f := range facts {
		if _, ok := a.places[f.Place]; !ok {
			return fault.New(fault.Invalid, op, string(f.Place), "a fact is about an unknown place")
		}
		if f.Attribute == AttrCentre && a.places[ID(f.Text)].Kind != Settlement {
			return fault.New(fault.Invalid, op, string(f.Place), "its centre %q is no settlement that is known", f.Text)
		}
		a.facts[f.Place] = append(a.facts[f.Place], f)
	}
	for _, e := range events {
		if err := e.Check(); err != nil {
			return err
		}
		for _, id := range []ID{e.From, e.To} {
			if _, ok := a.places[id]; !ok {
				return fault.New(fault.Invalid, op, string(id), "a change of borders on %s names an unknown place", e.On)
			}
		}
	}
	a.events = append(a.events, events...)
	sort.SliceStable(a.events, func(i, j int) bool { return a.events[i].On < a.events[j].On })
	return nil
}

// Root returns the country.
func (a *Atlas) Root() ID { return a.root }

// Len returns the number of places.
func (a *Atlas) Len() int { return len(a.places) }

// Place returns the place, or fault.NotFound.
func (a *Atlas) Place(id ID) (Place, error) {
	p, ok := a.places[id]
	if !ok {
		return Place{}, fault.New(fault.NotFound, "place.Place", string(id), "no place has this code")
	}
	return p, nil
}

// Has reports whether the place is known.
func (a *Atlas) Has(id ID) bool { _, ok := a.places[id]; return ok }

// Name returns the name of the place on that day, in that language; an unknown
// place is named by its code.
func (a *Atlas) Name(id ID, l lang.Code, on period.Date) string {
	for _, f := range a.facts[id] {
		if f.Attribute == AttrName && f.Holds(on) {
			return f.Name.In(l)
		}
	}
	if p, ok := a.places[id]; ok {
		return p.Name.In(l)
	}
	return string(id)
}

// Parent returns the parent on that day.
func (a *Atlas) Parent(id ID, on period.Date) ID {
	for _, f := range a.facts[id] {
		if f.Attribute == AttrParent && f.Holds(on) {
			return ID(f.Text)
		}
	}
	return a.places[id].Parent
}

// Path returns the places from the country down to id, both included.
func (a *Atlas) Path(id ID) []ID {
	var up []ID
	for at := id; at != "" && len(up) < 32; at = a.places[at].Parent {
		if !a.Has(at) {
			break
		}
		up = append(up, at)
	}
	for i, j := 0, len(up)-1; i < j; i, j = i+1, j-1 {
		up[i], up[j] = up[j], up[i]
	}
	return up
}

// Within reports whether id is root or lies below it.
func (a *Atlas) Within(id, root ID) bool {
	for steps := 0; id != "" && steps < 32; steps++ {
		if id == root {
			return true
		}
		id = a.places[id].Parent
	}
	return false
}

// Children returns the places directly below, by code.
func (a *Atlas) Children(id ID) []ID { return a.children[id] }

// Descendants returns id and all places below it, parents first.
func (a *Atlas) Descendants(id ID) []ID {
	if !a.Has(id) {
		return nil
	}
	out := []ID{id}
	for i := 0; i < len(out) && len(out) <= len(a.places); i++ {
		out = append(out, a.children[out[i]]...)
	}
	return out
}

// OfKind returns all places of that kind by code.
func (a *Atlas) OfKind(k Kind) []Place {
	var out []Place
	for _, p := range a.places {
		if p.Kind == k {
			out = append(out, p)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// All returns every place by code.
func (a *Atlas) All() []Place {
	out := make([]Place, 0, len(a.places))
	for _, p := range a.places {
		out = append(out, p)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// Facts returns what is known about a place, as listed.
func (a *Atlas) Facts(id ID) []Fact { return a.facts[id] }
