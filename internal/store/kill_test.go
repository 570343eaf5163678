package store

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/ledger"
)

const (
	childFile  = "SHANYRAQ_TEST_CHILD" // the address of the database that the child writes
	killRounds = 20                    // SHANYRAQ_SOAK=n for more
	perRun     = 60                    // figures of one run
)

// commitUntilKilled is the child: it writes run after run, as fast as it can,
// and prints the number of each that was acknowledged.
func commitUntilKilled(dsn string) int {
	s, err := Open(context.Background(), dsn)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	for {
		v, err := s.Version(context.Background())
		if err == nil {
			_, err = s.Commit(context.Background(), ledger.Batch{Run: run(int(v)), Figures: nthRun(int(v) + 1)})
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Println(v + 1)
	}
}

// nthRun is what run n writes: figures of its own, in series that grow.
func nthRun(n int) []ledger.Figure {
	out := make([]ledger.Figure, perRun)
	for i := range out {
		out[i] = beds(fmt.Sprintf("KZ-%02d", i%20), "2025", fmt.Sprint(n), source(fmt.Sprint("source ", i)), document(fmt.Sprint("report ", n/10)), line(n, i, i+1))
	}
	return out
}

func TestKillLosesNothingAcknowledged(t *testing.T) {
	rounds := killRounds
	if n, err := strconv.Atoi(os.Getenv("SHANYRAQ_SOAK")); err == nil {
		rounds = n
	}
	both(t, func(t *testing.T, fresh address) {
		dsn := fresh(t)
		open(t, dsn).Close() // the tables are there
		acknowledged := int64(0)
		for range rounds {
			acknowledged = max(acknowledged, killOnce(t, dsn))
			inspect(t, dsn, acknowledged)
		}
		if acknowledged == 0 {
			t.Error("no child ever acknowledged a run: the test proves nothing")
		}
		t.Logf("%d rounds, %d runs acknowledged", rounds, acknowledged)
	})
}

// killOnce lets a child write for a random while after its first
// acknowledgement, kills it and returns the last run that it acknowledged.
func killOnce(t *testing.T, dsn string) int64 {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childFile+"="+dsn)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	last := int64(0)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		n, err := strconv.ParseInt(lines.Text(), 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		if last == 0 {
			time.AfterFunc(time.Duration(rand.IntN(60_000))*time.Microsecond, func() { child.Process.Kill() })
		}
		last = n
	}
	child.Wait() // it was killed
	return last
}

// inspect opens what the child left and counts.
func inspect(t *testing.T, dsn string, acknowledged int64) {
	t.Helper()
	s, err := Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	version, err := s.Version(t.Context())
	if err != nil || version < acknowledged {
		t.Fatalf("run %d was acknowledged, the database ends at %d (%v)", acknowledged, version, err)
	}
	if n, _, err := s.VerifyJournal(t.Context()); err != nil || n != version {
		t.Fatalf("journal: %d entries of %d, %v", n, version, err)
	}
	rows, err := s.read.QueryContext(t.Context(), `SELECT r.seq, (SELECT COUNT(*) FROM figure f WHERE f.seq = r.seq) FROM run r`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	runs := int64(0)
	for rows.Next() {
		var seq, n int64
		if err := rows.Scan(&seq, &n); err != nil {
			t.Fatal(err)
		}
		if runs++; n != perRun {
			t.Fatalf("run %d has %d figures of %d", seq, n, perRun)
		}
	}
	if err := rows.Err(); err != nil || runs != version {
		t.Fatalf("%d runs of %d, %v", runs, version, err)
	}
	for _, f := range nthRun(int(acknowledged)) {
		if _, err := s.Figure(t.Context(), f.ID, Everything); acknowledged > 0 && err != nil {
			t.Fatalf("a figure of the last acknowledged run: %v", err)
		}
	}
}
