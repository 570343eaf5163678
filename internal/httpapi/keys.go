package httpapi

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"sync"

	"github.com/shanyraq/shanyraq/fault"
)

// maxKeys bounds the answers kept for keys; beyond, the oldest are forgotten.
// Entries are told apart by what they say, so that one sent again after that
// adds nothing either.
const maxKeys = 1000

// keys remembers what was answered to an idempotency key.
type keys struct {
	mu    sync.Mutex
	made  map[string]*made
	order []string
}

type made struct {
	once sync.Once
	sum  [sha256.Size]byte
	out  *Entered
	err  error
}

func newKeys() *keys { return &keys{made: map[string]*made{}} }

// once does the work for a key one time and gives the same answer afterwards;
// fault.Conflict when the key comes with another body. A failure is forgotten,
// so that the sender may try again.
func (k *keys) once(key string, body any, work func() (*Entered, error)) (*Entered, error) {
	if key == "" {
		return work()
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil, fault.Wrap(err, "httpapi.once", "")
	}
	m := k.take(key, sha256.Sum256(text))
	if m.sum != sha256.Sum256(text) {
		return nil, fault.New(fault.Conflict, "httpapi.once", "", "this Idempotency-Key was used for another entry: take a new one")
	}
	m.once.Do(func() {
		m.err = errBroken // unless the work comes to its end
		m.out, m.err = work()
	})
	if m.err != nil {
		k.forget(key, m)
	}
	return m.out, m.err
}

var errBroken = fault.New(fault.Internal, "httpapi.once", "", "the work for this key was broken off")

// forget takes a key back, unless somebody else has used it since.
func (k *keys) forget(key string, m *made) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.made[key] == m {
		delete(k.made, key)
		k.order = slices.DeleteFunc(k.order, func(s string) bool { return s == key })
	}
}

func (k *keys) take(key string, sum [sha256.Size]byte) *made {
	k.mu.Lock()
	defer k.mu.Unlock()
	if m := k.made[key]; m != nil {
		return m
	}
	if len(k.order) >= maxKeys {
		delete(k.made, k.order[0])
		k.order = k.order[1:]
	}
	m := &made{sum: sum}
	k.made[key] = m
	k.order = append(k.order, key)
	return m
}
