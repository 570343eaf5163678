package httpapi

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
)

// workParams are the parameters of WorkFilter that choose works.
var workParams = []string{"place", "level", "kind", "phase", "source", "office", "parent", "question", "service", "watch", "q", "sort", "desc"}

// works reads the filter of works.
func (q query) works() (WorkFilter, error) {
	desc, err := q.yes("desc")
	f := WorkFilter{Place: q.get("place"), Level: q.get("level"), Kind: q.get("kind"), Phase: q.get("phase"), Source: q.get("source"), Office: q.get("office"), Parent: q.get("parent"),
		Question: q.get("question"), Service: q.get("service"), Watch: q.get("watch"), Q: q.get("q"), Sort: q.get("sort"), Desc: desc, Limit: maxWorksPage}
	return f, err
}

// among refuses a parameter of a table that is none of the words; "" is
// always good.
func (q query) among(name string, words ...string) (string, error) {
	s := q.get(name)
	for _, w := range words {
		if s == w {
			return s, nil
		}
	}
	if s == "" {
		return s, nil
	}
	return "", fault.New(fault.Invalid, "httpapi.table", name, "%s is one of %s", name, strings.Join(words, ", "))
}

func tablesPortfolio(api huma.API, o Options) {
	w := o.Works
	// part makes a table of the works of a filter with further parameters.
	part := func(id, path, summary string, more []string, write func(context.Context, query, WorkFilter, sheet.Format, io.Writer) error) {
		serveTable(api, o, table{id, path, tagWorks, summary, append(append([]string{}, workParams...), more...), func(ctx context.Context, q query, f sheet.Format, out io.Writer) error {
			filter, err := q.works()
			if err != nil {
				return err
			}
			return write(ctx, q, filter, f, out)
		}, ""})
	}
	part("tableWorks", "/api/works", "The portfolio as a table", nil, func(ctx context.Context, q query, f WorkFilter, format sheet.Format, out io.Writer) error {
		return workTable(ctx, w, q.when, f, format, out)
	})
	part("tablePortfolioCurve", "/api/portfolio/curve", "The S-curve of many works, as a table", []string{"weight"}, func(ctx context.Context, q query, f WorkFilter, format sheet.Format, out io.Writer) error {
		weight, err := q.among("weight", "cost", "units")
		if err != nil {
			return err
		}
		c, err := w.PortfolioCurve(ctx, q.when, f, weight)
		if err != nil {
			return err
		}
		return rows(out, format, "curve", []string{"on", "first_baseline_percent", "baseline_percent", "reported_percent"}, func(row func(...[]sheet.Cell) error) error {
			for _, p := range c.Points {
				if err := row([]sheet.Cell{date(&p.On), number(p.First), number(p.Planned), number(p.Actual)}); err != nil {
					return err
				}
			}
			return nil
		})
	})
	part("tablePortfolioMatrix", "/api/portfolio/matrix", "Time against money, as a table", []string{"time", "money"}, func(ctx context.Context, q query, f WorkFilter, format sheet.Format, out io.Writer) error {
		time, err := q.among("time", "days", "spi")
		if err != nil {
			return err
		}
		money, err := q.among("money", "paid", "transferred", "accepted")
		if err != nil {
			return err
		}
		m, err := w.PortfolioMatrix(ctx, q.when, f, time, money)
		if err != nil {
			return err
		}
		return matrixTable(m, format, out)
	})
	part("tablePortfolioMoney", "/api/portfolio/money", "Money of works by source and year, as a table", nil, func(ctx context.Context, q query, f WorkFilter, format sheet.Format, out io.Writer) error {
		m, err := w.PortfolioMoney(ctx, q.when, f)
		if err != nil {
			return err
		}
		return moneyTable(m, format, out)
	})
}

// maxWorksPage is how many works a table asks for at once.
const maxWorksPage = 1000

// workTable writes all works of a filter, a page of them at a time.
func workTable(ctx context.Context, w Works, when When, f WorkFilter, format sheet.Format, out io.Writer) error {
	header := append(append([]string{"id", "level", "kind", "condition", "parent"}, each3("title")...), "place", "region", "facility", "office", "sites", "phase", "percent", "percent_qualifier", "percent_on", "percent_age_days", "doubt",
		"steps_done", "next_step", "opened", "first_start", "first_finish", "start", "finish", "first_deadline", "deadline", "days_late", "forecast_p50", "forecast_p80", "last_word")
	for _, m := range moneyNames {
		header = append(header, m, m+"_qualifier")
	}
	header = append(header, "sources", "questions", "synthetic", "as_of")
	if f.Sort == "tree" {
		f.Sort = ""
	}
	return rows(out, format, "works", header, func(row func(...[]sheet.Cell) error) error {
		for {
			list, err := w.Portfolio(ctx, when, f)
			if err != nil {
				return err
			}
			for i := range list.Items {
				if err := workCells(row, &list.Items[i], list.AsOf); err != nil {
					return err
				}
			}
			if f.Offset += len(list.Items); len(list.Items) == 0 || f.Offset >= list.Total {
				return nil
			}
		}
	})
}

