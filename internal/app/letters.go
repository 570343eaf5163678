package app

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"html/template"
	"net/url"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/actor/account"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/hook"
	"github.com/shanyraq/shanyraq/internal/job"
	"github.com/shanyraq/shanyraq/internal/mail"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
)

// telling is how people and programs outside hear of what happens.
type telling struct {
	// Mail is where letters are handed in; nil sends none.
	Mail *mail.Server
	// Hooks calls other programs.
	Hooks *hook.Caller
}

// Letters says how an account wants to hear by e-mail.
type Letters string

// The choices; at once when nothing was chosen.
const (
	LettersAtOnce Letters = "at_once"
	LettersDaily  Letters = "daily"
	LettersNever  Letters = "never"
)

const (
	credLetters    = "letters"     // by account: what it has chosen
	credLettersKey = "letters_key" // one, of the server: see unsubscribeKey

	maxInLetter = 100                  // notices in the letter of a day
	keepNotices = 180 * 24 * time.Hour // what was told passes
	lettersHour = 8                    // when the letter of the day goes out
)

func readChoice(c store.Credential, err error) (Letters, error) {
	if fault.Is(err, fault.NotFound) {
		return LettersAtOnce, nil
	}
	if err != nil {
		return "", err
	}
	return decode[Letters](c.Body)
}

// The kinds of jobs of this room.
const (
	jobLetter      = "letter"       // one notice to one account
	jobDailyLetter = "daily_letter" // what waits, to one account
	jobDailyRound  = "daily_round"  // each morning, orders the daily letters
	jobReminders   = "reminders"    // each morning, reminds those who owe an answer or a report
	jobWebhook     = "webhook"      // one delivery
)

// letterOrder names whom a letter goes to and what it tells; the address is
// looked up when it is sent.
type letterOrder struct {
	Account string `json:"account"`
	Notice  string `json:"notice,omitempty"`
}

// registerJobs says what is done in the background.
func (a *App) registerJobs() {
	job.Register(a.Jobs, jobLetter, a.sendLetter)
	job.Register(a.Jobs, jobDailyLetter, a.sendDailyLetter)
	job.Register(a.Jobs, jobDailyRound, a.dailyRound)
	job.Register(a.Jobs, jobReminders, a.reminders)
	job.Register(a.Jobs, jobWebhook, a.callWebhook)
}

// StartJobs begins the work in the background: what was ordered, and what is
// due each morning on the clock of the country.
func (a *App) StartJobs(ctx context.Context) error {
	v, err := a.look(context.WithoutCancel(ctx), When{}) // who stops at once is told by the end, not by an error
	if err != nil {
		return err
	}
	morning := job.Daily(lettersHour, 0, v.Country.OffsetMinutes)
	a.Jobs.Every(jobReminders, morning)
	// After the reminders, so that the letter of the day holds them.
	a.Jobs.Every(jobDailyRound, job.Daily(lettersHour, 10, v.Country.OffsetMinutes))
	a.Jobs.Start(ctx)
	return nil
}

// sendLetter tells an account one thing by e-mail, unless it has seen it on the
// page by now.
func (a *App) sendLetter(ctx context.Context, o letterOrder) error {
	n, err := a.Store.Notice(ctx, o.Account, o.Notice)
	if fault.Is(err, fault.NotFound) || (err == nil && !n.Read.IsZero()) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.write(ctx, o.Account, n.ID, letterSubjects[NoticeKind(n.Kind)], []store.Notice{n})
}

var dailySubject = lang.Text{lang.KK: "Шаңырақ: бүгінгі хабарламалар", lang.RU: "Шанырак: уведомления за день", lang.EN: "Shanyraq: notifications of the day"}

