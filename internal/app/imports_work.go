package app

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/figures"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/job"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// The jobs of imports.
const (
	jobCheck  = "import.check"
	jobCommit = "import.commit"
	// jobWithdraw takes a published import back.
	jobWithdraw = "import.withdraw"
	// importLane lets one import work at a time: each may need a few hundred
	// megabytes.
	importLane = "imports"
	// importTries is how often a killed process may begin a piece of work.
	importTries = 20
)

// importOrder is who asked for which work. When the work begins, it is done with
// what that one may do by then, within the scope of the token that asked.
type importOrder struct {
	ID    string      `json:"id"`
	Actor actor.Actor `json:"actor"`
}

// importJobs says what is done in the background for imports.
func (a *App) importJobs() {
	a.imports.broken, a.imports.begun = map[string]context.CancelFunc{}, map[string]time.Time{}
	job.Register(a.Jobs, jobCheck, func(ctx context.Context, o importOrder) error { return a.work(ctx, o, a.checkNow) }, job.Tries(importTries))
	job.Register(a.Jobs, jobCommit, func(ctx context.Context, o importOrder) error { return a.work(ctx, o, a.commitNow) }, job.Tries(importTries))
	a.tidyJobs()
	job.Register(a.Jobs, jobWithdraw, func(ctx context.Context, o importOrder) error { return a.work(ctx, o, a.withdrawNow) }, job.Tries(importTries))
}

func randomName() string { return rand.Text()[:16] }

// CheckImport begins a dry run in the background.
func (a *App) CheckImport(ctx context.Context, id string, s httpapi.ImportStep) (*httpapi.Import, error) {
	return a.change(ctx, id, s.Version, "import.check", editable, func(v *view, it *store.Item, b *importBody, tx *store.Tx) error {
		if missing := figures.Missing(&b.Mapping); len(missing) > 0 {
			return refuseImport("say first which column or constant is: %s", strings.Join(missing, ", "))
		}
		b.Checked = b.shown()
		it.State, b.Check, b.Failure, b.Places = importChecking, nil, nil, nil
		return a.order(tx, jobCheck, v.who(ctx), it.ID, b)
	})
}

func (a *App) order(tx *store.Tx, kind string, who actor.Actor, id string, b *importBody) error {
	var err error
	b.Job, err = a.Jobs.Insert(tx.SQL(), kind, importOrder{id, who}, job.Named(id), job.Lane(importLane))
	return err
}

// CommitImport publishes in the background, or hands over for approval where
// the actor may not publish.
func (a *App) CommitImport(ctx context.Context, id string, s httpapi.ImportStep) (*httpapi.Import, error) {
	return a.change(ctx, id, s.Version, "import.commit", []string{importChecked}, func(v *view, it *store.Item, b *importBody, tx *store.Tx) error {
		switch {
		case b.Check == nil:
			return fault.New(fault.Conflict, opImport, "", "check the table first")
		case b.Check.Problems > 0 && !s.Partial:
			return fault.New(fault.Conflict, opImport, "", "the table has problems: correct them, or import only the rows without problems")
		case b.Check.Figures == 0:
			return fault.New(fault.Conflict, opImport, "", "no row of the table is without problems")
		}
		b.Partial, b.Failure = s.Partial && b.Check.Problems > 0, nil
		if at := a.foreign(ctx, v); at != "" {
			return a.submitImport(v, v.who(ctx), it, b, tx, s.Comment)
		}
		it.State = importCommitting
		return a.order(tx, jobCommit, v.who(ctx), it.ID, b)
	})
}

