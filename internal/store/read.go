package store

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
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

const sqlSeqAt = `SELECT COALESCE(MAX(seq), -1) FROM run WHERE recorded_at <= $1`

// SeqAt returns the last act recorded at or before the instant, or -1.
func (s *Store) SeqAt(ctx context.Context, t time.Time) (int64, error) {
	var seq int64
	err := s.read.QueryRowContext(ctx, sqlSeqAt, t.UTC().Format(timeText)).Scan(&seq)
	return seq, failed("store.SeqAt", s.name, err)
}

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
	Superseded     bool // also what a later figure corrected
	After          string
	Limit          int
}

// Page is a part of an ordered list; Next is empty at its end.
type Page struct {
	Figures []ledger.Figure
	Next    string
}

// figureSelect reads one row for each figure, the one that superseded it last
// among those visible included.
const figureSelect = `
	SELECT s.id, s.measure, s.version, s.place, s.dimensions, s.kind, s.unit, s.source,
		f.period_start, f.period_end, f.id, f.coef, f.scale, f.qualifier, f.status,
		f.document, f.line, f.span_from, f.span_to, f.published_at, f.seq, f.extra,
		COALESCE((SELECT MAX(x.new_id) FROM supersession x WHERE x.old_id = f.id AND x.seq <= $1
			AND (x.published_at IS NULL OR x.published_at <= $2)), 0)
	FROM series s JOIN figure f ON f.series_id = s.id
	WHERE f.seq <= $1 AND (f.published_at IS NULL OR f.published_at <= $2)`

const figureStanding = `
	AND NOT EXISTS (SELECT 1 FROM supersession x WHERE x.old_id = f.id AND x.seq <= $1
		AND (x.published_at IS NULL OR x.published_at <= $2))`

const figureOrder = `
	ORDER BY s.measure, s.place, s.id, f.period_start, f.period_end, f.id`

// condition collects SQL and its arguments; every value is a parameter.
type condition struct {
	sql  strings.Builder
	args []any
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
	c.sql.WriteString(" AND " + column + " IN (")
	for i, v := range list {
		if i > 0 {
			c.sql.WriteByte(',')
		}
		c.sql.WriteString(c.param(conv(v)))
	}
	c.sql.WriteByte(')')
}

// build returns the statement for a query.
func (q Query) build() (string, []any, error) {
	c := &condition{args: []any{q.seq(), int64(q.AsOf)}}
	c.sql.WriteString(figureSelect)
	if !q.Superseded {
		c.sql.WriteString(figureStanding)
	}
	in(c, "s.measure", q.Measures, func(v string) any { return v })
	in(c, "s.place", q.Places, func(v place.ID) any { return string(v) })
	in(c, "s.kind", q.Kinds, func(v ledger.Kind) any { return string(v) })
	in(c, "s.source", q.Sources, func(v string) any { return v })
	in(c, "f.id", q.IDs, func(v ledger.FigureID) any { return int64(v) })
	in(c, "f.document", q.Documents, func(v string) any { return int64(ledger.DocumentIDOf(v)) })
	if q.NotSource != "" {
		c.and("s.source", "<>", q.NotSource)
	}
	if q.Line > 0 {
		c.and("f.line", "=", q.Line)
	}
	if q.Dimensions != nil {
		c.and("s.dimensions", "=", *q.Dimensions)
	}
	if q.Period.Known() {
		c.and("f.period_start", "=", int64(q.Period.Start))
		c.and("f.period_end", "=", int64(q.Period.End))
	}
	if q.Within.Known() {
		c.and("f.period_start", ">=", int64(q.Within.Start))
		c.and("f.period_end", "<=", int64(q.Within.End))
		c.sql.WriteString(" AND f.period_start < f.period_end")
	}
	if q.After != "" {
		k, err := parseCursor(q.After)
		if err != nil {
			return "", nil, err
		}
		m, p, sid := c.param(k.measure), c.param(k.place), c.param(k.series)
		c.sql.WriteString(" AND (s.measure, s.place, s.id) >= (" + m + "," + p + "," + sid + ")")
		c.sql.WriteString(" AND (s.measure, s.place, s.id, f.period_start, f.period_end, f.id) > (" + m + "," + p + "," + sid + "," +
			c.param(k.start) + "," + c.param(k.end) + "," + c.param(k.id) + ")")
	}
	c.sql.WriteString(figureOrder)
	if q.Limit > 0 {
		c.sql.WriteString(" LIMIT " + c.param(q.Limit+1))
	}
	return c.sql.String(), c.args, nil
}

