package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shopspring/decimal"
)

const (
	sqlChainTake = `UPDATE chain SET seq = seq + 1 WHERE name = $1 RETURNING seq, hash`
	sqlChainSeal = `UPDATE chain SET hash = $1 WHERE name = $2`
	sqlJournal   = `
	INSERT INTO journal (chain, seq, at, actor, op, subject, detail, prev, hash)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	sqlRun = `
	INSERT INTO run (seq, id, kind, actor, program, subject, inputs, as_of, recorded_at)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	sqlRecordLast = `SELECT body, figure FROM record WHERE kind = $1 AND code = $2 ORDER BY seq DESC LIMIT 1`
	sqlRecordPut  = `INSERT INTO record (kind, code, seq, figure, body) VALUES ($1, $2, $3, $4, $5)`
	sqlTextLast   = `SELECT sha256 FROM document_text WHERE document = $1 ORDER BY seq DESC LIMIT 1`
	sqlTextPut    = `INSERT INTO document_text (document, seq, sha256, encoding, body) VALUES ($1, $2, $3, $4, $5)`
	sqlSeriesPut  = `
	INSERT INTO series (id, measure, version, place, dimensions, kind, unit, source)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`
	// sqlRevised finds what a figure corrects: the same cell of the same series
	// said by the same source at the same spot, and still standing.
	sqlRevised = `
	SELECT f.id FROM figure f
	WHERE f.series_id = $1 AND f.period_start = $2 AND f.period_end = $3 AND f.id <> $4 AND f.seq < $5
	  AND COALESCE(f.line, 0) = $6 AND COALESCE(f.span_from, 0) = $7 AND COALESCE(f.span_to, 0) = $8
	  AND NOT EXISTS (SELECT 1 FROM supersession x WHERE x.old_id = f.id)`
	sqlSupersede = `
	INSERT INTO supersession (old_id, new_id, published_at, withdraws, seq)
	VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`
	sqlFigureHead = `
	INSERT INTO figure (series_id, period_start, period_end, id, coef, scale, qualifier, status, document, line, span_from, span_to, published_at, seq, extra)
	VALUES `
	sqlFigureTail = ` ON CONFLICT DO NOTHING RETURNING id`
)

const (
	figureColumns = 15
	figureChunk   = 200 // rows of one INSERT; 3,000 parameters, both engines allow 32,000
	timeText      = "2006-01-02T15:04:05.000000Z"
)

// extra is what few figures have.
type extra struct {
	Bounds      *ledger.Bounds       `json:"bounds,omitempty"`
	Numerator   *decimal.Decimal     `json:"num,omitempty"`
	Denominator *decimal.Decimal     `json:"den,omitempty"`
	Supersedes  string               `json:"sup,omitempty"`
	Withdraws   bool                 `json:"wd,omitempty"`
	Reason      string               `json:"why,omitempty"`
	Synthetic   bool                 `json:"syn,omitempty"`
	Recipe      *ledger.Recipe       `json:"rec,omitempty"`
	Inputs      []string             `json:"in,omitempty"`
	Note        map[lang.Code]string `json:"note,omitempty"`
}

// Commit writes the batch in one transaction with one entry in the journal. It
// returns what was new; when nothing was, nothing is written, not even the
// entry. A figure that says otherwise than an earlier one of the same series,
// period, source and spot corrects it. An error means that nothing was written.
func (s *Store) Commit(ctx context.Context, b ledger.Batch) (ledger.Receipt, error) {
	const op = "store.Commit"
	var got ledger.Receipt
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return got, failed(op, s.name, err)
	}
	defer tx.Rollback()
	w := &writer{ctx: ctx, tx: tx}
	last, err := w.begin(&b.Run)
	if err != nil {
		return got, failed(op, s.name, err)
	}
	for _, step := range []func(*ledger.Batch, *ledger.Receipt) error{w.records, w.texts, w.figures} {
		if err := step(&b, &got); err != nil {
			return ledger.Receipt{}, failed(op, b.Run.Subject, err)
		}
	}
	if got.Nothing() {
		return got, nil
	}
	got.Run = b.Run.ID
	if err := w.end(&b, got, last); err != nil {
		return ledger.Receipt{}, failed(op, b.Run.Subject, err)
	}
	if err := tx.Commit(); err != nil {
		return ledger.Receipt{}, failed(op, b.Run.Subject, err)
	}
	return got, nil
}

