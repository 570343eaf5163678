package reporting

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

func day(s string) period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func num(s string) *decimal.Decimal { d := decimal.RequireFromString(s); return &d }

func said(s string) lang.Text { return lang.Text{lang.EN: s} }

// beds is a monthly report of the regions A, B and C, due on the 10th.
func beds() Template {
	return Template{Code: "beds", Version: 1, Name: said("Beds"), Every: period.Month, DueDays: 10, From: day("2026-01-01"), Source: "assumption",
		Places: Places{Kinds: []string{"region"}, Below: "XN"}, Reporter: Reporter{Office: "akimat"}, Levels: []place.Kind{place.Region, place.Country},
		Rows: []Row{
			{Code: "all", Measure: "beds.commissioned", Unit: "bed", Required: true, Min: num("0"), Range: RangeRule{Scale: Ratio}},
			{Code: "adult", Measure: "beds.commissioned", Dimensions: "age=adult", Unit: "bed", Min: num("0"), Range: RangeRule{Scale: Ratio}},
			{Code: "child", Measure: "beds.commissioned", Dimensions: "age=child", Unit: "bed", Min: num("0"), Range: RangeRule{Scale: Ratio}},
			{Code: "ready", Measure: "project.readiness", Dimensions: "project=hub", Unit: "percent", Decimals: 1, Min: num("0"), Max: num("100"), Range: RangeRule{Scale: NoRange}, Places: []place.ID{"B"}},
		},
		Checks: []Check{
			{Code: "parts", Type: SumOf, Left: "all", Right: []string{"adult", "child"}, Strict: true, Text: said("All beds are those for adults and those for children")},
			{Code: "child-within", Type: AtMost, Left: "child", Right: []string{"all"}, Text: said("No more beds for children than beds")},
		}}.Tidy()
}

