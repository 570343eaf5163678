package xer

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"github.com/shanyraq/shanyraq/exchange/schedule"
	"github.com/shanyraq/shanyraq/exchange/text"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/works/network"
)

// table writes one table: the columns, then rows with | between fields.
func table(name, columns string, rows ...string) string {
	tab := func(s string) string { return strings.ReplaceAll(s, "|", "\t") }
	out := "%T\t" + name + "\r\n%F\t" + tab(columns) + "\r\n"
	for _, r := range rows {
		out += "%R\t" + tab(r) + "\r\n"
	}
	return out
}

// shift is a day of eight hours as the program writes it.
const shift = "(0||0(s¦08:00¦f¦12:00)())(0||1(f¦17:00¦s¦13:00)())"

// week writes a calendar of five days with a holiday on Monday 9 March 2026,
// which is day 46090 of a spreadsheet.
func week() string {
	s := "(0||CalendarData()((0||DaysOfWeek()((0||1()())"
	for _, d := range []string{"2", "3", "4", "5", "6"} {
		s += "(0||" + d + "()(" + shift + "))"
	}
	return s + "(0||7()())))(0||VIEW(ShowTotal¦Y)())\x7f\x7f(0||Exceptions()((0||0(d¦46090)())(0||1(d¦46096)(" + shift + "))))))"
}

