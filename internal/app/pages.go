package app

import (
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"sort"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

const (
	maxPage     = 1000
	defaultPage = 100
	maxCount    = 10_000 // totals beyond are not counted
	maxPlaces   = 5000   // places of one query; a wider territory is the country
)

// FigureQuery is what a reader asks for.
type FigureQuery = httpapi.FigureQuery

// query turns the words of a reader into a query of the store.
func (v *view) query(q FigureQuery) (store.Query, error) {
	out := store.Query{At: v.at, After: q.Cursor, Superseded: q.History}
	if q.Measure != "" {
		if _, ok := v.Measures[q.Measure]; !ok {
			return out, fault.New(fault.NotFound, "app.Figures", q.Measure, "no measure has this code: `search` finds it by name")
		}
		out.Measures = []string{q.Measure}
	}
	if q.Place != "" {
		id := place.ID(q.Place)
		if !v.Atlas.Has(id) {
			return out, fault.New(fault.NotFound, "app.Figures", q.Place, "no place has this code: `search` finds it by name")
		}
		if id != v.Atlas.Root() {
			out.Places = v.Atlas.Descendants(id)
			if q.Exact {
				out.Places = []place.ID{id}
			}
			if len(out.Places) > maxPlaces {
				return out, fault.New(fault.TooLarge, "app.Figures", q.Place, "more than %d places: ask for a smaller territory", maxPlaces)
			}
		} else if q.Exact {
			out.Places = []place.ID{id}
		}
	}
	if q.Period != "" {
		p, err := period.Parse(q.Period)
		if err != nil {
			return out, err
		}
		out.Within = p
	}
	if q.Kind != "" {
		if !slices.Contains(ledger.Kinds(), ledger.Kind(q.Kind)) {
			return out, fault.New(fault.Invalid, "app.Figures", "", "the kind is plan, actual, forecast or estimate")
		}
		out.Kinds = []ledger.Kind{ledger.Kind(q.Kind)}
	}
	if q.Document != "" {
		if _, ok := v.Documents[q.Document]; !ok {
			return out, fault.New(fault.NotFound, "app.Figures", q.Document, "no document has this name")
		}
		out.Documents = []string{q.Document}
	}
	return out, nil
}

// Figures returns a page of figures.
func (a *App) Figures(ctx context.Context, w When, q FigureQuery) (*httpapi.FigureList, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	sq, err := v.query(q)
	if err != nil {
		return nil, err
	}
	sq.Limit = q.Limit
	if sq.Limit == 0 {
		sq.Limit = defaultPage
	}
	sq.Limit = min(sq.Limit, maxPage)
	page, err := a.Store.Figures(ctx, sq)
	if err != nil {
		return nil, err
	}
	return &httpapi.FigureList{Items: viewFigures(page.Figures), Next: optional(page.Next)}, nil
}

// EachFigure calls f for every figure of a query, without holding them all.
func (a *App) EachFigure(ctx context.Context, w When, q FigureQuery, f func(*ledger.Figure) error) error {
	v, err := a.look(ctx, w)
	if err != nil {
		return err
	}
	sq, err := v.query(q)
	if err != nil {
		return err
	}
	return a.Store.EachFigure(ctx, sq, f)
}

// Series returns the figures of a measure in a place by source, for a chart.
func (a *App) Series(ctx context.Context, w When, measure, pl, dims string) (*httpapi.SeriesList, error) {
	if measure == "" {
		return nil, fault.New(fault.Invalid, "app.Measure", "measure", "name a measure: `search` finds its code")
	}
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	if pl == "" {
		pl = string(v.Atlas.Root())
	}
	q, err := v.query(FigureQuery{Measure: measure, Place: pl, Exact: true})
	if err != nil {
		return nil, err
	}
	d, err := ledger.ParseDimensions(dims)
	if err != nil {
		return nil, err
	}
	if dims != "" {
		canonical := d.String()
		q.Dimensions = &canonical
	}
	q.Limit = maxCount
	page, err := a.Store.Figures(ctx, q)
	if err != nil {
		return nil, err
	}
	return &httpapi.SeriesList{Measure: measure, Place: pl, Series: group(page.Figures)}, nil
}

// group puts figures into rows of one source, kind and dimensions, by period.
func group(list []ledger.Figure) []httpapi.SeriesOut {
	index := map[ledger.SeriesID]int{}
	out := []httpapi.SeriesOut{}
	for i := range list {
		f := &list[i]
		id := f.Series.ID()
		k, ok := index[id]
		if !ok {
			k = len(out)
			index[id] = k
			out = append(out, httpapi.SeriesOut{Source: f.Source, Kind: string(f.Kind), Unit: f.Unit, Dimensions: f.Dims(), Points: []httpapi.Figure{}})
		}
		out[k].Points = append(out[k].Points, ViewFigure(f))
	}
	sort.SliceStable(out, func(i, j int) bool { return len(out[i].Points) > len(out[j].Points) })
	return out
}

// Map returns the headline figure of each territory for a measure and period;
// without a period the newest that most regions have.
func (a *App) Map(ctx context.Context, w When, measure, when, kind string) (*httpapi.Map, error) {
	if measure == "" {
		return nil, fault.New(fault.Invalid, "app.Measure", "measure", "name a measure: `search` finds its code")
	}
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	q, err := v.query(FigureQuery{Measure: measure, Kind: kind})
	if err != nil {
		return nil, err
	}
	periods, err := a.Store.Periods(ctx, measure, v.at)
	if err != nil {
		return nil, err
	}
	out := &httpapi.Map{Measure: measure, Periods: []string{}, Units: []httpapi.MapUnit{}}
	for _, p := range periods {
		out.Periods = append(out.Periods, p.String())
	}
	for _, k := range []place.Kind{place.Country, place.Region, place.City, place.District, place.CityDistrict} {
		for _, p := range v.Atlas.OfKind(k) {
			q.Places = append(q.Places, p.ID)
		}
	}
	var byPlace map[place.ID][]ledger.Figure
	if when != "" {
		if q.Period, err = period.Parse(when); err != nil {
			return nil, err
		}
		byPlace, err = a.byPlace(ctx, q)
	} else {
		byPlace, err = a.fullest(ctx, &q, periods, len(v.Atlas.OfKind(place.Region)))
	}
	if err != nil || !q.Period.Known() {
		return out, err
	}
	out.Period = optional(q.Period.String())
	for _, id := range q.Places {
		u := httpapi.MapUnit{Place: string(id)}
		if list := byPlace[id]; len(list) > 0 {
			f := ViewFigure(ledger.Headline(list, v.Measures[measure].Headline))
			u.Figure, u.Others = &f, len(list)-1
			out.Units = append(out.Units, u)
		}
	}
	return out, nil
}

func (a *App) byPlace(ctx context.Context, q store.Query) (map[place.ID][]ledger.Figure, error) {
	out := map[place.ID][]ledger.Figure{}
	err := a.Store.EachFigure(ctx, q, func(f *ledger.Figure) error {
		out[f.Place] = append(out[f.Place], *f)
		return nil
	})
	return out, err
}

const (
	maxMapTries = 6   // periods looked at for a map without a period
	enoughOfMap = 0.8 // of the regions
)

// fullest sets the period of a map to the newest one for which most regions
// have a figure, or, among the newest, to the one for which the most places do.
func (a *App) fullest(ctx context.Context, q *store.Query, periods []period.Period, regions int) (map[place.ID][]ledger.Figure, error) {
	var best map[place.ID][]ledger.Figure
	for _, p := range periods[:min(len(periods), maxMapTries)] {
		try := *q
		try.Period = p
		found, err := a.byPlace(ctx, try)
		if err != nil {
			return nil, err
		}
		if best == nil || len(found) > len(best) {
			best, q.Period = found, p
		}
		if float64(len(found)) >= enoughOfMap*float64(regions) {
			break
		}
	}
	return best, nil
}

// Place returns all that is known of a place.
func (a *App) Place(ctx context.Context, w When, code string) (*httpapi.PlacePage, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	p, err := v.Atlas.Place(place.ID(code))
	if err != nil {
		return nil, err
	}
	j, err := a.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	page := &httpapi.PlacePage{Place: viewPlace(p), Path: []httpapi.Place{}, Children: []httpapi.ChildPlace{}, Promises: []httpapi.Promise{}, Statistics: []httpapi.MeasureSeries{},
		Facilities: []httpapi.Facility{}, Capacity: []httpapi.CapacityItem{}, Events: []httpapi.BorderEvent{}}
	for _, id := range v.Atlas.Path(p.ID) {
		up, err := v.Atlas.Place(id)
		if err != nil {
			return nil, err
		}
		page.Path = append(page.Path, viewPlace(up))
	}
	v.placePromises(page, p, j.board)
	v.placeFacilities(page, p)
	for _, e := range v.Atlas.Events(p.ID) {
		page.Events = append(page.Events, httpapi.BorderEvent{On: e.On.String(), Kind: string(e.Change), From: string(e.From), To: string(e.To), Weight: e.Weight, Source: e.WeightSource})
	}
	q := store.Query{At: v.at, Places: []place.ID{p.ID}, NotSource: ledger.Computed, Limit: maxCount}
	figures, err := a.Store.Figures(ctx, q)
	if err != nil {
		return nil, err
	}
	byMeasure := map[string][]ledger.Figure{}
	var order []string
	for _, f := range figures.Figures {
		if v.Documents[f.Document].Kind == "document" {
			continue // statements of the programme are shown as promises
		}
		if byMeasure[f.Measure] == nil {
			order = append(order, f.Measure)
		}
		byMeasure[f.Measure] = append(byMeasure[f.Measure], f)
	}
	for _, m := range order {
		page.Statistics = append(page.Statistics, httpapi.MeasureSeries{Measure: m, Series: group(byMeasure[m])})
	}
	return page, nil
}

// placePromises lists the promises of a place and counts those of its parts.
func (v *view) placePromises(page *httpapi.PlacePage, p place.Place, b *board.Board) {
	for _, id := range v.Atlas.Children(p.ID) {
		child, err := v.Atlas.Place(id)
		if err != nil || child.Kind == place.FormerRegion {
			continue
		}
		c := httpapi.ChildPlace{Place: viewPlace(child)}
		for i := range b.Items {
			it := &b.Items[i]
			if v.Atlas.Within(it.Target.Place, id) || v.settledIn(it, child) {
				c.Promises++
				if it.Due == board.Overdue {
					c.Overdue++
				}
			}
		}
		page.Children = append(page.Children, c)
	}
	for i := range b.Items {
		it := &b.Items[i]
		if v.Atlas.Within(it.Target.Place, p.ID) || v.settledIn(it, p) {
			page.Promises = append(page.Promises, v.promise(it))
		}
	}
}

// settledIn reports whether a promise names this settlement, or one of this
// district or city.
func (v *view) settledIn(it *board.Item, p place.Place) bool {
	name := it.Target.Dims()["settlement"]
	if name == "" || !v.Atlas.Within(p.ID, it.Target.Place) {
		return false
	}
	for _, id := range append(v.Atlas.Descendants(p.ID), p.ID) {
		if s, err := v.Atlas.Place(id); err == nil && s.Kind == place.Settlement && s.Name[lang.EN] == name {
			return true
		}
	}
	return false
}

func (v *view) placeFacilities(page *httpapi.PlacePage, p place.Place) {
	here := map[place.ID]bool{}
	on := map[place.ID]*int64{}
	for _, c := range v.Capacity.On(v.at.AsOf) {
		if c.Item != place.Beds || c.Count == nil {
			continue
		}
		if on[c.Facility] == nil {
			on[c.Facility] = new(int64)
		}
		*on[c.Facility] += *c.Count // services and ages are counted apart
	}
	for _, f := range v.Facilities {
		if !v.Atlas.Within(f.Place, p.ID) {
			continue
		}
		here[place.ID(f.Code)] = true
		page.Facilities = append(page.Facilities, httpapi.Facility{Code: f.Code, Name: f.Name, Kind: f.Kind, Status: f.Status, Place: string(f.Place), Source: f.Source, Beds: on[place.ID(f.Code)]})
	}
	for _, c := range v.Capacities {
		if here[c.Facility] {
			page.Capacity = append(page.Capacity, httpapi.CapacityItem{Facility: string(c.Facility), Item: string(c.Item), Service: c.Service, Age: c.Age, Count: c.Count, Status: string(c.Status),
				From: dateText(c.From), To: dateText(c.To), Source: c.Source})
		}
	}
}

// Boundaries returns the outlines of a level as GeoJSON.
func (a *App) Boundaries(ctx context.Context, level string) ([]byte, error) {
	list, err := a.Store.Records(ctx, country.KindBoundary, store.Everything)
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		if r.Code == level {
			return r.Body, nil
		}
	}
	return nil, fault.New(fault.NotFound, "app.Boundaries", level, "there are no outlines of this level: `import boundaries FILE` brings them")
}

