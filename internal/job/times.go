package job

import (
	"context"
	"time"
)

// Schedule tells the last time at or before now at which something was due.
type Schedule func(now time.Time) time.Time

// Each is due at every multiple of d.
func Each(d time.Duration) Schedule {
	return func(now time.Time) time.Time { return now.UTC().Truncate(d) }
}

// Daily is due once a day at a time of a zone that is offset minutes east of
// UTC.
func Daily(hour, minute, offset int) Schedule {
	zone := time.FixedZone("", offset*60)
	return func(now time.Time) time.Time {
		n := now.In(zone)
		t := time.Date(n.Year(), n.Month(), n.Day(), hour, minute, 0, 0, zone)
		if t.After(now) {
			t = t.AddDate(0, 0, -1)
		}
		return t.UTC()
	}
}

// Slot is what a job gets that is ordered by the clock: the time at which it
// was due, which may be a while ago if no process ran then.
type Slot struct {
	Due time.Time `json:"due"`
}

type timed struct {
	kind string
	when Schedule
	last time.Time // ordered, or found ordered
}

// Every orders a job of a registered kind, whose order is a Slot, whenever the
// schedule says: once, however many processes there are, and late rather than
// never. Call it before Start.
func (q *Queue) Every(kind string, when Schedule) {
	q.times = append(q.times, timed{kind: kind, when: when})
}

const sqlSlot = `SELECT count(*) FROM job WHERE id = $1`

// tick orders what has become due since it last looked.
func (q *Queue) tick(ctx context.Context) error {
	const op = "job.tick"
	for i := range q.times {
		t := &q.times[i]
		due := t.when(q.o.Clock())
		if due.Equal(t.last) {
			continue
		}
		name := due.UTC().Format(time.RFC3339)
		var n int
		if err := q.read.QueryRowContext(ctx, sqlSlot, "once:"+t.kind+":"+name).Scan(&n); err != nil {
			return failed(op, t.kind, err)
		}
		if n == 0 {
			if err := q.Order(ctx, t.kind, Slot{due}, Once(name)); err != nil {
				return err
			}
		}
		t.last = due
	}
	return nil
}

// Order inserts a job in a transaction of its own, where no act wants it.
func (q *Queue) Order(ctx context.Context, kind string, args any, orders ...Order) error {
	const op = "job.Order"
	tx, err := q.write.BeginTx(ctx, nil)
	if err != nil {
		return failed(op, kind, err)
	}
	defer tx.Rollback()
	if _, err := q.Insert(tx, kind, args, orders...); err != nil {
		return err
	}
	return failed(op, kind, tx.Commit())
}

const (
	sqlOld   = `SELECT count(*) FROM job WHERE finished_at <> '' AND finished_at < $1`
	sqlSweep = `DELETE FROM job WHERE finished_at <> '' AND finished_at < $1`
)

// sweep deletes what was finished long ago.
func (q *Queue) sweep(ctx context.Context, now time.Time) error {
	const op = "job.sweep"
	before := text(now.Add(-keepDone))
	var n int
	if err := q.read.QueryRowContext(ctx, sqlOld, before).Scan(&n); err != nil || n == 0 {
		return failed(op, "", err)
	}
	_, err := q.write.ExecContext(ctx, sqlSweep, before)
	return failed(op, "", err)
}
