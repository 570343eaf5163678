package oc4ids

import (
	"net/url"
	"strings"
)

// find returns the code of the list that a word means: itself in other letters
// or with other separators, or a known other name for it.
func (c *codelist) find(s string) (string, bool) {
	if c.has[s] {
		return s, true
	}
	f := fold(strings.TrimSpace(s))
	if code := c.fold[f]; code != "" && code != "?" {
		return code, true
	}
	code := otherNames[c.name][f]
	return code, code != "" && c.has[code]
}

// registers are lists of names of registers. Whoever publishes may use one that
// we do not know, so that a name like another is not certainly a mistake.
var registers = map[string]bool{"classificationScheme": true, "locationGazetteers": true, "unitClassificationScheme": true, "relatedProjectScheme": true, "metricID": true}

// code mends a code.
func (m *mender) code(v *Value, r *rule) {
	if r.codes.has[v.Text] {
		return
	}
	if registers[r.codes.name] {
		m.register[v.at] = true
		return
	}
	if code, ok := r.codes.find(v.Text); ok {
		m.change(v, text(code), "why_code", "list", r.codes.name)
	}
}

// otherNames are what publishers write for a code, by fold: other words of the
// same meaning, Kazakh, Russian, Ukrainian and Spanish, and codes of older
// versions. What may mean two codes (planned, suspended, tender) is not here.
var otherNames = map[string]map[string]string{
	"projectStatus": folds(map[string]string{
		"implementation": "implementation phase|implementation stage|construction phase|in execution|in progress|ongoing|on going|active|under implementation|under construction|construction|in implementation|executing|execution|implementing|в реализации|реализация|реализуется|в процессе реализации|строительство|строится|в работе|жүзеге асыру|жүзеге асырылуда|іске асыру|іске асырылуда|құрылыс жүріп жатыр|реалізація|у реалізації|en ejecución|ejecución|implementación|en implementación|em execução",
		"completion":     "completion phase|completion stage|completed|complete|finished|done|завершен|завершён|завершено|завершена|завершение|завершенный|завершённый|аяқталды|аяқталған|аяқтау|завершено будівництво|завершення|completado|completada|finalizado|finalizada|terminado|terminada|concluido|concluida|concluído",
		"cancelled":      "canceled|cancel|cancelled|cancellation|отменен|отменён|отменено|отменена|аннулирован|тоқтатылды|жойылды|скасовано|скасований|cancelado|cancelada",
		"identification": "identification phase|identification stage|identified|идентификация|определение|анықтау|сәйкестендіру|ідентифікація|identificación",
		"preparation":    "preparation phase|preparation stage|preparing|in preparation|подготовка|в подготовке|подготовительный|дайындық|дайындау|підготовка|preparación|en preparación",
		"maintenance":    "maintenance phase|in maintenance|обслуживание|эксплуатация|техническое обслуживание|қызмет көрсету|пайдалану|експлуатація|mantenimiento",
		"decommissioned": "выведен из эксплуатации|выведено из эксплуатации|пайдаланудан шығарылды|desmantelado",
	}),
	"projectType": folds(map[string]string{
		"construction":   "new construction|new building|строительство|новое строительство|құрылыс|жаңа құрылыс|будівництво|нове будівництво|construcción|obra nueva",
		"rehabilitation": "rehab|renovation|reconstruction|реконструкция|реабилитация|капитальный ремонт|капремонт|қайта жаңарту|күрделі жөндеу|реконструкція|капітальний ремонт|rehabilitación|reconstrucción",
		"replacement":    "замена|ауыстыру|заміна|reemplazo",
		"expansion":      "extension|enlargement|расширение|кеңейту|розширення|ampliación",
	}),
	"projectSector": folds(map[string]string{
		"health":        "healthcare|health care|здравоохранение|медицина|денсаулық сақтау|денсаулық|охорона здоров'я|охорона здоров’я|salud|saúde",
		"education":     "образование|білім беру|білім|освіта|educación",
		"energy":        "энергетика|энергия|енергетика|energía",
		"transport":     "transportation|транспорт|көлік|transporte",
		"waterAndWaste": "water and sanitation|water & waste|водоснабжение и водоотведение|су және қалдықтар",
		"socialHousing": "социальное жилье|социальное жильё|әлеуметтік тұрғын үй|vivienda social",
	}),
	"contractingProcessStatus": folds(map[string]string{
		"pre-award": "preaward|pre award",
		"active":    "in progress|ongoing|действует|действующий|активный|қолданыста|чинний|activo|vigente",
		"closed":    "completed|complete|finished|закрыт|завершен|завершён|жабық|жабылды|аяқталды|завершено|cerrado|terminado",
	}),
	"contractNature": folds(map[string]string{
		"design":       "проектирование|жобалау|проєктування|diseño",
		"construction": "works|building|строительство|строительно-монтажные работы|құрылыс|құрылыс-монтаж жұмыстары|будівництво|construcción",
		"supervision":  "technical supervision|monitoring|технадзор|технический надзор|техникалық қадағалау|технічний нагляд|supervisión",
	}),
	"milestoneStatus": folds(map[string]string{
		"met":       "achieved|done|completed|достигнута|достигнут|выполнено|орындалды|виконано|cumplido",
		"scheduled": "planned|запланировано|запланирована|жоспарланған|заплановано|programado",
		"notMet":    "not achieved|missed|не достигнута|не выполнено|орындалмады|не виконано|incumplido",
	}),
	"method": folds(map[string]string{
		"open":      "open tender|open competition|открытый|открытый конкурс|ашық|ашық конкурс|відкритий|abierta|abierto|licitación pública",
		"direct":    "direct award|single source|single-source|sole source|из одного источника|бір көзден|adjudicación directa|directo",
		"selective": "restricted|restricted procedure",
	}),
	"partyRole": folds(map[string]string{
		"supplier":        "поставщик|подрядчик|contractor|мердігер|өнім беруші|жеткізуші|постачальник|підрядник|proveedor|contratista",
		"funder":          "financier|финансирующая организация|қаржыландырушы",
		"publicAuthority": "государственный орган|мемлекеттік орган",
	}),
	"financingPartyType": folds(map[string]string{"commercial": "bank|commercial bank"}),
	"financingArrangementType": folds(map[string]string{
		"loan":  "credit|кредит|заем|заём|займ|қарыз|préstamo",
		"grant": "грант",
		"bond":  "bonds|облигации|облигация|облигациялар",
	}),
	"documentType": folds(map[string]string{"contractAnnexe": "contractSchedule"}), // renamed in 0.9.3
	"currency": folds(map[string]string{
		"KZT": "₸|тенге|теңге|тг|тг.|tenge|KZ|казахстанский тенге|қазақстан теңгесі", "USD": "US$|US dollar|US dollars|доллар США|долл. США|АҚШ доллары", "EUR": "€|euro|евро|еуро", "GBP": "£",
		"UAH": "₴|грн|грн.|гривня|гривна", "RUB": "₽|руб|руб.|рубль|российский рубль"}),
	"country": folds(map[string]string{"KZ": "Kazakhstan|Казахстан|Қазақстан|KAZ|РК|ҚР", "UA": "Ukraine|Украина|Україна|UKR", "RU": "Russia|Russian Federation|Россия|RUS", "KG": "Kyrgyzstan|Кыргызстан|KGZ",
		"UZ": "Uzbekistan|Узбекистан|UZB", "CN": "China|Китай|CHN", "TR": "Turkey|Türkiye|Турция|TUR", "GB": "United Kingdom|UK|GBR", "US": "United States|USA|США", "DE": "Germany|Германия|DEU"}),
	"geometryType": {},
}

