package board

import (
	"cmp"
	"slices"
	"sort"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// Board is everything the first page shows, as of a day.
type Board struct {
	AsOf     period.Date
	Items    []Item // every promise visible on that day, by id
	Totals   []Total
	Claims   []Claim
	Money    []MoneyRow
	Priority []Priority
	LastWord *period.Date
	Undated  []string // documents that bear no date and so count at every day
	// Derived are the figures that the board computed, to be kept in the
	// ledger so that they can be asked for.
	Derived []*ledger.Figure
}

// Total is what was promised and delivered in a theme, counted in one unit.
// Promises that are part of another are not added again.
type Total struct {
	Theme      ledger.Theme
	Unit       string
	Promised   *ledger.Figure // nil when no number was said
	Delivered  *ledger.Figure // nil when nothing is documented
	Promises   int
	ByDue      map[Due]int
	ByEvidence map[Proof]int
	// Overlap names promises of which nobody said whether they are inside
	// another one of the total: then Promised is an upper bound.
	Overlap []string
}

// Claim is a change that somebody printed.
type Claim struct {
	ledger.Statement
	Shown *ledger.Figure
}

// The lines of the money block.
const (
	MoneyWhole = "whole" // a sum of which parts are named
	MoneyParts = "parts" // what the named parts make
	MoneyMore  = "more"  // promised on top of it for the same project
	MoneySaid  = "said"  // another sum that was named
	MoneyPaid  = "paid"  // what was paid, as far as somebody said
)

// MoneyRow is a line of the money block.
type MoneyRow struct {
	What      string
	Statement string
	Shown     *ledger.Figure // nil: unknown
}

// Priority is a region that was to be served first and what it has.
type Priority struct {
	Measure string
	Place   place.ID
	Has     bool
}

// At judges the whole programme as of a day.
func (p *Programme) At(day period.Date) *Board {
	b := &Board{AsOf: day}
	undated := map[string]bool{}
	for _, s := range p.Statements {
		f := p.Visible(s.Figure, day)
		if f == nil {
			continue
		}
		if f.Published == nil && f.Document != "" {
			undated[f.Document] = true
		} else if f.Published != nil && (b.LastWord == nil || *f.Published > *b.LastWord) && p.Documents[f.Document].Kind == "document" {
			d := *f.Published
			b.LastWord = &d
		}
		switch s.Role {
		case ledger.Promise:
			if it := p.item(s, day); it != nil {
				b.Items = append(b.Items, *it)
				b.keep(it.Delivered)
			}
		case ledger.Claim:
			b.Claims = append(b.Claims, Claim{s, f})
		}
	}
	for d := range undated {
		b.Undated = append(b.Undated, d)
	}
	sort.Strings(b.Undated)
	p.total(b)
	p.money(b, day)
	p.priority(b, day)
	return b
}

// Item returns the promise with that id, or nil.
func (b *Board) Item(id string) *Item {
	for i := range b.Items {
		if b.Items[i].ID == id {
			return &b.Items[i]
		}
	}
	return nil
}

func (b *Board) keep(f *ledger.Figure) {
	if f == nil || f.Recipe == nil || slices.ContainsFunc(b.Derived, func(g *ledger.Figure) bool { return g.ID == f.ID }) {
		return
	}
	b.Derived = append(b.Derived, f)
}

// AskToday returns the promises whose date has passed without proof; parts of
// a promise that is itself listed are left to it. Those come first about which
// one can ask with the least doubt: the deadline was said in a dated document,
// then in one without date, then it is only our reading. Among them the
// longest overdue comes first, and of those the one of which somebody showed
// progress.
func (b *Board) AskToday() []*Item {
	out := b.pick(func(it *Item) bool { return it.Ask() })
	slices.SortStableFunc(out, func(a, c *Item) int {
		return cmp.Or(cmp.Compare(a.doubt(), c.doubt()), cmp.Compare(*a.Deadline, *c.Deadline), cmp.Compare(c.shown(), a.shown()))
	})
	return out
}

// NoDateGiven returns the promises for which nobody ever named a date: first
// those of which somebody showed progress, then things that can be seen and
// counted, then orders, those nearest to buildings and money first; last those
// with a period at least.
func (b *Board) NoDateGiven() []*Item {
	out := b.pick(func(it *Item) bool { return it.Due == NoDate && !it.Withdrawn })
	slices.SortStableFunc(out, func(a, c *Item) int {
		return cmp.Or(compareBool(a.Target.Period.Known(), c.Target.Period.Known()), cmp.Compare(c.shown(), a.shown()),
			compareBool(a.Kind == ledger.Order, c.Kind == ledger.Order), cmp.Compare(slices.Index(nearestOrder, a.Theme), slices.Index(nearestOrder, c.Theme)))
	})
	return out
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// doubt is how sure it is that the deadline was said and has passed.
func (it *Item) doubt() int {
	switch {
	case it.PeriodInferred && len(it.Moves) == 0:
		return 2
	case it.First.Published == nil:
		return 1
	}
	return 0
}

// shown is 1 when somebody showed a number of progress or support.
func (it *Item) shown() int {
	for _, l := range it.Links {
		if (l.Relation == ledger.Progress || l.Relation == ledger.Supports) && l.Shown.Value != nil {
			return 1
		}
	}
	return 0
}

// DueNext returns the promises still within their time, the nearest first.
func (b *Board) DueNext() []*Item {
	return b.pick(func(it *Item) bool { return it.Due == NotYet && !it.Withdrawn })
}

func (b *Board) pick(want func(*Item) bool) []*Item {
	var out []*Item
	for i := range b.Items {
		it := &b.Items[i]
		if !want(it) {
			continue
		}
		if whole := b.Item(it.PartOf); it.PartOf != "" && whole != nil && want(whole) && sameDeadline(whole, it) {
			continue
		}
		out = append(out, it)
	}
	sort.SliceStable(out, func(i, j int) bool {
		a, c := out[i], out[j]
		if (a.Deadline == nil) != (c.Deadline == nil) {
			return a.Deadline != nil
		}
		if a.Deadline != nil && *a.Deadline != *c.Deadline {
			return *a.Deadline < *c.Deadline
		}
		return a.ID < c.ID
	})
	return out
}

func sameDeadline(a, b *Item) bool {
	return (a.Deadline == nil) == (b.Deadline == nil) && (a.Deadline == nil || *a.Deadline == *b.Deadline)
}
