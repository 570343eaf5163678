package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/job"
	"github.com/shanyraq/shanyraq/internal/mail"
	"github.com/shanyraq/shanyraq/lang"
)

// post is a real SMTP server. It answers the first letters with the errors in
// order, and keeps the others.
type post struct {
	mu     sync.Mutex
	errors []error
	got    []enveloped
}

type enveloped struct {
	to   string
	body []byte
}

type talk struct {
	p  *post
	to string
}

func (p *post) NewSession(*smtp.Conn) (smtp.Session, error) { return &talk{p: p}, nil }
func (t *talk) Mail(string, *smtp.MailOptions) error        { return nil }
func (t *talk) Reset()                                      {}
func (t *talk) Logout() error                               { return nil }
func (t *talk) Rcpt(to string, _ *smtp.RcptOptions) error {
	t.to = to
	return nil
}

func (t *talk) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	t.p.mu.Lock()
	defer t.p.mu.Unlock()
	if len(t.p.errors) > 0 {
		err, t.p.errors = t.p.errors[0], t.p.errors[1:]
		return err
	}
	t.p.got = append(t.p.got, enveloped{t.to, b})
	return nil
}

func (p *post) letters() []enveloped {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]enveloped{}, p.got...)
}

// posted connects an App with a mail server.
func posted(t *testing.T, a *App, p *post) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := smtp.NewServer(p)
	srv.Domain = "localhost"
	done := make(chan struct{})
	go func() { defer close(done); _ = srv.Serve(l) }()
	t.Cleanup(func() { srv.Close(); <-done })
	if a.Mail, err = mail.New("smtp://"+l.Addr().String(), "", "Shanyraq <noreply@example.kz>"); err != nil {
		t.Fatal(err)
	}
	a.PublicURL = "https://shanyraq.example"
}

// working lets the queue of an App work until the end of the test.
func working(t *testing.T, a *App) {
	t.Helper()
	a.Jobs.Start(t.Context())
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		a.Jobs.Stop(ctx)
	})
}

// eventually waits until something is true.
func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it never came to: %s", what)
		}
	}
}

func finished(t *testing.T, a *App) bool {
	t.Helper()
	loads, err := a.Jobs.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range loads {
		if l.Waiting+l.Running > 0 {
			return false
		}
	}
	return true
}

var hubAsked = Notice{Kind: NoticeAsked, Subject: "ask-1", About: "C7p", Title: lang.Text{lang.KK: "Балқаш <хабы> & \"т.б.\"", lang.EN: "Hub"}, Day: 20795, Offices: []string{"akimat-35"}, Territory: "KZ-35", Link: "/asks/ask-1"}

