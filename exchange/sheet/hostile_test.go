package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// zeros is an endless text.
type zeros struct{ b byte }

func (z zeros) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = z.b
	}
	return len(p), nil
}

// bomb is a workbook whose sheet unpacks to many bytes.
func bomb(t *testing.T, name string, size int64) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range []part{{"xl/workbook.xml", oneSheet}, {"xl/_rels/workbook.xml.rels", rels}, {name, ""}} {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if p.body != "" {
			_, err = io.WriteString(w, p.body)
		} else {
			_, err = io.CopyN(w, zeros{' '}, size)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every hostile file is refused with a sentence, quickly and in little memory.
func TestHostileWorkbooks(t *testing.T) {
	laughs := `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>` + data(`<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>`)
	outside := strings.Replace(rels, `Target="worksheets/sheet1.xml"`, `Target="http://example.org/sheet.xml" TargetMode="External"`, 1)
	climbing := strings.Replace(rels, "worksheets/sheet1.xml", "../../../../etc/passwd", 1)
	good := withSheet(t, data(`<row r="1"><c r="A1"><v>7</v></c></row>`))
	for name, tc := range map[string]struct {
		raw  []byte
		kind fault.Kind
	}{
		"zip bomb":                        {bomb(t, "xl/worksheets/sheet1.xml", 80<<20), fault.TooLarge},
		"bomb of shared texts":            {bomb(t, "xl/sharedStrings.xml", 80<<20), fault.TooLarge},
		"billion laughs":                  {withSheet(t, laughs), fault.Invalid},
		"entity without declaration":      {withSheet(t, data(`<row r="1"><c r="A1" t="str"><v>&b;</v></c></row>`)), fault.Invalid},
		"a million empty columns":         {withSheet(t, data(`<row r="1">`+strings.Repeat("<c/>", 1_000_000)+`</row>`)), fault.TooLarge},
		"a column beyond the last":        {withSheet(t, data(`<row r="1"><c r="XFE1"><v>1</v></c></row>`)), fault.Invalid},
		"a filled cell far away":          {withSheet(t, data(`<row r="1"><c r="XFD1"><v>1</v></c></row>`)), fault.TooLarge},
		"a row beyond the last":           {withSheet(t, data(`<row r="1048577"/>`)), fault.Invalid},
		"rows backwards":                  {withSheet(t, data(`<row r="3"/><row r="2"/>`)), fault.Invalid},
		"cells backwards":                 {withSheet(t, data(`<row r="1"><c r="B1"/><c r="A1"/></row>`)), fault.Invalid},
		"a long cell":                     {withSheet(t, data(`<row r="1"><c r="A1" t="str"><v>`+strings.Repeat("x", MaxCell+1)+`</v></c></row>`)), fault.TooLarge},
		"a cell in endless pieces":        {withSheet(t, data(`<row r="1"><c r="A1" t="str">`+strings.Repeat("<v>x</v>", MaxCell+1)+`</c></row>`)), fault.TooLarge},
		"a tag without end":               {withSheet(t, "<worksheet><sheetData><row r=\""+strings.Repeat("1", 5<<20)), fault.TooLarge},
		"UTF-16":                          {withSheet(t, "\xff\xfe<\x00w\x00"), fault.Invalid},
		"another encoding":                {withSheet(t, `<?xml version="1.0" encoding="windows-1251"?>`+data("")), fault.Invalid},
		"bytes that are not UTF-8":        {withSheet(t, data("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>\xff</v></c></row>")), fault.Invalid},
		"a text that is not there":        {withSheet(t, data(`<row r="1"><c r="A1" t="s"><v>5</v></c></row>`)), fault.Invalid},
		"an unknown type of cell":         {withSheet(t, data(`<row r="1"><c r="A1" t="zz"><v>5</v></c></row>`)), fault.Invalid},
		"XML that ends":                   {withSheet(t, `<worksheet><sheetData><row r="1"><c r="A1">`), fault.Invalid},
		"a sheet outside the file":        {packed(t, part{"xl/workbook.xml", oneSheet}, part{"xl/_rels/workbook.xml.rels", outside}), fault.Invalid},
		"a path that climbs out":          {packed(t, part{"xl/workbook.xml", oneSheet}, part{"xl/_rels/workbook.xml.rels", climbing}, part{"../../etc/passwd", "x"}), fault.Invalid},
		"the same part twice":             {withSheet(t, data(""), part{"xl/workbook.xml", oneSheet}), fault.Invalid},
		"the same part in other letters":  {withSheet(t, data(""), part{`XL\Workbook.xml`, oneSheet}), fault.Invalid},
		"no sheets":                       {packed(t, part{"xl/workbook.xml", "<workbook/>"}, part{"xl/_rels/workbook.xml.rels", rels}), fault.Invalid},
		"no relations":                    {packed(t, part{"xl/workbook.xml", oneSheet}), fault.Invalid},
		"a packed file of something else": {packed(t, part{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}), fault.Invalid},
		"an empty packed file":            {packed(t), fault.Invalid},
		"only the beginning of a zip":     {[]byte("PK\x03\x04 and nothing else"), fault.Invalid},
		"cut in the middle":               {good[:len(good)/2], fault.Invalid},
		"cut at the end":                  {good[:len(good)-1], fault.Invalid},
	} {
		start, before := time.Now(), allocated()
		r, err := open(tc.raw, Options{})
		if err == nil {
			_, err = all(r)
		}
		if !fault.Is(err, tc.kind) || !strings.Contains(err.Error(), "t.csv: ") {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s took %s", name, took)
		}
		if mb := (allocated() - before) >> 20; mb > 128 {
			t.Errorf("%s took %d MB", name, mb)
		}
	}
}

func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// A workbook that declares less than it unpacks to is stopped as well.
func TestBoundedStopsALie(t *testing.T) {
	b := &bounded{in: io.NopCloser(zeros{' '}), name: "t", packed: 1000}
	n, err := io.Copy(io.Discard, b)
	if !fault.Is(err, fault.TooLarge) || n > smallPart+1<<20 {
		t.Errorf("%d bytes, %v", n, err)
	}
}

func TestCutWorkbookNeverSucceeds(t *testing.T) {
	raw := written(t, XLSX, [][]Cell{{{Text: "a"}}, {{Text: "b"}}}, WriterOptions{})
	for n := 4; n < len(raw); n++ { // four bytes tell that it is a workbook
		r, err := open(raw[:n], Options{})
		if err == nil {
			_, err = all(r)
		}
		if err == nil {
			t.Fatalf("%d of %d bytes were read as a whole", n, len(raw))
		}
	}
}

// One changed bit is found by the checksum, wherever it is.
func TestDamagedWorkbookIsNoticed(t *testing.T) {
	var rows [][]Cell
	for i := range 50 {
		rows = append(rows, []Cell{{Text: itoa(i)}, {itoa(i * 7919), Number}})
	}
	sound := written(t, XLSX, rows, WriterOptions{})
	r, err := open(sound, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want, err := all(r)
	if err != nil {
		t.Fatal(err)
	}
	for at := range sound {
		raw := bytes.Clone(sound)
		raw[at] ^= 1
		r, err := open(raw, Options{})
		if err != nil {
			continue
		}
		if got, err := all(r); err == nil && got != want {
			t.Fatalf("byte %d: other rows were read", at)
		}
	}
}

func FuzzXLSX(f *testing.F) {
	f.Add(withSheet(f, data(`<row r="1"><c r="A1"><v>7</v></c></row>`)))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := open(raw, Options{Limit: 1 << 20})
		if err == nil {
			_, err = all(r)
		}
		if err != nil {
			sentence(t, err)
		}
	})
}

// FuzzSheetXML puts anything into the sheet of a sound workbook.
func FuzzSheetXML(f *testing.F) {
	for _, s := range []string{`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, `<row><c t="inlineStr"><is><t>a&amp;b</t></is></c></row>`, `<!-- x --><row r='2'/>`, `<![CDATA[x]]>`, `<row r="1"><c r="A1" s="1"><f>1</f></c></row>`, `<!DOCTYPE a>`} {
		f.Add(data(s), `<sst><si><t>x</t></si></sst>`, `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>`)
	}
	f.Fuzz(func(t *testing.T, sheet, texts, styles string) {
		raw := withSheet(t, sheet, part{"xl/sharedStrings.xml", texts}, part{"xl/styles.xml", styles})
		r, err := open(raw, Options{})
		if err != nil {
			sentence(t, err)
			return
		}
		last := 0
		for {
			row, err := r.Next()
			if err == io.EOF {
				return
			}
			if err != nil {
				sentence(t, err)
				return
			}
			if row.Number <= last || row.Number > sheetRows || len(row.Cells) > MaxColumns {
				t.Fatalf("row %d after %d with %d cells", row.Number, last, len(row.Cells))
			}
			last = row.Number
		}
	})
}

func FuzzOriginal(f *testing.F) {
	for _, s := range []string{"=1", "'=1", "''", "' =", "a", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got := Original(neutral(s)); got != s {
			t.Fatalf("%q came back as %q", s, got)
		}
		if n := neutral(s); dangerous(n) {
			t.Fatalf("%q is still dangerous", n)
		}
	})
}
