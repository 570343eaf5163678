// Package blob keeps the bytes of evidence: photos, acts, contracts.
//
// Content is named by its SHA-256. The same bytes are therefore kept once, a
// name always means the same bytes, and what is handed out is hashed again
// first: what rotted on a disk or was changed behind our back is refused and
// never shown. Contents live in a folder or in a bucket of an S3-compatible
// store; both keep the same promises, tested by one suite.
package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// Name is the SHA-256 of a content in 64 small hexadecimal digits.
type Name string

// NameOf returns the name of bytes.
func NameOf(b []byte) Name {
	sum := sha256.Sum256(b)
	return Name(hex.EncodeToString(sum[:]))
}

// Check refuses what cannot be a name, and with it every path that leads
// elsewhere.
func (n Name) Check() error {
	if len(n) != sha256.Size*2 || strings.Trim(string(n), "0123456789abcdef") != "" {
		return fault.New(fault.NotFound, "blob.Name", "", "no content has that name: it is the SHA-256 in 64 hexadecimal digits")
	}
	return nil
}

// Info is what is known of a content without reading it.
type Info struct {
	Name Name
	Size int64 // bytes
}

// Content is a verified content. Whoever gets it closes it.
type Content struct {
	io.ReadSeekCloser
	Size int64 // bytes
}

// Store keeps contents. It is safe for many goroutines and processes.
type Store interface {
	// Put keeps what it reads, 1 to limit bytes, and returns when it is safe.
	// It returns fault.Invalid for nothing, fault.TooLarge beyond the limit and fault.Unavailable
	// when nothing can be written now. Known content is kept as it is, unless
	// it is broken: then the bytes that fit the name take its place.
	Put(ctx context.Context, from io.Reader, limit int64) (Info, error)
	// Open returns a content after its bytes were compared with its name:
	// fault.NotFound when there is none, fault.Conflict when it is broken.
	Open(ctx context.Context, name Name) (*Content, error)
	// Stat returns the size without reading, or fault.NotFound.
	Stat(ctx context.Context, name Name) (Info, error)
	// Erase removes a content for good; removing it again is no error.
	Erase(ctx context.Context, name Name) error
	// Each visits every content in no particular order.
	Each(ctx context.Context, visit func(Info) error) error
	// Ping tells whether contents can be written and read now.
	Ping(ctx context.Context) error
	// Where names the place for a person; it holds no secret.
	Where() string
}

// scheme begins the address of a bucket.
const scheme = "s3://"

// Open opens a store: a folder, which is made when it is not there, or
// s3://bucket/prefix. Endpoint, region and keys of a bucket come from the
// environment, see Environment.
func Open(ctx context.Context, address string, env func(string) string) (Store, error) {
	if rest, ok := strings.CutPrefix(address, scheme); ok {
		bucket, prefix, _ := strings.Cut(rest, "/")
		return openBucket(ctx, bucketConfig(bucket, prefix, env))
	}
	if strings.Contains(address, "://") {
		return nil, fault.New(fault.Invalid, "blob.Open", "", "files are kept in a folder or under s3://bucket/prefix: name one of them")
	}
	return OpenFolder(address)
}

// bounded reads at most limit bytes and hashes what it hands on.
type bounded struct {
	from  io.Reader
	sum   hash.Hash
	size  int64
	limit int64
}

func newBounded(from io.Reader, limit int64) *bounded {
	return &bounded{from: from, sum: sha256.New(), limit: limit}
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.from.Read(p)
	b.size += int64(n)
	if b.size > b.limit {
		return 0, fault.New(fault.TooLarge, "blob.Put", "", "the file is larger than %d MB: send a smaller one", b.limit>>20)
	}
	b.sum.Write(p[:n])
	return n, err
}

// info names what was read. Nothing is no evidence, and not every bucket keeps
// an empty object.
func (b *bounded) info() (Info, error) {
	if b.size == 0 {
		return Info{}, fault.New(fault.Invalid, "blob.Put", "", "the file is empty: choose another one")
	}
	return Info{Name: Name(hex.EncodeToString(b.sum.Sum(nil))), Size: b.size}, nil
}

// broken says that bytes do not fit their name.
func broken(op string, name Name) error {
	return fault.New(fault.Conflict, op, string(name), "the stored bytes are not those that were sent: restore this content from a backup, or send the file again")
}

func missing(op string, name Name) error {
	return fault.New(fault.NotFound, op, string(name), "this content is not in the store of files")
}

// compare reads all and compares it with a name.
func compare(op string, name Name, from io.Reader) (int64, error) {
	sum := sha256.New()
	n, err := io.Copy(sum, from)
	if err != nil {
		return n, err
	}
	if Name(hex.EncodeToString(sum.Sum(nil))) != name {
		return n, broken(op, name)
	}
	return n, nil
}

// asFault leaves a fault as it is.
func asFault(err error) (*fault.Error, bool) {
	var f *fault.Error
	return f, errors.As(err, &f)
}
