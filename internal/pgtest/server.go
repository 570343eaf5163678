// Package pgtest runs a private PostgreSQL for tests and measurements: in a
// temporary folder, reachable through a socket in that folder only, gone
// afterwards. Nothing of a PostgreSQL that the machine may already run is
// touched.
package pgtest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
)

const (
	startTimeout = 60 * time.Second
	stopTimeout  = 20 * time.Second
	installHint  = "PostgreSQL 15 or newer is needed: install it with `apt-get install -y postgresql`, or put initdb and postgres on the PATH"
)

// Fast are the settings for tests: nothing needs to outlive the machine.
var Fast = []string{"fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=64MB"}

// Server is a running PostgreSQL.
type Server struct {
	dir   string
	log   *os.File
	cmd   *exec.Cmd
	done  chan error
	count atomic.Int64
}

// Start makes a new cluster and starts it with the settings, each name=value.
// It sorts texts by the rules of Kazakh unless a column says otherwise, so that
// nothing silently relies on the order of bytes. As root, which PostgreSQL
// refuses, it runs as the user postgres or nobody.
func Start(settings ...string) (*Server, error) {
	initdb, postgres, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "pgtest")
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, done: make(chan error, 1)}
	if err := s.start(initdb, postgres, settings); err != nil {
		s.Stop()
		return nil, err
	}
	return s, nil
}

func (s *Server) start(initdb, postgres string, settings []string) error {
	attr, err := unprivileged(s.dir)
	if err != nil {
		return err
	}
	data := filepath.Join(s.dir, "data")
	make := exec.Command(initdb, "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8",
		"--locale=C", "--locale-provider=icu", "--icu-locale=kk")
	make.Dir, make.SysProcAttr = s.dir, attr
	if out, err := make.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, bytes.TrimSpace(out))
	}
	if s.log, err = os.Create(filepath.Join(s.dir, "log")); err != nil {
		return err
	}
	args := []string{"-D", data, "-c", "listen_addresses=", "-c", "unix_socket_directories=" + s.dir}
	for _, v := range settings {
		args = append(args, "-c", v)
	}
	s.cmd = exec.Command(postgres, args...)
	s.cmd.Dir, s.cmd.SysProcAttr = s.dir, dieWithParent(attr)
	s.cmd.Stdout, s.cmd.Stderr = s.log, s.log
	if err := s.launch(); err != nil {
		return err
	}
	return s.await()
}

// await returns when the server answers.
func (s *Server) await() error {
	db, err := sql.Open("pgx", s.DSN("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	for end := time.Now().Add(startTimeout); ; {
		if err = db.Ping(); err == nil {
			return nil
		}
		select {
		case died := <-s.done:
			s.cmd = nil
			text, _ := os.ReadFile(s.log.Name())
			return fmt.Errorf("postgres ended at once (%v): %s", died, bytes.TrimSpace(text))
		case <-time.After(20 * time.Millisecond):
		}
		if time.Now().After(end) {
			return fmt.Errorf("postgres does not answer: %w", err)
		}
	}
}

// DSN returns the address of a database of the server.
func (s *Server) DSN(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User("postgres"), Path: "/" + database, RawQuery: url.Values{"host": {s.dir}}.Encode()}
	return u.String()
}

// Create makes a new empty database and returns its name.
func (s *Server) Create(ctx context.Context) (string, error) {
	name := "t" + strconv.FormatInt(s.count.Add(1), 10)
	return name, s.exec(ctx, "CREATE DATABASE "+name)
}

// Drop removes a database, whoever is still connected to it.
func (s *Server) Drop(ctx context.Context, name string) error {
	return s.exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
}

func (s *Server) exec(ctx context.Context, text string) error {
	db, err := sql.Open("pgx", s.DSN("postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(ctx, text)
	return err
}

// Stop ends the server and removes its folder.
func (s *Server) Stop() error {
	var errs []error
	if s.cmd != nil && s.cmd.Process != nil {
		// SIGINT is a fast shutdown: clients are cut off, data is kept whole.
		errs = append(errs, s.cmd.Process.Signal(syscall.SIGINT))
		select {
		case <-s.done:
		case <-time.After(stopTimeout):
			errs = append(errs, s.cmd.Process.Kill())
		}
	}
	if s.log != nil {
		errs = append(errs, s.log.Close())
	}
	return errors.Join(append(errs, os.RemoveAll(s.dir))...)
}

// binaries finds initdb and postgres, the newest version first.
func binaries() (initdb, postgres string, err error) {
	dirs, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", "", err
	}
	slices.SortFunc(dirs, func(a, b string) int { return versionOf(b) - versionOf(a) })
	if onPath, err := exec.LookPath("initdb"); err == nil {
		dirs = append(dirs, filepath.Dir(onPath))
	}
	for _, d := range dirs {
		initdb, postgres = filepath.Join(d, "initdb"), filepath.Join(d, "postgres")
		if isProgram(initdb) && isProgram(postgres) {
			return initdb, postgres, nil
		}
	}
	return "", "", errors.New(installHint)
}

func versionOf(dir string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir))) // 0 sorts last
	return n
}

func isProgram(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

// unprivileged returns what lets a program run as somebody who is not root and
// hands the folder over.
func unprivileged(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.Atoi(u.Uid)
		gid, err2 := strconv.Atoi(u.Gid)
		if err := errors.Join(err1, err2, os.Chown(dir, uid, gid)); err != nil {
			return nil, err
		}
		return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
}
