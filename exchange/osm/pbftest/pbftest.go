// Package pbftest writes small files of OpenStreetMap (.osm.pbf) for tests, so
// that no map of others has to be carried along.
package pbftest

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"math"

	"github.com/klauspost/compress/zstd"
)

// Tags are keys and values, one after the other.
type Tags []string

// Node is a node with its place in degrees.
type Node struct {
	ID       int64
	Lat, Lon float64
	Tags     Tags
}

// Way is a way along nodes.
type Way struct {
	ID   int64
	Refs []int64
	Tags Tags
}

// Member is a member of a relation: Kind 0 node, 1 way, 2 relation.
type Member struct {
	Kind int
	ID   int64
	Role string
}

// Relation is a relation.
type Relation struct {
	ID      int64
	Members []Member
	Tags    Tags
}

// Packing is how blocks are packed.
type Packing int

// The packings.
const (
	Zlib Packing = iota
	Raw
	Zstd
)

// File is what a file holds, and how it is written.
type File struct {
	Nodes     []Node
	Ways      []Way
	Relations []Relation

	Packing  Packing
	Plain    bool     // nodes one by one and not dense
	Block    int      // objects in a block; 0: 8000
	Required []string // features; nil: the usual two
}

// Bytes returns the file.
func (f File) Bytes() []byte {
	required := f.Required
	if required == nil {
		required = []string{"OsmSchema-V0.6", "DenseNodes"}
	}
	var head []byte
	for _, r := range required {
		head = field(head, 4, []byte(r))
	}
	head = field(head, 16, []byte("pbftest"))
	out := f.blob(nil, "OSMHeader", head)
	size := f.Block
	if size == 0 {
		size = 8000
	}
	for i := 0; i < len(f.Nodes); i += size {
		out = f.blob(out, "OSMData", f.nodes(f.Nodes[i:min(i+size, len(f.Nodes))]))
	}
	for i := 0; i < len(f.Ways); i += size {
		out = f.blob(out, "OSMData", ways(f.Ways[i:min(i+size, len(f.Ways))]))
	}
	for i := 0; i < len(f.Relations); i += size {
		out = f.blob(out, "OSMData", relations(f.Relations[i:min(i+size, len(f.Relations))]))
	}
	return out
}

// Blob appends a block of any type and content.
func (f File) Blob(out []byte, kind string, content []byte) []byte {
	return f.blob(out, kind, content)
}

func (f File) blob(out []byte, kind string, content []byte) []byte {
	var blob []byte
	var b bytes.Buffer
	switch f.Packing {
	case Raw:
		blob = field(blob, 1, content)
	case Zlib:
		w := zlib.NewWriter(&b)
		w.Write(content)
		w.Close()
		blob = field(number(blob, 2, uint64(len(content))), 3, b.Bytes())
	case Zstd:
		w, err := zstd.NewWriter(&b)
		if err != nil {
			panic(err)
		}
		w.Write(content)
		w.Close()
		blob = field(number(blob, 2, uint64(len(content))), 7, b.Bytes())
	}
	head := number(field(nil, 1, []byte(kind)), 3, uint64(len(blob)))
	out = binary.BigEndian.AppendUint32(out, uint32(len(head)))
	return append(append(out, head...), blob...)
}

// table is the table of texts of a block.
type table struct {
	at   map[string]uint64
	text []string
}

func newTable() *table { return &table{map[string]uint64{"": 0}, []string{""}} }

func (t *table) of(s string) uint64 {
	if _, there := t.at[s]; !there {
		t.at[s] = uint64(len(t.text))
		t.text = append(t.text, s)
	}
	return t.at[s]
}

func (t *table) block(group []byte) []byte {
	var texts []byte
	for _, s := range t.text {
		texts = field(texts, 1, []byte(s))
	}
	return field(field(nil, 1, texts), 2, group)
}

func (t *table) tags(out []byte, tags Tags) []byte {
	var k, v []byte
	for i := 0; i+1 < len(tags); i += 2 {
		k = binary.AppendUvarint(k, t.of(tags[i]))
		v = binary.AppendUvarint(v, t.of(tags[i+1]))
	}
	return field(field(out, 2, k), 3, v)
}

// degrees returns the unit of the format: a ten-millionth.
func degrees(d float64) int64 { return int64(math.Round(d * 1e7)) }

func (f File) nodes(nodes []Node) []byte {
	t := newTable()
	var group, ids, lats, lons, texts []byte
	var id, lat, lon int64
	for _, n := range nodes {
		if f.Plain {
			m := t.tags(zigzag(nil, 1, n.ID), n.Tags)
			group = field(group, 1, zigzag(zigzag(m, 8, degrees(n.Lat)), 9, degrees(n.Lon)))
			continue
		}
		ids = binary.AppendVarint(ids, n.ID-id)
		lats = binary.AppendVarint(lats, degrees(n.Lat)-lat)
		lons = binary.AppendVarint(lons, degrees(n.Lon)-lon)
		id, lat, lon = n.ID, degrees(n.Lat), degrees(n.Lon)
		for _, s := range n.Tags {
			texts = binary.AppendUvarint(texts, t.of(s))
		}
		texts = append(texts, 0)
	}
	if !f.Plain {
		group = field(nil, 2, field(field(field(field(nil, 1, ids), 8, lats), 9, lons), 10, texts))
	}
	return t.block(group)
}

func ways(ways []Way) []byte {
	t := newTable()
	var group []byte
	for _, w := range ways {
		var refs []byte
		var before int64
		for _, r := range w.Refs {
			refs = binary.AppendVarint(refs, r-before)
			before = r
		}
		group = field(group, 3, field(t.tags(number(nil, 1, uint64(w.ID)), w.Tags), 8, refs))
	}
	return t.block(group)
}

func relations(relations []Relation) []byte {
	t := newTable()
	var group []byte
	for _, r := range relations {
		var roles, ids, kinds []byte
		var before int64
		for _, m := range r.Members {
			roles = binary.AppendUvarint(roles, t.of(m.Role))
			ids = binary.AppendVarint(ids, m.ID-before)
			kinds = binary.AppendUvarint(kinds, uint64(m.Kind))
			before = m.ID
		}
		m := t.tags(number(nil, 1, uint64(r.ID)), r.Tags)
		group = field(group, 4, field(field(field(m, 8, roles), 9, ids), 10, kinds))
	}
	return t.block(group)
}

func field(out []byte, n int, b []byte) []byte {
	out = binary.AppendUvarint(out, uint64(n<<3|2))
	return append(binary.AppendUvarint(out, uint64(len(b))), b...)
}

func number(out []byte, n int, v uint64) []byte {
	return binary.AppendUvarint(binary.AppendUvarint(out, uint64(n<<3)), v)
}

func zigzag(out []byte, n int, v int64) []byte {
	return binary.AppendVarint(binary.AppendUvarint(out, uint64(n<<3)), v)
}
