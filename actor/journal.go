package actor

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// Entry is one act in the journal. Every entry carries the hash of the one
// before it in its chain, so that a change, a removal or a new entry in the
// middle shows. It names no person and holds no personal data.
type Entry struct {
	Chain   string // "main"; servers that write side by side keep a chain each
	Seq     int64  // 1, 2, 3 ... within the chain
	At      time.Time
	Actor   ID
	Op      string
	Subject string
	Detail  string
	Prev    string // hash of entry Seq-1, empty for the first
	Hash    string
}

// entryTime is the precision in which the time of an entry is stored and
// hashed.
const entryTime = "2006-01-02T15:04:05.000000Z"

// Seal returns the entry with its place in the chain and its hash, given the
// last entry of the chain (the zero Entry for a new chain).
func (e Entry) Seal(last Entry) Entry {
	e.Seq, e.Prev = last.Seq+1, last.Hash
	e.At = e.At.UTC().Truncate(time.Microsecond)
	e.Hash = e.digest()
	return e
}

// digest hashes the fields with their lengths in front, so that no two entries
// share a text.
func (e Entry) digest() string {
	h := sha256.New()
	for _, s := range []string{e.Chain, strconv.FormatInt(e.Seq, 10), e.At.UTC().Format(entryTime), string(e.Actor), e.Op, e.Subject, e.Detail, e.Prev} {
		h.Write([]byte(strconv.Itoa(len(s))))
		h.Write([]byte{':'})
		h.Write([]byte(s))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Verifier checks a chain entry by entry, in order.
type Verifier struct{ last Entry }

// Next checks that e follows. It returns fault.Conflict naming the entry that
// was changed, removed or put in.
func (v *Verifier) Next(e Entry) error {
	const op = "actor.Verify"
	name := e.Chain + "#" + strconv.FormatInt(e.Seq, 10)
	switch {
	case e.Seq != v.last.Seq+1:
		return fault.New(fault.Conflict, op, name, "journal entry %d is missing: the next one found is %d", v.last.Seq+1, e.Seq)
	case e.Prev != v.last.Hash:
		return fault.New(fault.Conflict, op, name, "journal entry %d does not follow entry %d: one of them was replaced", e.Seq, v.last.Seq)
	case e.digest() != e.Hash:
		return fault.New(fault.Conflict, op, name, "journal entry %d was changed after it was written", e.Seq)
	}
	v.last = e
	return nil
}

// Entries returns how many entries were accepted.
func (v *Verifier) Entries() int64 { return v.last.Seq }

// Head returns the hash of the last entry: printed somewhere else, it proves
// later that the end of the journal was not cut off.
func (v *Verifier) Head() string { return v.last.Hash }
