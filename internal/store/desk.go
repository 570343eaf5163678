package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
)

// Item is a thing on the desk: a submission, an account, a comment, a file. It
// has one current version, and every earlier one stays readable.
type Item struct {
	Kind    string
	ID      string
	Version int64  // 1, 2, 3 ...; set by Put
	Path    string // territory, from the country down: /KZ/KZ-35/
	About   string // the thing it speaks of, or ""
	State   string
	Owner   string
	Due     int64     // day counted from 1970-01-01; 0 for none
	At      time.Time // of this version; set by Put
	Actor   actor.ID  // who made this version; set by Put
	Body    []byte    // JSON
}

// ItemQuery chooses items of a kind. What is left empty chooses all.
type ItemQuery struct {
	Kind      string
	IDs       []string
	States    []string
	Paths     []string // beginnings of territory paths
	About     string
	Owner     string
	Seen      *Seen  // what of it the reader may see; nil: everything
	DueBefore int64  // day, exclusive; items without a day are left out
	After     string // where the page before ended
	Limit     int    // 0: maxItems
	Newest    bool   // by time of the last change, newest first; else by id
}

// Seen are the items in some territories, and those of an owner wherever they
// are.
type Seen struct {
	Paths []string // beginnings of territory paths; none: no territory
	Owner string
}

// maxItems bounds the items of one page.
const maxItems = 10_000

