// Package roadgraph reads networks of roads that other programs wrote: the
// graph files of the Ninth DIMACS Implementation Challenge (.gr, and .co for
// the points), and a table of edges with the columns id, source, target,
// cost_s, as pgRouting users keep it. It reads lists of nodes, too.
//
// Nothing doubtful is let through. What is wrong is named by file, row and
// column, with what to do: a journey time that is silently wrong is worse than
// none.
package roadgraph

import (
	"github.com/shanyraq/shanyraq/fault"
)

// MaxLine is the longest line in bytes.
const MaxLine = 1 << 16

// wrong is an error at a place of a file. The column is left out if empty.
func wrong(file string, row int, column, says string, args ...any) error {
	at := "row %d: "
	list := []any{row}
	if column != "" {
		at = "row %d, column %s: "
		list = append(list, column)
	}
	return fault.New(fault.Invalid, "roadgraph.Read", file, at+says, append(list, args...)...)
}
