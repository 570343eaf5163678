package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
)

// Notices is notifications and webhooks; *app.App does it.
type Notices interface {
	Notifications(context.Context, NotificationFilter) (*NotificationList, error)
	ReadNotifications(context.Context, ReadNotifications) (*UnreadCount, error)
	LetterSettings(context.Context) (*LetterSettings, error)
	SetLetters(context.Context, LetterChoice) (*Done, error)
	Unsubscribe(ctx context.Context, account, key string) error

	Webhooks(context.Context) (*WebhookList, error)
	AddWebhook(context.Context, NewWebhook) (*WebhookSecret, error)
	ChangeWebhook(context.Context, string, ChangedWebhook) (*Webhook, error)
	RemoveWebhook(context.Context, string) (*Done, error)
	RenewWebhookSecret(context.Context, string) (*WebhookSecret, error)
	TestWebhook(context.Context, string) (*Ordered, error)
	ReplayDelivery(ctx context.Context, webhook, delivery string) (*Ordered, error)
	Deliveries(ctx context.Context, webhook, after string) (*List[Delivery], error)

	Workload(context.Context) ([]Workload, error)
}

// noNotices stands where only the description is wanted.
type noNotices struct{ Notices }

const tagNotices = "notifications"

func routesNotices(api huma.API, o Options) {
	if o.Notices == nil {
		return
	}
	n := o.Notices
	serve(api, o, op{ID: "listNotifications", Method: http.MethodGet, Path: "/api/notifications", Tag: tagNotices, Summary: "What the reader was told, the newest first"},
		func(ctx context.Context, in *NotificationFilter) (*NotificationList, error) {
			return n.Notifications(ctx, *in)
		})
	serve(api, o, op{ID: "readNotifications", Method: http.MethodPost, Path: "/api/notifications/read", Tag: tagNotices, Summary: "Marks a notification, or it and every earlier one, as read"},
		func(ctx context.Context, in *bodyOf[ReadNotifications]) (*UnreadCount, error) {
			return n.ReadNotifications(ctx, in.Body)
		})
	serve(api, o, op{ID: "getLetterSettings", Method: http.MethodGet, Path: "/api/account/letters", Tag: tagNotices, Summary: "How the reader hears by e-mail"},
		func(ctx context.Context, _ *struct{}) (*LetterSettings, error) { return n.LetterSettings(ctx) })
	serve(api, o, op{ID: "setLetters", Method: http.MethodPut, Path: "/api/account/letters", Tag: tagNotices, Summary: "Chooses letters at once, one a day, or none"},
		func(ctx context.Context, in *bodyOf[LetterChoice]) (*Done, error) { return n.SetLetters(ctx, in.Body) })
	serve(api, o, op{ID: "unsubscribe", Method: http.MethodPost, Path: "/api/unsubscribe", Tag: tagNotices, Summary: "Stops the letters to an account, as a mail program does with one click (RFC 8058)", Public: true, MaxBody: 4 << 10},
		func(ctx context.Context, in *unsubscribing) (*Done, error) {
			return &Done{true}, n.Unsubscribe(ctx, in.Account, in.Key)
		})
	routesWebhooks(api, o)
}

// unsubscribing is what the address in a letter says. The body of RFC 8058 says
// nothing more.
type unsubscribing struct {
	Account string `query:"account" maxLength:"64" required:"true"`
	Key     string `query:"key" maxLength:"64" required:"true"`
	RawBody []byte `contentType:"application/x-www-form-urlencoded" required:"false"`
}

// The id is written out: huma does not see the fields of what is embedded.
type deliveryPath struct {
	ID       string `path:"id" maxLength:"64"`
	Delivery string `path:"delivery" maxLength:"64"`
}

type deliveriesOf struct {
	ID    string `path:"id" maxLength:"64"`
	After string `query:"after" maxLength:"64" doc:"where the page before ended"`
}

func routesWebhooks(api huma.API, o Options) {
	n := o.Notices
	manage := func(id, method, path, summary string) op {
		return op{ID: id, Method: method, Path: "/api/webhooks" + path, Tag: tagNotices, Summary: summary, Act: actor.ManageWebhooks}
	}
	serve(api, o, manage("listWebhooks", http.MethodGet, "", "The webhooks of the territories whose webhooks the reader manages"),
		func(ctx context.Context, _ *struct{}) (*WebhookList, error) { return n.Webhooks(ctx) })
	serve(api, o, manage("addWebhook", http.MethodPost, "", "Makes a webhook; its key is shown once"),
		func(ctx context.Context, in *bodyOf[NewWebhook]) (*WebhookSecret, error) {
			return n.AddWebhook(ctx, in.Body)
		})
	serve(api, o, manage("changeWebhook", http.MethodPut, "/{id}", "Changes a webhook, switches it on or off"),
		func(ctx context.Context, in *thingWith[ChangedWebhook]) (*Webhook, error) {
			return n.ChangeWebhook(ctx, in.ID, in.Body)
		})
	serve(api, o, manage("removeWebhook", http.MethodDelete, "/{id}", "Takes a webhook away"),
		func(ctx context.Context, in *thing) (*Done, error) { return n.RemoveWebhook(ctx, in.ID) })
	serve(api, o, manage("renewWebhookSecret", http.MethodPost, "/{id}/secret", "Draws a new key, which is shown once"),
		func(ctx context.Context, in *thing) (*WebhookSecret, error) { return n.RenewWebhookSecret(ctx, in.ID) })
	serve(api, o, manage("testWebhook", http.MethodPost, "/{id}/test", "Calls the webhook once with an event that says nothing"),
		func(ctx context.Context, in *thing) (*Ordered, error) { return n.TestWebhook(ctx, in.ID) })
	serve(api, o, manage("listDeliveries", http.MethodGet, "/{id}/deliveries", "What the webhook was told, the newest first"),
		func(ctx context.Context, in *deliveriesOf) (*List[Delivery], error) {
			return n.Deliveries(ctx, in.ID, in.After)
		})
	serve(api, o, manage("replayDelivery", http.MethodPost, "/{id}/deliveries/{delivery}/replay", "Sends a delivery again, with the same id"),
		func(ctx context.Context, in *deliveryPath) (*Ordered, error) {
			return n.ReplayDelivery(ctx, in.ID, in.Delivery)
		})
}
