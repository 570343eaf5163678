package oc4ids

import (
	"strconv"
	"strings"
)

// shape turns a value of the wrong kind into the right one where only one
// meaning is possible; otherwise it leaves it.
func (m *mender) shape(v *Value, r *rule) *Value {
	if r.allows(v.Kind.String()) {
		return v
	}
	if r.allows("array") && len(r.kinds) == 1 {
		return m.toList(v, r)
	}
	if v.Kind == Array && len(v.Items) == 1 && (r.allows(v.Items[0].Kind.String()) || v.Items[0].Kind != Array) {
		was, one := v.Clone(), v.Items[0]
		if !r.allows(one.Kind.String()) && one.Kind != Object && one.Kind != Null {
			one = m.shapeQuietly(one, r)
		}
		if r.allows(one.Kind.String()) {
			m.repair(v.at, was, one, "why_one")
			at := v.at
			*v = *one
			v.at = at
			return v
		}
	}
	switch {
	case r.allows("object"):
		m.toObject(v, r.form)
	case r.allows("string"):
		m.toText(v, r)
	case r.allows("number"), r.allows("integer"):
		m.toNumber(v, r)
	case r.allows("boolean"):
		m.toBool(v)
	}
	return v
}

// shapeQuietly is shape for the one item of a list, which is noted as one
// change together with the list.
func (m *mender) shapeQuietly(v *Value, r *rule) *Value {
	n := newMender(m.o)
	return n.shape(v.Clone(), r)
}

// toList makes a list of a single value, of texts joined by a separator when
// every part is a code, and of an object whose names are 0, 1, 2, as some
// programs write lists.
func (m *mender) toList(v *Value, r *rule) *Value {
	was := v.Clone()
	item := v.Clone()
	item.at = v.at + "/0"
	became := list(item)
	fits := r.unique && r.items.allows(m.shapeQuietly(item, r.items).Kind.String())
	switch {
	case r.items.codes != nil && v.Kind == String:
		if parts := codesIn(v.Text, r.items.codes); len(parts) > 1 {
			became = list(parts...)
		}
	case r.unique && v.Kind == Object && numbered(v):
		became = list()
		for _, x := range v.Members {
			became.Items = append(became.Items, x.Value)
		}
	case !r.unique: // coordinates
		switch v.Kind {
		case String:
			m.pairInText(v)
		case Object:
			m.pairInObject(v)
		}
		return v
	case !fits:
		return v
	}
	m.repair(v.at, was, became, "why_list")
	v.Kind, v.Text, v.Items, v.Members = Array, "", became.Items, nil
	return v
}

// codesIn splits a text into codes; it returns nothing unless all are known.
func codesIn(s string, c *codelist) []*Value {
	var out []*Value
	for _, p := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' || r == '|' }) {
		code, ok := c.find(p)
		if !ok {
			return nil
		}
		out = append(out, text(code))
	}
	return out
}

func numbered(v *Value) bool {
	for i, x := range v.Members {
		if x.Name != strconv.Itoa(i) {
			return false
		}
	}
	return len(v.Members) > 0
}

// soleField is where a text goes when an object of the form was expected and
// the text can only be this.
var soleField = map[string]string{"OrganizationReference": "name", "Organization": "name", "SimpleIdentifier": "id", "MilestoneReference": "id",
	"PublicOffice.person": "name", "Value": "amount"}

func (m *mender) toObject(v *Value, f *form) {
	name := soleField[f.name]
	if name == "" || v.Kind != String && v.Kind != Number || f.name != "Value" && v.Kind != String {
		return
	}
	inner := &Value{Kind: v.Kind, Text: v.Text, at: v.at + "/" + name}
	if f.name == "Value" && v.Kind == String {
		if _, ok := parseNumber(v.Text); !ok {
			return
		}
	}
	became := object()
	became.Set(name, inner)
	m.change(v, became, "why_object", "field", name)
}

// toText writes a number as it stands. A number with an exponent, and one where
// a date should be, is not certain.
func (m *mender) toText(v *Value, r *rule) {
	switch {
	case v.Kind != Number || strings.ContainsAny(v.Text, "eE"):
	case r.format == "date-time":
		m.problem(v.at, "format", "serial_date")
	case r.pattern != "" && v.Text == PackageVersion, r.pattern == "" && r.format == "" && (r.codes == nil || r.open):
		m.change(v, text(v.Text), "why_number_text")
	}
}

// toNumber reads a number that was written as a text, and a whole number that
// was written with a fraction of zeros.
func (m *mender) toNumber(v *Value, r *rule) {
	integer := !r.allows("number")
	switch v.Kind {
	case Number:
		if whole, fraction, ok := strings.Cut(v.Text, "."); integer && ok && strings.Trim(fraction, "0") == "" && validNumber(whole) {
			m.change(v, number(whole), "why_whole")
		}
	case String:
		literal, ok := parseNumber(v.Text)
		switch {
		case ok && integer && !isInteger(literal):
			whole, fraction, _ := strings.Cut(literal, ".")
			if strings.Trim(fraction, "0") == "" {
				m.change(v, number(whole), "why_text_number")
			}
		case ok:
			m.change(v, number(literal), "why_text_number")
		case ambiguousNumber(v.Text):
			m.problem(v.at, "type", "number_ambiguous")
		}
	}
}

var boolWords = map[string]string{"true": "true", "yes": "true", "да": "true", "иә": "true", "ия": "true", "si": "true", "sí": "true", "так": "true",
	"false": "false", "no": "false", "нет": "false", "жоқ": "false", "ні": "false"}

func (m *mender) toBool(v *Value) {
	if v.Kind != String {
		return
	}
	if b, ok := boolWords[strings.ToLower(strings.TrimSpace(v.Text))]; ok {
		m.change(v, &Value{Kind: Bool, Text: b}, "why_bool")
	}
}
