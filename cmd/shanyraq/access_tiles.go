package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/shanyraq/shanyraq/exchange/raster"
	"github.com/shanyraq/shanyraq/exchange/tiles"
	"github.com/shanyraq/shanyraq/fault"
)

type accessTilesCommand struct {
	Map     string    `name:"map" required:"" placeholder:"FILE" help:"${h_tiles_map}"`
	Band    int       `name:"band" placeholder:"N" help:"${h_map_band}"`
	Minutes []float64 `name:"minutes" placeholder:"N,..." help:"${h_tiles_minutes}"`
	Limits  []float64 `name:"limits" placeholder:"N,..." help:"${h_tiles_limits}"`
	Zoom    string    `name:"zoom" default:"3-8" placeholder:"FROM-TO" help:"${h_tiles_zoom}"`
	Out     string    `name:"out" required:"" placeholder:"DIR" help:"${h_tiles_out}"`
}

// maxTiles bounds one run; a country down to zoom 10 has a third of them.
const maxTiles = 30_000

// tilesAnswer is what the command prints with --json.
type tilesAnswer struct {
	Tiles     int       `json:"tiles"` // written
	Empty     int       `json:"empty"` // left out: nothing of the map is on them
	Bytes     int64     `json:"bytes"`
	Bounds    []float64 `json:"bounds"` // west, south, east, north
	PeakBytes int64     `json:"peak_bytes"`
}

// tileJSON is the description beside the tiles, TileJSON 3.0.0 with a legend.
type tileJSON struct {
	TileJSON string       `json:"tilejson"`
	Tiles    []string     `json:"tiles"`
	MinZoom  int          `json:"minzoom"`
	MaxZoom  int          `json:"maxzoom"`
	Bounds   []float64    `json:"bounds"`
	Unit     string       `json:"unit"` // minutes, or value
	Legend   []tileLegend `json:"legend"`
}

type tileLegend struct {
	Over  *float64 `json:"over"`  // null for the first class
	UpTo  *float64 `json:"up_to"` // included; null for the last class
	Color string   `json:"color"`
}

// Run draws a map. It needs no database.
func (c accessTilesCommand) Run(s *session) error {
	from, to, err := c.zooms()
	if err != nil {
		return err
	}
	if (len(c.Minutes) == 0) == (len(c.Limits) == 0) {
		return errors.New("say where colours change by exactly one of --minutes (for a map of seconds) and --limits (in the values of the map)")
	}
	list, factor, unit := c.Limits, 1.0, "value"
	if len(c.Minutes) > 0 {
		list, factor, unit = c.Minutes, 60, "minutes"
	}
	shown, err := tiles.NewLegend(list)
	if err != nil {
		return err
	}
	if err := emptyFolder(c.Out); err != nil {
		return err
	}
	h, cells, err := readMap(c.Map, c.Band)
	if err != nil {
		return err
	}
	m, err := drawable(h, cells, factor)
	if err != nil {
		return fault.Wrap(err, "cmd.accessTiles", c.Map)
	}
	m.Legend = shown
	if n := m.Count(from, to); n > maxTiles {
		return fault.New(fault.TooLarge, "cmd.accessTiles", c.Map, "zoom %d to %d has %d tiles, more than %d: end at a smaller zoom", from, to, n, maxTiles)
	}
	a := tilesAnswer{Bounds: []float64{m.West, m.South, m.East, m.North}}
	if err := c.draw(s.ctx, m, from, to, &a); err != nil {
		return err
	}
	d := tileJSON{TileJSON: "3.0.0", Tiles: []string{"{z}/{x}/{y}.png"}, MinZoom: from, MaxZoom: to, Bounds: a.Bounds, Unit: unit}
	for i, col := range shown.Colors {
		l := tileLegend{Color: fmt.Sprintf("#%02x%02x%02x", col.R, col.G, col.B)}
		if i > 0 {
			l.Over = &list[i-1]
		}
		if i < len(list) {
			l.UpTo = &list[i]
		}
		d.Legend = append(d.Legend, l)
	}
	err = writeWhole(filepath.Join(c.Out, "tiles.json"), func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(d)
	})
	if err != nil {
		return err
	}
	a.PeakBytes = peakBytes()
	if s.json {
		return s.print(a)
	}
	_, err = fmt.Fprintln(s.out, fill(s.say("tiles_done"), "tiles", a.Tiles, "empty", a.Empty, "mb", fmt.Sprintf("%.1f", float64(a.Bytes)/(1<<20)), "dir", c.Out))
	return err
}

