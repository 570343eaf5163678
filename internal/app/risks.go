package app

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/risk"
)

// deskRisk is the kind of item that holds a risk; its history holds every look.
const deskRisk = "risk"

const opRisk = "app.Risk"

// riskID is the id of a risk on the desk: risks of two works may bear one name.
func riskID(work works.ID, id string) string { return string(work) + "/" + id }

// keptRisk is a risk with the version that it was read in.
type keptRisk struct {
	risk.Risk
	version int64
	path    string
}

func readRisk(it store.Item) (keptRisk, error) {
	out := keptRisk{version: it.Version, path: it.Path}
	if err := json.Unmarshal(it.Body, &out.Risk); err != nil {
		return out, fault.New(fault.Internal, opRisk, it.ID, "cannot be read back: %w", err)
	}
	return out, nil
}

// someRisks reads risks, in territories, of a work, of a state.
func (a *App) someRisks(ctx context.Context, q store.ItemQuery) ([]keptRisk, error) {
	q.Kind = deskRisk
	var out []keptRisk
	for {
		list, next, err := a.Store.Items(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range list {
			r, err := readRisk(it)
			if err != nil {
				return nil, err
			}
			out = append(out, r)
		}
		if q.After = next; next == "" {
			return out, nil
		}
	}
}

// Risks is the register of the territories in which the reader may read drafts.
func (a *App) Risks(ctx context.Context, f httpapi.RiskFilter) (*httpapi.RiskList, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	q := store.ItemQuery{About: f.Work, Owner: f.Owner, Paths: v.paths(ctx, actor.ReadDrafts)}
	out := &httpapi.RiskList{AsOf: v.at.AsOf.String(), Items: []httpapi.Risk{}, ExpectMoney: v.amount(0)}
	if len(q.Paths) == 0 {
		return out, nil
	}
	switch f.State {
	case "":
	case "live":
		q.States = []string{string(risk.Open), string(risk.Mitigating)}
	default:
		q.States = []string{f.State}
	}
	at := ""
	if f.Place != "" {
		if !v.Atlas.Has(place.ID(f.Place)) {
			return nil, fault.New(fault.NotFound, "app.Risks", "place", "no place has this code: `search` finds it by name")
		}
		at = v.path(place.ID(f.Place))
	}
	list, err := a.someRisks(ctx, q)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(r keptRisk) bool {
		return !strings.HasPrefix(r.path, at) || (f.Overdue && r.Overdue(v.at.AsOf) == 0)
	})
	return out, a.register(ctx, v, out, list)
}

// register fills a list, the greatest score first.
func (a *App) register(ctx context.Context, v *view, out *httpapi.RiskList, list []keptRisk) error {
	tree, err := a.workRows(ctx)
	if err != nil {
		return err
	}
	var days float64
	var loss money.Amount
	for i := range list {
		r := &list[i]
		out.Items = append(out.Items, v.viewRisk(ctx, r, tree.byID[r.Work]))
		days += r.ExposureDays()
		if loss, err = loss.Add(r.ExposureMoney()); err != nil {
			return err
		}
		if r.Overdue(v.at.AsOf) > 0 {
			out.Overdue++
		}
	}
	slices.SortStableFunc(out.Items, func(x, y httpapi.Risk) int {
		return cmp.Or(cmp.Compare(y.Score, x.Score), cmp.Compare(y.ExpectDays, x.ExpectDays), strings.Compare(x.Work, y.Work), strings.Compare(x.ID, y.ID))
	})
	out.Total, out.ExpectDays, out.ExpectMoney = len(out.Items), days, v.amount(loss)
	return nil
}

func (v *view) viewRisk(ctx context.Context, r *keptRisk, row *portfolioRow) httpapi.Risk {
	out := httpapi.Risk{ID: r.ID, Version: r.version, Work: string(r.Work), Title: r.Title, Text: r.Text, Probability: r.Probability, Chance: risk.Chance(r.Probability), Days: r.Days, Money: v.amountPointer(r.Money),
		ExpectDays: r.ExposureDays(), ExpectMoney: v.amount(r.ExposureMoney()), Owner: r.Owner, Due: dateText(r.Due), DaysLate: r.Overdue(v.at.AsOf), State: string(r.State), Plan: r.Plan, Note: r.Note, On: r.On.String(), By: optional(r.By), May: []string{}}
	var cost *money.Amount
	if row != nil {
		out.WorkTitle, out.Place = row.Title, string(row.Place)
		if row.Money.Cost != nil {
			cost = &row.Money.Cost.Amount
		}
		if v.who(ctx).May(actor.ManageWorks, row.Place, v.Atlas) {
			out.May = append(out.May, string(actor.ManageWorks))
		}
	}
	out.Severity, out.Score = r.Severity(cost), r.Score(cost)
	return out
}

