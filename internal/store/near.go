package store

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/shanyraq/shanyraq/ledger"
)

// neighbours is what else was said in the cells of some figures, and what took
// whose place.
type neighbours struct {
	cells map[cellKey][]*ledger.Figure
	byID  map[ledger.FigureID]*ledger.Figure
	by    map[ledger.FigureID][]replacement
	back  map[ledger.RunID]bool // runs that took others back
	gone  map[string]bool       // runs that were taken back, by id
	order map[ledger.RunID]int  // in which runs were recorded
}

type cellKey struct{ series, start, end int64 }

func cellOf(f *ledger.Figure) cellKey {
	return cellKey{int64(f.Series.ID()), int64(f.Period.Start), int64(f.Period.End)}
}

// replacement is one figure that took the place of another, from a day on.
type replacement struct {
	by       ledger.FigureID
	day, seq int64
}

const (
	inCells = ` AND (f.series_id, f.period_start, f.period_end) IN (VALUES (CAST($3 AS BIGINT),CAST($4 AS INTEGER),CAST($5 AS INTEGER))`

	sqlReplacements = `SELECT old_id, new_id, published_at, seq FROM supersession WHERE old_id IN `

	sqlRunsOfKind = `SELECT id FROM run WHERE kind = $1`
)

// near reads the neighbours of figures.
func (s *Store) near(ctx context.Context, figures []ledger.Figure) (*neighbours, error) {
	const op = "store.near"
	if len(figures) == 0 {
		return &neighbours{}, nil
	}
	n := &neighbours{cells: map[cellKey][]*ledger.Figure{}, byID: map[ledger.FigureID]*ledger.Figure{}, by: map[ledger.FigureID][]replacement{}, back: map[ledger.RunID]bool{}, gone: map[string]bool{}, order: map[ledger.RunID]int{}}
	gone, err := s.Records(ctx, ledger.RecordWithdrawal, Everything)
	if err != nil {
		return nil, err
	}
	for _, r := range gone {
		n.gone[r.Code] = true
	}
	if err := s.eachID(ctx, sqlRunsOfKind, []any{string(ledger.WithdrawalRun)}, 1, func(v []int64) { n.back[ledger.RunID(v[0])] = true }); err != nil {
		return nil, failed(op, s.name, err)
	}
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	for i, r := range names.runs {
		n.order[r.id] = i
	}
	var elsewhere []ledger.FigureID // corrected by name in another cell
	for part := range slices.Chunk(figures, chunk) {
		if err := s.nearCells(ctx, n, part); err != nil {
			return nil, failed(op, s.name, err)
		}
	}
	for i := range figures {
		if id := figures[i].Supersedes; id != 0 && n.byID[id] == nil {
			elsewhere = append(elsewhere, id)
		}
	}
	for part := range slices.Chunk(elsewhere, chunk) {
		page, err := s.Figures(ctx, Query{At: Everything, IDs: part, Superseded: true})
		if err == nil {
			err = s.nearCells(ctx, n, page.Figures)
		}
		if err != nil {
			return nil, failed(op, s.name, err)
		}
	}
	ids := make([]any, 0, len(n.byID))
	for id := range n.byID {
		ids = append(ids, int64(id))
	}
	for part := range slices.Chunk(ids, chunk) {
		args := slices.Clone(part)
		for size := padded(len(args)); len(args) < size; {
			args = append(args, args[len(args)-1])
		}
		if err := s.eachID(ctx, sqlReplacements+s.engine.tuples(1, len(args), 1), args, 4, func(v []int64) {
			old := ledger.FigureID(v[0])
			r := replacement{ledger.FigureID(v[1]), v[2], v[3]}
			if !slices.Contains(n.by[old], r) {
				n.by[old] = append(n.by[old], r)
			}
		}); err != nil {
			return nil, failed(op, s.name, err)
		}
	}
	return n, nil
}

func (n *neighbours) keep(f *ledger.Figure) error {
	if n.byID[f.ID] == nil {
		g := *f
		n.byID[f.ID] = &g
		n.cells[cellOf(f)] = append(n.cells[cellOf(f)], &g)
	}
	return nil
}

// nearCells reads all that was said in the cells of at most chunk figures.
func (s *Store) nearCells(ctx context.Context, n *neighbours, part []ledger.Figure) error {
	if len(part) == 0 {
		return nil
	}
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	args := []any{Everything.bound(names), int64(Everything.AsOf)}
	for i := range part {
		k := cellOf(&part[i])
		args = append(args, k.series, k.start, k.end)
	}
	rows := padded(len(part))
	for len(args) < 2+3*rows {
		args = append(args, args[len(args)-3:]...)
	}
	text := figureColumnsRead + figureSuccessor + fromFigure + inCells
	if rows > 1 {
		text += "," + s.engine.tuples(rows-1, 3, 6)
	}
	found, err := s.read.QueryContext(ctx, text+")", args...)
	if err != nil {
		return err
	}
	defer found.Close()
	for found.Next() {
		f, err := scanFigure(found, names)
		if err != nil {
			return err
		}
		if err := n.keep(&f); err != nil {
			return err
		}
	}
	return found.Err()
}

