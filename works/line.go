package works

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

// LineKind says what a line tells about a work.
type LineKind string

// The kinds of lines.
const (
	StatusLine   LineKind = "status"     // how far the work or a stage is
	StepLine     LineKind = "step"       // a step of the opening chain is done
	MoneyLine    LineKind = "money"      // an amount
	DeadlineLine LineKind = "deadline"   // the day on which the work is to be handed over
	PriceLine    LineKind = "price"      // the cost, or a change of it
	PeopleLine   LineKind = "people"     // people who were served, for budgets
	VisitLine    LineKind = "visit"      // somebody was on the site
	ForecastLine LineKind = "forecast"   // what was foreseen on that day, to be scored when it has ended
	WithdrawLine LineKind = "withdrawal" // an earlier line is taken back
)

// LineKinds lists the kinds of lines.
func LineKinds() []LineKind {
	return []LineKind{StatusLine, StepLine, MoneyLine, DeadlineLine, PriceLine, PeopleLine, VisitLine, ForecastLine, WithdrawLine}
}

// Line is one thing that was said about a work. Lines are never changed: what
// was wrong is taken back by another line.
type Line struct {
	ID   string   `json:"id"`
	Work ID       `json:"work"`
	Kind LineKind `json:"kind"`
	// On is the day it speaks of.
	On period.Date `json:"on"`

	// Published is the day on which it became known; nil when its document
	// bears no date: such a line counts at every day.
	Published *period.Date `json:"published,omitempty"`

	Document string         `json:"document,omitempty"` // name in the ledger
	Locator  ledger.Locator `json:"locator,omitzero"`
	Figure   string         `json:"figure,omitempty"` // id of the figure that says the same in the ledger
	Office   string         `json:"office,omitempty"` // who says it, where no document does
	Files    []string       `json:"files,omitempty"`  // ids of evidence
	Remark   string         `json:"remark,omitempty"` // not shown to the public
	Reason   string         `json:"reason,omitempty"` // why a number fell, a day moved, a line is taken back
	// Key tells two lines of the same content apart, such as the number of a
	// payment order; a form that is sent twice carries the same one.
	Key       string `json:"key,omitempty"`
	Synthetic bool   `json:"synthetic,omitempty"`

	Status   *Status      `json:"status,omitempty"`
	Step     Step         `json:"step,omitempty"`
	Money    *Money       `json:"money,omitempty"`
	Deadline *period.Date `json:"deadline,omitempty"`
	Price    *Price       `json:"price,omitempty"`
	People   *int64       `json:"people,omitempty"`
	Point    *place.Point `json:"point,omitempty"` // where somebody stood
	Forecast *Forecast    `json:"forecast,omitempty"`
	Takes    string       `json:"takes,omitempty"` // the line that is taken back

	// Posted are the figures of the ledger that the line brought with it.
	Posted []string `json:"posted,omitempty"`

	// What the store adds.
	Seq      int64     `json:"-"` // number of the act that wrote it
	Recorded time.Time `json:"-"`
	Actor    actor.ID  `json:"-"`
}

// Word is what a source says of progress in words, without a number.
type Word string

// The words.
const (
	UnderWay      Word = "under_way"
	BeingFinished Word = "being_finished"
	MainDone      Word = "main_works_done" // the main works of it are done
	Finished      Word = "finished"
	SaidOpened    Word = "opened" // opened or launched; which steps were done is not said
)

// Words lists the words.
func Words() []Word { return []Word{UnderWay, BeingFinished, MainDone, Finished, SaidOpened} }

// finishes reports whether a stage of which the word is said counts as done.
func (w Word) finishes() bool { return w == MainDone || w == Finished }

// Status is how far the work is, or a stage of it.
type Status struct {
	Stage string `json:"stage,omitempty"` // empty: the whole
	// Word is what a source says in words; empty where it gives a number.
	Word Word `json:"word,omitempty"`
	// Percent is the share of physical work done, 0 to 100; nil where a source
	// names the stage and no number.
	Percent   *decimal.Decimal `json:"percent,omitempty"`
	Qualifier ledger.Qualifier `json:"qualifier,omitempty"`
	Started   *period.Date     `json:"started,omitempty"`
	Finished  *period.Date     `json:"finished,omitempty"`
}

