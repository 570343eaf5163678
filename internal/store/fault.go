package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	sqlitedriver "modernc.org/sqlite"

	"github.com/shanyraq/shanyraq/fault"
)

// What keeps a database from being written although it may well be read.
var (
	errFull     = errors.New("the disk is full: nothing was written")
	errDisk     = errors.New("the disk failed: nothing was written. Look at the messages of the system")
	errReadOnly = errors.New("the database can only be read now: nothing was written")
	errRights   = errors.New("the database file cannot be opened for writing: check path and rights")
)

// failed turns the errors of both engines into one kind of fault.
func failed(op, subject string, err error) error {
	if err == nil {
		return nil
	}
	var f *fault.Error
	if errors.As(err, &f) {
		return err
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fault.New(fault.NotFound, op, subject, "not found")
	}
	var pg *pgconn.PgError
	var lite *sqlitedriver.Error
	var dial *pgconn.ConnectError
	switch {
	case errors.As(err, &dial):
		return fault.New(fault.Unavailable, op, subject, "the database does not answer: is it running, and are user and password right?")
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return fault.New(fault.Unavailable, op, subject, "it was broken off before it was done: %w", err)
	case errors.As(err, &pg) && strings.HasPrefix(pg.Code, "22"):
		return fault.New(fault.Invalid, op, subject, "the database cannot hold this value (%s)", pg.Code)
	case errors.As(err, &pg) && strings.HasPrefix(pg.Code, "23"):
		return fault.New(fault.Conflict, op, subject, "the database refuses it (%s)", pg.Code)
	case errors.Is(err, driver.ErrBadConn), errors.As(err, &pg) && (strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "57")):
		return fault.New(fault.Unavailable, op, subject, "the database went away: try again when it runs")
	case errors.As(err, &pg) && pg.Code == "53100":
		return fault.New(fault.Unavailable, op, subject, "%w", errFull)
	case errors.As(err, &pg) && pg.Code == "25006":
		return fault.New(fault.Unavailable, op, subject, "%w", errReadOnly)
	case errors.As(err, &pg) && (strings.HasPrefix(pg.Code, "40") || strings.HasPrefix(pg.Code, "53")):
		return fault.New(fault.Unavailable, op, subject, "the database is busy (%s): try again", pg.Code)
	case errors.As(err, &lite):
		switch lite.Code() & 0xff {
		case 5, 6: // SQLITE_BUSY, SQLITE_LOCKED
			return fault.New(fault.Unavailable, op, subject, "another program is writing: try again")
		case 8, 14: // SQLITE_READONLY, SQLITE_CANTOPEN
			return fault.New(fault.Invalid, op, subject, "%w", errRights)
		case 13: // SQLITE_FULL
			return fault.New(fault.Unavailable, op, subject, "%w", errFull)
		case 10: // SQLITE_IOERR
			return fault.New(fault.Unavailable, op, subject, "%w", errDisk)
		case 11, 26: // SQLITE_CORRUPT, SQLITE_NOTADB
			return fault.New(fault.Invalid, op, subject, "the file is not a database of this program, or it is damaged")
		case 19: // SQLITE_CONSTRAINT
			return fault.New(fault.Conflict, op, subject, "the database refuses it: %w", err)
		}
	}
	return fault.New(fault.Internal, op, subject, "%w", err)
}
