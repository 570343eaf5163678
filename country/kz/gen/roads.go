package main

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
	"strings"
)

const (
	snapMetres    = 300     // ends of roads so close are one crossing: they are cut at a coarse grid
	stepMetres    = 2_000   // longest stroke between two nodes
	passMetres    = 3_000   // who drives by a settlement that is farther from the road does not turn off to it
	reachMetres   = 12_000  // roads are generalised: so far a settlement may stand from the one that leads to it
	spurMetres    = 150_000 // farther than that no road is assumed
	detour        = 1.3     // road over straight distance on the way to the road
	maxLinkMetres = 700_000
	spareMetres   = 1_000 // a link that saves less than this over others is left out

	mainRank        = 3   // of the roads of Natural Earth that count as main
	lineToleranceKm = 0.3 // how far the outline of a way may leave it
)

// road is one way of the network to another node. Main are the Major Highways
// of Natural Earth and its roads of the third rank, which in Kazakhstan are the
// republican ones.
type road struct {
	to     int
	metres float64
	main   bool
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
	at     point
	access float64 // metres to the node, with detour
}

// passed reports whether the road to the node leads through the town.
func (t town) passed() bool { return t.access <= detour*passMetres }

// assumed returns the metres of the way to the road that nobody drew.
func (t town) assumed() float64 {
	if t.access > detour*reachMetres {
		return t.access
	}
	return 0
}

// link is a road between two settlements that passes no third.
type link struct {
	from, to string
	metres   float64
	assumed  float64 // metres of it that are an assumption
	class    string
	said     string  // who names the road, where it is not drawn
	line     []point // longitude and latitude, from from to to
}

// way is the shortest way from a settlement to a node.
type way struct {
	metres, main float64 // whole length, and what of it are main roads
	back         int     // the node before
}

// class is that of the greater part of a link with so many metres.
func (w way) class(metres float64) string {
	if w.main > metres/2 {
		return "main"
	}
	return "other"
}

// writeRoads writes the links between settlements of the pack along the roads
// of Natural Earth inside the country.
func writeRoads(roads, lakes, world, pack string) error {
	border, err := readOutline(world, kazakhstanID)
	if err != nil {
		return err
	}
	g := ground{border: border}
	if lakes != "" {
		if g.lakes, err = readLakes(lakes); err != nil {
			return err
		}
	}
	n, err := readRoads(roads, border)
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
		n.place(r["code"], project(lon, lat), g)
	}
	named, err := published(n.town, knownRoads)
	if err != nil {
		return err
	}
	links := append(append(n.links(), neighbours(n.town, g)...), named...)
	links = spare(append(links, bridges(links, n.town, g)...))
	return writeLinks(filepath.Join(pack, "road_links.csv"), inOrder(links))
}

func readRoads(file string, border [][]point) (*network, error) {
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var fc struct {
		Features []struct {
			Properties struct {
				Type string
				Rank int `json:"scalerank"`
			}
			Geometry struct {
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
			n.add(l, f.Properties.Type == "Major Highway" || (f.Properties.Type == "Road" && f.Properties.Rank <= mainRank), border)
		}
	}
	return n, nil
}

// add adds the strokes of a road whose middle lies inside the country, in steps
// so short that a settlement beside it finds a node.
func (n *network) add(line [][2]float64, main bool, border [][]point) {
	for i := 0; i+1 < len(line); i++ {
		p, q := project(line[i][0], line[i][1]), project(line[i+1][0], line[i+1][1])
		steps := math.Ceil(dist(p, q) / stepMetres)
		for k := range int(steps) {
			u, v := float64(k)/steps, float64(k+1)/steps
			n.stroke(point{p.x + u*(q.x-p.x), p.y + u*(q.y-p.y)}, point{p.x + v*(q.x-p.x), p.y + v*(q.y-p.y)}, main, border)
		}
	}
}

func (n *network) stroke(p, q point, main bool, border [][]point) {
	if !inside(point{(p.x + q.x) / 2, (p.y + q.y) / 2}, border) {
		return
	}
	a, b, d := n.node(p), n.node(q), dist(p, q)
	if a != b {
		n.ways[a] = append(n.ways[a], road{b, d, main})
		n.ways[b] = append(n.ways[b], road{a, d, main})
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

// place puts a settlement at its nearest node. The way to one that is far is
// assumed.
func (n *network) place(code string, p point, g ground) {
	best, at := float64(spurMetres), -1
	for i, q := range n.at {
		if d := dist(p, q); d < best && len(n.ways[i]) > 0 && (d <= reachMetres || g.dry(p, q)) {
			best, at = d, i
		}
	}
	if at >= 0 {
		n.town[at] = append(n.town[at], town{code, p, detour * best})
	}
}

// links walks from every settlement until the next ones (Dijkstra).
func (n *network) links() []link {
	var out []link
	for from, towns := range n.town {
		for i, a := range towns {
			for _, b := range towns[i+1:] { // two at one crossing
				out = append(out, join(a, b, way{}, []point{a.at, n.at[from], b.at}))
			}
		}
		reached, ways := n.next(from)
		for _, to := range reached {
			if to > from {
				a, b := nearestTown(towns), nearestTown(n.town[to])
				out = append(out, join(a, b, ways[to], n.track(a, b, from, to, ways)))
			}
		}
	}
	return spare(inOrder(out))
}

// inOrder sorts by the codes of the ends. Of two links between the same ends
// the shorter comes first.
func inOrder(links []link) []link {
	slices.SortFunc(links, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), cmp.Compare(a.metres, b.metres))
	})
	return links
}

