package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/shanyraq/shanyraq/fault"
)

// recordFlag is the flag of the commands whose runs can be replayed.
type recordFlag struct {
	Record string `name:"record" placeholder:"FILE" json:"-" help:"${h_access_record}"`
}

// runRecord is what a run leaves: enough to run it again and to say whether
// the same came out.
type runRecord struct {
	Program    string          `json:"program"`
	Version    string          `json:"version"`
	Command    string          `json:"command"`
	Parameters json.RawMessage `json:"parameters"` // flags of the command
	Inputs     []fileHash      `json:"inputs"`
	Outputs    []fileHash      `json:"outputs"`
	Answer     json.RawMessage `json:"answer"` // what --json prints, without clock and memory
}

// fileHash is a file by its content.
type fileHash struct {
	File   string `json:"file"` // as the flag names it
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// recordFormat is what stands as the program in a record.
const recordFormat = "shanyraq"

// withRecord runs a command and, when file is not empty, writes its record. The
// inputs are hashed before the run and once more after it: one that changes
// meanwhile makes the record worthless and is refused.
func withRecord(s *session, name string, command any, file string, run func() (any, error)) error {
	if file == "" {
		_, err := run()
		return err
	}
	in, out := filesOf(command)
	before, err := hashes(in)
	if err != nil {
		return err
	}
	answer, err := run()
	if err != nil {
		return err
	}
	r := runRecord{Program: recordFormat, Version: version, Command: name, Inputs: before}
	after, err := hashes(in)
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(before, after) {
		return errors.New("an input changed while it was read: run the command again")
	}
	if r.Outputs, err = hashes(out); err != nil {
		return err
	}
	if r.Parameters, err = json.Marshal(command); err != nil {
		return err
	}
	if r.Answer, err = lasting(answer); err != nil {
		return err
	}
	return writeWhole(file, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(r)
	})
}

