// Package raster reads and writes maps of cells: land cover, friction,
// population, heights, minutes. It knows GeoTIFF, the ESRI ASCII grid (.asc)
// and the float grid (.flt with .hdr), which every geographic program writes,
// and it carries points between degrees and the projection of a map.
//
// A cell without data is read as NaN, whatever the file writes there, so that
// nodata has one meaning further on. Rows run from north to south. A map that
// is turned, flipped, or held together by control points only is refused with
// what to do, as is a projection that cannot be computed here: a wrong place
// gives wrong minutes that nobody sees.
//
// Files may come from anybody: every size is checked before memory is taken,
// and packed cells are unpacked row by row, never beyond what the header says.
//
// Formats as published: TIFF revision 6.0, the BigTIFF extension, OGC GeoTIFF
// 1.1 (19-008r4), and the GDAL tags 42112 and 42113. Of the libraries for Go,
// golang.org/x/image/tiff reads pictures only (no floating point, no tags of
// geography); its LZW is used here.
package raster

import (
	"bytes"
	"io"
	"math"
	"path/filepath"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// Bounds on what is read. A country of 2.7 million km2 has 270 million cells
// of 100 m.
const (
	DefaultMaxCells = 1 << 29 // cells, where Source.MaxCells is 0
	maxSide         = 1 << 24 // columns or rows: float32 counts them exactly
)

// leastCell is the side of a cell in metres below which a map that lies where
// degrees lie is taken for one in degrees with a wrong projection.
const leastCell = 1

// Type is how a file keeps the value of a cell.
type Type string

// The types that are read. Float32, Int32, Uint16 and Uint8 are written too.
const (
	Uint8   Type = "uint8"
	Int8    Type = "int8"
	Uint16  Type = "uint16"
	Int16   Type = "int16"
	Uint32  Type = "uint32"
	Int32   Type = "int32"
	Float32 Type = "float32"
	Float64 Type = "float64"
)

// Header tells what a map covers and what its cells mean.
type Header struct {
	Columns, Rows int

	// OriginX and OriginY are the outer corner of the first cell, in the north
	// west, in units of the CRS: degrees, or what CRS.UnitMetres says.
	OriginX, OriginY float64
	// CellWidth and CellHeight are positive, in the same units.
	CellWidth, CellHeight float64

	CRS CRS

	// NoData is the value that stands for a cell without data in the file,
	// when HasNoData is set. Cells read here hold NaN instead.
	NoData    float64
	HasNoData bool

	Type  Type
	Band  int // the one that is read, from 1
	Bands int // in the file
	// BlockRows is the number of rows that the file keeps together: reading
	// in its multiples unpacks nothing twice.
	BlockRows int
}

// Cells returns the number of cells.
func (h Header) Cells() int { return h.Columns * h.Rows }

// At returns the column and row of the cell that holds the point (x, y), given
// in the CRS of the map; ok is false outside. The western and northern edge
// belong to a cell, the eastern and southern to its neighbour.
func (h Header) At(x, y float64) (column, row int, ok bool) {
	c, r := math.Floor((x-h.OriginX)/h.CellWidth), math.Floor((h.OriginY-y)/h.CellHeight)
	if !(c >= 0 && r >= 0 && c < float64(h.Columns) && r < float64(h.Rows)) {
		return 0, 0, false
	}
	return int(c), int(r), true
}

// Center returns the middle of a cell in the CRS of the map.
func (h Header) Center(column, row int) (x, y float64) {
	return h.OriginX + (float64(column)+0.5)*h.CellWidth, h.OriginY - (float64(row)+0.5)*h.CellHeight
}

// gridTolerance is the share of a cell by which two maps may be shifted and
// still count as the same grid: text headers are written with few digits.
const gridTolerance = 1e-3

// SameGrid returns nil when o has the cells of h, and an error that tells the
// first difference otherwise. Both names stand in the error.
func (h Header) SameGrid(name string, o Header, other string) error {
	refuse := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "raster.SameGrid", other, "%s and %s do not have the same cells: "+format+"; bring one to the grid of the other first", append([]any{other, name}, args...)...)
	}
	switch {
	case h.Columns != o.Columns || h.Rows != o.Rows:
		return refuse("%d x %d and %d x %d", o.Columns, o.Rows, h.Columns, h.Rows)
	case !near(h.OriginX, o.OriginX, h.CellWidth*gridTolerance) || !near(h.OriginY, o.OriginY, h.CellHeight*gridTolerance):
		return refuse("the corner is %g, %g and %g, %g", o.OriginX, o.OriginY, h.OriginX, h.OriginY)
	case !near(h.CellWidth*float64(h.Columns), o.CellWidth*float64(o.Columns), h.CellWidth*gridTolerance),
		!near(h.CellHeight*float64(h.Rows), o.CellHeight*float64(o.Rows), h.CellHeight*gridTolerance):
		return refuse("a cell is %g x %g and %g x %g", o.CellWidth, o.CellHeight, h.CellWidth, h.CellHeight)
	case !h.CRS.Same(o.CRS):
		return refuse("the projections are %s and %s", o.CRS, h.CRS)
	}
	return nil
}

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

