package access

import (
	"context"
	"math"
	"slices"
	"sync"

	"github.com/shanyraq/shanyraq/place"
)

// The method under which figures of access are posted.
const (
	Method  = "access-minutes"
	Version = 1
)

// Row is the answer for one place where people live. Minutes are infinite where
// there is no way.
type Row struct {
	Spot int // in Ground.Spots
	// Stated is at the stated values with a free crew and, by air, in weather and
	// light in which it flies; ByRoad is the same without the aircraft. P50 and P90
	// are quantiles over the draws. By air alone all are of a call in which it
	// flies: Answer.Flies tells how often that is.
	Stated, ByRoad, P50, P90 float64
	// Likely is the share of draws within the limit.
	Likely float64
	// Hub is the nearest in Answer.Hubs, that of the flight where most draws fly;
	// -1: none.
	Hub   int
	Flown bool // in most draws
	// Treated is until treatment begins in the nearest place that can begin it, at
	// the stated values; infinite where it is not asked.
	Treated float64
	// OffRoadKm are the straight kilometres off the road on the way to the hub.
	OffRoadKm float64
}

// Inside reports whether the typical case comes within the limit; 60:00 is
// inside 60 minutes.
func (r Row) Inside(limit float64) bool { return r.P50 <= limit }

// Sum folds rows: the country, a region, or the urban or rural part of it.
type Sum struct {
	Place  place.ID // empty for the whole
	People int64
	Inside int64 // by P50
	Surely int64 // by P90
	// Expected is the mean over the draws of the people inside.
	Expected float64
	// Far are people whose way leads more than farKm straight over open ground: a
	// range of mountains or a river may lie between.
	Far int64
	// Low and High are the 10th and 90th percentile over the draws of how many
	// people are inside.
	Low, High int64
	// Stranded have no way at all.
	Stranded    int64
	Urban       int64
	UrbanInside int64
	Rural       int64
	RuralInside int64
	// Median and P90 are minutes within which half and nine tenths of the people
	// are (of P50); infinite where so many have no way.
	Median, P90 float64
	// OnPresumed are people inside whose facility is only presumed capable.
	OnPresumed int64
}

// Step is a point of the curve: people within so many minutes.
type Step struct {
	Minutes      float64
	People       int64 // by P50
	PeopleLikely int64 // by P90
}

// Sway is what one parameter does: people inside at its low and at its high
// value, all others as stated.
type Sway struct {
	Parameter Parameter
	AtLow     int64
	AtHigh    int64
}

// Answer is what a Question gets.
type Answer struct {
	Question Question // with what was left open filled
	Profile  Profile
	Hubs     []Hub
	First    []Hub
	Rows     []Row // one for each spot, as in Ground.Spots
	Whole    Sum
	Regions  []Sum // in the order of first mention
	Curve    []Step
	Sways    []Sway // the strongest first
	// Flies is the share of calls in which an aircraft flies, the mean over the
	// draws; 0 where none is asked.
	Flies  float64
	trips  []trip
	ground *Ground
}

// farKm is from where a straight way over open ground is worth a doubt.
const farKm = 30

// curveStep is the width of a step of the curve and curveEnd its end, minutes.
const (
	curveStep = 5
	curveEnd  = 360
)

// Answer computes minutes for everybody. It does what is written in
// docs/method/access.md, is the same for the same question, and returns
// fault.Invalid naming what cannot be asked.
func (g *Ground) Answer(ctx context.Context, q Question) (*Answer, error) {
	q, p, err := g.check(q)
	if err != nil {
		return nil, err
	}
	a := &Answer{Question: q, Profile: p, Hubs: g.hubs(q, p.Capable, true), ground: g}
	if p.Kind == Emergency && len(p.FirstCare) > 0 {
		a.First = g.hubs(q, p.FirstCare, false)
	}
	a.trips = g.trips(q, p, a.Hubs, a.First)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	inside := a.rows()
	a.fold(inside)
	a.curve()
	a.sways()
	return a, ctx.Err()
}

// workers is how many rows are computed at once.
const workers = 2

// rows fills Rows and returns for every draw and region the people inside.
func (a *Answer) rows() [][Draws]int64 {
	g := a.ground
	stated, draws := g.stated(a.Question), g.draws(a.Question)
	if a.Question.Mode != ByRoad {
		for d := range draws {
			a.Flies += draws[d].flies / Draws
		}
	}
	a.Rows = make([]Row, len(a.trips))
	parts := make([][][Draws]int64, workers)
	var wait sync.WaitGroup
	for w := range workers {
		parts[w] = make([][Draws]int64, len(g.regions))
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := w * len(a.trips) / workers; i < (w+1)*len(a.trips)/workers; i++ {
				a.Rows[i] = a.row(i, &stated, &draws, &parts[w][g.regionOf[i]])
			}
		}()
	}
	wait.Wait()
	for w := 1; w < workers; w++ {
		for r := range parts[w] {
			for d, n := range parts[w][r] {
				parts[0][r][d] += n
			}
		}
	}
	return parts[0]
}

