// Package coverage gives people to facilities that can take only so many: the
// geographic coverage of WHO AccessMod. Facilities come one after the other in a
// stated order; each takes the people who live nearest to it, within a limit
// of travel time, who were not taken before, until it is full. What remains is
// a map of people without a place.
//
// It is a rule, not an optimum: another order gives another answer, and so the
// order stands in the result. plan/siting finds the best. The method stands in
// docs/method/access.md.
package coverage

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// Facility is one that can take people.
type Facility struct {
	ID       string
	Capacity float64 // people; 0 takes nobody
}

// Reached is a cell within the limit of a facility.
type Reached struct {
	Cell    int
	Seconds float64
}

// Order says which facility comes first.
type Order string

// The orders. Where two are alike, that which stands first in the list comes
// first.
const (
	AsListed  Order = "list"     // as the list has them
	ByID      Order = "id"       // numbers by value, words by letters
	Largest   Order = "capacity" // the one that takes most people first
	MostAsked Order = "demand"   // the one within whose limit most people live first
)

// Served is what became of one facility.
type Served struct {
	Facility int     // in the list
	Turn     int     // from 1
	Within   float64 // people who live within the limit, taken by others or not
	Found    float64 // of them, those who were left at its turn
	Assigned float64 // of them, those whom it took
	Free     float64 // capacity that is left
	Cells    int     // cells from which it took people
	Farthest float64 // seconds of the farthest of them; NaN without any
}

// Result is the whole answer.
type Result struct {
	Served    []Served  // by turn
	Remaining []float64 // people of each cell without a place
	Total     float64
	Assigned  float64
}

// Left is the number of people without a place.
func (r Result) Left() float64 {
	sum := 0.0
	for _, p := range r.Remaining {
		sum += p
	}
	return sum
}

// Catchments gives the cells within the limit of each of some facilities, by
// their places in the list. The slices are not kept beyond the next call.
type Catchments func(ctx context.Context, facilities []int) ([][]Reached, error)

// Bounds on how many catchments are asked for at once: so many that processors
// are busy, and so few that their cells stay within about 100 MB.
const (
	firstBatch = 4
	mostBatch  = 64
	batchCells = 4 << 20
)

// Assign gives people to facilities. people, the number in each cell, becomes
// Result.Remaining.
//
// Who lives at the same travel time is a ring: a facility that cannot take all
// of a ring takes the same share of each of its cells. Fractions of people are
// therefore possible, as they are in maps of people. Sums are in float64 and
// agree to 1e-9 of the total.
//
// It returns fault.Invalid for a capacity or number of people that is negative
// or no number, and for an unknown order.
func Assign(ctx context.Context, list []Facility, people []float64, order Order, reach Catchments) (Result, error) {
	const op = "coverage.Assign"
	r := Result{Remaining: people}
	for i, p := range people {
		if !(p >= 0) || math.IsInf(p, 0) {
			return r, fault.New(fault.Invalid, op, "", "%g people in cell %d: a number is not negative", p, i+1)
		}
		r.Total += p
	}
	for _, f := range list {
		if !(f.Capacity >= 0) || math.IsInf(f.Capacity, 0) {
			return r, fault.New(fault.Invalid, op, f.ID, "%s has a capacity of %g: give how many people it can take", f.ID, f.Capacity)
		}
	}
	before := slices.Clone(people)
	within := make([]float64, len(list))
	count := func(i int, cells []Reached) {
		within[i] = 0
		for _, c := range cells {
			within[i] += before[c.Cell]
		}
	}
	if order == MostAsked { // only this order needs all catchments beforehand
		if err := inBatches(ctx, sequence(len(list)), reach, count); err != nil {
			return r, err
		}
	}
	turns, err := line(list, within, order)
	if err != nil {
		return r, err
	}
	err = inBatches(ctx, turns, reach, func(i int, cells []Reached) {
		count(i, cells)
		s := take(people, cells, list[i].Capacity)
		s.Facility, s.Turn, s.Within = i, len(r.Served)+1, within[i]
		r.Assigned += s.Assigned
		r.Served = append(r.Served, s)
	})
	return r, err
}

