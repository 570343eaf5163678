package country

import (
	"maps"
	"slices"

	"github.com/shanyraq/shanyraq/place"
)

// answering lists the kinds of offices that answer for a territory, the nearest
// to health care first.
var answering = []string{"health_department", "akimat", "ministry"}

// OfficeOf returns the office that answers for what happens at a place, where
// nobody said which: the health department of the nearest territory around it
// that has one, else its akimat, else the ministry. path leads from the country
// down to the place. It returns "" when there is none.
func OfficeOf(offices map[string]Office, path []place.ID) string {
	codes := slices.Sorted(maps.Keys(offices))
	for _, at := range slices.Backward(path) {
		for _, kind := range answering {
			for _, code := range codes {
				if o := offices[code]; o.Place == at && o.Kind == kind {
					return code
				}
			}
		}
	}
	return ""
}
