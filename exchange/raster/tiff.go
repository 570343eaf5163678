package raster

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// Compressions of TIFF that are read.
const (
	packNone       = 1
	packLZW        = 5
	packDeflate    = 8
	packOldDeflate = 32946
	packBits       = 32773
	packZstandard  = 50000
)

// maxRowBytes bounds one row of a block, the only memory taken beside the cells.
const maxRowBytes = 256 << 20

// packNames name the others, for the message.
var packNames = map[uint64]string{2: "CCITT", 3: "CCITT", 4: "CCITT", 6: "JPEG", 7: "JPEG", 34712: "JPEG 2000", 34887: "LERC", 34925: "LZMA", 50001: "WebP", 50002: "JPEG XL"}

// packRatios are bounds on how many bytes one packed byte can stand for, so
// that a small file cannot claim a large map: PackBits 128 for 2; Deflate 258
// for 2 bits; LZW the strings of a full table for its codes, below 1,400.
var packRatios = map[uint64]uint64{packBits: 64, packDeflate: 1032, packOldDeflate: 1032, packLZW: 1400}

// layout is how the cells of a GeoTIFF are cut into blocks. A strip is a block
// as wide as the map.
type layout struct {
	columns, rows           int
	blockWidth, blockHeight int
	across, down            int // blocks
	tiled                   bool
	samples                 int // values of one cell within a block
	sample                  int // the one that is read
	kind                    Type
	packing                 uint64
	predictor               uint64
	offsets, counts         []uint64 // of the blocks of the band
}

// openTIFF opens a GeoTIFF at its only image of full size.
func openTIFF(s Source) (*Raster, error) {
	const op = "raster.Open"
	f := &tiffFile{name: s.Name, data: s.Data, size: s.Size}
	all, err := f.directories()
	if err != nil {
		return nil, err
	}
	fields := all[0]
	for i, d := range all {
		kind, err := f.one(d, tagSubfile, 0)
		switch {
		case err != nil:
			return nil, err
		case kind&subfileMask != 0:
			return nil, f.refuse("a mask in the file says which cells have data: write it as a nodata value first (gdal_translate -a_nodata)")
		case i > 0 && kind&subfileReduced == 0:
			return nil, f.refuse("the file holds more than one map: save the one you mean (gdal_translate GTIFF_DIR:1:%s OUT.tif)", s.Name)
		}
	}
	l, h, err := f.layout(fields, s)
	if err != nil {
		return nil, err
	}
	if err := f.place(fields, &h); err != nil {
		return nil, err
	}
	if err := f.meaning(fields, &h, s.Projection); err != nil {
		return nil, err
	}
	if err := h.check(op, s.Name, s.MaxCells); err != nil {
		return nil, err
	}
	if err := f.blocks(fields, &l, h.Band); err != nil {
		return nil, err
	}
	h.BlockRows = min(l.blockHeight, h.Rows)
	return &Raster{Header: h, name: s.Name, cells: newTIFFCells(f, l, h)}, nil
}

// layout reads sizes, types and packing.
func (f *tiffFile) layout(fields map[uint16]field, s Source) (l layout, h Header, err error) {
	read := func(tag uint16, without uint64) uint64 {
		if err != nil {
			return 0
		}
		var v uint64
		v, err = f.one(fields, tag, without)
		return v
	}
	width, length := read(tagWidth, 0), read(tagLength, 0)
	bands, planar := read(tagSamples, 1), read(tagPlanar, 1)
	bits, form := read(tagBits, 1), read(tagSampleFormat, 1)
	photometric := read(tagPhotometric, 1)
	l.packing, l.predictor = read(tagCompression, packNone), read(tagPredictor, 1)
	tileWidth, tileLength, strip := read(tagTileWidth, 0), read(tagTileLength, 0), read(tagRowsPerStrip, math.MaxUint32)
	if err != nil {
		return l, h, err
	}
	if width == 0 || length == 0 || width > maxSide || length > maxSide {
		return l, h, fault.New(fault.TooLarge, "raster.Open", f.name, "%d x %d cells: each side must be from 1 to %d", width, length, maxSide)
	}
	if bands == 0 || bands > math.MaxUint16 || planar == 0 || planar > planarSeparate {
		return l, h, f.refuse("%d bands in arrangement %d: the file is broken", bands, planar)
	}
	h.Columns, h.Rows, h.Bands = int(width), int(length), int(bands)
	switch h.Band = s.Band; {
	case h.Band == 0 && h.Bands == 1:
		h.Band = 1
	case h.Band == 0:
		return l, h, f.refuse("the file has %d bands: say which to read with band 1 to %d", bands, bands)
	case h.Band < 0 || h.Band > h.Bands:
		return l, h, f.refuse("band %d was asked for, and the file has %d", h.Band, bands)
	}
	if err := f.oneType(fields, h.Bands); err != nil {
		return l, h, err
	}
	if h.Type, err = f.cellType(bits, form, photometric); err != nil {
		return l, h, err
	}
	l.kind, l.columns, l.rows, l.samples, l.sample = h.Type, h.Columns, h.Rows, h.Bands, h.Band-1
	if planar == planarSeparate || h.Bands == 1 {
		l.samples, l.sample = 1, 0
	}
	_, l.tiled = fields[tagTileOffsets]
	l.blockWidth, l.blockHeight = h.Columns, int(min(max(strip, 1), length))
	if l.tiled {
		// Sizes of a tile are small in every real file; the bound keeps one row
		// of it from taking memory.
		if tileWidth == 0 || tileLength == 0 || tileWidth > 1<<16 || tileLength > 1<<16 {
			return l, h, f.refuse("tiles of %d x %d cells: the file is broken", tileWidth, tileLength)
		}
		l.blockWidth, l.blockHeight = int(tileWidth), int(tileLength)
	}
	if int64(l.blockWidth)*int64(l.samples)*int64(h.Type.width()) > maxRowBytes {
		return l, h, fault.New(fault.TooLarge, "raster.Open", f.name, "one row of cells takes more than 256 MiB with its %d bands: save the band you need alone", bands)
	}
	l.across, l.down = (l.columns+l.blockWidth-1)/l.blockWidth, (l.rows+l.blockHeight-1)/l.blockHeight
	return l, h, f.packed(l)
}

