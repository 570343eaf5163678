package httpapi

import (
	"github.com/shanyraq/shanyraq/lang"
)

// Promise is a board item.
type Promise struct {
	ID            string            `json:"id"`
	Kind          string            `json:"kind"`
	Theme         string            `json:"theme"`
	Title         lang.Text         `json:"title"`
	Place         string            `json:"place"`
	Settlement    string            `json:"settlement,omitempty"`
	Dimensions    map[string]string `json:"dimensions"`
	Measure       string            `json:"measure"`
	Unit          string            `json:"unit"`
	Noun          string            `json:"noun,omitempty"`
	Period        *string           `json:"period"`
	Inferred      bool              `json:"period_inferred"`
	Deadline      *string           `json:"deadline"`
	FirstDeadline *string           `json:"first_deadline"`
	Target        Quantity          `json:"target"`
	Delivered     *Delivered        `json:"delivered"`
	Progress      *Delivered        `json:"progress"`
	Due           string            `json:"due"`
	Evidence      string            `json:"evidence"`
	Broken        bool              `json:"broken"`
	Withdrawn     bool              `json:"withdrawn"`
	Ask           bool              `json:"ask"`
	DaysOverdue   *int              `json:"days_overdue"`
	DaysLeft      *int              `json:"days_left"`
	SaidBy        *string           `json:"said_by"`
	AnswersForIt  *string           `json:"answers_for_it"`
	LastWord      *string           `json:"last_word"`
	PartOf        *string           `json:"part_of"`
	Document      *string           `json:"document"`
	Line          *int              `json:"line"`
	Figure        string            `json:"figure"`
	Undated       bool              `json:"undated"`
	// Asked sums up which offices were asked about it; null: none was.
	Asked *AskSummary `json:"asked"`
}

// Total is what was promised and delivered in a theme.
type Total struct {
	Theme      string         `json:"theme"`
	Unit       string         `json:"unit"`
	Promised   *Quantity      `json:"promised"`
	Delivered  *Quantity      `json:"delivered"`
	Promises   int            `json:"promises"`
	ByDue      map[string]int `json:"by_due"`
	ByEvidence map[string]int `json:"by_evidence"`
	Overlap    []string       `json:"overlap"`
}

// Claim is a change that somebody printed.
type Claim struct {
	ID        string    `json:"id"`
	Title     lang.Text `json:"title"`
	Place     string    `json:"place"`
	Measure   string    `json:"measure"`
	Kind      string    `json:"kind"`
	Value     *Number   `json:"value"`
	Qualifier string    `json:"qualifier"`
	Unit      string    `json:"unit"`
	Period    *string   `json:"period"`
	Document  *string   `json:"document"`
	Line      *int      `json:"line"`
	Figure    string    `json:"figure"`
	Confirmed bool      `json:"confirmed"`
	Question  *string   `json:"question"`
}

// MoneyRow is a line of the money block.
type MoneyRow struct {
	What      string    `json:"what"`
	Statement string    `json:"statement"`
	Label     lang.Text `json:"label"`
	Value     *Number   `json:"value"`
	Qualifier string    `json:"qualifier"`
	Unit      string    `json:"unit"`
	Figure    *string   `json:"figure"`
}

// Deadline is a day and what falls due on it.
type Deadline struct {
	Deadline string   `json:"deadline"`
	Promises []string `json:"promises"`
}

// Sections lists promises by what the reader should do.
type Sections struct {
	AskToday []string   `json:"ask_today"`
	NoDate   []string   `json:"no_date"`
	DueNext  []string   `json:"due_next"`
	Money    []MoneyRow `json:"money"`
}

// Priority is a region to be served first.
type Priority struct {
	Place string `json:"place"`
	Has   bool   `json:"has"`
}

// Board is the first page.
type Board struct {
	AsOf     string    `json:"as_of"`
	Sentence lang.Text `json:"sentence"`
	Totals   []Total   `json:"totals"`
	Promises []Promise `json:"promises"`
	Claims   []Claim   `json:"claims"`
	// Happened lists what somebody said has happened, the newest first.
	Happened        []Claim        `json:"happened"`
	Assumed         []AssumedShare `json:"assumed"`
	Sections        Sections       `json:"sections"`
	Priority        []Priority     `json:"priority"`
	Timeline        []Deadline     `json:"timeline"`
	NextDeadline    *string        `json:"next_deadline"`
	DaysLeft        *int           `json:"days_left"`
	LastWord        *string        `json:"last_word"`
	DaysSinceWord   *int           `json:"days_since_last_word"`
	UndatedDocs     []string       `json:"undated_documents"`
	OpenQuestions   int            `json:"open_questions"`
	AssumedAboutPct Number         `json:"about_tolerance"`
}

