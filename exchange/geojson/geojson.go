// Package geojson reads and writes boundaries of places: a GeoJSON
// FeatureCollection (RFC 7946) of polygons, one feature for each place, with
// the code of the place in the property code, kato or iso.
//
// A file may come from anybody, so it is read as a stream and every size has a
// bound. What cannot be a boundary is refused with the number of the feature,
// counted from 1 as it stands in the file.
package geojson

import (
	"bufio"
	"encoding/json"
	"io"
	"strconv"

	"github.com/paulmach/orb"
)

// Bounds on a file of boundaries. All districts of a large country at the scale
// of 1:100,000 stay below a tenth of them.
const (
	DefaultLimit = 200 << 20 // bytes of the file
	maxFeatures  = 100_000
	maxPoints    = 4_000_000
	maxDepth     = 32      // of nested arrays and objects
	maxLiteral   = 1 << 20 // bytes of one string, number or blank between two marks
)

// Feature is the boundary of one place.
type Feature struct {
	Code     string           // of the place, as the file gives it
	Number   int              // from 1, as it stands in the file
	Geometry orb.MultiPolygon // longitude, latitude; rings are closed
}

// Collection is a file of boundaries.
type Collection struct {
	Features []Feature
	// Schematic says that the outlines only show roughly where places lie.
	Schematic bool
}

// Read reads the boundaries of a file. See ReadCollection.
func Read(r io.Reader, name string, limit int64) ([]Feature, error) {
	c, err := ReadCollection(r, name, limit)
	return c.Features, err
}

// Write writes c without blanks, each feature on a line, with the numbers as
// short as they can be read back.
func Write(w io.Writer, c Collection) error {
	b := bufio.NewWriter(w)
	b.WriteString(`{"type":"FeatureCollection",`)
	if c.Schematic {
		b.WriteString(`"schematic":true,`)
	}
	b.WriteString(`"features":[`)
	for i, f := range c.Features {
		if i > 0 {
			b.WriteByte(',')
		}
		code, err := json.Marshal(f.Code)
		if err != nil {
			return err
		}
		b.WriteString("\n" + `{"type":"Feature","properties":{"code":`)
		b.Write(code)
		b.WriteString(`},"geometry":`)
		writeGeometry(b, f.Geometry)
		b.WriteByte('}')
	}
	b.WriteString("\n]}\n")
	return b.Flush() // a bufio.Writer keeps its first error until here
}

func writeGeometry(b *bufio.Writer, m orb.MultiPolygon) {
	if len(m) == 1 {
		b.WriteString(`{"type":"Polygon","coordinates":`)
		writePolygon(b, m[0])
	} else {
		b.WriteString(`{"type":"MultiPolygon","coordinates":`)
		writeList(b, m, writePolygon)
	}
	b.WriteByte('}')
}

func writePolygon(b *bufio.Writer, p orb.Polygon) { writeList(b, p, writeRing) }

func writeRing(b *bufio.Writer, r orb.Ring) { writeList(b, r, writePoint) }

func writePoint(b *bufio.Writer, p orb.Point) {
	text := append(b.AvailableBuffer(), '[')
	text = strconv.AppendFloat(text, p[0], 'f', -1, 64)
	text = append(text, ',')
	text = strconv.AppendFloat(text, p[1], 'f', -1, 64)
	b.Write(append(text, ']'))
}

func writeList[T any](b *bufio.Writer, items []T, write func(*bufio.Writer, T)) {
	b.WriteByte('[')
	for i, item := range items {
		if i > 0 {
			b.WriteByte(',')
		}
		write(b, item)
	}
	b.WriteByte(']')
}
