package app

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/store"
)

// empty is an App over a new database.
func empty(t *testing.T) *App {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "x.db"))
	if err != nil {
		t.Fatal(err)
	}
	a := New(s, "test")
	t.Cleanup(func() { a.Close() })
	return a
}

func readEntries(t *testing.T, a *App) []actor.Entry {
	t.Helper()
	list, _, err := a.Store.Journal(t.Context(), store.JournalQuery{Chains: []string{store.ReadChain}})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func reader(t *testing.T, id string) context.Context {
	return actor.With(t.Context(), actor.Actor{ID: actor.ID(id)})
}

// A read is in the journal before it is answered, each reader and thing once a
// minute.
func TestReadsAreJournaledBeforeTheyAreAnswered(t *testing.T) {
	a := empty(t)
	now := time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC)
	a.Clock = func() time.Time { return now }
	read := func(who, subject string) {
		t.Helper()
		if err := a.noteRead(reader(t, who), readDraft, subject); err != nil {
			t.Fatal(err)
		}
	}
	read("u_1", "s1")
	if list := readEntries(t, a); len(list) != 1 || list[0].Actor != "u_1" || list[0].Op != "read draft" || list[0].Subject != "s1" || !list[0].At.Equal(now) {
		t.Fatalf("%+v", list)
	}
	read("u_1", "s1")
	read("u_1", "s2")
	read("u_2", "s1")
	if n := len(readEntries(t, a)); n != 3 {
		t.Errorf("%d entries, want 3", n)
	}
	now = now.Add(readNoteEvery)
	read("u_1", "s1")
	if n := len(readEntries(t, a)); n != 4 {
		t.Errorf("a minute later: %d entries, want 4", n)
	}
	if _, err := a.Store.VerifyChains(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestManyReadersShareAWrite(t *testing.T) {
	a := empty(t)
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			if err := a.noteRead(reader(t, fmt.Sprint("u_", i)), readFile, "f"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := len(readEntries(t, a)); n != 200 {
		t.Errorf("%d entries, want 200", n)
	}
}

// While an act holds the journal, readers wait a little and get their answer;
// their entries follow, and closing waits for them.
func TestAReadDoesNotWaitForALongWrite(t *testing.T) {
	a := empty(t)
	held, free := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		err := a.Store.Act(t.Context(), actor.Entry{Actor: "u_9", At: a.Clock(), Op: "long"}, func(*store.Tx) error {
			close(held)
			<-free
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-held
	start := time.Now()
	if err := a.noteRead(reader(t, "u_1"), readDraft, "s1"); err != nil {
		t.Error(err)
	}
	if took := time.Since(start); took > 10*readNoteWait {
		t.Errorf("the reader waited for %v", took)
	}
	if n := len(readEntries(t, a)); n != 0 {
		t.Errorf("%d entries while the journal is held", n)
	}
	close(free)
	wg.Wait()
	a.reads.wait()
	if n := len(readEntries(t, a)); n != 1 {
		t.Errorf("%d entries afterwards, want 1", n)
	}
}

// What cannot be journaled is not shown.
func TestAReadThatCannotBeJournaledIsRefused(t *testing.T) {
	a := empty(t)
	if err := a.Store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := a.noteRead(reader(t, "u_1"), readDraft, "s1"); err == nil {
		t.Error("a read was answered that nobody will ever know of")
	}
}
