package schedule

import (
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
)

func TestEveryFindingHasWords(t *testing.T) {
	for code, text := range phrases {
		for _, c := range lang.Codes() {
			if text[c] == "" {
				t.Errorf("%s has no words in %s", code, c)
			}
		}
	}
}

func TestFindingsAreBounded(t *testing.T) {
	s := &Schedule{}
	for range maxSame + 7 {
		s.Note("date", "x", "yesterday", "")
	}
	if len(s.Findings) != maxSame || s.Uncounted != 7 || s.Count("date") != maxSame+7 {
		t.Errorf("kept %d, beyond %d", len(s.Findings), s.Uncounted)
	}
}

func TestWhichProject(t *testing.T) {
	s := &Schedule{Projects: []Project{{ID: "1", Code: "A"}, {ID: "2", Code: "A-B1", BaselineOf: "1"}}}
	if p, err := s.Project(""); err != nil || p.ID != "1" {
		t.Errorf("the only one: %v %v", p, err)
	}
	s.Projects = append(s.Projects, Project{ID: "3", Code: "C"})
	if _, err := s.Project(""); !fault.Is(err, fault.Invalid) {
		t.Errorf("two: %v", err)
	}
	if p, err := s.Project("C"); err != nil || p.ID != "3" {
		t.Errorf("by code: %v %v", p, err)
	}
	if _, err := s.Project("Z"); !fault.Is(err, fault.NotFound) {
		t.Errorf("none: %v", err)
	}
}
