package figures

import (
	"encoding/json"
	"io"
	"maps"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger"
)

// WriteOptions say what to write.
type WriteOptions struct {
	// Computed writes computed figures too. They are left out otherwise: a
	// database that has the inputs computes them itself.
	Computed bool
	// BOM begins a CSV file with a byte order mark, by which Excel knows UTF-8.
	BOM bool
	// Delimiter of a CSV file; a comma when 0.
	Delimiter rune
}

// Writer writes figures as a table that Read takes back without a loss.
type Writer struct {
	out      sheet.Writer
	computed bool
	cells    [columns]sheet.Cell
	// Rows is how many figures were written.
	Rows int
}

// NewWriter writes the header and returns a writer. Close must be called after
// the last figure.
func NewWriter(w io.Writer, format sheet.Format, o WriteOptions) (*Writer, error) {
	out, err := sheet.NewWriter(w, format, sheet.WriterOptions{Sheet: "figures", BOM: o.BOM, Delimiter: o.Delimiter, Widths: widths})
	if err != nil {
		return nil, err
	}
	fw := &Writer{out: out, computed: o.Computed}
	for i, n := range names {
		fw.cells[i] = sheet.Cell{Text: n}
	}
	return fw, out.Write(fw.cells[:])
}

// Write writes every figure that each yields. It stops at the first error.
func Write(w io.Writer, format sheet.Format, each func(yield func(*ledger.Figure) error) error, o WriteOptions) (int, error) {
	fw, err := NewWriter(w, format, o)
	if err != nil {
		return 0, err
	}
	if err := each(fw.Write); err != nil {
		return fw.Rows, err
	}
	return fw.Rows, fw.Close()
}

// Close ends the table.
func (w *Writer) Close() error { return w.out.Close() }

// Write writes one figure; a computed one only when the options say so.
func (w *Writer) Write(f *ledger.Figure) error {
	if f.Recipe != nil && !w.computed {
		return nil
	}
	w.cells = [columns]sheet.Cell{}
	w.subject(f)
	w.number(colValue, f.Value)
	w.rate(f)
	w.said(f)
	if err := w.history(f); err != nil {
		return fault.Wrap(err, "figures.Write", f.ID.String())
	}
	if err := w.notes(f.Note); err != nil {
		return fault.Wrap(err, "figures.Write", f.ID.String())
	}
	w.Rows++
	return w.out.Write(w.cells[:])
}

func (w *Writer) text(c column, s string) { w.cells[c] = sheet.Cell{Text: s} }

// word writes a code of our own, which is never a formula.
func (w *Writer) word(c column, s string) { w.cells[c] = sheet.Cell{Text: s, Kind: sheet.Word} }

func (w *Writer) number(c column, d *decimal.Decimal) {
	if d != nil {
		w.cells[c] = sheet.Cell{Text: d.String(), Kind: sheet.Number}
	}
}

func (w *Writer) integer(c column, n int) {
	if n != 0 {
		w.cells[c] = sheet.Cell{Text: strconv.Itoa(n), Kind: sheet.Number}
	}
}

func (w *Writer) subject(f *ledger.Figure) {
	w.word(colID, f.ID.String())
	w.text(colMeasure, f.Measure)
	w.integer(colVersion, f.Version)
	w.text(colPlace, string(f.Place))
	w.text(colDimensions, f.Dimensions)
	w.word(colPeriod, f.Period.String())
	w.word(colKind, string(f.Kind))
	w.word(colQualifier, f.Qualifier.Symbol())
	w.text(colUnit, f.Unit)
	w.word(colStatus, string(f.Status))
}

func (w *Writer) rate(f *ledger.Figure) {
	w.number(colNumerator, f.Numerator)
	w.number(colDenominator, f.Denominator)
	if b := f.Bounds; b != nil {
		w.number(colLower, &b.Lower)
		w.number(colUpper, &b.Upper)
		if b.Confidence != 0 {
			w.cells[colConfidence] = sheet.Cell{Text: strconv.FormatFloat(b.Confidence, 'g', -1, 64), Kind: sheet.Number}
		}
	}
}

func (w *Writer) said(f *ledger.Figure) {
	w.text(colSource, f.Source)
	w.text(colDocument, f.Document)
	if f.Locator.Line > 0 {
		w.cells[colLine] = sheet.Cell{Text: strconv.Itoa(f.Locator.Line), Kind: sheet.Number}
		w.cells[colFrom] = sheet.Cell{Text: strconv.Itoa(f.Locator.From), Kind: sheet.Number}
		w.cells[colTo] = sheet.Cell{Text: strconv.Itoa(f.Locator.To), Kind: sheet.Number}
	}
	if f.Published != nil {
		w.word(colPublished, f.Published.String())
	}
	if !f.Recorded.IsZero() {
		w.word(colRecorded, f.Recorded.UTC().Format(time.RFC3339Nano))
	}
}

func (w *Writer) history(f *ledger.Figure) error {
	w.word(colSupersedes, f.Supersedes.String())
	w.word(colSupersededBy, f.SupersededBy.String())
	if f.Withdraws {
		w.word(colWithdraws, "true")
	}
	w.text(colReason, f.Reason)
	if f.Synthetic {
		w.word(colSynthetic, "true")
	}
	if f.Recipe == nil {
		return nil
	}
	w.text(colMethod, f.Recipe.Method)
	w.integer(colMethodVersion, f.Recipe.Version)
	inputs := make([]string, len(f.Recipe.Inputs))
	for i, id := range f.Recipe.Inputs {
		inputs[i] = id.String()
	}
	w.text(colInputs, strings.Join(inputs, " "))
	if f.Recipe.Params == nil {
		return nil
	}
	params, err := json.Marshal(f.Recipe.Params)
	w.text(colParams, string(params))
	return err
}

func (w *Writer) notes(note lang.Text) error {
	w.text(colNoteKK, note[lang.KK])
	w.text(colNoteRU, note[lang.RU])
	w.text(colNoteEN, note[lang.EN])
	more := maps.Clone(note)
	maps.DeleteFunc(more, func(c lang.Code, s string) bool { return s == "" || c == lang.KK || c == lang.RU || c == lang.EN })
	if len(more) == 0 {
		return nil
	}
	body, err := json.Marshal(more)
	w.text(colNoteMore, string(body))
	return err
}
