package grid

import (
	"container/heap"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
)

// close is how near two times must be: relative, for sums of many roundings.
const close = 1e-6

func near6(a, b float64) bool {
	return a == b || math.Abs(a-b) <= close*math.Max(math.Abs(a), math.Abs(b))
}

// surfaceOf makes a surface of rows of friction; a blank cell is a barrier.
func surfaceOf(t testing.TB, ground Ground, rows [][]float32) *Surface {
	t.Helper()
	s, err := New(len(rows), len(rows[0]), ground)
	if err != nil {
		t.Fatal(err)
	}
	for r, row := range rows {
		copy(s.Row(r), row)
	}
	if err := s.Seal(FreeZero); err != nil {
		t.Fatal(err)
	}
	return s
}

var none = float32(math.NaN())

// square is ground of cells of which one is one unit.
var square = Cells(1, 1, 0)

func solve(t testing.TB, s *Surface, sources []Source, o Options) *Times {
	t.Helper()
	got, err := s.Solve(context.Background(), sources, o)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestByHand(t *testing.T) {
	// A step costs the mean of both cells: 1.5 from 1 to 2, and 1.5 times the
	// root of two where it slants. The middle row has a wall.
	s := surfaceOf(t, square, [][]float32{
		{1, 2, 3},
		{none, none, 1},
		{4, 4, 1},
	})
	got := solve(t, s, []Source{{0, 0, 0}}, Options{})
	root := math.Sqrt2
	for _, tc := range []struct {
		row, col int
		want     float64
	}{
		{0, 0, 0},
		{0, 1, 1.5},
		{0, 2, 1.5 + 2.5},
		{1, 2, 1.5 + 1.5*root},
		{2, 2, 1.5 + 1.5*root + 1},
		{2, 1, 1.5 + 1.5*root + 1 + 2.5}, // straight is shorter than slanting
		{2, 0, 1.5 + 1.5*root + 1 + 2.5 + 4},
	} {
		if x, source, ok := got.At(tc.row, tc.col); !ok || source != 0 || !near6(x, tc.want) {
			t.Errorf("row %d, column %d: %v, %v, %v; want %v", tc.row, tc.col, x, source, ok, tc.want)
		}
	}
	if _, _, ok := got.At(1, 0); ok {
		t.Error("a barrier was reached")
	}
	sum := got.Summary()
	if sum.Cells != 9 || sum.Passable != 7 || sum.Reached != 7 || sum.Unreached() != 0 {
		t.Errorf("summary %+v", sum)
	}
}

func TestCellsThatAreNotSquare(t *testing.T) {
	// Cells of 100 m by 300 m. In cells, as r.cost has it, a step south is 3
	// long and a slanting one the root of 10; in metres a hundred times that.
	rows := [][]float32{{1, 1}, {1, 1}}
	for _, tc := range []struct {
		ground Ground
		unit   float64
	}{{Cells(100, 300, 0), 1}, {Metres(100, 300), 100}} {
		got := solve(t, surfaceOf(t, tc.ground, rows), []Source{{0, 0, 0}}, Options{})
		for _, cell := range []struct {
			row, col int
			want     float64
		}{{0, 1, 1}, {1, 0, 3}, {1, 1, math.Sqrt(10)}} {
			if x, _, _ := got.At(cell.row, cell.col); !near6(x, cell.want*tc.unit) {
				t.Errorf("row %d, column %d: %v, want %v", cell.row, cell.col, x, cell.want*tc.unit)
			}
		}
	}
}

func TestMinutesForAMetre(t *testing.T) {
	// 0.06 min/m is 1 km/h: 1,000 m take an hour.
	g := Metres(1000, 1000)
	g.Seconds = 60
	got := solve(t, surfaceOf(t, g, [][]float32{{0.06, 0.06}}), []Source{{0, 0, 0}}, Options{})
	if x, _, _ := got.At(0, 1); !near6(x, 3600) {
		t.Errorf("%v seconds, want 3600", x)
	}
}

func TestDegreesAreNotMetres(t *testing.T) {
	// At 60 degrees north a degree of longitude is 55.8 km and one of latitude
	// 111.4 km; at the equator 111.3 and 110.6 km. (WGS 84, any table.)
	for _, tc := range []struct{ lat, east, south float64 }{{60, 55800, 111412}, {0, 111320, 110574}} {
		g, err := Degrees(3, tc.lat+0.015, 0.01, 0.01)
		if err != nil {
			t.Fatal(err)
		}
		if math.Abs(g.East[1]*100-tc.east) > 10 || math.Abs(g.South[1]*100-tc.south) > 10 {
			t.Errorf("at %v degrees: %v and %v m", tc.lat, g.East[1]*100, g.South[1]*100)
		}
	}
	if _, err := Degrees(10, 5_000_000, 1000, 1000); !fault.Is(err, fault.Invalid) {
		t.Errorf("metres taken for degrees: %v", err)
	}
}

func TestLimitIncludesItself(t *testing.T) {
	// A tenth of a second, ten thousand times added, is not quite 1,000.
	row := make([]float32, 20_001)
	for i := range row {
		row[i] = 0.1
	}
	s := surfaceOf(t, square, [][]float32{row})
	got := solve(t, s, []Source{{0, 0, 0}}, Options{Limit: 10_000 * float64(float32(0.1))})
	if n := got.Summary().Reached; n != 10_001 {
		t.Errorf("reached %d cells, want the first and 10,000 more", n)
	}
}

func TestDelays(t *testing.T) {
	s := surfaceOf(t, square, [][]float32{{1, 1, 1, 1, 1}})
	got := solve(t, s, []Source{{0, 0, 2.5}, {0, 4, 0}}, Options{})
	want := []struct {
		x      float64
		source int
	}{{2.5, 0}, {3, 1}, {2, 1}, {1, 1}, {0, 1}}
	for c, w := range want {
		if x, source, _ := got.At(0, c); x != w.x || source != w.source {
			t.Errorf("column %d: %v from %d, want %v from %d", c, x, source, w.x, w.source)
		}
	}
}

func TestTiesGoToTheFirst(t *testing.T) {
	s := surfaceOf(t, square, [][]float32{{1, 1, 1, 1, 1}})
	for _, sources := range [][]Source{{{0, 0, 0}, {0, 4, 0}}, {{0, 4, 0}, {0, 0, 0}}, {{0, 2, 0}, {0, 2, 0}}} {
		if _, source, _ := solve(t, s, sources, Options{}).At(0, 2); source != 0 {
			t.Errorf("%v: the middle belongs to source %d", sources, source)
		}
	}
}

// plain is Dijkstra's algorithm as a textbook has it, in 64-bit numbers and
// with a heap, written for nothing but to be compared with.
func plain(s *Surface, sources []Source, moves []move, limit float64) []float64 {
	best := make([]float64, s.rows*s.cols)
	for i := range best {
		best[i] = math.Inf(1)
	}
	var h waiting
	push := func(row, col int, x float64) {
		if i := row*s.cols + col; x < best[i] {
			best[i] = x
			heap.Push(&h, item{x, row, col})
		}
	}
	for _, x := range sources {
		push(x.Row, x.Col, x.After)
	}
	cost := func(row, col int) float64 { return float64(s.Friction(row, col)) }
	for len(h) > 0 {
		x := heap.Pop(&h).(item)
		if x.t > best[x.row*s.cols+x.col] {
			continue
		}
		for _, m := range moves {
			row, col := x.row+m.down, x.col+m.across
			if row < 0 || row >= s.rows || col < 0 || col >= s.cols {
				continue
			}
			paid := []float64{cost(x.row, x.col), cost(row, col)}
			if m.down*m.down+m.across*m.across == 5 {
				// The two cells beside a knight's line: halve the longer leg.
				paid = append(paid, cost(x.row+m.down/2, x.col+m.across/2), cost(x.row+sign(m.down), x.col+sign(m.across)))
			}
			var mean float64
			for _, p := range paid {
				mean += p / float64(len(paid))
			}
			step := mean * s.ground.length(x.row, m.down, m.across) * s.ground.seconds()
			if s.heights != nil {
				rise := float64(s.heights[s.at(row, col)] - s.heights[s.at(x.row, x.col)])
				if s.slope.Towards {
					rise = -rise
				}
				slope := rise / (s.ground.length(x.row, m.down, m.across) * s.ground.Metres)
				level := 6 * math.Exp(-3.5*0.05)
				speed := 6 * math.Exp(-3.5*math.Abs(slope+0.05))
				if s.slope.OffPath {
					speed *= 0.6
				}
				step *= level / speed
			}
			if t := x.t + step; t <= limit {
				push(row, col, t)
			}
		}
	}
	return best
}

func sign(x int) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}

