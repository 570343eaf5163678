package photo

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/shanyraq/shanyraq/fault"
)

func look(t *testing.T, b []byte, name string) Finding {
	t.Helper()
	f, err := Look(b, name, Usual)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return f
}

// The bytes tell the type, whatever the name says.
func TestTypes(t *testing.T) {
	m := corners(8, 6)
	for _, tc := range []struct {
		name string
		b    []byte
		want Type
	}{
		{"a.exe", jpegOf(t, m), JPEG}, {"a.jpg", pngOf(t, m), PNG}, {"a.svg", webp, WebP}, {"IMG_1.HEIC", heic, HEIC},
		{"act", []byte(pdf), PDF},
		{"a.zip", zipOf(t, "[Content_Types].xml", "<Types/>", "word/document.xml", "<w/>"), DOCX},
		{"a.docx", zipOf(t, "[Content_Types].xml", "<Types/>", "xl/workbook.xml", "<w/>"), XLSX},
		{"a.odt", zipOf(t, "mimetype", string(ODT), "content.xml", "<c/>"), ODT},
		{"a.CSV", []byte("place;value\nKZ-35;1\n"), CSV}, {"a.tsv", []byte("a\tb\n"), CSV}, {"a.txt", []byte("Акт приёмки"), Text}, {"README", []byte("BM is no picture"), Text},
		{"win.txt", []byte{0xc0, 0xea, 0xf2}, Text},
	} {
		f := look(t, tc.b, tc.name)
		if f.Type != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, f.Type, tc.want)
		}
		if f.Type.Decoded() != (f.Width > 0) {
			t.Errorf("%s: %d by %d pixels", tc.name, f.Width, f.Height)
		}
	}
	if Charset([]byte("Акт")) != "utf-8" || Charset([]byte{0xc0, 0xea, 0xf2}) != "windows-1251" {
		t.Error("the encoding of a text")
	}
}

