package lang

import (
	"strings"

	"github.com/shopspring/decimal"
)

// Case is a form of a Kazakh noun or number that a sentence needs.
type Case int

// The cases: төсектің, 800-ге, 400-ден, 102-сі.
const (
	Genitive Case = iota
	Dative
	Ablative
	Possessive // of the third person
)

// endings lists for each case the ending after a vowel, a nasal, another
// voiced consonant and a voiceless one: back vowel, front vowel.
var endings = map[Case][4][2]string{
	Genitive:   {{"ның", "нің"}, {"ның", "нің"}, {"дың", "дің"}, {"тың", "тің"}},
	Dative:     {{"ға", "ге"}, {"ға", "ге"}, {"ға", "ге"}, {"қа", "ке"}},
	Ablative:   {{"дан", "ден"}, {"нан", "нен"}, {"дан", "ден"}, {"тан", "тен"}},
	Possessive: {{"сы", "сі"}, {"ы", "і"}, {"ы", "і"}, {"ы", "і"}},
}

const (
	backVowels  = "аоұыяёю"
	frontVowels = "әөүіеэи"
	nasals      = "мнң"
	voiced      = "рлйузж" // after у an ending begins as after a consonant
)

// KazakhEnding returns the ending that a Kazakh word takes in a case, by the
// harmony of its last vowel and its last letter: бөлімше -нің, төсек -тің. A
// word without vowels of its own takes the back ending.
func KazakhEnding(word string, c Case) string {
	letters := []rune(strings.ToLower(strings.TrimSpace(word)))
	if len(letters) == 0 {
		return ""
	}
	harmony := 0
	for i := len(letters) - 1; i >= 0; i-- {
		if strings.ContainsRune(backVowels, letters[i]) {
			break
		}
		if strings.ContainsRune(frontVowels, letters[i]) {
			harmony = 1
			break
		}
	}
	last := letters[len(letters)-1]
	kind := 3
	switch {
	case strings.ContainsRune(backVowels+frontVowels, last):
		kind = 0
	case strings.ContainsRune(nasals, last):
		kind = 1
	case strings.ContainsRune(voiced, last):
		kind = 2
	}
	return endings[c][kind][harmony]
}

// KazakhNumber returns the ending of a number written in digits, with its
// dash: 102-сі, 30-ға, 7,5-тен. It is that of the last word of the number when
// it is read aloud; decimals are read to their end.
func KazakhNumber(d decimal.Decimal, c Case) string {
	return "-" + KazakhEnding(lastKazakhWord(d), c)
}

var (
	kazakhUnits  = [10]string{"нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"}
	kazakhTens   = [10]string{"", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"}
	kazakhPowers = []string{"мың", "миллион", "миллиард", "триллион"}
)

func lastKazakhWord(d decimal.Decimal) string {
	if extreme(d) {
		return kazakhUnits[0]
	}
	whole, frac, _ := strings.Cut(d.Abs().String(), ".")
	digits := strings.TrimRight(frac, "0")
	if digits == "" {
		digits = whole
	}
	zeros := len(digits) - len(strings.TrimRight(digits, "0"))
	if zeros == len(digits) {
		return kazakhUnits[0]
	}
	digit := int(digits[len(digits)-1-zeros] - '0')
	switch zeros {
	case 0:
		return kazakhUnits[digit]
	case 1:
		return kazakhTens[digit]
	case 2:
		return "жүз"
	}
	return kazakhPowers[min(zeros/3, len(kazakhPowers))-1]
}
