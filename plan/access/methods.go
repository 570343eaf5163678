package access

import (
	"bytes"
	"encoding/json"
	"math"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
	"github.com/shanyraq/shanyraq/ledger/method"
	"github.com/shanyraq/shanyraq/place"
)

// Methods returns the published methods of this package.
func Methods() []method.Method {
	return []method.Method{
		method.New(method.Method{Name: Method, Version: Version,
			Title:  lang.Text{lang.KK: "Көмекке дейінгі минуттар", lang.RU: "Минуты до помощи", lang.EN: "Minutes to care"},
			Input:  "transport of main_km, other_km and off_road_km; kind, mode, span, limit, place; response, next, first, onward as transport; air of base_km and hub_km",
			Params: "parameters by code: a number, or value, low and high"}, runMinutes),
	}
}

// wayCase is a way as a case gives it, in kilometres; none of any class is a
// way inside one place.
type wayCase struct {
	Main    float64 `json:"main_km"`
	Other   float64 `json:"other_km"`
	OffRoad float64 `json:"off_road_km"`
}

func (w *wayCase) way() Way { return Way{w.Main, w.Other, w.OffRoad} }

// minutesCase is one chain.
type minutesCase struct {
	// Place decides in which draws the crew is away and the aircraft flies: the
	// code of the place as an answer names it.
	Place     string   `json:"place"`
	Kind      Kind     `json:"kind"`
	Mode      Mode     `json:"mode"`
	Span      Span     `json:"span"`
	Limit     float64  `json:"limit"`
	Response  *wayCase `json:"response"`
	Next      *wayCase `json:"next"`
	Transport *wayCase `json:"transport"`
	First     *wayCase `json:"first"`
	Onward    *wayCase `json:"onward"`
	Air       *struct {
		Base float64 `json:"base_km"`
		Hub  float64 `json:"hub_km"`
	} `json:"air"`
}

// valueCase is a parameter: 85, or {"value":85,"low":70,"high":100}.
type valueCase struct{ value, low, high float64 }

// UnmarshalJSON reads both forms.
func (v *valueCase) UnmarshalJSON(b []byte) error {
	if err := json.Unmarshal(b, &v.value); err == nil {
		v.low, v.high = v.value, v.value
		return nil
	}
	var of struct {
		Value *float64 `json:"value"`
		Low   *float64 `json:"low"`
		High  *float64 `json:"high"`
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&of); err != nil || of.Value == nil {
		return fault.New(fault.Invalid, "access.runMinutes", "params", "a parameter is a number, or an object of value, low and high")
	}
	v.value, v.low, v.high = *of.Value, *of.Value, *of.Value
	if of.Low != nil {
		v.low = *of.Low
	}
	if of.High != nil {
		v.high = *of.High
	}
	return nil
}

// unitOfParameter is the unit in which a parameter of a case is given.
func unitOfParameter(code string) string {
	switch code {
	case ParamSpeedMain, ParamSpeedOther, ParamSpeedOffRoad, ParamAirSpeed:
		return "km/h"
	case ParamDetour, ParamAmbulance, ParamBusy, ParamAirWeather, ParamAirDaylight:
		return "ratio"
	case ParamAirRange:
		return "km"
	}
	return "minute"
}

func runMinutes(c *method.Case) (method.Result, error) {
	in, given := minutesCase{}, map[string]valueCase{}
	if err := c.Decode(&in, &given); err != nil {
		return method.Result{}, err
	}
	a, err := in.answer(given)
	if err != nil {
		return method.Result{}, err
	}
	stated, draws := a.ground.stated(a.Question), a.ground.draws(a.Question)
	var inside [Draws]int64
	row := a.row(0, &stated, &draws, &inside)
	a.Rows = []Row{row}
	chain, err := a.Chain(0)
	if err != nil {
		return method.Result{}, err
	}
	for _, code := range chain.Parameters() {
		if _, ok := given[code]; !ok {
			return method.Result{}, fault.New(fault.Invalid, "access.runMinutes", "params", "this chain rests on %s: give it", code)
		}
	}
	r := method.Result{Extra: map[string]any{"stated": minutesOf(row.Stated), "p90": minutesOf(row.P90), "inside_share": row.Likely, "draws": Draws, "inside": row.Inside(a.Question.LimitMinutes),
		"decides": chain.Decides, "road": legsOf(chain.Road)}}
	if a.Profile.Kind == Emergency {
		r.Extra["treated"] = minutesOf(row.Treated)
		r.Extra["air"], r.Extra["first"], r.Extra["onward"] = legsOf(chain.Air), legsOf(chain.First), legsOf(chain.Onward)
	}
	if m := minutesOf(row.P50); m == nil {
		r.Notes = []string{"in half of the draws there is no way"}
	} else {
		r.Value = *m
	}
	return r, nil
}

