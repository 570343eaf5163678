package oc4ids

import (
	"math/big"
	"strconv"
	"strings"
	"time"
)

// Years within which something about a public work can have happened.
const (
	firstYear = 1900
	lastYear  = 2150
)

// doubts warns of what the schema allows and cannot be meant. Rules: year,
// date-order, negative, percent, currency-missing, duplicate-id,
// dangling-reference, coordinates, coordinates-order, project-id-prefix.
func (c *validator) doubts(v *Value, home *Home) {
	if v.Kind != Object {
		return
	}
	if id := v.Get("id"); id != nil && id.Kind == String && id.Text != "" && !hasPrefix(id.Text) {
		c.odd(id, "project-id-prefix", "no_prefix")
	}
	at, _ := home.land(v)
	d := &doubter{validator: c, home: at, project: v}
	d.form(v, facts().forms["Project"])
	c.order(v.Path("budget", "requestDate"), v.Path("budget", "approvalDate"))
	c.order(v.Path("period", "startDate"), v.Path("completion", "endDate"))
}

// hasPrefix reports whether a project id begins with a registered prefix:
// oc4ids-, six letters or digits, a hyphen, and something more.
func hasPrefix(id string) bool {
	rest, ok := strings.CutPrefix(id, "oc4ids-")
	if !ok || len(rest) < 8 || rest[6] != '-' {
		return false
	}
	return strings.Trim(rest[:6], "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

// IsPrefix reports whether s has the form of a prefix that the registrar gives.
func IsPrefix(s string) bool { return len(s) == len("oc4ids-abc123") && hasPrefix(s+"-x") }

// doubter walks one project.
type doubter struct {
	*validator
	home    *Home // the country of the project; nil when we do not know it
	project *Value
	steps   []*Value // milestones of the contracting process being walked
}

func (d *doubter) form(v *Value, f *form) {
	switch f.name {
	case "Period":
		d.order(v.Get("startDate"), v.Get("endDate"))
		d.order(v.Get("startDate"), v.Get("maxExtentDate"))
		d.notNegative(v.Get("durationInDays"))
	case "Value":
		d.amount(v)
	case "Location":
		d.place(v)
	case "Document":
		d.order(v.Get("datePublished"), v.Get("dateModified"))
	case "Metric":
		d.shares(v)
	case "OrganizationReference":
		d.refers(v, d.project.Get("parties"))
	case "MilestoneReference":
		d.refers(v, list(d.steps...))
	case "Beneficiary":
		d.notNegative(v.Get("numberOfPeople"))
	case "Meeting":
		d.notNegative(v.Get("numberOfParticipants"))
	case "ContractingProcessSummary.tender":
		d.notNegative(v.Get("numberOfTenderers"))
	case "Project", "ContractingProcessSummary":
		old := d.steps
		d.steps = v.Each("milestones")
		defer func() { d.steps = old }()
	}
	for _, m := range v.Members {
		if x := f.byName[m.Name]; x != nil {
			d.in(escape(m.Name), func() { d.value(m.Value, x.rule) })
		}
	}
}

func (d *doubter) value(v *Value, r *rule) {
	switch {
	case v.Kind == Object && r.form != nil && r.form.name != "{}":
		d.form(v, r.form)
	case v.Kind == Array && r.items != nil:
		if r.items.form != nil {
			d.ids(v)
		}
		for i, x := range v.Items {
			d.in(strconv.Itoa(i), func() { d.value(x, r.items) })
		}
	case v.Kind == String && r.format == "date-time":
		if t, ok := instant(v.Text); ok && !plausible(t) {
			d.odd(v, "year", "year", "year", t.Year())
		}
	}
}

func plausible(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

// order warns when b lies before a. Only days are compared: a start at
// midnight of a day and an end without hour on the same day are in order.
func (c *validator) order(a, b *Value) {
	if a == nil || b == nil || a.Kind != String || b.Kind != String {
		return
	}
	x, ok := instant(a.Text)
	y, ok2 := instant(b.Text)
	if ok && ok2 && y.Before(x) && b.Text[:10] < a.Text[:10] {
		c.odd(b, "date-order", "date_order", "first", a.Text[:10], "then", b.Text[:10])
	}
}

func (c *validator) notNegative(v *Value) {
	if v != nil && v.Kind == Number && strings.HasPrefix(v.Text, "-") && plainNumber(v.Text) != "0" {
		c.odd(v, "negative", "negative")
	}
}

func (d *doubter) amount(v *Value) {
	a := v.Get("amount")
	if a == nil {
		return
	}
	d.notNegative(a)
	if v.Get("currency") == nil {
		d.odd(v, "currency-missing", "no_currency")
	}
}

// shares warns of a progress outside 0 to 100 per cent.
func (d *doubter) shares(v *Value) {
	progress := v.Str("id") == "physicalProgress" || v.Str("id") == "financialProgress"
	for _, o := range v.Each("observations") {
		m := o.Get("measure")
		if m == nil || m.Kind != Number && m.Kind != String {
			continue
		}
		unit := fold(o.Str("unit", "name"))
		percent := percents[unit] || o.Str("unit", "id") == "P1"
		x, ok := share(m.Text)
		if ok && (percent || progress && unit == "") && (x.Sign() < 0 || x.Cmp(big.NewRat(100, 1)) > 0) {
			d.odd(m, "percent", "percent")
		}
	}
}

// percents are names of the unit, by fold.
var percents = map[string]bool{"percent": true, "percentage": true, "percents": true, "percentcomplete": true, "pct": true, "%": true, "процент": true, "проценты": true, "процентов": true, "пайыз": true, "porcentaje": true, "відсоток": true, "відсотки": true}

// share reads a number of at most some twenty digits.
func share(s string) (*big.Rat, bool) {
	s = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "%"))
	if len(s) > 24 || strings.ContainsAny(s, "eE/_") {
		return nil, false
	}
	return new(big.Rat).SetString(s)
}

// ids warns of two items of one list under one id.
func (c *validator) ids(v *Value) {
	seen := map[string]bool{}
	for i, x := range v.Items {
		id := x.Str("id")
		if id != "" && seen[id] {
			c.in(strconv.Itoa(i), func() { c.in("id", func() { c.odd(x.Get("id"), "duplicate-id", "id_twice") }) })
		}
		seen[id] = true
	}
}

// refers warns when no item of the list has the id that v names.
func (d *doubter) refers(v, to *Value) {
	id := v.Get("id")
	if id == nil || id.Kind != String || id.Text == "" {
		return
	}
	for _, x := range itemsOf(to) {
		if x.Str("id") == id.Text {
			return
		}
	}
	d.in("id", func() { d.odd(id, "dangling-reference", "dangling") })
}

func itemsOf(v *Value) []*Value {
	if v == nil || v.Kind != Array {
		return nil
	}
	return v.Items
}

// place looks at the positions of a location.
func (d *doubter) place(v *Value) {
	g := v.Get("geometry")
	at := g.Get("coordinates")
	if at == nil || at.Kind != Array {
		return
	}
	d.in("geometry", func() {
		d.in("coordinates", func() {
			var ps []point
			if !positions(at, &ps) {
				d.odd(at, "coordinates", "not_positions")
				return
			}
			if want, known := nesting[g.Str("type")]; known && depthOf(at) != want {
				d.odd(at, "coordinates", "wrong_nesting", "type", g.Str("type"))
			}
			switch d.home.stand(ps, false) {
			case either:
				d.odd(at, "coordinates-order", "either_order", "country", d.home.label(d.code))
			case turned:
				d.odd(at, "coordinates-order", "latitude_first", "country", d.home.label(d.code))
			case offEarth:
				d.odd(at, "coordinates", "off_earth")
			case nullPoint:
				d.odd(at, "coordinates", "null_point")
			case outside:
				d.odd(at, "coordinates", "outside", "country", d.home.label(d.code))
			}
		})
	})
}
