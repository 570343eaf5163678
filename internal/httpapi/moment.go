package httpapi

import (
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
)

// When is the moment from which a reader looks: documents published by AsOf,
// and what the database held at Recorded. Nil is now.
type When struct {
	AsOf     *period.Date
	Recorded *time.Time
	Release  string // code of a release: it fixes both
}

// Moment is When in the address of a request.
type Moment struct {
	AsOf         string `query:"as_of" maxLength:"10" doc:"count only documents published on or before this day, YYYY-MM-DD; default today" example:"2026-11-23"`
	RecordedAsOf string `query:"recorded_as_of" maxLength:"40" doc:"what this database held at this instant, RFC 3339; default now"`
	Release      string `query:"release" maxLength:"40" doc:"as a release froze it: its code, instead of as_of and recorded_as_of"`
}

// When reads the moment; fault.Invalid says how to write it.
func (m Moment) When() (When, error) {
	w := When{Release: m.Release}
	if m.Release != "" && (m.AsOf != "" || m.RecordedAsOf != "") {
		return w, fault.New(fault.Invalid, "httpapi.Moment", "release", "a release has its own day and moment: leave out as_of and recorded_as_of")
	}
	if m.AsOf != "" {
		d, err := period.ParseDate(m.AsOf)
		if err != nil {
			return w, fault.New(fault.Invalid, "httpapi.Moment", "as_of", "as_of must be a day, YYYY-MM-DD")
		}
		w.AsOf = &d
	}
	if m.RecordedAsOf != "" {
		t, err := time.Parse(time.RFC3339Nano, m.RecordedAsOf)
		if err != nil {
			return w, fault.New(fault.Invalid, "httpapi.Moment", "recorded_as_of", "recorded_as_of must be an instant such as 2026-11-23T10:00:00Z")
		}
		w.Recorded = &t
	}
	return w, nil
}
