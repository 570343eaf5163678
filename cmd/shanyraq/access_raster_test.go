package main

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/raster"
)

func TestMapsThereAndBack(t *testing.T) {
	dir := t.TempDir()
	h := raster.Header{Columns: 3, Rows: 2, OriginX: 500000, OriginY: 5e6, CellWidth: 100, CellHeight: 100, CRS: raster.FromEPSG(32642), NoData: -1, HasNoData: true}
	cells := []float32{1, 2.5, float32(math.NaN()), 0, 3600, 7}
	for _, name := range []string{"a.tif", "a.flt", "a.asc"} {
		name = filepath.Join(dir, name)
		if err := writeRaster(name, h, cells); err != nil {
			t.Fatal(err)
		}
		got, back, err := readMap(name, 0)
		if err != nil || got.CRS.EPSG != 32642 || h.SameGrid("written", got, name) != nil {
			t.Fatalf("%s: %+v %v", name, got, err)
		}
		for i := range cells {
			if back[i] != cells[i] && back[i] == back[i] {
				t.Errorf("%s: %v, want %v", name, back, cells)
			}
		}
	}
	if err := mapEnding("a.tif", "", "b.FLT"); err != nil {
		t.Error(err)
	}
	if err := writeRaster(filepath.Join(dir, "a.png"), h, cells); err == nil || mapEnding("a.png") == nil || mapEnding("noending") == nil {
		t.Error("a picture is no map")
	}
	// A float grid says what it misses.
	os.Remove(filepath.Join(dir, "a.hdr"))
	if _, err := openRaster(filepath.Join(dir, "a.flt"), 0); err == nil || !strings.Contains(err.Error(), ".hdr") {
		t.Error(err)
	}
}
