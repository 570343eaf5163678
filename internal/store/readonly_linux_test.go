package store

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
)

const somebody = 65534 // a user who is not root

// For root every file can be written, so one thread puts on the rights of
// somebody else for the length of the test; it is not used again.
func TestReadOnlyFileIsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.db")
	open(t, "sqlite:"+file).Close()
	for name, mode := range map[string]os.FileMode{file: 0o444, filepath.Dir(file): 0o555, filepath.Dir(filepath.Dir(file)): 0o755} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { os.Chmod(filepath.Dir(file), 0o755) })
	done := make(chan struct{})
	go func() {
		defer close(done)
		runtime.LockOSThread()
		if os.Getuid() == 0 {
			if err := syscall.Setfsuid(somebody); err != nil {
				t.Error(err)
			}
		}
		refused(t, "sqlite:"+file, fault.Invalid, "cannot be opened for writing")
	}()
	<-done
}
