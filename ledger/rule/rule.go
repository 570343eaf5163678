// Package rule checks what was printed: sums against their parts, shares
// against their whole, plans against what happened, changes against published
// rates, one source against another.
//
// Rules are data: a country names the statements and writes the text in its
// languages; the arithmetic is here, one function for each type. What does not
// add up becomes an open question with its arithmetic, never an error and
// never a silent correction. Sums of "about", "more than" and "at least" are
// checked as intervals, so that 6.2 + more than 1.0 + 0.2721 is consistent
// with about 7.5.
package rule

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shopspring/decimal"
)

// Type is the arithmetic of a rule.
type Type string

// The types of rules.
const (
	SumOfParts       Type = "sum_of_parts"
	ShareOfWhole     Type = "share_of_whole"
	PlanActual       Type = "plan_against_actual"
	ChangeRecomputed Type = "change_recomputed"
	SaidTwice        Type = "said_twice"
	RateNoCount      Type = "rate_without_count"
	NoEvidence       Type = "promise_without_evidence"
	LastWordOld      Type = "last_word_old"
	DeadlineUnclear  Type = "deadline_ambiguous"
	ReadingUnclear   Type = "reading_ambiguous"
	Conflict         Type = "evidence_conflict"
)

// Types lists them.
func Types() []Type {
	return []Type{SumOfParts, ShareOfWhole, PlanActual, ChangeRecomputed, SaidTwice, RateNoCount, NoEvidence, LastWordOld, DeadlineUnclear, ReadingUnclear, Conflict}
}

// Rule is one check as a country wrote it.
type Rule struct {
	Code   string            `json:"code"`
	Type   Type              `json:"type"`
	Params map[string]string `json:"params"`
	Title  lang.Text         `json:"title"`
	Open   lang.Text         `json:"text_open"`
	OK     lang.Text         `json:"text_ok,omitempty"`
}

// Check refuses a rule of unknown type or without texts.
func (r Rule) Check() error {
	if checks[r.Type] == nil {
		return fault.New(fault.Invalid, "rule.Check", r.Code, "unknown type of rule %q", r.Type)
	}
	if r.Code == "" || len(r.Title) == 0 || len(r.Open) == 0 {
		return fault.New(fault.Invalid, "rule.Check", r.Code, "a rule needs code, title and text")
	}
	return nil
}

// ParseParams reads key=value pairs with semicolons between; a value may list
// several things with bars between.
func ParseParams(s string) map[string]string {
	out := map[string]string{}
	for pair := range strings.SplitSeq(s, ";") {
		if k, v, ok := strings.Cut(strings.TrimSpace(pair), "="); ok {
			out[strings.TrimSpace(k)] = strings.TrimSpace(v)
		}
	}
	return out
}

func (r Rule) list(key string) []string {
	if r.Params[key] == "" {
		return nil
	}
	return strings.Split(r.Params[key], "|")
}

// State is how an evaluation came out.
type State string

// The states: a question stays Open until it is Answered.
const (
	OK       State = "ok"
	Open     State = "open"
	Answered State = "answered"
)

// Difference is what does not add up, in a unit.
type Difference struct {
	Value decimal.Decimal
	Unit  string
}

// between returns the difference of two values in a unit: that of two per cents
// is in percentage points.
func between(v decimal.Decimal, unit string) *Difference {
	if unit == "percent" {
		unit = "percentage-point"
	}
	return &Difference{v, unit}
}

// Result is one evaluation of a rule.
type Result struct {
	ID         string // rule code, and the statement for a rule that looks at all
	Rule       string
	Type       Type
	State      State
	Figures    []ledger.FigureID
	Promises   []string
	Difference *Difference
	Title      lang.Text
	Text       lang.Text
	Answers    []ledger.Answer
}

// Ledger is what the rules look at, as of one day.
type Ledger struct {
	Programme *board.Programme
	Board     *board.Board
	Words     board.Words
	// Find returns the headline figure for measure, place and period, of that
	// source when it is not empty; nil when there is none.
	Find func(measure, place, period, source string) *ledger.Figure
}

// okText is said where a rule has no text of its own for an agreement.
var okText = map[Type]lang.Text{
	SumOfParts:       {lang.KK: "Бөліктердің жиыны: {sum}; айтылғаны: {whole}. Қайшылық жоқ.", lang.RU: "Части дают {sum}; сказано: {whole}. Противоречия нет.", lang.EN: "The parts make {sum}; {whole} was said. They agree."},
	ShareOfWhole:     {lang.KK: "Үлесі {share}.", lang.RU: "Доля {share}.", lang.EN: "The share is {share}."},
	PlanActual:       {lang.KK: "«{title}»: {a} уәде етілді, {b} құжатталды.", lang.RU: "«{title}»: обещано {a}, документировано {b}.", lang.EN: "“{title}”: {a} promised, {b} documented."},
	ChangeRecomputed: {lang.KK: "Мәлімделгені {a}, қайта есептегенде {b}.", lang.RU: "Заявлено {a}, пересчёт даёт {b}.", lang.EN: "Claimed {a}, recomputed {b}."},
	SaidTwice:        {lang.KK: "Екі жерде де бірдей: {first}.", lang.RU: "В обоих местах одинаково: {first}.", lang.EN: "Both places say the same: {first}."},
	Conflict:         {lang.KK: "Екі дереккөз бірдей: {first}.", lang.RU: "Оба источника говорят одно: {first}.", lang.EN: "Both sources say the same: {first}."},
	NoEvidence:       {lang.KK: "«{title}»: жарияланған дәлел бар.", lang.RU: "«{title}»: опубликованные подтверждения есть.", lang.EN: "“{title}”: there is published evidence."},
	LastWordOld:      {lang.KK: "«{title}»: соңғы сөз {days} бұрын.", lang.RU: "«{title}»: последнее слово {days} назад.", lang.EN: "“{title}”: last word {days} ago."},
	RateNoCount:      {lang.KK: "«{title}» ({value}): сандар айтылған.", lang.RU: "«{title}» ({value}): числа названы.", lang.EN: "“{title}” ({value}): counts are given."},
}

