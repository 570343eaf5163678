package store

import (
	"context"
	"slices"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
)

const sqlJournalRead = `
	SELECT c.seq, c.hash, COALESCE(j.seq, 0), COALESCE(j.at, ''), COALESCE(j.actor, ''), COALESCE(j.op, ''),
		COALESCE(j.subject, ''), COALESCE(j.detail, ''), COALESCE(j.prev, ''), COALESCE(j.hash, '')
	FROM chain c LEFT JOIN journal j ON j.chain = c.name
	WHERE c.name = $1 ORDER BY j.seq`

// sqlJournalChain finds the first chain after another of which there are
// entries, without walking through them.
const sqlJournalChain = `SELECT COALESCE(MIN(chain), '') FROM journal WHERE chain > $1`

// VerifyJournal checks every chain of the journal and returns the number of
// entries and the last hash of the ledger's.
func (s *Store) VerifyJournal(ctx context.Context) (int64, string, error) {
	heads, err := s.VerifyChains(ctx)
	if err != nil {
		return 0, "", err
	}
	i := slices.IndexFunc(heads, func(h Head) bool { return h.Chain == mainChain })
	return heads[i].Seq, heads[i].Hash, nil
}

// VerifyChains checks every chain of the journal from its first entry and
// returns their heads. It returns fault.Conflict naming the entry that was
// tampered with, also when the end of a chain was cut off or a chain was taken
// away. Entries and end of a chain are read by one statement, so that what is
// written at the same time does not look like damage.
func (s *Store) VerifyChains(ctx context.Context) ([]Head, error) {
	heads, err := verifyChains(ctx, s.read, Chains())
	return heads, failed("store.VerifyChains", s.name, err)
}

// VerifyChain checks one chain.
func (s *Store) VerifyChain(ctx context.Context, chain string) (int64, string, error) {
	h, err := verifyChain(ctx, s.read, chain)
	return h.Seq, h.Hash, failed("store.VerifyChain", s.name, err)
}

// verifyChains checks the chains that are there; those named must be.
func verifyChains(ctx context.Context, q querier, named []string) ([]Head, error) {
	heads, err := headsOf(ctx, q)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for i, h := range heads {
		known[h.Chain] = true
		if heads[i], err = verifyChain(ctx, q, h.Chain); err != nil {
			return nil, err
		}
	}
	for _, name := range named {
		if !known[name] {
			return nil, endMissing(name, 0, 0)
		}
	}
	for name := ""; ; {
		if err := q.QueryRowContext(ctx, sqlJournalChain, name).Scan(&name); err != nil {
			return nil, err
		}
		if name == "" {
			return heads, nil
		}
		if !known[name] {
			return nil, endMissing(name, 0, 0)
		}
	}
}

func endMissing(chain string, have, written int64) error {
	const op = "store.VerifyJournal"
	if written == 0 {
		return fault.New(fault.Conflict, op, chain, "the note of where the journal %q ends was removed: its end is missing", chain)
	}
	return fault.New(fault.Conflict, op, chain, "the journal %q ends at entry %d, but %d were written: its end is missing", chain, have, written)
}

// verifyChain walks through one chain.
func verifyChain(ctx context.Context, q querier, chain string) (Head, error) {
	const op = "store.VerifyJournal"
	none := Head{Chain: chain}
	rows, err := q.QueryContext(ctx, sqlJournalRead, chain)
	if err != nil {
		return none, err
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
			return none, err
		}
		found = true
		if e.Seq == 0 {
			break // no entry at all
		}
		if e.At, err = time.Parse(timeText, at); err != nil {
			return none, fault.New(fault.Conflict, op, chain, "the time of entry %d of the journal %q was changed", e.Seq, chain)
		}
		e.Actor = actor.ID(who)
		if err := v.Next(e); err != nil {
			return none, err
		}
	}
	if err := rows.Err(); err != nil {
		return none, err
	}
	if !found || written != v.Entries() || head != v.Head() {
		return none, endMissing(chain, v.Entries(), written)
	}
	return Head{Chain: chain, Seq: v.Entries(), Hash: v.Head()}, nil
}
