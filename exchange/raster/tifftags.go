package raster

import (
	"encoding/binary"
	"io"
	"math"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// Tags of TIFF 6.0, GeoTIFF and GDAL.
const (
	tagSubfile       = 254
	tagWidth         = 256
	tagLength        = 257
	tagBits          = 258
	tagCompression   = 259
	tagPhotometric   = 262
	tagStripOffsets  = 273
	tagSamples       = 277
	tagRowsPerStrip  = 278
	tagStripCounts   = 279
	tagPlanar        = 284
	tagPredictor     = 317
	tagTileWidth     = 322
	tagTileLength    = 323
	tagTileOffsets   = 324
	tagTileCounts    = 325
	tagSampleFormat  = 339
	tagPixelScale    = 33550
	tagTiepoint      = 33922
	tagMatrix        = 34264
	tagGeoKeys       = 34735
	tagGeoDoubles    = 34736
	tagGeoText       = 34737
	tagGDALMetadata  = 42112
	tagGDALNoData    = 42113
	subfileReduced   = 1
	subfileMask      = 4
	planarSeparate   = 2
	photometricColor = 3
)

// Bounds on the description of a file.
const (
	maxTags    = 4096 // in one directory
	maxImages  = 1000 // directories in one file
	maxTagText = 1 << 20
)

// typeSizes are the bytes of one value of a TIFF field type.
var typeSizes = map[uint16]int64{1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}

func isTIFF(head []byte) bool {
	if len(head) < 4 {
		return false
	}
	switch string(head[:4]) {
	case "II*\x00", "MM\x00*", "II+\x00", "MM\x00+":
		return true
	}
	return false
}

// field is one entry of a directory; its values stand at the place.
type field struct {
	kind  uint16
	count int64
	at    int64
}

// tiffFile reads directories.
type tiffFile struct {
	name  string
	data  io.ReaderAt
	size  int64
	order binary.ByteOrder
	big   bool // BigTIFF
}

func (f *tiffFile) refuse(format string, args ...any) error {
	return fault.New(fault.Invalid, "raster.Open", f.name, format, args...)
}

// bytes reads n bytes that must lie within the file.
func (f *tiffFile) bytes(at, n int64) ([]byte, error) {
	if at < 0 || n < 0 || at > f.size-n {
		return nil, f.refuse("the file says that %d bytes stand at %d, but it ends at %d: it is cut or broken", n, at, f.size)
	}
	b := make([]byte, n)
	return b, readFull(f.data, b, at)
}

// directories returns the fields of every image of the file.
func (f *tiffFile) directories() ([]map[uint16]field, error) {
	head, err := f.bytes(0, min(f.size, 16))
	if err != nil {
		return nil, err
	}
	f.order = binary.ByteOrder(binary.LittleEndian)
	if head[0] == 'M' {
		f.order = binary.BigEndian
	}
	var at int64
	switch f.big = f.order.Uint16(head[2:]) == 43; {
	case !f.big && len(head) >= 8:
		at = int64(f.order.Uint32(head[4:]))
	case f.big && len(head) >= 16 && f.order.Uint16(head[4:]) == 8 && f.order.Uint16(head[6:]) == 0:
		at = int64(f.order.Uint64(head[8:]))
	default:
		return nil, f.refuse("the head of the TIFF file is broken or cut")
	}
	var out []map[uint16]field
	seen := map[int64]bool{}
	for at != 0 {
		if seen[at] || len(out) == maxImages {
			return nil, f.refuse("its directories point at each other: the file is broken")
		}
		seen[at] = true
		fields, next, err := f.directory(at)
		if err != nil {
			return nil, err
		}
		out, at = append(out, fields), next
	}
	if len(out) == 0 {
		return nil, f.refuse("the TIFF file holds no image")
	}
	return out, nil
}

func (f *tiffFile) directory(at int64) (map[uint16]field, int64, error) {
	head, entry, inline := int64(2), int64(12), int64(4)
	if f.big {
		head, entry, inline = 8, 20, 8
	}
	b, err := f.bytes(at, head)
	if err != nil {
		return nil, 0, err
	}
	n := int64(f.order.Uint16(b))
	if f.big {
		n = int64(f.order.Uint64(b))
	}
	if n <= 0 || n > maxTags {
		return nil, 0, f.refuse("a directory has %d entries: the file is broken", n)
	}
	if b, err = f.bytes(at+head, n*entry+inline); err != nil {
		return nil, 0, err
	}
	fields := make(map[uint16]field, n)
	for i := range n {
		e := b[i*entry:]
		d := field{kind: f.order.Uint16(e[2:]), at: at + head + i*entry + 8}
		if f.big {
			d.count, d.at = int64(f.order.Uint64(e[4:])), at+head+i*entry+12
		} else {
			d.count = int64(f.order.Uint32(e[4:]))
		}
		size, known := typeSizes[d.kind]
		if !known {
			continue // readers skip field types that came later
		}
		if d.count < 0 || d.count > f.size/size {
			return nil, 0, f.refuse("tag %d has %d values, more than the file can hold: it is broken", f.order.Uint16(e), d.count)
		}
		if d.count*size > inline {
			if f.big {
				d.at = int64(f.order.Uint64(e[12:]))
			} else {
				d.at = int64(f.order.Uint32(e[8:]))
			}
			if d.at < 0 || d.at > f.size-d.count*size {
				return nil, 0, f.refuse("tag %d stands at %d, beyond the end of the file at %d: it is cut", f.order.Uint16(e), d.at, f.size)
			}
		}
		fields[f.order.Uint16(e)] = d
	}
	next := int64(f.order.Uint32(b[n*entry:]))
	if f.big {
		next = int64(f.order.Uint64(b[n*entry:]))
	}
	return fields, next, nil
}

// whole returns the first count values of a field of whole numbers.
func (f *tiffFile) whole(fields map[uint16]field, tag uint16, count int64) ([]uint64, error) {
	d, ok := fields[tag]
	if !ok {
		return nil, nil
	}
	if d.count < count {
		return nil, f.refuse("tag %d has %d values where %d are needed: the file is broken", tag, d.count, count)
	}
	size := typeSizes[d.kind]
	b, err := f.bytes(d.at, count*size)
	if err != nil {
		return nil, err
	}
	out := make([]uint64, count)
	for i := range out {
		switch d.kind {
		case 1, 7:
			out[i] = uint64(b[i])
		case 3:
			out[i] = uint64(f.order.Uint16(b[2*i:]))
		case 4, 13:
			out[i] = uint64(f.order.Uint32(b[4*i:]))
		case 16, 18:
			out[i] = f.order.Uint64(b[8*i:])
		default:
			return nil, f.refuse("tag %d has values of type %d where whole numbers are due: the file is broken", tag, d.kind)
		}
	}
	return out, nil
}

// one returns the first value of a field, or what the standard takes without.
func (f *tiffFile) one(fields map[uint16]field, tag uint16, without uint64) (uint64, error) {
	v, err := f.whole(fields, tag, 1)
	if err != nil || v == nil {
		return without, err
	}
	return v[0], nil
}

// doubles returns the values of a field of doubles, at most limit.
func (f *tiffFile) doubles(fields map[uint16]field, tag uint16, limit int64) ([]float64, error) {
	d, ok := fields[tag]
	if !ok {
		return nil, nil
	}
	if d.kind != 12 {
		return nil, f.refuse("tag %d has values of type %d where doubles are due: the file is broken", tag, d.kind)
	}
	b, err := f.bytes(d.at, min(d.count, limit)*8)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(b)/8)
	for i := range out {
		out[i] = math.Float64frombits(f.order.Uint64(b[8*i:]))
	}
	return out, nil
}

// text returns a field of text without the zeros at its end.
func (f *tiffFile) text(fields map[uint16]field, tag uint16) (string, error) {
	d, ok := fields[tag]
	if !ok || typeSizes[d.kind] != 1 {
		return "", nil
	}
	if d.count > maxTagText {
		return "", f.refuse("tag %d has %d bytes of text: the file is broken", tag, d.count)
	}
	b, err := f.bytes(d.at, d.count)
	return strings.TrimRight(string(b), "\x00"), err
}
