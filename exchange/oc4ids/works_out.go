package oc4ids

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// Bundle is a project of ours with its contracts, as of a day.
type Bundle struct {
	Project Part
	Parts   []Part // its packages, by id
}

// Part is one work with all that was said about it.
type Part struct {
	Work  works.Work
	Lines []works.Line // oldest first, also those that were taken back
	State *works.State // as of the day of export
}

// Country is what the translation must know of the country. All functions are
// required.
type Country struct {
	Lang     lang.Code // of the texts of an export
	Prefix   string    // registered prefix of project ids, such as oc4ids-abc123
	Currency money.Currency
	Today    period.Date
	Offset   int // minutes east of UTC
	Home     *Home

	Address  func(place.ID) Address
	Source   func(code string) lang.Text           // name of a source of money
	Office   func(code string) lang.Text           // name of an office
	Document func(name string) (Publication, bool) // of the ledger

	// For imports.
	Place    func(a Address, p *place.Point) (place.ID, bool) // the smallest territory that fits
	SourceOf func(name string) (code string, ok bool)
	// Fit takes out of a record what this database does not have (a place, a
	// facility, an office, a parent, a source of money, a promise) and names the fields.
	Fit  func(*works.Work) []string
	Says string // name in the ledger of the document that is read
}

// Address is where a place lies, in words.
type Address struct{ Country, Region, Locality string }

// Publication is a document as others may find it.
type Publication struct {
	Title     lang.Text
	Publisher lang.Text
	Address   string
	Published *period.Date
	Language  string
}

// typeOf and statusOf translate our words into codes of the standard. Where
// the standard has no word the field is left out.
var (
	typeOf = map[works.Kind]string{works.NewBuilding: "construction", works.Extension: "expansion", works.Unit: "expansion", works.Reconstruction: "rehabilitation",
		works.CapitalRepair: "rehabilitation", works.FitOut: "rehabilitation"}
	statusOf = map[works.Phase]string{works.Idea: "identification", works.Preparation: "preparation", works.Procurement: "implementation", works.Building: "implementation",
		works.Finishing: "implementation", works.NotOpen: "completion", works.DeclaredOpen: "completion", works.Opened: "maintenance", works.Dropped: "cancelled"}
	rolesOf = map[works.PartyRole][]string{works.Client: {"publicAuthority", "procuringEntity"}, works.Designer: {"supplier"}, works.Contractor: {"supplier"}, works.Supplier: {"supplier"},
		works.Supervisor: {"supplier"}, works.Operator: {"interestedParty"}, works.InvestorOrg: {"funder"}, works.Beneficiary: {"interestedParty"}}
	natureOf = map[works.PartyRole]string{works.Designer: "design", works.Contractor: "construction", works.Supervisor: "supervision"}
)

// outward writes one bundle.
type outward struct {
	Country
	Bundle
	v       *Value
	parties *Value
}

// Project writes a project of ours as the standard has it, without what a
// publisher once wrote: see Publish for that.
func (c Country) Project(b Bundle) *Value {
	o := &outward{Country: c, Bundle: b, v: object(), parties: list()}
	w, s := &b.Project.Work, b.Project.State
	o.set("id", text(c.ProjectID(w)))
	if s.LastWord != nil {
		o.set("updated", day(*s.LastWord, false))
	}
	o.set("language", text(string(c.Lang)))
	o.words("title", w.Title)
	o.words("description", w.Text)
	o.code("status", statusOf[s.Phase])
	o.code("type", typeOf[w.Kind])
	o.set("sector", list(text("health")))
	o.period()
	o.location()
	o.budget()
	o.people(&b.Project)
	for i := range b.Parts {
		o.people(&b.Parts[i])
	}
	o.progress()
	o.milestones()
	o.documents()
	o.processes()
	o.completion()
	if len(o.parties.Items) > 0 {
		o.set("parties", o.parties)
	}
	o.set(Extension, o.extension())
	return o.v
}

// ProjectID is the id of a work in publications: the one under which it came,
// else the prefix and our own id.
func (c Country) ProjectID(w *works.Work) string {
	if raw := w.Foreign[foreignProject]; raw != "" {
		if v, err := Parse(strings.NewReader(raw)); err == nil && v.Str("id") != "" {
			return v.Str("id")
		}
	}
	return c.Prefix + "-" + string(w.ID)
}

func (o *outward) set(name string, v *Value) {
	if v != nil {
		o.v.Set(name, v)
	}
}

func (o *outward) code(name, code string) {
	if code != "" {
		o.set(name, text(code))
	}
}

func (o *outward) words(name string, t lang.Text) {
	if s := strings.TrimSpace(t.In(o.Lang)); s != "" {
		o.set(name, text(s))
	}
}

// day writes a day as the standard advises: its beginning, or its end.
func day(d period.Date, last bool) *Value { return text(d.String() + edge(last) + "Z") }

func (o *outward) value(a money.Amount) *Value {
	v := object()
	v.Set("amount", number(o.Currency.Format(a)))
	v.Set("currency", text(o.Currency.Code))
	return v
}

