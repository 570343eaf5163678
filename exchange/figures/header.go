package figures

import (
	"sort"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/sheet"
)

// maxNamed is how much of a header is repeated in a message.
const maxNamed = 60

// plan tells where the columns of a table are.
type plan struct {
	header   []string
	at       [columns]int // index of the column in the table, -1 for none
	constant [columns]string
	values   [columns]map[string]string
	dims     []dimension
	mark     string // the decimal mark, "" when not said
	dhis2    bool
	empty    string
}

// dimension is made of a column of the table.
type dimension struct {
	key    string
	at     int
	values map[string]string
}

// makePlan matches the header of the table with our columns.
func (r *reader) makePlan(header *sheet.Row) {
	p := &r.plan
	for i := range p.at {
		p.at[i] = -1
	}
	m := r.options.Mapping
	if m == nil {
		m = &Mapping{}
	}
	p.mark, p.dhis2, p.empty = m.Decimal, m.PeriodFormat == "dhis2", m.Empty
	if r.options.Decimal != "" {
		p.mark = r.options.Decimal
	}
	if p.dhis2 && p.mark == "" {
		p.mark = "." // DHIS2 writes no other
	}
	index := r.index(header)
	used := r.mapped(m, index)
	r.ownNames(m, index, used)
	r.constants(m)
	for name, values := range m.Values {
		if c, ok := byName[name]; ok && m.Dimensions[name] == "" {
			p.values[c] = values
		}
	}
	r.unused(m, used)
	r.required()
}

// index returns the place of every header, compared without regard to case.
func (r *reader) index(header *sheet.Row) map[string]int {
	index := map[string]int{}
	for i, c := range header.Cells {
		name := strings.TrimSpace(strings.TrimPrefix(c.Text, "\ufeff"))
		r.plan.header = append(r.plan.header, name)
		key := strings.ToLower(name)
		if _, twice := index[key]; twice && key != "" {
			r.problem(header.Number, i, "header_twice", "", "")
			continue
		}
		index[key] = i
	}
	for n := len(r.plan.header); n > 0 && r.plan.header[n-1] == ""; n-- {
		r.plan.header = r.plan.header[:n-1] // a spreadsheet adds empty columns
	}
	return index
}

// mapped obeys the mapping and returns which columns of the table it uses.
func (r *reader) mapped(m *Mapping, index map[string]int) map[int]bool {
	used := map[int]bool{}
	find := func(ours, header string) int {
		i, ok := index[strings.ToLower(strings.TrimSpace(header))]
		if !ok {
			r.problem(r.headerRow, -1, "header_missing", ours, "")
			return -1
		}
		used[i] = true
		return i
	}
	for _, name := range sorted(m.Columns) {
		r.plan.at[byName[name]] = find(name, m.Columns[name])
	}
	for _, key := range sorted(m.Dimensions) {
		if i := find(key, m.Dimensions[key]); i >= 0 {
			r.plan.dims = append(r.plan.dims, dimension{key, i, m.Values[key]})
		}
	}
	return used
}

// ownNames finds the columns that bear our names, unless the mapping uses them
// for something else.
func (r *reader) ownNames(m *Mapping, index map[string]int, used map[int]bool) {
	ignored := map[string]bool{}
	for _, name := range m.Ignore {
		ignored[strings.ToLower(strings.TrimSpace(name))] = true
	}
	for c := range columns {
		key := c.String()
		if _, said := m.Columns[key]; said || ignored[key] {
			continue
		}
		if i, ok := index[key]; ok && !used[i] {
			r.plan.at[c] = i
			used[i] = true
		}
	}
}

func (r *reader) constants(m *Mapping) {
	for name, v := range m.Constants {
		r.plan.constant[byName[name]] = v
	}
	o := r.options
	for c, v := range map[column]string{colSource: o.Source, colDocument: o.Document, colKind: o.Kind, colPeriod: o.Period, colPublished: o.Published} {
		if v != "" {
			r.plan.constant[c] = v
		}
	}
}

// unused tells which columns nobody reads, so that a misspelt one is noticed.
func (r *reader) unused(m *Mapping, used map[int]bool) {
	ignored := map[string]bool{}
	for _, name := range m.Ignore {
		ignored[strings.ToLower(strings.TrimSpace(name))] = true
	}
	for i, name := range r.plan.header {
		if !used[i] && name != "" && !ignored[strings.ToLower(name)] {
			r.notice(r.headerRow, "column_unused", cut(name), "")
		}
	}
}

// required tells which columns are missing.
func (r *reader) required() {
	for _, c := range []column{colMeasure, colPlace, colPeriod, colKind, colValue} {
		if r.plan.at[c] < 0 && r.plan.constant[c] == "" {
			r.problem(r.headerRow, -1, "column_missing", c.String(), "")
		}
	}
	if !r.has(colSource) && !r.has(colDocument) {
		r.problem(r.headerRow, -1, "column_missing", "source / document", "")
	}
}

func (r *reader) has(c column) bool { return r.plan.at[c] >= 0 || r.plan.constant[c] != "" }

func cut(s string) string {
	if n := []rune(s); len(n) > maxNamed {
		return string(n[:maxNamed]) + "…"
	}
	return s
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}
