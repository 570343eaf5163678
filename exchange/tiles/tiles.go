// Package tiles draws a map of cells as the square pictures that web maps are
// made of: PNG of 256 pixels, by zoom, column and row in Web Mercator, in a few
// colours with a legend. The colours can be told apart by people who do not
// see red or green, and in print without colour, since each is lighter or
// darker than the one before.
package tiles

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"sort"

	"github.com/shanyraq/shanyraq/fault"
)

// Side is the number of pixels of a tile.
const Side = 256

// MaxZoom is the finest zoom; a pixel is 0.6 m at the equator.
const MaxZoom = 18

// Map is what is drawn. Pixels are coloured by the cell under their middle.
type Map struct {
	// At returns the value at a point in degrees, NaN where there is none.
	At func(lon, lat float64) float64
	// West, South, East and North are the extent in degrees.
	West, South, East, North float64
	Legend                   Legend
}

// Legend divides values into classes. A value belongs to the first class whose
// limit it does not exceed: 60 minutes belong to "up to 60".
type Legend struct {
	Limits []float64 // ascending; what is above the last is a class of its own
	Colors []color.NRGBA
}

// cividis is the colour map of Nuñez, Anderton and Renslow, PLoS ONE 13(7):
// e0199239 (2018), at ten even steps: for readers with and without deficiency
// of colour vision alike.
var cividis = []color.NRGBA{
	{0, 34, 78, 255}, {18, 53, 112, 255}, {59, 73, 108, 255}, {87, 93, 109, 255}, {112, 113, 115, 255},
	{138, 134, 120, 255}, {165, 156, 116, 255}, {195, 179, 105, 255}, {225, 204, 85, 255}, {254, 232, 56, 255},
}

// MaxLimits is the most limits of a legend: eyes tell no more colours apart.
const MaxLimits = 8

// NewLegend returns the colours for limits: the lowest values are the lightest,
// as near is good.
func NewLegend(limits []float64) (Legend, error) {
	if len(limits) == 0 || len(limits) > MaxLimits {
		return Legend{}, fault.New(fault.Invalid, "tiles.NewLegend", "", "%d limits: give 1 to %d", len(limits), MaxLimits)
	}
	for i, l := range limits {
		if math.IsNaN(l) || math.IsInf(l, 0) || i > 0 && l <= limits[i-1] {
			return Legend{}, fault.New(fault.Invalid, "tiles.NewLegend", "", "limit %g: give numbers that grow", l)
		}
	}
	out := Legend{Limits: limits}
	last := len(cividis) - 1
	for i := range len(limits) + 1 {
		out.Colors = append(out.Colors, cividis[last-i*last/len(limits)])
	}
	return out, nil
}

// class returns the number of the class of a value.
func (l Legend) class(v float64) int { return sort.SearchFloat64s(l.Limits, v) }

// Tile is the place of a picture: Z from 0, X from the west, Y from the north.
type Tile struct{ Z, X, Y int }

// edge is the latitude at which the world of web maps ends.
var edge = math.Atan(math.Sinh(math.Pi)) * 180 / math.Pi

// longitude and latitude of a point in tiles of a zoom.
func longitude(x float64, z int) float64 { return x/float64(int(1)<<z)*360 - 180 }
func latitude(y float64, z int) float64 {
	return math.Atan(math.Sinh(math.Pi*(1-2*y/float64(int(1)<<z)))) * 180 / math.Pi
}

// column and row of a point in degrees.
func column(lon float64, z int) float64 { return (lon + 180) / 360 * float64(int(1)<<z) }
func row(lat float64, z int) float64 {
	lat = max(-edge, min(edge, lat)) * math.Pi / 180
	return (1 - math.Asinh(math.Tan(lat))/math.Pi) / 2 * float64(int(1)<<z)
}

// Range returns the first and the last tile of a zoom that the map touches.
func (m Map) Range(z int) (first, last Tile) {
	most := 1<<z - 1
	within := func(v float64) int { return int(max(0, min(float64(most), v))) }
	return Tile{z, within(math.Floor(column(m.West, z))), within(math.Floor(row(m.North, z)))},
		Tile{z, within(math.Ceil(column(m.East, z)) - 1), within(math.Ceil(row(m.South, z)) - 1)}
}

// Count returns how many tiles the zooms from one to another have.
func (m Map) Count(from, to int) int {
	n := 0
	for z := from; z <= to; z++ {
		a, b := m.Range(z)
		n += (b.X - a.X + 1) * (b.Y - a.Y + 1)
	}
	return n
}

// Draw returns the picture of a tile, nil when nothing of the map is on it.
// Where there is no value it is transparent.
func (m Map) Draw(t Tile) ([]byte, error) {
	palette := make(color.Palette, 0, len(m.Legend.Colors)+1)
	palette = append(palette, color.NRGBA{})
	for _, c := range m.Legend.Colors {
		palette = append(palette, c)
	}
	img := image.NewPaletted(image.Rect(0, 0, Side, Side), palette)
	drawn := false
	for py := range Side {
		lat := latitude(float64(t.Y)+(float64(py)+0.5)/Side, t.Z)
		if lat < m.South || lat > m.North {
			continue
		}
		for px := range Side {
			lon := longitude(float64(t.X)+(float64(px)+0.5)/Side, t.Z)
			if lon < m.West || lon > m.East {
				continue
			}
			if v := m.At(lon, lat); v == v {
				img.Pix[py*img.Stride+px] = uint8(1 + m.Legend.class(v))
				drawn = true
			}
		}
	}
	if !drawn {
		return nil, nil
	}
	var b bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	err := encoder.Encode(&b, img)
	return b.Bytes(), err
}
