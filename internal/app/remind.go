package app

import (
	"context"
	"encoding/json"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/period"
)

// kindReminder is a reminder on the desk: one for each report, its newest
// version the last one sent.
const kindReminder = "reminder"

// reminded is the body of a reminder.
type reminded struct {
	Template string `json:"template"`
	Place    string `json:"place"`
	Period   string `json:"period"`
	Office   string `json:"office,omitempty"`
	On       string `json:"on"`
	DaysLate int    `json:"days_late"`
}

// remindOf writes a reminder of each report, unless there is one of today, and
// returns how many.
func (a *App) remindOf(ctx context.Context, v *view, t reporting.Template, owed []reporting.Cell) (int, error) {
	if len(owed) == 0 {
		return 0, nil
	}
	sent := 0
	who := v.who(ctx)
	err := a.Store.Act(ctx, actor.Entry{Actor: who.ID, At: a.Clock(), Op: "report.remind", Subject: t.Code, Detail: owed[0].Period.String()}, func(tx *store.Tx) error {
		for _, c := range owed {
			r := reminded{Template: t.Code, Place: string(c.Place), Period: c.Period.String(), Office: v.reporterOf(t, c.Place), On: v.at.AsOf.String(), DaysLate: c.DaysLate}
			it, err := tx.Item(kindReminder, formID(c.Key, 0))
			if err != nil && !fault.Is(err, fault.NotFound) {
				return err
			}
			var old reminded
			if err == nil {
				if err := json.Unmarshal(it.Body, &old); err != nil {
					return err
				}
			}
			if old.On == r.On {
				continue
			}
			body, err := json.Marshal(r)
			if err != nil {
				return err
			}
			if _, err := tx.Put(store.Item{Kind: kindReminder, ID: formID(c.Key, 0), Path: v.path(c.Place), About: formAbout(t.Code), State: "sent", Due: int64(c.Due), Body: body}, it.Version); err != nil {
				return err
			}
			kind := NoticeReportDue
			if c.DaysLate > 0 {
				kind = NoticeReportLate
			}
			n := Notice{Kind: kind, Subject: formID(c.Key, 0), About: formAbout(t.Code), Title: v.reportTitle(t, c.Key), Day: c.Due, Territory: c.Place,
				Link: "/entry/" + t.Code + "/" + string(c.Place) + "/" + c.Period.String()}
			if r.Office != "" {
				n.Offices = []string{r.Office}
			} else {
				n.Roles = []actor.Role{actor.Contributor}
			}
			if err := a.Notify(tx, n); err != nil {
				return err
			}
			sent++
		}
		return nil
	})
	return sent, err
}

// reportTitle names a report: template, place and period.
func (v *view) reportTitle(t reporting.Template, k reporting.Key) lang.Text {
	out := lang.Text{}
	for _, c := range lang.Codes() {
		out[c] = t.Name.In(c) + ", " + v.Atlas.Name(k.Place, c, v.at.AsOf) + ", " + periodName(k.Period, c)
	}
	return out
}

// periodName writes the period of a report.
func periodName(p period.Period, c lang.Code) string {
	year, month, _ := p.Start.Civil()
	switch p.Type() {
	case period.Month:
		return lang.Month(year, month, c)
	case period.Quarter:
		return lang.Quarter(year, (int(month)+2)/3, c)
	case period.HalfYear:
		return lang.HalfYear(year, (int(month)+5)/6, c)
	}
	return lang.Year(year, c)
}
