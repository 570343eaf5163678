package devices

import (
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/lang"
)

// Problem is what is wrong with a cell, a row or the table, and what to do.
type Problem = sheet.Problem

// MaxProblems is how many problems are listed; the rest is counted.
const MaxProblems = 200

// texts say what is wrong and what to do, with {what}.
var texts = map[string]lang.Text{
	"header":     {lang.KK: "тақырып жолы табылмады: бірінші 20 жолда кемінде техника атауы бағанының тақырыбы болуы керек", lang.RU: "не найдена строка заголовков: в первых 20 строках должен быть заголовок хотя бы у колонки с видом техники", lang.EN: "no row of headings was found: in the first 20 rows at least the column of the device type needs a heading"},
	"empty":      {lang.KK: "кестеде бірде-бір құрылғы жоқ", lang.RU: "в таблице нет ни одной единицы техники", lang.EN: "the table holds no device"},
	"twice":      {lang.KK: "екі баған бір нәрсені білдіреді: {what}", lang.RU: "две колонки об одном и том же: {what}", lang.EN: "two columns hold the same: {what}"},
	"mapping":    {lang.KK: "сәйкестендіру файлында қате: {what}", lang.RU: "ошибка в файле соответствия колонок: {what}", lang.EN: "the mapping names what is not there: {what}"},
	"missing":    {lang.KK: "{what} толтырылмаған", lang.RU: "не заполнено: {what}", lang.EN: "{what} is missing"},
	"item":       {lang.KK: "каталогта мұндай техника жоқ: каталогтағы атауды немесе кодты жазыңыз", lang.RU: "такой техники нет в каталоге: напишите название или код из каталога", lang.EN: "the catalogue has no such device: write a name or code of the catalogue"},
	"facility":   {lang.KK: "мұндай медициналық ұйым жоқ: тізімдегі кодты немесе толық атауды жазыңыз", lang.RU: "нет такой медицинской организации: напишите код или полное название из справочника", lang.EN: "there is no such facility: write its code or full name"},
	"place":      {lang.KK: "мұндай аумақ жоқ: KZ-35 немесе КАТО кодын жазыңыз", lang.RU: "нет такой территории: напишите код, например KZ-35 или КАТО", lang.EN: "there is no such territory: write a code such as KZ-35 or the KATO"},
	"work":       {lang.KK: "мұндай жоба жоқ: жобаның кодын жазыңыз", lang.RU: "нет такого проекта: напишите код проекта", lang.EN: "there is no such work: write its id"},
	"date":       {lang.KK: "күн ЖЖЖЖ-АА-КК немесе КК.АА.ЖЖЖЖ түрінде жазылады", lang.RU: "дата пишется ГГГГ-ММ-ДД или ДД.ММ.ГГГГ", lang.EN: "a date is written YYYY-MM-DD or DD.MM.YYYY"},
	"future":     {lang.KK: "күн әлі келген жоқ: болған оқиға ғана жазылады", lang.RU: "дата ещё не наступила: записывают то, что уже было", lang.EN: "the day has not come yet: only what has happened is written"},
	"order":      {lang.KK: "күндер ретсіз: {what}", lang.RU: "даты идут не по порядку: {what}", lang.EN: "the dates are out of order: {what}"},
	"number":     {lang.KK: "сан емес: цифрларды және бір бөлгішті ғана жазыңыз", lang.RU: "не число: оставьте цифры и один разделитель дробной части", lang.EN: "not a number: leave digits and one decimal mark"},
	"whole":      {lang.KK: "{what} аралығындағы бүтін сан керек", lang.RU: "нужно целое число: {what}", lang.EN: "a whole number is needed: {what}"},
	"negative":   {lang.KK: "баға теріс бола алмайды", lang.RU: "цена не может быть отрицательной", lang.EN: "a price cannot be negative"},
	"currency":   {lang.KK: "баға тек {what} валютасында сақталады: басқа валютаны алдымен айырбастаңыз", lang.RU: "цены хранятся только в {what}: другую валюту сначала пересчитайте", lang.EN: "prices are kept in {what} only: convert another currency first"},
	"vat":        {lang.KK: "ҚҚС: «иә» не «жоқ», included, excluded немесе unknown", lang.RU: "НДС: «да» или «нет», included, excluded или unknown", lang.EN: "VAT is yes or no, included, excluded or unknown"},
	"state":      {lang.KK: "мұндай күй жоқ: қажет, тапсырыс берілді, жеткізілді, орнатылды, пайдалануға берілді, жұмыс істеп тұр, істен шықты немесе есептен шығарылды", lang.RU: "нет такого состояния: потребность, заказано, поставлено, смонтировано, введено в эксплуатацию, используется, неисправно или списано", lang.EN: "there is no such state: needed, ordered, delivered, installed, commissioned, in use, down or written off"},
	"state_day":  {lang.KK: "бұл күйдің күні айтылмаған: «күні» бағанын толтырыңыз", lang.RU: "не сказано, с какого дня это состояние: заполните колонку «дата состояния»", lang.EN: "the day of this state is not said: fill in the column since"},
	"reason":     {lang.KK: "неге істен шыққанын немесе есептен шығарылғанын «себебі» бағанына жазыңыз", lang.RU: "напишите в колонке «причина», почему неисправно или списано", lang.EN: "write in the column reason why it is down or written off"},
	"serial":     {lang.KK: "осы өндіруші мен сериялық нөмірі бар құрылғы бұрыннан бар: {what}", lang.RU: "техника с этим производителем и серийным номером уже есть: {what}", lang.EN: "a device with this maker and serial number is there already: {what}"},
	"id":         {lang.KK: "код кемінде 2 латын әрпі, цифр немесе сызықша болады және қайталанбайды", lang.RU: "код состоит из латинских букв, цифр и дефисов (не меньше двух знаков) и не повторяется", lang.EN: "an id has 2 to 80 Latin letters, digits and hyphens, and is there once"},
	"quantity":   {lang.KK: "бірнеше құрылғының сериялық нөмірі бір бола алмайды: әрқайсысына жеке жол жазыңыз", lang.RU: "у нескольких единиц не может быть одного серийного номера: дайте каждой свою строку", lang.EN: "several devices cannot share a serial number: give each its own row"},
	"error_cell": {lang.KK: "ұяшықта формула қатесі немесе сақталмаған мән бар: мәнін жазып сақтаңыз", lang.RU: "в ячейке ошибка формулы или нет сохранённого значения: запишите значение", lang.EN: "the cell holds an error or no saved value: write the value and save"},
	"long":       {lang.KK: "мәтін тым ұзын: 200 таңбадан аспасын", lang.RU: "текст слишком длинный: не больше 200 знаков", lang.EN: "the text is too long: at most 200 characters"},
	"too_many":   {lang.KK: "құрылғы тым көп: файлды бөліңіз", lang.RU: "слишком много единиц: разделите файл", lang.EN: "too many devices: split the file"},
	"right":      {lang.KK: "бұл аумаққа жазуға құқығыңыз жоқ", lang.RU: "у вас нет права записывать на этой территории", lang.EN: "you may not write in this territory"},
	"other":      {lang.KK: "қабылданбады: {what}", lang.RU: "не принято: {what}", lang.EN: "refused: {what}"},
}

// Say makes the problem of a code in all languages.
func Say(code, what string, row int, field, column string) Problem {
	return Problem{Code: code, Row: row, Field: field, Column: column, Text: sheet.Say(texts[code], sheet.Same(what))}
}
