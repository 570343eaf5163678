package ledger

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
)

// Document is something published in which figures stand. Its text ships with
// nobody's program: a reader brings it in, and then a click shows the sentence.
type Document struct {
	Name      string    `json:"name"`
	Kind      string    `json:"kind"` // document: read line by line; reference: a source of figures
	Publisher lang.Text `json:"publisher"`
	Title     lang.Text `json:"title"`
	// Published is the day of publication, nil when the document bears none. Of
	// a document dated by year or month only, it is the last day of that
	// period, and PublishedAs keeps what was printed.
	Published   *period.Date `json:"published_at"`
	PublishedAs string       `json:"published_as,omitempty"`
	Language    string       `json:"language"`
	Licence     string       `json:"licence"`
	Address     string       `json:"address,omitempty"` // empty: not recorded
	SHA256      string       `json:"sha256,omitempty"`
	Lines       int          `json:"lines,omitempty"`
}

// Check refuses a document without name or title.
func (d Document) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "ledger.Document", d.Name, format, args...)
	}
	switch {
	case d.Name == "" || len(d.Name) > 120 || strings.ContainsAny(d.Name, "/\\\x00\n\r\t"):
		return bad("a document name has 1 to 120 characters and no slashes")
	case d.Kind != "document" && d.Kind != "reference":
		return bad("a document is of kind document or reference")
	case len(d.Title) == 0:
		return bad("a document needs a title")
	case d.SHA256 != "" && len(d.SHA256) != 64:
		return bad("a SHA-256 has 64 hexadecimal digits")
	}
	return nil
}

// RunKind is what brought figures in.
type RunKind string

// The kinds of runs.
const (
	ImportRun  RunKind = "import"
	FormRun    RunKind = "form"
	MethodRun  RunKind = "method"
	MessageRun RunKind = "message"
	// WithdrawalRun takes back what another run brought.
	WithdrawalRun RunKind = "withdrawal"
)

// Run is one act of bringing in: all of it is visible or none.
type Run struct {
	ID       RunID
	Kind     RunKind
	Actor    string
	Program  string // name and version
	Subject  string // what was brought in: a file name, a pack, a method
	Inputs   map[string]string
	AsOf     *period.Date
	Recorded time.Time
}

// Batch is everything that one run writes.
type Batch struct {
	Run        Run
	Catalogue  []Item
	Documents  []Document
	Texts      []DocumentText
	Figures    []Figure
	Statements []Statement
	Moves      []Move
	Evidence   []Evidence
	Asks       []Ask
	Answers    []Answer
	// Attachments are files beside what is published.
	Attachments []Attachment
	// Records are written as they are: what stood before a run that is taken
	// back, and tombstones.
	Records []Record
}

// DocumentText is the text of a document as it was brought in.
type DocumentText struct {
	Document string
	SHA256   string // of the bytes of the file
	Encoding string // in which the file was written
	Text     string // UTF-8, line by line as in the file
}

// Item is an entry of the catalogue: a place, a unit, a measure, a rule, an
// office ... Its newest body counts; the older ones stay.
type Item struct {
	Kind string // place, measure, unit, ...
	Code string
	Body []byte // JSON
}

// Receipt says what became of a batch.
type Receipt struct {
	Run        RunID `json:"run"`
	Figures    int   `json:"figures_new"`
	Known      int   `json:"figures_known"` // were there already, word for word
	Corrected  int   `json:"figures_corrected"`
	Statements int   `json:"statements_new"`
	Catalogue  int   `json:"catalogue_new"`
	Documents  int   `json:"documents_new"`
	Others     int   `json:"others_new"` // moves, evidence, asks, answers, texts
}

// Nothing reports whether the run changed nothing.
func (r Receipt) Nothing() bool {
	return r.Figures+r.Corrected+r.Statements+r.Catalogue+r.Documents+r.Others == 0
}

