package app

import (
	"context"
	"fmt"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
)

// The promise of the hub changes nobody's minutes until somebody asks what it
// would: Balkhash comes inside the hour of an infarction.
func TestWhatTheHubOfBalkhashBrings(t *testing.T) {
	a := kazakhstan(t)
	b, err := a.AccessBrought(context.Background(), When{}, httpapi.AccessBroughtQuery{Promise: "C7p"})
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Items) < 3 || b.Items[0].Question.Service != "infarction" {
		t.Fatalf("%+v", b)
	}
	hour := b.Items[0]
	if hour.Switch != "on" || len(hour.Question.On) != 1 || hour.Question.On[0] != "F025" || len(hour.Facilities) != 1 {
		t.Errorf("%+v", hour.Question)
	}
	town := hour.Facilities[0]
	if town.Work != "balkhash-interdistrict-hub" || town.Place.ID != "GN1525798" || town.Open || town.Presumed || *town.Before < 240 || *town.After > 60 {
		t.Errorf("%+v: %v to %v", town, *town.Before, *town.After)
	}
	if hour.Gained != hour.After.Inside-hour.Before.Inside || hour.Gained < town.Place.People {
		t.Errorf("gained %d: inside %d before, %d after", hour.Gained, hour.Before.Inside, hour.After.Inside)
	}
	// The same by the work, and by the full answer.
	w, err := a.AccessBrought(context.Background(), When{}, httpapi.AccessBroughtQuery{Work: "balkhash-interdistrict-hub"})
	if err != nil || len(w.Items) != len(b.Items) || w.Items[0].Gained != hour.Gained {
		t.Errorf("%+v %v", w, err)
	}
	full, err := a.Access(context.Background(), When{}, httpapi.AccessQuery{Service: "infarction", On: "F025"})
	if err != nil || full.Difference.Gained != hour.Gained {
		t.Errorf("%+v %v", full.Difference, err)
	}
}

// The repair of the same hospital brings no service that somebody named; twelve
// perinatal centres are switched together.
func TestWhatOtherPromisesBring(t *testing.T) {
	a := kazakhstan(t)
	ask := func(q httpapi.AccessBroughtQuery) (*httpapi.AccessBrought, error) {
		return a.AccessBrought(context.Background(), When{}, q)
	}
	if b, err := ask(httpapi.AccessBroughtQuery{Work: "balkhash-hospital-repair"}); err != nil || len(b.Items) != 0 {
		t.Errorf("%+v %v", b, err)
	}
	b, err := ask(httpapi.AccessBroughtQuery{Promise: "B1k"})
	if err != nil || len(b.Items) == 0 || b.Items[0].Facilities[0].Work != "perinatal-centre-kaskelen" {
		t.Errorf("%+v %v", b, err)
	}
	// A region's centre is taken to have one already: an assumption, said so.
	if b, err = ask(httpapi.AccessBroughtQuery{Promise: "B1d"}); err != nil || !b.Items[0].Facilities[0].Presumed || b.Items[0].Gained != 0 {
		t.Errorf("%+v %v", b, err)
	}
	if b, err = ask(httpapi.AccessBroughtQuery{Work: "proton-therapy-centre"}); err != nil || len(b.Items) != 0 || len(b.Left) != 1 || b.Left[0].Why != "service" {
		t.Errorf("%+v %v", b, err)
	}
	for _, q := range []httpapi.AccessBroughtQuery{{}, {Promise: "C7p", Work: "x"}} {
		if _, err := ask(q); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%+v: %v", q, err)
		}
	}
	for _, q := range []httpapi.AccessBroughtQuery{{Promise: "none"}, {Work: "none"}} {
		if _, err := ask(q); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

// The Balkhash thread: with the first patient of the hub the answer of everybody
// changes, without any switch, and says on which document it rests.
func TestOpenedHubComesInsideTheHour(t *testing.T) {
	onBoth(t, func(t *testing.T, a *App) {
		s := worked(t, a)
		const hub = "/api/works/balkhash-interdistrict-hub"
		town := func() (c httpapi.AccessChain) {
			s.t.Helper()
			s.do(200, "", "GET", "/api/access/places/GN1525798?service=infarction", "", &c)
			return c
		}
		whole := func() (p httpapi.AccessPage) {
			s.t.Helper()
			s.do(200, "", "GET", "/api/access?service=infarction", "", &p)
			return p
		}
		before, sum := town(), whole().Whole.Inside
		if before.Row.Inside || *before.Row.P50 < 240 {
			t.Fatalf("%+v", before.Row)
		}
		for i, name := range []string{"built", "accepted", "licensed", "equipped", "staffed", "first_patient"} {
			if now := town(); now.Row.Inside {
				t.Fatalf("inside before %s", name)
			}
			s.do(200, officer, "POST", hub+"/lines", step(name, fmt.Sprintf("2026-11-%02d", 10+i)), nil)
		}
		after := town()
		if !after.Row.Inside || *after.Row.P50 > 60 || after.Row.Hub == nil || *after.Row.Hub.Facility != "F025" || after.Row.Hub.Basis != "stated" || after.Row.Hub.Source == "assumption" {
			t.Errorf("open: %v minutes, %+v", *after.Row.P50, after.Row.Hub)
		}
		if now := whole(); now.Whole.Inside < sum+after.Row.Place.People || now.Difference != nil {
			t.Errorf("%d inside, %d before", now.Whole.Inside, sum)
		}
		// What it brought is now told by taking it away.
		var b httpapi.AccessBrought
		s.do(200, "", "GET", "/api/access/brought?promise=C7p", "", &b)
		if got := b.Items[0]; got.Switch != "off" || !got.Facilities[0].Open || got.Gained < after.Row.Place.People || len(got.Question.Off) != 1 {
			t.Errorf("%+v", got)
		}
	})
}
