package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"strconv"
)

const (
	snapMetres    = 300    // ends of roads so close are one crossing: they are cut at a coarse grid
	reachMetres   = 12_000 // a settlement so far from a road stands at it: roads are generalised
	detour        = 1.3    // road over straight distance on the way to the road
	maxLinkMetres = 700_000
)

// road is one way of the network to another node.
type road struct {
	to     int
	metres float64
	class  string
}

// network is a road graph; town says which settlement stands at a node.
type network struct {
	at   []point
	ways [][]road
	grid map[[2]int][]int
	town map[int][]town
}

type town struct {
	code   string
	access float64 // metres to the node, with detour
}

// link is a road between two settlements that passes no third.
type link struct {
	from, to string
	km       float64
	class    string
}

// writeRoads writes the links between settlements of the pack along the roads
// of Natural Earth inside the country.
func writeRoads(roads, world, pack string) error {
	outline, err := readOutline(world, kazakhstanID)
	if err != nil {
		return err
	}
	n, err := readRoads(roads, outline)
	if err != nil {
		return err
	}
	rows, err := readTable(filepath.Join(pack, "settlements_extra.csv"))
	if err != nil {
		return err
	}
	for _, r := range rows {
		lat, e1 := strconv.ParseFloat(r["lat"], 64)
		lon, e2 := strconv.ParseFloat(r["lon"], 64)
		if e1 != nil || e2 != nil {
			return fmt.Errorf("settlements_extra.csv: %s has no point", r["code"])
		}
		n.place(r["code"], project(lon, lat))
	}
	return writeLinks(filepath.Join(pack, "road_links.csv"), n.links())
}

func readRoads(file string, outline [][]point) (*network, error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var fc struct {
		Features []struct {
			Properties struct{ Type string }
			Geometry   struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(body, &fc); err != nil {
		return nil, fmt.Errorf("%s: is not GeoJSON: %w", file, err)
	}
	n := &network{grid: map[[2]int][]int{}, town: map[int][]town{}}
	for i, f := range fc.Features {
		lines := make([][][2]float64, 1)
		if f.Geometry.Type == "LineString" {
			err = json.Unmarshal(f.Geometry.Coordinates, &lines[0])
		} else {
			err = json.Unmarshal(f.Geometry.Coordinates, &lines)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: feature %d: %w", file, i+1, err)
		}
		if f.Properties.Type == "Ferry Route" {
			continue
		}
		for _, l := range lines {
			n.add(l, f.Properties.Type, outline)
		}
	}
	return n, nil
}

// add adds the strokes of a road whose middle lies inside the country.
func (n *network) add(line [][2]float64, class string, outline [][]point) {
	for i := 0; i+1 < len(line); i++ {
		p, q := project(line[i][0], line[i][1]), project(line[i+1][0], line[i+1][1])
		if !inside(point{(p.x + q.x) / 2, (p.y + q.y) / 2}, outline) {
			continue
		}
		a, b, d := n.node(p), n.node(q), dist(p, q)
		if a != b {
			n.ways[a] = append(n.ways[a], road{b, d, class})
			n.ways[b] = append(n.ways[b], road{a, d, class})
		}
	}
}

func cell(p point) [2]int {
	return [2]int{int(math.Floor(p.x / snapMetres)), int(math.Floor(p.y / snapMetres))}
}

// node returns the node at p, or the first within snapMetres.
func (n *network) node(p point) int {
	c := cell(p)
	for dx := -1; dx <= 1; dx++ {
		for dy := -1; dy <= 1; dy++ {
			for _, i := range n.grid[[2]int{c[0] + dx, c[1] + dy}] {
				if dist(n.at[i], p) <= snapMetres {
					return i
				}
			}
		}
	}
	n.at, n.ways = append(n.at, p), append(n.ways, nil)
	n.grid[c] = append(n.grid[c], len(n.at)-1)
	return len(n.at) - 1
}

// place puts a settlement at its nearest node; one without a road near has no
// links.
func (n *network) place(code string, p point) {
	best, at := float64(reachMetres), -1
	for i, q := range n.at {
		if d := dist(p, q); d < best && len(n.ways[i]) > 0 {
			best, at = d, i
		}
	}
	if at >= 0 {
		n.town[at] = append(n.town[at], town{code, detour * best})
	}
}

// links walks from every settlement until the next ones (Dijkstra).
func (n *network) links() []link {
	var out []link
	for from, towns := range n.town {
		for i, a := range towns {
			for _, b := range towns[i+1:] { // two at one crossing
				out = append(out, tidy(link{a.code, b.code, (a.access + b.access) / 1000, "Road"}))
			}
		}
		for to, way := range n.next(from) {
			if to < from {
				continue
			}
			a, b := nearestTown(towns), nearestTown(n.town[to])
			out = append(out, tidy(link{a.code, b.code, (a.access + way.metres + b.access) / 1000, way.class}))
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].from != out[j].from {
			return out[i].from < out[j].from
		}
		return out[i].to < out[j].to
	})
	return out
}

func nearestTown(list []town) town {
	best := list[0]
	for _, t := range list[1:] {
		if t.access < best.access || (t.access == best.access && t.code < best.code) {
			best = t
		}
	}
	return best
}

func tidy(l link) link {
	if l.to < l.from {
		l.from, l.to = l.to, l.from
	}
	return l
}

// next returns the settlements reached without passing another, with the way:
// its class is the humblest on it.
func (n *network) next(from int) map[int]road {
	far := map[int]road{from: {to: from, class: "Major Highway"}}
	open := map[int]bool{from: true}
	done, out := map[int]bool{}, map[int]road{}
	for len(open) > 0 {
		at, best := -1, math.Inf(1)
		for i := range open {
			if d := far[i].metres; d < best || (d == best && i < at) {
				at, best = i, d
			}
		}
		delete(open, at)
		done[at] = true
		if best > maxLinkMetres {
			break
		}
		if at != from && len(n.town[at]) > 0 {
			out[at] = far[at]
			continue
		}
		for _, w := range n.ways[at] {
			d := best + w.metres
			if old, seen := far[w.to]; !done[w.to] && (!seen || d < old.metres) {
				far[w.to] = road{w.to, d, humbler(far[at].class, w.class)}
				open[w.to] = true
			}
		}
	}
	return out
}

var ranks = map[string]int{"Major Highway": 0, "Secondary Highway": 1, "Road": 2, "Track": 3}

func humbler(a, b string) string {
	if ranks[b] > ranks[a] {
		return b
	}
	return a
}

var classes = map[string]string{"Major Highway": "main", "Secondary Highway": "secondary"}

func writeLinks(file string, links []link) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	if err := w.Write([]string{"from", "to", "km", "class", "source"}); err != nil {
		return err
	}
	for _, l := range links {
		class := classes[l.class]
		if class == "" {
			class = "other"
		}
		if err := w.Write([]string{l.from, l.to, strconv.FormatFloat(l.km, 'f', 0, 64), class, "Natural Earth 1:10m, length along the road"}); err != nil {
			return err
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return f.Close()
}
