package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"github.com/shanyraq/shanyraq/exchange/roadgraph"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/graph"
)

type accessRoadsCommand struct {
	GR         string       `name:"gr" placeholder:"FILE" help:"${h_roads_gr}"`
	GRScale    float64      `name:"gr-scale" default:"1" placeholder:"SECONDS" help:"${h_roads_gr_scale}"`
	Edges      string       `name:"edges" placeholder:"FILE" help:"${h_roads_edges}"`
	Undirected bool         `name:"undirected" help:"${h_roads_undirected}"`
	OSM        osmFlags     `embed:""`
	OffRoad    offRoadFlags `embed:""`

	Sources string `name:"sources" required:"" placeholder:"FILE" help:"${h_roads_sources}"`
	Nearest string `name:"nearest" placeholder:"FILE" help:"${h_roads_nearest}"`
	Towards bool   `name:"towards" help:"${h_roads_towards}"`
	Matrix  string `name:"matrix" placeholder:"FILE" help:"${h_roads_matrix}"`
	Targets string `name:"targets" placeholder:"FILE" help:"${h_roads_targets}"`

	Hierarchy string `name:"hierarchy" placeholder:"FILE" help:"${h_roads_hierarchy}"`
}

// manySearches is from how many rows on a matrix is worth a hierarchy.
const manySearches = 64

// roadTimes is what the command asks: a graph, or a hierarchy over it.
type roadTimes interface {
	Nearest(ctx context.Context, from []graph.Start, how graph.Search) (graph.Nearest, error)
	Table(ctx context.Context, sources, targets []int, row func(i int, seconds []float64) error) error
}

// prepare returns the hierarchy where one was asked for, from its file if that
// is there, or where the matrix is worth one; else the graph itself.
func (c accessRoadsCommand) prepare(n *roadNetwork, rows int, a *roadsAnswer) (roadTimes, error) {
	if c.Hierarchy == "" && (c.Matrix == "" || rows < manySearches) {
		return n.Graph, nil
	}
	h, err := c.hierarchy(n)
	if c.Hierarchy == "" && fault.Is(err, fault.TooLarge) {
		return n.Graph, nil // no network like roads: every row is a search
	}
	if err != nil {
		return nil, err
	}
	edges := h.Edges()
	a.HierarchyEdges = &edges
	return h, nil
}

func (c accessRoadsCommand) hierarchy(n *roadNetwork) (*graph.Hierarchy, error) {
	if c.Hierarchy == "" {
		return graph.NewHierarchy(n.Graph)
	}
	if _, err := os.Stat(c.Hierarchy); err == nil {
		f, err := openFile(c.Hierarchy)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return graph.ReadHierarchy(filepath.Base(c.Hierarchy), f, n.Graph)
	}
	h, err := graph.NewHierarchy(n.Graph)
	if err != nil {
		return nil, err
	}
	return h, writeWhole(c.Hierarchy, func(out io.Writer) error {
		_, err := h.WriteTo(out)
		return err
	})
}

// roadNetwork is a graph and what stands outside for its nodes.
type roadNetwork struct {
	*graph.Graph
	ids []int64 // of the rows, ascending
	// rows turns answers for the nodes of the graph into answers for the rows;
	// nil where these are the same.
	rows func(graph.Nearest, graph.Search) graph.Nearest

	sources, targets []stop
}

// stop is a source or a target: its number or id outside, and the nodes of the
// graph at which journeys from it begin and to it end.
type stop struct {
	name       string
	begin, end int
}

func begins(stops []stop) []int {
	out := make([]int, len(stops))
	for i, s := range stops {
		out[i] = s.begin
	}
	return out
}

func ends(stops []stop) []int {
	out := make([]int, len(stops))
	for i, s := range stops {
		out[i] = s.end
	}
	return out
}

// network reads the roads, the sources and the targets.
func (c accessRoadsCommand) network(ctx context.Context, a *roadsAnswer) (*roadNetwork, error) {
	named := 0
	for _, file := range []string{c.OSM.File, c.GR, c.Edges} {
		if file != "" {
			named++
		}
	}
	if named != 1 {
		return nil, errOneOfRoads
	}
	if err := c.OSM.unused(); err != nil {
		return nil, err
	}
	if c.OSM.File != "" {
		return c.OSM.network(ctx, c.OffRoad, c.Sources, c.Targets, a)
	}
	read, err := c.graph()
	if err != nil {
		return nil, err
	}
	n := &roadNetwork{Graph: read.Graph, ids: read.IDs}
	stops := func(file string) (out []stop, err error) {
		list, err := nodes(file, read)
		for _, v := range list {
			out = append(out, stop{strconv.FormatInt(read.IDs[v], 10), v, v})
		}
		return out, err
	}
	if n.sources, err = stops(c.Sources); err == nil && c.Targets != "" {
		n.targets, err = stops(c.Targets)
	}
	return n, err
}

