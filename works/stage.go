package works

import (
	"slices"

	"github.com/shanyraq/shanyraq/lang"
)

// Stage is one part of the way of a work, with its weight in the whole.
type Stage struct {
	Code string
	Name lang.Text
	// PerMille is its share of the work, of 1000. All stages add up to 1000.
	PerMille int
	// Days is how long it usually takes, an assumption, for works that have no
	// baseline.
	Days int
}

// Template is the way of a kind of works.
type Template struct {
	Code   string
	Stages []Stage
	// Source says on what the weights rest; they are an assumption until a
	// norm or our own closed projects replace them.
	Source string
}

// Has reports whether the template has the stage.
func (t Template) Has(code string) bool { return t.index(code) >= 0 }

// weight returns the weight of a stage, 0 for one that the template has no more:
// a plan that was agreed outlives its template.
func (t Template) weight(code string) int64 {
	if i := t.index(code); i >= 0 {
		return int64(t.Stages[i].PerMille)
	}
	return 0
}

func (t Template) index(code string) int {
	return slices.IndexFunc(t.Stages, func(s Stage) bool { return s.Code == code })
}

// Assumption is the source of what no document says.
const Assumption = "assumption"

// stageNames name the stages wherever they occur.
var stageNames = map[string]lang.Text{
	"decision":      {lang.KK: "Шешім", lang.RU: "Решение", lang.EN: "Decision"},
	"land":          {lang.KK: "Жер учаскесі", lang.RU: "Земельный участок", lang.EN: "Land"},
	"brief":         {lang.KK: "Медициналық-технологиялық тапсырма", lang.RU: "Медико-технологическое задание", lang.EN: "Medical brief"},
	"design":        {lang.KK: "Жобалау-сметалық құжаттама", lang.RU: "Проектно-сметная документация", lang.EN: "Design"},
	"expertise":     {lang.KK: "Мемлекеттік сараптама", lang.RU: "Государственная экспертиза", lang.EN: "State expertise"},
	"procurement":   {lang.KK: "Мемлекеттік сатып алу", lang.RU: "Государственные закупки", lang.EN: "Procurement"},
	"frame":         {lang.KK: "Қаңқа", lang.RU: "Каркас", lang.EN: "Frame"},
	"repair":        {lang.KK: "Құрылыс-жөндеу жұмыстары", lang.RU: "Строительно-ремонтные работы", lang.EN: "Repair works"},
	"utilities":     {lang.KK: "Инженерлік желілер", lang.RU: "Инженерные сети", lang.EN: "Utilities"},
	"interior":      {lang.KK: "Ішкі әрлеу", lang.RU: "Внутренняя отделка", lang.EN: "Interior finishing"},
	"equipment":     {lang.KK: "Жабдықтау", lang.RU: "Оснащение", lang.EN: "Equipment"},
	"acceptance":    {lang.KK: "Пайдалануға қабылдау", lang.RU: "Приёмка в эксплуатацию", lang.EN: "Acceptance"},
	"licence":       {lang.KK: "Лицензия", lang.RU: "Лицензия", lang.EN: "Licence"},
	"staff":         {lang.KK: "Мамандар", lang.RU: "Кадры", lang.EN: "Staff"},
	"first_patient": {lang.KK: "Алғашқы пациент", lang.RU: "Первый пациент", lang.EN: "First patient"},
	"need":          {lang.KK: "Қажеттілік", lang.RU: "Потребность", lang.EN: "Need"},
	"contract":      {lang.KK: "Шарт", lang.RU: "Договор", lang.EN: "Contract"},
	"delivery":      {lang.KK: "Жеткізу", lang.RU: "Поставка", lang.EN: "Delivery"},
	"installation":  {lang.KK: "Монтаждау", lang.RU: "Монтаж", lang.EN: "Installation"},
	"commissioning": {lang.KK: "Іске қосу", lang.RU: "Ввод в эксплуатацию", lang.EN: "Commissioning"},
	"in_use":        {lang.KK: "Қолданыста", lang.RU: "В использовании", lang.EN: "In use"},
	"build":         {lang.KK: "Әзірлеу", lang.RU: "Разработка", lang.EN: "Development"},
	"pilot":         {lang.KK: "Пилоттық енгізу", lang.RU: "Пилотное внедрение", lang.EN: "Pilot"},
	"rollout":       {lang.KK: "Енгізу", lang.RU: "Внедрение", lang.EN: "Roll-out"},
	"talks":         {lang.KK: "Келіссөздер", lang.RU: "Переговоры", lang.EN: "Talks"},
	"signed":        {lang.KK: "Қол қойылды", lang.RU: "Подписано", lang.EN: "Signed"},
	"financing":     {lang.KK: "Қаржыландыру", lang.RU: "Финансирование", lang.EN: "Financing"},
	"plant":         {lang.KK: "Өндіріс құру", lang.RU: "Создание производства", lang.EN: "Plant"},
	"registration":  {lang.KK: "Тіркеу", lang.RU: "Регистрация", lang.EN: "Registration"},
	"production":    {lang.KK: "Өндіру", lang.RU: "Производство", lang.EN: "Production"},
	"plan":          {lang.KK: "Жоспарлау", lang.RU: "Планирование", lang.EN: "Planning"},
	"dispensing":    {lang.KK: "Босату", lang.RU: "Отпуск", lang.EN: "Dispensing"},
}

