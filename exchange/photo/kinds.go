package photo

import (
	"bytes"
	"encoding/binary"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/fault"
)

// refusals name what is not taken by how it begins.
var refusals = []struct{ begins, name string }{
	{"GIF8", "a GIF picture"}, {"BM", "a BMP picture"}, {"II*\x00", "a TIFF picture"}, {"MM\x00*", "a TIFF picture"}, {"\x00\x00\x01\x00", "an ICO picture"},
	{"MZ", "a program for Windows"}, {"\x7fELF", "a program for Linux"}, {"\xcf\xfa\xed\xfe", "a program for macOS"}, {"\xca\xfe\xba\xbe", "a program"}, {"\x00asm", "a program"},
	{"#!", "a script"}, {"<?php", "a script"}, {"{\\rtf", "an RTF document"}, {"%!PS", "a PostScript document"},
	{"\xd0\xcf\x11\xe0", "a document of an old Office (DOC, XLS, PPT)"}, {"Rar!", "a RAR archive"}, {"7z\xbc\xaf", "a 7-Zip archive"}, {"\x1f\x8b", "a GZIP archive"},
	{"BZh", "a BZIP2 archive"}, {"\xfd7zXZ", "an XZ archive"}, {"PK\x05\x06", "an empty ZIP archive"}, {"ID3", "a sound"}, {"OggS", "a sound"}, {"RIFF", "a sound or film"}, {"\x1aE\xdf\xa3", "a film"},
	{"SQLite format 3", "a database"},
}

func refused(what string) error {
	return fault.New(fault.Invalid, "photo.Look", "", "%s is not taken: %s", what, taken)
}

func damaged(what string) error {
	return fault.New(fault.Invalid, "photo.Look", "", "the %s is damaged or incomplete: open it on your machine, save it again and send that", what)
}

// typeOf tells the type by how the bytes begin, and what is inside.
func typeOf(b []byte, name string) (Type, error) {
	begins := func(s string) bool { return bytes.HasPrefix(b, []byte(s)) }
	switch {
	case begins("\xff\xd8\xff"):
		return JPEG, nil
	case begins("\x89PNG\r\n\x1a\n"):
		return PNG, nil
	case begins("RIFF") && len(b) > 12 && string(b[8:12]) == "WEBP":
		return WebP, nil
	case begins("%PDF-"):
		return PDF, wholePDF(b)
	case begins("PK\x03\x04"):
		return office(b)
	case len(b) > 12 && string(b[4:8]) == "ftyp":
		return boxes(b)
	}
	for _, r := range refusals {
		// Two letters may well begin a text.
		if begins(r.begins) && (len(r.begins) > 2 || r.begins == "#!" || !plain(b)) {
			return "", refused(r.name)
		}
	}
	return textType(b, name)
}

const tail = 4 << 10 // bytes at the end of a PDF in which its mark must stand

func wholePDF(b []byte) error {
	if !bytes.Contains(b[max(0, len(b)-tail):], []byte("%%EOF")) {
		return damaged("PDF document")
	}
	return nil
}

// boxes tells a HEIC photo from other files that are made of the same boxes.
func boxes(b []byte) (Type, error) {
	n := int(binary.BigEndian.Uint32(b))
	if n < 16 || n > len(b) || n > 1<<10 {
		return "", damaged("photo")
	}
	brands := []string{string(b[8:12])}
	for i := 16; i+4 <= n; i += 4 {
		brands = append(brands, string(b[i:i+4]))
	}
	switch {
	case slices.ContainsFunc(brands, func(s string) bool { return strings.HasPrefix(s, "hei") || strings.HasPrefix(s, "hev") }):
		return HEIC, nil
	case slices.ContainsFunc(brands, func(s string) bool { return s == "avif" || s == "avis" }):
		return "", refused("an AVIF picture")
	}
	return "", refused("a film")
}

const sniffed = 2 << 10 // bytes that browsers look at to guess a type

// markup are beginnings by which browsers take a text for a page.
var markup = []string{"<!doctype", "<html", "<head", "<body", "<script", "<iframe", "<svg", "<?xml", "<img", "<h1", "<div", "<a ", "<style", "<title", "<table", "<!--"}

// textType tells a table from a plain text. What could be taken for a page or
// a program is refused.
func textType(b []byte, name string) (Type, error) {
	if !plain(b) {
		return "", refused("a file of this type")
	}
	head := strings.ToLower(string(b[:min(len(b), sniffed)]))
	for _, m := range markup {
		if strings.Contains(head, m) {
			return "", refused("a page or drawing in HTML, SVG or XML")
		}
	}
	switch end := strings.ToLower(path.Ext(name)); {
	case slices.Contains(suffixes[CSV], end):
		return CSV, nil
	case end == "" || slices.Contains(suffixes[Text], end):
		return Text, nil
	}
	return "", refused("a text with this ending")
}

// plain reports whether bytes are a text in UTF-8 or in an encoding of one
// byte a letter.
func plain(b []byte) bool {
	for _, c := range b {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' && c != '\f' || c == 0x7f {
			return false
		}
	}
	return true
}

// Charset names the encoding of a text: UTF-8, or Windows-1251 where it
// cannot be.
func Charset(b []byte) string {
	if utf8.Valid(b) {
		return "utf-8"
	}
	return "windows-1251"
}
