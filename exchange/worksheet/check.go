package worksheet

import (
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/works"
)

// total is what the rows so far add up to in an amount.
type total struct {
	whole, part decimal.Decimal // of the table, and since the last row of totals
}

// totalWords begin a row that adds up those above it.
var totalWords = []string{"итого", "всего", "жиыны", "барлығы", "total", "grand total", "подытог", "subtotal"}

// add counts a row in for the totals.
func (x *reader) add(r *Row) {
	for name, v := range r.values {
		if f := fieldNamed(x.fields, name); f.kind == anAmount && f.name != "total" {
			t := x.sums()[name]
			d := x.o.Currency.Decimal(v.Amount)
			t.whole, t.part = t.whole.Add(d), t.part.Add(d)
			x.sum[name] = t
		}
	}
}

func (x *reader) sums() map[string]total {
	if x.sum == nil {
		x.sum = map[string]total{}
	}
	return x.sum
}

// totals reports whether a row adds up those above it, and compares it with them:
// with all of them, or with those since the last such row.
func (x *reader) totals(r *sheet.Row) bool {
	first := ""
	for _, c := range r.Cells {
		if first = strings.TrimSpace(c.Text); first != "" {
			break
		}
	}
	folded := lang.Fold(strings.TrimRight(first, ":. "))
	if folded == "" || !slices.ContainsFunc(totalWords, func(w string) bool {
		w = lang.Fold(w)
		return folded == w || strings.HasPrefix(folded, w+" ")
	}) {
		return false
	}
	x.compare(r)
	for name, t := range x.sums() {
		t.part = decimal.Zero
		x.sum[name] = t
	}
	return true
}

func (x *reader) compare(r *sheet.Row) {
	for i := range x.fields {
		f := &x.fields[i]
		if f.kind != anAmount || x.columnOf(f.name) < 0 || f.name == "total" {
			continue
		}
		at := x.at[f.name]
		if at >= len(r.Cells) || strings.TrimSpace(r.Cells[at].Text) == "" {
			continue
		}
		v, ok := x.field(r, f, at)
		if !ok {
			continue
		}
		t, said := x.sums()[f.name], x.o.Currency.Decimal(v.Amount)
		switch {
		case len(x.out.Faulty) > 0: // rows above were wrong: their sum is not known
			x.notice(r.Number, at, f.name, "total_unknown", said.String(), "")
		case !said.Equal(t.whole) && !said.Equal(t.part):
			x.problem(r.Number, at, f.name, "sum_differs", said.String(), t.part.String())
		}
	}
}

// alone checks a row by itself.
func (x *reader) alone(r *Row) {
	wrong := func(field, code, a, b string) {
		column := -1
		if v, ok := r.values[field]; ok {
			column = v.column
		}
		x.problem(r.Number, column, field, code, a, b)
	}
	if c := strings.ToUpper(r.Text("currency")); c != "" && c != x.o.Currency.Code && !slices.Contains(ourCurrency, lang.Fold(r.Text("currency"))) {
		wrong("currency", "currency", r.Text("currency"), x.o.Currency.Code)
	}
	for i := range x.fields {
		if a := r.Amount(x.fields[i].name); x.fields[i].kind == anAmount && a != nil && *a < 0 {
			wrong(x.fields[i].name, "negative", x.o.Currency.Format(*a), "")
		}
	}
	switch x.kind {
	case Lines:
		x.line(r, wrong)
	case Stages:
		if s, f := r.Date("start"), r.Date("finish"); s != nil && f != nil && *f < *s {
			wrong("finish", "ends_first", f.String(), s.String())
		}
	case Statuses:
		x.status(r, wrong)
	case Works:
		x.work(r, wrong)
	}
}

// ourCurrency is how tables call the tenge.
var ourCurrency = []string{lang.Fold("тенге"), lang.Fold("теңге"), lang.Fold("тг"), lang.Fold("₸"), lang.Fold("tenge")}

func (x *reader) line(r *Row, wrong func(field, code, a, b string)) {
	if a := r.Amount("amount"); a != nil && *a == 0 && len(x.wide) == 0 {
		wrong("amount", "zero", "", "")
	}
	if on := r.Date("on"); on != nil && *on > x.o.Today && works.MoneyKind(r.Text("kind")).Happened() {
		wrong("on", "future_payment", on.String(), x.o.Today.String())
	}
	if y := r.Decimal("year"); y != nil && (y.LessThan(decimal.NewFromInt(1991)) || y.GreaterThan(decimal.NewFromInt(2100))) {
		wrong("year", "year", y.String(), "")
	}
}

func (x *reader) status(r *Row, wrong func(field, code, a, b string)) {
	if on := r.Date("on"); on != nil && *on > x.o.Today {
		wrong("on", "future", on.String(), x.o.Today.String())
	}
	if s, f := r.Date("started"), r.Date("finished"); s != nil && f != nil && *f < *s {
		wrong("finished", "ends_first", f.String(), s.String())
	}
	if !r.Has("percent") && !r.Has("started") && !r.Has("finished") && !x.failed["percent"] && !x.failed["started"] && !x.failed["finished"] {
		wrong("percent", "missing", x.called("percent"), "")
	}
}