// usualDays are how long stages take where no baseline says it. They are
// assumptions of ours until closed projects replace them.
var usualDays = map[string]int{
	"decision": 30, "land": 90, "brief": 60, "design": 180, "expertise": 60, "procurement": 75, "frame": 270, "repair": 240, "utilities": 150, "interior": 150, "equipment": 150,
	"acceptance": 30, "licence": 45, "staff": 60, "first_patient": 15, "need": 60, "contract": 45, "delivery": 150, "installation": 30, "commissioning": 20, "in_use": 15,
	"build": 365, "pilot": 120, "rollout": 180, "talks": 120, "signed": 30, "financing": 180, "plant": 540, "registration": 270, "production": 90, "plan": 60, "dispensing": 365,
}

// StageName returns the name of a stage.
func StageName(code string) lang.Text { return stageNames[code] }

type weight struct {
	code     string
	perMille int
}

func template(code string, list ...weight) Template {
	t := Template{Code: code, Source: Assumption}
	for _, w := range list {
		t.Stages = append(t.Stages, Stage{w.code, stageNames[w.code], w.perMille, usualDays[w.code]})
	}
	return t
}

var opening = []weight{{"acceptance", 20}, {"licence", 20}, {"staff", 30}, {"first_patient", 10}}

func withOpening(list ...weight) []weight { return append(slices.Clone(list), opening...) }

// templates are the ways of the kinds. The weights are assumptions.
var templates = []Template{
	template(string(NewBuilding), withOpening(weight{"land", 20}, weight{"brief", 20}, weight{"design", 60}, weight{"expertise", 20}, weight{"procurement", 30}, weight{"frame", 270}, weight{"utilities", 150}, weight{"interior", 150}, weight{"equipment", 200})...),
	template(string(Extension), withOpening(weight{"land", 10}, weight{"brief", 20}, weight{"design", 60}, weight{"expertise", 20}, weight{"procurement", 30}, weight{"frame", 250}, weight{"utilities", 150}, weight{"interior", 180}, weight{"equipment", 200})...),
	template(string(Reconstruction), withOpening(weight{"brief", 20}, weight{"design", 60}, weight{"expertise", 20}, weight{"procurement", 30}, weight{"repair", 300}, weight{"utilities", 150}, weight{"interior", 170}, weight{"equipment", 170})...),
	template(string(CapitalRepair), withOpening(weight{"brief", 10}, weight{"design", 50}, weight{"expertise", 20}, weight{"procurement", 40}, weight{"repair", 400}, weight{"utilities", 150}, weight{"interior", 200}, weight{"equipment", 50})...),
	template(string(FitOut), withOpening(weight{"brief", 20}, weight{"design", 50}, weight{"expertise", 20}, weight{"procurement", 40}, weight{"repair", 200}, weight{"utilities", 120}, weight{"interior", 220}, weight{"equipment", 250})...),
	template(string(Unit), weight{"decision", 50}, weight{"brief", 50}, weight{"procurement", 100}, weight{"interior", 250}, weight{"equipment", 300}, weight{"acceptance", 50}, weight{"licence", 70}, weight{"staff", 100}, weight{"first_patient", 30}),
	template(string(Equipment), weight{"need", 100}, weight{"procurement", 200}, weight{"contract", 100}, weight{"delivery", 250}, weight{"installation", 150}, weight{"commissioning", 100}, weight{"in_use", 100}),
	template(string(Digital), weight{"decision", 50}, weight{"brief", 100}, weight{"procurement", 100}, weight{"build", 350}, weight{"pilot", 150}, weight{"rollout", 200}, weight{"in_use", 50}),
	template(string(Agreement), weight{"talks", 50}, weight{"signed", 150}, weight{"financing", 150}, weight{"plant", 350}, weight{"registration", 150}, weight{"production", 150}),
	template(string(Medicines), weight{"plan", 100}, weight{"procurement", 200}, weight{"delivery", 300}, weight{"dispensing", 400}),
}

// Templates lists the templates of stages.
func Templates() []Template { return templates }

// TemplateOf finds a template.
func TemplateOf(code string) (Template, bool) {
	for _, t := range templates {
		if t.Code == code {
			return t, true
		}
	}
	return Template{}, false
}

func hasTemplate(code string) bool { _, ok := TemplateOf(code); return ok }