// What is refused is named, so that people know what to do.
func TestRefused(t *testing.T) {
	ok := jpegOf(t, corners(8, 8))
	for name, tc := range map[string]struct {
		file, begin, want string
	}{
		"nothing":             {"a.jpg", "", "empty"},
		"SVG":                 {"a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "HTML, SVG or XML"},
		"SVG in a text":       {"a.txt", "\ufeff  \n<SVG onload=alert(1)>", "HTML, SVG or XML"},
		"XML":                 {"a.txt", "<?xml version='1.0'?><x/>", "HTML, SVG or XML"},
		"a page":              {"a.txt", "<!DOCTYPE html><p>x", "HTML, SVG or XML"},
		"a page after words":  {"a.csv", "a;b\n1;<script src=//x></script>", "HTML, SVG or XML"},
		"a comment":           {"a.txt", "<!-- x -->", "HTML, SVG or XML"},
		"script":              {"a.txt", "#!/bin/sh\nrm -rf /", "a script"},
		"PHP":                 {"a.txt", "<?php phpinfo();", "a script"},
		"code by its ending":  {"a.js", "alert(1)", "a text with this ending"},
		"batch by its ending": {"run.bat", "del *", "a text with this ending"},
		"Windows program":     {"a.jpg", "MZ\x90\x00\x03", "a program for Windows"},
		"Linux program":       {"a.pdf", "\x7fELF\x02", "a program for Linux"},
		"GIF":                 {"a.gif", "GIF89a\x01\x00", "a GIF picture"},
		"TIFF":                {"a.tif", "II*\x00\x08", "a TIFF picture"},
		"BMP":                 {"a.bmp", "BM\x00\x00\x00\x00", "a BMP picture"},
		"old Word":            {"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office"},
		"RTF":                 {"a.rtf", "{\\rtf1 \\object", "an RTF document"},
		"RAR":                 {"a.rar", "Rar!\x1a\x07", "a RAR archive"},
		"film":                {"a.mp4", "\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2", "a film"},
		"AVIF":                {"a.heic", "\x00\x00\x00\x18ftypavif\x00\x00\x00\x00mif1avif", "an AVIF picture"},
		"boxes without end":   {"a.heic", "\xff\xff\xff\xffftypheic\x00\x00\x00\x00", "damaged"},
		"sound":               {"a.wav", "RIFF\x00\x00\x00\x00WAVEfmt ", "a sound or film"},
		"bytes":               {"a.txt", "\x00\x01\x02\x03", "a file of this type"},
		"a cut PDF":           {"a.pdf", "%PDF-1.7\n1 0 obj<<>>endobj", "damaged or incomplete"},
		"a page in a PDF":     {"a.pdf", "<html>%PDF-1.7 %%EOF", "HTML, SVG or XML"},
		"a cut ZIP":           {"a.docx", "PK\x03\x04\x14\x00", "damaged or incomplete"},
		"an empty ZIP":        {"a.docx", "PK\x05\x06" + strings.Repeat("\x00", 18), "an empty ZIP archive"},
		"bytes before a JPEG": {"a.jpg", "<script>alert(1)</script>" + string(ok), "a file of this type"},
	} {
		_, err := Look([]byte(tc.begin), tc.file, Usual)
		if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
}

func TestArchives(t *testing.T) {
	many := make([]string, 0, 2*(maxEntries+1))
	for range maxEntries + 1 {
		many = append(many, "x"+strings.Repeat("y", len(many)%7), "")
	}
	word := []string{"[Content_Types].xml", "<Types/>", "word/document.xml", "<w/>"}
	for name, tc := range map[string]struct {
		b    []byte
		kind fault.Kind
		want string
	}{
		"a plain archive":      {zipOf(t, "a.txt", "x"), fault.Invalid, "a ZIP archive"},
		"a Java program":       {zipOf(t, "META-INF/MANIFEST.MF", "x"), fault.Invalid, "a ZIP archive"},
		"a bomb":               {zipOf(t, append(word, "word/media/a.bin", strings.Repeat("\x00", maxUnpacked))...), fault.TooLarge, "too large when unpacked"},
		"a bomb in parts":      {zipOf(t, append(word, "a", strings.Repeat("\x00", maxUnpacked/2), "b", strings.Repeat("\x00", maxUnpacked/2))...), fault.TooLarge, "too large when unpacked"},
		"very many parts":      {zipOf(t, many...), fault.TooLarge, "too large when unpacked"},
		"macros":               {zipOf(t, append(word, "word/vbaProject.bin", "x")...), fault.Invalid, "macros"},
		"macros of ODT":        {zipOf(t, "mimetype", string(ODT), "content.xml", "<c/>", "Basic/Standard/Module1.xml", "x"), fault.Invalid, "macros"},
		"a path that leads up": {zipOf(t, append(word, "../../etc/cron.d/x", "x")...), fault.Invalid, "paths that lead elsewhere"},
		"an absolute path":     {zipOf(t, append(word, "/etc/passwd", "x")...), fault.Invalid, "paths that lead elsewhere"},
		"sizes that lie":       {lying(zipOf(t, append(word, "a", strings.Repeat("a", 5000))...)), fault.Invalid, "damaged"},
	} {
		_, err := Look(tc.b, "a.docx", Usual)
		if !fault.Is(err, tc.kind) || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %s %q", name, err, tc.kind, tc.want)
		}
	}
}

// lying says in the directory of an archive that a part of 5,000 bytes has 1.
func lying(b []byte) []byte {
	return bytes.ReplaceAll(b, []byte{0x88, 0x13, 0, 0}, []byte{1, 0, 0, 0})
}

var karaganda = exif([]field{short(tagOrientation, 6)}, []field{ascii(tagTaken, "2026:11:20 14:05:09"), ascii(tagZone, "+05:00")},
	[]field{ascii(gpsLatRef, "N"), degrees(gpsLat, 46.848), ascii(gpsLonRef, "E"), degrees(gpsLon, 74.995)})

func TestNotesOfACamera(t *testing.T) {
	f := look(t, withExif(jpegOf(t, corners(40, 20)), karaganda), "a.jpg")
	if f.Point == nil || math.Abs(f.Point.Lat-46.848) > 1e-5 || math.Abs(f.Point.Lon-74.995) > 1e-5 || f.BadPlace {
		t.Errorf("place %+v", f.Point)
	}
	if f.Taken == nil || f.Taken.Offset == nil || *f.Taken.Offset != 300 || !f.Taken.Earliest().Equal(time.Date(2026, 11, 20, 9, 5, 9, 0, time.UTC)) {
		t.Errorf("time %+v", f.Taken)
	}
	if f.Orientation != 6 || f.Width != 20 || f.Height != 40 {
		t.Errorf("orientation %d, %d by %d", f.Orientation, f.Width, f.Height)
	}
}

// Nonsense in the notes of a camera is noted and refuses nothing.
func TestNonsenseOfCameras(t *testing.T) {
	jpg := jpegOf(t, corners(8, 8))
	gps := func(latRef string, lat field, lonRef string, lon field) []byte {
		return exif(nil, nil, []field{ascii(gpsLatRef, latRef), lat, ascii(gpsLonRef, lonRef), lon})
	}
	taken := func(s string, more ...field) []byte {
		return exif(nil, append([]field{ascii(tagTaken, s)}, more...), nil)
	}
	for name, tc := range map[string]struct {
		notes              []byte
		point              bool
		lat, lon           float64
		badPlace, badTime  bool
		taken, hasZone     bool
		orientation, hours int
	}{
		"nothing":             {notes: exif(nil, nil, nil)},
		"south and west":      {notes: gps("S", degrees(gpsLat, 10.5), "W", degrees(gpsLon, 70.25)), point: true, lat: -10.5, lon: -70.25},
		"zero twice":          {notes: gps("N", degrees(gpsLat, 0), "E", degrees(gpsLon, 0))},
		"beyond the pole":     {notes: gps("N", degrees(gpsLat, 91), "E", degrees(gpsLon, 10)), badPlace: true},
		"beyond the date":     {notes: gps("N", degrees(gpsLat, 50), "E", degrees(gpsLon, 181)), badPlace: true},
		"divided by zero":     {notes: gps("N", rationals(gpsLat, 46, 0, 1, 0, 1, 0), "E", degrees(gpsLon, 70)), badPlace: true},
		"zero by zero":        {notes: gps("N", rationals(gpsLat, 0, 0, 0, 0, 0, 0), "E", rationals(gpsLon, 0, 0, 0, 0, 0, 0))},
		"huge":                {notes: gps("N", rationals(gpsLat, math.MaxUint32, 1, math.MaxUint32, 1, 0, 1), "E", degrees(gpsLon, 70)), badPlace: true},
		"text for a number":   {notes: gps("N", ascii(gpsLat, "north"), "E", ascii(gpsLon, "east"))},
		"half of it":          {notes: exif(nil, nil, []field{ascii(gpsLatRef, "N"), degrees(gpsLat, 46)}), badPlace: true},
		"no zone":             {notes: taken("2026:11:20 14:05:09"), taken: true},
		"zone Z":              {notes: taken("2026:11:20 14:05:09", ascii(tagZone, "Z")), taken: true, hasZone: true},
		"a zone that is none": {notes: taken("2026:11:20 14:05:09", ascii(tagZone, "Almaty")), taken: true},
		"a clock not set":     {notes: taken("0000:00:00 00:00:00")},
		"spaces":              {notes: taken("    :  :     :  :  ")},
		"day 32":              {notes: taken("2026:11:32 14:05:09"), badTime: true},
		"year 1900":           {notes: taken("1900:01:01 00:00:00"), badTime: true},
		"year 9999":           {notes: taken("9999:01:01 00:00:00"), badTime: true},
		"words":               {notes: taken("yesterday evening"), badTime: true},
		"orientation 9":       {notes: exif([]field{short(tagOrientation, 9)}, nil, nil)},
		"orientation 0":       {notes: exif([]field{short(tagOrientation, 0)}, nil, nil)},
	} {
		f := look(t, withExif(jpg, tc.notes), name)
		if (f.Point != nil) != tc.point || f.BadPlace != tc.badPlace || f.BadTime != tc.badTime || (f.Taken != nil) != tc.taken || f.Orientation != 1 {
			t.Errorf("%s: %+v", name, f)
		}
		if tc.point && f.Point != nil && (math.Abs(f.Point.Lat-tc.lat) > 1e-5 || math.Abs(f.Point.Lon-tc.lon) > 1e-5) {
			t.Errorf("%s: %v", name, *f.Point)
		}
		if f.Taken != nil && (f.Taken.Offset != nil) != tc.hasZone {
			t.Errorf("%s: zone %v", name, f.Taken.Offset)
		}
	}
}

// However a camera was held, the pictures stand upright.
func TestPicturesStandUpright(t *testing.T) {
	// Where the red quarter of the stored picture is seen: left or right, up or down.
	for o, want := range map[uint16][2]bool{1: {false, false}, 2: {true, false}, 3: {true, true}, 4: {false, true}, 5: {false, false}, 6: {true, false}, 7: {true, true}, 8: {false, true}} {
		b := withExif(jpegOf(t, corners(64, 48)), exif([]field{short(tagOrientation, o)}, nil, nil))
		f := look(t, b, "a.jpg")
		_, _, whole, err := Pictures(b, f)
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(whole))
		if err != nil {
			t.Fatal(err)
		}
		w, h := m.Bounds().Dx(), m.Bounds().Dy()
		if w != f.Width || h != f.Height || (o > 4) != (h > w) {
			t.Errorf("orientation %d: %d by %d", o, w, h)
		}
		at := func(right, down bool) image.Point {
			x, y := w/4, h/4
			if right {
				x = 3 * w / 4
			}
			if down {
				y = 3 * h / 4
			}
			return image.Pt(x, y)
		}
		for _, right := range []bool{false, true} {
			for _, down := range []bool{false, true} {
				p := at(right, down)
				if got, red := isRed(m.At(p.X, p.Y)), want == [2]bool{right, down}; got != red {
					t.Errorf("orientation %d: red at %v is %v", o, p, got)
				}
			}
		}
	}
}

