package app

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/httpapi"
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
	o := a.Serving()
	o.Identity = heads{}
	return a, httpapi.New(o)
}

// shot is a small photo of one colour.
func shot(t *testing.T, c color.Color) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for i := range m.Pix {
		m.Pix[i] = 0xff
	}
	m.Set(0, 0, c)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sent(t *testing.T, h http.Handler, token string, q url.Values, body []byte) (*httpapi.File, *httptest.ResponseRecorder) {
	t.Helper()
	w := knock(h, token, http.MethodPost, "/api/files?"+q.Encode(), string(body))
	if w.Code != http.StatusOK {
		return nil, w
	}
	var f httpapi.File
	if err := json.Unmarshal(w.Body.Bytes(), &f); err != nil {
		t.Fatal(err)
	}
	return &f, w
}

func TestAFileGoesInAndOut(t *testing.T) {
	_, h := evidenced(t)
	photo := shot(t, color.Black)
	f, w := sent(t, h, "contributor@KZ-35", url.Values{"name": {"../work site.jpeg"}}, photo)
	if f == nil {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if f.Name != "work site.jpeg" || f.Type != "image/jpeg" || f.Kind != "photo" || f.Width != 400 || f.Place != "KZ-35" || f.SHA256 != string(blob.NameOf(photo)) || f.Public || f.Known {
		t.Errorf("%+v", f)
	}
	again, _ := sent(t, h, "contributor@KZ-35", url.Values{"name": {"other.jpg"}}, photo)
	if again == nil || again.ID != f.ID || !again.Known {
		t.Errorf("sent twice: %+v", again)
	}
	w = knock(h, "contributor@KZ-35", http.MethodGet, "/api/files/"+f.ID+"/content", "")
	if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), photo) {
		t.Errorf("content: %d, %d bytes", w.Code, w.Body.Len())
	}
	w = knock(h, "contributor@KZ-35", http.MethodGet, "/api/files/"+f.ID+"/thumb?size=small", "")
	if m, err := jpeg.Decode(w.Body); err != nil || m.Bounds().Dx() != 320 {
		t.Errorf("thumb: %d %v", w.Code, err)
	}
	if w = knock(h, "", http.MethodGet, "/api/files/"+f.ID, ""); w.Code != http.StatusNotFound {
		t.Errorf("nobody sees a draft: %d", w.Code)
	}
}