// writer is one transaction.
type writer struct {
	ctx  context.Context
	tx   *sql.Tx
	seq  int64
	old  map[ledger.SeriesID]bool // series that were there before
	seen map[ledger.SeriesID]bool
}

const mainChain = "main"

// begin takes the next number of the chain; until the end of the transaction
// nobody else can.
func (w *writer) begin(r *ledger.Run) (actor.Entry, error) {
	last := actor.Entry{Chain: mainChain}
	if err := w.tx.QueryRowContext(w.ctx, sqlChainTake, mainChain).Scan(&w.seq, &last.Hash); err != nil {
		return last, err
	}
	last.Seq = w.seq - 1
	r.Recorded = r.Recorded.UTC().Truncate(time.Microsecond)
	r.ID = ledger.RunIDOf(*r, w.seq)
	return last, nil
}

func (w *writer) end(b *ledger.Batch, got ledger.Receipt, last actor.Entry) error {
	inputs, err := json.Marshal(b.Run.Inputs)
	if err != nil {
		return err
	}
	var asOf any
	if b.Run.AsOf != nil {
		asOf = int64(*b.Run.AsOf)
	}
	if _, err := w.tx.ExecContext(w.ctx, sqlRun, w.seq, int64(b.Run.ID), string(b.Run.Kind), b.Run.Actor, b.Run.Program, b.Run.Subject, string(inputs), asOf, b.Run.Recorded.Format(timeText)); err != nil {
		return err
	}
	detail, err := json.Marshal(got)
	if err != nil {
		return err
	}
	e := actor.Entry{Chain: mainChain, At: b.Run.Recorded, Actor: actor.ID(b.Run.Actor), Op: string(b.Run.Kind), Subject: b.Run.Subject, Detail: string(detail)}.Seal(last)
	if _, err := w.tx.ExecContext(w.ctx, sqlJournal, e.Chain, e.Seq, e.At.Format(timeText), string(e.Actor), e.Op, e.Subject, e.Detail, e.Prev, e.Hash); err != nil {
		return err
	}
	_, err = w.tx.ExecContext(w.ctx, sqlChainSeal, e.Hash, mainChain)
	return err
}

// records writes what is small and kept as JSON: catalogue, documents,
// statements, moves, evidence, answers.
func (w *writer) records(b *ledger.Batch, got *ledger.Receipt) error {
	last, err := w.tx.PrepareContext(w.ctx, sqlRecordLast)
	if err != nil {
		return err
	}
	defer last.Close()
	put, err := w.tx.PrepareContext(w.ctx, sqlRecordPut)
	if err != nil {
		return err
	}
	defer put.Close()
	return ledger.EachRecord(b, func(r ledger.Record) error {
		var have string
		var figure sql.NullInt64
		err := last.QueryRowContext(w.ctx, r.Kind, r.Code).Scan(&have, &figure)
		if err != nil && err != sql.ErrNoRows {
			return err
		}
		if err == nil && have == string(r.Body) && figure.Int64 == int64(r.Figure) {
			return nil
		}
		switch r.Kind {
		case ledger.RecordDocument:
			got.Documents++
		case ledger.RecordStatement:
			got.Statements++
		case ledger.RecordMove, ledger.RecordEvidence, ledger.RecordAnswer:
			got.Others++
		default:
			got.Catalogue++
		}
		_, err = put.ExecContext(w.ctx, r.Kind, r.Code, w.seq, nullID(int64(r.Figure)), string(r.Body))
		return err
	})
}

func (w *writer) texts(b *ledger.Batch, got *ledger.Receipt) error {
	for _, t := range b.Texts {
		id := int64(ledger.DocumentIDOf(t.Document))
		var have string
		err := w.tx.QueryRowContext(w.ctx, sqlTextLast, id).Scan(&have)
		if err != nil && err != sql.ErrNoRows {
			return err
		}
		if have == t.SHA256 {
			continue
		}
		if _, err := w.tx.ExecContext(w.ctx, sqlTextPut, id, w.seq, t.SHA256, t.Encoding, t.Text); err != nil {
			return err
		}
		got.Others++
	}
	return nil
}

