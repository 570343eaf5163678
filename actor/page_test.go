package actor

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/place"
)

var update = flag.Bool("update", false, "write the page of rights anew")

const rightsPage = "../docs/guide/rights.md"

// meaning says of every act what it is, for the page.
var meaning = map[Act]string{
	ReadPublished:   "read figures, promises and documents that were published",
	ReadDrafts:      "read what is on its way to publication",
	RecordFigure:    "record a figure, promise, move or delivery from a document; it is published at once",
	Submit:          "send a report or an answer for approval",
	Approve:         "approve what was submitted, or return it with a comment",
	Publish:         "publish what was approved",
	WithdrawRun:     "take back what a run published, with a reason",
	Ask:             "ask an office what became of something",
	Answer:          "answer for an office that was asked",
	Comment:         "comment among those who may read drafts",
	AttachFile:      "attach a photo, an act, a contract",
	EraseFile:       "take a file away for good, with a reason",
	ImportFigures:   "import a file of figures",
	ImportDocument:  "bring in the text of a document",
	LoadCountry:     "load places, measures, programme and boundaries",
	MakeRelease:     "freeze a state of everything under a name",
	ManageTemplates: "say which reports are due from whom",
	ManageAccounts:  "invite people, give and take roles, switch accounts off",
	ManageWebhooks:  "say which programs are told what happened",
	ReadRestricted:  "read originals of files that are not for everybody",
	ReadJournal:     "read the journal of acts",
	VerifyJournal:   "check that the journal is whole",
	ReportWorks:     "report how far a site is, with a visit and photos",
	ManageWorks:     "keep works: record, baselines, money, steps of opening, risks, equipment",
	PlanAccess:      "write who reaches care, and in how many minutes, into the ledger",
}

// TestThePageOfRights keeps the page in the guide equal to the table by which
// is decided: `go test ./actor -update` writes it.
func TestThePageOfRights(t *testing.T) {
	want := writeRights(t)
	if *update {
		if err := os.WriteFile(rightsPage, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(rightsPage)
	if err != nil || !bytes.Equal(have, want) {
		t.Errorf("%s is not the table of rights: run go test ./actor -run PageOfRights -update (%v)", rightsPage, err)
	}
}

// Every role and act has a name in the pages, which is one in every language.
func TestRightsHaveNames(t *testing.T) {
	words, err := os.ReadFile("../web/src/ui/rights-words.ts")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range Roles() {
		if !bytes.Contains(words, []byte("role_"+r+": [")) {
			t.Errorf("web/src/ui/rights-words.ts has no name for the role %s", r)
		}
	}
	for _, a := range Acts() {
		if !bytes.Contains(words, []byte("act_"+a+": [")) {
			t.Errorf("web/src/ui/rights-words.ts has no name for the act %s", a)
		}
	}
}

func writeRights(t *testing.T) []byte {
	var b bytes.Buffer
	b.WriteString(`# Who may do what

A right follows from a role and a territory. A role counts in its territory and in everything below it, and nowhere else: drafts of another
region are invisible, and what was published everybody may read. An account may have several roles in several territories. This page is
written by a test from the table by which the server decides; the same table stands under *Who may do what* in the pages.

`)
	roles := Roles()[1:] // the public has no column: see the first line
	b.WriteString("| act |")
	for _, r := range roles {
		b.WriteString(" " + strings.ReplaceAll(string(r), "_", " ") + " |")
	}
	b.WriteString("\n| --- |" + strings.Repeat(" :-: |", len(roles)) + "\n")
	for _, act := range Acts() {
		if meaning[act] == "" {
			t.Errorf("the page does not say what %s means", act)
		}
		fmt.Fprintf(&b, "| `%s`: %s |", act, meaning[act])
		for _, r := range roles {
			cell := " "
			if (Actor{Grants: []Grant{{r, "KZ-35"}}}).May(act, "KZ-35", kz) {
				cell = "●"
			}
			b.WriteString(" " + cell + " |")
		}
		b.WriteByte('\n')
	}
	b.WriteString(`
Where a role counts, for a role given in the Karaganda region (` + "`KZ-35`" + `):

| place | counts |
| --- | --- |
`)
	a := Actor{Grants: []Grant{{Approver, "KZ-35"}}}
	for _, row := range []struct {
		name string
		at   place.ID
	}{{"the region itself", "KZ-35"}, {"Balkhash, a city in it", "Balkhash"}, {"another region", "KZ-61"}, {"the whole country", "KZ"}} {
		fmt.Fprintf(&b, "| %s | %s |\n", row.name, map[bool]string{true: "yes", false: "no"}[a.May(Approve, row.at, kz)])
	}
	b.WriteString(`
- The administrator gives rights and does not judge figures: who approves is somebody else. The first administrator is given both roles,
  and should hand the second one on.
- Nobody changes their own rights. An administrator gives and takes roles only within the own territory, and gives links only to accounts
  whose rights all lie in it.
- A token of a program may do at most what its owner may, only what it was made for, and never manage accounts or tokens.
- Who is refused is told which act is missing in which territory, which roles have it and which offices can give it.
`)
	return b.Bytes()
}
