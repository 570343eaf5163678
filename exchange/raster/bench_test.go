package raster

import (
	"bytes"
	"math"
	"testing"
)

// The size of the grid of Kazakhstan at one kilometre: 2.8 million cells.
const benchColumns, benchRows = 2000, 1400

func benchMap(b *testing.B) (Header, []float32) {
	h := Header{Columns: benchColumns, Rows: benchRows, OriginX: 0, OriginY: 0, CellWidth: 1000, CellHeight: 1000, NoData: -1, HasNoData: true}
	cells := make([]float32, h.Cells())
	for i := range cells {
		cells[i] = float32(1 + math.Mod(float64(i)*0.37, 90))
	}
	b.SetBytes(int64(4 * len(cells)))
	return h, cells
}

func BenchmarkReadFloat(b *testing.B) {
	h, cells := benchMap(b)
	var m memory
	if err := WriteFloat(&m, h, cells); err != nil {
		b.Fatal(err)
	}
	s := m.source("m.flt")
	s.Header = FloatHeader(h)
	benchRead(b, s, cells)
}

func benchRead(b *testing.B, s Source, dst []float32) {
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		r, err := Open(s)
		if err != nil {
			b.Fatal(err)
		}
		if err := r.ReadRows(dst, 0); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadGeoTIFF(b *testing.B) {
	for name, p := range map[string]Packing{"strips": {}, "tiles": {Tiled: true}, "plain": {Plain: true}} {
		b.Run(name, func(b *testing.B) {
			h, cells := benchMap(b)
			var m memory
			m.b = make([]byte, 0, 16<<20)
			if err := WriteGeoTIFF(&m, h, cells, p); err != nil {
				b.Fatal(err)
			}
			benchRead(b, m.source("m.tif"), cells)
		})
	}
}

func BenchmarkReadASCII(b *testing.B) {
	h, cells := benchMap(b)
	var out bytes.Buffer
	if err := WriteASCII(&out, h, cells); err != nil {
		b.Fatal(err)
	}
	benchRead(b, Source{Name: "m.asc", Data: bytes.NewReader(out.Bytes()), Size: int64(out.Len())}, cells)
}
