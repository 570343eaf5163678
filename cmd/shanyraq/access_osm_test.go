package main

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/osm/pbftest"
)

// street writes an extract: three nodes along a primary road, and a fourth at
// the end of a footpath.
func street(t *testing.T, dir string) string {
	t.Helper()
	f := pbftest.File{
		Nodes: []pbftest.Node{{ID: 1, Lat: 51, Lon: 71}, {ID: 2, Lat: 51, Lon: 71.01}, {ID: 3, Lat: 51, Lon: 71.02}, {ID: 4, Lat: 51.01, Lon: 71.02}},
		Ways: []pbftest.Way{
			{ID: 10, Refs: []int64{1, 2, 3}, Tags: pbftest.Tags{"highway", "primary"}},
			{ID: 11, Refs: []int64{3, 4}, Tags: pbftest.Tags{"highway", "footway"}},
		},
	}
	return lay(t, dir, "street.osm.pbf", string(f.Bytes()))
}

func TestRoadsOfOpenStreetMap(t *testing.T) {
	dir := t.TempDir()
	file, sources := street(t, dir), lay(t, dir, "s.csv", "node\n2\n")
	near, pairs := filepath.Join(dir, "near.csv"), filepath.Join(dir, "pairs.csv")
	// 699.77 m at 80 km/h are 31.49 s.
	code, out, errs := shanyraq(t, "access", "roads", "--osm", file, "--sources", sources, "--nearest", near, "--matrix", pairs, "--targets", sources, "--json")
	if code != exitDone {
		t.Fatal(errs)
	}
	for name, want := range map[string]string{
		near:  "node,nearest,seconds\n1,2,31.49\n2,2,0\n3,2,31.49\n",
		pairs: "source,target,seconds\n2,2,0\n",
	} {
		if got, _ := os.ReadFile(name); string(got) != want {
			t.Errorf("%s:\n%s, want\n%s", filepath.Base(name), got, want)
		}
	}
	var a roadsAnswer
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		t.Fatal(err)
	}
	if a.OSM == nil || a.OSM.Roads != 1 || a.OSM.LeftOut["footway"] != 1 || a.OSM.Largest != 1 || a.Nodes.Total != 3 {
		t.Errorf("%s", out)
	}
	// Half as fast by a table of one's own; an ambulance in winter: 90 x 0.85.
	speeds := lay(t, dir, "speeds.csv", "profile,season,tag,value,kmh\ncar,,highway,primary,40\n")
	for _, tc := range []struct {
		args []string
		want string
	}{{[]string{"--speeds", speeds}, "62.98"}, {[]string{"--profile", "ambulance", "--season", "winter"}, "32.931"}} {
		code, _, errs := shanyraq(t, append([]string{"access", "roads", "--osm", file, "--sources", sources, "--nearest", near}, tc.args...)...)
		if got, _ := os.ReadFile(near); code != exitDone || !strings.Contains(string(got), "\n1,2,"+tc.want+"\n") {
			t.Errorf("%v: %s\n%s, want %s s", tc.args, errs, got, tc.want)
		}
	}
	for name, tc := range map[string]struct {
		args []string
		want string
	}{
		"two files":         {[]string{"--osm", file, "--gr", file}, "exactly one of --osm, --gr and --edges"},
		"a node of no road": {[]string{"--osm", file, "--sources", lay(t, dir, "n.csv", "node\n4\n")}, "n.csv: row 2, column node: the network has no node 4"},
		"a season of edges": {[]string{"--edges", sources, "--season", "winter"}, "belong to --osm"},
		"no PBF":            {[]string{"--osm", sources}, "block 1 at byte 0"},
	} {
		args := append([]string{"access", "roads", "--sources", sources}, tc.args...)
		if code, _, errs := shanyraq(t, args...); code != exitRefused || !strings.Contains(errs, tc.want) {
			t.Errorf("%s: %d, %s, want %q", name, code, errs, tc.want)
		}
	}
}

func TestPlacesBesideARoad(t *testing.T) {
	dir := t.TempDir()
	file := street(t, dir)
	near, pairs := filepath.Join(dir, "near.csv"), filepath.Join(dir, "pairs.csv")
	// Two clinics 0.001 degrees north of the road, 111.195 m, which at 5 km/h and
	// with a detour of 1.3 take 104.078 s to the road: one at the middle of the
	// first piece, one at the end of the road. A piece takes 31.490 s.
	places := lay(t, dir, "p.csv", "id,lon,lat\nclinic,71.005,51.001\nhospital,71.02,51.001\n")
	var a roadsAnswer
	ask(t, &a, "access", "roads", "--osm", file, "--sources", places, "--nearest", near, "--matrix", pairs, "--targets", places)
	for name, want := range map[string]string{
		// 104.078 + 15.745, and 104.078 to the end of the road.
		near: "node,nearest,seconds\n1,clinic,119.823\n2,clinic,119.823\n3,hospital,104.079\n",
		// 2 x 104.078 + 1.5 x 31.490
		pairs: "source,target,seconds\nclinic,clinic,0\nclinic,hospital,255.392\nhospital,clinic,255.392\nhospital,hospital,0\n",
	} {
		got, _ := os.ReadFile(name)
		if !closeTo(string(got), want, 0.003) {
			t.Errorf("%s:\n%s, want\n%s", filepath.Base(name), got, want)
		}
	}
	if len(a.OSM.Places) != 4 || a.OSM.Places[0].ID != "clinic" || a.OSM.Places[0].Way != 10 {
		t.Errorf("%+v", a.OSM.Places)
	}
	code, _, errs := shanyraq(t, "access", "roads", "--osm", file, "--sources", places, "--off-road-limit", "50")
	if code != exitRefused || !strings.Contains(errs, "2 places have no road within 50 m: clinic (71.00500, 51.00100), hospital") {
		t.Errorf("%d, %s", code, errs)
	}
}

// closeTo compares two tables of CSV; numbers may differ by so much.
func closeTo(a, b string, by float64) bool {
	x, y := strings.FieldsFunc(a, comma), strings.FieldsFunc(b, comma)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		u, err := strconv.ParseFloat(x[i], 64)
		v, err2 := strconv.ParseFloat(y[i], 64)
		if err == nil && err2 == nil && math.Abs(u-v) <= by {
			continue
		}
		if x[i] != y[i] {
			return false
		}
	}
	return true
}

func comma(r rune) bool { return r == ',' || r == '\n' }
