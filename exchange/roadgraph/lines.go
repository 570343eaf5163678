package roadgraph

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"github.com/shanyraq/shanyraq/fault"
)

// lines hands out a file line by line without copying it.
type lines struct {
	file string
	in   *bufio.Reader
	row  int // of the line that was handed out last, from 1
}

func newLines(file string, r io.Reader) *lines {
	return &lines{file: file, in: bufio.NewReaderSize(r, 1<<20)}
}

// next returns the next line without its end; io.EOF after the last one. The
// bytes hold until the next call.
func (l *lines) next() ([]byte, error) {
	b, err := l.in.ReadSlice('\n')
	l.row++
	switch {
	case errors.Is(err, bufio.ErrBufferFull) || len(b) > MaxLine:
		return nil, wrong(l.file, l.row, "", "the line is longer than %d bytes: this is not a file of this kind", MaxLine)
	case errors.Is(err, io.EOF):
		if len(b) == 0 {
			l.row--
			return nil, io.EOF
		}
	case err != nil:
		return nil, fault.New(fault.Invalid, "roadgraph.Read", l.file, "row %d: the file cannot be read on: %w", l.row, err)
	}
	if l.row == 1 {
		b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	}
	b = bytes.TrimSuffix(b, []byte("\n"))
	return bytes.TrimSuffix(b, []byte("\r")), nil
}
