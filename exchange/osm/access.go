package osm

// words sorts the values of access tags. What is not in it is counted and the
// next less special key decides.
var words = map[string]Access{
	"yes": Said, "designated": Said, "official": Said, "permissive": Said, "public": Said, "permit": Limited,
	"private": Limited, "destination": Limited, "customers": Limited, "delivery": Limited, "residents": Limited, "employees": Limited,
	"no": Closed, "agricultural": Closed, "forestry": Closed, "military": Closed, "agricultural;forestry": Closed, "discouraged": Limited,
	"emergency": Closed, "bus": Closed, "psv": Closed, "foot": Closed, "bicycle": Closed,
}

// accessKey is a key as it stands alone and with a direction.
type accessKey struct{ all, forward, backward string }

// keys are the access keys of each profile, the most special first.
var keys = [len(Profiles)][]accessKey{
	accessKeys("motorcar", "motor_vehicle", "vehicle", "access"),
	accessKeys("emergency", "motorcar", "motor_vehicle", "vehicle", "access"),
}

func accessKeys(names ...string) (out []accessKey) {
	for _, n := range names {
		out = append(out, accessKey{n, n + ":forward", n + ":backward"})
	}
	return out
}

// directions of the tags of a way; a node has none.
const (
	forward = iota
	backward
	nowise
)

// unsaid stands for no tag that decides.
const unsaid Access = 255

// access returns what the tags say for a profile, and the word of it.
func (c *counter) access(t tags, profile, direction int) (Access, string) {
	for _, key := range keys[profile] {
		values := [2]string{"", t.get(key.all)}
		switch direction {
		case forward:
			values[0] = t.get(key.forward)
		case backward:
			values[0] = t.get(key.backward)
		}
		for _, v := range values {
			if v == "" {
				continue
			}
			a, known := words[v]
			if !known {
				c.unknown(key.all, v)
				continue
			}
			if Profiles[profile] == Ambulance && a == Closed && key.all != "emergency" && c.forAmbulance(t, v) {
				return Said, v
			}
			return a, v
		}
	}
	return unsaid, ""
}

// forAmbulance reports whether a way that is closed to cars is open to an
// ambulance. ASSUMPTION: bus lanes and what is kept for emergencies are.
func (c *counter) forAmbulance(t tags, value string) bool {
	if value == "emergency" || value == "psv" || value == "bus" {
		return true
	}
	for _, key := range []string{"psv", "bus"} {
		if a, known := words[t.get(key)]; known && a == Said {
			return true
		}
	}
	return false
}

// use works out how a profile may use a way.
func (c *counter) use(t tags, profile int, class string) Use {
	var u Use
	forth, wordForth := c.access(t, profile, forward)
	back, wordBack := c.access(t, profile, backward)
	open := func(a Access) Access {
		if a == unsaid {
			return Open
		}
		return a
	}
	u.Forth, u.Back = open(forth), open(back)
	if u.Forth == Limited {
		u.Limit = wordForth
	} else if u.Back == Limited {
		u.Limit = wordBack
	}
	switch c.oneway(t, profile, class) {
	case 1:
		u.Back = Closed
	case -1:
		u.Forth = Closed
	case shifting:
		u.Forth, u.Back = Closed, Closed
	}
	if u.Forth != Limited && u.Back != Limited {
		u.Limit = ""
	}
	return u
}

// shifting is a one-way road whose direction changes with the hour.
const shifting = 2

var onewayKeys = [len(Profiles)][]string{
	{"oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway"},
	{"oneway:emergency", "oneway:motorcar", "oneway:motor_vehicle", "oneway:vehicle", "oneway"},
}

// oneway returns 1 for a way that may be driven forth only, -1 back only, 0
// both ways.
func (c *counter) oneway(t tags, profile int, class string) int {
	for _, key := range onewayKeys[profile] {
		switch v := t.get(key); v {
		case "":
		case "yes", "true", "1":
			return 1
		case "-1", "reverse":
			return -1
		case "no", "false", "0":
			return 0
		case "reversible", "alternating":
			return shifting
		default:
			c.unknown(key, v)
		}
	}
	if j := t.get("junction"); j == "roundabout" || j == "circular" || class == "motorway" {
		return 1
	}
	return 0
}
