package app

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
)

// The names of backups in a folder sort by time.
const (
	backupBegins = "shanyraq-"
	backupStamp  = "20060102T150405Z"
	backupEnds   = ".tar.zst"
	sealedEnds   = ".age" // after it
)

// BackupName is the name of a backup in a folder of backups.
func BackupName(at time.Time, encrypted bool) string {
	name := backupBegins + at.UTC().Format(backupStamp) + backupEnds
	if encrypted {
		name += sealedEnds
	}
	return name
}

// backupTime reads such a name.
func backupTime(name string) (time.Time, bool) {
	stamp, begins := strings.CutPrefix(name, backupBegins)
	stamp, ends := strings.CutSuffix(strings.TrimSuffix(stamp, sealedEnds), backupEnds)
	at, err := time.Parse(backupStamp, stamp)
	return at, begins && ends && err == nil
}

// PruneBackups removes all but the newest backups of a folder and returns the
// names of those removed. Files with other names are left alone.
func PruneBackups(dir string, keep int) ([]string, error) {
	names, err := backupsIn(dir)
	if err != nil {
		return nil, err
	}
	var gone []string
	for _, name := range names[:max(0, len(names)-max(1, keep))] {
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			return gone, fault.New(fault.Invalid, opBackup, name, "an old backup cannot be removed: %w", err)
		}
		gone = append(gone, name)
	}
	return gone, nil
}

// backupsIn lists the backups of a folder, the oldest first.
func backupsIn(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fault.New(fault.Invalid, opBackup, dir, "the folder of backups cannot be read: %w", err)
	}
	var names []string
	for _, e := range entries {
		if _, ok := backupTime(e.Name()); ok {
			names = append(names, e.Name())
		}
	}
	slices.Sort(names)
	return names, nil
}

// BeforeMigration returns the precaution of a database: on SQLite a copy of its
// file beside it, on PostgreSQL an archive in dir. keep is how many stay.
func BeforeMigration(version, dir string, keep int, now func() time.Time) store.Precaution {
	return func(ctx context.Context, s *store.Store, from, to int64) error {
		held, err := s.HoldsData(ctx)
		if err != nil || !held {
			return err
		}
		if s.Engine() == store.SQLite {
			return s.CopyBeside(ctx, from, keep, now())
		}
		return archiveBefore(ctx, s, version, dir, keep, now())
	}
}

func archiveBefore(ctx context.Context, s *store.Store, version, dir string, keep int, now time.Time) error {
	const hint = "the tables have to be brought up to date, and the backup before that failed: %w. Make room in %s or name another folder with --backups; or, with a backup of your own at hand, go on with --migration-backups=0"
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		_, err = backup(ctx, s, version, now, BackupOptions{File: filepath.Join(dir, BackupName(now, false)), Trial: true})
	}
	if err == nil {
		_, err = PruneBackups(dir, keep)
	}
	if err != nil {
		return fault.New(fault.Unavailable, "app.BeforeMigration", s.Name(), hint, err, dir)
	}
	return nil
}

// LastBackup returns when the last backup was made of this database; the zero
// time when never.
func (a *App) LastBackup(ctx context.Context) (time.Time, error) {
	list, _, err := a.Store.Journal(ctx, store.JournalQuery{Chains: []string{store.DeskChain}, Op: actBackup, Limit: 1})
	if err != nil || len(list) == 0 {
		return time.Time{}, err
	}
	return list[0].At, nil
}

// Total is how many rows a backup holds.
func (r *BackupReport) Total() (rows int64) {
	for _, n := range r.Rows {
		rows += n
	}
	return rows
}
