package oc4ids

import "strings"

// positions mends the numbers of coordinates that were written as texts.
func (m *mender) positions(v *Value) {
	for _, x := range v.Items {
		switch x.Kind {
		case Array:
			m.positions(x)
		case String:
			if d, ok := degrees(x.Text); ok {
				m.change(x, number(d), "why_text_number")
			}
		}
	}
}

// degrees reads one coordinate. Here a comma before three digits is a decimal
// comma too: no coordinate has thousands.
func degrees(s string) (string, bool) {
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "°"))
	s = strings.Replace(s, ",", ".", 1)
	whole, fraction, has := strings.Cut(s, ".")
	digits := strings.TrimPrefix(whole, "-")
	if digits == "" || len(digits) > 3 || !digitsOnly(digits) || has && (fraction == "" || !digitsOnly(fraction)) || len(fraction) > 20 {
		return "", false
	}
	return s, validNumber(s)
}

// pairInText reads coordinates that were written as one text, "71.4, 51.1" or
// "51.1 71.4". Their order is judged with the others.
func (m *mender) pairInText(v *Value) {
	parts := strings.FieldsFunc(strings.Trim(strings.TrimSpace(v.Text), "[]()"), func(r rune) bool { return r == ';' || r == ' ' })
	if len(parts) == 1 && strings.Count(parts[0], ",") == 1 {
		parts = strings.Split(parts[0], ",")
	}
	if len(parts) != 2 {
		return
	}
	lon, ok := degrees(strings.TrimSuffix(parts[0], ","))
	lat, ok2 := degrees(strings.TrimSuffix(parts[1], ","))
	if ok && ok2 {
		m.change(v, list(number(lon), number(lat)), "why_pair")
	}
}

// pairInObject reads coordinates that name their two numbers.
func (m *mender) pairInObject(v *Value) {
	var lon, lat *Value
	for _, x := range v.Members {
		switch fold(x.Name) {
		case "lon", "lng", "long", "longitude", "долгота", "бойлық":
			lon = x.Value
		case "lat", "latitude", "широта", "ендік":
			lat = x.Value
		default:
			return // something that would be lost
		}
	}
	if lon == nil || lat == nil {
		return
	}
	a, ok := degrees(lon.Text)
	b, ok2 := degrees(lat.Text)
	if ok && ok2 {
		m.change(v, list(number(a), number(b)), "why_pair")
	}
}

// places judges all geometries of a project together: one that certainly has
// latitude first casts doubt on another that could be read both ways.
func (m *mender) places(project *Value) {
	m.land, m.abroad = m.o.Home.land(project) // its currency may have been mended
	var back []*Value
	var unsure []*Value
	for _, g := range m.points {
		at := g.Get("coordinates")
		m.unwrap(g, at)
		at = g.Get("coordinates")
		var ps []point
		if !positions(at, &ps) {
			continue
		}
		switch m.land.stand(ps, true) {
		case turned:
			back = append(back, at)
		case either:
			if m.land.stand(ps, false) != either {
				unsure = append(unsure, at) // doubtful only beside a turned one
			}
		}
	}
	for _, at := range back {
		was := at.Clone()
		turnRound(at)
		m.repair(at.at, was, at, "why_turned", "country", m.land.label(m.o.Lang))
	}
	if len(back) > 0 {
		for _, at := range unsure {
			m.problem(at.at, "coordinates-order", "either_order", "country", m.land.label(m.o.Lang))
		}
	}
}

// unwrap takes the position of a point out of a list of one.
func (m *mender) unwrap(g, at *Value) {
	if g.Str("type") == "Point" && at != nil && at.Kind == Array && len(at.Items) == 1 && at.Items[0].Kind == Array && depthOf(at) == 1 {
		was := at.Clone()
		at.Items = at.Items[0].Items
		m.repair(at.at, was, at, "why_one")
	}
}

// turnRound exchanges the first two numbers of every position.
func turnRound(v *Value) {
	if len(v.Items) >= 2 && v.Items[0].Kind == Number {
		v.Items[0], v.Items[1] = v.Items[1], v.Items[0]
		return
	}
	for _, x := range v.Items {
		turnRound(x)
	}
}
