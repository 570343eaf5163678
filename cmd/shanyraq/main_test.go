package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/alecthomas/kong"

	"github.com/shanyraq/shanyraq/internal/pgtest"
	"github.com/shanyraq/shanyraq/lang"
)

// asOf is the day on which the tests look; what the board says changes daily.
const asOf = "2026-11-23"

// shanyraq runs the program and returns exit code, output and messages.
func shanyraq(t *testing.T, args ...string) (int, string, string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(context.Background(), args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

// template is a database with Kazakhstan in it, made once and then copied.
var template = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "shanyraq")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "s.db")
	var errs bytes.Buffer
	if code := run(context.Background(), []string{"--db", "sqlite:" + file, "demo"}, nil, io.Discard, &errs); code != exitDone {
		return nil, errors.New(errs.String())
	}
	return os.ReadFile(file)
})

// loaded returns the DSN of a database with Kazakhstan in it.
func loaded(t *testing.T) string {
	t.Helper()
	body, err := template()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "s.db")
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + file
}

func ask(t *testing.T, v any, args ...string) {
	t.Helper()
	code, out, errs := shanyraq(t, append(args, "--json")...)
	if code != exitDone {
		t.Fatalf("%v: exit %d: %s", args, code, errs)
	}
	if err := json.Unmarshal([]byte(out), v); err != nil {
		t.Fatalf("%v: %v in %.200s", args, err, out)
	}
}

type boardJSON struct {
	AsOf     string            `json:"as_of"`
	Sentence map[string]string `json:"sentence"`
	Promises []struct {
		ID, Due, Evidence, Figure string
		Deadline                  *string
	} `json:"promises"`
}

func TestBoardOfTheDay(t *testing.T) {
	db := loaded(t)
	var b boardJSON
	ask(t, &b, "--db", db, "board", "--as-of", asOf)
	// Numbers hold on to their nouns with no-break spaces.
	english := strings.ReplaceAll(b.Sentence["en"], "\u00a0", " ")
	for _, want := range []string{"38 days left", "12 perinatal centres", "about 30 departments", "500 beds", "at least 5 departments", "102 of 224", "291 days ago", "Ulytau"} {
		if !strings.Contains(english, want) {
			t.Errorf("the sentence lacks %q: %s", want, english)
		}
	}
	for _, c := range lang.Codes() {
		if !strings.Contains(b.Sentence[string(c)], "38") || !strings.Contains(b.Sentence[string(c)], "291") {
			t.Errorf("%s: %s", c, b.Sentence[string(c)])
		}
	}
	due := map[string]string{}
	for _, p := range b.Promises {
		due[p.ID] = p.Due
	}
	for id, want := range map[string]string{"C7p": "overdue", "C8p": "overdue", "E8": "overdue", "B1": "not_yet", "A4": "not_yet", "D8": "no_date", "C4p": "no_date"} {
		if due[id] != want {
			t.Errorf("%s is %q, want %q", id, due[id], want)
		}
	}
	// Before the first dated document only the undated one counts.
	var early boardJSON
	ask(t, &early, "--db", db, "board", "--as-of", "2025-01-01")
	for _, p := range early.Promises {
		if !strings.HasPrefix(p.ID, "B") {
			t.Errorf("%s was published later", p.ID)
		}
	}
}

// Every figure of every promise, and everything it was computed from, ends in
// a document or a source: why never ends in the air.
func TestWhyNeverEndsInTheAir(t *testing.T) {
	db := loaded(t)
	var b struct {
		Promises []struct {
			ID, Figure string
			Delivered  *struct{ Figure string }
		}
		Totals []struct {
			Promised, Delivered *struct{ Figure string }
		}
	}
	ask(t, &b, "--db", db, "board", "--as-of", asOf)
	ids := map[string]bool{}
	for _, p := range b.Promises {
		ids[p.Figure] = true
		if p.Delivered != nil {
			ids[p.Delivered.Figure] = true
		}
	}
	for _, x := range b.Totals {
		for _, q := range []*struct{ Figure string }{x.Promised, x.Delivered} {
			if q != nil {
				ids[q.Figure] = true
			}
		}
	}
	if len(ids) < 60 {
		t.Fatalf("only %d figures on the board", len(ids))
	}
	type why struct {
		Said *struct {
			Document string
			Line     *int
		}
		Computed *struct{ Inputs []json.RawMessage }
	}
	var walk func(id string, raw json.RawMessage)
	walk = func(id string, raw json.RawMessage) {
		var y why
		if err := json.Unmarshal(raw, &y); err != nil {
			t.Fatal(err)
		}
		switch {
		case y.Said != nil && y.Said.Document != "":
		case y.Computed != nil && len(y.Computed.Inputs) > 0:
			for _, in := range y.Computed.Inputs {
				walk(id, in)
			}
		default:
			t.Errorf("%s ends in the air", id)
		}
	}
	for id := range ids {
		var raw json.RawMessage
		ask(t, &raw, "--db", db, "why", id, "--as-of", asOf)
		walk(id, raw)
	}
}

