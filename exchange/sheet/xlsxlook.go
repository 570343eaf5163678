package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// style is how a number of a workbook is to be understood.
type style uint8

const (
	plainNumber style = iota
	percentNumber
	dayDate
	monthDate
	yearDate
	clockTime
)

// maxStyles is four times what Excel allows.
const maxStyles = 1 << 18

// builtIn are the number formats that have a number and no text in the file.
var builtIn = map[int]style{
	9: percentNumber, 10: percentNumber, 14: dayDate, 15: dayDate, 16: dayDate, 17: monthDate, 22: dayDate,
	18: clockTime, 19: clockTime, 20: clockTime, 21: clockTime, 45: clockTime, 46: clockTime, 47: clockTime,
	27: dayDate, 28: dayDate, 29: dayDate, 30: dayDate, 31: dayDate, 36: dayDate, 50: dayDate, 51: dayDate, 52: dayDate,
	53: dayDate, 54: dayDate, 55: dayDate, 56: dayDate, 57: dayDate, 58: dayDate,
}

// stylesPart reads the look of every style: a number format for each.
func (b *workbook) stylesPart(s *scanner) error {
	custom := map[int]style{}
	cells := false
	for {
		kind, err := s.next()
		if err != nil {
			return err
		}
		name := string(s.name)
		switch {
		case kind == endOfFile:
			return nil
		case kind == startTag && name == "numFmt":
			code, err := s.unescaped("formatCode")
			if err != nil {
				return err
			}
			if id, err := s.number("numFmtId"); err == nil && len(custom) < maxStyles {
				custom[id] = styleOf(code)
			}
		case name == "cellXfs" && kind != textToken:
			cells = kind == startTag && !s.empty
		case kind == startTag && name == "xf" && cells:
			if len(b.styles) == maxStyles {
				return errToken
			}
			id, _ := s.number("numFmtId")
			look, ok := custom[id]
			if !ok {
				look = builtIn[id]
			}
			b.styles = append(b.styles, look)
		}
	}
}

func (s *scanner) number(name string) (int, error) {
	v, _ := s.attr(name)
	return strconv.Atoi(v)
}

// styleOf reads a number format such as dd.mm.yyyy or 0.0%.
func styleOf(code string) style {
	var day, month, year, hour, percent bool
	code, _, _ = strings.Cut(code, ";") // the part for positive numbers
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++ // the next character is only shown
		case code[i] == '"' || code[i] == '[':
			end := map[byte]byte{'"': '"', '[': ']'}[code[i]]
			j := strings.IndexByte(code[i+1:], end)
			if j < 0 {
				return plainNumber
			}
			inside := strings.ToLower(code[i+1 : i+1+j])
			hour = hour || code[i] == '[' && (inside == "h" || inside == "hh" || inside == "m" || inside == "mm" || inside == "s" || inside == "ss")
			i += j + 1
		case code[i] == '%':
			percent = true
		case c == 'd':
			day = true
		case c == 'm':
			month = true
		case c == 'y' || c == 'e' && strings.EqualFold(code, "e"):
			year = true
		case c == 'h' || c == 's':
			hour = true
		case strings.HasPrefix(strings.ToLower(code[i:]), "general"):
			return plainNumber
		}
	}
	switch {
	case day:
		return dayDate
	case year && month:
		return monthDate
	case year:
		return yearDate
	case hour:
		return clockTime
	case month:
		return monthDate
	case percent:
		return percentNumber
	}
	return plainNumber
}

// number makes a cell of a stored number.
func (b *workbook) number(raw, look string) (Cell, error) {
	v, err := strconv.ParseFloat(strings.TrimSpace(raw), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return Cell{Text: raw, Kind: ErrorCell}, nil
	}
	st := plainNumber
	if i, err := strconv.Atoi(look); err == nil && i >= 0 && i < len(b.styles) {
		st = b.styles[i]
	}
	switch st {
	case percentNumber:
		return Cell{Text: shown(v * 100), Kind: Percent}, nil
	case dayDate, monthDate, yearDate:
		if s, ok := b.date(v, st); ok {
			return Cell{Text: s, Kind: Date}, nil
		}
	}
	return Cell{Text: shown(v), Kind: Number}, nil
}

// shown writes a number with the 15 digits that spreadsheet programs show: a
// cell in which somebody typed 63.3 is stored as 63.299999999999997.
func shown(v float64) string {
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 14, 64), 64)
	if err != nil {
		rounded = v
	}
	if rounded == 0 {
		return "0" // not -0
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// date turns the number of days into a date as far as the format shows it. Day
// 60 of the 1900 calendar never was.
func (b *workbook) date(v float64, st style) (string, bool) {
	days := math.Floor(v)
	if days < 1 || days > 2_958_465 || days == 60 && !b.date904 { // 31 December 9999
		return "", false
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case b.date904:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days < 60:
		first = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	t := first.AddDate(0, 0, int(days))
	switch st {
	case monthDate:
		return t.Format("2006-01"), true
	case yearDate:
		return t.Format("2006"), true
	}
	if seconds := math.Round((v - days) * 86400); seconds > 0 {
		return t.Add(time.Duration(seconds) * time.Second).Format("2006-01-02T15:04:05"), true
	}
	return t.Format("2006-01-02"), true
}