// checks holds the arithmetic of each type. A check returns no result when
// what it looks at was not said by the day of the board.
var checks = map[Type]func(*Ledger, Rule) []Result{
	SumOfParts: sumOfParts, ShareOfWhole: shareOfWhole, PlanActual: planActual, ChangeRecomputed: changeRecomputed, SaidTwice: saidTwice,
	RateNoCount: rateNoCount, NoEvidence: noEvidence, LastWordOld: lastWordOld, DeadlineUnclear: deadlineUnclear, ReadingUnclear: readingUnclear, Conflict: conflict,
}

// Run evaluates the rules in the order given; results of one rule are by id.
func (l *Ledger) Run(rules []Rule) []Result {
	var out []Result
	for _, r := range rules {
		f := checks[r.Type]
		if f == nil {
			continue
		}
		results := f(l, r)
		sort.SliceStable(results, func(i, j int) bool { return results[i].ID < results[j].ID })
		for i := range results {
			l.answer(&results[i])
		}
		out = append(out, results...)
	}
	return out
}

// answer marks a question that somebody answered by the day of the board.
func (l *Ledger) answer(r *Result) {
	for _, a := range l.Programme.Answers {
		if a.About == r.ID && (a.On == nil || *a.On <= l.Board.AsOf) {
			r.Answers = append(r.Answers, a)
			if r.State == Open {
				r.State = Answered
			}
		}
	}
}

// result writes a result with its text filled.
func (r Rule) result(id string, state State, fill map[string]lang.Text, figures []*ledger.Figure, promises ...string) Result {
	text := r.Open
	if state == OK {
		text = r.OK
		if len(text) == 0 || text.In(lang.EN) == "" {
			text = okText[r.Type]
		}
		if text.In(lang.EN) == "" {
			text = r.Open
		}
	}
	out := Result{ID: id, Rule: r.Code, Type: r.Type, State: state, Title: r.Title, Promises: promises,
		Text: text.Fill(func(n string, c lang.Code) (string, bool) {
			t, ok := fill[n]
			return t.In(c), ok
		})}
	for c, t := range out.Text {
		out.Text[c] = tidy(t)
	}
	for _, f := range figures {
		if f != nil {
			out.Figures = append(out.Figures, f.ID)
		}
	}
	return out
}

// tidy makes a sentence of a filled text: it begins with a capital letter, and
// a date that ends in г. takes no second full stop.
func tidy(text string) string {
	text = strings.ReplaceAll(text, "г..", "г.")
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// shown returns the statement and its figure as of the day; nil when it was
// not yet said.
func (l *Ledger) shown(id string) (ledger.Statement, *ledger.Figure) {
	s, ok := l.Programme.ByID(id)
	if !ok {
		return s, nil
	}
	return s, l.Programme.Visible(s.Figure, l.Board.AsOf)
}

// figure returns the figure of a statement, or of a selector
// measure@place@period#source.
func (l *Ledger) figure(ref string) *ledger.Figure {
	sel, source, _ := strings.Cut(ref, "#")
	p := strings.Split(sel, "@")
	if len(p) == 3 {
		return l.Find(p[0], p[1], p[2], source)
	}
	_, f := l.shown(ref)
	return f
}

// say writes a figure with unit and qualifier in every language.
func (l *Ledger) say(f *ledger.Figure) lang.Text {
	return l.words(f.Value, f.Qualifier, f)
}

func (l *Ledger) words(v *decimal.Decimal, q ledger.Qualifier, like *ledger.Figure) lang.Text {
	t := lang.Text{}
	for _, c := range lang.Codes() {
		if v == nil {
			t[c] = unknown[c]
			continue
		}
		t[c] = l.Words.UnitOf(l.Programme.Measures[like.Measure], like.Unit).Say(*v, q, l.Words.Symbol, c)
	}
	return t
}

func (l *Ledger) amount(v decimal.Decimal, unit string) lang.Text {
	return l.stated(v, ledger.Exact, unit)
}

func (l *Ledger) stated(v decimal.Decimal, q ledger.Qualifier, unit string) lang.Text {
	t := lang.Text{}
	for _, c := range lang.Codes() {
		t[c] = l.Words.Unit(unit).Say(v, q, l.Words.Symbol, c)
	}
	return t
}

var unknown = lang.Text{lang.KK: "белгісіз", lang.RU: "неизвестно", lang.EN: "unknown"}