func workCells(row func(...[]sheet.Cell) error, r *WorkRow, asOf string) error {
	p50, p80 := (*string)(nil), (*string)(nil)
	if r.Forecast != nil {
		p50, p80 = r.Forecast.P50, r.Forecast.P80
	}
	synthetic := ""
	if r.Synthetic {
		synthetic = "yes"
	}
	return row([]sheet.Cell{text(r.ID), text(r.Level), text(r.Kind), text(r.Condition), textOf(r.Parent)}, words(r.Title),
		[]sheet.Cell{text(r.Place), text(r.Region), textOf(r.Facility), textOf(r.Office), count(int(r.Units)), text(r.Phase), number(r.Percent), textOf(r.Qualifier), date(r.PercentOn), whole(r.PercentAge), textOf(r.Doubt),
			count(r.Steps), textOf(r.NextStep), date(r.Opened), date(r.FirstStart), date(r.FirstFinish), date(r.Start), date(r.Finish), date(r.First), date(r.Deadline), count(r.DaysLate), date(p50), date(p80), date(r.LastWord)},
		moneyCells(&r.Money), []sheet.Cell{text(strings.Join(r.Sources, " ")), text(strings.Join(r.Questions, " ")), text(synthetic), date(&asOf)})
}

// moneyNames are the columns of an account.
var moneyNames = []string{"cost", "planned", "approved", "transferred", "contracted", "paid", "accepted"}

func moneyCells(m *WorkMoney) []sheet.Cell {
	out := []sheet.Cell{}
	for _, s := range []*Stated{m.Cost, m.Planned, m.Approved, m.Transferred, m.Contracted, m.Paid, m.Accepted} {
		out = append(out, statedCells(s)...)
	}
	return out
}

func statedCells(s *Stated) []sheet.Cell {
	if s == nil {
		return []sheet.Cell{{}, {}}
	}
	return []sheet.Cell{number(&s.Value), text(s.Qualifier)}
}

func matrixTable(m *PortfolioMatrix, format sheet.Format, out io.Writer) error {
	header := append(append([]string{"id"}, each3("title")...), "region", "phase", m.Time, "percent", m.Money+"_share_percent", "difference_points", "cost", "cost_qualifier", "rough", "missing")
	return rows(out, format, "matrix", header, func(row func(...[]sheet.Cell) error) error {
		for i := range m.Points {
			p := &m.Points[i]
			rough := ""
			if p.Rough {
				rough = "yes"
			}
			if err := row([]sheet.Cell{text(p.ID)}, words(p.Title), []sheet.Cell{text(p.Region), text(p.Phase), number(&p.X), number(p.Percent), number(&p.Share), number(&p.Y)}, statedCells(p.Cost), []sheet.Cell{text(rough), {}}); err != nil {
				return err
			}
		}
		for i := range m.Unknown {
			g := &m.Unknown[i]
			if err := row([]sheet.Cell{text(g.ID)}, words(g.Title), []sheet.Cell{{}, text(g.Phase), {}, number(g.Percent), {}, {}, {}, {}, {}, text(strings.Join(g.Missing, " "))}); err != nil {
				return err
			}
		}
		return nil
	})
}

// moneyTable writes a row for every source and year, and one for all years of
// a source.
func moneyTable(m *PortfolioMoney, format sheet.Format, out io.Writer) error {
	header := []string{"source", "year", "works"}
	for _, n := range moneyNames[1:] {
		header = append(header, n, n+"_qualifier")
	}
	return rows(out, format, "money", header, func(row func(...[]sheet.Cell) error) error {
		for i := range m.Sources {
			s := &m.Sources[i]
			if err := row([]sheet.Cell{text(s.Source), text("all"), count(s.Works)}, moneyCells(&s.WorkMoney)[2:]); err != nil {
				return err
			}
			for _, y := range s.Years {
				year := strconv.Itoa(y.Year)
				if y.Year == 0 {
					year = ""
				}
				if err := row([]sheet.Cell{text(s.Source), text(year), {}}, moneyCells(&y.WorkMoney)[2:]); err != nil {
					return err
				}
			}
		}
		return nil
	})
}
