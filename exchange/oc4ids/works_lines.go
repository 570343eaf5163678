package oc4ids

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
)

// first returns the first day that is known and not in the future.
func (r *inward) first(days ...*period.Date) *period.Date {
	for _, d := range days {
		if d != nil && *d <= r.Today {
			return d
		}
	}
	return nil
}

// said is the day on which the project spoke last.
func (r *inward) said() *period.Date {
	return r.first(r.day(r.v.Get("updated")), r.day(r.pack.Get("publishedDate")))
}

// money reads budget, sources, transfers, the final price and the deadline.
func (r *inward) money() {
	k := &r.out.Project
	b := r.v.Get("budget")
	start := r.day(r.v.Path("period", "startDate"))
	approved := r.first(r.day(b.Get("approvalDate")), r.day(b.Get("requestDate")))
	if v := b.Get("amount"); v != nil {
		if a, ok := r.amount(v); ok {
			r.line(k, v, r.first(approved, start, r.said()), works.Line{Kind: works.PriceLine, Price: &works.Price{Amount: a}})
		}
	}
	for _, p := range r.breakdown(b) {
		v := p.Get("amount")
		a, ok := r.amount(v)
		if v == nil || !ok || a == 0 {
			continue
		}
		m := &works.Money{Kind: works.Approved, Amount: a, Purpose: cut(p.Str("description"), 200), Reference: cut(p.Str("id"), 200)}
		m.Source = r.source(p)
		year := r.day(p.Path("period", "startDate"))
		if year != nil {
			m.Year, _, _ = year.Civil()
		}
		if m.Year < 1990 || m.Year > 2100 {
			m.Year = 0
		}
		r.line(k, v, r.first(r.day(p.Get("approvalDate")), approved, year, start, r.said()), works.Line{Kind: works.MoneyLine, Money: m})
	}
	for _, t := range r.v.Each("transactions") {
		r.payment(k, t, works.Transferred, "")
	}
	if c := r.v.Get("completion"); c != nil && c.Get("finalValue") != nil {
		if a, ok := r.amount(c.Get("finalValue")); ok {
			r.line(k, c.Get("finalValue"), r.first(r.day(c.Get("endDate")), r.said()), works.Line{Kind: works.PriceLine, Price: &works.Price{Amount: a}})
		}
	}
	if end := r.day(r.v.Path("period", "endDate")); end != nil && (start == nil || *end >= *start) {
		r.line(k, r.v.Path("period", "endDate"), r.first(r.said(), start, end), works.Line{Kind: works.DeadlineLine, Deadline: end})
	}
}

// breakdown chooses the list that says who pays: of several lists each is
// another view of the same money. It is the first with a source that we know,
// else the first.
func (r *inward) breakdown(budget *Value) []*Value {
	all := budget.Each("budgetBreakdowns")
	for _, l := range all {
		for _, p := range l.Each("budgetBreakdown") {
			if r.source(p) != "" {
				return l.Each("budgetBreakdown")
			}
		}
	}
	if len(all) > 0 {
		return all[0].Each("budgetBreakdown")
	}
	return nil
}

// source is the code of a source of money that a part of a budget names.
func (r *inward) source(p *Value) string {
	for _, name := range []string{strings.TrimPrefix(p.Str("sourceParty", "id"), "source-"), p.Str("sourceParty", "name"), p.Str("id"), p.Str("description")} {
		if code, ok := r.SourceOf(name); ok && name != "" {
			return code
		}
	}
	return ""
}

func (r *inward) payment(k *Kept, t *Value, kind works.MoneyKind, under works.ID) {
	v := t.Get("value")
	if v == nil {
		return
	}
	if a, ok := r.amount(v); ok && a > 0 {
		r.line(k, v, r.day(t.Get("date")), works.Line{Kind: works.MoneyLine, Key: cut(t.Str("id"), 200), Money: &works.Money{Kind: kind, Amount: a, Package: under, Reference: cut(t.Str("id"), 200)}})
	}
}

// cut shortens a text to n bytes at a letter.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xc0 == 0x80 {
		n--
	}
	return s[:n]
}