func isRed(c color.Color) bool {
	r, g, _, _ := c.RGBA()
	return r > 0x8000 && g < 0x6000
}

func TestPicturesHoldNoNotes(t *testing.T) {
	b := withExif(jpegOf(t, corners(3000, 1500)), karaganda)
	f := look(t, b, "a.jpg")
	small, large, whole, err := Pictures(b, f)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		b    []byte
		long int
	}{{small, Small}, {large, Large}, {whole, Whole}} {
		c, err := jpeg.DecodeConfig(bytes.NewReader(tc.b))
		if err != nil || max(c.Width, c.Height) != tc.long || c.Height != 2*c.Width {
			t.Errorf("%d by %d, want %d on the long side (%v)", c.Width, c.Height, tc.long, err)
		}
		for _, mark := range []string{"Exif", "http://ns.adobe.com", "2026:11:20", "\xff\xe1", "\xff\xed"} {
			if bytes.Contains(tc.b, []byte(mark)) {
				t.Errorf("the picture of %d pixels holds %q", tc.long, mark)
			}
		}
		if again := look(t, tc.b, "a.jpg"); again.Point != nil || again.Taken != nil || again.Orientation != 1 {
			t.Errorf("a picture tells %+v", again)
		}
	}
}

func TestTransparentBecomesWhite(t *testing.T) {
	b := pngOf(t, image.NewRGBA(image.Rect(0, 0, 10, 10)))
	small, _, _, err := Pictures(b, look(t, b, "a.png"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := jpeg.Decode(bytes.NewReader(small))
	if err != nil || m.Bounds().Dx() != 10 {
		t.Fatal(m.Bounds(), err)
	}
	if r, _, _, _ := m.At(5, 5).RGBA(); r < 0xf000 {
		t.Errorf("transparent became %v", m.At(5, 5))
	}
}

func TestName(t *testing.T) {
	long := strings.Repeat("ұ", 100)
	for _, tc := range []struct {
		name string
		t    Type
		want string
	}{
		{"photo.JPG", JPEG, "photo.jpg"}, {"evil.html", JPEG, "evil.html.jpg"}, {"../../etc/passwd", PDF, "passwd.pdf"}, {`D:\acts\акт.pdf`, PDF, "акт.pdf"},
		{"", PNG, "file.png"}, {"...", PNG, "file.png"}, {"a\r\nSet-Cookie: x.jpg", JPEG, "aSet-Cookie x.jpg"}, {"x\u202egpj.exe", JPEG, "xgpj.exe.jpg"},
		{"қабылдау актісі.docx", DOCX, "қабылдау актісі.docx"}, {long, Text, strings.Repeat("ұ", 58) + ".txt"}, {"<b>\"q\".csv", CSV, "bq.csv"}, {"a.jpeg", JPEG, "a.jpeg"}, {"\xff\xfe.txt", Text, "txt.txt"},
	} {
		if got := Name(tc.name, tc.t); got != tc.want {
			t.Errorf("Name(%q) = %q, want %q", tc.name, got, tc.want)
		}
	}
}

func FuzzName(f *testing.F) {
	f.Add("акт.pdf")
	f.Add("../\x00<>.jpg")
	f.Fuzz(func(t *testing.T, name string) {
		got := Name(name, JPEG)
		if got == "" || len(got) > maxName || strings.ContainsAny(got, "/\\\"<>\r\n\x00") || strings.HasPrefix(got, ".") || strings.IndexFunc(got, unicode.IsControl) >= 0 {
			t.Errorf("Name(%q) = %q", name, got)
		}
		if again := Name(got, JPEG); again != got {
			t.Errorf("Name is not settled: %q, then %q", got, again)
		}
	})
}