// Forecast is when a work was expected to end, as computed on the day of its
// line; nil where nothing could be said.
type Forecast struct {
	Declared *period.Date `json:"declared,omitempty"`        // the deadline then
	ES       *period.Date `json:"earned_schedule,omitempty"` // by earned schedule
	P10      *period.Date `json:"p10,omitempty"`
	P50      *period.Date `json:"p50,omitempty"`
	P80      *period.Date `json:"p80,omitempty"`
	P90      *period.Date `json:"p90,omitempty"`
	InTime   *float64     `json:"in_time,omitempty"` // chance to meet the deadline, 0 to 1
	Assumed  bool         `json:"assumed,omitempty"` // it rests on assumed lengths of stages
	Method   string       `json:"method"`
	Version  int          `json:"version"`
}

// Price is the cost of the work as a whole, or of a contract.
type Price struct {
	Amount    money.Amount     `json:"amount"`
	Qualifier ledger.Qualifier `json:"qualifier,omitempty"`
	VAT       VAT              `json:"vat,omitempty"`
	// Change: Amount is added to what was before, and may be negative.
	Change bool `json:"change,omitempty"`
}

// Seal checks the line by itself and computes its id: a hash of what it says,
// so that the same line sent twice is one line.
func (l *Line) Seal() error {
	if l.Status != nil && l.Status.Qualifier == "" {
		l.Status.Qualifier = ledger.Exact
	}
	if l.Money != nil {
		l.Money.normal()
	}
	if l.Price != nil && l.Price.Qualifier == "" {
		l.Price.Qualifier = ledger.Exact
	}
	if l.Price != nil && l.Price.VAT == "" {
		l.Price.VAT = VATUnknown
	}
	if err := l.Check(); err != nil {
		return err
	}
	c := *l
	// The day of publication is that of the document, or of the server's clock:
	// a form that was sent twice, around midnight, is still one line.
	c.ID, c.Published, c.Posted, c.Seq, c.Recorded, c.Actor = "", nil, nil, 0, time.Time{}, ""
	b, err := json.Marshal(c)
	if err != nil {
		return fault.New(fault.Internal, "works.Seal", string(l.Work), "%w", err)
	}
	sum := sha256.Sum256(b)
	l.ID = strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:10]))
	return nil
}

// Evidenced reports whether somebody can look at what the line rests on.
func (l *Line) Evidenced() bool { return l.Document != "" || l.Figure != "" || len(l.Files) > 0 }

// KnownOn reports whether the line was known on a day.
func (l *Line) KnownOn(day period.Date) bool { return l.Published == nil || *l.Published <= day }

// Bounds of a line.
const (
	maxRemark = 4000
	maxFiles  = 100
	maxPlaces = 100           // bounds the exponent of a percentage
	maxPeople = 1_000_000_000 // of one line, so that no sum overflows
)

