package oc4ids

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// mender repairs one project or package in place.
type mender struct {
	o        Options
	land     *Home // the country of the project; nil when we do not know it
	abroad   bool
	repairs  []Repair
	problems []Finding
	blocked  bool
	told     map[string]bool // places whose problem is told
	register map[string]bool // places of names of registers, which nobody else may correct
	points   []*Value        // geometries, to be judged together
	around   *Value          // the package that was mended
}

func newMender(o Options) *mender {
	return &mender{o: o, told: map[string]bool{}, register: map[string]bool{}}
}

// repair notes a change; became is nil where nothing is left.
func (m *mender) repair(at string, was, became *Value, why string, args ...any) {
	m.repairs = append(m.repairs, Repair{at, was.Clone(), became.Clone(), say(m.o.Lang, why, args...)})
}

func (m *mender) problem(at, rule, key string, args ...any) {
	m.problems = append(m.problems, Finding{at, rule, say(m.o.Lang, key, args...)})
	m.told[at] = true
}

// block notes a problem that keeps the project from being used.
func (m *mender) block(at, rule, key string, args ...any) {
	m.problem(at, rule, key, args...)
	m.blocked = true
}

// value repairs v by a rule. It returns nil for what says nothing: null, an
// empty text, list or object.
func (m *mender) value(v *Value, r *rule) *Value {
	if v.Kind == Null {
		if r.allows("null") {
			return v
		}
		m.repair(v.at, v, nil, "why_null")
		return nil
	}
	if v.Kind == String {
		m.decode(v)
		if strings.TrimSpace(v.Text) == "" && (v.Text != "" || r.filled || r.format != "" || !r.allows("string")) {
			m.repair(v.at, v, nil, "why_empty")
			return nil
		}
	}
	v = m.shape(v, r)
	switch v.Kind {
	case String:
		m.text(v, r)
	case Array:
		return m.array(v, r)
	case Object:
		return m.object(v, r)
	}
	return v
}

// decode mends text in a wrong encoding.
func (m *mender) decode(v *Value) {
	if !utf8.ValidString(v.Text) {
		if s, encoding, ok := decodeBytes(v.Text); ok {
			m.change(v, text(s), "why_bytes", "encoding", encoding)
		}
		return
	}
	if s, ok := unmangle(v.Text); ok {
		m.change(v, text(s), "why_mojibake")
	}
}

// change replaces a value in place and notes it.
func (m *mender) change(v, became *Value, why string, args ...any) {
	m.repair(v.at, v, became, why, args...)
	v.Kind, v.Text, v.Items, v.Members = became.Kind, became.Text, became.Items, became.Members
}

// text mends a string by what it must be.
func (m *mender) text(v *Value, r *rule) {
	switch {
	case !utf8.ValidString(v.Text):
	case r.format == "date-time":
		m.time(v)
	case r.format == "uri":
		m.uri(v)
	case r.format == "email":
		m.email(v)
	case r.pattern != "":
		if rest := strings.TrimSpace(v.Text); !isVersion(v.Text) && (rest == PackageVersion || strings.HasPrefix(rest, PackageVersion+".")) {
			m.change(v, text(PackageVersion), "why_version")
		}
	case r.codes != nil:
		m.code(v, r)
	}
}

// array mends the items, takes out those that say nothing and those that say
// the same as one before.
func (m *mender) array(v *Value, r *rule) *Value {
	if r.items == nil || !r.unique {
		if r.allows("array") && r.items != nil {
			m.positions(v)
		}
		if len(v.Items) == 0 {
			m.repair(v.at, v, nil, "why_empty")
			return nil
		}
		return v
	}
	was := len(v.Items)
	kept := v.Items[:0]
	for _, x := range v.Items {
		if y := m.value(x, r.items); y != nil {
			kept = append(kept, y)
		}
	}
	v.Items = kept
	if len(v.Items) == 0 {
		if was == 0 {
			m.repair(v.at, v, nil, "why_empty")
		}
		return nil
	}
	if r.items.form != nil {
		m.localIDs(v, r.items.form)
	}
	m.once(v)
	return v
}

