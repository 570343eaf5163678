package raster

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/fault"
)

// Bounds on a .prj.
const (
	maxProjection = 64 << 10 // bytes
	maxNesting    = 16
)

// node is one KEY["name", value, ...] of well-known text.
type node struct {
	key    string
	values []string
	nodes  []node
}

func (n node) child(keys ...string) (node, bool) {
	for _, c := range n.nodes {
		for _, key := range keys {
			if c.key == key {
				return c, true
			}
		}
	}
	return node{}, false
}

func (n node) name() string {
	if len(n.values) == 0 {
		return ""
	}
	return n.values[0]
}

// ParseProjection reads the text of a .prj: well-known text as ESRI and OGC
// write it (version 1). Nothing or blanks are an unknown system. A projection
// that is not computed here is kept by its name, so that only points are
// refused; text that is no description of a system is an error.
func ParseProjection(text []byte, name string) (CRS, error) {
	const op = "raster.ParseProjection"
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")))
	text = bytes.TrimRight(text, "\x00")
	if len(text) == 0 {
		return CRS{Kind: Unknown}, nil
	}
	refuse := func(format string, args ...any) (CRS, error) {
		return CRS{}, fault.New(fault.Invalid, op, name, format, args...)
	}
	if len(text) > maxProjection {
		return refuse("the .prj is larger than %d bytes: this is not a projection", maxProjection)
	}
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("?"))
	}
	p := wktParser{text: string(text)}
	root, ok := p.node(0)
	if p.blanks(); !ok || p.at != len(p.text) {
		return refuse("the .prj is not well-known text (PROJCS[...] or GEOGCS[...]), from character %d on: save it again from your program", p.at+1)
	}
	c := CRS{WKT: string(text)}
	switch root.key {
	case "GEOGCS", "PROJCS":
	case "COMPD_CS":
		if inner, ok := root.child("PROJCS", "GEOGCS"); ok {
			root = inner
			break
		}
		return refuse("the .prj holds no system of the plane or of degrees")
	case "PROJCRS", "GEOGCRS", "GEODCRS", "PROJECTEDCRS", "GEOGRAPHICCRS", "BOUNDCRS", "COMPOUNDCRS":
		return refuse("the .prj is written in the second version of well-known text: save it as ESRI writes it (gdalsrsinfo -o wkt1_esri)")
	default:
		return refuse("the .prj begins with %s; PROJCS or GEOGCS is due", short(root.key))
	}
	c.Name = root.name()
	if root.key == "GEOGCS" {
		c.Kind = Geographic
		if err := c.degrees(root, name); err != nil {
			return CRS{}, err
		}
	} else {
		c.Kind = Projected
		if err := c.projected(root, name); err != nil {
			return CRS{}, err
		}
	}
	if a, ok := root.child("AUTHORITY"); ok && len(a.values) == 2 && strings.EqualFold(a.values[0], "EPSG") {
		if code, err := strconv.Atoi(a.values[1]); err == nil && code > 0 && code < 1<<20 {
			if c.EPSG = code; c.plane.method == "" {
				c.plane = FromEPSG(code).plane
			}
		}
	}
	return c.guess(), nil
}

// degrees reads datum, ellipsoid and unit of a GEOGCS.
func (c *CRS) degrees(n node, file string) error {
	refuse := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "raster.ParseProjection", file, format, args...)
	}
	datum, ok := n.child("DATUM")
	if !ok {
		return refuse("the .prj names no DATUM")
	}
	c.datum = datum.name()
	c.plane = plane{method: degrees}
	if s, ok := datum.child("SPHEROID", "ELLIPSOID"); ok && len(s.values) >= 3 {
		a, err1 := strconv.ParseFloat(s.values[1], 64)
		f, err2 := strconv.ParseFloat(s.values[2], 64)
		if err1 != nil || err2 != nil || !(a > 1e6 && a < 1e7) || !(f == 0 || f > 100 && f < 1e4) {
			return refuse("the ellipsoid of the .prj is not of the earth: half axis %s, inverse flattening %s", short(s.values[1]), short(s.values[2]))
		}
		c.plane.ellipsoid = ellipsoid{a, f}
	} else {
		return refuse("the datum of the .prj has no SPHEROID")
	}
	if m, ok := n.child("PRIMEM"); ok && len(m.values) >= 2 {
		if v, err := strconv.ParseFloat(m.values[1], 64); err != nil || v != 0 {
			return refuse("longitudes count from %s, not from Greenwich: bring the map to WGS 84 (gdalwarp -t_srs EPSG:4326)", short(m.name()))
		}
	}
	unit, ok := n.child("UNIT")
	if !ok || len(unit.values) < 2 {
		return refuse("the .prj does not say the UNIT of its angles")
	}
	v, err := strconv.ParseFloat(unit.values[1], 64)
	if err != nil || math.Abs(v-math.Pi/180) > 1e-9 {
		return refuse("angles count in %s, not in degrees: bring the map to WGS 84 (gdalwarp -t_srs EPSG:4326)", short(unit.name()))
	}
	return nil
}

// wktMethods are the names of the projections that are computed here.
var wktMethods = map[string]string{
	"transverse_mercator": transverseMercator, "gauss_kruger": transverseMercator,
	"albers": albers, "albers_conic_equal_area": albers,
	"lambert_azimuthal_equal_area": lambertAzimuthal,
	"mercator_auxiliary_sphere":    webMercator, "popular_visualisation_pseudo_mercator": webMercator,
}