// CancelImport breaks the background work off.
func (a *App) CancelImport(ctx context.Context, id string) (*httpapi.Import, error) {
	if _, _, err := a.changeable(ctx, id); err != nil {
		return nil, err
	}
	// While a run is written, SQLite lets nobody else write: so the work is
	// ended from inside first.
	a.imports.mu.Lock()
	if stop := a.imports.broken[id]; stop != nil {
		stop()
	}
	a.imports.mu.Unlock()
	out, err := a.change(ctx, id, 0, "import.cancel", atWork, func(_ *view, it *store.Item, b *importBody, tx *store.Tx) error {
		if err := a.cancelled(tx, it, b, textCancelled); err != nil {
			return err
		}
		return a.Jobs.Cancel(tx.SQL(), b.Job)
	})
	if fault.Is(err, fault.Conflict) {
		return a.Import(ctx, id) // it ended by itself
	}
	return out, err
}

// cancelled puts an import back to where it was before the work began, and says
// why.
func (a *App) cancelled(tx *store.Tx, it *store.Item, b *importBody, why lang.Text) error {
	b.Failure = why
	switch {
	case it.State == importWithdrawing:
		it.State, b.Outcome.Reason = importPublished, ""
	case it.State == importCommitting && b.submitted():
		it.State = importSubmitted
		return a.FailSubmission(tx, b.Outcome.Submission, why.In(lang.EN))
	case it.State == importCommitting && b.Check != nil:
		it.State = importChecked
	default:
		it.State = importOpen
	}
	return nil
}

var (
	textCancelled = lang.Text{lang.EN: "The work was cancelled; nothing was written.", lang.RU: "Работа отменена, ничего не записано.", lang.KK: "Жұмыс тоқтатылды, ештеңе жазылған жоқ."}
	textChanged   = lang.Text{lang.EN: "Since the check something has changed in the catalogue or the ledger, and rows now have problems: nothing was written. Check the table again.",
		lang.RU: "После проверки что-то изменилось в справочниках или реестре, и в строках появились ошибки: ничего не записано. Проверьте таблицу ещё раз.",
		lang.KK: "Тексеруден кейін анықтамалықта не тізілімде бірдеңе өзгеріп, жолдарда қателер пайда болды: ештеңе жазылған жоқ. Кестені қайта тексеріңіз."}
	textFailed = lang.Text{lang.EN: "The work could not be finished; nothing was written. Try again; if it fails once more, the log of the server says why.",
		lang.RU: "Работу не удалось завершить, ничего не записано. Повторите; если не получится снова, причина записана в журнале сервера.",
		lang.KK: "Жұмысты аяқтау мүмкін болмады, ештеңе жазылған жоқ. Қайталап көріңіз; тағы сәтсіз болса, себебі сервер журналында жазылған."}
)

// textHidden says before publication that figures will not be published as
// they stand in the table.
func textHidden(n int) lang.Text {
	return lang.Text{lang.EN: fmt.Sprintf("Figures that will be published without a value or rounded: %d. Small counts are protected so that nobody can be recognised by them, and so is what would tell them.", n),
		lang.RU: fmt.Sprintf("Показателей, которые будут опубликованы без значения или округлёнными: %d. Малые числа и то, по чему их можно вычислить, защищены, чтобы по ним нельзя было узнать человека.", n),
		lang.KK: fmt.Sprintf("Мәнсіз немесе дөңгелектеліп жарияланатын көрсеткіштер: %d. Адамды танып қоймас үшін аз сандар және оларды есептеп шығаруға болатын мәндер қорғалады.", n)}
}

// errProblems ends the reading of a table that was without problems before.
var errProblems = errors.New("the table has problems")

