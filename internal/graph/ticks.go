package graph

import "math"

// maxTick is the largest cost of an arc in ticks of 32 bits. Sums go up to far,
// which is why an arc may take only a part of it.
const maxTick = 1 << 28

// maxParts is the finest tick: a billionth of a unit.
const maxParts = 1e9

// far is what an unreachable node costs. Two of it can be added in 32 bits.
const far = math.MaxInt32

// maxWhole is the largest whole number up to which float64 has all of them.
const maxWhole = 1 << 53

// ticks returns the smallest power of ten of which all costs are whole
// multiples, whether there is one, and whether it suits 32 bits: single costs
// must fit, and so should the sums of long journeys through so many nodes, or
// searches would have to begin anew with wider numbers.
//
// A cost is a multiple if it is the float64 that is nearest to the decimal:
// this is how decimals of a file are read, so that 12.345 counts as 12345
// thousandths although the float64 is not exactly that.
func ticks(costs []float64, nodes int) (parts float64, whole, fits bool) {
	parts = 1
	top, sum := 0.0, 0.0
	for _, c := range costs {
		if c == Closed {
			continue
		}
		top = max(top, c)
		sum += c
		for math.Round(c*parts)/parts != c {
			if parts *= 10; parts > maxParts {
				return 1, false, false
			}
		}
	}
	if top*parts > maxWhole {
		return 1, false, false
	}
	journey := 2 * math.Sqrt(float64(nodes)) * sum / float64(max(1, len(costs)))
	return parts, true, top*parts <= maxTick && journey*parts <= far/2
}

// tickOf returns a cost in ticks of 32 bits.
func tickOf(cost, parts float64) uint32 {
	if cost == Closed {
		return far
	}
	return uint32(math.Round(cost * parts))
}

// seconds turns a sum of costs, in ticks, into seconds.
func (g *Graph) seconds(d float64) float64 { return d / (g.parts * g.split) * g.unit }

// ticksOf turns seconds into ticks and reports whether they are whole.
func (g *Graph) ticksOf(seconds float64) (float64, bool) {
	d := seconds / g.unit * (g.parts * g.split)
	if whole := math.Round(d); g.whole && whole <= maxWhole && g.seconds(whole) == seconds {
		return whole, true
	}
	return d, false
}

// within returns the largest sum of costs that takes at most so many seconds.
// It asks the same rounding that the answers have: what is shown as 3600
// seconds is inside a limit of 3600.
func (g *Graph) within(limit float64) float64 {
	if limit <= 0 || math.IsInf(limit, 1) {
		return math.Inf(1)
	}
	d := limit / g.unit * (g.parts * g.split)
	next := func(d float64, up float64) float64 { return math.Nextafter(d, up*math.Inf(1)) }
	if g.whole && d < maxWhole {
		d = math.Round(d)
		next = func(d float64, up float64) float64 { return d + up }
	}
	for g.seconds(d) > limit {
		d = next(d, -1)
	}
	for n := next(d, 1); g.seconds(n) <= limit; n = next(d, 1) {
		d = n
	}
	return d
}

// endless is more than any sum.
func endless[W weight]() W {
	var w W
	switch p := any(&w).(type) {
	case *uint32:
		*p = far
	case *float64:
		*p = math.Inf(1)
	}
	return w
}

// roomOf returns the largest sum that is exact and can be held.
func roomOf[W weight](g *Graph) W {
	var w W
	switch p := any(&w).(type) {
	case *uint32:
		*p = far - 1
	case *float64:
		*p = math.MaxFloat64
		if g.whole {
			*p = maxWhole
		}
	}
	return w
}
