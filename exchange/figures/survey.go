package figures

import (
	"errors"
	"io"
	"sort"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/sheet"
)

// Bounds on a survey: enough to see what a table is, soon.
const (
	surveyRows     = 20_000
	surveyDistinct = 2_000 // different texts of a column
	surveyHead     = 40    // rows from the top that are kept as they stand
	surveyColumns  = 400
)

// Survey is a look at a table before it is imported.
type Survey struct {
	Head      []sheet.Row // the first rows, blank ones left out
	HeaderRow int
	Columns   []SurveyColumn
	Rows      int  // under the header, as far as they were looked at
	Whole     bool // the table was looked at to its end
	Info      sheet.Info
}

// SurveyColumn is what stands in a column under the header.
type SurveyColumn struct {
	Header  string
	Filled  int
	Numbers int
	Texts   []SurveyText // different ones, the most frequent first
	More    bool         // there are further ones
}

// SurveyText is a text of a column and how often it stands there.
type SurveyText struct {
	Text  string
	Count int
}

// Look reads the beginning of a table. headerRow is the row of its header, 0 to
// find it. What cannot be read further down is left for the import to tell.
func Look(table sheet.Reader, headerRow int) (*Survey, error) {
	s := &Survey{}
	x := &surveying{out: s, counts: []map[string]int{}}
	for s.Rows < surveyRows {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			s.Whole = err == io.EOF
			break
		}
		if err != nil {
			if len(s.Head) == 0 {
				return nil, err
			}
			break
		}
		if row.Blank() {
			continue
		}
		x.row(row, headerRow)
	}
	if s.HeaderRow == 0 {
		x.settle(headerRow)
	}
	s.Info = table.Info()
	x.finish()
	return s, nil
}

// surveying gathers a survey. The first rows wait until the header is found
// among them.
type surveying struct {
	out    *Survey
	counts []map[string]int
}

func (x *surveying) row(row *sheet.Row, headerRow int) {
	s := x.out
	if len(s.Head) < surveyHead {
		s.Head = append(s.Head, sheet.Row{Number: row.Number, Cells: append([]sheet.Cell(nil), row.Cells...)})
		if len(s.Head) < surveyHead {
			return
		}
		x.settle(headerRow)
		return
	}
	x.count(row)
}

// settle decides on the header and counts the rows that waited.
func (x *surveying) settle(headerRow int) {
	s := x.out
	if len(s.Head) == 0 {
		return
	}
	at := 0
	if headerRow > 0 {
		for at < len(s.Head)-1 && s.Head[at].Number < headerRow {
			at++
		}
	} else {
		at = headerAmong(s.Head)
	}
	s.HeaderRow = s.Head[at].Number
	for i, c := range s.Head[at].Cells {
		if i == surveyColumns {
			break
		}
		s.Columns = append(s.Columns, SurveyColumn{Header: strings.TrimSpace(c.Text)})
		x.counts = append(x.counts, map[string]int{})
	}
	for i := at + 1; i < len(s.Head); i++ {
		x.count(&s.Head[i])
	}
}

func (x *surveying) count(row *sheet.Row) {
	s := x.out
	s.Rows++
	for i, c := range row.Cells {
		if i == surveyColumns {
			break
		}
		for len(s.Columns) <= i {
			s.Columns = append(s.Columns, SurveyColumn{})
			x.counts = append(x.counts, map[string]int{})
		}
		text := strings.TrimSpace(c.Text)
		if text == "" {
			continue
		}
		col, counts := &s.Columns[i], x.counts[i]
		col.Filled++
		if c.Kind == sheet.Number || c.Kind == sheet.Percent || c.Kind == sheet.Text && numeric(text) {
			col.Numbers++
		}
		if _, known := counts[text]; !known {
			if len(counts) == surveyDistinct {
				col.More = true
				continue
			}
			text = strings.Clone(text)
		}
		counts[text]++
	}
}

// numeric reports whether a text is a number, whatever its decimal mark is.
func numeric(s string) bool {
	_, code := parseNumber(s, "")
	return code == "" || code == "number_ambiguous"
}

func (x *surveying) finish() {
	for i, counts := range x.counts {
		col := &x.out.Columns[i]
		for text, n := range counts {
			col.Texts = append(col.Texts, SurveyText{text, n})
		}
		sort.Slice(col.Texts, func(a, b int) bool {
			if col.Texts[a].Count != col.Texts[b].Count {
				return col.Texts[a].Count > col.Texts[b].Count
			}
			return col.Texts[a].Text < col.Texts[b].Text
		})
	}
}

// headerAmong returns which of the first rows is the header: the one with the
// most different texts, of which words of ours count more, above rows that hold
// numbers. The first one wins among equals.
func headerAmong(rows []sheet.Row) int {
	best, most := 0, -1.0
	for i := range rows {
		if score := headerScore(rows, i); score > most+1e-9 {
			best, most = i, score
		}
	}
	return best
}

// headerDepth is how far below the first filled row a header is looked for.
const headerDepth = 25

func headerScore(rows []sheet.Row, at int) float64 {
	if at >= headerDepth {
		return -1
	}
	seen := map[string]bool{}
	score := 0.0
	for i, c := range rows[at].Cells {
		text := headerKey(c.Text)
		if text == "" || seen[text] {
			continue
		}
		seen[text] = true
		_, isPeriod := PeriodWords(c.Text)
		switch {
		case isPeriod && at+1 < len(rows) && i < len(rows[at+1].Cells) && rows[at+1].Cells[i].Text != rows[at].Cells[i].Text && i > 0:
			score++
		case c.Kind == sheet.Number || numeric(text):
			score -= 0.5
		default:
			score++
			if best, _ := headerRole(c.Text); best != "" {
				score += 2
			}
		}
	}
	below := 0
	for i := at + 1; i < len(rows) && i <= at+5; i++ {
		for _, c := range rows[i].Cells {
			if c.Kind == sheet.Number || c.Text != "" && numeric(c.Text) {
				below++
				break
			}
		}
	}
	return score + 0.5*float64(below)
}
