package main

import (
	"math"
	"path/filepath"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/exchange/geojson"
	"github.com/shanyraq/shanyraq/exchange/raster"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/frame"
)

// frameOf gives the place of a map to the packages that draw on it.
func frameOf(h raster.Header) frame.Frame {
	return frame.Frame{Columns: h.Columns, Rows: h.Rows, OriginX: h.OriginX, OriginY: h.OriginY, CellWidth: h.CellWidth, CellHeight: h.CellHeight}
}

// readShapes reads lines and areas in degrees and carries them to the
// coordinates of a map.
func readShapes(name string, h raster.Header) ([]geojson.Shape, error) {
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	list, err := geojson.ReadShapes(f, filepath.Base(name), 0)
	if err != nil {
		return nil, err
	}
	to, err := h.CRS.Transformation()
	if err != nil {
		return nil, err
	}
	for i := range list {
		s := &list[i]
		for k := range s.Lines {
			if s.Lines[k], err = carryLine(s.Lines[k], to); err != nil {
				return nil, fault.New(fault.Invalid, "cmd.readShapes", filepath.Base(name), "feature %d: %w", s.Number, err)
			}
		}
		for _, polygon := range s.Areas {
			for k := range polygon {
				ring, err := carryLine(orb.LineString(polygon[k]), to)
				if err != nil {
					return nil, fault.New(fault.Invalid, "cmd.readShapes", filepath.Base(name), "feature %d: %w", s.Number, err)
				}
				polygon[k] = orb.Ring(ring)
			}
		}
	}
	return list, nil
}

// longestPiece is the longest piece of a line, in degrees, that is carried by
// its ends only. A line of GeoJSON is straight in degrees and bends on a plane:
// within a twentieth of a degree by less than ten metres.
const longestPiece = 0.05

func carryLine(line orb.LineString, to raster.Transformation) (orb.LineString, error) {
	out := make(orb.LineString, 0, len(line))
	for i, p := range line {
		pieces := 1
		from := p
		if i > 0 {
			from = line[i-1]
			pieces = max(1, int(math.Ceil(max(math.Abs(p[0]-from[0]), math.Abs(p[1]-from[1]))/longestPiece)))
		}
		for k := 1; k <= pieces; k++ {
			at := p
			if k < pieces {
				share := float64(k) / float64(pieces)
				at = orb.Point{from[0] + share*(p[0]-from[0]), from[1] + share*(p[1]-from[1])}
			}
			x, y, err := to.FromDegrees(at[0], at[1])
			if err != nil {
				return nil, err
			}
			out = append(out, orb.Point{x, y})
		}
	}
	return out, nil
}
