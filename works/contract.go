package works

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"
)

// Overlaps asks about packages of one project whose contracts are for the same
// scope in overlapping times: the same work may be paid for twice. Packages
// without a scope or without days are passed over; cancelled ones too. parts
// are in any order.
func Overlaps(parts []*Work) []Question {
	var list []*Work
	for _, w := range parts {
		if c := w.Contract; c != nil && w.Condition != Cancelled && c.Scope != "" && c.Start != nil && c.End != nil {
			list = append(list, w)
		}
	}
	slices.SortFunc(list, func(a, b *Work) int { return cmp.Compare(a.ID, b.ID) })
	var out []Question
	for i, a := range list {
		for _, b := range list[i+1:] {
			x, y := a.Contract, b.Contract
			if x.Scope != y.Scope || *x.End < *y.Start || *y.End < *x.Start {
				continue
			}
			both := min(*x.End, *y.End) - max(*x.Start, *y.Start) + 1
			n := decimal.NewFromInt(int64(both))
			out = append(out, Question{Rule: ContractsOverlap, About: string(a.ID) + " " + string(b.ID), Left: &n, Unit: "days"})
		}
	}
	return out
}

// ContractSum asks where the values of the contracts of a project differ from
// what its lines say was contracted, when both are there and exact. State is
// that of the project.
func ContractSum(s *State, parts []*Work) []Question {
	var sum Sum
	for _, w := range parts {
		if c := w.Contract; c != nil && c.Value != nil && w.Condition != Cancelled {
			if err := sum.add(*c.Value, "exact", string(w.ID)); err != nil {
				return nil
			}
		}
	}
	said := s.Money.Of(Contracted)
	if !sum.said() || !said.said() || said.interval().Meets(sum.interval()) {
		return nil
	}
	q := moneyQuestion(ContractsDiffer, "", sum, said)
	q.Lines = said.Lines
	return []Question{q}
}
