package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/raster"
)

// put writes files into a folder of the test and goes there.
func put(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// valley is a map of 6 x 4 cells of a hundredth of a degree near Balkhash:
// steppe (10), forest (20), one cell of which nothing is known.
var valley = map[string]string{
	"cover.asc": `ncols 6
nrows 4
xllcorner 75
yllcorner 46.8
cellsize 0.01
nodata_value -1
10 10 10 20 20 -1
10 10 10 20 20 20
10 10 10 20 20 20
10 10 10 20 20 20
`,
	"cover.prj": string(raster.Projection(raster.FromEPSG(4326))),
	"speeds.csv": "class,mode,speed_kmh,season,label\n10,walking,5,,steppe\n10,walking,2.5,winter,\n20,walking,2,,forest\n" +
		"main,motorised,72,,main road\n",
	"roads.geojson":  `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"class":"main"},"geometry":{"type":"LineString","coordinates":[[75.005,46.825],[75.055,46.825]]}}]}`,
	"rivers.geojson": `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[75.025,46.9],[75.025,46.7]]}}]}`,
}

var mergeArgs = []string{"access", "merge", "--landcover", "cover.asc", "--speeds", "speeds.csv", "--roads", "roads.geojson", "--barriers", "rivers.geojson", "--out", "friction.tif", "--mode-out", "modes.asc", "--record", "run.json"}

func TestAccessMerge(t *testing.T) {
	put(t, valley)
	code, out, errs := shanyraq(t, append(mergeArgs, "--json")...)
	if code != exitDone {
		t.Fatal(errs)
	}
	var a mergeAnswer
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		t.Fatal(err)
	}
	if a.Cells.Total != 24 || a.Cells.Passable != 20 || a.Cells.Barrier != 3 || a.Cells.Unknown != 1 || a.Bridges != 1 || len(a.Classes) != 3 || *a.Classes[2].Speed != 72 {
		t.Errorf("%s", out)
	}
	h, cells, err := readMap("friction.tif", 0)
	if err != nil || h.CRS.EPSG != 4326 || cells[0] != 0.72 || cells[6] != 0.05 || cells[8] != 0.05 || cells[2] == cells[2] {
		t.Errorf("%+v %v %v", h, cells, err)
	}
	if _, modes, err := readMap("modes.asc", 0); err != nil || modes[0] != 1 || modes[6] != 3 || modes[2] == modes[2] {
		t.Error(modes, err)
	}
	// Winter halves the steppe.
	if code, _, errs = shanyraq(t, append(mergeArgs[:len(mergeArgs)-2:len(mergeArgs)-2], "--season", "Winter", "--out", "winter.flt")...); code != exitDone {
		t.Fatal(errs)
	}
	if _, cells, err := readMap("winter.flt", 0); err != nil || cells[0] != 1.44 {
		t.Error(cells, err)
	}
}

func TestAccessMergeRefuses(t *testing.T) {
	put(t, valley)
	for _, tc := range []struct {
		args []string
		want string
	}{
		{[]string{"--landcover", "cover.asc", "--out", "f.tif"}, "--speeds"},
		{[]string{"--speeds", "speeds.csv", "--out", "f.tif"}, "exactly one"},
		{[]string{"--landcover", "cover.asc", "--speeds", "speeds.csv", "--out", "f.png"}, "ending"},
		{[]string{"--landcover", "cover.asc", "--speeds", "speeds.csv", "--out", "cover.asc"}, "overwritten"},
		{[]string{"--landcover", "cover.asc", "--speeds", "speeds.csv", "--season", "spring", "--out", "f.tif"}, "winter"},
		{[]string{"--landcover", "cover.asc", "--speeds", "speeds.csv", "--modes", "flying", "--out", "f.tif"}, "flying"},
		{[]string{"--landcover", "cover.asc", "--speeds", "speeds.csv", "--modes", "bicycling", "--out", "f.tif"}, `land cover class "10" (12 cells)`},
		{[]string{"--landcover", "cover.asc", "--speeds", "speeds.csv", "--roads", "roads.geojson", "--road-class", "highway", "--out", "f.tif"}, "feature 1: the property highway"},
		{[]string{"--landcover", "nosuch.asc", "--speeds", "speeds.csv", "--out", "f.tif"}, "no such file"},
	} {
		if code, _, errs := shanyraq(t, append([]string{"access", "merge"}, tc.args...)...); code == exitDone || !strings.Contains(errs, tc.want) {
			t.Errorf("%v: %d %s", tc.args, code, errs)
		}
	}
	os.Remove("cover.prj")
	if code, _, errs := shanyraq(t, mergeArgs...); code == exitDone || !strings.Contains(errs, ".prj") {
		t.Error(errs)
	}
	if _, err := os.Stat("friction.tif"); err == nil {
		t.Error("a refused run left a file")
	}
}

