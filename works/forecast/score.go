package forecast

import (
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/period"
)

// Level is a day that was said not to be passed with probability P.
type Level struct {
	P   float64
	Day period.Date
}

// Said is a forecast of the past, as it was said, with what came of it.
type Said struct {
	Project  string
	Made     period.Date
	Levels   []Level      // in order of P, with days that do not fall
	Declared *period.Date // the deadline that stood when it was made
	Ended    *period.Date // nil while the project is open
}

// sound reports whether a forecast can be scored at all: levels in order, and
// made before the end it forecast.
func (s *Said) sound() bool {
	if len(s.Levels) == 0 || s.Ended != nil && *s.Ended < s.Made {
		return false
	}
	for i, l := range s.Levels {
		if !(l.P > 0 && l.P < 1) || i > 0 && (l.P <= s.Levels[i-1].P || l.Day < s.Levels[i-1].Day) {
			return false
		}
	}
	return true
}

// Calibration tells how often projects ended by the day of a level. A good
// forecast of P80 is kept by four in five.
type Calibration struct {
	P         float64
	N, Kept   int
	Open      int // of N: still open, and so missed
	Early     int // left out: ended before a day that has not come
	Undecided int // left out: open, and the day has not come
	Share     *float64
	Low, High *float64 // at 95 %, Clopper and Pearson
}

// Loss is the mean pinball loss of a level, in days.
type Loss struct {
	P    float64
	Mean float64
}

// Bin is a bar of the PIT histogram: how many ends fell between two levels,
// and how many should have.
type Bin struct {
	From, To float64
	N        int
	Expected float64
}

// Scores judge past forecasts. Days everywhere; less is better but for Skill.
type Scores struct {
	Scored, Open, Refused int // forecasts that ended, are open, cannot be scored
	Projects              int // that ended

	Calibration []Calibration
	Losses      []Loss
	CRPS        *float64 // continuous ranked probability score, from the levels
	Interval    *float64 // interval score of the widest pair of levels p and 1 - p
	IntervalP   float64  // its lower level; 0 without a pair
	Sharpness   *float64 // mean days between P50 and P80, also of open ones
	Bins        []Bin    // nil unless all forecasts have the same levels

	// Against the naive forecast, which is the declared deadline: its CRPS is
	// the distance between deadline and end. Skill is 1 - CRPS/Naive; Gain the
	// mean days by which the forecast was nearer, with its limits at 95 %.
	Pairs             int // projects with both
	Naive, Skill      *float64
	Gain, Least, Most *float64

	Notes []Note
}

// Score judges forecasts by what was known at the end of the day asOf.
//
// The pinball loss of the level p at the day q with the end x is p·(x - q)
// when x is later and (1 - p)·(q - x) when it is not; its mean is least at the
// true quantile, so nothing is gained by saying another day than one believes
// (Gneiting and Raftery, Journal of the American Statistical Association 102
// (2007) 359-378, who also give CRPS and the interval score). CRPS is twice the
// mean loss over all levels; here over those that were said, each weighted by
// the stretch of probability that is nearest to it.
//
// A level counts for calibration once its day has come: a project that is
// still open then has missed it. Levels whose day has not come are left out
// and counted, whether the project has ended (Early) or not (Undecided): to
// count only those that ended early would flatter. Losses need an end, so open
// projects are missing there, and they are the late ones; the note SomeOpen
// says so.
//
// Forecasts of one project are not independent. Losses, skill and gain are
// first averaged within a project, then over projects; the limits of
// calibration take every forecast for itself, so give one for each project and
// distance from the end, or read them as too narrow.
func Score(list []Said, asOf period.Date) Scores {
	var s Scores
	var good []Said
	for _, f := range list {
		if f.Ended != nil && *f.Ended > asOf {
			f.Ended = nil // not known yet
		}
		switch {
		case !f.sound() || f.Made > asOf:
			s.Refused++
			continue
		case f.Ended == nil:
			s.Open++
		default:
			s.Scored++
		}
		good = append(good, f)
	}
	if s.Refused > 0 {
		s.Notes = append(s.Notes, SomeRefused)
	}
	s.calibrate(good, asOf)
	s.sharpness(good)
	s.losses(good)
	s.bins(good)
	s.against(good)
	switch {
	case s.Scored == 0:
		s.Notes = append(s.Notes, NothingScored)
	case s.Scored < MinimumClass:
		s.Notes = append(s.Notes, FewScored)
	}
	if s.Open > 0 {
		s.Notes = append(s.Notes, SomeOpen)
	}
	return s
}

