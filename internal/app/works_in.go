package app

import (
	"context"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shopspring/decimal"
)

// workReading collects the first thing that is wrong in what somebody wrote.
type workReading struct {
	v   *view
	err error
}

func (r *workReading) fail(field, format string, args ...any) {
	if r.err == nil {
		r.err = fault.New(fault.Invalid, "app.works", field, format, args...)
	}
}

// date reads an optional day.
func (r *workReading) date(field, s string) *period.Date {
	if s == "" {
		return nil
	}
	d, err := period.ParseDate(s)
	if err != nil {
		r.fail(field, "%s is a day, YYYY-MM-DD", field)
		return nil
	}
	return &d
}

// day reads a day that must be there.
func (r *workReading) day(field, s string) period.Date {
	d := r.date(field, s)
	if d == nil {
		r.fail(field, "%s is missing: a day, YYYY-MM-DD", field)
		return 0
	}
	return *d
}

// amount reads money exactly: more places than the currency has are refused.
func (r *workReading) amount(field string, n httpapi.Number) money.Amount {
	a, err := r.v.Country.Currency.Parse(string(n))
	if err != nil {
		r.fail(field, "%v", err)
	}
	return a
}

func (r *workReading) amountPointer(field string, n *httpapi.Number) *money.Amount {
	if n == nil {
		return nil
	}
	a := r.amount(field, *n)
	return &a
}

func (r *workReading) qualifier(field, s string) ledger.Qualifier {
	q, ok := ledger.ParseQualifier(s)
	if !ok {
		r.fail(field, "must be one of = ~ <~ >= > <= <")
	}
	return q
}

func pointIn(p *httpapi.GeoPoint) *place.Point {
	if p == nil {
		return nil
	}
	return &place.Point{Lat: p.Lat, Lon: p.Lon}
}

// readRecord reads the record of a work.
func (v *view) readRecord(in httpapi.WorkRecord) (*works.Work, error) {
	r := &workReading{v: v}
	w := &works.Work{ID: works.ID(in.ID), Level: works.Level(in.Level), Kind: works.Kind(in.Kind), Condition: works.Condition(in.Condition), Parent: works.ID(in.Parent), Title: in.Title, Text: in.Text,
		Place: place.ID(in.Place), Facility: place.ID(in.Facility), Point: pointIn(in.Point), Office: in.Office, Template: in.Template, Units: in.Units, Promises: in.Promises, Statements: in.Statements, Documents: in.Documents, Assumed: in.Assumed, Synthetic: in.Synthetic}
	for _, p := range in.Parties {
		w.Parties = append(w.Parties, works.Party{Role: works.PartyRole(p.Role), Name: p.Name, Register: p.Register})
	}
	for _, y := range in.Yields {
		yield := works.Yield{Item: place.Item(y.Item), Service: y.Service, Age: y.Age, Count: y.Count, Source: y.Source}
		if y.Qualifier != "" {
			yield.Qualifier = r.qualifier("yields", y.Qualifier)
		}
		w.Yields = append(w.Yields, yield)
	}
	for _, s := range in.Shares {
		w.Shares = append(w.Shares, works.Share{Source: s.Source, Percent: s.Percent, Basis: s.Basis})
	}
	for _, b := range in.Baselines {
		x := works.Baseline{No: b.No, On: r.day("baselines.on", b.On), Reason: b.Reason, Source: b.Source, Cost: r.amountPointer("baselines.cost", b.Cost)}
		for _, t := range b.Terms {
			x.Terms = append(x.Terms, works.Term{Stage: t.Stage, Start: r.day("baselines.start", t.Start), Finish: r.day("baselines.finish", t.Finish), PerMille: t.PerMille})
		}
		w.Baselines = append(w.Baselines, x)
	}
	if c := in.Contract; c != nil {
		w.Contract = &works.Contract{Number: c.Number, Scope: c.Scope, Signed: r.date("contract.signed", c.Signed), Start: r.date("contract.start", c.Start), End: r.date("contract.end", c.End),
			Value: r.amountPointer("contract.value", c.Value), VAT: works.VAT(c.VAT), Method: c.Method, Tenders: c.Tenders, RetainPerMille: c.RetainPerMille}
	}
	if r.err != nil {
		return nil, r.err
	}
	return w, v.checkWork(w)
}

// readLineInput reads one thing that somebody says about a work.
func (v *view) readLineInput(ctx context.Context, f *workFile, in httpapi.LineInput) (*works.Line, error) {
	r := &workReading{v: v}
	l := &works.Line{Work: f.ID, Kind: works.LineKind(in.Kind), On: r.day("on", in.On), Document: in.Document, Office: v.speaks(ctx, f, in.Office), Files: in.Files, Remark: strings.TrimSpace(in.Remark), Reason: strings.TrimSpace(in.Reason),
		Key: in.Key, Step: works.Step(in.Step), Deadline: r.date("deadline", in.Deadline), People: in.People, Point: pointIn(in.Point)}
	if _, known := v.Offices[in.Office]; in.Office != "" && !known {
		r.fail("office", "no office has this code")
	}
	if in.Office != "" && r.err == nil && !v.voices(v.who(ctx), in.Office, f.Place) {
		r.err = fault.New(fault.Forbidden, "app.works", "office", "you do not speak for this office: leave it out, or ask it to say so itself")
	}
	if in.Document != "" {
		d, known := v.Documents[in.Document]
		if !known {
			r.fail("document", "the ledger has no document of this name")
		}
		l.Published = d.Published
	}
	if s := in.Status; s != nil {
		l.Status = &works.Status{Stage: s.Stage, Word: works.Word(s.Word), Qualifier: r.qualifier("status.qualifier", s.Qualifier), Started: r.date("status.started", s.Started), Finished: r.date("status.finished", s.Finished)}
		if s.Percent != nil {
			d, err := decimal.NewFromString(string(*s.Percent))
			if err != nil {
				r.fail("status.percent", "a percentage is a number from 0 to 100")
			}
			l.Status.Percent = &d
		}
	}
	if m := in.Money; m != nil {
		if m.Currency != "" && m.Currency != v.Country.Currency.Code {
			r.fail("money.currency", "amounts are kept in %s: convert it and say at which rate in the remark", v.Country.Currency.Code)
		}
		l.Money = &works.Money{Kind: works.MoneyKind(m.Kind), Source: m.Source, Amount: r.amount("money.amount", m.Amount), Qualifier: r.qualifier("money.qualifier", m.Qualifier), VAT: works.VAT(m.VAT),
			Purpose: m.Purpose, Package: works.ID(m.Package), Year: m.Year, Reference: m.Reference}
	}
	if p := in.Price; p != nil {
		l.Price = &works.Price{Amount: r.amount("price.amount", p.Amount), Qualifier: r.qualifier("price.qualifier", p.Qualifier), VAT: works.VAT(p.VAT), Change: p.Change}
	}
	return l, r.err
}
