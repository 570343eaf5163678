package sheet

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// Named is a table whose columns are found by their headings.
type Named struct {
	// Op and File begin every refusal.
	Op, File string
	// Headings are the names of each column, the first one the proper one; the
	// first Needed columns must be there.
	Headings [][]string
	Needed   int
	// Lacks says what the header must name, when a needed column is missing.
	Lacks string

	at []int
}

// Each reads the header, the first row that is not blank, and hands out every
// further row that is not. It returns the first error of row, what the reader
// returns, and fault.Invalid for a header that lacks a column or names one twice.
func (n *Named) Each(in Reader, row func(*Row) error) error {
	for {
		r, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil && !r.Blank() {
			if n.at == nil {
				err = n.header(r)
			} else {
				err = row(r)
			}
		}
		if err != nil {
			return err
		}
	}
}

func (n *Named) header(r *Row) error {
	at := make([]int, len(n.Headings))
	for k, names := range n.Headings {
		at[k] = -1
		for i, c := range r.Cells {
			if !slices.Contains(names, strings.ToLower(strings.TrimSpace(c.Text))) {
				continue
			}
			if at[k] >= 0 {
				return n.Wrong(r, Column(i), "the header names %s twice: keep one of the columns", names[0])
			}
			at[k] = i
		}
		if at[k] < 0 && k < n.Needed {
			return n.Wrong(r, names[0], "the header has no such column: it must name %s", n.Lacks)
		}
	}
	n.at = at
	return nil
}

// Cell returns what stands in a column of Headings, without spaces around it; ""
// where the table has no such column.
func (n *Named) Cell(r *Row, k int) string {
	if n.at[k] < 0 || n.at[k] >= len(r.Cells) {
		return ""
	}
	return strings.TrimSpace(r.Cells[n.at[k]].Text)
}

// Wrong refuses what stands in a row.
func (n *Named) Wrong(r *Row, column, format string, args ...any) error {
	return fault.New(fault.Invalid, n.Op, n.File+", row "+strconv.Itoa(r.Number)+", column "+column, format, args...)
}

// Clip shortens what somebody wrote, for a message, to so many characters.
func Clip(s string, most int) string {
	s = strings.TrimSpace(s)
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "..."
	}
	return s
}
