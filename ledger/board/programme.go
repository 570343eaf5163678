// Package board judges promises: what was promised, what happened, what is
// overdue, what nobody ever gave a date, and how well it is documented, as of
// any day.
//
// It is pure: a Programme holds everything that was said, and At answers for a
// day from what had been published by then. Whatever it adds up becomes a
// figure with a recipe, so that also a computed number leads to its parts.
package board

import (
	"sort"
	"sync"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

// Parameters are the assumptions of the judgement; a country sets them.
type Parameters struct {
	// LastWordOldDays is after how many days without a word evidence is old.
	LastWordOldDays int
	// AboutTolerance is the relative half-width of "about" (0.05).
	AboutTolerance decimal.Decimal
}

// Programme is everything that was said that bears on promises.
type Programme struct {
	Statements []ledger.Statement
	Figures    map[ledger.FigureID]*ledger.Figure // of statements, moves and evidence
	Moves      []ledger.Move
	Evidence   []ledger.Evidence
	Asks       []ledger.Ask
	Answers    []ledger.Answer
	Documents  map[string]ledger.Document
	Measures   map[string]ledger.Measure
	// Deliveries are the actual figures of every measure that delivers another.
	Deliveries []ledger.Figure
	Atlas      *place.Atlas
	Parameters Parameters

	// once builds what is looked up often; the lists above do not change after
	// the first question.
	once       sync.Once
	byMeasure  map[string][]*cell
	deliveries map[ledger.FigureID]*ledger.Figure
}

// cell holds the actual figures of a measure about one place and set of
// dimensions, so that these are compared with a promise once for all of them.
type cell struct {
	place      place.ID
	dimensions string
	dims       ledger.Dimensions
	figures    []*ledger.Figure
}

func (p *Programme) index() {
	p.once.Do(func() {
		type key struct {
			measure    string
			place      place.ID
			dimensions string
		}
		cells := map[key]*cell{}
		p.byMeasure = map[string][]*cell{}
		p.deliveries = make(map[ledger.FigureID]*ledger.Figure, len(p.Deliveries))
		for i := range p.Deliveries {
			f := &p.Deliveries[i]
			p.deliveries[f.ID] = f
			if f.Withdraws { // it says nothing itself
				continue
			}
			k := key{f.Measure, f.Place, f.Dimensions}
			c := cells[k]
			if c == nil {
				c = &cell{place: f.Place, dimensions: f.Dimensions, dims: f.Dims()}
				cells[k] = c
				p.byMeasure[f.Measure] = append(p.byMeasure[f.Measure], c)
			}
			c.figures = append(c.figures, f)
		}
	})
}

// cellsOf returns the actual figures of a measure, cell by cell.
func (p *Programme) cellsOf(measure string) []*cell {
	p.index()
	return p.byMeasure[measure]
}

// delivery returns the actual figure with that id, or nil.
func (p *Programme) delivery(id ledger.FigureID) *ledger.Figure {
	p.index()
	return p.deliveries[id]
}

// ByID returns the statement with that id.
func (p *Programme) ByID(id string) (ledger.Statement, bool) {
	for _, s := range p.Statements {
		if s.ID == id {
			return s, true
		}
	}
	return ledger.Statement{}, false
}

// Visible returns the figure of a statement as it stands on a day: nil when
// nothing was published by then or when it was withdrawn.
func (p *Programme) Visible(id ledger.FigureID, day period.Date) *ledger.Figure {
	f := p.Figures[id]
	if f == nil || !f.PublishedBy(day) {
		return nil
	}
	for steps := 0; f.SupersededBy != 0 && steps < 1000; steps++ {
		next := p.Figures[f.SupersededBy]
		if next == nil || !next.PublishedBy(day) {
			break
		}
		if next.Withdraws {
			return nil
		}
		f = next
	}
	return f
}

// Breakpoints returns the days on which something that bears on promises was
// published, oldest first: between two of them nothing that was said changes.
func (p *Programme) Breakpoints() []period.Date {
	seen := map[period.Date]bool{}
	add := func(d *period.Date) {
		if d != nil {
			seen[*d] = true
		}
	}
	for _, f := range p.Figures {
		add(f.Published)
	}
	for i := range p.Deliveries {
		add(p.Deliveries[i].Published)
	}
	for _, m := range p.Moves {
		add(m.Published)
	}
	out := make([]period.Date, 0, len(seen))
	for d := range seen {
		out = append(out, d)
	}
	sort.Slice(out, func(i, j int) bool { return out[i] < out[j] })
	return out
}
