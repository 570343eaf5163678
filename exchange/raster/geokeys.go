package raster

import (
	"math"
	"strings"
)

// Keys of OGC GeoTIFF 1.1.
const (
	keyModelType    = 1024
	keyRasterType   = 1025
	keyCitation     = 1026
	keyGeographic   = 2048
	keyGeoCitation  = 2049
	keyGeoDatum     = 2050
	keyAngularUnit  = 2054
	keyEllipsoid    = 2056
	keyHalfAxis     = 2057
	keyInverse      = 2059
	keyPrimeMerid   = 2061
	keyProjected    = 3072
	keyProjCitation = 3073
	keyProjection   = 3074
	keyMethod       = 3075
	keyLinearUnit   = 3076
	keyLinearSize   = 3077
	userDefined     = 32767
	angularDegree   = 9102
)

// linearUnits are the lengths of EPSG units in metres.
var linearUnits = map[uint16]float64{9001: 1, 9002: 0.3048, 9003: 1200.0 / 3937, 9036: 1000}

// geoKeys is what the keys of a file say.
type geoKeys struct {
	isPoint bool
	crs     CRS
	short   map[uint16]uint16
	number  map[uint16]float64
	text    map[uint16]string
}

// geoKeys reads the key directory; without one the system is unknown.
func (f *tiffFile) geoKeys(fields map[uint16]field) (geoKeys, error) {
	k := geoKeys{crs: CRS{Kind: Unknown}, short: map[uint16]uint16{}, number: map[uint16]float64{}, text: map[uint16]string{}}
	d, ok := fields[tagGeoKeys]
	if !ok {
		return k, nil
	}
	if d.count < 4 || d.count > 4*maxTags {
		return k, f.refuse("its directory of geographic keys has %d values: the file is broken", d.count)
	}
	dir, err := f.whole(fields, tagGeoKeys, d.count)
	if err != nil {
		return k, err
	}
	numbers, err := f.doubles(fields, tagGeoDoubles, maxTags)
	if err != nil {
		return k, err
	}
	text, err := f.text(fields, tagGeoText)
	if err != nil {
		return k, err
	}
	if dir[0] != 1 || uint64(len(dir)) < 4+4*dir[3] {
		return k, f.refuse("its directory of geographic keys is cut or of version %d", dir[0])
	}
	for i := range dir[3] {
		e := dir[4+4*i : 8+4*i]
		key, count, at := uint16(e[0]), e[2], e[3]
		switch e[1] {
		case 0:
			k.short[key] = uint16(at)
		case tagGeoDoubles:
			if at < uint64(len(numbers)) {
				k.number[key] = numbers[at]
			}
		case tagGeoText:
			if at+count <= uint64(len(text)) {
				k.text[key] = strings.TrimRight(text[at:at+count], "|\x00")
			} else if at < uint64(len(text)) { // the final bar is often left out
				k.text[key] = strings.TrimRight(text[at:], "|\x00")
			}
		}
	}
	k.isPoint = k.short[keyRasterType] == 2
	return k, k.system(f)
}

// system finds the CRS of the keys.
func (k *geoKeys) system(f *tiffFile) error {
	switch k.short[keyModelType] {
	case 0:
		return nil
	case 1:
		k.crs = k.projected()
		if u, ok := k.short[keyLinearUnit]; ok {
			unit := linearUnits[u]
			if u == userDefined {
				unit = k.number[keyLinearSize]
			}
			if !(unit > 1e-6 && unit < 1e6) {
				return f.refuse("its unit of length (EPSG %d) is not known: bring the map to metres (gdalwarp -t_srs EPSG:N)", u)
			}
			k.crs.UnitMetres = unit
		} else if k.crs.UnitMetres == 0 {
			k.crs.UnitMetres = 1 // the standard's own, when nothing is said
		}
		if k.crs.EPSG == 0 && k.crs.plane.method != "" {
			k.crs.plane.falseEast *= k.crs.UnitMetres
			k.crs.plane.falseNorth *= k.crs.UnitMetres
			if why := k.crs.plane.check(); why != "" {
				return f.refuse("%s", why)
			}
		}
	case 2:
		k.crs = k.degrees()
		if u, ok := k.short[keyAngularUnit]; ok && u != angularDegree {
			return f.refuse("its angles count in the unit EPSG %d, not in degrees: bring the map to WGS 84 (gdalwarp -t_srs EPSG:4326)", u)
		}
	default:
		return f.refuse("it counts from the middle of the earth: bring the map to WGS 84 (gdalwarp -t_srs EPSG:4326)")
	}
	k.crs = k.crs.guess()
	return nil
}

