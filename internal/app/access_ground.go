package app

import (
	"cmp"
	"context"
	"encoding/json"
	"maps"
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// landBase is what questions of access are asked of, as of a day, with the names
// of places.
type landBase struct {
	*access.Ground
	names      map[place.ID]lang.Text // of villages that are no places of the atlas
	published  []access.Observation
	called     func() map[string][]place.ID // places by folded name
	linkSource string
	counted    period.Date // day of the population
	source     string      // of the population
	estimated  int64       // people spread over the places of their district
	people     int64
	on         period.Date // the ground is the same from this day on
	act        int64       // newest act on which it rests
	answers    *shelf[string, *access.Answer]
}

// accessBooks keeps grounds. Their key changes when anything does on which they
// rest; each keeps the answers that it gave.
type accessBooks struct {
	grounds *shelf[string, *landBase]
	// asking bounds questions that nobody asked before: there is no end of them.
	asking *gate
}

const (
	maxGrounds = 3
	maxAnswers = 32
	// askWaiting is how many questions may wait for a place.
	askWaiting = 64
)

func newAccessBooks() accessBooks {
	g := newGate(max(1, runtime.GOMAXPROCS(0)/2), askWaiting)
	g.busy = "many ask about access just now: try again in a moment"
	return accessBooks{newShelf[string, *landBase](maxGrounds), g}
}

// accessKinds are the records on which access rests.
var accessKinds = []string{country.KindPlace, country.KindFact, country.KindFacility, country.KindCapacity, country.KindService, country.KindRoadLink, country.KindAccessProfile, country.KindAccessParameter, country.KindPresumption, country.KindBase, country.KindVillages, country.KindObserved}

// accessRecords reads them once for a snapshot.
type accessRecords struct {
	mu    sync.Mutex
	read  bool
	seq   int64 // the newest act that wrote any
	list  map[string][]store.StoredRecord
	turns []period.Date // days on which anything of it changes, the oldest first
}

func (s *Snapshot) accessRecords(ctx context.Context, st *store.Store, seq int64) (*accessRecords, error) {
	r := &s.ways
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.read {
		return r, nil
	}
	r.list = map[string][]store.StoredRecord{}
	for _, kind := range accessKinds {
		list, err := st.Records(context.WithoutCancel(ctx), kind, store.At{AsOf: period.MaxDate, Seq: seq})
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			r.seq = max(r.seq, x.Seq)
		}
		r.list[kind] = list
	}
	r.turns = s.turns()
	r.read = true
	return r, nil
}

// turns lists the days on which the ground of access changes: facts and places
// that begin and end, documents on which capacity rests. Between two of them the
// ground of every day is the same.
func (s *Snapshot) turns() []period.Date {
	seen := map[period.Date]bool{}
	note := func(days ...*period.Date) {
		for _, d := range days {
			if d != nil {
				seen[*d] = true
			}
		}
	}
	for _, p := range s.Atlas.All() {
		note(p.From, p.To)
		for _, f := range s.Atlas.Facts(p.ID) {
			note(f.From, f.To)
		}
	}
	for _, c := range s.Capacities {
		note(s.Documents[c.Source].Published)
	}
	return slices.Sorted(maps.Keys(seen))
}

// since returns the newest day up to on since which the ground is as on that day.
func (r *accessRecords) since(on period.Date) period.Date {
	i, found := slices.BinarySearch(r.turns, on)
	switch {
	case found:
		return on
	case i == 0:
		return period.MinDate
	}
	return r.turns[i-1]
}

// land looks, and returns what may be asked of at that moment.
func (a *App) land(ctx context.Context, w When) (*view, *landBase, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, nil, err
	}
	l, err := a.ground(ctx, v)
	return v, l, err
}

// ground returns what may be asked of as of the day of the view.
func (a *App) ground(ctx context.Context, v *view) (*landBase, error) {
	records, err := v.accessRecords(ctx, a.Store, v.at.Seq)
	if err != nil {
		return nil, err
	}
	day := records.since(v.at.AsOf)
	key := strconv.FormatInt(records.seq, 10) + "/" + day.String()
	if !a.access.grounds.has(key) && day != records.since(period.DateOf(a.Clock(), v.Country.OffsetMinutes)) {
		leave, err := a.past.enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
	}
	return a.access.grounds.get(ctx, key, func(context.Context) (*landBase, error) { return newLandBase(v, records, day) })
}

// bodies decodes the records of a kind.
func bodies[T any](r *accessRecords, kind string) ([]T, error) {
	out := make([]T, 0, len(r.list[kind]))
	for _, x := range r.list[kind] {
		var v T
		if err := json.Unmarshal(x.Body, &v); err != nil {
			return nil, fault.New(fault.Internal, "app.ground", kind+" "+x.Code, "cannot be read back: %w", err)
		}
		out = append(out, v)
	}
	return out, nil
}

