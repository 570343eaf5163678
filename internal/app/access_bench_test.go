package app

import (
	"context"
	"fmt"
	"testing"

	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/plan/access"
)

// BenchmarkAccess measures questions about Kazakhstan: the ground built anew, a
// question never asked before, single sites tried, the map of an answer.
// docs/performance/access.md tells what it found.
func BenchmarkAccess(b *testing.B) {
	a := kazakhstan(b)
	ctx := context.Background()
	must := func(err error) {
		if err != nil {
			b.Fatal(err)
		}
	}
	v, err := a.look(ctx, When{})
	must(err)
	l, err := a.ground(ctx, v)
	must(err)
	n := 0
	fresh := func(q httpapi.AccessQuery) access.Question { // another limit: nobody asked before
		n++
		q.Limit = 60 + float64(n)/1000
		asked, err := l.asked(v, q)
		must(err)
		return asked
	}
	b.Run("ground", func(b *testing.B) {
		records, err := v.accessRecords(ctx, a.Store, v.at.Seq)
		must(err)
		for b.Loop() {
			_, err := newLandBase(v, records, records.since(v.at.AsOf))
			must(err)
		}
	})
	for name, q := range map[string]httpapi.AccessQuery{"road": {}, "best": {Mode: "best", Season: "winter"}, "planned": {Service: "rehabilitation"}, "added": {Add: "46.85,74.99;44.2,66.7", Off: "GN609655"}} {
		b.Run("question/"+name, func(b *testing.B) {
			for b.Loop() {
				_, err := l.Answer(ctx, fresh(q))
				must(err)
			}
		})
	}
	now, err := l.Answer(ctx, fresh(httpapi.AccessQuery{}))
	must(err)
	b.Run("candidates", func(b *testing.B) {
		for b.Loop() {
			_, err := now.Candidates(ctx, 10)
			must(err)
		}
	})
	b.Run("bands", func(b *testing.B) {
		for b.Loop() {
			_, err := l.bands(now, []float64{30, 60, 90, 120})
			must(err)
		}
	})
	b.Run("page", func(b *testing.B) {
		for b.Loop() {
			n++
			_, err := a.Access(ctx, When{}, httpapi.AccessQuery{On: "F025", Set: fmt.Sprintf("call_and_dispatch:%g", 5+float64(n)/1000)})
			must(err)
		}
	})
}
