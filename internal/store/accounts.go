package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// Credential is something by which somebody is known or proves to be
// somebody. It has no history: what is no longer true is gone.
type Credential struct {
	Kind    string
	ID      string
	Account string
	At      time.Time
	Body    []byte // JSON
}

const (
	sqlCredential    = `SELECT kind, id, account, at, body FROM credential WHERE kind = $1 AND id = $2`
	sqlCredentialsOf = `SELECT kind, id, account, at, body FROM credential WHERE account = $1 ORDER BY kind, id`
	sqlCredentials   = `SELECT kind, id, account, at, body FROM credential WHERE kind = $1 ORDER BY id`
	sqlCredentialAdd = `INSERT INTO credential (kind, id, account, at, body) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (kind, id) DO NOTHING`
	sqlCredentialPut = `
	INSERT INTO credential (kind, id, account, at, body) VALUES ($1, $2, $3, $4, $5)
	ON CONFLICT (kind, id) DO UPDATE SET account = excluded.account, at = excluded.at, body = excluded.body`
	sqlCredentialTake  = `DELETE FROM credential WHERE kind = $1 AND id = $2 RETURNING kind, id, account, at, body`
	sqlCredentialDrop  = `DELETE FROM credential WHERE account = $1 AND kind = $2`
	sqlCredentialTouch = `UPDATE credential SET body = $3 WHERE kind = $1 AND id = $2`
	sqlCredentialSweep = `DELETE FROM credential WHERE kind = $1 AND at < $2`
)

type rowScanner interface{ Scan(...any) error }

func scanCredential(r rowScanner) (Credential, error) {
	var c Credential
	var at, body string
	err := r.Scan(&c.Kind, &c.ID, &c.Account, &at, &body)
	if err != nil {
		return c, err
	}
	c.Body = []byte(body)
	c.At, err = time.Parse(timeText, at)
	return c, err
}

// Credential returns one by kind and id; fault.NotFound when there is none.
func (s *Store) Credential(ctx context.Context, kind, id string) (Credential, error) {
	c, err := scanCredential(s.read.QueryRowContext(ctx, sqlCredential, kind, id))
	return c, failed("store.Credential", kind, err)
}

// CredentialsOf returns all of an account.
func (s *Store) CredentialsOf(ctx context.Context, account string) ([]Credential, error) {
	return s.credentials(ctx, sqlCredentialsOf, account)
}

// Credentials returns all of a kind.
func (s *Store) Credentials(ctx context.Context, kind string) ([]Credential, error) {
	return s.credentials(ctx, sqlCredentials, kind)
}

func (s *Store) credentials(ctx context.Context, text string, args ...any) ([]Credential, error) {
	const op = "store.Credentials"
	rows, err := s.read.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, failed(op, "", err)
	}
	defer rows.Close()
	var out []Credential
	for rows.Next() {
		c, err := scanCredential(rows)
		if err != nil {
			return nil, failed(op, "", err)
		}
		out = append(out, c)
	}
	return out, failed(op, "", rows.Err())
}

// TouchCredential writes the body of a credential anew, such as when it was
// last used. It is no act, and one that is gone stays gone.
func (s *Store) TouchCredential(ctx context.Context, kind, id string, body []byte) error {
	_, err := s.write.ExecContext(ctx, sqlCredentialTouch, kind, id, string(body))
	return failed("store.TouchCredential", kind, err)
}

// KeepTicket writes what is remembered until somebody answers, and forgets
// those of its kind from before a moment: most are never answered. It is no
// act, since nothing has happened yet.
func (s *Store) KeepTicket(ctx context.Context, c Credential, before time.Time) error {
	const op = "store.KeepTicket"
	if _, err := s.write.ExecContext(ctx, sqlCredentialSweep, c.Kind, before.UTC().Format(timeText)); err != nil {
		return failed(op, c.Kind, err)
	}
	_, err := s.write.ExecContext(ctx, sqlCredentialAdd, c.Kind, c.ID, c.Account, c.At.UTC().Format(timeText), string(c.Body))
	return failed(op, c.Kind, err)
}

// TakeTicket returns a ticket and removes it, also when what follows fails: of
// two who take the same, one gets fault.NotFound.
func (s *Store) TakeTicket(ctx context.Context, kind, id string) (Credential, error) {
	c, err := scanCredential(s.write.QueryRowContext(ctx, sqlCredentialTake, kind, id))
	return c, failed("store.TakeTicket", kind, err)
}

// Credential returns one as the act sees it.
func (t *Tx) Credential(kind, id string) (Credential, error) {
	c, err := scanCredential(t.tx.QueryRowContext(t.ctx, sqlCredential, kind, id))
	return c, failed("store.Credential", kind, err)
}

