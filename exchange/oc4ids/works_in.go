package oc4ids

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// What a work keeps of the file it came from, by name in its Foreign.
const (
	foreignProject = "oc4ids"          // the project as it was written, after repair
	foreignPackage = "oc4ids.package"  // what stood around it
	foreignProcess = "oc4ids.process"  // the id of a contracting process
	foreignSays    = "oc4ids.document" // the document of the ledger that says so
)

// Taken is what a project of the standard is in our words.
type Taken struct {
	Project Kept
	Parts   []Kept
	// Problems are values that the standard allows and we cannot take: they stay
	// with the work as they were written.
	Problems []Finding
}

// Kept is one work with its lines, oldest first.
type Kept struct {
	Work  works.Work
	Lines []works.Line
}

// inward reads one project.
type inward struct {
	Country
	v    *Value
	pack *Value
	out  Taken
}

// Works reads a project that was repaired, with the package around it (nil when
// there was none). What our model has no field for, or what cannot be meant
// (amounts below zero, shares over a hundred, days out of order, points off the
// earth), is not taken into works and stays in what is kept of the file. Lines
// are those that Guard lets through; the others are problems.
//
// A project that we wrote ourselves brings its records in our extension, and
// these count.
func (c Country) Works(project, pack *Value) Taken {
	v := project.Clone()
	restore(v)
	r := &inward{Country: c, v: v, pack: pack}
	if r.records() {
		return r.out
	}
	w := &r.out.Project.Work
	*w = works.Work{ID: r.id(), Level: works.Project, Condition: works.Active, Title: r.words("title"), Text: r.words("description")}
	if w.Title.IsBlank() {
		w.Title = lang.Text{lang.EN: v.Str("id")}
	}
	r.kind(w)
	r.place(w)
	r.parties(w)
	r.capacity(w)
	if r.Says != "" {
		w.Documents = []string{r.Says}
	}
	w.Foreign = r.foreign()
	r.money()
	r.progress()
	r.processes()
	r.guard(&r.out.Project)
	if v.Str("status") == "cancelled" {
		w.Condition = works.Cancelled
	}
	return r.out
}

func (r *inward) foreign() map[string]string {
	out := map[string]string{foreignProject: string(r.v.Append(nil))}
	if r.pack != nil && len(r.pack.Members) > 0 {
		out[foreignPackage] = string(r.pack.Append(nil))
	}
	if r.Says != "" {
		out[foreignSays] = r.Says
	}
	return out
}

// problem says what was not taken.
func (r *inward) problem(v *Value, rule, key string, args ...any) {
	at := ""
	if v != nil {
		at = v.at
	}
	r.out.Problems = append(r.out.Problems, Finding{at, rule, say(r.Lang, key, args...)})
}

// id is our own id where we gave it, else one made of the foreign id.
func (r *inward) id() works.ID {
	id := r.v.Str("id")
	if own, ok := strings.CutPrefix(id, r.Prefix+"-"); ok && slug(own, 80) == own {
		return works.ID(own)
	}
	return works.ID(slug(id, 70))
}

// words reads a text in the language of the project; one that is not ours is
// told by its letters.
func (r *inward) words(name string) lang.Text {
	s := r.v.Str(name)
	if strings.TrimSpace(s) == "" {
		return nil
	}
	return lang.Text{languageOf(r.v.Str("language"), s): s}
}

func languageOf(said, s string) lang.Code {
	said, _, _ = strings.Cut(strings.ToLower(said), "-")
	cyrillic := strings.ContainsFunc(s, func(r rune) bool { return r >= 0x400 && r < 0x530 })
	kazakh := strings.ContainsAny(s, "әғқңөұүһӘҒҚҢӨҰҮҺ")
	switch {
	case said == "kk" || said == "ru":
		return lang.Code(said)
	case said == "en" && !cyrillic:
		return lang.EN
	case kazakh:
		return lang.KK
	case cyrillic:
		return lang.RU
	}
	return lang.EN
}

var kindOf = map[string]works.Kind{"construction": works.NewBuilding, "expansion": works.Extension, "rehabilitation": works.Reconstruction, "replacement": works.NewBuilding}

func (r *inward) kind(w *works.Work) {
	w.Kind = kindOf[r.v.Str("type")]
	if w.Kind == "" {
		w.Kind = works.NewBuilding
		w.Assumed = append(w.Assumed, "kind")
	}
}

