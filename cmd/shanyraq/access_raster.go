package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/raster"
	"github.com/shanyraq/shanyraq/fault"
)

// openMap is a map of cells with the file under it.
type openMap struct {
	*raster.Raster
	io.Closer
}

// openRaster opens a map with the .hdr and .prj beside it. band chooses in a
// file with several; 0 where there is one.
func openRaster(name string, band int) (openMap, error) {
	f, err := openFile(name)
	if err != nil {
		return openMap{}, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = fault.New(fault.Invalid, "cmd.openRaster", name, "this is not an ordinary file: a map is read from several places, save it first")
	}
	s := raster.Source{Name: name, Data: f, Band: band}
	if err == nil {
		s.Size = info.Size()
		s.Projection, err = beside(name, ".prj")
	}
	if ending := strings.ToLower(filepath.Ext(name)); err == nil && (ending == ".flt" || ending == ".bil") {
		s.Header, err = beside(name, ".hdr")
	}
	var r *raster.Raster
	if err == nil {
		r, err = raster.Open(s)
	}
	if err != nil {
		return openMap{}, errors.Join(err, f.Close())
	}
	return openMap{r, f}, nil
}

// maxBeside is the largest file beside a map, in bytes.
const maxBeside = 1 << 20

// beside reads the file of the same name with another ending, in small or
// capital letters; nil when there is none.
func beside(name, ending string) ([]byte, error) {
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	for _, e := range []string{ending, strings.ToUpper(ending)} {
		f, err := os.Open(stem + e)
		if errors.Is(err, os.ErrNotExist) {
			continue
		} else if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(io.LimitReader(f, maxBeside+1))
		if err = errors.Join(err, f.Close()); err == nil && len(b) > maxBeside {
			err = fault.New(fault.TooLarge, "cmd.beside", stem+e, "larger than %d bytes: this is not the description of a map", maxBeside)
		}
		return b, err
	}
	return nil, nil
}

// readMap reads a whole map.
func readMap(name string, band int) (raster.Header, []float32, error) {
	m, err := openRaster(name, band)
	if err != nil {
		return raster.Header{}, nil, err
	}
	cells, err := m.ReadAll()
	return m.Header, cells, errors.Join(err, m.Close())
}

// writeRaster writes a map in the format that the ending of the name says:
// .tif (GeoTIFF with Deflate, tiles of 256), .flt with .hdr, or .asc. A .prj
// goes beside a text grid, and beside a GeoTIFF whose projection has no code.
func writeRaster(name string, h raster.Header, cells []float32) error {
	var err error
	ending := strings.ToLower(filepath.Ext(name))
	stem := strings.TrimSuffix(name, filepath.Ext(name))
	small := func(name string, text []byte) {
		if err == nil && len(text) > 0 {
			err = writeWhole(name, func(w io.Writer) error { _, err := w.Write(text); return err })
		}
	}
	switch ending {
	case ".tif", ".tiff":
		err = writeWhole(name, func(w io.Writer) error {
			f, ok := w.(io.WriteSeeker)
			if !ok {
				return fault.New(fault.Invalid, "cmd.writeRaster", name, "a GeoTIFF is written to an ordinary file")
			}
			return raster.WriteGeoTIFF(f, h, cells, raster.Packing{Tiled: true})
		})
		if h.CRS.EPSG == 0 {
			small(stem+".prj", raster.Projection(h.CRS))
		}
	case ".flt":
		err = writeWhole(name, func(w io.Writer) error { return raster.WriteFloat(w, h, cells) })
		small(stem+".hdr", raster.FloatHeader(h))
		small(stem+".prj", raster.Projection(h.CRS))
	case ".asc":
		err = writeWhole(name, func(w io.Writer) error { return raster.WriteASCII(w, h, cells) })
		small(stem+".prj", raster.Projection(h.CRS))
	default:
		err = fault.New(fault.Invalid, "cmd.writeRaster", name, "the ending says the format of a map: .tif, .flt or .asc")
	}
	return err
}

// mapEnding refuses an output before anything is computed.
func mapEnding(names ...string) error {
	for _, name := range names {
		switch strings.ToLower(filepath.Ext(name)) {
		case ".tif", ".tiff", ".flt", ".asc", "":
			if name == "" || filepath.Ext(name) != "" {
				continue
			}
		}
		return fault.New(fault.Invalid, "cmd.mapEnding", name, "the ending says the format of a map: .tif, .flt or .asc")
	}
	return nil
}
