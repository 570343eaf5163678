package main

import (
	"os"
	"strings"
	"testing"
)

// What the program makes by itself is well but for what only people can do.
func TestDoctorOnANewDatabase(t *testing.T) {
	db := loaded(t)
	var list []struct {
		Check, State string
		Text, Do     map[string]string
	}
	ask(t, &list, "--db", db, "doctor", "--full")
	for _, f := range list {
		if f.State != "ok" && f.Check != "backup" || f.Text["kk"] == "" {
			t.Errorf("%s is %s: %s", f.Check, f.State, f.Text["en"])
		}
	}
	if code, out, _ := shanyraq(t, "--db", db+"x", "--lang", "ru", "doctor"); code != exitRefused || !strings.Contains(out, "не открывается") {
		t.Errorf("no database: %d %s", code, out)
	}
	if _, err := os.Stat(strings.TrimPrefix(db, "sqlite:") + "x"); err == nil {
		t.Error("looking for a database made one")
	}
}

// What a container calls.
func TestHealthcheck(t *testing.T) {
	url := served(t, loaded(t))
	if code, _, errs := shanyraq(t, "healthcheck", url+"/"); code != exitDone {
		t.Errorf("%d %s", code, errs)
	}
	for _, bad := range []string{"http://127.0.0.1:1", "board", url + "/api"} {
		if code, _, errs := shanyraq(t, "healthcheck", bad); code != exitRefused || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: %d %s", bad, code, errs)
		}
	}
}