// place takes the first point that can be meant, and the smallest territory
// that the address or the point names.
func (r *inward) place(w *works.Work) {
	var ps []point
	land, _ := r.Home.land(r.v)
	for _, l := range r.v.Each("locations") {
		var one []point
		at := l.Path("geometry", "coordinates")
		if at == nil || len(ps) > 0 || !positions(at, &one) || len(one) != 1 {
			continue
		}
		switch land.stand(one, false) {
		case fine:
			ps = one
			w.Point = &place.Point{Lat: one[0].lat, Lon: one[0].lon}
		}
	}
	addresses := []Address{}
	for _, l := range r.v.Each("locations") {
		addresses = append(addresses, Address{Country: l.Str("address", "countryName"), Region: l.Str("address", "region"), Locality: l.Str("address", "locality")})
	}
	for _, a := range append(addresses, Address{}) {
		if at, ok := r.Place(a, w.Point); ok {
			w.Place = at
			return
		}
	}
	w.Place = place.ID(r.Home.Code)
	w.Assumed = append(w.Assumed, "place")
}

// parties takes the organisations whose role we have a word for. A supplier is
// what its contract says: designer, builder or supervisor.
func (r *inward) parties(w *works.Work) {
	add := func(role works.PartyRole, id, name string) {
		p := works.Party{Role: role, Name: lang.Text{languageOf(r.v.Str("language"), name): name}}
		if strings.Contains(id, "-") && !strings.HasPrefix(id, "party-") && !strings.HasPrefix(id, "source-") && !strings.HasPrefix(id, "office-") {
			p.Register = id
		}
		same := func(x works.Party) bool { return x.Role == role && x.Name.In(lang.EN) == name }
		if strings.TrimSpace(name) != "" && len(w.Parties) < 200 && !slices.ContainsFunc(w.Parties, same) {
			w.Parties = append(w.Parties, p)
		}
	}
	for _, p := range r.v.Each("parties") {
		for _, role := range p.Each("roles") {
			switch role.Text {
			case "publicAuthority", "procuringEntity", "buyer":
				add(works.Client, p.Str("id"), p.Str("name"))
			case "funder":
				add(works.InvestorOrg, p.Str("id"), p.Str("name"))
			case "supplier":
				add(r.trade(p.Str("id")), p.Str("id"), p.Str("name"))
			}
		}
	}
	if a := r.v.Get("publicAuthority"); a != nil {
		add(works.Client, a.Str("id"), a.Str("name"))
	}
}

var tradeOf = map[string]works.PartyRole{"design": works.Designer, "construction": works.Contractor, "supervision": works.Supervisor}

// trade is what a supplier does in its first contract.
func (r *inward) trade(id string) works.PartyRole {
	for _, p := range r.v.Each("contractingProcesses") {
		for _, s := range p.Each("summary", "suppliers") {
			if n := p.Each("summary", "nature"); s.Str("id") == id && len(n) > 0 && tradeOf[n[0].Text] != "" {
				return tradeOf[n[0].Text]
			}
		}
	}
	return works.Supplier
}

// capacity reads what our extension says of beds and departments, also when
// somebody else wrote it.
func (r *inward) capacity(w *works.Work) {
	list := r.v.Path(Extension, "capacity")
	if list == nil {
		return
	}
	var yields []works.Yield
	if err := json.Unmarshal(list.Append(nil), &yields); err != nil {
		r.problem(list, "extension", "bad_extension")
		return
	}
	trial := works.Work{ID: w.ID, Level: works.Project, Kind: w.Kind, Condition: works.Active, Title: w.Title, Place: "x", Yields: yields}
	if err := trial.Check(); err != nil {
		r.problem(list, "extension", "bad_extension")
		return
	}
	w.Yields = yields
}

