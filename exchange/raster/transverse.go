package raster

import "math"

// transverse is the Transverse Mercator of EPSG method 9807 by the series of
// Krüger in the third flattening n, carried to the sixth order as in Karney,
// Journal of Geodesy 85 (2011) 475-485: exact to a micrometre within the zone
// and well beyond.
type transverse struct {
	plane
	radius      float64 // of the rectifying sphere, times the scale
	e           float64
	north0      float64
	alpha, beta [7]float64 // from 1
}

// maxZone is how far from its meridian a point is still placed, in radians.
// Farther out a map in this projection is a mistake.
const maxZone = 60 * math.Pi / 180

func newTransverse(p plane) transverse {
	f := p.ellipsoid.flattening()
	n := f / (2 - f)
	n2, n3, n4, n5, n6 := n*n, n*n*n, n*n*n*n, n*n*n*n*n, n*n*n*n*n*n
	t := transverse{plane: p, e: math.Sqrt(p.ellipsoid.e2())}
	t.radius = p.scale * p.ellipsoid.a / (1 + n) * (1 + n2/4 + n4/64 + n6/256)
	t.alpha = [7]float64{0,
		n/2 - 2*n2/3 + 5*n3/16 + 41*n4/180 - 127*n5/288 + 7891*n6/37800,
		13*n2/48 - 3*n3/5 + 557*n4/1440 + 281*n5/630 - 1983433*n6/1935360,
		61*n3/240 - 103*n4/140 + 15061*n5/26880 + 167603*n6/181440,
		49561*n4/161280 - 179*n5/168 + 6601661*n6/7257600,
		34729*n5/80640 - 3418889*n6/1995840,
		212378941 * n6 / 319334400,
	}
	t.beta = [7]float64{0,
		n/2 - 2*n2/3 + 37*n3/96 - n4/360 - 81*n5/512 + 96199*n6/604800,
		n2/48 + n3/15 - 437*n4/1440 + 46*n5/105 - 1118711*n6/3870720,
		17*n3/480 - 37*n4/840 - 209*n5/4480 + 5569*n6/90720,
		4397*n4/161280 - 11*n5/504 - 830251*n6/7257600,
		4583*n5/161280 - 108847*n6/3991680,
		20648693 * n6 / 638668800,
	}
	_, t.north0 = t.raw(0, p.lat0*math.Pi/180)
	return t
}

// raw gives east and north of the meridian and the equator, in metres.
func (t transverse) raw(lon, lat float64) (x, y float64) {
	tau := math.Tan(lat)
	sigma := math.Sinh(t.e * math.Atanh(t.e*tau/math.Hypot(1, tau)))
	tau = tau*math.Hypot(1, sigma) - sigma*math.Hypot(1, tau)
	xi := math.Atan2(tau, math.Cos(lon))
	eta := math.Asinh(math.Sin(lon) / math.Hypot(tau, math.Cos(lon)))
	x, y = eta, xi
	for j := 1; j <= 6; j++ {
		k := 2 * float64(j)
		x += t.alpha[j] * math.Cos(k*xi) * math.Sinh(k*eta)
		y += t.alpha[j] * math.Sin(k*xi) * math.Cosh(k*eta)
	}
	return t.radius * x, t.radius * y
}

func (t transverse) forward(lon, lat float64) (x, y float64, ok bool) {
	lon = turn(lon - t.lon0*math.Pi/180)
	if math.Abs(lon) > maxZone {
		return 0, 0, false
	}
	x, y = t.raw(lon, lat)
	return t.falseEast + x, t.falseNorth + y - t.north0, true
}

func (t transverse) inverse(x, y float64) (lon, lat float64, ok bool) {
	eta, xi := (x-t.falseEast)/t.radius, (y-t.falseNorth+t.north0)/t.radius
	if !(math.Abs(eta) < 1.6 && math.Abs(xi) <= math.Pi/2+1e-9) {
		return 0, 0, false
	}
	e, n := eta, xi
	for j := 1; j <= 6; j++ {
		k := 2 * float64(j)
		e -= t.beta[j] * math.Cos(k*xi) * math.Sinh(k*eta)
		n -= t.beta[j] * math.Sin(k*xi) * math.Cosh(k*eta)
	}
	want := math.Sin(n) / math.Hypot(math.Sinh(e), math.Cos(n))
	lon = math.Atan2(math.Sinh(e), math.Cos(n))
	return lon + t.lon0*math.Pi/180, math.Atan(t.latitude(want)), math.Abs(lon) <= maxZone
}

// latitude finds the tangent of the latitude whose conformal latitude has the
// tangent want, by Newton's method; three steps reach the last digit.
func (t transverse) latitude(want float64) float64 {
	e2 := t.e * t.e
	tau := want
	for range 5 {
		sigma := math.Sinh(t.e * math.Atanh(t.e*tau/math.Hypot(1, tau)))
		got := tau*math.Hypot(1, sigma) - sigma*math.Hypot(1, tau)
		step := (want - got) / math.Hypot(1, got) * (1 + (1-e2)*tau*tau) / ((1 - e2) * math.Hypot(1, tau))
		tau += step
		if math.Abs(step) < 1e-14*math.Max(1, math.Abs(tau)) {
			break
		}
	}
	return tau
}
