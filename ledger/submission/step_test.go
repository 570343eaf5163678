package submission_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/place"
	"pgregory.net/rapid"
)

// land is KZ above KZ-35 above its town, KZ-61 beside, and the city KZ-75.
var land = func() *place.Atlas {
	name := lang.Text{lang.KK: "x", lang.RU: "x", lang.EN: "x"}
	a, err := place.NewAtlas([]place.Place{
		{ID: "KZ", Kind: place.Country, Name: name}, {ID: "KZ-35", Kind: place.Region, Parent: "KZ", Name: name}, {ID: "KZ-61", Kind: place.Region, Parent: "KZ", Name: name},
		{ID: "KZ-75", Kind: place.City, Parent: "KZ", Name: name}, {ID: "751", Kind: place.CityDistrict, Parent: "KZ-75", Name: name},
		{ID: "3521", Kind: place.City, Parent: "KZ-35", Name: name},
	}, nil, nil)
	if err != nil {
		panic(err)
	}
	return a
}()

var day = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

func who(id string, role actor.Role, at place.ID) actor.Actor {
	return actor.Actor{ID: actor.ID(id), Office: "office-" + id, Grants: []actor.Grant{{Role: role, Territory: at}}}
}

var (
	author   = who("u_author", actor.Contributor, "KZ-35")
	regional = who("u_regional", actor.Approver, "KZ-35")
	national = who("u_national", actor.Approver, "KZ")
	nextDoor = who("u_next", actor.Approver, "KZ-61")
	town     = who("u_town", actor.Approver, "3521")
)

func draft(levels ...submission.Level) submission.Submission {
	s, err := submission.Begin(submission.Submission{ID: "balkhash-1", Kind: submission.Form, Place: "3521", Office: "office-u_author", Template: "beds", Period: "2026-10", Levels: levels,
		Values: []submission.Value{{Measure: "beds", Value: "12"}}}, author, land)
	if err != nil {
		panic(err)
	}
	return s
}

