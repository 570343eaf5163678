package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/app"
	"github.com/shanyraq/shanyraq/internal/archive"
	"github.com/shanyraq/shanyraq/internal/blob"
)

type backupCommands struct {
	Create backupCreate `cmd:"" default:"withargs" help:"${h_backup}"`
	Verify backupVerify `cmd:"" help:"${h_backup_verify}"`
}

// keyFlags open an encrypted backup.
type keyFlags struct {
	Identity       string `placeholder:"FILE" help:"${h_identity}" xor:"key"`
	PassphraseFile string `placeholder:"FILE" help:"${h_passphrase}" xor:"key"`
}

func (k keyFlags) key() (archive.Key, error) {
	name, of := k.Identity, archive.KeyOfIdentities
	if k.PassphraseFile != "" {
		name, of = k.PassphraseFile, archive.KeyOfPassphrase
	}
	if name == "" {
		return archive.Key{}, nil
	}
	body, err := readSecret(name)
	if err != nil {
		return archive.Key{}, err
	}
	return of(body)
}

// maxSecret bounds a file with a key or a passphrase.
const maxSecret = 64 << 10

func readSecret(name string) ([]byte, error) {
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > maxSecret {
		return nil, fmt.Errorf("%s: is too long for a key: check the name", name)
	}
	return os.ReadFile(name)
}

type backupCreate struct {
	File           string `arg:"" placeholder:"FILE" help:"${h_backup_file}"`
	Encrypt        string `placeholder:"RECIPIENT" help:"${h_encrypt}" xor:"lock"`
	PassphraseFile string `placeholder:"FILE" help:"${h_passphrase}" xor:"lock"`
	Contents       string `enum:"auto,all,none" default:"auto" placeholder:"auto|all|none" help:"${h_contents}"`
	NoTrial        bool   `help:"${h_no_trial}"`
	Keep           int    `placeholder:"N" help:"${h_keep}"`
}

// Run makes a backup.
func (c backupCreate) Run(s *session) error {
	lock, err := c.lock()
	if err != nil {
		return err
	}
	if err := s.open(); err != nil {
		return err
	}
	file := c.File
	info, err := os.Stat(file)
	folder := err == nil && info.IsDir()
	if folder {
		file = filepath.Join(file, app.BackupName(s.app.Clock(), c.Encrypt != "" || c.PassphraseFile != ""))
	} else if c.Keep > 0 {
		return fmt.Errorf("%s: --keep is for a folder of backups: make it first", c.File)
	}
	blobs, err := s.contents(c.Contents)
	if err != nil {
		return err
	}
	got, err := s.app.Backup(s.ctx, app.BackupOptions{File: file, Lock: lock, Blobs: blobs, Trial: !c.NoTrial})
	if got == nil {
		return err
	}
	if err != nil { // a disk that is full does not take the backup back
		s.note("%s", fill(s.say("backup_unnoted"), "why", oneLine(err)))
	}
	var gone []string
	if folder && c.Keep > 0 && len(got.Broken) == 0 {
		if gone, err = app.PruneBackups(filepath.Dir(file), c.Keep); err != nil {
			return err
		}
	}
	if err := s.showBackup(got, "backup_done", gone); err != nil {
		return err
	}
	if len(got.Broken) > 0 {
		return fault.New(fault.Conflict, "backup", file, "the backup is whole but for %d files of evidence whose content is damaged, such as %s: bring them back from an older backup with `restore`", len(got.Broken), got.Broken[0])
	}
	return nil
}

func (c backupCreate) lock() (archive.Lock, error) {
	switch {
	case c.Encrypt != "":
		return archive.LockFor(c.Encrypt)
	case c.PassphraseFile != "":
		body, err := readSecret(c.PassphraseFile)
		if err != nil {
			return archive.Lock{}, err
		}
		return archive.LockWith(body)
	}
	return archive.Lock{}, nil
}

