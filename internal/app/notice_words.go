package app

import (
	"strings"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
)

// NoticeKind says what happened.
type NoticeKind string

// The kinds of notices.
const (
	NoticeAsked         NoticeKind = "asked"          // an office was asked
	NoticeAnswered      NoticeKind = "answered"       // whom they asked, has answered
	NoticeAskClosed     NoticeKind = "ask_closed"     // a question was taken back
	NoticeAnswerDue     NoticeKind = "answer_due"     // the day of an answer comes near
	NoticeAnswerLate    NoticeKind = "answer_late"    // and has passed
	NoticeSubmitted     NoticeKind = "submitted"      // something waits for approval
	NoticeReturned      NoticeKind = "returned"       // with a comment
	NoticeApproved      NoticeKind = "approved"       // at a level
	NoticePublished     NoticeKind = "published"      // it is public now
	NoticePublishFailed NoticeKind = "publish_failed" // it could not be made public
	NoticeCommented     NoticeKind = "commented"
	NoticeReleased      NoticeKind = "released" // a release was frozen
	NoticeImported      NoticeKind = "import_done"
	NoticeImportFailed  NoticeKind = "import_failed"
	NoticeReportDue     NoticeKind = "report_due"   // the day of a report comes near
	NoticeReportLate    NoticeKind = "report_late"  // and has passed
	NoticeWebhookOff    NoticeKind = "webhook_off"  // it failed too often
	NoticeWorkWarning   NoticeKind = "work_warning" // a work raises an alarm
)

// WebhookEvents are the kinds that webhooks can be told of.
func WebhookEvents() []NoticeKind {
	return []NoticeKind{NoticeAsked, NoticeAnswered, NoticeSubmitted, NoticeReturned, NoticeApproved, NoticePublished, NoticeReleased, NoticeImported}
}

// noticeWords is what each kind says, in a list and in a letter. {title} is the
// name of the thing, {day} the day by which something is wanted; where there is
// no day, the part in brackets is left out.
var noticeWords = map[NoticeKind]lang.Text{
	NoticeAsked: {
		lang.KK: "Мекемеңізге сұрақ қойылды: {title}.[ Жауап мерзімі: {day}.]",
		lang.RU: "Вашему ведомству задан вопрос: {title}.[ Ответ ждут до: {day}.]",
		lang.EN: "Your office was asked: {title}.[ An answer is expected by {day}.]"},
	NoticeAnswered: {
		lang.KK: "Сұрағыңызға жауап келді: {title}.",
		lang.RU: "На ваш вопрос ответили: {title}.",
		lang.EN: "Your question was answered: {title}."},
	NoticeAskClosed: {
		lang.KK: "Мекемеңізге қойылған сұрақ қайтарып алынды: {title}.",
		lang.RU: "Вопрос к вашему ведомству снят: {title}.",
		lang.EN: "A question to your office was taken back: {title}."},
	NoticeAnswerDue: {
		lang.KK: "Жауап беру мерзімі жақындап қалды: {title}.[ Соңғы күні: {day}.]",
		lang.RU: "Подходит срок ответа: {title}.[ Последний день: {day}.]",
		lang.EN: "An answer is due soon: {title}.[ Last day: {day}.]"},
	NoticeAnswerLate: {
		lang.KK: "Жауап беру мерзімі өтіп кетті: {title}.[ Соңғы күні: {day}.]",
		lang.RU: "Срок ответа прошёл: {title}.[ Последний день был: {day}.]",
		lang.EN: "An answer is overdue: {title}.[ The last day was {day}.]"},
	NoticeSubmitted: {
		lang.KK: "Сіздің бекітуіңізді күтіп тұр: {title}.",
		lang.RU: "Ждёт вашего утверждения: {title}.",
		lang.EN: "Waiting for your approval: {title}."},
	NoticeReturned: {
		lang.KK: "Ескертпемен қайтарылды: {title}.",
		lang.RU: "Возвращено с замечанием: {title}.",
		lang.EN: "Returned with a comment: {title}."},
	NoticeApproved: {
		lang.KK: "Бекітілді: {title}.",
		lang.RU: "Утверждено: {title}.",
		lang.EN: "Approved: {title}."},
	NoticePublished: {
		lang.KK: "Жарияланды: {title}.",
		lang.RU: "Опубликовано: {title}.",
		lang.EN: "Published: {title}."},
	NoticePublishFailed: {
		lang.KK: "Жариялау мүмкін болмады: {title}. Бетті ашып, себебін қараңыз.",
		lang.RU: "Опубликовать не удалось: {title}. Откройте страницу и посмотрите причину.",
		lang.EN: "Could not be published: {title}. Open the page to see why."},
	NoticeCommented: {
		lang.KK: "Жаңа пікір жазылды: {title}.",
		lang.RU: "Новый комментарий: {title}.",
		lang.EN: "New comment: {title}."},
	NoticeReleased: {
		lang.KK: "Жаңа шығарылым жарияланды: {title}.",
		lang.RU: "Вышел новый выпуск данных: {title}.",
		lang.EN: "A new release is out: {title}."},
	NoticeImported: {
		lang.KK: "Файл жүктелді: {title}.",
		lang.RU: "Файл загружен: {title}.",
		lang.EN: "The file was imported: {title}."},
	NoticeImportFailed: {
		lang.KK: "Файл жүктелмеді: {title}. Бетті ашып, қателерді қараңыз.",
		lang.RU: "Файл не загружен: {title}. Откройте страницу и посмотрите ошибки.",
		lang.EN: "The file was not imported: {title}. Open the page to see the errors."},
	NoticeReportDue: {
		lang.KK: "Есеп тапсыратын күн жақындап қалды: {title}.[ Соңғы күні: {day}.]",
		lang.RU: "Подходит срок отчёта: {title}.[ Последний день: {day}.]",
		lang.EN: "A report is due soon: {title}.[ Last day: {day}.]"},
	NoticeReportLate: {
		lang.KK: "Есеп уақытында тапсырылмады: {title}.[ Соңғы күні: {day}.]",
		lang.RU: "Отчёт не сдан в срок: {title}.[ Последний день был: {day}.]",
		lang.EN: "A report is overdue: {title}.[ The last day was {day}.]"},
	NoticeWorkWarning: {
		lang.KK: "Ерте ескерту. {title}.",
		lang.RU: "Раннее предупреждение. {title}.",
		lang.EN: "Early warning. {title}."},
	NoticeWebhookOff: {
		lang.KK: "Вебхук өшірілді, себебі хабарламалар жеткізілмеді: {title}.",
		lang.RU: "Вебхук выключен: сообщения не доходят. {title}.",
		lang.EN: "A webhook was switched off because messages did not get through: {title}."},
}

