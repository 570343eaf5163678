package raster

import (
	"bytes"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/fault"
)

// memory is a file that is written and read in memory.
type memory struct {
	b  []byte
	at int
}

func (m *memory) Write(p []byte) (int, error) {
	m.b = append(m.b[:m.at], append(p[:len(p):len(p)], m.b[min(len(m.b), m.at+len(p)):]...)...)
	m.at += len(p)
	return len(p), nil
}

func (m *memory) Seek(n int64, from int) (int64, error) {
	switch from {
	case io.SeekStart:
		m.at = int(n)
	case io.SeekEnd:
		m.at = len(m.b) + int(n)
	default:
		return 0, errors.New("not needed")
	}
	return int64(m.at), nil
}

func (m *memory) source(name string) Source {
	return Source{Name: name, Data: bytes.NewReader(m.b), Size: int64(len(m.b))}
}

// drawn is a map of made-up cells, some without data.
func drawn(t *rapid.T, kind Type) (Header, []float32) {
	h := Header{
		Columns: rapid.IntRange(1, 600).Draw(t, "columns"), Rows: rapid.IntRange(1, 300).Draw(t, "rows"),
		OriginX: 300000.25, OriginY: 5e6, CellWidth: 100, CellHeight: rapid.SampledFrom([]float64{100, 92.5}).Draw(t, "height"),
		CRS: FromEPSG(rapid.SampledFrom([]int{32642, 3857, 3035, 28412}).Draw(t, "epsg")), Type: kind, NoData: 255, HasNoData: true,
	}
	values := []float32{nan, 0, 1, 2, 200}
	if kind == Float32 {
		values = append(values, -0.1, 1e-30, 3e38, float32(math.Inf(1)), 16777217)
	}
	seed := rapid.IntRange(1, 97).Draw(t, "seed")
	cells := make([]float32, h.Cells())
	for i := range cells {
		cells[i] = values[(i*seed+i/7)%len(values)]
	}
	return h, cells
}

func equalHeaders(t *rapid.T, got, want Header) {
	if err := want.SameGrid("written", got, "read"); err != nil {
		t.Fatal(err)
	}
	if got.HasNoData != want.HasNoData || got.NoData != want.NoData || got.Type != want.Type || got.CRS.Kind != want.CRS.Kind {
		t.Fatalf("%+v, want %+v", got, want)
	}
}

func TestGeoTIFFThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, cells := drawn(t, rapid.SampledFrom([]Type{Float32, Int32, Uint16, Uint8}).Draw(t, "type"))
		var m memory
		packing := Packing{Tiled: rapid.Bool().Draw(t, "tiled"), Plain: rapid.Bool().Draw(t, "plain")}
		if err := WriteGeoTIFF(&m, h, cells, packing); err != nil {
			t.Fatal(err)
		}
		r, err := Open(m.source("m.tif"))
		if err != nil {
			t.Fatal(err)
		}
		equalHeaders(t, r.Header, h)
		if got, err := r.ReadAll(); err != nil || !same(got, cells) {
			t.Fatalf("cells differ: %v", err)
		}
		first := rapid.IntRange(0, h.Rows-1).Draw(t, "first")
		part := make([]float32, h.Columns*rapid.IntRange(1, h.Rows-first).Draw(t, "some"))
		if err := r.ReadRows(part, first); err != nil || !same(part, cells[first*h.Columns:][:len(part)]) {
			t.Fatalf("rows from %d differ: %v", first, err)
		}
	})
}

func TestTextGridsThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h, cells := drawn(t, Float32)
		h.CRS = FromEPSG(rapid.SampledFrom([]int{32642, 32743, 3857, 3035, 25833}).Draw(t, "known"))
		for i, v := range cells {
			if math.IsInf(float64(v), 0) {
				cells[i] = 7 // text has no infinity
			}
		}
		var flt, asc memory
		if err := WriteFloat(&flt, h, cells); err != nil {
			t.Fatal(err)
		}
		if err := WriteASCII(&asc, h, cells); err != nil {
			t.Fatal(err)
		}
		sources := []Source{flt.source("m.flt"), asc.source("m.asc")}
		sources[0].Header = FloatHeader(h)
		for _, s := range sources {
			s.Projection = Projection(h.CRS)
			r, err := Open(s)
			if err != nil {
				t.Fatal(err)
			}
			equalHeaders(t, r.Header, h)
			if r.CRS.EPSG != h.CRS.EPSG {
				t.Fatalf("%v, want %v", r.CRS, h.CRS)
			}
			if got, err := r.ReadAll(); err != nil || !same(got, cells) {
				t.Fatalf("%s: cells differ: %v", s.Name, err)
			}
		}
	})
}

func TestWritingRefuses(t *testing.T) {
	h := Header{Columns: 2, Rows: 1, CellWidth: 1, CellHeight: 1, Type: Uint8}
	for name, tc := range map[string]struct {
		kind  Type
		cells []float32
		want  string
	}{
		"a fraction":                     {Uint8, []float32{1, 2.5}, "row 1, column 2: 2.5 is not a uint8"},
		"too large":                      {Uint8, []float32{1, 256}, "256"},
		"negative":                       {Uint16, []float32{-1, 2}, "column 1: -1"},
		"no data without a nodata value": {Int32, []float32{1, nan}, "nodata value"},
		"another type":                   {Float64, []float32{1, 2}, "float64"},
		"too few cells":                  {Float32, []float32{1}, "1 cells"},
	} {
		h.Type = tc.kind
		if err := WriteGeoTIFF(&memory{}, h, tc.cells, Packing{}); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.CellWidth = 0
	if err := WriteASCII(io.Discard, h, []float32{1, 2}); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

func TestFloatsWithoutDataGetAValue(t *testing.T) {
	h := Header{Columns: 2, Rows: 1, CellWidth: 1, CellHeight: 1}
	var m memory
	if err := WriteGeoTIFF(&m, h, []float32{1, nan}, Packing{}); err != nil {
		t.Fatal(err)
	}
	r, err := Open(m.source("m.tif"))
	if err != nil || r.NoData != -9999 || !r.HasNoData {
		t.Errorf("%+v %v", r, err)
	}
}
