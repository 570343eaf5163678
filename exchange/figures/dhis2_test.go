package figures

import (
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
)

func TestPeriodsOfDHIS2(t *testing.T) {
	for in, want := range map[string]string{
		"2025": "2025", "202510": "2025-10", "2025Q3": "2025-Q3", "2025S1": "2025-S1", "2025S2": "2025-S2", "2025W7": "2025-W07", "2020W53": "2020-W53", "20251031": "2025-10-31",
		"202501B": "2025-01-01/P2M", "202506B": "2025-11-01/P2M", "2025AprilS1": "2025-04-01/P6M", "2025AprilS2": "2025-10-01/P6M", "2025April": "2025-04-01/P1Y", "2025July": "2025-07-01/P1Y",
		"2025Oct": "2025-10-01/P1Y", "2025BiW1": "2024-12-30/P14D", "2025-10-31": "2025-10-31", "2025-10": "2025-10",
	} {
		p, err := ParseDHIS2(in)
		if err != nil || p.String() != want {
			t.Errorf("%s: %s %v, want %s", in, p, err, want)
		}
	}
	for _, in := range []string{"", "2025W54", "202513", "20250230", "2025Q5", "2025S3", "202507B", "2025BiW27", "2025WedW5", "2025BiW0", "2025AprilS3", "LAST_MONTH", "0000"} {
		if p, err := ParseDHIS2(in); err == nil {
			t.Errorf("%q was read as %s", in, p)
		}
	}
}

func FuzzDHIS2(f *testing.F) {
	for _, s := range []string{"2025", "202510", "2025BiW3", "202501B", "2025AprilS1", "20251031"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParseDHIS2(s)
		if err != nil {
			return
		}
		if q, err := ParseDHIS2(p.String()); p.Known() && !strings.Contains(p.String(), "/") && (err != nil || q != p) {
			t.Fatalf("%q is %s, which is %s: %v", s, p, q, err)
		}
	})
}

const dataValueSet = `"dataelement","period","orgunit","categoryoptioncombo","attributeoptioncombo","value","storedby","lastupdated","comment","followup"
"fbfJHSPpUQD","202509","ImspTQPwCqd","Prlt0C1RF0s","HllvX50cXC0","12","admin","2025-10-05","x","false"
"fbfJHSPpUQD","202509","ImspTQPwCqd","HllvX50cXC0","HllvX50cXC0","1.234","admin","2025-10-05","","false"
"fbfJHSPpUQD","2025Q3","O6uvpzGd5pu","psbwp3CQEhs","HllvX50cXC0","","admin","2025-10-05","","false"
`

const dhis2Mapping = `{
	"columns": {"measure": "dataelement", "place": "orgunit", "period": "period", "value": "value", "note_en": "comment"},
	"constants": {"kind": "actual", "source": "DHIS2"},
	"values": {"measure": {"fbfJHSPpUQD": "births.rate"}, "place": {"ImspTQPwCqd": "KZ", "O6uvpzGd5pu": "KZ-35"}, "coc": {"HllvX50cXC0": "", "Prlt0C1RF0s": "female"}},
	"dimensions": {"coc": "categoryoptioncombo"},
	"period_format": "dhis2",
	"empty": "skip",
	"ignore": ["attributeoptioncombo", "storedby", "lastupdated", "followup"]
}`

func TestDataValueSet(t *testing.T) {
	res := importText(t, dataValueSet, Options{Mapping: mapping(t, dhis2Mapping)})
	if res.Err() != nil || len(res.Figures) != 2 || res.Skipped != 1 {
		t.Fatalf("%d figures, %d left out, %v", len(res.Figures), res.Skipped, res.Problems)
	}
	f, g := res.Figures[0], res.Figures[1]
	if f.Measure != "births.rate" || f.Place != "KZ" || f.Dimensions != "coc=female" || f.Period.String() != "2025-09" || f.Kind != ledger.Actual ||
		f.Value.String() != "12" || f.Unit != "per_1000" || f.Source != "DHIS2" || f.Document != "DHIS2" || f.Published.String() != "2025-12-01" || f.Note[lang.EN] != "x" {
		t.Errorf("%+v", f)
	}
	if g.Dimensions != "" || g.Value.String() != "1.234" {
		t.Errorf("%+v", g)
	}
	if len(res.Notices) != 1 || res.Notices[0].Code != "skipped" {
		t.Errorf("%+v", res.Notices)
	}
}

// The second time nothing is new: the ids are the same.
func TestDataValueSetTwice(t *testing.T) {
	o := Options{Mapping: mapping(t, dhis2Mapping)}
	a, b := importText(t, dataValueSet, o), importText(t, dataValueSet, o)
	for i := range a.Figures {
		if a.Figures[i].ID != b.Figures[i].ID {
			t.Error(i)
		}
	}
}

func TestUnknownCodesOfADataValueSet(t *testing.T) {
	table := strings.ReplaceAll(dataValueSet, "ImspTQPwCqd", "unknownUnit")
	res := importText(t, strings.ReplaceAll(table, "202509", "2025BiW99"), Options{Mapping: mapping(t, dhis2Mapping)})
	var got []string
	for _, p := range res.Problems {
		got = append(got, p.Cell+" "+p.Column+" "+p.Code)
	}
	if want := "C2 orgunit place, B2 period period_dhis2, C3 orgunit place, B3 period period_dhis2"; strings.Join(got, ", ") != want {
		t.Errorf("%s\nwant %s", strings.Join(got, ", "), want)
	}
}