func TestDemoIsIdempotentAndJournalHolds(t *testing.T) {
	db := loaded(t)
	var got struct {
		New int `json:"figures_new"`
	}
	ask(t, &got, "--db", db, "demo")
	if got.New != 0 {
		t.Errorf("the second demo added %d figures", got.New)
	}
	var j struct{ Intact bool }
	ask(t, &j, "--db", db, "journal", "verify")
	if !j.Intact {
		t.Error("the journal does not verify")
	}
}

func TestExportThenImportAddsNothing(t *testing.T) {
	db := loaded(t)
	dir := t.TempDir()
	for _, name := range []string{"a.csv", "a.xlsx"} {
		file := filepath.Join(dir, name)
		if code, _, errs := shanyraq(t, "--db", db, "export", "figures", "--out", file, "--computed", "--history"); code != exitDone {
			t.Fatal(errs)
		}
		var got struct {
			Rows int
			New  int `json:"figures_new"`
		}
		ask(t, &got, "--db", db, "import", "figures", file)
		if got.New != 0 || got.Rows < 4000 {
			t.Errorf("%s: %+v", name, got)
		}
		if code, _, _ := shanyraq(t, "--db", db, "export", "figures", "--out", file); code != exitRefused {
			t.Errorf("an export over an existing file ends with %d", code)
		}
	}
}

// A table with one bad cell leaves the database as it was and names the cell.
func TestBadTableIsRefusedWhole(t *testing.T) {
	db := loaded(t)
	file := filepath.Join(t.TempDir(), "bad.csv")
	body := "measure,place,period,kind,value,unit,source\nbeds.count,KZ,2024,actual,100,bed,test\nbeds.count,KZ-XX,2024,actual,7,bed,test\n"
	if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := shanyraq(t, "--db", db, "--lang", "en", "import", "figures", file)
	if code != exitRefused || out != "" || !strings.Contains(errs, "B3") {
		t.Errorf("exit %d, %q, %q", code, out, errs)
	}
	var list []json.RawMessage
	ask(t, &list, "--db", db, "figures", "--measure", "beds.count", "--period", "2024")
	for _, f := range list {
		if bytes.Contains(f, []byte(`"source":"test"`)) {
			t.Error("half of the table was imported")
		}
	}
}