func land(t *testing.T) *place.Atlas {
	t.Helper()
	ended := day("2026-03-15")
	a, err := place.NewAtlas([]place.Place{{ID: "XN", Kind: place.Country, Name: said("N")},
		{ID: "A", Kind: place.Region, Parent: "XN", Name: said("A")}, {ID: "B", Kind: place.Region, Parent: "XN", Name: said("B")},
		{ID: "C", Kind: place.Region, Parent: "XN", Name: said("C"), To: &ended}, {ID: "b1", Kind: place.Settlement, Parent: "B", Name: said("b")}}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestDueAndPeriods(t *testing.T) {
	m := beds()
	if got := m.Due(per("2026-10")).String(); got != "2026-11-10" {
		t.Errorf("ten days after October: %s", got)
	}
	for _, tc := range []struct {
		every        period.Type
		since, until string
		want         string
	}{
		{period.Month, "2026-08-01", "2026-11-23", "2026-08 2026-09 2026-10"}, // November has not ended
		{period.Month, "2026-08-01", "2026-12-01", "2026-08 2026-09 2026-10 2026-11"},
		{period.Month, "2026-08-31", "2026-09-30", "2026-08"},
		{period.Month, "2025-06-01", "2026-02-01", "2026-01"}, // it holds from 2026 on
		{period.Quarter, "2026-01-01", "2026-11-23", "2026-Q1 2026-Q2 2026-Q3"},
		{period.HalfYear, "2026-01-01", "2026-11-23", "2026-S1"},
		{period.Year, "2026-01-01", "2026-11-23", ""},
		{period.Year, "2026-01-01", "2027-01-01", "2026"},
	} {
		m.Every = tc.every
		var got []string
		for _, p := range m.Periods(day(tc.since), day(tc.until), 24) {
			got = append(got, p.String())
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%s from %s until %s: %v, want %s", tc.every, tc.since, tc.until, got, tc.want)
		}
	}
	m.Every = period.Month
	if got := m.Periods(day("2026-01-01"), day("2026-11-23"), 2); len(got) != 2 || got[1] != per("2026-10") {
		t.Errorf("the two newest: %v", got)
	}
	if got := m.Periods(period.MinDate, period.MaxDate, 3); len(got) != 3 {
		t.Errorf("at the end of time: %v", got)
	}
	if Before(per("2026-Q1")) != per("2025-Q4") || SameLastYear(per("2026-S2")) != per("2025-S2") || Before(per("2026-01")) != per("2025-12") {
		t.Error("periods before")
	}
}

func TestExpected(t *testing.T) {
	m, l := beds(), land(t)
	list := func(p string) string {
		var out []string
		for _, id := range m.Expected(per(p), l) {
			out = append(out, string(id))
		}
		return strings.Join(out, " ")
	}
	for p, want := range map[string]string{"2026-02": "A B C", "2026-03": "A B", "2025-12": "", "2026-Q1": "", "2026-10": "A B"} {
		if got := list(p); got != want {
			t.Errorf("%s: expected from %q, want %q", p, got, want)
		}
	}
	m.Places.Except = []place.ID{"A"}
	if list("2026-10") != "B" || m.Expects("A", per("2026-10"), l) || !m.Expects("B", per("2026-10"), l) {
		t.Error("A is excepted")
	}
	m.Places = Places{List: []place.ID{"b1", "A", "nowhere", "A"}}
	if got := list("2026-10"); got != "A b1" {
		t.Errorf("listed places: %q", got)
	}
	to := day("2026-06-01")
	m.To = &to
	if m.Holds(per("2026-06")) || !m.Holds(per("2026-05")) {
		t.Error("the last day is exclusive")
	}
}

// Three regions until March, two from then: seven reports for three months.
// On 20 April those of March are ten days late.
func TestCompletenessByHand(t *testing.T) {
	m, l := beds(), land(t)
	k := func(at, p string) Key { return Key{"beds", place.ID(at), per(p)} }
	received := []Receipt{
		{k("A", "2026-01"), day("2026-02-10"), true},  // the last day in time
		{k("B", "2026-01"), day("2026-02-11"), false}, // a day late
		{k("B", "2026-01"), day("2026-02-20"), true},  // sent again: the first time counts
		{k("A", "2026-02"), day("2026-03-01"), false}, // in time
		{k("A", "2026-03"), day("2026-05-01"), false}, // after the day of the view
		{k("C", "2026-03"), day("2026-04-01"), false}, // not expected
		{Key{"other", "B", per("2026-02")}, day("2026-03-01"), true},
	}
	periods := m.Periods(day("2026-01-01"), day("2026-04-20"), 12)
	all := func(place.ID) bool { return true }
	got := m.Completeness(periods, l, all, received, day("2026-04-20"))
	if c := got.Count(func(Cell) bool { return true }); c != (Count{Expected: 8, OnTime: 2, Late: 1, Missing: 5, Published: 2}) {
		t.Errorf("count: %+v", c)
	}
	if c := got.Count(func(x Cell) bool { return x.Place == "A" }); c != (Count{Expected: 3, OnTime: 2, Missing: 1, Published: 1}) {
		t.Errorf("count of A: %+v", c)
	}
	silent := got.Silent()
	if len(silent) != 5 || silent[0].Place != "C" || silent[0].DaysLate != 69 || silent[0].Period != per("2026-01") {
		t.Errorf("the longest silent is C since 10 February, 69 days: %+v", silent)
	}
	if x := got.Cells[0]; x.State != OnTime || x.DaysLate != 0 || x.Received == nil {
		t.Errorf("the due day is in time: %+v", x)
	}
	if x := got.Cells[3]; x.State != Late || x.DaysLate != 1 || x.Place != "B" || !x.Published {
		t.Errorf("the day after is late: %+v", x)
	}
	// On the due day itself nothing is missing yet, and the share counts what came.
	early := m.Completeness(periods[2:], l, all, []Receipt{{k("A", "2026-03"), day("2026-04-05"), false}}, day("2026-04-10"))
	if c := early.Count(func(Cell) bool { return true }); c != (Count{Expected: 1, OnTime: 1, NotDue: 1}) {
		t.Errorf("before the due day: %+v", c)
	}
	if share, ok := (Count{Expected: 8, OnTime: 2, Late: 1}).Share(); !ok || share != 0.375 {
		t.Errorf("share %v", share)
	}
	if _, ok := (Count{NotDue: 3}).Share(); ok {
		t.Error("nothing was expected")
	}
	if b := m.Completeness(periods, l, func(id place.ID) bool { return id == "B" }, received, day("2026-04-20")); len(b.Cells) != 3 || len(b.Places) != 1 {
		t.Errorf("only B: %+v", b)
	}
}

func TestJudge(t *testing.T) {
	m := beds()
	v := func(row, value, status, comment string) Value {
		x := Value{Row: row, Status: ledger.Status(status), Comment: comment}
		if value != "" {
			x.Value = num(value)
		}
		return x
	}
	expected := map[string]Plausible{"all": {Known: true, Lower: 90, Upper: 110}}
	for _, tc := range []struct {
		what   string
		at     place.ID
		values []Value
		want   string // code@row, ! when it blocks
	}{
		{"all is well", "A", []Value{v("all", "100", "", ""), v("adult", "60", "A", ""), v("child", "40", "E", "")}, ""},
		{"zero is a value", "B", []Value{v("all", "100", "", ""), v("adult", "100", "", ""), v("child", "0", "", ""), v("ready", "0", "", "")}, ""},
		{"not known is an answer to a required row", "A", []Value{v("all", "", "O", "")}, ""},
		{"does not exist here", "A", []Value{v("all", "100", "", ""), v("adult", "100", "", ""), v("child", "", "M", "")}, ""},
		{"what does not exist adds nothing", "A", []Value{v("all", "100", "", ""), v("adult", "99", "", ""), v("child", "", "M", "")}, "!check_broken@all"},
		{"a part that nobody knows leaves the sum open", "A", []Value{v("all", "100", "", ""), v("adult", "60", "", ""), v("child", "", "O", "")}, ""},
		{"nothing said where it must be", "A", nil, "!required@all"},
		{"an empty row with only a comment says nothing", "A", []Value{v("all", "", "", "later")}, "!required@all"},
		{"outside the range", "A", []Value{v("all", "200", "", "")}, "!outside_range@all"},
		{"outside the range, with a reason", "A", []Value{v("all", "200", "", "a new hospital")}, "outside_range@all"},
		{"the sum is wrong, a comment does not help", "A", []Value{v("all", "100", "", "x"), v("adult", "60", "", ""), v("child", "39", "", "")}, "!check_broken@all"},
		{"more children's beds than beds", "A", []Value{v("all", "100", "", ""), v("child", "101", "", "")}, "!check_broken@child"},
		{"half a bed", "A", []Value{v("all", "100.5", "", "")}, "!too_precise@all"},
		{"the same number with zeros", "A", []Value{v("all", "100.00", "", "")}, ""},
		{"a negative count", "A", []Value{v("all", "-1", "", "")}, "!below_min@all"},
		{"more than all", "B", []Value{v("all", "100", "", ""), v("ready", "100.1", "", "")}, "!above_max@ready"},
		{"a row of another place", "A", []Value{v("all", "100", "", ""), v("ready", "50", "", "")}, "!row_unknown@ready"},
		{"a row that does not exist", "A", []Value{v("all", "100", "", ""), v("none", "50", "", "")}, "!row_unknown@none"},
		{"a row twice", "A", []Value{v("all", "100", "", ""), v("all", "101", "", "")}, "!row_twice@all"},
		{"a status that does not exist", "A", []Value{v("all", "100", "Z", "")}, "!status_unknown@all"},
		{"a number beside not known", "A", []Value{v("all", "100", "O", "")}, "!status_value@all"},
		{"estimated without a number", "A", []Value{v("all", "", "E", "")}, "!status_value@all"},
		{"nineteen digits", "A", []Value{v("all", "1234567890123456789", "", "")}, "!too_long@all"},
		{"a number of ten thousand digits", "A", []Value{v("all", "1e9999", "", "")}, "!too_long@all"},
		{"a number of ten thousand decimals", "A", []Value{v("all", "1e-9999", "", "")}, "!too_long@all"},
		{"a long comment", "A", []Value{v("all", "100", "", strings.Repeat("ә", MaxComment+1))}, "!comment_long@all"},
	} {
		var got []string
		for _, p := range m.Judge(tc.at, tc.values, expected) {
			mark := ""
			if p.Blocks {
				mark = "!"
			}
			got = append(got, mark+p.Code+"@"+p.Row)
		}
		if strings.Join(got, " ") != tc.want {
			t.Errorf("%s: %v, want %s", tc.what, got, tc.want)
		}
	}
	m.Checks = []Check{{Code: "both", Type: AllOrNo, Left: "adult", Right: []string{"child"}, Text: said("both or none")}}
	if p := m.Judge("A", []Value{v("all", "100", "", ""), v("adult", "1", "", "")}, nil); len(p) != 1 || p[0].Check != "both" || !Blocked(p) {
		t.Errorf("one of two: %+v", p)
	}
	if p := m.Judge("A", []Value{v("all", "100", "", ""), v("adult", "1", "", "the other follows")}, nil); len(p) != 1 || Blocked(p) {
		t.Errorf("one of two with a comment: %+v", p)
	}
}

func TestFigures(t *testing.T) {
	m := beds()
	m.Synthetic = true
	got, err := m.Figures("B", per("2026-10"), "akimat-b", day("2026-11-05"), []Value{
		{Row: "ready", Value: num("96.5"), Status: "E"}, {Row: "all", Value: num("0")}, {Row: "child", Status: "M"}, {Row: "adult", Comment: "nothing said"}}, func(string) int { return 3 })
	if err != nil || len(got) != 3 {
		t.Fatalf("%v, %v", got, err)
	}
	zero, none, ready := got[0], got[1], got[2]
	if zero.Value == nil || !zero.Value.IsZero() || zero.Status != "A" || zero.Kind != ledger.Actual || zero.Source != "akimat-b" || zero.Version != 3 || !zero.Synthetic || zero.Published.String() != "2026-11-05" {
		t.Errorf("zero is a value: %+v", zero)
	}
	if none.Value != nil || none.Status != "M" || none.Dimensions != "age=child" {
		t.Errorf("does not exist here: %+v", none)
	}
	if ready.Status != "E" || ready.Place != "B" || ready.Period != per("2026-10") || ready.ID == 0 {
		t.Errorf("readiness: %+v", ready)
	}
}

// A template that is wrong everywhere, mended one field at a time.
func TestCheckTemplate(t *testing.T) {
	to := day("2026-01-01")
	m := Template{From: period.MaxDate + 1, To: &to, DueDays: -1, Levels: make([]place.Kind, 9)}
	row := Row{Code: "?", Decimals: 9, Min: num("2"), Max: num("1"), Dimensions: "b=1;a=2"}
	for _, step := range []struct {
		want string
		mend func()
	}{
		{"template code", func() { m.Code = "beds" }},
		{"count from 1", func() { m.Version = 1 }},
		{"needs a name", func() { m.Name = said("Beds") }},
		{"every month", func() { m.Every = period.Month }},
		{"due 0 to", func() { m.DueDays = 10 }},
		{"years 1 to 9999", func() { m.From = to }},
		{"ends before", func() { m.To = nil }},
		{"kind of office", func() { m.Reporter.Office = "akimat" }},
		{"needs a source", func() { m.Source = "assumption" }},
		{"levels", func() { m.Levels = nil }},
		{"1 to 400 rows", func() { m.Rows = []Row{row} }},
		{"either the places", func() { m.Places.Kinds = []string{"region"} }},
		{"below which territory", func() { m.Places.Below = "XN" }},
		{"a row code", func() { m.Rows[0].Code = "a" }},
		{"needs a measure", func() { m.Rows[0].Measure, m.Rows[0].Unit = "beds", "bed" }},
		{"order of their keys", func() { m.Rows[0].Dimensions = "a=2;b=1" }},
		{"decimals are", func() { m.Rows[0].Decimals = 0 }},
		{"lower limit", func() { m.Rows[0].Min = num("1e9999") }},
		{"a limit has at most", func() { m.Rows[0].Min = num("1") }},
		{"scale of a plausible range", func() { m.Rows[0].Range.Scale = Ratio; m.Rows = append(m.Rows, m.Rows[0]) }},
		{"two rows", func() { m.Rows[1].Code = "b" }},
		{"another row asks", func() {
			m.Rows[1].Measure = "other"
			m.Checks = []Check{{Code: "x", Type: "product", Left: "a", Right: []string{"a"}}}
		}},
		{"sum, at_most or all", func() { m.Checks[0].Type = AtMost }},
		{"in words", func() { m.Checks[0].Text = said("x") }},
		{"with itself", func() { m.Checks[0].Right = []string{"c"} }},
		{"does not have", func() { m.Checks[0].Right = []string{"b"} }},
	} {
		err := m.Check()
		if err == nil || !strings.Contains(err.Error(), step.want) || !fault.Is(err, fault.Invalid) {
			t.Fatalf("%v, want a fault that says %q", err, step.want)
		}
		step.mend()
	}
	if err := m.Check(); err != nil {
		t.Error(err)
	}
}

func TestParse(t *testing.T) {
	text, err := json.Marshal(beds())
	if err != nil {
		t.Fatal(err)
	}
	got, err := Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := json.Marshal(got)
	if string(again) != string(text) {
		t.Errorf("%s\ncame back as\n%s", text, again)
	}
	for what, bad := range map[string]string{
		"a misspelt field":    strings.Replace(string(text), `"due_days"`, `"duedays"`, 1),
		"two templates":       string(text) + string(text),
		"no template":         `{}`,
		"not JSON":            `code: beds`,
		"a date that is none": strings.Replace(string(text), "2026-01-01", "2026-02-30", 1),
	} {
		if _, err := Parse([]byte(bad)); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := Parse(make([]byte, maxTemplate+1)); !fault.Is(err, fault.TooLarge) {
		t.Error("a huge template")
	}
}

// Whatever is read as a template is one, and writes back as itself.
func FuzzParse(f *testing.F) {
	text, _ := json.Marshal(beds())
	f.Add(text)
	f.Add([]byte(`{"code":"x","version":1,"rows":[{}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		m, err := Parse(text)
		if err != nil {
			return
		}
		if err := m.Check(); err != nil {
			t.Fatal(err)
		}
		first, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Parse(first)
		if err != nil {
			t.Fatalf("%s: %v", first, err)
		}
		if second, _ := json.Marshal(back); string(second) != string(first) {
			t.Fatalf("%s\ncame back as\n%s", first, second)
		}
		m.Periods(period.MinDate, day("2026-11-23"), 12)
		m.Judge("A", nil, nil)
	})
}
