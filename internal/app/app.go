// Package app wires the rooms to store and pages: it loads a snapshot of what
// the database holds, asks the rooms for their judgement, keeps what they
// compute as figures, and puts it into the words of the API.
package app

import (
	"context"
	"runtime"
	"time"

	"github.com/shanyraq/shanyraq/exchange/photo"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/hook"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/job"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/period"
)

// App answers questions and takes entries. It is safe for many goroutines.
type App struct {
	Store   *store.Store
	Clock   func() time.Time
	Version string // of the program
	signing        // who has accounts, and how they come in
	telling        // how people and programs outside hear of what happens

	// Jobs is what is done in the background. serve starts it; other commands
	// only put jobs into it.
	Jobs *job.Queue

	// Blobs keeps the contents of evidence; nil: files cannot be sent.
	Blobs      blob.Store
	FileLimits photo.Limits

	imports   importing
	futures   futures                     // that all forecasts share
	portfolio portfolio                   // rows of all works
	devices   register                    // rows of all devices
	access    accessBooks                 // who reaches care
	snapshots *shelf[int64, *Snapshot]    // by act: what was written never changes
	judging   chan struct{}               // places for those who judge a board
	past      *gate                       // before states and days of the past
	reads     *readNotes                  // on their way into the journal
	looking   chan struct{}               // places for those who look at a file that was sent
	compared  *shelf[string, *comparison] // releases, by code
	broken    func() error                // breaks a publication in the middle; for tests
}

// New returns an App over an open store.
func New(s *store.Store, version string) *App {
	a := &App{Store: s, Clock: time.Now, Version: version, FileLimits: photo.Usual, looking: make(chan struct{}, maxLooking), Jobs: job.New(s.Writer(), s.Reader(), job.Options{}), snapshots: newShelf[int64, *Snapshot](maxSnapshots), compared: newShelf[string, *comparison](maxRevisions), access: newAccessBooks(), reads: newReadNotes(s),
		judging: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)/2)), // the other half answers what is quick
		past:    newGate(pastPlaces, pastWaiting)}
	a.Hooks = hook.New(false)
	a.importJobs()
	a.askJobs()
	a.registerJobs()
	a.forecastJobs()
	return a
}

// Serving returns the options of a server over this App; who starts it fills in
// the rest.
func (a *App) Serving() httpapi.Options {
	return httpapi.Options{Reader: a, Writer: a, Identity: a, Accounts: a, Dialogue: a, Works: a, Equipment: a, Access: a, Flow: a, Reporting: a, Imports: a, Files: a, Notices: a, Operations: a, Ready: a.Ready, Samples: a.Samples, Version: a.Version, Now: a.Clock}
}

// Close writes what waits to be written and closes the database.
func (a *App) Close() error {
	a.reads.wait()
	return a.Store.Close()
}

// When is the moment from which a reader looks.
type When = httpapi.When

// view is a snapshot and the day from which it is seen.
type view struct {
	*Snapshot
	at store.At
}

const (
	pastPlaces  = 2  // states and days of the past that are worked out at once
	pastWaiting = 64 // who may wait for that
)

// maxSnapshots bounds how many states of the database are kept in memory.
const maxSnapshots = 8

// look returns the snapshot for a moment. Everything that the view answers is
// bounded by the same act, so that a write in between cannot mix two states.
func (a *App) look(ctx context.Context, w When) (*view, error) {
	if w.Release != "" {
		r, err := a.release(ctx, w.Release)
		if err != nil {
			return nil, err
		}
		return a.frozen(ctx, r)
	}
	seq, err := a.act(ctx, w)
	if err != nil {
		return nil, err
	}
	s, err := a.snapshot(ctx, seq, w.Recorded == nil)
	if err != nil {
		return nil, err
	}
	at := store.At{Seq: seq}
	if w.AsOf != nil {
		at.AsOf = *w.AsOf
	} else {
		at.AsOf = period.DateOf(a.Clock(), s.Country.OffsetMinutes)
	}
	return &view{s, at}, nil
}

// snapshot returns the state after an act. Anybody may ask for any of the past,
// so those are loaded a few at a time.
func (a *App) snapshot(ctx context.Context, seq int64, current bool) (*Snapshot, error) {
	if !current && !a.snapshots.has(seq) {
		leave, err := a.past.enter(ctx)
		if err != nil {
			return nil, err
		}
		defer leave()
	}
	return a.snapshots.get(ctx, seq, func(ctx context.Context) (*Snapshot, error) { return load(ctx, a.Store, seq) })
}

// beforeAll is the act before the first: it sees nothing. Zero would see all.
const beforeAll = -1

// act returns the last act that a moment sees.
func (a *App) act(ctx context.Context, w When) (int64, error) {
	if w.Recorded != nil {
		return a.Store.SeqAt(ctx, *w.Recorded)
	}
	seq, err := a.Store.Version(ctx)
	if seq == 0 {
		seq = beforeAll
	}
	return seq, err
}
