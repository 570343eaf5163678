package forecast

import (
	"math"

	"github.com/shanyraq/shanyraq/lang"
)

// Subject is what a published class measures.
type Subject string

// The subjects.
const (
	Cost     Subject = "cost"
	Duration Subject = "duration"
)

// Point says that the ratio is not passed with probability P.
type Point struct{ P, Ratio float64 }

// Prior is a reference class that somebody published. It is not ours: another
// country, another time, other definitions of the plan. Wherever it is used
// its source stands beside the number.
type Prior struct {
	ID      string
	Subject Subject
	Title   lang.Text
	N       int // projects behind it; 0 where the source does not say

	// Points are quantiles of actual / planned, in order; between them lines.
	// What the source does not say below the lowest is put at the lowest,
	// which errs to the late side; above the highest nothing is said.
	Points []Point

	// Mean of actual / planned, or what the source tells to expect of it.
	Mean *float64

	// TailShare is the share of projects whose ratio is at least TailFrom, and
	// TailMean the mean ratio of these.
	TailFrom, TailShare, TailMean float64

	// Endless marks a class whose mean does not exist according to a source.
	Endless bool

	Source string
}

// uplifts are quantiles at 50, 60, 70, 80 and 90 %, as percent over the plan.
func uplifts(percent ...float64) []Point {
	out := make([]Point, len(percent))
	for i, x := range percent {
		out[i] = Point{0.5 + 0.1*float64(i), 1 + x/100}
	}
	return out
}

func percentMean(percent float64) *float64 { return number(1 + percent/100) }

const (
	sourceTransport = "B. Flyvbjerg with COWI, Procedures for Dealing with Optimism Bias in Transport Planning, British Department for Transport, June 2004; B. Flyvbjerg, Project Management Journal 37 (2006) 3, 5-15. Capital cost at constant prices against the estimate at the decision to build."
	sourceTreasury  = "HM Treasury, Supplementary Green Book Guidance: Optimism Bias (2003), after Mott MacDonald, Review of Large Public Procurement in the UK (2002), table 2, upper bounds: what to add at the outline business case. Set from the averages of 50 projects with the largest outliers left out: no quantile, and too low where the tail is fat."
	sourceBig       = "B. Flyvbjerg and D. Gardner, How Big Things Get Done (2023), appendix A: cost overrun in real terms; the tail is an overrun of 50 % and more."
	sourceIT        = " That the tail has no mean: B. Flyvbjerg and others, The Uniqueness of IT Cost Risk, Project Management Journal (2025), doi 10.1177/87569728251340590 (Pareto index of at most 1)."
)

// bigThings returns a class of appendix A: mean overrun, share and mean of the
// tail, in percent.
func bigThings(id string, title lang.Text, mean, share, tail float64) Prior {
	return Prior{ID: id, Subject: Cost, Title: title, Mean: percentMean(mean), TailFrom: 1.5, TailShare: share / 100, TailMean: 1 + tail/100, Source: sourceBig}
}