// Figures returns a page of figures by measure, place, series and period.
func (s *Store) Figures(ctx context.Context, q Query) (Page, error) {
	var page Page
	err := s.EachFigure(ctx, q, func(f *ledger.Figure) error {
		page.Figures = append(page.Figures, *f)
		return nil
	})
	if err != nil {
		return Page{}, err
	}
	if q.Limit > 0 && len(page.Figures) > q.Limit {
		page.Figures = page.Figures[:q.Limit]
		page.Next = cursorOf(&page.Figures[q.Limit-1])
	}
	return page, nil
}

// EachFigure calls f for every figure of the query, in order, without holding
// them all. The figure is valid only during the call.
func (s *Store) EachFigure(ctx context.Context, q Query, f func(*ledger.Figure) error) error {
	const op = "store.Figures"
	text, args, err := q.build()
	if err != nil {
		return err
	}
	names, err := s.names(ctx)
	if err != nil {
		return err
	}
	rows, err := s.read.QueryContext(ctx, text, args...)
	if err != nil {
		return failed(op, s.name, err)
	}
	defer rows.Close()
	for rows.Next() {
		fig, err := scanFigure(rows, names)
		if err != nil {
			return failed(op, s.name, err)
		}
		if err := f(&fig); err != nil {
			return err
		}
	}
	return failed(op, s.name, rows.Err())
}

