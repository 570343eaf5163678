package raster

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"

	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/image/tiff/lzw"

	"github.com/shanyraq/shanyraq/fault"
)

// tiffCells unpacks the blocks of a GeoTIFF row by row. A block of which only
// the first rows were asked for stays open, so that reading downwards unpacks
// nothing twice and holds no block whole.
type tiffCells struct {
	layout
	file    *tiffFile
	samples samples
	raw     []byte // one row of a block
	plane   []byte // the same with its bytes in order, for predictor 3
	open    []*block
	openRow int // row of blocks to which the open ones belong
}

// block is one that is being unpacked.
type block struct {
	from io.Reader
	done func()
	next int // row within the block
}

func newTIFFCells(f *tiffFile, l layout, h Header) *tiffCells {
	return &tiffCells{
		layout: l, file: f,
		samples: samples{kind: l.kind, order: f.order, nodata: h.NoData, has: h.HasNoData},
	}
}

func (t *tiffCells) rows(dst []float32, first int) error {
	end := first + len(dst)/t.columns
	for row := first; row < end; {
		down := row / t.blockHeight
		stop := min(end, (down+1)*t.blockHeight)
		for across := range t.across {
			left := across * t.blockWidth
			part := window{dst[(row-first)*t.columns+left:], t.columns, min(t.blockWidth, t.columns-left), row - down*t.blockHeight, stop - row}
			if err := t.block(down, across, part); err != nil {
				t.close()
				return fault.New(fault.KindOf(err), "raster.ReadRows", t.file.name, "rows %d to %d: %w", row+1, stop, err)
			}
		}
		row = stop
	}
	return nil
}

// window is the part of the cells of the caller that a block fills.
type window struct {
	dst    []float32
	stride int
	width  int
	first  int // row within the block
	rows   int
}

func (w window) row(i int) []float32 { return w.dst[i*w.stride : i*w.stride+w.width] }

// block fills a window from one block.
func (t *tiffCells) block(down, across int, w window) error {
	i := down*t.across + across
	switch {
	case t.offsets[i] == 0 && t.counts[i] == 0:
		for r := range w.rows {
			t.fillEmpty(w.row(r))
		}
		return nil
	case t.packing == packNone && t.predictor < 2:
		return t.plain(int64(t.offsets[i]), w)
	default:
		return t.unpack(down, across, w)
	}
}

// fillEmpty fills a block that was left out: nodata, or zero without one.
func (t *tiffCells) fillEmpty(row []float32) {
	v := float32(0)
	if t.samples.has {
		v = nan
	}
	for i := range row {
		row[i] = v
	}
}

// plain reads cells that are not packed; float32 of one band go straight to
// the caller.
func (t *tiffCells) plain(at int64, w window) error {
	at += int64(w.first) * int64(t.rowBytes())
	if t.kind == Float32 && t.layout.samples == 1 {
		little := t.file.order == binary.ByteOrder(binary.LittleEndian)
		read := func(v []float32, at int64) error {
			if err := readFull(t.file.data, bytesOf(v), at); err != nil {
				return err
			}
			toNative(v, little)
			blank(v, t.samples.nodata, t.samples.has)
			return nil
		}
		if w.width == w.stride && w.width == t.blockWidth {
			return read(w.dst[:w.rows*w.width], at)
		}
		for r := range w.rows {
			if err := read(w.row(r), at+int64(r)*int64(t.rowBytes())); err != nil {
				return err
			}
		}
		return nil
	}
	t.scratch()
	for r := range w.rows {
		if err := readFull(t.file.data, t.raw, at+int64(r)*int64(t.rowBytes())); err != nil {
			return err
		}
		if err := t.convert(w.row(r)); err != nil {
			return err
		}
	}
	return nil
}

func (t *tiffCells) scratch() {
	if t.raw == nil {
		t.raw = make([]byte, t.rowBytes())
	}
}

// convert turns the row in raw into cells.
func (t *tiffCells) convert(dst []float32) error {
	width := t.kind.width()
	return t.samples.row(dst, t.raw, t.sample*width, t.layout.samples*width)
}

// unpack reads packed rows.
func (t *tiffCells) unpack(down, across int, w window) error {
	t.scratch()
	if t.openRow != down {
		t.close()
		t.openRow = down
	}
	if t.open == nil {
		t.open = make([]*block, t.across)
	}
	b := t.open[across]
	if b != nil && b.next > w.first {
		b.done()
		b = nil
	}
	if b == nil {
		i := down*t.across + across
		var err error
		if b, err = t.start(int64(t.offsets[i]), int64(t.counts[i])); err != nil {
			return err
		}
		t.open[across] = b
	}
	for b.next < w.first+w.rows {
		if _, err := io.ReadFull(b.from, t.raw); err != nil {
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				return fault.New(fault.Invalid, "raster.ReadRows", "", "a packed block ends too early: the file is broken")
			}
			return fault.New(fault.Invalid, "raster.ReadRows", "", "a packed block cannot be unpacked: %w", err)
		}
		row := b.next
		if b.next++; row < w.first {
			continue
		}
		if err := t.decode(w.row(row - w.first)); err != nil {
			return err
		}
	}
	if b.next == t.height(down) || w.first+w.rows == t.rowsOf(down) {
		b.done()
		t.open[across] = nil
	}
	return nil
}

