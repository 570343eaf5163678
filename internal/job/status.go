package job

import (
	"context"
	"database/sql"
	"time"
)

// State is where a job is in its life.
type State string

// The states.
const (
	Waiting   State = "waiting"
	Running   State = "running"
	Succeeded State = "done"
	Failed    State = "failed" // for good
	Cancelled State = "cancelled"
)

// Status is what can be told about a job.
type Status struct {
	ID, Kind       string
	State          State
	Attempt, Tries int
	Step, Total    int64  // how far it is; 0 of 0 when it does not say
	Problem        string // of the last attempt that failed
	Created        time.Time
	Finished       time.Time // zero while it is not finished
}

const sqlStatus = `
	SELECT id, kind, state, attempt, tries, progress, total, problem, created_at, finished_at FROM job WHERE id = $1`

// Status tells how a job is doing; fault.NotFound some weeks after its end.
func (q *Queue) Status(ctx context.Context, id string) (Status, error) {
	const op = "job.Status"
	var s Status
	var created, finished string
	err := q.read.QueryRowContext(ctx, sqlStatus, id).Scan(&s.ID, &s.Kind, &s.State, &s.Attempt, &s.Tries, &s.Step, &s.Total, &s.Problem, &created, &finished)
	if err != nil {
		return s, failed(op, id, err)
	}
	if s.Created, err = time.Parse(timeText, created); err != nil {
		return s, failed(op, id, err)
	}
	if finished != "" {
		if s.Finished, err = time.Parse(timeText, finished); err != nil {
			return s, failed(op, id, err)
		}
		return s, nil
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if h := q.running[id]; h != nil { // fresher than the table
		s.Step, s.Total = h.step.Load(), h.total.Load()
	}
	return s, nil
}

const (
	// A job that waits is over at once, one that runs is told to end.
	sqlCancel = `
	UPDATE job SET stop = 1,
		state = CASE WHEN state = 'waiting' THEN 'cancelled' ELSE state END,
		finished_at = CASE WHEN state = 'waiting' THEN $2 ELSE '' END
	WHERE id = $1 AND finished_at = ''`
)

// Cancel breaks a job off as part of tx: one that waits is never begun, the
// context of one that runs ends soon. A finished job stays as it is.
func (q *Queue) Cancel(tx *sql.Tx, id string) error {
	_, err := tx.ExecContext(context.Background(), sqlCancel, id, text(q.o.Clock()))
	return failed("job.Cancel", id, err)
}

// Load counts the jobs of a kind.
type Load struct {
	Kind             string
	Waiting, Running int64
	Failed           int64     // for good, in the last weeks
	Oldest           time.Time // since when the oldest waits; zero when none does
}

const sqlLoad = `
	SELECT kind,
		SUM(CASE WHEN state = 'waiting' THEN 1 ELSE 0 END),
		SUM(CASE WHEN state = 'running' THEN 1 ELSE 0 END),
		SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END),
		COALESCE(MIN(CASE WHEN finished_at = '' THEN created_at END), '')
	FROM job GROUP BY kind ORDER BY kind`

// Load tells for each kind how many jobs there are, for those who watch the
// server.
func (q *Queue) Load(ctx context.Context) ([]Load, error) {
	const op = "job.Load"
	rows, err := q.read.QueryContext(ctx, sqlLoad)
	if err != nil {
		return nil, failed(op, "", err)
	}
	defer rows.Close()
	var out []Load
	for rows.Next() {
		var l Load
		var oldest string
		if err := rows.Scan(&l.Kind, &l.Waiting, &l.Running, &l.Failed, &oldest); err != nil {
			return nil, failed(op, "", err)
		}
		if oldest != "" {
			if l.Oldest, err = time.Parse(timeText, oldest); err != nil {
				return nil, failed(op, "", err)
			}
		}
		out = append(out, l)
	}
	return out, failed(op, "", rows.Err())
}
