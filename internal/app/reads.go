package app

import (
	"context"
	"sync"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
)

// What is read that is not for everybody: the words of noteRead.
const (
	readDraft    = "draft"    // a draft or submission of somebody else
	readImport   = "import"   // a table of somebody else
	readAccounts = "accounts" // who has an account and what they may do
	readJournal  = "journal"
	readFile     = "file" // the original of evidence that was not published
)

const (
	readNoteEvery = time.Minute            // the same reader and thing again within it is the same read
	readNoteWait  = 500 * time.Millisecond // an answer waits so long for its entry; a long import may hold the journal longer
	readNoteQueue = 10_000                 // entries that wait for the journal
	readNoteBatch = 500                    // entries written at once
	readNoteAgain = 5 * time.Second        // after the journal could not be written
)

// noteRead writes into the chain "read" of the journal that whoever acts read
// something that is not for everybody. Call it before the answer is given, and
// give no answer when it returns an error: what cannot be journaled is not
// shown.
//
// Entries of readers who come at the same time share one write to the disk.
// While a long import holds the journal an answer waits for readNoteWait and
// goes out; its entry follows. Only a crash in that time can lose it.
func (a *App) noteRead(ctx context.Context, what, subject string) error {
	who := actor.From(ctx).ID
	if who == "" {
		who = programID
	}
	return a.reads.note(ctx, actor.Entry{At: a.Clock(), Actor: who, Op: "read " + what, Subject: subject})
}

// readNotes collects entries and writes them together.
type readNotes struct {
	store *store.Store

	mu      sync.Mutex
	waiting []*readNote
	recent  map[readKey]time.Time
	writing bool
	idle    sync.Cond // nothing is being written
}

type readKey struct {
	actor   actor.ID
	op      string
	subject string
}

// readNote is an entry on its way into the journal.
type readNote struct {
	entry    actor.Entry
	done     chan error // one place, so that nobody has to listen
	answered bool       // the reader did not wait: the entry must not be lost
}

func newReadNotes(s *store.Store) *readNotes {
	r := &readNotes{store: s, recent: map[readKey]time.Time{}}
	r.idle.L = &r.mu
	return r
}

func (r *readNotes) note(ctx context.Context, e actor.Entry) error {
	n, err := r.add(e)
	if n == nil || err != nil {
		return err
	}
	late := time.NewTimer(readNoteWait)
	defer late.Stop()
	select {
	case err := <-n.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-late.C:
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case err := <-n.done: // just now
		return err
	default:
		n.answered = true
		return nil
	}
}

// add queues an entry, unless the same was noted a moment ago.
func (r *readNotes) add(e actor.Entry) (*readNote, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := readKey{e.Actor, e.Op, e.Subject}
	if at, ok := r.recent[key]; ok && e.At.Sub(at) < readNoteEvery && !e.At.Before(at) {
		return nil, nil
	}
	if len(r.waiting) >= readNoteQueue {
		return nil, fault.New(fault.Unavailable, "app.noteRead", "journal", "the journal cannot keep up, and what is not for everybody is shown only when it is journaled: try again in a minute")
	}
	n := &readNote{entry: e, done: make(chan error, 1)}
	r.waiting = append(r.waiting, n)
	if !r.writing {
		r.writing = true
		go r.write()
	}
	return n, nil
}

// write writes until nothing waits.
func (r *readNotes) write() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for len(r.waiting) > 0 {
		batch := r.waiting[:min(len(r.waiting), readNoteBatch)]
		entries := make([]actor.Entry, len(batch))
		for i, n := range batch {
			entries[i] = n.entry
		}
		r.mu.Unlock()
		err := r.store.NoteAll(context.Background(), store.ReadChain, entries)
		r.mu.Lock()
		r.waiting = r.waiting[len(batch):]
		r.settle(batch, err)
		if err != nil {
			break
		}
	}
	r.writing = false
	r.idle.Broadcast()
}

// settle tells the readers of a batch what became of it. What could not be
// written and was answered already stays, to be tried again.
func (r *readNotes) settle(batch []*readNote, err error) {
	var kept []*readNote
	for _, n := range batch {
		key := readKey{n.entry.Actor, n.entry.Op, n.entry.Subject}
		switch {
		case err == nil:
			r.recent[key] = n.entry.At
			n.done <- nil
		case n.answered:
			kept = append(kept, n)
		default:
			n.done <- err
		}
	}
	r.waiting = append(kept, r.waiting...)
	if err != nil && len(r.waiting) > 0 {
		time.AfterFunc(readNoteAgain, r.again)
	}
	r.forget()
}

func (r *readNotes) again() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.waiting) > 0 && !r.writing {
		r.writing = true
		go r.write()
	}
}

// forget drops what is too old to matter, when there is much of it.
func (r *readNotes) forget() {
	if len(r.recent) < readNoteQueue {
		return
	}
	var newest time.Time
	for _, at := range r.recent {
		if at.After(newest) {
			newest = at
		}
	}
	for key, at := range r.recent {
		if newest.Sub(at) >= readNoteEvery {
			delete(r.recent, key)
		}
	}
}

// wait returns when everything that was noted is written or has failed.
func (r *readNotes) wait() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.writing {
		r.idle.Wait()
	}
}
