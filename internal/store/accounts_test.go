package store

import (
	"sync"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

func TestCredentials(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		ctx := t.Context()
		login := Credential{Kind: "login", ID: "h1", Account: "u_1", Body: []byte(`{"a":1}`)}
		if err := act(t, s, "invite", func(tx *Tx) error { return tx.AddCredential(login) }); err != nil {
			t.Fatal(err)
		}
		if err := act(t, s, "invite", func(tx *Tx) error { return tx.AddCredential(login) }); !fault.Is(err, fault.Conflict) {
			t.Errorf("the same again: %v", err)
		}
		login.Account, login.Body = "u_2", []byte(`{"a":2}`)
		if err := act(t, s, "change", func(tx *Tx) error { return tx.PutCredential(login) }); err != nil {
			t.Fatal(err)
		}
		got, err := s.Credential(ctx, "login", "h1")
		if err != nil || got.Account != "u_2" || string(got.Body) != `{"a":2}` || got.At.IsZero() {
			t.Errorf("%+v %v", got, err)
		}
		if err := s.TouchCredential(ctx, "login", "h1", []byte(`{"a":3}`)); err != nil {
			t.Error(err)
		}
		if of, err := s.CredentialsOf(ctx, "u_2"); err != nil || len(of) != 1 || string(of[0].Body) != `{"a":3}` {
			t.Errorf("%+v %v", of, err)
		}
		if of, err := s.Credentials(ctx, "login"); err != nil || len(of) != 1 {
			t.Errorf("%+v %v", of, err)
		}
		if err := act(t, s, "drop", func(tx *Tx) error { return tx.DropCredentials("u_2", "login") }); err != nil {
			t.Error(err)
		}
		if _, err := s.Credential(ctx, "login", "h1"); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v", err)
		}
		if err := s.TouchCredential(ctx, "login", "h1", []byte(`{}`)); err != nil {
			t.Error(err)
		}
		if _, err := s.Credential(ctx, "login", "h1"); !fault.Is(err, fault.NotFound) {
			t.Error("a touch brought back what was gone")
		}
	})
}

// Of many who use a one-time link at once, one gets in.
func TestALinkIsTakenOnce(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		if err := act(t, s, "invite", func(tx *Tx) error {
			return tx.AddCredential(Credential{Kind: "link", ID: "h", Account: "u_1", Body: []byte(`{}`)})
		}); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		var mu sync.Mutex
		taken := 0
		for range 8 {
			wg.Go(func() {
				err := act(t, s, "accept", func(tx *Tx) error { _, err := tx.TakeCredential("link", "h"); return err })
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					taken++
				} else if !fault.Is(err, fault.NotFound) {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if taken != 1 {
			t.Errorf("taken %d times", taken)
		}
	})
}

func TestSessions(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		ctx := t.Context()
		err := act(t, s, "sign-in", func(tx *Tx) error {
			for _, x := range []Session{{ID: "a", Account: "u_1"}, {ID: "b", Account: "u_1"}, {ID: "c", Account: "u_1"}, {ID: "d", Account: "u_2"}} {
				x.Created, x.Seen, x.Expires, x.Body = noon, noon, noon.Add(time.Hour), []byte(`{}`)
				if err := tx.AddSession(x); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.SeeSession(ctx, "a", noon.Add(time.Minute)); err != nil {
			t.Error(err)
		}
		if err := s.SeeSession(ctx, "a", noon); err != nil { // a slower server is late
			t.Error(err)
		}
		if x, err := s.Session(ctx, "a"); err != nil || !x.Seen.Equal(noon.Add(time.Minute)) || !x.Expires.Equal(noon.Add(time.Hour)) {
			t.Errorf("%+v %v", x, err)
		}
		err = act(t, s, "sign-out", func(tx *Tx) error {
			if ok, err := tx.DropSession("u_2", "b"); ok || err != nil {
				t.Errorf("the session of another was ended: %v", err)
			}
			if ok, err := tx.DropSession("u_1", "b"); !ok || err != nil {
				t.Errorf("not ended: %v", err)
			}
			return tx.DropSessions("u_1", "a")
		})
		if err != nil {
			t.Fatal(err)
		}
		if list, err := s.Sessions(ctx, "u_1"); err != nil || len(list) != 1 || list[0].ID != "a" {
			t.Errorf("%+v %v", list, err)
		}
		if err := s.SweepAccounts(ctx, noon.Add(2*time.Hour), noon, noon, noon); err != nil {
			t.Error(err)
		}
		for _, id := range []string{"a", "d"} {
			if _, err := s.Session(ctx, id); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s outlived its end: %v", id, err)
			}
		}
	})
}

func TestAttemptsAreCountedOneByOne(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		dsn := fresh(t)
		s := open(t, dsn)
		ctx := t.Context()
		// Eight at once: each count is written by one of them, none is lost.
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				for {
					was, err := s.Attempt(ctx, "x")
					if err != nil {
						t.Error(err)
						return
					}
					ok, err := s.CountAttempt(ctx, "x", was, Attempt{was.Failures + 1, noon})
					if err != nil {
						t.Error(err)
					}
					if ok || err != nil {
						return
					}
				}
			})
		}
		wg.Wait()
		if a, err := s.Attempt(ctx, "x"); err != nil || a.Failures != 8 {
			t.Errorf("%+v %v", a, err)
		}
		again := open(t, dsn) // a restart forgets nothing
		if a, err := again.Attempt(ctx, "x"); err != nil || a.Failures != 8 || !a.At.Equal(noon) {
			t.Errorf("after a restart: %+v %v", a, err)
		}
		if err := s.TakeBackAttempt(ctx, "x"); err != nil {
			t.Error(err)
		}
		if a, _ := s.Attempt(ctx, "x"); a.Failures != 7 {
			t.Errorf("taken back: %+v", a)
		}
		if err := s.ClearAttempts(ctx, "x"); err != nil {
			t.Error(err)
		}
		if a, err := s.Attempt(ctx, "x"); err != nil || a != (Attempt{}) {
			t.Errorf("cleared: %+v %v", a, err)
		}
	})
}

// A ticket is gone when it was taken, whatever comes after, and those that
// nobody took go with the next one.
func TestTickets(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		ctx := t.Context()
		start := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
		keep := func(id string, at time.Time) {
			t.Helper()
			if err := s.KeepTicket(ctx, Credential{Kind: "asked", ID: id, Account: "u_1", At: at, Body: []byte(`{"n":1}`)}, at.Add(-time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
		keep("a", start)
		got, err := s.TakeTicket(ctx, "asked", "a")
		if err != nil || got.Account != "u_1" || !got.At.Equal(start) || string(got.Body) != `{"n":1}` {
			t.Errorf("%+v %v", got, err)
		}
		if _, err := s.TakeTicket(ctx, "asked", "a"); !fault.Is(err, fault.NotFound) {
			t.Errorf("taken twice: %v", err)
		}
		keep("b", start)
		keep("c", start.Add(30*time.Second))
		keep("d", start.Add(80*time.Second))
		if list, err := s.Credentials(ctx, "asked"); err != nil || len(list) != 2 || list[0].ID != "c" {
			t.Errorf("%+v %v", list, err)
		}
	})
}
