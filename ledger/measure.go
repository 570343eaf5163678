package ledger

import (
	"regexp"
	"sort"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/disclosure"
)

// Theme groups measures on the board.
type Theme string

// The themes, in the order of the board.
const (
	Departments Theme = "departments"
	BedsTheme   Theme = "beds"
	Facilities  Theme = "facilities"
	DevicesT    Theme = "devices"
	Money       Theme = "money"
	Medicines   Theme = "medicines"
	Outcomes    Theme = "outcomes"
	Pharma      Theme = "pharma"
	Digital     Theme = "digital"
	People      Theme = "people"
)

// Themes lists them in the order of the board.
func Themes() []Theme {
	return []Theme{Departments, BedsTheme, Facilities, DevicesT, Money, Medicines, Outcomes, Pharma, Digital, People}
}

// Aggregation says how figures of a measure combine.
type Aggregation string

// The aggregations. Last is for stocks: the newest period stands for all.
const (
	Sum  Aggregation = "sum"
	Last Aggregation = "last"
	Mean Aggregation = "mean"
	None Aggregation = "none"
)

// Polarity says which direction is better.
type Polarity string

// The polarities.
const (
	Up      Polarity = "up"
	Down    Polarity = "down"
	Neutral Polarity = "none"
)

// Measure is what is counted: a definition with a version, in three languages.
type Measure struct {
	Code    string `json:"code"`
	Version int    `json:"version"`
	Theme   Theme  `json:"theme"`
	Unit    string `json:"unit"`
	// Noun is the unit under which a sentence counts it, where the unit is too
	// general: perinatal centres, not facilities. Empty: the unit.
	Noun     string   `json:"noun,omitempty"`
	Polarity Polarity `json:"polarity"`
	// DeliveredBy is the measure whose actual figures deliver a plan of this
	// one: new departments are delivered by departments commissioned.
	DeliveredBy    string      `json:"delivered_by,omitempty"`
	OverTime       Aggregation `json:"aggregate_time"`
	OverPlace      Aggregation `json:"aggregate_place"`
	OverDimensions Aggregation `json:"aggregate_dimensions"`
	// Headline chooses among sources that disagree: latest_published, earliest
	// or source:NAME.
	Headline string `json:"headline"`
	// Disclosure names the rule by which small counts are left out when figures
	// of the measure are published; empty or "none": no rule.
	Disclosure string    `json:"disclosure,omitempty"`
	Name       lang.Text `json:"name"`
	Definition lang.Text `json:"definition"`
}

var rxCode = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$`)

// Check refuses a measure that cannot be used.
func (m Measure) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "ledger.Measure", m.Code, format, args...)
	}
	themes := map[Theme]bool{}
	for _, t := range Themes() {
		themes[t] = true
	}
	aggs := map[Aggregation]bool{Sum: true, Last: true, Mean: true, None: true}
	switch {
	case !rxCode.MatchString(m.Code):
		return bad("a measure code has letters, digits, points, dashes and underscores")
	case m.Version < 1:
		return bad("versions of a measure count from 1")
	case !themes[m.Theme]:
		return bad("unknown theme %q", m.Theme)
	case m.Unit == "":
		return bad("a measure needs a unit")
	case m.Polarity != Up && m.Polarity != Down && m.Polarity != Neutral:
		return bad("polarity is up, down or none")
	case !aggs[m.OverTime] || !aggs[m.OverPlace] || !aggs[m.OverDimensions]:
		return bad("aggregation is sum, last, mean or none")
	case m.Headline != "latest_published" && m.Headline != "earliest" && !strings.HasPrefix(m.Headline, "source:"):
		return bad("the headline rule is latest_published, earliest or source:NAME")
	case !disclosure.Known(m.Disclosure):
		return bad("no rule of disclosure control has this name: docs/method/disclosure.md lists them")
	case len(m.Name) == 0 || len(m.Definition) == 0:
		return bad("a measure needs name and definition")
	}
	return nil
}

// Unit is what a value counts. Its forms agree with numerals: "one" and
// "other" in Kazakh and English, "one", "few" and "many" in Russian.
type Unit struct {
	Code  string                          `json:"code"`
	Kind  string                          `json:"kind"` // count, money, rate, ratio, percent, quantity
	Name  lang.Text                       `json:"name"`
	Forms map[lang.Code]map[string]string `json:"forms,omitempty"`
}

// UnitKinds lists the kinds of units.
func UnitKinds() []string { return []string{"count", "money", "rate", "ratio", "percent", "quantity"} }

// Dimensions are the further coordinates of a figure, such as service=haematology.
type Dimensions map[string]string

// String returns key=value pairs by key, joined with semicolons.
func (d Dimensions) String() string {
	keys := make([]string, 0, len(d))
	for k := range d {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var b strings.Builder
	for i, k := range keys {
		if i > 0 {
			b.WriteByte(';')
		}
		b.WriteString(k)
		b.WriteByte('=')
		b.WriteString(d[k])
	}
	return b.String()
}

// Covers reports whether every pair of d is also in e.
func (d Dimensions) Covers(e Dimensions) bool {
	for k, v := range d {
		if e[k] != v {
			return false
		}
	}
	return true
}

var rxDimension = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,39}=[^=;\x00-\x1f]{1,80}$`)

// ParseDimensions reads "key=value;key=value".
func ParseDimensions(s string) (Dimensions, error) {
	d := Dimensions{}
	if strings.TrimSpace(s) == "" {
		return d, nil
	}
	for pair := range strings.SplitSeq(s, ";") {
		pair = strings.TrimSpace(pair)
		k, v, _ := strings.Cut(pair, "=")
		if !rxDimension.MatchString(pair) {
			return nil, fault.New(fault.Invalid, "ledger.ParseDimensions", "", "dimensions are key=value pairs with semicolons between, as in age=child;service=pulmonology")
		}
		if _, twice := d[k]; twice {
			return nil, fault.New(fault.Invalid, "ledger.ParseDimensions", "", "the dimension %s is given twice", k)
		}
		d[k] = v
	}
	return d, nil
}