// rowsOf is the number of rows of the map within that row of blocks.
func (t *tiffCells) rowsOf(down int) int { return min(t.blockHeight, t.layout.rows-down*t.blockHeight) }

// close ends the blocks that are open.
func (t *tiffCells) close() {
	for i, b := range t.open {
		if b != nil {
			b.done()
			t.open[i] = nil
		}
	}
}

// start begins to unpack a block.
func (t *tiffCells) start(at, count int64) (*block, error) {
	from := bufio.NewReaderSize(io.NewSectionReader(t.file.data, at, count), int(min(max(count, 16), 16<<10)))
	b := &block{from: from, done: func() {}}
	switch t.packing {
	case packLZW:
		r := lzw.NewReader(from, lzw.MSB, 8)
		b.from, b.done = r, func() { r.Close() }
	case packDeflate, packOldDeflate:
		r, err := zlib.NewReader(from)
		if err != nil {
			return nil, fault.New(fault.Invalid, "raster.ReadRows", "", "a packed block cannot be unpacked: %w", err)
		}
		b.from, b.done = r, func() { r.Close() }
	case packBits:
		b.from = &packBitsReader{from: from}
	case packZstandard:
		r, err := zstd.NewReader(from, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(64<<20), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, fault.New(fault.Invalid, "raster.ReadRows", "", "a packed block cannot be unpacked: %w", err)
		}
		b.from, b.done = r, r.Close
	}
	return b, nil
}

// decode turns the packed row in raw into cells. The common case, floats of one
// band under predictor 3, goes to the cells in one step.
func (t *tiffCells) decode(dst []float32) error {
	if t.predictor == 3 && t.kind == Float32 && t.layout.samples == 1 {
		sum(t.raw)
		n := len(t.raw) / 4
		b0, b1, b2, b3 := t.raw[:n], t.raw[n:2*n], t.raw[2*n:3*n], t.raw[3*n:4*n]
		for i := range dst {
			dst[i] = math.Float32frombits(uint32(b0[i])<<24 | uint32(b1[i])<<16 | uint32(b2[i])<<8 | uint32(b3[i]))
		}
		blank(dst, t.samples.nodata, t.samples.has)
		return nil
	}
	t.unpredict()
	return t.convert(dst)
}

// sum adds to each byte the one before it.
func sum(b []byte) {
	var last byte
	for i, v := range b {
		last += v
		b[i] = last
	}
}

// unpredict undoes the differences of a row, in place.
func (t *tiffCells) unpredict() {
	width, step := t.kind.width(), t.layout.samples
	switch t.predictor {
	case 2:
		undoDifferences(t.raw, width, step, t.file.order)
	case 3:
		if t.plane == nil {
			t.plane = make([]byte, len(t.raw))
		}
		undoFloats(t.raw, t.plane, width, step, t.file.order)
	}
}

// undoDifferences adds to each value the one before it, TIFF 6.0 section 14.
func undoDifferences(raw []byte, width, step int, order binary.ByteOrder) {
	back := width * step
	switch width {
	case 1:
		for i := back; i < len(raw); i++ {
			raw[i] += raw[i-back]
		}
	case 2:
		for i := back; i < len(raw); i += 2 {
			order.PutUint16(raw[i:], order.Uint16(raw[i:])+order.Uint16(raw[i-back:]))
		}
	case 4:
		for i := back; i < len(raw); i += 4 {
			order.PutUint32(raw[i:], order.Uint32(raw[i:])+order.Uint32(raw[i-back:]))
		}
	case 8:
		for i := back; i < len(raw); i += 8 {
			order.PutUint64(raw[i:], order.Uint64(raw[i:])+order.Uint64(raw[i-back:]))
		}
	}
}

// undoFloats undoes predictor 3 of TIFF Technical Note 3: the bytes of a row
// are differences, and stand by their weight: all highest bytes first.
func undoFloats(raw, plane []byte, width, step int, order binary.ByteOrder) {
	if step == 1 {
		sum(raw)
	} else {
		for i := step; i < len(raw); i++ {
			raw[i] += raw[i-step]
		}
	}
	n := len(raw) / width
	little := order == binary.ByteOrder(binary.LittleEndian)
	for b := range width {
		to := b
		if little {
			to = width - 1 - b
		}
		for i, v := range raw[b*n : (b+1)*n] {
			plane[i*width+to] = v
		}
	}
	copy(raw, plane)
}

// packBitsReader unpacks the runs of TIFF 6.0 section 9.
type packBitsReader struct {
	from    *bufio.Reader
	copying int // bytes that follow as they are
	running int // times that value follows
	value   byte
}

func (p *packBitsReader) Read(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		switch {
		case p.copying > 0:
			k, err := p.from.Read(b[n:min(len(b), n+p.copying)])
			p.copying -= k
			if n += k; err != nil {
				return n, err
			}
		case p.running > 0:
			for ; p.running > 0 && n < len(b); n++ {
				b[n] = p.value
				p.running--
			}
		default:
			c, err := p.from.ReadByte()
			if err != nil {
				return n, err
			}
			switch run := int(int8(c)); {
			case run >= 0:
				p.copying = run + 1
			case run > -128:
				if p.value, err = p.from.ReadByte(); err != nil {
					return n, err
				}
				p.running = 1 - run
			}
		}
	}
	return n, nil
}
