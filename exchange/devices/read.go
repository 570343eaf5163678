package devices

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/equipment"
)

// Options say what a table may name.
type Options struct {
	Today    period.Date
	Currency money.Currency
	// Mapping gives the heading of a field where it is none of those that are
	// known; an empty heading leaves the field out.
	Mapping map[string]string
	// Facility, Place and Work find what a cell names, by code or by name.
	Facility func(string) (code, at place.ID, ok bool)
	Place    func(string) (place.ID, bool)
	Work     func(string) (works.ID, bool)
	// Progress hears how many rows were read; it may be nil.
	Progress func(rows int)
}

// Row is one device of the table.
type Row struct {
	Number  int // of the row in the file
	Asset   equipment.Asset
	Events  []equipment.Event
	Columns map[string]string // letters by field
}

// Table is what a file holds. Rows are there only as far as they are right.
type Table struct {
	Rows     []Row
	Read     int      // rows of the file below the headings
	Ignored  []string // headings that were not understood
	Problems []Problem
	More     int // problems beyond MaxProblems
}

// MaxDevices bounds the devices of a table, and maxQuantity those of a row.
const (
	MaxDevices  = 200_000
	maxQuantity = 1_000
)

// maxHeader is in how many rows the headings are looked for.
const maxHeader = 20

// Problem adds a problem to the table.
func (t *Table) Problem(p Problem) {
	if len(t.Problems) >= MaxProblems {
		t.More++
		return
	}
	t.Problems = append(t.Problems, p)
}

// reading is a table that is being read.
type reading struct {
	*Table
	o       Options
	columns map[string]int // by field
	letters map[string]string
	ids     map[equipment.ID]int // row in which an id was used
	like    map[string]int       // devices without id and serial number, by what they have in common
	row     *sheet.Row
	bad     bool
}

// Read reads a table. What is wrong with it stands in Problems, all that was
// found, not only the first; an error is returned where the file itself cannot
// be read.
func Read(in sheet.Reader, o Options) (*Table, error) {
	r := &reading{Table: &Table{}, o: o, ids: map[equipment.ID]int{}, like: map[string]int{}}
	for {
		row, err := in.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if row.Blank() {
			continue
		}
		if r.columns == nil {
			if !r.header(row) && row.Number >= maxHeader {
				break
			}
			continue
		}
		if r.Read++; o.Progress != nil && r.Read%1000 == 0 {
			o.Progress(r.Read)
		}
		r.row, r.bad = row, false
		r.device()
		if len(r.Rows) > MaxDevices {
			r.Problem(Say("too_many", "", row.Number, "", ""))
			break
		}
	}
	switch {
	case r.columns == nil:
		r.Problem(Say("header", "", 0, "", ""))
	case r.Read == 0:
		r.Problem(Say("empty", "", 0, "", ""))
	}
	return r.Table, nil
}

// header takes a row as the headings, if it is: two of them are known, and the
// one of the device type among them.
func (r *reading) header(row *sheet.Row) bool {
	known := map[string]string{}
	for heading, field := range byHeading {
		known[heading] = field
	}
	for field, heading := range r.o.Mapping {
		for h, f := range known {
			if f == field {
				delete(known, h)
			}
		}
		if heading != "" {
			known[plain(heading)] = field
		}
	}
	columns, letters := map[string]int{}, map[string]string{}
	var ignored, twice []string
	for i, c := range row.Cells {
		field := known[plain(c.Text)]
		switch _, have := columns[field]; {
		case strings.TrimSpace(c.Text) == "":
		case field == "":
			ignored = append(ignored, clip(c.Text))
		case have:
			twice = append(twice, clip(c.Text))
		default:
			columns[field], letters[field] = i, sheet.Column(i)
		}
	}
	if _, ok := columns["item"]; !ok || len(columns) < 2 {
		return false
	}
	r.columns, r.letters, r.Ignored = columns, letters, ignored
	for _, h := range twice {
		r.Problem(Say("twice", h, row.Number, "", ""))
	}
	for field, heading := range r.o.Mapping {
		if !slices.ContainsFunc(fields, func(f Field) bool { return f.Name == field }) {
			r.Problem(Say("mapping", field, 0, field, ""))
		} else if _, ok := columns[field]; !ok && heading != "" {
			r.Problem(Say("mapping", heading, 0, field, ""))
		}
	}
	return true
}

func clip(s string) string { return sheet.Clip(s, 60) }

// wrong notes what is wrong with the row.
func (r *reading) wrong(code, what, field string) {
	r.bad = true
	for _, p := range slices.Backward(r.Problems) {
		if p.Row != r.row.Number {
			break
		}
		if p.Code == code && p.Field == field {
			return // a cell that is looked at twice is wrong once
		}
	}
	r.Problem(Say(code, what, r.row.Number, field, r.letters[field]))
}

// device reads the row.
func (r *reading) device() {
	a := equipment.Asset{ID: equipment.ID(strings.ToLower(r.text("id"))), Room: r.text("room"), Serial: r.text("serial"), Maker: r.text("maker"), Model: r.text("model"), Source: r.text("source"),
		From: r.date("warranty_from", true), To: r.date("warranty_to", true), Life: r.whole("life_years", 1, 50)}
	r.names(&a)
	r.price(&a)
	r.plans(&a)
	if a.From != nil && a.To != nil && *a.To < *a.From {
		r.wrong("order", fmt.Sprintf("%s - %s", a.From, a.To), "warranty_to")
	}
	events := r.events(&a)
	quantity := r.whole("quantity", 1, maxQuantity)
	if quantity > 1 && a.Serial != "" {
		r.wrong("quantity", "", "quantity")
	}
	if r.bad {
		return
	}
	for i := range max(1, quantity) {
		r.add(a, events, i, quantity)
	}
}

