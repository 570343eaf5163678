package isochrone

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"

	"github.com/shanyraq/shanyraq/fault"
)

// stretch is a straight part of a road on which the time grows evenly from its
// first point to its last; both are reached.
type stretch struct {
	a, b   orb.Point
	ta, tb float64 // seconds, ta <= tb
}

// reach returns the parts of the network that are reached by the last limit.
func (w Network) reach(last float64) ([]stretch, error) {
	var out []stretch
	for i, n := range w.Nodes {
		if err := sound(n.Point, n.Seconds); err != "" {
			return nil, fault.New(fault.Invalid, "isochrone.Bands", fmt.Sprintf("node %d", i), "%s", err)
		}
		if n.Seconds <= last {
			out = append(out, stretch{n.Point, n.Point, n.Seconds, n.Seconds})
		}
	}
	for i, l := range w.Legs {
		for _, end := range []Node{{l.A, l.AtA}, {l.B, l.AtB}} {
			if err := sound(end.Point, end.Seconds); err != "" {
				return nil, fault.New(fault.Invalid, "isochrone.Bands", fmt.Sprintf("leg %d", i), "%s", err)
			}
		}
		if l.AtA > l.AtB {
			l = Leg{l.B, l.A, l.AtB, l.AtA}
		}
		switch {
		case l.AtA > last:
		case l.AtB > last: // reached in part
			x := (last - l.AtA) / (l.AtB - l.AtA)
			out = append(out, stretch{l.A, between(l.A, l.B, x), l.AtA, last})
		default:
			out = append(out, stretch{l.A, l.B, l.AtA, l.AtB})
		}
	}
	for i := range w.Links {
		l := &w.Links[i]
		if err := l.check(); err != "" {
			return nil, fault.New(fault.Invalid, "isochrone.Bands", fmt.Sprintf("link %d", i), "%s", err)
		}
		out = l.cut(out, last)
	}
	return out, nil
}

func sound(p orb.Point, seconds float64) string {
	if !(math.Abs(p[0]) <= 180 && math.Abs(p[1]) <= 90) {
		return fmt.Sprintf("the point %v is not a longitude and a latitude in degrees", p)
	}
	if !(seconds >= 0) {
		return fmt.Sprintf("a time of %v seconds: give 0 or more, or +Inf where it is not reached", seconds)
	}
	return ""
}

func (l *Link) check() string {
	if len(l.Line) < 2 {
		return "a link needs a line of at least two points"
	}
	for _, p := range l.Line {
		if err := sound(p, 0); err != "" {
			return err
		}
	}
	for _, s := range []float64{l.From, l.To, l.Forth, l.Back} {
		if err := sound(orb.Point{}, s); err != "" {
			return err
		}
	}
	return ""
}

// cut appends the reached parts of the link. The time at a share x of its
// length is the least of what comes from the first point and from the last.
func (l *Link) cut(out []stretch, last float64) []stretch {
	if l.From > last && l.To > last {
		return out
	}
	whole := 0.0
	for i := 1; i < len(l.Line); i++ {
		whole += geo.DistanceHaversine(l.Line[i-1], l.Line[i])
	}
	if whole == 0 {
		t := min(l.From, l.To)
		if t <= last {
			out = append(out, stretch{l.Line[0], l.Line[0], t, t})
		}
		return out
	}
	// until is the share of the length that is served from the first point, and
	// after the share from which on it is served from the last.
	until, after := share(last-l.From, l.Forth), 1-share(last-l.To, l.Back)
	if until > after { // both come: each goes as far as it is the sooner one
		meet := 1.0
		if l.Forth+l.Back > 0 {
			meet = max(0, min(1, (l.To+l.Back-l.From)/(l.Forth+l.Back)))
		}
		until, after = min(until, meet), max(after, meet)
	}
	at := 0.0
	for i := 1; i < len(l.Line); i++ {
		a, b := l.Line[i-1], l.Line[i]
		next := at + geo.DistanceHaversine(a, b)/whole
		if next > at {
			if end := min(next, until); until > 0 && end > at {
				out = append(out, stretch{a, between(a, b, (end-at)/(next-at)), l.From + at*l.Forth, l.From + end*l.Forth})
			}
			if begin := max(at, after); after < 1 && begin < next {
				out = append(out, stretch{b, between(a, b, (begin-at)/(next-at)), l.To + max(0, 1-next)*l.Back, l.To + (1-begin)*l.Back})
			}
		}
		at = next
	}
	// The end itself counts also where the link may not be driven.
	for _, end := range []struct {
		p orb.Point
		t float64
	}{{l.Line[0], l.From}, {l.Line[len(l.Line)-1], l.To}} {
		if end.t <= last {
			out = append(out, stretch{end.p, end.p, end.t, end.t})
		}
	}
	return out
}

// share returns how much of a link of so many seconds is done in the time left.
func share(left, seconds float64) float64 {
	switch {
	case !(left > 0) || math.IsInf(seconds, 1):
		return 0
	case left >= seconds:
		return 1
	}
	return left / seconds
}

func between(a, b orb.Point, x float64) orb.Point {
	x = max(0, min(1, x))
	return orb.Point{a[0] + (b[0]-a[0])*x, a[1] + (b[1]-a[1])*x}
}
