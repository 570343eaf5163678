package osm

import (
	"strconv"
	"strings"
)

// longest is the longest crossing that is believed, in seconds: ten days.
const longest = 10 * 24 * 3600

// Duration reads how long a ferry takes, as it is written in OpenStreetMap:
// minutes (45), hours and minutes (1:30), with seconds (01:30:00), or ISO 8601
// (PT1H30M, P1DT2H). It returns seconds.
func Duration(s string) (seconds int, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) > 30 {
		return 0, false
	}
	if rest, iso := strings.CutPrefix(strings.ToUpper(s), "P"); iso {
		seconds, ok = isoDuration(rest)
	} else {
		seconds, ok = clockDuration(s)
	}
	return seconds, ok && seconds > 0 && seconds <= longest
}

func clockDuration(s string) (int, bool) {
	parts := strings.Split(s, ":")
	if len(parts) > 3 {
		return 0, false
	}
	total := 0
	for i, p := range parts {
		v, ok := digits(p)
		if !ok || i > 0 && (v > 59 || len(p) != 2) {
			return 0, false
		}
		total = total*60 + v
	}
	if len(parts) < 3 { // minutes are the last
		total *= 60
	}
	return total, true
}

// isoDuration reads what stands behind the P. Months and years are no crossing.
func isoDuration(s string) (int, bool) {
	total, inTime, last := 0, false, 0
	for s != "" {
		if s[0] == 'T' && !inTime {
			inTime, s, last = true, s[1:], 0
			if s == "" {
				return 0, false
			}
			continue
		}
		i := strings.IndexAny(s, "WDHMS")
		if i < 0 {
			return 0, false
		}
		v, ok := digits(s[:i])
		unit := map[bool]map[byte]int{false: {'W': 604800, 'D': 86400}, true: {'H': 3600, 'M': 60, 'S': 1}}[inTime][s[i]]
		if !ok || unit == 0 || last != 0 && unit >= last {
			return 0, false
		}
		total, last, s = total+v*unit, unit, s[i+1:]
	}
	return total, true
}

func digits(s string) (int, bool) {
	if s == "" || len(s) > 6 || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	v, err := strconv.Atoi(s)
	return v, err == nil
}
