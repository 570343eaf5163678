package app

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/submission"
)

// desk is an App with its background work going, and somebody who uses it.
type desk struct {
	t   *testing.T
	app *App
	h   http.Handler
	who string
}

func newDesk(t *testing.T, who string) *desk {
	t.Helper()
	a := kazakhstan(t)
	a.ImportsIn(t.TempDir(), 1<<20)
	a.Jobs.Start(t.Context())
	t.Cleanup(func() { a.Jobs.Stop(t.Context()) })
	o := a.Serving()
	o.Identity, o.ReadsPerSecond = heads{}, unlimited
	return &desk{t, a, httpapi.New(o), who}
}

func (d *desk) as(who string) *desk { c := *d; c.who = who; return &c }

func (d *desk) knock(method, path string, body any) *httptest.ResponseRecorder {
	d.t.Helper()
	text := ""
	switch b := body.(type) {
	case nil:
	case string:
		text = b
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			d.t.Fatal(err)
		}
		text = string(raw)
	}
	return knock(d.h, d.who, method, path, text)
}

// do sends and decodes; the answer must be a success.
func do[T any](d *desk, method, path string, body any) T {
	d.t.Helper()
	var v T
	w := d.knock(method, path, body)
	if w.Code >= 300 {
		d.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		d.t.Fatalf("%s %s: %v", method, path, err)
	}
	return v
}

func (d *desk) upload(name, table string) httpapi.Import {
	d.t.Helper()
	return do[httpapi.Import](d, "POST", "/api/imports?name="+url.QueryEscape(name), table)
}

// settled waits until nothing runs any more.
func (d *desk) settled(id string) httpapi.Import {
	d.t.Helper()
	for range 600 {
		if i := do[httpapi.Import](d, "GET", "/api/imports/"+id, nil); i.Doing == "" {
			return i
		}
		time.Sleep(20 * time.Millisecond)
	}
	d.t.Fatal("the background work does not end")
	return httpapi.Import{}
}

func (d *desk) check(i httpapi.Import) httpapi.Import {
	d.t.Helper()
	do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/check", httpapi.ImportStep{Version: i.Version})
	return d.settled(i.ID)
}

func (d *desk) mapped(i httpapi.Import, change func(*httpapi.ImportMapping)) httpapi.Import {
	d.t.Helper()
	change(&i.Mapping)
	return do[httpapi.Import](d, "PUT", "/api/imports/"+i.ID+"/mapping", httpapi.ImportPlan{Version: i.Version, Mapping: i.Mapping})
}

const monthly = "Отчет о ходе работ за октябрь 2026 года;;\n\nНаименование региона;Показатель;Значение\n"

// complete says what no table of this office says.
func complete(m *httpapi.ImportMapping) {
	if m.Constants == nil {
		m.Constants = map[string]string{}
	}
	m.Constants["kind"], m.Constants["source"] = "actual", "speech-2026-02-05"
}

