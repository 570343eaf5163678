package works

import (
	"slices"
	"strconv"

	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shopspring/decimal"
)

// Rule is a check that every work must pass; what does not add up becomes a
// question with its arithmetic, not an error and not a silent correction.
type Rule string

// The rules. The pages hold their words in every language.
const (
	OverTransferred  Rule = "transferred_over_approved" // more was transferred than was approved
	OverSpent        Rule = "paid_over_transferred"     // more was paid than was given
	OverContracted   Rule = "contracted_over_approved"  // more was contracted than was approved
	OverContract     Rule = "paid_over_contract"        // more was paid than the contract and its changes say
	AdvanceUncover   Rule = "paid_over_accepted"        // payments without advances exceed what was accepted
	CostUncovered    Rule = "cost_not_covered"          // sources do not cover the cost
	CostExceeded     Rule = "sources_over_cost"         // sources give more than the cost
	NotTransferred   Rule = "not_transferred"           // a source approved and its year has passed
	ShareMissed      Rule = "share_missed"              // a source gives less or more than its share
	StepOrder        Rule = "step_out_of_order"         // a step is done before the one that comes first
	StageOrder       Rule = "stage_out_of_order"        // a stage is finished before the one before it began
	PercentFell      Rule = "percent_fell"              // a percentage fell, with its reason
	PercentDiffers   Rule = "percent_differs"           // whole and stages say different things
	ReadyNotOpen     Rule = "ready_not_open"            // at 100 per cent and no patient for long
	DeadlinePassed   Rule = "deadline_passed"           // the day is past and it is not open
	NoDeadline       Rule = "no_deadline"               // nobody named a day
	ContractsOverlap Rule = "contracts_overlap"         // two contracts for the same scope at the same time
	ContractsDiffer  Rule = "contracts_differ"          // values of contracts and what was said to be contracted
	NotConfirmed     Rule = "not_confirmed"             // the percentage has no evidence or is old
)

// Rules lists the rules.
func Rules() []Rule {
	return []Rule{OverTransferred, OverSpent, OverContracted, OverContract, AdvanceUncover, CostUncovered, CostExceeded, NotTransferred, ShareMissed, StepOrder, StageOrder, PercentFell, PercentDiffers, ReadyNotOpen, DeadlinePassed, NoDeadline, ContractsOverlap, ContractsDiffer, NotConfirmed}
}

// Question is a rule that a work does not pass. Left and Right are the two
// sides of its arithmetic; their unit is tiyn for money, else days or per cent.
type Question struct {
	Rule        Rule
	About       string // source, stage, step or package; empty: the whole
	Left, Right *decimal.Decimal
	Unit        string // money, percent, days
	Lines       []string
	Reason      string // what was said about it
}

// pastDays is how long a building at 100 per cent may wait for its patients
// before it becomes a question. An assumption of ours.
const pastDays = 90

// differsBy is by how many per cent whole and stages may differ.
const differsBy = 15

func questionsOf(s *State) []Question {
	if s.Work.Condition == Cancelled {
		return nil
	}
	var out []Question
	out = append(out, s.askMoney()...)
	out = append(out, s.askShares()...)
	out = append(out, s.askOrder()...)
	out = append(out, s.askProgress()...)
	return out
}

// over asks when every value that a may have is greater than every one of b.
func over(rule Rule, about string, a, b Sum) []Question {
	if !a.said() || !b.said() || !a.interval().Above(b.interval()) {
		return nil
	}
	return []Question{moneyQuestion(rule, about, a, b)}
}

func moneyQuestion(rule Rule, about string, a, b Sum) Question {
	return Question{Rule: rule, About: about, Left: amount(a.Amount), Right: amount(b.Amount), Unit: "money", Lines: slices.Concat(a.Lines, b.Lines)}
}

func amount(a money.Amount) *decimal.Decimal {
	d := decimal.NewFromInt(int64(a))
	return &d
}

func (s *State) askMoney() []Question {
	m := s.Money
	var out []Question
	out = append(out, over(OverContracted, "", m.Of(Contracted), m.Of(Approved))...)
	out = append(out, over(OverSpent, "", m.Spent(), m.Of(Transferred))...)
	out = append(out, over(AdvanceUncover, "", m.Of(Paid), m.Of(Accepted))...)
	for _, src := range m.Sources() {
		out = append(out, over(OverTransferred, src, m.From(src, Transferred), m.From(src, Approved))...)
		out = append(out, s.askTransfer(src)...)
	}
	given := m.Of(Approved)
	if !given.said() {
		given = m.Of(Planned)
	}
	if m.Cost != nil && given.said() {
		out = append(out, over(CostExceeded, "", given, *m.Cost)...)
		out = append(out, over(CostUncovered, "", *m.Cost, given)...)
	}
	for _, p := range sortedParties(m) {
		if c := sumOf(m.ByParty[p], Contracted); c.said() {
			out = append(out, over(OverContract, string(p), spent(m.ByParty[p]), c)...)
		}
	}
	return out
}

