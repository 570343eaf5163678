package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/mattn/go-isatty"

	"github.com/shanyraq/shanyraq/exchange/figures"
	"github.com/shanyraq/shanyraq/exchange/sheet"
	"github.com/shanyraq/shanyraq/internal/app"
)

type importFigures struct {
	File      string `arg:"" help:"${h_file}"`
	Mapping   string `placeholder:"FILE" help:"${h_mapping}"`
	Sheet     string `placeholder:"NAME" help:"${h_sheet}"`
	Source    string `placeholder:"NAME" help:"${h_source}"`
	Document  string `placeholder:"NAME" help:"${h_default_document}"`
	Kind      string `enum:",plan,actual,forecast,estimate" default:"" placeholder:"KIND" help:"${h_default_kind}"`
	Period    string `placeholder:"PERIOD" help:"${h_default_period}"`
	Published string `placeholder:"YYYY-MM-DD" help:"${h_default_published}"`
	Decimal   string `enum:",point,comma" default:"" placeholder:"point|comma" help:"${h_decimal}"`
	Title     string `placeholder:"TEXT" help:"${h_new_source}"`
	Publisher string `placeholder:"TEXT" help:"${h_doc_publisher}"`
	Licence   string `placeholder:"TEXT" help:"${h_doc_licence}"`
	Address   string `placeholder:"URL" help:"${h_doc_address}"`
	DryRun    bool   `name:"dry-run" help:"${h_dry_run}"`
}

var decimals = map[string]string{"point": ".", "comma": ","}

// errFaults ends the program with exit code 1 after the faults were listed.
type errFaults struct{ text string }

func (e errFaults) Error() string { return e.text }

// Run brings in a table of figures, all of it or nothing.
func (c importFigures) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	m, err := readMapping(c.Mapping)
	if err != nil {
		return err
	}
	f, err := openFile(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	meta, err := describe(c.Title, c.Publisher, c.Published, "", c.Licence, c.Address)
	if err != nil {
		return err
	}
	progress, clear := s.progress()
	got, err := s.app.ImportFigures(s.ctx, filepath.Base(c.File), f, info.Size(), app.FigureImport{Mapping: m, Sheet: c.Sheet, Source: c.Source, Document: c.Document, Kind: c.Kind, Period: c.Period,
		Published: c.Published, Decimal: decimals[c.Decimal], DryRun: c.DryRun, Describe: meta, Progress: progress})
	clear()
	if err != nil {
		return err
	}
	if s.json {
		err = s.print(got)
	} else {
		s.showImport(got)
	}
	if n := len(got.Problems) + got.More; n > 0 && err == nil {
		return errFaults{fill(s.say("figures_bad"), "n", n)}
	}
	return err
}

func readMapping(name string) (*figures.Mapping, error) {
	if name == "" {
		return nil, nil
	}
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return figures.ReadMapping(f, filepath.Base(name))
}

func (s *session) showImport(got *app.FigureReceipt) {
	for _, n := range got.Notices {
		s.note("%s", n.Message.In(s.lang))
	}
	for _, p := range got.Problems {
		at := strings.TrimSpace(p.Cell + " " + p.Column)
		if p.Cell == "" && p.Row > 0 {
			at = strings.TrimSpace(fmt.Sprint(p.Row) + " " + p.Column)
		}
		fmt.Fprintf(s.err, "%s: %s\n", at, p.Message.In(s.lang))
	}
	switch {
	case len(got.Problems) > 0:
	case got.DryRun:
		s.note("%s", fill(s.say("figures_dry"), "rows", got.Rows, "figures", got.Read))
	default:
		s.note("%s", fill(s.say("figures_done"), "rows", got.Rows, "new", got.New, "known", got.Known, "corrected", got.Corrected))
	}
}

// progress shows on a terminal how many rows were read; it returns what clears
// the line.
func (s *session) progress() (func(int), func()) {
	f, ok := s.err.(*os.File)
	if !ok || s.quiet || s.json || !isatty.IsTerminal(f.Fd()) {
		return nil, func() {}
	}
	return func(rows int) { fmt.Fprintf(f, "\r%s %d", s.say("reading"), rows) }, func() { fmt.Fprint(f, "\r\x1b[K") }
}

type exportCommands struct {
	Figures exportFigures     `cmd:"" help:"${h_export_figures}"`
	OC4IDS  exportOC4IDS      `cmd:"" name:"oc4ids" help:"${h_export_oc4ids}"`
	Report  exportWorksReport `cmd:"" name:"works-report" help:"${h_export_report}"`
}

type exportFigures struct {
	figuresCommand
	Out      string `short:"o" placeholder:"FILE" help:"${h_out}"`
	Format   string `enum:",csv,xlsx,json" default:"" placeholder:"FORMAT" help:"${h_format}"`
	Computed bool   `help:"${h_computed}"`
	BOM      bool   `name:"bom" help:"${h_bom}"`
}

// Run writes figures to a file that does not exist yet, or to standard output.
func (c exportFigures) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	w, err := c.when()
	if err != nil {
		return err
	}
	format := c.Format
	if format == "" {
		format = "csv"
		if ext := filepath.Ext(c.Out); ext == ".xlsx" || ext == ".json" {
			format = ext[1:]
		}
	}
	write := func(out io.Writer) (int, error) {
		if format == "json" {
			b := bufio.NewWriter(out)
			n, err := s.figuresJSON(b, w, c.query())
			if err != nil {
				return n, err
			}
			return n, b.Flush()
		}
		return s.app.ExportFigures(s.ctx, w, c.query(), sheet.Format(format), figures.WriteOptions{Computed: c.Computed, BOM: c.BOM}, out)
	}
	if c.Out == "" || c.Out == "-" {
		_, err := write(s.out)
		return err
	}
	n, err := writeNew(c.Out, write)
	if err == nil {
		s.note("%s", fill(s.say("exported"), "n", n, "file", c.Out))
	}
	return err
}

// writeNew writes a file whole or not at all and never over another one.
func writeNew(name string, write func(io.Writer) (int, error)) (int, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if os.IsExist(err) {
		return 0, fmt.Errorf("%s: exists already: choose another name or remove it", name)
	}
	if err != nil {
		return 0, err
	}
	n, err := write(f)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		os.Remove(name)
	}
	return n, err
}
