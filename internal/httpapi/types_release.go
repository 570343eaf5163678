package httpapi

import (
	"github.com/shanyraq/shanyraq/lang"
)

// ReleaseInput makes a release.
type ReleaseInput struct {
	Code  string    `json:"code" pattern:"^[a-z0-9][a-z0-9-]{0,39}$" maxLength:"40" doc:"such as 2026-q3"`
	Title lang.Text `json:"title" doc:"in every language"`
	Note  lang.Text `json:"note,omitempty"`
	AsOf  string    `json:"as_of,omitempty" maxLength:"10" doc:"the last day of publication that counts; absent: today"`
}

// Release is a state of everything under a name.
type Release struct {
	Code       string    `json:"code"`
	Title      lang.Text `json:"title"`
	Note       lang.Text `json:"note"`
	AsOf       string    `json:"as_of"`
	RecordedAt string    `json:"recorded_at" doc:"when it was frozen"`
	Seq        int64     `json:"seq" doc:"the last act of the ledger that belongs to it"`
	Office     *string   `json:"office"`
	Previous   *string   `json:"previous" doc:"the release before"`
}

// ReleaseList lists releases, the newest first.
type ReleaseList struct {
	Items []Release `json:"items"`
}

// ChangeCount is how many figures changed how.
type ChangeCount struct {
	Key       string `json:"key" doc:"code of a measure or place"`
	New       int    `json:"new"`
	Corrected int    `json:"corrected"`
	Withdrawn int    `json:"withdrawn"`
}

// ChangedRun is a run that changed figures, and why.
type ChangedRun struct {
	ID         string  `json:"id"`
	Kind       string  `json:"kind"`
	Subject    string  `json:"subject"`
	RecordedAt string  `json:"recorded_at"`
	Office     *string `json:"office"`
	Template   *string `json:"template"`
	Reason     string  `json:"reason"`
	TakesBack  *string `json:"takes_back" doc:"the run that it took back"`
	New        int     `json:"new"`
	Corrected  int     `json:"corrected"`
	Withdrawn  int     `json:"withdrawn"`
}

// ChangedPromise is a promise that stands otherwise than before.
type ChangedPromise struct {
	ID           string    `json:"id"`
	Title        lang.Text `json:"title"`
	Place        string    `json:"place"`
	What         string    `json:"what" enum:"new,gone,changed"`
	DeadlineOld  *string   `json:"deadline_old"`
	Deadline     *string   `json:"deadline"`
	TargetOld    *Number   `json:"target_old"`
	Target       *Number   `json:"target"`
	DeliveredOld *Number   `json:"delivered_old"`
	Delivered    *Number   `json:"delivered"`
	DueOld       string    `json:"due_old"`
	Due          string    `json:"due"`
	EvidenceOld  string    `json:"evidence_old"`
	Evidence     string    `json:"evidence"`
	Reason       string    `json:"reason" doc:"of a moved deadline or a withdrawal"`
}

// NewAnswer is the word of an office that was not there before.
type NewAnswer struct {
	About  string    `json:"about"`
	Office string    `json:"office"`
	Text   lang.Text `json:"text"`
	On     *string   `json:"on"`
}

// Revision is what changed since the release before, and why.
type Revision struct {
	Release   Release          `json:"release"`
	Since     *Release         `json:"since" doc:"null: this is the first release"`
	New       int              `json:"new"`
	Corrected int              `json:"corrected"`
	Withdrawn int              `json:"withdrawn"`
	Measures  []ChangeCount    `json:"measures"`
	Regions   []ChangeCount    `json:"regions"`
	Runs      []ChangedRun     `json:"runs"`
	MoreRuns  int              `json:"runs_more"`
	Promises  []ChangedPromise `json:"promises"`
	Answers   []NewAnswer      `json:"answers"`
}

// ChangeFilter narrows the list of changed figures.
type ChangeFilter struct {
	Measure string `query:"measure" maxLength:"80"`
	Place   string `query:"place" maxLength:"40" doc:"with everything below"`
	Run     string `query:"run" maxLength:"40"`
	What    string `query:"what" enum:"new,corrected,withdrawn"`
	Cursor  string `query:"cursor" maxLength:"400"`
	Limit   int    `query:"limit" minimum:"0" maximum:"1000"`
}

// FigureChange is a figure that changed.
type FigureChange struct {
	What   string  `json:"what" enum:"new,corrected,withdrawn"`
	Run    string  `json:"run"`
	Reason string  `json:"reason"`
	Figure *Figure `json:"figure" doc:"null: withdrawn"`
	Old    *Figure `json:"old"`
}

// FigureChanges is a page of changed figures.
type FigureChanges struct {
	Items []FigureChange `json:"items"`
	Next  *string        `json:"next"`
}
