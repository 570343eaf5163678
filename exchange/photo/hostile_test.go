package photo

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// pngHead is a PNG that says to have that size and depth, and has no pixels.
func pngHead(w, h uint32, depth, kind byte) []byte {
	ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), w), h)
	ihdr = append(ihdr, depth, kind, 0, 0, 0)
	b := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	b = append(b, ihdr...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(ihdr))
}

// jpegHead is a JPEG that says to have that size: sof is 0xc0 for one scan,
// 0xc2 for several.
func jpegHead(w, h uint16, sof byte) []byte {
	b := []byte{0xff, 0xd8, 0xff, sof, 0, 17, 8}
	b = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(b, h), w)
	return append(b, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1, 0xff, 0xda, 0, 12)
}

// What would take memory or time is refused before anything is decoded.
func TestHostilePictures(t *testing.T) {
	good, png := jpegOf(t, corners(200, 100)), pngOf(t, corners(200, 100))
	crc := bytes.Clone(png)
	crc[29] ^= 1 // of the head
	data := bytes.Clone(png)
	data[len(data)-20] ^= 0xff // in the pixels
	for name, tc := range map[string]struct {
		b    []byte
		kind fault.Kind
		want string
	}{
		"a bomb of 2.5 thousand million pixels":  {pngHead(50_000, 50_000, 8, 2), fault.TooLarge, "million pixels"},
		"one very long line":                     {pngHead(60_000_000, 1, 8, 0), fault.TooLarge, "million pixels"},
		"the largest size that can be written":   {pngHead(1<<31-1, 1<<31-1, 8, 2), fault.Invalid, "damaged"},
		"no width":                               {pngHead(0, 100, 8, 2), fault.Invalid, "damaged"},
		"61 million pixels":                      {jpegHead(61_000, 1_000, 0xc0), fault.TooLarge, "million pixels"},
		"60 million pixels of sixteen bits":      {pngHead(10_000, 6_000, 16, 6), fault.TooLarge, "too much memory"},
		"60 million pixels in several scans":     {jpegHead(10_000, 6_000, 0xc2), fault.TooLarge, "too much memory"},
		"several scans behind a stray byte":      {slices.Concat([]byte("\xff\xd8\xff\x00"), jpegHead(10_000, 6_000, 0xc2)[2:]), fault.TooLarge, "too much memory"},
		"several scans behind a restart":         {slices.Concat([]byte("\xff\xd8\xff\xd0"), jpegHead(10_000, 6_000, 0xc2)[2:]), fault.TooLarge, "too much memory"},
		"several scans behind noise":             {slices.Concat([]byte("\xff\xd8\xff\xfe\x00\x02\x07"), jpegHead(10_000, 6_000, 0xc2)[2:]), fault.TooLarge, "too much memory"},
		"a JPEG that ends early":                 {good[:len(good)/2], fault.Invalid, "damaged or incomplete"},
		"a JPEG of three bytes":                  {good[:3], fault.Invalid, "damaged or incomplete"},
		"a PNG that ends early":                  {png[:len(png)/2], fault.Invalid, "damaged or incomplete"},
		"a PNG without pixels":                   {pngHead(10, 10, 8, 2), fault.Invalid, "damaged or incomplete"},
		"a wrong sum in the head":                {crc, fault.Invalid, "damaged or incomplete"},
		"a wrong sum of the pixels":              {data, fault.Invalid, "damaged or incomplete"},
		"a WebP that ends early":                 {webp[:25], fault.Invalid, "damaged or incomplete"},
		"a JPEG without picture":                 {[]byte("\xff\xd8\xff\xd9"), fault.Invalid, "damaged or incomplete"},
		"a JPEG whose parts have no end":         {append([]byte("\xff\xd8\xff\xe1\xff\xff"), 1, 2, 3), fault.Invalid, "damaged or incomplete"},
		"a JPEG of parts that take no room":      {append([]byte("\xff\xd8"), bytes.Repeat([]byte{0xff, 0xe1, 0, 0}, 1000)...), fault.Invalid, "damaged or incomplete"},
		"larger than a file may be":              {make([]byte, Usual.Bytes+1), fault.TooLarge, "larger than 25 MB"},
		"a PNG whose pixels unpack without end":  {bombPNG(t), fault.Invalid, "damaged or incomplete"},
		"a picture cut in the middle of a block": {good[:len(good)-40], fault.Invalid, "damaged or incomplete"},
	} {
		t.Run(name, func(t *testing.T) {
			used := measured(t, func() {
				f, err := Look(tc.b, "a.jpg", Usual)
				if err == nil {
					_, _, _, err = Pictures(tc.b, f)
				}
				if !fault.Is(err, tc.kind) || !strings.Contains(err.Error(), tc.want) {
					t.Errorf("%v, want %s %q", err, tc.kind, tc.want)
				}
			})
			if used > 64<<20 {
				t.Errorf("it took %d MB", used>>20)
			}
		})
	}
}

