package app

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/actor/account"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/hook"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
)

// ear is a program that is told things. It answers with the statuses in order,
// then with 200.
type ear struct {
	*httptest.Server
	mu       sync.Mutex
	statuses []int
	calls    []call
}

type call struct {
	id, at, signature string
	body              []byte
}

func listening(t *testing.T, statuses ...int) *ear {
	t.Helper()
	e := &ear{statuses: statuses}
	e.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		e.mu.Lock()
		defer e.mu.Unlock()
		e.calls = append(e.calls, call{r.Header.Get("webhook-id"), r.Header.Get("webhook-timestamp"), r.Header.Get("webhook-signature"), b})
		if len(e.statuses) > 0 {
			w.WriteHeader(e.statuses[0])
			e.statuses = e.statuses[1:]
		}
	}))
	t.Cleanup(e.Close)
	return e
}

func (e *ear) heard() []call {
	e.mu.Lock()
	defer e.mu.Unlock()
	return append([]call{}, e.calls...)
}

func administrator(t *testing.T, at string) context.Context {
	return actor.With(t.Context(), actor.Actor{ID: actor.ID("u_admin-" + strings.ToLower(at)), Grants: []actor.Grant{{Role: actor.Administrator, Territory: place.ID(at)}}})
}

func hooked(t *testing.T, a *App, ctx context.Context, id, url, territory string, events ...string) *httpapi.WebhookSecret {
	t.Helper()
	a.Hooks = hook.New(true)
	w, err := a.AddWebhook(ctx, httpapi.NewWebhook{ID: id, WebhookInput: httpapi.WebhookInput{Name: "Registry", URL: url, Events: events, Territory: territory}})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestAWebhookIsToldWhatHappensInItsTerritory(t *testing.T) {
	a, e := kazakhstan(t), listening(t, 500)
	ctx := administrator(t, "KZ-35")
	w := hooked(t, a, ctx, "hook-0001", e.URL, "KZ-35", "asked", "published")
	working(t, a)
	elsewhere, other := hubAsked, hubAsked
	elsewhere.Territory, other.Kind = "KZ-10", NoticeAnswered
	for _, n := range []Notice{elsewhere, other, hubAsked} {
		notify(t.Context(), t, a, n)
	}
	eventually(t, "a second attempt", func() bool { return len(e.heard()) == 2 })
	first, second := e.heard()[0], e.heard()[1]
	if first.id != second.id || string(first.body) != string(second.body) {
		t.Errorf("the repetition is another message: %+v %+v", first, second)
	}
	unix, err := strconv.ParseInt(second.at, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	want, err := hook.Sign(w.Secret, second.id, time.Unix(unix, 0), second.body)
	if err != nil || second.signature != want {
		t.Errorf("%s %v, want %s", second.signature, err, want)
	}
	var got event
	if err := json.Unmarshal(second.body, &got); err != nil || got.Type != "asked" || got.Data.Subject != "ask-1" || got.Data.About != "C7p" || got.Data.Territory != "KZ-35" || got.Data.Day != hubAsked.Day.String() || got.Data.Title[lang.EN] != "Hub" {
		t.Errorf("%s %v", second.body, err)
	}
	var list *httpapi.List[httpapi.Delivery]
	eventually(t, "the answer is noted", func() bool {
		list, err = a.Deliveries(ctx, "hook-0001", "")
		return err != nil || (len(list.Items) == 1 && list.Items[0].State == "delivered")
	})
	if err != nil || len(list.Items) != 1 || list.Items[0].State != "delivered" || list.Items[0].Attempts != 2 || list.Items[0].Status != 200 {
		t.Errorf("%+v %v", list, err)
	}
	if _, err := a.ReplayDelivery(ctx, "hook-0001", first.id); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the repetition", func() bool { return len(e.heard()) == 3 })
	if again := e.heard()[2]; again.id != first.id || string(again.body) != string(first.body) {
		t.Errorf("%+v", again)
	}
	if _, err := a.TestWebhook(ctx, "hook-0001"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the test", func() bool { return len(e.heard()) == 4 })
	if s := string(e.heard()[3].body); !strings.Contains(s, `"type":"test"`) {
		t.Error(s)
	}
}

// The key is in one answer, and nowhere in journal, desk or lists.
func TestTheKeyIsShownOnce(t *testing.T) {
	a, e := kazakhstan(t), listening(t)
	ctx := administrator(t, "KZ")
	w := hooked(t, a, ctx, "hook-0001", e.URL, "KZ", "asked")
	list, err := a.Webhooks(ctx)
	if err != nil || len(list.Items) != 1 || list.Items[0].ID != "hook-0001" || len(list.Events) != 8 {
		t.Fatalf("%+v %v", list, err)
	}
	key := strings.TrimPrefix(w.Secret, "whsec_")
	for _, table := range []string{"desk", "desk_history", "journal", "delivery", "job"} {
		rows, err := a.Store.Reader().Query(`SELECT * FROM ` + table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			cells := make([]any, len(columns))
			for i := range cells {
				cells[i] = new(any)
			}
			if err := rows.Scan(cells...); err != nil {
				t.Fatal(err)
			}
			for i := range cells {
				if s, ok := (*cells[i].(*any)).(string); ok && strings.Contains(s, key) {
					t.Errorf("the key stands in %s.%s", table, columns[i])
				}
			}
		}
		rows.Close()
	}
	renewed, err := a.RenewWebhookSecret(ctx, "hook-0001")
	if err != nil || renewed.Secret == w.Secret {
		t.Errorf("%+v %v", renewed, err)
	}
	if now, err := a.webhookSecret(ctx, "hook-0001"); err != nil || now != renewed.Secret {
		t.Errorf("the new key is not used: %v", err)
	}
}

func TestWebhooksThatAreRefused(t *testing.T) {
	a, e := kazakhstan(t), listening(t)
	region := administrator(t, "KZ-35")
	good := httpapi.WebhookInput{Name: "Registry", URL: "https://example.kz/in", Events: []string{"asked"}, Territory: "KZ-35"}
	for name, tt := range map[string]struct {
		change func(*httpapi.WebhookInput)
		kind   fault.Kind
	}{
		"the country":            {func(w *httpapi.WebhookInput) { w.Territory = "KZ" }, fault.Forbidden},
		"the region next door":   {func(w *httpapi.WebhookInput) { w.Territory = "KZ-10" }, fault.Forbidden},
		"no place":               {func(w *httpapi.WebhookInput) { w.Territory = "nowhere" }, fault.Invalid},
		"no event":               {func(w *httpapi.WebhookInput) { w.Events = []string{"gossip"} }, fault.Invalid},
		"two lines":              {func(w *httpapi.WebhookInput) { w.Name = "a\nb" }, fault.Invalid},
		"no name":                {func(w *httpapi.WebhookInput) { w.Name = "  " }, fault.Invalid},
		"inside":                 {func(w *httpapi.WebhookInput) { w.URL = "https://169.254.169.254/latest" }, fault.Invalid},
		"without TLS":            {func(w *httpapi.WebhookInput) { w.URL = "http://example.kz/" }, fault.Invalid},
		"with user and password": {func(w *httpapi.WebhookInput) { w.URL = "https://a:b@example.kz/" }, fault.Invalid},
	} {
		in := good
		tt.change(&in)
		if _, err := a.AddWebhook(region, httpapi.NewWebhook{ID: "hook-0000", WebhookInput: in}); !fault.Is(err, tt.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// What belongs to the country is out of reach of a region.
	nation := administrator(t, "KZ")
	hooked(t, a, nation, "hook-0001", e.URL, "KZ", "asked")
	if list, err := a.Webhooks(region); err != nil || len(list.Items) != 0 {
		t.Errorf("%+v %v", list, err)
	}
	for name, err := range map[string]error{
		"change":  second(a.ChangeWebhook(region, "hook-0001", httpapi.ChangedWebhook{WebhookInput: good, On: true, Version: 1})),
		"remove":  second(a.RemoveWebhook(region, "hook-0001")),
		"renew":   second(a.RenewWebhookSecret(region, "hook-0001")),
		"test":    second(a.TestWebhook(region, "hook-0001")),
		"replay":  second(a.ReplayDelivery(region, "hook-0001", "msg_1")),
		"read":    second(a.Deliveries(region, "hook-0001", "")),
		"nowhere": second(a.TestWebhook(region, "hook-0009")),
	} {
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	good.Territory = "KZ"
	if _, err := a.ChangeWebhook(nation, "hook-0001", httpapi.ChangedWebhook{WebhookInput: good, On: true, Version: 7}); !fault.Is(err, fault.Conflict) {
		t.Errorf("an old version: %v", err)
	}
	if _, err := a.AddWebhook(nation, httpapi.NewWebhook{ID: "hook-0001", WebhookInput: good}); !fault.Is(err, fault.Conflict) {
		t.Errorf("the same id again: %v", err)
	}
	if w, err := a.ChangeWebhook(nation, "hook-0001", httpapi.ChangedWebhook{WebhookInput: good, On: false, Version: 1}); err != nil || w.On || w.Version != 2 {
		t.Errorf("%+v %v", w, err)
	}
	if _, err := a.RemoveWebhook(nation, "hook-0001"); err != nil {
		t.Error(err)
	}
	if _, err := a.TestWebhook(nation, "hook-0001"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a webhook that was removed: %v", err)
	}
}

func second[T any](_ T, err error) error { return err }

// Five messages that fail for good switch a webhook off, and its owner is told.
func TestAWebhookThatFailsIsSwitchedOff(t *testing.T) {
	for name, statuses := range map[string][]int{"failures": {400, 400, 400, 400, 400}, "gone": {410}} {
		t.Run(name, func(t *testing.T) {
			a, e := kazakhstan(t), listening(t, statuses...)
			member(t, a, "u_admin-kz-35", "administrator", "KZ-35", "", "active")
			ctx := administrator(t, "KZ-35")
			hooked(t, a, ctx, "hook-0001", e.URL, "KZ-35", "asked")
			for range statuses {
				notify(t.Context(), t, a, hubAsked)
			}
			deliveries, err := a.Store.Deliveries(ctx, "hook-0001", "", 10)
			if err != nil || len(deliveries) != len(statuses) {
				t.Fatal(len(deliveries), err)
			}
			for _, d := range deliveries { // as after the last attempt
				if name == "failures" {
					d.State = store.DeliveryFailed
					if err := a.Store.SetDelivery(ctx, d); err != nil {
						t.Fatal(err)
					}
					if err := a.switchOffFailing(t.Context(), "hook-0001"); err != nil {
						t.Fatal(err)
					}
				} else if err := a.callWebhook(t.Context(), deliveryOrder{"hook-0001", d.ID}); err == nil {
					t.Error("410 is no error")
				}
			}
			list, err := a.Webhooks(ctx)
			if err != nil || len(list.Items) != 1 || list.Items[0].On || list.Items[0].Reason != name {
				t.Errorf("%+v %v", list, err)
			}
			told, err := a.Notifications(ctx, httpapi.NotificationFilter{})
			if err != nil || len(told.Items) != 1 || told.Items[0].Kind != string(NoticeWebhookOff) || told.Items[0].Link != "/webhooks/hook-0001" {
				t.Errorf("%+v %v", told, err)
			}
		})
	}
}

// Who was switched off or lost the right is no longer told through a program,
// and what that one ordered is not done.
func TestLostRightsCountAtOnce(t *testing.T) {
	a := kazakhstan(t)
	member(t, a, "u_was", "administrator", "KZ-35", "", account.Active)
	ctx := actor.With(t.Context(), actor.Actor{ID: "u_was", Grants: []actor.Grant{{Role: actor.Administrator, Territory: "KZ-35"}}})
	deliveries := func(state account.State, role actor.Role) int {
		v := mustLook(t, a)
		n := 0
		if err := a.Store.Act(t.Context(), actor.Entry{Actor: "test", At: a.Clock(), Op: "grant"}, func(tx *store.Tx) error {
			acc, it, err := accountIn(tx, "u_was")
			if err != nil {
				return err
			}
			acc.State, acc.Grants = state, []actor.Grant{{Role: role, Territory: "KZ-35"}}
			if _, err := putAccount(tx, v, acc, it.Version); err != nil {
				return err
			}
			ok, err := mayStillBeTold(tx, v, "u_was", "KZ-35")
			if ok {
				n = 1
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, tt := range []struct {
		state  account.State
		role   actor.Role
		told   int
		orders bool
	}{{account.Active, actor.Administrator, 1, true}, {account.Active, actor.Contributor, 0, true}, {account.Disabled, actor.Administrator, 0, false}} {
		if n := deliveries(tt.state, tt.role); n != tt.told {
			t.Errorf("%s %s: told %d", tt.state, tt.role, n)
		}
		who, err := a.nowadays(t.Context(), actor.From(ctx))
		if (err == nil) != tt.orders || (err != nil && !fault.Is(err, fault.Forbidden)) || who.MayAnywhere(actor.ManageAccounts) != (tt.told == 1) {
			t.Errorf("%s %s: %+v %v", tt.state, tt.role, who, err)
		}
	}
	if who, err := a.nowadays(t.Context(), actor.Local("KZ")); err != nil || !who.MayAnywhere(actor.Publish) {
		t.Errorf("this machine: %+v %v", who, err)
	}
}
