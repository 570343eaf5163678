package graph

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"hash"
	"io"

	"github.com/shanyraq/shanyraq/fault"
)

// magic begins a file of a hierarchy; its last byte is the version.
const magic = "SHANYRAQ HIERARCHY \x01"

// Hash returns a fingerprint of the roads: nodes and arcs, without costs.
func (g *Graph) Hash() [sha256.Size]byte {
	h := sha256.New()
	words := wordHash{h: h, b: make([]byte, 0, 1<<12)}
	words.put(uint32(g.nodes))
	first, to := g.heads()
	for _, x := range first {
		words.put(x)
	}
	for i := range g.arcs {
		words.put(to(i))
	}
	for _, x := range g.seat {
		words.put(x)
	}
	words.flush()
	return [sha256.Size]byte(h.Sum(nil))
}

// WriteTo keeps the order of the hierarchy, which is what takes time to find:
// four bytes for a node. Costs are not kept; they are worked in when the file
// is read, so that a file never holds times that are out of date.
//
// The format is the magic words with a version, the fingerprint of the roads,
// the number of nodes, the nodes by rank, each number in four bytes, least
// first, and the SHA-256 of all before it.
func (h *Hierarchy) WriteTo(w io.Writer) (int64, error) {
	sum := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(w, sum), 1<<16)
	hash := h.g.Hash()
	head := append([]byte(magic), hash[:]...)
	head = binary.LittleEndian.AppendUint32(head, uint32(h.g.nodes))
	if _, err := out.Write(head); err != nil {
		return 0, err
	}
	var b [4]byte
	for _, s := range h.f.seat {
		binary.LittleEndian.PutUint32(b[:], h.g.node[s])
		if _, err := out.Write(b[:]); err != nil {
			return 0, err
		}
	}
	if err := out.Flush(); err != nil {
		return 0, err
	}
	_, err := w.Write(sum.Sum(nil))
	return int64(len(head) + 4*len(h.f.seat) + sha256.Size), err
}

// ReadHierarchy reads what WriteTo has written, for the same roads, and works
// the costs of the graph in. name is that of the file, for messages.
//
// It returns fault.Invalid for a file that is no hierarchy, of another
// version, cut off or damaged, and fault.Conflict for one of other roads.
func ReadHierarchy(name string, r io.Reader, g *Graph) (*Hierarchy, error) {
	const op = "graph.ReadHierarchy"
	refuse := func(kind fault.Kind, says string) error {
		return fault.New(kind, op, name, "%s: remove the file, and it is made anew", says)
	}
	sum := sha256.New()
	in := bufio.NewReaderSize(r, 1<<16)
	head := make([]byte, len(magic)+sha256.Size+4)
	if _, err := io.ReadFull(in, head); err != nil {
		return nil, short(err, refuse(fault.Invalid, "this is no file of a hierarchy, or it is cut off"))
	}
	sum.Write(head)
	hash := g.Hash()
	switch {
	case !bytes.HasPrefix(head, []byte(magic[:len(magic)-1])):
		return nil, refuse(fault.Invalid, "this is no file of a hierarchy")
	case head[len(magic)-1] != magic[len(magic)-1]:
		return nil, refuse(fault.Invalid, "the hierarchy was written by another version of the program")
	case !bytes.Equal(head[len(magic):len(magic)+sha256.Size], hash[:]) || binary.LittleEndian.Uint32(head[len(head)-4:]) != uint32(g.nodes):
		return nil, refuse(fault.Conflict, "the hierarchy belongs to other roads")
	}
	body := make([]byte, 4*g.nodes)
	if _, err := io.ReadFull(in, body); err != nil {
		return nil, short(err, refuse(fault.Invalid, "the file is cut off"))
	}
	sum.Write(body)
	var tail [sha256.Size + 1]byte
	if n, err := io.ReadFull(in, tail[:]); n != sha256.Size {
		return nil, short(err, refuse(fault.Invalid, "the file is cut off, or longer than it says"))
	}
	if !bytes.Equal(tail[:sha256.Size], sum.Sum(nil)) {
		return nil, refuse(fault.Invalid, "the file is damaged: its checksum is another")
	}
	order, seen := make([]uint32, g.nodes), make([]bool, g.nodes)
	for i := range order {
		v := binary.LittleEndian.Uint32(body[4*i:])
		if int64(v) >= int64(g.nodes) || seen[v] {
			return nil, refuse(fault.Invalid, "the file is damaged: a node is missing")
		}
		seen[v] = true
		order[i] = g.seat[v]
	}
	return hierarchyOf(g, newFrame(g.roads(), order))
}

// short returns the refusal of a file that ends too early, or else the error
// of reading.
func short(err, refusal error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return refusal
	}
	return err
}

// wordHash writes numbers into a hash, many at a time.
type wordHash struct {
	h hash.Hash
	b []byte
}

func (w *wordHash) put(x uint32) {
	if len(w.b) == cap(w.b) {
		w.flush()
	}
	w.b = binary.LittleEndian.AppendUint32(w.b, x)
}

func (w *wordHash) flush() {
	w.h.Write(w.b)
	w.b = w.b[:0]
}
