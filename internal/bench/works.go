package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/app"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shopspring/decimal"
)

// worksOptions are the flags of the measurement of works.
type worksOptions struct {
	works, lines, batch, asks int
	db                        string
}

// worksCommand fills a database with invented works and asks it what the
// portfolio page asks, with many filters.
func worksCommand(ctx context.Context, args []string) error {
	var o worksOptions
	flags := flag.NewFlagSet("bench works", flag.ContinueOnError)
	flags.IntVar(&o.works, "works", 20_000, "how many projects")
	flags.IntVar(&o.lines, "lines", 100, "status and money lines of each")
	flags.IntVar(&o.batch, "batch", 250, "projects in one act")
	flags.IntVar(&o.asks, "asks", 1000, "how often the portfolio is asked")
	flags.StringVar(&o.db, "db", "", "sqlite:FILE, postgres://..., or private for a PostgreSQL of its own; default: a SQLite file that is removed afterwards")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return measureWorks(ctx, o, os.Stdout)
}

func measureWorks(ctx context.Context, o worksOptions, out io.Writer) error {
	a, s, done, err := loaded(ctx, o.db)
	if err != nil {
		return err
	}
	defer done()
	ctx = actor.With(ctx, actor.Local("KZ"))
	g := &inventing{random: rand.New(rand.NewPCG(1, 2)), lines: o.lines, today: period.DateOf(time.Now(), 300)}
	began := time.Now()
	for i := 0; i < o.works; i += o.batch {
		var list []app.WorkChange
		for k := i; k < min(i+o.batch, o.works); k++ {
			list = append(list, g.work(k))
		}
		if _, err := a.ChangeWorks(ctx, "bench works", "synthetic", list); err != nil {
			return err
		}
	}
	took := time.Since(began)
	n, err := s.CountWorkLines(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d works with %d lines written in %.1f s (%.0f lines a second)\n", o.works, n, took.Seconds(), float64(n)/took.Seconds())
	if err := foreseeWorks(ctx, a, out); err != nil {
		return err
	}
	return askWorks(a, o, out)
}

// foreseeWorks simulates every work and keeps what it foresees.
func foreseeWorks(ctx context.Context, a *app.App, out io.Writer) error {
	began := time.Now()
	n, err := a.ForecastWorks(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d works foreseen with 10,000 runs each, read from the database and kept: %.1f s\n", n, time.Since(began).Seconds())
	return nil
}

// worksPages are what readers ask.
var worksPages = []string{
	"/api/works", "/api/works?sort=cost&desc=true", "/api/works?place=KZ-35", "/api/works?phase=finishing", "/api/works?kind=capital_repair&sort=percent", "/api/works?question=deadline_passed&place=KZ-61",
	"/api/works?source=special-state-fund&sort=paid&desc=true", "/api/works?q=ауруханасы+17", "/api/works?offset=19000", "/api/works?limit=500", "/api/works?question=any&sort=late",
}

// askWorks measures whole answers of the server, without a network between.
func askWorks(a *app.App, o worksOptions, out io.Writer) error {
	opts := a.Serving()
	opts.ReadsPerSecond = 1e9
	h := httpapi.New(opts)
	ask := func(path string) (time.Duration, int, error) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		w := httptest.NewRecorder()
		began := time.Now()
		h.ServeHTTP(w, r)
		took := time.Since(began)
		if w.Code != http.StatusOK {
			return 0, 0, fmt.Errorf("%s: %d %.200s", path, w.Code, w.Body)
		}
		return took, w.Body.Len(), nil
	}
	first, size, err := ask(worksPages[0])
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "portfolio, first time (reads every row): %.0f ms, %d bytes\n", ms(first), size)
	byPage := map[string][]time.Duration{}
	var all []time.Duration
	for i := range o.asks {
		p := worksPages[i%len(worksPages)]
		took, _, err := ask(p)
		if err != nil {
			return err
		}
		byPage[p], all = append(byPage[p], took), append(all, took)
	}
	for _, p := range worksPages {
		fmt.Fprintf(out, "  %-60s %s\n", p, spread(byPage[p]))
	}
	fmt.Fprintf(out, "portfolio, all filters: %s\n", spread(all))
	var works []time.Duration
	for i := range 200 {
		took, _, err := ask(fmt.Sprintf("/api/works/synthetic-%05d", (i*97)%o.works))
		if err != nil {
			return err
		}
		works = append(works, took)
	}
	fmt.Fprintf(out, "page of a work: %s\n", spread(works))
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// spread writes median, p95 and maximum.
func spread(list []time.Duration) string {
	list = slices.Sorted(slices.Values(list))
	if len(list) == 0 {
		return "never"
	}
	return fmt.Sprintf("median %.1f, p95 %.1f, most %.1f ms (%d times)", ms(list[len(list)/2]), ms(list[len(list)*95/100]), ms(list[len(list)-1]), len(list))
}

// inventing makes works that look like those of a country; all of them are
// marked as synthetic.
type inventing struct {
	random *rand.Rand
	lines  int
	today  period.Date
}

var benchRegions = []place.ID{"KZ-10", "KZ-11", "KZ-15", "KZ-19", "KZ-23", "KZ-27", "KZ-31", "KZ-33", "KZ-35", "KZ-39", "KZ-43", "KZ-47", "KZ-55", "KZ-59", "KZ-61", "KZ-62", "KZ-63", "KZ-71", "KZ-75", "KZ-79"}

var benchKinds = []works.Kind{works.NewBuilding, works.Extension, works.Reconstruction, works.CapitalRepair, works.FitOut, works.Unit}

var benchSources = []string{"special-state-fund", "regional-budget"}

func (g *inventing) work(i int) app.WorkChange {
	r := g.random
	beds := int64(10 + r.IntN(200))
	start := g.today - period.Date(200+r.IntN(1200))
	w := works.Work{ID: works.ID(fmt.Sprintf("synthetic-%05d", i)), Level: works.Project, Kind: benchKinds[r.IntN(len(benchKinds))], Condition: works.Active, Place: benchRegions[r.IntN(len(benchRegions))], Synthetic: true,
		Title:  lang.Text{lang.KK: fmt.Sprintf("%d-аудандық ауруханасы (синтетикалық)", i), lang.RU: fmt.Sprintf("Районная больница № %d (синтетическая)", i), lang.EN: fmt.Sprintf("District hospital %d (synthetic)", i)},
		Yields: []works.Yield{{Item: place.Beds, Count: &beds, Source: "synthetic"}}}
	cost := money.Amount(1+r.IntN(9000)) * 100_000_000
	b := works.Baseline{No: 1, On: start, Source: "synthetic", Cost: &cost}
	day := start
	for _, s := range w.Stages().Stages {
		long := period.Date(10 + r.IntN(90))
		b.Terms = append(b.Terms, works.Term{Stage: s.Code, Start: day, Finish: day + long})
		day += long
	}
	w.Baselines = []works.Baseline{b}
	return app.WorkChange{ID: w.ID, Record: &w, Lines: g.said(&w, start, cost)}
}

// said are the lines of a work: a third statuses, the rest money.
func (g *inventing) said(w *works.Work, start period.Date, cost money.Amount) []works.Line {
	r := g.random
	line := func(k works.LineKind, on period.Date, n int) works.Line {
		return works.Line{Kind: k, On: on, Office: "moh", Synthetic: true, Key: fmt.Sprint(n)}
	}
	price := line(works.PriceLine, start, 0)
	price.Price = &works.Price{Amount: cost}
	out := []works.Line{price}
	steps := g.lines / 3
	span := int(g.today - start)
	end := 20 + r.IntN(81)
	for n := 1; n <= steps; n++ {
		l := line(works.StatusLine, start+period.Date(span*n/(steps+1)), n)
		p := decimal.NewFromInt(int64(end * n / steps))
		l.Status = &works.Status{Percent: &p}
		out = append(out, l)
	}
	for n := steps + 1; n < g.lines; n++ {
		l := line(works.MoneyLine, start+period.Date(r.IntN(span)), n)
		kinds := []works.MoneyKind{works.Approved, works.Transferred, works.Paid, works.Accepted}
		l.Money = &works.Money{Kind: kinds[n%len(kinds)], Source: benchSources[r.IntN(len(benchSources))], Amount: cost / money.Amount(g.lines), Qualifier: ledger.Exact, Year: 2026}
		out = append(out, l)
	}
	return out
}
