package tiles

import (
	"bytes"
	"image/color"
	"image/png"
	"math"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
)

func legend(t *testing.T, limits ...float64) Legend {
	l, err := NewLegend(limits)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Astana, 71.43 E 51.13 N, stands on the tile 8/178/85 of every web map.
func TestTilesOfAPlace(t *testing.T) {
	m := Map{West: 71.43, East: 71.43001, South: 51.13, North: 51.13001}
	if first, last := m.Range(8); first != (Tile{8, 178, 85}) || last != first {
		t.Error(first, last)
	}
	if first, last := (Map{West: -180, East: 180, South: -90, North: 90}).Range(2); first != (Tile{2, 0, 0}) || last != (Tile{2, 3, 3}) {
		t.Error(first, last)
	}
	if n := (Map{West: -180, East: 180, South: -90, North: 90}).Count(0, 3); n != 1+4+16+64 {
		t.Error(n)
	}
}

func TestDraw(t *testing.T) {
	l := legend(t, 30, 60)
	// The world by longitude: nothing in the west, 60 to 90 degrees east, 60.5
	// beyond.
	m := Map{West: -180, East: 180, South: -85, North: 85, Legend: l, At: func(lon, _ float64) float64 {
		switch {
		case lon < 0:
			return math.NaN()
		case lon < 90:
			return 60
		}
		return 60.5
	}}
	b, err := m.Draw(Tile{0, 0, 0})
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil || img.Bounds().Dx() != Side {
		t.Fatal(err)
	}
	for x, want := range map[int]color.NRGBA{10: {}, 130: l.Colors[1], 250: l.Colors[2]} {
		if got := color.NRGBAModel.Convert(img.At(x, 128)); got != want {
			t.Errorf("pixel %d is %v, want %v", x, got, want)
		}
	}
	if b, err := m.Draw(Tile{2, 0, 1}); b != nil || err != nil {
		t.Errorf("an empty tile: %d bytes, %v", len(b), err)
	}
}

// lightness is the relative luminance of WCAG 2.
func lightness(c color.NRGBA) float64 {
	part := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
}

// Every legend goes from light to dark, so that print shows it too.
func TestLegendsDarken(t *testing.T) {
	var limits []float64
	for n := 1; n <= MaxLimits; n++ {
		limits = append(limits, float64(n))
		l := legend(t, limits...)
		if len(l.Colors) != n+1 {
			t.Fatal(l.Colors)
		}
		for i := 1; i < len(l.Colors); i++ {
			if lightness(l.Colors[i]) >= lightness(l.Colors[i-1]) {
				t.Errorf("%d limits: colour %d is not darker", n, i)
			}
		}
	}
	for _, bad := range [][]float64{nil, {1, 1}, {2, 1}, {math.NaN()}, {1, 2, 3, 4, 5, 6, 7, 8, 9}} {
		if _, err := NewLegend(bad); !fault.Is(err, fault.Invalid) {
			t.Error(bad, err)
		}
	}
}
