package store

import (
	"cmp"
	"database/sql"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

const (
	sqlFigurePut = `
	INSERT INTO figure (series_id, period_start, period_end, id, coef, scale, qualifier, status, withdraws, document, line, span_from, span_to, published_at, seq, extra)
	VALUES `
	figureColumns = 16
	// sqlFigureHeld finds which figures are there, and enough of each to tell
	// it from another one whose id happens to be the same.
	sqlFigureHeld = `
	SELECT id, series_id, period_start, period_end, COALESCE(coef, 0), scale, qualifier, status, COALESCE(document, 0), COALESCE(line, 0)
	FROM figure WHERE id IN `
	sqlPeriodPut = `INSERT INTO measure_period (measure, period_start, period_end, published_at, seq) VALUES `
	sqlCountPut  = `INSERT INTO document_count (document, published_at, seq, figures) VALUES `
	keepFirst    = ` ON CONFLICT DO NOTHING`
)

// row is a figure of the batch with the key of its series.
type row struct {
	series ledger.SeriesID
	f      *ledger.Figure
}

// figureWriter writes the figures of one run.
type figureWriter struct {
	*writer
	got          *ledger.Receipt
	old          map[ledger.SeriesID]bool // series of the part that were there before the run
	made         map[ledger.SeriesID]bool // series that the run has made
	documents    map[string]bool          // whose names are kept already
	put          *bulk
	periods      *bulk
	seenPeriods  map[periodKey]bool
	counts       map[countKey]int64
	replaced     *bulk
	explicit     []int64           // ids that figures of the run name as corrected
	pairs        map[[2]int64]bool // corrected and correcting figures
	successors   []*ledger.Figure  // figures of the run that name what took their place
	lastInserted int64
	tally        bool // count only
}

type periodKey struct {
	measure    string
	start, end period.Date
	published  int64
}

type countKey struct{ document, published int64 }

// figures writes what is new of the figures of a run, with their series, and
// notes which earlier ones they correct.
func (w *writer) figures(list []ledger.Figure, more EachFigures, got *ledger.Receipt) error {
	if len(list) == 0 && more == nil {
		return nil
	}
	fw := w.figureWriter(got)
	if err := fw.add(list); err != nil {
		return err
	}
	if more != nil {
		if err := more(fw.add); err != nil {
			return err
		}
	}
	return fw.finish()
}

func (w *writer) figureWriter(got *ledger.Receipt) *figureWriter {
	return &figureWriter{
		writer: w, got: got,
		put:      w.newBulk(sqlFigurePut, "", figureColumns),
		periods:  w.newBulk(sqlPeriodPut, keepFirst, 5),
		replaced: w.newBulk(sqlSupersede, keepFirst, 4),

		made: map[ledger.SeriesID]bool{}, documents: map[string]bool{"": true},
		seenPeriods: map[periodKey]bool{}, counts: map[countKey]int64{}, pairs: map[[2]int64]bool{},
	}
}

// add writes a part of the figures of the run.
func (w *figureWriter) add(list []ledger.Figure) error {
	if len(list) == 0 {
		return nil
	}
	list, _, err := w.restate(list)
	if err != nil {
		return err
	}
	rows, err := inKeyOrder(list)
	if err != nil {
		return err
	}
	if err := w.documentsOf(rows, w.documents); err != nil {
		return err
	}
	if w.old, err = w.series(rows, w.made); err != nil {
		return err
	}
	for part := range slices.Chunk(rows, chunk) {
		if err := w.write(part); err != nil {
			return err
		}
	}
	return w.put.flush() // a later part looks for what is there already
}

// inKeyOrder sorts by key, so that the rows of a series are written together
// and the same figure given twice lies side by side.
func inKeyOrder(figures []ledger.Figure) ([]row, error) {
	rows := make([]row, len(figures))
	var series ledger.Series
	var id ledger.SeriesID
	for i := range figures {
		f := &figures[i]
		if f.ID == 0 {
			return nil, fault.New(fault.Internal, "store.Commit", f.Measure, "a figure was not sealed")
		}
		if f.Series != series || id == 0 { // neighbours often share a series, and its hash
			series, id = f.Series, f.Series.ID()
		}
		rows[i] = row{id, f}
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.series, b.series), cmp.Compare(a.f.Period.Start, b.f.Period.Start),
			cmp.Compare(a.f.Period.End, b.f.Period.End), cmp.Compare(a.f.ID, b.f.ID))
	})
	return rows, nil
}

