package grid

import (
	"context"
	"maps"
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
)

// Source is a cell from which, or to which, people travel. After is how many
// seconds have passed when the journey there begins, such as those between a
// call and the departure of an ambulance.
type Source struct {
	Row, Col int
	After    float64
}

// Neighbours is which cells a step may reach.
type Neighbours int

// The neighbourhoods. Eight and Sixteen are those of r.cost without and with
// its knight's move. Any adds to the eight straight lines in any direction,
// which bring open ground within 1 % of the true distance.
const (
	Eight   Neighbours = 8
	Sixteen Neighbours = 16
	Any     Neighbours = 360
)

// Options say how to search. The zero value is eight neighbours without limit.
type Options struct {
	Neighbours Neighbours
	// Limit is the longest time that counts, in seconds, itself included; 0 is
	// no limit.
	Limit float64
}

// limitSlack lets a way that takes the limit exactly stay inside. Friction comes
// in 32-bit numbers, which hold a decimal such as 0.6 to 2^-24 of its size: sixty
// cells that take a minute each would else take 60 minutes and a hundredth of a
// millisecond, and be outside of 60 minutes.
const limitSlack = 1.0/(1<<24) + 1e-9

// narrow is the number of sources whose numbers fit beside the times.
const narrow = 1<<16 - 2

// Solve finds for every cell the least time to any of the sources, and which
// it is; where two are equally near, the one that is first in the list. The
// times are those of an exact search: they equal Dijkstra's with 64-bit
// numbers to 1e-9 of their value.
//
// It returns fault.Invalid for a source outside the surface or on a barrier,
// and the error of the context when that ends first.
func (s *Surface) Solve(ctx context.Context, sources []Source, o Options) (*Times, error) {
	f, err := s.finder("grid.Solve", o, len(sources) > narrow)
	if err != nil {
		return nil, err
	}
	if err := s.checkSources("grid.Solve", sources); err != nil {
		return nil, err
	}
	f.start(sources)
	if err := f.run(ctx, f.kernel()); err != nil {
		return nil, err
	}
	return &Times{surface: s, best: f.best, far: f.far}, nil
}

func (s *Surface) checkSources(op string, sources []Source) error {
	if len(sources) == 0 {
		return fault.New(fault.Invalid, op, "", "there is no source: give at least one place to start from")
	}
	if len(sources) >= math.MaxUint32 {
		return fault.New(fault.TooLarge, op, "", "%d sources are more than can be numbered", len(sources))
	}
	for i, x := range sources {
		where := tally{row: x.Row, col: x.Col}
		switch {
		case x.Row < 0 || x.Row >= s.rows || x.Col < 0 || x.Col >= s.cols:
			return fault.New(fault.Invalid, op, where.place(), "source %d stands in %s, outside the raster of %d rows and %d columns", i+1, where.place(), s.rows, s.cols)
		case s.friction[s.at(x.Row, x.Col)] == barrier:
			return fault.New(fault.Invalid, op, where.place(), "source %d stands in %s, which nobody crosses: move it to a cell that is no barrier", i+1, where.place())
		case !(x.After >= 0 && x.After < math.Inf(1)):
			return fault.New(fault.Invalid, op, where.place(), "source %d begins after %g seconds: a delay is not negative", i+1, x.After)
		}
	}
	return nil
}

// finder is one search with its working memory, which the next search may use
// again.
type finder struct {
	surface *Surface
	queue   queue
	moves   []move
	shares  []float64 // seconds for the friction paid, move by move
	runs    []float64 // metres, move by move; nil on the flat
	groups  []*lists
	limit   float64
	floor   int64 // the mark of the limit
	// best holds the mark of every cell: see mark. Untouched memory, all zero,
	// means not reached, so that a search costs nothing where it never comes.
	best    []int64
	far     []uint32 // numbers of sources where they are too many for marks
	lines   *lines   // of Any
	touched []uint32 // cells that were settled, some of them twice
	keep    bool     // whether touched is kept
}

func (s *Surface) finder(op string, o Options, wide bool) (*finder, error) {
	if !s.sealed {
		return nil, fault.New(fault.Invalid, op, "", "the surface has not been sealed")
	}
	f := &finder{surface: s, best: make([]int64, s.size())}
	switch o.Neighbours {
	case 0, Eight:
		f.moves = s.around(8)
	case Sixteen:
		f.moves = s.around(16)
	case Any:
		if s.heights != nil {
			return nil, fault.New(fault.Invalid, op, "", "straight lines do not follow a slope: with heights take 8 or 16 neighbours")
		}
		f.moves = s.around(8)
		f.lines = s.lines(f.moves)
	default:
		return nil, fault.New(fault.Invalid, op, "", "%d neighbours are not known: take 8, 16 or any", o.Neighbours)
	}
	if !(o.Limit >= 0) {
		return nil, fault.New(fault.Invalid, op, "", "a limit of %g seconds is negative", o.Limit)
	}
	f.shares = s.shares(f.moves)
	if s.heights != nil {
		f.runs = s.runs(f.moves)
	}
	if wide {
		f.far = make([]uint32, s.size())
	}
	f.setLimit(o.Limit)
	return f, nil
}