// period is from the beginning of the first baseline to the current deadline.
func (o *outward) period() {
	v := object()
	w := &o.Bundle.Project.Work
	if b := w.First(); b != nil && len(b.Terms) > 0 {
		start := b.Terms[0].Start
		for _, t := range b.Terms {
			start = min(start, t.Start)
		}
		v.Set("startDate", day(start, false))
	}
	if _, end := o.Bundle.Project.State.Deadline(); end != nil {
		v.Set("endDate", day(*end, true))
	}
	if len(v.Members) > 0 {
		o.set("period", v)
	}
}

func (o *outward) location() {
	w := &o.Bundle.Project.Work
	l, a := object(), object()
	l.Set("id", text("1"))
	if w.Point != nil {
		g := object()
		g.Set("type", text("Point"))
		g.Set("coordinates", list(number(decimalOf(w.Point.Lon)), number(decimalOf(w.Point.Lat))))
		l.Set("geometry", g)
	}
	at := o.Address(w.Place)
	for _, x := range []struct{ name, s string }{{"locality", at.Locality}, {"region", at.Region}, {"countryName", at.Country}} {
		if x.s != "" {
			a.Set(x.name, text(x.s))
		}
	}
	if len(a.Members) > 0 {
		l.Set("address", a)
	}
	o.set("locations", list(l))
}

// budget is the cost, and what each source has approved, or foreseen where
// nobody approved anything yet.
func (o *outward) budget() {
	m := o.Bundle.Project.State.Money
	v := object()
	if m.Cost != nil && m.Cost.Amount >= 0 {
		v.Set("amount", o.value(m.Cost.Amount))
	}
	parts := list()
	for _, code := range m.Sources() {
		sum := m.From(code, works.Approved)
		if len(sum.Lines) == 0 {
			sum = m.From(code, works.Planned)
		}
		if len(sum.Lines) == 0 {
			continue
		}
		p := object()
		name := o.Country.Source(code).In(o.Lang)
		id := code
		if code == "" {
			id = "unknown"
		}
		p.Set("id", text(id))
		p.Set("amount", o.value(sum.Amount))
		if name != "" {
			p.Set("description", text(name))
			ref := object()
			ref.Set("id", text("source-"+code))
			ref.Set("name", text(name))
			p.Set("sourceParty", ref)
			o.party("source-"+code, name, "funder")
		}
		parts.Items = append(parts.Items, p)
	}
	if len(parts.Items) > 0 {
		all := object()
		all.Set("id", text("sources"))
		all.Set("budgetBreakdown", parts)
		v.Set("budgetBreakdowns", list(all))
	}
	if len(v.Members) > 0 {
		o.set("budget", v)
	}
}

// party adds an organisation, or a role to one that is there.
func (o *outward) party(id, name string, roles ...string) {
	p := withID(o.parties, id)
	if p == nil {
		p = object()
		p.Set("id", text(id))
		p.Set("name", text(name))
		p.Set("roles", list())
		o.parties.Items = append(o.parties.Items, p)
	}
	r := p.Get("roles")
	for _, role := range roles {
		has := false
		for _, x := range r.Items {
			has = has || x.Text == role
		}
		if !has {
			r.Items = append(r.Items, text(role))
		}
	}
}

// people lists the organisations of a work, and who answers for it.
func (o *outward) people(p *Part) {
	for _, x := range p.Work.Parties {
		o.party(partyID(x), x.Name.In(o.Lang), rolesOf[x.Role]...)
	}
	office := p.Work.Office
	if name := o.Office(office).In(o.Lang); office != "" && name != "" && p.Work.Level != works.Package {
		o.party("office-"+office, name, "publicAuthority")
		ref := object()
		ref.Set("id", text("office-"+office))
		ref.Set("name", text(name))
		o.set("publicAuthority", ref)
	}
}

// partyID is the number in a register, else made of the name.
func partyID(p works.Party) string {
	if p.Register != "" {
		return p.Register
	}
	return "party-" + slug(p.Name.In(lang.EN), 40)
}

// progress writes what was reported and, from the current baseline, what was
// to be reached when: the S-curve.
func (o *outward) progress() {
	seen := list()
	for _, l := range o.Bundle.Project.State.Lines {
		if l.Status == nil || l.Status.Stage != "" || l.Status.Percent == nil {
			continue
		}
		id := l.On.String() // not the id of the line, which names the document too
		for n := 2; withID(seen, id) != nil; n++ {
			id = l.On.String() + "-" + strconv.Itoa(n)
		}
		seen.Items = append(seen.Items, observation(id, l.Status.Percent.String(), l.On))
	}
	if len(seen.Items) > 0 {
		o.set("metrics", list(metric("physicalProgress", "Physical progress", seen)))
	}
	b := o.Bundle.Project.Work.Current()
	if b == nil {
		return
	}
	plan := list()
	for _, s := range curve(&o.Bundle.Project.Work, b) {
		plan.Items = append(plan.Items, observation("plan-"+s.on.String(), perCent(s.perMille), s.on))
	}
	if len(plan.Items) > 0 {
		o.set("forecasts", list(metric("physicalProgress", "Planned physical progress", plan)))
	}
}

