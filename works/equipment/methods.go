package equipment

import (
	"encoding/json"
	"fmt"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/method"
	"github.com/shanyraq/shanyraq/period"
)

// Methods returns the published methods of this package.
func Methods() []method.Method {
	return []method.Method{
		method.New(method.Method{Name: "works.availability", Version: 1,
			Title: lang.Text{lang.KK: "Медициналық техниканың дайындық коэффициенті", lang.RU: "Коэффициент готовности медицинской техники", lang.EN: "Availability of a medical device"},
			Input: "from, until (exclusive); serving and outages of {from, until or null}", Params: "none"}, runAvailability),
		method.New(method.Method{Name: "works.service-due", Version: 1,
			Title: lang.Text{lang.KK: "Техникалық қызмет көрсету мерзімі", lang.RU: "Срок обслуживания", lang.EN: "When a service is due"},
			Input: "months, day; last, said, from, start (each optional)", Params: "none"}, runDue),
	}
}

// maxTimes bounds the times of a case.
const maxTimes = 10_000

type timeCase struct {
	From  *period.Date `json:"from"`
	Until *period.Date `json:"until"`
}

func runAvailability(c *method.Case) (method.Result, error) {
	var in struct {
		From    *period.Date `json:"from"`
		Until   *period.Date `json:"until"`
		Serving []timeCase   `json:"serving"`
		Outages []timeCase   `json:"outages"`
	}
	if err := c.Decode(&in, nil); err != nil {
		return method.Result{}, err
	}
	bad := func(field, says string) (method.Result, error) {
		return method.Result{}, fault.New(fault.Invalid, "equipment.runAvailability", field, "%s", says)
	}
	if in.From == nil || in.Until == nil {
		return bad("until", "give from and until, YYYY-MM-DD; until is the day after the last one")
	}
	if len(in.Serving) > maxTimes || len(in.Outages) > maxTimes {
		return bad("outages", fmt.Sprintf("at most %d times", maxTimes))
	}
	lists := [2][]Outage{}
	for i, list := range [][]timeCase{in.Serving, in.Outages} {
		for _, t := range list {
			if t.From == nil {
				return bad("from", "a time needs from, YYYY-MM-DD")
			}
			lists[i] = append(lists[i], Outage{From: *t.From, Until: t.Until})
		}
	}
	a, err := AvailabilityOf(*in.From, *in.Until, lists[0], lists[1])
	if err != nil {
		return method.Result{}, err
	}
	r := method.Result{Extra: map[string]any{"days": json.Number(fmt.Sprint(a.Days)), "down": json.Number(fmt.Sprint(a.Down))}}
	if a.Share == nil {
		r.Notes = []string{"the device was to serve on no day of the period: there is no availability"}
		return r, nil
	}
	r.Value = *method.Number(*a.Share)
	return r, nil
}

func runDue(c *method.Case) (method.Result, error) {
	var in struct {
		Months int          `json:"months"`
		Day    *period.Date `json:"day"`
		Last   *period.Date `json:"last"`
		Said   *period.Date `json:"said"`
		From   *period.Date `json:"from"`
		Start  *period.Date `json:"start"`
	}
	if err := c.Decode(&in, nil); err != nil {
		return method.Result{}, err
	}
	switch {
	case in.Months < 1 || in.Months > maxMonths:
		return method.Result{}, fault.New(fault.Invalid, "equipment.runDue", "months", "a service is repeated every 1 to %d months", maxMonths)
	case in.Day == nil:
		return method.Result{}, fault.New(fault.Invalid, "equipment.runDue", "day", "give the day on which one looks, YYYY-MM-DD")
	}
	due := NextDue(in.Months, in.Last, in.Said, in.From, in.Start)
	if due == nil {
		return method.Result{Notes: []string{"there is no day to count from: the device does not serve yet"}, Extra: map[string]any{"overdue": nil}}, nil
	}
	s := Service{Due: due}
	return method.Result{Value: due.String(), Extra: map[string]any{"overdue": json.Number(fmt.Sprint(s.Overdue(*in.Day)))}}, nil
}
