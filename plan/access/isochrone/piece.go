package isochrone

import "math"

// piece is a stretch in the plane, made ready to be asked for the time of any
// point beside it.
type piece struct {
	x, y   float64 // where its time is least
	ux, uy float64 // its direction, of length 1; 0 for a point
	length float64 // metres
	t      float64 // seconds at x, y
	g      float64 // seconds for a metre along it
	k      float64 // metres before the foot where one leaves it, for a metre of distance
}

// newPiece makes a piece of the ends of a stretch. A road that is slower than
// the ground beside it is as slow as the ground.
func newPiece(ax, ay, bx, by, ta, tb, slowness float64) piece {
	p := piece{x: ax, y: ay, t: ta}
	if p.length = math.Hypot(bx-ax, by-ay); p.length > 0 {
		p.ux, p.uy = (bx-ax)/p.length, (by-ay)/p.length
		p.g = min((tb-ta)/p.length, slowness*(1-1e-9))
		p.k = p.g / math.Sqrt(slowness*slowness-p.g*p.g)
	}
	return p
}

// at returns the seconds at x, y. The way leaves the road where the whole is
// the shortest: with g the slowness on the road and q beside it, at the angle
// whose cosine is g/q (Snell's law of refraction).
func (p *piece) at(x, y, q float64) float64 {
	dx, dy := x-p.x, y-p.y
	foot := dx*p.ux + dy*p.uy
	side := math.Abs(dx*p.uy - dy*p.ux)
	leave := max(0, min(p.length, foot-side*p.k))
	if p.length == 0 {
		side = math.Hypot(dx, dy)
		leave, foot = 0, 0
	}
	along := foot - leave
	return p.t + p.g*leave + q*math.Sqrt(along*along+side*side)
}

// until returns the part of the piece with times from and to; ok is false
// where it has none.
func (p *piece) until(from, to float64) (part piece, ok bool) {
	end := p.t + p.g*p.length
	if p.t > to || end < from {
		return part, false
	}
	part = *p
	if p.g > 0 {
		begin := max(0, (from-p.t)/p.g)
		part.length = min(p.length, (to-p.t)/p.g) - begin
		part.x, part.y, part.t = p.x+begin*p.ux, p.y+begin*p.uy, p.t+begin*p.g
	}
	return part, part.length >= 0
}

// off returns the distance of a point from the piece.
func (p *piece) off(x, y float64) float64 {
	dx, dy := x-p.x, y-p.y
	foot := max(0, min(p.length, dx*p.ux+dy*p.uy))
	return math.Hypot(dx-foot*p.ux, dy-foot*p.uy)
}