func metric(id, title string, observations *Value) *Value {
	m := object()
	m.Set("id", text(id))
	m.Set("title", text(title))
	m.Set("observations", observations)
	return m
}

func observation(id, measure string, on period.Date) *Value {
	v, unit, at := object(), object(), object()
	v.Set("id", text(id))
	v.Set("measure", number(measure))
	unit.Set("name", text("percent"))
	unit.Set("scheme", text("UNCEFACT"))
	unit.Set("id", text("P1"))
	v.Set("unit", unit)
	at.Set("startDate", day(on, false))
	at.Set("endDate", day(on, true))
	v.Set("period", at)
	return v
}

// milestones are the stages of the current baseline and the steps of opening.
func (o *outward) milestones() {
	out := list()
	for _, s := range o.Bundle.Project.State.Stages {
		if s.Current == nil && s.Finished == nil {
			continue
		}
		m := object()
		m.Set("id", text("stage-"+s.Code))
		m.Set("title", text(s.Name.In(o.Lang)))
		m.Set("type", text("delivery"))
		if s.Current != nil {
			m.Set("dueDate", day(s.Current.Finish, true))
		}
		done(m, s.Finished != nil, s.Finished)
		out.Items = append(out.Items, m)
	}
	for _, x := range o.Bundle.Project.State.Chain {
		if !x.Done {
			continue
		}
		m := object()
		m.Set("id", text("opening-"+string(x.Step)))
		m.Set("title", text(works.StepName(x.Step).In(o.Lang)))
		m.Set("type", text("delivery"))
		done(m, true, x.On)
		out.Items = append(out.Items, m)
	}
	if len(out.Items) > 0 {
		o.set("milestones", out)
	}
}

func done(m *Value, met bool, on *period.Date) {
	status := "scheduled"
	if met {
		status = "met"
		if on != nil {
			m.Set("dateMet", day(*on, false))
		}
	}
	m.Set("status", text(status))
}

func (o *outward) documents() {
	out := list()
	for _, name := range o.Bundle.Project.Work.Documents {
		d := object()
		d.Set("id", text(name))
		if p, ok := o.Document(name); ok {
			set := func(field, s string) {
				if s != "" {
					d.Set(field, text(s))
				}
			}
			set("title", p.Title.In(o.Lang))
			set("author", p.Publisher.In(o.Lang))
			if isURI(p.Address) {
				set("url", p.Address)
			}
			if p.Published != nil {
				d.Set("datePublished", day(*p.Published, false))
			}
			set("language", p.Language)
		}
		out.Items = append(out.Items, d)
	}
	if len(out.Items) > 0 {
		o.set("documents", out)
	}
}

// completion is the day on which the building stood, and the last price.
func (o *outward) completion() {
	for _, x := range o.Bundle.Project.State.Chain {
		if x.Step == works.Built && x.Done && x.On != nil {
			v := object()
			v.Set("endDate", day(*x.On, true))
			o.set("completion", v)
		}
	}
}

// extension writes what the standard has no field for: the capacity that the
// work must yield, the chain of opening, and our record as a whole. Remarks and
// files stay at home.
func (o *outward) extension() *Value {
	x := object()
	w := &o.Bundle.Project.Work
	x.Set("id", text(string(w.ID)))
	if len(w.Yields) > 0 {
		x.Set("capacity", plain(w.Yields))
	}
	opening := list()
	for _, l := range o.Bundle.Project.State.Chain {
		s := object()
		s.Set("id", text(string(l.Step)))
		s.Set("done", &Value{Kind: Bool, Text: map[bool]string{true: "true", false: "false"}[l.Done]})
		if l.On != nil {
			s.Set("date", day(*l.On, false))
		}
		opening.Items = append(opening.Items, s)
	}
	x.Set("opening", opening)
	records := list()
	for _, p := range append([]Part{o.Bundle.Project}, o.Parts...) {
		r := object()
		w := p.Work
		w.Foreign = nil
		r.Set("id", text(string(w.ID)))
		r.Set("work", plain(w))
		if lines := publicLines(p.Lines); len(lines) > 0 {
			r.Set("lines", plain(lines))
		}
		records.Items = append(records.Items, r)
	}
	x.Set("records", records)
	return x
}

// publicLines are the lines, by day, without what is not for the public. A line
// that would say nothing else is left out, and one that takes another back
// stands last.
func publicLines(lines []works.Line) []works.Line {
	out := make([]works.Line, 0, len(lines))
	for _, l := range lines {
		if l.Kind == works.VisitLine && l.Status == nil {
			continue
		}
		l.Remark, l.Files, l.Posted, l.Seq, l.Recorded, l.Actor = "", nil, nil, 0, time.Time{}, ""
		out = append(out, l)
	}
	slices.SortFunc(out, func(a, b works.Line) int {
		return cmp.Or(strings.Compare(a.Takes, b.Takes), cmp.Compare(a.On, b.On), strings.Compare(a.ID, b.ID))
	})
	return out
}

// plain turns a value of Go into JSON.
func plain(v any) *Value {
	raw, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	x, err := Parse(strings.NewReader(string(raw)))
	if err != nil {
		return nil
	}
	return x
}