// letterSubjects is what the subject of a letter says: nothing of the thing
// itself, since subjects are shown on locked screens and kept in logs.
var letterSubjects = map[NoticeKind]lang.Text{
	NoticeAsked:         {lang.KK: "Мекемеңізге сұрақ қойылды", lang.RU: "Вашему ведомству задан вопрос", lang.EN: "A question to your office"},
	NoticeAnswered:      {lang.KK: "Сұрағыңызға жауап келді", lang.RU: "Ответ на ваш вопрос", lang.EN: "Your question was answered"},
	NoticeAskClosed:     {lang.KK: "Сұрақ қайтарып алынды", lang.RU: "Вопрос снят", lang.EN: "A question was taken back"},
	NoticeAnswerDue:     {lang.KK: "Жауап беру мерзімі жақындады", lang.RU: "Подходит срок ответа", lang.EN: "An answer is due soon"},
	NoticeAnswerLate:    {lang.KK: "Жауап беру мерзімі өтті", lang.RU: "Срок ответа прошёл", lang.EN: "An answer is overdue"},
	NoticeSubmitted:     {lang.KK: "Бекітуді күтіп тұр", lang.RU: "Ждёт утверждения", lang.EN: "Waiting for approval"},
	NoticeReturned:      {lang.KK: "Ескертпемен қайтарылды", lang.RU: "Возвращено с замечанием", lang.EN: "Returned with a comment"},
	NoticeApproved:      {lang.KK: "Бекітілді", lang.RU: "Утверждено", lang.EN: "Approved"},
	NoticePublished:     {lang.KK: "Жарияланды", lang.RU: "Опубликовано", lang.EN: "Published"},
	NoticePublishFailed: {lang.KK: "Жариялау мүмкін болмады", lang.RU: "Опубликовать не удалось", lang.EN: "Could not be published"},
	NoticeCommented:     {lang.KK: "Жаңа пікір", lang.RU: "Новый комментарий", lang.EN: "New comment"},
	NoticeReleased:      {lang.KK: "Жаңа шығарылым", lang.RU: "Новый выпуск данных", lang.EN: "A new release"},
	NoticeImported:      {lang.KK: "Файл жүктелді", lang.RU: "Файл загружен", lang.EN: "Import finished"},
	NoticeImportFailed:  {lang.KK: "Файл жүктелмеді", lang.RU: "Файл не загружен", lang.EN: "Import failed"},
	NoticeReportDue:     {lang.KK: "Есеп тапсыру мерзімі жақындады", lang.RU: "Подходит срок отчёта", lang.EN: "A report is due soon"},
	NoticeReportLate:    {lang.KK: "Есеп мерзімі өтті", lang.RU: "Отчёт не сдан в срок", lang.EN: "A report is overdue"},
	NoticeWorkWarning:   {lang.KK: "Нысан бойынша ерте ескерту", lang.RU: "Раннее предупреждение по объекту", lang.EN: "Early warning of a work"},
	NoticeWebhookOff:    {lang.KK: "Вебхук өшірілді", lang.RU: "Вебхук выключен", lang.EN: "A webhook was switched off"},
}

// say writes a notice in all languages.
func (k NoticeKind) say(title lang.Text, day string) lang.Text {
	out := lang.Text{}
	for _, c := range lang.Codes() {
		out[c] = sayIn(noticeWords[k].In(c), title.In(c), day, c)
	}
	return out
}

func sayIn(words, title, day string, c lang.Code) string {
	before, rest, _ := strings.Cut(words, "[")
	optional, after, _ := strings.Cut(rest, "]")
	words = before + after
	if d, err := period.ParseDate(day); err == nil {
		y, m, n := d.Civil()
		words = before + strings.ReplaceAll(optional, "{day}", lang.Date(y, m, n, c)) + after
	}
	title = strings.TrimRight(strings.TrimSpace(title), ".")
	if title == "" {
		words = strings.NewReplacer(": {title}", "", " {title}.", "").Replace(words)
	}
	// A date in Kazakh and Russian ends with a point of its own.
	return strings.ReplaceAll(strings.ReplaceAll(words, "{title}", title), "..", ".")
}
