package main

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

// From land cover to people: merge, grid, zonal and coverage one after the
// other, on the valley, and each replayed.
func TestFromLandCoverToPeople(t *testing.T) {
	put(t, valley)
	os.WriteFile("hospital.csv", []byte("id,x,y,capacity\nH,75.005,46.825,60\n"), 0o644)
	people := "ncols 6\nnrows 4\nxllcorner 75\nyllcorner 46.8\ncellsize 0.01\nnodata_value -1\n" +
		"10 10 10 10 10 10\n10 10 10 10 10 10\n10 10 10 10 10 10\n10 10 10 10 10 10\n"
	os.WriteFile("people.asc", []byte(people), 0o644)
	os.WriteFile("people.prj", []byte(valley["cover.prj"]), 0o644)
	run := func(args ...string) string {
		t.Helper()
		code, out, errs := shanyraq(t, append([]string{"--json", "access"}, args...)...)
		if code != exitDone {
			t.Fatal(errs)
		}
		return out
	}
	run("merge", "--landcover", "cover.asc", "--speeds", "speeds.csv", "--roads", "roads.geojson", "--barriers", "rivers.geojson", "--out", "friction.tif", "--record", "1.json")
	run("grid", "--friction", "friction.tif", "--friction-unit", "s/m", "--sources", "hospital.csv", "--out", "seconds.tif", "--record", "2.json")
	out := run("zonal", "--times", "seconds.tif", "--population", "people.asc", "--minutes", "5,600", "--record", "3.json")
	// The hospital stands at the western end of the road, in the second row. A
	// cell is 764 m wide at 46.8 degrees: along the road 38 s, five cells 3 min
	// 11 s. Three cells of the river have no road, and one was never known.
	var z zonalAnswer
	if err := json.Unmarshal([]byte(out), &z); err != nil {
		t.Fatal(err)
	}
	if z.Total.People != 240 || z.Total.WithoutTime != 40 || z.Total.Within[1].People != 200 || z.Total.Within[0].People < 60 {
		t.Errorf("%s", out)
	}
	if _, seconds, err := readMap("seconds.tif", 0); err != nil || math.Abs(float64(seconds[11])-5*764*0.05) > 1 {
		t.Error(seconds, err)
	}
	out = run("coverage", "--friction", "friction.tif", "--friction-unit", "s/m", "--facilities", "hospital.csv", "--population", "people.asc", "--minutes", "600", "--record", "4.json")
	var c coverageAnswer
	if err := json.Unmarshal([]byte(out), &c); err != nil || c.People.Assigned != 60 || c.People.WithinButOut != 140 || c.People.BeyondReach != 40 {
		t.Errorf("%s %v", out, err)
	}
	for _, record := range []string{"1.json", "2.json", "3.json", "4.json"} {
		run("replay", record)
	}
}
