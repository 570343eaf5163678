package worksheet

import (
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/works"
)

// kindOf is the type of a field.
type kindOf int

const (
	aText    kindOf = iota
	aCode           // found in the catalogue
	aWord           // one of a list of ours
	aDate           // a day
	anAmount        // money
	aNumber         // any number
	aCount          // a whole number from 0
	aPercent        // 0 to 100
)

// field is a column of ours.
type field struct {
	name   string
	kind   kindOf
	must   bool
	words  []string            // how tables call it
	values map[string][]string // of aWord: what tables call the words of ours
	lookup string              // of aCode: the column of the catalogue
}

// stageValues are the stages by their names in all languages.
func stageValues() map[string][]string {
	out := map[string][]string{}
	for _, t := range works.Templates() {
		for _, s := range t.Stages {
			if out[s.Code] == nil {
				out[s.Code] = texts(works.StageName(s.Code))
			}
		}
	}
	return out
}

func texts(t lang.Text) []string {
	var out []string
	for _, c := range lang.Codes() {
		if t[c] != "" {
			out = append(out, t[c])
		}
	}
	return out
}

var workKinds = map[string][]string{
	"new_building":   {"строительство", "новое строительство", "құрылыс", "жаңа құрылыс", "construction", "new construction"},
	"extension":      {"пристройка", "расширение", "кеңейту", "қосымша құрылыс"},
	"reconstruction": {"реконструкция", "қайта жаңарту", "реконструкциялау"},
	"capital_repair": {"капитальный ремонт", "капремонт", "күрделі жөндеу", "repair"},
	"fit_out":        {"оснащение здания", "переоборудование", "қайта жабдықтау", "fit out"},
	"unit":           {"отделение", "койки", "бөлімше", "department"},
	"equipment":      {"оборудование", "приобретение оборудования", "закуп оборудования", "жабдық", "жабдық сатып алу"},
	"digital":        {"информационная система", "цифровизация", "ақпараттық жүйе", "цифрландыру"},
	"agreement":      {"соглашение", "инвестиционное соглашение", "келісім"},
	"medicines":      {"лекарства", "лекарственное обеспечение", "дәрілер", "дәрілік қамтамасыз ету"},
}

var moneyKinds = map[string][]string{
	"planned":     {"план", "предусмотрено", "запланировано", "жоспар", "жоспарланған", "көзделген"},
	"approved":    {"утверждено", "выделено", "одобрено", "бекітілді", "бөлінді", "allocated"},
	"transferred": {"перечислено", "передано", "профинансировано", "аударылды", "қаржыландырылды"},
	"contracted":  {"законтрактовано", "договор", "сумма договора", "шарт", "шарт сомасы", "contract"},
	"advance":     {"аванс", "предоплата", "алдын ала төлем", "prepayment"},
	"paid":        {"оплачено", "оплата", "выплачено", "касса", "кассовый расход", "төленді", "төлем", "payment"},
	"accepted":    {"принято", "выполнено", "освоено", "акт выполненных работ", "қабылданды", "орындалды", "игерілді"},
	"retained":    {"удержано", "удержание", "ұсталды", "retention"},
	"returned":    {"возвращено", "возврат", "қайтарылды", "refund"},
}

var levels = map[string][]string{
	"programme": {"программа", "бағдарлама"},
	"project":   {"проект", "объект", "жоба", "нысан"},
	"package":   {"пакет", "договор", "лот", "шарт", "contract", "lot"},
}

var conditions = map[string][]string{
	"draft": {"черновик", "жоба нұсқасы"}, "active": {"действует", "активный", "в работе", "жұмыс істеп тұр", "белсенді"},
	"suspended": {"приостановлен", "приостановлено", "тоқтатылған"}, "cancelled": {"отменен", "отменено", "отменён", "бас тартылған"},
}

var vats = map[string][]string{"included": {"с ндс", "включая ндс", "ққс-пен", "ққс қоса", "yes"}, "excluded": {"без ндс", "ққс-сыз", "no"}, "unknown": {"неизвестно", "белгісіз"}}