// sendDailyLetter tells an account everything that waits for the letter of the
// day and was not seen on the page.
func (a *App) sendDailyLetter(ctx context.Context, o letterOrder) error {
	list, err := a.Store.DailyNotices(ctx, o.Account, maxInLetter)
	if err != nil || len(list) == 0 {
		return err
	}
	var unseen []store.Notice
	for _, n := range list {
		if n.Read.IsZero() {
			unseen = append(unseen, n)
		}
	}
	last := list[len(list)-1].ID
	if len(unseen) > 0 {
		if err := a.write(ctx, o.Account, last, dailySubject, unseen); err != nil {
			return err
		}
	}
	return a.Store.LetterSent(ctx, o.Account, last)
}

// dailyRound orders the letters of the day and deletes what has passed.
func (a *App) dailyRound(ctx context.Context, _ job.Slot) error {
	accounts, err := a.Store.DailyAccounts(ctx)
	if err != nil {
		return err
	}
	for _, id := range accounts {
		if err := a.Jobs.Order(ctx, jobDailyLetter, letterOrder{Account: id}, job.Named(id)); err != nil {
			return err
		}
	}
	return a.Store.SweepNotices(ctx, a.Clock().Add(-keepNotices))
}

// write hands in a letter. Whoever cannot be written to, is not: an account
// that was switched off, or that has chosen to get none.
func (a *App) write(ctx context.Context, id, letter string, subject lang.Text, list []store.Notice) error {
	if a.Mail == nil {
		return nil
	}
	acc, _, err := a.account(ctx, id)
	if err != nil || acc.State != account.Active {
		return err
	}
	choice, err := readChoice(a.Store.Credential(ctx, credLetters, id))
	if err != nil || choice == LettersNever {
		return err
	}
	p, err := a.person(ctx, id)
	if err != nil {
		return err
	}
	key, err := a.unsubscribeKey(ctx, id)
	if err != nil {
		return err
	}
	c := acc.Language
	if c == "" {
		c = lang.KK
	}
	l, err := a.compose(c, subject, list)
	if err != nil {
		return err
	}
	l.ID, l.To = letter+"."+id, p.Email
	l.Unsubscribe = a.PublicURL + "/api/unsubscribe?" + url.Values{"account": {id}, "key": {key}}.Encode()
	err = a.Mail.Send(ctx, l)
	if fault.Is(err, fault.Invalid) {
		return job.GiveUp(err) // the server will never take it
	}
	return err
}

var letterWords = struct{ hello, open, why, change lang.Text }{
	hello:  lang.Text{lang.KK: "Сәлеметсіз бе!", lang.RU: "Здравствуйте!", lang.EN: "Hello,"},
	open:   lang.Text{lang.KK: "Ашу", lang.RU: "Открыть", lang.EN: "Open"},
	why:    lang.Text{lang.KK: "Бұл хатты Шаңырақ платформасы автоматты түрде жіберді, оған жауап жазудың қажеті жоқ.", lang.RU: "Это письмо отправлено платформой «Шанырак» автоматически, отвечать на него не нужно.", lang.EN: "This letter was sent by Shanyraq automatically; there is no need to reply."},
	change: lang.Text{lang.KK: "Хаттарды баптау немесе олардан бас тарту", lang.RU: "Настроить письма или отказаться от них", lang.EN: "Change or stop these letters"},
}

type letterItem struct{ Text, Link string }

type letterPage struct {
	Lang, Subject, Hello, Open, Why, Change, Settings string
	Items                                             []letterItem
}

var letterHTML = template.Must(template.New("letter").Parse(`<!doctype html>
<html lang="{{.Lang}}"><head><meta charset="utf-8"><title>{{.Subject}}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.5;max-width:36em;margin:0 auto;padding:1em">
<p>{{.Hello}}</p>
{{range .Items}}<p>{{.Text}}<br><a href="{{.Link}}">{{$.Open}}</a></p>
{{end}}<hr>
<p style="font-size:13px">{{.Why}}<br><a href="{{.Settings}}">{{.Change}}</a></p>
</body></html>
`))

