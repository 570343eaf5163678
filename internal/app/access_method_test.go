package app

import (
	"context"
	"encoding/json"
	"math"
	"testing"

	"github.com/shanyraq/shanyraq/internal/httpapi"
)

// What the page of a place shows is what the published method computes from the
// kilometres and numbers that stand on it.
func TestTheMethodComputesWhatThePageShows(t *testing.T) {
	a := kazakhstan(t)
	m, err := Methods().Find("access-minutes")
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	rows, err := a.AccessRows(ctx, When{}, httpapi.AccessQuery{}, httpapi.AccessSieve{Inside: "no", Limit: 40})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows.Items {
		for _, q := range []httpapi.AccessQuery{{}, {Season: "winter", Mode: "best", Span: "call_to_treatment"}} {
			c, err := a.AccessChain(ctx, When{}, q, r.Place.ID)
			if err != nil {
				t.Fatal(err)
			}
			input, params := caseOf(t, c)
			got, err := m.Run(input, params)
			if err != nil {
				t.Fatalf("%s: %v", input, err)
			}
			p50, err := got.Value.(json.Number).Float64()
			if err != nil || math.Abs(p50-*c.Row.P50) > 1e-6 || math.Abs(got.Extra["inside_share"].(float64)-c.Row.Likely) > 1e-9 {
				t.Errorf("%s: %v, the page shows %v", input, p50, *c.Row.P50)
			}
		}
	}
}

// caseOf writes the chain of a page as a case.
func caseOf(t *testing.T, c *httpapi.AccessChain) (input, params json.RawMessage) {
	t.Helper()
	in := map[string]any{"place": c.Row.Place.ID, "kind": c.Question.Kind, "mode": c.Question.Mode, "span": c.Question.Span, "limit": c.Question.Limit}
	put := func(name string, legs []httpapi.AccessLeg, code string) {
		for _, l := range legs {
			if l.Code == code {
				in[name] = map[string]float64{"main_km": l.MainKm, "other_km": l.OtherKm, "off_road_km": l.OffRoadKm}
			}
		}
	}
	put("response", c.Road, "response")
	put("transport", c.Road, "transport")
	put("first", c.First, "transport")
	put("onward", c.Onward, "onward_transport")
	if c.NextWay != nil {
		in["next"] = c.NextWay
	}
	if c.AirToBase != nil {
		in["air"] = map[string]float64{"base_km": *c.AirToBase, "hub_km": *c.AirToHub}
	}
	numbers := map[string]any{}
	for _, p := range c.Used {
		numbers[p.Code] = map[string]float64{"value": p.Value, "low": p.Low, "high": p.High}
	}
	for name, to := range map[string]any{"input": in, "params": numbers} {
		b, err := json.Marshal(to)
		if err != nil {
			t.Fatal(err)
		}
		if name == "input" {
			input = b
		} else {
			params = b
		}
	}
	return input, params
}
