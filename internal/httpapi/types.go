package httpapi

import (
	"github.com/shanyraq/shanyraq/lang"
)

// Figure is one statement of a number in JSON. Money is in units of the
// currency with at most two places.
type Figure struct {
	ID           string            `json:"id"`
	Measure      string            `json:"measure"`
	Place        string            `json:"place"`
	Period       *string           `json:"period"`
	PeriodStart  *string           `json:"period_start"`
	PeriodEnd    *string           `json:"period_end"`
	Kind         string            `json:"kind"`
	Value        *Number           `json:"value"`
	Qualifier    string            `json:"qualifier"`
	Unit         string            `json:"unit"`
	Status       string            `json:"status"`
	Dimensions   map[string]string `json:"dimensions"`
	Interval     *Interval         `json:"interval"`
	Numerator    *Number           `json:"numerator"`
	Denominator  *Number           `json:"denominator"`
	Source       string            `json:"source"`
	Document     *string           `json:"document"`
	Line         *int              `json:"line"`
	From         *int              `json:"from"`
	To           *int              `json:"to"`
	PublishedAt  *string           `json:"published_at"`
	RecordedAt   *string           `json:"recorded_at"`
	Run          string            `json:"run"`
	Supersedes   *string           `json:"supersedes"`
	SupersededBy *string           `json:"superseded_by"`
	Undated      bool              `json:"undated"`
	Synthetic    bool              `json:"synthetic"`
	Note         lang.Text         `json:"note"`
}

// Interval is an interval around an estimate or a rate.
type Interval struct {
	Lower      Number   `json:"lower"`
	Upper      Number   `json:"upper"`
	Confidence *float64 `json:"confidence"`
}

// Quantity is a value as it was stated.
type Quantity struct {
	Value     *Number `json:"value"`
	Qualifier string  `json:"qualifier"`
	Figure    string  `json:"figure"`
}

// Delivered is how much of a promise is documented.
type Delivered struct {
	Value     *Number `json:"value"`
	Qualifier string  `json:"qualifier"`
	AsOf      *string `json:"as_of"`
	Figure    string  `json:"figure"`
}
