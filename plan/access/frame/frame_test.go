package frame

import (
	"math"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// square is a map of n x n cells of 1, with its corner at (0, n).
func square(n int) Frame {
	return Frame{Columns: n, Rows: n, OriginX: 0, OriginY: float64(n), CellWidth: 1, CellHeight: 1}
}

// drawing shows the cells that were visited.
func drawing(f Frame, draw func(visit func(int))) string {
	cells := []byte(strings.Repeat(".", f.Cells()))
	draw(func(c int) { cells[c] = '#' })
	var rows []string
	for r := range f.Rows {
		rows = append(rows, string(cells[r*f.Columns:(r+1)*f.Columns]))
	}
	return strings.Join(rows, "\n")
}

func TestLine(t *testing.T) {
	f := square(5)
	for name, tc := range map[string]struct {
		line orb.LineString
		want string
	}{
		"through corners, both sides": {orb.LineString{{0.5, 4.5}, {2.5, 2.5}}, `
##...
###..
.##..
.....
.....`},
		"a gentle slope": {orb.LineString{{0.5, 2.5}, {4.5, 3.5}}, `
.....
..###
###..
.....
.....`},
		"one point": {orb.LineString{{4.5, 0.5}}, `
.....
.....
.....
.....
....#`},
		"from far to far": {orb.LineString{{-1e6, 2.5}, {1e6, 2.5}}, `
.....
.....
#####
.....
.....`},
		"outside": {orb.LineString{{-3, 8}, {9, 8}}, `
.....
.....
.....
.....
.....`},
	} {
		if got := "\n" + drawing(f, func(v func(int)) { f.Line(tc.line, v) }); got != tc.want {
			t.Errorf("%s:%s", name, got)
		}
	}
}

// A line across the map divides it for whoever moves to all eight neighbours.
func TestLinesDoNotLeak(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := square(rapid.IntRange(2, 12).Draw(t, "n"))
		n := float64(f.Columns)
		// Whole and half numbers make corners likely.
		y := func(name string) float64 {
			return rapid.SampledFrom([]float64{0, 0.5, 1, rapid.Float64Range(0, n).Draw(t, name+"free")}).Draw(t, name) * rapid.SampledFrom([]float64{1, 0.5, 2}).Draw(t, name+"by")
		}
		middle := orb.Point{rapid.Float64Range(0, n).Draw(t, "x"), y("middle")}
		line := orb.LineString{{-0.5, y("west")}, middle, {n + 0.5, y("east")}}
		for i := range line { // within the map from north to south
			line[i][1] = min(line[i][1], n-0.01)
		}
		wall := make([]bool, f.Cells())
		f.Line(line, func(c int) { wall[c] = true })
		// Flood from the northern edge; nothing reaches the southern edge
		// except where the wall itself is on it.
		seen := make([]bool, f.Cells())
		var stack []int
		push := func(c, r int) {
			if c < 0 || r < 0 || c >= f.Columns || r >= f.Rows {
				return
			}
			if i := r*f.Columns + c; !wall[i] && !seen[i] {
				seen[i] = true
				stack = append(stack, i)
			}
		}
		for c := range f.Columns {
			top := 0
			if above(line, float64(c)+0.5, n-0.5) {
				push(c, top)
			}
		}
		for len(stack) > 0 {
			i := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			for dr := -1; dr <= 1; dr++ {
				for dc := -1; dc <= 1; dc++ {
					push(i%f.Columns+dc, i/f.Columns+dr)
				}
			}
		}
		for i, s := range seen {
			if p := f.Center(i); s && !above(line, p[0], p[1]) {
				t.Fatalf("leaked to %v\n%s", p, drawing(f, func(v func(int)) { f.Line(line, v) }))
			}
		}
	})
}

// above says that a point lies north of a line from west to east.
func above(line orb.LineString, x, y float64) bool {
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		if a[0] <= x && x < b[0] {
			return y > a[1]+(x-a[0])/(b[0]-a[0])*(b[1]-a[1])
		}
	}
	return false
}

func TestArea(t *testing.T) {
	f := square(5)
	ring := func(p ...float64) orb.Ring {
		var r orb.Ring
		for i := 0; i < len(p); i += 2 {
			r = append(r, orb.Point{p[i], p[i+1]})
		}
		return append(r, r[0])
	}
	hole := orb.Polygon{ring(0.4, 0.4, 4.6, 0.4, 4.6, 4.6, 0.4, 4.6), ring(2, 2, 3, 2, 3, 3, 2, 3)}
	want := `
#####
#####
##.##
#####
#####`
	if got := "\n" + drawing(f, func(v func(int)) { f.Area(orb.MultiPolygon{hole}, v) }); got != want {
		t.Error(got)
	}
	if got := drawing(f, func(v func(int)) { f.Area(orb.MultiPolygon{{ring(2.6, 0, 3.4, 0, 3.4, 5, 2.6, 5)}}, v) }); strings.Contains(got, "#") {
		t.Errorf("no middle lies in it:\n%s", got)
	}
}

// Two parts of a cut square share no cell and miss none.
func TestAreasFitTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := square(rapid.IntRange(1, 9).Draw(t, "n"))
		n := float64(f.Columns)
		cut := orb.LineString{{rapid.SampledFrom([]float64{0.5, 1, 2.5}).Draw(t, "x0"), 0}, {rapid.Float64Range(0, n).Draw(t, "x1"), n / 2}, {rapid.Float64Range(0, n).Draw(t, "x2"), n}}
		west := orb.Ring{{-1, 0}, cut[0], cut[1], cut[2], {-1, n}, {-1, 0}}
		east := orb.Ring{{n + 9, n}, cut[2], cut[1], cut[0], {n + 9, 0}, {n + 9, n}}
		count := make([]int, f.Cells())
		for _, r := range []orb.Ring{west, east} {
			f.Area(orb.MultiPolygon{{r}}, func(c int) { count[c]++ })
		}
		for c, k := range count {
			if k != 1 {
				t.Fatalf("cell %v is in %d parts", f.Center(c), k)
			}
		}
	})
}

func TestAtAndCenter(t *testing.T) {
	f := Frame{Columns: 3, Rows: 2, OriginX: 100, OriginY: 50, CellWidth: 10, CellHeight: 5}
	for c := range f.Cells() {
		if f.At(f.Center(c)) != c {
			t.Error(c)
		}
	}
	for _, p := range []orb.Point{{99, 45}, {130, 45}, {105, 40}, {105, 50.1}, {math.NaN(), 45}} {
		if f.At(p) != -1 {
			t.Error(p)
		}
	}
	if b := f.Bound(); b.Min != (orb.Point{100, 40}) || b.Max != (orb.Point{130, 50}) {
		t.Error(b)
	}
}
