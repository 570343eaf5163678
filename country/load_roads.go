package country

import (
	"strconv"
	"strings"

	"github.com/shanyraq/shanyraq/place"
)

// maxLinkKm is half the way round the earth.
const maxLinkKm = 20_000

// roads reads the links between settlements, with the outline of their way
// where the pack has one.
func (l *loader) roads() error {
	return each(l.pack, "road_links.csv", func(r *row) {
		x := RoadLink{From: place.ID(r.need("from")), To: place.ID(r.need("to")), Class: r.need("class"), Source: r.need("source")}
		for column, id := range map[string]place.ID{"from": x.From, "to": x.To} {
			if !l.places[id] {
				r.fail(column, "no place has the code %q", id)
			}
		}
		if x.From == x.To {
			r.fail("to", "a road leads from a settlement to another")
		}
		if km := r.float("km"); km == nil || !(*km > 0 && *km < maxLinkKm) {
			r.fail("km", "must be a length above 0 and below %d km", maxLinkKm)
		} else {
			x.Km = *km
		}
		line, ok := parseLine(r.text("line"))
		if !ok {
			r.fail("line", "must be at least two points, longitude before latitude, as in 71.4460 51.1801;71.5012 51.0100")
		}
		x.Line = line
		l.out.Roads = append(l.out.Roads, x)
	})
}

// parseLine reads "lon lat;lon lat" in degrees. An empty text is no line.
func parseLine(s string) (line []place.Point, ok bool) {
	line, ok = parsePoints(s)
	if len(line) == 1 {
		return nil, false
	}
	return line, ok
}

// parsePoints reads any number of points, one among them.
func parsePoints(s string) (list []place.Point, ok bool) {
	if s == "" {
		return nil, true
	}
	for pair := range strings.SplitSeq(s, ";") {
		a, b, two := strings.Cut(strings.TrimSpace(pair), " ")
		lon, e1 := strconv.ParseFloat(a, 64)
		lat, e2 := strconv.ParseFloat(strings.TrimSpace(b), 64)
		if !two || e1 != nil || e2 != nil || !(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180) {
			return nil, false
		}
		list = append(list, place.Point{Lat: lat, Lon: lon})
	}
	return list, true
}
