package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// HoldsData reports whether anybody ever wrote into the database.
func (s *Store) HoldsData(ctx context.Context) (bool, error) {
	var acts int64
	err := s.write.QueryRowContext(ctx, sqlAnyAct).Scan(&acts)
	return acts > 0, failed("store.HoldsData", s.name, err)
}

const litVacuumInto = `VACUUM INTO ?`

// CopyBeside copies a SQLite database as it is now into a file beside it, named
// by the version of its tables and the time, and keeps the newest copies only.
// To go back, put the copy in the place of the database while no program has it
// open.
func (s *Store) CopyBeside(ctx context.Context, version int64, keep int, at time.Time) error {
	const op = "store.CopyBeside"
	name := fmt.Sprintf("%s.v%d-%s.bak", s.name, version, at.UTC().Format("20060102T150405Z"))
	if _, err := os.Lstat(name); err == nil {
		return nil // another program made it in this second
	}
	half := name + ".partial"
	_ = os.Remove(half) // of a program that was killed
	if _, err := s.write.ExecContext(ctx, litVacuumInto, half); err != nil {
		_ = os.Remove(half)
		return fault.New(fault.Unavailable, op, s.name, "the tables have to be brought up to date, and the copy before that failed: %w. Make room beside the database; or, with a backup of your own at hand, go on with --migration-backups=0", failed(op, name, err))
	}
	if err := syncFile(half); err != nil {
		return failed(op, name, err)
	}
	if err := os.Rename(half, name); err != nil {
		return failed(op, name, err)
	}
	if err := syncFile(filepath.Dir(name)); err != nil {
		return failed(op, name, err)
	}
	return s.pruneCopies(keep)
}

// pruneCopies removes the oldest copies. Their names end with their time.
func (s *Store) pruneCopies(keep int) error {
	const op = "store.CopyBeside"
	dir, base := filepath.Split(s.name)
	entries, err := os.ReadDir(filepath.Clean(dir + "."))
	if err != nil {
		return failed(op, s.name, err)
	}
	type copied struct{ at, name string }
	var list []copied
	for _, e := range entries {
		var v int64
		var at string
		if rest, ok := strings.CutPrefix(e.Name(), base+".v"); ok {
			if n, _ := fmt.Sscanf(rest, "%d-%16s", &v, &at); n == 2 && rest == fmt.Sprintf("%d-%s.bak", v, at) {
				list = append(list, copied{at, e.Name()})
			}
		}
	}
	slices.SortFunc(list, func(a, b copied) int { return strings.Compare(b.at, a.at) })
	for _, c := range list[min(len(list), max(1, keep)):] {
		if err := os.Remove(filepath.Join(dir, c.name)); err != nil {
			return failed(op, c.name, err)
		}
	}
	return nil
}
