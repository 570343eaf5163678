package app

import (
	"encoding/json"
	"slices"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/actor/account"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// Notice is something that happened and that somebody should know.
type Notice struct {
	Kind    NoticeKind
	Subject string // the thing that it happened to: an ask, a submission, an import
	About   string // what that thing speaks of: a promise, a question, a template

	Title lang.Text   // what the thing is called; may be blank
	Day   period.Date // by when something is wanted; zero for none
	Link  string      // page to open, without language: /promises/C7p; "" is /notifications

	// Territory is where it happened. Webhooks of a territory are told what
	// happens within it.
	Territory place.ID

	// Who is told: the accounts named, those that answer for one of the offices,
	// and those that hold one of the roles nearest to the territory: its own
	// approvers, and the country's only where it has none. Whoever acts is not
	// told what they do themselves.
	Accounts []actor.ID
	Offices  []string
	Roles    []actor.Role
}

// noticeBody is what a notice keeps beside its columns.
type noticeBody struct {
	Title lang.Text `json:"title,omitempty"`
	Day   string    `json:"day,omitempty"`
	Link  string    `json:"link,omitempty"`
}

// Notify tells within an act who should know what happens: on the page, by
// letter as each one has chosen, and to the webhooks. All of it happens exactly
// if the act does.
func (a *App) Notify(tx *store.Tx, n Notice) error {
	const op = "app.Notify"
	if noticeWords[n.Kind].IsBlank() {
		return fault.New(fault.Internal, op, string(n.Kind), "no words are known for this kind of notice")
	}
	v, err := a.look(tx.Context(), When{})
	if err != nil {
		return err
	}
	told, err := recipients(tx, v, n)
	if err != nil {
		return err
	}
	body, err := bodyOfNotice(n)
	if err != nil {
		return err
	}
	for _, id := range told {
		if err := a.tell(tx, id, n, body); err != nil {
			return err
		}
	}
	return a.notifyWebhooks(tx, v, n)
}

// tell writes one notice, and orders the letter.
func (a *App) tell(tx *store.Tx, id actor.ID, n Notice, body []byte) error {
	choice, err := readChoice(tx.Credential(credLetters, string(id)))
	if err != nil {
		return err
	}
	x := store.Notice{Account: string(id), ID: store.GrowingID(tx.At()), Kind: string(n.Kind), Subject: n.Subject, About: n.About, Body: body,
		Daily: a.Mail != nil && choice == LettersDaily}
	if err := tx.AddNotice(x); err != nil || a.Mail == nil || choice != LettersAtOnce {
		return err
	}
	_, err = a.Jobs.Insert(tx.SQL(), jobLetter, letterOrder{Account: x.Account, Notice: x.ID})
	return err
}

// recipients returns the accounts that are to be told, in order.
func recipients(tx *store.Tx, v *view, n Notice) ([]actor.ID, error) {
	if len(n.Accounts)+len(n.Offices)+len(n.Roles) == 0 {
		return nil, nil
	}
	active, err := activeAccounts(tx)
	if err != nil {
		return nil, err
	}
	chosen := map[actor.ID]bool{}
	for _, acc := range active {
		if slices.Contains(n.Accounts, acc.ID) || (acc.Office != "" && slices.Contains(n.Offices, acc.Office)) {
			chosen[acc.ID] = true
		}
	}
	for _, role := range n.Roles {
		for _, id := range nearest(v.Atlas, active, role, n.Territory) {
			chosen[id] = true
		}
	}
	delete(chosen, actor.From(tx.Context()).ID)
	out := make([]actor.ID, 0, len(chosen))
	for id := range chosen {
		out = append(out, id)
	}
	slices.Sort(out)
	return out, nil
}

// atlas is what nearest asks about territories.
type atlas interface {
	Within(id, root place.ID) bool
	Path(place.ID) []place.ID
}

// nearest returns who holds a role in the smallest territory around a place in
// which anybody holds it.
func nearest(land atlas, active []account.Account, role actor.Role, at place.ID) []actor.ID {
	deepest := -1
	var out []actor.ID
	for _, acc := range active {
		depth := -1
		for _, g := range acc.Grants {
			if g.Role == role && land.Within(at, g.Territory) {
				depth = max(depth, len(land.Path(g.Territory)))
			}
		}
		switch {
		case depth < 0 || depth < deepest:
		case depth > deepest:
			deepest, out = depth, []actor.ID{acc.ID}
		default:
			out = append(out, acc.ID)
		}
	}
	return out
}

func activeAccounts(tx *store.Tx) ([]account.Account, error) {
	var out []account.Account
	for after := ""; ; {
		list, next, err := tx.Items(store.ItemQuery{Kind: kindAccount, States: []string{string(account.Active)}, After: after})
		if err != nil {
			return nil, err
		}
		for _, it := range list {
			var acc account.Account
			if err := json.Unmarshal(it.Body, &acc); err != nil {
				return nil, fault.Wrap(err, "app.Notify", it.ID)
			}
			out = append(out, acc)
		}
		if next == "" {
			return out, nil
		}
		after = next
	}
}
