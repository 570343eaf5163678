package app

import (
	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/network"
)

// ScheduleImport says how to take a schedule of another program into a work.
type ScheduleImport struct {
	Format   schedule.Format
	Work     works.ID
	Project  string // code of the one in the file; empty: the only one
	Encoding string // of an XER file, where a guess would be wrong
	Stages   schedule.StageMap
	On       *period.Date // day of the progress; nil: the status date of the file
	Office   string       // that says so; empty: that of the work
	Reason   string       // why a percentage fell or the baseline changed
	DryRun   bool
}

// ScheduleReceipt tells what became of a schedule. With problems nothing was
// written.
type ScheduleReceipt struct {
	File     string             `json:"file"`
	SHA256   string             `json:"sha256"`
	Format   schedule.Format    `json:"format"`
	Program  string             `json:"program"`
	Encoding string             `json:"encoding"`
	Guessed  bool               `json:"encoding_guessed"`
	DryRun   bool               `json:"dry_run"`
	Accepted bool               `json:"accepted"`
	Work     works.ID           `json:"work"`
	Project  string             `json:"project"`
	Name     string             `json:"name"`
	Projects []ScheduleProject  `json:"projects"`
	On       *period.Date       `json:"on"`
	Stages   []ScheduleStage    `json:"stages"`
	Own      []ScheduleStage    `json:"own"` // parts that belong to no stage of ours
	Baseline ScheduleBaseline   `json:"baseline"`
	Lines    ScheduleLines      `json:"lines"`
	Evidence string             `json:"evidence"` // id of the file; empty: none was kept
	Path     *SchedulePath      `json:"path"`
	Problems []WorkProblem      `json:"problems"`
	Findings []schedule.Finding `json:"findings"`
	More     int                `json:"findings_more"`
	Checks   []network.Finding  `json:"checks"`
	lines    []works.Line       // to be written
	record   *works.Work        // with the baseline
	plan     *schedule.Schedule // as it was read
	project  *schedule.Project  // that was chosen
	file     *workFile          // of the work
	groups   []schedule.Group   // of the project
	today    period.Date        // of the server
	sources  func(string) bool  // of money
}

// ScheduleProject is one of the projects of a file.
type ScheduleProject struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	Tasks      int    `json:"tasks"`
	BaselineOf string `json:"baseline_of"`
}

// ScheduleStage is what a plan says about a stage, or about a part of its own.
type ScheduleStage struct {
	Stage          string          `json:"stage"`
	Code           string          `json:"code"`
	Name           string          `json:"name"`
	How            []schedule.How  `json:"how"`
	Tasks          int             `json:"tasks"`
	Percent        *httpapi.Number `json:"percent"`
	Start          *period.Date    `json:"start"`
	Finish         *period.Date    `json:"finish"`
	Started        *period.Date    `json:"started"`
	Finished       *period.Date    `json:"finished"`
	BaselineStart  *period.Date    `json:"baseline_start"`
	BaselineFinish *period.Date    `json:"baseline_finish"`
	WithoutBase    int             `json:"tasks_without_baseline"`
}

// ScheduleBaseline tells what became of the baseline: new, same or none.
type ScheduleBaseline struct {
	State string `json:"state"`
	No    int    `json:"no"`
	Terms int    `json:"terms"`
}

// ScheduleLines counts the status lines.
type ScheduleLines struct {
	New   int `json:"new"`
	Known int `json:"known"`
}

// SchedulePath is what the links give, whatever the dates in the file.
type SchedulePath struct {
	Start    *network.Minute `json:"start"`
	Finish   *network.Minute `json:"finish"`
	Stated   *network.Minute `json:"stated_finish"`
	Critical []string        `json:"critical"` // codes of the activities of the longest path, at most 200
	Cycles   [][]string      `json:"cycles"`
}

// WorkProblem is one thing that is wrong, where it stands, and what to do.
type WorkProblem struct {
	File   string    `json:"file"`
	Path   string    `json:"path"`
	Row    int       `json:"row,omitempty"`
	Column string    `json:"column,omitempty"`
	Code   string    `json:"code"`
	Text   lang.Text `json:"text"`
}
