package app

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	pdfreader "github.com/carlos7ags/folio/reader"
	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// everyLetter holds all letters that Kazakh adds to Russian.
const everyLetter = "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі"

// secretRemark and secretRisk are what the public edition must not hold.
const (
	secretRemark = "қауіпті құпия ескертпе"
	secretRisk   = "The contractor may leave the site"
)

func reportDay(t testing.TB, s string) period.Date {
	d, err := period.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// built fills the app of 23 November 2026 with works of the Karaganda Region:
// n like each other, and one with everything.
func built(t testing.TB, n int) *App {
	t.Helper()
	a := kazakhstan(t)
	day := func(s string) period.Date { return reportDay(t, s) }
	date := func(s string) *period.Date { return ptr(day(s)) }
	percent := func(s string) *decimal.Decimal { return ptr(decimal.RequireFromString(s)) }
	beds := int64(20)
	fund, region := "", ""
	if v, err := a.look(local(), When{}); err != nil {
		t.Fatal(err)
	} else if len(v.Sources) > 1 {
		fund, region = v.Sources[0].Code, v.Sources[1].Code
	}
	sum := func(on, src string, k works.MoneyKind, tenge int64, year int) works.Line {
		return works.Line{Kind: works.MoneyLine, On: day(on), Office: "akimat-35", Money: &works.Money{Kind: k, Source: src, Amount: money.Amount(tenge * 100), Year: year}}
	}
	hub := works.Work{ID: "hub", Level: works.Project, Kind: works.Extension, Condition: works.Active, Place: "KZ-35", Office: "akimat-35", Yields: []works.Yield{{Item: place.Beds, Service: "cardiology", Count: &beds, Source: "d"}}, Assumed: []string{"template"}, Synthetic: true,
		Title: lang.Text{lang.KK: "Балқаш қаласындағы ауданаралық хаб " + everyLetter, lang.RU: "Межрайонный хаб в городе Балхаш с отделением экстренной кардиохирургии и реабилитации", lang.EN: "Interdistrict hub in Balkhash"}}
	list := []WorkChange{{ID: "hub", Record: &hub, Lines: []works.Line{
		{Kind: works.StatusLine, On: day("2026-09-20"), Office: "akimat-35", Status: &works.Status{Percent: percent("70")}, Remark: secretRemark},
		{Kind: works.StatusLine, On: day("2026-11-10"), Office: "akimat-35", Document: "001_0319abb04e9364d5.txt", Status: &works.Status{Percent: percent("96")}},
		{Kind: works.DeadlineLine, On: day("2026-09-01"), Office: "akimat-35", Deadline: date("2026-10-31")},
		{Kind: works.DeadlineLine, On: day("2026-11-05"), Office: "akimat-35", Deadline: date("2026-12-15"), Reason: "The lifts came late"},
		{Kind: works.StepLine, On: day("2026-11-12"), Office: "akimat-35", Step: works.Built},
		{Kind: works.PriceLine, On: day("2026-09-01"), Office: "akimat-35", Price: &works.Price{Amount: 1_270_000_000_00}},
		sum("2026-09-02", fund, works.Approved, 1_000_000_000, 2025), sum("2026-09-03", fund, works.Transferred, 400_000_001, 2025), sum("2026-11-03", fund, works.Transferred, 99_999_999, 2026),
		sum("2026-09-02", region, works.Approved, 270_000_000, 2026), sum("2026-11-04", region, works.Paid, 12_345_678, 2026),
	}}}
	for i := range n {
		id := works.ID(fmt.Sprintf("site-%03d", i))
		w := works.Work{ID: id, Level: works.Project, Kind: works.NewBuilding, Condition: works.Active, Place: "KZ-35", Office: "akimat-35", Synthetic: true,
			Title: lang.Text{lang.KK: fmt.Sprintf("№%d аудандық көпбейінді аурухана құрылысы", i+1), lang.RU: fmt.Sprintf("Строительство районной многопрофильной больницы № %d", i+1), lang.EN: fmt.Sprintf("District hospital %d", i+1)}}
		list = append(list, WorkChange{ID: id, Record: &w, Lines: []works.Line{
			{Kind: works.StatusLine, On: day("2026-06-20"), Office: "akimat-35", Status: &works.Status{Percent: percent(fmt.Sprint(20 + i%60))}},
			{Kind: works.DeadlineLine, On: day("2026-06-01"), Office: "akimat-35", Deadline: date("2026-10-01")},
			{Kind: works.PriceLine, On: day("2026-06-01"), Office: "akimat-35", Price: &works.Price{Amount: money.Amount(int64(i+1) * 1_000_000_00)}},
		}})
	}
	for i := range list {
		for j := range list[i].Lines {
			if l := &list[i].Lines[j]; l.Document == "" {
				l.Published = &l.On // said on the day
			}
		}
	}
	if _, err := a.ChangeWorks(local(), "test", "works", list); err != nil {
		t.Fatal(err)
	}
	_, err := a.AddRisk(local(), "hub", httpapi.RiskInput{ID: "contractor", Title: secretRisk, Probability: 4, Days: ptr(60), Money: ptr(httpapi.Number("50000000.25")), Owner: "akimat-35", Due: "2026-11-20", State: "open", Plan: "A second contractor is asked"})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func reportFile(t testing.TB, a *App, f httpapi.WorksReportFilter, format string, c lang.Code) []byte {
	t.Helper()
	file, err := a.ReportFile(local(), f, format, c)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := file.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// textOfPDF is the text of all pages without blanks: where a blank is drawn is
// a matter of layout.
func textOfPDF(t testing.TB, body []byte) string {
	t.Helper()
	r, err := pdfreader.Parse(body)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i := range r.PageCount() {
		p, err := r.Page(i)
		if err != nil {
			t.Fatal(err)
		}
		s, err := p.ExtractText()
		if err != nil {
			t.Fatal(err)
		}
		b.WriteString(s)
	}
	return squeezed(b.String())
}

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \n\t\u00a0", r) {
			return -1
		}
		return r
	}, s)
}

