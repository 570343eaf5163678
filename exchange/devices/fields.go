// Package devices reads a table of medical devices, as hospitals and buyers
// keep them in spreadsheets: one device a row, or a row for several of the same
// sort. Headings are known in Kazakh, Russian and English; what is not known is
// named and left out, never guessed.
package devices

import (
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/works/equipment"
)

// Field is what a column of the table holds.
type Field struct {
	Name     string
	Headings []string // as they are written in tables; the name counts too
	Needed   bool
}

// The names of fields that are days of states are the states; those of services
// begin with every_ (months) and last_ (day).
var fields = []Field{
	{Name: "id", Headings: []string{"код", "идентификатор", "инв. номер", "инвентарный номер", "түгендеу нөмірі", "inventory number"}},
	{Name: "item", Headings: []string{"техника", "вид техники", "тип", "наименование", "наименование техники", "медтехника", "атауы", "жабдық", "техника түрі", "device", "device type", "type"}, Needed: true},
	{Name: "work", Headings: []string{"проект", "закупка", "жоба", "сатып алу", "project", "purchase"}},
	{Name: "place", Headings: []string{"место", "территория", "регион", "район", "аумақ", "орын", "аудан", "territory", "region"}},
	{Name: "facility", Headings: []string{"организация", "медорганизация", "больница", "учреждение", "мекеме", "аурухана", "ұйым", "hospital", "organisation"}},
	{Name: "room", Headings: []string{"кабинет", "отделение", "бөлмесі", "бөлмеше", "бөлімше", "department"}},
	{Name: "serial", Headings: []string{"серийный номер", "заводской номер", "серийный №", "зав. номер", "зав. №", "сериялық нөмірі", "зауыттық нөмірі", "serial number", "serial no"}},
	{Name: "maker", Headings: []string{"производитель", "изготовитель", "өндіруші", "manufacturer"}},
	{Name: "model", Headings: []string{"модель", "марка", "моделі", "үлгісі"}},
	{Name: "quantity", Headings: []string{"количество", "кол-во", "саны", "count", "number"}},
	{Name: "price", Headings: []string{"цена", "стоимость", "цена, тенге", "стоимость, тенге", "бағасы", "құны", "бағасы, теңге", "cost", "price, kzt"}},
	{Name: "currency", Headings: []string{"валюта"}},
	{Name: "vat", Headings: []string{"ндс", "ққс"}},
	{Name: "state", Headings: []string{"состояние", "статус", "күйі", "жағдайы", "мәртебесі", "status"}},
	{Name: "since", Headings: []string{"дата состояния", "на дату", "күні", "дата статуса", "as of"}},
	{Name: "needed", Headings: []string{"дата потребности", "дата заявки", "өтінім күні"}},
	{Name: "ordered", Headings: []string{"дата договора", "дата заказа", "шарт күні", "тапсырыс күні", "contract date"}},
	{Name: "delivered", Headings: []string{"дата поставки", "жеткізу күні", "жеткізілген күні", "delivery date"}},
	{Name: "installed", Headings: []string{"дата монтажа", "орнату күні", "орнатылған күні", "installation date"}},
	{Name: "commissioned", Headings: []string{"дата ввода в эксплуатацию", "дата ввода", "пайдалануға беру күні", "іске қосылған күні", "commissioning date"}},
	{Name: "in_use", Headings: []string{"дата начала использования", "жұмыс басталған күні", "in use since"}},
	{Name: "written_off", Headings: []string{"дата списания", "есептен шығару күні", "есептен шығарылған күні"}},
	{Name: "reason", Headings: []string{"причина", "себебі"}},
	{Name: "warranty_from", Headings: []string{"гарантия с", "начало гарантии", "кепілдік басталуы", "warranty start"}},
	{Name: "warranty_to", Headings: []string{"гарантия до", "окончание гарантии", "кепілдік аяқталуы", "кепілдік мерзімі", "warranty end", "warranty until"}},
	{Name: "life_years", Headings: []string{"срок службы", "срок службы, лет", "қызмет мерзімі", "қызмет ету мерзімі, жыл", "service life"}},
	{Name: "every_maintenance", Headings: []string{"то, мес", "периодичность то, мес", "тқк, ай", "maintenance months"}},
	{Name: "every_calibration", Headings: []string{"калибровка, мес", "калибрлеу, ай", "calibration months"}},
	{Name: "every_verification", Headings: []string{"поверка, мес", "межповерочный интервал, мес", "салыстырып тексеру, ай", "verification months"}},
	{Name: "every_safety_test", Headings: []string{"испытания, мес", "сынақ, ай", "safety test months"}},
	{Name: "last_maintenance", Headings: []string{"дата то", "последнее то", "соңғы тқк", "last service"}},
	{Name: "last_calibration", Headings: []string{"дата калибровки", "соңғы калибрлеу"}},
	{Name: "last_verification", Headings: []string{"дата поверки", "последняя поверка", "соңғы салыстырып тексеру"}},
	{Name: "last_safety_test", Headings: []string{"дата испытаний", "соңғы сынақ"}},
	{Name: "source", Headings: []string{"источник", "дереккөз", "реестр"}},
}

