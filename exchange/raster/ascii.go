package raster

import (
	"bytes"
	"io"
	"strconv"

	"github.com/shanyraq/shanyraq/fault"
)

// maxNumber is the longest number of a cell in text, in bytes.
const maxNumber = 64

// asciiCells are the cells of an .asc: numbers divided by blanks, not always
// with one row on a line. Reading goes on where it stopped; going back begins
// anew from the first cell.
type asciiCells struct {
	data  io.ReaderAt
	size  int64
	start int64 // where the first cell stands

	header Header
	next   int // cell that stands at the place
	words  words
}

// openASCII opens an .asc, whose header stands before the cells.
func openASCII(s Source) (*Raster, error) {
	const op = "raster.Open"
	t := textHeader{name: s.Name, values: map[string]string{}}
	w := words{data: s.Data, size: s.Size}
	start := int64(0)
	for {
		word, err := w.next()
		if err != nil {
			return nil, fault.Wrap(err, op, s.Name)
		}
		if len(word) == 0 {
			return nil, fault.New(fault.Invalid, op, s.Name, "this is not a raster that is read: GeoTIFF (.tif), ESRI ASCII grid (.asc) and float grid (.flt with .hdr) are")
		}
		if c := word[0]; c == '-' || c == '+' || c == '.' || c >= '0' && c <= '9' || bytes.EqualFold(word, []byte("nan")) {
			break
		}
		key := string(word)
		value, err := w.next()
		if err != nil {
			return nil, fault.Wrap(err, op, s.Name)
		}
		if !headerKeys[lower(key)] && len(t.values) == 0 {
			return nil, fault.New(fault.Invalid, op, s.Name, "this is not a raster that is read: GeoTIFF (.tif), ESRI ASCII grid (.asc) and float grid (.flt with .hdr) are")
		}
		if err := t.set(key, string(value)); err != nil {
			return nil, err
		}
		if start = w.place(); start > maxHeader {
			return nil, fault.New(fault.Invalid, op, s.Name, "the header is longer than %d bytes", maxHeader)
		}
	}
	h, err := t.header(s.Projection)
	if err != nil {
		return nil, err
	}
	if err := h.check(op, s.Name, s.MaxCells); err != nil {
		return nil, err
	}
	if least := 2*int64(h.Cells()) - 1; s.Size-start < least {
		return nil, fault.New(fault.Invalid, op, s.Name, "%d x %d cells take at least %d bytes, and %d follow the header: the file is cut", h.Columns, h.Rows, least, s.Size-start)
	}
	if s.Band > 1 {
		return nil, fault.New(fault.Invalid, op, s.Name, "band %d was asked for, and an ASCII grid has one", s.Band)
	}
	a := &asciiCells{data: s.Data, size: s.Size, start: start, header: h}
	a.rewind()
	return &Raster{Header: h, name: s.Name, cells: a}, nil
}

func lower(s string) string { return string(bytes.ToLower([]byte(s))) }

func (a *asciiCells) rewind() {
	a.next, a.words = 0, words{data: a.data, size: a.size, at: a.start}
}

func (a *asciiCells) rows(dst []float32, first int) error {
	columns := a.header.Columns
	want := first * columns
	if want < a.next {
		a.rewind()
	}
	for a.next < want {
		if _, err := a.cell(); err != nil {
			return err
		}
	}
	for i := range dst {
		v, err := a.cell()
		if err != nil {
			return err
		}
		dst[i] = v
	}
	if a.next < a.header.Cells() {
		return nil
	}
	if more, err := a.words.next(); err != nil {
		return err
	} else if len(more) > 0 {
		a.rewind()
		return fault.New(fault.Invalid, "raster.ReadRows", "", "more than %d x %d cells stand in the file: the header does not fit", columns, a.header.Rows)
	}
	return nil
}

// cell reads the next number.
func (a *asciiCells) cell() (float32, error) {
	refuse := func(what string, args ...any) (float32, error) {
		args = append([]any{a.next/a.header.Columns + 1, a.next%a.header.Columns + 1}, args...)
		return 0, fault.New(fault.Invalid, "raster.ReadRows", "", "row %d, column %d: "+what, args...)
	}
	word, err := a.words.next()
	if err != nil {
		return 0, err
	}
	if len(word) == 0 {
		return refuse("the file ends before this cell: it is cut")
	}
	v, err := strconv.ParseFloat(string(word), 64)
	if err != nil {
		return refuse("%q is not a number; write it with a decimal point", short(string(word)))
	}
	f, err := narrow(v, a.header.NoData, a.header.HasNoData, false)
	if err != nil {
		return refuse("%w", err)
	}
	a.next++
	return f, nil
}

// words divides a file at blanks, keeping one buffer.
type words struct {
	data io.ReaderAt
	size int64
	at   int64 // of the byte behind the buffer
	buf  []byte
	pos  int
}

const wordBuffer = 64 << 10

// place returns where the byte after the last word stands.
func (w *words) place() int64 { return w.at - int64(len(w.buf)-w.pos) }

// next returns the next word, empty at the end. It is valid until the next call.
func (w *words) next() ([]byte, error) {
	for {
		for w.pos < len(w.buf) && isBlank(w.buf[w.pos]) {
			w.pos++
		}
		if w.pos < len(w.buf) {
			break
		}
		if more, err := w.fill(); err != nil || !more {
			return nil, err
		}
	}
	for end := w.pos; ; end++ {
		if end == len(w.buf) {
			kept := end - w.pos
			more, err := w.fill()
			if err != nil {
				return nil, err
			}
			if end = w.pos + kept; !more {
				word := w.buf[w.pos:end]
				w.pos = end
				return word, nil
			}
		}
		if isBlank(w.buf[end]) {
			word := w.buf[w.pos:end]
			w.pos = end
			return word, nil
		}
		if end-w.pos > maxNumber {
			return nil, fault.New(fault.Invalid, "raster.ReadRows", "", "a number or word at byte %d is longer than %d characters: this is not an ASCII grid", w.place(), maxNumber)
		}
	}
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// fill moves what is left to the front and reads on; false at the end.
func (w *words) fill() (bool, error) {
	if w.buf == nil {
		w.buf = make([]byte, 0, wordBuffer)
	}
	n := copy(w.buf[:cap(w.buf)], w.buf[w.pos:])
	w.buf, w.pos = w.buf[:n], 0
	room := min(int64(cap(w.buf)-n), w.size-w.at)
	if room <= 0 {
		return false, nil
	}
	more, err := w.data.ReadAt(w.buf[n:n+int(room)], w.at)
	if more == 0 && err != nil {
		if err == io.EOF {
			return false, nil
		}
		return false, err
	}
	w.buf, w.at = w.buf[:n+more], w.at+int64(more)
	return true, nil
}
