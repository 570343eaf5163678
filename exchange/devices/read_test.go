package devices

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/equipment"
)

func options() Options {
	return Options{Today: period.NewDate(2026, 11, 24), Currency: money.KZT,
		Facility: func(s string) (place.ID, place.ID, bool) {
			if s == "F001" || s == "Айтекебийская районная больница" {
				return "F001", "KZ-15", true
			}
			return "", "", false
		},
		Place: func(s string) (place.ID, bool) { return place.ID(s), strings.HasPrefix(s, "KZ") },
		Work:  func(s string) (works.ID, bool) { return works.ID(s), s == "rural-2024" }}
}

func read(t testing.TB, text string, o Options) *Table {
	t.Helper()
	in, err := sheet.Open(strings.NewReader(text), int64(len(text)), sheet.Options{Name: "t.csv"})
	if err != nil {
		t.Fatal(err)
	}
	table, err := Read(in, o)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestReadRussianTable(t *testing.T) {
	got := read(t, strings.ReplaceAll(`Реестр медицинской техники;;;;;;;;;;
;;;;;;;;;;
Наименование техники;Организация;Серийный номер;Производитель;Цена, тенге;НДС;Дата договора;Дата поставки;Дата ввода в эксплуатацию;Состояние;Дата состояния;Причина;Гарантия до;Примечание
КТ;Айтекебийская районная больница;SN 12;Maker;412 500 000,50;да;01.03.2024;2024-09-10;15.10.2024;Неисправно;20.11.2026;трубка;14.10.2027;видел сам
Аппарат ИВЛ;F001;V-7;Maker;;;;;;в эксплуатации;05.02.2025;;;
`, "\t", ";"), options())
	if len(got.Problems) > 0 || len(got.Rows) != 2 || !slices.Equal(got.Ignored, []string{"Примечание"}) {
		t.Fatalf("%+v", got)
	}
	ct := got.Rows[0]
	if a := ct.Asset; a.Item != "ct" || a.Facility != "F001" || a.Place != "KZ-15" || *a.Price != 41_250_000_050 || a.VAT != works.VATIncluded || a.To.String() != "2027-10-14" {
		t.Errorf("%+v", a)
	}
	var path []string
	for _, e := range ct.Events {
		path = append(path, string(e.State)+" "+e.On.String()+" "+e.Reason)
	}
	if want := []string{"ordered 2024-03-01 ", "delivered 2024-09-10 ", "commissioned 2024-10-15 ", "down 2026-11-20 трубка"}; !slices.Equal(path, want) {
		t.Errorf("%q", path)
	}
	if got.Rows[1].Asset.Item != "ventilator" || got.Rows[1].Events[0].State != equipment.InUse {
		t.Errorf("%+v", got.Rows[1])
	}
}

func TestReadKazakhAndEnglish(t *testing.T) {
	for _, text := range []string{
		"Техника түрі,Аурухана,Зауыттық нөмірі,Күйі,Күні\nМагниттік-резонанстық томограф (МРТ),F001,1,Жұмыс істеп тұр,2026-01-10\n",
		"device,facility,serial_number,state,since\nMRI scanner,F001,1,in use,2026-01-10\n",
	} {
		got := read(t, text, options())
		if len(got.Problems) > 0 || len(got.Rows) != 1 || got.Rows[0].Asset.Item != "mri" || got.Rows[0].Events[0].State != equipment.InUse {
			t.Errorf("%s: %+v", text, got)
		}
	}
}

// Several devices of a row, and a table that is read again, are the same devices.
func TestIDs(t *testing.T) {
	text := "item,place,quantity,ordered,work\nultrasound scanner general purpose,KZ-35,3,2024-03-01,rural-2024\n"
	text = strings.ReplaceAll(text, "ultrasound scanner general purpose", "us-general")
	a, b := read(t, text, options()), read(t, text, options())
	if len(a.Rows) != 3 || len(a.Problems) > 0 {
		t.Fatalf("%+v", a)
	}
	seen := map[equipment.ID]bool{}
	for i := range a.Rows {
		if a.Rows[i].Asset.ID != b.Rows[i].Asset.ID || seen[a.Rows[i].Asset.ID] {
			t.Errorf("%s", a.Rows[i].Asset.ID)
		}
		seen[a.Rows[i].Asset.ID] = true
	}
}

func TestBadTables(t *testing.T) {
	head := "item,facility,serial,price,currency,state,since,reason,delivered,in_use,quantity,warranty_from,warranty_to,vat,place,work,last_maintenance\n"
	for _, tc := range []struct{ name, text, want string }{
		{"nothing known", "a,b\n1,2\n", "header "},
		{"no device", head, "empty "},
		{"an unknown device", head + "spaceship,F001\n", "item A2"},
		{"no device type", head + ",F001\n", "missing A2"},
		{"an unknown facility", head + "ct,F999\n", "facility B2"},
		{"nowhere", head + "ct\n", "missing B2"},
		{"an unknown place", head + "ct,,,,,,,,,,,,,,XX\n", "place O2"},
		{"an unknown work", head + "ct,F001,,,,,,,,,,,,,,other\n", "work P2"},
		{"the same serial number twice", head + "ct,F001,7\nct,F001,7\n", "serial C3"},
		{"a negative price", head + "ct,F001,,-5\n", "negative D2"},
		{"a price in words", head + "ct,F001,,дорого\n", "number D2"},
		{"a price of which the comma is unclear", head + "ct,F001,,\"1,234\"\n", "number D2"},
		{"a price with thirds of a tenge", head + "ct,F001,,1.333\n", "number D2"},
		{"dollars", head + "ct,F001,,5,USD\n", "currency E2"},
		{"an unknown state", head + "ct,F001,,,,flying,2026-01-01\n", "state F2"},
		{"a state without a day", head + "ct,F001,,,,in use\n", "state_day F2"},
		{"down without a reason", head + "ct,F001,,,,down,2026-01-01\n", "reason H2"},
		{"in use before it was delivered", head + "ct,F001,,,,,,,2026-03-01,2026-02-01\n", "order J2"},
		{"tomorrow", head + "ct,F001,,,,in use,2026-11-25\n", "future G2"},
		{"31 February", head + "ct,F001,,,,in use,31.02.2026\n", "date G2"},
		{"half a device", head + "ct,F001,,,,,,,,,0.5\n", "whole K2"},
		{"two devices with one number", head + "ct,F001,7,,,,,,,,2\n", "quantity K2"},
		{"a warranty that ends before it begins", head + "ct,F001,,,,,,,,,,2026-02-01,2026-01-01\n", "order M2"},
		{"VAT perhaps", head + "ct,F001,,,,,,,,,,,,perhaps\n", "vat N2"},
		{"a service before the device", head + "ct,F001,,,,,,,,2026-02-01,,,,,,,2026-01-01\n", "order Q2"},
		{"two columns of one thing", "item,device,place\nct,ct,KZ\n", "twice "},
		{"an id that is none", "id,item,place\nx y,ct,KZ\n", "id A2"},
		{"an id twice", "id,item,place\nct-1,ct,KZ\nct-1,ct,KZ\n", "id A3"},
		{"a text without end", "item,place,room\nct,KZ," + strings.Repeat("x", 201) + "\n", "long C2"},
	} {
		got := read(t, tc.text, options())
		if len(got.Problems) != 1 {
			t.Errorf("%s: %+v", tc.name, got.Problems)
			continue
		}
		p := got.Problems[0]
		at := p.Code + " "
		if p.Column != "" {
			at += fmt.Sprintf("%s%d", p.Column, p.Row)
		}
		if at != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, at, tc.want)
		}
		for _, c := range lang.Codes() {
			if p.Text[c] == "" || strings.Contains(p.Text[c], "{") {
				t.Errorf("%s says nothing in %s", p.Code, c)
			}
		}
	}
}

