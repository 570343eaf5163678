package mspdi

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/works/network"
)

func hospital(t testing.TB) []byte {
	t.Helper()
	b, err := os.ReadFile("testdata/hospital.xml")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func read(t testing.TB, raw []byte) *schedule.Schedule {
	t.Helper()
	s, err := Read(bytes.NewReader(raw), "plan.xml", 0)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func task(s *schedule.Schedule, id string) *schedule.Task {
	for i := range s.Projects[0].Tasks {
		if t := &s.Projects[0].Tasks[i]; t.ID == id {
			return t
		}
	}
	return &schedule.Task{}
}

func TestHospital(t *testing.T) {
	s := read(t, hospital(t))
	p := s.Projects[0]
	if p.Name != "Аудандық аурухана, Көкжар" || p.Currency != "KZT" || p.StatusDate.String() != "2026-03-13 17:00" || p.Calendar != "1" || len(p.Tasks) != 8 || len(p.Links) != 6 {
		t.Errorf("project: %q %s %v %s, %d tasks, %d links", p.Name, p.Currency, p.StatusDate, p.Calendar, len(p.Tasks), len(p.Links))
	}
	base := task(s, "2")
	if base.Parent != "1" || base.WBS != "1.1" || base.Duration != 40*60 || base.DurationUnit != "day" || base.Percent.String() != "100" || base.Cost.String() != "1500000" || base.Level != 2 {
		t.Errorf("foundation: %+v", base)
	}
	if len(base.Codes) != 1 || base.Codes[0] != (schedule.Code{Type: "Stage", Value: "frame", Name: "Каркас"}) {
		t.Errorf("codes: %+v", base.Codes)
	}
	if len(base.Fields) != 2 || base.Fields[0] != (schedule.Field{Name: "Участок", Value: "А корпусы"}) || base.Fields[1].Value != "123.45" {
		t.Errorf("fields: %+v", base.Fields)
	}
	walls := task(s, "3")
	if walls.Done().String() != "45" || !walls.Estimated || *walls.Remaining != 40*60 || walls.Deadline == nil || walls.Baseline(3).Start.String() != "2026-03-16 08:00" {
		t.Errorf("walls: %+v", walls)
	}
	if dry := task(s, "4"); dry.Calendar != network.Elapsed || dry.Duration != 72*60 {
		t.Errorf("an elapsed duration: %+v", dry)
	}
	if frame := task(s, "1"); frame.Kind != network.Summary || frame.Baseline(0).Cost.String() != "5000000" {
		t.Errorf("frame: %+v", frame)
	}
	if end := task(s, "8"); end.Kind != network.Milestone {
		t.Errorf("end: %+v", end)
	}
	if c := task(s, "6").Constraints; len(c) != 1 || c[0].Limit != network.StartNoEarlier {
		t.Errorf("constraints: %+v", c)
	}
	for code, want := range map[string]int{"null_task": 1, "date_absent": 1, "inactive": 1, "link_external": 1, "lag_percent": 1, "assignment_lost": 1, "people": 1} {
		if s.Count(code) != want {
			t.Errorf("%s: %d, want %d", code, s.Count(code), want)
		}
	}
}

// No name of a person and no path of somebody's computer is kept.
func TestPeopleStayAway(t *testing.T) {
	s := read(t, hospital(t))
	for _, r := range s.Resources {
		if r.Kind == schedule.People && r.Name != "" {
			t.Errorf("resource %+v", r)
		}
	}
	for _, c := range s.Calendars {
		if c.Name == "Somebody" {
			t.Error("the calendar of a person was kept")
		}
	}
	for _, f := range s.Findings {
		if strings.Contains(f.Text["en"], "server") || strings.Contains(f.Text["en"], "Somebody") {
			t.Errorf("finding %v", f)
		}
	}
	if r := s.Resources[1]; r.Kind != schedule.Material || r.Name != "Бетон" || r.Unit != "м3" {
		t.Errorf("material: %+v", r)
	}
}

// The dates of the file are those that the links give: Nauryz is free, concrete
// dries for 72 hours whatever the day.
func TestDatesAgree(t *testing.T) {
	s := read(t, hospital(t))
	r, err := network.Solve(s.Network(&s.Projects[0]))
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"2": "2026-03-06 17:00", "3": "2026-03-20 17:00", "4": "2026-03-23 17:00", "6": "2026-04-10 17:00"} {
		if x, ok := r.Find(id); !ok || x.EarlyFinish.String() != want {
			t.Errorf("task %s ends %s, want %s", id, x.EarlyFinish, want)
		}
	}
	// the lag of 8 hours after the finishing: one working day more
	if x, _ := r.Find("8"); x.EarlyFinish.String() != "2026-04-13 17:00" {
		t.Errorf("handing over: %s", x.EarlyFinish)
	}
}

func wide(s string, big bool) []byte {
	var b bytes.Buffer
	b.WriteString("\xff\xfe")
	if big {
		b.Reset()
		b.WriteString("\xfe\xff")
	}
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b.Write([]byte{byte(u >> 8), byte(u)})
		} else {
			b.Write([]byte{byte(u), byte(u >> 8)})
		}
	}
	return b.Bytes()
}

