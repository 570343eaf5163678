package friction

import (
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// Mode is how one travels over a cell.
type Mode uint8

// The modes, with the numbers that a map of modes holds.
const (
	None      Mode = 0
	Walking   Mode = 1
	Bicycling Mode = 2
	Motorised Mode = 3
)

var modeNames = [...]string{"none", "walking", "bicycling", "motorised"}

func (m Mode) String() string {
	if int(m) < len(modeNames) {
		return modeNames[m]
	}
	return "unknown"
}

// ParseMode reads a mode as people and AccessMod write it.
func ParseMode(s string) (Mode, bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "walking", "walk", "foot":
		return Walking, true
	case "bicycling", "bicycle", "cycling", "bike":
		return Bicycling, true
	case "motorised", "motorized", "motor", "car", "vehicle":
		return Motorised, true
	}
	return None, false
}

// Layer says of what a class is. One table may hold both; where it does not
// say, a class is of both, as in AccessMod.
type Layer string

// The layers.
const (
	Both      Layer = ""
	LandCover Layer = "landcover"
	RoadLayer Layer = "road"
)

func (l Layer) word() string {
	if l == LandCover {
		return "land cover"
	}
	return string(l)
}

// Speed is one row of the table.
type Speed struct {
	Layer     Layer
	Class     string
	Label     string
	Mode      Mode
	Season    string // in small letters; empty: in every season
	KmPerHour float64
	Row       int // in the file, for messages
}

// Speeds is a table of speeds.
type Speeds []Speed

// MaxKmPerHour is more than anybody drives; beyond it a speed is in another unit.
const MaxKmPerHour = 300

// Check refuses speeds that cannot be true and rows that say the same twice.
func (t Speeds) Check() error {
	type key struct {
		layer         Layer
		class, season string
		mode          Mode
	}
	seen := map[key]int{}
	for _, s := range t {
		refuse := func(format string, args ...any) error {
			return fault.New(fault.Invalid, "friction.Speeds", "", "row %d: "+format, append([]any{s.Row}, args...)...)
		}
		switch {
		case s.Class == "":
			return refuse("class is empty: give the number of the land cover or the word of the road")
		case s.Mode == None || s.Mode > Motorised:
			return refuse("mode is missing: write walking, bicycling or motorised")
		case !(s.KmPerHour >= 0 && s.KmPerHour <= MaxKmPerHour):
			return refuse("a speed of %g: give km/h from 0 (nobody passes) to %d", s.KmPerHour, MaxKmPerHour)
		}
		k := key{s.Layer, s.Class, s.Season, s.Mode}
		if first := seen[k]; first > 0 {
			return refuse("class %s, mode %s and season %q stand in row %d already: leave one of the two", s.Class, s.Mode, s.Season, first)
		}
		seen[k] = s.Row
	}
	return nil
}

// Seasons returns the seasons that the table names.
func (t Speeds) Seasons() []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, s := range t {
		if !seen[s.Season] {
			seen[s.Season] = true
			out = append(out, s.Season)
		}
	}
	return out
}

// choose returns the fastest speed of a class among the modes. For each mode
// the row of the season counts before the one for every season, and the row
// of the layer before the one for both.
func (t Speeds) choose(layer Layer, class, season string, modes []Mode) (Speed, bool) {
	var best [Motorised + 1]Speed
	var rank [Motorised + 1]int
	for _, s := range t {
		if s.Class != class || s.Layer != Both && s.Layer != layer || s.Season != "" && s.Season != season {
			continue
		}
		r := 1
		if s.Season != "" {
			r += 2
		}
		if s.Layer != Both {
			r++
		}
		if r > rank[s.Mode] {
			best[s.Mode], rank[s.Mode] = s, r
		}
	}
	var out Speed
	known := false
	for mode := Walking; mode <= Motorised; mode++ {
		if rank[mode] == 0 || !allowed(mode, modes) {
			continue
		}
		if !known || best[mode].KmPerHour > out.KmPerHour {
			out, known = best[mode], true
		}
	}
	return out, known
}

func allowed(mode Mode, modes []Mode) bool {
	if len(modes) == 0 {
		return true
	}
	for _, m := range modes {
		if m == mode {
			return true
		}
	}
	return false
}
