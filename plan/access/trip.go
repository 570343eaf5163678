package access

import (
	"fmt"
	"hash/fnv"
	"math"

	"github.com/shanyraq/shanyraq/place"
)

// trip is what of a journey does not hang on the values drawn: who comes, which
// way, to whom. The ways are the quickest at the stated values.
type trip struct {
	seed       uint64
	base, next int32 // spots of the nearest base and of the nearest other one; -1: none
	toBase     Way
	toNext     Way
	hub        int32 // in the list of hubs; -1: no way by road
	toHub      Way
	first      int32 // in the list of first-care facilities
	toFirst    Way
	ship       Way // from there to the hub nearest to it
	shipHub    int32
	airBase    int32
	airBaseKm  float64
	airHub     int32
	airHubKm   float64
}

// trips finds the ways of everybody.
func (g *Ground) trips(q Question, p Profile, hubs, first []Hub) []trip {
	v := g.stated(q)
	speed := v.ambulance
	if p.Kind == Planned {
		speed = v.car
	}
	toHub, _ := g.net.search(g.startsOf(hubs), speed, math.Inf(1), false)
	out := make([]trip, len(g.in.Spots))
	for i := range out {
		out[i] = trip{seed: seedOf(g.in.Spots[i].ID), base: -1, next: -1, hub: toHub.tag[i], toHub: toHub.way[i], first: -1, shipHub: -1, airBase: -1, airHub: -1}
	}
	if p.Kind == Planned {
		return out
	}
	var bases []start
	for k, b := range g.roadBases {
		bases = append(bases, start{b, Way{}, int32(k)})
	}
	one, two := g.remember(bases, speed, true)
	for i := range out {
		t := &out[i]
		if k := one.tag[i]; k >= 0 {
			t.base, t.toBase = g.roadBases[k], one.way[i]
		}
		if k := two.tag[i]; k >= 0 {
			t.next, t.toNext = g.roadBases[k], two.way[i]
		}
	}
	if len(first) > 0 {
		toFirst, _ := g.remember(g.startsOf(first), speed, false)
		for i := range out {
			t := &out[i]
			if t.first = toFirst.tag[i]; t.first < 0 {
				continue
			}
			t.toFirst = toFirst.way[i]
			t.shipHub = -1
			if s, ok := g.spot[first[t.first].Place]; ok && toHub.tag[s] >= 0 {
				t.ship, t.shipHub = toHub.way[s], toHub.tag[s]
			}
		}
	}
	if q.Mode != ByRoad {
		g.flights(out, hubs)
	}
	return out
}

// searchesKept bounds what is remembered of searches.
const searchesKept = 24

// searched names a search that hangs on the speeds and on where it begins, and
// not on the switches of a question.
type searched struct {
	pace   pace
	starts uint64
	second bool
}

// remember searches from the starts, or gives what the same search found
// before. It is for the bases and for the facilities of first care, of which one
// question after the other asks alike.
func (g *Ground) remember(from []start, p pace, second bool) (one, two reached) {
	h := fnv.New64a()
	for _, s := range from {
		_, _ = fmt.Fprintln(h, s.node, s.tag, s.way)
	}
	k := searched{p, h.Sum64(), second}
	g.lock.Lock()
	r, ok := g.before[k]
	g.lock.Unlock()
	if ok {
		return r[0], r[1]
	}
	one, two = g.net.search(from, p, math.Inf(1), second)
	g.lock.Lock()
	defer g.lock.Unlock()
	if len(g.before) >= searchesKept {
		clear(g.before)
	}
	g.before[k] = [2]reached{one, two}
	return one, two
}

func (g *Ground) flights(out []trip, hubs []Hub) {
	at := make([]unit, len(hubs))
	for k, h := range hubs {
		at[k] = unitOf(h.Point)
	}
	for i := range out {
		t := &out[i]
		t.airBase, t.airBaseKm = g.sky.base[i], g.sky.baseKm[i]
		if k := nearest(g.sky.at[i], at); k >= 0 {
			t.airHub, t.airHubKm = int32(k), Km(g.in.Spots[i].Point, hubs[k].Point)
		}
	}
}

