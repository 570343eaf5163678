package raster

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// defaultNoData stands in files of floats for a cell without data when the
// header names no value.
const defaultNoData = -9999

// prepared checks what is about to be written and settles the nodata value:
// that of the header, or -9999 where a cell has no data and the type has it.
func prepared(op string, h Header, cells []float32) (Header, error) {
	if err := h.check(op, "", math.MaxInt64); err != nil {
		return h, err
	}
	if len(cells) != h.Cells() {
		return h, fault.New(fault.Internal, op, "", "%d cells for a map of %d x %d", len(cells), h.Columns, h.Rows)
	}
	if h.Type == "" {
		h.Type = Float32
	}
	if !h.HasNoData && h.Type == Float32 {
		for _, v := range cells {
			if v != v {
				h.NoData, h.HasNoData = defaultNoData, true
				break
			}
		}
	}
	return h, nil
}

// WriteFloat writes the cells of a .flt, lowest byte first, NaN as the nodata
// value of h (-9999 without one). FloatHeader gives the .hdr that goes beside
// it, Projection the .prj.
func WriteFloat(w io.Writer, h Header, cells []float32) error {
	h.Type = Float32
	h, err := prepared("raster.WriteFloat", h, cells)
	if err != nil {
		return err
	}
	buf := make([]byte, 64<<10)
	lost := math.Float32bits(float32(h.NoData))
	for len(cells) > 0 {
		n := min(len(cells), len(buf)/4)
		for i, v := range cells[:n] {
			bits := math.Float32bits(v)
			if v != v && h.HasNoData {
				bits = lost
			}
			binary.LittleEndian.PutUint32(buf[4*i:], bits)
		}
		if _, err := w.Write(buf[:4*n]); err != nil {
			return err
		}
		cells = cells[n:]
	}
	return nil
}

// FloatHeader returns the .hdr of a .flt that WriteFloat writes.
func FloatHeader(h Header) []byte {
	if !h.HasNoData {
		h.NoData, h.HasNoData = defaultNoData, true
	}
	return append(textOf(h), "byteorder     LSBFIRST\n"...)
}

// textOf is the header of both text formats. Cells that are not square are
// written as dx and dy, which GDAL reads.
func textOf(h Header) []byte {
	var b strings.Builder
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	fmt.Fprintf(&b, "ncols         %d\nnrows         %d\n", h.Columns, h.Rows)
	fmt.Fprintf(&b, "xllcorner     %s\nyllcorner     %s\n", number(h.OriginX), number(h.OriginY-float64(h.Rows)*h.CellHeight))
	if h.CellWidth == h.CellHeight {
		fmt.Fprintf(&b, "cellsize      %s\n", number(h.CellWidth))
	} else {
		fmt.Fprintf(&b, "dx            %s\ndy            %s\n", number(h.CellWidth), number(h.CellHeight))
	}
	if h.HasNoData {
		fmt.Fprintf(&b, "NODATA_value  %s\n", number(h.NoData))
	}
	return []byte(b.String())
}

// WriteASCII writes an ESRI ASCII grid, one row on a line, with the fewest
// digits that give the same float32 again.
func WriteASCII(w io.Writer, h Header, cells []float32) error {
	h.Type = Float32
	h, err := prepared("raster.WriteASCII", h, cells)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(w, 64<<10)
	b.Write(textOf(h))
	lost := strconv.FormatFloat(h.NoData, 'g', -1, 64)
	for i, v := range cells {
		text := b.AvailableBuffer()
		if v != v && h.HasNoData {
			text = append(text, lost...)
		} else {
			text = strconv.AppendFloat(text, float64(v), 'g', -1, 32)
		}
		end := byte(' ')
		if (i+1)%h.Columns == 0 {
			end = '\n'
		}
		b.Write(append(text, end))
	}
	return b.Flush() // a bufio.Writer keeps its first error until here
}

// Projection returns the text of a .prj for c: the one it came from, or that
// of its EPSG code where this program knows it, or nothing.
func Projection(c CRS) []byte {
	if c.WKT != "" {
		return []byte(c.WKT)
	}
	const wgs = `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
	const etrs = `GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
	p := c.plane
	base := wgs
	if p.ellipsoid == grs80 {
		base = etrs
	}
	plane := func(name, method string, params ...any) []byte {
		var b strings.Builder
		fmt.Fprintf(&b, `PROJCS["%s",%s,PROJECTION["%s"]`, name, base, method)
		for i := 0; i < len(params); i += 2 {
			fmt.Fprintf(&b, `,PARAMETER["%s",%s]`, params[i], strconv.FormatFloat(params[i+1].(float64), 'f', -1, 64))
		}
		b.WriteString(`,UNIT["Meter",1.0]]`)
		return []byte(b.String())
	}
	switch {
	case c.EPSG == 0:
	case c.EPSG == 4326 || c.EPSG == 4258:
		return []byte(base)
	case c.EPSG == 3857:
		return plane("WGS_1984_Web_Mercator_Auxiliary_Sphere", "Mercator_Auxiliary_Sphere", "False_Easting", 0.0, "False_Northing", 0.0, "Central_Meridian", 0.0, "Standard_Parallel_1", 0.0, "Auxiliary_Sphere_Type", 0.0)
	case p.method == transverseMercator:
		name := fmt.Sprintf("WGS_1984_UTM_Zone_%dN", c.EPSG-32600)
		switch {
		case c.EPSG < 32600:
			name = fmt.Sprintf("ETRS_1989_UTM_Zone_%dN", c.EPSG-25800)
		case c.EPSG > 32700:
			name = fmt.Sprintf("WGS_1984_UTM_Zone_%dS", c.EPSG-32700)
		}
		return plane(name, "Transverse_Mercator", "False_Easting", p.falseEast, "False_Northing", p.falseNorth, "Central_Meridian", p.lon0, "Scale_Factor", p.scale, "Latitude_Of_Origin", p.lat0)
	case p.method == lambertAzimuthal:
		return plane("ETRS_1989_LAEA", "Lambert_Azimuthal_Equal_Area", "False_Easting", p.falseEast, "False_Northing", p.falseNorth, "Central_Meridian", p.lon0, "Latitude_Of_Origin", p.lat0)
	}
	return nil
}
