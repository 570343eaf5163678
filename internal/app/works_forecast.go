package app

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/job"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/forecast"
	"github.com/shanyraq/shanyraq/works/outlook"
	"github.com/shopspring/decimal"
)

const (
	jobForecasts = "works_forecasts"

	// forecastSeed draws the futures: the same in every database, so that a
	// forecast can be made again.
	forecastSeed = 20261128

	forecastEvery = 28  // days after which an unchanged work is foreseen anew
	forecastBatch = 100 // works in one act: others write in between
)

// futures are the draws that all forecasts share.
type futures struct {
	once sync.Once
	deck *forecast.Deck
	err  error
}

func (f *futures) get() (*forecast.Deck, error) {
	f.once.Do(func() {
		f.deck, f.err = forecast.NewDeck(forecastSeed, forecast.DefaultRuns, forecast.DefaultCorrelation)
	})
	return f.deck, f.err
}

// forecastJobs foresees the ends of works once a day.
func (a *App) forecastJobs() {
	job.Register(a.Jobs, jobForecasts, func(ctx context.Context, _ job.Slot) error {
		if _, err := a.RefoldWorks(ctx); err != nil {
			return err
		}
		_, err := a.ForecastWorks(ctx)
		return err
	})
	a.Jobs.Every(jobForecasts, job.Each(24*time.Hour))
}

// history is what became of the works that are open.
func historyOf(tree *workTree) *outlook.History {
	h := &outlook.History{}
	for i := range tree.rows {
		h.Add(&tree.rows[i].Row)
	}
	return h
}

// viewForecast says when a work will end, as seen on the day of the view.
func (a *App) viewForecast(v *view, s *works.State, tree *workTree) (*httpapi.WorkForecast, error) {
	deck, err := a.futures.get()
	if err != nil {
		return nil, err
	}
	o, err := outlook.Of(s, deck, historyOf(tree))
	if err != nil {
		return nil, err
	}
	out := &httpapi.WorkForecast{On: o.On.String(), Declared: dateText(o.Declared), ES: dateText(o.ES), Stages: []httpapi.StageInfluence{}, Reasons: o.Reasons, Assumed: o.Assumed}
	if out.Reasons == nil {
		out.Reasons = []lang.Text{}
	}
	if x := o.Schedule; x != nil && x.Index != nil {
		n := decimal.NewFromFloat(*x.Index).Round(4)
		out.SPIT = numberText(&n)
	}
	if x := o.Outcome; x != nil {
		out.P10, out.P50, out.P80, out.P90, out.InTime, out.Runs = dateText(x.P10), dateText(x.P50), dateText(x.P80), dateText(x.P90), x.OnTime, x.Runs
	}
	for _, i := range o.Influence {
		if i.Share != nil && *i.Share > 0.001 {
			out.Stages = append(out.Stages, httpapi.StageInfluence{Stage: i.Stage, Name: works.StageName(i.Stage), Share: *i.Share})
		}
	}
	slices.SortFunc(out.Stages, func(x, y httpapi.StageInfluence) int {
		if x.Share > y.Share {
			return -1
		}
		return 1
	})
	if r := o.Reference; r != nil && r.N > 0 {
		c := &httpapi.ReferenceClass{Name: className(r.Class), Own: r.N, Median: r.Quantile(0.5).Ratio, P80: r.Quantile(0.8).Ratio}
		out.Class = c
	}
	out.Warnings = []lang.Text{}
	if x := o.View; x != nil {
		out.Warning, out.Decides = string(x.Warning), optional(x.Decides)
		for _, n := range x.Reasons {
			out.Warnings = append(out.Warnings, n.Text())
		}
		if out.Class != nil {
			out.Class.EndP50, out.Class.EndP80 = dateText(x.ClassP50), dateText(x.ClassP80)
		}
	}
	return out, nil
}

// classWords name the reference classes that are no kind of works.
var classWords = map[string]lang.Text{
	"built": {lang.KK: "барлық құрылыс нысандары", lang.RU: "все строящиеся объекты", lang.EN: "everything that is built"},
	"all":   {lang.KK: "барлық жобалар", lang.RU: "все проекты", lang.EN: "all works"},
}

func className(code string) lang.Text {
	if n, ok := classWords[code]; ok {
		return n
	}
	return lang.Text{lang.EN: code}
}

