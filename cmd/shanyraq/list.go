package main

import (
	"bufio"
	"encoding/json"
	"fmt"

	"github.com/shanyraq/shanyraq/internal/app"
	"github.com/shanyraq/shanyraq/ledger"
)

type figuresCommand struct {
	moment
	Measure  string `placeholder:"CODE" help:"${h_measure}"`
	Place    string `placeholder:"CODE" help:"${h_place}"`
	Period   string `placeholder:"PERIOD" help:"${h_period}"`
	Kind     string `enum:",plan,actual,forecast,estimate" default:"" placeholder:"KIND" help:"${h_kind}"`
	Document string `placeholder:"NAME" help:"${h_document}"`
	History  bool   `help:"${h_history}"`
}

func (c figuresCommand) query() app.FigureQuery {
	return app.FigureQuery{Measure: c.Measure, Place: c.Place, Period: c.Period, Kind: c.Kind, Document: c.Document, History: c.History}
}

// Run prints the figures, one after the other.
func (c figuresCommand) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	w, err := c.when()
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(s.out, 1<<16)
	if s.json {
		if _, err := s.figuresJSON(out, w, c.query()); err != nil {
			return err
		}
		return out.Flush()
	}
	v, err := s.app.Vocabulary(s.ctx, w)
	if err != nil {
		return err
	}
	n := newNames(v, s.lang)
	err = s.app.EachFigure(s.ctx, w, c.query(), func(f *ledger.Figure) error {
		x := app.ViewFigure(f)
		at := ""
		if x.Line != nil {
			at = fmt.Sprintf("%s:%d", value(x.Document, ""), *x.Line)
		} else {
			at = x.Source
		}
		_, err := fmt.Fprintf(out, "%s  %s  %s  %s  %s  %s  %s\n", x.ID, x.Measure, n.place(x.Place), value(x.Period, "—"), x.Kind, n.amount(x.Value, x.Qualifier, x.Unit, ""), at)
		return err
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// figuresJSON writes a list without holding it and returns how many there were.
func (s *session) figuresJSON(out *bufio.Writer, w app.When, q app.FigureQuery) (n int, err error) {
	sep := "[\n"
	err = s.app.EachFigure(s.ctx, w, q, func(f *ledger.Figure) error {
		n++
		body, err := json.Marshal(app.ViewFigure(f))
		if err != nil {
			return err
		}
		if _, err := out.WriteString(sep); err != nil {
			return err
		}
		sep = ",\n"
		_, err = out.Write(body)
		return err
	})
	if err != nil {
		return n, err
	}
	if n == 0 {
		_, err = out.WriteString("[]\n")
	} else {
		_, err = out.WriteString("\n]\n")
	}
	return n, err
}
