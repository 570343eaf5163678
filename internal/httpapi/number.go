package httpapi

import (
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"
)

// Number is an exact decimal: it is written as a JSON number, digit by digit.
type Number string

// MarshalJSON writes the digits as they are.
func (n Number) MarshalJSON() ([]byte, error) { return json.Marshal(json.Number(n)) }

// UnmarshalJSON reads a JSON number without rounding.
func (n *Number) UnmarshalJSON(b []byte) error {
	var v json.Number
	if err := json.Unmarshal(b, &v); err != nil {
		return err
	}
	*n = Number(v)
	return nil
}

// Schema describes it as a number.
func (Number) Schema(huma.Registry) *huma.Schema { return &huma.Schema{Type: huma.TypeNumber} }

// Raw is JSON that is passed on as it is.
type Raw []byte

// MarshalJSON writes the bytes.
func (r Raw) MarshalJSON() ([]byte, error) { return json.RawMessage(r).MarshalJSON() }

// UnmarshalJSON keeps the bytes.
func (r *Raw) UnmarshalJSON(b []byte) error {
	*r = append((*r)[:0], b...)
	return nil
}

// Schema describes it as an object.
func (Raw) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeObject, AdditionalProperties: true}
}
