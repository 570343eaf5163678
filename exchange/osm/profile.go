package osm

// Profile is the vehicle that drives.
type Profile string

// The profiles.
const (
	Car       Profile = "car"
	Ambulance Profile = "ambulance"
)

// Profiles are all profiles, in the order in which a Kind has them.
var Profiles = [...]Profile{Car, Ambulance}

func (p Profile) index() int {
	for i, q := range Profiles {
		if p == q {
			return i
		}
	}
	return -1
}

// Season is the season of the year.
type Season string

// The seasons.
const (
	Summer Season = "summer"
	Winter Season = "winter"
)

// Access says whether a vehicle may use a way in one direction.
type Access uint8

// Closed by a tag or by its direction, open by rule, open because a tag says
// so, or open to some only, such as private.
const (
	Closed Access = iota
	Open
	Said
	Limited
)

// Use is how one profile may use a way.
type Use struct {
	Forth, Back Access // in the order of its nodes and against it
	Limit       string // the word of a Limited way, such as private
}

// usable reports whether the way may be used in some direction.
func (u Use) usable() bool { return u.Forth != Closed || u.Back != Closed }

// Months tells in which season a way exists.
type Months uint8

// All the year, in winter or in summer only.
const (
	Always Months = iota
	WinterOnly
	SummerOnly
)

// in reports whether the way exists in a season.
func (m Months) in(s Season) bool {
	return m == Always || (m == WinterOnly) == (s == Winter)
}

// Kind is everything about a way that its speed depends on. Many ways are of
// one kind, so speeds are worked out once for each.
type Kind struct {
	Class      string // highway=*, or ferry, ice_road, winter_road
	Surface    string // "" where nothing is said, as in the next three
	Tracktype  string
	Smoothness string
	Service    string
	// Limits that are posted, forth and back, in tenths of km/h; 0: none.
	PostedForth, PostedBack uint16
	Duration                int32 // seconds of the whole way; ferries
	Months                  Months
	Uses                    [len(Profiles)]Use
}
