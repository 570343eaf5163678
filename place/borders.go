package place

import (
	"math"
	"sort"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// Change is the sort of a change of borders.
type Change string

// The changes of borders.
const (
	Split   Change = "split"   // From gives a part of its people to To
	Merge   Change = "merge"   // From goes wholly into To
	Move    Change = "move"    // a part moves between units that both stay
	Rename  Change = "rename"  // same people, new name or code
	Create  Change = "create"  // To is made out of From, which stays
	Abolish Change = "abolish" // From ends and To holds its people
)

// Event is one arrow of a change of borders: on that day the share Weight of
// the people of From came to belong to To. Where From stays, an arrow from From
// to itself carries the share that remained; without one it is what the other
// arrows of the day leave.
type Event struct {
	On       period.Date
	Change   Change
	From, To ID
	// Weight is the share of From's people that went to To, 0 to 1. It is an
	// estimate as soon as it is used for anything but the people of that day.
	Weight       float64
	WeightSource string
	Note         string
}

// Check refuses a weight outside 0 to 1 or an unknown change.
func (e Event) Check() error {
	if !(e.Weight >= 0 && e.Weight <= 1) {
		return fault.New(fault.Invalid, "place.Event", string(e.From), "the weight of a change of borders is 0 to 1, not %v", e.Weight)
	}
	switch e.Change {
	case Split, Merge, Move, Rename, Create, Abolish:
		return nil
	}
	return fault.New(fault.Invalid, "place.Event", string(e.From), "unknown change of borders %q", e.Change)
}

// Share is a part of a place on other borders.
type Share struct {
	Place  ID
	Weight float64
}

// Shares tells where the people of id, as it was on the day from, belong on
// the day to (later). The weights sum to 1. A place that no event touched is
// itself with weight 1. A figure converted with any weight other than 1 is an
// estimate and must be marked as one.
func (a *Atlas) Shares(id ID, from, to period.Date) []Share {
	held := map[ID]float64{id: 1}
	for i := 0; i < len(a.events); {
		j := i
		for j < len(a.events) && a.events[j].On == a.events[i].On {
			j++
		}
		if on := a.events[i].On; from < on && on <= to {
			held = apply(held, a.events[i:j])
		}
		i = j
	}
	out := make([]Share, 0, len(held))
	for p, w := range held {
		if w > 0 {
			out = append(out, Share{p, w})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Place < out[j].Place })
	return out
}

// apply moves what is held along the arrows of one day, all at once.
func apply(held map[ID]float64, day []Event) map[ID]float64 {
	next := map[ID]float64{}
	for id, w := range held {
		var gone, stays float64
		var explicit bool
		for _, e := range day {
			if e.From != id {
				continue
			}
			if e.To == id {
				explicit, stays = true, e.Weight
				continue
			}
			next[e.To] += w * e.Weight
			gone += e.Weight
		}
		if !explicit {
			stays = math.Max(0, 1-gone)
			if stays < 1e-9 {
				stays = 0
			}
		}
		next[id] += w * stays
	}
	return next
}

// Unions returns the smallest groups of places whose borders together did not
// change between the two days, each sorted by code. Only groups that some
// event touched are returned: every other place is comparable by itself.
func (a *Atlas) Unions(from, to period.Date) [][]ID {
	parent := map[ID]ID{}
	var find func(ID) ID
	find = func(x ID) ID {
		if parent[x] == "" || parent[x] == x {
			parent[x] = x
			return x
		}
		parent[x] = find(parent[x])
		return parent[x]
	}
	for _, e := range a.events {
		if from < e.On && e.On <= to {
			parent[find(e.From)] = find(e.To)
		}
	}
	groups := map[ID][]ID{}
	for id := range parent {
		groups[find(id)] = append(groups[find(id)], id)
	}
	out := make([][]ID, 0, len(groups))
	for _, g := range groups {
		sort.Slice(g, func(i, j int) bool { return g[i] < g[j] })
		out = append(out, g)
	}
	sort.Slice(out, func(i, j int) bool { return out[i][0] < out[j][0] })
	return out
}

// Events returns the changes that touch a place, oldest first; all for "".
func (a *Atlas) Events(id ID) []Event {
	var out []Event
	for _, e := range a.events {
		if id == "" || e.From == id || e.To == id {
			out = append(out, e)
		}
	}
	return out
}
