package archive

import (
	"archive/tar"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"

	"github.com/shanyraq/shanyraq/fault"
)

// Taker takes what an archive holds, in its order. What it took counts only
// when Read returns without an error: hashes are compared at the end.
type Taker interface {
	Header(Header) error
	// Rows takes whole rows of a table of the header; a table comes in
	// several pieces, one after the other.
	Rows(table string, r io.Reader) error
	// File takes a file; its content was not yet compared with its address.
	File(address string, size int64, r io.Reader) error
}

// Nobody takes everything and keeps nothing: Read then only verifies.
type Nobody struct{}

// Header takes any header.
func (Nobody) Header(Header) error { return nil }

// Rows takes no rows.
func (Nobody) Rows(string, io.Reader) error { return nil }

// File takes no file.
func (Nobody) File(string, int64, io.Reader) error { return nil }

const opRead = "archive.Read"

const (
	ageMagic   = "age-encryption.org/"
	maxMemory  = 256 << 20 // what unpacking may take
	readBuffer = 1 << 20
	maxPadding = 1 << 20 // zeroes after the end of a tar
)

func broken(format string, args ...any) error {
	return fault.New(fault.Invalid, opRead, "backup", format, args...)
}

// Read gives everything in the archive to the taker and compares it with the
// manifest. It returns fault.Invalid when the archive is not one, is damaged or
// was cut off, and fault.Forbidden when it is encrypted and the key is not
// right.
func Read(in io.Reader, key Key, to Taker) (*Header, *Manifest, error) {
	plain, err := unlocked(bufio.NewReaderSize(in, readBuffer), key)
	if err != nil {
		return nil, nil, err
	}
	z, err := zstd.NewReader(plain, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxMemory))
	if err != nil {
		return nil, nil, broken("the file is not a backup of this program: %w", err)
	}
	defer z.Close()
	r := &reader{tar: tar.NewReader(z), to: to, seen: map[string]bool{}, rows: map[string]int64{}}
	if err := r.all(); err != nil {
		return nil, nil, err
	}
	// The checksum of the packing stands behind everything.
	if n, err := io.Copy(io.Discard, io.LimitReader(z, maxPadding)); err != nil || n == maxPadding {
		return nil, nil, damaged(err)
	}
	return &r.header, &r.manifest, nil
}

func unlocked(in *bufio.Reader, key Key) (io.Reader, error) {
	start, err := in.Peek(len(ageMagic))
	if err != nil {
		return nil, broken("the file is too short to be a backup")
	}
	if string(start) != ageMagic {
		return in, nil
	}
	if len(key.identities) == 0 {
		return nil, fault.New(fault.Forbidden, opRead, "backup", "the backup is encrypted: give its key with --identity FILE or --passphrase-file FILE")
	}
	plain, err := age.Decrypt(in, key.identities...)
	var none *age.NoIdentityMatchError
	if errors.As(err, &none) {
		return nil, fault.New(fault.Forbidden, opRead, "backup", "this key does not open the backup: it was encrypted for another")
	}
	if err != nil {
		return nil, broken("the encrypted file is damaged: %w", err)
	}
	return plain, nil
}

// reader is one reading of an archive.
type reader struct {
	tar      *tar.Reader
	to       Taker
	header   Header
	manifest Manifest
	columns  map[string]int // of each table
	members  []Member
	seen     map[string]bool
	rows     map[string]int64
	files    int64
}

func (r *reader) all() error {
	if err := r.first(); err != nil {
		return err
	}
	for {
		h, err := r.tar.Next()
		if err == io.EOF {
			return broken("the backup was cut off: its list of contents at the end is missing")
		}
		if err != nil {
			return damaged(err)
		}
		if h.Name == manifestName {
			return r.last(h)
		}
		if err := r.member(h); err != nil {
			return err
		}
	}
}

func damaged(err error) error {
	if err == nil {
		err = errors.New("it goes on after its end")
	}
	return broken("the backup is damaged: %w", err)
}

// first reads the header.
func (r *reader) first() error {
	h, err := r.tar.Next()
	if err != nil || h.Name != headerName || h.Size > maxHeader {
		return broken("the file is not a backup of this program, or it is damaged")
	}
	body, err := r.whole(h)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, &r.header); err != nil || r.header.Format != Format {
		return broken("the file is not a backup of this program")
	}
	if r.header.Version > Version {
		return fault.New(fault.Conflict, opRead, "backup", "the backup is of format %d, and this program knows formats up to %d: use a newer program", r.header.Version, Version)
	}
	r.columns = map[string]int{}
	for _, t := range r.header.Tables {
		r.columns[t.Name], r.rows[t.Name] = len(t.Columns), 0
	}
	return r.to.Header(r.header)
}

