package sheet

// Edits are texts that somebody put into cells of a table that stays as it is:
// by row, counted from 1, and column, counted from 0.
type Edits map[int]map[int]string

// Put sets the text of a cell.
func (e Edits) Put(row, column int, text string) {
	if e[row] == nil {
		e[row] = map[int]string{}
	}
	e[row][column] = text
}

// WithEdits returns the table with the edits in place of what stands in it.
func WithEdits(r Reader, e Edits) Reader {
	if len(e) == 0 {
		return r
	}
	return &edited{Reader: r, edits: e}
}

type edited struct {
	Reader
	edits Edits
}

func (x *edited) Next() (*Row, error) {
	row, err := x.Reader.Next()
	if err != nil {
		return row, err
	}
	for column, text := range x.edits[row.Number] {
		for len(row.Cells) <= column {
			row.Cells = append(row.Cells, Cell{})
		}
		row.Cells[column] = Cell{Text: text}
	}
	return row, nil
}

// ParseCell reads the name of a cell such as D17: column from 0, row from 1.
func ParseCell(name string) (column, row int, ok bool) {
	column, ok = columnOf(name)
	if !ok {
		return 0, 0, false
	}
	digits := name[len(Column(column)):]
	if len(digits) > 7 || digits[0] == '0' {
		return 0, 0, false
	}
	for i := range len(digits) {
		c := digits[i]
		if c < '0' || c > '9' {
			return 0, 0, false
		}
		row = 10*row + int(c-'0')
	}
	return column, row, column < MaxColumns && row <= MaxRows
}
