package geojson

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

const op = "geojson.Read"

// boundaryRemedy ends the messages about a file of another kind.
const boundaryRemedy = "export a GeoJSON FeatureCollection of polygons in WGS 84 with the property code or kato"

// ReadCollection reads a file of boundaries. name is the file name for messages
// and limit the most bytes to take, DefaultLimit when not positive.
//
// It returns fault.TooLarge beyond a bound and fault.Invalid for what is not a
// FeatureCollection of Polygon and MultiPolygon, for a feature without code, a
// code that comes twice, a ring of fewer than four points or not closed, a
// coordinate outside longitude and latitude, and a declared projection other
// than WGS 84. Heights are dropped. Whether the codes are known and lie in the
// right country is for Known and Within to tell.
func ReadCollection(r io.Reader, name string, limit int64) (Collection, error) {
	if limit <= 0 {
		limit = DefaultLimit
	}
	d := json.NewDecoder(&guard{r: r, name: name, left: limit})
	d.UseNumber()
	p := &parser{Decoder: d, name: name, seen: map[string]int{}, remedy: boundaryRemedy}
	p.each = p.feature
	if err := p.file(); err != nil {
		return Collection{}, err
	}
	return p.out, nil
}

// parser reads the tokens of one file.
type parser struct {
	*json.Decoder
	name   string
	remedy string       // ends the messages about a file of another kind
	each   func() error // reads one feature
	out    Collection
	seen   map[string]int // feature number by code
	number int            // of the feature being read
	points int            // of all features so far
}

func (p *parser) file() error {
	if err := p.expect('{', "the file"); err != nil {
		return err
	}
	kind, features := "", false
	err := p.members(func(key string) (err error) {
		switch key {
		case "type":
			kind, err = p.text()
		case "schematic":
			var t json.Token
			t, err = p.token()
			p.out.Schematic = t == true
		case "crs":
			err = p.projection()
		case "features":
			if features {
				return p.invalid("the member features comes twice: %s", p.remedy)
			}
			features = true
			err = p.features()
		default:
			err = p.skip()
		}
		return err
	})
	if err != nil {
		return err
	}
	if kind != "FeatureCollection" || !features {
		return p.invalid("not a FeatureCollection: %s", p.remedy)
	}
	if p.number == 0 {
		return p.invalid("there is no feature in the file: %s", p.remedy)
	}
	if _, err := p.Token(); !errors.Is(err, io.EOF) {
		return p.invalid("something follows the end of the FeatureCollection: %s", p.remedy)
	}
	return nil
}

func (p *parser) features() error {
	if err := p.expect('[', "the member features"); err != nil {
		return err
	}
	for p.More() {
		p.number++
		if p.number > maxFeatures {
			return fault.New(fault.TooLarge, op, p.name, "%s: more than %d features: import only the boundaries of places", p.name, maxFeatures)
		}
		if err := p.each(); err != nil {
			return err
		}
	}
	return p.expect(']', "the member features")
}

func (p *parser) feature() error {
	if err := p.expect('{', "a feature"); err != nil {
		return err
	}
	f := Feature{Number: p.number}
	kind, isPolygon := "", false
	err := p.members(func(key string) (err error) {
		switch key {
		case "type":
			kind, err = p.text()
		case "properties":
			f.Code, err = p.code()
		case "geometry":
			f.Geometry, err = p.geometry()
			isPolygon = true
		default:
			err = p.skip()
		}
		return err
	})
	switch first := p.seen[f.Code]; {
	case err != nil:
		return err
	case kind != "Feature":
		return p.invalid("%sits type is not Feature: %s", p.where(), p.remedy)
	case !isPolygon:
		return p.invalid("%sit has no geometry: give it a Polygon or MultiPolygon", p.where())
	case f.Code == "":
		return p.invalid("%sno property code, kato or iso holds the code of its place: add one", p.where())
	case first > 0:
		return p.invalid("%sit has the same code as feature %d: join the two into one MultiPolygon", p.where(), first)
	}
	p.seen[f.Code] = f.Number
	p.out.Features = append(p.out.Features, f)
	return nil
}

// codeKeys are the properties that may hold the code of a place, best first.
var codeKeys = []string{"code", "kato", "iso", "iso_3166_2"}

// maxCode is the length of the longest code in use, several times over.
const maxCode = 64

// code returns the code from the properties of a feature, empty when there is
// none. Capital and small letters in the names of properties do not matter.
func (p *parser) code() (string, error) {
	t, err := p.token()
	if err != nil || t == nil {
		return "", err
	}
	if t != json.Delim('{') {
		return "", p.invalid("%sits properties are not an object: %s", p.where(), p.remedy)
	}
	best, rank := "", len(codeKeys)
	err = p.members(func(key string) error {
		for i, k := range codeKeys {
			if i < rank && strings.EqualFold(k, key) {
				s, err := p.scalar()
				if s != "" {
					best, rank = s, i
				}
				return err
			}
		}
		return p.skip()
	})
	if len(best) > maxCode {
		return "", p.invalid("%sits code is longer than %d bytes: give the code of a place", p.where(), maxCode)
	}
	return best, err
}

// projection refuses a declared projection other than WGS 84.
func (p *parser) projection() error {
	var crs struct {
		Properties struct {
			Name string `json:"name"`
		} `json:"properties"`
	}
	if err := p.Decode(&crs); err != nil {
		return p.broken(err)
	}
	if n := crs.Properties.Name; n != "" && !strings.HasSuffix(n, "CRS84") && !strings.HasSuffix(n, ":4326") {
		return p.invalid("the file declares another projection than WGS 84: export it in WGS 84 (EPSG:4326)")
	}
	return nil
}
