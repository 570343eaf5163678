package points

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
)

func read(text string) ([]Point, error) {
	return Read("a.csv", strings.NewReader(text), int64(len(text)))
}

func TestRead(t *testing.T) {
	got, err := read("name,ID,Lon,lat,after_s\n\nБалқаш,H1,74.98,46.85,\n,H2,-1e1,5,90\n")
	want := []Point{{Row: 3, ID: "H1", X: 74.98, Y: 46.85}, {Row: 4, ID: "H2", X: -10, Y: 5, After: 90}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	got, err = read("id;x;y\nH1;74,98;46,85\n")
	if err != nil || got[0].X != 74.98 || got[0].Y != 46.85 {
		t.Errorf("with decimal commas: %+v, %v", got, err)
	}
}

func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "empty",
		"id,x,y\n":                     "no place",
		"id,x\nA,1\n":                  "column y",
		"id,x,y,lon\nA,1,2,3\n":        "twice",
		"id,x,y\n,1,2\n":               "row 2, column id",
		"id,x,y\nA,1,2\nB,1,2\nA,3,4":  "row 4, column id",
		"id,x,y\nA,1,zwei\n":           "row 2, column y",
		"id,x,y\nA,,2\n":               "row 2, column x",
		"id,x,y\nA,NaN,2\n":            "row 2, column x",
		"id,x,y\nA,1,1e999\n":          "row 2, column y",
		"id,x,y,after_s\nA,1,2,-5\n":   "row 2, column after_s",
		"id,x,y,after_s\nA,1,2,soon\n": "row 2, column after_s",
	} {
		_, err := read(text)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %q in it", text, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("id,x,y\nA,1,2\n")
	f.Add("id;lon;lat;after_s\nA;1,5;2;3\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := read(text)
		if err != nil {
			return
		}
		seen := map[string]bool{}
		for _, p := range got {
			if p.ID == "" || seen[p.ID] || math.IsNaN(p.X) || math.IsNaN(p.Y) || p.After < 0 {
				t.Errorf("%+v", p)
			}
			seen[p.ID] = true
		}
	})
}
