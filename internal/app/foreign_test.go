package app

import (
	"encoding/json"
	"fmt"
	"image/color"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

// everyRoleNextDoor has every role there is, in another region.
var everyRoleNextDoor = func() string {
	var all []string
	for _, r := range actor.Roles() {
		all = append(all, string(r))
	}
	return strings.Join(all, ",") + "@KZ-61"
}()

var everyRoleAtHome = strings.Replace(everyRoleNextDoor, "KZ-61", "KZ-35", 1)

// home is a region with one of everything in it.
type home struct {
	t   *testing.T
	d   *desk
	ids map[string]string // by the first word of the path

	line  string // of the work
	event string // of the device
}

// work is the record of a work of the region.
func (x *home) work(version int) string {
	return fmt.Sprintf(`{"version":%d,"id":"foreign-hub","level":"project","kind":"extension","condition":"active","title":{"en":"Hub"},"place":"KZ-35"}`, version)
}

func furnished(t *testing.T) *home {
	d := newDesk(t, "contributor@KZ-35")
	files, err := blob.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	d.app.Blobs = files
	x := &home{t: t, d: d, ids: map[string]string{}}
	x.ids["submissions"] = "form-foreign-1"
	s := scene{t, d.h}
	s.do(200, writer, "PUT", "/api/submissions/form-foreign-1", form("KZ-35", "3", 0), nil)
	do[httpapi.AskPage](d.as("planner@KZ-35"), "POST", "/api/asks", hubQuestion())
	x.ids["asks"] = hubAsk
	x.ids["comments"] = do[httpapi.Comment](d.as("planner@KZ-35"), "POST", "/api/comments", httpapi.CommentInput{ID: "comment-foreign", About: "promise:C7p", Text: "among us"}).ID
	x.ids["files"] = sent(t, d.h, contributor, named("act.jpg", "place", "KZ-35"), shot(t, color.White)).ID
	x.ids["imports"] = d.check(d.upload("t.csv", "measure,place,period,kind,value,source\nbeds.new,KZ-35,2026-09,actual,5,x\n")).ID
	x.ids["accounts"] = do[httpapi.AccountLink](d.as("administrator@KZ-35"), "POST", "/api/accounts", httpapi.NewAccount{Name: "Somebody", Email: "somebody@example.org", Home: "KZ-35", Grants: []httpapi.Grant{}}).Account.ID
	got, err := d.app.Store.Commit(t.Context(), ledger.Batch{Run: ledger.Run{Kind: ledger.FormRun, Subject: "form", Recorded: d.app.Clock()}, Figures: []ledger.Figure{regional35(t)}})
	if err != nil {
		t.Fatal(err)
	}
	x.ids["runs"] = got.Run.String()
	x.ids["webhooks"] = do[httpapi.WebhookSecret](d.as("administrator@KZ-35"), "POST", "/api/webhooks",
		map[string]any{"id": "webhook-foreign", "name": "x", "url": "https://example.org/", "events": []string{"asked"}, "territory": "KZ-35"}).Webhook.ID
	x.ids["templates"] = "capacity-monthly"
	x.ids["works"] = "foreign-hub"
	do[httpapi.WorkPage](d.as("works_officer@KZ-35"), "PUT", "/api/works/foreign-hub", x.work(0))
	x.line = do[httpapi.WorkPage](d.as("contributor@KZ-35"), "POST", "/api/works/foreign-hub/lines", `{"lines":[{"kind":"status","on":"2026-11-01","status":{"percent":50}}]}`).Lines[0].ID
	do[httpapi.RiskPage](d.as("works_officer@KZ-35"), "POST", "/api/works/foreign-hub/risks", x.risk(0, "foreign-risk"))
	x.ids["equipment"] = "foreign-ct"
	x.event = do[httpapi.EquipmentPage](d.as("works_officer@KZ-35"), "PUT", "/api/equipment/foreign-ct", x.device(0, `,"events":[{"kind":"state","on":"2026-10-01","state":"in_use"}]`)).Events[0].ID
	return x
}

// device is a device of the region.
func (x *home) device(version int, more string) string {
	return fmt.Sprintf(`{"version":%d,"id":"foreign-ct","item":"ct","place":"KZ-35","plans":null%s}`, version, more)
}

// risk is a look at a risk of the work of the region.
func (x *home) risk(version int, id string) string {
	return fmt.Sprintf(`{"version":%d,"id":%q,"title":"flood","probability":2,"days":30,"owner":"akimat-35","due":"2027-01-31","state":"open"}`, version, id)
}

// regional35 is a figure of the region.
func regional35(t *testing.T) ledger.Figure {
	f := ledger.Figure{Series: ledger.Series{Measure: "departments.commissioned", Version: 1, Place: place.ID("KZ-35"), Kind: ledger.Actual, Unit: "departments", Source: "akimat-35"}, Period: mustPeriod(t, "2026-09"), Status: ledger.NoFigure, Qualifier: ledger.Exact}
	if err := f.Seal(); err != nil {
		t.Fatal(err)
	}
	return f
}

// Bodies that would be right if the thing were one's own: what is refused for
// its form would say nothing about rights.
func (x *home) bodies() map[string]string {
	return map[string]string{
		"PUT /api/accounts/{id}":                           `{"version":1,"state":"disabled","home":"KZ-61","grants":[]}`,
		"POST /api/accounts/{id}/link":                     `{}`,
		"POST /api/asks/{id}/close":                        `{"reason":"no longer needed"}`,
		"PUT /api/documents/{id}/text":                     `text`,
		"PUT /api/files/{id}":                              `{"version":1,"kind":"act"}`,
		"POST /api/files/{id}/attachments":                 `{"about":"C7p"}`,
		"POST /api/files/{id}/attachments/withdraw":        `{"about":"C7p","reason":"not ours"}`,
		"POST /api/files/{id}/erase":                       `{"reason":"not ours"}`,
		"PUT /api/imports/{id}/mapping":                    `{"version":1,"mapping":{}}`,
		"PUT /api/imports/{id}/cells":                      `{"version":1,"cells":[{"cell":"C2","text":"7"}]}`,
		"POST /api/imports/{id}/check":                     `{"version":1}`,
		"POST /api/imports/{id}/commit":                    `{"version":1}`,
		"POST /api/imports/{id}/withdraw":                  `{"version":1,"reason":"not ours"}`,
		"POST /api/runs/{id}/withdraw":                     `{"reason":"not ours"}`,
		"PUT /api/submissions/{id}":                        form("KZ-35", "9", 1),
		"POST /api/submissions/{id}/approve":               `{}`,
		"POST /api/submissions/{id}/publish":               `{}`,
		"POST /api/submissions/{id}/return":                `{"comment":"no"}`,
		"POST /api/submissions/{id}/submit":                `{}`,
		"POST /api/submissions/{id}/withdraw":              `{}`,
		"PUT /api/templates/{code}":                        x.template(),
		"PUT /api/works/{id}":                              x.work(1),
		"POST /api/works/{id}/lines":                       `{"lines":[{"kind":"status","on":"2026-11-02","status":{"percent":51}}]}`,
		"POST /api/works/{id}/lines/{line}/withdraw":       `{"reason":"not ours"}`,
		"POST /api/works/{id}/risks":                       x.risk(0, "another-risk"),
		"PUT /api/works/{id}/risks/{risk}":                 x.risk(1, ""),
		"PUT /api/equipment/{id}":                          x.device(1, ""),
		"POST /api/equipment/{id}/events":                  `{"events":[{"kind":"service","on":"2026-11-02","service":"maintenance"}]}`,
		"POST /api/equipment/{id}/events/{event}/withdraw": `{"reason":"not ours"}`,
		"PUT /api/webhooks/{id}":                           `{"version":1,"name":"y","url":"https://example.org/","events":["asked"],"territory":"KZ-61","on":true}`,
		"POST /api/webhooks/{id}/deliveries/{delivery}":    `{}`,
	}
}

// template is the national template as it stands, sent back with another title.
func (x *home) template() string {
	var list struct{ Items []map[string]any }
	w := x.d.as("administrator@KZ").knock("GET", "/api/templates", nil)
	if err := json.Unmarshal(w.Body.Bytes(), &list); w.Code != http.StatusOK || err != nil || len(list.Items) == 0 {
		x.t.Fatalf("templates: %d %v", w.Code, err)
	}
	i := slices.IndexFunc(list.Items, func(t map[string]any) bool { return t["code"] == x.ids["templates"] })
	if i < 0 {
		x.t.Fatal("there is no such template")
	}
	t := list.Items[i]
	raw, err := json.Marshal(t)
	if err != nil {
		x.t.Fatal(err)
	}
	return string(raw)
}

// private are paths whose things belong to a person or a territory; the others
// with an id are for everybody.
func private(op operation) bool { return op.Act != "public" && strings.Contains(op.Path, "{") }

// Whoever has every role, but next door, gets at nothing of this region on any
// route that the API describes, and changes nothing. A new route fails here
// until it is told what to try it with.
func TestForeignObjects(t *testing.T) {
	x := furnished(t)
	bodies := x.bodies()
	before := x.state()
	tried := 0
	var own, last []func() // the same at home, where the things are; last what ends them
	for _, op := range operations(t) {
		if !private(op) {
			continue
		}
		name := op.Method + " " + op.Path
		word := strings.Split(op.Path, "/")[2]
		id := x.ids[word]
		path := strings.NewReplacer("{code}", id, "{template}", "capacity-monthly", "{place}", "KZ-35", "{period}", "2026-10", "{delivery}", "1", "{line}", x.line, "{event}", x.event, "{risk}", "foreign-risk").Replace(op.Path)
		switch {
		case word == "documents":
			path = strings.ReplaceAll(path, "{id}", kzDocument(x))
		case word == "account" || word == "notices":
			path = strings.NewReplacer("{id}", "somebody-elses").Replace(path) // of a person, looked up by owner
		case id == "" && word != "reports":
			t.Errorf("%s: there is nothing to try it with: add one to furnished", name)
			continue
		}
		path = strings.ReplaceAll(path, "{id}", id)
		body := bodies[name]
		var text any
		if body != "" {
			text = body
		}
		w := x.d.as(everyRoleNextDoor).knock(op.Method, path, text)
		tried++
		if w.Code != http.StatusForbidden && w.Code != http.StatusNotFound {
			t.Errorf("%s next door: %d %.300s", name, w.Code, w.Body)
		}
		if (id != "" && !strings.Contains(op.Path, "{delivery}")) || word == "reports" {
			list := &own
			if op.Method == http.MethodDelete || strings.HasSuffix(op.Path, "/withdraw") || strings.HasSuffix(op.Path, "/erase") {
				list = &last
			}
			*list = append(*list, func() {
				// 409: an earlier one has changed it. 403: the same person may not do two steps.
				w := x.d.as(everyRoleAtHome).knock(op.Method, path, text)
				if !slices.Contains([]int{http.StatusOK, http.StatusAccepted, http.StatusConflict, http.StatusForbidden}, w.Code) {
					t.Errorf("%s at home: %d %.300s", name, w.Code, w.Body)
				}
			})
		}
		if w := x.d.as("").knock(op.Method, path, text); w.Code != http.StatusUnauthorized {
			t.Errorf("%s by nobody: %d", name, w.Code)
		}
	}
	if tried < 25 {
		t.Errorf("only %d routes were tried", tried)
	}
	if after := x.state(); after != before {
		t.Errorf("something changed:\n%s\n%s", before, after)
	}
	for _, try := range slices.Concat(own, last) {
		try()
	}
}

// state is what the region holds, as its own people see it.
func (x *home) state() string {
	var out []string
	for word, id := range x.ids {
		if slices.Contains([]string{"comments", "asks", "runs", "templates", "webhooks"}, word) {
			continue
		}
		w := x.d.as(everyRoleAtHome).knock("GET", "/api/"+word+"/"+id, nil)
		if w.Code != http.StatusOK {
			x.t.Errorf("%s at home: %d %.200s", word, w.Code, w.Body)
		}
		out = append(out, word+" "+w.Body.String())
	}
	slices.Sort(out)
	for _, path := range []string{"/api/asks/" + hubAsk, "/api/runs/" + x.ids["runs"], "/api/comments?about=promise:C7p", "/api/templates", "/api/webhooks"} {
		out = append(out, path+" "+x.d.as(everyRoleAtHome).knock("GET", path, nil).Body.String())
	}
	return strings.Join(out, "\n")
}

func kzDocument(x *home) string {
	for name := range mustLook(x.t, x.d.app).Documents {
		return name
	}
	return ""
}

func mustLook(t *testing.T, a *App) *view {
	v, err := a.look(local(), When{})
	if err != nil {
		t.Fatal(err)
	}
	return v
}
