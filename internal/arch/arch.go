// Package arch reads the source tree and tells where it breaks the picture
// that design and style draw: arrows between packages point downward only, the
// lower rows touch neither files nor network nor clock, drivers stay where
// they belong, and every package says what it is for.
//
// It parses the files itself, on purpose: a test that asks the go command for
// the import graph is cached by files that it does not read, and keeps passing
// after a bad import.
package arch

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// Module is the path of the module in go.mod.
const Module = "github.com/shanyraq/shanyraq"

// Breach is one place where a rule is broken.
type Breach struct {
	File string // slash-separated, from the root
	Line int
	Rule string
}

func (b Breach) String() string { return fmt.Sprintf("%s:%d: %s", b.File, b.Line, b.Rule) }

// File is one parsed Go file.
type File struct {
	Name   string // slash-separated, from the root
	Folder string // the folder, "" for the root
	Test   bool
	Syntax *ast.File
	Set    *token.FileSet
}

func (f *File) breach(at token.Pos, rule string, args ...any) Breach {
	return Breach{File: f.Name, Line: f.Set.Position(at).Line, Rule: fmt.Sprintf(rule, args...)}
}

// skipped are folders that hold no source of ours.
var skipped = map[string]bool{".git": true, "node_modules": true, "testdata": true, "dist": true, "bin": true, "vendor": true}

// Read parses every Go file below root. A file that does not parse is an error.
func Read(root string) ([]*File, error) {
	var out []*File
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name != root && (skipped[d.Name()] || strings.HasPrefix(d.Name(), ".")) {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") {
			return nil
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		f, err := parse(name, filepath.ToSlash(rel))
		if err == nil {
			out = append(out, f)
		}
		return err
	})
	return out, err
}

func parse(name, rel string) (*File, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return Parse(rel, src)
}

// Parse reads one file that stands at rel below the root.
func Parse(rel string, src []byte) (*File, error) {
	set := token.NewFileSet()
	syntax, err := parser.ParseFile(set, rel, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	folder := path.Dir(rel)
	if folder == "." {
		folder = ""
	}
	return &File{Name: rel, Folder: folder, Test: strings.HasSuffix(rel, "_test.go"), Syntax: syntax, Set: set}, nil
}

// Check returns every breach in the files, in order of file and line.
func Check(files []*File) []Breach {
	var out []Breach
	for _, f := range files {
		out = append(out, arrows(f)...)
		out = append(out, homes(f)...)
		if !f.Test {
			out = append(out, pure(f)...)
		}
	}
	out = append(out, comments(files)...)
	sort.Slice(out, func(i, j int) bool {
		if out[i].File != out[j].File {
			return out[i].File < out[j].File
		}
		return out[i].Line < out[j].Line
	})
	return out
}

// imports calls do with every import of the file.
func (f *File) imports(do func(path string, at token.Pos)) {
	for _, spec := range f.Syntax.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			do(p, spec.Pos())
		}
	}
}

// arrows checks that imports of our own packages point downward.
func arrows(f *File) []Breach {
	from, ok := rowOf(f.Folder)
	if !ok {
		return []Breach{f.breach(f.Syntax.Package, "the folder %q has no row: give it one in internal/arch/rows.go and in the design", f.Folder)}
	}
	var out []Breach
	f.imports(func(p string, at token.Pos) {
		folder, ours := strings.CutPrefix(p, Module+"/")
		if !ours {
			return
		}
		to, ok := rowOf(folder)
		switch {
		case !ok:
			out = append(out, f.breach(at, "imports %s, which has no row", folder))
		case to.room == from.room:
		case to.row > from.row:
			out = append(out, f.breach(at, "%s (row %d) imports %s (row %d): arrows point downward only", f.Folder, from.row, folder, to.row))
		case to.row == from.row && !to.ground:
			out = append(out, f.breach(at, "%s imports its neighbour %s in row %d: they meet in a lower row or above", f.Folder, folder, to.row))
		}
	})
	return out
}

// homes checks that drivers and frameworks are imported only at home.
func homes(f *File) []Breach {
	var out []Breach
	f.imports(func(p string, at token.Pos) {
		for _, h := range home {
			if (p == h.module || strings.HasPrefix(p, h.module+"/")) && !h.in(f) {
				out = append(out, f.breach(at, "%s is imported only in %s", h.module, strings.Join(h.folders, ", ")))
			}
		}
	})
	return out
}

// pure checks that rows 0 to 4 do no input or output and read no clock.
func pure(f *File) []Breach {
	at, ok := rowOf(f.Folder)
	if !ok || at.row > lastPure {
		return nil
	}
	var out []Breach
	clock := ""
	f.imports(func(p string, pos token.Pos) {
		if banned(p) {
			out = append(out, f.breach(pos, "row %d imports %s: rows 0 to %d do no input or output", at.row, p, lastPure))
		}
	})
	for _, spec := range f.Syntax.Imports {
		if spec.Path.Value == `"time"` {
			clock = "time"
			if spec.Name != nil {
				clock = spec.Name.Name
			}
		}
	}
	if clock == "" {
		return out
	}
	ast.Inspect(f.Syntax, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if id, ok := sel.X.(*ast.Ident); ok && id.Name == clock && clockCalls[sel.Sel.Name] {
			out = append(out, f.breach(sel.Pos(), "row %d uses time.%s: time comes in as an argument", at.row, sel.Sel.Name))
		}
		return true
	})
	return out
}

// comments checks that every package has a package comment.
func comments(files []*File) []Breach {
	first := map[string]*File{}
	said := map[string]bool{}
	for _, f := range files {
		if f.Test && strings.HasSuffix(f.Syntax.Name.Name, "_test") {
			continue
		}
		if first[f.Folder] == nil || (first[f.Folder].Test && !f.Test) {
			first[f.Folder] = f
		}
		if f.Syntax.Doc != nil && strings.TrimSpace(f.Syntax.Doc.Text()) != "" {
			said[f.Folder] = true
		}
	}
	var out []Breach
	for folder, f := range first {
		if !said[folder] {
			out = append(out, f.breach(f.Syntax.Package, "package %s has no package comment: say in a paragraph what it is for", f.Syntax.Name.Name))
		}
	}
	return out
}
