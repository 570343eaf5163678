package httpapi

import (
	"github.com/shanyraq/shanyraq/lang"
)

// SubmissionValue is one number of a form or an answer.
type SubmissionValue struct {
	Measure    string   `json:"measure" maxLength:"80"`
	Place      string   `json:"place,omitempty" maxLength:"40" doc:"absent: that of the submission"`
	Period     string   `json:"period,omitempty" maxLength:"40" doc:"absent: that of the submission"`
	Dimensions string   `json:"dimensions,omitempty" maxLength:"400"`
	Kind       string   `json:"kind,omitempty" enum:"plan,actual,forecast,estimate" doc:"absent: actual"`
	Value      string   `json:"value,omitempty" maxLength:"40" doc:"a number, or nothing with a status"`
	Qualifier  string   `json:"qualifier,omitempty" maxLength:"12"`
	Status     string   `json:"status,omitempty" maxLength:"1" doc:"SDMX, where there is no number"`
	Unit       string   `json:"unit,omitempty" maxLength:"80" doc:"absent: that of the measure"`
	Note       string   `json:"note,omitempty" maxLength:"1000" doc:"why the value is unusual"`
	Flags      []string `json:"flags,omitempty" maxItems:"10" doc:"what looked implausible"`
}

// SubmissionTable is an imported table that waits for publication.
type SubmissionTable struct {
	File    string            `json:"file" maxLength:"80"`
	Name    string            `json:"name,omitempty" maxLength:"200"`
	Source  string            `json:"source,omitempty" maxLength:"120"`
	Rows    int               `json:"rows,omitempty"`
	New     int               `json:"new,omitempty"`
	Known   int               `json:"known,omitempty"`
	Changes int               `json:"changes,omitempty"`
	Options map[string]string `json:"options,omitempty"`
}

// SubmissionInput is what an author saves.
type SubmissionInput struct {
	Version  int64             `json:"version,omitempty" minimum:"0" doc:"the version that was changed; 0 for a new one"`
	Kind     string            `json:"kind" enum:"answer,form,import"`
	Place    string            `json:"place" maxLength:"40"`
	Office   string            `json:"office,omitempty" maxLength:"80" doc:"that speaks; absent: that of the account"`
	Template string            `json:"template,omitempty" maxLength:"60"`
	Period   string            `json:"period,omitempty" maxLength:"40"`
	Ask      string            `json:"ask,omitempty" maxLength:"40" doc:"the question that is answered"`
	About    string            `json:"about,omitempty" maxLength:"200" doc:"the promise, question or figure that is spoken of"`
	Values   []SubmissionValue `json:"values,omitempty" maxItems:"5000"`
	Text     lang.Text         `json:"text,omitempty"`
	Deadline string            `json:"deadline,omitempty" maxLength:"10"`
	Reason   string            `json:"reason,omitempty" maxLength:"2000" doc:"published with the change"`
	Withdraw bool              `json:"withdraw,omitempty" doc:"the promise is taken back"`
	Files    []string          `json:"files,omitempty" maxItems:"50"`
	Import   SubmissionTable   `json:"import,omitempty,omitzero"`
}

// SubmissionLevel is one that must approve.
type SubmissionLevel struct {
	Level    string  `json:"level" doc:"kind of place"`
	Place    string  `json:"place" doc:"whose approver, or one above, gives it"`
	Given    bool    `json:"given"`
	At       *string `json:"at"`
	Office   *string `json:"office"`
	Comment  string  `json:"comment"`
	Signed   bool    `json:"signed" doc:"with a detached signature"`
	SignType *string `json:"signature_type"`
}

// SubmissionStep is one version on the way.
type SubmissionStep struct {
	Version int64   `json:"version"`
	At      string  `json:"at"`
	State   string  `json:"state"`
	Office  *string `json:"office"`
	Mine    bool    `json:"mine" doc:"the reader took this step"`
	Comment string  `json:"comment"`
}

// Needed is a right that the next step takes, and who has it.
type Needed struct {
	Act    string   `json:"act"`
	Place  string   `json:"place"`
	Givers []string `json:"givers" doc:"roles that have it"`
}

// SubmissionRow is a submission in a list.
type SubmissionRow struct {
	ID        string    `json:"id"`
	Version   int64     `json:"version"`
	Kind      string    `json:"kind"`
	State     string    `json:"state"`
	Place     string    `json:"place"`
	Office    *string   `json:"office"`
	Template  *string   `json:"template"`
	Period    *string   `json:"period"`
	Ask       *string   `json:"ask"`
	About     *string   `json:"about"`
	Subject   lang.Text `json:"subject,omitempty" doc:"title of the promise that is spoken of"`
	Values    int       `json:"values"`
	Files     int       `json:"files"`
	Flags     int       `json:"flags" doc:"values that looked implausible"`
	Mine      bool      `json:"mine"`
	Next      *Needed   `json:"next"`
	May       []string  `json:"may" doc:"steps that the reader may take: edit, submit, approve, return, publish, withdraw"`
	Comment   string    `json:"comment"`
	Run       *string   `json:"run"`
	ChangedAt string    `json:"changed_at"`
}

