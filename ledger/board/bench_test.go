package board

import (
	"fmt"
	"testing"

	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/place"
)

// BenchmarkAt judges a programme of 60 promises with 100,000 figures that
// deliver them: what a nation reports in some years.
func BenchmarkAt(b *testing.B) {
	w := newWorld(b)
	for i := range 60 {
		dims := ""
		if i%3 > 0 {
			dims = fmt.Sprintf("service=s%d", i)
		}
		w.promise(fmt.Sprint("P", i), "2026-12-31", said{"beds.new", []string{"KZ", "KZ-35", "KZ-62"}[i%3], dims, "2026", "500", "2026-02-05"})
	}
	v := dec("3")
	for i := range 100_000 {
		id := []place.ID{"KZ-35", "KZ-55", "KZ-62", "351", "352"}[i%5]
		f := ledger.Figure{ID: ledger.FigureID(i + 1), Series: ledger.Series{Measure: "beds.commissioned", Place: id, Dimensions: fmt.Sprintf("service=s%d", i%60), Unit: "bed"}, Value: &v, Qualifier: ledger.Exact,
			Published: on("2026-03-01"), Period: w.p.Figures[w.p.Statements[0].Figure].Period}
		w.p.Deliveries = append(w.p.Deliveries, f)
	}
	p := w.programme()
	for b.Loop() {
		p.At(day("2026-11-23"))
	}
}
