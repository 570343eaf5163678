package arch

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"
)

// maxText is the size in bytes up to which a file is read for machine paths.
const maxText = 4 << 20

// machinePath finds absolute paths of somebody's machine. They are put
// together from pieces here, so that this file does not find itself.
var machinePath = regexp.MustCompile("(^|[\\s\"'`=(:\\[,])(" + strings.Join([]string{"/wor" + "k/", "/roo" + "t/", "/hom" + "e/[a-z]", "/tm" + "p/", "/User" + "s/", `[A-Z]:\\User` + "s"}, "|") + ")")

// Tracked lists the files under version control below root; without git or a
// repository it returns an error.
func Tracked(root string) ([]string, error) {
	out, err := exec.Command("git", "-C", root, "ls-files", "-z").Output()
	if err != nil {
		return nil, fmt.Errorf("git ls-files: %w", err)
	}
	return strings.FieldsFunc(string(out), func(r rune) bool { return r == 0 }), nil
}

// MachinePaths returns every line of the files that names a path of somebody's
// machine. Files that are gone, large or not text are passed over.
func MachinePaths(root string, files []string) []Breach {
	var out []Breach
	for _, name := range files {
		info, err := os.Stat(filepath.Join(root, name))
		if err != nil || !info.Mode().IsRegular() || info.Size() > maxText {
			continue
		}
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil || bytes.IndexByte(b, 0) >= 0 || !utf8.Valid(b) {
			continue
		}
		for i, line := range strings.Split(string(b), "\n") {
			if machinePath.MatchString(line) {
				out = append(out, Breach{name, i + 1, "an absolute path of one machine: make it relative or a setting"})
			}
		}
	}
	return out
}

var rxRequire = regexp.MustCompile(`(?m)^\s*(?:require\s+)?([a-z0-9.-]+\.[a-z]+/\S+)\s+v\S+( // indirect)?$`)

// Requirements returns the modules that go.mod requires, and whether each is
// marked indirect.
func Requirements(goMod []byte) map[string]bool {
	out := map[string]bool{}
	for _, m := range rxRequire.FindAllSubmatch(goMod, -1) {
		out[string(m[1])] = len(m[2]) > 0
	}
	return out
}

// Direct returns the required modules that some file imports, with the file
// that does. What go.mod calls indirect does not matter: the mark is only as
// new as the last tidying.
func Direct(files []*File, required map[string]bool) map[string]string {
	out := map[string]string{}
	for _, f := range files {
		for _, spec := range f.Syntax.Imports {
			p := strings.Trim(spec.Path.Value, `"`)
			best := ""
			for m := range required {
				if (p == m || strings.HasPrefix(p, m+"/")) && len(m) > len(best) {
					best = m
				}
			}
			if best != "" && out[best] == "" {
				out[best] = f.Name
			}
		}
	}
	return out
}