// whole reads a small member and lists it.
func (r *reader) whole(h *tar.Header) ([]byte, error) {
	var body bytes.Buffer
	err := r.each(h, func(in io.Reader) error {
		_, err := body.ReadFrom(in)
		return err
	})
	return body.Bytes(), err
}

// member hands on a piece of a table or a file.
func (r *reader) member(h *tar.Header) error {
	if r.seen[h.Name] {
		return broken("the backup has the member %q twice", h.Name)
	}
	r.seen[h.Name] = true
	if table, ok := tableOf(h.Name); ok {
		if _, known := r.columns[table]; !known {
			return broken("the backup has rows of a table that its head does not name")
		}
		count := &lines{}
		err := r.each(h, func(in io.Reader) error { return r.to.Rows(table, io.TeeReader(in, count)) }, count)
		r.rows[table] += count.n
		return err
	}
	if address, ok := addressOf(h.Name); ok {
		r.files++
		err := r.each(h, func(in io.Reader) error { return r.to.File(address, h.Size, in) })
		if err == nil && r.members[len(r.members)-1].SHA256 != address {
			return broken("the file %s in the backup is damaged", address)
		}
		return err
	}
	return broken("the backup has a member that does not belong there: %q", h.Name)
}

// each lets do read a member and notes size and hash of all of it, also of
// what do left unread, which the others get too.
func (r *reader) each(h *tar.Header, do func(io.Reader) error, rest ...io.Writer) error {
	if h.Typeflag != tar.TypeReg {
		return broken("the backup has a member that is not a file: %q", h.Name)
	}
	sum := sha256.New()
	if err := do(io.TeeReader(r.tar, sum)); err != nil {
		if f := (*fault.Error)(nil); errors.As(err, &f) {
			return err
		}
		return fault.New(fault.Invalid, opRead, h.Name, "%w", err)
	}
	if _, err := io.Copy(io.MultiWriter(append(rest, sum)...), r.tar); err != nil {
		return damaged(err)
	}
	r.members = append(r.members, Member{h.Name, h.Size, hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// last compares what came with the manifest.
func (r *reader) last(h *tar.Header) error {
	if h.Size > maxManifest {
		return broken("the list of contents is too long: %d bytes", h.Size)
	}
	body, err := io.ReadAll(r.tar)
	if err != nil {
		return damaged(err)
	}
	if err := json.Unmarshal(body, &r.manifest); err != nil {
		return damaged(err)
	}
	if _, err := r.tar.Next(); err != io.EOF {
		return broken("the backup goes on after its list of contents")
	}
	if len(r.members) != len(r.manifest.Members) {
		return broken("the backup has %d members, and its list of contents names %d", len(r.members), len(r.manifest.Members))
	}
	for i, m := range r.manifest.Members {
		if m != r.members[i] {
			return broken("the member %s is not the one that was written: its hash or size differs", r.members[i].Name)
		}
	}
	for _, t := range r.header.Tables {
		if r.rows[t.Name] != r.manifest.Rows[t.Name] {
			return broken("table %s has %d rows of %d", t.Name, r.rows[t.Name], r.manifest.Rows[t.Name])
		}
	}
	if len(r.manifest.Rows) != len(r.header.Tables) || r.files != r.manifest.Files {
		return broken("the backup is not whole: %d tables of %d, %d files of %d", len(r.manifest.Rows), len(r.header.Tables), r.files, r.manifest.Files)
	}
	return nil
}

// tableOf reads tables/NAME/000001.tsv.
func tableOf(name string) (string, bool) {
	rest, ok := strings.CutPrefix(name, tablesFolder)
	table, piece, slash := strings.Cut(rest, "/")
	return table, ok && slash && table != "" && strings.HasSuffix(piece, ".tsv")
}

// addressOf reads files/ab/abcd...
func addressOf(name string) (string, bool) {
	rest, ok := strings.CutPrefix(name, filesFolder)
	parts := strings.Split(rest, "/")
	if !ok || len(parts) != 2 || !isAddress(parts[1]) || parts[0] != parts[1][:2] {
		return "", false
	}
	return parts[1], true
}

// lines counts rows.
type lines struct{ n int64 }

func (l *lines) Write(b []byte) (int, error) {
	l.n += int64(bytes.Count(b, []byte{'\n'}))
	return len(b), nil
}