func TestReplay(t *testing.T) {
	put(t, valley)
	if code, _, errs := shanyraq(t, mergeArgs...); code != exitDone {
		t.Fatal(errs)
	}
	code, out, errs := shanyraq(t, "access", "replay", "run.json", "--json")
	var a replayAnswer
	if err := json.Unmarshal([]byte(out), &a); code != exitDone || err != nil || !a.Identical || !a.Answer || len(a.Outputs) != 3 {
		t.Fatalf("%d %s %s %v", code, out, errs, err)
	}
	for _, o := range a.Outputs {
		if !o.Identical || len(o.Recorded) != 64 {
			t.Errorf("%+v", o)
		}
	}
	record, _ := os.ReadFile("run.json")
	for name, tc := range map[string]struct {
		change func()
		want   string
	}{
		"an input changed":  {func() { appendTo(t, "rivers.geojson", "\n") }, "rivers.geojson: changed since the run"},
		"an input is gone":  {func() { os.Rename("roads.geojson", "x") }, "roads.geojson: there is no such file"},
		"a projection came": {func() { os.Rename("x", "roads.geojson"); os.WriteFile("cover.hdr", nil, 0o644) }, "cover.hdr: was not there"},
		"a projection went": {func() { os.Remove("cover.hdr"); os.Remove("cover.prj") }, "cover.prj: is gone"},
		"another command": {func() {
			os.WriteFile("run.json", []byte(strings.Replace(string(record), "access merge", "access burn", 1)), 0o644)
		}, "access burn"},
		"an unknown flag": {func() {
			os.WriteFile("run.json", []byte(strings.Replace(string(record), `"Season"`, `"Weather"`, 1)), 0o644)
		}, "Weather"},
		"no record": {func() { os.WriteFile("run.json", []byte("{}"), 0o644) }, "no record of a run"},
	} {
		put(t, valley)
		if code, _, errs := shanyraq(t, mergeArgs...); code != exitDone {
			t.Fatal(errs)
		}
		if name == "a projection came" {
			os.WriteFile("x", []byte(valley["roads.geojson"]), 0o644)
		}
		tc.change()
		if code, _, errs := shanyraq(t, "access", "replay", "run.json"); code == exitDone || !strings.Contains(errs, tc.want) {
			t.Errorf("%s: %d %s", name, code, errs)
		}
	}
	// A record whose output was another is told.
	put(t, valley)
	if code, _, errs := shanyraq(t, mergeArgs...); code != exitDone {
		t.Fatal(errs)
	}
	b, _ := os.ReadFile("run.json")
	var r runRecord
	if err := json.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	os.WriteFile("run.json", []byte(strings.ReplaceAll(string(b), r.Outputs[0].SHA256, strings.Repeat("0", 64))), 0o644)
	if code, out, errs := shanyraq(t, "--lang", "en", "access", "replay", "run.json", "--keep", "again"); code != exitRefused || !strings.Contains(out, "friction.tif: differs") || !strings.Contains(errs, "same") {
		t.Errorf("%d %s %s", code, out, errs)
	}
	if _, err := os.Stat(filepath.Join("again", "friction.tif")); err != nil {
		t.Error(err)
	}
}

func appendTo(t *testing.T, name, text string) {
	b, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(name, append(b, text...), 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
}