// bombPNG says to be small and carries far more pixels than that.
func bombPNG(t *testing.T) []byte {
	big := pngOf(t, image.NewGray(image.Rect(0, 0, 20_000, 2_000)))
	return append(pngHead(10, 10, 16, 6), big[33:]...)
}

// measured returns the bytes that do allocated.
func measured(t *testing.T, do func()) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	do()
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("it took %v", took)
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Notes of a camera made to run for ever or to fill the memory only cost the
// notes, not the photo.
func TestHostileNotes(t *testing.T) {
	jpg := jpegOf(t, corners(8, 8))
	for name, notes := range map[string][]byte{
		"a directory that follows itself":         loop(8),
		"two directories that follow each other":  loop(26),
		"a camera directory that is the first":    selfPointer(tagExif),
		"a GPS directory that is the first":       selfPointer(tagGPS),
		"5,000 long values over the same bytes":   greedy(5_000),
		"a value behind the end":                  exif([]field{{tagOrientation, 3, 1 << 30, make([]byte, 8)}}, nil, nil),
		"a count that overflows":                  exif([]field{{tagOrientation, 12, 0xffffffff, make([]byte, 8)}}, nil, nil),
		"an unknown kind of value":                exif([]field{{tagOrientation, 999, 1, []byte{1, 0, 0, 0}}}, nil, nil),
		"65,535 fields and none there":            append([]byte("II*\x00\x08\x00\x00\x00"), 0xff, 0xff),
		"the first directory before the file":     []byte("II*\x00\x00\x00\x00\x00"),
		"the first directory far behind the file": []byte("II*\x00\xff\xff\xff\x7f"),
		"nothing":                     {},
		"a name and nothing":          []byte("II*"),
		"text where a count stands":   exif(nil, []field{{tagTaken, 2, 1 << 20, []byte("2026:11:20 14:05:09\x00")}}, nil),
		"an orientation that is text": exif([]field{ascii(tagOrientation, "up")}, nil, nil),
	} {
		t.Run(name, func(t *testing.T) {
			b := withExif(jpg, notes)
			used := measured(t, func() {
				if f := look(t, b, "a.jpg"); f.Type != JPEG || f.Orientation != 1 {
					t.Errorf("%+v", f)
				}
			})
			if used > 32<<20 {
				t.Errorf("it took %d MB", used>>20)
			}
		})
	}
}

// loop is a directory at 8 whose next one is at next, where one leads back.
func loop(next uint32) []byte {
	dir := func(b []byte, follows uint32) []byte {
		b = binary.LittleEndian.AppendUint16(b, 1)
		b = append(b, 0x0f, 0x01, 3, 0, 1, 0, 0, 0, 1, 0, 0, 0)
		return binary.LittleEndian.AppendUint32(b, follows)
	}
	return dir(dir([]byte("II*\x00\x08\x00\x00\x00"), next), 8)
}

func selfPointer(tag uint16) []byte {
	b := binary.LittleEndian.AppendUint16([]byte("II*\x00\x08\x00\x00\x00"), 1)
	b = binary.LittleEndian.AppendUint16(b, tag)
	return append(b, 4, 0, 1, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0)
}

func greedy(n int) []byte {
	list := make([]field, n)
	for i := range list {
		list[i] = field{tagOrientation, 1, 60_000, nil}
	}
	b := exif(list, nil, nil)
	return b[:min(len(b), 65_000)]
}

// Whatever bytes come, the answer is a file that is taken within the limits or
// a refusal that says why, and never a panic.
func FuzzLook(f *testing.F) {
	for _, b := range [][]byte{withExif(jpegOf(f, corners(8, 8)), karaganda), pngOf(f, corners(4, 4)), webp, heic, []byte(pdf), zipOf(f, "mimetype", string(ODT), "content.xml", "x"),
		[]byte("a;b\n"), []byte("<svg/>"), loop(26), greedy(100), jpegHead(10, 10, 0xc2), pngHead(10, 10, 16, 6)} {
		f.Add(b, "a.jpg")
	}
	l := Limits{Bytes: 1 << 20, Pixels: 1_000_000}
	f.Fuzz(func(t *testing.T, b []byte, name string) {
		start := time.Now()
		defer func() {
			if took := time.Since(start); took > maxReading/2 {
				t.Errorf("it took %v", took)
			}
		}()
		got, err := Look(b, name, l)
		if err != nil {
			if k := fault.KindOf(err); k != fault.Invalid && k != fault.TooLarge {
				t.Fatalf("%s: %v", k, err)
			}
			return
		}
		if suffixes[got.Type] == nil || int64(got.Width)*int64(got.Height) > l.Pixels || got.Orientation < 1 || got.Orientation > 8 {
			t.Fatalf("%+v", got)
		}
		if p := got.Point; p != nil && !(p.Lat >= -90 && p.Lat <= 90 && p.Lon >= -180 && p.Lon <= 180) {
			t.Fatalf("point %+v", p)
		}
		if got.Type.Decoded() {
			if small, _, _, err := Pictures(b, got); err == nil && len(small) == 0 {
				t.Fatal("a picture of nothing")
			}
		}
	})
}
