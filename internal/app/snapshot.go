package app

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"sort"
	"sync"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/ledger/reporting"
	"github.com/shanyraq/shanyraq/ledger/rule"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
)

// maxDeliveries bounds the figures of delivering measures that the board reads.
const maxDeliveries = 200_000

// Snapshot is what the database held after one act: the catalogue and the
// programme in memory. Figures beyond the programme stay in the store.
type Snapshot struct {
	Country    country.Country
	Atlas      *place.Atlas
	Measures   map[string]ledger.Measure
	Units      map[string]ledger.Unit
	Labels     []country.Label
	Offices    map[string]country.Office
	Rules      []rule.Rule
	Templates  map[string]reporting.Template
	Services   []country.Service
	Facilities []country.Facility
	Capacities []place.Capacity
	Sources    []works.Source // of money
	Capacity   *place.Timeline
	Documents  map[string]ledger.Document
	Programme  *board.Programme
	// Attachments are the files beside what was published, withdrawn ones too.
	Attachments []ledger.Attachment
	byFigure    map[ledger.FigureID][]ledger.Statement
	Withdrawn   map[string]withdrawn // runs that were taken back, by id
	Releases    []release            // the oldest first

	boards *shelf[period.Date, *judged]
	ways   accessRecords // what access rests on, read when it is asked
	once   sync.Once
	index  []entry // of things that can be found, built once
}

func load(ctx context.Context, s *store.Store, seq int64) (*Snapshot, error) {
	l := &loading{ctx: ctx, store: s, at: store.At{AsOf: period.MaxDate, Seq: seq}, out: &Snapshot{Measures: map[string]ledger.Measure{}, Units: map[string]ledger.Unit{},
		Offices: map[string]country.Office{}, Templates: map[string]reporting.Template{}, Documents: map[string]ledger.Document{}, Withdrawn: map[string]withdrawn{}, byFigure: map[ledger.FigureID][]ledger.Statement{}, boards: newShelf[period.Date, *judged](maxBoards)}}
	for _, step := range []func() error{l.catalogue, l.places, l.programme, l.figures, l.deliveries} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return l.out, nil
}

type loading struct {
	ctx   context.Context
	store *store.Store
	at    store.At
	out   *Snapshot
}

// all decodes the newest record of every code of a kind.
func all[T any](l *loading, kind string, f func(v T, r store.StoredRecord)) error {
	list, err := l.store.Records(l.ctx, kind, l.at)
	if err != nil {
		return err
	}
	for _, r := range list {
		var v T
		if err := json.Unmarshal(r.Body, &v); err != nil {
			return fault.New(fault.Internal, "app.load", kind+" "+r.Code, "cannot be read back: %w", err)
		}
		f(v, r)
	}
	return nil
}

func (l *loading) catalogue() error {
	o := l.out
	type ordered struct {
		Order int `json:"order"`
		rule.Rule
	}
	var rules []ordered
	steps := []error{
		all(l, country.KindCountry, func(v country.Country, _ store.StoredRecord) { o.Country = v }),
		all(l, country.KindMeasure, func(v ledger.Measure, _ store.StoredRecord) { o.Measures[v.Code] = v }),
		all(l, country.KindUnit, func(v ledger.Unit, _ store.StoredRecord) { o.Units[v.Code] = v }),
		all(l, country.KindDimension, func(v country.Label, _ store.StoredRecord) { o.Labels = append(o.Labels, v) }),
		all(l, country.KindOffice, func(v country.Office, _ store.StoredRecord) { o.Offices[v.Code] = v }),
		all(l, country.KindRule, func(v ordered, _ store.StoredRecord) { rules = append(rules, v) }),
		all(l, country.KindTemplate, func(v reporting.Template, _ store.StoredRecord) { o.Templates[v.Code] = v }),
		all(l, country.KindService, func(v country.Service, _ store.StoredRecord) { o.Services = append(o.Services, v) }),
		all(l, country.KindFacility, func(v country.Facility, _ store.StoredRecord) { o.Facilities = append(o.Facilities, v) }),
		all(l, country.KindCapacity, func(v place.Capacity, _ store.StoredRecord) { o.Capacities = append(o.Capacities, v) }),
		all(l, country.KindFunding, func(v works.Source, _ store.StoredRecord) { o.Sources = append(o.Sources, v) }),
		all(l, ledger.RecordRelease, func(v ledger.Release, r store.StoredRecord) {
			o.Releases = append(o.Releases, release{v, r.Seq, r.Recorded})
		}),
		all(l, ledger.RecordWithdrawal, func(v ledger.Withdrawal, r store.StoredRecord) { o.Withdrawn[r.Code] = withdrawn{v, r.Recorded} }),
		all(l, ledger.RecordDocument, func(v ledger.Document, _ store.StoredRecord) { o.Documents[v.Name] = v }),
	}
	for _, err := range steps {
		if err != nil {
			return err
		}
	}
	sort.Slice(o.Releases, func(i, j int) bool { return o.Releases[i].seq < o.Releases[j].seq })
	sort.SliceStable(rules, func(i, j int) bool { return rules[i].Order < rules[j].Order })
	for _, r := range rules {
		o.Rules = append(o.Rules, r.Rule)
	}
	var err error
	o.Capacity, err = place.NewTimeline(o.Capacities)
	return err
}