func newLandBase(v *view, r *accessRecords, on period.Date) (*landBase, error) {
	l := &landBase{names: map[place.ID]lang.Text{}, on: on, act: r.seq, answers: newShelf[string, *access.Answer](maxAnswers)}
	var in access.Input
	var err error
	if in.Profiles, err = bodies[access.Profile](r, country.KindAccessProfile); err != nil {
		return nil, err
	}
	if in.Presumptions, err = bodies[access.Presumption](r, country.KindPresumption); err != nil {
		return nil, err
	}
	parameters, err := bodies[access.Parameter](r, country.KindAccessParameter)
	if err != nil {
		return nil, err
	}
	in.Parameters = parameters
	if len(in.Profiles) == 0 || len(parameters) == 0 {
		return nil, fault.New(fault.NotFound, "app.Access", string(v.Atlas.Root()), "this country has no tables of access: add access_services.csv and access_parameters.csv to its pack")
	}
	if in.Bases, err = bodies[access.Base](r, country.KindBase); err != nil {
		return nil, err
	}
	roads, err := bodies[country.RoadLink](r, country.KindRoadLink)
	if err != nil {
		return nil, err
	}
	sources := map[string]bool{}
	for _, x := range roads {
		in.Links = append(in.Links, access.Link{From: x.From, To: x.To, Km: x.Km, Main: x.Class == "main", Line: x.Line})
		whole, _, _ := strings.Cut(x.Source, ";") // what of the link is assumed stands behind it
		sources[whole] = true
	}
	l.linkSource = strings.Join(slices.Sorted(maps.Keys(sources)), "; ")
	villages, err := bodies[country.Villages](r, country.KindVillages)
	if err != nil {
		return nil, err
	}
	for _, f := range v.Facilities {
		x := access.Facility{ID: place.ID(f.Code), Kind: f.Kind, Place: f.Place, Working: f.Status == "operating" || f.Status == "modernisation"}
		if f.Lat != nil && f.Lon != nil {
			x.Point = place.Point{Lat: *f.Lat, Lon: *f.Lon}
		}
		in.Facilities = append(in.Facilities, x)
	}
	if in.Capacity, err = v.capacityBy(on); err != nil {
		return nil, err
	}
	if l.published, err = bodies[access.Observation](r, country.KindObserved); err != nil {
		return nil, err
	}
	l.settle(v, &in, villages)
	if l.Ground, err = access.NewGround(in); err != nil {
		return nil, err
	}
	l.called = sync.OnceValue(func() map[string][]place.ID { return l.byName(v) })
	return l, nil
}

// centreShare is the share of the rural people of a district that live in its
// main settlement, where no town is counted there: an assumption, shown with
// the population of every answer.
const centreShare = 0.25

// settle puts the people of every territory on its places: those of towns on
// its main settlement, those of the country evenly over all its other places.
func (l *landBase) settle(v *view, in *access.Input, villages []country.Villages) {
	on := l.on
	byTerritory := map[place.ID][]access.Spot{}
	for _, p := range v.Atlas.OfKind(place.Settlement) {
		if p.Point == nil || !p.Exists(on) {
			continue
		}
		at := v.Atlas.Parent(p.ID, on)
		byTerritory[at] = append(byTerritory[at], access.Spot{ID: p.ID, District: at, Region: v.topOf(at), Point: *p.Point, Main: true})
	}
	for _, d := range villages {
		// The people of a city of the whole country are counted for the city, not
		// for its parts.
		at := d.District
		if up := v.Atlas.Parent(at, on); len(byTerritory[up]) > 0 {
			at = up
		}
		for _, x := range d.List {
			byTerritory[at] = append(byTerritory[at], access.Spot{ID: x.Code, District: d.District, Region: v.topOf(d.District), Point: x.Point, Join: x.Join})
			l.names[x.Code] = x.Name
		}
	}
	l.counted, l.source = v.populationDay(on)
	in.Unplaced, in.Seats = map[place.ID]int64{}, map[place.Kind][]place.ID{}
	for _, t := range v.populated(on, byTerritory) {
		p, err := v.Atlas.Place(t)
		if err != nil {
			continue
		}
		spots := byTerritory[t]
		people, urban, rural := v.peopleOf(t, l.counted)
		seat := seatOf(p, v.Atlas.Centre(t, on), spots)
		if len(spots) == 0 {
			if people > 0 {
				in.Unplaced[t] = people
			}
			continue
		}
		spread(spots, seat, urban, rural)
		l.people += people
		for i := range spots {
			if spots[i].Estimated {
				l.estimated += spots[i].Of()
			}
		}
		in.Spots = append(in.Spots, spots...)
	}
	slices.SortFunc(in.Spots, func(a, b access.Spot) int { return cmp.Compare(a.ID, b.ID) })
	for _, level := range []place.Kind{place.Region, place.City, place.District} {
		in.Seats[level] = v.Atlas.Seats(level, on)
	}
	for _, s := range in.Spots {
		if s.Main {
			in.Seats[place.Settlement] = append(in.Seats[place.Settlement], s.ID)
		}
	}
}

