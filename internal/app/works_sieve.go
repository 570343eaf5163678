package app

import (
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// workSieve is a filter of the portfolio, made ready.
type workSieve struct {
	httpapi.WorkFilter
	day   period.Date
	at    string // path of the place
	words []string
}

func (v *view) sieve(f httpapi.WorkFilter) *workSieve {
	s := &workSieve{WorkFilter: f, day: v.at.AsOf, words: strings.Fields(lang.Fold(f.Q))}
	if f.Place != "" {
		s.at = v.path(place.ID(f.Place))
	}
	return s
}

// misses counts the parts of the filter that a row does not pass, and names
// the last of them. More than one are not told apart.
func (s *workSieve) misses(r *portfolioRow) (part string, n int) {
	miss := func(name string) { part, n = name, n+1 }
	if !s.level(r) {
		miss("level")
	}
	if s.Parent != "" && !r.within(works.ID(s.Parent)) {
		return "parent", 2 // it is part of the question, not of the choice
	}
	if s.Promise != "" && !slices.Contains(r.Promises, s.Promise) {
		return "promise", 2
	}
	if s.at != "" && !strings.HasPrefix(r.Path, s.at) {
		miss("region")
	}
	if s.Kind != "" && string(r.Kind) != s.Kind {
		miss("kind")
	}
	if s.Phase != "" && string(r.Phase) != s.Phase {
		miss("phase")
	}
	if s.Office != "" && r.Office != s.Office {
		miss("office")
	}
	if _, has := r.Sources[s.Source]; s.Source != "" && !has {
		miss("source")
	}
	if s.Service != "" && !slices.ContainsFunc(r.Yields, func(y works.Yield) bool { return y.Service == s.Service }) {
		miss("service")
	}
	if n > 1 {
		return part, n
	}
	if s.Question != "" {
		asked := false
		r.EachAsked(s.day, func(q works.Rule) { asked = asked || s.Question == "any" || string(q) == s.Question })
		if !asked {
			miss("question")
		}
	}
	if s.Watch != "" {
		seen := false
		eachWatched(r, s.day, func(w string) { seen = seen || w == s.Watch })
		if !seen {
			miss("watch")
		}
	}
	if len(s.words) > 0 && n < 2 && !s.speaks(r) {
		miss("q")
	}
	return part, n
}

func (s *workSieve) level(r *portfolioRow) bool {
	switch s.Level {
	case "all":
		return true
	case "":
		return r.Level != works.Package || s.Parent != ""
	}
	return string(r.Level) == s.Level
}

// speaks reports whether all words stand in the id or the title.
func (s *workSieve) speaks(r *portfolioRow) bool {
	for _, w := range s.words {
		if !strings.Contains(r.folded, w) {
			return false
		}
	}
	return true
}

// eachWatched says why somebody should look at a row, or that it is open.
func eachWatched(r *portfolioRow, day period.Date, f func(string)) {
	if r.LateOn(day) > 0 {
		f("late")
	}
	if r.DoubtOn(day) != "" {
		f("doubted")
	}
	if undatedWork(r) {
		f("no_date")
	}
	if r.Opened != nil {
		f("open")
	}
}

// undatedWork reports whether nobody named a day for a work that is not open,
// handed over or said to be open yet, and was not given up.
func undatedWork(r *portfolioRow) bool { return slices.Contains(r.Questions, works.NoDeadline) }

// workFacets count rows by what one can choose next. A row that misses only
// one part of the filter is counted in the facet of that part: it tells what
// another choice there would give.
type workFacets struct {
	day                                                         period.Date
	level, phase, kind, region, source, office, question, watch map[string]int
}

func newWorkFacets(day period.Date) *workFacets {
	return &workFacets{day, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}}
}

// add counts a row in the facet of a part, in all of them when only is empty.
func (f *workFacets) add(r *portfolioRow, only string) {
	in := func(name string) bool { return only == "" || only == name }
	if in("level") {
		f.level[string(r.Level)]++
	}
	if in("phase") {
		f.phase[string(r.Phase)]++
	}
	if in("kind") {
		f.kind[string(r.Kind)]++
	}
	if in("region") {
		f.region[r.region]++
	}
	if in("source") {
		for i := range r.sources {
			f.source[r.sources[i].code]++
		}
	}
	if in("office") && r.Office != "" {
		f.office[r.Office]++
	}
	if in("question") {
		r.EachAsked(f.day, func(q works.Rule) { f.question[string(q)]++ })
	}
	if in("watch") {
		eachWatched(r, f.day, func(w string) { f.watch[w]++ })
	}
}

func (f *workFacets) items() map[string][]httpapi.FacetItem {
	out := map[string][]httpapi.FacetItem{}
	for name, m := range map[string]map[string]int{"level": f.level, "phase": f.phase, "kind": f.kind, "region": f.region, "source": f.source, "office": f.office, "question": f.question, "watch": f.watch} {
		out[name] = []httpapi.FacetItem{}
		for _, code := range sortedKeys(m) {
			out[name] = append(out[name], httpapi.FacetItem{Code: code, Works: m[code]})
		}
	}
	return out
}

// asTree orders rows so that each stands below the nearest chosen work around
// it, in the order that they had among themselves, and tells how deep.
func asTree(rows []*portfolioRow, tree *workTree) ([]*portfolioRow, map[works.ID]int) {
	chosen := make([]bool, len(tree.rows))
	for _, r := range rows {
		chosen[r.no] = true
	}
	below := map[*portfolioRow][]*portfolioRow{}
	for _, r := range rows {
		up := r.around
		for n := 0; up != nil && !chosen[up.no] && n < 10; n++ {
			up = up.around
		}
		below[up] = append(below[up], r)
	}
	out, depth := make([]*portfolioRow, 0, len(rows)), make(map[works.ID]int, len(rows))
	var walk func(*portfolioRow, int)
	walk = func(at *portfolioRow, deep int) {
		for _, r := range below[at] {
			depth[r.ID] = deep
			out = append(out, r)
			walk(r, deep+1)
		}
	}
	walk(nil, 0)
	return out, depth
}
