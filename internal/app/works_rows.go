package app

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
)

// portfolio keeps the rows of all works in memory: 20,000 of them are some tens
// of megabytes, and a filter over them takes milliseconds.
type portfolio = newest[works.ID, portfolioRow, workTree]

// portfolioRow is a row with what a filter would otherwise work out again for
// each reader.
type portfolioRow struct {
	works.Row
	Path    string // territory: /KZ/KZ-35/
	region  string
	folded  string // title and id, for words
	sources []sourceRow
	around  *portfolioRow // the work in which it lies
	no      int           // in its tree
}

// sourceRow is the money of one source.
type sourceRow struct {
	code string
	works.RowMoney
}

func newPortfolioRow(r works.Row, path string) portfolioRow {
	out := portfolioRow{Row: r, Path: path, folded: lang.Fold(string(r.ID) + " " + r.Title[lang.KK] + " " + r.Title[lang.RU] + " " + r.Title[lang.EN])}
	for _, code := range sortedKeys(r.Sources) {
		out.sources = append(out.sources, sourceRow{code, r.Sources[code]})
	}
	out.region = regionOf(path)
	return out
}

// workTree is all works at a moment, in order of their ids. It is shared:
// nobody changes it.
type workTree struct {
	rows  []portfolioRow
	byID  map[works.ID]*portfolioRow
	parts map[works.ID]int // that everybody sees
}

func treeOf(rows []portfolioRow) *workTree {
	slices.SortFunc(rows, func(x, y portfolioRow) int { return compareIDs(x.ID, y.ID) })
	t := &workTree{rows: rows, byID: make(map[works.ID]*portfolioRow, len(rows)), parts: map[works.ID]int{}}
	for i := range rows {
		t.byID[rows[i].ID] = &rows[i]
	}
	for i := range rows {
		r := &rows[i]
		r.no, r.around = i, nil
		if r.Parent != "" {
			if r.Condition != works.Draft {
				t.parts[r.Parent]++
			}
			r.around = t.byID[r.Parent]
		}
	}
	return t
}

// workRows returns the rows of all works as they are now, drafts too.
func (a *App) workRows(ctx context.Context) (*workTree, error) {
	return newestRows(ctx, &a.portfolio, stored[store.WorkState, works.ID, portfolioRow, workTree]{last: a.Store.WorkStatesLast, after: a.Store.WorkStates, read: readWorkState, show: treeOf})
}

func readWorkState(s *store.WorkState) (works.ID, portfolioRow, int64, error) {
	var row works.Row
	if err := json.Unmarshal(s.Body, &row); err != nil {
		return "", portfolioRow{}, 0, fault.New(fault.Internal, "app.workRows", s.Work, "cannot be read back: %w", err)
	}
	return row.ID, newPortfolioRow(row, s.Path), s.Seq, nil
}

// workRowsOn folds the rows as they were on a day of the past: from the records
// and lines known by then. It is slow beside workRows and goes through the gate
// of the past.
func (a *App) workRowsOn(ctx context.Context, v *view) (*workTree, error) {
	leave, err := a.past.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	lines := map[works.ID][]works.Line{}
	err = a.Store.EachWorkLine(ctx, func(kept store.WorkLine) error {
		if kept.Published != nil && *kept.Published > v.at.AsOf {
			return nil
		}
		var l works.Line
		err := readLine(&kept, &l)
		lines[l.Work] = append(lines[l.Work], l)
		return err
	})
	if err != nil {
		return nil, err
	}
	var out []portfolioRow
	err = a.everyWorkItem(ctx, func(it store.Item) error {
		f, err := readWork(it)
		if err != nil {
			return err
		}
		s, err := works.At(&f.Work, lines[f.ID], v.at.AsOf, noTime)
		if err != nil {
			return err
		}
		out = append(out, newPortfolioRow(works.RowOf(s), f.path))
		return nil
	})
	return treeOf(out), err
}

// rowsFor returns the rows for a view.
func (a *App) rowsFor(ctx context.Context, v *view) (*workTree, error) {
	if v.at.AsOf == period.DateOf(a.Clock(), v.Country.OffsetMinutes) {
		return a.workRows(ctx)
	}
	return a.workRowsOn(ctx, v)
}
