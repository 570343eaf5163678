package osm

import "errors"

// errWire is what every breach of the protobuf encoding comes down to. The
// place in the file is added where the blob is known.
var errWire = errors.New("it does not follow the encoding of protocol buffers")

// wire reads a protobuf message from front to back. After an error it stays at
// the end and err keeps the first one.
type wire struct {
	b   []byte
	err error
}

// wire types of the encoding.
const (
	typeVarint = 0
	typeFixed8 = 1
	typeBytes  = 2
	typeFixed4 = 5
)

func (w *wire) fail() {
	if w.err == nil {
		w.err = errWire
	}
	w.b = nil
}

// fields goes over the fields of a message: the number and the type of each,
// whose value is to be read or skipped before the next. It ends at the end of
// the message, or with an error in err.
func (w *wire) fields(yield func(field, kind int) bool) {
	for len(w.b) > 0 {
		key := w.varint()
		if w.err != nil || key>>3 == 0 || key>>3 > 1<<29 {
			w.fail()
			return
		}
		if !yield(int(key>>3), int(key&7)) {
			return
		}
	}
}

// varint reads an unsigned number in groups of seven bits.
func (w *wire) varint() uint64 {
	if len(w.b) > 0 && w.b[0] < 0x80 { // the usual case
		v := w.b[0]
		w.b = w.b[1:]
		return uint64(v)
	}
	var v uint64
	for i, c := range w.b {
		if i == 9 && c > 1 {
			break
		}
		v |= uint64(c&0x7f) << (7 * i)
		if c < 0x80 {
			w.b = w.b[i+1:]
			return v
		}
	}
	w.fail()
	return 0
}

// signed reads a number whose sign stands in its lowest bit.
func (w *wire) signed() int64 {
	v := w.varint()
	return int64(v>>1) ^ -int64(v&1)
}

// bytes reads a field with a length before it; it is part of the message.
func (w *wire) bytes(kind int) []byte {
	n := uint64(0)
	if kind == typeBytes {
		n = w.varint()
	}
	if w.err != nil || kind != typeBytes || n > uint64(len(w.b)) {
		w.fail()
		return nil
	}
	out := w.b[:n:n]
	w.b = w.b[n:]
	return out
}

// number reads a field that must be a varint.
func (w *wire) number(kind int) uint64 {
	if kind != typeVarint {
		w.fail()
		return 0
	}
	return w.varint()
}

// skip passes over a field that is not needed.
func (w *wire) skip(kind int) {
	n := 0
	switch kind {
	case typeVarint:
		w.varint()
		return
	case typeBytes:
		w.bytes(kind)
		return
	case typeFixed8:
		n = 8
	case typeFixed4:
		n = 4
	}
	if n == 0 || n > len(w.b) {
		w.fail()
		return
	}
	w.b = w.b[n:]
}

// count returns how many varints are in a packed field.
func count(packed []byte) int {
	n := 0
	for _, c := range packed {
		if c < 0x80 {
			n++
		}
	}
	return n
}
