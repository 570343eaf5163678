package worksheet

import (
	"regexp"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
)

// maxText bounds a text that is kept.
const maxText = 4000

// row reads one row of the table, once for every wide column.
func (x *reader) row(r *sheet.Row) {
	if x.totals(r) {
		x.out.Skipped++
		return
	}
	base := map[string]Value{}
	x.failed = map[string]bool{}
	for i := range x.fields {
		f := &x.fields[i]
		if v, ok := x.field(r, f, x.columnOf(f.name)); ok {
			base[f.name] = v
		}
	}
	if len(x.wide) == 0 {
		x.keep(r, base)
		return
	}
	x.parts(r, base)
}

// called is how the table calls a field; our name where it has no column for it.
func (x *reader) called(name string) string {
	if at := x.columnOf(name); at >= 0 && at < len(x.header) && x.header[at] != "" {
		return x.header[at]
	}
	return name
}

// columnOf returns the column of a field, -1 for none.
func (x *reader) columnOf(name string) int {
	if at, ok := x.at[name]; ok {
		return at
	}
	return -1
}

// parts makes a row of every wide column that is filled in.
func (x *reader) parts(r *sheet.Row, base map[string]Value) {
	sum, any := decimal.Zero, false
	for _, w := range x.wide {
		v, ok := x.field(r, fieldNamed(x.fields, "amount"), w.column)
		if !ok {
			continue
		}
		one := make(map[string]Value, len(base)+2)
		for k, b := range base {
			one[k] = b
		}
		for k, s := range w.set {
			if sv, ok := x.read(r.Number, fieldNamed(x.fields, k), sheet.Cell{Text: s}, w.column); ok {
				one[k] = sv
			}
		}
		one["amount"] = v
		any = true
		sum = sum.Add(x.o.Currency.Decimal(v.Amount))
		if !v.Number.IsZero() || v.Amount != 0 {
			x.keep(r, one)
		}
	}
	if t, said := base["total"]; said && any {
		if want := x.o.Currency.Decimal(t.Amount); !want.Equal(sum) {
			x.problem(r.Number, t.column, "total", "sum_differs", want.String(), sum.String())
		}
	}
	if !any && !x.failed["amount"] {
		x.problem(r.Number, -1, "amount", "missing", "amount", "")
	}
}

// keep checks a row by itself and keeps it when nothing is wrong with it.
func (x *reader) keep(r *sheet.Row, values map[string]Value) {
	for i := range x.fields {
		f := &x.fields[i]
		if _, ok := values[f.name]; f.must && !ok && !x.failed[f.name] {
			x.problem(r.Number, x.columnOf(f.name), f.name, "missing", x.called(f.name), "")
		}
	}
	row := Row{Number: r.Number, values: values}
	x.alone(&row)
	if !x.out.Faulty[r.Number] {
		x.add(&row)
		x.out.Rows = append(x.out.Rows, row)
	}
}

// field reads the cell of a field; what stands above or in the mapping takes the
// place of an empty one.
func (x *reader) field(r *sheet.Row, f *field, at int) (Value, bool) {
	var c sheet.Cell
	if at >= 0 && at < len(r.Cells) {
		c = r.Cells[at]
	}
	switch c.Kind {
	case sheet.NoValue:
		x.problem(r.Number, at, f.name, "no_value", "", "")
		return Value{}, false
	case sheet.ErrorCell:
		x.problem(r.Number, at, f.name, "error_cell", c.Text, "")
		return Value{}, false
	}
	c.Text = strings.TrimSpace(strings.ReplaceAll(c.Text, "\u00a0", " "))
	for _, name := range x.out.Mapping.Fill {
		if name == f.name {
			if c.Text == "" {
				c = x.above[name]
			} else {
				x.above[name] = c
			}
		}
	}
	if to, ok := x.out.Mapping.Values[f.name][c.Text]; ok && c.Text != "" {
		c = sheet.Cell{Text: to}
	}
	if c.Text == "" || c.Text == "-" || c.Text == "–" || c.Text == "—" {
		if c.Text = x.out.Mapping.Constants[f.name]; c.Text == "" {
			return Value{}, false
		}
		c.Kind = sheet.Text
	}
	return x.read(r.Number, f, c, at)
}

// read turns a cell into the value of a field.
func (x *reader) read(row int, f *field, c sheet.Cell, at int) (Value, bool) {
	v := Value{Text: c.Text, column: at}
	switch f.kind {
	case aText:
		if len(c.Text) > maxText {
			x.problem(row, at, f.name, "text_long", "", "")
			return v, false
		}
		return v, true
	case aCode:
		return x.code(row, f, v)
	case aWord:
		return x.word(row, f, v)
	case aDate:
		d, code := readDate(c)
		if code != "" {
			x.problem(row, at, f.name, code, c.Text, "")
			return v, false
		}
		v.Date = d
		return v, true
	}
	return x.number(row, f, c, v)
}

