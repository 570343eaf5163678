package isochrone

import (
	"io"
	"strconv"

	"github.com/paulmach/orb"
)

// WriteGeoJSON writes the bands as a FeatureCollection (RFC 7946), the widest
// first so that the narrower ones are drawn over it. Each feature has the
// property minutes; an empty band has a null geometry.
func WriteGeoJSON(w io.Writer, bands []Band) error {
	_, err := w.Write(AppendGeoJSON(nil, bands))
	return err
}

// AppendGeoJSON appends what WriteGeoJSON writes.
func AppendGeoJSON(out []byte, bands []Band) []byte {
	out = append(out, `{"type":"FeatureCollection","features":[`...)
	for i := len(bands) - 1; i >= 0; i-- {
		b := bands[i]
		if i < len(bands)-1 {
			out = append(out, ',')
		}
		out = append(out, "\n"+`{"type":"Feature","properties":{"minutes":`...)
		out = strconv.AppendFloat(out, b.Seconds/60, 'f', -1, 64)
		out = append(out, `},"geometry":`...)
		if len(b.Area) == 0 {
			out = append(out, "null}"...)
			continue
		}
		out = append(out, `{"type":"MultiPolygon","coordinates":`...)
		out = appendList(out, b.Area, func(out []byte, p orb.Polygon) []byte {
			return appendList(out, p, func(out []byte, r orb.Ring) []byte {
				return appendList(out, r, appendPoint)
			})
		})
		out = append(out, "}}"...)
	}
	return append(out, "\n]}\n"...)
}

func appendPoint(out []byte, p orb.Point) []byte {
	out = strconv.AppendFloat(append(out, '['), p[0], 'f', -1, 64)
	return append(strconv.AppendFloat(append(out, ','), p[1], 'f', -1, 64), ']')
}

func appendList[T any](out []byte, items []T, add func([]byte, T) []byte) []byte {
	out = append(out, '[')
	for i, item := range items {
		if i > 0 {
			out = append(out, ',')
		}
		out = add(out, item)
	}
	return append(out, ']')
}