func TestALetterTellsWhatHappened(t *testing.T) {
	a, p := kazakhstan(t), &post{errors: []error{&smtp.SMTPError{Code: 451, Message: "greylisted, u_akimat@example.kz"}}}
	crowd(t, a)
	posted(t, a, p)
	working(t, a)
	notify(t.Context(), t, a, hubAsked)
	eventually(t, "a letter, after it was put off", func() bool { return len(p.letters()) == 1 })
	got := p.letters()[0]
	if got.to != "u_akimat@example.kz" {
		t.Errorf("to %s", got.to)
	}
	m, err := netmail.ReadMessage(bytes.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || subject != "Мекемеңізге сұрақ қойылды" || m.Header.Get("Content-Language") != "kk" {
		t.Errorf("%q in %s, %v", subject, m.Header.Get("Content-Language"), err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Мекемеңізге сұрақ қойылды: Балқаш <хабы>", "https://shanyraq.example/kk/asks/ask-1", "Балқаш &lt;хабы&gt; &amp; &#34;т.б.&#34;", "https://shanyraq.example/kk/account#letters"} {
		if !strings.Contains(string(body), want) {
			t.Errorf("%q is not in\n%s", want, body)
		}
	}
	if strings.Contains(string(body), "Айгүл") {
		t.Error("the letter names a person")
	}
	var kept int
	if err := a.Store.Reader().QueryRow(`SELECT count(*) FROM job WHERE args LIKE '%example.kz%' OR problem LIKE '%u_akimat@%'`).Scan(&kept); err != nil || kept != 0 {
		t.Errorf("%d jobs hold an address, %v", kept, err)
	}
	// The address in the header stops letters, the wrong key does not.
	u, err := url.Parse(strings.Trim(m.Header.Get("List-Unsubscribe"), "<>"))
	if err != nil {
		t.Fatal(err)
	}
	o := a.Serving()
	h := httpapi.New(o)
	for _, tt := range []struct {
		key  string
		want Letters
	}{{"wrong", LettersAtOnce}, {"", LettersAtOnce}, {u.Query().Get("key"), LettersNever}} {
		w := knock(h, "", "POST", "/api/unsubscribe?account=u_akimat&key="+tt.key, "List-Unsubscribe=One-Click")
		choice, err := readChoice(a.Store.Credential(t.Context(), credLetters, "u_akimat"))
		if err != nil || choice != tt.want {
			t.Errorf("%q: %d %s, now %s %v", tt.key, w.Code, w.Body, choice, err)
		}
	}
	notify(t.Context(), t, a, hubAsked)
	eventually(t, "all jobs done", func() bool { return finished(t, a) })
	if n := len(p.letters()); n != 1 {
		t.Errorf("%d letters after they were stopped", n)
	}
}

func TestWhoGetsNoLetter(t *testing.T) {
	a, p := kazakhstan(t), &post{}
	crowd(t, a)
	posted(t, a, p)
	// Read on the page before the letter goes out.
	notify(t.Context(), t, a, hubAsked)
	ctx := actor.With(t.Context(), actor.Actor{ID: "u_akimat"})
	list, err := a.Notifications(ctx, httpapi.NotificationFilter{})
	if err != nil || len(list.Items) != 1 || list.Unread != 1 {
		t.Fatalf("%+v %v", list, err)
	}
	if n, err := a.ReadNotifications(ctx, httpapi.ReadNotifications{ID: list.Items[0].ID}); err != nil || n.Unread != 0 {
		t.Fatalf("%+v %v", n, err)
	}
	// Whom the server refuses for good.
	p.errors = []error{&smtp.SMTPError{Code: 550, Message: "no such person"}}
	notify(t.Context(), t, a, Notice{Kind: NoticeReleased, Subject: "r", Accounts: []actor.ID{"u_moh"}})
	working(t, a)
	eventually(t, "all jobs done", func() bool { return finished(t, a) })
	if n := len(p.letters()); n != 0 {
		t.Errorf("%d letters", n)
	}
	loads, err := a.Jobs.Load(t.Context())
	loads = slices.DeleteFunc(loads, func(l job.Load) bool { return l.Kind != "letter" })
	if err != nil || len(loads) != 1 || loads[0].Failed != 1 {
		t.Errorf("%+v %v", loads, err)
	}
	w, err := a.Workload(t.Context())
	w = slices.DeleteFunc(w, func(l httpapi.Workload) bool { return l.Kind != "letter" })
	if err != nil || len(w) != 1 || w[0].Failed != 1 || w[0].OldestSeconds != 0 {
		t.Errorf("%+v %v", w, err)
	}
}

func TestTheLetterOfTheDay(t *testing.T) {
	a, p := kazakhstan(t), &post{}
	crowd(t, a)
	posted(t, a, p)
	ctx := actor.With(t.Context(), actor.Actor{ID: "u_akimat"})
	if _, err := a.SetLetters(ctx, httpapi.LetterChoice{Letters: "daily"}); err != nil {
		t.Fatal(err)
	}
	if s, err := a.LetterSettings(ctx); err != nil || s.Letters != "daily" || !s.Sent {
		t.Errorf("%+v %v", s, err)
	}
	if _, err := a.SetLetters(ctx, httpapi.LetterChoice{Letters: "hourly"}); err == nil {
		t.Error("an unknown choice was taken")
	}
	for i := range 3 {
		n := hubAsked
		n.Title = plainTitle(fmt.Sprintf("№ %d", i))
		notify(t.Context(), t, a, n)
	}
	list, err := a.Notifications(ctx, httpapi.NotificationFilter{})
	if err != nil || len(list.Items) != 3 {
		t.Fatalf("%+v %v", list, err)
	}
	if _, err := a.ReadNotifications(ctx, httpapi.ReadNotifications{ID: list.Items[2].ID}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second round has nothing to tell
		if err := a.dailyRound(t.Context(), job.Slot{Due: a.Clock()}); err != nil {
			t.Fatal(err)
		}
		if err := a.sendDailyLetter(t.Context(), letterOrder{Account: "u_akimat"}); err != nil {
			t.Fatal(err)
		}
	}
	got := p.letters()
	if len(got) != 1 {
		t.Fatalf("%d letters, want one", len(got))
	}
	m, err := netmail.ReadMessage(bytes.NewReader(got[0].body))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(m.Body))
	if err != nil {
		t.Fatal(err)
	}
	if s := string(body); strings.Contains(s, "№ 0") || !strings.Contains(s, "№ 1") || !strings.Contains(s, "№ 2") {
		t.Errorf("what was read is told again, or what was not is missing:\n%s", s)
	}
}

// Each account sees its own notices only, also with the ids of others.
func TestNoticesOfOthersAreOutOfReach(t *testing.T) {
	a := kazakhstan(t)
	crowd(t, a)
	notify(t.Context(), t, a, hubAsked)
	mine, other := actor.With(t.Context(), actor.Actor{ID: "u_akimat"}), actor.With(t.Context(), actor.Actor{ID: "u_moh"})
	list, err := a.Notifications(mine, httpapi.NotificationFilter{Unread: true})
	if err != nil || len(list.Items) != 1 || list.Items[0].Link != "/asks/ask-1" || list.Items[0].Text[lang.EN] == "" {
		t.Fatalf("%+v %v", list, err)
	}
	if _, err := a.ReadNotifications(other, httpapi.ReadNotifications{ID: list.Items[0].ID, Earlier: true}); err != nil {
		t.Fatal(err)
	}
	if list, err = a.Notifications(mine, httpapi.NotificationFilter{}); err != nil || list.Unread != 1 || list.Items[0].Read {
		t.Errorf("somebody else read it: %+v %v", list, err)
	}
	if list, err = a.Notifications(other, httpapi.NotificationFilter{}); err != nil || len(list.Items) != 0 {
		t.Errorf("%+v %v", list, err)
	}
}
