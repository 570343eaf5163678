package oc4ids

import (
	"strconv"
	"strings"
	"sync"

	"github.com/shanyraq/shanyraq/lang"
)

// landsText lists the countries whose portals publish OC4IDS, and neighbours of
// ours: ISO 3166-1 code, box (west, south, east, north in degrees, rounded
// outward), currency, and names by which publishers call it. A project of one
// of them is judged by its box as one at home is by ours. The United Kingdom is
// left out on purpose: the example of the standard lies there with latitude
// first, and must come back as it came.
const landsText = `
UA 22 44.2 40.4 52.5 UAH Ukraine|Украина|Україна
MX -118.6 14.4 -86.6 32.8 MXN Mexico|México|Estados Unidos Mexicanos
MW 32.5 -17.3 36.1 -9.2 MWK Malawi
TH 97.2 5.5 105.8 20.6 THB Thailand|ประเทศไทย|ไทย
HN -89.5 12.8 -83 17.6 HNL Honduras
GT -92.4 13.6 -88.1 17.9 GTQ Guatemala
SV -90.3 13 -87.5 14.6 - El Salvador
CR -87.3 5.3 -82.4 11.4 CRC Costa Rica
PA -83.2 7 -77 9.8 PAB Panama|Panamá
CO -82 -4.4 -66.7 13.6 COP Colombia
EC -92.2 -5.2 -75 1.8 - Ecuador
UG 29.4 -1.6 35.2 4.4 UGX Uganda
ET 32.8 3.2 48.2 15.1 ETB Ethiopia
GH -3.4 4.5 1.4 11.3 GHS Ghana
SL -13.5 6.7 -10.1 10.2 SLL Sierra Leone
MZ 30 -27 41 -10.3 MZN Mozambique|Moçambique
TZ 29.2 -11.9 40.6 -0.8 TZS Tanzania|United Republic of Tanzania
KE 33.8 -4.9 42.1 5.2 KES Kenya
NG 2.5 4.1 14.8 14 NGN Nigeria
AF 60.3 29.2 75.1 38.7 AFN Afghanistan|Афганистан
JO 34.8 29 39.5 33.5 JOD Jordan
ID 94.8 -11.2 141.2 6.3 IDR Indonesia
PH 116.7 4.4 126.8 21.3 PHP Philippines
VN 102 8.3 109.7 23.5 VND Viet Nam|Vietnam
TL 124 -9.7 127.5 -8 - Timor-Leste
PY -62.8 -27.8 -54.1 -19.1 PYG Paraguay
PE -81.5 -18.5 -68.5 0.1 PEN Peru|Perú
AR -73.7 -55.2 -53.5 -21.6 ARS Argentina
BR -74.1 -33.9 -34.6 5.4 BRL Brazil|Brasil
DO -72.1 17.3 -68.2 20.1 DOP Dominican Republic|República Dominicana
KG 69.1 39 80.4 43.4 KGS Kyrgyzstan|Kyrgyz Republic|Кыргызстан|Киргизия|Кыргызская Республика|Қырғызстан
UZ 55.8 37 73.3 45.7 UZS Uzbekistan|Узбекистан|Өзбекстан|Oʻzbekiston
TJ 67.2 36.5 75.3 41.2 TJS Tajikistan|Таджикистан|Тәжікстан
TM 52.3 35 66.8 42.9 TMT Turkmenistan|Туркменистан|Түрікменстан
MN 87.6 41.4 120.1 52.3 MNT Mongolia|Монголия|Моңғолия
GE 39.9 40.9 46.9 43.7 GEL Georgia|Грузия
AM 43.3 38.7 46.8 41.5 AMD Armenia|Армения
AZ 44.6 38.2 50.8 42.1 AZN Azerbaijan|Азербайджан|Әзірбайжан
MD 26.5 45.3 30.3 48.6 MDL Moldova|Republic of Moldova|Молдова
`

// lands are the countries by fold of a name or code, and by currency.
var lands = sync.OnceValue(func() map[string]*Home {
	out := map[string]*Home{}
	for line := range strings.Lines(strings.TrimSpace(landsText)) {
		f := strings.SplitN(strings.TrimSpace(line), " ", 7)
		var d [4]float64
		for i := range d {
			d[i], _ = strconv.ParseFloat(f[i+1], 64) // a test reads them all
		}
		h := &Home{Code: f[0], Currency: f[5], Names: strings.Split(f[6], "|"), Box: Box{d[0], d[1], d[2], d[3]}}
		h.Title = func(lang.Code) string { return h.Names[0] }
		out[fold(h.Code)] = h
		for _, n := range h.Names {
			out[fold(n)] = h
		}
		if h.Currency != "-" {
			out["currency "+h.Currency] = h
		}
	}
	return out
})

// land returns the country in which a project lies, where we know its box, and
// whether it is abroad. A project that does not tell is taken to be at home; one
// in a country that we do not know is not judged at all.
func (h *Home) land(project *Value) (at *Home, abroad bool) {
	if h == nil {
		return nil, true
	}
	named := ""
	for _, l := range project.Each("locations") {
		name := strings.TrimSpace(l.Str("address", "countryName"))
		if h.Named(name) {
			return h, false
		}
		if name != "" {
			named = name
		}
	}
	if named != "" {
		return lands()[fold(named)], true
	}
	currency := strings.ToUpper(strings.TrimSpace(project.Str("budget", "amount", "currency")))
	if l := lands()["currency "+currency]; l != nil && currency != h.Currency {
		return l, true
	}
	return h, false // a loan in dollars says nothing about the place
}
