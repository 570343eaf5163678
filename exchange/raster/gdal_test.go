package raster

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Where GDAL is installed, what it writes is read and what is written it
// reads, in all packings.
func TestAgainstGDAL(t *testing.T) {
	tool, err := exec.LookPath("gdal_translate")
	if err != nil {
		t.Skip("GDAL is not installed: the files of testdata stand for it")
	}
	dir := t.TempDir()
	translate := func(args ...string) {
		t.Helper()
		if out, err := exec.Command(tool, append([]string{"-q"}, args...)...).CombinedOutput(); err != nil {
			t.Fatalf("gdal_translate %v: %v %s", args, err, out)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	h := Header{Columns: 131, Rows: 77, OriginX: 500000, OriginY: 5e6, CellWidth: 100, CellHeight: 50, CRS: FromEPSG(32642), NoData: 7, HasNoData: true, Type: Uint8}
	cells := make([]float32, h.Cells())
	for i := range cells {
		if cells[i] = float32(rng.IntN(200)); cells[i] == 7 {
			cells[i] = nan
		}
	}
	read := func(name string) {
		t.Helper()
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Open(Source{Name: name, Data: bytes.NewReader(b), Size: int64(len(b))})
		if err != nil {
			t.Fatal(err)
		}
		if err := h.SameGrid("written", r.Header, name); err != nil {
			t.Error(err)
		}
		if got, err := r.ReadAll(); err != nil || !same(got, cells) {
			t.Errorf("%s: cells differ, %v", filepath.Base(name), err)
		}
	}
	seed := filepath.Join(dir, "seed.tif")
	write := func(name string, p Packing) {
		t.Helper()
		f, err := os.Create(name)
		if err == nil {
			err = WriteGeoTIFF(f, h, cells, p)
		}
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, kind := range []Type{Uint8, Uint16, Int32, Float32} {
		for _, p := range []Packing{{}, {Tiled: true}, {Plain: true}, {Tiled: true, Plain: true}} {
			h.Type = kind
			write(seed, p)
			back := filepath.Join(dir, fmt.Sprintf("%s-%v-%v.tif", kind, p.Tiled, p.Plain))
			translate(seed, back)
			read(back)
		}
	}
	for _, kind := range []string{"Byte", "UInt16", "Int16", "UInt32", "Int32", "Float32", "Float64"} {
		for _, options := range [][]string{
			{"COMPRESS=LZW", "PREDICTOR=2", "TILED=YES", "BLOCKXSIZE=16", "BLOCKYSIZE=48"},
			{"COMPRESS=DEFLATE", "ENDIANNESS=BIG", "PREDICTOR=2", "BLOCKYSIZE=5"},
			{"COMPRESS=PACKBITS", "BIGTIFF=YES"},
			{"ENDIANNESS=BIG", "TILED=YES"},
		} {
			args := []string{"-ot", kind}
			for _, o := range options {
				args = append(args, "-co", o)
			}
			back := filepath.Join(dir, "back.tif")
			translate(append(args, seed, back)...)
			read(back)
		}
	}
}
