package raster

import (
	"io"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// floatCells are the cells of a .flt: rows of float32, nothing else.
type floatCells struct {
	data    io.ReaderAt
	skip    int64 // bytes before the first cell
	columns int
	little  bool
	nodata  float64
	has     bool
}

// openFloat opens a .flt by the header beside it.
func openFloat(s Source) (*Raster, error) {
	const op = "raster.Open"
	refuse := func(format string, args ...any) (*Raster, error) {
		return nil, fault.New(fault.Invalid, op, s.Name, format, args...)
	}
	if len(s.Header) == 0 {
		return refuse("a float grid needs the .hdr beside it: put it in the same folder under the same name")
	}
	if len(s.Header) > maxHeader {
		return refuse("the .hdr is larger than %d bytes: this is not a header", maxHeader)
	}
	t := textHeader{name: s.Name, values: map[string]string{}}
	for line := range strings.Lines(string(s.Header)) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) != 2 {
			return refuse("the .hdr has a line %q: each line is a word and a value", short(strings.TrimSpace(line)))
		}
		if err := t.set(words[0], words[1]); err != nil {
			return nil, err
		}
	}
	h, err := t.header(s.Projection)
	if err != nil {
		return nil, err
	}
	if err := h.check(op, s.Name, s.MaxCells); err != nil {
		return nil, err
	}
	cells := &floatCells{data: s.Data, columns: h.Columns, nodata: h.NoData, has: h.HasNoData}
	switch strings.ToLower(t.values["byteorder"]) {
	case "lsbfirst", "lsb", "i":
		cells.little = true
	case "msbfirst", "msb", "m":
	default:
		return refuse("the .hdr must say byteorder LSBFIRST or MSBFIRST, not %q", short(t.values["byteorder"]))
	}
	if n := t.values["nbands"]; n != "" && n != "1" {
		return refuse("the file has %s bands: save one of them", short(n))
	}
	if n, kind := t.values["nbits"], strings.ToLower(t.values["pixeltype"]); n != "" && n != "32" || kind != "" && kind != "float" {
		return refuse("the cells are %s of %s bits: a float grid has float of 32 bits", short(kind), short(n))
	}
	if s := t.values["skipbytes"]; s != "" && s != "0" {
		return refuse("skipbytes is %s: only files that begin with the cells are read", short(s))
	}
	if want := 4 * int64(h.Cells()); s.Size != want {
		return refuse("the file has %d bytes, but %d x %d cells take %d: it is cut, or the .hdr belongs to another file", s.Size, h.Columns, h.Rows, want)
	}
	if s.Band > 1 {
		return refuse("band %d was asked for, and a float grid has one", s.Band)
	}
	return &Raster{Header: h, name: s.Name, cells: cells}, nil
}

func (f *floatCells) rows(dst []float32, first int) error {
	if err := readFull(f.data, bytesOf(dst), f.skip+4*int64(first)*int64(f.columns)); err != nil {
		return err
	}
	toNative(dst, f.little)
	blank(dst, f.nodata, f.has)
	return nil
}

// readFull fills b from the given place or says that the file is cut.
func readFull(data io.ReaderAt, b []byte, at int64) error {
	n, err := data.ReadAt(b, at)
	if n == len(b) {
		return nil
	}
	if err == io.EOF || err == nil {
		return fault.New(fault.Invalid, "raster.ReadRows", "", "the file ends at byte %d, within the cells: it is cut", at+int64(n))
	}
	return err
}
