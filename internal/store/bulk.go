package store

import (
	"strconv"
	"strings"
)

// chunk is how many rows one statement writes or looks for. With at most 16
// columns that makes 3,200 parameters; both engines allow 32,000.
const chunk = 200

// bulk collects rows of one table and writes them in statements of chunk rows.
type bulk struct {
	w          *writer
	head, tail string
	columns    int
	args       []any
}

// newBulk takes "INSERT INTO table (columns) VALUES " and what follows the rows.
func (w *writer) newBulk(head, tail string, columns int) *bulk {
	return &bulk{w: w, head: head, tail: tail, columns: columns, args: make([]any, 0, chunk*columns)}
}

// add takes one row and writes when enough are together.
func (b *bulk) add(row ...any) error {
	b.args = append(b.args, row...)
	if len(b.args) < chunk*b.columns {
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
	st, err := b.w.prepare(b.head + b.w.engine.tuples(n, b.columns, 1) + b.tail)
	if err != nil {
		return err
	}
	_, err = st.ExecContext(b.w.ctx, b.args...)
	b.args = b.args[:0]
	return err
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
