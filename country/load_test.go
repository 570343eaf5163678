package country_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/fault"
)

// broken returns the second country with one table changed.
func broken(t *testing.T, file, old, new string) fs.FS {
	t.Helper()
	out := fstest.MapFS{}
	pack := os.DirFS("testdata/nisia")
	names, err := fs.Glob(pack, "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		body, err := fs.ReadFile(pack, n)
		if err != nil {
			t.Fatal(err)
		}
		if n == file {
			if !strings.Contains(string(body), old) {
				t.Fatalf("%s has no %q to change", file, old)
			}
			body = []byte(strings.Replace(string(body), old, new, 1))
		}
		out[n] = &fstest.MapFile{Data: body}
	}
	return out
}

// What is wrong in a pack is refused with file, row and column.
func TestRefusals(t *testing.T) {
	for _, tc := range []struct{ what, file, old, new, want string }{
		{"not JSON", "country.json", `"code"`, `code`, "country.json"},
		{"currency with five places", "country.json", `"digits": 3`, `"digits": 5`, "digits"},
		{"offset of a whole day", "country.json", "-210", "-2100", "offset"},
		{"unknown measure", "statements.csv", "P1,promise,count,plan,,departments.new", "P1,promise,count,plan,,departments.old", "statements.csv: row 2, column measure"},
		{"unknown place", "statistics.csv", "population,XN-B", "population,XN-Z", "statistics.csv: row 3, column place"},
		{"unknown unit", "statistics.csv", "120000,=,person", "120000,=,people", "statistics.csv: row 2, column unit"},
		{"nonsense qualifier", "statistics.csv", "120000,=", "120000,?", "row 2, column qualifier"},
		{"decimal comma", "statistics.csv", "120000", `"120,5"`, "row 2, column value"},
		{"nonsense period", "statistics.csv", "2029-01-01", "2029-13-01", "row 2, column period"},
		{"money with four places", "statements.csv", "1500000.250", "1500000.2501", "row 6, column value"},
		{"statement said twice", "statements.csv", "P1s,promise", "P1,promise", "statements.csv: row 3, column id"},
		{"unknown office", "statements.csv", "moh,south", "moh,north", "row 3, column answers_for_it"},
		{"part of nothing", "statements.csv", "plan,P1,departments.new,XN-C", "plan,P9,departments.new,XN-C", "P9"},
		{"unknown document", "statements.csv", "A,plan.txt,2", "A,other.txt,2", "row 5, column document"},
		{"evidence of nothing", "evidence.csv", "P1,R1", "P1,R9", "evidence.csv: row 2, column statement"},
		{"move of nothing", "moves.csv", "P1s,deadline", "P9,deadline", "moves.csv: row 2, column promise"},
		{"moved to no day", "moves.csv", "2031-12-31", "soon", "moves.csv: row 2, column field"},
		{"rule on nothing", "rules.csv", "whole=P1;", "whole=P9;", "rules.csv: row 2, column params"},
		{"unknown type of rule", "rules.csv", "parts,sum_of_parts", "parts,sum_of_squares", "rules.csv: row 2, column type"},
		{"measure delivered by nothing", "measures.csv", "departments.open,latest", "departments.gone,latest", "departments.gone"},
		{"a facility nowhere", "facilities.csv", "operating,B1", "operating,B9", "facilities.csv: row 2, column place"},
		{"capacity of no facility", "capacity.csv", "H1,beds", "H9,beds", "capacity.csv: row 2, column facility"},
		{"capacity of no service", "capacity.csv", "beds,cardiology", "beds,alchemy", "capacity.csv: row 2, column service"},
		{"half a bed", "capacity.csv", ",25,", ",25.5,", "capacity.csv: row 2, column count"},
		{"a road of no length", "road_links.csv", ",40,", ",0,", "road_links.csv: row 2, column km"},
		{"a road to itself", "road_links.csv", "B1,B2", "B1,B1", "road_links.csv: row 2, column to"},
		{"a road of one point", "road_links.csv", "-30.51 -10.52;-30.4 -10.4;-30.35 -10.25", "-30.51 -10.52", "road_links.csv: row 2, column line"},
		{"a road off the earth", "road_links.csv", "-30.4 -10.4", "-30.4 -104", "road_links.csv: row 2, column line"},
		{"a village of no district", "populated_places.csv", "V1,XN-A", "V1,XN-Z", "populated_places.csv: row 3, column district"},
		{"a village listed twice", "populated_places.csv", "V1,", "V2,", "populated_places.csv: row 3, column code"},
		{"a village that is a settlement", "populated_places.csv", "V1,", "B1,", "populated_places.csv: row 3, column code"},
		{"a village nowhere", "populated_places.csv", "-10.3,", ",", "populated_places.csv: row 3, column lat"},
		{"a village in metres", "populated_places.csv", "-10.3,", "-103000,", "populated_places.csv: row 3, column code"},
		{"a way to nowhere", "populated_places.csv", "-30.4 -10.4\n", "-30.4 north\n", "populated_places.csv: row 3, column join"},
		{"a way that ends in the fields", "populated_places.csv", "-30.4 -10.4\n", "-30.4 -10.3\n", "populated_places.csv: row 3, column join"},
		{"a time from nowhere", "observed_times.csv", "B1,B2", "XN-B,B2", "observed_times.csv: row 2, column from"},
		{"a journey of no time", "observed_times.csv", "45", "0", "observed_times.csv: row 2, column minutes"},
		{"a journey by camel", "observed_times.csv", "car", "camel", "observed_times.csv: row 2, column minutes"},
		{"a time that nobody published", "observed_times.csv", "report.txt", "rumour.txt", "observed_times.csv: row 2, column source"},
		{"a time of no day", "observed_times.csv", "2030-04", "then", "observed_times.csv: row 2, column date"},
		{"a fact about nothing", "place_facts.csv", "population_urban", "population_rustic", "place_facts.csv: row 3, column attribute"},
		{"people who are no number", "place_facts.csv", "80000", "many", "place_facts.csv: row 3, column attribute"},
		{"a centre that is no settlement", "place_facts.csv", "centre,B1", "centre,XN-C", "XN-C"},
		{"an unknown parameter of access", "access_parameters.csv", "speed_main,winter", "speed_slow,winter", "access_parameters.csv: row 3, column code"},
		{"an unknown season", "access_parameters.csv", "speed_main,winter", "speed_main,spring", "access_parameters.csv: row 3, column code"},
		{"a parameter given twice", "access_parameters.csv", "speed_main,winter", "speed_main,summer", "access_parameters.csv: row 3, column code"},
		{"a value outside its range", "access_parameters.csv", "60,40,80", "90,40,80", "access_parameters.csv: row 3, column code"},
		{"a parameter without its range", "access_parameters.csv", "60,40,80", "60,,80", "access_parameters.csv: row 3, column low"},
		{"a missing parameter", "access_parameters.csv", "speed_main,winter,60,40,80,km/h,assumption,επινοημένο,invented\n", "", "speed_main"},
		{"a profile of no service", "access_services.csv", "\ncardiology", "\nalchemy", "access_services.csv: row 2, column service"},
		{"capable by no service", "access_services.csv", "emergency,cardiology", "emergency,cardiology|alchemy", "access_services.csv: row 2, column capable"},
		{"a way of no kind", "access_services.csv", ",emergency,", ",hurried,", "access_services.csv: row 2, column kind"},
		{"a service without a limit", "service_parameters.csv", "travel_limit", "course_days", "access_services.csv: row 2, column service"},
		{"a limit in hours", "service_parameters.csv", "90,minute", "2,hour", "access_services.csv: row 2, column service"},
		{"a presumption of no service", "access_presumptions.csv", "region,cardiology", "region,alchemy", "access_presumptions.csv: row 2, column service"},
		{"a presumption about nobody", "access_presumptions.csv", ",,region,", ",,,", "access_presumptions.csv: row 2, column facility"},
		{"a presumption about two", "access_presumptions.csv", ",,region,", "H1,,region,", "access_presumptions.csv: row 2, column facility"},
		{"a presumption of no facility", "access_presumptions.csv", "H1,,,", "H9,,,", "access_presumptions.csv: row 3, column facility"},
		{"a presumption of no kind", "access_presumptions.csv", "H1,,,", ",castle,,", "access_presumptions.csv: row 3, column facility_kind"},
		{"a seat of no kind", "access_presumptions.csv", ",,region,", ",,continent,", "access_presumptions.csv: row 2, column seat"},
		{"a presumption that somebody said", "access_presumptions.csv", "report.txt", "rumour.txt", "access_presumptions.csv: row 3, column source"},
		{"a base nowhere", "ambulance_bases.csv", "B1,road", "B9,road", "ambulance_bases.csv: row 2, column place"},
		{"a base in a region", "ambulance_bases.csv", "B1,road", "XN-B,road", "ambulance_bases.csv: row 2, column place"},
		{"a base of horses", "ambulance_bases.csv", "B1,road", "B1,horse", "ambulance_bases.csv: row 2, column vehicle"},
		{"a base listed twice", "ambulance_bases.csv", "B1,air", "B1,road", "ambulance_bases.csv: row 3, column vehicle"},
		{"latitude in metres", "places.csv", "-10.1,-30.2", "101000,-30.2", "places.csv: row 3, column code"},
		{"a place in itself", "places.csv", "XN-A,region,XN,", "XN-A,region,XN-A,", "places.csv: row 3"},
		{"a place without its parent", "places.csv", "B1,settlement,XN-B", "B1,settlement,XN-Q", "XN-Q"},
		{"another country in the table", "country.json", `"XN"`, `"XX"`, "XX"},
		{"a report never due", "templates.csv", "1,quarter", "1,fortnight", "templates.csv"},
		{"a report of nowhere", "templates.csv", ",XN-A,", ",XN-Z,", "templates.csv: row 2, column except"},
		{"a report without a beginning", "templates.csv", "2029-01-01", "", "templates.csv: row 2, column from"},
		{"a row of no template", "template_rows.csv", "islands-quarterly,open", "islands-yearly,open", "template_rows.csv: row 2, column template"},
		{"a row of no measure", "template_rows.csv", "open,departments.open", "open,departments.gone", "template_rows.csv: row 2, column measure"},
		{"perhaps required", "template_rows.csv", "0,yes", "0,perhaps", "template_rows.csv: row 2, column required"},
		{"a check of no row", "template_checks.csv", "at_most,cardiology", "at_most,neurology", "does not have"},
		{"a short row", "statistics.csv", "population,XN-A,,2029-01-01,120000,=,person,A,YEARBOOK,,", "population,XN-A", "statistics.csv: row 2"},
		{"a rate over nobody", "statistics.csv", "540,120000", "540,0", "statistics.csv: row 5, column value"},
		{"a source of no kind", "funding_sources.csv", "treasury,republican", "treasury,royal", "funding_sources.csv: row 2, column kind"},
		{"a work of no kind", "works.csv", "programme,unit", "programme,castle", "works.csv: row 2, column id"},
		{"a work in a later one", "works.csv", "project,unit,,new-departments", "project,unit,,newer-departments", "works.csv: row 3, column parent"},
		{"a work nowhere", "works.csv", "new-departments,XN-A", "new-departments,XN-Z", "works.csv: row 3, column place"},
		{"a work of no facility", "works.csv", "XN-A,,,4", "XN-A,H9,,4", "works.csv: row 3, column facility"},
		{"a work of no office", "works.csv", "XN-A,,,4", "XN-A,,north,4", "works.csv: row 3, column office"},
		{"a work that keeps nothing", "works.csv", "4,P1n", "4,P9", "works.csv: row 3, column promises"},
		{"a delivery is no promise", "works.csv", "4,P1n", "4,R1", "works.csv: row 3, column promises"},
		{"a promise is more than a statement", "works.csv", "P1n,R1", "P1n,P1n", "works.csv: row 3, column statements"},
		{"a work on no document", "works.csv", "R1,,kind", "R1,rumour.txt,kind", "works.csv: row 3, column documents"},
		{"an assumption about nothing", "works.csv", ",,kind,", ",,colour,", "works.csv: row 3, column assumed"},
		{"an assumption about no stage", "works.csv", ",,kind,", ",,stage.moat,", "works.csv: row 3, column assumed"},
		{"half a site", "works.csv", "XN-A,,,4", "XN-A,,,4.5", "works.csv: row 3, column units"},
		{"yield of no work", "work_yields.csv", "departments-north,departments", "departments-east,departments", "work_yields.csv: row 3, column work"},
		{"yield of no service", "work_yields.csv", "cardiology", "alchemy", "work_yields.csv: row 3, column service"},
		{"yield said twice", "work_yields.csv", ",P1,,", ",P1,10,", "work_yields.csv: row 2, column count"},
		{"yield said by nobody", "work_yields.csv", "4,plan.txt", "4,", "work_yields.csv: row 3, column source"},
		{"yield of an unknown statement", "work_yields.csv", ",P1,", ",P9,", "work_yields.csv: row 2, column statement"},
		{"a line of no work", "work_lines.csv", "departments-north,status", "departments-east,status", "work_lines.csv: row 5, column work"},
		{"a line of no statement", "work_lines.csv", "status,R1", "status,R9", "work_lines.csv: row 5, column statement"},
		{"a percentage of departments", "work_lines.csv", "R1,,opened", "R1,,", "work_lines.csv: row 5, column statement"},
		{"a word that is none", "work_lines.csv", ",opened,", ",splendid,", "work_lines.csv: row 5, column kind"},
		{"a stage that is none", "work_lines.csv", "R1,,opened", "R1,moat,finished", "work_lines.csv: row 5, column kind"},
		{"money of departments", "work_lines.csv", "money,M1", "money,P1", "work_lines.csv: row 3, column statement"},
		{"money from nowhere", "work_lines.csv", "planned,treasury", "planned,pirates", "work_lines.csv: row 3, column kind"},
		{"a deadline that nobody named", "work_lines.csv", "deadline,P1n", "deadline,R1", "work_lines.csv: row 4, column statement"},
		{"a visit", "work_lines.csv", "status,R1", "visit,R1", "work_lines.csv: row 5, column kind"},
		{"a line said twice", "work_lines.csv", "departments-north,deadline,P1n", "new-departments,deadline,P1", "work_lines.csv: row 4, column statement"},
		{"a line on no day", "work_lines.csv", "opened,,,,,,", "opened,,,,,,then", "work_lines.csv: row 5, column on"},
		{"a document dated nonsense", "documents.csv", "2029-03-01", "March", "documents.csv: row 2, column published_at"},
	} {
		_, err := country.Load(broken(t, tc.file, tc.old, tc.new))
		if err == nil {
			t.Errorf("%s: was accepted", tc.what)
			continue
		}
		if fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: is a fault of kind %v", tc.what, fault.KindOf(err))
		}
		if !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %q does not say %q", tc.what, err, tc.want)
		}
	}
}

// A pack may leave out what it does not have.
func TestSmallestPack(t *testing.T) {
	p, err := country.Load(fstest.MapFS{
		"country.json": {Data: []byte(`{"code":"XS","name":{"en":"Small"},"languages":["en"],"default_language":"en","currency":{"code":"XSD","digits":0,"symbol":"S"}}`)},
		"places.csv":   {Data: []byte("\ufeffcode,kind,parent,name_en\nXS,country,,Small\n")}, // Excel writes a mark at the beginning
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Places) != 1 || len(p.Figures) != 0 {
		t.Errorf("%d places, %d figures", len(p.Places), len(p.Figures))
	}
}
