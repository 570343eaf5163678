package oc4ids

import (
	"crypto/sha256"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/lang"
)

// Finding is one breach of the standard, or one doubt.
type Finding struct {
	Path    string `json:"path"` // JSON pointer (RFC 6901) into the file
	Rule    string `json:"rule"`
	Message string `json:"message"`
}

// validator compares values with the tables. Rules have the names of the
// keywords of JSON Schema.
type validator struct {
	at    []string
	code  lang.Code
	wrong func(Finding) // what the schema forbids
	doubt func(Finding) // what it allows
}

// pointer is where the validator stands; a value that came from a file knows
// better, since repairs may have moved it.
func (c *validator) pointer(v *Value) string {
	if v != nil && v.at != "" {
		return v.at
	}
	var b strings.Builder
	for _, s := range c.at {
		b.WriteByte('/')
		b.WriteString(s)
	}
	return b.String()
}

func (c *validator) bad(v *Value, rule, key string, args ...any) {
	c.wrong(Finding{c.pointer(v), rule, say(c.code, key, args...)})
}

func (c *validator) odd(v *Value, rule, key string, args ...any) {
	c.doubt(Finding{c.pointer(v), rule, say(c.code, key, args...)})
}

func (c *validator) in(token string, do func()) {
	c.at = append(c.at, token)
	do()
	c.at = c.at[:len(c.at)-1]
}

// value compares v with a rule, and reports every keyword that fails.
func (c *validator) value(v *Value, r *rule) {
	kind := v.Kind.String()
	if kind == "number" && !r.allows("number") && isInteger(v.Text) {
		kind = "integer"
	}
	if !r.allows(kind) {
		c.bad(v, "type", "type", "want", strings.Join(r.kinds, ", "), "got", v.Kind)
	}
	switch v.Kind {
	case String:
		c.text(v, r)
	case Number:
		c.number(v, r)
	case Array:
		c.array(v, r)
	case Object:
		if r.form != nil {
			c.object(v, r.form)
		}
	}
	if v.Kind != String && r.codes != nil && !r.open {
		c.bad(v, "enum", "enum", "list", r.codes.name)
	}
}

// isInteger reports whether a literal has neither fraction nor exponent, as
// draft 4 of JSON Schema wants it.
func isInteger(literal string) bool { return !strings.ContainsAny(literal, ".eE") }

func (c *validator) text(v *Value, r *rule) {
	s := v.Text
	switch {
	case !r.allows("string"):
	case s == "" && r.filled:
		c.bad(v, "minLength", "empty")
	case strings.TrimSpace(s) == "" && s != "":
		c.odd(v, "blank", "blank")
	}
	if !utf8.ValidString(s) {
		c.bad(v, "encoding", "undecodable")
	} else if suspicious(s) {
		c.odd(v, "encoding", "mojibake")
	}
	switch {
	case r.format == "date-time":
		if _, ok := instant(s); !ok {
			c.bad(v, "format", "date_time")
		}
	case r.format == "uri" && !isURI(s):
		c.bad(v, "format", "uri")
	case r.format == "email" && !isEmail(s):
		c.bad(v, "format", "email")
	case r.pattern != "" && !isVersion(s):
		c.bad(v, "pattern", "version", "want", PackageVersion)
	case r.codes != nil && !r.codes.has[s] && !r.open:
		c.bad(v, "enum", "enum", "list", r.codes.name)
	case r.codes != nil && !r.codes.has[s] && s != "":
		c.odd(v, "codelist-open", "open_code", "list", r.codes.name)
	}
}

func (c *validator) number(v *Value, r *rule) {
	if r.least0 && strings.HasPrefix(v.Text, "-") && plainNumber(v.Text) != "0" {
		c.bad(v, "minimum", "minimum")
	}
	if !inRange(v.Text) {
		c.bad(v, "number", "huge_number")
	}
}

// inRange reports whether a number can be held as a 64-bit float, which is all
// that programs promise each other (RFC 8259, section 6).
func inRange(literal string) bool {
	_, err := strconv.ParseFloat(literal, 64)
	return err == nil
}

func (c *validator) array(v *Value, r *rule) {
	if r.items == nil {
		return
	}
	if len(v.Items) == 0 {
		c.bad(v, "minItems", "empty_list")
	}
	if r.unique && !unique(v.Items) {
		c.bad(v, "uniqueItems", "twice")
	}
	for i, x := range v.Items {
		c.in(strconv.Itoa(i), func() { c.value(x, r.items) })
	}
}

func unique(items []*Value) bool {
	if len(items) < 2 {
		return true
	}
	seen := make(map[[sha256.Size]byte]bool, len(items))
	for _, x := range items {
		d := x.digest()
		if seen[d] {
			return false
		}
		seen[d] = true
	}
	return true
}

func (c *validator) object(v *Value, f *form) {
	if len(v.Members) == 0 && !f.mayBeEmpty {
		c.bad(v, "minProperties", "empty_object")
	}
	for _, x := range f.fields {
		if x.required && v.Get(x.name) == nil {
			c.bad(v, "required", "required", "field", x.name)
		}
	}
	seen := make(map[string]bool, len(v.Members))
	for _, m := range v.Members {
		c.in(escape(m.Name), func() {
			x := f.byName[m.Name]
			if !utf8.ValidString(m.Name) {
				c.bad(m.Value, "encoding", "undecodable")
			}
			switch {
			case seen[m.Name]:
				c.bad(m.Value, "duplicate-key", "key_twice", "field", m.Name)
			case x != nil:
				c.value(m.Value, x.rule)
			case f.name != "{}":
				c.odd(m.Value, "unknown-field", "unknown_field", "field", m.Name)
				c.loose(m.Value)
			default:
				c.loose(m.Value)
			}
		})
		seen[m.Name] = true
	}
}

// loose looks at what the standard does not describe: it must still be text
// and numbers that can be read.
func (c *validator) loose(v *Value) {
	switch v.Kind {
	case String:
		if !utf8.ValidString(v.Text) {
			c.bad(v, "encoding", "undecodable")
		}
	case Number:
		if !inRange(v.Text) {
			c.bad(v, "number", "huge_number")
		}
	case Array:
		for i, x := range v.Items {
			c.in(strconv.Itoa(i), func() { c.loose(x) })
		}
	case Object:
		seen := map[string]bool{}
		for _, m := range v.Members {
			c.in(escape(m.Name), func() {
				if !utf8.ValidString(m.Name) {
					c.bad(m.Value, "encoding", "undecodable")
				}
				if seen[m.Name] {
					c.bad(m.Value, "duplicate-key", "key_twice", "field", m.Name)
				}
				c.loose(m.Value)
			})
			seen[m.Name] = true
		}
	}
}
