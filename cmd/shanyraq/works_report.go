package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/shanyraq/shanyraq/internal/httpapi"
)

// exportWorksReport writes the monthly report of works.
type exportWorksReport struct {
	Place    string `placeholder:"CODE" help:"${h_place}"`
	Month    string `placeholder:"YYYY-MM" help:"${h_report_month}"`
	Parent   string `placeholder:"ID" help:"${h_report_parent}"`
	Internal bool   `help:"${h_report_internal}"`
	Format   string `enum:",pdf,xlsx,json" default:"" placeholder:"pdf|xlsx|json" help:"${h_report_format}"`
	Out      string `short:"o" placeholder:"FILE" required:"" help:"${h_out}"`
}

// Run writes the report to a file that does not exist yet, or to standard
// output. Its language is that of --lang.
func (c exportWorksReport) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	f := httpapi.WorksReportFilter{Place: c.Place, Month: c.Month, Parent: c.Parent, Edition: "public"}
	if c.Internal {
		f.Edition = "internal"
	}
	format := c.Format
	if format == "" {
		format = strings.TrimPrefix(filepath.Ext(c.Out), ".")
	}
	write := func(w io.Writer) (int, error) { return 1, c.write(s, f, format, w) }
	if c.Out == "-" {
		_, err := write(s.out)
		return err
	}
	if _, err := writeNew(c.Out, write); err != nil {
		return err
	}
	s.note("%s", fill(s.say("report_written"), "file", c.Out))
	return nil
}

func (c exportWorksReport) write(s *session, f httpapi.WorksReportFilter, format string, w io.Writer) error {
	switch format {
	case "json":
		r, err := s.app.Report(s.ctx, f)
		if err != nil {
			return err
		}
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		return e.Encode(r)
	case "pdf", "xlsx":
		file, err := s.app.ReportFile(s.ctx, f, format, s.lang)
		if err != nil {
			return err
		}
		return file.Write(w)
	}
	return fmt.Errorf("a report is written as pdf, xlsx or json: name the file so, or give --format")
}
