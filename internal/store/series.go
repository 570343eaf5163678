package store

import (
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

const (
	sqlSeriesPut  = `INSERT INTO series (id, measure, version, place, dimensions, kind, unit, source) VALUES `
	sqlSeriesHeld = `SELECT id, measure, version, place, dimensions, kind, unit, source FROM series WHERE id IN `

	sqlDocumentHeld = `SELECT name FROM document WHERE id = $1`
	sqlDocumentPut  = `INSERT INTO document (id, name, seq) VALUES ($1, $2, $3)`
)

// series makes sure that all series of the figures exist. It returns those
// that were there before the run, adds to made the others, and returns
// fault.Conflict when the id of one already stands for another. rows are in
// order of series.
func (w *writer) series(rows []row, made map[ledger.SeriesID]bool) (map[ledger.SeriesID]bool, error) {
	var all []row
	for i, r := range rows {
		if i == 0 || r.series != rows[i-1].series {
			all = append(all, r)
		} else if r.f.Series != rows[i-1].f.Series {
			return nil, seriesCollision(r.series)
		}
	}
	old := map[ledger.SeriesID]bool{}
	put := w.newBulk(sqlSeriesPut, "", 8)
	for part := range slices.Chunk(all, chunk) {
		if err := w.heldSeries(part, old); err != nil {
			return nil, err
		}
		for _, r := range part {
			if made[r.series] {
				delete(old, r.series)
				continue
			}
			if old[r.series] {
				continue
			}
			made[r.series] = true
			s := r.f.Series
			if err := put.add(int64(r.series), s.Measure, s.Version, string(s.Place), s.Dimensions, string(s.Kind), s.Unit, s.Source); err != nil {
				return nil, err
			}
		}
	}
	return old, put.flush()
}

// heldSeries adds to old which of the series are in the database.
func (w *writer) heldSeries(part []row, old map[ledger.SeriesID]bool) error {
	want := make(map[ledger.SeriesID]ledger.Series, len(part))
	ids := make([]any, 0, chunk)
	for _, r := range part {
		want[r.series] = r.f.Series
		ids = append(ids, int64(r.series))
	}
	for n := padded(len(ids)); len(ids) < n; {
		ids = append(ids, ids[len(ids)-1])
	}
	st, err := w.prepare(sqlSeriesHeld + w.engine.tuples(1, len(ids), 1))
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(w.ctx, ids...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id int64
		var s ledger.Series
		var at, kind string
		if err := rows.Scan(&id, &s.Measure, &s.Version, &at, &s.Dimensions, &kind, &s.Unit, &s.Source); err != nil {
			return err
		}
		s.Place, s.Kind = place.ID(at), ledger.Kind(kind)
		key := ledger.SeriesID(id)
		if want[key] != s {
			return seriesCollision(key)
		}
		old[key] = true
	}
	return rows.Err()
}

func seriesCollision(id ledger.SeriesID) error {
	return fault.New(fault.Conflict, "store.Commit", id.String(), "the id %s already stands for another series: change the name of its source by a letter and import again", id)
}

// documentsOf keeps the names of the documents in which the figures stand,
// also of those that nobody described yet.
func (w *writer) documentsOf(rows []row, seen map[string]bool) error {
	for _, r := range rows {
		if seen[r.f.Document] {
			continue
		}
		seen[r.f.Document] = true
		if err := w.document(r.f.Document); err != nil {
			return err
		}
	}
	return nil
}

// document keeps the name behind the short key of a document.
func (w *writer) document(name string) error {
	id := int64(ledger.DocumentIDOf(name))
	have, err := w.oneText(sqlDocumentHeld, id)
	switch {
	case err != nil:
		return err
	case have == name:
		return nil
	case have != "":
		return fault.New(fault.Conflict, "store.Commit", name, "the key of the document %s already stands for %s: rename it", name, have)
	}
	_, err = w.tx.ExecContext(w.ctx, sqlDocumentPut, id, name, w.seq)
	return err
}
