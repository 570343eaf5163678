package app

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/period"
)

func kazakhstan(t testing.TB) *App {
	t.Helper()
	return kazakhstanLoaded(t, time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC))
}

// kazakhstanLoaded is kazakhstan loaded on another day: what a test writes under
// an earlier clock than that would be moved to it, since time in a chain of the
// journal never runs backwards.
func kazakhstanLoaded(t testing.TB, on time.Time) *App {
	t.Helper()
	s, err := store.Open(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "s.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	a := New(s, "test")
	a.Clock = func() time.Time { return on }
	if _, err := a.LoadCountry(context.Background(), kz.Pack()); err != nil {
		t.Fatal(err)
	}
	a.Clock = func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }
	return a
}

// BenchmarkJudge judges the whole programme as of a day not asked before.
func BenchmarkJudge(b *testing.B) {
	a := kazakhstan(b)
	ctx := context.Background()
	for i := 0; b.Loop(); i++ {
		day := period.NewDate(2026, 1, 1) + period.Date(i%320)
		v, err := a.look(ctx, When{AsOf: &day})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := a.judgeAnew(ctx, v); err != nil {
			b.Fatal(err)
		}
	}
}
