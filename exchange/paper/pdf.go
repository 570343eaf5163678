package paper

import (
	"io"
	"strconv"
	"strings"

	"github.com/carlos7ags/folio/document"
	"github.com/carlos7ags/folio/font"
	"github.com/carlos7ags/folio/layout"

	"github.com/shanyraq/shanyraq/fault"
)

// Sizes in points.
const (
	margin    = 36.0
	titleSize = 17.0
	headSize  = 11.0
	textSize  = 8.5
	cellSize  = 7.0
	noteSize  = 6.0
	footSize  = 6.5
)

var (
	ink   = layout.Hex("#1b1f24")
	faint = layout.Hex("#57606a")
	warn  = layout.Hex("#9a3412")
	line  = layout.SolidBorder(0.4, layout.Hex("#c4cad1"))
	thick = layout.SolidBorder(0.8, layout.Hex("#1b1f24"))
	shade = layout.Hex("#eef1f4")
)

// press makes the pages of one paper.
type press struct {
	doc     *document.Document
	regular *font.EmbeddedFont
	bold    *font.EmbeddedFont
	width   float64 // between the margins
}

// PDF writes the paper as PDF/A-2a.
func PDF(w io.Writer, p *Paper) error {
	f, err := faces()
	if err != nil {
		return err
	}
	size := document.PageSize{Width: document.PageSizeA4.Height, Height: document.PageSizeA4.Width}
	x := &press{doc: document.NewDocument(size), regular: font.NewEmbeddedFont(f[0]), bold: font.NewEmbeddedFont(f[1]), width: size.Width - 2*margin}
	x.doc.Info = document.Info{Title: strings.TrimSpace(p.Title + ". " + p.Subtitle), Author: p.Author, Language: string(p.Lang), Creator: "Shanyraq", Producer: "Shanyraq", CreationDate: p.Made.UTC(), ModDate: p.Made.UTC()}
	x.doc.SetPdfA(document.PdfAConfig{Level: document.PdfA2A})
	x.doc.SetAutoBookmarks(true)
	x.doc.SetMargins(layout.Margins{Top: margin, Bottom: margin, Left: margin, Right: margin})
	x.doc.SetViewerPreferences(document.ViewerPreferences{DisplayDocTitle: true})
	x.around(p)
	x.title(p)
	for i := range p.Parts {
		x.part(&p.Parts[i])
	}
	if _, err := x.doc.WriteToWithOptions(w, document.WriteOptions{Deterministic: true}); err != nil {
		return fault.New(fault.Internal, "paper.PDF", "", "the report could not be written: %w", err)
	}
	return nil
}

// around sets what stands above and below the pages.
func (x *press) around(p *Paper) {
	x.doc.SetHeaderElement(func(c document.PageContext) layout.Element {
		running := p.Running
		if c.PageIndex == 0 {
			running = p.First // folio measures the height once: it may not be empty
		}
		return layout.NewDiv().SetPaddingAll(layout.Padding{Bottom: 6}).Add(x.para(running, x.regular, footSize, faint))
	})
	x.doc.SetFooterElement(func(c document.PageContext) layout.Element {
		page := strings.NewReplacer("{page}", strconv.Itoa(c.PageIndex+1), "{pages}", strconv.Itoa(c.TotalPages)).Replace(p.Page)
		t := layout.NewTable().SetColumnWidths([]float64{x.width * 0.84, x.width * 0.16})
		r := t.AddRow()
		r.AddCellElement(x.para(p.Foot, x.regular, footSize, faint)).SetBorders(layout.NoBorders()).SetPadding(2)
		r.AddCellElement(x.para(page, x.regular, footSize, faint).SetAlign(layout.AlignRight)).SetBorders(layout.NoBorders()).SetPadding(2)
		return t
	})
}

