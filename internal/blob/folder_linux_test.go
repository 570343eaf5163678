package blob

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
)

const somebody = 65534 // a user who is not root

// For root every folder can be written, so one thread puts on the rights of
// somebody else for the length of the test; it is not used again.
func TestAReadOnlyFolderIsSaid(t *testing.T) {
	dir := t.TempDir()
	f, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	n := put(t, f, []byte("kept before")).Name
	set := func(mode os.FileMode) {
		filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
			if err == nil && e.IsDir() {
				err = os.Chmod(name, mode)
			}
			return err
		})
	}
	set(0o555)
	os.Chmod(filepath.Dir(dir), 0o755)
	os.Chmod(f.file(n), 0o444)
	t.Cleanup(func() { set(0o755) })
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if os.Getuid() == 0 {
			if err := syscall.Setfsuid(somebody); err != nil {
				t.Error(err)
			}
		}
		_, err := f.Put(t.Context(), strings.NewReader("new"), limit)
		if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "cannot be written") {
			t.Errorf("put: %v", err)
		}
		if err := f.Ping(t.Context()); !fault.Is(err, fault.Unavailable) {
			t.Errorf("ping: %v", err)
		}
		if got := read(t, f, n); string(got) != "kept before" {
			t.Errorf("what is there must stay readable, got %q", got)
		}
	}()
	<-done
}
