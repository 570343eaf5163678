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
	err = a.settle(ctx)
	if err == nil {
		err = a.unsettle(ctx, run.ID)
	}
	if err != nil {
		return nil, fault.New(fault.KindOf(err), op, "", "the run was taken back, but the board could not be computed anew: %w", err)
	}
	return a.Run(ctx, id)
}

// unsettle withdraws the figures that the board computed from what a run had
// brought and computes no longer: nothing takes their place.
func (a *App) unsettle(ctx context.Context, run ledger.RunID) error {
	v, err := a.look(ctx, When{})
	if err != nil {
		return err
	}
	stands := map[ledger.FigureID]bool{}
	for _, f := range derived(v.Programme, v.at.AsOf) {
		stands[f.ID] = true
	}
	var stale []ledger.Figure
	var inputs []ledger.FigureID
	err = a.Store.EachFigure(ctx, store.Query{At: v.at, Sources: []string{ledger.Computed}}, func(f *ledger.Figure) error {
		if f.Recipe != nil && !stands[f.ID] {
			stale, inputs = append(stale, *f), append(inputs, f.Recipe.Inputs...)
		}
		return nil
	})
	if err != nil || len(stale) == 0 {
		return err
	}
	gone := map[ledger.FigureID]bool{}
	for part := range slices.Chunk(inputs, idChunk) {
		page, err := a.Store.Figures(ctx, store.Query{At: store.Everything, IDs: part, Superseded: true})
		if err != nil {
			return err
		}
		for i := range page.Figures {
			if page.Figures[i].Run == run {
				gone[page.Figures[i].ID] = true
			}
		}
	}
	b := ledger.Batch{Run: a.run(ctx, ledger.MethodRun, "board", map[string]string{"run": run.String()})}
	for i := range stale {
		f := &stale[i]
		if !slices.ContainsFunc(f.Recipe.Inputs, func(id ledger.FigureID) bool { return gone[id] }) {
			continue
		}
		w := ledger.Figure{Series: f.Series, Period: f.Period, Status: ledger.Missing, Published: f.Published, Supersedes: f.ID, Withdraws: true, Reason: "what it was computed from was taken back", Recipe: f.Recipe}
		if err := w.Seal(); err != nil {
			return err
		}
		b.Figures = append(b.Figures, w)
	}
	if len(b.Figures) == 0 {
		return nil
	}
	_, err = a.Store.Commit(ctx, b)
	return err
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
