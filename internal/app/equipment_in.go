package app

import (
	"cmp"
	"context"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/equipment"
	"github.com/shopspring/decimal"
)

// wholeOf reads a number of the API that counts things.
func wholeOf(n *httpapi.Number) (int64, bool) {
	if n == nil {
		return 0, false
	}
	d, err := decimal.NewFromString(string(*n))
	if err != nil || !d.IsInteger() || !d.IsPositive() {
		return 0, false
	}
	return d.IntPart(), true
}

// readAssetRecord reads the record of a device.
func (v *view) readAssetRecord(in httpapi.EquipmentRecord) (*equipment.Asset, error) {
	r := &workReading{v: v}
	a := &equipment.Asset{ID: equipment.ID(in.ID), Item: in.Item, Name: in.Name, Work: works.ID(in.Work), Place: place.ID(in.Place), Facility: place.ID(in.Facility), Room: strings.TrimSpace(in.Room), Serial: strings.TrimSpace(in.Serial),
		Maker: strings.TrimSpace(in.Maker), Model: strings.TrimSpace(in.Model), Price: r.amountPointer("price", in.Price), VAT: works.VAT(in.VAT), From: r.date("warranty_from", in.WarrantyFrom), To: r.date("warranty_to", in.WarrantyTo),
		Life: in.Life, Source: strings.TrimSpace(in.Source), Synthetic: in.Synthetic}
	if in.Currency != "" && in.Currency != v.Country.Currency.Code {
		r.fail("currency", "prices are kept in %s: convert it first", v.Country.Currency.Code)
	}
	if in.Plans != nil {
		a.Plans = []equipment.Plan{}
		for _, p := range in.Plans {
			a.Plans = append(a.Plans, equipment.Plan{Code: p.Code, Kind: equipment.ServiceKind(p.Kind), Months: p.Months, From: r.date("plans.from", p.From), Basis: strings.TrimSpace(p.Basis)})
		}
	}
	if a.Place == "" {
		_, a.Place, _ = v.facilityCalled(in.Facility)
	}
	return a, r.err
}

// viewAssetRecord puts a record into the words of the API.
func (v *view) viewAssetRecord(a *equipment.Asset, inner bool) httpapi.EquipmentRecord {
	out := httpapi.EquipmentRecord{ID: string(a.ID), Item: a.Item, Name: a.Name, Work: string(a.Work), Place: string(a.Place), Facility: string(a.Facility), Maker: a.Maker, Model: a.Model, Price: v.amountPointer(a.Price), VAT: string(a.VAT),
		WarrantyFrom: plainDate(a.From), WarrantyTo: plainDate(a.To), Life: a.Life, Source: a.Source, Synthetic: a.Synthetic}
	if inner {
		out.Serial, out.Room = a.Serial, a.Room
	}
	if a.Plans != nil {
		out.Plans = []httpapi.ServicePlan{}
		for _, p := range a.Plans {
			out.Plans = append(out.Plans, viewPlan(p))
		}
	}
	return out
}

func viewPlan(p equipment.Plan) httpapi.ServicePlan {
	return httpapi.ServicePlan{Code: p.Code, Kind: string(p.Kind), Months: p.Months, From: plainDate(p.From), Basis: p.Basis}
}

// readAssetEvents reads what happened to a device.
func (a *App) readAssetEvents(ctx context.Context, v *view, at place.ID, list []httpapi.EquipmentEventInput) ([]equipment.Event, error) {
	var out []equipment.Event
	for i, in := range list {
		r := &workReading{v: v}
		office := v.answered(thing{Office: cmp.Or(in.Office, v.who(ctx).Office), Place: at}).Office
		e := equipment.Event{Kind: equipment.EventKind(in.Kind), On: r.day("on", in.On), State: equipment.State(in.State), Service: in.Service, Next: r.date("next", in.Next), Office: office,
			Document: strings.TrimSpace(in.Document), Files: in.Files, Reason: strings.TrimSpace(in.Reason), Remark: strings.TrimSpace(in.Remark), Key: in.Key}
		if _, known := v.Offices[in.Office]; in.Office != "" && !known {
			r.fail("office", "no office has this code")
		}
		if in.Office != "" && r.err == nil && !v.voices(v.who(ctx), in.Office, at) {
			r.err = fault.New(fault.Forbidden, "app.works", "office", "you do not speak for this office: leave it out, or ask it to say so itself")
		}
		if r.err != nil {
			return nil, atField(r.err, eventField(i))
		}
		if err := a.seesFiles(ctx, in.Files); err != nil {
			return nil, atField(err, eventField(i))
		}
		out = append(out, e)
	}
	return out, nil
}
