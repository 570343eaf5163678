package geojson

import (
	"fmt"
	"strings"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/fault"
)

// maxListed is how many features one message names.
const maxListed = 20

// Known returns fault.Invalid when the code of some feature is not known, with
// the codes and numbers of the first twenty and how many there are.
func Known(features []Feature, name string, known func(code string) bool) error {
	return refuse(features, name, "codes that no place has", "mend the codes or add the places first",
		func(f Feature) bool { return known(f.Code) })
}

// Within returns fault.Invalid when some feature lies wholly outside the bounds
// of the country. That is the sign of swapped coordinates where both orders are
// possible degrees, as in Kazakhstan: 71 east, 51 north.
func Within(features []Feature, name string, country orb.Bound) error {
	remedy := "check that this is the right file"
	for _, f := range features {
		b := f.Geometry.Bound()
		turned := orb.Bound{Min: orb.Point{b.Min[1], b.Min[0]}, Max: orb.Point{b.Max[1], b.Max[0]}}
		if !country.Intersects(b) && country.Intersects(turned) {
			remedy = "longitude and latitude look swapped, put longitude first"
			break
		}
	}
	return refuse(features, name, "features outside the country", remedy,
		func(f Feature) bool { return country.Intersects(f.Geometry.Bound()) })
}

// refuse lists the features that are not right.
func refuse(features []Feature, name, what, remedy string, right func(Feature) bool) error {
	var listed []string
	count := 0
	for _, f := range features {
		if right(f) {
			continue
		}
		if count++; count <= maxListed {
			listed = append(listed, fmt.Sprintf("%s (feature %d)", f.Code, f.Number))
		}
	}
	if count == 0 {
		return nil
	}
	list := strings.Join(listed, ", ")
	if count > maxListed {
		list += fmt.Sprintf(" and %d more", count-maxListed)
	}
	return fault.New(fault.Invalid, op, name, "%s: %d %s: %s: %s", name, count, what, list, remedy)
}
