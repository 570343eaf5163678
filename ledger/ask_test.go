package ledger

import (
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
)

func TestAskCheck(t *testing.T) {
	day := period.NewDate(2026, 11, 24)
	good := Ask{ID: "ask-hub-1", About: "C7p", Office: "akimat-35", Text: lang.Text{lang.EN: "Is it open?"}, On: day, Due: day}
	if err := good.Check(); err != nil {
		t.Fatalf("due on the day of asking: %v", err)
	}
	for name, c := range map[string]struct {
		spoil func(*Ask)
		want  string
	}{
		"a short id":             {func(a *Ask) { a.ID = "ask" }, "8 to 40"},
		"a path as id":           {func(a *Ask) { a.ID = "../../secret" }, "8 to 40"},
		"about nothing":          {func(a *Ask) { a.About = "" }, "about what"},
		"about too much":         {func(a *Ask) { a.About = strings.Repeat("x", 201) }, "about what"},
		"to nobody":              {func(a *Ask) { a.Office = "" }, "which office"},
		"without words":          {func(a *Ask) { a.Text = nil }, "what is asked"},
		"due before":             {func(a *Ask) { a.Due = day - 1 }, "later day"},
		"closed without reason":  {func(a *Ask) { a.ClosedOn = &day }, "says why"},
		"a reason without a day": {func(a *Ask) { a.Closed = "by mistake" }, "says why"},
	} {
		a := good
		c.spoil(&a)
		if err := a.Check(); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want something with %q", name, err, c.want)
		}
	}
	closed := good
	closed.Closed, closed.ClosedOn = "by mistake", &day
	if closed.ClosedBy(day-1) || !closed.ClosedBy(day) || good.ClosedBy(day) {
		t.Error("an ask is closed from its day on")
	}
}

// The code of an answer without ask stays what it was before asks existed; the
// same words in answer to two questions are two answers.
func TestAnswersToTwoQuestionsAreTwo(t *testing.T) {
	codes := map[string]bool{}
	for _, id := range []string{"", "ask-hub-1", "ask-hub-2"} {
		b := Batch{Answers: []Answer{{About: "C7p", Ask: id, Office: "akimat-35", Text: lang.Text{lang.EN: "Soon."}}}}
		if err := EachRecord(&b, func(r Record) error { codes[r.Code] = true; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if len(codes) != 3 || !codes[contentCode("C7p", "akimat-35", `{"en":"Soon."}`)] {
		t.Errorf("%v", codes)
	}
}
