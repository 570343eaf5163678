package store

import (
	"encoding/json"
	"fmt"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shopspring/decimal"
)

// undated stands in the tables for a document without a date. It lies before
// every day, so that what is undated counts on every day.
const undated = period.MinDate - 1

func dayOf(published *period.Date) int64 {
	if published == nil {
		return int64(undated)
	}
	return int64(*published)
}

func publishedOf(day int64) *period.Date {
	if day == int64(undated) {
		return nil
	}
	d := period.Date(day)
	return &d
}

// extra is what few figures have.
type extra struct {
	Bounds      *ledger.Bounds       `json:"bounds,omitempty"`
	Numerator   *decimal.Decimal     `json:"num,omitempty"`
	Denominator *decimal.Decimal     `json:"den,omitempty"`
	Supersedes  string               `json:"sup,omitempty"`
	Withdraws   bool                 `json:"wd,omitempty"`
	Reason      string               `json:"why,omitempty"`
	Synthetic   bool                 `json:"syn,omitempty"`
	Recipe      *ledger.Recipe       `json:"rec,omitempty"`
	Inputs      []string             `json:"in,omitempty"`
	Note        map[lang.Code]string `json:"note,omitempty"`
}

// onlySynthetic is the extra of generated figures, of which there are many at
// once or none.
const onlySynthetic = `{"syn":true}`

// packExtra returns the JSON of what few figures have, nil for the many that
// have nothing of it.
func packExtra(f *ledger.Figure) (any, error) {
	rare := f.Bounds != nil || f.Numerator != nil || f.Denominator != nil || f.Supersedes != 0 || f.Withdraws ||
		f.Reason != "" || f.Recipe != nil || len(f.Note) > 0
	switch {
	case !rare && !f.Synthetic:
		return nil, nil
	case !rare:
		return onlySynthetic, nil
	}
	e := extra{Bounds: f.Bounds, Numerator: f.Numerator, Denominator: f.Denominator, Supersedes: f.Supersedes.String(),
		Withdraws: f.Withdraws, Reason: f.Reason, Synthetic: f.Synthetic, Recipe: f.Recipe, Note: f.Note}
	if f.Recipe != nil {
		for _, in := range f.Recipe.Inputs {
			e.Inputs = append(e.Inputs, in.String())
		}
	}
	text, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	return string(text), nil
}

// split writes a decimal as coef * 10^-scale without a zero at the end.
func split(d decimal.Decimal) (coef int64, scale int, err error) {
	if d.Exponent() < 0 {
		scale = int(-d.Exponent())
	}
	c := d.Shift(int32(scale))
	if !c.BigInt().IsInt64() {
		return 0, 0, fault.New(fault.Invalid, "store.Commit", "", "a number has more than %d digits", ledger.MaxDigits)
	}
	coef = c.IntPart()
	for scale > 0 && coef%10 == 0 {
		coef, scale = coef/10, scale-1
	}
	return coef, scale, nil
}

func nullID(id int64) any {
	if id == 0 {
		return nil
	}
	return id
}

// unpackExtra fills f from the JSON column.
func unpackExtra(f *ledger.Figure, text string) error {
	if text == onlySynthetic {
		f.Synthetic = true
		return nil
	}
	var e extra
	if err := json.Unmarshal([]byte(text), &e); err != nil {
		return fmt.Errorf("extra of %s: %w", f.ID, err)
	}
	f.Bounds, f.Numerator, f.Denominator = e.Bounds, e.Numerator, e.Denominator
	f.Withdraws, f.Reason, f.Synthetic, f.Recipe, f.Note = e.Withdraws, e.Reason, e.Synthetic, e.Recipe, e.Note
	if e.Supersedes != "" {
		id, err := ledger.ParseFigureID(e.Supersedes)
		if err != nil {
			return err
		}
		f.Supersedes = id
	}
	for _, in := range e.Inputs {
		id, err := ledger.ParseFigureID(in)
		if err != nil {
			return err
		}
		f.Recipe.Inputs = append(f.Recipe.Inputs, id)
	}
	return nil
}
