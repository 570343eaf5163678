package board

import (
	"strings"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shopspring/decimal"
)

// Words is what a sentence needs to name things.
type Words struct {
	Units  map[string]ledger.Unit
	Symbol string // of the currency
}

// phrases of the sentence; {…} is filled with computed values.
var phrases = map[string]lang.Text{
	"days_left":   {lang.KK: "{days} қалды: {list}.", lang.RU: "Осталось {days}: {list}.", lang.EN: "{days} left: {list}."},
	"last_day":    {lang.KK: "Бүгін соңғы күн: {list}.", lang.RU: "Сегодня последний день: {list}.", lang.EN: "Today is the last day: {list}."},
	"confirmed":   {lang.KK: "Құжаттармен расталғаны: {list}.", lang.RU: "Подтверждено документами: {list}.", lang.EN: "Confirmed by documents: {list}."},
	"unconfirmed": {lang.KK: "Құжаттармен әзірге ештеңе расталған жоқ.", lang.RU: "Документами пока ничего не подтверждено.", lang.EN: "Nothing is confirmed by documents yet."},
	"last_word":   {lang.KK: "Соңғы сөз — {days} бұрын.", lang.RU: "Последнее слово — {days} назад.", lang.EN: "Last word {days} ago."},
	"of":          {lang.KK: "{whole} ішінен {part}", lang.RU: "{part} из {whole}", lang.EN: "{part} of {whole}"},
	"children":    {lang.KK: "{x} (балаларға)", lang.RU: "{x} (для детей)", lang.EN: "{x} (for children)"},
	"adults":      {lang.KK: "{x} (ересектерге)", lang.RU: "{x} (для взрослых)", lang.EN: "{x} (for adults)"},
	"prio_none":   {lang.KK: "Басым {n} өңірдің ешқайсысында әзірге жоқ.", lang.RU: "Ни в одном из {n} приоритетных регионов пока нет.", lang.EN: "None of the {n} priority regions has one yet."},
	"prio_some":   {lang.KK: "Басым {n} өңірдің ішінде бары: {list}.", lang.RU: "Из {n} приоритетных регионов есть только: {list}.", lang.EN: "Of {n} priority regions only these have one: {list}."},
	"prio_one":    {lang.KK: "Басым {n} өңірдің ішінде тек {list} ғана қамтылған.", lang.RU: "Из {n} приоритетных регионов пока только {list}.", lang.EN: "Of {n} priority regions only {list} has one."},
	"overdue":     {lang.KK: "Мерзімі өткен, ашылғаны расталмаған: {n}.", lang.RU: "Срок прошёл, открытие не подтверждено: {n}.", lang.EN: "Date passed, opening not confirmed: {n}."},
	"none":        {lang.KK: "Осы күнге дейін жарияланған уәде жоқ.", lang.RU: "К этому дню не опубликовано ни одного обещания.", lang.EN: "No promise had been published by this day."},
}

func phrase(key string, c lang.Code, pairs ...string) string {
	return phrases[key].Fill(func(n string, _ lang.Code) (string, bool) {
		for i := 0; i+1 < len(pairs); i += 2 {
			if pairs[i] == n {
				return pairs[i+1], true
			}
		}
		return "", false
	})[c]
}

// Sentence says in each language what the first look should tell: what is due
// at the nearest deadline, what of the programme is confirmed, how old the last
// word is, and which priority regions have something.
func (p *Programme) Sentence(b *Board, w Words) lang.Text {
	out := lang.Text{}
	for _, c := range lang.Codes() {
		var parts []string
		if len(b.Items) == 0 {
			out[c] = phrase("none", c)
			continue
		}
		if s := p.dueSentence(b, w, c); s != "" {
			parts = append(parts, s)
		}
		parts = append(parts, p.confirmedSentence(b, w, c))
		if n := len(b.AskToday()); n > 0 {
			parts = append(parts, phrase("overdue", c, "n", lang.Int(int64(n), c)))
		}
		if b.LastWord != nil {
			parts = append(parts, phrase("last_word", c, "days", w.days(int(b.AsOf-*b.LastWord), c)))
		}
		if s := p.prioritySentence(b, c); s != "" {
			parts = append(parts, s)
		}
		out[c] = strings.Join(parts, " ")
	}
	return out
}

