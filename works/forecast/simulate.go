package forecast

import (
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/period"
)

// Ends is how many futures end on which day.
type Ends struct {
	From   period.Date // outcome i ends i days later
	Counts []int32
	Runs   int // all futures that count, also those beyond the last day counted
}

// horizon is the last day counted, forty years on.
const horizon = 14_610

// Day returns the first day by which at least the share p of the futures has
// ended (the inverse of the distribution, definition 1 of Hyndman and Fan): a
// day can be promised, a part of a day cannot. It is nil when that day lies
// beyond the horizon, or when there is no future.
func (e *Ends) Day(p float64) *period.Date {
	need := int(math.Ceil(p*float64(e.Runs) - 1e-9))
	if e.Runs == 0 {
		return nil
	}
	sum := 0
	for i, c := range e.Counts {
		if sum += int(c); sum >= need && c > 0 {
			d := e.From + period.Date(i)
			return &d
		}
	}
	return nil
}

// By returns the share of the futures that have ended by the end of the day.
func (e *Ends) By(d period.Date) float64 {
	if e.Runs == 0 {
		return 0
	}
	sum := 0
	for i, c := range e.Counts {
		if e.From+period.Date(i) > d {
			break
		}
		sum += int(c)
	}
	return float64(sum) / float64(e.Runs)
}

// Outcome is the forecast of one project.
type Outcome struct {
	Runs               int // futures that count
	P10, P50, P80, P90 *period.Date
	Mean               *period.Date // nil where no mean exists

	// OnTime is the chance to end by the deadline; its limits at 95 % tell how
	// far the number of runs leaves it open, not how good the plan is.
	OnTime, OnTimeLow, OnTimeHigh *float64

	Notes []Note
}

// Influence is how much a stage decides the end.
type Influence struct {
	Stage string
	// Rank is the rank correlation (Spearman) of its length with the end.
	Rank *float64
	// Share is its part of the variance of the end, the covariance of its
	// length with the end over the variance of the end: parts of stages in
	// order add to 1. It is nil where a tail leaves no variance.
	Share *float64
}

// fewestLeft is how many futures must agree with what is known.
const fewestLeft = 100

// Simulate plays all futures of the deck for one project. It returns the
// forecast, the days on which it ends, and what each stage has to do with it.
// It returns fault.Invalid for a path that cannot be.
func (d *Deck) Simulate(p Path) (Outcome, Ends, []Influence, error) {
	if err := p.Check(); err != nil {
		return Outcome{}, Ends{}, nil, err
	}
	h, err := d.deal([]Path{p})
	if err != nil {
		return Outcome{}, Ends{}, nil, err
	}
	t := newTable(h, d.runs)
	t.keep = true
	out := t.play(&p)
	return out, t.ends(), t.influence(&p), nil
}

// table is the room that one goroutine needs to play.
type table struct {
	hand  hand
	plays int // futures

	counts      []int32 // by day, cleared after each project
	first, last int     // days with a count
	runs        int
	from        period.Date

	dealt [mostStages]dealt // the stages of the project

	total, one, two []float32   // a stretch of futures
	stageEnds       [][]float32 // by stage, where stages are not in order
	lengths         [][]float32

	keep bool // keep the end of every future in all
	all  []float32
}

// stretch is how many futures are played at once: few enough that the numbers
// stay in the fastest cache.
const stretch = 1024

// slack is the part of a day by which an end may pass midnight and still count
// to the day before: the error of a sum of 32-bit floats.
const slack = 1.0 / 256

func newTable(h hand, plays int) *table {
	return &table{hand: h, plays: plays, counts: make([]int32, horizon+2), total: make([]float32, stretch), one: make([]float32, stretch), two: make([]float32, stretch)}
}

// column is a weighted column of the deck.
type column struct {
	weight float32
	of     []float32
}

// dealt is the length of a stage as constant + weighted columns.
type dealt struct {
	constant float32
	room     [2]column
	n        int
}

func (d *dealt) cols() []column { return d.room[:d.n] }

// parts returns the length of the stage i as constant + weighted columns.
func (h *hand) parts(p *Path, i int, into []column) (float32, []column) {
	s := &p.Stages[i]
	left := s.left()
	if left == 0 {
		return 0, into
	}
	if s.Spread == nil {
		return float32(left), into
	}
	b := h.blend(s.Spread)
	for _, x := range b.part[:b.parts] {
		into = append(into, column{float32(left * x.weight), h.columns[columnKey{x.of, p.slot(i)}]})
	}
	return float32(left * b.constant), into
}