// once takes out items that stand in the list already.
func (m *mender) once(v *Value) {
	if unique(v.Items) {
		return
	}
	seen := map[[32]byte]bool{}
	v.Items = slices.DeleteFunc(v.Items, func(x *Value) bool {
		d := x.digest()
		if seen[d] {
			m.repair(x.at, x, nil, "why_twice")
		}
		twice := seen[d]
		seen[d] = true
		return twice
	})
}

// object mends the names of the fields, then the fields.
func (m *mender) object(v *Value, r *rule) *Value {
	if r.form == nil || r.form.name == "{}" {
		m.loose(v)
		if len(v.Members) == 0 && r.form != nil {
			m.repair(v.at, v, nil, "why_empty")
			return nil
		}
		return v
	}
	f := r.form
	was := len(v.Members)
	m.keysOnce(v)
	if f.name == "Value" {
		m.currencyInAmount(v)
	}
	for done := map[*Value]bool{}; m.names(v, f) || len(done) == 0; {
		// A field that is left out may make room for one under another name.
		kept := v.Members[:0]
		for _, x := range v.Members {
			y := x.Value
			if !done[y] {
				y = m.field(x, f)
			}
			if y != nil {
				done[y] = true
				kept = append(kept, Member{x.Name, y})
			}
		}
		v.Members = kept
		if len(kept) == 0 {
			break
		}
	}
	if f.name == "Location.geometry" {
		m.points = append(m.points, v)
	}
	if len(v.Members) == 0 && !f.mayBeEmpty {
		if was == 0 {
			m.repair(v.at, v, nil, "why_empty")
		}
		return nil
	}
	return v
}

// field mends the value of one member; nil where nothing is left.
func (m *mender) field(x Member, f *form) *Value {
	to := f.byName[x.Name]
	if to == nil {
		m.loose(x.Value)
		return x.Value
	}
	return m.value(x.Value, to.rule)
}

// keysOnce decodes names of fields, and joins a name that comes twice with the same value. Different values
// leave nobody the right to choose.
func (m *mender) keysOnce(v *Value) {
	for i := range v.Members {
		x := &v.Members[i]
		if utf8.ValidString(x.Name) {
			continue
		}
		if name, encoding, ok := decodeBytes(x.Name); ok && v.Get(name) == nil {
			m.repair(x.Value.at, text(x.Name), text(name), "why_bytes", "encoding", encoding)
			x.Name = name
		} else {
			m.block(x.Value.at, "encoding", "undecodable")
		}
	}
	first := map[string]*Value{}
	v.Members = slices.DeleteFunc(v.Members, func(x Member) bool {
		y := first[x.Name]
		switch {
		case y == nil:
			first[x.Name] = x.Value
			return false
		case y.Equal(x.Value):
			m.repair(x.Value.at, x.Value, nil, "why_key_twice")
			return true
		}
		m.block(x.Value.at, "duplicate-key", "key_twice", "field", x.Name)
		return false
	})
}

// loose mends only the encoding of what the standard does not describe.
func (m *mender) loose(v *Value) {
	switch v.Kind {
	case String:
		m.decode(v)
	case Array:
		for _, x := range v.Items {
			m.loose(x)
		}
	case Object:
		m.keysOnce(v)
		for _, x := range v.Members {
			m.loose(x.Value)
		}
	}
}

// idIsData are the forms whose id means something outside the file: it cannot
// be made up.
var idIsData = map[string]bool{"Project": true, "LinkedRelease": true, "SimpleIdentifier": true, "MilestoneReference": true, "Organization": true}

// localIDs numbers items that lack the id by which the file itself refers to
// them. A contracting process without one takes its ocid.
func (m *mender) localIDs(v *Value, f *form) {
	id := f.byName["id"]
	if id == nil || !id.required || idIsData[f.name] {
		return
	}
	taken := map[string]bool{}
	for _, x := range v.Items {
		taken[x.Str("id")] = true
	}
	for i, x := range v.Items {
		if x.Kind != Object || x.Get("id") != nil {
			continue
		}
		name, why := "", "why_id"
		if ocid := x.Str("summary", "ocid"); ocid != "" && !taken[ocid] {
			name, why = ocid, "why_ocid"
		}
		for n := i + 1; name == "" || taken[name]; n++ {
			name = strconv.Itoa(n)
		}
		taken[name] = true
		became := text(name)
		became.at = x.at + "/id"
		m.repair(became.at, nil, became, why)
		x.Members = append([]Member{{"id", became}}, x.Members...)
	}
}
