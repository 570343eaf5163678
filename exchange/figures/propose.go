package figures

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sort"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
	"github.com/shanyraq/shanyraq/period"
)

// headerWords are how tables call the columns of ours, in Kazakh, Russian and
// English, the usual ones of statistical tables and of DHIS2 and SDMX first.
var headerWords = map[string][]string{
	"measure":      {"measure", "indicator", "data element", "dataelement", "показатель", "наименование показателя", "көрсеткіш", "көрсеткіш атауы", "индикатор", "indic"},
	"place":        {"place", "region", "territory", "area", "organisation unit", "orgunit", "ref area", "регион", "область", "территория", "район", "место", "наименование региона", "аймақ", "облыс", "өңір", "аумақ", "аудан", "орын", "код региона", "като", "kato"},
	"period":       {"period", "year", "date", "month", "time period", "период", "год", "дата", "месяц", "отчетный период", "кезең", "жыл", "күні", "ай", "есепті кезең"},
	"value":        {"value", "obs value", "amount", "count", "значение", "количество", "сумма", "число", "всего", "итого", "мәні", "мән", "саны", "сомасы", "барлығы"},
	"kind":         {"kind", "type of figure", "план факт", "вид показателя", "түрі", "сценарий", "scenario"},
	"unit":         {"unit", "unit measure", "единица измерения", "ед изм", "единица", "өлшем бірлігі", "бірлік"},
	"qualifier":    {"qualifier", "знак", "оговорка"},
	"status":       {"status", "obs status", "статус", "мәртебе"},
	"source":       {"source", "источник", "дереккөз", "источник данных"},
	"document":     {"document", "документ", "құжат"},
	"dimensions":   {"dimensions", "разрезы", "өлшемдер"},
	"numerator":    {"numerator", "числитель", "алым"},
	"denominator":  {"denominator", "знаменатель", "бөлім"},
	"published_at": {"published at", "дата публикации", "жарияланған күні"},
	"note_ru":      {"примечание", "комментарий"},
	"note_kk":      {"ескерту", "түсініктеме"},
	"note_en":      {"note", "comment", "remark"},
}

// roles are the columns that are proposed, the most needed first.
var roles = []string{"value", "place", "period", "measure", "kind", "unit", "source", "document", "dimensions", "qualifier", "status", "numerator", "denominator", "published_at", "note_ru", "note_kk", "note_en"}

type headerWord struct {
	role    string
	folded  string
	pattern lang.Pattern
}

var headerPatterns = func() (out []headerWord) {
	for _, role := range roles {
		for _, s := range headerWords[role] {
			out = append(out, headerWord{role, lang.Fold(s), lang.NewPattern(s)})
		}
	}
	return out
}()

// sureHeader is from what score on a header says what a column is.
const sureHeader = 0.7

// headerRole returns what a header says that its column is, with a score from 0
// to 1; "" when it says nothing.
func headerRole(header string) (string, float64) {
	best, role := 0.0, ""
	for r, score := range headerRoles(header) {
		if score > best || score == best && slices.Index(roles, r) < slices.Index(roles, role) {
			best, role = score, r
		}
	}
	if best < sureHeader {
		return "", 0
	}
	return role, best
}

// headerRoles returns the score of every column of ours that a header may mean.
func headerRoles(header string) map[string]float64 {
	out := map[string]float64{}
	if len(header) > maxNear {
		return out
	}
	if key := headerKey(header); key != "" {
		if _, ours := byName[key]; ours {
			out[key] = 1
			return out
		}
	}
	folded := lang.Fold(header)
	if folded == "" {
		return out
	}
	for _, w := range headerPatterns {
		score := 0.0
		if w.folded == folded {
			score = 1
		} else if len(w.folded) > 3 || strings.HasPrefix(folded, w.folded+" ") || strings.HasSuffix(folded, " "+w.folded) {
			score = 0.9 * w.pattern.Score(folded)
		}
		out[w.role] = max(out[w.role], score)
	}
	return out
}

// Proposal is a mapping that a survey suggests, for a person to look at.
type Proposal struct {
	Mapping Mapping
	// Missing are columns that a table needs and for which neither column nor
	// constant was found.
	Missing []string
	// Unknown are texts of mapped columns that the catalogue does not know and
	// that no name explains, with what may have been meant.
	Unknown []UnknownText
	// Fingerprint tells tables with the same header apart from others.
	Fingerprint string
}

// UnknownText is a text of a column of ours that has no translation yet.
type UnknownText struct {
	Column string
	Text   string
	Count  int
	Hints  []Hint
}

// maxUnknown bounds the texts for which something near is looked for.
const maxUnknown = 200

