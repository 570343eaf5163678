package works

import (
	"cmp"
	"maps"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/stat"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/money"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shopspring/decimal"
)

// MoneyKind says how far an amount is on its way.
type MoneyKind string

// The kinds of amounts, in the order in which money moves. All of them add up;
// what was wrong is taken back.
const (
	Planned     MoneyKind = "planned"     // foreseen by a source
	Approved    MoneyKind = "approved"    // allocated in a budget
	Transferred MoneyKind = "transferred" // given to who builds
	Contracted  MoneyKind = "contracted"  // promised to a contractor
	Advance     MoneyKind = "advance"     // paid before the work was done; part of paid
	Paid        MoneyKind = "paid"        // paid for work or goods, without advances
	Accepted    MoneyKind = "accepted"    // worth of the works that were accepted
	Retained    MoneyKind = "retained"    // kept back from payments
	Returned    MoneyKind = "returned"    // given back to the source
)

// MoneyKinds lists the kinds of amounts.
func MoneyKinds() []MoneyKind {
	return []MoneyKind{Planned, Approved, Transferred, Contracted, Advance, Paid, Accepted, Retained, Returned}
}

// Happened reports whether an amount of the kind is a fact, which cannot lie
// in the future.
func (k MoneyKind) Happened() bool { return k != Planned && k != Approved }

// VAT says whether value added tax is inside an amount.
type VAT string

// What is known about the tax.
const (
	VATIncluded VAT = "included"
	VATExcluded VAT = "excluded"
	VATUnknown  VAT = "unknown"
)

func (v VAT) known() bool { return v == VATIncluded || v == VATExcluded || v == VATUnknown }

// SourceKind is the sort of a source of money.
type SourceKind string

// The kinds of sources.
const (
	SpecialFund   SourceKind = "special_state_fund"
	Republican    SourceKind = "republican"
	Regional      SourceKind = "regional"
	InsuranceFund SourceKind = "insurance_fund"
	Investor      SourceKind = "investor"
	PPP           SourceKind = "ppp"
	Own           SourceKind = "own"
	Loan          SourceKind = "loan"
	UnsaidSource  SourceKind = "unknown"
)

// SourceKinds lists the kinds of sources.
func SourceKinds() []SourceKind {
	return []SourceKind{SpecialFund, Republican, Regional, InsuranceFund, Investor, PPP, Own, Loan, UnsaidSource}
}

// Source is where money comes from. Sources are data of a country.
type Source struct {
	Code string     `json:"code"`
	Kind SourceKind `json:"kind"`
	Name lang.Text  `json:"name"`
}

// Check refuses a source without code, kind or name.
func (s Source) Check() error {
	if s.Code == "" || !slices.Contains(SourceKinds(), s.Kind) || s.Name.IsBlank() {
		return fault.New(fault.Invalid, "works.Source", s.Code, "a source of money needs a code, a name and one of the kinds %v", SourceKinds())
	}
	return nil
}

// Money is one amount on its way.
type Money struct {
	Kind      MoneyKind        `json:"kind"`
	Source    string           `json:"source,omitempty"` // code; empty: not said who pays
	Amount    money.Amount     `json:"amount"`           // smallest units, more than 0
	Qualifier ledger.Qualifier `json:"qualifier,omitempty"`
	VAT       VAT              `json:"vat,omitempty"`
	Purpose   string           `json:"purpose,omitempty"` // stage, or what a source says it is for
	Package   ID               `json:"package,omitempty"` // the contract under which it was paid
	Year      int              `json:"year,omitempty"`    // budget year; 0: not said
	Reference string           `json:"reference,omitempty"`
}

func (m *Money) normal() {
	if m.Qualifier == "" {
		m.Qualifier = ledger.Exact
	}
	if m.VAT == "" {
		m.VAT = VATUnknown
	}
}

func (m *Money) check() error {
	bad := func(field, format string, args ...any) error {
		return fault.New(fault.Invalid, "works.Line", "money."+field, format, args...)
	}
	switch {
	case !slices.Contains(MoneyKinds(), m.Kind):
		return bad("kind", "unknown kind of amount %q", m.Kind)
	case m.Amount <= 0:
		return bad("amount", "an amount is more than 0; what was given back is an amount of the kind returned, and what was wrong is taken back")
	case !m.VAT.known():
		return bad("vat", "VAT is included, excluded or unknown")
	case m.Year != 0 && (m.Year < 1990 || m.Year > 2100):
		return bad("year", "the budget year is between 1990 and 2100")
	case len(m.Purpose) > 200 || len(m.Reference) > 200:
		return bad("purpose", "purpose and reference have at most 200 bytes")
	}
	if _, ok := ledger.ParseQualifier(string(m.Qualifier)); !ok {
		return bad("qualifier", "must be one of = ~ <~ >= > <= <")
	}
	return nil
}

// Sum is an amount that was added up, with how exactly it is known.
type Sum struct {
	Amount    money.Amount
	Qualifier ledger.Qualifier // of the sum: exact, about, more than ...
	Lines     []string         // ids of what was added
}

