package osm

import (
	"bytes"
	"context"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/osm/pbftest"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/graph"
)

// village is a street with two bends and a side street.
func village() pbftest.File {
	return pbftest.File{
		Nodes: []pbftest.Node{{ID: 1, Lat: 51, Lon: 71}, {ID: 2, Lat: 51, Lon: 71.01}, {ID: 3, Lat: 51, Lon: 71.02}, {ID: 4, Lat: 51.01, Lon: 71.02}},
		Ways: []pbftest.Way{
			{ID: 10, Refs: []int64{1, 2, 3}, Tags: pbftest.Tags{"highway", "primary"}},
			{ID: 11, Refs: []int64{3, 4}, Tags: pbftest.Tags{"highway", "residential"}},
		},
	}
}

func open(b []byte) (*Roads, error) {
	return Read(context.Background(), "v.osm.pbf", bytes.NewReader(b))
}

func TestByHand(t *testing.T) {
	// 0.01 degrees of longitude at 51° N are 6,371,008.8 x cos 51° x 0.01 x π/180
	// = 699.77 m; at 80 km/h that takes 31.490 s. From 3 to 4 there are 1,111.95 m
	// at 30 km/h: 133.434 s.
	r := read(t, village())
	n, err := r.Network(Car, Summer, OwnSpeeds(), nil)
	if err != nil {
		t.Fatal(err)
	}
	start, err := n.Begin(1)
	if err != nil {
		t.Fatal(err)
	}
	near, err := n.Graph.Nearest(context.Background(), graph.Starts(start), graph.Search{})
	if err != nil {
		t.Fatal(err)
	}
	rows := n.Rows(near, graph.Search{})
	for i, want := range []float64{0, 31.49, 62.98, 196.414} {
		if got := rows.Seconds[i]; got < want-0.002 || got > want+0.002 {
			t.Errorf("node %d: %v s, want %v", n.IDs[i], got, want)
		}
	}
	if n.Made.Nodes != 2 { // 2 and 3 lie between the ends
		t.Errorf("%d nodes in the graph, want 2", n.Made.Nodes)
	}
	if _, err := n.Begin(2); !fault.Is(err, fault.Invalid) {
		t.Errorf("a node inside a chain: %v", err)
	}
	if _, err := n.Begin(99); !fault.Is(err, fault.NotFound) {
		t.Errorf("a node that is not there: %v", err)
	}
	if _, err := r.Network(Car, Summer, OwnSpeeds(), []int64{99}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a node that is not there, to be kept: %v", err)
	}
}

