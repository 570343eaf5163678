package main

import (
	"container/heap"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/shanyraq/shanyraq/internal/graph"
	"github.com/shanyraq/shanyraq/internal/graph/roadlike"
)

// roadsOptions are the flags of the measurement of roads.
type roadsOptions struct {
	nodes, growth, sources, rounds, peerRows int
	seed                                     uint64
	peer                                     bool
}

// catchment is the limit of the bounded searches, in seconds: the invented
// network crosses itself in some two hours.
const catchment = 600

// roadsCommand measures the road engine on an invented network, beside
// pgRouting and the plain method of Dijkstra, and how it grows.
func roadsCommand(ctx context.Context, args []string) error {
	var o roadsOptions
	flags := flag.NewFlagSet("bench roads", flag.ContinueOnError)
	flags.IntVar(&o.nodes, "nodes", 1_000_000, "size of the network")
	flags.IntVar(&o.growth, "growth", 10_000_000, "size of the network that shows the growth; 0 for none")
	flags.IntVar(&o.sources, "sources", 1000, "facilities, and rows and columns of the table")
	flags.IntVar(&o.rounds, "rounds", 9, "how often each question is asked")
	flags.Uint64Var(&o.seed, "seed", 1, "of the network")
	flags.BoolVar(&o.peer, "peer", true, "measure pgRouting, too")
	flags.IntVar(&o.peerRows, "peer-rows", 20, "rows of the table that pgRouting works out")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return measureRoads(ctx, o, os.Stdout)
}

func measureRoads(ctx context.Context, o roadsOptions, out io.Writer) error {
	for _, shuffled := range []bool{false, true} {
		net := roadlike.Make(roadlike.Shape{Nodes: o.nodes, Seed: o.seed, Shuffled: shuffled})
		fmt.Fprintf(out, "roads: %d nodes, %d arcs, numbered row by row: %v; times in milliseconds\n", net.Nodes, net.Arcs.Len(), !shuffled)
		if err := measureNetwork(ctx, o, net, !shuffled, out); err != nil {
			return err
		}
	}
	if o.growth == 0 {
		return nil
	}
	net := roadlike.Make(roadlike.Shape{Nodes: o.growth, Seed: o.seed})
	fmt.Fprintf(out, "growth: %d nodes, %d arcs\n", net.Nodes, net.Arcs.Len())
	o.rounds = min(o.rounds, 3)
	return measureNetwork(ctx, o, net, false, out)
}

// spreadOut returns so many nodes all over the network.
func spreadOut(nodes, n, from int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = (from + i*(nodes/n)*7) % nodes
	}
	return out
}

func measureNetwork(ctx context.Context, o roadsOptions, net roadlike.Network, peer bool, out io.Writer) error {
	m := &roadsMeasure{ctx: ctx, o: o, net: net, sources: spreadOut(net.Nodes, o.sources, 17), targets: spreadOut(net.Nodes, o.sources, net.Nodes/2)}
	full := net.Nodes == 1_000_000
	bar := func(d time.Duration) time.Duration {
		if full {
			return d
		}
		return 0
	}
	steps := []struct {
		what   string
		bar    time.Duration
		rounds int
		cores  int
		do     func() error
	}{
		{"graph from arcs, one core", 0, 3, 1, m.build},
		{"nearest of the sources for all nodes, one core", bar(150 * time.Millisecond), o.rounds, 1, m.nearest},
		{"hierarchy, all cores", bar(25 * time.Second), 1, 0, m.prepare},
		{"other costs worked in, all cores", 0, 3, 0, m.season},
		{"nearest through the hierarchy, one core", bar(150 * time.Millisecond), o.rounds, 1, m.sweep},
		{"table of sources and targets, all cores", bar(1500 * time.Millisecond), min(5, o.rounds), 0, m.table},
		{"table of sources and targets, one core", 0, min(3, o.rounds), 1, m.table},
		{"way between two nodes, unfolded, one core", 0, 100, 1, m.way},
		{"one road closed or opened: what-if, one core", 0, 20, 1, m.whatIf},
		{"catchments of ten minutes of the sources, all cores", 0, 3, 0, m.catchments},
		{"nearest and second nearest, one core", 0, 3, 1, m.second},
		{"plain Dijkstra with a binary heap, one core", 0, 3, 1, m.plain},
	}
	var lines []line
	for _, s := range steps {
		l := line{what: s.what, bar: s.bar}
		cores := runtime.GOMAXPROCS(0)
		if s.cores > 0 {
			runtime.GOMAXPROCS(s.cores)
		}
		for i := range s.rounds {
			if i < o.rounds { // so that nobody pays for the garbage of another
				runtime.GC()
			}
			start, used := time.Now(), processorTime()
			if err := s.do(); err != nil {
				return err
			}
			l.took, l.cpu = append(l.took, time.Since(start)), append(l.cpu, processorTime()-used)
		}
		runtime.GOMAXPROCS(cores)
		lines = append(lines, l)
	}
	if peer && o.peer {
		more, err := m.pgRouting()
		if err != nil {
			return err
		}
		lines = append(lines, more...)
	}
	if err := print(out, lines); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "edges of the hierarchy: %d; peak memory of this program so far: %d MB\n", m.h.Edges(), peakMemory()>>20)
	return err
}

// roadsMeasure is what is being measured.
type roadsMeasure struct {
	ctx              context.Context
	o                roadsOptions
	net              roadlike.Network
	sources, targets []int
	g                *graph.Graph
	h                *graph.Hierarchy
	near             graph.Nearest
	rows             [][]float64
	asked            int
}

func (m *roadsMeasure) build() (err error) {
	m.g, err = graph.New(m.net.Nodes, m.net.Arcs, 1)
	return err
}