func (a *Answer) row(i int, stated *values, draws *[Draws]values, inside *[Draws]int64) Row {
	t, q, k := &a.trips[i], &a.Question, a.Profile.Kind
	people := a.ground.in.Spots[i].Of()
	busy, sky := chancesOf(t.seed, 1), chancesOf(t.seed, 2)
	var m [Draws]float64
	inLimit, flown := 0, 0
	for d := range draws {
		v := &draws[d]
		away, flies := busy.of(d) < v.busy, q.Mode != ByRoad && sky.of(d) < v.flies
		minutes, byAir := t.minutes(v, k, q, away, flies)
		if m[d] = minutes; minutes <= q.LimitMinutes {
			inside[d] += people
			inLimit++
		}
		if byAir {
			flown++
		}
	}
	r := Row{Spot: i, Hub: int(t.hub), OffRoadKm: t.toHub[offRoad], Treated: math.Inf(1), ByRoad: t.road(stated, k, q.Span, false)}
	r.Stated, _ = t.minutes(stated, k, q, false, true)
	if r.Flown = 2*flown > Draws; r.Flown {
		r.Hub, r.OffRoadKm = int(t.airHub), 0
	}
	if math.IsInf(r.Stated, 1) {
		r.Hub = -1
	}
	r.Likely = float64(inLimit) / Draws
	r.P50, r.P90 = quantile(m[:], 0.5), quantile(m[:], 0.9)
	if k == Emergency {
		r.Treated = t.treated(stated, false)
	}
	return r
}

// quantile returns the smallest value that at least the share u of the values
// does not exceed. It reorders them.
func quantile(x []float64, u float64) float64 {
	return pick(x, max(int(math.Ceil(u*float64(len(x))))-1, 0))
}

