package osm

// Spot is what stands at a node and stops or slows: a gate, a bollard, lights.
type Spot struct {
	What   string // barrier=*, or traffic_signals, level_crossing
	Locked bool
	Uses   [len(Profiles)]Access // what the tags say; unsaid where they say nothing
}

// passable are barriers that a vehicle drives through although they are
// barriers; the others stop it unless a tag lets it in.
var passable = set(`gate lift_gate swing_gate sliding_gate toll_booth border_control cattle_grid height_restrictor sally_port
	entrance kerb kerb;bollard bump_gate checkpoint hampshire_gate rope wicket_gate no coupure wildlife_crossing spikes lift-gate`)

// blocking are barriers that a vehicle cannot pass.
var blocking = set(`bollard block jersey_barrier chain debris log cycle_barrier kissing_gate stile turnstile full-height_turnstile
	horse_stile motorcycle_barrier wall fence hedge ditch tank_trap planter bus_trap sump_buster delineators guard_rail retaining_wall
	barrier yes bar concrete_block boulder rock swing_bollard`)

// spot works out what stands at a node; ok is false where nothing does.
func (c *counter) spot(t tags) (s Spot, ok bool) {
	s.What = t.get("barrier")
	if s.What == "" {
		switch {
		case t.get("highway") == "traffic_signals":
			s.What = "traffic_signals"
		case t.get("railway") == "level_crossing":
			s.What = "level_crossing"
		default:
			return s, false
		}
		for i := range Profiles {
			s.Uses[i] = unsaid
		}
		return s, true
	}
	if !passable[s.What] && !blocking[s.What] {
		c.unknown("barrier", s.What)
	}
	s.Locked = t.get("locked") == "yes"
	for i := range Profiles {
		s.Uses[i], _ = c.access(t, i, nowise)
	}
	if b := t.get("bollard"); s.What == "bollard" && b == "rising" && s.Uses[Ambulance.index()] == unsaid {
		s.Uses[Ambulance.index()] = Said // ASSUMPTION: lowered for an ambulance
	}
	return s, true
}

// pass reports whether a profile may drive past the spot.
func (s Spot) pass(profile int) bool {
	switch s.Uses[profile] {
	case Closed:
		return false
	case unsaid:
		return !blocking[s.What] && !s.Locked
	}
	return true
}
