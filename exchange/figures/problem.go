package figures

import (
	"sort"

	"github.com/shanyraq/shanyraq/exchange/sheet"
)

// find notes that something is wrong with a column of the row.
func (r *reader) find(c column, code string, words ...string) {
	f := finding{at: r.plan.at[c], code: code}
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

// report lists the findings of the row.
func (r *reader) report() {
	for _, f := range r.found {
		if len(r.out.Problems) >= MaxProblems {
			r.out.More++
			continue
		}
		r.problem(r.row.Number, f.at, f.code, f.a, f.b)
		if p := &r.out.Problems[len(r.out.Problems)-1]; len(f.hints) > 0 {
			p.Message = withHints(p.Message, f.hints)
			p.Suggestion = f.hints[0].Code
		}
	}
}

// problem lists one problem, or counts it when the list is full.
func (r *reader) problem(row, at int, code, a, b string) {
	if len(r.out.Problems) >= MaxProblems {
		r.out.More++
		return
	}
	p := Problem{Row: row, Code: code, Message: message(code, a, b)}
	if at >= 0 {
		p.Cell = sheet.CellName(at, row)
		if at < len(r.plan.header) {
			p.Column = cut(r.plan.header[at])
		}
	}
	r.out.Problems = append(r.out.Problems, p)
}

func (r *reader) notice(row int, code, a, b string) {
	if len(r.out.Notices) < maxNotices {
		r.out.Notices = append(r.out.Notices, Notice{Row: row, Code: code, Message: message(code, a, b)})
	}
}

func (r *reader) sortProblems() {
	sort.SliceStable(r.out.Problems, func(i, j int) bool { return r.out.Problems[i].Row < r.out.Problems[j].Row })
}
