package disclosure

import (
	"cmp"
	"math/big"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
)

// Status is what becomes of a cell. In SDMX a suppressed cell has the
// observation status Q and the confidentiality status C, or D where it only
// protects others.
type Status string

// The statuses.
const (
	Free      Status = "F"
	Primary   Status = "C"
	Secondary Status = "D"
)

// Interval is where a cell may lie as far as a reader can tell.
type Interval struct {
	Low  int64
	High *int64 // nil: no limit
}

// Result says what is published of each cell.
type Result struct {
	Status map[string]Status
	// Reach is the audit: where each suppressed cell may lie.
	Reach map[string]Interval
	// Exposed lists sensitive cells that nothing can protect any more, because
	// what was published before tells them.
	Exposed []string
}

// Suppress decides which cells are published. Sensitive cells are left out, and
// as many others as it takes: the smallest first, never one that is known.
// A difference to an earlier release that is itself a sensitive count makes a
// cell sensitive too. The audit in the result holds for every reader who knows
// the published cells, the sums, that counts are whole and not negative, and
// what was published before.
//
// It is a heuristic in what it leaves out (another choice may publish more) and
// exact in what it guarantees.
func Suppress(t Table, r Rule) (Result, error) {
	if err := t.Check(); err != nil {
		return Result{}, err
	}
	s := newSuppressing(t, r)
	for {
		s.audit()
		if s.err != nil {
			return Result{}, s.err
		}
		weak := s.weakest()
		if weak == "" {
			return s.out, nil
		}
		if !s.addAround(weak) {
			s.out.Exposed = append(s.out.Exposed, weak)
			s.given[weak] = true
		}
	}
}

type suppressing struct {
	rule  Rule
	cells map[string]Cell
	sums  []Sum
	out   Result
	given map[string]bool // up: nothing helps
	err   error
}

func newSuppressing(t Table, r Rule) *suppressing {
	s := &suppressing{rule: r, cells: map[string]Cell{}, sums: t.Sums, out: Result{Status: map[string]Status{}, Reach: map[string]Interval{}, Exposed: []string{}}, given: map[string]bool{}}
	for _, c := range t.Cells {
		s.cells[c.ID], s.out.Status[c.ID] = c, Free
		switch {
		case c.Known:
			if r.sensitive(c) {
				s.out.Exposed = append(s.out.Exposed, c.ID)
			}
		case r.sensitive(c), c.Before != nil && r.sensitive(Cell{Value: abs(c.Value - *c.Before)}) && c.Value != *c.Before:
			s.out.Status[c.ID] = Primary
		}
	}
	slices.Sort(s.out.Exposed)
	return s
}

func abs(v int64) int64 { return max(v, -v) }

// hidden lists the suppressed cells in order of their ids.
func (s *suppressing) hidden() []string {
	var out []string
	for id, st := range s.out.Status {
		if st != Free {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// audit computes where every suppressed cell may lie.
func (s *suppressing) audit() {
	hidden := s.hidden()
	if len(hidden) > maxUnknown {
		s.err = fault.New(fault.TooLarge, "disclosure.Suppress", "", "more than %d cells would be left out together: publish fewer margins, or round instead", maxUnknown)
		return
	}
	clear(s.out.Reach)
	at := map[string]int{}
	for i, id := range hidden {
		at[id] = i
	}
	var rows [][]*big.Rat // Σ ± x = b over hidden cells
	for _, sum := range s.sums {
		row := make([]*big.Rat, len(hidden)+1)
		for i := range row {
			row[i] = new(big.Rat)
		}
		any := false
		put := func(id string, sign int64) {
			if i, ok := at[id]; ok {
				row[i].Add(row[i], big.NewRat(sign, 1))
				any = true
				return
			}
			row[len(hidden)].Sub(row[len(hidden)], big.NewRat(sign*s.cells[id].Value, 1))
		}
		put(sum.Total, -1)
		for _, p := range sum.Parts {
			put(p, 1)
		}
		if any {
			rows = append(rows, row)
		}
	}
	p := newProgram(rows, len(hidden))
	for i, id := range hidden {
		if s.out.Status[id] != Primary { // only these are promised anything
			continue
		}
		low, _ := p.extreme(i, -1)
		reach := Interval{Low: ceil(low)}
		if high, bounded := p.extreme(i, 1); bounded {
			h := floor(high)
			reach.High = &h
		}
		s.out.Reach[id] = reach
	}
}

func floor(r *big.Rat) int64 {
	q := new(big.Int).Div(r.Num(), r.Denom()) // Euclidean: rounds down for a positive denominator
	return q.Int64()
}

func ceil(r *big.Rat) int64 { return -floor(new(big.Rat).Neg(r)) }

// weakest returns the sensitive cell whose interval is the narrowest of those
// that are too narrow, "" when all are wide enough.
func (s *suppressing) weakest() string {
	best, narrow := "", int64(0)
	for _, id := range s.hidden() {
		x, ok := s.out.Reach[id]
		if !ok || s.given[id] || x.High == nil {
			continue
		}
		width := *x.High - x.Low
		if width >= s.rule.width(s.cells[id]) {
			continue
		}
		if best == "" || width < narrow {
			best, narrow = id, width
		}
	}
	return best
}

// addAround suppresses one more cell that shares a sum with a suppressed one of
// the same web as id: the smallest that is above zero.
func (s *suppressing) addAround(id string) bool {
	web := map[string]bool{id: true}
	for grown := true; grown; {
		grown = false
		for _, sum := range s.sums {
			list := append([]string{sum.Total}, sum.Parts...)
			if !slices.ContainsFunc(list, func(x string) bool { return web[x] && s.out.Status[x] != Free }) {
				continue
			}
			for _, x := range list {
				if s.out.Status[x] != Free && !web[x] {
					web[x], grown = true, true
				}
			}
		}
	}
	var near []Cell
	for _, sum := range s.sums {
		list := append([]string{sum.Total}, sum.Parts...)
		if !slices.ContainsFunc(list, func(x string) bool { return web[x] }) {
			continue
		}
		for _, x := range list {
			if c := s.cells[x]; s.out.Status[x] == Free && !c.Known && c.Value > 0 {
				near = append(near, c)
			}
		}
	}
	if len(near) == 0 {
		return false
	}
	c := slices.MinFunc(near, func(a, b Cell) int { return cmp.Or(cmp.Compare(a.Value, b.Value), cmp.Compare(a.ID, b.ID)) })
	s.out.Status[c.ID] = Secondary
	return true
}
