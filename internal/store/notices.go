package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"fmt"
	"sync/atomic"
	"time"
)

// Notice is what an account was told.
type Notice struct {
	Account string
	ID      string
	At      time.Time
	Kind    string
	Subject string // the thing to open
	About   string // what that thing speaks of
	Body    []byte // JSON
	Read    time.Time
	Daily   bool // it waits for the letter of the day
}

// Delivery is what a webhook was or will be told.
type Delivery struct {
	Webhook  string
	ID       string
	Event    string
	At       time.Time
	Body     []byte
	State    DeliveryState
	Attempts int
	Status   int // of HTTP, 0 where nobody answered
	Problem  string
	Took     time.Duration // of the last attempt
	Tried    time.Time
}

// DeliveryState says whether a webhook has what it was to be told.
type DeliveryState string

// The states of a delivery.
const (
	DeliveryWaiting   DeliveryState = "waiting"
	DeliveryDelivered DeliveryState = "delivered"
	DeliveryFailed    DeliveryState = "failed" // for good, unless somebody repeats it
)

const (
	sqlNoticeAdd = `
	INSERT INTO notice (account, id, at, kind, subject, about, body, read_at, letter) VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8)`
	sqlNotice  = `SELECT account, id, at, kind, subject, about, body, read_at, letter FROM notice WHERE account = $1 AND id = $2`
	sqlNotices = `
	SELECT account, id, at, kind, subject, about, body, read_at, letter FROM notice
	WHERE account = $1 AND ($2 = '' OR id < $2) AND ($3 = 0 OR read_at = '') ORDER BY id DESC LIMIT $4`
	sqlNoticesDaily = `
	SELECT account, id, at, kind, subject, about, body, read_at, letter FROM notice
	WHERE account = $1 AND letter = 'daily' ORDER BY id LIMIT $2`
	sqlNoticeAccounts = `SELECT DISTINCT account FROM notice WHERE letter = 'daily' ORDER BY account`
	sqlNoticeUnread   = `SELECT count(*) FROM notice WHERE account = $1 AND read_at = ''`
	sqlNoticeRead     = `UPDATE notice SET read_at = $3 WHERE account = $1 AND id = $2 AND read_at = ''`
	sqlNoticeReadAll  = `UPDATE notice SET read_at = $3 WHERE account = $1 AND id <= $2 AND read_at = ''`
	sqlNoticeSent     = `UPDATE notice SET letter = '' WHERE account = $1 AND id <= $2 AND letter = 'daily'`
	sqlNoticeSweep    = `DELETE FROM notice WHERE at < $1`
	sqlDeliverySweep  = `DELETE FROM delivery WHERE at < $1 AND state <> 'waiting'`

	sqlDeliveryAdd = `
	INSERT INTO delivery (webhook, id, event, at, body, state, attempts, status, problem, took, tried_at)
	VALUES ($1, $2, $3, $4, $5, 'waiting', 0, 0, '', 0, '')`
	sqlDelivery = `
	SELECT webhook, id, event, at, body, state, attempts, status, problem, took, tried_at FROM delivery WHERE webhook = $1 AND id = $2`
	sqlDeliveries = `
	SELECT webhook, id, event, at, body, state, attempts, status, problem, took, tried_at FROM delivery
	WHERE webhook = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3`
	sqlDeliverySet = `
	UPDATE delivery SET state = $3, attempts = attempts + 1, status = $4, problem = $5, took = $6, tried_at = $7 WHERE webhook = $1 AND id = $2`
	sqlDeliveryAgain = `UPDATE delivery SET state = 'waiting' WHERE webhook = $1 AND id = $2`
)

// lastID is the instant of the last GrowingID of this process.
var lastID atomic.Int64

// GrowingID returns an id that sorts behind those of earlier instants, and
// behind those that this process made before.
func GrowingID(at time.Time) string {
	var n int64
	for {
		last := lastID.Load()
		n = max(last+1, at.UnixMicro())
		if lastID.CompareAndSwap(last, n) {
			break
		}
	}
	b := make([]byte, 5)
	_, _ = rand.Read(b) // never fails, says its documentation
	return fmt.Sprintf("%014x", n) + hex.EncodeToString(b)
}

// AddNotice tells an account something, within an act. Its time is that of the
// act.
func (t *Tx) AddNotice(n Notice) error {
	letter := ""
	if n.Daily {
		letter = "daily"
	}
	_, err := t.tx.ExecContext(t.ctx, sqlNoticeAdd, n.Account, n.ID, t.at.Format(timeText), n.Kind, n.Subject, n.About, string(n.Body), letter)
	return failed("store.AddNotice", n.Kind, err)
}

func scanNotice(r rowScanner) (Notice, error) {
	var n Notice
	var at, body, read, letter string
	if err := r.Scan(&n.Account, &n.ID, &at, &n.Kind, &n.Subject, &n.About, &body, &read, &letter); err != nil {
		return n, err
	}
	n.Body, n.Daily = []byte(body), letter != ""
	var err error
	if n.Read, err = timeOrZero(read); err != nil {
		return n, err
	}
	n.At, err = time.Parse(timeText, at)
	return n, err
}

func timeOrZero(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(timeText, s)
}

func textOrEmpty(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(timeText)
}

// rowsOf reads all rows of a query.
func rowsOf[T any](ctx context.Context, db *sql.DB, op, subject string, scan func(rowScanner) (T, error), text string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, failed(op, subject, err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, failed(op, subject, err)
		}
		out = append(out, v)
	}
	return out, failed(op, subject, rows.Err())
}