var errOneOfRoads = errors.New("name the roads by exactly one of --osm, --gr and --edges")

// graph reads the roads of a file that holds a graph.
func (c accessRoadsCommand) graph() (*graph.Network, error) {
	file, read := c.GR, func(name string, in io.Reader) (*graph.Network, error) { return roadgraph.GR(name, in, c.GRScale) }
	if c.Edges != "" {
		file, read = c.Edges, func(name string, in io.Reader) (*graph.Network, error) {
			return roadgraph.Edges(name, in, c.Undirected)
		}
	}
	in, err := openFile(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return read(filepath.Base(file), in)
}

// roadsAnswer is what the command prints with --json.
type roadsAnswer struct {
	Nodes   reached  `json:"nodes"`
	Arcs    int      `json:"arcs"`
	Sources int      `json:"sources"`
	Targets int      `json:"targets"`
	Pairs   *reached `json:"pairs"` // of the matrix; null without one
	Seconds struct {
		Mean *float64 `json:"mean"`
		Max  *float64 `json:"max"`
	} `json:"seconds"` // of the nodes that were reached; null if none was asked for
	HierarchyEdges *int   `json:"hierarchy_edges"` // null if none was needed
	Exact          bool   `json:"exact"`           // times were added as whole numbers
	Towards        bool   `json:"towards"`
	Phases         phases `json:"phases"`
	PeakBytes      int64  `json:"peak_bytes"`
	// OSM tells of an extract of OpenStreetMap what was read; null for others.
	OSM *osmAnswer `json:"osm"`
}

type reached struct {
	Total     int  `json:"total"`
	Reached   *int `json:"reached"`
	Unreached *int `json:"unreached"`
}

func (r *reached) count(total, got int) {
	left := total - got
	*r = reached{total, &got, &left}
}

// Run reads the roads, asks and writes. It needs no database.
func (c accessRoadsCommand) Run(s *session) error {
	if (c.Matrix == "") != (c.Targets == "") {
		return errors.New("--matrix and --targets belong together: name the file to write and the file of the targets")
	}
	var a roadsAnswer
	var n *roadNetwork
	err := clocked(&a.Phases.Read, func() (err error) {
		n, err = c.network(s.ctx, &a)
		return err
	})
	if err != nil {
		return err
	}
	a.Nodes.Total, a.Arcs, a.Sources, a.Targets, a.Exact, a.Towards = len(n.ids), n.Arcs(), len(n.sources), len(n.targets), n.Exact(), c.Towards
	var times roadTimes
	err = clocked(&a.Phases.Prepare, func() (err error) {
		times, err = c.prepare(n, len(n.sources), &a)
		return err
	})
	if err != nil {
		return err
	}
	if c.Nearest != "" || c.Matrix == "" {
		if err := c.nearest(s.ctx, n, times, &a); err != nil {
			return err
		}
	}
	if c.Matrix != "" {
		if err := c.matrix(s.ctx, n, times, &a); err != nil {
			return err
		}
	}
	a.PeakBytes = peakBytes()
	if s.json {
		return s.print(a)
	}
	return c.tell(s, a)
}

// nodes reads a list of nodes.
func nodes(file string, n *graph.Network) ([]int, error) {
	f, err := openFile(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return roadgraph.Nodes(filepath.Base(file), f, n)
}

// nearest finds the nearest source of every node.
func (c accessRoadsCommand) nearest(ctx context.Context, n *roadNetwork, times roadTimes, a *roadsAnswer) error {
	var near graph.Nearest
	err := clocked(&a.Phases.Solve, func() (err error) {
		how, from := graph.Search{Towards: c.Towards}, begins(n.sources)
		if c.Towards {
			from = ends(n.sources)
		}
		if near, err = times.Nearest(ctx, graph.Starts(from...), how); err == nil && n.rows != nil {
			near = n.rows(near, how)
		}
		return err
	})
	if err != nil {
		return err
	}
	got, sum, most := 0, 0.0, 0.0
	for v, who := range near.Source {
		if who != graph.None {
			got++
			sum += near.Seconds[v]
			most = max(most, near.Seconds[v])
		}
	}
	a.Nodes.count(len(n.ids), got)
	if got > 0 {
		mean := sum / float64(got)
		a.Seconds.Mean, a.Seconds.Max = &mean, &most
	}
	if c.Nearest == "" {
		return nil
	}
	return clocked(&a.Phases.Write, func() error {
		return writeWhole(c.Nearest, func(out io.Writer) error {
			w := bufio.NewWriterSize(out, 1<<18)
			b := []byte("node,nearest,seconds\n")
			for v, who := range near.Source {
				b = append(strconv.AppendInt(b, n.ids[v], 10), ',')
				if who != graph.None {
					b = append(b, n.sources[who].name...)
				}
				b = append(appendSeconds(append(b, ','), near.Seconds[v]), '\n')
				if _, err := w.Write(b); err != nil {
					return err
				}
				b = b[:0]
			}
			if _, err := w.Write(b); err != nil {
				return err
			}
			return w.Flush()
		})
	})
}

// appendSeconds writes a time; one that there is not stays empty.
func appendSeconds(b []byte, seconds float64) []byte {
	if math.IsInf(seconds, 1) {
		return b
	}
	return strconv.AppendFloat(b, seconds, 'f', -1, 64)
}

// matrix writes the table of all pairs as it is worked out. The time until the
// rows stand counts as solving, the rest as writing.
func (c accessRoadsCommand) matrix(ctx context.Context, n *roadNetwork, times roadTimes, a *roadsAnswer) error {
	got, write := 0, 0.0
	err := clocked(&a.Phases.Solve, func() error {
		return writeWhole(c.Matrix, func(out io.Writer) error {
			w := bufio.NewWriterSize(out, 1<<18)
			if _, err := w.WriteString("source,target,seconds\n"); err != nil {
				return err
			}
			var b []byte
			err := times.Table(ctx, begins(n.sources), ends(n.targets), func(i int, seconds []float64) error {
				return clocked(&write, func() error {
					for k, d := range seconds {
						if !math.IsInf(d, 1) {
							got++
						}
						b = append(append(b[:0], n.sources[i].name...), ',')
						b = append(append(b, n.targets[k].name...), ',')
						if _, err := w.Write(append(appendSeconds(b, d), '\n')); err != nil {
							return err
						}
					}
					return nil
				})
			})
			if err != nil {
				return err
			}
			return clocked(&write, w.Flush)
		})
	})
	a.Phases.Solve -= write
	a.Phases.Write += write
	a.Pairs = &reached{}
	a.Pairs.count(len(n.sources)*len(n.targets), got)
	return err
}

// tell says the same to a person.
func (c accessRoadsCommand) tell(s *session, a roadsAnswer) error {
	lines := []string{fill(s.say("roads_network"), "nodes", a.Nodes.Total, "arcs", a.Arcs, "sources", a.Sources)}
	if a.OSM != nil {
		lines = append(lines, a.OSM.tell(s)...)
	}
	if a.Nodes.Reached != nil {
		lines = append(lines, fill(s.say("roads_reached"), "reached", *a.Nodes.Reached, "unreached", *a.Nodes.Unreached))
	}
	if a.Seconds.Mean != nil {
		lines = append(lines, fill(s.say("roads_minutes"), "mean", minutes(*a.Seconds.Mean), "max", minutes(*a.Seconds.Max)))
	}
	if a.Pairs != nil {
		lines = append(lines, fill(s.say("roads_pairs"), "total", a.Pairs.Total, "unreached", *a.Pairs.Unreached))
	}
	p := a.Phases
	lines = append(lines, fill(s.say("roads_phases"), "read", fmt.Sprintf("%.2f", p.Read), "prepare", fmt.Sprintf("%.2f", p.Prepare), "solve", fmt.Sprintf("%.2f", p.Solve),
		"write", fmt.Sprintf("%.2f", p.Write), "mb", a.PeakBytes>>20))
	for _, l := range lines {
		if _, err := fmt.Fprintln(s.out, l); err != nil {
			return err
		}
	}
	return nil
}

func minutes(seconds float64) string { return fmt.Sprintf("%.1f", seconds/60) }
