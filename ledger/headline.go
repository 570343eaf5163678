package ledger

import "strings"

// Headline chooses among figures that several sources give for one cell, by
// the rule of the measure: latest_published (an undated one comes last),
// earliest, or source:NAME, which falls back to the latest when that source is
// silent. Equal dates are decided by id, so the choice is the same everywhere.
// It returns nil for an empty list; the others stay one click away.
func Headline(list []Figure, rule string) *Figure {
	var best *Figure
	source, _ := strings.CutPrefix(rule, "source:")
	for i := range list {
		f := &list[i]
		if best == nil || better(f, best, rule, source) {
			best = f
		}
	}
	return best
}

func better(f, best *Figure, rule, source string) bool {
	if source != rule && (f.Source == source) != (best.Source == source) {
		return f.Source == source
	}
	if (f.Value == nil) != (best.Value == nil) {
		return f.Value != nil
	}
	if (f.Published == nil) != (best.Published == nil) {
		return f.Published != nil
	}
	if f.Published == nil || *f.Published == *best.Published {
		return f.ID < best.ID
	}
	if rule == "earliest" {
		return *f.Published < *best.Published
	}
	return *f.Published > *best.Published
}
