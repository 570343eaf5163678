package app

import (
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/internal/httpapi"
)

// A works officer of one region does not tie a work to the promise of another
// territory, by which its opening would be delivered there; a promise that is
// tied already stays when somebody else edits the work.
func TestAPromiseOfAnotherTerritoryIsNotTied(t *testing.T) {
	s := worked(t, kazakhstan(t))
	path := "/api/works/way-hub"
	foreign := strings.Replace(hubRecord(0, "active", ""), `["C7p"]`, `["C7p","B1"]`, 1) // twelve centres of the country
	s.do(403, officer, "PUT", path, foreign, nil)
	s.do(404, "", "GET", path, "", nil)
	var p httpapi.WorkPage
	s.do(200, "works_officer@KZ", "PUT", path, foreign, &p)
	s.do(200, officer, "PUT", path, strings.Replace(hubRecord(p.Version, "active", `,"text":{"en":"more"}`), `["C7p"]`, `["C7p","B1"]`, 1), nil)
}

// Nobody speaks in the name of an office of another territory, neither by
// naming it in a line nor by writing it into the record.
func TestNobodySpeaksForAForeignOffice(t *testing.T) {
	s := worked(t, kazakhstan(t))
	path := "/api/works/way-hub"
	s.do(200, officer, "PUT", path, strings.Replace(hubRecord(0, "active", ""), `"office":"akimat-35"`, `"office":"moh"`, 1), nil)
	late := `{"kind":"deadline","on":"2026-11-01","deadline":"2027-12-31","reason":"later"`
	for _, office := range []string{"moh", "akimat-61"} {
		s.do(403, officer, "POST", path+"/lines", line(late+`,"office":"`+office+`"}`), nil)
	}
	var p httpapi.WorkPage
	s.do(200, officer, "POST", path+"/lines", line(late+`}`), &p)
	if got := plainText(p.Lines[0].Office); got != "akimat-35" {
		t.Errorf("the line is said by %q", got)
	}
	s.do(200, "works_officer@KZ", "POST", path+"/lines", line(late+`,"office":"moh","key":"k"}`), nil)
}