// Propose suggests a mapping for a table from its header and from what stands in
// its columns.
func Propose(s *Survey, c Catalogue) Proposal {
	x := &proposing{survey: s, catalogue: c, taken: map[int]string{}}
	x.mapping.HeaderRow = s.HeaderRow
	x.wide()
	x.assign()
	x.leftOver()
	x.decimal()
	p := Proposal{Fingerprint: Fingerprint(s)}
	p.Unknown = Translate(s, &x.mapping, c)
	p.Mapping, p.Missing = x.mapping, Missing(&x.mapping)
	return p
}

// Missing returns the columns that a mapping must still give.
func Missing(m *Mapping) []string {
	var out []string
	for _, name := range []string{"measure", "place", "period", "kind", "value"} {
		if m.Columns[name] == "" && m.Constants[name] == "" && !m.wideHas(name) {
			out = append(out, name)
		}
	}
	if m.Columns["source"] == "" && m.Constants["source"] == "" && m.Columns["document"] == "" && m.Constants["document"] == "" {
		out = append(out, "source")
	}
	return out
}

// wideHas reports whether every column of values says what the column of ours is.
func (m *Mapping) wideHas(name string) bool {
	for _, w := range m.Wide {
		if name != "value" && w.Set[name] == "" {
			return false
		}
	}
	return len(m.Wide) > 0
}

