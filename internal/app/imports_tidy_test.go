package app

import (
	"os"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
)

func uploads(t *testing.T, a *App) int {
	t.Helper()
	files, err := a.imports.folder()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := files.Each(t.Context(), func(blob.Info) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}

// What nobody touched for thirty days is thrown away with its file, unless
// another import has the same one; what was touched or published stays.
func TestAbandonedUploadsGo(t *testing.T) {
	d := newDesk(t, "contributor,approver@KZ")
	document, measure := somewhere(t, d.app)
	table := func(value string) string {
		return "measure,place,period,kind,value,source\n" + measure + ",KZ-35,2026-03,actual," + value + "," + document + "\n"
	}
	open, checked := d.upload("open.csv", table("1")), d.check(d.upload("checked.csv", table("2")))
	published := d.check(d.upload("published.csv", table("3")))
	do[httpapi.Import](d, "POST", "/api/imports/"+published.ID+"/commit", httpapi.ImportStep{Version: published.Version})
	d.settled(published.ID)
	again := d.upload("again.csv", table("3")) // the file of the published one
	start := d.app.Clock()
	state := func(id string) string { return do[httpapi.Import](d, "GET", "/api/imports/"+id, nil).State }
	if n, err := d.app.TidyImports(t.Context(), start.Add(keepUploads-time.Hour)); n != 0 || err != nil {
		t.Fatalf("too early: %d %v", n, err)
	}
	d.app.Jobs.Stop(t.Context())
	d.app.Clock = func() time.Time { return start.Add(20 * 24 * time.Hour) }
	touched := d.mapped(d.upload("touched.csv", table("4")), func(*httpapi.ImportMapping) {})
	d.app.Clock = func() time.Time { return start.Add(keepUploads + time.Minute) }
	for _, want := range []int{3, 0} {
		if n, err := d.app.TidyImports(t.Context(), d.app.Clock()); n != want || err != nil {
			t.Fatalf("%d were thrown away, want %d (%v)", n, want, err)
		}
	}
	for id, want := range map[string]string{open.ID: "discarded", checked.ID: "discarded", again.ID: "discarded", published.ID: "published", touched.ID: "open"} {
		if got := state(id); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	next := New(d.app.Store, "test") // the files go even if the process ended before
	next.Clock = d.app.Clock
	next.ImportsIn(d.app.imports.Dir, d.app.imports.Limit)
	next.Jobs.Start(t.Context())
	defer next.Jobs.Stop(t.Context())
	for end := time.Now().Add(20 * time.Second); uploads(t, next) != 2 && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	if n := uploads(t, next); n != 2 {
		t.Errorf("%d files are kept, want those of the published and the touched one", n)
	}
	if _, err := os.Stat(next.imports.work(checked.ID)); !os.IsNotExist(err) {
		t.Errorf("its problems are kept: %v", err)
	}
	list, _, err := d.app.Store.Journal(t.Context(), store.JournalQuery{Op: "import.expire", Actor: programID})
	if err != nil || len(list) != 3 {
		t.Errorf("%d entries in the journal (%v)", len(list), err)
	}
}