func TestTurns(t *testing.T) {
	// From west and from south into a crossing; the turn from west to north is
	// forbidden, so one goes east to the end of the street, turns, and comes
	// back: 2 x 1,399.54 m at 80 km/h more. An ambulance is exempt.
	f := pbftest.File{
		Nodes: []pbftest.Node{{ID: 1, Lat: 51, Lon: 70.98}, {ID: 2, Lat: 51, Lon: 71}, {ID: 3, Lat: 51, Lon: 71.02}, {ID: 4, Lat: 51.02, Lon: 71}},
		Ways: []pbftest.Way{
			{ID: 10, Refs: []int64{1, 2}, Tags: pbftest.Tags{"highway", "primary"}},
			{ID: 11, Refs: []int64{2, 3}, Tags: pbftest.Tags{"highway", "primary"}},
			{ID: 12, Refs: []int64{2, 4}, Tags: pbftest.Tags{"highway", "primary"}},
		},
		Relations: []pbftest.Relation{{ID: 1, Tags: pbftest.Tags{"type", "restriction", "restriction", "no_left_turn", "except", "emergency"},
			Members: []pbftest.Member{{Kind: 1, ID: 10, Role: "from"}, {Kind: 0, ID: 2, Role: "via"}, {Kind: 1, ID: 12, Role: "to"}}}},
	}
	seconds := func(f pbftest.File, p Profile) float64 {
		n, err := read(t, f).Network(p, Summer, OwnSpeeds(), []int64{1})
		if err != nil {
			t.Fatal(err)
		}
		start, _ := n.Begin(1)
		near, err := n.Graph.Nearest(context.Background(), graph.Starts(start), graph.Search{})
		if err != nil {
			t.Fatal(err)
		}
		return n.Rows(near, graph.Search{}).Seconds[3]
	}
	direct := (1399.54 + 2223.90) * 3.6
	for p, want := range map[Profile]float64{Car: (direct + 2*1399.54*3.6) / 80, Ambulance: direct / 90} {
		if got := seconds(f, p); got < want-0.01 || got > want+0.01 {
			t.Errorf("%s: %v s, want %v", p, got, want)
		}
	}
	// Only straight on is the same here.
	f.Relations[0].Tags[3], f.Relations[0].Members[2].ID = "only_straight_on", 11
	if got, want := seconds(f, Car), (direct+2*1399.54*3.6)/80; got < want-0.01 || got > want+0.01 {
		t.Errorf("only_straight_on: %v s, want %v", got, want)
	}
	// What cannot be applied is counted with its reason.
	for reason, change := range map[string]func(*pbftest.Relation){
		"over a way":                      func(r *pbftest.Relation) { r.Members[1].Kind = 1 },
		"at certain hours only":           func(r *pbftest.Relation) { r.Tags[2], r.Tags[3] = "restriction:conditional", "no_left_turn @ (Mo-Fr)" },
		"for other vehicles":              func(r *pbftest.Relation) { r.Tags[2] = "restriction:hgv" },
		"unknown kind":                    func(r *pbftest.Relation) { r.Tags[3] = "no_flying" },
		"not for cars":                    func(r *pbftest.Relation) { r.Tags[5] = "bus;motorcar" },
		"members are missing or too many": func(r *pbftest.Relation) { r.Members = r.Members[:2] },
		"its node is on no open road":     func(r *pbftest.Relation) { r.Members[1].ID = 77 },
		"its ways do not meet at its node, or may not be driven": func(r *pbftest.Relation) { r.Members[0].ID = 77 },
	} {
		g := f
		rel := pbftest.Relation{ID: 1, Tags: append(pbftest.Tags(nil), f.Relations[0].Tags...), Members: append([]pbftest.Member(nil), f.Relations[0].Members...)}
		change(&rel)
		g.Relations = []pbftest.Relation{rel}
		n, err := read(t, g).Network(Car, Summer, OwnSpeeds(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if n.Made.Ignored[reason] != 1 || n.Made.Applied != 0 {
			t.Errorf("%s: applied %d, ignored %v", reason, n.Made.Applied, n.Made.Ignored)
		}
	}
}

func TestMissingNodesCutARoad(t *testing.T) {
	f := village()
	f.Nodes = append(f.Nodes[:1], f.Nodes[2:]...) // node 2 is beyond the edge of the extract
	r := read(t, f)
	if r.Report.MissingNodes != 1 || r.Report.WaysShort != 1 {
		t.Errorf("%d missing, %d roads cut", r.Report.MissingNodes, r.Report.WaysShort)
	}
	n, err := r.Network(Car, Summer, OwnSpeeds(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(n.IDs) != 2 || n.IDs[0] != 3 { // 1 is on no road any more
		t.Errorf("rows %v, want 3 and 4", n.IDs)
	}
}

func TestDamage(t *testing.T) {
	whole := village().Bytes()
	head := int(binary.BigEndian.Uint32(whole))
	for name, tc := range map[string]struct {
		b    []byte
		want string
	}{
		"nothing":         {nil, "block 1 at byte 0: the file is empty"},
		"another format":  {[]byte("<?xml version=\"1.0\"?><osm>"), "block 1 at byte 0: its head would have"},
		"cut in a length": {whole[:2], "block 1 at byte 0: the file ends"},
		"cut in a head":   {whole[:10], "block 1 at byte 0: the file ends"},
		"cut in a block":  {whole[:len(whole)-1], "the file ends inside of it"},
		"no header":       {pbftest.File{}.Blob(nil, "OSMData", nil), `it is of type "OSMData"`},
		"a broken head":   {append([]byte{0, 0, 0, 2}, 0x0a, 0x20), "its head: it does not follow"},
		"a huge block":    {append([]byte{0, 0, 0, 6}, 0x18, 0xff, 0xff, 0xff, 0xff, 0x0f), "at most"},
		"only a header":   {pbftest.File{}.Bytes(), "no roads in it"},
		"history":         {pbftest.File{Required: []string{"HistoricalInformation"}}.Bytes(), "the whole history"},
		"another feature": {pbftest.File{Required: []string{"Teleport"}}.Bytes(), `it asks for "Teleport"`},
		"a flipped bit":   {flip(whole, head+40), "block 1 at byte 0"},
		"a text that is not there": {pbftest.File{Packing: pbftest.Raw}.Blob(pbftest.File{}.Bytes(), "OSMData",
			[]byte{0x0a, 0x02, 0x0a, 0x00, 0x12, 0x0a, 0x1a, 0x08, 0x08, 1, 0x12, 1, 9, 0x1a, 1, 9}), "refers to a text that it does not have"},
	} {
		_, err := open(tc.b)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.want) || !strings.HasPrefix(err.Error(), "v.osm.pbf: ") {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
	// A block of a type that nobody knows is passed over.
	if _, err := open(pbftest.File{}.Blob(village().Bytes(), "Extra", []byte("anything"))); err != nil {
		t.Error(err)
	}
}

func flip(b []byte, at int) []byte {
	out := bytes.Clone(b)
	out[at] ^= 0x55
	return out
}

func FuzzRead(f *testing.F) {
	for _, p := range []pbftest.Packing{pbftest.Raw, pbftest.Zlib, pbftest.Zstd} {
		v := village()
		v.Packing, v.Block = p, 2
		f.Add(v.Bytes())
		v.Plain = true
		v.Relations = []pbftest.Relation{{ID: 1, Tags: pbftest.Tags{"type", "restriction", "restriction", "no_u_turn"},
			Members: []pbftest.Member{{Kind: 1, ID: 10, Role: "from"}, {Kind: 0, ID: 3, Role: "via"}, {Kind: 1, ID: 11, Role: "to"}}}}
		f.Add(v.Bytes())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := open(b)
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				t.Fatal(err)
			}
			return
		}
		n, err := r.Network(Ambulance, Winter, OwnSpeeds(), nil)
		if err != nil {
			return
		}
		if len(n.IDs) > 0 {
			near, err := n.Graph.Nearest(context.Background(), graph.Starts(0), graph.Search{})
			if err != nil {
				t.Fatal(err)
			}
			n.Rows(near, graph.Search{})
		}
	})
}
