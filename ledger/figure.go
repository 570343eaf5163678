package ledger

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

// Kind says whether a figure is a plan, an actual, a forecast or an estimate.
type Kind string

// The kinds of figures.
const (
	Plan     Kind = "plan"
	Actual   Kind = "actual"
	Forecast Kind = "forecast"
	Estimate Kind = "estimate"
)

// Kinds lists the kinds of figures.
func Kinds() []Kind { return []Kind{Plan, Actual, Forecast, Estimate} }

// Status is an SDMX observation status (code list CL_OBS_STATUS).
type Status string

// Statuses in use here; any code of the SDMX list is accepted.
const (
	Normal    Status = "A" // normal value
	Estimated Status = "E"
	Missing   Status = "O" // a value was not said
	NoFigure  Status = "M" // no figure can exist, as for an order
)

var sdmxStatuses = "ABDEFGHIJKLMNOPQSTUVWX"

// Qualifier tells how the number was stated.
type Qualifier = stat.Qualifier

// The qualifiers.
const (
	Exact    = stat.Exact
	About    = stat.About
	CloseTo  = stat.CloseTo
	AtLeast  = stat.AtLeast
	MoreThan = stat.MoreThan
	AtMost   = stat.AtMost
	LessThan = stat.LessThan
)

// Series is what a row of figures is about; equal series are one series.
type Series struct {
	Measure    string
	Version    int
	Place      place.ID
	Dimensions string // canonical text of Dimensions
	Kind       Kind
	Unit       string
	Source     string // name of the document or system that says it
}

// Computed is the source of every figure that the program computed.
const Computed = "computed"

// ID returns the id of the series.
func (s Series) ID() SeriesID {
	return SeriesID(near(s, hashOf("series", s.Measure, strconv.Itoa(s.Version), string(s.Place), s.Dimensions, string(s.Kind), s.Unit, s.Source)))
}

// Locator points into a document. Line counts, from 1, the lines that are not
// blank by Unicode white space; From and To are positions in the raw line in
// code points, from 0, To exclusive. The zero Locator is "not recorded where".
type Locator struct {
	Line, From, To int
}

// Check refuses a locator that cannot point anywhere.
func (l Locator) Check() error {
	if l.Line < 0 || l.From < 0 || l.To < l.From || (l.Line == 0 && l.To > 0) {
		return fault.New(fault.Invalid, "ledger.Locator", "", "a span has a line from 1 and 0 <= from <= to")
	}
	return nil
}

// ParseQualifier reads a word or a symbol; the empty text is Exact.
func ParseQualifier(s string) (Qualifier, bool) { return stat.ParseQualifier(s) }

// Bounds is an interval around an estimate or a rate.
type Bounds struct {
	Lower      decimal.Decimal `json:"lower"`
	Upper      decimal.Decimal `json:"upper"`
	Confidence float64         `json:"confidence,omitempty"` // 0.95; 0 when the source does not say
}

// Input is a figure that went into a computation.
type Input = FigureID

// Recipe is how a figure was computed.
type Recipe struct {
	Method  string            `json:"method"`
	Version int               `json:"version"`
	Inputs  []FigureID        `json:"-"`
	Params  map[string]string `json:"params,omitempty"`
}

// Figure is one statement of a number.
type Figure struct {
	ID FigureID
	Series
	Period    period.Period
	Value     *decimal.Decimal // nil with a status: somebody spoke and gave no number
	Qualifier Qualifier
	Status    Status

	Bounds                 *Bounds
	Numerator, Denominator *decimal.Decimal

	Document string // name, empty when none
	Locator  Locator

	// Published is the day of publication; nil when the document bears no date:
	// such a figure counts at every date and is marked so.
	Published *period.Date
	Recorded  time.Time // server clock
	Run       RunID

	Supersedes FigureID // the figure that this one corrects, or 0
	Withdraws  bool     // it takes Supersedes back and says nothing itself
	Reason     string   // why it was corrected or withdrawn
	Synthetic  bool     // generated, not observed
	Recipe     *Recipe
	Note       lang.Text
	// SupersededBy is filled on reading when a later figure took its place.
	SupersededBy FigureID
}

// MaxDigits bounds the digits of a value; 18 fit a signed 64-bit number.
const MaxDigits = 18

// Seal checks the figure and computes its id.
func (f *Figure) Seal() error {
	if f.Qualifier == "" {
		f.Qualifier = Exact
	}
	if f.Status == "" {
		f.Status = Normal
	}
	if f.Version == 0 {
		f.Version = 1
	}
	if err := f.Check(); err != nil {
		return err
	}
	f.ID = FigureID(near(f.Series, hashOf(f.content()...)))
	return nil
}

