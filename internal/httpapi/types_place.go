package httpapi

import (
	"github.com/shanyraq/shanyraq/lang"
)

// Place is a territory or settlement.
type Place struct {
	Code      string    `json:"code"`
	Kind      string    `json:"kind"`
	Parent    *string   `json:"parent"`
	Name      lang.Text `json:"name"`
	Short     lang.Text `json:"short"`
	Lat       *float64  `json:"lat"`
	Lon       *float64  `json:"lon"`
	ValidFrom *string   `json:"valid_from"`
	ValidTo   *string   `json:"valid_to"`
}

// ChildPlace is a place below another.
type ChildPlace struct {
	Place    Place `json:"place"`
	Promises int   `json:"promises"`
	Overdue  int   `json:"overdue"`
}

// SeriesOut is a row of figures of one source.
type SeriesOut struct {
	Source     string            `json:"source"`
	Kind       string            `json:"kind"`
	Unit       string            `json:"unit"`
	Dimensions map[string]string `json:"dimensions"`
	Points     []Figure          `json:"points"`
}

// MeasureSeries is a measure in a place, by source.
type MeasureSeries struct {
	Measure string      `json:"measure"`
	Series  []SeriesOut `json:"series"`
}

// Facility is a health organisation that a document names.
type Facility struct {
	Code   string    `json:"code"`
	Name   lang.Text `json:"name"`
	Kind   string    `json:"kind"`
	Status string    `json:"status"`
	Place  string    `json:"place"`
	Source string    `json:"source"`
	Beds   *int64    `json:"beds"`
}

// CapacityItem is what a facility can do.
type CapacityItem struct {
	Facility string  `json:"facility"`
	Item     string  `json:"item"`
	Service  string  `json:"service"`
	Age      string  `json:"age"`
	Count    *int64  `json:"count"`
	Status   string  `json:"status"`
	From     *string `json:"from"`
	To       *string `json:"to"`
	Source   string  `json:"source"`
}

// BorderEvent is a change of borders.
type BorderEvent struct {
	On     string  `json:"on"`
	Kind   string  `json:"kind"`
	From   string  `json:"from"`
	To     string  `json:"to"`
	Weight float64 `json:"weight"`
	Source string  `json:"source"`
}

// PlacePage is all that is known of a place.
type PlacePage struct {
	Place      Place           `json:"place"`
	Path       []Place         `json:"path"`
	Children   []ChildPlace    `json:"children"`
	Promises   []Promise       `json:"promises"`
	Statistics []MeasureSeries `json:"statistics"`
	Facilities []Facility      `json:"facilities"`
	Capacity   []CapacityItem  `json:"capacity"`
	Events     []BorderEvent   `json:"events"`
}

// MapUnit is the headline figure of one territory.
type MapUnit struct {
	Place  string  `json:"place"`
	Figure *Figure `json:"figure"`
	Others int     `json:"others"`
}

// Map is a measure over the territories.
type Map struct {
	Measure string    `json:"measure"`
	Period  *string   `json:"period"`
	Periods []string  `json:"periods"`
	Units   []MapUnit `json:"units"`
}

// Document is something published.
type Document struct {
	Name        string    `json:"name"`
	Kind        string    `json:"kind"`
	Publisher   lang.Text `json:"publisher"`
	Title       lang.Text `json:"title"`
	PublishedAt *string   `json:"published_at"`
	PublishedAs string    `json:"published_as,omitempty"`
	Language    string    `json:"language"`
	Licence     string    `json:"licence"`
	Address     *string   `json:"address"`
	SHA256      string    `json:"sha256"`
	Lines       *int      `json:"lines"`
	Imported    bool      `json:"imported"`
	Figures     int       `json:"figures"`
}

// TextSpan is a stretch of a line that a figure points to.
type TextSpan struct {
	From      int     `json:"from"`
	To        int     `json:"to"`
	Figure    string  `json:"figure"`
	Statement *string `json:"statement"`
	Role      string  `json:"role"`
}

// TextLine is a line of a document.
type TextLine struct {
	Line  int        `json:"line"`
	Text  *string    `json:"text"`
	Spans []TextSpan `json:"spans"`
}

// Unread is a stretch of text with a number that no figure points to.
type Unread struct {
	Line int `json:"line"`
	From int `json:"from"`
	To   int `json:"to"`
}

// DocumentPage is a document figure by figure.
type DocumentPage struct {
	Document Document   `json:"document"`
	Lines    []TextLine `json:"lines"`
	Figures  []Figure   `json:"figures"`
	Unread   []Unread   `json:"unread"`
}
