package figures

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

// dhis2Rows is the size of the public DHIS2 demonstration database that the
// bar of the ledger names.
const dhis2Rows = 188_701

// dhis2Export returns a data value set of DHIS2 with that many rows, its
// mapping and the catalogue that it needs: 60 data elements, 600 units, months
// of several years, two categories.
func dhis2Export(rows int) ([]byte, *Mapping, *Lists) {
	const elements, units = 60, 600
	m := &Mapping{
		Columns:      map[string]string{"measure": "dataelement", "place": "orgunit", "period": "period", "value": "value"},
		Constants:    map[string]string{"kind": "actual", "source": "DHIS2"},
		Values:       map[string]map[string]string{"measure": {}, "place": {}, "coc": {"HllvX50cXC0": ""}},
		Dimensions:   map[string]string{"coc": "categoryoptioncombo"},
		PeriodFormat: "dhis2",
		Ignore:       []string{"attributeoptioncombo", "storedby", "lastupdated", "comment", "followup"},
	}
	var measures []ledger.Measure
	for i := range elements {
		code := fmt.Sprintf("element.%d", i)
		measures = append(measures, ledger.Measure{Code: code, Version: 1, Unit: "case"})
		m.Values["measure"][fmt.Sprintf("deXXXXXX%03d", i)] = code
	}
	var places []place.Place
	for i := range units {
		code := fmt.Sprintf("F%03d", i)
		places = append(places, place.Place{ID: place.ID(code)})
		m.Values["place"][fmt.Sprintf("ouXXXXXX%03d", i)] = code
	}
	var b bytes.Buffer
	b.WriteString("dataelement,period,orgunit,categoryoptioncombo,attributeoptioncombo,value,storedby,lastupdated,comment,followup\n")
	for i := range rows {
		coc := [2]string{"HllvX50cXC0", "cocYYYYYY01"}[i%2]
		month := i / (2 * elements * units)
		fmt.Fprintf(&b, "deXXXXXX%03d,%04d%02d,ouXXXXXX%03d,%s,HllvX50cXC0,%d,admin,2025-12-01T10:00:00.000+0000,,false\n",
			i/2%elements, 2020+month/12, 1+month%12, i/2/elements%units, coc, i*7919%100000)
	}
	catalogue := NewLists(measures, []ledger.Unit{{Code: "case", Kind: "count"}}, places, []ledger.Document{{Name: "DHIS2", Kind: "reference"}})
	return b.Bytes(), m, catalogue
}

func BenchmarkDHIS2(b *testing.B) {
	table, m, catalogue := dhis2Export(dhis2Rows)
	b.SetBytes(int64(len(table)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := sheet.Open(bytes.NewReader(table), int64(len(table)), sheet.Options{Name: "d"})
		if err != nil {
			b.Fatal(err)
		}
		res, err := Read(context.Background(), r, Options{Catalogue: catalogue, Mapping: m})
		if err != nil || len(res.Figures) != dhis2Rows {
			b.Fatal(len(res.Figures), res.Err(), err)
		}
	}
}

func BenchmarkWorkbook(b *testing.B) {
	table, m, catalogue := dhis2Export(dhis2Rows)
	res := importBytes(b, table, Options{Catalogue: catalogue, Mapping: m})
	workbook := export(b, sheet.XLSX, res.Figures, WriteOptions{})
	b.Run("write", func(b *testing.B) {
		for b.Loop() {
			export(b, sheet.XLSX, res.Figures, WriteOptions{})
		}
	})
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			if again := importBytes(b, workbook, Options{Catalogue: catalogue}); len(again.Figures) != dhis2Rows {
				b.Fatal(again.Err())
			}
		}
	})
}