// code looks a text up in the catalogue, once for each text.
func (x *reader) code(row int, f *field, v Value) (Value, bool) {
	k := f.lookup + "\x00" + v.Text
	n, known := x.named[k]
	if !known {
		if x.o.Catalogue != nil && len(v.Text) <= maxHeader*2 {
			if n.code, n.ok = x.o.Catalogue.Named(f.lookup, v.Text); !n.ok {
				n.near = x.o.Catalogue.Near(f.lookup, v.Text)
			}
		}
		if len(x.named) < 200_000 {
			x.named[k] = n
		}
	}
	if !n.ok {
		code := "unknown_" + f.lookup
		if n.near != "" {
			x.problem(row, v.column, f.name, code+"_near", v.Text, n.near)
		} else {
			x.problem(row, v.column, f.name, code, v.Text, "")
		}
		return v, false
	}
	v.Text = n.code
	return v, true
}

// word finds the word of ours that a text means, once for each text.
func (x *reader) word(row int, f *field, v Value) (Value, bool) {
	k := "word " + f.name + "\x00" + v.Text
	n, known := x.named[k]
	if !known {
		n.code, n.ok = f.word(v.Text)
		if len(x.named) < 200_000 {
			x.named[k] = n
		}
	}
	if !n.ok {
		x.problem(row, v.column, f.name, "unknown_word", v.Text, x.called(f.name))
		return v, false
	}
	v.Text = n.code
	return v, true
}

func (f *field) word(text string) (string, bool) {
	folded := lang.Fold(text)
	for ours, theirs := range f.values {
		if folded == lang.Fold(ours) || folded == lang.Fold(strings.ReplaceAll(ours, "_", " ")) {
			return ours, true
		}
		for _, t := range theirs {
			if folded == lang.Fold(t) {
				return ours, true
			}
		}
	}
	return "", false
}

func (x *reader) number(row int, f *field, c sheet.Cell, v Value) (Value, bool) {
	if c.Kind == sheet.Date {
		x.problem(row, v.column, f.name, "date_for_number", c.Text, "")
		return v, false
	}
	mark := x.mark
	if c.Kind == sheet.Number || c.Kind == sheet.Percent {
		mark = "."
	}
	n, code := sheet.ParseNumber(c.Text, mark)
	if code != "" {
		x.problem(row, v.column, f.name, code, c.Text, "")
		return v, false
	}
	v.Number, v.Percent = n.Value, n.Percent || c.Kind == sheet.Percent
	switch f.kind {
	case anAmount:
		return x.amount(row, f, v)
	case aCount:
		if !v.Number.IsInteger() || v.Number.IsNegative() || v.Number.GreaterThan(decimal.New(1, 9)) {
			x.problem(row, v.column, f.name, "not_count", c.Text, "")
			return v, false
		}
	case aPercent:
		if v.Number.IsNegative() || v.Number.GreaterThan(decimal.NewFromInt(100)) {
			x.problem(row, v.column, f.name, "percent_range", c.Text, "")
			return v, false
		}
	}
	return v, true
}

// amount turns a number into exact money.
func (x *reader) amount(row int, f *field, v Value) (Value, bool) {
	d := v.Number
	if s, ok := x.scale[f.name]; ok {
		d = d.Mul(s)
	}
	a, err := x.o.Currency.FromDecimal(d)
	if err != nil {
		x.problem(row, v.column, f.name, "amount_places", d.String(), itoa(int(x.o.Currency.Digits)))
		return v, false
	}
	v.Amount = a
	return v, true
}

var (
	rxDotted  = regexp.MustCompile(`^(\d{1,2})[.](\d{1,2})[.](\d{4})(?:\s*(?:г\.?|ж\.?))?$`)
	rxSlashed = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})$`)
	rxISO     = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`)
)

// readDate reads a day: YYYY-MM-DD, DD.MM.YYYY, or DD/MM/YYYY where it cannot be
// MM/DD. It returns the code of a problem.
func readDate(c sheet.Cell) (period.Date, string) {
	s := c.Text
	if c.Kind == sheet.Number {
		return 0, "date_number"
	}
	if rxISO.MatchString(s) {
		d, err := period.ParseDate(s[:10])
		if rest := s[10:]; err != nil || rest != "" && rest[0] != ' ' && rest[0] != 'T' {
			return 0, "date"
		}
		return d, ""
	}
	if m := rxDotted.FindStringSubmatch(s); m != nil {
		return civil(m[3], m[2], m[1])
	}
	if m := rxSlashed.FindStringSubmatch(s); m != nil {
		day, other := len(m[1]) == 2 && m[1] > "12", len(m[2]) == 2 && m[2] > "12"
		switch {
		case day && !other || m[1] == m[2]:
			return civil(m[3], m[2], m[1])
		case other && !day:
			return civil(m[3], m[1], m[2])
		}
		return 0, "date_ambiguous"
	}
	if p, err := period.Parse(s); err == nil && p.Known() {
		return 0, "date_rough"
	}
	return 0, "date"
}

func civil(year, month, day string) (period.Date, string) {
	pad := func(s string) string {
		if len(s) == 1 {
			return "0" + s
		}
		return s
	}
	d, err := period.ParseDate(year + "-" + pad(month) + "-" + pad(day))
	if err != nil {
		return 0, "date"
	}
	return d, ""
}
