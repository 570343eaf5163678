package grid

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
)

// Shelf keeps a map that is larger than memory, row after row: its friction,
// and the answer as far as it is known.
type Shelf interface {
	// Friction fills dst, whole rows, from row first on, as Surface.Row has them.
	Friction(first int, dst []float32) error
	// Save and Load keep the seconds (+Inf: not reached) and the number of the
	// source of whole rows from row first on. What is loaded was saved before.
	Save(first int, seconds []float64, source []uint32) error
	Load(first int, seconds []float64, source []uint32) error
}

// Strips says how a map larger than memory is searched.
type Strips struct {
	Rows, Cols int
	Ground     Ground
	Zero       Zero
	// Tall is how many rows are in memory at once, besides a margin; at least 2.
	Tall int
	// Visits is called after each search of a strip, with how many there were;
	// nil: nobody is told.
	Visits func(n int)
}

// strips is a search of a map in strips.
type strips struct {
	Strips
	shelf   Shelf
	sources []Source
	own     [][]int // sources of each strip
	options Options
	halo    int
	due     map[int]float64 // strips to be searched, with the least time that may change them
}

// Solve finds the same as Surface.Solve for a map of which only a strip is in
// memory at once: a strip is searched with the times of the rows beside it as
// sources; where rows at its edge become nearer, its neighbour is searched
// again, the strip with the least such time first. It ends when no row becomes
// nearer, and then no time can: every piece of a shortest way lies in some strip
// with its margin. Neighbours are eight or sixteen.
//
// It returns fault.Invalid as Seal and Surface.Solve do, and what the shelf
// returns.
func (x Strips) Solve(ctx context.Context, shelf Shelf, sources []Source, o Options) (Summary, error) {
	const op = "grid.Strips"
	s := &strips{Strips: x, shelf: shelf, sources: sources, options: o, halo: 1, due: map[int]float64{}}
	switch o.Neighbours {
	case 0, Eight:
	case Sixteen:
		s.halo = 2
	default:
		return Summary{}, fault.New(fault.Invalid, op, "neighbours", "a map in strips is searched over 8 or 16 neighbours")
	}
	if x.Rows < 1 || x.Cols < 1 || x.Tall < 2 {
		return Summary{}, fault.New(fault.Invalid, op, "tall", "a map has rows and columns, and a strip at least two rows")
	}
	if err := x.Ground.check(x.Rows); err != nil {
		return Summary{}, err
	}
	s.own = make([][]int, (x.Rows+x.Tall-1)/x.Tall)
	for i, p := range sources {
		if p.Row < 0 || p.Row >= x.Rows || p.Col < 0 || p.Col >= x.Cols {
			return Summary{}, fault.New(fault.Invalid, op, "sources", "source %d lies outside the map: row %d, column %d", i+1, p.Row+1, p.Col+1)
		}
		k := p.Row / x.Tall
		s.own[k] = append(s.own[k], i)
		if t, ok := s.due[k]; !ok || p.After < t {
			s.due[k] = p.After
		}
	}
	passable, err := s.look(ctx)
	if err != nil {
		return Summary{}, err
	}
	for n := 1; len(s.due) > 0; n++ {
		if err := s.search(ctx, s.next()); err != nil {
			return Summary{}, err
		}
		if x.Visits != nil {
			x.Visits(n)
		}
	}
	return s.sum(ctx, passable)
}

// next takes the strip with the least time that may change it.
func (s *strips) next() int {
	best := -1
	for k, t := range s.due {
		if best < 0 || t < s.due[best] || t == s.due[best] && k < best {
			best = k
		}
	}
	delete(s.due, best)
	return best
}

func (s *strips) span(k int) (from, to int) { return k * s.Tall, min((k+1)*s.Tall, s.Rows) }

// surface reads the rows from one to another.
func (s *strips) surface(from, to int) (*Surface, error) {
	ground := s.Ground
	if len(ground.East) > 1 {
		ground.East = ground.East[from:to]
	}
	if len(ground.South) > 1 {
		ground.South = ground.South[from:to]
	}
	m, err := New(to-from, s.Cols, ground)
	if err != nil {
		return nil, err
	}
	for r := range m.rows {
		if err := s.shelf.Friction(from+r, m.Row(r)); err != nil {
			return nil, err
		}
	}
	if err := m.Seal(s.Zero); err != nil {
		return nil, fault.New(fault.KindOf(err), "grid.Strips", "friction", "in the rows from %d on, counted from the first of them: %w", from+1, err)
	}
	return m, nil
}

