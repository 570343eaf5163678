package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/actor/account"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/hook"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/job"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
)

const (
	kindWebhook = "webhook"
	credWebhook = "webhook" // by webhook: the key, which has no history

	webhookTries  = 10 // within about 11 hours
	webhookFails  = 5  // deliveries in a row that failed for good switch a webhook off
	maxWebhooks   = 50
	maxEventBytes = 64 << 10

	eventTest = "test"
)

// The states of a webhook.
const (
	webhookOn      = "on"
	webhookOff     = "off"
	webhookRemoved = "removed"
)

// webhook is a program that is told what happens in a territory.
type webhook struct {
	Name      string   `json:"name"`
	URL       string   `json:"url"`
	Events    []string `json:"events"`
	Territory place.ID `json:"territory"`
	Reason    string   `json:"reason,omitempty"` // why it is off, when the program did it: failures, gone
}

// event is what a webhook is told. It names things by their ids; who wants to
// know more asks the API with the rights of a token.
type event struct {
	Type      string    `json:"type"`
	Timestamp string    `json:"timestamp"`
	Data      eventData `json:"data"`
}

type eventData struct {
	Subject   string    `json:"subject"`
	About     string    `json:"about,omitempty"`
	Territory string    `json:"territory,omitempty"`
	Title     lang.Text `json:"title,omitempty"`
	Day       string    `json:"day,omitempty"`
	Link      string    `json:"link,omitempty"`
}

// deliveryOrder names what is delivered.
type deliveryOrder struct {
	Webhook  string `json:"webhook"`
	Delivery string `json:"delivery"`
}

// notifyWebhooks orders within an act that the webhooks around the territory
// are told.
func (a *App) notifyWebhooks(tx *store.Tx, v *view, n Notice) error {
	if !slices.Contains(WebhookEvents(), n.Kind) {
		return nil
	}
	hooks, _, err := tx.Items(store.ItemQuery{Kind: kindWebhook, States: []string{webhookOn}})
	if err != nil {
		return err
	}
	for _, it := range hooks {
		w, err := decode[webhook](it.Body)
		if err != nil {
			return err
		}
		if !slices.Contains(w.Events, string(n.Kind)) || !v.Atlas.Within(cmp.Or(n.Territory, v.Atlas.Root()), w.Territory) {
			continue
		}
		if ok, err := mayStillBeTold(tx, v, actor.ID(it.Owner), w.Territory); err != nil || !ok {
			if err != nil {
				return err
			}
			continue
		}
		d := eventData{Subject: n.Subject, About: n.About, Territory: string(n.Territory), Title: n.Title}
		if n.Link != "" {
			d.Link = a.PublicURL + "/kk" + n.Link
		}
		if n.Day != 0 {
			d.Day = n.Day.String()
		}
		if _, err := a.deliver(tx, it.ID, string(n.Kind), d); err != nil {
			return err
		}
	}
	return nil
}

// mayStillBeTold reports whether whoever made a webhook may still manage webhooks
// there: what somebody may no longer see, that one's program is not told.
func mayStillBeTold(tx *store.Tx, v *view, owner actor.ID, at place.ID) (bool, error) {
	acc, _, err := accountIn(tx, string(owner))
	if fault.Is(err, fault.NotFound) {
		return true, nil // made at this machine before anybody had an account
	}
	who := actor.Actor{ID: owner, Grants: acc.Grants}
	return acc.State == account.Active && who.May(actor.ManageWebhooks, at, v.Atlas), err
}

// deliver orders one delivery and returns its id. Deliveries of a webhook go out
// one after another.
func (a *App) deliver(tx *store.Tx, id, kind string, data eventData) (string, error) {
	const op = "app.deliver"
	body, err := json.Marshal(event{Type: kind, Timestamp: instant(tx.At()), Data: data})
	if err != nil || len(body) > maxEventBytes {
		return "", fault.New(fault.Internal, op, kind, "the event cannot be written")
	}
	d := store.Delivery{Webhook: id, ID: "msg_" + store.GrowingID(tx.At()), Event: kind, Body: body}
	if err := tx.AddDelivery(d); err != nil {
		return "", err
	}
	_, err = a.Jobs.Insert(tx.SQL(), jobWebhook, deliveryOrder{Webhook: id, Delivery: d.ID}, job.Lane(id))
	return d.ID, err
}

