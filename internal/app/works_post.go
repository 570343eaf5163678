package app

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/works"
	"github.com/shopspring/decimal"
)

// noTime is every instant: lines are not narrowed by when they were recorded.
var noTime time.Time

func compareIDs(a, b works.ID) int { return cmp.Compare(a, b) }

// posting is what an act on works writes into the ledger: progress and opening
// of what was promised, moved deadlines, and capacity.
type posting struct {
	batch ledger.Batch
}

// told reports whether the board computes anything from what is posted.
func (p *posting) told() bool {
	return len(p.batch.Figures)+len(p.batch.Evidence)+len(p.batch.Moves) > 0
}

// measureReadiness is the measure to which percentages are posted.
const measureReadiness = "project.readiness"

// posts turns new lines into what they mean for the ledger. What already stands
// in the ledger as a figure is not posted again; a work of which nothing was
// promised posts only its capacity. Nothing is posted of a draft: when it is
// published, what stands of it becomes known on that day.
func (x *changing) posts(f *workFile, before, after *works.State, fresh []works.Line) error {
	if f.Condition == works.Draft {
		return x.postCapacity(before, after)
	}
	wasOpen := before.Opened != nil
	if before.Work.Condition == works.Draft {
		fresh, wasOpen = published(after), false
	}
	for i := range fresh {
		l := &fresh[i]
		var err error
		switch {
		case l.Figure != "":
		case l.Status != nil && l.Status.Stage == "" && l.Status.Percent != nil:
			err = x.postReadiness(f, l)
		case l.Deadline != nil:
			err = x.postDeadline(f, l)
		case l.Takes != "":
			err = x.takeBack(f, after, l)
		}
		if err != nil {
			return err
		}
	}
	var err error
	switch {
	case !wasOpen && after.Opened != nil && len(fresh) > 0:
		err = x.postOpening(f, after, opener(fresh))
	case wasOpen && after.Opened == nil:
		err = x.takeBackOpening(f, before, fresh)
	}
	if err != nil {
		return err
	}
	return x.postCapacity(before, after)
}

// published returns the standing lines of a draft as they are said on the day
// of its publication: what no document told before was not known earlier.
func published(s *works.State) []works.Line {
	out := make([]works.Line, 0, len(s.Lines))
	for _, l := range s.Lines {
		said := *l
		if said.Document == "" {
			said.Published = &s.AsOf
		}
		out = append(out, said)
	}
	return out
}

// opener returns the line among new ones that says that a work is open: the last
// one of a step or a status, else the last one.
func opener(fresh []works.Line) *works.Line {
	for i := len(fresh) - 1; i >= 0; i-- {
		if opens(&fresh[i]) {
			return &fresh[i]
		}
	}
	return &fresh[len(fresh)-1]
}

func opens(l *works.Line) bool { return l.Kind == works.StepLine || l.Status != nil }

// promised returns the promises of a work about whose target a figure can be
// posted.
func (x *changing) promised(f *workFile) []*board.Item {
	var out []*board.Item
	for _, id := range f.Promises {
		if it := x.view.Programme.One(id, x.view.at.AsOf); it != nil && it.Role == ledger.Promise {
			out = append(out, it)
		}
	}
	return out
}

// figure starts a figure that a line says about a promise.
func (x *changing) figure(l *works.Line, it *board.Item, m ledger.Measure, on period.Date) ledger.Figure {
	fig := ledger.Figure{Series: ledger.Series{Measure: m.Code, Version: max(1, m.Version), Place: it.Target.Place, Dimensions: it.Target.Dimensions, Kind: ledger.Actual, Unit: m.Unit, Source: l.Office},
		Period: period.OfDay(on), Document: l.Document, Locator: l.Locator, Published: l.Published, Synthetic: l.Synthetic}
	if l.Document != "" {
		fig.Source = l.Document
	}
	return fig
}

// saidAgain is the reason of a figure that takes the place of its withdrawal.
const saidAgain = "said again"

// newest returns what stands last in the place of a figure, also by this act;
// nil when there is no such figure.
func (x *changing) newest(id ledger.FigureID) (*ledger.Figure, error) {
	fig, err := x.app.Store.Figure(x.ctx, id, store.Everything)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	for err == nil && fig.SupersededBy != 0 {
		fig, err = x.app.Store.Figure(x.ctx, fig.SupersededBy, store.Everything)
	}
	if err != nil {
		return nil, err
	}
	for i := range x.post.batch.Figures {
		if f := &x.post.batch.Figures[i]; f.Supersedes == fig.ID {
			fig = *f
		}
	}
	return &fig, nil
}