func TestEncodings(t *testing.T) {
	plain := string(hospital(t))
	sixteen := strings.Replace(plain, `encoding="UTF-8"`, `encoding="UTF-16"`, 1)
	russian := strings.NewReplacer(`encoding="UTF-8"`, `encoding="windows-1251"`, "Аудандық аурухана, Көкжар", "Больница", "Аудандық аурухана", "Больница", "Бес күн", "Пять дней", "А корпусы", "Корпус А").Replace(plain)
	narrow, err := charmap.Windows1251.NewEncoder().String(russian)
	if err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string][]byte{
		"UTF-8 with byte order mark": []byte("\xef\xbb\xbf" + plain), "UTF-16 little endian": wide(sixteen, false), "UTF-16 big endian": wide(sixteen, true), "Windows-1251": []byte(narrow),
	} {
		s := read(t, raw)
		if s.Encoding != name || task(s, "2").Name != "Фундамент" {
			t.Errorf("%s: read as %s, %q", name, s.Encoding, task(s, "2").Name)
		}
	}
	if s := read(t, wide(sixteen, false)[2:]); task(s, "2").Name != "Фундамент" {
		t.Error("UTF-16 without a mark")
	}
}

type endless struct{ text string }

func (e endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], e.text)
	}
	return n, nil
}

const begin = `<?xml version="1.0"?><Project><Tasks>`