// work does a piece of work in the name of whoever asked for it and notes on
// the desk how it ended.
func (a *App) work(ctx context.Context, o importOrder, do func(context.Context, *view, store.Item, *importBody) error) error {
	now, err := a.nowadays(ctx, o.Actor)
	ctx = actor.With(ctx, now)
	if fault.Is(err, fault.Forbidden) {
		return a.failedImport(ctx, o.ID, err)
	}
	if err != nil {
		return err
	}
	v, err := a.look(ctx, When{AsOf: ptr(period.MaxDate)})
	if err != nil {
		return err
	}
	it, err := a.Store.Item(ctx, kindImport, o.ID)
	if err != nil {
		return job.GiveUp(err)
	}
	b := &importBody{}
	if err := json.Unmarshal(it.Body, b); err != nil {
		return job.GiveUp(fault.Wrap(err, opImport, o.ID))
	}
	if !slices.Contains(atWork, it.State) {
		return nil // it was cancelled, or done before the process was killed
	}
	inner, stop := context.WithCancel(ctx)
	defer stop()
	a.imports.mu.Lock()
	a.imports.broken[o.ID], a.imports.begun[o.ID] = stop, a.Clock()
	a.imports.mu.Unlock()
	defer func() {
		a.imports.mu.Lock()
		delete(a.imports.broken, o.ID)
		delete(a.imports.begun, o.ID)
		a.imports.mu.Unlock()
	}()
	err = do(inner, v, it, b)
	switch {
	case err == nil, ctx.Err() != nil: // done, or the program stops and begins anew
		return err
	case inner.Err() != nil:
		return nil // CancelImport notes it
	}
	return a.failedImport(ctx, o.ID, err)
}

// failedImport notes why work ended without a result. What another attempt may
// mend is tried again.
func (a *App) failedImport(ctx context.Context, id string, cause error) error {
	if n, of := job.Attempt(ctx); fault.Is(cause, fault.Unavailable) && n < of {
		return cause
	}
	why := textFailed
	var f *fault.Error
	if errors.Is(cause, errProblems) {
		why = textChanged
	} else if errors.As(cause, &f) && fault.KindOf(cause) != fault.Internal {
		why = lang.Text{}
		for c := range textFailed { // our sentences about files exist in English only
			why[c] = messageIn(cause)
		}
	}
	err := a.Store.Act(ctx, a.entry(ctx, "import.failed", id, string(fault.KindOf(cause))), func(tx *store.Tx) error {
		it, err := tx.Item(kindImport, id)
		if err != nil {
			return err
		}
		b := &importBody{}
		if err := json.Unmarshal(it.Body, b); err != nil {
			return err
		}
		if !slices.Contains(atWork, it.State) {
			return nil
		}
		was := it.Version
		if err := a.cancelled(tx, &it, b, why); err != nil {
			return err
		}
		if errors.Is(cause, errProblems) && it.State == importChecked {
			it.State, b.Check = importOpen, nil
		}
		it.Body = encode(b)
		_, err = tx.Put(it, was)
		return err
	})
	if err != nil {
		return err
	}
	return job.GiveUp(cause)
}

func messageIn(err error) string {
	msg := err.Error()
	for e := (*fault.Error)(nil); errors.As(err, &e); err = e.Err {
		msg = e.Message
	}
	return msg
}

// importPart is how many figures are handed to the store at once: a few
// megabytes.
const importPart = 10_000

// maxProtected is how many figures of measures with a rule of disclosure one
// table may have. They are judged together, so they are kept: a few dozen
// megabytes.
const maxProtected = 50_000

// reading is one pass over the table of an import.
type reading struct {
	table  sheet.Reader
	total  int64
	places map[place.ID]bool
	result figures.Result
	kept   []ledger.Figure // of measures with a rule of disclosure
	hidden int             // of kept, left out or rounded
}

