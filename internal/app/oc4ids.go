package app

import (
	"fmt"
	"sync"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"

	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/country/kz"
	"github.com/shanyraq/shanyraq/exchange/geojson"
	"github.com/shanyraq/shanyraq/exchange/oc4ids"
	"github.com/shanyraq/shanyraq/lang"
)

// homeMargin widens the schematic outlines, in degrees: about twenty
// kilometres, so that a town on the border is not taken for abroad.
const homeMargin = 0.25

// Home returns the country of this program as exchange/oc4ids needs it: its
// names, its currency and where it lies.
var Home = sync.OnceValues(func() (*oc4ids.Home, error) {
	c, err := homeCountry()
	if err != nil {
		return nil, err
	}
	outlines, err := homeOutlines()
	if err != nil {
		return nil, err
	}
	bound := orb.Bound{Min: orb.Point{180, 90}, Max: orb.Point{-180, -90}}
	for _, o := range outlines {
		bound = bound.Union(o.Geometry.Bound())
	}
	h := &oc4ids.Home{Code: c.Code, Currency: c.Currency.Code, Zone: zoneOf(c.OffsetMinutes), Names: namesOf(c), Title: c.Name.In,
		Box: oc4ids.Box{West: bound.Min[0] - homeMargin, South: bound.Min[1] - homeMargin, East: bound.Max[0] + homeMargin, North: bound.Max[1] + homeMargin}}
	h.Contains = func(lon, lat float64) bool {
		for _, d := range [][2]float64{{0, 0}, {homeMargin, 0}, {-homeMargin, 0}, {0, homeMargin}, {0, -homeMargin}} {
			p := orb.Point{lon + d[0], lat + d[1]}
			for _, o := range outlines {
				if o.Geometry.Bound().Contains(p) && planar.MultiPolygonContains(o.Geometry, p) {
					return true
				}
			}
		}
		return false
	}
	return h, nil
})

// namesOf lists how publishers write the country.
func namesOf(c country.Country) []string {
	out := []string{c.Code}
	for _, l := range lang.Codes() {
		out = append(out, c.Name[l])
	}
	en, ru, kk := c.Name[lang.EN], c.Name[lang.RU], c.Name[lang.KK]
	return append(out, "Republic of "+en, "Республика "+ru, kk+" Республикасы", "РК", "ҚР", "RK", "KAZ", "Qazaqstan")
}

// zoneOf writes an offset as RFC 3339 does.
func zoneOf(minutes int) string {
	sign := '+'
	if minutes < 0 {
		sign, minutes = '-', -minutes
	}
	return fmt.Sprintf("%c%02d:%02d", sign, minutes/60, minutes%60)
}

// homeOutlines are the regions of the country, schematic.
var homeOutlines = sync.OnceValues(func() ([]geojson.Feature, error) {
	const name = "boundaries_regions.geojson"
	f, err := kz.Pack().Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	c, err := geojson.ReadCollection(f, name, 0)
	return c.Features, err
})
