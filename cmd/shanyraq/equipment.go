package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/shanyraq/shanyraq/exchange/devices"
	"github.com/shanyraq/shanyraq/internal/app"
	"github.com/shanyraq/shanyraq/internal/httpapi"
)

type importEquipment struct {
	File   string `arg:"" help:"${h_file}"`
	Map    string `placeholder:"FILE" help:"${h_equipment_map}"`
	Sheet  string `placeholder:"NAME" help:"${h_sheet}"`
	DryRun bool   `name:"dry-run" help:"${h_dry_run}"`
}

// Run brings in a table of devices, all of it or nothing.
func (c importEquipment) Run(s *session) error {
	if err := s.open(); err != nil {
		return err
	}
	o := app.AssetImport{Sheet: c.Sheet, DryRun: c.DryRun}
	var err error
	if o.Mapping, err = readNamed(c.Map, devices.ReadMapping); err != nil {
		return err
	}
	f, size, err := openTable(c.File)
	if err != nil {
		return err
	}
	defer f.Close()
	progress, clear := s.progress()
	o.Progress = progress
	got, err := s.app.ImportAssets(s.ctx, filepath.Base(c.File), f, size, o)
	clear()
	if err != nil {
		return err
	}
	if s.json {
		err = s.print(got)
	} else {
		s.showDevices(got)
	}
	if n := len(got.Problems) + got.More; n > 0 && err == nil {
		return errFaults{fill(s.say("figures_bad"), "n", n)}
	}
	return err
}

func (s *session) showDevices(got *httpapi.EquipmentImport) {
	if len(got.Ignored) > 0 {
		s.note("%s", fill(s.say("equipment_ignored"), "list", strings.Join(got.Ignored, ", ")))
	}
	for _, p := range got.Problems {
		at := ""
		if p.Row > 0 {
			at = fmt.Sprintf("%s%d %s: ", p.Column, p.Row, p.Field)
		}
		fmt.Fprintf(s.err, "%s%s\n", at, p.Message.In(s.lang))
	}
	key := "equipment_done"
	if got.DryRun {
		key = "equipment_dry"
	}
	if len(got.Problems) == 0 {
		s.note("%s", fill(s.say(key), "rows", got.Rows, "new", got.New, "changed", got.Changed, "known", got.Known, "events", got.Events))
	}
}
