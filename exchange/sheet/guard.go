package sheet

import "strings"

// triggers are the characters with which a cell of a CSV file becomes a formula
// in a spreadsheet program, their full-width twins included.
const triggers = "=+-@\t\r\n＝＋－＠"

// dangerous reports whether a spreadsheet program could take s for a formula.
func dangerous(s string) bool {
	for _, r := range s {
		if strings.ContainsRune(triggers, r) {
			return true
		}
		if r != ' ' && r != '\u00a0' {
			return false
		}
	}
	return false
}

// neutral returns the form of a text cell in a CSV file: one that could become
// a formula gets an apostrophe in front, and so does one that Original would
// otherwise shorten.
func neutral(s string) string {
	if dangerous(s) || Original(s) != s {
		return "'" + s
	}
	return s
}

// Original takes off the apostrophe that protects a text from becoming a
// formula, so that a table written by this package reads back letter for
// letter. Any other text is returned as it is.
func Original(s string) string {
	if len(s) > 1 && s[0] == '\'' && (s[1] == '\'' || dangerous(s[1:])) {
		return s[1:]
	}
	return s
}
