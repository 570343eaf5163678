package app

import (
	"context"
	"maps"
	"slices"

	"github.com/shanyraq/shanyraq/internal/httpapi"
)

// Ready tells whether questions can be answered, and in a note what cannot be
// done meanwhile: on a full disk a server goes on answering.
func (a *App) Ready(ctx context.Context) (note string, err error) {
	if err := a.Store.Ping(ctx); err != nil {
		return "", err
	}
	if trouble := a.Store.Trouble(); trouble != nil {
		return "reading only: " + trouble.Error(), nil
	}
	return "", nil
}

// Samples are the numbers by which operators watch the server. They name no
// person and no thing, only how many.
func (a *App) Samples(ctx context.Context) []httpapi.Sample {
	writable := 1.0
	if a.Store.Trouble() != nil {
		writable = 0
	}
	out := []httpapi.Sample{{Name: "shanyraq_writable", Help: "1 when the last write reached the disk, 0 when the disk refused it.", Value: writable}}
	acts := a.Store.Acts()
	for _, op := range slices.Sorted(maps.Keys(acts)) {
		out = append(out, httpapi.Sample{Name: "shanyraq_acts_total", Help: "Acts written by this process since it began, by what was done; sign-in among them.", Counter: true, Label: "op", Of: op, Value: float64(acts[op])})
	}
	if size, err := a.Store.Size(ctx); err == nil {
		out = append(out, httpapi.Sample{Name: "shanyraq_database_bytes", Help: "Size of the database.", Value: float64(size)})
	}
	if heads, err := a.Store.Heads(ctx); err == nil {
		for _, h := range heads {
			out = append(out, httpapi.Sample{Name: "shanyraq_journal_entries", Help: "Entries of the journal, by chain.", Label: "chain", Of: h.Chain, Value: float64(h.Seq)})
		}
	}
	if at, err := a.LastBackup(ctx); err == nil && !at.IsZero() {
		out = append(out, httpapi.Sample{Name: "shanyraq_last_backup_timestamp_seconds", Help: "When the last backup was made with this program.", Value: float64(at.Unix())})
	}
	return append(out, a.jobSamples(ctx)...)
}

func (a *App) jobSamples(ctx context.Context) (out []httpapi.Sample) {
	loads, err := a.Jobs.Load(ctx)
	if err != nil {
		return nil
	}
	for _, l := range loads {
		one := func(name, help string, v float64) {
			out = append(out, httpapi.Sample{Name: name, Help: help, Label: "kind", Of: l.Kind, Value: v})
		}
		one("shanyraq_jobs_waiting", "Jobs that wait.", float64(l.Waiting))
		one("shanyraq_jobs_running", "Jobs that are being done.", float64(l.Running))
		one("shanyraq_jobs_failed", "Jobs that failed for good in the last weeks.", float64(l.Failed))
		if !l.Oldest.IsZero() {
			one("shanyraq_jobs_oldest_seconds", "How long the oldest unfinished job waits.", a.Clock().Sub(l.Oldest).Seconds())
		}
	}
	return out
}
