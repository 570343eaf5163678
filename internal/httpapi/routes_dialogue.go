package httpapi

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/sheet"
)

// Dialogue is asking, answering and comments; *app.App does it.
type Dialogue interface {
	Asks(context.Context, When, AskFilter) ([]Asked, error)
	AskPage(context.Context, When, string) (*AskPage, error)
	Asking(ctx context.Context, about string) (*Asking, error)
	Ask(context.Context, AskInput) (*AskPage, error)
	CloseAsk(ctx context.Context, id, reason string) (*AskPage, error)
	Comments(ctx context.Context, about string) ([]Comment, error)
	Comment(context.Context, CommentInput) (*Comment, error)
	WithdrawComment(ctx context.Context, id string) (*Comment, error)
}

const tagDialogue = "dialogue"

type asksInput struct {
	Moment
	AskFilter
}

// AskPath names a question, or a comment.
type AskPath struct {
	ID string `path:"id" pattern:"^[a-z0-9-]{8,40}$"`
}

func routesDialogue(api huma.API, o Options) {
	d := o.Dialogue
	serve(api, o, op{ID: "listAsks", Method: http.MethodGet, Path: "/api/asks", Tag: tagDialogue, Summary: "What offices were asked, and how it stands", Public: true}, func(ctx context.Context, in *asksInput) (*List[Asked], error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		list, err := d.Asks(ctx, w, in.AskFilter)
		return &List[Asked]{Items: list}, err
	})
	serve(api, o, op{ID: "getAsk", Method: http.MethodGet, Path: "/api/asks/{id}", Tag: tagDialogue, Summary: "A question to an office with all that one needs to answer it", Public: true}, func(ctx context.Context, in *struct {
		Moment
		AskPath
	}) (*AskPage, error) {
		w, err := in.When()
		if err != nil {
			return nil, err
		}
		return d.AskPage(ctx, w, in.ID)
	})
	serve(api, o, op{ID: "getAsking", Method: http.MethodGet, Path: "/api/asking", Tag: tagDialogue, Summary: "Which office answers for a thing, and by when", Public: true}, func(ctx context.Context, in *struct {
		About string `query:"about" required:"true" minLength:"1" maxLength:"200" doc:"id of a promise, a question or a figure"`
	}) (*Asking, error) {
		return d.Asking(ctx, in.About)
	})
	serve(api, o, op{ID: "ask", Method: http.MethodPost, Path: "/api/asks", Tag: tagDialogue, Summary: "Asks an office what became of something", Act: actor.Ask}, func(ctx context.Context, in *struct{ Body AskInput }) (*AskPage, error) {
		return d.Ask(ctx, in.Body)
	})
	serve(api, o, op{ID: "closeAsk", Method: http.MethodPost, Path: "/api/asks/{id}/close", Tag: tagDialogue, Summary: "Takes a question back, with the reason", Act: actor.Ask}, func(ctx context.Context, in *struct {
		AskPath
		Body CloseInput
	}) (*AskPage, error) {
		return d.CloseAsk(ctx, in.ID, in.Body.Reason)
	})
	serveTable(api, o, table{"tableAsks", "/api/asks", tagDialogue, "What offices were asked, as a table", []string{"state", "office", "about", "place", "by"}, func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
		return askTable(ctx, d, q, f, w)
	}, ""})
	routesComments(api, o, d)
}

func routesComments(api huma.API, o Options, d Dialogue) {
	serve(api, o, op{ID: "listComments", Method: http.MethodGet, Path: "/api/comments", Tag: tagDialogue, Summary: "Comments on a thing, for those who may read drafts there", Act: actor.ReadDrafts}, func(ctx context.Context, in *struct {
		About string `query:"about" required:"true" pattern:"^(promise|figure|question|submission|ask):.{1,200}$" maxLength:"220" doc:"kind and id, such as promise:C7p"`
	}) (*List[Comment], error) {
		list, err := d.Comments(ctx, in.About)
		return &List[Comment]{Items: list}, err
	})
	serve(api, o, op{ID: "comment", Method: http.MethodPost, Path: "/api/comments", Tag: tagDialogue, Summary: "Writes a comment", Act: actor.Comment}, func(ctx context.Context, in *struct{ Body CommentInput }) (*Comment, error) {
		return d.Comment(ctx, in.Body)
	})
	serve(api, o, op{ID: "withdrawComment", Method: http.MethodPost, Path: "/api/comments/{id}/withdraw", Tag: tagDialogue, Summary: "Takes one's own comment back; the place where it stood stays", Act: actor.Comment}, func(ctx context.Context, in *AskPath) (*Comment, error) {
		return d.WithdrawComment(ctx, in.ID)
	})
}

// askTable writes the list of what was asked, for CSV and XLSX.
func askTable(ctx context.Context, d Dialogue, q query, f sheet.Format, w io.Writer) error {
	list, err := d.Asks(ctx, q.when, AskFilter{State: q.get("state"), Office: q.get("office"), About: q.get("about"), Place: q.get("place"), By: q.get("by")})
	if err != nil {
		return err
	}
	header := append(append(append([]string{"id", "about_kind", "about"}, each3("about_title")...), "place", "office"), each3("text")...)
	header = append(append(header, "on", "due", "state", "days_without_word", "days_left", "closed", "closed_on", "answered_on"), each3("answer")...)
	header = append(header, "files")
	return rows(w, f, "asks", header, func(row func(...[]sheet.Cell) error) error {
		for i := range list {
			a := &list[i]
			said, on, files := []sheet.Cell{{}, {}, {}}, (*string)(nil), []string{}
			if n := len(a.Answers); n > 0 {
				said, on = words(a.Answers[n-1].Text), a.Answers[n-1].On
			}
			for _, x := range a.Answers {
				files = append(files, x.Files...)
			}
			if err := row([]sheet.Cell{text(a.ID), text(a.About.Kind), text(a.About.ID)}, words(a.About.Title), []sheet.Cell{text(a.About.Place), text(a.Office)}, words(a.Text),
				[]sheet.Cell{date(&a.On), date(&a.Due), text(a.State), count(a.DaysWithoutWord), count(a.DaysLeft), text(a.Closed), date(a.ClosedOn), date(on)}, said, []sheet.Cell{text(strings.Join(files, " "))}); err != nil {
				return err
			}
		}
		return nil
	})
}
