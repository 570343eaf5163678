package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/shanyraq/shanyraq/internal/app"
	"github.com/shanyraq/shanyraq/ledger/method"
)

type methodCommands struct {
	List methodList `cmd:"" help:"${h_method_list}"`
	Show methodShow `cmd:"" help:"${h_method_show}"`
	Run  methodRun  `cmd:"" help:"${h_method_run}"`
}

// methodView describes a method in JSON.
type methodView struct {
	Name    string            `json:"method"`
	Version int               `json:"version"`
	Title   map[string]string `json:"title"`
	Input   string            `json:"input"`
	Params  string            `json:"params"`
	Page    string            `json:"page"`
}

func viewMethod(m method.Method) methodView {
	v := methodView{Name: m.Name, Version: m.Version, Title: map[string]string{}, Input: m.Input, Params: m.Params, Page: "docs/method/" + m.Page()}
	for c, s := range m.Title {
		v.Title[string(c)] = s
	}
	return v
}

type methodList struct{}

// Run lists the methods.
func (methodList) Run(s *session) error {
	list := []methodView{}
	rows := [][]string{}
	for _, m := range app.Methods() {
		list = append(list, viewMethod(m))
		rows = append(rows, []string{m.Name, fmt.Sprint(m.Version), m.Title.In(s.lang)})
	}
	if s.json {
		return s.print(list)
	}
	return s.table(rows)
}

type methodShow struct {
	Name string `arg:"" help:"${h_method_name}"`
}

// Run describes one method.
func (c methodShow) Run(s *session) error {
	m, err := app.Methods().Find(c.Name)
	if err != nil {
		return err
	}
	v := viewMethod(m)
	if s.json {
		return s.print(v)
	}
	_, err = fmt.Fprintf(s.out, "%s %d\n%s\ninput:  %s\nparams: %s\n%s\n", m.Name, m.Version, m.Title.In(s.lang), m.Input, m.Params, v.Page)
	return err
}

type methodRun struct {
	Name string `arg:"" help:"${h_method_name}"`
}

// maxCases bounds the bytes of all cases.
const maxCases = 64 << 20

// Run computes the cases that stand on standard input: an object, an array, or
// one a line; the answer has the same shape.
func (c methodRun) Run(s *session) error {
	m, err := app.Methods().Find(c.Name)
	if err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(s.in, maxCases+1))
	if err != nil {
		return err
	}
	if len(text) > maxCases {
		return fmt.Errorf("standard input: more than %d bytes of cases: split them", maxCases)
	}
	list := []method.Result{}
	array, cases := false, 0
	e := json.NewEncoder(s.out)
	e.SetEscapeHTML(false)
	err = method.EachCase(text, func(x method.Case, many bool) error {
		cases++
		r, err := m.Run(x.Input, x.Params)
		if err != nil {
			return err
		}
		if array = many; many {
			list = append(list, r)
			return nil
		}
		return e.Encode(r)
	})
	switch {
	case err != nil:
		return err
	case array:
		return e.Encode(list)
	case cases == 0:
		return errors.New("standard input: give a case such as {\"input\":{...},\"params\":{...}}")
	}
	return nil
}
