package roadgraph

import (
	"bytes"
	"errors"
	"io"
	"math"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/graph"
)

// maxWeight is the largest weight of a .gr file: beyond it float64, and with
// it most programs that would compare, has no longer every whole number.
const maxWeight = 1 << 53

// bareNodes is how many nodes for an arc a file may claim: what it does not
// hold must not cost memory.
const bareNodes = 1 << 16

// GR reads a graph of the Ninth DIMACS Implementation Challenge: a line
// `p sp NODES ARCS`, then that many lines `a FROM TO WEIGHT`, and comments
// `c ...` anywhere. Nodes count from 1; all of them are in the network, joined
// or not. A unit of weight takes scale seconds.
func GR(file string, r io.Reader, scale float64) (*graph.Network, error) {
	if !(scale > 0) || math.IsInf(scale, 1) {
		return nil, fault.New(fault.Invalid, "roadgraph.GR", file, "%v seconds in a unit of weight: give a number above 0", scale)
	}
	l := newLines(file, r)
	var arcs graph.Arcs
	var nodes, want int64 = -1, 0
	for {
		b, err := l.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		kind, b := word(b)
		switch {
		case len(kind) == 0 || kind[0] == 'c':
			continue
		case string(kind) == "p" && nodes < 0:
			if nodes, want, err = l.problem(b); err != nil {
				return nil, err
			}
			room := int(min(want, 1<<24)) // a wrong header costs no memory
			arcs = graph.Arcs{From: make([]uint32, 0, room), To: make([]uint32, 0, room), Cost: make([]float64, 0, room)}
		case string(kind) == "p":
			return nil, wrong(file, l.row, "", "a second line p: a file holds one graph")
		case string(kind) == "a" && nodes < 0:
			return nil, wrong(file, l.row, "", "an arc stands before the line `p sp NODES ARCS`: put that first")
		case string(kind) == "a":
			from, to, weight, err := l.arc(b, nodes)
			if err != nil {
				return nil, err
			}
			if int64(arcs.Len()) == want {
				return nil, wrong(file, l.row, "", "the line p says %d arcs and there are more: correct it", want)
			}
			arcs.Add(from, to, weight)
		default:
			return nil, wrong(file, l.row, "", "a line begins with %q: lines of a .gr file begin with c, p or a", clip(kind))
		}
	}
	switch {
	case nodes < 0:
		return nil, fault.New(fault.Invalid, "roadgraph.GR", file, "the line `p sp NODES ARCS` is missing: this is not a .gr file, or it is empty")
	case int64(arcs.Len()) < want:
		return nil, wrong(file, l.row, "", "the file ends after %d of %d arcs: it is cut off, fetch it again", arcs.Len(), want)
	}
	if nodes > bareNodes && nodes > bareNodes*want {
		return nil, fault.New(fault.TooLarge, "roadgraph.GR", file, "%d nodes and only %d arcs: correct the line p", nodes, want)
	}
	g, err := graph.New(int(nodes), arcs, scale)
	if err != nil {
		return nil, fault.Wrap(err, "roadgraph.GR", file)
	}
	ids := make([]int64, nodes)
	for i := range ids {
		ids[i] = int64(i) + 1
	}
	return &graph.Network{Graph: g, IDs: ids}, nil
}

// problem reads what follows p in a graph file.
func (l *lines) problem(b []byte) (nodes, arcs int64, err error) {
	kind, b := word(b)
	n, b := word(b)
	m, b := word(b)
	nodes, ok := whole(n)
	arcs, fine := whole(m)
	if string(kind) != "sp" || !ok || !fine || nodes < 0 || arcs < 0 || len(bytes.TrimSpace(b)) > 0 {
		return 0, 0, wrong(l.file, l.row, "", "the line must read `p sp NODES ARCS` with two whole numbers")
	}
	if nodes > graph.MaxNodes || arcs > graph.MaxArcs {
		return 0, 0, fault.New(fault.TooLarge, "roadgraph.GR", l.file, "row %d: %d nodes and %d arcs: at most %d and %d are possible", l.row, nodes, arcs, graph.MaxNodes, graph.MaxArcs)
	}
	return nodes, arcs, nil
}

