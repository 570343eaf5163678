package httpapi

import (
	"github.com/shanyraq/shanyraq/lang"
)

// Template is a report that is due: what is asked, of whom, by when. Sent back
// with its version, it becomes the next one.
type Template struct {
	Code      string           `json:"code" maxLength:"60"`
	Version   int              `json:"version" minimum:"0" doc:"the version that is changed; 0 for a new template"`
	Name      lang.Text        `json:"name"`
	Note      lang.Text        `json:"note,omitempty"`
	Every     string           `json:"every" enum:"month,quarter,half-year,year"`
	DueDays   int              `json:"due_days" minimum:"0" maximum:"366" doc:"days after the last day of the period, the due day included"`
	Places    TemplatePlaces   `json:"places"`
	Reporter  TemplateReporter `json:"reporter"`
	Levels    []string         `json:"levels" doc:"kinds of territory on which a report is approved, in order"`
	Rows      []TemplateRow    `json:"rows"`
	Checks    []TemplateCheck  `json:"checks"`
	From      string           `json:"from" maxLength:"10"`
	To        *string          `json:"to,omitempty" doc:"exclusive; absent: still holds"`
	Source    string           `json:"source" maxLength:"120" doc:"a document, or the word assumption"`
	Synthetic bool             `json:"synthetic,omitempty" doc:"invented to be tried"`
}

// TemplatePlaces says who reports: the places listed, or all of some kinds
// below a territory, without the exceptions.
type TemplatePlaces struct {
	List   []string `json:"list,omitempty"`
	Kinds  []string `json:"kinds,omitempty"`
	Below  string   `json:"below,omitempty" maxLength:"40"`
	Except []string `json:"except,omitempty"`
}

// TemplateReporter is who fills in the form: the office of the kind in the
// place or nearest above it.
type TemplateReporter struct {
	Office string `json:"office" maxLength:"40"`
}

// TemplateRow is a line of the form.
type TemplateRow struct {
	Code       string        `json:"code" maxLength:"60"`
	Name       lang.Text     `json:"name,omitempty" doc:"empty: the name of the measure"`
	Group      lang.Text     `json:"group,omitempty"`
	Measure    string        `json:"measure" maxLength:"80"`
	Dimensions string        `json:"dimensions,omitempty" maxLength:"400"`
	Unit       string        `json:"unit" maxLength:"80"`
	Decimals   int           `json:"decimals" minimum:"0" maximum:"6"`
	Required   bool          `json:"required"`
	Min        *string       `json:"min,omitempty" maxLength:"40"`
	Max        *string       `json:"max,omitempty" maxLength:"40"`
	Range      TemplateRange `json:"range"`
	Places     []string      `json:"places,omitempty"`
}

// TemplateRange says how the plausible range follows from the history.
type TemplateRange struct {
	Scale string  `json:"scale" enum:"count,rate,stock,none"`
	K     float64 `json:"k,omitempty" doc:"width in robust standard deviations; absent: 3.5"`
}

// TemplateCheck is a rule between rows.
type TemplateCheck struct {
	Code   string    `json:"code" maxLength:"60"`
	Type   string    `json:"type" enum:"sum,at_most,all"`
	Left   string    `json:"left" maxLength:"60"`
	Right  []string  `json:"right"`
	Strict bool      `json:"strict"`
	Text   lang.Text `json:"text"`
}

// TemplateList is every template as it holds now.
type TemplateList struct {
	Items []Template `json:"items"`
	May   []string   `json:"may" doc:"acts that the reader may do here"`
}

// TemplateVersion is a template as it was recorded at a time.
type TemplateVersion struct {
	Template   Template `json:"template"`
	RecordedAt string   `json:"recorded_at"`
	Run        string   `json:"run"`
}

// TemplateVersions is the history of a template, newest first.
type TemplateVersions struct {
	Items []TemplateVersion `json:"items"`
}

// ReportKey names a report.
type ReportKey struct {
	Template string `json:"template" maxLength:"60"`
	Place    string `json:"place" maxLength:"40"`
	Period   string `json:"period" maxLength:"40"`
}

// Report is one expected report and where it is.
type Report struct {
	ReportKey
	Name       lang.Text `json:"name" doc:"of the template"`
	PlaceName  lang.Text `json:"place_name"`
	Due        string    `json:"due"`
	State      string    `json:"state" enum:"not_due,on_time,late,missing"`
	DaysLate   int       `json:"days_late"`
	ReceivedOn *string   `json:"received_on" doc:"day on which it was submitted first"`
	Office     *string   `json:"office" doc:"that fills it in; null: nobody is named"`
	Submission *string   `json:"submission" doc:"id of what was begun"`
	Step       string    `json:"step" enum:"none,draft,submitted,returned,approved,publishing,published,withdrawn"`
	Own        bool      `json:"own" doc:"the reader may fill it in"`
}

