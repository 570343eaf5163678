package app

import (
	"bytes"
	"context"
	"io"

	"github.com/paulmach/orb"

	"github.com/shanyraq/shanyraq/actor"
	"github.com/shanyraq/shanyraq/country"
	"github.com/shanyraq/shanyraq/exchange/geojson"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/internal/store"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
	"github.com/shanyraq/shanyraq/place"
)

// Boundaries returns the outlines of a level as GeoJSON, as they were recorded
// by the moment.
func (a *App) Boundaries(ctx context.Context, w When, level string) ([]byte, error) {
	v, err := a.look(ctx, w)
	if err != nil {
		return nil, err
	}
	list, err := a.Store.Records(ctx, country.KindBoundary, v.at)
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		if r.Code == level {
			return r.Body, nil
		}
	}
	return nil, fault.New(fault.NotFound, "app.Boundaries", level, "there are no outlines of this level: `import boundaries FILE` brings them")
}

// keepOutlines leaves out the schematic outlines of a pack where somebody has
// imported real ones.
func (a *App) keepOutlines(ctx context.Context, items []ledger.Item) ([]ledger.Item, error) {
	have, err := a.Store.Records(ctx, country.KindBoundary, store.Everything)
	if err != nil {
		return nil, err
	}
	imported := map[string]bool{}
	for _, r := range have {
		imported[r.Code] = !bytes.Contains(r.Body, []byte(schematicMark))
	}
	out := items[:0]
	for _, it := range items {
		if it.Kind != country.KindBoundary || !imported[it.Code] {
			out = append(out, it)
		}
	}
	return out, nil
}

const schematicMark = `"schematic":true`

// Outlines tells what an import of boundaries brought.
type Outlines struct {
	Level    string   `json:"level"`
	Features int      `json:"features"`
	Missing  []string `json:"missing"` // places of the level without outline
	Known    bool     `json:"known"`   // the same outlines were there already
	Run      *string  `json:"run"`
}

// ImportBoundaries replaces the outlines of one level. All features must name
// places of one level; the country must hold them.
func (a *App) ImportBoundaries(ctx context.Context, name string, r io.Reader) (*Outlines, error) {
	c, err := geojson.ReadCollection(r, name, 0)
	if err != nil {
		return nil, err
	}
	v, err := a.look(ctx, When{AsOf: ptr(period.MaxDate)})
	if err != nil {
		return nil, err
	}
	if err := a.may(ctx, v, actor.LoadCountry, v.Atlas.Root()); err != nil {
		return nil, err
	}
	if err := geojson.Known(c.Features, name, func(code string) bool { return v.Atlas.Has(place.ID(code)) }); err != nil {
		return nil, err
	}
	if err := geojson.Within(c.Features, name, v.bound()); err != nil {
		return nil, err
	}
	out := &Outlines{Features: len(c.Features), Missing: []string{}}
	if out.Level, err = v.level(name, c.Features, &out.Missing); err != nil {
		return nil, err
	}
	var body bytes.Buffer
	if err := geojson.Write(&body, c); err != nil {
		return nil, err
	}
	got, err := a.commit(ctx, ledger.Batch{Run: a.run(ctx, ledger.ImportRun, "boundaries "+out.Level, map[string]string{"file": name}),
		Catalogue: []ledger.Item{{Kind: country.KindBoundary, Code: out.Level, Body: bytes.TrimSpace(body.Bytes())}}})
	if err != nil {
		return nil, err
	}
	out.Known, out.Run = got.Nothing(), optional(got.Run.String())
	return out, nil
}

// margin widens the box of the known points, in degrees: outlines reach beyond
// the outermost town.
const margin = 8

func (s *Snapshot) bound() orb.Bound {
	b := orb.Bound{Min: orb.Point{180, 90}, Max: orb.Point{-180, -90}}
	for _, p := range s.Atlas.All() {
		if p.Point != nil {
			b = b.Extend(orb.Point{p.Point.Lon, p.Point.Lat})
		}
	}
	return b.Pad(margin)
}

// level tells whether a file holds regions or districts and lists the places
// of that level that it leaves out.
func (s *Snapshot) level(name string, features []geojson.Feature, missing *[]string) (string, error) {
	have := map[place.ID]bool{}
	level := ""
	for _, f := range features {
		p, err := s.Atlas.Place(place.ID(f.Code))
		if err != nil {
			return "", err
		}
		l := s.levelOf(p)
		switch {
		case l == "":
			return "", fault.New(fault.Invalid, "app.ImportBoundaries", name, "feature %d (%s) is a %s: give outlines of regions or of districts", f.Number, f.Code, p.Kind)
		case level != "" && l != level:
			return "", fault.New(fault.Invalid, "app.ImportBoundaries", name, "feature %d (%s) is one of the %s among %s: give one file for regions and one for districts", f.Number, f.Code, l, level)
		}
		level = l
		have[p.ID] = true
	}
	for _, p := range s.Atlas.All() {
		if s.levelOf(p) == level && !have[p.ID] && p.To == nil {
			*missing = append(*missing, string(p.ID))
		}
	}
	return level, nil
}

// levelOf returns the level of a place, or "": a city directly below the
// country is one of its regions.
func (s *Snapshot) levelOf(p place.Place) string {
	if p.Kind == place.City && p.Parent == s.Atlas.Root() {
		return "regions"
	}
	return levels[p.Kind]
}

var levels = map[place.Kind]string{place.Region: "regions", place.District: "districts", place.City: "districts", place.CityDistrict: "districts"}