// join makes the link of two settlements whose nodes are joined by w.
func join(a, b town, w way, line []point) link {
	l := link{from: a.code, to: b.code, metres: a.access + w.metres + b.access, assumed: a.assumed() + b.assumed(), line: outline(line)}
	l.class = w.class(l.metres)
	return tidy(l)
}

// spare leaves out, the longest first, every link that saves less than
// spareMetres over the way by others.
func spare(links []link) []link {
	order := make([]int, len(links))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return links[order[i]].metres > links[order[j]].metres })
	gone := make([]bool, len(links))
	for _, i := range order {
		gone[i] = around(links, gone, i) <= links[i].metres+spareMetres
	}
	var out []link
	for i, l := range links {
		if !gone[i] {
			out = append(out, l)
		}
	}
	return out
}

// around returns the metres between the ends of link i by the others that are
// not gone, or infinity when they are more than it and spareMetres.
func around(links []link, gone []bool, i int) float64 {
	type end struct {
		to     string
		metres float64
	}
	from := map[string][]end{}
	for k, l := range links {
		if k != i && !gone[k] {
			from[l.from] = append(from[l.from], end{l.to, l.metres})
			from[l.to] = append(from[l.to], end{l.from, l.metres})
		}
	}
	far, done := map[string]float64{links[i].from: 0}, map[string]bool{}
	for {
		at, best := "", links[i].metres+spareMetres
		for c, d := range far {
			if !done[c] && d <= best {
				at, best = c, d
			}
		}
		switch at {
		case "":
			return math.Inf(1)
		case links[i].to:
			return best
		}
		done[at] = true
		for _, e := range from[at] {
			if old, seen := far[e.to]; !seen || best+e.metres < old {
				far[e.to] = best + e.metres
			}
		}
	}
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
		slices.Reverse(l.line)
	}
	return l
}

// next returns the nodes of the settlements reached without passing through
// another, and the ways to all nodes that were seen.
func (n *network) next(from int) (reached []int, far map[int]way) {
	far = map[int]way{from: {back: from}}
	open := map[int]bool{from: true}
	done := map[int]bool{}
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
			reached = append(reached, at)
			if slices.ContainsFunc(n.town[at], town.passed) {
				continue
			}
		}
		for _, w := range n.ways[at] {
			d := best + w.metres
			if old, seen := far[w.to]; !done[w.to] && (!seen || d < old.metres) {
				main := far[at].main
				if w.main {
					main += w.metres
				}
				far[w.to] = way{d, main, at}
				open[w.to] = true
			}
		}
	}
	return reached, far
}

// track returns the points of the way from the settlement a at the node from to
// the settlement b at the node to.
func (n *network) track(a, b town, from, to int, ways map[int]way) []point {
	line := []point{b.at}
	for at := to; ; at = ways[at].back {
		line = append(line, n.at[at])
		if at == from {
			break
		}
	}
	line = append(line, a.at)
	slices.Reverse(line)
	return line
}

// outline turns a way in the plane into a simplified one in degrees.
func outline(line []point) []point {
	out := make([]point, len(line))
	for i, p := range line {
		out[i].x, out[i].y = unproject(p)
	}
	return thin(out, lineToleranceKm/kmPerDegree)
}

// source tells what of the link is drawn and what is assumed.
func (l link) source() string {
	if l.said != "" {
		if l.assumed > 0 {
			return fmt.Sprintf("%s; assumption: length, %v times the straight line", l.said, detour)
		}
		return l.said
	}
	switch l.assumed {
	case 0:
		return "Natural Earth 1:10m, length along the road"
	case l.metres:
		return fmt.Sprintf("assumption: no road is drawn, %v times the straight line", detour)
	}
	return fmt.Sprintf("Natural Earth 1:10m, length along the road; assumption: %.0f km to the road, %v times the straight line", l.assumed/1000, detour)
}

// lineText writes "lon lat;lon lat", to about ten metres.
func lineText(line []point) string {
	var b strings.Builder
	for i, p := range line {
		if i > 0 {
			b.WriteByte(';')
		}
		fmt.Fprintf(&b, "%.4f %.4f", p.x, p.y)
	}
	return b.String()
}

func writeLinks(file string, links []link) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	if err := w.Write([]string{"from", "to", "km", "class", "line", "source"}); err != nil {
		return err
	}
	for _, l := range links {
		if err := w.Write([]string{l.from, l.to, strconv.FormatFloat(max(1, l.metres/1000), 'f', 0, 64), l.class, lineText(l.line), l.source()}); err != nil {
			return err
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return f.Close()
}
