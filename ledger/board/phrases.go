package board

import (
	"strings"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shopspring/decimal"
)

// Words is what a sentence needs to name things.
type Words struct {
	Units  map[string]ledger.Unit
	Symbol string // of the currency
	// Offices names who answers for things; nil leaves that out.
	Offices map[string]lang.Text
}

// phrases of the sentence; {…} is filled with computed values.
var phrases = map[string]lang.Text{
	"days_left":   {lang.KK: "{days} қалды: {list}.", lang.RU: "Осталось {days}: {list}.", lang.EN: "{days} left: {list}."},
	"last_day":    {lang.KK: "Бүгін — соңғы күн: {list}.", lang.RU: "Сегодня последний день: {list}.", lang.EN: "Today is the last day: {list}."},
	"confirmed":   {lang.KK: "Құжаттармен расталғаны: {list}.", lang.RU: "Подтверждено документами: {list}.", lang.EN: "Confirmed by documents: {list}."},
	"unconfirmed": {lang.KK: "Құжаттармен әзірге ештеңе расталған жоқ.", lang.RU: "Документами пока ничего не подтверждено.", lang.EN: "Nothing is confirmed by documents yet."},
	"last_word":   {lang.KK: "Олар туралы соңғы сөз {days} бұрын айтылды.", lang.RU: "Последнее слово о них — {days} назад.", lang.EN: "Last word about them {days} ago."},
	"word_today":  {lang.KK: "Олар туралы соңғы сөз бүгін айтылды.", lang.RU: "Последнее слово о них — сегодня.", lang.EN: "Last word about them today."},
	"children":    {lang.KK: "балаларға арналған {x}", lang.RU: "{x} для детей", lang.EN: "{x} for children"},
	"adults":      {lang.KK: "ересектерге арналған {x}", lang.RU: "{x} для взрослых", lang.EN: "{x} for adults"},
	"prio_none":   {lang.KK: "Басымдық берілген {n} өңірдің ешқайсысы {noun} бар өңір ретінде аталмаған.", lang.RU: "Ни один из {n} приоритетных регионов не назван среди тех, где есть {noun}.", lang.EN: "None of {n} priority regions is named as having {noun}."},
	"prio_one":    {lang.KK: "Басымдық берілген {n} өңірдің ішінен {noun} бар деп тек біреуі аталған: {list}.", lang.RU: "Из {n} приоритетных регионов назван только один, где есть {noun}: {list}.", lang.EN: "Of {n} priority regions only {list} is named as having {noun}."},
	"prio_some":   {lang.KK: "Басымдық берілген {n} өңірдің ішінен {noun} бар деп аталғандары: {list}.", lang.RU: "Из {n} приоритетных регионов {noun}, по документам, есть в следующих: {list}.", lang.EN: "Of {n} priority regions {list} are named as having {noun}."},
	"overdue":     {lang.KK: "Мерзімі өтіп, орындалғаны расталмағаны: {n}.", lang.RU: "Срок прошёл, выполнение не подтверждено: {n}.", lang.EN: "Date passed, completion not confirmed: {n}."},
	"none":        {lang.KK: "Осы күнге дейін жарияланған уәде жоқ.", lang.RU: "К этому дню не опубликовано ни одного обещания.", lang.EN: "No promise had been published by this day."},
}

func phrase(key string, c lang.Code, pairs ...string) string {
	return phrases[key].Fill(func(n string, _ lang.Code) (string, bool) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == n {
				return pairs[i+1], true
			}
		}
		return "", false
	})[c]
}

var one, five = decimal.NewFromInt(1), decimal.NewFromInt(5)

// numberWords are the numbers from 1 to 10 as a sentence writes them; Russian
// ones stand in the genitive, after из.
var numberWords = map[lang.Code][]string{
	lang.KK: {"бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз", "он"},
	lang.RU: {"одного", "двух", "трёх", "четырёх", "пяти", "шести", "семи", "восьми", "девяти", "десяти"},
	lang.EN: {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"},
}

func smallNumber(n int, c lang.Code) string {
	if words := numberWords[c]; n >= 1 && n <= len(words) {
		return words[n-1]
	}
	return lang.Int(int64(n), c)
}

// withArticle puts a or an before an English noun.
func withArticle(noun string, c lang.Code) string {
	switch {
	case c != lang.EN || noun == "":
		return noun
	case strings.ContainsAny(strings.ToLower(noun[:1]), "aeio"):
		return "an " + noun
	}
	return "a " + noun
}

// Unit returns the unit of that code; one without a name stands for an unknown
// code.
func (w Words) Unit(code string) ledger.Unit {
	if u, ok := w.Units[code]; ok {
		return u
	}
	return ledger.Unit{Code: code, Kind: "count", Name: lang.Text{lang.EN: code}}
}

// UnitOf names what a measure counts: its own noun (perinatal centre) where
// the unit only says facility.
func (w Words) UnitOf(m ledger.Measure, code string) ledger.Unit {
	if m.Noun != "" {
		if u, ok := w.Units[m.Noun]; ok {
			return u
		}
	}
	return w.Unit(code)
}

func (w Words) days(n int, c lang.Code) string {
	return w.Unit("day").Amount(decimal.NewFromInt(int64(n)), w.Symbol, c)
}