// oneType refuses bands of several types.
func (f *tiffFile) oneType(fields map[uint16]field, bands int) error {
	for _, tag := range []uint16{tagBits, tagSampleFormat} {
		if fields[tag].count < 2 {
			continue
		}
		v, err := f.whole(fields, tag, min(int64(bands), fields[tag].count))
		if err != nil {
			return err
		}
		for _, x := range v {
			if x != v[0] {
				return f.refuse("its bands have different types: save the band you need alone (gdal_translate -b N)")
			}
		}
	}
	return nil
}

func (f *tiffFile) cellType(bits, form, photometric uint64) (Type, error) {
	if photometric == photometricColor && form == 1 && bits != 8 {
		return "", f.refuse("colours of %d bits: save the classes as whole numbers of 8 bits", bits)
	}
	switch [2]uint64{form, bits} {
	case [2]uint64{1, 8}, [2]uint64{4, 8}:
		return Uint8, nil
	case [2]uint64{1, 16}, [2]uint64{4, 16}:
		return Uint16, nil
	case [2]uint64{1, 32}:
		return Uint32, nil
	case [2]uint64{2, 8}:
		return Int8, nil
	case [2]uint64{2, 16}:
		return Int16, nil
	case [2]uint64{2, 32}:
		return Int32, nil
	case [2]uint64{3, 32}:
		return Float32, nil
	case [2]uint64{3, 64}:
		return Float64, nil
	}
	form = min(form, 7)
	return "", f.refuse("cells are %s of %d bits, which are not read: save them as Float32 (gdal_translate -ot Float32)", [...]string{"unknown", "whole numbers", "signed whole numbers", "floating point", "unknown", "complex numbers", "complex numbers", "unknown"}[form], bits)
}

// packed refuses what cannot be unpacked.
func (f *tiffFile) packed(l layout) error {
	switch l.packing {
	case packNone, packLZW, packDeflate, packOldDeflate, packBits, packZstandard:
	default:
		name := packNames[l.packing]
		if name == "" {
			name = strconv.FormatUint(l.packing, 10)
		}
		return f.refuse("its cells are packed with %s, which is not read: save it with Deflate (gdal_translate -co COMPRESS=DEFLATE)", name)
	}
	switch {
	case l.predictor <= 2:
	case l.predictor == 3 && !l.kind.whole():
	default:
		return f.refuse("predictor %d does not go with %s: the file is broken", l.predictor, l.kind)
	}
	return nil
}

