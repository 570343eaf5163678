package main

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"sort"
	"strconv"
)

// site is a settlement that pulls the ground around it to its district.
type site struct {
	at       point // metres in the plane of project
	district string
}

// Kentau and the district that was cut out of its rural surroundings share one
// unit in the table of settlements; these rules part them.
const (
	kentau      = "612000000"
	sauran      = "KZ-61-SAURAN"
	townRadius  = 12_000 // metres around Kentau, and around Achisay, that stay with the town
	achisayLon  = 68.88889
	achisayLat  = 43.55417
	kentauLon   = 68.50940
	kentauLat   = 43.52061
	earthRadius = 6_371_007.2 // metres, of the sphere with the area of WGS 84
)

// readTable returns the rows of a CSV file as maps by column.
func readTable(file string) ([]map[string]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil || len(all) < 2 {
		return nil, fmt.Errorf("%s: no rows could be read: %v", file, err)
	}
	var rows []map[string]string
	for _, rec := range all[1:] {
		m := map[string]string{}
		for i, name := range all[0] {
			m[name] = rec[i]
		}
		rows = append(rows, m)
	}
	return rows, nil
}

// readDistricts returns the region or city of every unit of the second level.
func readDistricts(file string) (map[string]string, error) {
	rows, err := readTable(file)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, r := range rows {
		second := r["kind"] == "district" || r["kind"] == "city_district" || (r["kind"] == "city" && r["parent"] != "KZ")
		if second {
			out[r["code"]] = r["parent"]
		}
	}
	return out, nil
}

// readSites returns one site for each point, in an order that does not depend
// on the file.
func readSites(file string, regionOf map[string]string) ([]site, error) {
	rows, err := readTable(file)
	if err != nil {
		return nil, err
	}
	taken := map[point]bool{}
	var out []site
	sort.Slice(rows, func(i, j int) bool { return rows[i]["geonames_id"] < rows[j]["geonames_id"] })
	for i, r := range rows {
		lat, e1 := strconv.ParseFloat(r["lat"], 64)
		lon, e2 := strconv.ParseFloat(r["lon"], 64)
		if e1 != nil || e2 != nil {
			return nil, fmt.Errorf("%s: settlement %d of the sorted table has no point", file, i+1)
		}
		s := site{at: project(lon, lat).rounded()}
		s.district = districtOf(r["district_kato"], s.at)
		if _, ok := regionOf[s.district]; !ok {
			return nil, fmt.Errorf("%s: settlement %s lies in the unknown district %q", file, r["geonames_id"], s.district)
		}
		if taken[s.at] {
			continue // two names for one spot
		}
		taken[s.at] = true
		out = append(out, s)
	}
	return out, nil
}

// districtOf returns the district of a point that the table puts into one.
func districtOf(kato string, at point) string {
	if kato == kentau && dist(at, project(kentauLon, kentauLat)) > townRadius && dist(at, project(achisayLon, achisayLat)) > townRadius {
		return sauran
	}
	return kato
}

// dropExclaves leaves out settlements that are cut off from the main body of
// their district by others: a village near a crooked border would otherwise
// make an island on the wrong side.
func dropExclaves(sites []site) []site {
	mesh := triangulate(points(sites))
	group := make([]int, len(sites))
	for i := range group {
		group[i] = -1
	}
	near := mesh.neighbours(len(sites))
	size := map[int]int{}
	best := map[string]int{}
	for i := range sites {
		if group[i] >= 0 {
			continue
		}
		group[i] = i
		queue := []int{i}
		for len(queue) > 0 {
			at := queue[len(queue)-1]
			queue = queue[:len(queue)-1]
			size[i]++
			for _, j := range near[at] {
				if group[j] < 0 && sites[j].district == sites[i].district {
					group[j] = i
					queue = append(queue, j)
				}
			}
		}
		if b, ok := best[sites[i].district]; !ok || size[i] > size[b] {
			best[sites[i].district] = i
		}
	}
	var out []site
	for i, s := range sites {
		if group[i] == best[s.district] {
			out = append(out, s)
		}
	}
	return out
}

func points(sites []site) []point {
	out := make([]point, len(sites))
	for i, s := range sites {
		out[i] = s.at
	}
	return out
}

// point is a position in metres in the plane of project, or in degrees where
// the name says so.
type point struct{ x, y float64 }

func (p point) rounded() point { return point{math.Round(p.x), math.Round(p.y)} }

func dist(a, b point) float64 { return math.Hypot(a.x-b.x, a.y-b.y) }

// The plane: Lambert's azimuthal equal-area projection about the middle of the
// country. Within its borders it bends distances by less than 2.5 %.
const (
	midLon = 67.0
	midLat = 48.5
)

func project(lon, lat float64) point {
	l, f, f0 := rad(lon-midLon), rad(lat), rad(midLat)
	k := math.Sqrt(2 / (1 + math.Sin(f0)*math.Sin(f) + math.Cos(f0)*math.Cos(f)*math.Cos(l)))
	return point{earthRadius * k * math.Cos(f) * math.Sin(l), earthRadius * k * (math.Cos(f0)*math.Sin(f) - math.Sin(f0)*math.Cos(f)*math.Cos(l))}
}

// unproject returns longitude and latitude in degrees.
func unproject(p point) (lon, lat float64) {
	rho := math.Hypot(p.x, p.y)
	if rho == 0 {
		return midLon, midLat
	}
	c, f0 := 2*math.Asin(rho/(2*earthRadius)), rad(midLat)
	lat = math.Asin(math.Cos(c)*math.Sin(f0) + p.y*math.Sin(c)*math.Cos(f0)/rho)
	lon = math.Atan2(p.x*math.Sin(c), rho*math.Cos(f0)*math.Cos(c)-p.y*math.Sin(f0)*math.Sin(c))
	return midLon + lon*180/math.Pi, lat * 180 / math.Pi
}

func rad(degrees float64) float64 { return degrees * math.Pi / 180 }
