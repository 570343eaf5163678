// Package kz is the pack of Kazakhstan: territories, offices, measures, the
// programme of five documents read statement by statement, published
// statistics and the rules that check them. The tables are our own; every row
// names its source. NOTICE lists the licences.
package kz

import (
	"embed"
	"io/fs"
)

//go:embed data
var data embed.FS

// Pack returns the tables of Kazakhstan.
func Pack() fs.FS {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}
