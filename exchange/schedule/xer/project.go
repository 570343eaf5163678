package xer

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/works/network"
)

// finish joins the tables into projects.
func (x *reader) finish() error {
	if len(x.keep["PROJECT"]) == 0 {
		return fault.New(fault.Invalid, op, x.name, "%s: no project is in the file: export projects, not only codes or resources", x.name)
	}
	currency := x.currency()
	x.calendars()
	x.resources()
	at := x.projects(currency)
	x.sections(at)
	index := x.tasks(at)
	x.links(at, index)
	x.details(index)
	x.baselines()
	x.leftOver()
	return nil
}

// currency returns the currency of the amounts: the only one, or the one that is
// the base of the others.
func (x *reader) currency() string {
	var codes, base []string
	x.each("CURRTYPE", func(r *row) {
		code := strings.ToUpper(r.get("curr_short_name"))
		codes = append(codes, code)
		if d := r.number("base_exch_rate"); d != nil && d.Equal(one) {
			base = append(base, code)
		}
		if r.get("decimal_symbol") == "," && len(x.keep["CURRTYPE"]) == 1 {
			x.decimal = ","
		}
	})
	if len(codes) == 0 {
		x.s.Note("currency", "CURRTYPE", "", "")
		return ""
	}
	if len(codes) > 1 && len(base) == 1 {
		codes = base
	}
	if len(codes) > 1 {
		x.s.Note("currency_many", "CURRTYPE", strings.Join(codes[:min(len(codes), 5)], ", "), "")
		return ""
	}
	if len(codes[0]) != 3 {
		return ""
	}
	return codes[0]
}

// resources keeps what people are not named by.
func (x *reader) resources() {
	people := 0
	x.each("RSRC", func(r *row) {
		s := schedule.Resource{ID: r.get("rsrc_id"), Kind: schedule.People}
		switch r.get("rsrc_type") {
		case "RT_Mat":
			s.Kind = schedule.Material
		case "RT_Equip":
			s.Kind = schedule.Machine
		}
		if s.Kind == schedule.People {
			people++
		} else {
			s.Name = r.text("rsrc_name")
		}
		x.s.Resources = append(x.s.Resources, s)
	})
	x.each("ROLES", func(r *row) {
		x.s.Resources = append(x.s.Resources, schedule.Resource{ID: "role " + r.get("role_id"), Kind: schedule.Role, Name: r.text("role_name")})
	})
	if people > 0 {
		x.s.Note("people", "RSRC", strconv.Itoa(people), "")
	}
}

// projects makes the projects and returns their places by id.
func (x *reader) projects(currency string) map[string]int {
	at := map[string]int{}
	x.each("PROJECT", func(r *row) {
		p := schedule.Project{ID: r.get("proj_id"), Code: r.text("proj_short_name"), Calendar: r.get("clndr_id"), Currency: currency, Start: r.date("plan_start_date"), Finish: r.date("scd_end_date"),
			MustFinish: r.date("plan_end_date"), StatusDate: r.date("last_recalc_date"), Pushed: true, BaselineOf: r.get("orig_proj_id")}
		if p.Code == "" {
			p.Code = p.ID
		}
		p.Name = p.Code // the node of the sections gives the long name
		if _, twice := at[p.ID]; twice || p.ID == "" {
			x.s.Note("id_twice", r.path("proj_id"), p.ID, "")
			return
		}
		at[p.ID] = len(x.s.Projects)
		x.s.Projects = append(x.s.Projects, p)
	})
	for i := range x.s.Projects { // a baseline whose project is not there stands for itself
		p := &x.s.Projects[i]
		if _, there := at[p.BaselineOf]; !there || p.BaselineOf == p.ID {
			p.BaselineOf = ""
		}
	}
	x.each("SCHEDOPTIONS", func(r *row) {
		if i, ok := at[r.get("proj_id")]; ok {
			x.s.Projects[i].Override = r.yes("sched_progress_override")
		}
	})
	return at
}