// contents returns the store of files that go into a backup: a bucket has
// copies of its own and goes along only when asked.
func (s *session) contents(which string) (blob.Store, error) {
	address := s.filesAddress()
	bucket := strings.Contains(address, "://")
	if which == "none" || which == "auto" && bucket {
		return nil, nil
	}
	if _, err := os.Stat(address); !bucket && os.IsNotExist(err) {
		return nil, nil // nobody has sent a file yet
	}
	return blob.Open(s.ctx, address, os.Getenv)
}

// dataFolder is where things beside the database are kept.
func (s *session) dataFolder() string {
	if file, ok := strings.CutPrefix(s.db, "sqlite:"); ok {
		return filepath.Dir(file)
	}
	file, _ := strings.CutPrefix(defaultDB(), "sqlite:")
	return filepath.Dir(file)
}

// filesAddress is where the contents of evidence are kept.
func (s *session) filesAddress() string {
	if s.files != "" {
		return s.files
	}
	return besideDB(s.db)
}

// backupsFolder is where backups before a migration go on PostgreSQL.
func (s *session) backupsFolder() string {
	if s.backups != "" {
		return s.backups
	}
	return filepath.Join(s.dataFolder(), "backups")
}

type backupVerify struct {
	File    string `arg:"" placeholder:"FILE" help:"${h_backup_file}"`
	NoTrial bool   `help:"${h_no_trial}"`
	keyFlags
}

// Run reads a backup and compares it with its hashes.
func (c backupVerify) Run(s *session) error {
	key, err := c.key()
	if err != nil {
		return err
	}
	got, err := app.VerifyBackup(s.ctx, c.File, key, !c.NoTrial)
	if err != nil {
		return err
	}
	return s.showBackup(got, "backup_good", nil)
}

type restoreCommand struct {
	File string `arg:"" placeholder:"FILE" help:"${h_backup_file}"`
	keyFlags
}

// Run fills a new database with a backup.
func (c restoreCommand) Run(s *session) error {
	key, err := c.key()
	if err != nil {
		return err
	}
	blobs, err := blob.Open(s.ctx, s.filesAddress(), os.Getenv)
	if err != nil {
		return err
	}
	got, err := app.Restore(s.ctx, app.RestoreOptions{DSN: s.db, File: c.File, Key: key, Blobs: blobs, Version: version, Now: time.Now()})
	if err != nil {
		return err
	}
	return s.showBackup(got, "restore_done", nil)
}

// backupJSON is what programs are told of a backup.
type backupJSON struct {
	File    string           `json:"file"`
	Bytes   int64            `json:"bytes,omitempty"`
	Created string           `json:"created"`
	Engine  string           `json:"engine"`
	Schema  int64            `json:"schema"`
	Program string           `json:"program"`
	Rows    map[string]int64 `json:"rows"`
	Files   int64            `json:"files"`
	Broken  []string         `json:"broken"`
	Chains  []archive.Chain  `json:"chains"`
	Tried   bool             `json:"tried"`
	Removed []string         `json:"removed"`
}

func (s *session) showBackup(got *app.BackupReport, key string, gone []string) error {
	if s.json {
		return s.print(backupJSON{got.File, got.Bytes, got.Created.Format(time.RFC3339), got.Engine, got.Schema, got.Program, got.Rows, got.Files,
			append([]string{}, got.Broken...), got.Chains, got.Tried, append([]string{}, gone...)})
	}
	fmt.Fprintln(s.out, fill(s.say(key), "file", got.File, "rows", got.Total(), "tables", len(got.Rows), "files", got.Files, "bytes", got.Bytes, "created", got.Created.Format(time.RFC3339), "db", s.dbName()))
	for _, c := range got.Chains {
		s.note("  %s %d %s", c.Name, c.Seq, c.Hash)
	}
	for _, name := range gone {
		s.note("%s", fill(s.say("backup_removed"), "file", name))
	}
	return nil
}

// dbName is the database without a password.
func (s *session) dbName() string {
	if strings.HasPrefix(s.db, "sqlite:") {
		return s.db
	}
	return "PostgreSQL"
}
