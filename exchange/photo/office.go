package photo

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

const (
	maxEntries  = 10_000    // parts of a document
	maxUnpacked = 256 << 20 // bytes of a document unpacked
)

// office tells which document a ZIP file is. All of it is unpacked into
// nothing and counted, because what a ZIP file says about sizes may be untrue.
func office(b []byte) (Type, error) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return "", damaged("document")
	}
	if len(z.File) > maxEntries {
		return "", bomb()
	}
	has := map[string]bool{}
	left := int64(maxUnpacked)
	odt := false
	for _, f := range z.File {
		has[f.Name] = true
		if strings.Contains(f.Name, "..") || strings.HasPrefix(f.Name, "/") || strings.Contains(f.Name, `\`) {
			return "", refused("an archive with paths that lead elsewhere")
		}
		if base := strings.ToLower(path.Base(f.Name)); base == "vbaproject.bin" || strings.HasPrefix(f.Name, "Basic/") {
			return "", fault.New(fault.Invalid, "photo.Look", "", "a document with macros is not taken: save it without macros, as DOCX, XLSX or ODT")
		}
		head, err := drain(f, &left)
		if err != nil {
			return "", err
		}
		odt = odt || f.Name == "mimetype" && strings.TrimSpace(head) == string(ODT)
	}
	switch {
	case has["[Content_Types].xml"] && has["word/document.xml"]:
		return DOCX, nil
	case has["[Content_Types].xml"] && has["xl/workbook.xml"]:
		return XLSX, nil
	case odt && has["content.xml"]:
		return ODT, nil
	}
	return "", refused("a ZIP archive")
}

// drain unpacks a part into nothing, takes its size off what is left, and
// returns how it begins.
func drain(f *zip.File, left *int64) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", damaged("document")
	}
	defer r.Close()
	head := make([]byte, len(ODT)+2)
	k, err := io.ReadFull(r, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return "", damaged("document")
	}
	n, err := io.Copy(io.Discard, io.LimitReader(r, *left+1))
	if err != nil {
		return "", damaged("document")
	}
	if *left -= n + int64(k); *left < 0 {
		return "", bomb()
	}
	return string(head[:k]), nil
}

func bomb() error {
	return fault.New(fault.TooLarge, "photo.Look", "", "the document is too large when unpacked: save it again without what is not needed")
}
