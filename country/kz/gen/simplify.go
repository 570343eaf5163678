package main

import (
	"fmt"
	"math"
	"sort"
)

// kmPerDegree is the length of a degree of latitude, and lonScale what a degree
// of longitude is of it in the middle of the country.
const kmPerDegree = 111.2

var lonScale = math.Cos(rad(midLat))

// maxRounds bounds the halving of tolerances; after it an arc stays as it was.
const maxRounds = 12

// simplify drops points of the borders (Douglas and Peucker 1973). A border is
// simplified once, for both its units, so that they go on sharing it; where the
// result would cross another border the tolerance of both is halved.
func simplify(arcs []arc, toleranceKm float64) error {
	full := make([][]point, len(arcs))
	tolerance := make([]float64, len(arcs))
	for i := range arcs {
		full[i] = arcs[i].line
		tolerance[i] = toleranceKm / kmPerDegree
		arcs[i].line = thin(full[i], tolerance[i])
	}
	for round := range maxRounds + 1 {
		bad := crossings(arcs)
		if len(bad) == 0 {
			return nil
		}
		for i := range bad {
			tolerance[i] /= 2
			if round >= maxRounds-1 {
				tolerance[i] = 0
			}
			arcs[i].line = thin(full[i], tolerance[i])
		}
	}
	return fmt.Errorf("%d borders cross others even unsimplified", len(crossings(arcs)))
}

// thin keeps the ends, and of a closed line also the point farthest from them.
func thin(line []point, tolerance float64) []point {
	keep := make([]bool, len(line))
	last := len(line) - 1
	keep[0], keep[last] = true, true
	if line[0] == line[last] && last > 2 {
		split := farthest(line, 0, last)
		keep[split] = true
		mark(line, 0, split, tolerance, keep)
		mark(line, split, last, tolerance, keep)
	} else {
		mark(line, 0, last, tolerance, keep)
	}
	var out []point
	for i, p := range line {
		if keep[i] {
			out = append(out, p)
		}
	}
	return out
}

func mark(line []point, a, b int, tolerance float64, keep []bool) {
	if b-a < 2 {
		return
	}
	if m := farthest(line, a, b); offset(line[m], line[a], line[b]) > tolerance {
		keep[m] = true
		mark(line, a, m, tolerance, keep)
		mark(line, m, b, tolerance, keep)
	}
}

func farthest(line []point, a, b int) int {
	best, at := -1.0, a+1
	for i := a + 1; i < b; i++ {
		if d := offset(line[i], line[a], line[b]); d > best {
			best, at = d, i
		}
	}
	return at
}

// offset is the distance of p from the segment a-b in degrees of latitude.
func offset(p, a, b point) float64 {
	px, py, bx, by := (p.x-a.x)*lonScale, p.y-a.y, (b.x-a.x)*lonScale, b.y-a.y
	if n := bx*bx + by*by; n > 0 {
		t := math.Max(0, math.Min(1, (px*bx+py*by)/n))
		px, py = px-t*bx, py-t*by
	}
	return math.Hypot(px, py)
}

// segment is one stroke of an arc, known by its western end.
type segment struct {
	arc, at    int
	west, east float64
}

// crossings returns the arcs that cross or touch another, or themselves, other
// than at a common end.
func crossings(arcs []arc) map[int]bool {
	var all []segment
	for i, a := range arcs {
		for k := 0; k+1 < len(a.line); k++ {
			all = append(all, segment{i, k, math.Min(a.line[k].x, a.line[k+1].x), math.Max(a.line[k].x, a.line[k+1].x)})
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].west < all[j].west })
	bad := map[int]bool{}
	for i, s := range all {
		for _, t := range all[i+1:] {
			if t.west > s.east {
				break
			}
			if meet(arcs[s.arc].line[s.at], arcs[s.arc].line[s.at+1], arcs[t.arc].line[t.at], arcs[t.arc].line[t.at+1]) {
				bad[s.arc], bad[t.arc] = true, true
			}
		}
	}
	return bad
}

// meet reports whether two segments share a point that is not an end of both.
// Thousandths of a degree are whole numbers here, and the test is exact.
func meet(a, b, c, d point) bool {
	if a == b || c == d {
		return false
	}
	if (a == c && b == d) || (a == d && b == c) {
		return true
	}
	s1, s2, s3, s4 := turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)
	if s1*s2 < 0 && s3*s4 < 0 {
		return true
	}
	return (s1 == 0 && within(c, a, b)) || (s2 == 0 && within(d, a, b)) || (s3 == 0 && within(a, c, d)) || (s4 == 0 && within(b, c, d))
}

func turn(a, b, c point) int {
	i := func(v float64) int64 { return int64(math.Round(v * 1000)) }
	v := (i(b.x)-i(a.x))*(i(c.y)-i(a.y)) - (i(b.y)-i(a.y))*(i(c.x)-i(a.x))
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// within reports whether p, known to lie on the line of a-b, lies strictly
// between its ends.
func within(p, a, b point) bool {
	if p == a || p == b {
		return false
	}
	return p.x >= math.Min(a.x, b.x) && p.x <= math.Max(a.x, b.x) && p.y >= math.Min(a.y, b.y) && p.y <= math.Max(a.y, b.y)
}
