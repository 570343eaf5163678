package roadgraph

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/graph"
)

// columnsEdges are the columns of a table of edges.
var columnsEdges = []string{"id", "source", "target", "cost_s"}

// Edges reads a table of edges: CSV with a header that names id, source,
// target and cost_s, in any order; other columns are passed over. source and
// target are whole numbers, cost_s is seconds. An edge leads from source to
// target only, unless bothWays.
//
// An id may not come twice. Two edges between the same nodes under two ids are
// two roads. The nodes of the network are those that an edge names.
func Edges(file string, r io.Reader, bothWays bool) (*graph.Network, error) {
	arcs, err := EdgeList(file, r, bothWays)
	if err != nil {
		return nil, err
	}
	n, err := graph.NewNetwork(arcs, 1)
	return n, fault.Wrap(err, "roadgraph.Edges", file)
}

// EdgeList reads the same table as arcs between the nodes as they are numbered
// in it.
func EdgeList(file string, r io.Reader, bothWays bool) (arcs graph.Named, err error) {
	t, err := openTable(file, r, columnsEdges)
	if err != nil {
		return arcs, err
	}
	var seen ids
	for {
		err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return arcs, err
		}
		var end [2]int64
		for i := range end {
			var ok bool
			if end[i], ok = whole(t.cells[1+i]); !ok {
				return arcs, t.wrong(1+i, "%q is no whole number: write the number of the node", clip(t.cells[1+i]))
			}
		}
		cost, ok := decimal(t.cells[3])
		switch {
		case !ok:
			return arcs, t.wrong(3, "%q is no number of seconds: write one with a decimal point, such as 12.5", clip(t.cells[3]))
		case cost < 0:
			return arcs, t.wrong(3, "%s is negative: no journey takes less than no time", clip(t.cells[3]))
		}
		if err := seen.add(t); err != nil {
			return arcs, err
		}
		arcs.Add(end[0], end[1], cost)
		if bothWays && end[0] != end[1] {
			arcs.Add(end[1], end[0], cost)
		}
		if len(arcs.From) > graph.MaxArcs {
			return arcs, fault.New(fault.TooLarge, "roadgraph.Edges", file, "row %d: more than %d arcs are not possible", t.l.row, graph.MaxArcs)
		}
	}
	if len(arcs.From) == 0 {
		return arcs, fault.New(fault.Invalid, "roadgraph.Edges", file, "there are no edges in it: give a row id,source,target,cost_s for each")
	}
	if err := seen.check(t); err != nil {
		return arcs, err
	}
	return arcs, nil
}

// ids are the ids of edges with the rows in which they stand. While numbers
// ascend, as they do in most files, nothing needs to be remembered but them.
type ids struct {
	numbers []int64
	rows    []int32 // of numbers
	jumbled bool    // numbers do not ascend
	texts   map[string]int
}

func (s *ids) add(t *table) error {
	id := t.cells[0]
	if len(id) == 0 {
		return t.wrong(0, "the id is empty: give every edge one of its own")
	}
	if n, ok := whole(id); ok {
		if k := len(s.numbers); k > 0 && n <= s.numbers[k-1] {
			s.jumbled = true
		}
		s.numbers, s.rows = append(s.numbers, n), append(s.rows, int32(t.l.row))
		return nil
	}
	if s.texts == nil {
		s.texts = map[string]int{}
	}
	if row, twice := s.texts[string(id)]; twice {
		return t.wrong(0, "the id %q stands in row %d already: give every edge one of its own", clip(id), row)
	}
	s.texts[string(id)] = t.l.row
	return nil
}

func (s *ids) check(t *table) error {
	if !s.jumbled {
		return nil
	}
	order := make([]int32, len(s.numbers))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		if s.numbers[a] != s.numbers[b] {
			if s.numbers[a] < s.numbers[b] {
				return -1
			}
			return 1
		}
		return int(a - b)
	})
	for k, i := range order {
		if k > 0 && s.numbers[order[k-1]] == s.numbers[i] {
			return wrong(t.l.file, int(s.rows[i]), "id", "the id %d stands in row %d already: give every edge one of its own", s.numbers[i], s.rows[order[k-1]])
		}
	}
	return nil
}

