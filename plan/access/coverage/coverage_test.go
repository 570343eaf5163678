package coverage

import (
	"context"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/fault"
)

// street is a row of cells a minute apart; a facility stands in the cell at and
// reaches as far as limit minutes.
func street(at []int, cells, limit int) Catchments {
	return func(_ context.Context, facilities []int) ([][]Reached, error) {
		var out [][]Reached
		for _, f := range facilities {
			var list []Reached
			for c := range cells {
				if d := max(c-at[f], at[f]-c); d <= limit {
					list = append(list, Reached{c, float64(60 * d)})
				}
			}
			out = append(out, list)
		}
		return out, nil
	}
}

// Cells 0 to 6 with 10 people each; A in cell 1 takes 25, B in cell 3 takes 40,
// both reach two minutes far.
//
// In the order of the list: A takes the 10 of its own cell and, of the ring of
// cells 0 and 2, 20 people, the 15 that it can: 2.5 stay in each. B takes the 10
// of cell 3, the 12.5 of cells 2 and 4, and the 10 of cell 5 (nobody is left in
// cell 1): 32.5, and 7.5 places stay free.
func TestByHand(t *testing.T) {
	list := []Facility{{"A", 25}, {"B", 40}}
	tens := func() []float64 { return []float64{10, 10, 10, 10, 10, 10, 10} }
	reach := street([]int{1, 3}, 7, 2)
	r, err := Assign(context.Background(), list, tens(), AsListed, reach)
	if err != nil {
		t.Fatal(err)
	}
	a, b := r.Served[0], r.Served[1]
	if a != (Served{Facility: 0, Turn: 1, Within: 40, Found: 40, Assigned: 25, Free: 0, Cells: 3, Farthest: 60}) {
		t.Errorf("%+v", a)
	}
	if b != (Served{Facility: 1, Turn: 2, Within: 50, Found: 32.5, Assigned: 32.5, Free: 7.5, Cells: 4, Farthest: 120}) {
		t.Errorf("%+v", b)
	}
	want := []float64{2.5, 0, 0, 0, 0, 0, 10}
	for i := range want {
		if r.Remaining[i] != want[i] {
			t.Errorf("remaining %v, want %v", r.Remaining, want)
			break
		}
	}
	if r.Total != 70 || r.Assigned != 57.5 || r.Left() != 12.5 {
		t.Errorf("%+v", r)
	}
	// The larger first: B takes 10, 20 and half of the ring of 1 and 5; A then
	// finds 5 in its own cell and 10 in cell 0.
	r, err = Assign(context.Background(), list, tens(), Largest, reach)
	if err != nil || r.Served[0].Facility != 1 || r.Served[0].Assigned != 40 || r.Served[1].Assigned != 15 || r.Remaining[5] != 5 {
		t.Errorf("%+v %v", r, err)
	}
}

func TestOrders(t *testing.T) {
	list := []Facility{{"H10", 5}, {"H2", 7}, {"a", 5}, {"H02", 9}}
	within := []float64{1, 4, 4, 2}
	for order, want := range map[Order][]int{
		AsListed: {0, 1, 2, 3}, ByID: {1, 3, 0, 2}, Largest: {3, 1, 0, 2}, MostAsked: {1, 2, 3, 0},
	} {
		got, err := line(list, within, order)
		if err != nil {
			t.Fatal(err)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: %v, want %v", order, got, want)
				break
			}
		}
	}
	if _, err := line(list, within, "luck"); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

// Whatever the world: nobody is lost, nobody is taken twice, nobody takes more
// than there is room, and who is left within reach is left because all who
// reach them are full.
func TestAssignProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := rapid.IntRange(1, 30).Draw(t, "cells")
		n := rapid.IntRange(1, 20).Draw(t, "facilities")
		limit := rapid.IntRange(0, 8).Draw(t, "limit")
		var list []Facility
		var at []int
		for i := range n {
			list = append(list, Facility{ID: strings.Repeat("x", i), Capacity: rapid.Float64Range(0, 100).Draw(t, "capacity")})
			at = append(at, rapid.IntRange(0, cells-1).Draw(t, "at"))
		}
		people := make([]float64, cells)
		total := 0.0
		for i := range people {
			people[i] = rapid.Float64Range(0, 50).Draw(t, "people")
			total += people[i]
		}
		before := append([]float64(nil), people...)
		order := rapid.SampledFrom([]Order{AsListed, ByID, Largest, MostAsked}).Draw(t, "order")
		r, err := Assign(context.Background(), list, people, order, street(at, cells, limit))
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(r.Assigned+r.Left()-total) > 1e-9*(total+1) || r.Total != total || len(r.Served) != n {
			t.Fatalf("%g assigned and %g left of %g", r.Assigned, r.Left(), total)
		}
		sum := 0.0
		for _, s := range r.Served {
			sum += s.Assigned
			if s.Assigned > list[s.Facility].Capacity || s.Assigned > s.Found*(1+1e-12) || s.Found > s.Within*(1+1e-12) || s.Free < 0 {
				t.Fatalf("%+v of %+v", s, list[s.Facility])
			}
			if s.Free > 1e-9 {
				for c := range cells {
					if max(c-at[s.Facility], at[s.Facility]-c) <= limit && r.Remaining[c] > 1e-9 {
						t.Fatalf("%g people stay in cell %d while %+v has room", r.Remaining[c], c, s)
					}
				}
			}
		}
		if math.Abs(sum-r.Assigned) > 1e-9*(total+1) {
			t.Fatal(sum, r.Assigned)
		}
		for i, p := range r.Remaining {
			if p < 0 || p > before[i] {
				t.Fatalf("cell %d had %g and has %g", i, before[i], p)
			}
		}
	})
}

func TestRefused(t *testing.T) {
	reach := street([]int{0}, 1, 1)
	for name, tc := range map[string]struct {
		list   []Facility
		people []float64
	}{
		"negative capacity": {[]Facility{{"A", -1}}, []float64{1}},
		"no capacity":       {[]Facility{{"A", math.NaN()}}, []float64{1}},
		"negative people":   {[]Facility{{"A", 1}}, []float64{-1}},
	} {
		if _, err := Assign(context.Background(), tc.list, tc.people, AsListed, reach); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
