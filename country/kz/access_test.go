package kz

import (
	"math"
	"slices"
	"strconv"
	"testing"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

func atlas(t *testing.T, p *country.Pack) *place.Atlas {
	t.Helper()
	a, err := place.NewAtlas(p.Places, p.Facts, p.Events)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Townspeople and villagers of every territory make its people of the same
// source and day, and the parts of a region make the region.
func TestUrbanAndRural(t *testing.T) {
	p := load(t)
	a := atlas(t, p)
	all := map[place.ID]map[place.Attribute]int64{}
	for _, f := range p.Facts {
		if f.Source != "BNS-BULLETIN" || f.From == nil || f.From.String() != "2023-01-01" {
			continue
		}
		v, err := strconv.ParseInt(f.Text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		if all[f.Place] == nil {
			all[f.Place] = map[place.Attribute]int64{}
		}
		all[f.Place][f.Attribute] = v
	}
	said, sums := 0, map[place.Attribute]int64{}
	for id, x := range all {
		if _, ok := x[place.AttrUrban]; !ok {
			continue
		}
		said++
		if got := x[place.AttrUrban] + x[place.AttrRural]; got != x[place.AttrPopulation] {
			t.Errorf("%s: %d in towns and villages, %d in all", id, got, x[place.AttrPopulation])
		}
		if q, _ := a.Place(id); q.Parent == a.Root() {
			sums[place.AttrUrban] += x[place.AttrUrban]
			sums[place.AttrRural] += x[place.AttrRural]
		}
	}
	if said != 241 || sums[place.AttrUrban] != 12_208_259 || sums[place.AttrRural] != 7_556_745 {
		t.Errorf("%d territories, %v", said, sums)
	}
}

// All seventeen regions and the three cities have a centre; so have all
// districts but two and all cities of regional significance but one.
func TestCentres(t *testing.T) {
	a := atlas(t, load(t))
	on, _ := period.ParseDate("2026-11-23")
	for level, want := range map[place.Kind]int{place.Region: 20, place.City: 38, place.District: 166} {
		if got := len(a.Seats(level, on)); got != want {
			t.Errorf("%d centres of the level %s, want %d", got, level, want)
		}
	}
	if c := a.Centre("KZ-35", on); c != "GN609655" {
		t.Errorf("the centre of Karaganda Region is %s", c)
	}
}

// The hub of Balkhash is to bring angiography: nothing may presume it there.
func TestBalkhashIsNotPresumed(t *testing.T) {
	p := load(t)
	a := atlas(t, p)
	on, _ := period.ParseDate("2026-11-23")
	var hospital country.Facility
	for _, f := range p.Facilities {
		if f.Code == "F025" {
			hospital = f
		}
	}
	presumed := map[string]bool{}
	for _, x := range p.Presumed {
		if x.Facility == place.ID(hospital.Code) || x.FacilityKind == hospital.Kind || slices.Contains(a.Seats(x.Seat, on), hospital.Place) {
			presumed[x.Service] = true
		}
	}
	for _, s := range []string{"angiography", "infarction", "stroke"} {
		if presumed[s] {
			t.Errorf("%s is presumed at Balkhash", s)
		}
	}
	if !presumed["emergency-admission"] {
		t.Error("first care is not presumed at Balkhash")
	}
}

// Every parameter, presumption and limit says why in three languages.
func TestAccessTranslated(t *testing.T) {
	p := load(t)
	need := func(what string, x lang.Text) {
		for _, c := range lang.Codes() {
			if x[c] == "" {
				t.Errorf("%s has no text in %s", what, c)
			}
		}
	}
	for _, x := range p.Parameters {
		need(x.Code, x.Text)
	}
	for _, x := range p.Presumed {
		need("presumption of "+x.Service, x.Text)
	}
	for _, x := range p.Services {
		for _, q := range x.Parameters {
			need(x.Code+" "+q.Code, q.Text)
		}
	}
}

// In winter nothing is faster, and the day is shorter.
func TestWinterIsSlower(t *testing.T) {
	p := load(t)
	for _, code := range []string{access.ParamSpeedMain, access.ParamSpeedOther, access.ParamSpeedOffRoad, access.ParamAirWeather, access.ParamAirDaylight} {
		s, _ := p.Parameters.In(code, access.Summer)
		w, _ := p.Parameters.In(code, access.Winter)
		if !(w.Value < s.Value && w.Low < s.Low && w.High < s.High) {
			t.Errorf("%s: summer %v, winter %v", code, s, w)
		}
	}
}

// Daylight is computed, not typed: hours from sunrise to sunset at 48 degrees
// north (Spencer 1971; the sun's upper edge, with refraction).
func TestDaylight(t *testing.T) {
	p := load(t)
	halves := map[access.Season][]float64{}
	for day := 1; day <= 365; day++ {
		s := access.Winter
		if day >= 91 && day <= 273 { // April to September
			s = access.Summer
		}
		halves[s] = append(halves[s], daylight(48, day)/24)
	}
	for s, list := range halves {
		sum := 0.0
		for _, v := range list {
			sum += v
		}
		x, _ := p.Parameters.In(access.ParamAirDaylight, s)
		for _, pair := range [][2]float64{{x.Value, sum / float64(len(list))}, {x.Low, slices.Min(list)}, {x.High, slices.Max(list)}} {
			if math.Abs(pair[0]-pair[1]) > 0.0006 {
				t.Errorf("%s: the table says %v, computed are %.4f", s, x, pair[1])
			}
		}
	}
}

// daylight returns hours.
func daylight(lat float64, day int) float64 {
	g := 2 * math.Pi / 365 * (float64(day) - 0.5)
	tilt := 0.006918 - 0.399912*math.Cos(g) + 0.070257*math.Sin(g) - 0.006758*math.Cos(2*g) + 0.000907*math.Sin(2*g) - 0.002697*math.Cos(3*g) + 0.00148*math.Sin(3*g)
	f := lat * math.Pi / 180
	c := (math.Cos(90.833*math.Pi/180) - math.Sin(f)*math.Sin(tilt)) / (math.Cos(f) * math.Cos(tilt))
	return 24 / math.Pi * math.Acos(c)
}

// The outline of every road begins and ends at its settlements and is no longer
// than the road; every settlement has a road.
func TestRoadLines(t *testing.T) {
	p := load(t)
	at := map[place.ID]place.Point{}
	for _, x := range p.Places {
		if x.Point != nil {
			at[x.ID] = *x.Point
		}
	}
	km := func(a, b place.Point) float64 {
		return math.Hypot((a.Lat-b.Lat)*111.2, (a.Lon-b.Lon)*111.2*math.Cos((a.Lat+b.Lat)/2*math.Pi/180))
	}
	joined := map[place.ID]bool{}
	defer func() {
		for _, x := range p.Places {
			if x.Kind == place.Settlement && !joined[x.ID] {
				t.Errorf("no road leads to %s", x.ID)
			}
		}
	}()
	for _, r := range p.Roads {
		joined[r.From], joined[r.To] = true, true
		if len(r.Line) < 2 || km(r.Line[0], at[r.From]) > 0.02 || km(r.Line[len(r.Line)-1], at[r.To]) > 0.02 {
			t.Errorf("%s-%s: the way has %d points and does not lead from the one to the other", r.From, r.To, len(r.Line))
			continue
		}
		sum := 0.0
		for i := 1; i < len(r.Line); i++ {
			sum += km(r.Line[i-1], r.Line[i])
		}
		if sum > r.Km*1.02+1 || sum < r.Km*0.7-1 {
			t.Errorf("%s-%s: the outline is %.0f km long, the road %.0f", r.From, r.To, sum, r.Km)
		}
	}
}

// Villages lie in the country, apart from the main settlements, and are about as
// many as the bureau counts: 6,208 on 1 July 2024.
func TestVillages(t *testing.T) {
	p := load(t)
	n := 0
	var mains []place.Point
	for _, x := range p.Places {
		if x.Kind == place.Settlement {
			mains = append(mains, *x.Point)
		}
	}
	for _, d := range p.Villages {
		for _, v := range d.List {
			n++
			if v.Point.Lat < 40.5 || v.Point.Lat > 55.5 || v.Point.Lon < 46.4 || v.Point.Lon > 87.4 {
				t.Errorf("%s lies at %v", v.Code, v.Point)
			}
			for _, m := range mains {
				if math.Abs(m.Lat-v.Point.Lat) < 0.03 && access.Km(m, v.Point) < 2.4 {
					t.Errorf("%s is a main settlement", v.Code)
				}
			}
		}
	}
	if n < 6_000 || n > 7_500 || len(p.Villages) < 190 {
		t.Errorf("%d villages in %d districts", n, len(p.Villages))
	}
}

// roads is a ground of the main settlements, for asking how long a drive is.
func roads(t *testing.T, p *country.Pack) *access.Ground {
	t.Helper()
	in := access.Input{Profiles: p.Profiles, Presumptions: p.Presumed, Parameters: p.Parameters}
	for _, x := range p.Places {
		if x.Kind == place.Settlement {
			in.Spots = append(in.Spots, access.Spot{ID: x.ID, District: x.Parent, Region: x.Parent, Point: *x.Point, Main: true})
		}
	}
	for _, r := range p.Roads {
		in.Links = append(in.Links, access.Link{From: r.From, To: r.To, Km: r.Km, Main: r.Class == "main", Line: r.Line})
	}
	g, err := access.NewGround(in)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// Published times of travel lie near the computed ones. The page on access says
// what is found here.
func TestObservedTimes(t *testing.T) {
	p := load(t)
	list, sums, err := roads(t, p).Validate(p.Observed)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		t.Logf("%s-%s %s: %.0f minutes observed, %.0f computed (%.0f to %.0f), %.0f km main, %.0f other", c.From, c.To, c.Mode, c.Minutes, c.Computed, c.Quick, c.Slow, c.Way.Main(), c.Way.Other())
		if r := c.Computed / c.Minutes; !(r > 0.5 && r < 2) {
			t.Errorf("%s-%s: computed %.0f minutes, observed %.0f", c.From, c.To, c.Computed, c.Minutes)
		}
	}
	for _, s := range sums {
		t.Logf("%+v", s)
	}
	if cars := sums[1]; cars.Mode != access.ByCar || math.Abs(cars.BiasPercent) > 20 {
		t.Errorf("journeys by car: %+v", cars)
	}
}
