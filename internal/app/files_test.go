package app

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/exchange/photo"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// evidenced is Kazakhstan with a place for files, behind HTTP, and people who
// sign in by naming role and territory.
func evidenced(t *testing.T) (*App, http.Handler) {
	t.Helper()
	a := kazakhstan(t)
	var err error
	if a.Blobs, err = blob.OpenFolder(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	return a, served(a)
}

func served(a *App) http.Handler {
	o := a.Serving()
	o.Identity = heads{}
	return httpapi.New(o)
}

// shot is a small photo; the same colour gives the same bytes.
func shot(t *testing.T, c color.Color) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for i := range m.Pix {
		m.Pix[i] = 0xff
	}
	for x := range 100 {
		m.Set(x, x, c)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// cameraNotes puts place and time into a JPEG as a camera does.
func cameraNotes(jpg []byte, lat, lon uint32, taken string) []byte {
	le := binary.LittleEndian
	entry := func(b []byte, tag, kind uint16, count, value uint32) []byte {
		return le.AppendUint32(le.AppendUint32(le.AppendUint16(le.AppendUint16(b, tag), kind), count), value)
	}
	const first, camera, gps, values = 8, 8 + 30, 8 + 30 + 18, 8 + 30 + 18 + 54
	b := append([]byte("II*\x00"), first, 0, 0, 0)
	b = le.AppendUint32(entry(entry(le.AppendUint16(b, 2), 0x8769, 4, 1, camera), 0x8825, 4, 1, gps), 0)
	b = le.AppendUint32(entry(le.AppendUint16(b, 1), 0x9003, 2, 20, values), 0)
	b = entry(le.AppendUint16(b, 4), 1, 2, 2, 'N')
	b = entry(b, 2, 5, 3, values+20)
	b = entry(b, 3, 2, 2, 'E')
	b = le.AppendUint32(entry(b, 4, 5, 3, values+44), 0)
	b = append(append(b, taken...), 0)
	for _, v := range []uint32{lat, 1, 0, 1, 0, 1, lon, 1, 0, 1, 0, 1} {
		b = le.AppendUint32(b, v)
	}
	body := append([]byte("Exif\x00\x00"), b...)
	out := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(body)+2))
	return append(append(out, body...), jpg[2:]...)
}

func answered[T any](t *testing.T, w *httptest.ResponseRecorder) *T {
	t.Helper()
	if w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	out := new(T)
	if err := json.Unmarshal(w.Body.Bytes(), out); err != nil {
		t.Fatal(err)
	}
	return out
}

func send(h http.Handler, token string, q url.Values, body []byte) *httptest.ResponseRecorder {
	return knock(h, token, http.MethodPost, "/api/files?"+q.Encode(), string(body))
}

func sent(t *testing.T, h http.Handler, token string, q url.Values, body []byte) *httpapi.File {
	t.Helper()
	return answered[httpapi.File](t, send(h, token, q, body))
}

const (
	contributor = "contributor@KZ-35"
	approver    = "approver@KZ-35"
	allNextDoor = "contributor,approver,controller,works_officer,planner@KZ-61"
	head        = "administrator@KZ"
	karaganda   = "B1d" // a promise in KZ-35
)

func named(name string, more ...string) url.Values {
	q := url.Values{"name": {name}}
	for i := 0; i < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return q
}

