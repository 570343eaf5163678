package raster

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"strconv"

	"github.com/klauspost/compress/zlib"

	"github.com/shanyraq/shanyraq/fault"
)

// Packing says how WriteGeoTIFF keeps the cells.
type Packing struct {
	Tiled bool // tiles of 256 x 256 cells, which map servers prefer; strips otherwise
	Plain bool // not packed; with Deflate and predictor otherwise
}

const (
	tileSide    = 256
	stripBytes  = 256 << 10 // cells of one strip, about
	maxTIFFSize = math.MaxUint32 - 1<<20
)

// WriteGeoTIFF writes cells as h.Type (float32 without one; int32, uint16 and
// uint8 where every cell is a whole number in its range), NaN as the nodata
// value of h. Floats without such a value write -9999; whole numbers refuse.
// The CRS is kept by its EPSG code. The writer is left at the end of the file.
//
// A map in a system without an EPSG code needs the .prj of Projection beside
// it; GDAL and this package read it there.
func WriteGeoTIFF(w io.WriteSeeker, h Header, cells []float32, p Packing) error {
	const op = "raster.WriteGeoTIFF"
	h, err := prepared(op, h, cells)
	if err != nil {
		return err
	}
	switch h.Type {
	case Float32, Int32, Uint16, Uint8:
	default:
		return fault.New(fault.Invalid, op, "", "maps of %s are not written: take float32, int32, uint16 or uint8", h.Type)
	}
	if 4*int64(h.Cells()) > maxTIFFSize {
		return fault.New(fault.TooLarge, op, "", "%d cells do not fit in the 4 GiB of a TIFF file: write a float grid (.flt)", h.Cells())
	}
	t := &tiffWriter{w: w, h: h, cells: cells, Packing: p}
	if _, err := w.Write([]byte("II*\x00\x00\x00\x00\x00")); err != nil {
		return err
	}
	t.at = 8
	if err := t.writeBlocks(); err != nil {
		return err
	}
	return t.finish()
}

type tiffWriter struct {
	Packing
	w               io.WriteSeeker
	h               Header
	cells           []float32
	at              int64
	width, height   int // of a block
	offsets, counts []uint32
}

func (t *tiffWriter) writeBlocks() error {
	size := t.h.Type.width()
	t.width, t.height = t.h.Columns, max(1, min(t.h.Rows, stripBytes/(size*t.h.Columns)))
	if t.Tiled {
		t.width, t.height = tileSide, tileSide
	}
	raw := make([]byte, t.width*t.height*size)
	plane := make([]byte, t.width*size)
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.DefaultCompression)
	if err != nil {
		return err
	}
	for top := 0; top < t.h.Rows; top += t.height {
		for left := 0; left < t.h.Columns; left += t.width {
			rows := min(t.height, t.h.Rows-top)
			clear(raw)
			for r := range rows {
				line := raw[r*t.width*size : (r+1)*t.width*size]
				if err := t.encode(line, top+r, left); err != nil {
					return err
				}
			}
			out := raw
			if !t.Tiled {
				out = raw[:rows*t.width*size]
			}
			if !t.Plain {
				for i := 0; i < len(out); i += t.width * size {
					t.predict(out[i:i+t.width*size], plane)
				}
				packed.Reset()
				z.Reset(&packed)
				if _, err := z.Write(out); err != nil {
					return err
				}
				if err := z.Close(); err != nil {
					return err
				}
				out = packed.Bytes()
			}
			if t.at+int64(len(out)) > maxTIFFSize {
				return fault.New(fault.TooLarge, "raster.WriteGeoTIFF", "", "the map does not fit in the 4 GiB of a TIFF file: write a float grid (.flt)")
			}
			if _, err := t.w.Write(out); err != nil {
				return err
			}
			t.offsets, t.counts = append(t.offsets, uint32(t.at)), append(t.counts, uint32(len(out)))
			t.at += int64(len(out))
		}
	}
	return nil
}

// encode writes the cells of a row from column left on.
func (t *tiffWriter) encode(line []byte, row, left int) error {
	n := min(t.width, t.h.Columns-left)
	size := t.h.Type.width()
	most := map[Type]float64{Int32: math.MaxInt32, Uint16: math.MaxUint16, Uint8: math.MaxUint8}[t.h.Type]
	least := map[Type]float64{Int32: math.MinInt32}[t.h.Type]
	for i, cell := range t.cells[row*t.h.Columns+left:][:n] {
		v := float64(cell)
		if cell != cell && t.h.HasNoData {
			v = t.h.NoData
		}
		if t.h.Type == Float32 {
			binary.LittleEndian.PutUint32(line[4*i:], math.Float32bits(float32(v)))
			continue
		}
		if !(v >= least && v <= most && v == math.Trunc(v)) {
			return fault.New(fault.Invalid, "raster.WriteGeoTIFF", "", "row %d, column %d: %g is not a %s; write float32, or give a nodata value for cells without data", row+1, left+i+1, v, t.h.Type)
		}
		switch size {
		case 1:
			line[i] = uint8(v)
		case 2:
			binary.LittleEndian.PutUint16(line[2*i:], uint16(v))
		default:
			binary.LittleEndian.PutUint32(line[4*i:], uint32(int32(v)))
		}
	}
	return nil
}

