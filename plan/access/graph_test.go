package access_test

import (
	"context"
	"math"
	"testing"

	"github.com/shanyraq/shanyraq/internal/graph"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// The minutes of the country are those of the road engine on the same network,
// drawn anew here from links and straight ways: two programs, one number.
func TestAgreesWithTheRoadEngine(t *testing.T) {
	g := country(t, 80, 0)
	at := map[place.ID]uint32{}
	for i, s := range g.Spots() {
		at[s.ID] = uint32(i)
	}
	for _, season := range access.Seasons {
		a := ask(t, g, access.Question{Presumed: true, Season: season, Span: access.DriveOnly})
		var arcs graph.Arcs
		for _, l := range g.Links() {
			speed := g.Value(a.Question, access.ParamSpeedOther).Value
			if l.Main {
				speed = g.Value(a.Question, access.ParamSpeedMain).Value
			}
			arcs.Add(at[l.From], at[l.To], l.Km/speed*60)
			arcs.Add(at[l.To], at[l.From], l.Km/speed*60)
		}
		roads, err := graph.New(len(g.Spots()), arcs, 60)
		if err != nil {
			t.Fatal(err)
		}
		var nodes []int
		for _, h := range a.Hubs {
			nodes = append(nodes, int(at[h.Place]))
		}
		want, err := roads.Nearest(context.Background(), graph.Starts(nodes...), graph.Search{Towards: true})
		if err != nil {
			t.Fatal(err)
		}
		for i, row := range a.Rows {
			minutes := max(want.Seconds[i]/60, g.Value(a.Question, access.ParamInside).Value) // never quicker than within one place
			if math.Abs(row.Stated-minutes) > 1e-9*minutes {
				t.Fatalf("%s %s: %v, the road engine says %v", season, g.Spots()[i].ID, row.Stated, minutes)
			}
			if row.Hub != int(want.Source[i]) {
				t.Fatalf("%s: nearest %d, the road engine says %d", g.Spots()[i].ID, row.Hub, want.Source[i])
			}
		}
	}
}