type item struct {
	t        float64
	row, col int
}

type waiting []item

func (h waiting) Len() int           { return len(h) }
func (h waiting) Less(a, b int) bool { return h[a].t < h[b].t }
func (h waiting) Swap(a, b int)      { h[a], h[b] = h[b], h[a] }
func (h *waiting) Push(x any)        { *h = append(*h, x.(item)) }
func (h *waiting) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

// kinds of friction, as different as maps are.
var kinds = map[string]func(r *rand.Rand, row, col int) float64{
	"even":       func(*rand.Rand, int, int) float64 { return 1 },
	"tenths":     func(*rand.Rand, int, int) float64 { return 0.1 },
	"some":       func(r *rand.Rand, _, _ int) float64 { return 1 + 9*r.Float64() },
	"wide":       func(r *rand.Rand, _, _ int) float64 { return math.Pow(10, 4*r.Float64()) },
	"heavy tail": func(r *rand.Rand, _, _ int) float64 { return math.Exp(4 * r.NormFloat64()) },
	"extreme":    func(r *rand.Rand, _, _ int) float64 { return math.Exp(25 * (r.Float64() - 0.5)) },
	"nearly even": func(r *rand.Rand, _, _ int) float64 {
		return 1 + 1e-6*float64(r.IntN(8))
	},
	"classes": func(r *rand.Rand, _, _ int) float64 { return []float64{0.5, 2, 2, 7}[r.IntN(4)] },
	"roads": func(r *rand.Rand, row, col int) float64 {
		if row%7 == 0 || col%11 == 0 || row == col {
			return 0.04
		}
		return 2 + r.Float64()
	},
	"walls": func(r *rand.Rand, _, _ int) float64 {
		if r.IntN(3) == 0 {
			return math.NaN()
		}
		return 1 + r.Float64()
	},
	"free roads": func(r *rand.Rand, row, _ int) float64 {
		if row%5 == 0 {
			return 0
		}
		return r.Float64()
	},
	"cheap plain": func(r *rand.Rand, _, col int) float64 {
		if col > 20 {
			return 1e-5 * (1 + r.Float64())
		}
		return 1 + r.Float64()
	},
}

