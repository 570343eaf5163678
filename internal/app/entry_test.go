package app

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
)

const note = "Центр в Балхаше\n\nОткрыто 12 коек до 2027-03-31, из них 5 детских\n"

// noted is Kazakhstan with a note whose second line can be marked.
func noted(t *testing.T) *App {
	t.Helper()
	a := kazakhstan(t)
	day := period.NewDate(2026, 5, 1)
	got, err := a.ImportDocument(local(), "note.txt", strings.NewReader(note), DocumentMeta{Title: "Заметка", Language: "ru", Published: &day})
	if err != nil {
		t.Fatal(err)
	}
	if got.Known || got.Lines != 2 || !got.Same || got.Run == nil {
		t.Errorf("%+v", got)
	}
	return a
}

func beds(act string) httpapi.Entry {
	return httpapi.Entry{Act: act, Document: "note.txt", Line: 2, From: 8, To: 10, Measure: "beds.new", Place: "KZ-35", Period: "2026", Value: "12", Qualifier: "="}
}

func TestEveryActIsRecorded(t *testing.T) {
	ctx, a := local(), noted(t)
	enter := func(e httpapi.Entry) *httpapi.Entered {
		t.Helper()
		out, err := a.Enter(ctx, e)
		if err != nil {
			t.Fatalf("%s: %v", e.Act, err)
		}
		return out
	}
	figure := enter(beds("figure"))
	y, err := a.Why(ctx, When{}, *figure.Figure)
	if err != nil || y.Said == nil || y.Said.Text == nil || !strings.Contains(*y.Said.Text, "12 коек") || *y.Figure.Value != "12" || y.Figure.Kind != "actual" {
		t.Errorf("figure: %+v %v", y, err)
	}

	e := beds("promise")
	e.Deadline, e.Title = "2027-03-31", lang.Text{lang.EN: "12 beds"}
	promise := enter(e)
	if again := enter(e); *again.Promise != *promise.Promise || *again.Figure != *promise.Figure {
		t.Errorf("the same entry again: %+v, first %+v", again, promise)
	}
	page, err := a.Promise(ctx, When{}, *promise.Promise)
	if err != nil || *page.Promise.Deadline != "2027-03-31" || page.Promise.Due != "not_yet" || page.Promise.Title.In("en") != "12 beds" || page.Promise.Title.In("ru") != "12" {
		t.Errorf("promise: %+v %v", page, err)
	}

	move := httpapi.Entry{Act: "move", Document: "note.txt", Line: 2, From: 19, To: 29, Promise: *promise.Promise, Deadline: "2027-06-30"}
	enter(move)
	move.Deadline, move.Value, move.From, move.To = "", "1 015,0", 8, 10
	enter(move)
	page, err = a.Promise(ctx, When{}, *promise.Promise)
	if err != nil || len(page.Moves) != 2 || *page.Promise.Deadline != "2027-06-30" || *page.Promise.FirstDeadline != "2027-03-31" {
		t.Fatalf("moves: %+v %v", page.Moves, err)
	}
	for _, m := range page.Moves {
		switch {
		case m.Field == "deadline" && (*m.From != "2027-03-31" || m.To != "2027-06-30"):
			t.Errorf("deadline: %+v", m)
		case m.Field == "target" && (*m.From != "12" || strings.ContainsAny(m.To, " ,")):
			t.Errorf("target: %+v", m)
		}
	}

	e = beds("delivery")
	e.Promise, e.Value = *promise.Promise, "5"
	enter(e)
	page, err = a.Promise(ctx, When{}, *promise.Promise)
	if err != nil || len(page.Evidence) != 1 || *page.Evidence[0].Figure.Value != "5" {
		t.Errorf("delivery: %+v %v", page.Evidence, err)
	}
	if n, head, err := a.Store.VerifyJournal(ctx); err != nil || n == 0 || head == "" {
		t.Errorf("the journal: %d %v", n, err)
	}
}