func (w *writer) figures(b *ledger.Batch, got *ledger.Receipt) error {
	if len(b.Figures) == 0 {
		return nil
	}
	w.old, w.seen = map[ledger.SeriesID]bool{}, map[ledger.SeriesID]bool{}
	if err := w.series(b.Figures); err != nil {
		return err
	}
	// In key order the rows of a series lie together on disk.
	order := make([]int, len(b.Figures))
	keys := make([]ledger.SeriesID, len(b.Figures))
	for i := range b.Figures {
		order[i], keys[i] = i, b.Figures[i].Series.ID()
	}
	sort.Slice(order, func(x, y int) bool {
		i, j := order[x], order[y]
		if keys[i] != keys[j] {
			return keys[i] < keys[j]
		}
		return b.Figures[i].Period.Start < b.Figures[j].Period.Start
	})
	revised, err := w.tx.PrepareContext(w.ctx, sqlRevised)
	if err != nil {
		return err
	}
	defer revised.Close()
	var full *sql.Stmt
	if len(order) >= figureChunk {
		if full, err = w.tx.PrepareContext(w.ctx, figureInsert(figureChunk)); err != nil {
			return err
		}
		defer full.Close()
	}
	args := make([]any, 0, figureChunk*figureColumns)
	byID := make(map[int64]*ledger.Figure, figureChunk)
	for start := 0; start < len(order); start += figureChunk {
		chunk := order[start:min(start+figureChunk, len(order))]
		args = args[:0]
		clear(byID)
		for _, i := range chunk {
			f := &b.Figures[i]
			if args, err = appendFigure(args, f, keys[i], w.seq); err != nil {
				return err
			}
			byID[int64(f.ID)] = f
		}
		fresh, err := w.insert(full, args, len(chunk))
		if err != nil {
			return err
		}
		got.Figures += len(fresh)
		got.Known += len(chunk) - len(fresh)
		for _, id := range fresh {
			n, err := w.supersede(revised, byID[id])
			if err != nil {
				return err
			}
			got.Corrected += n
		}
	}
	return nil
}

// series makes sure that all series of the figures exist and remembers which
// were there before.
func (w *writer) series(figures []ledger.Figure) error {
	put, err := w.tx.PrepareContext(w.ctx, sqlSeriesPut)
	if err != nil {
		return err
	}
	defer put.Close()
	for i := range figures {
		r := figures[i].Series
		id := r.ID()
		if w.seen[id] {
			continue
		}
		w.seen[id] = true
		res, err := put.ExecContext(w.ctx, int64(id), r.Measure, r.Version, string(r.Place), r.Dimensions, string(r.Kind), r.Unit, r.Source)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil {
			return err
		} else if n == 0 {
			w.old[id] = true
		}
	}
	return nil
}

func (w *writer) insert(full *sql.Stmt, args []any, n int) ([]int64, error) {
	var rows *sql.Rows
	var err error
	if n == figureChunk && full != nil {
		rows, err = full.QueryContext(w.ctx, args...)
	} else {
		rows, err = w.tx.QueryContext(w.ctx, figureInsert(n), args...)
	}
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var fresh []int64
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		fresh = append(fresh, id)
	}
	return fresh, rows.Err()
}

// supersede notes what a new figure corrects and returns how many figures.
func (w *writer) supersede(revised *sql.Stmt, f *ledger.Figure) (int, error) {
	olds := []int64{}
	if f.Supersedes != 0 {
		olds = append(olds, int64(f.Supersedes))
	} else if id := f.Series.ID(); w.old[id] && f.Recipe == nil {
		rows, err := revised.QueryContext(w.ctx, int64(id), int64(f.Period.Start), int64(f.Period.End), int64(f.ID), w.seq, f.Locator.Line, f.Locator.From, f.Locator.To)
		if err != nil {
			return 0, err
		}
		defer rows.Close()
		for rows.Next() {
			var old int64
			if err := rows.Scan(&old); err != nil {
				return 0, err
			}
			olds = append(olds, old)
		}
		if err := rows.Err(); err != nil {
			return 0, err
		}
	}
	for _, old := range olds {
		withdraws := 0
		if f.Withdraws {
			withdraws = 1
		}
		if _, err := w.tx.ExecContext(w.ctx, sqlSupersede, old, int64(f.ID), nullDate(f), withdraws, w.seq); err != nil {
			return 0, err
		}
	}
	return len(olds), nil
}

