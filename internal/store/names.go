package store

import (
	"context"
	"time"

	"github.com/shanyraq/shanyraq/ledger"
)

// nameTable translates the short keys of the figure table: documents by id and
// runs by the number of their act. Both are few and never change once written.
type nameTable struct {
	seq       int64
	documents map[int64]string
	runs      map[int64]runName
}

type runName struct {
	id ledger.RunID
	at time.Time
}

const (
	sqlDocumentNames = `SELECT DISTINCT code FROM record WHERE kind = 'document'`
	sqlRunNames      = `SELECT seq, id, recorded_at FROM run WHERE seq > $1`
)

// names returns the table, read anew only when something was written since.
func (s *Store) names(ctx context.Context) (*nameTable, error) {
	const op = "store.names"
	seq, err := s.Version(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.table != nil && s.table.seq == seq {
		return s.table, nil
	}
	n := &nameTable{seq: seq, documents: map[int64]string{}, runs: map[int64]runName{}}
	docs, err := s.read.QueryContext(ctx, sqlDocumentNames)
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	defer docs.Close()
	for docs.Next() {
		var name string
		if err := docs.Scan(&name); err != nil {
			return nil, failed(op, s.name, err)
		}
		n.documents[int64(ledger.DocumentIDOf(name))] = name
	}
	if err := docs.Err(); err != nil {
		return nil, failed(op, s.name, err)
	}
	runs, err := s.read.QueryContext(ctx, sqlRunNames, 0)
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	defer runs.Close()
	for runs.Next() {
		var q, id int64
		var at string
		if err := runs.Scan(&q, &id, &at); err != nil {
			return nil, failed(op, s.name, err)
		}
		t, err := time.Parse(timeText, at)
		if err != nil {
			return nil, failed(op, s.name, err)
		}
		n.runs[q] = runName{ledger.RunID(id), t}
	}
	if err := runs.Err(); err != nil {
		return nil, failed(op, s.name, err)
	}
	s.table = n
	return n, nil
}
