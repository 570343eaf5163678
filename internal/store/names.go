package store

import (
	"context"
	"maps"
	"time"

	"github.com/shanyraq/shanyraq/ledger"
)

// nameTable translates the short keys of the figure table: documents by id and
// runs by the number of their act. It is never changed once others can see it.
type nameTable struct {
	seq       int64 // it holds everything up to this act
	documents map[int64]string
	runs      []runName // runs[i] is the run of act i+1
}

type runName struct {
	id ledger.RunID
	at time.Time
}

// run returns the run of an act.
func (n *nameTable) run(seq int64) runName {
	if seq < 1 || seq > int64(len(n.runs)) {
		return runName{}
	}
	return n.runs[seq-1]
}

// seqOf returns the act of a run, or -1.
func (n *nameTable) seqOf(id ledger.RunID) int64 {
	if id == 0 {
		return -1
	}
	for i := range n.runs {
		if n.runs[i].id == id {
			return int64(i) + 1
		}
	}
	return -1
}

const (
	sqlDocumentNames = `SELECT id, name FROM document WHERE seq > $1 AND seq <= $2`
	sqlRunNames      = `SELECT seq, id, recorded_at FROM run WHERE seq > $1 AND seq <= $2 ORDER BY seq`
)

// names returns the table with all acts written so far; only the new ones are
// read. A query that is bounded by its seq sees a state in which every run is
// whole and has a name, whatever is being written at the same time.
func (s *Store) names(ctx context.Context) (*nameTable, error) {
	seq, err := s.Version(ctx)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.table
	if old == nil {
		old = &nameTable{documents: map[int64]string{}}
	}
	if old.seq >= seq && s.table != nil {
		return s.table, nil
	}
	n := &nameTable{seq: seq, documents: maps.Clone(old.documents), runs: old.runs}
	if err := s.addDocuments(ctx, n, old.seq); err != nil {
		return nil, failed("store.names", s.name, err)
	}
	if err := s.addRuns(ctx, n, old.seq); err != nil {
		return nil, failed("store.names", s.name, err)
	}
	s.table = n
	return n, nil
}

func (s *Store) addDocuments(ctx context.Context, n *nameTable, after int64) error {
	rows, err := s.read.QueryContext(ctx, sqlDocumentNames, after, n.seq)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var name string
		if err := rows.Scan(&id, &name); err != nil {
			return err
		}
		n.documents[id] = name
	}
	return rows.Err()
}

// addRuns appends the new runs; readers of the old table do not look beyond
// its length.
func (s *Store) addRuns(ctx context.Context, n *nameTable, after int64) error {
	rows, err := s.read.QueryContext(ctx, sqlRunNames, after, n.seq)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var seq, id int64
		var at string
		if err := rows.Scan(&seq, &id, &at); err != nil {
			return err
		}
		t, err := time.Parse(timeText, at)
		if err != nil {
			return err
		}
		for int64(len(n.runs)) < seq-1 { // acts that were no runs
			n.runs = append(n.runs, runName{})
		}
		n.runs = append(n.runs, runName{ledger.RunID(id), t})
	}
	return rows.Err()
}