// content is what makes a figure the same figure wherever it is recorded.
func (f *Figure) content() []string {
	out := []string{
		"figure", strconv.FormatInt(int64(f.Series.ID()), 36), f.Period.String(), decimalText(f.Value), string(f.Qualifier), string(f.Status),
		f.Document, strconv.Itoa(f.Locator.Line), strconv.Itoa(f.Locator.From), strconv.Itoa(f.Locator.To),
		decimalText(f.Numerator), decimalText(f.Denominator), f.Supersedes.String(), strconv.FormatBool(f.Withdraws), f.Reason, strconv.FormatBool(f.Synthetic),
	}
	if f.Bounds != nil {
		out = append(out, f.Bounds.Lower.String(), f.Bounds.Upper.String(), strconv.FormatFloat(f.Bounds.Confidence, 'g', -1, 64))
	}
	if f.Recipe != nil {
		params, _ := json.Marshal(f.Recipe.Params) // a map of texts always marshals, by key
		out = append(out, f.Recipe.Method, strconv.Itoa(f.Recipe.Version), string(params))
		for _, in := range f.Recipe.Inputs {
			out = append(out, in.String())
		}
	}
	return out
}

func decimalText(d *decimal.Decimal) string {
	if d == nil {
		return ""
	}
	return d.String()
}

// Check refuses a figure that cannot be true or could not be stored exactly.
func (f *Figure) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "ledger.Figure", f.Measure, format, args...)
	}
	switch {
	case f.Measure == "" || f.Place == "" || f.Unit == "" || f.Source == "":
		return bad("a figure needs measure, place, unit and source")
	case !slices.Contains(Kinds(), f.Kind):
		return bad("the kind of a figure is plan, actual, forecast or estimate")
	case len(f.Status) != 1 || !containsByte(sdmxStatuses, f.Status[0]):
		return bad("the status is one letter of the SDMX observation codes")
	case f.Value == nil && f.Status == Normal && !f.Withdraws:
		return bad("a figure without value needs a status that says why: O not said, M cannot exist")
	case f.Withdraws && (f.Supersedes == 0 || f.Reason == ""):
		return bad("a withdrawal names the figure and the reason")
	case !canonical(f.Dimensions):
		return bad("dimensions are key=value pairs in order of their keys, as ParseDimensions(...).String() writes them")
	case f.Document == "" && f.Locator != (Locator{}):
		return bad("a line without a document")
	case f.Recipe == nil && f.Source == Computed:
		return bad("a computed figure needs its recipe")
	}
	if f.Qualifier.Symbol() == "" {
		return bad("unknown qualifier")
	}
	if err := f.Locator.Check(); err != nil {
		return err
	}
	for _, d := range []*decimal.Decimal{f.Value, f.Numerator, f.Denominator} {
		if d != nil && (d.NumDigits() > MaxDigits || d.Exponent() < -MaxDigits || d.Exponent() > 0 && d.NumDigits()+int(d.Exponent()) > MaxDigits) {
			return bad("a number has at most %d digits", MaxDigits)
		}
	}
	if f.Denominator != nil && !f.Denominator.IsPositive() {
		return bad("a denominator is greater than zero")
	}
	if f.Bounds != nil && f.Bounds.Lower.GreaterThan(f.Bounds.Upper) {
		return bad("the lower bound is above the upper bound")
	}
	return nil
}

// canonical reports whether a text of dimensions is the one that
// Dimensions.String writes. It is quick, because every figure passes it.
func canonical(s string) bool {
	if s == "" {
		return true
	}
	last := ""
	for pair := range strings.SplitSeq(s, ";") {
		k, v, ok := strings.Cut(pair, "=")
		if !ok || k <= last || v == "" || strings.TrimSpace(pair) != pair {
			return false
		}
		last = k
	}
	return true
}

func containsByte(s string, b byte) bool {
	for i := range len(s) {
		if s[i] == b {
			return true
		}
	}
	return false
}

// Dims returns the dimensions as a map.
func (s Series) Dims() Dimensions {
	d, err := ParseDimensions(s.Dimensions)
	if err != nil {
		return Dimensions{}
	}
	return d
}

// Interval returns the numbers that the figure may mean, given the tolerance
// of "about". ok is false for a figure without value.
func (f *Figure) Interval(tolerance decimal.Decimal) (iv stat.Interval, ok bool) {
	if f.Value == nil {
		return stat.Interval{}, false
	}
	return f.Qualifier.Interval(*f.Value, tolerance), true
}

// PublishedBy reports whether the figure counts on a day.
func (f *Figure) PublishedBy(day period.Date) bool { return f.Published == nil || *f.Published <= day }

// KnownStatus reports whether s is a code of the SDMX list of observation
// statuses.
func KnownStatus(s Status) bool { return len(s) == 1 && containsByte(sdmxStatuses, s[0]) }
