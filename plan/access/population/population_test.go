package population

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/frame"
)

func gather(t interface{ Fatal(...any) }, from, to frame.Frame, people []float32, carry func(orb.Point) (orb.Point, bool)) Gathered {
	g := NewGather(from, to, carry)
	for r := range from.Rows {
		if err := g.Add(people[r*from.Columns : (r+1)*from.Columns]); err != nil {
			t.Fatal(err)
		}
	}
	out, err := g.Done()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func cells(columns, rows int, x, y, width, height float64) frame.Frame {
	return frame.Frame{Columns: columns, Rows: rows, OriginX: x, OriginY: y, CellWidth: width, CellHeight: height}
}

func TestGather(t *testing.T) {
	people := []float32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
	from := cells(4, 4, 0, 4, 1, 1)
	for name, tc := range map[string]struct {
		to      frame.Frame
		want    []float64
		outside float64
	}{
		"the same cells":     {from, []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, 0},
		"two by two":         {cells(2, 2, 0, 4, 2, 2), []float64{14, 22, 46, 54}, 0},
		"one and a half":     {cells(1, 1, 0, 4, 1.5, 1.5), []float64{1 + 2./2 + 5./2 + 6./4}, 136 - 6},
		"finer":              {cells(2, 2, 0, 4, 0.5, 0.5), []float64{0.25, 0.25, 0.25, 0.25}, 135},
		"shifted by a hair":  {cells(2, 2, 1e-9, 4, 2, 2), []float64{14, 22, 46, 54}, 0},
		"beyond in the west": {cells(2, 1, -1, 4, 1, 4), []float64{0, 28}, 108},
	} {
		got := gather(t, from, tc.to, people, nil)
		if !near(got.People, tc.want) || got.Outside != tc.outside || got.Total != 136 || got.Inside+got.Outside != 136 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func near(a, b []float64) bool {
	for i := range a {
		if math.Abs(a[i]-b[i]) > 1e-12*b[i] {
			return false
		}
	}
	return len(a) == len(b)
}

// Whatever the maps, nobody is lost and nobody is added.
func TestMassIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := cells(rapid.IntRange(1, 9).Draw(t, "columns"), rapid.IntRange(1, 9).Draw(t, "rows"), 0, 10, rapid.Float64Range(0.1, 3).Draw(t, "w"), rapid.Float64Range(0.1, 3).Draw(t, "h"))
		to := cells(rapid.IntRange(1, 9).Draw(t, "toColumns"), rapid.IntRange(1, 9).Draw(t, "toRows"), rapid.Float64Range(-1, 0).Draw(t, "x"), rapid.Float64Range(10, 11).Draw(t, "y"), rapid.Float64Range(0.5, 3).Draw(t, "toW"), rapid.Float64Range(0.5, 3).Draw(t, "toH"))
		var carry func(orb.Point) (orb.Point, bool)
		if rapid.Bool().Draw(t, "carried") {
			carry = func(p orb.Point) (orb.Point, bool) { return orb.Point{p[0] * 1.1, p[1]}, p[0] < 8 }
		}
		people := make([]float32, from.Cells())
		sum := 0.0
		for i := range people {
			people[i] = float32(i % 7)
			sum += float64(people[i])
		}
		g := NewGather(from, to, carry)
		for r := range from.Rows {
			if err := g.Add(people[r*from.Columns : (r+1)*from.Columns]); err != nil {
				t.Fatal(err)
			}
		}
		got, err := g.Done()
		if err != nil {
			return // nobody inside
		}
		inside := 0.0
		for _, p := range got.People {
			inside += p
		}
		if got.Total != sum || math.Abs(got.Inside+got.Outside-sum) > 1e-9*sum || math.Abs(inside-got.Inside) > 1e-9*sum {
			t.Fatalf("%v became %+v", sum, got)
		}
	})
}

func TestGatherRefuses(t *testing.T) {
	from := cells(2, 1, 0, 1, 1, 1)
	for _, bad := range []float32{-1, float32(math.Inf(1))} {
		g := NewGather(from, from, nil)
		if err := g.Add([]float32{1, bad}); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "row 1, column 2") {
			t.Error(err)
		}
	}
	g := NewGather(from, cells(2, 1, 50, 1, 1, 1), nil)
	if err := g.Add([]float32{1, float32(math.NaN())}); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Done(); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "different places") {
		t.Error(err)
	}
}

// Two zones of three cells and one cell of none:
//
//	zone     0    0    0    1     1    1    -
//	minutes  0   60   61   30     -   90    5
//	people 100   50   10   40    20    0    7
func TestTake(t *testing.T) {
	no := float32(math.NaN())
	s := Survey{
		Seconds: []float32{0, 3600, 3660, 1800, no, 5400, 300},
		People:  []float64{100, 50, 10, 40, 20, 0, 7},
		Zones:   []int32{0, 0, 0, 1, 1, 1, NoZone}, Count: 2,
		Limits: []float64{1800, 3600},
	}
	f, err := s.Take()
	if err != nil {
		t.Fatal(err)
	}
	a, b := f.Zones[0], f.Zones[1]
	// 60 minutes hold who needs 60:00.
	if a.People != 160 || !reflect.DeepEqual(a.Within, []float64{100, 150}) || a.WithoutTime != 0 || a.Median != 0 || a.P90 != 3600 {
		t.Errorf("%+v", a)
	}
	if want := (50*3600.0 + 10*3660) / 160; a.Mean != want {
		t.Errorf("mean %g, want %g", a.Mean, want)
	}
	// Of 60 people 20 are not reached: the ninth tenth is beyond every time.
	if b.People != 60 || b.WithoutTime != 20 || !reflect.DeepEqual(b.Within, []float64{40, 40}) || b.Mean != 1800 || b.Median != 1800 || b.P90 == b.P90 || b.Cells != 3 {
		t.Errorf("%+v", b)
	}
	if f.Outside.People != 7 || f.Total.People != 227 || f.Total.Within[1] != 197 || f.LostCells != 1 || !reflect.DeepEqual(f.Lost, []int{4}) {
		t.Errorf("%+v", f)
	}
	s.Seconds[2] = -1
	if _, err := s.Take(); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "cell 3") {
		t.Error(err)
	}
}

func TestLostAreTheLargest(t *testing.T) {
	s := Survey{}
	for i := range 40 {
		s.Seconds = append(s.Seconds, float32(math.NaN()))
		s.People = append(s.People, float64((i*7)%40))
	}
	f, err := s.Take()
	if err != nil || len(f.Lost) != MaxLost || f.LostCells != 39 {
		t.Fatal(f, err)
	}
	for k, cell := range f.Lost {
		if s.People[cell] != float64(39-k) {
			t.Errorf("%d: %v", k, s.People[cell])
		}
	}
}