func scanFigure(rows *sql.Rows, n *nameTable) (ledger.Figure, error) {
	var f ledger.Figure
	var series, start, end, id, seq, by int64
	var coef, doc, line, from, to, pub sql.NullInt64
	var scale int
	var pl, kind, qual, status string
	var more sql.NullString
	err := rows.Scan(&series, &f.Measure, &f.Version, &pl, &f.Dimensions, &kind, &f.Unit, &f.Source,
		&start, &end, &id, &coef, &scale, &qual, &status, &doc, &line, &from, &to, &pub, &seq, &more, &by)
	if err != nil {
		return f, err
	}
	f.ID, f.Place, f.Kind, f.Status = ledger.FigureID(id), place.ID(pl), ledger.Kind(kind), ledger.Status(status)
	f.SupersededBy = ledger.FigureID(by)
	q, ok := stat.ParseQualifier(qual)
	if !ok {
		return f, fault.New(fault.Internal, "store.Figures", f.ID.String(), "a stored qualifier is unknown")
	}
	f.Qualifier = q
	if start < end {
		if f.Period, err = period.New(period.Date(start), period.Date(end)); err != nil {
			return f, err
		}
	}
	if coef.Valid {
		v := decimal.New(coef.Int64, -int32(scale))
		f.Value = &v
	}
	if doc.Valid {
		f.Document = n.documents[doc.Int64]
	}
	f.Locator = ledger.Locator{Line: int(line.Int64), From: int(from.Int64), To: int(to.Int64)}
	if pub.Valid {
		d := period.Date(pub.Int64)
		f.Published = &d
	}
	r := n.runs[seq]
	f.Run, f.Recorded = r.id, r.at
	if more.Valid {
		if err := unpackExtra(&f, more.String); err != nil {
			return f, err
		}
	}
	return f, nil
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

// Figure returns one figure, also a superseded one; fault.NotFound if there is
// none, and fault.Conflict in the case, not yet seen anywhere, that two
// figures share the id.
func (s *Store) Figure(ctx context.Context, id ledger.FigureID, at At) (ledger.Figure, error) {
	p, err := s.Figures(ctx, Query{At: at, IDs: []ledger.FigureID{id}, Superseded: true})
	switch {
	case err != nil:
		return ledger.Figure{}, err
	case len(p.Figures) == 0:
		return ledger.Figure{}, fault.New(fault.NotFound, "store.Figure", id.String(), "no figure has this id")
	case len(p.Figures) > 1:
		return ledger.Figure{}, fault.New(fault.Conflict, "store.Figure", id.String(), "two figures share this id: ask for them by measure and place")
	}
	return p.Figures[0], nil
}

const sqlRecords = `
	SELECT r.code, r.seq, r.figure, r.body FROM record r
	WHERE r.kind = $1 AND r.seq <= $2
	  AND NOT EXISTS (SELECT 1 FROM record n WHERE n.kind = r.kind AND n.code = r.code AND n.seq > r.seq AND n.seq <= $2)
	ORDER BY r.code`

// StoredRecord is a record with the run that brought it.
type StoredRecord struct {
	ledger.Record
	Run      ledger.RunID
	Recorded time.Time
}

// Records returns the newest record of each code of a kind, by code.
func (s *Store) Records(ctx context.Context, kind string, at At) ([]StoredRecord, error) {
	const op = "store.Records"
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, sqlRecords, kind, at.seq())
	if err != nil {
		return nil, failed(op, kind, err)
	}
	defer rows.Close()
	var out []StoredRecord
	for rows.Next() {
		var r StoredRecord
		var seq int64
		var figure sql.NullInt64
		var body string
		if err := rows.Scan(&r.Code, &seq, &figure, &body); err != nil {
			return nil, failed(op, kind, err)
		}
		run := names.runs[seq]
		r.Kind, r.Figure, r.Body, r.Run, r.Recorded = kind, ledger.FigureID(figure.Int64), []byte(body), run.id, run.at
		out = append(out, r)
	}
	return out, failed(op, kind, rows.Err())
}

const sqlText = `
	SELECT sha256, encoding, body FROM document_text
	WHERE document = $1 AND seq <= $2 ORDER BY seq DESC LIMIT 1`

// Text returns the text of a document as it was brought in last, or
// fault.NotFound when nobody brought it in.
func (s *Store) Text(ctx context.Context, document string, at At) (ledger.DocumentText, error) {
	t := ledger.DocumentText{Document: document}
	err := s.read.QueryRowContext(ctx, sqlText, int64(ledger.DocumentIDOf(document)), at.seq()).Scan(&t.SHA256, &t.Encoding, &t.Text)
	if err == sql.ErrNoRows {
		return t, fault.New(fault.NotFound, "store.Text", document, "the text of this document was not imported")
	}
	return t, failed("store.Text", document, err)
}

const sqlCounts = `SELECT f.document, COUNT(*) FROM figure f WHERE f.document IS NOT NULL AND f.line IS NOT NULL GROUP BY f.document`

// CountsByDocument returns how many figures point into each document.
func (s *Store) CountsByDocument(ctx context.Context) (map[string]int, error) {
	const op = "store.CountsByDocument"
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, sqlCounts)
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var id int64
		var n int
		if err := rows.Scan(&id, &n); err != nil {
			return nil, failed(op, s.name, err)
		}
		out[names.documents[id]] = n
	}
	return out, failed(op, s.name, rows.Err())
}

const sqlPeriods = `
	SELECT DISTINCT f.period_start, f.period_end
	FROM series s JOIN figure f ON f.series_id = s.id
	WHERE s.measure = $1 AND s.place IN (SELECT place FROM series WHERE measure = $1 ORDER BY place LIMIT 40)
	ORDER BY f.period_start DESC, f.period_end DESC LIMIT 200`

