package access

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/place"
)

// Change is what the switches of a question do to one place.
type Change struct {
	Spot          int
	Before, After float64 // P50, minutes
	// Crossed is true where the place comes inside the limit or falls out of it.
	Crossed bool
}

// Difference is an answer set against another one to the same question with
// other switches.
type Difference struct {
	Gained, Lost int64 // people who come inside, who fall out
	Changes      []Change
}

// Against compares the answer with one from before, on the same ground. Changes
// are those of at least half a minute, most people first.
func (a *Answer) Against(before *Answer) (Difference, error) {
	if before.ground != a.ground || before.Question.LimitMinutes != a.Question.LimitMinutes {
		return Difference{}, fault.New(fault.Invalid, "access.Against", "limit", "answers are compared on the same ground and limit")
	}
	var d Difference
	for i, row := range a.Rows {
		was := before.Rows[i]
		in, wasIn := row.Inside(a.Question.LimitMinutes), was.Inside(a.Question.LimitMinutes)
		n := a.ground.in.Spots[i].Of()
		switch {
		case in && !wasIn:
			d.Gained += n
		case wasIn && !in:
			d.Lost += n
		}
		if in != wasIn || math.Abs(row.P50-was.P50) >= 0.5 {
			d.Changes = append(d.Changes, Change{i, was.P50, row.P50, in != wasIn})
		}
	}
	slices.SortStableFunc(d.Changes, func(x, y Change) int {
		if x.Crossed != y.Crossed {
			if x.Crossed {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.ground.in.Spots[y.Spot].Of(), a.ground.in.Spots[x.Spot].Of())
	})
	return d, nil
}

// Candidate is a settlement in which a capable facility would bring people
// inside the limit.
type Candidate struct {
	Place  place.ID
	Gained int64 // people who come inside, by P50
}

// Candidates tries a capable facility in every main settlement that has none,
// one at a time, and returns the n that bring most people inside the limit. All
// are screened at the stated values; the best 2n of the screening are then asked
// in full. It is a look at single sites, not an optimum of several together.
func (a *Answer) Candidates(ctx context.Context, n int) ([]Candidate, error) {
	g, q, k := a.ground, a.Question, a.Profile.Kind
	if len(q.On) == maxLists {
		return nil, fault.New(fault.Invalid, "access.Candidates", "on", "so many are switched on that none can be tried besides: leave one out")
	}
	v := g.stated(q)
	has := map[place.ID]bool{}
	for _, h := range a.Hubs {
		has[h.Place] = true
	}
	speed := v.ambulance
	if k == Planned {
		speed = v.car
	}
	var out []Candidate
	for i, s := range g.in.Spots {
		if !s.Main || has[s.ID] || slices.Contains(q.Off, s.ID) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		to, _ := g.net.search([]start{{int32(i), Way{}, 0}}, speed, q.LimitMinutes, false)
		var gained int64
		for j := range g.in.Spots {
			if a.Rows[j].Inside(q.LimitMinutes) {
				continue
			}
			t := a.trips[j]
			if t.hub = to.tag[j]; t.hub >= 0 {
				t.toHub = to.way[j]
			}
			if q.Mode != ByRoad {
				t.airHub, t.airHubKm = 0, Km(g.in.Spots[j].Point, s.Point)
			}
			if m, _ := t.minutes(&v, k, &q, false, v.flies > 0.5); m <= q.LimitMinutes {
				gained += g.in.Spots[j].Of()
			}
		}
		if gained > 0 {
			out = append(out, Candidate{s.ID, gained})
		}
	}
	best(out)
	out = out[:min(len(out), 2*n)]
	for i := range out {
		ask := q
		ask.On = append(slices.Clone(q.On), out[i].Place)
		with, err := g.Answer(ctx, ask)
		if err != nil {
			return nil, err
		}
		d, err := with.Against(a)
		if err != nil {
			return nil, err
		}
		out[i].Gained = d.Gained
	}
	best(out)
	return out[:min(len(out), n)], nil
}

func best(list []Candidate) {
	slices.SortStableFunc(list, func(x, y Candidate) int {
		if c := cmp.Compare(y.Gained, x.Gained); c != 0 {
			return c
		}
		return cmp.Compare(x.Place, y.Place)
	})
}