// progress reads the observations of physical progress as statuses.
func (r *inward) progress() {
	for _, m := range r.v.Each("metrics") {
		if m.Str("id") != "physicalProgress" {
			continue
		}
		for _, o := range m.Each("observations") {
			v := o.Get("measure")
			if v == nil || v.Kind != Number && v.Kind != String {
				continue
			}
			x, ok := share(v.Text)
			if !ok || x.Sign() < 0 || x.Cmp(hundred) > 0 {
				continue // told already, or words
			}
			d, err := decimal.NewFromString(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(v.Text), "%")))
			on := r.first(r.day(o.Path("period", "endDate")), r.day(o.Path("period", "startDate")), r.said())
			if err == nil {
				r.line(&r.out.Project, v, on, works.Line{Kind: works.StatusLine, Status: &works.Status{Percent: &d}})
			}
		}
	}
}

var hundred = big.NewRat(100, 1)

// words is a text in the language of a project.
func words(project *Value, s string) lang.Text {
	return lang.Text{languageOf(project.Str("language"), s): s}
}

// processes reads contracting processes as packages.
func (r *inward) processes() {
	for i, p := range r.v.Each("contractingProcesses") {
		if p.Kind != Object {
			continue // told already
		}
		id := p.Str("id")
		if strings.TrimSpace(id) == "" {
			id = strconv.Itoa(i + 1)
		}
		s := p.Get("summary")
		w := works.Work{Level: works.Package, Parent: r.out.Project.Work.ID, Kind: r.out.Project.Work.Kind, Condition: works.Active, Place: r.out.Project.Work.Place, Documents: r.out.Project.Work.Documents,
			Foreign: map[string]string{foreignProcess: id}}
		w.ID = works.ID(slug(id, 70))
		if string(w.ID) != id || !strings.Contains(string(w.ID), "-") { // a number in a list is not enough
			w.ID = works.ID(slug(string(w.Parent)+" "+id, 80))
		}
		if slices.ContainsFunc(r.out.Parts, func(k Kept) bool { return k.Work.ID == w.ID }) { // two of one id, told already
			w.ID = works.ID(slug(string(w.Parent)+" "+id+" "+strconv.Itoa(i+1), 80))
		}
		title := s.Str("title")
		if strings.TrimSpace(title) == "" {
			title = id
		}
		w.Title = words(r.v, title)
		if d := s.Str("description"); strings.TrimSpace(d) != "" {
			w.Text = words(r.v, d)
		}
		w.Contract = r.contract(s)
		for _, x := range s.Each("suppliers") {
			role := works.Supplier
			if n := s.Each("nature"); len(n) > 0 && tradeOf[n[0].Text] != "" {
				role = tradeOf[n[0].Text]
			}
			if name := x.Str("name"); strings.TrimSpace(name) != "" && len(w.Parties) < 200 {
				party := works.Party{Role: role, Name: words(r.v, name)}
				if strings.Contains(x.Str("id"), "-") && !strings.HasPrefix(x.Str("id"), "party-") {
					party.Register = x.Str("id")
				}
				w.Parties = append(w.Parties, party)
			}
		}
		k := Kept{Work: w}
		for _, t := range s.Each("transactions") {
			r.payment(&k, t, works.Paid, w.ID)
		}
		if v := s.Get("finalValue"); v != nil {
			if a, ok := r.amount(v); ok {
				r.line(&k, v, r.first(r.day(s.Path("contractPeriod", "endDate")), r.said()), works.Line{Kind: works.PriceLine, Price: &works.Price{Amount: a}})
			}
		}
		r.guard(&k)
		r.out.Parts = append(r.out.Parts, k)
	}
}

func (r *inward) contract(s *Value) *works.Contract {
	c := &works.Contract{Number: cut(s.Str("externalReference"), 200), Method: s.Str("tender", "procurementMethod")}
	if !facts().codes["method"].has[c.Method] {
		c.Method = ""
	}
	if v := s.Get("contractValue"); v != nil {
		if a, ok := r.amount(v); ok {
			c.Value = new(money.Amount)
			*c.Value = a
		}
	}
	if n := s.Path("tender", "numberOfTenderers"); n != nil && n.Kind == Number {
		if d, err := decimal.NewFromString(n.Text); err == nil && len(n.Text) < 8 && d.IsInteger() && !d.IsNegative() {
			x := int(d.IntPart())
			c.Tenders = &x
		}
	}
	c.Start, c.End = r.day(s.Path("contractPeriod", "startDate")), r.day(s.Path("contractPeriod", "endDate"))
	if c.Start != nil && c.End != nil && *c.End < *c.Start {
		c.Start, c.End = nil, nil // told already
	}
	return c
}