// Every hostile file is refused with a sentence.
func TestHostile(t *testing.T) {
	laughs := `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><Project><Title>&b;</Title></Project>`
	for name, tc := range map[string]struct {
		r    io.Reader
		kind fault.Kind
	}{
		"billion laughs":   {strings.NewReader(laughs), fault.Invalid},
		"doctype inside":   {strings.NewReader(begin + `<Task><UID>1</UID><!DOCTYPE x></Task></Tasks></Project>`), fault.Invalid},
		"unknown entity":   {strings.NewReader(`<Project><Title>&b;</Title></Project>`), fault.Invalid},
		"outside entity":   {strings.NewReader(`<!DOCTYPE x SYSTEM "file:///etc/passwd"><Project/>`), fault.Invalid},
		"empty":            {strings.NewReader(""), fault.Invalid},
		"blank":            {strings.NewReader("  \n "), fault.Invalid},
		"not XML":          {strings.NewReader("ERMHDR\t19.12"), fault.Invalid},
		"other root":       {strings.NewReader("<html></html>"), fault.Invalid},
		"cut":              {bytes.NewReader(hospital(t)[:6000]), fault.Invalid},
		"endless text":     {io.MultiReader(strings.NewReader(begin+"<Task><Name>"), endless{"a"}), fault.TooLarge},
		"endless tag":      {io.MultiReader(strings.NewReader(begin+"<Task a=\""), endless{"a "}), fault.TooLarge},
		"endless depth":    {io.MultiReader(strings.NewReader(begin), endless{"<Task>"}), fault.Invalid},
		"endless skipped":  {io.MultiReader(strings.NewReader(begin+"<Task><Notes>"), endless{"<Notes>"}), fault.Invalid},
		"endless children": {io.MultiReader(strings.NewReader(begin+"<Task>"), endless{"<a>b</a>"}), fault.Invalid},
		"endless fields":   {io.MultiReader(strings.NewReader("<Project>"), endless{"<a/>"}), fault.Invalid},
		"endless comments": {io.MultiReader(strings.NewReader(begin+"<Task><Name>"), endless{"a<!---->"}), fault.TooLarge},
		"unknown encoding": {strings.NewReader(`<?xml version="1.0" encoding="EBCDIC"?><Project/>`), fault.Invalid},
		"broken UTF-8":     {strings.NewReader("<Project><Title>\xff\xfe\xff</Title></Project>"), fault.Invalid},
		"task no number":   {strings.NewReader(begin + `<Task><Name>a</Name></Task></Tasks></Project>`), fault.Invalid},
	} {
		if _, err := Read(tc.r, "plan.xml", 0); !fault.Is(err, tc.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Read(bytes.NewReader(hospital(t)), "plan.xml", 5000); !fault.Is(err, fault.TooLarge) {
		t.Errorf("beyond the limit: %v", err)
	}
	// Centuries of free days in thousands of calendars do not fill the memory.
	var b strings.Builder
	b.WriteString(`<Project><Calendars>`)
	for range 2000 {
		b.WriteString(`<Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar><Exceptions><Exception><TimePeriod><FromDate>2000-01-01</FromDate><ToDate>2049-12-31</ToDate></TimePeriod><DayWorking>0</DayWorking></Exception></Exceptions></Calendar>`)
	}
	b.WriteString(`</Calendars></Project>`)
	if s := read(t, []byte(b.String())); s.Count("calendar_part") < 1000 {
		t.Errorf("centuries: %d", s.Count("calendar_part"))
	}
}

func TestDurations(t *testing.T) {
	for in, want := range map[string]int64{"PT8H0M0S": 480, "PT0H0M0S": 0, "P1DT2H": 1560, "PT1.5H": 90, "PT30M": 30, "P2W": 20160, "P0Y0M3D": 4320} {
		if got, _, code := isoDuration(in); got != want || code != "" {
			t.Errorf("%s: %d %s, want %d", in, got, code, want)
		}
	}
	for in, want := range map[string]string{"": "duration", "P": "duration", "PT": "duration", "8H": "duration", "PT8X": "duration", "P1Y": "duration_rough", "P2M": "duration_rough", "PT-8H": "duration", "PT1e9H": "duration", "PT99999999999999H": "duration", "PT8H3": "duration"} {
		if _, _, code := isoDuration(in); code != want {
			t.Errorf("%s: %s, want %s", in, code, want)
		}
	}
	if _, seconds, _ := isoDuration("PT1M30S"); !seconds {
		t.Error("half a minute was dropped in silence")
	}
	if unit, elapsed, _, guessed := durationUnit(40); unit != "day" || !elapsed || !guessed {
		t.Error("an elapsed day with a question mark")
	}
}

func FuzzRead(f *testing.F) {
	f.Add(hospital(f))
	f.Add([]byte(begin + `<Task><UID>1</UID><OutlineLevel>9</OutlineLevel><PredecessorLink><PredecessorUID>1</PredecessorUID><LinkLag>-5</LinkLag><LagFormat>20</LagFormat></PredecessorLink></Task></Tasks></Project>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := Read(bytes.NewReader(raw), "plan.xml", 1<<20)
		if err != nil {
			if k := fault.KindOf(err); k != fault.Invalid && k != fault.TooLarge {
				t.Fatalf("%s: %v", k, err)
			}
			return
		}
		n := s.Network(&s.Projects[0])
		r, err := network.Solve(n)
		if err != nil {
			if !fault.Is(err, fault.Invalid) {
				t.Fatal(err)
			}
			return
		}
		network.Audit(n, r)
	})
}
