package figures

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/lang"
)

// Every code that the program uses has a sentence in each language with the
// same blanks to fill, and no sentence is left over.
func TestSentences(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, "../sheet/number.go") // which says what is wrong with a number
	var source strings.Builder
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") || f == "message.go" {
			continue
		}
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(b)
	}
	used := regexp.MustCompile(`(?:find|doubt|lost|problem|notice)\([^"\n]*"([a-z][a-z0-9_]+)"`).FindAllStringSubmatch(source.String(), -1)
	if len(used) < 40 {
		t.Fatalf("only %d uses were found", len(used))
	}
	for _, u := range used {
		if texts[u[1]] == nil {
			t.Errorf("no sentence for %s", u[1])
		}
	}
	blank := regexp.MustCompile(`\{[ab]\}`)
	for code, text := range texts {
		if !strings.Contains(source.String(), `"`+code+`"`) {
			t.Errorf("the sentence %s is never said", code)
		}
		for _, c := range lang.Codes() {
			if !text.Has(c) {
				t.Errorf("%s is not said in %s", code, c)
			}
			if len(blank.FindAllString(text[c], -1)) != len(blank.FindAllString(text[lang.EN], -1)) {
				t.Errorf("%s has other blanks in %s", code, c)
			}
		}
	}
}

// The guide names every column, every member of a mapping and every code.
func TestGuide(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("..", "..", "docs", "guide", "import-figures.md"))
	if err != nil {
		t.Fatal(err)
	}
	guide := string(b)
	words := append(Header(), "columns", "constants", "values", "dimensions", "period_format", "decimal", "empty", "ignore")
	for code := range texts {
		words = append(words, code)
	}
	for _, w := range words {
		if !strings.Contains(guide, "`"+w+"`") {
			t.Errorf("the guide does not explain %s", w)
		}
	}
}
