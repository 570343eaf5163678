package devices

import (
	"encoding/json"
	"io"
	"maps"
	"slices"

	"github.com/shanyraq/shanyraq/fault"
)

// maxMapping bounds a file of headings, in bytes.
const maxMapping = 1 << 20

// ReadMapping reads which heading stands for which field: a JSON object such as
// {"item":"Что это","serial":""}, where an empty heading leaves the field out.
func ReadMapping(r io.Reader, name string) (map[string]string, error) {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "devices.ReadMapping", name, format, args...)
	}
	raw, err := io.ReadAll(io.LimitReader(r, maxMapping+1))
	if err != nil {
		return nil, fault.New(fault.Internal, "devices.ReadMapping", name, "%s: cannot be read: %w", name, err)
	}
	var m map[string]string
	if len(raw) > maxMapping || json.Unmarshal(raw, &m) != nil {
		return nil, bad("%s: not an object of fields and headings, as in {\"item\":\"Наименование\"}", name)
	}
	for _, field := range slices.Sorted(maps.Keys(m)) {
		if !slices.ContainsFunc(fields, func(f Field) bool { return f.Name == field }) {
			return nil, bad("%s: there is no field %q: docs/guide/equipment.md lists them", name, clip(field))
		}
	}
	return m, nil
}
