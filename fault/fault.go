// Package fault names the few kinds of trouble that a caller can act on.
//
// Every layer wraps an error once with its operation and subject; the edge
// (command line or HTTP) turns the kind into an exit code or a status. The
// message is for a person and says what to do next; it never carries personal
// data or a long value that somebody sent.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind says what a caller can do about an error.
type Kind string

// The kinds. Internal is the kind of every error that is not a *Error.
const (
	Invalid     Kind = "invalid"     // the input is wrong: mend it
	NotFound    Kind = "not_found"   // nothing has that name
	Conflict    Kind = "conflict"    // somebody changed it first, or it exists with other content
	Forbidden   Kind = "forbidden"   // the actor may not
	TooLarge    Kind = "too_large"   // beyond a stated bound
	Unavailable Kind = "unavailable" // try again later
	Internal    Kind = "internal"    // our fault
)

// Error is an error with kind, operation and subject.
type Error struct {
	Kind    Kind
	Op      string // where, such as "store.Append"
	Subject string // about what, such as a figure id or a file name
	Message string // for a person, one sentence
	Err     error  // the cause, may be nil
}

// New returns an error of that kind. A %w in the format keeps its cause.
func New(kind Kind, op, subject, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Kind: kind, Op: op, Subject: subject, Message: err.Error(), Err: errors.Unwrap(err)}
}

// Wrap adds operation and subject to err and keeps its kind. It returns nil
// for a nil error.
func Wrap(err error, op, subject string) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: KindOf(err), Op: op, Subject: subject, Message: err.Error(), Err: err}
}

func (e *Error) Error() string {
	if e.Subject == "" || strings.Contains(e.Message, e.Subject) {
		return e.Message
	}
	return e.Subject + ": " + e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the outermost *Error in err's chain, and Internal
// when there is none.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err has that kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }
