package sheet

import (
	"archive/zip"
	"io"
	"path"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// Bounds on a workbook. Real ones unpack to ten or thirty times their size;
// deflate reaches a thousand, which only a bomb does.
const (
	maxParts    = 5_000
	maxUnpacked = 2 << 30 // bytes of one part, unpacked
	maxStrings  = 256 << 20
	maxRatio    = 250
	smallPart   = 64 << 20 // below it the ratio does not matter
	maxSheets   = 1_000
)

// workbook is an open XLSX file.
type workbook struct {
	name    string
	parts   map[string]*zip.File
	sheets  []sheetEntry
	targets map[string]string // part by relation id of the workbook
	date904 bool
	styles  []style
	strings sharedStrings
}

type sheetEntry struct {
	name, relation string
	hidden         bool
}

func openXLSX(r io.ReaderAt, size int64, o Options) (Reader, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, invalid(o.Name, "the workbook is cut or damaged: save it again")
	}
	if len(z.File) > maxParts {
		return nil, beyond(o.Name, "more than %d parts inside: this is no workbook", maxParts)
	}
	b := &workbook{name: o.Name, parts: map[string]*zip.File{}, targets: map[string]string{}}
	for _, f := range z.File {
		key := partKey(f.Name)
		if b.parts[key] != nil {
			return nil, invalid(o.Name, "a part of the workbook is there twice: save it again")
		}
		b.parts[key] = f
	}
	if b.macros() {
		return nil, invalid(o.Name, "the workbook holds macros: save it as XLSX without them, or as CSV")
	}
	main, err := b.mainPart()
	if err != nil {
		return nil, err
	}
	if err := b.relations(main); err != nil {
		return nil, err
	}
	if err := b.read(main, b.workbookPart); err != nil {
		return nil, err
	}
	entry, err := b.choose(o.Sheet)
	if err != nil {
		return nil, err
	}
	return b.open(entry)
}

// partKey is the name under which a part is looked up: they do not differ by
// case. Nothing is ever written to a disk, so a name leads nowhere.
func partKey(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Clean(strings.ReplaceAll(name, `\`, "/")), "/"))
}

// macros reports whether programs are in the workbook, whatever its name says.
func (b *workbook) macros() bool {
	for key := range b.parts {
		if strings.HasSuffix(key, "vbaproject.bin") || strings.HasPrefix(key, "xl/macrosheets/") {
			return true
		}
	}
	return false
}

// mainPart finds the part that lists the sheets.
func (b *workbook) mainPart() (string, error) {
	found := ""
	if b.parts["_rels/.rels"] != nil {
		err := b.read("_rels/.rels", func(s *scanner) error {
			return eachStart(s, func() error {
				kind, _ := s.attr("Type")
				if string(s.name) == "Relationship" && strings.HasSuffix(kind, "/officeDocument") {
					target, _ := s.attr("Target")
					found = partKey(target)
				}
				return nil
			})
		})
		if err != nil {
			return "", err
		}
	}
	if found == "" {
		found = "xl/workbook.xml"
	}
	if b.parts[found] == nil {
		return "", invalid(b.name, "a packed file, but not an XLSX workbook: save the table as XLSX or CSV")
	}
	return found, nil
}

// relations reads where the parts of the workbook lie. What lies outside the
// file is left out.
func (b *workbook) relations(main string) error {
	dir, file := path.Split(main)
	rels := dir + "_rels/" + file + ".rels"
	if b.parts[rels] == nil {
		return invalid(b.name, "the workbook is damaged (no list of its parts): save it again")
	}
	return b.read(rels, func(s *scanner) error {
		return eachStart(s, func() error {
			if mode, _ := s.attr("TargetMode"); string(s.name) != "Relationship" || mode == "External" {
				return nil
			}
			id, _ := s.attr("Id")
			kind, _ := s.attr("Type")
			target, _ := s.attr("Target")
			if strings.HasPrefix(target, "/") {
				target = partKey(target)
			} else {
				target = partKey(path.Join(dir, target))
			}
			b.targets[id] = target
			for _, known := range []string{"styles", "sharedStrings"} {
				if strings.HasSuffix(kind, "/"+known) {
					b.targets[known] = target
				}
			}
			return nil
		})
	})
}

func (b *workbook) workbookPart(s *scanner) error {
	return eachStart(s, func() error {
		switch string(s.name) {
		case "workbookPr":
			v, _ := s.attr("date1904")
			b.date904 = v == "1" || v == "true"
		case "sheet":
			if len(b.sheets) == maxSheets {
				return errToken
			}
			id, _ := s.attr("id")
			state, _ := s.attr("state")
			name, err := s.unescaped("name")
			if err != nil {
				return err
			}
			b.sheets = append(b.sheets, sheetEntry{name, id, state != "" && state != "visible"})
		}
		return nil
	})
}

// choose returns the sheet of that name, or the first visible one.
func (b *workbook) choose(name string) (sheetEntry, error) {
	names := make([]string, 0, len(b.sheets))
	for _, e := range b.sheets {
		if name == e.name || name == "" && !e.hidden {
			return e, nil
		}
		names = append(names, e.name)
	}
	if len(names) == 0 || name == "" {
		return sheetEntry{}, invalid(b.name, "the workbook has no visible sheet: save it again")
	}
	return sheetEntry{}, fault.New(fault.NotFound, op, b.name, "%s: no sheet has that name: choose one of %s", b.name, strings.Join(names[:min(len(names), 20)], ", "))
}

func (b *workbook) open(e sheetEntry) (Reader, error) {
	if t := b.targets["styles"]; b.parts[t] != nil {
		if err := b.read(t, b.stylesPart); err != nil {
			return nil, err
		}
	}
	if t := b.targets["sharedStrings"]; b.parts[t] != nil {
		if err := b.read(t, b.strings.read); err != nil {
			return nil, err
		}
	}
	part := b.parts[b.targets[e.relation]]
	if part == nil {
		return nil, invalid(b.name, "the sheet %s is missing from the workbook: save it again", e.name)
	}
	in, err := b.unpack(part)
	if err != nil {
		return nil, err
	}
	info := Info{Name: b.name, Format: XLSX, Sheet: e.name}
	for _, s := range b.sheets {
		info.Sheets = append(info.Sheets, s.name)
		if s.hidden {
			info.Concealed = append(info.Concealed, s.name)
		}
	}
	return &xlsxReader{book: b, info: info, xml: newScanner(in)}, nil
}

// read unpacks a part and hands it to f.
func (b *workbook) read(part string, f func(*scanner) error) error {
	in, err := b.unpack(b.parts[part])
	if err != nil {
		return err
	}
	defer in.Close()
	return b.failed(part, f(newScanner(in)))
}

// failed turns a fault of the XML into a sentence with the part.
func (b *workbook) failed(part string, err error) error {
	switch {
	case err == nil:
		return nil
	case fault.KindOf(err) != fault.Internal:
		return err
	case err == errToken:
		return beyond(b.name, "%s: %v: save the workbook again", part, err)
	}
	return invalid(b.name, "%s: %v: save the workbook again", part, plain(err))
}

// plain leaves out the words of the unpacker.
func plain(err error) error {
	for _, known := range []error{errXML, errDoctype, errCoding} {
		if err == known {
			return err
		}
	}
	return errXML
}

// unpack opens a part and refuses one that is blown up.
func (b *workbook) unpack(f *zip.File) (io.ReadCloser, error) {
	if f.UncompressedSize64 > maxUnpacked || blown(f.UncompressedSize64, f.CompressedSize64) {
		return nil, beyond(b.name, "a part of the workbook unpacks to %d MB: this is no table, save the cells that are needed as CSV", f.UncompressedSize64>>20)
	}
	in, err := f.Open()
	if err != nil {
		return nil, invalid(b.name, "a part of the workbook cannot be unpacked: save it again")
	}
	return &bounded{in: in, name: b.name, packed: f.CompressedSize64}, nil
}

func blown(unpacked, packed uint64) bool {
	return unpacked > smallPart && unpacked/max(packed, 1) > maxRatio
}

// bounded stops a part that unpacks to more than it declared.
type bounded struct {
	in     io.ReadCloser
	name   string
	packed uint64
	read   uint64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if b.read += uint64(n); b.read > maxUnpacked || blown(b.read, b.packed) {
		return 0, beyond(b.name, "a part of the workbook unpacks to more than %d MB: this is no table, save the cells that are needed as CSV", b.read>>20)
	}
	return n, err
}

func (b *bounded) Close() error { return b.in.Close() }

// eachStart calls f for every start tag.
func eachStart(s *scanner, f func() error) error {
	for {
		switch t, err := s.next(); {
		case err != nil:
			return err
		case t == endOfFile:
			return nil
		case t == startTag:
			if err := f(); err != nil {
				return err
			}
		}
	}
}

// sharedStrings are the texts of a workbook, one after the other.
type sharedStrings struct {
	all  []byte
	ends []int
}

func (t *sharedStrings) get(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := 0
	if i > 0 {
		from = t.ends[i-1]
	}
	return string(t.all[from:t.ends[i]]), true
}

// read reads the part. A text may come in runs of different looks; what is
// said how to pronounce it (rPh) is left out.
func (t *sharedStrings) read(s *scanner) error {
	var inText, phonetic bool
	for {
		kind, err := s.next()
		if err != nil {
			return err
		}
		name := string(s.name)
		switch {
		case kind == endOfFile:
			return nil
		case kind == textToken:
			if inText && !phonetic {
				t.all = append(t.all, s.text...)
			}
			if len(t.all) > maxStrings {
				return errToken
			}
		case name == "t":
			inText = kind == startTag && !s.empty
		case name == "rPh":
			phonetic = kind == startTag && !s.empty
		case name == "si" && (kind == endTag || s.empty):
			t.ends = append(t.ends, len(t.all))
			if len(t.ends) > maxStrings/8 {
				return errToken
			}
		}
	}
}
