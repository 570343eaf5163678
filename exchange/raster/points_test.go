package raster

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/fault"
)

func dms(d, m, s float64) float64 { return d + m/60 + s/3600 }

// Worked examples that a geographer can look up, to the digits printed there.
func TestPublishedExamples(t *testing.T) {
	airy := ellipsoid{6377563.396, 299.32496}
	clarke := ellipsoid{6378206.4, 1 / (1 - math.Sqrt(1-0.00676866))}
	for name, tc := range map[string]struct {
		p          plane
		lon, lat   float64
		x, y, near float64
	}{
		"EPSG Guidance Note 7-2, Transverse Mercator, British National Grid": {
			plane{method: transverseMercator, ellipsoid: airy, lat0: 49, lon0: -2, scale: 0.9996012717, falseEast: 400000, falseNorth: -100000},
			0.5, 50.5, 577274.99, 69740.50, 0.01},
		"EPSG Guidance Note 7-2, Lambert Azimuthal Equal Area, ETRS89-LAEA": {
			FromEPSG(3035).plane, 5, 50, 3962799.45, 2999718.85, 0.01},
		"EPSG Guidance Note 7-2, Popular Visualisation Pseudo Mercator": {
			FromEPSG(3857).plane, -dms(100, 20, 0), dms(24, 22, 54.433), -11169055.58, 2800000, 0.02},
		"Snyder, Professional Paper 1395, page 291, Albers": {
			plane{method: albers, ellipsoid: clarke, lat0: 23, lon0: -96, parallel1: 29.5, parallel2: 45.5, scale: 1},
			-75, 35, 1885472.7, 1535925.0, 0.1},
	} {
		x, y, ok := tc.p.projection().forward(tc.lon*math.Pi/180, tc.lat*math.Pi/180)
		if !ok || math.Abs(x-tc.x) > tc.near || math.Abs(y-tc.y) > tc.near {
			t.Errorf("%s: %.3f %.3f, want %.2f %.2f", name, x, y, tc.x, tc.y)
		}
	}
}

// Points of Kazakhstan as PROJ 9 gives them, to a millimetre.
func TestAgainstPROJ(t *testing.T) {
	const kz = `PROJCS["x",GEOGCS["GCS",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["METHOD"],PARAMETER["Central_Meridian",LON],PARAMS PARAMETER["Latitude_Of_Origin",LAT],UNIT["Meter",1.0]]`
	wkt := func(method, lon, lat, params string) CRS {
		c, err := ParseProjection([]byte(strings.NewReplacer("METHOD", method, "LON", lon, "LAT", lat, "PARAMS", params).Replace(kz)), "x.prj")
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	conic := wkt("Albers", "68", "48", `PARAMETER["Standard_Parallel_1",45],PARAMETER["Standard_Parallel_2",52],`)
	laea := wkt("Lambert_Azimuthal_Equal_Area", "68", "48", "")
	pole := wkt("Lambert_Azimuthal_Equal_Area", "0", "90", "")
	for _, tc := range []struct {
		crs            CRS
		lon, lat, x, y float64
	}{
		{conic, 71.4, 51.1, 237871.343810034, 350611.923404887},
		{conic, 50, 47, -1354458.86836774, 48420.8875168003},
		{conic, 87, 49.5, 1359869.74147208, 336539.723232919},
		{laea, 50, 47, -1354245.34810193, 47108.9574922303},
		{laea, 68, 48, 0, 0},
		{pole, 71.4, 51.1, 4033739.59617942, -1357503.35408695},
		{FromEPSG(3035), 71.4, 51.1, 8038086.97702245, 4839113.68089558},
		{FromEPSG(32642), 71.4, 51.1, 668034.428959608, 5663684.95600784},
		{FromEPSG(32642), 87, 49.5, 1799665.02681274, 5640676.70641172},
		{FromEPSG(32743), 71.4, 51.1, 247967.81538492, 15667110.9973246},
		{FromEPSG(25832), 9, 51, 500000, 5649824.88813156},
		{FromEPSG(3857), 71.4, 51.1, 7948211.64263973, 6639001.66376131},
		{FromEPSG(4326), 71.4, 51.1, 71.4, 51.1},
	} {
		to, err := tc.crs.Transformation()
		if err != nil {
			t.Fatal(err)
		}
		x, y, err := to.FromDegrees(tc.lon, tc.lat)
		if err != nil || math.Hypot(x-tc.x, y-tc.y) > 1e-3 {
			t.Errorf("%v: %.5f %.5f %v, want %.5f %.5f", tc.crs, x, y, err, tc.x, tc.y)
		}
		lon, lat, err := to.ToDegrees(tc.x, tc.y)
		if err != nil || math.Hypot(lon-tc.lon, lat-tc.lat) > 1e-8 {
			t.Errorf("%v: %.9f %.9f %v, want %g %g", tc.crs, lon, lat, err, tc.lon, tc.lat)
		}
	}
}

func TestThereAndBack(t *testing.T) {
	systems := []CRS{FromEPSG(4326), FromEPSG(3857), FromEPSG(32641), FromEPSG(32743), FromEPSG(3035)}
	for _, name := range []string{"albers.asc"} {
		r, err := testFile(t, name)
		if err != nil {
			t.Fatal(err)
		}
		systems = append(systems, r.CRS)
	}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(systems).Draw(t, "system")
		lon, lat := rapid.Float64Range(46, 88).Draw(t, "lon"), rapid.Float64Range(40, 56).Draw(t, "lat")
		to, err := c.Transformation()
		if err != nil {
			t.Fatal(err)
		}
		x, y, err := to.FromDegrees(lon, lat)
		if err != nil {
			t.Fatal(err)
		}
		lon2, lat2, err := to.ToDegrees(x, y)
		if err != nil || math.Hypot(lon2-lon, lat2-lat) > 1e-9 {
			t.Fatalf("%v: %g %g became %g %g, %v", c, lon, lat, lon2, lat2, err)
		}
	})
}

