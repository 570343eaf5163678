package store

import (
	"context"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
)

const sqlJournalRead = `
	SELECT c.seq, c.hash, COALESCE(j.seq, 0), COALESCE(j.at, ''), COALESCE(j.actor, ''), COALESCE(j.op, ''),
		COALESCE(j.subject, ''), COALESCE(j.detail, ''), COALESCE(j.prev, ''), COALESCE(j.hash, '')
	FROM chain c LEFT JOIN journal j ON j.chain = c.name
	WHERE c.name = $1 ORDER BY j.seq`

// VerifyJournal checks every chain of the journal and returns the number of
// entries and the last hash of the ledger's.
func (s *Store) VerifyJournal(ctx context.Context) (int64, string, error) {
	for _, chain := range []string{deskChain, readChain} {
		if _, _, err := s.VerifyChain(ctx, chain); err != nil {
			return 0, "", err
		}
	}
	return s.VerifyChain(ctx, mainChain)
}

// VerifyChain checks a chain of the journal from its first entry. It
// returns the number of entries and the hash of the last one, and
// fault.Conflict naming the entry that was tampered with, also when the end was
// cut off. Entries and end are read by one statement, so that what is written
// at the same time does not look like damage.
func (s *Store) VerifyChain(ctx context.Context, chain string) (int64, string, error) {
	const op = "store.VerifyChain"
	rows, err := s.read.QueryContext(ctx, sqlJournalRead, chain)
	if err != nil {
		return 0, "", failed(op, s.name, err)
	}
	defer rows.Close()
	var v actor.Verifier
	var written int64
	var head string
	found := false
	for rows.Next() {
		e := actor.Entry{Chain: chain}
		var at, who string
		if err := rows.Scan(&written, &head, &e.Seq, &at, &who, &e.Op, &e.Subject, &e.Detail, &e.Prev, &e.Hash); err != nil {
			return 0, "", failed(op, s.name, err)
		}
		found = true
		if e.Seq == 0 {
			break // no entry at all
		}
		if e.At, err = time.Parse(timeText, at); err != nil {
			return 0, "", fault.New(fault.Conflict, op, chain, "the time of journal entry %d was changed", e.Seq)
		}
		e.Actor = actor.ID(who)
		if err := v.Next(e); err != nil {
			return 0, "", err
		}
	}
	if err := rows.Err(); err != nil {
		return 0, "", failed(op, s.name, err)
	}
	if !found || written != v.Entries() || head != v.Head() {
		return 0, "", fault.New(fault.Conflict, op, chain, "the journal ends at entry %d, but %d were written: its end is missing", v.Entries(), written)
	}
	return v.Entries(), v.Head(), nil
}
