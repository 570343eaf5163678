package figures

import (
	"strconv"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
)

// monthNames gives the folded beginnings of the names of months in Kazakh,
// Russian and English, long enough to tell them apart.
var monthNames = func() map[string]time.Month {
	out := map[string]time.Month{}
	for i, line := range []string{
		"қаңтар январ january jan янв", "ақпан феврал february feb фев", "наурыз март марта march mar", "сәуір апрел april apr апр",
		"мамыр май мая may", "маусым июн june jun", "шілде июл july jul", "тамыз август august aug авг",
		"қыркүйек сентябр september sep sept сен сент", "қазан октябр october oct окт", "қараша ноябр november nov ноя", "желтоқсан декабр december dec дек",
	} {
		for s := range strings.FieldsSeq(line) {
			out[lang.Fold(s)] = time.Month(i + 1)
		}
	}
	return out
}()

// foldedSet returns the folded words of a line.
func foldedSet(line string) map[string]bool {
	out := map[string]bool{}
	for s := range strings.FieldsSeq(line) {
		out[lang.Fold(s)] = true
	}
	return out
}

var (
	yearWords    = foldedSet("год года году г гг ж жж жыл жылы year за жылғы")
	quarterWords = foldedSet("квартал квартала кв тоқсан тоқсаны quarter қтоқсан")
	halfWords    = foldedSet("полугодие полугодия жартыжылдық жартыжылдығы half")
	romanNumbers = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4}
)

// PeriodWords reads a period as people write it in headers: 2024 год, 2024 ж.,
// январь 2024 г., 2024 ж. наурыз, I квартал 2024, 2024 ж. 2-тоқсаны, 01.2024. It
// returns false for anything that could mean something else.
func PeriodWords(s string) (period.Period, bool) {
	if len(s) > maxNumber {
		return period.Period{}, false
	}
	if p, err := period.Parse(strings.TrimSpace(s)); err == nil && p.Known() {
		return p, believed(p)
	}
	w := readWords(s)
	if w.bad || w.year < firstYear || w.year > lastYear {
		return period.Period{}, false
	}
	text := ""
	year := strconv.Itoa(w.year)
	switch {
	case w.month != 0 && w.ordinal == 0 && !w.quarter && !w.half:
		text = year + "-" + twoDigits(int(w.month))
	case w.quarter && !w.half && w.month == 0 && w.ordinal >= 1 && w.ordinal <= 4:
		text = year + "-Q" + strconv.Itoa(w.ordinal)
	case w.half && !w.quarter && w.month == 0 && w.ordinal >= 1 && w.ordinal <= 2:
		text = year + "-S" + strconv.Itoa(w.ordinal)
	case w.month == 0 && !w.quarter && !w.half && w.ordinal == 0 && w.said:
		text = year
	default:
		return period.Period{}, false
	}
	p, err := period.Parse(text)
	return p, err == nil
}

// titleWords is how many words of a title may name its period.
const titleWords = 5

// PeriodIn finds the period that a title names, as in "Report for October 2026".
// It returns false when it names none or several.
func PeriodIn(title string) (period.Period, bool) {
	words := strings.FieldsFunc(title, func(r rune) bool { return strings.ContainsRune(" \u00a0\u202f,;:()\n\r\t\"«»", r) })
	if len(words) > 100 {
		return period.Period{}, false
	}
	var found period.Period
	for from := 0; from < len(words); from++ {
		for n := min(titleWords, len(words)-from); n > 0; n-- {
			p, ok := PeriodWords(strings.Join(words[from:from+n], " "))
			if !ok {
				continue
			}
			if found.Known() && found != p {
				return period.Period{}, false
			}
			found = p
			from += n - 1
			break
		}
	}
	return found, found.Known()
}

func believed(p period.Period) bool {
	y, _, _ := p.Start.Civil()
	return y >= firstYear && y <= lastYear
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }

// periodParts are what the words of a period say.
type periodParts struct {
	year, ordinal int
	month         time.Month
	quarter, half bool
	said          bool // the word year stands there
	bad           bool // a word that is none of these
}

func readWords(s string) periodParts {
	var w periodParts
	for raw := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(" \u00a0\u202f.,-–()/\n\r\t_", r) }) {
		if n, ok := romanNumbers[strings.ToLower(strings.NewReplacer("І", "I", "і", "i").Replace(raw))]; ok && w.ordinal == 0 {
			w.ordinal = n
			continue
		}
		if len(raw) == 2 && raw[0]|0x20 == 'q' && raw[1] >= '1' && raw[1] <= '4' && w.ordinal == 0 {
			w.quarter, w.ordinal = true, int(raw[1]-'0')
			continue
		}
		word := lang.Fold(raw)
		n, err := strconv.Atoi(word)
		switch {
		case word == "":
		case err == nil && len(word) == 4 && w.year == 0:
			w.year = n
		case err == nil && len(word) <= 2 && w.ordinal == 0:
			w.ordinal = n
		case yearWords[word]:
			w.said = true
		case quarterWords[word]:
			w.quarter = true
		case halfWords[word]:
			w.half = true
		case word == "i" || word == "e" || word == "shi" || word == "ii": // endings: 1-й, 2-ші
		case w.month == 0 && monthOf(word) != 0:
			w.month = monthOf(word)
		default:
			w.bad = true
		}
	}
	return w
}

// monthOf returns the month of a folded word, 0 for none.
func monthOf(word string) time.Month {
	if m, ok := monthNames[word]; ok {
		return m
	}
	for name, m := range monthNames {
		if len(name) >= 5 && strings.HasPrefix(word, name) && len(word) <= len(name)+3 {
			return m
		}
	}
	return 0
}
