package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"slices"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/exchange/geojson"
	"github.com/shanyraq/shanyraq/exchange/osm"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/graph"
	"github.com/shanyraq/shanyraq/plan/access/isochrone"
)

type accessIsochronesCommand struct {
	OSM        osmFlags `embed:""`
	Edges      string   `name:"edges" placeholder:"FILE" help:"${h_roads_edges}"`
	Undirected bool     `name:"undirected" help:"${h_roads_undirected}"`
	Points     string   `name:"points" placeholder:"FILE" help:"${h_iso_points}"`

	Sources string `name:"sources" placeholder:"FILE" help:"${h_roads_sources}"`
	Places  string `name:"places" placeholder:"FILE" help:"${h_iso_places}"`
	Towards bool   `name:"towards" help:"${h_roads_towards}"`

	OffRoad offRoadFlags `embed:""`

	Minutes   []float64 `name:"minutes" required:"" placeholder:"15,30,60" help:"${h_iso_minutes}"`
	Cell      float64   `name:"cell" placeholder:"METRES" help:"${h_iso_cell}"`
	Tolerance float64   `name:"tolerance" placeholder:"METRES" help:"${h_iso_tolerance}"`
	Within    string    `name:"within" placeholder:"FILE" help:"${h_iso_within}"`
	Out       string    `name:"out" required:"" placeholder:"FILE" help:"${h_iso_out}"`
}

// isochronesAnswer is what the command prints with --json.
type isochronesAnswer struct {
	Bands     []bandAnswer `json:"bands"`
	Sources   int          `json:"sources"`
	Places    []footAnswer `json:"places"` // where places meet the road; empty without --places
	Legs      int          `json:"legs"`   // pieces of road that are reached
	Towards   bool         `json:"towards"`
	Phases    phases       `json:"phases"`
	PeakBytes int64        `json:"peak_bytes"`
	OSM       *osmAnswer   `json:"osm"`
}

type bandAnswer struct {
	Minutes  float64 `json:"minutes"`
	Polygons int     `json:"polygons"`
	Points   int     `json:"points"`
}

// Run reads the roads, searches, draws and writes. It needs no database.
func (c accessIsochronesCommand) Run(s *session) error {
	limits := make([]float64, len(c.Minutes))
	for i, m := range c.Minutes {
		limits[i] = m * 60
	}
	a := isochronesAnswer{Towards: c.Towards, Places: []footAnswer{}}
	net, err := c.legs(s.ctx, slices.Max(limits), &a)
	if err != nil {
		return err
	}
	a.Legs = len(net.Legs)
	o := isochrone.Options{OffRoad: c.OffRoad.Speed, Detour: c.OffRoad.Detour, Cell: c.Cell, Tolerance: c.Tolerance}
	if o.Within, err = readOutline(c.Within); err != nil {
		return err
	}
	var bands []isochrone.Band
	err = clocked(&a.Phases.Solve, func() (err error) {
		bands, err = net.Bands(limits, o)
		return err
	})
	if err != nil {
		return err
	}
	for _, b := range bands {
		n := 0
		for _, p := range b.Area {
			for _, r := range p {
				n += len(r)
			}
		}
		a.Bands = append(a.Bands, bandAnswer{b.Seconds / 60, len(b.Area), n})
	}
	err = clocked(&a.Phases.Write, func() error {
		return writeWhole(c.Out, func(out io.Writer) error { return isochrone.WriteGeoJSON(out, bands) })
	})
	if err != nil {
		return err
	}
	a.PeakBytes = peakBytes()
	if s.json {
		return s.print(a)
	}
	return c.tell(s, a)
}

// legs finds what is reached.
func (c accessIsochronesCommand) legs(ctx context.Context, last float64, a *isochronesAnswer) (isochrone.Network, error) {
	none := isochrone.Network{}
	switch {
	case (c.OSM.File == "") == (c.Edges == ""):
		return none, errors.New("name the roads by exactly one of --osm and --edges")
	case (c.Sources == "") == (c.Places == ""):
		return none, errors.New("name the sources by exactly one of --sources (nodes) and --places (coordinates)")
	case (c.Edges == "") != (c.Points == ""):
		return none, errors.New("--edges needs --points, where each node lies; --osm knows it")
	case c.Edges != "" && c.Places != "":
		return none, errors.New("--places needs --osm; with --edges name nodes by --sources")
	}
	if err := c.OSM.unused(); err != nil {
		return none, err
	}
	how := graph.Search{Towards: c.Towards, Limit: last}
	if c.Edges != "" {
		return c.edges(ctx, how, a)
	}
	return c.osmLegs(ctx, how, a)
}

