package reporting

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

// Bounds of a template. They keep a form usable and a page quick.
const (
	maxRows     = 400
	maxChecks   = 200
	maxPlaces   = 20_000
	maxDueDays  = 366
	maxDecimals = 6
	maxLevels   = 4
	maxTemplate = 1 << 20 // bytes of JSON
)

// Template is one report: what is asked, of whom, and by when.
type Template struct {
	Code string `json:"code"`
	// Version counts from 1; a changed template is the next version.
	Version int       `json:"version"`
	Name    lang.Text `json:"name"`
	Note    lang.Text `json:"note,omitempty"`
	// Every is month, quarter, half-year or year.
	Every period.Type `json:"every"`
	// DueDays is how many days after the last day of the period the report is
	// due; the due day is included.
	DueDays  int      `json:"due_days"`
	Places   Places   `json:"places"`
	Reporter Reporter `json:"reporter"`
	// Levels are the kinds of territory on which a report is approved, in
	// order: region, country. None: the submission is approved where it is made.
	Levels []place.Kind `json:"levels"`
	Rows   []Row        `json:"rows"`
	Checks []Check      `json:"checks"`
	// From is the first day on which the template holds: the first period is
	// the first that begins on or after it. To is exclusive; nil: still holds.
	From period.Date  `json:"from"`
	To   *period.Date `json:"to,omitempty"`
	// Source says on what the template rests: a document, or "assumption".
	Source    string `json:"source"`
	Synthetic bool   `json:"synthetic,omitempty"` // invented to be tried
}

// Places chooses who reports: the places listed, or all of a kind below one,
// without the exceptions.
type Places struct {
	List   []place.ID `json:"list,omitempty"`
	Kinds  []string   `json:"kinds,omitempty"` // kinds of place, or facility
	Below  place.ID   `json:"below,omitempty"`
	Except []place.ID `json:"except,omitempty"`
}

// Reporter says who fills in the report of a place: the office of a kind that
// sits in it or nearest above it.
type Reporter struct {
	Office string `json:"office"` // kind of office
}

// Row is one line of the form.
type Row struct {
	Code       string    `json:"code"`
	Name       lang.Text `json:"name,omitempty"` // empty: the name of the measure
	Group      lang.Text `json:"group,omitempty"`
	Measure    string    `json:"measure"`
	Dimensions string    `json:"dimensions,omitempty"` // canonical
	Unit       string    `json:"unit"`
	Decimals   int       `json:"decimals"`
	Required   bool      `json:"required"`
	// Min and Max are limits that no true value passes; nil is open.
	Min *decimal.Decimal `json:"min,omitempty"`
	Max *decimal.Decimal `json:"max,omitempty"`
	// Range says how the plausible range follows from the history.
	Range RangeRule `json:"range"`
	// Places narrows the row to some places of the template; empty: all.
	Places []place.ID `json:"places,omitempty"`
}

// CheckType is the sort of a rule between rows.
type CheckType string

// The types of checks.
const (
	SumOf   CheckType = "sum"     // left = sum of right
	AtMost  CheckType = "at_most" // left <= right
	AllOrNo CheckType = "all"     // all are said or none
)

// Check is a rule between rows. It compares what is said and is silent about
// rows without a value.
type Check struct {
	Code  string    `json:"code"`
	Type  CheckType `json:"type"`
	Left  string    `json:"left"`
	Right []string  `json:"right"`
	// Strict refuses a report that breaks the rule; otherwise it wants a comment.
	Strict bool      `json:"strict"`
	Text   lang.Text `json:"text"`
}

var (
	rxCode    = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{0,59}$`)
	rxPlaceID = regexp.MustCompile(`^[^\s,;"'<>/?#\x00-\x1f]{1,40}$`)
)

// Types lists the types of periods that a template may have.
func Types() []period.Type {
	return []period.Type{period.Month, period.Quarter, period.HalfYear, period.Year}
}

// Check refuses a template that cannot be used, naming the first fault.
func (t Template) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "reporting.Template", t.Code, format, args...)
	}
	switch {
	case !rxCode.MatchString(t.Code):
		return bad("a template code has 1 to 60 small letters, digits, points, dashes and underscores")
	case t.Version < 1:
		return bad("versions of a template count from 1")
	case len(t.Name) == 0:
		return bad("a template needs a name")
	case !slices.Contains(Types(), t.Every):
		return bad("a report is made every month, quarter, half-year or year")
	case t.DueDays < 0 || t.DueDays > maxDueDays:
		return bad("a report is due 0 to %d days after its period", maxDueDays)
	case t.From < period.MinDate || t.From > period.MaxDate:
		return bad("the first day lies in the years 1 to 9999")
	case t.To != nil && *t.To <= t.From:
		return bad("the template ends before it begins")
	case t.Reporter.Office == "":
		return bad("say which kind of office reports")
	case t.Source == "":
		return bad("a template needs a source: a document, or the word assumption")
	case len(t.Levels) > maxLevels:
		return bad("a report is approved on at most %d levels", maxLevels)
	case len(t.Rows) == 0 || len(t.Rows) > maxRows:
		return bad("a template has 1 to %d rows", maxRows)
	case len(t.Checks) > maxChecks:
		return bad("a template has at most %d checks", maxChecks)
	}
	if err := t.Places.check(t.Code); err != nil {
		return err
	}
	if err := t.checkRows(); err != nil {
		return err
	}
	return t.checkChecks()
}

