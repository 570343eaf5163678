package rule

import (
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/ledger/board"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
	"github.com/shopspring/decimal"
)

func dec(s string) decimal.Decimal { return decimal.RequireFromString(s) }

func day(s string) *period.Date {
	if s == "" {
		return nil
	}
	d, err := period.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return &d
}

// claim is a statement in few words: id, value with its symbol, unit, and what
// else matters to a rule.
type claim struct {
	id, value, unit string
	role            ledger.Role // promise unless said
	kind            ledger.StatementKind
	deadline        string
	published       string // 2026-01-01 unless said
	counts          bool   // numerator and denominator are given
}

// measures by unit; beds are delivered by beds of kind actual.
var measures = map[string]ledger.Measure{
	"bed": {Code: "bed", Theme: ledger.BedsTheme, Unit: "bed", Polarity: ledger.Up, DeliveredBy: "bed.open"}, "bed.open": {Code: "bed.open", Unit: "bed", OverTime: ledger.Last},
}

var words = board.Words{Symbol: "₸", Units: map[string]ledger.Unit{
	"bn":      {Code: "bn", Kind: "count", Name: lang.Text{lang.EN: "bn"}},
	"bed":     {Code: "bed", Kind: "count", Name: lang.Text{lang.EN: "beds"}},
	"day":     {Code: "day", Kind: "count", Name: lang.Text{lang.EN: "days"}},
	"percent": {Code: "percent", Kind: "percent"},
}}

func figure(t *testing.T, c claim, kind ledger.Kind) *ledger.Figure {
	t.Helper()
	if c.published == "" {
		c.published = "2026-01-01"
	}
	digits := strings.TrimLeft(c.value, "=~<>")
	f := &ledger.Figure{Series: ledger.Series{Measure: c.unit, Place: "KZ", Dimensions: "id=" + c.id, Kind: kind, Unit: c.unit, Source: "doc"}, Document: "doc", Published: day(c.published), Status: ledger.Missing}
	if digits != "" {
		v := dec(digits)
		f.Value, f.Status = &v, ledger.Normal
	}
	if c.counts {
		n, d := dec("3"), dec("100")
		f.Numerator, f.Denominator = &n, &d
	}
	f.Qualifier, _ = ledger.ParseQualifier(strings.TrimSuffix(c.value, digits))
	if err := f.Seal(); err != nil {
		t.Fatal(err)
	}
	return f
}

