package board

import (
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shopspring/decimal"
)

// Sentence says in each language what the first look should tell: what is due
// at the nearest deadline, what of the programme is confirmed, how old the last
// word about that is, which priority regions have something, and of how many
// promises the date has passed.
func (p *Programme) Sentence(b *Board, w Words) lang.Text {
	out := lang.Text{}
	at, due := b.Nearest()
	confirmed := p.confirmed(b, due)
	for _, c := range lang.Codes() {
		if len(b.Items) == 0 {
			out[c] = phrase("none", c)
			continue
		}
		var parts []string
		if at != nil {
			parts = append(parts, p.dueSentence(*at, due, b, w, c))
		}
		parts = append(parts, p.confirmedSentence(confirmed, due, w, c))
		if d := lastWord(append(slices.Clone(due), confirmed...)); d != nil {
			parts = append(parts, lastWordSentence(int(b.AsOf-*d), w, c))
		}
		parts = append(parts, p.prioritySentences(b, w, c)...)
		if n := len(b.AskToday()); n > 0 {
			parts = append(parts, phrase("overdue", c, "n", lang.Int(int64(n), c)))
		}
		out[c] = strings.Join(parts, " ")
	}
	return out
}

// LastWordOn returns the day of the newest word about what the sentence names:
// the promises at the nearest deadline and those it calls confirmed. It is nil
// when nothing about them bears a date. Board.LastWord is the newest word
// about anything.
func (p *Programme) LastWordOn(b *Board) *period.Date {
	_, due := b.Nearest()
	return lastWord(append(slices.Clone(due), p.confirmed(b, due)...))
}

func lastWord(items []*Item) *period.Date {
	var last *period.Date
	for _, it := range items {
		if it.LastWord != nil && (last == nil || *it.LastWord > *last) {
			last = it.LastWord
		}
	}
	return last
}

// nearestOrder is the order in which a sentence names what is due.
var nearestOrder = []ledger.Theme{ledger.Facilities, ledger.Departments, ledger.BedsTheme, ledger.DevicesT, ledger.Medicines, ledger.Money, ledger.Pharma, ledger.Digital, ledger.People, ledger.Outcomes}

// Nearest returns the nearest deadline on or after the day and the promises
// with a number that fall due on it, whole ones only.
func (b *Board) Nearest() (*period.Date, []*Item) {
	var at *period.Date
	waits := func(it *Item) bool { return it.Due == NotYet && !it.Withdrawn && it.Target.Value != nil }
	for i := range b.Items {
		if it := &b.Items[i]; waits(it) && (at == nil || *it.Deadline < *at) {
			at = it.Deadline
		}
	}
	if at == nil {
		return nil, nil
	}
	var out []*Item
	for i := range b.Items {
		it := &b.Items[i]
		if !waits(it) || *it.Deadline != *at {
			continue
		}
		if whole := b.Item(it.PartOf); whole != nil && sameDeadline(whole, it) {
			continue
		}
		out = append(out, it)
	}
	slices.SortStableFunc(out, func(a, c *Item) int {
		return slices.Index(nearestOrder, a.Theme) - slices.Index(nearestOrder, c.Theme)
	})
	return at, out
}

func (p *Programme) dueSentence(at period.Date, due []*Item, b *Board, w Words, c lang.Code) string {
	var list []string
	for i, it := range due {
		unit := w.UnitOf(p.Measures[it.Target.Measure], it.Target.Unit)
		same, sum := p.alike(due, it, w)
		switch {
		case same[0] != i: // counted with an earlier one
		case len(same) > 1:
			list = append(list, unit.Amount(sum, w.Symbol, c))
		case it.Kind == ledger.Object:
			list = append(list, unit.Amount(*it.Target.Value, w.Symbol, c)+" ("+it.Title.In(c)+")")
		default:
			text := forWhom(it, unit.Say(*it.Target.Value, p.hedged(it.Target, b.AsOf), w.Symbol, c), c)
			if name := p.Measures[it.Target.Measure].Name.In(c); unit.Kind == "money" && name != "" {
				text += " (" + name + ")" // a sum says nothing of what it is for
			}
			list = append(list, text)
		}
	}
	if days := int(at - b.AsOf); days > 0 {
		return phrase("days_left", c, "days", w.days(days, c), "list", strings.Join(list, ", "))
	}
	return phrase("last_day", c, "list", strings.Join(list, ", "))
}

