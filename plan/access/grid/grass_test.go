package grid

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestEqualToGrass compares with r.cost of GRASS GIS, the peer inside WHO
// AccessMod, where it is installed (Debian: grass-core).
func TestEqualToGrass(t *testing.T) {
	if _, err := exec.LookPath("grass"); err != nil {
		t.Skip("GRASS GIS IS NOT INSTALLED: r.cost was not compared with (apt-get install grass-core)")
	}
	dir := t.TempDir()
	var script strings.Builder
	script.WriteString("set -e\n")
	type run struct {
		s       *Surface
		sources []Source
		o       Options
		out     string
	}
	var runs []run
	for _, kind := range []string{"even", "some", "classes", "walls", "roads", "heavy tail", "free roads"} {
		for k, cell := range [][2]float64{{1, 1}, {30, 50}, {90, 30}} {
			const rows, cols = 43, 57
			r := rand.New(rand.NewPCG(uint64(k), 8))
			s, sources := invent(t, kind, r, Cells(cell[0], cell[1], 0), rows, cols, 4)
			name := fmt.Sprintf("%s%d", strings.ReplaceAll(kind, " ", ""), k)
			var raw []byte
			for y := range rows {
				for _, f := range s.Row(y) {
					if f == barrier {
						f = -9999
					}
					raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(f))
				}
			}
			file := filepath.Join(dir, name+".flt")
			if err := os.WriteFile(file, raw, 0o600); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&script, "r.in.bin --q -f input=%s output=%s bytes=4 order=little north=%g south=0 east=%g west=0 rows=%d cols=%d anull=-9999\ng.region raster=%s\n",
				file, name, rows*cell[1], cols*cell[0], rows, cols, name)
			var points []string
			for i := range sources {
				sources[i].After = 0
				points = append(points, fmt.Sprintf("%g,%g", (float64(sources[i].Col)+0.5)*cell[0], (float64(rows-sources[i].Row)-0.5)*cell[1]))
			}
			for flag, n := range map[string]Neighbours{"": Eight, "-k": Sixteen} {
				out := filepath.Join(dir, name+flag+".out")
				fmt.Fprintf(&script, "r.cost --q --o %s input=%s output=c start_coordinates=%s\nr.out.bin --q -f input=c output=%s bytes=8 null=-1\n", flag, name, strings.Join(points, ","), out)
				runs = append(runs, run{s, sources, Options{Neighbours: n}, out})
			}
		}
	}
	file := filepath.Join(dir, "run.sh")
	if err := os.WriteFile(file, []byte(script.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	grass := exec.Command("grass", "--tmp-location", "XY", "--exec", "sh", file)
	grass.Env = append(os.Environ(), "HOME="+dir, "GRASS_PYTHON=python3")
	if text, err := grass.CombinedOutput(); err != nil {
		t.Fatalf("grass: %v\n%s", err, text)
	}
	for _, x := range runs {
		raw, err := os.ReadFile(x.out)
		if err != nil {
			t.Fatal(err)
		}
		got := solve(t, x.s, x.sources, x.o)
		for row := range x.s.rows {
			for col := range x.s.cols {
				want := math.Float64frombits(binary.LittleEndian.Uint64(raw[8*(row*x.s.cols+col):]))
				y, _, ok := got.At(row, col)
				if ok != (want >= 0) || ok && !near6(y, want) {
					t.Fatalf("%s: row %d, column %d: %v (%v), r.cost has %v", filepath.Base(x.out), row, col, y, ok, want)
				}
			}
		}
	}
}
