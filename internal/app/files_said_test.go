package app

import (
	"fmt"
	"image/color"
	"slices"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/httpapi"
)

// What is published with a report is seen by everybody: only files of the same
// territory, which its author sees and which nobody restricted.
func TestFilesGoOutWithAReport(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		var err error
		if a.Blobs, err = blob.OpenFolder(t.TempDir()); err != nil {
			t.Fatal(err)
		}
		s := scened(t, a)
		own := sent(t, s.h, writer, named("own.jpg"), shot(t, color.Black))
		closed := sent(t, s.h, writer, named("closed.jpg", "restricted", "true"), shot(t, color.White))
		foreign := sent(t, s.h, "contributor@KZ-61", named("foreign.jpg"), shot(t, color.Gray{9}))
		both := sent(t, s.h, "contributor@KZ", named("both.jpg", "place", "KZ-61"), shot(t, color.Gray{99}))
		report := func(file string, version int64) string {
			return strings.TrimSuffix(form("KZ-35", "3", version), "}") + fmt.Sprintf(`,"files":[%q]}`, file)
		}
		path := "/api/submissions/form-35-files"
		for _, id := range []string{foreign.ID, "f00000000", both.ID} {
			s.do(422, writer, "PUT", path, report(id, 0), nil)
		}
		var sub httpapi.Submission
		s.do(200, writer, "PUT", path, report(closed.ID, 0), &sub)
		s.do(422, writer, "POST", path+"/submit", `{}`, nil) // restricted
		s.do(200, writer, "PUT", path, report(own.ID, sub.Version), &sub)
		s.do(200, "contributor@KZ", "PUT", "/api/submissions/form-kz-files", report(both.ID, 0), nil)
		s.do(422, "contributor@KZ", "POST", "/api/submissions/form-kz-files/submit", `{}`, nil) // of another region
		s.do(200, writer, "POST", path+"/submit", `{}`, nil)
		s.do(200, regional, "POST", path+"/approve", `{}`, nil)
		s.do(404, "", "GET", "/api/files/"+own.ID, "", nil)
		s.do(200, national, "POST", path+"/approve", `{}`, nil)
		s.do(200, national, "POST", path+"/publish", `{}`, &sub)
		var f httpapi.File
		s.do(200, "", "GET", "/api/files/"+own.ID, "", &f)
		if !f.Public || len(f.About) != 2 {
			t.Errorf("published beside two figures: %+v", f)
		}
		var figures httpapi.FigureList
		s.do(200, "", "GET", "/api/figures?measure=departments.commissioned&period=2026-10&exact=true&place=KZ-35", "", &figures)
		if len(figures.Items) == 0 || !slices.Contains(f.About, figures.Items[0].ID) {
			t.Errorf("the file lies beside %v, the figure is %v", f.About, figures.Items)
		}
		s.do(404, "", "GET", "/api/files/"+closed.ID, "", nil)
		if sub.Run == nil {
			t.Fatal("the publication has no run")
		}
		s.do(200, national, "POST", "/api/runs/"+*sub.Run+"/withdraw", `{"reason":"the wrong month"}`, nil)
		s.do(404, "", "GET", "/api/files/"+own.ID, "", nil) // with the run its evidence is taken back
		s.do(200, writer, "GET", "/api/files/"+own.ID, "", nil)
	})
}
