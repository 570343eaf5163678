package paper

import (
	_ "embed"
	"sync"

	"github.com/carlos7ags/folio/font"

	"github.com/shanyraq/shanyraq/fault"
)

// Noto Sans, cut down to Latin, Cyrillic with the letters of Kazakh, and the
// signs of money and numbers: see font/README.md.
var (
	//go:embed font/NotoSans-Regular.ttf
	regularTTF []byte
	//go:embed font/NotoSans-Bold.ttf
	boldTTF []byte
)

// faces are the fonts as parsed once.
var faces = sync.OnceValues(func() (f [2]font.Face, err error) {
	for i, b := range [][]byte{regularTTF, boldTTF} {
		if f[i], err = font.ParseTTF(b); err != nil {
			return f, fault.New(fault.Internal, "paper.faces", "", "a font that is built in cannot be read: %w", err)
		}
	}
	return f, nil
})
