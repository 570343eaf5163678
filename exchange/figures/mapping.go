package figures

import (
	"encoding/json"
	"errors"
	"io"
	"regexp"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
)

// Mapping translates the table of somebody else into our columns.
type Mapping struct {
	// Columns gives for a column of ours the header of the table.
	Columns map[string]string `json:"columns,omitempty"`
	// Constants are values of columns that the table does not have or leaves
	// empty.
	Constants map[string]string `json:"constants,omitempty"`
	// Values translates what stands in a column of ours or in a dimension. A
	// dimension that becomes empty is left out.
	Values map[string]map[string]string `json:"values,omitempty"`
	// Dimensions makes dimensions of columns: key of ours, header of the table.
	Dimensions map[string]string `json:"dimensions,omitempty"`
	// PeriodFormat is iso (the default) or dhis2 (202510, 2025Q3, 20251031).
	PeriodFormat string `json:"period_format,omitempty"`
	// Decimal is "." or ",".
	Decimal string `json:"decimal,omitempty"`
	// Empty says what a row without value is: refuse (the default), skip or
	// missing (a figure with status O: somebody spoke and gave no number).
	Empty string `json:"empty,omitempty"`
	// Ignore lists columns of the table that are left out on purpose.
	Ignore []string `json:"ignore,omitempty"`
	// HeaderRow is the row of the header as a spreadsheet numbers it; rows above
	// are not read. 0 takes the first row in which something stands.
	HeaderRow int `json:"header_row,omitempty"`
	// Wide lists the columns that hold values, where a row holds several: one
	// for each measure, year or age group.
	Wide []Wide `json:"wide,omitempty"`
	// Fill lists columns of ours and dimensions in which an empty cell repeats
	// the one above it, as merged cells do.
	Fill []string `json:"fill,omitempty"`
}

// Wide is a column of the table whose cells are values. Set gives for columns
// of ours what the header stands for: the measure, the period, dimensions.
type Wide struct {
	Header string            `json:"header"`
	Set    map[string]string `json:"set"`
}

// wideColumns are the columns of ours for which a header may stand.
var wideColumns = []string{"measure", "measure_version", "dimensions", "period", "kind", "unit", "place", "status", "qualifier"}

// letterMark begins the reference to a column by its letter instead of its
// header: =C. Headers may be empty or stand there twice.
const letterMark = "="

// Bounds on a mapping file: the values of some thousand places and measures.
const (
	maxMapping   = 8 << 20
	maxDimension = 20
	maxWide      = 400
	maxHeaderRow = 1000
)

var rxKey = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,39}$`)

// ReadMapping reads a mapping from JSON. name is the file name for messages. It
// returns fault.TooLarge beyond 8 MB and fault.Invalid for a member that it
// does not know, with its name.
func ReadMapping(r io.Reader, name string) (*Mapping, error) {
	const op = "figures.ReadMapping"
	raw, err := io.ReadAll(io.LimitReader(r, maxMapping+1))
	if err != nil {
		return nil, fault.New(fault.Internal, op, name, "%s: cannot be read: %w", name, err)
	}
	if len(raw) > maxMapping {
		return nil, fault.New(fault.TooLarge, op, name, "%s: larger than %d MB: this is no mapping", name, maxMapping>>20)
	}
	var m Mapping
	if err := strict(raw, &m); err != nil {
		return nil, fault.New(fault.Invalid, op, name, "%s: not a mapping: %s", name, plainJSON(err))
	}
	if err := m.Check(); err != nil {
		return nil, fault.Wrap(err, op, name)
	}
	return &m, nil
}

// plainJSON tells what is wrong without words of the programming language.
func plainJSON(err error) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return "the JSON is broken at byte " + itoa(int(syntax.Offset)) + ": mend it there"
	case errors.As(err, &kind):
		return "the member " + kind.Field + " holds something else than it should: see the guide"
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		return "the JSON ends too early"
	}
	return err.Error()
}

// Check refuses a mapping that contradicts itself.
func (m *Mapping) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "figures.Mapping", "", format, args...)
	}
	for c := range m.Columns {
		if _, ok := byName[c]; !ok {
			return bad("columns: %.40q is no column of ours: see `export figures` for their names", c)
		}
		if m.Constants[c] != "" {
			return bad("the column %s has a header and a constant: keep one", c)
		}
	}
	for c := range m.Constants {
		if _, ok := byName[c]; !ok {
			return bad("constants: %.40q is no column of ours: see `export figures` for their names", c)
		}
	}
	if len(m.Dimensions) > maxDimension {
		return bad("more than %d dimensions", maxDimension)
	}
	for k := range m.Dimensions {
		if !rxKey.MatchString(k) {
			return bad("dimensions: the key of a dimension has small letters, digits, - and _, as in age")
		}
	}
	if err := m.checkWide(); err != nil {
		return err
	}
	for _, name := range m.Fill {
		if _, ok := byName[name]; !ok && m.Dimensions[name] == "" || name == "value" || name == "id" {
			return bad("fill: %.40q is neither a column of ours that can repeat nor a dimension of the mapping", name)
		}
	}
	for c := range m.Values {
		if _, ok := byName[c]; !ok && m.Dimensions[c] == "" {
			return bad("values: %.40q is neither a column of ours nor a dimension of the mapping", c)
		}
	}
	switch {
	case m.HeaderRow < 0 || m.HeaderRow > maxHeaderRow:
		return bad("header_row is the number of a row, at most %d", maxHeaderRow)
	case !slices.Contains([]string{"", "iso", "dhis2"}, m.PeriodFormat):
		return bad("period_format is iso or dhis2")
	case !slices.Contains([]string{"", ".", ","}, m.Decimal):
		return bad(`decimal is "." or ","`)
	case !slices.Contains([]string{"", "refuse", "skip", "missing"}, m.Empty):
		return bad("empty is refuse, skip or missing")
	}
	return nil
}

// checkWide refuses columns of values that contradict the rest.
func (m *Mapping) checkWide() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "figures.Mapping", "", format, args...)
	}
	if len(m.Wide) == 0 {
		return nil
	}
	for _, c := range []string{"value", "id"} {
		if m.Columns[c] != "" || m.Constants[c] != "" {
			return bad("a table with several values in a row has no column %s: take it out of the mapping, or the member wide", c)
		}
	}
	if len(m.Wide) > maxWide {
		return bad("wide: more than %d columns of values", maxWide)
	}
	seen := map[string]bool{}
	for _, w := range m.Wide {
		key := headerKey(w.Header)
		if key == "" || seen[key] {
			return bad("wide: every column of values has a header of its own; write =C for the column C when it has none")
		}
		seen[key] = true
		for c := range w.Set {
			if !slices.Contains(wideColumns, c) {
				return bad("wide: %.40q is nothing for which a header can stand", c)
			}
			if m.Columns[c] != "" {
				return bad("wide: %s comes from the header of the values and from a column: keep one", c)
			}
		}
	}
	return nil
}
