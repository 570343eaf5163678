package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

// asker asks what pages ask, each time about something else.
type asker struct {
	ctx   context.Context
	store *store.Store
	world *world
	rnd   *rand.Rand
}

func newAsker(ctx context.Context, s *store.Store, w *world, seed uint64) *asker {
	return &asker{ctx, s, w, rand.New(rand.NewPCG(seed, 1))}
}

func (a *asker) spell() spell {
	return spell{a.rnd.IntN(a.world.measures), a.rnd.IntN(units), a.rnd.IntN(len(groups)), a.rnd.IntN(months)}
}

// ask runs one question n times and returns how long each took, by the clock
// and by the processor time of this program.
func (a *asker) ask(n int, question func(spell) error) (line, error) {
	l := line{took: make([]time.Duration, n), cpu: make([]time.Duration, n)}
	for i := range n {
		s := a.spell()
		start, used := time.Now(), processorTime()
		if err := question(s); err != nil {
			return line{}, err
		}
		l.took[i], l.cpu[i] = time.Since(start), processorTime()-used
	}
	return l, nil
}

// chart asks for one measure in one place, all periods, and chooses the
// headline of each.
func (a *asker) chart(s spell) error {
	total := ""
	q := store.Query{At: store.At{AsOf: today}, Measures: []string{measureName(s.measure)}, Places: []place.ID{a.world.places[s.place]}, Dimensions: &total}
	page, err := a.store.Figures(a.ctx, q)
	if err != nil {
		return err
	}
	cells := map[string][]ledger.Figure{}
	for _, f := range page.Figures {
		cells[f.Period.String()] = append(cells[f.Period.String()], f)
	}
	return headlines(cells, months)
}

// chartMap asks for one measure and period in all 241 units and chooses the
// headline of each.
func (a *asker) chartMap(s spell) error {
	total := ""
	q := store.Query{At: store.At{AsOf: today}, Measures: []string{measureName(s.measure)}, Places: a.world.places, Dimensions: &total, Period: a.world.periods[s.month]}
	page, err := a.store.Figures(a.ctx, q)
	if err != nil {
		return err
	}
	cells := map[string][]ledger.Figure{}
	for _, f := range page.Figures {
		cells[string(f.Place)] = append(cells[string(f.Place)], f)
	}
	return headlines(cells, units)
}

func headlines(cells map[string][]ledger.Figure, want int) error {
	if len(cells) < want { // reporting days of earlier measurements come on top
		return fmt.Errorf("%d cells were answered, not %d", len(cells), want)
	}
	for _, list := range cells {
		if ledger.Headline(list, "latest_published") == nil {
			return fmt.Errorf("a cell without headline")
		}
	}
	return nil
}

// click asks for one figure, what else was said about the same thing, and the
// text of the document.
func (a *asker) click(s spell) error {
	want := a.world.figure(s, 0)
	if err := want.Seal(); err != nil {
		return err
	}
	return a.clickOn(want.ID)
}

func (a *asker) clickOn(id ledger.FigureID) error {
	at := store.At{AsOf: today}
	f, err := a.store.Figure(a.ctx, id, at)
	if err != nil {
		return err
	}
	q := store.Query{At: at, Measures: []string{f.Measure}, Places: []place.ID{f.Place}, Dimensions: &f.Dimensions, Period: f.Period, Superseded: true, Limit: 100}
	others, err := a.store.Figures(a.ctx, q)
	if err != nil {
		return err
	}
	if len(others.Figures) == 0 {
		return fmt.Errorf("figure %s is not among those about the same thing", id)
	}
	_, err = a.store.Text(a.ctx, f.Document, at)
	return err
}
