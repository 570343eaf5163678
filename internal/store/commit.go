package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
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
	sqlKeysOnly   = `SET LOCAL enable_seqscan = off`
	sqlAnalyze    = `ANALYZE series, figure, supersession`
	sqlRunLast    = `SELECT recorded_at FROM run ORDER BY seq DESC LIMIT 1`
	sqlRecordLast = `SELECT body, figure, seq FROM record WHERE kind = $1 AND code = $2 ORDER BY seq DESC LIMIT 1`
	sqlRecordPut  = `INSERT INTO record (kind, code, seq, figure, body) VALUES ($1, $2, $3, $4, $5)`
	sqlTextLast   = `SELECT sha256 FROM document_text WHERE document = $1 ORDER BY seq DESC LIMIT 1`
	sqlTextPut    = `INSERT INTO document_text (document, seq, sha256, encoding, body) VALUES ($1, $2, $3, $4, $5)`
)

const timeText = "2006-01-02T15:04:05.000000Z"

// Commit writes the batch in one transaction with one entry in the journal. It
// returns what was new; when nothing was, nothing is written, not even the
// entry. A figure that says otherwise than an earlier one of the same series,
// period, source and spot corrects it. An error means that nothing was written.
func (s *Store) Commit(ctx context.Context, b ledger.Batch) (ledger.Receipt, error) {
	got, err := s.commit(ctx, b)
	return got, s.wrote(string(b.Run.Kind), err)
}

func (s *Store) commit(ctx context.Context, b ledger.Batch) (ledger.Receipt, error) {
	const op = "store.Commit"
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return ledger.Receipt{}, failed(op, s.name, err)
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return ledger.Receipt{}, failed(op, s.name, err)
	}
	defer tx.Rollback()
	got, err := s.commitIn(ctx, conn, tx, map[string]*sql.Stmt{}, b, nil)
	if err != nil || got.Nothing() {
		return got, err
	}
	if err := tx.Commit(); err != nil {
		return ledger.Receipt{}, failed(op, b.Run.Subject, err)
	}
	s.lookAround(ctx, got)
	return got, nil
}

// sqlChainGive gives the number of a run back that brought nothing.
const sqlChainGive = `UPDATE chain SET seq = seq - 1 WHERE name = $1`

// EachFigures hands over the figures of a run part by part. A part is valid
// during the call.
type EachFigures func(yield func([]ledger.Figure) error) error

// commitIn writes the batch within a transaction, and after its own figures
// those that more hands over, if it is not nil. Its statements are those of the
// transaction, which may write several batches.
func (s *Store) commitIn(ctx context.Context, conn *sql.Conn, tx *sql.Tx, stmts map[string]*sql.Stmt, b ledger.Batch, more EachFigures) (ledger.Receipt, error) {
	const op = "store.Commit"
	var got ledger.Receipt
	w := &writer{ctx: ctx, tx: tx, engine: s.engine, stmts: stmts}
	if s.engine == PostgreSQL {
		w.conn = conn
	}
	last, err := w.begin(&b.Run)
	if err != nil {
		return got, failed(op, s.name, err)
	}
	figures := func(b *ledger.Batch, got *ledger.Receipt) error { return w.figures(b.Figures, more, got) }
	for _, step := range []func(*ledger.Batch, *ledger.Receipt) error{w.restateBatch, w.records, w.texts, figures} {
		if err := step(&b, &got); err != nil {
			return ledger.Receipt{}, failed(op, b.Run.Subject, err)
		}
	}
	if got.Nothing() {
		_, err := tx.ExecContext(ctx, sqlChainGive, mainChain)
		return got, failed(op, s.name, err)
	}
	got.Run = b.Run.ID
	if err := w.end(&b, got, last); err != nil {
		return ledger.Receipt{}, failed(op, b.Run.Subject, err)
	}
	return got, nil
}

// manyFigures is a run after which PostgreSQL looks at its tables anew; its own
// housekeeping comes a minute later, and until then plans are bad.
const manyFigures = 20_000

// lookAround renews the statistics of PostgreSQL after a large run. What was
// acknowledged does not depend on it, so a failure is left to the housekeeping.
func (s *Store) lookAround(ctx context.Context, got ledger.Receipt) {
	if s.engine == PostgreSQL && got.Figures >= manyFigures {
		_, _ = s.write.ExecContext(ctx, sqlAnalyze)
	}
}

