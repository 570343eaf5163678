package httpapi

import (
	"time"

	"github.com/shanyraq/shanyraq/lang"
)

// Import is a file of figures on its way into the ledger.
type Import struct {
	ID      string `json:"id"`
	Version int64  `json:"version" doc:"grows with every change; send it back with the next one"`
	State   string `json:"state" enum:"open,checking,checked,committing,submitted,published,withdrawing,withdrawn,discarded" doc:"open: not checked since the last change"`
	// Doing is what runs in the background, empty when nothing does.
	Doing    string          `json:"doing" enum:",check,commit,withdraw"`
	Progress *ImportProgress `json:"progress"`

	Name     string   `json:"name" doc:"of the file"`
	Size     int64    `json:"size" doc:"bytes"`
	SHA256   string   `json:"sha256"`
	Format   string   `json:"format" enum:"csv,xlsx"`
	Encoding string   `json:"encoding" doc:"of a CSV file"`
	Sheets   []string `json:"sheets"`
	Hidden   []string `json:"hidden_sheets" doc:"those of the sheets that the spreadsheet hides"`

	Sheet     string          `json:"sheet"`
	HeaderRow int             `json:"header_row"`
	Head      []ImportRow     `json:"head" doc:"the first rows as they stand in the file"`
	Columns   []ImportColumn  `json:"columns"`
	Mapping   ImportMapping   `json:"mapping"`
	Missing   []string        `json:"missing" doc:"columns that the mapping must still give"`
	Unknown   []ImportUnknown `json:"unknown" doc:"texts that the mapping does not translate yet"`
	// Remembered is the source whose mapping was used, empty when it was proposed.
	Remembered string   `json:"remembered"`
	Sources    []string `json:"sources" doc:"sources for which a mapping of such a table is remembered"`

	Cells []ImportCell `json:"cells" doc:"cells that were corrected here; the file is not changed"`
	Leave []int        `json:"leave" doc:"rows that are left out on purpose"`

	Check   *ImportCheck   `json:"check" doc:"the last dry run, null after a change"`
	Outcome *ImportOutcome `json:"outcome"`
	Failure *lang.Text     `json:"failure" doc:"why the last background work ended without a result"`
	May     []string       `json:"may" doc:"acts that the reader may do now: edit, check, publish, submit, cancel, discard, withdraw"`
	// Denied is the first right that keeps the reader from publishing directly.
	Denied *MissingRight `json:"denied"`

	Owner  string    `json:"owner" doc:"id of the account"`
	Office string    `json:"office"`
	Place  string    `json:"place" doc:"the smallest territory that holds all places of the file, as far as it is known"`
	At     time.Time `json:"at" doc:"of the last change"`
}

// ImportProgress is how far the background work is.
type ImportProgress struct {
	Rows      int64    `json:"rows"`
	Total     int64    `json:"total" doc:"0 when it is not known"`
	PerSecond float64  `json:"per_second"`
	Seconds   *float64 `json:"seconds_left" doc:"null when it cannot be told"`
	Waiting   bool     `json:"waiting" doc:"it has not begun yet"`
}

// ImportRow is a row of the file.
type ImportRow struct {
	Number int      `json:"number" doc:"as the spreadsheet numbers it"`
	Cells  []string `json:"cells"`
}

// ImportColumn is what stands in a column under the header.
type ImportColumn struct {
	Letter  string   `json:"letter"`
	Header  string   `json:"header"`
	Filled  int      `json:"filled"`
	Numbers int      `json:"numbers"`
	Samples []string `json:"samples"`
}

// ImportMapping says what the columns of the table are; it is the mapping of the
// command import figures.
type ImportMapping struct {
	Columns      map[string]string            `json:"columns,omitempty" doc:"our column: header in the table, or =C for the column C"`
	Constants    map[string]string            `json:"constants,omitempty" doc:"our column: the value of every row"`
	Values       map[string]map[string]string `json:"values,omitempty" doc:"our column: text in the table: what it means"`
	Dimensions   map[string]string            `json:"dimensions,omitempty" doc:"dimension: header in the table"`
	PeriodFormat string                       `json:"period_format,omitempty" enum:",iso,dhis2"`
	Decimal      string                       `json:"decimal,omitempty" enum:",.,\\,"`
	Empty        string                       `json:"empty,omitempty" enum:",refuse,skip,missing"`
	Ignore       []string                     `json:"ignore,omitempty" maxItems:"1000"`
	Wide         []ImportWide                 `json:"wide,omitempty" maxItems:"400"`
	Fill         []string                     `json:"fill,omitempty" maxItems:"40"`
}

