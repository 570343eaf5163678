package country

import (
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

func TestDayOff(t *testing.T) {
	c := Country{DaysOff: DaysOff{Holidays: []string{"03-08", "2027-05-16"}}}
	for date, want := range map[string]bool{
		"2026-11-24": false, "2026-11-28": true, "2026-11-29": true, // Tuesday, Saturday, Sunday
		"2027-03-08": true, "2028-03-08": true, "2027-05-16": true, "2028-05-16": false,
	} {
		d, err := period.ParseDate(date)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.DayOff(d); got != want {
			t.Errorf("%s is off: %v", date, got)
		}
	}
	friday := Country{DaysOff: DaysOff{Week: []string{"friday"}}}
	if d := period.NewDate(2026, 11, 28); friday.DayOff(d) || !friday.DayOff(d-1) {
		t.Error("where the week ends on Friday, Saturday is a working day")
	}
	for _, bad := range []DaysOff{{Week: []string{"Sunday"}}, {Holidays: []string{"8 March"}}, {Holidays: []string{"02-30"}}, {Holidays: []string{"2027-02-29"}}} {
		if err := bad.check(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if err := (DaysOff{Holidays: []string{"02-29"}}).check(); err != nil {
		t.Errorf("29 February comes in leap years: %v", err)
	}
	if n := (Country{Parameters: []Parameter{{Code: "answer_working_days", Value: "5"}}}).AnswerDays(); n != 5 {
		t.Errorf("%d days", n)
	}
	if n := (Country{}).AnswerDays(); n != 10 {
		t.Errorf("%d days", n)
	}
}

func TestOfficeOf(t *testing.T) {
	offices := map[string]Office{
		"moh": {Code: "moh", Kind: "ministry", Place: "KZ"}, "gov": {Code: "gov", Kind: "government", Place: "KZ"},
		"akimat-35": {Code: "akimat-35", Kind: "akimat", Place: "KZ-35"}, "akimat-61": {Code: "akimat-61", Kind: "akimat", Place: "KZ-61"},
		"hd-61": {Code: "hd-61", Kind: "health_department", Place: "KZ-61"},
	}
	for _, c := range []struct {
		path []place.ID
		want string
	}{
		{[]place.ID{"KZ"}, "moh"}, {[]place.ID{"KZ", "KZ-35"}, "akimat-35"}, {[]place.ID{"KZ", "KZ-35", "351600000"}, "akimat-35"},
		{[]place.ID{"KZ", "KZ-61"}, "hd-61"}, {[]place.ID{"KZ", "KZ-10"}, "moh"}, {nil, ""},
	} {
		if got := OfficeOf(offices, c.path); got != c.want {
			t.Errorf("%v: %q, want %q", c.path, got, c.want)
		}
	}
}
