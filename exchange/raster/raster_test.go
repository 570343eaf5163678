package raster

import (
	"bytes"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
)

// testFile opens a file of testdata with what stands beside it.
func testFile(t testing.TB, name string, change ...func(*Source)) (*Raster, error) {
	t.Helper()
	read := func(name string) []byte {
		b, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		return b
	}
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	data := read(name)
	s := Source{Name: name, Data: bytes.NewReader(data), Size: int64(len(data)), Projection: read(stem + ".prj")}
	if strings.HasSuffix(name, ".flt") || strings.HasSuffix(name, ".bil") {
		s.Header = read(stem + ".hdr")
	}
	for _, c := range change {
		c(&s)
	}
	return Open(s)
}

func band(n int) func(*Source) { return func(s *Source) { s.Band = n } }

// base are the cells of testdata; NaN is the one without data.
func base() []float32 {
	cells := make([]float32, 35)
	for i := range cells {
		cells[i] = float32(i + 1)
	}
	cells[16], cells[34] = nan, 100
	return cells
}

func same(a, b []float32) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] && !(a[i] != a[i] && b[i] != b[i]) {
			return false
		}
	}
	return true
}

func TestReadWhatGDALWrites(t *testing.T) {
	for name, kind := range map[string]Type{
		"strip_f32.tif": Float32, "strip_lzw_p2_i16.tif": Int16, "strip_deflate_p3_f32.tif": Float32,
		"tile_deflate_p3_f64.tif": Float64, "tile_lzw_p2_f32_be.tif": Float32, "strip_lzw_p3_f32.tif": Float32, "tile_zstd_i32.tif": Int32,
		"big_f32.tif": Float32, "point_f32.tif": Float32, "utm.asc": Float32, "ehdr.bil": Float32,
	} {
		r, err := testFile(t, name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		h := r.Header
		if h.Columns != 7 || h.Rows != 5 || h.OriginX != 500000 || h.OriginY != 5000500 || h.CellWidth != 100 || h.CellHeight != 100 ||
			h.CRS.EPSG != 32642 || h.CRS.Kind != Projected || h.CRS.UnitMetres != 1 || !h.HasNoData || h.NoData != -9999 || h.Type != kind || h.Bands != 1 {
			t.Errorf("%s: %+v", name, h)
		}
		cells, err := r.ReadAll()
		if err != nil || !same(cells, base()) {
			t.Errorf("%s: %v %v", name, cells, err)
		}
		// Row by row, downwards and upwards, gives the same.
		for _, order := range [][]int{{0, 1, 2, 3, 4}, {4, 2, 3, 0, 1, 1}} {
			for _, row := range order {
				part := make([]float32, 7)
				if err := r.ReadRows(part, row); err != nil || !same(part, base()[7*row:7*row+7]) {
					t.Errorf("%s, row %d: %v %v", name, row, part, err)
				}
			}
		}
	}
}

func TestWholeNumbersAndBands(t *testing.T) {
	mended := func(change func([]float32)) []float32 { c := base(); change(c); return c }
	with := func(v float32) []float32 { return mended(func(c []float32) { c[16] = v }) }
	second := mended(func(c []float32) {
		for i := range c {
			c[i] = 100 - c[i]
		}
	})
	for name, tc := range map[string]struct {
		want []float32
		band int
	}{
		"strip_packbits_u8.tif": {with(0), 0}, // GDAL clamps -9999 to 0 in bytes, and 255 is nodata
		"big_u32_be.tif":        {with(0), 0},
		"plain_u16_be.tif":      {base(), 0}, // clamped to 0, which is nodata here
		"three_pixel.tif":       {second, 2},
		"three_band.tif":        {second, 2},
		"three_p3.tif":          {second, 2},
	} {
		r, err := testFile(t, name, band(tc.band))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		cells, err := r.ReadAll()
		if err != nil || !same(cells, tc.want) {
			t.Errorf("%s:\n%v %v\n%v", name, cells, err, tc.want)
		}
	}
}

func TestBlocksLeftOutAreNodata(t *testing.T) {
	r, err := testFile(t, "sparse.tif")
	if err != nil {
		t.Fatal(err)
	}
	cells, err := r.ReadAll()
	if err != nil || cells[20*60+33] != 1 || cells[20*60+34] != 2 || cells[0] == cells[0] {
		t.Errorf("%v %v", cells[20*60+33:20*60+35], err)
	}
	if r.CRS.Kind != Unknown {
		t.Errorf("nothing was said of the projection: %v", r.CRS)
	}
}

func TestProjectionsOfFiles(t *testing.T) {
	for name, want := range map[string]struct {
		kind Kind
		epsg int
	}{
		"albers.tif": {Projected, 0}, "albers.asc": {Projected, 0}, "laea.asc": {Projected, 3035}, "web.asc": {Projected, 3857},
		"deg.asc": {Geographic, 4326}, "nocrs.tif": {Unknown, 0}, "pulkovo.tif": {Projected, 28412},
	} {
		r, err := testFile(t, name)
		if err != nil || r.CRS.Kind != want.kind || r.CRS.EPSG != want.epsg {
			t.Errorf("%s: %+v %v", name, r, err)
		}
	}
	a, _ := testFile(t, "albers.tif")
	b, _ := testFile(t, "albers.asc")
	if !a.CRS.Same(b.CRS) || a.SameGrid("a", b.Header, "b") != nil {
		t.Errorf("%+v\n%+v", a.CRS, b.CRS)
	}
	for _, name := range []string{"nocrs.tif", "pulkovo.tif"} {
		r, _ := testFile(t, name)
		if _, err := r.CRS.Transformation(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		} else {
			t.Log(err)
		}
		if err := a.SameGrid("albers", r.Header, name); err == nil || !strings.Contains(err.Error(), "projections") {
			t.Error(err)
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, want := range map[string]string{
		"rotated.tif": "turned", "matrix.tif": "flipped", "mask.tif": "mask", "jpeg.tif": "JPEG", "scaled.tif": "scaled",
		"three_pixel.tif": "3 bands", "three_band.tif": "3 bands",
	} {
		_, err := testFile(t, name)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v, want %q", name, err, want)
		} else {
			t.Log(err)
		}
	}
	if _, err := testFile(t, "three_band.tif", band(4)); err == nil || !strings.Contains(err.Error(), "band 4") {
		t.Error(err)
	}
	if _, err := testFile(t, "strip_f32.tif", func(s *Source) { s.MaxCells = 34 }); !fault.Is(err, fault.TooLarge) {
		t.Error(err)
	}
}

// Every GeoTIFF, cut anywhere, is refused when it is opened or read.
func TestCutFiles(t *testing.T) {
	names, err := filepath.Glob("testdata/*.tif")
	if err != nil || len(names) < 10 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		name = filepath.Base(name)
		if name == "three_pixel.tif" || name == "sparse.tif" {
			continue // cut behind the directory they miss nothing but text
		}
		whole, err := testFile(t, name)
		if err != nil {
			continue
		}
		want, err := whole.ReadAll()
		if err != nil {
			t.Fatal(name, err)
		}
		info, _ := os.Stat(filepath.Join("testdata", name))
		for n := range info.Size() {
			r, err := testFile(t, name, func(s *Source) { s.Size = n; s.Data = &cut{s.Data.(*bytes.Reader), n} })
			if err != nil {
				continue
			}
			if cells, err := r.ReadAll(); err == nil && !same(cells, want) {
				t.Errorf("%s cut at %d is read as something else", name, n)
			}
		}
	}
}

// cut is a file that ends early.
type cut struct {
	*bytes.Reader
	n int64
}

func (c *cut) ReadAt(b []byte, at int64) (int, error) {
	return io.NewSectionReader(c.Reader, 0, c.n).ReadAt(b, at)
}

func text(name, head, cells string, more ...func(*Source)) (*Raster, error) {
	s := Source{Name: name, Data: strings.NewReader(head + cells), Size: int64(len(head + cells))}
	for _, m := range more {
		m(&s)
	}
	return Open(s)
}

func TestASCII(t *testing.T) {
	// The header in capitals, centres instead of corners, rows over lines.
	r, err := text("a.asc", "NCOLS 2\nNROWS 2\nXLLCENTER 10\nYLLCENTER 50\nCELLSIZE 2\n", "1 2 3\n\r\n4e0")
	if err != nil || r.OriginX != 9 || r.OriginY != 53 || r.HasNoData {
		t.Fatalf("%+v %v", r, err)
	}
	if cells, err := r.ReadAll(); err != nil || !same(cells, []float32{1, 2, 3, 4}) {
		t.Error(cells, err)
	}
	head := "ncols 2\nnrows 2\nxllcorner 0\nyllcorner 0\ncellsize 1\nnodata_value -1\n"
	for cells, want := range map[string]string{
		"1 2 3 x":                           `row 2, column 2: "x" is not a number`,
		"1 2 3 1,5":                         "decimal point",
		"1 22 33":                           "row 2, column 2: the file ends",
		"1 2 3 4 5":                         "more than 2 x 2",
		"1 2 3 1e39":                        "beyond the range",
		"1 2 3 " + strings.Repeat("1", 100): "longer than 64",
	} {
		r, err := text("a.asc", head, cells)
		if err != nil {
			t.Errorf("%q: %v", cells, err)
			continue
		}
		if _, err = r.ReadAll(); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "a.asc: ") {
			t.Errorf("%q: %v, want %q", cells, err, want)
		}
	}
	for head, want := range map[string]string{
		"hello world":                                  "not a raster that is read",
		"ncols 2\nnrows 2\n":                           "cellsize",
		"ncols 2\nnrows 2\nxllcorner 0\n":              "cellsize",
		"ncols 2\nnrows 2\ncellsize 1\n":               "where the map lies",
		"ncols 2\nnrows -2\ncellsize 1\n":              "nrows",
		"ncols 2\nncols 3\n":                           "twice",
		"ncols 2\nfoo 3\n":                             `"foo"`,
		strings.Replace(head, "2", "200", 1):           "is cut",
		strings.Replace(head, "size 1", "size 0", 1):   "positive",
		strings.Replace(head, "size 1", "size 0,1", 1): "decimal point",
		strings.Replace(head, "ner 0", "ner nan", 1):   "decimal point",
		strings.Replace(head, "ner 0", "ner 1e300", 1): "corner",
	} {
		if _, err := text("a.asc", head, "1 2 3 4"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", head, err, want)
		}
	}
}