func (f *finder) setLimit(seconds float64) {
	f.limit, f.floor = math.MaxFloat64, 1
	if seconds > 0 {
		f.limit = min(seconds*(1+limitSlack), math.MaxFloat64)
		f.floor = max(1, mark(f.limit, narrow+1))
	}
}

// territory is the side of the squares, in cells, whose sources are searched
// from together, and windowSteps for about how many steps at a time.
const territory, windowSteps = 320, 4

// start puts the sources into an empty queue, by groups.
func (f *finder) start(sources []Source) {
	s := f.surface
	f.queue.reset(s.low*s.ground.shortest()*s.ground.seconds(), s.rows*s.cols)
	f.groups = f.groups[:0]
	across := s.cols/territory + 1
	squares := map[int]*lists{}
	for i, x := range sources {
		at, near := s.at(x.Row, x.Col), uint64(i+1)
		if f.far != nil {
			near = 0
		}
		m := mark(x.After, near)
		if m < f.floor || m <= f.best[at] {
			continue
		}
		f.best[at] = m
		if f.far != nil {
			f.far[at] = uint32(i + 1)
		}
		if f.lines != nil {
			f.lines.anchor[at] = uint8(itself)
		}
		square := x.Row/territory*across + x.Col/territory
		if squares[square] == nil {
			squares[square] = &lists{}
		}
		f.queue.lists = squares[square]
		f.queue.push(f.queue.slot(seconds(m)), uint32(at))
	}
	for _, square := range slices.Sorted(maps.Keys(squares)) {
		f.groups = append(f.groups, squares[square])
	}
}

// run searches until the queue is empty. It lets each group of sources go on
// for a few steps before it turns to the next, so that one piece of the map
// stays at hand in the fast memory of the processor; where two groups meet some
// cells are settled twice.
func (f *finder) run(ctx context.Context, settle func(from, end uint32)) error {
	q := &f.queue
	window := f.surface.middle*f.surface.ground.shortest()*f.surface.ground.seconds()*q.perSlot*windowSteps + 1
	for {
		begin, some := uint32(lastSlot), false
		for _, g := range f.groups {
			if slot, ok := g.start(); ok {
				begin, some = min(begin, slot), true
			}
		}
		if !some {
			return nil
		}
		until := uint64(float64(begin) + window)
		if len(f.groups) == 1 {
			until = lastSlot + 1
		}
		for _, g := range f.groups {
			q.lists = g
			if err := f.drain(ctx, until, settle); err != nil {
				return err
			}
		}
	}
}

// drain settles what the group at hand has before a slot.
func (f *finder) drain(ctx context.Context, until uint64, settle func(from, end uint32)) error {
	q := &f.queue
	for rounds := 0; ; rounds++ {
		if rounds%contextRounds == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		end := q.next(until)
		if end == 0 {
			return nil
		}
		for end != 0 {
			first := (end - 1) &^ (block - 1)
			settle(first+1, end)
			end = q.done(first)
		}
	}
}

// kernel is the fastest loop that does what is asked.
func (f *finder) kernel() func(from, end uint32) {
	switch {
	case f.lines != nil:
		return f.straight
	case len(f.moves) == 8 && len(f.shares) == 8 && f.surface.heights == nil && f.far == nil:
		return f.eight
	}
	return f.any
}

// contextRounds is after how many slots a search asks whether to go on.
const contextRounds = 256

// A mark is a time and the number of its source in one word that can be
// compared at once: the upper 48 bits of the time as a 64-bit number, rounded,
// then 16 bits of the number, all taken from endless. A larger mark is a
// shorter time, or the same time of an earlier source; zero is not reached, and
// an infinite time has no mark above zero.
func mark(seconds float64, near uint64) int64 {
	return endless - int64((math.Float64bits(seconds)+1<<15)&timeBits|near)
}

const (
	endless  = 0x7ff0 << 48 // the bits of infinity
	timeBits = 0xffff_ffff_ffff_0000
)

func seconds(mark int64) float64 { return math.Float64frombits(uint64(endless-mark) & timeBits) }
func near(mark int64) uint64     { return uint64(endless-mark) &^ timeBits }
