package main

import (
	"github.com/alecthomas/kong"

	"github.com/shanyraq/shanyraq/lang"
)

// helpTexts returns the texts of --help in a language, for kong's variables.
func helpTexts(c lang.Code) kong.Vars {
	v := kong.Vars{}
	for key, t := range help {
		v["h_"+key] = t.In(c)
	}
	return v
}

func say3(kk, ru, en string) lang.Text { return lang.Text{lang.KK: kk, lang.RU: ru, lang.EN: en} }

// help holds the texts of --help. A test fails when one lacks a language.
var help = map[string]lang.Text{
	"db":     say3("Дерекқор: sqlite:FILE немесе postgres://...", "База данных: sqlite:FILE или postgres://...", "Database: sqlite:FILE or postgres://..."),
	"json":   say3("Бағдарламаларға арналған JSON шығару", "Вывести JSON для программ", "Print JSON for programs"),
	"lang":   say3("Мәтін тілі", "Язык текстов", "Language of texts"),
	"quiet":  say3("Хабарламасыз", "Без сообщений", "No messages"),
	"config": say3("Баптаулар файлы (JSON)", "Файл настроек (JSON)", "File of settings (JSON)"),

	"demo":       say3("Қазақстанды және бес құжаттың бағдарламасын жүктеу", "Загрузить Казахстан и программу пяти документов", "Load Kazakhstan and the programme of the five documents"),
	"serve":      say3("API мен беттерді көрсету", "Запустить API и страницы", "Serve API and pages"),
	"board":      say3("Уәделер тақтасы: не уәде етілді, не болды", "Доска обещаний: что обещано и что произошло", "The promise board: what was promised, what happened"),
	"figures":    say3("Көрсеткіштер тізімі", "Список показателей", "List figures"),
	"why":        say3("Көрсеткішті кім айтты немесе қалай есептелді", "Кто назвал показатель или как он вычислен", "Who said a figure or how it was computed"),
	"check":      say3("Ережелерді есептеу: не үйлеседі, не үйлеспейді", "Проверить правила: что сходится и что нет", "Evaluate the rules: what adds up, what does not"),
	"search":     say3("Атауы бойынша іздеу, кез келген тіл мен жазуда", "Найти по названию на любом языке и любым письмом", "Find things by name in any language and script"),
	"import":     say3("Файлды енгізу", "Импортировать файл", "Bring in a file"),
	"export":     say3("Файлға шығару", "Выгрузить в файл", "Write out a file"),
	"journal":    say3("Әрекеттер журналы", "Журнал действий", "The journal of acts"),
	"method":     say3("Жарияланған формулалар", "Опубликованные формулы", "The published formulas"),
	"openapi":    say3("API сипаттамасын шығару (OpenAPI 3.1)", "Вывести описание API (OpenAPI 3.1)", "Print the description of the API (OpenAPI 3.1)"),
	"completion": say3("Қабық үшін толықтыру сценарийі", "Сценарий дополнения для оболочки", "Script that completes commands in a shell"),
	"version":    say3("Нұсқасы", "Версия", "Print the version"),

	"as_of":    say3("Осы күнге дейін жарияланған құжаттар ғана", "Только документы, опубликованные к этому дню", "Only documents published by this day"),
	"recorded": say3("Осы сәтте дерекқорда не болғаны", "Что было в базе в этот момент", "What the database held at this instant"),
	"place":    say3("Аумақ және оның құрамындағының бәрі", "Территория и всё в её составе", "A territory and all below it"),
	"theme":    say3("Тақта тақырыбы", "Тема доски", "Theme of the board"),
	"due":      say3("Мерзімі бойынша күйі", "Состояние по сроку", "State of time"),
	"evidence": say3("Дәлелі бойынша күйі", "Состояние по подтверждениям", "State of evidence"),
	"measure":  say3("Өлшем коды", "Код измерителя", "Code of a measure"),
	"period":   say3("Кезең: 2025, 2025-Q3, 2025-10, 2026/2028 ...", "Период: 2025, 2025-Q3, 2025-10, 2026/2028 ...", "Period: 2025, 2025-Q3, 2025-10, 2026/2028 ..."),
	"kind":     say3("Түрі: plan, actual, forecast, estimate", "Вид: plan, actual, forecast, estimate", "Kind: plan, actual, forecast, estimate"),
	"document": say3("Құжат атауы", "Имя документа", "Name of a document"),
	"history":  say3("Кейін түзетілгендерін де көрсету", "Показать и исправленные позже", "Also figures corrected later"),
	"limit":    say3("Ең көп саны", "Не больше чем", "At most so many"),

	"figure_id": say3("Көрсеткіш не тұжырым идентификаторы", "Идентификатор показателя или утверждения", "Id of a figure or statement"),
	"state":     say3("Күйі: ok, open, answered", "Состояние: ok, open, answered", "State: ok, open, answered"),
	"rule":      say3("Ереже коды немесе түрі", "Код или тип правила", "Code or type of a rule"),
	"query":     say3("Не іздеу керек", "Что искать", "What to look for"),
	"listen":    say3("Қай мекенжайда тыңдау; 0 порты — кез келген бос порт", "На каком адресе слушать; порт 0 — любой свободный", "Address to listen on; port 0 takes any free one"),
	"reads":     say3("Бір мекенжайдан секундына ең көп сұрау", "Не больше запросов в секунду с одного адреса", "At most so many requests a second from one address"),
	"log":       say3("Әр сұрауды журналға жазу", "Записывать каждый запрос в журнал", "Log every request"),

	"import_document":   say3("Құжат мәтінін енгізу: басқанда сөйлем көрінеді", "Внести текст документа: по щелчку видно предложение", "Bring in the text of a document: a click then shows the sentence"),
	"import_figures":    say3("CSV не XLSX кестесінен көрсеткіштерді енгізу", "Импортировать показатели из CSV или XLSX", "Import figures from CSV or XLSX"),
	"import_boundaries": say3("Шекара сызбаларын GeoJSON файлынан ауыстыру", "Заменить контуры границ из GeoJSON", "Replace outlines from GeoJSON"),
	"export_figures":    say3("Көрсеткіштерді CSV, XLSX не JSON түрінде шығару", "Выгрузить показатели в CSV, XLSX или JSON", "Write figures as CSV, XLSX or JSON"),
	"file":              say3("Файл", "Файл", "File"),
	"out":               say3("Қай файлға; әдепкіде стандартты шығыс", "В какой файл; по умолчанию стандартный вывод", "File to write; default standard output"),
	"format":            say3("Пішімі: csv, xlsx, json", "Формат: csv, xlsx, json", "Format: csv, xlsx, json"),
	"doc_name":          say3("Құжаттың тіркелетін атауы; әдепкіде файл атауы", "Имя документа; по умолчанию имя файла", "Name of the document; default the name of the file"),
	"doc_title":         say3("Жаңа құжаттың тақырыбы", "Заголовок нового документа", "Title of a new document"),
	"doc_publisher":     say3("Жаңа құжатты жариялаушы", "Издатель нового документа", "Publisher of a new document"),
	"doc_published":     say3("Жаңа құжат жарияланған күн", "День публикации нового документа", "Day of publication of a new document"),
	"doc_language":      say3("Жаңа құжаттың тілі", "Язык нового документа", "Language of a new document"),
	"doc_licence":       say3("Жаңа құжаттың лицензиясы", "Лицензия нового документа", "Licence of a new document"),
	"doc_address":       say3("Жаңа құжаттың мекенжайы", "Адрес нового документа", "Address of a new document"),
	"mapping":           say3("Бағандардың сәйкестігі (JSON)", "Соответствие столбцов (JSON)", "Mapping of columns (JSON)"),
	"dry_run":           say3("Тексеру ғана, ештеңе жазбау", "Только проверить, ничего не записывать", "Check only, write nothing"),
	"sheet":             say3("Кітаптағы парақ; әдепкіде біріншісі", "Лист книги; по умолчанию первый", "Sheet of a workbook; default the first"),
	"source":            say3("Жолда аталмаса, дереккөз атауы", "Источник, если он не назван в строке", "Source where a row names none"),
	"default_document":  say3("Жолда аталмаса, құжат атауы", "Документ, если он не назван в строке", "Document where a row names none"),
	"new_source":        say3("--source жаңа болса, оның тақырыбы", "Заголовок, если --source новый", "Title, if --source is new"),
	"default_kind":      say3("Жолда аталмаса, түрі", "Вид, если он не назван в строке", "Kind where a row names none"),
	"default_period":    say3("Жолда аталмаса, кезең", "Период, если он не назван в строке", "Period where a row names none"),
	"default_published": say3("Жолда аталмаса, жарияланған күн", "День публикации, если он не назван в строке", "Day of publication where a row names none"),
	"decimal":           say3("1,234 жазуында үтір нені білдіреді: ондықты (comma) не мыңдықты (point)", "Что значит запятая в 1,234: дробь (comma) или тысячи (point)", "What the comma in 1,234 means: decimals (comma) or thousands (point)"),
	"computed":          say3("Есептелгендерін де шығару", "Выгрузить и вычисленные", "Write computed figures too"),
	"bom":               say3("CSV басына Excel үшін белгі қою", "Поставить метку для Excel в начале CSV", "Begin CSV with the mark by which Excel knows UTF-8"),
	"journal_verify":    say3("Журналдың бұзылмағанын тексеру", "Проверить целостность журнала", "Verify that nobody changed the journal"),
	"shell":             say3("bash, zsh немесе fish", "bash, zsh или fish", "bash, zsh or fish"),
	"method_list":       say3("Әдістер тізімі", "Список методов", "List the methods"),
	"method_show":       say3("Әдіс сипаттамасы", "Описание метода", "Describe a method"),
	"method_run":        say3("Стандартты кірістегі JSON жағдайларын есептеу", "Вычислить случаи JSON со стандартного ввода", "Compute JSON cases from standard input"),
	"method_name":       say3("Әдіс атауы", "Имя метода", "Name of a method"),
}

