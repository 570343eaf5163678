package app

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"

	"github.com/shanyraq/shanyraq/exchange/worksheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// work takes a row of a table of works: a new record, or what is said about one
// that is there. The record of a work that is there is not changed by a table.
func (x *tableIn) work(r *worksheet.Row) error {
	id := works.ID(r.Text("id"))
	if id == "" {
		id = idOfRow(r)
	}
	f, err := x.file(id)
	if err != nil {
		return err
	}
	var what []string
	if f == nil {
		w, ok := x.record(r, id)
		if !ok {
			return nil
		}
		if err := x.view.checkWork(w); err != nil {
			x.refused(r.Number, fieldOf(err), err)
			return nil
		}
		f = &workFile{Work: *w, path: x.view.path(w.Place)}
		x.files[id] = f
		c := x.change(id, r.Number)
		c.Record, c.Expected = w, 0
		what = append(what, "record")
		x.fresh++
	}
	more, ok := x.about(r, f)
	if !ok {
		if c := x.made[id]; c != nil && c.Record != nil { // nothing of a row that is wrong stays
			delete(x.made, id)
			delete(x.files, id)
			x.order = slices.DeleteFunc(x.order, func(o works.ID) bool { return o == id })
		}
		return nil
	}
	x.became(r.Number, id, append(what, more...)...)
	return nil
}

// fieldOf is the field that an error names, where it names one.
func fieldOf(err error) string {
	if f, ok := err.(*fault.Error); ok {
		return f.Subject
	}
	return ""
}

// idOfRow makes an id for a work whose table gives none: always the same for the
// same title and place.
func idOfRow(r *worksheet.Row) works.ID {
	h := sha256.Sum256([]byte(lang.Fold(r.Text("title_kk")) + "\x00" + lang.Fold(r.Text("title_ru")) + "\x00" + lang.Fold(r.Text("title_en")) + "\x00" + r.Text("place")))
	return works.ID("work-" + hex.EncodeToString(h[:6]))
}

var rxBIN = regexp.MustCompile(`^\d{12}$`)

// record makes the record of a new work.
func (x *tableIn) record(r *worksheet.Row, id works.ID) (*works.Work, bool) {
	w := &works.Work{ID: id, Level: works.Level(cmp.Or(r.Text("level"), string(works.Project))), Kind: works.Kind(r.Text("kind")), Condition: works.Condition(cmp.Or(r.Text("condition"), string(works.Active))), Parent: works.ID(r.Text("parent")),
		Title: lang.Text{}, Place: place.ID(r.Text("place")), Facility: place.ID(r.Text("facility")), Office: cmp.Or(r.Text("office"), x.o.Office)}
	if w.Kind == "" {
		x.problem(r.Number, "kind", "kind_missing", scheduleWord("kind_missing", "", ""))
		return nil, false
	}
	for c, field := range map[lang.Code]string{lang.KK: "title_kk", lang.RU: "title_ru", lang.EN: "title_en"} {
		if t := r.Text(field); t != "" {
			w.Title[c] = t
		}
	}
	if u := r.Decimal("units"); u != nil {
		w.Units = u.IntPart()
	}
	if name := r.Text("contractor"); name != "" {
		p := works.Party{Role: works.Contractor, Name: lang.Text{lang.RU: name}}
		if bin := r.Text("contractor_bin"); bin != "" {
			if !rxBIN.MatchString(bin) {
				x.problem(r.Number, "contractor_bin", "bin", scheduleWord("bin", bin, ""))
				return nil, false
			}
			p.Register = "KZ-BIN-" + bin
		}
		w.Parties = append(w.Parties, p)
	}
	if s := r.Text("shares"); s != "" {
		shares, err := worksheet.Shares(s)
		if err != nil {
			x.refused(r.Number, "shares", err)
			return nil, false
		}
		w.Shares = shares
	}
	if d := r.Text("document"); d != "" {
		if _, known := x.view.Documents[d]; known {
			w.Documents = []string{d}
		}
	}
	return w, true
}

// about puts cost, deadline and percentage of a row as lines.
func (x *tableIn) about(r *worksheet.Row, f *workFile) (what []string, ok bool) {
	today := x.view.at.AsOf
	ok = true
	say := func(field, name string, l works.Line) {
		if !ok {
			return
		}
		fresh, good := x.put(r, f, field, l)
		if ok = good; fresh {
			what = append(what, name)
		}
	}
	if a := r.Amount("cost"); a != nil && !saysCost(f, r) {
		l := x.said(r, f, works.PriceLine, today)
		l.Price = &works.Price{Amount: *a, VAT: works.VAT(r.Text("vat"))}
		say("cost", "price", l)
	}
	if d := r.Date("deadline"); d != nil && !saysDeadline(f, r) {
		l := x.said(r, f, works.DeadlineLine, today)
		l.Deadline = d
		say("deadline", "deadline", l)
	}
	if p := r.Decimal("percent"); p != nil && r.Has("percent_on") {
		l := x.said(r, f, works.StatusLine, *r.Date("percent_on"))
		l.Status = &works.Status{Percent: p}
		say("percent", "status", l)
	}
	return what, ok
}

// saysCost and saysDeadline tell whether what stands last is what the row says: a
// table that is sent every month repeats it.
func saysCost(f *workFile, r *worksheet.Row) bool {
	for _, l := range slices.Backward(f.lines) {
		if l.Price != nil && !l.Price.Change {
			return l.Price.Amount == *r.Amount("cost")
		}
	}
	return false
}

func saysDeadline(f *workFile, r *worksheet.Row) bool {
	for _, l := range slices.Backward(f.lines) {
		if l.Deadline != nil {
			return *l.Deadline == *r.Date("deadline")
		}
	}
	return false
}
