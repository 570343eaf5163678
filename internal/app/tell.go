package app

import (
	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/ask"
)

// Told is something that an office hears: in its page, by mail, by webhook.
type Told struct {
	Kind   string    // ask.made, ask.closed, ask.reminder, comment.mention
	Office string    // code of the office
	Title  lang.Text // one line
	Page   string    // path of the page, without the language
	By     actor.ID  // whose act it was: not told to that one
}

// Teller brings what is told on its way within the same transaction.
type Teller interface {
	Tell(*store.Tx, Told) error
}

// tell tells an office; where nobody brings notices on their way, nobody is
// told.
func (a *App) tell(tx *store.Tx, x Told) error {
	if a.Teller == nil {
		return nil
	}
	return a.Teller.Tell(tx, x)
}

var tellWords = map[string]lang.Text{
	"asked":  {lang.KK: "Сізден сұрады: «{about}». Жауап мерзімі: {due}", lang.RU: "Вас спрашивают: «{about}». Ответ ждут до {due}", lang.EN: "You are asked: “{about}”. An answer is due on {due}"},
	"closed": {lang.KK: "Сұрақ қайтарып алынды: «{about}»", lang.RU: "Вопрос снят: «{about}»", lang.EN: "The question was taken back: “{about}”"},
	"before": {lang.KK: "Жауап мерзіміне үш күннен аз қалды: «{about}», {due}", lang.RU: "До ответа осталось не больше трёх дней: «{about}», {due}", lang.EN: "Three days or less are left for an answer: “{about}”, {due}"},
	"due":    {lang.KK: "Жауап мерзімі жетті: «{about}», {due}", lang.RU: "Срок ответа наступил: «{about}», {due}", lang.EN: "The answer is due: “{about}”, {due}"},
	"late":   {lang.KK: "Жауап мерзімі өтіп кетті: «{about}», {due}", lang.RU: "Срок ответа прошёл: «{about}», {due}", lang.EN: "The answer is overdue: “{about}”, {due}"},
	"named":  {lang.KK: "Пікірде сіздің мекемеңіз аталды", lang.RU: "Ваше ведомство упомянуто в комментарии", lang.EN: "Your office is named in a comment"},
}

func tellText(which string, q ledger.Ask, t thing) lang.Text {
	return tellWords[which].Fill(func(name string, c lang.Code) (string, bool) {
		if name == "due" {
			y, m, d := q.Due.Civil()
			return lang.Date(y, m, d, c), true
		}
		if s := t.Title.In(c); s != "" {
			return s, true
		}
		return t.ID, true
	})
}

func (a *App) tellAsked(tx *store.Tx, q ledger.Ask, t thing, by actor.ID) error {
	return a.tell(tx, Told{Kind: "ask.made", Office: q.Office, Title: tellText("asked", q, t), Page: "/asks/" + q.ID, By: by})
}

func (a *App) tellClosed(tx *store.Tx, q ledger.Ask, t thing, by actor.ID) error {
	return a.tell(tx, Told{Kind: "ask.closed", Office: q.Office, Title: tellText("closed", q, t), Page: "/asks/" + q.ID, By: by})
}

func (a *App) tellReminder(tx *store.Tx, r ask.Reminder, t thing) error {
	which := string(r.Step)
	if r.Step != ask.Before && r.Step != ask.OnDue {
		which = "late"
	}
	return a.tell(tx, Told{Kind: "ask.reminder", Office: r.Office, Title: tellText(which, r.Ask, t), Page: "/asks/" + r.ID, By: programID})
}

func (a *App) tellMentioned(tx *store.Tx, offices []string, by actor.Actor, page string) error {
	for _, office := range offices {
		if err := a.tell(tx, Told{Kind: "comment.mention", Office: office, Title: tellWords["named"], Page: page, By: by.ID}); err != nil {
			return err
		}
	}
	return nil
}