// book returns what the rules look at on a day, when that was claimed.
func book(t *testing.T, at string, claims ...claim) *Ledger {
	t.Helper()
	atlas, err := place.NewAtlas([]place.Place{{ID: "KZ", Kind: place.Country, Name: lang.Text{lang.EN: "KZ"}}}, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &board.Programme{Figures: map[ledger.FigureID]*ledger.Figure{}, Measures: measures, Documents: map[string]ledger.Document{}, Atlas: atlas,
		Parameters: board.Parameters{LastWordOldDays: 180, AboutTolerance: dec("0.05")}}
	for _, c := range claims {
		if c.role == "" {
			c.role = ledger.Promise
		}
		if c.kind == "" {
			c.kind = ledger.Count
		}
		f := figure(t, c, ledger.Plan)
		p.Figures[f.ID] = f
		p.Statements = append(p.Statements, ledger.Statement{ID: c.id, Role: c.role, Kind: c.kind, Figure: f.ID, Deadline: day(c.deadline), Title: lang.Text{lang.EN: "title of " + c.id}})
	}
	return &Ledger{Programme: p, Board: p.At(*day(at)), Words: words, Find: func(string, string, string, string) *ledger.Figure { return nil }}
}

func (l *Ledger) run(t Type, params string) []Result {
	return l.Run([]Rule{{Code: "r", Type: t, Params: ParseParams(params), Title: lang.Text{lang.EN: "title"},
		Open: lang.Text{lang.EN: "OPEN {sum} {whole} {share} {a} {b} {first} {second} {title} {days} {value} {deadline}"}}})
}

// expect runs one rule and compares state, difference and English text.
func (l *Ledger) expect(t *testing.T, name string, typ Type, params string, state State, difference, text string) {
	t.Helper()
	got := l.run(typ, params)
	if len(got) != 1 {
		t.Errorf("%s: %d results", name, len(got))
		return
	}
	diff := ""
	if d := got[0].Difference; d != nil {
		diff = d.Value.String() + " " + d.Unit
	}
	var said []string // what was filled in
	for word := range strings.FieldsSeq(strings.ReplaceAll(got[0].Text[lang.EN], "\u00a0", " ")) {
		if !strings.HasPrefix(word, "{") {
			said = append(said, word)
		}
	}
	if en := strings.Join(said, " "); got[0].State != state || diff != difference || !strings.Contains(en, text) {
		t.Errorf("%s: %s, difference %q, %q; want %s, %q, text with %q", name, got[0].State, diff, en, state, difference, text)
	}
}

func TestSumOfParts(t *testing.T) {
	for _, tc := range []struct {
		name, whole     string
		parts           []string
		complete        string
		state           State
		difference, say string
	}{
		// Karaganda: the parts need not make 7.5 to the last digit to be consistent.
		{"6.2 and more than 1.0 and 0.2721 against about 7.5", "~7.5", []string{"6.2", ">1.0", "0.2721"}, "yes", OK, "0.0279 bn", "more than 7.4721 bn"},
		{"the same against exactly 7.4721", "7.4721", []string{"6.2", ">1.0", "0.2721"}, "yes", Open, "0 bn", "OPEN more than 7.4721 bn"},
		{"49 = 30 + 7 + 12", "49", []string{"30", "7", "12"}, "yes", OK, "0 bn", "49 bn"},
		{"49 against about 30 + 7 + 12", "49", []string{"~30", "7", "12"}, "yes", OK, "0 bn", "about 49 bn"},
		{"50 against 30 + 7 + 12", "50", []string{"30", "7", "12"}, "yes", Open, "1 bn", "49 bn"},
		{"close to 800 of which 500", "<~800", []string{"500"}, "no", OK, "300 bn", "500 bn"},
		{"close to 800 of which 500 and no more", "<~800", []string{"500"}, "yes", Open, "300 bn", "500 bn"},
		{"800 of which 900", "800", []string{"900"}, "no", Open, "-100 bn", "900 bn"},
		{"about 800 of which 840", "~800", []string{"840"}, "no", OK, "-40 bn", "840 bn"},
		{"about 800 of which 841", "~800", []string{"841"}, "no", Open, "-41 bn", "841 bn"},
		{"at least 10 of 3 and 4", ">=10", []string{"3", "4"}, "yes", Open, "3 bn", "7 bn"},
		{"at least 10 of at least 3 and 4", ">=10", []string{">=3", "4"}, "yes", OK, "3 bn", "at least 7 bn"},
	} {
		claims := []claim{{id: "W", value: tc.whole, unit: "bn"}}
		var ids []string
		for i, v := range tc.parts {
			ids = append(ids, string(rune('a'+i)))
			claims = append(claims, claim{id: ids[i], value: v, unit: "bn"})
		}
		book(t, "2026-11-23", claims...).expect(t, tc.name, SumOfParts, "whole=W;parts="+strings.Join(ids, "|")+";complete="+tc.complete, tc.state, tc.difference, tc.say)
	}
}

func TestShareOfWhole(t *testing.T) {
	for _, tc := range []struct {
		name, part, rest string
		params           string
		state            State
		share, say       string
	}{
		{"1.74 of 6.2 + 1.74", "1.74", "6.2", "part=P;whole=R|P", OK, "21.9", "The share is 21.9%"}, // 1.74/7.94 = 0.21914
		{"102 of 224", "102", "224", "part=P;whole=R", OK, "45.5", "45.5%"},
		{"more than 1 of 4", ">1", "4", "part=P;whole=R", OK, "25", "more than 25%"},
		{"1 of more than 4", "1", ">4", "part=P;whole=R", OK, "25", "less than 25%"},
		{"1 and the rest more than 3", "1", ">3", "part=P;whole=R|P", OK, "25", "less than 25%"},
		{"5 of 4", "5", "4", "part=P;whole=R", Open, "125", "OPEN"},
		{"4.1 of about 4", "4.1", "~4", "part=P;whole=R", OK, "102.5", "about 102.5%"},
	} {
		book(t, "2026-11-23", claim{id: "P", value: tc.part, unit: "bn"}, claim{id: "R", value: tc.rest, unit: "bn"}).expect(t, tc.name, ShareOfWhole, tc.params, tc.state, tc.share+" percent", tc.say)
	}
}

// The change is recomputed from the two rates, to half a unit of the last
// printed place.
func TestChangeRecomputed(t *testing.T) {
	for _, tc := range []struct {
		name, claim, base, now string
		state                  State
		difference, say        string
	}{
		{"infant mortality 7.67 to 7.05 is not -15.3 %", "-15.3", "7.67", "7.05", Open, "7.2 percentage-point", "−8.1%"}, // -8.083
		{"6.66 to 4.76 is not -15.3 % either", "-15.3", "6.66", "4.76", Open, "-13.2 percentage-point", "−28.5%"},        // -28.529
		{"100 to 84.7 is -15.3 %", "-15.3", "100", "84.7", OK, "0 percentage-point", "recomputed −15.3%"},
		{"100 to 84.74 rounds to it", "-15.3", "100", "84.74", OK, "0 percentage-point", "−15.3%"},
		{"100 to 84.76 does not", "-15.3", "100", "84.76", Open, "0.1 percentage-point", "−15.2%"},
		{"-25 printed without places", "-25", "4", "3.019", OK, "0.5 percentage-point", "−24.5%"}, // -24.525
		{"a rise", "10", "10", "11", OK, "0 percentage-point", "10%"},
	} {
		book(t, "2026-11-23", claim{id: "C", value: tc.claim, unit: "percent"}, claim{id: "B", value: tc.base, unit: "per_1000"}, claim{id: "N", value: tc.now, unit: "per_1000"}).
			expect(t, tc.name, ChangeRecomputed, "claim=C;base=B;now=N", tc.state, tc.difference, tc.say)
	}
	for name, b := range map[string]*Ledger{
		"no base":         book(t, "2026-11-23", claim{id: "C", value: "-15.3", unit: "percent"}, claim{id: "N", value: "3", unit: "x"}),
		"base zero":       book(t, "2026-11-23", claim{id: "C", value: "-15.3", unit: "percent"}, claim{id: "B", value: "0", unit: "x"}, claim{id: "N", value: "3", unit: "x"}),
		"different units": book(t, "2026-11-23", claim{id: "C", value: "-15.3", unit: "percent"}, claim{id: "B", value: "4", unit: "y"}, claim{id: "N", value: "3", unit: "x"}),
		"no claim yet":    book(t, "2025-11-23", claim{id: "C", value: "-15.3", unit: "percent"}, claim{id: "B", value: "4", unit: "x"}, claim{id: "N", value: "3", unit: "x"}),
	} {
		if got := b.run(ChangeRecomputed, "claim=C;base=B;now=N"); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestSaidTwiceAndConflict(t *testing.T) {
	for _, tc := range []struct {
		name             string
		first, second    claim
		twice, conflicts State
		difference       string
	}{
		{"the same", claim{value: "500", unit: "bed"}, claim{value: "500", unit: "bed"}, OK, OK, "0 bed"},
		{"30 and about 30", claim{value: "30", unit: "bed"}, claim{value: "~30", unit: "bed"}, Open, OK, "0 bed"},
		{"two populations", claim{value: "19766807", unit: "bed"}, claim{value: "19765004", unit: "bed"}, Open, Open, "-1803 bed"},
		{"about 100 and 104", claim{value: "~100", unit: "bed"}, claim{value: "104", unit: "bed"}, Open, OK, "4 bed"},
		{"at least 5 and 4", claim{value: ">=5", unit: "bed"}, claim{value: "4", unit: "bed"}, Open, Open, "-1 bed"},
		{"a centre and its beds", claim{value: "1", unit: "day"}, claim{value: "200", unit: "bed"}, Open, Open, ""},
	} {
		tc.first.id, tc.second.id, tc.second.role = "A", "B", ledger.Outside
		b := book(t, "2026-11-23", tc.first, tc.second)
		b.expect(t, tc.name, SaidTwice, "first=A;second=B", tc.twice, tc.difference, "")
		b.expect(t, tc.name, Conflict, "first=A;second=B", tc.conflicts, tc.difference, "")
		if got := b.run(Conflict, "first=A;second=B"); len(got[0].Promises) != 1 || got[0].Promises[0] != "A" || len(got[0].Figures) != 2 {
			t.Errorf("%s: about %v, figures %v", tc.name, got[0].Promises, got[0].Figures)
		}
	}
}

func TestPlanAgainstActual(t *testing.T) {
	b := book(t, "2026-01-01", claim{id: "late", value: "200", unit: "bed", deadline: "2025-12-31", published: "2025-01-01"}, claim{id: "today", value: "200", unit: "bed", deadline: "2026-01-01"},
		claim{id: "dateless", value: "3", unit: "bed"}, claim{id: "order", unit: "bed", deadline: "2025-12-31"})
	b.expect(t, "overdue with nothing shown", PlanActual, "", Open, "", "OPEN 200 beds unknown title of late 31 December 2025")
	f := figure(t, claim{id: "late", value: "190", unit: "bed.open"}, ledger.Actual)
	f.Unit = "bed"
	if err := f.Seal(); err != nil {
		t.Fatal(err)
	}
	b.Programme.Deliveries = []ledger.Figure{*f}
	p := board.Programme{Statements: b.Programme.Statements, Figures: b.Programme.Figures, Measures: measures, Atlas: b.Programme.Atlas, Parameters: b.Programme.Parameters, Deliveries: b.Programme.Deliveries}
	b.Board = p.At(*day("2026-01-01"))
	b.expect(t, "190 of 200", PlanActual, "", Open, "-10 bed", "190 beds")
	b.Board.Items[0].Due = board.Done
	b.expect(t, "done", PlanActual, "", OK, "-10 bed", "200 beds promised, 190 beds documented")
}

func TestRateWithoutCount(t *testing.T) {
	change := claim{id: "D1", value: "-15.3", unit: "percent", role: ledger.Claim, kind: ledger.Change}
	book(t, "2026-11-23", change).expect(t, "no counts", RateNoCount, "", Open, "", "title of D1 −15.3%")
	change.counts = true
	book(t, "2026-11-23", change).expect(t, "with counts", RateNoCount, "", OK, "", "counts are given")
	for _, c := range []claim{{id: "D1", unit: "percent", role: ledger.Claim, kind: ledger.Change}, {id: "D2", value: "2", unit: "percent", role: ledger.Claim, kind: ledger.Milestone}} {
		if got := book(t, "2026-11-23", c).run(RateNoCount, ""); len(got) != 0 {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

func TestEvidenceAndLastWord(t *testing.T) {
	b := book(t, "2026-06-30", claim{id: "A", value: "5", unit: "bed"})
	b.expect(t, "nothing shown", NoEvidence, "", Open, "", "OPEN title of A")
	b.expect(t, "180 days without a word", LastWordOld, "", OK, "180 day", "last word 180 days ago")
	b.Board = b.Programme.At(*day("2026-07-01"))
	b.expect(t, "181 days without a word", LastWordOld, "", Open, "181 day", "OPEN title of A 181 days")
	b.Board.Items[0].Evidence = board.Partly
	b.expect(t, "something shown", NoEvidence, "", OK, "", "there is published evidence")
	b.Board.Items[0].Withdrawn = true
	b.Board.Items[0].Evidence = board.Nothing
	b.expect(t, "taken back", NoEvidence, "", OK, "", "")
	if got := b.run(LastWordOld, ""); len(got) != 0 {
		t.Errorf("nobody waits for a word on what was taken back: %v", got)
	}
}

func TestAmbiguities(t *testing.T) {
	b := book(t, "2026-11-23", claim{id: "A13", value: "102", unit: "bed"}, claim{id: "A12", value: "224", unit: "bed"}, claim{id: "A3", value: "<~800", unit: "bed"}, claim{id: "A5", value: "500", unit: "bed"},
		claim{id: "C6", value: "1.27", unit: "bn"}, claim{id: "C5", value: ">1.0", unit: "bn"}, claim{id: "Z", value: "0", unit: "bed"}, claim{id: "N", unit: "bed"})
	for _, tc := range []struct{ name, params, difference, text string }{
		{"102 beds of 224", "statements=A13|A12;arithmetic=A13/A12*100;unit=percent", "45.5 percent", "OPEN 102 beds 224 beds 45.5%"}, // 45.54
		{"what remains of close to 800", "statements=A3|A5;arithmetic=A3-A5-A12;unit=bed", "76 bed", "close to 76 beds"},
		{"the rest of the hub", "statements=C6;arithmetic=C6-C5;unit=bn", "0.27 bn", "less than 0.27 bn"},
		{"a number in the expression", "statements=A5;arithmetic=1000-A5;unit=bed", "500 bed", "500 beds"},
		{"rounded to tens", "statements=A5;arithmetic=A12/1;unit=bed;round=-1", "220 bed", "220 beds"},
		{"rounded to a whole number", "statements=A5;arithmetic=A5/A12;unit=bed;round=0", "2 bed", "2 beds"},
		{"rounding beyond reason is left out", "statements=A5;arithmetic=A5/A12;unit=bed;round=-99", "2.23 bed", "2.23 beds"},
		{"without arithmetic", "statements=A5", "", "OPEN 500 beds"},
	} {
		b.expect(t, tc.name, ReadingUnclear, tc.params, Open, tc.difference, tc.text)
	}
	for _, params := range []string{"statements=A5;arithmetic=A5/Z", "statements=A5;arithmetic=A5-", "statements=A5;arithmetic=A5-N", "statements=A5;arithmetic=A5-unheard", "statements=unheard", "statements=A5|unheard", ""} {
		if got := b.run(ReadingUnclear, params); len(got) != 0 {
			t.Errorf("%s: %+v", params, got)
		}
	}
	b.expect(t, "February or March", DeadlineUnclear, "statements=A5;readings=2026-02-28|2026-03-31", Open, "31 day", "OPEN 28 February 2026 31 March 2026")
	b.expect(t, "one reading is nonsense", DeadlineUnclear, "statements=A5;readings=2026-02-30|2026-03-31", Open, "", "31 March 2026")
}

// Only an answer closes a question, from its own day on; it changes no figure.
func TestAnswerClosesAQuestion(t *testing.T) {
	b := book(t, "2026-03-01", claim{id: "A", value: "30", unit: "bed"}, claim{id: "B", value: "~30", unit: "bed"})
	b.Programme.Answers = []ledger.Answer{{About: "r", Office: "moh", Text: lang.Text{lang.EN: "about 30"}, On: day("2026-03-02")}, {About: "other", Office: "moh"}}
	b.expect(t, "the day before the answer", SaidTwice, "first=A;second=B", Open, "0 bed", "OPEN")
	b.Board = b.Programme.At(*day("2026-03-02"))
	b.expect(t, "the day of the answer", SaidTwice, "first=A;second=B", Answered, "0 bed", "OPEN")
	if got := b.run(SaidTwice, "first=A;second=B"); len(got[0].Answers) != 1 || got[0].Answers[0].Office != "moh" {
		t.Errorf("answers %+v", got[0].Answers)
	}
	b.Programme.Answers[0].On = nil
	b.Board = b.Programme.At(*day("2026-03-01"))
	b.expect(t, "an undated answer", SaidTwice, "first=A;second=B", Answered, "0 bed", "OPEN")
	b.expect(t, "an answer to what is no question", SaidTwice, "first=A;second=A", OK, "0 bed", "")
}

// A selector measure@place@period#source asks for a published figure.
func TestSelectors(t *testing.T) {
	b := book(t, "2026-11-23", claim{id: "C", value: "-15.3", unit: "percent"})
	asked := ""
	b.Find = func(measure, pl, when, source string) *ledger.Figure {
		asked += strings.Join([]string{measure, pl, when, source}, ",") + " "
		return figure(t, claim{id: when, value: map[string]string{"2023": "7.67", "2024": "7.05"}[when], unit: "per_1000"}, ledger.Actual)
	}
	b.expect(t, "from the statistics", ChangeRecomputed, "claim=C;base=imr@KZ@2023;now=imr@KZ@2024#BNS", Open, "7.2 percentage-point", "−8.1%")
	if asked != "imr,KZ,2023, imr,KZ,2024,BNS " {
		t.Errorf("asked for %s", asked)
	}
}

// Nothing is judged of what was not yet said.
func TestSilenceBeforePublication(t *testing.T) {
	b := book(t, "2025-12-31", claim{id: "A", value: "30", unit: "bed"}, claim{id: "B", value: "12", unit: "bed"})
	for typ, params := range map[Type]string{SumOfParts: "whole=A;parts=B", ShareOfWhole: "part=A;whole=B", SaidTwice: "first=A;second=B", Conflict: "first=A;second=B", ReadingUnclear: "statements=A",
		DeadlineUnclear: "statements=A;readings=2026-01-01|2026-02-01", PlanActual: "", NoEvidence: "", LastWordOld: "", RateNoCount: ""} {
		if got := b.run(typ, params); len(got) != 0 {
			t.Errorf("%s: %+v", typ, got)
		}
	}
	late := book(t, "2026-11-23", claim{id: "A", value: "30", unit: "bed"}, claim{id: "B", value: "12", unit: "bed", published: "2026-12-01"}, claim{id: "Z", value: "0", unit: "bed"})
	for typ, params := range map[Type]string{SumOfParts: "whole=A;parts=B", ShareOfWhole: "part=A;whole=B"} {
		if got := late.run(typ, params); len(got) != 0 {
			t.Errorf("%s with a part of tomorrow: %+v", typ, got)
		}
	}
	if got := late.run(SumOfParts, "whole=A"); len(got) != 0 {
		t.Error("no parts, no sum")
	}
	if got := late.run(ShareOfWhole, "part=A;whole=Z"); len(got) != 0 {
		t.Error("no share of nothing")
	}
}

func TestRuleCheck(t *testing.T) {
	text := lang.Text{lang.EN: "x"}
	r := Rule{Type: "hunch"}
	for _, mend := range []func(){func() { r.Type = SumOfParts }, func() { r.Code = "r" }, func() { r.Title = text }, func() { r.Open = text }} {
		if err := r.Check(); !fault.Is(err, fault.Invalid) {
			t.Fatalf("%+v accepted: %v", r, err)
		}
		mend()
	}
	if err := r.Check(); err != nil {
		t.Error(err)
	}
	for _, typ := range Types() {
		if checks[typ] == nil {
			t.Errorf("%s has no arithmetic", typ)
		}
	}
	if len(checks) != len(Types()) {
		t.Error("a type is not listed")
	}
	if got := (&Ledger{}).Run([]Rule{{Code: "x", Type: "hunch"}}); len(got) != 0 {
		t.Error("an unknown type says nothing")
	}
	if p := ParseParams(" a = 1 ; b=2|3 ;; nonsense"); len(p) != 2 || p["a"] != "1" || p["b"] != "2|3" {
		t.Errorf("params %v", p)
	}
}

// The text of an agreement: the rule's own, else that of its type, else the
// question itself.
func TestTextOfAgreement(t *testing.T) {
	b := book(t, "2026-11-23", claim{id: "A", value: "5", unit: "bed"}, claim{id: "B", value: "5", unit: "bed"})
	rule := Rule{Code: "r", Type: SaidTwice, Params: ParseParams("first=A;second=B"), Title: lang.Text{lang.EN: "t"}, Open: lang.Text{lang.EN: "odd {first}"}, OK: lang.Text{lang.EN: "fine {first}"}}
	if got := b.Run([]Rule{rule})[0].Text[lang.EN]; got != "Fine 5\u00a0beds" {
		t.Errorf("own text: %q", got)
	}
	rule.OK = nil
	if got := b.Run([]Rule{rule})[0].Text; !strings.HasPrefix(got[lang.EN], "Both places") || !strings.HasPrefix(got[lang.KK], "Екі жерде") || !strings.HasPrefix(got[lang.RU], "В обоих") {
		t.Errorf("text of the type: %v", got)
	}
	for in, want := range map[string]string{"about 5": "About 5", "около 5": "Около 5", "Срок 31 декабря 2025 г..": "Срок 31 декабря 2025 г.", "«а»": "«а»", "5": "5", "": ""} {
		if got := tidy(in); got != want {
			t.Errorf("%q tidied: %q", in, got)
		}
	}
	if got := (Rule{Type: ReadingUnclear, Open: rule.Open}).result("x", OK, nil, nil); got.Text[lang.EN] != "Odd {first}" {
		t.Errorf("no text at all: %q", got.Text)
	}
}
