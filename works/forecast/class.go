package forecast

import (
	"math"
	"slices"
)

// Closed is a project, or a stage, that has ended: how it went against its
// plan.
type Closed struct {
	ID      string
	Classes []string // every class it belongs to, narrow and wide
	Ratio   float64  // actual / planned: of days, or of cost at one level of prices
}

// Query asks the outside view: how did those go that are like this one?
type Query struct {
	// Classes from the narrowest to the widest; the first with at least
	// Minimum projects is used, and the widest when none has so many.
	Classes []string
	Minimum int // 0: MinimumClass

	// Confidence of the limits around a quantile; 0: 0.95.
	Confidence float64

	// Prior is a published class to blend with, worth PriorCases projects of
	// our own: the blend is (n·F + m·Prior) / (n + m) for n own projects and m
	// PriorCases. At 0 it is used only when there are no projects at all.
	Prior      *Prior
	PriorCases float64
}

// MinimumClass is how many projects a class needs unless the query says
// otherwise: with 14, the largest of them lies above the true 80th percentile
// with 95 % confidence (1 - 0.8^14 = 0.956), so that a P80 has an upper limit.
const MinimumClass = 14

// ClassSize is how many projects a class has.
type ClassSize struct {
	Class string
	N     int
}

// Tail describes the largest values of a class by a Pareto law: beyond From
// the chance of more than x falls as x^-Index.
type Tail struct {
	From       float64
	Cases      int     // values beyond From
	Index      float64 // α, estimated by Hill (Annals of Statistics 3 (1975) 1163-1174)
	Low, High  float64 // at 95 %, normal: α (1 ± 1.96/√Cases)
	share      float64 // of all values
	upperLimit float64 // the largest value seen
}

// Reference is the answer of the outside view.
type Reference struct {
	Class      string      // the class used
	N          int         // its projects
	Considered []ClassSize // every class asked for
	Mean       *float64    // of our own projects; nil where no mean exists
	Tail       *Tail       // nil with fewer than 50 projects
	Prior      *Prior      // nil when none was used
	PriorCases float64
	Notes      []Note

	sorted     []float64
	confidence float64
}

// Quantile is the ratio that is not passed with probability P.
type Quantile struct {
	P         float64
	Ratio     *float64
	Low, High *float64 // limits from our own projects, without a prior; nil where they are open
	Notes     []Note
}

// Outside answers a query from projects that have ended: reference-class
// forecasting after Kahneman and Tversky (Intuitive Prediction, 1979), Lovallo
// and Kahneman (Harvard Business Review, July 2003, 56-63) and Flyvbjerg
// (Project Management Journal 37 (2006) 3, 5-15).
//
// Every ratio counts as it is: none is cut off, weighted or smoothed, because
// the large ones are what the method is for. A ratio that is not a positive
// number is left out with the note Negative.
func Outside(closed []Closed, q Query) Reference {
	least := q.Minimum
	if least <= 0 {
		least = MinimumClass
	}
	r := Reference{confidence: q.Confidence}
	if !(r.confidence > 0 && r.confidence < 1) {
		r.confidence = 0.95
	}
	chosen := -1
	for i, class := range q.Classes {
		n := 0
		for _, c := range closed {
			if c.sound() && slices.Contains(c.Classes, class) {
				n++
			}
		}
		r.Considered = append(r.Considered, ClassSize{class, n})
		if chosen < 0 && n >= least {
			chosen = i
		}
	}
	switch {
	case len(q.Classes) == 0:
	case chosen < 0:
		chosen = len(q.Classes) - 1
		r.Notes = append(r.Notes, SmallClass)
	case chosen > 0:
		r.Notes = append(r.Notes, WiderClass)
	}
	for _, c := range closed {
		switch {
		case !c.sound():
			if !slices.Contains(r.Notes, Negative) {
				r.Notes = append(r.Notes, Negative)
			}
		case chosen >= 0 && slices.Contains(c.Classes, q.Classes[chosen]):
			r.sorted = append(r.sorted, c.Ratio)
		}
	}
	slices.Sort(r.sorted)
	r.N = len(r.sorted)
	if chosen >= 0 {
		r.Class = q.Classes[chosen]
	}
	r.Tail = tailOf(r.sorted)
	r.mean()
	switch {
	case q.Prior != nil && r.N == 0:
		r.Prior, r.PriorCases = q.Prior, 1
		r.Notes = append(r.Notes, PriorOnly)
	case q.Prior != nil && q.PriorCases > 0:
		r.Prior, r.PriorCases = q.Prior, q.PriorCases
		r.Notes = append(r.Notes, PriorUsed)
	case r.N == 0:
		r.Notes = append(r.Notes, NoCases)
	}
	return r
}

func (c Closed) sound() bool { return c.Ratio > 0 && !math.IsInf(c.Ratio, 0) }

func (r *Reference) mean() {
	if r.N == 0 {
		return
	}
	if r.Tail != nil && r.Tail.Index <= 1 {
		r.Notes = append(r.Notes, NoMean)
		return
	}
	sum := 0.0
	for _, x := range r.sorted {
		sum += x
	}
	r.Mean = number(sum / float64(r.N))
	if r.Tail != nil && r.Tail.Low <= 1 {
		r.Notes = append(r.Notes, MeanDoubtful)
	}
}

// The tail is judged from the largest fifth of a class, and only when that
// holds ten values: from fewer the index says nothing.
const (
	tailPart  = 5
	tailCases = 10
)

