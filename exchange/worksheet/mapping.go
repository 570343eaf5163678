package worksheet

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
)

// Mapping says which column of a table is which field of ours. Its members are
// those of a mapping of figures, and scale.
type Mapping struct {
	// Columns gives for a field of ours the header of the table, or its letter: =C.
	Columns map[string]string `json:"columns,omitempty"`
	// Constants are values of fields that the table does not have or leaves empty.
	Constants map[string]string `json:"constants,omitempty"`
	// Values translates what stands in a field.
	Values map[string]map[string]string `json:"values,omitempty"`
	// Scale multiplies amounts of a field: "1000000" for a table in millions.
	Scale   map[string]string `json:"scale,omitempty"`
	Decimal string            `json:"decimal,omitempty"` // "." or ","
	Ignore  []string          `json:"ignore,omitempty"`
	// HeaderRow is the row of the header as a spreadsheet numbers it; 0: found.
	HeaderRow int `json:"header_row,omitempty"`
	// Wide lists columns of amounts, where a row has several: one for each source
	// or kind of money. Set says what the header stands for.
	Wide []Wide `json:"wide,omitempty"`
	// Fill lists fields in which an empty cell repeats the one above it.
	Fill []string `json:"fill,omitempty"`
}

// Wide is a column of amounts.
type Wide struct {
	Header string            `json:"header"`
	Set    map[string]string `json:"set"`
}

type wideColumn struct {
	column int
	set    map[string]string
}

// Bounds on a mapping.
const (
	maxMapping = 4 << 20
	maxWide    = 100
)

const letterMark = "="

// ReadMapping reads a mapping from JSON. It returns fault.Invalid for what is no
// mapping, with the member that is not known.
func ReadMapping(r io.Reader, name string) (*Mapping, error) {
	const op = "worksheet.ReadMapping"
	raw, err := io.ReadAll(io.LimitReader(r, maxMapping+1))
	if err != nil {
		return nil, fault.New(fault.Internal, op, name, "%s: cannot be read: %w", name, err)
	}
	if len(raw) > maxMapping {
		return nil, fault.New(fault.TooLarge, op, name, "%s: larger than %d MB: this is no mapping", name, maxMapping>>20)
	}
	var m Mapping
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&m); err != nil {
		return nil, fault.New(fault.Invalid, op, name, "%s: not a mapping: %s", name, strings.TrimPrefix(err.Error(), "json: "))
	}
	return &m, nil
}

// check refuses a mapping that does not go with a kind of tables.
func (m *Mapping) check(list []field) error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "worksheet.Mapping", "", format, args...)
	}
	for _, group := range []map[string]string{m.Columns, m.Constants, m.Scale} {
		for name := range group {
			if fieldNamed(list, name) == nil {
				return bad("mapping: %.40q is no field of such a table: the guide lists them", name)
			}
		}
	}
	for name := range m.Values {
		if fieldNamed(list, name) == nil {
			return bad("mapping: values: %.40q is no field of such a table", name)
		}
	}
	for name, s := range m.Scale {
		if d, err := decimal.NewFromString(s); err != nil || !d.IsPositive() || d.GreaterThan(decimal.New(1, 12)) || len(s) > 20 {
			return bad("mapping: scale of %s is a number above 0, as 1000000", name)
		}
	}
	if m.Decimal != "" && m.Decimal != "." && m.Decimal != "," {
		return bad("mapping: decimal is . or ,")
	}
	if len(m.Wide) > maxWide || m.HeaderRow < 0 || m.HeaderRow > sheet.MaxRows {
		return bad("mapping: at most %d wide columns, and a row of the header that a table has", maxWide)
	}
	for _, w := range m.Wide {
		for name := range w.Set {
			if fieldNamed(list, name) == nil {
				return bad("mapping: wide: %.40q is no field of such a table", name)
			}
		}
	}
	return nil
}

// key is how headers are compared: folded letters, single blanks.
func key(s string) string { return lang.Fold(strings.TrimPrefix(s, "\ufeff")) }

// head finds the header and gives the columns to the fields.
func (x *reader) head() error {
	name := x.table.Info().Name
	m := x.o.Mapping
	if m != nil {
		if err := m.check(x.fields); err != nil {
			return err
		}
		x.out.Mapping = *m
	}
	for len(x.ahead) < max(headRows, x.out.Mapping.HeaderRow) {
		r, err := x.table.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		x.ahead = append(x.ahead, clone(r))
		if h := x.out.Mapping.HeaderRow; h > 0 && r.Number >= h {
			break
		}
	}
	at := x.headerRow(m)
	if at < 0 {
		return fault.New(fault.Invalid, op, name, "%s: no row looks like the header of a table of %s: name it in a mapping (--map) with header_row and columns", name, x.kind)
	}
	header := x.ahead[at]
	x.ahead = x.ahead[at+1:]
	x.out.Mapping.HeaderRow = header.Number
	for _, c := range header.Cells {
		x.header = append(x.header, strings.TrimSpace(strings.TrimPrefix(c.Text, "\ufeff")))
	}
	if m == nil || len(m.Columns) == 0 && len(m.Wide) == 0 {
		x.guess()
		x.out.Guessed = true
	}
	if err := x.columns(); err != nil {
		return err
	}
	return x.missing(name)
}