func (s *Scores) calibrate(list []Said, asOf period.Date) {
	at := map[float64]*Calibration{}
	for _, f := range list {
		for _, l := range f.Levels {
			c := at[l.P]
			if c == nil {
				c = &Calibration{P: l.P}
				at[l.P] = c
			}
			switch {
			case l.Day > asOf && f.Ended == nil:
				c.Undecided++
			case l.Day > asOf:
				c.Early++
			default:
				c.N++
				if f.Ended == nil {
					c.Open++
				} else if *f.Ended <= l.Day {
					c.Kept++
				}
			}
		}
	}
	for _, c := range at {
		if c.N > 0 {
			low, high := shareLimits(c.Kept, c.N, 0.95)
			c.Share, c.Low, c.High = number(float64(c.Kept)/float64(c.N)), number(low), number(high)
		}
		s.Calibration = append(s.Calibration, *c)
	}
	slices.SortFunc(s.Calibration, func(a, b Calibration) int { return compare(a.P, b.P) })
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// day returns the day of a level, if it was said.
func (s *Said) day(p float64) *period.Date {
	for i := range s.Levels {
		if s.Levels[i].P == p {
			return &s.Levels[i].Day
		}
	}
	return nil
}

func (s *Scores) sharpness(list []Said) {
	sum, n := 0.0, 0.0
	for _, f := range list {
		if a, b := f.day(0.5), f.day(0.8); a != nil && b != nil {
			sum += float64(*b - *a)
			n++
		}
	}
	if n > 0 {
		s.Sharpness = number(sum / n)
	}
}

// pinball is the loss of the level p at the day q when the end is x.
func pinball(p, q, x float64) float64 {
	if x > q {
		return p * (x - q)
	}
	return (1 - p) * (q - x)
}

// crps returns twice the weighted mean of the losses of the levels.
func (s *Said) crps() float64 {
	sum, from := 0.0, 0.0
	for i, l := range s.Levels {
		to := 1.0
		if i+1 < len(s.Levels) {
			to = (l.P + s.Levels[i+1].P) / 2
		}
		sum += (to - from) * pinball(l.P, float64(l.Day), float64(*s.Ended))
		from = to
	}
	return 2 * sum
}

// interval returns the interval score of the levels p and 1 - p: the width,
// and 1/p days for every day outside.
func (s *Said) interval(p float64) *float64 {
	a, b := s.day(p), s.day(1-p)
	if a == nil || b == nil {
		return nil
	}
	x := *s.Ended
	return number(float64(*b-*a) + float64(max(0, *a-x)+max(0, x-*b))/p)
}

// means averages within projects first, then over projects.
type means map[string][]float64

func (m means) add(project string, v float64) { m[project] = append(m[project], v) }

func (m means) of() []float64 {
	var out []float64
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names) // the order of a sum is part of its last bit
	for _, name := range names {
		sum := 0.0
		for _, v := range m[name] {
			sum += v
		}
		out = append(out, sum/float64(len(m[name])))
	}
	return out
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

func (s *Scores) losses(list []Said) {
	crps, interval, level := means{}, means{}, map[float64]means{}
	s.IntervalP = widest(list)
	for _, f := range list {
		if f.Ended == nil {
			continue
		}
		crps.add(f.Project, f.crps())
		for _, l := range f.Levels {
			if level[l.P] == nil {
				level[l.P] = means{}
			}
			level[l.P].add(f.Project, pinball(l.P, float64(l.Day), float64(*f.Ended)))
		}
		if s.IntervalP > 0 {
			if v := f.interval(s.IntervalP); v != nil {
				interval.add(f.Project, *v)
			}
		}
	}
	s.Projects = len(crps)
	if len(crps) > 0 {
		s.CRPS = number(mean(crps.of()))
	}
	if len(interval) > 0 {
		s.Interval = number(mean(interval.of()))
	}
	for p, m := range level {
		s.Losses = append(s.Losses, Loss{p, mean(m.of())})
	}
	slices.SortFunc(s.Losses, func(a, b Loss) int { return compare(a.P, b.P) })
}

// widest returns the lowest level p below one half of which 1 - p was said
// too, by any forecast; 0 for none.
func widest(list []Said) float64 {
	best := 0.0
	for i := range list {
		for _, l := range list[i].Levels {
			if l.P < 0.5 && (best == 0 || l.P < best) && list[i].day(1-l.P) != nil {
				best = l.P
			}
		}
	}
	return best
}

// bins counts between which levels the ends fell.
func (s *Scores) bins(list []Said) {
	var levels []Level
	counts := []int{}
	total := 0
	for _, f := range list {
		if f.Ended == nil {
			continue
		}
		if levels == nil {
			levels, counts = f.Levels, make([]int, len(f.Levels)+1)
		}
		if !slices.EqualFunc(levels, f.Levels, func(a, b Level) bool { return a.P == b.P }) {
			return
		}
		i := 0
		for i < len(f.Levels) && *f.Ended > f.Levels[i].Day {
			i++
		}
		counts[i]++
		total++
	}
	from := 0.0
	for i, n := range counts {
		to := 1.0
		if i < len(levels) {
			to = levels[i].P
		}
		s.Bins = append(s.Bins, Bin{from, to, n, float64(total) * (to - from)})
		from = to
	}
}

// against compares with the declared deadline, project by project.
func (s *Scores) against(list []Said) {
	ours, naive := means{}, means{}
	for _, f := range list {
		if f.Ended != nil && f.Declared != nil {
			ours.add(f.Project, f.crps())
			naive.add(f.Project, math.Abs(float64(*f.Ended-*f.Declared)))
		}
	}
	if s.Pairs = len(ours); s.Pairs == 0 {
		if s.Scored > 0 {
			s.Notes = append(s.Notes, NoDeclared)
		}
		return
	}
	a, b := ours.of(), naive.of()
	gains := make([]float64, len(a))
	for i := range a {
		gains[i] = b[i] - a[i]
	}
	s.Naive, s.Gain = number(mean(b)), number(mean(gains))
	if *s.Naive > 0 {
		s.Skill = number(1 - mean(a)/mean(b))
	}
	if n := float64(len(gains)); n >= 2 {
		sum := 0.0
		for _, g := range gains {
			sum += (g - *s.Gain) * (g - *s.Gain)
		}
		half := student(0.95, n-1) * math.Sqrt(sum/(n-1)/n)
		s.Least, s.Most = number(*s.Gain-half), number(*s.Gain+half)
	}
}

// student returns the t that a Student variable stays within, on either side,
// with the given probability.
func student(within, freedom float64) float64 {
	x := stat.BetaQuantile(1-within, freedom/2, 0.5)
	return math.Sqrt(freedom * (1 - x) / x)
}