// hospital is a small export of our own: a project with its baseline and a
// second project.
func hospital() string {
	s := "ERMHDR\t20.12\t2026-03-14\tProject\tsomebody\tSome Body\tdbx\tProject Management\tKZT\r\n" +
		table("CURRTYPE", "curr_id|decimal_digit_cnt|curr_symbol|decimal_symbol|digit_group_symbol|curr_short_name|base_exch_rate", "1|2|₸|.|,|KZT|1") +
		table("OBS", "obs_id|obs_name", "1|Some Body") +
		table("PROJECT", "proj_id|clndr_id|proj_short_name|plan_start_date|plan_end_date|scd_end_date|last_recalc_date|orig_proj_id|sum_base_proj_id",
			"10|1|KOKZHAR|2026-03-02 08:00||2026-03-27 17:00|2026-03-06 17:00||11", "11|1|KOKZHAR - B1|2026-03-02 08:00|||2026-02-20 17:00|10|", "12|1|OTHER|2026-05-01 08:00|||2026-05-01 08:00||") +
		table("CALENDAR", "clndr_id|clndr_name|clndr_type|day_hr_cnt|clndr_data", "1|Пять дней|CA_Base|8|CAL", "2|Some Body|CA_Rsrc|8|CAL") +
		table("SCHEDOPTIONS", "schedoptions_id|proj_id|sched_progress_override|sched_calendar_on_relationship_lag", "1|10|N|rcal_24Hours") +
		table("PROJWBS", "wbs_id|proj_id|seq_num|proj_node_flag|wbs_short_name|wbs_name|parent_wbs_id", "100|10|1|Y|KOKZHAR|Аудандық аурухана, Көкжар|", "101|10|2|N|FR|Каркас|100", "102|10|3|N|IN|Отделка|100", "103|10|4|N|A|Первый этаж|102", "110|11|1|Y|B1|База|", "120|12|1|Y|OTHER|Другой|") +
		table("TASK", "task_id|proj_id|wbs_id|clndr_id|phys_complete_pct|complete_pct_type|task_type|status_code|task_code|task_name|target_drtn_hr_cnt|remain_drtn_hr_cnt|act_start_date|act_end_date|early_start_date|early_end_date|target_start_date|target_end_date|cstr_type|cstr_date",
			"1|10|101|1|100|CP_Phys|TT_Mile|TK_Complete|A1000|Начало|0|0|2026-03-02 08:00|2026-03-02 08:00||||||",
			"2|10|101|1|55,5|CP_Phys|TT_Task|TK_Active|A1010|Фундамент|64|24|2026-03-02 08:00|||2026-03-12 17:00|2026-03-02 08:00|2026-03-11 17:00||",
			"3|10|103|1|0|CP_Drtn|TT_Task|TK_NotStart|A1020|\"Стены \"\"А\"\"\"|40|40|||2026-03-16 08:00|2026-03-20 17:00|||CS_MSOA|2026-03-16 08:00",
			"4|10|102||0|CP_Drtn|TT_FinMile|TK_NotStart|A1030|Сдача|0|0||||2026-03-20 17:00|||CS_MEOB|2026-03-31 17:00",
			"5|10|100|1|0|CP_Drtn|TT_LOE|TK_Active|A1040|Надзор|160|80|2026-03-02 08:00|||||||",
			"21|11|110|1|0|CP_Drtn|TT_Mile|TK_NotStart|A1000|Начало|0|0|||2026-03-02 08:00|2026-03-02 08:00||||",
			"22|11|110|1|0|CP_Drtn|TT_Task|TK_NotStart|A1010|Фундамент|40|40|||2026-03-02 08:00|2026-03-06 17:00||||",
			"23|11|110|1|0|CP_Drtn|TT_Task|TK_NotStart|A9999|Исчезло|40|40|||2026-03-09 08:00|2026-03-13 17:00||||",
			"31|12|120|1|0|CP_Drtn|TT_Task|TK_NotStart|B1|Другое|8|8||||||||") +
		table("TASKPRED", "task_pred_id|task_id|pred_task_id|proj_id|pred_proj_id|pred_type|lag_hr_cnt", "1|2|1|10|10|PR_FS|0", "2|3|2|10|10|PR_FS|48", "3|4|3|10|10|PR_FS|0", "4|4|31|10|12|PR_FS|0", "5|5|1|10|10|PR_SS|0") +
		table("ACTVTYPE", "actv_code_type_id|actv_code_type", "1|STAGE", "2|Ответственный") +
		table("ACTVCODE", "actv_code_id|actv_code_type_id|short_name|actv_code_name|parent_actv_code_id", "11|1|frame|Каркас|", "12|2|SB|Some Body|") +
		table("TASKACTV", "task_id|actv_code_id|proj_id", "2|11|10", "2|12|10") +
		table("UDFTYPE", "udf_type_id|table_name|udf_type_label", "1|TASK|Участок", "2|PROJECT|x") +
		table("UDFVALUE", "udf_type_id|fk_id|proj_id|udf_date|udf_number|udf_text", "1|2|10|||Корпус\r\nА", "2|10|10|||y") +
		table("RSRC", "rsrc_id|rsrc_name|rsrc_type", "1|Some Body|RT_Labor", "2|Бетон|RT_Mat") +
		table("TASKRSRC", "taskrsrc_id|task_id|proj_id|rsrc_id|target_qty|target_cost|act_reg_cost", "1|2|10|1|40|1000,50|400", "2|2|10|2|100|5000|2000", "3|2|10|9|1|1|1") +
		table("PROJCOST", "cost_item_id|task_id|target_cost|act_cost", "1|2|250|100") +
		table("NONSENSE", "a", "1", "2") + "%E\r\n"
	return strings.ReplaceAll(strings.ReplaceAll(s, "CAL\r\n", week()+"\r\n"), "¦", "|")
}

// russian is the export as a Russian Windows writes it.
func russian(t testing.TB) []byte {
	t.Helper()
	s := strings.NewReplacer("Аудандық аурухана, Көкжар", "Больница", "₸", "T").Replace(hospital())
	narrow, err := charmap.Windows1251.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(narrow)
}

// The sample that other tests use is this export. UPDATE=1 writes it anew.
func TestSample(t *testing.T) {
	const name = "testdata/hospital.xer"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, russian(t), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := os.ReadFile(name); err != nil || !bytes.Equal(b, russian(t)) {
		t.Errorf("the sample differs: %v", err)
	}
}