const (
	sqlItem = `
	SELECT kind, id, version, path, about, state, owner, due, at, actor, body FROM desk
	WHERE kind = $1 AND id = $2`
	sqlHistory = `
	SELECT kind, id, version, path, about, state, owner, due, at, actor, body FROM desk_history
	WHERE kind = $1 AND id = $2 ORDER BY version`
	sqlItemPut = `
	INSERT INTO desk (kind, id, version, path, about, state, owner, due, at, actor, body)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (kind, id) DO NOTHING`
	sqlItemSet = `
	UPDATE desk SET version = $3, path = $4, about = $5, state = $6, owner = $7, due = $8, at = $9, actor = $10, body = $11
	WHERE kind = $1 AND id = $2 AND version = $3 - 1`
	sqlHistoryPut = `
	INSERT INTO desk_history (kind, id, version, path, about, state, owner, due, at, actor, body)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
)

// querier asks inside or outside a transaction.
type querier interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
	QueryRowContext(context.Context, string, ...any) *sql.Row
}

// Item returns the current version; fault.NotFound when there is none.
func (s *Store) Item(ctx context.Context, kind, id string) (Item, error) {
	return oneItem(ctx, s.read, kind, id)
}

// ItemHistory returns every version of an item, the first one first.
func (s *Store) ItemHistory(ctx context.Context, kind, id string) ([]Item, error) {
	return scanItems(ctx, s.read, kind, sqlHistory, kind, id)
}

// Items returns a page of items and where the next one begins, "" at the end.
func (s *Store) Items(ctx context.Context, q ItemQuery) ([]Item, string, error) {
	return someItems(ctx, s.read, q)
}

func oneItem(ctx context.Context, db querier, kind, id string) (Item, error) {
	list, err := scanItems(ctx, db, kind, sqlItem, kind, id)
	if err != nil {
		return Item{}, err
	}
	if len(list) == 0 {
		return Item{}, fault.New(fault.NotFound, "store.Item", kind, "there is no such %s", kind)
	}
	return list[0], nil
}

func someItems(ctx context.Context, db querier, q ItemQuery) ([]Item, string, error) {
	text, args, limit := q.sql()
	list, err := scanItems(ctx, db, q.Kind, text, args...)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	list = list[:limit]
	last := list[limit-1]
	if q.Newest {
		return list, last.At.Format(timeText) + " " + last.ID, nil
	}
	return list, last.ID, nil
}

// question collects the conditions of a query and their arguments.
type question struct {
	where []string
	args  []any
}

func (x *question) arg(v any) string {
	x.args = append(x.args, v)
	return fmt.Sprintf("$%d", len(x.args))
}

func (x *question) anyOf(column string, values []string) {
	if len(values) == 0 {
		return
	}
	marks := make([]string, len(values))
	for i, v := range values {
		marks[i] = x.arg(v)
	}
	x.where = append(x.where, column+" IN ("+strings.Join(marks, ", ")+")")
}

// under returns the conditions that a path begins with one of some.
func (x *question) under(paths []string) []string {
	var any []string
	for _, p := range paths {
		any = append(any, "substr(path, 1, "+x.arg(len(p))+") = "+x.arg(p))
	}
	return any
}

// choose writes what all questions about items have in common.
func (q ItemQuery) choose() *question {
	x := &question{}
	x.where = append(x.where, "kind = "+x.arg(q.Kind))
	x.anyOf("id", q.IDs)
	x.anyOf("state", q.States)
	if len(q.Paths) > 0 {
		x.where = append(x.where, "("+strings.Join(x.under(q.Paths), " OR ")+")")
	}
	if q.Seen != nil {
		x.where = append(x.where, "("+strings.Join(append(x.under(q.Seen.Paths), "owner = "+x.arg(q.Seen.Owner)), " OR ")+")")
	}
	if q.About != "" {
		x.where = append(x.where, "about = "+x.arg(q.About))
	}
	if q.Owner != "" {
		x.where = append(x.where, "owner = "+x.arg(q.Owner))
	}
	if q.DueBefore != 0 {
		x.where = append(x.where, "due <> 0 AND due < "+x.arg(q.DueBefore))
	}
	return x
}

// sql writes the query; one row more than the limit tells that there is a next
// page.
func (q ItemQuery) sql() (text string, args []any, limit int) {
	limit = q.Limit
	if limit <= 0 || limit > maxItems {
		limit = maxItems
	}
	x := q.choose()
	order := "id"
	if q.Newest {
		order = "at DESC, id DESC"
	}
	if q.After != "" {
		if at, id, ok := strings.Cut(q.After, " "); q.Newest && ok {
			x.where = append(x.where, "(at < "+x.arg(at)+" OR (at = "+x.arg(at)+" AND id < "+x.arg(id)+"))")
		} else {
			x.where = append(x.where, "id > "+x.arg(q.After))
		}
	}
	return "SELECT kind, id, version, path, about, state, owner, due, at, actor, body FROM desk WHERE " + strings.Join(x.where, " AND ") + " ORDER BY " + order + fmt.Sprintf(" LIMIT %d", limit+1), x.args, limit
}

// CountItems returns how many items of a query are in which state.
func (s *Store) CountItems(ctx context.Context, q ItemQuery) (map[string]int, error) {
	const op = "store.CountItems"
	x := q.choose()
	rows, err := s.read.QueryContext(ctx, "SELECT state, COUNT(*) FROM desk WHERE "+strings.Join(x.where, " AND ")+" GROUP BY state", x.args...)
	if err != nil {
		return nil, failed(op, q.Kind, err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, failed(op, q.Kind, err)
		}
		out[state] = n
	}
	return out, failed(op, q.Kind, rows.Err())
}

func scanItems(ctx context.Context, db querier, kind, text string, args ...any) ([]Item, error) {
	const op = "store.Items"
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, failed(op, kind, err)
	}
	defer rows.Close()
	var out []Item
	for rows.Next() {
		var it Item
		var at, who, body string
		if err := rows.Scan(&it.Kind, &it.ID, &it.Version, &it.Path, &it.About, &it.State, &it.Owner, &it.Due, &at, &who, &body); err != nil {
			return nil, failed(op, kind, err)
		}
		if it.At, err = time.Parse(timeText, at); err != nil {
			return nil, fault.New(fault.Internal, op, kind+" "+it.ID, "its time cannot be read back: %w", err)
		}
		it.Actor, it.Body = actor.ID(who), []byte(body)
		out = append(out, it)
	}
	return out, failed(op, kind, rows.Err())
}

// The chains of the journal. Each is hashed by itself, so that what happens
// often beside the ledger does not look like a change of the ledger.
const (
	mainChain = "main" // runs of the ledger
	deskChain = "desk" // acts of people: sign-in, drafts, approvals, accounts
	readChain = "read" // who read what is not for everybody
)

// The chains into which others write notes.
const (
	DeskChain = deskChain
	ReadChain = readChain
)

// Chains lists the chains of the journal.
func Chains() []string { return []string{mainChain, deskChain, readChain} }

const sqlChainTime = `SELECT at FROM journal WHERE chain = $1 AND seq = $2`

// Tx is one act on the desk: everything in it happens or nothing.
type Tx struct {
	ctx   context.Context
	store *Store
	conn  *sql.Conn
	tx    *sql.Tx
	at    time.Time
	seq   int64 // number of the act in its chain
	who   actor.ID
	done  []ledger.Receipt
	large bool                 // a run went through it that may have filled the cache of the writer
	stmts map[string]*sql.Stmt // of the ledger, by text
	also  []actor.Entry        // further entries of the journal
}

// Act runs do in one transaction that also writes e to the journal, in the
// chain of the desk. An error of do takes everything back. Of e the fields
// Actor, At, Op, Subject and Detail are read; do may see them changed by
// nobody else, since acts of one database wait for each other.
func (s *Store) Act(ctx context.Context, e actor.Entry, do func(*Tx) error) error {
	return s.act(ctx, deskChain, e, do)
}

// Note writes an entry into a chain of the journal and nothing else.
func (s *Store) Note(ctx context.Context, chain string, e actor.Entry) error {
	return s.act(ctx, chain, e, func(*Tx) error { return nil })
}

// NoteAll writes entries into a chain of the journal, all or none, with one
// write to the disk.
func (s *Store) NoteAll(ctx context.Context, chain string, list []actor.Entry) error {
	return s.wrote("note "+chain, s.noteAll(ctx, chain, list))
}

func (s *Store) noteAll(ctx context.Context, chain string, list []actor.Entry) error {
	const op = "store.NoteAll"
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return failed(op, s.name, err)
	}
	defer tx.Rollback()
	t := &Tx{ctx: ctx, store: s, tx: tx}
	for _, e := range list {
		last, err := t.take(chain, &e)
		if err != nil {
			return failed(op, s.name, err)
		}
		if err := t.seal(e.Seal(last)); err != nil {
			return failed(op, s.name, err)
		}
	}
	return failed(op, s.name, tx.Commit())
}

func (s *Store) act(ctx context.Context, chain string, e actor.Entry, do func(*Tx) error) error {
	return s.wrote(e.Op, s.doAct(ctx, chain, e, do))
}

func (s *Store) doAct(ctx context.Context, chain string, e actor.Entry, do func(*Tx) error) error {
	const op = "store.Act"
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return failed(op, s.name, err)
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return failed(op, s.name, err)
	}
	defer tx.Rollback()
	t := &Tx{ctx: ctx, store: s, conn: conn, tx: tx, who: e.Actor, stmts: map[string]*sql.Stmt{}}
	last, err := t.take(chain, &e)
	if err != nil {
		return failed(op, s.name, err)
	}
	defer t.lighten()
	if err := do(t); err != nil {
		return failed(op, e.Subject, err)
	}
	e = e.Seal(last)
	if err := t.seal(e); err != nil {
		return failed(op, s.name, err)
	}
	for _, also := range t.also {
		also.At = t.at
		var seq int64
		if err := tx.QueryRowContext(ctx, sqlChainTake, chain).Scan(&seq, new(string)); err != nil {
			return failed(op, s.name, err)
		}
		also.Chain, also.Actor = chain, e.Actor
		e = also.Seal(e)
		if err := t.seal(e); err != nil {
			return failed(op, s.name, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return failed(op, s.name, err)
	}
	for _, got := range t.done {
		s.lookAround(ctx, got)
	}
	return nil
}

const (
	litSmallCache  = `PRAGMA cache_size(-49152)`
	litShrinkCache = `PRAGMA shrink_memory`
)

// lighten gives memory back after a large run. The transaction is over by then,
// one way or the other; if it fails, only memory is not given back.
func (t *Tx) lighten() {
	if !t.large {
		return
	}
	ctx := context.WithoutCancel(t.ctx)
	_ = t.tx.Rollback() // nothing, when it was committed
	_, _ = t.conn.ExecContext(ctx, fmt.Sprintf(`PRAGMA cache_size(-%d)`, writerCacheKiB))
	_, _ = t.conn.ExecContext(ctx, litShrinkCache)
}

// take takes the next number of a chain; until the end of the transaction
// nobody else can. Within a chain time never runs backwards.
func (t *Tx) take(chain string, e *actor.Entry) (actor.Entry, error) {
	last := actor.Entry{Chain: chain}
	var seq int64
	if err := t.tx.QueryRowContext(t.ctx, sqlChainTake, chain).Scan(&seq, &last.Hash); err != nil {
		return last, err
	}
	last.Seq, t.seq = seq-1, seq
	e.Chain, e.At = chain, e.At.UTC().Truncate(time.Microsecond)
	var before string
	err := t.tx.QueryRowContext(t.ctx, sqlChainTime, chain, last.Seq).Scan(&before)
	if err != nil && err != sql.ErrNoRows {
		return last, err
	}
	if at, err := time.Parse(timeText, before); err == nil && e.At.Before(at) {
		e.At = at
	}
	t.at = e.At
	return last, nil
}

func (t *Tx) seal(e actor.Entry) error {
	if _, err := t.tx.ExecContext(t.ctx, sqlJournal, e.Chain, e.Seq, e.At.Format(timeText), string(e.Actor), e.Op, e.Subject, e.Detail, e.Prev, e.Hash); err != nil {
		return err
	}
	_, err := t.tx.ExecContext(t.ctx, sqlChainSeal, e.Hash, e.Chain)
	return err
}

// The names are the same on both engines.
const (
	sqlTry     = `SAVEPOINT try`
	sqlTryBack = `ROLLBACK TO SAVEPOINT try`
	sqlTryDone = `RELEASE SAVEPOINT try`
)

// Try does one of many things within an act. When it fails, it alone is taken
// back, and the act may go on.
func (t *Tx) Try(do func() error) error {
	const op = "store.Try"
	if _, err := t.tx.ExecContext(t.ctx, sqlTry); err != nil {
		return failed(op, t.store.name, err)
	}
	done, also := len(t.done), len(t.also)
	err := do()
	if err != nil {
		t.done, t.also = t.done[:done], t.also[:also]
		if _, back := t.tx.ExecContext(t.ctx, sqlTryBack); back != nil {
			return failed(op, t.store.name, back)
		}
	}
	if _, done := t.tx.ExecContext(t.ctx, sqlTryDone); done != nil {
		return failed(op, t.store.name, done)
	}
	return err
}

// Also adds an entry to the journal: an act on many things notes each of them.
// Of e the fields Op, Subject and Detail are read.
func (t *Tx) Also(e actor.Entry) { t.also = append(t.also, e) }

// LedgerVersion returns the number of the last act of the ledger as this act
// sees it.
func (t *Tx) LedgerVersion() (int64, error) {
	var seq int64
	err := t.tx.QueryRowContext(t.ctx, sqlVersion).Scan(&seq)
	return seq, failed("store.LedgerVersion", t.store.name, err)
}

// Context is the context of the act.
func (t *Tx) Context() context.Context { return t.ctx }

// At is the time of the act.
func (t *Tx) At() time.Time { return t.at }

// SQL is the transaction, for a queue of jobs that is written with the act.
func (t *Tx) SQL() *sql.Tx { return t.tx }

// Item returns the current version as the act sees it.
func (t *Tx) Item(kind, id string) (Item, error) { return oneItem(t.ctx, t.tx, kind, id) }

// Items returns a page of items as the act sees them.
func (t *Tx) Items(q ItemQuery) ([]Item, string, error) { return someItems(t.ctx, t.tx, q) }

// Put writes a new version of an item whose current version is expected, 0 for
// an item that is not there yet. It returns the version written, and
// fault.Conflict when somebody else was faster.
func (t *Tx) Put(it Item, expected int64) (int64, error) {
	const op = "store.Put"
	if it.Kind == "" || it.ID == "" {
		return 0, fault.New(fault.Internal, op, it.Kind, "an item needs kind and id")
	}
	it.Version, it.At, it.Actor = expected+1, t.at, t.who
	args := []any{it.Kind, it.ID, it.Version, it.Path, it.About, it.State, it.Owner, it.Due, it.At.Format(timeText), string(it.Actor), string(it.Body)}
	text := sqlItemSet
	if expected == 0 {
		text = sqlItemPut
	}
	r, err := t.tx.ExecContext(t.ctx, text, args...)
	if err != nil {
		return 0, failed(op, it.Kind, err)
	}
	if n, err := r.RowsAffected(); err != nil || n != 1 {
		if err != nil {
			return 0, failed(op, it.Kind, err)
		}
		return 0, fault.New(fault.Conflict, op, it.Kind, "somebody else has changed this %s: look at it again, then repeat", it.Kind)
	}
	if _, err := t.tx.ExecContext(t.ctx, sqlHistoryPut, args...); err != nil {
		return 0, failed(op, it.Kind, err)
	}
	return it.Version, nil
}

// Publish writes a batch of the ledger within the act, as Commit does by
// itself.
func (t *Tx) Publish(b ledger.Batch) (ledger.Receipt, error) { return t.PublishEach(b, nil) }

// PublishEach is Publish for a run whose figures do not fit into memory
// together. It is one run and one transaction all the same.
func (t *Tx) PublishEach(b ledger.Batch, more EachFigures) (ledger.Receipt, error) {
	if more != nil && t.store.engine == SQLite {
		// Its pages need not wait in memory either. What was kept is given back
		// at once, or a server would hold it until its end.
		if _, err := t.tx.ExecContext(t.ctx, litSmallCache); err != nil {
			return ledger.Receipt{}, failed("store.Publish", b.Run.Subject, err)
		}
		t.large = true
	}
	got, err := t.store.commitIn(t.ctx, t.conn, t.tx, t.stmts, b, more)
	if err != nil {
		return got, err
	}
	t.done = append(t.done, got)
	return got, nil
}

// Writer is the connection that writes, for a queue of jobs in the same
// database. On SQLite there is one, and nothing else is written meanwhile.
func (s *Store) Writer() *sql.DB { return s.write }

// Reader is where the same queue looks whether there is something to do: to
// look costs no writer.
func (s *Store) Reader() *sql.DB { return s.read }
