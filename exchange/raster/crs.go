package raster

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Kind says in what the coordinates of a map count.
type Kind string

// The kinds of a CRS.
const (
	Unknown    Kind = "unknown"    // nothing was said: a point cannot be placed
	Geographic Kind = "geographic" // degrees
	Projected  Kind = "projected"  // metres or feet on a plane
)

// CRS is the coordinate reference system of a map.
type CRS struct {
	Kind Kind
	EPSG int // 0 where it has no code or none is known
	Name string
	// UnitMetres is the length of one unit of a projected CRS, 1 for metres.
	UnitMetres float64
	// WKT is the text of the .prj it came from.
	WKT string

	datum string // as the file names it, for messages
	plane plane  // parameters of the projection, empty when it is not known
}

func (c CRS) String() string {
	switch {
	case c.EPSG != 0 && c.Name != "":
		return fmt.Sprintf("EPSG:%d (%s)", c.EPSG, c.Name)
	case c.EPSG != 0:
		return fmt.Sprintf("EPSG:%d", c.EPSG)
	case c.Name != "":
		return c.Name
	case c.Kind == "" || c.Kind == Unknown:
		return "unknown"
	}
	return string(c.Kind)
}

// Same says that two systems give the same coordinates, as far as is known.
func (c CRS) Same(o CRS) bool {
	if c.EPSG != 0 && o.EPSG != 0 {
		return c.EPSG == o.EPSG
	}
	if kind(c) != kind(o) {
		return false
	}
	switch {
	case c.plane.method != "" && o.plane.method != "":
		return c.plane == o.plane && (c.datum == o.datum || likeWGS84(c.datum) && likeWGS84(o.datum))
	case c.WKT != "" && o.WKT != "":
		return c.WKT == o.WKT
	}
	return c.EPSG == o.EPSG && c.Name == o.Name && !strings.EqualFold(c.Name, "unknown")
}

func kind(c CRS) Kind {
	if c.Kind == "" {
		return Unknown
	}
	return c.Kind
}

// Ellipsoids by their half axis in metres and inverse flattening.
var (
	wgs84 = ellipsoid{6378137, 298.257223563}
	grs80 = ellipsoid{6378137, 298.257222101}
)

// FromEPSG returns the system of a code. The codes that can be computed carry
// all of it; of others only the code is kept, and points are refused.
func FromEPSG(code int) CRS {
	c := CRS{EPSG: code, Kind: Projected, UnitMetres: 1, datum: "WGS 84"}
	utm := func(zone int, south bool) plane {
		p := plane{method: transverseMercator, ellipsoid: wgs84, lon0: float64(6*zone - 183), scale: 0.9996, falseEast: 500000}
		if south {
			p.falseNorth = 10000000
		}
		return p
	}
	switch {
	case code == 4326:
		return CRS{EPSG: code, Kind: Geographic, Name: "WGS 84", datum: "WGS 84", plane: plane{method: degrees, ellipsoid: wgs84}}
	case code == 4258:
		return CRS{EPSG: code, Kind: Geographic, Name: "ETRS89", datum: "ETRS89", plane: plane{method: degrees, ellipsoid: grs80}}
	case code == 3857 || code == 900913 || code == 102100 || code == 102113:
		c.EPSG, c.Name, c.plane = 3857, "WGS 84 / Pseudo-Mercator", plane{method: webMercator, ellipsoid: wgs84, scale: 1}
	case code > 32600 && code <= 32660:
		c.Name, c.plane = fmt.Sprintf("WGS 84 / UTM zone %dN", code-32600), utm(code-32600, false)
	case code > 32700 && code <= 32760:
		c.Name, c.plane = fmt.Sprintf("WGS 84 / UTM zone %dS", code-32700), utm(code-32700, true)
	case code >= 25828 && code <= 25838:
		c.Name, c.datum, c.plane = fmt.Sprintf("ETRS89 / UTM zone %dN", code-25800), "ETRS89", utm(code-25800, false)
		c.plane.ellipsoid = grs80
	case code == 3035:
		c.Name, c.datum = "ETRS89-extended / LAEA Europe", "ETRS89"
		c.plane = plane{method: lambertAzimuthal, ellipsoid: grs80, lat0: 52, lon0: 10, scale: 1, falseEast: 4321000, falseNorth: 3210000}
	case code >= 4001 && code <= 4999: // the range of two-dimensional degrees
		return CRS{EPSG: code, Kind: Geographic, datum: "EPSG:" + strconv.Itoa(code)}
	default:
		c.UnitMetres, c.datum = 0, "" // the registry is not at hand: the unit is not known
	}
	return c
}

// guess gives the code of a system that was described by its parameters.
func (c CRS) guess() CRS {
	if c.EPSG != 0 || c.plane.method == "" || !likeWGS84(c.datum) {
		return c // NAD83 and others share an ellipsoid with ETRS89
	}
	for _, code := range candidates(c.plane) {
		if known := FromEPSG(code); known.plane == c.plane && (c.UnitMetres == 1 || c.Kind == Geographic) {
			known.WKT, known.datum = c.WKT, c.datum
			return known
		}
	}
	return c
}

func candidates(p plane) []int {
	switch p.method {
	case degrees:
		return []int{4326, 4258}
	case webMercator:
		return []int{3857}
	case lambertAzimuthal:
		return []int{3035}
	case transverseMercator:
		zone := int(math.Round((p.lon0 + 183) / 6))
		if zone >= 1 && zone <= 60 {
			return []int{32600 + zone, 32700 + zone, 25800 + zone}
		}
	}
	return nil
}

// likeWGS84 says that a datum differs from WGS 84 by less than a metre, which
// no cell of a map shows.
func likeWGS84(datum string) bool {
	d := strings.ToUpper(strings.NewReplacer("_", "", " ", "", "-", "").Replace(datum))
	d = strings.TrimPrefix(d, "D")
	switch {
	case strings.HasPrefix(d, "WGS84"), strings.HasPrefix(d, "WGS1984"), strings.HasPrefix(d, "WORLDGEODETICSYSTEM1984"):
		return true
	case strings.HasPrefix(d, "ETRS89"), strings.HasPrefix(d, "ETRS1989"), strings.HasPrefix(d, "EUROPEANTERRESTRIALREFERENCESYSTEM1989"):
		return true
	}
	return false
}