func (m *roadsMeasure) nearest() (err error) {
	m.near, err = m.g.Nearest(m.ctx, graph.Starts(m.sources...), graph.Search{})
	return err
}

func (m *roadsMeasure) prepare() (err error) {
	m.h, err = graph.NewHierarchy(m.g)
	return err
}

// season makes everything a tenth slower.
func (m *roadsMeasure) season() error {
	cost := make([]float64, len(m.net.Arcs.Cost))
	for i, c := range m.net.Arcs.Cost {
		cost[i] = math.Round(1100*c) / 1000
	}
	w, err := m.g.With(cost)
	if err != nil {
		return err
	}
	_, err = m.h.With(w)
	return err
}

// sweep asks again what nearest asked, and compares.
func (m *roadsMeasure) sweep() error {
	got, err := m.h.Nearest(m.ctx, graph.Starts(m.sources...), graph.Search{})
	if err != nil {
		return err
	}
	for v := range got.Seconds {
		if got.Seconds[v] != m.near.Seconds[v] || got.Source[v] != m.near.Source[v] {
			return fmt.Errorf("node %d: %v from %d through the hierarchy, %v from %d without", v, got.Seconds[v], got.Source[v], m.near.Seconds[v], m.near.Source[v])
		}
	}
	return nil
}

// sweepAbout is sweep where sums may differ by the rounding of float64.
func (m *roadsMeasure) sweepAbout() error {
	got, err := m.h.Nearest(m.ctx, graph.Starts(m.sources...), graph.Search{})
	if err != nil {
		return err
	}
	for v, d := range got.Seconds {
		if d != m.near.Seconds[v] && !(math.Abs(d-m.near.Seconds[v]) <= 1e-6) {
			return fmt.Errorf("node %d: %v through the hierarchy, %v without", v, d, m.near.Seconds[v])
		}
	}
	return nil
}

func (m *roadsMeasure) table() error {
	m.rows = m.rows[:0]
	return m.h.Table(m.ctx, m.sources, m.targets, func(_ int, seconds []float64) error {
		m.rows = append(m.rows, append([]float64(nil), seconds...))
		return nil
	})
}

func (m *roadsMeasure) way() error {
	i := m.asked % len(m.sources)
	m.asked++
	w, err := m.h.Way(m.sources[i], m.targets[i])
	if err == nil && w.Seconds != m.rows[i][i] {
		return fmt.Errorf("way %d takes %v, in the table %v", i, w.Seconds, m.rows[i][i])
	}
	return err
}

// whatIf closes a road and asks for the nearest of all nodes anew.
func (m *roadsMeasure) whatIf() error {
	m.asked++
	_, err := m.h.Change([]graph.Change{{Arc: m.asked * 7919 % m.g.Arcs(), Cost: graph.Closed}})
	return err
}

// catchments searches ten minutes round every source, each for itself.
func (m *roadsMeasure) catchments() error {
	var all sync.WaitGroup
	var failed error
	var once sync.Once
	cores := runtime.GOMAXPROCS(0)
	for c := range cores {
		all.Go(func() {
			for i := c; i < len(m.sources); i += cores {
				if _, err := m.g.Within(m.ctx, graph.Starts(m.sources[i]), graph.Search{Limit: catchment}); err != nil {
					once.Do(func() { failed = err })
				}
			}
		})
	}
	all.Wait()
	return failed
}

func (m *roadsMeasure) second() error {
	_, err := m.g.NearestSeveral(m.ctx, graph.Starts(m.sources...), 2, graph.Search{})
	return err
}

// plain is the nearest of all nodes as a textbook has it, and a judge.
func (m *roadsMeasure) plain() error {
	first := make([]int, m.net.Nodes+1)
	for _, v := range m.net.Arcs.From {
		first[v+1]++
	}
	for i := range m.net.Nodes {
		first[i+1] += first[i]
	}
	list, at := make([]int, m.net.Arcs.Len()), append([]int(nil), first...)
	for i, v := range m.net.Arcs.From {
		list[at[v]] = i
		at[v]++
	}
	d, done := make([]float64, m.net.Nodes), make([]bool, m.net.Nodes)
	for i := range d {
		d[i] = math.Inf(1)
	}
	q := &waiting{}
	for _, v := range m.sources {
		d[v] = 0
		heap.Push(q, arrival{v, 0})
	}
	for q.Len() > 0 {
		x := heap.Pop(q).(arrival)
		if done[x.node] {
			continue
		}
		done[x.node] = true
		for _, i := range list[first[x.node]:first[x.node+1]] {
			to := int(m.net.Arcs.To[i])
			if c := x.seconds + m.net.Arcs.Cost[i]; c < d[to] {
				d[to] = c
				heap.Push(q, arrival{to, c})
			}
		}
	}
	for v := range d {
		if d[v] != m.near.Seconds[v] && math.Abs(d[v]-m.near.Seconds[v]) > 1e-6 {
			return fmt.Errorf("node %d: %v seconds, plain %v", v, m.near.Seconds[v], d[v])
		}
	}
	return nil
}

type arrival struct {
	node    int
	seconds float64
}

type waiting []arrival

func (w waiting) Len() int           { return len(w) }
func (w waiting) Less(i, j int) bool { return w[i].seconds < w[j].seconds }
func (w waiting) Swap(i, j int)      { w[i], w[j] = w[j], w[i] }
func (w *waiting) Push(x any)        { *w = append(*w, x.(arrival)) }
func (w *waiting) Pop() any {
	last := len(*w) - 1
	x := (*w)[last]
	*w = (*w)[:last]
	return x
}

// errNoPeer says that pgRouting is not to be had here.
var errNoPeer = errors.New("pgRouting is missing: install postgresql-15-pgrouting, or measure with --peer=false")