func (x *changing) add(l *works.Line, it *board.Item, fig ledger.Figure, r ledger.Relation) error {
	if err := fig.Seal(); err != nil {
		return err
	}
	// What was said, taken back or said otherwise, and is said again takes the
	// place of what came after it.
	last, err := x.newest(fig.ID)
	if err != nil {
		return err
	}
	if last != nil && last.ID != fig.ID {
		fig.ID, fig.Supersedes, fig.Reason = 0, last.ID, saidAgain
		if err := fig.Seal(); err != nil {
			return err
		}
	}
	l.Posted = append(l.Posted, fig.ID.String())
	x.post.batch.Figures = append(x.post.batch.Figures, fig)
	x.post.batch.Evidence = append(x.post.batch.Evidence, ledger.Evidence{Promise: it.ID, Figure: fig.ID, Relation: r})
	x.got.Figures++
	return nil
}

func (x *changing) postReadiness(f *workFile, l *works.Line) error {
	if it, fig := x.readiness(f, l); it != nil {
		return x.add(l, it, fig, ledger.Progress)
	}
	return nil
}

// readiness is the figure of a percentage and the promise of which it speaks;
// nil where none is.
func (x *changing) readiness(f *workFile, l *works.Line) (*board.Item, ledger.Figure) {
	m, known := x.view.Measures[measureReadiness]
	list := x.promised(f)
	if !known || len(list) == 0 {
		return nil, ledger.Figure{}
	}
	fig := x.figure(l, list[0], m, l.On)
	fig.Value, fig.Qualifier = l.Status.Percent, l.Status.Qualifier
	return list[0], fig
}

// postOpening says of every promise of the work that it was delivered: as many
// as the promise counts in the unit of its delivering measure.
func (x *changing) postOpening(f *workFile, s *works.State, l *works.Line) error {
	return x.opening(f, s, l, func(it *board.Item, fig ledger.Figure) error { return x.add(l, it, fig, ledger.Supports) })
}

// opening gives what an opening that a line tells delivers of every promise.
func (x *changing) opening(f *workFile, s *works.State, l *works.Line, give func(*board.Item, ledger.Figure) error) error {
	for _, it := range x.promised(f) {
		by, known := x.view.Measures[x.view.Measures[it.Target.Measure].DeliveredBy]
		n, q := f.delivers(by)
		if !known || n == nil {
			continue
		}
		fig := x.figure(l, it, by, *s.Opened)
		fig.Value, fig.Qualifier = n, q
		if err := give(it, fig); err != nil {
			return err
		}
	}
	return nil
}

// delivers returns how much of a measure the work brings when it opens: sites,
// departments or beds; nil when it is none of these or nobody said how many.
func (f *workFile) delivers(m ledger.Measure) (*decimal.Decimal, ledger.Qualifier) {
	switch m.Unit {
	case "facility", "project", "centre", "clinic", "hospital":
		d := decimal.NewFromInt(f.Count())
		return &d, ledger.Exact
	case "department":
		return f.yields(place.Departments)
	case "bed":
		return f.yields(place.Beds)
	case "device", "unit", "piece":
		return f.yields(place.Devices)
	}
	return nil, ""
}

// yields adds up what the work is to give of an item.
func (f *workFile) yields(item place.Item) (*decimal.Decimal, ledger.Qualifier) {
	sum := decimal.Zero
	var said []ledger.Qualifier
	for _, y := range f.Yields {
		if y.Item == item && y.Count != nil {
			sum = sum.Add(decimal.NewFromInt(*y.Count))
			said = append(said, cmp.Or(y.Qualifier, ledger.Exact))
		}
	}
	if len(said) == 0 {
		return nil, ""
	}
	q, _ := stat.SumQualifier(said...)
	return &sum, q
}

// postDeadline moves the promise with the work, where the office that says so
// made the promise or answers for it.
func (x *changing) postDeadline(f *workFile, l *works.Line) error {
	for _, it := range x.promised(f) {
		if l.Office == "" || !x.view.disposes(l.Office, it) || !x.view.voices(x.who, l.Office, f.Place) || (it.Deadline != nil && *it.Deadline == *l.Deadline) {
			continue
		}
		reason := strings.TrimSpace(l.Reason)
		if reason == "" {
			continue
		}
		m := ledger.Move{Promise: it.ID, Field: ledger.MoveDeadline, To: l.Deadline.String(), Office: l.Office, Published: l.Published, Reason: reason}
		if err := m.Check(); err != nil {
			return err
		}
		x.post.batch.Moves = append(x.post.batch.Moves, m)
	}
	return nil
}

// takeBack takes back the percentage that a line brought; an earlier one of the
// same day stands again. What an opening
// delivered goes only when the work is open no more: see takeBackOpening.
func (x *changing) takeBack(f *workFile, after *works.State, l *works.Line) error {
	i := slices.IndexFunc(f.lines, func(o works.Line) bool { return o.ID == l.Takes })
	if i < 0 {
		return nil
	}
	gone := &f.lines[i]
	ids, err := figureIDs(gone.Posted)
	if err != nil {
		return err
	}
	if gone.Status != nil && gone.Status.Stage == "" && gone.Status.Percent != nil { // one that was posted with the whole work
		if it, fig := x.readiness(f, gone); it != nil {
			if err := fig.Seal(); err != nil {
				return err
			}
			ids = append(ids, fig.ID)
		}
	}
	if err := x.withdraw(ids, l, func(fig *ledger.Figure) bool { return fig.Measure == measureReadiness }); err != nil {
		return err
	}
	// What else was said of that day stands again.
	for _, o := range slices.Backward(after.Lines) {
		if s := o.Status; o.On == gone.On && len(ids) > 0 && s != nil && s.Stage == "" && s.Percent != nil && o.Figure == "" {
			again := *o
			if again.Document == "" {
				again.Published = l.Published
			}
			return x.postReadiness(f, &again)
		}
	}
	return nil
}

