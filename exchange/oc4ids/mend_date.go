package oc4ids

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The ways in which a day, an hour and a zone are written. A day is year
// first, or day first with dots; with slashes or hyphens only when one of the
// two numbers cannot be a month.
var (
	yearFirst = regexp.MustCompile(`^(\d{4})([-./])(\d{1,2})([-./])(\d{1,2})`)
	yearLast  = regexp.MustCompile(`^(\d{1,2})([-./])(\d{1,2})([-./])(\d{4})`)
	eight     = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})`)
	dayWord   = regexp.MustCompile(`^(?:\p{L}+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s.-]+(?:de\s+)?(\p{L}+)\.?,?[\s.-]+(?:de\s+)?(\d{4})(?:\s*(?:года|г\.?|року|р\.?|жыл|ж\.?))?`)
	wordDay   = regexp.MustCompile(`^(\p{L}+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`)
	kazakhDay = regexp.MustCompile(`^(\d{4})\s*(?:жылғы|жылдың|ж\.)\s*(\d{1,2})[\s-]*(?:ші|шы)?\s*(\p{L}+)`)
	hour      = regexp.MustCompile(`^(\d{1,2}):(\d{2})(?::(\d{2})([.,]\d+)?)?`)
	hours     = regexp.MustCompile(`^(\d{2})(\d{2})(\d{2})$`)
	offset    = regexp.MustCompile(`^([+\-−])(\d{1,2}):?(\d{2})?$`)
	msDate    = regexp.MustCompile(`^/Date\((-?\d{1,15})(?:[+-]\d{4})?\)/$`)
	serial    = regexp.MustCompile(`^\d{5}(\.\d+)?$`)
	epoch     = regexp.MustCompile(`^-?(\d{10}|\d{13})$`)
)

// monthWords are beginnings of the names of the months.
var monthWords = func() map[string]int {
	out := map[string]int{}
	for i, words := range []string{
		"jan янв қаң қан каң січ ene", "feb фев ақп акп лют", "mar мар нау бер", "apr апр сәу сау кві abr", "may май мая мам тра", "jun июн мау чер",
		"jul июл шіл шил лип", "aug авг там сер ago", "sep сен қыр кыр вер set", "oct окт қаз каз жов", "nov ноя қараш караш лис", "dec дек жел гру dic dez"} {
		for w := range strings.FieldsSeq(words) {
			out[w] = i + 1
		}
	}
	return out
}()

// monthOf reads the name of a month, 0 when it is none. Of two beginnings the
// longer counts: қараша is November, қазан October.
func monthOf(word string) int {
	w := []rune(strings.ToLower(word))
	for n := min(len(w), 5); n >= 3; n-- {
		if m := monthWords[string(w[:n])]; m > 0 {
			return m
		}
	}
	return 0
}

// time mends a date-time. The day must be certain; an hour that is not given is
// the beginning of the day, or its end for the last day of something, as the
// standard advises; a zone that is not given is that of the country.
func (m *mender) time(v *Value) {
	if _, ok := instant(v.Text); ok {
		return
	}
	out, why, problem := m.instantOf(strings.TrimSpace(v.Text), lastDay(v.at))
	if _, ok := instant(out); ok && problem == "" {
		m.change(v, text(out), why, "zone", m.zone())
		return
	}
	if problem == "" {
		problem = "date_unknown"
	}
	m.problem(v.at, "format", problem)
}

// lastDay reports whether a field names the last day of something.
func lastDay(at string) bool {
	switch fold(at[strings.LastIndexByte(at, '/')+1:]) {
	case "enddate", "duedate", "maxextentdate", "end":
		return true
	}
	return false
}

// zone is the offset of an hour whose zone nobody wrote.
func (m *mender) zone() string {
	if m.o.Home == nil || m.abroad || m.o.Home.Zone == "" {
		return "Z"
	}
	return m.o.Home.Zone
}

// instantOf reads s as RFC 3339, with the key of the reason, or that of the
// problem.
func (m *mender) instantOf(s string, last bool) (out, why, problem string) {
	if x := msDate.FindStringSubmatch(s); x != nil {
		ms, err := strconv.ParseInt(x[1], 10, 64)
		if err != nil {
			return "", "", "date_unknown"
		}
		return time.UnixMilli(ms).UTC().Format(time.RFC3339), "why_ms", ""
	}
	switch {
	case serial.MatchString(s), epoch.MatchString(s):
		return "", "", "serial_date"
	}
	day, rest, why, problem := dayOf(s)
	if problem != "" || day == "" {
		return "", "", problem
	}
	clock, rest, ok := clockOf(rest)
	switch {
	case !ok:
		return "", "", "date_unknown"
	case clock == "" && rest != "": // a day with a zone, as 2024-01-31Z or 2024-01-31+05:00
		if z, ok := zoneOf(rest); ok {
			return day + edge(last) + z, "why_hour", ""
		}
		return "", "", "date_unknown"
	case clock == "":
		return day + edge(last) + "Z", why, ""
	}
	if rest == "" {
		return day + clock + m.zone(), "why_zone", ""
	}
	z, ok := zoneOf(rest)
	if !ok {
		return "", "", "date_unknown"
	}
	return day + clock + z, "why_form", ""
}

func edge(last bool) string {
	if last {
		return "T23:59:59"
	}
	return "T00:00:00"
}

// dayOf reads the day at the beginning of s and returns what follows.
func dayOf(s string) (day, rest, why, problem string) {
	var y, mo, d int
	end := 0
	why = "why_day"
	take := func(x []string, a, b, c int) { y, mo, d, end = num(x[a]), num(x[b]), num(x[c]), len(x[0]) }
	switch {
	case yearFirst.MatchString(s):
		take(yearFirst.FindStringSubmatch(s), 1, 3, 5)
	case yearLast.MatchString(s):
		x := yearLast.FindStringSubmatch(s)
		take(x, 5, 3, 1)
		switch first, second := num(x[1]), num(x[3]); {
		case x[2] != x[4]:
			return "", "", "", "date_unknown"
		case x[2] == ".", first == second, first > 12:
		case second > 12:
			mo, d = first, second
		default:
			return "", "", "", "date_ambiguous"
		}
		why = "why_day_first"
	case eight.MatchString(s) && (len(s) == 8 || s[8] == 'T' || s[8] == ' '):
		take(eight.FindStringSubmatch(s), 1, 2, 3)
	case kazakhDay.MatchString(s):
		x := kazakhDay.FindStringSubmatch(s)
		y, d, mo, end, why = num(x[1]), num(x[2]), monthOf(x[3]), len(x[0]), "why_words"
	case dayWord.MatchString(s):
		x := dayWord.FindStringSubmatch(s)
		d, mo, y, end, why = num(x[1]), monthOf(x[2]), num(x[3]), len(x[0]), "why_words"
	case wordDay.MatchString(s):
		x := wordDay.FindStringSubmatch(s)
		mo, d, y, end, why = monthOf(x[1]), num(x[2]), num(x[3]), len(x[0]), "why_words"
	default:
		return "", "", "", "date_unknown"
	}
	t := time.Date(y, time.Month(mo), d, 0, 0, 0, 0, time.UTC)
	switch {
	case mo < 1 || mo > 12 || t.Month() != time.Month(mo) || t.Day() != d:
		return "", "", "", "no_such_day"
	case !plausible(t):
		return "", "", "", "date_year"
	}
	return t.Format("2006-01-02"), s[end:], why, ""
}

func num(s string) int { n, _ := strconv.Atoi(s); return n }

// clockOf reads an hour after a day, with the T before it; empty when s is.
func clockOf(s string) (clock, rest string, ok bool) {
	t := strings.TrimLeft(s, " \u00a0,")
	t = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(t, "T"), "t"))
	if t == "" {
		return "", "", true
	}
	x := hour.FindStringSubmatch(t)
	if x == nil {
		if y := hours.FindStringSubmatch(strings.TrimSuffix(t, "Z")); y != nil && t != s {
			x = []string{y[0], y[1], y[2], y[3], ""}
		} else {
			return "", t, true
		}
	}
	h, min, sec := num(x[1]), num(x[2]), num(x[3])
	rest = strings.TrimSpace(t[len(x[0]):])
	switch low := strings.ToLower(rest); low { // twelve hours a half day
	case "am", "a.m.", "pm", "p.m.":
		if h < 1 || h > 12 {
			return "", "", false
		}
		h %= 12
		if low[0] == 'p' {
			h += 12
		}
		rest = ""
	}
	if h > 23 || min > 59 || sec > 59 {
		return "", "", false
	}
	clock = "T" + two(h) + ":" + two(min) + ":" + two(sec) + strings.Replace(x[4], ",", ".", 1)
	return clock, rest, true
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// zoneOf reads Z, UTC, GMT or an offset.
func zoneOf(s string) (string, bool) {
	s = strings.TrimSpace(s)
	switch strings.ToUpper(s) {
	case "Z", "UTC", "GMT", "[UTC]", "Z[UTC]":
		return "Z", true
	}
	for _, p := range []string{"UTC", "GMT"} {
		s = strings.TrimPrefix(strings.ToUpper(s), p)
	}
	x := offset.FindStringSubmatch(strings.TrimSpace(s))
	if x == nil || num(x[2]) > 14 || num(x[3]) > 59 {
		return "", false
	}
	sign := x[1]
	if sign == "−" {
		sign = "-"
	}
	return sign + two(num(x[2])) + ":" + two(num(x[3])), true
}