// Notice returns one; fault.NotFound when the account was not told it.
func (s *Store) Notice(ctx context.Context, account, id string) (Notice, error) {
	n, err := scanNotice(s.read.QueryRowContext(ctx, sqlNotice, account, id))
	return n, failed("store.Notice", "notice", err)
}

// Notices returns what an account was told before the notice after ("" for
// all), the newest first.
func (s *Store) Notices(ctx context.Context, account, after string, unread bool, limit int) ([]Notice, error) {
	only := 0
	if unread {
		only = 1
	}
	return rowsOf(ctx, s.read, "store.Notices", account, scanNotice, sqlNotices, account, after, only, limit)
}

// DailyNotices returns what waits for the next letter to an account, the oldest
// first.
func (s *Store) DailyNotices(ctx context.Context, account string, limit int) ([]Notice, error) {
	return rowsOf(ctx, s.read, "store.DailyNotices", account, scanNotice, sqlNoticesDaily, account, limit)
}

// DailyAccounts returns the accounts for which something waits.
func (s *Store) DailyAccounts(ctx context.Context) ([]string, error) {
	return rowsOf(ctx, s.read, "store.DailyAccounts", "", func(r rowScanner) (id string, err error) { return id, r.Scan(&id) }, sqlNoticeAccounts)
}

// Unread counts what an account was told and has not seen.
func (s *Store) Unread(ctx context.Context, account string) (int, error) {
	var n int
	err := s.read.QueryRowContext(ctx, sqlNoticeUnread, account).Scan(&n)
	return n, failed("store.Unread", account, err)
}

// ReadNotice marks one as read, or with upTo it and every earlier one.
func (s *Store) ReadNotice(ctx context.Context, account, id string, upTo bool, at time.Time) error {
	text := sqlNoticeRead
	if upTo {
		text = sqlNoticeReadAll
	}
	_, err := s.write.ExecContext(ctx, text, account, id, at.UTC().Format(timeText))
	return failed("store.ReadNotice", account, err)
}

// LetterSent notes that the letter of the day holds everything up to a notice.
func (s *Store) LetterSent(ctx context.Context, account, upTo string) error {
	_, err := s.write.ExecContext(ctx, sqlNoticeSent, account, upTo)
	return failed("store.LetterSent", account, err)
}

// SweepNotices deletes what was told and delivered before a time.
func (s *Store) SweepNotices(ctx context.Context, before time.Time) error {
	for _, text := range []string{sqlNoticeSweep, sqlDeliverySweep} {
		if _, err := s.write.ExecContext(ctx, text, before.UTC().Format(timeText)); err != nil {
			return failed("store.SweepNotices", "", err)
		}
	}
	return nil
}

// AddDelivery notes within an act what a webhook will be told.
func (t *Tx) AddDelivery(d Delivery) error {
	_, err := t.tx.ExecContext(t.ctx, sqlDeliveryAdd, d.Webhook, d.ID, d.Event, t.at.Format(timeText), string(d.Body))
	return failed("store.AddDelivery", d.Event, err)
}

// RepeatDelivery notes within an act that a webhook will be told again.
func (t *Tx) RepeatDelivery(webhook, id string) error {
	_, err := t.tx.ExecContext(t.ctx, sqlDeliveryAgain, webhook, id)
	return failed("store.RepeatDelivery", webhook, err)
}

func scanDelivery(r rowScanner) (Delivery, error) {
	var d Delivery
	var at, body, tried string
	var took int64
	if err := r.Scan(&d.Webhook, &d.ID, &d.Event, &at, &body, &d.State, &d.Attempts, &d.Status, &d.Problem, &took, &tried); err != nil {
		return d, err
	}
	d.Body, d.Took = []byte(body), time.Duration(took)*time.Millisecond
	var err error
	if d.Tried, err = timeOrZero(tried); err != nil {
		return d, err
	}
	d.At, err = time.Parse(timeText, at)
	return d, err
}

// Delivery returns one; fault.NotFound when there is none.
func (s *Store) Delivery(ctx context.Context, webhook, id string) (Delivery, error) {
	d, err := scanDelivery(s.read.QueryRowContext(ctx, sqlDelivery, webhook, id))
	return d, failed("store.Delivery", "delivery", err)
}

// Deliveries returns what a webhook was told before the delivery after ("" for
// all), the newest first.
func (s *Store) Deliveries(ctx context.Context, webhook, after string, limit int) ([]Delivery, error) {
	return rowsOf(ctx, s.read, "store.Deliveries", webhook, scanDelivery, sqlDeliveries, webhook, after, limit)
}

// SetDelivery writes how an attempt ended, within an act.
func (t *Tx) SetDelivery(d Delivery) error { return setDelivery(t.ctx, t.tx, d) }

// SetDelivery writes how an attempt ended.
func (s *Store) SetDelivery(ctx context.Context, d Delivery) error {
	return setDelivery(ctx, s.write, d)
}

func setDelivery(ctx context.Context, db interface {
	ExecContext(context.Context, string, ...any) (sql.Result, error)
}, d Delivery) error {
	_, err := db.ExecContext(ctx, sqlDeliverySet, d.Webhook, d.ID, string(d.State), d.Status, d.Problem, d.Took.Milliseconds(), textOrEmpty(d.Tried))
	return failed("store.SetDelivery", d.Webhook, err)
}