// answer is the case as an answer about one place.
func (in *minutesCase) answer(given map[string]valueCase) (*Answer, error) {
	const op = "access.runMinutes"
	bad := func(field, format string, args ...any) (*Answer, error) {
		return nil, fault.New(fault.Invalid, op, field, format, args...)
	}
	for name, w := range map[string]*wayCase{"transport": in.Transport, "response": in.Response, "next": in.Next, "first": in.First, "onward": in.Onward} {
		if w != nil && !(w.Main >= 0 && w.Other >= 0 && w.OffRoad >= 0 && w.Main+w.Other+w.OffRoad <= maxCaseKm) {
			return bad(name, "kilometres lie between 0 and %d", maxCaseKm)
		}
	}
	if in.Air != nil && !(in.Air.Base >= 0 && in.Air.Hub >= 0 && in.Air.Base+in.Air.Hub <= maxCaseKm) {
		return bad("air", "kilometres lie between 0 and %d", maxCaseKm)
	}
	g := &Ground{in: Input{Spots: []Spot{{ID: place.ID(in.Place)}}}, profile: map[string]Profile{}}
	for code, v := range given {
		p := Parameter{Code: code, Value: v.value, Low: v.low, High: v.high, Unit: unitOfParameter(code), Source: "case"}
		if err := p.Check(); err != nil {
			return nil, err
		}
		g.in.Parameters = append(g.in.Parameters, p)
	}
	for _, code := range codes { // what the chain does not use stands for nothing
		if _, ok := given[code]; !ok {
			g.in.Parameters = append(g.in.Parameters, Parameter{Code: code, Value: 1, Low: 1, High: 1})
		}
	}
	if in.Kind == "" {
		in.Kind = Emergency
	}
	g.profile[Method] = Profile{Service: Method, Kind: in.Kind, Capable: []string{Method}, LimitMinutes: 60}
	if err := g.profile[Method].Check(); err != nil {
		return nil, err
	}
	q, p, err := g.check(Question{Service: Method, Mode: in.Mode, Span: in.Span, LimitMinutes: in.Limit})
	if err != nil {
		return nil, err
	}
	if p.Kind == Emergency && q.Span != DriveOnly && in.Response == nil {
		return bad("response", "an emergency begins with a crew on its way: give its kilometres, or {} for a base in the place itself")
	}
	return &Answer{Question: q, Profile: p, Hubs: make([]Hub, 1), First: make([]Hub, 1), ground: g, trips: []trip{in.trip()}}, nil
}

// maxCaseKm bounds the length of a way of a case.
const maxCaseKm = 20_000

func (in *minutesCase) trip() trip {
	t := trip{seed: seedOf(place.ID(in.Place)), base: -1, next: -1, hub: -1, first: -1, shipHub: -1, airBase: -1, airHub: -1}
	put := func(w *wayCase, at *int32, way *Way) {
		if w != nil {
			*at, *way = 0, w.way()
		}
	}
	put(in.Response, &t.base, &t.toBase)
	put(in.Next, &t.next, &t.toNext)
	put(in.Transport, &t.hub, &t.toHub)
	put(in.First, &t.first, &t.toFirst)
	put(in.Onward, &t.shipHub, &t.ship)
	if in.Air != nil {
		t.airBase, t.airHub, t.airBaseKm, t.airHubKm = 0, 0, in.Air.Base, in.Air.Hub
	}
	return t
}

// minutesOf writes minutes to a millionth; nil where there is no way.
func minutesOf(m float64) *json.Number {
	if math.IsInf(m, 0) || math.IsNaN(m) {
		return nil
	}
	return method.Number(math.Round(m*1e6) / 1e6)
}

// legCase is a leg of a result.
type legCase struct {
	Code    string       `json:"leg"`
	Minutes *json.Number `json:"minutes"`
	Low     *json.Number `json:"low"`
	High    *json.Number `json:"high"`
}

func legsOf(list []Leg) []legCase {
	out := []legCase{}
	for _, l := range list {
		out = append(out, legCase{l.Code, minutesOf(l.Minutes), minutesOf(l.Low), minutesOf(l.High)})
	}
	return out
}
