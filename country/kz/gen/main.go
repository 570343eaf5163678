// Command gen computes the schematic outlines of Kazakhstan: every spot of the
// country goes to the district of its nearest settlement, cells of one district
// are merged, and the whole is cut at the outline of the country.
//
// It reads places.csv of the pack, a table of settlements after GeoNames and
// the TopoJSON of the npm package world-atlas, and writes
// boundaries_regions.geojson and boundaries_districts.geojson. The same inputs
// give the same bytes. See docs/method/outlines.md.
//
//	go run ./country/kz/gen -settlements FILE.csv -world countries-10m.json
//	go run ./country/kz/gen -roads FILE.geojson -lakes FILE.geojson -world countries-10m.json
//	go run ./country/kz/gen -villages -settlements FILE.csv -lakes FILE.geojson -world countries-10m.json
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	settlements := flag.String("settlements", "", "CSV with geonames_id, name, name_kk, name_ru, feature_code, lat, lon, region_code, district_kato")
	world := flag.String("world", "", "countries-10m.json of world-atlas 2.0.2")
	pack := flag.String("pack", "country/kz/data", "folder of the pack: places.csv is read, outlines are written")
	tolerance := flag.Float64("tolerance", 0.8, "how far a simplified border may leave the computed one, in km")
	roads := flag.String("roads", "", "GeoJSON of Natural Earth roads: write road_links.csv instead of outlines")
	lakes := flag.String("lakes", "", "GeoJSON of Natural Earth lakes, which no assumed road and no way of a village crosses")
	villages := flag.Bool("villages", false, "write populated_places.csv after -settlements instead of outlines")
	flag.Parse()
	if *villages {
		exit(writeVillages(*settlements, *lakes, *world, *pack))
		return
	}
	if *roads != "" {
		exit(writeRoads(*roads, *lakes, *world, *pack))
		return
	}
	exit(run(*settlements, *world, *pack, *tolerance))
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(settlements, world, pack string, tolerance float64) error {
	regionOf, err := readDistricts(filepath.Join(pack, "places.csv"))
	if err != nil {
		return err
	}
	sites, err := readSites(settlements, regionOf)
	if err != nil {
		return err
	}
	outline, err := readOutline(world, kazakhstanID)
	if err != nil {
		return err
	}
	sites = dropExclaves(sites)
	arcs := bordersOf(sites, outline)
	if err := simplify(arcs, tolerance); err != nil {
		return err
	}
	if err := writeLevel(filepath.Join(pack, "boundaries_districts.geojson"), arcs); err != nil {
		return err
	}
	return writeLevel(filepath.Join(pack, "boundaries_regions.geojson"), merge(arcs, regionOf))
}
