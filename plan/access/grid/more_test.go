package grid

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"pgregory.net/rapid"
)

// anySurface draws a small surface, its sources and a rule of neighbours.
func anySurface(t *rapid.T) (*Surface, []Source, Options) {
	rows, cols := rapid.IntRange(1, 14).Draw(t, "rows"), rapid.IntRange(1, 14).Draw(t, "cols")
	s, err := New(rows, cols, Cells(1, rapid.Float64Range(0.2, 5).Draw(t, "height"), 0))
	if err != nil {
		t.Fatal(err)
	}
	for r := range rows {
		for c := range cols {
			s.Row(r)[c] = float32(rapid.OneOf(rapid.Float64Range(1e-3, 1e3), rapid.SampledFrom([]float64{0, 1, 1, 2, math.NaN()})).Draw(t, "friction"))
		}
	}
	n := rapid.IntRange(1, 5).Draw(t, "sources")
	var sources []Source
	for range n {
		x := Source{Row: rapid.IntRange(0, rows-1).Draw(t, "row"), Col: rapid.IntRange(0, cols-1).Draw(t, "col"), After: rapid.SampledFrom([]float64{0, 0, 1, 7.5}).Draw(t, "after")}
		if f := s.Row(x.Row)[x.Col]; f != f {
			s.Row(x.Row)[x.Col] = 3
		}
		sources = append(sources, x)
	}
	if err := s.Seal(FreeZero); err != nil {
		t.Fatal(err)
	}
	return s, sources, Options{Neighbours: rapid.SampledFrom([]Neighbours{Eight, Sixteen}).Draw(t, "neighbours")}
}

func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, sources, o := anySurface(t)
		ctx := context.Background()
		all, err := s.Solve(ctx, sources, o)
		if err != nil {
			t.Fatal(err)
		}
		fewer, err := s.Solve(ctx, sources[:max(1, len(sources)-1)], o)
		if err != nil {
			t.Fatal(err)
		}
		limit := rapid.Float64Range(1e-3, 50).Draw(t, "limit")
		bounded, err := s.Solve(ctx, sources, Options{Neighbours: o.Neighbours, Limit: limit})
		if err != nil {
			t.Fatal(err)
		}
		for row := range s.rows {
			for col := range s.cols {
				x, _, ok := all.At(row, col)
				if y, _, before := fewer.At(row, col); before && !(x <= y) {
					t.Fatalf("row %d, column %d: %v with one more source, %v without", row, col, x, y)
				}
				z, _, inside := bounded.At(row, col)
				if inside != (ok && x <= limit*(1+limitSlack)) || inside && x != z {
					t.Fatalf("row %d, column %d: %v inside %v, %v without limit", row, col, z, limit, x)
				}
			}
		}
	})
}

func TestThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, sources, o := anySurface(t)
		a, b := sources[0], sources[len(sources)-1]
		a.After, b.After = 0, 0
		there, err := s.Solve(context.Background(), []Source{a}, o)
		if err != nil {
			t.Fatal(err)
		}
		back, err := s.Solve(context.Background(), []Source{b}, o)
		if err != nil {
			t.Fatal(err)
		}
		x, _, ok := there.At(b.Row, b.Col)
		y, _, okToo := back.At(a.Row, a.Col)
		if ok != okToo || ok && !near6(x, y) {
			t.Fatalf("there %v, back %v", x, y)
		}
	})
}

func TestSecondNearest(t *testing.T) {
	for kind := range kinds {
		r := rand.New(rand.NewPCG(3, 4))
		s, sources := invent(t, kind, r, square, 23, 31, 6)
		sources[5].Row, sources[5].Col = sources[0].Row, sources[0].Col // two in one cell
		for _, o := range []Options{{}, {Neighbours: Sixteen}, {Limit: 5}} {
			checkTwo(t, kind, s, sources, o)
		}
	}
}

