package oc4ids

import (
	"fmt"
	"strings"

	"github.com/shanyraq/shanyraq/lang"
)

// say fills a sentence of a language: {name} for each pair of name and value.
func say(code lang.Code, key string, args ...any) string {
	s := sentences[key].In(code)
	for i := 0; i+1 < len(args); i += 2 {
		s = strings.ReplaceAll(s, "{"+fmt.Sprint(args[i])+"}", fmt.Sprint(args[i+1]))
	}
	return s
}

func english(key string, args ...any) string { return say(lang.EN, key, args...) }

func say3(kk, ru, en string) lang.Text { return lang.Text{lang.KK: kk, lang.RU: ru, lang.EN: en} }

// sentences say what is wrong, doubtful or repaired. A test fails when one is
// missing or lacks a language.
var sentences = map[string]lang.Text{
	// The file.
	"at_line":        say3("{line}-жол, {col}-орын:", "строка {line}, позиция {col}:", "line {line}, column {col}:"),
	"cut":            say3("файл ортасынан үзілген: оны қайта жүктеп алыңыз", "файл обрывается: выгрузите его заново", "the file ends in the middle: export it again"),
	"too_long":       say3("бір жоба немесе мәтін шектен ұзын: оны бөліп жариялаңыз", "один проект или текст длиннее допустимого: разделите его", "one project or text is longer than allowed: split it"),
	"too_deep":       say3("{n} деңгейден терең салынған: бұл OC4IDS емес", "вложенность глубже {n} уровней: это не OC4IDS", "nested deeper than {n} levels: this is not OC4IDS"),
	"expected":       say3("{want} күтілген еді, {got} тұр: JSON форматын түзетіңіз", "ожидалось {want}, стоит {got}: исправьте JSON", "expected {want}, found {got}: mend the JSON"),
	"name_expected":  say3("тырнақшадағы өріс атауы күтілген еді, {got} тұр: JSON форматын түзетіңіз", "ожидалось имя поля в кавычках, стоит {got}: исправьте JSON", "expected a field name in quotation marks, found {got}: mend the JSON"),
	"no_value":       say3("мұнда мән күтілген еді, {got} тұр: JSON форматын түзетіңіз", "здесь ожидалось значение, стоит {got}: исправьте JSON", "expected a value, found {got}: mend the JSON"),
	"not_a_number":   say3("{got} — JSON саны емес: өрісті алып тастаңыз", "{got} — не число JSON: уберите это поле", "{got} is not a number of JSON: leave the field out"),
	"long_number":    say3("сан {n} таңбадан ұзын: бұл сан бола алмайды", "число длиннее {n} знаков: таким число быть не может", "a number of more than {n} characters: it cannot be meant"),
	"bad_number":     say3("{got} — JSON саны емес", "{got} — не число JSON", "{got} is not a number of JSON"),
	"control":        say3("мәтін ішінде басқару таңбасы {got} тұр: оны \\u түрінде жазыңыз", "в тексте управляющий символ {got}: запишите его через \\u", "a control character {got} inside a text: write it with \\u"),
	"bad_escape":     say3("{got} — JSON-да мұндай таңба жоқ", "{got} — такой последовательности в JSON нет", "{got} is no escape of JSON"),
	"no_content":     say3("файл бос", "файл пуст", "the file is empty"),
	"not_json":       say3("бұл JSON емес ({got} таңбасынан басталады): OC4IDS файлын таңдаңыз", "это не JSON (начинается с {got}): выберите файл OC4IDS", "not JSON (it begins with {got}): choose an OC4IDS file"),
	"goes_on":        say3("JSON аяқталғаннан кейін {got} тұр: артығын алып тастаңыз", "после конца JSON стоит {got}: уберите лишнее", "{got} follows the end of the JSON: take away the rest"),
	"projects_twice": say3("projects өрісі екі рет берілген: бір тізімге біріктіріңіз", "поле projects дано дважды: объедините в один список", "the member projects comes twice: join the two lists"),
	"byte_mark":      say3("файл басында байт реті белгісі (BOM) бар: онсыз сақтаңыз", "в начале файла метка порядка байтов (BOM): сохраните без неё", "the file begins with a byte order mark: save it without"),
	"not_utf8":       say3("файл {encoding} кодтауында: JSON UTF-8 болуға тиіс", "файл в кодировке {encoding}: JSON должен быть в UTF-8", "the file is {encoding}: JSON must be UTF-8"),
	"no_package":     say3("жоба пакетсіз берілген: OC4IDS деректері пакет ішінде жарияланады (uri, publisher, publishedDate, version, projects)", "проект без пакета: данные OC4IDS публикуют в пакете (uri, publisher, publishedDate, version, projects)", "no package around the projects: OC4IDS is published in one (uri, publisher, publishedDate, version, projects)"),
	"no_projects":    say3("файлда жоба жоқ: OC4IDS жобаларды projects тізімінде ұстайды", "в файле нет проектов: OC4IDS держит их в списке projects", "there are no projects in the file: OC4IDS holds them in the list projects"),

	// The schema.
	"type":         say3("{want} күтілген, {got} берілген", "должно быть {want}, а не {got}", "must be {want}, not {got}"),
	"required":     say3("міндетті {field} өрісі жоқ", "нет обязательного поля {field}", "the required field {field} is missing"),
	"empty":        say3("бос мәтін: өрісті алып тастаңыз немесе толтырыңыз", "пустой текст: заполните или уберите поле", "an empty text: fill the field or leave it out"),
	"empty_list":   say3("бос тізім: өрісті алып тастаңыз немесе толтырыңыз", "пустой список: заполните или уберите поле", "an empty list: fill the field or leave it out"),
	"empty_object": say3("бос нысан: өрісті алып тастаңыз немесе толтырыңыз", "пустой объект: заполните или уберите поле", "an empty object: fill the field or leave it out"),
	"twice":        say3("тізімде бірдей мән екі рет бар", "в списке дважды одно и то же", "the list holds the same value twice"),
	"date_time":    say3("күн мен уақыт 2026-01-31T00:00:00Z түрінде жазылады", "дата и время пишутся как 2026-01-31T00:00:00Z", "a date and time is written as 2026-01-31T00:00:00Z"),
	"uri":          say3("толық мекенжай (https://...) керек, басқа әріптер % арқылы", "нужен полный адрес (https://...), прочие буквы через %", "must be a full address (https://...), other letters percent-encoded"),
	"email":        say3("электрондық пошта мекенжайы керек", "нужен адрес электронной почты", "must be an e-mail address"),
	"version":      say3("нұсқа {want} түрінде жазылады", "версия пишется как {want}", "the version is written as {want}"),
	"enum":         say3("мұндай код {list} тізімінде жоқ", "такого кода нет в списке {list}", "the list {list} has no such code"),
	"minimum":      say3("теріс болмауға тиіс", "не может быть меньше нуля", "must not be negative"),
	"huge_number":  say3("тым үлкен сан: бағдарламалар оны сақтай алмайды", "слишком большое число: программы его не удержат", "a number beyond what programs can hold"),
	"key_twice":    say3("{field} өрісі бір нысанда екі рет берілген", "поле {field} в одном объекте дано дважды", "the field {field} comes twice in one object"),
	"undecodable":  say3("мәтінде UTF-8 емес байттар бар", "в тексте байты не в UTF-8", "the text holds bytes that are not UTF-8"),

	// Doubts.
	"blank":          say3("мәтін тек бос орындардан тұрады", "текст из одних пробелов", "the text is only blanks"),
	"mojibake":       say3("мәтін қате кодтаумен оқылған сияқты", "текст, похоже, прочитан в чужой кодировке", "the text seems to have been read in a wrong encoding"),
	"open_code":      say3("{list} тізімінде мұндай код жоқ (тізім ашық)", "в списке {list} такого кода нет (список открытый)", "not a code of the open list {list}"),
	"unknown_field":  say3("стандартта {field} өрісі жоқ", "поля {field} в стандарте нет", "the standard has no field {field} here"),
	"no_prefix":      say3("жоба идентификаторы тіркелген префикстен басталуға тиіс: oc4ids-xxxxxx-...", "идентификатор проекта начинается с зарегистрированного префикса: oc4ids-xxxxxx-...", "a project id begins with a registered prefix: oc4ids-xxxxxx-..."),
	"year":           say3("{year} жылы болуы мүмкін емес", "год {year} невозможен", "the year {year} cannot be meant"),
	"date_order":     say3("{then} күні {first} күнінен бұрын", "{then} раньше, чем {first}", "{then} lies before {first}"),
	"negative":       say3("теріс сан болмауға тиіс", "отрицательным быть не может", "cannot be negative"),
	"no_currency":    say3("сомада валюта көрсетілмеген", "у суммы не указана валюта", "the amount has no currency"),
	"percent":        say3("орындалу үлесі 0-ден 100 пайызға дейін болады", "доля выполнения бывает от 0 до 100 процентов", "a share of work lies between 0 and 100 per cent"),
	"id_twice":       say3("бұл тізімде осындай идентификатор бар", "такой идентификатор в списке уже есть", "the list has this id already"),
	"project_twice":  say3("файлда осындай идентификаторы бар жоба бұрын кездескен", "проект с таким идентификатором в файле уже был", "the file has a project with this id already"),
	"dangling":       say3("мұндай идентификатор жобада жоқ", "такого идентификатора в проекте нет", "the project has nothing with this id"),
	"not_positions":  say3("координаталар бойлық пен ендік сандарынан тұрады", "координаты — это числа: долгота и широта", "coordinates are numbers: longitude and latitude"),
	"wrong_nesting":  say3("{type} координаталары басқаша салынады", "координаты {type} вкладываются иначе", "coordinates of a {type} are nested otherwise"),
	"latitude_first": say3("алдымен ендік жазылған сияқты: бойлық бірінші тұруға тиіс, сонда нүкте {country} аумағында болады", "похоже, первой записана широта: если переставить, точка лежит в пределах страны ({country})", "latitude seems to stand first: turned round the point lies in {country}"),
	"either_order":   say3("координаталар реті белгісіз: екі ретпен де нүкте {country} аумағында", "порядок координат неясен: при обоих точка в пределах страны ({country})", "the order is not certain: in both the point lies in {country}"),
	"off_earth":      say3("мұндай бойлық не ендік жоқ", "таких долготы и широты не бывает", "there is no such longitude and latitude"),
	"null_point":     say3("0, 0 нүктесі: орын өлшенбеген", "точка 0, 0: место не измерено", "the point 0, 0: nobody measured this place"),
	"outside":        say3("нүкте {country} аумағынан тыс", "точка вне страны ({country})", "the point lies outside {country}"),

	// Repairs.
	"why_list":        say3("мұнда тізім керек: жалғыз мән тізімге салынды", "здесь нужен список: значение помещено в список", "a list belongs here: the value was put into one"),
	"why_one":         say3("мұнда бір мән керек: ол тізімнен шығарылды", "здесь нужно одно значение: оно вынуто из списка", "one value belongs here: it was taken out of the list"),
	"why_object":      say3("мұнда нысан керек: мән оның {field} өрісіне жазылды", "здесь нужен объект: значение записано в его поле {field}", "an object belongs here: the value was put into its field {field}"),
	"why_null":        say3("null ештеңе білдірмейді: өріс алынды", "null ничего не сообщает: поле убрано", "null says nothing: the field was left out"),
	"why_empty":       say3("бос мән ештеңе білдірмейді: өріс алынды", "пустое значение ничего не сообщает: поле убрано", "an empty value says nothing: the field was left out"),
	"why_twice":       say3("тізімде дәл осындай мән бұрыннан бар", "точно такое же значение в списке уже есть", "the list has exactly this value already"),
	"why_key_twice":   say3("өріс дәл осы мәнмен екі рет берілген", "поле дано дважды с одним и тем же значением", "the field comes twice with the same value"),
	"why_encoding":    say3("файл {encoding} кодтауында: UTF-8 ретінде оқылды", "файл в кодировке {encoding}: прочитан как UTF-8", "the file is {encoding}: read as UTF-8"),
	"why_bytes":       say3("мәтін {encoding} кодтауында: UTF-8-ге ауыстырылды", "текст в кодировке {encoding}: переведён в UTF-8", "the text was {encoding}: turned into UTF-8"),
	"why_mojibake":    say3("UTF-8 мәтіні басқа кодтаумен оқылған: қалпына келтірілді", "текст UTF-8 был прочитан в другой кодировке: восстановлен", "UTF-8 had been read in another encoding: restored"),
	"why_field":       say3("өріс стандарттағы атауымен аталды", "поле названо так, как в стандарте", "the field was given its name in the standard"),
	"why_breakdowns":  say3("ескі нұсқадағы бөлініс 0.9.5 тізіміне салынды", "разбивка старой версии помещена в список версии 0.9.5", "the breakdown of an older version was put into the list of 0.9.5"),
	"why_version":     say3("нұсқа екі санмен жазылады", "версия записывается двумя числами", "the version is written with two numbers"),
	"why_number_text": say3("мұнда мәтін керек: сан мәтін ретінде жазылды", "здесь нужен текст: число записано как текст", "a text belongs here: the number was written as one"),
	"why_text_number": say3("мұнда сан керек: мәтіндегі сан оқылды", "здесь нужно число: оно прочитано из текста", "a number belongs here: it was read from the text"),
	"why_whole":       say3("мұнда бүтін сан керек: нөлдік бөлшек алынды", "здесь нужно целое число: нулевая дробь убрана", "a whole number belongs here: the fraction of zeros was taken away"),
	"why_bool":        say3("мұнда true не false керек", "здесь нужно true или false", "true or false belongs here"),
	"why_code":        say3("{list} тізіміндегі коды қойылды", "поставлен код из списка {list}", "replaced by its code in the list {list}"),
	"why_currency":    say3("валюта соманың ішінде жазылған еді", "валюта была записана внутри суммы", "the currency stood inside the amount"),
	"why_uri":         say3("мекенжайда болмайтын таңбалар % арқылы жазылды", "недопустимые в адресе знаки записаны через %", "characters that an address cannot have were percent-encoded"),
	"why_trim":        say3("шеткі артық таңбалар алынды", "лишние знаки по краям убраны", "what stood around the value was taken away"),
	"why_pair":        say3("координаталар мәтіннен оқылды", "координаты прочитаны из текста", "the coordinates were read from the text"),
	"why_turned":      say3("ендік бірінші жазылған: осылай нүкте {country} аумағынан тыс, ауыстырғанда ішінде", "первой записана широта: так точка вне страны ({country}), а если переставить — внутри", "latitude stood first: as written the point lies outside {country}, turned round inside"),
	"why_id":          say3("идентификаторы жоқ еді: тізімдегі нөмірі берілді", "не было идентификатора: дан номер в списке", "there was no id: numbered by its place in the list"),
	"why_ocid":        say3("идентификаторы жоқ еді: ocid алынды", "не было идентификатора: взят ocid", "there was no id: its ocid was taken"),
	"why_day":         say3("тек күн берілген: уақыты мен белдеуі стандарт кеңесімен толықтырылды, күн өзгерген жоқ", "дан только день: время и пояс дополнены по совету стандарта, день прежний", "only a day was given: hour and zone were added as the standard advises, the day is the same"),
	"why_day_first":   say3("күні жылдан бұрын жазылған: стандарт түріне келтірілді", "день стоял перед годом: приведено к виду стандарта", "the day stood before the year: written as the standard does"),
	"why_words":       say3("айы сөзбен жазылған: стандарт түріне келтірілді", "месяц назван словом: приведено к виду стандарта", "the month was a word: written as the standard does"),
	"why_hour":        say3("уақыты берілмеген: стандарт кеңесімен толықтырылды", "время не дано: дополнено по совету стандарта", "no hour was given: added as the standard advises"),
	"why_zone":        say3("уақыт белдеуі берілмеген: {zone} алынды", "часовой пояс не указан: принят {zone}", "no zone was given: taken as {zone}"),
	"why_form":        say3("күн мен уақыт RFC 3339 түріне келтірілді", "дата и время приведены к виду RFC 3339", "date and time were written as RFC 3339 does"),
	"why_ms":          say3("1970 жылдан бері миллисекундпен берілген", "было задано миллисекундами с 1970 года", "it was given as milliseconds since 1970"),

	// Problems that only an import has.
	"serial_date":      say3("бұл — сан: кестедегі күннің нөмірі ме, секунд па, белгісіз", "это число: номер дня в таблице или секунды — неясно", "a number: whether it counts days of a spreadsheet or seconds is not certain"),
	"date_unknown":     say3("күн танылмады: 2026-01-31T00:00:00Z түрінде жазыңыз", "дата не распознана: пишите 2026-01-31T00:00:00Z", "the date cannot be read: write 2026-01-31T00:00:00Z"),
	"date_ambiguous":   say3("күні мен айын ажырату мүмкін емес: 2026-01-31 түрінде жазыңыз", "день и месяц не различить: пишите 2026-01-31", "day and month cannot be told apart: write 2026-01-31"),
	"no_such_day":      say3("күнтізбеде мұндай күн жоқ", "такого дня в календаре нет", "the calendar has no such day"),
	"date_year":        say3("мұндай жыл болуы мүмкін емес", "такой год невозможен", "the year cannot be meant"),
	"number_ambiguous": say3("мыңдық па, бөлшек пе, белгісіз: санды бөлгішсіз жазыңыз", "тысячи или дробь — неясно: пишите число без разделителей", "thousands or a fraction is not certain: write the number without separators"),

	// What the standard allows and works cannot take.
	"bad_extension":  say3("x_shanyraq кеңейтімі түсініксіз: жоба стандарт өрістерінен оқылды", "расширение x_shanyraq не читается: проект прочитан по полям стандарта", "the extension x_shanyraq cannot be read: the project was read from the fields of the standard"),
	"no_day":         say3("қай күнгі екені белгісіз: жұмысқа жазылмады, файлдан сақталды", "неизвестно, на какой день: в работу не внесено, сохранено как в файле", "no day is given for it: not taken into the work, kept as in the file"),
	"not_taken":      say3("жұмысқа жазылмады, файлдан сақталды: {why}", "в работу не внесено, сохранено как в файле: {why}", "not taken into the work, kept as in the file: {why}"),
	"other_currency": say3("сомалар {currency} бойынша есептеледі: бұл сома файлдан сақталды", "суммы ведутся в {currency}: эта сумма сохранена как в файле", "amounts are kept in {currency}: this one is kept as in the file"),
	"exists":         say3("мұндай жұмыс осында жүргізіледі: ол өзгертілген жоқ", "такая работа ведётся здесь: она не изменена", "this work is kept here already: it was not changed"),
	"refused":        say3("жоба енгізілмеді: {why}", "проект не внесён: {why}", "the project was not taken: {why}"),
	"withdrawn":      say3("жариялаушының жаңа файлында бұл жоқ: {document}", "в новом файле издателя этого нет: {document}", "the newer file of the publisher does not say so: {document}"),
	"renewed":        say3("жариялаушының жаңа файлы бойынша: {document}", "по новому файлу издателя: {document}", "by the newer file of the publisher: {document}"),
	"unknown_here":   say3("бұл дерекқорда жоқ, жұмысқа жазылмады: {fields}", "в этой базе этого нет, в работу не внесено: {fields}", "not known in this database, left out of the work: {fields}"),
}
