package place

import (
	"slices"

	"github.com/shanyraq/shanyraq/period"
)

// Centre returns the main settlement of a territory on that day. A settlement
// is its own centre. It is "" where nothing says so.
func (a *Atlas) Centre(id ID, on period.Date) ID {
	if a.places[id].Kind == Settlement {
		return id
	}
	for _, f := range a.facts[id] {
		if f.Attribute == AttrCentre && f.Holds(on) {
			return ID(f.Text)
		}
	}
	return ""
}

// Seats returns the main settlements of all territories of a level that exist
// on that day, by code, each once. The level Region holds the regions and the
// cities that stand directly below the country; City the other cities.
// Territories without a known centre are left out.
func (a *Atlas) Seats(level Kind, on period.Date) []ID {
	var out []ID
	for id, p := range a.places {
		at := p.Kind
		if at == City && p.Parent == a.root {
			at = Region
		}
		if at != level || !p.Exists(on) {
			continue
		}
		if c := a.Centre(id, on); c != "" {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
