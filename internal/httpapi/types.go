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

// Promise is a board item.
type Promise struct {
	ID            string            `json:"id"`
	Kind          string            `json:"kind"`
	Theme         string            `json:"theme"`
	Title         lang.Text         `json:"title"`
	Place         string            `json:"place"`
	Settlement    string            `json:"settlement,omitempty"`
	Dimensions    map[string]string `json:"dimensions"`
	Measure       string            `json:"measure"`
	Unit          string            `json:"unit"`
	Noun          string            `json:"noun,omitempty"`
	Period        *string           `json:"period"`
	Inferred      bool              `json:"period_inferred"`
	Deadline      *string           `json:"deadline"`
	FirstDeadline *string           `json:"first_deadline"`
	Target        Quantity          `json:"target"`
	Delivered     *Delivered        `json:"delivered"`
	Progress      *Delivered        `json:"progress"`
	Due           string            `json:"due"`
	Evidence      string            `json:"evidence"`
	Broken        bool              `json:"broken"`
	Withdrawn     bool              `json:"withdrawn"`
	Ask           bool              `json:"ask"`
	DaysOverdue   *int              `json:"days_overdue"`
	DaysLeft      *int              `json:"days_left"`
	SaidBy        *string           `json:"said_by"`
	AnswersForIt  *string           `json:"answers_for_it"`
	LastWord      *string           `json:"last_word"`
	PartOf        *string           `json:"part_of"`
	Document      *string           `json:"document"`
	Line          *int              `json:"line"`
	Figure        string            `json:"figure"`
	Undated       bool              `json:"undated"`
}

// Total is what was promised and delivered in a theme.
type Total struct {
	Theme      string         `json:"theme"`
	Unit       string         `json:"unit"`
	Promised   *Quantity      `json:"promised"`
	Delivered  *Quantity      `json:"delivered"`
	Promises   int            `json:"promises"`
	ByDue      map[string]int `json:"by_due"`
	ByEvidence map[string]int `json:"by_evidence"`
	Overlap    []string       `json:"overlap"`
}

// Claim is a change that somebody printed.
type Claim struct {
	ID        string    `json:"id"`
	Title     lang.Text `json:"title"`
	Place     string    `json:"place"`
	Measure   string    `json:"measure"`
	Kind      string    `json:"kind"`
	Value     *Number   `json:"value"`
	Qualifier string    `json:"qualifier"`
	Unit      string    `json:"unit"`
	Period    *string   `json:"period"`
	Document  *string   `json:"document"`
	Line      *int      `json:"line"`
	Figure    string    `json:"figure"`
	Confirmed bool      `json:"confirmed"`
	Question  *string   `json:"question"`
}

// MoneyRow is a line of the money block.
type MoneyRow struct {
	What      string    `json:"what"`
	Statement string    `json:"statement"`
	Label     lang.Text `json:"label"`
	Value     *Number   `json:"value"`
	Qualifier string    `json:"qualifier"`
	Unit      string    `json:"unit"`
	Figure    *string   `json:"figure"`
}

// Deadline is a day and what falls due on it.
type Deadline struct {
	Deadline string   `json:"deadline"`
	Promises []string `json:"promises"`
}

// Sections lists promises by what the reader should do.
type Sections struct {
	AskToday []string   `json:"ask_today"`
	NoDate   []string   `json:"no_date"`
	DueNext  []string   `json:"due_next"`
	Money    []MoneyRow `json:"money"`
}

// Priority is a region to be served first.
type Priority struct {
	Place string `json:"place"`
	Has   bool   `json:"has"`
}

// Board is the first page.
type Board struct {
	AsOf            string     `json:"as_of"`
	Sentence        lang.Text  `json:"sentence"`
	Totals          []Total    `json:"totals"`
	Promises        []Promise  `json:"promises"`
	Claims          []Claim    `json:"claims"`
	Sections        Sections   `json:"sections"`
	Priority        []Priority `json:"priority"`
	Timeline        []Deadline `json:"timeline"`
	NextDeadline    *string    `json:"next_deadline"`
	DaysLeft        *int       `json:"days_left"`
	LastWord        *string    `json:"last_word"`
	DaysSinceWord   *int       `json:"days_since_last_word"`
	UndatedDocs     []string   `json:"undated_documents"`
	OpenQuestions   int        `json:"open_questions"`
	AssumedAboutPct Number     `json:"about_tolerance"`
}

// Said is where a figure was said.
type Said struct {
	Document  string    `json:"document"`
	Line      *int      `json:"line"`
	From      *int      `json:"from"`
	To        *int      `json:"to"`
	Publisher lang.Text `json:"publisher"`
	Title     lang.Text `json:"title"`
	Date      *string   `json:"date"`
	Address   *string   `json:"address"`
	Text      *string   `json:"text"` // the line, when the text was imported
}

// Computed is how a figure was computed.
type Computed struct {
	Method  string            `json:"method"`
	Version int               `json:"version"`
	Params  map[string]string `json:"params,omitempty"`
	Inputs  []Why             `json:"inputs"`
}

