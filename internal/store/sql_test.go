package store

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// statements reads the constants that begin with sql out of the source, so that
// a new one cannot be forgotten here.
func statements(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, src, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			v, ok := n.(*ast.ValueSpec)
			if !ok || !strings.HasPrefix(v.Names[0].Name, "sql") || len(v.Values) != 1 {
				return true
			}
			lit, ok := v.Values[0].(*ast.BasicLit)
			if !ok {
				t.Errorf("%s: write %s as one literal", name, v.Names[0].Name)
				return true
			}
			text, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Fatal(err)
			}
			out[v.Names[0].Name] = text
			return true
		})
	}
	return out
}

var rxInsert = regexp.MustCompile(`INSERT INTO \w+ \(([^)]*)\)\s+VALUES $`)

// rxPostgres finds what only PostgreSQL is told.
var rxPostgres = regexp.MustCompile(`^SET |^ANALYZE |pg_advisory`)

// completed appends the rows that the program appends.
func completed(e Engine, text string) string {
	if m := rxInsert.FindStringSubmatch(text); m != nil {
		return text + e.tuples(2, strings.Count(m[1], ",")+1, 1)
	}
	if strings.HasSuffix(text, " IN ") {
		return text + e.tuples(1, 3, 1)
	}
	return text + strings.Repeat(")", strings.Count(text, "(")-strings.Count(text, ")"))
}

func TestEveryStatementIsUnderstood(t *testing.T) {
	texts := statements(t)
	if len(texts) < 30 {
		t.Fatalf("only %d statements were found in the source", len(texts))
	}
	both(t, func(t *testing.T, fresh address) {
		s := open(t, fresh(t))
		for name, text := range texts {
			if s.engine == SQLite && rxPostgres.MatchString(text) {
				continue
			}
			prepare(t, s, name, completed(s.engine, text))
		}
		day, none := period.OfDay(1), ""
		for name, q := range map[string]Query{
			"all": {}, "history": {Superseded: true}, "page": {Limit: 10, After: "beds~KZ~s0000000000008~1~2~f0000000000008"},
			"everything": {Measures: []string{"a", "b"}, Places: []place.ID{"a"}, Kinds: ledger.Kinds(), Sources: []string{"a", "b"}, NotSource: "c", Documents: []string{"d", "e"},
				Line: 1, Dimensions: &none, Period: day, Within: day, IDs: []ledger.FigureID{1, 2}, Limit: 5, After: "beds~KZ~s0000000000008~1~2~f0000000000008"},
		} {
			text, args, err := q.build(s.engine, 1, 1)
			if err != nil {
				t.Fatal(err)
			}
			prepare(t, s, name, text)
			rows, err := s.read.Query(text, args...)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if rows.Next() || rows.Err() != nil {
				t.Errorf("%s: an empty database answers, or %v", name, rows.Err())
			}
			rows.Close()
		}
	})
}

func prepare(t *testing.T, s *Store, name, text string) {
	t.Helper()
	st, err := s.read.Prepare(text)
	if err != nil {
		t.Errorf("%s: %v\n%s", name, err, text)
		return
	}
	st.Close()
}