func somewhere(t *testing.T, a *App) (document string, measure string) {
	t.Helper()
	v, err := a.look(t.Context(), When{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range v.Documents {
		document = max(document, d.Name)
	}
	return document, "beds.new"
}

// The way of a table: upload, dry run, correct in place, annotated file, publish,
// the second month, and again the same file.
func TestImportFromUploadToLedger(t *testing.T) {
	d := newDesk(t, "contributor,approver@KZ")
	document, measure := somewhere(t, d.app)
	said := func(m *httpapi.ImportMapping) { complete(m); m.Constants["source"] = document }
	i := d.upload(`..\..\C:\отчеты\october.csv`, monthly+"Карагандинская область;"+measure+";12\nобласть Улытау;"+measure+";x7\nПавлодарская область;no.such;=5\n")
	if i.Name != "october.csv" || i.State != "open" || i.HeaderRow != 3 || i.Mapping.Constants["period"] != "2026-10" || strings.Join(i.Missing, " ") != "kind source" || i.Check != nil {
		t.Fatalf("%+v", i)
	}
	i = d.mapped(i, said)
	if len(i.Missing) > 0 {
		t.Fatalf("missing %v", i.Missing)
	}
	i = d.check(i)
	if i.State != "checked" || i.Check == nil || i.Check.Rows != 3 || i.Check.Problems != 3 || i.Check.Faulty != 2 || i.Check.New != 1 {
		t.Fatalf("%+v %+v", i, i.Check)
	}
	if w := d.knock("POST", "/api/imports/"+i.ID+"/commit", httpapi.ImportStep{Version: i.Version}); w.Code != http.StatusConflict {
		t.Errorf("a table with problems was taken: %d %s", w.Code, w.Body)
	}
	p := do[httpapi.ImportProblems](d, "GET", "/api/imports/"+i.ID+"/problems?limit=2", nil)
	if p.Total != 3 || len(p.Items) != 2 || p.Next != "2" || p.Items[0].Cell != "C5" || p.Items[0].Text != "x7" || p.Items[1].Cell != "B6" || len(p.Items[0].Cells) != 3 {
		t.Fatalf("%+v", p)
	}
	if p = do[httpapi.ImportProblems](d, "GET", "/api/imports/"+i.ID+"/problems?after=2", nil); len(p.Items) != 1 || p.Next != "" {
		t.Fatalf("%+v", p)
	}
	w := d.knock("GET", "/api/imports/"+i.ID+"/annotated?format=xlsx&lang=ru", nil)
	r, err := sheet.Open(bytes.NewReader(w.Body.Bytes()), int64(w.Body.Len()), sheet.Options{Name: "a.xlsx"})
	if err != nil || !strings.Contains(w.Header().Get("Content-Disposition"), "october-") {
		t.Fatal(err, w.Code, w.Header())
	}
	for range 5 {
		if _, err := r.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if row, err := r.Next(); err != nil || row.Number != 6 || row.Cells[2].Text != "=5" || !strings.Contains(row.Cells[3].Text, "B6: ") {
		t.Errorf("%+v %v", row, err)
	}
	i = do[httpapi.Import](d, "PUT", "/api/imports/"+i.ID+"/cells", httpapi.ImportEdits{Version: i.Version, Cells: []httpapi.ImportCell{{Cell: "C5", Text: "7"}}, Leave: []int{6}})
	if i.State != "open" || i.Check != nil || len(i.Cells) != 1 || len(i.Leave) != 1 {
		t.Fatalf("%+v", i)
	}
	if i = d.check(i); i.Check.Problems != 0 || i.Check.New != 2 || i.Check.Left != 1 {
		t.Fatalf("%+v", i.Check)
	}
	do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/commit", httpapi.ImportStep{Version: i.Version})
	i = d.settled(i.ID)
	if i.State != "published" || i.Outcome == nil || i.Outcome.New != 2 || i.Outcome.Run == "" || i.Outcome.LeftOut != 1 {
		t.Fatalf("%+v %+v", i, i.Outcome)
	}
	list := do[httpapi.FigureList](d, "GET", "/api/figures?measure="+measure+"&period=2026-10&place=KZ", nil)
	values := map[string]string{}
	for _, f := range list.Items {
		if f.Run == i.Outcome.Run {
			raw, _ := json.Marshal(f.Value)
			values[f.Place] = string(raw)
		}
	}
	if len(values) != 2 || values["KZ-35"] != "12" || values["KZ-62"] != "7" {
		t.Errorf("in the ledger: %v", values)
	}

	// Next month it is one step: the mapping is remembered, the month is found.
	n := d.upload("november.csv", strings.ReplaceAll(monthly, "октябрь", "ноябрь")+"Карагандинская область;"+measure+";13\n")
	if n.Remembered != document || len(n.Missing) > 0 || n.Mapping.Constants["period"] != "2026-11" || n.Mapping.Constants["kind"] != "actual" {
		t.Fatalf("%+v", n)
	}
	if n = d.check(n); n.Check.New != 1 || n.Check.Problems != 0 {
		t.Fatalf("%+v", n.Check)
	}

	// The same file again brings nothing.
	s := d.mapped(d.upload("october again.csv", monthly+"Карагандинская область;"+measure+";12\n"), said)
	if s = d.check(s); s.Check.New != 0 || s.Check.Known != 1 {
		t.Fatalf("%+v", s.Check)
	}
	// A corrected value corrects.
	s = d.mapped(d.upload("october corrected.csv", monthly+"Карагандинская область;"+measure+";14\n"), said)
	if s = d.check(s); s.Check.New != 1 || s.Check.Corrected != 1 {
		t.Fatalf("%+v", s.Check)
	}
}

// A published import is taken back with a reason: its figures no longer stand,
// and what they had corrected stands again.
func TestImportIsTakenBack(t *testing.T) {
	d := newDesk(t, "contributor,approver@KZ")
	document, measure := somewhere(t, d.app)
	head := "measure,place,period,kind,value,source\n"
	standing := func() string {
		var out []string
		for _, f := range do[httpapi.FigureList](d, "GET", "/api/figures?measure="+measure+"&period=2026-08&place=KZ-35", nil).Items {
			raw, _ := json.Marshal(f.Value)
			out = append(out, string(raw))
		}
		return strings.Join(out, " ")
	}
	publish := func(value string) httpapi.Import {
		i := d.check(d.upload(value+".csv", head+measure+",KZ-35,2026-08,actual,"+value+","+document+"\n"))
		do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/commit", httpapi.ImportStep{Version: i.Version})
		return d.settled(i.ID)
	}
	publish("5")
	second := publish("6")
	if got := standing(); got != "6" {
		t.Fatalf("standing: %s", got)
	}
	if w := d.as("contributor,approver@KZ-62").knock("POST", "/api/imports/"+second.ID+"/withdraw", httpapi.ImportWithdrawal{Version: second.Version, Reason: "typing error"}); w.Code != http.StatusNotFound {
		t.Errorf("next door: %d %s", w.Code, w.Body)
	}
	if w := d.knock("POST", "/api/imports/"+second.ID+"/withdraw", httpapi.ImportWithdrawal{Version: second.Version, Reason: "    "}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("without a reason: %d", w.Code)
	}
	do[httpapi.Import](d, "POST", "/api/imports/"+second.ID+"/withdraw", httpapi.ImportWithdrawal{Version: second.Version, Reason: "typing error"})
	if second = d.settled(second.ID); second.State != "withdrawn" || second.Outcome.Reason != "typing error" {
		t.Fatalf("%+v", second)
	}
	if got := standing(); got != "5" {
		t.Errorf("standing after it was taken back: %s", got)
	}
}

// What the board computed from the figures of an import goes with them.
func TestTakingAnImportBackTakesWhatWasComputed(t *testing.T) {
	d := newDesk(t, "contributor,approver@KZ")
	document, _ := somewhere(t, d.app)
	i := d.check(d.upload("t.csv", "measure,place,period,kind,value,source\ndepartments.commissioned,KZ-35,2026-01,actual,5,"+document+"\ndepartments.commissioned,KZ-11,2026-01,actual,6,"+document+"\n"))
	do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/commit", httpapi.ImportStep{Version: i.Version})
	if i = d.settled(i.ID); i.State != "published" {
		t.Fatalf("%+v", i)
	}
	resting := func() (n int) {
		for _, list := range standing(t, d.app, When{}) {
			for _, f := range list {
				for _, id := range f.Recipe.Inputs {
					if in, err := d.app.Store.Figure(t.Context(), id, store.Everything); err != nil {
						t.Fatal(err)
					} else if f.Value != nil && in.Run.String() == i.Outcome.Run {
						n++
					}
				}
			}
		}
		return n
	}
	for end := time.Now().Add(10 * time.Second); resting() == 0 && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond) // the board is computed after the act
	}
	if resting() == 0 {
		t.Fatal("nothing was computed from the import")
	}
	do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/withdraw", httpapi.ImportWithdrawal{Version: i.Version, Reason: "typing error"})
	if i = d.settled(i.ID); i.State != "withdrawn" {
		t.Fatalf("%+v", i)
	}
	for end := time.Now().Add(10 * time.Second); resting() > 0 && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond)
	}
	if n := resting(); n > 0 {
		t.Errorf("%d inputs of computed figures were taken back", n)
	}
}

