package forecast

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/shanyraq/shanyraq/fault"
)

// DefaultRuns is how many futures are drawn, and DefaultCorrelation how much
// the stages of a project share their fate. The correlation is an assumption:
// what delays one stage (money, a contractor, a decision) tends to delay the
// next, and an independent sum would be far too sure.
const (
	DefaultRuns        = 10_000
	DefaultCorrelation = 0.3
)

// Bounds of a deck.
const (
	leastRuns  = 100
	mostRuns   = 200_000
	mostStages = 64
	mostCells  = 32 << 20 // numbers in all columns, 128 MB
)

// Deck is a set of futures, drawn once from a seed. In every future each stage
// of a path has one draw. All projects are simulated in the same futures, so a
// plan with one more day never ends earlier, and two variants of a plan differ
// by what differs in the plan and not by luck. For the same reason the chance
// of two projects together cannot be read off a deck.
//
// The draws are a Latin hypercube (McKay, Beckman and Conover, Technometrics 21
// (1979) 239-245): the draws of one stage over n runs hold exactly one of each
// n-th of its law, so estimates scatter no more than those of n independent
// runs (Owen, SIAM Journal on Numerical Analysis 34 (1997) 1884-1910: at most
// n/(n-1) times the variance). The draws of two stages share one common factor:
// their normal scores are correlated by the correlation of the deck.
//
// A deck is safe for use by several goroutines.
type Deck struct {
	runs        int
	correlation float64
	seed        uint64

	mu      sync.Mutex
	factor  []float64
	slots   []slot // draws of the i-th stage of every path
	columns map[columnKey][]float32
}

// slot holds the draws of one stage: uniform, and as normal scores.
type slot struct{ u, z []float64 }

// base is a law of which columns are made. Laws of three points are blended
// from 33 bases by the place of the mode, log-normal laws from bases by sigma.
type base struct {
	shape       Shape
	bin         int
	sigma, tail float64 // of a log-normal with a tail and the median 1
	class       digest  // a class is a base of its own
}

// digest stands for the cases and the tail of a class: two classes that say
// the same are the same, wherever they come from.
type digest [sha256.Size]byte

func (s *Spread) digest() digest {
	b := make([]byte, 0, 8*len(s.Cases)+8)
	for _, x := range append(slices.Clip(s.Cases), s.Tail) {
		b = binary.BigEndian.AppendUint64(b, math.Float64bits(x))
	}
	return sha256.Sum256(b)
}

type columnKey struct {
	base base
	slot int
}

// blend is a law as constant + a·(base A) + b·(base B).
type blend struct {
	constant float64
	part     [2]struct {
		weight float64
		of     base
	}
	parts int
}

// Steps between the bases. Between two bases a law is interpolated: the error
// of a three-point law is below 0.1 % of its range, that of a log-normal below
// 0.05 % of the multiple at four standard deviations. A test holds both.
const (
	modeSteps  = 32 // of the place of the mode, over 0 to 1
	sigmaSteps = 64 // a unit of sigma
)

// NewDeck returns a deck of that many futures. It returns fault.Invalid unless
// runs is 100 to 200,000 and the correlation 0 to 0.95.
func NewDeck(seed uint64, runs int, correlation float64) (*Deck, error) {
	if runs < leastRuns || runs > mostRuns {
		return nil, fault.New(fault.Invalid, "forecast.NewDeck", "runs", "a simulation has %d to %d runs", leastRuns, mostRuns)
	}
	if !(correlation >= 0 && correlation <= 0.95) {
		return nil, fault.New(fault.Invalid, "forecast.NewDeck", "correlation", "the correlation between stages is 0 to 0.95")
	}
	d := &Deck{runs: runs, correlation: correlation, seed: seed, columns: map[columnKey][]float32{}}
	d.factor = d.scores(0)
	return d, nil
}

// Runs returns the number of futures.
func (d *Deck) Runs() int { return d.runs }

// random returns the generator of one stream of the deck, so that no draw
// depends on how many others were made before.
func (d *Deck) random(stream uint64) *rand.Rand { return rand.New(rand.NewPCG(d.seed, stream)) }

// scores returns one normal score from each n-th of the law, in random order.
func (d *Deck) scores(stream uint64) []float64 {
	r := d.random(stream)
	out := make([]float64, d.runs)
	for i, k := range r.Perm(d.runs) {
		out[i] = normalScore(inside((float64(k) + r.Float64()) / float64(d.runs)))
	}
	return out
}

// inside keeps a probability off 0 and 1.
func inside(u float64) float64 { return math.Min(math.Max(u, 1e-12), 1-1e-12) }