func (x *press) title(p *Paper) {
	h := layout.NewHeadingEmbedded(p.Title, layout.H1, x.bold)
	h.SetRuns([]layout.TextRun{layout.NewRunEmbedded(p.Title, x.bold, titleSize).WithColor(ink)})
	x.doc.Add(h)
	if p.Subtitle != "" {
		x.doc.Add(x.para(p.Subtitle, x.regular, headSize, faint).SetSpaceAfter(6))
	}
}

func (x *press) part(p *Part) {
	if p.Apart {
		x.doc.Add(layout.NewAreaBreak())
	}
	if p.Signature != nil {
		x.doc.Add(x.signature(p))
		return
	}
	if p.Heading != "" {
		h := layout.NewHeadingEmbedded(p.Heading, layout.H2, x.bold)
		h.SetRuns([]layout.TextRun{layout.NewRunEmbedded(p.Heading, x.bold, headSize).WithColor(ink)})
		x.doc.Add(roomy{h})
		x.doc.Add(layout.NewDiv().SetMinHeight(3))
	}
	for _, s := range p.Text {
		x.doc.Add(x.para(s, x.regular, textSize, ink).SetSpaceAfter(3))
	}
	if len(p.Facts) > 0 {
		x.doc.Add(x.facts(p.Facts))
	}
	if p.Table != nil && len(p.Text)+len(p.Facts) > 0 {
		x.doc.Add(layout.NewDiv().SetMinHeight(3))
	}
	if p.Table != nil {
		x.doc.Add(x.table(p.Table))
	}
}

// roomy is a heading that goes to the next page with what follows, where hardly
// anything of that would find room below it.
type roomy struct{ layout.Element }

// headRoom is the heading, the header of a table and a row of it, in points.
const headRoom = 95.0

// PlanLayout implements layout.Element.
func (r roomy) PlanLayout(area layout.LayoutArea) layout.LayoutPlan {
	if !area.AtFragmentTop && area.Height < headRoom {
		return layout.LayoutPlan{Status: layout.LayoutNothing}
	}
	return r.Element.PlanLayout(area)
}

func (x *press) para(s string, f *font.EmbeddedFont, size float64, c layout.Color) *layout.Paragraph {
	return layout.NewStyledParagraph(layout.NewRunEmbedded(printable(s), f, size).WithColor(c)).SetLeading(1.25)
}

func (x *press) facts(list []Fact) layout.Element {
	t := layout.NewTable().SetColumnWidths([]float64{x.width * 0.26, x.width * 0.74})
	for _, f := range list {
		r := t.AddRow()
		r.AddCellElement(x.para(f.Name, x.regular, textSize, faint)).SetBorders(layout.CellBorders{Bottom: line}).SetPadding(2)
		r.AddCellElement(x.para(f.Value, x.bold, textSize, ink)).SetBorders(layout.CellBorders{Bottom: line}).SetPadding(2)
	}
	return t
}

func (x *press) table(in *Table) layout.Element {
	total := 0.0
	for _, c := range in.Columns {
		total += c.Share
	}
	widths := make([]float64, len(in.Columns))
	for i, c := range in.Columns {
		widths[i] = x.width * c.Share / total
	}
	t := layout.NewTable().SetColumnWidths(widths)
	h := t.AddHeaderRow()
	for i, c := range in.Columns {
		h.AddCellElement(x.aligned(x.para(breakable(c.Name, x.bold, cellSize, widths[i]-5), x.bold, cellSize, ink), c)).
			SetBackground(shade).SetBorders(layout.CellBorders{Top: thick, Bottom: thick}).SetPadding(2.5).SetVAlign(layout.VAlignBottom)
	}
	for _, row := range in.Rows {
		r := t.AddRow()
		for i, c := range in.Columns {
			var cell Cell
			if i < len(row.Cells) {
				cell = row.Cells[i]
			}
			r.AddCellElement(x.cell(cell, c, row.Strong, widths[i]-5)).SetBorders(layout.CellBorders{Bottom: line}).SetPadding(2.5)
		}
	}
	return t
}

