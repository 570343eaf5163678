package app

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/actor/account"
	"github.com/shanyraq/shanyraq/internal/job"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
)

// member puts an account on the desk: role at a territory, office.
func member(t *testing.T, a *App, id, role, at, office string, state account.State) {
	t.Helper()
	v, err := a.look(t.Context(), When{})
	if err != nil {
		t.Fatal(err)
	}
	acc := account.Account{ID: actor.ID(id), State: state, Home: place.ID(at), Office: office, Language: lang.KK, Grants: []actor.Grant{{Role: actor.Role(role), Territory: place.ID(at)}}}
	err = a.Store.Act(t.Context(), actor.Entry{Actor: "test", At: a.Clock(), Op: "invite"}, func(tx *store.Tx) error {
		if _, err := putAccount(tx, v, acc, 0); err != nil {
			return err
		}
		return tx.AddCredential(store.Credential{Kind: credPerson, ID: id, Account: id, Body: encode(account.Person{Name: "Айгүл " + id, Email: id + "@example.kz"})})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// notify does an act that tells somebody something.
func notify(ctx context.Context, t *testing.T, a *App, n Notice) {
	t.Helper()
	err := a.Store.Act(ctx, actor.Entry{Actor: actor.From(ctx).ID, At: a.Clock(), Op: "test"}, func(tx *store.Tx) error { return a.Notify(tx, n) })
	if err != nil {
		t.Fatal(err)
	}
}

func crowd(t *testing.T, a *App) {
	t.Helper()
	for _, m := range [][4]string{
		{"u_nation", "approver", "KZ", ""}, {"u_karaganda", "approver", "KZ-35", ""}, {"u_second", "approver", "KZ-35", ""},
		{"u_akimat", "contributor", "KZ-35", "akimat-35"}, {"u_moh", "planner", "KZ", "moh"}, {"u_left", "approver", "KZ-35", "akimat-35"},
	} {
		state := account.Active
		if m[0] == "u_left" {
			state = account.Disabled
		}
		member(t, a, m[0], m[1], m[2], m[3], state)
	}
}

func TestWhoIsTold(t *testing.T) {
	a := kazakhstan(t)
	crowd(t, a)
	tests := []struct {
		name string
		by   actor.ID
		n    Notice
		want []string
	}{
		{"nobody", "", Notice{}, nil},
		{"by name", "", Notice{Accounts: []actor.ID{"u_moh", "u_nobody", "u_moh"}}, []string{"u_moh"}},
		{"not an account that was switched off", "", Notice{Accounts: []actor.ID{"u_left"}}, nil},
		{"an office", "", Notice{Offices: []string{"akimat-35"}}, []string{"u_akimat"}},
		{"no office is no office", "", Notice{Offices: []string{""}}, nil},
		{"the approvers of the region", "", Notice{Roles: []actor.Role{actor.Approver}, Territory: "KZ-35"}, []string{"u_karaganda", "u_second"}},
		{"nowhere", "", Notice{Roles: []actor.Role{actor.Approver}, Territory: "nowhere"}, nil},
		{"those of the country where the region has none", "", Notice{Roles: []actor.Role{actor.Approver}, Territory: "KZ-10"}, []string{"u_nation"}},
		{"of the country", "", Notice{Roles: []actor.Role{actor.Approver, actor.Planner}, Territory: "KZ"}, []string{"u_moh", "u_nation"}},
		{"not oneself", "u_second", Notice{Roles: []actor.Role{actor.Approver}, Territory: "KZ-35", Offices: []string{"akimat-35"}}, []string{"u_akimat", "u_karaganda"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			ctx := actor.With(t.Context(), actor.Actor{ID: tt.by})
			v, err := a.look(ctx, When{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			undo := errors.New("undo")
			err = a.Store.Act(ctx, actor.Entry{Actor: "test", At: a.Clock(), Op: "test"}, func(tx *store.Tx) error {
				list, err := recipients(tx, v, tt.n)
				for _, id := range list {
					got = append(got, string(id))
				}
				return errors.Join(err, undo)
			})
			if !errors.Is(err, undo) {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestANoticeIsThereExactlyIfTheActIs(t *testing.T) {
	a := kazakhstan(t)
	crowd(t, a)
	n := Notice{Kind: NoticeAsked, Subject: "ask-1", About: "C7p", Title: lang.Text{lang.EN: "The hub"}, Offices: []string{"akimat-35"}, Territory: "KZ-35"}
	undo := errors.New("undo")
	err := a.Store.Act(t.Context(), actor.Entry{Actor: "test", At: a.Clock(), Op: "test"}, func(tx *store.Tx) error {
		return errors.Join(a.Notify(tx, n), undo)
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
	if n, err := a.Store.Unread(t.Context(), "u_akimat"); err != nil || n != 0 {
		t.Errorf("%d notices of an act that was taken back, %v", n, err)
	}
	notify(t.Context(), t, a, n)
	ctx := actor.With(t.Context(), actor.Actor{ID: "u_akimat"})
	s, err := a.Session(ctx)
	if err != nil || s.Unread != 1 {
		t.Errorf("%+v %v", s, err)
	}
	err = a.Store.Act(t.Context(), actor.Entry{Actor: "test", At: a.Clock(), Op: "test"}, func(tx *store.Tx) error { return a.Notify(tx, Notice{Kind: "gossip"}) })
	if err == nil {
		t.Error("a kind without words was taken")
	}
}

func TestEveryKindOfNoticeHasItsWords(t *testing.T) {
	places := regexp.MustCompile(`[\[\]{}]`)
	for kind, words := range noticeWords {
		for _, c := range lang.Codes() {
			if !words.Has(c) || !letterSubjects[kind].Has(c) {
				t.Errorf("%s has no words in %s", kind, c)
			}
			if strings.Count(words[c], "{title}") != 1 || strings.Contains(letterSubjects[kind][c], "{") {
				t.Errorf("%s in %s: the title stands once in the text and never in the subject", kind, c)
			}
		}
		for _, title := range []lang.Text{nil, {lang.EN: "The hub."}} {
			for _, day := range []string{"", "2026-12-08"} {
				for c, said := range kind.say(title, day) {
					if places.MatchString(said) || strings.Contains(said, "..") || strings.Contains(said, "  ") || !strings.HasSuffix(said, ".") || strings.Contains(said, ":.") {
						t.Errorf("%s in %s says %q", kind, c, said)
					}
				}
			}
		}
	}
	if len(noticeWords) != len(letterSubjects) {
		t.Errorf("%d kinds have words and %d a subject", len(noticeWords), len(letterSubjects))
	}
}

func TestWhatANoticeSays(t *testing.T) {
	title := lang.Text{lang.KK: "Балқаш хабы", lang.RU: "Хаб в Балхаше", lang.EN: "Hub in Balkhash"}
	got := NoticeAsked.say(title, "2026-12-08")
	want := lang.Text{
		lang.KK: "Мекемеңізге сұрақ қойылды: Балқаш хабы. Жауап мерзімі: 2026 ж. 8 желтоқсан.",
		lang.RU: "Вашему ведомству задан вопрос: Хаб в Балхаше. Ответ ждут до: 8 декабря 2026 г.",
		lang.EN: "Your office was asked: Hub in Balkhash. An answer is expected by 8 December 2026.",
	}
	for c, w := range want {
		if strings.ReplaceAll(got[c], "\u00a0", " ") != w {
			t.Errorf("%s: %q, want %q", c, got[c], w)
		}
	}
	if s := NoticeWebhookOff.say(nil, "")[lang.RU]; s != "Вебхук выключен: сообщения не доходят." {
		t.Error(s)
	}
}

// Who owes a report is told on the mornings that the method names, once each,
// and nobody is told while nobody has an account.
func TestReportsAreRemindedOf(t *testing.T) {
	a := kazakhstan(t)
	due := mustLook(t, a).Templates["capacity-monthly"].Due(mustPeriod(t, "2026-10"))
	told := func(offset int) int {
		a.Clock = func() time.Time { return due.Time().AddDate(0, 0, offset).Add(3 * time.Hour) }
		for range 2 {
			if err := a.reminders(t.Context(), job.Slot{}); err != nil {
				t.Fatal(err)
			}
		}
		return noticesOf(t, a, "u_reporter")
	}
	if n := told(-3); n != 0 {
		t.Errorf("%d notices before there was anybody", n)
	}
	member(t, a, "u_reporter", "contributor", "KZ-35", "akimat-35", account.Active)
	before := told(-1)
	if n := told(0); n <= before {
		t.Errorf("on the due day: %d notices, %d before", n, before)
	}
	after := told(0)
	if n := told(1); n > after+2 { // of other templates and months
		t.Errorf("the day after: %d notices, %d before", n, after)
	}
}
