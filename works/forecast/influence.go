package forecast

import (
	"math"
	"slices"
)

// influence tells how much each stage decides the end, over all futures, also
// those that OpenOn leaves out. The table must have kept the ends.
func (t *table) influence(p *Path) []Influence {
	ends := make([]float64, len(t.all))
	for i, x := range t.all {
		ends[i] = float64(x)
	}
	ranks := ranked(ends)
	variance := covariance(ends, ends)
	out := make([]Influence, len(p.Stages))
	length := make([]float32, len(t.all))
	lengths := make([]float64, len(t.all))
	tail := slices.ContainsFunc(p.Stages, func(s Stage) bool { return s.left() > 0 && s.Spread != nil && s.Spread.Tail > 0 && s.Spread.Tail <= 2 })
	for i := range p.Stages {
		constant, cols := t.hand.parts(p, i, nil)
		add(length, constant, cols, 0)
		for k, x := range length {
			lengths[k] = float64(x)
		}
		out[i] = Influence{Stage: p.Stages[i].Name, Rank: number(correlation(ranked(lengths), ranks))}
		if variance > 0 && !tail {
			out[i].Share = number(covariance(lengths, ends) / variance)
		}
	}
	return out
}

// ranked returns the ranks of the values, equal values with their mean rank.
func ranked(x []float64) []float64 {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case x[a] < x[b]:
			return -1
		case x[a] > x[b]:
			return 1
		}
		return a - b
	})
	out := make([]float64, len(x))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && x[order[j]] == x[order[i]] {
			j++
		}
		for k := i; k < j; k++ {
			out[order[k]] = float64(i+j-1) / 2
		}
		i = j
	}
	return out
}

// covariance is 0 where one of the two does not vary.
func covariance(x, y []float64) float64 {
	if len(x) == 0 || slices.Min(x) == slices.Max(x) || slices.Min(y) == slices.Max(y) {
		return 0
	}
	mx, my, n := 0.0, 0.0, float64(len(x))
	for i := range x {
		mx += x[i] / n
		my += y[i] / n
	}
	sum := 0.0
	for i := range x {
		sum += (x[i] - mx) * (y[i] - my)
	}
	return sum / n
}

// correlation is NaN where one of the two does not vary.
func correlation(x, y []float64) float64 {
	v := covariance(x, x) * covariance(y, y)
	if v <= 0 {
		return math.NaN()
	}
	return covariance(x, y) / math.Sqrt(v)
}