// The kinds of records that are kept as JSON, newest counting.
const (
	RecordDocument  = "document"
	RecordStatement = "statement"
	RecordMove      = "move"
	RecordEvidence  = "evidence"
	RecordAsk       = "ask"
	RecordAnswer    = "answer"
	// RecordWithdrawal, by run, says that and why a run was taken back.
	RecordWithdrawal = "withdrawal"
	// RecordRelease, by code, is a state of everything under a name.
	RecordRelease = "release"
	// RecordAttachment is a file beside something published.
	RecordAttachment = "attachment"
)

// Withdrawal says that a run was taken back.
type Withdrawal struct {
	Run    string `json:"run"`
	Office string `json:"office,omitempty"`
	Reason string `json:"reason"`
}

// tombstone begins the body of a record that was taken back; no other body
// begins so.
const tombstone = `{"withdrawn":`

// Tombstone returns the body that takes a record back: from that run on it is
// as if it had not been said. What it said stays readable before.
func Tombstone(reason string) []byte {
	text, _ := json.Marshal(reason) // a text always marshals
	return []byte(tombstone + string(text) + "}")
}

// Gone reports whether a record was taken back.
func (r Record) Gone() bool { return strings.HasPrefix(string(r.Body), tombstone) }

// Record is one piece of a batch in the form in which it is kept. Code is the
// same for the same thing in every database.
type Record struct {
	Kind   string
	Code   string
	Figure FigureID // the figure it speaks of, or 0
	Body   []byte   // JSON
}

// EachRecord calls f for everything in the batch that is kept as JSON.
func EachRecord(b *Batch, f func(Record) error) error {
	for _, r := range b.Records {
		if err := f(r); err != nil {
			return err
		}
	}
	for _, it := range b.Catalogue {
		if err := f(Record{Kind: it.Kind, Code: it.Code, Body: it.Body}); err != nil {
			return err
		}
	}
	for _, d := range b.Documents {
		if err := put(f, RecordDocument, d.Name, 0, d); err != nil {
			return err
		}
	}
	for _, s := range b.Statements {
		if err := put(f, RecordStatement, s.ID, s.Figure, s); err != nil {
			return err
		}
	}
	for _, m := range b.Moves {
		code := contentCode(withPart([]string{m.Promise, string(m.Field), m.To, m.Document, strconv.Itoa(m.Locator.Line), strconv.Itoa(m.Locator.From), m.Reason}, m.Office)...)
		if err := put(f, RecordMove, code, m.Figure, m); err != nil {
			return err
		}
	}
	for _, e := range b.Evidence {
		if err := put(f, RecordEvidence, contentCode(e.Promise, e.Figure.String(), string(e.Relation)), e.Figure, e); err != nil {
			return err
		}
	}
	for _, a := range b.Attachments {
		if err := put(f, RecordAttachment, contentCode(a.About, a.File), 0, a); err != nil {
			return err
		}
	}
	for _, a := range b.Asks {
		if err := put(f, RecordAsk, a.ID, 0, a); err != nil {
			return err
		}
	}
	for _, a := range b.Answers {
		text, err := json.Marshal(a.Text)
		if err != nil {
			return err
		}
		if err := put(f, RecordAnswer, contentCode(withPart([]string{a.About, a.Office, string(text)}, a.Ask)...), 0, a); err != nil {
			return err
		}
	}
	return nil
}

func put(f func(Record) error, kind, code string, figure FigureID, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return f(Record{Kind: kind, Code: code, Figure: figure, Body: body})
}

// withPart adds a part where there is one: what has none keeps the code that it had
// before the part was known.
func withPart(parts []string, more string) []string {
	if more == "" {
		return parts
	}
	return append(parts, more)
}

func contentCode(parts ...string) string { return strconv.FormatInt(hashOf(parts...), 36) }

// RunIDOf returns the id of a run: unlike figures, two runs are never the same.
func RunIDOf(r Run, seq int64) RunID {
	return RunID(hashOf("run", strconv.FormatInt(seq, 10), string(r.Kind), r.Actor, r.Subject, r.Recorded.Format(time.RFC3339Nano)))
}
