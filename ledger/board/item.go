package board

import (
	"slices"
	"sort"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/ask"
	"github.com/shanyraq/shanyraq/period"
)

// Due is the first axis of the state of a promise: time.
type Due string

// The states of time.
const (
	NotYet  Due = "not_yet"
	Overdue Due = "overdue"
	Done    Due = "done"
	NoDate  Due = "no_date"
)

// DueStates lists them.
func DueStates() []Due { return []Due{NotYet, Overdue, Done, NoDate} }

// Proof is the second axis: evidence.
type Proof string

// The states of evidence.
const (
	Confirmed    Proof = "confirmed"    // a published figure reaches the target
	Partly       Proof = "partly"       // something is documented, not all
	Old          Proof = "old"          // so, but the last word is too old
	Nothing      Proof = "none"         // nobody showed anything
	Contradicted Proof = "contradicted" // a published figure says otherwise
)

// ProofStates lists them.
func ProofStates() []Proof { return []Proof{Confirmed, Partly, Old, Nothing, Contradicted} }

// Item is one promise as it stands on a day.
type Item struct {
	ledger.Statement
	Target        *ledger.Figure // what is promised now, after moves
	First         *ledger.Figure // what was promised first
	Theme         ledger.Theme
	Deadline      *period.Date // after moves
	FirstDeadline *period.Date
	Delivered     *ledger.Figure // nil: nobody said anything
	DeliveredAsOf *period.Date
	Due           Due
	Evidence      Proof
	Broken        bool // a source says that it was not kept
	Withdrawn     bool
	LastWord      *period.Date // nil when no source about it bears a date
	Moves         []ledger.Move
	Links         []Link
	Parts         []string
	Asks          []ask.Standing  // to whichever office, the newest first
	Answers       []ledger.Answer // of whichever office, also unasked
	// DaysLeft counts to the deadline; negative when it has passed.
	DaysLeft *int
}

// Link is a figure attached to a promise.
type Link struct {
	ledger.Evidence
	Shown *ledger.Figure
}

// Ask reports whether somebody should be asked today: the date has passed and
// nothing shows that it was kept, or a source contradicts it.
func (it Item) Ask() bool { return it.Due == Overdue && !it.Withdrawn }

// item judges one promise; nil when it was not yet published.
func (p *Programme) item(s ledger.Statement, day period.Date) *Item {
	f := p.Visible(s.Figure, day)
	if f == nil {
		return nil
	}
	it := &Item{Statement: s, Target: f, First: p.Figures[s.Figure], Theme: p.Measures[f.Measure].Theme, Deadline: s.Deadline, FirstDeadline: s.Deadline}
	it.word(f.Published)
	p.applyMoves(it, day)
	p.applyLinks(it, day)
	p.applyDialogue(it, day)
	it.Delivered = p.deliveredLate(it, p.delivered(it.Target, it.PeriodInferred, day), day)
	if it.Delivered != nil {
		it.word(it.Delivered.Published)
		it.DeliveredAsOf = it.Delivered.Published
	}
	for _, other := range p.Statements {
		if other.PartOf == s.ID {
			if p.Visible(other.Figure, day) != nil {
				it.Parts = append(it.Parts, other.ID)
				p.wordsOf(other, day, maxParts, it.word)
			}
		}
	}
	p.judge(it, day)
	return it
}

// maxParts bounds how deep parts of parts are followed.
const maxParts = 8

// wordsOf calls say for every day on which somebody spoke of a promise or of a
// part of it: the statement, its moves and what supports or contradicts it.
func (p *Programme) wordsOf(s ledger.Statement, day period.Date, depth int, say func(*period.Date)) {
	f := p.Visible(s.Figure, day)
	if f == nil || depth == 0 {
		return
	}
	say(f.Published)
	for _, m := range p.Moves {
		if m.Promise == s.ID && (m.Published == nil || *m.Published <= day) {
			say(m.Published)
		}
	}
	for _, e := range p.Evidence {
		if e.Promise != s.ID || e.Relation == ledger.About_ {
			continue
		}
		if g := p.Visible(e.Figure, day); g != nil {
			say(g.Published)
		}
	}
	for _, part := range p.Statements {
		if part.PartOf == s.ID {
			p.wordsOf(part, day, depth-1, say)
		}
	}
}

