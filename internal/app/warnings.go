package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/risk"
)

const (
	// usualWarnings is how many warnings a list has.
	usualWarnings = 500
	// deskWarning is the kind of item that notes that an office was warned.
	deskWarning = "works_warning"
)

// Warnings lists what is to be looked at in the works of a territory.
func (a *App) Warnings(ctx context.Context, w When, f httpapi.WarningFilter) (*httpapi.WarningList, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	rows, _, _, err := a.chooseWorks(ctx, v, httpapi.WorkFilter{Place: f.Place, Parent: f.Parent, Office: f.Office})
	if err != nil {
		return nil, err
	}
	late, err := a.lateRisks(ctx, v, v.paths(ctx, actor.ReadDrafts))
	if err != nil {
		return nil, err
	}
	out := &httpapi.WarningList{AsOf: v.at.AsOf.String(), Items: v.warningsOf(rows, late), Alarms: []httpapi.FacetItem{}}
	counts, raising := map[string]map[string]bool{}, map[string]bool{}
	for _, x := range out.Items {
		if counts[x.Alarm] == nil {
			counts[x.Alarm] = map[string]bool{}
		}
		counts[x.Alarm][x.Work], raising[x.Work] = true, true
	}
	for _, alarm := range works.Alarms() {
		if n := len(counts[string(alarm)]); n > 0 {
			out.Alarms = append(out.Alarms, httpapi.FacetItem{Code: string(alarm), Works: n})
		}
	}
	out.Works = len(raising)
	if f.Alarm != "" {
		out.Items = slices.DeleteFunc(out.Items, func(x httpapi.WorkWarning) bool { return x.Alarm != f.Alarm })
	}
	out.Total = len(out.Items)
	if f.Limit == 0 {
		f.Limit = usualWarnings
	}
	out.Items = out.Items[:min(f.Limit, len(out.Items))]
	return out, nil
}

// lateRisks returns the risks in some territories at which nobody looked on the
// day named for it, by work. Of the past the register knows nothing.
func (a *App) lateRisks(ctx context.Context, v *view, paths []string) (map[works.ID][]keptRisk, error) {
	if len(paths) == 0 || v.at.AsOf != period.DateOf(a.Clock(), v.Country.OffsetMinutes) {
		return nil, nil
	}
	list, err := a.someRisks(ctx, store.ItemQuery{Paths: paths, States: []string{string(risk.Open), string(risk.Mitigating)}, DueBefore: int64(v.at.AsOf)})
	out := map[works.ID][]keptRisk{}
	for _, r := range list {
		out[r.Work] = append(out[r.Work], r)
	}
	return out, err
}

// warningsOf returns what works raise, the gravest alarm and the longest time
// first.
func (v *view) warningsOf(rows []*portfolioRow, late map[works.ID][]keptRisk) []httpapi.WorkWarning {
	day := v.at.AsOf
	out := []httpapi.WorkWarning{}
	for _, r := range rows {
		for _, w := range r.Warnings(day) {
			out = append(out, v.viewWarning(r, w))
		}
		for i := range late[r.ID] {
			x := &late[r.ID][i]
			w := v.viewWarning(r, works.Warning{Alarm: works.AlarmRisk, About: x.ID, Days: x.Overdue(day), On: x.Due})
			w.Text = fillText(alarmWords[works.AlarmRisk], func(lang.Code) []string { return []string{"{risk}", x.Title, "{days}", strconv.Itoa(w.Days)} })
			w.Link = "/works/risks?about=" + string(r.ID)
			out = append(out, w)
		}
	}
	grave := func(x httpapi.WorkWarning) int { return slices.Index(works.Alarms(), works.Alarm(x.Alarm)) }
	slices.SortStableFunc(out, func(x, y httpapi.WorkWarning) int {
		return cmp.Or(cmp.Compare(grave(x), grave(y)), cmp.Compare(y.Days, x.Days), strings.Compare(x.ID, y.ID))
	})
	return out
}

func (v *view) viewWarning(r *portfolioRow, w works.Warning) httpapi.WorkWarning {
	out := httpapi.WorkWarning{ID: warningID(r, w), Alarm: string(w.Alarm), Work: string(r.ID), Title: r.Title, Place: string(r.Place), Office: optional(r.Office), About: optional(w.About), Days: w.Days, On: dateText(w.On), Link: "/works/" + string(r.ID)}
	words := alarmWords[w.Alarm]
	switch {
	case w.Alarm == works.AlarmUnproven && w.About == string(works.NoEvidence):
		words = unprovenWords
	case w.Alarm == works.AlarmNear && w.Percent == nil:
		words = nearUnknownWords
	}
	out.Text = fillText(words, func(c lang.Code) []string {
		percent, on := "", ""
		if w.Percent != nil {
			percent = lang.Percent(*w.Percent, c)
		}
		if w.On != nil {
			on = dayInWords(*w.On, c)
		}
		return []string{"{days}", lang.Int(int64(w.Days), c), "{on}", on, "{percent}", percent, "{about}", v.aboutWarning(w, c), "{year}", strconv.Itoa(w.Year),
			"{approved}", v.side(v.plain(w.Approved), "money", c), "{transferred}", v.side(v.plain(w.Transferred), "money", c)}
	})
	return out
}

