package app

import (
	"context"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/place"
)

// What is published with a submission is seen by everybody. So nobody may bring
// in a file that they cannot see themselves, nor one of another territory, and
// what is restricted stays so.

// plainID takes the kind off an id, which comments and questions carry in
// front: promise:C7p is C7p.
func plainID(about string) string {
	kind, id, ok := strings.Cut(about, ":")
	if ok && slices.Contains([]string{thingPromise, thingFigure, thingQuestion, "ask", "submission"}, kind) {
		return id
	}
	return about
}

func wrongFiles(format string, args ...any) error {
	return fault.New(fault.Invalid, "app.Files", "files", format, args...)
}

// seesFiles refuses ids of files that whoever acts may not see in full.
func (a *App) seesFiles(ctx context.Context, ids []string) error {
	for _, id := range ids {
		_, _, s, err := a.fileSeen(ctx, id)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if s != sightFull {
			return wrongFiles("a file is not there or not yours to show: send it again")
		}
	}
	return nil
}

// filesFit refuses to publish files that were erased or restricted, or that
// belong to another territory than what is said.
func filesFit(tx *store.Tx, v *view, s submission.Submission) error {
	return filesBelong(tx, v, s.Files, s.Place, true)
}

// filesBelong refuses files that are not there, were erased or belong to another
// territory, and restricted ones where all of them are published.
func filesBelong(tx *store.Tx, v *view, ids []string, at place.ID, open bool) error {
	if len(ids) == 0 {
		return nil
	}
	items, _, err := tx.Items(store.ItemQuery{Kind: kindFile, IDs: ids})
	if err != nil {
		return err
	}
	for _, id := range ids {
		i := slices.IndexFunc(items, func(it store.Item) bool { return it.ID == id })
		if i < 0 {
			return wrongFiles("a file is not there: send it again, or leave it out")
		}
		f, err := fileOf(items[i])
		if err != nil {
			return err
		}
		switch {
		case f.State != fileKept:
			return wrongFiles("the content of a file was erased: leave it out")
		case f.Restricted && open:
			return wrongFiles("a file is restricted, and what is published is for everybody: lift that first, or leave it out")
		case !v.Atlas.Within(f.Place, at) && !v.Atlas.Within(at, f.Place):
			return wrongFiles("a file belongs to another territory: leave it out, or send it for this one")
		}
	}
	return nil
}

// attached lays the files of a report beside its figures. An answer names its
// files itself.
func attached(s submission.Submission, figures []ledger.Figure) []ledger.Attachment {
	if s.Kind != submission.Form {
		return nil
	}
	var out []ledger.Attachment
	for _, id := range s.Files {
		for i := range figures {
			out = append(out, ledger.Attachment{About: figures[i].ID.String(), File: id})
		}
	}
	return out
}
