package worksheet

import "github.com/shanyraq/shanyraq/lang"

func say(kk, ru, en string) lang.Text { return lang.Text{lang.KK: kk, lang.RU: ru, lang.EN: en} }

// phrases say what is wrong with a cell and what to do.
var phrases = map[string]lang.Text{
	"column_unused":    say("«{a}» бағаны оқылмайды: керек болса, сәйкестікте көрсетіңіз", "столбец «{a}» не читается: если он нужен, укажите его в соответствии", "the column “{a}” is not read: name it in the mapping if it is needed"),
	"scale":            say("«{a}» бағанындағы сомалар {b} есе көбейтілді: тақырыбында солай жазылған", "суммы столбца «{a}» умножены на {b}: так сказано в заголовке", "the amounts of the column “{a}” were multiplied by {b}, as its header says"),
	"scale_mixed":      say("«{a}» бағанының өлшемі басқаларынан өзге: бір өлшемге келтіріңіз не сәйкестікте көрсетіңіз", "единица столбца «{a}» не та, что у других: приведите к одной или укажите в соответствии", "the column “{a}” counts in another unit than the others: use one unit, or say it in the mapping"),
	"missing":          say("{a} толтырылмаған", "не заполнено: {a}", "{a} is not filled in"),
	"no_value":         say("формуланың сақталған мәні жоқ: кестені ашып, қайта сақтаңыз", "у формулы нет сохранённого значения: откройте таблицу и сохраните снова", "the formula has no saved value: open the table and save it again"),
	"error_cell":       say("ұяшықта қате тұр ({a}): түзетіңіз", "в ячейке ошибка ({a}): исправьте", "the cell holds an error ({a}): mend it"),
	"text_long":        say("мәтін тым ұзын: 4000 байттан қысқартыңыз", "текст слишком длинный: сократите до 4000 байт", "the text is too long: shorten it to 4000 bytes"),
	"unknown_work":     say("«{a}» атты жұмыс жоқ: кодын жазыңыз", "нет работы «{a}»: напишите её код", "there is no work “{a}”: write its code"),
	"unknown_place":    say("«{a}» атты орын жоқ: кодын жазыңыз (KZ-35 немесе КАТО)", "нет места «{a}»: напишите код (KZ-35 или КАТО)", "there is no place “{a}”: write its code (KZ-35 or KATO)"),
	"unknown_facility": say("«{a}» атты мекеме жоқ: кодын жазыңыз", "нет организации «{a}»: напишите её код", "there is no facility “{a}”: write its code"),
	"unknown_office":   say("«{a}» атты ведомство жоқ: кодын жазыңыз", "нет ведомства «{a}»: напишите его код", "there is no office “{a}”: write its code"),
	"unknown_source":   say("«{a}» атты қаржы көзі жоқ: кодын жазыңыз", "нет источника финансирования «{a}»: напишите его код", "there is no source of money “{a}”: write its code"),

	"unknown_work_near":     say("«{a}» атты жұмыс жоқ; мүмкін, {b}", "нет работы «{a}»; возможно, {b}", "there is no work “{a}”; perhaps {b}"),
	"unknown_place_near":    say("«{a}» атты орын жоқ; мүмкін, {b}", "нет места «{a}»; возможно, {b}", "there is no place “{a}”; perhaps {b}"),
	"unknown_facility_near": say("«{a}» атты мекеме жоқ; мүмкін, {b}", "нет организации «{a}»; возможно, {b}", "there is no facility “{a}”; perhaps {b}"),
	"unknown_office_near":   say("«{a}» атты ведомство жоқ; мүмкін, {b}", "нет ведомства «{a}»; возможно, {b}", "there is no office “{a}”; perhaps {b}"),
	"unknown_source_near":   say("«{a}» атты қаржы көзі жоқ; мүмкін, {b}", "нет источника финансирования «{a}»; возможно, {b}", "there is no source of money “{a}”; perhaps {b}"),

	"unknown_word":     say("«{a}» — {b} үшін белгісіз мән: нұсқаулықтағы сөздердің бірін жазыңыз не сәйкестікте аударыңыз", "«{a}» — неизвестное значение для {b}: напишите одно из слов руководства или переведите в соответствии", "“{a}” is an unknown value of {b}: write one of the words of the guide, or translate it in the mapping"),
	"date":             say("«{a}» — күн емес: ЖЖЖЖ-АА-КК не КК.АА.ЖЖЖЖ түрінде жазыңыз", "«{a}» — не дата: пишите ГГГГ-ММ-ДД или ДД.ММ.ГГГГ", "“{a}” is no day: write YYYY-MM-DD or DD.MM.YYYY"),
	"date_ambiguous":   say("«{a}» екі түрлі оқылады (күн мен ай): КК.АА.ЖЖЖЖ түрінде жазыңыз", "«{a}» читается двояко (день и месяц): пишите ДД.ММ.ГГГГ", "“{a}” can be read in two ways (day and month): write DD.MM.YYYY"),
	"date_rough":       say("«{a}» — бір күн емес: нақты күнді жазыңыз", "«{a}» — не один день: напишите точную дату", "“{a}” is not one day: write the exact day"),
	"date_number":      say("«{a}» — сан: ұяшыққа күн пішімін беріңіз", "«{a}» — число: задайте ячейке формат даты", "“{a}” is a number: give the cell the format of a date"),
	"date_for_number":  say("сан керек, ал ұяшықта күн тұр ({a})", "нужно число, а в ячейке дата ({a})", "a number is needed, and the cell holds a date ({a})"),
	"number":           say("«{a}» — сан емес: цифрлармен жазыңыз", "«{a}» — не число: пишите цифрами", "“{a}” is no number: write digits"),
	"number_ambiguous": say("«{a}» екі түрлі оқылады: сәйкестікте ондық белгіні (decimal) көрсетіңіз", "«{a}» читается двояко: укажите десятичный знак (decimal) в соответствии", "“{a}” can be read in two ways: say the decimal mark (decimal) in the mapping"),
	"number_digits":    say("«{a}» — цифры тым көп", "«{a}» — слишком много цифр", "“{a}” has too many digits"),
	"number_power":     say("«{a}» — дәреже түрінде жазылған, цифрлары жоғалған: ұяшық пішімін өзгертіңіз", "«{a}» записано степенью, цифры потеряны: измените формат ячейки", "“{a}” is written as a power and has lost digits: change the format of the cell"),
	"value_word":       say("«{a}» — сан орнында сөз тұр: бос қалдырыңыз", "«{a}» — слово вместо числа: оставьте пустым", "“{a}” stands in place of a number: leave it empty"),
	"not_count":        say("«{a}» — 0-ден басталатын бүтін сан емес", "«{a}» — не целое число от 0", "“{a}” is no whole number from 0"),
	"percent_range":    say("«{a}» — 0 мен 100 аралығындағы пайыз емес", "«{a}» — не процент от 0 до 100", "“{a}” is no percentage from 0 to 100"),
	"percent_fraction": say("барлық мән 1-ден аспайды: пайызды 0–100 түрінде жазыңыз не ұяшыққа пайыз пішімін беріңіз", "все значения не больше 1: пишите проценты от 0 до 100 или задайте ячейкам процентный формат", "no value is above 1: write percentages from 0 to 100, or give the cells the format of percentages"),
	"percent_undated":  say("пайыз қай күнге екені жазылмаған", "не указано, на какую дату процент", "the day of the percentage is not given"),
	"amount_places":    say("{a} сомасында валютаның {b} ондық белгісінен артық: дәл сомасын жазыңыз", "в сумме {a} больше {b} знаков после запятой: напишите точную сумму", "the amount {a} has more than {b} decimal places, or too many digits: write the exact one"),
	"currency":         say("«{a}» валютасы белгісіз не {b} емес: сомаларды {b} бойынша жазыңыз", "валюта «{a}» неизвестна или не {b}: пишите суммы в {b}", "the currency “{a}” is unknown or not {b}: write amounts in {b}"),
	"negative":         say("теріс сома {a}: қайтарылғанды returned түрімен жазыңыз", "отрицательная сумма {a}: возврат пишите видом returned", "a negative amount {a}: write what was given back with the kind returned"),
	"zero":             say("нөл сома: жолды алып тастаңыз", "нулевая сумма: уберите строку", "an amount of zero: take the row out"),
	"future":           say("{a} күні болашақта (бүгін {b})", "дата {a} в будущем (сегодня {b})", "the day {a} lies in the future (today is {b})"),
	"future_payment":   say("төлем күні {a} болашақта (бүгін {b}): жоспар болса, planned деп жазыңыз", "платёж {a} в будущем (сегодня {b}): если это план, пишите planned", "the payment of {a} lies in the future (today is {b}): if it is a plan, write planned"),
	"year":             say("{a} — бюджет жылы емес", "{a} — не бюджетный год", "{a} is no budget year"),
	"ends_first":       say("аяқталуы ({a}) басталуынан ({b}) бұрын", "окончание ({a}) раньше начала ({b})", "it ends ({a}) before it begins ({b})"),
	"sum_differs":      say("жиыны {a}, ал қосқанда {b} шығады: тексеріңіз", "итог {a}, а сумма строк {b}: проверьте", "the total is {a} and the parts add up to {b}: check them"),
	"total_unknown":    say("жиыны {a} салыстырылмады: жоғарыдағы жолдарда қате бар", "итог {a} не сверен: в строках выше есть ошибки", "the total {a} was not compared: rows above it are wrong"),
	"shares_form":      say("«{a}» түсініксіз: special-state-fund=80; regional-budget=20 түрінде жазыңыз", "«{a}» не понято: пишите special-state-fund=80; regional-budget=20", "“{a}” was not understood: write special-state-fund=80; regional-budget=20"),
	"shares_over":      say("үлестердің қосындысы 100 %-дан асады: {a}", "сумма долей больше 100 %: {a}", "the shares add up to more than 100 %: {a}"),
	"weights_over":     say("{b} кезеңдерінің салмағы {a} %, 100-ден асады", "вес этапов работы {b} равен {a} %, больше 100", "the weights of the stages of {b} add up to {a} %, more than 100"),
	"stage_order":      say("{a} кезеңі өзінен бұрын келетін {b} басталмай тұрып аяқталады", "этап {a} заканчивается раньше, чем начинается предшествующий ему {b}", "the stage {a} ends before {b} begins, which comes first"),
	"twice":            say("{a}-жолда да дәл осы жазылған", "то же самое уже сказано в строке {a}", "row {a} says the same already"),
}
