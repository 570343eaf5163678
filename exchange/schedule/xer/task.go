package xer

import (
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/works/network"
)

var one, hundred = decimal.NewFromInt(1), decimal.NewFromInt(100)

var kinds = map[string]network.Kind{"TT_Task": network.Task, "TT_Rsrc": network.Task, "TT_Mile": network.StartMilestone, "TT_FinMile": network.Milestone, "TT_LOE": network.Effort, "TT_WBS": network.Effort}

// tasks reads the activities and returns where each stands.
func (x *reader) tasks(at map[string]int) map[string]place {
	index := map[string]place{}
	sections := map[string]int{}
	for i := range x.s.Projects {
		for j := range x.s.Projects[i].Tasks {
			sections[x.s.Projects[i].Tasks[j].ID] = x.s.Projects[i].Tasks[j].Level
		}
	}
	x.each("TASK", func(r *row) {
		i, ok := at[r.get("proj_id")]
		id := r.get("task_id")
		if _, twice := index[id]; !ok || id == "" || twice {
			x.other(r, ok)
			return
		}
		t := x.task(r, id)
		if level, ok := sections[sectionMark+r.get("wbs_id")]; ok {
			t.Parent, t.Level = sectionMark+r.get("wbs_id"), level+1
		} else {
			x.s.Note("parent_missing", r.path("wbs_id"), r.get("wbs_id"), "")
			t.Level = 1
		}
		index[id] = place{i, len(x.s.Projects[i].Tasks)}
		x.s.Projects[i].Tasks = append(x.s.Projects[i].Tasks, t)
	})
	for i := range x.s.Projects { // the code of the section belongs to the activity
		p := &x.s.Projects[i]
		codes := map[string]string{}
		for j := range p.Tasks {
			if t := &p.Tasks[j]; t.Kind == network.Summary {
				codes[t.ID] = t.WBS
			} else {
				t.WBS = codes[t.Parent]
			}
		}
	}
	return index
}

func (x *reader) task(r *row, id string) schedule.Task {
	t := schedule.Task{ID: id, Row: r.line, Code: r.text("task_code"), Name: r.text("task_name"), Calendar: r.get("clndr_id"), DurationUnit: "hour"}
	kind, known := kinds[r.get("task_type")]
	if !known {
		x.s.Note("unknown_value", r.path("task_type"), r.get("task_type"), "TT_Task, TT_Rsrc, TT_Mile, TT_FinMile, TT_LOE, TT_WBS")
		kind = network.Task
	}
	t.Kind = kind
	if t.Name == "" {
		x.s.Note("name_missing", r.path("task_name"), "", "")
	}
	if t.Calendar != "" && !x.hours[t.Calendar] {
		x.s.Note("calendar_missing", r.path("clndr_id"), t.Calendar, "")
		t.Calendar = ""
	}
	x.times(r, &t)
	x.progress(r, &t)
	for _, suffix := range []string{"", "2"} {
		x.constraint(r, &t, suffix)
	}
	return t
}

// first returns the first date that is there.
func (r *row) first(columns ...string) *network.Minute {
	for _, c := range columns {
		if m := r.date(c); m != nil {
			return m
		}
	}
	return nil
}

func (x *reader) times(r *row, t *schedule.Task) {
	t.ActualStart, t.ActualFinish = r.date("act_start_date"), r.date("act_end_date")
	t.Start = r.first("act_start_date", "early_start_date", "target_start_date")
	t.Finish = r.first("act_end_date", "early_end_date", "reend_date", "target_end_date")
	t.Duration, _ = r.minutes("target_drtn_hr_cnt")
	if left, ok := r.minutes("remain_drtn_hr_cnt"); ok && left >= 0 {
		t.Remaining = &left
		if t.ActualStart == nil { // the program computes with what remains
			t.Duration = left
		}
	}
	t.Duration = max(t.Duration, 0)
}