// Said is where a figure was said: in a document, or by an office in an answer
// or a report. Then Document is empty.
type Said struct {
	Document  string    `json:"document"`
	Line      *int      `json:"line"`
	From      *int      `json:"from"`
	To        *int      `json:"to"`
	Publisher lang.Text `json:"publisher"`
	Title     lang.Text `json:"title"`
	Date      *string   `json:"date"`
	Address   *string   `json:"address"`
	Text      *string   `json:"text"` // the line, when the text was imported
	Office    *string   `json:"office" doc:"that said it itself, without a document"`
	Ask       *string   `json:"ask" doc:"the question to which it was the answer"`
	Answer    *Answer   `json:"answer" doc:"with which it was said, in the words of the office"`
}

// Computed is how a figure was computed.
type Computed struct {
	Method  string            `json:"method"`
	Version int               `json:"version"`
	Params  map[string]string `json:"params,omitempty"`
	Inputs  []Why             `json:"inputs"`
}

// Why is where a figure comes from and what else bears on it.
type Why struct {
	Figure    Figure    `json:"figure"`
	Statement *string   `json:"statement"`
	Title     lang.Text `json:"title"`
	Said      *Said     `json:"said"`
	Computed  *Computed `json:"computed"`
	Others    []Figure  `json:"others"`
	Promises  []Promise `json:"promises"`
	Questions []Check   `json:"questions"`
	// Evidence is attached to what the figure states; BearsOn is what the figure
	// is evidence for, apart from promises.
	Evidence []EvidenceItem `json:"evidence"`
	BearsOn  []StatementRef `json:"bears_on"`
	Asks     []Asked        `json:"asks"`
}

// StatementRef points to a statement.
type StatementRef struct {
	ID       string    `json:"id"`
	Role     string    `json:"role"`
	Title    lang.Text `json:"title"`
	Figure   string    `json:"figure"`
	Relation string    `json:"relation"`
}

// Difference is what does not add up.
type Difference struct {
	Value Number `json:"value"`
	Unit  string `json:"unit"`
}

// Check is one evaluation of a rule.
type Check struct {
	ID         string      `json:"id"`
	Rule       string      `json:"rule"`
	Type       string      `json:"type"`
	State      string      `json:"state"`
	Figures    []string    `json:"figures"`
	Promises   []string    `json:"promises"`
	Difference *Difference `json:"difference"`
	Title      lang.Text   `json:"title"`
	Text       lang.Text   `json:"text"`
	Answers    []Answer    `json:"answers"`
	Asks       []Asked     `json:"asks"`
}

// Answer is the word of an office.
type Answer struct {
	Office  string    `json:"office"`
	Text    lang.Text `json:"text"`
	On      *string   `json:"on"`
	Ask     *string   `json:"ask" doc:"the question that it answers"`
	Files   []string  `json:"files" doc:"evidence, by id"`
	Figures []Figure  `json:"figures" doc:"what it gave in numbers about a promise"`
}

// Move is a change of a promise.
type Move struct {
	At       *string `json:"at"`
	Field    string  `json:"field"`
	From     *string `json:"from"`
	To       string  `json:"to"`
	Document *string `json:"document"`
	Line     *int    `json:"line"`
	Figure   *string `json:"figure"`
	Reason   string  `json:"reason,omitempty"`
	Office   *string `json:"office" doc:"that said it in an answer"`
}

// EvidenceItem is a figure attached to a promise.
type EvidenceItem struct {
	Relation string    `json:"relation"`
	Title    lang.Text `json:"title"`
	Note     lang.Text `json:"note"`
	Figure   Figure    `json:"figure"`
}

// Event is an entry of the history of a promise.
type Event struct {
	At     *string   `json:"at"`
	What   lang.Text `json:"what"`
	Figure *string   `json:"figure"`
	Ask    *string   `json:"ask"`
}

// PromisePage is all that is known of a promise.
type PromisePage struct {
	Promise   Promise        `json:"promise"`
	Statement Figure         `json:"statement"`
	Said      *Said          `json:"said"`
	Moves     []Move         `json:"moves"`
	Answers   []Answer       `json:"answers"`
	Evidence  []EvidenceItem `json:"evidence"`
	Parts     []Promise      `json:"parts"`
	Whole     *Promise       `json:"whole"`
	Questions []Check        `json:"questions"`
	History   []Event        `json:"history"`
	// Asks are those about the promise, its figure and its questions.
	Asks []Asked `json:"asks"`
}
