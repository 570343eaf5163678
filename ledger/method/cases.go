package method

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"github.com/shanyraq/shanyraq/fault"
)

// maxCases bounds how many cases one call runs.
const maxCases = 100_000

// EachCase reads cases from JSON text - one object, an array of objects, or
// objects one after the other, such as one a line - and calls f for each. many
// tells f whether the text is an array, so that the answer can be one too. It
// returns fault.Invalid naming the case that cannot be read, fault.TooLarge
// for more than 100,000 cases, and the first error of f.
func EachCase(text []byte, f func(c Case, many bool) error) error {
	dec := json.NewDecoder(bytes.NewReader(text))
	seen := 0
	one := func(raw json.RawMessage, many bool) error {
		seen++
		if seen > maxCases {
			return fault.New(fault.TooLarge, "method.EachCase", "", "more than %d cases: run them in several calls", maxCases)
		}
		var c Case
		if err := strict(raw, &c, "case"); err != nil {
			return fault.New(fault.Invalid, "method.EachCase", "", "case %d: %w: a case is {\"input\":{...},\"params\":{...}}", seen, err)
		}
		return f(c, many)
	}
	for {
		var raw json.RawMessage
		err := dec.Decode(&raw)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fault.New(fault.Invalid, "method.EachCase", "", "case %d is not JSON: %w", seen+1, err)
		}
		if raw = bytes.TrimSpace(raw); raw[0] != '[' {
			if err := one(raw, false); err != nil {
				return err
			}
			continue
		}
		var list []json.RawMessage
		if err := json.Unmarshal(raw, &list); err != nil {
			return fault.New(fault.Invalid, "method.EachCase", "", "case %d is not JSON: %w", seen+1, err)
		}
		for _, x := range list {
			if err := one(x, true); err != nil {
				return err
			}
		}
	}
	if seen == 0 {
		return fault.New(fault.Invalid, "method.EachCase", "", "no case was given: write {\"input\":{...},\"params\":{...}} to standard input")
	}
	return nil
}
