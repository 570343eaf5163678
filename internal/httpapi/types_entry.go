package httpapi

import (
	"github.com/shanyraq/shanyraq/lang"
)

// Entry is what an editor records from a marked sentence.
type Entry struct {
	Act        string    `json:"act" enum:"figure,promise,move,delivery"`
	Document   string    `json:"document" maxLength:"120"`
	Line       int       `json:"line" minimum:"1"`
	From       int       `json:"from" minimum:"0"`
	To         int       `json:"to" minimum:"1"`
	Measure    string    `json:"measure,omitempty" maxLength:"80"`
	Place      string    `json:"place,omitempty" maxLength:"40"`
	Dimensions string    `json:"dimensions,omitempty" maxLength:"400"`
	Period     string    `json:"period,omitempty" maxLength:"40"`
	Value      string    `json:"value,omitempty" maxLength:"40"`
	Qualifier  string    `json:"qualifier,omitempty" maxLength:"12"`
	Unit       string    `json:"unit,omitempty" maxLength:"80"`
	Deadline   string    `json:"deadline,omitempty" maxLength:"10"`
	Promise    string    `json:"promise,omitempty" maxLength:"32"`
	PartOf     string    `json:"part_of,omitempty" maxLength:"32"`
	Title      lang.Text `json:"title,omitempty"`
	Reason     string    `json:"reason,omitempty" maxLength:"1000"`
}

// Entered is what an entry became.
type Entered struct {
	Figure  *string `json:"figure"`
	Promise *string `json:"promise"`
	Run     string  `json:"run"`
}

// TextReceipt tells what became of the text of a document.
type TextReceipt struct {
	Document string   `json:"document"`
	SHA256   string   `json:"sha256"`
	Encoding string   `json:"encoding"`
	Lines    int      `json:"lines"`
	Known    bool     `json:"known" doc:"the text was there already, byte for byte"`
	Same     bool     `json:"same" doc:"the file is the one from which the figures were read"`
	Spans    int      `json:"spans" doc:"figures whose place in the text was checked"`
	Misses   []Miss   `json:"misses" doc:"figures whose words do not stand where they point"`
	Notices  []string `json:"notices"`
	Run      *string  `json:"run"`
}

// Miss is a figure whose words do not stand where it points.
type Miss struct {
	Figure string `json:"figure"`
	Line   int    `json:"line"`
	From   int    `json:"from"`
	To     int    `json:"to"`
	Why    string `json:"why"`
}
