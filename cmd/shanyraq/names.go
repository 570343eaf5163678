package main

import (
	"encoding/json"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
)

// names says codes in a language.
type names struct {
	v      *httpapi.Vocabulary
	lang   lang.Code
	places map[string]string
	units  map[string]ledger.Unit
	symbol string
}

func newNames(v *httpapi.Vocabulary, c lang.Code) *names {
	n := &names{v: v, lang: c, places: map[string]string{}, units: map[string]ledger.Unit{}}
	for _, p := range v.Places {
		n.places[p.Code] = p.Short.In(c)
	}
	for code, u := range v.Units {
		n.units[code] = ledger.Unit{Code: code, Kind: u.Kind, Name: u.Name, Forms: u.Forms}
	}
	var country struct {
		Currency struct{ Symbol string } `json:"currency"`
	}
	if err := json.Unmarshal(v.Country, &country); err == nil {
		n.symbol = country.Currency.Symbol
	}
	return n
}

func (n *names) place(code string) string {
	if s := n.places[code]; s != "" {
		return s
	}
	return code
}

func (n *names) theme(code string) string { return n.v.Themes[code].In(n.lang) }

func (n *names) measure(code string) string {
	for _, m := range n.v.Measures {
		if m.Code == code {
			return m.Name.In(n.lang)
		}
	}
	return code
}

func (n *names) office(code *string) string {
	if code == nil {
		return "—"
	}
	return n.v.Offices[*code].Name.In(n.lang)
}

// days writes a number of days.
func (n *names) days(count int) string {
	v := httpapi.Number(strconv.Itoa(count))
	return n.amount(&v, "", "day", "")
}

// amount writes a value with qualifier and unit.
func (n *names) amount(v *httpapi.Number, qualifier, unit, noun string) string {
	if v == nil {
		return words["no_value"].In(n.lang)
	}
	d, err := decimal.NewFromString(string(*v))
	if err != nil {
		return string(*v)
	}
	q, _ := ledger.ParseQualifier(qualifier)
	if noun != "" {
		unit = noun
	}
	u, ok := n.units[unit]
	if !ok {
		u = ledger.Unit{Code: unit, Name: lang.Text{n.lang: unit}}
	}
	return u.Say(d, q, n.symbol, n.lang)
}
