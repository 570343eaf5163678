package figures

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// said reads who says it, where and when. A row that names only a source or
// only a document means both, but for one of our own export, which says all.
func (r *reader) said(f *ledger.Figure) {
	source, document := r.text(colSource), r.text(colDocument)
	if source == "" && document == "" {
		r.found = append(r.found, finding{at: max(r.plan.at[colSource], r.plan.at[colDocument]), code: "source_missing"})
		return
	}
	var from *period.Date
	if document != "" {
		d := r.document(colDocument, document)
		f.Document, f.Source, from = d.Name, d.Name, d.Published
	}
	switch {
	case source == ledger.Computed:
		f.Source = ledger.Computed
	case source != "" && source != document:
		d := r.document(colSource, source)
		f.Source = d.Name
		if document == "" {
			from = d.Published
			if r.id == 0 {
				f.Document = d.Name
			}
		}
	}
	f.Locator = ledger.Locator{Line: r.integer(colLine), From: r.integer(colFrom), To: r.integer(colTo)}
	if f.Locator.Check() != nil || document == "" && f.Locator != (ledger.Locator{}) {
		r.find(colLine, "locator")
	}
	f.Published = r.published(from)
}

// published returns the day of publication: what the row says, or else that of
// the document. In a row of our own export an empty cell says unknown.
func (r *reader) published(document *period.Date) *period.Date {
	s := r.text(colPublished)
	switch {
	case s == unknown:
		return nil
	case s == "" && r.id != 0 && r.plan.at[colPublished] >= 0:
		return nil
	case s == "":
		return document
	}
	d, err := period.ParseDate(s)
	if err != nil {
		r.find(colPublished, "date")
		if day, ok := dotted(s); ok {
			r.found[len(r.found)-1].hints = []Hint{{Code: day.String()}}
		}
		return nil
	}
	return &d
}

// maxInteger bounds lines and positions.
const maxInteger = 100_000_000

func (r *reader) integer(c column) int {
	s := r.text(c)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > maxInteger {
		r.find(c, "integer")
		return 0
	}
	return n
}

// history reads corrections and how a figure was computed.
func (r *reader) history(f *ledger.Figure) {
	f.Supersedes, f.SupersededBy = r.reference(colSupersedes), r.reference(colSupersededBy)
	f.Withdraws, f.Synthetic = r.flag(colWithdraws), r.flag(colSynthetic)
	f.Reason = r.text(colReason)
	if f.Withdraws && (f.Supersedes == 0 || f.Reason == "") {
		r.find(colWithdraws, "withdraws")
	}
	method := r.text(colMethod)
	if method == "" {
		if f.Source == ledger.Computed {
			r.find(colMethod, "computed")
		}
		return
	}
	f.Recipe = &ledger.Recipe{Method: method, Version: r.integer(colMethodVersion)}
	for s := range strings.FieldsSeq(r.text(colInputs)) {
		id, err := ledger.ParseFigureID(s)
		if err != nil {
			r.find(colInputs, "recipe")
			return
		}
		f.Recipe.Inputs = append(f.Recipe.Inputs, id)
	}
	if s := r.text(colParams); s != "" && strict([]byte(s), &f.Recipe.Params) != nil {
		r.find(colParams, "recipe")
	}
}

// reference reads the id of another figure, 0 when the cell is empty.
func (r *reader) reference(c column) ledger.FigureID {
	s := r.text(c)
	if s == "" {
		return 0
	}
	id, err := ledger.ParseFigureID(s)
	if err != nil {
		r.find(c, "id")
	}
	return id
}

func (r *reader) flag(c column) bool {
	switch strings.ToLower(r.text(c)) {
	case "", "false", "no", "0":
		return false
	case "true", "yes", "1":
		return true
	}
	r.find(c, "flag")
	return false
}

// notes reads the notes in all languages.
func (r *reader) notes(f *ledger.Figure) {
	for c, code := range map[column]lang.Code{colNoteKK: lang.KK, colNoteRU: lang.RU, colNoteEN: lang.EN} {
		if r.plan.at[c] < 0 && r.plan.constant[c] == "" {
			continue
		}
		if s := r.text(c); s != "" {
			if f.Note == nil {
				f.Note = lang.Text{}
			}
			f.Note[code] = strings.Clone(s)
		}
	}
	s := r.text(colNoteMore)
	if s == "" {
		return
	}
	var more map[lang.Code]string
	if json.Unmarshal([]byte(s), &more) != nil {
		r.find(colNoteMore, "note_more")
		return
	}
	if f.Note == nil {
		f.Note = lang.Text{}
	}
	for code, s := range more {
		f.Note[code] = s
	}
}
