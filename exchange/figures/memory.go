package figures

import (
	"regexp"
	"strings"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// maxMemory bounds each of the maps below; a table of figures repeats the same
// few thousand codes over and over.
const maxMemory = 200_000

// memory remembers how texts of the table were understood, so that a place is
// looked up and a period parsed once and not in every row. Texts kept in
// figures are the catalogue's or the memory's own: they do not hold the rows of
// the file in memory.
type memory struct {
	measures  map[string]known[ledger.Measure]
	units     map[string]known[ledger.Unit]
	places    map[string]known[place.ID]
	documents map[string]known[ledger.Document]
	extra     map[string]ledger.Document
	periods   map[string]known[period.Period]
	dims      map[string]known[string]
	writable  map[place.ID]bool
}

// known is what a text of the table means, or what may have been meant.
type known[T any] struct {
	value T
	ok    bool
	hints []Hint
}

func newMemory() memory {
	return memory{map[string]known[ledger.Measure]{}, map[string]known[ledger.Unit]{}, map[string]known[place.ID]{}, map[string]known[ledger.Document]{},
		map[string]ledger.Document{}, map[string]known[period.Period]{}, map[string]known[string]{}, map[place.ID]bool{}}
}

// recall returns what a text means, asking find the first time.
func recall[T any](m map[string]known[T], s string, find func(s string) known[T]) known[T] {
	if k, ok := m[s]; ok {
		return k
	}
	s = strings.Clone(s)
	k := find(s)
	if len(m) < maxMemory {
		m[s] = k
	}
	return k
}

func (r *reader) extra(d ledger.Document) { r.memory.extra[d.Name] = d }

// lost notes an unknown code with what may have been meant.
func (r *reader) lost(c column, code string, hints []Hint, words ...string) {
	r.find(c, code, words...)
	r.found[len(r.found)-1].hints = hints
}

// maxHinted is for how many unknown codes of a table something near is looked
// for. Each is compared with the whole catalogue, and a table in which more are
// unknown needs a mapping, not hints.
const maxHinted = 300

func (r *reader) near(column, text string) []Hint {
	if r.hinted++; r.hinted > maxHinted {
		return nil
	}
	return r.options.Catalogue.Near(column, text)
}

// needed returns the text of a column that must not be empty.
func (r *reader) needed(c column) (string, bool) {
	s := r.text(c)
	if s == "" && !r.broken(c) {
		r.find(c, "empty")
	}
	return s, s != ""
}

func (r *reader) measure() (ledger.Measure, bool) {
	s, ok := r.needed(colMeasure)
	if !ok {
		return ledger.Measure{}, false
	}
	k := recall(r.memory.measures, s, func(s string) known[ledger.Measure] {
		m, ok := r.options.Catalogue.Measure(s)
		if !ok {
			return known[ledger.Measure]{hints: r.near("measure", s)}
		}
		return known[ledger.Measure]{m, true, nil}
	})
	if !k.ok {
		r.lost(colMeasure, "measure", k.hints)
	}
	return k.value, k.ok
}

func (r *reader) place() place.ID {
	s, ok := r.needed(colPlace)
	if !ok {
		return ""
	}
	k := recall(r.memory.places, s, func(s string) known[place.ID] {
		if !r.options.Catalogue.HasPlace(place.ID(s)) {
			return known[place.ID]{hints: r.near("place", s)}
		}
		return known[place.ID]{place.ID(s), true, nil}
	})
	if !k.ok {
		r.lost(colPlace, "place", k.hints)
	} else if r.options.Writable != nil && !r.writable(k.value) {
		r.find(colPlace, "territory", string(k.value))
	}
	return k.value
}

// writable tells whether the one who imports may write at a place.
func (r *reader) writable(at place.ID) bool {
	yes, asked := r.memory.writable[at]
	if !asked {
		yes = r.options.Writable(at)
		r.memory.writable[at] = yes
	}
	return yes
}

// unit returns the unit that the row names or else that of the measure. Another
// unit than that of the measure is believed only in a row of our own export.
func (r *reader) unit(m ledger.Measure, knownMeasure bool) ledger.Unit {
	s := r.text(colUnit)
	if s == "" {
		s = m.Unit
	}
	if s == "" || r.broken(colUnit) {
		return ledger.Unit{}
	}
	k := recall(r.memory.units, s, func(s string) known[ledger.Unit] {
		u, ok := r.options.Catalogue.Unit(s)
		if !ok {
			return known[ledger.Unit]{hints: r.near("unit", s)}
		}
		return known[ledger.Unit]{u, true, nil}
	})
	switch {
	case !k.ok:
		r.lost(colUnit, "unit", k.hints, m.Unit)
	case knownMeasure && m.Unit != "" && k.value.Code != m.Unit:
		r.doubt(colUnit, "unit_other", m.Unit)
	}
	return k.value
}

// document returns the document of that name, the zero one when it is unknown.
func (r *reader) document(c column, name string) ledger.Document {
	k := recall(r.memory.documents, name, func(s string) known[ledger.Document] {
		if d, ok := r.memory.extra[s]; ok {
			return known[ledger.Document]{d, true, nil}
		}
		d, ok := r.options.Catalogue.Document(s)
		if !ok {
			return known[ledger.Document]{hints: r.near("document", s)}
		}
		return known[ledger.Document]{d, true, nil}
	})
	if !k.ok {
		r.lost(c, "document", k.hints)
	}
	return k.value
}

func (r *reader) period(s string) (period.Period, bool) {
	k := recall(r.memory.periods, s, func(s string) known[period.Period] {
		parse := period.Parse
		if r.plan.dhis2 {
			parse = ParseDHIS2
		}
		p, err := parse(s)
		return known[period.Period]{p, err == nil, nil}
	})
	return k.value, k.ok
}

var rxDimensionValue = regexp.MustCompile(`^[^=;\x00-\x1f]{1,80}$`)

// dimensions returns the canonical text of the dimensions of the row: those of
// the column and those that the mapping makes of other columns.
func (r *reader) dimensions() string {
	s := r.text(colDimensions)
	if len(r.plan.dims) == 0 && s == "" {
		return ""
	}
	if r.dimAbove == nil {
		r.dimAbove = map[string]string{}
	}
	var b strings.Builder
	b.WriteString(s)
	for _, d := range r.plan.dims {
		v := ""
		if d.at < len(r.row.Cells) {
			v = strings.TrimSpace(r.row.Cells[d.at].Text)
		}
		if d.fill {
			v = r.filledDimension(d.key, v)
		}
		if to, ok := d.values[v]; ok {
			v = to
		}
		if v == "" {
			continue
		}
		if !rxDimensionValue.MatchString(v) {
			r.found = append(r.found, finding{at: d.at, code: "dimension_value"})
			return ""
		}
		if b.Len() > 0 {
			b.WriteByte(';')
		}
		b.WriteString(d.key + "=" + v)
	}
	k := recall(r.memory.dims, b.String(), func(s string) known[string] {
		d, err := ledger.ParseDimensions(s)
		if err != nil {
			return known[string]{}
		}
		return known[string]{d.String(), true, nil}
	})
	if k.ok {
		return k.value
	}
	if _, err := ledger.ParseDimensions(s); err == nil && len(r.plan.dims) > 0 {
		r.found = append(r.found, finding{at: r.plan.dims[0].at, code: "dimension_twice"})
	} else {
		r.find(colDimensions, "dimensions")
	}
	return ""
}

// filledDimension returns the value of a dimension, or the one of the row above
// when it is empty.
func (r *reader) filledDimension(key, v string) string {
	if v == "" {
		return r.dimAbove[key]
	}
	if v != r.dimAbove[key] {
		r.dimAbove[key] = strings.Clone(v)
	}
	return v
}
