package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/internal/pgtest"
)

// programChild makes the test binary be the program, so that it can be killed.
const programChild = "SHANYRAQ_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(programChild) != "" {
		main()
	}
	os.Exit(pgtest.Main(m))
}

// program is the program as a process of its own.
type program struct {
	*exec.Cmd
	mu   sync.Mutex
	errs bytes.Buffer
	done chan struct{}
}

// Write collects what it says on standard error.
func (p *program) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.errs.Write(b)
}

func (p *program) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.errs.String()
}

// launch starts the program.
func launch(t *testing.T, args ...string) *program {
	t.Helper()
	p := &program{Cmd: exec.Command(os.Args[0], args...), done: make(chan struct{})}
	p.Env = append(os.Environ(), programChild+"=1", "SHANYRAQ_LANG=en")
	p.Stderr = p
	t.Cleanup(func() {
		if p.Process != nil {
			p.Process.Kill()
			<-p.done
		}
	})
	return p
}

func (p *program) begin(t *testing.T) {
	t.Helper()
	if err := p.Start(); err != nil {
		close(p.done)
		t.Fatal(err)
	}
	go func() { p.Wait(); close(p.done) }()
}

// kill ends it without a word.
func (p *program) kill() {
	p.Process.Kill()
	<-p.done
}

// await returns whether it ended within a time.
func (p *program) await(within time.Duration) bool {
	select {
	case <-p.done:
		return true
	case <-time.After(within):
		return false
	}
}

// serving starts a server as a process and returns its address.
func serving(t *testing.T, db string, more ...string) (*program, string) {
	t.Helper()
	p := launch(t, append([]string{"--db", db, "serve", "--listen", "127.0.0.1:0", "--reads-per-second", "1000000"}, more...)...)
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.begin(t)
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		<-p.done
		t.Fatalf("the server did not start: %s", p.said())
	}
	return p, strings.TrimSuffix(strings.TrimSpace(line), "/")
}

// A server that is told to end says so to the balancer, answers what comes
// meanwhile, and is gone; the second signal ends it at once.
func TestServerDrains(t *testing.T) {
	p, url := serving(t, loaded(t), "--drain", "1500ms")
	if got := call(t, "GET", url+"/readyz", ""); got.status != 200 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if err := p.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	ready := 200
	for end := time.Now().Add(time.Second); ready == 200 && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		ready = call(t, "GET", url+"/readyz", "").status
	}
	if ready != 503 {
		t.Errorf("/readyz says %d after the signal", ready)
	}
	for _, path := range []string{"/healthz", "/api/board"} {
		if got := call(t, "GET", url+path, ""); got.status != 200 {
			t.Errorf("%s while draining: %d", path, got.status)
		}
	}
	if !p.await(20*time.Second) || p.ProcessState.ExitCode() != exitDone {
		t.Errorf("it ended with %v: %s", p.ProcessState, p.said())
	}
	p, _ = serving(t, loaded(t), "--drain", "1m")
	for range 2 {
		if err := p.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		time.Sleep(200 * time.Millisecond)
	}
	if !p.await(5 * time.Second) {
		t.Error("the second signal did not end it")
	}
}