// headerRow returns the index of the header among the rows read ahead.
func (x *reader) headerRow(m *Mapping) int {
	if m != nil && m.HeaderRow > 0 {
		for i := range x.ahead {
			if x.ahead[i].Number == m.HeaderRow {
				return i
			}
		}
		return -1
	}
	best, most := -1, 0
	for i := range x.ahead {
		n := 0
		if m != nil && len(m.Columns) > 0 {
			for _, h := range m.Columns {
				if slices.ContainsFunc(x.ahead[i].Cells, func(c sheet.Cell) bool { return key(c.Text) == key(h) }) {
					n++
				}
			}
			if n == 0 && !slices.ContainsFunc(slices.Collect(maps.Values(m.Columns)), func(h string) bool { return !strings.HasPrefix(h, letterMark) }) && !x.ahead[i].Blank() {
				n = 1
			}
		} else {
			n = len(match(x.fields, x.ahead[i].Cells))
		}
		if n > most {
			best, most = i, n
		}
	}
	return best
}

// columns obeys the mapping.
func (x *reader) columns() error {
	m := &x.out.Mapping
	used := map[int]bool{}
	for _, name := range slices.Sorted(maps.Keys(m.Columns)) {
		at, err := x.column(m.Columns[name])
		if err != nil {
			return err
		}
		x.at[name], used[at] = at, true
	}
	for _, w := range m.Wide {
		at, err := x.column(w.Header)
		if err != nil {
			return err
		}
		x.wide, used[at] = append(x.wide, wideColumn{at, w.Set}), true
	}
	x.mark, x.scale, x.above = m.Decimal, map[string]decimal.Decimal{}, map[string]sheet.Cell{}
	for name, s := range m.Scale {
		x.scale[name] = decimal.RequireFromString(s) // was looked at by check
	}
	ignored := map[string]bool{}
	for _, h := range m.Ignore {
		ignored[key(h)] = true
	}
	for i, h := range x.header {
		if h != "" && !used[i] && !ignored[key(h)] {
			x.notice(m.HeaderRow, i, "", "column_unused", h, "")
		}
	}
	return nil
}

// column finds a column by its header or letter.
func (x *reader) column(header string) (int, error) {
	name := x.table.Info().Name
	if letter, ok := strings.CutPrefix(header, letterMark); ok {
		if at, _, ok := sheet.ParseCell(letter + "1"); ok {
			return at, nil
		}
	}
	found := -1
	for i, h := range x.header {
		if key(h) != key(header) {
			continue
		}
		if found >= 0 {
			return 0, fault.New(fault.Invalid, op, name, "%s: row %d: the header %.60q stands there twice: name the column by its letter, =%s", name, x.out.Mapping.HeaderRow, header, sheet.Column(found))
		}
		found = i
	}
	if found < 0 {
		return 0, fault.New(fault.Invalid, op, name, "%s: row %d has no column %.60q: mend the mapping", name, x.out.Mapping.HeaderRow, header)
	}
	return found, nil
}

// missing refuses a table without the columns that its rows need.
func (x *reader) missing(name string) error {
	var list []string
	for _, f := range x.fields {
		_, there := x.at[f.name]
		if !f.must || there || x.out.Mapping.Constants[f.name] != "" || x.wideSays(f.name) {
			continue
		}
		list = append(list, f.name)
	}
	if x.kind == Works && !x.has("title_ru") && !x.has("title_kk") && !x.has("title_en") {
		list = append(list, "title_ru")
	}
	if len(list) > 0 {
		return fault.New(fault.Invalid, op, name, "%s: row %d: no column was found for %s: say which in a mapping (--map)", name, x.out.Mapping.HeaderRow, strings.Join(list, ", "))
	}
	return nil
}

func (x *reader) has(name string) bool { _, ok := x.at[name]; return ok }

// wideSays reports whether every wide column gives the field.
func (x *reader) wideSays(name string) bool {
	if len(x.wide) == 0 {
		return false
	}
	for _, w := range x.wide {
		if name != "amount" && w.set[name] == "" {
			return false
		}
	}
	return true
}