// at returns a submission in a state.
func at(t *testing.T, state submission.State) submission.Submission {
	t.Helper()
	s := draft(place.Region, place.Country)
	take := func(act submission.Act, a actor.Actor) {
		var err error
		if s, err = s.Take(act, submission.Step{Who: a, At: day, Comment: "see row 3"}, land); err != nil {
			t.Fatal(err)
		}
	}
	if state == submission.Draft {
		return s
	}
	if state == submission.Withdrawn {
		take(submission.Withdraw, author)
		return s
	}
	take(submission.Submit, author)
	if state == submission.Submitted {
		return s
	}
	if state == submission.Returned {
		take(submission.Return, regional)
		return s
	}
	take(submission.Approve, regional)
	take(submission.Approve, national)
	if state == submission.Approved {
		return s
	}
	take(submission.Publish, regional)
	if state == submission.Publishing {
		return s
	}
	s, err := s.Finish("r0000000000001")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The table: which steps each may take in each state. Whoever is not listed
// may take none.
func TestWhoMayWhatWhen(t *testing.T) {
	allowed := map[submission.State]map[string]string{
		submission.Draft:      {"author": "edit submit withdraw", "colleague": "edit submit withdraw", "local": ""},
		submission.Submitted:  {"author": "withdraw", "colleague": "withdraw", "regional": "approve return", "national": "approve return", "local": "approve return"},
		submission.Returned:   {"author": "edit submit withdraw", "colleague": "edit submit withdraw"},
		submission.Approved:   {"author": "withdraw", "colleague": "withdraw", "town": "publish", "regional": "publish", "national": "return publish", "local": "return publish"},
		submission.Publishing: {},
		submission.Published:  {},
		submission.Withdrawn:  {},
	}
	people := map[string]actor.Actor{"author": author, "colleague": {ID: "u_colleague", Office: author.Office, Grants: author.Grants}, "regional": regional, "national": national,
		"next door": nextDoor, "town": town, "nobody": {}, "local": actor.Local("KZ")}
	for _, role := range actor.Roles() {
		if role != actor.Approver { // those above
			people["another "+string(role)] = who("u_"+string(role), role, "KZ")
		}
	}
	for _, state := range submission.States() {
		s := at(t, state)
		if s.State != state {
			t.Fatalf("made %s, want %s", s.State, state)
		}
		for name, a := range people {
			want := allowed[state][name]
			var got []string
			for _, act := range s.May(a, land) {
				got = append(got, string(act))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s: %s may %q, want %q", state, name, strings.Join(got, " "), want)
			}
			for _, act := range submission.Acts() {
				next, err := s.Take(act, submission.Step{Who: a, At: day, Comment: "see row 3"}, land)
				if may := slices.Contains(got, string(act)); may != (err == nil) {
					t.Errorf("%s: %s %s: May says %v, Take says %v", state, name, act, may, err)
				}
				if err != nil && next.State != state {
					t.Errorf("%s: a refused %s left state %s", state, act, next.State)
				}
				if err != nil && !fault.Is(err, fault.Forbidden) && !fault.Is(err, fault.Conflict) {
					t.Errorf("%s: %s %s: %v is of kind %s", state, name, act, err, fault.KindOf(err))
				}
			}
		}
	}
}

func TestFourEyes(t *testing.T) {
	both := actor.Actor{ID: "u_both", Office: "o", Grants: []actor.Grant{{Role: actor.Contributor, Territory: "KZ"}, {Role: actor.Approver, Territory: "KZ"}}}
	s, err := submission.Begin(submission.Submission{ID: "own-judge", Kind: submission.Answer, Place: "KZ-35", Text: lang.Text{lang.EN: "opened"}, Levels: []submission.Level{place.Region}}, both, land)
	if err != nil {
		t.Fatal(err)
	}
	if s, err = s.Take(submission.Submit, submission.Step{Who: both, At: day}, land); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Take(submission.Approve, submission.Step{Who: both, At: day}, land); !fault.Is(err, fault.Forbidden) {
		t.Errorf("who submitted approved: %v", err)
	}
	local := actor.Local("KZ")
	s, err = submission.Begin(submission.Submission{ID: "one-person", Kind: submission.Answer, Place: "KZ-35", Text: lang.Text{lang.EN: "opened"}}, local, land)
	for _, act := range []submission.Act{submission.Submit, submission.Approve, submission.Publish} {
		if err == nil {
			s, err = s.Take(act, submission.Step{Who: local, At: day}, land)
		}
	}
	if err != nil || s.State != submission.Publishing {
		t.Errorf("alone at the machine one does everything: %s, %v", s.State, err)
	}
}

func TestSeats(t *testing.T) {
	for _, c := range []struct {
		level submission.Level
		at    place.ID
		want  place.ID
	}{
		{place.Region, "3521", "KZ-35"}, {place.Country, "3521", "KZ"}, {place.Region, "KZ-35", "KZ-35"}, {place.Region, "KZ", "KZ"},
		{place.Region, "KZ-75", "KZ-75"}, {place.Region, "751", "KZ-75"}, {place.City, "3521", "3521"}, {place.District, "KZ-35", "KZ-35"},
	} {
		if got := submission.Seat(c.level, c.at, land); got != c.want {
			t.Errorf("level %s of %s sits in %s, want %s", c.level, c.at, got, c.want)
		}
	}
}

func TestNobodyElseSeesADraft(t *testing.T) {
	s := draft(place.Region)
	for name, c := range map[string]struct {
		a    actor.Actor
		want bool
	}{
		"author": {author, true}, "regional": {regional, true}, "national": {national, true}, "next door": {nextDoor, false}, "nobody": {actor.Actor{}, false},
		"public role": {who("u_p", actor.Public, "KZ"), false}, "colleague elsewhere": {actor.Actor{ID: "u_c", Office: author.Office}, true},
	} {
		if got := s.Visible(c.a, land); got != c.want {
			t.Errorf("%s sees the draft: %v, want %v", name, got, c.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	s := at(t, submission.Submitted)
	for name, c := range map[string]struct {
		act  submission.Act
		step submission.Step
	}{
		"return without a word": {submission.Return, submission.Step{Who: regional, Comment: "  "}},
		"an endless comment":    {submission.Approve, submission.Step{Who: regional, Comment: strings.Repeat("ы", submission.MaxComment+1)}},
		"signature of nothing":  {submission.Approve, submission.Step{Who: regional, Signature: &submission.Signature{Type: "application/cms"}}},
		"signature of no type":  {submission.Approve, submission.Step{Who: regional, Signature: &submission.Signature{Bytes: []byte{1}}}},
		"signature on a return": {submission.Return, submission.Step{Who: regional, Comment: "x", Signature: &submission.Signature{Type: "a/b", Bytes: []byte{1}}}},
	} {
		if _, err := s.Take(c.act, c.step, land); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	signed, err := s.Take(submission.Approve, submission.Step{Who: regional, At: day, Signature: &submission.Signature{Type: "application/cms", Bytes: []byte{1, 2}}}, land)
	if err != nil || string(signed.Approvals[0].Signature.Bytes) != "\x01\x02" {
		t.Errorf("a signature is kept as it came: %v", err)
	}
	if len(s.Approvals) != 0 {
		t.Error("a step changed the submission before it")
	}
	for name, spoil := range map[string]func(*submission.Submission){
		"an empty form":       func(s *submission.Submission) { s.Values = nil },
		"unfilled values":     func(s *submission.Submission) { s.Values[0].Value = "" },
		"a date of no reason": func(s *submission.Submission) { s.Deadline = "2026-12-31" },
	} {
		d := draft()
		spoil(&d)
		if _, err := d.Take(submission.Submit, submission.Step{Who: author}, land); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s was submitted: %v", name, err)
		}
	}
	for name, spoil := range map[string]func(*submission.Submission){
		"a short id":         func(s *submission.Submission) { s.ID = "abc" },
		"an id of a path":    func(s *submission.Submission) { s.ID = "../../etc/passwd" },
		"no place":           func(s *submission.Submission) { s.Place = "" },
		"an unknown kind":    func(s *submission.Submission) { s.Kind = "poem" },
		"a deadline of talk": func(s *submission.Submission) { s.Deadline = "soon" },
		"two of one cell":    func(s *submission.Submission) { s.Values = append(s.Values, s.Values[0]) },
		"the cell spelled out": func(s *submission.Submission) {
			s.Values = append(s.Values, submission.Value{Measure: "beds", Place: "3521", Period: "2026-10", Kind: "actual", Value: "13"})
		},
	} {
		d := draft()
		spoil(&d)
		if err := d.Check(); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRevise(t *testing.T) {
	s := draft()
	c := s.Content()
	c.Values = []submission.Value{{Measure: "beds", Value: "14"}}
	next, err := s.Revise(c, author, land)
	if err != nil || next.Values[0].Value != "14" || s.Values[0].Value != "12" {
		t.Fatalf("revised to %v, %v", next.Values, err)
	}
	c.Place = "KZ-61"
	if _, err := s.Revise(c, author, land); !fault.Is(err, fault.Invalid) {
		t.Errorf("a submission moved to another place: %v", err)
	}
	if _, err := submission.Begin(submission.Submission{ID: "elsewhere-1", Kind: submission.Form, Place: "KZ-61"}, author, land); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a draft for another region: %v", err)
	}
}

// Whatever anybody does in whatever order: what is published was approved at
// every level by different people, none of whom submitted it, and says what was
// submitted; nothing changes after submission but by way of a return.
func TestNoWayAround(t *testing.T) {
	people := []actor.Actor{author, regional, national, nextDoor, town, {ID: "u_colleague", Office: author.Office, Grants: author.Grants},
		{ID: "u_both", Office: author.Office, Grants: []actor.Grant{{Role: actor.Contributor, Territory: "KZ"}, {Role: actor.Approver, Territory: "KZ"}}}}
	levels := [][]submission.Level{{place.Region}, {place.Region, place.Country}, {place.City, place.Region, place.Country}}
	rapid.Check(t, func(r *rapid.T) {
		s := draft(rapid.SampledFrom(levels).Draw(r, "levels")...)
		said := "" // what was submitted last
		for i := range rapid.IntRange(1, 25).Draw(r, "steps") {
			before := s
			a := rapid.SampledFrom(people).Draw(r, "who")
			act := rapid.SampledFrom(submission.Acts()).Draw(r, "act")
			var err error
			if act == submission.Edit {
				c := s.Content()
				c.Values = []submission.Value{{Measure: "beds", Value: fmt.Sprint(i)}}
				s, err = s.Revise(c, a, land)
			} else {
				s, err = s.Take(act, submission.Step{Who: a, At: day, Comment: "c"}, land)
			}
			if err != nil {
				s = before
				continue
			}
			now := s.Values[0].Value
			if act == submission.Submit {
				said = now
			}
			waiting := s.State == submission.Submitted || s.State == submission.Approved || s.State == submission.Publishing
			if waiting && now != said {
				r.Fatalf("%s by %s changed what was submitted", act, a.ID)
			}
			if before.State == submission.Submitted && act == submission.Edit {
				r.Fatal("edited after submission")
			}
			if len(s.Approvals) > len(before.Approvals)+1 {
				r.Fatal("one act approved two levels")
			}
			if s.State != submission.Publishing {
				continue
			}
			if len(s.Approvals) != len(s.Levels) {
				r.Fatalf("published with %d of %d approvals", len(s.Approvals), len(s.Levels))
			}
			seen := map[actor.ID]bool{s.Submitter: true}
			for k, ap := range s.Approvals {
				if seen[ap.By] || ap.Level != s.Levels[k] || ap.Place != submission.Seat(ap.Level, s.Place, land) {
					r.Fatalf("approval %d is %+v", k, ap)
				}
				seen[ap.By] = true
			}
		}
	})
}

func TestTakeBack(t *testing.T) {
	s := at(t, submission.Published)
	back, err := s.TakeBack(national, "wrong file")
	if err != nil || back.State != submission.Withdrawn || back.Comment != "wrong file" || back.Run != s.Run {
		t.Errorf("taken back: %+v, %v", back, err)
	}
	for _, state := range submission.States() {
		s := at(t, state)
		if _, err := s.TakeBack(national, "x"); (err == nil) != (state == submission.Published) {
			t.Errorf("taken back from %s: %v", state, err)
		}
		if _, err := s.Finish("r1"); (err == nil) != (state == submission.Publishing) {
			t.Errorf("finished from %s: %v", state, err)
		}
		if f, err := s.Fail("x"); (err == nil) != (state == submission.Publishing) || err == nil && f.State != submission.Approved {
			t.Errorf("failed from %s: %v", state, err)
		}
	}
}

// What is the author's own is open to a token only within its scope.
func TestATokenOfTheAuthor(t *testing.T) {
	s := at(t, submission.Draft)
	for name, tc := range map[string]struct {
		scope      []actor.Act
		sees, acts bool
	}{
		"a person":       {nil, true, true},
		"reads":          {[]actor.Act{actor.ReadDrafts}, true, false},
		"writes":         {[]actor.Act{s.Right()}, true, true},
		"something else": {[]actor.Act{actor.ReadPublished}, false, false},
		"nothing":        {[]actor.Act{}, false, false},
	} {
		author := actor.Actor{ID: s.Author, Office: s.Office, Scope: tc.scope}
		if got := s.Visible(author, land); got != tc.sees {
			t.Errorf("%s: sees %v", name, got)
		}
		if got := s.Allow(submission.Withdraw, author, land) == nil; got != tc.acts {
			t.Errorf("%s: withdraws %v", name, got)
		}
	}
}
