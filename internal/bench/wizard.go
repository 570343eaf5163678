package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/internal/pgtest"
)

// wizardMemory is what the server may need at most while it imports.
const wizardMemory = 400 << 20

// wizardCommand brings a large table in as a person does through the page:
// upload, mapping, dry run, publication, the same file again, and the
// withdrawal, against the built program, and says how long each step takes and
// how much memory the server needed at most.
func wizardCommand(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bench import-wizard", flag.ContinueOnError)
	bin := flags.String("bin", "bin/shanyraq", "the built program")
	rows := flags.Int("rows", 1_000_000, "rows of the table")
	db := flags.String("db", "", "where; empty: a SQLite file of its own; private: a PostgreSQL of its own")
	if err := flags.Parse(args); err != nil {
		return err
	}
	for _, format := range []sheet.Format{sheet.CSV, sheet.XLSX} {
		if err := wizardRun(ctx, *bin, *db, format, *rows); err != nil {
			return fmt.Errorf("%s: %w", format, err)
		}
	}
	return nil
}

func wizardRun(ctx context.Context, bin, db string, format sheet.Format, rows int) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	switch db {
	case "":
		db = "sqlite:" + filepath.Join(dir, "demo.db")
	case "private":
		server, err := pgtest.Start(durable...)
		if err != nil {
			return err
		}
		defer server.Stop()
		if db, err = server.Create(ctx); err != nil {
			return err
		}
	}
	address, server, err := launch(ctx, bin, db)
	if err != nil {
		return err
	}
	defer end(server)
	w := &wizard{ctx: ctx, address: address, server: server, rows: rows}
	return w.run(filepath.Join(dir, "table."+string(format)), format)
}

// wizard is one import over HTTP.
type wizard struct {
	ctx     context.Context
	address string
	server  *exec.Cmd
	rows    int
	doc     string
	places  []string
}

// imported is what a step answers, as far as it is looked at.
type imported struct {
	ID, State, Doing string
	Version          int64
	Mapping          map[string]any
	Missing          []string
	Failure          map[string]string
	Check            *struct{ Rows, New, Known, Problems int }
	Outcome          *struct{ New, Known int }
}

func (w *wizard) run(file string, format sheet.Format) error {
	if err := w.world(); err != nil {
		return err
	}
	if err := w.write(file, format); err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	fmt.Printf("\n%s, %d rows, %d MB\n", format, w.rows, info.Size()>>20)
	var i imported
	for _, again := range []bool{false, true} {
		if err := w.timed("upload and look", func() (err error) { i, err = w.upload(file); return err }); err != nil {
			return err
		}
		if len(i.Missing) > 0 {
			return fmt.Errorf("the mapping was not found: %v", i.Missing)
		}
		if err := w.timed("dry run", func() (err error) { i, err = w.job(i, "check", map[string]any{"version": i.Version}); return err }); err != nil {
			return err
		}
		want := w.rows
		if again {
			want = 0
		}
		if i.Check == nil || i.Check.Problems != 0 || i.Check.New != want || i.Check.New+i.Check.Known != w.rows {
			return fmt.Errorf("the dry run found %+v", i.Check)
		}
		if again {
			return nil
		}
		if err := w.timed("publish, new", func() (err error) { i, err = w.job(i, "commit", map[string]any{"version": i.Version}); return err }); err != nil {
			return err
		}
		if i.State != "published" || i.Outcome == nil || i.Outcome.New != w.rows {
			return fmt.Errorf("published: %s, %+v", i.State, i.Outcome)
		}
	}
	return nil
}

// world asks for a document and for places.
func (w *wizard) world() error {
	var docs struct{ Items []struct{ Name string } }
	if err := get(w.ctx, w.address+"/api/documents", &docs); err != nil {
		return err
	}
	var words struct{ Places []struct{ Code string } }
	if err := get(w.ctx, w.address+"/api/vocabulary", &words); err != nil {
		return err
	}
	if len(docs.Items) == 0 || len(words.Places) == 0 {
		return errors.New("the server knows no documents or places")
	}
	w.doc = docs.Items[0].Name
	for _, p := range words.Places {
		w.places = append(w.places, p.Code)
	}
	return nil
}

