package main

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
)

// batchSize is how many figures one run brings: enough that the fixed costs do
// not count, few enough that two runs fit into memory.
const batchSize = 250_000

// sample is a text as the documents have it, for the click.
var sample = strings.Repeat("Line of a register that nobody ever kept.\n", 500)

// load writes the world and returns how many figures are new.
func load(ctx context.Context, s *store.Store, w *world) (int, error) {
	batches := make(chan []ledger.Figure, 1)
	failed := make(chan error, 1)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer close(batches)
		failed <- w.batches(ctx, batches)
	}()
	written := 0
	start := time.Now()
	for list := range batches {
		got, err := s.Commit(ctx, ledger.Batch{Run: runNow("synthetic register"), Figures: list})
		if err != nil {
			return written, err
		}
		written += got.Figures
		fmt.Fprintf(os.Stderr, "\r%d figures, %.0f/s ", written, float64(written)/time.Since(start).Seconds())
	}
	fmt.Fprintln(os.Stderr)
	return written, <-failed
}

// batches seals the figures of the world and sends them; corrections come last.
func (w *world) batches(ctx context.Context, out chan<- []ledger.Figure) error {
	list := make([]ledger.Figure, 0, batchSize)
	send := func() error {
		select {
		case out <- list:
			list = make([]ledger.Figure, 0, batchSize)
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	var failure error
	for _, corrections := range []bool{false, true} {
		for m := range w.measures {
			w.each(m, corrections, func(f ledger.Figure) {
				if failure != nil {
					return
				}
				if failure = f.Seal(); failure != nil {
					return
				}
				if list = append(list, f); len(list) == batchSize {
					failure = send()
				}
			})
		}
	}
	if failure == nil && len(list) > 0 {
		failure = send()
	}
	return failure
}

func runNow(subject string) ledger.Run {
	return ledger.Run{Kind: ledger.ImportRun, Actor: "bench", Program: "bench 1", Subject: subject, Recorded: time.Now()}
}

// describe writes the documents with a text for each.
func describe(ctx context.Context, s *store.Store) error {
	b := ledger.Batch{Run: runNow("documents")}
	for y := firstYear; y <= firstYear+(months+int(firstMonth)-2)/12; y++ {
		name := fmt.Sprintf("synthetic register %d", y)
		b.Documents = append(b.Documents, ledger.Document{Name: name, Kind: "reference", Title: lang.Text{lang.EN: name}})
		b.Texts = append(b.Texts, ledger.DocumentText{Document: name, SHA256: fmt.Sprintf("%064d", y), Encoding: "utf-8", Text: sample})
	}
	_, err := s.Commit(ctx, b)
	return err
}