// Small counts in a table are protected as those of a report are: with what
// would tell them, and against what is published already. The dry run says so,
// and the same table again brings nothing.
func TestImportProtectsSmallCounts(t *testing.T) {
	d := newDesk(t, "contributor,approver@KZ")
	document, _ := somewhere(t, d.app)
	publish := func(rows string) (httpapi.Import, string) {
		t.Helper()
		table := "measure,place,period,kind,value,source\n"
		for _, row := range strings.Fields(rows) {
			at, value, _ := strings.Cut(row, "=")
			table += "medicines.outpatient.patients-served," + at + ",2026-08,actual," + value + "," + document + "\nbeds.commissioned," + at + ",2026-08,actual,2," + document + "\n"
		}
		i := d.check(d.upload("t.csv", table))
		if i.Check == nil || i.Check.Problems > 0 {
			t.Fatalf("%+v %+v", i, i.Check)
		}
		if i.Check.New == 0 {
			return i, ""
		}
		do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/commit", httpapi.ImportStep{Version: i.Version})
		if i = d.settled(i.ID); i.State != "published" {
			t.Fatalf("%+v", i)
		}
		page, err := d.app.Store.Figures(t.Context(), store.Query{At: store.Everything, Measures: []string{"medicines.outpatient.patients-served", "beds.commissioned"}})
		if err != nil {
			t.Fatal(err)
		}
		var hidden []string
		for _, f := range page.Figures {
			if f.Run.String() == i.Outcome.Run && f.Value == nil {
				hidden = append(hidden, f.Measure+" "+string(f.Place)+" "+string(f.Status))
			}
		}
		slices.Sort(hidden)
		return i, strings.Join(hidden, ", ")
	}
	served := "medicines.outpatient.patients-served "
	i, hidden := publish("KZ-10=3 KZ-11=57 KZ-15=40")
	if hidden != served+"KZ-10 Q" {
		t.Errorf("left out: %s", hidden)
	}
	if n := len(i.Check.Notices); n == 0 || i.Check.Notices[n-1].Code != "disclosure" || !strings.Contains(i.Check.Notices[n-1].Message["ru"], ": 1.") {
		t.Errorf("the dry run does not say so: %+v", i.Check.Notices)
	}
	if i, _ = publish("KZ-10=3 KZ-11=57 KZ-15=40"); i.Check.New != 0 || i.Check.Known != 6 {
		t.Errorf("the same again: %+v", i.Check)
	}
	if _, hidden = publish("KZ=100"); hidden != served+"KZ Q" {
		t.Errorf("the total would tell what was left out: %s", hidden)
	}
	full := &reading{kept: make([]ledger.Figure, maxProtected)}
	if err := full.keep(&ledger.Figure{}); !fault.Is(err, fault.TooLarge) {
		t.Errorf("more than is kept: %v", err)
	}
}