// Fields lists what a table may hold.
func Fields() []Field { return slices.Clone(fields) }

// plain brings a heading or a word into the form in which it is compared.
func plain(s string) string {
	s = strings.NewReplacer("_", " ", "№", " no ").Replace(s)
	return strings.Join(strings.Fields(lang.Fold(s)), " ")
}

var byHeading = func() map[string]string {
	m := map[string]string{}
	for _, f := range fields {
		m[plain(f.Name)] = f.Name
		for _, h := range f.Headings {
			m[plain(h)] = f.Name
		}
	}
	return m
}()

// stateWords are what people write beside the names of states.
var stateWords = map[equipment.State][]string{
	equipment.Needed:       {"потребность", "требуется", "план", "қажет", "жоспар", "planned"},
	equipment.Ordered:      {"заказано", "договор", "законтрактовано", "контракт", "шарт", "contracted"},
	equipment.Delivered:    {"поставлено", "поставлен", "доставлен", "жеткізілген"},
	equipment.Installed:    {"смонтировано", "установлено", "установлен", "смонтирован", "орнатылған"},
	equipment.Commissioned: {"введено в эксплуатацию", "введен", "введён", "введено", "пайдалануға берілген"},
	equipment.InUse:        {"используется", "работает", "в работе", "исправно", "в эксплуатации", "жұмыс істейді", "қолданыста", "working", "operational"},
	equipment.Down:         {"неисправно", "не работает", "в ремонте", "жұмыс істемейді", "жөндеуде", "out of order", "broken"},
	equipment.WrittenOff:   {"списано", "списан", "есептен шығарылған", "decommissioned"},
}

var byStateWord = func() map[string]equipment.State {
	m := map[string]equipment.State{}
	for _, s := range equipment.States() {
		m[plain(string(s))] = s
		for _, name := range s.Name() {
			m[plain(name)] = s
		}
		for _, w := range stateWords[s] {
			m[plain(w)] = s
		}
	}
	return m
}()

var byItemName = func() map[string]string {
	m := map[string]string{}
	for _, it := range equipment.Catalogue() {
		for _, name := range append([]string{it.Code, it.Type}, it.Name[lang.KK], it.Name[lang.RU], it.Name[lang.EN]) {
			if p := plain(name); m[p] == "" {
				m[p] = it.Code
			} else if m[p] != it.Code {
				m[p] = "?" // two items are called so
			}
		}
	}
	for word, code := range map[string]string{"кт": "ct", "мрт": "mri", "узи": "us-general", "узи аппарат": "us-general", "ультрадыбыстық аппарат": "us-general", "ангиограф": "angiograph", "ивл": "ventilator", "аппарат ивл": "ventilator",
		"пэт кт": "pet-ct", "экг": "ecg", "наркозный аппарат": "anaesthesia", "рентген аппараты": "x-ray-digital", "рентгеновский аппарат": "x-ray-digital", "маммограф": "mammograph", "флюорограф": "fluorograph", "автоклав": "steriliser"} {
		if p := plain(word); m[p] == "" {
			m[p] = code
		}
	}
	return m
}()
