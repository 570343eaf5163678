package access

import (
	"slices"

	"github.com/shanyraq/shanyraq/fault"
	"github.com/shanyraq/shanyraq/lang"
)

// Season is when the journey is made. Speeds, daylight and weather differ.
type Season string

// The seasons.
const (
	Summer Season = "summer"
	Winter Season = "winter"
)

// Seasons lists them.
var Seasons = []Season{Summer, Winter}

// Assumption is the source of a parameter that no document gives.
const Assumption = "assumption"

// Parameter is one number on which minutes rest, with the range in which it
// may truly lie and where it comes from: the name of a publication, or
// Assumption.
type Parameter struct {
	Code string `json:"code"`
	// Season is empty where the number holds all year.
	Season Season  `json:"season,omitempty"`
	Value  float64 `json:"value"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	// Unit is km/h, minute, ratio or km.
	Unit   string    `json:"unit"`
	Source string    `json:"source"`
	Text   lang.Text `json:"text"`
}

// Check refuses a parameter that cannot be.
func (p Parameter) Check() error {
	bad := func(format string, args ...any) error {
		return fault.New(fault.Invalid, "access.Parameter", p.Code, format, args...)
	}
	least, most := p.bounds()
	switch {
	case !slices.Contains(codes, p.Code):
		return bad("no parameter of access has this code; known are %v", codes)
	case p.Season != "" && !slices.Contains(Seasons, p.Season):
		return bad("a season is summer or winter, or empty for the whole year")
	case !(p.Low <= p.Value && p.Value <= p.High):
		return bad("the value %v lies outside its range from %v to %v", p.Value, p.Low, p.High)
	case !(p.Low >= least && p.High <= most):
		return bad("%s lies between %v and %v %s", p.Code, least, most, p.Unit)
	case p.Source == "":
		return bad("needs a source, or %q", Assumption)
	}
	return nil
}

// bounds returns between what the number can be at all: a share between 0 and 1,
// a way never shorter than the straight line, speeds that a vehicle has.
func (p Parameter) bounds() (least, most float64) {
	switch {
	case p.Code == ParamDetour:
		return 1, 10
	case p.Code == ParamAmbulance:
		return 0.2, 5
	case p.Code == ParamAirSpeed:
		return 30, 1500
	case p.Unit == "km/h":
		return 1, 300
	case p.Unit == "ratio":
		return 0, 1
	case p.Unit == "km":
		return 0, 20_000
	}
	return 0, 24 * 60
}

// The parameters. SpeedMain, SpeedOther and SpeedOffRoad are km/h of a car;
// Ambulance multiplies them for an ambulance with a signal.
const (
	ParamSpeedMain    = "speed_main"
	ParamSpeedOther   = "speed_other"
	ParamSpeedOffRoad = "speed_off_road"
	ParamDetour       = "detour"           // way over straight line off the roads, ratio
	ParamInside       = "inside_place"     // minutes between two addresses of one place
	ParamAmbulance    = "ambulance_factor" // ratio
	ParamDispatch     = "call_and_dispatch"
	ParamBusy         = "crew_busy"      // share of calls that find the nearest crew away
	ParamBusyWait     = "crew_busy_wait" // minutes until a crew of the same base is free
	ParamOnScene      = "on_scene"
	ParamFirstCare    = "door_to_treatment" // minutes in the first hospital until treatment begins there
	ParamDoorOut      = "door_in_door_out"  // minutes in the first hospital until the patient leaves it
	ParamAirReady     = "air_start_up"      // minutes from the request to the take-off
	ParamAirSpeed     = "air_speed"         // km/h
	ParamAirLanding   = "air_landing"       // minutes of each landing with loading or handover
	ParamAirRange     = "air_range"         // km from the base to the patient to the hospital
	ParamAirWeather   = "air_weather"       // share of the time in which the weather lets it fly
	ParamAirDaylight  = "air_daylight"      // share of the day in which it may fly
	ParamHandover     = "handover"          // minutes from the door to the team that treats
)

var codes = []string{ParamSpeedMain, ParamSpeedOther, ParamSpeedOffRoad, ParamDetour, ParamInside, ParamAmbulance, ParamDispatch, ParamBusy, ParamBusyWait, ParamOnScene,
	ParamFirstCare, ParamDoorOut, ParamAirReady, ParamAirSpeed, ParamAirLanding, ParamAirRange, ParamAirWeather, ParamAirDaylight, ParamHandover}

// Parameters is the whole table. All must be given for both seasons, or once
// for the whole year.
type Parameters []Parameter

// In returns the parameter as it holds in the season.
func (ps Parameters) In(code string, s Season) (Parameter, bool) {
	for _, p := range ps {
		if p.Code == code && (p.Season == "" || p.Season == s) {
			return p, true
		}
	}
	return Parameter{}, false
}

// Check refuses a table with a wrong, doubled or missing parameter.
func (ps Parameters) Check() error {
	seen := map[[2]string]bool{}
	for _, p := range ps {
		if err := p.Check(); err != nil {
			return err
		}
		for _, s := range Seasons {
			if p.Season != "" && p.Season != s {
				continue
			}
			k := [2]string{p.Code, string(s)}
			if seen[k] {
				return fault.New(fault.Invalid, "access.Parameters", p.Code, "is given twice for %s", s)
			}
			seen[k] = true
		}
	}
	for _, c := range codes {
		for _, s := range Seasons {
			if !seen[[2]string{c, string(s)}] {
				return fault.New(fault.Invalid, "access.Parameters", c, "is missing for %s", s)
			}
		}
	}
	return nil
}
