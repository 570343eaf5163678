package photo

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // registered with package image
	"math"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // registered with package image

	"github.com/shanyraq/shanyraq/fault"
)

// measure learns the size of a picture from its head and refuses what would
// take too much memory, before a pixel is decoded.
func (f *Finding) measure(b []byte, l Limits) error {
	const op = "photo.Look"
	c, _, err := image.DecodeConfig(bytes.NewReader(b))
	if err != nil || c.Width <= 0 || c.Height <= 0 {
		return damaged("picture")
	}
	pixels := int64(c.Width) * int64(c.Height)
	if c.Width > maxSide || c.Height > maxSide || pixels > l.Pixels {
		return fault.New(fault.TooLarge, op, "", "the picture has more than %d million pixels: send a smaller one", l.Pixels/1_000_000)
	}
	if pixels*memoryOf(f.Type, b, c.ColorModel) > maxMemory {
		return fault.New(fault.TooLarge, op, "", "the picture takes too much memory to show: save it as an ordinary JPEG and send that")
	}
	f.Width, f.Height = c.Width, c.Height
	if f.Orientation > 4 { // turned by a quarter
		f.Width, f.Height = c.Height, c.Width
	}
	return nil
}

// memoryOf returns how many bytes decoding takes for each pixel.
func memoryOf(t Type, b []byte, m color.Model) int64 {
	switch {
	case t == JPEG && progressive(b):
		return 15 // three coefficients of four bytes stay until the end
	case m == color.RGBA64Model || m == color.NRGBA64Model:
		return 8
	}
	return 4
}

// progressive reports whether a JPEG may come in several scans. Decoders step
// over what does not belong between two segments, each in its own way: a head
// that is not plain is counted as the dearer kind.
func progressive(b []byte) bool {
	for i := 2; i+4 <= len(b); {
		if b[i] != 0xff {
			return true
		}
		switch m := b[i+1]; {
		case m == 0xff: // padding
			i++
			continue
		case m == 0xc0, m == 0xc1:
			return false
		case m == 0xc4, m == 0xdb, m == 0xdd, m >= 0xe0: // tables, notes and comments stand before the frame
		default:
			return true
		}
		i += 2 + max(2, int(binary.BigEndian.Uint16(b[i+2:])))
	}
	return true
}

// Longest sides in pixels of the pictures made of a photo.
const (
	Small = 320  // in a list
	Large = 1280 // on a screen
	Whole = 2560 // what the public gets in place of the original
)

const quality = 82 // of JPEG, 1 to 100

// Pictures decodes a photo and returns it as JPEG, upright, in the three
// sizes, none larger than the photo itself. They hold pixels and nothing else:
// no place, no time, no camera. A photo that is not whole is refused.
func Pictures(b []byte, f Finding) (small, large, whole []byte, err error) {
	m, err := decode(b)
	if err != nil {
		return nil, nil, nil, err
	}
	fitted := upright(shrink(m, Whole), f.Orientation)
	screen := shrink(fitted, Large)
	list := shrink(screen, Small)
	out := make([][]byte, 0, 3)
	for _, m := range []image.Image{list, screen, fitted} {
		var w bytes.Buffer
		if err := jpeg.Encode(&w, m, &jpeg.Options{Quality: quality}); err != nil {
			return nil, nil, nil, fault.New(fault.Internal, "photo.Pictures", "", "a smaller picture cannot be made: %w", err)
		}
		out = append(out, w.Bytes())
	}
	return out[0], out[1], out[2], nil
}

// decode contains what a decoder may do on hostile bytes.
func decode(b []byte) (m image.Image, err error) {
	defer func() {
		if recover() != nil {
			m, err = nil, damaged("picture")
		}
	}()
	m, _, err = image.Decode(bytes.NewReader(b))
	if err != nil {
		return nil, damaged("picture")
	}
	return m, nil
}

// shrink scales a picture so that its longer side is at most longest. It
// halves as long as it can: each step is an exact mean of four pixels and takes
// little memory, where a wider kernel would take ten times that of the photo.
func shrink(m image.Image, longest int) *image.RGBA {
	for {
		w, h := m.Bounds().Dx(), m.Bounds().Dy()
		side := max(w, h)
		if side < 2*longest {
			k := min(1, float64(longest)/float64(side))
			return scaled(m, int(math.Round(float64(w)*k)), int(math.Round(float64(h)*k)))
		}
		m = scaled(m, w/2, h/2)
	}
}

// scaled draws a picture in another size. What is transparent becomes white,
// as on paper.
func scaled(m image.Image, w, h int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, max(1, w), max(1, h)))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), m, m.Bounds(), draw.Over, nil)
	return out
}

// upright turns and mirrors a picture as its orientation in EXIF asks.
func upright(m *image.RGBA, orientation int) *image.RGBA {
	if orientation < 2 || orientation > 8 {
		return m
	}
	w, h := m.Bounds().Dx(), m.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if orientation > 4 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			var to image.Point
			switch orientation {
			case 2:
				to = image.Pt(w-1-x, y)
			case 3:
				to = image.Pt(w-1-x, h-1-y)
			case 4:
				to = image.Pt(x, h-1-y)
			case 5:
				to = image.Pt(y, x)
			case 6:
				to = image.Pt(h-1-y, x)
			case 7:
				to = image.Pt(h-1-y, w-1-x)
			case 8:
				to = image.Pt(y, w-1-x)
			}
			copy(out.Pix[out.PixOffset(to.X, to.Y):][:4], m.Pix[m.PixOffset(x, y):][:4])
		}
	}
	return out
}
