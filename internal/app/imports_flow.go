package app

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/place"
)

// submitted reports whether somebody else publishes the import.
func (b *importBody) submitted() bool { return b.Outcome != nil && b.Outcome.Submission != "" }

// submitImport hands an import over for approval. One that was returned goes
// the same way again.
func (a *App) submitImport(v *view, who actor.Actor, it *store.Item, b *importBody, tx *store.Tx, comment string) error {
	content := submission.Submission{ID: it.ID, Kind: submission.Import, Place: place.ID(b.Place), Office: b.Office, Levels: submission.DefaultLevels(),
		Import: &submission.Table{File: it.ID, Name: b.Name, Source: b.source(), Rows: b.Check.Rows, New: b.Check.New, Known: b.Check.Known, Changes: b.Check.Corrected}}
	var s submission.Submission
	var version int64
	have, err := tx.Item(kindSubmission, it.ID)
	switch {
	case err == nil && have.State == string(submission.Withdrawn):
		content.ID = "import-" + strings.ToLower(randomName()) // what was withdrawn stays so
		fallthrough
	case fault.Is(err, fault.NotFound):
		s, err = submission.Begin(content, who, v.Atlas)
	case err == nil:
		var h held
		if h, err = readHeld(have); err == nil {
			version = h.Version
			content.Office = h.s.Office
			s, err = h.s.Revise(content, who, v.Atlas)
		}
	}
	if err != nil {
		return err
	}
	if s, err = s.Take(submission.Submit, submission.Step{Who: who, At: tx.At(), Comment: comment}, v.Atlas); err != nil {
		return err
	}
	if version, err = put(tx, v, s, version, true); err != nil {
		return err
	}
	tx.Also(stepEntry(who, tx.At(), string(submission.Submit), s.ID, version, s.State))
	it.State, b.Outcome = importSubmitted, &httpapi.ImportOutcome{Submission: s.ID}
	return a.tellStep(tx, v, submission.Submit, s)
}

// startImport begins the job that publishes an approved import, in the name of
// whoever publishes it.
func (a *App) startImport(tx *store.Tx, s submission.Submission) error {
	v, err := a.look(tx.Context(), When{})
	if err != nil {
		return err
	}
	it, err := tx.Item(kindImport, s.Import.File)
	if err != nil {
		return err
	}
	b := &importBody{}
	if err := json.Unmarshal(it.Body, b); err != nil {
		return fault.New(fault.Internal, opImport, it.ID, "cannot be read back: %w", err)
	}
	if it.State != importSubmitted || !b.submitted() || b.Outcome.Submission != s.ID {
		return fault.New(fault.Conflict, opImport, "", "the table of this submission is not as it was submitted: return it to its author")
	}
	it.State, b.Failure = importCommitting, nil
	if err := a.order(tx, jobCommit, v.who(tx.Context()), it.ID, b); err != nil {
		return err
	}
	it.Body = encode(b)
	_, err = tx.Put(it, it.Version)
	return err
}

// importRun is the run of an import that was submitted: it names the submission.
func (a *App) importRun(ctx context.Context, tx *store.Tx, id string, r ledger.Run) ledger.Run {
	it, err := tx.Item(kindSubmission, id)
	if err != nil {
		return r
	}
	h, err := readHeld(it)
	if err != nil {
		return r
	}
	return a.publication(ctx, h.s, r)
}

// followSubmission brings an import to where its submission stands: returned or withdrawn
// means that it is its author's again.
func followSubmission(d itemSource, it *store.Item, b *importBody) error {
	if it.State != importSubmitted || !b.submitted() {
		return nil
	}
	have, err := d.Item(kindSubmission, b.Outcome.Submission)
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	switch submission.State(have.State) {
	case submission.Draft, submission.Returned:
		it.State, b.Outcome = importChecked, nil
	case submission.Withdrawn:
		it.State, b.Outcome = importOpen, nil
	}
	return nil
}

// takenBack notes that the run of an import was taken back from elsewhere.
func (v *view) takenBack(it *store.Item, b *importBody) {
	if it.State != importPublished || b.Outcome == nil || b.Outcome.Run == "" {
		return
	}
	if w := v.undone(b.Outcome.Run); w != nil {
		it.State, b.Outcome.Reason = importWithdrawn, w.Reason
	}
}
