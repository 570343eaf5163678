package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// line is one row of the table.
type line struct {
	what string
	bar  time.Duration // 0: none
	took []time.Duration
	// cpu is the processor time of this program for each, if it was measured.
	// On a machine that does other work it tells what the question costs; with
	// SQLite that is all, with PostgreSQL the server's part is missing.
	cpu []time.Duration
}

// quantile returns the value that a share of the sorted times do not exceed.
func quantile(sorted []time.Duration, share float64) time.Duration {
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

// print writes the table: median, 95th percentile and the worst; the bar is
// judged by the clock.
func print(out io.Writer, lines []line) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "question\tn\tp50\tp95\tmax\tbar\t\tcpu p50\tcpu p95\t")
	for _, l := range lines {
		t := slices.Sorted(slices.Values(l.took))
		p95 := quantile(t, 0.95)
		bar, held := "", ""
		if l.bar > 0 {
			bar, held = l.bar.String(), "held"
			if p95 > l.bar {
				held = "MISSED"
			}
		}
		half, most := "", ""
		if len(l.cpu) > 0 {
			c := slices.Sorted(slices.Values(l.cpu))
			half, most = short(quantile(c, 0.5)), short(quantile(c, 0.95))
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t\n", l.what, len(t), short(quantile(t, 0.5)), short(p95), short(t[len(t)-1]), bar, held, half, most)
	}
	return w.Flush()
}

func short(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return d.Round(time.Microsecond).String()
	case d < time.Second:
		return d.Round(10 * time.Microsecond).String()
	}
	return d.Round(10 * time.Millisecond).String()
}