// AddCredential writes a new one; fault.Conflict when there is one already.
func (t *Tx) AddCredential(c Credential) error {
	const op = "store.AddCredential"
	r, err := t.tx.ExecContext(t.ctx, sqlCredentialAdd, c.Kind, c.ID, c.Account, t.at.Format(timeText), string(c.Body))
	if err != nil {
		return failed(op, c.Kind, err)
	}
	n, err := r.RowsAffected()
	if err == nil && n != 1 {
		return fault.New(fault.Conflict, op, c.Kind, "there is one already")
	}
	return failed(op, c.Kind, err)
}

// PutCredential writes one in the place of what was there.
func (t *Tx) PutCredential(c Credential) error {
	_, err := t.tx.ExecContext(t.ctx, sqlCredentialPut, c.Kind, c.ID, c.Account, t.at.Format(timeText), string(c.Body))
	return failed("store.PutCredential", c.Kind, err)
}

// TakeCredential returns one and removes it: of two who take the same, one
// gets fault.NotFound.
func (t *Tx) TakeCredential(kind, id string) (Credential, error) {
	c, err := scanCredential(t.tx.QueryRowContext(t.ctx, sqlCredentialTake, kind, id))
	return c, failed("store.TakeCredential", kind, err)
}

// DropCredentials removes all of a kind of an account.
func (t *Tx) DropCredentials(account, kind string) error {
	_, err := t.tx.ExecContext(t.ctx, sqlCredentialDrop, account, kind)
	return failed("store.DropCredentials", kind, err)
}

// Session is what is kept of somebody who signed in. ID is the hash of what
// the browser holds.
type Session struct {
	ID, Account            string
	Created, Seen, Expires time.Time
	Body                   []byte // JSON
}

const (
	sqlSession       = `SELECT id, account, created, seen, expires, body FROM session WHERE id = $1`
	sqlSessionsOf    = `SELECT id, account, created, seen, expires, body FROM session WHERE account = $1 ORDER BY created, id`
	sqlSessionAdd    = `INSERT INTO session (id, account, created, seen, expires, body) VALUES ($1, $2, $3, $4, $5, $6)`
	sqlSessionSeen   = `UPDATE session SET seen = $2 WHERE id = $1 AND seen < $2`
	sqlSessionDrop   = `DELETE FROM session WHERE id = $1 AND account = $2`
	sqlSessionsDrop  = `DELETE FROM session WHERE account = $1 AND id <> $2`
	sqlSessionsSweep = `DELETE FROM session WHERE expires < $1 OR seen < $2`
)

func scanSession(r rowScanner) (Session, error) {
	var x Session
	var created, seen, expires, body string
	if err := r.Scan(&x.ID, &x.Account, &created, &seen, &expires, &body); err != nil {
		return x, err
	}
	x.Body = []byte(body)
	for _, at := range []struct {
		text string
		into *time.Time
	}{{created, &x.Created}, {seen, &x.Seen}, {expires, &x.Expires}} {
		v, err := time.Parse(timeText, at.text)
		if err != nil {
			return x, err
		}
		*at.into = v
	}
	return x, nil
}

// Session returns one by the hash of its secret; fault.NotFound when there is
// none.
func (s *Store) Session(ctx context.Context, id string) (Session, error) {
	x, err := scanSession(s.read.QueryRowContext(ctx, sqlSession, id))
	return x, failed("store.Session", "session", err)
}

// Sessions returns those of an account, the oldest first.
func (s *Store) Sessions(ctx context.Context, account string) ([]Session, error) {
	const op = "store.Sessions"
	rows, err := s.read.QueryContext(ctx, sqlSessionsOf, account)
	if err != nil {
		return nil, failed(op, account, err)
	}
	defer rows.Close()
	var out []Session
	for rows.Next() {
		x, err := scanSession(rows)
		if err != nil {
			return nil, failed(op, account, err)
		}
		out = append(out, x)
	}
	return out, failed(op, account, rows.Err())
}

// SeeSession notes when a session was last used.
func (s *Store) SeeSession(ctx context.Context, id string, at time.Time) error {
	_, err := s.write.ExecContext(ctx, sqlSessionSeen, id, at.UTC().Format(timeText))
	return failed("store.SeeSession", "session", err)
}

// AddSession writes a new session.
func (t *Tx) AddSession(x Session) error {
	at := func(v time.Time) string { return v.UTC().Format(timeText) }
	_, err := t.tx.ExecContext(t.ctx, sqlSessionAdd, x.ID, x.Account, at(x.Created), at(x.Seen), at(x.Expires), string(x.Body))
	return failed("store.AddSession", x.Account, err)
}

