package httpapi

import (
	"github.com/shanyraq/shanyraq/lang"
)

// Thing is what somebody is asked about.
type Thing struct {
	Kind   string    `json:"kind" enum:"promise,figure,question"`
	ID     string    `json:"id"`
	Title  lang.Text `json:"title"`
	Place  string    `json:"place"`
	Figure *string   `json:"figure"`
}

// Asked is a question to an office as it stands on the day of the view. Who
// pressed the button is not part of it.
type Asked struct {
	ID     string    `json:"id"`
	About  Thing     `json:"about"`
	Office string    `json:"office"`
	Text   lang.Text `json:"text"`
	On     string    `json:"on"`
	Due    string    `json:"due" doc:"the last day for an answer, included"`
	State  string    `json:"state" enum:"open,overdue,answered,closed"`
	// DaysWithoutWord counts from the asking to the first answer, to the closing,
	// or to the day of the view.
	DaysWithoutWord int      `json:"days_without_word"`
	DaysLeft        int      `json:"days_left" doc:"negative: days overdue"`
	Closed          string   `json:"closed,omitempty" doc:"why it was taken back"`
	ClosedOn        *string  `json:"closed_on"`
	Answers         []Answer `json:"answers"`
}

// AskSummary is what a list says of the questions about one thing.
type AskSummary struct {
	Count   int    `json:"count"`
	Waiting int    `json:"waiting" doc:"without an answer yet"`
	Last    *Asked `json:"last"`
}

// AskFilter narrows a list of what was asked; empty fields choose all.
type AskFilter struct {
	State  string `query:"state" enum:"open,overdue,answered,closed,waiting" doc:"how it stands; waiting: open or overdue"`
	Office string `query:"office" maxLength:"80" doc:"the office that was asked"`
	About  string `query:"about" maxLength:"200" doc:"id of a promise, a question or a figure"`
	Place  string `query:"place" maxLength:"40" doc:"territory and all below it"`
	By     string `query:"by" enum:"us" doc:"us: asked by the office of the reader, or by the reader"`
}

// AskInput asks an office. The same id sent again asks once.
type AskInput struct {
	ID     string    `json:"id" pattern:"^[a-z0-9-]{8,40}$" doc:"made by the client"`
	About  string    `json:"about" minLength:"1" maxLength:"200" doc:"id of a promise, a question or a figure"`
	Office string    `json:"office" minLength:"1" maxLength:"80"`
	Text   lang.Text `json:"text"`
	Due    string    `json:"due,omitempty" maxLength:"10" doc:"the last day for an answer; default: ten working days"`
}

// CloseInput takes a question back.
type CloseInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"2000" doc:"published with the question"`
}

// Asking is what somebody needs who wants to ask about a thing.
type Asking struct {
	About   Thing    `json:"about"`
	Office  string   `json:"office" doc:"that answers for it"`
	Due     string   `json:"due" doc:"the day that is proposed"`
	Waiting []Asked  `json:"waiting" doc:"asked already and not answered"`
	May     []string `json:"may"`
	Missing *string  `json:"missing" doc:"the territory in which the reader would need the right to ask"`
	Givers  []string `json:"givers"`
}

// AnswerMeasure is a number that an answer can give.
type AnswerMeasure struct {
	Measure    string   `json:"measure"`
	Unit       string   `json:"unit"`
	Place      string   `json:"place"`
	Dimensions string   `json:"dimensions"`
	Relation   string   `json:"relation" enum:"delivers,progress"`
	Last       []Figure `json:"last" doc:"what was said of it, the newest first"`
}

// PendingAnswer is an answer on its way to publication.
type PendingAnswer struct {
	ID    string `json:"id"`
	State string `json:"state"`
	At    string `json:"at"`
	Mine  bool   `json:"mine" doc:"the reader may go on writing it"`
}

// AskPage is all that one needs to answer.
type AskPage struct {
	Ask      Asked           `json:"ask"`
	Place    string          `json:"place" doc:"territory of the office"`
	Promise  *PromisePage    `json:"promise"`
	Why      *Why            `json:"why" doc:"of the figure that is asked about"`
	Question *Check          `json:"question"`
	Measures []AnswerMeasure `json:"measures"`
	Deadline bool            `json:"deadline" doc:"the office may move the deadline or take the promise back"`
	Pending  []PendingAnswer `json:"pending" doc:"for those who may see drafts"`
	May      []string        `json:"may"`
	Givers   []string        `json:"givers" doc:"roles that may answer"`
}

// Comment is a word among those who may read drafts. It is never changed; its
// author may take it back, and the place where it stood stays.
type Comment struct {
	ID       string   `json:"id"`
	About    string   `json:"about" doc:"kind and id, such as promise:C7p"`
	Text     string   `json:"text" doc:"empty when it was taken back"`
	Office   string   `json:"office" doc:"of the author"`
	Author   string   `json:"author" doc:"id of an account"`
	Mine     bool     `json:"mine"`
	At       string   `json:"at"`
	Mentions []string `json:"mentions" doc:"codes of offices"`
	Gone     bool     `json:"withdrawn"`
}

// CommentInput is a new comment. The same id sent again is one.
type CommentInput struct {
	ID       string   `json:"id" pattern:"^[a-z0-9-]{8,40}$" doc:"made by the client"`
	About    string   `json:"about" pattern:"^(promise|figure|question|submission|ask):.{1,200}$"`
	Text     string   `json:"text" minLength:"1" maxLength:"4000"`
	Mentions []string `json:"mentions,omitempty" maxItems:"20" doc:"codes of offices that are told"`
}

// Earlier is a cause of a conflict: what was there before, with its page.
type Earlier struct{ Path string }

func (e *Earlier) Error() string { return "the earlier one" }
