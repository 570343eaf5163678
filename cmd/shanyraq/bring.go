package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/shanyraq/shanyraq/internal/app"
	"github.com/shanyraq/shanyraq/internal/httpapi"
	"github.com/shanyraq/shanyraq/period"
)

type importCommands struct {
	Document   importDocument   `cmd:"" help:"${h_import_document}"`
	Figures    importFigures    `cmd:"" help:"${h_import_figures}"`
	Equipment  importEquipment  `cmd:"" help:"${h_import_equipment}"`
	Boundaries importBoundaries `cmd:"" help:"${h_import_boundaries}"`
	OC4IDS     importOC4IDS     `cmd:"" name:"oc4ids" help:"${h_import_oc4ids}"`
	MSPDI      importMSPDI      `cmd:"" name:"mspdi" help:"${h_import_mspdi}"`
	XER        importXER        `cmd:"" name:"xer" help:"${h_import_xer}"`
	Works      importWorks      `cmd:"" name:"works" help:"${h_import_works}"`
}

type importDocument struct {
	File      string `arg:"" help:"${h_file}"`
	Name      string `placeholder:"NAME" help:"${h_doc_name}"`
	Title     string `placeholder:"TEXT" help:"${h_doc_title}"`
	Publisher string `placeholder:"TEXT" help:"${h_doc_publisher}"`
	Published string `placeholder:"YYYY-MM-DD" help:"${h_doc_published}"`
	Language  string `placeholder:"kk|ru|en" help:"${h_doc_language}"`
	Licence   string `placeholder:"TEXT" help:"${h_doc_licence}"`
	Address   string `placeholder:"URL" help:"${h_doc_address}"`
}

// Run brings in the text of a document.
func (c importDocument) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	meta, err := describe(c.Title, c.Publisher, c.Published, c.Language, c.Licence, c.Address)
	if err != nil {
		return err
	}
	f, err := openFile(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	name := c.Name
	if name == "" {
		name = filepath.Base(c.File)
	}
	got, err := s.app.ImportDocument(s.ctx, name, f, meta)
	if err != nil {
		return err
	}
	if s.json {
		return s.print(got)
	}
	s.showText(got)
	return nil
}

// describe reads the flags that describe a new document.
func describe(title, publisher, published, language, licence, address string) (app.DocumentMeta, error) {
	m := app.DocumentMeta{Title: title, Publisher: publisher, Language: language, Licence: licence, Address: address}
	if published != "" {
		d, err := period.ParseDate(published)
		if err != nil {
			return m, fmt.Errorf("--published must be a day, YYYY-MM-DD")
		}
		m.Published = &d
	}
	return m, nil
}

func (s *session) showText(got *httpapi.TextReceipt) {
	for _, n := range got.Notices {
		s.note("%s", n)
	}
	key := "text_done"
	if got.Known {
		key = "text_known"
	}
	s.note("%s", fill(s.say(key), "name", got.Document, "lines", got.Lines, "spans", got.Spans, "bad", len(got.Misses), "encoding", got.Encoding))
	for _, m := range got.Misses {
		s.note("  %s %s %d, %d–%d: %s", m.Figure, s.say("line"), m.Line, m.From, m.To, m.Why)
	}
}

type importBoundaries struct {
	File string `arg:"" help:"${h_file}"`
}

// Run replaces the outlines of regions or districts.
func (c importBoundaries) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	f, err := openFile(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	got, err := s.app.ImportBoundaries(s.ctx, filepath.Base(c.File), f)
	if err != nil {
		return err
	}
	if s.json {
		return s.print(got)
	}
	s.note("%s", fill(s.say("outlines_done"), "n", got.Features, "level", got.Level))
	if len(got.Missing) > 0 {
		s.note("%s", fill(s.say("outlines_missing"), "list", strings.Join(got.Missing, ", ")))
	}
	return nil
}

// openFile opens a file to import, with a sentence when that fails.
func openFile(name string) (*os.File, error) {
	f, err := os.Open(name)
	switch {
	case os.IsNotExist(err):
		return nil, fmt.Errorf("%s: there is no such file: check the name", name)
	case os.IsPermission(err):
		return nil, fmt.Errorf("%s: may not be read: check its rights", name)
	case err != nil:
		return nil, err
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, fmt.Errorf("%s: is a folder: name a file", name)
	}
	return f, nil
}

type openapiCommand struct{}

// Run prints the description of the API.
func (openapiCommand) Run(s *session) error {
	body, err := httpapi.Description(version)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.out, string(body))
	return err
}

// fill puts values into a text: {name} for each pair of name and value.
func fill(text string, pairs ...any) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+fmt.Sprint(pairs[i])+"}", fmt.Sprint(pairs[i+1]))
	}
	return text
}

// readNamed reads a small file of settings, such as a mapping; "" is none.
func readNamed[T any](name string, read func(io.Reader, string) (T, error)) (T, error) {
	var none T
	if name == "" {
		return none, nil
	}
	f, err := openFile(name)
	if err != nil {
		return none, err
	}
	defer f.Close()
	return read(f, filepath.Base(name))
}

// openTable opens a table and tells its size in bytes.
func openTable(name string) (*os.File, int64, error) {
	f, err := openFile(name)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// readDay reads a day that a flag gives; "" is none.
func readDay(flag, text string) (*period.Date, error) {
	if text == "" {
		return nil, nil
	}
	d, err := period.ParseDate(text)
	if err != nil {
		return nil, fmt.Errorf("%s must be a day, YYYY-MM-DD", flag)
	}
	return &d, nil
}
