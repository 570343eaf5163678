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
}

// quantile returns the value that a share of the sorted times do not exceed.
func quantile(sorted []time.Duration, share float64) time.Duration {
	return sorted[min(len(sorted)-1, int(share*float64(len(sorted))))]
}

// print writes the table: median, 95th percentile and the worst.
func print(out io.Writer, lines []line) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "question\tn\tp50\tp95\tmax\tbar\t\t")
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
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t\n", l.what, len(t), short(quantile(t, 0.5)), short(p95), short(t[len(t)-1]), bar, held)
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
