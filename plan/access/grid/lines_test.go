package grid

import (
	"math"
	"math/rand/v2"
	"testing"
)

// openGround measures, from a source in the middle of even ground, the mean
// and the largest excess over the true distance, as shares of it.
func openGround(t testing.TB, n int, o Options, ground Ground) (mean, most float64) {
	rows := make([][]float32, n)
	for r := range rows {
		rows[r] = make([]float32, n)
		for c := range rows[r] {
			rows[r][c] = 1
		}
	}
	got := solve(t, surfaceOf(t, ground, rows), []Source{{n / 2, n / 2, 0}}, o)
	for r := range n {
		for c := range n {
			true := math.Hypot(ground.east(0)*float64(c-n/2), ground.south(0)*float64(r-n/2))
			if true == 0 {
				continue
			}
			x, _, _ := got.At(r, c)
			e := x/true - 1
			if e < -1e-6 {
				t.Fatalf("row %d, column %d: %v is less than the distance %v", r, c, x, true)
			}
			mean += e
			most = max(most, e)
		}
	}
	return mean / float64(n*n-1), most
}

// The table of errors in docs/method/access.md.
func TestOpenGround(t *testing.T) {
	for _, tc := range []struct {
		neighbours Neighbours
		ground     Ground
		mean, most float64
	}{
		{Eight, square, 0.053, 0.0824},
		{Sixteen, square, 0.0134, 0.0275},
		{Any, square, 0.003, 0.013},
		{Any, Cells(1, 2, 0), 0.003, 0.025},
	} {
		for _, n := range []int{41, 201, 401} {
			mean, most := openGround(t, n, Options{Neighbours: tc.neighbours}, tc.ground)
			t.Logf("%d neighbours, %d cells across: mean %.3f %%, most %.3f %%", tc.neighbours, n, 100*mean, 100*most)
			if mean > tc.mean || most > tc.most+5e-4 {
				t.Errorf("%d neighbours: mean %v, most %v; want at most %v and %v", tc.neighbours, mean, most, tc.mean, tc.most)
			}
		}
	}
}

func TestLinesAreWays(t *testing.T) {
	// A straight line is a way like any other: never sooner than the distance
	// at the least friction, and the steps of eight neighbours are never better.
	for kind := range kinds {
		for i, ground := range grounds(t, 45) {
			r := rand.New(rand.NewPCG(uint64(i), 5))
			s, sources := invent(t, kind, r, ground, 45, 38, 1)
			eight := solve(t, s, sources, Options{})
			got := solve(t, s, sources, Options{Neighbours: Any})
			limit := got.Summary().Max / 2
			bounded := solve(t, s, sources, Options{Neighbours: Any, Limit: limit})
			least := math.Inf(1)
			for r := range s.rows {
				for _, f := range s.Row(r) {
					least = min(least, float64(f))
				}
			}
			for row := range s.rows {
				for col := range s.cols {
					x, _, ok := got.At(row, col)
					y, _, okToo := eight.At(row, col)
					if ok != okToo || ok && x > y*(1+close) {
						t.Fatalf("%s: row %d, column %d: %v (%v) along lines, %v (%v) by steps", kind, row, col, x, ok, y, okToo)
					}
					from := sources[0]
					if low := least * s.ground.length(from.Row, row-from.Row, col-from.Col) * s.ground.seconds(); i < 3 && ok && x-from.After < low*(1-close)-1e-9 {
						t.Fatalf("%s: row %d, column %d: %v is sooner than %v", kind, row, col, x, low)
					}
					// With a limit other lines may be found near it, as good ones.
					z, _, inside := bounded.At(row, col)
					if inside != (ok && x <= limit) && math.Abs(x-limit) > 0.03*limit || inside && math.Abs(x-z) > 0.03*z {
						t.Fatalf("%s: row %d, column %d: %v inside %v, %v without limit", kind, row, col, z, limit, x)
					}
				}
			}
		}
	}
}

func TestLinesDoNotCrossWalls(t *testing.T) {
	// A wall of one cell with a gate at its end: the way leads through it.
	s := surfaceOf(t, square, [][]float32{
		{1, 1, none, 1, 1},
		{1, 1, none, 1, 1},
		{1, 1, none, 1, 1},
		{1, 1, none, 1, 1},
		{1, 1, 1, 1, 1},
	})
	got := solve(t, s, []Source{{0, 1, 0}}, Options{Neighbours: Any})
	// Past the corners of the wall: to the gate 3 down and a slant, and back.
	if x, _, _ := got.At(0, 3); !near6(x, 6+2*math.Sqrt2) {
		t.Errorf("round the wall %v, want %v", x, 6+2*math.Sqrt2)
	}
}

func TestCellsOfALine(t *testing.T) {
	// From (0,0) to (1,2): half of the first leg inside the cell itself, then
	// (0,1) and (1,1), then the last.
	type piece struct {
		r, c  int
		share float64
	}
	var got []piece
	cross(1, 2, func(r, c int, share float64) { got = append(got, piece{r, c, share}) })
	want := []piece{{0, 0, 0.25}, {0, 1, 0.25}, {1, 1, 0.25}, {1, 2, 0.25}}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i].r != want[i].r || got[i].c != want[i].c || !near6(got[i].share, want[i].share) {
			t.Errorf("%v, want %v", got, want)
		}
	}
}
