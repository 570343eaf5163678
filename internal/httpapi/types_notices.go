package httpapi

import "github.com/shanyraq/shanyraq/lang"

// Notification is something that the reader was told.
type Notification struct {
	ID      string    `json:"id"`
	At      string    `json:"at"`
	Kind    string    `json:"kind" example:"asked"`
	Subject string    `json:"subject" doc:"the thing that it happened to"`
	About   string    `json:"about" doc:"what that thing speaks of"`
	Text    lang.Text `json:"text"`
	Link    string    `json:"link" doc:"page to open, without language"`
	Read    bool      `json:"read"`
}

// NotificationList is a page of notifications.
type NotificationList struct {
	Items  []Notification `json:"items"`
	Next   *string        `json:"next"`
	Unread int            `json:"unread" doc:"of all, not only of this page"`
}

// NotificationFilter chooses notifications.
type NotificationFilter struct {
	After  string `query:"after" maxLength:"64" doc:"where the page before ended"`
	Unread bool   `query:"unread"`
}

// ReadNotifications says what was read.
type ReadNotifications struct {
	ID      string `json:"id" maxLength:"64"`
	Earlier bool   `json:"earlier,omitempty" doc:"and every earlier one"`
}

// UnreadCount is how many are left.
type UnreadCount struct {
	Unread int `json:"unread"`
}

// LetterChoice is how an account hears by e-mail.
type LetterChoice struct {
	Letters string `json:"letters" enum:"at_once,daily,never"`
}

// LetterSettings is what was chosen.
type LetterSettings struct {
	Letters string `json:"letters" enum:"at_once,daily,never"`
	Sent    bool   `json:"sent" doc:"false: this server sends no letters"`
}

// WebhookInput is what a webhook is told, and where.
type WebhookInput struct {
	Name      string   `json:"name" minLength:"1" maxLength:"100"`
	URL       string   `json:"url" minLength:"1" maxLength:"2000"`
	Events    []string `json:"events" minItems:"1" maxItems:"20"`
	Territory string   `json:"territory" maxLength:"64" doc:"it is told what happens within"`
}

// NewWebhook is a webhook to be made.
type NewWebhook struct {
	ID string `json:"id" pattern:"^[a-z0-9-]{8,40}$" doc:"made by the sender, so that a repetition makes no second one"`
	WebhookInput
}

// ChangedWebhook is a webhook as it shall be.
type ChangedWebhook struct {
	WebhookInput
	On      bool  `json:"on"`
	Version int64 `json:"version" minimum:"1"`
}

// Webhook is a program that is told what happens.
type Webhook struct {
	ID        string   `json:"id"`
	Name      string   `json:"name"`
	URL       string   `json:"url"`
	Events    []string `json:"events"`
	Territory string   `json:"territory"`
	On        bool     `json:"on"`
	Reason    string   `json:"reason" enum:",failures,gone" doc:"why the program switched it off"`
	Version   int64    `json:"version"`
}

// WebhookList is every webhook that the reader manages, and the events there are.
type WebhookList struct {
	Items  []Webhook `json:"items"`
	Events []string  `json:"events"`
}

// WebhookSecret is a webhook with its key, which is shown once.
type WebhookSecret struct {
	Webhook Webhook `json:"webhook"`
	Secret  string  `json:"secret"`
}

// Ordered is something that will be done in the background.
type Ordered struct {
	ID string `json:"id"`
}

// Delivery is what a webhook was or will be told.
type Delivery struct {
	ID           string  `json:"id" doc:"the webhook-id that the receiver sees"`
	Event        string  `json:"event"`
	At           string  `json:"at"`
	State        string  `json:"state" enum:"waiting,delivered,failed"`
	Attempts     int     `json:"attempts"`
	Status       int     `json:"status" doc:"of HTTP; 0 where nobody answered"`
	Problem      string  `json:"problem"`
	Milliseconds int64   `json:"milliseconds" doc:"of the last attempt"`
	Tried        *string `json:"tried"`
	Body         Raw     `json:"body"`
}

// Workload is how much of a kind is done in the background.
type Workload struct {
	Kind                     string
	Waiting, Running, Failed int64
	OldestSeconds            float64
}
