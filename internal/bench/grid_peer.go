package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// grassPeer is r.cost of GRASS GIS with the same map.
type grassPeer struct {
	base string
	env  []string
}

var errNoGrass = errors.New("GRASS GIS is missing: install grass-core, or measure with --peer=false")

func newGrass(ctx context.Context, dir string, side int) (*grassPeer, error) {
	grass, err := exec.LookPath("grass")
	if err != nil {
		return nil, errNoGrass
	}
	base, err := exec.CommandContext(ctx, grass, "--config", "path").Output()
	if err != nil {
		return nil, fmt.Errorf("grass --config path: %w", err)
	}
	p := &grassPeer{base: strings.TrimSpace(string(base))}
	place := filepath.Join(dir, "place")
	if _, err := os.Stat(place); err != nil {
		if text, err := exec.CommandContext(ctx, grass, "-e", "-c", "XY", place).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("grass: %w: %.300s", err, text)
		}
	}
	rc := filepath.Join(dir, "rc")
	if err := os.WriteFile(rc, []byte("GISDBASE: "+dir+"\nLOCATION_NAME: place\nMAPSET: PERMANENT\nGUI: text\n"), 0o600); err != nil {
		return nil, err
	}
	p.env = append(os.Environ(), "GISBASE="+p.base, "GISRC="+rc, "LD_LIBRARY_PATH="+filepath.Join(p.base, "lib"), "PATH="+filepath.Join(p.base, "bin")+":"+os.Getenv("PATH"))
	for name, null := range map[string]string{"f": "-9999", "starts": "0"} {
		if text, err := p.tool(ctx, "r.in.bin", "--q", "--o", "-f", "input="+filepath.Join(dir, name+".flt"), "output="+name, "bytes=4", "order=little",
			fmt.Sprintf("north=%d", side), "south=0", fmt.Sprintf("east=%d", side), "west=0", fmt.Sprintf("rows=%d", side), fmt.Sprintf("cols=%d", side), "anull="+null).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("r.in.bin: %w: %.300s", err, text)
		}
	}
	if text, err := p.tool(ctx, "g.region", "raster=f").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("g.region: %w: %.300s", err, text)
	}
	return p, nil
}

func (p *grassPeer) tool(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(p.base, "bin", name), args...)
	cmd.Env = p.env
	return cmd
}

func (p *grassPeer) cost(ctx context.Context) *exec.Cmd {
	return p.tool(ctx, "r.cost", "--q", "--o", "input=f", "start_raster=starts", "output=c", "nearest=n")
}

// compare returns the largest difference of times, as a share of the time.
func (p *grassPeer) compare(ctx context.Context, bin, dir string) (float64, error) {
	theirs, ours := filepath.Join(dir, "c.bin"), filepath.Join(dir, "o.flt")
	if text, err := p.tool(ctx, "r.out.bin", "--q", "--o", "-f", "input=c", "output="+theirs, "bytes=8", "null=-1").CombinedOutput(); err != nil {
		return 0, fmt.Errorf("r.out.bin: %w: %.300s", err, text)
	}
	text, err := exec.CommandContext(ctx, bin, "access", "grid", "--friction", filepath.Join(dir, "f.flt"), "--sources", filepath.Join(dir, "s.csv"), "--out", ours, "--json").Output()
	if err != nil || !json.Valid(text) {
		return 0, fmt.Errorf("access grid: %w", err)
	}
	f, err := os.Open(theirs)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	g, err := os.Open(ours)
	if err != nil {
		return 0, err
	}
	defer g.Close()
	a, b := bufio.NewReader(f), bufio.NewReader(g)
	worst := 0.0
	for i := 0; ; i++ {
		var x float64
		var y float32
		if err := binary.Read(b, binary.LittleEndian, &y); errors.Is(err, io.EOF) {
			break
		} else if err := errors.Join(err, binary.Read(a, binary.LittleEndian, &x)); err != nil {
			return 0, err
		}
		if (x < 0) != (y < 0) {
			return 0, fmt.Errorf("cell %d: r.cost has %v, access grid %v", i, x, y)
		}
		if x > 0 {
			worst = max(worst, math.Abs(x-float64(y))/x)
		}
	}
	return worst, nil
}