func (x *press) cell(c Cell, col Column, strong bool, width float64) layout.Element {
	f, color := x.regular, ink
	if strong || c.Bold {
		f = x.bold
	}
	if c.Warn {
		f, color = x.bold, warn
	}
	main := x.aligned(x.para(breakable(c.Text, f, cellSize, width), f, cellSize, color), col)
	if c.Note == "" {
		return main
	}
	return layout.NewDiv().Add(main).Add(x.aligned(x.para(breakable(c.Note, x.regular, noteSize, width), x.regular, noteSize, faint), col))
}

func (x *press) aligned(p *layout.Paragraph, c Column) *layout.Paragraph {
	if c.Right {
		return p.SetAlign(layout.AlignRight)
	}
	return p
}

// signature draws lines to write on; with what is said before it, it stays
// together on one page.
func (x *press) signature(p *Part) layout.Element {
	out := layout.NewDiv().SetKeepTogether(true).SetSpaceBefore(10)
	h := layout.NewHeadingEmbedded(p.Heading, layout.H2, x.bold)
	h.SetRuns([]layout.TextRun{layout.NewRunEmbedded(p.Heading, x.bold, headSize).WithColor(ink)})
	out.Add(h)
	for _, t := range p.Text {
		out.Add(x.para(t, x.regular, textSize, ink).SetSpaceAfter(3))
	}
	s := p.Signature
	for _, l := range s.Lines {
		n := float64(len(l.Blanks))
		widths := []float64{x.width * 0.2}
		for range l.Blanks {
			widths = append(widths, x.width*0.8/n)
		}
		t := layout.NewTable().SetColumnWidths(widths)
		over, under := t.AddRow(), t.AddRow()
		over.AddCellElement(x.para(l.Name, x.bold, textSize, ink)).SetBorders(layout.NoBorders()).SetPaddingSides(layout.Padding{Top: 14, Bottom: 2})
		under.AddCellElement(x.para(" ", x.regular, noteSize, faint)).SetBorders(layout.NoBorders()).SetPadding(1)
		for _, b := range l.Blanks {
			blank := layout.NewDiv().SetPaddingAll(layout.Padding{Right: 10}).Add(layout.NewDiv().SetMinHeight(12).SetBorders(layout.CellBorders{Bottom: thick}))
			over.AddCellElement(blank).SetBorders(layout.NoBorders()).SetPaddingSides(layout.Padding{Top: 14, Right: 8}).SetVAlign(layout.VAlignBottom)
			under.AddCellElement(x.para(b, x.regular, noteSize, faint)).SetBorders(layout.NoBorders()).SetPadding(1)
		}
		out.Add(t)
	}
	if s.Stamp != "" {
		out.Add(x.para(s.Stamp, x.regular, textSize, faint).SetSpaceBefore(16))
	}
	return out
}

// signs are written otherwise, since the fonts do not have them.
var signs = strings.NewReplacer("\u2212", "–", "≈", "~", "≥", ">=", "≤", "<=", "≠", "<>", "→", "->", "\u200b", "")

// printable puts in place of what the fonts do not have what they have.
func printable(s string) string {
	f, err := faces()
	if err != nil {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case r < ' ':
			return -1
		case f[0].GlyphIndex(r) == 0:
			return '?'
		}
		return r
	}, signs.Replace(s))
}

// breakable puts blanks into words that are wider than their column.
func breakable(s string, f *font.EmbeddedFont, size, width float64) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' })
	for i, w := range words {
		if f.MeasureString(printable(w), size) <= width {
			continue
		}
		if before, after, cut := strings.Cut(w, "-"); cut && f.MeasureString(printable(before+"-"), size) <= width && f.MeasureString(printable(after), size) <= width {
			words[i] = before + "- " + after
			continue
		}
		var b strings.Builder
		part := ""
		for _, r := range w {
			if part != "" && f.MeasureString(printable(part+string(r)), size) > width {
				b.WriteString(part + " ")
				part = ""
			}
			part += string(r)
		}
		words[i] = b.String() + part
	}
	return strings.Join(words, " ")
}
