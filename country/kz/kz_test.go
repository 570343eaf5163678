package kz

import (
	"strings"
	"sync"
	"testing"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// loaded reads the pack once; tests only look at it.
var loaded = sync.OnceValues(func() (*country.Pack, error) { return country.Load(Pack()) })

func load(t *testing.T) *country.Pack {
	t.Helper()
	p, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every text of the pack that people read exists in the three languages.
func TestTranslated(t *testing.T) {
	p := load(t)
	need := func(what string, x lang.Text) {
		for _, c := range lang.Codes() {
			if x[c] == "" {
				t.Errorf("%s has no text in %s", what, c)
			}
		}
	}
	for _, x := range p.Measures {
		need("measure "+x.Code, x.Name)
		need("definition of "+x.Code, x.Definition)
	}
	for _, x := range p.Units {
		need("unit "+x.Code, x.Name)
	}
	for _, x := range p.Places {
		need("place "+string(x.ID), x.Name)
	}
	for _, x := range p.Offices {
		need("office "+x.Code, x.Name)
	}
	for _, x := range p.Labels {
		need("dimension "+x.Dimension+"="+x.Value, x.Name)
	}
	for _, x := range p.Statements {
		need("statement "+x.ID, x.Title)
	}
	for _, x := range p.Rules {
		need("title of rule "+x.Code, x.Title)
		need("text of rule "+x.Code, x.Open)
	}
	for _, x := range p.Documents {
		need("document "+x.Name, x.Title)
		need("publisher of "+x.Name, x.Publisher)
	}
	for _, x := range p.Facilities {
		need("facility "+x.Code, x.Name)
	}
	for _, x := range p.Services {
		need("service "+x.Code, x.Name)
	}
	for _, x := range p.Templates {
		need("template "+x.Code, x.Name)
		need("note of template "+x.Code, x.Note)
		for _, r := range x.Rows {
			need("group of row "+x.Code+"/"+r.Code, r.Group)
			if len(r.Name) > 0 {
				need("row "+x.Code+"/"+r.Code, r.Name)
			}
		}
		for _, c := range x.Checks {
			need("check "+x.Code+"/"+c.Code, c.Text)
		}
	}
	for _, x := range p.Sources {
		need("source of money "+x.Code, x.Name)
	}
	for _, x := range p.Works {
		need("work "+string(x.ID), x.Title)
		if len(x.Text) > 0 {
			need("text of work "+string(x.ID), x.Text)
		}
	}
	need("country", p.Country.Name)
	for _, x := range p.Country.Parameters {
		need("parameter "+x.Code, x.Text)
	}
}

// The populations of the regions make that of the country, to the person.
func TestPopulationAddsUp(t *testing.T) {
	p := load(t)
	sums := map[string]int64{}
	var country int64
	kinds := map[string]string{}
	for _, x := range p.Places {
		kinds[string(x.ID)] = string(x.Kind) + "/" + string(x.Parent)
	}
	for _, f := range p.Figures {
		if f.Measure != "population.total" || f.Source != "BNS-BULLETIN" {
			continue
		}
		switch k := kinds[string(f.Place)]; {
		case f.Place == "KZ":
			country = f.Value.IntPart()
		case k == "region/KZ" || k == "city/KZ":
			sums["regions"] += f.Value.IntPart()
		case strings.HasPrefix(k, "settlement/"):
			// towns and villages are inside their districts
		default:
			sums["districts"] += f.Value.IntPart()
		}
	}
	if country != 19765004 || sums["regions"] != country || sums["districts"] != country {
		t.Errorf("country %d, regions %d, districts %d; the bulletin says 19,765,004", country, sums["regions"], sums["districts"])
	}
}

// Every statement of a document has a line and a span; all else is a source.
func TestStatementsHaveSpans(t *testing.T) {
	p := load(t)
	kinds := map[string]string{}
	for _, d := range p.Documents {
		kinds[d.Name] = d.Kind
	}
	figures := map[string]int{}
	for i := range p.Statements {
		f := p.Figures[i]
		if f.ID != p.Statements[i].Figure {
			t.Fatalf("%s: statement and figure are out of step", p.Statements[i].ID)
		}
		if kinds[f.Document] == "document" && (f.Locator.Line < 1 || f.Locator.To <= f.Locator.From) {
			t.Errorf("%s has no span", p.Statements[i].ID)
		}
		figures[f.Document]++
	}
	for _, d := range p.Documents {
		if d.Kind == "document" && (figures[d.Name] < 10 || d.SHA256 == "" || d.Lines == 0) {
			t.Errorf("%s: %d statements, hash %q, %d lines", d.Name, figures[d.Name], d.SHA256, d.Lines)
		}
	}
}

// Every dimension and every value that a figure or capacity uses has a name.
func TestDimensionsNamed(t *testing.T) {
	p := load(t)
	named := map[string]bool{}
	for _, x := range p.Labels {
		named[x.Dimension+"="+x.Value] = true
	}
	need := func(what, dimension, value string) {
		if value != "" && (!named[dimension+"="] || !named[dimension+"="+value]) {
			t.Errorf("%s uses %s=%s, which has no name", what, dimension, value)
		}
	}
	for _, f := range p.Figures {
		for k, v := range f.Dims() {
			need(f.Measure, k, v)
		}
	}
	for _, m := range p.Measures {
		need(m.Code, "theme", string(m.Theme))
	}
	for _, f := range p.Facilities {
		need(f.Code, "facility_kind", f.Kind)
		need(f.Code, "facility_status", f.Status)
	}
	for _, c := range p.Capacities {
		need(string(c.Facility), "capacity_item", string(c.Item))
		need(string(c.Facility), "capacity_status", string(c.Status))
	}
	for _, r := range p.Roads {
		need("a road", "road_class", r.Class)
	}
}

// The smallest whole numbers that give a printed percentage, which the rule
// e1-counts states in words.
func TestSmallestCounts(t *testing.T) {
	smallest := func(tenths int) (from, to int) {
		for from = 1; ; from++ {
			for to = 0; to <= from; to++ {
				if (2000*(from-to)+from)/(2*from) == tenths { // rounded to a tenth of a percent
					return from, to
				}
			}
		}
	}
	for tenths, want := range map[int][2]int{633: {30, 11}, 216: {37, 29}, 141: {64, 55}} {
		if from, to := smallest(tenths); [2]int{from, to} != want {
			t.Errorf("%d tenths: %d to %d, want %v", tenths, from, to, want)
		}
	}
}

// No two measures are defined by the same words.
func TestDefinitionsDiffer(t *testing.T) {
	seen := map[string]string{}
	for _, m := range load(t).Measures {
		for _, d := range m.Definition {
			if other := seen[d]; other != "" && other != m.Code {
				t.Errorf("%s and %s are both defined as %q", m.Code, other, d)
			}
			seen[d] = m.Code
		}
	}
}

// A settlement that a statement names is a place of the pack, in the region of
// the statement, and a service is one of its services.
func TestDimensionsExist(t *testing.T) {
	p := load(t)
	parent := map[place.ID]place.ID{}
	for _, x := range p.Places {
		parent[x.ID] = x.Parent
	}
	within := func(id, root place.ID) bool {
		for ; id != ""; id = parent[id] {
			if id == root {
				return true
			}
		}
		return false
	}
	services := map[string]bool{}
	for _, s := range p.Services {
		services[s.Code] = true
	}
	for i, s := range p.Statements {
		f := p.Figures[i]
		if v := f.Dims()["service"]; v != "" && !services[v] {
			t.Errorf("%s: no service %q", s.ID, v)
		}
		name, found := f.Dims()["settlement"], false
		for _, x := range p.Places {
			found = found || (x.Kind == place.Settlement && x.Name[lang.EN] == name && within(x.ID, f.Place))
		}
		if name != "" && !found {
			t.Errorf("%s: no settlement %q in %s", s.ID, name, f.Place)
		}
	}
}

// Every region and city has a point, and so has every settlement and facility;
// all lie in the box of the country.
func TestPointsInside(t *testing.T) {
	p := load(t)
	check := func(what string, lat, lon *float64) {
		if lat == nil || lon == nil {
			t.Errorf("%s has no point", what)
		} else if *lat < 40.5 || *lat > 55.5 || *lon < 46.4 || *lon > 87.4 {
			t.Errorf("%s lies at %v %v", what, *lat, *lon)
		}
	}
	for _, x := range p.Places {
		if x.Kind == place.Settlement || x.Kind == place.Region || (x.Kind == place.City && x.Parent == "KZ") {
			if x.Point == nil {
				t.Errorf("%s has no point", x.ID)
				continue
			}
			check(string(x.ID), &x.Point.Lat, &x.Point.Lon)
		}
	}
	for _, f := range p.Facilities {
		check(f.Code, f.Lat, f.Lon)
	}
}

// A capital that had another name for three years is called so on those days.
func TestDatedNames(t *testing.T) {
	p := load(t)
	a, err := place.NewAtlas(p.Places, p.Facts, p.Events)
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]string{"2018-01-01": "Astana City", "2020-01-01": "Nur-Sultan City", "2022-09-17": "Astana City", "2026-11-24": "Astana City"} {
		on, err := period.ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Name("KZ-71", lang.EN, on); got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
}
