package account

import "time"

// Attempts counts what went wrong in a row under one name: the hash of an
// e-mail address, whether an account has it or not, or the hash of a network
// address. It is kept in the store, so that a restart helps nobody.
type Attempts struct {
	Failures int64
	At       time.Time // of the last one
}

// Patience is how many failures are free and how long one waits after that.
type Patience struct {
	Free  int64
	First time.Duration // the wait after the first failure that is not free; each further one doubles it
	Most  time.Duration
	// Forget is when a series of failures is over.
	Forget time.Duration
}

// Of an account little is forgiven; behind one address may sit a whole
// hospital. The longest wait is short enough that nobody can lock others out
// for a day, and long enough that guessing is hopeless.
var (
	OfAccount = Patience{Free: 5, First: 15 * time.Second, Most: 15 * time.Minute, Forget: 24 * time.Hour}
	OfAddress = Patience{Free: 30, First: 15 * time.Second, Most: 15 * time.Minute, Forget: 24 * time.Hour}
)

// Wait returns how long the next attempt has to wait; 0 when it may come.
func (p Patience) Wait(a Attempts, now time.Time) time.Duration {
	over := a.Failures - p.Free
	if over < 0 || now.Sub(a.At) >= p.Forget {
		return 0
	}
	wait := p.Most
	const doublings = 30 // beyond, the shift would overflow
	if over < doublings {
		wait = min(p.Most, p.First<<over)
	}
	return max(0, wait-max(0, now.Sub(a.At)))
}

// Next returns the count after one more attempt. It is written before the
// password is looked at, so that many at once gain nothing, and taken back
// when the password was right.
func (p Patience) Next(a Attempts, now time.Time) Attempts {
	if now.Sub(a.At) >= p.Forget {
		a.Failures = 0
	}
	return Attempts{Failures: a.Failures + 1, At: now}
}
