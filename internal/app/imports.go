package app

import (
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/figures"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/job"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
)

// The states of an import.
const (
	importOpen       = "open" // not checked since the last change
	importChecking   = "checking"
	importChecked    = "checked"
	importCommitting = "committing"
	importSubmitted  = "submitted"
	importPublished  = "published"
	importWithdrawn  = "withdrawn"
	// importWithdrawing is published as long as the work is not done.
	importWithdrawing = "withdrawing"
	importDiscarded   = "discarded"
)

const (
	kindImport  = "import"
	kindMapping = "import_mapping"
)

// importing is what the App keeps for imports in memory and on disk.
type importing struct {
	// Dir is where uploaded files and lists of problems are kept; processes that
	// share a database must share it.
	Dir string
	// Limit is how many bytes a file may have.
	Limit int64

	open   sync.Once
	files  *blob.Folder
	err    error
	mu     sync.Mutex
	broken map[string]context.CancelFunc // ends the work of an import
	begun  map[string]time.Time
}

// ImportsIn says where files are kept and how large one may be, in bytes.
func (a *App) ImportsIn(dir string, limit int64) {
	a.imports.Dir, a.imports.Limit = dir, limit
}

func (i *importing) folder() (*blob.Folder, error) {
	i.open.Do(func() {
		if i.Dir == "" {
			i.Dir = filepath.Join(os.TempDir(), "shanyraq-imports")
		}
		if i.Limit <= 0 {
			i.Limit = sheet.MaxBytes
		}
		i.files, i.err = blob.OpenFolder(i.Dir)
	})
	return i.files, i.err
}

// importBody is an import as it lies on the desk.
type importBody struct {
	File     string   `json:"file"`
	Name     string   `json:"name"`
	Size     int64    `json:"size"`
	Format   string   `json:"format"`
	Encoding string   `json:"encoding,omitempty"`
	Forced   string   `json:"forced,omitempty"` // encoding that a person settled
	Sheets   []string `json:"sheets,omitempty"`
	Hidden   []string `json:"hidden,omitempty"`
	Sheet    string   `json:"sheet,omitempty"`
	Office   string   `json:"office,omitempty"`
	Place    string   `json:"place,omitempty"`

	Head        []httpapi.ImportRow     `json:"head"`
	Columns     []httpapi.ImportColumn  `json:"columns"`
	Mapping     figures.Mapping         `json:"mapping"`
	Unknown     []httpapi.ImportUnknown `json:"unknown,omitempty"`
	Fingerprint string                  `json:"fingerprint"`
	Remembered  string                  `json:"remembered,omitempty"`

	Cells map[string]string `json:"cells,omitempty"` // corrected, by name
	Leave []int             `json:"leave,omitempty"`

	Checked  bool                   `json:"checked,omitempty"` // once at least: others see it since then
	Revision int                    `json:"revision"`          // of what decides what is read
	Partial  bool                   `json:"partial,omitempty"`
	Job      string                 `json:"job,omitempty"`
	Check    *httpapi.ImportCheck   `json:"check,omitempty"`
	Outcome  *httpapi.ImportOutcome `json:"outcome,omitempty"`
	Failure  lang.Text              `json:"failure,omitempty"`
	// Places are those of the checked table; when they are too many, the smallest
	// territory that holds them stands for all.
	Places []string `json:"places,omitempty"`
}

const opImport = "app.Import"

func refuseImport(format string, args ...any) error {
	return fault.New(fault.Invalid, opImport, "", format, args...)
}

var rxImportID = regexp.MustCompile(`^[a-z0-9-]{8,40}$`)

