package works

import (
	"math"
	"time"

	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
)

// Prices are how consumer prices moved, December to December: Rise[2025] is by
// how many per cent prices in December 2025 were above those of December 2024.
type Prices struct{ Rise map[int]float64 }

// Last returns the newest year of which the rise is known.
func (p Prices) Last() (year int, ok bool) {
	for y := range p.Rise {
		if !ok || y > year {
			year, ok = y, true
		}
	}
	return year, ok
}

// Factor returns by what an amount of a day is to be multiplied to be in prices
// of the end of a year. Within a year prices are taken to rise evenly, by the
// same rate every day. ok is false where a year between is not known, or the
// day lies beyond the last known December: nothing is extrapolated.
func (p Prices) Factor(on period.Date, base int) (factor float64, ok bool) {
	year, _, _ := on.Civil()
	first, last := min(year, base+1), max(year, base)
	if year <= base {
		first, last = year, base
	}
	log := 0.0
	for y := first; y <= last; y++ {
		rise, known := p.Rise[y]
		if !known || !(rise > -100) {
			return 0, false
		}
		step := math.Log1p(rise / 100)
		switch {
		case y == year && year <= base: // what is left of the year
			log += step * (1 - passed(on))
		case y == year:
			log -= step * passed(on)
		case year <= base:
			log += step
		default:
			log -= step
		}
	}
	return math.Exp(log), true
}

// passed returns the share of its year that has passed by the end of a day.
func passed(on period.Date) float64 {
	y, _, _ := on.Civil()
	start, end := period.NewDate(y, time.January, 1), period.NewDate(y+1, time.January, 1)
	return float64(on-start+1) / float64(end-start)
}

// Real returns an amount of a day in prices of the end of a year, rounded to
// the smallest unit, an estimate: consumer prices are not those of building.
// See docs/method/works-real-amount.md.
func (p Prices) Real(a money.Amount, on period.Date, base int) (money.Amount, bool) {
	f, ok := p.Factor(on, base)
	if x := float64(a) * f; ok && math.Abs(x) < 1<<53 {
		return money.Amount(math.Round(x)), true
	}
	return 0, false
}

// RealAccount is the money of a work in prices of the end of a year.
type RealAccount struct {
	Base int // December of this year
	Sums map[MoneyKind]*Sum
	Cost *Sum
	// Beyond are the lines whose day lies where no price is known: they are
	// left out.
	Beyond []string
}

// Real adds up the amounts of a state in prices of the end of a year. Every
// amount counts at the day of its line.
func (s *State) Real(p Prices, base int) (*RealAccount, error) {
	out := &RealAccount{Base: base}
	var lines []*Line
	for _, l := range s.Lines {
		c := *l
		var ok bool
		switch {
		case l.Money != nil:
			m := *l.Money
			m.Amount, ok = p.Real(m.Amount, l.On, base)
			c.Money = &m
		case l.Price != nil:
			x := *l.Price
			x.Amount, ok = p.Real(x.Amount, l.On, base)
			c.Price = &x
		default:
			continue
		}
		if !ok {
			out.Beyond = append(out.Beyond, l.ID)
			continue
		}
		lines = append(lines, &c)
	}
	a, err := accountOf(lines)
	if err != nil {
		return nil, err
	}
	out.Sums, out.Cost = a.Total, a.Cost
	return out, nil
}
