package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/raster"
)

// lane is a road of ten cells of 100 m at half a second a metre, cut by a
// river in the eighth; ten people live in each cell.
var lane = map[string]string{
	"friction.asc": `ncols 10
nrows 1
xllcorner 500000
yllcorner 5000000
cellsize 100
nodata_value -1
0.5 0.5 0.5 0.5 0.5 0.5 0.5 -1 0.5 0.5
`,
	"friction.prj": string(raster.Projection(raster.FromEPSG(32642))),
	"people.asc": `ncols 10
nrows 1
xllcorner 500000
yllcorner 5000000
cellsize 100
nodata_value -1
10 10 10 10 10 10 10 10 10 10
`,
	"people.prj":     string(raster.Projection(raster.FromEPSG(32642))),
	"facilities.csv": "id,x,y,capacity\nA,500150,5000050,25\nB,500350,5000050,40\n",
}

var overStreet = []string{"--friction", "friction.asc", "--friction-unit", "s/m", "--facilities", "facilities.csv"}

func TestAccessCoverage(t *testing.T) {
	put(t, lane)
	// A cell takes 50 s: a limit of 100 s reaches two cells far.
	args := append([]string{"access", "coverage", "--population", "people.asc", "--minutes", "1.6666666666666667", "--out", "served.csv", "--remaining", "left.asc", "--record", "run.json"}, overStreet...)
	code, out, errs := shanyraq(t, append([]string{"--json"}, args...)...)
	if code != exitDone {
		t.Fatal(errs)
	}
	var a coverageAnswer
	if err := json.Unmarshal([]byte(out), &a); err != nil {
		t.Fatal(err)
	}
	p := a.People
	if p.Total != 100 || p.Assigned != 57.5 || p.WithinButOut != 2.5 || p.BeyondReach != 40 || p.Remaining != 42.5 {
		t.Errorf("%+v", p)
	}
	b, _ := os.ReadFile("served.csv")
	if want := "turn,id,capacity,within,found,assigned,free,cells,farthest_minutes\n1,A,25,40,40,25,0,3,0.8333333333333334\n2,B,40,50,32.5,32.5,7.5,4,1.6666666666666667\n"; string(b) != want {
		t.Errorf("%s", b)
	}
	if _, cells, err := readMap("left.asc", 0); err != nil || cells[0] != 2.5 || cells[1] != 0 || cells[6] != 10 || cells[7] != 10 {
		t.Error(cells, err)
	}
	if code, out, errs := shanyraq(t, "access", "replay", "run.json"); code != exitDone {
		t.Error(out, errs)
	}
	for _, l := range []string{"kk", "ru", "en"} {
		code, out, errs := shanyraq(t, append(append([]string{"--lang", l}, args[:6]...), overStreet...)...)
		if code != exitDone {
			t.Error(errs)
		}
		t.Log("\n" + out)
	}
	for _, tc := range []struct {
		change func()
		want   string
	}{
		{func() { appendTo(t, "facilities.csv", "C,500450,5000050,\n") }, "row 4, column capacity"},
		{func() { appendTo(t, "facilities.csv", "C,500450,5000050,-3\n") }, "row 4, column capacity"},
		{func() { appendTo(t, "facilities.csv", "C,500750,5000050,3\n") }, "barrier"},
		{func() { appendTo(t, "facilities.csv", "C,600750,5000050,3\n") }, "outside"},
		{func() {
			os.WriteFile("people.asc", []byte(strings.Replace(lane["people.asc"], "10 10 10\n", "10 10 -5\n", 1)), 0o644)
		}, "row 1, column 10"},
	} {
		put(t, lane)
		tc.change()
		if code, _, errs := shanyraq(t, args...); code == exitDone || !strings.Contains(errs, tc.want) {
			t.Errorf("%d %s, want %q", code, errs, tc.want)
		}
	}
}

func TestAccessReferral(t *testing.T) {
	put(t, lane)
	os.WriteFile("to.csv", []byte("id,x,y\nB,500350,5000050\nH,500650,5000050\nfar,500950,5000050\n"), 0o644)
	args := append([]string{"access", "referral", "--to", "to.csv", "--out", "pairs.csv", "--matrix", "matrix.csv", "--record", "run.json"}, overStreet...)
	code, out, errs := shanyraq(t, append([]string{"--json"}, args...)...)
	if code != exitDone {
		t.Fatal(errs)
	}
	var a referralAnswer
	if err := json.Unmarshal([]byte(out), &a); err != nil || a.Pairs.Total != 6 || *a.Pairs.Unreached != 2 || *a.Nearest[0].To != "B" || *a.Nearest[1].To != "H" || *a.Nearest[1].Seconds != 150 {
		t.Errorf("%s %v", out, err)
	}
	pairs, _ := os.ReadFile("pairs.csv")
	if want := "from,to,seconds,nearest\nA,B,100,1\nA,H,250,0\nA,far,,0\nB,B,0,0\nB,H,150,1\nB,far,,0\n"; string(pairs) != want {
		t.Errorf("%s", pairs)
	}
	matrix, _ := os.ReadFile("matrix.csv")
	if want := "from,B,H,far\nA,100,250,\nB,0,150,\n"; string(matrix) != want {
		t.Errorf("%s", matrix)
	}
	if code, out, errs := shanyraq(t, "access", "replay", "run.json"); code != exitDone {
		t.Error(out, errs)
	}
	code, out, errs = shanyraq(t, append([]string{"--lang", "ru", "access", "referral", "--minutes", "2"}, overStreet...)...)
	if code != exitDone || !strings.Contains(out, "A → B: 1.7 мин") {
		t.Error(out, errs)
	}
}
