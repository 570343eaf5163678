package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/raster"
	"github.com/shanyraq/shanyraq/exchange/speeds"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/friction"
)

type accessMergeCommand struct {
	LandCover    string   `name:"landcover" placeholder:"FILE" file:"in" help:"${h_merge_landcover}"`
	Friction     string   `name:"friction" placeholder:"FILE" file:"in" help:"${h_merge_friction}"`
	FrictionUnit string   `name:"friction-unit" enum:"s/m,min/m" default:"s/m" help:"${h_merge_unit}"`
	Band         int      `name:"band" placeholder:"N" help:"${h_map_band}"`
	Speeds       string   `name:"speeds" placeholder:"FILE" file:"in" help:"${h_merge_speeds}"`
	Season       string   `name:"season" placeholder:"SEASON" help:"${h_merge_season}"`
	Modes        []string `name:"modes" placeholder:"MODE,..." help:"${h_merge_modes}"`
	Roads        []string `name:"roads" sep:"none" placeholder:"FILE" file:"in" help:"${h_merge_roads}"`
	RoadClass    string   `name:"road-class" default:"class" placeholder:"PROPERTY" help:"${h_merge_road_class}"`
	Barriers     []string `name:"barriers" sep:"none" placeholder:"FILE" file:"in" help:"${h_merge_barriers}"`
	Middles      bool     `name:"barrier-middles" help:"${h_merge_middles}"`
	Missing      bool     `name:"missing-as-barrier" help:"${h_merge_missing}"`
	Out          string   `name:"out" required:"" placeholder:"FILE" file:"out" help:"${h_merge_out}"`
	ModeOut      string   `name:"mode-out" placeholder:"FILE" file:"out" help:"${h_merge_mode_out}"`
	recordFlag
}

// mergeAnswer is what the command prints with --json.
type mergeAnswer struct {
	Cells struct {
		Total    int `json:"total"`
		Passable int `json:"passable"`
		Barrier  int `json:"barrier"` // barriers without a road, and classes of speed 0
		Unknown  int `json:"unknown"` // no land cover and no road
	} `json:"cells"`
	Classes   []mergeClass `json:"classes"`
	Missing   []mergeClass `json:"missing"`
	Roads     mergeDrawn   `json:"roads"`
	Barriers  mergeDrawn   `json:"barriers"`
	Bridges   int          `json:"bridges"` // cells where a road lies on a barrier
	Phases    gridPhases   `json:"phases"`
	PeakBytes int64        `json:"peak_bytes"`
}

type mergeClass struct {
	Layer string   `json:"layer"` // landcover or road
	Class string   `json:"class"`
	Label string   `json:"label"`
	Mode  string   `json:"mode,omitempty"`
	Speed *float64 `json:"speed_kmh"` // null where the table has none
	Cells int      `json:"cells"`
}

type mergeDrawn struct {
	Features int `json:"features"`
	Outside  int `json:"outside"` // of them, touching no cell of the map
	Cells    int `json:"cells"`
}

// Run merges maps, lines and speeds to friction. It needs no database.
func (c accessMergeCommand) Run(s *session) error {
	if err := c.check(); err != nil {
		return err
	}
	return withRecord(s, "access merge", &c, c.Record, func() (any, error) {
		var a mergeAnswer
		var h raster.Header
		var in friction.Input
		err := clocked(&a.Phases.Read, func() (err error) {
			h, in, err = c.read()
			return err
		})
		if err != nil {
			return nil, err
		}
		var got friction.Result
		err = clocked(&a.Phases.Solve, func() (err error) {
			got, err = friction.Merge(in)
			if seasons := in.Speeds.Seasons(); fault.Is(err, fault.Invalid) && in.Season == "" && len(seasons) > 0 {
				err = fmt.Errorf("%w (the table names the seasons %s: say which with --season)", err, strings.Join(seasons, ", "))
			}
			return err
		})
		if err != nil {
			return nil, err
		}
		if err := clocked(&a.Phases.Write, func() error { return c.write(h, got) }); err != nil {
			return nil, err
		}
		a.fill(got.Report)
		a.PeakBytes = peakBytes()
		return a, c.tell(s, a)
	})
}

func (c accessMergeCommand) check() error {
	switch {
	case (c.LandCover == "") == (c.Friction == ""):
		return errors.New("name the ground by exactly one of --landcover and --friction")
	case c.Speeds == "" && (c.LandCover != "" || len(c.Roads) > 0):
		return errors.New("land cover and roads need a table of speeds: name it with --speeds")
	case c.Friction != "" && c.ModeOut != "" && len(c.Roads) == 0:
		return errors.New("a map of friction does not say how one travels: leave out --mode-out")
	}
	if err := mapEnding(c.Out, c.ModeOut); err != nil {
		return err
	}
	in, out := filesOf(&c)
	return distinct(in, append(out, c.Record))
}