func TestMapping(t *testing.T) {
	o := options()
	o.Mapping = map[string]string{"item": "Что это", "serial": ""}
	got := read(t, "Что это,place,serial\nct,KZ,7\n", o)
	if len(got.Problems) > 0 || len(got.Rows) != 1 || got.Rows[0].Asset.Serial != "" || len(got.Ignored) != 1 {
		t.Errorf("%+v", got)
	}
	o.Mapping = map[string]string{"colour": "x", "room": "there is none"}
	if got := read(t, "item,place\nct,KZ\n", o); len(got.Problems) != 2 {
		t.Errorf("%+v", got.Problems)
	}
}

// Problems are listed to a bound and counted beyond it.
func TestManyProblems(t *testing.T) {
	got := read(t, "item,place\n"+strings.Repeat("spaceship,KZ\n", MaxProblems+7), options())
	if len(got.Problems) != MaxProblems || got.More != 7 {
		t.Errorf("%d and %d", len(got.Problems), got.More)
	}
}

// Whatever the file holds, it is read or refused, and what is read fits the
// law of devices.
func FuzzRead(f *testing.F) {
	f.Add([]byte("item,facility,serial,state,since,reason\nct,F001,7,down,2026-01-01,x\n"))
	f.Add([]byte("Наименование;Организация;Цена\nКТ;F001;1 000,50\n"))
	f.Add([]byte("item,place,quantity,delivered,in_use,last_maintenance\nct,KZ,3,2024-01-01,2025-01-01,2026-01-01\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 100_000 {
			return
		}
		in, err := sheet.Open(bytes.NewReader(raw), int64(len(raw)), sheet.Options{Name: "t"})
		if err != nil {
			return
		}
		table, err := Read(in, options())
		if err != nil {
			return
		}
		for _, r := range table.Rows {
			if err := r.Asset.Check(); err != nil {
				t.Fatalf("%+v: %v", r.Asset, err)
			}
			var done []equipment.Event
			for i := range r.Events {
				e := r.Events[i]
				if err := equipment.Guard(&r.Asset, done, &e, options().Today); err != nil {
					t.Fatalf("%+v: %v", e, err)
				}
				done = append(done, e)
			}
		}
	})
}

func TestReadMapping(t *testing.T) {
	if m, err := ReadMapping(strings.NewReader(`{"item":"Что это","serial":""}`), "m.json"); err != nil || m["item"] != "Что это" || len(m) != 2 {
		t.Errorf("%v %v", m, err)
	}
	for _, text := range []string{"", "[]", `{"item":1}`, `{"colour":"x"}`, strings.Repeat(" ", maxMapping+1) + "{}"} {
		if _, err := ReadMapping(strings.NewReader(text), "m.json"); err == nil {
			t.Errorf("%.20q was read", text)
		}
	}
}
