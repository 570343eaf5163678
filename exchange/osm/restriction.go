package osm

import "strings"

// Restriction forbids a turn at a node, or forbids all but one.
type Restriction struct {
	ID       int64 // of the relation
	From, To int64 // ways
	Via      int64 // node
	Only     bool  // only this turn is allowed; else it is not
	Applies  [len(Profiles)]bool
}

// turns are the values of a restriction. What they say of left and right does
// not matter: the members name the turn.
var turns = set("no_left_turn no_right_turn no_straight_on no_u_turn no_entry no_exit only_left_turn only_right_turn only_straight_on only_u_turn")

// restriction reads a relation of type restriction. It may say several turns
// (no_entry, no_exit). What cannot be applied is counted with its reason.
func (c *counter) restriction(id int64, t tags, members []member) (out []Restriction) {
	kind := t.get("type")
	if kind != "restriction" && !strings.HasPrefix(kind, "restriction:") {
		return nil
	}
	ignore := func(reason string) []Restriction {
		c.report.Ignored[reason]++
		return nil
	}
	value := t.get("restriction")
	for _, key := range []string{"restriction:motor_vehicle", "restriction:motorcar"} {
		if v := t.get(key); v != "" {
			value = v
		}
	}
	switch {
	case value == "" && t.get("restriction:conditional") != "":
		return ignore("at certain hours only")
	case value == "":
		return ignore("for other vehicles")
	case !turns[value]:
		c.unknown("restriction", value)
		return ignore("unknown kind")
	case t.get("day_on") != "" || t.get("hour_on") != "":
		return ignore("at certain hours only")
	}
	r := Restriction{ID: id, Only: strings.HasPrefix(value, "only_")}
	for i := range r.Applies {
		r.Applies[i] = true
	}
	for e := range strings.FieldsFuncSeq(t.get("except"), func(r rune) bool { return r == ';' || r == ',' || r == ' ' }) {
		switch e {
		case "motorcar", "motor_vehicle", "vehicle":
			return ignore("not for cars")
		case "emergency", "ambulance":
			r.Applies[Ambulance.index()] = false
		}
	}
	var from, to, via []int64
	for _, m := range members {
		switch {
		case m.role == "via" && m.kind == 1:
			return ignore("over a way")
		case m.role == "via" && m.kind == 0:
			via = append(via, m.id)
		case m.role == "from" && m.kind == 1:
			from = append(from, m.id)
		case m.role == "to" && m.kind == 1:
			to = append(to, m.id)
		}
	}
	if len(via) != 1 || len(from) == 0 || len(to) == 0 || len(from) > 1 && value != "no_entry" || len(to) > 1 && value != "no_exit" {
		return ignore("members are missing or too many")
	}
	for _, f := range from {
		for _, g := range to {
			r.From, r.To, r.Via = f, g, via[0]
			out = append(out, r)
		}
	}
	c.report.Restrictions++
	return out
}
