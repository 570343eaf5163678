package app

import (
	"github.com/shanyraq/shanyraq/exchange/worksheet"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
)

// WorksImport says how to read a table of works, or of what was said about them.
type WorksImport struct {
	Kind     worksheet.Kind
	Mapping  *worksheet.Mapping
	Sheet    string
	Office   string       // that says so where a row names none; empty: that of the work
	On       *period.Date // day of baselines whose rows give none; nil: today
	Reason   string       // why a percentage fell, a day moved, or a baseline changed
	DryRun   bool
	Partial  bool // take the good rows although others are wrong
	Progress func(rows int)
}

// WorksReceipt tells what became of a table. With problems nothing was written,
// unless partial was chosen.
type WorksReceipt struct {
	File     string              `json:"file"`
	Kind     worksheet.Kind      `json:"kind"`
	Format   string              `json:"format"`
	Encoding string              `json:"encoding"`
	Sheet    string              `json:"sheet"`
	Mapping  worksheet.Mapping   `json:"mapping"`
	Guessed  bool                `json:"mapping_guessed"`
	Rows     int                 `json:"rows"`
	Good     int                 `json:"rows_good"`
	Faulty   int                 `json:"rows_faulty"`
	Totals   int                 `json:"rows_of_totals"`
	DryRun   bool                `json:"dry_run"`
	Partial  bool                `json:"partial"`
	Written  bool                `json:"written"`
	Works    int                 `json:"works"`
	Lines    int                 `json:"lines"`
	Known    int                 `json:"lines_known"`
	Became   []RowBecame         `json:"became"` // of the first 2,000 rows
	Problems []worksheet.Problem `json:"problems"`
	More     int                 `json:"problems_more"`
	Notices  []worksheet.Problem `json:"notices"`
}

// RowBecame tells what a row of a table became.
type RowBecame struct {
	Row  int      `json:"row"`
	Work works.ID `json:"work"`
	// What is record, money, status, price, deadline, baseline or, where
	// nothing was new, known.
	What []string `json:"what"`
}

// maxBecame bounds the rows that are told one by one.
const maxBecame = 2000
