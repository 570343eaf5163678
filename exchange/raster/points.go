package raster

import (
	"math"

	"github.com/shanyraq/shanyraq/fault"
)

// Transformation carries points between WGS 84 degrees and the CRS of a map.
type Transformation struct {
	crs        CRS
	projection projection
}

// Transformation returns how points go to the CRS. It returns fault.Invalid,
// with the remedy, when nothing is known of the system, when its projection is
// not computed here, or when its datum needs a shift that is not known here.
func (c CRS) Transformation() (Transformation, error) {
	const op = "raster.Transformation"
	const remedy = "bring the map to WGS 84 first (gdalwarp -t_srs EPSG:4326 IN OUT.tif), or give the points in the coordinates of the map"
	switch {
	case kind(c) == Unknown:
		return Transformation{}, fault.New(fault.Invalid, op, c.String(), "the map does not say its projection: put the .prj beside it, or write it into the file (gdal_edit.py -a_srs EPSG:N FILE)")
	case c.plane.method == "":
		return Transformation{}, fault.New(fault.Invalid, op, c.String(), "points cannot be carried to %s: %s", c, remedy)
	case !likeWGS84(c.datum):
		return Transformation{}, fault.New(fault.Invalid, op, c.String(), "%s stands on the datum %s, whose shift from WGS 84 is not known here: %s", c, short(c.datum), remedy)
	}
	return Transformation{c, c.plane.projection()}, nil
}

// FromDegrees gives the coordinates in the CRS of a point in WGS 84 degrees.
func (t Transformation) FromDegrees(lon, lat float64) (x, y float64, err error) {
	const op = "raster.FromDegrees"
	if !(math.Abs(lon) <= 180 && math.Abs(lat) <= 90) {
		return 0, 0, fault.New(fault.Invalid, op, "", "longitude %g, latitude %g are not degrees: they may be metres, or swapped", lon, lat)
	}
	x, y, ok := t.projection.forward(lon*math.Pi/180, lat*math.Pi/180)
	if !ok {
		return 0, 0, fault.New(fault.Invalid, op, "", "longitude %g, latitude %g have no place in %s", lon, lat, t.crs)
	}
	if t.crs.Kind == Geographic {
		return lon, lat, nil
	}
	return x / t.crs.UnitMetres, y / t.crs.UnitMetres, nil
}

// ToDegrees gives the WGS 84 degrees of a point in the CRS.
func (t Transformation) ToDegrees(x, y float64) (lon, lat float64, err error) {
	const op = "raster.ToDegrees"
	if t.crs.Kind == Geographic {
		if !(math.Abs(x) <= 360 && math.Abs(y) <= 90) {
			return 0, 0, fault.New(fault.Invalid, op, "", "%g, %g are not degrees", x, y)
		}
		return turn(x*math.Pi/180) * 180 / math.Pi, y, nil
	}
	lambda, phi, ok := t.projection.inverse(x*t.crs.UnitMetres, y*t.crs.UnitMetres)
	if !ok {
		return 0, 0, fault.New(fault.Invalid, op, "", "%g, %g lie outside of %s", x, y, t.crs)
	}
	return turn(lambda) * 180 / math.Pi, phi * 180 / math.Pi, nil
}

// turn brings an angle to -pi to pi.
func turn(a float64) float64 {
	if math.Abs(a) <= math.Pi {
		return a
	}
	return math.Remainder(a, 2*math.Pi)
}

// Methods of projection, by their names in EPSG.
const (
	degrees            = "degrees"
	webMercator        = "Popular Visualisation Pseudo Mercator"
	transverseMercator = "Transverse Mercator"
	albers             = "Albers Equal Area"
	lambertAzimuthal   = "Lambert Azimuthal Equal Area"
)

// plane holds the parameters of a projection: angles in degrees, lengths in
// metres.
type plane struct {
	method                string
	ellipsoid             ellipsoid
	lat0, lon0            float64
	parallel1, parallel2  float64 // of Albers
	scale                 float64
	falseEast, falseNorth float64
}

// ellipsoid is a half axis in metres and an inverse flattening, 0 for a sphere.
type ellipsoid struct{ a, inverse float64 }

func (e ellipsoid) flattening() float64 {
	if e.inverse == 0 {
		return 0
	}
	return 1 / e.inverse
}

// e2 is the square of the eccentricity.
func (e ellipsoid) e2() float64 { f := e.flattening(); return f * (2 - f) }

// projection maps radians to metres and back; ok is false where a point has
// no image.
type projection interface {
	forward(lon, lat float64) (x, y float64, ok bool)
	inverse(x, y float64) (lon, lat float64, ok bool)
}

func (p plane) projection() projection {
	switch p.method {
	case webMercator:
		return mercator{p}
	case transverseMercator:
		return newTransverse(p)
	case albers:
		return newConic(p)
	case lambertAzimuthal:
		return newAzimuthal(p)
	}
	return plain{}
}

// plain leaves degrees as they are.
type plain struct{}

func (plain) forward(lon, lat float64) (float64, float64, bool) { return lon, lat, true }
func (plain) inverse(x, y float64) (float64, float64, bool)     { return x, y, true }

// mercator is the sphere of web maps, EPSG method 1024.
type mercator struct{ plane }

// maxMercator is the latitude at which a web map ends, in radians.
var maxMercator = math.Atan(math.Sinh(math.Pi))

func (m mercator) forward(lon, lat float64) (x, y float64, ok bool) {
	if math.Abs(lat) > maxMercator+1e-9 {
		return 0, 0, false
	}
	a := m.ellipsoid.a
	return m.falseEast + a*turn(lon-m.lon0*math.Pi/180), m.falseNorth + a*math.Asinh(math.Tan(lat)), true
}

func (m mercator) inverse(x, y float64) (lon, lat float64, ok bool) {
	a := m.ellipsoid.a
	x, y = x-m.falseEast, y-m.falseNorth
	return x/a + m.lon0*math.Pi/180, math.Atan(math.Sinh(y / a)), math.Abs(x) <= 1.001*math.Pi*a && math.Abs(y) <= 10*a
}
