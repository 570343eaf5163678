package httpapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// PortfolioCharts is what charts say of many works at once; *app.App does it.
type PortfolioCharts interface {
	PortfolioCurve(ctx context.Context, w When, f WorkFilter, weight string) (*PortfolioCurve, error)
	PortfolioMap(context.Context, When, WorkFilter) (*PortfolioMap, error)
	PortfolioMatrix(ctx context.Context, w When, f WorkFilter, time, money string) (*PortfolioMatrix, error)
	PortfolioMoney(context.Context, When, WorkFilter) (*PortfolioMoney, error)
}

func routesPortfolio(api huma.API, o Options) {
	w := o.Works
	serve(api, o, op{ID: "getPortfolioCurve", Method: http.MethodGet, Path: "/api/portfolio/curve", Tag: tagWorks, Summary: "The S-curve of many works: planned and reported shares by month", Public: true}, func(ctx context.Context, in *struct {
		Moment
		WorkFilter
		Weight string `query:"weight" enum:"cost,units," doc:"default: cost"`
	}) (*PortfolioCurve, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return w.PortfolioCurve(ctx, when, in.WorkFilter, in.Weight)
	})
	serve(api, o, op{ID: "getPortfolioMap", Method: http.MethodGet, Path: "/api/portfolio/map", Tag: tagWorks, Summary: "Where works stand, gathered by point", Public: true}, func(ctx context.Context, in *worksInput) (*PortfolioMap, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return w.PortfolioMap(ctx, when, in.WorkFilter)
	})
	serve(api, o, op{ID: "getPortfolioMatrix", Method: http.MethodGet, Path: "/api/portfolio/matrix", Tag: tagWorks, Summary: "Time against money, a point for each work", Public: true}, func(ctx context.Context, in *struct {
		Moment
		WorkFilter
		Time  string `query:"time" enum:"days,spi," doc:"days behind the first deadline, or the schedule performance index by time; default: days"`
		Money string `query:"money" enum:"paid,transferred,accepted," doc:"what is compared with the reported share of the work; default: paid"`
	}) (*PortfolioMatrix, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return w.PortfolioMatrix(ctx, when, in.WorkFilter, in.Time, in.Money)
	})
	serve(api, o, op{ID: "getPortfolioMoney", Method: http.MethodGet, Path: "/api/portfolio/money", Tag: tagWorks, Summary: "Money of works by source and year, who has not transferred, and shares of co-financing", Public: true}, func(ctx context.Context, in *worksInput) (*PortfolioMoney, error) {
		when, err := in.When()
		if err != nil {
			return nil, err
		}
		return w.PortfolioMoney(ctx, when, in.WorkFilter)
	})
	tablesPortfolio(api, o)
}
