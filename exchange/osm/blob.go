package osm

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"github.com/shanyraq/shanyraq/fault"
)

// Bounds of the format, which a correct file never passes.
const (
	maxBlobHeader = 64 << 10
	maxBlob       = 32 << 20
)

// blob is one block of the file as it stands there.
type blob struct {
	number int   // from 1
	offset int64 // of its first byte in the file
	header bool  // the block that opens the file
	packed []byte
}

// blobs reads the file block by block.
type blobs struct {
	file   string
	r      *bufio.Reader
	offset int64
	number int
	// refused is why the header was not accepted; reading stops there.
	refused error
}

func newBlobs(file string, r io.Reader) *blobs {
	return &blobs{file: file, r: bufio.NewReaderSize(r, 1<<20)}
}

// wrong is an error in the blob that is being read.
func (b *blobs) wrong(says string, args ...any) error {
	return wrongAt(b.file, b.number, b.offset, fmt.Errorf(says, args...))
}

func wrongAt(file string, number int, offset int64, err error) error {
	return fault.New(fault.Invalid, "osm.Read", file, "block %d at byte %d: %w", number, offset, err)
}

// next returns the next block, io.EOF behind the last. Blocks of a type that
// is not known are passed over, as the format asks.
func (b *blobs) next() (blob, error) {
	for {
		if b.refused != nil {
			return blob{}, b.refused
		}
		b.number++
		kind, size, head, err := b.head()
		if err != nil {
			return blob{}, err
		}
		out := blob{number: b.number, offset: b.offset, header: kind == "OSMHeader"}
		switch kind {
		case "OSMHeader", "OSMData":
			out.packed = make([]byte, size)
			_, err = io.ReadFull(b.r, out.packed)
		default:
			_, err = io.CopyN(io.Discard, b.r, int64(size))
		}
		if err != nil {
			return blob{}, b.cut(err)
		}
		if b.number == 1 && !out.header {
			return blob{}, b.wrong("it is of type %q: a PBF file begins with OSMHeader; is this an .osm.pbf file?", clip(kind))
		}
		b.offset += int64(head + size)
		if out.packed != nil {
			return out, nil
		}
	}
}

// head reads what stands before a block: its type, its size, and how many
// bytes head itself took.
func (b *blobs) head() (kind string, size, head int, err error) {
	var length [4]byte
	if _, err := io.ReadFull(b.r, length[:]); err != nil {
		if errors.Is(err, io.EOF) && b.number > 1 {
			return "", 0, 0, io.EOF
		}
		if errors.Is(err, io.EOF) {
			return "", 0, 0, b.wrong("the file is empty: fetch it again")
		}
		return "", 0, 0, b.cut(err)
	}
	n := binary.BigEndian.Uint32(length[:])
	if n == 0 || n > maxBlobHeader {
		return "", 0, 0, b.wrong("its head would have %d bytes, and at most %d are possible: this is no .osm.pbf file, or it is damaged here", n, maxBlobHeader)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(b.r, text); err != nil {
		return "", 0, 0, b.cut(err)
	}
	w := wire{b: text}
	bytesOfBlob := uint64(0)
	for field, t := range w.fields {
		switch field {
		case 1:
			kind = string(w.bytes(t))
		case 3:
			bytesOfBlob = w.number(t)
		default:
			w.skip(t)
		}
	}
	if w.err != nil {
		return "", 0, 0, b.wrong("its head: %w: this is no .osm.pbf file, or it is damaged here", w.err)
	}
	if bytesOfBlob > maxBlob {
		return "", 0, 0, b.wrong("it would have %d bytes, and at most %d are possible: the file is damaged here", bytesOfBlob, maxBlob)
	}
	return kind, int(bytesOfBlob), 4 + int(n), nil
}

// cut tells of a file that ends too soon from a disk or network that fails.
func (b *blobs) cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return b.wrong("the file ends inside of it: it was cut off, fetch it again")
	}
	return fault.New(fault.Internal, "osm.Read", b.file, "cannot read block %d at byte %d: %w", b.number, b.offset, err)
}

// unpacker unpacks blobs, one after another.
type unpacker struct {
	raw  bytes.Buffer
	zlib io.ReadCloser
	zstd *zstd.Decoder
}

// unpack returns the content of a blob, valid until the next call.
func (u *unpacker) unpack(packed []byte) ([]byte, error) {
	w := wire{b: packed}
	size, how := uint64(0), 0
	var data []byte
	for field, t := range w.fields {
		switch field {
		case 2:
			size = w.number(t)
		case 1, 3, 4, 5, 6, 7:
			data, how = w.bytes(t), field
		default:
			w.skip(t)
		}
	}
	switch {
	case w.err != nil:
		return nil, w.err
	case size > maxBlob:
		return nil, fmt.Errorf("it would unpack to %d bytes, and at most %d are possible: the file is damaged here", size, maxBlob)
	}
	var err error
	switch how {
	case 1:
		return data, nil
	case 3:
		if u.zlib == nil {
			u.zlib, err = zlib.NewReader(bytes.NewReader(data))
		} else {
			err = u.zlib.(zlib.Resetter).Reset(bytes.NewReader(data), nil)
		}
		if err != nil {
			u.zlib = nil
			return nil, fmt.Errorf("it cannot be unpacked (%w): the file is damaged here, fetch it again", err)
		}
		return u.fill(u.zlib, size)
	case 7:
		if u.zstd == nil {
			if u.zstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(2*maxBlob)); err != nil {
				return nil, err
			}
		}
		if err := u.zstd.Reset(bytes.NewReader(data)); err != nil {
			return nil, err
		}
		return u.fill(u.zstd, size)
	case 0:
		return nil, errors.New("it has no content: the file is damaged here")
	}
	return nil, fmt.Errorf("it is packed as %s, which is not read here: write the file anew with zlib, as osmium does", map[int]string{4: "LZMA", 5: "bzip2", 6: "LZ4"}[how])
}

func (u *unpacker) fill(r io.Reader, size uint64) ([]byte, error) {
	u.raw.Reset()
	u.raw.Grow(int(size) + bytes.MinRead)
	if _, err := u.raw.ReadFrom(io.LimitReader(r, int64(size)+1)); err != nil {
		return nil, fmt.Errorf("it cannot be unpacked (%w): the file is damaged here, fetch it again", err)
	}
	if n := uint64(u.raw.Len()); n != size {
		return nil, fmt.Errorf("it unpacks to %d bytes or more and says %d: the file is damaged here, fetch it again", n, size)
	}
	return u.raw.Bytes(), nil
}

// clip shortens what is quoted in a message.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
