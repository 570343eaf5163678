package job

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// passAfter is the attempt from which a job of a lane no longer holds up the
// others.
const passAfter = 3

const (
	// Due, and nobody has a lease. Kinds are appended to it.
	sqlDue = `
	SELECT j.id FROM job j
	WHERE j.finished_at = '' AND j.run_at <= $1 AND j.locked_until < $1
		AND (j.lane = '' OR NOT EXISTS (
			SELECT 1 FROM job e WHERE e.lane = j.lane AND e.lane <> '' AND e.finished_at = '' AND e.id <> j.id
				AND (e.locked_until >= $1 OR e.id < j.id AND e.attempt < $2)))
		AND j.kind IN (%s)
	ORDER BY j.run_at, j.id LIMIT $3`
	// The conditions are said again: on PostgreSQL two processes may have found
	// the same job, and the second one then sees what the first one wrote.
	sqlTake = `
	UPDATE job SET state = 'running', attempt = attempt + 1, holder = $2, locked_until = $3, progress = 0
	WHERE id = $1 AND finished_at = '' AND run_at <= $4 AND locked_until < $4
	RETURNING kind, args, attempt, tries, stop`
	sqlRenew = `
	UPDATE job SET locked_until = $4, progress = $5, total = $6
	WHERE id = $1 AND holder = $2 AND attempt = $3 AND finished_at = ''
	RETURNING stop`
	sqlFinish = `
	UPDATE job SET state = $4, problem = $5, progress = $6, total = $7, finished_at = $8, holder = '', locked_until = ''
	WHERE id = $1 AND holder = $2 AND attempt = $3 AND finished_at = ''`
	sqlAgain = `
	UPDATE job SET state = 'waiting', problem = $4, run_at = $5, attempt = $6, holder = '', locked_until = ''
	WHERE id = $1 AND holder = $2 AND attempt = $3 AND finished_at = ''`
)

// hold is a job that this process does.
type hold struct {
	q              *Queue
	id, kind       string
	args           []byte
	attempt, tries int
	unwanted       bool // already when it was taken
	cancel         context.CancelCauseFunc
	renewed        time.Time // the lease counts from here
	done           atomic.Bool
	step, total    atomic.Int64
	saved          int64 // the step that the table knows
}

var (
	errStopped  = errors.New("the program stops")
	errUnwanted = errors.New("somebody broke it off")
	errLost     = errors.New("another process has it now")
)

// Start begins to take jobs, until Stop.
func (q *Queue) Start(ctx context.Context) {
	ctx, q.stop = context.WithCancel(context.WithoutCancel(ctx))
	q.stopped = make(chan struct{})
	go q.renewals(ctx)
	go func() {
		defer close(q.stopped)
		q.loop(ctx)
	}()
}

// grace is what a job has to end after it was told to.
const grace = 3 * time.Second

// Stop takes no more jobs, waits for those that run until ctx ends, and then
// breaks them off; they begin anew when the program does.
func (q *Queue) Stop(ctx context.Context) {
	if q.stop == nil {
		return
	}
	q.mu.Lock()
	q.stopping = true
	q.mu.Unlock()
	if !q.drained(ctx) {
		q.mu.Lock()
		for _, h := range q.running {
			h.cancel(errStopped)
		}
		q.mu.Unlock()
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer cancel()
		q.drained(last)
	}
	q.stop()
	<-q.stopped
}

// drained waits until nothing runs, and tells whether that came before ctx
// ended.
func (q *Queue) drained(ctx context.Context) bool {
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		q.mu.Lock()
		n := len(q.running)
		q.mu.Unlock()
		if n == 0 {
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-tick.C:
		}
	}
}

// loop takes jobs as long as there are due ones and free places.
func (q *Queue) loop(ctx context.Context) {
	due := q.dueQuery()
	var swept time.Time
	for {
		if err := q.tick(ctx); err != nil && ctx.Err() == nil {
			q.o.Log.Warn("jobs that are due at fixed times were not ordered", "problem", said(err))
		}
		if now := q.o.Clock(); now.Sub(swept) > sweepEvery {
			swept = now
			if err := q.sweep(ctx, now); err != nil && ctx.Err() == nil {
				q.o.Log.Warn("old jobs were not deleted", "problem", said(err))
			}
		}
		taken, err := q.take(ctx, due)
		if err != nil && ctx.Err() == nil {
			q.o.Log.Warn("no jobs can be taken", "problem", said(err))
		}
		if taken > 0 {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-q.wake:
		case <-time.After(q.pause()):
		}
	}
}

