package figures

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
)

// strict decodes JSON that may hold nothing unknown and nothing after it.
func strict(raw []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("something follows the end of the JSON: take it out")
	}
	return nil
}

func itoa(n int) string { return strconv.Itoa(n) }