// eachID calls f for the rows of a query, which are numbers.
func (s *Store) eachID(ctx context.Context, text string, args []any, columns int, f func([]int64)) error {
	rows, err := s.read.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	v, into := make([]int64, columns), make([]any, columns)
	for i := range v {
		into[i] = &v[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		f(v)
	}
	return rows.Err()
}

// never ends what nothing has replaced.
const never = int64(1 << 62)

// takeBack returns what makes the cells be, on every day, as if a run had never
// been: what it said is withdrawn, and what it had replaced stands again, under
// a new id, for the days on which nothing else had replaced it.
func (n *neighbours) takeBack(run ledger.RunID, reason string) ([]ledger.Figure, error) {
	var out []ledger.Figure
	for _, k := range slices.SortedFunc(maps.Keys(n.cells), compareCells) {
		again, err := n.restore(run, n.cells[k], reason)
		if err != nil {
			return nil, err
		}
		out = append(out, again...)
	}
	covered := map[ledger.FigureID]int64{} // since when something else stands for a figure
	for i := range out {
		id, day := out[i].Supersedes, dayOf(out[i].Published)
		if was, ok := covered[id]; !ok || day < was {
			covered[id] = day
		}
	}
	for _, k := range slices.SortedFunc(maps.Keys(n.cells), compareCells) {
		for _, f := range n.cells[k] {
			if f.Run != run {
				continue
			}
			for _, w := range n.wordings(f) {
				from, end, _ := n.stands(w)
				if day, ok := covered[w.ID]; from >= end || ok && day <= from {
					continue
				}
				gone := ledger.Figure{Series: w.Series, Period: w.Period, Status: ledger.Missing, Document: w.Document, Locator: w.Locator, Published: w.Published,
					Supersedes: w.ID, Withdraws: true, Reason: reason, Synthetic: w.Synthetic, Recipe: w.Recipe}
				if err := gone.Seal(); err != nil {
					return nil, err
				}
				out = append(out, gone)
			}
		}
	}
	return out, nil
}

func compareCells(a, b cellKey) int {
	return cmp.Or(cmp.Compare(a.series, b.series), cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
}

// restore returns what stands again in a cell.
func (n *neighbours) restore(run ledger.RunID, cell []*ledger.Figure, reason string) ([]ledger.Figure, error) {
	var out []ledger.Figure
	for _, f := range cell {
		if n.back[f.Run] || f.Withdraws || n.taken(run, f) {
			continue
		}
		until, next := n.should(run, f)
		from, by := n.covered(f)
		if from >= until || by == 0 {
			continue
		}
		g := *f
		g.Published, g.Supersedes, g.SupersededBy, g.Reason, g.Run = publishedOf(from), by, next, reason, 0
		if err := g.Seal(); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, nil
}

// taken reports whether a figure is of the run, or of one taken back before.
func (n *neighbours) taken(run ledger.RunID, f *ledger.Figure) bool {
	return f.Run == run || n.gone[f.Run.String()]
}

// should returns until when a figure would stand without the runs that were
// taken back, and what replaces it then.
func (n *neighbours) should(run ledger.RunID, f *ledger.Figure) (until int64, by ledger.FigureID) {
	until = never
	end := func(g *ledger.Figure, day int64) {
		if g == nil || g.ID == f.ID || n.back[g.Run] || n.taken(run, g) {
			return
		}
		if day < until || day == until && g.ID < by {
			until, by = day, g.ID
		}
	}
	for _, r := range n.by[f.ID] {
		end(n.byID[r.by], r.day)
	}
	for _, g := range n.cells[cellOf(f)] {
		// Said later at the same spot it replaces, also where the store did not
		// note it because something else had replaced it before.
		named := g.Supersedes != 0 && n.byID[g.Supersedes] != nil && !n.back[n.byID[g.Supersedes].Run]
		if g.Locator == f.Locator && g.Document == f.Document && n.order[g.Run] > n.order[f.Run] && !g.Withdraws && !named && g.Recipe == nil {
			end(g, dayOf(g.Published))
		}
	}
	return until, by
}

// stands returns the days on which a figure stands, and what ends that.
func (n *neighbours) stands(f *ledger.Figure) (from, end int64, by ledger.FigureID) {
	from, end = dayOf(f.Published), never
	for _, r := range n.by[f.ID] {
		if r.day < end || r.day == end && r.by < by {
			end, by = r.day, r.by
		}
	}
	return from, end, by
}

// covered returns until when a figure, or what stands in its words, stands
// without a gap, and what replaced it then.
func (n *neighbours) covered(f *ledger.Figure) (until int64, by ledger.FigureID) {
	until = dayOf(f.Published)
	_, end, by := n.stands(f)
	until = max(until, end)
	words := n.wordings(f)[1:]
	slices.SortFunc(words, func(a, b *ledger.Figure) int { return cmp.Compare(dayOf(a.Published), dayOf(b.Published)) })
	for again := true; again; {
		again = false
		for _, w := range words {
			if from, end, x := n.stands(w); from <= until && (end > until || end == until && w.Supersedes == by) {
				until, by, again = end, x, end > until
			}
		}
	}
	return until, by
}

// wordings returns a figure and what withdrawals let stand again in its words.
func (n *neighbours) wordings(f *ledger.Figure) []*ledger.Figure {
	out := []*ledger.Figure{f}
	for _, g := range n.cells[cellOf(f)] {
		if g.ID != f.ID && n.back[g.Run] && !g.Withdraws && sameWords(f, g) {
			out = append(out, g)
		}
	}
	return out
}

// sameWords reports whether two figures of a cell say the same at the same spot.
func sameWords(a, b *ledger.Figure) bool {
	x, y := *a, *b
	for _, f := range []*ledger.Figure{&x, &y} {
		f.Supersedes, f.Reason, f.Withdraws = 0, "", false
	}
	return x.Seal() == nil && y.Seal() == nil && x.ID == y.ID
}
