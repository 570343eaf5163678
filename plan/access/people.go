package access

import (
	"cmp"
	"slices"
)

// Spread divides people among places in proportion to weights, in whole people
// whose sum is exactly theirs (largest remainder; the earlier place where two
// are equal). With no positive weight all are equal. It returns nil for no
// places.
func Spread(people int64, weights []float64) []int64 {
	if len(weights) == 0 {
		return nil
	}
	sum := 0.0
	for _, w := range weights {
		sum += max(w, 0)
	}
	out, rest := make([]int64, len(weights)), make([]float64, len(weights))
	left := people
	order := make([]int, len(weights))
	for i, w := range weights {
		share := float64(people) / float64(len(weights))
		if sum > 0 {
			share = float64(people) * max(w, 0) / sum
		}
		out[i] = int64(share)
		rest[i] = share - float64(out[i])
		left -= out[i]
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest[b], rest[a]) })
	for k := 0; left > 0; k++ {
		out[order[k%len(order)]]++
		left--
	}
	return out
}
