package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/internal/httpapi"
)

// A table is compared and written out; what comes out can be compared again. A
// table with faults names each cell in the language of the reader and ends with
// 1.
func TestAccessValidate(t *testing.T) {
	dir, db := t.TempDir(), loaded(t)
	good := lay(t, dir, "good.csv", "from,to,minutes,season,source\nҚарағанды,Балхаш,180,winter,log\n")
	out := filepath.Join(dir, "out.csv")
	var got httpapi.AccessValidation
	ask(t, &got, "--db", db, "access", "validate", good, "--out", out, "--set", "speed_main:85")
	if len(got.Rows) != 1 || got.Rows[0].To.ID != "GN1525798" || got.Set["speed_main"] != 85 || *got.Rows[0].Ratio >= 1 {
		t.Fatalf("%+v", got)
	}
	var again httpapi.AccessValidation
	ask(t, &again, "--db", db, "access", "validate", out, "--set", "speed_main:85")
	if len(again.Rows) != 1 || *again.Rows[0].Computed != *got.Rows[0].Computed {
		t.Errorf("%+v", again)
	}
	bad := lay(t, dir, "bad.csv", "from,to,minutes,source\nNowhere,Балхаш,2:30,log\n")
	code, _, errs := shanyraq(t, "--db", db, "--lang", "ru", "access", "validate", bad)
	if code != exitRefused || !strings.Contains(errs, "bad.csv A2: населённого пункта «Nowhere» нет") || !strings.Contains(errs, "bad.csv C2:") {
		t.Errorf("%d %s", code, errs)
	}
	var published httpapi.AccessValidation
	if ask(t, &published, "--db", db, "access", "validate"); !published.Published || len(published.Rows) == 0 {
		t.Errorf("%+v", published)
	}
	if code, text, errs := shanyraq(t, "--db", db, "access", "validate"); code != exitDone || !strings.Contains(text, "MAE") || errs != "" {
		t.Errorf("%d %s %s", code, text, errs)
	}
}
