package app

import (
	"strings"

	"github.com/shanyraq/shanyraq/lang"
)

func words3(kk, ru, en string) lang.Text { return lang.Text{lang.KK: kk, lang.RU: ru, lang.EN: en} }

// scheduleWords say what keeps a schedule from being taken, and what is odd
// about it.
var scheduleWords = map[string]lang.Text{
	"stage_unknown":   words3("«{a}» — мұндай кезең ({b}) түріндегі жұмыста жоқ: сәйкестік файлын түзетіңіз", "«{a}» — такого этапа у работы вида {b} нет: исправьте файл соответствия", "“{a}” is no stage of a work of the kind {b}: mend the mapping"),
	"no_stage":        words3("жоспардың бірде-бір бөлігі кезеңдерге сәйкес келмеді: --map файлымен сәйкестікті көрсетіңіз", "ни одна часть плана не отнесена к этапам: укажите соответствие файлом --map", "no part of the plan belongs to a stage: say which with --map"),
	"cut":             words3("файлдың соңғы жолы (%E) жоқ, ол кесілген болуы мүмкін: қайта экспорттап жіберіңіз", "нет последней строки файла (%E), он мог быть обрезан: выгрузите и отправьте его снова", "the last line of the file (%E) is missing, it may have been cut: export and send it again"),
	"no_status_date":  words3("файлда есеп күні жоқ: --on арқылы көрсетіңіз", "в файле нет даты отчёта: укажите её через --on", "the file has no status date: say it with --on"),
	"future":          words3("есеп күні {a} болашақта (бүгін {b}): --on арқылы дұрысын көрсетіңіз", "дата отчёта {a} в будущем (сегодня {b}): укажите верную через --on", "the status date {a} lies in the future (today is {b}): say the right one with --on"),
	"baseline_reason": words3("базалық жоспар өзгерген (№ {a}): себебін --reason арқылы көрсетіңіз", "базовый план изменился (№ {a}): укажите причину через --reason", "the baseline has changed (number {a}): give the reason with --reason"),
	"office":          words3("мұны қай мекеме айтып отырғаны белгісіз: --office арқылы көрсетіңіз", "неизвестно, какое ведомство это сообщает: укажите через --office", "nobody knows which office says so: name it with --office"),
	"line_refused":    words3("қабылданбады: {a}", "не принято: {a}", "refused: {a}"),
	"kind_missing":    words3("жұмыстың түрі жоқ: жаңа жұмысқа түрі керек", "не указан вид работы: для новой он нужен", "the kind of the work is missing: a new one needs it"),
	"bin":             words3("«{a}» — 12 цифрлы БСН емес", "«{a}» — не БИН из 12 цифр", "“{a}” is no BIN of 12 digits"),
	"weight_places":   words3("«{a}» салмағы: пайыз бір ондық белгіге дейін жазылады", "вес «{a}»: процент с одним знаком после запятой", "the weight “{a}”: a percentage with at most one decimal place"),
	"not_computed":    words3("мерзімдерді қайта есептеу мүмкін болмады: {a}", "пересчитать сроки не удалось: {a}", "the dates could not be computed anew: {a}"),
	"baseline_part":   words3("кезеңдердің {a} жұмысында базалық мерзім жоқ: базалық мерзім қалғандары бойынша алынды", "у {a} работ этапов нет базовых сроков: базовые сроки этапов взяты по остальным", "{a} activities of the stages have no baseline: that of the stages was taken from the others"),
	"cost_currency":   words3("базалық құн {a} валютасында, {b} емес: алынбады", "базовая стоимость в валюте {a}, а не {b}: не взята", "the cost of the baseline is in {a} and not in {b}: not taken"),
	"cost_places":     words3("базалық құнда ({a}) тиыннан ұсақ бөлік бар: алынбады", "в базовой стоимости ({a}) есть доли тиына: не взята", "the cost of the baseline ({a}) has parts of a tiyn: not taken"),
	"no_evidence":     words3("айғақ файлдарының қоймасы жоқ: пайыздар растаусыз қалды", "хранилища файлов нет: проценты остались без подтверждения", "there is no place for files: the percentages stay without evidence"),
}

func scheduleWord(code, a, b string) lang.Text {
	out := lang.Text{}
	for c, t := range scheduleWords[code] {
		out[c] = strings.NewReplacer("{a}", a, "{b}", b).Replace(t)
	}
	return out
}