// alike returns the places in the list of the single objects that are counted
// under the same noun as it - four projects, not one project four times - and
// how many they are together; of anything else just its own place.
func (p *Programme) alike(due []*Item, it *Item, w Words) ([]int, decimal.Decimal) {
	noun := func(x *Item) string { return w.UnitOf(p.Measures[x.Target.Measure], x.Target.Unit).Code }
	var same []int
	sum := decimal.Zero
	for i, x := range due {
		if x == it || x.Kind == ledger.Object && it.Kind == ledger.Object && noun(x) == noun(it) && x.Target.Qualifier == ledger.Exact && it.Target.Qualifier == ledger.Exact {
			same = append(same, i)
			sum = sum.Add(*x.Target.Value)
		}
	}
	return same, sum
}

// confirmed returns the counted promises of which documents confirm a part,
// each document figure once: where the same figures deliver several promises,
// the one stays whose delivery somebody states, then one that is due, then the
// first.
func (p *Programme) confirmed(b *Board, due []*Item) []*Item {
	var list []*Item
	for i := range b.Items {
		it := &b.Items[i]
		if it.Kind != ledger.Count || it.Withdrawn || it.Target.Value == nil || it.Delivered == nil || it.Delivered.Value == nil {
			continue
		}
		if it.PartOf == "" || slices.Contains(due, it) {
			list = append(list, it)
		}
	}
	rank := func(it *Item) int {
		switch {
		case it.Delivered.Recipe == nil:
			return 0
		case slices.Contains(due, it):
			return 1
		}
		return 2
	}
	slices.SortStableFunc(list, func(a, c *Item) int { return rank(a) - rank(c) })
	told := map[ledger.FigureID]bool{}
	var out []*Item
	for _, it := range list {
		fresh := false
		for _, f := range p.leaves(it.Delivered) {
			fresh = fresh || !told[f.ID]
			told[f.ID] = true
		}
		if fresh {
			out = append(out, it)
		}
	}
	slices.SortStableFunc(out, func(a, c *Item) int {
		return slices.Index(ledger.Themes(), a.Theme) - slices.Index(ledger.Themes(), c.Theme)
	})
	return out
}

func (p *Programme) confirmedSentence(confirmed, due []*Item, w Words, c lang.Code) string {
	var list []string
	for _, it := range confirmed {
		unit := w.UnitOf(p.Measures[it.Target.Measure], it.Target.Unit)
		got := it.Delivered
		text := ""
		if slices.Contains(due, it) { // its whole has just been said
			text = unit.Say(*got.Value, got.Qualifier, w.Symbol, c)
		} else {
			text = unit.Part(*got.Value, got.Qualifier, *it.Target.Value, it.Target.Qualifier, w.Symbol, c)
		}
		list = append(list, forWhom(it, text, c))
	}
	if len(list) == 0 {
		return phrase("unconfirmed", c)
	}
	return phrase("confirmed", c, "list", strings.Join(list, "; "))
}

// forWhom adds for whom it is, where the promise says so.
func forWhom(it *Item, text string, c lang.Code) string {
	switch it.Target.Dims()["age"] {
	case "child":
		return phrase("children", c, "x", text)
	case "adult":
		return phrase("adults", c, "x", text)
	}
	return text
}

func lastWordSentence(days int, w Words, c lang.Code) string {
	if days == 0 {
		return phrase("word_today", c)
	}
	return phrase("last_word", c, "days", w.days(days, c))
}

// prioritySentences says, for each thing that is to come first somewhere,
// which of the regions named have it.
func (p *Programme) prioritySentences(b *Board, w Words, c lang.Code) []string {
	var measures []string
	named, has := map[string]int{}, map[string][]string{}
	for _, x := range b.Priority {
		if named[x.Measure] == 0 {
			measures = append(measures, x.Measure)
		}
		named[x.Measure]++
		if pl, err := p.Atlas.Place(x.Place); err == nil && x.Has {
			has[x.Measure] = append(has[x.Measure], pl.ShortName(c))
		}
	}
	var out []string
	for _, m := range measures {
		promised := p.Measures[strings.TrimSuffix(m, prioritySuffix)+newSuffix]
		unit := w.UnitOf(promised, promised.Unit)
		key := map[int]string{0: "prio_none", 1: "prio_one"}[len(has[m])]
		if key == "" {
			key = "prio_some"
		}
		out = append(out, phrase(key, c, "n", smallNumber(named[m], c), "k", smallNumber(len(has[m]), c), "noun", withArticle(unit.Form(one, c), c),
			"nouns", unit.Form(five, c), "list", lang.List(has[m], c)))
	}
	return out
}