// callWebhook makes one attempt.
func (a *App) callWebhook(ctx context.Context, o deliveryOrder) error {
	d, err := a.Store.Delivery(ctx, o.Webhook, o.Delivery)
	if fault.Is(err, fault.NotFound) || (err == nil && d.State != store.DeliveryWaiting) {
		return nil // it has passed, or was delivered before the process died
	}
	if err != nil {
		return err
	}
	it, err := a.Store.Item(ctx, kindWebhook, o.Webhook)
	if err != nil {
		return err
	}
	w, err := decode[webhook](it.Body)
	if err != nil {
		return job.GiveUp(err)
	}
	secret, err := a.webhookSecret(ctx, o.Webhook)
	if err != nil {
		return err
	}
	d.Tried = a.Clock()
	if it.State != webhookOn && d.Event != eventTest {
		d.State, d.Problem = store.DeliveryFailed, "the webhook is switched off"
		return a.Store.SetDelivery(ctx, d)
	}
	got, failure := a.Hooks.Call(ctx, w.URL, secret, d.ID, d.Tried, d.Body)
	d.Status, d.Took, d.Problem, d.State = got.Status, got.Took, "", store.DeliveryDelivered
	if failure == nil {
		return a.Store.SetDelivery(ctx, d)
	}
	n, of := job.Attempt(ctx)
	final := n >= of || got.Gone || fault.Is(failure, fault.Invalid) || d.Event == eventTest
	d.Problem, d.State = failure.Error(), store.DeliveryWaiting
	if final {
		d.State = store.DeliveryFailed
	}
	// Also when the program is told to stop: what was tried is noted.
	if err := a.Store.SetDelivery(context.WithoutCancel(ctx), d); err != nil {
		return err
	}
	switch {
	case got.Gone:
		return cmp.Or(a.switchOff(ctx, o.Webhook, "gone"), job.GiveUp(failure))
	case final && d.Event != eventTest:
		return cmp.Or(a.switchOffFailing(ctx, o.Webhook), job.GiveUp(failure))
	case final:
		return job.GiveUp(failure)
	case got.After > 0:
		return job.Later(got.After, failure)
	}
	return failure
}

// switchOffFailing switches a webhook off when its last deliveries all failed
// for good.
func (a *App) switchOffFailing(ctx context.Context, id string) error {
	list, err := a.Store.Deliveries(ctx, id, "", maxShown)
	if err != nil {
		return err
	}
	failed := 0
	for _, d := range list {
		if d.State == store.DeliveryDelivered && d.Event != eventTest {
			break
		}
		if d.State == store.DeliveryFailed && d.Event != eventTest {
			failed++
		}
	}
	if failed < webhookFails {
		return nil
	}
	return a.switchOff(ctx, id, "failures")
}

// switchOff switches a webhook off and tells who can mend it.
func (a *App) switchOff(ctx context.Context, id, reason string) error {
	return a.Store.Act(ctx, actor.Entry{Actor: programID, At: a.Clock(), Op: "webhook-off", Subject: id, Detail: reason}, func(tx *store.Tx) error {
		it, err := tx.Item(kindWebhook, id)
		if err != nil || it.State != webhookOn {
			return err
		}
		w, err := decode[webhook](it.Body)
		if err != nil {
			return err
		}
		w.Reason = reason
		it.State, it.Body = webhookOff, encode(w)
		if _, err := tx.Put(it, it.Version); err != nil {
			return err
		}
		return a.Notify(tx, Notice{Kind: NoticeWebhookOff, Subject: id, Title: plainTitle(w.Name), Link: "/webhooks/" + id, Territory: w.Territory,
			Accounts: []actor.ID{actor.ID(it.Owner)}, Roles: []actor.Role{actor.Administrator}})
	})
}

func plainTitle(s string) lang.Text {
	out := lang.Text{}
	for _, c := range lang.Codes() {
		out[c] = s
	}
	return out
}

func (a *App) webhookSecret(ctx context.Context, id string) (string, error) {
	c, err := a.Store.Credential(ctx, credWebhook, id)
	if err != nil {
		return "", err
	}
	return decode[string](c.Body)
}

// maxShown bounds a page of deliveries.
const maxShown = 50

// seenWebhook returns a webhook of a territory whose webhooks the reader
// manages. Others look as if they were not there.
func (a *App) seenWebhook(ctx context.Context, id string) (*view, store.Item, webhook, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, store.Item{}, webhook{}, err
	}
	missing := fault.New(fault.NotFound, "app.Webhook", "", "there is no such webhook in the territories whose webhooks you manage")
	it, err := a.Store.Item(ctx, kindWebhook, id)
	if fault.Is(err, fault.NotFound) || (err == nil && it.State == webhookRemoved) {
		return v, it, webhook{}, missing
	}
	if err != nil {
		return v, it, webhook{}, err
	}
	w, err := decode[webhook](it.Body)
	if err == nil && !v.who(ctx).May(actor.ManageWebhooks, w.Territory, v.Atlas) {
		err = missing
	}
	return v, it, w, err
}