// aboutWarning names what a warning is about.
func (v *view) aboutWarning(w works.Warning, c lang.Code) string {
	if w.Alarm == works.AlarmMoney && w.About == "" {
		return reportWords["unsaid_source"].In(c)
	}
	return v.aboutWork(w.About, c)
}

// warningID stays the same as long as the reason is the same: another deadline,
// year or risk is another warning, one more day is not.
func warningID(r *portfolioRow, w works.Warning) string {
	parts := []string{string(r.ID), string(w.Alarm)}
	switch w.Alarm {
	case works.AlarmLate, works.AlarmNear, works.AlarmForecast:
		if r.Deadline != nil {
			parts = append(parts, r.Deadline.String())
		}
	case works.AlarmMoney:
		parts = append(parts, w.About, strconv.Itoa(w.Year))
	case works.AlarmRisk:
		parts = append(parts, w.About, w.On.String())
	default:
		parts = append(parts, w.About, w.On.String())
	}
	return strings.Join(parts, "/")
}

func fillText(t lang.Text, pairs func(lang.Code) []string) lang.Text {
	out := lang.Text{}
	for _, c := range lang.Codes() {
		out[c] = strings.NewReplacer(pairs(c)...).Replace(t[c])
	}
	return out
}

func dayInWords(d period.Date, c lang.Code) string {
	y, m, day := d.Civil()
	return lang.Date(y, m, day, c)
}

// warnOffices tells each office of the new warnings of its works: once for each
// warning, all of a work in one notice. It returns how many notices it wrote.
func (a *App) warnOffices(ctx context.Context, v *view) (int, error) {
	tree, err := a.workRows(ctx)
	if err != nil {
		return 0, err
	}
	rows := make([]*portfolioRow, len(tree.rows))
	for i := range tree.rows {
		rows[i] = &tree.rows[i]
	}
	late, err := a.lateRisks(ctx, v, []string{v.path(v.Atlas.Root())})
	if err != nil {
		return 0, err
	}
	told, err := a.toldWarnings(ctx)
	if err != nil {
		return 0, err
	}
	fresh := map[string][]httpapi.WorkWarning{}
	for _, w := range v.warningsOf(rows, late) {
		if !told[w.ID] {
			fresh[w.Work] = append(fresh[w.Work], w)
		}
	}
	sent := 0
	for _, id := range sortedKeys(fresh) {
		err := a.warnOf(ctx, v, tree.byID[works.ID(id)], fresh[id])
		if fault.Is(err, fault.Conflict) {
			continue // another server was faster
		}
		if err != nil {
			return sent, err
		}
		sent++
	}
	return sent, nil
}

func (a *App) toldWarnings(ctx context.Context) (map[string]bool, error) {
	out := map[string]bool{}
	for after := ""; ; {
		list, next, err := a.Store.Items(ctx, store.ItemQuery{Kind: deskWarning, After: after})
		if err != nil {
			return nil, err
		}
		for _, it := range list {
			out[it.ID] = true
		}
		if after = next; after == "" {
			return out, nil
		}
	}
}

func (a *App) warnOf(ctx context.Context, v *view, r *portfolioRow, fresh []httpapi.WorkWarning) error {
	return a.Store.Act(ctx, actor.Entry{Actor: programID, At: a.Clock(), Op: "warn works", Subject: string(r.ID), Detail: fmt.Sprintf("warnings=%d", len(fresh))}, func(tx *store.Tx) error {
		for _, w := range fresh {
			if _, err := tx.Put(store.Item{Kind: deskWarning, ID: w.ID, Path: r.Path, About: string(r.ID), State: w.Alarm, Owner: r.Office, Body: []byte("{}")}, 0); err != nil {
				return err
			}
		}
		n := Notice{Kind: NoticeWorkWarning, Subject: string(r.ID), About: fresh[0].ID, Title: warningTitle(r.Title, fresh), Link: fresh[0].Link, Territory: r.Place}
		if r.Office != "" {
			n.Offices = []string{r.Office}
		} else {
			n.Roles = []actor.Role{actor.WorksOfficer}
		}
		return a.Notify(tx, n)
	})
}

// warningTitle names the work and its gravest warning, and how many more there
// are.
func warningTitle(title lang.Text, fresh []httpapi.WorkWarning) lang.Text {
	out := lang.Text{}
	for _, c := range lang.Codes() {
		out[c] = title.In(c) + ": " + fresh[0].Text[c]
		if n := len(fresh) - 1; n > 0 {
			out[c] += " (+" + strconv.Itoa(n) + ")"
		}
	}
	return out
}