// look checks the whole map and saves that nothing is reached yet.
func (s *strips) look(ctx context.Context) (passable int, err error) {
	for k := range s.own {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		from, to := s.span(k)
		m, err := s.surface(from, to)
		if err != nil {
			return 0, err
		}
		passable += m.Passable()
		for _, i := range s.own[k] {
			if p := s.sources[i]; m.Friction(p.Row-from, p.Col) >= barrier {
				return 0, fault.New(fault.Invalid, "grid.Strips", "sources", "source %d stands on a barrier: row %d, column %d", i+1, p.Row+1, p.Col+1)
			}
		}
		seconds := make([]float64, (to-from)*s.Cols)
		for i := range seconds {
			seconds[i] = math.Inf(1)
		}
		if err := s.shelf.Save(from, seconds, make([]uint32, len(seconds))); err != nil {
			return 0, err
		}
	}
	return passable, nil
}

// begin is a source of the search of a strip, and which source of the map it
// leads back to.
type begin struct {
	Source
	of uint32
}

// search searches one strip anew.
func (s *strips) search(ctx context.Context, k int) error {
	from, to := s.span(k)
	low, high := max(0, from-s.halo), min(s.Rows, to+s.halo)
	m, err := s.surface(low, high)
	if err != nil {
		return err
	}
	seconds, source := make([]float64, (high-low)*s.Cols), make([]uint32, (high-low)*s.Cols)
	if err := s.shelf.Load(low, seconds, source); err != nil {
		return err
	}
	var starts []begin
	for _, i := range s.own[k] {
		p := s.sources[i]
		p.Row -= low
		starts = append(starts, begin{p, uint32(i)})
	}
	for r := range high - low {
		if low+r >= from && low+r < to {
			continue
		}
		for c := range s.Cols {
			if i := r*s.Cols + c; seconds[i] < math.Inf(1) {
				starts = append(starts, begin{Source{r, c, seconds[i]}, source[i]})
			}
		}
	}
	// Of sources that are equally near the first of the list counts.
	slices.SortStableFunc(starts, func(a, b begin) int { return cmp.Compare(a.of, b.of) })
	list := make([]Source, len(starts))
	for i := range starts {
		list[i] = starts[i].Source
	}
	times, err := m.Solve(ctx, list, s.options)
	if err != nil {
		return err
	}
	up, down := math.Inf(1), math.Inf(1)
	for row := from; row < to; row++ {
		for c := range s.Cols {
			t, n, ok := times.At(row-low, c)
			i := (row-low)*s.Cols + c
			if !ok || t > seconds[i] || t == seconds[i] && starts[n].of >= source[i] {
				continue
			}
			seconds[i], source[i] = t, starts[n].of
			if row < from+s.halo {
				up = min(up, t)
			}
			if row >= to-s.halo {
				down = min(down, t)
			}
		}
	}
	s.mark(k-1, up)
	s.mark(k+1, down)
	a, b := (from-low)*s.Cols, (to-low)*s.Cols
	return s.shelf.Save(from, seconds[a:b], source[a:b])
}

// mark says that a strip may be changed by what became nearer beside it.
func (s *strips) mark(k int, t float64) {
	if k < 0 || k >= len(s.own) || math.IsInf(t, 1) {
		return
	}
	if was, ok := s.due[k]; !ok || t < was {
		s.due[k] = t
	}
}

// sum goes over the answer once more.
func (s *strips) sum(ctx context.Context, passable int) (Summary, error) {
	out := Summary{Cells: s.Rows * s.Cols, Passable: passable}
	total := 0.0
	for k := range s.own {
		if err := ctx.Err(); err != nil {
			return out, err
		}
		from, to := s.span(k)
		seconds, source := make([]float64, (to-from)*s.Cols), make([]uint32, (to-from)*s.Cols)
		if err := s.shelf.Load(from, seconds, source); err != nil {
			return out, err
		}
		for _, t := range seconds {
			if t < math.Inf(1) {
				out.Reached++
				total += t
				out.Max = max(out.Max, t)
			}
		}
	}
	if out.Reached > 0 {
		out.Mean = total / float64(out.Reached)
	}
	return out, nil
}