// blocks reads where the blocks of the band stand.
func (f *tiffFile) blocks(fields map[uint16]field, l *layout, band int) error {
	offsets, counts := uint16(tagStripOffsets), uint16(tagStripCounts)
	if l.tiled {
		offsets, counts = tagTileOffsets, tagTileCounts
	}
	n := int64(l.across) * int64(l.down)
	last := n
	if l.samples == 1 { // separate planes: those of the bands before come first
		last = n * int64(band)
	}
	var err error
	if l.offsets, err = f.whole(fields, offsets, last); err != nil {
		return err
	}
	if l.counts, err = f.whole(fields, counts, last); err != nil {
		return err
	}
	if l.offsets == nil {
		return f.refuse("the file does not say where its cells stand: it is broken")
	}
	l.offsets = l.offsets[last-n:]
	if l.counts == nil {
		if l.packing != packNone {
			return f.refuse("the file does not say how long its blocks are: it is broken")
		}
		l.counts = make([]uint64, n)
		for i := range l.counts {
			l.counts[i] = uint64(l.blockBytes(i / l.across))
		}
	} else {
		l.counts = l.counts[last-n:]
	}
	for i, at := range l.offsets {
		if l.counts[i] == 0 && at == 0 {
			continue // left out: every cell of the block is nodata
		}
		if at > uint64(f.size) || l.counts[i] > uint64(f.size)-at {
			return f.refuse("block %d should end at byte %d, and the file ends at %d: it is cut", i+1, at+l.counts[i], f.size)
		}
		if most, ok := packRatios[l.packing]; ok && l.counts[i] < uint64(l.blockBytes(i/l.across))/most {
			return f.refuse("block %d has %d packed bytes, too few for its cells: the file is broken", i+1, l.counts[i])
		}
		if l.packing == packNone && int64(min(l.counts[i], math.MaxInt64)) < l.blockBytes(i/l.across) {
			return f.refuse("block %d has %d bytes where its cells take %d: the file is broken", i+1, l.counts[i], l.blockBytes(i/l.across))
		}
	}
	return nil
}

// rowBytes are those of one row of a block.
func (l layout) rowBytes() int { return l.blockWidth * l.samples * l.kind.width() }

// blockBytes are those of a block in that row of blocks; the last strip is short.
func (l layout) blockBytes(down int) int64 {
	return int64(l.rowBytes()) * int64(l.height(down))
}

// height is the number of rows that a block holds, of a tile always all.
func (l layout) height(down int) int {
	if l.tiled {
		return l.blockHeight
	}
	return min(l.blockHeight, l.rows-down*l.blockHeight)
}

// place reads where the map lies.
func (f *tiffFile) place(fields map[uint16]field, h *Header) error {
	scale, err := f.doubles(fields, tagPixelScale, 3)
	if err != nil {
		return err
	}
	ties, err := f.doubles(fields, tagTiepoint, 12)
	if err != nil {
		return err
	}
	matrix, err := f.doubles(fields, tagMatrix, 16)
	if err != nil {
		return err
	}
	const warp = "bring it to a grid that looks north (gdalwarp IN OUT.tif)"
	switch {
	case len(matrix) >= 8:
		a, b, d, e := matrix[0], matrix[1], matrix[4], matrix[5]
		if b != 0 || d != 0 {
			return f.refuse("the map is turned: %s", warp)
		}
		h.CellWidth, h.CellHeight, h.OriginX, h.OriginY = a, -e, matrix[3], matrix[7]
	case len(scale) >= 2 && len(ties) == 6:
		h.CellWidth, h.CellHeight = scale[0], scale[1]
		h.OriginX, h.OriginY = ties[3]-ties[0]*scale[0], ties[4]+ties[1]*scale[1]
	case len(ties) > 6:
		return f.refuse("the map is held by several control points: %s", warp)
	default:
		return f.refuse("the file does not say where it lies on the earth: georeference it (gdal_translate -a_ullr ULX ULY LRX LRY -a_srs EPSG:N)")
	}
	if h.CellWidth < 0 || h.CellHeight < 0 {
		return f.refuse("the map is flipped: its rows do not run from north to south and its columns from west to east; %s", warp)
	}
	return nil
}

var metadataItem = regexp.MustCompile(`<Item\b([^>]*)>([^<]*)</Item>`)

// meaning reads nodata, scale and projection.
func (f *tiffFile) meaning(fields map[uint16]field, h *Header, projection []byte) error {
	text, err := f.text(fields, tagGDALNoData)
	if err != nil {
		return err
	}
	if text = strings.TrimSpace(text); text != "" {
		// An overflow gives an infinity, as it does for the cells.
		if h.NoData, err = strconv.ParseFloat(text, 64); err != nil && !math.IsInf(h.NoData, 0) {
			return f.refuse("its nodata value %q is not a number", short(text))
		}
		h.HasNoData = true
	}
	if text, err = f.text(fields, tagGDALMetadata); err != nil {
		return err
	}
	for _, item := range metadataItem.FindAllStringSubmatch(text, -1) {
		scale, offset := strings.Contains(item[1], `role="scale"`), strings.Contains(item[1], `role="offset"`)
		v, err := strconv.ParseFloat(strings.TrimSpace(item[2]), 64)
		if scale && (err != nil || v != 1) || offset && (err != nil || v != 0) {
			return f.refuse("its values are kept scaled: write the true ones (gdal_translate -unscale -ot Float32)")
		}
	}
	keys, err := f.geoKeys(fields)
	if err != nil {
		return err
	}
	if keys.isPoint { // the tie point is the middle of the cell
		h.OriginX, h.OriginY = h.OriginX-h.CellWidth/2, h.OriginY+h.CellHeight/2
	}
	h.CRS = keys.crs
	if h.CRS.Kind == Unknown && len(projection) > 0 {
		h.CRS, err = ParseProjection(projection, f.name)
	}
	return err
}
