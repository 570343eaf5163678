package worksheet

import (
	"regexp"
	"sort"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/lang"
)

// sure is from what score on a header says what a column is.
const sure = 0.75

// maxHeader is the length of a header that is compared with words.
const maxHeader = 200

// rxUnits takes the units and remarks in brackets or after a comma off a header:
// «Сумма, млн тенге», «Amount (KZT)».
var rxUnits = regexp.MustCompile(`\(.*?\)|,.*$`)

type pair struct {
	field  string
	column int
	score  float64
	order  int
}

// match returns which column goes best with each field.
func match(list []field, cells []sheet.Cell) map[string]int {
	var pairs []pair
	for i, c := range cells {
		if strings.TrimSpace(c.Text) == "" || len(c.Text) > maxHeader {
			continue
		}
		for order, f := range list {
			if s := score(&f, c.Text); s >= sure {
				pairs = append(pairs, pair{f.name, i, s, order})
			}
		}
	}
	sort.SliceStable(pairs, func(a, b int) bool {
		if pairs[a].score != pairs[b].score {
			return pairs[a].score > pairs[b].score
		}
		return pairs[a].order < pairs[b].order
	})
	out, taken := map[string]int{}, map[int]bool{}
	for _, p := range pairs {
		if _, has := out[p.field]; has || taken[p.column] {
			continue
		}
		out[p.field], taken[p.column] = p.column, true
	}
	return out
}

// score tells how well a header names a field, from 0 to 1.
func score(f *field, header string) float64 {
	if strings.EqualFold(strings.TrimSpace(header), f.name) || key(header) == key(strings.ReplaceAll(f.name, "_", " ")) {
		return 1
	}
	whole, bare := key(header), key(rxUnits.ReplaceAllString(header, ""))
	best := 0.0
	for _, w := range f.words {
		folded := lang.Fold(w)
		s := 0.0
		switch {
		case folded == whole:
			s = 0.99
		case folded == bare:
			s = 0.97
		case len(folded) > 5 && (strings.HasPrefix(bare, folded+" ") || strings.HasSuffix(bare, " "+folded)):
			s = 0.78 + 0.15*float64(len(folded))/float64(len(bare))
		}
		best = max(best, s)
	}
	return best
}

// units are the words of a header that multiply its amounts.
var units = []struct {
	rx    *regexp.Regexp
	scale string
}{
	{regexp.MustCompile(`(?i)(^|[^\p{L}])(млрд|миллиард|billion|bn)`), "1000000000"},
	{regexp.MustCompile(`(?i)(^|[^\p{L}])(млн|миллион|million|mln)`), "1000000"},
	{regexp.MustCompile(`(?i)(^|[^\p{L}])(тыс|тысяч|мың|thousand)`), "1000"},
}

// guess makes a mapping of the header.
func (x *reader) guess() {
	cells := make([]sheet.Cell, len(x.header))
	for i, h := range x.header {
		cells[i].Text = h
	}
	m := &x.out.Mapping
	m.Columns = map[string]string{}
	found := match(x.fields, cells)
	if x.kind == Lines {
		x.guessWide(found)
	}
	x.scales(found)
	for name, at := range found {
		m.Columns[name] = x.reference(at)
	}
}

// scales obeys headers that count in thousands or millions.
func (x *reader) scales(found map[string]int) {
	m := &x.out.Mapping
	m.Scale = map[string]string{}
	for _, f := range x.fields {
		if at, ok := found[f.name]; ok && f.kind == anAmount {
			if s := scaleOf(x.header[at]); s != "" {
				m.Scale[f.name] = s
				x.notice(m.HeaderRow, at, f.name, "scale", x.header[at], s)
			}
		}
	}
	for i, w := range m.Wide {
		at, err := x.column(w.Header)
		if err != nil {
			continue
		}
		s := scaleOf(x.header[at])
		switch {
		case i == 0 && s != "":
			m.Scale["amount"] = s
			x.notice(m.HeaderRow, at, "amount", "scale", x.header[at], s)
		case i > 0 && s != m.Scale["amount"]:
			x.problem(m.HeaderRow, at, "amount", "scale_mixed", x.header[at], "")
		}
	}
}

// scaleOf returns by what a header multiplies its amounts, "" when it says
// nothing of the kind.
func scaleOf(header string) string {
	for _, u := range units {
		if u.rx.MatchString(header) {
			return u.scale
		}
	}
	return ""
}

// reference names a column by its header, or by its letter when others have the
// same one.
func (x *reader) reference(at int) string {
	for i, h := range x.header {
		if i != at && key(h) == key(x.header[at]) {
			return letterMark + sheet.Column(at)
		}
	}
	return x.header[at]
}

// guessWide finds columns whose headers are sources of money: one amount for each.
func (x *reader) guessWide(found map[string]int) {
	if _, has := found["source"]; has || x.o.Catalogue == nil {
		return
	}
	taken := map[int]bool{}
	for _, at := range found {
		taken[at] = true
	}
	m := &x.out.Mapping
	for i, h := range x.header {
		if taken[i] || h == "" || len(h) > maxHeader {
			continue
		}
		if code, ok := x.o.Catalogue.Named("source", strings.TrimSpace(rxUnits.ReplaceAllString(h, ""))); ok {
			m.Wide = append(m.Wide, Wide{x.reference(i), map[string]string{"source": code}})
		}
	}
	if _, has := found["amount"]; has && len(m.Wide) > 0 { // the amount of such a row is the sum of its parts
		if _, total := found["total"]; !total {
			found["total"] = found["amount"]
		}
		delete(found, "amount")
	}
}