// figureInsert returns the statement that inserts n figures.
func figureInsert(n int) string {
	var b strings.Builder
	b.WriteString(sqlFigureHead)
	p := 1
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('(')
		for j := range figureColumns {
			if j > 0 {
				b.WriteByte(',')
			}
			b.WriteByte('$')
			b.WriteString(strconv.Itoa(p))
			p++
		}
		b.WriteByte(')')
	}
	b.WriteString(sqlFigureTail)
	return b.String()
}

func appendFigure(args []any, f *ledger.Figure, series ledger.SeriesID, seq int64) ([]any, error) {
	if f.ID == 0 {
		return nil, fault.New(fault.Internal, "store.Commit", f.Measure, "a figure was not sealed")
	}
	var coef any
	scale := 0
	if f.Value != nil {
		c, sc, err := split(*f.Value)
		if err != nil {
			return nil, err
		}
		coef, scale = c, sc
	}
	more, err := packExtra(f)
	if err != nil {
		return nil, err
	}
	var line, from, to any
	if f.Locator.Line > 0 {
		line, from, to = f.Locator.Line, f.Locator.From, f.Locator.To
	}
	return append(args, int64(series), int64(f.Period.Start), int64(f.Period.End), int64(f.ID), coef, scale, f.Qualifier.Symbol(), string(f.Status),
		nullID(int64(ledger.DocumentIDOf(f.Document))), line, from, to, nullDate(f), seq, more), nil
}

func packExtra(f *ledger.Figure) (any, error) {
	e := extra{Bounds: f.Bounds, Numerator: f.Numerator, Denominator: f.Denominator, Supersedes: f.Supersedes.String(),
		Withdraws: f.Withdraws, Reason: f.Reason, Synthetic: f.Synthetic, Recipe: f.Recipe, Note: f.Note}
	if f.Recipe != nil {
		for _, in := range f.Recipe.Inputs {
			e.Inputs = append(e.Inputs, in.String())
		}
	}
	text, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	if string(text) == "{}" {
		return nil, nil
	}
	return string(text), nil
}

// split writes a decimal as coef * 10^-scale without a zero at the end.
func split(d decimal.Decimal) (int64, int, error) {
	scale := 0
	if d.Exponent() < 0 {
		scale = int(-d.Exponent())
	}
	c := d.Shift(int32(scale))
	if !c.BigInt().IsInt64() {
		return 0, 0, fault.New(fault.Invalid, "store.Commit", "", "a number has more than %d digits", ledger.MaxDigits)
	}
	coef := c.IntPart()
	for scale > 0 && coef%10 == 0 {
		coef, scale = coef/10, scale-1
	}
	return coef, scale, nil
}

func nullID(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

func nullDate(f *ledger.Figure) any {
	if f.Published == nil {
		return nil
	}
	return int64(*f.Published)
}

// unpackExtra fills f from the JSON column.
func unpackExtra(f *ledger.Figure, text string) error {
	var e extra
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		return fmt.Errorf("extra of %s: %w", f.ID, err)
	}
	f.Bounds, f.Numerator, f.Denominator = e.Bounds, e.Numerator, e.Denominator
	f.Withdraws, f.Reason, f.Synthetic, f.Recipe, f.Note = e.Withdraws, e.Reason, e.Synthetic, e.Recipe, e.Note
	if e.Supersedes != "" {
		id, err := ledger.ParseFigureID(e.Supersedes)
		if err != nil {
			return err
		}
		f.Supersedes = id
	}
	for _, in := range e.Inputs {
		id, err := ledger.ParseFigureID(in)
		if err != nil {
			return err
		}
		f.Recipe.Inputs = append(f.Recipe.Inputs, id)
	}
	return nil
}