// spread divides people of towns and of the country over the places of a
// territory. One place alone holds what was counted; several are an estimate.
func spread(spots []access.Spot, seat int, urban, rural int64) {
	if seat < 0 { // no main settlement: all are spread alike
		for i, n := range access.Spread(urban, make([]float64, len(spots))) {
			spots[i].Urban = n
		}
		for i, n := range access.Spread(rural, make([]float64, len(spots))) {
			spots[i].Rural, spots[i].Estimated = n, len(spots) > 1
		}
		return
	}
	spots[seat].Urban = urban
	if len(spots) == 1 {
		spots[0].Rural = rural
		return
	}
	mains := 0
	for _, s := range spots {
		if s.Main {
			mains++
		}
	}
	weights := make([]float64, len(spots))
	others := float64(len(spots) - 1)
	for i := range weights {
		weights[i] = 1 / others
		if i == seat && urban > 0 {
			weights[i] = 0
		}
	}
	if urban == 0 {
		for i := range weights {
			weights[i] *= 1 - centreShare
		}
		weights[seat] = centreShare
	}
	for i, n := range access.Spread(rural, weights) {
		spots[i].Rural = n
		spots[i].Estimated = i != seat || urban == 0 || mains > 1
	}
}

// seatOf returns which of the spots is the main settlement of the territory: its
// centre, else the main one nearest to its point, or -1 where there is none.
func seatOf(p place.Place, centre place.ID, spots []access.Spot) int {
	if i := slices.IndexFunc(spots, func(s access.Spot) bool { return s.ID == centre }); i >= 0 {
		return i
	}
	best, km := -1, math.Inf(1)
	for i := range spots {
		d := 0.0
		if p.Point != nil {
			d = access.Km(*p.Point, spots[i].Point)
		}
		if spots[i].Main && d < km {
			best, km = i, d
		}
	}
	return best
}

// capacityBy returns the capacity of which documents published by a day speak. An
// undated one counts at every day, as everywhere.
func (v *view) capacityBy(day period.Date) (*place.Timeline, error) {
	var list []place.Capacity
	for _, c := range v.Capacities {
		if d := v.Documents[c.Source].Published; d == nil || *d <= day {
			list = append(list, c)
		}
	}
	return place.NewTimeline(list)
}

// topOf returns the region in which a territory lies.
func (v *view) topOf(id place.ID) place.ID {
	path := v.Atlas.Path(id)
	return path[min(1, len(path)-1)]
}

// populated lists the territories whose people are put on places, by code: those
// without parts that are populated themselves.
func (v *view) populated(on period.Date, spots map[place.ID][]access.Spot) []place.ID {
	want := map[place.ID]bool{}
	for id := range spots {
		want[id] = true
	}
	for _, p := range v.Atlas.All() {
		if (p.Kind == place.District || p.Kind == place.City) && p.Exists(on) {
			want[p.ID] = true
		}
	}
	out := slices.Sorted(maps.Keys(want))
	return slices.DeleteFunc(out, func(id place.ID) bool {
		// A region has districts; those count, unless no place lies in any of them.
		return len(spots[id]) == 0 && slices.ContainsFunc(v.Atlas.Children(id), func(c place.ID) bool { return want[c] })
	})
}

// populationDay returns the newest day up to on for which every territory that
// was counted has a population, and the source of it.
func (v *view) populationDay(on period.Date) (period.Date, string) {
	day, source := on, ""
	for _, p := range v.Atlas.All() {
		if p.Kind != place.District && p.Kind != place.City {
			continue
		}
		newest := period.MinDate
		from := ""
		for _, f := range v.Atlas.Facts(p.ID) {
			if f.Attribute == place.AttrPopulation && f.From != nil && *f.From <= on && *f.From > newest {
				newest, from = *f.From, f.Source
			}
		}
		if newest > period.MinDate && newest < day {
			day, source = newest, from
		}
	}
	return day, source
}

// peopleOf returns the people of a territory on a day, of towns and of the
// country; where the two were not told apart, all are of the country, or of the
// town in a city.
func (v *view) peopleOf(id place.ID, on period.Date) (people, urban, rural int64) {
	read := func(attribute place.Attribute) (int64, bool) {
		for _, f := range v.Atlas.Facts(id) {
			if f.Attribute == attribute && f.Holds(on) {
				if n, err := strconv.ParseInt(f.Text, 10, 64); err == nil && n >= 0 {
					return n, true
				}
			}
		}
		return 0, false
	}
	people, _ = read(place.AttrPopulation)
	urban, knownU := read(place.AttrUrban)
	rural, knownR := read(place.AttrRural)
	if knownU && knownR && urban+rural == people {
		return people, urban, rural
	}
	if p, err := v.Atlas.Place(id); err == nil && p.Kind == place.City {
		return people, people, 0
	}
	return people, 0, people
}
