package app

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shanyraq/shanyraq/works/equipment"
)

// register keeps the rows of all devices in memory: 50,000 of them are some
// tens of megabytes, and a filter over them takes milliseconds.
type register = newest[equipment.ID, registerRow, []registerRow]

// registerRow is a row with the territory path of its device.
type registerRow struct {
	equipment.Row
	Path   string
	region string
	folded string // what a search looks through, without the serial number
}

func rowAt(row equipment.Row, path string) registerRow {
	r := registerRow{Row: row, Path: path}
	r.region = regionOf(path)
	r.fold()
	return r
}

func rowOfState(s *store.AssetState) (registerRow, error) {
	var row equipment.Row
	if err := json.Unmarshal(s.Body, &row); err != nil {
		return registerRow{}, fault.New(fault.Internal, "app.assetRows", s.Asset, "cannot be read back: %w", err)
	}
	return rowAt(row, s.Path), nil
}

func (r *registerRow) fold() {
	item, _ := equipment.Find(r.Item)
	words := []string{string(r.ID), r.Item, item.EMDN, r.Maker, r.Model, r.Room}
	for _, c := range lang.Codes() {
		words = append(words, item.Name[c], r.Name[c])
	}
	r.folded = lang.Fold(strings.Join(words, " "))
}

// assetRows returns the rows of all devices as they are now, in order of their
// ids. The slice is shared: nobody changes it.
func (a *App) assetRows(ctx context.Context) ([]registerRow, error) {
	shown, err := newestRows(ctx, &a.devices, stored[store.AssetState, equipment.ID, registerRow, []registerRow]{last: a.Store.AssetStatesLast, after: a.Store.AssetStates, read: readAssetState, show: inOrder})
	if err != nil {
		return nil, err
	}
	return *shown, nil
}

func readAssetState(s *store.AssetState) (equipment.ID, registerRow, int64, error) {
	r, err := rowOfState(s)
	return r.ID, r, s.Seq, err
}

func inOrder(rows []registerRow) *[]registerRow {
	slices.SortFunc(rows, func(x, y registerRow) int { return strings.Compare(string(x.ID), string(y.ID)) })
	return &rows
}

// assetRowsFor returns the rows for a view. A day of the past is folded from
// the events known by then: slow beside assetRows, and through the gate of the
// past.
func (a *App) assetRowsFor(ctx context.Context, v *view) ([]registerRow, error) {
	now, err := a.assetRows(ctx)
	if err != nil || v.at.AsOf >= period.DateOf(a.Clock(), v.Country.OffsetMinutes) {
		return now, err
	}
	leave, err := a.past.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	var out []registerRow
	var list []store.AssetEntry // of one device
	fold := func() error {
		if len(list) == 0 {
			return nil
		}
		f, err := readAsset(list)
		if err != nil {
			return err
		}
		list = list[:0]
		if row := equipment.RowOf(&f.Asset, f.events, v.at.AsOf); row.State != "" {
			out = append(out, rowAt(row, v.path(f.Place)))
		}
		return nil
	}
	err = a.Store.EachAssetEntry(ctx, func(e store.AssetEntry) error {
		if len(list) > 0 && list[0].Asset != e.Asset {
			if err := fold(); err != nil {
				return err
			}
		}
		list = append(list, e)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = fold()
	return out, err
}

// assetSight tells which devices a reader sees.
type assetSight struct {
	works  map[works.ID]*portfolioRow
	drafts []string // paths in which the reader sees drafts of works
	inside []string // paths in which the reader sees all of a device
}

func (a *App) assetSight(ctx context.Context, v *view) (*assetSight, *workTree, error) {
	tree, err := a.rowsFor(ctx, v)
	if err != nil {
		return nil, nil, err
	}
	s := &assetSight{works: tree.byID, drafts: v.paths(ctx, actor.ReadDrafts)}
	s.inside = slices.Concat(s.drafts, v.paths(ctx, actor.ManageWorks), v.paths(ctx, actor.ReportWorks))
	return s, tree, nil
}

// inner reports whether the reader may read drafts or writes about works where a
// device stands, and so sees all of it.
func (s *assetSight) inner(path string) bool { return within(path, s.inside) }

// knows reports whether the reader sees a work.
func (s *assetSight) knows(work works.ID) bool {
	r := s.works[work]
	return r != nil && (r.Condition != works.Draft || within(r.Path, s.drafts))
}

// sees reports whether the reader sees a device at all: the public sees those
// that a published work buys.
func (s *assetSight) sees(work works.ID, path string) bool {
	if r := s.works[work]; r != nil && r.Condition != works.Draft {
		return true
	}
	return s.inner(path)
}

// lies reports whether a work is another one or lies in it.
func (t *workTree) lies(id, in works.ID) bool {
	for r, n := t.byID[id], 0; r != nil && n < 10; r, n = r.around, n+1 {
		if r.ID == in {
			return true
		}
	}
	return false
}
