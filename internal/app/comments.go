package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/place"
)

const (
	opComment  = "app.Comment"
	maxComment = 4000 // code points
)

// commentBody is what the desk keeps of a comment. It is never changed; a
// comment that was taken back keeps its text in the history of the item, for
// the journal, and shows none.
type commentBody struct {
	Office   string    `json:"office,omitempty"`
	Text     string    `json:"text"`
	Mentions []string  `json:"mentions,omitempty"`
	At       time.Time `json:"at"`
}

// The states of a comment.
const (
	commentSaid = "said"
	commentGone = "withdrawn"
)

// talked is what a comment is about: where one needs a right to see it, and
// the page on which it stands.
type talked struct {
	title  lang.Text
	places []place.ID
	page   string
	draft  string // the submission of somebody else that it is about
}

// talkedOf finds what a comment is about; about is kind and id.
func (a *App) talkedOf(ctx context.Context, v *view, about string) (talked, error) {
	kind, id, _ := strings.Cut(about, ":")
	switch kind {
	case thingPromise, thingFigure, thingQuestion:
		t, err := a.thing(ctx, v, id)
		if err != nil {
			return talked{}, err
		}
		page := map[string]string{thingPromise: "/promises/" + t.ID, thingFigure: "/figures/" + t.ID, thingQuestion: "/questions#" + t.ID}[t.Kind]
		return talked{title: t.Title, places: []place.ID{t.Place}, page: page}, nil
	case "ask":
		s, known := v.standing(id)
		if !known {
			break
		}
		t := a.thingOrName(ctx, v, s.About)
		return talked{title: t.Title, places: []place.ID{t.Place, v.Offices[s.Office].Place}, page: "/asks/" + id}, nil
	case "submission":
		it, err := a.Store.Item(ctx, kindSubmission, id)
		if err != nil {
			return talked{}, err
		}
		var s submission.Submission
		if err := json.Unmarshal(it.Body, &s); err != nil {
			return talked{}, fault.New(fault.Internal, opComment, id, "cannot be read back: %w", err)
		}
		if !s.Visible(v.who(ctx), v.Atlas) {
			break // as if it were not there
		}
		out := talked{title: a.thingOrName(ctx, v, s.About).Title, places: []place.ID{s.Place}, page: "/submissions/" + id}
		if s.Author != v.who(ctx).ID {
			out.draft = id
		}
		return out, nil
	}
	return talked{}, fault.New(fault.NotFound, opComment, "about", "there is nothing of this id to comment on")
}

// mayAtOne refuses who has the right at none of the places.
func (a *App) mayAtOne(ctx context.Context, v *view, act actor.Act, places []place.ID) error {
	var err error
	for _, at := range places {
		if err = a.may(ctx, v, act, at); err == nil {
			return nil
		}
	}
	return err
}