// Documents lists what was published.
func (a *App) Documents(ctx context.Context, w When) ([]httpapi.Document, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	return a.documents(ctx, v)
}

func (a *App) documents(ctx context.Context, v *view) ([]httpapi.Document, error) {
	counts, err := a.Store.CountsByDocument(ctx, v.at)
	if err != nil {
		return nil, err
	}
	texts, err := a.Store.Texts(ctx, v.at)
	if err != nil {
		return nil, err
	}
	out := []httpapi.Document{}
	for _, d := range v.Documents {
		if d.Published != nil && *d.Published > v.at.AsOf {
			continue
		}
		out = append(out, viewDocument(d, texts[d.Name], counts[d.Name]))
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Kind != out[j].Kind {
			return out[i].Kind < out[j].Kind
		}
		return out[i].Name < out[j].Name
	})
	return out, nil
}

// rxNumber finds what a reader would expect to be a figure.
var rxNumber = regexp.MustCompile(`\d+(?:[ \x{00a0}]\d{3})*(?:[.,]\d+)?`)

// Document returns a document line by line with the spans of its figures, and
// the numbers in the text to which no figure points.
func (a *App) Document(ctx context.Context, w When, name string) (*httpapi.DocumentPage, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	d, ok := v.Documents[name]
	if !ok {
		return nil, fault.New(fault.NotFound, "app.Document", name, "no document has this name")
	}
	figures, err := a.Store.Figures(ctx, store.Query{At: v.at, Documents: []string{name}, Limit: maxCount})
	if err != nil {
		return nil, err
	}
	t, err := a.Store.Text(ctx, name, v.at)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return nil, err
	}
	imported := err == nil
	page := &httpapi.DocumentPage{Lines: []httpapi.TextLine{}, Figures: []httpapi.Figure{}, Unread: []httpapi.Unread{}}
	lines := documentLines(t.Text)
	count := max(d.Lines, len(lines))
	for i := 1; i <= count; i++ {
		line := httpapi.TextLine{Line: i, Spans: []httpapi.TextSpan{}}
		if imported && i <= len(lines) {
			line.Text = optional(lines[i-1])
		}
		page.Lines = append(page.Lines, line)
	}
	for i := range figures.Figures {
		f := &figures.Figures[i]
		page.Figures = append(page.Figures, ViewFigure(f))
		if f.Locator.Line < 1 || f.Locator.Line > count {
			continue
		}
		span := httpapi.TextSpan{From: f.Locator.From, To: f.Locator.To, Figure: f.ID.String()}
		for _, s := range v.byFigure[f.ID] {
			span.Statement, span.Role = optional(s.ID), string(s.Role)
		}
		l := &page.Lines[f.Locator.Line-1]
		l.Spans = append(l.Spans, span)
	}
	sort.SliceStable(page.Figures, func(i, j int) bool { return before(page.Figures[i], page.Figures[j]) })
	marked := 0
	for i := range page.Lines {
		sort.Slice(page.Lines[i].Spans, func(x, y int) bool { return page.Lines[i].Spans[x].From < page.Lines[i].Spans[y].From })
		marked += len(page.Lines[i].Spans)
		page.Unread = append(page.Unread, unread(page.Lines[i])...)
	}
	page.Document = viewDocument(d, imported, marked)
	return page, nil
}

