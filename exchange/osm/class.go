package osm

import (
	"math"
	"strings"
)

// roads are the values of highway that may be driven at all; those with true
// only where a tag lets vehicles in.
var roads = map[string]bool{
	"motorway": false, "trunk": false, "primary": false, "secondary": false, "tertiary": false,
	"motorway_link": false, "trunk_link": false, "primary_link": false, "secondary_link": false, "tertiary_link": false,
	"unclassified": false, "residential": false, "living_street": false, "service": false, "road": false, "track": false,
	"winter_road": false, "ice_road": false, "ferry": false, "busway": true, "bus_guideway": true,
	"pedestrian": true, "footway": true, "path": true, "cycleway": true, "bridleway": true, "emergency_bay": true,
}

// unbuilt are values of highway of what is not there, or is no way.
var unbuilt = map[string]bool{
	"construction": true, "proposed": true, "planned": true, "abandoned": true, "disused": true, "razed": true, "dismantled": true,
	"no": true, "steps": true, "corridor": true, "platform": true, "elevator": true, "raceway": true, "escape": true,
	"rest_area": true, "services": true, "bus_stop": true, "via_ferrata": true, "ladder": true, "crossing": true,
}

// known values of what slows down; others are counted and passed over.
var known = map[string]map[string]bool{
	"surface": set(`paved asphalt concrete concrete:plates concrete:lanes chipseal paving_stones sett cobblestone unhewn_cobblestone
		bricks brick metal metal_grid wood rubber tiles compacted fine_gravel gravel pebblestone rock stone unpaved ground dirt earth soil
		grass grass_paver grass_paving_stones clay sand mud ice snow salt woodchips artificial_turf`),
	"tracktype":  set("grade1 grade2 grade3 grade4 grade5"),
	"smoothness": set("excellent good intermediate bad very_bad horrible very_horrible impassable"),
	"service":    set("parking_aisle driveway alley drive-through emergency_access bus siding yard spur parking layby slipway"),
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// kind works out the kind of a way; ok is false for what no profile may use.
// What is not understood is counted.
func (c *counter) kind(t tags) (k Kind, ok bool) {
	k.Class = t.get("highway")
	if k.Class == "" && t.get("route") == "ferry" {
		k.Class = "ferry"
	}
	if k.Class == "" {
		return k, false
	}
	tagged, road := roads[k.Class]
	switch {
	case unbuilt[k.Class]:
		return k, c.leaveOut(k.Class)
	case !road:
		c.unknown("highway", k.Class)
		return k, c.leaveOut("unknown class")
	case t.get("area") == "yes":
		return k, c.leaveOut("area")
	case t.get("impassable") == "yes":
		return k, c.leaveOut("impassable")
	}
	for _, key := range []string{"construction", "abandoned", "disused", "proposed"} {
		if t.get(key) == "yes" {
			return k, c.leaveOut(key)
		}
	}
	for i := range Profiles {
		u := c.use(t, i, k.Class)
		if tagged || k.Class == "ferry" {
			onlyWhereSaid(&u, k.Class, Profiles[i], t)
		}
		k.Uses[i] = u
	}
	if !k.Uses[0].usable() && !k.Uses[1].usable() {
		switch {
		case c.oneway(t, 0, k.Class) == shifting:
			return k, c.leaveOut("direction changes")
		case tagged:
			return k, c.leaveOut(k.Class)
		}
		return k, c.leaveOut("closed to vehicles")
	}
	c.details(t, &k)
	return k, true
}

// onlyWhereSaid closes what vehicles may use only where a tag says so.
func onlyWhereSaid(u *Use, class string, p Profile, t tags) {
	ambulance := p == Ambulance && (class == "busway" || class == "bus_guideway")
	ferry := class == "ferry" && t.get("foot") == "" && t.get("bicycle") == "" // nothing is said: it takes cars
	for _, a := range []*Access{&u.Forth, &u.Back} {
		if *a == Open && !ambulance && !ferry {
			*a = Closed
		}
	}
	if !u.usable() {
		u.Limit = ""
	}
}

// details fills in surface, limits and season.
func (c *counter) details(t tags, k *Kind) {
	one := func(key string) string {
		v := t.get(key)
		if first, _, several := strings.Cut(v, ";"); several {
			v = first
		}
		if v != "" && !known[key][v] {
			c.unknown(key, v)
			return ""
		}
		return v
	}
	k.Surface, k.Tracktype, k.Smoothness = one("surface"), one("tracktype"), one("smoothness")
	if k.Class == "service" {
		k.Service = one("service")
	}
	all := c.posted(t, "maxspeed")
	if t.get("maxspeed") == "" {
		for _, key := range []string{"maxspeed:type", "source:maxspeed", "zone:maxspeed"} {
			if v := t.get(key); v != "" && all == 0 {
				all = speed(v) // these keys hold other words too, which say nothing
			}
		}
	}
	k.PostedForth, k.PostedBack = all, all
	if v := c.posted(t, "maxspeed:forward"); v > 0 {
		k.PostedForth = v
	}
	if v := c.posted(t, "maxspeed:backward"); v > 0 {
		k.PostedBack = v
	}
	if k.Class == "ferry" {
		if v := t.get("duration"); v != "" {
			if s, ok := Duration(v); ok {
				k.Duration = int32(s)
			} else {
				c.unknown("duration", v)
			}
		}
	}
	c.season(t, k)
	for _, key := range []string{"access", "motor_vehicle", "vehicle", "oneway", "maxspeed"} {
		if t.get(key+":conditional") != "" {
			c.report.Conditional++
		}
	}
}

func (c *counter) posted(t tags, key string) uint16 {
	v := t.get(key)
	if v == "" {
		return 0
	}
	if _, ok := Maxspeed(v); !ok {
		c.unknown(key, v)
	}
	return speed(v)
}

// speed returns a limit in tenths of km/h, at least 1 where there is one.
func speed(v string) uint16 {
	kmh, _ := Maxspeed(v)
	if kmh == 0 {
		return 0
	}
	return uint16(max(1, math.Round(kmh*10)))
}

// season tells in which season the way exists. ASSUMPTION: a way that is said
// to be seasonal and nothing more is open in summer.
func (c *counter) season(t tags, k *Kind) {
	v := t.get("seasonal")
	switch {
	case t.get("winter_road") == "yes" || k.Class == "winter_road":
		k.Class, k.Months = "winter_road", WinterOnly
	case t.get("ice_road") == "yes" || k.Class == "ice_road":
		k.Class, k.Months = "ice_road", WinterOnly
	case v == "" || v == "no":
	case v == "winter":
		k.Months = WinterOnly
	case v == "yes", v == "summer", v == "dry_season", strings.Contains(v, "summer") && !strings.Contains(v, "winter"):
		k.Months = SummerOnly
	default:
		c.unknown("seasonal", v)
	}
}
