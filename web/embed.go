// Package web holds the pages: a React application that is built once and
// embedded as files, so that the program serves them without Node and without
// any other host.
//
// The build writes web/dist: index.html, hashed files under assets/, and a .gz
// beside everything that compresses. The folder itself is always there (with
// .keep in it), so that `go build` needs no Node; Built tells whether pages
// are in it, and NotBuilt says how to make them.
package web

import (
	"embed"
	"io/fs"
)

// NotBuilt is what a server without pages answers.
const NotBuilt = "the pages are not built: run `make web`, or `npm ci && npm run build` in the folder web, and build the program again"

//go:embed all:dist
var dist embed.FS

// Assets returns the built files, with paths such as index.html and
// assets/main-1a2b3c.js; beside most of them lies the same file with .gz after
// its name. Only .keep is there when the pages are not built.
func Assets() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

// Built reports whether the pages are in the program.
func Built() bool { return built(Assets()) }

func built(files fs.FS) bool {
	info, err := fs.Stat(files, "index.html")
	return err == nil && info.Mode().IsRegular() && info.Size() > 0
}
