package store

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
)

// JournalQuery chooses entries of the journal. What is left empty chooses all.
type JournalQuery struct {
	Chains  []string
	Actor   actor.ID
	Op      string    // the beginning of it: "read" finds "read draft"
	Subject string    // the beginning of it
	From    time.Time // inclusive
	Before  time.Time // exclusive
	After   string    // where the page before ended
	Limit   int       // 0: maxEntries
}

// maxEntries bounds the entries of one page.
const maxEntries = 1000

// Journal returns a page of entries, the newest first, and where the next page
// begins, "" at the end.
func (s *Store) Journal(ctx context.Context, q JournalQuery) ([]actor.Entry, string, error) {
	const op = "store.Journal"
	text, args, limit, err := q.sql()
	if err != nil {
		return nil, "", err
	}
	rows, err := s.read.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, "", failed(op, s.name, err)
	}
	defer rows.Close()
	var out []actor.Entry
	for rows.Next() {
		var e actor.Entry
		var at, who string
		if err := rows.Scan(&e.Chain, &e.Seq, &at, &who, &e.Op, &e.Subject, &e.Detail, &e.Prev, &e.Hash); err != nil {
			return nil, "", failed(op, s.name, err)
		}
		if e.At, err = time.Parse(timeText, at); err != nil {
			return nil, "", fault.New(fault.Conflict, op, e.Chain, "the time of entry %d of the journal %q was changed", e.Seq, e.Chain)
		}
		e.Actor = actor.ID(who)
		out = append(out, e)
	}
	if err := rows.Err(); err != nil || len(out) <= limit {
		return out, "", failed(op, s.name, err)
	}
	out = out[:limit]
	last := out[limit-1]
	return out, last.At.Format(timeText) + "~" + last.Chain + "~" + strconv.FormatInt(last.Seq, 10), nil
}

// sql writes the query; one row more than the limit tells that there is a next
// page.
func (q JournalQuery) sql() (text string, args []any, limit int, err error) {
	limit = q.Limit
	if limit <= 0 || limit > maxEntries {
		limit = maxEntries
	}
	var where []string
	arg := func(v any) string { args = append(args, v); return fmt.Sprintf("$%d", len(args)) }
	if len(q.Chains) > 0 {
		marks := make([]string, len(q.Chains))
		for i, c := range q.Chains {
			marks[i] = arg(c)
		}
		where = append(where, "chain IN ("+strings.Join(marks, ", ")+")")
	}
	if q.Actor != "" {
		where = append(where, "actor = "+arg(string(q.Actor)))
	}
	begins := func(column, with string) {
		if with != "" {
			where = append(where, "substr("+column+", 1, "+arg(len([]rune(with)))+") = "+arg(with))
		}
	}
	begins("op", q.Op)
	begins("subject", q.Subject)
	if !q.From.IsZero() {
		where = append(where, "at >= "+arg(q.From.UTC().Format(timeText)))
	}
	if !q.Before.IsZero() {
		where = append(where, "at < "+arg(q.Before.UTC().Format(timeText)))
	}
	if q.After != "" {
		at, rest, _ := strings.Cut(q.After, "~")
		chain, number, _ := strings.Cut(rest, "~")
		seq, err := strconv.ParseInt(number, 10, 64)
		if _, terr := time.Parse(timeText, at); err != nil || terr != nil {
			return "", nil, 0, fault.New(fault.Invalid, "store.Journal", "cursor", "the cursor is not one of this list: begin with its first page")
		}
		where = append(where, "(at, chain, seq) < ("+arg(at)+", "+arg(chain)+", "+arg(seq)+")")
	}
	text = "SELECT chain, seq, at, actor, op, subject, detail, prev, hash FROM journal"
	if len(where) > 0 {
		text += " WHERE " + strings.Join(where, " AND ")
	}
	return text + " ORDER BY at DESC, chain DESC, seq DESC LIMIT " + strconv.Itoa(limit+1), args, limit, nil
}

const sqlJournalHash = `SELECT hash FROM journal WHERE chain = $1 AND seq = $2`

// Heads returns the last entry of every chain.
func (s *Store) Heads(ctx context.Context) ([]Head, error) {
	heads, err := headsOf(ctx, s.read)
	return heads, failed("store.Heads", s.name, err)
}

// CheckAnchor compares heads that were published with the journal, which has
// grown since. It returns fault.Conflict naming the chain that is another.
func (s *Store) CheckAnchor(ctx context.Context, heads []Head) error {
	const op = "store.CheckAnchor"
	for _, h := range heads {
		if h.Seq == 0 {
			continue // nothing was in it
		}
		var hash string
		err := s.read.QueryRowContext(ctx, sqlJournalHash, h.Chain, h.Seq).Scan(&hash)
		if err = failed(op, h.Chain, err); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if hash != h.Hash {
			return fault.New(fault.Conflict, op, h.Chain, "entry %d of the journal %q is not the one that the anchor names: the journal was written anew", h.Seq, h.Chain)
		}
	}
	return nil
}