// Comments lists the comments on a thing, the first one first.
func (a *App) Comments(ctx context.Context, about string) ([]httpapi.Comment, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	t, err := a.talkedOf(ctx, v, about)
	if err != nil {
		return nil, err
	}
	if err := a.mayAtOne(ctx, v, actor.ReadDrafts, t.places); err != nil {
		return nil, err
	}
	if t.draft != "" {
		if err := a.noteRead(ctx, readDraft, t.draft); err != nil {
			return nil, err
		}
	}
	list, _, err := a.Store.Items(ctx, store.ItemQuery{Kind: deskComment, About: about})
	if err != nil {
		return nil, err
	}
	out := []httpapi.Comment{}
	for _, it := range list {
		c, err := viewComment(it, v.who(ctx))
		if err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	slices.SortStableFunc(out, func(x, y httpapi.Comment) int { return strings.Compare(x.At, y.At) })
	return out, nil
}

func viewComment(it store.Item, who actor.Actor) (httpapi.Comment, error) {
	var b commentBody
	if err := json.Unmarshal(it.Body, &b); err != nil {
		return httpapi.Comment{}, fault.New(fault.Internal, opComment, it.ID, "cannot be read back: %w", err)
	}
	out := httpapi.Comment{ID: it.ID, About: it.About, Text: b.Text, Office: b.Office, Author: it.Owner, Mine: it.Owner == string(who.ID), At: b.At.UTC().Format(commentTime), Mentions: append([]string{}, b.Mentions...), Gone: it.State == commentGone}
	if out.Gone {
		out.Text, out.Mentions = "", []string{}
	}
	return out, nil
}

// commentTime is finer than a second, so that comments keep their order.
const commentTime = "2006-01-02T15:04:05.000000Z"

// Comment writes a comment and tells the offices that it names. The same id
// with the same text is the same comment.
func (a *App) Comment(ctx context.Context, in httpapi.CommentInput) (*httpapi.Comment, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	t, err := a.talkedOf(ctx, v, in.About)
	if err != nil {
		return nil, err
	}
	if err := a.mayAtOne(ctx, v, actor.Comment, t.places); err != nil {
		return nil, err
	}
	who, text := v.who(ctx), strings.TrimSpace(in.Text)
	if text == "" || utf8.RuneCountInString(text) > maxComment {
		return nil, fault.New(fault.Invalid, opComment, "text", "write 1 to %d characters", maxComment)
	}
	for _, office := range in.Mentions {
		if _, known := v.Offices[office]; !known {
			return nil, fault.New(fault.Invalid, opComment, "mentions", "choose offices that exist: one of them has no such code")
		}
	}
	body, err := json.Marshal(commentBody{Office: who.Office, Text: text, Mentions: slices.Compact(slices.Sorted(slices.Values(in.Mentions))), At: a.Clock().UTC()})
	if err != nil {
		return nil, err
	}
	it := store.Item{Kind: deskComment, ID: in.ID, Path: v.path(t.places[0]), About: in.About, State: commentSaid, Owner: string(who.ID), Body: body}
	if old, err := a.Store.Item(ctx, deskComment, in.ID); err == nil {
		return sameComment(old, it, who)
	} else if !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	err = a.Store.Act(ctx, actor.Entry{Actor: who.ID, At: a.Clock(), Op: "comment", Subject: in.About, Detail: "id=" + in.ID}, func(tx *store.Tx) error {
		if _, err := tx.Put(it, 0); err != nil {
			return err
		}
		return a.tellMentioned(tx, in.About, t, in.Mentions)
	})
	if err != nil {
		return nil, err
	}
	out, err := viewComment(it, who)
	return &out, err
}

// sameComment answers a repetition; another text under the same id is refused.
func sameComment(old, it store.Item, who actor.Actor) (*httpapi.Comment, error) {
	was, err := viewComment(old, who)
	if err != nil {
		return nil, err
	}
	is, err := viewComment(it, who)
	if err != nil {
		return nil, err
	}
	if old.Owner != it.Owner || old.About != it.About || (!was.Gone && was.Text != is.Text) {
		return nil, fault.New(fault.Conflict, opComment, "id", "another comment has this id: make a new one")
	}
	return &was, nil
}

// WithdrawComment takes one's own comment back. That one stood there stays.
func (a *App) WithdrawComment(ctx context.Context, id string) (*httpapi.Comment, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	it, err := a.Store.Item(ctx, deskComment, id)
	if err != nil {
		return nil, err
	}
	t, err := a.talkedOf(ctx, v, it.About)
	if err != nil {
		return nil, err
	}
	who := v.who(ctx)
	if err := a.mayAtOne(ctx, v, actor.Comment, t.places); err != nil {
		return nil, err
	}
	switch {
	case it.Owner != string(who.ID):
		return nil, fault.New(fault.Forbidden, opComment, "id", "only its author may take a comment back")
	case it.State == commentGone:
		out, err := viewComment(it, who)
		return &out, err
	}
	it.State = commentGone
	err = a.Store.Act(ctx, actor.Entry{Actor: who.ID, At: a.Clock(), Op: "withdraw comment", Subject: it.About, Detail: "id=" + id}, func(tx *store.Tx) error {
		_, err := tx.Put(it, it.Version)
		return err
	})
	if err != nil {
		return nil, err
	}
	out, err := viewComment(it, who)
	return &out, err
}
