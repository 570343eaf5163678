package raster

import "math"

// authalic computes latitudes on the sphere of the same area, EPSG Guidance
// Note 7-2, sections on Albers and Lambert azimuthal.
type authalic struct {
	e, e2 float64
	pole  float64 // q of 90 degrees
}

func newAuthalic(e ellipsoid) authalic {
	a := authalic{e: math.Sqrt(e.e2()), e2: e.e2()}
	a.pole = a.q(1)
	return a
}

// q is the quantity of Snyder's formula 3-12 for the sine of a latitude.
func (a authalic) q(sin float64) float64 {
	if a.e == 0 {
		return 2 * sin
	}
	es := a.e * sin
	return (1 - a.e2) * (sin/(1-es*es) + math.Atanh(es)/a.e)
}

// latitude inverts q by Newton's method on the sine, exact to the last digits
// where the series of the guidance note stops at the sixth power of e.
func (a authalic) latitude(q float64) (float64, bool) {
	if math.Abs(q) > a.pole*(1+1e-12) {
		return 0, false
	}
	sin := max(-1, min(1, q/a.pole))
	for range 10 {
		es2 := 1 - a.e2*sin*sin
		step := (q - a.q(sin)) * es2 * es2 / (2 * (1 - a.e2))
		sin = max(-1, min(1, sin+step))
		if math.Abs(step) < 1e-15 {
			break
		}
	}
	return math.Asin(sin), true
}

// m is the radius of a parallel over the half axis.
func (a authalic) m(lat float64) float64 {
	es := a.e * math.Sin(lat)
	return math.Cos(lat) / math.Sqrt(1-es*es)
}

// conic is Albers Equal Area, EPSG method 9822.
type conic struct {
	plane
	authalic
	n, c, rho0 float64
}

func newConic(p plane) conic {
	k := conic{plane: p, authalic: newAuthalic(p.ellipsoid)}
	lat1, lat2 := p.parallel1*math.Pi/180, p.parallel2*math.Pi/180
	m1, m2 := k.m(lat1), k.m(lat2)
	q1, q2 := k.q(math.Sin(lat1)), k.q(math.Sin(lat2))
	if k.n = math.Sin(lat1); math.Abs(lat1-lat2) > 1e-10 {
		k.n = (m1*m1 - m2*m2) / (q2 - q1)
	}
	k.c = m1*m1 + k.n*q1
	k.rho0 = k.rho(k.q(math.Sin(p.lat0 * math.Pi / 180)))
	return k
}

func (k conic) rho(q float64) float64 {
	return k.ellipsoid.a * math.Sqrt(max(0, k.c-k.n*q)) / k.n
}

func (k conic) forward(lon, lat float64) (x, y float64, ok bool) {
	theta, rho := k.n*turn(lon-k.lon0*math.Pi/180), k.rho(k.q(math.Sin(lat)))
	return k.falseEast + rho*math.Sin(theta), k.falseNorth + k.rho0 - rho*math.Cos(theta), true
}

func (k conic) inverse(x, y float64) (lon, lat float64, ok bool) {
	x, y = x-k.falseEast, k.rho0-(y-k.falseNorth)
	rho := math.Hypot(x, y)
	theta := math.Atan2(math.Copysign(1, k.n)*x, math.Copysign(1, k.n)*y)
	lat, ok = k.latitude((k.c - rho*rho*k.n*k.n/(k.ellipsoid.a*k.ellipsoid.a)) / k.n)
	return theta/k.n + k.lon0*math.Pi/180, lat, ok && math.Abs(theta/k.n) <= math.Pi+1e-9
}

// azimuthal is Lambert Azimuthal Equal Area, EPSG method 9820, oblique and at
// the poles.
type azimuthal struct {
	plane
	authalic
	radius         float64 // of the sphere of the same area
	sin0, cos0, d  float64
	polar, atSouth bool
}

func newAzimuthal(p plane) azimuthal {
	k := azimuthal{plane: p, authalic: newAuthalic(p.ellipsoid)}
	k.radius = p.ellipsoid.a * math.Sqrt(k.pole/2)
	k.polar, k.atSouth = math.Abs(p.lat0) > 90-1e-9, p.lat0 < 0
	lat0 := p.lat0 * math.Pi / 180
	k.sin0 = k.q(math.Sin(lat0)) / k.pole
	k.cos0 = math.Sqrt(max(0, 1-k.sin0*k.sin0))
	k.d = 1
	if !k.polar {
		k.d = p.ellipsoid.a * k.m(lat0) / (k.radius * k.cos0)
	}
	return k
}

func (k azimuthal) forward(lon, lat float64) (x, y float64, ok bool) {
	lambda := turn(lon - k.lon0*math.Pi/180)
	q := k.q(math.Sin(lat))
	if k.polar {
		sign := 1.0
		if k.atSouth {
			sign = -1
		}
		rho := k.ellipsoid.a * math.Sqrt(max(0, k.pole-sign*q))
		return k.falseEast + rho*math.Sin(lambda), k.falseNorth - sign*rho*math.Cos(lambda), true
	}
	sin := max(-1, min(1, q/k.pole))
	cos := math.Sqrt(1 - sin*sin)
	below := 1 + k.sin0*sin + k.cos0*cos*math.Cos(lambda)
	if below < 1e-10 { // the point opposite to the middle is a circle
		return 0, 0, false
	}
	b := k.radius * math.Sqrt(2/below)
	return k.falseEast + b*k.d*cos*math.Sin(lambda), k.falseNorth + b/k.d*(k.cos0*sin-k.sin0*cos*math.Cos(lambda)), true
}

func (k azimuthal) inverse(x, y float64) (lon, lat float64, ok bool) {
	x, y = x-k.falseEast, y-k.falseNorth
	if k.polar {
		sign := 1.0
		if k.atSouth {
			sign = -1
		}
		rho := math.Hypot(x, y) / k.ellipsoid.a
		lat, ok = k.latitude(sign * (k.pole - rho*rho))
		return k.lon0*math.Pi/180 + math.Atan2(x, -sign*y), lat, ok
	}
	x, y = x/k.d, y*k.d
	rho := math.Hypot(x, y)
	if rho == 0 {
		return k.lon0 * math.Pi / 180, k.lat0 * math.Pi / 180, true
	}
	if rho > 2*k.radius {
		return 0, 0, false
	}
	c := 2 * math.Asin(rho/(2*k.radius))
	lat, ok = k.latitude(k.pole * max(-1, min(1, math.Cos(c)*k.sin0+y*math.Sin(c)*k.cos0/rho)))
	return k.lon0*math.Pi/180 + math.Atan2(x*math.Sin(c), rho*k.cos0*math.Cos(c)-y*k.sin0*math.Sin(c)), lat, ok
}
