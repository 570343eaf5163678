package board

import (
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
)

func forms(kk, one, few, many, en, ens string) map[lang.Code]map[string]string {
	return map[lang.Code]map[string]string{lang.KK: {"one": kk, "other": kk}, lang.RU: {"one": one, "few": few, "many": many}, lang.EN: {"one": en, "other": ens}}
}

var words = Words{Symbol: "₸", Units: map[string]ledger.Unit{
	"KZT":              {Code: "KZT", Kind: "money"},
	"day":              {Code: "day", Kind: "quantity", Forms: forms("күн", "день", "дня", "дней", "day", "days")},
	"bed":              {Code: "bed", Kind: "count", Forms: forms("төсек", "койка", "койки", "коек", "bed", "beds")},
	"department":       {Code: "department", Kind: "count", Forms: forms("бөлімше", "отделение", "отделения", "отделений", "department", "departments")},
	"perinatal-centre": {Code: "perinatal-centre", Kind: "count", Forms: forms("перинаталдық орталық", "перинатальный центр", "перинатальных центра", "перинатальных центров", "perinatal centre", "perinatal centres")},
}}

func (w *world) sentence(at string) lang.Text {
	p := w.programme()
	t := p.Sentence(p.At(day(at)), words)
	for c := range t {
		t[c] = strings.ReplaceAll(t[c], "\u00a0", " ")
	}
	return t
}

// programmeInSmall is what two documents say: one without a date on perinatal
// centres, one of 5 February 2026 on departments and beds.
func programmeInSmall(t *testing.T) *world {
	w := newWorld(t)
	const doc = "2026-02-05"
	w.promise("A1", "", said{"departments.new", "KZ", "", "2026/2028", "49", doc})
	w.promise("A3", "", said{"beds.new", "KZ", "", "2026/2028", "<~800", doc})
	w.promise("A4", "2026-12-31", said{"departments.new", "KZ", "", "2026", "30", doc}).PartOf = "A1"
	w.statement("A4b", ledger.Context, ledger.Count, said{"departments.new", "KZ", "", "2026", "~30", doc})
	w.promise("A5", "2026-12-31", said{"beds.new", "KZ", "", "2026", "500", doc}).PartOf = "A3"
	w.promise("A10", "2027-12-31", said{"departments.new", "KZ", "age=adult", "2027", "7", doc}).PartOf = "A1"
	w.promise("A12", "", said{"beds.new", "KZ", "age=child", "2026/2028", "224", doc}).PeriodInferred = true
	w.promise("B1", "2026-12-31", said{"perinatal.new", "KZ", "", "2024/2026", "12", ""})
	w.promise("B1a", "2026-12-31", said{"perinatal.new", "KZ-35", "", "2024/2026", "1", ""}).PartOf = "B1"
	w.promise("C7p", "2025-12-31", said{"perinatal.new", "351", "project=hub", "2025", "1", "2025-12-22"})
	w.promise("D7", "", said{"order", "KZ", "", "", "", "2026-03-10"}) // a later word about something else
	for id, place := range map[string]string{"P1": "KZ-35", "P2": "KZ-55", "P3": "KZ-62"} {
		w.statement(id, ledger.Context, ledger.Order, said{"departments.priority", place, "", "2026", "", doc})
	}
	for _, dims := range []string{"ent", "haematology", "pulmonology", "rheumatology", "nephrology"} {
		w.delivery(said{"departments.commissioned", "KZ-62", "service=" + dims, doc, ">=1", doc})
	}
	w.delivery(said{"beds.commissioned", "KZ", "age=child", doc, "102", doc})
	return w
}

// The golden sentence. Every number in it is computed: 38 days from 23
// November to 31 December, 291 from 5 February to 23 November.
func TestSentence(t *testing.T) {
	got := programmeInSmall(t).sentence("2026-11-23")
	for c, want := range map[lang.Code]string{
		lang.KK: "38 күн қалды: 12 перинаталдық орталық, шамамен 30 бөлімше, 500 төсек. Құжаттармен расталғаны: кемінде 5 бөлімше; балаларға арналған 224 төсектің 102-сі. Олар туралы соңғы сөз 291 күн бұрын айтылды. Басымдық берілген үш өңірдің ішінен бөлімше бар деп тек біреуі аталған: Ulytau. Мерзімі өтіп, орындалғаны расталмағаны: 1.",
		lang.RU: "Осталось 38 дней: 12 перинатальных центров, около 30 отделений, 500 коек. Подтверждено документами: не менее 5 отделений; 102 из 224 коек для детей. Последнее слово о них — 291 день назад. Из трёх приоритетных регионов назван только один, где есть отделение: Ulytau. Срок прошёл, выполнение не подтверждено: 1.",
		lang.EN: "38 days left: 12 perinatal centres, about 30 departments, 500 beds. Confirmed by documents: at least 5 departments; 102 of 224 beds for children. Last word about them 291 days ago. Of three priority regions only Ulytau is named as having a department. Date passed, completion not confirmed: 1.",
	} {
		if got[c] != want {
			t.Errorf("%s\n got %s\nwant %s", c, got[c], want)
		}
	}
	p := programmeInSmall(t).programme()
	b := p.At(day("2026-11-23"))
	if w := p.LastWordOn(b); w.String() != "2026-02-05" || b.LastWord.String() != "2026-03-10" {
		t.Errorf("last word on what the sentence names %s, on anything %s", w, b.LastWord)
	}
}

