package osm

import (
	"context"
	"math/rand/v2"
	"os"
	"testing"

	"github.com/shanyraq/shanyraq/internal/graph"
)

// reference holds real extracts. They are not part of the product: data of
// OpenStreetMap has a licence of its own.
const reference = "../../../shared/reference/osm/"

func real(t testing.TB, name string) *os.File {
	t.Helper()
	f, err := os.Open(reference + name)
	if err != nil {
		t.Skipf("NOT TESTED with real data: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestRealExtracts(t *testing.T) {
	// The counts were made with Osmium and stand beside the files.
	for _, tc := range []struct {
		name             string
		nodes, ways, rel int
	}{{"liechtenstein.osm.pbf", 142_832, 15_247, 358}, {"monaco-20150428.osm.pbf", 17_233, 2_398, 108}} {
		r, err := Read(context.Background(), tc.name, real(t, tc.name))
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Report; got.Nodes != tc.nodes || got.Ways != tc.ways || got.Relations != tc.rel {
			t.Errorf("%s: %d nodes, %d ways, %d relations; want %d, %d, %d", tc.name, got.Nodes, got.Ways, got.Relations, tc.nodes, tc.ways, tc.rel)
		}
		t.Logf("%+v", r.Report)
		for _, p := range Profiles {
			n, err := r.Network(p, Winter, OwnSpeeds(), nil)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: %+v", p, n.Made)
			near, err := n.Graph.Nearest(context.Background(), graph.Starts(0), graph.Search{})
			if err != nil {
				t.Fatal(err)
			}
			rows := n.Rows(near, graph.Search{})
			got, most := 0, 0.0
			for i, s := range rows.Source {
				if s >= 0 {
					got++
					most = max(most, rows.Seconds[i])
				}
			}
			t.Logf("%d of %d rows, at most %.0f s", got, len(rows.Source), most)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	f := real(b, "liechtenstein.osm.pbf")
	b.ReportAllocs()
	for range b.N {
		f.Seek(0, 0)
		if _, err := Read(context.Background(), "l", f); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNetwork(b *testing.B) {
	r, err := Read(context.Background(), "l", real(b, "liechtenstein.osm.pbf"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Network(Car, Winter, OwnSpeeds(), nil); err != nil {
			b.Fatal(err)
		}
	}
}

// A town of 160,000 crossings, invented: what `go test -bench Town` measures
// anywhere, without data of others.
func BenchmarkTown(b *testing.B) {
	f := town(rand.New(rand.NewPCG(9, 9)), 400, 400).Bytes()
	var r *Roads
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(f)))
		for b.Loop() {
			var err error
			if r, err = open(f); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("network", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			n, err := r.Network(Ambulance, Winter, OwnSpeeds(), nil)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(len(n.IDs)), "rows")
		}
	})
}