// names finds what the row names.
func (r *reading) names(a *equipment.Asset) {
	switch word := r.text("item"); {
	case word == "":
		r.wrong("missing", "item", "item")
	case byItemName[plain(word)] == "" || byItemName[plain(word)] == "?":
		r.wrong("item", "", "item")
	default:
		a.Item = byItemName[plain(word)]
	}
	if word := r.text("facility"); word != "" {
		code, at, ok := r.o.Facility(word)
		if !ok {
			r.wrong("facility", "", "facility")
		}
		a.Facility, a.Place = code, at
	}
	if word := r.text("place"); word != "" {
		at, ok := r.o.Place(word)
		if !ok {
			r.wrong("place", "", "place")
		}
		if a.Facility == "" { // else the facility says it more exactly
			a.Place = at
		}
	}
	if r.text("facility") == "" && r.text("place") == "" {
		r.wrong("missing", "facility, place", "facility")
	}
	if word := r.text("work"); word != "" {
		id, ok := r.o.Work(word)
		if !ok {
			r.wrong("work", "", "work")
		}
		a.Work = id
	}
}

func (r *reading) price(a *equipment.Asset) {
	if word := r.text("currency"); word != "" && !slices.Contains([]string{r.o.Currency.Code, r.o.Currency.Symbol, "ТЕНГЕ", "ТЕҢГЕ", "ТГ", "ТГ."}, strings.ToUpper(word)) {
		r.wrong("currency", r.o.Currency.Code, "currency")
	}
	switch strings.ToLower(r.text("vat")) {
	case "":
	case "included", "yes", "да", "иә", "с ндс", "ққс-пен":
		a.VAT = works.VATIncluded
	case "excluded", "no", "нет", "жоқ", "без ндс", "ққс-сыз":
		a.VAT = works.VATExcluded
	case "unknown":
		a.VAT = works.VATUnknown
	default:
		r.wrong("vat", "", "vat")
	}
	s := r.text("price")
	if s == "" {
		return
	}
	d, ok := decimalOf(s)
	if !ok {
		r.wrong("number", "", "price")
		return
	}
	amount, err := r.o.Currency.FromDecimal(d)
	switch {
	case err != nil:
		r.wrong("number", "", "price")
	case amount < 0:
		r.wrong("negative", "", "price")
	default:
		a.Price = &amount
	}
}

// plans reads the services: where the table names any interval, the device has
// those and no others.
func (r *reading) plans(a *equipment.Asset) {
	for _, k := range equipment.ServiceKinds() {
		if months := r.whole("every_"+string(k), 1, 240); months > 0 {
			a.Plans = append(a.Plans, equipment.Plan{Kind: k, Months: months, Basis: r.text("source")})
		}
	}
}

// events reads the days of states and services, and the state with its day.
func (r *reading) events(a *equipment.Asset) []equipment.Event {
	var out []equipment.Event
	reason := r.text("reason")
	for _, s := range append(equipment.Way(), equipment.WrittenOff) {
		if on := r.date(string(s), false); on != nil {
			e := equipment.Event{Kind: equipment.StateEvent, On: *on, State: s}
			if s == equipment.WrittenOff {
				if e.Reason = reason; reason == "" {
					r.wrong("reason", "", "reason")
				}
			}
			if n := len(out); n > 0 && *on < out[n-1].On {
				r.wrong("order", fmt.Sprintf("%s %s, %s %s", out[n-1].State, out[n-1].On, s, on), string(s))
			}
			out = append(out, e)
		}
	}
	out = r.state(out, reason)
	for _, k := range equipment.ServiceKinds() {
		field := "last_" + string(k)
		on := r.date(field, false)
		if on == nil {
			continue
		}
		if !slices.ContainsFunc(a.Services(), func(p equipment.Plan) bool { return p.Name() == string(k) }) {
			r.wrong("missing", "every_"+string(k), field)
		}
		if len(out) == 0 || *on < out[0].On {
			r.wrong("order", fmt.Sprintf("%s %s", field, on), field)
		}
		out = append(out, equipment.Event{Kind: equipment.ServiceEvent, On: *on, Service: string(k)})
	}
	return out
}

// state adds the state that the row names, if the days do not say it already.
func (r *reading) state(out []equipment.Event, reason string) []equipment.Event {
	word, since := r.text("state"), r.date("since", false)
	if word == "" {
		return out
	}
	s, ok := byStateWord[plain(word)]
	if !ok {
		r.wrong("state", "", "state")
		return out
	}
	if n := len(out); n > 0 && out[n-1].State == s {
		return out
	}
	if since == nil {
		if r.text("since") == "" {
			r.wrong("state_day", "", "state")
		}
		return out
	}
	if n := len(out); n > 0 && *since < out[n-1].On {
		r.wrong("order", fmt.Sprintf("%s %s, %s %s", out[n-1].State, out[n-1].On, s, since), "since")
	} else if n > 0 && out[n-1].State.MoveTo(s) == equipment.Never {
		r.wrong("order", fmt.Sprintf("%s - %s", out[n-1].State, s), "state")
	}
	e := equipment.Event{Kind: equipment.StateEvent, On: *since, State: s}
	if s == equipment.Down || s == equipment.WrittenOff {
		if e.Reason = reason; reason == "" {
			r.wrong("reason", "", "reason")
		}
	}
	return append(out, e)
}
