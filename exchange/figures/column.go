package figures

// column is a column of the export.
type column int

// The columns in the order of the export.
const (
	colID column = iota
	colMeasure
	colVersion
	colPlace
	colDimensions
	colPeriod
	colKind
	colValue
	colQualifier
	colUnit
	colStatus
	colSource
	colDocument
	colLine
	colFrom
	colTo
	colPublished
	colRecorded
	colLower
	colUpper
	colConfidence
	colNumerator
	colDenominator
	colSupersedes
	colSupersededBy
	colWithdraws
	colReason
	colSynthetic
	colMethod
	colMethodVersion
	colInputs
	colParams
	colNoteKK
	colNoteRU
	colNoteEN
	colNoteMore
	columns // how many there are
)

var names = [columns]string{
	"id", "measure", "measure_version", "place", "dimensions", "period", "kind", "value", "qualifier", "unit", "status",
	"source", "document", "line", "from", "to", "published_at", "recorded_at",
	"lower", "upper", "confidence", "numerator", "denominator",
	"supersedes", "superseded_by", "withdraws", "reason", "synthetic",
	"method", "method_version", "inputs", "params",
	"note_kk", "note_ru", "note_en", "note_more",
}

// widths of the columns of a workbook, in characters.
var widths = []int{16, 28, 8, 12, 24, 16, 10, 16, 9, 12, 7, 26, 26, 6, 6, 6, 12, 21, 12, 12, 10, 12, 12, 16, 16, 9, 24, 9, 20, 8, 24, 20, 30, 30, 30, 20}

var byName = func() map[string]column {
	m := make(map[string]column, columns)
	for c, n := range names {
		m[n] = column(c)
	}
	return m
}()

func (c column) String() string { return names[c] }

// Header returns the names of the columns of the export, which are those that
// an import knows without a mapping.
func Header() []string { return append([]string(nil), names[:]...) }

// free reports whether the blanks around a text in the column belong to it.
func (c column) free() bool { return c == colReason || c == colParams || c >= colNoteKK }
