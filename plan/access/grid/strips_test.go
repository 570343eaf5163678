package grid

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// memoryShelf keeps a map in memory, for tests.
type memoryShelf struct {
	cols     int
	friction []float32
	seconds  []float64
	source   []uint32
}

func (m *memoryShelf) Friction(first int, dst []float32) error {
	copy(dst, m.friction[first*m.cols:])
	return nil
}

func (m *memoryShelf) Save(first int, seconds []float64, source []uint32) error {
	copy(m.seconds[first*m.cols:], seconds)
	copy(m.source[first*m.cols:], source)
	return nil
}

func (m *memoryShelf) Load(first int, seconds []float64, source []uint32) error {
	copy(seconds, m.seconds[first*m.cols:])
	copy(source, m.source[first*m.cols:])
	return nil
}

// A map in strips has the times of the map in memory, also where the way winds
// through many strips and back.
func TestStripsEqualTheWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for n := range 300 {
		rows, cols := 1+r.IntN(40), 1+r.IntN(25)
		m := &memoryShelf{cols: cols, friction: make([]float32, rows*cols), seconds: make([]float64, rows*cols), source: make([]uint32, rows*cols)}
		ground := Cells(1, 1+r.Float64(), 0)
		if n%5 == 4 {
			g, err := Degrees(rows, 60, 0.01, 0.01)
			if err != nil {
				t.Fatal(err)
			}
			ground = g
		}
		s, err := New(rows, cols, ground)
		if err != nil {
			t.Fatal(err)
		}
		var free []int
		for i := range m.friction {
			m.friction[i] = float32(math.Exp(2 * r.NormFloat64()))
			if r.IntN(3) == 0 {
				m.friction[i] = float32(math.NaN())
			} else {
				free = append(free, i)
			}
		}
		if len(free) == 0 {
			continue
		}
		for row := range rows {
			copy(s.Row(row), m.friction[row*cols:])
		}
		if err := s.Seal(RefuseZero); err != nil {
			t.Fatal(err)
		}
		var sources []Source
		for range 1 + r.IntN(4) {
			i := free[r.IntN(len(free))]
			sources = append(sources, Source{i / cols, i % cols, float64(r.IntN(3))})
		}
		o := Options{Neighbours: []Neighbours{Eight, Sixteen}[n%2]}
		if n%3 == 0 {
			o.Limit = 1 + 20*r.Float64()
		}
		want, err := s.Solve(context.Background(), sources, o)
		if err != nil {
			t.Fatal(err)
		}
		sum, err := Strips{Rows: rows, Cols: cols, Ground: ground, Tall: 2 + r.IntN(9)}.Solve(context.Background(), m, sources, o)
		if err != nil {
			t.Fatal(err)
		}
		w := want.Summary()
		if sum.Reached != w.Reached || sum.Passable != s.Passable() || math.Abs(sum.Max-w.Max) > 1e-9*w.Max {
			t.Fatalf("%+v, in memory %+v", sum, w)
		}
		for i := range m.seconds {
			x, source, ok := want.At(i/cols, i%cols)
			if got := m.seconds[i]; ok != (got < math.Inf(1)) || ok && math.Abs(got-x) > 1e-9*(1+x) {
				t.Fatalf("map %d, row %d column %d: %v, in memory %v %v", n, i/cols, i%cols, got, x, ok)
			}
			if ok && int(m.source[i]) != source { // another source only where both are equally near
				one, err := s.Solve(context.Background(), sources[m.source[i]:m.source[i]+1], o)
				if err != nil {
					t.Fatal(err)
				}
				if y, _, _ := one.At(i/cols, i%cols); math.Abs(y-x) > 1e-9*(1+x) {
					t.Fatalf("map %d, row %d column %d: source %d takes %v, source %d %v", n, i/cols, i%cols, m.source[i], y, source, x)
				}
			}
		}
	}
}

func TestStripsRefuse(t *testing.T) {
	m := &memoryShelf{cols: 2, friction: []float32{1, 1, 1, float32(math.NaN()), 1, -1}, seconds: make([]float64, 6), source: make([]uint32, 6)}
	x := Strips{Rows: 2, Cols: 2, Ground: Cells(1, 1, 0), Tall: 2}
	for name, try := range map[string]func() error{
		"outside": func() error { _, err := x.Solve(context.Background(), m, []Source{{Row: 9}}, Options{}); return err },
		"on a barrier": func() error {
			_, err := x.Solve(context.Background(), m, []Source{{Row: 1, Col: 1}}, Options{})
			return err
		},
		"straight lines": func() error {
			_, err := x.Solve(context.Background(), m, []Source{{}}, Options{Neighbours: Any})
			return err
		},
		"low strips": func() error {
			y := x
			y.Tall = 1
			_, err := y.Solve(context.Background(), m, []Source{{}}, Options{})
			return err
		},
		"negative": func() error {
			y := x
			y.Rows = 3
			_, err := y.Solve(context.Background(), m, []Source{{}}, Options{})
			return err
		},
	} {
		if try() == nil {
			t.Errorf("%s: searched", name)
		}
	}
}
