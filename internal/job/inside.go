package job

import (
	"context"
	"database/sql"
	"errors"
	"regexp"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// Progress says how far the job of ctx is. It costs nothing and may be called
// for every row; outside a job it does nothing.
func Progress(ctx context.Context, step, total int64) {
	if h, ok := ctx.Value(holdKey{}).(*hold); ok {
		h.total.Store(total)
		h.step.Store(step)
	}
}

// Attempt tells which attempt of how many this is, counted from 1; 0 outside a
// job.
func Attempt(ctx context.Context) (n, of int) {
	if h, ok := ctx.Value(holdKey{}).(*hold); ok {
		return h.attempt, h.tries
	}
	return 0, 0
}

// ID is the id of the job of ctx, the same in every attempt; "" outside a job.
func ID(ctx context.Context) string {
	if h, ok := ctx.Value(holdKey{}).(*hold); ok {
		return h.id
	}
	return ""
}

// Done marks the job of ctx as done within tx, so that what tx writes happens
// once even if the process dies before the job returns. It is fault.Conflict
// when another process has the job by now: then take tx back. Outside a job it
// does nothing.
func Done(ctx context.Context, tx *sql.Tx) error {
	h, ok := ctx.Value(holdKey{}).(*hold)
	if !ok {
		return nil
	}
	if err := h.finish(ctx, tx, "done", "", h.q.o.Clock()); err != nil {
		return err
	}
	h.done.Store(true)
	return nil
}

// giveUp marks an error after which no attempt follows.
type giveUp struct{ error }

func (g giveUp) Unwrap() error { return g.error }

// GiveUp wraps an error that another attempt would not mend.
func GiveUp(err error) error {
	if err == nil {
		return nil
	}
	return giveUp{err}
}

// later marks an error that says when to try again.
type later struct {
	error
	wait time.Duration
}

func (l later) Unwrap() error { return l.error }

// Later wraps an error after which the next attempt comes in wait, as a server
// may ask for.
func Later(wait time.Duration, err error) error {
	if err == nil {
		return nil
	}
	return later{err, wait}
}

// said is an error as it may be kept: servers like to repeat addresses of
// people.
func said(err error) string {
	if err == nil {
		return ""
	}
	const most = 300
	s := address.ReplaceAllString(err.Error(), "…@…")
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return s
}

var address = regexp.MustCompile(`[^\s<>"'(),:;]+@[^\s<>"'(),:;]+`)

// failed turns errors of the database into faults.
func failed(op, subject string, err error) error {
	var f *fault.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		return err
	case errors.Is(err, sql.ErrNoRows):
		return fault.New(fault.NotFound, op, subject, "there is no such job")
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.New(fault.Unavailable, op, subject, "it was broken off before it was done: %w", err)
	}
	return fault.New(fault.Internal, op, subject, "the queue cannot be read or written: %w", err)
}
