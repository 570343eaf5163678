package ledger

import (
	"regexp"
	"time"

	"github.com/shanyraq/shanyraq/fault"
)

// Attachment lays a file beside a promise, a figure or an ask, for everybody to
// see. Like every record it is never removed: it is withdrawn, with a reason.
type Attachment struct {
	About     string    `json:"about"` // statement id, figure id or ask id
	File      string    `json:"file"`
	Withdrawn bool      `json:"withdrawn,omitempty"`
	Reason    string    `json:"reason,omitempty"` // of the withdrawal
	Recorded  time.Time `json:"-"`
	Run       RunID     `json:"-"`
}

const maxReason = 1000 // bytes

var rxFile = regexp.MustCompile(`^[a-z0-9-]{8,40}$`)

// Check refuses an attachment that says nothing.
func (a Attachment) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "ledger.Attachment", a.File, format, args...)
	}
	switch {
	case a.About == "" || len(a.About) > maxAbout:
		return bad("say what the file is evidence of")
	case !rxFile.MatchString(a.File):
		return bad("a file is named by its id")
	case a.Withdrawn && a.Reason == "":
		return bad("say why the file is taken away")
	case len(a.Reason) > maxReason:
		return bad("the reason is longer than %d bytes: shorten it", maxReason)
	}
	return nil
}

const maxAbout = 120 // bytes of an id
