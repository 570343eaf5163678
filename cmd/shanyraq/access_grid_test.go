package main

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// banks makes a folder with a friction raster of five rows and six columns of
// cells of 1 km, a river with one bridge, and three hospitals.
func banks(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	lay(t, dir, "f.asc", "ncols 6\nnrows 5\nxllcorner 500000\nyllcorner 5200000\ncellsize 1000\nNODATA_value -9999\n"+
		"1 1 1 -9999 1 1\n"+
		"1 1 1 -9999 1 1\n"+
		"2 2 2     2 2 2\n"+
		"1 1 1 -9999 1 1\n"+
		"1 1 1 -9999 1 1\n")
	lay(t, dir, "h.csv", "id,x,y\nA,500500,5204500\nB,505999,5204001\nC,500500,5200500\n")
	return dir
}

func lay(t *testing.T, dir, name, text string) string {
	t.Helper()
	name = filepath.Join(dir, name)
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAccessGrid(t *testing.T) {
	dir := banks(t)
	in := func(name string) string { return filepath.Join(dir, name) }
	var a gridAnswer
	ask(t, &a, "access", "grid", "--friction", in("f.asc"), "--sources", in("h.csv"), "--out", in("s.asc"), "--nearest", in("n.flt"), "--second-out", in("s2.asc"), "--second", in("n2.asc"))
	if a.Cells.Total != 30 || a.Cells.Passable != 26 || a.Cells.Reached != 26 || a.Sources != 3 || a.PeakBytes == 0 {
		t.Errorf("%+v", a)
	}
	seconds := cellsOf(t, in("s.asc"))
	nearest := cellsOf(t, in("n.flt"))
	// The first row: A, then one and two cells from it, the river, B.
	if want := []float32{0, 1, 2, float32(math.NaN()), 1, 0}; !alike(seconds[:6], want) {
		t.Errorf("first row %v, want %v", seconds[:6], want)
	}
	if want := []float32{1, 1, 1, float32(math.NaN()), 2, 2}; !alike(nearest[:6], want) {
		t.Errorf("nearest %v, want %v", nearest[:6], want)
	}
	// The way up the first column: half of 1 and 2, twice; A and C are equally
	// far from the middle, where the first of the table counts.
	if seconds[12] != 2.5 || nearest[12] != 1 || cellsOf(t, in("n2.asc"))[12] != 3 || cellsOf(t, in("s2.asc"))[12] != 2.5 {
		t.Errorf("the middle: %v from %v", seconds[12], nearest[12])
	}
	ask(t, &a, "access", "grid", "--friction", in("f.asc"), "--sources", in("h.csv"), "--limit", "2.5", "--out", in("s.asc"))
	if limited := cellsOf(t, in("s.asc")); limited[12] != 2.5 || limited[13] == limited[13] {
		t.Errorf("inside 2.5 s: %v", limited)
	}
	code, out, _ := shanyraq(t, "access", "grid", "--friction", in("f.asc"), "--sources", in("h.csv"), "--lang", "ru")
	if code != exitDone || !strings.Contains(out, "достигнуто 26") {
		t.Errorf("%d %s", code, out)
	}
}

func TestAccessGridUnits(t *testing.T) {
	dir := banks(t)
	in := func(name string) string { return filepath.Join(dir, name) }
	lay(t, dir, "f.prj", `PROJCS["WGS_1984_UTM_Zone_42N",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",69.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`)
	for unit, want := range map[string]float64{"s/cell": 2, "s/m": 2000, "min/m": 120_000} {
		var a gridAnswer
		ask(t, &a, "access", "grid", "--friction", in("f.asc"), "--friction-unit", unit, "--sources", in("h.csv"), "--out", in("s.flt"))
		if got := cellsOf(t, in("s.flt"))[2]; float64(got) != want {
			t.Errorf("%s: two cells from A %v, want %v", unit, got, want)
		}
	}
	// On a terrain: 1 s/m on the level, and the first row rises by 100 m a cell.
	lay(t, dir, "d.asc", "ncols 6\nnrows 5\nxllcorner 500000\nyllcorner 5200000\ncellsize 1000\n0 100 200 300 400 500\n"+strings.Repeat("0 0 0 0 0 0\n", 4))
	lay(t, dir, "d.prj", string(must(os.ReadFile(in("f.prj")))))
	var a gridAnswer
	ask(t, &a, "access", "grid", "--friction", in("f.asc"), "--friction-unit", "s/m", "--sources", in("h.csv"), "--dem", in("d.asc"), "--out", in("s.flt"))
	if got, want := float64(cellsOf(t, in("s.flt"))[1]), 1000*math.Exp(3.5*0.1); math.Abs(got-want) > 0.01 {
		t.Errorf("up a tenth: %v s, want %v", got, want)
	}
	// Degrees at 60 north: a cell of 0.01 degrees is 558 m wide.
	lay(t, dir, "g.asc", "ncols 2\nnrows 1\nxllcorner 70\nyllcorner 59.995\ncellsize 0.01\n1 1\n")
	lay(t, dir, "g.prj", `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`)
	lay(t, dir, "g.csv", "id,lon,lat\nA,70.005,60\n")
	ask(t, &a, "access", "grid", "--friction", in("g.asc"), "--friction-unit", "s/m", "--sources", in("g.csv"))
	if math.Abs(*a.Seconds.Max-558) > 0.5 {
		t.Errorf("a hundredth of a degree at 60 north: %v m", *a.Seconds.Max)
	}
	ask(t, &a, "access", "grid", "--friction", in("g.asc"), "--sources", in("g.csv"))
	if *a.Seconds.Max != 1 || len(a.Notes) != 1 || a.Notes[0].Code != "cells_of_degrees" {
		t.Errorf("cells of degrees: %+v", a)
	}
	// The same hospital in degrees, on the map in metres.
	lay(t, dir, "wgs.csv", "id,x,y\nA,69.001,46.97\n")
	lay(t, dir, "back.csv", "id,x,y\nA,46.97,69.001\n")
	ask(t, &a, "access", "grid", "--friction", in("f.asc"), "--sources", in("wgs.csv"), "--sources-crs", "EPSG:4326")
	if a.Cells.Reached != 26 {
		t.Errorf("%+v", a)
	}
	for file, want := range map[string]string{"wgs.csv": "looks like degrees", "back.csv": "looks like degrees"} {
		refused(t, want, "access", "grid", "--friction", in("f.asc"), "--sources", in(file))
	}
	refused(t, "look swapped", "access", "grid", "--friction", in("f.asc"), "--sources", in("back.csv"), "--sources-crs", "EPSG:4326")
	refused(t, "raster is in degrees", "access", "grid", "--friction", in("g.asc"), "--sources", in("h.csv"))
}

func TestAccessGridRefusals(t *testing.T) {
	dir := banks(t)
	in := func(name string) string { return filepath.Join(dir, name) }
	base := []string{"access", "grid", "--friction", in("f.asc"), "--sources"}
	for text, want := range map[string]string{
		"id,x,y\nA,500500,5204500\nB,400000,5204500\n": "row 3, id B: 400000, 5204500 lies outside the raster",
		"id,x,y\nA,5204500,500500\n":                   "x and y look swapped",
		"id,x,y\nA,503500,5204500\n":                   "row 2, id A: its cell, row 1 and column 4, is a barrier",
		"id,x,y\nA,500500,5204500\nA,1,2\n":            "row 3, column id",
		"id,x\nA,1\n":                                  "column y",
	} {
		refused(t, want, append(base, lay(t, dir, "bad.csv", text))...)
	}
	good := append(slices.Clone(base), in("h.csv"))
	refused(t, "does not say its projection", append(good, "--friction-unit", "s/m")...)
	refused(t, "--limit", append(good, "--limit=-1")...)
	refused(t, "ending says the format", append(good, "--out", in("s.png"))...)
	refused(t, "overwritten", append(good, "--out", in("f.asc"))...)
	refused(t, "two results", append(good, "--out", in("s.asc"), "--nearest", in("s.asc"))...)
	refused(t, "EPSG:4326", append(good, "--sources-crs", "degrees")...)
	refused(t, "--dem", append(good, "--towards")...)
	lay(t, dir, "z.asc", "ncols 2\nnrows 1\nxllcorner 500000\nyllcorner 5204000\ncellsize 1000\n1 0\n")
	lay(t, dir, "z.csv", "id,x,y\nA,500500,5204500\n")
	zero := []string{"access", "grid", "--friction", in("z.asc"), "--sources", in("z.csv")}
	refused(t, "row 1, column 2", zero...)
	for rule, reached := range map[string]int{"free": 2, "barrier": 1} {
		var a gridAnswer
		if ask(t, &a, append(zero, "--zero", rule)...); a.Cells.Reached != reached {
			t.Errorf("zero %s: %d cells reached", rule, a.Cells.Reached)
		}
	}
	lay(t, dir, "m.asc", "ncols 2\nnrows 1\nxllcorner 500000\nyllcorner 5204000\ncellsize 1000\n1 -3\n")
	refused(t, "negative", "access", "grid", "--friction", in("m.asc"), "--sources", in("z.csv"))
	// Out of the river to the bank, and told so.
	lay(t, dir, "river.csv", "id,x,y\nA,503500,5204500\nB,502500,5204500\n")
	var a gridAnswer
	ask(t, &a, append(base, in("river.csv"), "--snap", "2")...)
	if len(a.Snapped) != 1 || a.Snapped[0] != (snapped{2, "A", [2]int{1, 4}, [2]int{1, 3}, 1}) || len(a.Notes) != 2 {
		t.Errorf("%+v", a)
	}
}

func refused(t *testing.T, want string, args ...string) {
	t.Helper()
	if code, _, errs := shanyraq(t, args...); code != exitRefused || !strings.Contains(errs, want) {
		t.Errorf("%v: exit %d, %q; want %q in it", args[4:], code, errs, want)
	}
}

func cellsOf(t *testing.T, name string) []float32 {
	t.Helper()
	_, cells, err := readMap(name, 0)
	if err != nil {
		t.Fatal(err)
	}
	return cells
}

func alike(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool { return x == y || x != x && y != y })
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
