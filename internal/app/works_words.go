package app

import (
	"strings"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shopspring/decimal"
)

// ruleWords say what a work does not pass, with {left}, {right} and {about}.
var ruleWords = map[works.Rule]lang.Text{
	works.OverTransferred:  {lang.KK: "Бөлінгеннен көп аударылды: {left}, бөлінгені {right} ({about})", lang.RU: "Перечислено больше, чем выделено: {left} против {right} ({about})", lang.EN: "More was transferred than approved: {left} against {right} ({about})"},
	works.OverSpent:        {lang.KK: "Аударылғаннан көп төленді: {left}, аударылғаны {right}", lang.RU: "Оплачено больше, чем перечислено: {left} против {right}", lang.EN: "More was paid than transferred: {left} against {right}"},
	works.OverContracted:   {lang.KK: "Шарттар бөлінген қаржыдан асады: {left}, бөлінгені {right}", lang.RU: "Договоров больше, чем выделено: {left} против {right}", lang.EN: "More was contracted than approved: {left} against {right}"},
	works.OverContract:     {lang.KK: "Шарт сомасынан көп төленді: {left}, шарт {right} ({about})", lang.RU: "Оплачено больше суммы договора: {left} против {right} ({about})", lang.EN: "More was paid than the contract says: {left} against {right} ({about})"},
	works.AdvanceUncover:   {lang.KK: "Төлем қабылданған жұмыстан көп: {left}, қабылданғаны {right}", lang.RU: "Оплачено больше, чем принято работ: {left} против {right}", lang.EN: "More was paid than accepted: {left} against {right}"},
	works.CostUncovered:    {lang.KK: "Құны {left}, ал көздер {right} береді: қалғанын кім төлейтіні айтылмаған", lang.RU: "Стоимость {left}, источники дают {right}: кто платит остаток, не сказано", lang.EN: "The cost is {left}, the sources give {right}: who pays the rest is not said"},
	works.CostExceeded:     {lang.KK: "Көздер құнынан көп береді: {left}, құны {right}", lang.RU: "Источники дают больше стоимости: {left} против {right}", lang.EN: "The sources give more than the cost: {left} against {right}"},
	works.NotTransferred:   {lang.KK: "Жыл өтті, ал бөлінген {left} ішінен {right} аударылды ({about})", lang.RU: "Год прошёл, а из выделенных {left} перечислено {right} ({about})", lang.EN: "The year is over, and of {left} approved {right} was transferred ({about})"},
	works.ShareMissed:      {lang.KK: "Бірлескен қаржыландыру үлесі сәйкес емес: {left}, болуы тиіс {right} ({about})", lang.RU: "Доля софинансирования не выдержана: {left} вместо {right} ({about})", lang.EN: "The share of co-financing is missed: {left} instead of {right} ({about})"},
	works.StepOrder:        {lang.KK: "Ашылу қадамдарының күндері ретсіз: {about}", lang.RU: "Шаги открытия идут не по порядку дат: {about}", lang.EN: "The steps of opening are out of order: {about}"},
	works.StageOrder:       {lang.KK: "Кезең алдыңғысы басталғанша аяқталған: {about}", lang.RU: "Этап завершён до начала предыдущего: {about}", lang.EN: "A stage ended before the one before it began: {about}"},
	works.PercentFell:      {lang.KK: "Пайыз төмендеді: {right} орнына {left}", lang.RU: "Процент снизился: {left} вместо {right}", lang.EN: "The percentage fell: {left} after {right}"},
	works.PercentDiffers:   {lang.KK: "Жалпы пайыз {left}, ал кезеңдер бойынша {right}", lang.RU: "Общий процент {left}, а по этапам {right}", lang.EN: "The whole is at {left}, its stages give {right}"},
	works.ReadyNotOpen:     {lang.KK: "{left} күн бұрын 100 % болды, бірақ ашылғаны расталмаған", lang.RU: "100 % уже {left} дн., а открытие не подтверждено", lang.EN: "At 100 % for {left} days, and opening is not confirmed"},
	works.DeadlinePassed:   {lang.KK: "Мерзімі {left} күн бұрын өтті, ашылғаны расталмаған", lang.RU: "Срок прошёл {left} дн. назад, открытие не подтверждено", lang.EN: "The deadline passed {left} days ago, and opening is not confirmed"},
	works.NoDeadline:       {lang.KK: "Аяқталу мерзімі айтылмаған", lang.RU: "Срок завершения не назван", lang.EN: "No deadline was named"},
	works.ContractsOverlap: {lang.KK: "Бір жұмысқа екі шарт {left} күн қатар жүреді: {about}", lang.RU: "Два договора на одни и те же работы идут одновременно {left} дн.: {about}", lang.EN: "Two contracts for the same works run together for {left} days: {about}"},
	works.ContractsDiffer:  {lang.KK: "Шарттардың жиыны {left}, ал шарт жасалды делінгені {right}", lang.RU: "Сумма договоров {left}, а законтрактовано, как сказано, {right}", lang.EN: "The contracts add up to {left}, and {right} is said to be contracted"},
	works.NotConfirmed:     {lang.KK: "Пайыз расталмаған: соңғы дерекке {left} күн", lang.RU: "Процент не подтверждён: последним данным {left} дн.", lang.EN: "The percentage is not confirmed: the last word is {left} days old"},
}

// askInWords says a question in a sentence of every language.
func (v *view) askInWords(q *works.Question) lang.Text {
	out := lang.Text{}
	for _, c := range lang.Codes() {
		out[c] = strings.NewReplacer("{left}", v.side(q.Left, q.Unit, c), "{right}", v.side(q.Right, q.Unit, c), "{about}", v.aboutWork(q.About, c)).Replace(ruleWords[q.Rule][c])
		out[c] = strings.TrimSuffix(out[c], " ()") // of which nobody said the source
	}
	return out
}

// side writes one side of the arithmetic.
func (v *view) side(d *decimal.Decimal, unit string, c lang.Code) string {
	if d == nil {
		return ""
	}
	switch unit {
	case "money":
		return lang.Money(d.Shift(-v.Country.Currency.Digits).Round(v.Country.Currency.Digits), v.Country.Currency.Symbol, c)
	case "percent":
		return lang.Percent(d.Round(2), c)
	case "date":
		y, m, day := period.Date(d.IntPart()).Civil()
		return lang.Date(y, m, day, c)
	}
	return lang.Number(*d, c)
}

// aboutWork names what a question is about: a source, a stage or a step.
func (v *view) aboutWork(about string, c lang.Code) string {
	for _, s := range v.Sources {
		if s.Code == about {
			return s.Name.In(c)
		}
	}
	if n := works.StageName(about); n != nil {
		return n.In(c)
	}
	if n := works.StepName(works.Step(about)); n != nil {
		return n.In(c)
	}
	return about
}
