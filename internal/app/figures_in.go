package app

import (
	"context"
	"io"
	"maps"
	"slices"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/exchange/figures"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
)

// FigureImport says how to read a table of figures.
type FigureImport struct {
	Mapping                                   *figures.Mapping
	Sheet                                     string
	Source, Document, Kind, Period, Published string
	Decimal                                   string
	// Describe enters Source as a new document, if it has a title and the
	// database does not know the name yet.
	Describe DocumentMeta
	DryRun   bool
	Progress func(rows int)
}

// FigureReceipt tells what became of a table. With problems nothing was
// written.
type FigureReceipt struct {
	Rows      int               `json:"rows"`
	Read      int               `json:"figures_read"`
	New       int               `json:"figures_new"`
	Known     int               `json:"figures_known"`
	Corrected int               `json:"figures_corrected"`
	Repeated  int               `json:"rows_repeated"`
	Skipped   int               `json:"rows_skipped"`
	DryRun    bool              `json:"dry_run"`
	Format    string            `json:"format"`
	Encoding  string            `json:"encoding,omitempty"`
	Sheet     string            `json:"sheet,omitempty"`
	Problems  []figures.Problem `json:"problems"`
	More      int               `json:"problems_more"`
	Notices   []figures.Notice  `json:"notices"`
	Run       *string           `json:"run"`
}

// ImportFigures brings in a table of figures: all of it or, when anything in
// it is wrong, nothing. What is wrong is in the receipt, cell by cell.
func (a *App) ImportFigures(ctx context.Context, name string, r io.ReaderAt, size int64, o FigureImport) (*FigureReceipt, error) {
	v, err := a.look(ctx, When{AsOf: ptr(period.MaxDate)})
	if err != nil {
		return nil, err
	}
	table, err := sheet.Open(r, size, sheet.Options{Name: name, Sheet: o.Sheet})
	if err != nil {
		return nil, err
	}
	described, err := v.describe(o)
	if err != nil {
		return nil, err
	}
	today := period.DateOf(a.Clock(), v.Country.OffsetMinutes)
	res, err := figures.Read(ctx, table, figures.Options{Catalogue: v.lists(), Mapping: o.Mapping, Source: o.Source, Document: o.Document, Kind: o.Kind, Period: o.Period, Published: o.Published,
		Decimal: o.Decimal, Documents: described, Today: &today, MoneyPlaces: v.moneyPlaces, Progress: o.Progress, Exists: func(ids []ledger.FigureID) (map[ledger.FigureID]bool, error) { return a.exists(ctx, ids) }})
	if err != nil {
		return nil, err
	}
	out := &FigureReceipt{Rows: res.Rows, Read: len(res.Figures), Repeated: res.Repeated, Skipped: res.Skipped, DryRun: o.DryRun, Format: string(res.Info.Format), Encoding: string(res.Info.Encoding), Sheet: res.Info.Sheet,
		Problems: append([]figures.Problem{}, res.Problems...), More: res.More, Notices: append([]figures.Notice{}, res.Notices...)}
	if len(res.Problems) > 0 || o.DryRun {
		return out, nil
	}
	for i := range res.Figures {
		if err := a.may(ctx, v, actor.ImportFigures, res.Figures[i].Place); err != nil {
			return nil, err
		}
	}
	got, err := a.commit(ctx, ledger.Batch{Run: a.run(ctx, ledger.ImportRun, "figures "+name, map[string]string{"file": name}), Documents: described, Figures: res.Figures})
	if err != nil {
		return nil, err
	}
	out.New, out.Known, out.Corrected, out.Run = got.Figures, got.Known, got.Corrected, optional(got.Run.String())
	return out, nil
}

// describe returns the source of a table as a new document.
func (s *Snapshot) describe(o FigureImport) ([]ledger.Document, error) {
	if _, known := s.Documents[o.Source]; known || o.Source == "" || o.Describe.Title == "" {
		return nil, nil
	}
	m := o.Describe
	if m.Publisher == "" || m.Licence == "" {
		return nil, fault.New(fault.Invalid, "app.ImportFigures", o.Source, "a new source needs title, publisher and licence")
	}
	d := ledger.Document{Name: o.Source, Kind: "reference", Title: everyLanguage(m.Title, ""), Publisher: everyLanguage(m.Publisher, ""), Published: m.Published, Language: m.Language, Licence: m.Licence, Address: m.Address}
	return []ledger.Document{d}, d.Check()
}

// moneyPlaces returns the decimal places of a currency.
func (s *Snapshot) moneyPlaces(unit string) int32 {
	if unit == s.Country.Currency.Code {
		return s.Country.Currency.Digits
	}
	return money.KZT.Digits // two, as most currencies have
}

// lists is what a table may speak of.
func (s *Snapshot) lists() *figures.Lists {
	return figures.NewLists(slices.Collect(maps.Values(s.Measures)), slices.Collect(maps.Values(s.Units)), s.Atlas.All(), slices.Collect(maps.Values(s.Documents)))
}

// exists tells which figures are recorded.
func (a *App) exists(ctx context.Context, ids []ledger.FigureID) (map[ledger.FigureID]bool, error) {
	out := map[ledger.FigureID]bool{}
	for chunk := range slices.Chunk(ids, idChunk) {
		page, err := a.Store.Figures(ctx, store.Query{At: store.Everything, IDs: chunk, Superseded: true})
		if err != nil {
			return nil, err
		}
		for i := range page.Figures {
			out[page.Figures[i].ID] = true
		}
	}
	return out, nil
}

// ExportFigures writes the figures of a query as a table that ImportFigures
// takes back without a loss, and returns how many.
func (a *App) ExportFigures(ctx context.Context, when When, q FigureQuery, format sheet.Format, o figures.WriteOptions, w io.Writer) (int, error) {
	return figures.Write(w, format, func(yield func(*ledger.Figure) error) error { return a.EachFigure(ctx, when, q, yield) }, o)
}