// projected reads a PROJCS.
func (c *CRS) projected(n node, file string) error {
	refuse := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "raster.ParseProjection", file, format, args...)
	}
	base, ok := n.child("GEOGCS")
	if !ok {
		return refuse("the .prj names no GEOGCS within its PROJCS")
	}
	if err := c.degrees(base, file); err != nil {
		return err
	}
	unit, ok := n.child("UNIT")
	if !ok || len(unit.values) < 2 {
		return refuse("the .prj does not say the UNIT of its lengths")
	}
	var err error
	if c.UnitMetres, err = strconv.ParseFloat(unit.values[1], 64); err != nil || !(c.UnitMetres > 1e-6 && c.UnitMetres < 1e6) {
		return refuse("the unit of length in the .prj is %q metres", short(unit.values[1]))
	}
	method, ok := n.child("PROJECTION")
	if !ok {
		return refuse("the .prj names no PROJECTION")
	}
	p := plane{method: wktMethods[strings.ToLower(method.name())], ellipsoid: c.plane.ellipsoid, scale: 1}
	if p.method == "" && strings.EqualFold(method.name(), "Mercator_1SP") {
		if proj4, ok := n.child("EXTENSION"); ok && len(proj4.values) == 2 && strings.Contains(proj4.values[1], "+nadgrids=@null") {
			p.method = webMercator
		}
	}
	if p.method == "" {
		c.plane = plane{}
		return nil
	}
	for _, child := range n.nodes {
		if child.key != "PARAMETER" || len(child.values) != 2 {
			continue
		}
		v, err := strconv.ParseFloat(child.values[1], 64)
		if err != nil || math.IsNaN(v) || math.Abs(v) > 1e9 {
			return refuse("%s is %q in the .prj: a number is due", short(child.name()), short(child.values[1]))
		}
		if !p.set(strings.ToLower(child.name()), v, c.UnitMetres) {
			c.plane = plane{} // a parameter that is not understood: not computed
			return nil
		}
	}
	if err := p.check(); err != "" {
		return refuse("%s", err)
	}
	c.plane = p
	return nil
}

// set puts a parameter in its place; lengths come in the unit of the map.
func (p *plane) set(key string, v, unit float64) bool {
	switch key {
	case "latitude_of_origin", "latitude_of_center":
		p.lat0 = v
	case "central_meridian", "longitude_of_center", "longitude_of_origin":
		p.lon0 = v
	case "standard_parallel_1":
		p.parallel1 = v
	case "standard_parallel_2":
		p.parallel2 = v
	case "scale_factor":
		p.scale = v
	case "false_easting":
		p.falseEast = v * unit
	case "false_northing":
		p.falseNorth = v * unit
	case "auxiliary_sphere_type":
		return v == 0
	default:
		return false
	}
	return true
}

// check tells what no projection of the earth has.
func (p plane) check() string {
	switch {
	case math.Abs(p.lat0) > 90 || math.Abs(p.lon0) > 360 || math.Abs(p.parallel1) > 90 || math.Abs(p.parallel2) > 90:
		return "an angle of the projection is beyond the earth"
	case !(p.scale > 0.1 && p.scale < 10):
		return "the scale factor of the projection must be near 1"
	case p.method == albers && math.Abs(p.parallel1+p.parallel2) < 1e-9:
		return "the parallels of Albers lie opposite to each other: no cone has them"
	case p.method == webMercator && (p.parallel1 != 0 || p.lat0 != 0 || p.scale != 1):
		return "the web projection has no parallels and no scale"
	}
	return ""
}

// wktParser reads well-known text.
type wktParser struct {
	text string
	at   int
}

func (p *wktParser) blanks() {
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n", p.text[p.at]) >= 0 {
		p.at++
	}
}

func (p *wktParser) take(set string) bool {
	if p.blanks(); p.at < len(p.text) && strings.IndexByte(set, p.text[p.at]) >= 0 {
		p.at++
		return true
	}
	return false
}

// word reads letters, digits and what numbers have.
func (p *wktParser) word() string {
	p.blanks()
	from := p.at
	for p.at < len(p.text) && strings.IndexByte(" \t\r\n,[]()\"", p.text[p.at]) < 0 {
		p.at++
	}
	return p.text[from:p.at]
}

// quoted reads a text in quotes; two quotes within stand for one.
func (p *wktParser) quoted() (string, bool) {
	var b strings.Builder
	for {
		end := strings.IndexByte(p.text[p.at:], '"')
		if end < 0 {
			return "", false
		}
		b.WriteString(p.text[p.at : p.at+end])
		if p.at += end + 1; p.at >= len(p.text) || p.text[p.at] != '"' {
			return b.String(), true
		}
		b.WriteByte('"')
		p.at++
	}
}

func (p *wktParser) node(depth int) (n node, ok bool) {
	n.key = strings.ToUpper(p.word())
	if n.key == "" || depth > maxNesting || !p.take("[(") {
		return n, false
	}
	for {
		if p.take("\"") {
			text, ok := p.quoted()
			if !ok {
				return n, false
			}
			n.values = append(n.values, text)
		} else {
			before := p.at
			word := p.word()
			if word == "" {
				return n, false
			}
			p.blanks()
			if p.at < len(p.text) && strings.IndexByte("[(", p.text[p.at]) >= 0 {
				p.at = before
				child, ok := p.node(depth + 1)
				if !ok {
					return n, false
				}
				n.nodes = append(n.nodes, child)
			} else {
				n.values = append(n.values, word)
			}
		}
		if p.take("])") {
			return n, true
		}
		if !p.take(",") {
			return n, false
		}
	}
}
