package account

import "time"

// Lives of a session: it ends so long after the last request, and so long
// after the sign-in in any case.
const (
	IdleLife     = 12 * time.Hour
	AbsoluteLife = 7 * 24 * time.Hour
	// SeenEvery is how exactly the last request is known: writing it at every
	// request would make every reader a writer.
	SeenEvery = time.Minute
)

// Session is what is kept of a session beside the hash of its secret.
type Session struct {
	Created, Seen, Expires time.Time
	Device                 string // what the browser called itself, for its owner
}

// NewSession begins a session.
func NewSession(now time.Time, device string) Session {
	const maxDevice = 200
	if r := []rune(device); len(r) > maxDevice {
		device = string(r[:maxDevice])
	}
	return Session{Created: now, Seen: now, Expires: now.Add(AbsoluteLife), Device: device}
}

// Open reports whether the session still stands.
func (s Session) Open(now time.Time) bool {
	return now.Before(s.Expires) && now.Before(s.Seen.Add(IdleLife)) && !now.Before(s.Created.Add(-SeenEvery))
}

// Stale reports whether the time of the last request is to be written anew.
func (s Session) Stale(now time.Time) bool { return now.Sub(s.Seen) >= SeenEvery }
