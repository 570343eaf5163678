package devices

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works/equipment"
)

// text returns the cell of a field, without the blanks around it.
func (r *reading) text(field string) string {
	i, ok := r.columns[field]
	if !ok || i >= len(r.row.Cells) {
		return ""
	}
	c := r.row.Cells[i]
	if c.Kind == sheet.ErrorCell || c.Kind == sheet.NoValue {
		r.wrong("error_cell", "", field)
		return ""
	}
	s := strings.Join(strings.Fields(c.Text), " ")
	if s == "-" || s == "–" || s == "—" {
		return "" // what people write into a cell that has nothing to say
	}
	if utf8.RuneCountInString(s) > 200 {
		r.wrong("long", "", field)
		return ""
	}
	return s
}

// date reads a day; only a warranty may lie ahead.
func (r *reading) date(field string, ahead bool) *period.Date {
	s := r.text(field)
	if s == "" {
		return nil
	}
	d, ok := dateOf(s)
	switch {
	case !ok:
		r.wrong("date", "", field)
		return nil
	case d > r.o.Today && !ahead:
		r.wrong("future", "", field)
		return nil
	case d < period.NewDate(1950, 1, 1):
		r.wrong("date", "", field)
		return nil
	}
	return &d
}

// dateOf reads YYYY-MM-DD and DD.MM.YYYY, with or without midnight behind it.
func dateOf(s string) (period.Date, bool) {
	s = strings.TrimSuffix(strings.TrimSuffix(s, " 00:00:00"), "T00:00:00")
	if d, err := period.ParseDate(s); err == nil {
		return d, true
	}
	p := strings.Split(s, ".")
	if len(p) != 3 || len(p[2]) != 4 || len(p[0]) > 2 || len(p[1]) > 2 || p[0] == "" || p[1] == "" {
		return 0, false
	}
	d, err := period.ParseDate(fmt.Sprintf("%s-%02s-%02s", p[2], p[1], p[0]))
	return d, err == nil
}

// whole reads a whole number between limits; 0 for an empty cell.
func (r *reading) whole(field string, from, to int) int {
	s := r.text(field)
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < from || n > to {
		r.wrong("whole", fmt.Sprintf("%d-%d", from, to), field)
		return 0
	}
	return n
}

// decimalOf reads a price: blanks between thousands, and a point or a comma
// before one or two decimal places. A comma before three digits is refused: it
// may be either.
func decimalOf(s string) (decimal.Decimal, bool) {
	s = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "−", "-").Replace(s)
	s = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(s, "₸"), "тенге"), "тг"), ".")
	if strings.Count(s, ",") == 1 && !strings.Contains(s, ".") {
		whole, places, _ := strings.Cut(s, ",")
		if len(places) == 0 || len(places) > 2 {
			return decimal.Decimal{}, false
		}
		s = whole + "." + places
	}
	if len(s) > 30 || strings.ContainsAny(s, "eE,") {
		return decimal.Decimal{}, false
	}
	d, err := decimal.NewFromString(s)
	return d, err == nil
}

// add puts one device of the row into the table. Without an id of its own it
// gets one that follows from maker and serial number, or else from all that the
// row says: the same table read again is the same devices.
func (r *reading) add(a equipment.Asset, events []equipment.Event, i, quantity int) {
	switch {
	case a.ID != "" && quantity > 1:
		a.ID = equipment.ID(fmt.Sprintf("%s-%d", a.ID, i+1))
	case a.ID != "":
	case a.SerialKey() != "":
		a.ID = "a-" + hash(a.SerialKey())
	default:
		body, _ := json.Marshal(a) // a struct of texts and numbers
		key := string(hash(string(body)))
		r.like[key]++
		a.ID = equipment.ID(fmt.Sprintf("a-%s-%d", key, r.like[key]))
	}
	if before, known := r.ids[a.ID]; known {
		code, field := "id", "id"
		if _, own := r.columns["id"]; (!own || r.text("id") == "") && a.Serial != "" {
			code, field = "serial", "serial"
		}
		r.wrong(code, strconv.Itoa(before), field)
		return
	}
	r.ids[a.ID] = r.row.Number
	if err := a.Check(); err != nil {
		var f *fault.Error
		if errors.As(err, &f) && f.Subject != "id" {
			r.wrong("other", f.Message, "")
		} else {
			r.wrong("id", "", "id")
		}
		return
	}
	r.Rows = append(r.Rows, Row{Number: r.row.Number, Asset: a, Events: events, Columns: r.letters})
}

func hash(s string) equipment.ID {
	sum := sha256.Sum256([]byte(s))
	return equipment.ID(strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:10])))
}