// Who may not publish submits; an approver returns it once, then approves and
// publishes, and the run names the submission. Then it is taken back.
func TestImportGoesToAnApprover(t *testing.T) {
	d := newDesk(t, "contributor@KZ-35")
	boss := d.as("approver@KZ-35")
	document, measure := somewhere(t, d.app)
	i := d.check(d.upload("t.csv", "measure,place,period,kind,value,source\n"+measure+",KZ-35,2026-06,actual,5,"+document+"\n"))
	if i.Denied == nil || i.Denied.Act != "publish" || !slices.Contains(i.May, "submit") || slices.Contains(i.May, "publish") {
		t.Fatalf("%+v", i)
	}
	submit := func() string {
		i = do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/commit", httpapi.ImportStep{Version: i.Version})
		if i.State != "submitted" || i.Outcome == nil || i.Outcome.Submission == "" {
			t.Fatalf("%+v", i)
		}
		return i.Outcome.Submission
	}
	step := func(id, act, comment string) {
		s := do[httpapi.Submission](boss, "GET", "/api/submissions/"+id, nil)
		do[httpapi.Submission](boss, "POST", "/api/submissions/"+id+"/"+act, map[string]any{"version": s.Version, "comment": comment})
	}
	returned := submit()
	step(returned, "return", "name the month")
	forged := map[string]any{"version": 3, "kind": "import", "place": "KZ-35", "import": map[string]any{"file": i.ID, "name": "t.csv", "rows": 1, "new": 0}}
	if w := d.knock("PUT", "/api/submissions/"+returned, forged); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("the table was rewritten by hand: %d %s", w.Code, w.Body)
	}
	if i = do[httpapi.Import](d, "GET", "/api/imports/"+i.ID, nil); i.State != "checked" || !slices.Contains(i.May, "edit") {
		t.Fatalf("returned: %+v", i)
	}
	id := submit()
	other := submission.Submission{ID: "somebody-elses", Kind: submission.Import, Import: &submission.Table{File: i.ID}}
	if err := d.app.Store.Act(local(), actor.Entry{At: d.app.Clock(), Actor: "u_x", Op: "submission.publish", Subject: other.ID}, func(tx *store.Tx) error { return d.app.startImport(tx, other) }); !fault.Is(err, fault.Conflict) {
		t.Errorf("another submission published the table: %v", err)
	}
	step(id, "approve", "")
	step(id, "publish", "")
	if i = d.settled(i.ID); i.State != "published" || i.Outcome.New != 1 || i.Outcome.Run == "" || i.Outcome.Submission != id {
		t.Fatalf("%+v %+v", i, i.Outcome)
	}
	if s := do[httpapi.Submission](boss, "GET", "/api/submissions/"+id, nil); s.State != "published" {
		t.Errorf("%+v", s)
	}
	i = do[httpapi.Import](boss.as("contributor,approver@KZ-35"), "GET", "/api/imports/"+i.ID, nil)
	do[httpapi.Import](boss.as("contributor,approver@KZ-35"), "POST", "/api/imports/"+i.ID+"/withdraw", httpapi.ImportWithdrawal{Version: i.Version, Reason: "wrong month"})
	if i = d.settled(i.ID); i.State != "withdrawn" {
		t.Errorf("%+v", i)
	}
	if s := do[httpapi.Submission](boss, "GET", "/api/submissions/"+id, nil); s.State != "withdrawn" {
		t.Errorf("the submission: %+v", s)
	}
}