func (l *loading) places() error {
	var places []place.Place
	var facts []place.Fact
	var events []place.Event
	if err := all(l, country.KindPlace, func(v place.Place, _ store.StoredRecord) { places = append(places, v) }); err != nil {
		return err
	}
	if err := all(l, country.KindFact, func(v place.Fact, _ store.StoredRecord) { facts = append(facts, v) }); err != nil {
		return err
	}
	if err := all(l, country.KindEvent, func(v place.Event, _ store.StoredRecord) { events = append(events, v) }); err != nil {
		return err
	}
	var err error
	l.out.Atlas, err = place.NewAtlas(places, facts, events)
	return err
}

func (l *loading) programme() error {
	params, err := l.out.Country.BoardParameters()
	if err != nil {
		return err
	}
	p := &board.Programme{Figures: map[ledger.FigureID]*ledger.Figure{}, Documents: l.out.Documents, Measures: l.out.Measures, Atlas: l.out.Atlas, Parameters: params}
	l.out.Programme = p
	steps := []error{
		all(l, ledger.RecordStatement, func(v ledger.Statement, r store.StoredRecord) {
			v.Figure, v.Run, v.Recorded = r.Figure, r.Run, r.Recorded
			p.Statements = append(p.Statements, v)
			l.out.byFigure[v.Figure] = append(l.out.byFigure[v.Figure], v)
		}),
		all(l, ledger.RecordMove, func(v ledger.Move, r store.StoredRecord) {
			v.Figure, v.Run, v.Recorded = r.Figure, r.Run, r.Recorded
			p.Moves = append(p.Moves, v)
		}),
		all(l, ledger.RecordEvidence, func(v ledger.Evidence, r store.StoredRecord) {
			v.Figure, v.Run, v.Recorded = r.Figure, r.Run, r.Recorded
			p.Evidence = append(p.Evidence, v)
		}),
		all(l, ledger.RecordAsk, func(v ledger.Ask, r store.StoredRecord) {
			v.Run, v.Recorded = r.Run, r.Recorded
			p.Asks = append(p.Asks, v)
		}),
		all(l, ledger.RecordAnswer, func(v ledger.Answer, r store.StoredRecord) {
			v.Run, v.Recorded = r.Run, r.Recorded
			p.Answers = append(p.Answers, v)
		}),
		all(l, ledger.RecordAttachment, func(v ledger.Attachment, r store.StoredRecord) {
			v.Run, v.Recorded = r.Run, r.Recorded
			l.out.Attachments = append(l.out.Attachments, v)
		}),
	}
	for _, err := range steps {
		if err != nil {
			return err
		}
	}
	sort.SliceStable(p.Statements, func(i, j int) bool { return natural(p.Statements[i].ID, p.Statements[j].ID) })
	return nil
}

// natural orders A2 before A10.
func natural(a, b string) bool {
	for a != "" && b != "" {
		na, ra, oka := number(a)
		nb, rb, okb := number(b)
		if oka && okb {
			if na != nb {
				return na < nb
			}
			a, b = ra, rb
			continue
		}
		if a[0] != b[0] {
			return a[0] < b[0]
		}
		a, b = a[1:], b[1:]
	}
	return len(a) < len(b)
}

func number(s string) (n int, rest string, ok bool) {
	i := 0
	for i < len(s) && i < 9 && s[i] >= '0' && s[i] <= '9' {
		n = 10*n + int(s[i]-'0')
		i++
	}
	return n, s[i:], i > 0
}

const idChunk = 400

// figures reads what statements, moves and evidence speak of, and what
// superseded it.
func (l *loading) figures() error {
	p := l.out.Programme
	want := map[ledger.FigureID]bool{}
	for _, s := range p.Statements {
		want[s.Figure] = true
	}
	for _, m := range p.Moves {
		want[m.Figure] = true
	}
	for _, e := range p.Evidence {
		want[e.Figure] = true
	}
	delete(want, 0)
	for len(want) > 0 {
		ids := slices.Sorted(maps.Keys(want))
		clear(want)
		for start := 0; start < len(ids); start += idChunk {
			page, err := l.store.Figures(l.ctx, store.Query{At: l.at, IDs: ids[start:min(start+idChunk, len(ids))], Superseded: true})
			if err != nil {
				return err
			}
			for i := range page.Figures {
				f := page.Figures[i]
				p.Figures[f.ID] = &f
				if next := f.SupersededBy; next != 0 && p.Figures[next] == nil {
					want[next] = true
				}
			}
		}
	}
	return nil
}

func (l *loading) deliveries() error {
	p := l.out.Programme
	var by []string
	for _, m := range p.Measures {
		if m.DeliveredBy != "" && !slices.Contains(by, m.DeliveredBy) {
			by = append(by, m.DeliveredBy)
		}
	}
	if len(by) == 0 {
		return nil
	}
	sort.Strings(by)
	page, err := l.store.Figures(l.ctx, store.Query{At: l.at, Measures: by, Kinds: []ledger.Kind{ledger.Actual}, NotSource: ledger.Computed, Superseded: true, Limit: maxDeliveries})
	if err != nil {
		return err
	}
	if page.Next != "" {
		return fault.New(fault.TooLarge, "app.load", "", "more than %d figures deliver promises: aggregate them before import", maxDeliveries)
	}
	p.Deliveries = page.Figures
	return nil
}
