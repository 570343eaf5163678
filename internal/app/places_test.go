package app

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/place"
)

// squares returns an outline of one degree for each place.
func squares(t *testing.T, a *App, codes ...string) string {
	t.Helper()
	v, err := a.look(context.Background(), When{})
	if err != nil {
		t.Fatal(err)
	}
	var features []string
	for _, c := range codes {
		lon, lat := 70.0, 48.0
		if p, err := v.Atlas.Place(place.ID(c)); err == nil && p.Point != nil {
			lon, lat = p.Point.Lon, p.Point.Lat
		}
		features = append(features, fmt.Sprintf(`{"type":"Feature","properties":{"code":%q},"geometry":{"type":"Polygon","coordinates":[[[%g,%g],[%g,%g],[%g,%g],[%g,%g],[%g,%g]]]}}`,
			c, lon-0.5, lat-0.5, lon+0.5, lat-0.5, lon+0.5, lat+0.5, lon-0.5, lat+0.5, lon-0.5, lat-0.5))
	}
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

func TestImportOfBoundaries(t *testing.T) {
	ctx, a := local(), kazakhstan(t)
	schematic, err := a.Boundaries(ctx, When{}, "regions")
	if err != nil || !strings.Contains(string(schematic), schematicMark) {
		t.Fatalf("the outlines of the pack are not marked: %v", err)
	}
	got, err := a.ImportBoundaries(ctx, "regions.geojson", strings.NewReader(squares(t, a, "KZ-35", "KZ-62", "KZ-71")))
	if err != nil {
		t.Fatal(err)
	}
	if got.Level != "regions" || got.Features != 3 || got.Known || len(got.Missing) != 17 {
		t.Errorf("%+v", got)
	}
	for _, m := range got.Missing {
		if m == "KZ-35" || m == "KZ-71" {
			t.Errorf("%s is missing though it was given", m)
		}
	}
	again, err := a.ImportBoundaries(ctx, "regions.geojson", strings.NewReader(squares(t, a, "KZ-35", "KZ-62", "KZ-71")))
	if err != nil || !again.Known {
		t.Errorf("the same outlines again: %+v %v", again, err)
	}
	if _, err := a.LoadCountry(ctx, kz.Pack()); err != nil {
		t.Fatal(err)
	}
	if body, err := a.Boundaries(ctx, When{}, "regions"); err != nil || strings.Contains(string(body), schematicMark) {
		t.Errorf("a second demo put schematic outlines over real ones: %v", err)
	}
	if body, err := a.Boundaries(ctx, When{}, "districts"); err != nil || !strings.Contains(string(body), schematicMark) {
		t.Errorf("districts were not imported and stay schematic: %v", err)
	}
	for name, tc := range map[string]struct {
		body string
		kind fault.Kind
	}{
		"regions and districts": {squares(t, a, "KZ-35", "193600000"), fault.Invalid}, "a settlement": {squares(t, a, "GN1525798"), fault.Invalid}, "no such place": {squares(t, a, "KZ-99"), fault.Invalid},
		"the same twice": {squares(t, a, "KZ-35", "KZ-35"), fault.Invalid}, "nothing": {squares(t, a), fault.Invalid}, "not GeoJSON": {"{", fault.Invalid},
		"on another continent": {strings.ReplaceAll(squares(t, a, "KZ-35"), "70", "-70"), fault.Invalid},
	} {
		if _, err := a.ImportBoundaries(ctx, "bad.geojson", strings.NewReader(tc.body)); !fault.Is(err, tc.kind) && !fault.Is(err, fault.NotFound) && name != "on another continent" {
			t.Errorf("%s: %v, want %s", name, err, tc.kind)
		} else if err != nil && !strings.Contains(err.Error(), "bad.geojson") {
			t.Errorf("%s: the message names no file: %v", name, err)
		}
	}
}

func TestPlacePage(t *testing.T) {
	ctx, a := local(), kazakhstan(t)
	page, err := a.Place(ctx, When{}, "KZ-35")
	if err != nil {
		t.Fatal(err)
	}
	if page.Place.Code != "KZ-35" || len(page.Path) == 0 || len(page.Children) == 0 || len(page.Statistics) == 0 || len(page.Facilities) == 0 {
		t.Errorf("Karaganda Region: path %d, children %d, statistics %d, facilities %d", len(page.Path), len(page.Children), len(page.Statistics), len(page.Facilities))
	}
	hub := false
	for _, p := range page.Promises {
		hub = hub || p.ID == "C7p"
	}
	if !hub {
		t.Error("the Balkhash hub is not among the promises of its region")
	}
	town, err := a.Place(ctx, When{}, "GN1525798")
	if err != nil || len(town.Promises) == 0 {
		t.Errorf("the town of Balkhash has no promise: %v", err)
	}
	country, err := a.Place(ctx, When{}, "KZ")
	if err != nil || len(country.Promises) <= len(page.Promises) {
		t.Errorf("the country has fewer promises than a region: %v", err)
	}
	for _, c := range country.Children {
		if c.Overdue > c.Promises || c.Place.Kind == string(place.FormerRegion) {
			t.Errorf("%+v", c)
		}
	}
	if _, err := a.Place(ctx, When{}, "KZ-99"); !fault.Is(err, fault.NotFound) {
		t.Errorf("no such place: %v", err)
	}
}

// Without a period a map shows the newest that most regions have.
func TestMapWithoutPeriod(t *testing.T) {
	ctx, a := local(), kazakhstan(t)
	m, err := a.Map(ctx, When{}, "population.total", "", "")
	if err != nil || m.Period == nil || len(m.Periods) == 0 {
		t.Fatalf("%+v %v", m, err)
	}
	regions := 0
	seen := map[string]bool{}
	for _, u := range m.Units {
		if strings.HasPrefix(u.Place, "KZ-") {
			regions++
		}
		if seen[u.Place] || u.Figure == nil || u.Figure.Place != u.Place || *u.Figure.Period != *m.Period {
			t.Errorf("%+v", u)
		}
		seen[u.Place] = true
	}
	if regions < 16 {
		t.Errorf("%d regions in %s", regions, *m.Period)
	}
	same, err := a.Map(ctx, When{}, "population.total", *m.Period, "")
	if err != nil || len(same.Units) != len(m.Units) {
		t.Errorf("the same period asked for: %d units, want %d (%v)", len(same.Units), len(m.Units), err)
	}
	early, err := a.Map(ctx, on("1990-01-01"), "population.total", "", "")
	if err != nil || early.Units == nil || len(early.Units) > len(m.Units) {
		t.Errorf("long before: %+v %v", early, err)
	}
	if _, err := a.Map(ctx, When{}, "", "", ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("no measure: %v", err)
	}
}
