package main

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/raster"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/grid"
)

// stripBytes is what a cell of a strip takes while the strip is searched, with a
// margin for the rows beside it.
const stripBytes = 100

// leastStripMemory is the least that --memory can be, in MB.
const leastStripMemory = 16

// checkStrips refuses what a map in strips cannot do.
func (c accessGridCommand) checkStrips() error {
	refuse := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "cmd.accessGrid", "memory", format, args...)
	}
	switch {
	case c.Memory < leastStripMemory:
		return refuse("--memory %d: give at least %d MB", c.Memory, leastStripMemory)
	case c.Neighbours == "any":
		return refuse("straight lines need the whole map in memory: with --memory take --neighbours 8 or 16")
	case c.Dem != "" || c.Snap > 0 || c.Second+c.SecondOut != "":
		return refuse("with --memory there are no slopes, no --snap and no second nearest: leave them out, or leave out --memory")
	}
	for _, name := range []string{c.Out, c.Nearest} {
		if name != "" && strings.ToLower(filepath.Ext(name)) != ".flt" {
			return refuse("%s: a map in strips is written as .flt, row after row", name)
		}
	}
	return nil
}

// solveStrips searches a map of which only a strip is in memory at once.
func (c accessGridCommand) solveStrips(s *session) error {
	if err := c.checkStrips(); err != nil {
		return err
	}
	debug.SetMemoryLimit(int64(c.Memory) << 20)
	a := gridAnswer{Snapped: []snapped{}, Notes: []gridNote{}}
	list, err := readPoints(c.Sources)
	if err != nil {
		return err
	}
	m, err := openRaster(c.Friction, c.Band)
	if err != nil {
		return err
	}
	defer m.Close()
	ground, err := c.ground(m.Header)
	if err != nil {
		return fault.Wrap(err, "cmd.accessGrid", c.Friction)
	}
	if c.FrictionUnit == "s/cell" && m.CRS.Kind == raster.Geographic {
		a.note(s, "cells_of_degrees", "grid_note_degrees")
	}
	on, err := seats(c.Sources, list, m.Header, c.SourcesCRS)
	if err != nil {
		return err
	}
	sources := make([]grid.Source, 0, len(on))
	for _, p := range on {
		sources = append(sources, grid.Source{Row: p.Line, Col: p.Column, After: p.After})
	}
	dir := "" // that of temporary files, where nothing is written
	if out := cmp.Or(c.Out, c.Nearest); out != "" {
		dir = filepath.Dir(out)
	}
	shelf, err := newStripShelf(m, dir)
	if err != nil {
		return err
	}
	defer shelf.close()
	a.Sources = len(sources)
	zero := map[string]grid.Zero{"refuse": grid.RefuseZero, "free": grid.FreeZero, "barrier": grid.BarrierZero}[c.Zero]
	tall := max(2, int(int64(c.Memory)<<20/stripBytes/int64(m.Columns)))
	x := grid.Strips{Rows: m.Rows, Cols: m.Columns, Ground: ground, Zero: zero, Tall: min(tall, m.Rows+1)}
	var sum grid.Summary
	err = clocked(&a.Phases.Solve, func() (err error) {
		sum, err = x.Solve(s.ctx, shelf, sources, grid.Options{Limit: c.Limit, Neighbours: map[string]grid.Neighbours{"8": grid.Eight, "16": grid.Sixteen}[c.Neighbours]})
		return err
	})
	if err != nil {
		return fmt.Errorf("%s, %s: %w", c.Friction, c.Sources, err)
	}
	a.sum(sum)
	if err := clocked(&a.Phases.Write, func() error { return c.writeStrips(m.Header, shelf) }); err != nil {
		return err
	}
	a.PeakBytes = peakBytes()
	if s.json {
		return s.print(a)
	}
	return c.tell(s, a)
}

// stripShelf keeps the answer in two files beside the output; they go when the
// search ends.
type stripShelf struct {
	m               openMap
	seconds, source *os.File
	buf             []byte
}