var inKaraganda = httpapi.WorksReportFilter{Place: "KZ-35", Month: "2026-11"}

func TestReportSaysWhatThePortfolioSays(t *testing.T) {
	a := built(t, 3)
	got, err := a.Report(local(), inKaraganda)
	if err != nil {
		t.Fatal(err)
	}
	list, err := a.Portfolio(local(), When{}, httpapi.WorkFilter{Place: "KZ-35"})
	if err != nil {
		t.Fatal(err)
	}
	is, _ := json.Marshal(got.Report.Sums)
	want, _ := json.Marshal(list.Sums)
	if string(is) != string(want) {
		t.Errorf("sums\n%s\n%s", is, want)
	}
	// 400,000,001 and 99,999,999 tenge were transferred.
	if m := got.Report.Sums.Money.Transferred; m == nil || m.Value != "500000000" {
		t.Errorf("transferred %+v", m)
	}
	raw, _ := json.Marshal(got.Report)
	var plain bytes.Buffer
	e := json.NewEncoder(&plain)
	e.SetEscapeHTML(false)
	_ = e.Encode(got.Report)
	sum := sha256.Sum256(bytes.TrimSpace(plain.Bytes()))
	if got.SHA256 != hex.EncodeToString(sum[:]) || len(raw) == 0 {
		t.Error("the hash is not that of the report")
	}
}

// The month had 26 per cent more, a step, a moved deadline with its reason, and
// money.
func TestReportTellsWhatChanged(t *testing.T) {
	got, err := built(t, 1).Report(local(), inKaraganda)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Report.Changes) != 1 {
		t.Fatalf("%d works changed", len(got.Report.Changes))
	}
	c := got.Report.Changes[0]
	if c.Percent == nil || *c.Percent.From != "70" || *c.Percent.To != "96" || len(c.Steps) != 1 || c.Steps[0].Step != "built" || len(c.Deadlines) != 1 || c.Deadlines[0].Reason != "The lifts came late" || *c.Before != "2026-10-31" {
		t.Errorf("%+v", c)
	}
	if len(c.Money) != 2 || c.Money[0].Amount != "99999999" || c.Money[1].Amount != "12345678" {
		t.Errorf("money %+v", c.Money)
	}
}