func showWebhook(it store.Item, w webhook) httpapi.Webhook {
	return httpapi.Webhook{ID: it.ID, Name: w.Name, URL: w.URL, Events: w.Events, Territory: string(w.Territory), On: it.State == webhookOn, Reason: w.Reason, Version: it.Version}
}

// Webhooks lists the webhooks of the territories whose webhooks the reader
// manages.
func (a *App) Webhooks(ctx context.Context) (*httpapi.WebhookList, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	out := &httpapi.WebhookList{Items: []httpapi.Webhook{}, Events: []string{}}
	for _, k := range WebhookEvents() {
		out.Events = append(out.Events, string(k))
	}
	paths := v.paths(ctx, actor.ManageWebhooks)
	if len(paths) == 0 {
		return out, nil
	}
	list, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: kindWebhook, States: []string{webhookOn, webhookOff}, Paths: paths})
	if err != nil {
		return nil, err
	}
	for _, it := range list {
		w, err := decode[webhook](it.Body)
		if err != nil {
			return nil, err
		}
		out.Items = append(out.Items, showWebhook(it, w))
	}
	return out, nil
}

// checkWebhook reads what somebody wants of a webhook.
func (a *App) checkWebhook(v *view, in httpapi.WebhookInput) (webhook, error) {
	const op = "app.Webhook"
	w := webhook{Name: strings.TrimSpace(in.Name), URL: in.URL, Events: slices.Compact(slices.Sorted(slices.Values(in.Events))), Territory: place.ID(in.Territory)}
	if w.Name == "" || strings.ContainsFunc(w.Name, func(r rune) bool { return r < ' ' }) {
		return w, fault.New(fault.Invalid, op, "name", "give the webhook a name on one line")
	}
	for _, e := range w.Events {
		if !slices.Contains(WebhookEvents(), NoticeKind(e)) {
			return w, fault.New(fault.Invalid, op, "events", "no event has this name: GET /api/webhooks lists them")
		}
	}
	if !v.Atlas.Has(w.Territory) {
		return w, fault.New(fault.Invalid, op, "territory", "no place has this code")
	}
	return w, a.Hooks.Check(w.URL)
}

// AddWebhook makes a webhook and returns its key, which is shown this once.
func (a *App) AddWebhook(ctx context.Context, in httpapi.NewWebhook) (*httpapi.WebhookSecret, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	w, err := a.checkWebhook(v, in.WebhookInput)
	if err != nil {
		return nil, err
	}
	if err := a.may(ctx, v, actor.ManageWebhooks, w.Territory); err != nil {
		return nil, err
	}
	secret := hook.NewSecret()
	it := store.Item{Kind: kindWebhook, ID: in.ID, Path: v.path(w.Territory), State: webhookOn, Owner: string(v.who(ctx).ID), Body: encode(w)}
	err = a.Store.Act(ctx, a.entry(ctx, "webhook-add", in.ID, string(w.Territory)), func(tx *store.Tx) error {
		have, _, err := tx.Items(store.ItemQuery{Kind: kindWebhook, States: []string{webhookOn, webhookOff}})
		if err != nil {
			return err
		}
		if len(have) >= maxWebhooks {
			return fault.New(fault.TooLarge, "app.AddWebhook", "", "there are %d webhooks: remove one first", maxWebhooks)
		}
		if it.Version, err = tx.Put(it, 0); err != nil {
			return err
		}
		return tx.PutCredential(store.Credential{Kind: credWebhook, ID: in.ID, Body: encode(secret)})
	})
	if err != nil {
		return nil, err
	}
	return &httpapi.WebhookSecret{Webhook: showWebhook(it, w), Secret: secret}, nil
}

// changeWebhook does an act on a webhook that the reader manages.
func (a *App) changeWebhook(ctx context.Context, id, op string, do func(tx *store.Tx, v *view, it store.Item, w webhook) error) error {
	v, it, w, err := a.seenWebhook(ctx, id)
	if err != nil {
		return err
	}
	return a.Store.Act(ctx, a.entry(ctx, op, id, ""), func(tx *store.Tx) error { return do(tx, v, it, w) })
}

