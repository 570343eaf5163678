package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/exchange/osm"
	"github.com/shanyraq/shanyraq/internal/graph"
)

// osmFlags name an extract of OpenStreetMap and how one drives on it.
type osmFlags struct {
	File    string `name:"osm" placeholder:"FILE" help:"${h_roads_osm}"`
	Profile string `name:"profile" enum:"car,ambulance" default:"car" help:"${h_roads_profile}"`
	Season  string `name:"season" enum:"summer,winter" default:"summer" help:"${h_roads_season}"`
	Speeds  string `name:"speeds" placeholder:"FILE" help:"${h_roads_speeds}"`
}

// osmAnswer tells what was read from an extract, with --json.
type osmAnswer struct {
	Profile      string                `json:"profile"`
	Season       string                `json:"season"`
	Nodes        int                   `json:"nodes"` // in the file, as the next two
	Ways         int                   `json:"ways"`
	Relations    int                   `json:"relations"`
	Roads        int                   `json:"roads"` // ways that a car or an ambulance may use
	Classes      map[string]osmExtent  `json:"classes"`
	LeftOut      map[string]int        `json:"left_out"` // ways by reason
	Unknown      map[string]int        `json:"unknown"`  // key=value by count
	Spots        map[string]int        `json:"spots"`    // barriers and lights on roads
	Conditional  int                   `json:"conditional_tags"`
	Restrictions osmRestrictionsAnswer `json:"restrictions"`
	Blocked      int                   `json:"blocked_nodes"`
	MissingNodes int                   `json:"missing_nodes"`
	WaysCut      int                   `json:"ways_cut"`
	Parts        int                   `json:"parts"`
	Largest      float64               `json:"largest_part"` // share of the nodes, 0 to 1
	DeadEnds     int                   `json:"dead_ends"`
	// Places are those of sources and targets that were given by coordinates.
	Places []footAnswer `json:"places"`
}

type osmExtent struct {
	Ways int     `json:"ways"`
	Km   float64 `json:"km"`
}

type osmRestrictionsAnswer struct {
	Applied int            `json:"applied"`
	Ignored map[string]int `json:"ignored"` // by reason
}

// unused refuses flags that say how one drives on OpenStreetMap where the roads
// come from another file.
func (f osmFlags) unused() error {
	if f.File == "" && (f.Profile != "car" || f.Season != "summer" || f.Speeds != "") {
		return errors.New("--profile, --season and --speeds belong to --osm: the times of other files stand in them")
	}
	return nil
}

// open reads the roads and the table of speeds.
func (f osmFlags) open(ctx context.Context) (*osm.Roads, *osm.Speeds, error) {
	in, err := os.Open(f.File) // it is read twice, and so must be an ordinary file
	if err != nil {
		return nil, nil, err
	}
	defer in.Close()
	roads, err := osm.Read(ctx, filepath.Base(f.File), in)
	if err != nil {
		return nil, nil, err
	}
	speeds := osm.OwnSpeeds()
	if f.Speeds != "" {
		table, err := openFile(f.Speeds)
		if err != nil {
			return nil, nil, err
		}
		defer table.Close()
		if speeds, err = osm.ReadSpeeds(filepath.Base(f.Speeds), table); err != nil {
			return nil, nil, err
		}
	}
	return roads, speeds, nil
}

// listed reads numbers of nodes that some road of the file must have.
func listed(file string, roads *osm.Roads) ([]int64, error) {
	known := &graph.Network{IDs: roads.IDs()}
	at, err := nodes(file, known)
	if err != nil {
		return nil, err
	}
	out := make([]int64, len(at))
	for i, v := range at {
		out[i] = known.IDs[v]
	}
	return out, nil
}

// network makes the network of the profile and the season.
func (f osmFlags) network(ctx context.Context, off offRoadFlags, sources, targets string, a *roadsAnswer) (*roadNetwork, error) {
	roads, speeds, err := f.open(ctx)
	if err != nil {
		return nil, err
	}
	t := &tied{roads: roads, flags: f, speeds: speeds, off: off, at: map[orb.Point]int{}}
	from, err := t.list(sources)
	if err != nil {
		return nil, err
	}
	var to []named
	if targets != "" {
		if to, err = t.list(targets); err != nil {
			return nil, err
		}
	}
	net, err := roads.Network(osm.Profile(f.Profile), osm.Season(f.Season), speeds, t.keep, t.onRoad...)
	if err != nil {
		return nil, err
	}
	a.OSM = f.answer(roads.Report, net.Made)
	a.OSM.Places = t.answers
	n := &roadNetwork{Graph: net.Graph, ids: net.IDs, rows: net.Rows}
	if n.sources, err = stopsOf(net, from); err == nil {
		n.targets, err = stopsOf(net, to)
	}
	return n, err
}

func (f osmFlags) answer(r osm.Report, m osm.Made) *osmAnswer {
	a := &osmAnswer{f.Profile, f.Season, r.Nodes, r.Ways, r.Relations, r.Roads, map[string]osmExtent{}, r.LeftOut, r.Unknown, r.Spots, r.Conditional,
		osmRestrictionsAnswer{m.Applied, m.Ignored}, m.Blocked, r.MissingNodes, r.WaysShort, m.Parts, m.Largest, m.DeadEnds, []footAnswer{}}
	for class, x := range r.Classes {
		a.Classes[class] = osmExtent{x.Ways, x.Km}
	}
	return a
}

// tell says the same to a person.
func (a *osmAnswer) tell(s *session) []string {
	km, ignored, unknown := 0.0, 0, 0
	for _, x := range a.Classes {
		km += x.Km
	}
	for _, n := range a.Restrictions.Ignored {
		ignored += n
	}
	for _, n := range a.Unknown {
		unknown += n
	}
	left := 0
	for _, n := range a.LeftOut {
		left += n
	}
	return []string{
		fill(s.say("osm_read"), "roads", a.Roads, "ways", a.Ways, "km", int(km), "left", left),
		fill(s.say("osm_turns"), "applied", a.Restrictions.Applied, "ignored", ignored, "blocked", a.Blocked, "unknown", unknown),
		fill(s.say("osm_parts"), "parts", a.Parts, "share", strconv.FormatFloat(100*a.Largest, 'f', 1, 64), "missing", a.MissingNodes, "cut", a.WaysCut),
	}
}
