package method

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"regexp"

	"github.com/shanyraq/shanyraq/fault"
)

// pageParts are what the page of every method has.
var pageParts = []string{"## Definition", "## Worked examples", "## Edge cases", "## Source"}

// rxExample is a worked example of a page: a case and its result.
var rxExample = regexp.MustCompile("(?s)```json case\n(.*?)\n```\n\n```json result\n(.*?)\n```")

// Recompute runs the worked examples of the page of the method and returns the
// page with the results that the program computes today, and a sentence for
// everything in which the page falls short: a part that is missing, a case
// that cannot be run, a result that differs.
func (m Method) Recompute(page []byte) (fresh []byte, wrong []string) {
	complain := func(format string, args ...any) {
		wrong = append(wrong, fault.New(fault.Invalid, "method.Recompute", m.Page(), format, args...).Message)
	}
	for _, part := range append([]string{"Method `" + m.Name + "`, version "}, pageParts...) {
		if !bytes.Contains(page, []byte(part)) {
			complain("the page has no %q", part)
		}
	}
	if !bytes.Contains(page, []byte("```json case")) {
		complain("the page has no worked example")
	}
	fresh = rxExample.ReplaceAllFunc(page, func(block []byte) []byte {
		parts := rxExample.FindSubmatch(block)
		var c Case
		if err := strict(parts[1], &c, "case"); err != nil {
			complain("%v in %s", err, parts[1])
			return block
		}
		r, err := m.Run(c.Input, c.Params)
		if err != nil {
			complain("%v in %s", err, parts[1])
			return block
		}
		got, err := marshal(r)
		if err != nil {
			complain("%v in %s", err, parts[1])
			return block
		}
		var want bytes.Buffer
		if err := json.Compact(&want, parts[2]); err != nil || want.String() != string(got) {
			complain("%s\ngives %s\npage  %s", parts[1], got, parts[2])
		}
		old := rxExample.FindSubmatchIndex(block)
		return bytes.Join([][]byte{block[:old[4]], got, block[old[5]:]}, nil)
	})
	return fresh, wrong
}

// Pages holds the pages of docs/method against what the program computes: every
// method of the list has one, the index names it, and its worked examples are
// as Recompute says. With keep, a page whose results differ is first handed to
// it with the fresh ones, to be written. It returns a sentence for everything
// that falls short.
func Pages(list []Method, pages fs.FS, keep func(name string, page []byte) error) (wrong []string) {
	index, err := fs.ReadFile(pages, "README.md")
	if err != nil {
		return []string{err.Error()}
	}
	for _, m := range list {
		page, err := fs.ReadFile(pages, m.Page())
		if err != nil {
			wrong = append(wrong, "method "+m.Name+" has no page: "+err.Error())
			continue
		}
		if !bytes.Contains(index, []byte("("+m.Page()+")")) {
			wrong = append(wrong, "README.md does not list "+m.Page())
		}
		fresh, short := m.Recompute(page)
		if keep != nil && !bytes.Equal(fresh, page) {
			if err := keep(m.Page(), fresh); err != nil {
				return append(wrong, err.Error())
			}
			_, short = m.Recompute(fresh)
		}
		for _, w := range short {
			wrong = append(wrong, m.Page()+": "+w)
		}
	}
	return wrong
}

// Sound runs a case and returns an error where the method neither answers with
// something that can be written as JSON nor refuses: that is a mistake of the
// program, whatever was asked.
func (m Method) Sound(input, params json.RawMessage) error {
	r, err := m.Run(input, params)
	if err != nil {
		if fault.KindOf(err) == fault.Internal {
			return err
		}
		return nil
	}
	_, err = json.Marshal(r)
	return err
}
