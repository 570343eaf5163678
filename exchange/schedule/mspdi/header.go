package mspdi

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/works/network"
)

// assignment waits until tasks and resources are known.
type assignment struct {
	task, resource string
	work           int64
	cost           *decimal.Decimal
	row            int
}

// header reads the fields of the project, once all of them are known.
func (x *reader) header(n *node) error {
	p := &x.p
	p.ID = n.get("UID")
	p.Name = x.text(n.get("Title"), "Title")
	if p.Name == "" {
		p.Name = strings.TrimSuffix(lastPart(n.get("Name")), ".xml")
	}
	p.Code = p.Name
	if p.ID == "" {
		p.ID = "1"
	}
	p.Start, p.Finish, p.StatusDate = x.date(n, "StartDate", ""), x.date(n, "FinishDate", ""), x.date(n, "StatusDate", "")
	if p.Currency = strings.ToUpper(n.get("CurrencyCode")); len(p.Currency) != 3 {
		p.Currency = ""
		x.s.Note("currency", "CurrencyCode", "", "")
	}
	if uid, ok := x.whole(n, "CalendarUID", ""); ok && uid >= 0 {
		p.Calendar = strconv.FormatInt(uid, 10)
	}
	if m, ok := x.whole(n, "MinutesPerDay", ""); ok && m > 0 && m <= 1440 {
		x.dayMinutes = m
	}
	x.s.Exported = x.date(n, "LastSaved", "")
	x.s.Program = "Microsoft Project XML"
	if v := n.get("SaveVersion"); v != "" && len(v) < 10 {
		x.s.Program += " " + v
	}
	for _, name := range []string{"Author", "Manager"} {
		if n.get(name) != "" {
			x.people++
		}
	}
	return nil
}

func (x *reader) attribute(n *node) error {
	if len(x.fields) >= 10_000 {
		return x.beyond("more than 10000 kinds of custom fields: this is no schedule")
	}
	name := n.get("Alias")
	if name == "" {
		name = n.get("FieldName")
	}
	if id := n.get("FieldID"); id != "" && len(name) <= 200 {
		x.fields[id] = name
	}
	return nil
}

func (x *reader) outlineCode(n *node) error {
	if len(x.codes) >= 1000 {
		return x.beyond("more than 1000 lists of codes: this is no schedule")
	}
	list := &lookup{name: n.get("Alias"), values: map[string]value{}}
	if list.name == "" {
		list.name = n.get("FieldName")
	}
	n.kid("Values").each("Value", func(v *node) {
		parent := v.get("ParentValueID")
		if parent == "0" || parent == v.get("ValueID") {
			parent = ""
		}
		list.values[v.get("ValueID")] = value{parent: parent, value: v.get("Value"), text: v.get("Description")}
	})
	x.codes[n.get("FieldID")] = list
	return nil
}

func (x *reader) resource(n *node) error {
	if len(x.s.Resources) >= schedule.MaxResources {
		return x.beyond("more than %d resources: split the schedule", schedule.MaxResources)
	}
	r := schedule.Resource{ID: n.get("UID"), Kind: schedule.People, Unit: n.get("MaterialLabel")}
	switch {
	case yes(n, "IsCostResource") || n.get("Type") == "2":
		r.Kind = schedule.CostItem
	case n.get("Type") == "0":
		r.Kind = schedule.Material
	}
	if r.ID == "" || r.ID == "0" && n.get("Name") == "" || yes(n, "IsNull") {
		return nil
	}
	if r.Kind == schedule.People {
		x.people++
	} else {
		r.Name = x.text(n.get("Name"), "Resources/Resource/Name")
	}
	x.s.Resources = append(x.s.Resources, r)
	return nil
}

func (x *reader) assignment(n *node) error {
	if len(x.assignments) >= schedule.MaxAssignments {
		return x.beyond("more than %d assignments: split the schedule", schedule.MaxAssignments)
	}
	row := len(x.assignments) + 1
	path := "Assignments/Assignment[" + strconv.Itoa(row) + "]"
	a := assignment{task: n.get("TaskUID"), resource: n.get("ResourceUID"), cost: x.money(n, "Cost", path), row: row}
	a.work, _ = x.duration(n, "Work", path)
	x.assignments = append(x.assignments, a)
	return nil
}

// percents remembers that the lag of a link is a share of its predecessor.
func (x *reader) percents(link int) { x.shares = append(x.shares, link) }

// finish joins what stands in different parts of the file.
func (x *reader) finish() {
	at := map[string]int{}
	kept := x.p.Tasks[:0]
	for _, t := range x.p.Tasks {
		if _, twice := at[t.ID]; twice {
			x.s.Note("id_twice", "Tasks/Task["+strconv.Itoa(t.Row)+"]/UID", t.ID, "")
			continue
		}
		at[t.ID] = len(kept)
		kept = append(kept, t)
	}
	x.p.Tasks = kept
	for i := range kept { // what has parts is a summary, whatever it says
		if up, ok := at[kept[i].Parent]; ok {
			kept[up].Kind = network.Summary
		}
	}
	for _, i := range x.shares {
		x.share(&x.p.Links[i], at)
	}
	x.assign(at)
	x.resolve()
	for i := range kept {
		if c := kept[i].Calendar; c != "" && c != network.Elapsed && !x.hours[c] {
			x.s.Note("calendar_missing", "Tasks/Task["+strconv.Itoa(kept[i].Row)+"]/CalendarUID", c, "")
			kept[i].Calendar = ""
		}
	}
	if x.people > 0 {
		x.s.Note("people", "Resources", strconv.Itoa(x.people), "")
	}
	if x.many > 0 {
		x.s.Note("fields_many", "Tasks", strconv.Itoa(x.many), "")
	}
	x.s.Projects = []schedule.Project{x.p}
}

// share turns a lag in per cent into minutes.
func (x *reader) share(l *network.Link, at map[string]int) {
	percent := l.Lag
	l.Lag = 0
	if i, ok := at[l.From]; ok {
		l.Lag = decimal.NewFromInt(percent).Mul(decimal.NewFromInt(x.p.Tasks[i].Duration)).Shift(-2).Round(0).IntPart()
		l.Lag = min(max(l.Lag, -network.MaxDuration), network.MaxDuration)
	}
	x.s.Note("lag_percent", "PredecessorLink "+l.From+">"+l.To, strconv.FormatInt(percent, 10), "")
}

func (x *reader) assign(at map[string]int) {
	known := map[string]bool{"-65535": true, "": true}
	for i := range x.s.Resources {
		known[x.s.Resources[i].ID] = true
	}
	for _, a := range x.assignments {
		i, ok := at[a.task]
		if !ok || !known[a.resource] {
			x.s.Note("assignment_lost", "Assignments/Assignment["+strconv.Itoa(a.row)+"]", "", "")
			continue
		}
		if a.resource == "-65535" || a.resource == "" { // nobody is assigned
			continue
		}
		x.p.Tasks[i].Assignments = append(x.p.Tasks[i].Assignments, schedule.Assignment{Resource: a.resource, Work: a.work, Cost: a.cost})
	}
}
