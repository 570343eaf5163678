package main

import (
	"encoding/json"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAccessTiles(t *testing.T) {
	put(t, plain)
	code, out, errs := shanyraq(t, "--json", "access", "tiles", "--map", "times.asc", "--minutes", "30,60", "--zoom", "5-9", "--out", "web")
	if code != exitDone {
		t.Fatal(errs)
	}
	var a tilesAnswer
	if err := json.Unmarshal([]byte(out), &a); err != nil || a.Tiles < 5 || a.Bytes == 0 || len(a.Bounds) != 4 || a.Bounds[0] != 70 {
		t.Errorf("%s %v", out, err)
	}
	var d tileJSON
	b, _ := os.ReadFile("web/tiles.json")
	if err := json.Unmarshal(b, &d); err != nil || len(d.Legend) != 3 || *d.Legend[1].UpTo != 60 || d.Legend[2].UpTo != nil || d.MaxZoom != 9 {
		t.Errorf("%s %v", b, err)
	}
	// The middle of the first cell, 70.05 E 50.15 N, is on tile 9/355/173, 161
	// pixels from its western edge and 75 from the northern; its time is 0.
	f, err := os.Open(filepath.Join("web", "9", "355", "173.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if c := color.NRGBAModel.Convert(img.At(161, 75)); c != (color.NRGBA{254, 232, 56, 255}) {
		t.Errorf("%v", c)
	}
	for _, tc := range []struct {
		args []string
		want string
	}{
		{[]string{"--minutes", "30", "--out", "web"}, "not empty"},
		{[]string{"--out", "new"}, "exactly one"},
		{[]string{"--minutes", "30", "--limits", "3", "--out", "new"}, "exactly one"},
		{[]string{"--minutes", "60,30", "--out", "new"}, "grow"},
		{[]string{"--minutes", "30", "--zoom", "5-99", "--out", "new"}, "FROM-TO"},
		{[]string{"--minutes", "30", "--zoom", "18", "--out", "new"}, "smaller zoom"},
	} {
		if code, _, errs := shanyraq(t, append([]string{"access", "tiles", "--map", "times.asc"}, tc.args...)...); code == exitDone || !strings.Contains(errs, tc.want) {
			t.Errorf("%v: %d %s", tc.args, code, errs)
		}
	}
	os.Remove("times.prj")
	if code, _, errs := shanyraq(t, "access", "tiles", "--map", "times.asc", "--minutes", "30", "--out", "other"); code == exitDone || !strings.Contains(errs, ".prj") {
		t.Error(errs)
	}
}
