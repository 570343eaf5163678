package country

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shopspring/decimal"
)

// maxRows bounds a table of a pack.
const maxRows = 1_000_000

func itoa(n int) string { return strconv.Itoa(n) }

// row is a line of a table; it remembers where it stands and the first thing
// that is wrong with it.
type row struct {
	file  string
	line  int
	cells map[string]string
	err   error
}

func (r *row) fail(column, format string, args ...any) {
	if r.err == nil {
		r.err = fault.New(fault.Invalid, "country.Load", r.file, "row %d, column %s: "+format, append([]any{r.line, column}, args...)...)
	}
}

func (r *row) text(column string) string { return r.cells[column] }

// need returns a cell that must not be empty.
func (r *row) need(column string) string {
	v := r.cells[column]
	if v == "" {
		r.fail(column, "must not be empty")
	}
	return v
}

// names reads prefix_kk, prefix_ru, ... into a text.
func (r *row) names(prefix string) lang.Text {
	t := lang.Text{}
	for k, v := range r.cells {
		if code, ok := strings.CutPrefix(k, prefix+"_"); ok && v != "" {
			t[lang.Code(code)] = v
		}
	}
	return t
}

func (r *row) integer(column string) int {
	v := r.cells[column]
	if v == "" {
		return 0
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		r.fail(column, "must be a whole number")
	}
	return n
}

func (r *row) float(column string) *float64 {
	v := r.cells[column]
	if v == "" {
		return nil
	}
	f, err := strconv.ParseFloat(v, 64)
	if err != nil {
		r.fail(column, "must be a number with a decimal point")
		return nil
	}
	return &f
}

func (r *row) decimal(column string) *decimal.Decimal {
	v := r.cells[column]
	if v == "" {
		return nil
	}
	d, err := decimal.NewFromString(v)
	if err != nil {
		r.fail(column, "must be a number with a decimal point")
		return nil
	}
	return &d
}

func (r *row) date(column string) *period.Date {
	v := r.cells[column]
	if v == "" {
		return nil
	}
	d, err := period.ParseDate(v)
	if err != nil {
		r.fail(column, "must be a date YYYY-MM-DD")
		return nil
	}
	return &d
}

func (r *row) period(column string) period.Period {
	p, err := period.Parse(r.cells[column])
	if err != nil {
		r.fail(column, "%v", err)
	}
	return p
}

// each reads a table and calls f for every row. A table that the pack does not
// have is an empty one.
func each(pack fs.FS, file string, f func(*row)) error {
	in, err := pack.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fault.Wrap(err, "country.Load", file)
	}
	defer in.Close()
	return readTable(in, file, f)
}

func readTable(in io.Reader, file string, f func(*row)) error {
	c := csv.NewReader(bufio.NewReader(in))
	c.ReuseRecord = true
	head, err := c.Read()
	if err != nil {
		return fault.New(fault.Invalid, "country.Load", file, "the table has no header: %w", err)
	}
	names := make([]string, len(head))
	for i, h := range head {
		names[i] = strings.TrimPrefix(strings.TrimSpace(h), "\ufeff")
	}
	for n := 2; ; n++ {
		rec, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fault.New(fault.Invalid, "country.Load", file, "row %d: %w", n, err)
		}
		if n > maxRows {
			return fault.New(fault.TooLarge, "country.Load", file, "a table has at most %d rows", maxRows)
		}
		r := &row{file: file, line: n, cells: make(map[string]string, len(names))}
		for i, name := range names {
			r.cells[name] = strings.TrimSpace(strings.Clone(rec[i]))
		}
		f(r)
		if r.err != nil {
			return r.err
		}
	}
}
