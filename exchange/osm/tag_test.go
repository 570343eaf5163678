package osm

import (
	"math"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
)

func TestMaxspeed(t *testing.T) {
	for s, want := range map[string]float64{
		"60": 60, "60 km/h": 60, "60km/h": 60, "60 kmh": 60, "90.5": 90.5, "40 mph": 64.37376, "40mph": 64.37376, "10 knots": 18.52,
		"walk": 7, "none": 0, "signals": 0, "variable": 0,
		"KZ:urban": 60, "KZ:rural": 100, "kz:urban": 60, "RU:urban": 60, "RU:rural": 90, "RU:living_street": 20, "RU:motorway": 110,
		"DE:zone:30": 30, "DE:zone30": 30, "FR:urban": 50, "GB:nsl_single": 96.56064, "BE-VLG:rural": 90,
		"60;80": 60, "80|60|60": 60, "none;100": 100, "60 км/ч": 60,
	} {
		if got, ok := Maxspeed(s); !ok || math.Abs(got-want) > 1e-9 {
			t.Errorf("%q: %v, %v; want %v km/h", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "fast", "-5", "0", "1e3", "999", "60 furlongs", "KZ:", ":urban", "KZ:moon", "60;fast", "6 0", "0x40", "NaN", strings.Repeat("6;", 60)} {
		if got, ok := Maxspeed(s); ok {
			t.Errorf("%q: read as %v", s, got)
		}
	}
}

func TestDuration(t *testing.T) {
	for s, want := range map[string]int{
		"45": 2700, "1:30": 5400, "00:10": 600, "01:30:15": 5415, "26:00": 93600, "PT1H30M": 5400, "PT90S": 90, "P1DT2H": 93600, "pt20m": 1200,
	} {
		if got, ok := Duration(s); !ok || got != want {
			t.Errorf("%q: %d, %v; want %d s", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "0", "00:00", "1:5", "1:60", "1:2:3:4", "-5", "5 min", "P", "PT", "P1M", "P1Y", "PT1M1H", "PTT1M", "99:00:00:00", "99999999", "P11D"} {
		if got, ok := Duration(s); ok {
			t.Errorf("%q: read as %d", s, got)
		}
	}
}

// tagged turns "key=value key=value" into tags.
func tagged(s string) (t tags) {
	for _, f := range strings.Fields(s) {
		k, v, _ := strings.Cut(f, "=")
		t.pairs = append(t.pairs, [2]uint32{uint32(len(t.text)), uint32(len(t.text) + 1)})
		t.text = append(t.text, k, v)
	}
	return t
}

func TestWaysByTags(t *testing.T) {
	// Speeds in summer of a car, forth and back, then of an ambulance; 0: it
	// may not drive. The numbers are those of speeds.csv.
	for s, want := range map[string][4]float64{
		"highway=primary":                                    {80, 80, 90, 90},
		"highway=primary oneway=yes":                         {80, 0, 90, 0},
		"highway=primary oneway=-1":                          {0, 80, 0, 90},
		"highway=primary oneway=no":                          {80, 80, 90, 90},
		"highway=motorway":                                   {110, 0, 120, 0}, // one way by its class
		"highway=motorway oneway=no":                         {110, 110, 120, 120},
		"highway=tertiary junction=roundabout":               {60, 0, 65, 0},
		"highway=primary oneway=reversible":                  {}, // its direction changes with the hour
		"highway=primary maxspeed=60":                        {54, 54, 66, 66},
		"highway=primary maxspeed:backward=40":               {80, 36, 90, 44},
		"highway=primary maxspeed=KZ:rural":                  {90, 90, 110, 110},
		"highway=primary maxspeed:type=RU:rural":             {81, 81, 99, 99},
		"highway=primary maxspeed=none":                      {80, 80, 90, 90},
		"highway=trunk surface=gravel":                       {60, 60, 60, 60}, // a cap
		"highway=track tracktype=grade5":                     {12, 12, 12, 12},
		"highway=track smoothness=impassable":                {},
		"highway=service service=parking_aisle":              {8, 8, 12, 12},
		"highway=residential access=private":                 {15, 15, 40, 40}, // half as fast for a car
		"highway=residential access=no":                      {},
		"highway=residential access=no emergency=yes":        {0, 0, 40, 40},
		"highway=residential access=no motorcar=yes":         {30, 30, 40, 40}, // the more special tag decides
		"highway=residential motor_vehicle=no bus=yes":       {0, 0, 40, 40},   // a bus lane
		"highway=residential vehicle:backward=no":            {30, 0, 40, 0},
		"highway=residential oneway=yes oneway:emergency=no": {30, 0, 40, 40},
		"highway=busway":                                     {0, 0, 50, 50},
		"highway=footway":                                    {},
		"highway=footway motor_vehicle=yes":                  {8, 8, 8, 8},
		"highway=pedestrian emergency=yes":                   {0, 0, 15, 15},
		"highway=construction construction=primary":          {},
		"highway=primary construction=yes":                   {},
		"highway=proposed":                                   {},
		"highway=pedestrian area=yes":                        {},
		"highway=unclassified area=yes":                      {},
		"highway=primary seasonal=yes":                       {80, 80, 90, 90},
		"highway=primary seasonal=winter":                    {},
		"highway=track ice_road=yes":                         {}, // in summer it is water
		"route=ferry":                                        {15, 15, 15, 15},
		"route=ferry foot=yes":                               {},
		"route=ferry motor_vehicle=yes foot=yes":             {15, 15, 15, 15},
		"building=yes":                                       {},
	} {
		c := newCounter()
		k, ok := c.kind(tagged(s))
		var got [4]float64
		if ok {
			got[0], got[1] = OwnSpeeds().Kmh(Car, Summer, k)
			got[2], got[3] = OwnSpeeds().Kmh(Ambulance, Summer, k)
		}
		for i := range got {
			if math.Abs(got[i]-want[i]) > 1e-9 {
				t.Errorf("%s: %v, want %v", s, got, want)
				break
			}
		}
	}
}

func TestWinter(t *testing.T) {
	c := newCounter()
	for s, want := range map[string]float64{
		"highway=primary":                 68, // 80 times 0.85
		"highway=primary surface=gravel":  60, // 80 x 0.85 x 0.9 = 61.2, not above the cap of gravel
		"highway=tertiary surface=gravel": 43.2,
		"highway=track ice_road=yes":      30,
		"highway=primary seasonal=summer": 0,
		"highway=primary seasonal=yes":    0,
		"highway=track winter_road=yes":   30,
	} {
		k, _ := c.kind(tagged(s))
		if got, _ := OwnSpeeds().Kmh(Car, Winter, k); math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: %v km/h, want %v", s, got, want)
		}
	}
}

func TestUnknownIsCounted(t *testing.T) {
	c := newCounter()
	for _, s := range []string{"highway=hyperloop", "highway=primary surface=lava", "highway=primary maxspeed=fast", "highway=primary access=perhaps",
		"highway=primary oneway=maybe", "route=ferry duration=soon", "highway=primary seasonal=sometimes", "highway=primary motor_vehicle:conditional=no"} {
		c.kind(tagged(s))
	}
	for _, want := range []string{"highway=hyperloop", "surface=lava", "maxspeed=fast", "access=perhaps", "oneway=maybe", "duration=soon", "seasonal=sometimes"} {
		if c.report.Unknown[want] == 0 {
			t.Errorf("%s is not counted: %v", want, c.report.Unknown)
		}
	}
	if c.report.Conditional != 1 {
		t.Errorf("%d conditional tags, want 1", c.report.Conditional)
	}
}

func TestReadSpeeds(t *testing.T) {
	s, err := ReadSpeeds("mine.csv", strings.NewReader("\ufeffprofile,season,tag,value,kmh,factor\ncar,,highway,primary,100,\ncar,winter,highway,primary,50,1\nambulance,,surface,lava,,\n"))
	if err != nil {
		t.Fatal(err)
	}
	k, _ := newCounter().kind(tagged("highway=primary"))
	for season, want := range map[Season]float64{Summer: 100, Winter: 50} {
		if got, _ := s.Kmh(Car, season, k); got != want {
			t.Errorf("%s: %v km/h, want %v", season, got, want)
		}
	}
	if got, _ := s.Kmh(Ambulance, Summer, k); got != 90 {
		t.Errorf("the other rows stay: %v km/h, want 90", got)
	}
	const head = "profile,season,tag,value,use,kmh,factor,seconds\n"
	for in, want := range map[string]string{
		"":                                                  "empty",
		"profile,season\n":                                  "lacks the column tag",
		"profile,profile\n":                                 "stands twice",
		"profile,speed\n":                                   "not known",
		head + "car,,highway\n":                             "3 cells",
		head + "bus,,highway,x,,,,\n":                       `column profile: "bus"`,
		head + "car,may,highway,x,,,,":                      `column season: "may"`,
		head + "car,,colour,x,,,,\n":                        "column tag",
		head + "car,,highway,,,,,\n":                        "column value is empty",
		head + "car,,highway,x,maybe,,,\n":                  "column use",
		head + "car,,highway,x,,0,,\n":                      "row 2: column kmh",
		head + "car,,highway,x,,NaN,,\n":                    "column kmh",
		head + "car,,highway,x,,,-1,\n":                     "column factor",
		head + "car,,node,gate,,,,-1\n":                     "column seconds",
		head + "car,,highway,x,,1,,\ncar,,highway,x,,2,,\n": "row 3: car, highway=x stands in the table already",
		head + "car,,highway,\"x,,1,,\n":                    "no CSV",
	} {
		if _, err := ReadSpeeds("mine.csv", strings.NewReader(in)); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", in, err, want)
		}
	}
}

func FuzzMaxspeed(f *testing.F) {
	for _, s := range []string{"60", "40 mph", "KZ:urban", "DE:zone:30", "60;80", "none"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if v, ok := Maxspeed(s); !(v >= 0 && v <= fastest) || !ok && v != 0 {
			t.Errorf("%q: %v, %v", s, v, ok)
		}
	})
}

func FuzzDuration(f *testing.F) {
	for _, s := range []string{"45", "1:30", "01:30:00", "PT1H30M", "P1D"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if v, ok := Duration(s); ok && (v <= 0 || v > longest) {
			t.Errorf("%q: %d", s, v)
		}
	})
}

func FuzzSpeeds(f *testing.F) {
	f.Add(string(ownSpeeds[:400]))
	f.Fuzz(func(t *testing.T, s string) {
		sp, err := ReadSpeeds("f", strings.NewReader(s))
		if err != nil {
			return
		}
		k, _ := newCounter().kind(tagged("highway=primary surface=gravel access=private"))
		for _, p := range Profiles {
			if a, b := sp.Kmh(p, Winter, k); !(a >= 0 && b >= 0) || math.IsInf(a+b, 0) {
				t.Errorf("%v, %v km/h", a, b)
			}
		}
	})
}
