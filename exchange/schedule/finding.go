package schedule

import (
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
)

// Finding is something of the file that is odd, was not kept, or was read in
// one of several ways. Fatal faults are errors instead.
type Finding struct {
	Code string    `json:"code"`
	Path string    `json:"path"` // such as TASK row 12, Tasks/Task[3]/Start
	Text lang.Text `json:"text"`
}

// maxSame bounds the findings of a code that are kept; the rest is counted.
const maxSame = 50

// Note adds a finding. a and b stand for {a} and {b} in its text.
func (s *Schedule) Note(code, path, a, b string) {
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	if s.counts[code]++; s.counts[code] > maxSame {
		s.Uncounted++
		return
	}
	text := lang.Text{}
	for c, t := range phrases[code] {
		text[c] = strings.NewReplacer("{a}", cut(a), "{b}", cut(b)).Replace(t)
	}
	s.Findings = append(s.Findings, Finding{Code: code, Path: path, Text: text})
}

// Count returns how often a finding was made, kept or not.
func (s *Schedule) Count(code string) int { return s.counts[code] }

// cut keeps a text of somebody short in a message.
func cut(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

func several(s *Schedule, code string) error {
	var codes []string
	for i := range s.Projects {
		if p := &s.Projects[i]; p.BaselineOf == "" && len(codes) < 20 {
			codes = append(codes, p.Code)
		}
	}
	if code != "" {
		return fault.New(fault.Invalid, "schedule.Project", s.Name, "%s: the code %.60q stands for several projects: name one by its id", s.Name, code)
	}
	return fault.New(fault.Invalid, "schedule.Project", s.Name, "%s: the file holds several projects (%s): name one", s.Name, strings.Join(codes, ", "))
}

func missing(s *Schedule, code string) error {
	if code == "" {
		return fault.New(fault.NotFound, "schedule.Project", s.Name, "%s: the file holds no project", s.Name)
	}
	return fault.New(fault.NotFound, "schedule.Project", s.Name, "%s: the file holds no project %.60q", s.Name, code)
}

func say(kk, ru, en string) lang.Text { return lang.Text{lang.KK: kk, lang.RU: ru, lang.EN: en} }

// phrases say what each finding means.
var phrases = map[string]lang.Text{
	"date":             say("«{a}» — оқылмайтын күн: ескерілмеді", "«{a}» — дата не читается: не учтена", "“{a}” is no date that can be read: left out"),
	"date_absent":      say("«{a}» бағдарламада күн жоқ дегенді білдіреді: бос деп алынды", "«{a}» в программе значит «даты нет»: принято как пустое", "“{a}” means in the program that there is no date: taken as empty"),
	"number":           say("«{a}» — оқылмайтын сан: ескерілмеді", "«{a}» — число не читается: не учтено", "“{a}” is no number that can be read: left out"),
	"number_range":     say("«{a}» мүмкін шектен тыс ({b}): ескерілмеді", "«{a}» вне возможных границ ({b}): не учтено", "“{a}” lies outside what can be ({b}): left out"),
	"duration":         say("«{a}» — оқылмайтын ұзақтық: ескерілмеді", "«{a}» — длительность не читается: не учтена", "“{a}” is no duration that can be read: left out"),
	"duration_rough":   say("«{a}» ұзақтығында жыл не ай бар: минутқа дәл айналмайды, ескерілмеді", "в длительности «{a}» есть годы или месяцы: в минуты точно не переводятся, не учтена", "the duration “{a}” has years or months, which are no exact minutes: left out"),
	"seconds":          say("«{a}» ұзақтығының секундтары алынбады", "секунды длительности «{a}» отброшены", "the seconds of the duration “{a}” were cut off"),
	"unknown_value":    say("«{a}» мәні белгісіз ({b}): ескерілмеді", "неизвестное значение «{a}» ({b}): не учтено", "unknown value “{a}” ({b}): left out"),
	"name_missing":     say("атауы жоқ жұмыс", "работа без названия", "an activity without a name"),
	"text_long":        say("мәтін тым ұзын: басы ғана алынды", "текст слишком длинный: взято только начало", "a text is too long: only its beginning was kept"),
	"null_task":        say("бос жол: жұмыс емес", "пустая строка: не работа", "a blank line: no activity"),
	"inactive":         say("«{a}» белсенді емес: есепке алынбады", "«{a}» не активна: в расчёт не вошла", "“{a}” is inactive: it takes no part"),
	"recurring":        say("«{a}» қайталанатын жұмыс", "«{a}» — повторяющаяся работа", "“{a}” recurs"),
	"external":         say("«{a}» басқа файлда тұр ({b}): есепке алынбады", "«{a}» стоит в другом файле ({b}): в расчёт не вошла", "“{a}” stands in another file ({b}): it takes no part"),
	"subproject":       say("«{a}» ішкі жоба ({b}): оның жұмыстары файлда жоқ болуы мүмкін", "«{a}» — вложенный проект ({b}): его работ в файле может не быть", "“{a}” is a subproject ({b}): its activities may not be in the file"),
	"link_external":    say("басқа жобаға апаратын байланыс ({a})", "связь с другим проектом ({a})", "a link to another project ({a})"),
	"calendar_missing": say("{a} күнтізбесі файлда жоқ: жобаның күнтізбесі алынды", "календаря {a} в файле нет: взят календарь проекта", "the calendar {a} is not in the file: that of the project is taken"),
	"calendar":         say("{a} күнтізбесі оқылмайды ({b}): бес күндік апта алынды", "календарь {a} не читается ({b}): взята пятидневная неделя", "the calendar {a} cannot be read ({b}): a week of five days is taken"),
	"calendar_part":    say("{a} күнтізбесінің бір бөлігі түсініксіз: ескерілмеді", "часть календаря {a} не понята: не учтена", "a part of the calendar {a} was not understood: left out"),
	"people":           say("адамдардың есімдері сақталмады: {a}", "имена людей не сохранены: {a}", "names of people were not kept: {a}"),
	"not_kept":         say("сақталмайтын мәліметтер: {a} ({b})", "сведения, которые не сохраняются: {a} ({b})", "not kept: {a} ({b})"),
	"assignment_lost":  say("тағайындаудың жұмысы не ресурсы файлда жоқ", "назначение без работы или ресурса в файле", "an assignment whose activity or resource is not in the file"),
	"parent_missing":   say("{a} жоғарғы бөлімі файлда жоқ", "вышестоящего раздела {a} в файле нет", "the section {a} above it is not in the file"),
	"wbs_circle":       say("бөлімдер бірін-бірі қамтиды", "разделы вложены друг в друга по кругу", "sections that contain each other"),
	"id_twice":         say("{a} нөмірі екі рет кездеседі: екіншісі ескерілмеді", "номер {a} встречается дважды: второй не учтён", "the number {a} stands twice: the second was left out"),
	"currency":         say("валюта көрсетілмеген", "валюта не указана", "no currency is given"),
	"currency_many":    say("файлда бірнеше валюта бар ({a}): жобанікі қайсысы екені белгісіз", "в файле несколько валют ({a}): неясно, какая у проекта", "the file has several currencies ({a}): which is the project's is not said"),
	"encoding_guessed": say("таңбалар {a} деп оқылды: файлда жазылмаған, атауларды салыстырып қараңыз", "символы прочитаны как {a}: в файле этого не сказано, сравните названия", "read as {a}: nothing in the file says so, compare the names"),
	"table_unknown":    say("{a} кестесі оқылмайды ({b} жол)", "таблица {a} не читается ({b} строк)", "the table {a} is not read ({b} rows)"),
	"row_short":        say("жолда бағандардан аз өріс бар: қалғаны бос деп алынды", "в строке меньше полей, чем столбцов: остальные приняты пустыми", "the row has fewer fields than columns: the rest is taken as empty"),
	"row_long":         say("жолда бағандардан көп өріс бар: артығы ескерілмеді", "в строке больше полей, чем столбцов: лишние не учтены", "the row has more fields than columns: the rest was left out"),
	"row_other":        say("жобасы файлда жоқ жол ({a})", "строка проекта, которого в файле нет ({a})", "a row of a project that is not in the file ({a})"),
	"baseline_of":      say("«{a}» жобасы «{b}» жобасының базалық жоспары деп алынды", "проект «{a}» принят как базовый план проекта «{b}»", "the project “{a}” was taken as a baseline of “{b}”"),
	"baseline_task":    say("базалық жоспарда бар, бірақ жобада жоқ жұмыс: {a}", "работа есть в базовом плане, но не в проекте: {a}", "an activity of the baseline that the project does not have: {a}"),
	"lag_percent":      say("кідіріс алдыңғы жұмыс ұзақтығының {a} % ретінде берілген: минутқа айналдырылды", "задержка задана как {a} % длительности предшественника: переведена в минуты", "the lag is {a} % of the predecessor's duration: turned into minutes"),
	"no_end":           say("файлдың соңғы жолы (%E) жоқ: ол кесілген болуы мүмкін", "нет последней строки файла (%E): он мог быть обрезан", "the last line of the file (%E) is missing: it may have been cut"),
	"fields_many":      say("қосымша өрістер тым көп: {a} артық мән ескерілмеді", "дополнительных полей слишком много: лишние значения не учтены ({a})", "too many custom fields: {a} further values were left out"),
}
