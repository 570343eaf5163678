package network

import (
	"math/rand/v2"
	"strconv"
	"testing"
)

// BenchmarkSolve computes and checks a plan of 100,000 activities with 250,000
// links on a calendar of five days.
func BenchmarkSolve(b *testing.B) {
	rnd := rand.New(rand.NewPCG(1, 2))
	start := Minute(20_500 * day)
	n := &Network{Calendars: []Calendar{FiveDays("five")}, Calendar: "five", Start: &start}
	const size = 100_000
	for i := range size {
		n.Activities = append(n.Activities, Activity{ID: strconv.Itoa(i), Kind: Task, Duration: rnd.Int64N(5000)})
	}
	kinds := []Relation{FS, FS, FS, FS, SS, FF}
	for range size * 5 / 2 {
		from := rnd.IntN(size - 1)
		to := from + 1 + rnd.IntN(min(2000, size-1-from))
		n.Links = append(n.Links, Link{From: strconv.Itoa(from), To: strconv.Itoa(to), Type: kinds[rnd.IntN(len(kinds))], Lag: rnd.Int64N(3) * 480})
	}
	b.ReportAllocs()
	for b.Loop() {
		r, err := Solve(n)
		if err != nil || len(r.Times) != size {
			b.Fatal(err)
		}
		Audit(n, r)
	}
}