func before(a, b httpapi.Figure) bool {
	if a.Line == nil || b.Line == nil {
		return a.Line != nil && b.Line == nil
	}
	if *a.Line != *b.Line {
		return *a.Line < *b.Line
	}
	return *a.From < *b.From
}

// unread returns the numbers of a line outside every span.
func unread(l httpapi.TextLine) []httpapi.Unread {
	if l.Text == nil {
		return nil
	}
	var out []httpapi.Unread
	for _, m := range rxNumber.FindAllStringIndex(*l.Text, -1) {
		from := utf8.RuneCountInString((*l.Text)[:m[0]])
		to := from + utf8.RuneCountInString((*l.Text)[m[0]:m[1]])
		inside := false
		for _, s := range l.Spans {
			inside = inside || (from < s.To && s.From < to)
		}
		if !inside {
			out = append(out, httpapi.Unread{Line: l.Line, From: from, To: to})
		}
	}
	return out
}

// Vocabulary returns what a page needs to name things.
func (a *App) Vocabulary(ctx context.Context, w When) (*httpapi.Vocabulary, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	used, err := a.Store.SeriesByMeasure(ctx)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(v.Country)
	if err != nil {
		return nil, fault.Wrap(err, "app.Vocabulary", "")
	}
	out := &httpapi.Vocabulary{Country: httpapi.Raw(body), Languages: lang.Codes(), Themes: map[string]lang.Text{}, Measures: []httpapi.MeasureOut{}, Units: map[string]httpapi.UnitOut{},
		Dimensions: map[string]httpapi.LabelOut{}, Places: []httpapi.Place{}, Offices: map[string]httpapi.OfficeOut{}, Rules: []httpapi.RuleOut{}}
	for _, t := range ledger.Themes() {
		out.Themes[string(t)] = lang.Text{lang.EN: string(t)}
	}
	for _, m := range v.Measures {
		out.Measures = append(out.Measures, httpapi.MeasureOut{Code: m.Code, Version: m.Version, Theme: string(m.Theme), Unit: m.Unit, Noun: m.Noun, Polarity: string(m.Polarity),
			DeliveredBy: optional(m.DeliveredBy), Headline: m.Headline, Name: m.Name, Definition: m.Definition, Series: used[m.Code]})
	}
	sort.Slice(out.Measures, func(i, j int) bool { return out.Measures[i].Code < out.Measures[j].Code })
	for _, u := range v.Units {
		out.Units[u.Code] = httpapi.UnitOut{Kind: u.Kind, Name: u.Name, Forms: u.Forms}
	}
	for _, l := range v.Labels {
		d := out.Dimensions[l.Dimension]
		if d.Values == nil {
			d.Values = map[string]lang.Text{}
		}
		if l.Value == "" {
			d.Name = l.Name
		} else {
			d.Values[l.Value] = l.Name
		}
		if l.Dimension == "theme" && l.Value != "" {
			out.Themes[l.Value] = l.Name
		}
		out.Dimensions[l.Dimension] = d
	}
	for _, p := range v.Atlas.All() {
		out.Places = append(out.Places, viewPlace(p))
	}
	for _, o := range v.Offices {
		out.Offices[o.Code] = httpapi.OfficeOut{Name: o.Name, Place: string(o.Place), Kind: o.Kind}
	}
	for _, r := range v.Rules {
		out.Rules = append(out.Rules, httpapi.RuleOut{Code: r.Code, Type: string(r.Type), Title: r.Title})
	}
	out.Documents, err = a.documents(ctx, v)
	return out, err
}