func (q *Queue) pause() time.Duration {
	q.mu.Lock()
	defer q.mu.Unlock()
	if time.Now().Before(q.soon) {
		return min(soonPoll, q.o.Poll)
	}
	return q.o.Poll
}

// dueQuery asks for the kinds that this program knows: a job of a newer
// program waits for that one.
func (q *Queue) dueQuery() string {
	names := slices.Sorted(func(yield func(string) bool) {
		for name := range q.kinds {
			if !yield("'" + strings.ReplaceAll(name, "'", "''") + "'") {
				return
			}
		}
	})
	if len(names) == 0 {
		names = []string{"''"}
	}
	return fmt.Sprintf(sqlDue, strings.Join(names, ", "))
}

// take begins as many due jobs as there are free places. A table without due
// jobs is only read.
func (q *Queue) take(ctx context.Context, due string) (int, error) {
	const op = "job.take"
	q.mu.Lock()
	free, mine := q.o.Workers-len(q.running), maps.Clone(q.running)
	if q.stopping {
		free = 0
	}
	q.mu.Unlock()
	if free == 0 {
		return 0, nil
	}
	now := q.o.Clock()
	ids, err := q.due(ctx, due, now, q.o.Workers)
	// What runs here stays here, also when its lease could not be renewed.
	ids = slices.DeleteFunc(ids, func(id string) bool { return mine[id] != nil })
	ids = ids[:min(len(ids), free)]
	if err != nil || len(ids) == 0 {
		return 0, failed(op, "", err)
	}
	slices.Sort(ids) // two processes lock rows in one order
	tx, err := q.write.BeginTx(ctx, nil)
	if err != nil {
		return 0, failed(op, "", err)
	}
	defer tx.Rollback()
	now = q.o.Clock() // on SQLite the writer may have been busy for long
	var holds []*hold
	for _, id := range ids {
		h := &hold{q: q, id: id, renewed: now}
		var args string
		var stop int
		err := tx.QueryRowContext(ctx, sqlTake, id, q.holder, text(now.Add(q.o.Lease)), text(now)).Scan(&h.kind, &args, &h.attempt, &h.tries, &stop)
		if errors.Is(err, sql.ErrNoRows) {
			continue // another process was faster
		}
		if err != nil {
			return 0, failed(op, "", err)
		}
		h.args, h.unwanted = []byte(args), stop != 0
		holds = append(holds, h)
	}
	if err := tx.Commit(); err != nil {
		return 0, failed(op, "", err)
	}
	for _, h := range holds {
		q.begin(ctx, h)
	}
	return len(holds), nil
}

