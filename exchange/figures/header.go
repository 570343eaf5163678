package figures

import (
	"slices"
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
	fill     [columns]bool
	origin   int           // of a table with several values in a row: the column of this one
	set      [columns]bool // what its header stands for
}

// dimension is made of a column of the table.
type dimension struct {
	key    string
	at     int
	values map[string]string
	fill   bool
}

// spot is the column of the table to which a message about a column leads.
func (p *plan) spot(c column) int {
	if p.at[c] < 0 && p.set[c] {
		return p.origin
	}
	return p.at[c]
}

// makePlan matches the header of the table with our columns.
func (r *reader) makePlan(header *sheet.Row) {
	p := r.plan
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
	for _, name := range m.Fill {
		if c, ok := byName[name]; ok {
			p.fill[c] = true
		}
	}
	r.plans = []*plan{p}
	r.spread(m, index, used)
	r.unused(m, used)
	r.required()
}

// spread makes of the plan one for each column of values.
func (r *reader) spread(m *Mapping, index map[string]int, used map[int]bool) {
	if len(m.Wide) == 0 {
		return
	}
	r.plans = r.plans[:0]
	for _, w := range m.Wide {
		p := *r.plan
		p.origin = r.header("value", w.Header, index, used)
		p.at[colValue] = p.origin
		for name, v := range w.Set {
			c := byName[name]
			p.at[c], p.constant[c], p.values[c], p.set[c] = -1, v, nil, true
		}
		r.plans = append(r.plans, &p)
	}
}

// headerKey is how headers are compared: without regard to case, blanks at the
// ends and line breaks.
func headerKey(s string) string {
	return strings.ToLower(strings.Join(strings.Fields(strings.TrimPrefix(s, "\ufeff")), " "))
}

// index returns the place of every header, compared without regard to case.
func (r *reader) index(header *sheet.Row) map[string]int {
	index := map[string]int{}
	for i, c := range header.Cells {
		r.plan.header = append(r.plan.header, strings.TrimSpace(strings.TrimPrefix(c.Text, "\ufeff")))
		key := headerKey(c.Text)
		if _, twice := index[key]; twice && key != "" {
			r.twice[key] = i
			continue
		}
		index[key] = i
	}
	for n := len(r.plan.header); n > 0 && r.plan.header[n-1] == ""; n-- {
		r.plan.header = r.plan.header[:n-1] // a spreadsheet adds empty columns
	}
	delete(index, "")
	return index
}

// header finds the column of the table that a mapping names for a column of
// ours, -1 with a problem when it is not there or there twice.
func (r *reader) header(ours, header string, index map[string]int, used map[int]bool) int {
	key := headerKey(header)
	i, ok := index[key]
	if letter, named := strings.CutPrefix(header, letterMark); named && !ok {
		var row int
		i, row, ok = sheet.ParseCell(letter + "1")
		ok = ok && row == 1
	}
	if !ok {
		r.problem(r.headerRow, -1, "header_missing", ours, "")
		return -1
	}
	r.once(key)
	used[i] = true
	return i
}

// once tells of a header that is used and stands there twice.
func (r *reader) once(key string) {
	if second, twice := r.twice[key]; twice {
		r.problem(r.headerRow, second, "header_twice", "", "")
		delete(r.twice, key)
	}
}

// mapped obeys the mapping and returns which columns of the table it uses.
func (r *reader) mapped(m *Mapping, index map[string]int) map[int]bool {
	used := map[int]bool{}
	for _, name := range sorted(m.Columns) {
		r.plan.at[byName[name]] = r.header(name, m.Columns[name], index, used)
	}
	for _, key := range sorted(m.Dimensions) {
		if i := r.header(key, m.Dimensions[key], index, used); i >= 0 {
			r.plan.dims = append(r.plan.dims, dimension{key, i, m.Values[key], slices.Contains(m.Fill, key)})
		}
	}
	for _, w := range m.Wide {
		if i, ok := index[headerKey(w.Header)]; ok {
			used[i] = true // and so no column of ours, whatever it is called
		}
	}
	return used
}

// ownNames finds the columns that bear our names, unless the mapping uses them
// for something else.
func (r *reader) ownNames(m *Mapping, index map[string]int, used map[int]bool) {
	ignored := map[string]bool{}
	for _, name := range m.Ignore {
		ignored[headerKey(name)] = true
	}
	for c := range columns {
		key := c.String()
		if _, said := m.Columns[key]; said || ignored[key] {
			continue
		}
		if i, ok := index[key]; ok && !used[i] && !(len(m.Wide) > 0 && (c == colID || c == colValue)) {
			r.once(key)
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
		ignored[headerKey(name)] = true
	}
	for i, name := range r.plan.header {
		if !used[i] && name != "" && !ignored[headerKey(name)] && !ignored[headerKey(letterMark+sheet.Column(i))] && !IsNote(name) {
			r.notice(r.headerRow, "column_unused", cut(name), "")
		}
	}
}

// required tells which columns are missing.
func (r *reader) required() {
	for _, c := range []column{colMeasure, colPlace, colPeriod, colKind, colValue} {
		if !r.has(c) && !(c == colValue && len(r.out.Problems) > 0) {
			r.problem(r.headerRow, -1, "column_missing", c.String(), "")
		}
	}
	if !r.has(colSource) && !r.has(colDocument) {
		r.problem(r.headerRow, -1, "column_missing", "source / document", "")
	}
}

// has reports whether the column is there, or a constant for it, for every value
// of a row.
func (r *reader) has(c column) bool {
	for _, p := range r.plans {
		if p.at[c] < 0 && p.constant[c] == "" {
			return false
		}
	}
	return true
}

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
