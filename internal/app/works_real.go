package app

import (
	"context"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// measurePrices is by how many per cent consumer prices rose, December on the
// December before.
const measurePrices = "prices.consumer"

// prices reads the rises of prices that were published by the day of the view.
func (a *App) prices(ctx context.Context, v *view) (works.Prices, []string, error) {
	p, ids := works.Prices{Rise: map[int]float64{}}, []string{}
	if _, known := v.Measures[measurePrices]; !known {
		return p, ids, nil
	}
	got, err := a.Store.Figures(ctx, store.Query{At: v.at, Measures: []string{measurePrices}, Places: []place.ID{v.Atlas.Root()}, NotSource: ledger.Computed, Limit: maxCount})
	if err != nil {
		return p, ids, err
	}
	for i := range got.Figures {
		f := &got.Figures[i]
		if f.Value == nil || f.Period.Type() != period.Year || f.Dimensions != "" {
			continue
		}
		y, _, _ := f.Period.Start.Civil()
		p.Rise[y] = f.Value.InexactFloat64()
		ids = append(ids, f.ID.String())
	}
	return p, ids, nil
}

// viewReal puts the money of a work into prices of the last December of which
// anything is known; nil where nothing is.
func (a *App) viewReal(ctx context.Context, v *view, s *works.State) (*httpapi.RealMoney, error) {
	p, ids, err := a.prices(ctx, v)
	if err != nil {
		return nil, err
	}
	base, ok := p.Last()
	if !ok {
		return nil, nil
	}
	r, err := s.Real(p, base)
	if err != nil {
		return nil, err
	}
	sums := works.Account{Total: r.Sums}
	return &httpapi.RealMoney{Base: base, Money: v.viewAccount(sums.Of, sums.Spent(), r.Cost), Beyond: append([]string{}, r.Beyond...), Figures: ids, Method: "works.real-amount"}, nil
}
