package figures

import (
	"strings"

	"github.com/shanyraq/shanyraq/lang"
)

// texts are the sentences of problems and notices by code. {column} is the
// header of the column; {a} and {b} depend on the code. A value of the table is
// never repeated: the cell is named.
var texts = map[string]lang.Text{
	// The header and the shape of the table.
	"no_rows": {
		lang.EN: "there is no row under the header: add the figures",
		lang.RU: "под заголовком нет ни одной строки: добавьте показатели",
		lang.KK: "тақырыптың астында бірде-бір жол жоқ: көрсеткіштерді қосыңыз"},
	"no_header": {
		lang.EN: "the table has no header: begin with a row of column names, as export figures writes it",
		lang.RU: "у таблицы нет заголовка: начните со строки с названиями столбцов, как пишет export figures",
		lang.KK: "кестенің тақырыбы жоқ: export figures жазатындай баған атаулары бар жолдан бастаңыз"},
	"column_missing": {
		lang.EN: "the column {a} is missing: add it, or name its header or a constant in the mapping",
		lang.RU: "нет столбца {a}: добавьте его либо укажите его заголовок или постоянное значение в сопоставлении",
		lang.KK: "{a} бағаны жоқ: оны қосыңыз немесе сәйкестендіруде оның тақырыбын не тұрақты мәнін көрсетіңіз"},
	"header_missing": {
		lang.EN: "the mapping names a header for {a} that the table does not have: correct the mapping",
		lang.RU: "сопоставление указывает для {a} заголовок, которого нет в таблице: исправьте сопоставление",
		lang.KK: "сәйкестендіру {a} үшін кестеде жоқ тақырыпты атайды: сәйкестендіруді түзетіңіз"},
	"header_twice": {
		lang.EN: "two columns have this header: rename or remove one",
		lang.RU: "у двух столбцов одинаковый заголовок: переименуйте или удалите один",
		lang.KK: "екі бағанның тақырыбы бірдей: бірін өзгертіңіз немесе жойыңыз"},
	"ragged": {
		lang.EN: "the row has {a} cells and the header {b}: a delimiter or a quote is missing or too many",
		lang.RU: "в строке {a} ячеек, а в заголовке {b}: не хватает разделителя или кавычки либо есть лишние",
		lang.KK: "жолда {a} ұяшық, ал тақырыпта {b}: бөлгіш не тырнақша жетіспейді немесе артық"},
	"formula_without_value": {
		lang.EN: "the formula was saved without its value: open the file in a spreadsheet program and save it, or paste the values",
		lang.RU: "формула сохранена без значения: откройте файл в табличной программе и сохраните его либо вставьте значения",
		lang.KK: "формула мәнсіз сақталған: файлды кесте бағдарламасында ашып, қайта сақтаңыз немесе мәндерді қойыңыз"},
	"cell_error": {
		lang.EN: "the spreadsheet shows an error in this cell: mend the formula or write the value",
		lang.RU: "в этой ячейке ошибка табличной программы: исправьте формулу или впишите значение",
		lang.KK: "бұл ұяшықта кесте бағдарламасының қатесі тұр: формуланы түзетіңіз немесе мәнін жазыңыз"},
	"empty": {
		lang.EN: "the cell is empty: fill it in",
		lang.RU: "ячейка пуста: заполните её",
		lang.KK: "ұяшық бос: оны толтырыңыз"},
	"too_long": {
		lang.EN: "longer than {a} characters: shorten it",
		lang.RU: "длиннее {a} знаков: сократите",
		lang.KK: "{a} таңбадан ұзын: қысқартыңыз"},

	// Codes.
	"measure": {
		lang.EN: "no measure has this code: use the code of a known measure",
		lang.RU: "нет показателя с таким кодом: укажите код известного показателя",
		lang.KK: "мұндай коды бар көрсеткіш жоқ: белгілі көрсеткіштің кодын жазыңыз"},
	"place": {
		lang.EN: "no place has this code: use the code of a known place",
		lang.RU: "нет территории с таким кодом: укажите код известной территории",
		lang.KK: "мұндай коды бар аумақ жоқ: белгілі аумақтың кодын жазыңыз"},
	"territory": {
		lang.EN: "you may not write for {a}: take the row out, or let somebody send it who answers for this territory",
		lang.RU: "у вас нет права вносить данные по {a}: уберите строку или передайте её тому, кто отвечает за эту территорию",
		lang.KK: "{a} бойынша дерек енгізуге құқығыңыз жоқ: жолды алып тастаңыз немесе оны осы аумаққа жауапты адамға беріңіз"},
	"unit": {
		lang.EN: "no unit has this code: use the code of a known unit, or leave the cell empty for {a}",
		lang.RU: "нет единицы с таким кодом: укажите код известной единицы или оставьте ячейку пустой, тогда это {a}",
		lang.KK: "мұндай коды бар өлшем бірлігі жоқ: белгілі бірліктің кодын жазыңыз немесе ұяшықты бос қалдырыңыз, сонда ол {a}"},
	"unit_other": {
		lang.EN: "the measure is counted in {a}: convert the value, or leave the cell empty",
		lang.RU: "показатель измеряется в {a}: пересчитайте значение или оставьте ячейку пустой",
		lang.KK: "көрсеткіш {a} бірлігімен өлшенеді: мәнді қайта есептеңіз немесе ұяшықты бос қалдырыңыз"},
	"document": {
		lang.EN: "no document has this name: import or describe the document first",
		lang.RU: "нет документа с таким именем: сначала загрузите или опишите документ",
		lang.KK: "мұндай аты бар құжат жоқ: алдымен құжатты жүктеңіз немесе сипаттаңыз"},
	"source_missing": {
		lang.EN: "the row does not say who says it: fill in source or document",
		lang.RU: "в строке не сказано, кто это сообщает: заполните source или document",
		lang.KK: "жолда мұны кім айтқаны жазылмаған: source не document бағанын толтырыңыз"},
	"version": {
		lang.EN: "the measure has versions 1 to {a}: write one of them or leave the cell empty",
		lang.RU: "у показателя есть версии с 1 по {a}: укажите одну из них или оставьте ячейку пустой",
		lang.KK: "көрсеткіштің 1-ден {a}-ге дейінгі нұсқалары бар: бірін жазыңыз немесе ұяшықты бос қалдырыңыз"},
	"kind": {
		lang.EN: "not a kind of figure: write plan, actual, forecast or estimate",
		lang.RU: "неизвестный вид: укажите plan, actual, forecast или estimate",
		lang.KK: "белгісіз түр: plan, actual, forecast немесе estimate деп жазыңыз"},
	"qualifier": {
		lang.EN: "not a qualifier: write =, ~, <~, >=, >, <= or <",
		lang.RU: "неизвестный уточнитель: укажите =, ~, <~, >=, >, <= или <",
		lang.KK: "белгісіз дәлдік белгісі: =, ~, <~, >=, >, <= не < деп жазыңыз"},
	"status": {
		lang.EN: "not a status: write one letter of the SDMX observation codes, A for a normal value, O for a value that was not said",
		lang.RU: "неизвестный статус: одна буква из кодов наблюдений SDMX, A обычное значение, O значение не названо",
		lang.KK: "белгісіз мәртебе: SDMX бақылау кодының бір әрпі, A қалыпты мән, O мән аталмаған"},
	"dimensions": {
		lang.EN: "not dimensions: write key=value pairs with semicolons between, as age=child;service=pulmonology",
		lang.RU: "это не разрезы: пишите пары ключ=значение через точку с запятой, например age=child;service=pulmonology",
		lang.KK: "бұл қималар емес: кілт=мән жұптарын нүктелі үтірмен бөліп жазыңыз, мысалы age=child;service=pulmonology"},
	"dimension_value": {
		lang.EN: "a value of a dimension has 1 to 80 characters without ; and =: translate it in the mapping",
		lang.RU: "значение разреза содержит от 1 до 80 знаков без ; и =: переведите его в сопоставлении",
		lang.KK: "қиманың мәні ; мен = таңбаларынсыз 1–80 таңба болуы керек: оны сәйкестендіруде аударыңыз"},
	"dimension_twice": {
		lang.EN: "the dimension is also given in the column dimensions: keep one",
		lang.RU: "этот разрез указан и в столбце dimensions: оставьте один",
		lang.KK: "бұл қима dimensions бағанында да көрсетілген: бірін қалдырыңыз"},
	"flag": {
		lang.EN: "write true or false",
		lang.RU: "укажите true или false",
		lang.KK: "true немесе false деп жазыңыз"},

	// Times.
	"period": {
		lang.EN: "not a period: write 2025, 2025-S1, 2025-Q3, 2025-10, 2025-W07, 2025-10-31, 2025-01-01/P10M or 2026/2028",
		lang.RU: "это не период: пишите 2025, 2025-S1, 2025-Q3, 2025-10, 2025-W07, 2025-10-31, 2025-01-01/P10M или 2026/2028",
		lang.KK: "бұл кезең емес: 2025, 2025-S1, 2025-Q3, 2025-10, 2025-W07, 2025-10-31, 2025-01-01/P10M немесе 2026/2028 деп жазыңыз"},
	"period_dhis2": {
		lang.EN: "not a period of DHIS2: write 2025, 2025S1, 2025Q3, 202510, 2025W7 or 20251031",
		lang.RU: "это не период DHIS2: пишите 2025, 2025S1, 2025Q3, 202510, 2025W7 или 20251031",
		lang.KK: "бұл DHIS2 кезеңі емес: 2025, 2025S1, 2025Q3, 202510, 2025W7 немесе 20251031 деп жазыңыз"},
	"period_missing": {
		lang.EN: "the period is empty: say for when the figure holds, or write unknown when nobody said it",
		lang.RU: "период пуст: укажите, за какое время показатель, или напишите unknown, если этого никто не сказал",
		lang.KK: "кезең бос: көрсеткіш қай уақытқа екенін жазыңыз, ешкім айтпаса unknown деп жазыңыз"},
	"period_far": {
		lang.EN: "the period is not between {a} and {b}: check the year",
		lang.RU: "период вне {a}–{b} годов: проверьте год",
		lang.KK: "кезең {a}–{b} жылдардан тыс: жылын тексеріңіз"},
	"period_future": {
		lang.EN: "an actual figure for a period that has not begun: correct the period, or the kind to plan or forecast",
		lang.RU: "фактическое значение за период, который ещё не начался: исправьте период либо вид на plan или forecast",
		lang.KK: "әлі басталмаған кезеңнің нақты мәні: кезеңін не түрін plan немесе forecast деп түзетіңіз"},
	"date": {
		lang.EN: "not a date: write YYYY-MM-DD, as 2026-02-28",
		lang.RU: "это не дата: пишите ГГГГ-ММ-ДД, например 2026-02-28",
		lang.KK: "бұл күн емес: ЖЖЖЖ-АА-КК түрінде жазыңыз, мысалы 2026-02-28"},

	// Numbers.
	"number": {
		lang.EN: "not a number: write digits with a decimal point, as 1740000.5",
		lang.RU: "это не число: пишите цифры с десятичной точкой, например 1740000.5",
		lang.KK: "бұл сан емес: цифрларды ондық нүктемен жазыңыз, мысалы 1740000.5"},
	"number_ambiguous": {
		lang.EN: "one thousand and more, or one and a fraction? Say which mark is the decimal one, by the option or the member decimal of the mapping",
		lang.RU: "тысяча с лишним или единица с дробью? Укажите десятичный знак: параметром или полем decimal в сопоставлении",
		lang.KK: "мыңнан астам ба, әлде бір бүтін бөлшек пе? Ондық белгіні көрсетіңіз: параметрмен немесе сәйкестендірудегі decimal өрісімен"},
	"number_digits": {
		lang.EN: "more than {a} digits: round the number or state it in a larger unit",
		lang.RU: "больше {a} цифр: округлите число или укажите его в более крупной единице",
		lang.KK: "{a} цифрдан көп: санды дөңгелектеңіз немесе ірірек бірлікпен жазыңыз"},
	"number_power": {
		lang.EN: "a power of ten hides digits: write the number out",
		lang.RU: "запись со степенью десяти скрывает цифры: напишите число полностью",
		lang.KK: "ондық дәрежемен жазу цифрларды жасырады: санды толық жазыңыз"},
	"value_word": {
		lang.EN: "a word instead of a number: leave the value empty and write the status O (not said) or M (cannot exist), or take the row out",
		lang.RU: "слово вместо числа: оставьте значение пустым и укажите статус O (не названо) или M (не может быть) либо уберите строку",
		lang.KK: "санның орнында сөз: мәнді бос қалдырып, O (аталмаған) не M (болуы мүмкін емес) мәртебесін жазыңыз немесе жолды алып тастаңыз"},
	"value_missing": {
		lang.EN: "no value: write the number, or the status O when it was not said; zero is written 0",
		lang.RU: "нет значения: впишите число или статус O, если оно не названо; ноль пишется 0",
		lang.KK: "мән жоқ: санды жазыңыз, аталмаған болса O мәртебесін жазыңыз; нөл 0 деп жазылады"},
	"value_unwanted": {
		lang.EN: "the status M says that no figure can exist: remove the value or correct the status",
		lang.RU: "статус M означает, что значения быть не может: уберите значение или исправьте статус",
		lang.KK: "M мәртебесі мән болмайтынын білдіреді: мәнді алып тастаңыз немесе мәртебені түзетіңіз"},
	"percent_unit": {
		lang.EN: "a percent sign, but the unit is {a}: remove the sign or correct the unit",
		lang.RU: "стоит знак процента, а единица {a}: уберите знак или исправьте единицу",
		lang.KK: "пайыз белгісі тұр, ал бірлік {a}: белгіні алып тастаңыз немесе бірлікті түзетіңіз"},
	"negative_count": {
		lang.EN: "a count is never negative: correct the value or the measure",
		lang.RU: "количество не бывает отрицательным: исправьте значение или показатель",
		lang.KK: "сан теріс болмайды: мәнді немесе көрсеткішті түзетіңіз"},
	"money_places": {
		lang.EN: "the amount has more than {a} decimal places: round it or check the decimal mark",
		lang.RU: "у суммы больше {a} десятичных знаков: округлите или проверьте десятичный знак",
		lang.KK: "сомада {a} ондық таңбадан көп: дөңгелектеңіз немесе ондық белгіні тексеріңіз"},
	"denominator": {
		lang.EN: "a denominator is greater than zero: correct it",
		lang.RU: "знаменатель больше нуля: исправьте",
		lang.KK: "бөлімі нөлден үлкен болады: түзетіңіз"},
	"bounds": {
		lang.EN: "give both lower and upper, the lower one not above the upper one",
		lang.RU: "укажите и lower, и upper, нижняя граница не выше верхней",
		lang.KK: "lower мен upper екеуін де жазыңыз, төменгі шегі жоғарғысынан аспасын"},
	"confidence": {
		lang.EN: "a confidence is between 0 and 1, as 0.95, and belongs to bounds",
		lang.RU: "доверительная вероятность от 0 до 1, например 0.95, и относится к границам",
		lang.KK: "сенімділік 0 мен 1 арасында, мысалы 0.95, және шектерге қатысты"},
	"integer": {
		lang.EN: "write a whole number from 0",
		lang.RU: "укажите целое число от 0",
		lang.KK: "0-ден басталатын бүтін сан жазыңыз"},
	"locator": {
		lang.EN: "a place in a document is a line from 1 and 0 <= from <= to, with the document: correct it or leave the three cells empty",
		lang.RU: "место в документе: строка от 1 и 0 <= from <= to, вместе с документом: исправьте или оставьте три ячейки пустыми",
		lang.KK: "құжаттағы орын: 1-ден басталатын жол және 0 <= from <= to, құжатпен бірге: түзетіңіз немесе үш ұяшықты бос қалдырыңыз"},

	// The figure as a whole.
	"id": {
		lang.EN: "not an id of a figure: it is the letter f and 13 letters or digits, or leave the cell empty",
		lang.RU: "это не идентификатор: буква f и 13 букв или цифр; или оставьте ячейку пустой",
		lang.KK: "бұл идентификатор емес: f әрпі мен 13 әріп не цифр; немесе ұяшықты бос қалдырыңыз"},
	"id_mismatch": {
		lang.EN: "the row was changed after the export, its id belongs to another figure: for a new figure empty this cell, for a correction move the id to supersedes and give a reason",
		lang.RU: "строку изменили после выгрузки, её id принадлежит другому показателю: для нового очистите эту ячейку, для исправления перенесите id в supersedes и укажите причину",
		lang.KK: "жол жүктеп алынғаннан кейін өзгертілген, id басқа көрсеткішке тиесілі: жаңасы үшін бұл ұяшықты тазалаңыз, түзету үшін id-ді supersedes бағанына көшіріп, себебін жазыңыз"},
	"withdraws": {
		lang.EN: "a withdrawal names the figure in supersedes and gives a reason",
		lang.RU: "для отзыва укажите показатель в supersedes и причину",
		lang.KK: "қайтарып алу үшін supersedes бағанында көрсеткішті және себебін жазыңыз"},
	"computed": {
		lang.EN: "a computed figure is not typed in: it comes from a method, or from an export with its id, method and inputs",
		lang.RU: "вычисленный показатель не вводят: он приходит из метода или из выгрузки с id, методом и исходными данными",
		lang.KK: "есептелген көрсеткіш қолмен енгізілмейді: ол әдістен немесе id, әдіс және бастапқы деректері бар жүктемеден келеді"},
	"recipe": {
		lang.EN: "not a recipe: inputs are ids with blanks between, params an object of texts in JSON",
		lang.RU: "это не рецепт: inputs это id через пробел, params объект текстов в JSON",
		lang.KK: "бұл рецепт емес: inputs бос орынмен бөлінген id-лер, params JSON мәтіндер нысаны"},
	"reference": {
		lang.EN: "no figure with this id is recorded or in the table: import it first or correct the id",
		lang.RU: "показателя с таким id нет ни в базе, ни в таблице: сначала загрузите его или исправьте id",
		lang.KK: "мұндай id-і бар көрсеткіш базада да, кестеде де жоқ: алдымен оны жүктеңіз немесе id-ді түзетіңіз"},
	"note_more": {
		lang.EN: "notes in further languages are an object of texts in JSON, as {\"uz\":\"...\"}",
		lang.RU: "примечания на других языках: объект текстов в JSON, например {\"uz\":\"...\"}",
		lang.KK: "басқа тілдердегі ескертпелер: JSON мәтіндер нысаны, мысалы {\"uz\":\"...\"}"},
	"said_twice": {
		lang.EN: "row {a} gives another value for the same measure, place, period and source: keep the right one",
		lang.RU: "строка {a} даёт другое значение того же показателя, места, периода и источника: оставьте верное",
		lang.KK: "{a}-жол сол көрсеткіштің, орынның, кезеңнің және дереккөздің басқа мәнін береді: дұрысын қалдырыңыз"},
	"figure": {
		lang.EN: "the figure cannot be taken: {a}",
		lang.RU: "показатель принять нельзя: {a}",
		lang.KK: "көрсеткішті қабылдауға болмайды: {a}"},

	// Notices.
	"windows_1251": {
		lang.EN: "read as Windows-1251, which has none of the letters ә ғ қ ң ө ұ ү һ: compare the names, or save the file as CSV UTF-8",
		lang.RU: "прочитано как Windows-1251, где нет букв ә ғ қ ң ө ұ ү һ: сверьте названия или сохраните файл как CSV UTF-8",
		lang.KK: "Windows-1251 деп оқылды, онда ә ғ қ ң ө ұ ү һ әріптері жоқ: атауларды салыстырыңыз немесе файлды CSV UTF-8 етіп сақтаңыз"},
	"kz_1048": {
		lang.EN: "read as KZ-1048 (ST RK 1048-2002): compare the names, or save the file as CSV UTF-8",
		lang.RU: "прочитано как KZ-1048 (СТ РК 1048-2002): сверьте названия или сохраните файл как CSV UTF-8",
		lang.KK: "KZ-1048 (ҚР СТ 1048-2002) ретінде оқылды: атауларды салыстырыңыз немесе файлды CSV UTF-8 түрінде сақтаңыз"},
	"merged": {
		lang.EN: "the sheet has {a} merged areas: only the cell at the top left of each has a value; fill in empty cells from above where that is meant",
		lang.RU: "на листе {a} объединённых областей: значение есть только в левой верхней ячейке каждой; где нужно, заполняйте пустые ячейки значением сверху",
		lang.KK: "парақта {a} біріктірілген аймақ бар: мән әрқайсысының сол жақ жоғарғы ұяшығында ғана; қажет жерде бос ұяшықтарды жоғарыдағы мәнмен толтырыңыз"},
	"sheets": {
		lang.EN: "the workbook has {a} sheets; only {b} was read",
		lang.RU: "в книге {a} листов; прочитан только {b}",
		lang.KK: "кітапта {a} парақ бар; тек {b} оқылды"},
	"hidden_rows": {
		lang.EN: "{a} hidden rows of the sheet were read as well",
		lang.RU: "прочитаны и скрытые строки листа: {a}",
		lang.KK: "парақтың жасырын {a} жолы да оқылды"},
	"column_unused": {
		lang.EN: "the column {a} is not read",
		lang.RU: "столбец {a} не читается",
		lang.KK: "{a} бағаны оқылмайды"},
	"same_twice": {
		lang.EN: "the row says the same as row {a} and counts once",
		lang.RU: "строка повторяет строку {a} и учтена один раз",
		lang.KK: "жол {a}-жолды қайталайды және бір рет есептелді"},
	"skipped": {
		lang.EN: "{a} rows without value were left out, as the mapping says",
		lang.RU: "пропущено строк без значения: {a}, как указано в сопоставлении",
		lang.KK: "мәні жоқ {a} жол өткізіп жіберілді, сәйкестендіруде айтылғандай"},
}

// hint is added to a message when something near is known.
var hint = lang.Text{lang.EN: "; did you mean {a}?", lang.RU: "; возможно, имелось в виду {a}?", lang.KK: "; мүмкін, {a} деген шығар?"}

// message fills a sentence.
func message(code, a, b string) lang.Text { return filled(texts[code], a, b) }

func filled(t lang.Text, a, b string) lang.Text {
	return t.Fill(func(name string, _ lang.Code) (string, bool) {
		switch name {
		case "a":
			return a, true
		case "b":
			return b, true
		}
		return "", false
	})
}

// withHints adds what may have been meant, with its name in each language.
func withHints(m lang.Text, hints []Hint) lang.Text {
	if len(hints) == 0 {
		return m
	}
	out := lang.Text{}
	for c, s := range m {
		var list []string
		for _, h := range hints {
			if name := h.Name.In(c); name != "" {
				list = append(list, h.Code+" ("+name+")")
			} else {
				list = append(list, h.Code)
			}
		}
		out[c] = s + strings.ReplaceAll(hint[c], "{a}", strings.Join(list, ", "))
	}
	return out
}