// startsOf returns where searches from the hubs begin.
func (g *Ground) startsOf(hubs []Hub) []start {
	var out []start
	for k, h := range hubs {
		if i, ok := g.spot[h.Place]; ok {
			out = append(out, start{i, Way{}, int32(k)})
			continue
		}
		out = append(out, g.net.starts(h.Point, g.in.Spots, int32(k))...)
	}
	return out
}

func seedOf(id place.ID) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id))
	return h.Sum64()
}

// within returns the minutes of a drive. None is quicker than from one address to
// another of the same place: who lives a kilometre outside of a town has to
// cross it as well.
func (v *values) within(p *pace, w *Way) float64 {
	return max(v.inside, p.minutes(w))
}

// response is from the end of the dispatch to the crew at the patient.
func (t *trip) response(v *values, away bool) float64 {
	if t.base < 0 {
		return math.Inf(1)
	}
	r := v.within(&v.ambulance, &t.toBase)
	if !away {
		return r
	}
	r += v.busyWait
	if t.next >= 0 {
		r = math.Min(r, v.within(&v.ambulance, &t.toNext))
	}
	return r
}

// scene is from the call until the patient is ready to travel.
func (t *trip) scene(v *values, away bool) float64 {
	return v.dispatch + t.response(v, away) + v.onScene
}

// road is the minutes by road in the span asked.
func (t *trip) road(v *values, k Kind, s Span, away bool) float64 {
	if t.hub < 0 {
		return math.Inf(1)
	}
	if k == Planned {
		return v.within(&v.car, &t.toHub)
	}
	m := v.within(&v.ambulance, &t.toHub)
	if s == DriveOnly {
		return m
	}
	m += t.scene(v, away)
	if s == CallToTreatment {
		m += v.handover
	}
	return m
}

// air is the minutes by aircraft: it starts at the end of the dispatch, the
// patient is ready when the road crew has done its work, and both must be.
func (t *trip) air(v *values, s Span, away bool) float64 {
	if t.airBase < 0 || t.airHub < 0 || t.airBaseKm+t.airHubKm > v.airRange {
		return math.Inf(1)
	}
	there := v.dispatch + v.ready + t.airBaseKm*v.airPace
	m := math.Max(there, t.scene(v, away)) + 2*v.landing + t.airHubKm*v.airPace
	if s == CallToTreatment {
		m += v.handover
	}
	return m
}

// minutes is one case: by road, by air, or the better where it may fly. By air
// alone it is always the case of a flight: how often it flies is said apart.
func (t *trip) minutes(v *values, k Kind, q *Question, away, flies bool) (m float64, flown bool) {
	if k == Planned || q.Mode == ByRoad {
		return t.road(v, k, q.Span, away), false
	}
	if q.Mode == ByAir {
		return t.air(v, q.Span, away), true
	}
	m = t.road(v, k, q.Span, away)
	if flies {
		if f := t.air(v, q.Span, away); f < m {
			return f, true
		}
	}
	return m, false
}

// treated is from the call until treatment begins in the first capable place:
// in the hospital near by that begins it, or in the hub.
func (t *trip) treated(v *values, away bool) float64 {
	m := math.Inf(1)
	if t.hub >= 0 {
		m = t.scene(v, away) + v.within(&v.ambulance, &t.toHub) + v.handover
	}
	if t.first >= 0 {
		m = math.Min(m, t.scene(v, away)+v.within(&v.ambulance, &t.toFirst)+v.firstCare)
	}
	return m
}

// shipped is from the call to the door of the hub by way of the first hospital.
func (t *trip) shipped(v *values, away bool) float64 {
	if t.first < 0 || t.shipHub < 0 || t.base < 0 {
		return math.Inf(1)
	}
	return t.scene(v, away) + v.within(&v.ambulance, &t.toFirst) + v.doorOut + v.within(&v.ambulance, &t.ship)
}
