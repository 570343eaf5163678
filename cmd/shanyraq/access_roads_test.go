package main

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/internal/graph/roadlike"
)

// putIn writes a file into a folder and returns its name.
func putIn(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// Three crossings in a ring of one-way streets, and a village that no road
// joins with them. By hand: from 10 it takes 90 s to 20 and 150 s to 30, from
// 30 it takes 45 s to 10.
const ring = `id,source,target,cost_s
1,10,20,90
2,20,30,60
3,30,10,45
4,40,50,30.5
5,10,20,99
`

func TestAccessRoads(t *testing.T) {
	dir := t.TempDir()
	edges := putIn(t, dir, "ring.csv", ring)
	sources := putIn(t, dir, "s.csv", "name,node\nhub,10\nclinic,30\n")
	targets := putIn(t, dir, "t.csv", "node\n20\n50\n")
	for _, tc := range []struct {
		name    string
		flags   []string
		nearest string
	}{
		{"from the source", nil, "10,10,0\n20,10,90\n30,30,0\n40,,\n50,,\n"},
		{"towards the source", []string{"--towards"}, "10,10,0\n20,30,60\n30,30,0\n40,,\n50,,\n"},
		{"both ways", []string{"--undirected"}, "10,10,0\n20,30,60\n30,30,0\n40,,\n50,,\n"},
		{"through a hierarchy that is made", []string{"--hierarchy", filepath.Join(dir, "h")}, "10,10,0\n20,10,90\n30,30,0\n40,,\n50,,\n"},
		{"through a hierarchy that is there", []string{"--hierarchy", filepath.Join(dir, "h"), "--towards"}, "10,10,0\n20,30,60\n30,30,0\n40,,\n50,,\n"},
	} {
		near, matrix := filepath.Join(dir, "n.csv"), filepath.Join(dir, "m.csv")
		args := append([]string{"access", "roads", "--edges", edges, "--sources", sources, "--nearest", near, "--matrix", matrix, "--targets", targets}, tc.flags...)
		var got struct {
			Nodes   struct{ Total, Reached, Unreached int }
			Pairs   struct{ Total, Reached, Unreached int }
			Seconds struct{ Mean, Max float64 }
			Exact   bool
			Phases  map[string]float64
			Peak    int64 `json:"peak_bytes"`
		}
		ask(t, &got, args...)
		if b, err := os.ReadFile(near); err != nil || string(b) != "node,nearest,seconds\n"+tc.nearest {
			t.Errorf("%s: %v\n%s", tc.name, err, b)
		}
		if got.Nodes.Total != 5 || got.Nodes.Reached != 3 || got.Nodes.Unreached != 2 || !got.Exact || len(got.Phases) != 4 || got.Peak == 0 {
			t.Errorf("%s: %+v", tc.name, got)
		}
		if got.Pairs.Total != 4 || got.Pairs.Unreached != 2 {
			t.Errorf("%s: %+v", tc.name, got.Pairs)
		}
		want := "source,target,seconds\n10,20,90\n10,50,\n30,20,135\n30,50,\n"
		if tc.name == "both ways" {
			want = strings.Replace(want, "135", "60", 1)
		}
		if b, err := os.ReadFile(matrix); err != nil || string(b) != want {
			t.Errorf("%s: %v\n%s", tc.name, err, b)
		}
	}
	// People see it in their language, with the same numbers.
	for lang, word := range map[string]string{"kk": "Түйін 5", "ru": "Узлов 5", "en": "Nodes 5"} {
		if code, out, errs := shanyraq(t, "access", "roads", "--edges", edges, "--sources", sources, "--lang", lang); code != exitDone || !strings.Contains(out, word) {
			t.Errorf("%s: %d %s %s", lang, code, out, errs)
		}
	}
}

func TestAccessRoadsRefuses(t *testing.T) {
	dir := t.TempDir()
	edges := putIn(t, dir, "ring.csv", ring)
	sources := putIn(t, dir, "s.csv", "node\n10\n")
	kept := putIn(t, dir, "kept.csv", "what was there")
	gr := putIn(t, dir, "a.gr", "p sp 2 2\na 1 2 5\n")
	for name, tc := range map[string]struct {
		args []string
		says string
	}{
		"no roads":              {[]string{"--sources", sources}, "exactly one of --osm, --gr"},
		"two kinds of roads":    {[]string{"--edges", edges, "--gr", gr, "--sources", sources}, "exactly one of --osm, --gr"},
		"a matrix for nobody":   {[]string{"--edges", edges, "--sources", sources, "--matrix", kept}, "--matrix and --targets belong together"},
		"a source that is not":  {[]string{"--edges", edges, "--sources", putIn(t, dir, "x.csv", "node\n10\n11\n"), "--nearest", kept}, "x.csv: row 3, column node: the network has no node 11"},
		"a cut graph":           {[]string{"--gr", gr, "--sources", sources}, "a.gr: row 2: the file ends after 1 of 2 arcs"},
		"a file that is not":    {[]string{"--gr", filepath.Join(dir, "no"), "--sources", sources}, "there is no such file"},
		"a scale of nothing":    {[]string{"--gr", gr, "--gr-scale", "0", "--sources", sources}, "0 seconds in a unit of weight"},
		"a hierarchy of others": {[]string{"--edges", edges, "--sources", sources, "--hierarchy", kept}, "kept.csv: this is no file of a hierarchy"},
	} {
		code, _, errs := shanyraq(t, append([]string{"access", "roads"}, tc.args...)...)
		if code != exitRefused || !strings.Contains(errs, tc.says) || strings.Count(strings.TrimSpace(errs), "\n") > 0 {
			t.Errorf("%s: %d %s", name, code, errs)
		}
	}
	if b, _ := os.ReadFile(kept); string(b) != "what was there" {
		t.Error("a refused run changed a file")
	}
}

// A .gr file of a larger network: searches, the hierarchy and its matrix of many rows agree.
func TestAccessRoadsMatrixOfManyRows(t *testing.T) {
	dir := t.TempDir()
	net := roadlike.Make(roadlike.Shape{Nodes: 2000, Seed: 9})
	var text strings.Builder
	fmt.Fprintf(&text, "c invented\np sp %d %d\n", net.Nodes, net.Arcs.Len())
	for i := range net.Arcs.From {
		fmt.Fprintf(&text, "a %d %d %.0f\n", net.Arcs.From[i]+1, net.Arcs.To[i]+1, 1000*net.Arcs.Cost[i])
	}
	gr := putIn(t, dir, "net.gr", text.String())
	list := "node\n"
	for i := range 100 {
		list += strconv.Itoa(i*17+1) + "\n"
	}
	sources, matrix, nearest := putIn(t, dir, "s.csv", list), filepath.Join(dir, "m.csv"), filepath.Join(dir, "n.csv")
	var got struct {
		Edges *int `json:"hierarchy_edges"`
	}
	ask(t, &got, "access", "roads", "--gr", gr, "--gr-scale", "0.001", "--sources", sources, "--targets", sources, "--matrix", matrix, "--nearest", nearest)
	if got.Edges == nil || *got.Edges < 2000 {
		t.Error("a matrix of many rows was made without a hierarchy")
	}
	// The least of a column is zero, at the source itself, and every row is a
	// search of one source.
	b, err := os.ReadFile(matrix)
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(string(b)), "\n")[1:]
	if len(rows) != 100*100 {
		t.Fatalf("%d rows", len(rows))
	}
	one := putIn(t, dir, "one.csv", "node\n1\n")
	ask(t, &json.RawMessage{}, "access", "roads", "--gr", gr, "--gr-scale", "0.001", "--sources", one, "--nearest", nearest)
	b, err = os.ReadFile(nearest)
	if err != nil {
		t.Fatal(err)
	}
	times := map[string]string{}
	for _, row := range strings.Split(string(b), "\n") {
		if f := strings.Split(row, ","); len(f) == 3 {
			times[f[0]] = f[2]
		}
	}
	for _, row := range rows[:100] {
		f := strings.Split(row, ",")
		a, _ := strconv.ParseFloat(f[2], 64)
		b, _ := strconv.ParseFloat(times[f[1]], 64)
		if f[0] != "1" || (f[2] == "") != (times[f[1]] == "") || math.Abs(a-b) > 1e-9 {
			t.Errorf("matrix %s, search %s", row, times[f[1]])
		}
	}
}
