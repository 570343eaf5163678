package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/shanyraq/shanyraq/internal/blob"
)

// openFiles opens where evidence is kept.
func (s *session) openFiles() error {
	if err := s.open(); err != nil || s.app.Blobs != nil {
		return err
	}
	var err error
	s.app.Blobs, err = blob.Open(s.ctx, s.filesAddress(), os.Getenv)
	return err
}

// besideDB names the folder of evidence after the database: beside its file,
// or in the data folder of the user for a server.
func besideDB(dsn string) string {
	file, ok := strings.CutPrefix(dsn, "sqlite:")
	if !ok {
		file = strings.TrimPrefix(defaultDB(), "sqlite:")
	}
	file, _, _ = strings.Cut(file, "?")
	return strings.TrimSuffix(file, filepath.Ext(file)) + ".files"
}

type filesCommands struct {
	Verify filesVerify `cmd:"" help:"${h_files_verify}"`
}

type filesVerify struct{}

// errBrokenFiles is already told line by line.
var errBrokenFiles = errors.New("contents of evidence are missing or broken: restore them from a backup, or have the files sent again")

// Run reads every content to which a file refers and compares it with its name.
func (filesVerify) Run(s *session) error {
	if err := s.openFiles(); err != nil {
		return err
	}
	step, clear := s.progress()
	got, err := s.app.VerifyFiles(s.ctx, step)
	clear()
	if err != nil {
		return err
	}
	if s.json {
		if err := s.print(got); err != nil {
			return err
		}
	} else {
		for _, b := range got.Broken {
			fmt.Fprintln(s.out, fill(s.say("files_broken"), "file", b.File, "content", b.Content, "why", s.say("content_"+b.Why)))
		}
		fmt.Fprintln(s.out, fill(s.say("files_seen"), "files", got.Files, "contents", got.Contents, "mb", fmt.Sprintf("%.1f", float64(got.Bytes)/(1<<20)), "erased", got.Erased, "spare", got.Spare))
	}
	if len(got.Broken) > 0 {
		return errBrokenFiles
	}
	return nil
}
