package store

import (
	"errors"
	"maps"
	"sync"

	"github.com/shanyraq/shanyraq/fault"
)

// watched is what the store knows of its own writing.
type watched struct {
	mu      sync.Mutex
	trouble error            // why the last write failed, when the disk is to blame
	acts    map[string]int64 // acknowledged by this process, by op
}

// wrote notes how a write ended. A database that became read-only under a
// running program is trouble of the machine and not of whoever writes.
func (s *Store) wrote(op string, err error) error {
	s.watched.mu.Lock()
	defer s.watched.mu.Unlock()
	if err == nil {
		s.watched.trouble = nil
		if s.watched.acts == nil {
			s.watched.acts = map[string]int64{}
		}
		s.watched.acts[op]++
		return nil
	}
	for _, cause := range []error{errFull, errDisk, errReadOnly, errRights} {
		if errors.Is(err, cause) {
			s.watched.trouble = cause
		}
	}
	if errors.Is(err, errRights) {
		return fault.New(fault.Unavailable, "store.write", s.name, "%w", errReadOnly)
	}
	return err
}

// Trouble returns why nothing can be written since the last try, or nil. What
// was written before can be read all the same.
func (s *Store) Trouble() error {
	s.watched.mu.Lock()
	defer s.watched.mu.Unlock()
	return s.watched.trouble
}

// Acts returns how many acts this process has written, by what was done.
func (s *Store) Acts() map[string]int64 {
	s.watched.mu.Lock()
	defer s.watched.mu.Unlock()
	return maps.Clone(s.watched.acts)
}
