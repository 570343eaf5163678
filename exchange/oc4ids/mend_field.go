package oc4ids

// otherFields are names that older versions or publishers give to a field, by
// form and fold. Each can mean nothing else in its place.
var otherFields = map[string]map[string]string{
	"Project.budget":            {"budgetbreakdown": "budgetBreakdowns"}, // until 0.9.4: one breakdown, without a list around it
	"ContractingProcessSummary": {"variations": "modifications"},         // until 0.9.0
	"Period":                    {"start": "startDate", "end": "endDate", "begin": "startDate", "duration": "durationInDays"},
	"Address": {"country": "countryName", "street": "streetAddress", "city": "locality", "postcode": "postalCode", "zip": "postalCode",
		"zipcode": "postalCode"},
	"Document": {"type": "documentType", "link": "url"},
}

// names gives fields their names of the standard: written in other letters or
// with other separators, or by another name that is known. A field whose right
// name is taken stays as it is.
//
// It reports whether it renamed one.
func (m *mender) names(v *Value, f *form) (renamed bool) {
	for i := range v.Members {
		x := &v.Members[i]
		if f.byName[x.Name] != nil {
			continue
		}
		key := fold(x.Name)
		to := ""
		if y := f.folded[key]; y != nil {
			to = y.name
		} else {
			to = otherFields[f.name][key]
		}
		if to == "" || v.Get(to) != nil {
			continue
		}
		if to == "durationInDays" && x.Value.Kind != Number {
			continue // of years or months, perhaps
		}
		if to == "budgetBreakdowns" {
			if m.breakdowns(x) {
				renamed = true
				continue
			}
		}
		m.repair(x.Value.at, text(x.Name), text(to), "why_field")
		x.Name, renamed = to, true
	}
	return renamed
}

// breakdowns puts the breakdown of older versions into the list of breakdowns
// that came with 0.9.5.
func (m *mender) breakdowns(x *Member) bool {
	if x.Value.Kind != Array || len(x.Value.Items) == 0 {
		return false
	}
	for _, item := range x.Value.Items {
		if item.Kind != Object || item.Get("budgetBreakdown") != nil {
			return false // already a list of breakdowns under the old name
		}
	}
	one := object()
	one.Set("id", text("1"))
	one.Set("budgetBreakdown", x.Value)
	m.repair(x.Value.at, text(x.Name), text("budgetBreakdowns"), "why_breakdowns")
	x.Name, x.Value = "budgetBreakdowns", list(one)
	return true
}
