package blob

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

const (
	childFolder = "SHANYRAQ_TEST_FILES" // the folder into which the child writes
	killRounds  = 20                    // SHANYRAQ_SOAK=n for more
	childSize   = 300_000               // bytes of one content
)

// nth is content n of the child.
func nth(n int) []byte { return bytes.Repeat([]byte(fmt.Sprintf("%09d\n", n)), childSize/10) }

// putUntilKilled is the child: it keeps content after content and prints the
// number of each that was acknowledged.
func putUntilKilled(dir string) int {
	f, err := OpenFolder(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	for n := os.Getpid() * 1000; ; n++ {
		if _, err := f.Put(context.Background(), bytes.NewReader(nth(n)), limit); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Println(n)
	}
}

// Whatever is killed when, half a file is never seen under a name, and what
// was acknowledged is there.
func TestKillShowsNoHalfFile(t *testing.T) {
	rounds := killRounds
	if n, err := strconv.Atoi(os.Getenv("SHANYRAQ_SOAK")); err == nil {
		rounds = n
	}
	dir := t.TempDir()
	acknowledged := 0
	for range rounds {
		for _, n := range killOnce(t, dir) {
			acknowledged++
			f := &Folder{root: dir}
			if !bytes.Equal(read(t, f, NameOf(nth(n))), nth(n)) {
				t.Fatalf("content %d was acknowledged and is not there", n)
			}
		}
		seen := names(t, &Folder{root: dir})
		for n := range seen {
			read(t, &Folder{root: dir}, n)
		}
	}
	if acknowledged == 0 {
		t.Error("no child ever acknowledged a content: the test proves nothing")
	}
	t.Logf("%d rounds, %d contents acknowledged", rounds, acknowledged)
}

func killOnce(t *testing.T, dir string) (acknowledged []int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childFolder+"="+dir)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatal(err)
		}
		if len(acknowledged) == 0 {
			time.AfterFunc(time.Duration(rand.IntN(20_000))*time.Microsecond, func() { child.Process.Kill() })
		}
		acknowledged = append(acknowledged, n)
	}
	child.Wait() // it was killed
	return acknowledged
}

// tight is a file on a disk that gives up at one step.
type tight struct {
	file               *os.File
	write, sync, close error
}

func (f *tight) Name() string { return f.file.Name() }

func (f *tight) Write(b []byte) (int, error) {
	if f.write != nil {
		n, _ := f.file.Write(b[:len(b)/2]) // half of it still fits
		return n, f.write
	}
	return f.file.Write(b)
}

func (f *tight) Sync() error {
	if f.sync != nil {
		return f.sync
	}
	return f.file.Sync()
}

func (f *tight) Close() error {
	if err := f.file.Close(); f.close == nil {
		return err
	}
	return f.close
}

func TestAFullDiskIsSaid(t *testing.T) {
	full := &os.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC}
	for name, tc := range map[string]struct {
		tight tight
		begin error
		kind  fault.Kind
		want  string
	}{
		"full while writing":  {tight{write: full}, nil, fault.Unavailable, "disk of the files is full"},
		"full while syncing":  {tight{sync: full}, nil, fault.Unavailable, "disk of the files is full"},
		"full while closing":  {tight{close: &os.PathError{Err: syscall.EDQUOT}}, nil, fault.Unavailable, "disk of the files is full"},
		"full when beginning": {tight{}, full, fault.Unavailable, "disk of the files is full"},
		"read-only":           {tight{}, &os.PathError{Err: syscall.EROFS}, fault.Unavailable, "cannot be written"},
		"no rights":           {tight{}, os.ErrPermission, fault.Unavailable, "cannot be written"},
		"a broken disk":       {tight{sync: syscall.EIO}, nil, fault.Internal, "input/output"},
	} {
		t.Run(name, func(t *testing.T) {
			f, err := OpenFolder(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			make := f.create
			f.create = func(dir string) (unfinished, error) {
				if tc.begin != nil {
					return nil, tc.begin
				}
				u, err := make(dir)
				if err != nil {
					return nil, err
				}
				bad := tc.tight
				bad.file = u.(*os.File)
				return &bad, nil
			}
			_, err = f.Put(t.Context(), strings.NewReader("evidence"), limit)
			if !fault.Is(err, tc.kind) || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("%v, want %s %q", err, tc.kind, tc.want)
			}
			if got := names(t, f); len(got) != 0 {
				t.Errorf("half a file is seen: %v", got)
			}
			if left, _ := os.ReadDir(f.path(incoming)); len(left) != 0 {
				t.Errorf("unfinished files stay: %v", left)
			}
			f.create = make
			put(t, f, []byte("evidence")) // there is room again
		})
	}
}

func TestWhatAKilledProcessLeftIsRemoved(t *testing.T) {
	dir := t.TempDir()
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	old, young := f.path(incoming, "new-1"), f.path(incoming, "new-2")
	for _, file := range []string{old, young} {
		if err := os.WriteFile(file, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-2*forgotten)); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenFolder(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Error("a forgotten file stays")
	}
	if _, err := os.Stat(young); err != nil {
		t.Error("what another process may be writing was removed")
	}
}

func TestForeignFilesAreNoContents(t *testing.T) {
	f, err := OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	n := put(t, f, []byte("x")).Name
	if err := os.WriteFile(filepath.Join(filepath.Dir(f.file(n)), "Thumbs.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := names(t, f); len(got) != 1 || got[n] != 1 {
		t.Errorf("contents %v", got)
	}
}