// read reads everything that is merged.
func (c accessMergeCommand) read() (raster.Header, friction.Input, error) {
	in := friction.Input{Season: strings.ToLower(strings.TrimSpace(c.Season)), Middles: c.Middles, MissingIsBarrier: c.Missing, Ready: c.Friction != ""}
	for _, m := range c.Modes {
		mode, ok := friction.ParseMode(m)
		if !ok {
			return raster.Header{}, in, fmt.Errorf("--modes: %q is not known: write walking, bicycling or motorised", m)
		}
		in.Modes = append(in.Modes, mode)
	}
	if c.Speeds != "" {
		f, err := openFile(c.Speeds)
		if err != nil {
			return raster.Header{}, in, err
		}
		defer f.Close()
		info, err := f.Stat()
		if err != nil {
			return raster.Header{}, in, err
		}
		if in.Speeds, err = speeds.Read(filepath.Base(c.Speeds), f, info.Size()); err != nil {
			return raster.Header{}, in, err
		}
	}
	if seasons := in.Speeds.Seasons(); in.Season != "" && !slices.Contains(seasons, in.Season) {
		return raster.Header{}, in, fmt.Errorf("--season %s: the table names %s", c.Season, orNone(seasons))
	}
	h, cells, err := readMap(c.LandCover+c.Friction, c.Band)
	if err != nil {
		return h, in, err
	}
	if c.FrictionUnit == "min/m" && c.Friction != "" {
		for i := range cells {
			cells[i] *= 60
		}
	}
	in.Frame, in.Cells = frameOf(h), cells
	for _, name := range c.Roads {
		list, err := readShapes(name, h)
		if err != nil {
			return h, in, err
		}
		for _, s := range list {
			class, ok := s.Properties[c.RoadClass]
			switch {
			case len(s.Lines) == 0:
				return h, in, fault.New(fault.Invalid, "cmd.accessMerge", name, "%s, feature %d: a road is a line, and this is an area", name, s.Number)
			case !ok || class == "":
				return h, in, fault.New(fault.Invalid, "cmd.accessMerge", name, "%s, feature %d: the property %s is missing: it tells the class of the road; --road-class names another", name, s.Number, c.RoadClass)
			}
			in.Roads = append(in.Roads, friction.Road{Class: class, Lines: s.Lines})
		}
	}
	for _, name := range c.Barriers {
		list, err := readShapes(name, h)
		if err != nil {
			return h, in, err
		}
		for _, s := range list {
			in.Barriers = append(in.Barriers, friction.Barrier{Lines: s.Lines, Areas: s.Areas})
		}
	}
	return h, in, nil
}

func orNone(list []string) string {
	if len(list) == 0 {
		return "no season"
	}
	return strings.Join(list, ", ")
}

func (c accessMergeCommand) write(h raster.Header, got friction.Result) error {
	h.Band, h.Bands, h.Type, h.NoData, h.HasNoData = 1, 1, raster.Float32, -9999, true
	if err := writeRaster(c.Out, h, got.Friction); err != nil || c.ModeOut == "" {
		return err
	}
	for i, m := range got.Modes {
		got.Friction[i] = float32(m)
	}
	h.Type, h.NoData = raster.Uint8, 0
	return writeRaster(c.ModeOut, h, got.Friction)
}

func (a *mergeAnswer) fill(r friction.Report) {
	a.Cells.Total, a.Cells.Passable, a.Cells.Barrier, a.Cells.Unknown = r.Cells, r.Passed, r.Barrier, r.Unknown
	a.Roads, a.Barriers, a.Bridges = mergeDrawn(r.Roads), mergeDrawn(r.Barriers), r.Bridges
	a.Classes, a.Missing = []mergeClass{}, []mergeClass{}
	for _, k := range r.Classes {
		a.Classes = append(a.Classes, mergeClass{string(k.Layer), k.Class, k.Label, k.Mode.String(), &k.KmPerHour, k.Cells})
	}
	for _, k := range r.Missing {
		a.Missing = append(a.Missing, mergeClass{Layer: string(k.Layer), Class: k.Class, Cells: k.Cells})
	}
}

// tell says the same to a person.
func (c accessMergeCommand) tell(s *session, a mergeAnswer) error {
	if s.json {
		return s.print(a)
	}
	lines := []string{fill(s.say("merge_cells"), "total", a.Cells.Total, "passable", a.Cells.Passable, "barrier", a.Cells.Barrier, "unknown", a.Cells.Unknown)}
	for _, k := range a.Classes {
		name := k.Class
		if k.Label != "" {
			name += " " + k.Label
		}
		lines = append(lines, fill(s.say("merge_class"), "layer", s.say("merge_"+k.Layer), "class", name, "mode", s.say("mode_"+k.Mode), "speed", *k.Speed, "cells", k.Cells))
	}
	for _, k := range a.Missing {
		lines = append(lines, fill(s.say("merge_missing_class"), "layer", s.say("merge_"+k.Layer), "class", k.Class, "cells", k.Cells))
	}
	for _, d := range []struct {
		word string
		mergeDrawn
	}{{"merge_drawn_roads", a.Roads}, {"merge_drawn_barriers", a.Barriers}} {
		if d.Features > 0 {
			lines = append(lines, fill(s.say(d.word), "features", d.Features, "cells", d.Cells, "outside", d.Outside))
		}
	}
	if a.Bridges > 0 {
		lines = append(lines, fill(s.say("merge_bridges"), "cells", a.Bridges))
	}
	_, err := fmt.Fprintln(s.out, strings.Join(lines, "\n"))
	return err
}
