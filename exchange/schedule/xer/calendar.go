package xer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works/network"
)

// part is a piece of the text in which P6 writes a calendar: a name, values and
// pieces inside.
//
//	(0||name(key|value|key|value)(piece piece ...))
type part struct {
	name   string
	values map[string]string
	kids   []part
}

// Bounds on the text of a calendar.
const (
	maxParts = 200_000
	maxNest  = 12
)

// dayZero is the day from which P6 counts days, as spreadsheets do.
var dayZero = period.NewDate(1899, 12, 30)

// parser goes through the text of a calendar.
type parser struct {
	s     string
	at    int
	parts int
}

// parse reads one piece at the next bracket; ok is false when there is none or
// it is broken.
func (p *parser) parse(depth int) (part, bool) {
	var out part
	p.blanks()
	if p.parts++; p.parts > maxParts || depth > maxNest || !p.take('(') {
		return out, false
	}
	head := p.until("()")
	if i := strings.Index(head, "||"); i >= 0 {
		out.name = strings.TrimSpace(head[i+2:])
	}
	if !p.take('(') {
		return out, p.take(')')
	}
	out.values = pairs(p.until("()"))
	if !p.take(')') {
		return out, false
	}
	p.blanks()
	if p.take('(') {
		for {
			p.blanks()
			if p.take(')') {
				break
			}
			k, ok := p.parse(depth + 1)
			if !ok {
				return out, false
			}
			out.kids = append(out.kids, k)
		}
		p.blanks()
	}
	return out, p.take(')')
}

func (p *parser) blanks() {
	for p.at < len(p.s) && (p.s[p.at] <= ' ' || p.s[p.at] == 0x7f) {
		p.at++
	}
}

func (p *parser) take(c byte) bool {
	if p.at < len(p.s) && p.s[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *parser) until(any string) string {
	i := strings.IndexAny(p.s[p.at:], any)
	if i < 0 {
		i = len(p.s) - p.at
	}
	from := p.at
	p.at += i
	return p.s[from:p.at]
}

func pairs(s string) map[string]string {
	f := strings.Split(s, "|")
	out := map[string]string{}
	for i := 0; i+1 < len(f); i += 2 {
		out[strings.TrimSpace(f[i])] = strings.TrimSpace(f[i+1])
	}
	return out
}

// kid returns the first piece of a name inside.
func (t *part) kid(name string) *part {
	for i := range t.kids {
		if strings.EqualFold(t.kids[i].name, name) {
			return &t.kids[i]
		}
	}
	return nil
}

// shifts reads the working times of a day: s is the start and f the finish.
func (t *part) shifts() ([]network.Shift, bool) {
	var out []network.Shift
	for _, k := range t.kids {
		from, okFrom := network.ParseClock(k.values["s"])
		to, okTo := network.ParseClock(k.values["f"])
		if !okFrom || !okTo {
			return nil, false
		}
		if to == 0 || to == 23*60+59 {
			to = 1440
		}
		if from >= to {
			return nil, false
		}
		out = append(out, network.Shift{From: from, To: to})
	}
	slices.SortFunc(out, func(a, b network.Shift) int { return cmp.Compare(a.From, b.From) })
	for i := 1; i < len(out); i++ {
		if out[i-1].To > out[i].From {
			return nil, false
		}
	}
	return out, len(out) <= 24
}

// calendarOf reads the text of a calendar. partly is true when a day of it was not
// understood, ok is false when nothing was.
func calendarOf(text string) (c network.Calendar, partly, ok bool) {
	p := parser{s: text}
	root, whole := p.parse(0)
	c.Exceptions = map[period.Date][]network.Shift{}
	week := root.kid("DaysOfWeek")
	if week == nil {
		return c, false, false
	}
	partly = !whole
	for i := range week.kids {
		day, err := strconv.Atoi(week.kids[i].name)
		shifts, good := week.kids[i].shifts()
		if err != nil || day < 1 || day > 7 || !good {
			partly = true
			continue
		}
		c.Week[day-1] = shifts
	}
	if e := root.kid("Exceptions"); e != nil {
		for i := range e.kids {
			n, err := strconv.Atoi(e.kids[i].values["d"])
			shifts, good := e.kids[i].shifts()
			if err != nil || n < 1 || n > 110_000 || !good {
				partly = true
				continue
			}
			c.Exceptions[dayZero+period.Date(n)] = shifts
		}
	}
	return c, partly, true
}

// calendars reads the calendars on which activities rest. Those of resources
// bear the names of people and are passed over unless a task uses them.
func (x *reader) calendars() {
	used := map[string]bool{}
	for _, table := range []string{"PROJECT", "TASK"} {
		x.each(table, func(r *row) { used[r.get("clndr_id")] = true })
	}
	x.each("CALENDAR", func(r *row) {
		id := r.get("clndr_id")
		private := r.get("clndr_type") == "CA_Rsrc"
		if id == "" || x.hours[id] || private && !used[id] {
			return
		}
		x.hours[id] = true
		c, partly, ok := calendarOf(r.get("clndr_data"))
		c.ID, c.Name = id, r.text("clndr_name")
		if private {
			c.Name = id
		}
		if m, given := r.minutes("day_hr_cnt"); given && m > 0 && m <= 1440 {
			c.DayMinutes = int(m)
		}
		if ok && partly {
			x.s.Note("calendar_part", r.path("clndr_data"), c.Name, "")
		}
		if !ok || c.Check() != nil {
			x.s.Note("calendar", r.path("clndr_data"), c.Name, "clndr_data")
			c.Week, c.Exceptions = network.FiveDays("").Week, nil
		}
		x.s.Calendars = append(x.s.Calendars, c)
	})
}