var (
	workColumn   = []string{"work", "work id", "project", "object", "код работы", "код проекта", "проект", "объект", "наименование объекта", "наименование проекта", "жұмыс", "жоба", "жоба атауы", "нысан", "нысан атауы"}
	dateColumn   = []string{"date", "on", "дата", "дата платежа", "дата оплаты", "на дату", "күні", "төлем күні"}
	officeColumn = []string{"office", "ведомство", "ответственный орган", "заказчик", "мекеме", "тапсырыс беруші"}
	docColumn    = []string{"document", "документ", "основание", "құжат", "негіздеме"}
	remarkColumn = []string{"remark", "note", "comment", "примечание", "комментарий", "ескерту", "ескертпе", "түсініктеме"}
	reasonColumn = []string{"reason", "причина", "обоснование", "себеп", "себебі"}
	stageColumn  = []string{"stage", "этап", "стадия", "вид работ", "кезең", "кезеңі", "саты"}
	startColumn  = []string{"start", "begin", "начало", "дата начала", "басталуы", "басталу күні"}
	endColumn    = []string{"finish", "end", "окончание", "дата окончания", "завершение", "аяқталуы", "аяқталу күні"}
	shareColumn  = []string{"percent", "percent complete", "готовность", "процент готовности", "выполнение", "процент выполнения", "процент", "техническая готовность", "техническая готовность объекта", "дайындық", "дайындық пайызы", "орындалуы", "пайыз"}
	placeColumn  = []string{"place", "region", "location", "регион", "область", "место", "населенный пункт", "өңір", "облыс", "орын", "елді мекен", "като", "kato"}
	facColumn    = []string{"facility", "organisation", "медицинская организация", "мо", "медициналық ұйым", "ұйым"}
)

