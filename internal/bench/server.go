package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

const (
	serverRate = 50 // requests a second
	serverBar  = 50 * time.Millisecond
)

// serverCommand starts the built program on the demo country and asks it for
// board, map and figures at a steady rate. Requests are sent by the clock,
// whether earlier ones were answered or not, so that a stall is not hidden.
func serverCommand(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bench server", flag.ContinueOnError)
	bin := flags.String("bin", "bin/shanyraq", "the built program")
	length := flags.Duration("for", 30*time.Second, "how long to ask each page")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	address, stop, err := serve(ctx, *bin, "sqlite:"+filepath.Join(dir, "demo.db"))
	if err != nil {
		return err
	}
	defer stop()
	pages, err := pagesOf(ctx, address)
	if err != nil {
		return err
	}
	var lines []line
	for _, name := range []string{"board", "map", "figure"} {
		took, err := steady(ctx, pages[name], *length)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		lines = append(lines, line{what: fmt.Sprintf("%s, %d a second", name, serverRate), bar: serverBar, took: took})
	}
	return print(os.Stdout, lines)
}

// serve loads the demo country and starts the server on a free port.
func serve(ctx context.Context, bin, db string) (address string, stop func(), err error) {
	address, server, err := launch(ctx, bin, db)
	if err != nil {
		return "", nil, err
	}
	return address, func() { end(server) }, nil
}

func end(server *exec.Cmd) {
	_ = server.Process.Kill() // it may have ended by itself
	_ = server.Wait()
}

// launch is serve for those who look at the process too.
func launch(ctx context.Context, bin, db string) (string, *exec.Cmd, error) {
	if out, err := exec.CommandContext(ctx, bin, "--db", db, "demo").CombinedOutput(); err != nil {
		return "", nil, fmt.Errorf("demo: %w: %s", err, out)
	}
	server := exec.CommandContext(ctx, bin, "--db", db, "serve", "--listen", "127.0.0.1:0")
	out, err := server.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := server.Start(); err != nil {
		return "", nil, err
	}
	first, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		end(server)
		return "", nil, fmt.Errorf("the server printed no address: %w", err)
	}
	return strings.TrimRight(strings.TrimSpace(first), "/"), server, nil
}

// pagesOf returns what to ask: the board, the map of every measure on the first
// page of figures, and each of those figures.
func pagesOf(ctx context.Context, address string) (map[string][]string, error) {
	var list struct {
		Items []struct{ ID, Measure string }
	}
	if err := get(ctx, address+"/api/figures?limit=200", &list); err != nil {
		return nil, err
	}
	if len(list.Items) == 0 {
		return nil, errors.New("the server has no figures")
	}
	pages := map[string][]string{"board": {address + "/api/board"}}
	for _, f := range list.Items {
		pages["figure"] = append(pages["figure"], address+"/api/figures/"+f.ID)
		pages["map"] = append(pages["map"], address+"/api/map?measure="+url.QueryEscape(f.Measure))
	}
	return pages, nil
}

func get(ctx context.Context, address string, into any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", address, res.Status)
	}
	if into == nil {
		_, err = io.Copy(io.Discard, res.Body)
		return err
	}
	return json.NewDecoder(res.Body).Decode(into)
}

// steady asks pages at the rate for a while; times count from when a request
// was due.
func steady(ctx context.Context, pages []string, length time.Duration) ([]time.Duration, error) {
	n := int(length.Seconds() * serverRate)
	took, failures := make([]time.Duration, n), make([]error, n)
	rnd := rand.New(rand.NewPCG(1, 1))
	var all sync.WaitGroup
	start := time.Now()
	for i := range n {
		due := start.Add(time.Duration(i) * time.Second / serverRate)
		time.Sleep(time.Until(due))
		page := pages[rnd.IntN(len(pages))]
		all.Go(func() {
			failures[i] = get(ctx, page, nil)
			took[i] = time.Since(due)
		})
	}
	all.Wait()
	return took, errors.Join(failures...)
}
