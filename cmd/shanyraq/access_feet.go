package main

import (
	"bufio"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/exchange/osm"
	"github.com/shanyraq/shanyraq/exchange/points"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/snap"
)

// offRoadFlags say how one comes from a place to the road.
type offRoadFlags struct {
	Speed    float64 `name:"off-road-speed" default:"5" placeholder:"KMH" help:"${h_iso_off_road}"`
	Detour   float64 `name:"detour" default:"1.3" help:"${h_iso_detour}"`
	Farthest float64 `name:"off-road-limit" default:"5000" placeholder:"METRES" help:"${h_iso_farthest}"`
}

func (f offRoadFlags) approach() snap.Approach {
	return snap.Approach{Kmh: f.Speed, Detour: f.Detour, Metres: f.Farthest}
}

// footAnswer is a place and the nearest place on a road.
type footAnswer struct {
	ID      string  `json:"id"`
	Lon     float64 `json:"lon"`
	Lat     float64 `json:"lat"`
	Metres  float64 `json:"metres"` // straight, from the place to the road
	Seconds float64 `json:"seconds"`
	Way     int64   `json:"way"` // of OpenStreetMap
}

// foot is a place beside a piece of road.
type foot struct {
	snap.Foot
	piece osm.Piece
}

func (f foot) answer() footAnswer {
	return footAnswer{f.ID, f.Place.Point[0], f.Place.Point[1], f.Metres, f.Seconds, f.piece.Way}
}

// feet finds the nearest open road of each place. Those without one within the
// distance are refused with their ids.
func (f osmFlags) feet(file string, list []points.Point, roads *osm.Roads, speeds *osm.Speeds, off offRoadFlags) ([]foot, error) {
	all, err := roads.Pieces(osm.Profile(f.Profile), osm.Season(f.Season), speeds)
	if err != nil {
		return nil, err
	}
	var segments []snap.Segment
	var pieces []osm.Piece
	for p := range all {
		segments = append(segments, snap.Segment{A: orb.Point{p.LonA, p.LatA}, B: orb.Point{p.LonB, p.LatB}})
		pieces = append(pieces, p)
	}
	index, err := snap.New(segments)
	if err != nil {
		return nil, err
	}
	places := make([]snap.Place, len(list))
	for i, p := range list {
		places[i] = snap.Place{ID: p.ID, Point: orb.Point{p.X, p.Y}}
	}
	found, far, err := index.Attach(places, off.approach(), nil)
	if err == nil {
		err = snap.Far(far, off.approach())
	}
	if err != nil {
		return nil, fault.Wrap(err, "cmd.feet", filepath.Base(file))
	}
	out := make([]foot, len(found))
	for i, x := range found {
		x.Seconds += list[i].After
		out[i] = foot{x, pieces[x.Segment]}
	}
	return out, nil
}

// named is a source or a target: a node, or a foot by its place among all feet.
type named struct {
	name string
	node int64
	foot int // -1 for a node
}

// tied gathers the sources and targets of one network.
type tied struct {
	roads   *osm.Roads
	flags   osmFlags
	speeds  *osm.Speeds
	off     offRoadFlags
	keep    []int64
	onRoad  []osm.Foot
	answers []footAnswer
	at      map[orb.Point]int // foot by place: places on one spot are no way apart
}

// list reads nodes by their numbers, or places by their coordinates, as the
// header of the file says.
func (t *tied) list(file string) ([]named, error) {
	byNode, err := hasColumn(file, "node")
	if err != nil {
		return nil, err
	}
	var out []named
	if byNode {
		ids, err := listed(file, t.roads)
		for _, id := range ids {
			out = append(out, named{strconv.FormatInt(id, 10), id, -1})
		}
		t.keep = append(t.keep, ids...)
		return out, err
	}
	list, err := readPoints(file)
	if err != nil {
		return nil, err
	}
	for _, p := range list {
		if p.After != 0 || strings.ContainsAny(p.ID, ",\"\r\n") {
			return nil, fault.New(fault.Invalid, "cmd.feet", filepath.Base(file), "row %d: leave out after_s, and commas and quotation marks in the id", p.Row)
		}
	}
	feet, err := t.flags.feet(file, list, t.roads, t.speeds, t.off)
	if err != nil {
		return nil, err
	}
	for _, f := range feet {
		t.answers = append(t.answers, f.answer())
		if same, known := t.at[f.Place.Point]; known {
			out = append(out, named{f.ID, 0, same})
			continue
		}
		t.at[f.Place.Point] = len(t.onRoad)
		out = append(out, named{f.ID, 0, len(t.onRoad)})
		t.onRoad = append(t.onRoad, osm.Foot{Piece: f.piece, Fraction: f.Fraction, Seconds: f.Seconds})
	}
	return out, nil
}

// hasColumn reports whether the first line of a file names a column. A file
// that is no text, such as a workbook, has none.
func hasColumn(file, name string) (bool, error) {
	f, err := openFile(file)
	if err != nil {
		return false, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return true, err // what can be read once only is a list of nodes
	}
	const longest = 1 << 12
	line, err := bufio.NewReader(io.LimitReader(f, longest)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return false, err
	}
	cells := strings.FieldsFunc(strings.ToLower(strings.TrimPrefix(line, "\ufeff")), func(r rune) bool { return strings.ContainsRune(",;\t\" \r\n", r) })
	return slices.Contains(cells, name), nil
}

// stopsOf returns where journeys from and to the named begin and end.
func stopsOf(net *osm.Network, list []named) ([]stop, error) {
	var out []stop
	for _, x := range list {
		s := stop{name: x.name}
		if x.foot >= 0 {
			s.begin, s.end = net.Beside(x.foot)
			out = append(out, s)
			continue
		}
		var err error
		if s.begin, err = net.Begin(x.node); err != nil {
			return nil, err
		}
		if s.end, err = net.End(x.node); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}
