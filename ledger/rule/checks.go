package rule

import (
	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shopspring/decimal"
)

// percentPlaces is how finely a share is shown: one place, as documents print.
const percentPlaces = 1

var hundred = decimal.NewFromInt(100)

// sumOfParts compares a whole with the sum of its parts. With complete=no the
// list of parts may be unfinished, and only parts above the whole are odd.
func sumOfParts(l *Ledger, r Rule) []Result {
	whole := l.figure(r.Params["whole"])
	if whole == nil || whole.Value == nil {
		return nil
	}
	tol := l.Programme.Parameters.AboutTolerance
	figures := []*ledger.Figure{whole}
	var sum stat.Interval
	total := decimal.Zero
	var quals []ledger.Qualifier
	for i, id := range r.list("parts") {
		f := l.figure(id)
		if f == nil || f.Value == nil {
			return nil
		}
		iv, _ := f.Interval(tol)
		if i == 0 {
			sum = iv
		} else {
			sum = sum.Add(iv)
		}
		total = total.Add(*f.Value)
		quals = append(quals, f.Qualifier)
		figures = append(figures, f)
	}
	if len(quals) == 0 {
		return nil
	}
	q, _ := stat.SumQualifier(quals...)
	target, _ := whole.Interval(tol)
	state := OK
	if r.Params["complete"] == "no" {
		if sum.Above(target) {
			state = Open
		}
	} else if !sum.Meets(target) {
		state = Open
	}
	diff := whole.Value.Sub(total)
	res := r.result(r.Code, state, map[string]lang.Text{
		"sum": l.words(&total, q, whole), "whole": l.say(whole), "difference": l.amount(diff, whole.Unit)}, figures, r.Params["whole"])
	res.Difference = between(diff, whole.Unit)
	return []Result{res}
}

// shareOfWhole computes part / whole in percent, where the whole is the sum of
// the statements named and may name the part itself. The share carries the
// qualifier that part and rest give it: more than 1 of 4 is more than 25 %. A
// part that must be above the whole is odd.
func shareOfWhole(l *Ledger, r Rule) []Result {
	part := l.figure(r.Params["part"])
	if part == nil || part.Value == nil {
		return nil
	}
	tol := l.Programme.Parameters.AboutTolerance
	figures := []*ledger.Figure{part}
	quals := []ledger.Qualifier{part.Qualifier}
	whole, all := decimal.Zero, stat.Point(decimal.Zero)
	for _, id := range r.list("whole") {
		f := l.figure(id)
		if f == nil || f.Value == nil {
			return nil
		}
		whole = whole.Add(*f.Value)
		iv, _ := f.Interval(tol)
		all = all.Add(iv)
		if f.ID != part.ID {
			quals = append(quals, f.Qualifier.Inverse())
			figures = append(figures, f)
		}
	}
	if !whole.IsPositive() {
		return nil
	}
	share := part.Value.Mul(hundred).DivRound(whole, percentPlaces)
	state := OK
	if iv, _ := part.Interval(tol); iv.Above(all) {
		state = Open
	}
	q, _ := stat.SumQualifier(quals...)
	res := r.result(r.Code, state, map[string]lang.Text{"share": l.stated(share, q, "percent")}, figures, r.Params["part"])
	res.Difference = &Difference{share, "percent"}
	return []Result{res}
}

// planActual looks at every promise with a number whose deadline has passed.
func planActual(l *Ledger, r Rule) []Result {
	var out []Result
	for i := range l.Board.Items {
		it := &l.Board.Items[i]
		if it.Deadline == nil || l.Board.AsOf <= *it.Deadline || it.Target.Value == nil || it.Withdrawn {
			continue
		}
		state := Open
		if it.Due == board.Done {
			state = OK
		}
		fill := map[string]lang.Text{"title": it.Title, "deadline": date(*it.Deadline), "a": l.say(it.Target), "b": unknown}
		figures := []*ledger.Figure{it.Target, it.Delivered}
		if it.Delivered != nil {
			fill["b"] = l.say(it.Delivered)
		}
		res := r.result(r.Code+":"+it.ID, state, fill, figures, it.ID)
		if it.Delivered != nil && it.Delivered.Value != nil {
			res.Difference = between(it.Delivered.Value.Sub(*it.Target.Value), it.Target.Unit)
		}
		out = append(out, res)
	}
	return out
}