// Fingerprint returns a short text that is the same for tables with the same
// header, in whatever order of rows and whatever stands in them. Periods in the
// header count as periods: next month's table is the same table.
func Fingerprint(s *Survey) string {
	h := sha256.New()
	for _, c := range s.Columns {
		if IsNote(c.Header) {
			continue
		}
		text := lang.Fold(c.Header)
		if p, ok := PeriodWords(c.Header); ok {
			text = "period " + string(p.Type())
		}
		h.Write([]byte(text + "\x00"))
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

type proposing struct {
	survey    *Survey
	catalogue Catalogue
	mapping   Mapping
	taken     map[int]string // columns of the table and what they are
}

// reference returns how a mapping names a column of the table.
func (x *proposing) reference(i int) string {
	header := x.survey.Columns[i].Header
	n := 0
	for _, c := range x.survey.Columns {
		if headerKey(c.Header) == headerKey(header) {
			n++
		}
	}
	if header == "" || n > 1 {
		return letterMark + sheet.Column(i)
	}
	return header
}

// mostlyNumbers is the share of numbers in a column of values.
const mostlyNumbers = 0.5

func (c *SurveyColumn) numbers() bool {
	return c.Filled > 0 && float64(c.Numbers) >= mostlyNumbers*float64(c.Filled)
}

// wide finds tables with several values in a row: a column for each period or
// for each measure.
func (x *proposing) wide() {
	var periods, measures []Wide
	var periodAt, measureAt []int
	for i := range x.survey.Columns {
		c := &x.survey.Columns[i]
		if c.Header == "" || IsNote(c.Header) || c.Filled > 0 && !c.numbers() {
			continue
		}
		if p, ok := PeriodWords(c.Header); ok {
			periods, periodAt = append(periods, Wide{x.reference(i), map[string]string{"period": p.String()}}), append(periodAt, i)
		} else if code, ok := x.named("measure", c.Header); ok {
			measures, measureAt = append(measures, Wide{x.reference(i), map[string]string{"measure": code}}), append(measureAt, i)
		}
	}
	switch {
	case len(periods) >= 2 || len(periods) == 1 && !x.hasHeader("value"):
		x.mapping.Wide = periods
		for _, i := range periodAt {
			x.taken[i] = "wide"
		}
	case len(measures) >= 1 && !x.hasHeader("measure") && !x.hasHeader("value"):
		x.mapping.Wide = measures
		for _, i := range measureAt {
			x.taken[i] = "wide"
		}
	default:
		return
	}
	x.mapping.Empty = "skip" // in such tables an empty cell says nothing
	if len(x.mapping.Wide) > maxWide {
		x.mapping.Wide = x.mapping.Wide[:maxWide]
	}
}

// hasHeader reports whether some header says by itself that it is the column.
func (x *proposing) hasHeader(role string) bool {
	for i := range x.survey.Columns {
		if got, score := headerRole(x.survey.Columns[i].Header); got == role && score > 0.9 && x.taken[i] == "" {
			return true
		}
	}
	return false
}

// named returns the code that a text is or names beyond doubt.
func (x *proposing) named(column, text string) (string, bool) {
	return codeOf(x.catalogue, column, text)
}

// codeOf returns the code that a text is, or that has the text as its name and
// shares it with no other.
func codeOf(c Catalogue, column, text string) (string, bool) {
	text = strings.TrimSpace(text)
	if len(text) > maxNear {
		return "", false
	}
	return c.Named(column, text)
}

// assign gives the columns of ours to those of the table, the best pair first.
func (x *proposing) assign() {
	type pair struct {
		role  string
		at    int
		score float64
	}
	var pairs []pair
	for i := range x.survey.Columns {
		if x.taken[i] != "" || IsNote(x.survey.Columns[i].Header) {
			continue
		}
		header := headerRoles(x.survey.Columns[i].Header)
		for _, role := range roles {
			if x.covered(role) {
				continue
			}
			if score := header[role] + x.content(role, i); score >= sureHeader {
				pairs = append(pairs, pair{role, i, score})
			}
		}
	}
	sort.SliceStable(pairs, func(a, b int) bool { return pairs[a].score > pairs[b].score })
	for _, p := range pairs {
		if x.taken[p.at] != "" || x.mapping.Columns[p.role] != "" {
			continue
		}
		x.put(p.role, p.at)
	}
}

func (x *proposing) put(role string, at int) {
	if x.mapping.Columns == nil {
		x.mapping.Columns = map[string]string{}
	}
	x.mapping.Columns[role] = x.reference(at)
	x.taken[at] = role
	if c := &x.survey.Columns[at]; (role == "place" || role == "measure" || role == "period") && x.survey.Rows > 1 && c.Filled > 0 && c.Filled*2 <= x.survey.Rows && len(c.Texts) > 0 {
		x.mapping.Fill = append(x.mapping.Fill, role) // merged cells: one text for several rows
	}
}

// covered reports whether the wide columns say the column already.
func (x *proposing) covered(role string) bool {
	if len(x.mapping.Wide) == 0 {
		return false
	}
	return role == "value" || x.mapping.wideHas(role)
}

// content returns how well the texts of a column go with a column of ours, from
// -1 (not at all) to 1.
func (x *proposing) content(role string, at int) float64 {
	c := &x.survey.Columns[at]
	if c.Filled == 0 {
		return 0
	}
	known := func(is func(string) bool) float64 {
		hit, all := 0, 0
		for _, t := range c.Texts[:min(len(c.Texts), 60)] {
			all += t.Count
			if is(t.Text) {
				hit += t.Count
			}
		}
		return float64(hit) / float64(all)
	}
	switch role {
	case "value":
		if !c.numbers() {
			return 0.71 - 1 // only a header that says it to the letter outweighs that
		}
		if share := known(func(s string) bool { p, ok := PeriodWords(s); return ok && p.Known() }); share > 0.9 {
			return -0.2 // years look like numbers
		}
		return 0.35
	case "numerator", "denominator":
		if !c.numbers() {
			return -1
		}
	case "period":
		if share := known(func(s string) bool { _, ok := PeriodWords(s); return ok || isDHIS2(s) }); share > 0.8 {
			return share - 0.25
		}
		return -0.5
	case "place", "measure", "unit", "document":
		share := known(func(s string) bool { _, ok := x.named(role, s); return ok })
		if role == "document" {
			return share - 0.5
		}
		return share
	case "source":
		return known(func(s string) bool { _, ok := x.named("document", s); return ok }) - 0.2
	case "kind":
		share := known(func(s string) bool { _, ok := kindOfWord(s); return ok })
		if share < 0.8 {
			return -1
		}
		return share
	case "status", "qualifier":
		if share := known(func(s string) bool {
			_, q := ledger.ParseQualifier(strings.ToLower(s))
			return role == "qualifier" && q || role == "status" && ledger.KnownStatus(ledger.Status(strings.ToUpper(s)))
		}); share < 0.9 {
			return -1
		}
	}
	return 0
}

func isDHIS2(s string) bool {
	if len(s) > 12 {
		return false
	}
	_, err := ParseDHIS2(s)
	return err == nil && len(s) >= 6
}

// leftOver makes a value of the only column of numbers when no header said so,
// settles the way periods are written, and leaves the rest out.
func (x *proposing) leftOver() {
	if x.mapping.Columns["value"] == "" && len(x.mapping.Wide) == 0 {
		only := -1
		for i := range x.survey.Columns {
			if x.taken[i] == "" && x.survey.Columns[i].numbers() {
				if only >= 0 {
					only = -1
					break
				}
				only = i
			}
		}
		if only >= 0 {
			x.put("value", only)
		}
	}
	if at := x.column("period"); at >= 0 {
		plain, foreign := 0, 0
		for _, t := range x.survey.Columns[at].Texts {
			if _, err := period.Parse(t.Text); err == nil {
				plain++
			} else if isDHIS2(t.Text) {
				foreign++
			}
		}
		if foreign > plain {
			x.mapping.PeriodFormat = "dhis2"
		}
	}
	for i := range x.survey.Columns {
		if c := &x.survey.Columns[i]; x.taken[i] == "" && c.Header != "" && !IsNote(c.Header) {
			x.mapping.Ignore = append(x.mapping.Ignore, x.reference(i))
		}
	}
}

func (x *proposing) column(role string) int {
	for i, r := range x.taken {
		if r == role {
			return i
		}
	}
	return -1
}

// decimal looks for the decimal mark where the numbers of a CSV file tell it.
func (x *proposing) decimal() {
	points, commas := 0, 0
	for i, role := range x.taken {
		if role != "value" && role != "wide" {
			continue
		}
		for _, t := range x.survey.Columns[i].Texts {
			if !numeric(t.Text) {
				continue
			}
			point, comma := strings.LastIndexByte(t.Text, '.'), strings.LastIndexByte(t.Text, ',')
			switch {
			case comma > point && (point >= 0 || len(t.Text)-comma-1 != 3):
				commas++
			case point > comma && (comma >= 0 || len(t.Text)-point-1 != 3):
				points++
			}
		}
	}
	switch {
	case x.survey.Info.Format == sheet.XLSX:
	case commas > 0 && points == 0:
		x.mapping.Decimal = ","
	case points > 0 && commas == 0:
		x.mapping.Decimal = "."
	}
}

// kindWords are how tables call the kinds of figures.
var kindWords = func() map[string]string {
	out := map[string]string{}
	for kind, line := range map[string]string{
		"plan":     "plan,planned,target,план,плановый,план на год,жоспар,жоспарлы,нысана",
		"actual":   "actual,fact,факт,фактически,фактический,нақты,факті,исполнение,орындалуы",
		"forecast": "forecast,прогноз,болжам",
		"estimate": "estimate,estimated,оценка,бағалау",
	} {
		for s := range strings.SplitSeq(line, ",") {
			out[lang.Fold(s)] = kind
		}
	}
	return out
}()

func kindOfWord(s string) (string, bool) {
	if len(s) > maxNear {
		return "", false
	}
	kind, ok := kindWords[lang.Fold(s)]
	return kind, ok
}

// Translate adds to the mapping what the texts of mapped columns mean where that
// is beyond doubt, and returns the texts of which nobody can tell. What the
// mapping translates already is left alone.
func Translate(s *Survey, m *Mapping, c Catalogue) []UnknownText {
	var unknown []UnknownText
	at := map[string]int{}
	for i := range s.Columns {
		at[headerKey(s.Columns[i].Header)] = i
		at[headerKey(letterMark+sheet.Column(i))] = i
	}
	for _, role := range []string{"place", "measure", "unit", "source", "document", "kind", "period"} {
		i, ok := at[headerKey(m.Columns[role])]
		if !ok || m.Columns[role] == "" {
			continue
		}
		for _, t := range s.Columns[i].Texts {
			if _, done := m.Values[role][t.Text]; done {
				continue
			}
			code, known := meaning(c, m, role, t.Text)
			switch {
			case known && code == t.Text:
			case known:
				m.translate(role, t.Text, code)
			case len(unknown) < maxUnknown:
				unknown = append(unknown, UnknownText{role, t.Text, t.Count, hintsFor(c, role, t.Text)})
			}
		}
	}
	return unknown
}

func (m *Mapping) translate(role, text, code string) {
	if m.Values == nil {
		m.Values = map[string]map[string]string{}
	}
	if m.Values[role] == nil {
		m.Values[role] = map[string]string{}
	}
	m.Values[role][text] = code
}

// meaning returns what a text of a column of ours stands for.
func meaning(c Catalogue, m *Mapping, role, text string) (string, bool) {
	switch role {
	case "kind":
		if slices.Contains([]string{"plan", "actual", "forecast", "estimate"}, strings.ToLower(text)) {
			return text, true
		}
		return kindOfWord(text)
	case "period":
		if m.PeriodFormat == "dhis2" {
			return text, isDHIS2(text)
		}
		if p, err := period.Parse(text); err == nil && p.Known() || text == unknown {
			return text, true
		}
		p, ok := PeriodWords(text)
		return p.String(), ok
	case "source":
		if text == ledger.Computed {
			return text, true
		}
		return codeOf(c, "document", text)
	}
	return codeOf(c, role, text)
}

func hintsFor(c Catalogue, role, text string) []Hint {
	switch role {
	case "kind", "period":
		return nil
	case "source":
		role = "document"
	}
	return c.Near(role, text)
}
