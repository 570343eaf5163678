package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// StoredRun is a run with its act and what it brought.
type StoredRun struct {
	ledger.Run
	Seq     int64
	Receipt ledger.Receipt
}

const (
	sqlRunByID = `
	SELECT r.seq, r.id, r.kind, r.actor, r.program, r.subject, r.inputs, r.as_of, r.recorded_at, COALESCE(j.detail, '')
	FROM run r LEFT JOIN journal j ON j.chain = 'main' AND j.seq = r.seq
	WHERE r.id = $1`
	sqlRunsAfter = `
	SELECT r.seq, r.id, r.kind, r.actor, r.program, r.subject, r.inputs, r.as_of, r.recorded_at, COALESCE(j.detail, '')
	FROM run r LEFT JOIN journal j ON j.chain = 'main' AND j.seq = r.seq
	WHERE r.seq > $1 AND r.seq <= $2 ORDER BY r.seq LIMIT $3`
	sqlRunsLast = `
	SELECT r.seq, r.id, r.kind, r.actor, r.program, r.subject, r.inputs, r.as_of, r.recorded_at, COALESCE(j.detail, '')
	FROM run r LEFT JOIN journal j ON j.chain = 'main' AND j.seq = r.seq
	WHERE r.seq < $1 AND r.kind <> $2 ORDER BY r.seq DESC LIMIT $3`
	sqlRunPlaces = `
	SELECT DISTINCT s.place FROM figure f CROSS JOIN series s WHERE f.seq = $1 AND s.id = f.series_id ORDER BY s.place`
)

// RunByID returns a run; fault.NotFound when there is none.
func (s *Store) RunByID(ctx context.Context, id ledger.RunID) (StoredRun, error) {
	list, err := s.runs(ctx, sqlRunByID, int64(id))
	if err == nil && len(list) == 0 {
		err = fault.New(fault.NotFound, "store.RunByID", id.String(), "no run has this id")
	}
	if err != nil {
		return StoredRun{}, err
	}
	return list[0], nil
}

// RunsAfter returns the runs behind an act up to another, oldest first.
func (s *Store) RunsAfter(ctx context.Context, after, until int64, limit int) ([]StoredRun, error) {
	return s.runs(ctx, sqlRunsAfter, after, until, limit)
}

// RunsBefore returns the runs before an act, newest first, without those in
// which the program computed.
func (s *Store) RunsBefore(ctx context.Context, before int64, limit int) ([]StoredRun, error) {
	return s.runs(ctx, sqlRunsLast, before, string(ledger.MethodRun), limit)
}

func (s *Store) runs(ctx context.Context, text string, args ...any) ([]StoredRun, error) {
	const op = "store.Runs"
	rows, err := s.read.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	defer rows.Close()
	var out []StoredRun
	for rows.Next() {
		r, err := scanRun(rows)
		if err != nil {
			return nil, failed(op, s.name, err)
		}
		out = append(out, r)
	}
	return out, failed(op, s.name, rows.Err())
}

func scanRun(rows *sql.Rows) (StoredRun, error) {
	var r StoredRun
	var id int64
	var asOf sql.NullInt64
	var kind, inputs, at, detail string
	err := rows.Scan(&r.Seq, &id, &kind, &r.Actor, &r.Program, &r.Subject, &inputs, &asOf, &at, &detail)
	if err != nil {
		return r, err
	}
	r.ID, r.Kind = ledger.RunID(id), ledger.RunKind(kind)
	if asOf.Valid {
		d := period.Date(asOf.Int64)
		r.AsOf = &d
	}
	if r.Recorded, err = time.Parse(timeText, at); err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(inputs), &r.Inputs); err != nil {
		return r, err
	}
	// The detail of an entry is a receipt without the ids that JSON cannot take back.
	var got struct {
		Figures    int `json:"figures_new"`
		Known      int `json:"figures_known"`
		Corrected  int `json:"figures_corrected"`
		Statements int `json:"statements_new"`
		Catalogue  int `json:"catalogue_new"`
		Documents  int `json:"documents_new"`
		Others     int `json:"others_new"`
	}
	if detail != "" {
		if err := json.Unmarshal([]byte(detail), &got); err != nil {
			return r, err
		}
	}
	r.Receipt = ledger.Receipt{Run: r.ID, Figures: got.Figures, Known: got.Known, Corrected: got.Corrected, Statements: got.Statements, Catalogue: got.Catalogue, Documents: got.Documents, Others: got.Others}
	return r, nil
}

// RunPlaces returns the places of the figures of a run.
func (s *Store) RunPlaces(ctx context.Context, seq int64) ([]place.ID, error) {
	const op = "store.RunPlaces"
	rows, err := s.read.QueryContext(ctx, sqlRunPlaces, seq)
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	defer rows.Close()
	var out []place.ID
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, failed(op, s.name, err)
		}
		out = append(out, place.ID(id))
	}
	return out, failed(op, s.name, rows.Err())
}

const sqlRunRecords = `
	SELECT r.kind, r.code, r.figure, r.body, b.figure, COALESCE(b.body, ''),
		COALESCE((SELECT MAX(n.seq) FROM record n WHERE n.kind = r.kind AND n.code = r.code), 0) > r.seq
	FROM record r LEFT JOIN record b ON b.kind = r.kind AND b.code = r.code
		AND b.seq = (SELECT MAX(o.seq) FROM record o WHERE o.kind = r.kind AND o.code = r.code AND o.seq < r.seq)
	WHERE r.seq = $1 ORDER BY r.kind, r.code`

// RunRecord is a record that a run brought.
type RunRecord struct {
	ledger.Record
	Before *ledger.Record // what stood there before
	Later  bool           // another run has changed it since
}

// RunRecords returns the records that a run brought, with what stood there
// before.
func (s *Store) RunRecords(ctx context.Context, seq int64) ([]RunRecord, error) {
	const op = "store.RunRecords"
	rows, err := s.read.QueryContext(ctx, sqlRunRecords, seq)
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	defer rows.Close()
	var out []RunRecord
	for rows.Next() {
		var r RunRecord
		var figure, was sql.NullInt64
		var body, before string
		if err := rows.Scan(&r.Kind, &r.Code, &figure, &body, &was, &before, &r.Later); err != nil {
			return nil, failed(op, s.name, err)
		}
		r.Figure, r.Body = ledger.FigureID(figure.Int64), []byte(body)
		if before != "" {
			r.Before = &ledger.Record{Kind: r.Kind, Code: r.Code, Figure: ledger.FigureID(was.Int64), Body: []byte(before)}
		}
		out = append(out, r)
	}
	return out, failed(op, s.name, rows.Err())
}
