package observed

import (
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/lang"
)

// Problem is what is wrong with a cell, a row or the table, and what to do.
type Problem = sheet.Problem

// texts say what is wrong and what to do, with {what}.
var texts = map[string]lang.Text{
	"header":     {lang.KK: "тақырып жолында {what} бағаны жоқ: бірінші жолға from,to,minutes,season,vehicle,source деп жазыңыз", lang.RU: "в заголовке нет столбца {what}: напишите в первой строке from,to,minutes,season,vehicle,source", lang.EN: "the header has no column {what}: write from,to,minutes,season,vehicle,source in the first row"},
	"twice":      {lang.KK: "{what} бағаны екі рет бар: біреуін қалдырыңыз", lang.RU: "столбец {what} есть дважды: оставьте один", lang.EN: "the column {what} is there twice: keep one"},
	"empty":      {lang.KK: "кестеде бірде-бір сапар жоқ: тақырыптан кейін әр сапарға бір жол жазыңыз", lang.RU: "в таблице нет ни одной поездки: после заголовка напишите по строке на поездку", lang.EN: "the table holds no journey: write one row for each below the header"},
	"too_many":   {lang.KK: "сапар тым көп: бір кестеде {what} жолдан аспасын, файлды бөліңіз", lang.RU: "слишком много поездок: не больше {what} строк в таблице, разделите файл", lang.EN: "too many journeys: at most {what} rows a table, split the file"},
	"missing":    {lang.KK: "{what} бос: толтырыңыз", lang.RU: "не заполнено: {what}", lang.EN: "{what} is empty: fill it in"},
	"place":      {lang.KK: "«{what}» деген елді мекен жоқ: атауын қазақша, орысша не ағылшынша немесе кодын жазыңыз", lang.RU: "населённого пункта «{what}» нет: напишите название на казахском, русском или английском или код", lang.EN: "there is no settlement “{what}”: write its name in Kazakh, Russian or English, or its code"},
	"several":    {lang.KK: "бұл атау бірнеше елді мекенге тән, кодын немесе «атауы, ауданы» деп жазыңыз: {what}", lang.RU: "так называются несколько мест, напишите код или «название, район»: {what}", lang.EN: "several places have this name, write the code or “name, district”: {what}"},
	"same":       {lang.KK: "сапар басталған жерінде бітеді: басқа елді мекенді жазыңыз", lang.RU: "поездка кончается там же, где началась: напишите другое место", lang.EN: "the journey ends where it began: write another place"},
	"number":     {lang.KK: "«{what}» сан емес: минутты цифрмен жазыңыз, 2 сағ 30 мин – 150", lang.RU: "«{what}» не число: напишите минуты цифрами, 2 ч 30 мин – это 150", lang.EN: "“{what}” is no number: write minutes in digits, 2 h 30 min is 150"},
	"range":      {lang.KK: "{what} минут болмайды: 0-ден көп, 10080-нен (бір апта) аспайтын сан керек", lang.RU: "{what} минут быть не может: нужно число больше 0 и не больше 10080 (неделя)", lang.EN: "{what} minutes cannot be: more than 0 and at most 10080, a week"},
	"season":     {lang.KK: "«{what}» мезгілі жоқ: summer (жаз), winter (қыс) деп жазыңыз немесе бос қалдырыңыз", lang.RU: "сезона «{what}» нет: напишите summer (лето), winter (зима) или оставьте пустым", lang.EN: "there is no season “{what}”: write summer or winter, or leave it empty"},
	"vehicle":    {lang.KK: "«{what}» көлігі жоқ: car, ambulance, bus немесе helicopter деп жазыңыз; бос болса – car", lang.RU: "транспорта «{what}» нет: напишите car, ambulance, bus или helicopter; пусто – car", lang.EN: "there is no vehicle “{what}”: write car, ambulance, bus or helicopter; empty is car"},
	"class":      {lang.KK: "«{what}» жол класы жоқ: main (негізгі), other (басқа) деп жазыңыз немесе бос қалдырыңыз", lang.RU: "класса дороги «{what}» нет: напишите main (главная), other (прочая) или оставьте пустым", lang.EN: "there is no class of road “{what}”: write main or other, or leave it empty"},
	"source":     {lang.KK: "дереккөзі жоқ: кім өлшегенін немесе қайда жарияланғанын жазыңыз", lang.RU: "нет источника: напишите, кто измерил или где опубликовано", lang.EN: "there is no source: write who measured it or where it was published"},
	"date":       {lang.KK: "күн ЖЖЖЖ, ЖЖЖЖ-АА немесе ЖЖЖЖ-АА-КК түрінде жазылады", lang.RU: "дата пишется ГГГГ, ГГГГ-ММ или ГГГГ-ММ-ДД", lang.EN: "a date is written YYYY, YYYY-MM or YYYY-MM-DD"},
	"error_cell": {lang.KK: "ұяшықта формула қатесі немесе сақталмаған мән бар: мәнін жазып сақтаңыз", lang.RU: "в ячейке ошибка формулы или нет сохранённого значения: запишите значение", lang.EN: "the cell holds an error or no saved value: write the value and save"},
	"long":       {lang.KK: "мәтін тым ұзын: {what} таңбадан аспасын", lang.RU: "текст слишком длинный: не больше {what} знаков", lang.EN: "the text is too long: at most {what} characters"},
	"other":      {lang.KK: "қабылданбады: {what}", lang.RU: "не принято: {what}", lang.EN: "refused: {what}"},
}

// wrong notes what is wrong with a cell of the row, or with the row.
func (r *reading) wrong(code, what, field string) {
	r.problem(code, sheet.Same(what), field)
}

func (r *reading) problem(code string, what lang.Text, field string) {
	r.bad = true
	if len(r.out.Problems) >= MaxProblems {
		r.out.More++
		return
	}
	p := Problem{Code: code, Field: field, Text: sheet.Say(texts[code], what)}
	if r.row != nil {
		p.Row = r.row.Number
	}
	if i, ok := r.columns[field]; ok {
		p.Column = sheet.Column(i)
	}
	r.out.Problems = append(r.out.Problems, p)
}
