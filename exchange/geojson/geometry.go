package geojson

import (
	"encoding/json"
	"math"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/fault"
)

// Depth of the array that holds one position, by type of geometry.
var positionDepth = map[string]int{"Polygon": 3, "MultiPolygon": 4}

// geometry takes a geometry object. Its type may stand behind its coordinates.
func (p *parser) geometry() (orb.MultiPolygon, error) {
	t, err := p.token()
	if err != nil {
		return nil, err
	}
	if t != json.Delim('{') {
		return nil, p.invalid("%sit has no geometry: give it a Polygon or MultiPolygon", p.where())
	}
	var kind string
	var c coordinates
	err = p.members(func(key string) (err error) {
		switch key {
		case "type":
			if kind, err = p.text(); err == nil && positionDepth[kind] == 0 {
				return p.invalid("%sits geometry is not a Polygon or MultiPolygon: boundaries are areas, export them as polygons", p.where())
			}
		case "coordinates":
			c = coordinates{parser: p}
			err = c.read()
		default:
			err = p.skip()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if c.positions == 0 || positionDepth[kind] != c.positions {
		return nil, p.invalid("%sits coordinates do not fit the type of its geometry: export it again", p.where())
	}
	return c.out, nil
}

// coordinates reads the nested arrays of a Polygon or MultiPolygon without
// recursion. Which of the two it is shows at the first number.
type coordinates struct {
	*parser
	positions int // depth of the arrays that are positions; 0 before the first
	depth     int
	at        orb.Point
	filled    int // numbers of the position being read
	ring      orb.Ring
	polygon   orb.Polygon
	out       orb.MultiPolygon
}

func (c *coordinates) read() error {
	if err := c.expect('[', "the coordinates"); err != nil {
		return err
	}
	for c.depth = 1; c.depth > 0; {
		t, err := c.token()
		if err != nil {
			return err
		}
		switch v := t.(type) {
		case json.Delim:
			err = c.mark(v)
		case json.Number:
			err = c.value(v)
		default:
			err = c.invalid("%sa coordinate is not a number: export the file again", c.where())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// value takes one number of a position.
func (c *coordinates) value(n json.Number) error {
	if c.positions == 0 && (c.depth == 3 || c.depth == 4) {
		c.positions = c.depth
	}
	if c.positions != c.depth {
		return c.invalid("%sits coordinates are not nested as those of a Polygon or MultiPolygon: export the file again", c.where())
	}
	if c.filled < len(c.at) {
		f, err := n.Float64()
		if err != nil {
			return c.invalid("%sa coordinate is too large: it looks like another projection than WGS 84", c.where())
		}
		c.at[c.filled] = f
	}
	c.filled++
	return nil
}

// mark takes a bracket.
func (c *coordinates) mark(d json.Delim) error {
	switch d {
	case '[':
		c.depth++
		if c.depth > 4 || c.positions > 0 && c.depth > c.positions {
			return c.invalid("%sits coordinates are nested too deeply for a Polygon or MultiPolygon", c.where())
		}
		return nil
	case ']':
		c.depth--
	default:
		return c.invalid("%san object stands among its coordinates: export the file again", c.where())
	}
	switch c.depth + 1 {
	case c.positions:
		return c.endPosition()
	case c.positions - 1:
		return c.endRing()
	case c.positions - 2:
		return c.endPolygon()
	}
	if c.positions == 0 {
		return c.invalid("%sits coordinates are empty: give it an outline or leave it out", c.where())
	}
	return nil // the end of a MultiPolygon
}

func (c *coordinates) endPosition() error {
	if c.filled < 2 {
		return c.invalid("%sa position has fewer than two numbers: export the file again", c.where())
	}
	if err := c.checkPosition(c.at); err != nil {
		return err
	}
	if c.points++; c.points > maxPoints {
		return fault.New(fault.TooLarge, op, c.name, "%s: more than %d points: simplify the outlines", c.name, maxPoints)
	}
	c.ring = append(c.ring, c.at)
	c.filled = 0
	return nil
}

func (c *coordinates) checkPosition(at orb.Point) error {
	lon, lat := math.Abs(at[0]), math.Abs(at[1])
	switch {
	case lon <= 180 && lat <= 90:
		return nil
	case lon <= 90 && lat <= 180:
		return c.invalid("%sa latitude is beyond 90 degrees: longitude and latitude look swapped, put longitude first", c.where())
	}
	return c.invalid("%sa coordinate is not in degrees: it looks like metres or another projection, or swapped; export in WGS 84 (EPSG:4326)", c.where())
}

func (c *coordinates) endRing() error {
	n := len(c.ring)
	if n < 4 {
		return c.invalid("%sa ring has %d points: it needs four, of which the last repeats the first", c.where(), n)
	}
	if c.ring[0] != c.ring[n-1] {
		return c.invalid("%sa ring is not closed: its last point must repeat its first", c.where())
	}
	c.polygon = append(c.polygon, c.ring)
	c.ring = nil
	return nil
}

func (c *coordinates) endPolygon() error {
	if len(c.polygon) == 0 {
		return c.invalid("%sa polygon has no ring: give it an outline or leave it out", c.where())
	}
	c.out = append(c.out, c.polygon)
	c.polygon = nil
	return nil
}