// Why is where a figure comes from and what else bears on it.
type Why struct {
	Figure    Figure    `json:"figure"`
	Statement *string   `json:"statement"`
	Title     lang.Text `json:"title"`
	Said      *Said     `json:"said"`
	Computed  *Computed `json:"computed"`
	Others    []Figure  `json:"others"`
	Promises  []Promise `json:"promises"`
	Questions []Check   `json:"questions"`
}

// Difference is what does not add up.
type Difference struct {
	Value Number `json:"value"`
	Unit  string `json:"unit"`
}

// Check is one evaluation of a rule.
type Check struct {
	ID         string      `json:"id"`
	Rule       string      `json:"rule"`
	Type       string      `json:"type"`
	State      string      `json:"state"`
	Figures    []string    `json:"figures"`
	Promises   []string    `json:"promises"`
	Difference *Difference `json:"difference"`
	Title      lang.Text   `json:"title"`
	Text       lang.Text   `json:"text"`
	Answers    []Answer    `json:"answers"`
}

// Answer is the word of an office.
type Answer struct {
	Office string    `json:"office"`
	Text   lang.Text `json:"text"`
	On     *string   `json:"on"`
}

// Move is a change of a promise.
type Move struct {
	At       *string `json:"at"`
	Field    string  `json:"field"`
	From     *string `json:"from"`
	To       string  `json:"to"`
	Document *string `json:"document"`
	Line     *int    `json:"line"`
	Figure   *string `json:"figure"`
	Reason   string  `json:"reason,omitempty"`
}

// EvidenceItem is a figure attached to a promise.
type EvidenceItem struct {
	Relation string    `json:"relation"`
	Title    lang.Text `json:"title"`
	Note     lang.Text `json:"note"`
	Figure   Figure    `json:"figure"`
}

// Event is an entry of the history of a promise.
type Event struct {
	At     *string   `json:"at"`
	What   lang.Text `json:"what"`
	Figure *string   `json:"figure"`
}

// PromisePage is all that is known of a promise.
type PromisePage struct {
	Promise   Promise        `json:"promise"`
	Statement Figure         `json:"statement"`
	Said      *Said          `json:"said"`
	Moves     []Move         `json:"moves"`
	Answers   []Answer       `json:"answers"`
	Evidence  []EvidenceItem `json:"evidence"`
	Parts     []Promise      `json:"parts"`
	Whole     *Promise       `json:"whole"`
	Questions []Check        `json:"questions"`
	History   []Event        `json:"history"`
}

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

// Hit is a result of a search.
type Hit struct {
	Type  string    `json:"type"`
	ID    string    `json:"id"`
	Title lang.Text `json:"title"`
	Place *string   `json:"place"`
	Score float64   `json:"score"`
}

// MeasureOut describes a measure.
type MeasureOut struct {
	Code        string    `json:"code"`
	Version     int       `json:"version"`
	Theme       string    `json:"theme"`
	Unit        string    `json:"unit"`
	Noun        string    `json:"noun,omitempty"`
	Polarity    string    `json:"polarity"`
	DeliveredBy *string   `json:"delivered_by"`
	Headline    string    `json:"headline"`
	Name        lang.Text `json:"name"`
	Definition  lang.Text `json:"definition"`
	Series      int       `json:"series"`
}

// UnitOut describes a unit with its plural forms by language.
type UnitOut struct {
	Kind  string                          `json:"kind"`
	Name  lang.Text                       `json:"name"`
	Forms map[lang.Code]map[string]string `json:"forms"`
}

// LabelOut names a dimension and its values.
type LabelOut struct {
	Name   lang.Text            `json:"name"`
	Values map[string]lang.Text `json:"values"`
}

// OfficeOut is who says things and answers for them.
type OfficeOut struct {
	Name  lang.Text `json:"name"`
	Place string    `json:"place"`
	Kind  string    `json:"kind"`
}

// RuleOut describes a rule.
type RuleOut struct {
	Code  string    `json:"code"`
	Type  string    `json:"type"`
	Title lang.Text `json:"title"`
}

// Vocabulary is what a page needs to name things.
type Vocabulary struct {
	Country    Raw                  `json:"country"`
	Languages  []lang.Code          `json:"languages"`
	Themes     map[string]lang.Text `json:"themes"`
	Measures   []MeasureOut         `json:"measures"`
	Units      map[string]UnitOut   `json:"units"`
	Dimensions map[string]LabelOut  `json:"dimensions"`
	Places     []Place              `json:"places"`
	Offices    map[string]OfficeOut `json:"offices"`
	Documents  []Document           `json:"documents"`
	Rules      []RuleOut            `json:"rules"`
}

// ParameterOut is a number on which judgements rest.
type ParameterOut struct {
	Code   string    `json:"code"`
	Value  string    `json:"value"`
	Unit   string    `json:"unit"`
	Source string    `json:"source"`
	Text   lang.Text `json:"text"`
}

// AssumedShare tells how much of a page rests on assumptions.
type AssumedShare struct {
	Page  string    `json:"page"`
	Share Number    `json:"share"`
	What  lang.Text `json:"what"`
}

