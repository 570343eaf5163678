package disclosure

import (
	"cmp"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
)

// Round returns every cell as a multiple of the base so that all sums still
// hold, and none moves by a whole base. The sums must form trees: each cell is
// part of at most one total and the total of at most one sum. A root goes to the
// nearest multiple; below it those with the largest remainders go up. A value
// that is a multiple stays.
func Round(t Table, base int64) (map[string]int64, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	if base < 2 || base > 1_000_000 {
		return nil, fault.New(fault.Invalid, "disclosure.Round", "", "the base of rounding is 2 to 1,000,000")
	}
	values, below, parent := map[string]int64{}, map[string]Sum{}, map[string]string{}
	for _, c := range t.Cells {
		values[c.ID] = c.Value
	}
	for _, s := range t.Sums {
		if _, twice := below[s.Total]; twice {
			return nil, noTree()
		}
		below[s.Total] = s
		for _, p := range s.Parts {
			if parent[p] != "" {
				return nil, noTree()
			}
			parent[p] = s.Total
		}
	}
	out := map[string]int64{}
	for _, c := range t.Cells {
		if parent[c.ID] == "" {
			out[c.ID] = (c.Value + base/2) / base * base
			share(c.ID, base, values, below, out)
		}
	}
	if len(out) != len(values) {
		return nil, noTree() // a circle has no root
	}
	return out, nil
}

func noTree() error {
	return fault.New(fault.Invalid, "disclosure.Round", "", "rounding keeps sums only where they form a tree: suppress instead, or publish fewer margins")
}

// share gives the rounded total of a sum to its parts.
func share(total string, base int64, values map[string]int64, below map[string]Sum, out map[string]int64) {
	s, ok := below[total]
	if !ok {
		return
	}
	left := out[total]
	parts := slices.Clone(s.Parts)
	for _, p := range parts {
		out[p] = values[p] / base * base
		left -= out[p]
	}
	slices.SortFunc(parts, func(a, b string) int {
		return cmp.Or(cmp.Compare(values[b]%base, values[a]%base), cmp.Compare(a, b))
	})
	for _, p := range parts {
		if left == 0 || values[p]%base == 0 {
			break
		}
		out[p] += base
		left -= base
	}
	for _, p := range s.Parts {
		share(p, base, values, below, out)
	}
}
