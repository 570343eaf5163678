package httpapi

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/sheet"
)

// Operations is the journal; *app.App does it.
type Operations interface {
	Journal(ctx context.Context, f JournalFilter, cursor string, limit int) (*JournalPage, error)
	EachEntry(ctx context.Context, f JournalFilter, yield func(JournalEntry) error) error
	// VerifyJournal walks through all of it; with an anchor it also compares
	// what was published then.
	VerifyJournal(ctx context.Context, anchor string) (*JournalState, error)
}

const tagOperations = "operations"

type journalInput struct {
	JournalFilter
	Cursor string `query:"cursor" maxLength:"120" doc:"next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
}

type verifyInput struct {
	Anchor string `query:"anchor" maxLength:"4000" doc:"a line that was published earlier"`
}

func routesOperations(api huma.API, o Options) {
	serve(api, o, op{ID: "listJournal", Method: http.MethodGet, Path: "/api/journal", Tag: tagOperations, Summary: "Who did what, newest first", Act: actor.ReadJournal},
		func(ctx context.Context, in *journalInput) (*JournalPage, error) {
			return o.Operations.Journal(ctx, in.JournalFilter, in.Cursor, in.Limit)
		})
	serve(api, o, op{ID: "verifyJournal", Method: http.MethodGet, Path: "/api/journal/verification", Tag: tagOperations, Summary: "Whether the journal is intact, and a line to publish", Act: actor.VerifyJournal},
		func(ctx context.Context, in *verifyInput) (*JournalState, error) {
			return o.Operations.VerifyJournal(ctx, in.Anchor)
		})
	serveTable(api, o, table{"tableJournal", "/api/journal", tagOperations, "Who did what, as a table", []string{"chain", "actor", "op", "subject", "from", "to"},
		func(ctx context.Context, q query, f sheet.Format, w io.Writer) error {
			return journalTable(ctx, o, q, f, w)
		}, actor.ReadJournal})
}

func journalTable(ctx context.Context, o Options, q query, f sheet.Format, w io.Writer) error {
	filter := JournalFilter{Chain: q.get("chain"), Actor: q.get("actor"), Op: q.get("op"), Subject: q.get("subject"), From: q.get("from"), To: q.get("to")}
	return rows(w, f, "journal", []string{"chain", "number", "at", "actor", "op", "subject", "detail", "hash"}, func(put func(...[]sheet.Cell) error) error {
		return o.Operations.EachEntry(ctx, filter, func(e JournalEntry) error {
			return put([]sheet.Cell{text(e.Chain), {Text: fmt.Sprint(e.Number), Kind: sheet.Number}, text(e.At), text(e.Actor), text(e.Op), text(e.Subject), text(e.Detail), text(e.Hash)})
		})
	})
}
