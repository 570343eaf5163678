package app

import (
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shopspring/decimal"
)

// alarmWords say a warning in a sentence.
var alarmWords = map[works.Alarm]lang.Text{
	works.AlarmLate: {lang.KK: "Мерзімі ({on}) {days} күн бұрын өтті, ашылғаны расталмаған", lang.RU: "Срок ({on}) прошёл {days} дн. назад, открытие не подтверждено",
		lang.EN: "The deadline ({on}) passed {days} days ago, and opening is not confirmed"},
	works.AlarmForecast: {lang.KK: "80 % ықтималдықпен {on} аяқталады: мерзімінен {days} күн кеш", lang.RU: "С вероятностью 80 % завершится к {on}: на {days} дн. позже срока",
		lang.EN: "With 80% probability it ends by {on}: {days} days after the deadline"},
	works.AlarmNear: {lang.KK: "Мерзіміне ({on}) {days} күн қалды, ал дайындығы {percent}", lang.RU: "До срока ({on}) осталось {days} дн., а готовность {percent}",
		lang.EN: "{days} days are left to the deadline ({on}), and it is at {percent}"},
	works.AlarmMoney: {lang.KK: "{about}: {year} жылға бөлінген {approved} ішінен {transferred} аударылды", lang.RU: "{about}: из выделенных на {year} год {approved} перечислено {transferred}",
		lang.EN: "{about}: of {approved} approved for {year}, {transferred} was transferred"},
	works.AlarmStep: {lang.KK: "Келесі қадам («{about}») {days} күннен бері күтіп тұр", lang.RU: "Следующий шаг («{about}») ждёт уже {days} дн.",
		lang.EN: "The next step (“{about}”) has been waiting for {days} days"},
	works.AlarmStill: {lang.KK: "{days} күннен бері ілгерілеу жоқ", lang.RU: "Нет продвижения уже {days} дн.",
		lang.EN: "No progress for {days} days"},
	works.AlarmUnproven: {lang.KK: "Дайындық пайызы ({percent}) расталмаған: соңғы дерекке {days} күн", lang.RU: "Процент готовности ({percent}) не подтверждён: последним данным {days} дн.",
		lang.EN: "The percentage ({percent}) is not confirmed: the last word is {days} days old"},
	works.AlarmRisk: {lang.KK: "«{risk}» тәуекелін қарау {days} күнге кешікті", lang.RU: "Пересмотр риска «{risk}» просрочен на {days} дн.",
		lang.EN: "The review of the risk “{risk}” is {days} days late"},
}

// unprovenWords say that nobody can look at what a percentage rests on.
var unprovenWords = lang.Text{lang.KK: "Дайындық пайызы ({percent}) ештеңемен расталмаған", lang.RU: "Процент готовности ({percent}) ничем не подтверждён", lang.EN: "Nothing confirms the percentage ({percent})"}

// nearUnknownWords say that a deadline is near and nobody said how far the work is.
var nearUnknownWords = lang.Text{lang.KK: "Мерзіміне ({on}) {days} күн қалды, ал дайындығы белгісіз", lang.RU: "До срока ({on}) осталось {days} дн., а готовность неизвестна",
	lang.EN: "{days} days are left to the deadline ({on}), and nobody said how far it is"}

// plain is an amount in smallest units as a decimal.
func (v *view) plain(a money.Amount) *decimal.Decimal {
	d := decimal.NewFromInt(int64(a))
	return &d
}