// osmLegs searches on an extract of OpenStreetMap.
func (c accessIsochronesCommand) osmLegs(ctx context.Context, how graph.Search, a *isochronesAnswer) (out isochrone.Network, err error) {
	var net *osm.Network
	var starts []graph.Start
	err = clocked(&a.Phases.Read, func() error {
		roads, speeds, err := c.OSM.open(ctx)
		if err != nil {
			return err
		}
		var keep []int64
		var feet []foot
		if c.Sources != "" {
			keep, err = listed(c.Sources, roads)
			a.Sources = len(keep)
		} else if feet, err = c.feet(roads, speeds, a); err == nil {
			for _, f := range feet {
				keep = append(keep, f.piece.A, f.piece.B)
			}
		}
		if err != nil {
			return err
		}
		if net, err = roads.Network(osm.Profile(c.OSM.Profile), osm.Season(c.OSM.Season), speeds, keep); err != nil {
			return err
		}
		a.OSM = c.OSM.answer(roads.Report, net.Made)
		for _, f := range feet {
			s, legs, err := f.start(net, how.Towards)
			if err != nil {
				return err
			}
			starts, out.Legs = append(starts, s...), append(out.Legs, legs...)
			out.Nodes = append(out.Nodes, isochrone.Node{Point: f.Place.Point})
		}
		for _, id := range keep {
			if len(feet) > 0 {
				break
			}
			at, err := seatOf(net, id, how.Towards)
			if err != nil {
				return err
			}
			starts = append(starts, graph.Start{Node: at})
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	return out, clocked(&a.Phases.Solve, func() error {
		near, err := net.Graph.Nearest(ctx, starts, how)
		if err != nil {
			return err
		}
		for l := range net.Legs(near, how, how.Limit) {
			out.Legs = append(out.Legs, isochrone.Leg{A: orb.Point{l.LonA, l.LatA}, B: orb.Point{l.LonB, l.LatB}, AtA: l.AtA, AtB: l.AtB})
		}
		return nil
	})
}

func seatOf(net *osm.Network, id int64, towards bool) (int, error) {
	if towards {
		return net.End(id)
	}
	return net.Begin(id)
}

// feet reads places and finds the nearest road of each.
func (c accessIsochronesCommand) feet(roads *osm.Roads, speeds *osm.Speeds, a *isochronesAnswer) ([]foot, error) {
	list, err := readPoints(c.Places)
	if err != nil {
		return nil, err
	}
	out, err := c.OSM.feet(c.Places, list, roads, speeds, c.OffRoad)
	for _, f := range out {
		a.Places = append(a.Places, f.answer())
	}
	a.Sources = len(out)
	return out, err
}

// start returns where the search begins and the two legs to there: the ends of
// the piece, after the way to the road and the part of the piece.
func (f foot) start(net *osm.Network, towards bool) (starts []graph.Start, legs []isochrone.Leg, err error) {
	toB, toA := (1-f.Fraction)*f.piece.Forth, f.Fraction*f.piece.Back
	if towards { // from the ends to the foot
		toB, toA = (1-f.Fraction)*f.piece.Back, f.Fraction*f.piece.Forth
	}
	for _, end := range []struct {
		id      int64
		seconds float64
		point   orb.Point
	}{{f.piece.B, toB, orb.Point{f.piece.LonB, f.piece.LatB}}, {f.piece.A, toA, orb.Point{f.piece.LonA, f.piece.LatA}}} {
		if math.IsInf(end.seconds, 1) || math.IsNaN(end.seconds) { // closed in this direction; 0 times +Inf is no number
			continue
		}
		at, err := seatOf(net, end.id, towards)
		if err != nil {
			return nil, nil, err
		}
		after := math.Round((f.Seconds+end.seconds)*1000) / 1000 // times on roads are whole milliseconds
		starts = append(starts, graph.Start{Node: at, Seconds: after})
		legs = append(legs, isochrone.Leg{A: f.Hit.Point, B: end.point, AtA: min(f.Seconds, after), AtB: after})
	}
	return starts, legs, nil
}

// readOutline reads the areas of a GeoJSON file; none for no file.
func readOutline(name string) (orb.MultiPolygon, error) {
	if name == "" {
		return nil, nil
	}
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	shapes, err := geojson.ReadShapes(f, filepath.Base(name), 0)
	if err != nil {
		return nil, err
	}
	var out orb.MultiPolygon
	for _, s := range shapes {
		out = append(out, s.Areas...)
	}
	if len(out) == 0 {
		return nil, fault.New(fault.Invalid, "cmd.isochrones", filepath.Base(name), "there is no area in it: give polygons")
	}
	return out, nil
}

// tell says the same to a person.
func (c accessIsochronesCommand) tell(s *session, a isochronesAnswer) error {
	lines := []string{fill(s.say("iso_sources"), "sources", a.Sources, "legs", a.Legs)}
	if a.OSM != nil {
		lines = append(lines, a.OSM.tell(s)...)
	}
	for _, b := range a.Bands {
		lines = append(lines, fill(s.say("iso_band"), "minutes", fmt.Sprint(b.Minutes), "polygons", b.Polygons, "points", b.Points))
	}
	for _, l := range lines {
		if _, err := fmt.Fprintln(s.out, l); err != nil {
			return err
		}
	}
	return nil
}