// play returns the forecast of one project.
func (t *table) play(p *Path) Outcome {
	t.reset(p.From)
	mean, left := true, 0.0
	for i := range p.Stages {
		s := &p.Stages[i]
		left += s.left()
		mean = mean && (s.left() == 0 || s.Spread == nil || s.Spread.hasMean())
	}
	plain := p.inOrder()
	overlap := slices.ContainsFunc(p.Stages, func(s Stage) bool { return s.Overlap > 0 })
	var cols [2 * mostStages]column
	var constant float32
	sum := cols[:0]
	for i := range p.Stages {
		x := &t.dealt[i]
		c, list := t.hand.parts(p, i, x.room[:0])
		x.constant, x.n = c, len(list)
		constant += c
		sum = append(sum, list...)
	}
	days := 0.0
	opened := 0
	if p.OpenOn != nil {
		opened = int(*p.OpenOn - p.From)
	}
	for at := 0; at < t.plays; at += stretch {
		n := min(stretch, t.plays-at)
		total := t.total[:n]
		switch {
		case plain && !overlap:
			add(total, constant, sum, at)
		case plain:
			t.chain(p, total, at)
		default:
			t.network(p, total, at)
		}
		if t.keep {
			t.all = append(t.all, total...)
		}
		days += t.count(total, opened)
	}
	return t.outcome(p, days, mean, left)
}

// add sets total to the constant and the columns from the future at on.
func add(total []float32, constant float32, cols []column, at int) {
	for i := range total {
		total[i] = constant
	}
	more(total, cols, at)
}

// more adds the columns to total, two at a time.
func more(total []float32, cols []column, at int) {
	for len(cols) >= 2 {
		a, b := cols[0].of[at:at+len(total)], cols[1].of[at:at+len(total)]
		wa, wb := cols[0].weight, cols[1].weight
		for i := range total {
			total[i] += wa*a[i] + wb*b[i]
		}
		cols = cols[2:]
	}
	if len(cols) == 1 {
		a, w := cols[0].of[at:at+len(total)], cols[0].weight
		for i := range total {
			total[i] += w * a[i]
		}
	}
}

// chain plays stages in order of which some begin before the last one ends:
// each adds what it takes beyond the overlap, and nothing if it takes less.
// One that must wait for the end of the last is as long as the overlap. The
// length of a stage is kept only if the next one begins beside it.
func (t *table) chain(p *Path, total []float32, at int) {
	clear(total)
	now, before := t.one[:len(total)], t.two[:len(total)]
	clear(before)
	constant := float32(0)
	for i := range p.Stages {
		c, cols := t.dealt[i].constant, t.dealt[i].cols()
		o := float32(p.Stages[i].Overlap)
		if keep := i+1 < len(p.Stages) && p.Stages[i+1].Overlap > 0; o == 0 && !keep {
			constant += c
			more(total, cols, at)
			continue
		}
		follow(total, now, before, c, cols, at, o)
		now, before = before, now
	}
	for k := range total {
		total[k] += constant
	}
}

// follow adds a stage that begins beside the one before, whose lengths stand in
// before, and leaves its own lengths in now. It is one loop, because it is half
// of the work of a portfolio.
func follow(total, now, before []float32, constant float32, cols []column, at int, o float32) {
	now, before = now[:len(total)], before[:len(total)]
	a, b, wa, wb := before, before, float32(0), float32(0)
	if len(cols) > 0 {
		a, wa = cols[0].of[at:at+len(total)], cols[0].weight
	}
	if len(cols) > 1 {
		b, wb = cols[1].of[at:at+len(total)], cols[1].weight
	}
	for k := range total {
		length, beside := constant+wa*a[k]+wb*b[k], o*before[k]
		beyond := length - beside
		if beyond < 0 {
			beyond, length = 0, beside
		}
		total[k] += beyond
		now[k] = length
	}
}

