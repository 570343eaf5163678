package ledger

import (
	"regexp"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
)

// Release is a state of everything under a name: what was published by a day,
// as this database held it when the release was made. It is frozen by the
// number of its own run, so nothing that is recorded later, in whatever instant,
// belongs to it.
type Release struct {
	Code   string      `json:"code"`
	Title  lang.Text   `json:"title"`
	Note   lang.Text   `json:"note,omitempty"`
	AsOf   period.Date `json:"as_of"`
	Office string      `json:"office,omitempty"` // that made it
}

var rxRelease = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,39}$`)

// Check refuses a release without a name.
func (r Release) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "ledger.Release", r.Code, format, args...)
	}
	switch {
	case !rxRelease.MatchString(r.Code):
		return bad("the code of a release has 1 to 40 small letters, digits or dashes, such as 2026-q3")
	case r.AsOf == 0:
		return bad("say as of which day the release is")
	}
	for _, c := range lang.Codes() {
		if !r.Title.Has(c) {
			return bad("a release has a title in every language")
		}
		if n := len([]rune(r.Title[c])); n > 200 {
			return bad("the title is too long: write at most 200 characters")
		}
		if n := len([]rune(r.Note[c])); n > 5000 {
			return bad("the note is too long: write at most 5000 characters")
		}
	}
	return nil
}