// What cannot be true is refused with what to do about it, and nothing is
// recorded.
func TestEntriesThatAreRefused(t *testing.T) {
	ctx, a := local(), noted(t)
	before, err := a.Store.Version(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		change func(*httpapi.Entry)
		kind   fault.Kind
	}{
		"no such act":            {func(e *httpapi.Entry) { e.Act = "burn" }, fault.Invalid},
		"no such document":       {func(e *httpapi.Entry) { e.Document = "none.txt" }, fault.NotFound},
		"a text not imported":    {func(e *httpapi.Entry) { e.Document = "000_941eba2bb15306b6.txt" }, fault.Invalid},
		"no such line":           {func(e *httpapi.Entry) { e.Line = 3 }, fault.Invalid},
		"beyond the line":        {func(e *httpapi.Entry) { e.To = 900 }, fault.Invalid},
		"backwards":              {func(e *httpapi.Entry) { e.From, e.To = 10, 8 }, fault.Invalid},
		"no measure":             {func(e *httpapi.Entry) { e.Measure = "" }, fault.Invalid},
		"no such place":          {func(e *httpapi.Entry) { e.Place = "KZ-99" }, fault.Invalid},
		"no such unit":           {func(e *httpapi.Entry) { e.Unit = "parsec" }, fault.Invalid},
		"no such period":         {func(e *httpapi.Entry) { e.Period = "soon" }, fault.Invalid},
		"not a number":           {func(e *httpapi.Entry) { e.Value = "twelve" }, fault.Invalid},
		"a number without end":   {func(e *httpapi.Entry) { e.Value = "1e99999999" }, fault.Invalid},
		"no such qualifier":      {func(e *httpapi.Entry) { e.Qualifier = "?" }, fault.Invalid},
		"dimensions in disorder": {func(e *httpapi.Entry) { e.Dimensions = "child" }, fault.Invalid},
		"no such dimension":      {func(e *httpapi.Entry) { e.Dimensions = "colour=red" }, fault.Invalid},
		"no such value of one":   {func(e *httpapi.Entry) { e.Dimensions = "age=ancient" }, fault.Invalid},
		"no such day":            {func(e *httpapi.Entry) { e.Act, e.Deadline = "promise", "2027-02-30" }, fault.Invalid},
		"part of nothing":        {func(e *httpapi.Entry) { e.Act, e.PartOf = "promise", "ZZ" }, fault.Invalid},
		"delivers nothing":       {func(e *httpapi.Entry) { e.Act, e.Promise = "delivery", "ZZ" }, fault.Invalid},
		"moves nothing":          {func(e *httpapi.Entry) { e.Act, e.Promise, e.Deadline = "move", "ZZ", "2027-01-01" }, fault.Invalid},
		"moves nowhere":          {func(e *httpapi.Entry) { e.Act, e.Promise, e.Value = "move", "C7p", "" }, fault.Invalid},
		"moves to no day":        {func(e *httpapi.Entry) { e.Act, e.Promise, e.Deadline = "move", "C7p", "soon" }, fault.Invalid},
	} {
		e := beds("figure")
		tc.change(&e)
		if _, err := a.Enter(ctx, e); !fault.Is(err, tc.kind) {
			t.Errorf("%s: %v, want %s", name, err, tc.kind)
		}
	}
	if after, err := a.Store.Version(ctx); err != nil || after != before {
		t.Errorf("something was recorded: act %d, before %d (%v)", after, before, err)
	}
}

// A document shows line by line which numbers a figure points to.
func TestDocumentMarksWhatIsUnread(t *testing.T) {
	ctx, a := local(), noted(t)
	if _, err := a.Enter(ctx, beds("figure")); err != nil {
		t.Fatal(err)
	}
	page, err := a.Document(ctx, When{}, "note.txt")
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Lines) != 2 || len(page.Lines[1].Spans) != 1 || page.Lines[1].Spans[0].From != 8 || page.Document.Figures != 1 || len(page.Figures) != 1 || !page.Document.Imported {
		t.Errorf("%+v", page)
	}
	line := []rune(*page.Lines[1].Text)
	var unread []string
	for _, u := range page.Unread {
		unread = append(unread, string(line[u.From:u.To]))
	}
	if got := strings.Join(unread, " "); got != "5" {
		t.Errorf("unread: %s", got)
	}
}