// takeBackOpening takes back what the opening delivered, whichever line told it.
func (x *changing) takeBackOpening(f *workFile, before *works.State, fresh []works.Line) error {
	why := &works.Line{Reason: "the record of the work was changed", Published: &x.view.at.AsOf}
	for i := range fresh {
		if fresh[i].Takes != "" {
			why = &fresh[i]
		}
	}
	var ids []ledger.FigureID
	for i := range f.lines {
		l := &f.lines[i]
		posted, err := figureIDs(l.Posted)
		if err != nil {
			return err
		}
		ids = append(ids, posted...)
		if !opens(l) {
			continue
		}
		err = x.opening(f, before, l, func(_ *board.Item, fig ledger.Figure) error { // one that was posted with the whole work
			err := fig.Seal()
			ids = append(ids, fig.ID)
			return err
		})
		if err != nil {
			return err
		}
	}
	return x.withdraw(ids, why, func(fig *ledger.Figure) bool { return fig.Measure != measureReadiness })
}

func figureIDs(list []string) ([]ledger.FigureID, error) {
	var out []ledger.FigureID
	for _, id := range list {
		n, err := ledger.ParseFigureID(id)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}

// withdraw takes back those of some figures that stand, are there, and are
// meant, with the reason of a line.
func (x *changing) withdraw(ids []ledger.FigureID, l *works.Line, meant func(*ledger.Figure) bool) error {
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		old, err := x.newest(id)
		if err != nil {
			return err
		}
		if old == nil || old.Withdraws || old.ID != id && old.Reason != saidAgain || !meant(old) {
			continue
		}
		w := *old
		w.ID, w.Value, w.Numerator, w.Denominator, w.Bounds, w.Status = 0, nil, nil, nil, nil, ledger.Missing
		w.Supersedes, w.Withdraws, w.Reason, w.Published, w.Document, w.Locator = old.ID, true, l.Reason, l.Published, "", ledger.Locator{}
		if err := w.Seal(); err != nil {
			return err
		}
		x.post.batch.Figures = append(x.post.batch.Figures, w)
	}
	return nil
}

// postCapacity keeps the capacity that the facility of the work has on its way.
func (x *changing) postCapacity(before, after *works.State) error {
	was, is := before.Capacity(), after.Capacity()
	for _, c := range is {
		if slices.ContainsFunc(was, func(o place.Capacity) bool { return sameCapacity(o, c) }) || c.Status == place.Planned {
			continue
		}
		if err := c.Check(); err != nil {
			return fault.Wrap(err, "app.postCapacity", string(after.Work.ID))
		}
		body, err := json.Marshal(c)
		if err != nil {
			return err
		}
		x.post.batch.Catalogue = append(x.post.batch.Catalogue, ledger.Item{Kind: country.KindCapacity, Code: country.CapacityCode(c), Body: body})
	}
	for _, c := range was {
		if c.Status == place.Planned || slices.ContainsFunc(is, func(o place.Capacity) bool {
			return sameCapacity(o, c) || (o.Status == c.Status && country.CapacityCode(o) == country.CapacityCode(c))
		}) {
			continue
		}
		if c.Status == place.Open || !further(is, c) {
			x.post.batch.Records = append(x.post.batch.Records, ledger.Record{Kind: country.KindCapacity, Code: country.CapacityCode(c), Body: ledger.Tombstone("a line of the work was taken back")})
		}
	}
	return nil
}

// further reports whether the same capacity has gone on to a later status.
func further(list []place.Capacity, c place.Capacity) bool {
	order := []place.Status{place.Planned, place.Built, place.Licensed, place.Open}
	return slices.ContainsFunc(list, func(o place.Capacity) bool {
		return o.Item == c.Item && o.Service == c.Service && o.Age == c.Age && slices.Index(order, o.Status) > slices.Index(order, c.Status)
	})
}

func sameCapacity(a, b place.Capacity) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

// publish writes what the changes mean for the ledger, if anything.
func (x *changing) publish(subject string) error {
	b := x.post.batch
	if len(b.Figures)+len(b.Evidence)+len(b.Moves)+len(b.Catalogue)+len(b.Records)+len(b.Attachments) == 0 {
		return nil
	}
	b.Run = x.app.run(x.ctx, ledger.FormRun, "works "+subject, nil)
	b.Run.Actor = string(cmp.Or(x.who.ID, programID))
	_, err := x.tx.Publish(b)
	return err
}
