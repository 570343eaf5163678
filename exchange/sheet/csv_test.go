package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
)

// open opens a table given as bytes.
func open(raw []byte, o Options) (Reader, error) {
	if o.Name == "" {
		o.Name = "t.csv"
	}
	return Open(bytes.NewReader(raw), int64(len(raw)), o)
}

// all reads a table to its end and writes each row as "number: a|b|c".
func all(r Reader) (string, error) {
	var b strings.Builder
	for {
		row, err := r.Next()
		if err == io.EOF {
			return b.String(), nil
		}
		if err != nil {
			return b.String(), err
		}
		fmt.Fprintf(&b, "%d: ", row.Number)
		for i, c := range row.Cells {
			if i > 0 {
				b.WriteByte('|')
			}
			b.WriteString(c.Text)
			b.WriteString([]string{"", "#", "@", "%", "?", "!", ""}[c.Kind])
		}
		b.WriteByte('\n')
	}
}

func readAll(t *testing.T, raw []byte, o Options) (string, Info) {
	t.Helper()
	r, err := open(raw, o)
	if err != nil {
		t.Fatal(err)
	}
	s, err := all(r)
	if err != nil {
		t.Fatal(err)
	}
	return s, r.Info()
}

func TestCSVShapes(t *testing.T) {
	for name, tc := range map[string]struct {
		in, want  string
		delimiter rune
	}{
		"comma":                            {"a,b\n1,2\n", "1: a|b\n2: 1|2\n", ','},
		"semicolon":                        {"a;b\n1,5;2\n", "1: a|b\n2: 1,5|2\n", ';'},
		"tab":                              {"a\tb\n1,5\t2;3", "1: a|b\n2: 1,5|2;3\n", '\t'},
		"one column":                       {"a\n1\n", "1: a\n2: 1\n", ','},
		"carriage returns":                 {"a,b\r\n1,2\r\n", "1: a|b\n2: 1|2\n", ','},
		"old Macintosh lines":              {"a,b\r1,2\r", "1: a|b\n2: 1|2\n", ','},
		"blank rows are counted":           {"\n\na,b\n\n1,2\n", "1: \n2: \n3: a|b\n4: \n5: 1|2\n", ','},
		"quotes":                           {"a,\"b,c\"\n\"say \"\"yes\"\"\",\"\"\n", "1: a|b,c\n2: say \"yes\"|\n", ','},
		"line break in a cell is one row":  {"a,b\n\"x\r\ny\",2\n3,4\n", "1: a|b\n2: x\r\ny|2\n3: 3|4\n", ','},
		"delimiters in quotes do not vote": {"\"a;b;c;d\",e,f\n1,2,3\n", "1: a;b;c;d|e|f\n2: 1|2|3\n", ','},
		"quote inside a plain cell":        {"a,b\n5\" pipe,2\n", "1: a|b\n2: 5\" pipe|2\n", ','},
		"last line without end":            {"a,b\n1,2", "1: a|b\n2: 1|2\n", ','},
		"empty cells at the ends":          {",a,\n,,\n", "1: |a|\n2: ||\n", ','},
		"announced delimiter":              {"sep=;\r\na;b\r\n1;2\r\n", "1: a|b\n2: 1|2\n", ';'},
		"byte order mark":                  {"\ufeffa,b\n1,2\n", "1: a|b\n2: 1|2\n", ','},
		"quoted cell ends the file":        {"a,b\n1,\"2\"", "1: a|b\n2: 1|2\n", ','},
		"rows of different length":         {"a,b\n1\n1,2,3\n", "1: a|b\n2: 1\n3: 1|2|3\n", ','},
		"protected formula":                {"a,b\n'=1+1,'90\n", "1: a|b\n2: =1+1|'90\n", ','},
	} {
		got, info := readAll(t, []byte(tc.in), Options{})
		if got != tc.want || info.Delimiter != tc.delimiter || info.Format != CSV {
			t.Errorf("%s: %q with %q, want %q", name, got, info.Delimiter, tc.want)
		}
	}
}

func TestDelimiterMayBeGiven(t *testing.T) {
	if got, _ := readAll(t, []byte("a,b;c\n"), Options{Delimiter: ';'}); got != "1: a,b|c\n" {
		t.Error(got)
	}
	if _, err := open([]byte("a"), Options{Delimiter: '"'}); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

func TestEncodings(t *testing.T) {
	const table = "код;название\nKZ-35;Карагандинская область\n"
	encode := func(e interface {
		Bytes([]byte) ([]byte, error)
	}) []byte {
		b, err := e.Bytes([]byte(table))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	want := "1: код|название\n2: KZ-35|Карагандинская область\n"
	for enc, raw := range map[text.Encoding][]byte{
		text.UTF8:        []byte(table),
		text.UTF8BOM:     []byte("\ufeff" + table),
		text.UTF16LE:     encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()),
		text.UTF16BE:     encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder()),
		text.Windows1251: encode(charmap.Windows1251.NewEncoder()),
	} {
		if got, info := readAll(t, raw, Options{}); got != want || info.Encoding != enc {
			t.Errorf("%s: read as %s: %q", enc, info.Encoding, got)
		}
	}
}

