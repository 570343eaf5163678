package app

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/archive"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/store"
)

const (
	opBackup  = "app.Backup"
	opRestore = "app.Restore"

	// The words of the journal.
	actBackup  = "backup"
	actRestore = "restore"

	partial  = ".partial"     // ends the name of a backup that is being made
	trialDir = ".trial"       // ends the name of a folder in which one is tried
	stale    = 24 * time.Hour // a partial one so old belongs to nobody any more
)

// BackupOptions say how a backup is made.
type BackupOptions struct {
	File  string // where it will be; nothing may be there
	Lock  archive.Lock
	Blobs blob.Store // the files that go along; nil: none
	// Trial restores what was written into a database of its own and verifies
	// its journal; without it the archive is read back and compared only.
	Trial    bool
	Progress func(table string) // called before each table; may be nil
}

// BackupReport tells what is in a backup.
type BackupReport struct {
	File    string
	Bytes   int64
	Created time.Time
	Engine  string
	Schema  int64
	Program string
	Rows    map[string]int64 // by table
	Files   int64
	Broken  []string // files that could not go along: their content is not that of their name
	Chains  []archive.Chain
	Tried   bool // it was restored, and the journal of the copy verified
}

// Backup writes everything that the database holds at one moment into one
// file, while others write on, reads it back and lets it have its name only
// then. An error leaves no file of that name. A broken file of evidence is left
// out and reported: the rest is too dear to be lost with it.
func (a *App) Backup(ctx context.Context, o BackupOptions) (*BackupReport, error) {
	got, err := backup(ctx, a.Store, a.Version, a.Clock(), o)
	if err != nil {
		return nil, err
	}
	return got, a.Store.Note(ctx, store.DeskChain, actor.Entry{At: a.Clock(), Actor: actorOf(ctx), Op: actBackup, Subject: filepath.Base(o.File), Detail: fmt.Sprintf(`{"bytes":%d,"files":%d}`, got.Bytes, got.Files)})
}

func actorOf(ctx context.Context) actor.ID {
	if who := actor.From(ctx).ID; who != "" {
		return who
	}
	return programID
}

func backup(ctx context.Context, s *store.Store, version string, now time.Time, o BackupOptions) (*BackupReport, error) {
	if _, err := os.Lstat(o.File); err == nil {
		return nil, fault.New(fault.Conflict, opBackup, o.File, "there is a file of this name already: choose another, nothing is written over a backup")
	}
	dir := filepath.Dir(o.File)
	sweep(dir, now)
	f, err := os.CreateTemp(dir, "."+filepath.Base(o.File)+".*"+partial) // for its owner only
	if err != nil {
		return nil, fault.New(fault.Invalid, opBackup, o.File, "cannot write in this folder: %w", err)
	}
	defer os.Remove(f.Name())
	broken, err := writeArchive(ctx, f, s, version, now, o)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fault.Wrap(err, opBackup, o.File)
	}
	got, err := VerifyBackup(ctx, f.Name(), o.Lock.Key(), o.Trial)
	if err != nil {
		return nil, fault.New(fault.Internal, opBackup, o.File, "the backup was written, and reading it back failed: %w", err)
	}
	if err := os.Link(f.Name(), o.File); err != nil { // not a rename, which would write over
		return nil, fault.New(fault.Conflict, opBackup, o.File, "the backup cannot get its name: %w", err)
	}
	got.File, got.Broken = o.File, broken
	return got, syncDir(dir)
}

// sweep removes what a backup left that was killed long ago.
func sweep(dir string, now time.Time) {
	entries, _ := os.ReadDir(dir) // an unreadable folder is told of when it is written
	for _, e := range entries {
		ours := strings.HasPrefix(e.Name(), ".") && (strings.HasSuffix(e.Name(), partial) || strings.HasSuffix(e.Name(), trialDir))
		if info, err := e.Info(); ours && err == nil && now.Sub(info.ModTime()) > stale {
			_ = os.RemoveAll(filepath.Join(dir, e.Name()))
		}
	}
}

// syncDir returns when the names in a folder are on the disk.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// writeArchive writes all tables and files; it returns the files that are
// broken.
func writeArchive(ctx context.Context, out io.Writer, s *store.Store, version string, now time.Time, o BackupOptions) ([]string, error) {
	d, err := s.Dump(ctx)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	h := archive.Header{Program: "shanyraq " + version, Created: now, Engine: string(s.Engine()), Schema: d.Schema}
	for _, t := range d.Tables {
		h.Tables = append(h.Tables, archive.Table{Name: t.Name, Columns: t.Columns})
	}
	buffered := bufio.NewWriterSize(out, 1<<20)
	w, err := archive.NewWriter(buffered, h, o.Lock)
	if err != nil {
		return nil, err
	}
	for _, t := range d.Tables {
		if o.Progress != nil {
			o.Progress(t.Name)
		}
		rows := w.Rows(t.Name)
		if err := errors.Join(d.Copy(t.Name, rows), rows.Close()); err != nil {
			return nil, err
		}
	}
	broken, err := writeFiles(ctx, w, o.Blobs)
	if err != nil {
		return nil, err
	}
	chains := []archive.Chain{}
	for _, c := range d.Chains {
		chains = append(chains, archive.Chain{Name: c.Chain, Seq: c.Seq, Hash: c.Hash})
	}
	if _, err := w.Close(chains); err != nil {
		return nil, err
	}
	return broken, buffered.Flush()
}