// zooms reads --zoom, one number or two.
func (c accessTilesCommand) zooms() (from, to int, err error) {
	a, b, two := strings.Cut(c.Zoom, "-")
	if !two {
		b = a
	}
	from, errA := strconv.Atoi(a)
	to, errB := strconv.Atoi(b)
	if errA != nil || errB != nil || from < 0 || to < from || to > tiles.MaxZoom {
		return 0, 0, fmt.Errorf("--zoom %s: give FROM-TO, from 0 to %d", c.Zoom, tiles.MaxZoom)
	}
	return from, to, nil
}

// emptyFolder makes the folder; old tiles in it would stand among the new.
func emptyFolder(name string) error {
	list, err := os.ReadDir(name)
	if err == nil && len(list) > 0 {
		return fmt.Errorf("%s: the folder is not empty: name a new one", name)
	}
	return os.MkdirAll(name, 0o755)
}

// drawable gives values by degrees, divided by factor, and the extent in
// degrees: that of the border of the map.
func drawable(h raster.Header, cells []float32, factor float64) (tiles.Map, error) {
	to, err := h.CRS.Transformation()
	if err != nil {
		return tiles.Map{}, err
	}
	m := tiles.Map{West: math.Inf(1), South: math.Inf(1), East: math.Inf(-1), North: math.Inf(-1)}
	see := func(column, row int) {
		lon, lat, err := to.ToDegrees(h.OriginX+float64(column)*h.CellWidth, h.OriginY-float64(row)*h.CellHeight)
		if err == nil {
			m.West, m.East, m.South, m.North = min(m.West, lon), max(m.East, lon), min(m.South, lat), max(m.North, lat)
		}
	}
	for c := range h.Columns + 1 {
		see(c, 0)
		see(c, h.Rows)
	}
	for r := range h.Rows + 1 {
		see(0, r)
		see(h.Columns, r)
	}
	if !(m.West < m.East && m.South < m.North) {
		return m, fault.New(fault.Invalid, "cmd.drawable", "", "the map has no place on the earth: check its projection")
	}
	m.At = func(lon, lat float64) float64 {
		x, y, err := to.FromDegrees(lon, lat)
		if err != nil {
			return math.NaN()
		}
		column, row, ok := h.At(x, y)
		if !ok {
			return math.NaN()
		}
		return float64(cells[row*h.Columns+column]) / factor
	}
	return m, nil
}

// draw writes the tiles on all processors.
func (c accessTilesCommand) draw(ctx context.Context, m tiles.Map, from, to int, a *tilesAnswer) error {
	work := make(chan tiles.Tile)
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var written, empty, bytes atomic.Int64
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			for t := range work {
				if ctx.Err() != nil {
					continue
				}
				b, err := m.Draw(t)
				if err == nil && b != nil {
					name := filepath.Join(c.Out, strconv.Itoa(t.Z), strconv.Itoa(t.X), strconv.Itoa(t.Y)+".png")
					if err = os.MkdirAll(filepath.Dir(name), 0o755); err == nil {
						err = os.WriteFile(name, b, 0o644)
					}
				}
				switch {
				case err != nil:
					stop(err)
				case b == nil:
					empty.Add(1)
				default:
					written.Add(1)
					bytes.Add(int64(len(b)))
				}
			}
		})
	}
	for z := from; z <= to; z++ {
		first, last := m.Range(z)
		for x := first.X; x <= last.X; x++ {
			for y := first.Y; y <= last.Y; y++ {
				work <- tiles.Tile{Z: z, X: x, Y: y}
			}
		}
	}
	close(work)
	all.Wait()
	a.Tiles, a.Empty, a.Bytes = int(written.Load()), int(empty.Load()), bytes.Load()
	return context.Cause(ctx)
}