// Risk returns a risk with every look at it.
func (a *App) Risk(ctx context.Context, work, id string) (*httpapi.RiskPage, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	f, err := a.seenWork(ctx, v, works.ID(work))
	if err != nil {
		return nil, err
	}
	if err := a.may(ctx, v, actor.ReadDrafts, f.Place); err != nil {
		return nil, err
	}
	history, err := a.Store.ItemHistory(ctx, deskRisk, riskID(f.ID, id))
	if err != nil {
		return nil, err
	}
	if len(history) == 0 {
		return nil, fault.New(fault.NotFound, opRisk, id, "there is no such risk")
	}
	tree, err := a.workRows(ctx)
	if err != nil {
		return nil, err
	}
	out := &httpapi.RiskPage{Looks: []httpapi.RiskLook{}}
	for _, it := range slices.Backward(history) {
		r, err := readRisk(it)
		if err != nil {
			return nil, err
		}
		if it.Version == int64(len(history)) {
			out.Risk = v.viewRisk(ctx, &r, tree.byID[f.ID])
		}
		out.Looks = append(out.Looks, httpapi.RiskLook{Version: it.Version, On: r.On.String(), By: optional(r.By), State: string(r.State), Probability: r.Probability, Days: r.Days, Money: v.amountPointer(r.Money), Due: dateText(r.Due), Note: r.Note})
	}
	return out, nil
}

// AddRisk puts a risk on the register. The same id with the same content is the
// same risk.
func (a *App) AddRisk(ctx context.Context, work string, in httpapi.RiskInput) (*httpapi.RiskPage, error) {
	id := in.ID
	if id == "" {
		id = store.GrowingID(a.Clock())
	}
	in.Version = 0
	return a.saveRisk(ctx, "add risk", work, id, in)
}

// ChangeRisk writes a new look at a risk.
func (a *App) ChangeRisk(ctx context.Context, work, id string, in httpapi.RiskInput) (*httpapi.RiskPage, error) {
	if in.Version == 0 {
		return nil, fault.New(fault.Invalid, opRisk, "version", "name the version that you changed")
	}
	return a.saveRisk(ctx, "review risk", work, id, in)
}

func (a *App) saveRisk(ctx context.Context, op, work, id string, in httpapi.RiskInput) (*httpapi.RiskPage, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return nil, err
	}
	f, err := a.seenWork(ctx, v, works.ID(work))
	if err != nil {
		return nil, err
	}
	if err := a.may(ctx, v, actor.ManageWorks, f.Place); err != nil {
		return nil, err
	}
	r, err := v.readRiskInput(ctx, f, id, in)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	it := store.Item{Kind: deskRisk, ID: riskID(f.ID, id), Path: f.path, About: string(f.ID), State: string(r.State), Owner: r.Owner, Body: body}
	if r.State.Live() && r.Due != nil {
		it.Due = int64(*r.Due)
	}
	err = a.Store.Act(ctx, actor.Entry{Actor: v.who(ctx).ID, At: a.Clock(), Op: op, Subject: string(f.ID), Detail: "id=" + id}, func(tx *store.Tx) error {
		old, err := tx.Item(deskRisk, it.ID)
		if err == nil && old.Version == 1 && in.Version == 0 && string(old.Body) == string(body) {
			return nil // sent twice
		}
		_, err = tx.Put(it, in.Version)
		return err
	})
	if err != nil {
		return nil, err
	}
	return a.Risk(ctx, work, id)
}

func (v *view) readRiskInput(ctx context.Context, f *workFile, id string, in httpapi.RiskInput) (*risk.Risk, error) {
	read := &workReading{v: v}
	r := &risk.Risk{ID: id, Work: f.ID, Title: strings.TrimSpace(in.Title), Text: in.Text, Probability: in.Probability, Days: in.Days, Owner: in.Owner, State: risk.State(in.State), Plan: in.Plan, Note: in.Note, On: v.at.AsOf, By: v.speaks(ctx, f, "")}
	r.Due = read.date("due", in.Due)
	if in.Money != nil {
		r.Money = ptr(read.amount("money", *in.Money))
	}
	if _, known := v.Offices[in.Owner]; !known && read.err == nil {
		read.fail("owner", "no office has this code")
	}
	if read.err != nil {
		return nil, read.err
	}
	if r.Due != nil && *r.Due > v.at.AsOf+maxAhead {
		return nil, fault.New(fault.Invalid, opRisk, "due", "name a day within two years")
	}
	return r, r.Check()
}

// maxAhead bounds the day on which a risk is looked at again.
const maxAhead = period.Date(2 * 366)
