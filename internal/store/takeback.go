package store

import (
	"encoding/json"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
)

// takeBackPart is how many figures are taken back at once: enough to be quick,
// and few enough that a run of millions needs little memory.
const takeBackPart = 5000

// restorable are the records that a withdrawal takes back. Descriptions of
// documents stay: they do no harm, and others may point into the document.
var restorable = map[string]bool{ledger.RecordStatement: true, ledger.RecordMove: true, ledger.RecordEvidence: true, ledger.RecordAsk: true, ledger.RecordAnswer: true, ledger.RecordAttachment: true}

// TakeBack withdraws what a run brought: from now on everything is as if it had
// not been, on every day of publication; what was recorded by an earlier
// instant still shows it. Where the run had corrected an earlier figure, that
// one stands again. It returns what the run of kind withdrawal brought.
// fault.Conflict tells what cannot be taken back, and why.
func (t *Tx) TakeBack(of StoredRun, by ledger.Run, w ledger.Withdrawal) (ledger.Receipt, error) {
	const op = "store.TakeBack"
	by.Kind = ledger.WithdrawalRun
	records, err := t.store.RunRecords(t.ctx, of.Seq)
	if err != nil {
		return ledger.Receipt{}, err
	}
	b, err := withdrawalOf(of, records, by, w)
	if err != nil {
		return ledger.Receipt{}, err
	}
	// Once the run has begun, nobody else can change what is read below.
	got, err := t.PublishEach(b, func(yield func([]ledger.Figure) error) error {
		gone, err := t.store.Records(t.ctx, ledger.RecordWithdrawal, Everything)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(gone, func(r StoredRecord) bool { return r.Code == of.ID.String() }) {
			return fault.New(fault.Conflict, op, "", "this run was taken back already")
		}
		var part []ledger.Figure
		flush := func() error {
			near, err := t.store.near(t.ctx, part)
			if err != nil {
				return err
			}
			part = part[:0]
			figures, err := near.takeBack(of.ID, w.Reason)
			if err != nil {
				return err
			}
			return yield(figures)
		}
		if err := t.store.EachFigure(t.ctx, Query{At: Everything, Run: of.ID, Superseded: true}, func(f *ledger.Figure) error {
			if f.Withdraws {
				return fault.New(fault.Conflict, op, "", "this run withdrew figures itself: publish them again instead")
			}
			part = append(part, *f)
			if len(part) == takeBackPart {
				return flush()
			}
			return nil
		}); err != nil {
			return err
		}
		if len(part) == 0 {
			return nil
		}
		return flush()
	})
	return got, err
}

// withdrawalOf is the batch that takes back the records of a run.
func withdrawalOf(of StoredRun, records []RunRecord, by ledger.Run, w ledger.Withdrawal) (ledger.Batch, error) {
	b := ledger.Batch{Run: by}
	no := func(text string) (ledger.Batch, error) {
		return b, fault.New(fault.Conflict, "store.TakeBack", "", "%s", text)
	}
	switch of.Kind {
	case ledger.MethodRun:
		return no("the program computed these figures: they follow by themselves when their inputs are taken back")
	case ledger.WithdrawalRun:
		return no("this run took another one back: publish that one again instead")
	}
	body, err := json.Marshal(w)
	if err != nil {
		return b, err
	}
	b.Catalogue = []ledger.Item{{Kind: ledger.RecordWithdrawal, Code: of.ID.String(), Body: body}}
	for _, r := range records {
		switch {
		case r.Kind == ledger.RecordDocument:
		case !restorable[r.Kind]:
			return no("this run brought what figures rest on, such as places, measures or releases: load the corrected version instead")
		case r.Later: // another run has said otherwise since, and that stays
		case r.Before != nil:
			b.Records = append(b.Records, *r.Before)
		default:
			b.Records = append(b.Records, ledger.Record{Kind: r.Kind, Code: r.Code, Figure: r.Figure, Body: ledger.Tombstone(w.Reason)})
		}
	}
	return b, nil
}
