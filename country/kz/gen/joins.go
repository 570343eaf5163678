package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/place"
	"github.com/shanyraq/shanyraq/plan/access"
)

// joinVillages gives a way over land to every village whose straight ways to the
// network cross a lake or leave the country.
func joinVillages(list []village, lakes, world, pack string) error {
	g, err := readGround(lakes, world)
	if err != nil {
		return err
	}
	spots, links, err := readNetwork(pack)
	if err != nil {
		return err
	}
	mains := len(spots)
	for _, v := range list {
		spots = append(spots, access.Spot{ID: place.ID(v.code), Point: placePoint(v.lon, v.lat)})
	}
	before, err := access.Joins(spots, links)
	if err != nil {
		return err
	}
	var d *detours
	bent := 0
	for i := range list {
		spot := &spots[mains+i]
		if g.dryWays(before[mains+i]) {
			continue
		}
		if d == nil {
			d = newDetours(g, planes(links))
		}
		way := d.around(planeOf(spot.Point))
		if way == nil {
			fmt.Fprintf(os.Stderr, "gen: %s has no way over land to a road: it stays joined straight\n", spot.ID)
			continue
		}
		bent++
		degrees := make([]point, len(way))
		for k, p := range way {
			degrees[k].x, degrees[k].y = unproject(p)
		}
		list[i].join = lineText(degrees)
		spot.Join = linePoints(list[i].join)
	}
	after, err := access.Joins(spots, links)
	if err != nil {
		return err
	}
	for i, s := range spots {
		if s.Join != nil && !g.dryWays(after[i]) {
			return fmt.Errorf("%s: the way around %s is wet", s.ID, list[i-mains].join)
		}
	}
	fmt.Fprintf(os.Stderr, "gen: %d of %d villages are joined by a way over land\n", bent, len(list))
	return nil
}

// dryWays reports whether ways stay in the country and out of lakes.
func (g ground) dryWays(ways [][]place.Point) bool {
	for _, line := range ways {
		for k := 0; k+1 < len(line); k++ {
			if g.wet(planeOf(line[k]), planeOf(line[k+1])) > dryMetres {
				return false
			}
		}
	}
	return true
}

func readGround(lakes, world string) (g ground, err error) {
	if g.border, err = readOutline(world, kazakhstanID); err != nil {
		return g, err
	}
	g.lakes, err = readLakes(lakes)
	return g, err
}

// readNetwork reads the main settlements and the links between them.
func readNetwork(pack string) (spots []access.Spot, links []access.Link, err error) {
	rows, err := readTable(filepath.Join(pack, "settlements_extra.csv"))
	if err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		spots = append(spots, access.Spot{ID: place.ID(r["code"]), Main: true, Point: placePoint(r["lon"], r["lat"])})
	}
	if rows, err = readTable(filepath.Join(pack, "road_links.csv")); err != nil {
		return nil, nil, err
	}
	for _, r := range rows {
		km, err := strconv.ParseFloat(r["km"], 64)
		if err != nil {
			return nil, nil, fmt.Errorf("road_links.csv: %s-%s has no length: %w", r["from"], r["to"], err)
		}
		links = append(links, access.Link{From: place.ID(r["from"]), To: place.ID(r["to"]), Km: km, Line: linePoints(r["line"])})
	}
	return spots, links, nil
}

func planes(links []access.Link) (out [][]point) {
	for _, l := range links {
		line := make([]point, len(l.Line))
		for i, p := range l.Line {
			line[i] = planeOf(p)
		}
		out = append(out, line)
	}
	return out
}

func planeOf(p place.Point) point { return project(p.Lon, p.Lat) }

// placePoint reads what this program has written.
func placePoint(lon, lat string) (p place.Point) {
	p.Lon, _ = strconv.ParseFloat(lon, 64)
	p.Lat, _ = strconv.ParseFloat(lat, 64)
	return p
}

// linePoints reads what lineText has written.
func linePoints(text string) (line []place.Point) {
	for pair := range strings.SplitSeq(text, ";") {
		if lon, lat, ok := strings.Cut(pair, " "); ok {
			line = append(line, placePoint(lon, lat))
		}
	}
	return line
}
