package kz

import (
	"encoding/json"
	"math"
	"testing"

	"github.com/shanyraq/shanyraq/place"
)

// outlines are the parts of a file of boundaries that the tests look at.
type outlines struct {
	Schematic bool
	Features  []struct {
		Properties struct {
			Code      string
			Schematic bool
		}
		Geometry struct{ Coordinates [][][][2]float64 }
	}
}

func readOutlines(t *testing.T, level string) outlines {
	t.Helper()
	var o outlines
	if err := json.Unmarshal(load(t).Boundaries[level], &o); err != nil {
		t.Fatal(err)
	}
	return o
}

// area of all outlines in square degrees, positive: outer rings run against the
// clock.
func (o outlines) area() float64 {
	sum := 0.0
	for _, f := range o.Features {
		for _, polygon := range f.Geometry.Coordinates {
			for _, ring := range polygon {
				for i := 0; i+1 < len(ring); i++ {
					sum += (ring[i][0]*ring[i+1][1] - ring[i+1][0]*ring[i][1]) / 2
				}
			}
		}
	}
	return sum
}

// Every region, city and district has an outline, marked schematic.
func TestOutlinesComplete(t *testing.T) {
	want := map[string]map[string]bool{"regions": {}, "districts": {}}
	for _, p := range load(t).Places {
		switch {
		case p.Kind == place.Region, p.Kind == place.City && p.Parent == "KZ":
			want["regions"][string(p.ID)] = true
		case p.Kind == place.City, p.Kind == place.District, p.Kind == place.CityDistrict:
			want["districts"][string(p.ID)] = true
		}
	}
	for level, codes := range want {
		o := readOutlines(t, level)
		if !o.Schematic {
			t.Errorf("%s are not marked schematic", level)
		}
		for _, f := range o.Features {
			if !codes[f.Properties.Code] || !f.Properties.Schematic {
				t.Errorf("%s: %s is unknown, twice there, or not marked", level, f.Properties.Code)
			}
			delete(codes, f.Properties.Code)
		}
		if len(codes) > 0 {
			t.Errorf("%s without outline: %v", level, codes)
		}
	}
}

// Borders are shared: a stroke belongs to at most two outlines, which walk it
// in opposite directions, and districts fill exactly what regions fill.
func TestOutlinesShareBorders(t *testing.T) {
	type stroke struct{ a, b [2]float64 }
	for _, level := range []string{"regions", "districts"} {
		seen := map[stroke]string{}
		for _, f := range readOutlines(t, level).Features {
			for _, polygon := range f.Geometry.Coordinates {
				for _, ring := range polygon {
					if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
						t.Errorf("%s: a ring of %s is not closed", level, f.Properties.Code)
					}
					for i := 0; i+1 < len(ring); i++ {
						s := stroke{ring[i], ring[i+1]}
						if other, twice := seen[s]; twice {
							t.Errorf("%s: %s and %s both have %v on the same side", level, f.Properties.Code, other, s)
						}
						seen[s] = f.Properties.Code
					}
				}
			}
		}
	}
	r, d := readOutlines(t, "regions").area(), readOutlines(t, "districts").area()
	if math.Abs(r-d) > 1e-6 || r < 300 || r > 350 {
		t.Errorf("regions fill %v square degrees, districts %v", r, d)
	}
}
