package osm

import (
	"strconv"
	"strings"
)

// implied are the limits that a code such as KZ:urban stands for, in km/h.
// ASSUMPTION: from the traffic rules of the countries as commonly summed up;
// a code of another country takes the value without a country.
var implied = map[string]float64{
	"KZ:urban": 60, "KZ:rural": 100, "KZ:trunk": 110, "KZ:motorway": 140, "KZ:living_street": 20,
	"RU:urban": 60, "RU:rural": 90, "RU:trunk": 110, "RU:motorway": 110, "RU:living_street": 20,
	"KG:urban": 60, "KG:rural": 90, "KG:motorway": 110, "KG:living_street": 20,
	"UZ:urban": 70, "UZ:rural": 100, "UZ:motorway": 110, "UZ:living_street": 30,
	"BY:urban": 60, "BY:rural": 90, "BY:motorway": 110, "BY:living_street": 20,
	"UA:urban": 50, "UA:rural": 90, "UA:motorway": 130, "UA:living_street": 20,
	"DE:urban": 50, "DE:rural": 100, "DE:living_street": 7,
	"GB:nsl_single": 60 * mile, "GB:nsl_dual": 70 * mile, "GB:motorway": 70 * mile,
	":urban": 50, ":rural": 90, ":trunk": 100, ":motorway": 120, ":living_street": 20, ":walk": walking,
	":bicycle_road": 30, ":school": 30,
}

const (
	mile    = 1.609344 // km
	knot    = 1.852    // km/h
	walking = 7.0      // km/h; a limit of "walk"
	fastest = 300.0    // km/h; a limit above is an error of typing
)

// Maxspeed reads a limit of speed as it is written in OpenStreetMap and returns
// it in km/h: 60, 60 km/h, 40 mph, 10 knots, walk, or a code such as KZ:urban
// or RU:rural. Of several limits, as 60;80 or 60|80, it takes the lowest.
//
// It returns 0 and known for words that set no number (none, signals,
// variable), and 0 and not known for what cannot be read.
func Maxspeed(s string) (kmh float64, known bool) {
	if len(s) > 100 {
		return 0, false
	}
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == ';' || r == '|' || r == ',' }) {
		v, ok := oneMaxspeed(strings.ToLower(strings.TrimSpace(part)))
		if !ok {
			return 0, false
		}
		if known = true; v > 0 && (kmh == 0 || v < kmh) {
			kmh = v
		}
	}
	return kmh, known
}

func oneMaxspeed(s string) (kmh float64, known bool) {
	switch s {
	case "none", "signals", "variable", "no", "implicit", "national":
		return 0, true
	case "walk", "foot":
		return walking, true
	}
	if country, what, ok := strings.Cut(s, ":"); ok {
		country = strings.ToUpper(country)
		if i := strings.IndexByte(country, '-'); i > 0 { // BE-VLG:rural
			country = country[:i]
		}
		if len(country) != 2 {
			return 0, false
		}
		what = strings.TrimPrefix(what, "zone")
		if what == "none" {
			return 0, true
		}
		if v, ok := plain(strings.TrimPrefix(what, ":")); ok { // DE:zone:30, DE:zone30
			return v, true
		}
		for _, key := range []string{country + ":" + what, ":" + what} {
			if v, ok := implied[key]; ok {
				return v, true
			}
		}
		return 0, false
	}
	unit := 1.0
	for _, u := range []struct {
		word string
		kmh  float64
	}{{"km/h", 1}, {"kmh", 1}, {"kph", 1}, {"km/ч", 1}, {"км/ч", 1}, {"mph", mile}, {"knots", knot}, {"knot", knot}} {
		if rest, ok := strings.CutSuffix(s, u.word); ok {
			s, unit = strings.TrimSpace(rest), u.kmh
			break
		}
	}
	v, ok := plain(s)
	if v *= unit; !ok || v > fastest {
		return 0, false
	}
	return v, true
}

// plain reads a positive decimal number of digits and at most one point.
func plain(s string) (float64, bool) {
	if s == "" || len(s) > 8 || strings.Trim(s, "0123456789.") != "" {
		return 0, false
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && v > 0 && v <= fastest
}