// ImportWide is a column of values and what its header stands for.
type ImportWide struct {
	Header string            `json:"header" maxLength:"2000"`
	Set    map[string]string `json:"set"`
}

// ImportUnknown is a text of a mapped column of which nobody can tell what it
// means.
type ImportUnknown struct {
	Column string       `json:"column"`
	Text   string       `json:"text"`
	Count  int          `json:"count"`
	Hints  []ImportHint `json:"hints"`
}

// ImportHint is a code that may have been meant.
type ImportHint struct {
	Code string    `json:"code"`
	Name lang.Text `json:"name"`
}

// ImportCell is a cell that was corrected.
type ImportCell struct {
	Cell string `json:"cell" maxLength:"12" example:"D17"`
	Text string `json:"text" maxLength:"4000"`
}

// ImportCheck is what a dry run found.
type ImportCheck struct {
	Rows      int            `json:"rows"`
	Figures   int            `json:"figures"`
	New       int            `json:"new"`
	Known     int            `json:"known"`
	Corrected int            `json:"corrected"`
	Repeated  int            `json:"repeated"`
	Skipped   int            `json:"skipped"`
	Left      int            `json:"left" doc:"rows left out on purpose"`
	Problems  int            `json:"problems"`
	Faulty    int            `json:"faulty" doc:"rows with a problem"`
	Listed    int            `json:"listed" doc:"problems that can be read page by page"`
	Codes     map[string]int `json:"codes" doc:"problems by code"`
	Notices   []ImportNotice `json:"notices"`
	Places    int            `json:"places"`
	Seconds   float64        `json:"seconds"`
}

// ImportNotice is something to know that stops nothing.
type ImportNotice struct {
	Row     int       `json:"row"`
	Code    string    `json:"code"`
	Message lang.Text `json:"message"`
}

// ImportOutcome is what the run brought.
type ImportOutcome struct {
	Run        string  `json:"run" doc:"empty when everything was known already"`
	New        int     `json:"new"`
	Known      int     `json:"known"`
	Corrected  int     `json:"corrected"`
	LeftOut    int     `json:"left_out" doc:"rows that were not imported"`
	Submission string  `json:"submission" doc:"id of the submission that waits for approval"`
	Reason     string  `json:"reason" doc:"why it was withdrawn"`
	Seconds    float64 `json:"seconds"`
}

// ImportProblem is a fault of a cell, a row or the table.
type ImportProblem struct {
	Row        int       `json:"row"`
	Column     string    `json:"column"`
	Cell       string    `json:"cell"`
	Code       string    `json:"code"`
	Message    lang.Text `json:"message"`
	Suggestion string    `json:"suggestion"`
	Text       string    `json:"text" doc:"what stands in the cell"`
	Cells      []string  `json:"cells" doc:"the row, as far as it is short"`
}

// ImportProblems is a page of problems.
type ImportProblems struct {
	Items []ImportProblem `json:"items"`
	Next  string          `json:"next"`
	Total int             `json:"total"`
}

// ImportPlan is how the file is to be read.
type ImportPlan struct {
	Version   int64         `json:"version"`
	Sheet     string        `json:"sheet,omitempty" maxLength:"200"`
	HeaderRow int           `json:"header_row,omitempty" minimum:"0" maximum:"1000" doc:"0: find it"`
	Encoding  string        `json:"encoding,omitempty" enum:",Windows-1251,KZ-1048" doc:"settles a guess"`
	Source    string        `json:"use,omitempty" maxLength:"200" doc:"use the remembered mapping of this source"`
	Propose   bool          `json:"propose,omitempty" doc:"forget the mapping and propose a new one"`
	Mapping   ImportMapping `json:"mapping"`
}

// ImportEdits are cells corrected in place and rows left out.
type ImportEdits struct {
	Version int64        `json:"version"`
	Cells   []ImportCell `json:"cells,omitempty" maxItems:"2000"`
	Undo    []string     `json:"undo,omitempty" maxItems:"2000" doc:"cells that count again as they stand in the file"`
	Leave   []int        `json:"leave,omitempty" maxItems:"2000" doc:"rows to leave out"`
	Keep    []int        `json:"keep,omitempty" maxItems:"2000" doc:"rows to import after all"`
}

// ImportStep is a step of an import as the reader saw it.
type ImportStep struct {
	Version int64  `json:"version"`
	Partial bool   `json:"partial,omitempty" doc:"only rows without problems; the others are left out"`
	Comment string `json:"comment,omitempty" maxLength:"2000"`
}

// ImportWithdrawal undoes a published import.
type ImportWithdrawal struct {
	Version int64  `json:"version"`
	Reason  string `json:"reason" minLength:"3" maxLength:"2000"`
}
