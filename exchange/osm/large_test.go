package osm

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/exchange/osm/pbftest"
)

// TestLargeExtract reads an invented extract of the size of a country: 17.6
// million nodes, of which 5.4 million lie on a million roads. Run it with
// SHANYRAQ_SOAK=1.
func TestLargeExtract(t *testing.T) {
	if os.Getenv("SHANYRAQ_SOAK") == "" {
		t.Skip("takes half a minute; run with SHANYRAQ_SOAK=1")
	}
	name := filepath.Join(t.TempDir(), "large.osm.pbf")
	writeLarge(t, name)
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	start := time.Now()
	r, err := Read(context.Background(), "large", f)
	if err != nil {
		t.Fatal(err)
	}
	read := time.Since(start)
	n, err := r.Network(Car, Winter, OwnSpeeds(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("%d nodes, %d roads, %d rows, graph of %d nodes: read in %.1f s, all in %.1f s; %d MB from the system",
		r.Report.Nodes, r.Report.Roads, len(n.IDs), n.Made.Nodes, read.Seconds(), time.Since(start).Seconds(), m.Sys>>20)
	if perRow := m.Sys / uint64(len(n.IDs)); perRow > 250 {
		t.Errorf("%d bytes for each node of a road, want at most 250", perRow)
	}
}

// writeLarge writes streets of six pieces between 700 x 700 crossings, among
// nodes of which most are on no road.
func writeLarge(t *testing.T, name string) {
	const across, pieces, block = 700, 6, 8000
	out, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriterSize(out, 1<<20)
	head := pbftest.File{}.Bytes()
	w.Write(head)
	put := func(f *pbftest.File, most int) {
		if len(f.Nodes)+len(f.Ways) > most {
			w.Write(f.Bytes()[len(head):])
			f.Nodes, f.Ways = f.Nodes[:0], f.Ways[:0]
		}
	}
	const wide = across * pieces
	at := func(x, y int) int64 { return int64(y*wide+x) + 1 }
	var nodes, ways pbftest.File
	for y := range wide {
		for x := range wide {
			nodes.Nodes = append(nodes.Nodes, pbftest.Node{ID: at(x, y), Lat: 45 + float64(y)*0.0005, Lon: 60 + float64(x)*0.0008})
			put(&nodes, block-1)
		}
	}
	put(&nodes, 0)
	classes := []string{"residential", "primary", "tertiary", "track", "service", "unclassified"}
	id := int64(0)
	street := func(at func(k int) int64) {
		id++
		x := pbftest.Way{ID: id, Tags: pbftest.Tags{"highway", classes[id%6]}}
		for k := range pieces + 1 {
			x.Refs = append(x.Refs, at(k))
		}
		if id%9 == 0 {
			x.Tags = append(x.Tags, "oneway", "yes")
		}
		ways.Ways = append(ways.Ways, x)
		put(&ways, block-1)
	}
	for y := range across {
		for x := range across - 1 {
			street(func(k int) int64 { return at(x*pieces+k, y*pieces) })
			street(func(k int) int64 { return at(y*pieces, x*pieces+k) })
		}
	}
	put(&ways, 0)
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
