package referral

import (
	"context"
	"math"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/grid"
)

// A road of ten cells of 100 m at 0.6 s/m, a minute each, cut by a river in the
// seventh; A, B, C and D stand in cells 0, 2, 5 and 9.
func road(t *testing.T) (*grid.Surface, []Place) {
	s, err := grid.New(1, 10, grid.Metres(100, 100))
	if err != nil {
		t.Fatal(err)
	}
	row := s.Row(0)
	for i := range row {
		row[i] = 0.6
	}
	row[7] = float32(math.NaN())
	if err := s.Seal(grid.RefuseZero); err != nil {
		t.Fatal(err)
	}
	at := func(id string, col int) Place { return Place{id, grid.Source{Col: col}} }
	return s, []Place{at("A", 0), at("B", 2), at("C", 5), at("D", 9)}
}

func TestFind(t *testing.T) {
	s, list := road(t)
	got, err := Find(context.Background(), s, list, list, grid.Options{})
	if err != nil {
		t.Fatal(err)
	}
	no := math.NaN()
	want := [][]float64{{0, 120, 300, no}, {120, 0, 180, no}, {300, 180, 0, no}, {no, no, no, 0}}
	for i := range want {
		for k, w := range want[i] {
			if g := got.Seconds[i][k]; math.Abs(g-w) > 1e-4 || (g != g) != (w != w) {
				t.Errorf("%s to %s: %g, want %g", list[i].ID, list[k].ID, g, w)
			}
		}
	}
	for i, w := range []int{1, 0, 1, -1} {
		if got.Nearest[i] != w {
			t.Errorf("nearest of %s: %d, want %d", list[i].ID, got.Nearest[i], w)
		}
	}
	// Within 151 seconds, to B and C only; after a delay.
	list[0].Source.After = 30
	got, err = Find(context.Background(), s, list[:1], list[1:3], grid.Options{Limit: 151})
	if err != nil || math.Abs(got.Seconds[0][0]-150) > 1e-4 || got.Seconds[0][1] == got.Seconds[0][1] || got.Nearest[0] != 0 {
		t.Errorf("%+v %v", got, err)
	}
}

func TestRefused(t *testing.T) {
	s, list := road(t)
	list[1].Source.Col = 7
	if _, err := Find(context.Background(), s, list, list, grid.Options{}); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := Find(ctx, s, list[:1], list, grid.Options{}); err == nil {
		t.Error("a context that has ended")
	}
}
