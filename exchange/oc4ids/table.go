package oc4ids

import (
	_ "embed"
	"strings"
	"sync"
)

// The facts of the standard that we need, in our own form: which fields an
// object has, what each must be, and the codes of the lists. Both files are
// compiled from OC4IDS 0.9.5 (Open Contracting Partnership and CoST,
// https://standard.open-contracting.org/infrastructure/0.9/en/, Apache-2.0);
// table_test.go makes them anew and compares.
var (
	//go:embed fields.txt
	fieldsText string

	//go:embed codes.txt
	codesText string
)

// Version is the version of the standard, and PackageVersion what a package
// of it says in its version field.
const (
	Version        = "0.9.5"
	PackageVersion = "0.9"
)

// form is what an object may hold. Fields that it does not name are allowed.
type form struct {
	name   string
	fields []*field
	byName map[string]*field
	folded map[string]*field // by fold of the name
	// mayBeEmpty is false for all but the package: an object without members
	// says nothing.
	mayBeEmpty bool
}

// field is one named field of a form.
type field struct {
	name     string
	required bool
	rule     *rule
}

// rule is what a value must be.
type rule struct {
	kinds   []string // string, number, integer, boolean, array, object, null
	filled  bool     // a string of at least one character
	format  string   // date-time, uri, email
	pattern string   // of the version
	least0  bool     // a number of at least 0
	codes   *codelist
	open    bool // other codes are allowed
	form    *form
	items   *rule // an array of at least one
	unique  bool  // ... of different items
}

// codelist is a list of codes.
type codelist struct {
	name  string
	codes []string
	has   map[string]bool
	fold  map[string]string // code by fold, without those that fold alike
}

// tables are the parsed facts.
type tables struct {
	forms map[string]*form
	codes map[string]*codelist
}

var facts = sync.OnceValue(func() *tables {
	t := &tables{forms: map[string]*form{}, codes: map[string]*codelist{}}
	t.readCodes(codesText)
	t.readFields(fieldsText)
	return t
})

// readCodes reads "list: code code ..." a line.
func (t *tables) readCodes(s string) {
	for line := range strings.Lines(s) {
		name, rest, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		c := &codelist{name: name, codes: strings.Fields(rest), has: map[string]bool{}, fold: map[string]string{}}
		for _, x := range c.codes {
			c.has[x] = true
			if f := fold(x); c.fold[f] == "" {
				c.fold[f] = x
			} else {
				c.fold[f] = "?" // two codes that fold alike: neither is certain
			}
		}
		t.codes[name] = c
	}
}

// readFields reads a form from its name alone on a line and the fields
// indented below: name, a ! when required, and the notation of ruleOf.
func (t *tables) readFields(s string) {
	var f *form
	for line := range strings.Lines(s) {
		words := strings.Fields(line)
		switch {
		case len(words) == 0 || words[0][0] == '#':
		case line[0] != ' ':
			f = t.form(strings.TrimSuffix(words[0], "*"))
			f.mayBeEmpty = strings.HasSuffix(words[0], "*")
		default:
			name, required := strings.CutSuffix(words[0], "!")
			x := &field{name: name, required: required, rule: t.ruleOf(words[1])}
			f.fields = append(f.fields, x)
			f.byName[name] = x
			f.folded[fold(name)] = x
		}
	}
}

func (t *tables) form(name string) *form {
	if t.forms[name] == nil {
		t.forms[name] = &form{name: name, byName: map[string]*field{}, folded: map[string]*field{}}
	}
	return t.forms[name]
}

// simple are the notations of values that are not objects.
var simple = map[string]rule{
	"string":      {kinds: []string{"string"}},
	"string?":     {kinds: []string{"string", "null"}},
	"text":        {kinds: []string{"string"}, filled: true},
	"time":        {kinds: []string{"string"}, format: "date-time"},
	"uri":         {kinds: []string{"string"}, format: "uri"},
	"uri?":        {kinds: []string{"string", "null"}, format: "uri"},
	"email":       {kinds: []string{"string"}, format: "email", filled: true},
	"version":     {kinds: []string{"string"}, pattern: `^(\d+\.)(\d+)$`},
	"number":      {kinds: []string{"number"}},
	"number>=0":   {kinds: []string{"number"}, least0: true},
	"integer":     {kinds: []string{"integer"}},
	"boolean":     {kinds: []string{"boolean"}},
	"text|number": {kinds: []string{"string", "number"}, filled: true},
}

// ruleOf reads the notation of a value: a word of simple, =list for a code of a
// closed list (=list+ where it must also be filled), ~list for one of an open
// list, [x] for a list of different x, {} for any object, positions for the
// coordinates of a geometry, else the name of a form.
func (t *tables) ruleOf(s string) *rule {
	if r, ok := simple[s]; ok {
		return &r
	}
	switch {
	case s == "{}":
		return &rule{kinds: []string{"object"}, form: t.form("{}")}
	case s == "positions":
		item := &rule{kinds: []string{"number", "array"}, items: &rule{}}
		return &rule{kinds: []string{"array"}, items: item}
	case s[0] == '[':
		return &rule{kinds: []string{"array"}, items: t.ruleOf(s[1 : len(s)-1]), unique: true}
	case s[0] == '=':
		name, filled := strings.CutSuffix(s[1:], "+")
		return &rule{kinds: []string{"string"}, codes: t.codes[name], filled: filled}
	case s[0] == '~':
		return &rule{kinds: []string{"string"}, codes: t.codes[s[1:]], open: true, filled: true}
	}
	return &rule{kinds: []string{"object"}, form: t.form(s)}
}

// allows reports whether a value may be of that kind.
func (r *rule) allows(kind string) bool {
	for _, k := range r.kinds {
		if k == kind {
			return true
		}
	}
	return len(r.kinds) == 0
}

// fold makes words comparable that differ in case, blanks, hyphens,
// underscores and Cyrillic letters that look like Latin ones.
func fold(s string) string {
	var b strings.Builder
	cyrillic := false
	for _, r := range strings.ToLower(s) {
		switch r {
		case ' ', '_', '-', '\u00a0', '\u2010', '\u2011', '\u2013', '\t', '\n', '\r':
			continue
		}
		cyrillic = cyrillic || r >= 0x400 && r < 0x530 && lookalike[r] == 0
		b.WriteRune(r)
	}
	if cyrillic {
		return b.String()
	}
	return strings.Map(func(r rune) rune {
		if l := lookalike[r]; l != 0 {
			return l
		}
		return r
	}, b.String())
}

// lookalike are Cyrillic letters that a Latin word may hold by mistake.
var lookalike = map[rune]rune{'а': 'a', 'е': 'e', 'о': 'o', 'р': 'p', 'с': 'c', 'х': 'x', 'у': 'y', 'і': 'i', 'к': 'k', 'м': 'm', 'т': 't', 'н': 'h', 'в': 'b'}
