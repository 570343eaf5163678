package equipment

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// ID names an asset in addresses.
type ID string

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,79}$`)

// maxMonths bounds the interval between two services.
const maxMonths = 240

// Plan is a service that must be done to a device again and again. A device has
// several of them, also of one kind.
type Plan struct {
	// Code tells the plans of a device apart; empty is the kind.
	Code string      `json:"code,omitempty"`
	Kind ServiceKind `json:"kind"`
	// Months is how many months lie between two services.
	Months int `json:"months"`
	// From is the day from which the first one is counted; nil: the day on which
	// the device was commissioned, else taken into use.
	From *period.Date `json:"from,omitempty"`
	// Basis is the paper that says so; empty: the interval is an assumption.
	Basis string `json:"basis,omitempty"`
}

// Name returns what tells the plan apart in its device.
func (p *Plan) Name() string {
	if p.Code == "" {
		return string(p.Kind)
	}
	return p.Code
}

// Asset is one device, or the need for one. It says what the device is; what
// happens to it is told by events.
type Asset struct {
	ID   ID     `json:"id"`
	Item string `json:"item"` // code of the catalogue
	// Name is what it is called where it stands; empty: as the catalogue says.
	Name lang.Text `json:"name,omitempty"`
	// Work is the work that buys it; empty: it was there before.
	Work     works.ID `json:"work,omitempty"`
	Place    place.ID `json:"place"`
	Facility place.ID `json:"facility,omitempty"`
	Room     string   `json:"room,omitempty"`
	Serial   string   `json:"serial,omitempty"` // not shown to the public
	Maker    string   `json:"maker,omitempty"`
	Model    string   `json:"model,omitempty"`
	// Price is what is paid for it, in smallest units; nil when not known.
	Price *money.Amount `json:"price,omitempty"`
	VAT   works.VAT     `json:"vat,omitempty"`
	// From and To are the first and the last day of the warranty.
	From *period.Date `json:"warranty_from,omitempty"`
	To   *period.Date `json:"warranty_to,omitempty"`
	// Plans are its services; nil takes those of the catalogue, an empty list
	// has none.
	Plans []Plan `json:"plans,omitzero"`
	// Life is how many years it is to serve; 0 takes that of the catalogue.
	Life int `json:"life,omitempty"`
	// Source is the document or register that the record comes from.
	Source    string `json:"source,omitempty"`
	Synthetic bool   `json:"synthetic,omitempty"`
}

// Services returns the plans of the device: its own, else those of the
// catalogue, which are assumptions.
func (a *Asset) Services() []Plan {
	if a.Plans != nil {
		return a.Plans
	}
	item, _ := Find(a.Item)
	var out []Plan
	for _, k := range ServiceKinds() {
		if months := item.Every[k]; months > 0 {
			out = append(out, Plan{Kind: k, Months: months})
		}
	}
	return out
}

// Years returns how long the device is to serve, and whether that is the
// assumption of the catalogue.
func (a *Asset) Years() (years int, assumed bool) {
	if a.Life > 0 {
		return a.Life, false
	}
	item, _ := Find(a.Item)
	return item.Life, true
}

// SerialKey is what two records of one device have in common: maker and serial
// number without case and spaces; empty when there is no serial number.
func (a *Asset) SerialKey() string {
	plain := func(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }
	if plain(a.Serial) == "" {
		return ""
	}
	return plain(a.Maker) + "|" + plain(a.Serial)
}

// maxText bounds a text of the record, in characters.
const maxText = 200

// Check refuses what cannot be and names the field.
func (a *Asset) Check() error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, "equipment.Asset", field, format, args...)
	}
	_, known := Find(a.Item)
	switch {
	case !idForm.MatchString(string(a.ID)):
		return bad("id", "the id of an asset is 2 to 80 small Latin letters, digits and hyphens, as in ct-balkhash-1")
	case a.ID == "catalogue" || a.ID == "import" || a.ID == "new":
		return bad("id", "this word is an address of its own: choose another id")
	case !known:
		return bad("item", "the catalogue has no item %q", clip(a.Item))
	case a.Place == "":
		return bad("place", "an asset needs a place: a settlement, a district or a region")
	case a.Price != nil && *a.Price < 0:
		return bad("price", "a price cannot be negative")
	case a.VAT != "" && a.VAT != works.VATIncluded && a.VAT != works.VATExcluded && a.VAT != works.VATUnknown:
		return bad("vat", "VAT is included, excluded or unknown")
	case a.From != nil && a.To != nil && *a.To < *a.From:
		return bad("warranty_to", "the warranty ends before it begins")
	case a.Life < 0 || a.Life > 50:
		return bad("life", "a device serves 1 to 50 years")
	case len(a.Plans) > 50:
		return bad("plans", "a device has at most 50 services")
	}
	for field, s := range map[string]string{"room": a.Room, "serial": a.Serial, "maker": a.Maker, "model": a.Model, "source": a.Source} {
		if utf8.RuneCountInString(s) > maxText || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' }) {
			return bad(field, "a text has at most %d characters and no line breaks", maxText)
		}
	}
	var seen []string
	for i := range a.Plans {
		p := &a.Plans[i]
		switch {
		case !slices.Contains(ServiceKinds(), p.Kind):
			return bad("plans.kind", "a service is maintenance, calibration, verification or safety_test")
		case p.Months < 1 || p.Months > maxMonths:
			return bad("plans.months", "a service is repeated every 1 to %d months", maxMonths)
		case p.Code != "" && !codeForm.MatchString(p.Code) && p.Code != string(p.Kind):
			return bad("plans.code", "the code of a service is small Latin letters, digits and hyphens")
		case slices.Contains(seen, p.Name()):
			return bad("plans.code", "two services have the code %q: give each its own", p.Name())
		}
		seen = append(seen, p.Name())
	}
	return nil
}

func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "..."
	}
	return s
}