// said reports whether anybody named an amount.
func (s Sum) said() bool { return len(s.Lines) > 0 }

// interval returns what the sum may mean, in smallest units.
func (s Sum) interval() stat.Interval {
	return s.Qualifier.Interval(decimal.NewFromInt(int64(s.Amount)), tolerance)
}

// tolerance is the half-width of "about", as in the ledger.
var tolerance = decimal.New(5, -2)

func (s *Sum) add(a money.Amount, q ledger.Qualifier, line string) error {
	total, err := s.Amount.Add(a)
	if err != nil {
		return err
	}
	if s.said() {
		q, _ = stat.SumQualifier(s.Qualifier, q)
	}
	s.Amount, s.Qualifier, s.Lines = total, q, append(s.Lines, line)
	return nil
}

// Account is the money of a work as of a day.
type Account struct {
	// Total holds the sums of all sources, BySource those of each, by code; the
	// code "" is money of which nobody said who pays. ByYear are the same by
	// budget year, 0 where none was said.
	Total    map[MoneyKind]*Sum
	BySource map[string]map[MoneyKind]*Sum
	ByYear   map[int]map[MoneyKind]*Sum
	ByParty  map[ID]map[MoneyKind]*Sum // by package
	// Cost is what the work costs by its last price and the changes since; nil
	// when nobody said.
	Cost *Sum
	// Months are transferred, paid with advances, and accepted by month, for a burn curve.
	Months []Month
}

// Month is what moved in a month.
type Month struct {
	Start                       period.Date
	Transferred, Paid, Accepted money.Amount
}

// Of returns the sum of a kind over all sources, or an empty one.
func (a *Account) Of(k MoneyKind) Sum { return sumOf(a.Total, k) }

// From returns the sum of a kind from one source.
func (a *Account) From(source string, k MoneyKind) Sum { return sumOf(a.BySource[source], k) }

// Sources lists the codes of the sources with any amount.
func (a *Account) Sources() []string { return slices.Sorted(maps.Keys(a.BySource)) }

// Spent returns payments together with advances.
func (a *Account) Spent() Sum { return spent(a.Total) }

func spent(m map[MoneyKind]*Sum) Sum {
	out := sumOf(m, Paid)
	if adv := sumOf(m, Advance); adv.said() {
		if !out.said() {
			return adv
		}
		q, _ := stat.SumQualifier(out.Qualifier, adv.Qualifier)
		out = Sum{out.Amount + adv.Amount, q, slices.Concat(out.Lines, adv.Lines)}
	}
	return out
}

func sumOf(m map[MoneyKind]*Sum, k MoneyKind) Sum {
	if s := m[k]; s != nil {
		return *s
	}
	return Sum{}
}

// accountOf adds up the money lines, oldest first.
func accountOf(lines []*Line) (*Account, error) {
	a := &Account{Total: map[MoneyKind]*Sum{}, BySource: map[string]map[MoneyKind]*Sum{}, ByYear: map[int]map[MoneyKind]*Sum{}, ByParty: map[ID]map[MoneyKind]*Sum{}}
	months := map[period.Date]*Month{}
	for _, l := range lines {
		switch {
		case l.Price != nil:
			if err := a.price(l); err != nil {
				return nil, err
			}
			continue
		case l.Money == nil:
			continue
		}
		m := l.Money
		at := []map[MoneyKind]*Sum{a.Total, inner(a.BySource, m.Source), inner(a.ByYear, m.Year)}
		if m.Package != "" {
			at = append(at, inner(a.ByParty, m.Package))
		}
		for _, sums := range at {
			if sums[m.Kind] == nil {
				sums[m.Kind] = &Sum{}
			}
			if err := sums[m.Kind].add(m.Amount, m.Qualifier, l.ID); err != nil {
				return nil, err
			}
		}
		y, mo, _ := l.On.Civil()
		start := period.NewDate(y, mo, 1)
		x := months[start]
		if x == nil {
			x = &Month{Start: start}
		}
		switch m.Kind {
		case Transferred:
			x.Transferred += m.Amount
		case Paid, Advance:
			x.Paid += m.Amount
		case Accepted:
			x.Accepted += m.Amount
		default:
			continue
		}
		months[start] = x
	}
	if _, err := a.Of(Paid).Amount.Add(a.Of(Advance).Amount); err != nil { // then no part of both overflows either
		return nil, err
	}
	a.Months = slices.SortedFunc(func(yield func(Month) bool) {
		for _, m := range months {
			if !yield(*m) {
				return
			}
		}
	}, func(x, y Month) int { return cmp.Compare(x.Start, y.Start) })
	return a, nil
}

func inner[K comparable](m map[K]map[MoneyKind]*Sum, k K) map[MoneyKind]*Sum {
	if m[k] == nil {
		m[k] = map[MoneyKind]*Sum{}
	}
	return m[k]
}

// price takes a new cost, or changes the one before.
func (a *Account) price(l *Line) error {
	p := l.Price
	if a.Cost == nil || !p.Change {
		a.Cost = &Sum{}
	}
	return a.Cost.add(p.Amount, p.Qualifier, l.ID)
}