func newStripShelf(m openMap, dir string) (*stripShelf, error) {
	s := &stripShelf{m: m}
	for _, f := range []**os.File{&s.seconds, &s.source} {
		var err error
		if *f, err = os.CreateTemp(dir, ".strips.*"); err != nil {
			s.close()
			return nil, err
		}
		os.Remove((*f).Name()) // a program that is killed leaves nothing behind; where an open file cannot go, close removes it
	}
	return s, nil
}

func (s *stripShelf) close() {
	for _, f := range []*os.File{s.seconds, s.source} {
		if f != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}
}

func (s *stripShelf) Friction(first int, dst []float32) error { return s.m.ReadRows(dst, first) }

func (s *stripShelf) bytes(n int) []byte {
	if cap(s.buf) < n {
		s.buf = make([]byte, n)
	}
	return s.buf[:n]
}

func (s *stripShelf) Save(first int, seconds []float64, source []uint32) error {
	at, cols := int64(first), int64(s.m.Columns)
	b := s.bytes(8 * len(seconds))
	for i, x := range seconds {
		binary.LittleEndian.PutUint64(b[8*i:], math.Float64bits(x))
	}
	_, err := s.seconds.WriteAt(b, 8*at*cols)
	b = s.bytes(4 * len(source))
	for i, x := range source {
		binary.LittleEndian.PutUint32(b[4*i:], x)
	}
	_, e := s.source.WriteAt(b, 4*at*cols)
	return errors.Join(err, e)
}

func (s *stripShelf) Load(first int, seconds []float64, source []uint32) error {
	at, cols := int64(first), int64(s.m.Columns)
	b := s.bytes(8 * len(seconds))
	if _, err := s.seconds.ReadAt(b, 8*at*cols); err != nil {
		return err
	}
	for i := range seconds {
		seconds[i] = math.Float64frombits(binary.LittleEndian.Uint64(b[8*i:]))
	}
	b = s.bytes(4 * len(source))
	if _, err := s.source.ReadAt(b, 4*at*cols); err != nil {
		return err
	}
	for i := range source {
		source[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return nil
}

// writeStrips writes times and numbers of sources row after row.
func (c accessGridCommand) writeStrips(h raster.Header, shelf *stripShelf) error {
	h.Band, h.Bands, h.Type = 1, 1, raster.Float32
	seconds, source, row := make([]float64, h.Columns), make([]uint32, h.Columns), make([]float32, h.Columns)
	for name, value := range map[string]func(i int) float32{
		c.Out:     func(i int) float32 { return float32(seconds[i]) },
		c.Nearest: func(i int) float32 { return float32(source[i] + 1) },
	} {
		if name == "" {
			continue
		}
		nothing := float32(-1)
		if name == c.Nearest {
			nothing = 0
		}
		h.NoData, h.HasNoData = float64(nothing), true
		if err := writeWhole(name, func(w io.Writer) error {
			out := bufio.NewWriterSize(w, 1<<20)
			one := h
			one.Rows = 1
			for r := range h.Rows {
				if err := shelf.Load(r, seconds, source); err != nil {
					return err
				}
				for i := range row {
					if row[i] = nothing; seconds[i] < math.Inf(1) {
						row[i] = value(i)
					}
				}
				if err := raster.WriteFloat(out, one, row); err != nil {
					return err
				}
			}
			return out.Flush()
		}); err != nil {
			return err
		}
		stem := strings.TrimSuffix(name, filepath.Ext(name))
		for ending, text := range map[string][]byte{".hdr": raster.FloatHeader(h), ".prj": raster.Projection(h.CRS)} {
			if len(text) == 0 {
				continue
			}
			if err := writeWhole(stem+ending, func(w io.Writer) error { _, err := w.Write(text); return err }); err != nil {
				return err
			}
		}
	}
	return nil
}