// word notes that something was said on that day.
func (it *Item) word(d *period.Date) {
	if d != nil && (it.LastWord == nil || *d > *it.LastWord) {
		c := *d
		it.LastWord = &c
	}
}

func (p *Programme) applyMoves(it *Item, day period.Date) {
	var moves []ledger.Move
	for _, m := range p.Moves {
		if m.Promise == it.ID && (m.Published == nil || *m.Published <= day) {
			moves = append(moves, m)
		}
	}
	sort.SliceStable(moves, func(i, j int) bool {
		a, b := moves[i], moves[j]
		if a.Published == nil || b.Published == nil {
			return a.Published == nil && b.Published != nil
		}
		return *a.Published < *b.Published
	})
	for _, m := range moves {
		it.word(m.Published)
		switch m.Field {
		case ledger.MoveDeadline:
			if d, err := period.ParseDate(m.To); err == nil {
				it.Deadline = &d
			}
		case ledger.MoveTarget:
			if f := p.Visible(m.Figure, day); f != nil {
				it.Target = f
			}
		case ledger.MoveBroken:
			it.Broken = true
		case ledger.MoveWithdrawn:
			it.Withdrawn = true
		}
	}
	it.Moves = moves
}

func (p *Programme) applyLinks(it *Item, day period.Date) {
	for _, e := range p.Evidence {
		if e.Promise != it.ID {
			continue
		}
		if f := p.Visible(e.Figure, day); f != nil {
			it.Links = append(it.Links, Link{e, f})
			if e.Relation != ledger.About_ { // what is only needed to understand it is no word about it
				it.word(f.Published)
			}
		}
	}
}

// applyDialogue finds who was asked about a promise and what was answered. An
// answer is a word about it, also one without a figure.
func (p *Programme) applyDialogue(it *Item, day period.Date) {
	var asks []ledger.Ask
	for _, a := range p.Asks {
		if a.About == it.ID {
			asks = append(asks, a)
		}
	}
	if len(asks) > 0 {
		it.Asks = ask.At(asks, p.Answers, day)
	}
	for _, a := range p.Answers {
		if a.About == it.ID && (a.On == nil || *a.On <= day) {
			it.Answers = append(it.Answers, a)
			it.word(a.On)
		}
	}
	slices.SortStableFunc(it.Answers, func(a, b ledger.Answer) int { return int(orFirst(a.On) - orFirst(b.On)) })
}

func orFirst(d *period.Date) period.Date {
	if d == nil {
		return period.MinDate
	}
	return *d
}

func (p *Programme) judge(it *Item, day period.Date) {
	done := p.reached(it.Target, it.Delivered, p.Measures[it.Target.Measure].Polarity)
	switch {
	case done:
		it.Due = Done
	case it.Deadline == nil:
		it.Due = NoDate
	case day > *it.Deadline:
		it.Due = Overdue
	default:
		it.Due = NotYet
	}
	if it.Deadline != nil {
		n := int(*it.Deadline - day)
		it.DaysLeft = &n
	}
	it.Evidence = p.proof(it, done, day)
}

func (p *Programme) proof(it *Item, done bool, day period.Date) Proof {
	some := it.Delivered != nil
	var newest *period.Date
	undated := false
	see := func(d *period.Date) {
		if d == nil {
			undated = true
		} else if newest == nil || *d > *newest {
			newest = d
		}
	}
	if some {
		see(it.Delivered.Published)
	}
	for _, l := range it.Links {
		switch l.Relation {
		case ledger.Contradicts:
			if !outdated(l, it.Links) {
				return Contradicted
			}
		case ledger.Supports, ledger.Progress:
			some = true
			see(l.Shown.Published)
		}
	}
	switch {
	case done:
		return Confirmed
	case !some:
		return Nothing
	case !undated && newest != nil && int(day-*newest) > p.Parameters.LastWordOldDays:
		return Old // an undated document counts at every day
	}
	return Partly
}

// outdated reports whether the source of a contradiction has said since that
// the promise is being kept: not yet open in March, open in June.
func outdated(no Link, links []Link) bool {
	return slices.ContainsFunc(links, func(l Link) bool {
		return l.Relation == ledger.Supports && l.Shown.Series == no.Shown.Series && newer(no.Shown, l.Shown) == l.Shown && l.Shown.ID != no.Shown.ID
	})
}
