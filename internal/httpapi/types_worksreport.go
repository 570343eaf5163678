package httpapi

import (
	"io"

	"github.com/shanyraq/shanyraq/lang"
)

// WorksReportFilter chooses a monthly report of works.
type WorksReportFilter struct {
	Place   string `query:"place" maxLength:"40" doc:"territory and all below it; default: the country"`
	Month   string `query:"month" maxLength:"7" doc:"2026-11; default: the month of today"`
	Parent  string `query:"parent" maxLength:"80" doc:"programme or project and all below it"`
	Edition string `query:"edition" enum:"public,internal," doc:"internal has remarks and risks, and needs read_drafts in the territory; default public"`
}

// WorksReport is a monthly report with the hash by which a signed paper can be
// compared with it.
type WorksReport struct {
	// SHA256 is of the compact JSON of report, as it stands in this answer.
	SHA256 string     `json:"sha256"`
	Report ReportData `json:"report"`
}

// ReportData is what a monthly report says. It holds nothing that depends on
// when or by whom it is made.
type ReportData struct {
	Place       string           `json:"place"`
	PlaceName   lang.Text        `json:"place_name"`
	Parent      *string          `json:"parent"`
	ParentTitle lang.Text        `json:"parent_title"`
	Edition     string           `json:"edition" enum:"public,internal"`
	Month       string           `json:"month"`
	From        string           `json:"from"`
	AsOf        string           `json:"as_of" doc:"last day of the month, or today within it"`
	Whole       bool             `json:"whole" doc:"the month is over"`
	Office      *string          `json:"office" doc:"of the territory, who signs"`
	Synthetic   int              `json:"synthetic" doc:"works that are made up for demonstration"`
	Sums        WorkSums         `json:"sums"`
	Changes     []WorkChanges    `json:"changes"`
	Works       []ReportWork     `json:"works"`
	Questions   []ReportQuestion `json:"questions"`
	Warnings    []WorkWarning    `json:"warnings"`
	Risks       []Risk           `json:"risks" doc:"internal edition only"`
	Documents   []ReportDocument `json:"documents"`
	Assumptions []lang.Text      `json:"assumptions"`
}

// ReportWork is a work with what its percentage rests on.
type ReportWork struct {
	WorkRow
	Evidence *ReportEvidence `json:"evidence"`
	// Remark is what was remarked last; internal edition only.
	Remark *string `json:"remark"`
}

// ReportEvidence is what a percentage rests on.
type ReportEvidence struct {
	Document *string `json:"document"`
	Office   *string `json:"office"`
	Files    int     `json:"files"`
}

// WorkChanges is what changed in a work between two days.
type WorkChanges struct {
	Work      string         `json:"work"`
	Title     lang.Text      `json:"title"`
	Place     string         `json:"place"`
	New       bool           `json:"new" doc:"nobody had said anything of it before"`
	Percent   *NumberChange  `json:"percent"`
	Phase     *WordChange    `json:"phase"`
	Steps     []WorkStep     `json:"steps" doc:"of opening, that were done"`
	Deadlines []DeadlineMove `json:"deadlines" doc:"the days that were named"`
	Before    *string        `json:"deadline_before"`
	Money     []MoneyChange  `json:"money"`
}

// NumberChange is a number before and after; null where nobody said one.
type NumberChange struct {
	From *Number `json:"from"`
	To   *Number `json:"to"`
}

// WordChange is a code before and after.
type WordChange struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// MoneyChange is by how much a sum grew; less than 0 when something was taken
// back.
type MoneyChange struct {
	Kind   string `json:"kind"`
	Source string `json:"source"`
	Amount Number `json:"amount"`
}

// ReportQuestion is a question about a work.
type ReportQuestion struct {
	Work  string    `json:"work"`
	Title lang.Text `json:"title"`
	WorkQuestion
}

// ReportDocument is a document on which the report rests.
type ReportDocument struct {
	Name      string    `json:"name"`
	Title     lang.Text `json:"title"`
	Publisher lang.Text `json:"publisher"`
	Published *string   `json:"published_at"`
}

// ReportFile writes a report as a file.
type ReportFile struct {
	Name  string
	Write func(io.Writer) error
}
