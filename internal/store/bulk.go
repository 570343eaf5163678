package store

import (
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// chunk is how many rows one statement writes or looks for. With at most 16
// columns that makes 3,200 parameters; both engines allow 32,000.
const chunk = 200

// bulk collects rows of one table and writes them in statements of chunk rows,
// or on PostgreSQL, where nothing has to be said about rows that exist already,
// by COPY, which is parsed once for many.
type bulk struct {
	w          *writer
	head, tail string
	columns    int
	limit      int // rows that are written at once
	args       []any
}

// copyRows is how many rows one COPY takes, copyFrom from how many on it pays.
const (
	copyRows = 5000
	copyFrom = 50
)

// newBulk takes "INSERT INTO table (columns) VALUES " and what follows the rows.
func (w *writer) newBulk(head, tail string, columns int) *bulk {
	b := &bulk{w: w, head: head, tail: tail, columns: columns, limit: chunk}
	if w.conn != nil && tail == "" {
		b.limit = copyRows
	}
	return b
}

// add takes one row and writes when enough are together.
func (b *bulk) add(row ...any) error {
	b.args = append(b.args, row...)
	if len(b.args) < b.limit*b.columns {
		return nil
	}
	return b.flush()
}

// flush writes what is left.
func (b *bulk) flush() error {
	n := len(b.args) / b.columns
	if n == 0 {
		return nil
	}
	if b.limit == copyRows && n >= copyFrom {
		return b.copy()
	}
	st, err := b.w.prepare(b.head + b.w.engine.tuples(n, b.columns, 1) + b.tail)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(b.w.ctx, b.args...)
	b.args = b.args[:0]
	return err
}

// copy writes the rows by COPY, in the transaction of the writer.
func (b *bulk) copy() error {
	table, columns := target(b.head)
	n := len(b.args) / b.columns
	rows := pgx.CopyFromSlice(n, func(i int) ([]any, error) { return b.args[i*b.columns : (i+1)*b.columns], nil })
	err := b.w.conn.Raw(func(driver any) error {
		_, err := driver.(*stdlib.Conn).Conn().CopyFrom(b.w.ctx, pgx.Identifier{table}, columns, rows)
		return err
	})
	b.args = b.args[:0]
	return err
}

// target reads table and columns out of INSERT INTO table (columns) VALUES.
func target(head string) (string, []string) {
	table, list, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(head), "INSERT INTO "), " (")
	list, _, _ = strings.Cut(list, ")")
	return table, strings.Split(list, ", ")
}

// tuples returns ($1,$2),($3,$4) and so on: n rows of that many parameters,
// counted from first.
//
// On SQLite they are (?,?),(?,?), which take the next numbers in the order of
// the text: there $1 is a name, names are looked up one after the other, and
// the time for 3,000 of them grows with the square.
func (e Engine) tuples(n, columns, first int) string {
	var b strings.Builder
	b.Grow(n * columns * 6)
	for i := range n * columns {
		switch {
		case i == 0:
			b.WriteByte('(')
		case i%columns == 0:
			b.WriteString("),(")
		default:
			b.WriteByte(',')
		}
		if e == SQLite {
			b.WriteByte('?')
			continue
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(first + i))
	}
	b.WriteByte(')')
	return b.String()
}

// padded returns how many parameters a list of n values gets, at most chunk:
// few sizes make few statements. The list is filled by repeating its last value.
func padded(n int) int {
	for _, size := range []int{1, 10} {
		if n <= size {
			return size
		}
	}
	return chunk
}