// ReportList is what is owed, the most urgent first.
type ReportList struct {
	Today string   `json:"today"`
	Items []Report `json:"items"`
}

// ReportForm is a report with everything that is needed to fill it in, also
// without a connection.
type ReportForm struct {
	Report
	Fields   Template      `json:"fields" doc:"the template with the rows of this place"`
	Rows     []FormRow     `json:"rows"`
	Draft    *FormDraft    `json:"draft" doc:"what was begun; null: nothing yet"`
	NextID   string        `json:"next_id" doc:"id under which a new submission is to be saved: the same for everybody, so that two who fill in the same form meet"`
	Earlier  []string      `json:"earlier" doc:"submissions of this report that were published or withdrawn"`
	Problems []FormProblem `json:"problems" doc:"what is to be mended or explained in the draft"`
}

// FormRow is what is known about a row before it is filled in.
type FormRow struct {
	Row     string     `json:"row"`
	Last    *FormKnown `json:"last"`
	YearAgo *FormKnown `json:"year_ago"`
	Plan    *FormKnown `json:"plan"`
	Range   *FormRange `json:"range"`
}

// FormKnown is a figure that stands beside the field.
type FormKnown struct {
	Value  *Number `json:"value"`
	Status string  `json:"status"`
	Period *string `json:"period"`
	Figure string  `json:"figure"`
}

// FormRange is where a value is expected.
type FormRange struct {
	Lower  Number `json:"lower"`
	Upper  Number `json:"upper"`
	Centre Number `json:"centre"`
	Basis  string `json:"basis" enum:"recent,same_season,steps"`
	Count  int    `json:"count" doc:"values on which it rests"`
}

// FormDraft is what was begun.
type FormDraft struct {
	ID      string      `json:"id"`
	Version int64       `json:"version"`
	State   string      `json:"state"`
	Values  []FormValue `json:"values"`
	Files   []string    `json:"files"`
	Comment string      `json:"comment" doc:"of the last step: why it was returned"`
	May     []string    `json:"may"`
}

// FormValue is what is said in a row.
type FormValue struct {
	Row    string `json:"row"`
	Value  string `json:"value"`
	Status string `json:"status"`
	Note   string `json:"note"`
}

// FormProblem is something about a report that has to be mended or explained.
type FormProblem struct {
	Row    string `json:"row"`
	Check  string `json:"check"`
	Code   string `json:"code"`
	Blocks bool   `json:"blocks" doc:"it cannot be submitted like this"`
}

// ReportFilter chooses reports.
type ReportFilter struct {
	Template, Place string
	Own             bool
}

// CompletenessFilter chooses a matrix.
type CompletenessFilter struct {
	Template, Place, Since string
}

// Completeness is who reported, by place and period.
type Completeness struct {
	Today    string           `json:"today"`
	Template string           `json:"template"`
	Periods  []CompletePeriod `json:"periods"`
	Rows     []CompleteRow    `json:"rows"`
	All      CompleteCount    `json:"all"`
	Below    []CompleteBelow  `json:"below" doc:"the parts of the chosen territory, each with what lies in it"`
	Silent   []Report         `json:"silent" doc:"who owes a report, the longest overdue first"`
	May      []string         `json:"may"`
}

// CompletePeriod is a column.
type CompletePeriod struct {
	Period string        `json:"period"`
	Due    string        `json:"due"`
	Count  CompleteCount `json:"count"`
}

// CompleteRow is a place.
type CompleteRow struct {
	Place string         `json:"place"`
	Name  lang.Text      `json:"name"`
	Cells []CompleteCell `json:"cells" doc:"one for each period; state none where nothing is expected"`
	Count CompleteCount  `json:"count"`
}

// CompleteCell is one report.
type CompleteCell struct {
	State    string `json:"state" enum:"none,not_due,on_time,late,missing"`
	DaysLate int    `json:"days_late"`
	Step     string `json:"step"`
}

// CompleteCount sums up reports.
type CompleteCount struct {
	Expected  int      `json:"expected"`
	OnTime    int      `json:"on_time"`
	Late      int      `json:"late"`
	Missing   int      `json:"missing"`
	NotDue    int      `json:"not_due"`
	Published int      `json:"published"`
	Share     *float64 `json:"share" doc:"received of expected, 0 to 1; null where nothing was expected"`
}

// CompleteBelow is a part of a territory.
type CompleteBelow struct {
	Place string        `json:"place"`
	Name  lang.Text     `json:"name"`
	Count CompleteCount `json:"count"`
}

// Reminder asks those who owe a report for it.
type Reminder struct {
	Template string   `json:"template" maxLength:"60"`
	Period   string   `json:"period" maxLength:"40"`
	Places   []string `json:"places" minItems:"1" maxItems:"500"`
}

// Reminded tells who was reminded.
type Reminded struct {
	Reminded int `json:"reminded"`
	Skipped  int `json:"skipped" doc:"reminded today already, or nothing is owed any more"`
}
