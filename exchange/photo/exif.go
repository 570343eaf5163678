package photo

import (
	"bytes"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/bep/imagemeta"

	"github.com/shanyraq/shanyraq/place"
)

// Taken is when a photo was taken, as the clock of the camera had it.
type Taken struct {
	// Local is the time on the clock; its location is UTC whatever the clock
	// was set to.
	Local time.Time
	// Offset is what the clock was ahead of UTC in minutes, nil when the camera
	// did not write it down. Most do not.
	Offset *int
}

// Earliest is the first moment that it can have been: without a zone, the one
// of the zone farthest east.
func (t Taken) Earliest() time.Time {
	if t.Offset != nil {
		return t.Local.Add(-time.Duration(*t.Offset) * time.Minute)
	}
	return t.Local.Add(-farEast)
}

const farEast = 14 * time.Hour // ahead of UTC: Kiritimati

// Bounds of what is read from the notes of a camera.
const (
	maxTags    = 2_000
	maxTagSize = 4 << 10         // bytes
	maxReading = 3 * time.Second // a second fence behind the two above
)

var formats = map[Type]imagemeta.ImageFormat{JPEG: imagemeta.JPEG, PNG: imagemeta.PNG, WebP: imagemeta.WebP, HEIC: imagemeta.HEIF}

// wanted are the notes of a camera that matter here.
var wanted = map[string]bool{"Orientation": true, "DateTimeOriginal": true, "OffsetTimeOriginal": true, "GPSLatitude": true, "GPSLatitudeRef": true, "GPSLongitude": true, "GPSLongitudeRef": true}

// readNotes takes place, time and orientation from EXIF. Notes that cannot be
// read are no reason to refuse a photo: nothing is known then.
func (f *Finding) readNotes(b []byte) {
	notes := map[string]any{}
	_, _ = imagemeta.Decode(imagemeta.Options{R: bytes.NewReader(b), ImageFormat: formats[f.Type], Sources: imagemeta.EXIF,
		LimitNumTags: maxTags, LimitTagSize: maxTagSize, Timeout: maxReading,
		ShouldHandleTag: func(t imagemeta.TagInfo) bool {
			return wanted[t.Tag] && strings.HasPrefix(t.Namespace, "IFD0")
		},
		HandleTag: func(t imagemeta.TagInfo) error { notes[t.Tag] = t.Value; return nil }})
	if o, ok := whole(notes["Orientation"]); ok && o >= 1 && o <= 8 {
		f.Orientation = o
	}
	f.takenFrom(notes)
	f.pointFrom(notes)
}

func whole(v any) (int, bool) {
	switch v := v.(type) {
	case uint16:
		return int(v), true
	case uint32:
		return int(v), v < math.MaxInt32
	case uint8:
		return int(v), true
	}
	return 0, false
}

// Years of a photo that can be: digital cameras, and clocks that are not set.
const firstYear, lastYear = 1990, 2200

func (f *Finding) takenFrom(notes map[string]any) {
	said, ok := notes["DateTimeOriginal"].(string)
	said = strings.TrimRight(said, "\x00 ")
	if !ok || strings.Trim(said, "0: -") == "" { // a clock that was never set
		return
	}
	at, err := time.Parse("2006:01:02 15:04:05", said)
	if err != nil || at.Year() < firstYear || at.Year() > lastYear {
		f.BadTime = true
		return
	}
	f.Taken = &Taken{Local: at}
	if zone, ok := notes["OffsetTimeOriginal"].(string); ok {
		f.Taken.Offset = offsetOf(strings.TrimRight(zone, "\x00 "))
	}
}

// offsetOf reads +05:00 or Z as minutes ahead of UTC.
func offsetOf(s string) *int {
	if s == "Z" {
		return new(int)
	}
	if len(s) != 6 || s[3] != ':' || s[0] != '+' && s[0] != '-' {
		return nil
	}
	h, err1 := strconv.ParseUint(s[1:3], 10, 8)
	m, err2 := strconv.ParseUint(s[4:], 10, 8)
	if err1 != nil || err2 != nil || h > 14 || m > 59 {
		return nil
	}
	n := int(h)*60 + int(m)
	if s[0] == '-' {
		n = -n
	}
	return &n
}

func (f *Finding) pointFrom(notes map[string]any) {
	lat, okLat := notes["GPSLatitude"].(float64)
	lon, okLon := notes["GPSLongitude"].(float64)
	if !okLat && !okLon {
		_, a := notes["GPSLatitude"]
		_, b := notes["GPSLongitude"]
		f.BadPlace = a || b
		return
	}
	if side(notes["GPSLatitudeRef"]) == "S" {
		lat = -lat
	}
	if side(notes["GPSLongitudeRef"]) == "W" {
		lon = -lon
	}
	if okLat && okLon && lat == 0 && lon == 0 {
		return // a receiver that saw no satellites
	}
	// One exact zero is a division by zero rather than a place on the equator.
	if !okLat || !okLon || !(math.Abs(lat) <= 90) || !(math.Abs(lon) <= 180) || lat == 0 || lon == 0 {
		f.BadPlace = true
		return
	}
	f.Point = &place.Point{Lat: lat, Lon: lon}
}

func side(v any) string {
	s, _ := v.(string)
	return strings.ToUpper(strings.TrimRight(s, "\x00 "))
}
