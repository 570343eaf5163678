package app

import (
	"context"
	"math"
	"testing"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/ledger"
)

// The question of the golden hour in Balkhash: today the nearest hospital that
// opens a vessel is in Karaganda, 380 km away; with the hub it is in the town.
func TestGoldenHourInBalkhash(t *testing.T) {
	a := kazakhstan(t)
	ctx := context.Background()
	p, err := a.Access(ctx, When{}, httpapi.AccessQuery{On: "F025"})
	if err != nil {
		t.Fatal(err)
	}
	d := p.Difference
	if d == nil || len(d.Changes) == 0 || d.Lost != 0 || d.Gained < 70_000 || d.Gained > 90_000 {
		t.Fatalf("%+v", d)
	}
	town := d.Changes[0]
	if town.Place.Name["en"] != "Balkhash" || !town.Crossed || *town.Before < 240 || *town.Before > 360 || *town.After > 60 {
		t.Errorf("%+v: %v to %v", town.Place, *town.Before, *town.After)
	}
	if p.Whole.People+p.Population.Unplaced != 19_765_004 {
		t.Errorf("the bulletin counts 19,765,004 people: %d and %d at no place", p.Whole.People, p.Population.Unplaced)
	}
	// The legs of the chain are its minutes.
	c, err := a.AccessChain(ctx, When{}, httpapi.AccessQuery{}, town.Place.ID)
	if err != nil {
		t.Fatal(err)
	}
	if sum := *c.RoadMin; math.Abs(sum-*c.Row.Stated) > 1e-9 || *c.Decides != "transport" || c.FirstMin == nil || *c.FirstMin >= sum {
		t.Errorf("%+v", c)
	}
	// The promise of the documents is the same switch.
	q, err := a.Access(ctx, When{}, httpapi.AccessQuery{Promised: true})
	if err != nil || q.Difference.Gained < d.Gained {
		t.Errorf("%+v %v", q.Difference, err)
	}
	winter, err := a.Access(ctx, When{}, httpapi.AccessQuery{Season: "winter"})
	if err != nil || winter.Whole.Inside > d.Before.Inside {
		t.Errorf("winter is no quicker: %d, summer %d, %v", winter.Whole.Inside, d.Before.Inside, err)
	}
}

// An answer that is recorded is a figure whose recipe holds the question and the
// parameters; recorded again on the same day it is the same figure.
func TestRecordAccess(t *testing.T) {
	a := kazakhstan(t)
	ctx := actor.With(context.Background(), actor.Local("KZ"))
	got, err := a.RecordAccess(ctx, httpapi.AccessQuery{Service: "infarction"})
	if err != nil {
		t.Fatal(err)
	}
	if got.New != len(got.Figures) || got.New < 3*21 {
		t.Errorf("%d of %d", got.New, len(got.Figures))
	}
	again, err := a.RecordAccess(ctx, httpapi.AccessQuery{Service: "infarction"})
	if err != nil || again.New != 0 {
		t.Errorf("%+v %v", again, err)
	}
	w, err := a.Why(ctx, When{}, got.Figures[0])
	if err != nil {
		t.Fatal(err)
	}
	if w.Computed == nil || w.Computed.Method != "access-minutes" || w.Computed.Params["limit_minutes"] != "60" || w.Computed.Params["parameter_speed_main"] == "" || w.Figure.Source != ledger.Computed {
		t.Errorf("%+v", w)
	}
	if _, err := a.RecordAccess(context.Background(), httpapi.AccessQuery{Service: "infarction"}); err == nil {
		t.Error("nobody may record")
	}
}

func TestAccessQuestionsRefused(t *testing.T) {
	a := kazakhstan(t)
	for _, q := range []httpapi.AccessQuery{{Service: "magic"}, {On: "F999"}, {Add: "46.85"}, {Add: "x,y"}, {Set: "speed_main"}, {Set: "wind:3"}, {Set: "speed_main:0"}, {Limit: 3000}} {
		if _, err := a.Access(context.Background(), When{}, q); err == nil {
			t.Errorf("%+v: answered", q)
		}
	}
	if _, err := a.AccessMap(context.Background(), When{}, httpapi.AccessQuery{}, "1,2,3,4,5,6,7,8,9"); err == nil {
		t.Error("too many bands")
	}
}