// changeRecomputed compares a printed change in percent with the one between
// two published rates, to half a unit of the last printed place. Rates in
// different units are not compared.
func changeRecomputed(l *Ledger, r Rule) []Result {
	claim, base, now := l.figure(r.Params["claim"]), l.figure(r.Params["base"]), l.figure(r.Params["now"])
	if claim == nil || claim.Value == nil || base == nil || now == nil || base.Value == nil || now.Value == nil || base.Value.IsZero() || base.Unit != now.Unit {
		return nil
	}
	exact := now.Value.Sub(*base.Value).Mul(hundred).DivRound(*base.Value, 8)
	places := max(0, -claim.Value.Exponent())
	half := decimal.New(5, -places-1)
	state := OK
	if exact.Sub(*claim.Value).Abs().GreaterThan(half) {
		state = Open
	}
	shown := exact.Round(max(percentPlaces, places))
	res := r.result(r.Code, state, map[string]lang.Text{"a": l.say(claim), "b": l.amount(shown, "percent")}, []*ledger.Figure{claim, base, now}, r.Params["claim"])
	res.Difference = between(shown.Sub(*claim.Value), claim.Unit)
	return []Result{res}
}

// saidTwice compares two statements of the same thing word for word: another
// qualifier is odd too.
func saidTwice(l *Ledger, r Rule) []Result {
	return pair(l, r, func(a, b *ledger.Figure) bool { return a.Value.Equal(*b.Value) && a.Qualifier == b.Qualifier })
}

// conflict compares what two sources say: odd when no number satisfies both,
// or when they measure different things, which a person must judge.
func conflict(l *Ledger, r Rule) []Result {
	tol := l.Programme.Parameters.AboutTolerance
	return pair(l, r, func(a, b *ledger.Figure) bool {
		x, _ := a.Interval(tol)
		y, _ := b.Interval(tol)
		return a.Unit == b.Unit && x.Meets(y)
	})
}

func pair(l *Ledger, r Rule, agree func(a, b *ledger.Figure) bool) []Result {
	a, b := l.figure(r.Params["first"]), l.figure(r.Params["second"])
	if a == nil || b == nil || a.Value == nil || b.Value == nil {
		return nil
	}
	state := Open
	if agree(a, b) {
		state = OK
	}
	var promises []string
	for _, id := range []string{r.Params["first"], r.Params["second"]} {
		if s, ok := l.Programme.ByID(id); ok && s.Role == ledger.Promise {
			promises = append(promises, id)
		}
	}
	res := r.result(r.Code, state, map[string]lang.Text{"first": l.say(a), "second": l.say(b)}, []*ledger.Figure{a, b}, promises...)
	if a.Unit == b.Unit {
		res.Difference = between(b.Value.Sub(*a.Value), a.Unit)
	}
	return []Result{res}
}

// rateNoCount looks at every printed change: without numerator and denominator
// of both periods it cannot be confirmed.
func rateNoCount(l *Ledger, r Rule) []Result {
	var out []Result
	for _, c := range l.Board.Claims {
		if c.Kind != ledger.Change || c.Shown.Value == nil {
			continue
		}
		state := Open
		if c.Shown.Numerator != nil && c.Shown.Denominator != nil {
			state = OK
		}
		out = append(out, r.result(r.Code+":"+c.ID, state, map[string]lang.Text{"title": c.Title, "value": l.say(c.Shown)}, []*ledger.Figure{c.Shown}, c.ID))
	}
	return out
}

// noEvidence looks at every promise.
func noEvidence(l *Ledger, r Rule) []Result {
	var out []Result
	for i := range l.Board.Items {
		it := &l.Board.Items[i]
		state := OK
		if it.Evidence == board.Nothing && !it.Withdrawn {
			state = Open
		}
		out = append(out, r.result(r.Code+":"+it.ID, state, map[string]lang.Text{"title": it.Title}, []*ledger.Figure{it.Target}, it.ID))
	}
	return out
}

// lastWordOld looks at every promise of which somebody said something dated.
func lastWordOld(l *Ledger, r Rule) []Result {
	var out []Result
	for i := range l.Board.Items {
		it := &l.Board.Items[i]
		if it.LastWord == nil || it.Due == board.Done || it.Withdrawn {
			continue
		}
		days := int64(l.Board.AsOf - *it.LastWord)
		state := OK
		if days > int64(l.Programme.Parameters.LastWordOldDays) {
			state = Open
		}
		res := r.result(r.Code+":"+it.ID, state, map[string]lang.Text{"title": it.Title, "days": l.amount(decimal.NewFromInt(days), "day")}, []*ledger.Figure{it.Target}, it.ID)
		res.Difference = &Difference{decimal.NewFromInt(days), "day"}
		out = append(out, res)
	}
	return out
}