// writer is one transaction.
type writer struct {
	ctx    context.Context
	tx     *sql.Tx
	engine Engine
	conn   *sql.Conn // of tx, for COPY; nil on SQLite
	seq    int64
	stmts  map[string]*sql.Stmt // by text; they live as long as the transaction

	withdraws         bool // the run takes another one back
	looked, withdrawn bool // whether any run was taken back, once that was asked
}

// begin takes the next number of the chain; until the end of the transaction
// nobody else can. Time never runs backwards from run to run, also when the
// clock of the server does: what was recorded by an instant is then always a
// beginning of the chain.
func (w *writer) begin(r *ledger.Run) (actor.Entry, error) {
	last := actor.Entry{Chain: mainChain}
	if w.engine == PostgreSQL {
		// A run that fills an empty table keeps the plans of its first lookups,
		// and nobody tells it that the table has grown meanwhile.
		if _, err := w.tx.ExecContext(w.ctx, sqlKeysOnly); err != nil {
			return last, err
		}
	}
	if err := w.tx.QueryRowContext(w.ctx, sqlChainTake, mainChain).Scan(&w.seq, &last.Hash); err != nil {
		return last, err
	}
	last.Seq = w.seq - 1
	r.Recorded = r.Recorded.UTC().Truncate(time.Microsecond)
	before, err := w.lastRecorded()
	if err != nil {
		return last, err
	}
	if r.Recorded.Before(before) {
		r.Recorded = before
	}
	r.ID = ledger.RunIDOf(*r, w.seq)
	return last, nil
}

func (w *writer) lastRecorded() (time.Time, error) {
	at, err := w.oneText(sqlRunLast)
	if err != nil || at == "" {
		return time.Time{}, err
	}
	return time.Parse(timeText, at)
}

// prepare returns the statement with that text, the same one every time.
func (w *writer) prepare(text string) (*sql.Stmt, error) {
	if st := w.stmts[text]; st != nil {
		return st, nil
	}
	st, err := w.tx.PrepareContext(w.ctx, text)
	if err == nil {
		w.stmts[text] = st
	}
	return st, err
}

// end writes run and journal entry.
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
	last, err := w.prepare(sqlRecordLast)
	if err != nil {
		return err
	}
	put, err := w.prepare(sqlRecordPut)
	if err != nil {
		return err
	}
	return ledger.EachRecord(b, func(r ledger.Record) error {
		var have string
		var figure sql.NullInt64
		var seq int64
		err := last.QueryRowContext(w.ctx, r.Kind, r.Code).Scan(&have, &figure, &seq)
		if err != nil && err != sql.ErrNoRows {
			return err
		}
		if err == nil && have == string(r.Body) && figure.Int64 == int64(r.Figure) {
			return nil
		}
		if seq == w.seq {
			return fault.New(fault.Invalid, "store.Commit", r.Code, "the %s %s is given twice with different content: keep one", r.Kind, r.Code)
		}
		switch r.Kind {
		case ledger.RecordDocument:
			got.Documents++
			if err := w.document(r.Code); err != nil {
				return err
			}
		case ledger.RecordStatement:
			got.Statements++
		case ledger.RecordMove, ledger.RecordEvidence, ledger.RecordAsk, ledger.RecordAnswer, ledger.RecordAttachment:
			got.Others++
		default:
			got.Catalogue++
		}
		_, err = put.ExecContext(w.ctx, r.Kind, r.Code, w.seq, nullID(int64(r.Figure)), string(r.Body))
		return err
	})
}

// texts writes the texts of documents that were brought in.
func (w *writer) texts(b *ledger.Batch, got *ledger.Receipt) error {
	for _, t := range b.Texts {
		id := int64(ledger.DocumentIDOf(t.Document))
		have, err := w.oneText(sqlTextLast, id)
		if err != nil {
			return err
		}
		if have == t.SHA256 {
			continue
		}
		if err := w.document(t.Document); err != nil {
			return err
		}
		if _, err := w.tx.ExecContext(w.ctx, sqlTextPut, id, w.seq, t.SHA256, t.Encoding, t.Text); err != nil {
			return err
		}
		got.Others++
	}
	return nil
}

// oneText returns the text that a query finds, or "".
func (w *writer) oneText(query string, args ...any) (string, error) {
	var text string
	err := w.tx.QueryRowContext(w.ctx, query, args...).Scan(&text)
	if err == sql.ErrNoRows {
		return "", nil
	}
	return text, err
}
