package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"
)

func TestCatchmentsAreMeasured(t *testing.T) {
	var out bytes.Buffer
	if err := measureCatchments(context.Background(), gridOptions{side: 120, sources: 5, rounds: 2}, &out); err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(out.Bytes(), []byte("catchments of one hour")); n != 2*len(inventedFriction) {
		t.Errorf("%d lines:\n%s", n, &out)
	}
}

func TestInventedMapsAreWhole(t *testing.T) {
	dir := t.TempDir()
	if err := invented(dir, 50, 9, landCover); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]int64{"f.flt": 4 * 50 * 50, "starts.flt": 4 * 50 * 50} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() != want {
			t.Errorf("%s: %v %v", name, info, err)
		}
	}
	list, err := os.ReadFile(filepath.Join(dir, "s.csv"))
	if err != nil || bytes.Count(list, []byte("\n")) != 10 {
		t.Errorf("%s %v", list, err)
	}
}
