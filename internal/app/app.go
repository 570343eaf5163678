// Package app wires the rooms to store and pages: it loads a snapshot of what
// the database holds, asks the rooms for their judgement, keeps what they
// compute as figures, and puts it into the words of the API.
package app

import (
	"context"
	"sync"
	"time"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/period"
)

// App answers questions and takes entries. It is safe for many goroutines.
type App struct {
	Store   *store.Store
	Clock   func() time.Time
	Version string // of the program

	mu        sync.Mutex
	snapshots map[int64]*Snapshot // by act, for the newest version of the database
	version   int64
}

// New returns an App over an open store.
func New(s *store.Store, version string) *App {
	return &App{Store: s, Clock: time.Now, Version: version, snapshots: map[int64]*Snapshot{}}
}

// When is the moment from which a reader looks.
type When = httpapi.When

// view is a snapshot and the day from which it is seen.
type view struct {
	*Snapshot
	at store.At
}

// maxSnapshots bounds how many states of the past are kept in memory.
const maxSnapshots = 8

// look returns the snapshot for a moment, from memory when nothing was
// written since.
func (a *App) look(ctx context.Context, w When) (*view, error) {
	seq := int64(0)
	if w.Recorded != nil {
		var err error
		if seq, err = a.Store.SeqAt(ctx, *w.Recorded); err != nil {
			return nil, err
		}
	}
	version, err := a.Store.Version(ctx)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.version != version || len(a.snapshots) > maxSnapshots {
		a.version, a.snapshots = version, map[int64]*Snapshot{}
	}
	s := a.snapshots[seq]
	if s == nil {
		if s, err = load(ctx, a.Store, seq); err != nil {
			return nil, err
		}
		a.snapshots[seq] = s
	}
	at := store.At{Seq: seq}
	if w.AsOf != nil {
		at.AsOf = *w.AsOf
	} else {
		at.AsOf = period.DateOf(a.Clock(), s.Country.OffsetMinutes)
	}
	return &view{s, at}, nil
}
