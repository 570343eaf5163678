package population

import (
	"math"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
)

// Places of the summary that are no zones.
const (
	NoZone = -1 // in Survey.Zones: a cell of no zone
)

// Survey is what is counted; all maps have the same cells.
type Survey struct {
	Seconds []float32 // travel time, NaN where nobody comes or nothing is known
	People  []float64
	Zones   []int32   // number of the zone, NoZone in none; nil: no zones
	Count   int       // of zones
	Limits  []float64 // seconds, each included: 3600 holds who needs 60:00
}

// Zone is what was counted in one zone.
type Zone struct {
	Cells  int
	People float64
	Within []float64 // people for each limit

	// WithoutTime live on cells that have no travel time: beyond reach, in a
	// barrier, or where the map says nothing. They are in People.
	WithoutTime float64

	// Mean is over those with a time; Median and P90 are over all, so that who
	// is not reached counts as farther than everybody. NaN where there is none.
	Mean, Median, P90 float64
}

// Share is the part of the people within a limit, NaN without people.
func (z Zone) Share(limit int) float64 { return z.Within[limit] / z.People }

// Found is the answer to a Survey.
type Found struct {
	Zones   []Zone
	Outside Zone // cells of no zone
	Total   Zone
	// Lost are the cells with people and without a time, those with the most
	// people first, at most MaxLost.
	Lost      []int
	LostCells int
}

// MaxLost bounds the cells that Found names.
const MaxLost = 10

// Take counts. It returns fault.Invalid for a negative time, a limit that is
// not positive, and maps of different sizes.
func (s Survey) Take() (Found, error) {
	const op = "population.Take"
	if len(s.People) != len(s.Seconds) || s.Zones != nil && len(s.Zones) != len(s.Seconds) {
		return Found{}, fault.New(fault.Internal, op, "", "maps of %d, %d and %d cells", len(s.Seconds), len(s.People), len(s.Zones))
	}
	for _, l := range s.Limits {
		if !(l > 0) {
			return Found{}, fault.New(fault.Invalid, op, "", "a limit of %g seconds: give a positive one", l)
		}
	}
	f := Found{Zones: make([]Zone, s.Count)}
	all := []*Zone{&f.Outside, &f.Total}
	for i := range f.Zones {
		all = append(all, &f.Zones[i])
	}
	for _, z := range all {
		z.Within = make([]float64, len(s.Limits))
	}
	var settled []int32 // cells with people and a time
	for i, t := range s.Seconds {
		zone := &f.Outside
		if s.Zones != nil && s.Zones[i] != NoZone {
			zone = &f.Zones[s.Zones[i]]
		}
		zone.Cells++
		f.Total.Cells++
		if t < 0 {
			return Found{}, fault.New(fault.Invalid, op, "", "cell %d holds a time of %g: set what is not reached as the nodata value of the map", i+1, t)
		}
		people := s.People[i]
		if people == 0 {
			continue
		}
		zone.People += people
		f.Total.People += people
		if t != t {
			zone.WithoutTime += people
			f.Total.WithoutTime += people
			f.LostCells++
			f.lose(i, s.People)
			continue
		}
		settled = append(settled, int32(i))
		for k, l := range s.Limits {
			if float64(t) <= l {
				zone.Within[k] += people
				f.Total.Within[k] += people
			}
		}
	}
	s.spread(&f, settled)
	return f, nil
}

// lose keeps the cells with the most people.
func (f *Found) lose(cell int, people []float64) {
	at, _ := slices.BinarySearchFunc(f.Lost, cell, func(have, add int) int {
		if people[have] >= people[add] {
			return -1
		}
		return 1
	})
	if at == MaxLost {
		return
	}
	f.Lost = slices.Insert(f.Lost, at, cell)
	f.Lost = f.Lost[:min(len(f.Lost), MaxLost)]
}

// spread finds means and quantiles: people are lined up by time.
func (s Survey) spread(f *Found, settled []int32) {
	slices.SortFunc(settled, func(a, b int32) int {
		switch x, y := s.Seconds[a], s.Seconds[b]; {
		case x < y:
			return -1
		case x > y:
			return 1
		}
		return int(a - b)
	})
	type line struct{ people, weighted float64 }
	lines := make(map[*Zone]*line, len(f.Zones)+2)
	for _, z := range f.all() {
		z.Mean, z.Median, z.P90 = math.NaN(), math.NaN(), math.NaN()
		lines[z] = &line{}
	}
	for _, i := range settled {
		zone := &f.Outside
		if s.Zones != nil && s.Zones[i] != NoZone {
			zone = &f.Zones[s.Zones[i]]
		}
		t, people := float64(s.Seconds[i]), s.People[i]
		for _, z := range []*Zone{zone, &f.Total} {
			l := lines[z]
			l.people += people
			l.weighted += people * t
			if z.Median != z.Median && l.people >= 0.5*z.People {
				z.Median = t
			}
			if z.P90 != z.P90 && l.people >= 0.9*z.People {
				z.P90 = t
			}
		}
	}
	for z, l := range lines {
		if l.people > 0 {
			z.Mean = l.weighted / l.people
		}
	}
}

func (f *Found) all() []*Zone {
	out := []*Zone{&f.Outside, &f.Total}
	for i := range f.Zones {
		out = append(out, &f.Zones[i])
	}
	return out
}