func read(t testing.TB, raw []byte, o Options) *schedule.Schedule {
	t.Helper()
	s, err := Read(bytes.NewReader(raw), "plan.xer", o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func task(p *schedule.Project, code string) *schedule.Task {
	for i := range p.Tasks {
		if p.Tasks[i].Code == code {
			return &p.Tasks[i]
		}
	}
	return &schedule.Task{}
}

func TestHospital(t *testing.T) {
	s := read(t, []byte(hospital()), Options{})
	if len(s.Projects) != 3 || s.Projects[1].BaselineOf != "10" || s.Program != "Primavera P6 20.12" || s.Encoding != "UTF-8" || s.Guessed {
		t.Fatalf("%d projects, %q, %s", len(s.Projects), s.Program, s.Encoding)
	}
	if _, err := s.Project(""); !fault.Is(err, fault.Invalid) {
		t.Errorf("two projects: %v", err)
	}
	p, err := s.Project("KOKZHAR")
	if err != nil || p.Name != "Аудандық аурухана, Көкжар" || p.Currency != "KZT" || p.StatusDate.String() != "2026-03-06 17:00" || !p.Pushed || p.Override {
		t.Fatalf("%+v %v", p, err)
	}
	base := task(p, "A1010")
	if base.Parent != "W101" || base.WBS != "FR" || base.Duration != 64*60 || *base.Remaining != 24*60 || base.Done().String() != "55.5" || base.Percent.String() != "62.5" || base.Level != 2 {
		t.Errorf("foundation: %+v", base)
	}
	if base.Cost.String() != "6250.5" || base.FixedCost.String() != "250" || base.ActualCost.String() != "2500" || len(base.Assignments) != 2 {
		t.Errorf("cost %s fixed %s actual %s", base.Cost, base.FixedCost, base.ActualCost)
	}
	if b := base.Baseline(0); b == nil || b.Finish.String() != "2026-03-06 17:00" || b.Of != "11" || b.On.String() != "2026-02-20 17:00" {
		t.Errorf("baseline: %+v", b)
	}
	if len(base.Codes) != 1 || base.Codes[0] != (schedule.Code{Type: "STAGE", Value: "frame", Name: "Каркас"}) {
		t.Errorf("codes: %+v", base.Codes)
	}
	if len(base.Fields) != 1 || base.Fields[0].Value != "Корпус\nА" {
		t.Errorf("a field of two lines: %+v", base.Fields)
	}
	if w := task(p, "A1020"); w.Name != `Стены "А"` || w.WBS != "IN.A" || w.Constraints[0].Limit != network.StartNoEarlier {
		t.Errorf("walls: %+v", w)
	}
	for code, want := range map[string]int{"baseline_of": 1, "baseline_task": 1, "table_unknown": 1, "assignment_lost": 1, "link_external": 1, "not_kept": 1, "people": 4} {
		if s.Count(code) != want {
			t.Errorf("%s: %d, want %d", code, s.Count(code), want)
		}
	}
	for _, f := range s.Findings {
		if strings.Contains(f.Text[lang.EN], "Some Body") {
			t.Errorf("a name: %v", f)
		}
	}
	for _, c := range s.Calendars {
		if c.Name == "Some Body" {
			t.Error("the calendar of a person was kept")
		}
	}
}

// Three days of the foundation are left after Friday 6 March; Monday 9 is free,
// so it ends on Thursday; the concrete hardens for 48 hours to Saturday evening,
// and Sunday 15 is worked on.
func TestDates(t *testing.T) {
	s := read(t, []byte(hospital()), Options{})
	p, _ := s.Project("KOKZHAR")
	n := s.Network(p)
	r, err := network.Solve(n)
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"2": "2026-03-12 17:00", "3": "2026-03-20 17:00", "4": "2026-03-20 17:00"} {
		if x, _ := r.Find(id); x.EarlyFinish.String() != want {
			t.Errorf("task %s ends %s, want %s", id, x.EarlyFinish, want)
		}
	}
	if end, _ := r.Find("4"); *end.Float != 0 {
		t.Errorf("the end may slip %d minutes: a date no later than 31 March gives no float", *end.Float)
	}
	if _, ok := r.Find("5"); ok || len(r.OnEffort) != 1 || len(r.External) != 1 {
		t.Errorf("the effort takes part: %v %v", r.OnEffort, r.External)
	}
	network.Audit(n, r)
}

func TestCalendar(t *testing.T) {
	c, partly, ok := calendarOf(strings.ReplaceAll(week(), "¦", "|"))
	if !ok || partly || len(c.Week[0]) != 0 || len(c.Week[1]) != 2 || c.Week[1][1] != (network.Shift{From: 780, To: 1020}) || len(c.Exceptions) != 2 {
		t.Errorf("%+v partly %v ok %v", c, partly, ok)
	}
	for in, want := range map[string][2]bool{
		"":                      {false, false},
		"(0||CalendarData()())": {false, false},
		"(0||CalendarData()((0||DaysOfWeek()((0||9()())(0||2()((0||0(s|08:00|f|25:00)())))))))":     {true, true},
		"(0||CalendarData()((0||DaysOfWeek()((0||2()((0||0(s|00:00|f|00:00)())))))":                 {true, true},
		"(0||CalendarData()((0||DaysOfWeek()((0||2()((0||0(s|00:00|f|00:00)())))))))":               {false, true},
		"(0||CalendarData()((0||DaysOfWeek()())(0||Exceptions()((0||0(d|99999999)())))))":           {true, true},
		strings.Repeat("(0||CalendarData()(", 100) + "(0||DaysOfWeek()())" + strings.Repeat(")", 9): {false, false},
	} {
		if _, partly, ok := calendarOf(in); partly != want[0] && ok || ok != want[1] {
			t.Errorf("%.60s: partly %v ok %v, want %v", in, partly, ok, want)
		}
	}
}

func TestEncodings(t *testing.T) {
	narrow := string(russian(t))
	// Kazakh letters in the places that KZ-1048 gives them.
	kazakh := []byte(strings.ReplaceAll(narrow, "\r\n%E", "\r\n%E"))
	at := bytes.Index(kazakh, []byte("\xc1\xee\xeb\xfc\xed\xe8\xf6\xe0")) // Больница
	word := []byte("\xca\xbf\xea\xe6\xe0\xf0")                            // Көкжар
	word[1] = 0xb4                                                        // ө
	kazakh = append(append(append([]byte(nil), kazakh[:at]...), word...), kazakh[at+8:]...)
	latin := "ERMHDR\t1\n" + table("PROJECT", "proj_id|proj_short_name", "1|KOKZHAR") + table("PROJWBS", "wbs_id|proj_id|proj_node_flag|wbs_name", "1|1|Y|Hôpital régional, bâtiment d’été") + "%E\n"
	western, err := charmap.Windows1252.NewEncoder().String(latin)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		raw  []byte
		want string
	}{
		"Windows-1251": {[]byte(narrow), "Больница"}, "KZ-1048": {kazakh, "Көкжар"}, Windows1252: {[]byte(western), "Hôpital régional, bâtiment d’été"},
	} {
		s := read(t, tc.raw, Options{})
		p, _ := s.Project("KOKZHAR")
		if s.Encoding != name || !s.Guessed || p.Name != tc.want || s.Count("encoding_guessed") != 1 {
			t.Errorf("%s: read as %s, %q", name, s.Encoding, p.Name)
		}
	}
	if s := read(t, kazakh, Options{Encoding: string(text.Windows1251)}); s.Encoding != "Windows-1251" || s.Guessed {
		t.Errorf("told: %s", s.Encoding)
	}
	if s := read(t, []byte("\xef\xbb\xbf"+hospital()), Options{}); s.Encoding != string(text.UTF8BOM) {
		t.Errorf("marked: %s", s.Encoding)
	}
}

