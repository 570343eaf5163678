package lang

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// collators holds a pool of collators for each language with an alphabet of its
// own, because one collator serves one goroutine at a time. Every other language
// uses the root order of Unicode, which the English pool gives.
var collators = map[Code]*sync.Pool{KK: pool(KK), RU: pool(RU), EN: pool(EN)}

func pool(c Code) *sync.Pool {
	tag := language.Make(string(c))
	return &sync.Pool{New: func() any { return collate.New(tag) }}
}

func collatorsOf(c Code) *sync.Pool {
	if p, ok := collators[c.base()]; ok {
		return p
	}
	return collators[EN]
}

// Compare orders a and b as a dictionary in the language c does and returns -1,
// 0 or +1. In Kazakh ә follows а, ғ follows г, қ follows к, ң follows н, ө
// follows о, ұ and ү follow у, һ follows х and і follows ы. Case decides only
// between equal words, small letters first. Digits come before letters, and
// Latin before Cyrillic in every language. It returns 0 only for equal texts.
func Compare(c Code, a, b string) int {
	p := collatorsOf(c)
	col := p.Get().(*collate.Collator)
	defer p.Put(col)
	return compareWith(col, a, b)
}

func compareWith(col *collate.Collator, a, b string) int {
	if n := col.CompareString(a, b); n != 0 {
		return n
	}
	return strings.Compare(a, b)
}

// Sort orders items by the name that key gives, as Compare does, and keeps the
// order of equal ones.
func Sort[T any](c Code, items []T, key func(T) string) {
	p := collatorsOf(c)
	col := p.Get().(*collate.Collator)
	defer p.Put(col)
	slices.SortStableFunc(items, func(a, b T) int { return compareWith(col, key(a), key(b)) })
}
