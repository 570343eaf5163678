package blob

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

const (
	objects  = "objects"  // whole contents, by the first two digits of the name
	incoming = "incoming" // what is being written
	// forgotten is when an unfinished file is of nobody any more: no request
	// lasts that long.
	forgotten = 24 * time.Hour
)

// Folder keeps contents as files. A content is written beside, brought to the
// disk, and only then given its name: who looks sees it whole or not at all.
type Folder struct {
	root string
	// create begins an unfinished file; tests put a full disk here.
	create func(dir string) (unfinished, error)
}

type unfinished interface {
	io.Writer
	Sync() error
	Close() error
	Name() string
}

// OpenFolder opens a folder of contents and makes it when it is not there.
// Unfinished files that a killed process left are removed after a day.
func OpenFolder(root string) (*Folder, error) {
	const op = "blob.Open"
	if root == "" {
		return nil, fault.New(fault.Invalid, op, "", "name the folder in which files are kept")
	}
	f := &Folder{root: root, create: func(dir string) (unfinished, error) { return os.CreateTemp(dir, "new-*") }}
	for _, dir := range []string{root, f.path(objects), f.path(incoming)} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, folderFault(op, err)
		}
	}
	left, err := os.ReadDir(f.path(incoming))
	if err != nil {
		return nil, folderFault(op, err)
	}
	for _, e := range left {
		if i, err := e.Info(); err == nil && time.Since(i.ModTime()) > forgotten {
			_ = os.Remove(f.path(incoming, e.Name())) // another process may have been first
		}
	}
	return f, nil
}

func (f *Folder) path(parts ...string) string {
	return filepath.Join(append([]string{f.root}, parts...)...)
}

func (f *Folder) file(n Name) string { return f.path(objects, string(n[:2]), string(n)) }

// Where returns the folder.
func (f *Folder) Where() string { return f.root }

// Put implements Store.
func (f *Folder) Put(ctx context.Context, from io.Reader, limit int64) (Info, error) {
	const op = "blob.Put"
	name, info, err := f.write(newBounded(withContext(ctx, from), limit))
	if name != "" {
		defer os.Remove(name) // after the rename there is nothing under that name
	}
	if err != nil {
		return Info{}, folderFault(op, err)
	}
	if f.holds(info.Name) {
		return info, nil
	}
	if err := f.publish(name, info.Name); err != nil {
		return Info{}, folderFault(op, err)
	}
	return info, nil
}

// write brings what it reads to the disk under a name that nobody looks for.
func (f *Folder) write(from *bounded) (string, Info, error) {
	file, err := f.create(f.path(incoming))
	if err != nil {
		return "", Info{}, err
	}
	_, err = io.Copy(file, from)
	if err == nil {
		err = file.Sync()
	}
	if e := file.Close(); err == nil {
		err = e
	}
	if err != nil {
		return file.Name(), Info{}, err
	}
	info, err := from.info()
	return file.Name(), info, err
}

// publish gives a written file its name. The folder is brought to the disk
// too: otherwise a loss of power could take the name back.
func (f *Folder) publish(from string, name Name) error {
	if err := os.Chmod(from, 0o400); err != nil {
		return err
	}
	dir := filepath.Dir(f.file(name))
	if err := os.Mkdir(dir, 0o700); err == nil {
		if err := syncDir(f.path(objects)); err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := os.Rename(from, f.file(name)); err != nil {
		return err
	}
	return syncDir(dir)
}

// holds reports whether a content is there unbroken.
func (f *Folder) holds(name Name) bool {
	c, err := f.Open(context.Background(), name)
	if err != nil {
		return false
	}
	_ = c.Close() // only read
	return true
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	err = d.Sync()
	if e := d.Close(); err == nil {
		err = e
	}
	return err
}

// Open implements Store.
func (f *Folder) Open(ctx context.Context, name Name) (*Content, error) {
	const op = "blob.Open"
	if err := name.Check(); err != nil {
		return nil, err
	}
	file, err := os.Open(f.file(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, missing(op, name)
	}
	if err != nil {
		return nil, folderFault(op, err)
	}
	size, err := compare(op, name, withContext(ctx, file))
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		_ = file.Close() // only read
		return nil, folderFault(op, err)
	}
	return &Content{file, size}, nil
}

// Stat implements Store.
func (f *Folder) Stat(_ context.Context, name Name) (Info, error) {
	const op = "blob.Stat"
	if err := name.Check(); err != nil {
		return Info{}, err
	}
	i, err := os.Stat(f.file(name))
	if errors.Is(err, fs.ErrNotExist) {
		return Info{}, missing(op, name)
	}
	if err != nil {
		return Info{}, folderFault(op, err)
	}
	return Info{name, i.Size()}, nil
}

// Erase implements Store.
func (f *Folder) Erase(_ context.Context, name Name) error {
	const op = "blob.Erase"
	if err := name.Check(); err != nil {
		return err
	}
	err := os.Remove(f.file(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = syncDir(filepath.Dir(f.file(name)))
	}
	return folderFault(op, err)
}

// Each implements Store.
func (f *Folder) Each(ctx context.Context, visit func(Info) error) error {
	return filepath.WalkDir(f.path(objects), func(_ string, e fs.DirEntry, err error) error {
		if err != nil {
			return folderFault("blob.Each", err)
		}
		if e.IsDir() || Name(e.Name()).Check() != nil {
			return ctx.Err()
		}
		i, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // erased meanwhile
		}
		if err != nil {
			return folderFault("blob.Each", err)
		}
		return visit(Info{Name(e.Name()), i.Size()})
	})
}

// Ping implements Store: it writes a byte and removes it.
func (f *Folder) Ping(context.Context) error {
	file, err := f.create(f.path(incoming))
	if err != nil {
		return folderFault("blob.Ping", err)
	}
	_, err = file.Write([]byte{'.'})
	if e := file.Close(); err == nil {
		err = e
	}
	if e := os.Remove(file.Name()); err == nil {
		err = e
	}
	return folderFault("blob.Ping", err)
}

// folderFault says what to do about an error of a disk.
func folderFault(op string, err error) error {
	if err == nil {
		return nil
	}
	if f, ok := asFault(err); ok {
		return f
	}
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.New(fault.Unavailable, op, "", "it was broken off before it was done: %w", err)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return fault.New(fault.Unavailable, op, "", "the disk of the files is full: nothing was kept, make room and send it again")
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fault.New(fault.Unavailable, op, "", "the folder of the files cannot be written: check its rights and whether its disk is read-only")
	case errors.Is(err, syscall.ENOTDIR), errors.Is(err, fs.ErrExist):
		return fault.New(fault.Invalid, op, "", "the folder of the files is no folder: name another one with --files")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fault.New(fault.Invalid, op, "", "the file ended before it was whole: send it again")
	}
	return fault.New(fault.Internal, op, "", "%w", err)
}

// withContext stops reading when nobody waits any more.
func withContext(ctx context.Context, r io.Reader) io.Reader { return &watched{ctx, r} }

type watched struct {
	ctx context.Context
	r   io.Reader
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.r.Read(p)
}
