package main

import (
	"fmt"

	"github.com/shanyraq/shanyraq/exchange/oc4ids"
	"github.com/shanyraq/shanyraq/internal/app"
)

type checkCommands struct {
	Rules  checkCommand `cmd:"" default:"withargs" help:"${h_check}"`
	OC4IDS checkOC4IDS  `cmd:"" name:"oc4ids" help:"${h_check_oc4ids}"`
}

type checkOC4IDS struct {
	File string `arg:"" help:"${h_file}"`
}

// Run compares a file with OC4IDS. It needs no database.
func (c checkOC4IDS) Run(s *session) error {
	f, err := openFile(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	home, err := app.Home()
	if err != nil {
		return err
	}
	v, err := oc4ids.Check(f, oc4ids.Options{Lang: s.lang, Home: home})
	if err != nil {
		return err
	}
	if s.json {
		return s.print(v)
	}
	for _, x := range v.Errors {
		fmt.Fprintf(s.out, "%s  %s  %s: %s\n", s.say("oc4ids_error"), place(x.Path), x.Rule, x.Message)
	}
	for _, x := range v.Warnings {
		fmt.Fprintf(s.out, "%s  %s  %s: %s\n", s.say("oc4ids_warning"), place(x.Path), x.Rule, x.Message)
	}
	key := "oc4ids_valid"
	if !v.Valid {
		key = "oc4ids_invalid"
	}
	_, err = fmt.Fprintln(s.out, fill(s.say(key), "version", v.Version, "projects", v.Projects, "errors", len(v.Errors)+v.MoreErrors, "warnings", len(v.Warnings)+v.MoreWarnings))
	return err
}

// place shows a JSON pointer; that of the whole file is empty.
func place(pointer string) string {
	if pointer == "" {
		return "/"
	}
	return pointer
}