// fieldsOf returns the columns of a kind of tables, the most needed first; nil for
// an unknown kind.
func fieldsOf(k Kind) []field {
	doc := []field{{name: "document", kind: aText, words: docColumn}, {name: "office", kind: aCode, words: officeColumn, lookup: "office"}, {name: "remark", kind: aText, words: remarkColumn}, {name: "reason", kind: aText, words: reasonColumn}}
	switch k {
	case Works:
		return append([]field{
			{name: "id", kind: aText, words: []string{"id", "код", "код работы", "код проекта", "идентификатор", "жоба коды"}},
			{name: "title_ru", kind: aText, words: []string{"title", "name", "наименование", "название", "наименование проекта", "наименование объекта", "название на русском"}},
			{name: "title_kk", kind: aText, words: []string{"атауы", "жоба атауы", "нысан атауы", "қазақша атауы", "название на казахском"}},
			{name: "title_en", kind: aText, words: []string{"title en", "english name", "name in english", "название на английском", "ағылшынша атауы"}},
			{name: "level", kind: aWord, words: []string{"level", "уровень", "деңгей"}, values: levels},
			{name: "kind", kind: aWord, words: []string{"kind", "type", "вид", "вид работ", "тип", "тип проекта", "түрі"}, values: workKinds},
			{name: "condition", kind: aWord, words: []string{"condition", "состояние", "күйі"}, values: conditions},
			{name: "parent", kind: aCode, words: []string{"parent", "программа", "входит в", "бағдарлама"}, lookup: "work"},
			{name: "place", kind: aCode, must: true, words: placeColumn, lookup: "place"},
			{name: "facility", kind: aCode, words: facColumn, lookup: "facility"},
			{name: "cost", kind: anAmount, words: []string{"cost", "budget", "стоимость", "сметная стоимость", "стоимость проекта", "бюджет", "құны", "сметалық құны", "жоба құны"}},
			{name: "currency", kind: aText, words: currencyColumn},
			{name: "vat", kind: aWord, words: vatColumn, values: vats},
			{name: "start", kind: aDate, words: startColumn},
			{name: "deadline", kind: aDate, words: append([]string{"deadline", "срок", "срок ввода", "срок сдачи", "плановый срок", "мерзімі", "тапсыру мерзімі"}, endColumn...)},
			{name: "percent", kind: aPercent, words: shareColumn},
			{name: "percent_on", kind: aDate, words: []string{"percent on", "status date", "дата отчета", "на дату", "есеп күні"}},
			{name: "units", kind: aCount, words: []string{"units", "count", "количество объектов", "нысандар саны"}},
			{name: "contractor", kind: aText, words: []string{"contractor", "подрядчик", "генподрядчик", "генеральный подрядчик", "мердігер", "бас мердігер"}},
			{name: "contractor_bin", kind: aText, words: []string{"contractor bin", "бин подрядчика", "мердігер бсн", "бин", "бсн"}},
			{name: "shares", kind: aText, words: []string{"shares", "доли финансирования", "софинансирование", "қаржыландыру үлестері"}},
		}, doc...)
	case Lines:
		return append([]field{
			{name: "work", kind: aCode, must: true, words: workColumn, lookup: "work"},
			{name: "on", kind: aDate, must: true, words: dateColumn},
			{name: "kind", kind: aWord, must: true, words: []string{"kind", "type", "вид платежа", "вид операции", "вид", "операция", "түрі", "төлем түрі"}, values: moneyKinds},
			{name: "source", kind: aCode, words: []string{"source", "funding source", "источник", "источник финансирования", "қаржыландыру көзі", "көзі"}, lookup: "source"},
			{name: "amount", kind: anAmount, must: true, words: []string{"amount", "sum", "сумма", "сумма платежа", "сомасы", "сома", "төлем сомасы"}},
			{name: "total", kind: anAmount, words: []string{"total", "итого", "всего", "барлығы", "жиыны"}},
			{name: "currency", kind: aText, words: currencyColumn},
			{name: "vat", kind: aWord, words: vatColumn, values: vats},
			{name: "purpose", kind: aText, words: []string{"purpose", "назначение", "назначение платежа", "мақсаты", "төлем мақсаты"}},
			{name: "package", kind: aCode, words: []string{"package", "contract", "договор", "номер договора", "шарт", "шарт нөмірі"}, lookup: "work"},
			{name: "year", kind: aCount, words: []string{"year", "budget year", "год", "бюджетный год", "жыл", "бюджет жылы"}},
			{name: "reference", kind: aText, words: []string{"reference", "payment order", "номер платежа", "номер документа", "платежное поручение", "төлем тапсырмасы", "құжат нөмірі"}},
		}, doc...)
	case Stages:
		return append([]field{
			{name: "work", kind: aCode, must: true, words: workColumn, lookup: "work"},
			{name: "stage", kind: aWord, must: true, words: stageColumn, values: stageValues()},
			{name: "start", kind: aDate, must: true, words: startColumn},
			{name: "finish", kind: aDate, must: true, words: endColumn},
			{name: "weight", kind: aPercent, words: []string{"weight", "вес", "доля", "удельный вес", "үлесі", "салмағы"}},
			{name: "on", kind: aDate, words: []string{"on", "agreed", "дата утверждения", "утвержден", "бекітілген күні"}},
		}, doc...)
	case Statuses:
		return append([]field{
			{name: "work", kind: aCode, must: true, words: workColumn, lookup: "work"},
			{name: "stage", kind: aWord, words: stageColumn, values: stageValues()},
			{name: "on", kind: aDate, must: true, words: dateColumn},
			{name: "percent", kind: aPercent, words: shareColumn},
			{name: "started", kind: aDate, words: startColumn},
			{name: "finished", kind: aDate, words: endColumn},
		}, doc...)
	}
	return nil
}

var (
	currencyColumn = []string{"currency", "валюта"}
	vatColumn      = []string{"vat", "ндс", "ққс"}
)

func fieldNamed(list []field, name string) *field {
	for i := range list {
		if list[i].name == name {
			return &list[i]
		}
	}
	return nil
}