type endless struct{ text string }

func (e endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], e.text)
	}
	return n, nil
}

func TestHostile(t *testing.T) {
	const head = "ERMHDR\t1\n"
	start := head + table("PROJECT", "proj_id|proj_short_name", "1|a")
	for name, tc := range map[string]struct {
		r    io.Reader
		kind fault.Kind
	}{
		"empty":               {strings.NewReader(""), fault.Invalid},
		"not XER":             {strings.NewReader("<Project/>"), fault.Invalid},
		"no project":          {strings.NewReader(head + "%E\n"), fault.Invalid},
		"row before columns":  {strings.NewReader(head + "%T\tTASK\n%R\t1\n"), fault.Invalid},
		"columns first":       {strings.NewReader(head + "%F\ta\n"), fault.Invalid},
		"table without name":  {strings.NewReader(head + "%T\n"), fault.Invalid},
		"a NUL":               {strings.NewReader(head + "\x00"), fault.Invalid},
		"a gigabyte of lines": {io.MultiReader(strings.NewReader(start), endless{"no record\n"}), fault.TooLarge},
		"an endless line":     {io.MultiReader(strings.NewReader(start), endless{"x"}), fault.TooLarge},
		"thousands of tables": {io.MultiReader(strings.NewReader(start), endless{"%T\tX\n%F\ta\n%R\t1\n"}), fault.TooLarge},
		"columns":             {strings.NewReader(head + "%T\tTASK\n%F" + strings.Repeat("\ta", 600) + "\n"), fault.TooLarge},
		"projects":            {strings.NewReader(head + "%T\tPROJECT\n%F\tproj_id\n" + strings.Repeat("%R\t1\n", 3000)), fault.TooLarge},
	} {
		if _, err := Read(tc.r, "plan.xer", Options{Limit: 20 << 20}); !fault.Is(err, tc.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	cut := hospital()[:len(hospital())/2]
	if s := read(t, []byte(cut), Options{}); s.Count("no_end") != 1 {
		t.Error("a file that was cut goes through in silence")
	}
	circle := start + table("PROJWBS", "wbs_id|proj_id|parent_wbs_id", "1|1|2", "2|1|1", "3|1|3") + "%E"
	if s := read(t, []byte(circle), Options{}); s.Count("wbs_circle") == 0 {
		t.Error("sections that contain each other")
	}
}

func TestQuotes(t *testing.T) {
	for in, want := range map[string]string{`"a"`: "a", `"a ""b"""`: `a "b"`, `a "b"`: `a "b"`, `"`: `"`, `"a" b`: `"a" b`, `"a"b"`: `"a"b"`, `""`: ""} {
		if got := split("%R\t" + in)[1]; got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(hospital()))
	f.Add([]byte("ERMHDR\n%T\tPROJECT\n%F\tproj_id\torig_proj_id\n%R\t1\t2\n%R\t2\t1\n%T\tTASK\n%F\ttask_id\tproj_id\ttask_code\n%R\t1\t1\tx\n%R\t2\t2\tx\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := Read(bytes.NewReader(raw), "plan.xer", Options{Limit: 1 << 20})
		if err != nil {
			if k := fault.KindOf(err); k != fault.Invalid && k != fault.TooLarge {
				t.Fatalf("%s: %v", k, err)
			}
			return
		}
		for i := range s.Projects {
			n := s.Network(&s.Projects[i])
			r, err := network.Solve(n)
			if err != nil {
				if !fault.Is(err, fault.Invalid) {
					t.Fatal(err)
				}
				continue
			}
			network.Audit(n, r)
		}
	})
}

func FuzzCalendar(f *testing.F) {
	f.Add(strings.ReplaceAll(week(), "¦", "|"))
	f.Fuzz(func(t *testing.T, s string) {
		if c, _, ok := calendarOf(s); ok {
			_ = c.Check()
		}
	})
}
