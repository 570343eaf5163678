package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// extent reads the western and eastern end of every area, by minutes.
func extent(t *testing.T, name string) map[float64][2]float64 {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var g struct {
		Features []struct {
			Properties struct{ Minutes float64 }
			Geometry   struct{ Coordinates [][][][2]float64 }
		}
	}
	if err := json.Unmarshal(b, &g); err != nil {
		t.Fatal(err)
	}
	out := map[float64][2]float64{}
	for _, f := range g.Features {
		e := [2]float64{math.Inf(1), math.Inf(-1)}
		for _, p := range f.Geometry.Coordinates {
			for _, at := range p[0] {
				e[0], e[1] = min(e[0], at[0]), max(e[1], at[0])
			}
		}
		out[f.Properties.Minutes] = e
	}
	return out
}

func TestIsochrones(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out.geojson")
	// A road of 120 km along 51° N at 60 km/h: in 30 minutes 30 km to either
	// side, which is 0.42871 degrees of longitude.
	edges := lay(t, dir, "e.csv", "id,source,target,cost_s\n1,1,2,3600\n2,2,3,3600\n")
	points := lay(t, dir, "p.csv", "id,lon,lat\n1,71,51\n2,71.85743,51\n3,72.71486,51\n")
	sources := lay(t, dir, "s.csv", "node\n2\n")
	var a isochronesAnswer
	ask(t, &a, "access", "isochrones", "--edges", edges, "--undirected", "--points", points, "--sources", sources, "--minutes", "30,15", "--off-road-speed", "5", "--detour", "1", "--cell", "200", "--out", out)
	if len(a.Bands) != 2 || a.Bands[0].Minutes != 15 || a.Bands[1].Polygons != 1 {
		t.Errorf("%+v", a)
	}
	got := extent(t, out)
	for minutes, want := range map[float64][2]float64{30: {71.42872, 72.28614}, 15: {71.64307, 72.07179}} {
		for i := range want {
			if math.Abs(got[minutes][i]-want[i]) > 0.0025 {
				t.Errorf("%v minutes: from %v to %v, want %v", minutes, got[minutes][0], got[minutes][1], want)
			}
		}
	}
	// One way: from the middle to the east only; towards it from the west only.
	ask(t, &a, "access", "isochrones", "--edges", edges, "--points", points, "--sources", sources, "--minutes", "30", "--out", out)
	if e := extent(t, out)[30]; e[0] < 71.8 || e[1] < 72.2 {
		t.Errorf("one way: %v", e)
	}
	ask(t, &a, "access", "isochrones", "--edges", edges, "--points", points, "--sources", sources, "--minutes", "30", "--towards", "--out", out)
	if e := extent(t, out)[30]; e[0] > 71.5 || e[1] > 71.9 {
		t.Errorf("towards: %v", e)
	}
}

func TestIsochronesOfOpenStreetMap(t *testing.T) {
	dir := t.TempDir()
	file, out := street(t, dir), filepath.Join(dir, "out.geojson")
	// A clinic 111.2 m north of the middle of the first piece: at 5 km/h with a
	// detour of 1.3 it is 104 s to the road.
	places := lay(t, dir, "p.csv", "id,lon,lat\nclinic,71.005,51.001\n")
	var a isochronesAnswer
	ask(t, &a, "access", "isochrones", "--osm", file, "--places", places, "--minutes", "3", "--out", out)
	if len(a.Places) != 1 || math.Abs(a.Places[0].Metres-111.2) > 0.1 || math.Abs(a.Places[0].Seconds-104.1) > 0.1 || a.Places[0].Way != 10 {
		t.Errorf("%+v", a.Places)
	}
	// 76 s are left at the road; 15.7 s take it to the western end.
	if e := extent(t, out)[3]; e[0] > 71 || e[1] < 71.02 {
		t.Errorf("%v", e)
	}
	ask(t, &a, "access", "isochrones", "--osm", file, "--sources", lay(t, dir, "s.csv", "node\n2\n"), "--minutes", "0.5", "--out", out)
	if e := extent(t, out)[0.5]; e[0] > 71.001 || e[1] < 71.019 || e[0] < 70.99 {
		t.Errorf("%v", e)
	}
	far := lay(t, dir, "far.csv", "id,lon,lat\ncamp,71.5,51.5\n")
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"a place without a road":   {[]string{"--osm", file, "--places", far}, "far.csv: 1 places have no road within 5000 m: camp (71.50000, 51.50000)"},
		"no roads":                 {[]string{"--places", far}, "exactly one of --osm and --edges"},
		"no sources":               {[]string{"--osm", file}, "exactly one of --sources"},
		"edges without points":     {[]string{"--edges", far, "--sources", far}, "--edges needs --points"},
		"a speed of nothing":       {[]string{"--osm", file, "--places", places, "--off-road-speed", "0"}, "off-road speed"},
		"an outline without areas": {[]string{"--osm", file, "--places", places, "--within", lay(t, dir, "w.geojson", `{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]}`)}, "no area"},
	} {
		args := append([]string{"access", "isochrones", "--minutes", "3", "--out", out}, tc.args...)
		if code, _, errs := shanyraq(t, args...); code != exitRefused || !strings.Contains(errs, tc.want) {
			t.Errorf("%s: %d, %s, want %q", name, code, errs, tc.want)
		}
	}
}