func TestDocumentTextGivesTheSentence(t *testing.T) {
	db := loaded(t)
	file := filepath.Join(t.TempDir(), "report.txt")
	if err := os.WriteFile(file, []byte("First line\n\nWe opened 12 centres.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Document string
		Lines    int
		Known    bool
	}
	args := []string{"--db", db, "import", "document", file, "--title", "A report", "--publisher", "A paper", "--published", "2026-03-01", "--language", "en"}
	ask(t, &got, args...)
	if got.Document != "report.txt" || got.Lines != 2 || got.Known {
		t.Errorf("%+v", got)
	}
	ask(t, &got, args...)
	if !got.Known {
		t.Error("the same text was entered twice")
	}
}

func TestExitCodes(t *testing.T) {
	db := loaded(t)
	for _, tc := range []struct {
		want int
		args []string
	}{
		{exitUsage, []string{"boards"}},
		{exitUsage, []string{"board", "--due", "soon"}},
		{exitUsage, []string{"board", "--lang", "de"}},
		{exitRefused, []string{"--db", db, "board", "--as-of", "yesterday"}},
		{exitRefused, []string{"--db", db, "why", "f0000000000000"}},
		{exitRefused, []string{"--db", db, "figures", "--measure", "nope"}},
		{exitRefused, []string{"--db", "mysql:x", "board"}},
		{exitRefused, []string{"--db", db, "import", "figures", "no-such-file.csv"}},
		{exitRefused, []string{"--db", db, "import", "document", t.TempDir()}},
		{exitDone, []string{"version"}},
		{exitDone, []string{"--help"}},
		{exitDone, []string{"completion", "bash"}},
		{exitDone, []string{"completion", "fish"}},
	} {
		code, _, errs := shanyraq(t, tc.args...)
		if code != tc.want {
			t.Errorf("%v: exit %d, want %d: %s", tc.args, code, tc.want, errs)
		}
		if tc.want == exitRefused && strings.Count(strings.TrimSpace(errs), "\n") != 0 {
			t.Errorf("%v: more than one line: %q", tc.args, errs)
		}
	}
}

// Every text of the command line exists in the three languages, and every help
// text is used.
func TestWordsAreTranslated(t *testing.T) {
	for name, table := range map[string]map[string]lang.Text{"help": help, "words": words} {
		for key, text := range table {
			for _, c := range lang.Codes() {
				if strings.TrimSpace(text[c]) == "" {
					t.Errorf("%s %q has no text in %s", name, key, c)
				}
			}
		}
	}
	for _, c := range lang.Codes() {
		code, out, _ := shanyraq(t, "--lang", string(c), "--help")
		if code != exitDone || !strings.Contains(out, help["board"].In(c)) {
			t.Errorf("%s: help is not in the language:\n%s", c, out)
		}
	}
}

// Every command and every flag stands in the guide.
func TestCommandLineIsDocumented(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "guide", "command-line.md"))
	if err != nil {
		t.Fatal(err)
	}
	var c commands
	parser, err := kong.New(&c, textsOf(&c, lang.EN), kong.Vars{"default_db": "sqlite:x"})
	if err != nil {
		t.Fatal(err)
	}
	var walk func(n *kong.Node, path string)
	walk = func(n *kong.Node, path string) {
		for _, f := range n.Flags {
			if !bytes.Contains(page, []byte("--"+f.Name)) {
				t.Errorf("docs/guide/command-line.md does not tell of %s --%s", path, f.Name)
			}
			if f.Help == "" {
				t.Errorf("%s --%s has no help", path, f.Name)
			}
		}
		for _, child := range n.Children {
			name := strings.TrimSpace(path + " " + child.Name)
			if len(child.Children) == 0 && !bytes.Contains(page, []byte("`"+name)) {
				t.Errorf("docs/guide/command-line.md does not tell of `%s`", name)
			}
			walk(child, name)
		}
	}
	walk(parser.Model.Node, "")
}

// The same pack gives the same board, the same figures and the same answers to
// the rules on both databases.
func TestBothDatabasesAnswerAlike(t *testing.T) {
	lite, pg := loaded(t), pgtest.DSN(t)
	if code, _, errs := shanyraq(t, "--db", pg, "demo"); code != exitDone {
		t.Fatal(errs)
	}
	for _, args := range [][]string{{"board", "--as-of", asOf}, {"check", "--as-of", asOf}, {"board", "--as-of", "2026-01-15"}, {"search", "Балхаш"}, {"why", "C1", "--as-of", asOf}} {
		_, a, _ := shanyraq(t, append([]string{"--json", "--db", lite}, args...)...)
		_, b, _ := shanyraq(t, append([]string{"--json", "--db", pg}, args...)...)
		if a = recorded.ReplaceAllString(a, ""); a != recorded.ReplaceAllString(b, "") || len(a) < 100 {
			t.Errorf("%v differs between the databases", args)
		}
	}
	a, b := filepath.Join(t.TempDir(), "a.csv"), filepath.Join(t.TempDir(), "b.csv")
	for db, file := range map[string]string{lite: a, pg: b} {
		if code, _, errs := shanyraq(t, "--db", db, "export", "figures", "--out", file); code != exitDone {
			t.Fatal(errs)
		}
	}
	var got struct {
		New int `json:"figures_new"`
	}
	ask(t, &got, "--db", pg, "import", "figures", a)
	if got.New != 0 {
		t.Errorf("what SQLite exported brings %d new figures to PostgreSQL", got.New)
	}
	var j struct{ Intact bool }
	ask(t, &j, "--db", pg, "journal", "verify")
	if !j.Intact {
		t.Error("the journal does not verify")
	}
}

// recorded matches what differs between two databases: when and by which run.
var recorded = regexp.MustCompile(`"(recorded_at|run)": "[^"]*"`)
