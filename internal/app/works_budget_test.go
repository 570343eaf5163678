package app

import (
	"testing"

	"github.com/shanyraq/shanyraq/internal/httpapi"
)

// The document says 14.8 bn tenge for the medicines of about 300,000 patients:
// 49,333.33 each. Nobody says what was spent, so nothing is said of the pace.
func TestMedicinesBurnAgainstMonths(t *testing.T) {
	d := newDesk(t, "public@KZ")
	p := do[httpapi.WorkPage](d.as("works_officer@KZ-61"), "GET", "/api/works/turkistan-outpatient-medicines-2025", nil)
	b := p.Budget
	if b == nil || b.Amount.Value != "14800000000" || b.From != "2025-01-01" || b.To != "2025-12-31" || b.Spent != nil || b.Pace != nil {
		t.Fatalf("%+v", b)
	}
	if b.Patients == nil || b.Patients.Count != 300_000 || b.Patients.Qualifier != "about" || *b.Patients.Each != "49333.33" {
		t.Errorf("%+v", b.Patients)
	}
	// 3.7 bn paid by the end of March is a quarter of the money in 90 of 365 days.
	p = do[httpapi.WorkPage](d.as("works_officer@KZ-61"), "POST", "/api/works/turkistan-outpatient-medicines-2025/lines", `{"lines":[
		{"kind":"money","on":"2025-03-31","money":{"kind":"paid","amount":3700000000}},{"kind":"people","on":"2025-03-31","people":74000}]}`)
	b = p.Budget
	if b.Spent == nil || b.Spent.Value != "3700000000" || *b.SpentShare != 0.25 || b.Served == nil || *b.Served != 74_000 || *b.PerServed != "50000" {
		t.Errorf("%+v", b)
	}
}
