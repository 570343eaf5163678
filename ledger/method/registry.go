package method

import (
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
)

// Registry is a list of methods in order of names, in which each is found by
// its name.
type Registry []Method

// Together returns the methods of several lists as one registry. A name that
// stands twice is a mistake of the program, which a test of the whole list
// finds.
func Together[L ~[]Method](lists ...L) Registry {
	var out Registry
	for _, l := range lists {
		out = append(out, l...)
	}
	slices.SortStableFunc(out, func(a, b Method) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// spaced writes a name with spaces, so that what joins its words matters to
// nobody who types it.
var spaced = strings.NewReplacer(".", " ", "_", " ", "-", " ")

// Find returns the method of that name; a hyphen and an underscore are the
// same. It returns fault.NotFound with the nearest name when there is none.
func (r Registry) Find(name string) (Method, error) {
	best, score := "", 0.0
	for _, m := range r {
		if m.Name == name || strings.Contains(name, ".") == strings.Contains(m.Name, ".") && spaced.Replace(m.Name) == spaced.Replace(name) {
			return m, nil
		}
		if s := lang.Match(spaced.Replace(name), m.Name); s > score {
			best, score = m.Name, s
		}
	}
	if best != "" {
		return Method{}, fault.New(fault.NotFound, "method.Find", name, "no method has this name: did you mean %s?", best)
	}
	return Method{}, fault.New(fault.NotFound, "method.Find", name, "no method has this name: `method list` shows them")
}
