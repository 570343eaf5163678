package grid

import (
	"context"

	"github.com/shanyraq/shanyraq/fault"
)

// TimesTwo is the answer of SolveTwo: for every cell its nearest and its
// second nearest source.
type TimesTwo struct {
	Times
	second []int64
}

// SecondAt returns the seconds from the second nearest source to a cell and
// its number in the list, from 0. ok is false where at most one source comes.
func (t *TimesTwo) SecondAt(row, col int) (seconds float64, source int, ok bool) {
	second := Times{surface: t.surface, best: t.second}
	return second.At(row, col)
}

// Second is the second nearest as a map of its own.
func (t *TimesTwo) Second() *Times { return &Times{surface: t.surface, best: t.second} }

// SolveTwo finds for every cell the nearest source and the nearest other
// source: what is left when the first closes. Of several sources in one cell
// the first is nearest there and the next is second, both with its own delay.
//
// It returns what Solve returns, and fault.TooLarge for more than 65,534
// sources.
func (s *Surface) SolveTwo(ctx context.Context, sources []Source, o Options) (*TimesTwo, error) {
	const op = "grid.SolveTwo"
	if len(sources) > narrow {
		return nil, fault.New(fault.TooLarge, op, "", "%d sources are more than %d, of which the second nearest can be told", len(sources), narrow)
	}
	if o.Neighbours == Any {
		return nil, fault.New(fault.Invalid, op, "", "the second nearest is found over 8 or 16 neighbours")
	}
	f, err := s.finder(op, o, false)
	if err != nil {
		return nil, err
	}
	if err := s.checkSources(op, sources); err != nil {
		return nil, err
	}
	p := &pair{finder: f, second: make([]int64, s.size())}
	q := &f.queue
	f.start(nil)
	q.lists = &lists{}
	f.groups = append(f.groups, q.lists)
	for i, x := range sources {
		if x.After <= f.limit {
			p.offer(s.at(x.Row, x.Col), x.After, uint64(i+1))
		}
	}
	if err := f.run(ctx, p.settle); err != nil {
		return nil, err
	}
	return &TimesTwo{Times: Times{surface: s, best: f.best}, second: p.second}, nil
}

// pair is a search that keeps two marks for every cell, of two sources.
type pair struct {
	*finder
	second []int64
}

// offer tells a cell of a time and its source; if it is among the best two of
// the cell, it is kept and queued. The highest bit of a queued cell says that
// the second is meant, which bounds the cells to 2^31.
func (p *pair) offer(i int, t float64, number uint64) {
	m := mark(t, number)
	first, second := p.best[i], p.second[i]
	switch {
	case first == 0 || near(first) == number:
		if m <= first {
			return
		}
		p.best[i] = m
	case m > first:
		p.best[i], p.second[i] = m, first
		// The old first, now second, may still wait in the queue under the
		// name of a first: it is queued anew.
		p.queue.push(p.queue.slot(max(t, seconds(first))), uint32(i)|secondBit)
	case m <= second:
		return
	default:
		p.second[i] = m
		p.queue.push(p.queue.slot(seconds(m)), uint32(i)|secondBit)
		return
	}
	p.queue.push(p.queue.slot(seconds(m)), uint32(i))
}

const secondBit = 1 << 31

// settle offers what the entries of a block stand for to the neighbours of
// their cells.
func (p *pair) settle(from, end uint32) {
	s := p.surface
	for ; from < end; from++ {
		e := p.queue.pool[from]
		i := int(uint32(e) &^ secondBit)
		m := p.best[i]
		if e&secondBit != 0 {
			m = p.second[i]
		}
		t := seconds(m)
		if p.queue.slot(t) < uint32(e>>32) {
			continue
		}
		first := 0
		if !s.ground.uniform() {
			first = (i/s.stride - margin) * len(p.moves)
		}
		for k := range p.moves {
			if x := t + p.step(i, first+k, &p.moves[k]); x <= p.limit {
				p.offer(i+p.moves[k].to, x, near(m))
			}
		}
	}
}

// step is what a move costs, in seconds; not a number where that of an endless
// slope is asked for.
func (f *finder) step(i, k int, m *move) float64 {
	s := f.surface
	j := i + m.to
	sum := float64(s.friction[i]) + float64(s.friction[j])
	if m.past[0] != 0 {
		sum += float64(s.friction[i+m.past[0]]) + float64(s.friction[i+m.past[1]])
	}
	x := sum * f.shares[k]
	if s.heights != nil {
		x *= s.slope.factor(float64(s.heights[j]-s.heights[i]), f.runs[k])
	}
	return x
}
