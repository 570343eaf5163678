package job

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/internal/pgtest"
)

const childDSN = "SHANYRAQ_TEST_JOB_DSN"

// register is what the children and their parent do: an effect that is written
// together with the end of the job, and one that is repeatable by itself.
func register(q *Queue, b base) {
	Register(q, "once", func(ctx context.Context, a number) error {
		time.Sleep(time.Duration(rand.IntN(4)) * time.Millisecond)
		tx, err := b.write.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		defer tx.Rollback()
		if _, err := tx.ExecContext(ctx, `INSERT INTO effect (n) VALUES ($1)`, a.N); err != nil {
			return err
		}
		if err := Done(ctx, tx); err != nil {
			return err
		}
		return tx.Commit()
	}, Tries(1000), Backoff(now))
}

func lease() Options { return Options{Poll: 10 * time.Millisecond, Lease: 400 * time.Millisecond} }

func workUntilKilled(dsn string) int {
	b, err := connect(dsn)
	if err != nil {
		return 1
	}
	q := New(b.write, b.read, lease())
	register(q, b)
	q.Start(context.Background())
	time.Sleep(time.Minute)
	return 0
}

func child(t *testing.T, dsn string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0])
	c.Env = append(os.Environ(), childDSN+"="+dsn)
	c.Stderr = os.Stderr
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	return c
}

func kill(t *testing.T, c *exec.Cmd) {
	t.Helper()
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) {
		t.Fatalf("the child ended by itself: %v", err)
	}
}

// Processes are killed again and again while they work. In the end each job was
// done, and each effect is there once.
func TestKilledProcessesLoseAndDoubleNothing(t *testing.T) {
	const kills, jobs = 10, 400
	for _, engine := range []struct {
		name      string
		dsn       func() string
		processes int
	}{
		{"sqlite", func() string { return "sqlite:" + filepath.Join(t.TempDir(), "job.db") }, 1},
		{"two processes on postgres", func() string { return pgtest.DSN(t) }, 2},
	} {
		t.Run(engine.name, func(t *testing.T) {
			dsn := engine.dsn()
			b := prepare(t, dsn)
			q := New(b.write, b.read, lease())
			register(q, b)
			children := make([]*exec.Cmd, engine.processes)
			for i := range children {
				children[i] = child(t, dsn)
			}
			n := 0
			for range kills {
				for range jobs / kills {
					b.insert(t, q, "once", number{n})
					n++
				}
				time.Sleep(time.Duration(20+rand.IntN(150)) * time.Millisecond)
				i := rand.IntN(len(children))
				kill(t, children[i])
				children[i] = child(t, dsn)
			}
			defer func() {
				for _, c := range children {
					kill(t, c)
				}
			}()
			var left, effects, distinct int
			for end := time.Now().Add(60 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
				if err := b.read.QueryRow(`SELECT count(*) FROM job WHERE state <> 'done'`).Scan(&left); err != nil {
					t.Fatal(err)
				}
				if left == 0 {
					break
				}
			}
			if err := b.read.QueryRow(`SELECT count(*), count(DISTINCT n) FROM effect`).Scan(&effects, &distinct); err != nil {
				t.Fatal(err)
			}
			if got := fmt.Sprint(left, effects, distinct); got != fmt.Sprint(0, jobs, jobs) {
				t.Errorf("jobs left, effects, different effects: %s", got)
			}
		})
	}
}