// A process that is killed in the middle leaves nothing, and the next one takes
// the work up again.
func TestImportIsTakenUpAgain(t *testing.T) {
	d := newDesk(t, "contributor,approver@KZ")
	document, measure := somewhere(t, d.app)
	i := d.check(d.upload("t.csv", "measure,place,period,kind,value,source\n"+measure+",KZ-35,2026-05,actual,5,"+document+"\n"))
	d.app.Jobs.Stop(t.Context())
	i = do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/commit", httpapi.ImportStep{Version: i.Version})
	if i.State != "committing" || i.Progress == nil || !i.Progress.Waiting {
		t.Fatalf("%+v", i)
	}
	again := New(d.app.Store, "test")
	again.Clock = d.app.Clock
	again.ImportsIn(d.app.imports.Dir, d.app.imports.Limit)
	again.Jobs.Start(t.Context())
	defer again.Jobs.Stop(t.Context())
	if i = d.settled(i.ID); i.State != "published" || i.Outcome.New != 1 {
		t.Errorf("%+v", i)
	}
}

// What waits or runs can be broken off, and then the import is as it was.
func TestImportIsCancelled(t *testing.T) {
	d := newDesk(t, "contributor,approver@KZ")
	document, measure := somewhere(t, d.app)
	i := d.check(d.upload("t.csv", "measure,place,period,kind,value,source\n"+measure+",KZ-35,2026-04,actual,5,"+document+"\n"))
	d.app.Jobs.Stop(t.Context())
	i = do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/commit", httpapi.ImportStep{Version: i.Version})
	if w := d.knock("PUT", "/api/imports/"+i.ID+"/cells", httpapi.ImportEdits{Version: i.Version}); w.Code != http.StatusConflict {
		t.Errorf("changed while it is published: %d", w.Code)
	}
	i = do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/cancel", nil)
	if i.State != "checked" || i.Failure == nil || (*i.Failure)["kk"] == "" || i.Check == nil {
		t.Fatalf("%+v", i)
	}
	i = do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/check", httpapi.ImportStep{Version: i.Version})
	if i = do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/cancel", nil); i.State != "open" {
		t.Fatalf("%+v", i)
	}
	again := New(d.app.Store, "test")
	again.ImportsIn(d.app.imports.Dir, d.app.imports.Limit)
	again.Jobs.Start(t.Context())
	defer again.Jobs.Stop(t.Context())
	time.Sleep(300 * time.Millisecond)
	if i = d.settled(i.ID); i.State != "open" || i.Outcome != nil {
		t.Errorf("what was cancelled was done: %+v", i)
	}
}

