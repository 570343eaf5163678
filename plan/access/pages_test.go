package access

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/ledger/method"
)

var update = flag.Bool("update", false, "write the results of the worked examples into docs/method")

const pages = "../../docs/method"

// Every method has a page in the index, and the worked examples of the pages
// are what the program computes.
func TestPages(t *testing.T) {
	for _, wrong := range method.Pages(Methods(), os.DirFS(pages), keep()) {
		t.Error(wrong)
	}
}

// keep writes pages anew where the tests are told to.
func keep() func(string, []byte) error {
	if !*update {
		return nil
	}
	return func(name string, page []byte) error { return os.WriteFile(filepath.Join(pages, name), page, 0o600) }
}

// A case that is not of the form of its method is refused with the field.
func TestBadCases(t *testing.T) {
	for _, tc := range []struct{ name, input, says string }{
		{Method, `{"response":{},"transport":{}}`, "rests on inside_place"},
		{Method, `{"transport":{"main_km":10}}`, "crew on its way"},
		{Method, `{"kind":"planned","transport":{"main_km":-1}}`, "between 0 and"},
		{Method, `{"kind":"planned","transport":{"main_km":10}}`, "rests on speed_main"},
		{Method, `{"kind":"walk"}`, "emergency or planned"},
		{Method, `{"mode":"boat","response":{}}`, "road, air or best"},
		{Method, `{"kind":"planned","limit":-1}`, "1440"},
		{Method, `{"air":{"base_km":1e9},"response":{}}`, "between 0 and"},
	} {
		m, err := method.Together(Methods()).Find(tc.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = m.Run(json.RawMessage(tc.input), nil); !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), tc.says) {
			t.Errorf("%s %s: %v, want a fault that says %q", tc.name, tc.input, err, tc.says)
		}
	}
}

// fuzzParams are round values of all parameters.
const fuzzParams = `{"speed_main":90,"speed_other":60,"speed_off_road":30,"detour":1.5,"ambulance_factor":1,"inside_place":10,"call_and_dispatch":5,"on_scene":15,"crew_busy":0.2,"crew_busy_wait":20,"handover":10,
	"door_to_treatment":30,"door_in_door_out":60,"air_start_up":30,"air_speed":220,"air_landing":10,"air_range":450,"air_weather":0.8,"air_daylight":0.5}`

// Whatever is sent, a method answers or refuses.
func FuzzMethods(f *testing.F) {
	f.Add(Method, `{"kind":"planned","transport":{"main_km":45}}`)
	f.Add(Method, `{"mode":"best","response":{},"air":{"base_km":1,"hub_km":2}}`)
	all := method.Together(Methods())
	f.Fuzz(func(t *testing.T, name, input string) {
		m, err := all.Find(name)
		if err != nil {
			return
		}
		if err := m.Sound(json.RawMessage(input), json.RawMessage(fuzzParams)); err != nil {
			t.Fatalf("%s of %q: %v", name, input, err)
		}
	})
}