// network plays stages of which each follows some of those before it.
func (t *table) network(p *Path, total []float32, at int) {
	for len(t.stageEnds) < len(p.Stages) {
		t.stageEnds = append(t.stageEnds, make([]float32, stretch))
		t.lengths = append(t.lengths, make([]float32, stretch))
	}
	overlap := slices.ContainsFunc(p.Stages, func(s Stage) bool { return s.Overlap > 0 })
	last := uint64(1)<<len(p.Stages) - 1 // the stages that none follows
	if len(p.Stages) == mostStages {
		last = math.MaxUint64
	}
	for i := range p.Stages {
		end, length, before := t.stageEnds[i][:len(total)], t.lengths[i][:len(total)], p.after(i)
		for _, b := range before {
			last &^= 1 << b
		}
		constant, cols := t.dealt[i].constant, t.dealt[i].cols()
		o := float32(p.Stages[i].Overlap)
		switch {
		case len(before) == 0:
			add(end, constant, cols, at)
			copy(length, end)
		case o == 0:
			t.latest(end, before)
			if overlap {
				add(length, constant, cols, at)
				for k := range end {
					end[k] += length[k]
				}
				continue
			}
			for k := range end {
				end[k] += constant
			}
			more(end, cols, at)
		default:
			add(length, constant, cols, at)
			t.beside(end, length, before, o)
		}
	}
	clear(total)
	for i := range p.Stages {
		if last>>i&1 == 1 {
			later(total, t.stageEnds[i])
		}
	}
}

// later raises total to the values of x that are later.
func later(total, x []float32) {
	x = x[:len(total)]
	for k, v := range x {
		if v > total[k] {
			total[k] = v
		}
	}
}

// latest sets end to the latest end of the stages before.
func (t *table) latest(end []float32, before []int) {
	copy(end, t.stageEnds[before[0]])
	for _, b := range before[1:] {
		later(end, t.stageEnds[b])
	}
}

// beside sets end for a stage of the length that runs beside those before, and
// stretches the length by its wait for their ends.
func (t *table) beside(end, length []float32, before []int, o float32) {
	begin := t.one[:len(end)]
	clear(begin)
	t.latest(end, before)
	for _, b := range before {
		e, l := t.stageEnds[b][:len(end)], t.lengths[b][:len(end)]
		for k := range begin {
			if v := e[k] - o*l[k]; v > begin[k] {
				begin[k] = v
			}
		}
	}
	for k := range end {
		if v := begin[k] + length[k]; v > end[k] {
			end[k] = v
		}
		length[k] = end[k] - begin[k]
	}
}

func (t *table) reset(from period.Date) {
	if t.runs > 0 {
		clear(t.counts[t.first : t.last+1])
	}
	t.first, t.last, t.runs, t.from = len(t.counts)-1, 0, 0, from
	t.all = t.all[:0]
}

// count counts ends by day, leaving out those on or before the day opened, and
// returns the sum of the others in days.
func (t *table) count(total []float32, opened int) float64 {
	counts, first, last, sum, runs := t.counts, t.first, t.last, 0.0, 0
	for _, x := range total {
		i := horizon + 1
		if x < horizon {
			i = int(x + (1 - slack))
		}
		if i <= opened && opened > 0 {
			continue
		}
		counts[i]++
		runs++
		sum += float64(x)
		first, last = min(first, i), max(last, i)
	}
	t.first, t.last = first, last
	t.runs += runs
	return sum
}

func (t *table) ends() Ends {
	return Ends{From: t.from, Counts: slices.Clone(t.counts[:min(t.last, horizon)+1]), Runs: t.runs}
}

// outcome reads the forecast from the counts.
func (t *table) outcome(p *Path, days float64, mean bool, left float64) Outcome {
	o := Outcome{Runs: t.runs}
	if left == 0 {
		o.Notes = append(o.Notes, NothingLeft)
	}
	if p.OpenOn != nil && *p.OpenOn > p.From {
		o.Notes = append(o.Notes, NotYetEnded)
		if t.runs < fewestLeft {
			o.Notes = append(o.Notes, FewRunsLeft)
			return o
		}
	}
	e := Ends{From: t.from, Counts: t.counts[:min(t.last, horizon)+1], Runs: t.runs}
	o.P10, o.P50, o.P80, o.P90 = e.Day(0.1), e.Day(0.5), e.Day(0.8), e.Day(0.9)
	switch {
	case !mean:
		o.Notes = append(o.Notes, NoMean)
	default:
		if m := days / float64(t.runs); m < horizon {
			d := p.From + period.Date(m+1-slack)
			o.Mean = &d
		}
	}
	if t.counts[horizon+1] > 0 {
		o.Notes = append(o.Notes, Horizon)
	}
	if p.Deadline != nil {
		share := e.By(*p.Deadline)
		low, high := shareLimits(int(math.Round(share*float64(t.runs))), t.runs, 0.95)
		o.OnTime, o.OnTimeLow, o.OnTimeHigh = &share, &low, &high
	}
	if p.Today != nil && left > 0 && e.By(*p.Today) >= 0.1 {
		o.Notes = append(o.Notes, OldReport)
	}
	return o
}