// Nearest returns the nearest deadline on or after the day and the promises
// with a number that fall due on it, whole ones only.
func (b *Board) Nearest() (*period.Date, []*Item) {
	var at *period.Date
	for i := range b.Items {
		it := &b.Items[i]
		if it.Due == NotYet && !it.Withdrawn && it.Target.Value != nil && (at == nil || *it.Deadline < *at) {
			at = it.Deadline
		}
	}
	if at == nil {
		return nil, nil
	}
	var out []*Item
	for _, theme := range []ledger.Theme{ledger.Facilities, ledger.Departments, ledger.BedsTheme, ledger.DevicesT, ledger.Medicines, ledger.Money, ledger.Pharma, ledger.Digital, ledger.People, ledger.Outcomes} {
		for i := range b.Items {
			it := &b.Items[i]
			if it.Theme != theme || it.Due != NotYet || it.Withdrawn || it.Target.Value == nil || *it.Deadline != *at {
				continue
			}
			if whole := b.Item(it.PartOf); whole != nil && sameDeadline(whole, it) {
				continue
			}
			out = append(out, it)
		}
	}
	return at, out
}

func (p *Programme) dueSentence(b *Board, w Words, c lang.Code) string {
	at, items := b.Nearest()
	if at == nil {
		return ""
	}
	var list []string
	for _, it := range items {
		unit := w.UnitOf(p.Measures[it.Target.Measure], it.Target.Unit)
		list = append(list, unit.Say(*it.Target.Value, p.hedged(it.Target, b.AsOf), w.Symbol, c))
	}
	days := int(*at - b.AsOf)
	if days == 0 {
		return phrase("last_day", c, "list", strings.Join(list, ", "))
	}
	return phrase("days_left", c, "days", w.days(days, c), "list", strings.Join(list, ", "))
}

func (p *Programme) confirmedSentence(b *Board, w Words, c lang.Code) string {
	var list []string
	for i := range b.Items {
		it := &b.Items[i]
		if it.Delivered == nil || it.Delivered.Value == nil || it.Target.Value == nil || it.Kind != ledger.Count || it.PartOf != "" {
			continue
		}
		unit := w.UnitOf(p.Measures[it.Target.Measure], it.Target.Unit)
		part := ledger.Hedge(it.Delivered.Qualifier, c) + lang.Number(*it.Delivered.Value, c)
		s := phrase("of", c, "part", part, "whole", unit.Say(*it.Target.Value, it.Target.Qualifier, w.Symbol, c))
		switch it.Target.Dims()["age"] {
		case "child":
			s = phrase("children", c, "x", s)
		case "adult":
			s = phrase("adults", c, "x", s)
		}
		list = append(list, s)
	}
	if len(list) == 0 {
		return phrase("unconfirmed", c)
	}
	return phrase("confirmed", c, "list", strings.Join(list, "; "))
}

func (p *Programme) prioritySentence(b *Board, c lang.Code) string {
	if len(b.Priority) == 0 {
		return ""
	}
	var has []string
	for _, x := range b.Priority {
		if x.Has {
			pl, err := p.Atlas.Place(x.Place)
			if err == nil {
				has = append(has, pl.ShortName(c))
			}
		}
	}
	n := lang.Int(int64(len(b.Priority)), c)
	switch len(has) {
	case 0:
		return phrase("prio_none", c, "n", n)
	case 1:
		return phrase("prio_one", c, "n", n, "list", has[0])
	}
	return phrase("prio_some", c, "n", n, "list", lang.List(has, c))
}

// Unit returns the unit of that code; one without a name stands for an unknown
// code.
func (w Words) Unit(code string) ledger.Unit {
	if u, ok := w.Units[code]; ok {
		return u
	}
	return ledger.Unit{Code: code, Kind: "count", Name: lang.Text{lang.EN: code}}
}

// UnitOf names what a measure counts: its own noun (perinatal centre) where
// the unit only says facility.
func (w Words) UnitOf(m ledger.Measure, code string) ledger.Unit {
	if m.Noun != "" {
		if u, ok := w.Units[m.Noun]; ok {
			return u
		}
	}
	return w.Unit(code)
}

func (w Words) days(n int, c lang.Code) string {
	return w.Unit("day").Amount(decimal.NewFromInt(int64(n)), w.Symbol, c)
}