func TestPointsRefused(t *testing.T) {
	utm, err := FromEPSG(32642).Transformation()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range [][2]float64{{500000, 5000000}, {math.NaN(), 5}, {0, 91}, {-111, 0}} {
		if x, y, err := utm.FromDegrees(p[0], p[1]); err == nil {
			t.Error(p, x, y)
		}
	}
	if _, _, err := utm.ToDegrees(1e9, 1e9); err == nil {
		t.Error("far outside")
	}
	const pulkovo = `GEOGCS["GCS_Pulkovo_1942",DATUM["D_Pulkovo_1942",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
	c, err := ParseProjection([]byte(pulkovo), "p.prj")
	if err != nil || c.Kind != Geographic || c.EPSG != 0 {
		t.Fatal(c, err)
	}
	if _, err := c.Transformation(); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "D_Pulkovo_1942") || !strings.Contains(err.Error(), "gdalwarp") {
		t.Error(err)
	}
}

func TestFeet(t *testing.T) {
	text := strings.Replace(string(Projection(FromEPSG(32642))), `UNIT["Meter",1.0]]`, `UNIT["Foot",0.3048]]`, 1)
	text = strings.Replace(text, "500000", "1640419.9475065617", 1)
	c, err := ParseProjection([]byte(text), "f.prj")
	if err != nil || c.EPSG != 0 || c.UnitMetres != 0.3048 {
		t.Fatalf("%+v %v", c, err)
	}
	to, err := c.Transformation()
	if err != nil {
		t.Fatal(err)
	}
	x, y, err := to.FromDegrees(71.4, 51.1)
	if err != nil || math.Hypot(x*0.3048-668034.42896, y*0.3048-5663684.956) > 1e-3 {
		t.Error(x, y, err)
	}
}

// Systems that share an ellipsoid are not one system, and two that nobody named
// are not the same.
func TestSystemsAreNotConfused(t *testing.T) {
	parse := func(text string) CRS {
		c, err := ParseProjection([]byte(text), "x.prj")
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	degrees := func(datum string, a, f string) string {
		return `GEOGCS["x",DATUM["` + datum + `",SPHEROID["s",` + a + `,` + f + `]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
	}
	nad83 := parse(degrees("D_North_American_1983", "6378137.0", "298.257222101"))
	etrs89 := parse(degrees("D_ETRS_1989", "6378137.0", "298.257222101"))
	wgs84 := parse(degrees("D_WGS_1984", "6378137.0", "298.257223563"))
	pulkovo42 := parse(degrees("D_Pulkovo_1942", "6378245.0", "298.3"))
	pulkovo95 := parse(degrees("D_Pulkovo_1995", "6378245.0", "298.3"))
	if nad83.EPSG != 0 || etrs89.EPSG != 4258 || wgs84.EPSG != 4326 || nad83.Same(etrs89) || pulkovo42.Same(pulkovo95) || !pulkovo42.Same(pulkovo42) {
		t.Errorf("%v %v %v", nad83, etrs89, wgs84)
	}
	cone := func(lat string) string {
		return `PROJCS["unknown",` + degrees("D_WGS_1984", "6378137.0", "298.257223563") + `,PROJECTION["Lambert_Conformal_Conic"],PARAMETER["Standard_Parallel_1",` + lat + `],UNIT["Meter",1.0]]`
	}
	if parse(cone("45")).Same(parse(cone("50"))) || !parse(cone("45")).Same(parse(cone("45"))) {
		t.Error("two cones are taken for one")
	}
	if !(CRS{}).Same(CRS{Kind: Unknown}) {
		t.Error("two maps that say nothing are taken to be of one system")
	}
}
