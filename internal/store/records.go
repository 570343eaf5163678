package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
)

const sqlRecords = `
	SELECT r.code, r.seq, r.figure, r.body FROM record r
	WHERE r.kind = $1 AND r.seq <= $2
	  AND NOT EXISTS (SELECT 1 FROM record n WHERE n.kind = r.kind AND n.code = r.code AND n.seq > r.seq AND n.seq <= $2)
	ORDER BY r.code`

// StoredRecord is a record with the run that brought it.
type StoredRecord struct {
	ledger.Record
	Run      ledger.RunID
	Recorded time.Time
	Seq      int64 // act of the run
}

// Records returns the newest record of each code of a kind, by code, without
// those that were taken back.
func (s *Store) Records(ctx context.Context, kind string, at At) ([]StoredRecord, error) {
	const op = "store.Records"
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, sqlRecords, kind, at.bound(names))
	if err != nil {
		return nil, failed(op, kind, err)
	}
	defer rows.Close()
	var out []StoredRecord
	for rows.Next() {
		var r StoredRecord
		var seq int64
		var figure sql.NullInt64
		var body string
		if err := rows.Scan(&r.Code, &seq, &figure, &body); err != nil {
			return nil, failed(op, kind, err)
		}
		run := names.run(seq)
		r.Kind, r.Figure, r.Body, r.Run, r.Recorded, r.Seq = kind, ledger.FigureID(figure.Int64), []byte(body), run.id, run.at, seq
		if !r.Gone() {
			out = append(out, r)
		}
	}
	return out, failed(op, kind, rows.Err())
}

const sqlText = `
	SELECT sha256, encoding, body FROM document_text
	WHERE document = $1 AND seq <= $2 ORDER BY seq DESC LIMIT 1`

// Text returns the text of a document as it was brought in last, or
// fault.NotFound when nobody brought it in.
func (s *Store) Text(ctx context.Context, document string, at At) (ledger.DocumentText, error) {
	t := ledger.DocumentText{Document: document}
	err := s.read.QueryRowContext(ctx, sqlText, int64(ledger.DocumentIDOf(document)), at.seq()).Scan(&t.SHA256, &t.Encoding, &t.Text)
	if err == sql.ErrNoRows {
		return t, fault.New(fault.NotFound, "store.Text", document, "the text of this document was not imported")
	}
	return t, failed("store.Text", document, err)
}

const sqlTexts = `SELECT DISTINCT document FROM document_text WHERE seq <= $1`

// Texts tells of which documents the text was brought in.
func (s *Store) Texts(ctx context.Context, at At) (map[string]bool, error) {
	const op = "store.Texts"
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, sqlTexts, at.bound(names))
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, failed(op, s.name, err)
		}
		out[names.documents[id]] = true
	}
	return out, failed(op, s.name, rows.Err())
}