func TestImportOfTexts(t *testing.T) {
	ctx, a := local(), noted(t)
	again, err := a.ImportDocument(ctx, "note.txt", strings.NewReader(note), DocumentMeta{})
	if err != nil || !again.Known || again.Run != nil {
		t.Errorf("the same text again: %+v %v", again, err)
	}
	renamed, err := a.ImportDocument(ctx, "copy.txt", strings.NewReader(note), DocumentMeta{})
	if err != nil || renamed.Document != "note.txt" {
		t.Errorf("the same bytes under another name: %+v %v", renamed, err)
	}
	if _, err := a.Enter(ctx, beds("figure")); err != nil {
		t.Fatal(err)
	}
	other, err := a.ImportDocument(ctx, "note.txt", strings.NewReader("Центр в Балхаше\nБез чисел здесь\n"), DocumentMeta{})
	if err != nil || other.Same || len(other.Misses) != 1 || len(other.Notices) == 0 || other.Spans != 1 {
		t.Errorf("other bytes: %+v %v", other, err)
	}
	old, err := charmap.Windows1251.NewEncoder().String("Открыто 12 коек в больнице города Балхаша, из них 5 детских\n")
	if err != nil {
		t.Fatal(err)
	}
	got, err := a.ImportDocument(ctx, "old.txt", strings.NewReader(old), DocumentMeta{Title: "Старый файл", Language: "ru"})
	if err != nil || !strings.Contains(strings.ToLower(got.Encoding), "1251") || len(got.Notices) == 0 {
		t.Fatalf("Windows-1251: %+v %v", got, err)
	}
	page, err := a.Document(ctx, When{}, "old.txt")
	if err != nil || !strings.HasPrefix(*page.Lines[0].Text, "Открыто 12 коек") {
		t.Errorf("%+v %v", page, err)
	}
	for name, body := range map[string]string{"empty.txt": "", "blank.txt": " \n\n", "binary.txt": "a\x00b"} {
		if _, err := a.ImportDocument(ctx, name, strings.NewReader(body), DocumentMeta{}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := a.EnterText(ctx, "unknown.txt", []byte("a")); !fault.Is(err, fault.NotFound) {
		t.Errorf("a text of no document: %v", err)
	}
}

// Who records in one region adds nothing to a promise of another, whatever place
// the entry names.
func TestEntriesStayAtHome(t *testing.T) {
	a := noted(t)
	for name, tc := range map[string]struct {
		change func(*httpapi.Entry)
		home   bool // allowed to the approver of the region of the promise
	}{
		"a delivery":              {func(e *httpapi.Entry) { e.Act, e.Promise = "delivery", "C7p" }, true},
		"a part":                  {func(e *httpapi.Entry) { e.Act, e.PartOf = "promise", "C7p" }, true},
		"a new deadline":          {func(e *httpapi.Entry) { e.Act, e.Promise, e.Deadline = "move", "C7p", "2027-01-31" }, true},
		"a new target":            {func(e *httpapi.Entry) { e.Act, e.Promise, e.Value = "move", "C7p", "2" }, true},
		"a delivery for all":      {func(e *httpapi.Entry) { e.Act, e.Promise = "delivery", "A4" }, false},
		"a part of what is all's": {func(e *httpapi.Entry) { e.Act, e.PartOf = "promise", "A4" }, false},
		"the date of all":         {func(e *httpapi.Entry) { e.Act, e.Promise, e.Deadline = "move", "A4", "2027-01-31" }, false},
	} {
		for who, want := range map[string]bool{"approver@KZ-61": false, "approver@KZ-35": tc.home, "approver@KZ": true} {
			e := beds("figure")
			e.Place = "KZ-61"
			if who != "approver@KZ-61" {
				e.Place = "KZ-35"
			}
			tc.change(&e)
			if _, err := a.Enter(acting(who), e); want && err != nil || !want && !fault.Is(err, fault.Forbidden) {
				t.Errorf("%s, %s: %v", name, who, err)
			}
		}
	}
}
