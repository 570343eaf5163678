package sheet

import (
	"strings"

	"github.com/shanyraq/shanyraq/lang"
)

// Problem is what is wrong with a cell, a row (no field) or the table (row 0),
// in words of all languages.
type Problem struct {
	Code   string
	Row    int
	Field  string
	Column string // letters; empty for a row
	Text   lang.Text
}

// Say puts what somebody wrote into a text where it has {what}.
func Say(text, what lang.Text) lang.Text {
	out := lang.Text{}
	for _, c := range lang.Codes() {
		out[c] = strings.ReplaceAll(text[c], "{what}", what[c])
	}
	return out
}

// Same is a text that is the same in every language, such as a name.
func Same(s string) lang.Text {
	out := lang.Text{}
	for _, c := range lang.Codes() {
		out[c] = s
	}
	return out
}