func TestSentenceThroughTime(t *testing.T) {
	w := programmeInSmall(t)
	for at, want := range map[string][]string{
		"2025-06-01": {"578 days left: 12 perinatal centres.", "Nothing is confirmed by documents yet."},
		"2026-02-05": {"329 days left: 12 perinatal centres, about 30 departments, 500 beds.", "Last word about them today."},
		"2026-12-31": {"Today is the last day: 12 perinatal centres, about 30 departments, 500 beds."},
		"2027-01-01": {"364 days left: 7 departments for adults. Confirmed by documents: at least 5 of 49 departments; 102 of 224 beds for children.", "completion not confirmed: 4."},
		"2028-01-01": {"Confirmed by documents: at least 5 of 49 departments; 102 of 224 beds for children. Last word"},
	} {
		got := w.sentence(at)[lang.EN]
		for _, part := range want {
			if !strings.Contains(got, part) {
				t.Errorf("on %s:\n%s\nhas no %q", at, got, part)
			}
		}
	}
	if got := w.sentence("2027-01-01"); !strings.Contains(got[lang.KK], "ересектерге арналған 7 бөлімше") || !strings.Contains(got[lang.RU], "7 отделений для взрослых") {
		t.Errorf("for adults: %v", got)
	}
}

// Single objects under one noun are counted together; one alone is named.
func TestObjectsInTheSentence(t *testing.T) {
	w := newWorld(t)
	add := func(id, place, deadline string) {
		w.promise(id, deadline, said{"perinatal.new", place, "", "", "1", "2025-01-01"}).Kind = ledger.Object
	}
	add("hub", "351", "2025-12-31")
	add("clinic", "KZ-62", "2025-12-31")
	add("centre", "KZ-55", "2026-02-28")
	w.promise("beds", "2025-12-31", said{"beds.new", "KZ", "", "", "~200", "2025-01-01"})
	w.promise("budget", "2025-12-31", said{"funding.allocated", "KZ-62", "", "2025", "14800000000", "2025-01-01"}).Kind = ledger.MoneyKind
	m := w.p.Measures["funding.allocated"]
	m.Name = lang.Text{lang.EN: "money for medicines"}
	w.p.Measures["funding.allocated"] = m
	for at, want := range map[string]string{
		"2025-12-22": "9 days left: 2 perinatal centres, about 200 beds, 14.8 bn ₸ (money for medicines).",
		"2026-01-01": "58 days left: 1 perinatal centre (centre).",
	} {
		if got := w.sentence(at)[lang.EN]; !strings.HasPrefix(got, want) {
			t.Errorf("on %s: %s, want %s", at, got, want)
		}
	}
}

func TestSentenceOfNothing(t *testing.T) {
	got := newWorld(t).sentence("2026-11-23")
	for c, want := range map[lang.Code]string{lang.KK: "уәде жоқ", lang.RU: "ни одного обещания", lang.EN: "No promise"} {
		if !strings.Contains(got[c], want) {
			t.Errorf("%s: %q", c, got[c])
		}
	}
	// Documents without a date: nothing is said of the last word.
	w := newWorld(t)
	w.promise("B1", "2026-12-31", said{"perinatal.new", "KZ", "", "2024/2026", "12", ""})
	if got := w.sentence("2026-11-23")[lang.EN]; got != "38 days left: 12 perinatal centres. Nothing is confirmed by documents yet." {
		t.Errorf("%q", got)
	}
}

func TestPrioritySentences(t *testing.T) {
	base := func() *world {
		w := newWorld(t)
		w.promise("A", "", said{"departments.new", "KZ", "", "", "9", "2026-02-05"})
		for i, place := range []string{"KZ-35", "KZ-55", "KZ-62"} {
			w.statement("P"+string(rune('1'+i)), ledger.Context, ledger.Order, said{"departments.priority", place, "", "2026", "", "2026-02-05"})
		}
		return w
	}
	for n, want := range []lang.Text{
		{lang.KK: "Басымдық берілген үш өңірдің ешқайсысы бөлімше бар өңір ретінде аталмаған.", lang.RU: "Ни один из трёх приоритетных регионов не назван среди тех, где есть отделение.", lang.EN: "None of three priority regions is named as having a department."},
		{lang.KK: "үш өңірдің ішінен бөлімше бар деп тек біреуі аталған: Karaganda.", lang.RU: "назван только один, где есть отделение: Karaganda.", lang.EN: "Of three priority regions only Karaganda is named as having a department."},
		{lang.KK: "үш өңірдің ішінен бөлімше бар деп аталғандары: Karaganda және Pavlodar.", lang.RU: "отделение, по документам, есть в следующих: Karaganda и Pavlodar.", lang.EN: "Of three priority regions Karaganda and Pavlodar are named as having a department."},
	} {
		w := base()
		for _, place := range []string{"KZ-35", "KZ-55"}[:n] {
			w.delivery(said{"departments.commissioned", place, "", "2026-02-05", "1", "2026-02-05"})
		}
		got := w.sentence("2026-03-01")
		for c := range want {
			if !strings.Contains(got[c], want[c]) {
				t.Errorf("%s: %q has no %q", c, got[c], want[c])
			}
		}
	}
}

func TestSmallWords(t *testing.T) {
	if smallNumber(5, lang.EN) != "five" || smallNumber(11, lang.EN) != "11" || smallNumber(0, lang.RU) != "0" || smallNumber(10, lang.RU) != "десяти" {
		t.Error("small numbers")
	}
	if withArticle("agreement", lang.EN) != "an agreement" || withArticle("bed", lang.EN) != "a bed" || withArticle("unit", lang.EN) != "a unit" || withArticle("отделение", lang.RU) != "отделение" || withArticle("", lang.EN) != "" {
		t.Error("articles")
	}
	if u := words.UnitOf(ledger.Measure{Noun: "unheard-of"}, "ward"); u.Name.In(lang.KK) != "ward" {
		t.Errorf("an unknown unit is called by its code: %+v", u)
	}
}
