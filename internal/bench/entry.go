package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/internal/app"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/ledger/submission"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

const (
	entryTemplate = "bench-monthly"
	entryPeriod   = "2026-10"
	entryPart     = 100 // submissions in one request of an approver
)

// entryOptions are the flags of the measurement of entry.
type entryOptions struct {
	facilities, measures, writers int
	db                            string
}

// entryCommand lets thousands of facilities report at once through the
// application: each form is saved and submitted by its own request, then
// approved and published by the hundred.
func entryCommand(ctx context.Context, args []string) error {
	var o entryOptions
	flags := flag.NewFlagSet("bench entry", flag.ContinueOnError)
	flags.IntVar(&o.facilities, "facilities", 3000, "how many report")
	flags.IntVar(&o.measures, "measures", 300, "values of a report")
	flags.IntVar(&o.writers, "writers", 16, "how many send at the same time")
	flags.StringVar(&o.db, "db", "", "sqlite:FILE, postgres://..., or private for a PostgreSQL of its own; default: a SQLite file that is removed afterwards")
	if err := flags.Parse(args); err != nil {
		return err
	}
	return measureEntry(ctx, o, os.Stdout)
}

func measureEntry(ctx context.Context, o entryOptions, out io.Writer) error {
	a, s, done, err := loaded(ctx, o.db)
	if err != nil {
		return err
	}
	defer done()
	e := &entering{app: a, o: o}
	if err := e.prepare(ctx, s); err != nil {
		return err
	}
	var lines []line
	for _, step := range []struct {
		name string
		n    int
		do   func(context.Context, int) error
	}{
		{"save", o.facilities, e.save}, {"submit", o.facilities, e.submit},
		{fmt.Sprintf("approve %d", entryPart), (o.facilities + entryPart - 1) / entryPart, e.many(submission.Approve)},
		{fmt.Sprintf("publish %d", entryPart), (o.facilities + entryPart - 1) / entryPart, e.many(submission.Publish)},
	} {
		began := time.Now()
		took, err := e.together(ctx, step.n, step.do)
		if err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
		whole := time.Since(began)
		fmt.Fprintf(out, "%s: %s, %.0f submissions a second, %.0f values a second\n", step.name, short(whole), float64(o.facilities)/whole.Seconds(), float64(o.facilities*o.measures)/whole.Seconds())
		lines = append(lines, line{what: step.name, took: took})
	}
	return e.check(ctx, s, out, lines)
}

// entering is the measurement as it goes.
type entering struct {
	app *app.App
	o   entryOptions
}

func (e *entering) facility(i int) place.ID { return place.ID(fmt.Sprintf("bench-%05d", i)) }
func (e *entering) id(i int) string         { return fmt.Sprintf("bench-entry-%05d", i) }
func (e *entering) measure(m int) string    { return fmt.Sprintf("bench.measure-%03d", m) }

// prepare writes the facilities, the measures and the template.
func (e *entering) prepare(ctx context.Context, s *store.Store) error {
	b := ledger.Batch{Run: ledger.Run{Kind: ledger.ImportRun, Actor: "bench", Program: "bench", Subject: "entry", Recorded: time.Now()}}
	var failed error
	add := func(kind, code string, v any) {
		body, err := json.Marshal(v)
		if err != nil {
			failed = err
		}
		b.Catalogue = append(b.Catalogue, ledger.Item{Kind: kind, Code: code, Body: body})
	}
	name := lang.Text{lang.KK: "Сынақ", lang.RU: "Проба", lang.EN: "Bench"}
	for i := range e.o.facilities {
		id := e.facility(i)
		add(country.KindPlace, string(id), place.Place{ID: id, Kind: place.Facility, Parent: "KZ-35", Name: name})
	}
	t := reporting.Template{Code: entryTemplate, Version: 1, Name: name, Every: period.Month, DueDays: 10, Places: reporting.Places{Kinds: []string{string(place.Facility)}, Below: "KZ-35"},
		Reporter: reporting.Reporter{Office: "akimat"}, Levels: []place.Kind{place.Region}, From: period.NewDate(2026, 1, 1), Source: "assumption", Synthetic: true}
	for m := range e.o.measures {
		code := e.measure(m)
		add(country.KindMeasure, code, ledger.Measure{Code: code, Version: 1, Theme: ledger.People, Unit: "bed", Polarity: ledger.Neutral, OverTime: ledger.Last, OverPlace: ledger.Sum, OverDimensions: ledger.Sum,
			Headline: "latest_published", Name: name, Definition: name})
		t.Rows = append(t.Rows, reporting.Row{Code: fmt.Sprintf("row-%03d", m), Measure: code, Unit: "bed", Required: true})
	}
	add(country.KindTemplate, t.Code, t)
	if failed != nil {
		return failed
	}
	_, err := s.Commit(ctx, b)
	return err
}