// Rows outside of the territory are problems, and only what is without problems
// is imported when somebody says so.
func TestImportStaysAtHome(t *testing.T) {
	d := newDesk(t, "contributor,approver@KZ-35")
	document, measure := somewhere(t, d.app)
	table := "measure,place,period,kind,value,source\n" + measure + ",KZ-35,2026-09,actual,5," + document + "\n" + measure + ",KZ-62,2026-09,actual,6," + document + "\n"
	i := d.check(d.upload("t.csv", table))
	p := do[httpapi.ImportProblems](d, "GET", "/api/imports/"+i.ID+"/problems", nil)
	if len(p.Items) != 1 || p.Items[0].Code != "territory" || p.Items[0].Cell != "B3" || !strings.Contains(p.Items[0].Message["ru"], "KZ-62") {
		t.Fatalf("%+v", p)
	}
	// Also who may publish in the region does not publish a table alone.
	i = do[httpapi.Import](d, "POST", "/api/imports/"+i.ID+"/commit", httpapi.ImportStep{Version: i.Version, Partial: true})
	if i.State != "submitted" || i.Denied != nil || slices.Contains(i.May, "publish") {
		t.Fatalf("%+v", i)
	}
	if w := d.knock("POST", "/api/submissions/"+i.Outcome.Submission+"/approve", map[string]any{"version": 1}); w.Code != http.StatusForbidden {
		t.Errorf("its author approved it: %d %s", w.Code, w.Body)
	}
	for _, act := range []string{"approve", "publish"} {
		boss := d.as("approver@KZ-35")
		s := do[httpapi.Submission](boss, "GET", "/api/submissions/"+i.Outcome.Submission, nil)
		do[httpapi.Submission](boss, "POST", "/api/submissions/"+i.Outcome.Submission+"/"+act, map[string]any{"version": s.Version})
	}
	if i = d.settled(i.ID); i.State != "published" || i.Outcome.New != 1 || i.Outcome.LeftOut != 1 {
		t.Fatalf("%+v %+v", i, i.Outcome)
	}
	// Nobody next door sees it, and nobody at home may change what is another's.
	if w := d.as("contributor,approver@KZ-62").knock("GET", "/api/imports/"+i.ID, nil); w.Code != http.StatusNotFound {
		t.Errorf("next door: %d", w.Code)
	}
	if l := do[httpapi.List[httpapi.Import]](d.as("contributor@KZ-62"), "GET", "/api/imports", nil); len(l.Items) != 0 {
		t.Errorf("next door: %+v", l)
	}
	if l := do[httpapi.List[httpapi.Import]](d.as("contributor@KZ-35"), "GET", "/api/imports", nil); len(l.Items) != 1 {
		t.Errorf("at home: %+v", l)
	}
}