// UploadImport keeps a file and looks at it.
func (a *App) UploadImport(ctx context.Context, id, name string, file io.Reader) (*httpapi.Import, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	who := v.who(ctx)
	at := who.Where(actor.ImportFigures)
	if len(at) == 0 || !v.Atlas.Has(at[0]) {
		return nil, fault.New(fault.Forbidden, opImport, "", "this needs %w in a territory of this country", &actor.Denied{Act: actor.ImportFigures})
	}
	if id == "" {
		id = "import-" + strings.ToLower(randomName())
	}
	if !rxImportID.MatchString(id) {
		return nil, refuseImport("the id of an import has 8 to 40 small letters, digits or dashes")
	}
	if have, err := a.Store.Item(ctx, kindImport, id); err == nil {
		if have.Owner != string(who.ID) {
			return nil, fault.New(fault.Conflict, opImport, "", "this id belongs to another import: choose a new one")
		}
		return a.Import(ctx, id)
	} else if !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	files, err := a.imports.folder()
	if err != nil {
		return nil, err
	}
	info, err := files.Put(ctx, file, a.imports.Limit)
	if err != nil {
		return nil, err
	}
	b := importBody{File: string(info.Name), Name: plainName(name), Size: info.Size, Office: who.Office}
	if err := a.survey(ctx, v, &b, 0); err != nil {
		_ = a.forget(ctx, b.File) // it is no table; what stays is only space
		return nil, err
	}
	if err := a.suggest(ctx, v, &b, ""); err != nil {
		return nil, err
	}
	it := store.Item{Kind: kindImport, ID: id, Path: v.path(at[0]), State: importOpen, Owner: string(who.ID), Body: encode(b)}
	if err := a.Store.Act(ctx, a.entry(ctx, "import.upload", id, string(info.Name)), func(tx *store.Tx) error {
		_, err := tx.Put(it, 0)
		return err
	}); err != nil {
		return nil, err
	}
	return a.Import(ctx, id)
}

