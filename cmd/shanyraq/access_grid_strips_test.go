package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A map in strips gives the files that the map in memory gives.
func TestAccessGridInStrips(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	r := rand.New(rand.NewPCG(7, 8))
	const rows, cols = 300, 3000
	b := make([]byte, 4*rows*cols)
	for i := range rows * cols {
		f := float32(1 + 9*r.Float64())
		if r.IntN(5) == 0 {
			f = -9999
		}
		binary.LittleEndian.PutUint32(b[4*i:], math.Float32bits(f))
	}
	list := "id,x,y\n"
	for i, n := 0, 0; n < 20; i += 1 + r.IntN(90_000) {
		if i %= rows * cols; math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:])) > 0 {
			list += fmt.Sprintf("h%d,%v,%v\n", n, float64(i%cols)+0.5, float64(rows-i/cols)-0.5)
			n++
		}
	}
	for name, body := range map[string][]byte{"f.flt": b, "f.hdr": []byte(fmt.Sprintf("ncols %d\nnrows %d\nxllcorner 0\nyllcorner 0\ncellsize 1\nNODATA_value -9999\nbyteorder LSBFIRST\n", cols, rows)), "s.csv": []byte(list)} {
		if err := os.WriteFile(at(name), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	call := func(args ...string) (string, int) {
		var out, errs bytes.Buffer
		code := run(t.Context(), append([]string{"access", "grid", "--friction", at("f.flt"), "--sources", at("s.csv")}, args...), strings.NewReader(""), &out, &errs)
		return out.String() + errs.String(), code
	}
	for _, neighbours := range []string{"8", "16"} {
		whole, code := call("--neighbours", neighbours, "--out", at("w.flt"), "--nearest", at("wn.flt"), "--json")
		if code != 0 {
			t.Fatal(whole)
		}
		strips, code := call("--neighbours", neighbours, "--out", at("p.flt"), "--nearest", at("pn.flt"), "--memory", "16", "--json")
		if code != 0 {
			t.Fatal(strips)
		}
		for _, pair := range [][2]string{{"w.flt", "p.flt"}, {"w.hdr", "p.hdr"}, {"wn.flt", "pn.flt"}} {
			x, e1 := os.ReadFile(at(pair[0]))
			y, e2 := os.ReadFile(at(pair[1]))
			if e1 != nil || e2 != nil || len(x) != len(y) {
				t.Fatal(pair, e1, e2, len(x), len(y))
			}
			differ := 0
			if strings.HasSuffix(pair[0], ".flt") {
				for i := 0; i < len(x); i += 4 {
					p, q := math.Float32frombits(binary.LittleEndian.Uint32(x[i:])), math.Float32frombits(binary.LittleEndian.Uint32(y[i:]))
					if math.Abs(float64(p-q)) > 1e-6*math.Abs(float64(p)) {
						differ++
					}
				}
			} else if !bytes.Equal(x, y) {
				differ++
			}
			if differ > 0 {
				t.Errorf("%s neighbours: %v differ in %d values", neighbours, pair, differ)
			}
		}
	}
	left, err := filepath.Glob(at(".strips.*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	for name, args := range map[string][]string{"little": {"--memory", "2"}, "lines": {"--memory", "64", "--neighbours", "any"}, "tif": {"--memory", "64", "--out", at("x.tif")}, "snap": {"--memory", "64", "--snap", "2"}} {
		if out, code := call(args...); code != 1 {
			t.Errorf("%s: %d %s", name, code, out)
		}
	}
}