// Before its first check an import is its owner's alone; afterwards it is for
// those who read drafts in its territory, and each of their readings is journaled.
func TestWhoSeesAnImport(t *testing.T) {
	d := newDesk(t, "contributor@KZ-35")
	boss := d.as("contributor,approver@KZ-35")
	document, measure := somewhere(t, d.app)
	i := d.upload("t.csv", "measure,place,period,kind,value,source\n"+measure+",KZ-35,2026-09,actual,5,"+document+"\n")
	path := "/api/imports/" + i.ID
	listed := func(who *desk) int {
		return len(do[httpapi.List[httpapi.Import]](who, "GET", "/api/imports", nil).Items)
	}
	for method, at := range map[string]string{"GET": path, "DELETE": path, "POST": path + "/check"} {
		if w := boss.knock(method, at, map[string]any{"version": i.Version}); w.Code != http.StatusNotFound {
			t.Errorf("%s before the first check: %d", at, w.Code)
		}
	}
	if listed(boss) != 0 || listed(d) != 1 {
		t.Errorf("listed before the first check: %d, to its owner %d", listed(boss), listed(d))
	}
	i = d.check(i)
	for _, at := range []string{path, path + "/problems", path + "/annotated"} {
		if w := d.knock("GET", at, nil); w.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", at, w.Code, w.Body)
		}
	}
	if n := len(readEntries(t, d.app)); n != 0 {
		t.Errorf("its owner's readings are journaled: %d", n)
	}
	now := d.app.Clock()
	for n, at := range []string{path, path + "/problems", path + "/annotated"} {
		d.app.Clock = func() time.Time { return now.Add(time.Duration(n+1) * time.Hour) }
		if w := boss.knock("GET", at, nil); w.Code != http.StatusOK {
			t.Errorf("%s after the check: %d %s", at, w.Code, w.Body)
		}
		if got := readEntries(t, d.app); len(got) != n+1 || got[n].Op != "read import" || got[n].Subject != i.ID || got[n].Actor != "u_contributor-approver-KZ-35" {
			t.Errorf("%s: %+v", at, got)
		}
	}
	// A later change takes the check away, not the sight.
	i = do[httpapi.Import](d, "PUT", path+"/cells", httpapi.ImportEdits{Version: i.Version, Cells: []httpapi.ImportCell{{Cell: "E2", Text: "6"}}})
	if w := boss.knock("GET", path, nil); w.Code != http.StatusOK || i.State != "open" || listed(boss) != 1 {
		t.Errorf("changed: %d %s", w.Code, i.State)
	}
}

func TestImportRefusesOldVersions(t *testing.T) {
	d := newDesk(t, "contributor,approver@KZ")
	i := d.upload("t.csv", "measure,place,period,kind,value,source\nbeds.new,KZ-35,2026-09,actual,5,x\n")
	for _, x := range []struct {
		method, path string
		body         any
	}{
		{"PUT", "/mapping", httpapi.ImportPlan{Version: i.Version + 1, Mapping: i.Mapping}},
		{"PUT", "/cells", httpapi.ImportEdits{Version: i.Version + 1}},
		{"POST", "/check", httpapi.ImportStep{Version: i.Version + 1}},
		{"POST", "/commit", httpapi.ImportStep{Version: i.Version + 1}},
	} {
		if w := d.knock(x.method, "/api/imports/"+i.ID+x.path, x.body); w.Code != http.StatusConflict {
			t.Errorf("%s: %d %s", x.path, w.Code, w.Body)
		}
	}
	if w := d.knock("PUT", "/api/imports/"+i.ID+"/cells", httpapi.ImportEdits{Version: i.Version, Cells: []httpapi.ImportCell{{Cell: "17D", Text: "1"}}}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("no cell: %d", w.Code)
	}
	gone := do[httpapi.Import](d, "DELETE", "/api/imports/"+i.ID, nil)
	if gone.State != "discarded" {
		t.Errorf("%+v", gone)
	}
}

