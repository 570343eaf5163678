package osm

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/shanyraq/shanyraq/fault"
)

//go:embed speeds.csv
var ownSpeeds []byte

// Speeds is a table of speeds by class of road, surface and season, with what
// slows down at nodes. See docs/guide/access-files.md for its columns.
type Speeds struct{ rows map[speedKey]speedRow }

// speedKey names a row. Season is empty for what holds all the year.
type speedKey struct {
	profile    Profile
	season     Season
	tag, value string
}

// speedRow is what a row says; NaN where a cell is empty.
type speedRow struct {
	closed               bool
	kmh, factor, seconds float64
}

// columns of the table; note is for people.
var columns = []string{"profile", "season", "tag", "value", "use", "kmh", "factor", "seconds", "note"}

// tagsOfTable are what a row may speak of.
var tagsOfTable = set("highway surface tracktype smoothness service access node maxspeed profile")

// maxRows bounds a table of speeds.
const maxRows = 10_000

// OwnSpeeds returns the table that comes with the program. All its numbers are
// assumptions and marked so.
var OwnSpeeds = sync.OnceValue(func() *Speeds {
	s := &Speeds{rows: map[speedKey]speedRow{}}
	if err := s.read("speeds.csv", bytes.NewReader(ownSpeeds)); err != nil {
		panic(err) // embedded; a test reads it
	}
	return s
})

// OwnSpeedsCSV returns the same table as text, to be edited.
func OwnSpeedsCSV() []byte { return bytes.Clone(ownSpeeds) }

// ReadSpeeds reads a table of speeds and puts it over the one that comes with
// the program: a row replaces the row of the same profile, season, tag and
// value, and the others stay.
func ReadSpeeds(file string, r io.Reader) (*Speeds, error) {
	s := &Speeds{rows: map[speedKey]speedRow{}}
	if err := s.read(file, r); err != nil {
		return nil, err
	}
	for k, v := range OwnSpeeds().rows {
		if _, there := s.rows[k]; !there {
			s.rows[k] = v
		}
	}
	return s, nil
}

func (s *Speeds) read(file string, r io.Reader) error {
	c := csv.NewReader(r)
	c.FieldsPerRecord = -1
	var at []int // at[i] is where columns[i] stands
	for n := 0; ; n++ {
		cells, err := c.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		row := 0
		if err == nil {
			row, _ = c.FieldPos(0)
		}
		wrong := func(says string, args ...any) error {
			return fault.New(fault.Invalid, "osm.ReadSpeeds", file, "row %d: %s", row, fmt.Sprintf(says, args...))
		}
		var syntax *csv.ParseError
		switch {
		case errors.As(err, &syntax):
			row = syntax.Line
			return wrong("it is no CSV: %v", syntax.Err)
		case err != nil:
			return fault.New(fault.Internal, "osm.ReadSpeeds", file, "cannot be read: %w", err)
		case n > maxRows:
			return wrong("the table has more than %d rows", maxRows)
		}
		if at == nil {
			if at, err = header(cells, wrong); err != nil {
				return err
			}
			continue
		}
		if len(cells) != len(at) {
			return wrong("it has %d cells and the header %d", len(cells), len(at))
		}
		if err := s.row(at, cells, wrong); err != nil {
			return err
		}
	}
	if at == nil {
		return fault.New(fault.Invalid, "osm.ReadSpeeds", file, "it is empty: begin with the header %s", strings.Join(columns, ","))
	}
	return nil
}

// header returns which column stands in each cell.
func header(cells []string, wrong func(string, ...any) error) ([]int, error) {
	at := make([]int, len(cells))
	seen := map[int]bool{}
	for i, c := range cells {
		c = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(c, "\ufeff")))
		at[i] = -1
		for k, name := range columns {
			if c == name {
				at[i] = k
			}
		}
		if at[i] < 0 || seen[at[i]] {
			return nil, wrong("the column %q is not known or stands twice: the columns are %s", clip(c), strings.Join(columns, ","))
		}
		seen[at[i]] = true
	}
	for k := range 4 {
		if !seen[k] {
			return nil, wrong("the header lacks the column %s", columns[k])
		}
	}
	return at, nil
}

