package job

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/pgtest"
)

func TestMain(m *testing.M) {
	if dsn := os.Getenv(childDSN); dsn != "" {
		os.Exit(workUntilKilled(dsn))
	}
	os.Exit(pgtest.Main(m))
}

// base is a database as the store opens it: on SQLite one connection writes.
type base struct{ write, read *sql.DB }

func connect(dsn string) (base, error) {
	file, lite := strings.CutPrefix(dsn, "sqlite:")
	if !lite {
		db, err := sql.Open("pgx", dsn)
		return base{db, db}, err
	}
	const pragmas = "?_pragma=busy_timeout(20000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"
	w, err := sql.Open("sqlite", "file:"+file+pragmas+"&_txlock=immediate")
	if err != nil {
		return base{}, err
	}
	w.SetMaxOpenConns(1)
	r, err := sql.Open("sqlite", "file:"+file+pragmas+"&_pragma=query_only(1)")
	return base{w, r}, err
}

// prepare makes the tables of the store, and one for effects.
func prepare(t testing.TB, dsn string) base {
	t.Helper()
	b, err := connect(dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.write.Close(); b.read.Close() })
	src, err := os.ReadFile("../store/migrations/0002_desk.sql")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(src), "CREATE TABLE job (")
	if !ok {
		t.Fatal("the migration has no table job")
	}
	for _, q := range strings.Split("CREATE TABLE job ("+table, ";\n") {
		if strings.Contains(q, "job") {
			if _, err := b.write.Exec(q); err != nil {
				t.Fatalf("%s: %v", q, err)
			}
		}
	}
	if _, err := b.write.Exec(`CREATE TABLE effect (n BIGINT NOT NULL)`); err != nil {
		t.Fatal(err)
	}
	return b
}

func both(t *testing.T, test func(t *testing.T, b base)) {
	t.Run("sqlite", func(t *testing.T) { test(t, prepare(t, "sqlite:"+filepath.Join(t.TempDir(), "job.db"))) })
	t.Run("postgres", func(t *testing.T) { test(t, prepare(t, pgtest.DSN(t))) })
}

func quick(b base) *Queue {
	return New(b.write, b.read, Options{Poll: 20 * time.Millisecond, Lease: time.Second})
}

func start(t testing.TB, q *Queue) {
	t.Helper()
	q.Start(t.Context())
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		q.Stop(ctx)
	})
}

func (b base) act(t testing.TB, do func(tx *sql.Tx)) {
	t.Helper()
	tx, err := b.write.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	do(tx)
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
}

func (b base) insert(t testing.TB, q *Queue, kind string, args any, orders ...Order) string {
	t.Helper()
	var id string
	b.act(t, func(tx *sql.Tx) {
		var err error
		if id, err = q.Insert(tx, kind, args, orders...); err != nil {
			t.Fatal(err)
		}
	})
	return id
}

