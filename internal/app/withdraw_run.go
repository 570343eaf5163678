package app

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/place"
)

// withdrawn is a run that was taken back, and when.
type withdrawn struct {
	ledger.Withdrawal
	at time.Time
}

// WithdrawRun takes back what a run published, with a reason that everybody may
// read. From then on all pages are as if the run had never been; what was
// recorded before, and every release, still shows it.
func (a *App) WithdrawRun(ctx context.Context, id, reason string) (*httpapi.Run, error) {
	const op = "app.WithdrawRun"
	reason = strings.TrimSpace(reason)
	if reason == "" || utf8.RuneCountInString(reason) > submission.MaxComment {
		return nil, fault.New(fault.Invalid, op, "reason", "give the reason, in at most %d characters: everybody may read it", submission.MaxComment)
	}
	run, err := a.runOf(ctx, id)
	if err != nil {
		return nil, err
	}
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	if v.undone(id) != nil {
		return nil, fault.New(fault.Conflict, op, "", "this run was taken back already")
	}
	if err := a.mayWithdraw(ctx, v, run); err != nil {
		return nil, err
	}
	who := v.who(ctx)
	w := ledger.Withdrawal{Run: id, Office: who.Office, Reason: reason}
	by := a.run(ctx, ledger.WithdrawalRun, "run "+id, map[string]string{"run": id, "reason": reason})
	e := actor.Entry{Actor: who.ID, At: a.Clock(), Op: "run.withdraw", Subject: id}
	if err := a.Store.Act(ctx, e, func(tx *store.Tx) error {
		if _, err := tx.TakeBack(run, by, w); err != nil {
			return err
		}
		return a.takeBackSubmission(tx, v, who, run, reason)
	}); err != nil {
		return nil, err
	}
	if err := a.settle(ctx); err != nil {
		return nil, fault.New(fault.KindOf(err), op, "", "the run was taken back, but the board could not be computed anew: %w", err)
	}
	return a.Run(ctx, id)
}

// mayWithdraw refuses whoever may not take back in every territory of the run.
func (a *App) mayWithdraw(ctx context.Context, v *view, run store.StoredRun) error {
	places, err := a.Store.RunPlaces(ctx, run.Seq)
	if err != nil {
		return err
	}
	if at := place.ID(run.Inputs["place"]); v.Atlas.Has(at) && !slices.Contains(places, at) {
		places = append(places, at)
	}
	if len(places) == 0 {
		places = []place.ID{v.Atlas.Root()}
	}
	for _, at := range places {
		if err := a.may(ctx, v, actor.WithdrawRun, at); err != nil {
			return err
		}
	}
	return nil
}

// takeBackSubmission notes on the submission that its run was taken back.
func (a *App) takeBackSubmission(tx *store.Tx, v *view, who actor.Actor, run store.StoredRun, reason string) error {
	id := run.Inputs["submission"]
	if id == "" {
		return nil
	}
	it, err := tx.Item(kindSubmission, id)
	if fault.Is(err, fault.NotFound) {
		return nil // of a copy of the ledger without its desk
	}
	if err != nil {
		return err
	}
	h, err := readHeld(it)
	if err != nil {
		return err
	}
	if err := fillValues(tx, &h.s); err != nil {
		return err
	}
	if h.s.Run != run.ID.String() || h.s.State != submission.Published {
		return nil
	}
	s, err := h.s.TakeBack(who, reason)
	if err != nil {
		return err
	}
	version, err := put(tx, v, s, h.Version, false)
	if err == nil {
		tx.Also(stepEntry(who, tx.At(), "take_back", id, version, s.State))
	}
	return err
}