func sequence(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// inBatches asks for catchments and visits them in order. The size of the next
// batch follows from the cells of the last one.
func inBatches(ctx context.Context, turns []int, reach Catchments, visit func(facility int, cells []Reached)) error {
	for n := firstBatch; len(turns) > 0; {
		part := turns[:min(n, len(turns))]
		turns = turns[len(part):]
		got, err := reach(ctx, part)
		if err != nil {
			return err
		}
		cells := 1
		for k, i := range part {
			visit(i, got[k])
			cells += len(got[k])
		}
		n = max(1, min(mostBatch, batchCells*len(part)/cells))
	}
	return nil
}

// line puts facilities in order.
func line(list []Facility, within []float64, order Order) ([]int, error) {
	turns := sequence(len(list))
	var by func(a, b int) int
	descending := func(v func(i int) float64) func(a, b int) int {
		return func(a, b int) int {
			switch x, y := v(a), v(b); {
			case x > y:
				return -1
			case x < y:
				return 1
			}
			return 0
		}
	}
	switch order {
	case AsListed:
		return turns, nil
	case ByID:
		by = func(a, b int) int { return compareIDs(list[a].ID, list[b].ID) }
	case Largest:
		by = descending(func(i int) float64 { return list[i].Capacity })
	case MostAsked:
		by = descending(func(i int) float64 { return within[i] })
	default:
		return nil, fault.New(fault.Invalid, "coverage.Assign", string(order), "the order %q is not known: take list, id, capacity or demand", order)
	}
	slices.SortStableFunc(turns, by)
	return turns, nil
}

// compareIDs compares words part by part, digits by their value: H2 before H10.
func compareIDs(a, b string) int {
	for a != "" && b != "" {
		x, restA := digits(a)
		y, restB := digits(b)
		if x != "" && y != "" {
			x, y = strings.TrimLeft(x, "0"), strings.TrimLeft(y, "0")
			if c := len(x) - len(y); c != 0 {
				return c
			}
			if c := strings.Compare(x, y); c != 0 {
				return c
			}
			a, b = restA, restB
			continue
		}
		if a[0] != b[0] {
			return int(a[0]) - int(b[0])
		}
		a, b = a[1:], b[1:]
	}
	return len(a) - len(b)
}

// digits cuts the digits from the front of a word.
func digits(s string) (number, rest string) {
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	return s[:i], s[i:]
}

// take lets one facility fill up, nearest first.
func take(people []float64, cells []Reached, capacity float64) Served {
	s := Served{Free: capacity, Farthest: math.NaN()}
	var live []Reached
	for _, c := range cells {
		if people[c.Cell] > 0 {
			live = append(live, c)
			s.Found += people[c.Cell]
		}
	}
	slices.SortFunc(live, func(a, b Reached) int {
		switch {
		case a.Seconds < b.Seconds:
			return -1
		case a.Seconds > b.Seconds:
			return 1
		}
		return a.Cell - b.Cell
	})
	for len(live) > 0 && s.Free > 0 {
		n, ring := 0, 0.0
		for n < len(live) && live[n].Seconds == live[0].Seconds {
			ring += people[live[n].Cell]
			n++
		}
		share := 1.0
		if ring > s.Free {
			share = s.Free / ring
		}
		for _, c := range live[:n] {
			if share == 1 {
				people[c.Cell] = 0
			} else {
				people[c.Cell] -= share * people[c.Cell]
			}
		}
		s.Cells += n
		s.Farthest = live[0].Seconds
		if share < 1 { // full to the last place
			s.Assigned, s.Free = capacity, 0
		} else {
			s.Assigned += ring
			s.Free = max(0, capacity-s.Assigned)
		}
		live = live[n:]
	}
	return s
}
