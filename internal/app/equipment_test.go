package app

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/internal/httpapi"
)

const boughtWork = "medical-devices-purchase" // the 965

// ct is a scanner of the purchase.
func ct(version int, more string) string {
	return fmt.Sprintf(`{"version":%d,"id":"ct-1","item":"ct","work":%q,"facility":"F001","serial":"QX 77","maker":"Maker","price":412500000.5,"vat":"included","warranty_to":"2026-12-31","plans":null%s}`, version, boughtWork, more)
}

const bought = `,"events":[{"kind":"state","on":"2024-05-20","state":"ordered","document":"contract 1"},{"kind":"state","on":"2025-01-10","state":"delivered"},{"kind":"state","on":"2025-01-31","state":"commissioned"},{"kind":"state","on":"2025-02-10","state":"in_use"}]`

func devicesDesk(t *testing.T) *desk {
	d := newDesk(t, "works_officer@KZ")
	do[httpapi.EquipmentPage](d, "PUT", "/api/equipment/ct-1", ct(0, bought))
	return d
}

func say[T any](v *T) any {
	if v == nil {
		return nil
	}
	return *v
}

func TestDeviceFromOrderToOutage(t *testing.T) {
	d := devicesDesk(t)
	p := do[httpapi.EquipmentPage](d, "GET", "/api/equipment/ct-1", nil)
	if say(p.Row.State) != "in_use" || p.Version != 1 || len(p.Events) != 4 || p.Row.Place == "" || say(p.Row.Price) != httpapi.Number("412500000.5") || p.Work == nil || !p.InWarranty {
		t.Fatalf("%+v", p.Row)
	}
	// Nobody serviced it since it was commissioned on 31 January 2025: what is due every six months was due on 31 July.
	if s := p.Services[0]; s.Kind != "maintenance" || say(s.Due) != "2025-07-31" || !s.Assumed || s.Overdue == 0 {
		t.Errorf("%+v", s)
	}
	site := d.as("contributor@KZ-15") // of the region of the hospital
	report := func(body string) httpapi.EquipmentPage {
		return do[httpapi.EquipmentPage](site, "POST", "/api/equipment/ct-1/events", `{"events":[`+body+`]}`)
	}
	p = report(`{"kind":"service","on":"2026-10-01","service":"maintenance","document":"act 7","key":"a"}`)
	if s := p.Services[0]; say(s.Due) != "2027-04-01" || s.Overdue != 0 {
		t.Errorf("%+v", s)
	}
	down := `{"kind":"state","on":"2026-11-01","state":"down","reason":"the tube","key":"b"}`
	p = report(down)
	again := report(down) // a form without a connection is sent twice
	if len(again.Events) != len(p.Events) || say(again.Row.State) != "down" {
		t.Errorf("%d and %d events", len(p.Events), len(again.Events))
	}
	p = report(`{"kind":"state","on":"2026-11-11","state":"in_use"}`)
	if len(p.Outages) != 1 || p.Outages[0].Days != 10 || p.Availability.Down != 10 || p.Availability.Days != 365 || say(p.Availability.Share) != httpapi.Number("0.9726") {
		t.Errorf("%+v %+v", p.Outages, p.Availability)
	}
	// Whoever reports does not write off, and does not change the record.
	if w := site.knock("POST", "/api/equipment/ct-1/events", `{"events":[{"kind":"state","on":"2026-11-12","state":"written_off","reason":"x"}]}`); w.Code != http.StatusForbidden {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := site.knock("PUT", "/api/equipment/ct-1", ct(1, "")); w.Code != http.StatusForbidden {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	last := p.Events[0].ID
	p = do[httpapi.EquipmentPage](d, "POST", "/api/equipment/ct-1/events/"+last+"/withdraw", `{"reason":"another device"}`)
	if say(p.Row.State) != "down" {
		t.Errorf("%v", say(p.Row.State))
	}
	// As of a day of the past it was in use.
	if p := do[httpapi.EquipmentPage](d, "GET", "/api/equipment/ct-1?as_of=2026-10-15", nil); say(p.Row.State) != "in_use" {
		t.Errorf("%v", say(p.Row.State))
	}
	if l := do[httpapi.EquipmentList](d, "GET", "/api/equipment?as_of=2025-01-15", nil); l.Total != 1 || say(l.Items[0].State) != "delivered" {
		t.Errorf("%+v", l.Items)
	}
}

func TestDeviceRecordVersions(t *testing.T) {
	d := devicesDesk(t)
	p := do[httpapi.EquipmentPage](d, "PUT", "/api/equipment/ct-1", ct(1, `,"model":"M2"`))
	if p.Version != 2 || p.Record.Model != "M2" || !slices.Equal(p.Versions[0].Changed, []string{"model"}) {
		t.Errorf("%+v", p.Versions)
	}
	w := d.knock("PUT", "/api/equipment/ct-1", ct(1, `,"model":"M3"`))
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), `"M2"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	for name, tc := range map[string]struct{ path, body, says string }{
		"another id":       {"ct-2", ct(0, ""), "another one"},
		"no such item":     {"x-2", `{"version":0,"id":"x-2","item":"spaceship","place":"KZ","plans":null}`, "no item"},
		"serial twice":     {"ct-2", strings.Replace(ct(0, ""), `"ct-1"`, `"ct-2"`, 1), "serial number"},
		"no such work":     {"x-2", `{"version":0,"id":"x-2","item":"ct","place":"KZ","work":"nothing","plans":null}`, "no such work"},
		"no such facility": {"x-2", `{"version":0,"id":"x-2","item":"ct","place":"KZ","facility":"F999","plans":null}`, "no facility"},
		"dollars":          {"x-2", `{"version":0,"id":"x-2","item":"ct","place":"KZ","price":5,"currency":"USD","plans":null}`, "kept in KZT"},
		"negative":         {"x-2", `{"version":0,"id":"x-2","item":"ct","place":"KZ","price":-5,"plans":null}`, "negative"},
		"out of order":     {"x-2", `{"version":0,"id":"x-2","item":"ct","place":"KZ","plans":null,"events":[{"kind":"state","on":"2026-01-10","state":"in_use"},{"kind":"state","on":"2026-01-09","state":"down","reason":"x"}]}`, "follow each other"},
		"tomorrow":         {"x-2", `{"version":0,"id":"x-2","item":"ct","place":"KZ","plans":null,"events":[{"kind":"state","on":"2036-01-10","state":"in_use"}]}`, "future"},
	} {
		if w := d.knock("PUT", "/api/equipment/"+tc.path, tc.body); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), tc.says) {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	if l := do[httpapi.EquipmentList](d, "GET", "/api/equipment", nil); l.Total != 1 {
		t.Errorf("%d devices after what was refused", l.Total)
	}
}

// The public sees what a published work buys, without serial number and room;
// what nobody bought with a work is seen where drafts may be read.
func TestDeviceSights(t *testing.T) {
	d := devicesDesk(t)
	do[httpapi.EquipmentPage](d, "PUT", "/api/equipment/old-1", `{"version":0,"id":"old-1","item":"ecg","place":"KZ-35","serial":"OLD","room":"12","plans":null}`)
	do[httpapi.WorkPage](d, "PUT", "/api/works/hidden", `{"version":0,"id":"hidden","level":"project","kind":"equipment","condition":"draft","title":{"en":"Hidden"},"place":"KZ-35"}`)
	do[httpapi.EquipmentPage](d, "PUT", "/api/equipment/draft-1", `{"version":0,"id":"draft-1","item":"mri","place":"KZ-35","work":"hidden","plans":null}`)
	public := d.as("")
	l := do[httpapi.EquipmentList](public, "GET", "/api/equipment", nil)
	if l.Total != 1 || l.Items[0].Serial != nil || l.Items[0].Price == nil || len(l.May) != 0 {
		t.Errorf("%+v", l.Items)
	}
	if p := do[httpapi.EquipmentPage](public, "GET", "/api/equipment/ct-1", nil); p.Record.Serial != "" || p.Row.Serial != nil {
		t.Error("the public sees a serial number")
	}
	if l := do[httpapi.EquipmentList](public, "GET", "/api/equipment?q=QX+77", nil); l.Total != 0 {
		t.Error("the public finds a device by its serial number")
	}
	for _, id := range []string{"old-1", "draft-1", "none-1"} {
		if w := public.knock("GET", "/api/equipment/"+id, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", id, w.Code)
		}
	}
	if l := do[httpapi.EquipmentList](d.as("approver@KZ-35"), "GET", "/api/equipment", nil); l.Total != 3 {
		t.Errorf("%d at home", l.Total)
	}
	if l := do[httpapi.EquipmentList](d, "GET", "/api/equipment?q=qx+77", nil); l.Total != 1 {
		t.Error("an officer does not find it by its serial number")
	}
	// Whoever cannot see a draft cannot buy for it either.
	if w := d.as("works_officer@KZ-61").knock("PUT", "/api/equipment/spy-1", `{"version":0,"id":"spy-1","item":"mri","place":"KZ-61","work":"hidden","plans":null}`); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// Of the 965 devices that were promised the register names one.
func TestThe965(t *testing.T) {
	d := devicesDesk(t)
	for _, query := range []string{"", "?work=" + boughtWork, "?work=rural-health-national-project"} {
		l := do[httpapi.EquipmentList](d.as(""), "GET", "/api/equipment"+query, nil)
		p := l.Purchase
		if query == "?work=rural-health-national-project" {
			continue // the programme itself promises no devices
		}
		if p == nil || p.Promised != 965 || p.Unnamed != 964 || p.Beyond != 0 || !slices.Equal(p.Promises, []string{"B4"}) {
			t.Errorf("%s: %+v", query, p)
		}
		for _, c := range l.Sums.States {
			if c.State == "ordered" && *c.Reached != 1 || c.State == "in_use" && c.Now != 1 {
				t.Errorf("%+v", c)
			}
		}
	}
	if l := do[httpapi.EquipmentList](d, "GET", "/api/equipment?item=ct", nil); l.Purchase != nil {
		t.Error("nobody promised a number of scanners")
	}
	l := do[httpapi.EquipmentList](d, "GET", "/api/equipment?facility=F001&state=in_use&due_before=2026-11-24&warranty_before=2027-01-01&group=imaging&q=томограф", nil)
	if l.Total != 1 || l.Sums.Overdue != 1 || l.Sums.Warranty != 1 || l.ByFacility[0].Code != "F001" || l.ByFacility[0].Name["ru"] == "" || l.Sums.Assumed != 1 {
		t.Errorf("%+v", l.Sums)
	}
	for _, bad := range []string{"item=x", "group=x", "due_before=soon"} {
		if w := d.knock("GET", "/api/equipment?"+bad, nil); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
}

func TestDeviceTablesGoOutAndIn(t *testing.T) {
	d := devicesDesk(t)
	w := d.knock("GET", "/api/equipment.csv", nil)
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "QX 77") {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	csv := w.Body.String()
	if w := d.as("").knock("GET", "/api/equipment.csv", nil); strings.Contains(w.Body.String(), "QX 77") {
		t.Error("the public gets serial numbers in the table")
	}
	got := do[httpapi.EquipmentImport](d, "POST", "/api/equipment/import?name=t.csv&dry_run=true", csv)
	if len(got.Problems) > 0 || got.Rows != 1 || got.Changed > 1 || got.New != 0 {
		t.Errorf("%+v", got)
	}
	bad := "item,facility,serial,maker,state,since\nct,F001,QX 77,Maker,in use,2026-01-01\nct,F001,,,flying,2026-01-01\n"
	got = do[httpapi.EquipmentImport](d, "POST", "/api/equipment/import?name=t.csv", bad)
	if len(got.Problems) != 1 || got.Problems[0].Row != 3 || got.Problems[0].Column != "E" || got.Problems[0].Message["kk"] == "" {
		t.Errorf("%+v", got)
	}
	bad = strings.Replace(bad, "flying", "in use", 1)
	got = do[httpapi.EquipmentImport](d, "POST", "/api/equipment/import?name=t.csv", bad)
	if len(got.Problems) != 1 || got.Problems[0].Row != 2 || got.Problems[0].Code != "serial" || got.Problems[0].Column != "C" {
		t.Errorf("%+v", got)
	}
	if l := do[httpapi.EquipmentList](d, "GET", "/api/equipment", nil); l.Total != 1 {
		t.Errorf("%d devices after a table that was refused", l.Total)
	}
	next := d.as("works_officer@KZ-61")
	if got := do[httpapi.EquipmentImport](next, "POST", "/api/equipment/import?name=t.csv", "item,place\nct,KZ-35\n"); len(got.Problems) != 1 || got.Problems[0].Code != "right" {
		t.Errorf("%+v", got)
	}
	for range 2 { // the second time everything is known
		got = do[httpapi.EquipmentImport](next, "POST", "/api/equipment/import?name=t.csv", "item,place,quantity,ordered\nct,KZ-61,3,2025-01-01\n")
	}
	if got.Known != 3 || got.New != 0 || got.Events != 0 {
		t.Errorf("%+v", got)
	}
}

// register50 is a workbook of devices.
func register50(t testing.TB, n int) []byte {
	var b bytes.Buffer
	w, err := sheet.NewWriter(&b, sheet.XLSX, sheet.WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	row := func(cells ...string) {
		out := make([]sheet.Cell, len(cells))
		for i, c := range cells {
			out[i].Text = c
		}
		if err := w.Write(out); err != nil {
			t.Fatal(err)
		}
	}
	row("Наименование", "Организация", "Серийный номер", "Производитель", "Цена", "Дата договора", "Дата поставки", "Дата ввода", "Состояние", "Дата состояния")
	items := []string{"КТ", "Аппарат ИВЛ", "Электрокардиограф", "Гастроскоп"}
	items[3] = "Видеогастроскоп"
	for i := range n {
		row(items[i%len(items)], fmt.Sprintf("F%03d", 1+i%100), fmt.Sprintf("SN-%06d", i), "Maker", "1250000.50", "2024-03-01", "2024-09-10", "15.10.2024", "используется", "20.10.2024")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A register of devices as a workbook, and the list over it, on both databases:
// 50,000 of them in a soak, else a tenth.
func TestManyDevices(t *testing.T) {
	n := 5_000
	if os.Getenv("SHANYRAQ_SOAK") != "" {
		n = 50_000
	}
	raw := register50(t, n)
	onBoth(t, func(t *testing.T, a *App) {
		start := time.Now()
		took := func(what string) {
			t.Logf("%s: %s", what, time.Since(start))
			start = time.Now()
		}
		got, err := a.ImportAssets(local(), "t.xlsx", bytes.NewReader(raw), int64(len(raw)), AssetImport{})
		if err != nil || len(got.Problems) > 0 || got.New != n || got.Events != 4*n {
			t.Fatalf("%+v %v", got, err)
		}
		took(fmt.Sprintf("%d devices imported", n))
		for _, f := range []httpapi.EquipmentFilter{{}, {}, {State: "in_use", Place: "KZ-15"}, {Q: "gastroscope"}, {Sort: "name", Offset: n / 2}} {
			if l, err := a.Devices(local(), When{}, f); err != nil || l.Total == 0 {
				t.Fatalf("%+v %v", l, err)
			}
			took(fmt.Sprintf("%+v", f))
		}
		day := mustPeriod(t, "2024-09-15").Start
		if l, err := a.Devices(local(), When{AsOf: &day}, httpapi.EquipmentFilter{State: "delivered"}); err != nil || l.Total != n {
			t.Fatalf("%+v %v", l, err)
		}
		took("as of 15 September 2024")
		if got, err = a.ImportAssets(local(), "t.xlsx", bytes.NewReader(raw), int64(len(raw)), AssetImport{}); err != nil || got.Known != n {
			t.Fatalf("%+v %v", got, err)
		}
		took("imported again")
	})
}
