package kz

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shopspring/decimal"
)

// texts is where the documents of the programme lie beside the work tree. They
// are not ours to ship, so these tests look only where somebody has them.
const texts = "../../../shared/seeds"

// numerals are numbers that the documents write as words.
var numerals = map[string][]string{"5": {"бес"}, "6": {"шести"}, "7": {"жеті"}}

// hedged are the words of a qualifier in the languages of the documents.
var hedged = map[ledger.Qualifier][]string{
	ledger.About:    {"жуық", "шамамен", "около"},
	ledger.CloseTo:  {"жуық"},
	ledger.MoreThan: {"астам"},
}

// readTexts returns the lines of each document that are not blank, as the
// locators count them; none where the documents are not there.
func readTexts(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, d := range load(t).Documents {
		if d.Kind != "document" {
			continue
		}
		body, err := os.ReadFile(filepath.Join(texts, d.Name))
		if err != nil {
			t.Logf("THE DOCUMENTS ARE NOT HERE, SPANS ARE NOT COMPARED WITH THEM: %v", err)
			return nil
		}
		if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != d.SHA256 {
			t.Fatalf("%s is another text than the one that was read", d.Name)
		}
		for line := range strings.SplitSeq(string(body), "\n") {
			if strings.TrimSpace(line) != "" {
				out[d.Name] = append(out[d.Name], line)
			}
		}
		if len(out[d.Name]) != d.Lines {
			t.Errorf("%s has %d lines, documents.csv says %d", d.Name, len(out[d.Name]), d.Lines)
		}
	}
	return out
}

// spelt lists the ways in which a text may write a value.
func spelt(v decimal.Decimal) []string {
	v = v.Abs()
	comma := func(d decimal.Decimal) string { return strings.ReplaceAll(d.String(), ".", ",") }
	out := append([]string{comma(v)}, numerals[v.String()]...)
	for zeros, words := range map[int32][]string{9: {"млрд", "миллиард"}, 6: {"млн"}, 3: {"тысяч"}} {
		for _, w := range words {
			out = append(out, comma(v.Shift(-zeros))+" "+w)
		}
	}
	return out
}

func holdsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// Every span cuts the words that say the number and its qualifier.
func TestSpansHoldTheirNumbers(t *testing.T) {
	lines := readTexts(t)
	if lines == nil {
		return
	}
	p := load(t)
	for i, s := range p.Statements {
		f := p.Figures[i]
		doc := lines[f.Document]
		if doc == nil {
			continue
		}
		if f.Locator.Line < 1 || f.Locator.Line > len(doc) {
			t.Errorf("%s: no line %d", s.ID, f.Locator.Line)
			continue
		}
		runes := []rune(doc[f.Locator.Line-1])
		if f.Locator.From < 0 || f.Locator.To > len(runes) || f.Locator.From >= f.Locator.To {
			t.Errorf("%s: no span %d to %d in %d characters", s.ID, f.Locator.From, f.Locator.To, len(runes))
			continue
		}
		span := string(runes[f.Locator.From:f.Locator.To])
		if span != strings.TrimSpace(span) {
			t.Errorf("%s: the span has blanks at its ends: %q", s.ID, span)
		}
		if f.Value == nil || s.Kind == ledger.Object || f.Qualifier == ledger.AtLeast {
			continue // "one" of an object that is named, and of a department that is listed, is not written
		}
		if s.ID == "C4p" || s.ID == "C7p" || s.ID == "C8p" {
			continue
		}
		if !holdsAny(span, spelt(*f.Value)) {
			t.Errorf("%s: the span %q does not say %s", s.ID, span, f.Value)
		}
		if words := hedged[f.Qualifier]; words != nil && !holdsAny(span, words) {
			t.Errorf("%s: the span %q does not say %q", s.ID, span, f.Qualifier)
		}
	}
}

var number = regexp.MustCompile(`\d+(,\d+)?`)
var year = regexp.MustCompile(`^20[12]\d$`)

// notFigures are numbers of the documents that say nothing of the programme.
var notFigures = map[string]string{
	"004_8e8a06f493a2c94d.txt/4/25": "day of publication",
	"004_8e8a06f493a2c94d.txt/7/10": "months, the period of the report",
	"004_8e8a06f493a2c94d.txt/8/10": "months, the period of the report",
}

// No number of the documents is left unread: each lies in the span of a
// statement, or is a year, or is listed above with its reason.
func TestEveryNumberIsRead(t *testing.T) {
	lines := readTexts(t)
	p := load(t)
	for name, doc := range lines {
		for i, line := range doc {
			if i == 0 {
				line = regexp.MustCompile(`date \d{4}-\d\d-\d\d`).ReplaceAllStringFunc(line, func(s string) string { return strings.Repeat("_", len(s)) })
			}
			for _, at := range number.FindAllStringIndex(line, -1) {
				word := line[at[0]:at[1]]
				if year.MatchString(word) || notFigures[name+"/"+strconv.Itoa(i+1)+"/"+word] != "" {
					continue
				}
				from, to := len([]rune(line[:at[0]])), len([]rune(line[:at[1]]))
				if !covered(p.Figures[:len(p.Statements)], name, i+1, from, to) {
					t.Errorf("%s, line %d: nobody read the number %s", name, i+1, word)
				}
			}
		}
	}
}

func covered(figures []ledger.Figure, document string, line, from, to int) bool {
	for _, f := range figures {
		if f.Document == document && f.Locator.Line == line && f.Locator.From <= from && to <= f.Locator.To {
			return true
		}
	}
	return false
}
