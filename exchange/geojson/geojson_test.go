package geojson

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/fault"
)

// square is a closed ring of one degree, in the text of GeoJSON.
const square = `[[71,51],[72,51],[72,52],[71,52],[71,51]]`

const other = `[[75,43],[76,43],[76,44],[75,43]]`

// file makes a collection of the given features.
func file(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

// feature makes a feature of properties, type and coordinates.
func feature(properties, kind, coordinates string) string {
	return fmt.Sprintf(`{"type":"Feature","properties":%s,"geometry":{"type":%q,"coordinates":%s}}`, properties, kind, coordinates)
}

var good = feature(`{"code":"KZ-11"}`, "Polygon", "["+square+"]")

func parse(s string) ([]Feature, error) { return Read(strings.NewReader(s), "b.geojson", 0) }

func TestRead(t *testing.T) {
	got, err := parse(file(
		feature(`{"kato":750000000,"name":{"kk":"Алматы"},"code":"KZ-75"}`, "MultiPolygon", "[["+other+"],["+square+"]]"),
		`{"geometry":{"coordinates":[[[1,2,300],[3,2,300],[3,4,300],[1,2,300]]],"bbox":[1,2,3,4],"type":"Polygon"},"id":7,"properties":{"KATO":101000000},"type":"Feature"}`,
	))
	if err != nil {
		t.Fatal(err)
	}
	ring := orb.Ring{{1, 2}, {3, 2}, {3, 4}, {1, 2}}
	if len(got) != 2 || got[0].Code != "KZ-75" || len(got[0].Geometry) != 2 || got[0].Geometry[0][0][1] != (orb.Point{76, 43}) {
		t.Errorf("first of %+v", got)
	}
	if want := (Feature{"101000000", 2, orb.MultiPolygon{{ring}}}); !reflect.DeepEqual(got[1], want) {
		t.Errorf("second %+v, want %+v", got[1], want)
	}
}

func TestWriteAndReadBack(t *testing.T) {
	hole := `[[71.2,51.2],[71.4,51.2],[71.4,51.40000001],[71.2,51.2]]`
	in := `{"schematic":true,"features":[` + good + "," +
		feature(`{"iso":"KZ-75 \"а\""}`, "MultiPolygon", "[["+square+","+hole+"],["+other+"]]") + `],"type":"FeatureCollection"}`
	c, err := ReadCollection(strings.NewReader(in), "in", 0)
	if err != nil || !c.Schematic {
		t.Fatal(c.Schematic, err)
	}
	var out bytes.Buffer
	if err := Write(&out, c); err != nil {
		t.Fatal(err)
	}
	back, err := ReadCollection(&out, "out", 0)
	if err != nil || !reflect.DeepEqual(back, c) {
		t.Errorf("%v\n%+v\n%+v", err, back, c)
	}
	if err := Write(failing{}, c); err == nil {
		t.Error("an error of the writer was lost")
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestRefusals(t *testing.T) {
	ring := func(points string) string {
		return file(good, feature(`{"code":"x"}`, "Polygon", "[["+points+"]]"))
	}
	for name, tc := range map[string]struct{ in, want string }{
		"nothing":               {"", "not valid JSON"},
		"cut":                   {file(good)[:150], "not valid JSON"},
		"an array":              {"[]", "form of GeoJSON"},
		"a single feature":      {good, "not a FeatureCollection"},
		"TopoJSON":              {`{"type":"Topology","objects":{},"arcs":[]}`, "not a FeatureCollection"},
		"features elsewhere":    {`{"type":"FeatureCollection"}`, "not a FeatureCollection"},
		"features twice":        {`{"type":"FeatureCollection","features":[` + good + `],"features":[` + good + `]}`, "twice"},
		"no feature":            {file(), "no feature"},
		"something behind":      {file(good) + "{}", "follows the end"},
		"another projection":    {`{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32642"}},` + file(good)[1:], "another projection"},
		"features are text":     {`{"features":"no"}`, "form of GeoJSON"},
		"a line":                {file(good, feature(`{"code":"x"}`, "LineString", "[[1,2],[3,4]]")), "feature 2: its geometry is not a Polygon"},
		"a line, type behind":   {file(`{"type":"Feature","geometry":{"coordinates":[[1,2],[3,4]],"type":"LineString"}}`), "feature 1: "},
		"geometries":            {file(`{"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection","geometries":[]}}`), "feature 1: its geometry is not"},
		"null geometry":         {file(`{"type":"Feature","properties":{"code":"x"},"geometry":null}`), "no geometry"},
		"geometry left out":     {file(`{"type":"Feature","properties":{"code":"x"}}`), "no geometry"},
		"wrong type":            {file(feature(`{"code":"x"}`, "MultiPolygon", "["+square+"]")), "do not fit"},
		"no coordinates":        {file(`{"type":"Feature","properties":{"code":"x"},"geometry":{"type":"Polygon"}}`), "do not fit"},
		"empty coordinates":     {file(feature(`{"code":"x"}`, "Polygon", "[]")), "empty"},
		"empty ring":            {file(feature(`{"code":"x"}`, "Polygon", "[["+square+"],[]]")), "feature 1"},
		"empty polygon":         {file(feature(`{"code":"x"}`, "MultiPolygon", "[["+square+"],[]]")), "has no ring"},
		"text for a number":     {file(feature(`{"code":"x"}`, "Polygon", `[[["a",1]]]`)), "not a number"},
		"object for a number":   {file(feature(`{"code":"x"}`, "Polygon", `[[[1,{}]]]`)), "object"},
		"nested too deeply":     {file(feature(`{"code":"x"}`, "Polygon", `[[[[[1,2]]]]]`)), "nested too deeply"},
		"nested unevenly":       {file(feature(`{"code":"x"}`, "Polygon", `[[[1,2],3]]`)), "nested"},
		"one number":            {ring(`[1]`), "fewer than two"},
		"three points":          {ring(`[1,2],[3,4],[1,2]`), "feature 2: a ring has 3 points"},
		"not closed":            {ring(`[1,2],[3,4],[5,6],[7,8]`), "feature 2: a ring is not closed"},
		"metres":                {ring(`[7412345.5,6612345.2],[1,2],[3,4],[1,2]`), "feature 2: a coordinate is not in degrees: it looks like metres or another projection, or swapped"},
		"latitude first":        {ring(`[51,171],[52,171],[51,172],[51,171]`), "swapped"},
		"beyond floating point": {ring(`[1e999,2]`), "too large"},
		"no code":               {file(good, feature(`{"name":"x","code":null}`, "Polygon", "["+square+"]")), "feature 2: no property code"},
		"properties null":       {file(feature(`null`, "Polygon", "["+square+"]")), "no property code"},
		"properties a list":     {file(feature(`[]`, "Polygon", "["+square+"]")), "not an object"},
		"code an object":        {file(feature(`{"code":{"a":[1]}}`, "Polygon", "["+square+"]")), "no property code"},
		"long code":             {file(feature(`{"code":"`+strings.Repeat("x", 65)+`"}`, "Polygon", "["+square+"]")), "longer than 64"},
		"code twice":            {file(good, good), "feature 2: it has the same code as feature 1"},
		"not of type Feature":   {file(strings.Replace(good, `"Feature"`, `"Thing"`, 1)), "its type is not Feature"},
	} {
		_, err := parse(tc.in)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.want) || !strings.HasPrefix(err.Error(), "b.geojson: ") {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
	if _, err := Read(iotest.ErrReader(io.ErrClosedPipe), "b", 0); !fault.Is(err, fault.Internal) {
		t.Errorf("failing reader: %v", err)
	}
}

func TestKnownListsWhatIsNot(t *testing.T) {
	var features []Feature
	for i := range 30 {
		features = append(features, Feature{Code: fmt.Sprint("C", i), Number: i + 1})
	}
	if err := Known(features, "b", func(string) bool { return true }); err != nil {
		t.Error(err)
	}
	err := Known(features, "b", func(c string) bool { return c == "C0" })
	if !fault.Is(err, fault.Invalid) {
		t.Fatal(err)
	}
	for _, want := range []string{"29 codes", "C1 (feature 2)", "C20 (feature 21)", "and 9 more"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
	if strings.Contains(err.Error(), "C21") {
		t.Errorf("more than twenty are named: %v", err)
	}
}

func TestWithin(t *testing.T) {
	country := orb.Bound{Min: orb.Point{46, 40}, Max: orb.Point{88, 56}}
	features, err := parse(file(good))
	if err != nil {
		t.Fatal(err)
	}
	if err := Within(features, "b", country); err != nil {
		t.Error(err)
	}
	turned, err := parse(file(feature(`{"code":"x"}`, "Polygon", "[[[51,71],[51,72],[52,72],[51,71]]]")))
	if err != nil {
		t.Fatal(err)
	}
	if err := Within(turned, "b", country); err == nil || !strings.Contains(err.Error(), "swapped") {
		t.Errorf("swapped: %v", err)
	}
}

// endless gives prefix and then body again and again, up to n bytes.
func endless(prefix, body string, n int64) io.Reader {
	return io.LimitReader(io.MultiReader(strings.NewReader(prefix), &again{body: body}), n)
}

type again struct {
	body string
	at   int
}

func (a *again) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		k := copy(p[n:], a.body[a.at:])
		n, a.at = n+k, (a.at+k)%len(a.body)
	}
	return n, nil
}

// Files made to exhaust memory must be refused while little is held. The real
// limit is larger; what is held does not grow with it, save for points.
func TestHostileFilesEndEarly(t *testing.T) {
	const head = `{"type":"FeatureCollection","features":[`
	point := head + `{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[`
	for name, r := range map[string]io.Reader{
		"a text without end":     endless(head+`{"type":"`, "x", 6<<20),
		"blanks without end":     endless(head, " ", 6<<20),
		"a number without end":   endless(point+"[1", "1", 6<<20),
		"brackets without end":   endless(`{"x":`, "[", 6<<20),
		"braces without end":     endless(`{"x":`, `{"x":`, 6<<20),
		"points without end":     endless(point+"[1,2]", ",[1,2]", 6<<20),
		"rings without end":      endless(point+"]", ",[]", 6<<20),
		"properties without end": endless(head+`{"properties":{"a":1`, `,"a":1`, 6<<20),
		"features without end":   endless(head+good, ","+good, 6<<20),
		"backslashes":            endless(head+`"`, `\`, 6<<20),
		"too long":               endless(`{"a":[0`, ",0", 6<<20),
	} {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		_, err := Read(r, "b.geojson", 5<<20)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
		if held := int64(after.HeapSys) - int64(before.HeapSys); held > 100<<20 {
			t.Errorf("%s: %d MB more of heap", name, held>>20)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(file(good)))
	f.Add([]byte(file(feature(`{"kato":1}`, "MultiPolygon", "[["+square+"],["+other+"]]"))))
	f.Add([]byte(`{"schematic":true,"crs":null,"features":[{"geometry":{"coordinates":[[[1,2]]]}}]}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		c, err := ReadCollection(bytes.NewReader(in), "f", 1<<20)
		if err != nil {
			if k := fault.KindOf(err); k != fault.Invalid && k != fault.TooLarge {
				t.Fatalf("kind %s: %v", k, err)
			}
			return
		}
		var out bytes.Buffer
		if err := Write(&out, c); err != nil {
			t.Fatal(err)
		}
		back, err := ReadCollection(&out, "out", 0)
		if err != nil {
			t.Fatalf("does not read what it wrote: %v", err)
		}
		if len(back.Features) != len(c.Features) || back.Features[0].Code != c.Features[0].Code ||
			!orb.Equal(back.Features[0].Geometry, c.Features[0].Geometry) {
			t.Fatal("the outline changed")
		}
	})
}