func (x *reader) work(r *Row, wrong func(field, code, a, b string)) {
	if s, d := r.Date("start"), r.Date("deadline"); s != nil && d != nil && *d < *s {
		wrong("deadline", "ends_first", d.String(), s.String())
	}
	if on := r.Date("percent_on"); on != nil && *on > x.o.Today {
		wrong("percent_on", "future", on.String(), x.o.Today.String())
	}
	if r.Has("percent") && !r.Has("percent_on") {
		wrong("percent", "percent_undated", "", "")
	}
	if r.Text("title_ru")+r.Text("title_kk")+r.Text("title_en") == "" {
		wrong("title_ru", "missing", x.called("title_ru"), "")
	}
	if s := r.Text("shares"); s != "" {
		if _, err := Shares(s); err != nil {
			f, _ := err.(*fault.Error)
			wrong("shares", f.Subject, s, "")
		}
	}
}

// Shares reads shares of financing: special-state-fund=80; regional-budget=20. It
// returns a fault.Invalid whose subject is the code of the problem.
func Shares(s string) ([]works.Share, error) {
	bad := func(code string) error { return fault.New(fault.Invalid, "worksheet.Shares", code, "shares") }
	var out []works.Share
	sum := decimal.Zero
	for part := range strings.SplitSeq(s, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		source, text, ok := strings.Cut(part, "=")
		n, code := sheet.ParseNumber(strings.TrimSpace(text), "")
		if !ok || code != "" || !n.Value.IsPositive() {
			return nil, bad("shares_form")
		}
		sum = sum.Add(n.Value)
		f, _ := n.Value.Float64()
		out = append(out, works.Share{Source: strings.TrimSpace(source), Percent: f})
	}
	if sum.GreaterThan(decimal.NewFromInt(100)) {
		return nil, bad("shares_over")
	}
	return out, nil
}

// whole checks what only all rows together show.
func (x *reader) whole() {
	x.twice()
	x.fractions()
	if x.kind == Stages {
		x.order()
	}
}

// identity is what makes two rows the same.
var identity = map[Kind][]string{Works: {"id"}, Lines: {"work", "on", "kind", "source", "amount", "reference", "purpose", "year", "package"}, Stages: {"work", "stage"}, Statuses: {"work", "stage", "on"}}

// twice finds rows that say the same, or that contradict each other.
func (x *reader) twice() {
	seen := map[string]int{}
	kept := x.out.Rows[:0]
	for i := range x.out.Rows {
		r := x.out.Rows[i]
		var b strings.Builder
		for _, name := range identity[x.kind] {
			v := r.values[name]
			b.WriteString(v.Text)
			if f := fieldNamed(x.fields, name); f.kind == aDate {
				b.WriteString(v.Date.String())
			} else if f.kind == anAmount {
				b.WriteString(x.o.Currency.Format(v.Amount))
			}
			b.WriteByte(0)
		}
		k := b.String()
		if strings.Trim(k, "\x00") == "" || x.kind == Works && !r.Has("id") {
			kept = append(kept, r)
			continue
		}
		if first, again := seen[k]; again {
			x.problem(r.Number, -1, "", "twice", itoa(first), "")
			continue
		}
		seen[k] = r.Number
		kept = append(kept, r)
	}
	x.out.Rows = kept
}

// fractions notices a column of percentages in which everything is at most 1:
// 0.96 is then probably 96 per cent.
func (x *reader) fractions() {
	for i := range x.fields {
		f := &x.fields[i]
		if f.kind != aPercent {
			continue
		}
		n, fraction := 0, false
		for j := range x.out.Rows {
			v, ok := x.out.Rows[j].values[f.name]
			if !ok {
				continue
			}
			if v.Percent || v.Number.GreaterThan(decimal.NewFromInt(1)) {
				n = 0
				break
			}
			n++
			fraction = fraction || !v.Number.IsInteger()
		}
		if n > 0 && fraction {
			x.problem(x.out.Mapping.HeaderRow, x.columnOf(f.name), f.name, "percent_fraction", "", "")
		}
	}
}

// order finds stages that end before the one begins that should come first, and
// weights that add up to more than the whole.
func (x *reader) order() {
	at := map[string]int{}
	for _, t := range works.Templates() {
		if t.Code == string(works.NewBuilding) {
			for i, s := range t.Stages {
				at[s.Code] = i
			}
		}
	}
	byWork := map[string][]*Row{}
	var list []string
	for i := range x.out.Rows {
		r := &x.out.Rows[i]
		if byWork[r.Text("work")] == nil {
			list = append(list, r.Text("work"))
		}
		byWork[r.Text("work")] = append(byWork[r.Text("work")], r)
	}
	for _, w := range list {
		sum := decimal.Zero
		rows := byWork[w]
		for _, r := range rows {
			if n := r.Decimal("weight"); n != nil {
				sum = sum.Add(*n)
			}
		}
		if sum.GreaterThan(decimal.NewFromInt(100)) {
			x.problem(rows[0].Number, rows[0].values["weight"].column, "weight", "weights_over", sum.String(), w)
		}
		for _, a := range rows {
			for _, b := range rows {
				i, okA := at[a.Text("stage")]
				j, okB := at[b.Text("stage")]
				if okA && okB && i < j && a.Date("start") != nil && b.Date("finish") != nil && *b.Date("finish") < *a.Date("start") {
					x.problem(b.Number, b.values["finish"].column, "finish", "stage_order", b.Text("stage"), a.Text("stage"))
				}
			}
		}
	}
}
