package main

import (
	"bufio"
	"fmt"
	"math"
	"os"
	"sort"
	"strconv"
)

// half is an arc walked with a unit on its left.
type half struct {
	from, to int
	line     []point
}

// writeLevel writes one feature for each unit, by code.
func writeLevel(file string, arcs []arc) error {
	sides := map[string][]half{}
	for _, a := range arcs {
		if a.left != "" {
			sides[a.left] = append(sides[a.left], half{a.from, a.to, a.line})
		}
		if a.right != "" {
			back := append([]point{}, a.line...)
			reverse(back)
			sides[a.right] = append(sides[a.right], half{a.to, a.from, back})
		}
	}
	codes := make([]string, 0, len(sides))
	for c := range sides {
		codes = append(codes, c)
	}
	sort.Strings(codes)
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	w.WriteString(`{"type":"FeatureCollection","schematic":true,"features":[`)
	for i, c := range codes {
		rings, err := rings(sides[c])
		if err != nil {
			return fmt.Errorf("%s: %w", c, err)
		}
		if i > 0 {
			w.WriteByte(',')
		}
		writeFeature(w, c, polygons(rings))
	}
	w.WriteString("\n]}\n")
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// rings joins the sides of one unit. Where several go on from a node, the one
// that keeps closest to the unit is next: the first clockwise from the way back.
func rings(sides []half) ([][]point, error) {
	from := map[int][]int{}
	for i, h := range sides {
		from[h.from] = append(from[h.from], i)
	}
	used := make([]bool, len(sides))
	var out [][]point
	for start := range sides {
		if used[start] {
			continue
		}
		var ring []point
		at := start
		for {
			used[at] = true
			h := sides[at]
			ring = append(ring, h.line[:len(h.line)-1]...)
			if h.to == sides[start].from {
				break
			}
			next, best := -1, math.Inf(1)
			for _, i := range from[h.to] {
				if t := clockwise(h.line[len(h.line)-2], h.line[len(h.line)-1], sides[i].line[1]); !used[i] && t < best {
					next, best = i, t
				}
			}
			if next < 0 {
				return nil, fmt.Errorf("a border ends at %v", h.line[len(h.line)-1])
			}
			at = next
		}
		if ring = clean(ring); len(ring) >= 3 {
			out = append(out, ring)
		}
	}
	return out, nil
}

// clockwise is the angle from b-a clockwise to b-c, in radians.
func clockwise(a, b, c point) float64 {
	t := math.Atan2(a.y-b.y, a.x-b.x) - math.Atan2(c.y-b.y, c.x-b.x)
	for t <= 0 {
		t += 2 * math.Pi
	}
	return t
}

// clean drops points said twice in a row.
func clean(ring []point) []point {
	var out []point
	for _, p := range ring {
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	for len(out) > 1 && out[0] == out[len(out)-1] {
		out = out[:len(out)-1]
	}
	return out
}

// polygons gives each hole, a clockwise ring, to the outer ring round it.
func polygons(rings [][]point) [][][]point {
	var out [][][]point
	for _, r := range rings {
		if area(r) > 0 {
			out = append(out, [][]point{r})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return area(out[i][0]) > area(out[j][0]) })
	for _, r := range rings {
		if area(r) > 0 {
			continue
		}
		for i := len(out) - 1; i >= 0; i-- { // the smallest ring that holds it
			if inside(r[0], out[i][:1]) || inside(r[1], out[i][:1]) {
				out[i] = append(out[i], r)
				break
			}
		}
	}
	return out
}

func writeFeature(w *bufio.Writer, code string, polygons [][][]point) {
	fmt.Fprintf(w, "\n{\"type\":\"Feature\",\"properties\":{\"code\":%q,\"schematic\":true},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[", code)
	for i, polygon := range polygons {
		comma(w, i)
		w.WriteByte('[')
		for k, ring := range polygon {
			comma(w, k)
			writeRing(w, ring)
		}
		w.WriteByte(']')
	}
	w.WriteString("]}}")
}

func writeRing(w *bufio.Writer, ring []point) {
	w.WriteByte('[')
	for i := range len(ring) + 1 {
		comma(w, i)
		p := ring[i%len(ring)] // the first point closes the ring
		w.WriteString("[" + strconv.FormatFloat(p.x, 'f', -1, 64) + "," + strconv.FormatFloat(p.y, 'f', -1, 64) + "]")
	}
	w.WriteByte(']')
}

func comma(w *bufio.Writer, i int) {
	if i > 0 {
		w.WriteByte(',')
	}
}
