package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/raster"
)

// plain is a map of 3 x 2 cells of a tenth of a degree with times, and people
// on cells of half the size.
var plain = map[string]string{
	"times.asc": `ncols 3
nrows 2
xllcorner 70
yllcorner 50
cellsize 0.1
nodata_value -1
0 1800 3600
-1 3660 7200
`,
	"times.prj": string(raster.Projection(raster.FromEPSG(4326))),
	"people.asc": `ncols 6
nrows 4
xllcorner 70
yllcorner 50
cellsize 0.05
nodata_value -1
10 10 5 5 1 1
10 10 5 5 1 1
2 2 3 3 -1 -1
2 2 3 3 -1 -1
`,
	"people.prj": string(raster.Projection(raster.FromEPSG(4326))),
	"zones.geojson": `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"code":"W"},"geometry":{"type":"Polygon","coordinates":[[[70,50],[70.1,50],[70.1,50.2],[70,50.2],[70,50]]]}},
{"type":"Feature","properties":{"code":"E"},"geometry":{"type":"Polygon","coordinates":[[[70.1,50],[70.3,50],[70.3,50.2],[70.1,50.2],[70.1,50]]]}},
{"type":"Feature","properties":{"code":"tiny"},"geometry":{"type":"Polygon","coordinates":[[[70.01,50.01],[70.02,50.01],[70.02,50.02],[70.01,50.01]]]}}]}`,
	"zones.asc": `ncols 3
nrows 2
xllcorner 70
yllcorner 50
cellsize 0.1
nodata_value -1
1 2 2
1 2 -1
`,
	"zones.prj": string(raster.Projection(raster.FromEPSG(4326))),
}

func TestAccessZonal(t *testing.T) {
	put(t, plain)
	code, out, errs := shanyraq(t, "--json", "access", "zonal", "--times", "times.asc", "--population", "people.asc", "--zones", "zones.geojson",
		"--minutes", "30,60", "--out", "covered.csv", "--population-out", "moved.tif", "--record", "run.json")
	if code != exitDone {
		t.Fatal(errs)
	}
	var a zonalAnswer
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		t.Fatal(err)
	}
	// West: 40 at once, 8 without a time. East: 20 in 30 min, 4 in 60, 12 in 61.
	w, e := a.Zones[0], a.Zones[1]
	if w.People != 48 || w.Within[0].People != 40 || w.WithoutTime != 8 || e.People != 36 || e.Within[0].People != 20 || e.Within[1].People != 24 {
		t.Errorf("%s", out)
	}
	if a.Total.People != 84 || a.Population.Total != 84 || a.Population.UnknownCells != 4 || !a.Population.Resampled || a.Zones[2].Cells != 0 || a.Zones[2].Within[0].Percent != nil {
		t.Errorf("%s", out)
	}
	if l := a.WithoutTime.Largest; a.WithoutTime.Cells != 1 || len(l) != 1 || l[0].Row != 2 || l[0].Column != 1 || l[0].People != 8 {
		t.Errorf("%+v", a.WithoutTime)
	}
	b, _ := os.ReadFile("covered.csv")
	if lines := strings.Split(string(b), "\n"); len(lines) != 10 || !strings.HasPrefix(lines[4], "E,60,36,24,66.6666") || !strings.HasPrefix(lines[7], "(total),30,84,60,") {
		t.Errorf("%s", b)
	}
	if _, cells, err := readMap("moved.tif", 0); err != nil || cells[0] != 40 || cells[3] != 8 {
		t.Error(cells, err)
	}
	if code, out, errs := shanyraq(t, "--lang", "ru", "access", "replay", "run.json"); code != exitDone {
		t.Error(out, errs)
	}
	code, out, errs = shanyraq(t, "--json", "access", "zonal", "--times", "times.asc", "--population", "people.asc", "--zones", "zones.asc", "--minutes", "60")
	var m zonalAnswer
	if err := json.Unmarshal([]byte(out), &m); err != nil || code != exitDone || len(m.Zones) != 2 || m.Zones[1].Zone != "2" || m.Zones[1].People != 36 || m.NoZone.Cells != 1 {
		t.Errorf("%s %s", out, errs)
	}
	for _, l := range []string{"kk", "ru", "en"} {
		_, out, _ := shanyraq(t, "--lang", l, "access", "zonal", "--times", "times.asc", "--population", "people.asc", "--zones", "zones.geojson")
		t.Log("\n" + out)
	}
}