// write writes the new ones among at most chunk figures.
func (w *figureWriter) write(part []row) error {
	held, err := w.held(part)
	if err != nil {
		return err
	}
	fresh := make([]row, 0, len(part))
	for _, r := range part {
		id := int64(r.f.ID)
		if held[id] || id == w.lastInserted {
			w.got.Known++
			continue
		}
		w.lastInserted = id
		if err := w.insert(r); err != nil {
			return err
		}
		fresh = append(fresh, r)
	}
	w.got.Figures += len(fresh)
	return w.supersede(fresh)
}

// held returns which of the figures are in the database. It refuses with
// fault.Conflict an id that stands for another figure.
func (w *figureWriter) held(part []row) (map[int64]bool, error) {
	byID := make(map[int64]row, len(part))
	ids := make([]any, 0, chunk)
	for _, r := range part {
		if have, twice := byID[int64(r.f.ID)]; twice {
			if have.series != r.series || have.f.Period != r.f.Period {
				return nil, collision(r.f.ID)
			}
			continue
		}
		byID[int64(r.f.ID)] = r
		ids = append(ids, int64(r.f.ID))
	}
	found := map[int64]bool{}
	err := w.eachHeld(ids, func(h heldFigure) error {
		if !h.same(byID[h.id]) {
			return collision(ledger.FigureID(h.id))
		}
		found[h.id] = true
		return nil
	})
	return found, err
}

// heldFigure is enough of a figure to tell it from another.
type heldFigure struct {
	id, series, start, end, coef, scale, document, line int64
	qualifier, status                                   string
}

// eachHeld calls f for each figure in the database that has one of the ids.
func (w *writer) eachHeld(ids []any, f func(heldFigure) error) error {
	if len(ids) == 0 {
		return nil
	}
	for n := padded(len(ids)); len(ids) < n; {
		ids = append(ids, ids[len(ids)-1])
	}
	return w.eachRow(sqlFigureHeld+w.engine.tuples(1, len(ids), 1), ids, func(rows *sql.Rows) error {
		var h heldFigure
		if err := rows.Scan(&h.id, &h.series, &h.start, &h.end, &h.coef, &h.scale, &h.qualifier, &h.status, &h.document, &h.line); err != nil {
			return err
		}
		return f(h)
	})
}

// same reports whether the figure in the database is the figure of the batch.
func (h heldFigure) same(r row) bool {
	var coef, scale int64
	if r.f.Value != nil {
		c, s, err := split(*r.f.Value)
		if err != nil {
			return false
		}
		coef, scale = c, int64(s)
	}
	return h == heldFigure{int64(r.f.ID), int64(r.series), int64(r.f.Period.Start), int64(r.f.Period.End), coef, scale,
		int64(ledger.DocumentIDOf(r.f.Document)), int64(r.f.Locator.Line), r.f.Qualifier.Symbol(), string(r.f.Status)}
}

// collision is what about one database in 4,000 of 26 million figures sees.
func collision(id ledger.FigureID) error {
	return fault.New(fault.Conflict, "store.Commit", id.String(), "the id %s already stands for another figure, by a rare chance: give this one a reason, any text, which changes its id, and import again", id)
}

// insert writes one new figure and what is projected from it.
func (w *figureWriter) insert(r row) error {
	f := r.f
	var coef any
	scale := 0
	if f.Value != nil {
		c, s, err := split(*f.Value)
		if err != nil {
			return err
		}
		coef, scale = c, s
	}
	more, err := packExtra(f)
	if err != nil {
		return err
	}
	var line, from, to any
	if f.Locator.Line > 0 {
		line, from, to = f.Locator.Line, f.Locator.From, f.Locator.To
	}
	withdraws := 0
	if f.Withdraws {
		withdraws = 1
	}
	doc, day := int64(ledger.DocumentIDOf(f.Document)), dayOf(f.Published)
	if doc != 0 {
		w.counts[countKey{doc, day}]++
	}
	k := periodKey{f.Measure, f.Period.Start, f.Period.End, day}
	if f.Period.Known() && !w.seenPeriods[k] {
		w.seenPeriods[k] = true
		if err := w.periods.add(k.measure, int64(k.start), int64(k.end), day, w.seq); err != nil {
			return err
		}
	}
	return w.put.add(int64(r.series), int64(f.Period.Start), int64(f.Period.End), int64(f.ID), coef, scale, f.Qualifier.Symbol(), string(f.Status),
		withdraws, nullID(doc), line, from, to, day, w.seq, more)
}

// finish writes what was collected.
func (w *figureWriter) finish() error {
	counts := w.newBulk(sqlCountPut, "", 4)
	for k, n := range w.counts {
		if err := counts.add(k.document, k.published, w.seq, n); err != nil {
			return err
		}
	}
	for _, b := range []*bulk{w.put, w.periods, w.replaced, counts} {
		if err := b.flush(); err != nil {
			return err
		}
	}
	if err := w.succeed(); err != nil {
		return err
	}
	return w.checkExplicit()
}