// A file goes in, is found, shown and taken away again, over both stores of
// files and both databases.
func TestAFileGoesInAndOut(t *testing.T) {
	stores := map[string]func(t *testing.T) blob.Store{
		"folder": func(t *testing.T) blob.Store {
			s, err := blob.OpenFolder(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			return s
		},
		"bucket": func(t *testing.T) blob.Store {
			memory := s3mem.New()
			if err := memory.CreateBucket("evidence"); err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(gofakes3.New(memory, gofakes3.WithLogger(gofakes3.DiscardLog())).Server())
			t.Cleanup(server.Close)
			s, err := blob.Open(t.Context(), "s3://evidence", func(name string) string {
				return map[string]string{"SHANYRAQ_S3_ENDPOINT": server.URL, "SHANYRAQ_S3_REGION": "kz-1", "SHANYRAQ_S3_KEY": "key", "SHANYRAQ_S3_SECRET": "secret"}[name]
			})
			if err != nil {
				t.Fatal(err)
			}
			return s
		},
	}
	eachEngine(t, func(t *testing.T, fresh func(testing.TB) string) {
		for name, open := range stores {
			t.Run(name, func(t *testing.T) {
				a := over(t, fresh(t))
				if _, err := a.LoadCountry(local(), kz.Pack()); err != nil {
					t.Fatal(err)
				}
				a.Blobs = open(t)
				inAndOut(t, a)
			})
		}
	})
}

func inAndOut(t *testing.T, a *App) {
	h := served(a)
	picture := cameraNotes(shot(t, color.Black), 49, 73, "2026:11:20 14:05:09")
	f := sent(t, h, contributor, named("../work site.jpeg", "about", karaganda), picture)
	if f.Name != "work site.jpeg" || f.Type != "image/jpeg" || f.Kind != "photo" || f.Width != 400 || f.Place != "KZ-35" || f.SHA256 != string(blob.NameOf(picture)) || f.Public || f.Known ||
		f.TakenAt == nil || f.TakenAt.Local != "2026-11-20T14:05:09" || f.TakenAt.Offset != nil || f.Point == nil || f.Point.Lat != 49 || len(f.Flags) != 0 {
		t.Errorf("%+v %+v %+v", f, f.TakenAt, f.Point)
	}
	if again := sent(t, h, contributor, named("other.jpg", "about", karaganda), picture); again.ID != f.ID || !again.Known || again.Name != f.Name {
		t.Errorf("sent twice: %+v", again)
	}
	if w := get(h, "", f.ID, ""); w.Code != http.StatusNotFound {
		t.Errorf("nobody sees a draft: %d", w.Code)
	}
	if w := get(h, contributor, f.ID, "/content"); !bytes.Equal(w.Body.Bytes(), picture) {
		t.Errorf("content: %d, %d bytes", w.Code, w.Body.Len())
	}
	linked := answered[httpapi.File](t, knock(h, approver, http.MethodPost, "/api/files/"+f.ID+"/attachments", `{"about":"`+karaganda+`"}`))
	if !linked.Public || !slices.Equal(linked.About, []string{karaganda}) {
		t.Errorf("linked: %+v", linked)
	}
	w := get(h, "", f.ID, "/content")
	if w.Code != http.StatusOK || bytes.Contains(w.Body.Bytes(), []byte("Exif")) || bytes.Equal(w.Body.Bytes(), picture) {
		t.Errorf("the public gets a copy without notes: %d, %d bytes", w.Code, w.Body.Len())
	}
	for size, long := range map[string]int{"small": 320, "large": 400} {
		if m, err := jpeg.Decode(get(h, "", f.ID, "/thumb?size="+size).Body); err != nil || m.Bounds().Dx() != long {
			t.Errorf("%s: %v", size, err)
		}
	}
	for _, q := range []string{"about=" + karaganda, "about=promise:" + karaganda, "place=KZ-35", "place=KZ", "ids=" + f.ID, "ids=" + f.ID + ",f00000000", "kind=photo", ""} {
		if list := answered[httpapi.List[httpapi.File]](t, knock(h, "", http.MethodGet, "/api/files?"+q, "")); len(list.Items) != 1 || list.Items[0].ID != f.ID {
			t.Errorf("list %q: %+v", q, list.Items)
		}
	}
	for _, q := range []string{"about=A4", "place=KZ-61", "ids=f00000000", "kind=act"} {
		if list := answered[httpapi.List[httpapi.File]](t, knock(h, "", http.MethodGet, "/api/files?"+q, "")); len(list.Items) != 0 {
			t.Errorf("list %q: %+v", q, list.Items)
		}
	}
	answered[httpapi.File](t, knock(h, approver, http.MethodPost, "/api/files/"+f.ID+"/attachments/withdraw", `{"about":"`+karaganda+`","reason":"another site"}`))
	if w := get(h, "", f.ID, "/content"); w.Code != http.StatusNotFound {
		t.Errorf("withdrawn and seen: %d", w.Code)
	}
	if got, err := a.VerifyFiles(t.Context(), nil); err != nil || got.Files != 1 || got.Contents != 3 || len(got.Broken) != 0 || got.Spare != 0 {
		t.Errorf("verify: %+v %v", got, err)
	}
	erased := answered[httpapi.File](t, knock(h, head, http.MethodPost, "/api/files/"+f.ID+"/erase", `{"reason":"a face"}`))
	if !erased.Erased || erased.Point != nil || erased.Name != "erased.jpeg" {
		t.Errorf("erased: %+v", erased)
	}
	if err := a.Blobs.Each(t.Context(), func(i blob.Info) error { t.Errorf("%s stays", i.Name); return nil }); err != nil {
		t.Error(err)
	}
	for _, chain := range store.Chains() {
		if _, _, err := a.Store.Journal(t.Context(), store.JournalQuery{Chains: []string{chain}}); err != nil {
			t.Error(err)
		}
	}
	if _, _, err := a.Store.VerifyJournal(t.Context()); err != nil {
		t.Error(err)
	}
	entries, _, err := a.Store.Journal(t.Context(), store.JournalQuery{Op: "file."})
	if err != nil {
		t.Fatal(err)
	}
	var ops []string
	for _, e := range entries {
		ops = append(ops, e.Op)
		if e.Subject != f.ID || strings.Contains(e.Detail, "work site") {
			t.Errorf("entry %+v", e)
		}
	}
	if !slices.Equal(ops, []string{"file.erase", "file.unlink", "file.link", "file.add"}) {
		t.Errorf("journal: %v", ops)
	}
}

func get(h http.Handler, token, id, rest string) *httptest.ResponseRecorder {
	return knock(h, token, http.MethodGet, "/api/files/"+id+rest, "")
}

// Who sees what, as a table: what is not said is not seen.
func TestWhoSeesWhichFile(t *testing.T) {
	a, h := evidenced(t)
	mine := "contributor@KZ-35"
	draft := sent(t, h, mine, named("a.jpg"), shot(t, color.Black))
	closed := sent(t, h, mine, named("a.jpg", "restricted", "true"), shot(t, color.Black))
	open := sent(t, h, mine, named("b.jpg"), cameraNotes(shot(t, color.White), 49, 73, "2026:11:20 14:05:09"))
	answered[httpapi.File](t, knock(h, approver, http.MethodPost, "/api/files/"+open.ID+"/attachments", `{"about":"`+karaganda+`"}`))
	said := sent(t, h, mine, named("c.jpg"), shot(t, color.Gray{99}))
	sayPublicly(t, a, ledger.Answer{About: karaganda, Office: "akimat-35", Text: lang.Text{lang.RU: "Готово"}, Files: []string{said.ID}})
	const none, some, all = "nothing", "a copy", "all"
	for _, tc := range []struct {
		who                       string
		draft, closed, open, said string
	}{
		{"", none, none, some, some},
		{"public@KZ-35", none, none, some, some},
		{mine, all, all, all, all}, // who sent it
		{"works_officer@KZ-35", all, none, all, all},
		{"planner@KZ-35", all, none, all, all},
		{"approver@KZ-35", all, all, all, all},
		{"controller@KZ-35", all, all, all, all},
		{"controller@KZ", all, all, all, all},
		{"administrator@KZ", all, all, all, all},
		{"integrator@KZ-35", none, none, some, some},
		{"clinician@KZ-35", none, none, some, some},
		{"radiologist@KZ-35", none, none, some, some},
		{"contributor@KZ-61", none, none, some, some},
		{"approver@KZ-61", none, none, some, some},
		{"controller@KZ-61", none, none, some, some},
		{"administrator@KZ-61", none, none, some, some},
	} {
		for id, want := range map[string]string{draft.ID: tc.draft, closed.ID: tc.closed, open.ID: tc.open, said.ID: tc.said} {
			got := seen(t, h, tc.who, id)
			if got != want {
				t.Errorf("%q sees %s of %s, want %s", tc.who, got, id, want)
			}
		}
	}
}

// seen tells how much of a file somebody sees, and that all ways agree.
func seen(t *testing.T, h http.Handler, who, id string) string {
	t.Helper()
	meta, content, thumb := get(h, who, id, ""), get(h, who, id, "/content"), get(h, who, id, "/thumb")
	list := answered[httpapi.List[httpapi.File]](t, knock(h, who, http.MethodGet, "/api/files?ids="+id, ""))
	place := answered[httpapi.List[httpapi.File]](t, knock(h, who, http.MethodGet, "/api/files?place=KZ-35", ""))
	inPlace := slices.ContainsFunc(place.Items, func(f httpapi.File) bool { return f.ID == id })
	there := meta.Code == http.StatusOK
	if there != (content.Code == http.StatusOK) || there != (thumb.Code == http.StatusOK) || there != (len(list.Items) == 1) {
		t.Errorf("%q, %s: %d, %d, %d and %d in the list", who, id, meta.Code, content.Code, thumb.Code, len(list.Items))
	}
	if there != inPlace && who != contributor { // a sender finds what is restricted by its id
		t.Errorf("%q, %s: seen %v, in the list of the place %v", who, id, there, inPlace)
	}
	if !there {
		if meta.Code != http.StatusNotFound {
			t.Errorf("%q, %s: %d tells that there is something", who, id, meta.Code)
		}
		return "nothing"
	}
	f := answered[httpapi.File](t, meta)
	if f.SHA256 == string(blob.NameOf(content.Body.Bytes())) {
		return "all"
	}
	return "a copy"
}

func sayPublicly(t *testing.T, a *App, words ledger.Answer) {
	t.Helper()
	day := period.NewDate(2026, 11, 22)
	words.On = &day
	if _, err := a.Store.Commit(t.Context(), ledger.Batch{Run: a.run(t.Context(), ledger.FormRun, "answer", nil), Answers: []ledger.Answer{words}}); err != nil {
		t.Fatal(err)
	}
}

// Changes of a file need rights where it belongs, and its newest version.
func TestWhoChangesAFile(t *testing.T) {
	_, h := evidenced(t)
	f := sent(t, h, contributor, named("a.jpg"), shot(t, color.Black))
	for _, tc := range []struct {
		who, method, rest, body string
		want                    int
	}{
		{"", http.MethodPut, "", `{"version":1}`, 401},
		{"planner@KZ-35", http.MethodPut, "", `{"version":1}`, 403},
		{allNextDoor, http.MethodPut, "", `{"version":1}`, 404},
		{allNextDoor, http.MethodPost, "/attachments", `{"about":"` + karaganda + `"}`, 404},
		{allNextDoor, http.MethodPost, "/attachments/withdraw", `{"about":"` + karaganda + `","reason":"none"}`, 404},
		{"administrator@KZ-61", http.MethodPost, "/erase", `{"reason":"none"}`, 404},
		{approver, http.MethodPost, "/erase", `{"reason":"none"}`, 403},
		{contributor, http.MethodPost, "/attachments", `{"about":"` + karaganda + `"}`, 403}, // publishing needs more
		{approver, http.MethodPost, "/attachments", `{"about":"A4"}`, 403},                   // a promise of the country
		{approver, http.MethodPost, "/attachments", `{"about":"nothing-such"}`, 404},
		{approver, http.MethodPost, "/attachments", `{"about":""}`, 422},
		{approver, http.MethodPost, "/attachments/withdraw", `{"about":"` + karaganda + `","reason":"none"}`, 404},
		{approver, http.MethodPost, "/attachments/withdraw", `{"about":"` + karaganda + `","reason":""}`, 422},
		{contributor, http.MethodPut, "", `{"version":1,"owner":"u_other"}`, 422},
		{contributor, http.MethodPut, "", `{"version":1,"caption":{"de":"x"}}`, 422},
		{contributor, http.MethodPut, "", `{"version":1,"kind":"virus"}`, 422},
		{contributor, http.MethodPut, "", `{"version":7}`, 409},
		{"works_officer@KZ-35", http.MethodPut, "", `{"version":1,"restricted":true}`, 403}, // that one could not read it afterwards
		{contributor, http.MethodPut, "", `{"version":1,"kind":"act","caption":{"kk":"Акт","ru":"Акт","en":"Act"},"restricted":true}`, 200},
		{contributor, http.MethodPut, "", `{"version":1,"kind":"photo"}`, 409},
		{contributor, http.MethodPut, "", `{"version":2,"restricted":false}`, 403}, // opening is publishing
		{approver, http.MethodPost, "/attachments", `{"about":"` + karaganda + `"}`, 409},
		{approver, http.MethodPut, "", `{"version":2,"restricted":false}`, 200},
		{approver, http.MethodPost, "/attachments", `{"about":"` + karaganda + `"}`, 200},
		{contributor, http.MethodPut, "", `{"version":3,"caption":{"ru":"Другое"}}`, 403}, // everybody sees it now
		{contributor, http.MethodPut, "", `{"version":3,"restricted":true}`, 403},
		{approver, http.MethodPut, "", `{"version":3,"caption":{"ru":"Акт приёмки"}}`, 200},
		{approver, http.MethodPut, "", `{"version":4,"restricted":true}`, 200},
		{contributor, http.MethodPut, "", `{"version":5,"kind":"act"}`, 403},
	} {
		if w := knock(h, tc.who, tc.method, "/api/files/"+f.ID+tc.rest, tc.body); w.Code != tc.want {
			t.Errorf("%q %s %s %s: %d, want %d: %s", tc.who, tc.method, tc.rest, tc.body, w.Code, tc.want, w.Body)
		}
	}
	for _, who := range []string{"", "planner@KZ-35", "public@KZ", allNextDoor} {
		w := send(h, who, named("b.jpg", "place", "KZ-35"), shot(t, color.White))
		if want := map[bool]int{true: 401, false: 403}[who == ""]; w.Code != want {
			t.Errorf("%q sends to KZ-35: %d, want %d", who, w.Code, want)
		}
	}
}

// Whatever the name says, what is dangerous is not taken; what is taken cannot
// run in a browser.
func TestNothingInAFileRuns(t *testing.T) {
	_, h := evidenced(t)
	script := []byte("<html><script>alert(document.domain)</script></html>")
	for _, tc := range []struct {
		name string
		body []byte
		want int
	}{
		{"a.jpg", nil, 400}, {"a.jpg", script, 422}, {"a.svg", []byte("<svg onload='alert(1)'/>"), 422}, {"a.html", script, 422}, {"a.txt", script, 422}, {"a.js", []byte("alert(1)"), 422},
		{"a.jpg", append(slices.Clone(script), shot(t, color.Black)...), 422}, {"a.exe", []byte("MZ\x90\x00"), 422}, {"a.zip", []byte("PK\x03\x04"), 422},
	} {
		if w := send(h, contributor, named(tc.name), tc.body); w.Code != tc.want || bytes.Contains(w.Body.Bytes(), []byte("alert")) {
			t.Errorf("%s: %d %s", tc.name, w.Code, w.Body)
		}
	}
	// A photo that is a page as well: the page stands in a comment of the JPEG and behind its end.
	jpg := shot(t, color.Black)
	comment := binary.BigEndian.AppendUint16([]byte{0xff, 0xfe}, uint16(len(script)+2))
	both := append(slices.Concat(jpg[:2], comment, script, jpg[2:]), script...)
	for name, tc := range map[string]struct {
		body           []byte
		kind, how, csp string
	}{
		"page.html":           {both, "image/jpeg", "inline", "sandbox"},
		"a.pdf":               {[]byte("%PDF-1.7\n/JavaScript(app.alert(1))\n%%EOF"), "application/pdf", "inline", "default-src 'none'"},
		"formula.csv":         {[]byte("a;b\n=cmd|'/c calc'!A1;2\n"), "text/csv; charset=utf-8", "attachment", "sandbox"},
		"тізім \"x\"\r\n.txt": {[]byte("тізім"), "text/plain; charset=utf-8", "attachment", "sandbox"},
		"old.txt":             {[]byte{0xc0, 0xea, 0xf2}, "text/plain; charset=windows-1251", "attachment", "sandbox"},
	} {
		f := sent(t, h, contributor, named(name), tc.body)
		w := get(h, contributor, f.ID, "/content")
		head := w.Header()
		if !bytes.Equal(w.Body.Bytes(), tc.body) || head.Get("Content-Type") != tc.kind || head.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(head.Get("Content-Disposition"), tc.how+"; ") ||
			!strings.Contains(head.Get("Content-Security-Policy"), tc.csp) || !strings.Contains(head.Get("Content-Security-Policy"), "default-src 'none'") || head.Get("Cache-Control") != "no-store" ||
			len(head.Values("Content-Security-Policy")) != 1 || head.Get("Cross-Origin-Resource-Policy") != "same-origin" {
			t.Errorf("%s: %v", name, head)
		}
		if strings.Contains(head.Get("Content-Disposition"), ".html\"") || strings.Contains(head.Get("Content-Disposition"), "\n") {
			t.Errorf("%s is saved as %s", name, head.Get("Content-Disposition"))
		}
	}
	open := sent(t, h, contributor, named("page.html"), both)
	answered[httpapi.File](t, knock(h, approver, http.MethodPost, "/api/files/"+open.ID+"/attachments", `{"about":"`+karaganda+`"}`))
	if w := get(h, "", open.ID, "/content"); bytes.Contains(w.Body.Bytes(), []byte("script")) || w.Header().Get("ETag") == "" {
		t.Errorf("what everybody gets holds the page: %v", w.Header())
	}
}

func TestPartsOfAContent(t *testing.T) {
	_, h := evidenced(t)
	f := sent(t, h, contributor, named("a.txt"), []byte("0123456789"))
	for part, want := range map[string]string{"bytes=2-4": "234", "bytes=-3": "789", "bytes=8-": "89"} {
		r := httptest.NewRequest(http.MethodGet, "/api/files/"+f.ID+"/content", nil)
		r.Header.Set("Authorization", "Bearer "+contributor)
		r.Header.Set("Range", part)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusPartialContent || w.Body.String() != want {
			t.Errorf("%s: %d %q", part, w.Code, w.Body)
		}
	}
}

func TestFilesThatAreTooLarge(t *testing.T) {
	a, _ := evidenced(t)
	a.FileLimits = photo.Limits{Bytes: 2000, Pixels: 1000}
	h := served(a)
	for name, tc := range map[string]struct {
		body []byte
		want int
	}{
		"as large as may be":  {bytes.Repeat([]byte("a"), 2000), 200},
		"a byte more":         {bytes.Repeat([]byte("a"), 2001), 413},
		"much more":           {bytes.Repeat([]byte("a"), 1<<20), 413},
		"many pixels in less": {shot(t, color.White)[:1900], 413},
	} {
		if w := send(h, contributor, named("a.txt"), tc.body); w.Code != tc.want {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

func TestOddPlacesAndTimesAreNoted(t *testing.T) {
	_, h := evidenced(t)
	for _, tc := range []struct {
		lat, lon uint32
		taken    string
		place    string
		want     []string
	}{
		{49, 73, "2026:11:20 14:05:09", "KZ-35", nil},
		{49, 73, "2026:11:20 14:05:09", "KZ", nil},
		{51, 71, "2026:11:20 14:05:09", "KZ-35", []string{flagOutside}}, // Astana
		{49, 2, "2026:11:20 14:05:09", "KZ", []string{flagOutside}},     // Paris
		{49, 73, "2027:01:01 00:00:00", "KZ-35", []string{flagFuture}},
		{49, 73, "2026:11:24 01:00:00", "KZ-35", nil}, // it may be that day farther east
		{49, 73, "0026:13:01 00:00:00", "KZ-35", []string{flagTime}},
		{95, 73, "2026:11:20 14:05:09", "KZ-35", []string{flagPlace}},
		{51, 60, "2026:11:20 14:05:09", "F001", []string{flagFar}}, // 70 km from the hospital of Ayteke Bi
	} {
		f := sent(t, h, head, named("a.jpg", "place", tc.place), cameraNotes(shot(t, color.Black), tc.lat, tc.lon, tc.taken))
		if !slices.Equal(f.Flags, append([]string{}, tc.want...)) {
			t.Errorf("%d, %d at %s in %s: %v, want %v", tc.lat, tc.lon, tc.taken, tc.place, f.Flags, tc.want)
		}
	}
}

// Reading what is not for everybody is in the journal; reading what was
// published is not.
func TestReadingIsNoted(t *testing.T) {
	a, h := evidenced(t)
	closed := sent(t, h, contributor, named("a.jpg", "restricted", "true"), shot(t, color.Black))
	open := sent(t, h, contributor, named("b.jpg"), shot(t, color.White))
	answered[httpapi.File](t, knock(h, approver, http.MethodPost, "/api/files/"+open.ID+"/attachments", `{"about":"`+karaganda+`"}`))
	for _, id := range []string{closed.ID, open.ID} {
		for _, who := range []string{"controller@KZ-35", "controller@KZ-61"} {
			get(h, who, id, "/content")
		}
	}
	entries, _, err := a.Store.Journal(t.Context(), store.JournalQuery{Chains: []string{store.ReadChain}})
	if err != nil || len(entries) != 1 || entries[0].Subject != closed.ID || entries[0].Actor != "u_controller-KZ-35" {
		t.Errorf("%+v %v", entries, err)
	}
}

// What is erased is erased wherever the same content lies, with the pictures
// made of it, and does not come back under any name.
func TestErasure(t *testing.T) {
	a, h := evidenced(t)
	body := shot(t, color.Black)
	one, two := sent(t, h, contributor, named("a.jpg"), body), sent(t, h, contributor, named("a.jpg", "about", karaganda), body)
	if one.ID == two.ID {
		t.Fatal("the same content for another thing is another file")
	}
	public := get(h, contributor, one.ID, "/thumb?size=large").Body.Bytes()
	erase := func(id, who string) *httptest.ResponseRecorder {
		return knock(h, who, http.MethodPost, "/api/files/"+id+"/erase", `{"reason":"a face"}`)
	}
	// The same content next door: an administrator of one region does not erase it there.
	far := sent(t, h, allNextDoor, named("b.jpg", "place", "KZ-61"), body)
	if w := erase(one.ID, "administrator@KZ-35"); w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "another territory (KZ-61)") {
		t.Errorf("a content that lies next door too: %d %s", w.Code, w.Body)
	}
	for id, who := range map[string]string{one.ID: contributor, two.ID: contributor, far.ID: allNextDoor} {
		if w := get(h, who, id, "/content"); !bytes.Equal(w.Body.Bytes(), body) {
			t.Errorf("what was refused erased %s: %d", id, w.Code)
		}
	}
	answered[httpapi.File](t, erase(one.ID, head))
	for id, who := range map[string]string{one.ID: contributor, two.ID: contributor, far.ID: allNextDoor} {
		for _, rest := range []string{"/content", "/thumb", "/thumb?size=large"} {
			if w := get(h, who, id, rest); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "erased") {
				t.Errorf("erased: %s %d %s", rest, w.Code, w.Body)
			}
		}
	}
	if err := a.Blobs.Each(t.Context(), func(i blob.Info) error { t.Errorf("%s stays", i.Name); return nil }); err != nil {
		t.Error(err)
	}
	for name, tc := range map[string]struct {
		who  string
		as   url.Values
		body []byte
	}{
		"for the same":         {contributor, named("a.jpg"), body},
		"under another name":   {contributor, named("c.jpg"), body},
		"for something else":   {contributor, named("a.jpg", "about", "C7p"), body},
		"restricted":           {contributor, named("a.jpg", "restricted", "true"), body},
		"next door":            {allNextDoor, named("a.jpg", "place", "KZ-62"), body},
		"the copy for the eye": {contributor, named("a.jpg"), public},
	} {
		if w := send(h, tc.who, tc.as, tc.body); tc.who == contributor && w.Code != http.StatusConflict || w.Code < 400 {
			t.Errorf("what was erased came back %s: %d", name, w.Code)
		}
	}
	if w := knock(h, contributor, http.MethodPut, "/api/files/"+one.ID, `{"version":2,"kind":"act"}`); w.Code != http.StatusConflict {
		t.Errorf("a tombstone was changed: %d", w.Code)
	}
	answered[httpapi.File](t, erase(two.ID, head)) // again, as after a failure
}

// lame is a store of files in which something is wrong.
type lame struct {
	blob.Store
	put, open error
}

func (l *lame) Put(ctx context.Context, from io.Reader, limit int64) (blob.Info, error) {
	if l.put != nil {
		return blob.Info{}, l.put
	}
	return l.Store.Put(ctx, from, limit)
}

func (l *lame) Open(ctx context.Context, n blob.Name) (*blob.Content, error) {
	if l.open != nil {
		return nil, l.open
	}
	return l.Store.Open(ctx, n)
}

// When files cannot be kept, nothing says that they are; when they cannot be
// read, it is said what to do.
func TestATroubledStoreIsSaid(t *testing.T) {
	a, h := evidenced(t)
	l := &lame{Store: a.Blobs}
	a.Blobs = l
	l.put = fault.New(fault.Unavailable, "blob.Put", "", "the disk of the files is full: nothing was kept, make room and send it again")
	if w := send(h, contributor, named("a.jpg"), shot(t, color.Black)); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "disk of the files is full") {
		t.Errorf("a full disk: %d %s", w.Code, w.Body)
	}
	if list := answered[httpapi.List[httpapi.File]](t, knock(h, contributor, http.MethodGet, "/api/files", "")); len(list.Items) != 0 {
		t.Errorf("a file without content: %+v", list.Items)
	}
	l.put = nil
	f := sent(t, h, contributor, named("a.jpg"), shot(t, color.Black))
	for kind, want := range map[fault.Kind]string{fault.NotFound: "missing", fault.Conflict: "broken"} {
		l.open = fault.New(kind, "blob.Open", "", "not as it was")
		got, err := a.VerifyFiles(t.Context(), nil)
		if err != nil || len(got.Broken) != 3 || got.Broken[0].File != f.ID || got.Broken[0].Why != want {
			t.Errorf("%s: %+v %v", want, got, err)
		}
	}
	l.open = fault.New(fault.Unavailable, "blob.Open", "", "the store of files does not answer")
	if _, err := a.VerifyFiles(t.Context(), nil); !fault.Is(err, fault.Unavailable) {
		t.Errorf("verify without a store: %v", err)
	}
	a.Blobs = nil
	if w := send(h, contributor, named("z.jpg"), shot(t, color.White)); w.Code != http.StatusServiceUnavailable {
		t.Errorf("no store: %d", w.Code)
	}
}

// The rights on files are in the table of rights.
func TestFileRights(t *testing.T) {
	for act, want := range map[actor.Act]int{actor.AttachFile: 4, actor.EraseFile: 1, actor.ReadRestricted: 3} {
		if got := actor.Givers(act); len(got) != want {
			t.Errorf("%s: %v", act, got)
		}
	}
}
