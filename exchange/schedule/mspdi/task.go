package mspdi

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/works/network"
)

// openTask is a task under which deeper ones may come.
type openTask struct {
	id    string
	level int64
}

// task reads one row of the plan.
func (x *reader) task(n *node) error {
	x.tasks++
	path := "Tasks/Task[" + strconv.Itoa(x.tasks) + "]"
	if yes(n, "IsNull") {
		x.s.Note("null_task", path, "", "")
		return nil
	}
	if len(x.p.Tasks) >= schedule.MaxTasks {
		return x.beyond("more than %d tasks: split the schedule", schedule.MaxTasks)
	}
	t := schedule.Task{ID: n.get("UID"), Row: x.tasks, Code: n.get("WBS"), WBS: n.get("WBS"), Name: x.text(n.get("Name"), path+"/Name"), Kind: network.Task,
		Inactive: n.kid("Active") != nil && !yes(n, "Active"), Recurring: yes(n, "Recurring"), Typed: yes(n, "Manual"), Estimated: yes(n, "Estimated")}
	if t.ID == "" {
		t.ID = n.get("ID")
	}
	if len(t.ID) > 40 || t.ID == "" {
		return x.bad("%s: a task has no number (UID)", path)
	}
	if t.Code == "" {
		t.Code = n.get("OutlineNumber")
	}
	if t.Name == "" {
		x.s.Note("name_missing", path, "", "")
	}
	x.level(n, &t, path)
	x.times(n, &t, path)
	x.progress(n, &t, path)
	x.flags(n, &t, path)
	x.custom(n, &t)
	if err := x.predecessors(n, &t, path); err != nil {
		return err
	}
	x.p.Tasks = append(x.p.Tasks, t)
	return nil
}

// level finds the summary of a task by the outline.
func (x *reader) level(n *node, t *schedule.Task, path string) {
	level, ok := x.whole(n, "OutlineLevel", path)
	if !ok {
		level = int64(strings.Count(n.get("OutlineNumber"), ".") + 1)
		if t.ID == "0" {
			level = 0
		}
	}
	if level < 0 || level > 1000 {
		x.s.Note("number_range", path+"/OutlineLevel", n.get("OutlineLevel"), "0…1000")
		level = 1
	}
	t.Level = int(level)
	for len(x.path) > 0 && x.path[len(x.path)-1].level >= level {
		x.path = x.path[:len(x.path)-1]
	}
	if len(x.path) > 0 {
		t.Parent = x.path[len(x.path)-1].id
	}
	x.path = append(x.path, openTask{t.ID, level})
}

// times reads dates, durations, baselines and constraints.
func (x *reader) times(n *node, t *schedule.Task, path string) {
	t.Start, t.Finish = x.date(n, "Start", path), x.date(n, "Finish", path)
	t.ActualStart, t.ActualFinish = x.date(n, "ActualStart", path), x.date(n, "ActualFinish", path)
	t.Deadline = x.date(n, "Deadline", path)
	t.Duration, _ = x.duration(n, "Duration", path)
	if left, ok := x.duration(n, "RemainingDuration", path); ok {
		t.Remaining = &left
	}
	if code, ok := x.whole(n, "DurationFormat", path); ok {
		unit, elapsed, _, guessed := durationUnit(code)
		t.DurationUnit, t.Estimated = unit, t.Estimated || guessed
		if elapsed {
			t.Calendar = network.Elapsed
		}
	}
	if uid, ok := x.whole(n, "CalendarUID", path); ok && uid >= 0 && t.Calendar == "" {
		t.Calendar = strconv.FormatInt(uid, 10)
	}
	t.Constraints = x.constraint(n, path)
	n.each("Baseline", func(b *node) {
		at := path + "/Baseline"
		no, ok := x.whole(b, "Number", at)
		if !ok && b.get("Number") != "" || no < 0 || no > 10 || t.Baseline(int(no)) != nil {
			x.s.Note("number_range", at+"/Number", b.get("Number"), "0…10")
			return
		}
		base := schedule.Baseline{Number: int(no), Start: x.date(b, "Start", at), Finish: x.date(b, "Finish", at), Cost: x.money(b, "Cost", at)}
		base.Duration, _ = x.duration(b, "Duration", at)
		if base.Start != nil || base.Finish != nil || base.Cost != nil {
			t.Baselines = append(t.Baselines, base)
		}
	})
}

func (x *reader) progress(n *node, t *schedule.Task, path string) {
	t.Percent, t.Physical = x.percent(n, "PercentComplete", path), x.percent(n, "PhysicalPercentComplete", path)
	t.PercentKind = "duration"
	if n.get("EarnedValueMethod") == "1" {
		t.PercentKind = "physical"
	} else if t.Physical != nil && t.Physical.IsZero() {
		t.Physical = nil // the planner writes 0 where nobody filled it in
	}
	t.Cost, t.FixedCost, t.ActualCost = x.money(n, "Cost", path), x.money(n, "FixedCost", path), x.money(n, "ActualCost", path)
}

