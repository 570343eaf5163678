package country

import "testing"

// What is read as a line has at least two points on the earth.
func FuzzParseLine(f *testing.F) {
	for _, s := range []string{"", "71.446 51.1801;71.5 51", "1 2", "a b;c d", "NaN 1;2 3", "1  2;3 4", ";;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		line, ok := parseLine(s)
		if !ok && line != nil {
			t.Fatalf("%q is refused and read as %v", s, line)
		}
		if ok && s != "" && len(line) < 2 {
			t.Fatalf("%q is a line of %d points", s, len(line))
		}
		points, one := parsePoints(s)
		if (ok && !one) || (one && !ok && len(points) != 1) {
			t.Fatalf("%q is read as the points %v and the line %v", s, points, line)
		}
		for _, p := range append(points, line...) {
			if !(p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180) {
				t.Fatalf("%q has the point %v", s, p)
			}
		}
	})
}
