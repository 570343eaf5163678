// Package method lists the published methods of the ledger and runs each one
// on a case that somebody gives, so that anybody can recompute what a page
// shows without a database. A room defines its own methods with New; where all
// rooms meet, their lists become one Registry.
//
// A method takes one JSON case and returns one JSON result: its name and
// version, a value or null with a note why nothing may be shown, intervals,
// notes, and what the method adds. Each has a page in docs/method with its
// definition and worked cases; a test runs the cases of the pages.
package method

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
)

// Method is one published method.
type Method struct {
	Name    string
	Version int
	Title   lang.Text
	// Input and Params say in a line what a case has.
	Input, Params string

	run func(c *Case) (Result, error)
}

// New returns the method m that computes a case with run. A room defines its
// methods so; run reads the case with Decode and returns a fault.Invalid that
// names the field when the case is not of the form that the method takes.
func New(m Method, run func(c *Case) (Result, error)) Method {
	m.run = run
	return m
}

// Page returns the path of its page below docs/method.
func (m Method) Page() string {
	return strings.NewReplacer(".", "-", "_", "-").Replace(m.Name) + ".md"
}

// Interval is a range around a value. Confidence is null where the range is
// what a source said (about, at least) and no probability; a limit is null
// where there is none.
type Interval struct {
	Confidence *float64     `json:"confidence"`
	Lower      *json.Number `json:"lower"`
	Upper      *json.Number `json:"upper"`
}

// Result is what a method returns.
type Result struct {
	Method    string
	Version   int
	Value     any // a number as json.Number, a text, or nil
	Intervals []Interval
	Notes     []string
	Extra     map[string]any // what the method adds, by its JSON name
}

// MarshalJSON writes the fields of every result first, then what the method
// adds in order of names.
func (r Result) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	field := func(name string, v any) error {
		key, err := marshal(name)
		if err != nil {
			return err
		}
		body, err := marshal(v)
		if err != nil {
			return err
		}
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(body)
		return nil
	}
	intervals, notes := r.Intervals, r.Notes
	if intervals == nil {
		intervals = []Interval{}
	}
	if notes == nil {
		notes = []string{}
	}
	for _, f := range []struct {
		name string
		v    any
	}{{"method", r.Method}, {"version", r.Version}, {"value", r.Value}, {"intervals", intervals}, {"notes", notes}} {
		if err := field(f.name, f.v); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Extra)) {
		if err := field(name, r.Extra[name]); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// marshal writes JSON with < and & as they are.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

// List returns every method of the ledger, by name.
func List() Registry { return Together(sums(), promises(), rules(), reports(), small()) }

// Find returns the method of the ledger with that name, as Registry.Find does.
func Find(name string) (Method, error) { return List().Find(name) }

// Case is the input of one run.
type Case struct {
	Input  json.RawMessage `json:"input"`
	Params json.RawMessage `json:"params"`
}

// maxCase bounds the bytes of one case.
const maxCase = 4 << 20

// Run computes one case. It returns fault.Invalid, naming the field, when the
// case is not of the form that the method takes, and fault.TooLarge for more
// than 4 MB. Empty params are no params.
func (m Method) Run(input, params json.RawMessage) (Result, error) {
	const op = "method.Run"
	if m.run == nil {
		return Result{}, fault.New(fault.NotFound, op, m.Name, "no method has this name: `method list` shows them")
	}
	if len(input)+len(params) > maxCase {
		return Result{}, fault.New(fault.TooLarge, op, m.Name, "a case has at most %d bytes", maxCase)
	}
	if len(bytes.TrimSpace(input)) == 0 {
		return Result{}, fault.New(fault.Invalid, op, m.Name, "a case is a JSON object: {\"input\":{...},\"params\":{...}}")
	}
	r, err := m.run(&Case{Input: input, Params: params})
	if err != nil {
		return Result{}, fault.Wrap(err, op, m.Name)
	}
	r.Method, r.Version = m.Name, m.Version
	return r, nil
}

// Decode reads the input and the params into v and p; unknown fields are an
// error, because a misspelt field would silently change the answer.
func (c *Case) Decode(v, p any) error {
	if err := strict(c.Input, v, "input"); err != nil {
		return err
	}
	if len(bytes.TrimSpace(c.Params)) == 0 || p == nil {
		if p == nil && len(bytes.TrimSpace(c.Params)) > 0 && !slices.Contains([]string{"{}", "null"}, string(bytes.TrimSpace(c.Params))) {
			return fault.New(fault.Invalid, "method.decode", "params", "the method takes no params")
		}
		return nil
	}
	return strict(c.Params, p, "params")
}

func strict(raw json.RawMessage, v any, what string) error {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return fault.New(fault.Invalid, "method.decode", what, "%s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := dec.Token(); err != io.EOF {
		return fault.New(fault.Invalid, "method.decode", what, "one JSON value is expected")
	}
	return nil
}

// Refused returns a result that shows nothing and says why.
func Refused(note string) Result { return Result{Notes: []string{note}} }
