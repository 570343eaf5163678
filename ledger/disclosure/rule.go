package disclosure

import (
	"slices"

	"github.com/shanyraq/shanyraq/fault"
)

// Rule says what is sensitive and how it is protected.
type Rule struct {
	Code string
	// Threshold makes counts from 1 (or from 0, where ZeroSensitive) to
	// Threshold-1 sensitive; 0 is no threshold.
	Threshold     int64
	ZeroSensitive bool
	// Dominance makes a cell sensitive in which the Largest contributors hold
	// more than this share of the total, 0 to 1; 0 is no such rule.
	Dominance float64
	Largest   int
	// Base rounds instead of suppressing: everything to a multiple of it.
	Base int64
}

// Rules lists the rules by name: what a measure names in `disclosure`.
func Rules() []Rule {
	return []Rule{
		{Code: "count_3", Threshold: 3},
		{Code: "count_5", Threshold: 5},
		{Code: "count_10", Threshold: 10},
		{Code: "count_5_zero", Threshold: 5, ZeroSensitive: true},
		{Code: "amount_1_75", Dominance: 0.75, Largest: 1},
		{Code: "amount_2_90", Dominance: 0.90, Largest: 2},
		{Code: "round_5", Base: 5},
	}
}

// Find returns the rule of that name; "" and "none" are no rule.
func Find(code string) (r Rule, ok bool) {
	i := slices.IndexFunc(Rules(), func(r Rule) bool { return r.Code == code })
	if i < 0 {
		return Rule{}, false
	}
	return Rules()[i], true
}

// Known reports whether a measure may name the rule.
func Known(code string) bool {
	_, ok := Find(code)
	return ok || code == "" || code == "none"
}

// sensitive reports whether a cell may not be published as it is.
func (r Rule) sensitive(c Cell) bool {
	if r.Threshold > 0 && c.Value < r.Threshold && (c.Value > 0 || r.ZeroSensitive) {
		return true
	}
	if r.Dominance == 0 || c.Value <= 0 || len(c.Contributions) == 0 {
		return false
	}
	top := slices.Sorted(slices.Values(c.Contributions))
	slices.Reverse(top)
	var sum int64
	for _, v := range top[:min(r.Largest, len(top))] {
		sum += v
	}
	return float64(sum) > r.Dominance*float64(c.Value)
}

// width is how wide the interval must be in which a sensitive cell may lie.
func (r Rule) width(c Cell) int64 {
	if r.Threshold > 0 {
		return r.Threshold - 1
	}
	return max(1, c.Value/10)
}

// Cell is one number of a table.
type Cell struct {
	ID    string
	Value int64 // a count, or an amount in whole units; never negative
	// Contributions are what each one brings to an amount, where that is known.
	Contributions []int64
	// Known tells that everybody has the number already: it was published.
	Known bool
	// Before is what an earlier release said of the same cell; nil when nothing.
	Before *int64
}

// Sum says that a cell is the total of others, as everybody can see.
type Sum struct {
	Total string
	Parts []string
}

// Table is cells and the sums between them.
type Table struct {
	Cells []Cell
	Sums  []Sum
}

// Bounds of a table.
const (
	maxCells   = 20_000
	maxUnknown = 240 // suppressed cells that are audited together
)

// Check refuses a table that is none: a cell twice, a negative number, a sum of
// cells that are not there or that does not add up.
func (t Table) Check() error {
	bad := func(text string) error { return fault.New(fault.Invalid, "disclosure.Table", "", "%s", text) }
	if len(t.Cells) > maxCells {
		return fault.New(fault.TooLarge, "disclosure.Table", "", "a table has at most %d cells", maxCells)
	}
	values := make(map[string]int64, len(t.Cells))
	for _, c := range t.Cells {
		if _, twice := values[c.ID]; twice || c.ID == "" {
			return bad("every cell has an id of its own")
		}
		if c.Value < 0 || c.Value > 1<<50 {
			return bad("a cell is between 0 and 2^50")
		}
		values[c.ID] = c.Value
	}
	for _, s := range t.Sums {
		total, ok := values[s.Total]
		seen := map[string]bool{s.Total: true}
		for _, p := range s.Parts {
			v, here := values[p]
			if ok = ok && here && !seen[p]; !ok {
				return bad("a sum names each cell of the table once")
			}
			seen[p] = true
			total -= v
		}
		if !ok || total != 0 || len(s.Parts) == 0 {
			return bad("a sum adds up")
		}
	}
	return nil
}
