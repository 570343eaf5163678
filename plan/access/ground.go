package access

import (
	"math"
	"slices"
	"sync"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/place"
)

// Spot is a place where people live: a city, the main settlement of a district,
// or a village.
type Spot struct {
	ID       place.ID
	District place.ID // the territory whose people were counted; a region where nothing is finer
	Region   place.ID
	Point    place.Point
	// Urban and Rural are people of the official kind. Where only the district
	// was counted they are an estimate (see People).
	Urban, Rural int64
	// Estimated is true where the people were spread, not counted.
	Estimated bool
	// Main is true for the settlements between which road links are known.
	Main bool
	// Join is the only way to the network where a straight one cannot be gone,
	// for water or a border: the points after the spot, the last on a road.
	Join []place.Point
}

// Of returns the people of the spot.
func (s Spot) Of() int64 { return s.Urban + s.Rural }

// Link is a road between two main settlements.
type Link struct {
	From, To place.ID
	Km       float64
	Main     bool          // of the highest class
	Line     []place.Point // from From to To; empty: drawn straight
}

// Facility is a health organisation and where it stands.
type Facility struct {
	ID    place.ID
	Kind  string
	Place place.ID // its settlement
	Point place.Point
	// Working is false for one that is planned or under construction.
	Working bool
}

// Input is everything from which a Ground is made.
type Input struct {
	Spots        []Spot
	Links        []Link
	Facilities   []Facility
	Capacity     *place.Timeline
	Bases        []Base
	Profiles     []Profile
	Presumptions []Presumption
	Parameters   Parameters
	// Seats names the main settlement of a territory: seat presumptions stand there.
	Seats map[place.Kind][]place.ID
	// Unplaced are people that stand at no spot, by territory.
	Unplaced map[place.ID]int64
}

// Ground is what questions are asked of. It is built once and then only read,
// by any number of goroutines.
type Ground struct {
	in        Input
	spot      map[place.ID]int32
	facility  map[place.ID]int
	net       *network
	sky       sky
	lock      sync.Mutex
	before    map[searched][2]reached // searches that were made
	roadBases []int32
	airBases  []int32
	profile   map[string]Profile
	regions   []place.ID
	regionOf  []int32 // of a spot, in regions
}

// NewGround checks the input and joins every spot to the network: along the
// links, and off the roads to the nearest point of a road and to the nearest
// main settlement, or by its Join. It returns fault.Invalid naming what is wrong.
func NewGround(in Input) (*Ground, error) {
	const op = "access.NewGround"
	g := &Ground{in: in, spot: map[place.ID]int32{}, facility: map[place.ID]int{}, profile: map[string]Profile{}, before: map[searched][2]reached{}}
	if len(in.Spots) == 0 {
		return nil, fault.New(fault.Invalid, op, "spots", "no place where people live is known")
	}
	if err := in.Parameters.Check(); err != nil {
		return nil, err
	}
	if g.in.Capacity == nil {
		g.in.Capacity, _ = place.NewTimeline(nil)
	}
	at := map[place.ID]int{}
	for i, s := range in.Spots {
		if _, twice := g.spot[s.ID]; twice {
			return nil, fault.New(fault.Invalid, op, string(s.ID), "the place is given twice")
		}
		if !onEarth(s.Point) {
			return nil, fault.New(fault.Invalid, op, string(s.ID), "has no position on earth: latitude %v, longitude %v", s.Point.Lat, s.Point.Lon)
		}
		if slices.ContainsFunc(s.Join, func(p place.Point) bool { return !onEarth(p) }) {
			return nil, fault.New(fault.Invalid, op, string(s.ID), "the way that joins it leaves the earth")
		}
		if s.Urban < 0 || s.Rural < 0 {
			return nil, fault.New(fault.Invalid, op, string(s.ID), "has a negative number of people")
		}
		g.spot[s.ID] = int32(i)
		r, known := at[s.Region]
		if !known {
			r = len(g.regions)
			at[s.Region] = r
			g.regions = append(g.regions, s.Region)
		}
		g.regionOf = append(g.regionOf, int32(r))
	}
	for i, f := range in.Facilities {
		if _, twice := g.facility[f.ID]; twice {
			return nil, fault.New(fault.Invalid, op, string(f.ID), "the facility is given twice")
		}
		if _, ok := g.spot[f.Place]; !ok && !onEarth(f.Point) {
			return nil, fault.New(fault.Invalid, op, string(f.ID), "the facility has neither a position nor a known settlement")
		}
		g.facility[f.ID] = i
	}
	for _, p := range in.Profiles {
		if err := p.Check(); err != nil {
			return nil, err
		}
		g.profile[p.Service] = p
	}
	for _, p := range in.Presumptions {
		if err := p.Check(); err != nil {
			return nil, err
		}
	}
	if err := g.bases(); err != nil {
		return nil, err
	}
	net, err := newNetwork(in.Spots, in.Links, g.spot)
	if err != nil {
		return nil, err
	}
	g.net = net
	g.sky = newSky(in.Spots, g.airBases)
	return g, nil
}

func (g *Ground) bases() error {
	for _, b := range g.in.Bases {
		if err := b.Check(); err != nil {
			return err
		}
		i, ok := g.spot[b.Place]
		if !ok {
			return fault.New(fault.Invalid, "access.NewGround", string(b.Place), "a base stands in a place where people live; this one is unknown")
		}
		if b.Vehicle == Air {
			g.airBases = append(g.airBases, i)
		} else {
			g.roadBases = append(g.roadBases, i)
		}
	}
	return nil
}

// Spots returns where people live, as given.
func (g *Ground) Spots() []Spot { return g.in.Spots }

// Spot returns the position of a place in Spots.
func (g *Ground) Spot(id place.ID) (int, bool) { i, ok := g.spot[id]; return int(i), ok }

// Links returns the road links, as given.
func (g *Ground) Links() []Link { return g.in.Links }

// Parameters returns the table of parameters.
func (g *Ground) Parameters() Parameters { return g.in.Parameters }

// Profiles returns the services about which may be asked, as given.
func (g *Ground) Profiles() []Profile { return g.in.Profiles }

// Unplaced returns the people who stand at no spot, by territory.
func (g *Ground) Unplaced() map[place.ID]int64 { return g.in.Unplaced }

// Bases returns the bases of ambulances and aircraft.
func (g *Ground) Bases() []Base { return g.in.Bases }

func onEarth(p place.Point) bool {
	return p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180 && (p.Lat != 0 || p.Lon != 0)
}

// earthKm is the mean radius of the earth.
const earthKm = 6371.0088

// Km returns the distance of two points along the great circle, in kilometres.
func Km(a, b place.Point) float64 {
	const rad = math.Pi / 180
	dLat, dLon := (b.Lat-a.Lat)*rad, (b.Lon-a.Lon)*rad
	s, t := math.Sin(dLat/2), math.Sin(dLon/2)
	h := s*s + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*t*t
	return 2 * earthKm * math.Asin(math.Min(1, math.Sqrt(h)))
}