// read reads the table with its corrections and hands over its figures in parts.
func (a *App) read(ctx context.Context, v *view, b *importBody, leave func(int) bool, report func(*reading, figures.Problem) error, yield func([]ledger.Figure) error) (*reading, error) {
	table, file, err := a.table(ctx, b)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	x := &reading{places: map[place.ID]bool{}}
	last := &lastRow{Reader: table}
	x.table = last
	x.total = int64(max(table.Info().Lines, table.Info().Declared))
	who, right := v.who(ctx), actor.ImportFigures
	if b.submitted() {
		right = actor.Publish // whoever imported was asked before; now it is about whoever publishes
	}
	part := make([]ledger.Figure, 0, importPart)
	today := period.DateOf(a.Clock(), v.Country.OffsetMinutes)
	o := figures.Options{Catalogue: v.lists(), Mapping: &b.Mapping, Today: &today, MoneyPlaces: v.moneyPlaces, Leave: leave,
		Writable: func(at place.ID) bool { return who.May(right, at, v.Atlas) },
		Exists:   func(ids []ledger.FigureID) (map[ledger.FigureID]bool, error) { return a.exists(ctx, ids) },
		Progress: func(rows int) { job.Progress(ctx, int64(rows), max(x.total, int64(rows))) },
		Report:   func(p figures.Problem) error { return report(x, p) },
		Take: func(f *ledger.Figure) error {
			x.places[f.Place] = true
			if v.ruled(f.Measure) {
				return x.keep(f)
			}
			part = append(part, *f)
			if len(part) < importPart {
				return nil
			}
			err := yield(part)
			clear(part)
			part = part[:0]
			return err
		}}
	x.result, err = figures.Read(ctx, last, o)
	if err == nil && len(part) > 0 {
		err = yield(part)
	}
	if err == nil {
		err = a.yieldProtected(ctx, v, x, yield)
	}
	return x, err
}

func (x *reading) keep(f *ledger.Figure) error {
	if len(x.kept) == maxProtected {
		return fault.New(fault.TooLarge, opImport, "", "the table has more than %d figures of measures whose small counts are protected: import it in parts", maxProtected)
	}
	x.kept = append(x.kept, *f)
	return nil
}

// yieldProtected hands over the figures that were kept, without those that
// would tell of single people.
func (a *App) yieldProtected(ctx context.Context, v *view, x *reading, yield func([]ledger.Figure) error) error {
	if len(x.kept) == 0 {
		return nil
	}
	became, err := a.protect(ctx, v, x.kept, nil)
	if err != nil {
		return err
	}
	for was, now := range became {
		if was != now {
			x.hidden++
		}
	}
	for part := range slices.Chunk(x.kept, importPart) {
		if err := yield(part); err != nil {
			return err
		}
	}
	x.kept = nil
	return nil
}

// lastRow keeps the row that was read last, to show it beside a problem.
type lastRow struct {
	sheet.Reader
	row *sheet.Row
}

func (l *lastRow) Next() (*sheet.Row, error) {
	row, err := l.Reader.Next()
	l.row = row
	return row, err
}

// leave tells which rows of an import are left out on purpose.
func (b *importBody) leave() func(int) bool {
	rows := map[int]bool{}
	for _, r := range b.Leave {
		rows[r] = true
	}
	return func(row int) bool { return rows[row] }
}

