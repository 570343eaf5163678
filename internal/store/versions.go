package store

import (
	"context"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
)

const sqlRecordVersions = `SELECT seq, body FROM record WHERE kind = $1 AND code = $2 AND seq <= $3 ORDER BY seq DESC`

// RecordVersions returns every body of a record, the newest first; none when
// there is no such record.
func (s *Store) RecordVersions(ctx context.Context, kind, code string, at At) ([]StoredRecord, error) {
	const op = "store.RecordVersions"
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, sqlRecordVersions, kind, code, at.bound(names))
	if err != nil {
		return nil, failed(op, kind, err)
	}
	defer rows.Close()
	var out []StoredRecord
	for rows.Next() {
		var seq int64
		var body string
		if err := rows.Scan(&seq, &body); err != nil {
			return nil, failed(op, kind, err)
		}
		run := names.run(seq)
		out = append(out, StoredRecord{Record: ledger.Record{Kind: kind, Code: code, Body: []byte(body)}, Run: run.id, Recorded: run.at})
	}
	return out, failed(op, kind, rows.Err())
}

const sqlFirstIn = `
	SELECT h.id, MIN(h.at) FROM desk_history h JOIN desk d ON d.kind = h.kind AND d.id = h.id
	WHERE d.kind = $1 AND d.about = $2 AND h.state = $3 GROUP BY h.id`

// FirstIn tells when each item of a kind that speaks of a thing was in a state
// for the first time. Items that never were are left out.
func (s *Store) FirstIn(ctx context.Context, kind, about, state string) (map[string]time.Time, error) {
	const op = "store.FirstIn"
	rows, err := s.read.QueryContext(ctx, sqlFirstIn, kind, about, state)
	if err != nil {
		return nil, failed(op, kind, err)
	}
	defer rows.Close()
	out := map[string]time.Time{}
	for rows.Next() {
		var id, at string
		if err := rows.Scan(&id, &at); err != nil {
			return nil, failed(op, kind, err)
		}
		t, err := time.Parse(timeText, at)
		if err != nil {
			return nil, fault.New(fault.Internal, op, kind+" "+id, "its time cannot be read back: %w", err)
		}
		out[id] = t
	}
	return out, failed(op, kind, rows.Err())
}