func as(ctx context.Context, role actor.Role) context.Context {
	return actor.With(ctx, actor.Actor{ID: actor.ID("u_" + string(role)), Grants: []actor.Grant{{Role: role, Territory: "KZ-35"}}})
}

func (e *entering) save(ctx context.Context, i int) error {
	in := httpapi.SubmissionInput{Kind: string(submission.Form), Place: string(e.facility(i)), Template: entryTemplate, Period: entryPeriod}
	for m := range e.o.measures {
		in.Values = append(in.Values, httpapi.SubmissionValue{Measure: e.measure(m), Value: fmt.Sprint((i*31 + m*7) % 1000)})
	}
	_, err := e.app.SaveSubmission(as(ctx, actor.Contributor), e.id(i), in)
	return err
}

func (e *entering) submit(ctx context.Context, i int) error {
	_, err := e.app.SubmitSubmission(as(ctx, actor.Contributor), e.id(i), httpapi.SubmissionStepInput{Version: 1})
	return err
}

// many takes a step with the part-th hundred.
func (e *entering) many(act submission.Act) func(context.Context, int) error {
	return func(ctx context.Context, part int) error {
		in := httpapi.SubmissionSteps{Act: string(act)}
		for i := part * entryPart; i < min((part+1)*entryPart, e.o.facilities); i++ {
			in.IDs = append(in.IDs, e.id(i))
		}
		got, err := e.app.StepSubmissions(as(ctx, actor.Approver), in)
		if err == nil && got.Refused > 0 {
			for _, r := range got.Results {
				if !r.OK {
					return fmt.Errorf("%d refused: %s", got.Refused, r.Problem.Detail)
				}
			}
		}
		return err
	}
}

// together calls do for 0 to n-1, so many at the same time, and times each.
func (e *entering) together(ctx context.Context, n int, do func(context.Context, int) error) ([]time.Duration, error) {
	took := make([]time.Duration, n)
	next := make(chan int)
	failed := make(chan error, e.o.writers)
	var all sync.WaitGroup
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for range min(e.o.writers, n) {
		all.Go(func() {
			for i := range next {
				began := time.Now()
				if err := do(ctx, i); err != nil {
					failed <- err
					stop()
					return
				}
				took[i] = time.Since(began)
			}
		})
	}
	for i := range n {
		select {
		case next <- i:
		case <-ctx.Done():
		}
	}
	close(next)
	all.Wait()
	select {
	case err := <-failed:
		return nil, err
	default:
		return took, nil
	}
}

// check counts what is public and asks the board once more.
func (e *entering) check(ctx context.Context, s *store.Store, out io.Writer, lines []line) error {
	n := 0
	for m := range e.o.measures {
		if err := s.EachFigure(ctx, store.Query{At: store.Everything, Measures: []string{e.measure(m)}}, func(*ledger.Figure) error { n++; return nil }); err != nil {
			return err
		}
	}
	if want := e.o.facilities * e.o.measures; n != want {
		return fmt.Errorf("%d figures are public, want %d", n, want)
	}
	began := time.Now()
	if _, err := e.app.Board(ctx, app.When{}, httpapi.PromiseFilter{}); err != nil {
		return err
	}
	lines = append(lines, line{what: "board after it", took: []time.Duration{time.Since(began)}})
	fmt.Fprintf(out, "%d figures are public\n", n)
	return print(out, lines)
}

// loaded returns the application over a database of its own with Kazakhstan in
// it; done closes and removes it.
func loaded(ctx context.Context, db string) (a *app.App, s *store.Store, done func(), err error) {
	dsn, remove, err := database(db)
	if err != nil {
		return nil, nil, nil, err
	}
	if s, err = store.Open(ctx, dsn); err != nil {
		remove()
		return nil, nil, nil, err
	}
	a = app.New(s, "bench")
	done = func() {
		a.Close()
		remove()
	}
	if _, err := a.LoadCountry(ctx, kz.Pack()); err != nil {
		done()
		return nil, nil, nil, err
	}
	return a, s, done, nil
}
