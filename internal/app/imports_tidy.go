package app

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/blob"
	"github.com/shanyraq/shanyraq/internal/job"
	"github.com/shanyraq/shanyraq/internal/store"
)

const (
	jobTidyImports = "import.tidy"
	jobErase       = "import.erase"
	// keepUploads is how long an upload waits for somebody to go on with it.
	keepUploads = 30 * 24 * time.Hour
)

// eraseOrder names the file of an import that was thrown away.
type eraseOrder struct {
	ID   string `json:"id"`
	File string `json:"file"`
}

func (a *App) tidyJobs() {
	job.Register(a.Jobs, jobTidyImports, func(ctx context.Context, _ job.Slot) error {
		_, err := a.TidyImports(ctx, a.Clock())
		return err
	})
	job.Register(a.Jobs, jobErase, a.eraseUpload)
	a.Jobs.Every(jobTidyImports, job.Each(24*time.Hour))
}

// TidyImports throws away the uploads that nobody published and nobody touched
// for thirty days, and returns how many. It may run as often as one likes, on
// several servers at once.
func (a *App) TidyImports(ctx context.Context, now time.Time) (int, error) {
	n := 0
	for q := (store.ItemQuery{Kind: kindImport, States: editable, Limit: 100}); ; {
		list, next, err := a.Store.Items(ctx, q)
		if err != nil {
			return n, err
		}
		for _, it := range list {
			if now.Sub(it.At) < keepUploads {
				continue
			}
			err := a.expire(ctx, now, it)
			if err == nil {
				n++
			} else if !fault.Is(err, fault.Conflict) { // else somebody touched it just now
				return n, err
			}
		}
		if q.After = next; next == "" {
			return n, nil
		}
	}
}

func (a *App) expire(ctx context.Context, now time.Time, it store.Item) error {
	b := &importBody{}
	if err := json.Unmarshal(it.Body, b); err != nil {
		return fault.New(fault.Internal, opImport, it.ID, "cannot be read back: %w", err)
	}
	return a.Store.Act(ctx, actor.Entry{Actor: programID, At: now, Op: "import.expire", Subject: it.ID}, func(tx *store.Tx) error {
		if err := a.discard(tx, &it, b); err != nil {
			return err
		}
		it.Body = encode(b)
		_, err := tx.Put(it, it.Version)
		return err
	})
}

// discard empties an import and orders that its file goes.
func (a *App) discard(tx *store.Tx, it *store.Item, b *importBody) error {
	it.State = importDiscarded
	b.Head, b.Columns, b.Cells, b.Unknown = nil, nil, nil, nil
	_, err := a.Jobs.Insert(tx.SQL(), jobErase, eraseOrder{it.ID, b.File})
	return err
}

func (a *App) eraseUpload(ctx context.Context, o eraseOrder) error {
	if !rxImportID.MatchString(o.ID) {
		return job.GiveUp(refuseImport("this is no id of an import"))
	}
	if err := os.RemoveAll(a.imports.work(o.ID)); err != nil {
		return diskFault(err)
	}
	return a.forget(ctx, o.File)
}

// forget removes an uploaded file when no import uses it any more.
func (a *App) forget(ctx context.Context, file string) error {
	files, err := a.imports.folder()
	if err != nil {
		return err
	}
	for q := (store.ItemQuery{Kind: kindImport, States: keptStates, Limit: 1000}); ; {
		list, next, err := a.Store.Items(ctx, q)
		if err != nil {
			return err
		}
		for _, it := range list {
			if strings.Contains(string(it.Body), file) {
				return nil
			}
		}
		if q.After = next; next == "" {
			break
		}
	}
	if err := files.Erase(ctx, blob.Name(file)); err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	return nil
}
