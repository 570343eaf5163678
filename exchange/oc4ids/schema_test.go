package oc4ids

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// judge is another program's reading of the published schema.
func judge(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	for name, fits := range map[string]func(string) bool{
		"date-time": func(s string) bool { _, ok := instant(s); return ok }, "uri": isURI, "email": isEmail} {
		c.RegisterFormat(&jsonschema.Format{Name: name, Validate: func(v any) error {
			if s, ok := v.(string); ok && !fits(s) {
				return fmt.Errorf("is not %s", name)
			}
			return nil
		}})
	}
	for _, name := range []string{"project-schema.json", "project-package-schema.json"} {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(published(t, name)))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource("https://standard.open-contracting.org/infrastructure/schema/0__9__5/"+name, doc); err != nil {
			t.Fatal(err)
		}
	}
	s, err := c.Compile("https://standard.open-contracting.org/infrastructure/schema/0__9__5/project-package-schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// judged returns "path keyword" of every breach, sorted.
func judged(s *jsonschema.Schema, doc []byte) ([]string, error) {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	if err != nil {
		return nil, err
	}
	err = s.Validate(v)
	if err == nil {
		return nil, nil
	}
	var out []string
	var walk func(e *jsonschema.ValidationError)
	walk = func(e *jsonschema.ValidationError) {
		for _, c := range e.Causes {
			walk(c)
		}
		if len(e.Causes) > 0 {
			return
		}
		at := ""
		for _, x := range e.InstanceLocation {
			at += "/" + escape(x)
		}
		k := e.ErrorKind.KeywordPath()
		keyword := "?"
		if len(k) > 0 {
			keyword = k[len(k)-1]
		}
		n := 1
		if keyword == "required" { // one breach for all missing fields
			n = strings.Count(e.ErrorKind.LocalizedString(printer), "'") / 2
			n = max(n, 1)
		}
		for range n {
			out = append(out, at+" "+keyword)
		}
	}
	walk(err.(*jsonschema.ValidationError))
	sort.Strings(out)
	return out, nil
}

var printer = message.NewPrinter(language.English)

// TestVerdictsAreThoseOfAnotherValidator compares path and keyword of every
// breach on thousands of mutated documents.
func TestVerdictsAreThoseOfAnotherValidator(t *testing.T) {
	s := judge(t)
	whole, err := os.ReadFile("testdata/whole.json")
	if err != nil {
		t.Fatal(err)
	}
	rounds := 1500
	if testing.Short() {
		rounds = 200
	}
	rng := rand.New(rand.NewPCG(1, 2))
	keywords := map[string]int{}
	for round := range rounds {
		var doc any
		d := json.NewDecoder(bytes.NewReader(whole))
		d.UseNumber()
		if err := d.Decode(&doc); err != nil {
			t.Fatal(err)
		}
		if round > 0 {
			for range 2 + rng.IntN(6) {
				doc = mutate(rng, doc)
			}
			if round == 1 { // so rare that chance may miss it
				doc = json.RawMessage(bytes.Replace(whole, []byte(`"paymentFrequency": 4`), []byte(`"paymentFrequency": -4`), 1))
			}
		}
		raw, err := json.Marshal(doc)
		if err != nil {
			t.Fatal(err)
		}
		want, err := judged(s, raw)
		if err != nil {
			t.Fatal(err)
		}
		if looksBare(raw) {
			continue // not a package: another reading by intention
		}
		var have []string
		errors := check(t, string(raw)).Errors
		for i, f := range errors {
			keywords[f.Rule]++
			if f.Rule == "enum" && i > 0 && errors[i-1].Rule == "type" && errors[i-1].Path == f.Path {
				continue // the other program stops at the type
			}
			if f.Rule == "minLength" && (i+1 < len(errors) && errors[i+1].Path == f.Path || i > 0 && errors[i-1].Path == f.Path) {
				continue // ... and at a format or code
			}
			have = append(have, f.Path+" "+f.Rule)
		}
		sort.Strings(have)
		if strings.Join(have, "\n") != strings.Join(want, "\n") {
			t.Fatalf("round %d:\nwe say  %q\nthey say %q", round, have, want)
		}
		if round == 0 && len(have) > 0 {
			t.Fatalf("the document that all are made from is not valid: %q", have)
		}
	}
	for _, k := range []string{"type", "required", "format", "enum", "pattern", "minLength", "minItems", "minProperties", "uniqueItems", "minimum"} {
		if keywords[k] == 0 && !testing.Short() {
			t.Errorf("no mutation broke %s", k)
		}
	}
	t.Logf("%v", keywords)
}

func looksBare(raw []byte) bool {
	h, err := each(bytes.NewReader(raw), func(int, *Value) error { return nil })
	return err != nil || h.shape != InPackage
}

// mutate breaks one place, each as likely as any other.
func mutate(rng *rand.Rand, doc any) any {
	var places []func()
	set := func(v any, put func(any)) { places = append(places, func() { put(breakValue(rng, v)) }) }
	var walk func(v any)
	walk = func(v any) {
		switch x := v.(type) {
		case map[string]any:
			for _, n := range sorted(x) {
				set(x[n], func(v any) { x[n] = v })
				if rng.IntN(8) == 0 {
					places = append(places, func() { delete(x, n) }, func() { x[strings.ToUpper(n)] = x[n] })
				}
				walk(x[n])
			}
		case []any:
			for i := range x {
				set(x[i], func(v any) { x[i] = v })
				walk(x[i])
			}
		}
	}
	walk(doc)
	if len(places) == 0 {
		return breakValue(rng, doc)
	}
	places[rng.IntN(len(places))]()
	return doc
}

// breakValue makes something else of a value. It leaves out fractions that are
// whole, such as 30.0: draft 4 and its readers disagree whether they are
// integers.
func breakValue(rng *rand.Rand, v any) any {
	s, isText := v.(string)
	others := []any{nil, true, json.Number("7"), json.Number("-1.5"), "", " ", "x", []any{}, map[string]any{}, []any{v}, []any{v, v}, map[string]any{"id": v}, []any{nil, json.Number("1")}}
	if isText {
		others = append(others, strings.ToUpper(s), s+" ", strings.TrimSuffix(s, "Z"), strings.ReplaceAll(s, "T", " "), strconv.Itoa(len(s)), "http://[::1", "a@b", "1.x")
	}
	return others[rng.IntN(len(others))]
}