// degrees is the system of the geographic keys.
func (k *geoKeys) degrees() CRS {
	if code := k.short[keyGeographic]; code != 0 && code != userDefined {
		c := FromEPSG(int(code))
		if c.Kind != Geographic {
			c = CRS{EPSG: int(code), Kind: Geographic, datum: k.text[keyGeoCitation]}
		}
		if c.Name == "" {
			c.Name = k.text[keyGeoCitation]
		}
		return c
	}
	c := CRS{Kind: Geographic, Name: first(k.text[keyGeoCitation], k.text[keyCitation]), datum: first(k.text[keyGeoCitation], "no name")}
	switch {
	case k.short[keyGeoDatum] == 6326:
		c.datum, c.plane = "WGS 84", plane{method: degrees, ellipsoid: wgs84}
	case k.short[keyGeoDatum] == 6258:
		c.datum, c.plane = "ETRS89", plane{method: degrees, ellipsoid: grs80}
	case k.short[keyEllipsoid] == 7030 || math.Abs(k.number[keyInverse]-wgs84.inverse) < 1e-9 && k.number[keyHalfAxis] == wgs84.a:
		c.plane = plane{method: degrees, ellipsoid: wgs84}
		if likeWGS84(c.Name) {
			c.datum = "WGS 84"
		}
	}
	return c
}

// geoMethods are the codes of 3075 that are computed here.
var geoMethods = map[uint16]string{1: transverseMercator, 10: lambertAzimuthal, 11: albers}

// projected is the system of the keys of a projection.
func (k *geoKeys) projected() CRS {
	if code := k.short[keyProjected]; code != 0 && code != userDefined {
		c := FromEPSG(int(code))
		if c.Kind != Projected {
			c = CRS{EPSG: int(code), Kind: Projected}
		}
		if c.Name == "" {
			c.Name = first(k.text[keyProjCitation], k.text[keyCitation])
		}
		return c
	}
	base := k.degrees()
	c := CRS{Kind: Projected, Name: first(k.text[keyProjCitation], k.text[keyCitation]), datum: base.datum}
	if zone := int(k.short[keyProjection]); base.EPSG == 4326 {
		switch {
		case zone > 16000 && zone <= 16060:
			return FromEPSG(32600 + zone - 16000)
		case zone > 16100 && zone <= 16160:
			return FromEPSG(32700 + zone - 16100)
		}
	}
	method := geoMethods[k.short[keyMethod]]
	if method == "" || base.plane.method == "" {
		return c
	}
	p := plane{method: method, ellipsoid: base.plane.ellipsoid, scale: 1}
	get := func(to *float64, keys ...uint16) {
		for _, key := range keys {
			if v, ok := k.number[key]; ok {
				*to = v
				return
			}
		}
	}
	get(&p.parallel1, 3078)
	get(&p.parallel2, 3079)
	get(&p.lon0, 3080, 3088, 3084)
	get(&p.lat0, 3081, 3089, 3085)
	get(&p.falseEast, 3082, 3090, 3086)
	get(&p.falseNorth, 3083, 3091, 3087)
	get(&p.scale, 3092, 3093)
	c.plane = p
	return c
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
