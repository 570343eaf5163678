package works

import (
	"encoding/json"
	"strconv"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/method"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
)

// Methods returns the published methods of this package.
func Methods() []method.Method {
	return []method.Method{
		method.New(method.Method{Name: "works.real-amount", Version: 1,
			Title: lang.Text{lang.KK: "Нақты бағадағы сома", lang.RU: "Сумма в реальных ценах", lang.EN: "Amount in real terms"},
			Input: "amount (tenge), on; rise by year: per cent, December to December; base: year of whose December the prices are", Params: "none"}, runReal),
	}
}

func runReal(c *method.Case) (method.Result, error) {
	var in struct {
		Amount json.Number        `json:"amount"`
		On     period.Date        `json:"on"`
		Rise   map[string]float64 `json:"rise"`
		Base   int                `json:"base"`
	}
	if err := c.Decode(&in, nil); err != nil {
		return method.Result{}, err
	}
	a, err := money.KZT.Parse(string(in.Amount))
	if err != nil {
		return method.Result{}, fault.Wrap(err, "works.runReal", "amount")
	}
	p := Prices{Rise: map[int]float64{}}
	for y, rise := range in.Rise {
		year, err := strconv.Atoi(y)
		if err != nil || year < 1900 || year > 2200 || !(rise > -100) {
			return method.Result{}, fault.New(fault.Invalid, "works.runReal", "rise", "rise is an object of years and per cent above -100, such as {\"2025\": 12.3}")
		}
		p.Rise[year] = rise
	}
	r := method.Result{}
	got, ok := p.Real(a, in.On, in.Base)
	if !ok {
		r.Notes = []string{"no price is known for a year between: nothing is extrapolated"}
		return r, nil
	}
	f, _ := p.Factor(in.On, in.Base)
	r.Value = json.Number(money.KZT.Format(got))
	r.Notes = []string{"an estimate: consumer prices are not those of building", "rounded to the tiyn"}
	r.Extra = map[string]any{"factor": method.Number(f)}
	return r, nil
}