// progress reads the percentages. The program keeps only the physical one; that of
// duration follows from the hours.
func (x *reader) progress(r *row, t *schedule.Task) {
	if t.Kind == network.Effort {
		return
	}
	t.Physical = r.percent("phys_complete_pct")
	t.PercentKind = map[string]string{"CP_Phys": "physical", "CP_Drtn": "duration", "CP_Units": "units"}[r.get("complete_pct_type")]
	var p decimal.Decimal
	planned := r.number("target_drtn_hr_cnt")
	left := r.number("remain_drtn_hr_cnt")
	switch status := r.get("status_code"); {
	case status == "TK_Complete" || t.ActualFinish != nil:
		p = hundred
		if t.Physical != nil && t.Physical.IsZero() {
			t.Physical = nil // never filled in
		}
	case status == "TK_NotStart":
	case t.PercentKind == "units":
		if v := ratio(r.number("act_work_qty"), r.number("remain_work_qty")); v != nil {
			p = *v
		} else {
			return
		}
	case planned != nil && left != nil && planned.IsPositive() && !left.IsNegative() && left.LessThanOrEqual(*planned):
		p = planned.Sub(*left).Mul(hundred).DivRound(*planned, 2)
	default:
		return
	}
	t.Percent = &p
}

// ratio returns what share of the whole was done, in per cent.
func ratio(done, left *decimal.Decimal) *decimal.Decimal {
	if done == nil || left == nil || done.IsNegative() || left.IsNegative() || !done.Add(*left).IsPositive() {
		return nil
	}
	p := done.Mul(hundred).DivRound(done.Add(*left), 2)
	return &p
}

var limits = map[string]network.Limit{"CS_MSO": network.StartOn, "CS_MSOA": network.StartNoEarlier, "CS_MSOB": network.StartNoLater, "CS_MEO": network.FinishOn, "CS_MEOA": network.FinishNoEarlier,
	"CS_MEOB": network.FinishNoLater, "CS_MANDSTART": network.MustStart, "CS_MANDFIN": network.MustFinish, "CS_ALAP": network.AsLate}

func (x *reader) constraint(r *row, t *schedule.Task, suffix string) {
	name := r.get("cstr_type" + suffix)
	if name == "" {
		return
	}
	limit, known := limits[name]
	if !known {
		x.s.Note("unknown_value", r.path("cstr_type"+suffix), name, "CS_…")
		return
	}
	c := network.Constraint{Limit: limit}
	if limit != network.AsLate {
		if c.At = r.date("cstr_date" + suffix); c.At == nil {
			return
		}
	}
	t.Constraints = append(t.Constraints, c)
}

// details reads codes, custom fields, resources and cost.
func (x *reader) details(index map[string]place) {
	task := func(id string) *schedule.Task {
		at, ok := index[id]
		if !ok {
			return nil
		}
		return &x.s.Projects[at.project].Tasks[at.task]
	}
	x.codes(task)
	x.fields(task)
	known := map[string]bool{}
	for i := range x.s.Resources {
		known[x.s.Resources[i].ID] = true
	}
	x.each("TASKRSRC", func(r *row) {
		t, id := task(r.get("task_id")), r.get("rsrc_id")
		if id == "" {
			id = "role " + r.get("role_id")
		}
		if t == nil || !known[id] {
			x.s.Note("assignment_lost", r.path("task_id"), "", "")
			return
		}
		a := schedule.Assignment{Resource: id, Cost: r.number("target_cost")}
		a.Work, _ = r.minutes("target_qty")
		t.Assignments = append(t.Assignments, a)
		add(&t.Cost, a.Cost)
		add(&t.ActualCost, r.number("act_reg_cost"))
		add(&t.ActualCost, r.number("act_ot_cost"))
	})
	x.each("PROJCOST", func(r *row) {
		t := task(r.get("task_id"))
		if t == nil {
			x.s.Note("assignment_lost", r.path("task_id"), "", "")
			return
		}
		cost := r.number("target_cost")
		add(&t.FixedCost, cost)
		add(&t.Cost, cost)
		add(&t.ActualCost, r.number("act_cost"))
	})
}

func add(to **decimal.Decimal, d *decimal.Decimal) {
	if d == nil {
		return
	}
	sum := *d
	if *to != nil {
		sum = sum.Add(**to)
	}
	*to = &sum
}

