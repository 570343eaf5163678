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
}

// Bounds on a mapping file: the values of some thousand places and measures.
const (
	maxMapping   = 8 << 20
	maxDimension = 20
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
	for c := range m.Values {
		if _, ok := byName[c]; !ok && m.Dimensions[c] == "" {
			return bad("values: %.40q is neither a column of ours nor a dimension of the mapping", c)
		}
	}
	switch {
	case !slices.Contains([]string{"", "iso", "dhis2"}, m.PeriodFormat):
		return bad("period_format is iso or dhis2")
	case !slices.Contains([]string{"", ".", ","}, m.Decimal):
		return bad(`decimal is "." or ","`)
	case !slices.Contains([]string{"", "refuse", "skip", "missing"}, m.Empty):
		return bad("empty is refuse, skip or missing")
	}
	return nil
}
