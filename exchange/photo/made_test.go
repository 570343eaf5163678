package photo

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"testing"
)

// field is one entry of an EXIF directory.
type field struct {
	tag, kind uint16
	count     uint32
	value     []byte // little-endian; longer than four bytes it is put behind the directories
}

func ascii(tag uint16, s string) field {
	return field{tag, 2, uint32(len(s) + 1), append([]byte(s), 0)}
}

func short(tag, v uint16) field {
	return field{tag, 3, 1, binary.LittleEndian.AppendUint16(nil, v)}
}

// degrees writes a coordinate as degrees, minutes and seconds.
func degrees(tag uint16, v float64) field {
	d, m := math.Modf(v)
	m, s := math.Modf(m * 60)
	return rationals(tag, uint32(d), 1, uint32(m), 1, uint32(math.Round(s*60*1000)), 1000)
}

func rationals(tag uint16, v ...uint32) field {
	var b []byte
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, x)
	}
	return field{tag, 5, uint32(len(v) / 2), b}
}

// Tags of EXIF.
const (
	tagOrientation = 0x0112
	tagExif        = 0x8769
	tagGPS         = 0x8825
	tagTaken       = 0x9003
	tagZone        = 0x9011
	gpsLatRef      = 1
	gpsLat         = 2
	gpsLonRef      = 3
	gpsLon         = 4
)

// exif lays out three directories one behind the other, and their long values
// after each.
func exif(first, camera, gps []field) []byte {
	b := []byte("II*\x00\x08\x00\x00\x00")
	pointer := func(tag uint16) field { return field{tag, 4, 1, make([]byte, 4)} }
	spots := map[uint16]int{}
	put := func(list []field) {
		b = binary.LittleEndian.AppendUint16(b, uint16(len(list)))
		at := len(b)
		b = append(b, make([]byte, 12*len(list)+4)...)
		for i, f := range list {
			e := b[at+12*i:]
			binary.LittleEndian.PutUint16(e, f.tag)
			binary.LittleEndian.PutUint16(e[2:], f.kind)
			binary.LittleEndian.PutUint32(e[4:], f.count)
			if f.tag == tagExif || f.tag == tagGPS {
				spots[f.tag] = at + 12*i + 8
			}
			if len(f.value) > 4 {
				binary.LittleEndian.PutUint32(e[8:], uint32(len(b)))
				b = append(b, f.value...)
			} else {
				copy(e[8:12], f.value)
			}
		}
	}
	if camera != nil {
		first = append(first, pointer(tagExif))
	}
	if gps != nil {
		first = append(first, pointer(tagGPS))
	}
	put(first)
	for tag, list := range map[uint16][]field{tagExif: camera, tagGPS: gps} {
		if list != nil {
			binary.LittleEndian.PutUint32(b[spots[tag]:], uint32(len(b)))
			put(list)
		}
	}
	return b
}

// withExif puts notes into a JPEG.
func withExif(jpg, tiff []byte) []byte {
	body := append([]byte("Exif\x00\x00"), tiff...)
	out := []byte{0xff, 0xd8, 0xff, 0xe1}
	out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
	return append(append(out, body...), jpg[2:]...)
}

// corners is a picture whose upper left quarter is red, and the rest white.
func corners(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{255, 255, 255, 255}
			if x < w/2 && y < h/2 {
				c = color.RGBA{220, 0, 0, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func jpegOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// zipOf makes an archive of parts: name, content, name, content ...
func zipOf(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// webp is a picture of one pixel.
var webp = []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")

// heic is the beginning of a photo of a phone.
var heic = append([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), make([]byte, 100)...)

const pdf = "%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