func (x *reader) codes(task func(string) *schedule.Task) {
	types, values := map[string]string{}, map[string]schedule.Code{}
	parents := map[string]string{}
	x.each("ACTVTYPE", func(r *row) { types[r.get("actv_code_type_id")] = r.text("actv_code_type") })
	x.each("ACTVCODE", func(r *row) {
		id := r.get("actv_code_id")
		values[id] = schedule.Code{Type: types[r.get("actv_code_type_id")], Value: r.text("short_name"), Name: r.text("actv_code_name")}
		parents[id] = r.get("parent_actv_code_id")
	})
	hidden := 0
	x.each("TASKACTV", func(r *row) {
		t, id := task(r.get("task_id")), r.get("actv_code_id")
		c, ok := values[id]
		switch {
		case t == nil || !ok:
		case schedule.Personal(c.Type):
			hidden++
		default:
			for up, steps := parents[id], 0; up != "" && steps < maxNest; up, steps = parents[up], steps+1 {
				if above, ok := values[up]; ok {
					c.Value = above.Value + "." + c.Value
				}
			}
			t.Codes = append(t.Codes, c)
		}
	})
	if hidden > 0 {
		x.s.Note("people", "TASKACTV", strconv.Itoa(hidden), "")
	}
}

func (x *reader) fields(task func(string) *schedule.Task) {
	names := map[string]string{}
	x.each("UDFTYPE", func(r *row) {
		if r.get("table_name") == "TASK" {
			names[r.get("udf_type_id")] = r.text("udf_type_label")
		}
	})
	hidden, other := 0, 0
	x.each("UDFVALUE", func(r *row) {
		name, ok := names[r.get("udf_type_id")]
		t := task(r.get("fk_id"))
		switch {
		case !ok || t == nil:
			other++
		case schedule.Personal(name):
			hidden++
		default:
			for _, column := range []string{"udf_text", "udf_date", "udf_number"} {
				if v := r.text(column); v != "" {
					t.Fields = append(t.Fields, schedule.Field{Name: name, Value: v})
					break
				}
			}
		}
	})
	if hidden > 0 {
		x.s.Note("people", "UDFVALUE", strconv.Itoa(hidden), "")
	}
	if other > 0 {
		x.s.Note("not_kept", "UDFVALUE", "UDFVALUE", strconv.Itoa(other))
	}
}

// baselines gives the tasks of every project what its baseline projects say.
func (x *reader) baselines() {
	measured := map[string]string{} // the baseline by which a project is measured
	x.each("PROJECT", func(r *row) { measured[r.get("proj_id")] = r.get("sum_base_proj_id") })
	next := map[string]int{}
	for i := range x.s.Projects {
		base := &x.s.Projects[i]
		if base.BaselineOf == "" {
			continue
		}
		p := x.project(base.BaselineOf)
		number := 0
		if m := measured[p.ID]; m != base.ID && (m != "" && x.project(m) != nil || next[p.ID] > 0) {
			number = max(next[p.ID], 1)
		}
		next[p.ID] = max(next[p.ID], number) + 1
		x.s.Note("baseline_of", "PROJECT", base.Code, p.Code)
		codes := map[string]int{}
		for j := range p.Tasks {
			codes[string(p.Tasks[j].Kind[:1])+p.Tasks[j].Code] = j
		}
		for j := range base.Tasks {
			b := &base.Tasks[j]
			if b.Kind == network.Summary {
				continue
			}
			at, ok := codes[string(b.Kind[:1])+b.Code]
			if !ok {
				x.s.Note("baseline_task", "TASK line "+strconv.Itoa(b.Row), b.Code, "")
				continue
			}
			p.Tasks[at].Baselines = append(p.Tasks[at].Baselines, schedule.Baseline{Number: number, Start: b.Start, Finish: b.Finish, Duration: b.Duration, Cost: b.Cost, On: base.StatusDate, Of: base.ID})
		}
	}
}

func (x *reader) project(id string) *schedule.Project {
	for i := range x.s.Projects {
		if x.s.Projects[i].ID == id {
			return &x.s.Projects[i]
		}
	}
	return nil
}