func checkTwo(t *testing.T, kind string, s *Surface, sources []Source, o Options) {
	t.Helper()
	got, err := s.SolveTwo(context.Background(), sources, o)
	if err != nil {
		t.Fatal(err)
	}
	var alone []*Times
	for i := range sources {
		alone = append(alone, solve(t, s, sources[i:i+1], o))
	}
	for row := range s.rows {
		for col := range s.cols {
			first, second := math.Inf(1), math.Inf(1)
			for _, one := range alone {
				x, _, _ := one.At(row, col)
				switch {
				case x < first:
					first, second = x, first
				case x < second:
					second = x
				}
			}
			x, i, ok := got.At(row, col)
			y, j, okToo := got.SecondAt(row, col)
			if !near6(x, first) || !near6(y, second) || ok != (first < math.Inf(1)) || okToo != (second < math.Inf(1)) {
				t.Fatalf("%s, %v: row %d, column %d: %v and %v, want %v and %v", kind, o, row, col, x, y, first, second)
			}
			if okToo {
				own, _, _ := alone[i].At(row, col)
				other, _, _ := alone[j].At(row, col)
				if i == j || !near6(x, own) || !near6(y, other) {
					t.Fatalf("%s: row %d, column %d: sources %d and %d", kind, row, col, i, j)
				}
			}
		}
	}
}

func TestCatchments(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for kind := range kinds {
		s, sources := invent(t, kind, r, square, 40, 31, 20)
		o := Options{Limit: 6}
		var lock sync.Mutex
		seen := map[int]int{}
		err := s.Catchments(context.Background(), sources, o, func(i int, cells []Reached) error {
			lock.Lock()
			defer lock.Unlock()
			want := solve(t, s, sources[i:i+1], o)
			twice := map[int32]bool{}
			for _, c := range cells {
				if x, _, ok := want.At(int(c.Row), int(c.Col)); !ok || x != c.Seconds {
					return fmt.Errorf("source %d: %+v, want %v", i, c, x)
				}
				if twice[c.Row*31+c.Col] {
					return fmt.Errorf("source %d: %+v twice", i, c)
				}
				twice[c.Row*31+c.Col] = true
			}
			if n := want.Summary().Reached; n != len(cells) {
				return fmt.Errorf("source %d: %d cells, want %d", i, len(cells), n)
			}
			seen[i]++
			return nil
		})
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if len(seen) != len(sources) {
			t.Fatalf("%s: %d of %d sources", kind, len(seen), len(sources))
		}
	}
}

func TestVeryManySources(t *testing.T) {
	s := surfaceOf(t, square, [][]float32{make([]float32, 70_001)})
	for i := range s.Row(0) {
		s.Row(0)[i] = 1
	}
	if err := s.Seal(RefuseZero); err != nil {
		t.Fatal(err)
	}
	var sources []Source
	for i := range 70_000 {
		sources = append(sources, Source{Col: i})
	}
	got := solve(t, s, sources, Options{})
	for _, c := range []int{0, 65_535, 69_999} {
		if _, source, _ := got.At(0, c); source != c {
			t.Errorf("column %d belongs to source %d", c, source)
		}
	}
	if x, source, _ := got.At(0, 70_000); x != 1 || source != 69_999 {
		t.Errorf("the last cell: %v from %d", x, source)
	}
	row := make([]uint32, 70_001)
	got.Nearest(0, row)
	if row[0] != 1 || row[70_000] != 70_000 {
		t.Errorf("nearest %d ... %d", row[0], row[70_000])
	}
}

func TestSlopes(t *testing.T) {
	// Tobler: 6 km/h on a way down of 5 %, 5.04 km/h on the level, 3.55 km/h up 10 %.
	for _, tc := range []struct{ slope, kmh float64 }{{-0.05, 6}, {0, 5.0367}, {0.1, 3.5493}, {-0.2, 3.5493}} {
		got := 3.6 / (WalkingSecondsPerMetre() * Slope{}.factor(tc.slope*100, 100))
		if math.Abs(got-tc.kmh) > 1e-3 {
			t.Errorf("slope %v: %v km/h, want %v", tc.slope, got, tc.kmh)
		}
	}
	if got := (Slope{OffPath: true}).factor(0, 1); !near6(got, 1/0.6) {
		t.Errorf("off the path %v", got)
	}
	// One step of 100 m up 10 m: from the source it goes up, towards it down.
	for _, tc := range []struct {
		slope Slope
		kmh   float64
	}{{Slope{}, 3.5493}, {Slope{Towards: true}, 6 * math.Exp(-3.5*0.05)}} {
		s := surfaceOf(t, Metres(100, 100), [][]float32{{float32(WalkingSecondsPerMetre()), float32(WalkingSecondsPerMetre())}})
		rise(t, s, tc.slope, []float32{500, 510})
		x, _, _ := solve(t, s, []Source{{0, 0, 0}}, Options{}).At(0, 1)
		if want := 360 / tc.kmh; math.Abs(x-want) > 0.01 {
			t.Errorf("%+v: %v s, want %v", tc.slope, x, want)
		}
	}
}

