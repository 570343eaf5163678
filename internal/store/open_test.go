package store

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// refused opens and expects a refusal of a kind that says something, soon.
func refused(t *testing.T, dsn string, kind fault.Kind, want string) {
	t.Helper()
	start := time.Now()
	s, err := Open(t.Context(), dsn)
	if err == nil {
		s.Close()
		t.Fatalf("%s was opened", dsn)
	}
	if !fault.Is(err, kind) || !strings.Contains(err.Error(), want) {
		t.Errorf("%v (%s), want %q (%s)", err, fault.KindOf(err), want, kind)
	}
	if strings.Contains(err.Error(), "secret") {
		t.Errorf("the message shows the password: %v", err)
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("the refusal took %v", took)
	}
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	both(t, func(t *testing.T, fresh address) {
		dsn := fresh(t)
		s := open(t, dsn)
		if _, err := s.write.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, $1)`, true); err != nil {
			t.Fatal(err)
		}
		s.Close()
		refused(t, dsn, fault.Conflict, "use a newer program")
	})
}

func TestAddressesThatAreNone(t *testing.T) {
	for _, dsn := range []string{"", "sqlite:", "file.db", "mysql://root:secret@localhost/x", "postgres://u:secret@host:port/x"} {
		refused(t, dsn, fault.Invalid, "postgres://USER:PASSWORD@HOST:PORT/DATABASE")
	}
	refused(t, "postgres://u:secret@127.0.0.1:1/x?connect_timeout=2", fault.Unavailable, "does not answer")
}

func TestFileThatIsNoDatabase(t *testing.T) {
	for name, content := range map[string][]byte{
		"a letter":            []byte(strings.Repeat("Dear minister, ", 1000)),
		"a garbled database":  append([]byte("SQLite format 3\x00"), bytes.Repeat([]byte{0xA5}, 9000)...),
		"zeroes after a head": append([]byte("SQLite format 3\x00\x10\x00\x02\x02\x00\x40\x20\x20"), make([]byte, 9000)...),
	} {
		file := filepath.Join(t.TempDir(), "x.db")
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
		t.Log(name)
		refused(t, "sqlite:"+file, fault.Invalid, "not a database of this program, or it is damaged")
	}
}

func TestDamageIsToldWhenItIsMet(t *testing.T) {
	file := filepath.Join(t.TempDir(), "x.db")
	s := open(t, "sqlite:"+file)
	commit(t, s, 1, importOf(1, 1, 3000)...)
	s.Close()
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	for at := info.Size() / 3 &^ 4095; at < info.Size(); at += 4096 {
		if _, err := f.WriteAt(bytes.Repeat([]byte{0xA5}, 4096), at); err != nil {
			t.Fatal(err)
		}
	}
	f.Close()
	s = open(t, "sqlite:"+file)
	_, err = s.Figures(t.Context(), all(Everything))
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("reading a damaged file: %v", err)
	}
}

func TestFolderIsMadeOrRefused(t *testing.T) {
	dir := t.TempDir()
	s := open(t, "sqlite:"+filepath.Join(dir, "new", "deep", "x.db"))
	if err := s.Ping(t.Context()); err != nil {
		t.Error(err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, "sqlite:"+filepath.Join(file, "x.db"), fault.Invalid, "cannot make the folder")
	refused(t, "sqlite:"+dir, fault.Invalid, "check path and rights")
}

func TestNamesWithSpacesAndLetters(t *testing.T) {
	s := open(t, "sqlite:"+filepath.Join(t.TempDir(), "дерекқор 100% #1?.db"))
	commit(t, s, 1, beds("KZ", "2025", "1"))
	if _, err := os.Stat(s.Name()); err != nil {
		t.Error(err)
	}
}
