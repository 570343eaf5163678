package oc4ids

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
)

// processes writes the packages as contracting processes with their payments.
func (o *outward) processes() {
	out := list()
	for i := range o.Parts {
		out.Items = append(out.Items, o.process(&o.Parts[i]))
	}
	if len(out.Items) > 0 {
		o.set("contractingProcesses", out)
	}
}

func (o *outward) process(p *Part) *Value {
	w := &p.Work
	v, sum, tender := object(), object(), object()
	v.Set("id", text(ProcessID(w)))
	put := func(in *Value, name, s string) {
		if s != "" {
			in.Set(name, text(s))
		}
	}
	put(sum, "title", w.Title.In(o.Lang))
	put(sum, "description", w.Text.In(o.Lang))
	suppliers, nature := list(), list()
	for _, x := range w.Parties {
		if n := natureOf[x.Role]; n != "" && !slices.ContainsFunc(nature.Items, func(y *Value) bool { return y.Text == n }) {
			nature.Items = append(nature.Items, text(n))
		}
		if slices.Contains(rolesOf[x.Role], "supplier") && withID(suppliers, partyID(x)) == nil {
			ref := object()
			ref.Set("id", text(partyID(x)))
			ref.Set("name", text(x.Name.In(o.Lang)))
			suppliers.Items = append(suppliers.Items, ref)
		}
	}
	put(sum, "status", processStatus(p))
	if c := w.Contract; c != nil {
		put(sum, "externalReference", c.Number)
		put(tender, "procurementMethod", c.Method)
		if c.Tenders != nil {
			tender.Set("numberOfTenderers", number(strconv.Itoa(*c.Tenders)))
		}
		if c.Value != nil {
			sum.Set("contractValue", o.value(*c.Value))
		}
		at := object()
		if c.Start != nil {
			at.Set("startDate", day(*c.Start, false))
		}
		if c.End != nil {
			at.Set("endDate", day(*c.End, true))
		}
		if len(at.Members) > 0 {
			sum.Set("contractPeriod", at)
		}
	}
	if m := p.State.Money; m.Cost != nil && m.Cost.Amount >= 0 && p.State.Opened != nil {
		sum.Set("finalValue", o.value(m.Cost.Amount))
	}
	for _, x := range []struct {
		name string
		list *Value
	}{{"nature", nature}, {"suppliers", suppliers}, {"transactions", o.payments(p)}} {
		if len(x.list.Items) > 0 {
			sum.Set(x.name, x.list)
		}
	}
	if len(tender.Members) > 0 {
		sum.Set("tender", tender)
	}
	if len(sum.Members) > 0 {
		v.Set("summary", sum)
	}
	return v
}

// ProcessID is the id of a package in publications: the one under which it
// came, else our own.
func ProcessID(w *works.Work) string {
	if id := w.Foreign[foreignProcess]; id != "" {
		return id
	}
	return string(w.ID)
}

func processStatus(p *Part) string {
	c := p.Work.Contract
	switch {
	case p.State.Phase == works.Dropped || p.State.Phase == works.Opened:
		return "closed"
	case c != nil && (c.Signed != nil || c.Start != nil || c.Value != nil):
		return "active"
	}
	return "pre-award"
}

// payments are what was paid under a package, said of it or of its project.
func (o *outward) payments(p *Part) *Value {
	out := list()
	for _, l := range slices.Concat(o.Bundle.Project.State.Lines, p.State.Lines) {
		m := l.Money
		if m == nil || m.Kind != works.Paid && m.Kind != works.Advance || l.Work != p.Work.ID && m.Package != p.Work.ID {
			continue
		}
		t := object()
		id := m.Reference
		if id == "" || withID(out, id) != nil {
			id = l.ID
		}
		t.Set("id", text(id))
		t.Set("date", day(l.On, false))
		t.Set("value", o.value(m.Amount))
		out.Items = append(out.Items, t)
	}
	return out
}

// reached is a point of the S-curve: the share of the work that is to be done
// by a day, of a thousand.
type reached struct {
	on       period.Date
	perMille int
}

// curve adds up the weights of the stages in the order of their last days.
func curve(w *works.Work, b *works.Baseline) []reached {
	weights := map[string]int{}
	for _, s := range w.Stages().Stages {
		weights[s.Code] = s.PerMille
	}
	terms := slices.Clone(b.Terms)
	sort.SliceStable(terms, func(i, j int) bool { return terms[i].Finish < terms[j].Finish })
	var out []reached
	sum := 0
	for _, t := range terms {
		w := t.PerMille
		if w == 0 {
			w = weights[t.Stage]
		}
		sum += w
		if n := len(out); n > 0 && out[n-1].on == t.Finish {
			out[n-1].perMille = sum
		} else {
			out = append(out, reached{t.Finish, sum})
		}
	}
	return out
}

// perCent writes thousandths as a percentage.
func perCent(perMille int) string { return decimal.New(int64(perMille), -1).String() }

func decimalOf(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// slug makes small Latin letters, digits and hyphens of a text, at most n. What
// was lost on the way comes back as a hash, so that two texts stay two.
func slug(s string, n int) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		spelled := string(r)
		if r >= 0x80 {
			spelled = lang.Fold(spelled)
		}
		for _, r := range spelled {
			switch {
			case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
				b.WriteRune(r)
			case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
				b.WriteByte('-')
			}
		}
	}
	out := strings.Trim(b.String(), "-")
	if out == s && len(out) <= n && len(out) >= 2 {
		return out
	}
	sum := sha256.Sum256([]byte(s))
	tail := hex.EncodeToString(sum[:4])
	if len(out) > n-9 {
		out = strings.Trim(out[:n-9], "-")
	}
	if out == "" {
		return "x-" + tail
	}
	return out + "-" + tail
}