// until waits for a state and returns the status.
func until(t testing.TB, q *Queue, id string, want State) Status {
	t.Helper()
	end := time.Now().Add(15 * time.Second)
	for {
		s, err := q.Status(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if s.State == want {
			return s
		}
		if time.Now().After(end) {
			t.Fatalf("%+v never became %s", s, want)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

type number struct{ N int }

func now(int) time.Duration { return 0 }

func TestAJobIsThereExactlyIfTheActIs(t *testing.T) {
	both(t, func(t *testing.T, b base) {
		q := quick(b)
		got := make(chan int, 10)
		Register(q, "tell", func(_ context.Context, a number) error { got <- a.N; return nil })
		start(t, q)
		tx, err := b.write.Begin()
		if err != nil {
			t.Fatal(err)
		}
		id, err := q.Insert(tx, "tell", number{1})
		if err != nil {
			t.Fatal(err)
		}
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		until(t, q, b.insert(t, q, "tell", number{2}), Succeeded)
		if n := <-got; n != 2 || len(got) != 0 {
			t.Errorf("the job of an act that was taken back ran: %d", n)
		}
		if _, err := q.Status(t.Context(), id); !fault.Is(err, fault.NotFound) {
			t.Errorf("%v, want not found", err)
		}
		b.act(t, func(tx *sql.Tx) {
			if _, err := q.Insert(tx, "unheard", nil); !fault.Is(err, fault.Internal) {
				t.Errorf("a kind that nobody does was taken: %v", err)
			}
		})
	})
}

func TestHowAttemptsEnd(t *testing.T) {
	broken := fault.New(fault.Unavailable, "test", "", "mail for aigul@example.kz was refused")
	tests := []struct {
		name    string
		work    func(attempt int) error
		state   State
		attempt int
		problem string
	}{
		{"at once", func(int) error { return nil }, Succeeded, 1, ""},
		{"the third time", func(n int) error {
			if n < 3 {
				return broken
			}
			return nil
		}, Succeeded, 3, ""},
		{"never", func(int) error { return broken }, Failed, 4, "mail for …@… was refused"},
		{"hopeless", func(int) error { return fmt.Errorf("wrapped: %w", GiveUp(broken)) }, Failed, 1, "wrapped: mail for …@… was refused"},
		{"a panic", func(int) error { panic("oh") }, Failed, 4, "a_panic: the program failed inside"},
		{"later", func(n int) error {
			if n == 1 {
				return Later(time.Millisecond, broken)
			}
			return nil
		}, Succeeded, 2, ""},
		{"too slow", func(int) error { time.Sleep(80 * time.Millisecond); return context.DeadlineExceeded }, Failed, 4, "context deadline exceeded"},
	}
	both(t, func(t *testing.T, b base) {
		q := quick(b)
		ids := map[string]string{}
		for _, tt := range tests {
			Register(q, strings.ReplaceAll(tt.name, " ", "_"), func(ctx context.Context, _ number) error {
				n, of := Attempt(ctx)
				if of != 4 || ID(ctx) == "" {
					t.Errorf("attempt %d of %d of job %q", n, of, ID(ctx))
				}
				return tt.work(n)
			}, Tries(4), Backoff(now), Timeout(50*time.Millisecond))
		}
		start(t, q)
		for _, tt := range tests {
			ids[tt.name] = b.insert(t, q, strings.ReplaceAll(tt.name, " ", "_"), number{})
		}
		for _, tt := range tests {
			s := until(t, q, ids[tt.name], tt.state)
			if s.Attempt != tt.attempt || s.Finished.Before(s.Created) {
				t.Errorf("%s: %+v, want attempt %d", tt.name, s, tt.attempt)
			}
			if tt.state == Failed && s.Problem != tt.problem {
				t.Errorf("%s: %q, want %q", tt.name, s.Problem, tt.problem)
			}
		}
	})
}

func TestNamesAreUnique(t *testing.T) {
	both(t, func(t *testing.T, b base) {
		q := quick(b)
		let := make(chan bool)
		var ran atomic.Int64
		Register(q, "slow", func(context.Context, number) error { ran.Add(1); <-let; return nil })
		first := b.insert(t, q, "slow", number{}, Named("a"))
		if again := b.insert(t, q, "slow", number{}, Named("a")); again != first {
			t.Error("a waiting job was ordered twice")
		}
		start(t, q)
		until(t, q, first, Running)
		if again := b.insert(t, q, "slow", number{}, Named("a")); again != first {
			t.Error("a running job was ordered twice")
		}
		let <- true
		until(t, q, first, Succeeded)
		second := b.insert(t, q, "slow", number{}, Named("a"))
		if second == first {
			t.Error("after its end a job cannot be ordered again")
		}
		let <- true
		until(t, q, second, Succeeded)
		once := b.insert(t, q, "slow", number{}, Once("x"))
		let <- true
		until(t, q, once, Succeeded)
		if b.insert(t, q, "slow", number{}, Once("x")) != once {
			t.Error("once has two ids")
		}
		time.Sleep(100 * time.Millisecond)
		if n := ran.Load(); n != 3 {
			t.Errorf("%d jobs ran, want 3", n)
		}
	})
}

func TestALaneKeepsItsOrder(t *testing.T) {
	both(t, func(t *testing.T, b base) {
		q := quick(b)
		var mu sync.Mutex
		var seen []int
		busy := map[string]*atomic.Int64{"left": {}, "right": {}}
		Register(q, "step", func(ctx context.Context, a number) error {
			lane := busy[[]string{"left", "right"}[a.N%2]]
			if lane.Add(1) != 1 {
				t.Error("two at once in a lane")
			}
			defer lane.Add(-1)
			time.Sleep(2 * time.Millisecond)
			if n, _ := Attempt(ctx); a.N == 4 && n < 3 {
				return errors.New("not yet")
			}
			mu.Lock()
			defer mu.Unlock()
			seen = append(seen, a.N)
			return nil
		}, Backoff(func(int) time.Duration { return 30 * time.Millisecond }))
		var ids []string
		b.act(t, func(tx *sql.Tx) {
			for i := range 20 {
				id, err := q.Insert(tx, "step", number{i}, Lane([]string{"left", "right"}[i%2]))
				if err != nil {
					t.Fatal(err)
				}
				ids = append(ids, id)
			}
		})
		if !slices.IsSorted(ids) {
			t.Error("ids do not grow")
		}
		start(t, q)
		for _, id := range ids {
			until(t, q, id, Succeeded)
		}
		mu.Lock()
		defer mu.Unlock()
		for lane := range 2 {
			one := slices.DeleteFunc(slices.Clone(seen), func(n int) bool { return n%2 != lane })
			if len(one) != 10 || !slices.IsSorted(one) {
				t.Errorf("lane %d: %v", lane, one)
			}
		}
	})
}

func TestALaneIsNotHeldUpForEver(t *testing.T) {
	both(t, func(t *testing.T, b base) {
		q := quick(b)
		Register(q, "step", func(_ context.Context, a number) error {
			if a.N == 0 {
				return errors.New("never")
			}
			return nil
		}, Backoff(func(n int) time.Duration {
			if n < passAfter {
				return 0
			}
			return time.Hour
		}))
		stuck := b.insert(t, q, "step", number{0}, Lane("l"))
		next := b.insert(t, q, "step", number{1}, Lane("l"))
		start(t, q)
		until(t, q, next, Succeeded)
		if s := until(t, q, stuck, Waiting); s.Attempt != passAfter || s.Problem != "never" {
			t.Errorf("%+v", s)
		}
	})
}

func TestCancelAndProgress(t *testing.T) {
	both(t, func(t *testing.T, b base) {
		q, other := quick(b), quick(b)
		work := func(ctx context.Context, a number) error {
			Progress(ctx, 7, 10)
			<-ctx.Done()
			return ctx.Err()
		}
		Register(q, "long", work)
		Register(other, "long", work)
		Progress(t.Context(), 1, 1) // outside of a job: nothing
		waits := b.insert(t, q, "long", number{}, At(time.Now().Add(time.Hour)))
		b.act(t, func(tx *sql.Tx) {
			if err := q.Cancel(tx, waits); err != nil {
				t.Fatal(err)
			}
		})
		until(t, q, waits, Cancelled)
		start(t, q)
		runs := b.insert(t, q, "long", number{})
		until(t, q, runs, Running)
		for end := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			s, err := other.Status(t.Context(), runs) // as another process sees it
			if err != nil {
				t.Fatal(err)
			}
			if s.Step == 7 && s.Total == 10 {
				break
			}
			if time.Now().After(end) {
				t.Fatalf("%+v says nothing of its progress", s)
			}
		}
		b.act(t, func(tx *sql.Tx) {
			if err := other.Cancel(tx, runs); err != nil {
				t.Fatal(err)
			}
		})
		if s := until(t, q, runs, Cancelled); s.Finished.IsZero() {
			t.Errorf("%+v", s)
		}
	})
}

func TestStopWaitsAndThenPutsBack(t *testing.T) {
	both(t, func(t *testing.T, b base) {
		q := quick(b)
		let, began := make(chan bool), make(chan bool, 2)
		Register(q, "short", func(context.Context, number) error { began <- true; <-let; return nil })
		Register(q, "long", func(ctx context.Context, _ number) error { began <- true; <-ctx.Done(); return ctx.Err() })
		q.Start(t.Context())
		short, long := b.insert(t, q, "short", number{}), b.insert(t, q, "long", number{})
		<-began
		<-began
		go func() { time.Sleep(50 * time.Millisecond); let <- true }()
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		q.Stop(ctx)
		until(t, q, short, Succeeded)
		if s := until(t, q, long, Waiting); s.Attempt != 0 {
			t.Errorf("being stopped counts as an attempt: %+v", s)
		}
		next := quick(b)
		Register(next, "long", func(context.Context, number) error { return nil })
		start(t, next)
		until(t, next, long, Succeeded)
	})
}

func TestWhatTheDeadHadIsTakenOver(t *testing.T) {
	both(t, func(t *testing.T, b base) {
		dead := quick(b)
		Register(dead, "once", func(context.Context, number) error { return nil }, Tries(2))
		id := b.insert(t, dead, "once", number{})
		if n, err := dead.take(t.Context(), dead.dueQuery()); err != nil || n != 1 {
			t.Fatal(n, err)
		}
		dead.drained(t.Context())
		// As a process leaves it that was killed while it worked.
		if _, err := b.write.Exec(`UPDATE job SET state = 'running', finished_at = '', holder = 'dead', locked_until = $1`, text(time.Now().Add(300*time.Millisecond))); err != nil {
			t.Fatal(err)
		}
		q := quick(b)
		Register(q, "once", func(context.Context, number) error { return nil }, Tries(2))
		start(t, q)
		began := time.Now()
		if s := until(t, q, id, Succeeded); s.Attempt != 2 || time.Since(began) < 200*time.Millisecond {
			t.Errorf("%+v after %v", s, time.Since(began))
		}
	})
}

func TestWhatKillsEveryProcessIsGivenUp(t *testing.T) {
	both(t, func(t *testing.T, b base) {
		q := quick(b)
		Register(q, "poison", func(context.Context, number) error { t.Error("it was begun again"); return nil }, Tries(2))
		id := b.insert(t, q, "poison", number{})
		if _, err := b.write.Exec(`UPDATE job SET state = 'running', attempt = 2, holder = 'dead', locked_until = '2000'`); err != nil {
			t.Fatal(err)
		}
		start(t, q)
		if s := until(t, q, id, Failed); s.Problem != "poison: each attempt ended with the process that made it" {
			t.Errorf("%+v", s)
		}
	})
}

func TestALostJobWritesNothing(t *testing.T) {
	both(t, func(t *testing.T, b base) {
		q := quick(b)
		refused := make(chan error, 1)
		Register(q, "slow", func(ctx context.Context, _ number) error {
			if _, err := b.write.Exec(`UPDATE job SET holder = 'another'`); err != nil {
				t.Error(err)
			}
			tx, err := b.write.Begin()
			if err != nil {
				t.Error(err)
			}
			defer tx.Rollback()
			refused <- Done(ctx, tx)
			return nil
		})
		b.insert(t, q, "slow", number{})
		start(t, q)
		if err := <-refused; !fault.Is(err, fault.Conflict) {
			t.Errorf("%v, want a conflict", err)
		}
	})
}

func TestFixedTimes(t *testing.T) {
	both(t, func(t *testing.T, b base) {
		var ran atomic.Int64
		var clock atomic.Int64
		clock.Store(time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC).Unix())
		for range 2 {
			q := New(b.write, b.read, Options{Poll: 10 * time.Millisecond, Clock: func() time.Time { return time.Unix(clock.Load(), 0) }})
			Register(q, "remind", func(_ context.Context, s Slot) error {
				if s.Due.Minute() != 30 || s.Due.Hour() != 4 {
					t.Errorf("due at %v", s.Due)
				}
				ran.Add(1)
				return nil
			})
			q.Every("remind", Daily(9, 30, 300))
			start(t, q)
		}
		for day := range 3 {
			end := time.Now().Add(5 * time.Second)
			for ran.Load() != int64(day+1) && time.Now().Before(end) {
				time.Sleep(5 * time.Millisecond)
			}
			time.Sleep(60 * time.Millisecond)
			if n := ran.Load(); n != int64(day+1) {
				t.Fatalf("day %d: %d runs", day, n)
			}
			clock.Add(24 * 3600)
		}
	})
}

func TestLoadAndSweep(t *testing.T) {
	both(t, func(t *testing.T, b base) {
		q := quick(b)
		Register(q, "a", func(context.Context, number) error { return nil })
		Register(q, "b", func(context.Context, number) error { return nil })
		b.insert(t, q, "a", number{})
		b.insert(t, q, "a", number{})
		b.insert(t, q, "b", number{})
		if _, err := b.write.Exec(`UPDATE job SET state = 'failed', finished_at = $1 WHERE kind = 'b'`, text(time.Now().Add(-20*24*time.Hour))); err != nil {
			t.Fatal(err)
		}
		got, err := q.Load(t.Context())
		if err != nil || len(got) != 2 || got[0].Kind != "a" || got[0].Waiting != 2 || got[0].Oldest.IsZero() || got[1].Failed != 1 || !got[1].Oldest.IsZero() {
			t.Errorf("%+v %v", got, err)
		}
		start(t, q)
		for end := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
			if got, err = q.Load(t.Context()); err != nil {
				t.Fatal(err)
			}
			if len(got) == 1 {
				break
			}
			if time.Now().After(end) {
				t.Fatalf("%+v was not deleted", got)
			}
		}
	})
}

// An idle queue reads and writes nothing.
func TestAnIdleQueueWritesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "job.db")
	b := prepare(t, "sqlite:"+file)
	q := quick(b)
	Register(q, "a", func(context.Context, number) error { return nil })
	start(t, q)
	until(t, q, b.insert(t, q, "a", number{}), Succeeded)
	time.Sleep(100 * time.Millisecond)
	size := func() int64 {
		s, err := os.Stat(file + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		return s.Size()
	}
	before := size()
	time.Sleep(500 * time.Millisecond) // 25 looks
	if after := size(); after != before {
		t.Errorf("the log grew from %d to %d bytes", before, after)
	}
}

