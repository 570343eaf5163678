package app

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
)

// CountryReceipt says what a country pack brought.
type CountryReceipt struct {
	ledger.Receipt
	Works     int `json:"works_new"`
	Renewed   int `json:"works_renewed"` // whose record the pack says otherwise now
	Kept      int `json:"works_kept"`    // whose record people changed since: theirs stays
	WorkLines int `json:"work_lines_new"`
	// Refused are lines of the pack that cannot stand after what people said of
	// the work since.
	Refused []string `json:"work_lines_refused,omitempty"`
}

// Nothing reports whether the pack changed nothing.
func (r CountryReceipt) Nothing() bool {
	return r.Receipt.Nothing() && r.Works+r.Renewed+r.WorkLines == 0
}

// loadWorks brings in the works of a pack, in one act of the program itself. A
// work whose record somebody else wrote since keeps that record, and only what
// the pack says anew is added to it; one that was given up stays as it is.
func (a *App) loadWorks(ctx context.Context, p *country.Pack, got *CountryReceipt) error {
	v, err := a.look(ctx, When{})
	if err != nil {
		return err
	}
	v.at.AsOf = max(v.at.AsOf, newestOf(p)) // a clock that is behind does not keep out what was published
	lines := map[works.ID][]works.Line{}
	for _, l := range p.WorkLines {
		lines[l.Work] = append(lines[l.Work], l)
	}
	var changes []WorkChange
	for i := range p.Works {
		w := &p.Works[i]
		c, err := a.packChange(ctx, v, w, lines[w.ID], got)
		if err != nil {
			return err
		}
		if c != nil {
			changes = append(changes, *c)
		}
	}
	if len(changes) == 0 {
		return nil
	}
	ctx = actor.With(ctx, actor.Actor{ID: programID, Grants: actor.Local(v.Atlas.Root()).Grants})
	done, err := a.changeWorks(ctx, v, "load works", "country "+p.Country.Code, changes, nil)
	got.WorkLines = done.Lines
	return err
}

// newestOf returns the newest day of which the lines of a pack speak.
func newestOf(p *country.Pack) (day period.Date) {
	for i := range p.WorkLines {
		if day = max(day, p.WorkLines[i].On); p.WorkLines[i].Published != nil {
			day = max(day, *p.WorkLines[i].Published)
		}
	}
	return day
}

// packChange compares a work of a pack with what is here; nil when nothing is
// to be done.
func (a *App) packChange(ctx context.Context, v *view, w *works.Work, lines []works.Line, got *CountryReceipt) (*WorkChange, error) {
	c := &WorkChange{ID: w.ID, Record: w, Lines: lines, Origin: "works.csv: " + string(w.ID)}
	it, err := a.Store.Item(ctx, deskWork, string(w.ID))
	if fault.KindOf(err) == fault.NotFound {
		got.Works++
		return c, nil
	}
	if err != nil {
		return nil, err
	}
	f, err := a.workFile(ctx, w.ID)
	if err != nil {
		return nil, err
	}
	switch same, err := sameWork(&f.Work, w); {
	case err != nil:
		return nil, err
	case same:
		c.Record = nil
	case it.Actor != programID:
		got.Kept++
		c.Record = nil
	default:
		got.Renewed++
		c.Expected = it.Version
	}
	known := func(l works.Line) bool {
		return slices.ContainsFunc(f.lines, func(o works.Line) bool { return o.ID == l.ID })
	}
	c.Lines = slices.DeleteFunc(slices.Clone(lines), known)
	if c.Record == nil {
		c.Lines = v.acceptable(f, c.Lines, got)
	}
	if c.Record == nil && len(c.Lines) == 0 {
		return nil, nil
	}
	return c, nil
}

// acceptable returns the lines that can stand after those that are here, and
// notes the others.
func (v *view) acceptable(f *workFile, lines []works.Line, got *CountryReceipt) []works.Line {
	before := slices.Clone(f.lines)
	var out []works.Line
	for _, l := range lines {
		if err := works.Guard(&f.Work, before, &l, v.at.AsOf, v.sourceCodes()); err != nil {
			got.Refused = append(got.Refused, string(f.ID)+": "+err.Error())
			continue
		}
		before, out = append(before, l), append(out, l)
	}
	return out
}

// sameWork reports whether two records say the same.
func sameWork(a, b *works.Work) (bool, error) {
	x, err := json.Marshal(a)
	if err != nil {
		return false, fault.New(fault.Internal, "app.sameWork", string(a.ID), "%w", err)
	}
	y, err := json.Marshal(b)
	return string(x) == string(y), err
}