// compose writes a letter as plain text and as a simple page, with the same
// words.
func (a *App) compose(c lang.Code, subject lang.Text, list []store.Notice) (mail.Letter, error) {
	p := letterPage{Lang: string(c), Subject: subject.In(c), Hello: letterWords.hello.In(c), Open: letterWords.open.In(c), Why: letterWords.why.In(c), Change: letterWords.change.In(c),
		Settings: a.PublicURL + "/" + string(c) + "/account#letters"}
	for _, n := range list {
		b, err := decode[noticeBody](n.Body)
		if err != nil {
			return mail.Letter{}, err
		}
		p.Items = append(p.Items, letterItem{NoticeKind(n.Kind).say(b.Title, b.Day).In(c), a.PublicURL + "/" + string(c) + b.Link})
	}
	var page strings.Builder
	if err := letterHTML.Execute(&page, p); err != nil {
		return mail.Letter{}, fault.Wrap(err, "app.compose", "")
	}
	var text strings.Builder
	text.WriteString(p.Hello + "\n\n")
	for _, it := range p.Items {
		text.WriteString(it.Text + "\n" + it.Link + "\n\n")
	}
	text.WriteString("-- \n" + p.Why + "\n" + p.Change + ": " + p.Settings + "\n")
	return mail.Letter{Subject: p.Subject, Text: text.String(), HTML: page.String(), Language: p.Lang}, nil
}

// unsubscribeKey lets the owner of a mailbox stop letters without signing in:
// a message authentication code of the account, under a key that the database
// keeps.
func (a *App) unsubscribeKey(ctx context.Context, id string) (string, error) {
	c, err := a.Store.Credential(ctx, credLettersKey, "server")
	if fault.Is(err, fault.NotFound) {
		err = a.Store.Act(ctx, actor.Entry{Actor: programID, At: a.Clock(), Op: "letters-key"}, func(tx *store.Tx) error {
			key := make([]byte, sha256.Size)
			_, _ = rand.Read(key) // never fails, says its documentation
			c = store.Credential{Kind: credLettersKey, ID: "server", Body: encode(key)}
			return tx.AddCredential(c)
		})
		if fault.Is(err, fault.Conflict) { // another letter was faster
			c, err = a.Store.Credential(ctx, credLettersKey, "server")
		}
	}
	if err != nil {
		return "", err
	}
	key, err := decode[[]byte](c.Body)
	if err != nil {
		return "", err
	}
	m := hmac.New(sha256.New, key)
	m.Write([]byte("unsubscribe " + id))
	return hex.EncodeToString(m.Sum(nil)[:16]), nil
}

// Unsubscribe stops the letters to an account for whoever holds the key out of
// one of them. A wrong key looks like a right one.
func (a *App) Unsubscribe(ctx context.Context, id, key string) error {
	want, err := a.unsubscribeKey(ctx, id)
	if err != nil || !hmac.Equal([]byte(want), []byte(key)) {
		return err
	}
	return a.chooseLetters(ctx, actor.ID(id), LettersNever)
}

func (a *App) chooseLetters(ctx context.Context, id actor.ID, choice Letters) error {
	return a.Store.Act(ctx, actor.Entry{Actor: id, At: a.Clock(), Op: "letters", Subject: string(id), Detail: string(choice)}, func(tx *store.Tx) error {
		return tx.PutCredential(store.Credential{Kind: credLetters, ID: string(id), Account: string(id), Body: encode(choice)})
	})
}

// bodyOfNotice is what a notice keeps beside its columns.
func bodyOfNotice(n Notice) ([]byte, error) {
	b := noticeBody{Title: n.Title, Link: n.Link}
	if b.Link == "" {
		b.Link = "/notifications"
	}
	if n.Day != 0 {
		b.Day = n.Day.String()
	}
	body, err := json.Marshal(b)
	return body, fault.Wrap(err, "app.Notify", string(n.Kind))
}