// writeFiles adds every content. Those that the rows name were kept before the
// rows were written, so they are all there.
func writeFiles(ctx context.Context, w *archive.Writer, blobs blob.Store) (broken []string, err error) {
	if blobs == nil {
		return nil, nil
	}
	err = blobs.Each(ctx, func(i blob.Info) error {
		c, err := blobs.Open(ctx, i.Name)
		switch {
		case fault.Is(err, fault.NotFound): // erased meanwhile
			return nil
		case fault.Is(err, fault.Conflict):
			broken = append(broken, string(i.Name))
			return nil
		case err != nil:
			return err
		}
		defer c.Close()
		return w.File(string(i.Name), c.Size, c)
	})
	return broken, err
}

// VerifyBackup reads a whole backup and compares it with its hashes. A trial
// also restores it into a database of its own beside the file and verifies the
// journal there.
func VerifyBackup(ctx context.Context, file string, key archive.Key, trial bool) (*BackupReport, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, fault.New(fault.Invalid, opBackup, file, "the backup cannot be read: %w", err)
	}
	defer f.Close()
	var to archive.Taker = archive.Nobody{}
	var t *restoring
	if trial {
		dir, err := os.MkdirTemp(filepath.Dir(file), ".shanyraq.*"+trialDir)
		if err != nil {
			return nil, fault.New(fault.Invalid, opBackup, file, "the backup cannot be tried beside its file: %w", err)
		}
		defer os.RemoveAll(dir)
		t = &restoring{ctx: ctx, dsn: "sqlite:" + filepath.Join(dir, "trial.db")}
		defer t.close()
		to = t
	}
	h, m, err := archive.Read(f, key, to)
	if err != nil {
		return nil, err
	}
	if trial {
		if err := t.commit(m); err != nil {
			return nil, err
		}
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return &BackupReport{File: file, Bytes: info.Size(), Created: h.Created, Engine: h.Engine, Schema: h.Schema, Program: h.Program, Rows: m.Rows, Files: m.Files, Chains: m.Chains, Tried: trial}, nil
}

// RestoreOptions say what is restored where.
type RestoreOptions struct {
	DSN     string // of a new, empty database
	File    string
	Key     archive.Key
	Blobs   blob.Store // where files go; nil: they are left out
	Version string     // of the program
	Now     time.Time
}

// Restore fills a new database with a backup, whole or not at all. It returns
// fault.Conflict when the database is not empty. Files of evidence are kept
// under their hashes, so that a second try finds them there.
func Restore(ctx context.Context, o RestoreOptions) (*BackupReport, error) {
	f, err := os.Open(o.File)
	if err != nil {
		return nil, fault.New(fault.Invalid, opRestore, o.File, "the backup cannot be read: %w", err)
	}
	defer f.Close()
	t := &restoring{ctx: ctx, dsn: o.DSN, blobs: o.Blobs}
	defer t.close()
	h, m, err := archive.Read(f, o.Key, t)
	if err != nil {
		return nil, fault.Wrap(err, opRestore, o.File)
	}
	if err := t.commit(m); err != nil {
		return nil, err
	}
	s, err := store.Open(ctx, o.DSN)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	err = s.Note(ctx, store.DeskChain, actor.Entry{At: o.Now, Actor: actorOf(ctx), Op: actRestore, Subject: filepath.Base(o.File), Detail: fmt.Sprintf(`{"created":%q}`, h.Created.Format(time.RFC3339))})
	return &BackupReport{File: o.File, Created: h.Created, Engine: h.Engine, Schema: h.Schema, Program: h.Program, Rows: m.Rows, Files: m.Files, Chains: m.Chains, Tried: true}, err
}

// restoring takes an archive into a new database.
type restoring struct {
	ctx    context.Context
	dsn    string
	blobs  blob.Store
	loader *store.Loader
}

// Header begins the database.
func (r *restoring) Header(h archive.Header) (err error) {
	var tables []store.Table
	for _, t := range h.Tables {
		tables = append(tables, store.Table{Name: t.Name, Columns: t.Columns})
	}
	r.loader, err = store.Load(r.ctx, r.dsn, h.Schema, tables)
	return err
}

// Rows fills a table.
func (r *restoring) Rows(table string, in io.Reader) error { return r.loader.Rows(table, in) }

// File keeps a file.
func (r *restoring) File(address string, size int64, in io.Reader) error {
	if r.blobs == nil {
		return nil
	}
	got, err := r.blobs.Put(r.ctx, in, size)
	if err == nil && string(got.Name) != address {
		return fault.New(fault.Conflict, opRestore, address, "a file in the backup is damaged")
	}
	return err
}

func (r *restoring) commit(m *archive.Manifest) error {
	var heads []store.Head
	for _, c := range m.Chains {
		heads = append(heads, store.Head{Chain: c.Name, Seq: c.Seq, Hash: c.Hash})
	}
	return r.loader.Commit(heads)
}

func (r *restoring) close() {
	if r.loader != nil {
		r.loader.Close()
	}
}
