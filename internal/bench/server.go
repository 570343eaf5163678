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
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// serverCommand asks a running program as many readers would: at a steady
// rate, whether or not the last answer has come (an open loop, so that a slow
// answer is not hidden by asking less). Every question is new to the server
// unless --repeat says otherwise, so that its memory of answers does not help.
func serverCommand(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("server", flag.ContinueOnError)
	bin := set.String("bin", "bin/shanyraq", "the program")
	db := set.String("db", "", "database; default a new one with Kazakhstan in it")
	rate := set.Int("rate", 50, "requests a second")
	length := set.Duration("for", time.Minute, "how long")
	repeat := set.Bool("repeat", false, "ask the same questions again, as readers of one page do")
	if err := set.Parse(args); err != nil {
		return err
	}
	if *db == "" {
		dir, err := os.MkdirTemp("", "shanyraq-bench")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		*db = "sqlite:" + filepath.Join(dir, "s.db")
		if out, err := exec.CommandContext(ctx, *bin, "--db", *db, "demo").CombinedOutput(); err != nil {
			return fmt.Errorf("demo: %w: %s", err, out)
		}
	}
	url, stop, err := start(ctx, *bin, *db)
	if err != nil {
		return err
	}
	defer stop()
	q, err := askable(ctx, url)
	if err != nil {
		return err
	}
	took, failed := hammer(ctx, q, *rate, *length, *repeat)
	for _, kind := range slices.Sorted(mapsKeys(took)) {
		list := took[kind]
		slices.Sort(list)
		fmt.Printf("%-8s %6d requests  p50 %8.2f ms  p95 %8.2f ms  p99 %8.2f ms  max %8.2f ms\n", kind, len(list), at(list, 50), at(list, 95), at(list, 99), at(list, 100))
	}
	if failed > 0 {
		return fmt.Errorf("%d requests failed", failed)
	}
	return nil
}

func mapsKeys(m map[string][]float64) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// at returns a percentile of a sorted list.
func at(list []float64, percent int) float64 {
	return list[min(len(list)-1, len(list)*percent/100)]
}

// start runs the server and returns its address.
func start(ctx context.Context, bin, db string) (string, func(), error) {
	c := exec.CommandContext(ctx, bin, "--db", db, "--quiet", "serve", "--listen", "127.0.0.1:0", "--reads-per-second", "100000")
	out, err := c.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := c.Start(); err != nil {
		return "", nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		return "", nil, errors.New("the server did not start")
	}
	return strings.TrimSuffix(strings.TrimSpace(line), "/"), func() {
		_ = c.Process.Signal(os.Interrupt)
		_ = c.Wait()
	}, nil
}

// asked is a kind of question and how to ask the n-th one.
type asked struct {
	kind string
	url  func(r *rand.Rand) string
}

// askable learns what there is to ask about.
func askable(ctx context.Context, url string) ([]asked, error) {
	var words struct {
		Measures []struct {
			Code   string
			Series int
		}
	}
	if err := fetch(ctx, url+"/api/vocabulary", &words); err != nil {
		return nil, err
	}
	measures := []string{}
	for _, m := range words.Measures {
		if m.Series >= 10 {
			measures = append(measures, m.Code)
		}
	}
	var page struct{ Items []struct{ ID string } }
	if err := fetch(ctx, url+"/api/figures?limit=1000", &page); err != nil {
		return nil, err
	}
	if len(measures) == 0 || len(page.Items) == 0 {
		return nil, errors.New("the database is empty")
	}
	day := func(r *rand.Rand) string {
		return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, r.IntN(320)).Format(time.DateOnly)
	}
	return []asked{
		{"board", func(r *rand.Rand) string { return url + "/api/board?as_of=" + day(r) }},
		{"map", func(r *rand.Rand) string {
			return url + "/api/map?measure=" + measures[r.IntN(len(measures))] + "&as_of=" + day(r)
		}},
		{"figure", func(r *rand.Rand) string {
			return url + "/api/figures/" + page.Items[r.IntN(len(page.Items))].ID + "/why?as_of=" + day(r)
		}},
	}, nil
}

func fetch(ctx context.Context, url string, v any) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", url, res.Status)
	}
	return json.NewDecoder(res.Body).Decode(v)
}

// hammer asks at the rate and returns the milliseconds by kind of question.
func hammer(ctx context.Context, list []asked, rate int, length time.Duration, repeat bool) (map[string][]float64, int) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}, Timeout: 30 * time.Second}
	times, failed := map[string][]float64{}, 0
	var mu sync.Mutex
	var wait sync.WaitGroup
	r := rand.New(rand.NewPCG(1, 2))
	tick := time.NewTicker(time.Second / time.Duration(rate))
	defer tick.Stop()
	end := time.Now().Add(length)
	for n := 0; time.Now().Before(end) && ctx.Err() == nil; n++ {
		<-tick.C
		q := list[n%len(list)]
		seed := r
		if repeat {
			seed = rand.New(rand.NewPCG(3, uint64(n%len(list))))
		}
		url := q.url(seed)
		wait.Go(func() {
			ms, err := once(ctx, client, url)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed++
				return
			}
			times[q.kind] = append(times[q.kind], ms)
		})
	}
	wait.Wait()
	return times, failed
}

func once(ctx context.Context, client *http.Client, url string) (float64, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	begin := time.Now()
	res, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	_, err = io.Copy(io.Discard, res.Body)
	if err == nil && res.StatusCode != http.StatusOK && res.StatusCode != http.StatusNotFound {
		err = errors.New(res.Status)
	}
	return float64(time.Since(begin).Microseconds()) / 1000, err
}
