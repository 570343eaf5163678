package sheet

import (
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/shanyraq/shanyraq/fault"
)

// written returns the rows as a file.
func written(t interface{ Fatal(...any) }, f Format, rows [][]Cell, o WriterOptions) []byte {
	var b bytes.Buffer
	w, err := NewWriter(&b, f, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Write(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// same writes rows and fails unless they read back letter for letter. A leading
// blank row is no table, and the first cell must not look like a mark of the
// file itself.
func same(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, f Format, rows [][]Cell) {
	marker := []Cell{{Text: "table"}}
	rows = append([][]Cell{marker}, rows...)
	raw := written(t, f, rows, WriterOptions{})
	r, err := Open(bytes.NewReader(raw), int64(len(raw)), Options{Name: "t.csv", Delimiter: ','})
	if err != nil {
		t.Fatalf("%v in %q", err, raw)
	}
	for i, want := range rows {
		row, err := r.Next()
		if err != nil {
			t.Fatalf("row %d: %v", i+1, err)
		}
		if row.Number != i+1 || !equal(row.Cells, want) {
			t.Fatalf("row %d: wrote %q, read %q as row %d", i+1, want, row.Cells, row.Number)
		}
	}
	if _, err := r.Next(); err != io.EOF {
		t.Fatalf("after the last row: %v", err)
	}
}

// equal compares texts; empty cells at the end do not count.
func equal(a, b []Cell) bool {
	trim := func(cells []Cell) []string {
		out := []string{}
		for _, c := range cells {
			out = append(out, c.Text)
		}
		for len(out) > 0 && out[len(out)-1] == "" {
			out = out[:len(out)-1]
		}
		return out
	}
	return reflect.DeepEqual(trim(a), trim(b))
}

func TestWhatIsWrittenReadsBack(t *testing.T) {
	letters := rapid.StringOfN(rapid.SampledFrom([]rune("aә<&>\"'=+-@;,\t\r\n _x000D%\u00a0\u0001\ufeff＝0.5")), 0, 12, -1)
	cell := rapid.OneOf(
		rapid.Map(letters, func(s string) Cell { return Cell{Text: s} }),
		rapid.Map(rapid.IntRange(-1e6, 1e6), func(n int) Cell { return Cell{Text: itoa(n), Kind: Number} }),
		rapid.Just(Cell{Text: "=", Kind: Word}),
		rapid.Just(Cell{Text: "1234567890123456.78", Kind: Number}),
	)
	rows := rapid.SliceOfN(rapid.SliceOfN(cell, 1, 5), 1, 5)
	for _, f := range []Format{CSV, XLSX} {
		t.Run(string(f), func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) { same(t, f, rows.Draw(t, "rows")) })
		})
	}
}

func TestFormulasAreNeutralised(t *testing.T) {
	texts := []string{"=1+1", "+7 727", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "'=1", "''=1", "'", "'plain", "plain", "a=b"}
	var row []Cell
	for _, s := range texts {
		row = append(row, Cell{Text: s})
	}
	row = append(row, Cell{"-15.3", Number}, Cell{"=", Word}, Cell{"<=", Word})
	got := string(written(t, CSV, [][]Cell{row}, WriterOptions{}))
	want := "'=1+1,'+7 727,'-cmd,'@SUM(A1),'\t=1,\"'\r=1\",'  =1,'＝1,''=1,'''=1,',''plain,plain,a=b,-15.3,=,<=\n"
	want = strings.Replace(want, ",''plain", ",'plain", 1) // needs no protection
	if got != want {
		t.Errorf("wrote %q\nwant  %q", got, want)
	}
}

func TestCSVOptions(t *testing.T) {
	row := [][]Cell{{{Text: "a;b"}, {Text: "c,d"}, {Text: "Әлем"}}}
	if got := string(written(t, CSV, row, WriterOptions{BOM: true, Delimiter: ';'})); got != "\ufeff\"a;b\";c,d;Әлем\n" {
		t.Errorf("%q", got)
	}
	if _, err := NewWriter(io.Discard, "ods", WriterOptions{}); !fault.Is(err, fault.Invalid) {
		t.Error(err)
	}
}

// failing is a disk that is full.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestFullDiskIsReported(t *testing.T) {
	for _, f := range []Format{CSV, XLSX} {
		w, err := NewWriter(failing{}, f, WriterOptions{})
		if err == nil {
			_ = w.Write([]Cell{{Text: "a"}})
			err = w.Close()
		}
		if err == nil {
			t.Errorf("%s: the full disk was not noticed", f)
		}
	}
}

func TestSheetNames(t *testing.T) {
	for in, want := range map[string]string{"": "Sheet1", "a/b:c": "a-b-c", "'q'": "q", strings.Repeat("ә", 40): strings.Repeat("ә", 31)} {
		if got := sheetName(in); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
}

func TestTooManyRowsForAWorkbook(t *testing.T) {
	w, err := newXLSXWriter(io.Discard, WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	w.row = sheetRows
	if err := w.Write([]Cell{{Text: "a"}}); !fault.Is(err, fault.TooLarge) || !strings.Contains(err.Error(), "CSV") {
		t.Error(err)
	}
}