func (s *Speeds) row(at []int, cells []string, wrong func(string, ...any) error) error {
	var cell [9]string
	for i, k := range at {
		cell[k] = strings.TrimSpace(cells[i])
	}
	key := speedKey{Profile(cell[0]), Season(cell[1]), cell[2], cell[3]}
	switch {
	case key.profile.index() < 0:
		return wrong("column profile: %q is not car or ambulance", clip(cell[0]))
	case key.season != "" && key.season != Summer && key.season != Winter:
		return wrong("column season: %q is not summer or winter; leave it empty for both", clip(cell[1]))
	case !tagsOfTable[key.tag]:
		return wrong("column tag: %q is not known: highway, surface, tracktype, smoothness, service, access, node, maxspeed and profile are", clip(key.tag))
	case key.value == "":
		return wrong("column value is empty")
	}
	if _, twice := s.rows[key]; twice {
		return wrong("%s, %s=%s stands in the table already: keep one row", key.profile, key.tag, clip(key.value))
	}
	var v speedRow
	switch cell[4] {
	case "", "yes":
	case "no":
		v.closed = true
	default:
		return wrong("column use: %q is not yes or no", clip(cell[4]))
	}
	for _, n := range []struct {
		to   *float64
		cell int
		most float64
	}{{&v.kmh, 5, fastest}, {&v.factor, 6, 10}, {&v.seconds, 7, 86400}} {
		*n.to = math.NaN()
		if cell[n.cell] == "" {
			continue
		}
		x, err := strconv.ParseFloat(cell[n.cell], 64)
		if err != nil || !(x > 0 && x <= n.most) && !(n.cell == 7 && x == 0) {
			return wrong("column %s: %q is not a number above 0 and up to %v", columns[n.cell], clip(cell[n.cell]), n.most)
		}
		*n.to = x
	}
	s.rows[key] = v
	return nil
}

// look returns the row of a season, and behind it the row of all the year.
func (s *Speeds) look(p Profile, season Season, tag, value string) (rows [2]speedRow) {
	if value != "" {
		rows[0] = s.get(speedKey{p, season, tag, value})
		rows[1] = s.get(speedKey{p, "", tag, value})
	} else {
		nan := math.NaN()
		rows = [2]speedRow{{false, nan, nan, nan}, {false, nan, nan, nan}}
	}
	return rows
}

func (s *Speeds) get(k speedKey) speedRow {
	if r, ok := s.rows[k]; ok {
		return r
	}
	nan := math.NaN()
	return speedRow{false, nan, nan, nan}
}

// factor multiplies the factors of both rows.
func factor(rows [2]speedRow) float64 {
	f := 1.0
	for _, r := range rows {
		if !math.IsNaN(r.factor) {
			f *= r.factor
		}
	}
	return f
}

// Kmh returns the speed on a way of a kind, forth and back; 0 where the
// profile may not drive in that season.
//
//	speed = min(base · factors, caps)
//
// base is the posted limit times the factor maxspeed=posted, where a limit is
// posted, and otherwise the kmh of the class, that of the season before that
// of all the year. The factors are those of class, surface, tracktype,
// smoothness, service and access, of the season and of all the year. The caps
// are the kmh of surface, tracktype, smoothness, service and profile=max, of
// the season before that of all the year. No road is slower than 1 km/h.
func (s *Speeds) Kmh(p Profile, season Season, k Kind) (forth, back float64) {
	u := k.Uses[p.index()]
	class := s.look(p, season, "highway", k.Class)
	kmh := firstNumber(class[0].kmh, class[1].kmh)
	if !k.Months.in(season) || class[0].closed || class[1].closed {
		return 0, 0
	}
	f, lid := factor(class), math.Inf(1)
	slow := [...][2]string{{"surface", k.Surface}, {"tracktype", k.Tracktype}, {"smoothness", k.Smoothness}, {"service", k.Service}, {"profile", "max"}}
	for _, t := range slow {
		rows := s.look(p, season, t[0], t[1])
		if rows[0].closed || rows[1].closed {
			return 0, 0
		}
		f *= factor(rows)
		if c := firstNumber(rows[0].kmh, rows[1].kmh); c < lid {
			lid = c
		}
	}
	posted := s.look(p, season, "maxspeed", "posted")
	limited := s.look(p, season, "access", u.Limit)
	speed := func(a Access, limit uint16) float64 {
		base := kmh
		if limit > 0 {
			base = float64(limit) / 10 * factor(posted)
		}
		if a == Limited {
			if limited[0].closed || limited[1].closed {
				return 0
			}
			base *= factor(limited)
		}
		if a == Closed || math.IsNaN(base) {
			return 0
		}
		return math.Max(1, math.Min(base*f, lid))
	}
	return speed(u.Forth, k.PostedForth), speed(u.Back, k.PostedBack)
}

// wait returns the seconds that it takes to pass a spot, and whether it can be
// passed.
func (s *Speeds) wait(p Profile, season Season, x Spot) (seconds float64, ok bool) {
	rows := s.look(p, season, "node", x.What)
	if rows[0].closed || rows[1].closed || !x.pass(p.index()) {
		return 0, false
	}
	if v := firstNumber(rows[0].seconds, rows[1].seconds); !math.IsNaN(v) {
		return v, true
	}
	return 0, true
}

// firstNumber returns a unless it is missing, and then b.
func firstNumber(a, b float64) float64 {
	if !math.IsNaN(a) {
		return a
	}
	return b
}
