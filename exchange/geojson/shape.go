package geojson

import (
	"encoding/json"
	"io"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/fault"
)

// shapeRemedy ends the messages about a file of another kind.
const shapeRemedy = "export a GeoJSON FeatureCollection of lines or areas in WGS 84"

// maxProperties bounds the properties of one feature that are kept.
const maxProperties = 200

// Shape is a feature of lines or areas: a road, a river, a lake, a zone.
type Shape struct {
	Number     int               // from 1, as it stands in the file
	Properties map[string]string // texts, numbers, true and false as text; others are left out
	Lines      []orb.LineString  // longitude, latitude
	Areas      orb.MultiPolygon
}

// ReadShapes reads lines and areas with their properties, within the bounds of
// ReadCollection. It returns fault.Invalid, with the number of the feature, for
// points, collections of geometries and features without geometry, and for
// whatever else ReadCollection refuses except codes.
func ReadShapes(r io.Reader, name string, limit int64) ([]Shape, error) {
	if limit <= 0 {
		limit = DefaultLimit
	}
	d := json.NewDecoder(&guard{r: r, name: name, left: limit})
	d.UseNumber()
	p := &parser{Decoder: d, name: name, remedy: shapeRemedy}
	var out []Shape
	p.each = func() error {
		s, err := p.shape()
		out = append(out, s)
		return err
	}
	if err := p.file(); err != nil {
		return nil, err
	}
	return out, nil
}

func (p *parser) shape() (Shape, error) {
	s := Shape{Number: p.number, Properties: map[string]string{}}
	if err := p.expect('{', "a feature"); err != nil {
		return s, err
	}
	kind, drawn := "", false
	err := p.members(func(key string) (err error) {
		switch key {
		case "type":
			kind, err = p.text()
		case "properties":
			err = p.properties(s.Properties)
		case "geometry":
			drawn = true
			err = p.drawing(&s)
		default:
			err = p.skip()
		}
		return err
	})
	switch {
	case err != nil:
		return s, err
	case kind != "Feature":
		return s, p.invalid("%sits type is not Feature: %s", p.where(), p.remedy)
	case !drawn:
		return s, p.invalid("%sit has no geometry: give it lines or an area, or leave it out", p.where())
	}
	return s, nil
}

func (p *parser) properties(into map[string]string) error {
	t, err := p.token()
	if err != nil || t == nil {
		return err
	}
	if t != json.Delim('{') {
		return p.invalid("%sits properties are not an object: %s", p.where(), p.remedy)
	}
	return p.members(func(key string) error {
		t, err := p.token()
		if err != nil {
			return err
		}
		text := ""
		switch v := t.(type) {
		case json.Delim:
			return p.skipRest(v)
		case string:
			text = v
		case json.Number:
			text = v.String()
		case bool:
			text = map[bool]string{true: "true", false: "false"}[v]
		default:
			return nil
		}
		if len(into) < maxProperties {
			into[key] = text
		}
		return nil
	})
}

// drawing takes a geometry. Its coordinates are decoded when its type is known,
// which may stand behind them.
func (p *parser) drawing(s *Shape) error {
	var g struct {
		Type        string          `json:"type"`
		Coordinates json.RawMessage `json:"coordinates"`
	}
	if err := p.Decode(&g); err != nil {
		return p.broken(err)
	}
	var err error
	switch g.Type {
	case "LineString":
		var line []json.RawMessage
		if err = json.Unmarshal(g.Coordinates, &line); err == nil {
			err = p.line(s, line)
		}
	case "MultiLineString":
		var lines [][]json.RawMessage
		if err = json.Unmarshal(g.Coordinates, &lines); err == nil {
			for _, line := range lines {
				if err = p.line(s, line); err != nil {
					break
				}
			}
		}
	case "Polygon":
		var polygon [][]json.RawMessage
		if err = json.Unmarshal(g.Coordinates, &polygon); err == nil {
			err = p.area(s, polygon)
		}
	case "MultiPolygon":
		var polygons [][][]json.RawMessage
		if err = json.Unmarshal(g.Coordinates, &polygons); err == nil {
			for _, polygon := range polygons {
				if err = p.area(s, polygon); err != nil {
					break
				}
			}
		}
	case "":
		return p.invalid("%sit has no geometry: give it lines or an area, or leave it out", p.where())
	default:
		return p.invalid("%sits geometry is a %.20q: lines and areas are read", p.where(), g.Type)
	}
	if _, ours := err.(*fault.Error); err != nil && !ours {
		return p.invalid("%sits coordinates do not fit the type of its geometry: export it again", p.where())
	}
	return err
}

// positions reads and checks the points of a line or ring.
func (p *parser) positions(raw []json.RawMessage) ([]orb.Point, error) {
	if p.points += len(raw); p.points > maxPoints {
		return nil, fault.New(fault.TooLarge, op, p.name, "%s: more than %d points: simplify the lines", p.name, maxPoints)
	}
	c := coordinates{parser: p}
	out := make([]orb.Point, len(raw))
	for i, r := range raw {
		var at []float64
		if err := json.Unmarshal(r, &at); err != nil || len(at) < 2 {
			return nil, p.invalid("%sa position is not two numbers: export the file again", p.where())
		}
		out[i] = orb.Point{at[0], at[1]}
		if err := c.checkPosition(out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (p *parser) line(s *Shape, raw []json.RawMessage) error {
	points, err := p.positions(raw)
	if err == nil && len(points) < 2 {
		err = p.invalid("%sa line has %d points: it needs two", p.where(), len(points))
	}
	s.Lines = append(s.Lines, points)
	return err
}

func (p *parser) area(s *Shape, raw [][]json.RawMessage) error {
	var polygon orb.Polygon
	for _, r := range raw {
		points, err := p.positions(r)
		if err != nil {
			return err
		}
		if n := len(points); n < 4 || points[0] != points[n-1] {
			return p.invalid("%sa ring needs four points or more, of which the last repeats the first", p.where())
		}
		polygon = append(polygon, points)
	}
	if len(polygon) == 0 {
		return p.invalid("%sa polygon has no ring: give it an outline or leave it out", p.where())
	}
	s.Areas = append(s.Areas, polygon)
	return nil
}
