// Package photo looks at the files that people send as evidence: photos,
// scanned acts, contracts, tables.
//
// What a file is, is told by its bytes and never by its name. A photo also says
// where and when it was taken, if the camera wrote it down, and yields pictures
// in smaller sizes that carry no such notes. Everything here reads bytes of
// strangers: sizes are known before anything is unpacked, and nothing in a file
// is ever run.
package photo

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/place"
)

// Type is the media type of a file that is taken.
type Type string

// The types that are taken.
const (
	JPEG Type = "image/jpeg"
	PNG  Type = "image/png"
	WebP Type = "image/webp"
	HEIC Type = "image/heic" // kept, but not decoded here
	PDF  Type = "application/pdf"
	DOCX Type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	XLSX Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	ODT  Type = "application/vnd.oasis.opendocument.text"
	CSV  Type = "text/csv"
	Text Type = "text/plain"
)

// suffixes are the endings of the name of a type; the first one is given to a
// name that has none of them.
var suffixes = map[Type][]string{
	JPEG: {".jpg", ".jpeg", ".jpe", ".jfif"}, PNG: {".png"}, WebP: {".webp"}, HEIC: {".heic", ".heif", ".hif"}, PDF: {".pdf"},
	DOCX: {".docx"}, XLSX: {".xlsx"}, ODT: {".odt"}, CSV: {".csv", ".tsv"}, Text: {".txt"},
}

// taken names in a message what can be sent.
const taken = "send JPEG, PNG, WebP, HEIC, PDF, DOCX, XLSX, ODT, CSV or TXT"

// Picture reports whether the type is a picture.
func (t Type) Picture() bool { return strings.HasPrefix(string(t), "image/") }

// Decoded reports whether smaller pictures can be made of it.
func (t Type) Decoded() bool { return t == JPEG || t == PNG || t == WebP }

// Limits bound what is taken.
type Limits struct {
	Bytes  int64 // of the file
	Pixels int64 // of a picture
}

// Usual are the limits unless somebody sets others.
var Usual = Limits{Bytes: 25 << 20, Pixels: 60_000_000}

const (
	maxSide   = 40_000    // pixels of one side of a picture
	maxMemory = 400 << 20 // bytes that decoding may take
)

// Finding is what the bytes of a file say.
type Finding struct {
	Type          Type
	Width, Height int // pixels as the picture is to be seen; 0 for what is no picture
	Orientation   int // 1 to 8 as EXIF has it; 1 where nothing is said

	Taken *Taken       // when the photo was taken, nil if it does not say
	Point *place.Point // where, nil if it does not say
	// BadPlace and BadTime tell that the file says something which cannot be.
	BadPlace, BadTime bool
}

// Look tells what a file is. The name only tells a table from a plain text. It
// returns fault.TooLarge beyond the limits and fault.Invalid, naming what it
// is, for what is not taken or is damaged.
func Look(b []byte, name string, l Limits) (Finding, error) {
	const op = "photo.Look"
	if len(b) == 0 {
		return Finding{}, fault.New(fault.Invalid, op, "", "the file is empty: choose another one")
	}
	if int64(len(b)) > l.Bytes {
		return Finding{}, fault.New(fault.TooLarge, op, "", "the file is larger than %d MB: send a smaller one", l.Bytes>>20)
	}
	t, err := typeOf(b, name)
	if err != nil {
		return Finding{}, err
	}
	f := Finding{Type: t, Orientation: 1}
	if !t.Picture() {
		return f, nil
	}
	f.readNotes(b)
	if t.Decoded() {
		return f, f.measure(b, l)
	}
	return f, nil
}

// maxName is how many bytes of a name are kept.
const maxName = 120

// Name makes of what somebody called a file a name that is safe to show, to
// offer for saving and to put into a header: no folders, no control or
// direction characters, and an ending that fits the content.
func Name(name string, t Type) string {
	name = strings.ToValidUTF8(name, "")
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`<>:"/\|?*;`, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	end := strings.ToLower(path.Ext(name))
	stem := strings.Trim(name[:len(name)-len(end)], ". ")
	if !slices.Contains(suffixes[t], end) {
		stem, end = name, suffixes[t][0]
	}
	for len(stem)+len(end) > maxName {
		_, n := utf8.DecodeLastRuneInString(stem)
		stem = strings.TrimRight(stem[:len(stem)-n], ". ")
	}
	if stem == "" {
		stem = "file"
	}
	return stem + end
}
