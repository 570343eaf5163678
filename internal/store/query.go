package store

import (
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// At chooses what to see: documents published on or before AsOf, and what the
// database had recorded by the act Seq (0: everything).
type At struct {
	AsOf period.Date
	Seq  int64
}

// Everything sees all that is recorded, whenever published.
var Everything = At{AsOf: period.MaxDate}

// seq returns the bound for queries.
func (a At) seq() int64 {
	if a.Seq == 0 {
		return 1<<62 - 1
	}
	return a.Seq
}

// bound returns the bound for queries that also need names.
func (a At) bound(n *nameTable) int64 { return min(a.seq(), n.seq) }

// Query chooses figures; empty fields choose all.
type Query struct {
	At
	Measures   []string
	Places     []place.ID
	Kinds      []ledger.Kind
	Sources    []string
	NotSource  string
	Documents  []string
	Line       int
	Dimensions *string
	// Period chooses figures of exactly this period; Within those whose period
	// lies in this one.
	Period, Within period.Period
	IDs            []ledger.FigureID
	// Run chooses what one run brought; its figures come by series.
	Run        ledger.RunID
	Superseded bool // also what a later figure corrected
	After      string
	Limit      int
}

// Page is a part of an ordered list; Next is empty at its end.
type Page struct {
	Figures []ledger.Figure
	Next    string
}

const (
	figureColumnsRead = `
	SELECT s.id, s.measure, s.version, s.place, s.dimensions, s.kind, s.unit, s.source,
		f.period_start, f.period_end, f.id, f.coef, f.scale, f.qualifier, f.status,
		f.document, f.line, f.span_from, f.span_to, f.published_at, f.seq, f.extra`

	// figureSuccessor is the figure that took the place of f: of several the one
	// published first, which was itself replaced by the next.
	figureSuccessor = `,
		COALESCE((SELECT x.new_id FROM supersession x WHERE x.old_id = f.id AND x.seq <= $1 AND x.published_at <= $2
			ORDER BY x.published_at, x.seq, x.new_id LIMIT 1), 0)`

	figureStandingOnly = `, 0`

	// CROSS JOIN fixes on SQLite which table is asked first. Without statistics
	// its planner would rather walk through all series; PostgreSQL has
	// statistics and decides for itself.
	fromSeries = `
	FROM series s CROSS JOIN figure f
	WHERE f.series_id = s.id AND f.seq <= $1 AND f.published_at <= $2`
	fromFigure = `
	FROM figure f CROSS JOIN series s
	WHERE s.id = f.series_id AND f.seq <= $1 AND f.published_at <= $2`

	// figureStanding leaves out what a later figure corrected, and withdrawals,
	// which say nothing themselves. It is not written NOT EXISTS, for which
	// PostgreSQL may read all supersessions to find those of one chart.
	figureStanding = `
	AND f.withdraws = 0
	AND (SELECT 1 FROM supersession x WHERE x.old_id = f.id AND x.seq <= $1 AND x.published_at <= $2 LIMIT 1) IS NULL`

	figureOrder = `
	ORDER BY s.measure, s.place, s.id, f.period_start, f.period_end, f.id`
	figureOrderOfRun = `
	ORDER BY f.series_id, f.period_start, f.period_end, f.id`
)

// condition collects SQL and its arguments; every value is a parameter, and
// parameters are first named in the order of their numbers.
type condition struct {
	engine Engine
	sql    strings.Builder
	args   []any
}

func (c *condition) param(v any) string {
	c.args = append(c.args, v)
	return "$" + strconv.Itoa(len(c.args))
}

func (c *condition) and(column, op string, v any) {
	c.sql.WriteString(" AND " + column + " " + op + " " + c.param(v))
}

func in[T any](c *condition, column string, list []T, conv func(T) any) {
	if len(list) == 0 {
		return
	}
	if len(list) == 1 {
		c.and(column, "=", conv(list[0]))
		return
	}
	c.sql.WriteString(" AND " + column + " IN " + c.engine.tuples(1, len(list), len(c.args)+1))
	for _, v := range list {
		c.args = append(c.args, conv(v))
	}
}

// build returns the statement of an engine for a query that sees runs up to
// seq; run is the act of the run that the query chooses, if any.
func (q Query) build(e Engine, seq, run int64) (string, []any, error) {
	c := &condition{engine: e, args: []any{seq, int64(q.AsOf)}}
	c.sql.WriteString(figureColumnsRead)
	if q.Superseded {
		c.sql.WriteString(figureSuccessor)
	} else {
		c.sql.WriteString(figureStandingOnly)
	}
	if len(q.IDs)+len(q.Documents) > 0 || q.Run != 0 {
		c.sql.WriteString(fromFigure)
	} else {
		c.sql.WriteString(fromSeries)
	}
	if !q.Superseded {
		c.sql.WriteString(figureStanding)
	}
	order := figureOrder
	if q.Run != 0 {
		order = figureOrderOfRun
		c.and("f.seq", "=", run)
	}
	q.chooseSeries(c)
	q.chooseFigures(c)
	if err := q.chooseAfter(c); err != nil {
		return "", nil, err
	}
	c.sql.WriteString(order)
	if q.Limit > 0 {
		c.sql.WriteString(" LIMIT " + c.param(q.Limit+1))
	}
	return c.sql.String(), c.args, nil
}

func (q Query) chooseSeries(c *condition) {
	in(c, "s.measure", q.Measures, func(v string) any { return v })
	in(c, "s.place", q.Places, func(v place.ID) any { return string(v) })
	in(c, "s.kind", q.Kinds, func(v ledger.Kind) any { return string(v) })
	in(c, "s.source", q.Sources, func(v string) any { return v })
	if q.NotSource != "" {
		c.and("s.source", "<>", q.NotSource)
	}
	if q.Dimensions != nil {
		c.and("s.dimensions", "=", *q.Dimensions)
	}
}

func (q Query) chooseFigures(c *condition) {
	in(c, "f.id", q.IDs, func(v ledger.FigureID) any { return int64(v) })
	in(c, "f.document", q.Documents, func(v string) any { return int64(ledger.DocumentIDOf(v)) })
	if q.Line > 0 {
		c.and("f.line", "=", q.Line)
	}
	if q.Period.Known() {
		c.and("f.period_start", "=", int64(q.Period.Start))
		c.and("f.period_end", "=", int64(q.Period.End))
	}
	if q.Within.Known() {
		c.and("f.period_start", ">=", int64(q.Within.Start))
		c.and("f.period_start", "<", int64(q.Within.End))
		c.and("f.period_end", "<=", int64(q.Within.End))
		c.sql.WriteString(" AND f.period_start < f.period_end")
	}
}

// chooseAfter continues behind a cursor. The condition on the series alone is
// implied by the other one; with it an index finds where to begin.
func (q Query) chooseAfter(c *condition) error {
	if q.After == "" {
		return nil
	}
	k, err := parseCursor(q.After)
	if err != nil {
		return err
	}
	if q.Run != 0 {
		c.and("f.series_id", ">=", k.series)
		c.sql.WriteString(" AND (f.series_id, f.period_start, f.period_end, f.id) > (" + c.param(k.series) + "," + c.param(k.start) + "," + c.param(k.end) + "," + c.param(k.id) + ")")
		return nil
	}
	m, p, sid := c.param(k.measure), c.param(k.place), c.param(k.series)
	c.sql.WriteString(" AND (s.measure, s.place, s.id) >= (" + m + "," + p + "," + sid + ")")
	c.sql.WriteString(" AND (s.measure, s.place, s.id, f.period_start, f.period_end, f.id) > (" + m + "," + p + "," + sid + "," +
		c.param(k.start) + "," + c.param(k.end) + "," + c.param(k.id) + ")")
	return nil
}

// cursor is the place in the order of figures after which a page begins.
type cursor struct {
	measure, place         string
	series, start, end, id int64
}

func cursorOf(f *ledger.Figure) string {
	return strings.Join([]string{f.Measure, string(f.Place), f.Series.ID().String(),
		strconv.Itoa(int(f.Period.Start)), strconv.Itoa(int(f.Period.End)), f.ID.String()}, "~")
}

func parseCursor(text string) (cursor, error) {
	bad := fault.New(fault.Invalid, "store.Figures", "", "the cursor is not one that a list gave: begin again without it")
	p := strings.Split(text, "~")
	if len(p) != 6 {
		return cursor{}, bad
	}
	sid, err1 := ledger.ParseSeriesID(p[2])
	start, err2 := strconv.ParseInt(p[3], 10, 32)
	end, err3 := strconv.ParseInt(p[4], 10, 32)
	id, err4 := ledger.ParseFigureID(p[5])
	if err1 != nil || err2 != nil || err3 != nil || err4 != nil {
		return cursor{}, bad
	}
	return cursor{p[0], p[1], int64(sid), start, end, int64(id)}, nil
}