// lasting is an answer without what differs from run to run.
func lasting(answer any) (json.RawMessage, error) {
	b, err := json.Marshal(answer)
	if err != nil {
		return nil, err
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(b, &fields); err != nil {
		return nil, err
	}
	delete(fields, "phases")
	delete(fields, "peak_bytes")
	return json.Marshal(fields)
}

// filesOf returns the files that the flags of a command name, by the tag file:
// in or out.
func filesOf(command any) (in, out []string) {
	eachFile(reflect.ValueOf(command).Elem(), func(role string, name *string) {
		if *name == "" {
			return
		}
		if role == "in" {
			in = append(in, *name)
		} else {
			out = append(out, *name)
		}
	})
	return in, out
}

// eachFile visits the fields with the tag file, also of embedded structs.
func eachFile(v reflect.Value, visit func(role string, name *string)) {
	for i := range v.NumField() {
		field, f := v.Type().Field(i), v.Field(i)
		role := field.Tag.Get("file")
		switch {
		case field.Anonymous && f.Kind() == reflect.Struct:
			eachFile(f, visit)
		case role == "":
		case f.Kind() == reflect.String:
			visit(role, f.Addr().Interface().(*string))
		case f.Kind() == reflect.Slice:
			for k := range f.Len() {
				visit(role, f.Index(k).Addr().Interface().(*string))
			}
		}
	}
}

// besideEndings are those of the files that describe a map.
var besideEndings = []string{".hdr", ".HDR", ".prj", ".PRJ"}

// hashes hashes files and what stands beside those that are maps.
func hashes(names []string) ([]fileHash, error) {
	out := []fileHash{}
	for _, name := range names {
		h, err := hashOf(name)
		if err != nil {
			return nil, err
		}
		out = append(out, h)
		switch strings.ToLower(filepath.Ext(name)) {
		case ".tif", ".tiff", ".flt", ".bil", ".asc":
		default:
			continue
		}
		for _, ending := range besideEndings {
			side := strings.TrimSuffix(name, filepath.Ext(name)) + ending
			if info, err := os.Stat(side); err != nil || !info.Mode().IsRegular() {
				continue
			}
			if h, err = hashOf(side); err != nil {
				return nil, err
			}
			out = append(out, h)
		}
	}
	return out, nil
}

func hashOf(name string) (fileHash, error) {
	f, err := openFile(name)
	if err != nil {
		return fileHash{}, err
	}
	defer f.Close()
	sum := sha256.New()
	n, err := io.Copy(sum, f)
	return fileHash{name, n, hex.EncodeToString(sum.Sum(nil))}, err
}

type accessReplayCommand struct {
	File string `arg:"" placeholder:"FILE" help:"${h_replay_file}"`
	Keep string `name:"keep" placeholder:"DIR" help:"${h_replay_keep}"`
}

// replayAnswer is what the command prints with --json.
type replayAnswer struct {
	Command   string         `json:"command"`
	Version   string         `json:"version"` // that made the record
	Now       string         `json:"now"`     // this one
	Identical bool           `json:"identical"`
	Answer    bool           `json:"answer_identical"`
	Outputs   []replayOutput `json:"outputs"`
}

type replayOutput struct {
	File      string `json:"file"`
	Recorded  string `json:"recorded_sha256"`
	Replayed  string `json:"replayed_sha256"`
	Identical bool   `json:"identical"`
}

// replayable are the commands that leave records, by their names.
var replayable = map[string]func() interface{ Run(*session) error }{
	"access merge":    func() interface{ Run(*session) error } { return &accessMergeCommand{} },
	"access grid":     func() interface{ Run(*session) error } { return &accessGridCommand{} },
	"access zonal":    func() interface{ Run(*session) error } { return &accessZonalCommand{} },
	"access coverage": func() interface{ Run(*session) error } { return &accessCoverageCommand{} },
	"access referral": func() interface{ Run(*session) error } { return &accessReferralCommand{} },
}

// errReplayDiffers is already told line by line.
var errReplayDiffers = errors.New("the run did not give the same again")

// maxRecord is the largest record, in bytes.
const maxRecord = 16 << 20

// Run runs a recorded command again, writes its outputs elsewhere and compares
// them. Nothing that the record names is overwritten.
func (c accessReplayCommand) Run(s *session) error {
	r, err := readRecord(c.File)
	if err != nil {
		return err
	}
	fresh, ok := replayable[r.Command]
	if !ok {
		return fault.New(fault.Invalid, "cmd.accessReplay", c.File, "%s: this program cannot replay %q", c.File, r.Command)
	}
	command := fresh()
	d := json.NewDecoder(bytes.NewReader(r.Parameters))
	d.DisallowUnknownFields()
	if err := d.Decode(command); err != nil {
		return fault.New(fault.Invalid, "cmd.accessReplay", c.File, "%s: its parameters are not those of %s in this version: %w", c.File, r.Command, err)
	}
	if err := unchanged(command, r.Inputs); err != nil {
		return err
	}
	folder := c.Keep
	if folder == "" {
		if folder, err = os.MkdirTemp("", "replay"); err != nil {
			return err
		}
		defer os.RemoveAll(folder)
	} else if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	moved, err := moveOutputs(command, folder)
	if err != nil {
		return err
	}
	// The run is silent: its record holds what it says.
	again := filepath.Join(folder, "replay.json")
	v := reflect.ValueOf(command).Elem().FieldByName("Record")
	v.SetString(again)
	quiet := *s
	quiet.out, quiet.quiet, quiet.json = io.Discard, true, true
	if err := command.Run(&quiet); err != nil {
		return err
	}
	got, err := readRecord(again)
	if err != nil {
		return err
	}
	return c.compare(s, r, got, moved)
}

// moveOutputs sends the outputs to another folder and returns where each went.
// Two of one name get a number.
func moveOutputs(command any, folder string) (map[string]string, error) {
	moved, taken := map[string]string{}, map[string]bool{"replay.json": true}
	eachFile(reflect.ValueOf(command).Elem(), func(role string, name *string) {
		if role != "out" || *name == "" {
			return
		}
		base := filepath.Base(*name)
		for n := 2; taken[base]; n++ {
			base = fmt.Sprintf("%d-%s", n, filepath.Base(*name))
		}
		taken[base] = true
		to := filepath.Join(folder, base)
		moved[*name], *name = to, to
	})
	for from, to := range moved {
		a, errA := os.Stat(from)
		b, errB := os.Stat(to)
		if errA == nil && errB == nil && os.SameFile(a, b) {
			return nil, fmt.Errorf("%s: the replay would overwrite it: name another folder with --keep", from)
		}
	}
	return moved, nil
}

func (c accessReplayCommand) compare(s *session, was, now runRecord, moved map[string]string) error {
	a := replayAnswer{Command: was.Command, Version: was.Version, Now: version, Answer: sameJSON(was.Answer, now.Answer), Outputs: []replayOutput{}}
	a.Identical = a.Answer
	fresh := map[string]string{}
	for _, h := range now.Outputs {
		fresh[h.File] = h.SHA256
	}
	for _, h := range was.Outputs {
		o := replayOutput{File: h.File, Recorded: h.SHA256}
		if to, ok := moved[h.File]; ok {
			o.Replayed = fresh[to]
		} else { // a file beside a map
			for from, to := range moved {
				stem := strings.TrimSuffix(from, filepath.Ext(from))
				if strings.TrimSuffix(h.File, filepath.Ext(h.File)) == stem {
					o.Replayed = fresh[strings.TrimSuffix(to, filepath.Ext(to))+filepath.Ext(h.File)]
				}
			}
		}
		o.Identical = o.Replayed == o.Recorded
		a.Identical = a.Identical && o.Identical
		a.Outputs = append(a.Outputs, o)
	}
	if s.json {
		if err := s.print(a); err != nil {
			return err
		}
	} else {
		if was.Version != version {
			s.note("%s", fill(s.say("replay_version"), "was", was.Version, "now", version))
		}
		for _, o := range a.Outputs {
			word := "replay_same"
			if !o.Identical {
				word = "replay_differs"
			}
			fmt.Fprintln(s.out, fill(s.say(word), "file", o.File))
		}
		word := "replay_all_same"
		if !a.Identical {
			word = "replay_not_same"
		}
		fmt.Fprintln(s.out, s.say(word))
	}
	if !a.Identical {
		return errReplayDiffers
	}
	return nil
}

func sameJSON(a, b json.RawMessage) bool {
	var x, y bytes.Buffer
	return json.Compact(&x, a) == nil && json.Compact(&y, b) == nil && bytes.Equal(x.Bytes(), y.Bytes())
}

func readRecord(name string) (runRecord, error) {
	var r runRecord
	f, err := openFile(name)
	if err != nil {
		return r, err
	}
	defer f.Close()
	d := json.NewDecoder(io.LimitReader(f, maxRecord))
	if err := d.Decode(&r); err != nil || r.Program != recordFormat || r.Command == "" {
		return r, fault.New(fault.Invalid, "cmd.readRecord", name, "%s: this is no record of a run, or it is cut", name)
	}
	return r, nil
}

// unchanged refuses to replay on other inputs, and names them all.
func unchanged(command any, inputs []fileHash) error {
	in, _ := filesOf(command)
	before := map[string]fileHash{}
	for _, h := range inputs {
		before[h.File] = h
	}
	var wrong []string
	for _, name := range in {
		now, err := hashes([]string{name})
		if err != nil {
			wrong = append(wrong, err.Error())
			delete(before, name)
			continue
		}
		for _, h := range now {
			was, known := before[h.File]
			switch delete(before, h.File); {
			case !known:
				wrong = append(wrong, h.File+": was not there at the run")
			case was.SHA256 != h.SHA256:
				wrong = append(wrong, fmt.Sprintf("%s: changed since the run (%d bytes then, %d now)", h.File, was.Bytes, h.Bytes))
			}
		}
	}
	for _, h := range inputs {
		if _, left := before[h.File]; left && !slices.Contains(in, h.File) {
			wrong = append(wrong, h.File+": is gone")
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, "cmd.accessReplay", "", "the inputs are not those of the record: %s; bring them back, or run the command anew", strings.Join(wrong, "; "))
}
