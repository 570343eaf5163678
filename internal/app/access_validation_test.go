package app

import (
	"bytes"
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
)

func validate(t *testing.T, a *App, set, table string) *httpapi.AccessValidation {
	t.Helper()
	got, err := a.ValidateAccess(context.Background(), When{}, set, "times.csv", strings.NewReader(table))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// The published times stand beside the computed ones out of the box.
func TestPublishedTimes(t *testing.T) {
	a := kazakhstan(t)
	got, err := a.PublishedTimes(context.Background(), When{}, "")
	if err != nil {
		t.Fatal(err)
	}
	if !got.Published || len(got.Rows) < 10 || len(got.Groups) < 3 || got.Groups[0].N+got.Unreached != len(got.Rows) {
		t.Fatalf("%+v", got)
	}
	for _, r := range got.Rows {
		if r.From.Name["kk"] == "" || r.To.DistrictN["ru"] == "" || r.Row != nil || r.Computed == nil || *r.Low > *r.Computed || *r.High < *r.Computed || *r.Error != *r.Computed-r.Observed {
			t.Errorf("%+v", r)
		}
	}
}

// Places go by code or by name in each language, and a table comes back as it
// was with the computed minutes beside.
func TestValidateAccess(t *testing.T) {
	a := kazakhstan(t)
	head := "from,to,minutes,season,vehicle,source\n"
	got := validate(t, a, "", head+"Қарағанды,Балхаш,300,winter,car,log\nkaraganda,GN1525798,310,winter,,log\nКараганда,Balkhash,320,winter,,log\n")
	if len(got.Problems) > 0 || len(got.Rows) != 3 {
		t.Fatalf("%+v", got)
	}
	for _, r := range got.Rows {
		if r.From.ID != "GN609655" || r.To.ID != "GN1525798" || *r.Class != "main" || *r.Computed != *got.Rows[0].Computed {
			t.Errorf("%+v", r)
		}
	}
	if got.Rows[0].From.Alike == 0 {
		t.Error("villages have the name of the city too, and the answer says so")
	}
	// 270 minutes in summer at 85 km/h are some 325 at 70 in winter. At 50 the
	// middle of six journeys asks for much more.
	slow := validate(t, a, "speed_main:50", head+strings.Repeat("Қарағанды,Балхаш,300,winter,car,log\nkaraganda,GN1525798,310,winter,,log\nКараганда,Balkhash,320,winter,,log\n", 2))
	if len(slow.Advice) != 1 || slow.Advice[0].Parameter != "speed_main" || slow.Advice[0].Now != 50 || slow.Advice[0].Try < 65 || slow.Advice[0].Try > 85 || !strings.HasPrefix(slow.Advice[0].Set, "speed_main:") || slow.Set["speed_main"] != 50 {
		t.Errorf("%+v", slow.Advice)
	}
}

// Karasu is the name of many villages: it is refused with some of them, and the
// district settles it.
func TestValidateAccessRefuses(t *testing.T) {
	a := kazakhstan(t)
	head := "from,to,minutes,source\n"
	got := validate(t, a, "", head+"Карасу,Балхаш,300,log\nNowhere,Балхаш,x,\n")
	if len(got.Rows) != 0 || len(got.Problems) != 4 || got.Problems[0].Code != "several" || got.Problems[0].Row != 2 || got.Problems[0].Column != "A" || !strings.Contains(got.Problems[0].Message["ru"], "(GN") {
		t.Fatalf("%+v", got.Problems)
	}
	got = validate(t, a, "", head+`"Карасу, Карасуский район",Костанай,100,log`+"\n")
	if len(got.Problems) > 0 && got.Problems[0].Code != "several" {
		t.Errorf("%+v", got.Problems)
	}
	if _, err := a.ValidateAccess(context.Background(), When{}, "wind:3", "t.csv", strings.NewReader(head+"Караганда,Балхаш,300,log\n")); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	if _, err := a.ValidateAccess(context.Background(), When{}, "", "t.pdf", strings.NewReader("%PDF-1.7")); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
	if _, err := a.ValidateAccess(context.Background(), When{}, "", "t.csv", bytes.NewReader(make([]byte, 2<<20+1))); !fault.Is(err, fault.TooLarge) {
		t.Error(err)
	}
}

// Over HTTP anybody may compare; nothing is written, and the table that comes
// back can be sent again.
func TestValidateAccessOverHTTP(t *testing.T) {
	o := kazakhstan(t).Serving()
	o.Identity, o.ReadsPerSecond = heads{}, unlimited
	h := httpapi.New(o)
	body := "from,to,minutes,source\nКараганда,Балхаш,180,log\n"
	w := knock(h, "", http.MethodPost, "/api/access/validation/table?format=csv&set=speed_main:80", body)
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "GN609655,GN1525798,180,,car,main,log") {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	again := knock(h, "", http.MethodPost, "/api/access/validation/table?format=xlsx", w.Body.String())
	if again.Code != http.StatusOK || !strings.HasPrefix(again.Body.String(), "PK") {
		t.Fatalf("%d %.100s", again.Code, again.Body)
	}
	if _, err := sheet.Open(bytes.NewReader(again.Body.Bytes()), int64(again.Body.Len()), sheet.Options{}); err != nil {
		t.Error(err)
	}
	if w = knock(h, "", http.MethodPost, "/api/access/validation/table", "from,to,minutes,source\nNowhere,Балхаш,180,log\n"); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w = knock(h, "", http.MethodGet, "/api/access/validation.csv?set=speed_main:80", ""); w.Code != http.StatusOK {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