// checkNow is the dry run.
func (a *App) checkNow(ctx context.Context, v *view, it store.Item, b *importBody) error {
	started := a.Clock()
	list, err := a.imports.newList(it.ID)
	if err != nil {
		return err
	}
	defer list.close()
	codes := map[string]int{}
	var x *reading
	got, err := a.Store.Tally(ctx, func(yield func([]ledger.Figure) error) error {
		var err error
		x, err = a.read(ctx, v, b, b.leave(), func(x *reading, p figures.Problem) error {
			codes[p.Code]++
			return list.add(p, x.table.(*lastRow).row)
		}, yield)
		return err
	})
	if err != nil {
		return err
	}
	if err := list.finish(); err != nil {
		return err
	}
	res := x.result
	check := &httpapi.ImportCheck{Rows: res.Rows, Figures: res.Taken, New: got.Figures, Known: got.Known, Corrected: got.Corrected, Repeated: res.Repeated, Skipped: res.Skipped, Left: res.Left,
		Problems: len(res.Problems) + res.More, Faulty: res.Faulty, Listed: list.n, Codes: codes, Notices: []httpapi.ImportNotice{}, Places: len(x.places), Seconds: a.Clock().Sub(started).Seconds()}
	for _, n := range res.Notices {
		check.Notices = append(check.Notices, httpapi.ImportNotice{Row: n.Row, Code: n.Code, Message: n.Message})
	}
	if x.hidden > 0 {
		check.Notices = append(check.Notices, httpapi.ImportNotice{Code: "disclosure", Message: textHidden(x.hidden)})
	}
	at, all := smallest(v, x.places)
	return a.Store.Act(ctx, a.entry(ctx, "import.checked", it.ID, strconv.Itoa(check.Rows)), func(tx *store.Tx) error {
		now, err := tx.Item(kindImport, it.ID)
		if err != nil {
			return err
		}
		if now.Version != it.Version {
			return nil // it was cancelled meanwhile
		}
		b.Check, b.Failure, b.Places, b.Place = check, nil, all, string(at)
		now.State, now.Body = importChecked, encode(b)
		if at != "" {
			now.Path = v.path(at)
		}
		if check.Problems == 0 {
			if err := a.remember(tx, it, b); err != nil {
				return err
			}
		}
		if _, err := tx.Put(now, it.Version); err != nil {
			return err
		}
		return job.Done(ctx, tx.SQL())
	})
}

// keptPlaces is how many places of a table are kept one by one.
const keptPlaces = 2000

// smallest returns the smallest territory that holds all places, and the places.
func smallest(v *view, places map[place.ID]bool) (place.ID, []string) {
	var common []place.ID
	for at := range places {
		path := v.Atlas.Path(at)
		if common == nil {
			common = path
			continue
		}
		n := 0
		for n < len(common) && n < len(path) && common[n] == path[n] {
			n++
		}
		common = common[:n]
	}
	if len(common) == 0 {
		return "", nil
	}
	at := common[len(common)-1]
	if len(places) > keptPlaces {
		return at, []string{string(at)}
	}
	all := make([]string, 0, len(places))
	for _, p := range slices.Sorted(maps.Keys(places)) {
		all = append(all, string(p))
	}
	return at, all
}