// A letter of two bytes may lie on the border between two reads.
func TestEncodingAcrossBuffers(t *testing.T) {
	for shift := range 3 {
		raw := []byte(strings.Repeat("x", shift) + strings.Repeat("ә,қ\n", 200_000))
		r, err := open(raw, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if i := r.Info(); i.Encoding != text.UTF8 || i.Lines != 200_000 {
			t.Fatalf("shift %d: %s, %d lines", shift, i.Encoding, i.Lines)
		}
	}
	// One Russian letter in Windows-1251 at the very end decides for all.
	raw := append([]byte(strings.Repeat("a,b\n", 500_000)), "область,\xee\xe1\xeb\n"...)
	if _, err := open(raw, Options{}); !fault.Is(err, fault.Invalid) {
		t.Errorf("two encodings in one file: %v", err)
	}
}

func TestCSVRefusals(t *testing.T) {
	for name, tc := range map[string]struct {
		in   string
		kind fault.Kind
		says []string // in the message
	}{
		"empty":                   {"", fault.Invalid, []string{"empty"}},
		"blank":                   {" \n\n", fault.Invalid, []string{"blank"}},
		"NUL":                     {"a,b\x00\n", fault.Invalid, []string{"NUL"}},
		"old workbook":            {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", fault.Invalid, []string{"XLS", "XLSX"}},
		"PDF":                     {"%PDF-1.7 and more", fault.Invalid, []string{"PDF"}},
		"picture":                 {"\x89PNG\r\n\x1a\n", fault.Invalid, []string{"picture"}},
		"DOS letters":             {"\x8e\xe2\xaa\xe0\xeb\xe2\xae,1\n", fault.Invalid, []string{"byte 0", "UTF-8"}},
		"marked as UTF-8, is not": {"\xef\xbb\xbfa,\xff\n", fault.Invalid, []string{"byte 5"}},
		"open quote":              {"a,b\n1,\"2\n3,4\n", fault.Invalid, []string{"row 2", "column B", "quote"}},
		"text after a quote":      {"a,b\n\"1\"x,2\n", fault.Invalid, []string{"row 2", "column A", "quote"}},
		"too many columns":        {"a" + strings.Repeat(",", MaxColumns) + "\n", fault.TooLarge, []string{"row 1", "columns"}},
		"long cell":               {"a,b\n1," + strings.Repeat("x", MaxCell+1), fault.TooLarge, []string{"row 2", "column B"}},
		"endless line":            {"a,b\n\"" + strings.Repeat("x\n", maxRecord/2+1), fault.TooLarge, []string{"row 2", "quote"}},
	} {
		r, err := open([]byte(tc.in), Options{})
		if err == nil {
			_, err = all(r)
		}
		if !fault.Is(err, tc.kind) {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, s := range append(tc.says, "t.csv") {
			if !strings.Contains(err.Error(), s) {
				t.Errorf("%s: %q does not say %q", name, err, s)
			}
		}
	}
}

// untouchable is a file that fails the test when it is read.
type untouchable struct{ t *testing.T }

func (u untouchable) ReadAt([]byte, int64) (int, error) {
	u.t.Error("a file beyond the limit was read")
	return 0, io.EOF
}

func TestLargeFileIsRefusedUnread(t *testing.T) {
	_, err := Open(untouchable{t}, MaxBytes+1, Options{Name: "huge.csv"})
	if !fault.Is(err, fault.TooLarge) || !strings.Contains(err.Error(), "200 MB") || !strings.Contains(err.Error(), "split") {
		t.Errorf("%v", err)
	}
	stream := &counting{r: strings.NewReader(strings.Repeat("a,b\n", 1000))}
	if _, err := OpenStream(stream, Options{Name: "s.csv", Limit: 100}); !fault.Is(err, fault.TooLarge) || stream.n > 101 {
		t.Errorf("a stream beyond the limit: %v after %d bytes", err, stream.n)
	}
}

type counting struct {
	r io.Reader
	n int
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += n
	return n, err
}

func TestCellNames(t *testing.T) {
	for i, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 27: "AB", 701: "ZZ", 702: "AAA", 16383: "XFD"} {
		if got := Column(i); got != want {
			t.Errorf("column %d is %s, want %s", i, got, want)
		}
		if back, ok := columnOf(want + "7"); !ok || back != i {
			t.Errorf("%s is column %d", want, back)
		}
	}
	for _, wrong := range []string{"", "7", "A", "XFE1", "AAAA1", "-1"} {
		if _, ok := columnOf(wrong); ok {
			t.Errorf("%q is the name of a cell", wrong)
		}
	}
	if CellName(3, 17) != "D17" {
		t.Error(CellName(3, 17))
	}
}

func FuzzCSV(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "a;b\r\n\"1\";\"x\ny\"", "\ufeffa\tb", "sep=;\na;b", "'=1,\"'\"\"\"\n", "\xff\xfea\x00,\x00", "\xcf\xf0\xe8\xe2\xe5\xf2,1", "\"", "a\rb\r"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		r, err := open(raw, Options{Limit: 1 << 20})
		if err != nil {
			sentence(t, err)
			return
		}
		var rows [][]Cell
		for {
			row, err := r.Next()
			if err == io.EOF {
				break
			}
			if err != nil {
				sentence(t, err)
				return
			}
			rows = append(rows, append([]Cell(nil), row.Cells...))
		}
		same(t, CSV, rows)
	})
}

// sentence fails unless the error names the file and belongs to a kind.
func sentence(t *testing.T, err error) {
	t.Helper()
	if fault.KindOf(err) == fault.Internal || !strings.Contains(err.Error(), "t.csv") {
		t.Fatalf("not a sentence for a person: %v", err)
	}
}