func TestSchedules(t *testing.T) {
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	tests := []struct {
		when      Schedule
		now, want string
	}{
		{Daily(8, 0, 300), "2026-11-24T02:59:59Z", "2026-11-23T03:00:00Z"},
		{Daily(8, 0, 300), "2026-11-24T03:00:00Z", "2026-11-24T03:00:00Z"},
		{Daily(8, 0, 300), "2026-11-24T23:00:00Z", "2026-11-24T03:00:00Z"},
		{Daily(0, 0, 300), "2026-11-24T19:00:00Z", "2026-11-24T19:00:00Z"},
		{Daily(23, 59, -600), "2026-11-24T09:58:00Z", "2026-11-23T09:59:00Z"},
		{Each(time.Hour), "2026-11-24T09:58:00Z", "2026-11-24T09:00:00Z"},
	}
	for _, tt := range tests {
		if got := tt.when(at(tt.now)); !got.Equal(at(tt.want)) {
			t.Errorf("at %s: %s, want %s", tt.now, got, tt.want)
		}
	}
}

func TestWaitGrowsAndEnds(t *testing.T) {
	want := map[int]time.Duration{1: 5 * time.Second, 2: 15 * time.Second, 3: 45 * time.Second, 9: 6 * time.Hour, 1000: 6 * time.Hour}
	for n, d := range want {
		if got := Wait(n); got != d {
			t.Errorf("after attempt %d: %v, want %v", n, got, d)
		}
	}
}
