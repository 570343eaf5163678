package osm

import "fmt"

// features are what a file may ask of its reader.
var features = map[string]bool{"OsmSchema-V0.6": true, "DenseNodes": true, "LocationsOnWays": true}

// wantData passes on the blocks of data. It looks at the header itself and
// stops at one that asks for what is not known.
func (b *blobs) wantData(x blob) bool {
	if x.header && b.refused == nil {
		b.refused = b.header(x)
	}
	return !x.header
}

func (b *blobs) header(x blob) error {
	var u unpacker
	data, err := u.unpack(x.packed)
	if err != nil {
		return wrongAt(b.file, x.number, x.offset, err)
	}
	w := wire{b: data}
	for field, t := range w.fields {
		if field != 4 {
			w.skip(t)
			continue
		}
		if f := string(w.bytes(t)); !features[f] {
			says := fmt.Errorf("it asks for %q, which is not read here", clip(f))
			if f == "HistoricalInformation" {
				says = fmt.Errorf("it holds the whole history: take an extract of one day (osmium time-filter)")
			}
			return wrongAt(b.file, x.number, x.offset, says)
		}
	}
	if w.err != nil {
		return wrongAt(b.file, x.number, x.offset, w.err)
	}
	return nil
}
