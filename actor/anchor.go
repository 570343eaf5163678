package actor

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// Head is a chain of the journal and its last entry.
type Head struct {
	Chain string `json:"chain"`
	Seq   int64  `json:"entries"` // 0 when nothing is in it
	Hash  string `json:"hash"`
}

// Anchor is a line that says where every chain of the journal ended at a time.
// Published where nobody can take it back, in a newspaper or with a regulator,
// it proves later that nothing before it was written anew, also by somebody who
// computed all hashes again.
type Anchor struct {
	At    time.Time
	Heads []Head
}

const (
	anchorBegins = "shanyraq-journal-1"
	maxChains    = 100
)

// String is the line.
func (a Anchor) String() string {
	var b strings.Builder
	b.WriteString(anchorBegins + " " + a.At.UTC().Format(time.RFC3339))
	for _, h := range a.Heads {
		hash := h.Hash
		if hash == "" {
			hash = "-"
		}
		fmt.Fprintf(&b, " %s:%d:%s", h.Chain, h.Seq, hash)
	}
	return b.String()
}

// ParseAnchor reads such a line. Blanks may have become more on the way.
func ParseAnchor(line string) (Anchor, error) {
	bad := fault.New(fault.Invalid, "actor.ParseAnchor", "anchor", "the line is not an anchor of a journal: give the whole line that `journal anchor` printed")
	words := strings.Fields(line)
	if len(words) < 3 || len(words) > 2+maxChains || words[0] != anchorBegins {
		return Anchor{}, bad
	}
	at, err := time.Parse(time.RFC3339, words[1])
	if err != nil {
		return Anchor{}, bad
	}
	a := Anchor{At: at.UTC()}
	for _, w := range words[2:] {
		parts := strings.Split(w, ":")
		if len(parts) != 3 || parts[0] == "" {
			return Anchor{}, bad
		}
		seq, err := strconv.ParseInt(parts[1], 10, 64)
		h := Head{Chain: parts[0], Seq: seq, Hash: strings.TrimPrefix(parts[2], "-")}
		if err != nil || seq < 0 || (seq == 0) != (h.Hash == "") || (seq > 0 && (len(h.Hash) != 64 || strings.Trim(h.Hash, "0123456789abcdef") != "")) {
			return Anchor{}, bad
		}
		a.Heads = append(a.Heads, h)
	}
	return a, nil
}