// plainName is the last part of a file name, without what a terminal or a path
// could take for more.
func plainName(s string) string {
	s = strings.ToValidUTF8(s, "")
	if i := strings.LastIndexAny(s, `/\`); i >= 0 {
		s = s[i+1:]
	}
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 {
			return -1
		}
		return r
	}, s)
	for utf8.RuneCountInString(s) > 120 {
		_, n := utf8.DecodeRuneInString(s)
		s = s[n:] // the end tells the format
	}
	if s = strings.Trim(s, " ."); s == "" {
		return "table"
	}
	return s
}

// table opens the file of an import as it is to be read. Close the second
// result.
func (a *App) table(ctx context.Context, b *importBody) (sheet.Reader, io.Closer, error) {
	files, err := a.imports.folder()
	if err != nil {
		return nil, nil, err
	}
	c, err := files.Open(ctx, blob.Name(b.File))
	if err != nil {
		return nil, nil, err
	}
	at, ok := c.ReadSeekCloser.(io.ReaderAt)
	if !ok {
		_ = c.Close() // only read
		return nil, nil, fault.New(fault.Internal, opImport, "", "the file cannot be read at random")
	}
	r, err := sheet.Open(at, c.Size, sheet.Options{Name: b.Name, Sheet: b.Sheet, Limit: a.imports.Limit, Encoding: text.Encoding(b.Forced)})
	if err != nil {
		_ = c.Close() // only read
		return nil, nil, err
	}
	edits := sheet.Edits{}
	for name, text := range b.Cells {
		if column, row, ok := sheet.ParseCell(name); ok {
			edits.Put(row, column, text)
		}
	}
	return sheet.WithEdits(r, edits), c, nil
}

// Bounds of what is shown of a table.
const (
	shownColumns = 100
	shownSamples = 6
	shownText    = 120
)

// survey looks at the table and keeps what a page shows of it.
func (a *App) survey(ctx context.Context, v *view, b *importBody, headerRow int) error {
	_, err := a.surveyed(ctx, v, b, headerRow)
	return err
}

func (a *App) surveyed(ctx context.Context, _ *view, b *importBody, headerRow int) (*figures.Survey, error) {
	r, file, err := a.table(ctx, b)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	s, err := figures.Look(r, headerRow)
	if err != nil {
		return nil, err
	}
	if len(s.Columns) == 0 {
		return nil, refuseImport("nothing stands in this table: choose another sheet or file")
	}
	b.Format, b.Encoding, b.Sheets, b.Hidden = string(s.Info.Format), string(s.Info.Encoding), s.Info.Sheets, s.Info.Concealed
	b.Sheet = s.Info.Sheet
	b.Head = nil
	for _, row := range s.Head[:min(len(s.Head), 15)] {
		b.Head = append(b.Head, httpapi.ImportRow{Number: row.Number, Cells: shownRow(row.Cells)})
	}
	b.Columns = nil
	for i, c := range s.Columns[:min(len(s.Columns), shownColumns)] {
		col := httpapi.ImportColumn{Letter: sheet.Column(i), Header: shortText(c.Header), Filled: c.Filled, Numbers: c.Numbers, Samples: []string{}}
		for _, t := range c.Texts[:min(len(c.Texts), shownSamples)] {
			col.Samples = append(col.Samples, shortText(t.Text))
		}
		b.Columns = append(b.Columns, col)
	}
	b.Mapping.HeaderRow = s.HeaderRow
	return s, nil
}

func shownRow(cells []sheet.Cell) []string {
	out := make([]string, 0, min(len(cells), shownColumns))
	for _, c := range cells[:min(len(cells), shownColumns)] {
		s := shortText(c.Text)
		if c.Kind == sheet.Percent {
			s += "%"
		}
		out = append(out, s)
	}
	return out
}

func shortText(s string) string {
	if utf8.RuneCountInString(s) <= shownText {
		return s
	}
	return string([]rune(s)[:shownText]) + "…"
}

// remembered is the mapping that served a table of the same header before.
type remembered struct {
	Source  string          `json:"source"`
	Mapping figures.Mapping `json:"mapping"`
}

// suggest fills the mapping: the one that is remembered for the source, or for
// any source, or else a proposal.
func (a *App) suggest(ctx context.Context, v *view, b *importBody, source string) error {
	s, err := a.surveyed(ctx, v, b, b.Mapping.HeaderRow)
	if err != nil {
		return err
	}
	p := figures.Propose(s, v.lists())
	b.Fingerprint, b.Remembered = p.Fingerprint, ""
	b.Mapping = p.Mapping
	if per, ok := titlePeriod(s); ok && slices.Contains(p.Missing, "period") {
		b.constant("period", per)
	}
	memory, err := a.memory(ctx, v, p.Fingerprint)
	if err != nil {
		return err
	}
	for _, m := range memory {
		if source == "" || m.Source == source {
			b.Mapping, b.Remembered = recallMapping(m.Mapping, p.Mapping, b.Mapping.Constants["period"]), m.Source
			break
		}
	}
	unknown := figures.Translate(s, &b.Mapping, v.lists())
	b.Unknown = unknownOf(unknown)
	return nil
}

func (b *importBody) constant(column, value string) {
	if b.Mapping.Constants == nil {
		b.Mapping.Constants = map[string]string{}
	}
	b.Mapping.Constants[column] = value
}

// titlePeriod finds the period of a table in the lines above its header.
func titlePeriod(s *figures.Survey) (string, bool) {
	for _, row := range s.Head {
		if row.Number >= s.HeaderRow {
			break
		}
		for _, c := range row.Cells {
			if p, ok := figures.PeriodIn(c.Text); ok {
				return p.String(), true
			}
		}
	}
	return "", false
}

// recallMapping is a remembered mapping for a new table of the same header. The
// columns of periods are those of the new table, and a period that held for the
// whole table is asked anew.
func recallMapping(was, proposed figures.Mapping, per string) figures.Mapping {
	m := was
	m.HeaderRow = proposed.HeaderRow
	if len(was.Wide) > 0 && was.Wide[0].Set["period"] != "" && len(proposed.Wide) > 0 {
		m.Wide = proposed.Wide
	}
	m.Constants = map[string]string{}
	for c, s := range was.Constants {
		if c != "period" && c != "published_at" {
			m.Constants[c] = s
		}
	}
	if per != "" && was.Constants["period"] != "" {
		m.Constants["period"] = per
	}
	return m
}

// memory returns the mappings for tables with a header that the actor may see,
// the newest first.
func (a *App) memory(ctx context.Context, v *view, fingerprint string) ([]remembered, error) {
	paths := v.paths(ctx, actor.ImportFigures)
	if len(paths) == 0 {
		return nil, nil
	}
	items, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindMapping, About: fingerprint, Paths: paths, Newest: true, Limit: 20})
	if err != nil {
		return nil, err
	}
	out := make([]remembered, 0, len(items))
	for _, it := range items {
		var m remembered
		if json.Unmarshal(it.Body, &m) == nil {
			out = append(out, m)
		}
	}
	return out, nil
}

// remember keeps the mapping of an import that worked.
func (a *App) remember(tx *store.Tx, it store.Item, b *importBody) error {
	source := b.source()
	id := contentName(b.Fingerprint, source, it.Path)
	m := store.Item{Kind: kindMapping, ID: id, Path: it.Path, About: b.Fingerprint, Owner: it.Owner, State: "kept", Body: encode(remembered{source, b.Mapping})}
	have, err := tx.Item(kindMapping, id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if err == nil && string(have.Body) == string(m.Body) {
		return nil
	}
	_, err = tx.Put(m, have.Version)
	return err
}

// source is the source that holds for the whole table, or "" when each row says
// its own.
func (b *importBody) source() string {
	if s := b.Mapping.Constants["source"]; s != "" {
		return s
	}
	return b.Mapping.Constants["document"]
}

func unknownOf(list []figures.UnknownText) []httpapi.ImportUnknown {
	out := []httpapi.ImportUnknown{}
	for _, u := range list {
		x := httpapi.ImportUnknown{Column: u.Column, Text: u.Text, Count: u.Count, Hints: []httpapi.ImportHint{}}
		for _, h := range u.Hints {
			x.Hints = append(x.Hints, httpapi.ImportHint{Code: h.Code, Name: h.Name})
		}
		out = append(out, x)
	}
	return out
}

// shown reports whether others than its owner see an import. Before its first
// check nobody knows of which territory it speaks.
func (b *importBody) shown() bool { return b.Checked || b.Check != nil || b.Outcome != nil }

// imported reads an import that the actor may see.
func (a *App) imported(ctx context.Context, v *view, id string) (store.Item, *importBody, error) {
	it, err := a.Store.Item(ctx, kindImport, id)
	if err != nil {
		return it, nil, err
	}
	b := &importBody{}
	if err := json.Unmarshal(it.Body, b); err != nil {
		return it, nil, fault.New(fault.Internal, opImport, id, "cannot be read back: %w", err)
	}
	if it.Owner != string(v.who(ctx).ID) && (!b.shown() || !within(it.Path, v.paths(ctx, actor.ReadDrafts))) {
		return it, nil, fault.New(fault.NotFound, opImport, "", "there is no such import")
	}
	if err := followSubmission(atRest{ctx, a.Store}, &it, b); err != nil {
		return it, nil, err
	}
	v.takenBack(&it, b)
	return it, b, nil
}

// importRead reads an import to show it; of somebody else's that is journaled.
func (a *App) importRead(ctx context.Context, v *view, id string) (store.Item, *importBody, error) {
	it, b, err := a.imported(ctx, v, id)
	if err == nil && it.Owner != string(v.who(ctx).ID) {
		err = a.noteRead(ctx, readImport, id)
	}
	return it, b, err
}

func within(path string, territories []string) bool {
	return slices.ContainsFunc(territories, func(t string) bool { return strings.HasPrefix(path, t) })
}

// mine refuses whoever may see an import but not change it.
func (a *App) mine(ctx context.Context, v *view, it store.Item) error {
	if it.Owner == string(v.who(ctx).ID) || within(it.Path, v.paths(ctx, actor.ImportFigures)) {
		return nil
	}
	return fault.New(fault.Forbidden, opImport, "", "this import belongs to somebody else: %w", &actor.Denied{Act: actor.ImportFigures, At: place.ID(lastOf(it.Path))})
}

func lastOf(path string) string {
	parts := strings.Split(strings.Trim(path, "/"), "/")
	return parts[len(parts)-1]
}

// changeable returns an import for a change; it refuses somebody who may not.
func (a *App) changeable(ctx context.Context, id string) (*view, *importBody, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, nil, err
	}
	it, b, err := a.imported(ctx, v, id)
	if err != nil {
		return nil, nil, err
	}
	return v, b, a.mine(ctx, v, it)
}

// change does one step of an import: everything that a person sends carries the
// version that was on the screen.
func (a *App) change(ctx context.Context, id string, version int64, op string, states []string, do func(v *view, it *store.Item, b *importBody, tx *store.Tx) error) (*httpapi.Import, error) {
	v, _, err := a.changeable(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := a.step(ctx, id, version, op, states, func(it *store.Item, b *importBody, tx *store.Tx) error { return do(v, it, b, tx) }); err != nil {
		return nil, err
	}
	return a.Import(ctx, id)
}

// step changes an import in one of the states; version 0 is whichever there is.
func (a *App) step(ctx context.Context, id string, version int64, op string, states []string, do func(*store.Item, *importBody, *store.Tx) error) error {
	return a.Store.Act(ctx, a.entry(ctx, op, id, ""), func(tx *store.Tx) error {
		it, err := tx.Item(kindImport, id)
		if err != nil {
			return err
		}
		if version != 0 && it.Version != version {
			return fault.New(fault.Conflict, opImport, "", "this import was changed meanwhile: look at it again, then repeat")
		}
		b := &importBody{}
		if err := json.Unmarshal(it.Body, b); err != nil {
			return fault.New(fault.Internal, opImport, id, "cannot be read back: %w", err)
		}
		if err := followSubmission(tx, &it, b); err != nil {
			return err
		}
		if !slices.Contains(states, it.State) {
			return fault.New(fault.Conflict, opImport, "", "this import is beyond that step: look at it again")
		}
		was := it.Version
		if err := do(&it, b, tx); err != nil {
			return err
		}
		it.Body = encode(b)
		_, err = tx.Put(it, was)
		return err
	})
}

// atWork are the states in which something runs in the background.
var atWork = []string{importChecking, importCommitting, importWithdrawing}

// keptStates are those of imports whose file is kept.
var keptStates = []string{importOpen, importChecking, importChecked, importCommitting, importSubmitted, importPublished, importWithdrawing, importWithdrawn}

// editable are the states in which what is read may still change.
var editable = []string{importOpen, importChecked}

// changed notes that the last check no longer holds.
func (b *importBody) changed(it *store.Item) {
	b.Revision++
	b.Checked = b.shown()
	b.Check, b.Failure, b.Places = nil, nil, nil
	it.State = importOpen
}

// PlanImport says how the file is to be read.
func (a *App) PlanImport(ctx context.Context, id string, p httpapi.ImportPlan) (*httpapi.Import, error) {
	v, b, err := a.changeable(ctx, id)
	if err != nil {
		return nil, err
	}
	next, err := a.planned(ctx, v, *b, p)
	if err != nil {
		return nil, err
	}
	return a.change(ctx, id, p.Version, "import.plan", editable, func(_ *view, it *store.Item, b *importBody, _ *store.Tx) error {
		next.Cells, next.Leave, next.Revision = b.Cells, b.Leave, b.Revision
		*b = next
		b.changed(it)
		return nil
	})
}

// planned returns an import with another plan. The file is read outside of the
// act, so that nobody waits for it.
func (a *App) planned(ctx context.Context, v *view, b importBody, p httpapi.ImportPlan) (importBody, error) {
	moved := p.Sheet != "" && p.Sheet != b.Sheet || p.HeaderRow != 0 && p.HeaderRow != b.Mapping.HeaderRow || p.Encoding != b.Forced
	if p.Sheet != "" {
		b.Sheet = p.Sheet
	}
	b.Forced = p.Encoding
	if moved || p.Propose || p.Source != "" {
		b.Mapping = figures.Mapping{HeaderRow: p.HeaderRow}
		if p.Propose && p.Source == "" {
			p.Source = noSource
		}
		err := a.suggest(ctx, v, &b, p.Source)
		return b, err
	}
	m := mappingIn(p.Mapping)
	m.HeaderRow = b.Mapping.HeaderRow
	if err := m.Check(); err != nil {
		return b, err
	}
	b.Mapping = m
	s, err := a.surveyed(ctx, v, &b, m.HeaderRow)
	if err != nil {
		return b, err
	}
	b.Unknown = unknownOf(figures.Translate(s, &b.Mapping, v.lists()))
	return b, nil
}

// noSource is a name that no source has: nothing is remembered for it.
const noSource = "\x00"

func mappingIn(m httpapi.ImportMapping) figures.Mapping {
	out := figures.Mapping{Columns: m.Columns, Constants: m.Constants, Values: m.Values, Dimensions: m.Dimensions, PeriodFormat: m.PeriodFormat, Decimal: m.Decimal, Empty: m.Empty, Ignore: m.Ignore, Fill: m.Fill}
	for _, w := range m.Wide {
		out.Wide = append(out.Wide, figures.Wide{Header: w.Header, Set: w.Set})
	}
	return out
}

func mappingOut(m figures.Mapping) httpapi.ImportMapping {
	out := httpapi.ImportMapping{Columns: m.Columns, Constants: m.Constants, Values: m.Values, Dimensions: m.Dimensions, PeriodFormat: m.PeriodFormat, Decimal: m.Decimal, Empty: m.Empty, Ignore: m.Ignore, Fill: m.Fill}
	for _, w := range m.Wide {
		out.Wide = append(out.Wide, httpapi.ImportWide{Header: w.Header, Set: w.Set})
	}
	return out
}

// maxEdits bounds the cells that are corrected in place; beyond, the file itself
// is to be corrected.
const maxEdits = 20_000

// EditImport corrects cells in place and leaves rows out.
func (a *App) EditImport(ctx context.Context, id string, e httpapi.ImportEdits) (*httpapi.Import, error) {
	for _, c := range e.Cells {
		if _, _, ok := sheet.ParseCell(c.Cell); !ok {
			return nil, refuseImport("a cell is named by the letters of its column and the number of its row, as D17")
		}
	}
	return a.change(ctx, id, e.Version, "import.edit", editable, func(_ *view, it *store.Item, b *importBody, _ *store.Tx) error {
		if b.Cells == nil {
			b.Cells = map[string]string{}
		}
		for _, c := range e.Cells {
			b.Cells[c.Cell] = c.Text
		}
		for _, name := range e.Undo {
			delete(b.Cells, name)
		}
		rows := map[int]bool{}
		for _, r := range b.Leave {
			rows[r] = true
		}
		for _, r := range e.Leave {
			rows[r] = true
		}
		for _, r := range e.Keep {
			delete(rows, r)
		}
		b.Leave = b.Leave[:0]
		for r := range rows {
			if r > 0 {
				b.Leave = append(b.Leave, r)
			}
		}
		slices.Sort(b.Leave)
		if len(b.Cells)+len(b.Leave) > maxEdits {
			return fault.New(fault.TooLarge, opImport, "", "more than %d cells and rows are corrected here: correct the file itself and upload it again", maxEdits)
		}
		b.changed(it)
		return nil
	})
}

// DiscardImport throws an import away that was not published.
func (a *App) DiscardImport(ctx context.Context, id string) (*httpapi.Import, error) {
	return a.change(ctx, id, 0, "import.discard", editable, func(_ *view, it *store.Item, b *importBody, tx *store.Tx) error {
		return a.discard(tx, it, b)
	})
}

// Imports lists imports that the actor may see, the newest first.
func (a *App) Imports(ctx context.Context, q httpapi.ImportQuery) (*httpapi.List[httpapi.Import], error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	states := keptStates
	if q.State != "" {
		states = []string{q.State}
	}
	query := store.ItemQuery{Kind: kindImport, States: states, Newest: true, Limit: q.Limit, After: q.After, Paths: v.paths(ctx, actor.ReadDrafts)}
	if len(query.Paths) == 0 {
		query.Owner = string(v.who(ctx).ID)
	}
	items, next, err := a.Store.Items(ctx, query)
	if err != nil {
		return nil, err
	}
	out := &httpapi.List[httpapi.Import]{Items: []httpapi.Import{}, Next: optional(next)}
	for _, it := range items {
		b := &importBody{}
		if err := json.Unmarshal(it.Body, b); err != nil {
			return nil, fault.New(fault.Internal, opImport, it.ID, "cannot be read back: %w", err)
		}
		if it.Owner != string(v.who(ctx).ID) && !b.shown() {
			continue
		}
		if err := followSubmission(atRest{ctx, a.Store}, &it, b); err != nil {
			return nil, err
		}
		v.takenBack(&it, b)
		x := a.importOut(ctx, v, it, b)
		x.Head, x.Columns, x.Unknown, x.Cells, x.Mapping = []httpapi.ImportRow{}, []httpapi.ImportColumn{}, []httpapi.ImportUnknown{}, []httpapi.ImportCell{}, httpapi.ImportMapping{}
		out.Items = append(out.Items, *x)
	}
	return out, nil
}

// Import returns an import with its preview, mapping and progress.
func (a *App) Import(ctx context.Context, id string) (*httpapi.Import, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	it, b, err := a.importRead(ctx, v, id)
	if err != nil {
		return nil, err
	}
	out := a.importOut(ctx, v, it, b)
	memory, err := a.memory(ctx, v, b.Fingerprint)
	if err != nil {
		return nil, err
	}
	for _, m := range memory {
		if m.Source != "" && !slices.Contains(out.Sources, m.Source) {
			out.Sources = append(out.Sources, m.Source)
		}
	}
	return out, nil
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (a *App) importOut(ctx context.Context, v *view, it store.Item, b *importBody) *httpapi.Import {
	out := &httpapi.Import{ID: it.ID, Version: it.Version, State: it.State, Name: b.Name, Size: b.Size, SHA256: b.File, Format: b.Format, Encoding: b.Encoding,
		Sheets: orEmpty(b.Sheets), Hidden: orEmpty(b.Hidden), Sheet: b.Sheet, HeaderRow: b.Mapping.HeaderRow, Head: orEmpty(b.Head), Columns: orEmpty(b.Columns),
		Mapping: mappingOut(b.Mapping), Missing: orEmpty(figures.Missing(&b.Mapping)), Unknown: orEmpty(b.Unknown), Remembered: b.Remembered, Sources: []string{},
		Cells: []httpapi.ImportCell{}, Leave: orEmpty(b.Leave), Check: b.Check, Outcome: b.Outcome, May: []string{}, Owner: it.Owner, Office: b.Office, Place: lastOf(it.Path), At: it.At}
	if b.Place != "" {
		out.Place = b.Place
	}
	for name, text := range b.Cells {
		out.Cells = append(out.Cells, httpapi.ImportCell{Cell: name, Text: text})
	}
	slices.SortFunc(out.Cells, func(x, y httpapi.ImportCell) int { return strings.Compare(x.Cell, y.Cell) })
	if len(b.Failure) > 0 {
		out.Failure = &b.Failure
	}
	switch it.State {
	case importChecking:
		out.Doing = "check"
	case importCommitting:
		out.Doing = "commit"
	case importWithdrawing:
		out.Doing = "withdraw"
	}
	if out.Doing != "" {
		out.Progress = a.importProgress(ctx, it.ID, b)
	}
	a.allowed(ctx, v, it, b, out)
	return out
}

// allowed tells what the reader may do with an import now.
func (a *App) allowed(ctx context.Context, v *view, it store.Item, b *importBody, out *httpapi.Import) {
	who := v.who(ctx)
	if a.mine(ctx, v, it) == nil {
		switch it.State {
		case importOpen, importChecked:
			out.May = append(out.May, "edit", "discard")
			if len(out.Missing) == 0 {
				out.May = append(out.May, "check")
			}
		case importChecking, importCommitting, importWithdrawing:
			out.May = append(out.May, "cancel")
		}
		if it.State == importChecked && b.Check != nil && b.Check.Figures > 0 {
			if foreign := a.foreign(ctx, v); foreign != "" {
				out.Denied = &httpapi.MissingRight{Act: string(actor.Publish), Territory: foreign}
				out.May = append(out.May, "submit")
			} else {
				out.May = append(out.May, "publish")
			}
		}
	}
	if it.State == importPublished && b.Outcome != nil && b.Outcome.Run != "" && who.May(actor.WithdrawRun, place.ID(out.Place), v.Atlas) {
		out.May = append(out.May, "withdraw")
	}
}

// foreign returns the territory in which whoever acts would have to publish so
// that nobody else need look at the table, "" when that is so. It is the whole
// country: everybody else goes the way of approval, also for their own region.
func (a *App) foreign(ctx context.Context, v *view) string {
	root := v.Atlas.Root()
	if v.who(ctx).May(actor.Publish, root, v.Atlas) {
		return ""
	}
	return string(root)
}

func (a *App) importProgress(ctx context.Context, id string, b *importBody) *httpapi.ImportProgress {
	p := &httpapi.ImportProgress{}
	s, err := a.Jobs.Status(ctx, b.Job)
	if err != nil {
		p.Waiting = true
		return p
	}
	p.Rows, p.Total, p.Waiting = s.Step, s.Total, s.State == job.Waiting
	a.imports.mu.Lock()
	begun, here := a.imports.begun[id]
	a.imports.mu.Unlock()
	if took := a.Clock().Sub(begun).Seconds(); here && p.Rows > 0 && took > 0 {
		p.PerSecond = float64(p.Rows) / took
		if p.Total > p.Rows {
			p.Seconds = ptr(float64(p.Total-p.Rows) / p.PerSecond)
		}
	}
	return p
}
