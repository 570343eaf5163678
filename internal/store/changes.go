package store

import (
	"context"
	"slices"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

// changePart is how many figures are looked at together.
const changePart = 500

// ChangeQuery chooses what a run changed between two states.
type ChangeQuery struct {
	From, To At
	Run      ledger.RunID
	Measures []string
	Places   []place.ID
	After    string
	Limit    int
}

// Change is a figure that stands in the later state and not in the earlier one,
// with what stood in its place. A withdrawal has only that.
type Change struct {
	Figure ledger.Figure
	Old    *ledger.Figure
}

// Changes returns what a run changed, by series, and where the next page
// begins, "" at the end. What the program computed is left out: it follows.
func (s *Store) Changes(ctx context.Context, q ChangeQuery) ([]Change, string, error) {
	names, err := s.names(ctx)
	if err != nil {
		return nil, "", err
	}
	seq := names.seqOf(q.Run)
	var out []Change
	for {
		page, err := s.Figures(ctx, Query{At: q.To, Run: q.Run, Measures: q.Measures, Places: q.Places, NotSource: ledger.Computed, Superseded: true, After: q.After, Limit: changePart})
		if err != nil {
			return nil, "", err
		}
		var fresh []ledger.Figure
		for _, f := range page.Figures {
			if seq > q.From.seq() || !f.PublishedBy(q.From.AsOf) {
				fresh = append(fresh, f)
			}
		}
		near, err := s.near(ctx, fresh)
		if err != nil {
			return nil, "", err
		}
		for i := range fresh {
			c, ok := near.change(&fresh[i], q.From, q.To)
			if !ok {
				continue
			}
			out = append(out, c)
			if q.Limit > 0 && len(out) == q.Limit {
				last := &fresh[i]
				if page.Next == "" && last.ID == page.Figures[len(page.Figures)-1].ID {
					return out, "", nil
				}
				return out, cursorOf(last), nil
			}
		}
		if q.After = page.Next; q.After == "" {
			return out, "", nil
		}
	}
}

// seen reports whether a figure is visible in a state, and stood whether it
// stands there.
func (n *neighbours) seen(f *ledger.Figure, at At) bool {
	return int64(n.order[f.Run])+1 <= at.seq() && f.PublishedBy(at.AsOf)
}

func (n *neighbours) stood(f *ledger.Figure, at At) bool {
	return n.seen(f, at) && !slices.ContainsFunc(n.by[f.ID], func(r replacement) bool { return r.seq <= at.seq() && r.day <= int64(at.AsOf) })
}

// change tells what a figure changed between two states, if anything.
func (n *neighbours) change(f *ledger.Figure, from, to At) (Change, bool) {
	c := Change{Figure: *f}
	if !n.stood(f, to) {
		return c, false
	}
	for _, was := range n.cells[cellOf(f)] {
		if was.ID == f.ID || was.Withdraws || !n.stood(was, from) || n.stood(was, to) {
			continue
		}
		if same := was.Locator == f.Locator && was.Document == f.Document; c.Old == nil || same {
			c.Old = was
		}
	}
	if named := n.byID[f.Supersedes]; c.Old == nil && named != nil && !named.Withdraws && n.stood(named, from) {
		c.Old = named
	}
	if c.Old == nil {
		return c, !f.Withdraws
	}
	return c, f.Withdraws || !sameWords(f, c.Old)
}

const sqlRunsPublished = `SELECT DISTINCT f.seq FROM figure f WHERE f.seq <= $1 AND f.published_at > $2 AND f.published_at <= $3`

// RunsOf returns the runs that may have changed something between two states:
// those recorded in between, and earlier ones that told what was published only
// in between. Those in which the program computed are left out.
func (s *Store) RunsOf(ctx context.Context, from, to At) ([]StoredRun, error) {
	var out []StoredRun
	if from.AsOf < to.AsOf {
		var early []int64
		if err := s.eachID(ctx, sqlRunsPublished, []any{from.seq(), int64(from.AsOf), int64(to.AsOf)}, 1, func(v []int64) { early = append(early, v[0]) }); err != nil {
			return nil, failed("store.RunsOf", s.name, err)
		}
		slices.Sort(early)
		for _, seq := range early {
			list, err := s.RunsAfter(ctx, seq-1, seq, 1)
			if err != nil {
				return nil, err
			}
			out = append(out, list...)
		}
	}
	later, err := s.RunsAfter(ctx, from.seq(), to.seq(), maxRuns)
	return slices.DeleteFunc(append(out, later...), func(r StoredRun) bool { return r.Kind == ledger.MethodRun }), err
}

// maxRuns bounds the runs between two releases.
const maxRuns = 1_000_000

// CursorOf is the place in a list of changes behind a figure.
func CursorOf(f *ledger.Figure) string { return cursorOf(f) }