// NoticeOut is an attribution.
type NoticeOut struct {
	Name    string    `json:"name"`
	Licence string    `json:"licence"`
	Text    lang.Text `json:"text"`
}

// About tells where the data come from.
type About struct {
	Version    string         `json:"version"`
	Sources    []Document     `json:"sources"`
	Parameters []ParameterOut `json:"parameters"`
	Assumed    []AssumedShare `json:"assumed"`
	Notices    []NoticeOut    `json:"notices"`
	Synthetic  bool           `json:"synthetic"`
	Database   string         `json:"database"`
}

// FigureList is a page of figures.
type FigureList struct {
	Items []Figure `json:"items"`
	Next  *string  `json:"next"`
	Total *int     `json:"total"`
}

// List is a page of anything else.
type List[T any] struct {
	Items []T     `json:"items"`
	Next  *string `json:"next"`
}

// SeriesList is the answer to a question for a chart.
type SeriesList struct {
	Measure string      `json:"measure"`
	Place   string      `json:"place"`
	Series  []SeriesOut `json:"series"`
}

// Entry is what an editor records from a marked sentence.
type Entry struct {
	Act        string    `json:"act" enum:"figure,promise,move,delivery"`
	Document   string    `json:"document" maxLength:"120"`
	Line       int       `json:"line" minimum:"1"`
	From       int       `json:"from" minimum:"0"`
	To         int       `json:"to" minimum:"1"`
	Measure    string    `json:"measure,omitempty" maxLength:"80"`
	Place      string    `json:"place,omitempty" maxLength:"40"`
	Dimensions string    `json:"dimensions,omitempty" maxLength:"400"`
	Period     string    `json:"period,omitempty" maxLength:"40"`
	Value      string    `json:"value,omitempty" maxLength:"40"`
	Qualifier  string    `json:"qualifier,omitempty" maxLength:"12"`
	Unit       string    `json:"unit,omitempty" maxLength:"80"`
	Deadline   string    `json:"deadline,omitempty" maxLength:"10"`
	Promise    string    `json:"promise,omitempty" maxLength:"32"`
	PartOf     string    `json:"part_of,omitempty" maxLength:"32"`
	Title      lang.Text `json:"title,omitempty"`
	Reason     string    `json:"reason,omitempty" maxLength:"1000"`
}

// Entered is what an entry became.
type Entered struct {
	Figure  *string `json:"figure"`
	Promise *string `json:"promise"`
	Run     string  `json:"run"`
}

// PromiseFilter narrows a list of promises; empty fields choose all.
type PromiseFilter struct {
	Place    string `query:"place" maxLength:"40" doc:"territory and all below it"`
	Theme    string `query:"theme" maxLength:"40" doc:"theme of the board"`
	Due      string `query:"due" enum:"not_yet,overdue,done,no_date" doc:"state of time"`
	Evidence string `query:"evidence" enum:"confirmed,partly,old,none,contradicted" doc:"state of evidence"`
}

// FigureQuery narrows a list of figures; empty fields choose all.
type FigureQuery struct {
	Measure  string `query:"measure" maxLength:"80" doc:"code of a measure"`
	Place    string `query:"place" maxLength:"40" doc:"territory and all below it"`
	Exact    bool   `query:"exact" doc:"only the place itself"`
	Period   string `query:"period" maxLength:"40" doc:"figures whose period lies in this one"`
	Kind     string `query:"kind" enum:"plan,actual,forecast,estimate" doc:"kind of figure"`
	Document string `query:"document" maxLength:"120" doc:"name of a document"`
	History  bool   `query:"history" doc:"also figures that were corrected later"`
	Cursor   string `query:"cursor" maxLength:"300" doc:"the next of the page before"`
	Limit    int    `query:"limit" minimum:"0" maximum:"1000" doc:"figures on a page"`
}

// Session tells what the one who asks may do here.
type Session struct {
	Administrator bool   `json:"administrator" doc:"may import and record: the server listens on this machine only"`
	Version       string `json:"version"`
	Database      string `json:"database" doc:"sqlite or postgres"`
	Today         string `json:"today" doc:"the day in the time zone of the country"`
}

// TextReceipt tells what became of the text of a document.
type TextReceipt struct {
	Document string   `json:"document"`
	SHA256   string   `json:"sha256"`
	Encoding string   `json:"encoding"`
	Lines    int      `json:"lines"`
	Known    bool     `json:"known" doc:"the text was there already, byte for byte"`
	Same     bool     `json:"same" doc:"the file is the one from which the figures were read"`
	Spans    int      `json:"spans" doc:"figures whose place in the text was checked"`
	Misses   []Miss   `json:"misses" doc:"figures whose words do not stand where they point"`
	Notices  []string `json:"notices"`
	Run      *string  `json:"run"`
}

// Miss is a figure whose words do not stand where it points.
type Miss struct {
	Figure string `json:"figure"`
	Line   int    `json:"line"`
	From   int    `json:"from"`
	To     int    `json:"to"`
	Why    string `json:"why"`
}