// ChangeWebhook changes what a webhook is told and where, and switches it on
// and off.
func (a *App) ChangeWebhook(ctx context.Context, id string, in httpapi.ChangedWebhook) (*httpapi.Webhook, error) {
	var out httpapi.Webhook
	err := a.changeWebhook(ctx, id, "webhook-change", func(tx *store.Tx, v *view, it store.Item, _ webhook) error {
		w, err := a.checkWebhook(v, in.WebhookInput)
		if err != nil {
			return err
		}
		if err := a.may(ctx, v, actor.ManageWebhooks, w.Territory); err != nil {
			return err
		}
		it.State, it.Path, it.Body = webhookOff, v.path(w.Territory), encode(w)
		if in.On {
			it.State = webhookOn
		}
		it.Version, err = tx.Put(it, in.Version)
		out = showWebhook(it, w)
		return err
	})
	return &out, err
}

// RemoveWebhook takes a webhook away. Its deliveries can no longer be seen.
func (a *App) RemoveWebhook(ctx context.Context, id string) (*httpapi.Done, error) {
	err := a.changeWebhook(ctx, id, "webhook-remove", func(tx *store.Tx, _ *view, it store.Item, _ webhook) error {
		it.State = webhookRemoved
		if _, err := tx.Put(it, it.Version); err != nil {
			return err
		}
		_, err := tx.TakeCredential(credWebhook, id)
		return err
	})
	return done(err)
}

// RenewWebhookSecret draws a new key, which is shown this once; the old one is
// no longer used.
func (a *App) RenewWebhookSecret(ctx context.Context, id string) (*httpapi.WebhookSecret, error) {
	out := &httpapi.WebhookSecret{Secret: hook.NewSecret()}
	err := a.changeWebhook(ctx, id, "webhook-secret", func(tx *store.Tx, _ *view, it store.Item, w webhook) error {
		out.Webhook = showWebhook(it, w)
		return tx.PutCredential(store.Credential{Kind: credWebhook, ID: id, Body: encode(out.Secret)})
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// TestWebhook calls a webhook once with an event that says nothing.
func (a *App) TestWebhook(ctx context.Context, id string) (*httpapi.Ordered, error) {
	var out httpapi.Ordered
	err := a.changeWebhook(ctx, id, "webhook-test", func(tx *store.Tx, _ *view, _ store.Item, w webhook) error {
		var err error
		out.ID, err = a.deliver(tx, id, eventTest, eventData{Subject: id, Territory: string(w.Territory)})
		return err
	})
	return &out, err
}

// ReplayDelivery sends a delivery again, with the same id and body.
func (a *App) ReplayDelivery(ctx context.Context, id, delivery string) (*httpapi.Ordered, error) {
	err := a.changeWebhook(ctx, id, "webhook-replay", func(tx *store.Tx, _ *view, it store.Item, _ webhook) error {
		d, err := a.Store.Delivery(ctx, id, delivery)
		if err != nil {
			return err
		}
		switch {
		case d.State == store.DeliveryWaiting:
			return fault.New(fault.Conflict, "app.ReplayDelivery", "", "this delivery is on its way already")
		case it.State != webhookOn && d.Event != eventTest:
			return fault.New(fault.Conflict, "app.ReplayDelivery", "", "the webhook is switched off: switch it on first")
		}
		if err := tx.RepeatDelivery(id, delivery); err != nil {
			return err
		}
		_, err = a.Jobs.Insert(tx.SQL(), jobWebhook, deliveryOrder{Webhook: id, Delivery: delivery}, job.Lane(id))
		return err
	})
	return &httpapi.Ordered{ID: delivery}, err
}

// Deliveries lists what a webhook was told, the newest first.
func (a *App) Deliveries(ctx context.Context, id, after string) (*httpapi.List[httpapi.Delivery], error) {
	if _, _, _, err := a.seenWebhook(ctx, id); err != nil {
		return nil, err
	}
	list, err := a.Store.Deliveries(ctx, id, after, maxShown+1)
	if err != nil {
		return nil, err
	}
	out := &httpapi.List[httpapi.Delivery]{Items: []httpapi.Delivery{}}
	if len(list) > maxShown {
		list = list[:maxShown]
		out.Next = ptr(list[maxShown-1].ID)
	}
	for _, d := range list {
		x := httpapi.Delivery{ID: d.ID, Event: d.Event, At: instant(d.At), State: string(d.State), Attempts: d.Attempts, Status: d.Status, Problem: d.Problem, Milliseconds: d.Took.Milliseconds(), Body: httpapi.Raw(d.Body)}
		if !d.Tried.IsZero() {
			x.Tried = ptr(instant(d.Tried))
		}
		out.Items = append(out.Items, x)
	}
	return out, nil
}
