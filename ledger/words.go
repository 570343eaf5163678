package ledger

import (
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shopspring/decimal"
)

// hedges are the words before a number for each qualifier.
var hedges = map[Qualifier]lang.Text{
	About:    {lang.KK: "шамамен ", lang.RU: "около ", lang.EN: "about "},
	CloseTo:  {lang.KK: "шамамен ", lang.RU: "почти ", lang.EN: "close to "},
	AtLeast:  {lang.KK: "кемінде ", lang.RU: "не менее ", lang.EN: "at least "},
	MoreThan: {lang.KK: ">\u00a0", lang.RU: "более ", lang.EN: "more than "},
	AtMost:   {lang.KK: "ең көбі ", lang.RU: "не более ", lang.EN: "at most "},
	LessThan: {lang.KK: "<\u00a0", lang.RU: "менее ", lang.EN: "less than "},
}

// Hedge returns the word before a number, "" for an exact one.
func Hedge(q Qualifier, c lang.Code) string { return hedges[q].In(c) }

// Say writes a value with its qualifier and unit as words of a sentence: about
// 30 departments, 1,74 млрд ₸, −63,3 %. symbol is the sign of the currency.
func (u Unit) Say(v decimal.Decimal, q Qualifier, symbol string, c lang.Code) string {
	return Hedge(q, c) + u.Amount(v, symbol, c)
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
