package main

import (
	"context"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"text/tabwriter"
	"time"

	"github.com/shanyraq/shanyraq/plan/access/grid"
)

// gridOptions are the flags of the measurement of grids.
type gridOptions struct {
	bin                        string
	side, big, sources, rounds int
	peer                       bool
}

// gridCommand measures `access grid` as a process, from file to answer with the
// nearest written, on one core, beside r.cost of GRASS in turn; and catchments
// in this program.
func gridCommand(ctx context.Context, args []string) error {
	var o gridOptions
	flags := flag.NewFlagSet("bench grid", flag.ContinueOnError)
	flags.StringVar(&o.bin, "bin", "bin/shanyraq", "the program")
	flags.IntVar(&o.side, "side", 1680, "rows and columns")
	flags.IntVar(&o.big, "big", 3320, "rows and columns of the map that shows the growth; 0 for none")
	flags.IntVar(&o.sources, "sources", 1000, "places")
	flags.IntVar(&o.rounds, "rounds", 7, "how often each is run")
	flags.BoolVar(&o.peer, "peer", true, "measure r.cost of GRASS, too")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return measureGrid(ctx, o, os.Stdout)
}

// inventedFriction are maps of seconds for a cell of 1 km; none is real.
var inventedFriction = []struct {
	name string
	at   friction
}{
	{"one value", func(*rand.Rand, int, int) float32 { return 360 }},
	{"noise, 1 to 10", func(r *rand.Rand, _, _ int) float32 { return 60 + 540*r.Float32() }},
	{"land cover, roads, rivers", landCover},
	{"heavy tail", func(r *rand.Rand, _, _ int) float32 { return float32(300 * math.Exp(1.5*r.NormFloat64())) }},
}

// landCover has four classes in patches, roads, and rivers with bridges.
func landCover(r *rand.Rand, y, x int) float32 {
	fy, fx := float64(y), float64(x)
	if y%57 == 0 || x%43 == 0 {
		return 45 // a road, over bridges
	}
	if math.Abs(math.Sin(fx/200+math.Sin(fy/90))) < 0.004 {
		return -9999
	}
	patch := math.Sin(fx/31)*math.Cos(fy/23) + math.Sin((fx+2*fy)/57) + 0.2*r.Float64()
	return []float32{720, 240, 144, 720}[min(3, int(patch+2))]
}