// predict takes differences within a row: of values, or of bytes by their
// weight for floats.
func (t *tiffWriter) predict(line, plane []byte) {
	order := binary.LittleEndian
	switch size := t.h.Type.width(); t.h.Type {
	case Float32:
		n := len(line) / size
		for i := range n {
			for b := range size {
				plane[b*n+i] = line[i*size+size-1-b]
			}
		}
		copy(line, plane)
		for i := len(line) - 1; i > 0; i-- {
			line[i] -= line[i-1]
		}
	case Uint8:
		for i := len(line) - 1; i > 0; i-- {
			line[i] -= line[i-1]
		}
	case Uint16:
		for i := len(line) - 2; i > 0; i -= 2 {
			order.PutUint16(line[i:], order.Uint16(line[i:])-order.Uint16(line[i-2:]))
		}
	default:
		for i := len(line) - 4; i > 0; i -= 4 {
			order.PutUint32(line[i:], order.Uint32(line[i:])-order.Uint32(line[i-4:]))
		}
	}
}

// entry is one field of the directory.
type entry struct {
	tag, kind uint16
	count     int
	value     []byte
}

// finish writes the directory and points the head of the file at it.
func (t *tiffWriter) finish() error {
	order := binary.LittleEndian
	var entries []entry
	short := func(tag uint16, v ...uint16) {
		var b []byte
		for _, x := range v {
			b = order.AppendUint16(b, x)
		}
		entries = append(entries, entry{tag, 3, len(v), b})
	}
	long := func(tag uint16, v ...uint32) {
		var b []byte
		for _, x := range v {
			b = order.AppendUint32(b, x)
		}
		entries = append(entries, entry{tag, 4, len(v), b})
	}
	double := func(tag uint16, v ...float64) {
		var b []byte
		for _, x := range v {
			b = order.AppendUint64(b, math.Float64bits(x))
		}
		entries = append(entries, entry{tag, 12, len(v), b})
	}
	format, predictor := map[Type]uint16{Float32: 3, Int32: 2, Uint16: 1, Uint8: 1}[t.h.Type], uint16(2)
	if t.h.Type == Float32 {
		predictor = 3
	}
	packing := uint16(packDeflate)
	if t.Plain {
		packing, predictor = packNone, 1
	}
	long(tagWidth, uint32(t.h.Columns))
	long(tagLength, uint32(t.h.Rows))
	short(tagBits, uint16(8*t.h.Type.width()))
	short(tagCompression, packing)
	short(tagPhotometric, 1)
	if !t.Tiled {
		long(tagStripOffsets, t.offsets...)
	}
	short(tagSamples, 1)
	if !t.Tiled {
		long(tagRowsPerStrip, uint32(t.height))
		long(tagStripCounts, t.counts...)
	}
	short(tagPlanar, 1)
	if !t.Plain {
		short(tagPredictor, predictor)
	}
	if t.Tiled {
		long(tagTileWidth, uint32(t.width))
		long(tagTileLength, uint32(t.height))
		long(tagTileOffsets, t.offsets...)
		long(tagTileCounts, t.counts...)
	}
	short(tagSampleFormat, format)
	double(tagPixelScale, t.h.CellWidth, t.h.CellHeight, 0)
	double(tagTiepoint, 0, 0, 0, t.h.OriginX, t.h.OriginY, 0)
	short(tagGeoKeys, keysOf(t.h.CRS)...)
	if t.h.HasNoData {
		text := append([]byte(strconv.FormatFloat(t.h.NoData, 'g', -1, 64)), 0)
		entries = append(entries, entry{tagGDALNoData, 2, len(text), text})
	}
	at := t.at + t.at%2
	far := at + 2 + 12*int64(len(entries)) + 4
	dir := make([]byte, at-t.at, far-t.at)
	dir = order.AppendUint16(dir, uint16(len(entries)))
	var rest []byte
	for _, e := range entries {
		dir = order.AppendUint16(dir, e.tag)
		dir = order.AppendUint16(dir, e.kind)
		dir = order.AppendUint32(dir, uint32(e.count))
		if len(e.value) <= 4 {
			dir = append(dir, append(e.value, 0, 0, 0, 0)[:4]...)
			continue
		}
		dir = order.AppendUint32(dir, uint32(far+int64(len(rest))))
		if rest = append(rest, e.value...); len(rest)%2 == 1 {
			rest = append(rest, 0)
		}
	}
	dir = append(order.AppendUint32(dir, 0), rest...)
	if _, err := t.w.Write(dir); err != nil {
		return err
	}
	if _, err := t.w.Seek(4, io.SeekStart); err != nil {
		return err
	}
	if _, err := t.w.Write(order.AppendUint32(nil, uint32(at))); err != nil {
		return err
	}
	_, err := t.w.Seek(0, io.SeekEnd)
	return err
}

// keysOf is the directory of geographic keys of a CRS: cells are areas.
func keysOf(c CRS) []uint16 {
	keys := [][2]uint16{{keyRasterType, 1}}
	switch {
	case c.EPSG == 0 || c.EPSG >= userDefined:
	case c.Kind == Geographic:
		keys = [][2]uint16{{keyModelType, 2}, {keyRasterType, 1}, {keyGeographic, uint16(c.EPSG)}, {keyAngularUnit, angularDegree}}
	case c.Kind == Projected:
		keys = [][2]uint16{{keyModelType, 1}, {keyRasterType, 1}, {keyProjected, uint16(c.EPSG)}}
		for unit, size := range linearUnits {
			if size == c.UnitMetres {
				keys = append(keys, [2]uint16{keyLinearUnit, unit})
			}
		}
	}
	out := []uint16{1, 1, 0, uint16(len(keys))}
	for _, k := range keys {
		out = append(out, k[0], 0, 1, k[1])
	}
	return out
}
