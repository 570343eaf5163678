package app

import (
	"context"
	"sort"
	"strings"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

const maxHits = 50

// entry is a thing that can be found, with its names folded.
type entry struct {
	hit    httpapi.Hit
	folded []string
	weight float64 // promises before places before measures on equal names
	// published is the day before which nobody could know of it, or nil.
	published *period.Date
}

// Search finds promises, places, documents, measures, facilities and
// questions by name in any of the languages, whatever the spelling or script.
func (a *App) Search(ctx context.Context, w When, q string) ([]httpapi.Hit, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	hits := []httpapi.Hit{}
	pattern := lang.NewPattern(clipText(q))
	if _, err := ledger.ParseFigureID(q); err == nil {
		if f, err := a.figure(ctx, v, q); err == nil {
			return append(hits, httpapi.Hit{Type: "figure", ID: f.ID.String(), Title: v.Measures[f.Measure].Name, Place: optional(string(f.Place)), Score: 1}), nil
		}
	}
	for _, e := range v.entries() {
		if e.published != nil && *e.published > v.at.AsOf {
			continue
		}
		best := 0.0
		for _, name := range e.folded {
			best = max(best, pattern.Score(name))
		}
		if best > 0 {
			h := e.hit
			h.Score = best * e.weight
			hits = append(hits, h)
		}
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].Score > hits[j].Score })
	if len(hits) > maxHits {
		hits = hits[:maxHits]
	}
	return hits, nil
}

func clipText(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:200])
	}
	return s
}

// entries builds the index once for a snapshot.
func (s *Snapshot) entries() []entry {
	s.once.Do(s.indexAll)
	return s.index
}

func (s *Snapshot) indexAll() {
	add := func(kind, id string, title lang.Text, at string, weight float64, published *period.Date, more ...string) {
		e := entry{hit: httpapi.Hit{Type: kind, ID: id, Title: title, Place: optional(at)}, weight: weight, published: published}
		for _, c := range title {
			e.folded = append(e.folded, lang.Fold(strings.Join(append([]string{c}, more...), " ")))
		}
		e.folded = append(e.folded, lang.Fold(id))
		s.index = append(s.index, e)
	}
	for _, p := range s.Atlas.All() {
		weight := 0.97
		if p.Kind == place.Region || p.Kind == place.Country {
			weight = 1
		}
		add("place", string(p.ID), p.Name, string(p.Parent), weight, nil)
	}
	for _, st := range s.Programme.Statements {
		f := s.Programme.Figures[st.Figure]
		if f == nil {
			continue
		}
		if st.Role == ledger.Promise {
			add("promise", st.ID, st.Title, string(f.Place), 0.99, f.Published, s.placeNames(f)...)
		} else {
			add("figure", f.ID.String(), st.Title, string(f.Place), 0.9, f.Published, s.placeNames(f)...)
		}
	}
	for _, d := range s.Documents {
		add("document", d.Name, d.Title, "", 0.93, d.Published, d.Publisher.In(lang.EN))
	}
	for _, m := range s.Measures {
		add("measure", m.Code, m.Name, "", 0.95, nil)
	}
	for _, f := range s.Facilities {
		add("facility", f.Code, f.Name, string(f.Place), 0.94, nil)
	}
	for _, r := range s.Rules {
		add("question", r.Code, r.Title, "", 0.8, nil)
	}
	sort.SliceStable(s.index, func(i, j int) bool {
		return s.index[i].hit.Type+s.index[i].hit.ID < s.index[j].hit.Type+s.index[j].hit.ID
	})
}

// placeNames returns the names of the place of a figure, so that a promise is
// also found by region.
func (s *Snapshot) placeNames(f *ledger.Figure) []string {
	p, err := s.Atlas.Place(f.Place)
	if err != nil || p.Kind == place.Country {
		return nil
	}
	return []string{p.Name[lang.KK], p.Name[lang.RU], p.Name[lang.EN]}
}