// draw returns the draws of the stage i, made on first use. The sum of common
// factor and own score is ranked again, so that the draws of every stage are
// one from each n-th of its law.
func (d *Deck) draw(i int) slot {
	for len(d.slots) <= i {
		k := uint64(len(d.slots))
		own := d.scores(2*k + 1)
		common, rest := math.Sqrt(d.correlation), math.Sqrt(1-d.correlation)
		order := make([]int, d.runs)
		for j := range own {
			own[j] = common*d.factor[j] + rest*own[j]
			order[j] = j
		}
		slices.SortStableFunc(order, func(a, b int) int {
			switch {
			case own[a] < own[b]:
				return -1
			case own[a] > own[b]:
				return 1
			}
			return 0
		})
		r := d.random(2*k + 2)
		s := slot{make([]float64, d.runs), own}
		for rank, j := range order {
			s.u[j] = inside((float64(rank) + r.Float64()) / float64(d.runs))
			s.z[j] = normalScore(s.u[j])
		}
		d.slots = append(d.slots, s)
	}
	return d.slots[i]
}

// blendOf returns the spread as a sum of bases; class is its digest if it is
// one.
func (s *Spread) blendOf(class digest) blend {
	var b blend
	add := func(weight float64, of base) {
		if weight != 0 {
			b.part[b.parts].weight, b.part[b.parts].of = weight, of
			b.parts++
		}
	}
	between := func(shape Shape, x, weight float64, last int) {
		i := min(int(x), last-1)
		add(weight*(float64(i+1)-x), base{shape: shape, bin: i})
		add(weight*(x-float64(i)), base{shape: shape, bin: i + 1})
	}
	switch width := s.High - s.Low; {
	case s.Shape == ThreePoint && width == 0:
		b.constant = s.Low
	case s.Shape == ThreePoint:
		b.constant = s.Low
		between(ThreePoint, (s.Likely-s.Low)/width*modeSteps, width, modeSteps)
	case s.Shape == LogNormal && s.Tail == 0:
		between(LogNormal, s.Sigma*sigmaSteps, s.Median, mostSigma*sigmaSteps)
	case s.Shape == LogNormal:
		add(s.Median, base{shape: LogNormal, sigma: s.Sigma, tail: s.Tail})
	case s.Shape == OfClass:
		add(1, base{shape: OfClass, class: class})
	default:
		b.constant = 1
	}
	return b
}

// law returns the quantile function of a base; class is the spread if it is a
// class.
func (b base) law(class *Spread) func(u, z float64) float64 {
	switch {
	case b.shape == OfClass:
		return class.law()
	case b.tail > 0:
		return (&Spread{Shape: LogNormal, Median: 1, Sigma: b.sigma, Tail: b.tail}).law()
	case b.shape == ThreePoint:
		t := pertTable(float64(b.bin) / modeSteps)
		return func(_, z float64) float64 { return t.at(z) }
	}
	sigma := float64(b.bin) / sigmaSteps
	return func(_, z float64) float64 { return math.Exp(sigma * z) }
}

// hand is the part of a deck that some paths need; it does not change.
type hand struct {
	columns map[columnKey][]float32
	classes map[*Spread]digest
}

// blend returns a spread as a sum of bases.
func (h *hand) blend(s *Spread) blend {
	if s.Shape != OfClass {
		return s.blendOf(digest{})
	}
	return s.blendOf(h.classes[s])
}

// deal makes the columns that the paths need and returns them. It returns
// fault.TooLarge when they would not fit. Columns of other paths are let go
// when there is no more room.
func (d *Deck) deal(paths []Path) (hand, error) {
	h := hand{map[columnKey][]float32{}, map[*Spread]digest{}}
	class := map[digest]*Spread{}
	for i := range paths {
		for j := range paths[i].Stages {
			s := paths[i].Stages[j].Spread
			if s == nil {
				continue
			}
			if _, known := h.classes[s]; s.Shape == OfClass && !known {
				h.classes[s] = s.digest()
				class[h.classes[s]] = s
			}
			b := h.blend(s)
			for _, x := range b.part[:b.parts] {
				h.columns[columnKey{x.of, paths[i].slot(j)}] = nil
			}
		}
	}
	if len(h.columns) > mostCells/d.runs {
		return h, fault.New(fault.TooLarge, "forecast.Deck", "", "too many different spreads for %d runs: share one spread between the stages of a kind", d.runs)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.columns)+len(h.columns) > mostCells/d.runs {
		clear(d.columns)
	}
	laws := map[base]func(u, z float64) float64{}
	for k := range h.columns {
		if col := d.columns[k]; col != nil {
			h.columns[k] = col
			continue
		}
		f := laws[k.base]
		if f == nil {
			f = k.base.law(class[k.base.class])
			laws[k.base] = f
		}
		draws := d.draw(k.slot)
		col := make([]float32, d.runs)
		for r := range col {
			col[r] = float32(f(draws.u[r], draws.z[r]))
		}
		d.columns[k], h.columns[k] = col, col
	}
	return h, nil
}