// ForecastWorks foresees the end of every work that changed since it was
// foreseen last, or that was foreseen long ago, and keeps what it says so that
// it can be scored. It returns how many forecasts it kept.
func (a *App) ForecastWorks(ctx context.Context) (int, error) {
	v, err := a.look(ctx, When{})
	if err != nil {
		return 0, err
	}
	tree, err := a.workRows(ctx)
	if err != nil {
		return 0, err
	}
	var list []works.ID
	for i := range tree.rows {
		if r := &tree.rows[i]; foreseeable(&r.Row, v.at.AsOf) {
			list = append(list, r.ID)
		}
	}
	if len(list) == 0 {
		return 0, nil
	}
	deck, err := a.futures.get()
	if err != nil {
		return 0, err
	}
	h := historyOf(tree)
	kept := 0
	for part := range slices.Chunk(list, forecastBatch) {
		n, err := a.keepForecasts(ctx, v, part, deck, h)
		kept += n
		if err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// foreseeable reports whether a work should be foreseen anew on a day.
func foreseeable(r *works.Row, today period.Date) bool {
	if r.Condition != works.Active || r.Level == works.Programme || r.Opened != nil {
		return false
	}
	f := r.Forecast
	return f == nil || (f.On < today && (f.Overtaken || int(today-f.On) >= forecastEvery))
}

// keepForecasts foresees some works and writes it in one act. The works are read
// within the act, so that nobody writes in between.
func (a *App) keepForecasts(ctx context.Context, v *view, list []works.ID, deck *forecast.Deck, h *outlook.History) (kept int, err error) {
	err = a.Store.Act(ctx, actor.Entry{Actor: programID, At: a.Clock(), Op: "forecast works", Subject: v.at.AsOf.String()}, func(tx *store.Tx) error {
		x := &changing{app: a, ctx: ctx, view: v, tx: tx}
		var files []*workFile
		var outlooks []*outlook.Outlook
		var paths []forecast.Path
		var at []int
		for _, id := range list {
			f, err := x.file(&WorkChange{ID: id})
			if err != nil {
				return err
			}
			s, err := works.At(&f.Work, f.lines, v.at.AsOf, noTime)
			if err != nil {
				return err
			}
			o, p := outlook.Begin(s, h)
			if p != nil {
				paths, at = append(paths, *p), append(at, len(files))
			}
			files, outlooks = append(files, f), append(outlooks, o)
		}
		outcomes, err := deck.Portfolio(paths)
		if err != nil {
			return err
		}
		for i, out := range outcomes {
			outlooks[at[i]].Take(out)
		}
		kept, err = x.keepOutlooks(files, outlooks)
		return err
	})
	return kept, err
}

// keepOutlooks writes what was foreseen as lines, and the rows with it.
func (x *changing) keepOutlooks(files []*workFile, outlooks []*outlook.Outlook) (int, error) {
	day := x.view.at.AsOf
	var lines []store.WorkLine
	for i, f := range files {
		l := outlooks[i].Line()
		if l == nil {
			continue
		}
		l.Work, l.Office, l.Published, l.Synthetic = f.ID, forecaster, &day, f.Synthetic
		if err := l.Seal(); err != nil {
			return 0, err
		}
		kept, err := keepLine(l)
		if err != nil {
			return 0, err
		}
		lines, f.lines = append(lines, kept), append(f.lines, *l)
		s, err := works.At(&f.Work, f.lines, day, noTime)
		if err != nil {
			return 0, err
		}
		if err := x.row(f, s); err != nil {
			return 0, err
		}
	}
	if _, err := x.tx.AddWorkLines(lines); err != nil {
		return 0, err
	}
	return len(lines), x.tx.PutWorkStates(x.rows)
}

// forecaster stands as the office of what the program foresees.
const forecaster = "computed"

// WorkScores judges every forecast that was ever kept by what came of it, for
// the works in a territory.
func (a *App) WorkScores(ctx context.Context, w When, at string) (*httpapi.WorkScores, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	if at != "" {
		if _, err := v.Atlas.Place(place.ID(at)); err != nil {
			return nil, err
		}
	}
	tree, err := a.rowsFor(ctx, v)
	if err != nil {
		return nil, err
	}
	var list []forecast.Said
	out := &httpapi.WorkScores{AsOf: v.at.AsOf.String(), Forecasts: []httpapi.PastForecast{}}
	err = a.Store.EachForecast(ctx, func(kept store.WorkLine) error {
		r := tree.byID[works.ID(kept.Work)]
		if r == nil || r.Condition == works.Draft || kept.On > v.at.AsOf || (at != "" && !v.Atlas.Within(r.Place, place.ID(at))) {
			return nil
		}
		var l works.Line
		if err := readLine(&kept, &l); err != nil {
			return err
		}
		list = append(list, saidOf(&l, r))
		out.Forecasts = append(out.Forecasts, pastForecast(&l, r))
		out.Synthetic = out.Synthetic || l.Synthetic
		return nil
	})
	if err != nil {
		return nil, err
	}
	viewScores(out, forecast.Score(list, v.at.AsOf))
	return out, nil
}
