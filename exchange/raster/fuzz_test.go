package raster

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// maxFuzzed keeps the cells of a fuzzed map few, so that time goes to parsing.
const maxFuzzed = 1 << 16

// readFuzzed opens and reads; whatever comes, nothing may panic or grow.
func readFuzzed(t *testing.T, s Source) {
	s.MaxCells = maxFuzzed
	r, err := Open(s)
	if err != nil {
		return
	}
	cells, err := r.ReadAll()
	if err != nil {
		return
	}
	part := make([]float32, r.Columns)
	if err := r.ReadRows(part, r.Rows-1); err != nil || !same(part, cells[len(cells)-r.Columns:]) {
		t.Fatalf("the last row differs: %v", err)
	}
	if to, err := r.CRS.Transformation(); err == nil {
		_, _, _ = to.ToDegrees(r.Center(0, 0))
	}
}

func FuzzGeoTIFF(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.tif")
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, 0)
	}
	f.Fuzz(func(t *testing.T, b []byte, band int) {
		readFuzzed(t, Source{Name: "f.tif", Data: bytes.NewReader(b), Size: int64(len(b)), Band: band})
	})
}

func FuzzASCII(f *testing.F) {
	f.Add([]byte("ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 1\nnodata_value -1\n1 2 3 4"))
	f.Add([]byte("NCOLS 1\nNROWS 1\nXLLCENTER 0\nYLLCENTER 0\nDX 1\nDY 2\nnan"))
	f.Fuzz(func(t *testing.T, b []byte) {
		readFuzzed(t, Source{Name: "f.asc", Data: bytes.NewReader(b), Size: int64(len(b))})
	})
}

func FuzzFloatGrid(f *testing.F) {
	f.Add([]byte("ncols 2\nnrows 1\nxllcorner 60\nyllcorner 40\ncellsize 0.5\nNODATA_value -9999\nbyteorder MSBFIRST\n"), []byte{0x3f, 0x80, 0, 0, 0xc6, 0x1c, 0x3c, 0})
	f.Fuzz(func(t *testing.T, header, b []byte) {
		readFuzzed(t, Source{Name: "f.flt", Data: bytes.NewReader(b), Size: int64(len(b)), Header: header})
	})
}

func FuzzProjection(f *testing.F) {
	names, _ := filepath.Glob("testdata/*.prj")
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := ParseProjection(b, "f.prj")
		if err != nil {
			return
		}
		if to, err := c.Transformation(); err == nil {
			if x, y, err := to.FromDegrees(68, 48); err == nil {
				_, _, _ = to.ToDegrees(x, y)
			}
		}
		if again, err := ParseProjection(Projection(c), "f.prj"); err != nil || !again.Same(c) {
			t.Fatalf("%v became %v, %v", c, again, err)
		}
	})
}