// commitNow writes the table into the ledger: one run, one transaction, and the
// state of the import with it. A killed process leaves nothing, and begins anew.
func (a *App) commitNow(ctx context.Context, v *view, it store.Item, b *importBody) error {
	started := a.Clock()
	leave := b.leave()
	if b.Partial {
		bad, err := a.imports.badRows(it.ID)
		if err != nil {
			return err
		}
		chosen := leave
		leave = func(row int) bool { return chosen(row) || bad(row) }
	}
	var got ledger.Receipt
	err := a.Store.Act(ctx, a.entry(ctx, "import.publish", it.ID, b.File), func(tx *store.Tx) error {
		now, err := tx.Item(kindImport, it.ID)
		if err != nil {
			return err
		}
		if now.Version != it.Version {
			return nil // it was cancelled meanwhile
		}
		run := a.run(ctx, ledger.ImportRun, "figures "+b.Name, map[string]string{"file": b.Name, "sha256": b.File, "import": it.ID, "corrected": strconv.Itoa(len(b.Cells))})
		submitted := ""
		if b.submitted() {
			if submitted = b.Outcome.Submission; submitted != "" {
				run = a.importRun(ctx, tx, submitted, run)
			}
		}
		left := 0
		got, err = tx.PublishEach(ledger.Batch{Run: run}, func(yield func([]ledger.Figure) error) error {
			x, err := a.read(ctx, v, b, leave, func(*reading, figures.Problem) error { return errProblems }, yield)
			if err == nil && len(x.result.Problems) > 0 {
				err = errProblems
			}
			if err == nil {
				left = x.result.Left
				for at := range x.places {
					if err := a.may(ctx, v, actor.Publish, at); err != nil {
						return err
					}
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		b.Outcome = &httpapi.ImportOutcome{New: got.Figures, Known: got.Known, Corrected: got.Corrected, LeftOut: left, Seconds: a.Clock().Sub(started).Seconds()}
		if got.Run != 0 {
			b.Outcome.Run = got.Run.String()
		}
		if b.Outcome.Submission = submitted; submitted != "" {
			if err := a.FinishSubmission(tx, submitted, b.Outcome.Run); err != nil {
				return err
			}
		}
		b.Failure = nil
		now.State, now.Body = importPublished, encode(b)
		if _, err := tx.Put(now, it.Version); err != nil {
			return err
		}
		if err := a.remember(tx, it, b); err != nil {
			return err
		}
		return job.Done(ctx, tx.SQL())
	})
	if err != nil || got.Nothing() {
		return err
	}
	return a.settle(ctx) // the next one who writes settles too, if this fails
}

// The lists of problems lie beside the files: one line of JSON for each problem,
// the places where they begin, and which rows have one.
const (
	listName = "problems.jsonl"
	listAt   = "problems.at"
	listBad  = "problems.rows"
	// maxListed bounds the problems that can be read; further ones are counted.
	maxListed = 100_000
	// rowCells and rowText bound the row that is shown beside a problem.
	rowCells = 40
	rowText  = 60
)

// work returns the folder of an import. Its id holds nothing but letters, digits
// and dashes.
func (i *importing) work(id string) string {
	_, _ = i.folder() // says where it is; a fault shows with the first file
	return filepath.Join(i.Dir, "work", id)
}

// problemList writes the problems of a dry run.
type problemList struct {
	dir      string
	lines    *os.File
	at       *os.File
	out, ats *bufio.Writer
	offset   int64
	n        int
	rows     []byte // a bit for each row
}

func (i *importing) newList(id string) (*problemList, error) {
	if !rxImportID.MatchString(id) {
		return nil, refuseImport("this is no id of an import")
	}
	l := &problemList{dir: i.work(id)}
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return nil, diskFault(err)
	}
	var err error
	if l.lines, err = os.Create(filepath.Join(l.dir, listName+".new")); err != nil {
		return nil, diskFault(err)
	}
	if l.at, err = os.Create(filepath.Join(l.dir, listAt+".new")); err != nil {
		_ = l.lines.Close() // nothing was written
		return nil, diskFault(err)
	}
	l.out, l.ats = bufio.NewWriterSize(l.lines, 64<<10), bufio.NewWriter(l.at)
	return l, nil
}

func diskFault(err error) error {
	return fault.New(fault.Unavailable, opImport, "", "the folder of imports cannot be written: make room on its disk or correct its rights (%w)", err)
}

func (l *problemList) add(p figures.Problem, row *sheet.Row) error {
	if p.Row > 0 && p.Row <= sheet.MaxRows {
		for len(l.rows) <= p.Row/8 {
			l.rows = append(l.rows, make([]byte, p.Row/8+1-len(l.rows))...)
		}
		l.rows[p.Row/8] |= 1 << (p.Row % 8)
	}
	if l.n == maxListed {
		return nil
	}
	x := httpapi.ImportProblem{Row: p.Row, Column: p.Column, Cell: p.Cell, Code: p.Code, Message: p.Message, Suggestion: p.Suggestion, Cells: []string{}}
	if row != nil && row.Number == p.Row {
		for _, c := range row.Cells[:min(len(row.Cells), rowCells)] {
			x.Cells = append(x.Cells, cutTo(c.Text, rowText))
		}
		if column, _, ok := sheet.ParseCell(p.Cell); ok && column < len(row.Cells) {
			x.Text = cutTo(row.Cells[column].Text, 400)
		}
	}
	line, err := json.Marshal(x)
	if err != nil {
		return err
	}
	var at [8]byte
	binary.LittleEndian.PutUint64(at[:], uint64(l.offset))
	if _, err := l.ats.Write(at[:]); err != nil {
		return diskFault(err)
	}
	n, err := l.out.Write(append(line, '\n'))
	if err != nil {
		return diskFault(err)
	}
	l.offset += int64(n)
	l.n++
	return nil
}

func cutTo(s string, most int) string {
	if len(s) <= most {
		return s
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// finish gives the list its name.
func (l *problemList) finish() error {
	for _, err := range []error{l.out.Flush(), l.ats.Flush(), os.WriteFile(filepath.Join(l.dir, listBad), l.rows, 0o600),
		os.Rename(l.lines.Name(), filepath.Join(l.dir, listName)), os.Rename(l.at.Name(), filepath.Join(l.dir, listAt))} {
		if err != nil {
			return diskFault(err)
		}
	}
	return nil
}

func (l *problemList) close() {
	_ = l.lines.Close() // what counts was flushed and checked before
	_ = l.at.Close()
}

// badRows tells which rows had a problem in the last dry run.
func (i *importing) badRows(id string) (func(int) bool, error) {
	bits, err := os.ReadFile(filepath.Join(i.work(id), listBad))
	if err != nil {
		return nil, diskFault(err)
	}
	return func(row int) bool { return row > 0 && row/8 < len(bits) && bits[row/8]&(1<<(row%8)) != 0 }, nil
}

// each yields the problems from the n-th on until yield returns false.
func (i *importing) each(id string, n int, yield func(n int, p httpapi.ImportProblem) bool) error {
	at, err := os.Open(filepath.Join(i.work(id), listAt))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return diskFault(err)
	}
	defer at.Close()
	var offset [8]byte
	if _, err := at.ReadAt(offset[:], int64(n)*8); err == io.EOF {
		return nil
	} else if err != nil {
		return diskFault(err)
	}
	lines, err := os.Open(filepath.Join(i.work(id), listName))
	if err != nil {
		return diskFault(err)
	}
	defer lines.Close()
	if _, err := lines.Seek(int64(binary.LittleEndian.Uint64(offset[:])), io.SeekStart); err != nil {
		return diskFault(err)
	}
	dec := json.NewDecoder(bufio.NewReaderSize(lines, 64<<10))
	for ; ; n++ {
		var p httpapi.ImportProblem
		if err := dec.Decode(&p); err == io.EOF {
			return nil
		} else if err != nil {
			return diskFault(err)
		}
		if !yield(n, p) {
			return nil
		}
	}
}

// ImportProblems returns a page of what the last dry run found.
func (a *App) ImportProblems(ctx context.Context, id string, q httpapi.ProblemQuery) (*httpapi.ImportProblems, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	_, b, err := a.importRead(ctx, v, id)
	if err != nil {
		return nil, err
	}
	out := &httpapi.ImportProblems{Items: []httpapi.ImportProblem{}}
	if b.Check == nil {
		return out, nil
	}
	from := 0
	if q.After != "" {
		if from, err = strconv.Atoi(q.After); err != nil || from < 0 {
			return nil, refuseImport("after is what the page before gave as next")
		}
	}
	if out.Total = b.Check.Listed; q.Code != "" {
		out.Total = b.Check.Codes[q.Code]
	}
	err = a.imports.each(id, from, func(n int, p httpapi.ImportProblem) bool {
		if q.Code != "" && p.Code != q.Code {
			return true
		}
		if len(out.Items) == q.Limit {
			out.Next = strconv.Itoa(n)
			return false
		}
		out.Items = append(out.Items, p)
		return true
	})
	return out, err
}

// AnnotatedImport writes the file again with its problems beside the rows.
func (a *App) AnnotatedImport(ctx context.Context, id, format, language string) (func(io.Writer) error, string, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, "", err
	}
	_, b, err := a.importRead(ctx, v, id)
	if err != nil {
		return nil, "", err
	}
	if b.Check == nil {
		return nil, "", fault.New(fault.Conflict, opImport, "", "check the table first: then there is something to say about it")
	}
	table, file, err := a.table(ctx, b)
	if err != nil {
		return nil, "", err
	}
	c := lang.Code(language)
	byRow := map[int][]figures.Problem{}
	err = a.imports.each(id, 0, func(_ int, p httpapi.ImportProblem) bool {
		byRow[p.Row] = append(byRow[p.Row], figures.Problem{Row: p.Row, Cell: p.Cell, Message: lang.Text{c: p.Message.In(c)}})
		return true
	})
	if err != nil {
		_ = file.Close() // only read
		return nil, "", err
	}
	name := strings.TrimSuffix(b.Name, filepath.Ext(b.Name)) + "-" + map[lang.Code]string{lang.KK: "қателер", lang.RU: "ошибки", lang.EN: "problems"}[c] + "." + format
	return func(w io.Writer) error {
		defer file.Close()
		return figures.Annotate(w, table, figures.Annotation{Format: sheet.Format(format), Delimiter: table.Info().Delimiter, Lang: c, HeaderRow: b.Mapping.HeaderRow,
			Problems: func(row int) []figures.Problem { return byRow[row] }})
	}, name, nil
}

// WithdrawImport takes back what a published import brought, in the background:
// it may have been a million figures.
func (a *App) WithdrawImport(ctx context.Context, id string, w httpapi.ImportWithdrawal) (*httpapi.Import, error) {
	reason := strings.TrimSpace(w.Reason)
	if reason == "" {
		return nil, refuseImport("give the reason: everybody may read it")
	}
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	if _, _, err := a.imported(ctx, v, id); err != nil {
		return nil, err
	}
	err = a.step(ctx, id, w.Version, "import.withdraw", []string{importPublished}, func(it *store.Item, b *importBody, tx *store.Tx) error {
		if b.Outcome == nil || b.Outcome.Run == "" {
			return fault.New(fault.Conflict, opImport, "", "this import brought nothing that could be taken back")
		}
		for _, at := range b.Places {
			if err := a.may(ctx, v, actor.WithdrawRun, place.ID(at)); err != nil {
				return err
			}
		}
		it.State, b.Outcome.Reason, b.Failure = importWithdrawing, reason, nil
		return a.order(tx, jobWithdraw, v.who(ctx), it.ID, b)
	})
	if err != nil {
		return nil, err
	}
	return a.Import(ctx, id)
}

// withdrawNow takes the run back, and notes it with the import.
func (a *App) withdrawNow(ctx context.Context, v *view, it store.Item, b *importBody) error {
	id, err := ledger.ParseRunID(b.Outcome.Run)
	if err != nil {
		return err
	}
	run, err := a.Store.RunByID(ctx, id)
	if err != nil {
		return err
	}
	reason := b.Outcome.Reason
	by := a.run(ctx, ledger.WithdrawalRun, "run "+b.Outcome.Run, map[string]string{"run": b.Outcome.Run, "reason": reason})
	err = a.Store.Act(ctx, a.entry(ctx, "run.withdraw", b.Outcome.Run, ""), func(tx *store.Tx) error {
		now, err := tx.Item(kindImport, it.ID)
		if err != nil {
			return err
		}
		if now.Version != it.Version {
			return nil // it was cancelled meanwhile
		}
		if _, err := tx.TakeBack(run, by, ledger.Withdrawal{Run: b.Outcome.Run, Office: actor.From(ctx).Office, Reason: reason}); err != nil {
			return err
		}
		if err := a.takeBackSubmission(tx, v, v.who(ctx), run, reason); err != nil {
			return err
		}
		now.State, now.Body = importWithdrawn, encode(b)
		if _, err := tx.Put(now, it.Version); err != nil {
			return err
		}
		return job.Done(ctx, tx.SQL())
	})
	if err == nil {
		err = a.settle(ctx)
	}
	if err == nil {
		err = a.unsettle(ctx, id)
	}
	return err
}
