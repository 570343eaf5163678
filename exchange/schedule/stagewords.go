package schedule

import (
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/works"
)

// stageWords are how builders call the stages, beside their names. The first stage
// with a word in the name counts, in the order of the template; longer words
// before shorter ones.
var stageWords = map[string][]string{
	"land":          {"отвод земли", "земельный участок", "жер телімі", "land allotment"},
	"brief":         {"медико технологическое задание", "техническое задание", "задание на проектирование", "медициналық технологиялық тапсырма", "техникалық тапсырма", "medical brief"},
	"design":        {"проектирование", "проектно сметная", "псд", "рабочая документация", "жобалау", "жсқ", "design"},
	"expertise":     {"госэкспертиза", "экспертиза", "сараптама", "expertise"},
	"procurement":   {"госзакупки", "закупки", "тендер", "конкурс", "сатып алу", "procurement", "tender"},
	"frame":         {"фундамент", "нулевой цикл", "каркас", "монолит", "конструкции", "стены", "кровля", "фасад", "қаңқа", "іргетас", "қабырға", "шатыр", "foundation", "frame", "structure", "substructure", "superstructure", "walls", "roof"},
	"repair":        {"демонтаж", "ремонтные работы", "строительно монтажные", "смр", "жөндеу", "бөлшектеу", "demolition", "repair"},
	"utilities":     {"инженерные сети", "инженерные системы", "отопление", "вентиляция", "водоснабжение", "канализация", "электромонтаж", "электроснабжение", "слаботочные", "медгазы", "медицинские газы", "инженерлік желілер", "жылыту", "желдету", "сумен жабдықтау", "utilities", "hvac", "plumbing", "electrical", "medical gases"},
	"interior":      {"отделка", "отделочные", "внутренние работы", "әрлеу", "interior", "finishing", "finishes"},
	"equipment":     {"оснащение", "оборудование", "медтехника", "жабдықтау", "жабдық", "equipment"},
	"acceptance":    {"приемка", "сдача в эксплуатацию", "ввод в эксплуатацию", "государственная комиссия", "сдача", "пайдалануға қабылдау", "пайдалануға беру", "acceptance", "handover", "commissioning"},
	"licence":       {"лицензия", "лицензирование", "licence", "license"},
	"staff":         {"подбор кадров", "кадры", "персонал", "мамандар", "кадрлар", "staffing", "recruitment"},
	"first_patient": {"первый пациент", "открытие", "алғашқы пациент", "ашылу", "first patient", "opening"},
	"contract":      {"заключение договора", "договор", "шарт", "contract"},
	"delivery":      {"поставка", "доставка", "жеткізу", "delivery"},
	"installation":  {"монтаж", "установка", "монтаждау", "орнату", "installation"},
	"commissioning": {"пусконаладка", "пуско наладочные", "ввод в эксплуатацию", "іске қосу", "commissioning"},
	"build":         {"разработка", "әзірлеу", "development"},
	"pilot":         {"пилот", "опытная эксплуатация", "пилоттық", "pilot"},
	"rollout":       {"внедрение", "тиражирование", "енгізу", "rollout", "roll out"},
}

// phrase is a folded word of a stage.
type phrase struct{ stage, folded string }

var stagePhrases = func() []phrase {
	var out []phrase
	for _, t := range works.Templates() {
		for _, s := range t.Stages {
			for _, name := range works.StageName(s.Code) {
				out = append(out, phrase{s.Code, lang.Fold(name)})
			}
		}
	}
	for stage, list := range stageWords {
		for _, w := range list {
			out = append(out, phrase{stage, lang.Fold(w)})
		}
	}
	slices.SortFunc(out, func(a, b phrase) int {
		if len(a.folded) != len(b.folded) {
			return len(b.folded) - len(a.folded)
		}
		return strings.Compare(a.stage+a.folded, b.stage+b.folded)
	})
	return slices.Compact(out)
}()

// named returns the stage of which a name speaks, "" when it speaks of none. Of
// several the longest word counts; words of the same length that speak of
// different stages cancel each other.
func (x *sorter) named(name string) string {
	if len(name) > 300 {
		return ""
	}
	folded := " " + lang.Fold(name) + " "
	best, size := "", 0
	for _, p := range stagePhrases {
		if len(p.folded) < size {
			break
		}
		// A word may go on: отделка, отделки, отделочные.
		stem := p.folded
		if r := []rune(stem); len(r) > 6 && !strings.Contains(stem, " ") {
			stem = string(r[:len(r)-1])
		}
		if !slices.Contains(x.stages, p.stage) || !strings.Contains(folded, " "+stem) {
			continue
		}
		if best != "" && best != p.stage {
			return ""
		}
		best, size = p.stage, len(p.folded)
	}
	return best
}