// check refuses a header that cannot be true.
func (h Header) check(op, name string, maxCells int64) error {
	refuse := func(kind fault.Kind, format string, args ...any) error {
		return fault.New(kind, op, name, format, args...)
	}
	if maxCells <= 0 {
		maxCells = DefaultMaxCells
	}
	switch {
	case h.Columns <= 0 || h.Rows <= 0:
		return refuse(fault.Invalid, "%d columns and %d rows: both must be at least 1", h.Columns, h.Rows)
	case h.Columns > maxSide || h.Rows > maxSide || int64(h.Columns)*int64(h.Rows) > maxCells:
		return refuse(fault.TooLarge, "%d x %d cells are more than the %d that are read: cut the map or take larger cells", h.Columns, h.Rows, maxCells)
	}
	for _, v := range []float64{h.OriginX, h.OriginY, h.OriginX + float64(h.Columns)*h.CellWidth, h.OriginY - float64(h.Rows)*h.CellHeight} {
		if math.IsNaN(v) || math.Abs(v) > 1e12 {
			return refuse(fault.Invalid, "a corner of the map is at %g: mend its georeference", v)
		}
	}
	if !(h.CellWidth > 0 && h.CellHeight > 0) {
		return refuse(fault.Invalid, "a cell of %g x %g: both sides must be positive", h.CellWidth, h.CellHeight)
	}
	if side := max(h.CellWidth, h.CellHeight); h.CRS.Kind == Projected && side*h.CRS.UnitMetres < leastCell && math.Abs(h.OriginX) <= 180 && math.Abs(h.OriginY) <= 90 {
		return refuse(fault.Invalid, "the projection says metres, but a cell of %g at %g, %g looks like degrees: give the projection in which the map was made (EPSG:4326 for degrees)", side, h.OriginX, h.OriginY)
	}
	if h.CRS.Kind == Geographic && (math.Abs(h.OriginX) > 540 || math.Abs(h.OriginY) > 90.5 || h.OriginY-float64(h.Rows)*h.CellHeight < -90.5) {
		return refuse(fault.Invalid, "the projection says degrees, but the corner is at %g, %g: give the projection in which the map was made", h.OriginX, h.OriginY)
	}
	return nil
}

// Source is a file to read.
type Source struct {
	Name string // for messages; its ending tells the format of text grids
	Data io.ReaderAt
	Size int64

	Header     []byte // the .hdr beside a .flt
	Projection []byte // the .prj beside it, nil when there is none

	Band     int   // of a file with several, from 1; 0 only where there is one
	MaxCells int64 // 0 is DefaultMaxCells
}

// Raster is an open map. It reads from the file when rows are asked for, and
// is not safe for use by several goroutines at once.
type Raster struct {
	Header
	name  string
	cells interface {
		// rows fills dst with whole rows from first on; the range is checked.
		rows(dst []float32, first int) error
	}
}

// Name returns the name that the source had.
func (r *Raster) Name() string { return r.name }

// Open reads the header of a map. The format is told by the first bytes, then
// by the ending of the name and the sidecars. It returns fault.Invalid for what
// is broken, turned or of an unknown kind, and fault.TooLarge beyond the bound.
func Open(s Source) (*Raster, error) {
	const op = "raster.Open"
	if s.Size <= 0 {
		return nil, fault.New(fault.Invalid, op, s.Name, "the file is empty")
	}
	head := make([]byte, min(s.Size, 512))
	if _, err := s.Data.ReadAt(head, 0); err != nil && err != io.EOF {
		return nil, fault.Wrap(err, op, s.Name)
	}
	ending := strings.ToLower(filepath.Ext(s.Name))
	switch {
	case isTIFF(head):
		return openTIFF(s)
	case ending == ".tif" || ending == ".tiff":
		return nil, fault.New(fault.Invalid, op, s.Name, "this is not a TIFF file: it does not begin with II or MM")
	case ending == ".flt" || ending == ".bil" || len(s.Header) > 0:
		return openFloat(s)
	case bytes.HasPrefix(head, []byte("\x89HDF")) || bytes.HasPrefix(head, []byte("CDF")):
		return nil, fault.New(fault.Invalid, op, s.Name, "NetCDF and HDF are not read: save the layer as GeoTIFF (gdal_translate IN OUT.tif)")
	default:
		return openASCII(s)
	}
}

// ReadRows fills dst with whole rows from row first on, NaN where there is no
// data. The length of dst must be a multiple of Columns. Values go straight to
// dst; the reader keeps at most one packed row of blocks beside it.
//
// Whole numbers beyond 16,777,216, which float32 does not hold, and numbers
// beyond its range are refused; a float64 is rounded to float32.
func (r *Raster) ReadRows(dst []float32, first int) error {
	const op = "raster.ReadRows"
	n := len(dst) / r.Columns
	if len(dst)%r.Columns != 0 || first < 0 || n > r.Rows-first {
		return fault.New(fault.Internal, op, r.name, "rows %d to %d of %d, %d cells", first, first+n, r.Rows, len(dst))
	}
	if len(dst) == 0 {
		return nil
	}
	if err := r.cells.rows(dst, first); err != nil {
		return fault.Wrap(err, op, r.name)
	}
	return nil
}

// ReadAll returns every cell.
func (r *Raster) ReadAll() ([]float32, error) {
	dst := make([]float32, r.Cells())
	return dst, r.ReadRows(dst, 0)
}