// Priors returns the published classes, all that we could take from a named
// publication without doubt.
func Priors() []Prior {
	it := bigThings("cost.it", lang.Text{lang.KK: "Ақпараттық жүйелер: құны", lang.RU: "Информационные системы: стоимость", lang.EN: "Information systems: cost"}, 73, 18, 447)
	it.Endless, it.Source = true, it.Source+sourceIT
	return []Prior{
		bigThings("cost.health", lang.Text{lang.KK: "Ауруханалар мен денсаулық сақтау нысандары: құны", lang.RU: "Больницы и объекты здравоохранения: стоимость", lang.EN: "Hospitals and health: cost"}, 29, 13, 167),
		bigThings("cost.buildings", lang.Text{lang.KK: "Ғимараттар: құны", lang.RU: "Здания: стоимость", lang.EN: "Buildings: cost"}, 62, 39, 206),
		it,
		{ID: "cost.standard-building", Subject: Cost, Title: lang.Text{lang.KK: "Үлгілік ғимараттар: құны", lang.RU: "Типовые здания: стоимость", lang.EN: "Standard buildings: cost"}, Mean: percentMean(24), Source: sourceTreasury},
		{ID: "cost.non-standard-building", Subject: Cost, Title: lang.Text{lang.KK: "Үлгілік емес ғимараттар: құны", lang.RU: "Нетиповые здания: стоимость", lang.EN: "Non-standard buildings: cost"}, Mean: percentMean(51), Source: sourceTreasury},
		{ID: "cost.equipment", Subject: Cost, Title: lang.Text{lang.KK: "Жабдық және әзірлеме: құны", lang.RU: "Оборудование и разработка: стоимость", lang.EN: "Equipment and development: cost"}, Mean: percentMean(200), Source: sourceTreasury},
		{ID: "cost.rail", Subject: Cost, Title: lang.Text{lang.KK: "Теміржол: құны", lang.RU: "Железные дороги: стоимость", lang.EN: "Rail: cost"}, N: 46, Points: uplifts(40, 45, 51, 57, 68), Source: sourceTransport},
		{ID: "cost.roads", Subject: Cost, Title: lang.Text{lang.KK: "Автожолдар: құны", lang.RU: "Автодороги: стоимость", lang.EN: "Roads: cost"}, N: 172, Points: uplifts(15, 24, 27, 32, 45), Source: sourceTransport},
		{ID: "cost.fixed-links", Subject: Cost, Title: lang.Text{lang.KK: "Көпірлер мен тоннельдер: құны", lang.RU: "Мосты и тоннели: стоимость", lang.EN: "Bridges and tunnels: cost"}, N: 34, Points: uplifts(23, 26, 34, 55, 83), Source: sourceTransport},
		{ID: "duration.standard-building", Subject: Duration, Title: lang.Text{lang.KK: "Үлгілік ғимараттар: мерзімі", lang.RU: "Типовые здания: срок", lang.EN: "Standard buildings: duration"}, Mean: percentMean(4), Source: sourceTreasury},
		{ID: "duration.non-standard-building", Subject: Duration, Title: lang.Text{lang.KK: "Үлгілік емес ғимараттар: мерзімі", lang.RU: "Нетиповые здания: срок", lang.EN: "Non-standard buildings: duration"}, Mean: percentMean(39), Source: sourceTreasury},
		{ID: "duration.equipment", Subject: Duration, Title: lang.Text{lang.KK: "Жабдық және әзірлеме: мерзімі", lang.RU: "Оборудование и разработка: срок", lang.EN: "Equipment and development: duration"}, Mean: percentMean(54), Source: sourceTreasury},
	}
}

// FindPrior returns the published class of that id.
func FindPrior(id string) (Prior, bool) {
	for _, p := range Priors() {
		if p.ID == id {
			return p, true
		}
	}
	return Prior{}, false
}

// TailIndex returns the index α of the Pareto tail that has the published mean
// beyond its beginning, TailMean / (TailMean - TailFrom): our own derivation.
// It is nil where the source gives no tail, or where the tail has no mean, so
// that a mean of a sample says nothing about it.
func (p *Prior) TailIndex() *float64 {
	if p.Endless || !(p.TailMean > p.TailFrom) || p.TailFrom == 0 {
		return nil
	}
	return number(p.TailMean / (p.TailMean - p.TailFrom))
}

// share returns the probability of a ratio of at most x.
func (p *Prior) share(x float64) float64 {
	if len(p.Points) == 0 {
		a := p.TailIndex()
		switch {
		case a == nil, x < p.TailFrom:
			return 0
		}
		return 1 - p.TailShare*math.Pow(x/p.TailFrom, -*a)
	}
	if x < p.Points[0].Ratio {
		return 0
	}
	for i := 1; i < len(p.Points); i++ {
		if a, b := p.Points[i-1], p.Points[i]; x < b.Ratio {
			return a.P + (b.P-a.P)*(x-a.Ratio)/(b.Ratio-a.Ratio)
		}
	}
	return p.Points[len(p.Points)-1].P
}

// Part is a part of a project that belongs to a published class, with its
// share of the planned cost or days.
type Part struct {
	Prior Prior
	Share float64
}

// Combined returns the mean ratio of a project made of parts of several
// classes, the sum of share · mean, as the guidance of HM Treasury combines a
// standard with a non-standard building. It is nil, with a note, unless every
// class has a mean and the shares add to 1.
func Combined(parts []Part) (*float64, []Note) {
	sum, whole := 0.0, 0.0
	for _, x := range parts {
		switch {
		case x.Prior.Mean == nil:
			return nil, []Note{PriorSilent}
		case x.Prior.Endless:
			return nil, []Note{NoMean}
		case !(x.Share >= 0):
			return nil, []Note{Negative}
		}
		whole += x.Share
		sum += x.Share * *x.Prior.Mean
	}
	if math.Abs(whole-1) > 1e-9 {
		return nil, []Note{NoPlan}
	}
	return number(sum), nil
}
