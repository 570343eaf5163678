package figures

import (
	"io"

	"github.com/shanyraq/shanyraq/exchange/sheet"
)

// list is a table in memory.
type list struct {
	rows   [][]sheet.Cell
	format sheet.Format
	row    sheet.Row
}

func (l *list) Info() sheet.Info { return sheet.Info{Name: "list", Format: l.format} }

func (l *list) Next() (*sheet.Row, error) {
	if l.row.Number == len(l.rows) {
		return nil, io.EOF
	}
	l.row.Number++
	l.row.Cells = l.rows[l.row.Number-1]
	return &l.row, nil
}