// Nodes reads a list of nodes: CSV with a column node, which names them by
// their numbers in the network; other columns are passed over. It returns them
// in the order of the rows. A node may not come twice.
func Nodes(file string, r io.Reader, n *graph.Network) ([]int, error) {
	t, err := openTable(file, r, []string{"node"})
	if err != nil {
		return nil, err
	}
	var out []int
	rows := map[int]int{}
	for {
		err := t.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		id, ok := whole(t.cells[0])
		if !ok {
			return nil, t.wrong(0, "%q is no whole number: write the number of the node", clip(t.cells[0]))
		}
		v, ok := n.Find(id)
		if !ok {
			return nil, t.wrong(0, "the network has no node %d: correct the number, or take the node nearest to the place", id)
		}
		if row, twice := rows[v]; twice {
			return nil, t.wrong(0, "node %d stands in row %d already: name it once", id, row)
		}
		rows[v] = t.l.row
		out = append(out, v)
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "roadgraph.Nodes", file, "there are no nodes in it: give a header `node` and a row for each")
	}
	return out, nil
}

// table reads rows of CSV: cells with commas between, in quotation marks where
// they hold a comma. A cell does not go over several lines.
type table struct {
	l     *lines
	names []string
	at    []int    // at[c] is where column c stands in a row; -1 elsewhere
	cells [][]byte // of the row, in the order of names
	width int
}

func openTable(file string, r io.Reader, names []string) (*table, error) {
	t := &table{l: newLines(file, r), names: names, cells: make([][]byte, len(names))}
	b, err := t.l.next()
	if errors.Is(err, io.EOF) {
		return nil, fault.New(fault.Invalid, "roadgraph.Read", file, "the file is empty: begin with the header %s", strings.Join(names, ","))
	}
	if err != nil {
		return nil, err
	}
	found := make([]bool, len(names))
	for rest, more := b, true; more; {
		var cell []byte
		var ok bool
		if cell, rest, more, ok = cut(rest); !ok {
			return nil, wrong(file, 1, "", "a quotation mark is not closed")
		}
		k := slices.Index(names, strings.ToLower(string(cell)))
		if k >= 0 && found[k] {
			return nil, wrong(file, 1, names[k], "the column stands twice in the header: keep one")
		}
		if k >= 0 {
			found[k] = true
		}
		t.at = append(t.at, k)
	}
	if i := slices.Index(found, false); i >= 0 {
		return nil, wrong(file, 1, names[i], "the header has no such column: it must name %s, with commas between", strings.Join(names, ","))
	}
	t.width = len(t.at)
	return t, nil
}

// next reads a row; empty lines are passed over.
func (t *table) next() error {
	var b []byte
	for len(b) == 0 {
		var err error
		if b, err = t.l.next(); err != nil {
			return err
		}
	}
	n := 0
	for rest, more := b, true; more; n++ {
		var cell []byte
		var ok bool
		if cell, rest, more, ok = cut(rest); !ok {
			return wrong(t.l.file, t.l.row, "", "a quotation mark is not closed")
		}
		if n < t.width && t.at[n] >= 0 {
			t.cells[t.at[n]] = cell
		}
	}
	if n != t.width {
		return wrong(t.l.file, t.l.row, "", "the row has %d cells and the header %d: a cell is missing or too many, or the file is cut off", n, t.width)
	}
	return nil
}

func (t *table) wrong(column int, says string, args ...any) error {
	return wrong(t.l.file, t.l.row, t.names[column], says, args...)
}

// cut takes the first cell off a row, without blanks around it.
func cut(b []byte) (cell, rest []byte, more, ok bool) {
	if len(b) > 0 && b[0] == '"' {
		end := bytes.IndexByte(b[1:], '"') + 1
		if end == 0 {
			return nil, nil, false, false
		}
		for end+1 < len(b) && b[end+1] == '"' { // a doubled mark is one
			next := bytes.IndexByte(b[end+2:], '"')
			if next < 0 {
				return nil, nil, false, false
			}
			end += 2 + next
		}
		cell, rest = b[1:end], b[end+1:]
		if bytes.Contains(cell, []byte(`""`)) {
			cell = bytes.ReplaceAll(cell, []byte(`""`), []byte(`"`))
		}
		if len(rest) == 0 {
			return cell, nil, false, true
		}
		if rest[0] != ',' {
			return nil, nil, false, false
		}
		return cell, rest[1:], true, true
	}
	i := bytes.IndexByte(b, ',')
	if i < 0 {
		return bytes.TrimSpace(b), nil, false, true
	}
	return bytes.TrimSpace(b[:i]), b[i+1:], true, true
}