// write makes the table: every place, month after month, group after group.
func (w *wizard) write(file string, format sheet.Format) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	defer f.Close()
	out, err := sheet.NewWriter(f, format, sheet.WriterOptions{})
	if err != nil {
		return err
	}
	cells := []sheet.Cell{{Text: "measure"}, {Text: "place"}, {Text: "dimensions"}, {Text: "period"}, {Text: "kind"}, {Text: "value"}, {Text: "source"}}
	if err := out.Write(cells); err != nil {
		return err
	}
	const months = 240
	for n := range w.rows {
		at, rest := n%len(w.places), n/len(w.places)
		month, group := rest%months, rest/months
		cells[0].Text, cells[1].Text, cells[2].Text = "population", w.places[at], "group=g"+strconv.Itoa(group)
		cells[3].Text = fmt.Sprintf("%d-%02d", 2005+month/12, 1+month%12)
		cells[4].Text, cells[5], cells[6].Text = "actual", sheet.Cell{Text: strconv.Itoa(n % 977), Kind: sheet.Number}, w.doc
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	if err := out.Close(); err != nil {
		return err
	}
	return f.Close()
}

func (w *wizard) upload(file string) (imported, error) {
	f, err := os.Open(file)
	if err != nil {
		return imported{}, err
	}
	defer f.Close()
	return w.send(http.MethodPost, "?name="+filepath.Base(file), f)
}

func (w *wizard) send(method, path string, body io.Reader) (imported, error) {
	var i imported
	req, err := http.NewRequestWithContext(w.ctx, method, w.address+"/api/imports"+path, body)
	if err != nil {
		return i, err
	}
	if method != http.MethodGet {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return i, err
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return i, err
	}
	if res.StatusCode != http.StatusOK {
		return i, fmt.Errorf("%s %s: %s: %.300s", method, path, res.Status, raw)
	}
	return i, json.Unmarshal(raw, &i)
}

// job begins work in the background and waits for its end.
func (w *wizard) job(i imported, step string, body map[string]any) (imported, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return i, err
	}
	id := i.ID
	if i, err = w.send(http.MethodPost, "/"+id+"/"+step, bytes.NewReader(raw)); err != nil {
		return i, err
	}
	for i.Doing != "" {
		time.Sleep(100 * time.Millisecond)
		if i, err = w.send(http.MethodGet, "/"+id, nil); err != nil {
			return i, err
		}
	}
	if i.Failure != nil {
		return i, fmt.Errorf("%s: %s", step, i.Failure["en"])
	}
	return i, nil
}

// timed tells how long a step took and what the server needed at most meanwhile.
// Pages of the database that are mapped into its address space belong to the
// system, which takes them back when it needs them: they are told apart.
func (w *wizard) timed(what string, do func() error) error {
	start := time.Now()
	stop, peak := make(chan struct{}), make(chan [2]int64)
	go func() {
		var most [2]int64
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				peak <- most
				return
			case <-tick.C:
				own, mapped := memoryOf(w.server.Process.Pid)
				most[0], most[1] = max(most[0], own), max(most[1], mapped)
			}
		}
	}()
	err := do()
	took := time.Since(start)
	close(stop)
	most := <-peak
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	held := "held"
	if most[0] > wizardMemory {
		held = "MISSED"
	}
	fmt.Printf("%-16s %9s  %8.0f rows/s  %4d MB of %d, %s; mapped files %d MB\n", what, short(took), float64(w.rows)/took.Seconds(), most[0]>>20, int64(wizardMemory>>20), held, most[1]>>20)
	return nil
}

// memoryOf is what a process holds itself and what it has mapped of files; 0
// where the system does not tell.
func memoryOf(pid int) (own, mapped int64) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0
	}
	field := func(name string) int64 {
		for l := range strings.Lines(string(raw)) {
			if rest, ok := strings.CutPrefix(l, name); ok {
				kB, _ := strconv.ParseInt(strings.Fields(rest)[0], 10, 64)
				return kB << 10
			}
		}
		return 0
	}
	return field("RssAnon:"), field("RssFile:") + field("RssShmem:")
}
