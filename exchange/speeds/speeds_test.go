package speeds

import (
	"reflect"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/plan/access/friction"
)

func read(text string) (friction.Speeds, error) {
	return Read("s.csv", strings.NewReader(text), int64(len(text)))
}

func TestRead(t *testing.T) {
	got, err := read("Class;Label;Speed;Mode\n10;степь;5;WALKING\n1001;асфальт;80,5;MOTORIZED\n")
	want := friction.Speeds{
		{Class: "10", Label: "степь", Mode: friction.Walking, KmPerHour: 5, Row: 2},
		{Class: "1001", Label: "асфальт", Mode: friction.Motorised, KmPerHour: 80.5, Row: 3},
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	got, err = read("layer,class,mode,season,speed_kmh\nroad,primary,bicycle,Winter,0\nlandcover,10.0,walk,,4\n")
	if err != nil || got[0].Layer != friction.RoadLayer || got[0].Season != "winter" || got[0].Mode != friction.Bicycling || got[1].Class != "10" || got[1].Layer != friction.LandCover {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                                             "empty",
		"class,mode,speed_kmh\n":                       "no speed",
		"class,speed_kmh\n10,5\n":                      "column mode",
		"class,mode,speed,speed_kmh\n":                 "twice",
		"class,mode,speed\n10,flying,5\n":              "row 2, column mode",
		"class,mode,speed\n10,walking,fast\n":          "row 2, column speed_kmh",
		"class,mode,speed\n10,walking,-5\n":            "row 2",
		"class,mode,speed\n,walking,5\n":               "row 2: class is empty",
		"class,mode,speed\n10,walking,5\n10,walk,4\n":  "in row 2",
		"class,mode,speed,layer\n10,walking,5,river\n": "column layer",
		"class,mode,speed\n10,motorised,900\n":         "from 0",
	} {
		if _, err := read(text); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v; want %q in it", text, err, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("class,mode,speed_kmh,season,layer,label\n10,walking,5,winter,road,x\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := read(text)
		if err == nil && got.Check() != nil {
			t.Error(got)
		}
	})
}
