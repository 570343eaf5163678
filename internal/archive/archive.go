// Package archive is the format of a backup: one file that holds every row of
// every table and every piece of evidence, says so in a list with hashes, and
// can be read on any machine by common tools.
//
// It is a tar, packed by zstd, and encrypted by age when asked. First comes
// header.json (what wrote it, tables and columns), then the tables in pieces,
// tables/NAME/000001.tsv, each row a line in the text format of PostgreSQL's
// COPY, then evidence by the hash of its content, files/ab/abcd..., and last
// manifest.json: rows of each table, size and SHA-256 of each member, and the
// heads of the journal. An archive without its manifest was cut off, and is
// refused. docs/guide/operating.md shows how to open one by hand.
package archive

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"filippo.io/age"
	"github.com/klauspost/compress/zstd"

	"github.com/shanyraq/shanyraq/fault"
)

// Format names the format, Version counts its changes.
const (
	Format  = "shanyraq-backup"
	Version = 1
)

const (
	headerName   = "header.json"
	manifestName = "manifest.json"
	tablesFolder = "tables/"
	filesFolder  = "files/"

	maxHeader   = 4 << 20   // bytes
	maxManifest = 256 << 20 // bytes: 2 million members
	pieceBytes  = 8 << 20   // a piece of a table ends with the row that reaches this
)

// Header tells what an archive holds before it comes.
type Header struct {
	Format  string    `json:"format"`
	Version int       `json:"format_version"`
	Program string    `json:"program"`
	Created time.Time `json:"created"`
	Engine  string    `json:"engine"`
	Schema  int64     `json:"schema"`
	Tables  []Table   `json:"tables"`
}

// Table is a table and the order of its columns in every row.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
}

// Manifest tells afterwards what came.
type Manifest struct {
	Rows    map[string]int64 `json:"rows"` // by table
	Files   int64            `json:"files"`
	Chains  []Chain          `json:"chains"`
	Members []Member         `json:"members"` // in their order, without the manifest
}

// Chain is a chain of the journal and its last entry.
type Chain struct {
	Name string `json:"name"`
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"`
}

// Member is a file in the archive.
type Member struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Writer writes an archive: rows of the tables of the header in its order,
// then files, then Close.
type Writer struct {
	tar      *tar.Writer
	outer    []io.Closer // from the tar outwards
	header   Header
	manifest Manifest
	files    map[string]bool
}

// NewWriter begins an archive for those who hold the key; nobody's lock leaves
// it open.
func NewWriter(out io.Writer, h Header, lock Lock) (*Writer, error) {
	h.Format, h.Version, h.Created = Format, Version, h.Created.UTC().Truncate(time.Second)
	w := &Writer{header: h, manifest: Manifest{Rows: map[string]int64{}}, files: map[string]bool{}}
	if len(lock.recipients) > 0 {
		sealed, err := age.Encrypt(out, lock.recipients...)
		if err != nil {
			return nil, fmt.Errorf("cannot encrypt for this recipient: %w", err)
		}
		w.outer = append(w.outer, sealed)
		out = sealed
	}
	packed, err := zstd.NewWriter(out, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	w.tar = tar.NewWriter(packed)
	w.outer = append([]io.Closer{w.tar, packed}, w.outer...)
	body, err := json.MarshalIndent(h, "", "  ")
	if err != nil {
		return nil, err
	}
	return w, w.member(headerName, body)
}

// member writes a small member and lists it.
func (w *Writer) member(name string, body []byte) error {
	sum := sha256.Sum256(body)
	w.manifest.Members = append(w.manifest.Members, Member{name, int64(len(body)), hex.EncodeToString(sum[:])})
	if err := w.head(name, int64(len(body))); err != nil {
		return err
	}
	_, err := w.tar.Write(body)
	return err
}

func (w *Writer) head(name string, size int64) error {
	return w.tar.WriteHeader(&tar.Header{Name: name, Size: size, Mode: 0o600, ModTime: w.header.Created, Format: tar.FormatPAX})
}

// Rows takes the rows of a table, one a line; it is cut into pieces between
// two rows. Close it before anything else is written.
func (w *Writer) Rows(table string) io.WriteCloser {
	w.manifest.Rows[table] = 0
	return &pieces{w: w, table: table}
}

type pieces struct {
	w     *Writer
	table string
	n     int
	buf   bytes.Buffer
}

// Write keeps what comes until a piece is full.
func (p *pieces) Write(b []byte) (int, error) {
	p.buf.Write(b)
	if p.buf.Len() < pieceBytes {
		return len(b), nil
	}
	end := bytes.LastIndexByte(p.buf.Bytes(), '\n') + 1
	if end == 0 {
		return len(b), nil // one row, longer than a piece
	}
	return len(b), p.cut(end)
}

func (p *pieces) cut(end int) error {
	body := p.buf.Next(end)
	p.n++
	p.w.manifest.Rows[p.table] += int64(bytes.Count(body, []byte{'\n'}))
	err := p.w.member(fmt.Sprintf("%s%s/%06d.tsv", tablesFolder, p.table, p.n), body)
	if p.buf.Len() == 0 {
		p.buf.Reset()
	}
	return err
}

// Close writes what is left.
func (p *pieces) Close() error {
	if p.buf.Len() == 0 {
		return nil
	}
	if b := p.buf.Bytes(); b[len(b)-1] != '\n' {
		return fmt.Errorf("the last row of table %s is not whole", p.table)
	}
	return p.cut(p.buf.Len())
}

// File adds a file whose address is the SHA-256 of its content, once. It
// returns fault.Conflict when the content is another.
func (w *Writer) File(address string, size int64, r io.Reader) error {
	const op = "archive.File"
	if !isAddress(address) {
		return fault.New(fault.Invalid, op, address, "the address of a file is its SHA-256")
	}
	if w.files[address] {
		return nil
	}
	w.files[address] = true
	name := fileName(address)
	if err := w.head(name, size); err != nil {
		return err
	}
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(w.tar, sum), io.LimitReader(r, size))
	if err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); n != size || got != address {
		return fault.New(fault.Conflict, op, address, "this file is damaged: its content is not that of its name. Bring it back from an older backup, then make the backup again")
	}
	w.manifest.Members = append(w.manifest.Members, Member{name, size, address})
	w.manifest.Files++
	return nil
}

func fileName(address string) string { return path.Join(filesFolder, address[:2], address) }

// isAddress reports whether s is a SHA-256 in small hexadecimal digits.
func isAddress(s string) bool {
	return len(s) == 2*sha256.Size && strings.Trim(s, "0123456789abcdef") == ""
}

// Close writes the manifest and ends the archive.
func (w *Writer) Close(chains []Chain) (*Manifest, error) {
	w.manifest.Chains = chains
	body, err := json.MarshalIndent(w.manifest, "", " ")
	if err != nil {
		return nil, err
	}
	if err := w.head(manifestName, int64(len(body))); err != nil {
		return nil, err
	}
	if _, err := w.tar.Write(body); err != nil {
		return nil, err
	}
	for _, c := range w.outer {
		if err := c.Close(); err != nil {
			return nil, err
		}
	}
	return &w.manifest, nil
}
