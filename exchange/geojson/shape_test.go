package geojson

import (
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
)

func shapes(s string) ([]Shape, error) { return ReadShapes(strings.NewReader(s), "s.geojson", 0) }

func TestReadShapes(t *testing.T) {
	got, err := shapes(file(
		feature(`{"class":"main","lanes":2,"paved":true,"old":null,"more":{"a":[1]}}`, "LineString", "[[71,51],[72,51,300]]"),
		`{"geometry":{"coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]],"type":"MultiLineString"},"type":"Feature"}`,
		feature(`null`, "Polygon", "["+square+","+other+"]"),
		feature(`{}`, "MultiPolygon", "[["+square+"],["+other+"]]"),
	))
	if err != nil || len(got) != 4 {
		t.Fatal(got, err)
	}
	if p := got[0].Properties; len(p) != 3 || p["class"] != "main" || p["lanes"] != "2" || p["paved"] != "true" {
		t.Error(p)
	}
	if len(got[0].Lines) != 1 || len(got[1].Lines) != 2 || len(got[2].Areas) != 1 || len(got[2].Areas[0]) != 2 || len(got[3].Areas) != 2 || got[1].Number != 2 {
		t.Errorf("%+v", got)
	}
}

func TestShapesRefused(t *testing.T) {
	for name, tc := range map[string]struct{ in, want string }{
		"a point":        {file(feature(`{}`, "Point", "[1,2]")), "feature 1: its geometry is a \"Point\""},
		"no geometry":    {file(`{"type":"Feature","properties":{}}`), "no geometry"},
		"null geometry":  {file(`{"type":"Feature","geometry":null}`), "no geometry"},
		"one point":      {file(feature(`{}`, "LineString", "[[1,2]]")), "1 points"},
		"nested wrong":   {file(feature(`{}`, "LineString", "[[[1,2],[3,4]]]")), "not two numbers"},
		"texts":          {file(feature(`{}`, "LineString", `[["a",2],[3,4]]`)), "not two numbers"},
		"not an array":   {file(feature(`{}`, "Polygon", `7`)), "do not fit"},
		"metres":         {file(feature(`{}`, "LineString", "[[500000,5000000],[3,4]]")), "metres"},
		"an open ring":   {file(feature(`{}`, "Polygon", "[[[1,2],[3,4],[5,6],[7,8]]]")), "repeats the first"},
		"no ring":        {file(feature(`{}`, "Polygon", "[]")), "no ring"},
		"another system": {`{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32642"}},` + file(feature(`{}`, "LineString", "[[1,2],[3,4]]"))[1:], "another projection"},
		"cut":            {file(feature(`{}`, "LineString", "[[1,2],[3,4]]"))[:90], "JSON"},
		"nothing":        {file(), "no feature"},
	} {
		if _, err := shapes(tc.in); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.want) || !strings.HasPrefix(err.Error(), "s.geojson: ") {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
}

func FuzzShapes(f *testing.F) {
	f.Add(file(feature(`{"class":"main"}`, "LineString", "[[71,51],[72,51,300]]"), feature(`null`, "Polygon", "["+square+"]")))
	f.Fuzz(func(t *testing.T, in string) {
		got, err := ReadShapes(strings.NewReader(in), "f", 1<<20)
		if err != nil {
			return
		}
		for _, s := range got {
			for _, line := range s.Lines {
				for _, p := range line {
					if !(p[0] >= -180 && p[0] <= 180 && p[1] >= -90 && p[1] <= 90) {
						t.Fatal(p)
					}
				}
			}
		}
	})
}