// sections makes summaries of the work breakdown.
func (x *reader) sections(at map[string]int) {
	type section struct {
		r              *row
		parent, id     string
		project, level int
		code           string
		seq            int
	}
	all := map[string]*section{}
	var list []*section
	x.each("PROJWBS", func(r *row) {
		i, ok := at[r.get("proj_id")]
		id := r.get("wbs_id")
		if !ok || id == "" || all[id] != nil {
			x.other(r, ok)
			return
		}
		seq, _ := strconv.Atoi(r.get("seq_num"))
		s := &section{r: r, parent: r.get("parent_wbs_id"), id: id, project: i, level: -1, seq: seq}
		if r.yes("proj_node_flag") {
			x.s.Projects[i].Name, s.parent, s.level = r.text("wbs_name"), "", 0
		}
		all[id] = s
		list = append(list, s)
	})
	for _, s := range list { // how deep, and the code with those above it
		var path []*section
		for up := s; up != nil && up.level < 0; up = all[up.parent] {
			if path = append(path, up); len(path) > len(all) {
				x.s.Note("wbs_circle", s.r.path("parent_wbs_id"), "", "")
				for _, p := range path[:len(all)] {
					p.level, p.parent = 1, ""
				}
				path = nil
				break
			}
		}
		for i := len(path) - 1; i >= 0; i-- {
			p := path[i]
			up := all[p.parent]
			if up == nil || up.project != p.project {
				if p.parent != "" {
					x.s.Note("parent_missing", p.r.path("parent_wbs_id"), p.parent, "")
				}
				p.parent, p.level, p.code = "", 1, p.r.text("wbs_short_name")
				continue
			}
			p.level, p.code = up.level+1, p.r.text("wbs_short_name")
			if up.code != "" {
				p.code = up.code + "." + p.code
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *section) int { return cmp.Or(cmp.Compare(a.level, b.level), cmp.Compare(a.seq, b.seq)) })
	for _, s := range list {
		p := &x.s.Projects[s.project]
		t := schedule.Task{ID: sectionMark + s.id, Row: s.r.line, Code: s.code, WBS: s.code, Name: s.r.text("wbs_name"), Level: s.level, Kind: network.Summary}
		if s.parent != "" {
			t.Parent = sectionMark + s.parent
		}
		p.Tasks = append(p.Tasks, t)
	}
}

// sectionMark begins the id of a section, which may be the number of a task too.
const sectionMark = "W"

// other tells of a row that belongs to no project, or that stands twice.
func (x *reader) other(r *row, known bool) {
	if known {
		x.s.Note("id_twice", r.path(""), r.get("wbs_id")+r.get("task_id"), "")
		return
	}
	x.s.Note("row_other", r.path("proj_id"), r.get("proj_id"), "")
}

// lagCalendar returns how the calendar of lags is chosen in a project.
func (x *reader) lagCalendar(project string) string {
	out := "rcal_Predecessor" // the setting with which the program begins
	x.each("SCHEDOPTIONS", func(r *row) {
		if v := r.get("sched_calendar_on_relationship_lag"); r.get("proj_id") == project && v != "" {
			out = v
		}
	})
	return out
}

var relations = map[string]network.Relation{"PR_FS": network.FS, "PR_SS": network.SS, "PR_FF": network.FF, "PR_SF": network.SF}

// place is where a task stands.
type place struct{ project, task int }

// links reads the order of the work.
func (x *reader) links(at map[string]int, index map[string]place) {
	choice := make([]string, len(x.s.Projects))
	for i := range x.s.Projects {
		choice[i] = x.lagCalendar(x.s.Projects[i].ID)
	}
	x.each("TASKPRED", func(r *row) {
		i, ok := at[r.get("proj_id")]
		if !ok {
			x.other(r, false)
			return
		}
		kind, known := relations[r.get("pred_type")]
		if !known {
			x.s.Note("unknown_value", r.path("pred_type"), r.get("pred_type"), "PR_FS, PR_SS, PR_FF, PR_SF")
			return
		}
		p := &x.s.Projects[i]
		l := network.Link{From: r.get("pred_task_id"), To: r.get("task_id"), Type: kind}
		l.Lag, _ = r.minutes("lag_hr_cnt")
		if other := r.get("pred_proj_id"); other != "" && other != p.ID {
			l.External = true
			x.s.Note("link_external", r.path("pred_proj_id"), other, "")
		}
		switch choice[i] {
		case "rcal_24Hours":
			l.Calendar = network.Elapsed
		case "rcal_ProjDefault":
			l.Calendar = p.Calendar
		case "rcal_Predecessor":
			if from, ok := index[l.From]; ok && from.project == i {
				if l.Calendar = p.Tasks[from.task].Calendar; l.Calendar == "" {
					l.Calendar = p.Calendar
				}
			}
		}
		p.Links = append(p.Links, l)
	})
}

// leftOver tells what was not read.
func (x *reader) leftOver() {
	for _, table := range x.order {
		if n := x.unread[table]; n > 0 {
			if personal[table] {
				x.s.Note("people", table, strconv.Itoa(n), "")
				continue
			}
			x.s.Note("table_unknown", table, table, strconv.Itoa(n))
		}
	}
}