// records takes our own records from the extension. It reports false when there
// are none or one of them cannot be.
func (r *inward) records() bool {
	list := r.v.Path(Extension, "records")
	if list == nil || len(list.Items) == 0 {
		return false
	}
	var all []struct {
		Work  works.Work   `json:"work"`
		Lines []works.Line `json:"lines"`
	}
	if err := json.Unmarshal(list.Append(nil), &all); err != nil || len(all) == 0 || all[0].Work.Level == works.Package {
		r.problem(list, "extension", "bad_extension")
		return false
	}
	out := Taken{}
	for i, x := range all {
		k := Kept{Work: x.Work}
		k.Work.Foreign = nil
		if i == 0 {
			k.Work.Foreign = r.foreign()
		}
		if missing := r.Fit(&k.Work); len(missing) > 0 {
			r.problem(list.Items[i], "unknown-here", "unknown_here", "fields", strings.Join(missing, ", "))
		}
		if i > 0 && k.Work.Parent != all[0].Work.ID || k.Work.Check() != nil {
			r.problem(list, "extension", "bad_extension")
			return false
		}
		renamed := map[string]string{}
		for _, l := range x.Lines {
			was := l.ID
			l.ID, l.Work, l.Remark, l.Files, l.Posted = "", k.Work.ID, "", nil, nil
			if to, ok := renamed[l.Takes]; ok {
				l.Takes = to
			}
			if err := l.Seal(); err != nil {
				r.problem(list, "extension", "bad_extension")
				return false
			}
			renamed[was] = l.ID
			k.Lines = append(k.Lines, l)
		}
		if i == 0 {
			out.Project = k
		} else {
			out.Parts = append(out.Parts, k)
		}
	}
	out.Problems = r.out.Problems
	r.out = out
	r.guard(&r.out.Project)
	for i := range r.out.Parts {
		r.guard(&r.out.Parts[i])
	}
	return true
}

// line adds what the file says of a day.
func (r *inward) line(k *Kept, from *Value, on *period.Date, l works.Line) {
	if on == nil {
		r.problem(from, "date", "no_day")
		return
	}
	l.Work, l.On, l.Document = k.Work.ID, *on, r.Says
	l.Published = r.day(r.pack.Get("publishedDate"))
	if err := l.Seal(); err != nil {
		r.problem(from, "works", "not_taken", "why", err)
		return
	}
	l.Remark = from.at // until guard has seen it
	k.Lines = append(k.Lines, l)
}

// guard keeps the lines that may stand one after the other, oldest first.
func (r *inward) guard(k *Kept) {
	slices.SortStableFunc(k.Lines, func(a, b works.Line) int { return int(a.On - b.On) })
	var kept []works.Line
	seen := map[string]bool{}
	for _, l := range k.Lines {
		at := l.Remark
		l.Remark = ""
		if seen[l.ID] {
			continue
		}
		seen[l.ID] = true
		trial := k.Work
		trial.Condition = works.Active
		if err := works.Guard(&trial, kept, &l, r.Today, nil); err != nil {
			r.out.Problems = append(r.out.Problems, Finding{at, "works", say(r.Lang, "not_taken", "why", err)})
			continue
		}
		kept = append(kept, l)
	}
	k.Lines = kept
}

// dayOf is the day of an instant as its writer meant it: midnight and the last
// second of a day, in whatever zone, are that day; else it is the day here.
func (r *inward) day(v *Value) *period.Date {
	if v == nil || v.Kind != String {
		return nil
	}
	t, ok := instant(v.Text)
	if !ok || !plausible(t) {
		return nil
	}
	_, zone := t.Zone()
	clock := t.Format("15:04:05")
	if clock != "00:00:00" && clock != "23:59:59" && clock != "23:59:00" {
		zone = r.Offset * 60
	}
	d := period.DateOf(t.In(time.UTC), zone/60)
	return &d
}

// amount reads a value in our currency. One in another stays in the file.
func (r *inward) amount(v *Value) (money.Amount, bool) {
	a := v.Get("amount")
	if a == nil || a.Kind != Number || v.Str("currency") == "" {
		return 0, false
	}
	if v.Str("currency") != r.Currency.Code {
		r.problem(v, "currency", "other_currency", "currency", r.Currency.Code)
		return 0, false
	}
	if len(a.Text) > 40 || strings.ContainsAny(a.Text, "eE") && !smallExponent(a.Text) {
		r.problem(a, "number", "huge_number")
		return 0, false
	}
	d, err := decimal.NewFromString(a.Text)
	if err != nil || d.IsNegative() {
		return 0, false // told already
	}
	out, err := r.Currency.FromDecimal(d)
	if err != nil {
		r.problem(a, "works", "not_taken", "why", err)
		return 0, false
	}
	return out, true
}

// smallExponent reports whether a literal with an exponent stays a number of
// some twenty digits when it is written out.
func smallExponent(literal string) bool {
	_, exp, _ := strings.Cut(strings.ToLower(literal), "e")
	return len(strings.TrimLeft(exp, "+-0")) <= 1 || strings.TrimLeft(exp, "+-0") <= "15" && len(strings.TrimLeft(exp, "+-0")) == 2
}
