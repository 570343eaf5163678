package text

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/shanyraq/shanyraq/fault"
)

const sample = "Бірінші жол\r\n\r\n \u00a0\u2003\n\tҚұжаттың екінші жолы: 12 орталық\nСоңы"

func read(t *testing.T, content string) Document {
	t.Helper()
	d, err := Read(strings.NewReader(content), "a.txt", 0)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestLinesAreNumberedWithoutBlankOnes(t *testing.T) {
	d := read(t, sample)
	want := []Line{{1, 1, "Бірінші жол"}, {2, 4, "\tҚұжаттың екінші жолы: 12 орталық"}, {3, 5, "Соңы"}}
	if !slices.Equal(d.Lines, want) {
		t.Errorf("lines %+v", d.Lines)
	}
	if len(d.Raw) != 5 || d.Raw[2] != " \u00a0\u2003" {
		t.Errorf("raw lines %q", d.Raw)
	}
	sum := sha256.Sum256([]byte(sample))
	if d.SHA256 != hex.EncodeToString(sum[:]) || d.Size != int64(len(sample)) || d.Encoding != UTF8 || len(d.Notices) != 0 {
		t.Errorf("%+v", d)
	}
}

func TestNewlineAtTheEndStartsNoLine(t *testing.T) {
	for content, raw := range map[string]int{"a": 1, "a\n": 1, "a\n\n": 2, "a\r\n": 1, "a\r\nb": 2, "a\rb": 1} {
		if got := len(read(t, content).Raw); got != raw {
			t.Errorf("%q has %d raw lines, want %d", content, got, raw)
		}
	}
}

func TestSpan(t *testing.T) {
	d := read(t, sample)
	for _, tc := range []struct {
		line, from, to int
		want           string
	}{
		{2, 23, 33, "12 орталық"}, // the leading tab is character 0
		{1, 0, 7, "Бірінші"},
		{3, 0, 4, "Соңы"},
		{3, 3, 4, "ы"},
	} {
		if got, err := d.Span(tc.line, tc.from, tc.to); err != nil || got != tc.want {
			t.Errorf("line %d, %d to %d: %q %v, want %q", tc.line, tc.from, tc.to, got, err, tc.want)
		}
	}
	for _, wrong := range [][3]int{{0, 0, 1}, {4, 0, 1}, {3, 0, 5}, {3, 4, 4}, {3, 2, 1}, {3, -1, 2}, {3, 0, -1}} {
		if _, err := d.Span(wrong[0], wrong[1], wrong[2]); !fault.Is(err, fault.NotFound) {
			t.Errorf("span %v: %v", wrong, err)
		}
	}
}

func TestEncodings(t *testing.T) {
	utf16 := func(e unicode.Endianness) string {
		s, err := unicode.UTF16(e, unicode.UseBOM).NewEncoder().String(sample)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for want, content := range map[Encoding]string{
		UTF8: sample, UTF8BOM: markUTF8 + sample,
		UTF16LE: utf16(unicode.LittleEndian), UTF16BE: utf16(unicode.BigEndian),
	} {
		d := read(t, content)
		if d.Encoding != want || len(d.Lines) != 3 || d.Lines[0].Text != "Бірінші жол" {
			t.Errorf("%s read as %s: %+v", want, d.Encoding, d.Lines)
		}
	}
}

func TestWindows1251IsReportedAndOthersRefused(t *testing.T) {
	const russian = "Открыто 12 отделений; Ёмкость — 500 коек.\n"
	encoded, err := charmap.Windows1251.NewEncoder().String(russian)
	if err != nil {
		t.Fatal(err)
	}
	d := read(t, encoded)
	if d.Encoding != Windows1251 || d.Lines[0].Text+"\n" != russian || len(d.Notices) != 1 {
		t.Errorf("%+v", d)
	}
	for name, enc := range map[string]*charmap.Charmap{"code page 866": charmap.CodePage866, "KOI8-R": charmap.KOI8R} {
		other, err := enc.NewEncoder().String("Открыто двенадцать отделений, ещё пятьсот коек")
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(strings.NewReader(other), "b.txt", 0)
		if err == nil && d.Encoding == Windows1251 {
			t.Errorf("%s taken for Windows-1251: %q", name, d.Lines[0].Text)
		}
	}
}

func TestRefusals(t *testing.T) {
	for name, tc := range map[string]struct {
		content string
		kind    fault.Kind
	}{
		"empty":                      {"", fault.Invalid},
		"blank":                      {"\n \n\u00a0\n", fault.Invalid},
		"only a byte order mark":     {markUTF8, fault.Invalid},
		"binary":                     {"PK\x03\x04\x00\x00", fault.Invalid},
		"a picture":                  {"\x89PNG\r\n\x1a\n\xff\xd8\x01\x02\x03", fault.Invalid},
		"UTF-16 cut":                 {markUTF16LE + "a\x00b", fault.Invalid},
		"UTF-16 with half a pair":    {markUTF16LE + "\x00\xd8a\x00", fault.Invalid},
		"UTF-16 with NUL":            {markUTF16BE + "\x00a\x00\x00", fault.Invalid},
		"marked as UTF-8 but is not": {markUTF8 + "abc\xff", fault.Invalid},
		"longer than the limit":      {strings.Repeat("a", 65), fault.TooLarge},
	} {
		_, err := Read(strings.NewReader(tc.content), "report.txt", 64)
		if !fault.Is(err, tc.kind) || !strings.Contains(err.Error(), "report.txt") || !strings.Contains(err.Error(), ": ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(strings.NewReader(strings.Repeat("a", 64)), "a", 64); err != nil {
		t.Errorf("exactly the limit: %v", err)
	}
	if _, err := Read(iotest.ErrReader(io.ErrClosedPipe), "a", 64); !errors.Is(err, io.ErrClosedPipe) {
		t.Errorf("failing reader: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{sample, markUTF8 + "a", markUTF16LE + "a\x00", "\xcf\xf0\xe8", "\x00", "\r\n\r"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := Read(bytes.NewReader(raw), "f", 1<<16)
		if err != nil {
			return
		}
		for i, l := range d.Lines {
			if l.Number != i+1 || d.Raw[l.Raw-1] != l.Text || blank(l.Text) || !utf8.ValidString(l.Text) {
				t.Fatalf("line %+v", l)
			}
			n := utf8.RuneCountInString(l.Text)
			if whole, err := d.Span(l.Number, 0, n); err != nil || whole != l.Text {
				t.Fatalf("whole line: %q %v", whole, err)
			}
		}
		if d.Encoding == UTF8 && strings.TrimSuffix(string(raw), "\n") != strings.TrimSuffix(restore(d, raw), "\n") {
			t.Fatal("raw lines do not give the file back")
		}
	})
}

// restore joins the raw lines with the newlines that raw had.
func restore(d Document, raw []byte) string {
	var b strings.Builder
	for i, line := range strings.SplitAfter(string(raw), "\n") {
		if i < len(d.Raw) {
			b.WriteString(d.Raw[i] + strings.TrimPrefix(line, d.Raw[i]))
		}
	}
	return b.String()
}
