package main

import (
	"math"
	"slices"
	"sort"
)

// nearNeighbours is to how many others a settlement far from the roads is joined.
const nearNeighbours = 4

// bridges joins groups of settlements that no drawn road inside the country
// joins, always the two nearest of different groups, by an assumed link. It
// crosses neither the border nor water.
func bridges(links []link, at map[int][]town, g ground) []link {
	towns := byCode(at)
	group := map[string]string{}
	for _, t := range towns {
		group[t.code] = t.code
	}
	merge := func(a, b string) {
		old, kept := group[a], group[b]
		for code, g := range group {
			if g == old {
				group[code] = kept
			}
		}
	}
	for _, l := range links {
		merge(l.from, l.to)
	}
	var out []link
	for {
		var a, b town
		best := math.Inf(1)
		for i, s := range towns {
			for _, t := range towns[i+1:] {
				if d := dist(s.at, t.at); group[s.code] != group[t.code] && d < best && g.dry(s.at, t.at) {
					a, b, best = s, t, d
				}
			}
		}
		if math.IsInf(best, 1) {
			return out
		}
		out = append(out, straight(a, b))
		merge(a.code, b.code)
	}
}

// neighbours joins every settlement far from the drawn roads with the nearest
// others by assumed links: the road from it need not lead to the drawn one.
func neighbours(at map[int][]town, g ground) []link {
	towns := byCode(at)
	done := map[[2]string]bool{}
	var out []link
	for _, a := range towns {
		if a.assumed() == 0 {
			continue
		}
		others := slices.Clone(towns)
		sort.SliceStable(others, func(i, j int) bool { return dist(a.at, others[i].at) < dist(a.at, others[j].at) })
		for _, b := range others[1 : 1+min(nearNeighbours, len(others)-1)] {
			l := straight(a, b)
			if !done[[2]string{l.from, l.to}] && g.dry(a.at, b.at) {
				done[[2]string{l.from, l.to}] = true
				out = append(out, l)
			}
		}
	}
	return out
}

// straight is the assumed link of two settlements.
func straight(a, b town) link {
	l := join(town{code: a.code, at: a.at}, town{code: b.code, at: b.at}, way{metres: detour * dist(a.at, b.at)}, []point{a.at, b.at})
	l.assumed = l.metres
	return l
}

// byCode returns all settlements, in order.
func byCode(at map[int][]town) []town {
	var out []town
	for _, list := range at {
		out = append(out, list...)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].code < out[j].code })
	return out
}
