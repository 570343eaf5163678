package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/shanyraq/shanyraq/lang"
)

const (
	// A village so near to a main settlement is inside it, and one so near to
	// another with the same name is the same.
	sameMetres = 2_500
	// In so wide cells neighbours are looked for.
	villageCell = sameMetres
)

// lived are the feature codes of GeoNames that people live in. Quarters,
// abandoned and historical places are left out.
var lived = []string{"PPL", "PPLA2", "PPLF", "PPLL"}

// village is a row of populated_places.csv.
type village struct {
	code, district     string
	lat, lon           string
	kk, ru, en, folded string
	at                 point
	join               string // the way to a road where a straight one is wet
}

// writeVillages writes the villages and small towns beside the main settlements
// of the pack, after a table of GeoNames, and how they are joined to the roads of
// the pack where that is not straight.
func writeVillages(settlements, lakes, world, pack string) error {
	regionOf, err := readDistricts(filepath.Join(pack, "places.csv"))
	if err != nil {
		return err
	}
	mains, err := readTable(filepath.Join(pack, "settlements_extra.csv"))
	if err != nil {
		return err
	}
	rows, err := readTable(settlements)
	if err != nil {
		return err
	}
	var list []village
	for _, r := range rows {
		v, ok, err := readVillage(r)
		if err != nil {
			return fmt.Errorf("%s: %w", settlements, err)
		}
		if _, known := regionOf[v.district]; ok && known {
			list = append(list, v)
		}
	}
	towns := make([]point, len(mains))
	for i, r := range mains {
		_, at, err := position(r["lat"], r["lon"])
		if err != nil {
			return fmt.Errorf("settlements_extra.csv: %s: %w", r["code"], err)
		}
		towns[i] = at
	}
	list = distinct(list, towns)
	if err := joinVillages(list, lakes, world, pack); err != nil {
		return err
	}
	return writePlaces(filepath.Join(pack, "populated_places.csv"), list)
}

// readVillage reads a row of GeoNames. Not ok: nobody lives there, or nobody
// gave it a name in Kazakh or Russian, as with most farms that are gone.
func readVillage(r map[string]string) (v village, ok bool, err error) {
	if !slices.Contains(lived, r["feature_code"]) || r["name_kk"]+r["name_ru"] == "" {
		return v, false, nil
	}
	coordinates, at, err := position(r["lat"], r["lon"])
	if err != nil {
		return v, false, fmt.Errorf("settlement %s: %w", r["geonames_id"], err)
	}
	v = village{code: "GN" + r["geonames_id"], district: districtOf(r["district_kato"], at), lat: coordinates[0], lon: coordinates[1], en: r["name"], folded: lang.Fold(r["name"]), at: at}
	if cyrillic(r["name_ru"]) {
		v.ru = r["name_ru"]
	}
	if v.kk = r["name_kk"]; !cyrillic(v.kk) {
		v.kk = kazakh(v.kk, v.ru)
	}
	return v, true, nil
}

// position reads latitude and longitude, to about ten metres.
func position(lat, lon string) (text [2]string, at point, err error) {
	y, e1 := strconv.ParseFloat(lat, 64)
	x, e2 := strconv.ParseFloat(lon, 64)
	if e1 != nil || e2 != nil {
		return text, at, fmt.Errorf("has no point")
	}
	return [2]string{strconv.FormatFloat(y, 'f', 4, 64), strconv.FormatFloat(x, 'f', 4, 64)}, project(x, y), nil
}

// distinct leaves out what is a main settlement, and all but the first of
// several near each other with the same name.
func distinct(list []village, towns []point) []village {
	at := func(p point, dx, dy int) [2]int {
		return [2]int{int(p.x/villageCell+1e6) + dx, int(p.y/villageCell+1e6) + dy}
	}
	near := func(grid map[[2]int][]village, v village, same func(village) bool) bool {
		for dx := -1; dx <= 1; dx++ {
			for dy := -1; dy <= 1; dy++ {
				for _, o := range grid[at(v.at, dx, dy)] {
					if dist(o.at, v.at) <= sameMetres && same(o) {
						return true
					}
				}
			}
		}
		return false
	}
	main, kept := map[[2]int][]village{}, map[[2]int][]village{}
	for _, p := range towns {
		main[at(p, 0, 0)] = append(main[at(p, 0, 0)], village{at: p})
	}
	slices.SortFunc(list, func(a, b village) int { return strings.Compare(a.code, b.code) })
	var out []village
	for _, v := range list {
		if near(main, v, func(village) bool { return true }) || near(kept, v, func(o village) bool { return o.folded == v.folded }) {
			continue
		}
		kept[at(v.at, 0, 0)] = append(kept[at(v.at, 0, 0)], v)
		out = append(out, v)
	}
	return out
}

func writePlaces(file string, list []village) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	if err := w.Write([]string{"code", "district", "lat", "lon", "name_kk", "name_ru", "name_en", "join"}); err != nil {
		return err
	}
	for _, v := range list {
		if err := w.Write([]string{v.code, v.district, v.lat, v.lon, v.kk, v.ru, v.en, v.join}); err != nil {
			return err
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return f.Close()
}

// cyrillic reports whether every letter of a name is Cyrillic, and there is one.
func cyrillic(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Cyrillic, r) {
			return false
		}
	}
	return s != ""
}

// sounds are the Latin spellings of Kazakh in GeoNames, the longest first.
var sounds = strings.NewReplacer("shch", "щ", "zh", "ж", "sh", "ш", "kh", "х", "gh", "ғ", "ch", "ч", "ts", "ц", "ng", "ң", "ya", "я", "yo", "ё", "yu", "ю",
	"a", "а", "ä", "ә", "b", "б", "v", "в", "g", "г", "d", "д", "e", "е", "z", "з", "ī", "и", "i", "і", "y", "ы", "k", "к", "q", "қ", "l", "л", "m", "м", "n", "н", "o", "о", "ö", "ө",
	"p", "п", "r", "р", "s", "с", "t", "т", "ū", "у", "u", "ұ", "ü", "ү", "f", "ф", "h", "һ", "’", "ь")

// kazakh spells a Latin Kazakh name in Cyrillic, or returns "" where that would
// be a guess: ng is ң in Kazakh words and нг in Russian ones.
func kazakh(s, ru string) string {
	low := strings.ToLower(s)
	if low == "" || (strings.Contains(low, "ng") && (strings.Contains(strings.ToLower(ru), "нг") || !strings.ContainsAny(low, "qäöü") && !strings.Contains(low, "gh") && !strings.HasPrefix(low, "zhanga"))) {
		return ""
	}
	// y after a vowel is й, except before another vowel with which it makes one letter.
	letters := []rune(low)
	for i := 1; i < len(letters); i++ {
		if letters[i] == 'y' && strings.ContainsRune("aäeiīoöuūüy", letters[i-1]) && (i+1 == len(letters) || !strings.ContainsRune("aou", letters[i+1])) {
			letters[i] = 'й'
		}
	}
	out := []rune(sounds.Replace(string(letters)))
	if !cyrillic(string(out)) {
		return ""
	}
	up := true
	for i, r := range out {
		if up && unicode.IsLetter(r) {
			out[i] = unicode.ToUpper(r)
		}
		up = r == ' ' || r == '-'
	}
	return string(out)
}
