package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"github.com/shanyraq/shanyraq/lang"
)

// accessCommands are the engines of travel time on plain files. They open no
// database, except for the comparison with observed times.
type accessCommands struct {
	Roads      accessRoadsCommand      `cmd:"" help:"${h_access_roads}"`
	Isochrones accessIsochronesCommand `cmd:"" help:"${h_access_isochrones}"`
	Merge      accessMergeCommand      `cmd:"" help:"${h_access_merge}"`
	Zonal      accessZonalCommand      `cmd:"" help:"${h_access_zonal}"`
	Coverage   accessCoverageCommand   `cmd:"" help:"${h_access_coverage}"`
	Referral   accessReferralCommand   `cmd:"" help:"${h_access_referral}"`
	Tiles      accessTilesCommand      `cmd:"" help:"${h_access_tiles}"`
	Replay     accessReplayCommand     `cmd:"" help:"${h_access_replay}"`
	Grid       accessGridCommand       `cmd:"" help:"${h_access_grid}"`
	Validate   accessValidateCommand   `cmd:"" help:"${h_access_validate}"`
}

// grammarOf returns the command line to parse by, and its flags of every
// command. That of all commands takes 50 ms to build, longer than many answers
// from plain files, and so a line that plainly begins with one of their
// commands is parsed by theirs alone.
func grammarOf(args []string) (any, *globals) {
	switch {
	case len(args) > 2 && args[0] == "access" && args[1] == "grid":
		var c struct {
			globals
			Access struct {
				Grid accessGridCommand `cmd:"" help:"${h_access_grid}"`
			} `cmd:"" help:"${h_access}"`
		}
		return &c, &c.globals
	case len(args) > 1 && args[0] == "access":
		var c struct {
			globals
			Access accessCommands `cmd:"" help:"${h_access}"`
		}
		return &c, &c.globals
	}
	var c commands
	return &c, &c.globals
}

// textsOf returns the help texts that a grammar names in its tags.
func textsOf(grammar any, c lang.Code) kong.Vars {
	v := kong.Vars{}
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		for i := range t.NumField() {
			f := t.Field(i)
			if key, ok := strings.CutPrefix(f.Tag.Get("help"), "${h_"); ok {
				key = strings.TrimSuffix(key, "}")
				if text, ok := help[key]; ok {
					v["h_"+key] = text.In(c)
				}
			}
			if f.Type.Kind() == reflect.Struct {
				walk(f.Type)
			}
		}
	}
	walk(reflect.TypeOf(grammar).Elem())
	return v
}

// phases tells how long the parts of a run took, in seconds by the clock.
type phases struct {
	Read    float64 `json:"read_s"`
	Prepare float64 `json:"prepare_s"`
	Solve   float64 `json:"solve_s"`
	Write   float64 `json:"write_s"`
}

// clocked adds the time that do takes.
func clocked(to *float64, do func() error) error {
	start := time.Now()
	err := do()
	*to += time.Since(start).Seconds()
	return err
}

// peakBytes returns the most memory that the program has held so far.
func peakBytes() int64 {
	if b, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range bytes.Lines(b) {
			if rest, ok := bytes.CutPrefix(line, []byte("VmHWM:")); ok {
				kb, err := strconv.ParseInt(string(bytes.TrimSpace(bytes.TrimSuffix(bytes.TrimSpace(rest), []byte("kB")))), 10, 64)
				if err == nil {
					return kb << 10
				}
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}

// writeWhole writes a result to a file: all of it, or the file stays as it was.
// What is no ordinary file, such as a pipe, is written to as it comes.
func writeWhole(name string, write func(io.Writer) error) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return errors.New(name + ": is a folder: name a file")
		}
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return err
		}
		return errors.Join(write(f), f.Close())
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