// What is no table is refused with a sentence, and nothing of it stays.
func TestImportRefusesWhatIsNoTable(t *testing.T) {
	d := newDesk(t, "contributor@KZ")
	for name, tc := range map[string]struct {
		body string
		code int
	}{
		"nothing":        {"", http.StatusUnprocessableEntity},
		"a PDF":          {"%PDF-1.7 ...", http.StatusUnprocessableEntity},
		"an XLS":         {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", http.StatusUnprocessableEntity},
		"a NUL":          {"a,b\x00c\n", http.StatusUnprocessableEntity},
		"half a zip":     {"PK\x03\x04....", http.StatusUnprocessableEntity},
		"too large":      {strings.Repeat("a,b\n", 1<<19), http.StatusRequestEntityTooLarge},
		"a giant line":   {strings.Repeat("a", 1<<20-1), http.StatusRequestEntityTooLarge},
		"an open text":   {"a,\"b\nc,d\n", http.StatusUnprocessableEntity},
		"macros":         {workbookOf(t, map[string]string{"xl/vbaProject.bin": "x"}), http.StatusUnprocessableEntity},
		"an entity":      {workbookOf(t, map[string]string{"xl/worksheets/sheet1.xml": `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row r="1"><c t="str"><v>&e;</v></c></row></sheetData></worksheet>`}), http.StatusUnprocessableEntity},
		"16,384 columns": {workbookOf(t, map[string]string{"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row r="1"><c r="XFD1"><v>1</v></c></row></sheetData></worksheet>`}), http.StatusRequestEntityTooLarge},
		"a bomb":         {workbookOf(t, map[string]string{"xl/worksheets/sheet1.xml": strings.Repeat(" ", 70<<20)}), http.StatusRequestEntityTooLarge},
	} {
		w := d.knock("POST", "/api/imports?name=x.csv", tc.body)
		if w.Code != tc.code || strings.Contains(w.Body.String(), "goroutine") {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
	if l := do[httpapi.List[httpapi.Import]](d, "GET", "/api/imports", nil); len(l.Items) != 0 {
		t.Errorf("something stayed: %+v", l)
	}
	files, err := d.app.imports.folder()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := files.Each(t.Context(), func(blob.Info) error { n++; return nil }); err != nil || n != 0 {
		t.Errorf("%d files stayed, %v", n, err)
	}
}

// workbookOf is a workbook with other parts than usual.
func workbookOf(t *testing.T, parts map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w, err := sheet.NewWriter(&b, sheet.XLSX, sheet.WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	usual, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range usual.File {
		if _, other := parts[f.Name]; !other {
			if err := z.Copy(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, body := range parts {
		p, err := z.Create(name)
		if err == nil {
			_, err = p.Write([]byte(body))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPlainName(t *testing.T) {
	for in, want := range map[string]string{"a.csv": "a.csv", "../../etc/passwd": "passwd", `C:\x\y.xlsx`: "y.xlsx", "": "table", "..": "table", "a\nb\x00.csv": "ab.csv", "\u202egpj.csv": "gpj.csv",
		strings.Repeat("я", 500) + ".csv": strings.Repeat("я", 116) + ".csv", "\xff\xfe.csv": "csv", "<script>.csv": "<script>.csv"} {
		if got := plainName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
