package main

import "fmt"

// known is a republican road that publications name and Natural Earth does not
// draw, or draws through a neighbouring country.
type known struct {
	from, to string
	km       float64 // 0: nobody said how long this part is
	source   string
}

var knownRoads = []known{
	{"GN608872", "GN609123", 0, "road Dossor-Kulsary-Beyneu-Aktau: liter.kz, 2025-02-27"},                  // Makat, Kulsary
	{"GN610298", "GN608324", 310, "road Dossor-Kulsary-Beyneu-Aktau, km 332 to 642: liter.kz, 2025-02-27"}, // Beyneu, Shetpe
	{"GN1524243", "GN1520969", 0, "road Shymkent-Taraz-Korday-Almaty: baq.kz, 2026-01-14"},                 // Korday, Merke
	{"GN1520316", "GN1519422", 198, "road Ust-Kamenogorsk-Semey, ends at km 198: inform.kz, 2025-12-15"},   // Oskemen, Semey
}

// published returns the known roads between settlements of the network.
func published(at map[int][]town, roads []known) ([]link, error) {
	of := map[string]town{}
	for _, t := range byCode(at) {
		of[t.code] = t
	}
	var out []link
	for _, k := range roads {
		a, okA := of[k.from]
		b, okB := of[k.to]
		if !okA || !okB {
			return nil, fmt.Errorf("the known road %s-%s has an end that is no settlement", k.from, k.to)
		}
		l := straight(a, b)
		l.class, l.said = "main", k.source
		if k.km > 0 {
			l.metres, l.assumed = 1000*k.km, 0
		}
		out = append(out, l)
	}
	return out, nil
}