func TestSlopesEqualToPlainDijkstra(t *testing.T) {
	for i, ground := range []Ground{Metres(100, 100), Metres(90, 30), Cells(30, 30, 30), grounds(t, 30)[3]} {
		for _, slope := range []Slope{{}, {Towards: true}, {OffPath: true}} {
			for _, neighbours := range []Neighbours{Eight, Sixteen} {
				r := rand.New(rand.NewPCG(uint64(i), 9))
				s, sources := invent(t, "walls", r, ground, 30, 25, 3)
				heights := make([]float32, 30*25)
				for k := range heights {
					heights[k] = float32(40 * r.NormFloat64())
				}
				rise(t, s, slope, heights)
				same(t, s, sources, Options{Neighbours: neighbours})
			}
		}
	}
}

func TestUnknownHeights(t *testing.T) {
	s := surfaceOf(t, Metres(10, 10), [][]float32{{1, 1, none}})
	rise(t, s, Slope{}, []float32{1, none, none})
	if s.Lost() != 1 || s.Passable() != 1 {
		t.Fatalf("%d lost, %d passable", s.Lost(), s.Passable())
	}
}

func TestRefusals(t *testing.T) {
	ctx := context.Background()
	good := func() *Surface { return surfaceOf(t, square, [][]float32{{1, none, 2}}) }
	sealed := func(f float32, zero Zero) error {
		s, err := New(1, 2, square)
		if err != nil {
			t.Fatal(err)
		}
		s.Row(0)[0], s.Row(0)[1] = 1, f
		return s.Seal(zero)
	}
	for what, err := range map[string]error{
		"no rows":              second(New(0, 5, square)),
		"no ground":            second(New(1, 5, Ground{})),
		"too few lengths":      second(New(3, 5, Ground{East: []float64{1, 1}, South: []float64{1}})),
		"a length of nothing":  second(New(1, 5, Metres(0, 1))),
		"negative friction":    sealed(-1, FreeZero),
		"zero friction":        sealed(0, RefuseZero),
		"no source":            second(good().Solve(ctx, nil, Options{})),
		"source outside":       second(good().Solve(ctx, []Source{{0, 3, 0}}, Options{})),
		"source in a barrier":  second(good().Solve(ctx, []Source{{0, 1, 0}}, Options{})),
		"negative delay":       second(good().Solve(ctx, []Source{{0, 0, -1}}, Options{})),
		"delay not a number":   second(good().Solve(ctx, []Source{{0, 0, math.NaN()}}, Options{})),
		"nine neighbours":      second(good().Solve(ctx, []Source{{0, 0, 0}}, Options{Neighbours: 9})),
		"negative limit":       second(good().Solve(ctx, []Source{{0, 0, 0}}, Options{Limit: -1})),
		"limit not a number":   second(good().Solve(ctx, []Source{{0, 0, 0}}, Options{Limit: math.NaN()})),
		"no limit":             good().Catchments(ctx, []Source{{0, 0, 0}}, Options{}, nil),
		"slope without metres": good().Rise(Slope{}),
	} {
		if !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := sealed(0, BarrierZero); err != nil {
		t.Error(err)
	}
	over, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := good().Solve(over, []Source{{0, 0, 0}}, Options{}); err == nil {
		t.Error("a search went on after its context had ended")
	}
}

func second[T any](_ T, err error) error { return err }

// rise lays a surface over heights.
func rise(t *testing.T, s *Surface, slope Slope, heights []float32) {
	t.Helper()
	if err := s.Rise(slope); err != nil {
		t.Fatal(err)
	}
	for r := range s.rows {
		copy(s.HeightRow(r), heights[r*s.cols:])
	}
	if err := s.Seal(RefuseZero); err != nil {
		t.Fatal(err)
	}
}

// Sixty cells of 100 m at 0.6 s a metre are an hour, and inside of an hour, though
// no 32-bit number is 0.6; the next cell is outside.
func TestHourOfRoundedFriction(t *testing.T) {
	s, err := New(1, 70, Metres(100, 100))
	if err != nil {
		t.Fatal(err)
	}
	row := s.Row(0)
	for i := range row {
		row[i] = 0.6
	}
	if err := s.Seal(RefuseZero); err != nil {
		t.Fatal(err)
	}
	times, err := s.Solve(context.Background(), []Source{{}}, Options{Limit: 3600})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, ok := times.At(0, 60); !ok {
		t.Error("60:00 is inside of 60 minutes")
	}
	if _, _, ok := times.At(0, 61); ok {
		t.Error("61:00 is not")
	}
}