// words holds what the commands say. A test fails when one lacks a language.
var words = map[string]lang.Text{
	"description": say3("Шаңырақ: ел денсаулық сақтау жүйесінің уәделері, қаражаты мен нәтижелері — әр сан дереккөзімен.",
		"Шанырак: обещания, деньги и результаты здравоохранения страны — каждое число с источником.",
		"Shanyraq: the promises, money and results of a nation's health system, every number with its source."),
	"try_help":   say3("shanyraq --help қараңыз", "см. shanyraq --help", "see shanyraq --help"),
	"empty":      say3("Дерекқор бос: алдымен `shanyraq demo` орындаңыз.", "База пуста: сначала выполните `shanyraq demo`.", "The database is empty: run `shanyraq demo` first."),
	"demo_done":  say3("Жүктелді: {n} көрсеткіш ({new} жаңа), {places} анықтамалық жазба, {documents} құжат.", "Загружено: показателей {n} (новых {new}), записей справочников {places}, документов {documents}.", "Loaded. Figures: {n} (new {new}), catalogue entries: {places}, documents: {documents}."),
	"demo_known": say3("Бәрі бұрыннан бар: өзгеріс жоқ.", "Всё уже есть: изменений нет.", "Everything was there already: nothing changed."),
	"loopback": say3("Сервер тек осы компьютерге ашық; кіру мен тіркелгілер әлі жоқ, осы компьютердегі адам — әкімші.",
		"Сервер доступен только с этого компьютера; входа и учётных записей ещё нет, человек за ним — администратор.",
		"The server answers this machine only; there is no sign-in yet, who sits at it is the administrator."),
	"public":           say3("Сервер желіге ашық: тек оқуға болады, жазу өшірілген.", "Сервер открыт в сеть: только чтение, запись выключена.", "The server is open to the network: reading only, writing is switched off."),
	"narrowed":         say3("Тізімдер сүзілген; сөйлем, жиындар мен қаражат бүкіл ел бойынша.", "Списки отобраны; предложение, итоги и деньги — по всей стране.", "The lists are narrowed; sentence, totals and money are those of the whole country."),
	"ask_today":        say3("Бүгін сұраңыз: мерзімі өтті, орындалғаны расталмаған", "Спросите сегодня: срок прошёл, выполнение не подтверждено", "Ask today: the date has passed, completion not confirmed"),
	"no_date":          say3("Мерзімі ешқашан аталмаған", "Срок никогда не назывался", "No date was ever given"),
	"due_next":         say3("Келесі мерзімдер", "Ближайшие сроки", "Due next"),
	"due_done":         say3("орындалды", "выполнено", "done"),
	"due_no_date":      say3("мерзімсіз", "без срока", "no date"),
	"due_not_yet":      say3("мерзімі келмеді", "срок не наступил", "not yet"),
	"due_overdue":      say3("мерзімі өтті", "просрочено", "overdue"),
	"days_over":        say3("{n} кешікті", "просрочено на {n}", "{n} over"),
	"days_left":        say3("{n} қалды", "осталось {n}", "{n} left"),
	"money":            say3("Қаражат", "Деньги", "Money"),
	"live_longer":      say3("Адамдар ұзағырақ өмір сүре ме?", "Живут ли люди дольше?", "Do people live longer?"),
	"no_counts":        say3("сандары айтылмаған: растау мүмкін емес", "числа не названы: подтвердить нельзя", "no counts given: cannot be confirmed"),
	"counts":           say3("сандары бар", "числа названы", "counts are given"),
	"unknown":          say3("белгісіз", "неизвестно", "unknown"),
	"no_value":         say3("сан айтылмаған", "число не названо", "no number said"),
	"theme":            say3("Тақырып", "Тема", "Theme"),
	"promised":         say3("Уәде", "Обещано", "Promised"),
	"delivered":        say3("Құжатталғаны", "Документировано", "Documented"),
	"promises":         say3("Уәделер", "Обещаний", "Promises"),
	"line":             say3("жол", "строка", "line"),
	"said_in":          say3("айтылған:", "сказано в", "said in"),
	"undated":          say3("күні жоқ", "без даты", "no date"),
	"computed":         say3("есептелген:", "вычислено:", "computed:"),
	"also_said":        say3("тағы айтылғаны:", "также сказано:", "also said:"),
	"promise":          say3("уәде", "обещание", "promise"),
	"rule":             say3("ереже", "правило", "rule"),
	"state_ok":         say3("үйлеседі", "сходится", "ok"),
	"state_open":       say3("сұрақ", "вопрос", "open"),
	"state_answered":   say3("жауап бар", "есть ответ", "answered"),
	"text_done":        say3("{name}: {lines} жол ({encoding}), {spans} орын тексерілді, {bad} сәйкес емес.", "{name}: строк {lines} ({encoding}), проверено мест {spans}, не совпало {bad}.", "{name}: lines {lines} ({encoding}), spans checked {spans}, not matching {bad}."),
	"text_known":       say3("{name}: бұл мәтін бұрыннан бар; {spans} орын тексерілді, {bad} сәйкес емес.", "{name}: этот текст уже есть; проверено мест {spans}, не совпало {bad}.", "{name}: this text was there already; spans checked {spans}, not matching {bad}."),
	"outlines_done":    say3("{n} сызба енгізілді, деңгейі: {level}.", "Внесено контуров: {n}, уровень {level}.", "Outlines in use: {n}, level {level}."),
	"outlines_missing": say3("Сызбасы жоқ: {list}.", "Без контура: {list}.", "Without outline: {list}."),
	"journal_ok":       say3("Журнал бүтін: {n} жазба, соңғысының хэші {head}.", "Журнал цел: записей {n}, хэш последней {head}.", "The journal is intact. Entries: {n}, hash of the last {head}."),
	"figures_done":     say3("{rows} жол оқылды: {new} жаңа көрсеткіш, {known} бұрыннан бар, {corrected} түзетілді.", "Прочитано строк: {rows}. Новых показателей {new}, уже были {known}, исправлено {corrected}.", "Rows read: {rows}. Figures new: {new}, known already: {known}, corrected: {corrected}."),
	"figures_dry":      say3("Тексерілді, ештеңе жазылмады: {rows} жол, {figures} көрсеткіш.", "Проверено, ничего не записано: строк {rows}, показателей {figures}.", "Checked, nothing written. Rows: {rows}, figures: {figures}."),
	"figures_bad":      say3("Қате саны: {n}. Ештеңе енгізілмеді: файлды түзетіп, қайта көріңіз.", "Ошибок: {n}. Ничего не внесено: исправьте файл и повторите.", "Faults: {n}. Nothing was imported: mend the file and try again."),
	"exported":         say3("{n} көрсеткіш жазылды: {file}", "Записано показателей: {n}, файл {file}", "Figures written: {n}, file {file}"),
	"reading":          say3("оқылуда", "чтение", "reading"),
}
