package figures

import (
	"slices"
	"sort"

	"github.com/shanyraq/shanyraq/exchange/sheet"
)

// find notes that something is wrong with a column of the row.
func (r *reader) find(c column, code string, words ...string) {
	f := finding{at: r.plan.spot(c), code: code}
	if len(words) > 0 {
		f.a = words[0]
	}
	if len(words) > 1 {
		f.b = words[1]
	}
	r.found = append(r.found, f)
}

// doubt notes what is only unlikely.
func (r *reader) doubt(c column, code string, words ...string) {
	r.find(c, code, words...)
	r.found[len(r.found)-1].soft = true
}

// report lists the findings of the row. What is wrong with a cell that several
// values of the row share is said once.
func (r *reader) report() {
	for _, f := range r.found {
		key := said{f.at, f.code}
		if len(r.plans) > 1 && f.at >= 0 && f.at != r.plan.origin {
			if slices.Contains(r.saidOnce, key) {
				continue
			}
			r.saidOnce = append(r.saidOnce, key)
		}
		r.problem(r.row.Number, f.at, f.code, f.a, f.b, f.hints...)
	}
}

// said is a problem of a cell in the row being read.
type said struct {
	at   int
	code string
}

// problem lists one problem, or counts it when the list is full.
func (r *reader) problem(row, at int, code, a, b string, hints ...Hint) {
	if row != r.lastBad {
		r.lastBad = row
		r.out.Faulty++
	}
	full := len(r.out.Problems) >= MaxProblems
	if full {
		r.out.More++
		if r.options.Report == nil {
			return
		}
	}
	p := Problem{Row: row, Code: code, Message: message(code, a, b)}
	if at >= 0 {
		p.Cell = sheet.CellName(at, row)
		if at < len(r.plan.header) {
			p.Column = cut(r.plan.header[at])
		}
	}
	if len(hints) > 0 {
		p.Message = withHints(p.Message, hints)
		p.Suggestion = hints[0].Code
	}
	if !full {
		r.out.Problems = append(r.out.Problems, p)
	}
	if r.options.Report != nil && r.failed == nil {
		r.failed = r.options.Report(p)
	}
}

func (r *reader) notice(row int, code, a, b string) {
	if len(r.out.Notices) < maxNotices {
		r.out.Notices = append(r.out.Notices, Notice{Row: row, Code: code, Message: message(code, a, b)})
	}
}

func (r *reader) sortProblems() {
	sort.SliceStable(r.out.Problems, func(i, j int) bool { return r.out.Problems[i].Row < r.out.Problems[j].Row })
}