// folds turns lists of words by code into codes by folded word.
func folds(byCode map[string]string) map[string]string {
	out := map[string]string{}
	for code, words := range byCode {
		for w := range strings.SplitSeq(words, "|") {
			out[fold(w)] = code
		}
	}
	return out
}

// uri mends blanks around an address and percent-encodes letters that may not
// stand in one. An address without scheme stays: it may be http or https.
func (m *mender) uri(v *Value) {
	if isURI(v.Text) {
		return
	}
	s := strings.TrimSpace(v.Text)
	if !isURI(s) && strings.Contains(s, "://") {
		s = encodeURI(s)
	}
	if isURI(s) {
		m.change(v, text(s), "why_uri")
	}
}

// encodeURI percent-encodes what RFC 3986 does not allow. A host in other
// letters stays, since it would need another encoding.
func encodeURI(s string) string {
	u, err := url.Parse(s)
	if err != nil || !isASCII(u.Host) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) || c != '%' && c < 0x80 && (isLetter(c) || isDigit(c) || strings.IndexByte("-._~:/?#[]@!$&'()*+,;=", c) >= 0) {
			b.WriteByte(c)
			continue
		}
		b.WriteString("%" + strings.ToUpper(string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15])))
	}
	return b.String()
}

func (m *mender) email(v *Value) {
	if s := strings.TrimPrefix(strings.TrimSpace(v.Text), "mailto:"); s != v.Text && isEmail(s) {
		m.change(v, text(s), "why_trim")
	}
}