func measureGrid(ctx context.Context, o gridOptions, out io.Writer) error {
	dir, err := os.MkdirTemp("", "bench-grid")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	for _, side := range []int{o.side, o.big} {
		if side == 0 {
			continue
		}
		maps := inventedFriction
		if side == o.big {
			maps = maps[2:3]
		}
		fmt.Fprintf(out, "grid: %d cells, %d sources, from file to nearest written, one core; median (least to most) of %d runs in turn\n", side*side, o.sources, o.rounds)
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "friction\twhat\tclock s\tprocessor s\tpeak MB\tof r.cost: processor, memory")
		for _, m := range maps {
			if err := measureMap(ctx, o, w, dir, m.name, side, m.at); err != nil {
				return err
			}
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return measureCatchments(ctx, o, out)
}

// friction is a way to invent the friction of a cell.
type friction func(r *rand.Rand, y, x int) float32

// row invents a row, the same each time.
func (f friction) row(side, y int) []float32 {
	r := rand.New(rand.NewPCG(1, uint64(y)))
	out := make([]float32, side)
	for x := range out {
		out[x] = f(r, y, x)
	}
	return out
}

// places invents sources on cells that can be crossed, no two on one.
func (f friction) places(side, n int) []grid.Source {
	r := rand.New(rand.NewPCG(3, 4))
	var out []grid.Source
	for len(out) < n {
		s := grid.Source{Row: r.IntN(side), Col: r.IntN(side)}
		if f.row(side, s.Row)[s.Col] > 0 && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// invented writes a map with its header and its sources, row by row: the peak
// memory of a program that is started counts that of who starts it.
func invented(dir string, side, n int, f friction) error {
	places := f.places(side, n)
	var list strings.Builder
	list.WriteString("id,x,y\n")
	starts := map[grid.Source]float32{}
	for i, s := range places {
		starts[s] = float32(i + 1)
		fmt.Fprintf(&list, "s%d,%g,%g\n", i+1, float64(s.Col)+0.5, float64(side-s.Row)-0.5)
	}
	head := fmt.Sprintf("ncols %d\nnrows %d\nxllcorner 0\nyllcorner 0\ncellsize 1\nNODATA_value -9999\nbyteorder LSBFIRST\n", side, side)
	return errors.Join(
		floats(filepath.Join(dir, "f.flt"), side, func(y int) []float32 { return f.row(side, y) }),
		floats(filepath.Join(dir, "starts.flt"), side, func(y int) []float32 {
			row := make([]float32, side)
			for x := range row {
				row[x] = starts[grid.Source{Row: y, Col: x}]
			}
			return row
		}),
		os.WriteFile(filepath.Join(dir, "f.hdr"), []byte(head), 0o600), os.WriteFile(filepath.Join(dir, "s.csv"), []byte(list.String()), 0o600))
}

func floats(name string, rows int, row func(y int) []float32) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	var raw []byte
	for y := range rows {
		raw = raw[:0]
		for _, v := range row(y) {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
		}
		if _, err := f.Write(raw); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return f.Close()
}

// spent is what runs of a program took.
type spent struct{ clock, cpu, mb []float64 }

func (s *spent) run(cmd *exec.Cmd) error {
	began := time.Now()
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %.300s", filepath.Base(cmd.Path), err, text)
	}
	s.clock = append(s.clock, time.Since(began).Seconds())
	s.cpu = append(s.cpu, (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds())
	s.mb = append(s.mb, float64(peakOf(cmd.ProcessState))/1e6)
	return nil
}

func middle(list []float64) float64 { return slices.Sorted(slices.Values(list))[len(list)/2] }

func ranged(list []float64) string {
	return fmt.Sprintf("%.2f (%.2f to %.2f)", middle(list), slices.Min(list), slices.Max(list))
}

func measureMap(ctx context.Context, o gridOptions, w io.Writer, dir, name string, side int, at friction) error {
	if err := invented(dir, side, o.sources, at); err != nil {
		return err
	}
	var peer *grassPeer
	if o.peer {
		var err error
		if peer, err = newGrass(ctx, dir, side); err != nil {
			return err
		}
	}
	runs := []struct {
		name string
		spent
		args []string
	}{{name: "8 neighbours"}, {name: "16", args: []string{"--neighbours", "16"}}, {name: "any", args: []string{"--neighbours", "any"}}}
	var other spent
	for round := range o.rounds + 1 {
		for k := range runs {
			r := &runs[k]
			cmd := exec.CommandContext(ctx, o.bin, append([]string{"access", "grid", "--friction", filepath.Join(dir, "f.flt"), "--sources", filepath.Join(dir, "s.csv"), "--nearest", filepath.Join(dir, "near.flt"), "--json"}, r.args...)...)
			cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
			if err := r.run(cmd); err != nil {
				return err
			}
		}
		if peer != nil && round <= min(o.rounds, 3) {
			if err := other.run(peer.cost(ctx)); err != nil {
				return err
			}
		}
		if round == 0 { // files are in memory now
			runs[0].spent, runs[1].spent, runs[2].spent, other = spent{}, spent{}, spent{}, spent{}
		}
	}
	for _, r := range runs {
		ratio := ""
		if peer != nil && r.args == nil {
			ratio = fmt.Sprintf("1/%.1f, %.0f %%", middle(other.cpu)/middle(r.cpu), 100*middle(r.mb)/middle(other.mb))
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%.0f\t%s\n", name, r.name, ranged(r.clock), ranged(r.cpu), middle(r.mb), ratio)
	}
	if peer != nil {
		worst, err := peer.compare(ctx, o.bin, dir)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\tr.cost, 8\t%s\t%s\t%.0f\tequal to %.0e\n", name, ranged(other.clock), ranged(other.cpu), middle(other.mb), worst)
	}
	return nil
}

// measureCatchments searches from each source by itself for an hour.
func measureCatchments(ctx context.Context, o gridOptions, out io.Writer) error {
	for _, m := range inventedFriction {
		s, err := grid.New(o.side, o.side, grid.Cells(1, 1, 1000))
		if err != nil {
			return err
		}
		for y := range o.side {
			copy(s.Row(y), m.at.row(o.side, y))
			for x, v := range s.Row(y) {
				if v < 0 {
					s.Row(y)[x] = float32(math.NaN())
				}
			}
		}
		if err := s.Seal(grid.RefuseZero); err != nil {
			return err
		}
		sources := m.at.places(o.side, o.sources)
		for _, cores := range []int{1, runtime.NumCPU()} {
			before := runtime.GOMAXPROCS(cores)
			var took, cpu []float64
			var cells atomic.Int64
			for range o.rounds {
				cells.Store(0)
				began, used := time.Now(), processorTime()
				err = s.Catchments(ctx, sources, grid.Options{Limit: 3600}, func(_ int, c []grid.Reached) error { cells.Add(int64(len(c))); return nil })
				took, cpu = append(took, time.Since(began).Seconds()), append(cpu, (processorTime()-used).Seconds())
			}
			runtime.GOMAXPROCS(before)
			if err != nil {
				return err
			}
			fmt.Fprintf(out, "%d catchments of one hour, %s: %d cells in all, %d cores: clock %s, processor %s s\n", o.sources, m.name, cells.Load(), cores, ranged(took), ranged(cpu))
		}
	}
	return nil
}
