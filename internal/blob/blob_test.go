package blob

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"

	"github.com/shanyraq/shanyraq/fault"
)

const limit = 1 << 20

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		os.Exit(putUntilKilled(dir))
	}
	os.Exit(m.Run())
}

// spoiler changes stored bytes behind the store's back.
type spoiler func(t *testing.T, n Name, b []byte)

// both runs a test on a folder and on a bucket.
func both(t *testing.T, test func(t *testing.T, s Store, spoil spoiler)) {
	t.Run("folder", func(t *testing.T) {
		f, err := OpenFolder(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		test(t, f, func(t *testing.T, n Name, b []byte) {
			if err := os.Chmod(f.file(n), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(f.file(n), b, 0o600); err != nil {
				t.Fatal(err)
			}
		})
	})
	t.Run("bucket", func(t *testing.T) {
		memory, env := fake(t)
		s, err := Open(t.Context(), "s3://evidence/kz", env)
		if err != nil {
			t.Fatal(err)
		}
		test(t, s, func(t *testing.T, n Name, b []byte) {
			if _, err := memory.PutObject("evidence", s.(*Bucket).object(n), map[string]string{}, bytes.NewReader(b), int64(len(b)), nil); err != nil {
				t.Fatal(err)
			}
		})
	})
}

// fake starts an S3 store in memory with a bucket "evidence".
func fake(t *testing.T) (*s3mem.Backend, func(string) string) {
	t.Helper()
	memory := s3mem.New()
	if err := memory.CreateBucket("evidence"); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(gofakes3.New(memory, gofakes3.WithLogger(gofakes3.DiscardLog())).Server())
	t.Cleanup(server.Close)
	set := map[string]string{"SHANYRAQ_S3_ENDPOINT": server.URL, "SHANYRAQ_S3_REGION": "kz-1", "SHANYRAQ_S3_KEY": "key", "SHANYRAQ_S3_SECRET": "secret"}
	return memory, func(name string) string { return set[name] }
}

func put(t *testing.T, s Store, b []byte) Info {
	t.Helper()
	i, err := s.Put(t.Context(), bytes.NewReader(b), limit)
	if err != nil {
		t.Fatal(err)
	}
	if i.Name != NameOf(b) || i.Size != int64(len(b)) {
		t.Fatalf("put %v, want %s of %d bytes", i, NameOf(b), len(b))
	}
	return i
}

func read(t *testing.T, s Store, n Name) []byte {
	t.Helper()
	c, err := s.Open(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	b, err := io.ReadAll(c)
	if err != nil || int64(len(b)) != c.Size {
		t.Fatalf("%d bytes of %d, %v", len(b), c.Size, err)
	}
	return b
}

func names(t *testing.T, s Store) map[Name]int64 {
	t.Helper()
	out := map[Name]int64{}
	if err := s.Each(t.Context(), func(i Info) error { out[i.Name] = i.Size; return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestStore(t *testing.T) {
	both(t, func(t *testing.T, s Store, _ spoiler) {
		if err := s.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := names(t, s); len(got) != 0 {
			t.Fatalf("a new store holds %v", got)
		}
		contents := [][]byte{{0}, []byte("act of acceptance"), bytes.Repeat([]byte("shanyraq"), 100_000)}
		for range 2 { // the second time nothing is new
			for _, b := range contents {
				put(t, s, b)
			}
		}
		for _, b := range contents {
			if got := read(t, s, NameOf(b)); !bytes.Equal(got, b) {
				t.Errorf("%d bytes came back changed", len(b))
			}
			if i, err := s.Stat(t.Context(), NameOf(b)); err != nil || i.Size != int64(len(b)) {
				t.Errorf("stat %v, %v", i, err)
			}
		}
		if got := names(t, s); len(got) != len(contents) {
			t.Errorf("%d names of %d contents", len(got), len(contents))
		}
		seek(t, s, contents[2])
		erase(t, s, NameOf(contents[1]))
		stop := errors.New("enough")
		if err := s.Each(t.Context(), func(Info) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("Each must end with the error of the visitor, got %v", err)
		}
	})
}

func seek(t *testing.T, s Store, b []byte) {
	t.Helper()
	c, err := s.Open(t.Context(), NameOf(b))
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Seek(799_992, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(c); err != nil || string(rest) != "shanyraq" {
		t.Errorf("the end is %q, %v", rest, err)
	}
}

func erase(t *testing.T, s Store, n Name) {
	t.Helper()
	for range 2 {
		if err := s.Erase(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Open(t.Context(), n); !fault.Is(err, fault.NotFound) {
		t.Errorf("an erased content: %v", err)
	}
	if _, err := s.Stat(t.Context(), n); !fault.Is(err, fault.NotFound) {
		t.Errorf("stat of an erased content: %v", err)
	}
}

// Nobody's bytes but those that fit the name are handed out, and sending the
// right bytes again heals.
func TestBrokenContentIsRefusedAndHealed(t *testing.T) {
	b := []byte("ready by 96 per cent")
	for what, bad := range map[string][]byte{"one bit": []byte("ready by 96 per cent!")[:20:20], "cut off": b[:7], "empty": {}, "longer": append(bytes.Clone(b), 'x')} {
		if what == "one bit" {
			bad = bytes.Clone(b)
			bad[3] ^= 1
		}
		t.Run(what, func(t *testing.T) {
			both(t, func(t *testing.T, s Store, spoil spoiler) {
				n := put(t, s, b).Name
				spoil(t, n, bad)
				if _, err := s.Open(t.Context(), n); !fault.Is(err, fault.Conflict) {
					t.Fatalf("broken bytes gave %v, want conflict", err)
				}
				put(t, s, b)
				if !bytes.Equal(read(t, s, n), b) {
					t.Error("sending it again did not heal it")
				}
			})
		})
	}
}

func TestBadNames(t *testing.T) {
	good := string(NameOf(nil))
	both(t, func(t *testing.T, s Store, _ spoiler) {
		for _, n := range []string{"", "x", "../../etc/passwd", good[:63], good + "0", strings.ToUpper(good), good[:63] + "/", "..%2f" + good[5:]} {
			if _, err := s.Open(t.Context(), Name(n)); !fault.Is(err, fault.NotFound) {
				t.Errorf("open %q: %v", n, err)
			}
			if _, err := s.Stat(t.Context(), Name(n)); !fault.Is(err, fault.NotFound) {
				t.Errorf("stat %q: %v", n, err)
			}
			if err := s.Erase(t.Context(), Name(n)); !fault.Is(err, fault.NotFound) {
				t.Errorf("erase %q: %v", n, err)
			}
		}
	})
}

// failing gives some bytes and then an error.
type failing struct {
	from io.Reader
	err  error
}

func (f *failing) Read(p []byte) (int, error) {
	n, err := f.from.Read(p)
	if err == io.EOF {
		err = f.err
	}
	return n, err
}

func TestWhatFailsLeavesNothing(t *testing.T) {
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	for name, tc := range map[string]struct {
		ctx  context.Context
		from func() io.Reader
		want fault.Kind
	}{
		"nothing":    {context.Background(), func() io.Reader { return strings.NewReader("") }, fault.Invalid},
		"too large":  {context.Background(), func() io.Reader { return io.LimitReader(zeros{}, limit+1) }, fault.TooLarge},
		"endless":    {context.Background(), func() io.Reader { return zeros{} }, fault.TooLarge},
		"broken off": {context.Background(), func() io.Reader { return &failing{strings.NewReader("half"), io.ErrUnexpectedEOF} }, fault.Invalid},
		"a failure":  {context.Background(), func() io.Reader { return &failing{strings.NewReader("half"), errors.New("no")} }, fault.Internal},
		"given up":   {gone, func() io.Reader { return strings.NewReader("whole") }, fault.Unavailable},
	} {
		t.Run(name, func(t *testing.T) {
			both(t, func(t *testing.T, s Store, _ spoiler) {
				if _, err := s.Put(tc.ctx, tc.from(), limit); !fault.Is(err, tc.want) {
					t.Errorf("%v, want %s", err, tc.want)
				}
				if got := names(t, s); len(got) != 0 {
					t.Errorf("it left %v", got)
				}
				if f, ok := s.(*Folder); ok {
					if left, _ := os.ReadDir(f.path(incoming)); len(left) != 0 {
						t.Errorf("unfinished files stay: %v", left)
					}
				}
			})
		})
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { return len(p), nil }

func TestManyWritersOfTheSame(t *testing.T) {
	both(t, func(t *testing.T, s Store, _ spoiler) {
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				for j := range 20 {
					b := []byte(fmt.Sprint("content ", (i+j)%10))
					if got, err := s.Put(t.Context(), bytes.NewReader(b), limit); err != nil || got.Name != NameOf(b) {
						t.Error(err)
					}
				}
			})
		}
		all.Wait()
		if got := names(t, s); len(got) != 10 {
			t.Errorf("%d contents, want 10", len(got))
		}
		for n := range names(t, s) {
			read(t, s, n)
		}
	})
}

func TestOpenRefuses(t *testing.T) {
	_, env := fake(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	without := func(name, value string) func(string) string {
		return func(n string) string {
			if n == name {
				return value
			}
			return env(n)
		}
	}
	for name, tc := range map[string]struct {
		address string
		env     func(string) string
		want    string
	}{
		"nothing":          {"", env, "name the folder"},
		"a file":           {file, env, "no folder"},
		"below a file":     {file + "/x", env, "no folder"},
		"another scheme":   {"ftp://host/x", env, "s3://bucket/prefix"},
		"no bucket":        {"s3://", env, "name the bucket"},
		"no such bucket":   {"s3://other/x", env, "does not exist"},
		"no keys":          {"s3://evidence", without("SHANYRAQ_S3_KEY", ""), "SHANYRAQ_S3_KEY"},
		"a bad endpoint":   {"s3://evidence", without("SHANYRAQ_S3_ENDPOINT", "host:9000"), "SHANYRAQ_S3_ENDPOINT"},
		"a path in it":     {"s3://evidence", without("SHANYRAQ_S3_ENDPOINT", "http://host/x"), "SHANYRAQ_S3_ENDPOINT"},
		"nobody listening": {"s3://evidence", without("SHANYRAQ_S3_ENDPOINT", "http://127.0.0.1:1"), "does not answer"},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		if name == "nobody listening" {
			cancel() // the client would try for half a minute
			tc.want = "broken off"
		}
		_, err := Open(ctx, tc.address, tc.env)
		cancel()
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
}

func TestTheSecretIsNotTold(t *testing.T) {
	_, env := fake(t)
	s, err := Open(t.Context(), "s3://evidence/kz/", env)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Where(); got != "s3://evidence/kz/" {
		t.Errorf("where %q", got)
	}
}
