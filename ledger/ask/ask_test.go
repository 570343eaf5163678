package ask

import (
	"testing"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"pgregory.net/rapid"
)

func day(s string) period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func on(s string) *period.Date {
	d := day(s)
	return &d
}

// hub is asked on Tuesday, 24 November 2026, for an answer by 8 December.
func hub() ledger.Ask {
	return ledger.Ask{ID: "ask-hub-1", About: "C7p", Office: "akimat-35", Text: lang.Text{lang.EN: "Is it open?"}, On: day("2026-11-24"), Due: day("2026-12-08")}
}

func word(id, date string) ledger.Answer {
	a := ledger.Answer{About: "C7p", Ask: id, Office: "akimat-35", Text: lang.Text{lang.EN: "Soon."}}
	if date != "" {
		a.On = on(date)
	}
	return a
}

func TestStanding(t *testing.T) {
	closed := hub()
	closed.Closed, closed.ClosedOn = "asked by mistake", on("2026-11-30")
	for _, c := range []struct {
		name    string
		ask     ledger.Ask
		answers []ledger.Answer
		on      string
		state   State
		waited  int
		left    int
	}{
		{"on the day of asking", hub(), nil, "2026-11-24", Open, 0, 14},
		{"the last day is included", hub(), nil, "2026-12-08", Open, 14, 0},
		{"the day after", hub(), nil, "2026-12-09", Overdue, 15, -1},
		{"an answer counts from its day", hub(), []ledger.Answer{word("ask-hub-1", "2026-12-10")}, "2026-12-09", Overdue, 15, -1},
		{"answered, two days late", hub(), []ledger.Answer{word("ask-hub-1", "2026-12-10")}, "2026-12-20", Answered, 16, -12},
		{"the first of two answers", hub(), []ledger.Answer{word("ask-hub-1", "2026-12-03"), word("ask-hub-1", "2026-11-26")}, "2026-12-20", Answered, 2, -12},
		{"an answer to another ask", hub(), []ledger.Answer{word("ask-other", "2026-11-26")}, "2026-11-30", Open, 6, 8},
		{"an answer that was not asked for", hub(), []ledger.Answer{word("", "2026-11-26")}, "2026-11-30", Open, 6, 8},
		{"taken back", closed, nil, "2026-12-31", Closed, 6, -23},
		{"not yet taken back", closed, nil, "2026-11-29", Open, 5, 9},
		{"answered before it was taken back", closed, []ledger.Answer{word("ask-hub-1", "2026-11-26")}, "2026-12-31", Answered, 2, -23},
	} {
		list := At([]ledger.Ask{c.ask}, c.answers, day(c.on))
		if len(list) != 1 {
			t.Fatalf("%s: %d asks", c.name, len(list))
		}
		if s := list[0]; s.State != c.state || s.Waited != c.waited || s.Left != c.left {
			t.Errorf("%s: %s, %d days without a word, %d left; want %s, %d, %d", c.name, s.State, s.Waited, s.Left, c.state, c.waited, c.left)
		}
	}
	if list := At([]ledger.Ask{hub()}, nil, day("2026-11-23")); len(list) != 0 {
		t.Errorf("the day before nobody had asked: %v", list)
	}
}

func TestNewestFirstAndOneAtATime(t *testing.T) {
	first, second := hub(), hub()
	second.ID, second.On, second.Due = "ask-hub-2", day("2026-12-01"), day("2026-12-15")
	answers := []ledger.Answer{word("ask-hub-1", "2026-11-27")}
	list := At([]ledger.Ask{first, second}, answers, day("2026-12-02"))
	if len(list) != 2 || list[0].ID != "ask-hub-2" {
		t.Fatalf("the newest stands first: %v", list)
	}
	if s, ok := Waiting(list, "C7p", "akimat-35"); !ok || s.ID != "ask-hub-2" {
		t.Errorf("the second one waits: %v %v", s, ok)
	}
	if _, ok := Waiting(list, "C7p", "moh"); ok {
		t.Error("another office may be asked")
	}
	if _, ok := Waiting(At([]ledger.Ask{first}, answers, day("2026-12-02")), "C7p", "akimat-35"); ok {
		t.Error("what was answered may be asked again")
	}
}

// Counted on a calendar: 24 November 2026 is a Tuesday; 16 December is a
// holiday in Kazakhstan.
func TestWorkingDays(t *testing.T) {
	off := func(d period.Date) bool {
		w := d.Time().Weekday()
		return w == 0 || w == 6 || d == day("2026-12-16")
	}
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-11-24", 10, "2026-12-08"},
		{"2026-11-27", 1, "2026-11-30"}, // Friday to Monday
		{"2026-11-28", 1, "2026-11-30"}, // Saturday to Monday
		{"2026-12-15", 1, "2026-12-17"}, // over the holiday
		{"2026-12-04", 10, "2026-12-21"},
		{"2026-11-24", 0, "2026-11-24"},
	} {
		if got := WorkingDays(day(c.from), c.n, off); got != day(c.want) {
			t.Errorf("%d working days after %s: %s, want %s", c.n, c.from, got, c.want)
		}
	}
	if got := WorkingDays(day("2026-01-01"), 1, func(period.Date) bool { return true }); got < day("2030-01-01") {
		t.Errorf("without working days the search ends, far away: %s", got)
	}
}

func TestSteps(t *testing.T) {
	for date, want := range map[string]Step{
		"2026-11-24": "", "2026-12-04": "", "2026-12-05": Before, "2026-12-07": Before, "2026-12-08": OnDue, "2026-12-14": OnDue, "2026-12-15": Late(1), "2026-12-21": Late(1), "2026-12-22": Late(2),
		"2027-01-05": Late(4),
	} {
		s := At([]ledger.Ask{hub()}, nil, day(date))[0]
		got, ok := s.StepOn(day(date))
		if ok != (want != "") || (ok && got != want) {
			t.Errorf("%s: %q %v, want %q", date, got, ok, want)
		}
	}
	short := hub()
	short.Due = day("2026-11-26")
	s := At([]ledger.Ask{short}, nil, day("2026-11-25"))[0]
	if step, ok := s.StepOn(day("2026-11-25")); ok {
		t.Errorf("asked for the day after tomorrow, yet reminded at once: %s", step)
	}
	answered := At([]ledger.Ask{hub()}, []ledger.Answer{word("ask-hub-1", "2026-12-01")}, day("2026-12-20"))[0]
	if step, ok := answered.StepOn(day("2026-12-20")); ok {
		t.Errorf("who answered is left in peace: %s", step)
	}
}

// However often and on whichever days the job runs, no step is sent twice, and
// of the steps that passed meanwhile only the newest is sent.
func TestRemindersAreSentOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sent := map[Step]int{}
		at := hub().On
		for at < hub().Due+60 {
			list := Reminders(At([]ledger.Ask{hub()}, nil, at), at, func(_ string, s Step) bool { return sent[s] > 0 })
			if len(list) > 1 {
				t.Fatalf("%d reminders of one ask at once", len(list))
			}
			for _, r := range list {
				sent[r.Step]++
			}
			at += period.Date(rapid.IntRange(1, 9).Draw(t, "days"))
		}
		for step, n := range sent {
			if n > 1 {
				t.Fatalf("%s was sent %d times", step, n)
			}
		}
		if sent[OnDue] == 0 && sent[Late(1)] == 0 {
			t.Fatalf("in the two weeks after the day nobody was reminded: %v", sent)
		}
	})
}
