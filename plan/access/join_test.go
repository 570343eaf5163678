package access_test

import (
	"math"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// A road of 100 km east from A to B, and a lake of 40 km between it and the
// village V, which lies 20 km north of its middle. Straight it would be 20 km to
// the road; by the west end of the lake, where the road is at 20 km, it is
// 30 + 20.
func TestBehindTheLake(t *testing.T) {
	const degree = 6371.0088 * math.Pi / 180
	at := func(east, north float64) place.Point {
		return place.Point{Lat: 48 + north/degree, Lon: 70 + east/(degree*math.Cos(48*math.Pi/180))}
	}
	in := access.Input{
		Spots: []access.Spot{
			{ID: "A", Region: "R", Point: at(0, 0), Urban: 1000, Main: true},
			{ID: "B", Region: "R", Point: at(100, 0), Urban: 1000, Main: true},
			{ID: "V", Region: "R", Point: at(50, 20), Rural: 100, Join: []place.Point{at(20, 20), at(20, 0)}},
			{ID: "W", Region: "R", Point: at(50, -20), Rural: 100},
		},
		Links:      []access.Link{{From: "A", To: "B", Km: 100, Main: true}},
		Facilities: []access.Facility{{ID: "F", Kind: "hospital", Place: "A", Working: true}},
		Profiles:   []access.Profile{{Service: "infarction", Kind: access.Planned, Capable: []string{"angiography"}, LimitMinutes: 60, LimitSource: "x"}},
		Presumptions: []access.Presumption{
			{FacilityKind: "hospital", Service: "angiography", Source: access.Assumption}},
		Parameters: parameters(),
	}
	g, err := access.NewGround(in)
	if err != nil {
		t.Fatal(err)
	}
	a := ask(t, g, access.Question{Presumed: true})
	// 50 km off the road at 30 km/h with a detour of 1.5, and 20 km at 80 km/h: 165
	// minutes. W goes straight: 20 km and 50: 97.5.
	for i, want := range map[int]float64{2: 50*1.5*2 + 20*0.75, 3: 20*1.5*2 + 50*0.75} {
		if got := a.Rows[i].Stated; math.Abs(got-want) > 0.5 {
			t.Errorf("%s: %.1f minutes, want %.1f", in.Spots[i].ID, got, want)
		}
	}
	ways, err := access.Joins(in.Spots, in.Links)
	if err != nil || len(ways[0]) != 0 || len(ways[2]) != 1 || len(ways[2][0]) != 4 || len(ways[3]) != 2 || len(ways[3][0]) != 2 {
		t.Errorf("ways %v, %v", ways, err)
	}

	in.Spots[2].Join = in.Spots[2].Join[:1] // ends 20 km from the road
	if _, err := access.NewGround(in); err == nil || !strings.Contains(err.Error(), "V") {
		t.Errorf("a way that ends in the fields: %v", err)
	}
	in.Spots[2].Join = []place.Point{{Lat: 480, Lon: 70}}
	if _, err := access.NewGround(in); err == nil {
		t.Error("a way off the earth was taken")
	}
}