var assumedWords = map[string]lang.Text{
	"board": {lang.KK: "Күні өзіміз шығарған кезеңі бар уәделердің үлесі", lang.RU: "Доля обещаний, период которых выведен нами", lang.EN: "Share of promises whose period is our inference"},
	"date":  {lang.KK: "Күні жоқ құжаттағы уәделердің үлесі", lang.RU: "Доля обещаний из документов без даты", lang.EN: "Share of promises from documents without a date"},
}

// About tells where the data come from and how much of them is assumed.
func (a *App) About(ctx context.Context, w When) (*httpapi.About, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	j, err := a.judge(ctx, v)
	if err != nil {
		return nil, err
	}
	out := &httpapi.About{Version: a.Version, Parameters: []httpapi.ParameterOut{}, Assumed: []httpapi.AssumedShare{}, Notices: []httpapi.NoticeOut{}, Database: string(a.Store.Engine())}
	if out.Sources, err = a.documents(ctx, v); err != nil {
		return nil, err
	}
	for _, p := range v.Country.Parameters {
		out.Parameters = append(out.Parameters, httpapi.ParameterOut(p))
	}
	for _, s := range v.Services {
		for _, p := range s.Parameters {
			p.Code = s.Code + "." + p.Code
			out.Parameters = append(out.Parameters, httpapi.ParameterOut(p))
		}
	}
	for _, n := range v.Country.Notices {
		out.Notices = append(out.Notices, httpapi.NoticeOut(n))
	}
	if n := len(j.board.Items); n > 0 {
		inferred, undated := 0, 0
		for _, it := range j.board.Items {
			if it.PeriodInferred {
				inferred++
			}
			if it.Target.Published == nil {
				undated++
			}
		}
		share := func(k int) httpapi.Number {
			return httpapi.Number(decimal.NewFromInt(int64(k)).DivRound(decimal.NewFromInt(int64(n)), 3).String())
		}
		out.Assumed = append(out.Assumed, httpapi.AssumedShare{Page: "board", Share: share(inferred), What: assumedWords["board"]},
			httpapi.AssumedShare{Page: "board", Share: share(undated), What: assumedWords["date"]})
	}
	return out, nil
}
