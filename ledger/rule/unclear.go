package rule

import (
	"strconv"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shopspring/decimal"
)

// deadlineUnclear states the readings of a deadline; only an answer closes it.
func deadlineUnclear(l *Ledger, r Rule) []Result {
	fill := map[string]lang.Text{}
	var days []period.Date
	for i, text := range r.list("readings") {
		d, err := period.ParseDate(text)
		if err != nil || i > 1 {
			continue
		}
		days = append(days, d)
		fill[[2]string{"first", "second"}[i]] = date(d)
	}
	res := unclear(l, r, fill)
	if len(res) == 1 && len(days) == 2 {
		res[0].Difference = &Difference{decimal.NewFromInt(int64(days[1] - days[0])), "day"}
	}
	return res
}

// readingUnclear states what can be read in two ways, with the arithmetic that
// speaks for one of them; only an answer closes it.
func readingUnclear(l *Ledger, r Rule) []Result {
	fill := map[string]lang.Text{}
	var diff *Difference
	if expr := r.Params["arithmetic"]; expr != "" {
		v, q, ok := l.compute(expr)
		if !ok {
			return nil
		}
		v = v.Round(2)
		unit := r.Params["unit"]
		if unit == "percent" {
			v = v.Round(percentPlaces)
		}
		if places, err := strconv.ParseInt(r.Params["round"], 10, 32); err == nil && -ledger.MaxDigits <= places && places <= ledger.MaxDigits {
			v = v.Round(int32(places)) // places after the point; -8 is to hundreds of millions
		}
		fill["value"] = l.stated(v, q, unit)
		diff = &Difference{v, unit}
	}
	res := unclear(l, r, fill)
	if len(res) == 1 {
		res[0].Difference = diff
	}
	return res
}

func unclear(l *Ledger, r Rule, fill map[string]lang.Text) []Result {
	var figures []*ledger.Figure
	var promises []string
	for i, id := range r.list("statements") {
		s, f := l.shown(id)
		if f == nil {
			return nil
		}
		figures = append(figures, f)
		if s.Role == ledger.Promise {
			promises = append(promises, id)
		}
		if name := [2]string{"first", "second"}; i < 2 && f.Value != nil {
			if _, taken := fill[name[i]]; !taken {
				fill[name[i]] = l.say(f)
			}
		}
	}
	if len(figures) == 0 {
		return nil
	}
	return []Result{r.result(r.Code, Open, fill, figures, promises...)}
}

func date(d period.Date) lang.Text {
	y, m, day := d.Civil()
	t := lang.Text{}
	for _, c := range lang.Codes() {
		t[c] = lang.Date(y, m, day, c)
	}
	return t
}