// Periods returns the periods for which a measure has figures, newest first.
func (s *Store) Periods(ctx context.Context, measure string) ([]period.Period, error) {
	const op = "store.Periods"
	rows, err := s.read.QueryContext(ctx, sqlPeriods, measure)
	if err != nil {
		return nil, failed(op, measure, err)
	}
	defer rows.Close()
	var out []period.Period
	for rows.Next() {
		var a, b int64
		if err := rows.Scan(&a, &b); err != nil {
			return nil, failed(op, measure, err)
		}
		if p, err := period.New(period.Date(a), period.Date(b)); err == nil {
			out = append(out, p)
		}
	}
	return out, failed(op, measure, rows.Err())
}

const sqlMeasures = `SELECT s.measure, COUNT(*) FROM series s GROUP BY s.measure ORDER BY s.measure`

// SeriesByMeasure returns the number of series of each measure in use.
func (s *Store) SeriesByMeasure(ctx context.Context) (map[string]int, error) {
	const op = "store.SeriesByMeasure"
	rows, err := s.read.QueryContext(ctx, sqlMeasures)
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var m string
		var n int
		if err := rows.Scan(&m, &n); err != nil {
			return nil, failed(op, s.name, err)
		}
		out[m] = n
	}
	return out, failed(op, s.name, rows.Err())
}

const sqlJournalRead = `SELECT chain, seq, at, actor, op, subject, detail, prev, hash FROM journal WHERE chain = $1 ORDER BY seq`

const sqlChainHead = `SELECT seq, hash FROM chain WHERE name = $1`

// VerifyJournal walks the journal from its first entry and returns the number
// of entries and the hash of the last. It returns fault.Conflict naming the
// entry that was tampered with, also when the end was cut off.
func (s *Store) VerifyJournal(ctx context.Context) (int64, string, error) {
	const op = "store.VerifyJournal"
	rows, err := s.read.QueryContext(ctx, sqlJournalRead, mainChain)
	if err != nil {
		return 0, "", failed(op, s.name, err)
	}
	defer rows.Close()
	var v actor.Verifier
	for rows.Next() {
		var e actor.Entry
		var at, who string
		if err := rows.Scan(&e.Chain, &e.Seq, &at, &who, &e.Op, &e.Subject, &e.Detail, &e.Prev, &e.Hash); err != nil {
			return 0, "", failed(op, s.name, err)
		}
		if e.At, err = time.Parse(timeText, at); err != nil {
			return 0, "", fault.New(fault.Conflict, op, mainChain, "the time of journal entry %d was changed", e.Seq)
		}
		e.Actor = actor.ID(who)
		if err := v.Next(e); err != nil {
			return 0, "", err
		}
	}
	if err := rows.Err(); err != nil {
		return 0, "", failed(op, s.name, err)
	}
	var seq int64
	var hash string
	if err := s.read.QueryRowContext(ctx, sqlChainHead, mainChain).Scan(&seq, &hash); err != nil {
		return 0, "", failed(op, s.name, err)
	}
	if seq != v.Entries() || hash != v.Head() {
		return 0, "", fault.New(fault.Conflict, op, mainChain, "the journal ends at entry %d, but %d were written: its end is missing", v.Entries(), seq)
	}
	return v.Entries(), v.Head(), nil
}

const sqlTexts = `SELECT DISTINCT document FROM document_text WHERE seq <= $1`

// Texts tells of which documents the text was brought in.
func (s *Store) Texts(ctx context.Context, at At) (map[string]bool, error) {
	const op = "store.Texts"
	names, err := s.names(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.read.QueryContext(ctx, sqlTexts, at.seq())
	if err != nil {
		return nil, failed(op, s.name, err)
	}
	defer rows.Close()
	out := map[string]bool{}
	for rows.Next() {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return nil, failed(op, s.name, err)
		}
		out[names.documents[id]] = true
	}
	return out, failed(op, s.name, rows.Err())
}