func tailOf(sorted []float64) *Tail {
	n := len(sorted)
	k := n / tailPart
	if k < tailCases {
		return nil
	}
	from := sorted[n-k-1]
	sum := 0.0
	for _, x := range sorted[n-k:] {
		sum += math.Log(x / from)
	}
	if !(sum > 0) {
		return nil
	}
	index := float64(k) / sum
	wide := 1.96 / math.Sqrt(float64(k))
	return &Tail{From: from, Cases: k, Index: index, Low: index * (1 - wide), High: index * (1 + wide), share: float64(k) / float64(n), upperLimit: sorted[n-1]}
}

// at returns the quantile of the tail, never below the largest value seen.
func (t *Tail) at(p float64) float64 {
	return math.Max(t.upperLimit, t.From*math.Pow(t.share/(1-p), 1/t.Index))
}

// Quantile returns the ratio that is not passed with probability p, 0 < p < 1.
//
// Our own projects alone: definition 8 of Hyndman and Fan; beyond the median
// position of the largest of n, (n - 1/3) / (n + 1/3), the Pareto tail where
// there is one, and nothing where there is none. The limits are order
// statistics and hold for any law.
func (r *Reference) Quantile(p float64) Quantile {
	q := Quantile{P: p}
	if !(p > 0 && p < 1) {
		return q
	}
	if r.N > 0 && r.Prior == nil {
		q.Low, q.High = orderLimits(r.sorted, p, r.confidence)
	}
	if r.Prior != nil {
		x, ok := r.blended(p)
		if !ok {
			q.Notes = append(q.Notes, PriorSilent)
			return q
		}
		q.Ratio = number(x)
		return q
	}
	switch {
	case r.N == 0:
		q.Notes = append(q.Notes, NoCases)
	case p <= r.last()+1e-12:
		q.Ratio = number(quantile8(r.sorted, p))
	case r.Tail != nil:
		q.Ratio = number(r.Tail.at(p))
		q.Notes = append(q.Notes, TailFitted)
	default:
		q.Notes = append(q.Notes, BeyondData)
	}
	return q
}

// last is the probability at which the largest value stands.
func (r *Reference) last() float64 { return (float64(r.N) - 1.0/3) / (float64(r.N) + 1.0/3) }

// Uplift returns what must be added to a plan, as a share of it, for the
// chance of overrun to be at most chance: the quantile of 1 - chance, less 1.
func (r *Reference) Uplift(chance float64) Quantile {
	q := r.Quantile(1 - chance)
	for _, v := range []**float64{&q.Ratio, &q.Low, &q.High} {
		if *v != nil {
			*v = number(**v - 1)
		}
	}
	return q
}

// Given returns the ratio that is not passed with probability p by a project
// that has passed the ratio so far already without ending: the outcomes up to
// there are behind it.
func (r *Reference) Given(so, p float64) Quantile {
	done := r.share(so)
	q := Quantile{P: p}
	if done >= 1-1e-9 || !(p > 0 && p < 1) {
		q.Notes = append(q.Notes, BeyondData)
		return q
	}
	rest := r.Quantile(done + p*(1-done))
	q.Ratio, q.Notes = rest.Ratio, rest.Notes
	if q.Ratio != nil && *q.Ratio < so {
		q.Ratio = number(so)
	}
	return q
}

// share returns the probability of at most x.
func (r *Reference) share(x float64) float64 {
	own := r.own(x)
	if r.Prior == nil {
		return own
	}
	n := float64(r.N)
	return (n*own + r.PriorCases*r.Prior.share(x)) / (n + r.PriorCases)
}

// own is the inverse of Quantile for our own projects: values stand at their
// median positions, with straight lines between them.
func (r *Reference) own(x float64) float64 {
	n := len(r.sorted)
	if n == 0 || x < r.sorted[0] {
		return 0
	}
	i, _ := slices.BinarySearch(r.sorted, x)
	for i < n && r.sorted[i] == x {
		i++ // the number of values up to x
	}
	at := func(k int) float64 { return (float64(k) - 1.0/3) / (float64(n) + 1.0/3) }
	if i < n {
		a, b := r.sorted[i-1], r.sorted[i]
		return at(i) + (x-a)/(b-a)/(float64(n)+1.0/3)
	}
	if r.Tail == nil {
		return 1
	}
	return math.Max(at(n), 1-r.Tail.share*math.Pow(x/r.Tail.From, -r.Tail.Index))
}

// mostRatio is where the search for a quantile of a blend ends.
const mostRatio = 1e6

// blended returns the smallest ratio at which the blend reaches p, false where
// the published class does not say enough: below its lowest quantile when it
// stands alone, and outside its tail when it gives no quantiles.
func (r *Reference) blended(p float64) (float64, bool) {
	low, high := 0.0, mostRatio
	points := r.Prior.Points
	if r.share(high) < p || r.N == 0 && len(points) > 0 && p < points[0].P-1e-12 {
		return 0, false
	}
	for range 200 {
		mid := low + (high-low)/2
		if mid == low || mid == high {
			break
		}
		if r.share(mid) < p-1e-12 {
			low = mid
		} else {
			high = mid
		}
	}
	return high, len(points) > 0 || high > r.Prior.TailFrom*(1+1e-9)
}

// Spread returns the class as a spread for the simulation of stages: our own
// projects, with their tail where one was found. It is nil without projects.
// Of a class of whole projects simulate the stages Together.
func (r *Reference) Spread() *Spread {
	if r.N == 0 {
		return nil
	}
	s := &Spread{Shape: OfClass, Cases: r.sorted}
	if r.Tail != nil {
		s.Tail = math.Min(math.Max(r.Tail.Index, leastTail), 100)
	}
	return s
}