// DropSession ends a session of an account and reports whether there was one.
func (t *Tx) DropSession(account, id string) (bool, error) {
	r, err := t.tx.ExecContext(t.ctx, sqlSessionDrop, id, account)
	if err != nil {
		return false, failed("store.DropSession", account, err)
	}
	n, err := r.RowsAffected()
	return n > 0, failed("store.DropSession", account, err)
}

// DropSessions ends all sessions of an account but one; "" spares none.
func (t *Tx) DropSessions(account, spare string) error {
	_, err := t.tx.ExecContext(t.ctx, sqlSessionsDrop, account, spare)
	return failed("store.DropSessions", account, err)
}

// Attempt counts what went wrong in a row under a name, which is a hash.
type Attempt struct {
	Failures int64
	At       time.Time
}

const (
	sqlAttempt      = `SELECT failures, at FROM attempt WHERE name = $1`
	sqlAttemptFirst = `INSERT INTO attempt (name, failures, at) VALUES ($1, $2, $3) ON CONFLICT (name) DO NOTHING`
	sqlAttemptNext  = `UPDATE attempt SET failures = $2, at = $3 WHERE name = $1 AND failures = $4 AND at = $5`
	sqlAttemptBack  = `UPDATE attempt SET failures = failures - 1 WHERE name = $1 AND failures > 0`
	sqlAttemptClear = `DELETE FROM attempt WHERE name = $1`
	sqlAttemptSweep = `DELETE FROM attempt WHERE at < $1`
)

// Attempt returns the count under a name; the zero Attempt when there is none.
func (s *Store) Attempt(ctx context.Context, name string) (Attempt, error) {
	var a Attempt
	var at string
	err := s.write.QueryRowContext(ctx, sqlAttempt, name).Scan(&a.Failures, &at)
	if err == sql.ErrNoRows {
		return Attempt{}, nil
	}
	if err == nil {
		a.At, err = time.Parse(timeText, at)
	}
	return a, failed("store.Attempt", "attempt", err)
}

// CountAttempt writes the count after the one that was read, and reports
// whether nobody else did so meanwhile: of many at once, one counts.
func (s *Store) CountAttempt(ctx context.Context, name string, was, now Attempt) (bool, error) {
	const op = "store.CountAttempt"
	text, args := sqlAttemptNext, []any{name, now.Failures, now.At.UTC().Format(timeText), was.Failures, was.At.UTC().Format(timeText)}
	if was == (Attempt{}) {
		text, args = sqlAttemptFirst, args[:3]
	}
	r, err := s.write.ExecContext(ctx, text, args...)
	if err != nil {
		return false, failed(op, "attempt", err)
	}
	n, err := r.RowsAffected()
	return n == 1, failed(op, "attempt", err)
}

// TakeBackAttempt takes one off: it was not wrong after all.
func (s *Store) TakeBackAttempt(ctx context.Context, name string) error {
	_, err := s.write.ExecContext(ctx, sqlAttemptBack, name)
	return failed("store.TakeBackAttempt", "attempt", err)
}

// ClearAttempts forgets what went wrong under a name.
func (s *Store) ClearAttempts(ctx context.Context, name string) error {
	_, err := s.write.ExecContext(ctx, sqlAttemptClear, name)
	return failed("store.ClearAttempts", "attempt", err)
}

// SweepAccounts removes sessions that ended before now or idle since before
// idle, attempts before attempts and links made before links.
func (s *Store) SweepAccounts(ctx context.Context, now, idle, attempts, links time.Time) error {
	const op = "store.SweepAccounts"
	at := func(v time.Time) string { return v.UTC().Format(timeText) }
	if _, err := s.write.ExecContext(ctx, sqlSessionsSweep, at(now), at(idle)); err != nil {
		return failed(op, "session", err)
	}
	if _, err := s.write.ExecContext(ctx, sqlAttemptSweep, at(attempts)); err != nil {
		return failed(op, "attempt", err)
	}
	_, err := s.write.ExecContext(ctx, sqlCredentialSweep, "link", at(links))
	return failed(op, "link", err)
}

const sqlSessionAnyDrop = `DELETE FROM session WHERE id = $1`

// DropAnySession ends a session, whoever's it is: who shows its secret may.
func (t *Tx) DropAnySession(id string) error {
	_, err := t.tx.ExecContext(t.ctx, sqlSessionAnyDrop, id)
	return failed("store.DropAnySession", "session", err)
}
