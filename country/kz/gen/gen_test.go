package main

import (
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// No circle of the mesh may hold a site, on random sites and on a chessboard,
// where four sites lie on every circle.
func TestTriangulate(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var scattered, board []point
	for range 200 {
		scattered = append(scattered, point{float64(r.IntN(2_000_000)), float64(r.IntN(1_000_000))})
	}
	for i := range 12 {
		for k := range 12 {
			board = append(board, point{float64(i * 1000), float64(k * 1000)})
		}
	}
	for name, sites := range map[string][]point{"scattered": scattered, "chessboard": board} {
		m := triangulate(sites)
		live := 0
		for i, tri := range m.tris {
			if tri.dead {
				continue
			}
			live++
			for p := range sites {
				if m.inCircle(i, p) {
					t.Fatalf("%s: site %d lies in the circle of triangle %d", name, p, i)
				}
			}
		}
		if want := 2*(len(sites)+3) - 5; live != want { // Euler, with three corners on the hull
			t.Errorf("%s: %d triangles, want %d", name, live, want)
		}
	}
}

// The plane must lead back to where it came from.
func TestProjectBack(t *testing.T) {
	for _, p := range [][2]float64{{46.5, 48.5}, {87.3, 49.1}, {67, 48.5}, {68.2, 40.6}} {
		lon, lat := unproject(project(p[0], p[1]))
		if math.Abs(lon-p[0]) > 1e-9 || math.Abs(lat-p[1]) > 1e-9 {
			t.Errorf("%v became %v %v", p, lon, lat)
		}
	}
}

// A square country of four settlements: two districts in one region, one in
// another. The border between the regions is the middle line.
func TestSquareCountry(t *testing.T) {
	sites := []site{
		{point{-30_000, -30_000}, "a"}, {point{-30_000, 31_000}, "b"},
		{point{30_000, -30_000}, "c"}, {point{30_000, 31_000}, "c"},
	}
	square := [][]point{{{-60_000, -60_000}, {60_000, -60_000}, {60_000, 60_000}, {-60_000, 60_000}}}
	arcs := bordersOf(sites, square)
	if err := simplify(arcs, 0.5); err != nil {
		t.Fatal(err)
	}
	inner := 0
	for _, a := range arcs {
		if a.left != "" && a.right != "" {
			inner++
		}
	}
	if inner != 3 { // a-b, a-c, b-c
		t.Errorf("%d inner borders, want 3", inner)
	}
	file := filepath.Join(t.TempDir(), "x.geojson")
	regions := merge(arcs, map[string]string{"a": "west", "b": "west", "c": "east"})
	if err := writeLevel(file, regions); err != nil {
		t.Fatal(err)
	}
	body, _ := os.ReadFile(file)
	if len(body) < 100 {
		t.Errorf("the file is too short: %s", body)
	}
}

// A village of a that lies among those of b is left out.
func TestDropExclaves(t *testing.T) {
	var sites []site
	for i := range 6 {
		for k := range 6 {
			d := "a"
			if i > 2 {
				d = "b"
			}
			sites = append(sites, site{point{float64(i*1000 + k), float64(k * 1000)}, d})
		}
	}
	sites[5*6+3].district = "a"
	if kept := dropExclaves(sites); len(kept) != 35 {
		t.Errorf("%d settlements kept, want 35", len(kept))
	}
}

// Simplifying may not make borders cross: a spike under a bow keeps the bow.
func TestSimplifyKeepsApart(t *testing.T) {
	bow := arc{from: 0, to: 1, line: []point{{60, 50}, {60.05, 50.05}, {60.1, 50}}}
	spike := arc{from: 2, to: 3, line: []point{{60.05, 49.9}, {60.05, 50.03}}}
	arcs := []arc{bow, spike}
	if err := simplify(arcs, 100); err != nil {
		t.Fatal(err)
	}
	if len(arcs[0].line) != 3 {
		t.Errorf("the bow became %v", arcs[0].line)
	}
}

// A road from a through b to c, and a spur: a-b and b-c are links, a-c is none.
func TestLinksPassNoThird(t *testing.T) {
	n := &network{grid: map[[2]int][]int{}, town: map[int][]town{}}
	whole := [][]point{{{-1e6, -1e6}, {1e6, -1e6}, {1e6, 1e6}, {-1e6, 1e6}}}
	n.add([][2]float64{{66, 48.5}, {67, 48.5}, {68, 48.5}}, false, whole)
	n.add([][2]float64{{67, 48.5}, {67, 49.5}}, true, whole)
	for code, at := range map[string][2]float64{"a": {66, 48.5}, "b": {67, 48.5}, "c": {68, 48.5}, "d": {67, 49.5}, "far": {80, 48.5}} {
		n.place(code, project(at[0], at[1]), ground{border: whole})
	}
	got := n.links()
	if len(got) != 3 {
		t.Fatalf("%v, want a-b, b-c and b-d", got)
	}
	for i, want := range []link{{from: "a", to: "b", metres: 73_700, class: "other"}, {from: "b", to: "c", metres: 73_700, class: "other"}, {from: "b", to: "d", metres: 111_200, class: "main"}} {
		g := got[i]
		if g.from != want.from || g.to != want.to || g.class != want.class || math.Abs(g.metres-want.metres) > 500 {
			t.Errorf("%v, want %v", g, want)
		}
	}
	// The way from b to d is a straight one: its outline has only the ends.
	if line := lineText(got[2].line); line != "67.0000 48.5000;67.0000 49.5000" {
		t.Errorf("the outline of b-d is %q", line)
	}
}

// The class is that of the greater part, and the outline keeps the bend.
func TestClassOfGreaterPart(t *testing.T) {
	n := &network{grid: map[[2]int][]int{}, town: map[int][]town{}}
	whole := [][]point{{{-1e6, -1e6}, {1e6, -1e6}, {1e6, 1e6}, {-1e6, 1e6}}}
	n.add([][2]float64{{66, 48.5}, {66.1, 48.5}}, false, whole)
	n.add([][2]float64{{66.1, 48.5}, {66.1, 49}}, true, whole)
	n.place("b", project(66, 48.5), ground{border: whole})
	n.place("a", project(66.1, 49), ground{border: whole})
	got := n.links()
	if len(got) != 1 || got[0].class != "main" || lineText(got[0].line) != "66.1000 49.0000;66.1000 48.5000;66.0000 48.5000" {
		t.Errorf("%+v", got)
	}
}

// A town beside the road is not driven through: a-b stays a link of its own.
// One far from it is joined by an assumed way, and groups by the shortest.
func TestSpursAndBridges(t *testing.T) {
	n := &network{grid: map[[2]int][]int{}, town: map[int][]town{}}
	whole := [][]point{{{-1e6, -1e6}, {1e6, -1e6}, {1e6, 1e6}, {-1e6, 1e6}}}
	n.add([][2]float64{{66, 48.5}, {68, 48.5}}, true, whole)
	n.add([][2]float64{{66, 46}, {67, 46}}, true, whole)
	for code, at := range map[string][2]float64{"a": {66, 48.5}, "b": {68, 48.5}, "beside": {67, 48.7}, "c": {66, 46}, "d": {67, 46}} {
		n.place(code, project(at[0], at[1]), ground{border: whole})
	}
	links := n.links()
	var names []string
	for _, l := range append(links, bridges(links, n.town, ground{border: whole})...) {
		names = append(names, l.from+"-"+l.to+" "+l.source()[:10])
	}
	if got := strings.Join(names, ", "); got != "a-b Natural Ea, a-beside Natural Ea, b-beside Natural Ea, c-d Natural Ea, a-c assumption" {
		t.Errorf("%s", got)
	}
	// A lake between a and c: the way is by b and d.
	sea := newLake([][][2]float64{{{65.8, 47}, {66.2, 47}, {66.2, 48}, {65.8, 48}, {65.8, 47}}})
	if got := bridges(links, n.town, ground{border: whole, lakes: []lake{sea}}); len(got) != 1 || got[0].from != "a" || got[0].to != "d" {
		t.Errorf("beside the sea: %v", got)
	}
	if l := links[1]; math.Abs(l.assumed-1.3*22_000) > 500 || math.Abs(l.metres-l.assumed-73_700) > 1000 {
		t.Errorf("a-beside: %.0f m, of which %.0f are assumed", l.metres, l.assumed)
	}
}

// A link around a corner that is hardly shorter than by others is left out.
func TestSpareLinks(t *testing.T) {
	links := []link{{from: "a", to: "b", metres: 10_000}, {from: "a", to: "c", metres: 20_500}, {from: "b", to: "c", metres: 10_000}, {from: "a", to: "d", metres: 20_000}, {from: "b", to: "d", metres: 12_000}}
	if got := spare(links); len(got) != 4 || got[1].from != "b" {
		t.Errorf("%v", got)
	}
}

// A Latin Kazakh name is spelled in Cyrillic where that is no guess.
func TestKazakhNames(t *testing.T) {
	for _, tc := range []struct{ latin, ru, want string }{
		{"Qyzylaghash", "", "Қызылағаш"},
		{"Malybay", "Малыбай", "Малыбай"},
		{"Ayyrtas", "", "Айыртас"},
		{"Qarashenggel", "", "Қарашеңгел"},
		{"Zhangatalap", "Жанаталап", "Жаңаталап"},
		{"Mädenīet", "Мадениет", "Мәдениет"},
		{"Aqsū", "Аксу", "Ақсу"},
		{"Zlatopol’e", "Златополье", "Златополье"},
		{"Yubīleynoe", "Юбилейное", "Юбилейное"},
		{"Zhibek Zholy", "", "Жібек Жолы"},
		{"Arkhangelka", "Архангелка", ""}, // ң would be wrong
		{"Ivangorodskoe", "", ""},
		{"Jambyl", "", ""}, // not this spelling
	} {
		if got := kazakh(tc.latin, tc.ru); got != tc.want {
			t.Errorf("%s became %q, want %q", tc.latin, got, tc.want)
		}
	}
}

// A village beside a town is the town, two of one name near each other are one.
func TestDistinctVillages(t *testing.T) {
	v := func(code, name string, x float64) village { return village{code: code, folded: name, at: point{x, 0}} }
	got := distinct([]village{v("b", "aksu", 11_000), v("a", "aksu", 10_000), v("c", "karasu", 10_500), v("d", "aksu", 14_000), v("e", "town", 1_000)}, []point{{0, 0}})
	if len(got) != 3 || got[0].code != "a" || got[1].code != "c" || got[2].code != "d" {
		t.Errorf("%v", got)
	}
}

// A road that publications name is there though nobody drew it, with the length
// that they say.
func TestPublishedRoads(t *testing.T) {
	at := map[int][]town{0: {{code: "a", at: point{0, 0}}}, 1: {{code: "b", at: point{100_000, 0}}}}
	got, err := published(at, []known{{"a", "b", 120, "press"}, {"b", "a", 0, "press"}})
	if err != nil || got[0].metres != 120_000 || got[0].source() != "press" || got[1].metres != 130_000 || got[1].source() != "press; assumption: length, 1.3 times the straight line" || got[1].from != "a" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := published(at, []known{{"a", "z", 1, "press"}}); err == nil {
		t.Error("a road to nowhere was taken")
	}
}
