package lang

import (
	"strings"
	"unicode/utf8"
)

// Bounds on what is compared; more is cut off. A search box needs less.
const (
	maxQueryWords     = 12
	maxCandidateWords = 200
	maxWordRunes      = 40
)

// Scores of the ways in which one word can answer another.
const (
	scoreExact  = 1.0
	scorePrefix = 0.9  // the word goes on after what was typed
	scoreTypo   = 0.75 // one slip of the finger; each further slip is worse
	perTypo     = 0.2
	// coverage is the part of the score that depends on how much of the
	// candidate was asked for, so that Abai comes before Abai Region.
	coverage = 0.1
)

// Pattern is a query prepared for comparing with many candidates.
type Pattern struct {
	words [][]rune
	whole []rune // all words without blanks: "кызыл орда" finds Қызылорда
}

// NewPattern prepares a query. An empty query matches nothing.
func NewPattern(query string) Pattern {
	fields := words(Fold(query), maxQueryWords)
	var whole []rune
	for _, w := range fields {
		whole = append(whole, w...)
	}
	return Pattern{fields, whole[:min(len(whole), maxWordRunes)]}
}

// Match tells how well the candidate answers the query, from 0 (not at all) to
// 1 (the same spelling). See Pattern.Score.
func Match(query, candidate string) float64 {
	return NewPattern(query).Score(Fold(candidate))
}

// Score tells how well a text that Fold returned answers the query, from 0 to 1.
//
// Every word of the query must be met by some word of the candidate: as it is,
// as the beginning of a longer word, or with slips (a letter too many, too few,
// wrong, or two exchanged): none in words of up to three letters, one up to
// seven, two in longer words. Digits admit no slips, 2025 is not 2026. The order
// of the words does not matter.
func (p Pattern) Score(folded string) float64 {
	if len(p.words) == 0 || folded == "" {
		return 0
	}
	candidates := words(folded, maxCandidateWords)
	sum, asked := 0.0, 0
	for _, w := range p.words {
		best, length := bestWord(w, candidates)
		sum += best
		asked += length
		if best == 0 {
			return p.scoreWhole(candidates)
		}
	}
	total := 0
	for _, c := range candidates {
		total += len(c)
	}
	covered := min(1, float64(asked)/float64(total))
	return max(sum/float64(len(p.words))*(1-coverage+coverage*covered), p.scoreWhole(candidates))
}

// bestWord returns the best score of w among the candidates, and how many
// letters the best candidate has.
func bestWord(w []rune, candidates [][]rune) (best float64, length int) {
	for _, c := range candidates {
		if s := wordScore(w, c); s > best {
			best, length = s, len(c)
		}
	}
	return best, length
}

// scoreWhole compares query and candidate with the blanks left out.
func (p Pattern) scoreWhole(candidates [][]rune) float64 {
	enough := len(p.whole) + 3 // more letters than slips could make up for
	var whole []rune
	for _, c := range candidates {
		if whole = append(whole, c...); len(whole) >= enough {
			whole = whole[:enough]
			break
		}
	}
	return wordScore(p.whole, whole)
}

func wordScore(w, c []rune) float64 {
	switch {
	case string(w) == string(c):
		return scoreExact
	case len(w) >= 2 && len(c) > len(w) && string(c[:len(w)]) == string(w):
		return scorePrefix
	}
	slips := allowed(w)
	if slips == 0 {
		return 0
	}
	if d := distance(w, c, slips); d <= slips {
		return scoreTypo - perTypo*float64(d-1)
	}
	// The beginning of a longer word, with a slip in it.
	if len(c) > len(w) && len(w) >= 5 && distance(w, c[:len(w)], 1) <= 1 {
		return scoreTypo - perTypo
	}
	return 0
}

// allowed is how many slips a query word of that length may have.
func allowed(w []rune) int {
	for _, r := range w {
		if '0' <= r && r <= '9' {
			return 0
		}
	}
	switch {
	case len(w) <= 3:
		return 0
	case len(w) <= 7:
		return 1
	}
	return 2
}

// distance is the number of single-letter slips between a and b, where two
// neighbours exchanged are one slip (optimal string alignment). It returns
// bound+1 as soon as the distance is sure to exceed bound.
func distance(a, b []rune, bound int) int {
	if len(a)-len(b) > bound || len(b)-len(a) > bound {
		return bound + 1
	}
	var rows [3][maxWordRunes + 4]int
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		now[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(last[j]+1, now[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			now[j] = d
			least = min(least, d)
		}
		if least > bound {
			return bound + 1
		}
		before, last, now = last, now, before
	}
	return min(last[len(b)], bound+1)
}

// words splits a folded text at its blanks and cuts off what exceeds the bounds.
func words(folded string, most int) [][]rune {
	var out [][]rune
	for w := range strings.FieldsSeq(folded) {
		if len(out) == most {
			break
		}
		if len(w) > maxWordRunes && utf8.RuneCountInString(w) > maxWordRunes {
			w = string([]rune(w)[:maxWordRunes])
		}
		out = append(out, []rune(w))
	}
	return out
}
