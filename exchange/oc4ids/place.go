package oc4ids

import (
	"slices"
	"strconv"

	"github.com/shanyraq/shanyraq/lang"
)

// Home is the country whose works are brought in. Coordinates that lie outside
// its box, and inside when turned round, are those of a publisher who wrote
// latitude first.
type Home struct {
	Code     string   // ISO 3166-1 alpha-2
	Currency string   // ISO 4217
	Zone     string   // offset of an hour without zone, such as +05:00
	Names    []string // as publishers write them, in any language
	Box      Box
	Title    func(lang.Code) string // for messages; may be nil

	// Contains reports whether a point lies inside the outline, with a margin
	// for coarse borders; may be nil, then the box is all that is known.
	Contains func(lon, lat float64) bool
}

// Box is the smallest box around a country, in degrees.
type Box struct{ West, South, East, North float64 }

func (b Box) holds(p point) bool {
	return p.lon >= b.West && p.lon <= b.East && p.lat >= b.South && p.lat <= b.North
}

// Named reports whether a country name means home.
func (h *Home) Named(s string) bool {
	if h == nil || s == "" {
		return false
	}
	f := fold(s)
	for _, n := range append(h.Names, h.Code) {
		if fold(n) == f {
			return true
		}
	}
	return false
}

// point is one position: longitude and latitude in degrees.
type point struct{ lon, lat float64 }

func (p point) onEarth() bool {
	return p.lon >= -180 && p.lon <= 180 && p.lat >= -90 && p.lat <= 90
}

func (p point) turned() point { return point{p.lat, p.lon} }

// positions appends the positions below coordinates of any nesting. It reports
// false when something is not a position of two or three numbers.
func positions(v *Value, into *[]point) bool {
	if v == nil || v.Kind != Array || len(v.Items) == 0 {
		return false
	}
	if v.Items[0].Kind != Number {
		for _, x := range v.Items {
			if !positions(x, into) {
				return false
			}
		}
		return true
	}
	if len(v.Items) < 2 || len(v.Items) > 3 {
		return false
	}
	var d [2]float64
	for i := range d {
		if v.Items[i].Kind != Number {
			return false
		}
		var err error
		if d[i], err = strconv.ParseFloat(v.Items[i].Text, 64); err != nil {
			return false
		}
	}
	*into = append(*into, point{d[0], d[1]})
	return true
}

// nesting is how deep the positions of a geometry lie (RFC 7946).
var nesting = map[string]int{"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}

func depthOf(v *Value) int {
	n := -1
	for v != nil && v.Kind == Array {
		n++
		if len(v.Items) == 0 {
			break
		}
		v = v.Items[0]
	}
	return n
}

// standing is what can be said about the positions of one geometry.
type standing int

const (
	fine      standing = iota
	offEarth           // outside longitude and latitude
	nullPoint          // 0, 0: a place that nobody measured
	turned             // certainly latitude first
	either             // both orders lie at home
	outside            // neither order lies at home
)

// stand judges positions against a country, nil for one that is not known.
// Turned needs every position outside the box as written and inside when turned
// round. doubted says that the project has positions that are turned elsewhere.
func (h *Home) stand(ps []point, doubted bool) standing {
	if len(ps) == 0 {
		return fine
	}
	home := h != nil
	in := func(p point) bool { return h.Box.holds(p) }
	inside := func(p point) bool { return in(p) && (h.Contains == nil || h.Contains(p.lon, p.lat)) }
	back := func(is func(point) bool) func(point) bool { return func(p point) bool { return is(p.turned()) } }
	switch {
	case home && none(ps, in) && all(ps, back(in)):
		return turned
	case !all(ps, point.onEarth):
		return offEarth
	case !none(ps, func(p point) bool { return p.lon == 0 && p.lat == 0 }):
		return nullPoint
	case !home:
		return fine
	case !all(ps, in):
		return outside
	case !all(ps, back(in)) || all(ps, func(p point) bool { return p.lon == p.lat }):
		return fine
	case doubted || none(ps, inside) && all(ps, back(inside)):
		return either
	}
	return fine
}

func all(ps []point, is func(point) bool) bool {
	return !slices.ContainsFunc(ps, func(p point) bool { return !is(p) })
}

func none(ps []point, is func(point) bool) bool { return !slices.ContainsFunc(ps, is) }

// label is the name of the country for a message.
func (h *Home) label(code lang.Code) string {
	if h == nil {
		return ""
	}
	if h.Title != nil {
		return h.Title(code)
	}
	return h.Code
}