// pick returns the value of rank k, counted from 0, and leaves no larger one
// before it and no smaller one after it (quickselect, Hoare 1961).
func pick(x []float64, k int) float64 {
	low, high := 0, len(x)-1
	for low < high {
		pivot := x[(low+high)/2]
		i, j := low, high
		for i <= j {
			for x[i] < pivot {
				i++
			}
			for x[j] > pivot {
				j--
			}
			if i <= j {
				x[i], x[j] = x[j], x[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			high = j
		case k >= i:
			low = i
		default:
			return x[k]
		}
	}
	return x[k]
}

// weighed is minutes of so many people.
type weighed struct {
	minutes float64
	people  int64
}

// fold sums the rows by region and for the whole.
func (a *Answer) fold(inside [][Draws]int64) {
	g, limit := a.ground, a.Question.LimitMinutes
	a.Regions = make([]Sum, len(g.regions))
	lists := make([][]weighed, len(g.regions))
	for r, id := range g.regions {
		a.Regions[r].Place = id
	}
	for i, row := range a.Rows {
		s := &g.in.Spots[i]
		if s.Of() == 0 {
			continue
		}
		r := g.regionOf[i]
		a.Regions[r].add(row, s, limit, a.Hubs)
		lists[r] = append(lists[r], weighed{row.P50, s.Of()})
	}
	var all []weighed
	var total [Draws]int64
	for r := range a.Regions {
		x := &a.Regions[r]
		x.settle(lists[r], inside[r])
		all = append(all, lists[r]...)
		a.Whole.gather(x)
		for d := range total {
			total[d] += inside[r][d]
		}
	}
	a.Whole.settle(all, total)
}

func (s *Sum) add(row Row, at *Spot, limit float64, hubs []Hub) {
	n := at.Of()
	s.People += n
	s.Urban += at.Urban
	s.Rural += at.Rural
	if math.IsInf(row.Stated, 1) {
		s.Stranded += n
	}
	s.Expected += float64(n) * row.Likely
	if row.OffRoadKm > farKm {
		s.Far += n
	}
	if row.P90 <= limit {
		s.Surely += n
	}
	if row.Inside(limit) {
		s.Inside += n
		s.UrbanInside += at.Urban
		s.RuralInside += at.Rural
		if row.Hub >= 0 && hubs[row.Hub].Basis == Presumed {
			s.OnPresumed += n
		}
	}
}

func (s *Sum) gather(x *Sum) {
	s.People += x.People
	s.Inside += x.Inside
	s.Surely += x.Surely
	s.Expected += x.Expected
	s.Far += x.Far
	s.Stranded += x.Stranded
	s.Urban += x.Urban
	s.UrbanInside += x.UrbanInside
	s.Rural += x.Rural
	s.RuralInside += x.RuralInside
	s.OnPresumed += x.OnPresumed
}

// settle fills what needs all rows at once.
func (s *Sum) settle(list []weighed, inside [Draws]int64) {
	slices.SortFunc(list, func(a, b weighed) int {
		switch {
		case a.minutes < b.minutes:
			return -1
		case a.minutes > b.minutes:
			return 1
		}
		return 0
	})
	s.Median, s.P90 = reach(list, s.People, 0.5), reach(list, s.People, 0.9)
	slices.Sort(inside[:])
	s.Low, s.High = inside[Draws/10-1], inside[Draws*9/10-1]
}

// reach returns the minutes within which the share u of the people is.
func reach(sorted []weighed, people int64, u float64) float64 {
	var sum int64
	for _, w := range sorted {
		if sum += w.people; float64(sum) >= u*float64(people) {
			return w.minutes
		}
	}
	return math.Inf(1)
}

func (a *Answer) curve() {
	steps := curveEnd/curveStep + 1
	a.Curve = make([]Step, steps)
	put := func(minutes float64, n int64, to func(*Step, int64)) {
		if k := math.Ceil(minutes / curveStep); k < float64(steps) {
			to(&a.Curve[int(k)], n)
		}
	}
	for i, row := range a.Rows {
		n := a.ground.in.Spots[i].Of()
		put(row.P50, n, func(s *Step, n int64) { s.People += n })
		put(row.P90, n, func(s *Step, n int64) { s.PeopleLikely += n })
	}
	for k := range a.Curve {
		a.Curve[k].Minutes = float64(k * curveStep)
		if k > 0 {
			a.Curve[k].People += a.Curve[k-1].People
			a.Curve[k].PeopleLikely += a.Curve[k-1].PeopleLikely
		}
	}
}

// sways moves every parameter to both ends of its range, with the ways and
// facilities as stated.
func (a *Answer) sways() {
	g, q := a.ground, a.Question
	for _, code := range codes {
		p := g.parameter(q, code)
		if p.Low == p.High || !a.matters(code) {
			continue
		}
		s := Sway{Parameter: p}
		s.AtLow, s.AtHigh = a.insideAt(code, p.Low), a.insideAt(code, p.High)
		if s.AtLow != s.AtHigh {
			a.Sways = append(a.Sways, s)
		}
	}
	slices.SortStableFunc(a.Sways, func(x, y Sway) int {
		return int(math.Abs(float64(y.AtHigh-y.AtLow)) - math.Abs(float64(x.AtHigh-x.AtLow)))
	})
}

// matters leaves out what the question does not use.
func (a *Answer) matters(code string) bool {
	switch code {
	case ParamSpeedMain, ParamSpeedOther, ParamSpeedOffRoad, ParamDetour, ParamInside:
		return true
	case ParamAirReady, ParamAirSpeed, ParamAirLanding, ParamAirRange:
		return a.Question.Mode != ByRoad
	case ParamBusy, ParamAirWeather, ParamAirDaylight, ParamFirstCare, ParamDoorOut:
		return false // they change how often, not how long, or another question
	case ParamHandover:
		return a.Question.Span == CallToTreatment
	case ParamAmbulance:
		return a.Profile.Kind == Emergency
	}
	return a.Profile.Kind == Emergency && a.Question.Span != DriveOnly && code != ParamBusyWait
}

func (a *Answer) insideAt(code string, value float64) int64 {
	v := evaluate(func(c string) float64 {
		if c == code {
			return value
		}
		return a.ground.parameter(a.Question, c).Value
	})
	var n int64
	for i := range a.trips {
		if m, _ := a.trips[i].minutes(&v, a.Profile.Kind, &a.Question, false, v.flies > 0.5); m <= a.Question.LimitMinutes {
			n += a.ground.in.Spots[i].Of()
		}
	}
	return n
}

// Before returns the question without its switches: what stands today, by what
// documents and assumptions of the country say.
func (q Question) Before() Question {
	q.Promised, q.On, q.Off, q.Add = false, nil, nil, nil
	return q
}

// Switched reports whether anything is switched.
func (q Question) Switched() bool {
	return q.Promised || len(q.On)+len(q.Off)+len(q.Add) > 0
}

// Drawn is a road link as a map of minutes needs it: by how many minutes the
// question's minutes grow from one end of it to the other. Of an emergency that
// counts from the call that is twice the drive: the crew comes out and goes back.
type Drawn struct {
	Link  Link
	Drive float64
}

// Drawn returns the links with the minutes they take, the speed in km/h at which
// minutes grow off the road, and how much longer than straight a way off the road
// is. Where base and hospital lie apart the minutes of a road between two places
// are less than so drawn, never more.
func (a *Answer) Drawn() (links []Drawn, aside, detour float64) {
	v := a.ground.stated(a.Question)
	p, times := v.ambulance, 2.0
	if a.Profile.Kind == Planned {
		p = v.car
	}
	if a.Question.Span == DriveOnly {
		times = 1
	}
	for _, l := range a.ground.in.Links {
		c := otherRoad
		if l.Main {
			c = mainRoad
		}
		links = append(links, Drawn{l, times * l.Km * p[c]})
	}
	detour = a.ground.parameter(a.Question, ParamDetour).Value
	return links, 60 * detour / (times * p[offRoad]), detour
}

// Resolve returns the question with what is left open filled, as Answer does.
func (g *Ground) Resolve(q Question) (Question, error) {
	q, _, err := g.check(q)
	return q, err
}

// Value returns a parameter as it holds for the question.
func (g *Ground) Value(q Question, code string) Parameter { return g.parameter(q, code) }

// Codes lists the parameters.
func Codes() []string { return append([]string(nil), codes...) }
