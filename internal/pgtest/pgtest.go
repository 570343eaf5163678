package pgtest

import (
	"context"
	"fmt"
	"os"
	"sync"
	"testing"
)

var shared struct {
	once   sync.Once
	server *Server
	err    error
}

// Main is for TestMain: it runs the tests and stops the server that they
// started, and returns the exit code.
func Main(m *testing.M) int {
	code := m.Run()
	if shared.server != nil {
		if err := shared.server.Stop(); err != nil {
			fmt.Fprintln(os.Stderr, "stopping PostgreSQL:", err)
			return max(code, 1)
		}
	}
	return code
}

// DSN returns the address of a fresh database. The first call of a test binary
// starts the server. Where PostgreSQL is missing the test fails and says how to
// install it: a suite that passes because half of it was skipped proves nothing.
func DSN(t testing.TB) string {
	t.Helper()
	shared.once.Do(func() { shared.server, shared.err = Start(Fast...) })
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	name, err := shared.server.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := shared.server.Drop(context.Background(), name); err != nil {
			t.Error(err)
		}
	})
	return shared.server.DSN(name)
}