// The same people on a plane of metres are the same people in degrees.
func TestZonalAcrossProjections(t *testing.T) {
	put(t, plain)
	to, err := raster.FromEPSG(32642).Transformation()
	if err != nil {
		t.Fatal(err)
	}
	x, y, err := to.FromDegrees(70.05, 50.15)
	if err != nil {
		t.Fatal(err)
	}
	h := raster.Header{Columns: 10, Rows: 10, OriginX: x - 500, OriginY: y + 500, CellWidth: 100, CellHeight: 100, CRS: raster.FromEPSG(32642)}
	cells := make([]float32, 100)
	for i := range cells {
		cells[i] = 0.5
	}
	if err := writeRaster("utm.tif", h, cells); err != nil {
		t.Fatal(err)
	}
	code, out, errs := shanyraq(t, "--json", "access", "zonal", "--times", "times.asc", "--population", "utm.tif")
	var a zonalAnswer
	if err := json.Unmarshal([]byte(out), &a); err != nil || code != exitDone || a.Total.People != 50 || a.Total.Within[0].People != 50 || a.NoZone != nil {
		t.Errorf("%s %s", out, errs)
	}
}

func TestTimesAtPlaces(t *testing.T) {
	put(t, plain)
	os.WriteFile("places.csv", []byte("id,lon,lat\nA,70.15,50.15\nB,70.05,50.05\nC,10,50\nD,70.3,50\n"), 0o644)
	args := []string{"access", "zonal", "--times", "times.asc", "--population", "people.asc", "--places", "places.csv", "--sources-crs", "EPSG:4326", "--places-out", "minutes.csv"}
	code, out, errs := shanyraq(t, append([]string{"--json"}, args...)...)
	var a zonalAnswer
	if err := json.Unmarshal([]byte(out), &a); err != nil || code != exitDone {
		t.Fatal(errs, err)
	}
	if p := a.Places; p.Total != 4 || p.WithoutTime != 1 || p.Outside != 1 || len(p.Flagged) != 2 || p.Flagged[0] != (placeFlagged{3, "B", "without_time"}) {
		t.Errorf("%+v", p)
	}
	b, _ := os.ReadFile("minutes.csv")
	if want := "id,x,y,seconds,minutes,state\nA,70.15,50.15,1800,30,reached\nB,70.05,50.05,,,without_time\nC,10,50,,,outside\nD,70.3,50,7200,120,reached\n"; string(b) != want {
		t.Errorf("%s", b)
	}
	for _, l := range []string{"kk", "ru", "en"} {
		_, out, _ := shanyraq(t, append([]string{"--lang", l}, args...)...)
		t.Log("\n" + out)
	}
}

func TestAccessZonalRefuses(t *testing.T) {
	put(t, plain)
	base := []string{"access", "zonal", "--times", "times.asc", "--population", "people.asc"}
	for _, tc := range []struct {
		args []string
		want string
	}{
		{[]string{"--minutes", "0"}, "no limit"},
		{[]string{"--places-out", "x.csv"}, "needs --places"},
		{[]string{"--zones", "zones.geojson", "--zone-property", "kato"}, "feature 1: the property kato"},
		{[]string{"--zones", "people.asc"}, "same cells"},
		{[]string{"--out", "times.asc"}, "overwritten"},
		{[]string{"--population-out", "x.png"}, "ending"},
	} {
		if code, _, errs := shanyraq(t, append(base[:6:6], tc.args...)...); code == exitDone || !strings.Contains(errs, tc.want) {
			t.Errorf("%v: %d %s", tc.args, code, errs)
		}
	}
	appendTo(t, "times.asc", "")
	b, _ := os.ReadFile("times.asc")
	os.WriteFile("times.asc", []byte(strings.Replace(string(b), "nodata_value -1\n", "", 1)), 0o644)
	if code, _, errs := shanyraq(t, base...); code == exitDone || !strings.Contains(errs, "negative") && !strings.Contains(errs, "nodata value") {
		t.Error(errs)
	}
}