// flags finds out what kind of row it is.
func (x *reader) flags(n *node, t *schedule.Task, path string) {
	switch {
	case yes(n, "Summary") || t.Level == 0:
		t.Kind = network.Summary
	case yes(n, "Milestone") && t.Duration == 0, t.Duration == 0 && n.get("Duration") != "":
		t.Kind = network.Milestone
	}
	if t.Inactive {
		x.s.Note("inactive", path, t.Name, "")
	}
	if t.Recurring {
		x.s.Note("recurring", path, t.Name, "")
	}
	if yes(n, "ExternalTask") {
		t.External = true
		x.s.Note("external", path, t.Name, lastPart(n.get("ExternalTaskProject")))
	}
	if yes(n, "IsSubproject") || n.get("SubprojectName") != "" {
		x.s.Note("subproject", path, t.Name, lastPart(n.get("SubprojectName")))
	}
}

// lastPart drops the folders of a path: they name a computer of somebody.
func lastPart(s string) string { return s[strings.LastIndexAny(s, `\/`)+1:] }

// custom reads custom fields and outline codes.
func (x *reader) custom(n *node, t *schedule.Task) {
	n.each("ExtendedAttribute", func(a *node) {
		id, v := a.get("FieldID"), a.get("Value")
		if v == "" {
			return
		}
		if x.values++; x.values > schedule.MaxFields {
			x.many++
			return
		}
		name := x.fields[id]
		if name == "" {
			name = id
		}
		if schedule.Personal(name) {
			x.people++
			return
		}
		if d, ok := number(v); ok && strings.HasPrefix(name, "Cost") {
			v = d.Shift(-2).String()
		}
		t.Fields = append(t.Fields, schedule.Field{Name: name, Value: x.text(v, "Fields/"+name)})
	})
	n.each("OutlineCode", func(c *node) {
		list := x.codes[c.get("FieldID")]
		if list == nil {
			return
		}
		if x.values++; x.values > schedule.MaxFields {
			x.many++
			return
		}
		v, ok := list.values[c.get("ValueID")]
		if !ok {
			return
		}
		code := schedule.Code{Type: list.name, Value: v.value, Name: v.text}
		for up, steps := v.parent, 0; up != "" && steps < maxDepth; steps++ {
			above, ok := list.values[up]
			if !ok {
				break
			}
			code.Value, up = above.value+"."+code.Value, above.parent
		}
		t.Codes = append(t.Codes, code)
	})
}

var relations = map[string]network.Relation{"0": network.FF, "1": network.FS, "2": network.SF, "3": network.SS, "": network.FS}

func (x *reader) predecessors(n *node, t *schedule.Task, path string) error {
	var err error
	n.each("PredecessorLink", func(l *node) {
		at := path + "/PredecessorLink"
		if x.links++; x.links > schedule.MaxLinks {
			err = x.beyond("more than %d links: split the schedule", schedule.MaxLinks)
			return
		}
		link := network.Link{From: l.get("PredecessorUID"), To: t.ID}
		kind, known := relations[l.get("Type")]
		if !known {
			x.s.Note("unknown_value", at+"/Type", l.get("Type"), "0…3")
			return
		}
		link.Type = kind
		if yes(l, "CrossProject") {
			link.External = true
			x.s.Note("link_external", at, lastPart(l.get("CrossProjectName")), "")
		}
		x.lag(l, &link, at)
		x.p.Links = append(x.p.Links, link)
	})
	return err
}

// lag reads tenths of a minute, or per cent of the predecessor, which finish
// turns into minutes when all tasks are known.
func (x *reader) lag(l *node, link *network.Link, path string) {
	raw := l.get("LinkLag")
	if raw == "" {
		return
	}
	lag, ok := number(raw)
	if !ok || lag.Abs().GreaterThan(decimal.NewFromInt(10*network.MaxDuration)) {
		x.s.Note("number", path+"/LinkLag", raw, "")
		return
	}
	code, _ := x.whole(l, "LagFormat", path)
	_, elapsed, percent, _ := durationUnit(code)
	if elapsed {
		link.Calendar = network.Elapsed
	}
	if percent {
		link.Lag = lag.Round(0).IntPart()
		x.percents(len(x.p.Links))
		return
	}
	minutes := lag.Shift(-1)
	if !minutes.IsInteger() {
		x.s.Note("seconds", path+"/LinkLag", raw, "")
	}
	link.Lag = minutes.Truncate(0).IntPart()
}