func TestFloatGrid(t *testing.T) {
	head := "ncols 2\nnrows 1\nxllcorner 60\nyllcorner 40\ncellsize 0.5\nNODATA_value -9999\nbyteorder MSBFIRST\n"
	flt := func(head, prj string, n int) (*Raster, error) {
		data := []byte{0x3f, 0x80, 0, 0, 0xc6, 0x1c, 0x3c, 0, 9, 9}[:n] // 1 and -9999
		return Open(Source{Name: "a.flt", Data: bytes.NewReader(data), Size: int64(n), Header: []byte(head), Projection: []byte(prj)})
	}
	r, err := flt(head, "", 8)
	if err != nil {
		t.Fatal(err)
	}
	if cells, err := r.ReadAll(); err != nil || !same(cells, []float32{1, nan}) {
		t.Error(cells, err)
	}
	for name, tc := range map[string]struct {
		head, prj string
		n         int
		want      string
	}{
		"no header":             {"", "", 8, ".hdr beside"},
		"cut":                   {head, "", 7, "7 bytes, but 2 x 1 cells take 8"},
		"too long":              {head, "", 10, "10 bytes"},
		"no order":              {strings.Replace(head, "byteorder MSBFIRST", "", 1), "", 8, "byteorder"},
		"VAX":                   {strings.Replace(head, "MSBFIRST", "VMS_FLOAT", 1), "", 8, "byteorder"},
		"three words":           {head + "a b c\n", "", 8, "a word and a value"},
		"whole numbers":         {head + "nbits 32\npixeltype signedint\n", "", 8, "float of 32 bits"},
		"bands":                 {head + "nbands 3\n", "", 8, "3 bands"},
		"no projection":         {head, "nonsense", 8, "not well-known text"},
		"second version":        {head, `GEOGCRS["WGS 84"]`, 8, "second version"},
		"degrees called metres": {head, string(Projection(FromEPSG(32642))), 8, "looks like degrees"},
		"metres called degrees": {strings.Replace(head, "60", "600000", 1), string(Projection(FromEPSG(4326))), 8, "degrees"},
	} {
		if _, err := flt(tc.head, tc.prj, tc.n); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
}

func TestNodataInFloatsIsComparedAsFloat(t *testing.T) {
	low := float32(-math.MaxFloat32)
	for _, nodata := range []float64{-3.4028234663852886e+38, -3.40282347e+38, -1.7976931348623157e308} {
		v := []float32{1, low}
		blank(v, nodata, true)
		if !same(v, []float32{1, nan}) {
			t.Error(nodata, v)
		}
	}
	if _, err := narrow(1<<24+1, 0, true, true); err == nil {
		t.Error("a whole number that float32 does not hold")
	}
	if v, err := narrow(1<<31, 1<<31, true, true); err != nil || v == v {
		t.Error(v, err)
	}
}