func (p Places) check(code string) error {
	bad := func(text string) error { return fault.New(fault.Invalid, "reporting.Places", code, "%s", text) }
	switch {
	case (len(p.List) == 0) == (len(p.Kinds) == 0):
		return bad("name either the places that report, or their kinds")
	case len(p.Kinds) > 0 && p.Below == "":
		return bad("say below which territory the places lie")
	case len(p.List)+len(p.Except) > maxPlaces:
		return bad("too many places are listed: choose them by kind")
	}
	for _, list := range [][]place.ID{p.List, p.Except} {
		for _, id := range list {
			if !rxPlaceID.MatchString(string(id)) {
				return bad("a place code has 1 to 40 characters without spaces and punctuation")
			}
		}
	}
	return nil
}

func (t Template) checkRows() error {
	seen, cells := map[string]bool{}, map[string]bool{}
	for _, r := range t.Rows {
		bad := func(format string, args ...any) error {
			return fault.New(fault.Invalid, "reporting.Row", t.Code+"/"+r.Code, format, args...)
		}
		dims, err := ledger.ParseDimensions(r.Dimensions)
		cell := r.Measure + "\n" + r.Dimensions
		switch {
		case !rxCode.MatchString(r.Code):
			return bad("a row code has 1 to 60 small letters, digits, points, dashes and underscores")
		case seen[r.Code]:
			return bad("two rows have this code")
		case r.Measure == "" || r.Unit == "":
			return bad("a row needs a measure and a unit")
		case err != nil || dims.String() != r.Dimensions:
			return bad("dimensions are key=value pairs in order of their keys, with semicolons between")
		case cells[cell]:
			return bad("another row asks the same measure with the same dimensions")
		case r.Decimals < 0 || r.Decimals > maxDecimals:
			return bad("decimals are 0 to %d", maxDecimals)
		case r.Min != nil && tooLong(*r.Min) || r.Max != nil && tooLong(*r.Max):
			return bad("a limit has at most %d digits", ledger.MaxDigits)
		case r.Min != nil && r.Max != nil && r.Min.GreaterThan(*r.Max):
			return bad("the lower limit is above the upper limit")
		}
		if err := r.Range.Check(); err != nil {
			return fault.Wrap(err, "reporting.Row", t.Code+"/"+r.Code)
		}
		seen[r.Code], cells[cell] = true, true
	}
	return nil
}

func (t Template) checkChecks() error {
	seen := map[string]bool{}
	for _, c := range t.Checks {
		bad := func(format string, args ...any) error {
			return fault.New(fault.Invalid, "reporting.Check", t.Code+"/"+c.Code, format, args...)
		}
		switch {
		case !rxCode.MatchString(c.Code) || seen[c.Code]:
			return bad("every check has a code of its own, of small letters, digits, points, dashes and underscores")
		case c.Type != SumOf && c.Type != AtMost && c.Type != AllOrNo:
			return bad("a check is sum, at_most or all")
		case len(c.Right) == 0 || c.Type == AtMost && len(c.Right) != 1:
			return bad("a check compares its row with others: at_most with one")
		case len(c.Text) == 0:
			return bad("a check says in words what must hold")
		}
		for _, code := range append([]string{c.Left}, c.Right...) {
			if _, ok := t.Row(code); !ok {
				return bad("the check names a row that the template does not have")
			}
		}
		if slices.Contains(c.Right, c.Left) {
			return bad("a check compares a row with itself")
		}
		seen[c.Code] = true
	}
	return nil
}

// Row returns the row of that code.
func (t Template) Row(code string) (Row, bool) {
	for _, r := range t.Rows {
		if r.Code == code {
			return r, true
		}
	}
	return Row{}, false
}

// RowsOf returns the rows that a place reports.
func (t Template) RowsOf(at place.ID) []Row {
	out := make([]Row, 0, len(t.Rows))
	for _, r := range t.Rows {
		if len(r.Places) == 0 || slices.Contains(r.Places, at) {
			out = append(out, r)
		}
	}
	return out
}

// Parse reads a template from JSON and checks it. Unknown fields are refused,
// because a misspelt one would silently change what is asked. Lists that are
// left out are empty.
func Parse(text []byte) (Template, error) {
	const op = "reporting.Parse"
	if len(text) > maxTemplate {
		return Template{}, fault.New(fault.TooLarge, op, "", "a template has at most %d bytes", maxTemplate)
	}
	var t Template
	dec := json.NewDecoder(strings.NewReader(string(text)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&t); err != nil {
		return Template{}, fault.New(fault.Invalid, op, "", "the template is not JSON of the documented form")
	}
	if dec.More() {
		return Template{}, fault.New(fault.Invalid, op, "", "one template is expected, and nothing behind it")
	}
	return t.Tidy(), t.Tidy().Check()
}

// Tidy returns the template with empty lists instead of missing ones, so that
// equal templates have equal texts.
func (t Template) Tidy() Template {
	if t.Levels == nil {
		t.Levels = []place.Kind{}
	}
	if t.Checks == nil {
		t.Checks = []Check{}
	}
	if t.Rows == nil {
		t.Rows = []Row{}
	}
	return t
}
