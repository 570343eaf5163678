package raster

import (
	"math"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// maxHeader is the largest .hdr or header of an .asc, in bytes.
const maxHeader = 64 << 10

// textHeader collects the pairs of a header in words, keys in small letters.
type textHeader struct {
	name   string
	values map[string]string
}

// headerKeys are the words that begin a line of a header; the first line that
// begins otherwise is cells.
var headerKeys = map[string]bool{
	"ncols": true, "nrows": true, "xllcorner": true, "yllcorner": true, "xllcenter": true, "yllcenter": true,
	"cellsize": true, "dx": true, "dy": true, "nodata_value": true, "nodata": true, "byteorder": true,
	"layout": true, "nbands": true, "nbits": true, "pixeltype": true, "bandrowbytes": true, "totalrowbytes": true,
	"bandgapbytes": true, "skipbytes": true, "ulxmap": true, "ulymap": true, "xdim": true, "ydim": true,
	"min_value": true, "max_value": true,
}

func (t textHeader) set(key, value string) error {
	key = strings.ToLower(key)
	if !headerKeys[key] {
		return fault.New(fault.Invalid, "raster.Open", t.name, "the header has a line %q that is not known: a header says ncols, nrows, xllcorner, yllcorner, cellsize, nodata_value", short(key))
	}
	if old, ok := t.values[key]; ok && old != value {
		return fault.New(fault.Invalid, "raster.Open", t.name, "the header says %s twice, %s and %s", key, short(old), short(value))
	}
	t.values[key] = value
	return nil
}

// short keeps what somebody sent from filling a message.
func short(s string) string {
	if len(s) > 40 {
		return strings.ToValidUTF8(s[:40], "") + "..."
	}
	return s
}

func (t textHeader) number(key string) (float64, bool, error) {
	text, ok := t.values[key]
	if !ok {
		return 0, false, nil
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(v, 0) || (math.IsNaN(v) && !strings.HasPrefix(key, "nodata")) {
		return 0, false, fault.New(fault.Invalid, "raster.Open", t.name, "%s is %q in the header: write a number with a decimal point", key, short(text))
	}
	return v, true, nil
}

func (t textHeader) count(keys ...string) (int, error) {
	for _, key := range keys {
		text, ok := t.values[key]
		if !ok {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n <= 0 || n > maxSide {
			return 0, fault.New(fault.Invalid, "raster.Open", t.name, "%s is %q in the header: write a whole number from 1 to %d", key, short(text), maxSide)
		}
		return n, nil
	}
	return 0, fault.New(fault.Invalid, "raster.Open", t.name, "the header does not say %s", keys[0])
}

// first returns the first of the keys that the header has.
func (t textHeader) first(keys ...string) (v float64, key string, err error) {
	for _, key := range keys {
		if v, ok, err := t.number(key); ok || err != nil {
			return v, key, err
		}
	}
	return 0, "", nil
}

// header turns the pairs into a Header, for .asc and .flt alike.
func (t textHeader) header(projection []byte) (h Header, err error) {
	refuse := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "raster.Open", t.name, format, args...)
	}
	if h.Columns, err = t.count("ncols"); err != nil {
		return h, err
	}
	if h.Rows, err = t.count("nrows"); err != nil {
		return h, err
	}
	var key string
	if h.CellWidth, key, err = t.first("cellsize", "dx", "xdim"); err != nil {
		return h, err
	} else if key == "" {
		return h, refuse("the header does not say cellsize")
	}
	if h.CellHeight, key, err = t.first("cellsize", "dy", "ydim"); err != nil {
		return h, err
	} else if key == "" {
		return h, refuse("the header says dx without dy")
	}
	x, keyX, err := t.first("xllcorner", "xllcenter", "ulxmap")
	if err != nil {
		return h, err
	}
	y, keyY, err := t.first("yllcorner", "yllcenter", "ulymap")
	if err != nil {
		return h, err
	}
	switch keyX + " " + keyY {
	case "xllcorner yllcorner":
		h.OriginX, h.OriginY = x, y+float64(h.Rows)*h.CellHeight
	case "xllcenter yllcenter":
		h.OriginX, h.OriginY = x-h.CellWidth/2, y+(float64(h.Rows)-0.5)*h.CellHeight
	case "ulxmap ulymap":
		h.OriginX, h.OriginY = x-h.CellWidth/2, y+h.CellHeight/2
	default:
		return h, refuse("the header says where the map lies by %q and %q: write xllcorner and yllcorner", keyX, keyY)
	}
	if h.NoData, key, err = t.first("nodata_value", "nodata"); err != nil {
		return h, err
	}
	h.HasNoData = key != ""
	h.Band, h.Bands, h.BlockRows, h.Type = 1, 1, 1, Float32
	h.CRS, err = ParseProjection(projection, t.name)
	return h, err
}
