package app

import (
	"context"
	"encoding/json"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger/reporting"
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
			sent++
		}
		return nil
	})
	return sent, err
}