// invent makes a surface of that kind and sources on it.
func invent(t testing.TB, kind string, r *rand.Rand, ground Ground, rows, cols, n int) (*Surface, []Source) {
	t.Helper()
	s, err := New(rows, cols, ground)
	if err != nil {
		t.Fatal(err)
	}
	var sources []Source
	for y := range rows {
		for x := range cols {
			s.Row(y)[x] = float32(kinds[kind](r, y, x))
		}
	}
	for range n {
		row, col := r.IntN(rows), r.IntN(cols)
		if f := s.Row(row)[col]; f != f {
			s.Row(row)[col] = 1
		}
		sources = append(sources, Source{Row: row, Col: col, After: float64(r.IntN(3)) * r.Float64()})
	}
	if err := s.Seal(FreeZero); err != nil {
		t.Fatal(err)
	}
	return s, sources
}

func TestEqualToPlainDijkstra(t *testing.T) {
	shapes := [][2]int{{1, 1}, {1, 40}, {40, 1}, {2, 3}, {3, 2}, {37, 53}}
	for kind := range kinds {
		for _, shape := range shapes {
			for _, neighbours := range []Neighbours{Eight, Sixteen} {
				for i, ground := range grounds(t, shape[0]) {
					t.Run(fmt.Sprint(kind, shape, neighbours, i), func(t *testing.T) {
						r := rand.New(rand.NewPCG(uint64(i), uint64(shape[0])))
						s, sources := invent(t, kind, r, ground, shape[0], shape[1], 1+r.IntN(5))
						limit := 0.0
						if r.IntN(2) == 0 {
							limit = 7 * s.ground.shortest()
						}
						same(t, s, sources, Options{Neighbours: neighbours, Limit: limit})
					})
				}
			}
		}
	}
}

func grounds(t testing.TB, rows int) []Ground {
	north, err := Degrees(rows, 75, 0.5, 0.25)
	if err != nil {
		t.Fatal(err)
	}
	north.Seconds = 60
	return []Ground{square, Cells(30, 50, 30), Metres(250, 100), north}
}

func same(t *testing.T, s *Surface, sources []Source, o Options) {
	t.Helper()
	limit := math.Inf(1)
	if o.Limit > 0 {
		limit = o.Limit * (1 + limitSlack)
	}
	want := plain(s, sources, s.around(int(o.Neighbours)), limit)
	alone := make([][]float64, len(sources))
	got := solve(t, s, sources, o)
	for row := range s.rows {
		for col := range s.cols {
			x, source, ok := got.At(row, col)
			w := want[row*s.cols+col]
			if ok != (w < math.Inf(1)) || ok && !near6(x, w) {
				t.Fatalf("row %d, column %d: %v (%v), want %v", row, col, x, ok, w)
			}
			if !ok {
				continue
			}
			if alone[source] == nil {
				alone[source] = plain(s, sources[source:source+1], s.around(int(o.Neighbours)), limit)
			}
			if one := alone[source][row*s.cols+col]; !near6(x, one) {
				t.Fatalf("row %d, column %d: %v is not the time from source %d, %v", row, col, x, source, one)
			}
		}
	}
}