// Check refuses what no line can be, whatever the work. See Guard for what
// depends on the lines before it.
func (l *Line) Check() error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, "works.Line", field, format, args...)
	}
	switch {
	case !idForm.MatchString(string(l.Work)):
		return bad("work", "the line names no work")
	case !slices.Contains(LineKinds(), l.Kind):
		return bad("kind", "unknown kind of line %q", l.Kind)
	case l.Document == "" && l.Office == "":
		return bad("office", "a line needs a source: a document, or the office that says so")
	case len(l.Remark) > maxRemark || len(l.Reason) > maxRemark:
		return fault.New(fault.TooLarge, "works.Line", "remark", "a remark has at most %d bytes", maxRemark)
	case len(l.Files) > maxFiles:
		return fault.New(fault.TooLarge, "works.Line", "files", "a line has at most %d files", maxFiles)
	case len(l.Key) > 200:
		return fault.New(fault.TooLarge, "works.Line", "key", "a key has at most 200 bytes")
	}
	if err := l.Locator.Check(); err != nil {
		return err
	}
	if l.Point != nil && !(l.Point.Lat >= -90 && l.Point.Lat <= 90 && l.Point.Lon >= -180 && l.Point.Lon <= 180) {
		return bad("point", "latitude is -90 to 90 and longitude -180 to 180 degrees")
	}
	has := 0
	for kind, there := range map[LineKind]bool{StatusLine: l.Status != nil, StepLine: l.Step != "", MoneyLine: l.Money != nil, DeadlineLine: l.Deadline != nil, PriceLine: l.Price != nil, PeopleLine: l.People != nil, ForecastLine: l.Forecast != nil, WithdrawLine: l.Takes != ""} {
		if there {
			has++
			if kind != l.Kind && !(kind == StatusLine && l.Kind == VisitLine) {
				return bad(string(kind), "a line of the kind %s says nothing of the kind %s", l.Kind, kind)
			}
		}
	}
	if has == 0 && l.Kind != VisitLine {
		return bad(string(l.Kind), "the line says nothing of its kind")
	}
	switch l.Kind {
	case StatusLine, VisitLine:
		return l.checkStatus()
	case StepLine:
		if !slices.Contains(Steps(), l.Step) {
			return bad("step", "the steps are built, accepted, licensed, equipped, staffed and first_patient")
		}
	case MoneyLine:
		return l.Money.check()
	case PriceLine:
		if l.Price.Amount < 0 && !l.Price.Change {
			return bad("price.amount", "a cost cannot be negative; a decrease is a change")
		}
		if !l.Price.VAT.known() {
			return bad("price.vat", "VAT is included, excluded or unknown")
		}
		if l.Price.Change && l.Reason == "" {
			return bad("reason", "a change of price needs a reason")
		}
	case PeopleLine:
		if *l.People < 0 {
			return bad("people", "a number of people cannot be negative")
		}
		if *l.People > maxPeople {
			return bad("people", "a line counts at most %d people", maxPeople)
		}
	case WithdrawLine:
		if strings.TrimSpace(l.Reason) == "" {
			return bad("reason", "who takes a line back says why")
		}
	}
	return nil
}

var hundred = decimal.NewFromInt(100)

func (l *Line) checkStatus() error {
	s := l.Status
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, "works.Line", "status."+field, format, args...)
	}
	switch {
	case s == nil:
		return nil // a visit that only brings photos
	case s.Word != "" && !slices.Contains(Words(), s.Word):
		return bad("word", "the words are under_way, being_finished, main_works_done, finished and opened")
	case s.Word == SaidOpened && s.Stage != "":
		return bad("word", "a work is opened as a whole, not a stage of it")
	case s.Percent == nil && s.Stage == "" && s.Word == "":
		return bad("percent", "a status of the whole needs a percentage, or the word of a source")
	case s.Percent != nil && (s.Percent.Exponent() < -maxPlaces || s.Percent.Exponent() > maxPlaces):
		return bad("percent", "a percentage is 0 to 100 with at most two decimal places") // its digits are not written out
	case s.Percent != nil && (s.Percent.IsNegative() || s.Percent.Cmp(hundred) > 0):
		return bad("percent", "a percentage is 0 to 100, not %s", s.Percent)
	case s.Percent != nil && !s.Percent.Equal(s.Percent.Truncate(2)):
		return bad("percent", "a percentage has at most two decimal places")
	case s.Started != nil && s.Finished != nil && *s.Finished < *s.Started:
		return bad("finished", "the stage ends before it begins")
	case s.Finished != nil && s.Percent != nil && !s.Percent.Equal(hundred):
		return bad("percent", "a finished stage is at 100 per cent, not %s", s.Percent)
	case s.Finished != nil && *s.Finished > l.On, s.Started != nil && *s.Started > l.On:
		return bad("finished", "a status of %s cannot report what comes later", l.On)
	}
	if _, ok := ledger.ParseQualifier(string(s.Qualifier)); !ok {
		return bad("qualifier", "must be one of = ~ <~ >= > <= <")
	}
	return nil
}
