package oc4ids

import (
	"crypto/sha256"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Kind is what a JSON value is.
type Kind uint8

// The kinds.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

var kindNames = [...]string{"null", "boolean", "number", "string", "array", "object"}

func (k Kind) String() string { return kindNames[k] }

// Value is one JSON value as it was written: members keep their order, also
// those that come twice, and numbers keep their digits. A file that is read
// and written again loses nothing but blanks.
type Value struct {
	Kind Kind

	// Text is the content of a string, the literal of a number, or true or
	// false. A string may hold bytes that are not UTF-8; see wellFormed.
	Text string

	Items   []*Value // of an array
	Members []Member // of an object

	// at is the JSON pointer of the value in the file it came from; empty
	// means unknown, or the file itself.
	at string
}

// Member is one name and value of an object.
type Member struct {
	Name  string
	Value *Value
}

// Text returns a string value.
func text(s string) *Value { return &Value{Kind: String, Text: s} }

// number returns a number with that literal.
func number(literal string) *Value { return &Value{Kind: Number, Text: literal} }

// list returns an array.
func list(items ...*Value) *Value { return &Value{Kind: Array, Items: items} }

// object returns an object without members.
func object() *Value { return &Value{Kind: Object} }

// Get returns the value of a member, nil when there is none. Of a name that
// comes twice the last counts, as everywhere in JSON.
func (v *Value) Get(name string) *Value {
	if v == nil || v.Kind != Object {
		return nil
	}
	for i := len(v.Members) - 1; i >= 0; i-- {
		if v.Members[i].Name == name {
			return v.Members[i].Value
		}
	}
	return nil
}

// Path follows names of members.
func (v *Value) Path(names ...string) *Value {
	for _, n := range names {
		v = v.Get(n)
	}
	return v
}

// Str returns the content of a string member, empty when it is none.
func (v *Value) Str(names ...string) string {
	if x := v.Path(names...); x != nil && x.Kind == String {
		return x.Text
	}
	return ""
}

// Each returns the items of an array member.
func (v *Value) Each(names ...string) []*Value {
	if x := v.Path(names...); x != nil && x.Kind == Array {
		return x.Items
	}
	return nil
}

// Set puts a member in its place, or at the end when it is new.
func (v *Value) Set(name string, to *Value) {
	for i := len(v.Members) - 1; i >= 0; i-- {
		if v.Members[i].Name == name {
			v.Members[i].Value = to
			return
		}
	}
	v.Members = append(v.Members, Member{name, to})
}

// Clone returns a copy that shares nothing.
func (v *Value) Clone() *Value {
	if v == nil {
		return nil
	}
	c := &Value{Kind: v.Kind, Text: v.Text, at: v.at}
	for _, x := range v.Items {
		c.Items = append(c.Items, x.Clone())
	}
	for _, m := range v.Members {
		c.Members = append(c.Members, Member{m.Name, m.Value.Clone()})
	}
	return c
}

// Equal reports whether two values say the same: the order of members and the
// way a number is written do not matter.
func (v *Value) Equal(w *Value) bool {
	if v == nil || w == nil {
		return v == w
	}
	return string(v.canonical(nil)) == string(w.canonical(nil))
}

// digest is the hash of what a value says.
func (v *Value) digest() [sha256.Size]byte { return sha256.Sum256(v.canonical(nil)) }

// canonical appends a form that is the same for values that say the same.
func (v *Value) canonical(b []byte) []byte {
	switch v.Kind {
	case Number:
		return append(b, plainNumber(v.Text)...)
	case String:
		return strconv.AppendQuote(b, v.Text)
	case Array:
		b = append(b, '[')
		for _, x := range v.Items {
			b = append(x.canonical(b), ',')
		}
		return append(b, ']')
	case Object:
		last := map[string]*Value{}
		names := make([]string, 0, len(v.Members))
		for _, m := range v.Members {
			if _, twice := last[m.Name]; !twice {
				names = append(names, m.Name)
			}
			last[m.Name] = m.Value
		}
		sort.Strings(names)
		b = append(b, '{')
		for _, n := range names {
			b = append(strconv.AppendQuote(b, n), ':')
			b = append(last[n].canonical(b), ',')
		}
		return append(b, '}')
	case Bool:
		return append(b, v.Text...)
	}
	return append(b, "null"...)
}

// plainNumber writes a literal as digits and a power of ten without zeros at
// either end, so that 1, 1.0 and 10e-1 are the same. It does not expand the
// exponent: 1e999999999 stays short.
func plainNumber(literal string) string {
	sign, rest := "", literal
	if r, ok := strings.CutPrefix(rest, "-"); ok {
		sign, rest = "-", r
	}
	mantissa, exp, _ := strings.Cut(strings.ToLower(rest), "e")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := strings.TrimLeft(whole+fraction, "0")
	if digits == "" {
		return "0"
	}
	power, err := strconv.ParseInt(exp, 10, 64)
	if err != nil && exp != "" {
		return literal // an exponent of more digits than fit: nobody's number
	}
	short := strings.TrimRight(digits, "0")
	power += int64(len(digits)-len(short)) - int64(len(fraction))
	return sign + short + "e" + strconv.FormatInt(power, 10)
}

// MarshalJSON writes the value in one line.
func (v *Value) MarshalJSON() ([]byte, error) { return v.Append(nil), nil }

// Append writes the value in one line.
func (v *Value) Append(b []byte) []byte {
	if v == nil {
		return append(b, "null"...)
	}
	switch v.Kind {
	case Number, Bool:
		return append(b, v.Text...)
	case String:
		return appendString(b, v.Text)
	case Array:
		b = append(b, '[')
		for i, x := range v.Items {
			if i > 0 {
				b = append(b, ',')
			}
			b = x.Append(b)
		}
		return append(b, ']')
	case Object:
		b = append(b, '{')
		for i, m := range v.Members {
			if i > 0 {
				b = append(b, ',')
			}
			b = append(appendString(b, m.Name), ':')
			b = m.Value.Append(b)
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

// appendString writes a JSON string. Bytes that are not UTF-8 become the sign
// of replacement; only reports write such strings.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			b = append(b, "\uFFFD"...)
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r == '\r':
			b = append(b, '\\', 'r')
		case r == '\t':
			b = append(b, '\\', 't')
		case r < 0x20 || r == 0x7f:
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		default:
			b = append(b, s[i:i+n]...)
		}
		i += n
	}
	return append(b, '"')
}

// locate writes into every value below v where it stands in the file.
func locate(v *Value, at string) {
	v.at = at
	for i, x := range v.Items {
		locate(x, at+"/"+strconv.Itoa(i))
	}
	for _, m := range v.Members {
		locate(m.Value, at+"/"+escape(m.Name))
	}
}

// escape writes a name as a token of a JSON pointer (RFC 6901).
func escape(name string) string {
	if !strings.ContainsAny(name, "~/") {
		return name
	}
	return strings.ReplaceAll(strings.ReplaceAll(name, "~", "~0"), "/", "~1")
}