func sortedParties(m *Account) []ID {
	var out []ID
	for p := range m.ByParty {
		out = append(out, p)
	}
	slices.Sort(out)
	return out
}

// askTransfer asks a source that approved money for a year that is over and did
// not transfer it. Where nobody says a year or a transfer, nothing is known.
func (s *State) askTransfer(source string) []Question {
	year, _, _ := s.AsOf.Civil()
	var approved, given Sum
	for _, l := range s.Lines {
		if l.Money == nil || l.Money.Source != source || l.Money.Year == 0 || l.Money.Year >= year {
			continue
		}
		switch l.Money.Kind {
		case Approved:
			_ = approved.add(l.Money.Amount, l.Money.Qualifier, l.ID)
		case Transferred:
			_ = given.add(l.Money.Amount, l.Money.Qualifier, l.ID)
		}
	}
	if !approved.said() || (given.said() && !approved.interval().Above(given.interval())) {
		return nil
	}
	return []Question{moneyQuestion(NotTransferred, source, approved, given)}
}

func (s *State) askShares() []Question {
	whole := s.Money.Cost
	if whole == nil || whole.Amount <= 0 || whole.Qualifier != ledger.Exact {
		return nil
	}
	var out []Question
	for _, sh := range s.Work.Shares {
		got := s.Money.From(sh.Source, Approved)
		if !got.said() {
			continue
		}
		share := got.interval()
		want := decimal.NewFromFloat(sh.Percent).Mul(decimal.NewFromInt(int64(whole.Amount))).Div(hundred)
		slack := decimal.NewFromInt(1) // a share that is no whole tiyn
		low, high := want.Sub(slack), want.Add(slack)
		if !share.Meets(stat.Interval{Low: &low, High: &high}) {
			out = append(out, Question{Rule: ShareMissed, About: sh.Source, Left: amount(got.Amount), Right: &want, Unit: "money", Lines: got.Lines})
		}
	}
	return out
}

func (s *State) askOrder() []Question {
	var out []Question
	var last Link
	for _, l := range s.Chain {
		if l.Done && last.Done && *l.On < *last.On {
			out = append(out, Question{Rule: StepOrder, About: string(l.Step), Left: days(*l.On), Right: days(*last.On), Unit: "date", Lines: []string{last.Line, l.Line}})
		}
		if l.Done {
			last = l
		}
	}
	for i, x := range s.Stages {
		for _, y := range s.Stages[i+1:] {
			if x.Started != nil && y.Finished != nil && *y.Finished < *x.Started {
				out = append(out, Question{Rule: StageOrder, About: y.Code, Left: days(*y.Finished), Right: days(*x.Started), Unit: "date", Lines: []string{y.Line, x.Line}})
				break
			}
		}
	}
	return out
}

func days(d period.Date) *decimal.Decimal {
	x := decimal.NewFromInt(int64(d))
	return &x
}

func whole(n int) *decimal.Decimal {
	x := decimal.NewFromInt(int64(n))
	return &x
}

func (s *State) askProgress() []Question {
	var out []Question
	var before *Line
	for _, l := range s.Lines {
		if l.Status == nil || l.Status.Stage != "" || l.Status.Percent == nil {
			continue
		}
		if before != nil && l.Status.Percent.Cmp(*before.Status.Percent) < 0 {
			out = append(out, Question{Rule: PercentFell, Left: l.Status.Percent, Right: before.Status.Percent, Unit: "percent", Lines: []string{before.ID, l.ID}, Reason: l.Reason})
		}
		before = l
	}
	r := s.Ready
	if r != nil && s.Computed != nil && s.Weighed >= 900 && r.Percent.Sub(*s.Computed).Abs().Cmp(decimal.NewFromInt(differsBy)) > 0 {
		out = append(out, Question{Rule: PercentDiffers, Left: &r.Percent, Right: s.Computed, Unit: "percent", Lines: []string{r.Line}})
	}
	if s.Opened != nil {
		return out
	}
	if r != nil && r.Percent.Equal(hundred) && r.Age > pastDays {
		out = append(out, Question{Rule: ReadyNotOpen, About: string(s.Chain.Next()), Left: whole(r.Age), Right: whole(pastDays), Unit: "days", Lines: []string{r.Line}})
	}
	if r != nil && r.Doubt != "" {
		out = append(out, Question{Rule: NotConfirmed, About: string(r.Doubt), Left: whole(r.Age), Right: whole(FreshDays), Unit: "days", Lines: []string{r.Line}})
	}
	if late := s.Late(); late > 0 {
		out = append(out, Question{Rule: DeadlinePassed, Left: whole(late), Unit: "days", Lines: []string{s.Deadlines[len(s.Deadlines)-1].Line}})
	}
	if _, d := s.Deadline(); d == nil && s.Phase != DeclaredOpen && !s.Chain.Reached(StepAccepted) {
		out = append(out, Question{Rule: NoDeadline, About: strconv.Itoa(len(s.Work.Promises))})
	}
	return out
}
