package app

import (
	"cmp"
	"slices"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/forecast"
)

// maxPast is how many past forecasts a page lists.
const maxPast = 1000

func pastForecast(l *works.Line, r *portfolioRow) httpapi.PastForecast {
	f := l.Forecast
	return httpapi.PastForecast{Work: string(l.Work), Title: r.Title, Place: string(r.Place), On: l.On.String(), Declared: dateText(f.Declared), ES: dateText(f.ES), P50: dateText(f.P50), P80: dateText(f.P80), Opened: dateText(r.Opened), Assumed: f.Assumed}
}

func saidOf(l *works.Line, r *portfolioRow) forecast.Said {
	f := l.Forecast
	x := forecast.Said{Project: string(l.Work), Made: l.On, Declared: f.Declared, Ended: r.Opened}
	for _, level := range []struct {
		p   float64
		day *period.Date
	}{{0.1, f.P10}, {0.5, f.P50}, {0.8, f.P80}, {0.9, f.P90}} {
		if level.day != nil {
			x.Levels = append(x.Levels, forecast.Level{P: level.p, Day: *level.day})
		}
	}
	return x
}

func viewScores(out *httpapi.WorkScores, s forecast.Scores) {
	out.Scored, out.Open, out.Projects, out.CRPS, out.Interval, out.Sharpness = s.Scored, s.Open, s.Projects, s.CRPS, s.Interval, s.Sharpness
	out.Pairs, out.Naive, out.Skill, out.Gain, out.GainLow, out.GainHigh = s.Pairs, s.Naive, s.Skill, s.Gain, s.Least, s.Most
	out.Levels, out.Bins, out.Notes = []httpapi.ForecastLevel{}, []httpapi.ForecastBin{}, []lang.Text{}
	for _, c := range s.Calibration {
		x := httpapi.ForecastLevel{P: c.P, N: c.N, Kept: c.Kept, Open: c.Open, Undecided: c.Undecided + c.Early, Share: c.Share, Low: c.Low, High: c.High}
		for _, l := range s.Losses {
			if l.P == c.P {
				mean := l.Mean
				x.Loss = &mean
			}
		}
		out.Levels = append(out.Levels, x)
	}
	for _, b := range s.Bins {
		out.Bins = append(out.Bins, httpapi.ForecastBin{From: b.From, To: b.To, N: b.N, Expected: b.Expected})
	}
	for _, n := range s.Notes {
		out.Notes = append(out.Notes, n.Text())
	}
	slices.SortStableFunc(out.Forecasts, func(x, y httpapi.PastForecast) int {
		return cmp.Or(cmp.Compare(y.On, x.On), cmp.Compare(x.Work, y.Work))
	})
	out.Forecasts = out.Forecasts[:min(len(out.Forecasts), maxPast)]
}