// arc reads what follows a. Columns count from 1, the letter included.
func (l *lines) arc(b []byte, nodes int64) (from, to uint32, weight float64, err error) {
	var n [3]int64
	for i := range n {
		var w []byte
		w, b = word(b)
		var ok bool
		if n[i], ok = whole(w); !ok {
			return 0, 0, 0, wrong(l.file, l.row, columnsGR[i], "%q is no whole number: an arc reads `a FROM TO WEIGHT`", clip(w))
		}
	}
	if len(bytes.TrimSpace(b)) > 0 {
		return 0, 0, 0, wrong(l.file, l.row, "", "%q stands after the weight: an arc reads `a FROM TO WEIGHT`", clip(bytes.TrimSpace(b)))
	}
	for i, v := range n[:2] {
		if v < 1 || v > nodes {
			return 0, 0, 0, wrong(l.file, l.row, columnsGR[i], "there is no node %d: the line p says 1 to %d", v, nodes)
		}
	}
	switch {
	case n[2] < 0:
		return 0, 0, 0, wrong(l.file, l.row, columnsGR[2], "the weight %d is negative: no journey takes less than no time", n[2])
	case n[2] > maxWeight:
		return 0, 0, 0, wrong(l.file, l.row, columnsGR[2], "the weight %d is beyond %d and would not be added exactly: use a larger unit", n[2], int64(maxWeight))
	}
	return uint32(n[0] - 1), uint32(n[1] - 1), float64(n[2]), nil
}

var columnsGR = [3]string{"2 (from)", "3 (to)", "4 (weight)"}

// Point is where a node lies, in degrees.
type Point struct{ Lon, Lat float64 }

// CO reads the points of a graph of so many nodes: a line `p aux sp co NODES`,
// then lines `v NODE X Y` with longitude and latitude in millionths of a
// degree. Every node must have one point.
func CO(file string, r io.Reader, nodes int) ([]Point, error) {
	l := newLines(file, r)
	points, there := make([]Point, nodes), make([]bool, nodes)
	begun := false
	for {
		b, err := l.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		kind, b := word(b)
		switch {
		case len(kind) == 0 || kind[0] == 'c':
			continue
		case string(kind) == "p" && !begun:
			f := bytes.Fields(b)
			if len(f) != 4 || string(bytes.Join(f[:3], []byte(" "))) != "aux sp co" {
				return nil, wrong(file, l.row, "", "the line must read `p aux sp co NODES`")
			}
			if n, ok := whole(f[3]); !ok || n != int64(nodes) {
				return nil, wrong(file, l.row, "5 (nodes)", "%q points, and the graph has %d nodes: the two files do not belong together", clip(f[3]), nodes)
			}
			begun = true
		case string(kind) == "v" && begun:
			i, p, err := l.point(b)
			if err != nil {
				return nil, err
			}
			if i < 1 || i > int64(nodes) {
				return nil, wrong(file, l.row, "2 (node)", "there is no node %d: the graph has 1 to %d", i, nodes)
			}
			if there[i-1] {
				return nil, wrong(file, l.row, "2 (node)", "node %d has a point already: keep one", i)
			}
			points[i-1], there[i-1] = p, true
		default:
			return nil, wrong(file, l.row, "", "a line begins with %q: a .co file has a line p first, then lines v, and comments c", clip(kind))
		}
	}
	if !begun {
		return nil, fault.New(fault.Invalid, "roadgraph.CO", file, "the line `p aux sp co NODES` is missing: this is not a .co file, or it is empty")
	}
	for i, ok := range there {
		if !ok {
			return nil, fault.New(fault.Invalid, "roadgraph.CO", file, "node %d has no point: add its line v, or fetch the file again if it is cut off", i+1)
		}
	}
	return points, nil
}

// point reads what follows v.
func (l *lines) point(b []byte) (int64, Point, error) {
	var n [3]int64
	for i, column := range [3]string{"2 (node)", "3 (x)", "4 (y)"} {
		var w []byte
		w, b = word(b)
		var ok bool
		if n[i], ok = whole(w); !ok {
			return 0, Point{}, wrong(l.file, l.row, column, "%q is no whole number: a point reads `v NODE X Y`", clip(w))
		}
	}
	p := Point{float64(n[1]) / 1e6, float64(n[2]) / 1e6}
	if math.Abs(p.Lon) > 180 || math.Abs(p.Lat) > 90 {
		return 0, Point{}, wrong(l.file, l.row, "3 (x)", "%v, %v lies off the earth: x is the longitude and y the latitude in millionths of a degree", p.Lon, p.Lat)
	}
	return n[0], p, nil
}

// word cuts the first word off a line.
func word(b []byte) (first, rest []byte) {
	i := 0
	for i < len(b) && (b[i] == ' ' || b[i] == '\t') {
		i++
	}
	b = b[i:]
	i = 0
	for i < len(b) && b[i] != ' ' && b[i] != '\t' {
		i++
	}
	return b[:i], b[i:]
}

// clip shortens what somebody wrote for a message.
func clip(b []byte) string {
	if len(b) > 40 {
		b = b[:40]
	}
	return string(bytes.ToValidUTF8(b, []byte("?")))
}
