package figures

import (
	"sort"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

// Catalogue is what a table may speak of.
type Catalogue interface {
	Measure(code string) (ledger.Measure, bool)
	Unit(code string) (ledger.Unit, bool)
	HasPlace(id place.ID) bool
	Document(name string) (ledger.Document, bool)
	// Named returns the code that a text in such a column is, or that bears the
	// text as its name in some language, if it is the only one.
	Named(column, text string) (string, bool)
	// Near returns what somebody may have meant who wrote a text in the column
	// measure, unit, place or document; the likeliest first, none when nothing
	// is near.
	Near(column, text string) []Hint
}

// Hint is a code that may have been meant.
type Hint struct {
	Code string
	Name lang.Text
}

// Lists is a Catalogue made of lists. It is safe for reading by many at once.
type Lists struct {
	measures  map[string]ledger.Measure
	units     map[string]ledger.Unit
	places    map[place.ID]bool
	documents map[string]ledger.Document
	entries   map[string][]entry           // by column, for Near
	named     map[string]map[string]string // by column and folded name, "" when several bear it
}

// entry is a code with the folded spellings under which it may be meant.
type entry struct {
	hint  Hint
	forms []string
}

// NewLists returns a catalogue of what is known.
func NewLists(measures []ledger.Measure, units []ledger.Unit, places []place.Place, documents []ledger.Document) *Lists {
	l := &Lists{measures: map[string]ledger.Measure{}, units: map[string]ledger.Unit{}, places: map[place.ID]bool{},
		documents: map[string]ledger.Document{}, entries: map[string][]entry{}, named: map[string]map[string]string{}}
	for _, m := range measures {
		l.measures[m.Code] = m
		l.enter("measure", m.Code, m.Name)
	}
	for _, u := range units {
		l.units[u.Code] = u
		l.enter("unit", u.Code, u.Name)
	}
	for _, p := range places {
		l.places[p.ID] = true
		l.enter("place", string(p.ID), p.Name, p.Short)
	}
	for _, d := range documents {
		l.documents[d.Name] = d
		l.enter("document", d.Name, d.Title)
	}
	return l
}

func (l *Lists) enter(column, code string, names ...lang.Text) {
	e := entry{hint: Hint{Code: code, Name: names[0]}, forms: []string{lang.Fold(code)}}
	for _, t := range names {
		for _, s := range t {
			e.forms = append(e.forms, lang.Fold(s))
		}
	}
	l.entries[column] = append(l.entries[column], e)
	if l.named[column] == nil {
		l.named[column] = map[string]string{}
	}
	for _, f := range e.forms {
		if other, there := l.named[column][f]; there && other != code {
			l.named[column][f] = ""
		} else {
			l.named[column][f] = code
		}
	}
}

// Named compares folded spellings; a code that stands there to the letter is
// always itself.
func (l *Lists) Named(column, text string) (string, bool) {
	known := false
	switch column {
	case "measure":
		_, known = l.measures[text]
	case "unit":
		_, known = l.units[text]
	case "place":
		known = l.places[place.ID(text)]
	case "document":
		_, known = l.documents[text]
	}
	if known {
		return text, true
	}
	code := l.named[column][lang.Fold(text)]
	return code, code != ""
}

// Measure returns the measure of that code.
func (l *Lists) Measure(code string) (ledger.Measure, bool) { m, ok := l.measures[code]; return m, ok }

// Unit returns the unit of that code.
func (l *Lists) Unit(code string) (ledger.Unit, bool) { u, ok := l.units[code]; return u, ok }

// HasPlace reports whether there is such a place.
func (l *Lists) HasPlace(id place.ID) bool { return l.places[id] }

// Document returns the document of that name.
func (l *Lists) Document(name string) (ledger.Document, bool) {
	d, ok := l.documents[name]
	return d, ok
}

const (
	maxHints = 3
	// nearEnough is below what one slip in a word scores and above a mere
	// beginning with two.
	nearEnough = 0.5
	// maxNear bounds the text that is compared.
	maxNear = 200
)

// Near compares the text, in any script and spelling, with codes and names.
func (l *Lists) Near(column, text string) []Hint {
	if len(text) > maxNear {
		return nil
	}
	type scored struct {
		Hint
		score float64
	}
	pattern := lang.NewPattern(text)
	var found []scored
	for _, e := range l.entries[column] {
		best := 0.0
		for _, f := range e.forms {
			best = max(best, pattern.Score(f))
		}
		if best >= nearEnough {
			found = append(found, scored{e.hint, best})
		}
	}
	sort.SliceStable(found, func(i, j int) bool {
		if found[i].score != found[j].score {
			return found[i].score > found[j].score
		}
		return found[i].Code < found[j].Code
	})
	hints := make([]Hint, 0, maxHints)
	for _, f := range found[:min(len(found), maxHints)] {
		hints = append(hints, f.Hint)
	}
	return hints
}