// SubmissionCounts are how many there are in each view.
type SubmissionCounts struct {
	Mine    int            `json:"mine" doc:"of the reader, not published yet"`
	Waiting int            `json:"waiting" doc:"for a step of the reader"`
	All     int            `json:"all"`
	States  map[string]int `json:"states"`
}

// SubmissionList is a page of submissions.
type SubmissionList struct {
	Items  []SubmissionRow  `json:"items"`
	Next   *string          `json:"next"`
	Counts SubmissionCounts `json:"counts"`
}

// SubmissionFilter narrows a list of submissions.
type SubmissionFilter struct {
	View     string `query:"view" enum:"mine,waiting,all" doc:"mine: the reader's own; waiting: for a step of the reader"`
	State    string `query:"state" enum:"draft,submitted,returned,approved,publishing,published,withdrawn"`
	Kind     string `query:"kind" enum:"answer,form,import"`
	Place    string `query:"place" maxLength:"40" doc:"with everything below"`
	Template string `query:"template" maxLength:"60"`
	About    string `query:"about" maxLength:"200"`
	Cursor   string `query:"cursor" maxLength:"100"`
	Limit    int    `query:"limit" minimum:"0" maximum:"500"`
}

// SubmissionChange is what one value changes against what is published.
type SubmissionChange struct {
	Measure    string            `json:"measure"`
	Place      string            `json:"place"`
	Period     *string           `json:"period"`
	Dimensions map[string]string `json:"dimensions"`
	Unit       string            `json:"unit"`
	Old        *Number           `json:"old"`
	OldStatus  string            `json:"old_status"`
	OldSource  *string           `json:"old_source"`
	Figure     *string           `json:"figure" doc:"the published one"`
	New        *Number           `json:"new"`
	NewStatus  string            `json:"new_status"`
	Qualifier  string            `json:"qualifier"`
	Difference *Number           `json:"difference"`
	Percent    *Number           `json:"percent"`
	Note       string            `json:"note"`
	Flags      []string          `json:"flags"`
}

// Submission is all of it.
type Submission struct {
	SubmissionRow
	Content  SubmissionInput    `json:"content"`
	Levels   []SubmissionLevel  `json:"levels"`
	History  []SubmissionStep   `json:"history"`
	Changes  []SubmissionChange `json:"changes"`
	Deadline *string            `json:"deadline_now" doc:"of the promise that is spoken of"`
	Undone   *Undone            `json:"undone" doc:"its run was taken back"`
}

// Undone says that and why a run was taken back.
type Undone struct {
	At     string  `json:"at"`
	Reason string  `json:"reason"`
	Office *string `json:"office"`
}

// Signature is a detached signature: kept as it comes, not interpreted.
type Signature struct {
	Type  string `json:"type" maxLength:"100" doc:"media type"`
	Bytes []byte `json:"bytes" doc:"base64"`
}

// SubmissionStepInput is the words with which a step is taken.
type SubmissionStepInput struct {
	Version   int64     `json:"version,omitempty" minimum:"0" doc:"the version that was looked at; 0: whichever it is"`
	Comment   string    `json:"comment,omitempty" maxLength:"8000"`
	Signature Signature `json:"signature,omitempty,omitzero"`
}

// SubmissionSteps takes one step with many.
type SubmissionSteps struct {
	Act     string   `json:"act" enum:"submit,approve,return,publish,withdraw"`
	IDs     []string `json:"ids" minItems:"1" maxItems:"1000"`
	Comment string   `json:"comment,omitempty" maxLength:"8000"`
}

// SubmissionResult is what became of one.
type SubmissionResult struct {
	ID      string   `json:"id"`
	OK      bool     `json:"ok"`
	State   string   `json:"state"`
	Version int64    `json:"version"`
	Run     *string  `json:"run"`
	Problem *Problem `json:"problem"`
}

// SubmissionResults are one for each, in the order of the request.
type SubmissionResults struct {
	Results []SubmissionResult `json:"results"`
	Done    int                `json:"done"`
	Refused int                `json:"refused"`
}

// Run is one act of bringing in.
type Run struct {
	ID         string            `json:"id"`
	Kind       string            `json:"kind"`
	Subject    string            `json:"subject"`
	Program    string            `json:"program"`
	RecordedAt string            `json:"recorded_at"`
	Inputs     map[string]string `json:"inputs"`
	Figures    int               `json:"figures"`
	Corrected  int               `json:"corrected"`
	Statements int               `json:"statements"`
	Others     int               `json:"others" doc:"moves, answers, questions, evidence"`
	Undone     *Undone           `json:"undone"`
	May        []string          `json:"may"`
}

// RunWithdrawal is why a run is taken back.
type RunWithdrawal struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000"`
}
