package ledger

import (
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shopspring/decimal"
)

// hedges are the words before a number for each qualifier. Kazakh puts some
// of them after it: 800-ге жуық төсек.
var hedges = map[Qualifier]lang.Text{
	About:    {lang.KK: "шамамен ", lang.RU: "около ", lang.EN: "about "},
	CloseTo:  {lang.RU: "почти ", lang.EN: "close to "},
	AtLeast:  {lang.KK: "кемінде ", lang.RU: "не менее ", lang.EN: "at least "},
	MoreThan: {lang.RU: "более ", lang.EN: "more than "},
	AtMost:   {lang.KK: "ең көбі ", lang.RU: "не более ", lang.EN: "at most "},
	LessThan: {lang.RU: "менее ", lang.EN: "less than "},
}

// after are the Kazakh words that follow a number, with the case in which they
// want it.
var after = map[Qualifier]struct {
	c       lang.Case
	word    string
	ofWhole string // the word as a part of a whole
}{
	CloseTo:  {lang.Dative, "жуық", "жуығы"},
	MoreThan: {lang.Ablative, "астам", "астамы"},
	LessThan: {lang.Ablative, "аз", "азы"},
}

// hedge returns the word before a number, "" for an exact one.
func hedge(q Qualifier, c lang.Code) string { return hedges[q][c] }

// Say writes a value with its qualifier and unit as words of a sentence: about
// 30 departments, более 400 лекарств, 800-ге жуық төсек, −63,3 %. symbol is
// the sign of the currency.
func (u Unit) Say(v decimal.Decimal, q Qualifier, symbol string, c lang.Code) string {
	if tail, ok := after[q]; ok && c == lang.KK {
		return u.sayAfter(v, tail.c, tail.word, symbol)
	}
	if c == lang.RU && q != Exact && q != CloseTo && q != "" && u.counts() {
		return hedge(q, c) + lang.Number(v, c) + "\u00a0" + u.genitive(v)
	}
	return hedge(q, c) + u.Amount(v, symbol, c)
}

// Part writes how much of a whole there is: at least 102 of 224 beds. The
// whole is said as exactly as it was stated.
func (u Unit) Part(part decimal.Decimal, q Qualifier, whole decimal.Decimal, wq Qualifier, symbol string, c lang.Code) string {
	switch {
	case c == lang.KK && u.counts():
		of := u.Say(whole, wq, symbol, c) + lang.KazakhEnding(u.Form(whole, c), lang.Genitive) + " "
		if tail, ok := after[q]; ok {
			return of + lang.Number(part, c) + lang.KazakhNumber(part, tail.c) + " " + tail.ofWhole
		}
		return of + hedge(q, c) + lang.Number(part, c) + lang.KazakhNumber(part, lang.Possessive)
	case c == lang.KK:
		return u.Say(whole, wq, symbol, c) + " ішінен " + u.Say(part, q, symbol, c)
	case c == lang.RU && u.counts():
		if wq == About || wq == CloseTo {
			return hedge(q, c) + lang.Number(part, c) + " из примерно " + lang.Number(whole, c) + "\u00a0" + u.genitive(whole)
		}
		return hedge(q, c) + lang.Number(part, c) + " из " + hedge(wq, c) + lang.Number(whole, c) + "\u00a0" + u.genitive(whole)
	case c == lang.RU:
		return u.Say(part, q, symbol, c) + " из " + u.Say(whole, wq, symbol, c)
	case u.counts():
		return hedge(q, c) + lang.Number(part, c) + " of " + u.Say(whole, wq, symbol, c)
	}
	return u.Say(part, q, symbol, c) + " of " + u.Say(whole, wq, symbol, c)
}

// counts reports whether the unit is a word after the number.
func (u Unit) counts() bool { return u.Kind != "money" && u.Kind != "percent" }

// sayAfter writes a Kazakh number with a word that governs its case. Money and
// per cent are read aloud to find the ending: ₸ is теңге, % is пайыз.
func (u Unit) sayAfter(v decimal.Decimal, c lang.Case, word, symbol string) string {
	switch {
	case u.Kind == "percent":
		return lang.Percent(v, lang.KK) + "-" + lang.KazakhEnding("пайыз", c) + " " + word
	case u.Kind == "money":
		return lang.Money(v, symbol, lang.KK) + "-" + lang.KazakhEnding("теңге", c) + " " + word
	}
	return lang.Number(v, lang.KK) + lang.KazakhNumber(v, c) + " " + word + " " + u.Form(v, lang.KK)
}

// Amount writes a value with its unit.
func (u Unit) Amount(v decimal.Decimal, symbol string, c lang.Code) string {
	switch u.Kind {
	case "money":
		return lang.Money(v, symbol, c)
	case "percent":
		return lang.Percent(v, c)
	}
	return lang.Number(v, c) + "\u00a0" + u.Form(v, c)
}

// Form returns the word of the unit that goes with a number.
func (u Unit) Form(v decimal.Decimal, c lang.Code) string {
	forms := u.Forms[c]
	f := lang.Plural(v, c)
	if s := forms[f]; s != "" {
		return s
	}
	if f == "other" && forms["few"] != "" {
		return forms["few"]
	}
	if s := forms["other"]; s != "" {
		return s
	}
	return u.Name.In(c)
}

// genitive returns the Russian word after около, более, из and the like: the
// form after two is the genitive singular, the form after five the plural.
func (u Unit) genitive(v decimal.Decimal) string {
	forms := u.Forms[lang.RU]
	form := "many"
	if f := lang.Plural(v, lang.RU); f == "one" || f == "other" {
		form = "few"
	}
	if s := forms[form]; s != "" {
		return s
	}
	return u.Form(v, lang.RU)
}
