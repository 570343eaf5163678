package ledger

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// idAlphabet has no letters that look like digits.
var idAlphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// hashOf returns a positive 63-bit number that depends on every part and on
// the boundaries between them.
func hashOf(parts ...string) int64 {
	h := sha256.New()
	for _, p := range parts {
		h.Write([]byte(strconv.Itoa(len(p))))
		h.Write([]byte{':'})
		h.Write([]byte(p))
	}
	var sum [sha256.Size]byte
	h.Sum(sum[:0])
	return int64(binary.BigEndian.Uint64(sum[:8]) >> 1)
}

// nearBits is how many leading bits of an id tell what it is about.
const nearBits = 12

// near gives the hash of something about one measure and group of people the
// leading bits that all such have in common. Ids that are asked for together,
// all places of a map or all periods of an import, then lie close together in
// the index of a database: with ids that are spread evenly, an import into 26
// million figures would touch a page of the disk for every single figure.
//
// 51 bits are left to tell figures apart. Among 26 million in 900 groups the
// chance of any two being equal is below one in 4,000; the store refuses such a
// pair instead of mixing it up.
func near(s Series, hash int64) int64 {
	const rest = 63 - nearBits
	return hashOf("near", s.Measure, s.Dimensions)>>rest<<rest | hash>>nearBits
}

func idString(prefix byte, id int64) string {
	if id == 0 {
		return ""
	}
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(id))
	return string(prefix) + idAlphabet.EncodeToString(b[:])
}

func parseID(prefix byte, s string) (int64, bool) {
	if len(s) != 14 || s[0] != prefix {
		return 0, false
	}
	b, err := idAlphabet.DecodeString(strings.ToLower(s[1:]))
	if err != nil || len(b) != 8 {
		return 0, false
	}
	id := binary.BigEndian.Uint64(b)
	return int64(id), id>>63 == 0 && id != 0
}

// FigureID names a figure; it is computed from what the figure says, so it is
// the same in every database. It prints as f and 13 letters or digits.
type FigureID int64

func (id FigureID) String() string { return idString('f', int64(id)) }

// MarshalText writes the printed form.
func (id FigureID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// ParseFigureID reads the printed form.
func ParseFigureID(s string) (FigureID, error) {
	id, ok := parseID('f', strings.TrimSpace(s))
	if !ok {
		return 0, fault.New(fault.Invalid, "ledger.ParseFigureID", "", "not a figure id: it is the letter f and 13 letters or digits, as `figures` prints it")
	}
	return FigureID(id), nil
}

// SeriesID names a series, RunID a run, DocumentID a document.
type (
	SeriesID   int64
	RunID      int64
	DocumentID int64
)

func (id SeriesID) String() string { return idString('s', int64(id)) }
func (id RunID) String() string    { return idString('r', int64(id)) }

// MarshalText writes the printed form.
func (id RunID) MarshalText() ([]byte, error) { return []byte(id.String()), nil }

// ParseSeriesID reads the printed form.
func ParseSeriesID(s string) (SeriesID, error) {
	id, ok := parseID('s', s)
	if !ok {
		return 0, fault.New(fault.Invalid, "ledger.ParseSeriesID", "", "not a series id: it is the letter s and 13 letters or digits")
	}
	return SeriesID(id), nil
}

// ParseRunID reads the printed form.
func ParseRunID(s string) (RunID, error) {
	id, ok := parseID('r', s)
	if !ok {
		return 0, fault.New(fault.Invalid, "ledger.ParseRunID", "", "not a run id: it is the letter r and 13 letters or digits")
	}
	return RunID(id), nil
}

// DocumentIDOf returns the id of the document with that name.
func DocumentIDOf(name string) DocumentID {
	if name == "" {
		return 0
	}
	return DocumentID(hashOf("document", name))
}
