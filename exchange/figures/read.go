package figures

import (
	"context"
	"errors"
	"hash/maphash"
	"io"
	"slices"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// maxFigures bounds what is held in memory, about 500 bytes for each row: more
// than a sheet of a workbook holds.
const maxFigures = 1_500_000

// beat is after how many rows a cancelled import is noticed and progress told.
const beat = 4096

// Read checks a table of figures and returns the figures, sealed and in the
// order of the table, or all that is wrong with it. The error is for a table
// that cannot be read to its end (damaged, too large) and for a context that
// ended; faults of its content are in Result.Problems, see Result.Err.
//
// Nothing is written anywhere. Recorded and Run of the figures are empty; the
// store fills them. SupersededBy is what the table says: in an export with the
// history both the corrected and the correcting figure stand.
func Read(ctx context.Context, table sheet.Reader, o Options) (Result, error) {
	r := &reader{options: o, table: table, memory: newMemory(), seed: maphash.MakeSeed(), plan: &plan{origin: -1}, twice: map[string]int{}, lastBad: -1,
		cells: map[uint64]int32{}, ids: map[ledger.FigureID]int32{}, references: map[ledger.FigureID]where{}}
	r.out.Info = table.Info()
	for _, d := range o.Documents {
		r.extra(d)
	}
	err := r.read(ctx)
	r.out.Info = table.Info()
	if err != nil {
		return Result{Info: r.out.Info, Rows: r.out.Rows}, err
	}
	r.fileNotices()
	if len(r.out.Problems) > 0 {
		r.out.Figures = nil
	}
	return r.out, nil
}

// reader is one import.
type reader struct {
	options   Options
	table     sheet.Reader
	headerRow int
	plan      *plan
	plans     []*plan        // one for each value of a row
	twice     map[string]int // headers that stand there twice, with the second column
	above     [columns]string
	dimAbove  map[string]string
	out       Result
	memory    memory
	lastBad   int   // row of the last problem
	failed    error // of Options.Take or Options.Report

	row      *sheet.Row
	id       ledger.FigureID // that the row gives, or 0
	found    []finding       // in the row
	hinted   int             // unknown codes for which something near was looked for
	unclear  bool            // a number of the row may mean two things
	saidOnce []said          // of the row, for its further values

	rows       []int32 // row number of each figure
	ids        map[ledger.FigureID]int32
	cells      map[uint64]int32
	seed       maphash.Seed
	references map[ledger.FigureID]where
}

// finding is something wrong with the row. A soft one is doubtful rather than
// impossible: it does not count in a row that came from our own export
// unchanged.
type finding struct {
	at    int // index of the column, -1 for none
	code  string
	a, b  string
	hints []Hint
	soft  bool
}

type where struct{ row, at int }

func (r *reader) read(ctx context.Context) error {
	header, err := r.findHeader()
	if err == io.EOF {
		r.problem(0, -1, "no_header", "", "")
		return nil
	}
	if err != nil {
		return err
	}
	r.headerRow = header.Number
	r.makePlan(header)
	if len(r.out.Problems) > 0 {
		return nil // every row would be wrong for the same reason
	}
	for {
		if r.row, err = r.nextFilled(); err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		if r.out.Rows++; r.out.Rows > maxFigures {
			return fault.New(fault.TooLarge, "figures.Read", r.out.Info.Name, "%s: more than %d rows: split it and import the parts one after the other", r.out.Info.Name, maxFigures)
		}
		if r.out.Rows == beat && len(r.out.Problems) == 0 && r.options.Take == nil {
			// The table is what it seems: make room for all of it at once.
			r.out.Figures = slices.Grow(r.out.Figures, min(max(0, r.out.Info.Lines-beat), maxFigures))
		}
		if r.out.Rows%beat == 0 {
			if err := ctx.Err(); err != nil {
				return fault.New(fault.Unavailable, "figures.Read", r.out.Info.Name, "%s: the import was stopped, nothing was taken: %w", r.out.Info.Name, err)
			}
			if r.options.Progress != nil {
				r.options.Progress(r.out.Rows)
			}
		}
		if r.readRow(); r.failed != nil {
			return r.failed
		}
	}
	if r.out.Rows == 0 {
		r.problem(0, -1, "no_rows", "", "")
	}
	return r.checkReferences()
}

// findHeader returns the row of the header; io.EOF when there is none.
func (r *reader) findHeader() (*sheet.Row, error) {
	want := 0
	if m := r.options.Mapping; m != nil {
		want = m.HeaderRow
	}
	for {
		row, err := r.nextFilled()
		if err != nil || row.Number >= want {
			return row, err
		}
	}
}

// nextFilled returns the next row in which something stands.
func (r *reader) nextFilled() (*sheet.Row, error) {
	for {
		row, err := r.table.Next()
		if errors.Is(err, io.EOF) && err != io.EOF {
			err = fault.New(fault.Invalid, "figures.Read", r.out.Info.Name, "%s: the file ends too early: save it again", r.out.Info.Name)
		}
		if err != nil || !row.Blank() {
			return row, err
		}
	}
}

// readRow makes figures of the row or notes what is wrong.
func (r *reader) readRow() {
	if r.options.Leave != nil && r.options.Leave(r.row.Number) {
		r.out.Left++
		return
	}
	if !r.shaped() {
		return
	}
	r.saidOnce = r.saidOnce[:0]
	skipped := 0
	for _, r.plan = range r.plans {
		if r.readFigure() {
			skipped++
		}
	}
	if skipped == len(r.plans) {
		r.out.Skipped++
	}
}

// readFigure makes a figure of the row by the plan. It reports whether there is
// none because the mapping says so.
func (r *reader) readFigure() (skipped bool) {
	mark := r.plan.mark
	f, skip := r.build(mark)
	if skip {
		return true
	}
	if r.id != 0 {
		r.exported(f, mark)
		return false
	}
	if f.Recipe != nil || f.Source == ledger.Computed {
		r.find(colMethod, "computed")
	}
	if len(r.found) == 0 {
		r.seal(&f)
	}
	if len(r.found) > 0 {
		r.report()
		return false
	}
	r.keep(&f, false)
	return false
}

// exported takes a row with an id. The id tells whether the row says what it
// said when it was exported, and so also what an ambiguous 1,234 means.
func (r *reader) exported(f ledger.Figure, mark string) {
	if r.harden(); r.same(&f) {
		r.keep(&f, true)
		return
	}
	if r.unclear {
		for _, m := range []string{".", ","} {
			f, _ = r.build(m)
			if r.harden(); r.same(&f) {
				r.keep(&f, true)
				return
			}
		}
		r.build(mark)
		r.harden()
	}
	if len(r.found) == 0 {
		r.find(colID, "id_mismatch")
	}
	r.report()
}

// same seals the figure and reports whether it has the id of the row. A recipe
// without parameters may have been sealed with none or with an empty list.
func (r *reader) same(f *ledger.Figure) bool {
	if len(r.found) > 0 {
		return false
	}
	r.seal(f)
	if f.ID != r.id && f.Recipe != nil && f.Recipe.Params == nil && len(r.found) == 0 {
		f.Recipe.Params = map[string]string{}
		r.seal(f)
	}
	return f.ID == r.id && len(r.found) == 0
}

// harden forgets what is only doubtful; an ambiguous number is settled by the
// id and not reported beside it.
func (r *reader) harden() {
	kept := r.found[:0]
	for _, f := range r.found {
		if !f.soft && f.code != "number_ambiguous" {
			kept = append(kept, f)
		}
	}
	r.found = kept
}

// shaped refuses a row of a CSV file that has not as many cells as the header.
// A workbook leaves out empty cells at the end.
func (r *reader) shaped() bool {
	want, n := len(r.plan.header), len(r.row.Cells)
	for n > want && r.row.Cells[n-1].Text == "" {
		n--
	}
	if n > want || n < want && r.out.Info.Format == sheet.CSV {
		r.problem(r.row.Number, -1, "ragged", itoa(n), itoa(want))
		return false
	}
	return true
}

func (r *reader) seal(f *ledger.Figure) {
	if err := f.Seal(); err != nil {
		r.found = append(r.found, finding{at: -1, code: "figure", a: err.Error()})
	}
}

// keep adds a sealed figure unless the table has said it before.
func (r *reader) keep(f *ledger.Figure, exported bool) {
	if i, ok := r.ids[f.ID]; ok {
		r.out.Repeated++
		r.notice(r.row.Number, "same_twice", itoa(int(r.rows[i])), "")
		return
	}
	if i, ok := r.sameCell(f); ok && !exported {
		r.find(colValue, "said_twice", itoa(int(r.rows[i])))
		r.report()
		return
	}
	r.ids[f.ID] = int32(len(r.rows))
	r.rows = append(r.rows, int32(r.row.Number))
	r.out.Taken++
	if r.options.Take == nil {
		r.out.Figures = append(r.out.Figures, *f)
	} else if r.failed == nil {
		r.failed = r.options.Take(f)
	}
	if f.Recipe != nil {
		r.out.Computed++
		for _, in := range f.Recipe.Inputs {
			r.refer(in, colInputs)
		}
	}
	if f.Supersedes != 0 {
		r.refer(f.Supersedes, colSupersedes)
	}
	if f.SupersededBy != 0 {
		r.refer(f.SupersededBy, colSupersededBy)
	}
}

func (r *reader) refer(id ledger.FigureID, c column) {
	if _, ok := r.references[id]; !ok {
		r.references[id] = where{r.row.Number, r.plan.spot(c)}
	}
}

// cell is what may be said only once in a table.
type cell struct {
	series     ledger.Series
	period     period.Period
	document   string
	locator    ledger.Locator
	supersedes ledger.FigureID
	computed   bool
}

func cellOf(f *ledger.Figure) cell {
	return cell{f.Series, f.Period, f.Document, f.Locator, f.Supersedes, f.Recipe != nil}
}

// sameCell returns an earlier figure of the same cell. Two cells whose hashes
// meet are told apart by trying the next number. Where the figures are not kept,
// equal hashes count as the same cell: of a million figures that is wrong once in
// thirty million tables, and not again when the table is read anew.
func (r *reader) sameCell(f *ledger.Figure) (int32, bool) {
	c := cellOf(f)
	for h := maphash.Comparable(r.seed, c); ; h++ {
		i, ok := r.cells[h]
		if !ok {
			r.cells[h] = int32(len(r.rows))
			return 0, false
		}
		if r.options.Take != nil {
			return i, true
		}
		if int(i) < len(r.out.Figures) && cellOf(&r.out.Figures[i]) == c {
			return i, true
		}
	}
}

// checkReferences asks for the figures that the table names and does not hold.
func (r *reader) checkReferences() error {
	var ask []ledger.FigureID
	for id := range r.references {
		if _, ok := r.ids[id]; !ok {
			ask = append(ask, id)
		}
	}
	if len(ask) == 0 || r.options.Exists == nil || len(r.out.Problems) > 0 {
		return nil
	}
	there, err := r.options.Exists(ask)
	if err != nil {
		return fault.Wrap(err, "figures.Read", r.out.Info.Name)
	}
	for id, w := range r.references {
		if _, ok := r.ids[id]; !ok && !there[id] {
			r.problem(w.row, w.at, "reference", "", "")
		}
	}
	r.sortProblems()
	return nil
}

// fileNotices tells what a person should know about the file.
func (r *reader) fileNotices() {
	i := r.out.Info
	switch i.Encoding {
	case text.Windows1251:
		r.notice(0, "windows_1251", "", "")
	case text.KZ1048:
		r.notice(0, "kz_1048", "", "")
	}
	if i.Merged > 0 {
		r.notice(0, "merged", itoa(i.Merged), "")
	}
	if len(i.Sheets) > 1 {
		r.notice(0, "sheets", itoa(len(i.Sheets)), cut(i.Sheet))
	}
	if i.Hidden > 0 {
		r.notice(0, "hidden_rows", itoa(i.Hidden), "")
	}
	if r.out.Skipped > 0 {
		r.notice(0, "skipped", itoa(r.out.Skipped), "")
	}
}