func (q *Queue) due(ctx context.Context, query string, now time.Time, limit int) ([]string, error) {
	rows, err := q.read.QueryContext(ctx, query, text(now), passAfter, limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

type holdKey struct{}

// begin does a job beside the others.
func (q *Queue) begin(ctx context.Context, h *hold) {
	ctx = context.WithValue(ctx, holdKey{}, h)
	ctx, h.cancel = context.WithCancelCause(ctx)
	if h.unwanted {
		h.cancel(errUnwanted)
	}
	q.mu.Lock()
	q.running[h.id] = h
	q.mu.Unlock()
	go func() {
		started := time.Now()
		err := q.attempt(ctx, h)
		cause := context.Cause(ctx)
		h.cancel(nil)
		q.end(context.WithoutCancel(ctx), h, err, cause, time.Since(started))
		q.mu.Lock()
		delete(q.running, h.id)
		q.mu.Unlock()
		select {
		case q.wake <- struct{}{}: // there is a free place
		default:
		}
	}()
}

// attempt runs what the kind says. A panic is an error like any other.
func (q *Queue) attempt(ctx context.Context, h *hold) (err error) {
	defer func() {
		if p := recover(); p != nil {
			q.o.Log.Error("a job panicked", "kind", h.kind, "id", h.id, "stack", string(debug.Stack()))
			err = fault.New(fault.Internal, "job.Work", h.kind, "the program failed inside")
		}
	}()
	if h.attempt > h.tries {
		return GiveUp(fault.New(fault.Internal, "job.Work", h.kind, "each attempt ended with the process that made it"))
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	k := q.kinds[h.kind]
	if k.timeout > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, k.timeout)
		defer cancel()
	}
	return k.work(ctx, h.args)
}

// end writes how an attempt ended. Where the database does not answer, the
// lease runs out and the job is done again.
func (q *Queue) end(ctx context.Context, h *hold, err, cause error, took time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, q.o.Lease)
	defer cancel()
	now := q.o.Clock()
	log := q.o.Log.With("kind", h.kind, "id", h.id, "attempt", h.attempt, "took", took.Round(time.Millisecond).String())
	var written error
	switch retry, wait := q.again(h, err); {
	case err == nil && h.done.Load():
		log.Debug("job done") // with what it did
	case err == nil:
		written = h.finish(ctx, q.write, "done", "", now)
		log.Debug("job done")
	case errors.Is(cause, errLost):
		log.Warn("job lost to another process")
	case errors.Is(cause, errUnwanted):
		written = h.finish(ctx, q.write, "cancelled", said(err), now)
		log.Info("job broken off")
	case errors.Is(cause, errStopped):
		written = h.exec(ctx, q.write, sqlAgain, "", text(now), h.attempt-1)
		log.Info("job put back")
	case retry:
		written = h.exec(ctx, q.write, sqlAgain, said(err), text(now.Add(wait)), h.attempt)
		log.Warn("job failed, another attempt follows", "in", wait.String(), "problem", said(err))
	default:
		written = h.finish(ctx, q.write, "failed", said(err), now)
		log.Error("job failed for good", "problem", said(err))
	}
	if written != nil {
		log.Error("the end of a job was not written", "problem", said(written))
	}
}

// again tells whether there is another attempt, and after how long.
func (q *Queue) again(h *hold, err error) (bool, time.Duration) {
	var no giveUp
	if err == nil || errors.As(err, &no) || h.attempt >= h.tries {
		return false, 0
	}
	var later later
	if errors.As(err, &later) {
		return true, later.wait
	}
	return true, q.kinds[h.kind].backoff(h.attempt)
}

// execer is the database or a transaction.
type execer interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}

func (h *hold) finish(ctx context.Context, db execer, state, problem string, now time.Time) error {
	return h.exec(ctx, db, sqlFinish, state, problem, h.step.Load(), h.total.Load(), text(now))
}

// exec changes the row as long as this process has it.
func (h *hold) exec(ctx context.Context, db execer, query string, args ...any) error {
	const op = "job.end"
	r, err := db.ExecContext(ctx, query, append([]any{h.id, h.q.holder, h.attempt}, args...)...)
	if err != nil {
		return failed(op, h.kind, err)
	}
	if n, err := r.RowsAffected(); err != nil || n != 1 {
		return fault.New(fault.Conflict, op, h.kind, "another process has this job now: nothing was written")
	}
	return nil
}

// renewals keeps the leases of what runs, saves how far it is, and sees what
// somebody wants broken off.
func (q *Queue) renewals(ctx context.Context) {
	every := min(time.Second, q.o.Lease/6)
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		q.mu.Lock()
		var holds []*hold
		for _, h := range q.running {
			holds = append(holds, h)
		}
		q.mu.Unlock()
		for _, h := range holds {
			q.renew(ctx, h)
		}
	}
}

// renew writes when the lease or the step is old. On SQLite it waits while the
// job itself writes; nobody else can take the job then.
func (q *Queue) renew(ctx context.Context, h *hold) {
	now, step := q.o.Clock(), h.step.Load()
	if now.Sub(h.renewed) < q.o.Lease/6 && step == h.saved || h.done.Load() {
		return
	}
	wait, cancel := context.WithTimeout(ctx, q.o.Lease/3)
	defer cancel()
	var stop int
	err := q.write.QueryRowContext(wait, sqlRenew, h.id, q.holder, h.attempt, text(now.Add(q.o.Lease)), step, h.total.Load()).Scan(&stop)
	switch {
	case err == nil:
		h.renewed, h.saved = now, step
		if stop != 0 {
			h.cancel(errUnwanted)
		}
	case errors.Is(err, sql.ErrNoRows) && !h.done.Load():
		h.cancel(errLost)
	}
}
