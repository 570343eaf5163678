package equipment

import (
	"regexp"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
)

// ServiceKind is what must be done to a device again and again.
type ServiceKind string

// The kinds of services.
const (
	Maintenance  ServiceKind = "maintenance"
	Calibration  ServiceKind = "calibration"
	Verification ServiceKind = "verification" // metrological, by the law on measurements
	SafetyTest   ServiceKind = "safety_test"  // electrical safety, radiation control
)

// ServiceKinds lists the kinds of services.
func ServiceKinds() []ServiceKind {
	return []ServiceKind{Maintenance, Calibration, Verification, SafetyTest}
}

var serviceNames = map[ServiceKind]lang.Text{
	Maintenance:  {lang.KK: "Техникалық қызмет көрсету", lang.RU: "Техническое обслуживание", lang.EN: "Maintenance"},
	Calibration:  {lang.KK: "Калибрлеу", lang.RU: "Калибровка", lang.EN: "Calibration"},
	Verification: {lang.KK: "Салыстырып тексеру", lang.RU: "Поверка", lang.EN: "Metrological verification"},
	SafetyTest:   {lang.KK: "Қауіпсіздікті тексеру", lang.RU: "Испытание безопасности", lang.EN: "Safety test"},
}

// Name returns the name of the kind.
func (k ServiceKind) Name() lang.Text { return serviceNames[k] }

// Item is a type of device in the catalogue.
type Item struct {
	Code string // our own, as in ct
	// Group is the field of use, as in imaging.
	Group string
	// EMDN is the code of the European Medical Device Nomenclature; empty where
	// we found none that is certain.
	EMDN string
	// Type is a generic name of the device type, as lists of the World Health
	// Organization use them.
	Type string
	Name lang.Text
	// Life is how many years such a device is expected to serve, and Every how
	// many months lie between services of a kind. Both are assumptions, unless
	// the plan of an asset says on what it rests.
	Life  int
	Every map[ServiceKind]int
}

var (
	emdnForm = regexp.MustCompile(`^[A-Z]([0-9]{2}){1,6}$`)
	codeForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,59}$`)
)

// EMDNSource says where the codes come from.
const EMDNSource = "European Medical Device Nomenclature (European Commission), codes of level 3 to 6 as public registers quote them; not compared with the edition of the day"

// CheckEMDN refuses a text that cannot be a code of the EMDN: a letter for the
// category, then groups of two digits, 3 to 13 characters. It cannot know
// whether the nomenclature has the code. No category has the letters E, I and O.
func CheckEMDN(code string) error {
	if !emdnForm.MatchString(code) || strings.ContainsRune("EIO", rune(code[0])) {
		return fault.New(fault.Invalid, "equipment.CheckEMDN", "emdn", "not a code of the EMDN: a letter and up to six pairs of digits, as in Z110306")
	}
	return nil
}

// Check refuses an item that cannot be.
func (it *Item) Check() error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, "equipment.Item", field, format, args...)
	}
	switch {
	case !codeForm.MatchString(it.Code):
		return bad("code", "the code of an item is small Latin letters, digits and hyphens")
	case it.Type == "" || it.Name[lang.KK] == "" || it.Name[lang.RU] == "" || it.Name[lang.EN] == "":
		return bad("name", "an item has a type and a name in three languages")
	case groupNames[it.Group] == nil:
		return bad("group", "unknown group %q", it.Group)
	case it.Life < 1 || it.Life > 50:
		return bad("life", "a device serves 1 to 50 years")
	}
	if it.EMDN != "" {
		if err := CheckEMDN(it.EMDN); err != nil {
			return err
		}
	}
	for k, months := range it.Every {
		if !slices.Contains(ServiceKinds(), k) || months < 1 || months > maxMonths {
			return bad("every", "a service has a known kind and an interval of 1 to %d months", maxMonths)
		}
	}
	return nil
}

// Find returns the item of the catalogue with a code.
func Find(code string) (Item, bool) {
	i, ok := byCode[code]
	if !ok {
		return Item{}, false
	}
	return catalogue[i], true
}

// Catalogue lists all items, by group and code.
func Catalogue() []Item { return slices.Clone(catalogue) }

// Groups lists the groups of the catalogue in order.
func Groups() []string { return slices.Clone(groups) }

// GroupName returns the name of a group.
func GroupName(group string) lang.Text { return groupNames[group] }