func TestPublicReportHoldsNothingPrivate(t *testing.T) {
	a := built(t, 1)
	internal := inKaraganda
	internal.Edition = "internal"
	for _, c := range lang.Codes() {
		for edition, f := range map[string]httpapi.WorksReportFilter{"public": inKaraganda, "internal": internal} {
			pdf := textOfPDF(t, reportFile(t, a, f, "pdf", c))
			book := textOfBook(t, reportFile(t, a, f, "xlsx", c))
			d, err := a.Report(local(), f)
			if err != nil {
				t.Fatal(err)
			}
			raw, _ := json.Marshal(d)
			for _, secret := range []string{secretRemark, secretRisk} {
				for where, text := range map[string]string{"pdf": pdf, "xlsx": squeezed(book), "json": squeezed(string(raw))} {
					if has := strings.Contains(text, squeezed(secret)); has != (edition == "internal") {
						t.Errorf("%s %s %s: %q there: %v", c, edition, where, secret, has)
					}
				}
			}
			for _, name := range []string{string(actor.LocalID), "@"} {
				if strings.Contains(pdf, name) {
					t.Errorf("%s %s names %q", c, edition, name)
				}
			}
		}
	}
	if _, err := a.Report(actor.With(context.Background(), actor.Actor{}), internal); !fault.Is(err, fault.Forbidden) {
		t.Errorf("everybody gets the internal edition: %v", err)
	}
}

func textOfBook(t testing.TB, body []byte) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&b, r); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestReportKeepsEveryLetter(t *testing.T) {
	a := built(t, 1)
	body := reportFile(t, a, inKaraganda, "pdf", lang.KK)
	text := textOfPDF(t, body)
	d, err := a.Report(local(), inKaraganda)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{everyLetter, "₸", "№", "500 000 000", d.SHA256, "Лауазымы", "2026 ж. қараша", "The lifts came late", "болған: 70 %, қазір: 96 %"} {
		if !strings.Contains(text, squeezed(want)) {
			t.Errorf("%q did not survive", want)
		}
	}
	if !bytes.Equal(body, reportFile(t, a, inKaraganda, "pdf", lang.KK)) {
		t.Error("the same report gives other bytes")
	}
	if !bytes.Contains(body, []byte("/MarkInfo")) || !bytes.Contains(body, []byte("/Lang")) {
		t.Error("the pages are not tagged, or have no language")
	}
}

func TestReportOfAnotherMonth(t *testing.T) {
	a := built(t, 1)
	f := inKaraganda
	f.Month = "2026-09"
	got, err := a.Report(local(), f)
	if err != nil {
		t.Fatal(err)
	}
	if r := got.Report; !r.Whole || r.AsOf != "2026-09-30" || len(r.Changes) != 1 || !r.Changes[0].New {
		t.Errorf("%+v", r.Changes)
	}
	for month, kind := range map[string]fault.Kind{"2026-12": fault.Invalid, "2026": fault.Invalid, "x": fault.Invalid} {
		f.Month = month
		if _, err := a.Report(local(), f); !fault.Is(err, kind) {
			t.Errorf("%s: %v", month, err)
		}
	}
}

// Reports of one work and of many can be written in every language and form.
// Where REPORT_OUT names a folder they stay there, to be looked at, with one of
// 501 works.
func TestPrintReports(t *testing.T) {
	dir, sizes := os.Getenv("REPORT_OUT"), []int{0, 12, 500}
	if dir == "" {
		dir, sizes = t.TempDir(), []int{0, 12}
	}
	internal := inKaraganda
	internal.Edition = "internal"
	for _, n := range sizes {
		a := built(t, n)
		for _, c := range lang.Codes() {
			for _, format := range []string{"pdf", "xlsx"} {
				body := reportFile(t, a, internal, format, c)
				if begins := map[string]string{"pdf": "%PDF-", "xlsx": "PK"}[format]; !strings.HasPrefix(string(body), begins) {
					t.Errorf("%s of %d works in %s begins with %q", format, n+1, c, body[:min(8, len(body))])
				}
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d-%s.%s", n+1, c, format)), body, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if n == 500 {
				break
			}
		}
	}
}
